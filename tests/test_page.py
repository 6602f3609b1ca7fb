"""The page holds everything and asks for nothing; what releases say stays text; the same graph gives the same bytes."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import os
import random
import re
import subprocess
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

import oncopact
from findings import LICENCE_TEXT, licence_findings, milestone_findings
from hostile import ENDS, IMAGE, TITLE, hostile_graph
from oncopact.cli import cli
from oncopact.errors import GraphError
from oncopact.exporters.page import bundle, page
from oncopact.exporters.page.content import turtle_term
from oncopact.exporters.page.places import places
from oncopact.exporters.page.reading import reading
from oncopact.exporters.rdf import is_facts, is_vocabulary
from oncopact.graph_view import GraphView, short
from oncopact.history import timeline
from oncopact.knowledge import KnowledgeGraph
from oncopact.lexicon import load
from oncopact.namespaces import OP, RDF, compact
from oncopact.rewrite import named
from oncopact.text import folded

GRAPH = KnowledgeGraph.of((milestone_findings(), licence_findings()), lexicon=load())
PAGE = oncopact.view(GRAPH)
TEXTS = {item.document.release.id: item.document.text for item in GRAPH.findings}
ASSETS = Path(bundle.__file__).parent / "assets"


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    text: str = ""


@dataclass
class Elements(HTMLParser):
    """A page's elements as a browser's parser sees them, in order, each with the text directly inside it."""

    found: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(Element(f"/{tag}", {}))

    def handle_data(self, data: str) -> None:
        if self.found:
            self.found[-1].text += data


def elements(made: str) -> list[Element]:
    parser = Elements()
    parser.feed(made)
    parser.close()
    return parser.found


def blocks(made: str) -> dict[str, Any]:
    return {
        str(item.attributes["id"]): json.loads(item.text)
        for item in elements(made)
        if item.tag == "script" and item.attributes.get("type") == "application/json"
    }


CONTENT = blocks(PAGE)["content"]


def statements(content: dict[str, Any]) -> set[tuple[str, str, str]]:
    """What a page's data says, with prefixed names, as its script writes triples."""
    names = [row[0].replace("/", ":", 1) for row in content["nodes"]]
    return {
        (name, content["properties"][prop][0], names[value] if isinstance(value, int) else turtle)
        for name, row in zip(names, content["nodes"], strict=True)
        for prop, value, turtle, *_ in row[8]
    }


# ---------------------------------------------------------------- all is in


def test_every_fact_of_releases_and_vocabulary_is_in() -> None:
    expected = {
        (compact(named(quad.subject).value), compact(quad.predicate.value), turtle_term(quad.object))
        for quad in GRAPH.quads
        if (is_facts(quad.graph_name) or is_vocabulary(quad.graph_name))
        and quad.predicate.value != str(RDF.type)
        and isinstance(quad.object, NamedNode | Literal)
    }
    assert len(expected) > 150
    assert statements(CONTENT) == expected


def test_what_only_the_vocabulary_knows_is_told_from_what_releases_state() -> None:
    known = {
        CONTENT["properties"][prop][0]
        for row in CONTENT["nodes"]
        if row[0] == "company/immunogen"
        for prop, _, _, _, vocabulary in row[8]
        if vocabulary
    }
    assert "op:cik" in known
    assert "skos:prefLabel" not in known


def test_every_evidence_is_in_and_its_offsets_cut_its_quote_out_of_the_text() -> None:
    ids = {
        short(named(quad.subject).value).partition("/")[2]
        for quad in GRAPH.quads
        if quad.object == NamedNode(OP.Evidence)
    }
    texts = {name.removeprefix("text-"): block["text"] for name, block in blocks(PAGE).items() if name != "content"}
    quotes = {
        named(quad.subject).value: quad.object.value
        for quad in GRAPH.quads
        if quad.predicate.value == str(OP.quote) and isinstance(quad.object, Literal)
    }
    assert {row[8] for row in CONTENT["evidence"]} == ids
    assert len(ids) == len(quotes) > 60
    for row in CONTENT["evidence"]:
        release = CONTENT["releases"][row[0]][1]
        quote = quotes[f"https://w3id.org/oncopact/id/evidence/{row[8]}"]
        assert texts[release][row[1] : row[2]] == quote
        assert row[12] == "", "the quote stands in the text already"


