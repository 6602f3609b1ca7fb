"""Companies that no list names: by legal form, words of the trade, ticker, heading, apposition and company they keep.

A name is walked leftwards from the sign that proves it ('Inc.', 'Pharmaceuticals', '(Nasdaq: …)'), never past the
sentence's start, a verb, a role or a preposition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from oncopact.lexicon import Lexicon
from oncopact.model import Document, Kind, Mention, SectionKind
from oncopact.recognizers import institutions
from oncopact.recognizers.company_words import (
    EXCHANGES,
    GENERIC_NAMES,
    LAW_FIRM,
    LEGAL_FORM,
    LEGAL_STARTS,
    SHORT_FORMS,
    STOP,
    SURE_TRADE,
    TRADE_WORDS,
)
from oncopact.recognizers.page import Page
from oncopact.recognizers.persons import is_given, is_person
from oncopact.recognizers.spots import spotter

_TOKEN = re.compile(r"[^\s,;:()\"“”\[\]|•*]+|[,;:()\"“”\[\]|•*]")
_REACH = 110
_ROMAN = re.compile(r"[IVX]+\Z")
_INITIAL = re.compile(r"(?:[A-Z]\.)+\Z|(?:St|Inc|Corp|Co|Ltd|Bros|Mt|Dr|Jr|Sr|Drs|No)\.\Z")
_NAME_WORD = re.compile(r"[A-Z0-9À-Þ][\w.&'’+/!®™-]*\Z|[a-z]{1,5}[A-Z][\w]*\Z|[a-z]+-[a-z]+\Z|e\.l\.f\.|ev3")
_AMPERSANDS = ("&", "&&", "&amp;")
_PARTICLES = frozenset((*_AMPERSANDS, *"of de der van von du des del la le di and for do da".split()))
_LEAD_IN = re.compile(r"(?:[A-Z][a-z]+-based|[A-Z][a-z]{2,}\.|[-–—*#]+)\s+")
_GLUED_WORD = re.compile(r"(?:and|of|by|with|for|For|from|the|to|in)(?=[A-Z][A-Za-z])")
"""Where a page's text has lost the blank: 'andPOINT Biopharma'."""
_MARKS = "®™℠©"


# ---------------------------------------------------------------- walking left


def walk(page: Page, end: int, *, firm: bool = False, commas: bool = False, partners: bool = False) -> int | None:
    """Where the name begins that ends at `end`, or None where there is none.

    Args:
        page: The text.
        end: Past the name's last character.
        firm: Whether 'and' may part the names of partners ('Hale and Dorr LLP').
        commas: Whether commas may, before an ampersand ('Miller, Johnson & Kuehn, Incorporated').
        partners: Whether '& Co.' follows, so that a comma does ('Goldman, Sachs & Co.').
    """
    floor = max(page.bounds(end - 1)[0], end - _REACH)
    tokens = [(m.start(), m.group()) for m in _TOKEN.finditer(page.text, floor, end)]
    shouting = page.shouts(end, end)
    begin: int | None = None
    left = end
    at = len(tokens) - 1
    while at >= 0:
        start, word = tokens[at]
        if begin is not None and _parted(page.text[start + len(word) : left]):
            break
        left = start
        if word == ",":
            if not (commas and begin is not None and (partners or _partners_before(tokens, at)) and _partner(tokens, at)):
                break
        elif word.lower() in _PARTICLES:
            if begin is None or at == 0 or not _joins(tokens, at, firm=firm, shouting=shouting):
                break
        elif not _belongs(page, start, word, last=begin is None, shouting=shouting):
            break
        else:
            glued = _GLUED_WORD.match(word)
            begin = start + (glued.end() if glued else 0)
            if glued:
                break
        at -= 1
    return _trimmed(page, begin, end) if begin is not None else None


def _parted(gap: str) -> bool:
    return gap.count("\n") > 1 or ("\n" not in gap and len(gap) > 3)


