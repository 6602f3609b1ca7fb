"""Code names: 'CX-2051, a PROBODY ADC', 'CRB-701 (SYS6002)'.

A code alone does not say what it names; the words beside it anywhere in the release do. What nothing tells apart is
another product.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from oncopact.lexicon import Lexicon
from oncopact.model import Kind, Mention, Span
from oncopact.recognizers.page import Page
from oncopact.recognizers.targets import is_symbol

# ---------------------------------------------------------------- the shape of codes

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
_STATES = frozenset(
    """MA NJ NY TX PA MD NC IL CT FL WA OH MN CO GA VA AZ DE MI OK TN UT NV LA KY SC AL WI MO IA NE KS NH ME VT RI ND SD
    MT ID WY HI AK DC NM MS WV AR""".split()
)
"""Before a blank and a number they begin a postal code; 'AK1780' and 'CT-P47' are codes all the same."""
_UNITS = re.compile(r"(?:U-?|m|c)\d+\Z|[A-Z]\d{5}\Z|[A-Z]{2}\d{5}\Z|.*\d{2}-0\d{1,2}\Z")
"""'U-100' insulin, 'm2', postal codes, studies ('KLX300-001')."""
_WEAK = re.compile(r"[A-Z]-?\d{1,5}[A-Z]?\Z")
"""One letter and a number: a room, a form, a mutation, unless the words beside it say otherwise."""
_LETTERS = re.compile(r"[A-Z]{2,5}-[A-Z]{3,6}\Z|[A-Z]{2,3}\dP?[A-Z]\Z")
"""Letters only: a cancer, a law, a trial, unless an apposition says otherwise."""
_TRIAL_WORDS = re.compile(
    r"\s*(?:\([^()]{0,40}\)\s*)?(?:[Pp]hase\s\S+\s)?(?:clinical\s)?(?:trial|study|studies|cohort|programme)\b"
)
_TRIAL_PREFIX = re.compile(
    r"(?:KEYNOTE|CHECKMATE|HERTHENA|DESTINY|TROPION|IMPOWER|MONARCH|KRYSTAL|LIBRETTO|BRUIN|EV|LEAP|POD1UM|[A-Z]{6,})\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Code:
    span: Span
    text: str


def _codes(page: Page) -> tuple[_Code, ...]:
    found = []
    for match in _CODE.finditer(page.text):
        code = match.group()
        if _LETTERS.match(code) and not (_apposed(page, match.end()) or _renamed(page, match)):
            continue
        letters = re.search(r"[A-Za-z]+", code)
        if letters is None or (_NEVER.match(letters.group()) and not re.match(r"(?:hu|ch)[A-Z]|\d|\w+Fc\Z", code)):
            continue
        if _TRIAL_PREFIX.match(letters.group()) or re.search(r" (?:19|20)\d\d\Z", code) or _UNITS.match(code):
            continue
        if " " in code and letters.group() in _STATES:
            continue
        if " " in code and page.shouts(match.start(), match.end()):
            continue
        if page.text[match.start() - 1 : match.start()] == "/" and _ADDRESS.search(
            page.text, max(0, match.start() - 60), match.start()
        ):
            continue
        found.append(_Code(Span(*match.span()), code))
    short = {
        code.text
        for code in found
        if is_symbol(code.text) and len(re.sub(r"\D", "", code.text)) < 3 and not code.text.endswith("Fc")
    }
    short -= {code.text for code in found if code.text in short and _told_as_product(page, code.span.end)}
    found = [code for code in found if code.text not in short]
    shapes = {re.sub(r"\d", "0", code.text) for code in found}
    footnoted = _FOOTNOTED.finditer(page.text) if shapes else ()
    found.extend(
        _Code(Span(*match.span()), match.group()) for match in footnoted if re.sub(r"\d", "0", match.group()) in shapes
    )
    return tuple(sorted(found, key=lambda code: code.span))


_CANDIDATE = re.compile(r"\b(?:candidate|compound|conjugate|antibody|immunotoxin)\s\Z")
_NEW_NAME = re.compile(r"\s\((?:now\s|re)(?:named|called|known\sas|designated)?\s?[A-Z]+-?\d")


def _renamed(page: Page, match: re.Match[str]) -> bool:
    """'product candidate SS1P (renamed CAT-5001)'."""
    lead = _CANDIDATE.search(page.text, max(0, match.start() - 20), match.start())
    return lead is not None and _NEW_NAME.match(page.text, match.end()) is not None


def _apposed(page: Page, end: int) -> bool:
    """Whether 'X, an antibody', 'X, Borgwell' ADC' follows, with nothing of another product between."""
    stop = min(page.bounds(end - 1)[1], end + 160)
    if _IS_A.match(page.text, end, stop) is None:
        return False
    told = (pattern.match(page.text, end, stop) for pattern in (_AFTER_CONJUGATE, _AFTER_ANTIBODY))
    return any(match is not None and not _other_code(match.group()) for match in told)


