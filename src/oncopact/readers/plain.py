r"""Plain text, with or without EDGAR's SGML tags.

What belongs to the page goes (`<PAGE>`, `-more-`, page headers, rules), what belongs to the release stays, line breaks
included. Afterwards a blank line ends a paragraph, and a tab ends a cell of a table row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from oncopact.layout import END_MARK, MORE
from oncopact.model import Span
from oncopact.text import TracedText

_DASH_ESCAPE = re.compile(r"^- (?=-)", re.MULTILINE)
_TAG = re.compile(
    r"<(?P<name>/?(?:PAGE|TABLE|CAPTION|S|C|FN|F\d{1,2}|TEXT|DOCUMENT|TYPE|SEQUENCE|FILENAME|DESCRIPTION|PDF|XBRL|"
    r"XML|PRE|HTML|BODY|B|I|U|P|BR|CENTER|HR))"
    r"(?P<rest>[ \t][^<>\n]{0,80})?>(?P<number>[ \t]*\d{1,4}(?=[ \t]*$))?",
    re.IGNORECASE | re.MULTILINE,
)
_SGML = re.compile(r"^[ \t]*<(?:PAGE|TABLE|CAPTION|S)>", re.IGNORECASE | re.MULTILINE)
_NOTE_TAG = re.compile(
    r"<sup>\s*(?:\[?\d{1,2}\]?|[*†‡§])\s*</sup>|</?(?:sup|sub|b|i|u|em|strong|font)(?:\s[^<>\n]{0,200})?>",
    re.IGNORECASE,
)
_HEADER_TAG = re.compile(r"^<(?:TYPE|SEQUENCE|FILENAME|DESCRIPTION)>.*$", re.IGNORECASE | re.MULTILINE)
_GAP = re.compile(r"(?<=[^\s$€£])[ ]{3,}(?=\S)|(?<=\S)[ ]*\t[ \t]*(?=\S)|(?<=[^\s.]) ?\.(?: ?\.){3,}+ *+(?=[$€£(\d])")
_WIDE = re.compile(r"[ ]{4}|\t|\.(?: ?\.){3}")
"""What shows that a line is a row: justified prose has gaps of two and three blanks, too."""
_TABLE_GAP = re.compile(
    r"(?<=[^\s$€£])[ ]{2,}(?=\S)|(?<=\S)[ ]*\t[ \t]*(?=\S)|(?<=[^\s.]) ?\.(?: ?\.){3,}+ *+(?=\S)"
    r"|(?<=\S) \.{2,}+ (?=\S)"
)
_RULE = re.compile(r"[\s\-=_*~–—·•.+|#]{3,}|\*|#")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—(\[]\s*)?(?:page\s+)?(?:\d{1,3}|[ivx]{1,5})(?:\s*(?:of|/)\s*\d{1,3})?(?:\s*[-–—)\]])?(?:\s*/more)?"
    r"|exhibit\s+\d+(?:\.\d+)?\s*[-–—]\s*\d{1,3}|[-–—\s]*page\s+(?:\d{1,3}|one|two|three|four|five|six|seven|"
    r"eight)\b.{0,40}|page",
    re.IGNORECASE,
)
_PAGE_WORD = re.compile(
    r"\bpage\s+(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten)\b|\badd\s+\d\b", re.IGNORECASE
)
_MARGIN_NUMBER = re.compile(r"page\s+\d{1,3}(?:\s+of\s+\d{1,3})?|\d{1,3}\s*/\s*more", re.IGNORECASE)
_TERMINAL = re.compile(r"""[.!?:;]["'”’)\]]*$""")
_SENTENCE = re.compile(r"(?:\S+\s+){7}.*[.!?][”\"’)]*$")
_HYPHEN = re.compile(r"(?<=[A-Za-z0-9])[-‐‑]\n[ \t]*(?=[A-Za-z0-9])(?!(?:and|or|to|und)\b)")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_LEFT = re.compile(r"[A-Za-z]*[a-z]$")
_RIGHT = re.compile(r"[a-z]+")
_INDENT = re.compile(r"[ \t]*")
_PREFIXES = frozenset(
    "anti non pre post co multi sub inter intra well long short full high low late early first second third self "
    "cross end "
    "all cell half world half tumor tumour small large mid double single dose drug life up down out on off in state "
    "antibody time market cost risk data decision forward re bi tri bio de under over mono hormone receptor "
    "company".split()
)
_ENDINGS = frozenset(
    "tion tions sion sions ment ments ing ings ed er ers es ly ity ities ical cal ceutical ceuticals ology able ible "
    "ance "
    "ence ences ally ness ful less lion cant tive tives ture tures ization isation".split()
)
_COMMON = frozenset(
    """today product products company companies agreement agreements development commercial commercialize antibody
    antibodies license licensed licenses licensing licence licensor licensee collaboration technology technologies
    payment payments milestone milestones royalty royalties clinical preclinical announced announces exclusive worldwide
    therapeutic therapeutics pharmaceutical pharmaceuticals biopharmaceutical research program programs patients
    treatment approval regulatory million billion including rights option conjugate conjugates oncology cancer tumor
    therapy therapies candidate candidates received receive receives future during within because between before after
    under other another about against agreed certain currently announcement""".split()
)
"""Words of every release, so that half of one is known at the end of a line."""
_LONG_LINE = 110
"""A longer line was broken by no margin: in a text with several, a line is a paragraph."""
_WIDEST = 170
"""No margin breaks lines longer than this."""
_RAGGED = 22
"""How much shorter than the margin a broken line may be."""
_MANY = 3
_LEADING_BULLET = re.compile(r"[ \t]*(?:[-–—*•·o▪]|\(?\w{1,3}[.)])[ \t]+")
_FULL_LINE = 50
"""A shorter line was ended on purpose, not by the margin."""
_HEADER_LINES = 5
_HEADER_LENGTH = 320


