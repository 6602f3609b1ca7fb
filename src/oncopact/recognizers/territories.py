"""Where rights hold: 'worldwide except in Japan', 'outside the United States', 'Asia (excluding Japan)', 'Japan'.

Single places are found first; then places that stand in a row or under an exception become one phrase. Whether a place
is a territory, an address or a part of a name is the caller's to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from oncopact.model import Kind, Mention, Span
from oncopact.recognizers.countries import ADJECTIVES, COUNTRIES, DOUBTFUL, REGIONS, SHORT, UNIONS
from oncopact.recognizers.spots import spotter
from oncopact.text import folded

_RIGHTS: Final = r"(?:rights?|licen[cs]\w+|basis|exclusivity|collaborat\w+|agreements?|partnership|alliance|option)"
_DEAL: Final = (
    rf"(?:{_RIGHTS}|develop\w*|commerciali[sz]\w+|exclusiv\w+|co-\w+|marketing|territor\w+|sales|"
    r"out-?licen\w+)"
)
_FIRM: Final = r"(?:health|bio|pharma|lead|compan|footprint|scientific|reach|network|presence|head|effort|pandemic)"
_WORLD: Final = (
    ("worldwide", r"[Ww]orldwide|WORLDWIDE"),
    ("world-wide", r"[Ww]orld-\s?wide"),
    ("globally", "[Gg]lobally"),
    ("global", rf"(?:[Gg]lobal|GLOBAL)(?=,?\s+(?i:(?:(?!{_FIRM})[\w/&-]+\s+){{0,4}}?{_DEAL})\b)"),
    ("rest", r"(?:[Rr]est|REST)\s+(?i:of\s+(?:the\s+)?world)"),
    ("remainder", r"[Rr]emainder\s+of\s+the\s+world"),
    ("throughout", r"[Tt]hroughout\s+the\s+(?:entire\s+)?world"),
    ("elsewhere", r"elsewhere(?:\s+in\s+the\s+world)?"),
)
_PLURAL: Final = r"(?:territories|countries|markets|jurisdictions|regions)"
_GENERIC: Final = re.compile(
    rf"""(?<![\w-])(?i:
        (?P<alone>(?:all|certain|select(?:ed)?|specified|specific|designated|(?:the\s+)?remaining)(?:\s+other)?)
      | (?P<joined>(?:several|some|various|many|most|all)?\s*other|additional) )
    \s+ (?:(?:{"|".join(ADJECTIVES)})\s+)? {_PLURAL}(?!\w)(?:\s+of\s+the\s+world)?""",
    re.VERBOSE,
)
_GENERIC_WORDS: Final = ("territories", "countries", "markets", "jurisdictions", "regions")
_LEAD = re.compile(
    rf"""(?:(?<=\W)|\A) (?:
        (?:(?:certain|specific|specified|select(?:ed)?|other|several|some|most|all|the|various|additional|major)\s+)*
        (?:{_PLURAL}|areas|parts|all|most|rest|remainder|elsewhere)\s+(?:of|in|within)\s+(?:the\s+)?
      | [Tt]he\s+ | THE\s+ )\Z""",
    re.VERBOSE,
)
_LEAD_TO_PLURAL = re.compile(
    _LEAD.pattern.replace(
        "      | [Tt]he", r"      | (?:certain|select(?:ed)?|(?:all\s+)?other|all|key|major|specified|\s)+\s | [Tt]he"
    ),
    re.VERBOSE,
)
_TAIL = re.compile(
    r"\s+(?:[Rr]egions?|REGION|[Tt]erritor(?:y|ies)|[Cc]ountries|[Mm]arkets?)\b(?!\s+(?:author|approv|shar))"
)
_BEFORE_RIGHTS = re.compile(
    rf"""\s+(?:(?:and|or|development|commercial|commerciali[sz]ation|marketing|distribution|sales|product|exclusive|patent
        |co-promotion|profit|option|{"|".join(re.sub(" ", r"[ ]", word) for word in ADJECTIVES)}),?\s+){{0,4}}?
        (?:rights?|licen[cs]e\w*|territor(?:y|ies)|countries|markets?|sublicen\w+)\b(?!\s+(?:author|approv|shar))""",
    re.VERBOSE,
)
# '-based', 'Japan's Takeda', 'US$', addresses of pages, and the offices that carry a country in their name.
_PAGE = re.compile(r"(?:\.[a-z]|://)\S*\Z")
_NOT_BEFORE = re.compile(r"(?![\w$@])(?![-‑]\w)(?!['’]s\b)")
_OFFICE = re.compile(
    r"\s+(?:Food\s+and|FDA\b|Patents?\b|Securit|Department|dollars?\b|Army|Navy|National|District|Government|federal|"
    r"GAAP|Pharmacop|Centers|Court|Congress|Treasury|Internal|IND\b|BLA\b|NDA\b|Private|Bankruptcy|Copyright)"
)
# 'Jersey City', 'Lebanon, N.H.': towns of the same name.
_TOWN = re.compile(r"\s+(?:City|CITY)\b|,\s*(?:N\.?\s?[HJY]\b|Ind\b|Tenn\b|TN\b|Pa\b|PA\b|Ill\b|Ohio\b|Maine\b)")
_SELF = re.compile(r"\b(?:CONTACT|ABOUT|FOLLOW|JOIN|VISIT|WITH|EMAIL|CALL)\s+\Z")

_BARRED: Final = r"""(?:
    except(?:ing)?(?:\s+for)? | (?:but\s+)?(?:excluding|not\s+including) | excl\. | exclusive\s+of | other\s+than
  | with\s+the\s+exception\s+of | outside(?:\s+of)? | but\s+not | apart\s+from | save(?:\s+for)? | ex[-‑–\s] )
  (?:\s*(?:in|for|those\s+in|within)\b)? \s*"""
_ROW = re.compile(
    r"""\s*(?P<close>\))?\s*
    (?:,?\s*(?:and/or|and|or|&|as\s+well\s+as|plus|including)|,|/|;)\s*
    (?:also\s+)?(?:(?:in|for|throughout|within|to)\s+)?(?:\s*)""",
    re.VERBOSE | re.IGNORECASE,
)
_EXCEPT_GAP = re.compile(
    rf"\s*(?P<close>\))?(?:\s*(?P<open>[(\[])\s*|\s*[,–—-]?\s*){_BARRED}", re.VERBOSE | re.IGNORECASE
)
_NOUN_GAP = re.compile(
    rf"\s+(?:[\w®™/&-]+\s+){{0,5}}?{_RIGHTS}(?:\s+[\w®™/&-]+){{0,6}}?(?:\s*(?P<open>\()|\s*,)?\s*{_BARRED}",
    re.VERBOSE | re.IGNORECASE,
)
_OPEN_GAP = re.compile(
    r"\s*(?P<open>\()\s*(?:(?:including|which\s+includes?|comprising|consisting\s+of|namely|i\.e\.,?|defined\s+as)\s+)?",
    re.IGNORECASE,
)
_OF_GAP = re.compile(r"\s*(?:(?:of|in|within|including|namely)\s*)?:\s*|\s+(?:of|in|within)\s+", re.IGNORECASE)
_OUTSIDE_LEAD = re.compile(
    r"(?<![\w-])(?:outside(?:\s+of)?\s+|ex[-‑–]\s?|non-|(?:excluding|except(?:ing)?(?:\s+for)?|other\s+than)\s+)(?:in\s+)?\Z",
    re.IGNORECASE,
)
_ALIAS_LEAD = re.compile(r"\b(?:known\s+as|operates?\s+as|trad(?:es|ing)\s+as)\s+[\w &.-]{2,40}\s*\Z")
_EXCEPTION = re.compile(rf"\s*(?P<open>[(\[])?\s*[,–—]?\s*(?<![\w]){_BARRED}", re.VERBOSE | re.IGNORECASE)
_STATED_OUTSIDE = re.compile(
    r"(?:outside(?:\s+of)?\s+|ex[-‑–]\s?|non-|(?:excluding|except(?:ing)?(?:\s+for)?|other\s+than)\s+)(?:in\s+)?",
    re.IGNORECASE,
)
_WORLD_NOUN = re.compile(rf"((?:world-?\s?wide|global(?:ly)?))\s+.*?\b{_RIGHTS}\b.*", re.IGNORECASE)


_WORLD_BEFORE_NOUN = re.compile(rf"(world-?\s?wide|global(?:ly)?)\s+.*?\b{_RIGHTS}\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Place:
    """One place, its determiner included; `kind` is the tail of its rule's name."""

    start: int
    end: int
    kind: str
    core: int
    alone: bool = True