def test_a_fact_leads_to_the_evidence_that_states_it() -> None:
    licensor = [prop[0] for prop in CONTENT["properties"]].index("op:licensor")
    grounded = [fact for row in CONTENT["nodes"] for fact in row[8] if fact[0] == licensor]
    assert grounded
    for prop, value, _, evidence, _ in grounded:
        assert evidence
        assert all(CONTENT["evidence"][at][10:12] == [prop, value] for at in evidence)


# ---------------------------------------------------------------- lists and timelines


def rows(name: str) -> list[dict[str, Any]]:
    [(columns, found)] = [table[1:] for table in CONTENT["tables"] if table[0] == name]
    labels = [row[2] for row in CONTENT["nodes"]]

    def cell(kind: str, value: Any) -> Any:
        return [labels[at] for at in value] if kind == "nodes" else value

    heads = [head for head, _ in columns]
    return [
        dict(zip(heads, (cell(kind, value) for (_, kind), value in zip(columns, row[1:], strict=True)), strict=True))
        for row in found
    ]


def test_a_licence_says_who_gives_whom_what_and_where() -> None:
    [row] = [row for row in rows("agreements") if "HB-204" in row["Covers"]]
    assert row["Parties or licensor"] == ["Halden Bio AS"]
    assert row["Licensee"] == ["Corvane Therapeutics, Inc."]
    assert (row["Exclusive"], row["Territory"], row["Signed"]) == ("yes", "worldwide, not Japan", "2023-02-28")
    assert row["First told"] == "2023-03-03"


def test_sums_are_sorted_within_their_currency_and_shown_in_words() -> None:
    sums = {row["Payment"]: row["Amount"] for row in rows("payments") if row["Payer"] == ["Corvane Therapeutics, Inc."]}
    assert sums["upfront"] == ["USD", 45_000_000.0, "USD 45,000,000"]
    assert sums["milestone"] == ["USD", 1_200_000_000.0, "up to USD 1,200,000,000"]
    assert sums["royalty"][0] == "%"


def test_a_planned_milestone_is_not_shown_as_reached() -> None:
    statuses = {row["Milestone"]: row["Status"] for row in rows("milestones")}
    assert set(statuses.values()) == {"achieved", "planned"}


def test_a_timeline_is_the_one_that_the_command_gives_and_leads_to_its_words() -> None:
    labels = [row[0] for row in CONTENT["nodes"]]
    lines = {labels[owner]: [CONTENT["happenings"][at] for at in line] for owner, line in CONTENT["timelines"]}
    told = timeline(GraphView(GRAPH.quads), "company/immunogen")
    assert len(told) >= 4
    assert [row[:3] for row in lines["company/immunogen"]] == [[item.when, item.what, item.words] for item in told]
    assert [labels[row[3]] for row in lines["company/immunogen"]] == [item.node for item in told]
    texts = list(TEXTS.values())
    for row, item in zip(lines["company/immunogen"], told, strict=True):
        start, end = CONTENT["evidence"][row[4]][1:3]
        assert any(folded(text[start:end]) == item.quote for text in texts)


# ---------------------------------------------------------------- one file, nothing asked for


def test_the_page_loads_nothing() -> None:
    for item in elements(PAGE):
        assert "src" not in item.attributes, item
        assert "style" not in item.attributes, item
        assert not [name for name in item.attributes if name.startswith("on")], item
        href = item.attributes.get("href")
        assert href is None or href.startswith(("#", "data:")), item
        assert item.tag not in {"iframe", "object", "embed", "base", "audio", "video", "img"}
    assert not re.search(r"url\(|@import", bundle.styles())
    assert "http" not in bundle.styles()


