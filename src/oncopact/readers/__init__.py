"""Bytes to releases: every form that releases are published in, recognised from the content.

`files` and `read` walk files, folders, archives and standard input; `read_bytes` reads what is in memory. Reading
yields a `Release` or a `Failure` for each thing that could be one, in a fixed order, and never raises for what a file
contains.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from oncopact.errors import NotARelease, PlaceError, ReadError
from oncopact.model import Failure, Form, Release, Source
from oncopact.readers.archives import MAX_BYTES, gunzip, is_gzip, is_zip, unzip
from oncopact.readers.decoding import decode
from oncopact.readers.forms import release_id, releases_of, too_long
from oncopact.urls import fetch, files_below, is_url

__all__ = ["files", "read", "read_bytes", "release_id"]

_DEPTH = 4
"""Archives inside archives are opened so deep."""


def files(paths: Iterable[Path | str]) -> Iterator[tuple[str, str]]:
    """The files that `read` opens below some paths, each with the name to show for it, in the order of reading.

    A folder without files stands for itself, so that `read` can say so; so does a URL that cannot be opened.
    """
    for path in paths:
        if is_url(path):
            yield from _at_url(str(path))
            continue
        place, shown = Path(path), str(path)
        below = iter(_below(place, shown)) if shown != "-" and place.is_dir() else iter(())
        first = next(below, None)
        yield (shown, shown) if first is None else (str(first[0]), first[1])
        yield from ((str(file), name) for file, name in below)


def read(path: Path | str, *, name: str | None = None) -> Iterator[Release | Failure]:
    """Read every release at `path`.

    Args:
        path: A file, a folder (walked in sorted order, hidden files left out), an archive, a URL of one of these,
            or `-` for standard input.
        name: What to call it in `Source.name` and in messages; the path as given, if omitted.

    Yields:
        A release, or a failure that says in one line what, where, and what to do.
    """
    if str(path) == "-":
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
        yield from read_bytes(data, name=name or "-")
        return
    if is_url(path):
        yield from _read_url(str(path), name)
        return
    place, shown = Path(path), name or str(path)
    if place.is_dir():
        yield from _read_folder(place, shown)
    elif not place.exists():
        yield Failure(shown, f"{shown}: there is no such file or folder; check the path")
    else:
        yield from _read_file(place, shown)


def _read_file(path: Path, name: str) -> Iterator[Release | Failure]:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        yield Failure(name, f"{name}: cannot be read ({error.strerror}); check its permissions")
        return
    yield from read_bytes(data, name=name)


def _at_url(url: str) -> Iterator[tuple[str, str]]:
    try:
        found = tuple(files_below(url))
    except PlaceError:
        found = ()
    yield from found or ((url, url),)


def _read_url(url: str, name: str | None) -> Iterator[Release | Failure]:
    """A name is given to a file; without one there may be a folder."""
    try:
        for place, shown in ((url, name),) if name not in (None, url) else tuple(files_below(url)) or ((url, url),):
            yield from read_bytes(fetch(place, limit=MAX_BYTES + 1), name=shown or place)
    except PlaceError as error:
        yield Failure(name or url, str(error))


def _read_folder(folder: Path, name: str) -> Iterator[Release | Failure]:
    found = False
    for path, shown in _below(folder, name):
        found = True
        yield from _read_file(path, shown)
    if not found:
        yield Failure(name, f"{name}: the folder holds no files; give a folder with releases")


def _below(folder: Path, name: str) -> Iterator[tuple[Path, str]]:
    """The files below a folder, in order, hidden ones left out, each with the name to show for it."""
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).parts):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith(".") for part in parts):
            yield path, "/".join((name.rstrip("/"), *parts))


def read_bytes(data: bytes, *, name: str) -> Iterator[Release | Failure]:
    """Read every release in `data`, which is a file's content.

    Args:
        data: The bytes of a file of any form.
        name: What to call it in `Source.name` and in messages.

    >>> text = b"VIENNA, 15 October 2002 - Alpha AG today announced that it has licensed its technology to Beta Inc."
    >>> [release.source.form.value for release in read_bytes(text, name="a.txt")]
    ['plain']
    """
    yield from _opened(data, name, _DEPTH)


def _opened(data: bytes, name: str, depth: int) -> Iterator[Release | Failure]:
    try:
        _check(data, name, depth)
        if is_gzip(data):
            yield from _opened(gunzip(data, name=name), name, depth - 1)
        elif is_zip(data):
            yield from _zipped(data, name, depth - 1)
        else:
            yield from _decoded(data, name)
    except NotARelease as error:
        yield Failure(name, str(error), skipped=True)
    except ReadError as error:
        yield Failure(name, str(error))


def _check(data: bytes, name: str, depth: int) -> None:
    if len(data) > MAX_BYTES:
        raise ReadError(f"the file is larger than {MAX_BYTES >> 20} MB", where=name, remedy="split it")
    if depth == 0 and (is_gzip(data) or is_zip(data)):
        raise ReadError("the archive is nested too deep", where=name, remedy="unpack it first")


def _zipped(data: bytes, name: str, depth: int) -> Iterator[Release | Failure]:
    found = False
    for member, content in unzip(data, name=name):
        found = True
        if isinstance(content, ReadError):
            yield Failure(f"{name}!{member}", str(content))
        else:
            yield from _opened(content, f"{name}!{member}", depth)
    if not found:
        raise ReadError("the archive holds no files", where=name, remedy="give an archive with releases")


def _decoded(data: bytes, name: str) -> Iterator[Release | Failure]:
    text, encoding = decode(data, name=name)
    if too_long(text):
        raise ReadError("a line is too long for any release", where=name, remedy="check what this file is")
    yield from releases_of(text, Source(name, form=Form.PLAIN, encoding=encoding))
