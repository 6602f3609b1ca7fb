"""The library's front: build a knowledge graph, ask it, check it, write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Quad, Store

from oncopact import queries
from oncopact.assembly import Part, apply
from oncopact.errors import GraphError, NothingReadError, OutputError
from oncopact.exporters import rdf
from oncopact.exporters.files import write_file
from oncopact.graph import in_order, release_quads
from oncopact.graph_view import GraphView
from oncopact.model import Failure, Findings
from oncopact.namespaces import DCTERMS, ID, OP, evidence_graph, facts_graph
from oncopact.overlay import Overlay
from oncopact.union import Vocabulary, graphs

if TYPE_CHECKING:
    import networkx as nx
    import pandas
    from rdflib import Dataset

    from oncopact.curation import Curation
    from oncopact.engines import Engine
    from oncopact.explain import Explanation
    from oncopact.exporters.records import Json
    from oncopact.exporters.window import Day
    from oncopact.lexicon import Lexicon
    from oncopact.validate import ValidationReport

_ENDING: Final = re.compile(r"\.[A-Za-z]{2,5}")
"""How the name of a file ends; folders have other points in their names."""

WRITTEN: Final = ("graph.ttl", "graph.trig", "graph.graphml", "validation.ttl", "validation.txt")
"""The files that `KnowledgeGraph.write` puts into a folder, beside the releases' texts."""