class _Mark(Enum):
    """What a line is."""

    TEXT = 0
    BLANK = 1
    PAGE = 2  # the tag, or '-more-'
    SHEET = 3  # rules and end marks: gone wherever they stand
    NUMBER = 4  # gone only beside the end of a page


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    mark: _Mark
    text: str
    table: bool
    opens: bool = False


def read_plain(source: TracedText) -> TracedText:
    r"""The text of a release without what belongs to the page.

    Args:
        source: The text, its characters already repaired.

    >>> page = "Alpha AG announced today that it has taken a licence to\n-more-\n<PAGE>\nAlpha\nPage 2\n\nBeta's TAP."
    >>> read_plain(TracedText.of(page)).text
    "Alpha AG announced today that it has taken a licence to\nBeta's TAP."
    """
    bare = source.replace(_DASH_ESCAPE, lambda _: "")
    if "</" in bare.text:
        bare = bare.replace(_NOTE_TAG, lambda _: "")
    lines = _lines(bare.text)
    _drop_page_headers(lines)
    _drop_page_edges(lines)
    return _joined(bare.edit(_edits(bare.text, lines)))


def has_tags(text: str) -> bool:
    """Whether the tags of EDGAR's text exhibits stand in a text."""
    return _SGML.search(text) is not None


# ---------------------------------------------------------------- lines


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    position, table = 0, False
    tagged = "<" in text
    for raw in text.split("\n"):
        end = position + len(raw)
        bare = raw.strip()
        page = False
        if tagged and "<" in raw:
            for match in _TAG.finditer(raw):
                name = match["name"].upper()
                page = page or name == "PAGE"
                table = name == "TABLE" or (table and name != "/TABLE")
            bare = "" if _HEADER_TAG.match(raw) else _TAG.sub("", raw).strip()
        lines.append(_Line(position, end, _Mark.PAGE if page and not bare else _mark(bare), bare, table))
        position = end + 1
    return lines


def _mark(bare: str) -> _Mark:
    if not bare:
        return _Mark.BLANK
    if len(bare) <= 60:
        if bare[0] in "-–—([<.mM" and MORE.fullmatch(bare):
            return _Mark.PAGE
        if (bare[-1].isdigit() or bare[0] in "-–—([") and _MARGIN_NUMBER.fullmatch(bare):
            return _Mark.SHEET
        if _PAGE_NUMBER.fullmatch(bare):
            return _Mark.NUMBER
    if not bare[0].isalnum() and (_RULE.fullmatch(bare) or (len(bare) < 40 and END_MARK.fullmatch(bare))):
        return _Mark.SHEET
    return _Mark.TEXT


