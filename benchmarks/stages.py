"""How fast each stage is, beside yardsticks that are measured in the same run, in processor time."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
import rdflib

from oncopact.collector import relax
from oncopact.conformity import judge
from oncopact.exporters import rdf
from oncopact.extract import extract
from oncopact.graph import release_quads
from oncopact.knowledge import KnowledgeGraph
from oncopact.lexicon import Lexicon, load
from oncopact.model import Document, Findings, Release
from oncopact.readers import files, read
from oncopact.readings import reading
from oncopact.recognizers.names import recognize
from oncopact.recognizers.page import Page
from oncopact.segment import segment
from oncopact.validate import validate, validate_quads

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s a ?class ; ?p ?o } }"
"""What the yardsticks of stores ask."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        stage: What was timed.
        megabytes: Text that went through it, in millions of characters.
        releases: How many releases that were.
        seconds: Of processor time, the best of the repeats.
        times: How often the rate of the spaCy yardstick on the same texts; 0 where it is not measured.
    """

    stage: str
    megabytes: float
    releases: int
    seconds: float
    times: float = 0.0

    @property
    def rate(self) -> float:
        """Millions of characters a second."""
        return self.megabytes / self.seconds if self.seconds else float("inf")


@dataclass(frozen=True, slots=True)
class Size:
    """How much the folder is.

    Attributes:
        releases: How many.
        relevant: How many of them speak of medicines.
        characters: Of their texts.
        quads, bytes: The whole graph's, the bytes as N-Quads.
        packed: The bytes of that, packed by gzip.
    """

    releases: int
    relevant: int
    characters: int
    quads: int
    bytes: int
    packed: int


@dataclass(frozen=True, slots=True)
class Texts:
    """Releases that are timed together.

    Attributes:
        name: What they are.
        places: Their files with the names to show.
        documents: What the files give.
    """

    name: str
    places: tuple[tuple[str, str], ...]
    documents: tuple[Document, ...]

    @property
    def megabytes(self) -> float:
        """Millions of characters of text."""
        return sum(len(document.text) for document in self.documents) / 1e6


def timed(work: Callable[[], object], repeat: int) -> float:
    """Seconds of processor time, the best of `repeat` runs: the clock depends on what else the machine does."""
    best = float("inf")
    for _ in range(repeat):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def names_of(lexicon: Lexicon) -> list[str]:
    """Every name that the vocabulary lists."""
    return sorted({name for key in lexicon.keys for name in (lexicon.entry(key).label, *lexicon.entry(key).aliases)})


def parted(folder: Path) -> tuple[Texts, Texts, Texts]:
    """All releases of a folder, those that speak of medicines, and the others.

    A file with both, as a submission with several exhibits, counts as relevant; what is no release is left out.
    """
    relevant: list[tuple[tuple[str, str], list[Document]]] = []
    other: list[tuple[tuple[str, str], list[Document]]] = []
    for place in files([folder]):
        documents = [segment(item) for item in read(place[0], name=place[1]) if isinstance(item, Release)]
        if documents:
            (relevant if any(Page.of(d).medical for d in documents) else other).append((place, documents))

    def texts(name: str, found: Sequence[tuple[tuple[str, str], list[Document]]]) -> Texts:
        return Texts(name, tuple(p for p, _ in found), tuple(d for _, several in found for d in several))

    return texts("all", [*relevant, *other]), texts("relevant", relevant), texts("irrelevant", other)


def measure(folder: Path, repeat: int) -> tuple[list[Row], Size]:
    """All rows, in the order of the pipeline, those of the yardsticks behind them; and how much was measured."""
    relax()
    lexicon = load()
    every, relevant, other = parted(folder)
    findings = [extract(document, lexicon) for document in every.documents]
    graphs = [release_quads(found) for found in findings]

    def row(stage: str, texts: Texts, work: Callable[[], object]) -> Row:
        return Row(stage, texts.megabytes, len(texts.documents), timed(work, repeat))

    rows = [
        row("read", every, lambda: [list(read(path, name=name)) for path, name in every.places]),
        row("segment", every, lambda: [segment(d.release) for d in every.documents]),
        row("recognise names", every, lambda: [recognize(d, lexicon) for d in every.documents]),
        row("extract, relevant", relevant, lambda: _extract(relevant.documents, lexicon)),
        row("extract, irrelevant", other, lambda: _extract(other.documents, lexicon)),
        row("quads", every, lambda: [release_quads(found) for found in findings]),
        row("check of each release", every, lambda: [judge(quads) for quads in graphs]),
        row("file to validated quads, all", every, lambda: _through(every, lexicon)),
        row("file to validated quads, relevant", relevant, lambda: _through(relevant, lexicon)),
        row("file to validated quads, irrelevant", other, lambda: _through(other, lexicon)),
        row("yardstick: the automaton's pass", every, lambda: [lexicon.match(d.text) for d in every.documents]),
    ]
    yardsticks = [found for texts in (every, relevant, other) if (found := spacy_row(texts, lexicon, repeat))]
    whole = KnowledgeGraph.of(findings, lexicon=lexicon).quads
    lines = rdf.nquads(whole)
    size = Size(
        len(every.documents),
        len(relevant.documents),
        sum(len(document.text) for document in every.documents),
        len(whole),
        len(lines.encode()),
        len(gzip.compress(lines.encode(), 6, mtime=0)),
    )
    rows = [*beside(rows, yardsticks), *beside(yardsticks, yardsticks), *stores(whole, lines, every)]
    return rows, size


def beside(rows: Sequence[Row], yardsticks: Sequence[Row]) -> list[Row]:
    """Rows with how often the yardstick on the same texts they are."""
    rates = {(row.megabytes, row.releases): row.rate for row in yardsticks}
    return [
        Row(
            row.stage,
            row.megabytes,
            row.releases,
            row.seconds,
            row.rate / rate if (rate := rates.get((row.megabytes, row.releases))) else 0.0,
        )
        for row in rows
    ]


def _extract(documents: Sequence[Document], lexicon: Lexicon) -> list[Findings]:
    return [extract(document, lexicon) for document in documents]


def _through(texts: Texts, lexicon: Lexicon) -> None:
    for place in texts.places:
        reading(place, lexicon=lexicon)


def spacy_row(texts: Texts, lexicon: Lexicon, repeat: int) -> Row | None:
    """The spaCy yardstick, or None where spaCy is not installed."""
    try:
        import spacy
    except ImportError:
        return None
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [{"label": "NAME", "pattern": name} for name in names_of(lexicon)]
    )
    pipeline.add_pipe("sentencizer")
    printed = [document.text for document in texts.documents]
    pipeline.max_length = max(map(len, printed)) + 1
    stage = f"yardstick: spaCy, blank English with entity ruler, {texts.name}"
    return Row(stage, texts.megabytes, len(printed), timed(lambda: [pipeline(text) for text in printed], repeat))


def stores(whole: Sequence[pyoxigraph.Quad], lines: str, texts: Texts) -> list[Row]:
    """What pyoxigraph and the quick check do for the whole, beside rdflib and pySHACL doing the same, once each."""
    works: dict[str, Callable[[], object]] = {
        "load, count and write the whole, by pyoxigraph": lambda: _by_pyoxigraph(lines),
        "yardstick: the same by rdflib": lambda: _by_rdflib(lines),
        "validate the whole": lambda: validate_quads(whole),
        "yardstick: the same by pySHACL": lambda: validate(rdf.dataset(whole)),
    }
    return [Row(name, texts.megabytes, len(texts.documents), timed(work, 1)) for name, work in works.items()]


def _by_pyoxigraph(lines: str) -> None:
    store = pyoxigraph.Store()
    store.load(lines.encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    list(store.query(COUNT))  # type: ignore[arg-type]
    store.dump(format=pyoxigraph.RdfFormat.N_QUADS)


def _by_rdflib(lines: str) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=lines, format="nquads")
    list(dataset.query(COUNT))
    dataset.serialize(format="nquads")