def test_the_policy_lets_run_only_what_the_page_holds() -> None:
    found = elements(PAGE)
    [meta] = [item for item in found if item.attributes.get("http-equiv") == "Content-Security-Policy"]
    policy = dict(part.strip().split(" ", 1) for part in str(meta.attributes["content"]).split(";"))
    ran = [item.text for item in found if item.tag == "script" and "type" not in item.attributes]
    styled = [item.text for item in found if item.tag == "style"]
    assert policy["default-src"] == "'none'"
    assert policy["script-src"].split() == [digest(text) for text in ran]
    assert policy["style-src"].split() == [digest(text) for text in styled]
    assert (policy["connect-src"], policy["base-uri"], policy["form-action"]) == ("'none'",) * 3
    assert policy["require-trusted-types-for"] == "'script'"
    assert found.index(meta) < min(at for at, item in enumerate(found) if item.tag in {"script", "style", "link"})


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_our_scripts_never_turn_text_into_markup() -> None:
    unsafe = re.compile(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|createContextualFragment|DOMParser|\beval\b|new Function|"
        r"srcdoc|fetch\(|XMLHttpRequest|import\(|https?://(?!www\.w3\.org/2000/svg)"
    )
    assert not unsafe.search(bundle.scripts())


def test_the_drawings_library_is_the_one_that_its_note_names() -> None:
    note = (ASSETS / "vendor" / "README.md").read_text(encoding="utf-8")
    [named] = re.findall(r"`(cytoscape-[\d.]+\.min\.js)`", note)
    content = (ASSETS / "vendor" / named).read_bytes()
    assert hashlib.sha256(content).hexdigest() in note
    assert b"</script" not in content.lower()
    assert (
        (ASSETS / "vendor" / named.replace(".min.js", ".LICENSE")).read_text(encoding="utf-8").startswith("Copyright")
    )


# ---------------------------------------------------------------- hostile releases


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    return hostile_graph(tmp_path_factory.mktemp("hostile"))


def test_a_hostile_release_adds_no_element_and_ends_no_block(hostile: KnowledgeGraph) -> None:
    made = oncopact.view(hostile, title=TITLE)
    quiet = oncopact.view(KnowledgeGraph.of((licence_findings(),)), title="quiet")
    shapes = [[(item.tag, sorted(item.attributes)) for item in elements(text)] for text in (made, quiet)]
    assert shapes[0] == shapes[1]
    [title] = [item.text for item in elements(made) if item.tag == "title"]
    assert title == TITLE


def test_a_hostile_release_is_read_back_as_it_was(hostile: KnowledgeGraph) -> None:
    found = blocks(oncopact.view(hostile))
    [release] = hostile.releases
    text = hostile.findings[0].document.text
    assert ENDS in text
    assert IMAGE in text
    assert found[f"text-{release}"]["text"] == text
    assert any(ENDS in row[2] and IMAGE in row[2] for row in found["content"]["nodes"])
    for row in found["content"]["evidence"]:
        assert text[row[1] : row[2]]


def test_labels_in_the_drawing_hold_no_marks_that_turn_writing(hostile: KnowledgeGraph) -> None:
    found = blocks(oncopact.view(hostile))["content"]
    assert any("\u202e" in row[2] for row in found["nodes"])
    assert not any(set("\u202a\u202b\u202d\u202e\u2066\u2028\n") & set(row[3]) for row in found["nodes"])


@given(st.text())
@example("</script><!--<script>]]>&amp;\u2028\u2029\x00\x85\ufeff")
@example("\ud83e")
def test_any_text_survives_a_block_and_none_can_end_it(text: str) -> None:
    written = bundle.in_script([text])
    assert json.loads(written) == [text]
    assert not set(written) & set("<>&\u2028\u2029\x00\x85\ufeff")
    assert written.encode()


