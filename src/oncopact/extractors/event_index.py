"""Which events a verb or noun can make at all: the events' rows, turned round.

A sentence has twenty groups and there are twenty events. Nearly all questions are answered by the lemma alone.
"""

from __future__ import annotations

from functools import cache

from oncopact.extractors.event_idioms import APPROVING, IDIOMS
from oncopact.extractors.event_places import DOING_OF, FILINGS
from oncopact.extractors.events import EVENTS, Event
from oncopact.syntax.groups import NOUN, VERB, Group

__all__ = ["possible"]

_STATING = frozenset("be become have".split())
_ANYWHERE = frozenset({"decision-date", "trial"})
"""Sorts that a noun may name with no noun of doing: 'a PDUFA date', '$1.1 million at Phase II'."""


def possible(group: Group) -> tuple[Event, ...]:
    """The events that a group may state, in their order; whether it does is `milestones` to say."""
    return _of_verb(group.lemma) if group.role == VERB else _of_noun(group.lemma, named=group.role == NOUN)


@cache
def _of_verb(lemma: str) -> tuple[Event, ...]:
    return tuple(event for event in EVENTS if _acts(event, lemma))


def _acts(event: Event, lemma: str) -> bool:
    return (
        lemma in event.verbs
        or lemma in event.moves
        or any(lemma in idiom.verbs for idiom in IDIOMS.get(event.name, ()))
        or (event.name == "milestone.approval" and lemma in APPROVING)
        or DOING_OF.get(lemma, "") in event.nouns
        or (lemma in _STATING and bool(event.states))
        or (event.name == "milestone.filing" and lemma in FILINGS)
    )


@cache
def _of_noun(lemma: str, *, named: bool) -> tuple[Event, ...]:
    return tuple(
        event
        for event in EVENTS
        if lemma in event.nouns
        or (named and event.sort in _ANYWHERE)
        or (event.name == "milestone.filing" and lemma in FILINGS)
    )