def _told_as_product(page: Page, end: int) -> bool:
    """Whether the words say what a short code is: 'ALD-12, an antibody-drug conjugate', as no target is told."""
    begin = _SHORT_BEFORE.search(page.text, max(0, end - 60), end)
    if begin is not None or _BY_VERB.match(page.text, end) is not None:
        return True
    return _apposed(page, end)


# ---------------------------------------------------------------- what a code names

_CONJUGATE_WORD = r"""(?:
    antibody[-‐\s]+drug[-‐\s]+conjugates?|ADCs?\b|immuno-?conjugates?|immunotoxins?|radio-?conjugates?|
    radio-?immuno-?conjugates?|
    antibody[-\s]conjugates?|conjugates?\b(?!\s+vaccine)|radioligands?|peptide[-\s]drug\sconjugates?|drug[-\s]conjugates?|drug\sconjugates?|bioconjugates?|
    fusion\stoxins?|TAP\s(?:product|compound)s?|ISACs?\b|DACs?\b|PDCs?\b|
    antibody[-\s](?:oligonucleotide|radio\w*|enzyme|siRNA|PROTAC|degrader)[-\s]conjugates?|radiotherapeutic)"""
_ANTIBODY_WORD = (
    r"(?:(?:monoclonal|bispecific|humani[sz]ed|human|naked|therapeutic|"
    r"trispecific)[-\s]+(?:\w+\s)?antibod(?:y|ies)|antibod(?:y|ies)(?![-\s]+(?:drug|based|drug))|mAbs?\b)"
)
_ALIAS = r"(?:\s*[®™])?(?:\s*\([^()]{0,70}\))?(?:,\s(?:formerly|also|previously)[^,]{0,50},)?"
_MODIFIERS = r"(?:(?!(?:with|and|in|for|to|plus|or|versus|than|by|from|via|that|which|when|as)\b)[^\s.;:()]+\s+)"
_BRIDGE = rf"""
    {_ALIAS} \d?(?=[^\w]|is\s) (?:
      (?: \s*[,–—:-] | \s*(?:is|was|are|represents|,\swhich\sis|as) )* \s*
      (?: an? | the | our | its | their | [A-Z][\w&-]*['’]s? | both ) \s+
      (?: (?:first|one|lead)\s(?:of\s(?:our|its|the)\s)? )? {_MODIFIERS}{{0,12}}? (?: \( )?
    | \s* [(] (?: [^()]{{0,40}}? [\s/(] )?
    | \s+ {_MODIFIERS}{{0,3}}?
    | \s* [:–—-] \s* {_MODIFIERS}{{0,5}}?
  )"""
