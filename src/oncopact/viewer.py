"""The page of a store, a built folder or a graph: read what is there, make the page, write it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from oncopact.called import find
from oncopact.errors import GraphError
from oncopact.exporters.files import write_file
from oncopact.exporters.page import TEXTS, page
from oncopact.exporters.rdf import is_vocabulary
from oncopact.graph_view import GraphView
from oncopact.knowledge import KnowledgeGraph
from oncopact.namespaces import ID
from oncopact.store import ReleaseStore, is_store
from oncopact.store_view import StoreView
from oncopact.union import graphs

__all__ = ["TEXTS", "view"]


def view(
    graph: KnowledgeGraph | Path | str,
    out: Path | str | None = None,
    *,
    title: str | None = None,
    texts: str = "all",
    about: str | None = None,
) -> str:
    """A page that shows a graph to people: the network, lists, timelines, and the releases with their facts marked.

    It is one file that opens from disk and needs no network. The same graph gives the same bytes.

    Args:
        graph: A graph, the folder of a store or of a build, or a file with named graphs (`.trig`, `.nq`) beside which
            `texts/` lies.
        out: The file to write; without it nothing is written.
        title: What the page is called; without it the folder's name, or what it is about.
        texts: Which releases' texts go in: `all`, `deals` (those that speak of agreements, milestones or payments) or
            `none`. A release without its text is shown by the quotes of its evidence.
        about: A company, product, technology or agreement, by any of its names or its id: only the releases that speak
            of it, or of what it takes part in, are shown.

    Returns:
        The page.

    Raises:
        GraphError: There is no graph, it has no evidence, or nothing is called as `about` says.
        StoreError: The store is in use or cannot be opened.
        OutputError: There is no space or no permission.
    """
    if texts not in TEXTS:
        raise ValueError(f"texts is {texts!r}; use one of {', '.join(TEXTS)}")
    from oncopact import __version__

    quads, found, name = _given(graph, about)
    made = page(quads, found, title=title or about or name, version=__version__, which=texts)
    if out is not None:
        write_file(Path(out), made)
    return made


def _given(graph: KnowledgeGraph | Path | str, about: str | None) -> tuple[Sequence[Quad], dict[str, str], str]:
    """The named graphs' quads, the releases' texts and a title."""
    if isinstance(graph, KnowledgeGraph):
        texts = {item.document.release.id: item.document.text for item in graph.findings}
        return _with_evidence(_only(graph.quads, about), "the graph"), texts, "oncopact"
    path = Path(graph)
    folder = path if path.is_dir() else path.parent
    quads = _stored(path, about) if is_store(path) else _only(KnowledgeGraph.load(path).quads, about)
    return _with_evidence(quads, str(path)), _texts(folder / "texts", quads), folder.resolve().name or "oncopact"


def _stored(path: Path, about: str | None) -> Sequence[Quad]:
    with ReleaseStore(path) as store:
        releases = None if about is None else _speaking(StoreView(store.graph), about)
        quads = [quad for graph in graphs(store.graph, only=releases) for quad in graph]
        return quads if about is None else _in_use(quads)


def _with_evidence(quads: Sequence[Quad], where: str) -> Sequence[Quad]:
    if not any(getattr(quad.graph_name, "value", "").endswith("/evidence") for quad in quads):
        raise GraphError(
            "there is no evidence, without which a page shows nothing",
            where=where,
            remedy="give the folder that oncopact build wrote, its .trig file or a store",
        )
    return quads


def _texts(folder: Path, quads: Sequence[Quad]) -> dict[str, str]:
    """The texts of the quads' releases; read as they were written, since line ends count in offsets."""
    releases = sorted({release for quad in quads if (release := _release_of(quad)) is not None})
    files = {release: folder / f"{release}.txt" for release in releases}
    try:
        return {release: file.read_bytes().decode() for release, file in files.items() if file.is_file()}
    except (OSError, UnicodeDecodeError) as error:
        message = f"a text cannot be read: {error}"
        raise GraphError(message, where=str(folder), remedy="build the graph again") from error


# ---------------------------------------------------------------- about one thing


def _only(quads: Sequence[Quad], about: str | None) -> Sequence[Quad]:
    """The graphs of the releases that speak of a thing, and of the vocabulary what they use."""
    if about is None:
        return quads
    releases = _speaking(GraphView(quads), about)
    return _in_use([quad for quad in quads if (release := _release_of(quad)) is None or release in releases])


def _speaking(view: GraphView, about: str) -> frozenset[str]:
    """The ids of the releases that speak of a thing or of what leads to it.

    Raises:
        GraphError: Nothing is called so, or several things are.
    """
    iri = find(view, about)
    nodes = {iri, *(subject for _, subject in view.mentions(iri))}
    seen = (seen for node in sorted(nodes) for seen in view.evidence_for(node))
    return frozenset(place.release.removeprefix(f"{ID}release/") for place in seen)


def _release_of(quad: Quad) -> str | None:
    """The id of the release to which a quad's graph belongs."""
    name = getattr(quad.graph_name, "value", "").removeprefix(f"{ID}graph/")
    release, slash, _ = name.partition("/")
    return release if slash else None


def _in_use(quads: Sequence[Quad]) -> Sequence[Quad]:
    """The quads without what the vocabulary knows of things that no release here leads to."""
    stated = [quad for quad in quads if not is_vocabulary(quad.graph_name)]
    known: dict[str, list[Quad]] = {}
    for quad in quads:
        if is_vocabulary(quad.graph_name):
            known.setdefault(getattr(quad.subject, "value", ""), []).append(quad)
    used = set(_named(quad for quad in stated if _release_of(quad) is not None))
    waiting = sorted(used)
    while waiting:
        found = set(_named(known.get(waiting.pop(), ()))) - used
        used |= found
        waiting.extend(sorted(found))
    return [*stated, *(quad for subject, found in known.items() if subject in used for quad in found)]


def _named(quads: Iterable[Quad]) -> Iterable[str]:
    return (term.value for quad in quads for term in (quad.subject, quad.object) if isinstance(term, NamedNode))
