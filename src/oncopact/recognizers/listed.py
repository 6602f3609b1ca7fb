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
    return tuple(_mentions(page, hits))


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


def _by_kind(text: str, hit: Hit) -> tuple[str, ...]:
    """The keys of one kind: 'DXd technology' is the technology, 'DXd' alone the payload."""
    technology = tuple(key for key in hit.keys if key.startswith("technology/"))
    if technology and _TECHNOLOGY_WORD.match(text, hit.end):
        return technology
    rest = tuple(key for key in hit.keys if key not in technology) or technology
    first = rest[0].partition("/")[0]
    return tuple(key for key in rest if key.startswith(first + "/"))