def _drop_page_headers(lines: list[_Line]) -> None:
    """Mark the running header after each end of page."""
    opening = ""
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if line.mark is not _Mark.PAGE:
            continue
        chunk = _chunk_after(lines, index + 1)
        if not chunk:
            continue
        if not opening:
            opening = " ".join(" ".join(other.text for other in lines[: min(index, 120)]).split()).casefold()
        printed = " ".join(" ".join(lines[at].text for at in chunk).split())
        key = re.sub(r"\d+", "", printed).casefold().strip()
        numbered = _PAGE_WORD.search(printed) is not None
        body = re.sub(r"\W*\bpage\b.*$", "", printed.casefold()).strip()
        repeated = (key in seen or (len(body) >= 30 and body in opening)) and not _SENTENCE.search(printed)
        if len(printed) <= _HEADER_LENGTH and (numbered or repeated) and not (lines[index].table and not numbered):
            for at in chunk:
                lines[at].mark = _Mark.SHEET
        seen.add(key)


def _chunk_after(lines: list[_Line], start: int) -> list[int]:
    """The first few lines of a page, up to a blank one; nothing where they are more than a header."""
    at = start
    while at < len(lines) and at < start + 12 and lines[at].mark in (_Mark.BLANK, _Mark.SHEET, _Mark.NUMBER):
        at += 1
    chunk: list[int] = []
    while at < len(lines) and lines[at].mark not in (_Mark.BLANK, _Mark.PAGE):
        chunk.append(at)
        at += 1
        if len(chunk) > _HEADER_LINES:
            return []
    return chunk


def _drop_page_edges(lines: list[_Line]) -> None:
    """Mark page numbers beside an end of page, and those that stand alone at the very end."""
    for index, line in enumerate(lines):
        if line.mark is _Mark.PAGE:
            for step in (-1, 1):
                at, left = index + step, 8
                while 0 <= at < len(lines) and left and lines[at].mark is not _Mark.TEXT:
                    if lines[at].mark is _Mark.NUMBER:
                        lines[at].mark = _Mark.SHEET
                    at, left = at + step, left - 1
    at = len(lines) - 1
    while at >= 0 and lines[at].mark is not _Mark.TEXT:
        if lines[at].mark is _Mark.NUMBER:
            lines[at].mark = _Mark.SHEET
        at -= 1


# ---------------------------------------------------------------- edits


def _edits(text: str, lines: list[_Line]) -> list[tuple[Span, str]]:
    """What makes `text` a sequence of paragraphs: furniture out, one way to end a paragraph or a cell."""
    edits: list[tuple[Span, str]] = []
    double = _is_double_spaced(lines)
    unwrapped = sum(line.mark is _Mark.TEXT and len(line.text) > _LONG_LINE for line in lines) >= _MANY
    unwrapped = unwrapped and not _has_wide_margin(lines)
    previous: _Line | None = None
    page = running = False
    for line in lines:
        if line.mark not in (_Mark.TEXT, _Mark.NUMBER):
            page = page or line.mark is _Mark.PAGE
            continue
        if previous is None:
            if line.start:
                edits.append((Span(0, line.start), ""))
        else:
            between = text[previous.end : line.start]
            wanted = _between(previous, line, between, text, page=page, double=double, running=running)
            wanted = "\n\n" if unwrapped and wanted == "\n" and _ends_paragraph(previous, line) else wanted
            if between != wanted:
                edits.append((Span(previous.end, line.start), wanted))
        edits.extend(_line_edits(text, line))
        running = previous is not None and line.start == previous.end + 1 and len(previous.text) >= _FULL_LINE
        previous, page = line, False
    last = previous.end if previous else 0
    if last < len(text):
        edits.append((Span(last, len(text)), ""))
    return edits


def _line_edits(text: str, line: _Line) -> list[tuple[Span, str]]:
    edits: list[tuple[Span, str]] = []
    raw = text[line.start : line.end]
    if "<" in raw and len(line.text) != len(raw):
        edits = [(Span(line.start + match.start(), line.start + match.end()), "") for match in _TAG.finditer(raw)]
    pattern = _TABLE_GAP if line.table else _GAP
    if line.table or _WIDE.search(line.text):
        lead = _LEADING_BULLET.match(raw)
        gaps = [
            (Span(line.start + match.start(), line.start + match.end()), "\t")
            for match in pattern.finditer(raw, lead.end() if lead else 0)
        ]
        edits = _merged(edits, gaps)
    return edits


