"""The reading view: a release's text with its sections, paragraphs and sentences.

Sentences are cut again by the room that cut them for the rules, from the text that evidence counts in, so that a quote
lies in the sentence that a rule saw.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from oncopact.exporters.page.frame import Json
from oncopact.model import Document, Release, SectionKind, Source, Span
from oncopact.segment import segment
from oncopact.text import OffsetMap

_BLANK = re.compile(r"\n[ \t\f\r]*\n\s*")


def reading(release: str, text: str) -> dict[str, Json]:
    """A release's text and structure.

    Args:
        release: Its id.
        text: In which offsets count.

    Returns:
        `text`; `paragraphs` as [section, start, end, [start and end of each sentence in turn]], where the section is
        the position of its kind in `SectionKind` or -1; offsets count code points.
    """
    document = segment(Release(release, text, OffsetMap.identity(), Source(release)))
    kinds = list(SectionKind)
    starts = [sentence.span.start for sentence in document.sentences]
    rows: list[Json] = []
    for kind, span in _paragraphs(document):
        found = document.sentences[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        bounds: list[Json] = [at for sentence in found for at in (sentence.span.start, sentence.span.end)]
        rows.append([kinds.index(kind) if kind else -1, span.start, span.end, bounds])
    return {"text": text, "paragraphs": rows}


def _paragraphs(document: Document) -> Iterator[tuple[SectionKind | None, Span]]:
    """Stretches between blank lines, cut where a section begins or ends; what lies in no section has no kind."""
    position = 0
    for section in document.sections:
        yield from ((None, span) for span in _cut(document.text, position, section.span.start))
        yield from ((section.kind, span) for span in _cut(document.text, section.span.start, section.span.end))
        position = section.span.end
    yield from ((None, span) for span in _cut(document.text, position, len(document.text)))


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for match in _BLANK.finditer(text, start, end):
        yield from _trimmed(text, begin, match.start())
        begin = match.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """The stretch without blank lines at its ends; the first line's indent stays, since tables need it."""
    words = text[start:end]
    if words.strip():
        lead = len(words) - len(words.lstrip("\n\r\f"))
        yield Span(start + lead, start + len(words.rstrip()))
