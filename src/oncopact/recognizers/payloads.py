"""Payloads by the words beside them: 'the payload X', 'X payload', 'a derivative of camptothecin', 'such as siRNA'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oncopact.lexicon import Lexicon
from oncopact.model import Kind, Mention
from oncopact.recognizers.page import Page
from oncopact.recognizers.spots import spotter

_SPOTS = spotter(["payload", "warhead", "cytotoxic agent", "cytotoxin", "effector molecule", "linker-drug"])
_COINED = (
    r"(?:[A-Z][A-Za-z]{0,6}[-‐]?\d{1,4}[A-Za-z]?\d?|[A-Z]{3,6}\d?|[a-z]{1,3}[A-Z]{3,5}\d?|"
    r"[A-Z][a-z]+[A-Z]\w*|[A-Z]{2,5}-[A-Z]{2,6}\d*)"
)
_AFTER = re.compile(
    rf"s?(?:\s*,\s*|\s+(?:called\s+|named\s+|known\s+as\s+|\(\s*)?|"
    rf"\s*[(]\s*)(?P<name>{_COINED})(?![\w-])(?!\s+(?:technolog|platform|linker))"
)
_BEFORE = re.compile(
    rf"(?<![\w-])(?P<name>{_COINED})[®™]?(?:[-\s]+(?:cytotoxic|linker|toxin|based|drug|cancer-killing|tubulin))?[-\s]+\Z"
)
_DERIVATIVE = re.compile(
    r"[^.;]{0,70}?\b(?:is|being|are)\s+an?\s+(?P<name>(?:derivative|analog|analogue)\s+of\s+[a-z]{5,})"
)
_NUCLEIC = re.compile(r"(?<![\w-])(?:antisense\s+oligonucleotides?|oligonucleotides?|ASOs?|siRNAs?)(?![\w-])")
_NOT_PAYLOADS = frozenset(
    """
    mrna sirna aso car adc adcs antibody fda ema usa phase tap dar mab iadc
    aacr asco ash esmo nsclc sclc her2 egfr trop2 dna rna ind ip us eu tme
    """.split()
)


def find(page: Page, lexicon: Lexicon) -> Iterator[Mention]:
    """Payloads by what stands beside them, unsorted."""
    if not page.medical:
        return
    text = page.text
    for at, to in _SPOTS(page.lower, 0, len(page.lower)):
        low, high = page.bounds(at)
        if low == high:
            continue
        after = _AFTER.match(text, to, high)
        if after and _may_be(after["name"], lexicon):
            yield _mention(page, after, "payload.apposition", lexicon)
        before = _BEFORE.search(text, max(low, at - 40), at)
        if before and _may_be(before["name"], lexicon):
            yield _mention(page, before, "payload.apposition", lexicon)
        derived = _DERIVATIVE.match(text, to, high)
        if derived:
            yield _mention(page, derived, "payload.derived", lexicon)
        if text[to : to + 1] == "s":
            for match in _NUCLEIC.finditer(text, low, high):
                yield page.mention(Kind.PAYLOAD, *match.span(), "payload.class", _key(match.group(), lexicon))


def _mention(page: Page, match: re.Match[str], rule: str, lexicon: Lexicon) -> Mention:
    return page.mention(Kind.PAYLOAD, *match.span("name"), rule, _key(match["name"], lexicon))


def _may_be(name: str, lexicon: Lexicon) -> bool:
    """Whether a coined word beside 'payload' is nothing else that the vocabulary lists."""
    if name.lower() in _NOT_PAYLOADS:
        return False
    keys = lexicon.lookup(name)
    return not keys or any(key.startswith("payload/") for key in keys)


def _key(name: str, lexicon: Lexicon) -> str | None:
    keys = [key for key in lexicon.lookup(name) if key.startswith("payload/")]
    return keys[0] if len(keys) == 1 else None
