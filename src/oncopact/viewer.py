"""The page of a store, a built folder or a graph: read what is there, make the page, write it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from oncopact.errors import GraphError
from oncopact.exporters.files import write_file
from oncopact.exporters.page import TEXTS, page
from oncopact.knowledge import KnowledgeGraph
from oncopact.store import ReleaseStore, is_store
from oncopact.union import graphs

if TYPE_CHECKING:
    from pyoxigraph import Quad

__all__ = ["TEXTS", "view"]


def view(
    graph: KnowledgeGraph | Path | str, out: Path | str | None = None, *, title: str | None = None, texts: str = "all"
) -> str:
    """A page that shows a graph to people: the network, lists, timelines, and the releases with their facts marked.

    It is one file that opens from disk and needs no network. The same graph gives the same bytes.

    Args:
        graph: A graph, the folder of a store or of a build, or a file with named graphs (`.trig`, `.nq`) beside which
            `texts/` lies.
        out: The file to write; without it nothing is written.
        title: What the page is called; without it the folder's name.
        texts: Which releases' texts go in: `all`, `deals` (those that speak of agreements, milestones or payments) or
            `none`. A release without its text is shown by the quotes of its evidence.

    Returns:
        The page.

    Raises:
        GraphError: There is no graph, or it has no evidence.
        StoreError: The store is in use or cannot be opened.
        OutputError: There is no space or no permission.
    """
    if texts not in TEXTS:
        raise ValueError(f"texts is {texts!r}; use one of {', '.join(TEXTS)}")
    from oncopact import __version__

    quads, found, name = _given(graph)
    made = page(quads, found, title=title or name, version=__version__, which=texts)
    if out is not None:
        write_file(Path(out), made)
    return made


def _given(graph: KnowledgeGraph | Path | str) -> tuple[Sequence[Quad], dict[str, str], str]:
    """The named graphs' quads, the releases' texts and a title."""
    if isinstance(graph, KnowledgeGraph):
        texts = {item.document.release.id: item.document.text for item in graph.findings}
        return _with_evidence(graph.quads, "the graph"), texts, "oncopact"
    path = Path(graph)
    folder = path if path.is_dir() else path.parent
    quads = _stored(path) if is_store(path) else KnowledgeGraph.load(path).quads
    return _with_evidence(quads, str(path)), _texts(folder / "texts"), folder.resolve().name or "oncopact"


def _stored(path: Path) -> tuple[Quad, ...]:
    with ReleaseStore(path) as store:
        return tuple(quad for graph in graphs(store.graph) for quad in graph)


def _with_evidence(quads: Sequence[Quad], where: str) -> Sequence[Quad]:
    if not any(getattr(quad.graph_name, "value", "").endswith("/evidence") for quad in quads):
        raise GraphError(
            "there is no evidence, without which a page shows nothing",
            where=where,
            remedy="give the folder that oncopact build wrote, its .trig file or a store",
        )
    return quads


def _texts(folder: Path) -> dict[str, str]:
    """The texts by release; read as they were written, since line ends count in offsets."""
    try:
        return {file.stem: file.read_bytes().decode() for file in sorted(folder.glob("*.txt"))}
    except (OSError, UnicodeDecodeError) as error:
        raise GraphError(
            f"a text cannot be read: {error}", where=str(folder), remedy="build the graph again"
        ) from error
