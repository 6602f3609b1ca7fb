"""Short names: what a release calls a company once it has named it in full.

'Corbus Pharmaceuticals Holdings, Inc. ("Corbus" or the "Company")' is 'Corbus Pharmaceuticals' and 'Corbus' afterwards,
also in capitals in a headline; 'Blackstone Life Sciences (BXLS)' is 'BXLS'.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from oncopact.model import Kind, Mention
from oncopact.recognizers import institutions
from oncopact.recognizers.company_walk import common
from oncopact.recognizers.company_words import GENERIC_NAMES, LEGAL_FORM, TRAILING
from oncopact.recognizers.page import Page
from oncopact.recognizers.persons import is_given

RULE = "company.short-name"

_COMMON = frozenset(
    """
        american advanced allied applied first general global international national new united universal standard
        smart central eastern western southern northern pacific atlantic royal public private premier prime capital
        clear core next alpha beta delta omega target life health medical human cell gene cancer antibody protein
        precision innovative point bright blue green black white red great good best better big small open data
        digital energy enterprise express family federal financial fast free fresh gold home house image information
        insight integrated key land light line living market master media metro micro mobile modern motor mutual
        natural network north south east west one online orange park personal pioneer power progress pure quality
        rapid real research resource safe select senior silver simple sky social solar sound source space special
        spring star state strategic summit sun super sure team the trade true trust unity value vision vital water
        wave world young zero phase partners bank casino chemical computer therapeutic entertainment innovation
        investor shire novel orchid vertex oncology bio boston san los indiana wells arch atlas advantage agile bolt
        biotech precedence guggenheim
    """.split()
)
"""First words that are common words; they are short names only where a release defines them so or prints them alone
as a name of their own (see `_proven`)."""

_NOT_SINGLE = frozenset(
    """
        american advanced allied applied first general global international national new united universal central
        eastern western southern northern royal public private medical human cancer antibody state federal financial
        research life health san los the sun great good best big one phase partners bank capital market cell gene
        target protein therapeutic biotech oncology data energy family free home information media network online
        world boston chicago texas california
    """.split()
)
_ACRONYM = re.compile(r"\s*\(\s*(?:the\s)?[\"“'‘]?(?P<short>[A-Z][A-Za-z0-9&-]{1,9})[\"”'’]?\s*\)")
_DEFINED = re.compile(
    r"""\s*(?:\([^()]{0,60}\)\s*)?(?:,\s)?\(\s*(?:(?:together|collectively)[^()"“]{0,50}?\s)?(?:[^()"“”]{0,40}?[;,]\s*)?(?:hereinafter\s|or\s|formerly\s)*
    ["“”'‘](?P<one>[^"“”()]{2,40}?),?["”’'](?:\s*(?:,|or|and)\s*(?:the\s)?["“](?P<two>[^"“”()]{2,40}?),?["”])?""",
    re.VERBOSE,
)
_KNOWN_AS = re.compile(
    r"(?:\s*\([^()]{1,60}\))?,\s+(?:which\s+is\s+|also\s+)?known\s+as\s+(?P<short>[A-Z][A-Za-z&]{1,20})(?=[\s,])"
)
"""'Merck (NYSE: MRK), known as MSD outside the United States and Canada'."""


def find(page: Page, companies: Iterable[Mention]) -> Iterator[Mention]:
    """Further mentions of companies that are already known in full, unsorted."""
    known: dict[str, str | None] = {}
    met: set[str] = set()
    for mention in sorted(companies, key=lambda m: m.span):
        shorter = () if mention.text in met else tuple(_prefixes(page, mention))
        met.add(mention.text)
        for short in (*_defined(page, mention), *shorter):
            if short not in known and _usable(short):
                known[short] = mention.key
    yield from _places(page, known)


def _usable(short: str) -> bool:
    return (
        len(short) > 1
        and short.lower() not in GENERIC_NAMES
        and not institutions.is_other(short)
        and not re.fullmatch(r"[\d\W]+", short)
        and short[0].isalnum()
    )


def _defined(page: Page, mention: Mention) -> Iterator[str]:
    """Names that stand in brackets after the full one."""
    text = page.text
    match = _DEFINED.match(text, mention.span.end)
    if match and match.end() - mention.span.end < 160:
        for short in (match["one"], match["two"]):
            if short and short[0].isupper() and not _ROLE.match(short) and not _names_a_thing(short, mention.text):
                yield " ".join(short.split())
    known = _KNOWN_AS.match(text, mention.span.end)
    if known:
        yield known["short"]
    acronym = _ACRONYM.match(text, mention.span.end)
    if acronym and _abbreviates(acronym["short"], mention.text):
        yield acronym["short"]


_ROLE = re.compile(
    r"(?:the\s)?(?:(?:Company|Parent|Buyer|Seller)\b|(?:Partnership|Merger\s?Sub|Purchaser|Acquir[eo]r|Issuer)\Z)"
)
"""What a contract calls a party, which is no name of it."""


def _names_a_thing(short: str, full: str) -> bool:
    """Whether a term begins as the company's name, and ends as a thing of it: 'Alder Receipts' of Alder Pharma."""
    words, own = short.lower().split(), full.lower().split()
    last = words[-1].strip(".,")
    begun = any(word.startswith(last) for word in own)
    return (
        len(words) > 1
        and words[0] == own[0]
        and not begun
        and last not in TRAILING
        and not LEGAL_FORM.match(short.split()[-1])
    )


