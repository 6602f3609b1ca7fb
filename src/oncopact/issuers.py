"""Who issues a release: told from its lead, headline and source line and, where these are silent, its container."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from oncopact.discourse import ANNOUNCING, Discourse
from oncopact.folding import fold_company
from oncopact.layout import source_names
from oncopact.model import Document, EntityId, Kind, Mention, SectionKind, Sentence, Span
from oncopact.resolve import Resolution
from oncopact.syntax.clauses import subject
from oncopact.syntax.groups import VERB, Group

_LEADS = 10
"""So many sentences of the body may hold the announcement."""
_JOINED = re.compile(
    r"(?:\s*\([^()]{0,90}\)){0,3}\s*(?:,|,?\s+(?:and|&)(?:\s+(?:its|the)\s+(?:[\w-]+\s+){0,2}partner,?)?)\s*"
)
"""What stands between two companies that are one subject, brackets included."""
_PLURAL_VERB = re.compile(
    r"""\s+(?:today\s+|jointly\s+|to\s+jointly\s+)?(?:announce|enter|sign|expand|extend|form|present|launch|partner|
        collaborate|team|agree|establish|complete|report|unveil|initiate|begin|start|join|receive|achieve|advance|
        select|amend|renew|conclude|close|settle|create|submit|publish|provide|reach|share|strengthen|co-develop|
        to\s+(?!be\b)[a-z]+)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""What two companies do together in a headline: 'Oakline and Tarn Enter into', not 'Oakline and Tarn's Antibody'."""
_SAYS = re.compile(
    r"(?:\s*\([^()]{0,90}\)){0,3},?\s+(?:(?:today|also|recently|proudly|jointly|formally)\s+)*"
    r"(?:announce[sd]?|reported|reports|unveil(?:s|ed)|disclosed|issued|provide[sd]|released|introduce[sd]|reaffirmed|"
    r"confirmed|(?:is|are)\s+(?:pleased|proud|excited|delighted|thrilled)\s+to\s+(?:announce|report|introduce)|"
    r"(?:has|have)\s+(?:today\s+)?(?:announced|reported|unveiled))\b"
)
_LISTS_ITS_OWN = re.compile(
    r"\b(?:parent|holding|owner|operator|maker|manufacturer|publisher|distributor)\b[^,]{0,40}\bof\b|\bbetween\b"
)
"""After these words a list of companies belongs to the apposition: 'A, parent company of B, C and D, announced'."""


def issuers(
    document: Document,
    mentions: Sequence[Mention],
    resolution: Resolution,
    discourse: Discourse,
    parsed: Mapping[int, Sequence[Group]],
) -> tuple[EntityId, ...]:
    """The companies that issue a release, in the order of the text.

    In this order: who 'today announced' in the lead; whom the newswire's source line names; the subject of the first
    sentence where the headline names it, too; who announces later; who acts together in the headline; the headline's
    company that an 'About' section presents; the release's filer; the company that the body names first.
    """
    texts = (SectionKind.BODY, SectionKind.TERMS)
    leads = [s for s in document.sentences if s.kind in texts and s.index in parsed][:_LEADS]
    companies = [m for m in mentions if m.kind is Kind.COMPANY and m.span in resolution.at]
    headline = [m for m in companies if _in(document, m.span, SectionKind.HEADLINE)]
    titled = {resolution.at[m.span] for m in headline}
    scene = _Scene(document, companies, resolution, discourse, parsed)
    together = _together(document.text, headline)
    joint = tuple(dict.fromkeys(resolution.at[m.span] for m in together))
    today = [s for s in leads if "today" in s.span.of(document.text).lower()]
    found = scene.announcing(today) or _sources(document.text, companies, resolution)
    if not found:
        opening = scene.subject(leads[0]) if leads else ()
        found = tuple(company for company in opening if company in titled) or scene.announcing(leads)
    if len(found) == 1:
        discourse.author = found[0]
    if found:
        return joint if len(joint) > len(found) and set(found) <= set(joint) else found
    if len(joint) > 1:
        return joint
    return _named(document, companies, [resolution.at[m.span] for m in headline], resolution, discourse)


