"""Milestones of one release: the events of its sentences, each once, with product and the deal they stand under."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from oncopact.extractors import milestones
from oncopact.extractors.event_things import PHASE
from oncopact.extractors.events import step
from oncopact.extractors.merge import Draft
from oncopact.model import (
    AgreementKind,
    Document,
    EntityId,
    EventKind,
    Evidence,
    Milestone,
    MilestoneKind,
    SectionKind,
    Status,
)
from oncopact.resolve import Resolution

_HEADS = (SectionKind.HEADLINE, SectionKind.SUBHEAD)
_PRODUCTS = ("conjugate/", "product/", "antibody/")


@dataclass(slots=True)
class Event:
    """A milestone in the making.

    Attributes:
        found: The best wording so far.
        product: What it concerns.
        sentences: Indices of the sentences that tell it.
        agreement, triggers, evidence: As in `model.Milestone`.
    """

    found: milestones.Found
    product: EntityId | None
    sentences: list[int] = field(default_factory=list)
    agreement: int | None = None
    triggers: list[int] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)


def events(document: Document, found: Sequence[milestones.Found], resolution: Resolution) -> list[Event]:
    """The events that the sentences tell, in order, each once."""
    topic = _topic(document, resolution)
    out: list[Event] = []
    for item in found:
        product = None if item.source.deal else item.product
        if product is None and item.kind is not MilestoneKind.OTHER:
            product = _about(document, item, resolution) or _near_product(document, item, resolution) or topic
        same = next((e for e in out if _same(document, e, item, product)), None)
        if same is None:
            out.append(Event(item, product, [item.sentence], evidence=[item.evidence]))
        else:
            _join(same, item, product)
    return out


def _join(same: Event, item: milestones.Found, product: EntityId | None) -> None:
    old = same.found
    if old.status is Status.ACHIEVED and item.status is Status.CONDITIONAL and old.source.family != "option":
        item = replace(item, status=Status.ACHIEVED)
        old = replace(old, paid=True, sentence=item.sentence, span=item.span)
        same.found = old
    same.evidence.append(item.evidence)
    same.sentences.append(item.sentence)
    same.product = same.product or product
    if old.status is Status.CONDITIONAL and item.status is not Status.CONDITIONAL:
        best = replace(item, paid=old.paid or item.paid)
    elif old.section in _HEADS and item.section not in _HEADS and len(item.event) >= len(old.event):
        best = item if item.status is old.status else replace(item, status=old.status)
    else:
        best = old
    date = best.date or old.date or item.date
    words = best.event
    if old.rule != item.rule and "first patient" in f"{old.event} {item.event}" and "first patient" not in words:
        words += ", first patient"  # a trial's start told in both ways
    same.found = replace(best, event=words, date=date, region=best.region or old.region or item.region)


def _topic(document: Document, resolution: Resolution) -> EntityId | None:
    """The one product that the headline names."""
    headlines = [s.span for s in document.sections if s.kind is SectionKind.HEADLINE]
    named = {e for s, e in resolution.at.items() if e.startswith(_PRODUCTS) and any(h.covers(s) for h in headlines)}
    return named.pop() if len(named) == 1 else None


def _about(document: Document, item: milestones.Found, resolution: Resolution) -> EntityId | None:
    """The product that an 'About' section is about."""
    section = document.sections[document.sentences[item.sentence].section]
    if section.kind is not SectionKind.ABOUT or section.heading is None:
        return None
    named = {e for s, e in resolution.at.items() if e.startswith(_PRODUCTS) and section.heading.covers(s)}
    return named.pop() if len(named) == 1 else None


def _near_product(document: Document, item: milestones.Found, resolution: Resolution) -> EntityId | None:
    """The last product named in the sentence of the same section just before; further off it is another's too often."""
    sentences = document.sentences
    here = sentences[item.sentence]
    for index in (item.sentence, item.sentence - 1):
        if 0 <= index < len(sentences) and sentences[index].section == here.section:
            span = sentences[index].span
            named = [e for s, e in sorted(resolution.at.items()) if e.startswith(_PRODUCTS) and span.covers(s)]
            if index == item.sentence:
                named = [
                    e
                    for s, e in sorted(resolution.at.items())
                    if e.startswith(_PRODUCTS) and span.covers(s) and s.end <= item.span.start
                ]
            if len(set(named)) == 1:
                return named[0]
    return None


# ---------------------------------------------------------------- sameness


def _same(document: Document, event: Event, item: milestones.Found, product: EntityId | None) -> bool:
    one, two = event.found, item
    if one.kind is not two.kind or (event.product and product and event.product != product):
        return False
    if (one.source.family or one.rule) != (two.source.family or two.rule):
        return False
    if one.date and two.date and not (one.date.earliest <= two.date.latest and two.date.earliest <= one.date.latest):
        return False
    if one.region and two.region and one.region != two.region:
        return False
    apart = Status.ACHIEVED in (one.status, two.status) and one.status is not two.status
    if apart and one.source.family != "option" and not _fulfilled(one, two):
        return False
    if one.source.sort == "designation" and not _status_words(one.event) & _status_words(two.event):
        return False
    steps = {step(one.event), step(two.event)}
    if one.source.sort in ("application", "ind") and steps == {"accepted", "filed"}:
        return False
    phases = [_phase(one.event), _phase(two.event)]
    if all(phases) and phases[0] != phases[1]:
        return False
    if one.sentence == two.sentence:
        if one.paid and two.paid and Status.CONDITIONAL in (one.status, two.status):
            return False
        return one.rule != two.rule or one.event == two.event
    return not (one.section not in _HEADS and _fresh(document, two) and not all(phases) and one.section is two.section)