_IS_A = re.compile(
    _ALIAS + r"(?:,|,?\s(?:which\s|that\s)?(?:is|was)|\s?[–—])\s+(?:an?|our|its|their|[A-Z][\w&-]*[\'’]s?)\s"
)
_BY_VERB = re.compile(
    r"(?:\s*\([^()]{0,60}\))?(?:,?\s(?:which|that))?\s(?:binds|delivers|carries|couples|joins|links|combines|pairs)\b"
    r"[^.;]{0,120}?\b(?:payloads?|warheads?|toxins?|to\san?\s(?:antibody|peptide)\b|to\s(?:\w+\s){0,2}(?:cells|tumou?rs))"
)
"""'RSK-55 binds Trop-2 and delivers an eribulin payload', 'which couples copper-67 to a peptide'."""
_SHORT_BEFORE = re.compile(
    r"(?:conjugates?|ADCs?|radioligands?|immunotoxins?)\s+(?:candidate\s+|called\s+)?[A-Z]{2,4}-?\d{1,2}\Z|"
    r"[®™]\s?\([A-Z]{2,4}-?[A-Z]?\d{1,2}\Z"
)
_PLURAL_BEFORE = re.compile(
    r"(?:conjugates|ADCs|radioligands)(?:\s(?:in|at)\s[^,.;:]{1,30})?\s*[,:(–—]\s*"
    r"(?:[A-Za-z]*-?\d[\w-]*(?:\s*\([^()]*\))?\s*(?:,\s+and|,|and)\s+)*\Z"
)
"""'two conjugates in Phase 2, IDP-101 and …'."""
_AFTER_CONJUGATE = re.compile(_BRIDGE + _CONJUGATE_WORD, re.VERBOSE)
_AFTER_ANTIBODY = re.compile(_BRIDGE + _ANTIBODY_WORD, re.VERBOSE)
_BEFORE_CONJUGATE = re.compile(
    r"(?:"
    + _CONJUGATE_WORD
    + r")\)?,?\s*(?:(?:drug|product|clinical|lead|development|clinical-stage|candidates?|programs?|"
    r"compounds?|therapy|is|was|called|named|designated|known\sas|termed|and|its|"
    r"the|our|technology|treatment|targeting|[A-Z][\w-]*\d?)\s*,?\s*){0,4}[(:“\"]?\s*\Z",
    re.VERBOSE,
)
_BEFORE_ANTIBODY = re.compile(
    r"(?:"
    + _ANTIBODY_WORD
    + r"),?\s*(?:(?:candidates?|called|named|designated|known\sas|termed)\s*,?\s*){0,3}[(:“\"]?\s*\Z",
    re.VERBOSE,
)
_TOLD_BEFORE = re.compile(
    r"(?:candidates?|compounds?|drugs?|inhibitors?|agonists?|antagonists?|molecules?|degraders?|vaccines?|therapy)"
    r",?\s(?:called\s|named\s)?\Z"
)
_TOLD_AFTER = re.compile(
    r"(?:\s\([^()]{0,60}\))?(?:,|\s(?:is|was|as)|,\swhich\s(?:is|was))\s(?:an?|the|its|our)\s(?:[\w/-]+,?\s){0,10}?"
    r"(?:inhibitor|agonist|antagonist|molecule|compound|candidate|degrader|vaccine|therapy|therapeutic|drug|modulator|medicine|agent)\b"
)
_DRUG_BEFORE = re.compile(
    r"(?:candidates?|compounds?|product|drug|inhibitor|vaccine|agonist|antagonist|therapy|of|with|for|"
    r"includ\w+|"
    r"molecule|program|asset|treatment|agent|antibiotic|degrader|dose[sd]?|using|received|develop\w*|"
    r"evaluat\w+|to|rights|and|—|–|-|,)"
    r"\s*[,:(“\"]?\s*\Z"
)
_DRUG_AFTER = re.compile(
    r"\s*(?:[®™]\s*)?(?:\([^()]{0,60}\)\s*)?(?:,?\s*(?:is|was|has|will|in|for|and|as|to|,|–|—|an?|at|plus|"
    r"target\w*|which|combination|"
    r"demonstrated|showed|monotherapy|treatment|program|candidate|[.)/;]))"
)
_PAIR = re.compile(
    r"\s*(?:[®™]\s*)?(?:/|\(\s*(?:also\sknown\sas\s|formerly\s(?:known\sas\s)?|"
    r"previously\s(?:known\sas\s)?|or\s|aka\s|renamed\s|now\s(?:called\s|named\s|known\sas\s)?)?)\s*[\"“]?"
)