# ---------------------------------------------------------------- the same bytes


def test_the_order_of_quads_does_not_matter() -> None:
    shuffled = list(GRAPH.quads)
    random.Random(7).shuffle(shuffled)
    assert page(shuffled, dict(reversed(TEXTS.items())), title="oncopact", version=oncopact.__version__) == PAGE


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_hash_seed_does_not_matter(tmp_path: Path, seed: str) -> None:
    GRAPH.write(tmp_path / "graph.trig")
    for release, text in TEXTS.items():
        (tmp_path / "texts").mkdir(exist_ok=True)
        (tmp_path / "texts" / f"{release}.txt").write_text(text, encoding="utf-8", newline="")
    program = "import sys, oncopact; oncopact.view(sys.argv[1], sys.argv[2], title='oncopact')"
    source = str(Path(oncopact.__file__).parents[1])
    subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "graph.trig"), str(tmp_path / "page.html")],
        check=True,
        env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": source},
    )
    assert (tmp_path / "page.html").read_bytes() == PAGE.encode()


# ---------------------------------------------------------------- places


def test_nodes_stand_apart_and_in_the_same_places_whatever_their_order() -> None:
    ring = [(f"n{at}", f"n{(at + 1) % 9}") for at in range(9)]
    star = [("hub", f"leaf{at}") for at in range(12)]
    names = sorted({name for pair in ring + star for name in pair} | {"lone", "other"})
    found = places(names, ring + star)
    assert sorted(found) == names
    assert len(set(found.values())) == len(names)
    assert places(names[::-1], [(end, start) for start, end in (ring + star)[::-1]]) == found


def test_neighbours_stand_nearer_than_others() -> None:
    chain = [(f"n{at}", f"n{at + 1}") for at in range(6)]
    found = places([f"n{at}" for at in range(7)], chain)

    def distance(one: str, other: str) -> float:
        return math.dist(found[one], found[other])

    assert max(distance(*pair) for pair in chain) < distance("n0", "n6")


def test_no_nodes_need_no_place() -> None:
    assert places([], []) == {}


# ---------------------------------------------------------------- the reading view


def test_a_text_is_shown_whole_in_paragraphs_of_sentences() -> None:
    paragraphs: Any = reading("x", LICENCE_TEXT)["paragraphs"]
    covered = "".join(LICENCE_TEXT[row[1] : row[2]] for row in paragraphs)
    assert "".join(covered.split()) == "".join(LICENCE_TEXT.split())
    for _, start, end, bounds in paragraphs:
        pairs = list(zip(bounds[::2], bounds[1::2], strict=True))
        assert pairs == sorted(pairs)
        assert all(start <= first < last <= end for first, last in pairs)


def test_an_evidence_lies_in_one_sentence_of_the_text_shown() -> None:
    sentences = {
        release: [
            (first, last)
            for *_, bounds in blocks(PAGE)[f"text-{release}"]["paragraphs"]
            for first, last in zip(bounds[::2], bounds[1::2], strict=True)
        ]
        for release in TEXTS
    }
    for row in CONTENT["evidence"]:
        around = sentences[CONTENT["releases"][row[0]][1]]
        assert sum(first < row[2] and row[1] < last for first, last in around) == 1


# ---------------------------------------------------------------- which texts


def test_without_texts_the_quotes_stand_with_their_evidence() -> None:
    found = blocks(oncopact.view(GRAPH, texts="none"))
    assert set(found) == {"content"}
    assert all(row[12] for row in found["content"]["evidence"])
    assert not any(release[4] for release in found["content"]["releases"])


def test_texts_of_deals_are_those_that_speak_of_any() -> None:
    deals = {quad.subject for quad in GRAPH.quads if speaks_of_deals(quad)}
    silent = [quad for quad in GRAPH.quads if not {quad.subject, quad.object} & deals]
    some = page(GRAPH.quads, TEXTS, version="1", which="deals")
    none = page(silent, TEXTS, version="1", which="deals")
    assert len(blocks(some)) == 1 + len(TEXTS)
    assert len(blocks(none)) == 1


