"""The terms of an agreement that a frame states: what it covers, where, since when, and whether it is news."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from oncopact.extractors.frames import Frame
from oncopact.extractors.nouns import agreement_kind, is_option, is_thing, names_company
from oncopact.extractors.scene import Scene
from oncopact.model import THINGS, AgreementKind, EntityId, EventKind, Kind, Mention, Modality, PartialDate, SectionKind
from oncopact.recognizers.territories import split
from oncopact.syntax.clauses import is_reduced, is_relative
from oncopact.syntax.groups import NOUN, PREPOSITION, VERB, Group

_RECALLING = frozenset("previously earlier originally initially already recently".split())


_TEXT = (SectionKind.BODY, SectionKind.TERMS)


def event_of(scene: Scene, frame: Frame, verb: Group | None, dated: PartialDate | None, noun: int = -1) -> EventKind:
    """Announced when this release brings it: headline or lead, not dated before, not recalled."""
    if scene.sentence.kind in (SectionKind.HEADLINE, SectionKind.SUBHEAD):
        standing = verb is None and noun > 0 and scene.groups[noun - 1].lemma in ("under", "from")
        return EventKind.REFERENCED if standing else EventKind.ANNOUNCED  # 'Achieves Milestone under Alliance with B'
    if verb is None or scene.sentence.kind is SectionKind.ABOUT:
        return EventKind.REFERENCED
    at = next(i for i, group in enumerate(scene.groups) if group is verb)
    if dated is not None and not _announced_today(scene, at, dated):
        return EventKind.REFERENCED
    near = {word for group in scene.groups[max(0, at - 1) : at + 2] if group.tag == "R" for word in group.words}
    if (near | set(verb.words)) & _RECALLING:
        return EventKind.REFERENCED
    if verb.perfect and "had" in verb.words:
        today = any("today" in group.words for group in scene.groups)
        return EventKind.ANNOUNCED if today and scene.sentence.kind in _TEXT else EventKind.REFERENCED
    if any(token.tag == "G" for token in verb.tokens):
        return EventKind.REFERENCED
    standing = verb.lemma in ("have", "hold", "own", "possess") or (verb.passive and not verb.perfect)
    if standing or is_reduced(scene.groups, at):
        return EventKind.REFERENCED
    if frame.name in ("agreement.is-licensed-to", "agreement.is-licensed-from"):
        return EventKind.REFERENCED
    return EventKind.ANNOUNCED if scene.sentence.kind in _TEXT else EventKind.REFERENCED


_RECENT = 45
"""So many days after it was signed a deal can still be news."""


def _announced_today(scene: Scene, at: int, dated: PartialDate) -> bool:
    """Whether a release brings a deal of the last weeks: 'A today announced that on 2 April it entered into'."""
    issued = scene.document.issued
    if issued is None or len(dated.value) < len("2024-04-02"):
        return False
    days = (date.fromisoformat(issued.latest) - date.fromisoformat(dated.earliest)).days
    before = scene.groups[:at]
    tells = next((i for i in range(len(before) - 1, -1, -1) if before[i].role == VERB), None)
    announces = tells is not None and before[tells].lemma in ("announce", "report", "disclose")
    today = any("today" in group.words for group in before)
    return announces and today and 0 <= days <= _RECENT


_EVENTS = {
    "amendment": EventKind.AMENDED,
    "modification": EventKind.AMENDED,
    "restructuring": EventKind.AMENDED,
    "expansion": EventKind.EXPANDED,
    "extension": EventKind.RENEWED,
    "renewal": EventKind.RENEWED,
    "termination": EventKind.TERMINATED,
    "expiration": EventKind.TERMINATED,
    "exercise": EventKind.EXERCISED,
}


_CHANGED = {
    "expanded": EventKind.EXPANDED,
    "amended": EventKind.AMENDED,
    "restructured": EventKind.AMENDED,
    "extended": EventKind.RENEWED,
    "renewed": EventKind.RENEWED,
}


def changed_event(scene: Scene, noun: int) -> EventKind | None:
    """What an adjective says happened: 'announced an expanded collaboration', not 'under the expanded agreement'."""
    words = scene.groups[noun].words if noun >= 0 else ()
    if not words or words[0] not in ("a", "an"):
        return None
    return next((_CHANGED[word] for word in words if word in _CHANGED), None)


def nominal_event(scene: Scene, noun: int) -> EventKind | None:
    """What a noun before says happened: 'an amendment to their licence', 'the expansion of the collaboration'."""
    before = noun - 1
    if before < 1 or scene.groups[before].lemma not in ("of", "to"):
        return None
    steps = range(before - 1, max(-1, before - 4), -1)
    return next((_EVENTS[scene.groups[i].lemma] for i in steps if scene.groups[i].lemma in _EVENTS), None)


_SHARING = frozenset(
    "co-promote co-develop co-commercialize co-market co-fund promote share participate profit".split()
)


_SHARED = frozenset("co-development co-promotion co-commercialization profit-share profit-sharing opt-in".split())


def option_passes_rights(scene: Scene, noun: int) -> bool:
    """Whether an option is one to rights: 'to license', 'to obtain rights'; not 'to co-promote'."""
    if noun < 0:
        return True
    if set(scene.groups[noun].words) & _SHARED:
        return False
    following = scene.groups[noun + 1 : noun + 5]
    return not any(g.role == VERB and (g.lemma in _SHARING or "jointly" in g.words) for g in following)


def signed(scene: Scene, at: int, noun: int, verb: Group | None, *, changed: bool = False) -> PartialDate | None:
    """A stated date of signing or earlier announcement: 'In November 2001, …', 'signed in 2004'.

    The date that opens a clause on a change ('In March 2004, A and B amended …') is the change's, not the signing's.
    """
    groups = scene.groups
    issued = scene.document.issued
    if verb is not None and verb.modality is not Modality.ASSERTED:
        return None
    opening: PartialDate | None = None
    for position, group in enumerate(groups):
        for mention in group.mentions:
            if mention.kind is not Kind.DATE or mention.date is None:
                continue
            if issued and mention.date.earliest >= issued.earliest and len(mention.date.value) >= 7:
                continue
            if issued and mention.date.earliest > issued.latest:
                continue
            if _dates(groups, position, at, noun):
                return mention.date
            opening = opening or (mention.date if _opens(groups, position, at) else None)
    return None if changed else opening


def _opens(groups: Sequence[Group], position: int, at: int) -> bool:
    """Whether the date at `position` opens the clause of the trigger at `at`: 'In November 2001, A and B signed'."""
    if position >= at or (position and groups[position - 1].role != PREPOSITION):
        return False
    return position <= 1 or (
        groups[position - 2].lemma == "that" and not any(g.role == VERB for g in groups[position:at])
    )


def _dates(groups: Sequence[Group], position: int, at: int, noun: int) -> bool:
    """Whether the date at `position` belongs to the trigger at `at` or the agreement noun at `noun`."""
    before = groups[position - 1] if position else None
    if position in (noun,):
        return True
    if (
        before is None
        or before.role != PREPOSITION
        or before.lemma not in ("in", "on", "since", "of", "dated", "during", "by")
    ):
        return False
    previous = groups[position - 2] if position > 1 else None
    since = before.lemma == "since" and position - 2 not in (at, noun)
    if previous is None or (since and any(g.role == VERB for g in groups[at + 1 : position])):
        return False  # 'A and B have collaborated on antibodies since 2016'
    return (
        position - 2 in (at, noun)
        or any(_signs(groups, i, at, noun) for i in range(max(0, position - 4), position - 1))
        or (position > at and position - at <= 14 and not any(g.role == VERB for g in groups[at + 1 : position]))
    )


def _signs(groups: Sequence[Group], verb: int, at: int, noun: int) -> bool:
    """Whether the verb is one of signing, and of this agreement: the trigger, or 'signed in', 'which was signed in'."""
    group = groups[verb]
    if group.role != VERB or group.lemma not in _SIGNING or groups[verb - 1].lemma == "as":
        return False  # 'as announced on February 6' dates what was announced, which may be something else
    if (
        noun >= 0
        and is_option(groups[noun])
        and noun != max((i for i in range(verb) if agreement_kind(groups[i])), default=-1)
    ):
        return False  # 'Under the agreement, established in 2016, B exercised its option': the agreement's date
    return verb == at or group.reduced or not group.finite or is_relative(groups, verb) is not None


_SIGNING = frozenset("sign announce enter execute establish initiate date license grant begin form conclude".split())


def direction_by_owner(
    scene: Scene,
    kind: AgreementKind,
    parties: tuple[EntityId, ...],
    licensors: tuple[EntityId, ...],
    covered: Sequence[int],
) -> tuple[tuple[EntityId, ...], tuple[EntityId, ...]]:
    """In a licence between two, who owns what is licensed: 'a licence agreement with B for the use of its platform'."""
    if kind not in (AgreementKind.LICENCE, AgreementKind.OPTION) or len(parties) != 2:
        return (), ()
    if licensors:
        return licensors, tuple(p for p in parties if p not in licensors)
    for position in covered:
        group = scene.groups[position]
        if not is_thing(group) or agreement_kind(group):
            continue
        owner = scene.possessor(position)
        if owner is None and group.words[0] in ("its", "their"):
            owner = _nearest_company(scene, position, parties)
        if owner in parties:
            return (owner,), tuple(p for p in parties if p != owner)
    return (), ()


def _nearest_company(scene: Scene, position: int, parties: tuple[EntityId, ...]) -> EntityId | None:
    for before in range(position - 1, -1, -1):
        named = [c for c in scene.companies((before,)) if c in parties]
        if named:
            return named[-1]
    return None


# ---------------------------------------------------------------- coverage


_PRODUCTS = (Kind.CONJUGATE, Kind.ANTIBODY, Kind.PRODUCT)
_FOR_EXAMPLE = frozenset({"such", "including", "like"})


_NAMELESS = re.compile(r"anti-\S+ antibod", re.IGNORECASE)


def covered_things(scene: Scene, at: Sequence[int]) -> tuple[Mention, ...]:
    """The technologies, targets and products among the covered groups.

    What follows 'such as' is an example. A target that follows a product describes the product, and is not what the
    agreement is said to cover; nor does the owner's antibody count beside a product with a name of its own.
    """
    groups = scene.groups
    things: list[Mention] = []
    product_seen = False
    for position in sorted({*at, *_apposed(scene, at)}):
        if any(set(groups[i].words) & _FOR_EXAMPLE for i in range(max(0, position - 2), position)):
            continue
        for mention in scene.things((position,), *THINGS):
            if product_seen and (mention.kind is Kind.TARGET or _NAMELESS.match(mention.text)):
                continue
            product_seen |= mention.kind in _PRODUCTS
            things.append(mention)
    return tuple(dict.fromkeys(things))


def _apposed(scene: Scene, at: Sequence[int]) -> list[int]:
    """The products that covered groups stand in apposition to: 'ALD-12, a CD70-directed conjugate that A develops'."""
    groups = scene.groups
    return [
        position - 2
        for position in at
        if position >= 2
        and groups[position].role == NOUN
        and groups[position].words[0] in ("a", "an", "the", "its")
        and groups[position - 1].tag == ","
        and not scene.things((position,), *_PRODUCTS)
        and scene.things((position - 2,), *_PRODUCTS)
    ]


def territory_of(scene: Scene, at: Sequence[int]) -> tuple[Mention, ...]:
    """The first place among the covered groups that can bound rights, and the first exception beside it.

    'a global licence for ALD-12 outside of China' has both; 'rights in Japan and the United States' are one phrase.
    """
    firms = [i for i in at if names_company(scene.groups[i])]  # 'Oriel, Inc. (Tokyo, Japan)' bounds nothing
    places = scene.things(sorted(set(at) - set(firms)), Kind.TERRITORY)
    barred = next((place for place in places[1:] if split(place.text)[0] is None), None)
    return (*places[:1], *((barred,) if barred else ()))
