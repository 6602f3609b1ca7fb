"""Milestone events in one sentence: what happens to what, whether it has happened, when, and to which product."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from oncopact.extractors.event_index import possible
from oncopact.extractors.event_labels import label
from oncopact.extractors.event_places import noun_place, verb_place
from oncopact.extractors.event_standing import Standing
from oncopact.extractors.event_status import status
from oncopact.extractors.event_things import AGENCY, NAMED_STATUS, PHASE, PRODUCTS, beside, fits, home, words_of
from oncopact.extractors.events import Event, step
from oncopact.extractors.scene import Scene
from oncopact.model import (
    EntityId,
    Evidence,
    Kind,
    Mention,
    MilestoneKind,
    Modality,
    PartialDate,
    SectionKind,
    Span,
    Status,
)
from oncopact.syntax.clauses import clause_start, complements, coordinated, direct_object, is_reduced, subject
from oncopact.syntax.groups import NOUN, PREPOSITION, VERB, Group


@dataclass(frozen=True, slots=True)
class Found:
    """A milestone that one sentence states.

    Attributes:
        event: A short label in the release's words.
        kind, status, date: As in `model.Milestone`.
        product: What it concerns, where the sentence says it.
        achieved_by: Companies that are the subject.
        sentence: Index of the sentence.
        section: The kind of section it stands in.
        evidence: One.
        rule: The event's name in `EVENTS`.
        span: From the trigger to what it happens to.
        region: Where it holds or which country's authority acts, as a code or word; None where neither is named.
        paid: Whether the words make money depend on it.
        source: The event's row.
        named: Companies that the sentence names.
    """

    event: str
    kind: MilestoneKind
    status: Status
    date: PartialDate | None
    product: EntityId | None
    achieved_by: tuple[EntityId, ...]
    sentence: int
    section: SectionKind
    evidence: Evidence
    rule: str
    span: Span
    region: str | None
    paid: bool
    source: Event
    named: tuple[EntityId, ...] = ()


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where an event stands in a sentence: its trigger, what it happens to, how it is meant."""

    event: Event
    at: int
    place: int
    standing: Standing


def read(scene: Scene) -> tuple[Found, ...]:
    """All milestones of a sentence, in order; several for an event with several countries or products."""
    found: list[Found] = []
    if _silent(scene):
        return ()
    taken: set[int] = set()
    told: set[tuple[str, int]] = set()
    for at in range(len(scene.groups)):
        if at in taken:
            continue
        spot = _spot(scene, at, told)
        if spot is not None:
            for place in (spot.place, *_beside_it(scene, spot)):
                found.extend(_milestones(scene, replace(spot, place=place)))
                taken.add(place)
                told.add(_key(scene, spot.event, spot.at, place))
            taken.add(spot.at)
    return tuple(found)


def _beside_it(scene: Scene, spot: _Spot) -> tuple[int, ...]:
    """Further designations or applications in a row: 'received Fast Track Designation and Orphan Drug Designation'."""
    if spot.event.sort not in ("designation", "application") or spot.place < spot.at:
        return ()
    row = coordinated(scene.groups, spot.place, len(scene.groups))
    behind = tuple(i for i in row if i > spot.place and fits(scene, spot.event.sort, i))
    ahead = spot.place - 2
    joined = spot.event.sort == "designation" and ahead > spot.at and scene.groups[ahead + 1].tag in ("C", ",")
    if joined and scene.groups[spot.place].lemma == "designations" and words_of(scene.groups[ahead]) & NAMED_STATUS:
        return (*behind, ahead)  # 'Orphan Drug and Fast Track designations'
    return behind


_TAKEN_UP = frozenset("accomplishment achievement milestone advance event step progress success".split())


def taken_up(scene: Scene) -> EntityId | None:
    """The product of 'This accomplishment with the product candidate X', which is the last sentence's milestone's."""
    groups = scene.groups
    for at, group in enumerate(groups[:3]):
        if group.role == NOUN and group.words[0] in ("this", "the") and group.lemma in _TAKEN_UP:
            products = scene.things([c.at for c in complements(groups, at) if c.depth == 0], *PRODUCTS)
            return scene.entity(products[0]) if products else None
    return None


_NO_PROMISE = re.compile(
    r"\b(?:no|any)\s+(?:guarantee|assurance)|cannot\s+(?:guarantee|assure)|risks?\s+that\b", re.IGNORECASE
)


def _silent(scene: Scene) -> bool:
    """Whether a sentence warns that nothing is promised, or tells a person's career."""
    text = scene.sentence.span.of(scene.document.text)
    person = any(group.role == NOUN and group.words in (("he",), ("she",)) for group in scene.groups)
    return bool(_NO_PROMISE.search(text)) or (person and not scene.sentence.quoted)


