"""How an amount is meant: the words right before and right after it."""

from __future__ import annotations

import re
from typing import Final

from oncopact.model import Qualifier

REACH: Final = 110
"""How many characters before an amount can hold its qualifier."""

_AT_LEAST: Final = r"""more than|over|in excess of|at least|exceeding|exceeds?|exceeded|greater than|upwards? of
|north of|no less than|not less than|no fewer than|an? minimum of|minimum of|minimum|above|surpassing
|surpass(?:es|ed)?|beyond"""
_UP_TO: Final = r"""up[\s-]?to|as (?:much|high|many) as|an? maximum(?: of)?|maximum(?: of)?|max\.?
|no more than|not more than|not over|no greater than|not to exceed|not exceed(?:ing)?|no higher than|at (?:the )?most
|(?:capped|limited) (?:at|to)|an? cap of|cap of|ceiling of|less than|under|below|lower than
|potential|potentially|potentially (?:worth|reaching|valued at|earning|receiving)
|(?:could|may|might|can) (?:potentially |eventually |ultimately |also |all )?
(?:total|reach|equal|be worth|be valued at|amount to|be|rise to|climb to|go to)
|potentially (?:amount(?:ing)? to|equal(?:ing)? to)|ultimately (?:total|reach)"""
_NEAR: Final = r"""approximately|approximate|approx\.?|about|around|roughly|nearly|almost|some|circa|ca\.|c\.
|an? estimated|estimated(?: at)?|estimates?(?: of)?|projected|close to|in the (?:region|neighbou?rhood|vicinity) of
|(?:on|in|of) the order of|just (?:under|below|shy of)|slightly (?:under|below|less than)"""
_FILLER: Final = r"""an?|the|additional|further|another|extra|total|aggregate|combined|cumulative|overall
|(?:(?:total|aggregate|additional|combined|cumulative|equity|transaction|purchase|deal|enterprise|cash|upfront|milestone
|further) ){0,4}
(?:amount|sum|total|aggregate|value|payment|consideration|price|figure|valuation|equivalent|investment) of
|in (?:the )?aggregate,?|in total,?|totall?ing|totals?|totall?ed|amounting to|amounts to|worth|valued at
|equal to|equivalent to|up to and including"""
_POTENTIAL: Final = r"""potential
(?: (?:additional|future|further|development|regulatory|clinical|sales|sales-based|commercial|commerciali[sz]ation
|pre-?clinical|research|success-based|total|aggregate|net|product|and|or|milestones?|upfront|contingent|cash|option
|exercise),?){0,9}
(?: (?:milestones?|payments?|fees?|consideration|value|proceeds|revenues?|income))
(?: (?:of|totall?ing|worth|valued at|amounting to|reaching))"""


# The last word decides most cases at once: nine amounts in ten have no qualifier.
_LAST_WORD = re.compile(r"([A-Za-z]+)[\s.,]*\Z|[>≥<≤=~≈∼˜±]\s*\Z")
_LAST_WORDS: Final = frozenset(
    """than over of least exceeding exceed exceeds exceeded minimum above surpassing surpass surpasses surpassed beyond
    to upto as much high many maximum max at most under below potential potentially worth reaching earning receiving
    total reach equal be approximately approximate approx about around roughly nearly almost some circa ca c estimated
    estimate estimates projected a an the additional further another extra aggregate combined cumulative overall
    totaling totalling totals totaled totalled including""".split()
)


def _phrases(alternatives: str) -> str:
    """Alternatives in plain words as a pattern in which every blank may be a line break."""
    return alternatives.replace("\n", "").replace(" ", r"\s+")


_STEP = re.compile(
    rf"""(?<![\w$€£¥])(?:(?i:
        (?P<up_to>{_phrases(_POTENTIAL)}|{_phrases(_UP_TO)})
      | (?P<at_least>{_phrases(_AT_LEAST)})
      | (?P<near>{_phrases(_NEAR)})
      | (?P<filler>{_phrases(_FILLER)})
    )(?![\w])(?!-)|(?P<above>[>≥][=]?)|(?P<below>[<≤][=]?)|(?P<tilde>[~≈∼˜±]))\s*\Z""",
    re.VERBOSE,
)
_AFTER = re.compile(
    r"""\s*(?:
        (?P<at_least>\+(?!\s*\d)|-plus\b|,?\s*(?:or|and)\s+(?:more|greater|higher|above|upwards?)\b(?!\s+than))
      | (?P<up_to>,?\s*or\s+(?:less|lower|under)\b|,?\s*at\s+(?:the\s+)?most\b|,?\s*maximum\b(?!\s+\w+\s+of\b)
          |\(max(?:imum)?\.?\)
          |,?\s*contingent\s+(?:up)?on\s+(?:(?:the|a|certain|successful|future)\s+)*achievement\s+of\s[^.;$€£¥]{0,90}milestones\b
          |,?\s*potentially\s*(?=[.,;)]|$))
      | (?P<near>,?\s*or\s+so\b|,?\s*approximately\s*(?=[.,;)]|$)|,?\s*or\s+thereabouts\b)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_KINDS: Final = {
    "up_to": Qualifier.UP_TO,
    "below": Qualifier.UP_TO,
    "at_least": Qualifier.AT_LEAST,
    "above": Qualifier.AT_LEAST,
    "near": Qualifier.APPROXIMATELY,
    "tilde": Qualifier.APPROXIMATELY,
}
_RANK: Final = (Qualifier.AT_LEAST, Qualifier.UP_TO, Qualifier.APPROXIMATELY)


def before(text: str, at: int, *, floor: int = 0) -> tuple[Qualifier, int]:
    """What the words that end at `at` say, and where the first of them starts.

    Qualifiers may be stacked ('up to approximately', 'up to an additional'); of several, a floor outweighs a ceiling,
    and a ceiling an approximation.

    Args:
        text: The whole text.
        at: Where the amount starts.
        floor: Characters before this offset belong to another sentence or amount.

    >>> before("milestones of up to an additional $120 million", 34)
    (<Qualifier.UP_TO: 'up_to'>, 14)
    >>> before("an upfront payment of $5 million", 22)
    (<Qualifier.EXACT: 'exact'>, 22)
    """
    low = max(floor, at - REACH)
    window = text[low:at]
    found: set[Qualifier] = set()
    first = at
    for _ in range(8):
        last = _LAST_WORD.search(window[-24:])
        if last is None or (last[1] and last[1].lower() not in _LAST_WORDS):
            break
        match = _STEP.search(window)
        if match is None:
            break
        if match.lastgroup in _KINDS:
            found.add(_KINDS[match.lastgroup])
            first = low + match.start()
        window = window[: match.start()]
    return next((kind for kind in _RANK if kind in found), Qualifier.EXACT), first


def after(text: str, at: int, *, ceiling: int | None = None) -> Qualifier:
    """What the words that start at `at` say: 'or more', a plus sign, 'or so', 'potentially'.

    >>> after("$50 million or more", 11)
    <Qualifier.AT_LEAST: 'at_least'>
    """
    match = _AFTER.match(text, at, at + 160 if ceiling is None else min(ceiling, at + 160))
    return _KINDS[match.lastgroup] if match and match.lastgroup else Qualifier.EXACT


def strongest(*qualifiers: Qualifier) -> Qualifier:
    """The one that outweighs the others."""
    return next((kind for kind in _RANK if kind in qualifiers), Qualifier.EXACT)
