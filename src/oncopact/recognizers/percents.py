"""Rates: '7.5%', 'ten percent', '10% to 15%'; and rates in words: 'mid-single digit to low double-digit'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from oncopact.model import Kind, Mention, Percent, Qualifier, Span
from oncopact.recognizers import qualifiers
from oncopact.recognizers.numerals import FIGURE, SPELLED, number_value
from oncopact.recognizers.spots import cased, spotter
from oncopact.text import folded

_SPOTS = spotter({"%", "％", "﹪", "50:50", "50/50", "50-50", "50–50", *cased(("percent", "per", "pct"))})
_WORD_SPOTS = spotter(cased(("digit", "teen", "twenties", "thirties", "forties", "tiered")) | {"0s", "0's", "0’s"})

_SIGN = re.compile(r"(?:[%％﹪]|(?i:per[\s-]?cent|pct\.?)(?!age|ile|[A-Z]))")
_SPLIT = re.compile(r"(?<![\w.:/-])50[:/–-]50(?![\w:/-])")
_FRACTIONS: Final = {"½": Decimal("0.5"), "1/2": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_NUMBER: Final = rf"(?:{FIGURE}(?:\s?[½¼¾]|[ -]1/2)?|[½¼¾]|(?i:(?:one[\s-])?half\s+of\s+one)|{SPELLED})"
_OPENING: Final = r"(?<![\w$€£¥])(?<!\d[.,/:])"
_DASH: Final = r"(?:-{1,2}|–|—|‐|‑|−)"
_ALONE = re.compile(rf"{_OPENING}(?P<number>{_NUMBER})[\s-]*{_SIGN.pattern}\Z", re.VERBOSE)
_JOINT: Final = rf"(?:\s*(?P<dash>{_DASH})\s*|\s+(?:(?P<to>to|through)|(?P<and>and))\s+)"
_BETWEEN_SIGNS = re.compile(_JOINT)
_HEAD = re.compile(rf"{_OPENING}(?P<number>{_NUMBER}){_JOINT}\Z", re.VERBOSE)
_BETWEEN = re.compile(r"\bbetween\s+(?:approximately\s+|about\s+)?\Z", re.IGNORECASE)
_CHANGE = re.compile(
    r"(?:increas|decreas|rose|ris(?:e|ing)|gr[eo]w|fell|fall|rais|reduc|declin|improv|amend|chang|up|down|revis|cut|lower)"
    r"\w*\b[^.;%]{0,50}\bfrom\s+(?:approximately\s+|about\s+)?\Z",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"(?:\A|[\s(])[-–−]\Z")

_DECADE: Final = r"(?:teens?|twenties|thirties|forties|fifties|[1-5]0['’]?s)"
_DEGREE: Final = r"(?:low|lower|mid|middle|high|higher|upper)"
_SIZE: Final = r"(?:single|double|triple)"
_ITEM: Final = rf"(?:(?:{_DEGREE}[\s-]*)?(?:{_SIZE}(?:[\s-]*digits?)?|{_DECADE})|{_DEGREE})"
_LAST: Final = rf"(?:(?:{_DEGREE}[\s-]*)?{_SIZE}[\s-]*digits?|{_DEGREE}[\s-]*{_DECADE}|(?<=the\s){_DECADE})"
_LINK: Final = r"(?:[\s-]*,?[\s-]*(?:to|and|or|–|through|up[\s-]to|into)[\s-]+(?:the[\s-]+|an?[\s-]+)?)"
_BAND = re.compile(
    rf"(?<![\w-])(?:tiered,?\s+)?(?:{_ITEM}{_LINK}){{0,3}}{_LAST}(?:[\s-]+percent(?:ages?)?)?(?!\w)", re.IGNORECASE
)
_TIERED = re.compile(r"(?<![\w-])tiered(?=(?:[\s,-]+[a-z-]+){0,3}?[\s,-]+royalt)", re.IGNORECASE)
_NOT_A_RATE = re.compile(
    r"[\s-]*(?:nM|pM|[µμu]M|nano|pico|micro|[mµμ]?g\b|kg\b|cm\b|mm\b|million|billion|thousand|numbers?\b|growth|"
    r"(?:in|de)creases?\b|declines?\b|response|years?\b|months?\b|weeks?\b|age[sd]?\b|[€$£]|euro)"
)
_AGE = re.compile(r"\b(?:aged?|in\s+(?:his|her|their|my|the\s+late))\s+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Rate:
    start: int
    end: int
    low: Decimal
    form: str
    high: Decimal | None = None


def find(text: str, start: int = 0, end: int | None = None) -> tuple[Mention, ...]:
    """The percentages in `text[start:end]`, sorted by span; a range is one mention, and '50:50' is fifty.

    Percentage points, percentiles and negative percentages are no rates.

    >>> [(m.text, str(m.percent.low), m.percent.qualifier.value) for m in find("royalties of up to 7.5 percent")]
    [('7.5 percent', '7.5', 'up_to')]
    """
    end = len(text) if end is None else end
    mentions: list[Mention] = []
    floor = start
    for rate in _joined(text, list(_singles(text, start, end)), start):
        before, _ = qualifiers.before(text, rate.start, floor=floor)
        qualifier = qualifiers.strongest(before, qualifiers.after(text, rate.end, ceiling=end))
        mentions.append(_mention(text, rate, qualifier))
        floor = rate.end
    return tuple(mentions)


def rate_words(text: str, start: int = 0, end: int | None = None) -> tuple[Mention, ...]:
    """Rates in words, sorted by span: bands ('mid-teens', 'low single-digit') and 'tiered' where no band follows it.

    The mentions have no `percent`: what a band means in figures is for the reader to say.

    >>> [m.text for m in rate_words("royalties in the low- to mid-single digits on sales")]
    ['low- to mid-single digits']
    """
    end = len(text) if end is None else end
    spots = _WORD_SPOTS(text, start, end)
    bands = [
        _words(text, match, "percent.band")
        for low, high in _windows(spots, start, end)
        for match in _BAND.finditer(text, low, high)
        if not _NOT_A_RATE.match(text, match.end(), end)
        and not _AGE.search(text[max(start, match.start() - 20) : match.start()])
    ]
    tiered = [
        _words(text, found, "percent.tiered")
        for at, _ in spots
        if (found := _TIERED.match(text, at, min(end, at + 90)))
        and not any(band.span.start - 70 < at <= band.span.end + 2 for band in bands)
    ]
    return tuple(sorted((*bands, *tiered), key=lambda mention: mention.span))


def _words(text: str, match: re.Match[str], rule: str) -> Mention:
    span = Span(match.start(), match.end())
    return Mention(kind=Kind.PERCENT, span=span, text=folded(span.of(text)), rule=rule)


def _windows(spots: list[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches around the spots, joined where they touch."""
    low = high = start
    for at, to in spots:
        if at - 90 > high:
            if high > low:
                yield low, high
            low = at - 90
        high = min(end, to + 60)
    if high > low:
        yield low, high


