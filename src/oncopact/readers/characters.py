"""Characters that are not what they seem: line ends, blanks, entities, ligatures, mojibake.

Each repair is an edit of a `TracedText`, so the offset map knows of it.
"""

from __future__ import annotations

import html
import re
from html.entities import html5

import ftfy
from ftfy.badness import is_bad

from oncopact.model import Span
from oncopact.text import TracedText

_ENTITY = re.compile(r"&(?:amp;)*(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};)")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "Ĳ": "IJ", "ĳ": "ij"}
_ODD = re.compile(
    r"(?P<line>\r\n?|[\x85\u2028\u2029])"
    r"|(?P<page>\x0c+)"
    r"|(?P<blank>[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])"
    r"|(?P<nothing>[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0e-\x1f\x7f]+)"
    r"|(?P<c1>[\x80-\x84\x86-\x9f])"
    r"|(?P<hyphen>[\u2010\u2011])"
    r"|(?P<ligature>[ﬀ-ﬆĲĳ])"
)
_PLAIN = re.compile(r"[^\x00-\x08\x0b-\x1f\x7f-\U0010ffff]*")
_SUSPECT = re.compile(
    r"[\u00c2-\u00f4][\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
"""UTF-8 read as something else shows a lead byte and a continuation byte side by side."""
_RUN = re.compile(r"[^\x00-\x7f](?:[^\n]{0,6}?[^\x00-\x7f])*")


def clean(source: TracedText) -> TracedText:
    r"""`source` with line ends as `\n`, blanks as blanks, and what prints nothing left out.

    >>> clean(TracedText.of("anti\u00ad-CD44v6\u00a0ﬁrst\r\nline")).text
    'anti-CD44v6 first\nline'
    """
    if _PLAIN.fullmatch(source.text):
        return source
    return _mojibake(source).replace(_ODD, _repaired)


def _repaired(match: re.Match[str]) -> str:
    kind, found = match.lastgroup, match.group()
    if kind == "line":
        return "\n"
    if kind == "page":
        return "\n<PAGE>\n"
    if kind == "blank":
        return " "
    if kind == "hyphen":
        return "-"
    if kind == "ligature":
        return _LIGATURES[found]
    if kind == "c1":
        return found.encode("latin-1").decode("cp1252", "replace").replace("\ufffd", "")
    return ""


def entities(source: TracedText) -> TracedText:
    """`source` with character references decoded, also twice escaped ones.

    >>> entities(TracedText.of("R&amp;D &amp;#8211; &quot;TAP&quot; &unknown;")).text
    'R&D – "TAP" &unknown;'
    """
    return source.replace(_ENTITY, _decoded) if "&" in source.text else source


def _decoded(match: re.Match[str]) -> str:
    found = re.sub(r"^&(?:amp;)+(?=[#A-Za-z])", "&", match.group())
    if found[1] != "#" and found[1:] not in html5:
        return found
    return html.unescape(found)


def _mojibake(source: TracedText) -> TracedText:
    """`source` with text repaired that was decoded by the wrong table somewhere on its way."""
    if source.text.isascii() or not _SUSPECT.search(source.text):
        return source
    edits: list[tuple[Span, str]] = []
    for match in _RUN.finditer(source.text):
        found = match.group()
        if _SUSPECT.search(found) and is_bad(found) and (fixed := ftfy.fix_encoding(found)) != found:
            edits.append((Span(match.start(), match.end()), fixed))
    return source.edit(edits) if edits else source
