"""The store: a folder that keeps the graph of many releases, on disk, through many runs.

    graph/       the embedded store: named graphs, default graph and books
    texts/       each release's text, in which the evidence's offsets count
    quarantine/  the reports on releases that were kept out
    oncopact.json  what this folder is
    lock         held while the folder is in use
    unfinished   there while a run writes; the next one finds by it that a run was killed

Every change is one transaction of the embedded store: a run that is killed leaves whole releases only, and the next run
does the rest. One process writes, or several read.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from oncopact.books import BOOKS, Books, Source, note, release_node
from oncopact.errors import OutputError, StoreError
from oncopact.exporters.files import write_file
from oncopact.graph_terms import Term
from oncopact.namespaces import DCTERMS
from oncopact.overlay import Overlay
from oncopact.resources import folder
from oncopact.rewrite import named

__all__ = ["Entry", "ReleaseStore", "fingerprint", "is_store", "only_one"]

_MARK: Final = "oncopact.json"
_FORMAT: Final = 1
_UNFINISHED: Final = "unfinished"
_ENTRY, _HASH, _GIVES = (NamedNode(f"urn:oncopact:books:{name}") for name in ("entry", "hash", "gives"))


# ---------------------------------------------------------------- the manifest


@dataclass(frozen=True, slots=True)
class Entry:
    """What the store knows of an input.

    Attributes:
        path: The file, absolute.
        digest: The SHA-256 of its content.
        made_by: What read it: rules and vocabulary, as a hash. Empty when it must be read again.
        gives: Pairs of a release's id and what its sources are ordered by, see `graph.precedence`.
        failures: Triples of name, message and whether it was merely skipped.
        quarantined: Ids of releases that were kept out.
    """

    path: str
    digest: str
    made_by: str
    gives: tuple[tuple[str, str], ...] = ()
    failures: tuple[tuple[str, str, bool], ...] = ()
    quarantined: tuple[str, ...] = ()

    @property
    def node(self) -> NamedNode:
        """The entry's node in the books."""
        return NamedNode(f"urn:oncopact:input:{hashlib.sha256(self.path.encode()).hexdigest()[:32]}")

    def quads(self) -> tuple[Quad, ...]:
        """The entry as the books write it."""
        return (
            note(self.node, _ENTRY, Literal(json.dumps(asdict(self)))),
            note(self.node, _HASH, Literal(self.digest)),
            *(note(self.node, _GIVES, release_node(release)) for release, _ in self.gives),
        )


def _entry(text: str) -> Entry:
    fields = json.loads(text)
    return Entry(
        fields["path"],
        fields["digest"],
        fields["made_by"],
        tuple((release, name) for release, name in fields["gives"]),
        tuple((name, message, skipped) for name, message, skipped in fields["failures"]),
        tuple(fields["quarantined"]),
    )


class Manifest:
    """The entries of a source."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def __iter__(self) -> Iterator[Entry]:
        found = (quad.object for quad in self.source.match(None, _ENTRY, None, BOOKS))
        texts = sorted(term.value for term in found if isinstance(term, Literal))
        return iter(sorted((_entry(text) for text in texts), key=lambda entry: entry.path))

    def get(self, path: str) -> Entry | None:
        """The entry of a file."""
        return self._at(Entry(path, "", "").node)

    def of_content(self, digest: str) -> tuple[Entry, ...]:
        """The entries of files with this content."""
        return self._all(self.source.match(None, _HASH, Literal(digest), BOOKS))

    def holders(self, release: str) -> tuple[Entry, ...]:
        """The entries that give a release."""
        return self._all(self.source.match(None, _GIVES, release_node(release), BOOKS))

    def _all(self, quads: Iterable[Quad]) -> tuple[Entry, ...]:
        found = (self._at(named(quad.subject)) for quad in quads)
        return tuple(sorted((entry for entry in found if entry), key=lambda entry: entry.path))

    def _at(self, place: NamedNode) -> Entry | None:
        for quad in self.source.match(place, _ENTRY, None, BOOKS):
            return _entry(quad.object.value) if isinstance(quad.object, Literal) else None
        return None


# ---------------------------------------------------------------- the folder


class ReleaseStore:
    """A store that is open, for one process to write or several to read.

    Args:
        path: The folder.
        write: Whether to write; a folder that is missing is then made.

    Attributes:
        path: The folder.
        graph: The embedded store; its default graph is the union of all, under the nodes of the whole.

    Raises:
        StoreError: The folder is no store, is in use, or cannot be opened.
    """

    def __init__(self, path: Path | str, *, write: bool = False) -> None:
        self.path = Path(path)
        if write:
            _prepare(self.path)
        elif not is_store(self.path):
            raise StoreError("no store", where=str(path), remedy="make it with oncopact build … --store DIR")
        self._lock = _locked(self.path, write=write)
        try:
            place = str(self.path / "graph")
            self.graph = Store(place) if write else Store.read_only(place)
        except OSError as error:
            self._lock.close()
            busy = "lock" in str(error).lower()
            what = "another process is writing to the store" if busy else f"the store cannot be opened: {error}"
            raise StoreError(what, where=str(path), remedy="wait until it ends" if busy else "restore it") from error

    def __enter__(self) -> ReleaseStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the folder."""
        del self.graph
        self._lock.close()

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads of a pattern; what reads through here holds no store open after `close`."""
        return self.graph.quads_for_pattern(subject, predicate, value, graph)

    @property
    def books(self) -> Books:
        """The books as they are."""
        return Books(self)

    @property
    def manifest(self) -> Manifest:
        """What the store was made from."""
        return Manifest(self)

    def releases(self) -> tuple[str, ...]:
        """The ids of all releases, sorted."""
        from oncopact.union import release_ids

        return release_ids(self.graph)

    def source_of(self, source: Source, release: str) -> str | None:
        """The name of the file that a release was read from; None where the store has no such release."""
        for quad in source.match(release_node(release), NamedNode(str(DCTERMS.source)), None, None):
            if isinstance(quad.object, Literal) and isinstance(quad.graph_name, NamedNode):
                return quad.object.value
        return None

    # ------------------------------------------------------------ writing

    def overlay(self) -> Overlay:
        """Changes to come."""
        return Overlay(self.graph)

    def commit(self, overlay: Overlay) -> tuple[int, int]:
        """Write changes in one transaction.

        Raises:
            OutputError: The disk is full or failing; the store is as it was.
        """
        try:
            return overlay.commit()
        except OSError as error:
            raise OutputError(
                f"cannot write: {error}", where=str(self.path), remedy="make room and run again"
            ) from error

    def write_text(self, release: str, text: str) -> None:
        """Keep a release's text."""
        write_file(self.path / "texts" / f"{release}.txt", text)

    def write_report(self, release: str, text: str) -> None:
        """Keep the report on a release that was kept out."""
        write_file(self.path / "quarantine" / f"{release}.txt", text)

    def begin(self) -> bool:
        """Note that a run writes, until `tidy`; whether an earlier one noted it and did not come to its end."""
        try:
            (self.path / _UNFINISHED).open("x", encoding="utf-8").close()
        except FileExistsError:
            return True
        return False

    def tidy(self, touched: Iterable[str] | None = None) -> None:
        """Remove texts of releases that are no longer here, and reports on those that came in since.

        Args:
            touched: Ids of the releases that may be such; None looks through the whole store.
        """
        texts, reports = (self.path / "texts", self.path / "quarantine")
        if touched is None:
            here = set(self.releases())
            stale = [file for file in texts.glob("*.txt") if file.stem not in here]
            doubtful = list(reports.glob("*.txt"))
        else:
            ids = sorted(set(touched))
            stale = [texts / f"{release}.txt" for release in ids if self.source_of(self, release) is None]
            doubtful = [file for release in ids if (file := reports / f"{release}.txt").is_file()]
        if doubtful:
            kept_out = {release for entry in self.manifest for release in entry.quarantined}
            stale += [file for file in doubtful if file.stem not in kept_out]
        for file in stale:
            file.unlink(missing_ok=True)
        (self.path / _UNFINISHED).unlink(missing_ok=True)