def _named(
    document: Document,
    companies: Sequence[Mention],
    titled: Sequence[EntityId],
    resolution: Resolution,
    discourse: Discourse,
) -> tuple[EntityId, ...]:
    """Where nobody announces anything: by the headline, the filer, the first name of the body."""
    own = [company for company in titled if company in discourse.about]
    if own:
        return (own[0],)
    filer = _filer(document, companies, resolution)
    if filer and (filer in titled or not titled):
        return (filer,)
    if titled:
        return (titled[0],)
    first = next((m for m in companies if _in(document, m.span, SectionKind.BODY)), None)
    return (resolution.at[first.span],) if first else ()


class _Scene:
    """What the questions about one release's lead share."""

    def __init__(
        self,
        document: Document,
        companies: Sequence[Mention],
        resolution: Resolution,
        discourse: Discourse,
        parsed: Mapping[int, Sequence[Group]],
    ) -> None:
        self.text = document.text
        self.companies, self.resolution, self.discourse, self.parsed = companies, resolution, discourse, parsed

    def announcing(self, leads: Sequence[Sentence]) -> tuple[EntityId, ...]:
        """Who announces in the first sentence in which a company does."""
        for sentence in leads:
            found = self._by_clause(sentence) or self._by_words(sentence)
            if found:
                return found
        return ()

    def _by_clause(self, sentence: Sentence) -> tuple[EntityId, ...]:
        groups = self.parsed[sentence.index]
        for position, group in enumerate(groups):
            if group.role == VERB and group.finite and group.lemma in ANNOUNCING:
                found = self._of(groups, position, sentence)
                if found:
                    return found
        return ()

    def _by_words(self, sentence: Sentence) -> tuple[EntityId, ...]:
        """Who stands right before 'announced', where clauses do not tell: 'Oakline, Inc. today reported results'."""
        inside = [m for m in self.companies if sentence.span.covers(m.span)]
        for last, mention in enumerate(inside):
            if _SAYS.match(self.text, mention.span.end, sentence.span.end) is None:
                continue
            first = last
            while first and _JOINED.fullmatch(self.text, inside[first - 1].span.end, inside[first].span.start):
                first -= 1
            return tuple(dict.fromkeys(self.resolution.at[m.span] for m in inside[first : last + 1]))
        return ()

    def subject(self, sentence: Sentence) -> tuple[EntityId, ...]:
        """The subject of a sentence's first finite verb that has a company for it."""
        groups = self.parsed[sentence.index]
        for position, group in enumerate(groups):
            if group.role == VERB and group.finite:
                return self._of(groups, position, sentence)
        return ()

    def _of(self, groups: Sequence[Group], verb: int, sentence: Sentence) -> tuple[EntityId, ...]:
        at = subject(groups, verb)
        if len(at) > 1:
            between = self.text[groups[at[0]].span.end : groups[at[1]].span.start]
            at = at[:1] if _LISTS_ITS_OWN.search(between) else at
        return self.discourse.companies(groups, at, sentence)


def _together(text: str, headline: Sequence[Mention]) -> Sequence[Mention]:
    """Joint issuers: 'Oakline and Tarn Bio Announce Alliance', not 'Oakline Announces Tarn Alliance'."""
    for first in range(len(headline)):
        last = first
        while last + 1 < len(headline) and _JOINED.fullmatch(
            text, headline[last].span.end, headline[last + 1].span.start
        ):
            last += 1
        if last > first and _PLURAL_VERB.match(text, headline[last].span.end):
            return headline[first : last + 1]
    return ()


def _sources(text: str, companies: Sequence[Mention], resolution: Resolution) -> tuple[EntityId, ...]:
    """Whom the newswire's line at the end names: 'SOURCE Oakline, Inc.; Tarn Bio'."""
    names = [fold_company(name) for name in source_names(text)]
    found = {name: resolution.at[m.span] for m in reversed(companies) for name in names if fold_company(m.text) == name}
    return tuple(dict.fromkeys(found[name] for name in names if name in found))


def _filer(document: Document, companies: Sequence[Mention], resolution: Resolution) -> EntityId | None:
    """The company of the release that the container names as its filer."""
    stated = document.release.source.filer_name
    name = fold_company(stated) if stated else ""
    return next((resolution.at[m.span] for m in companies if fold_company(m.text) == name), None) if name else None


def _in(document: Document, span: Span, kind: SectionKind) -> bool:
    return any(s.kind is kind and s.span.covers(span) for s in document.sections)
