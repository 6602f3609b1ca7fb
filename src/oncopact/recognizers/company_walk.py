"""Where a company's name begins: walked leftwards from the sign that proves it ('Inc.', '(Nasdaq: …)', 'announced').

The walk never goes past the sentence's start, a verb, a role or a preposition.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from oncopact.model import SectionKind
from oncopact.recognizers.company_words import GENERIC_NAMES, LEGAL_FORM, STOP, TRADE_WORDS
from oncopact.recognizers.page import Page
from oncopact.recognizers.persons import is_given

_TOKEN = re.compile(r"[^\s,;:()\"“”\[\]|•*]+|[,;:()\"“”\[\]|•*]")
_REACH = 110
_INITIAL = re.compile(r"(?:[A-Z]\.)+\Z|(?:St|Inc|Corp|Co|Ltd|Bros|Mt|Dr|Jr|Sr|Drs|No)\.\Z")
_NAME_WORD = re.compile(r"[A-Z0-9À-Þ][\w.&'’+/!®™-]*\Z|[a-z]{1,5}[A-Z][\w]*\Z|[a-z]{1,2}-[a-z]+\Z|e\.l\.f\.|ev3")
_AMPERSANDS = ("&", "&&", "&amp;")
_PARTICLES = frozenset((*_AMPERSANDS, *"of de der van von du des del la le di and for do da".split()))
_LEAD_IN = re.compile(r"(?:[A-Z][A-Za-z.]+-based|[A-Z][a-z]{2,}\.|[-–—*#]+)\s+")
_GLUED_OWNER = re.compile(r".*['’]s[a-z]{3,}")
"""'Lilly'sacquisition of Borgwell': a link's text has lost the blank after the possessive."""
_OFFICE = re.compile(r"C[A-Z]{1,3}O|(?:Employee|User|Member|Resident|Lender|Investor|Founder|Head|Citizen)s?")
"""What a person or group is of a company: 'CMO of Borgwell Therapeutics', 'Employees of Borgwell Limited'."""
_GLUED_WORD = re.compile(r"(?:and|of|by|with|for|For|from|the|to|in)(?=[A-Z][A-Za-z])")
"""Where a page's text has lost the blank: 'andPOINT Biopharma'."""
_MARKS = "®™℠©"


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
        if begin is not None and _parted(page.text, start + len(word), left):
            break
        left = start
        if word == ",":
            if not (
                commas
                and begin is not None
                and (partners or _partners_before(tokens, at))
                and _partner(tokens, at)
                and not _stands_apart(page, tokens, at)
            ):
                break
        elif word.lower() in _PARTICLES:
            plain = commas and not shouting
            if begin is None or at == 0 or not _joins(page, tokens, at, firm=firm, shouting=shouting, plain=plain):
                break
        elif not _belongs(page, word, last=begin is None, shouting=shouting):
            break
        else:
            glued = _GLUED_WORD.match(word) if unglued(page, word) else None
            begin = start + (glued.end() if glued else 0)
            if glued:
                break
        at -= 1
    return _trimmed(page, begin, end) if begin is not None else None


def unglued(page: Page, word: str) -> bool:
    """Whether what follows a little word in one with it stands elsewhere as a word: no 'ForSeeCon'."""
    glued = _GLUED_WORD.match(word)
    return glued is not None and _places(page.text, word[glued.end() :]) > 0


_WRAPPED = 165


def _parted(text: str, start: int, end: int) -> bool:
    """Whether what stands between two words parts names: a paragraph's end, or that of a long line."""
    gap = text[start:end]
    if "\n" in gap and start - text.rfind("\n", 0, start) > _WRAPPED:
        return True
    return gap.count("\n") > 1 or ("\n" not in gap and len(gap) > 3)


def _named(tokens: Sequence[tuple[int, str]], at: int) -> bool:
    """Whether a capitalised word stands before the token at `at`."""
    word = tokens[at - 1][1] if at > 0 else ""
    return _NAME_WORD.match(word) is not None and word.lower() not in STOP and not _GLUED_OWNER.match(word)


def _partner(tokens: Sequence[tuple[int, str]], at: int) -> bool:
    """Whether the comma at `at` stands between two partners of one word each: 'Skadden, Arps, Slate & Flom'."""
    if not _named(tokens, at) or LEGAL_FORM.fullmatch(tokens[at - 1][1]):
        return False
    after = tokens[at + 2][1] if at + 2 < len(tokens) else ""
    return after in ("", ",", "and", *_AMPERSANDS)


def _partners_before(tokens: Sequence[tuple[int, str]], at: int) -> bool:
    """Whether the comma at `at` parts the names of a firm's partners: 'Miller, Johnson & Kuehn'."""
    return any(word in _AMPERSANDS for _, word in tokens[at:])


