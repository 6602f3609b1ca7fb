"""Who is meant by 'the Company', 'we', 'the companies', 'the former', 'its partner'.

One `Discourse` is made per release and walked along its sentences in order; it remembers what the last sentences spoke
of. What it can't decide it leaves open: an empty answer, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from oncopact.model import Document, EntityId, Kind, Mention, SectionKind, Sentence
from oncopact.resolve import Resolution
from oncopact.spoken import FIRST_PERSON, PLURAL, Spoken
from oncopact.syntax.clauses import coordinated, subject
from oncopact.syntax.groups import NOUN, VERB, Group

ANNOUNCING = frozenset("announce report say disclose state confirm present unveil".split())
_SINGULAR = frozenset("company corporation firm it its itself itself, us we our ourselves i".split())
_DEFINITE = frozenset("the both these two all our".split())
_DEFINED = re.compile(
    r"""(?P<open>\(\s*(?:hereinafter\s+)?(?:collectively,?\s+)?)
        (?P<names> [^()]{0,80} (?:the\s+)?["“'](?:the\s+)?Company["”'] )""",
    re.VERBOSE | re.IGNORECASE,
)


class Discourse:
    """What has been spoken of so far.

    Attributes:
        issuers: Companies that issue the release.
        author: The one of them that alone announces it in the lead, if one does: 'we' in its text.
    """

    def __init__(
        self,
        document: Document,
        mentions: Sequence[Mention],
        resolution: Resolution,
        parsed: Mapping[int, Sequence[Group]],
    ) -> None:
        self._document = document
        self._resolution = resolution
        self._companies = [m for m in mentions if m.kind is Kind.COMPANY and m.span in resolution.at]
        self._defined = self._defined_company()
        self._subjects = self._section_subjects()
        self._speakers = self._introduced()
        self.issuers: tuple[EntityId, ...] = ()
        self.author: EntityId | None = None
        self._spoken = Spoken(document, mentions, resolution, parsed, self.companies)

    # ------------------------------------------------------------ what holds for the whole release

    def _defined_company(self) -> EntityId | None:
        match = _DEFINED.search(self._document.text)
        if not match:
            return None
        before = [m for m in self._companies if m.span.end <= match.start() + 1 and match.start() - m.span.end < 80]
        return self._resolution.at[before[-1].span] if before else None

    def _section_subjects(self) -> Mapping[int, EntityId]:
        """For each 'About X' section the entity that X names."""
        found: dict[int, EntityId] = {}
        for index, section in enumerate(self._document.sections):
            if section.kind is not SectionKind.ABOUT:
                continue
            inside = [m for m in self._companies if section.span.covers(m.span)]
            heading = section.heading
            named = [m for m in inside if heading.overlaps(m.span)] if heading else inside[:1]
            if named:
                found[index] = self._resolution.at[named[0].span]
        return found

    def section_company(self, sentence: Sentence) -> EntityId | None:
        """The company that the sentence's 'About' section is about."""
        return self._subjects.get(sentence.section)

    @property
    def about(self) -> tuple[EntityId, ...]:
        """The companies that have an 'About' section, in order."""
        return tuple(dict.fromkeys(self._subjects.values()))

    def the_company(self, sentence: Sentence) -> EntityId | None:
        """Whom 'the Company' means in a sentence."""
        subject_of_section = self._subjects.get(sentence.section)
        if subject_of_section:
            return subject_of_section
        if self._defined:
            return self._defined
        if len(self.issuers) == 1:
            return self.issuers[0]
        own = [issuer for issuer in self.issuers if issuer in self.about]
        return own[0] if len(own) == 1 else self.author

    # ------------------------------------------------------------ references

    def companies(self, groups: Sequence[Group], at: Sequence[int], sentence: Sentence) -> tuple[EntityId, ...]:
        """The companies that the noun groups at positions `at` name or stand for, without repetition."""
        found: list[EntityId] = []
        for position in at:
            found.extend(self.company_of(groups, position, sentence))
        return tuple(dict.fromkeys(found))

    def company_of(self, groups: Sequence[Group], at: int, sentence: Sentence) -> tuple[EntityId, ...]:
        """The companies that one noun group names or stands for."""
        group = groups[at]
        if group.role != NOUN:
            return ()
        entity = self._resolution.of(group.head(Kind.COMPANY) or group.head(Kind.INSTITUTION))
        if entity:
            return (entity,)
        words = set(group.words)
        if words & FIRST_PERSON and len(group.tokens) == 1:
            return self._speaker_company(sentence)
        if group.lemma in ("company", "corporation", "firm") and words & {"the", "our"}:
            company = self.the_company(sentence)
            return (company,) if company else self._spoken.subject[:1]
        if group.lemma in ("it", "itself"):
            return self._pronoun(groups, at, sentence)
        if group.lemma in ("former", "latter") and len(group.tokens) == 2:
            two = self._two_before(groups, at)
            return (two[group.lemma == "latter"],) if len(two) == 2 else ()
        if group.lemma in ("they", "them"):
            return self._antecedents(groups, at, sentence)
        if group.lemma in PLURAL and (len(group.tokens) == 1 or group.words[0] in _DEFINITE) and len(group.tokens) <= 3:
            return self.pair(sentence)
        return ()

    def _two_before(self, groups: Sequence[Group], at: int) -> tuple[EntityId, ...]:
        """The two companies named before in the sentence, else the two last spoken of together."""
        mentions = [m for group in groups[:at] for m in group.mentions if m.kind is Kind.COMPANY]
        named = tuple(dict.fromkeys(e for m in mentions if (e := self._resolution.of(m))))
        return named if len(named) == 2 else self._spoken.pair if not self._spoken.listed else ()

    def possessor(self, groups: Sequence[Group], at: int, sentence: Sentence) -> EntityId | None:
        """The company that owns what the group at `at` names: "ImmunoGen's technology", "the latter's patents"."""
        group = groups[at]
        for token in group.possessor:
            entity = self._resolution.of(token.mention)
            if entity and token.mention and token.mention.kind is Kind.COMPANY:
                return entity
        if group.possessor and group.possessor[-1].word in ("former", "latter"):
            two = self._two_before(groups, at)
            return two[group.possessor[-1].word == "latter"] if len(two) == 2 else None
        if group.possessor and group.possessor[-1].word == "company":
            return self.the_company(sentence)
        if group.words and group.words[0] == "our":
            return next(iter(self._speaker_company(sentence)), None)
        return None

    def _speaker_company(self, sentence: Sentence) -> tuple[EntityId, ...]:
        """Whose 'we' it is: the company named with the speaker here or where the speaker was introduced."""
        if sentence.speaker:
            whose = self._speakers.get(sentence.speaker.of(self._document.text))
            return (whose,) if whose else ()
        if sentence.quoted:
            return ()
        company = self.the_company(sentence)
        return (company,) if company else ()

    def _introduced(self) -> Mapping[str, EntityId]:
        """Each speaker's company: the last one named between the name and the quotation or the verb of saying."""
        found: dict[str, EntityId] = {}
        text = self._document.text
        for sentence in self._document.sentences:
            if sentence.speaker is None or not sentence.span.covers(sentence.speaker):
                continue
            tail = re.compile(r'["“”]|\b(?:said|commented|stated|added|noted|remarked|explained)\b')
            stop = tail.search(text, sentence.speaker.end, sentence.span.end)
            end = stop.start() if stop else min(sentence.span.end, sentence.speaker.end + 200)
            inside = [m for m in self._companies if sentence.speaker.end <= m.span.start and m.span.end <= end]
            if inside:
                found.setdefault(sentence.speaker.of(text), self._resolution.at[inside[-1].span])
        return found

    def _pronoun(self, groups: Sequence[Group], at: int, sentence: Sentence) -> tuple[EntityId, ...]:
        """'it': the subject of a clause before, in this sentence or the one before."""
        for position in range(at - 1, -1, -1):
            if groups[position].role == VERB and groups[position].finite:
                named = self.companies(groups, [i for i in subject(groups, position) if i < at], sentence)
                if named:
                    return named[:1]
        company = self._spoken.subject[:1]
        if company:
            return company
        whose = self.the_company(sentence)
        return (whose,) if whose else ()

    def _antecedents(self, groups: Sequence[Group], at: int, sentence: Sentence) -> tuple[EntityId, ...]:
        """'they': the subject of a clause before in the sentence, one company or several, else the last two."""
        for position in range(at - 1, -1, -1):
            if groups[position].role == VERB and groups[position].finite:
                named = self.companies(groups, [i for i in subject(groups, position) if i < at], sentence)
                if named:
                    return named
        return self.pair(sentence)

    def pair(self, sentence: Sentence) -> tuple[EntityId, ...]:
        """Whom 'the companies', 'the parties' or 'both' mean: the two last spoken of together, else the issuers."""
        del sentence
        if len(self._spoken.pair) >= 2:
            return self._spoken.pair
        return self.issuers if len(self.issuers) == 2 else ()

    def former(self) -> Mention | None:
        """The first of the last two things listed together."""
        return self._spoken.listed[0] if len(self._spoken.listed) == 2 else None

    def latter(self) -> Mention | None:
        """The second of the last two things listed together."""
        return self._spoken.listed[1] if len(self._spoken.listed) == 2 else None

    # ------------------------------------------------------------ walking on

    def see(self, sentence: Sentence) -> None:
        """Remember what a sentence spoke of, before the next one is read."""
        self._spoken.add(sentence)


__all__ = ["ANNOUNCING", "Discourse", "coordinated"]
