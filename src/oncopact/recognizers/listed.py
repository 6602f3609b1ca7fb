"""What the vocabulary lists: its hits as mentions, a name of several things decided or left ambiguous."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from oncopact.lexicon import Hit, Lexicon
from oncopact.model import Kind, Mention, Span
from oncopact.recognizers.page import Page
from oncopact.text import folded

RULE = "lexicon"

_MOLECULAR = frozenset({Kind.TARGET, Kind.PAYLOAD, Kind.TECHNOLOGY, Kind.ANTIBODY, Kind.CONJUGATE})
_TECHNOLOGY_WORD = re.compile(r"[®™]?[-\s]+(?:linker[- ]payload\s+)?(?:technolog|platform|ADC|antibod)", re.IGNORECASE)


def find(page: Page, lexicon: Lexicon) -> tuple[Mention, ...]:
    """The vocabulary's names in a release, in the order of the text.

    Targets, payloads and the like are left out of a release that does not speak of medicines: 'ALK' and 'TAP' mean
    other things there.
    """
    hits = lexicon.settle(page.text, lexicon.match(page.text))
    found = tuple(_mentions(page, hits))
    brands = {mention.text.lower() for mention in found if _is_brand(mention)}
    brands -= {mention.text.lower() for mention in found if _is_brand(mention) and _called_antibody(page, mention)}
    return tuple(
        Mention(Kind.PRODUCT, mention.span, mention.text, RULE)
        if mention.kind is Kind.ANTIBODY and mention.text.lower() in brands
        else mention
        for mention in found
        if not (mention.text.lower() in brands and _CODE.fullmatch(mention.text))
    )


def _mentions(page: Page, hits: Iterable[Hit]) -> Iterator[Mention]:
    for hit in hits:
        kinds = hit.kinds
        if not page.medical and any(kind in _MOLECULAR for kind in kinds):
            continue
        text = folded(page.text[hit.start : hit.end])
        keys = hit.keys
        if len(kinds) > 1:
            keys = _by_kind(page.text, hit)
        kind = Kind(keys[0].partition("/")[0])
        if len(keys) == 1:
            yield Mention(kind, Span(hit.start, hit.end), text, RULE, keys[0])
        else:
            yield Mention(kind, Span(hit.start, hit.end), text, RULE, None, keys)


_STEM = re.compile(r"(?:mab|tug|bart|mig|ment)\b|\d", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{2,6}[- ]?\d{2,}[A-Z]?")
"""A product's code: what it names is told by the words beside it, and left to the rule of codes."""
_CALLED = re.compile(
    r"[®™]*\s*(?:\(\s*[\w\s-]*(?:mab|tug|bart|mig|ment)\b|(?:,|is|was|\()\s*(?:an?|the|its|our)\s[^.;,()]{0,60}?\bantibod)"
    r"|[®™]*\s+(?:biosimilar|antibody)",
    re.IGNORECASE,
)
_CALLED_BEFORE = re.compile(r"\bantibod(?:y|ies)\s+(?:called\s+|named\s+)?[(“\"]?\Z|mab\s*\(\Z", re.IGNORECASE)


def _is_brand(mention: Mention) -> bool:
    """Whether an antibody stands there under a name that does not say what it is: neither INN nor code."""
    return mention.kind is Kind.ANTIBODY and (
        _STEM.search(mention.text) is None or _CODE.fullmatch(mention.text) is not None
    )


def _called_antibody(page: Page, mention: Mention) -> bool:
    """Whether the words beside a brand call it an antibody; a brand in passing is only a product."""
    start, end = mention.span.start, mention.span.end
    return (
        _CALLED.match(page.text, end, page.bounds(start)[1]) is not None
        or _CALLED_BEFORE.search(page.text, max(0, start - 40), start) is not None
    )


def _by_kind(text: str, hit: Hit) -> tuple[str, ...]:
    """The keys of one kind: 'DXd technology' is the technology, 'DXd' alone the payload."""
    technology = tuple(key for key in hit.keys if key.startswith("technology/"))
    if technology and _TECHNOLOGY_WORD.match(text, hit.end):
        return technology
    rest = tuple(key for key in hit.keys if key not in technology) or technology
    first = rest[0].partition("/")[0]
    return tuple(key for key in rest if key.startswith(first + "/"))
