"""The rooms joined: paths → releases → documents → findings. A bad release is a counted failure; the batch goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from oncopact import lexicon as lexicons
from oncopact.assemble import assemble
from oncopact.errors import NotARelease, OncopactError
from oncopact.extract import Witness, extract
from oncopact.lexicon import Lexicon
from oncopact.model import Failure, Findings, Release
from oncopact.readers import read
from oncopact.segment import segment
from oncopact.successions import with_successions


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch of inputs gave.

    Attributes:
        findings: One per release, sorted by release.
        failures: Inputs that gave none, sorted by name.
    """

    findings: tuple[Findings, ...] = ()
    failures: tuple[Failure, ...] = ()


def run(
    paths: Sequence[Path | str],
    *,
    lexicon: Lexicon,
    progress: Callable[[Findings | Failure], None] | None = None,
    results: Iterable[Findings | Failure] | None = None,
) -> Batch:
    """Read, segment and extract every release under `paths`, then assemble.

    Args:
        paths: Files, folders, archives, or `-` for standard input.
        lexicon: The vocabulary.
        progress: Called with each result as it comes.
        results: What an engine has read of the paths, in their order; read here where it is not given.
    """
    findings: list[Findings] = []
    failures: list[Failure] = []
    for result in each(paths, lexicon=lexicon) if results is None else results:
        if progress is not None:
            progress(result)
        if isinstance(result, Findings):
            findings.append(result)
        else:
            failures.append(result)
    return Batch(assemble(findings), tuple(sorted(set(failures), key=lambda item: (item.name, item.message))))


def everything(place: tuple[str, str], *, folders: Sequence[Path] = ()) -> tuple[Findings | Failure, ...]:
    """All that one input gives, where the lexicon is not at hand, as in a worker process, which keeps it once loaded.

    Args:
        place: The path of a file, or `-`, and the name to show for it.
        folders: The user's vocabulary.
    """
    path, shown = place
    return tuple(at(path, name=shown, lexicon=lexicons.load(directories=tuple(folders))))


def each(
    paths: Iterable[Path | str], *, lexicon: Lexicon, witness: Witness | None = None
) -> Iterator[Findings | Failure]:
    """The findings or the failure of each input, one by one, in the order of reading."""
    for path in paths:
        yield from at(path, lexicon=lexicon, witness=witness)


def at(
    path: Path | str, *, lexicon: Lexicon, name: str | None = None, witness: Witness | None = None
) -> Iterator[Findings | Failure]:
    """The findings or the failure of each release at a path; `name` is what to call it, see `readers.read`."""
    for item in read(path, name=name):
        yield item if isinstance(item, Failure) else understand(item, lexicon=lexicon, witness=witness)


def understand(release: Release, *, lexicon: Lexicon, witness: Witness | None = None) -> Findings | Failure:
    """The findings of one release, or why there are none; `witness` is told of statements before they are merged."""
    try:
        return with_successions(extract(segment(release), lexicon, witness=witness))
    except NotARelease as reason:
        return Failure(release.source.name, str(reason), skipped=True)
    except OncopactError as error:
        return Failure(release.source.name, str(error))
