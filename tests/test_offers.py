"""What a source hands on: the entries that a store keeps are those of its graphs, whatever came, changed and went."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph

import series
from oncopact.assembly import Part, apply
from oncopact.books import BOOKS, SUM, Books, Plain
from oncopact.curation import parse
from oncopact.deliveries import delivered
from oncopact.exporters import rdf
from oncopact.gather import gather
from oncopact.knowledge import KnowledgeGraph
from oncopact.lexicon import load
from oncopact.offers import offered
from oncopact.store import ReleaseStore
from oncopact.union import graphs


def passes(_: Part) -> None:
    """A gate that stands open."""


def add(store: Path, *paths: Path, **options: object) -> None:
    with ReleaseStore(store, write=True) as made:
        settings: dict[str, object] = {"lexicon": load(), "made_by": "test", "gate": passes, **options}
        gather(made, paths, **settings)  # type: ignore[arg-type]


def check(place: Path) -> int:
    """Compare what the books say with the graphs; how many there are."""
    with ReleaseStore(place) as store:
        true = {(made.graph, made.entry) for made in map(delivered, graphs(store.graph))}
        books = Books(Plain(store.graph))
        kept = {pair for release in store.releases() for pair in books.sums(release).items()}
    with offered(place) as found:
        told = [
            (offer.graph, offer.entry, delivered(offer.quads).entry, found.has(offer.graph)) for offer in found.graphs
        ]
    assert kept <= true
    assert {graph.rpartition("/")[2] for graph, _ in true - kept} <= {"assembled", "vocabulary"}
    assert [graph for graph, *_ in told] == sorted(graph for graph, _ in true)
    assert all((graph, entry) in true and entry == again and has for graph, entry, again, has in told)
    return len(told)


def nquads(place: Path) -> str:
    with ReleaseStore(place) as store:
        return "".join(map(rdf.nquads, graphs(store.graph)))


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    return Path(shutil.copytree(series.FOLDER, tmp_path / "in"))


def test_entries_follow_all_that_happens_to_a_store(inputs: Path, tmp_path: Path) -> None:
    place, paths = tmp_path / "kg", sorted(inputs.glob("*.txt"))
    for path in (*paths[10:13], *paths[:10]):
        add(place, path)
    first = check(place)
    add(place, inputs)
    assert check(place) > first
    paths[1].write_text(paths[1].read_text().replace("CD30", "CD33"))
    paths[0].unlink()
    add(place, inputs, prune=True)
    check(place)
    before = nquads(place)
    word = "subject_id\tpredicate_id\tobject_id\ncompany/oriel-therapeutics\towl:sameAs\tcompany/tessera-oncology\n"
    add(place, inputs, curation=parse(word))
    assert nquads(place) != before
    check(place)


def test_a_store_that_has_kept_none_makes_them(inputs: Path, tmp_path: Path) -> None:
    add(tmp_path / "kg", *sorted(inputs.glob("0[1-3]*.txt")))
    with ReleaseStore(tmp_path / "kg", write=True) as store:
        for quad in list(store.graph.quads_for_pattern(None, SUM, None, BOOKS)):
            store.graph.remove(quad)
        true = {(made.graph, made.entry) for made in map(delivered, graphs(store.graph))}
    with offered(tmp_path / "kg") as found:
        assert {(offer.graph, offer.entry) for offer in found.graphs} == true


def test_a_change_without_sums_leaves_none_that_are_false(inputs: Path, tmp_path: Path) -> None:
    add(tmp_path / "kg", *sorted(inputs.glob("0[1-3]*.txt")))
    with ReleaseStore(tmp_path / "kg", write=True) as store:
        overlay = store.overlay()
        apply(overlay, series.parts()[:2])
        store.commit(overlay)
        books = Books(Plain(store.graph))
        assert sum(bool(books.sums(release)) for release in store.releases()) < len(store.releases())
        assert all(quad.graph_name != DefaultGraph() for quad in store.graph.quads_for_pattern(None, SUM, None, None))
        del overlay, books  # what holds the store holds it open
    with offered(tmp_path / "kg") as found:
        assert all(offer.entry == delivered(offer.quads).entry for offer in found.graphs)


def test_a_file_and_a_store_offer_the_same(inputs: Path, tmp_path: Path) -> None:
    add(tmp_path / "kg", *sorted(inputs.glob("0[1-3]*.txt")))
    with offered(tmp_path / "kg") as found:
        stored = [(offer.graph, offer.entry, offer.quads) for offer in found.graphs]
    whole = KnowledgeGraph(quad for *_, quads in stored for quad in quads)
    whole.write(tmp_path / "kg.nq")
    for source in (whole, tmp_path / "kg.nq"):
        with offered(source) as found:
            assert [(offer.graph, offer.entry, offer.quads) for offer in found.graphs] == stored
            assert not found.has("urn:other")
