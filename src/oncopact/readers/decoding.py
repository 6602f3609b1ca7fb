"""Bytes to characters: which encoding, and is it text at all?"""

from __future__ import annotations

import codecs
import re

from oncopact.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
)
_REMEDY = "give the release as text, HTML, Markdown, JSON or an EDGAR submission"
_CONTROLS = bytes(set(range(32)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A, 0x1B})
_SAMPLE = 65536
_UTF8_TAIL = 3
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE)


def decode(data: bytes, *, name: str) -> tuple[str, str]:
    """The text of `data` and the encoding that gave it.

    UTF-8 and UTF-16 are known by their mark or by their form; anything else that reads as text is Windows-1252, which
    is what EDGAR's 'Latin-1' is in truth.

    Raises:
        ReadError: Empty or binary.

    >>> decode("Munich – ‘TAP’".encode("cp1252"), name="a.txt")
    ('Munich – ‘TAP’', 'windows-1252')
    """
    if not data.strip(b"\x00 \t\r\n\x0c\x1a\xef\xbb\xbf\xff\xfe"):
        raise ReadError("the file is empty", where=name, remedy="give a release with text")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding, name), "utf-8" if encoding == "utf-8-sig" else encoding
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ReadError(f"the file is {what}, not text", where=name, remedy=_REMEDY)
    if (wide := _utf16(data)) is not None:
        return _strictly(data, wide, name), wide
    if b"\x00" in data or _is_binary(data[:_SAMPLE]):
        raise ReadError("the file is binary, not text", where=name, remedy=_REMEDY)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _single_bytes(data)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(f"the file is no valid {encoding} at byte {error.start}", where=name, remedy=_REMEDY) from error


def _utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: every second byte of Latin text is NUL."""
    sample = data[:2048]
    if len(sample) < 8 or b"\x00" not in sample:
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > half * 0.7 and sample[::2].count(0) < half * 0.05:
        return "utf-16-le"
    if sample[::2].count(0) > half * 0.7 and sample[1::2].count(0) < half * 0.05:
        return "utf-16-be"
    return None


def _is_binary(sample: bytes) -> bool:
    return len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) // 50


def _single_bytes(data: bytes) -> tuple[str, str]:
    """A file that is not UTF-8 throughout.

    Some are UTF-8 with a few foreign bytes (pasted, or cut in the middle of a character); those keep their UTF-8 and
    only the foreign bytes are read as Windows-1252. The declared charset matters only where it is a known other one.
    """
    pieces: list[str] = []
    good = bad = 0
    for part in re.split(rb"((?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+)", data):
        if part and part[0] >= 0xC2 and _is_utf8(part):
            good += 1
            pieces.append(part.decode("utf-8"))
        else:
            bad += len(part) - len(part.translate(None, bytes(range(128, 256))))
            pieces.append(_windows(part))
    if good > bad:
        return "".join(pieces), "utf-8"
    return _windows(data), "windows-1252"


def _is_utf8(part: bytes) -> bool:
    try:
        part.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _windows(data: bytes) -> str:
    """Windows-1252, its five holes filled as Latin-1."""
    text = data.decode("cp1252", "replace")
    if "\ufffd" not in text:
        return text
    return "".join(
        latin if char == "\ufffd" else char for char, latin in zip(text, data.decode("latin-1"), strict=True)
    )