def _merged(first: list[tuple[Span, str]], second: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Both lists in order; where two edits overlap, the earlier one."""
    if not first or not second:
        return first or second
    merged: list[tuple[Span, str]] = []
    for edit in sorted(first + second):
        if not merged or edit[0].start >= merged[-1][0].end:
            merged.append(edit)
    return merged


def _between(previous: _Line, line: _Line, between: str, text: str, *, page: bool, double: bool, running: bool) -> str:
    """The white space that belongs between two lines of text; `running`: the first ends a paragraph of several."""
    breaks = between.count("\n")
    open_end = not _TERMINAL.search(previous.text) and len(previous.text) >= _FULL_LINE
    prose = not (previous.table or line.table) and "\t" not in line.text and "    " not in previous.text
    if between.strip() and not page and previous.table and line.table:
        return "\n"
    if page or between.strip():
        unfinished = open_end or ((running or line.text[:1].islower()) and not _TERMINAL.search(previous.text))
        goes_on = page and prose and unfinished and not _is_title(line.text, previous.text)
        return "\n" if goes_on else "\n\n"
    if breaks == 1:
        line.opens = prose and _starts_paragraph(previous, line, text)
        return "\n\n" if line.opens else between
    goes_on = double or (open_end and line.text[:1].islower())
    return "\n" if prose and breaks == 2 and goes_on and len(previous.text) >= _FULL_LINE else between


def _has_wide_margin(lines: list[_Line]) -> bool:
    """Whether long lines were broken by a margin after all: most that go on in the next line are nearly as long."""
    long = [
        len(line.text)
        for line, after in pairwise(lines)
        if line.mark is _Mark.TEXT and after.start == line.end + 1 and not _TERMINAL.search(line.text)
    ]
    margin = max(long, default=0)
    return _LONG_LINE < margin <= _WIDEST and sum(length > margin - _RAGGED for length in long) * 4 >= len(long) * 3


def _ends_paragraph(previous: _Line, line: _Line) -> bool:
    """Whether a line of a text that no margin wrapped is a paragraph of its own."""
    if previous.table or line.table:
        return False
    goes_on = line.text[:1].islower() and not _TERMINAL.search(previous.text)
    long = max(len(previous.text), len(line.text)) > _LONG_LINE
    return not goes_on and (long or _TERMINAL.search(previous.text) is not None)


def _is_title(text: str, before: str) -> bool:
    """Whether a line is a heading in capitals, after text that is not."""
    return text.isupper() and not before.isupper()


def _starts_paragraph(previous: _Line, line: _Line, text: str) -> bool:
    """Whether an indented line opens a paragraph though no blank line says so."""
    here, there = _indent(text, line), _indent(text, previous)
    if not 3 <= here <= 12:
        return False
    if previous.opens and len(previous.text) < _FULL_LINE:  # an indented heading of its own, 'About Alpha'
        return here == there
    return here - there >= 3 and _TERMINAL.search(previous.text) is not None


def _indent(text: str, line: _Line) -> int:
    match = _INDENT.match(text, line.start, line.end)
    return len(match.group().expandtabs(4)) if match else 0


def _is_double_spaced(lines: list[_Line]) -> bool:
    """Whether most full lines are followed by exactly one blank line and then go on."""
    full = spaced = 0
    for index, line in enumerate(lines[:-2]):
        if line.mark is _Mark.TEXT and not line.table and len(line.text) >= _FULL_LINE:
            full += 1
            if lines[index + 1].mark is _Mark.BLANK and lines[index + 2].mark is _Mark.TEXT:
                spaced += not _TERMINAL.search(line.text)
    return full >= 6 and spaced > full * 0.6


def _joined(text: TracedText) -> TracedText:
    """Names and words that the margin broke, made whole."""
    if "-\n" not in text.text and "‐\n" not in text.text:
        return text
    words = set(_WORD.findall(text.text.casefold()))

    def whole(match: re.Match[str]) -> str:
        left = _LEFT.search(text.text[max(0, match.start() - 40) : match.start()])
        right = _RIGHT.match(text.text[match.end() : match.end() + 40])
        if left is None or right is None:
            return "-"
        head, tail = left[0].casefold(), right[0]
        if f"{head}-{tail}" in words:
            return "-"
        if head + tail in words or head + tail in _COMMON:
            return ""
        return "" if tail in _ENDINGS and head not in _PREFIXES else "-"

    return text.replace(_HYPHEN, whole)
