"""How a name of the vocabulary is compared with the text of a release.

A release breaks lines inside names, doubles blanks, sets ® and ™ into them, writes 'TROP2' and 'Trop-2', and shouts in
headlines. So names and text are compared without blanks, hyphens and marks, in lower case ('squeezed'); whether what
stood between the characters, and their case, may stand so is then decided name by name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from oncopact.model import Kind

_MARKS = "®™©℠\u00ad\u200b\u200c\u200d\u2060\ufeff"
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_SKIPPED = re.compile(rf"[\s{_MARKS}{re.escape(_HYPHENS)}]+")
_KEPT = re.compile(rf"[^\s{_MARKS}{re.escape(_HYPHENS)}]+")
_PLAIN = str.maketrans("", "", " \t\n\r\v\f-")
_WITHOUT_MARKS = str.maketrans("", "", _MARKS)
_PLAIN_QUOTES = str.maketrans("’‘ʼ", "'''")


def squeeze(name: str) -> str:
    """`name` in lower case without blanks, hyphens and marks, with plain apostrophes.

    >>> squeeze("Trop-2"), squeeze("Boehringer  Ingelheim"), squeeze("THIOMAB™")
    ('trop2', 'boehringeringelheim', 'thiomab')
    """
    if name.isascii():
        return name.translate(_PLAIN).lower()
    return lowered(_SKIPPED.sub("", name))


def lowered(text: str) -> str:
    """`text` in lower case with plain apostrophes, of the same length.

    >>> lowered("GSK’227 İ") == "gsk'227 İ"
    True
    """
    lower = text.lower()
    if len(lower) != len(text):  # 'İ' becomes two characters: leave such ones as they are
        lower = "".join(one if len(one := character.lower()) == 1 else character for character in text)
    return lower.translate(_PLAIN_QUOTES)


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text squeezed, with the way back from each character that was kept.

    Attributes:
        text: The text.
        letters: The kept characters as printed.
        folded: The kept characters in lower case; same length.
        starts: Offsets in `letters` where runs of characters that stand side by side in `text` begin, ascending.
        sources: The offset in `text` of each run's first character.
    """

    text: str
    letters: str
    folded: str
    starts: Sequence[int]
    sources: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Squeezed:
        """Squeeze a text."""
        runs = [match.span() for match in _KEPT.finditer(text)]
        sources = [start for start, _ in runs]
        starts = list(accumulate((end - start for start, end in runs), initial=0))[:-1]
        letters = _SKIPPED.sub("", text)
        return cls(text, letters, lowered(letters), starts, sources)

    def place(self, at: int) -> int:
        """The offset in `text` of the kept character `at`."""
        run = bisect_right(self.starts, at) - 1
        return self.sources[run] + at - self.starts[run]


@dataclass(frozen=True, slots=True)
class Name:
    """A name with all that comparing needs.

    Attributes:
        letters: The kept characters as the vocabulary writes them.
        gaps: For each kept character but the first, what stands before it: '', ' ' or '-'.
        exact: Whether case must agree.
        capitals: Positions in `letters` of words' first letters that must be capitals.
        code: Whether it has a digit, so that blanks and hyphens in it come and go.
        weak: Whether it names its thing only in context.
    """

    letters: str
    gaps: tuple[str, ...]
    exact: bool
    capitals: tuple[int, ...]
    code: bool
    weak: bool

    @classmethod
    def of(cls, text: str, *, kind: Kind, weak: bool) -> Name:
        """Prepare a name of a thing of some kind."""
        letters: list[str] = []
        gaps: list[str] = []
        gap = ""
        for character in text:
            if character.isspace() or character in _HYPHENS:
                gap = "-" if character in _HYPHENS else gap or " "
            elif character not in _MARKS:
                if letters:
                    gaps.append(gap)
                letters.append(character)
                gap = ""
        joined = "".join(letters)
        code = any(character.isdigit() for character in joined)
        return cls(
            letters=joined,
            gaps=tuple(gaps),
            exact=weak or len(joined) < 4 or (not code and len(joined) < 6 and _acronym(joined)),
            capitals=_capitals(joined, gaps) if kind in _PROPER and (not code or " " in gaps) else (),
            code=code,
            weak=weak,
        )

    def fits(self, squeezed: Squeezed, start: int, end: int) -> bool:
        """Whether the kept characters from `start` to `end`, equal but for case, are printed as this name may be."""
        found = squeezed.letters[start:end]
        if found != self.letters and not self._fits_case(found):
            return False
        places = [squeezed.place(at) for at in range(start, end)]
        if not any(self.gaps) and places[-1] - places[0] == end - 1 - start:
            return True
        return all(
            self._fits_gap(at, squeezed.text[places[at - 1] + 1 : places[at]])
            for at in range(1, end - start)
            if self.gaps[at - 1] or places[at] - places[at - 1] > 1
        )

    def _fits_case(self, found: str) -> bool:
        if lowered(self.letters) == self.letters and not self.exact:
            return True
        if self.exact:  # a headline in capitals may still print a longer one
            plain = found.translate(_PLAIN_QUOTES)
            return plain == self.letters.translate(_PLAIN_QUOTES) or (
                len(found) > (4 if self.weak else 3) and found.isupper() and not self.letters.islower()
            )
        return all(found[at].isupper() for at in self.capitals)

    def _fits_gap(self, at: int, printed: str) -> bool:
        """Whether `printed` may stand before the kept character `at`."""
        printed = printed.translate(_WITHOUT_MARKS)
        hyphen = bool(printed) and printed[0] in _HYPHENS and printed[1:].strip(" \t") in ("", "\n", "\r\n")
        blank = bool(printed) and printed.isspace() and printed.count("\n") < 2
        wanted = self.gaps[at - 1]
        if wanted == " ":
            return blank or (hyphen and not self.weak) or (not printed and self.code)
        if wanted == "-":
            return hyphen or (blank and not self.weak) or (not printed and self.code)
        if not printed:
            return True
        if hyphen and "\n" in printed and len(self.letters) > 7:  # a word broken at the end of a line
            return True
        return self.code and not self.weak and self._fits_join(at, hyphen=hyphen, blank=blank)

    def _fits_join(self, at: int, *, hyphen: bool, blank: bool) -> bool:
        """Whether a code that we write in one may be parted here: between letters and a number."""
        before, after = self.letters[at - 1], self.letters[at]
        if before.isalpha() and after.isdigit():
            return hyphen or (blank and at > 1)
        return hyphen and before.isdigit() and after.isalpha()


_PROPER = (Kind.COMPANY, Kind.INSTITUTION, Kind.TECHNOLOGY)


def _acronym(letters: str) -> bool:
    return letters.isupper() or len(letters) < 5


def _capitals(letters: str, gaps: Sequence[str]) -> tuple[int, ...]:
    starts = [0, *(at for at, gap in enumerate(gaps, start=1) if gap == " ")]
    return tuple(at for at in starts if letters[at].isupper())
