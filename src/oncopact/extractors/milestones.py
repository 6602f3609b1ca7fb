"""Milestone events in one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from oncopact.extractors.events import EVENTS, Event
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
from oncopact.syntax.clauses import complements, direct_object, is_reduced, subject
from oncopact.syntax.groups import NOUN, VERB, Group

_PRODUCTS = (Kind.CONJUGATE, Kind.PRODUCT, Kind.ANTIBODY)
_CONDITION = frozenset(
    "if upon when once unless until subject contingent pending following after should provided".split()
)
_NOT_YET = frozenset("planned expected potential anticipated proposed possible future upcoming intended".split())
_AGENCIES = re.compile(
    r"\b(?:FDA|Food\s+and\s+Drug\s+Administration|EMA|EMEA|European\s+Commission|European\s+Medicines\s+Agency|CHMP|NMPA|"
    r"PMDA|MHRA|Health\s+Canada|Swissmedic|TGA|regulatory|MHLW|Ministry\s+of\s+Health)\b"
)
_PHASE = re.compile(
    r"\b[Pp]hase\s+(?:I{1,3}V?|[1-4])[ab]?(?:/(?:I{1,3}|[1-4])[ab]?)?\b|\bpivotal\b|\bfirst[- ]in[- ]human\b"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A milestone that one sentence states.

    Attributes:
        event: A short label in the release's words.
        kind, status, date: As in `model.Milestone`.
        product: What it concerns, where the sentence says it.
        achieved_by: Companies that are the subject.
        sentence: Index of the sentence.
        headline: Whether it stands in a headline.
        evidence: One.
        noted: Words that identify the event across sentences.
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


def read(scene: Scene) -> tuple[Found, ...]:
    """All milestones of a sentence, in order, one per place."""
    found: list[Found] = []
    taken: set[int] = set()
    for at, group in enumerate(scene.groups):
        if at in taken:
            continue
        for event in EVENTS:
            place = _verb_place(scene, at, event) if group.role == VERB else _noun_place(scene, at, event)
            if place is None:
                continue
            milestone = _milestone(scene, event, at, place)
            if milestone:
                found.append(milestone)
                taken |= {at, place}
                break
    return tuple(found)


_TAKEN_UP = frozenset("accomplishment achievement milestone advance event step progress success".split())


def taken_up(scene: Scene) -> EntityId | None:
    """The product of 'This accomplishment with the product candidate X', which is the last sentence's milestone's."""
    groups = scene.groups
    for at, group in enumerate(groups[:3]):
        if group.role == NOUN and group.words[0] in ("this", "the") and group.lemma in _TAKEN_UP:
            products = scene.things([c.at for c in complements(groups, at) if c.depth == 0], *_PRODUCTS)
            return scene.entity(products[0]) if products else None
    return None


# ---------------------------------------------------------------- triggers


def _about(group: Group, event: Event) -> bool:
    words = {part for word in group.words for part in (word, *word.split("-"))}
    return bool(words & event.objects)


def _verb_place(scene: Scene, at: int, event: Event) -> int | None:
    """Position of the noun that the verb at `at` makes an event of `event`."""
    groups, group = scene.groups, scene.groups[at]
    if group.lemma == "enroll" and event.name == "milestone.trial-enrolled" and "fully" in group.words:
        return next((i for i in subject(groups, at) if _is_trial(scene, i)), None)
    if group.lemma not in event.verbs or group.negated:
        return None
    if group.lemma in ("designate", "select", "nominate") and event.kind is not MilestoneKind.PRECLINICAL:
        return None
    passive = group.passive or is_reduced(groups, at)
    found = direct_object(groups, at)
    acts_alone = passive or found is None or event.name == "milestone.first-patient"
    candidates: list[int] = list(subject(groups, at)) if acts_alone else []
    if found is not None:
        candidates.append(found)
    rest = complements(groups, at)
    if group.lemma in ("enter", "advance", "move", "begin"):
        candidates += [c.at for c in rest if c.preposition in ("into", "to", "in", "") and c.depth == 0]
    if event.name == "milestone.designation" and passive:
        candidates += [c.at for c in rest[:1]]
    if event.name == "milestone.first-patient":
        return next((i for i in candidates if _first_patient(groups[i]) or _all_patients(groups, at, i)), None)
    if event.name == "milestone.approval":
        return _approval_place(scene, at, candidates, passive=passive)
    if event.name == "milestone.launch":
        return next((i for i in candidates if scene.things((i,), *_PRODUCTS)), None)
    if event.name == "milestone.candidate":
        return next((i for i in [*candidates, *(c.at for c in rest)] if _about(groups[i], event)), None)
    chosen = next((i for i in candidates if _about(groups[i], event)), None)
    if chosen is None or not event.objects:
        return None
    if event.name == "milestone.trial-start" and not _is_trial(scene, chosen):
        return None
    if event.name == "milestone.tender-offer" and "tender" not in groups[chosen].words:
        return None
    return chosen


def _first_patient(group: Group) -> bool:
    return group.lemma in ("patient", "patients", "subject", "participant", "volunteer") and "first" in group.words


def _all_patients(groups: Sequence[Group], at: int, noun: int) -> bool:
    return (
        groups[noun].lemma in ("patients", "subjects") and {"last", "all"} & set(groups[noun].words) != set() and at > 0
    )


def _is_trial(scene: Scene, at: int) -> bool:
    """Whether the noun at `at` is a clinical trial and not 'development' or a 'phase' of something else."""
    words = set(scene.groups[at].words)
    if words & {"trial", "trials", "study", "studies"} or _PHASE.search(_text(scene, at, at)):
        return not words & {"toxicology", "preclinical", "market", "ind-enabling"} or "clinical" in words
    if words & {"dosing", "enrollment", "enrolment"}:
        return True
    return bool(words & {"testing", "evaluation", "development"} and words & {"clinical", "human"})


def _approval_place(scene: Scene, at: int, candidates: Sequence[int], *, passive: bool) -> int | None:
    """'The FDA approved X', 'X was approved by the FDA', 'received marketing approval for X'."""
    groups, group = scene.groups, scene.groups[at]
    if group.lemma in ("grant", "receive", "obtain", "gain", "win", "secure"):
        return next(
            (i for i in candidates if groups[i].lemma in ("approval", "authorization", "authorisation", "clearance")),
            None,
        )
    if group.lemma not in ("approve", "clear", "authorize"):
        return None
    agency = _AGENCIES.search(scene.sentence.span.of(scene.document.text))
    products = [i for i in candidates if scene.things((i,), *_PRODUCTS)]
    if not (agency or passive) or is_reduced_without_agency(scene, at):
        return None
    if products:
        return products[0]
    named_before = [i for i in range(at) if scene.things((i,), *_PRODUCTS)]
    return named_before[-1] if passive and agency and named_before and not group.infinitive else None


def is_reduced_without_agency(scene: Scene, at: int) -> bool:
    """'approved products' and 'X, approved for Y' describe; only an agency or a finite verb makes an event."""
    return is_reduced(scene.groups, at) and not _AGENCIES.search(scene.sentence.span.of(scene.document.text))


def _noun_place(scene: Scene, at: int, event: Event) -> int | None:
    """Position of what a noun of doing governs: 'initiation of clinical trials', 'dosing of the first patient'."""
    groups, group = scene.groups, scene.groups[at]
    if group.role != NOUN or group.lemma not in event.nouns:
        return None
    compound = _about(group, event) and len(group.tokens) > 1 and group.lemma not in event.objects
    rest = complements(groups, at)
    governed = next((c.at for c in rest if c.preposition in ("of", "for") and c.depth == 0), None)
    if event.name == "milestone.first-patient":
        if governed is not None and _first_patient(groups[governed]):
            return governed
        return at if "first" in group.words and {"patient", "subject"} & set(group.words) else None
    if event.name in ("milestone.approval", "milestone.launch"):
        first_sale = event.name == "milestone.launch" and group.lemma == "sale"
        if first_sale and not ({"first", "commercial"} <= set(group.words)):
            return None
        products = scene.things([at, *(c.at for c in rest[:3])], *_PRODUCTS)
        agency = _AGENCIES.search(_text(scene, at, min(at + 6, len(groups) - 1)))
        return at if products and (agency or first_sale or event.name == "milestone.launch") else None
    if compound:
        return at
    if governed is not None and _about(groups[governed], event):
        if event.name == "milestone.trial-start" and not _is_trial(scene, governed):
            return None
        return governed
    return None


def _text(scene: Scene, first: int, last: int) -> str:
    return scene.span(first, last).of(scene.document.text)


# ---------------------------------------------------------------- the milestone


def _milestone(scene: Scene, event: Event, at: int, place: int) -> Found | None:
    groups, group = scene.groups, scene.groups[at]
    status = _status(scene, at)
    if status is None:
        return None
    rest = complements(groups, at)
    around = sorted({at, place, *(subject(groups, at) if group.role == VERB else ()), *(c.at for c in rest)})
    span = scene.span(min(at, place), max(at, place))
    product = _product(scene, around, at)
    label = _label(scene, event, at, place, product)
    kind = event.kind
    if event.name == "milestone.first-patient" or event.name == "milestone.trial-start":
        kind = MilestoneKind.CLINICAL
    companies = scene.companies(subject(groups, at)) if group.role == VERB and not group.passive else ()
    modality = {Status.ACHIEVED: Modality.ASSERTED, Status.PLANNED: Modality.PLANNED}.get(status, Modality.CONDITIONAL)
    evidence = scene.evidence(event.name, _wide(scene, around, at, place), modality=modality)
    return Found(
        label,
        kind,
        status,
        _date(scene, around, status),
        scene.entity(product),
        companies,
        scene.sentence.index,
        scene.sentence.kind,
        evidence,
        event.name,
        span,
    )


def _wide(scene: Scene, around: Sequence[int], at: int, place: int) -> Span:
    first, last = min(at, place), max(at, place)
    for position in around:
        if first - 4 <= position <= last + 4:
            first, last = min(first, position), max(last, position)
    return scene.span(first, last)


def _status(scene: Scene, at: int) -> Status | None:
    """Achieved, planned or conditional, by the verb group, by what governs a noun, and by the clause's conjunction."""
    groups, group = scene.groups, scene.groups[at]
    if group.role == VERB:
        if group.modality is Modality.PLANNED:
            return Status.PLANNED
        if group.modality is Modality.CONDITIONAL or _conditional(groups, at):
            return Status.CONDITIONAL
        if group.infinitive or group.gerund:
            return _governed(scene, at)
        if scene.sentence.kind in (SectionKind.HEADLINE, SectionKind.SUBHEAD) or group.past or group.passive:
            return Status.ACHIEVED
        return Status.ACHIEVED if group.reduced or group.finite else None
    if set(group.words) & _NOT_YET:
        return Status.PLANNED
    if _conditional(groups, at):
        paid = any(m.kind is Kind.MONEY for g in groups[:at] for m in g.mentions)
        return Status.CONDITIONAL if paid or group.lemma in _CLEARANCE else None
    return _governed(scene, at)