def _joins(page: Page, tokens: Sequence[tuple[int, str]], at: int, *, firm: bool, shouting: bool, plain: bool) -> bool:
    word, before, after = tokens[at][1], tokens[at - 1][1], tokens[at + 1][1]
    if not _named(tokens, at) or _ends_name(before):
        return False
    if word in _AMPERSANDS:
        return True
    if word.lower() == "and":
        if after in ("Company", "Sons", "Co.", "Brothers", "Associates", "COMPANY"):
            return True
        if plain and at == len(tokens) - 2 and after.lower() in GENERIC_NAMES and after.endswith("s"):
            return True  # 'Air Products and Chemicals, Inc.'
        return firm and not shouting and not _stands_apart(page, tokens, at)
    if word == "of" and (_OFFICE.fullmatch(before) or (at > 1 and is_given(tokens[at - 2][1]))):
        return False
    return not shouting and word.islower() and word != "for"


def _ends_name(word: str) -> bool:
    """Whether a word is a legal form, after which another name begins: 'Alderis, Inc. & Borgmann GmbH'."""
    return LEGAL_FORM.fullmatch(word) is not None and word not in ("Company", "AS", "SE", "AB", "SA")


def _stands_apart(page: Page, tokens: Sequence[tuple[int, str]], at: int) -> bool:
    """Whether one of the words that a comma or 'and' parts names a firm of its own.

    'For Borgwell, Marsh & Penrose LLP advises' and 'adviser to Borgwell and Oakley Marsh LLP': the release also writes
    'Borgwell' alone, as it does not write the first of a firm's partners.
    """
    before, after = tokens[at - 1], tokens[at + 1]
    text = page.text
    together = text[before[0] : after[0] + len(after[1])]
    left, right = before[1], after[1]
    glued = _GLUED_WORD.match(left) if unglued(page, left) else None
    if glued:  # 'ForBorgwell, Marsh & Penrose LLP'
        left, together = left[glued.end() :], together[glued.end() :]
    if left in TRADE_WORDS or _places(text, left) > _places(text, together):
        return True
    return tokens[at][1].lower() == "and" and _places(text, right) > _places(text, together)


def _places(text: str, words: str) -> int:
    """How often words stand in a text as words of their own."""
    return len(re.findall(rf"(?<!\w){re.escape(words)}(?!\w)", text))


def _belongs(page: Page, word: str, *, last: bool, shouting: bool) -> bool:
    bare = word.rstrip(_MARKS)
    if not _NAME_WORD.match(bare) or bare.lower().rstrip(".,") in STOP or bare.lower() in STOP:
        return False
    if (bare.endswith(".") and not last and not _INITIAL.match(bare)) or _GLUED_OWNER.match(bare):
        return False
    if bare[0].isdigit() and re.fullmatch(r"[\d.,%-]+(?!st|nd|rd|th)[a-z]{0,2}", bare):
        return False
    if re.search(r"['’]s?\Z", bare) and not last:
        return not shouting and not _is_owner(page, bare)
    return True


def _is_owner(page: Page, word: str) -> bool:
    """Whether a possessive owns what follows ("Merck's Seagen Inc.") and is no part of the name ("Casey's Inc.")."""
    base = re.sub(r"['’]s?\Z", "", word)
    return re.search(rf"(?<![\w]){re.escape(base)}(?!['’]s|\w)", page.text) is not None or len(base) < 4


def _trimmed(page: Page, begin: int, end: int) -> int | None:
    """Past words that only lead up to a name."""
    while begin < end:
        match = _LEAD_IN.match(page.text, begin, end)
        if match is None:
            return _past_person(page, begin, end)
        begin = match.end()
    return None


_PERSON = re.compile(r"(?P<given>[A-Z][a-zü]+)\s+(?:[A-Z]\.\s+)?[A-Z][\w'’-]+\s+(?P<rest>[A-Z]\S*\s\S)")


def _past_person(page: Page, begin: int, end: int) -> int:
    """Past a person who stands before the company in a contact block, where the rest is a name elsewhere too."""
    match = _PERSON.match(page.text, begin, end)
    if match is None:
        return begin
    rest = page.text[match.start("rest") : end]
    labelled = _LABEL_BEFORE.search(page.text, max(0, begin - 12), begin) is not None and speakable(rest)
    given = is_given(match["given"])
    again = page.text.count(rest) > page.text.count(page.text[begin:end])
    if (again and (given or labelled)) or (given and labelled and page.kind(begin) in _CONTACTS):
        return match.start("rest")
    return begin


_CONTACTS = (SectionKind.CONTACTS, SectionKind.SIGNATURE)


_LABEL_BEFORE = re.compile(r"(?:[:|*\n]\W*|\b(?:Media|Investors?|Contacts?|Press|Relations)\s)\Z")
"""'Japan Media: Koji Ogiwara Borgwell Co., Ltd.': no list of given names knows all."""


# ---------------------------------------------------------------- words


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


def speakable(name: str) -> bool:
    """Whether a name has a word of its own, and not only words that any company may be called."""
    words = [word.strip(".,").lower() for word in name.split()]
    return not all(word in GENERIC_NAMES or word in STOP for word in words) and any(c.isalpha() for c in name)
