"""Files elsewhere: in buckets, on other servers, inside archives; whatever fsspec, an optional part, can open.

A place is a URL if it says how it is reached: `s3://bucket/releases`, `memory://x`, `zip://::file:///2002.zip`.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from oncopact.errors import PlaceError

__all__ = [
    "exists",
    "fetch",
    "files_below",
    "is_url",
    "joined",
    "landing",
    "names_in",
    "outgoing",
    "place_of",
    "remove",
]

_URL: Final = re.compile(r"[a-z][a-z0-9+.\-]*://")
_CHAINED: Final = re.compile(r"(?P<scheme>zip|tar)://(?P<member>.*?)::(?P<archive>.+)", re.DOTALL)
_PIECE: Final = 1 << 20
_FOREIGN: Final = (
    ("zipfile", "BadZipFile"),
    ("tarfile", "TarError"),
    ("botocore.exceptions", "BotoCoreError"),
    ("aiohttp", "ClientError"),
    ("google.auth.exceptions", "GoogleAuthError"),
    ("gcsfs.retry", "HttpError"),
    ("azure.core.exceptions", "AzureError"),
    ("pyarrow.lib", "ArrowException"),
)
"""What the packages behind fsspec raise beside OSError."""


def is_url(place: Path | str) -> bool:
    """Whether a place is a URL.

    >>> is_url("s3://bucket/2002"), is_url("zip://::file:///2002.zip"), is_url("2002"), is_url("-")
    (True, True, False, False)
    """
    return isinstance(place, str) and _URL.match(place) is not None


def place_of(word: str) -> Path | str:
    """A place to write to, as the user named it: a path, also for `file://`, else a URL.

    >>> place_of("file:///srv/kg").as_posix(), place_of("s3://bucket/kg/")
    ('/srv/kg', 's3://bucket/kg')
    """
    if word.startswith("file://"):
        return Path(word.removeprefix("file://"))
    return word.rstrip("/") if is_url(word) else Path(word)


def joined(place: Path | str, name: str) -> Path | str:
    """A file below a folder.

    >>> joined("s3://bucket/kg", "manifest.json")
    's3://bucket/kg/manifest.json'
    """
    return place / name if isinstance(place, Path) else f"{place}/{name}"


# ---------------------------------------------------------------- reading


def files_below(url: str) -> Iterator[tuple[str, str]]:
    """The files at a URL, in the order of their parts, hidden ones left out, each with the name to show for it.

    A file gives itself. A member of an archive is shown as `archive!member`, as archives on disk are.

    Raises:
        PlaceError: There is nothing, no access, or no package for the protocol.
    """
    with _said(url):
        system, path = _system(url)
        kind = system.info(path)["type"]
        found = [path] if kind == "file" else system.find(path)
        root = path.rstrip("/")
    # by parts: a folder's files stand before those of a folder whose name goes on
    for file in sorted(found, key=lambda file: file.replace("/", "\0")):
        parts = _parts(root, file)
        if not any(part.startswith((".", "__MACOSX")) for part in parts):
            yield _named(url, system, file, parts)


def _parts(root: str, file: str) -> tuple[str, ...]:
    below = file.removeprefix(root).strip("/")
    return tuple(below.split("/")) if below else ()


def _named(url: str, system: Any, file: str, parts: tuple[str, ...]) -> tuple[str, str]:
    if match := _CHAINED.fullmatch(url):
        return f"{match['scheme']}://{file}::{match['archive']}", f"{match['archive']}!{file.lstrip('/')}"
    return (system.unstrip_protocol(file), "/".join((url.rstrip("/"), *parts))) if parts else (url, url)


def fetch(url: str, *, limit: int) -> bytes:
    """The content of a file, or its first `limit` bytes.

    Raises:
        PlaceError: It is not there, there is no access, or no package for the protocol.
    """
    with _said(url), _fsspec().open(url, "rb") as stream:
        content: bytes = stream.read(limit)
    return content


def exists(url: str) -> bool:
    """Whether there is a file or folder at a URL.

    Raises:
        PlaceError: There is no access, or no package for the protocol.
    """
    with _said(url):
        system, path = _system(url)
        return bool(system.exists(path))


def names_in(place: Path | str) -> frozenset[str]:
    """The names of the files in a folder; none where it is missing.

    Raises:
        PlaceError: There is no access, or no package for the protocol.
    """
    if isinstance(place, Path):
        return frozenset(path.name for path in place.iterdir()) if place.is_dir() else frozenset()
    with _said(place):
        system, path = _system(place)
        found = system.ls(path, detail=False) if system.exists(path) else ()
    return frozenset(name.rstrip("/").rpartition("/")[2] for name in found)


# ---------------------------------------------------------------- writing


@contextmanager
def outgoing(place: Path | str) -> Iterator[IO[bytes]]:
    """A file to write, which comes to its place when it is whole; what breaks before leaves the place as it was.

    Raises:
        OSError: As the disk says.
        PlaceError: The URL cannot be written to.
    """
    if isinstance(place, Path):
        from socket import gethostname

        place.parent.mkdir(parents=True, exist_ok=True)
        # machines that share the folder may have processes of the same number
        part = place.with_name(f".{place.name}.{gethostname()}.{os.getpid()}.part")
        try:
            with part.open("wb") as stream:
                yield stream
            os.replace(part, place)
        finally:
            part.unlink(missing_ok=True)
        return
    if _CHAINED.fullmatch(place):
        raise PlaceError("archives can be read, not written", where=place, remedy="give a folder")
    with _said(place):
        system, path = _system(place)
    # what is closed halfway would stand there as if it were whole, so it goes there in one piece
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "whole"
        with part.open("wb") as stream:
            yield stream
        with _said(place):
            system.makedirs(path.rpartition("/")[0], exist_ok=True)
            system.put_file(str(part), path)


@contextmanager
def landing(place: Path | str) -> Iterator[Path]:
    """Where to write a file or folder that goes to a place: there, or for a URL on this disk, from which it is sent.

    Raises:
        PlaceError: The URL cannot be written to.
    """
    if isinstance(place, Path):
        yield place
        return
    # better to know now that nothing can be sent than when all is done
    with _said(place):
        _system(place)
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        spot = Path(folder) / place.rpartition("/")[2]
        yield spot
        for file in [spot] if spot.is_file() else sorted(path for path in spot.rglob("*") if path.is_file()):
            below = file.relative_to(spot).as_posix()
            with outgoing(place if below == "." else joined(place, below)) as stream, file.open("rb") as whole:
                while piece := whole.read(_PIECE):
                    stream.write(piece)


def remove(place: Path | str) -> None:
    """Take a file away, if it is there.

    Raises:
        OSError: As the disk says.
        PlaceError: There is no access.
    """
    if isinstance(place, Path):
        place.unlink(missing_ok=True)
        return
    with _said(place):
        system, path = _system(place)
        if system.exists(path):
            system.rm_file(path)


# ---------------------------------------------------------------- fsspec


def _fsspec() -> Any:
    try:
        return importlib.import_module("fsspec")
    except ImportError as error:
        raise PlaceError("URLs need fsspec, which is not installed", remedy="pip install 'oncopact[remote]'") from error


def _system(url: str) -> tuple[Any, str]:
    """The filesystem behind a URL, and the path in it."""
    system, path = _fsspec().core.url_to_fs(url)
    # what another process has written since is to be seen
    system.invalidate_cache()
    return system, path


@contextmanager
def _said(url: str) -> Iterator[None]:
    """What goes wrong, as one line."""
    try:
        yield
    except _troubles() as error:
        raise _in_words(url, error) from error


def _troubles() -> tuple[type[BaseException], ...]:
    """What may go wrong: the packages' own errors are asked of those that are loaded."""
    found = (getattr(sys.modules.get(module), name, None) for module, name in _FOREIGN)
    foreign = tuple(kind for kind in found if isinstance(kind, type))
    return (OSError, ValueError, ImportError, NotImplementedError, *foreign)


def _in_words(url: str, error: BaseException) -> PlaceError:
    said = " ".join(str(error).split())
    if isinstance(error, ImportError):
        protocol = url.partition("://")[0]
        module = error.name if isinstance(error, ModuleNotFoundError) else None
        remedy = f"pip install {module}" if module else re.sub(r"^Install\b", "install", said)
        return PlaceError(f"{protocol}:// needs a package that is not installed", where=url, remedy=remedy)
    if isinstance(error, FileNotFoundError):
        return PlaceError("there is no such file or folder", where=url, remedy="check the URL")
    if isinstance(error, PermissionError):
        return PlaceError(f"no access ({said or 'permission denied'})", where=url, remedy="check your credentials")
    if isinstance(error, ValueError) and said.startswith("Protocol not known"):
        return PlaceError("the protocol is unknown", where=url, remedy="see fsspec's list of protocols")
    if type(error).__module__ in ("zipfile", "tarfile"):
        return PlaceError("the archive is cut short or broken", where=url, remedy="fetch it again")
    said = said or type(error).__name__
    return PlaceError(f"cannot be opened ({said})", where=url, remedy="check the URL and your access")