def _mention(text: str, rate: _Rate, qualifier: Qualifier) -> Mention:
    span = Span(rate.start, rate.end)
    rule = f"percent.{rate.form}" if rate.high is None else "percent.range"
    percent = Percent(rate.low, rate.high, qualifier)
    return Mention(kind=Kind.PERCENT, span=span, text=folded(span.of(text)), rule=rule, percent=percent)


def _singles(text: str, start: int, end: int) -> Iterator[_Rate]:
    """Every number that stands before a percent sign."""
    floor = start
    for at, to in _SPOTS(text, start, end):
        if _SPLIT.match(text, at, end):
            yield _Rate(at, to, Decimal(50), "split")
            floor = to
            continue
        last = text[max(floor, at - 12) : at].rstrip(" \n\t-")[-1:]
        sign = _SIGN.match(text, at, end) if last.isalnum() or last in ("½", "¼", "¾") else None
        low = max(floor, at - 50)
        number = _ALONE.search(text[low : sign.end()]) if sign else None
        if sign is None or number is None or re.match(r"\s*points?\b", text[sign.end() : sign.end() + 20]):
            continue
        opening = low + number.start()
        glued = number.start() == 0 and text[low - 1 : low].isalnum()
        if glued or ((floor == start or opening - floor > 3) and _NEGATIVE.search(text[max(0, opening - 2) : opening])):
            continue
        spelled = not any(character.isdigit() or character in _FRACTIONS for character in number["number"])
        yield _Rate(opening, sign.end(), _value(number["number"]), "words" if spelled else "figure")
        floor = sign.end()


def _value(printed: str) -> Decimal:
    for sign, fraction in _FRACTIONS.items():
        if printed.endswith(sign):
            whole = printed.removesuffix(sign).strip(" -\n\t")
            return fraction + (number_value(whole) if whole else 0)
    if printed.lower().endswith("one") and "half" in printed.lower():
        return Decimal("0.5")
    return number_value(printed)


def _joined(text: str, singles: list[_Rate], start: int) -> list[_Rate]:
    """Ranges as one rate each."""
    out: list[_Rate] = []
    for rate in singles:
        floor = out[-1].end if out else start
        if out and out[-1].high is None and (merged := _merged(text, out[-1], rate, start)):
            out[-1] = merged
        else:
            out.append(_with_head(text, rate, floor))
    return out


def _merged(text: str, low: _Rate, high: _Rate, start: int) -> _Rate | None:
    if high.start - low.end > 60:
        return None
    joint = _BETWEEN_SIGNS.fullmatch(text, low.end, high.start)
    if joint is None or low.low >= high.low:
        return None
    before = text[max(start, low.start - 80) : low.start]
    if (joint["and"] and not _BETWEEN.search(before)) or (joint["to"] and _CHANGE.search(before)):
        return None
    return replace(low, end=high.end, high=high.low)


def _with_head(text: str, rate: _Rate, floor: int) -> _Rate:
    """'10-15%', 'five to ten percent': the lower end has no sign of its own."""
    low = max(floor, rate.start - 50)
    head = _HEAD.search(text[low : rate.start])
    if head is None or (head.start() == 0 and text[low - 1 : low].isalnum()):
        return rate
    before = text[max(floor, low + head.start() - 60) : low + head.start()]
    if (head["and"] and not _BETWEEN.search(before)) or (head["to"] and _CHANGE.search(before)):
        return rate
    number = _value(head["number"])
    return replace(rate, start=low + head.start(), low=number, high=rate.low) if number < rate.low else rate