def _abbreviates(short: str, full: str) -> bool:
    """Whether the letters of `short` stand in `full` in this order, the first of them first."""
    letters = [c for c in short.lower() if c.isalpha()]
    words = full.lower()
    if not letters or not words.startswith(letters[0]) or short.upper() in ("NASDAQ", "NYSE"):
        return False
    position = 0
    for letter in letters:
        position = words.find(letter, position) + 1
        if not position:
            return letter == "x" and letters[-1] == "s"  # 'BXLS' for Blackstone Life Sciences
    return True


def base_of(name: str) -> str:
    """A company's name without its legal form.

    >>> base_of("Corbus Pharmaceuticals Holdings, Inc."), base_of("Eli Lilly and Company")
    ('Corbus Pharmaceuticals Holdings', 'Eli Lilly')
    """
    previous = None
    while name != previous:
        previous = name
        for gap in re.finditer(r",?\s+", name):
            form = LEGAL_FORM.match(name, gap.end())
            if form and form.end() == len(name):
                name = name[: gap.start()]
                break
    return name


def _prefixes(page: Page, mention: Mention) -> Iterator[str]:
    """The name without legal form, then without words of the trade at its end."""
    base = base_of(mention.text)
    if len(base.split()) > 1 or (base != mention.text and _proven(page, base)):
        yield base
    words = base.split()
    if base != mention.text and len(words) == 2 and is_given(words[0]) and _proven(page, words[1]):
        yield words[1]  # 'Eli Lilly and Company' is 'Lilly'
    while len(words) > 1 and words[-1].lower().strip(".,") in TRAILING:
        words = (
            words[:-2] if words[-2:] in (["Life", "Sciences"], ["LIFE", "SCIENCES"]) and len(words) > 2 else words[:-1]
        )
        if words[-1] in ("&", "and", "of"):
            return
        short = " ".join(words)
        if len(words) > 1 or _proven(page, short):
            yield short
    if words and words[0].lower().endswith(".com") and len(words) == 1:
        yield words[0][:-4]


def _proven(page: Page, word: str) -> bool:
    """Whether a single word may stand for the company: long enough, and no common word."""
    if len(word) < 3 or word.lower() in _NOT_SINGLE:
        return False
    if word.lower() not in _COMMON and not common(page, word):
        return True
    # a common word must act as a name: a possessive, or a verb of acting, not at the start of a sentence only
    return (
        re.search(rf"(?<![\w.] )(?<=[a-z,] ){re.escape(word)}(?:['’]s|\s(?:announced|said|will|has|is)\b)", page.text)
        is not None
    )


def _places(page: Page, known: Mapping[str, str | None]) -> Iterator[Mention]:
    """Every place where a short name stands as a word, as printed or in a headline's capitals."""
    for short, key in sorted(known.items()):
        words = short.split()
        for start, end in _spelled(page.text, words):
            yield page.mention(Kind.COMPANY, start, end, RULE, key)
        capitals = short.upper()
        if capitals != short and len(short) > 3:
            for start, end in _spelled(page.text, capitals.split()):
                if page.shouts(start, end):
                    yield page.mention(Kind.COMPANY, start, end, RULE, key)


def _spelled(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Places of words in a row, whatever white space parts them, that are no part of another word or code."""
    start = text.find(words[0])
    while start >= 0:
        end = start + len(words[0])
        for word in words[1:]:
            gap = _BLANKS.match(text, end)
            if gap is None or not text.startswith(word, gap.end()):
                break
            end = gap.end() + len(word)
        else:
            if _alone(text, start, end):
                yield start, end
        start = text.find(words[0], start + 1)


_BLANKS = re.compile(r"\s+")
_PART_OF_CODE = re.compile(r"[-‐‑]?\d|\.(?:com|org|net|[a-z]{2})\b|@|[-‐‑][A-Z\d]|/\w")
_ADDRESS_BEFORE = re.compile(
    r"(?:www\.|://|@[\w.-]*|[\w/]|[-.]|\b(?:[Nn]asdaq\w*|NASDAQ|NYSE|AMEX|[A-Z]{3,5})\s?:\s?)\Z"
)


def _alone(text: str, start: int, end: int) -> bool:
    if text[end : end + 1].isalnum() or _PART_OF_CODE.match(text, end):
        return False
    return _ADDRESS_BEFORE.search(text, max(0, start - 30), start) is None