def is_store(path: Path | str) -> bool:
    """Whether a folder is a store."""
    return (Path(path) / _MARK).is_file()


def fingerprint(vocabulary: Iterable[Path] = ()) -> str:
    """What reads releases: the code, the shipped vocabulary and shapes, and the user's vocabulary, as a hash."""
    summed = hashlib.sha256()
    code = Path(__file__).resolve().parent
    roots = [
        (code, "*.py"),
        (folder("ontology"), "*"),
        (folder("shapes"), "*"),
        *((path, "*.tsv") for path in vocabulary),
    ]
    for root, pattern in roots:
        for file in sorted(path for path in root.rglob(pattern) if path.is_file() and "__pycache__" not in path.parts):
            summed.update(file.relative_to(root).as_posix().encode())
            summed.update(hashlib.sha256(file.read_bytes()).digest())
    return summed.hexdigest()[:32]


def _prepare(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise StoreError("no folder", where=str(path), remedy="give another --store")
    strange = path.is_dir() and not is_store(path) and any(path.iterdir()) and not (path / "lock").exists()
    if strange:
        raise StoreError("the folder is not empty and no store", where=str(path), remedy="give an empty or new folder")
    if is_store(path):
        _check_format(path)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot write: {error.strerror}", where=str(path), remedy="give another --store") from error


def _check_format(path: Path) -> None:
    try:
        found = json.loads((path / _MARK).read_text(encoding="utf-8")).get("format")
    except (OSError, ValueError, AttributeError) as error:
        raise StoreError(f"{_MARK} is broken", where=str(path), remedy="build the store again") from error
    if found != _FORMAT:
        raise StoreError(f"format {found} is unknown", where=str(path), remedy="use the version that made it")


def _locked(path: Path, *, write: bool) -> IO[str]:
    """The folder's lock: exclusive to write, shared to read; the system lets go of it when the process ends."""
    try:
        handle = (path / "lock").open("a", encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StoreError(f"cannot lock: {reason}", where=str(path), remedy="check its permissions") from error
    if not _taken(handle, shared=not write):
        handle.close()
        what = "another process is " + ("using" if write else "writing to") + " the store"
        raise StoreError(what, where=str(path), remedy="wait until it ends, then run again")
    if write and not is_store(path):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path / f".{_MARK}.part")
        write_file(path / _MARK, json.dumps({"format": _FORMAT, "what": "a store made by oncopact"}) + "\n")
    return handle


def _taken(handle: IO[str], *, shared: bool) -> bool:
    """Whether the lock could be taken at once."""
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            return False
    return True


@contextlib.contextmanager
def only_one(path: Path, name: str, what: str) -> Iterator[None]:
    """Keep a second process from the same work on a store.

    Args:
        path: The store's folder.
        name: The lock's file in it.
        what: Said where another process is at it.

    Raises:
        StoreError: It is.
    """
    try:
        handle = (path / name).open("a", encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StoreError(f"cannot lock: {reason}", where=str(path), remedy="check its permissions") from error
    with handle:
        if not _taken(handle, shared=False):
            raise StoreError(what, where=str(path), remedy="wait until it ends, then run again")
        yield