class KnowledgeGraph:
    """What a batch of releases states, as a graph with the evidence of every fact.

    Args:
        quads: The named graphs' quads.
        findings: What they were made from; none for a graph that was loaded.
        failures: Inputs that gave no release.

    Attributes:
        quads: Sorted by graph, subject, predicate and object.
    """

    def __init__(
        self, quads: Iterable[Quad] = (), *, findings: Sequence[Findings] = (), failures: Sequence[Failure] = ()
    ) -> None:
        self.quads: tuple[Quad, ...] = in_order(quads)
        self.findings: tuple[Findings, ...] = tuple(findings)
        self.failures: tuple[Failure, ...] = tuple(failures)
        self._texts: Path | None = None

    @classmethod
    def load(cls, path: Path | str) -> KnowledgeGraph:
        """The graph of a store, of a `.trig`, `.nq`, `.ttl` or `.nt` file, or of the folder that a build wrote.

        Raises:
            GraphError: The file is missing, of another kind, or broken.
            StoreError: Another process is writing to the store.
        """
        from oncopact.store import ReleaseStore, is_store

        path = Path(path)
        if is_store(path):
            with ReleaseStore(path) as store:
                made = cls(quad for graph in graphs(store.graph) for quad in graph)
        else:
            if path.is_dir() and not (path / "graph.trig").is_file():
                remedy = "give a folder that oncopact build wrote"
                raise GraphError("the folder holds no graph", where=str(path), remedy=remedy)
            made = cls(rdf.load(path / "graph.trig" if path.is_dir() else path))
        made._texts = (path if path.is_dir() else path.parent) / "texts"
        return made

    @classmethod
    def of(
        cls,
        findings: Sequence[Findings],
        *,
        lexicon: Lexicon | None = None,
        failures: Sequence[Failure] = (),
        curation: Curation | None = None,
    ) -> KnowledgeGraph:
        """The graph of findings, one per release; what several releases speak of is one node.

        Args:
            findings: As `pipeline.run` gives them.
            lexicon: Adds the vocabulary's facts on the things in use, in a graph of their own.
            failures: Inputs that gave no release; findings that contradict themselves join them.
            curation: The user's word on what is the same.
        """
        parts: list[Part] = []
        sound: list[Findings] = []
        broken: list[Failure] = list(failures)
        for item in findings:
            try:
                parts.append(part_of(item))
                sound.append(item)
            except GraphError as error:
                broken.append(Failure(item.document.release.source.name, str(error)))
        made = Store()
        overlay = Overlay(made)
        apply(overlay, parts, vocabulary=known(lexicon), curation=curation)
        overlay.commit()
        quads = (quad for graph in graphs(made) for quad in graph)
        return cls(quads, findings=sound, failures=broken)

    # ------------------------------------------------------------ views

    @cached_property
    def dataset(self) -> Dataset:
        """All named graphs as an rdflib dataset; its default view is their union."""
        return rdf.dataset(self.quads)

    @cached_property
    def store(self) -> Store:
        """All named graphs for SPARQL; the default graph is their union, each triple once."""
        return queries.store(self.quads)

    @cached_property
    def view(self) -> GraphView:
        """The union of the facts: no evidence, no vocabulary."""
        return GraphView(rdf.facts(self.quads))

    @property
    def releases(self) -> tuple[str, ...]:
        """The ids of the releases, sorted."""
        found = GraphView(quad for quad in self.quads if rdf.is_facts(quad.graph_name)).instances(OP.Release)
        return tuple(iri.removeprefix(f"{ID}release/") for iri in found)

    @property
    def graphs(self) -> tuple[tuple[Quad, ...], ...]:
        """The quads by named graph."""
        return tuple(tuple(quads) for quads in self._by_graph.values())

    def to_networkx(
        self,
        view: str = "everything",
        *,
        since: Day | None = None,
        until: Day | None = None,
        kinds: Collection[str] = (),
    ) -> nx.MultiDiGraph[str]:
        """The graph as a network; see `exporters.network.network`.

        Args:
            view: `everything`; `companies`: who licenses to, collaborates with, acquires and pays whom; `products`:
                who owns, develops and passes on which technology and product.
            since: Keep what happened then or later: 2001, '2001-11', '2001-11-27' or a date.
            until: Keep what happened then or earlier, the end included.
            kinds: Keep agreements, milestones and payments of these kinds, `licence` or `upfront`.

        Raises:
            GraphError: There is no such view or kind, or a date can't be read.
        """
        from oncopact.exporters.network import network

        return network(self.quads, view=view, since=since, until=until, kinds=kinds)

    def table(self, name: str) -> queries.Table:
        """`agreements`, `milestones` or `payments`: one row each, with its sentence and release.

        Raises:
            GraphError: There is no table of that name.
        """
        from oncopact.exporters.tables import table

        return table(self.quads, name)

    def to_pandas(self, name: str) -> pandas.DataFrame:
        """A table as a pandas frame: numbers as numbers, `earliest`, `latest` and `release_date` as dates.

        Raises:
            GraphError: There is no table of that name.
            OutputError: pandas is not installed.
        """
        from oncopact.exporters.tables import frame

        return frame(self.table(name))

    def __repr__(self) -> str:
        """How much is in it, and whether something is missing."""
        failed = sum(not failure.skipped for failure in self.failures)
        missing = f"; {failed} inputs could not be read, see failures" if failed else ""
        return f"<KnowledgeGraph: {len(self.quads):,} statements{missing}>"

    def _repr_html_(self) -> str:
        """What Jupyter shows of the graph: how much of what, and who deals with whom."""
        from oncopact.exporters.notebook import html

        return html(self)

    # ------------------------------------------------------------ questions

    def query(self, question: str) -> queries.Table:
        """The answer to a named question (`agreements`, `payments`, …) or to SPARQL; our prefixes are declared.

        Raises:
            QueryError: The question is unknown or malformed.
        """
        return queries.ask(self.store, question)

    def ask(self, question: str, *, evidence: bool = False, **parameters: str | int) -> queries.Table:
        """The answer to one of the questions of docs/questions.md, by name or number.

        Args:
            question: `rights-to-technology`, or 4.
            evidence: Give each row the places in the releases that it rests on.
            parameters: Things by any of their names: `technology="TAP"`; hyphens are written as underscores.

        Raises:
            QueryError: The question or a parameter is unknown, or what it names is not found.
        """
        from oncopact.questions import answer
        from oncopact.questions import question as named

        return answer(self.store, named(question), parameters, evidence=evidence, texts=self.text).table

    def text(self, release: str) -> str | None:
        """The text of a release by its id, in which offsets count; None where it is not at hand."""
        for item in self.findings:
            if item.document.release.id == release:
                return item.document.text
        return read_text(self._texts, release)

    def explain(self, name: str) -> Explanation:
        """What is said of a node and which words say it; `name` is an IRI or an id, `company/immunogen`.

        Raises:
            GraphError: There is no such node.
        """
        from oncopact.explain import explain

        return explain(self.quads, name)

    def validate(self) -> ValidationReport:
        """What the shapes say of the graph."""
        from oncopact.validate import validate_quads

        return validate_quads(self.quads)

    # ------------------------------------------------------------ output

    def records(self) -> dict[str, dict[str, Json]]:
        """One release record for each release, by its id: the stem of the input file's name.

        Raises:
            GraphError: The graph has no evidence, from which records take the printed names.
        """
        from oncopact.exporters.records import record

        found = {}
        for release, stem in self.stems().items():
            facts, evidence = (
                GraphView(self._by_graph.get(str(name), ())) for name in (facts_graph(release), evidence_graph(release))
            )
            if not facts.instances(OP.Release):
                raise GraphError("the graph has no named graphs", remedy="give the .trig file, which has the evidence")
            found[stem] = record(facts, evidence, name=stem)
        return dict(sorted(found.items()))

    @cached_property
    def _by_graph(self) -> Mapping[str, Sequence[Quad]]:
        found: dict[str, list[Quad]] = {}
        for quad in self.quads:
            found.setdefault(getattr(quad.graph_name, "value", ""), []).append(quad)
        return found

    def stems(self) -> dict[str, str]:
        """For each release id the stem of its file's name; where two share one, the release's id is appended."""
        names = {
            release: _stem(self.view.value(f"{ID}release/{release}", DCTERMS.source) or release)
            for release in self.releases
        }
        shared = [stem for stem in names.values() if list(names.values()).count(stem) > 1]
        return {release: f"{stem}-{release}" if stem in shared else stem for release, stem in names.items()}

    def write(
        self, path: Path | str, *, report: ValidationReport | None = None, form: str | None = None, **cut: Any
    ) -> tuple[Path, ...]:
        """Write one file, its form following from its ending, or all files into a folder.

        A folder gets `graph.ttl` (the union of the facts), `graph.trig` (named graphs with evidence),
        `graph.graphml`, `validation.ttl`, `validation.txt`, and each release's text as `texts/<id>.txt`.

        Args:
            path: A file with the ending of a format (`exporters.formats.FORMATS`: .ttl, .jsonld, .gexf), or a folder.
            report: The validation to write; made where it is not given.
            form: The name of a format, where the ending does not say it: `csv`, `neo4j`.
            cut: For networks, what `to_networkx` takes: `view`, `since`, `until`, `kinds`.

        Returns:
            The files written.

        Raises:
            OutputError: There is no such format, no space or no permission.
            GraphError: There is no such view or kind, or a date can't be read.
        """
        from oncopact.exporters.formats import FORMATS, Cut, by_ending

        path = Path(path)
        if form is not None and form not in FORMATS:
            raise OutputError("no such format", where=form, remedy=f"use one of {', '.join(FORMATS)}")
        chosen = FORMATS[form] if form else None if path.is_dir() else by_ending(path)
        if chosen is None and not path.is_dir() and _ENDING.fullmatch(path.suffix):
            known = ", ".join(f".{name}" for name, each in FORMATS.items() if each.pieces)
            raise OutputError("no format has this ending", where=str(path), remedy=f"use one of {known}, or a folder")
        if chosen is not None:
            return chosen.write(self.graphs, path, Cut(**cut))
        from oncopact.exporters.network_files import graphml

        report = report or self.validate()
        contents = {
            "graph.ttl": rdf.turtle(self.quads),
            "graph.trig": rdf.trig(self.quads),
            "graph.graphml": graphml(self.to_networkx()),
            "validation.ttl": report.graph.serialize(format="turtle"),
            "validation.txt": report.text,
        }
        contents |= {f"texts/{item.document.release.id}.txt": item.document.text for item in self.findings}
        for name, content in contents.items():
            write_file(path / name, content)
        return tuple(path / name for name in contents)


