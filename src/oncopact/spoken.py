"""What the sentences before spoke of: the last subject, the last two companies, the last things listed.

Worked out when somebody asks, from the last sentence backwards, and kept. Most sentences are never asked about, and so
never parsed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from oncopact.model import Document, EntityId, Kind, Mention, SectionKind, Sentence, Span
from oncopact.resolve import Resolution
from oncopact.syntax.clauses import subject
from oncopact.syntax.groups import NOUN, VERB, Group

__all__ = ["FIRST_PERSON", "PLURAL", "Spoken"]

FIRST_PERSON: Final = frozenset("we our us ourselves".split())
PLURAL: Final = frozenset("companies parties partners both they their them themselves corporations firms two".split())
_SINGULAR: Final = frozenset("company corporation firm it itself former latter".split())
_REFERENCE: Final = re.compile(
    rf"(?<![^\W_])(?:(?P<plural>{'|'.join(sorted(PLURAL))})|{'|'.join(sorted(_SINGULAR | FIRST_PERSON))})(?![^\W_])",
    re.IGNORECASE,
)
_THINGS: Final = frozenset({Kind.CONJUGATE, Kind.PRODUCT, Kind.ANTIBODY})
_DEEP: Final = 20
"""A sentence's 'it' may lead to the sentence before, whose 'it' leads on; from so many on they are read in order."""

Companies: TypeAlias = Callable[[Sequence[Group], Sequence[int], Sentence], tuple[EntityId, ...]]
"""`Discourse.companies`."""


class Spoken:
    """The memory of a walk along a release's sentences.

    Args:
        document: The release.
        mentions: Its names, ascending.
        resolution: Which mention names what.
        parsed: The groups of each sentence, made when asked for.
        companies: The companies that noun groups name or stand for.
    """

    def __init__(
        self,
        document: Document,
        mentions: Sequence[Mention],
        resolution: Resolution,
        parsed: Mapping[int, Sequence[Group]],
        companies: Companies,
    ) -> None:
        self._document, self._resolution = document, resolution
        self._parsed, self._of = parsed, companies
        self._companies = _Places(m for m in mentions if m.kind is Kind.COMPANY and m.span in resolution.at)
        self._others = _Places(m for m in mentions if m.kind is Kind.INSTITUTION or m.kind is Kind.COMPANY)
        self._things = _Places(m for m in mentions if m.kind in _THINGS)
        self._seen: list[Sentence] = []
        self._upto = 0
        self._listed_upto = 0
        self._cleared = False
        self._depth = 0
        self._named: dict[int, tuple[EntityId, ...]] = {}
        self._subjects: dict[int, tuple[EntityId, ...]] = {0: ()}
        self._pairs: dict[int, tuple[EntityId, ...]] = {0: ()}
        self._lists: dict[int, tuple[Mention, ...]] = {0: ()}

    def add(self, sentence: Sentence) -> None:
        """Go on to the next sentence; this one counts from now on."""
        self._seen.append(sentence)
        self._upto = self._listed_upto = len(self._seen)

    # ------------------------------------------------------------ what is asked

    @property
    def subject(self) -> tuple[EntityId, ...]:
        """The companies that were last the subject of a sentence; an 'About' section begins anew."""
        if self._cleared:
            return ()
        at = self._upto
        while at not in self._subjects:
            at -= 1
            named = self._subject_of(at)
            if named or self._opens_about(at):
                self._subjects[at + 1] = named
                at += 1
        found = self._subjects[self._upto] = self._subjects[at]
        return found

    @property
    def pair(self) -> tuple[EntityId, ...]:
        """The two companies that a sentence last spoke of together."""
        at = upto = self._upto
        while at not in self._pairs:
            at -= 1
            pair = self._pair_of(at)
            if pair:
                self._pairs[at + 1] = pair
                at += 1
        found = self._pairs[upto] = self._pairs[at]
        return found

    @property
    def listed(self) -> tuple[Mention, ...]:
        """The things that a sentence last listed side by side."""
        at = upto = self._listed_upto
        while at not in self._lists:
            at -= 1
            listed = self._row_of(at)
            if listed:
                self._lists[at + 1] = listed
                at += 1
        found = self._lists[upto] = self._lists[at]
        return found

    # ------------------------------------------------------------ one sentence

    def _opens_about(self, at: int) -> bool:
        sentence = self._seen[at]
        before = self._seen[at - 1].section if at else -1
        return sentence.section != before and sentence.kind is SectionKind.ABOUT

    def _subject_of(self, at: int) -> tuple[EntityId, ...]:
        """The companies that are the subject of the sentence's first finite verb that has companies for it."""
        if at not in self._named:
            if self._depth > _DEEP:
                for earlier in range(at):
                    if earlier not in self._named:
                        self._named[earlier] = self._worked_out(earlier)
            self._named[at] = self._worked_out(at)
        return self._named[at]

    def _worked_out(self, at: int) -> tuple[EntityId, ...]:
        sentence = self._seen[at]
        if not self._others.inside(sentence.span) and not self._references(sentence):
            return ()
        state = self._upto, self._listed_upto, self._cleared, self._depth
        self._upto, self._listed_upto, self._cleared, self._depth = at, at + 1, self._opens_about(at), self._depth + 1
        groups = self._parsed[sentence.index]
        named: tuple[EntityId, ...] = ()
        for position, group in enumerate(groups):
            if group.role == VERB and group.finite:
                named = self._of(groups, subject(groups, position), sentence)
                if named:
                    break
        self._upto, self._listed_upto, self._cleared, self._depth = state
        return named

    def _references(self, sentence: Sentence) -> list[str]:
        """For each word that may stand for companies the word itself where it may stand for two, else ''."""
        return _REFERENCE.findall(self._document.text, sentence.span.start, sentence.span.end)

    def _pair_of(self, at: int) -> tuple[EntityId, ...]:
        sentence = self._seen[at]
        here = dict.fromkeys(self._resolution.at[m.span] for m in self._companies.inside(sentence.span))
        if len(here) == 2 and sentence.kind is not SectionKind.ABOUT:
            return tuple(here)
        if at not in self._named:
            words = self._references(sentence)
            if len(self._others.inside(sentence.span)) + len(words) < 2 and not any(words):
                return ()
        named = self._subject_of(at)
        return named if len(named) == 2 else ()

    def _row_of(self, at: int) -> tuple[Mention, ...]:
        """Things that stand side by side: 'cantuzumab mertansine and huN901-DM1/BB-10901'."""
        sentence = self._seen[at]
        if len(self._things.inside(sentence.span)) < 2:
            return ()
        groups = self._parsed[sentence.index]
        for position, group in enumerate(groups):
            if group.role != NOUN or not any(m.kind in _THINGS for m in group.mentions):
                continue
            row = [position]
            for following in range(position + 1, len(groups)):
                if groups[following].tag == "C" or groups[following].tag == ",":
                    continue
                if groups[following].role != NOUN or not any(m.kind in _THINGS for m in groups[following].mentions):
                    break
                row.append(following)
            things = [m for i in row for m in groups[i].mentions if m.kind in _THINGS]
            distinct = {self._resolution.of(m): m for m in reversed(things)}
            if len(distinct) >= 2:
                return tuple(sorted(distinct.values(), key=lambda m: m.span))
        return ()


class _Places:
    """Mentions that can be asked for by where they stand."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._mentions = tuple(mentions)
        self._starts = [m.span.start for m in self._mentions]

    def inside(self, span: Span) -> Sequence[Mention]:
        """Those within a span, in order."""
        low, high = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [m for m in self._mentions[low:high] if m.span.end <= span.end]