def find(text: str, start: int = 0, end: int | None = None) -> tuple[Mention, ...]:
    """The territories in `text[start:end]`, sorted by span, one mention per longest phrase.

    >>> [(m.text, m.rule) for m in find("rights in Europe and Japan, and worldwide rights, excluding Japan")]
    [('Europe and Japan', 'territory.list'), ('worldwide rights, excluding Japan', 'territory.except')]
    """
    end = len(text) if end is None else end
    places = list(_places(text, start, end))
    mentions: list[Mention] = []
    index = 0
    while index < len(places):
        phrase, index = _phrase(text, places, index, start, end)
        if phrase is not None:
            span = Span(phrase.start, phrase.end)
            rule = f"territory.{phrase.kind}"
            mentions.append(Mention(kind=Kind.TERRITORY, span=span, text=folded(span.of(text)), rule=rule))
    return tuple(mentions)


def pieces(place: Mention) -> tuple[Mention, ...]:
    """The place and its exception apart where a noun stands between them, else the mention itself.

    The noun is a licence's or agreement's and must stay a word of the sentence.

    >>> (place,) = find("exclusive worldwide rights to commercialize ALD-12 except in Japan")
    >>> [piece.text for piece in pieces(place)]
    ['worldwide', 'except in Japan']
    """
    world = _WORLD_BEFORE_NOUN.match(place.text)
    barred = _EXCEPTION.search(place.text) if world else None
    if world is None or barred is None or len(place.text) != place.span.end - place.span.start:
        return (place,)
    tail = barred.start() + len(barred.group()) - len(barred.group().lstrip(" ,(–—["))
    end = len(place.text.rstrip(" )]"))
    return tuple(
        replace(place, text=place.text[low:high], span=Span(place.span.start + low, place.span.start + high))
        for low, high in ((0, world.end(1)), (tail, end))
    )


