"""What a code looks like on the page, and what only looks like one: a form, a room, a study, a target."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from oncopact.lexicon import Lexicon
from oncopact.model import Span
from oncopact.recognizers.code_words import (
    AFTER_ANTIBODY,
    AFTER_CONJUGATE,
    BY_VERB,
    IS_A,
    SHORT_BEFORE,
    other_code,
)
from oncopact.recognizers.page import Page
from oncopact.recognizers.targets import is_symbol

_CODE = re.compile(
    r"""(?<![\w.@#$€£-]) (?:
        [A-Z]{1,6} [-‐]? \d{2,7} [A-Za-z]? (?:-[A-Z]{1,4}\d{0,4})? (?:-\d{1,3})?      # CX-2051, BA3361, TAK-164
      | [A-Z]{2,4} - \d                                                              # NVL-5, where told to be one
      | \d{1,3} [A-Z] \d{1,3}                                                       # 8G3, an antibody's clone
      | [A-Z]{2,4} \  \d{3,5}                                                       # PRO 140
      | (?:hu|Hu|ch|m|c)[A-Z]?[A-Za-z]{0,4}\d{1,4}[A-Za-z\d]{0,3} (?:-[A-Z]{2,4}\d{0,2})?   # huN901, huC242
      | [A-Z]{2,5}-[A-Z]{1,5}-?\d{1,4}                                              # ABBV-CLS-484, AK-CLRN1
      | [A-Z]-[A-Z]{2,4}\d{1,3}                                                    # L-DOS47
      | [A-Z]{2,5}-[A-Z]{3,6}(?!-)                                                  # AGS-PSCA, where told to be one
      | [A-Z]{2,3}\d[A-Z]                                                           # SS1P, where told to be one
      | mRNA-\d{3,4} | [A-Z]{2,4}\d{1,3}Fc                                          # mRNA-4157, CD24Fc
      | [A-Z]\d{3,5}[A-Z]?                                                         # R552, where told to be one
    ) (?![\w]|[-‐.]\d|[-‐][A-Za-z])""",
    re.VERBOSE,
)
_ADDRESS = re.compile(r"(?://|www\.|\.(?:com|org|net|gov))\S*\Z")
_FOOTNOTED = re.compile(r"(?<![\w-])[A-Z]{2,5}-?\d{3,5}(?=\d(?:is|and|has)\s)")
"""A code with a footnote's number and the next word run into it: 'PNT20021is', where others are like 'PNT2002'."""
_NEVER = re.compile(
    r"""(?:NCT|ISIN|CIK|EX|ISO|GSM|ASC|FAS|SFAS|IFRS|MSCI|FTSE|COVID|SARS|CA|US|EU|UK|
    Q|FY|H|CD|IL|HER|PD|IgG|BRCA|KRAS|BRAF|CTLA|MUC|TROP|ROR|FGFR|HLA|NF|HPV|HIV|CYP|MMP|DM|MMAE|PE|SN|TLR|GLP|SGLT|
    DPP|JAK|BTK|PARP|CDK|PI|TNF|
    AJCC|CTCAE|RECIST|ECOG|QLQ|SF|EQ|PK|AUC|ICH|CFR|RSV|NSAID|SEC|No|INC|SUITE|PO|RR|FORM|PHASE|WEEK|DAY|PART|EUR|
    USD|GBP|JPY|CHF|OTC|ICD|MIN|MG|ML|KG|CM|MM|
    AES|MP|GB|TB|SKU|AB|SB|HB|HR|RULE|ITEM|NOTE|TABLE|PAGE|FIG|LOT|ROOM|BOX|LEVEL|TEL|FAX|EXT|JANUARY|FEBRUARY|
    MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|
    OCTOBER|NOVEMBER|DECEMBER|AND|OF|THE|IN|ON|AT|BY|TO|FOR|OR|JUN|JUL|AUG|SEP|OCT|NOV|DEC|JAN|FEB|MAR|APR|ASCO|ASH|
    ESMO|AACR|SITC|NASDAQ|NYSE|HSR|GS|TOP|
    STUDY|COHORT|ARM|SERIES|CLASS|TITLE|SECTION|ARTICLE|CHAPTER|IRS|SIC|FILE|ABSTRACT|POSTER|BOOTH|HALL|RUSSELL|
    FORTUNE|GEN|IPHONE|WINDOWS|PS|TPS|KEYNOTE)\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_MONTH = re.compile(r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\Z")
_STATES = frozenset(
    """MA NJ NY TX PA MD NC IL CT FL WA OH MN CO GA VA AZ DE MI OK TN UT NV LA KY SC AL WI MO IA NE KS NH ME VT RI ND SD
    MT ID WY HI AK DC NM MS WV AR""".split()
)
"""Before a blank and a number they begin a postal code; 'AK1780' and 'CT-P47' are codes all the same."""
_UNITS = re.compile(r"(?:U-?|m|c)\d+\Z|[A-Z]\d{5}\Z|[A-Z]{2}\d{5}\Z|.*\d{2}-0\d{1,2}\Z")
"""'U-100' insulin, 'm2', postal codes, studies ('KLX300-001')."""
WEAK = re.compile(r"[A-Z]-?\d{1,5}[A-Z]?\Z")
"""One letter and a number: a room, a form, a mutation, unless the words beside it say otherwise."""
_LETTERS = re.compile(r"[A-Z]{2,5}-[A-Z]{3,6}\Z|[A-Z]{2,3}\dP?[A-Z]\Z")
"""Letters only: a cancer, a law, a trial, unless an apposition says otherwise."""
_TRIAL_PREFIX = re.compile(
    r"(?:KEYNOTE|CHECKMATE|HERTHENA|DESTINY|TROPION|IMPOWER|MONARCH|KRYSTAL|LIBRETTO|BRUIN|EV|LEAP|POD1UM|[A-Z]{6,})\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Code:
    """A code on the page.

    Attributes:
        span: Where it stands.
        text: As printed.
    """

    span: Span
    text: str


def find(page: Page, lexicon: Lexicon) -> tuple[Code, ...]:
    """What has the shape of a product's code and is nothing else by its looks, ascending."""
    found = []
    for match in _CODE.finditer(page.text):
        code = match.group()
        if _LETTERS.match(code) and not (apposed(page, match.end()) or _renamed(page, match)):
            continue
        if not _barred(page, match):
            found.append(Code(Span(*match.span()), code))
    short = _short(page, found, lexicon)
    found = [code for code in found if code.text not in short]
    shapes = {re.sub(r"\d", "0", code.text) for code in found}
    footnoted = _FOOTNOTED.finditer(page.text) if shapes else ()
    found.extend(
        Code(Span(*match.span()), match.group()) for match in footnoted if re.sub(r"\d", "0", match.group()) in shapes
    )
    return tuple(sorted(found, key=lambda code: code.span))


def _barred(page: Page, match: re.Match[str]) -> bool:
    """Whether a code's letters, unit or address tell that it is none of a product."""
    code = match.group()
    letters = re.search(r"[A-Za-z]+", code)
    if letters is None:
        return True
    if _NEVER.match(letters.group()) and not re.match(r"(?:hu|ch)[A-Z]|\d|\w+Fc\Z", code):
        return not (_MONTH.match(letters.group()) and "-" in code and apposed(page, match.end()))
    if _TRIAL_PREFIX.match(letters.group()) or re.search(r" (?:19|20)\d\d\Z", code) or _UNITS.match(code):
        return True
    if " " in code and (letters.group() in _STATES or page.shouts(match.start(), match.end())):
        return True
    start = match.start()
    return page.text[start - 1 : start] == "/" and _ADDRESS.search(page.text, max(0, start - 60), start) is not None


def _short(page: Page, found: Sequence[Code], lexicon: Lexicon) -> frozenset[str]:
    """Codes of one or two digits, as targets have them, that no words tell to be products."""
    places: dict[str, list[Span]] = {}
    for code in found:
        if is_symbol(code.text) and len(re.sub(r"\D", "", code.text)) < 3 and not code.text.endswith("Fc"):
            places.setdefault(code.text, []).append(code.span)
    return frozenset(
        text
        for text, spans in places.items()
        if not any(_told_as_product(page, span.end) for span in spans)
        and (_is_target(page, text, spans, lexicon) or not any(_as_product(page, span) for span in spans))
    )


_TARGET_BEFORE = re.compile(
    r"(?:\banti[-‐]|\b(?:targets?|targeting|against|binds?|binding|directed|inhibitors?\sof|antigen|receptor|expressing|"
    r"specific\sfor|express|ligand|antibod(?:y|ies)|ADCs?)(?:\s(?:to|at|against|towards?|of))?\s\(?)\Z",
    re.IGNORECASE,
)
_TARGET_AFTER = re.compile(
    r"[-‐\s](?:positive|negative|express|overexpress|target|direct|bind|inhibit|antigen|receptor|mutat|amplif|driven|specific|"
    r"agonist|antagonist|pathway|gene\b|protein|axis|blockade|signal|ADC|conjugate|antibod|degrader|CAR)"
)


def _is_target(page: Page, code: str, spans: Sequence[Span], lexicon: Lexicon) -> bool:
    """Whether a short code is a target's symbol: listed, or told so in any place."""
    if any(key.startswith("target/") for key in lexicon.lookup(code)):
        return True
    return any(
        (_TARGET_BEFORE.search(page.text, max(0, span.start - 30), span.start) and not _named_antibody(page, span))
        or _TARGET_AFTER.match(page.text, span.end)
        for span in spans
    )


_ANTIBODY_BEFORE = re.compile(r"\bantibod(?:y|ies),?\s\Z")


def _named_antibody(page: Page, span: Span) -> bool:
    """'the antibody X', not 'antibody to X'."""
    return _ANTIBODY_BEFORE.search(page.text, max(0, span.start - 14), span.start) is not None


_PRODUCT_BEFORE = re.compile(
    r"""\b(?:
        rights\s(?:to|in|on|over) | licen[sc]es?\s(?:to|for|on) | licensed | options?\s(?:to|on|over|for)
      | (?:trials?|stud(?:y|ies)|testing|development|doses?|sales|nomination|launch|approval)\s(?:of|for)
      | (?:IND|BLA|NDA|CTA|applications?|filings?|approval|status|designation|clearance)(?:\s\w+)?\s(?:for|of)
      | (?:dos(?:ed|ing)|treated|treatment|dosed)\swith
      | (?:test|develops?|developing|sells?|markets?|nominates?|nominated)
      | candidates? | product | programme?s? | compounds? | drugs? | antibody,? | own | products?[^.;]{0,60}\sare
    )\s(?:the\s)?\Z""",
    re.VERBOSE,
)
_PRODUCT_AFTER = re.compile(
    r"(?:\s\([^()]{0,50}\))?(?:,\s(?:formerly|previously|until\srecently)\s|\s(?:enters?|entered|joins|carries|couples|will\senter|"
    r"was\s(?:nominated|granted|licensed|given|discovered)|is\s(?:in\s(?:Phase|clinical|preclinical)|scheduled|investigational|"
    r"licensed|being)|in\s(?:Phase|patients|combination)|monotherapy|option)\b)"
)


def _as_product(page: Page, span: Span) -> bool:
    """Whether the words beside a short code are those of a product: 'rights to X', 'the first patient dosed with X'."""
    low, high = page.bounds(span.start)
    before = _PRODUCT_BEFORE.search(page.text, max(low, span.start - 80), span.start)
    return before is not None or _PRODUCT_AFTER.match(page.text, span.end, high) is not None


_CANDIDATE = re.compile(r"\b(?:candidate|compound|conjugate|antibody|immunotoxin)\s\Z")
_NEW_NAME = re.compile(r"\s\((?:now\s|re)(?:named|called|known\sas|designated)?\s?[A-Z]+-?\d")


def _renamed(page: Page, match: re.Match[str]) -> bool:
    """'product candidate SS1P (renamed CAT-5001)'."""
    lead = _CANDIDATE.search(page.text, max(0, match.start() - 20), match.start())
    return lead is not None and _NEW_NAME.match(page.text, match.end()) is not None


def apposed(page: Page, end: int) -> bool:
    """Whether 'X, an antibody', 'X, Borgwell' ADC' follows, with nothing of another product between."""
    stop = min(page.bounds(end - 1)[1], end + 160)
    if IS_A.match(page.text, end, stop) is None:
        return False
    told = (pattern.match(page.text, end, stop) for pattern in (AFTER_CONJUGATE, AFTER_ANTIBODY))
    return any(match is not None and not other_code(match.group()) for match in told)


def _told_as_product(page: Page, end: int) -> bool:
    """Whether the words say what a short code is: 'ALD-12, an antibody-drug conjugate', as no target is told."""
    begin = SHORT_BEFORE.search(page.text, max(0, end - 60), end)
    if begin is not None or BY_VERB.match(page.text, end) is not None:
        return True
    return apposed(page, end)
