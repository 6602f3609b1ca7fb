"""Where a text states what a record quotes: white space, case, quotation marks, dashes and trademark signs folded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from oncopact.model import Span

_PLAIN: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "−": "-"})
_LEFT_OUT: Final = frozenset("®™©℠\u00ad\u200b\ufeff")
_ELLIPSIS = re.compile(r"\s*(?:\[?(?:\.\s?\.\s?\.|…)\]?)\s*")
_WINDOW: Final = 5
"""So many words in a row place a quote whose writer left something out."""


@dataclass(frozen=True, slots=True)
class Places:
    """A text that can be searched for quotes.

    Attributes:
        plain: The folded text.
        at: For each of its characters the offset in the text.
    """

    plain: str
    at: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Places:
        """The folded text with its way back."""
        plain: list[str] = []
        at: list[int] = []
        for offset, char in enumerate(text):
            folded = " " if char.isspace() else char.translate(_PLAIN).lower()
            if char in _LEFT_OUT or (folded == " " and (not plain or plain[-1] == " ")):
                continue
            plain.extend(folded)
            at.extend([offset] * len(folded))
        return cls("".join(plain), tuple(at))

    def quote(self, quote: str) -> tuple[Span, ...]:
        r"""Where a quote stands: one span for each part between ellipses; none where nothing of it is found.

        >>> Places.of("It has  licensed\nTAP® to Alderis.").quote("licensed TAP … Alderis")
        (Span(start=8, end=20), Span(start=25, end=32))
        """
        parts = [part for part in _ELLIPSIS.split(quote) if part.strip()]
        found = [spot for part in parts if (spot := self._first(part) or self._window(part))]
        return tuple(found)

    def name(self, name: str) -> tuple[Span, ...]:
        """Every place of a name, as whole words."""
        plain = Places.of(name).plain.strip()
        pattern = rf"(?<!\w){re.escape(plain)}(?!\w)"
        return tuple(self._span(*match.span()) for match in re.finditer(pattern, self.plain)) if plain else ()

    def _first(self, part: str) -> Span | None:
        plain = Places.of(part).plain.strip()
        start = self.plain.find(plain) if plain else -1
        return self._span(start, start + len(plain)) if start >= 0 else None

    def _window(self, part: str) -> Span | None:
        words = part.split()
        runs = (words[first : first + _WINDOW] for first in range(len(words) - _WINDOW + 1))
        return next((spot for run in runs if (spot := self._first(" ".join(run)))), None)

    def _span(self, start: int, end: int) -> Span:
        return Span(self.at[start], self.at[end - 1] + 1)
