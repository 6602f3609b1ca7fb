"""Releases into a store: what is new or changed is read, checked and added; what is unchanged is left alone.

Inputs are known by the hash of their content. A release whose graph breaks the shapes is kept out, with its report.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import tee
from pathlib import Path

from oncopact.assembly import apply
from oncopact.curation import Curation
from oncopact.engines import Engine, Here
from oncopact.errors import PlaceError, ValidationError
from oncopact.knowledge import known
from oncopact.lexicon import Lexicon
from oncopact.model import Failure
from oncopact.overlay import Overlay
from oncopact.readers import files
from oncopact.readers.archives import MAX_BYTES
from oncopact.readings import Accepted, Gate, Reading, reading, reading_elsewhere, refused
from oncopact.store import Entry, Manifest, ReleaseStore
from oncopact.urls import exists, fetch, is_url

__all__ = ["Gathered", "Pending", "gather", "pending"]

CHUNK = 16
"""So many inputs go into the store in one transaction: the work that a killed run loses at most."""

FLUSH = 500_000
"""The embedded store keeps new quads in memory, some 600 bytes each; after so many they go to disk. Every second time
the disk's upper level is sorted anew, whatever its size: the seldomer, the less a release costs in a large store."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a run did.

    Attributes:
        added, replaced, removed: Numbers of releases.
        unchanged: The number of inputs that were left alone.
        failures: Inputs that gave no release, those known from earlier runs included.
        quarantined: Names of the sources of releases that were kept out, with the file of the report.
        written: Whether anything was written.
    """

    added: int = 0
    replaced: int = 0
    removed: int = 0
    unchanged: int = 0
    failures: tuple[Failure, ...] = ()
    quarantined: tuple[tuple[str, str], ...] = ()
    written: bool = False


@dataclass(slots=True)
class _Read:
    """An input that was read, on its way into the store."""

    entry: Entry
    old: Entry | None
    parts: dict[str, Accepted] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Look:
    """What is to do with an input: nothing, to note what is known of its content, or to read it."""

    shown: str
    found: _Read | None = None
    job: tuple[str, str] | None = None
    entry: Entry | None = None
    old: Entry | None = None


@dataclass(slots=True)
class _Tally:
    added: int = 0
    replaced: int = 0
    removed: int = 0
    unchanged: int = 0
    failures: list[Failure] = field(default_factory=list)
    quarantined: list[tuple[str, str]] = field(default_factory=list)
    written: bool = False


def gather(
    store: ReleaseStore,
    paths: Iterable[Path | str],
    *,
    lexicon: Lexicon,
    made_by: str,
    prune: bool = False,
    strict: bool = False,
    curation: Curation | None = None,
    progress: Callable[[str], None] | None = None,
    gate: Gate = refused,
    engine: Engine | None = None,
    folders: Sequence[Path] = (),
) -> Gathered:
    """Bring a store up to date with inputs.

    Args:
        store: Open for writing.
        paths: Files, folders, archives, or `-`.
        lexicon: The vocabulary.
        made_by: What reads, see `store.fingerprint`; what another one read is read again.
        prune: Also take away what came from files that are no longer there.
        strict: Stop at the first release that breaks the shapes.
        curation: The user's word on what is the same; None leaves what the store has.
        progress: Called with the name of each input.
        gate: What decides whether a release may come in.
        engine: Where the reading runs, started; here, where it is not given.
        folders: The user's vocabulary, for engines that run elsewhere; `lexicon` was loaded from it.

    Raises:
        ValidationError: `strict`, and a release breaks the shapes; all before it are in the store.
    """
    run = _Run(store, lexicon, made_by, strict=strict, gate=gate)
    where = engine or Here()
    work = partial(reading_elsewhere, folders=tuple(folders), gate=gate) if where.remote else run.work
    if curation is not None and curation != store.books.curation():
        overlay = store.overlay()
        apply(overlay, vocabulary=known(lexicon), curation=curation, sums=True)
        run.commit(overlay)
    looked, jobs = tee(run.look(path, shown) for path, shown in files(paths))
    results = iter(where.map(work, (look.job for look in jobs if look.job is not None)))
    waiting: list[_Read] = []
    for look in looked:
        if progress is not None:
            progress(look.shown)
        found = look.found if look.job is None else run.took(look, next(results))
        if found is not None and _is_input(found.entry):
            waiting.append(found)
        if len(waiting) >= CHUNK:
            run.put(waiting)
            waiting = []
    run.put(waiting)
    if prune:
        run.prune()
    run.mend()
    if run.begun:
        store.tidy(None if run.interrupted else run.touched)
    if run.tally.written:
        store.graph.flush()
    tally = run.tally
    return Gathered(
        tally.added,
        tally.replaced,
        tally.removed,
        tally.unchanged,
        tuple(tally.failures),
        tuple(sorted(set(tally.quarantined))),
        tally.written,
    )


class _Run:
    """One run over a store."""

    def __init__(self, store: ReleaseStore, lexicon: Lexicon, made_by: str, *, strict: bool, gate: Gate) -> None:
        self.store, self.lexicon, self.made_by = store, lexicon, made_by
        self.strict, self.gate = strict, gate
        self.tally = _Tally()
        self.unflushed = 0
        self.brought: set[str] = set()
        self.stale: set[str] = set()
        self.touched: set[str] = set()
        self.begun = self.interrupted = False

    # ------------------------------------------------------------ reading

    @property
    def work(self) -> Callable[[tuple[str, str]], Reading]:
        """What reads an input here."""
        return partial(reading, lexicon=self.lexicon, gate=self.gate)

    def look(self, path: str, shown: str) -> _Look:
        """Whether an input is to be read, or the store has it as it is."""
        place = path if path == "-" or is_url(path) else os.path.abspath(path)
        digest = _digest(path)
        manifest = self.store.manifest
        old = manifest.get(place)
        if digest is not None and old is not None and (old.digest, old.made_by) == (digest, self.made_by):
            self._known(old)
            return _Look(shown)
        if digest is not None and old is None:
            for twin in manifest.of_content(digest):
                if twin.made_by == self.made_by and Path(twin.path).name == Path(place).name:
                    self._known(twin)
                    return _Look(shown, found=_Read(replace(twin, path=place), None))
        return _Look(shown, job=(path, shown), entry=Entry(place, digest or "", self.made_by), old=old)

    def _known(self, entry: Entry) -> None:
        self.tally.unchanged += 1
        self.tally.failures += [Failure(*failure) for failure in entry.failures]
        self.tally.quarantined += [(entry.path, self._report(release)) for release in entry.quarantined]

    def _report(self, release: str) -> str:
        return str(self.store.path / "quarantine" / f"{release}.txt")

    def took(self, look: _Look, result: Reading) -> _Read:
        """An input as it was read.

        Raises:
            ValidationError: `strict`, and a release breaks the shapes.
        """
        self.tally.failures += result.failures
        for item in result.refused:
            self.store.write_report(item.release, f"{item.name}\n\n{item.report}")
            self.tally.quarantined.append((item.source, self._report(item.release)))
            if self.strict:
                remedy = f"see {self._report(item.release)}"
                raise ValidationError("the release breaks the shapes", where=item.source, remedy=remedy)
        parts = {item.part.release: item for item in result.accepted}
        entry = replace(
            look.entry or Entry("", "", ""),
            gives=tuple(sorted((release, item.order) for release, item in parts.items())),
            failures=tuple((item.name, item.message, item.skipped) for item in result.failures),
            quarantined=tuple(sorted(item.release for item in result.refused)),
        )
        return _Read(entry, look.old, parts)

    # ------------------------------------------------------------ writing

    def put(self, reads: Sequence[_Read]) -> None:
        """Write inputs that were read, all in one transaction."""
        if not reads:
            return
        overlay = self.store.overlay()
        for item in reads:
            _enter(overlay, item.old, item.entry)
        chosen = self._chosen(reads)
        removed: set[str] = set()
        self._begin()
        for item in reads:
            self.touched.update(item.parts, item.old.quarantined if item.old else ())
            kept = {release for release, _ in item.entry.gives}
            gone = {pair for pair in (item.old.gives if item.old else ()) if pair[0] not in kept}
            removed |= self._orphans(overlay, gone)
        for release, version in sorted(chosen.items()):
            self.store.write_text(release, version.text)
        there = {release for release in chosen if self.store.source_of(overlay, release) is not None}
        self.tally.replaced += len(there - self.brought)
        self.brought |= chosen.keys() - there
        self.touched |= removed
        parts = [item.part for item in chosen.values()]
        apply(overlay, parts, removed=removed - chosen.keys(), vocabulary=known(self.lexicon), sums=True)
        self.commit(overlay)
        self.tally.added += len(chosen.keys() - there)
        self.tally.removed += len(removed - chosen.keys())

    def _begin(self) -> None:
        """Before the first change, find whether an earlier run was killed, which may leave texts behind."""
        if not self.begun:
            self.begun, self.interrupted = True, self.store.begin()

    def _chosen(self, reads: Sequence[_Read]) -> Mapping[str, Accepted]:
        """For each release that was read the version to keep: that of the source that comes first."""
        best: dict[str, Accepted] = {}
        for item in reads:
            for release, version in item.parts.items():
                if release not in best or version.order < best[release].order:
                    best[release] = version
        rereading = {item.entry.path for item in reads}
        chosen: dict[str, Accepted] = {}
        for release, version in best.items():
            rivals = [
                name
                for entry in self.store.manifest.holders(release)
                if entry.path not in rereading and entry.made_by == self.made_by
                for other, name in entry.gives
                if other == release
            ]
            if not rivals or version.order < min(rivals):
                chosen[release] = version
        return chosen

    def _orphans(self, overlay: Overlay, gone: Iterable[tuple[str, str]]) -> set[str]:
        """Of releases that an input gives no longer those that nothing gives; others are read again where need be."""
        orphans: set[str] = set()
        manifest = Manifest(overlay)
        for release, name in gone:
            holders = manifest.holders(release)
            if not holders:
                orphans.add(release)
            elif not any(pair == (release, name) for entry in holders for pair in entry.gives):
                self.stale.update(entry.path for entry in holders)
        return orphans

    def prune(self) -> None:
        """Take away what came from files that are no longer there."""
        for entry in tuple(self.store.manifest):
            if entry.path != "-" and not _is_there(entry.path):
                overlay = self.store.overlay()
                _enter(overlay, entry, None)
                removed = self._orphans(overlay, entry.gives)
                self._begin()
                self.touched.update(removed, entry.quarantined)
                apply(overlay, removed=removed, vocabulary=known(self.lexicon), sums=True)
                self.commit(overlay)
                self.tally.removed += len(removed)

    def mend(self) -> None:
        """Read again what holds releases whose first source has gone."""
        for path in sorted(self.stale):
            entry = self.store.manifest.get(path)
            if entry is not None and _is_there(path):
                again = _Look(path, entry=replace(entry, gives=(), failures=()), old=entry)
                self.put([self.took(again, self.work((path, path)))])

    def commit(self, overlay: Overlay) -> None:
        """Write changes; what the embedded store gathers in memory is put on disk from time to time."""
        added, removed = self.store.commit(overlay)
        self.tally.written = self.tally.written or bool(added or removed)
        self.unflushed += added + removed
        if self.unflushed > FLUSH:
            self.store.graph.flush()
            self.unflushed = 0


def _enter(overlay: Overlay, old: Entry | None, new: Entry | None) -> None:
    overlay.replace(old.quads() if old else (), new.quads() if new else ())


def _is_input(entry: Entry) -> bool:
    """Whether there is something to remember: a mistyped path and a folder without files are told and forgotten."""
    return entry.path == "-" or (bool(entry.digest) if is_url(entry.path) else os.path.isfile(entry.path))


def _is_there(path: str) -> bool:
    """Whether an input is still there; a place that cannot be asked is not held to be empty."""
    return exists(path) if is_url(path) else os.path.exists(path)


def _digest(path: str) -> str | None:
    """The hash of a file's content; None for what cannot be read or comes by standard input."""
    if path == "-":
        return None
    if is_url(path):
        try:
            return hashlib.sha256(fetch(path, limit=MAX_BYTES + 1)).hexdigest()
        except PlaceError:
            return None
    try:
        with open(path, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


# ---------------------------------------------------------------- what is to do


@dataclass(frozen=True, slots=True)
class Pending:
    """How the files that a store was made from differ from what it knows.

    Attributes:
        changed: Files with other content.
        missing: Files that are no longer there.
        outdated: Files that other rules or another vocabulary read.
        failed: Files that gave an error.
        quarantined: Releases that were kept out.
    """

    changed: tuple[str, ...]
    missing: tuple[str, ...]
    outdated: tuple[str, ...]
    failed: tuple[str, ...]
    quarantined: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether a run would find nothing to do."""
        return not (self.changed or self.missing or self.outdated)


def pending(store: ReleaseStore, *, made_by: str) -> Pending:
    """Compare a store with the files it was made from."""
    changed, missing, outdated = [], [], []
    failed: list[str] = []
    quarantined: list[str] = []
    for entry in store.manifest:
        digest = _digest(entry.path)
        if entry.path == "-":
            continue
        if digest is None:
            missing.append(entry.path)
        elif digest != entry.digest:
            changed.append(entry.path)
        elif entry.made_by != made_by:
            outdated.append(entry.path)
        failed += [entry.path] if any(not skipped for _, _, skipped in entry.failures) else []
        quarantined += entry.quarantined
    return Pending(tuple(changed), tuple(missing), tuple(outdated), tuple(failed), tuple(sorted(set(quarantined))))
