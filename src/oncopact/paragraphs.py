"""Text into paragraphs, lines and cells: the units that have a kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from oncopact.model import SectionKind, Span
from oncopact.text import folded

_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_ROWS = 2
_PROSE = 90
"""Lines without cells beside a table are prose, not part of it, from this length on."""
_LABEL = 34
"""A line without cells beside rows of figures is part of a row's label up to this length."""
_FIGURES = re.compile(r"\t[$€£]?[ ]*[(\d][\d,.()%-]*(?:\t|$)", re.MULTILINE)
_BULLET = re.compile(
    r"(?:[•·▪▫◦‣●○■□►▶➢✓§]|[-–—*+]{1,2}(?=\s)|o(?=\s{2,}|\s[A-Z])|\(?(?:\d{1,2}|[a-h]|i{1,3}|iv|v)\)(?=\s)|\d{1,2}\.(?=\s))\s*"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph without the white space around it.

    Attributes:
        span: Where it stands.
        text: The paragraph, white space folded.
        lines: Its lines, without the white space around each.
    """

    span: Span
    text: str
    lines: tuple[Span, ...]

    @classmethod
    def of(cls, source: str, start: int, end: int) -> Paragraph:
        """The paragraph that stands between two offsets."""
        return cls(Span(start, end), folded(source[start:end]), tuple(lines_of(source, start, end)))

    @property
    def words(self) -> int:
        """How many words it has."""
        return self.text.count(" ") + 1

    def is_table(self, source: str) -> bool:
        """Whether it is rows of cells, a row's label perhaps broken over short lines."""
        others = [line for line in self.lines if "\t" not in source[line.start : line.end]]
        rows = len(self.lines) - len(others)
        if not rows:
            return False
        figures = any(_FIGURES.search(source, line.start, line.end) for line in self.lines)
        return rows * 2 >= len(self.lines) or (figures and max(line.end - line.start for line in others) < _LABEL)


def paragraphs(text: str) -> Iterator[Paragraph]:
    r"""The paragraphs of a text, in order.

    >>> [paragraph.text for paragraph in paragraphs(" one\nline\n \n two ")]
    ['one line', 'two']
    """
    position = 0
    for match in _BREAK.finditer(text):
        yield from _trimmed(text, position, match.start())
        position = match.end()
    yield from _trimmed(text, position, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Paragraph]:
    span = trim(text, start, end)
    if span.start < span.end:
        whole = Paragraph.of(text, span.start, span.end)
        if "\t" in text[span.start : span.end]:
            yield from _without_prose(text, whole)
        else:
            yield whole


def _without_prose(text: str, whole: Paragraph) -> Iterator[Paragraph]:
    """A table apart from the prose that stands right above or below it."""
    rows = [index for index, line in enumerate(whole.lines) if "\t" in text[line.start : line.end]]
    if not rows:
        yield whole
        return
    first, last = rows[0], rows[-1]
    above = first and whole.lines[first - 1].end - whole.span.start >= _PROSE
    below = last + 1 < len(whole.lines) and whole.span.end - whole.lines[last + 1].start >= _PROSE
    wide = len(rows) >= _ROWS or text.count("\t", whole.lines[first].start, whole.lines[first].end) >= _ROWS
    if not wide or not (above or below):
        yield whole
        return
    if above:
        yield Paragraph.of(text, whole.span.start, whole.lines[first - 1].end)
    start = whole.lines[first].start if above else whole.span.start
    yield Paragraph.of(text, start, whole.lines[last].end if below else whole.span.end)
    if below:
        yield Paragraph.of(text, whole.lines[last + 1].start, whole.span.end)


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space at its edges."""
    piece = text[start:end]
    bare = piece.strip()
    lead = len(piece) - len(piece.lstrip()) if bare else 0
    return Span(start + lead, start + lead + len(bare))


def lines_of(text: str, start: int, end: int) -> Iterator[Span]:
    """The lines between two offsets that print something, without the white space around each."""
    for match in _LINE.finditer(text, start, end):
        yield trim(text, match.start(), match.end())


def cells_of(text: str, line: Span) -> Iterator[Span]:
    r"""The cells of a row.

    >>> [cell.of("a b\t12") for cell in cells_of("a b\t12", Span(0, 6))]
    ['a b', '12']
    """
    position = line.start
    for cell in text[line.start : line.end].split("\t"):
        span = trim(text, position, position + len(cell))
        if span.start < span.end:
            yield span
        position += len(cell) + 1


def bullet(text: str, line: Span) -> int:
    """The length of the bullet that a line begins with, 0 where there is none."""
    match = _BULLET.match(text, line.start, line.end)
    return match.end() - match.start() if match and match.end() < line.end else 0


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, or a piece of one, with its kind.

    Attributes:
        kind: What it is for.
        span: Where it stands.
        heading: The heading that opens its section, inside `span`; only on the section's first part.
        subject: What its section is about, as printed.
        opens: Whether a section begins here even where the part before is of the same kind.
    """

    kind: SectionKind
    span: Span
    heading: Span | None = None
    subject: str | None = None
    opens: bool = False
