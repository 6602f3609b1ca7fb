"""Companies by what they do in a release: whoever opens the lead and announces, or is named as the release's source.

Such a name needs no sign of its own, neither legal form nor word of the trade: 'JTS, a provider of …, today announced'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from oncopact.layout import source_names
from oncopact.model import Document, Kind, Mention, SectionKind, Span
from oncopact.recognizers import institutions
from oncopact.recognizers.company_walk import common, speakable
from oncopact.recognizers.company_words import GENERIC_NAMES, STOP
from oncopact.recognizers.page import Page
from oncopact.recognizers.persons import is_given, is_person

RULE = "company.announcing"

_SENTENCES = 3
"""So many sentences of the body may hold the announcement."""
_SOURCE_WORDS = 6
_WORD = r"(?:[A-Z][\w&'’+.-]*\w|[A-Z]|\d+[A-Z]?\w*|[a-z]{1,3}[A-Z]\w+)"
_OPENING = re.compile(
    rf"""(?:Today,?\s+)?(?:[Tt]he\s+(?:Board\s+of\s+Directors\s+(?:of|for)\s+(?:the\s+)?)?)?
    (?P<name>{_WORD}(?:[ \n]+(?:(?:of|&|de|for)[ \n]+)?{_WORD}){{0,6}})
    (?=[®™]?(?:,\s|\s+\(|\s+[“"]|\s+(?:today|announces?d?|reports?|reported|recently|proudly|unveils?|unveiled|launche[sd]|
        is|are|has|have|will|plans?|strongly)\b))""",
    re.VERBOSE,
)
_VERB = re.compile(
    r"\b(?:announce[sd]?|(?:today|recently|proudly)\s+\w+ed|report(?:s|ed)\s+(?:today|its)|said\s+today|unveil(?:s|ed)|"
    r"(?:is|are)\s+launching|introduc(?:es|ed)|launche[sd])\b"
)
_HEADLINE = re.compile(
    rf"(?P<name>{_WORD}(?:[ \n]+(?:&[ \n]+)?{_WORD}){{0,4}}?)[®™]?"
    r"\s+(?:Announces|ANNOUNCES|announces|Unveils|UNVEILS|Launches|LAUNCHES)\b"
)
_TWO = re.compile(
    rf"(?P<one>{_WORD}(?:[ \n]+(?:&[ \n]+)?{_WORD}){{0,3}}?)[®™]?\s+(?:and|AND|&)\s+"
    rf"(?P<two>{_WORD}(?:[ \n]+{_WORD}){{0,3}}?)[®™]?"
    r"\s+(?:Announce|Enter|Sign|Expand|Extend|Form|Launch|Partner|Collaborate|Team|Agree|Establish|Complete|Amend|"
    r"Receive|Report|Initiate|Begin|Join)\b"
)
"""Two that act together in a headline."""
_FIRM = re.compile(
    r"[®™]?(?:\s+\([^()]{0,90}\)|,\s+(?:an?|the|one\sof)\b[^.;]{0,160}?\b(?:compan(?:y|ies)|firm|leader|provider|brand|"
    r"group|platform|manufacturer|maker|organi[sz]ation|utility|retailer|developer)\b)"
)
"""What stands after a company's name that opens a lead in which nothing is announced."""
_PLAIN = re.compile(r"(?:[A-Z][a-z]+s|[A-Z][a-z]+(?:ing|ers?|ists?|tions?|ments?))\Z")
"""A single word of this shape opens sentences as a common noun: 'Researchers', 'Results', 'Following'."""
_PARTICLES = frozenset("of de for".split())
_NOT_A_NAME = re.compile(
    r"\b(?:The|This|Study|Trial|Phase|Data|Results?|Patients?|Findings|Abstracts?|Approval|Treatment|FDA|EMA|CHMP|"
    r"President|Governor|Mayor|Senator|Secretary|Dr|Mr|Ms|Mrs|Prof)\b"
)


_OWNED = re.compile(r"['’]s\s")


def find(page: Page, document: Document) -> Iterator[Mention]:
    """The name that opens a sentence of the lead and announces there, or opens the headline too."""
    yield from _leading(page, document)
    yield from _sources(page)
    if document.title:
        yield from _titled(page, document.title)


def _leading(page: Page, document: Document) -> Iterator[Mention]:
    """The first name that opens a sentence of the lead as the issuer's would."""
    body = [s for s in document.sentences if s.kind in (SectionKind.BODY, SectionKind.TERMS)][:_SENTENCES]
    headline = document.title.of(page.text) if document.title else ""
    for number, sentence in enumerate(body):
        match = _OPENING.match(page.text, sentence.span.start, sentence.span.end)
        if match is None:
            continue
        start, end = match.span("name")
        announces = _VERB.search(page.text, end, sentence.span.end) is not None
        titled = number == 0 and _opens(headline, page.text[start:end])
        presented = titled and (not page.medical or _FIRM.match(page.text, end) is not None)
        if (announces or presented) and _may_name(page, start, end, titled=titled):
            yield page.mention(Kind.COMPANY, start, end, RULE)
            return


def _sources(page: Page) -> Iterator[Mention]:
    """The first place that prints the name in the newswire's source line."""
    for name in source_names(page.text):
        if len(name.split()) > _SOURCE_WORDS or not name[0].isupper() or institutions.is_other(name):
            continue
        match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", page.text)
        start, end = match.span() if match else (0, 0)
        if match and page.kind(start).states_facts and _may_name(page, start, end, titled=True):
            yield page.mention(Kind.COMPANY, start, end, RULE)


def _titled(page: Page, title: Span) -> Iterator[Mention]:
    """Who announces in a headline, alone or as one of two."""
    spans = [
        match.span(group)
        for pattern, groups in ((_HEADLINE, ("name",)), (_TWO, ("one", "two")))
        if (match := pattern.match(page.text, title.start, title.end))
        for group in groups
    ]
    for start, end in spans:
        if _may_name(page, start, end, titled=False):
            yield page.mention(Kind.COMPANY, start, end, RULE)


def _opens(headline: str, name: str) -> bool:
    """Whether a headline begins with the first word of a name."""
    first = name.split()[0].casefold()
    return re.match(rf"{re.escape(first)}(?:['’]s)?(?!\w)", headline.casefold()) is not None


def _may_name(page: Page, start: int, end: int, *, titled: bool) -> bool:
    name = page.text[start:end]
    words = name.split()
    if name.lower() in GENERIC_NAMES or not speakable(name) or _NOT_A_NAME.search(name) or institutions.is_other(name):
        return False
    if _OWNED.search(name) and page.text[end : end + 1] in "®™":
        return False  # 'Alder Bio's Halvira® is an antibody'
    if (
        any(word.lower().strip(".,") in STOP - _PARTICLES for word in words)
        or is_person(name)
        or name.endswith(("mab", "nib", "tan"))
    ):
        return False
    if len(words) > 1:
        return not common(page, words[0]) or titled
    if is_given(name) or common(page, name) or not any(char.isalpha() for char in name):
        return False
    return not _PLAIN.match(name) and (titled or page.text.count(name) > 1)