def _named(tokens: Sequence[tuple[int, str]], at: int) -> bool:
    """Whether a capitalised word stands before the token at `at`."""
    return at > 0 and _NAME_WORD.match(tokens[at - 1][1]) is not None and tokens[at - 1][1].lower() not in STOP


def _partner(tokens: Sequence[tuple[int, str]], at: int) -> bool:
    """Whether the comma at `at` stands between two partners of one word each: 'Skadden, Arps, Slate & Flom'."""
    if not _named(tokens, at) or LEGAL_FORM.fullmatch(tokens[at - 1][1]):
        return False
    after = tokens[at + 2][1] if at + 2 < len(tokens) else ""
    return after in ("", ",", "and", *_AMPERSANDS)


def _partners_before(tokens: Sequence[tuple[int, str]], at: int) -> bool:
    """Whether the comma at `at` parts the names of a firm's partners: 'Miller, Johnson & Kuehn'."""
    return any(word in _AMPERSANDS for _, word in tokens[at:])


def _joins(tokens: Sequence[tuple[int, str]], at: int, *, firm: bool, shouting: bool) -> bool:
    word, after = tokens[at][1], tokens[at + 1][1]
    if not _named(tokens, at):
        return False
    if word in _AMPERSANDS:
        return True
    if word.lower() == "and":
        return after in ("Company", "Sons", "Co.", "Brothers", "Associates", "COMPANY") or (firm and not shouting)
    return not shouting and word.islower() and word != "for"


def _belongs(page: Page, start: int, word: str, *, last: bool, shouting: bool) -> bool:
    bare = word.rstrip(_MARKS)
    if not _NAME_WORD.match(bare) or bare.lower().rstrip(".,") in STOP or bare.lower() in STOP:
        return False
    if bare.endswith(".") and not last and not _INITIAL.match(bare):
        return False
    if bare[0].isdigit() and re.fullmatch(r"[\d.,%-]+(?!st|nd|rd|th)[a-z]{0,2}", bare):
        return False
    if re.search(r"['’]s?\Z", bare) and not last:
        return not shouting and not _is_owner(page, start, bare)
    return True


def _is_owner(page: Page, start: int, word: str) -> bool:
    """Whether a possessive owns what follows ("Merck's Seagen Inc.") and is no part of the name ("Casey's Inc.")."""
    base = re.sub(r"['’]s?\Z", "", word)
    return re.search(rf"(?<![\w]){re.escape(base)}(?!['’]s|\w)", page.text) is not None or len(base) < 4


def _trimmed(page: Page, begin: int, end: int) -> int | None:
    """Past words that only lead up to a name."""
    while begin < end:
        match = _LEAD_IN.match(page.text, begin, end)
        if match is None:
            return begin
        begin = match.end()
    return None


# ---------------------------------------------------------------- by what ends the name


_LEGAL_SPOTS = spotter(f"{lead}{word}" for word in LEGAL_STARTS for lead in (" ", "\n", "\u00a0"))
_TRADE_SPOTS = spotter(f"{lead}{word.lower()}" for word in TRADE_WORDS for lead in (" ", "\n", "\u00a0"))
_AND_BEFORE = re.compile(r"(?:\band|&amp;|&&?)\s+\Z")
_COMMA_BEFORE = re.compile(r",?\s*\Z")
_NOT_ALONE = re.compile(
    r"(?:The|Our|Its|This|That|Each|Such|Any|No|Parent|Holding|Public|Private|Trust|Insurance|Biotech|Biotechnology|"
    r"Pharmaceutical|Pharmaceuticals|Drug|Portfolio|Operating|Management|Listed|Life|Affiliated|Group|Fortune|Target|"
    r"Successor|Surviving|New|Subsidiary|Investment|Emerging|Growth|Reporting|Smaller|Shell|Mining|Technology|Health)\Z",
    re.IGNORECASE,
)


