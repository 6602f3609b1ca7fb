"""One sentence with all that a rule may ask of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from oncopact.discourse import Discourse
from oncopact.model import (
    Basis,
    Document,
    EntityId,
    Evidence,
    Kind,
    Mention,
    Modality,
    Sentence,
    Span,
)
from oncopact.resolve import Resolution
from oncopact.syntax.groups import NOUN, Group


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence, its groups, and who is who in it.

    Attributes:
        document: The release.
        sentence: The sentence.
        groups: Its groups.
        mentions: Its mentions, ascending.
        resolution: Which mention names what.
        discourse: Who is meant by pronouns and definite nouns here.
        paragraph: Position of the sentence among those of its section.
    """

    document: Document
    sentence: Sentence
    groups: Sequence[Group]
    mentions: Sequence[Mention]
    resolution: Resolution
    discourse: Discourse
    paragraph: int = 0

    def evidence(
        self,
        rule: str,
        span: Span | None = None,
        *,
        prop: str | None = None,
        value: str | None = None,
        modality: Modality = Modality.ASSERTED,
        negated: bool = False,
        basis: Basis = Basis.STATED,
    ) -> Evidence:
        """Evidence from this sentence; the whole sentence where no span is given."""
        where = span or self.sentence.span
        quote = where.of(self.document.text)
        return Evidence(where, quote, rule, self.sentence.kind, prop, value, basis, modality, negated)

    def entity(self, mention: Mention | None) -> EntityId | None:
        """The entity that a mention names."""
        return self.resolution.of(mention)

    def companies(self, at: Iterable[int]) -> tuple[EntityId, ...]:
        """The companies that noun groups name or stand for."""
        return self.discourse.companies(self.groups, tuple(at), self.sentence)

    def possessor(self, at: int) -> EntityId | None:
        """The company in a possessive of the group at `at`."""
        return self.discourse.possessor(self.groups, at, self.sentence)

    def things(self, at: Iterable[int], *kinds: Kind) -> tuple[Mention, ...]:
        """Mentions of the given kinds in the groups at `at`, bracketed ones included, in order."""
        found: list[Mention] = []
        for position in at:
            group = self.groups[position]
            if group.role != NOUN:
                continue
            found.extend(m for m in group.all_mentions if m.kind in kinds)
            if group.lemma in ("former", "latter"):
                meant = self.discourse.former() if group.lemma == "former" else self.discourse.latter()
                found.extend([meant] if meant and meant.kind in kinds else [])
        return tuple(found)

    def ids(self, mentions: Iterable[Mention]) -> tuple[EntityId, ...]:
        """Entities of mentions, without repetition, in order."""
        found = (self.resolution.of(m) for m in mentions)
        return tuple(dict.fromkeys(e for e in found if e))

    def span(self, first: int, last: int) -> Span:
        """From the start of one group to the end of another."""
        return Span(self.groups[first].span.start, self.groups[last].span.end)
