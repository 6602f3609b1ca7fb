"""Medicines by brand and by INN: 'ENHERTU® (fam-trastuzumab deruxtecan-nxki)', 'launch of Zoltiva™', 'zolutinib'.

A brand is told by the INN beside it, or by its sign together with words that only a medicine has beside it. The same
word elsewhere in the release names the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from oncopact.lexicon import Lexicon
from oncopact.model import Kind, Mention
from oncopact.recognizers.company_walk import common
from oncopact.recognizers.page import Page
from oncopact.recognizers.spots import spotter

# ---------------------------------------------------------------- brands beside a name

_BRAND = re.compile(r"(?<![\w-])(?P<brand>[A-Z][A-Za-z]{3,})\s*[®™*]*\s*[(\[]\s*\Z")
_BRAND_AFTER = re.compile(r"\s*[(\[]\s*(?P<brand>[A-Z][A-Za-z]{3,})\s*[®™]+\s*[)\]]")
_BRAND_JOINED = re.compile(r"/(?P<brand>[A-Z][A-Za-z]{3,})\s?[®™]")
_NO_BRAND = frozenset(
    "antibody inhibitor drug agent therapy including conjugate payload study trial phase candidate company".split()
)


def brands(page: Page, known: Sequence[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """'ENHERTU® (fam-trastuzumab deruxtecan-nxki)', 'ALD-1701/Zoltiva®': the brand names what the other name does.

    'Genentech (Trastuzumab-DM1)' names a company, not a brand; `known` tells, with companies among it.
    """
    text = page.text
    companies = {word for m in known if m.kind is Kind.COMPANY for word in re.findall(r"\w+", m.text)}
    found: dict[str, Kind] = {}
    for mention in known:
        if mention.kind not in (Kind.CONJUGATE, Kind.ANTIBODY, Kind.PRODUCT):
            continue
        before = _BRAND.search(text, max(0, mention.span.start - 40), mention.span.start)
        if before and before["brand"] not in companies and not _no_brand(page, before):
            found.setdefault(before["brand"], mention.kind)
        after = _BRAND_AFTER.match(text, mention.span.end) or _BRAND_JOINED.match(text, mention.span.end)
        if after:
            found.setdefault(after["brand"], mention.kind)
    for brand, kind in sorted(found.items()):
        for start, end in _everywhere(text, brand):
            yield page.mention(kind, start, end, f"{kind}.brand", _key(brand, kind, lexicon))


def _everywhere(text: str, name: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w])(?!-\d)", text):
        yield match.span()


def _key(name: str, kind: Kind, lexicon: Lexicon) -> str | None:
    keys = [key for key in lexicon.lookup(name) if key.startswith(f"{kind}/")]
    return keys[0] if len(keys) == 1 else None


def _no_brand(page: Page, match: re.Match[str]) -> bool:
    """Whether the word before the bracket is a common one ('candidate', 'Symposium')."""
    word = match["brand"]
    if word.lower() in _NO_BRAND or "\n\n" in match.group():
        return True
    return (
        not word.isupper()
        and not re.search("[®™]", match.group())
        and (common(page, word) or word.endswith(("ium", "ing")))
    )


_IS_CONJUGATE = re.compile(
    r"(?<![\w-])(?P<name>[A-Z][a-z]{4,})(?:\s?[®™])?(?:\s\([^()]{1,40}\))?(?:,|\s(?:is|was))\s(?:the|an?)\s"
    r"(?:(?!(?:with|and|of|for|in|to|that)\b)[\w-]+,?\s){0,5}?"
    r"(?:antibody[-\s]drug\s)?(?:conjugate|ADC|immunotoxin|radioconjugate|immunoconjugate)\b"
)


def conjugates(page: Page, known: Sequence[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """'Zoltuxin is the only approved conjugate of': coined words that the sentence calls conjugates.

    Args:
        page: The release.
        known: Names that other rules have found.
        lexicon: Gives the keys.
    """
    if not page.oncology:
        return
    taken = {word for mention in known for word in mention.text.split()}
    for match in _IS_CONJUGATE.finditer(page.text):
        name = match["name"]
        if name in taken or common(page, name) or name.lower() in _WORDS or _COMMON_END.search(name):
            continue
        for start, end in _everywhere(page.text, name):
            yield page.mention(Kind.CONJUGATE, start, end, "conjugate.named", _key(name, Kind.CONJUGATE, lexicon))


# ---------------------------------------------------------------- trademarks that are medicines

_SIGN = re.compile(r"(?<![\w-])(?P<brand>[A-Z][A-Za-z]{3,}|[a-z]{1,2}[A-Z][A-Za-z]{3,})\s?(?:[®™]|\((?:R|TM)\))")
_MADE_WITH = re.compile(
    r"\s?[®™]?\s?(?:(?!(?:and|or|with|to|in|for|of|is|was|as|by|on|at|the|has|will)\b)[\w-]+\s){0,3}?(?:technolog|platform|linker|system|app\b|apps\b|software|device|test\b|tests\b|assay|pump|pen\b|delivery|"
    r"mice\b|mouse|program|initiative|network|alliance|process|model|kit\b|index|award|partner|foundation|card\b|tool)",
    re.IGNORECASE,
)
_IS_MEDICINE = re.compile(
    r"""\W*(?:
        (?:[A-Z]{2,3}\s)? \(\s*[a-z][a-z-]{4,}(?:\s[a-z-]{3,}){0,3}\s*(?:\)|,|\sfor\sinjection)
      | (?:for\s)?(?:injection|tablets?|capsules?|infusion|monotherapy|subcutaneous|intravenous)\b
      | (?:is|was|were|has\sbeen|are)\s(?:now\s|also\s|currently\s)?
        (?:indicated|approved|administered|marketed|contraindicated|prescribed|licensed)
      | ,?\s?(?:is|was|which\sis|,)?\s*(?:an?|the|its|our)\s(?:[\w/-]+\s){0,9}?
        (?:therap(?:y|ies|eutic)|inhibitors?|drugs?|medicines?|treatments?|vaccines?|antibody|biosimilar|agonist|
        antagonist|medication|conjugate|ADC|injection|antibiotic|radioligand|agent)\b
      | (?:net\s)?(?:product\s)?(?:sales|revenues?)\b
      | (?:in|for)\s(?:the\streatment|adults|people|children|men|women|
        (?:adult\s|pediatric\s|adolescent\s|certain\s)*patients)\b
      | (?:plus|\+|with|in\scombination\swith)\s(?:[A-Z][\w-]+[®™]|chemotherapy|\w+(?:mab|nib|platin|taxel))
      | (?:treatment|therapy|dosing|dose|doses|prescriptions?|label)\b
    )""",
    re.VERBOSE,
)
_OF_MEDICINE = re.compile(
    r"""\b(?:
        approv\w+\s(?:of|for|to\s\w+) | launch(?:e[sd]|ing)?(?:\sof)?
      | (?:sales|revenues?|royalt(?:y|ies))\s(?:of|for|from|on)
      | (?:treat(?:ed|ment)|therapy)\swith | (?:usage|indications?|indicated|application|label|submission)\s(?:of|for)
      | biosimilar\s(?:to|of)
      | (?:commerciali[sz]|market|manufactur|develop|distribut|sell|promot|supply|
        administer)\w*(?:\sof|\sand\s\w+)?
      | (?:received?|receiving|taking|versions?\sof|doses?\sof|efficacy\sof|safety\sof|use\sof|
        combination\swith|combined\swith|plus)
      | (?:brand|trade|proprietary|marketed|sold)\s(?:name|names|as|under)(?:\s(?:of|the\sname))?
      | (?:drug|inhibitor|vaccine|medicine|therapy|treatment|product|candidate|medication|therapeutic|antibiotic),?
    )\s(?:the\s|its\s|our\s|of\s)?[“"(]?\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_SIGNS = spotter(["®", "™", "(r)", "(tm)"])


def trademarks(page: Page, known: Sequence[Mention]) -> Iterator[Mention]:
    """'launch of Zoltiva®', 'Zoltiva™ is indicated for': signed names that only a medicine's words stand beside.

    Args:
        page: The release.
        known: Names that other rules have found, which are no new brands.
    """
    if not page.medical:
        return
    text = page.text
    taken = {word for m in known if m.kind in (Kind.COMPANY, Kind.TECHNOLOGY) for word in re.findall(r"\w+", m.text)}
    taken |= {m.text for m in known}
    signed: set[str] = set()
    for at, _ in _SIGNS(page.lower, 0, len(page.lower)):
        begin = max(text.rfind(" ", 0, at - 1), text.rfind("\n", 0, at - 1), at - 30) + 1
        match = _SIGN.search(text, begin, at + 4)
        if match is not None and match["brand"] not in taken:
            signed.add(match["brand"])
    for brand in sorted(signed):
        places = tuple(_everywhere(text, brand))
        tools = sum(_MADE_WITH.match(text, end, end + 70) is not None for _, end in places)
        if sum(_told_medicine(page, start, end) for start, end in places) > tools:
            for start, end in places:
                yield page.mention(Kind.PRODUCT, start, end, "product.trademark")


def _told_medicine(page: Page, start: int, end: int) -> bool:
    low, high = page.bounds(start)
    after = _IS_MEDICINE.match(page.text, end, min(high, end + 140))
    return after is not None or _OF_MEDICINE.search(page.text, max(low, start - 60), start) is not None


# ---------------------------------------------------------------- INNs

_STEMS = spotter(
    """
        tinib ciclib parib lisib rafenib metinib degib zomib rasib clax lutamide trexed trexate platin taxel rubicin
        citabine citidine limus gliptin gliflozin glutide domide vastatin sertib denib degestrant estrant leucel
        autotemcel parvovec sidenib mirdametinib inostat metostat restat irstat zastat tristat ralstat pivat oxaban
        sartan prazole conazole fungin oxacin gepant setron pitant vaptan lukast orexant caftor ciguat sentan siran
        nersen rsen nexor grastim poetin leukin kinra plase relix reotide fosfamide mustine poside corilant sulfan
        onib isib fenib erlotinib anib inapant bresib imod ximod tasvir buvir trelvir desivir piravir ciclovir navir
        tegravir drostat repvec lenvec irinotecan topotecan belotecan lurbinectedin trabectedin eribulin vinorelbine
        vincristine vinblastine bortezomib ixazomib abiraterone anastrozole letrozole exemestane tamoxifen
        fulvestrant leuprolide triptorelin goserelin degarelix octreotide aspargase asparaginase romidepsin pralatrexate
    """.split()
)
_NO_INN = frozenset(
    "thermostat cryostat hemostat haemostat rheostat photostat kaon onib isib anib persen larsen".split()
)
_GLUED = re.compile(r"(?:[Ww]ith|and|of|for|by|to)(?=[A-Z])|(?:[Ww]ith|and)(?=[a-z]{7})")


def inns(page: Page) -> Iterator[Mention]:
    """Other medicines by the stem of their INN."""
    if not page.medical:
        return
    text = page.text
    for at, to in _STEMS(page.lower, 0, len(page.lower)):
        begin = at
        while begin and text[begin - 1].isalpha():
            begin -= 1
        glued = _GLUED.match(text, begin, to)
        begin = glued.end() if glued else begin
        if to - begin < 7 or text[to : to + 1].isalnum() or text[begin - 1 : begin] in ("-", "/", "."):
            continue
        if page.lower[begin:to] in _NO_INN or (text[begin].isupper() and page.lower[at:to] in ("rsen", "anib", "onib")):
            continue
        yield page.mention(Kind.PRODUCT, begin, to, "product.inn")


_NAME_PAIR = re.compile(r"(?<![\w-])(?P<name>[A-Z]?[a-z]{6,}[a-z])\s*\(\s*\Z")
_NAME_IN_BRACKET = re.compile(r"\s*\(\s*(?P<name>[a-z]{7,})\s*\)")


def pairs(page: Page, known: Sequence[Mention]) -> Iterator[Mention]:
    """'zolustat (ALD-303)', 'ALD-303 (zolustat)': a lone word of no stem that a code or a brand stands beside.

    Args:
        page: The release.
        known: Names that other rules have found.
    """
    text = page.text
    names: dict[str, None] = {}
    for mention in known:
        if mention.kind is not Kind.PRODUCT:
            continue
        if re.search(r"\d", mention.text):
            before = _NAME_PAIR.search(text, max(0, mention.span.start - 40), mention.span.start)
            if before and not common_word(page, before["name"]):
                names.setdefault(before["name"])
        signed = re.compile(r"\s?[®™]").match(text, mention.span.end)
        within = _NAME_IN_BRACKET.match(text, signed.end() if signed else mention.span.end)
        if within and (signed or re.search(r"\d", mention.text)) and not common_word(page, within["name"]):
            names.setdefault(within["name"])
    for name in names:
        for start, end in _everywhere(text, name):
            yield page.mention(Kind.PRODUCT, start, end, "product.pair")
        capital = name.capitalize()
        for start, end in _everywhere(text, capital) if capital != name else ():
            yield page.mention(Kind.PRODUCT, start, end, "product.pair")


_COMMON_END = re.compile(
    r"(?:tion|ment|ing|ed|ity|ness|ance|ence|ies|ers?|ors?|ly|ous|ive|ical?|able|ible|ants?|ates?|gram|date|duct|ound|asis|cule|"
    r"ation|sion|ism|ogy|apy|ease|ncer|ient|ial|ual|nal|ars|ons|ies|ugs|ses|tes|als)\Z"
)


def common_word(page: Page, name: str) -> bool:
    """Whether a word before or in a bracket is one of the language, and no coined name."""
    del page
    return _COMMON_END.search(name) is not None or name.lower() in _WORDS


_WORDS = frozenset(
    """biosimilar vaccine protein antibody peptide enzyme product compound molecule candidate formerly previously
    placebo injection""".split()
)