def _spot(scene: Scene, at: int, told: set[tuple[str, int]]) -> _Spot | None:
    group = scene.groups[at]
    for event in possible(group):
        if event.sort == "decision-date":
            ahead = at > 1 and scene.groups[at - 1].lemma in ("of", "than") and group.role == NOUN
            place = at if fits(scene, event.sort, at) and not ahead else None
        elif group.role == VERB:
            place = verb_place(scene, at, event)
        else:
            place = noun_place(scene, at, event)
        if place is None or _key(scene, event, at, place) in told:
            continue
        standing = Standing(Status.PLANNED) if event.sort == "decision-date" else status(scene, at)
        if standing is None and event.sort == "antitrust" and _AWAITED.search(_before(scene, at)):
            standing = Standing(Status.CONDITIONAL)
        if standing is not None and event.sort == "sales" and not _asserts_past(scene.groups[at]):
            standing = Standing(Status.CONDITIONAL, standing.predicate, paid=True)
        if (
            standing is not None
            and _counts(scene, event, at, standing)
            and not _no_step(scene, event, at, place, standing)
        ):
            return _Spot(event, at, place, standing)
    return None


_TAKEN_BACK = re.compile(r"\b(?:withdr\w+|revok\w+|suspen\w+|refus\w+|reject\w+)\b[^,;]{0,60}$", re.IGNORECASE)
_MORE = frozenset("additional further other several more various many multiple numerous".split())


def _no_step(scene: Scene, event: Event, at: int, place: int, standing: Standing) -> bool:
    """Whether an approval is taken back, a pipeline moves on, or 'additional studies are planned', none told apart."""
    if event.kind is MilestoneKind.REGULATORY:
        return bool(_TAKEN_BACK.search(_before(scene, min(at, place))))
    doing, group = scene.groups[at], scene.groups[place]
    if event.family == "start" and doing.role == VERB and doing.lemma in ("bring", "move", "advance"):
        moved = direct_object(scene.groups, at)
        if "together" in scene.groups[min(at + 1, len(scene.groups) - 1)].words:
            return True
        if moved is not None and {"pipeline", "portfolio"} & set(scene.groups[moved].words):
            return True
    if event.family != "start" or standing.status is not Status.PLANNED or group.lemma not in ("trials", "studies"):
        return False
    dated = any(m.kind is Kind.DATE for m in scene.mentions)
    return bool(_MORE & set(group.words)) and not dated and not PHASE.search(group.span.of(scene.document.text))


def _key(scene: Scene, event: Event, at: int, place: int) -> tuple[str, int]:
    """What tells events of one sentence apart; an application is filed and accepted."""
    lemma = scene.groups[at].lemma
    granted = event.sort in ("application", "ind") and step(lemma) == "accepted"
    granted = granted or (event.sort == "ind" and lemma in ("receive", "obtain", "grant"))
    return (event.family or event.name) + ("/accepted" if granted else ""), place


_AWAITED = re.compile(
    r"\b(?:subject|requir\w+|needs?|pending|await\w*|contingent|condition\w*|effective\s+(?:up)?on|until)\b",
    re.IGNORECASE,
)


def _before(scene: Scene, at: int) -> str:
    return scene.document.text[scene.sentence.span.start : scene.groups[at].span.start]


def _asserts_past(group: Group) -> bool:
    return group.past and group.modality is Modality.ASSERTED


def _counts(scene: Scene, event: Event, at: int, standing: Standing) -> bool:
    """Whether an event that is so meant is one: a bare possibility is not, nor a trial that merely is going on."""
    if event.name == "milestone.trial-completed" and standing.status is Status.ACHIEVED:
        return scene.groups[at].role == VERB and scene.groups[at].finite and not is_reduced(scene.groups, at)
    if event.planned:
        return standing.status is Status.PLANNED
    if event.name == "milestone.payment-received":
        return standing.status is Status.ACHIEVED
    group = scene.groups[at]
    if event.deal:
        if group.role == VERB and group.passive and {"is", "are"} & set(group.words) and not group.chain:
            return standing.status is not Status.ACHIEVED  # 'at the time that the offer is commenced'
        before = scene.groups[at - 1] if at else None
        if event.sort == "antitrust" and standing.status is Status.CONDITIONAL:
            return True
        timing = before is not None and before.role == PREPOSITION and before.lemma in ("at", "upon", "after", "on")
        return not timing or (standing.predicate is not None and standing.status is Status.PLANNED)
    if standing.status is Status.CONDITIONAL and not standing.paid:
        return any(m.kind is Kind.DATE for m in scene.mentions)
    if group.role == VERB and group.passive and {"is", "are"} & set(group.words) and not group.chain:
        return standing.status is not Status.ACHIEVED or event.sort == "enrolment"
    return True


# ---------------------------------------------------------------- the milestone


