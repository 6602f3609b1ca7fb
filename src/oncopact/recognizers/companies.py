"""Companies that no list names: by legal form, words of the trade, ticker, heading, and what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from oncopact.lexicon import Lexicon
from oncopact.model import Document, Kind, Mention, SectionKind
from oncopact.recognizers import announcers, company_neighbours, company_roles, institutions
from oncopact.recognizers.company_walk import common, speakable, walk
from oncopact.recognizers.company_words import (
    EXCHANGES,
    GENERIC_NAMES,
    LAW_FIRM,
    LEGAL_FORM,
    LEGAL_STARTS,
    SHORT_FORMS,
    SURE_TRADE,
    TRADE_WORDS,
)
from oncopact.recognizers.page import Page
from oncopact.recognizers.spots import spotter

# ---------------------------------------------------------------- by what ends the name


_LEGAL_SPOTS = spotter(f"{lead}{word}" for word in LEGAL_STARTS for lead in (" ", "\u00a0"))
_TRADE_SPOTS = spotter(f"{lead}{word.lower()}" for word in TRADE_WORDS for lead in (" ", "\u00a0"))
_AND_BEFORE = re.compile(r"(?:\band|&amp;|&&?)\s+\Z")
_COMMA_BEFORE = re.compile(r",?\s*\Z")
_PLACE_BEFORE = re.compile(r"\s\([A-Z][a-z]+(?:[ -][A-Z][a-z]+)?\)\Z")
"""A Chinese company's place stands before its legal form: 'Oakline Biologics (Suzhou) Co., Ltd.'."""
_NOT_ALONE = re.compile(
    r"(?:The|Our|Its|This|That|Each|Such|Any|No|Parent|Holding|Public|Private|Trust|Insurance|Biotech|Biotechnology|"
    r"Pharmaceutical|Pharmaceuticals|Drug|Portfolio|Operating|Management|Listed|Life|Affiliated|Group|Fortune|Target|"
    r"Successor|Surviving|New|Subsidiary|Investment|Emerging|Growth|Reporting|Smaller|Shell|Mining|"
    r"Technology|Health|Time)\Z",
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
        place = _PLACE_BEFORE.search(text, max(0, name_end - 40), name_end)
        name_end = place.start() if place else name_end
        begin = walk(page, name_end, firm=firm, commas=True, partners=partners)
        if begin is None or not _proves(page, begin, name_end, form) or _A_LAW.match(text, form.end()):
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


_A_LAW = re.compile(r"\s(?:Law|Act|Code|Statute)\b")
"""'the General Corporation Law of the State of Delaware'."""
_INDEFINITE = re.compile(r"\b(?:an?|any|another|each|every|leading|largest|this|that|other|such)\s+\Z", re.IGNORECASE)


_ROLES = frozenset("parent merger buyer purchaser seller holding holdings new company the acquisition".split())


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
        if (_NOT_ALONE.match(words[-1]) and len(words) < 3) or words[-2:] == ["Eastern", "Time"]:
            return False
        if _INDEFINITE.search(page.text, max(0, begin - 12), begin):
            return False
    if all(word.lower().strip(".,") in GENERIC_NAMES for word in words):
        # 'Target Sciences LLC' is registered, 'Merger Sub, Inc.' and 'the Company' are roles
        sure = printed in ("LLC", "GmbH", "AG", "AB", "S.A.", "N.V.", "B.V.", "plc", "Ltd", "Ltd.", "Inc.", "Inc")
        return sure and len(words) > 1 and words[0].lower() not in _ROLES and not page.shouts(form.start(), form.end())
    return sum(c.isalpha() for c in name) > 1 and not re.fullmatch(r"(?:[A-Z]\.\s?)+", name)


_TRADE_END = re.compile(r"(?:[ \t\u00a0]+\n?[ \t\u00a0]*(?P<word>[A-Z][\w&-]*))")
_GOES_ON = frozenset(
    "Group Global International Holdings Holding Fund Partners Sciences Pharma Therapeutics Oncology USA US Europe "
    "Japan China Management Advisors Medicines Innovations Solutions Canada America Research Securities".split()
)
_GENERIC_LEAD = frozenset(
    """
        human prescription animal clinical consumer specialty generic global innovative oral oncology cancer cell
        gene targeted novel emerging biotech small large private public radiation medical molecular protein antibody
        monoclonal polyclonal bispecific naked humanized humanised chimeric murine neutralizing anti-drug these such
        other venture working human equity share investment healthcare biopharmaceutical biotechnology pharmaceutical
        biologics research advanced leading american european international national strategic limited general life
        digital top live supplemental marketable taxable income additional annual best kids new ex dividend long-term
        short-term first home immuno-oncology translational precision co-founder gmp commercial clinical-stage
        regenerative biological u.s. us investor limited managing general senior business corporate world
    """.split()
)


_NO_TRADE_AFTER = re.compile(
    r"\s+(?:[Cc]ompanies|Conference|License|Licence|Licensing|Application|Exchange|Cent(?:er|re)|Companies|Industry|"
    r"Sector|Summit|Forum|Day|Week|"
    r"Award|Segment|Market|Act|Portfolio|Discovery|Employers|CONFERENCE|Entrepreneurship|Return|Gains?|"
    r"Equipment|Symposium|"
    r"Development|Pipeline|Program|Prize|Index|Officer|[Ii]nvestors?|Showcase|Brokers|Unit)\b"
)


_HOLDERS = re.compile(r"\bholders of (?:[\w.]+ ){1,4}\Z", re.IGNORECASE)


def _held(text: str, floor: int, at: int) -> bool:
    """Whether securities at `at` are those of a company: 'holders of Alderis Securities should read this'."""
    return _HOLDERS.search(text[max(floor, at - 80) : at + 1]) is not None


def _by_trade(page: Page) -> Iterator[Mention]:
    text = page.text
    for at, to in _TRADE_SPOTS(page.lower, 0, len(page.lower)):
        word = text[at + 1 : to]
        if text[to : to + 1].isalnum() or not (word in TRADE_WORDS or (word.isupper() and page.shouts(at, to))):
            continue
        if _NO_TRADE_AFTER.match(text, to) or (word.lower() == "securities" and _held(text, page.bounds(at)[0], at)):
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


_KIND_OF = re.compile(r".*-(?:driven|based|powered|enabled|focused|owned|backed|led)\Z", re.IGNORECASE)
_NO_GROUP = frozenset(
    "oncology study working research cooperative user trial trials interest patient advocacy age control treatment "
    "focus support expert steering advisory treatments placebo peer ethnic blood product products "
    "risk task the our this".split()
)
"""What precedes 'Group' in what is none of companies."""


def _distinct(page: Page, lead: Sequence[str], word: str, *, sure: bool) -> bool:
    """Whether the words before a word of the trade make it a name."""
    if _KIND_OF.match(lead[0]) or (word == "Group" and lead[-1].lower() in _NO_GROUP):
        return False
    if lead[0].lower() in _GENERIC_LEAD and (len(lead) == 1 or not sure):
        return False
    if all(word.lower() in _GENERIC_LEAD or word.lower() in GENERIC_NAMES for word in lead):
        return False
    if word == "Fund" and len(lead) < 2:
        return False
    return sure or (len(lead) <= 3 and not common(page, lead[0]))


# ---------------------------------------------------------------- by ticker


_EXCHANGE_SPOTS = spotter(EXCHANGES)
_TICKER = re.compile(
    r"""[(\[] \s* (?: [^()\[\]]{0,60}? [\s,;("“] )??
    (?: (?:the\s)? (?: Nasdaq | NASDAQ | NasdaqGS | NasdaqGM | NYSE | AMEX | OTC | LSE | AIM | TSXV? | TSE | ASX |
    Euronext | EURONEXT | HKEX | SEHK
      | SZSE | SSE | KOSDAQ | KRX | KOSPI | SIX | SWX | XETRA | Xetra | Frankfurt | FSE | OMXS? | CSE | BSE | NSE |
      JASDAQ | ISIN | WKN | TASE | Oslo
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
        if begin is None or (begin == end) or not speakable(text[begin:end]):
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


# ---------------------------------------------------------------- joined


def find(page: Page, document: Document, lexicon: Lexicon) -> Iterator[Mention]:
    """Companies by what proves them, unsorted; the vocabulary gives their keys."""
    for mention in (
        *_by_legal_form(page),
        *_by_trade(page),
        *_by_ticker(page),
        *_by_heading(page, document),
        *company_neighbours.acting(page),
        *company_neighbours.after_cue(page),
        *company_neighbours.jointly(page),
        *company_neighbours.owners(page),
        *company_neighbours.defined(page),
        *announcers.find(page, document),
        *company_roles.advisers(page),
        *company_roles.officers(page),
        *company_roles.exemplified(page),
        *company_roles.enumerated(page),
        *company_roles.first(page, document),
    ):
        if institutions.is_other(mention.text, registered=mention.rule == "company.legal-form"):
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