_CLEARANCE = frozenset("expiration expiry termination clearance".split())


def _conditional(groups: Sequence[Group], at: int) -> bool:
    """Whether an 'if', 'upon' or 'subject to' opens the clause of the group at `at`."""
    for position in range(at - 1, max(-1, at - 7), -1):
        group = groups[position]
        if group.role == VERB and group.finite and position < at - 1:
            return False
        if group.lemma in _CONDITION:
            return True
        if group.tag in (";",):
            return False
    return False


def _governed(scene: Scene, at: int) -> Status | None:
    """The status that the verb before lends: 'announced the initiation of', 'plans the start of'."""
    groups = scene.groups
    for position in range(at - 1, -1, -1):
        group = groups[position]
        if group.role == NOUN and set(group.words) & {
            "plans",
            "plan",
            "intention",
            "preparations",
            "potential",
            "ability",
            "right",
        }:
            return Status.PLANNED if "plans" in group.words or "plan" in group.words else None
        if group.role == VERB and (group.finite or group.gerund):
            if group.negated:
                return None
            if group.modality is Modality.PLANNED or group.lemma in (
                "plan",
                "expect",
                "intend",
                "anticipate",
                "prepare",
            ):
                return Status.PLANNED
            if group.modality is Modality.CONDITIONAL or group.lemma in (
                "follow",
                "await",
                "seek",
                "require",
                "support",
                "allow",
            ):
                return Status.CONDITIONAL if group.modality is Modality.CONDITIONAL else None
            return Status.ACHIEVED if not groups[at].infinitive else None
    return Status.ACHIEVED if groups[at].role == NOUN else None