def _by_legal_form(page: Page) -> Iterator[Mention]:
    text = page.text
    reached = 0
    for at, _ in _LEGAL_SPOTS(page.lower, 0, len(page.lower)):
        start = at + 1
        if start < reached:
            continue
        lead = _AND_BEFORE.search(text, max(0, start - 6), start)
        form = LEGAL_FORM.match(text, lead.start()) if lead else None
        form = form or LEGAL_FORM.match(text, start)
        if form is None:
            continue
        comma = _COMMA_BEFORE.search(text, max(0, form.start() - 8), form.start())
        name_end = comma.start() if comma else form.start()
        partners = form.group().startswith("&")
        firm = partners or LAW_FIRM.match(form.group()) is not None
        begin = walk(page, name_end, firm=firm, commas=True, partners=partners)
        if begin is None or not _proves(page, begin, name_end, form):
            continue
        end = _further_forms(text, form.end())
        reached = end
        yield page.mention(Kind.COMPANY, begin, end, "company.legal-form")


_COMMA_AFTER = re.compile(r",?[ \t\u00a0]\n?")


def _further_forms(text: str, end: int) -> int:
    """Past a second legal form: 'Pty. Ltd.', 'Co., Ltd.', 'Holdings, L.P.'."""
    while (gap := _COMMA_AFTER.match(text, end)) is not None:
        form = LEGAL_FORM.match(text, gap.end())
        if form is None or form.group() in ("Company", "Co.", "AS", "SE", "AB"):
            break
        end = form.end()
    return end


_INDEFINITE = re.compile(r"\b(?:an?|any|another|each|every|leading|largest|this|that|other|such)\s+\Z", re.IGNORECASE)


def _proves(page: Page, begin: int, end: int, form: re.Match[str]) -> bool:
    """Whether a legal form proves the words before it to be a name."""
    name, printed = page.text[begin:end], form.group()
    if printed.upper() in SHORT_FORMS and (
        printed.islower() or page.text[end] == "," or "/" in name or page.shouts(form.start(), form.end())
    ):
        return False
    words = name.split()
    if printed in ("Company", "COMPANY", "Co", "Limited", "LIMITED", "Private"):
        if printed == "COMPANY" and len(words) < 2:
            return False
        if _NOT_ALONE.match(words[-1]) and len(words) < 3:
            return False
        if _INDEFINITE.search(page.text, max(0, begin - 12), begin):
            return False
    if all(word.lower().strip(".,") in GENERIC_NAMES for word in words):
        return False
    return sum(c.isalpha() for c in name) > 1 and not re.fullmatch(r"(?:[A-Z]\.\s?)+", name)


_TRADE_END = re.compile(r"(?:[ \t\u00a0]+\n?[ \t\u00a0]*(?P<word>[A-Z][\w&-]*))")
_GOES_ON = frozenset(
    "Group Global International Holdings Holding Fund Partners Sciences Pharma Therapeutics Oncology USA US Europe Japan "
    "China Management Advisors Medicines Innovations Solutions Canada America Research Securities".split()
)
_GENERIC_LEAD = frozenset(
    """human prescription animal clinical consumer specialty generic global innovative oral oncology cancer cell gene
    targeted novel emerging biotech small large private public radiation medical molecular protein antibody other
    venture working human equity share investment healthcare biopharmaceutical biotechnology pharmaceutical biologics
    research advanced leading american european international national strategic limited general life digital
    top live supplemental marketable taxable income additional annual best kids new ex dividend long-term short-term first home
    immuno-oncology translational precision co-founder gmp commercial clinical-stage regenerative biological u.s. us
    investor limited managing general senior business corporate world""".split()
)