def _fulfilled(one: milestones.Found, two: milestones.Found) -> bool:
    """Whether money is said to hang on what has already been told: 'has been accepted. Upon acceptance, A receives'."""
    if one.status is not Status.ACHIEVED or two.status is not Status.CONDITIONAL or not two.paid or two.region:
        return False
    new = {w for w in two.event.lower().split() if len(w) > 3} - {"upon", "with", "from"}
    return bool(new) and new <= set(one.event.lower().split())


def _status_words(event: str) -> set[str]:
    """Which designation it is."""
    named = re.findall(r"orphan|breakthrough|fast[- ]track|priority|prime|sakigake|rmat|regenerative", event.lower())
    return {word.replace("-", " ") for word in named} or {"designation"}


def _fresh(document: Document, item: milestones.Found) -> bool:
    """Whether a trial is told of as another one: 'a Phase 3 trial in graft disease has been initiated'."""
    return item.rule == "milestone.trial-start" and bool(
        re.match(r"(?:an?|another|second|its second)\s", item.span.of(document.text), re.IGNORECASE)
    )


def _phase(event: str) -> str | None:
    match = PHASE.search(event)
    if not match or not match["number"]:
        return None
    roman = {"I": "1", "II": "2", "III": "3", "IV": "4"}
    return roman.get(match["number"], match["number"])


# ---------------------------------------------------------------- the deal


_TIES = re.compile(
    r"""\b(?:under|pursuant\s+to|as\s+part\s+of|in|through|from|within|per)\b [^.;]{0,60}?
        \b(?:agreement|collaboration|licen[cs]e|alliance|partnership|deal|contract|option)\b""",
    re.VERBOSE | re.IGNORECASE,
)


def under(document: Document, merged: Sequence[Event], drafts: Sequence[Draft], resolution: Resolution) -> None:
    """Give each event the agreement that its own sentence ties it to; a step of a deal that deal."""
    for event in merged:
        if event.agreement is not None:
            continue
        if event.found.source.deal:
            event.agreement = _deal(event, drafts)
            _named_for_deal(document, event, drafts, resolution)
            continue
        for index, draft in enumerate(drafts):
            both = len(event.found.achieved_by) >= 2 and set(event.found.achieved_by) <= set(draft.parties)
            if not both and not set(event.sentences) & set(draft.sentences):
                continue
            if draft.products and event.product is not None and event.product not in draft.products:
                continue
            text = document.sentences[event.found.sentence].span.of(document.text)
            if both or _TIES.search(text):
                event.agreement = index
                break


def _named_for_deal(document: Document, event: Event, drafts: Sequence[Draft], resolution: Resolution) -> None:
    """Call what closes by its deal: 'closing of the acquisition of B', as B is printed first."""
    draft = drafts[event.agreement] if event.agreement is not None else None
    if draft is None or draft.kind is not AgreementKind.ACQUISITION or event.found.source.sort != "deal":
        return
    words = re.sub(r"\btransactions?\b", "acquisition", event.found.event)
    printed = sorted(span for span, entity in resolution.at.items() if entity in draft.parties[1:2])
    name = " ".join(printed[0].of(document.text).split()) if printed else ""
    if name and name.casefold() not in words.casefold() and re.search(r"\b(?:acquisition|closing|completion)$", words):
        words += f" of {name}" if words.endswith("acquisition") else f" of the acquisition of {name}"
    event.found = replace(event.found, event=words)


def _deal(event: Event, drafts: Sequence[Draft]) -> int | None:
    """The acquisition, else the new agreement, that a closing or clearance is a step of."""
    named = set(event.found.named)
    ranked = sorted(
        range(len(drafts)),
        key=lambda i: (
            drafts[i].kind is not AgreementKind.ACQUISITION,
            drafts[i].event is EventKind.REFERENCED,
            not named & set(drafts[i].parties),
            i,
        ),
    )
    return next((i for i in ranked if len(drafts[i].parties) >= 2 or drafts[i].products), None)


def stands(event: Event) -> bool:
    """Whether an event is one after all is known: what hangs on money needs it, a step of a deal a deal."""
    if event.found.source.hangs and not event.triggers:
        return False
    if event.found.source.deal and event.agreement is None:
        return False
    if event.found.source.sort in ("product", "approval") and event.product is None and not event.triggers:
        return False
    if event.found.status is Status.CONDITIONAL and event.found.paid and not event.triggers:
        return event.found.date is not None
    return True


def milestone(event: Event) -> Milestone:
    """The finished value."""
    found = event.found
    unique = tuple(sorted(dict.fromkeys(event.evidence), key=lambda e: (e.span, e.rule)))
    return Milestone(
        found.event,
        found.kind,
        found.status,
        event.product,
        found.date,
        event.agreement,
        found.achieved_by,
        tuple(sorted(event.triggers)),
        unique,
    )