def speaks_of_deals(quad: Quad) -> bool:
    return any(f"/{kind}/" in named(quad.subject).value for kind in ("agreement", "milestone", "payment", "event"))


def test_a_text_that_is_not_the_one_read_is_left_out() -> None:
    [first, *_] = TEXTS
    found = blocks(page(GRAPH.quads, TEXTS | {first: "Another " + TEXTS[first]}, version="1"))
    assert f"text-{first}" not in found
    assert len(found) == len(TEXTS)


# ---------------------------------------------------------------- command and library


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    GRAPH.write(folder)
    return folder


def run(*words: object) -> Any:
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


def test_the_command_writes_what_the_library_makes(built: Path, tmp_path: Path) -> None:
    result = run("view", built, "--out", tmp_path / "page.html", "--title", "oncopact")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / "page.html").read_bytes() == PAGE.encode()
    assert run("view", built, "--title", "oncopact").stdout == PAGE


def test_the_page_is_called_after_its_folder(built: Path) -> None:
    assert f"<title>{built.name}</title>" in run("view", built).stdout


def test_a_graph_without_texts_says_so(built: Path, tmp_path: Path) -> None:
    (tmp_path / "graph.trig").write_bytes((built / "graph.trig").read_bytes())
    result = run("view", tmp_path)
    assert result.exit_code == 0
    assert "no texts" in result.stderr


def test_a_graph_without_evidence_is_no_page(built: Path, tmp_path: Path) -> None:
    result = run("view", built / "graph.ttl", "--out", tmp_path / "page.html")
    assert result.exit_code == 1
    assert "no evidence" in result.stderr
    assert not (tmp_path / "page.html").exists()
    with pytest.raises(GraphError, match="no evidence"):
        oncopact.view(KnowledgeGraph())


# ---------------------------------------------------------------- about one thing


def test_a_page_about_a_thing_has_the_releases_that_speak_of_it_and_no_others() -> None:
    found = blocks(oncopact.view(GRAPH, about="Corvane Therapeutics, Inc."))
    labels = {row[0] for row in found["content"]["nodes"]}
    [release] = [item.document.release.id for item in GRAPH.findings if item.document.text == LICENCE_TEXT]
    assert set(found) == {"content", f"text-{release}"}
    assert "conjugate/hb-204" in labels
    assert not any("immunogen" in label or "maytans" in label for label in labels)
    assert found["content"]["title"] == "Corvane Therapeutics, Inc."
    alone = KnowledgeGraph.of((licence_findings(),), lexicon=load())
    assert statements(found["content"]) == statements(blocks(oncopact.view(alone))["content"])


def test_a_page_about_nothing_known_is_an_error(built: Path) -> None:
    result = run("view", built, "--about", "Nobody")
    assert result.exit_code == 1
    assert "nothing is called so" in result.stderr


def test_a_store_gives_the_page_of_the_folder_built_from_the_same_releases(tmp_path: Path) -> None:
    examples = Path(__file__).parents[1] / "examples" / "releases"
    releases = [examples / "2001-03-corvane-sgml.txt", examples / "2019-09-pellworm-negative.txt"]
    oncopact.build(releases).write(tmp_path / "folder")
    assert run("build", *releases, "--store", tmp_path / "store", "--quiet").exit_code == 0
    for options in ({}, {"about": "Corvane Biosciences, Inc."}):
        pages = [oncopact.view(tmp_path / name, title="same", **options) for name in ("folder", "store")]
        assert pages[0] == pages[1]


def test_a_wrong_word_for_texts_is_refused() -> None:
    with pytest.raises(ValueError, match="all, deals, none"):
        oncopact.view(GRAPH, texts="some")