def read_text(folder: Path | None, release: str) -> str | None:
    """A release's text from a folder of texts; None where it has none."""
    path = folder / f"{release}.txt" if folder else None
    return path.read_bytes().decode() if path is not None and path.is_file() else None


def part_of(findings: Findings) -> Part:
    """A release's findings as a part of the graph.

    Raises:
        GraphError: The findings contradict themselves.
    """
    listed = frozenset(entity.id for entity in findings.entities if entity.key)
    return Part(findings.document.release.id, release_quads(findings), listed)


def known(lexicon: Lexicon | None) -> Vocabulary | None:
    """What a lexicon knows, as the graph asks for it."""
    if lexicon is None:
        return None
    from oncopact.graph_vocabulary import vocabulary_quads

    return lambda keys: vocabulary_quads(keys, lexicon)


def _stem(source: str) -> str:
    """The part of a source's name that a record is called by; a container's and its member's are joined."""
    parts = ["stdin" if part == "-" else part.removesuffix(".gz") for part in source.split("!")]
    return "-".join(Path(part).stem or part for part in parts)


def build(
    paths: Path | str | Iterable[Path | str],
    *,
    lexicon: Lexicon | None = None,
    progress: Callable[[Findings | Failure], None] | None = None,
    curation: Curation | None = None,
    engine: Engine | None = None,
    folders: Sequence[Path] = (),
) -> KnowledgeGraph:
    """Read releases and make their knowledge graph.

    Args:
        paths: A file, folder or archive, or several of them.
        lexicon: The vocabulary to use; the shipped one where it is not given.
        progress: Called with each release's findings or failure as they come.
        curation: The user's word on what is the same.
        engine: Where the reading runs, `oncopact.engines.engine(jobs=4)`, started; here, where it is not given.
        folders: The user's vocabulary, for engines that run elsewhere; `lexicon` was loaded from it.

    Returns:
        The graph; its `failures` name the inputs that gave no release, and why.

    Raises:
        NothingReadError: None of them gave one, as where a path is mistyped.
    """
    from oncopact import pipeline
    from oncopact.lexicon import load
    from oncopact.readers import files

    lexicon = lexicon or load()
    inputs = [paths] if isinstance(paths, Path | str) else list(paths)
    results = None
    if engine is not None and engine.remote:
        work = partial(pipeline.everything, folders=tuple(folders))
        results = chain.from_iterable(engine.map(work, files(inputs)))
    batch = pipeline.run(inputs, lexicon=lexicon, progress=progress, results=results)
    if not batch.findings:
        raise _nothing(batch.failures)
    return KnowledgeGraph.of(batch.findings, lexicon=lexicon, failures=batch.failures, curation=curation)


def _nothing(failures: Sequence[Failure]) -> NothingReadError:
    """What to say where there is nothing to make a graph of."""
    if not failures:
        return NothingReadError("no release was read", remedy="give files or folders with releases")
    more = f" (the first of {len(failures)} such inputs)" if len(failures) > 1 else ""
    return NothingReadError(f"no release was read: {failures[0].message}{more}")