_NO_TRADE_AFTER = re.compile(
    r"\s+(?:Conference|License|Licence|Licensing|Application|Exchange|Cent(?:er|re)|Companies|Industry|Sector|Summit|Forum|Day|Week|"
    r"Award|Segment|Market|Act|Portfolio|Discovery|Employers|CONFERENCE|Entrepreneurship|Return|Gains?|Equipment|Symposium|"
    r"Development|Pipeline|Program|Prize|Index|Officer|[Ii]nvestors?|Showcase|Brokers|Unit)\b"
)


def _by_trade(page: Page) -> Iterator[Mention]:
    text = page.text
    for at, to in _TRADE_SPOTS(page.lower, 0, len(page.lower)):
        word = text[at + 1 : to]
        if text[to : to + 1].isalnum() or not (word in TRADE_WORDS or (word.isupper() and page.shouts(at, to))):
            continue
        if _NO_TRADE_AFTER.match(text, to):
            continue
        sure = word in SURE_TRADE or (word.isupper() and any(word == w.upper() for w in SURE_TRADE))
        begin = walk(page, at)
        if begin is None:
            continue
        lead = text[begin:at].split()
        if not _distinct(page, lead, word, sure=sure) or (word == "Laboratories" and lead[-1] == "Research"):
            continue
        end = to
        while (more := _TRADE_END.match(text, end)) is not None and more["word"] in _GOES_ON:
            end = more.end()
        yield page.mention(Kind.COMPANY, begin, end, "company.trade-word")


def _distinct(page: Page, lead: Sequence[str], word: str, *, sure: bool) -> bool:
    """Whether the words before a word of the trade make it a name."""
    if lead[0].lower() in _GENERIC_LEAD and (len(lead) == 1 or not sure):
        return False
    if all(word.lower() in _GENERIC_LEAD or word.lower() in GENERIC_NAMES for word in lead):
        return False
    if word == "Fund" and len(lead) < 2:
        return False
    return sure or (len(lead) <= 3 and not common(page, lead[0]))


def common(page: Page, word: str) -> bool:
    """Whether a release also writes a word in small letters, as it does common words."""
    small = word.lower()
    at = page.text.find(small)
    while at >= 0:
        if not (page.text[at - 1 : at].isalnum() or page.text[at + len(small) : at + len(small) + 1].isalnum()):
            return page.text[at - 1 : at] not in (".", "/", "@", "-") and page.text[
                at + len(small) : at + len(small) + 1
            ] not in (".", "@")
        at = page.text.find(small, at + 1)
    return False


# ---------------------------------------------------------------- by ticker


_EXCHANGE_SPOTS = spotter(EXCHANGES)
_TICKER = re.compile(
    r"""[(\[] \s* (?: [^()\[\]]{0,60}? [\s,;("“] )??
    (?: (?:the\s)? (?: Nasdaq | NASDAQ | NasdaqGS | NasdaqGM | NYSE | AMEX | OTC | LSE | AIM | TSXV? | TSE | ASX | Euronext | EURONEXT | HKEX | SEHK
      | SZSE | SSE | KOSDAQ | KRX | KOSPI | SIX | SWX | XETRA | Xetra | Frankfurt | FSE | OMXS? | CSE | BSE | NSE | JASDAQ | ISIN | WKN | TASE | Oslo
      | Ticker | ticker | Symbol )
      [^()\[\]]{0,30}? [:\s] \s* ["“]? [A-Z0-9][A-Z0-9.-]{0,11} )
    [^()\[\]]{0,80} [)\]]""",
    re.VERBOSE,
)
_BEFORE_TICKER = re.compile(r"(?:\s*\([^()]{1,60}\))?(?:['’]s)?[®™]?,?\s*\Z")