def split(mention_text: str) -> tuple[str | None, str | None]:
    """The territory that a mention's text includes, and the one it excludes, both as printed.

    >>> split("worldwide rights, except in Japan")
    ('worldwide', 'Japan')
    >>> split("outside of the United States")
    (None, 'the United States')
    """
    text = folded(mention_text)
    if outside := _STATED_OUTSIDE.match(text):
        return None, text[outside.end() :]
    match = _EXCEPTION.search(text)
    if match is None:
        return text, None
    close = text.find(")", match.end()) if match["open"] else -1
    excluded = text[match.end() : close] if close >= 0 else text[match.end() :]
    included = text[: match.start()] + (text[close + 1 :] if close >= 0 else "")
    if noun := _WORLD_NOUN.fullmatch(included):
        included = noun[1]
    return included.strip(" ,(") or None, excluded.strip() or None


# ---------------------------------------------------------------- single places


def _upper(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.upper() for name in names if len(name) > 4)


def _patterns() -> dict[str, tuple[tuple[re.Pattern[str], str], ...]]:
    """First word of a name → the names that begin with it, longest first."""
    listed = dict.fromkeys((*REGIONS, *_upper(REGIONS)), "region")
    listed |= dict.fromkeys((*COUNTRIES, *_upper(COUNTRIES), *SHORT), "country")
    listed |= dict.fromkeys(UNIONS, "region")
    listed |= dict.fromkeys(ADJECTIVES, "adjective")
    grouped: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(listed, key=lambda name: (-len(name), name)):
        grouped.setdefault(name.split()[0], []).append((r"\s+".join(map(re.escape, name.split())), listed[name]))
    for first, pattern in _WORLD:
        for form in (first, first.capitalize(), first.upper()):
            grouped.setdefault(form, []).append((pattern, "world"))
    return {
        first: tuple((re.compile(pattern + _NOT_BEFORE.pattern), kind) for pattern, kind in patterns)
        for first, patterns in grouped.items()
    }


_BY_FIRST: Final = _patterns()
_SPOTS = spotter(_BY_FIRST.keys())
_GENERIC_SPOTS = spotter(_GENERIC_WORDS)


def _places(text: str, start: int, end: int) -> Iterator[_Place]:
    """Every place by itself, in order, none inside another."""
    found = [*_generic(text, start, end), *_named(text, start, end)]
    found.sort(key=lambda place: (place.start, -place.end))
    done = start
    for place in found:
        if place.core >= done:
            done = place.end
            yield place


def _named(text: str, start: int, end: int) -> Iterator[_Place]:
    done = start
    for at, to in _SPOTS(text, start, end):
        if at < done or not _opens(text, at, to):
            continue
        for pattern, kind in _BY_FIRST[text[at:to]]:
            match = pattern.match(text, at, end)
            if match and (place := _placed(text, at, match.end(), kind, max(start, done), end)):
                done = place.end
                yield place
                break


def _opens(text: str, at: int, to: int) -> bool:
    """Whether a name may begin here: pages lose blanks ('andPuerto Rico'); words, prices, addresses hold none."""
    before = text[at - 1 : at]
    if before.isalpha():
        return before.islower() and text[at].isupper() and to - at > 4
    if before in ("-", "‑"):
        return text[max(0, at - 4) : at - 1].lower().endswith(("ex", "non", "-"))
    if before == "/":
        return not _PAGE.search(text[max(0, at - 40) : at])
    return not (before.isdigit() or before in ("$", "@", "_", "."))


