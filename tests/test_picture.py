"""Pictures of networks: everything is on them, apart from each other, and the same network gives the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree
from matplotlib.figure import Figure

from market import market
from oncopact.errors import OutputError
from oncopact.exporters.picture import draw, layout, picture
from oncopact.knowledge import KnowledgeGraph

SVG = "{http://www.w3.org/2000/svg}"


def test_a_picture_names_every_company_and_every_relation() -> None:
    made = market().to_networkx("companies")
    drawn = etree.fromstring(picture(made, "svg"))
    words = {str(item.xpath("string()")) for item in drawn.iter(f"{SVG}text")}
    assert words >= {"Arbor", "Birk", "Cedar", "Dogwood", "Elm University"}
    assert words >= {"licenses to", "pays", "acquires", "collaborates with", "Company", "Institution"}


@pytest.mark.parametrize("form", ["png", "svg"])
def test_the_same_network_gives_the_same_picture(form: str, tmp_path: Path) -> None:
    [first] = market().write(tmp_path / f"a.{form}", view="companies")
    [second] = market().write(tmp_path / f"b.{form}", view="companies")
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes().startswith(b"\x89PNG" if form == "png" else b"<?xml")


def test_the_order_of_sets_does_not_matter() -> None:
    program = (
        "import networkx as nx\nfrom oncopact.exporters.picture import layout\nmade = nx.MultiDiGraph()\n"
        "for part in 'abcd':\n"
        "    nx.add_path(made, [f'{part}{at}' for at in range(7)])\n"
        "    made.add_edge(f'{part}0', f'{part}4')\n"
        "print(sorted(layout(made).items()))\n"
    )
    here = Path(__file__).resolve().parent
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONPATH": f"{here.parent / 'src'}{os.pathsep}{here}", "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_no_two_nodes_lie_on_each_other_and_parts_do_not_overlap() -> None:
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for part, size in enumerate((9, 6, 6, 4, 3, 3, 2, 2, 2, 1, 1)):
        nx.add_star(made, [f"{part}-{at}" for at in range(size)])
    places = layout(made)
    assert set(places) == set(made)
    closest = min((x - a) ** 2 + (y - b) ** 2 for (x, y), (a, b) in combinations(places.values(), 2))
    assert closest > 0.25
    boxes = [_box([places[name] for name in part]) for part in nx.weakly_connected_components(made)]
    assert not any(_overlap(one, other) for one, other in combinations(boxes, 2))


def _box(places: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = zip(*places, strict=True)
    return min(xs), max(xs), min(ys), max(ys)


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1] and one[2] <= other[3] and other[2] <= one[3]


def test_only_the_best_joined_are_named_where_room_is_short() -> None:
    axes = Figure().add_subplot()
    draw(market().to_networkx("companies"), axes, names=1)
    assert [text.get_text() for text in axes.texts] == ["Arbor"]


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(OutputError, match="the network is empty"):
        picture(KnowledgeGraph().to_networkx())
