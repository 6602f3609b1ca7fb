"""Institutions that can be parties, and names that are no company's at all.

Universities, hospitals, foundations and agencies that license or fund are institutions. Regulators, newswires,
journals, exchanges, indices, social media, societies, congresses and places are neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from oncopact.model import Kind, Mention
from oncopact.recognizers.page import Page
from oncopact.recognizers.spots import spotter

# ---------------------------------------------------------------- neither

_OTHER_EXACT = frozenset(
    name.strip().lower()
    for line in """
    Securities Investor Protection Corporation, Securities Investor Protection Corp, Federal Home Loan Bank,
    Merger Sub, FDA, EMA, CHMP, PMDA, NMPA, MHRA, SEC, NASD, FINRA, SIPC, NIH, NCI, CDC, WHO, CDER, BfArM, HSR,
    FTC, DOJ, EPO, USPTO, DTC, NASDAQ, NYSE, AMEX,
    PRNewswire, PR Newswire, Business Wire, BusinessWire, BUSINESS WIRE, GlobeNewswire, Globe Newswire,
    GLOBE NEWSWIRE, Marketwire, Market Wire, Marketwired,
    ACCESSWIRE, Accesswire, ACCESS Newswire, Newsfile, Newsfile Corp, PR NEWSWIRE-FIRST CALL, First Call, EQS,
    EQS Group, DGAP, Cision, PRWeb, PrimeNewswire,
    JCN Newswire, ots, Reuters, Bloomberg, Dow Jones, Associated Press, AP, AFP, Xinhua, Morningstar, CNBC, CNN,
    Forbes, Fortune, Barron's, Benzinga, Yahoo,
    Yahoo Finance, Wall Street Journal, The Wall Street Journal, New York Times, Financial Times, EDGAR,
    Edgar Online, MarketWatch, Seeking Alpha, EINPresswire,
    EIN Presswire, BusinessWire, iCrowdNewswire, Newswire, LinkedIn, Twitter, Facebook, Instagram, YouTube, TikTok,
    X, Threads, WeChat, Weibo, Vimeo, Pinterest,
    Reddit, Telegram, Discord, WhatsApp, Medium, Spotify, Snapchat,
    S&P, S&P 500, Russell 2000, Dow Jones Industrial Average, Fortune 500, Fortune 100, Nasdaq Biotechnology Index,
    Inc. 5000, MSCI, FTSE,
    ASCO, ASH, ESMO, AACR, SITC, ASTRO, EHA, SABCS, IASLC, SNMMI, ESTRO, SGO, AUA, ASGCT, EORTC, SWOG, ECOG, NSABP,
    NCCN, AJCC, RECIST,
    Nature, Science, Cell, The Lancet, Lancet, Lancet Oncology, The Lancet Oncology,
    New England Journal of Medicine, The New England Journal of Medicine,
    Journal of Clinical Oncology, Blood, Cancer Cell, Cancer Research, Clinical Cancer Research, Nature Medicine,
    Nature Biotechnology, JAMA, JAMA Oncology,
    Annals of Oncology, Cancer Discovery, PNAS, European Commission, European Union, United States, United Kingdom,
    World Health Organization, Medicare,
    Medicaid, Congress, Phase, KOL, Company, Board, Section, Securities Act, Exchange Act,
    Private Securities Litigation Reform Act, Risk Factors,
    Common Stock, Annual Report, Quarterly Report, Form, Item, Investor Relations, Media Relations,
    Corporate Communications, Public Relations, Safe Harbor,
    R&D, Q&A, IR, PR, CEO, CFO, CMO, CSO, GAAP, EBITDA, IPO, IND, NDA, BLA, ADC, ADCs, COVID, COVID-19, AIDS, DNA,
    RNA, mRNA, AI, IT, ESG, HIV, HTTPS, URL,
    Keynote, Fast Track, Orphan Drug, Breakthrough Therapy, Priority Review, Accelerated Approval,
    Monoclonal Antibody, Antibody, Technology, Platform, Products,
    Human Genome Project, Cancer Moonshot, Hart-Scott-Rodino, CREATE Act, North America, South America,
    Latin America, Asia Pacific, Asia-Pacific, Middle East,
    Greater China, Mainland China, Hong Kong, South Korea, New Zealand, Saudi Arabia, South Africa, Great Britain,
    New York, New Jersey, Los Angeles, San Diego,
    San Francisco, South San Francisco, Silicon Valley, Wall Street, Bay Area, Cambridge, Boston, London, Paris,
    Basel, Zurich, Munich, Berlin, Frankfurt,
    Tokyo, Osaka, Shanghai, Beijing, Suzhou, Seoul, Singapore, Sydney, Melbourne, Toronto, Montreal, Vancouver,
    Copenhagen, Stockholm, Vienna, Darmstadt,
    Rahway, Kenilworth, Whitehouse Station, Indianapolis, Chicago, Houston, Dallas, Seattle, Bothell, Waltham,
    Princeton, Philadelphia, Atlanta, Miami,
    Massachusetts, California, Texas, Florida, Delaware, Pennsylvania, Maryland, Washington, Virginia, Illinois,
    Ohio, Michigan, Minnesota, Indiana,
    Germany, France, Italy, Spain, Japan, China, India, Canada, Mexico, Brazil, Australia, Switzerland, Austria,
    Sweden, Denmark, Norway, Finland, Ireland,
    Israel, Belgium, Netherlands, Poland, Russia, Turkey, Taiwan, Korea, Europe, Asia, Africa, America, Americas,
    EMEA, APAC, EU, US, U.S., USA, U.K., UK
    """.strip().splitlines()
    for name in line.split(",")
    if name.strip()
)
_OTHER_SHAPE = re.compile(
    r"""\b(?:Universit\w+|College|School|Hospitals?|Clinic|Institut\w*|Foundation|Society|Association|Congress|Journal|
    Academy|Ministry|Department|Commission|Administration|Agency|Committee|Court|Council|Cent(?:er|re)s?|Consortium|
    Conference|
    Symposium|Summit|Meeting|Award|Newswire|NEWSWIRE|Wire|Stock\sExchange|(?:Stock|Capital|Global|Select)\sMarket|Index|Review|Times|Magazine|
    Medical\sOncology|Clinical\sOncology|
    Registry|Government|Army|Navy|Museum|Church|Charity|Trials?|Study)\b(?!.*\b(?:Inc|LLC|Ltd|Corp|plc|L\.P))""",
    re.VERBOSE,
)


_NO_FIRM = re.compile(
    r"\b(?:Universit\w+|College|School|Hospitals?|Clinic|Institut\w*|Foundation|Society|Association|Academy|Ministry|"
    r"Department|Commission|Administration|Agency|Committee|Court|Council|Consortium|Government)\b"
)
"""What a legal form makes no company of: 'Halden Cancer Institute, Inc.'."""
_ENDS_OTHER = re.compile(
    r"\b(?:Congress|Conference|Symposium|Summit|Meeting|Award|Index|Review|Times|Trials?|Study)\b(?=\s[A-Z])"
)
"""What is an event or a paper at the end of a name only: 'Summit Midstream Partners' is a firm."""


def is_other(name: str, *, registered: bool = False) -> bool:
    """Whether a name is no company's: a regulator, newswire, journal, society, place, institution or common term.

    Args:
        name: As printed.
        registered: Whether a legal form proves it to be a firm's, so that 'Wire' or 'Journal' in it says nothing.

    >>> is_other("Globe Newswire"), is_other("Journal of Clinical Oncology"), is_other("Boston"), is_other("Lantheus")
    (True, True, True, False)
    """
    plain = " ".join(name.replace("®", "").replace("™", "").split())
    if registered:
        return plain.lower() in _OTHER_EXACT or _NO_FIRM.search(plain) is not None
    return plain.lower() in _OTHER_EXACT or _OTHER_SHAPE.search(_ENDS_OTHER.sub("", plain)) is not None


# ---------------------------------------------------------------- institutions

_SPOTS = spotter(
    (
        "university|universität|université|università|universiteit|hospital|institute|institut |institutes|foundation|"
        "college|clinic |clinic,|clinic.|cancer center|cancer centre|medical center|medical centre|barda|inserm|cnrs|"
        "cancer trust|medical trust|research trust|wellcome trust|hospital trust|cancer research uk|"
        "cancer research technology|karolinska"
    ).split("|")
)
_CAPITAL = r"[A-Z][\w.'’&-]*"
_INSTITUTION = re.compile(
    rf"""(?<![\w-])(?:
      (?:{_CAPITAL}\s){{0,2}}Universit(?:y|ies|ät|é|à|eit)\s(?:of|at|de|di|zu|
      van)\s(?:the\s)?{_CAPITAL}(?:,?\s(?:at\s|and\s)?{_CAPITAL}){{0,2}}?(?:,?\s(?:Los\sAngeles|(?:San|Santa)\s{_CAPITAL}|Berkeley|Davis|Irvine))?(?:\sat\s{_CAPITAL}(?:\s{_CAPITAL})?)?
    | (?:{_CAPITAL}\s(?:(?:and|&|de|of|for)\s)?){{1,4}}(?:University|Universität|Hospitals?|Institutes?|Foundation|
    College|Clinic)(?:\s(?:of|for)\s(?:the\s)?{_CAPITAL}(?:\s(?:and\s)?{_CAPITAL}){{0,3}})?
    | (?:{_CAPITAL}\s){{1,4}}(?:Cancer|Medical)\sCent(?:er|re)
    | (?:{_CAPITAL}\s){{0,3}}(?:Cancer|Medical|Research|Wellcome|Hospitals?|Charitable)\sTrust
    | (?:National\s)?Institutes?\s(?:of|for)\s{_CAPITAL}(?:\s{_CAPITAL}){{0,2}}
    | Institut\s{_CAPITAL}(?:[-\s]{_CAPITAL}){{0,2}}
    | Cancer\sResearch\s(?:UK|Technology) | BARDA | INSERM | Inserm | CNRS | Karolinska\s{_CAPITAL}
    )(?![\w])""",
    re.VERBOSE,
)
_LEADING = re.compile(
    r"(?:.*\b(?:Director|Professor|President|Dean|Chair|Fellow|Trustee|Scientist|Head)\s(?:of|at)\s+|"
    r"(?:The|From|At|In|With|By|And|For|Of|About|Dr\.?|Prof\.?|Director|President)\s*(?=[A-Z]))"
)
_TRAILING = re.compile(r"(?:['’]s?|[.,;:]|(?<=[a-z])(?<!l)and)+\Z")
_NOT_IN_NAME = re.compile(
    r"\b(?:Offers|Strong|Collaborate\w*|Pipeline|Announce\w*|Innovation|Launch\w*|Lays|Solid|Provides?)\b|"
    r"\sand\s(?:Institute|University)"
)
_COMPANY_AFTER = re.compile(r",?\s(?:Inc|LLC|Ltd|Corp|plc|L\.P|GmbH)\b")


_PARTY_SPOTS = spotter([" nih", " nci", " mit", " crt", " ucsf", " mskcc", " barda", " darpa", " cirm"])
_PARTY = re.compile(
    r"\b(?:agreements?|licen[sc]\w*|CRADAs?|collaborat\w*|partner\w*|grants?|contracts?|royalties)\b[^.;]{0,60}"
    r"\b(?:with|from|by|to)\s(?:the\s)?\Z"
)
_PARTY_NAME = re.compile(r"(?:NIH|NCI|MIT|CRT|UCSF|MSKCC|BARDA|DARPA|CIRM)(?![\w-])")


def initials(page: Page) -> Iterator[Mention]:
    """'the licence agreement with the NIH': well-known institutions by their initials, where they are a party."""
    for at, _ in _PARTY_SPOTS(page.lower, 0, len(page.lower)):
        name = _PARTY_NAME.match(page.text, at + 1)
        low = page.bounds(at + 1)[0]
        if name and _PARTY.search(page.text, max(low, at - 120), at + 1):
            yield page.mention(Kind.INSTITUTION, *name.span(), "institution.initials")


def find(page: Page) -> Iterator[Mention]:
    """Institutions by their own words: 'University of …', '… Hospital', '… Cancer Center'."""
    done = 0
    for at, to in _SPOTS(page.lower, 0, len(page.lower)):
        if at < done:
            continue
        low, high = page.bounds(at)
        begin = max(low, at - 70)
        for match in _INSTITUTION.finditer(page.text, begin, min(high, to + 70)):
            if not (match.start() <= at < match.end()):
                continue
            start = match.start()
            lead = _LEADING.match(page.text, start, match.end())
            start = lead.end() if lead else start
            done = match.end()
            tail = _TRAILING.search(page.text, start, match.end())
            end = tail.start() if tail else match.end()
            if _NOT_IN_NAME.search(page.text, start, end) or end - start < 5:
                break
            if not page.shouts(start, match.end()) and not _COMPANY_AFTER.match(page.text, match.end()):
                yield page.mention(Kind.INSTITUTION, start, end, "institution.word")
            break