def _by_ticker(page: Page) -> Iterator[Mention]:
    text = page.text
    done = -1
    for at, _ in _EXCHANGE_SPOTS(page.lower, 0, len(page.lower)):
        opening = max(text.rfind("(", max(0, at - 70), at), text.rfind("[", max(0, at - 70), at))
        if opening <= done:
            continue
        match = _TICKER.match(text, opening)
        if match is None or match.end() <= at:
            continue
        done = opening
        gap = _BEFORE_TICKER.search(text, max(0, opening - 70), opening)
        end = gap.start() if gap else opening
        form = _legal_before(text, end)
        begin = walk(page, form[0] if form else end)
        if begin is None or (begin == end) or not _speakable(text[begin:end]):
            continue
        yield page.mention(Kind.COMPANY, begin, end, "company.ticker")


def _legal_before(text: str, end: int) -> tuple[int, int] | None:
    """The legal form that ends at `end`, with the comma before it."""
    for match in re.finditer(r",?\s+(?=\S)", text[max(0, end - 30) : end]):
        start = max(0, end - 30) + match.end()
        form = LEGAL_FORM.match(text, start)
        if form and form.end() == end:
            return max(0, end - 30) + match.start(), end
    return None


def _speakable(name: str) -> bool:
    words = [word.strip(".,").lower() for word in name.split()]
    return not all(word in GENERIC_NAMES or word in STOP for word in words) and any(c.isalpha() for c in name)


# ---------------------------------------------------------------- by heading


_IS_COMPANY = re.compile(
    r"""\b(?:compan(?:y|ies)|corporation|firm|leader|leading|biopharma\w*|biotech\w*|pharmaceutical|provider|manufacturer|
    global|headquartered|founded|based\sin|Nasdaq|NASDAQ|NYSE|group|incorporated|operates|specializ\w+|subsidiary|organization)\b""",
    re.VERBOSE,
)
_NO_HEADING = re.compile(
    r"\b(?:study|trial|cancer|disease|syndrome|carcinoma|platform|technology|program|collaboration|support|injection|"
    r"therapy|diabetes|study|tumou?rs?|lymphoma|leukemia|melanoma|us|him|her|pipeline|industry|agreement|transaction|"
    r"patients?|treatment|mg|vaccine|conference|meeting|symposium|phase)\b|\d{3}|/",
    re.IGNORECASE,
)


def _by_heading(page: Page, document: Document) -> Iterator[Mention]:
    text = page.text
    for section in document.sections:
        if section.kind is not SectionKind.ABOUT or not section.subject or section.heading is None:
            continue
        body = text[section.heading.end : section.span.end][:400]
        name = re.sub(r"[\s:?]+\Z", "", section.subject)
        if _NO_HEADING.search(name) or not _IS_COMPANY.search(body) or len(name) > 70 or re.search(r"[®™]\Z", name):
            continue
        name = re.sub(r"\s*[(“\"].*\Z", "", name)
        where = re.compile(re.escape(name).replace(r"\ ", r"\s+")).search(
            text, section.heading.start, section.heading.end
        )
        if where is None or not name[:1].isupper() or name.lower() in GENERIC_NAMES:
            continue
        if re.search(r"\sand\s", name) or re.search(r"\s(?!of\b|de\b|the\b|&)[a-z]|[A-Z]{3}-|\sAt\Z", name):
            continue
        first = name.split()[0]
        if re.search(rf"(?<!\w){re.escape(first)}(?!\w)", body, re.IGNORECASE) is None:
            continue
        yield page.mention(Kind.COMPANY, where.start(), where.end(), "company.about")


# ---------------------------------------------------------------- by what stands beside the name


