"""Text that remembers where each character came from.

A reader cleans a source in steps: page headers out, tags out, entities decoded. `TracedText` does each step and keeps,
beside the new text, the offset of every character in the decoded source. The map is a list of runs, not a list of
numbers, so it stays small; looking up one offset is a binary search.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from oncopact.model import Span


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Leads from offsets in a text to offsets in its source.

    Attributes:
        starts: Offsets in the text where runs begin, ascending, the first being 0.
        sources: For each run, the source offset of its first character.
        fixed: For each run, whether all its characters stand for one source character (inserted or decoded text)
            rather than for consecutive ones.

    >>> lines = TracedText.of("one &amp; two").replace(re.compile("&amp;"), lambda m: "&")
    >>> lines.text, lines.offsets.to_source(4), lines.offsets.to_source(6)
    ('one & two', 4, 10)
    """

    starts: tuple[int, ...]
    sources: tuple[int, ...]
    fixed: tuple[bool, ...]

    @classmethod
    def identity(cls) -> OffsetMap:
        """The map of a text that is its own source."""
        return cls((0,), (0,), (False,))

    def to_source(self, offset: int) -> int:
        """The source offset of the character at `offset`."""
        run = bisect_right(self.starts, offset) - 1
        return self.sources[run] + (0 if self.fixed[run] else offset - self.starts[run])

    def to_source_span(self, span: Span) -> Span:
        """The source range from the first to past the last character of `span`."""
        if span.end <= span.start:
            at = self.to_source(span.start)
            return Span(at, at)
        return Span(self.to_source(span.start), self.to_source(span.end - 1) + 1)


@dataclass(frozen=True, slots=True)
class TracedText:
    """A text and the map back to its source."""

    text: str
    offsets: OffsetMap

    @classmethod
    def of(cls, source: str) -> TracedText:
        """`source` as its own source."""
        return cls(source, OffsetMap.identity())

    def edit(self, edits: Iterable[tuple[Span, str]]) -> TracedText:
        """Replace each span by its string; spans are ascending and disjoint.

        A replacement's characters all stand for the first replaced character, or, where the span is empty, for the
        character before it.
        """
        pieces: list[str] = []
        starts: list[int] = []
        sources: list[int] = []
        fixed: list[bool] = []
        length = position = 0

        def add(piece: str, source: int, *, pinned: bool) -> None:
            nonlocal length
            if piece:
                starts.append(length)
                sources.append(source)
                fixed.append(pinned)
                pieces.append(piece)
                length += len(piece)

        def keep(start: int, end: int) -> None:
            run = bisect_right(self.offsets.starts, start) - 1
            while start < end:
                following = self.offsets.starts[run + 1] if run + 1 < len(self.offsets.starts) else end
                stop = min(end, following)
                pinned = self.offsets.fixed[run]
                add(self.text[start:stop], self.offsets.to_source(start), pinned=pinned)
                start, run = stop, run + 1

        for span, string in edits:
            if span.start < position:
                raise ValueError(f"edits overlap or are out of order at offset {span.start}")
            keep(position, span.start)
            anchor = span.start if span.end > span.start else max(span.start - 1, 0)
            add(string, self.offsets.to_source(anchor) if self.text else 0, pinned=True)
            position = span.end
        keep(position, len(self.text))
        if not starts:
            return TracedText("", OffsetMap.identity())
        return TracedText("".join(pieces), OffsetMap(tuple(starts), tuple(sources), tuple(fixed)))

    def replace(self, pattern: re.Pattern[str], by: Callable[[re.Match[str]], str]) -> TracedText:
        """Replace every match of `pattern` that `by` changes."""
        edits = [
            (Span(match.start(), match.end()), string)
            for match in pattern.finditer(self.text)
            if (string := by(match)) != match.group()
        ]
        return self.edit(edits) if edits else self

    def cut(self, start: int, end: int) -> TracedText:
        """The part between two offsets."""
        if start >= end:
            return TracedText("", OffsetMap.identity())
        first, last = bisect_right(self.offsets.starts, start) - 1, bisect_right(self.offsets.starts, end - 1)
        starts = (0, *(at - start for at in self.offsets.starts[first + 1 : last]))
        sources = (self.offsets.to_source(start), *self.offsets.sources[first + 1 : last])
        return TracedText(self.text[start:end], OffsetMap(starts, sources, self.offsets.fixed[first:last]))

    def delete(self, spans: Iterable[Span]) -> TracedText:
        """Leave out the spans, which are ascending and disjoint."""
        return self.edit((span, "") for span in spans)


def folded(text: str) -> str:
    r"""`text` with every run of white space as one blank.

    >>> folded("Boehringer\n Ingelheim ")
    'Boehringer Ingelheim'
    """
    return " ".join(text.split())


def joined(first: TracedText, separator: str, second: TracedText) -> TracedText:
    """Two texts of one source as one, `second` after `first`, wherever they stand in the source.

    >>> source = TracedText.of("body title")
    >>> whole = joined(source.cut(5, 10), ": ", source.cut(0, 4))
    >>> whole.text, whole.offsets.to_source(0), whole.offsets.to_source(7)
    ('title: body', 5, 0)
    """
    end = len(first.text)
    at = first.offsets.to_source(end - 1) if end else second.offsets.to_source(0)
    shift = end + len(separator)
    starts = (
        *first.offsets.starts,
        *((end,) if separator else ()),
        *(start + shift for start in second.offsets.starts),
    )
    sources = (*first.offsets.sources, *((at,) if separator else ()), *second.offsets.sources)
    fixed = (*first.offsets.fixed, *((True,) if separator else ()), *second.offsets.fixed)
    return TracedText(first.text + separator + second.text, OffsetMap(starts, sources, fixed))
