"""Code names: 'CX-2051, a PROBODY ADC', 'CRB-701 (SYS6002)'.

A code alone does not say what it names; the words beside it anywhere in the release do. What nothing tells apart is
another product.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from oncopact.lexicon import Lexicon
from oncopact.model import Kind, Mention
from oncopact.recognizers import code_shapes
from oncopact.recognizers.code_shapes import WEAK, Code
from oncopact.recognizers.code_words import (
    AFTER_ANTIBODY,
    AFTER_CONJUGATE,
    BEFORE_ANTIBODY,
    BEFORE_CONJUGATE,
    BY_VERB,
    DRUG_AFTER,
    DRUG_BEFORE,
    LOADED,
    PAIR,
    PLURAL_BEFORE,
    TOLD_AFTER,
    TOLD_BEFORE,
    TRIAL_WORDS,
    other_code,
)
from oncopact.recognizers.page import Page


def find(page: Page, known: Sequence[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """Conjugates, antibodies and other products by code, unsorted.

    Args:
        page: The release.
        known: Conjugates, antibodies and targets that other rules have found.
        lexicon: Gives the keys.
    """
    if not page.medical:
        return
    codes = code_shapes.find(page, lexicon)
    kinds = _kinds(page, codes, known)
    for code in codes:
        kind, rule = kinds.get(code.text, (None, ""))
        if kind is not None:
            yield page.mention(kind, code.span.start, code.span.end, rule, _key(code.text, kind, lexicon))


def _key(name: str, kind: Kind, lexicon: Lexicon) -> str | None:
    keys = [key for key in lexicon.lookup(name) if key.startswith(f"{kind}/")]
    return keys[0] if len(keys) == 1 else None


def _kinds(page: Page, codes: Sequence[Code], known: Sequence[Mention]) -> Mapping[str, tuple[Kind | None, str]]:
    """What each code names, by all its places: a conjugate if any place says so, else an antibody, else a product."""
    votes: dict[str, dict[str, int]] = {}
    for code in codes:
        votes.setdefault(code.text, {}).setdefault(_vote(page, code), 0)
        votes[code.text][_vote(page, code)] += 1
    kinds: dict[str, tuple[Kind | None, str]] = {}
    for text, vote in votes.items():
        if vote.get("conjugate"):
            kinds[text] = (Kind.CONJUGATE, "conjugate.code")
        elif vote.get("antibody"):
            kinds[text] = (Kind.ANTIBODY, "antibody.code")
        elif vote.get("drug") and vote.get("trial", 0) < vote["drug"]:
            kinds[text] = (Kind.PRODUCT, "product.code")
    _pairs(page, codes, known, kinds)
    return kinds


def _vote(page: Page, code: Code) -> str:
    text = page.text
    low, high = page.bounds(code.span.start)
    if TRIAL_WORDS.match(text, code.span.end) and not AFTER_CONJUGATE.match(
        text, code.span.end, min(high, code.span.end + 60)
    ):
        return "trial"
    stop = min(high, code.span.end + 160)
    start = max(low, code.span.start - 110)
    if PLURAL_BEFORE.search(text, start, code.span.start) or BY_VERB.match(text, code.span.end, high):
        return "conjugate"
    before = BEFORE_CONJUGATE.search(text, start, code.span.start)
    if before and not other_code(text[before.start() : code.span.start]):
        return "conjugate"
    after = AFTER_CONJUGATE.match(text, code.span.end, stop)
    if after and not other_code(after.group()) and not _NEXT_CODE.match(text, after.end()):
        return "conjugate"
    if LOADED.match(text, code.span.end, high):
        return "conjugate"
    if BEFORE_ANTIBODY.search(text, start, code.span.start):
        return "antibody"
    after = AFTER_ANTIBODY.match(text, code.span.end, stop)
    if after and not other_code(after.group()):
        return "antibody"
    if code.text[0].isdigit():
        return "none"
    if WEAK.match(code.text):
        return (
            "drug"
            if TOLD_BEFORE.search(text, start, code.span.start) or TOLD_AFTER.match(text, code.span.end)
            else "none"
        )
    if DRUG_BEFORE.search(text, start, code.span.start) or DRUG_AFTER.match(text, code.span.end):
        return "drug"
    return "none"


_NEXT_CODE = re.compile(r"\)?\s+(?:candidate\s|program\s)?[A-Z]{2,5}-?\d{3}")
_TRIAL_PAIR = re.compile(r"/[\w-]+\s(?:study|trial)")


def _pairs(
    page: Page, codes: Sequence[Code], known: Sequence[Mention], kinds: dict[str, tuple[Kind | None, str]]
) -> None:
    """'huN901-DM1/BB-10901', 'CRB-701 (SYS6002)': both halves name one thing, so they are of one kind."""
    ends = {m.span.end: m.kind for m in known if m.kind in (Kind.CONJUGATE, Kind.ANTIBODY)}
    starts = {m.span.start: m.kind for m in known if m.kind in (Kind.CONJUGATE, Kind.ANTIBODY)}
    by_end = {code.span.end: code for code in codes}
    for code in codes:
        for back in range(1, 30):
            at = code.span.start - back
            if at < 0:
                break
            if not PAIR.fullmatch(page.text, at, code.span.start):
                continue
            if TRIAL_WORDS.match(page.text, code.span.end):
                break
            other = by_end.get(at)
            if other is None and at not in ends:
                continue
            kind = ends.get(at) or (kinds.get(other.text, (None, ""))[0] if other else None)
            own = kinds.get(code.text, (None, ""))[0]
            if kind in (Kind.CONJUGATE, Kind.ANTIBODY) and own is not Kind.CONJUGATE:
                kinds[code.text] = (kind, f"{kind}.pair")
            elif other and own in (Kind.CONJUGATE, Kind.ANTIBODY) and kind is not Kind.CONJUGATE:
                kinds[other.text] = (own, f"{own}.pair")
            break
        for forward in range(1, 30) if not _TRIAL_PAIR.match(page.text, code.span.end) else ():
            kind = starts.get(code.span.end + forward)
            if kind and PAIR.fullmatch(page.text, code.span.end, code.span.end + forward):
                if kinds.get(code.text, (None, ""))[0] is not Kind.CONJUGATE:
                    kinds[code.text] = (kind, f"{kind}.pair")
                break
