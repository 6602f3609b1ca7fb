"""Numbers as releases print them: in figures, with any country's separators, and in words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

FIGURE: Final = r"""(?:
    (?: \d{1,3} (?:\.\d{3}){2,} (?:,\d{1,2})?                                    # 1.250.000,50
      | \d{1,3} ,(?:\d{3}|\s*\n\s*000)(?!\d) (?:,(?:\s*\n\s*)?\d{3}(?!\d))* (?:\.\d+)?   # 1,250,\n000.00
      | \d{1,2} (?:,\d{2})+ ,\d{3}                                               # 1,25,00,000
      | \d{1,3} (?:['’]\d{3})+ (?:\.\d+)?                                        # 1'250'000
      | \d{1,3} (?:[\u00a0\u2009\u202f]\d{3})+ (?:,\d{1,2}(?!\d))?               # 1 250 000 with hard blanks
      | \d{1,3} (?:[ ]\d{3})* [ ]000                                             # 1 250 000 with soft ones
      | \d+ ,\d{1,2} (?=\s*(?:[mb]illion|trillion|mln|mio|mn|bn|%|per\s?cent))  # 1,5 million
      | \d+ \.\s*\n\s*\d+ (?=\s*(?:million|billion|trillion))                    # 1.\n5 million
      | \d* \.\d+
      | \d+
    ) (?!\d) (?![.,'’]\d)
)"""
"""A number in figures, for verbose patterns; what is left over of a longer chain (`1.2.3`) is none."""

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES: Final = {
    **{word: Decimal(value) for value, word in enumerate(_UNITS)},
    **{word: Decimal(20 + 10 * index) for index, word in enumerate(_TENS)},
    "a": Decimal(1),
    "an": Decimal(1),
    "half": Decimal("0.5"),
    "quarter": Decimal("0.25"),
    "quarters": Decimal("0.25"),
}
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-]+(?:{'|'.join(_UNITS[1:10])}))?|{'|'.join(reversed(_UNITS[1:]))})"
_HUNDREDS = rf"(?:(?:{_SMALL}|an?)[\s-]+hundred(?:[\s-]+(?:and[\s-]+)?{_SMALL})?)"
SPELLED: Final = rf"""(?:(?i:
    {_HUNDREDS} | {_SMALL} (?:[\s-]+and[\s-]+(?:a|one)[\s-]+(?:half|quarter))?
  | (?:one[\s-]|an?\s+)?half (?:\s+of\s+|\s+)? (?:an?|one)
  | (?:one|an?|three)[\s-]+quarters? \s+ (?:of\s+)? (?:an?|one)
  | an?
)(?![A-Za-z]))"""
"""A number in words below a thousand, for verbose patterns: `twenty-five`, `two and a half`, `half a`, `a`."""

_WORD = re.compile(r"[a-z]+")


def figure_value(figure: str) -> Decimal:
    """The number that a match of `FIGURE` prints.

    >>> [str(figure_value(figure)) for figure in ("1,250,000.50", "1.250.000", "1,5", "1'000")]
    ['1250000.50', '1250000', '1.5', '1000']
    """
    digits = re.sub(r"[\s'’]", "", figure)
    if digits.count(".") > 1:
        return Decimal(digits.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+,\d{1,2}", digits):
        return Decimal(digits.replace(",", "."))
    return Decimal(digits.replace(",", ""))


def spelled_value(words: str) -> Decimal:
    """The number that a match of `SPELLED` says.

    >>> [str(spelled_value(words)) for words in ("twenty-five", "two hundred and ten", "two and a half", "half a", "a")]
    ['25', '210', '2.5', '0.5', '1']
    """
    tokens = _WORD.findall(words.lower())
    fraction = next((token for token in tokens if token in ("half", "quarter", "quarters")), None)
    if fraction is None:
        return _whole(tokens)
    lead = tokens[: tokens.index(fraction)]
    if "and" in lead:
        return _whole(lead[: lead.index("and")]) + _VALUES[fraction]
    return (_whole(lead) if lead else Decimal(1)) * _VALUES[fraction]


def number_value(text: str) -> Decimal:
    """The number that a match of either pattern prints."""
    return plain(figure_value(text) if any(character.isdigit() for character in text) else spelled_value(text))


def plain(value: Decimal) -> Decimal:
    """`value` without exponent or trailing zeros, so that equal numbers print alike.

    >>> str(plain(Decimal("30.0"))), str(plain(Decimal("1E+6")))
    ('30', '1000000')
    """
    whole = value.to_integral_value()
    return Decimal(f"{whole:f}") if whole == value else Decimal(f"{value.normalize():f}")


def _whole(tokens: list[str]) -> Decimal:
    total = Decimal(0)
    for token in tokens:
        if token == "hundred":  # noqa: S105  (a number, not a secret)
            total *= 100
        elif token in _VALUES:
            total += _VALUES[token]
    return total
