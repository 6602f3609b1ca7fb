"""Archives: gzip and zip, opened in memory, within bounds."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from oncopact.errors import ReadError

MAX_BYTES = 128 * 1024 * 1024
"""No file, and no archive unpacked, is read beyond this size."""
MAX_MEMBERS = 100_000
_CHUNK = 1 << 20
_TOO_LARGE = f"it is larger than {MAX_BYTES >> 20} MB"


def is_gzip(data: bytes) -> bool:
    """Whether the bytes are gzip."""
    return data[:2] == b"\x1f\x8b"


def is_zip(data: bytes) -> bool:
    """Whether the bytes are a zip archive and no Office document."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06") and b"[Content_Types].xml" not in data[:4096]


def gunzip(data: bytes, *, name: str, limit: int = MAX_BYTES) -> bytes:
    """The content of a gzip file.

    Raises:
        ReadError: It is cut short or broken, or it unpacks to more than `limit` bytes.
    """
    pieces: list[bytes] = []
    size = 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > limit:
                    raise ReadError(f"unpacked, {_TOO_LARGE}", where=name, remedy="split it")
                pieces.append(chunk)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ReadError("the gzip file is cut short or broken", where=name, remedy="fetch it again") from error
    return b"".join(pieces)


def unzip(data: bytes, *, name: str) -> Iterator[tuple[str, bytes | ReadError]]:
    """The files in a zip archive, sorted by name; what must not be unpacked comes as an error in its place.

    Raises:
        ReadError: The archive is broken.
    """
    left = MAX_BYTES
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise ReadError("the zip archive is cut short or broken", where=name, remedy="fetch it again") from error
    with archive:
        members = sorted((item for item in archive.infolist() if not item.is_dir()), key=lambda item: item.filename)
        if len(members) > MAX_MEMBERS:
            raise ReadError(f"the archive holds more than {MAX_MEMBERS} files", where=name, remedy="split it")
        for item in members:
            where = f"{name}!{item.filename}"
            parts = PurePosixPath(item.filename.replace("\\", "/"))
            if parts.is_absolute() or ".." in parts.parts or item.filename[1:2] == ":":
                yield (
                    item.filename,
                    ReadError("the member's path leads out of the archive", where=where, remedy="remove it"),
                )
            elif any(part.startswith((".", "__MACOSX")) for part in parts.parts):
                continue
            elif item.file_size > left:
                yield item.filename, ReadError(f"unpacked, {_TOO_LARGE}", where=where, remedy="split it")
            elif item.flag_bits & 1:
                yield item.filename, ReadError("the member is encrypted", where=where, remedy="unpack it first")
            else:
                content = _member(archive, item, where, left)
                left -= len(content) if isinstance(content, bytes) else 0
                yield item.filename, content


def _member(archive: zipfile.ZipFile, item: zipfile.ZipInfo, where: str, limit: int) -> bytes | ReadError:
    """One member's bytes; the size that the archive states is not believed."""
    pieces: list[bytes] = []
    size = 0
    try:
        with archive.open(item) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > limit:
                    return ReadError(f"unpacked, {_TOO_LARGE}", where=where, remedy="split it")
                pieces.append(chunk)
    except (EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        return ReadError(f"the member is broken ({error})", where=where, remedy="fetch it again")
    return b"".join(pieces)