def find(page: Page, known: Sequence[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """Conjugates, antibodies and other products by code, unsorted.

    Args:
        page: The release.
        known: Conjugates, antibodies and targets that other rules have found.
        lexicon: Gives the keys.
    """
    if not page.medical:
        return
    codes = _codes(page)
    kinds = _kinds(page, codes, known)
    for code in codes:
        kind, rule = kinds.get(code.text, (None, ""))
        if kind is not None:
            yield page.mention(kind, code.span.start, code.span.end, rule, _key(code.text, kind, lexicon))


def _key(name: str, kind: Kind, lexicon: Lexicon) -> str | None:
    keys = [key for key in lexicon.lookup(name) if key.startswith(f"{kind}/")]
    return keys[0] if len(keys) == 1 else None


def _kinds(page: Page, codes: Sequence[_Code], known: Sequence[Mention]) -> Mapping[str, tuple[Kind | None, str]]:
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


def _vote(page: Page, code: _Code) -> str:
    text = page.text
    low, high = page.bounds(code.span.start)
    if _TRIAL_WORDS.match(text, code.span.end) and not _AFTER_CONJUGATE.match(
        text, code.span.end, min(high, code.span.end + 60)
    ):
        return "trial"
    stop = min(high, code.span.end + 160)
    start = max(low, code.span.start - 110)
    if _PLURAL_BEFORE.search(text, start, code.span.start) or _BY_VERB.match(text, code.span.end, high):
        return "conjugate"
    before = _BEFORE_CONJUGATE.search(text, start, code.span.start)
    if before and not _other_code(text[before.start() : code.span.start]):
        return "conjugate"
    after = _AFTER_CONJUGATE.match(text, code.span.end, stop)
    if after and not _other_code(after.group()) and not _NEXT_CODE.match(text, after.end()):
        return "conjugate"
    if _BEFORE_ANTIBODY.search(text, start, code.span.start):
        return "antibody"
    after = _AFTER_ANTIBODY.match(text, code.span.end, stop)
    if after and not _other_code(after.group()):
        return "antibody"
    if code.text[0].isdigit():
        return "none"
    if _WEAK.match(code.text):
        return (
            "drug"
            if _TOLD_BEFORE.search(text, start, code.span.start) or _TOLD_AFTER.match(text, code.span.end)
            else "none"
        )
    if _DRUG_BEFORE.search(text, start, code.span.start) or _DRUG_AFTER.match(text, code.span.end):
        return "drug"
    return "none"


_NEXT_CODE = re.compile(r"\)?\s+(?:candidate\s|program\s)?[A-Z]{2,5}-?\d{3}")
_TRIAL_PAIR = re.compile(r"/[\w-]+\s(?:study|trial)")
_OTHER = re.compile(
    r"(?<!\()\b[A-Z]{2,5}-?\d{3,5}\b(?![^()]*\))|\b(?:with|versus|vs|combin\w+|than|using|via|from|compared|unlike)\b"
)


def _other_code(between: str) -> bool:
    """Whether the words between belong to another product or only to its company."""
    return _OTHER.search(between) is not None


def _pairs(
    page: Page, codes: Sequence[_Code], known: Sequence[Mention], kinds: dict[str, tuple[Kind | None, str]]
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
            if not _PAIR.fullmatch(page.text, at, code.span.start):
                continue
            if _TRIAL_WORDS.match(page.text, code.span.end):
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
            if kind and _PAIR.fullmatch(page.text, code.span.end, code.span.end + forward):
                if kinds.get(code.text, (None, ""))[0] is not Kind.CONJUGATE:
                    kinds[code.text] = (kind, f"{kind}.pair")
                break