def _milestones(scene: Scene, spot: _Spot) -> Iterator[Found]:
    frame = _frame(scene, spot)
    meant = spot.standing.status
    condition = spot.event.sort == "antitrust" and meant is Status.CONDITIONAL
    date = None if condition else _date(scene, spot)
    if spot.event.sort == "decision-date" and date is None:
        return
    if spot.event.name == "milestone.closing" and meant is not Status.ACHIEVED:
        meant = Status.CONDITIONAL if date is None else Status.PLANNED
    products = () if spot.event.deal else _products(scene, spot, frame)
    modality = {Status.ACHIEVED: Modality.ASSERTED, Status.PLANNED: Modality.PLANNED}.get(meant, Modality.CONDITIONAL)
    group = scene.groups[spot.at]
    active = group.role == VERB and not group.passive
    base = Found(
        "",
        spot.event.kind,
        meant,
        date,
        None,
        scene.companies(subject(scene.groups, spot.at)) if active else (),
        scene.sentence.index,
        scene.sentence.kind,
        scene.evidence(spot.event.name, _wide(scene, spot, frame), modality=modality),
        spot.event.name,
        scene.span(min(spot.at, spot.place), max(spot.at, spot.place)),
        None,
        spot.standing.paid,
        spot.event,
        scene.ids([m for m in scene.mentions if m.kind is Kind.COMPANY]),
    )
    for product in products or (None,):
        for region in _regions(scene, spot, frame):
            words = label(scene, spot.event, spot.at, spot.place, product=product, region=region)
            yield replace(base, event=words, product=scene.entity(product), region=home(region) if region else None)


def _frame(scene: Scene, spot: _Spot) -> tuple[int, ...]:
    """Positions of the noun groups that belong to the event, nearest to the trigger first."""
    groups = scene.groups
    around = {spot.at, spot.place}
    if groups[spot.at].role == VERB:
        around |= set(subject(groups, spot.at))
    for anchor in {spot.at, spot.place}:
        around |= {c.at for c in complements(groups, anchor) if c.depth == 0 or c.verb in _DOING}
    return tuple(sorted(around, key=lambda i: (abs(i - spot.at), i)))


_DOING = frozenset("evaluate test dose treat enroll investigate study assess begin start initiate develop be".split())


def _wide(scene: Scene, spot: _Spot, frame: Sequence[int]) -> Span:
    first, last = min(spot.at, spot.place), max(spot.at, spot.place)
    for position in sorted(frame):
        if first - 4 <= position <= last + 4:
            first, last = min(first, position), max(last, position)
    return scene.span(first, last)


# ---------------------------------------------------------------- the product


_EACH = frozenset("ind application designation approval product candidate".split())


def _products(scene: Scene, spot: _Spot, frame: Sequence[int]) -> tuple[Mention | None, ...]:
    """The product that the event concerns; several where an application or approval names several side by side."""
    groups = scene.groups
    chosen: Mention | None = None
    for position in frame:
        things = scene.things((position,), *PRODUCTS)
        if things and not beside(scene, position):
            chosen = things[0]
            break
    both = _both(scene, frame) if chosen is None else ()
    if both:
        return both
    if chosen is None:
        named = [m for i in range(len(groups)) for m in scene.things((i,), *PRODUCTS) if not beside(scene, i)]
        distinct = {scene.entity(m) for m in named}
        return (named[0],) if len(distinct) == 1 else ()
    if spot.event.sort not in _EACH:
        return (chosen,)
    return _row(scene, chosen)


_OURS = frozenset(
    "candidates products drugs compounds antibodies conjugates medicines molecules agents therapies".split()
)


def _both(scene: Scene, frame: Sequence[int]) -> tuple[Mention, ...]:
    """The two products last listed together, where the sentence says 'both candidates'."""
    groups = scene.groups
    told = any(groups[i].words[0] == "both" and groups[i].lemma in _OURS | {"both"} for i in frame if groups[i].words)
    pair = (scene.discourse.former(), scene.discourse.latter())
    return tuple(m for m in pair if m is not None and m.kind in PRODUCTS) if told and all(pair) else ()


def _row(scene: Scene, first: Mention) -> tuple[Mention, ...]:
    """`first` and the products that stand in a row with it: 'INDs for A and B'."""
    groups = scene.groups
    at = next(i for i, g in enumerate(groups) if first in scene.things((i,), *PRODUCTS))
    row = [first]
    position = at + 1
    while position + 1 < len(groups) and groups[position].tag in ("C", ","):
        things = scene.things((position + 1,), *PRODUCTS)
        if groups[position + 1].role != NOUN or not things or len(groups[position + 1].tokens) > 2:
            break
        row.append(things[0])
        position += 2
    entities = {scene.entity(m): m for m in reversed(row)}
    return tuple(sorted(entities.values(), key=lambda m: m.span))