_CAPITALISED = r"(?:[A-Z][\w&'’.-]*[\w®™]|[A-Z]|[a-z]{1,4}[A-Z]\w+|\d[A-Z]\w+)"
_NAME = rf"(?P<name>{_CAPITALISED}(?:[ \n](?:&[ \n])?{_CAPITALISED}){{0,3}})"
_CUES = (
    "partner", "licensee", "licensor", "collaborator", "subsidiary of", "subsidiary", "division of", "unit of", "acquired by",
    "licensed to", "licensed from", "licensed by", "agreement with", "collaboration with", "alliance with", "partnership with",
    "formerly", "previously", "acquisition of", "agreements with", "partnered with", "license with", "licence with",
    "owned by", "merger with", "joint venture with", "shareholder", "supplied by", "manufactured by", "marketed by",
    "developed by", "subsidiaries of", "collaborations with", "affiliate of", "spun out of", "spin-out of", "according to", "information on", "information about",
)  # fmt: skip
_CUE_SPOTS = spotter(_CUES)
_AFTER_CUE = re.compile(rf"(?:s|,)?[ \n](?:(?:of|the|between|its|our)[ \n])?(?=\S){_NAME}")
_ACTS = spotter(
    (
        " announced", " today announced", " announces", " will receive", " has licensed", " have licensed", " has agreed", " has acquired", " to acquire",
        " will pay", " acquires", " receives", " is a clinical", " is a biotech", " is a biopharma", " is a pharma", " is a global",
        " is a leading", " is developing", " and its affiliates", ", a subsidiary", ", a wholly", ", a company", ", a biotech", ", a biopharma", ", a clinical-stage",
        ", a global", ", a leading", ", a private", ", a pharma", ", part of", ", now part", " (formerly", ", formerly", " licensed ", " exercised", " entered into", " has exercised", " signs ", " enters ", " retains", " granted",
        " has granted", ", an affiliate", ", a member of", ", a division", ", a swiss", ", a german", ", a french", ", a japanese", " announce ", " is headquartered", " has entered", " is responsible",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a release before names are taken from their neighbours."""

    taken: Sequence[Mention]
    words: frozenset[str]


def _by_acting(page: Page) -> Iterator[Mention]:
    """'X announced', 'X, a biotechnology company', 'X (formerly Y)'."""
    text = page.text
    for at, _ in _ACTS(page.lower, 0, len(page.lower)):
        if at == 0 or text[at - 1] in "\"”')" or text[at - 1].isspace():
            continue
        begin = walk(page, at)
        if begin is None or at - begin > 50:
            continue
        name = text[begin:at]
        if _is_name(page, begin, at) and len(name.split()) <= 4:
            yield page.mention(Kind.COMPANY, begin, at, "company.acting")


def _by_cue(page: Page) -> Iterator[Mention]:
    """'its partner X', 'a subsidiary of X', 'licensed to X', 'X (formerly Y)'."""
    text = page.text
    for _, to in _CUE_SPOTS(page.lower, 0, len(page.lower)):
        match = _AFTER_CUE.match(text, to)
        if match is None:
            continue
        end = match.end("name")
        name = match["name"]
        owner = re.search(r"['’]s?\Z", name)
        if owner:
            end -= len(owner.group())
        start = match.start("name")
        if "the" in text[to:start].split() and re.match(
            r"\s(?!group\b|in\b|for\b|to\b|on\b|and\b)[a-z]", text[end : end + 12]
        ):
            continue
        owned = re.search(r"['’]s?\s", text[start:end])
        end = start + owned.start() if owned else end
        words = text[start:end].split()
        cut = next((i for i, word in enumerate(words) if i and word.lower().strip(".,") in STOP), len(words))
        if cut < len(words):
            end = start + len(re.match(r"\S+" + r"\s+\S+" * (cut - 1), text[start:end]).group())  # type: ignore[union-attr]
        while text[end - 1] in ".,":
            end -= 1
        cue = page.lower[to - 12 : to]
        if cue.endswith("according to"):
            if _SURVEYOR.search(text, start, end) and not institutions.is_other(text[start:end]):
                yield page.mention(Kind.COMPANY, start, end, "company.cue")
            continue
        if cue.endswith(("ormation on", "mation about")) and not _VISIT.match(text, end):
            continue
        if _is_name(page, start, end):
            yield page.mention(Kind.COMPANY, start, end, "company.cue")


_SURVEYOR = re.compile(r"\s(?:Research|Insights|Analytics|Intelligence|Consulting|Associates|Group)\Z")
_VISIT = re.compile(r"['’]?s?,?\s+(?:please\s+)?(?:visit|go\sto|see|call)\b|\.")
_DEGREE = re.compile(
    r",?\s+(?:Ph\.?\s?D|M\.?D\.?\b|MBA|Pharm|D\.Phil|MSc|Jr\.|CPA|J\.D|FACP|DVM|MPH)|,\s+(?:the\s+)?(?:[\w\s-]{0,40}?\s)?(?:[Cc]hief|[Pp]resident|CEO|[Cc]hair|[Vv]ice|[Dd]irector|[Hh]ead|[Pp]rofessor|[Mm]anager|[Aa]nalyst)"
)
_GENERIC_NAME = re.compile(
    r"""(?:[A-Z][\w-]*\s)?(?:Phase|Study|Trial|Patients?|Cancer|Disease|Company|Agreement|Board|Committee|Court|Office|Department|Ministry|Government|State|
    States|City|County|Union|Congress|Senate|House|Act|Rule|Section|Item|Part|Class|Series|Form|Exhibit|Table|Note|Page|Date|Time|Day|
    Year|Quarter|Day|Week|Month|Results?|Data|Conference|Meeting|Symposium|News|Wire|Service|Business|Globe|Newswire|PRNewswire|Report|
    Index|Exchange|Market|Designation|Therapy|Drug|Application|Review|Status|Program|Project|Team|People|Team|Oncology|Medicine|Research|Development)\Z""",
    re.VERBOSE,
)


_NO_COMPANY_WORD = re.compile(
    r"\b(?:Dystrophy|Cancer|Disease|Tender|Offer|Insulin|Advanced|Metastatic|Treated|Previously|Injection|Safety|Facility|Directors|"
    r"Dutch|German|Swiss|French|Japanese|Chinese|Korean|Danish|Swedish|Israeli|British|Italian|Spanish|American|European|"
    r"Patients|Moves|Carcinoma|Lymphoma|Syndrome|Grant|Merger|Acquisition|Transaction|Medical|FDA|Product|Products|Orphan|Approval|"
    r"Initial|Public|Offering|Financial|Note|Notes|Second|Third|Fourth|Regulation|Rule|Chapter|Harbor|Reform|Code|Law|Court|"
    r"T[- ]?[Cc]ells?|B[- ]?[Cc]ells?)\b"
)


def _is_name(page: Page, start: int, end: int) -> bool:
    """Whether capitalised words found by their neighbours may name a company at all."""
    text = page.text
    name = text[start:end]
    words = name.split()
    if not words or end - start < 3 or page.shouts(start, end) or words[0].lower().strip(".,") in STOP:
        return False
    if _GENERIC_NAME.search(name) or name.lower() in GENERIC_NAMES or not _speakable(name):
        return False
    if is_person(name) or (len(words) == 1 and (is_given(name) or common(page, name))) or _NO_COMPANY_WORD.search(name):
        return False
    if _DEGREE.match(text, end) or institutions.is_other(name) or name.endswith(("mab", "nib")):
        return False
    if len(words) == 1 and (re.search(r"\d", name) or re.fullmatch(r"[A-Z]{2,4}s?", name)):
        return False
    return not re.match(r"\s?[®™]|-\d|\s+\d", text[end : end + 3])


_LIST_NAME = rf"{_CAPITALISED}(?:[ \n](?:&[ \n])?{_CAPITALISED}){{0,2}}"
_LIST_RIGHT = re.compile(
    rf"(?P<gap>(?:\s*\([^()]{{1,40}}\))?(?:,\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+))(?P<name>{_LIST_NAME})"
)
_LIST_LEFT = re.compile(
    rf"(?<![\w.] )(?<![\w-])(?P<name>{_LIST_NAME})(?P<gap>(?:\s*\([^()]{{1,40}}\))?(?:,\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+))\Z"
)
_LIST_FRONT = re.compile(r"(?:\b(?:between|from|with|by|to|including|for|as|,)|[(:]|like)\s+\Z")


def beside(page: Page, named: Sequence[Mention], found: Sequence[Mention]) -> Iterator[Mention]:
    """Names in one list with companies: 'agreements with Genentech, Abgenix, and Millennium'.

    Args:
        page: The release.
        named: The companies.
        found: All names, which are not read again.
    """
    text = page.text
    taken = {m.span.start for m in found}
    ends = {m.span.end for m in found}
    todo = [m.span for m in named]
    while todo:
        span = todo.pop()
        low, high = page.bounds(span.start)
        right = _LIST_RIGHT.match(text, span.end, high)
        if right and right.start("name") not in taken and _listed(page, right, low, high):
            found = page.mention(Kind.COMPANY, *right.span("name"), "company.list")
            taken.add(found.span.start)
            todo.append(found.span)
            yield found
        left = _LIST_LEFT.search(text, max(low, span.start - 60), span.start)
        if left and left.end("name") not in ends and _listed(page, left, low, high):
            found = page.mention(Kind.COMPANY, *left.span("name"), "company.list")
            ends.add(found.span.end)
            todo.append(found.span)
            yield found


def _listed(page: Page, match: re.Match[str], low: int, high: int) -> bool:
    """Whether the neighbour in a list is a name, and the list one of names and no run of clauses."""
    start, end = match.span("name")
    text = page.text
    if text[end - 1] in ".,'’" or not _is_name(page, start, end):
        return False
    following = text[end : min(high, end + 8)]
    closed = re.match(
        r"['’]s|\s*\(|,\s|\.|;|\)|\s+(?:and|or|in|for|to|will|have|has|that|which|are|is|on|under|as|at)\b|\Z|\s*$",
        following,
    )
    if closed is None:
        return False
    before = text[max(low, match.start() - 14) : match.start("name")] if match.start("name") == match.start() else ""
    if before and not (_LIST_FRONT.search(before) or start == low):
        return False
    coined = re.search(r"[a-z][A-Z]", match["name"]) is not None
    return coined or _LISTS.search(text, low, start) is not None


_LISTS = re.compile(
    r"\b(?:agreements?|collaborations?|partners?|partnerships?|licen[sc]e[ds]?|companies|licensees|including|alliances?|between|acquired|investors|"
    r"collaborators|customers|competitors|from|with|by)\b"
)


# ---------------------------------------------------------------- joined


def find(page: Page, document: Document, lexicon: Lexicon) -> Iterator[Mention]:
    """Companies by what proves them, unsorted; the vocabulary gives their keys."""
    for mention in (
        *_by_legal_form(page),
        *_by_trade(page),
        *_by_ticker(page),
        *_by_heading(page, document),
        *_by_acting(page),
        *_by_cue(page),
    ):
        if institutions.is_other(mention.text):
            continue
        yield keyed(mention, lexicon)


def keyed(mention: Mention, lexicon: Lexicon) -> Mention:
    """A company's mention with the vocabulary's key, also where the vocabulary has the name without 'Holdings'."""
    words = mention.text.replace("®", "").replace("™", "").split()
    for last in range(len(words), 0, -1):
        name = " ".join(words[:last]).rstrip(",")
        keys = [key for key in lexicon.lookup(name) if key.startswith("company/")]
        if len(keys) == 1:
            return Mention(mention.kind, mention.span, mention.text, mention.rule, keys[0])
        ending = words[last - 1].strip(".,")
        if ending not in ("Inc", "Ltd", "Co", "Corp") and (last < 3 or ending not in ("Holdings", "Holding", "Global")):
            break
    return mention


def names_in(mentions: Iterable[Mention]) -> frozenset[str]:
    """The texts of companies' mentions."""
    return frozenset(m.text for m in mentions if m.kind is Kind.COMPANY)