def _placed(text: str, at: int, to: int, kind: str, floor: int, end: int) -> _Place | None:
    before = text[max(floor, at - 60) : at]
    tail = _TAIL.match(text, to, min(end, to + 60))
    if kind == "adjective" and not tail and not _BEFORE_RIGHTS.match(text, to, min(end, to + 120)):
        return None
    name = folded(text[at:to])
    if name == "US" and _SELF.search(before):
        return None
    if re.search(r"\b(?:New|NEW)\s+\Z", before) and name.capitalize() in ("England", "Jersey", "Mexico"):
        return None
    if _TOWN.match(text, to, end):
        return None
    alone = (
        name not in DOUBTFUL
        and name.capitalize() not in DOUBTFUL
        and not (name.startswith("U") and _OFFICE.match(text, to, end))
        and name != "elsewhere"
    )
    pattern = _LEAD_TO_PLURAL if tail and text[tail.end() - 1] == "s" else _LEAD
    lead = pattern.search(before) if kind != "world" else re.search(r"\b[Tt]he\s+\Z", before)
    core = at - len(lead.group()) if lead else at
    return _Place(core, tail.end() if tail and kind != "world" else to, kind, at, alone)


def _generic(text: str, start: int, end: int) -> Iterator[_Place]:
    for at, to in _GENERIC_SPOTS(text, start, end):
        low = max(start, at - 60)
        for match in _GENERIC.finditer(text, low, end if end - to < 20 else to + 20):
            if match.start() < to <= match.end():
                yield _Place(match.start(), match.end(), "generic", match.start(), bool(match["alone"]))
                break


# ---------------------------------------------------------------- phrases


def _phrase(text: str, places: list[_Place], index: int, start: int, end: int) -> tuple[_Place | None, int]:
    """The longest phrase that begins with the place at `index`, and the index of the place after it."""
    first = places[index]
    phrase, used, opened = first, index + 1, False
    kind: str | None
    checkpoint: tuple[_Place, int] | None = None
    while used < len(places):
        following = places[used]
        if places[used - 1].kind == "generic" and _OF_GAP.fullmatch(text[phrase.end : following.start][:40]):
            kind, opens, closes = "list", False, False
        else:
            kind, opens, closes = _link(text, phrase, following, opened=opened)
        if kind is None:
            break
        if opens:
            checkpoint = (phrase, used)
        opened = (opened or opens) and not closes
        kind = "except" if "except" in (kind, phrase.kind) else "list"
        phrase, used = replace(phrase, end=following.end, kind=kind), used + 1
        if opened and (close := re.compile(r"\s*\)").match(text, phrase.end, end)):
            phrase, opened = replace(phrase, end=close.end()), False
    if opened and checkpoint:
        phrase, used = checkpoint
    return _stated(text, phrase, first, start), used


def _link(text: str, phrase: _Place, following: _Place, *, opened: bool) -> tuple[str | None, bool, bool]:
    """How `following` hangs on the phrase: in a row, as an exception; whether a parenthesis opens or closes between."""
    # '…, and worldwide rights' begins something new; '… and globally', '… and the rest of the world' go on.
    if following.kind == "world" and text[following.core : following.end].lower() in ("worldwide", "global"):
        return None, False, False
    gap = text[phrase.end : following.start]
    if len(gap) > 110:
        return None, False, False
    for kind, pattern in (("except", _EXCEPT_GAP), ("list", _ROW), ("list", _OPEN_GAP), ("except", _NOUN_GAP)):
        if pattern is _NOUN_GAP and phrase.kind != "world":
            continue
        match = pattern.fullmatch(gap)
        if match is None:
            continue
        groups = match.groupdict()
        if groups.get("open") and opened:
            return None, False, False
        return kind, bool(groups.get("open")), bool(groups.get("close"))
    return None, False, False


def _stated(text: str, phrase: _Place, first: _Place, start: int) -> _Place | None:
    """The phrase with 'outside of' before it, or without its article; None for a doubtful name that stands alone."""
    low = max(start, phrase.start - 60)
    outside = _OUTSIDE_LEAD.search(text[low : phrase.start])
    if outside:
        if _ALIAS_LEAD.search(text[low : low + outside.start()]):
            return None
        return replace(phrase, start=low + outside.start(), kind="outside")
    if phrase.end == first.end and not first.alone:
        return None
    article = re.match(r"[Tt]he\s+|THE\s+", text[phrase.start : first.core])
    return replace(phrase, start=phrase.start + article.end()) if article else phrase
