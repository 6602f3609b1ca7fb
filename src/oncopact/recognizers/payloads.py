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


_AGENTS = spotter(
    """doxorubicin daunorubicin vinblastine vincristine vindesine methotrexate paclitaxel docetaxel ricin saporin
    gelonin
    geldanamycin camptothecin chlorambucil melphalan bleomycin mitomycin idarubicin fluorouracil cyclophosphamide
    etoposide lutetium actinium yttrium iodine astatine zirconium copper thorium bismuth indium
    rhenium radium gallium terbium
    samarium technetium""".split()
)
_NUCLIDE = re.compile(r"[-\s]\(?(?:[A-Z][a-z]?[-\s])?\d{2,3}m?\)?(?![\w-])")
_TOXINS = frozenset("ricin saporin gelonin".split())
_IN_CONJUGATE = re.compile(
    r"\s(?:[\w-]+\s){0,2}?(?:immuno|radio)?conjugates?\b|[-\s](?:linker|payload|warhead|chelat|labell?ed\b)|"
    r"\s(?:antibody|peptide)\sconjugate"
)
_CARRIED = re.compile(
    r"(?:\b(?:immuno|radio)?conjugates?\sof|\b(?:linked|joined|coupled|conjugated|attached|bound)\s(?:to|with)|"
    r"\bcarr(?:ies|ying)|\b(?:loaded|armed)\swith|\bdeliver(?:s|ing)?|\blabel(?:l?ed|l?ing|s)?\s(?:\w+\s)?with)"
    r"\s(?:the\s|an?\s)?(?:[\w-]+\s){0,2}\Z"
)
_ARMED = re.compile(
    r"\b(?:armed|loaded)\b[^.;]{0,60}?\bwith\s(?:an?\s|the\s)?(?:\w+\s){0,2}?"
    r"(?P<name>[A-Z][\w-]{1,8}\s(?:inhibitor|agonist|degrader|antagonist))\b"
)


def agents(page: Page, lexicon: Lexicon) -> Iterator[Mention]:
    """'the doxorubicin conjugate of', 'carries vinblastine', 'zirconium-89', 'armed with a NAMPT inhibitor'."""
    if not page.medical:
        return
    text = page.text
    for at, to in _AGENTS(page.lower, 0, len(page.lower)):
        if text[at - 1 : at].isalnum() or text[to : to + 1].isalnum() or page.shouts(at, to):
            continue
        nuclide = _NUCLIDE.match(text, to) if page.lower[at:to] not in _TOXINS else None
        if nuclide is not None:
            yield _agent(page, at, nuclide.end(), lexicon)
            continue
        low = page.bounds(at)[0]
        if _CARRIED.search(text, max(low, at - 60), at) or _IN_CONJUGATE.match(text, to):
            yield _agent(page, at, to, lexicon)
    for match in _ARMED.finditer(text):
        yield _agent(page, *match.span("name"), lexicon)


def _agent(page: Page, start: int, end: int, lexicon: Lexicon) -> Mention:
    return page.mention(Kind.PAYLOAD, start, end, "payload.agent", _key(page.text[start:end], lexicon))


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