# ---------------------------------------------------------------- where


def _regions(scene: Scene, spot: _Spot, frame: Sequence[int]) -> tuple[str | None, ...]:
    """Each country that the frame names after 'in', else each authority, as printed."""
    groups = scene.groups
    start = clause_start(groups, spot.at)
    if groups[spot.at].role == VERB and not groups[spot.at].passive:
        acting = [m.text for i in subject(groups, spot.at) for m in groups[i].mentions if m.kind is Kind.TERRITORY]
        agency = AGENCY.search(
            scene.span(min(subject(groups, spot.at), default=spot.at), spot.at).of(scene.document.text)
        )
        if acting and agency is None and spot.event.kind is MilestoneKind.REGULATORY:
            return (acting[0].removeprefix("the "),)
    places = _places(scene, (i for i in sorted(frame) if i > spot.at)) or _places(scene, range(start, spot.at))
    if spot.event.name in ("milestone.approval", "milestone.launch") and places:
        parts = [part.strip() for part in places[0].replace(" and ", ",").split(",")]
        named = [part.removeprefix("the ") for part in parts if part]
        if len(named) > 1 and all(part[0].isupper() for part in named):
            return tuple(named)
    first, last = min(*frame, spot.at), max(*frame, spot.at)
    authorities: dict[str, str] = {}
    for match in AGENCY.finditer(scene.span(first, last).of(scene.document.text)):
        if match.lastgroup and match.lastgroup != "any":
            authorities.setdefault(match.lastgroup, " ".join(match.group().split()))
    official = spot.event.kind in (MilestoneKind.REGULATORY, MilestoneKind.IND)
    if official and len(authorities) > 1:
        return tuple(authorities.values())
    if official and not places:
        return (next(iter(authorities.values()), None),)
    return (places[0] if places else None,)


def _places(scene: Scene, at: Iterable[int]) -> list[str]:
    groups = scene.groups
    found: list[str] = []
    for i in at:
        if i and groups[i - 1].lemma in ("in", "for"):
            places = [m.text for m in groups[i].mentions if m.kind is Kind.TERRITORY]
            row = i + 1
            while places and row + 1 < len(groups) and groups[row].tag in (",", "C"):
                if groups[row + 1].role == NOUN:
                    places += [m.text for m in groups[row + 1].mentions if m.kind is Kind.TERRITORY]
                    row += 1
                row += 1
            found.extend([", ".join(places)] if places else [])
    return found


# ---------------------------------------------------------------- when


def _date(scene: Scene, spot: _Spot) -> PartialDate | None:
    """The date of the frame: after the predicate or the trigger, else before it in its clause."""
    groups = scene.groups
    for anchor in (spot.standing.predicate, spot.at, spot.place):
        if anchor is None:
            continue
        for complement in complements(groups, anchor):
            if complement.depth and complement.verb not in _DOING:
                continue
            if anchor < spot.at and anchor != spot.place and complement.at < spot.at:
                continue  # another's: 'plans to file an IND in May and to begin a trial thereafter'
            date = _dated(scene, complement.at, spot)
            if date is not None:
                return date
    if spot.event.sort == "decision-date":
        named = (m.date for g in groups[spot.at : spot.at + 6] for m in g.all_mentions if m.kind is Kind.DATE)
        return next(named, None)
    opening = range(clause_start(groups, spot.at), spot.at)
    closing = itertools.takewhile(lambda i: groups[i].tag not in (",", ";"), range(spot.at + 1, len(groups)))
    wide = closing if spot.standing.status is Status.CONDITIONAL else ()
    joined = groups[spot.at].role == VERB and spot.at > 0 and groups[spot.at - 1].tag == "C"
    for position in (spot.place, *opening[:3], *wide):
        if joined and 1 < position < spot.at and groups[position - 2].role == NOUN:
            continue  # 'plans to file an IND in May and begin a trial thereafter'
        date = _dated(scene, position, spot)
        if date is not None:
            return date
    return None


_TIMES = frozenset("quarter half end year month beginning start middle".split())


def _dated(scene: Scene, at: int, spot: _Spot) -> PartialDate | None:
    group = scene.groups[at]
    if group.role != NOUN:
        return None
    issued = scene.document.issued
    for mention in group.all_mentions:
        if mention.kind is not Kind.DATE or mention.date is None:
            continue
        leads = spot.event.sort == "decision-date" and group.tokens[0].mention is mention
        ends = leads or group.tokens[-1].mention is mention
        if mention in group.mentions and not ends and group.lemma not in _TIMES:
            continue
        if issued is not None and spot.standing.status is Status.ACHIEVED and mention.date.earliest > issued.latest:
            continue
        if issued is not None and spot.standing.status is not Status.ACHIEVED and mention.date.latest < issued.earliest:
            continue
        return mention.date
    return None
