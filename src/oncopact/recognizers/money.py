"""Amounts of money: '$45 million', 'EUR 1.250.000', 'ten million euros', '$10 to $15 million'.

The currency is found first and the number is read beside it, so that text without money costs one pass. Ranges are
joined afterwards, and the words around the amount say how it is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from oncopact.model import Kind, Mention, Money, Qualifier, Span
from oncopact.recognizers import currencies, qualifiers
from oncopact.recognizers.numerals import FIGURE, SPELLED, number_value, plain
from oncopact.recognizers.spots import cased, spotter
from oncopact.text import folded

_SCALES: Final = {
    "hundred": 2, "thousand": 3, "k": 3, "lakh": 5, "million": 6, "mil": 6, "mln": 6, "mio": 6, "mn": 6,
    "mm": 6, "m": 6, "crore": 7, "billion": 9, "bln": 9, "bn": 9, "b": 9, "trillion": 12, "tn": 12,
}  # fmt: skip
# 'millionand': pages lose the blank before a link; 'millionaire' and 'millionth' are no magnitudes. 'K' and single
# letters hold to the figure, since '$8 B shares' and 'Form 10-K' are something else.
_SCALE: Final = r"""(?i:
    [\s-]* (?: (?:mil-?\s*\n\s*lion|million|billion|trillion|thousand)s?(?!aire|th) | (?:crore|lakh)s?(?![a-z])
             | (?:mln|mio|mil|bln|mn|mm|bn|tn)\b\.? )
  | [ ]? m(?![\w²/]|-\w) | [bk](?!\w|-\w) )"""
_NUMBER: Final = rf"(?:{FIGURE}|{SPELLED})"
_SIGN: Final = "[" + "".join(currencies.SIGNS) + "]"

_CURRENCY_SPOTS = spotter({"$", *currencies.SIGNS, *currencies.CODES, "Euro", "Euros", "euro", "Yen", "yen"})
_HEAD_SPOTS = spotter(cased(currencies.HEADS))
_PREFIXED = re.compile(
    rf"""(?:
        (?<![A-Za-z.]) (?P<wide>(?i:US|U\.S\.|AUD?|CAD?|CAN|CDN|HKD?|SGD?|NZD?|NTD?|USD|AUS|BRL|MXN?|MEX))[ ]?[$]
      | (?<![A-Za-z]) (?P<one>[ACSR])[$]
      | (?<=[a-z]) (?P<glued>US|HK|AU|CA|NT)[$]
      | (?P<sign>(?<![A-Z\d$])[$]|{_SIGN})
      | (?<![A-Z\d./-]) (?P<code>(?i:euros?|yen)|(?:{currencies.letters(currencies.CODES)}))[$]?
    )
    \s* (?P<number>{FIGURE}|(?<=\s){SPELLED}(?={_SCALE})) (?P<scale>{_SCALE})?
    (?P<trailing>
        \s* \( (?:US|CDN|Cdn|Canadian|Australian) \)
      | \s* (?:USD|CAD|AUD|HKD|SGD|NZD) (?![\w$]|\s*\d)
      | \s+ (?:US|CDN|Cdn|Canadian) (?=\s*[.,;)])
      | [\s-]+ (?i:{currencies.WORD}) (?!\w)
    )?
    """,
    re.VERBOSE,
)
_SUFFIX = re.compile(
    rf"""(?: (?<=[\d\s-]) (?<![A-Z][\s-]) (?P<code>{currencies.letters(currencies.CODES)})
           | (?<=[\s\d]) (?P<sign>[€£])
           | (?<=[\s-]) (?P<word>(?i:{currencies.WORD})) ) (?!\w|\s*[$€£]|\s*\d)""",
    re.VERBOSE,
)
_BEFORE_SUFFIX = re.compile(rf"(?<![\w$€£¥])(?<!\d[.,])(?P<number>{_NUMBER})(?P<scale>{_SCALE})?[\s-]*\Z", re.VERBOSE)
_DASH: Final = r"(?:-{1,2}|–|—|‐|‑|−)"
_JOINT = re.compile(rf"\s*(?:(?P<to>to|through)|(?P<dash>{_DASH})|(?P<and>and|&)|(?P<or>or|,))\s*", re.VERBOSE)
_TAIL = re.compile(
    rf"\s*(?:(?:to|(?P<and>and))\s+|(?P<dash>{_DASH})\s*)(?P<number>{_NUMBER})(?P<scale>{_SCALE})?(?![\w%]|-\w)",
    re.VERBOSE,
)
_HEAD = re.compile(
    rf"(?<![\w$€£¥])(?<!\d[.,])(?P<number>{_NUMBER})(?P<scale>{_SCALE})?\s*(?:\b(?:to|(?P<and>and))\s+|{_DASH}\s*)\Z",
    re.VERBOSE,
)
_BETWEEN = re.compile(r"\bbetween\s+(?:(?:approximately|about|an?\s+(?:additional|total\s+of))\s+)?\Z", re.IGNORECASE)
_CHANGE = re.compile(
    r"(?:increas|decreas|rose|ris(?:e|ing)|gr[eo]w|fell|fall|rais|reduc|declin|improv|expand|amend|chang|up|down|revis)"
    r"\w*\b[^.;$€£¥]{0,50}\bfrom\s+(?:(?:approximately|about)\s+)?\Z",
    re.IGNORECASE,
)
_CONVERSION = re.compile(r"\s*(?:[(\[/]|,?\s+or\b|,?\s+i\.e\.,?)\s*\Z", re.IGNORECASE)
_MILESTONES: Final = r"\s+(?:in|of|for)\s+(?:[a-z&-]+,?\s+){0,5}?milestones?(?:\s+payments?)?"
_CARRIED = re.compile(rf"(?:{_MILESTONES})?\s*(?:,|,?\s*and|,?\s*or|,?\s*plus)\s*\Z", re.IGNORECASE)
_PARTS = re.compile(rf"(?:{_MILESTONES})?,?\s+(?:including|comprising|consisting\s+of)\s*\Z", re.IGNORECASE)
_MILESTONES_FOLLOW = re.compile(_MILESTONES, re.IGNORECASE)
_GROUPED = re.compile(r"\d[,.'’\s]\d{3}(?!\d)")
_WORD_START = re.compile(r"(?<![\w.])\w")
_YEARLIKE = re.compile(r"(?:19|20)\d\d\Z")


@dataclass(frozen=True, slots=True)
class _Amount:
    """One number with its currency; `scale` is the power of ten of its magnitude word, None where it has none."""

    start: int
    end: int
    number: Decimal
    scale: int | None
    currency: str
    form: str
    high: Decimal | None = None

    @property
    def value(self) -> Decimal:
        return _scaled(self.number, self.scale)


def find(text: str, start: int = 0, end: int | None = None) -> tuple[Mention, ...]:
    """The amounts of money in `text[start:end]`, sorted by span.

    A span runs from the currency to the magnitude word (or the other way round) and leaves the qualifier out; a range
    is one mention, a conversion in parentheses another.

    >>> [(m.text, str(m.money.amount), m.money.qualifier.value) for m in find("up to EUR 1.5 billion")]
    [('EUR 1.5 billion', '1500000000', 'up_to')]
    """
    end = len(text) if end is None else end
    amounts = _joined(text, _singles(text, start, end), start, end)
    mentions: list[Mention] = []
    previous: _Amount | None = None
    carried = Qualifier.EXACT
    for amount in amounts:
        qualifier, first = qualifiers.before(text, amount.start, floor=previous.end if previous else start)
        qualifier = qualifiers.strongest(qualifier, qualifiers.after(text, amount.end, ceiling=end))
        if previous and carried in (Qualifier.UP_TO, Qualifier.AT_LEAST) and qualifier is not Qualifier.AT_LEAST:
            qualifier = qualifiers.strongest(qualifier, _inherited(text, previous, amount, first, carried))
        mentions.append(_mention(text, amount, qualifier))
        previous, carried = amount, qualifier
    return tuple(mentions)


def _mention(text: str, amount: _Amount, qualifier: Qualifier) -> Mention:
    span = Span(amount.start, amount.end)
    money = Money(amount.value, amount.currency, qualifier, amount.high)
    rule = f"money.{amount.form}" if amount.high is None else "money.range"
    return Mention(kind=Kind.MONEY, span=span, text=folded(span.of(text)), rule=rule, money=money)


def _inherited(text: str, previous: _Amount, amount: _Amount, first: int, carried: Qualifier) -> Qualifier:
    """What `carried`, the qualifier of the amount before, means for this one.

    A conversion ('up to EUR 10 million (about $12 million)') is meant as what it converts; a ceiling also governs
    amounts in a row, and milestones beside or inside milestones ('up to $150 million in milestones, including $50
    million in development milestones and $100 million in sales milestones'), but not a fee that stands after it.
    """
    if first - previous.end > 110:
        return Qualifier.EXACT
    gap = text[previous.end : first]
    if amount.currency != previous.currency and _CONVERSION.fullmatch(gap):
        return carried
    parts = _PARTS.fullmatch(gap) and amount.value < previous.value
    match = parts or _CARRIED.fullmatch(gap)
    if not match or carried is not Qualifier.UP_TO:
        return Qualifier.EXACT
    row = "milestone" not in gap.lower()
    return carried if row or _MILESTONES_FOLLOW.match(text, amount.end, amount.end + 120) else Qualifier.EXACT


def _scaled(number: Decimal, scale: int | None) -> Decimal:
    return plain(number * 10 ** (scale or 0))


def _scale_of(printed: str | None) -> int | None:
    if not printed:
        return None
    word = re.sub(r"[\s.-]", "", printed.lower())
    return _SCALES.get(word) or _SCALES[word.removesuffix("s")]


# ---------------------------------------------------------------- single amounts


def _singles(text: str, start: int, end: int) -> list[_Amount]:
    """Every number that touches a currency; where two readings overlap, the longer, then the earlier."""
    spots = _CURRENCY_SPOTS(text, start, end)
    heads = _HEAD_SPOTS(text, start, end)
    last = [(at, to) for at, to in spots if text[at] not in "$¥" and text[at - 1 : at] not in ("$", "")]
    found = [*_prefixed(text, spots, start, end), *_suffixed(text, last + heads, start, end)]
    found.sort(key=lambda amount: (amount.start, -amount.end))
    kept: list[_Amount] = []
    for amount in found:
        if kept and amount.start < kept[-1].end:
            if amount.end - amount.start > kept[-1].end - kept[-1].start:
                kept[-1] = amount
        else:
            kept.append(amount)
    return kept


def _prefixed(text: str, spots: list[tuple[int, int]], start: int, end: int) -> Iterator[_Amount]:
    """Amounts whose currency stands first; a country's letters may stand before the sign that was spotted."""
    done = start
    for at, to in spots:
        reach = range(max(done, at - 5), at) if text[at] == "$" else ()
        tries = (_PREFIXED.match(text, place, min(end, to + 120)) for place in (*reach, at) if place >= done)
        match = next((match for match in tries if match and match.end() > to), None)
        if match is None:
            continue
        done = match.end()
        if amount := _prefixed_amount(match):
            yield amount


def _prefixed_amount(match: re.Match[str]) -> _Amount | None:
    code = match["code"]
    if code:
        currency = currencies.CODES[code.upper()]
    elif match["sign"] and match["sign"] != "$":
        currency = currencies.SIGNS[match["sign"]]
    else:
        currency = currencies.DOLLARS[(match["wide"] or match["one"] or match["glued"] or "").upper()]
    if code and code.upper() in currencies.STRICT and not match["scale"] and not _GROUPED.search(match["number"]):
        return None
    if _ambiguous(match["number"], match["scale"], currency):
        return None
    currency = _stated_after(match) or currency
    form = ("code-" if code else "symbol-") + ("magnitude" if match["scale"] else "number")
    return _Amount(match.start(), match.end(), number_value(match["number"]), _scale_of(match["scale"]), currency, form)


def _ambiguous(number: str, scale: str | None, currency: str) -> bool:
    """Whether a European reader and an American one see different amounts: `EUR 1.250`."""
    return currency not in ("USD", "JPY") and not scale and bool(re.fullmatch(r"\d{1,3}\.\d{3}", number))


def _stated_after(match: re.Match[str]) -> str | None:
    """The currency that words after a bare dollar sign name: '$10 million Canadian dollars', '$10 million CAD'."""
    if not match["trailing"] or match["sign"] != "$":
        return None
    words = match["trailing"].strip(" \n()").upper()
    if named := next((code for code, value in match.groupdict().items() if value and code.isupper()), None):
        return named
    return {"US": "USD", "CDN": "CAD", "CANADIAN": "CAD", "AUSTRALIAN": "AUD"}.get(words, words)


def _suffixed(text: str, spots: list[tuple[int, int]], start: int, end: int) -> Iterator[_Amount]:
    """Amounts whose currency stands last; its name may begin up to three words before the one that was spotted."""
    for at, to in spots:
        low = max(start, at - 24)
        places = [low + match.start() for match in _WORD_START.finditer(text[low:at])][-4:]
        tries = (_SUFFIX.match(text, place, end) for place in (*places, at))
        match = next((match for match in tries if match and match.end() >= to), None)
        if match is None:
            continue
        low = max(start, match.start() - 60)
        number = _BEFORE_SUFFIX.search(text[low : match.start()])
        if number and _plausible(match, number, text[low - 1 : low] if low > start else ""):
            currency, printed = _suffix_currency(match), number["number"]
            if _ambiguous(printed, number["scale"], currency):
                continue
            form = "number-currency" if printed[0].isdigit() or printed[0] == "." else "words"
            value, scale = number_value(printed), _scale_of(number["scale"])
            yield _Amount(low + number.start(), match.end(), value, scale, currency, form)


def _suffix_currency(match: re.Match[str]) -> str:
    if match["code"]:
        return currencies.CODES[match["code"].upper()]
    if match["sign"]:
        return currencies.SIGNS[match["sign"]]
    return next(code for code, value in match.groupdict().items() if value and code.isupper())


def _plausible(match: re.Match[str], number: re.Match[str], cut: str) -> bool:
    printed, scale = number["number"], number["scale"]
    if number.start() == 0 and cut.isalnum():
        return False
    if scale:
        return True
    word = re.sub(r"\W+", " ", match.group().lower())
    if word in currencies.NEEDS_MAGNITUDE or printed.lower() in ("a", "an"):
        return False
    if match["code"] and match["code"].upper() in currencies.STRICT:
        return bool(_GROUPED.search(printed))
    return not _YEARLIKE.match(printed)


# ---------------------------------------------------------------- ranges


def _joined(text: str, singles: list[_Amount], start: int, end: int) -> list[_Amount]:
    """Ranges as one amount each, and the magnitude that two amounts share given to both."""
    out: list[_Amount] = []
    index = 0
    while index < len(singles):
        amount = singles[index]
        following = singles[index + 1] if index + 1 < len(singles) else None
        if following and (pair := _pair(text, amount, following, start)):
            out.extend(pair)
            index += 2
            continue
        floor = out[-1].end if out else start
        ceiling = following.start if following else end
        out.append(_with_tail(text, _with_head(text, amount, floor), floor, ceiling))
        index += 1
    return out


def _pair(text: str, low: _Amount, high: _Amount, start: int) -> list[_Amount] | None:
    if high.start - low.end > 60:
        return None
    joint = _JOINT.fullmatch(text, low.end, high.start)
    if joint is None or (low.currency != high.currency and not _bare_dollar(text, high)):
        return None
    shared = _shared(low, high.number, high.scale)
    if joint["or"]:
        return None if shared.scale == low.scale else [shared, high]
    before = text[max(start, low.start - 90) : low.start]
    if joint["and"] and not _BETWEEN.search(before):
        return None if shared.scale == low.scale else [shared, high]
    if (joint["to"] and _CHANGE.search(before)) or shared.value >= high.value:
        return None
    return [replace(shared, end=high.end, high=high.value)]


def _bare_dollar(text: str, amount: _Amount) -> bool:
    """Whether a country's dollar may lend its name: 'A$10 million to $12 million'."""
    return text[amount.start] == "$"


def _shared(low: _Amount, number: Decimal, scale: int | None) -> _Amount:
    """`low` with the magnitude of the number after it, where '$10 to $15 million' leaves it out."""
    fits = low.scale is None and scale is not None and low.number < 1000 and low.number <= number
    return replace(low, scale=scale) if fits else low


def _with_tail(text: str, amount: _Amount, floor: int, ceiling: int) -> _Amount:
    """'$10-15 million', '$10 million to 12 million': the upper end has no currency of its own."""
    tail = (
        _TAIL.match(text, amount.end, min(ceiling, amount.end + 80))
        if amount.high is None and amount.form != "words"
        else None
    )
    if tail is None:
        return amount
    before = text[max(floor, amount.start - 90) : amount.start]
    if (
        (tail["and"] and not _BETWEEN.search(before))
        or (not tail["scale"] and not tail["dash"])
        or _CHANGE.search(before)
    ):
        return amount
    number, scale = number_value(tail["number"]), _scale_of(tail["scale"])
    if scale is None and amount.scale is not None:
        return amount
    shared = _shared(amount, number, scale)
    high = _scaled(number, scale)
    return replace(shared, end=tail.end(), high=high) if shared.value < high else amount


def _with_head(text: str, amount: _Amount, floor: int) -> _Amount:
    """'10 to 15 million euros': the lower end has no currency of its own."""
    if amount.form not in ("number-currency", "words"):
        return amount
    low = max(floor, amount.start - 50)
    head = _HEAD.search(text[low : amount.start])
    if head is None or (
        head["and"] and not _BETWEEN.search(text[max(floor, low + head.start() - 60) : low + head.start()])
    ):
        return amount
    lower = replace(
        amount,
        start=low + head.start(),
        number=number_value(head["number"]),
        scale=_scale_of(head["scale"]),
    )
    shared = _shared(lower, amount.number, amount.scale)
    return replace(shared, high=amount.value) if shared.value < amount.value else amount