def _product(scene: Scene, around: Sequence[int], at: int) -> Mention | None:
    """The product among the groups of the frame nearest to the trigger; else the sentence's only one."""
    near = sorted(around, key=lambda i: (abs(i - at), i))
    for position in near:
        things = scene.things((position,), *_PRODUCTS)
        if things:
            return things[0]
    products = [m for m in scene.mentions if m.kind in _PRODUCTS]
    distinct = {scene.entity(m) for m in products}
    return products[0] if len(distinct) == 1 else None


def _date(scene: Scene, around: Sequence[int], status: Status) -> PartialDate | None:
    """A date in the frame; never the release's own for something achieved 'today'."""
    issued = scene.document.issued
    for position in sorted({*around, 0, 1} & set(range(len(scene.groups)))):
        for mention in scene.groups[position].mentions:
            if mention.kind is not Kind.DATE or mention.date is None:
                continue
            future = issued is not None and mention.date.latest > issued.latest
            if status is Status.ACHIEVED and future and issued and mention.date.earliest > issued.latest:
                continue
            return mention.date
    return None


def _label(scene: Scene, event: Event, at: int, place: int, product: Mention | None) -> str:
    """The event in the release's words, without brackets, the product's name last."""
    text = scene.document.text
    object_words = " ".join(scene.groups[place].span.of(text).split())
    object_words = re.sub(r"^(?:the|a|an|its|their|our)\s+", "", object_words, flags=re.IGNORECASE)
    if event.label == "{}":
        doing = scene.groups[at]
        verb = doing.lemma if doing.role == VERB else " ".join(doing.words)
        label = object_words if at == place else f"{object_words} {_PAST.get(verb, verb)}"
    elif "{}" in event.label:
        label = event.label.format(object_words)
    else:
        phase = _PHASE.search(scene.sentence.span.of(text))
        label = event.label + (
            f" in {' '.join(phase.group().split())} trial" if phase and event.kind is MilestoneKind.CLINICAL else ""
        )
    if event.name == "milestone.approval":
        agency = _AGENCIES.search(scene.sentence.span.of(text))
        label = (" ".join(agency.group().split()) + " " if agency else "") + "approval"
    if product and product.text.casefold() not in label.casefold():
        label += f" of {product.text}" if event.kind is MilestoneKind.CLINICAL else f" for {product.text}"
    return label


_PAST = {
    "file": "filed",
    "submit": "submitted",
    "clear": "cleared",
    "accept": "accepted",
    "allow": "allowed",
    "approve": "approved",
    "receive": "received",
    "grant": "granted",
    "award": "awarded",
    "assign": "assigned",
    "obtain": "obtained",
    "validate": "validated",
    "complete": "completed",
}
