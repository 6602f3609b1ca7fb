"""A release as the name rules see it: its text, the same in small letters, and where each sentence begins and ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from oncopact.model import Document, Kind, Mention, SectionKind, Span
from oncopact.naming import lowered
from oncopact.text import folded

_MEDICAL = (
    "antibod|conjugat|cancer|tumor|tumour|oncolog|clinical|therap|drug|pharma|biotech|patients|vaccine|medicin|inhibitor|"
    "biolog|bioscien|isotope|radioligand| adc|lymphoma|leukemia|leukaemia|melanoma|carcinoma|myeloma|zumab|ximab|"
    "umab | fda |food and drug|genetics|treatment of|phase 1|phase 2|phase 3|phase i|pivotal trial|royalties on"
).split("|")
_ONCOLOGY = (
    "antibod|conjugat|oncolog|cancer|tumor|tumour|radioligand|isotope| adc|lymphoma|leukemia|leukaemia|melanoma|"
    "carcinoma|"
    "myeloma|zumab|ximab|umab "
).split("|")
_ENOUGH = 4
"""Medical words that make a release one about medicines; an insurer's or a builder's may have two or three."""
_PER_WORD = 250
"""Code points of text for each word that is asked of a short one: a lone sentence has the benefit of the doubt."""
_PARAGRAPH = "\0\0"
_SEVEN_SMALL = re.compile(r"(?:[a-z][^a-z]{0,20}){7}")


def _has(words: Iterable[str], text: str, times: int) -> bool:
    return not times or sum(text.count(word) for word in words) >= times


@dataclass(frozen=True, slots=True)
class Page:
    """A release's text with its sentences.

    Attributes:
        text: As the reader gave it.
        lower: The same in small letters, of the same length, with a blank for each line's end within a paragraph.
        starts: Where sentences begin, ascending.
        ends: Where they end.
        kinds: The kind of each one's section.
        medical: Whether it speaks of medicines at all.
        oncology: Whether it speaks of antibodies, conjugates or cancer.
    """

    text: str
    lower: str
    starts: Sequence[int]
    ends: Sequence[int]
    kinds: Sequence[SectionKind]
    medical: bool = True
    oncology: bool = True
    _silent: frozenset[SectionKind] = field(default=frozenset({SectionKind.SAFE_HARBOUR}), repr=False)

    @classmethod
    def of(cls, document: Document) -> Page:
        """The page of a document."""
        text = document.text
        lower = text.lower()
        if len(lower) != len(text):
            lower = lowered(text)
        lower = lower.replace("\n\n", _PARAGRAPH).replace("\n", " ").replace(_PARAGRAPH, "\n\n")
        return cls(
            text,
            lower,
            tuple(s.span.start for s in document.sentences),
            tuple(s.span.end for s in document.sentences),
            tuple(s.kind for s in document.sentences),
            _has(_MEDICAL, lower, min(_ENOUGH, len(text) // _PER_WORD)),
            _has(_ONCOLOGY, lower, min(_ENOUGH - 1, len(text) // _PER_WORD)),
        )

    def bounds(self, at: int) -> tuple[int, int]:
        """Start and end of the sentence around an offset; an empty range where there is none."""
        index = bisect_right(self.starts, at) - 1
        if index < 0 or self.ends[index] <= at:
            return at, at
        return self.starts[index], self.ends[index]

    def kind(self, at: int) -> SectionKind:
        """The kind of the section around an offset."""
        index = bisect_right(self.starts, at) - 1
        return self.kinds[index] if index >= 0 and at < self.ends[index] else SectionKind.FURNITURE

    def speaks(self, span: Span) -> bool:
        """Whether a span lies within one sentence, outside of safe-harbour text."""
        index = bisect_right(self.starts, span.start) - 1
        return index >= 0 and span.end <= self.ends[index] and self.kinds[index] not in self._silent

    def shouts(self, start: int, end: int) -> bool:
        """Whether the text around a span is in capitals throughout, as headlines may be."""
        low, high = self.bounds(start)
        around = self.text[max(low, start - 40) : start] + self.text[end : min(high, end + 40)]
        if _SEVEN_SMALL.search(around):
            return False
        letters = [c for c in around if c.isalpha()]
        return len(letters) > 4 and sum(c.isupper() for c in letters) > 0.85 * len(letters)

    def mention(self, kind: Kind, start: int, end: int, rule: str, key: str | None = None) -> Mention:
        """The mention at a place."""
        return Mention(kind, Span(start, end), folded(self.text[start:end]), rule, key)
