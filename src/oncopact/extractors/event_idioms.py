"""Set phrases that make a milestone: 'began dosing patients', 'is fully enrolled', 'filed for approval'."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from oncopact.extractors.event_things import AGENCY, beside, fits, is_product, words_of
from oncopact.extractors.events import Event
from oncopact.extractors.scene import Scene
from oncopact.model import Kind, Modality
from oncopact.syntax.clauses import direct_object, is_reduced, subject
from oncopact.syntax.groups import NOUN, PREPOSITION, VERB

APPROVING = frozenset("approve clear authorize".split())
APPROVALS = frozenset("approval authorization authorisation licensure".split())
_PLANNING = frozenset("plan schedule foresee expect anticipate set slate target".split())
_BEGINNING = frozenset("begin start commence initiate open".split())
_TREATING = frozenset("test dose treat enroll recruit evaluate screen".split())


def _begins_doing(scene: Scene, at: int, event: Event) -> int | None:
    """'began dosing patients', 'expects to begin testing in patients', 'has begun to enroll patients'."""
    del event
    groups, group = scene.groups, scene.groups[at]
    if group.lemma in _TREATING and set(group.chain) & _BEGINNING:
        doing = at
    elif group.lemma in _BEGINNING and at + 1 < len(groups) and groups[at + 1].role == VERB:
        if not groups[at + 1].gerund or groups[at + 1].lemma not in _TREATING:
            return None
        doing = at + 1
    else:
        return None
    near = {w for g in groups[doing + 1 : doing + 5] if g.role == NOUN for w in words_of(g)}
    return doing if near & {"patients", "subjects", "volunteers", "humans", "trial", "study", "clinical"} else None


def _put_on_sale(scene: Scene, at: int, event: Event) -> int | None:
    """The product that 'came to market', or that somebody 'began selling'."""
    del event
    groups, group = scene.groups, scene.groups[at]
    if group.lemma == "come" and re.match(
        r"\s+(?:to|on|onto)\s+(?:the\s+)?market\b", scene.document.text[group.span.end :][:30]
    ):
        return next((i for i in subject(groups, at) if is_product(scene, i)), None)
    if group.lemma in _BEGINNING and at + 1 < len(groups) and groups[at + 1].lemma in ("sell", "market"):
        found = direct_object(groups, at + 1)
        return found if found is not None and is_product(scene, found) else None
    return None


def sought(scene: Scene, at: int) -> int | None:
    """The approval in 'file for approval of X', 'apply for marketing authorisation'."""
    groups = scene.groups
    after = at + 2
    if after >= len(groups) or groups[at + 1].lemma != "for" or groups[after].role != NOUN:
        return None
    return after if groups[after].lemma in ("approval", "authorization", "authorisation", "licensure") else None


def _filled(scene: Scene, at: int, event: Event) -> int | None:
    """The trial that 'is fully enrolled' or 'was closed to enrolment'."""
    del event
    groups, group = scene.groups, scene.groups[at]
    full = group.lemma in ("enroll", "recruit") and "fully" in group.words
    following = {w for g in groups[at + 1 : at + 3] for w in g.words}
    shut = group.lemma == "close" and "to" in following and bool(following & {"enrollment", "enrolment", "accrual"})
    if not full and not shut:
        return None
    chosen = [*subject(groups, at), *([found] if (found := direct_object(groups, at)) is not None else [])]
    return next((i for i in chosen if fits(scene, "trial", i)), None)


def approved(scene: Scene, at: int) -> int | None:
    """'The FDA approved X', 'X was approved by the FDA'; 'approved products' and 'X, approved for Y' describe."""
    groups, group = scene.groups, scene.groups[at]
    text = scene.sentence.span.of(scene.document.text)
    acting = {w for i in subject(groups, at) for w in words_of(groups[i])}
    places = {m.kind for i in subject(groups, at) for m in groups[i].mentions}
    agency = bool(AGENCY.search(text)) or bool(acting & {"ministry", "authorities", "authority"})
    agency = agency or Kind.TERRITORY in places
    reduced = is_reduced(groups, at)
    passive = group.passive or reduced
    if not (agency or passive) or (reduced and not agency):
        return None
    found = direct_object(groups, at)
    candidates = [*subject(groups, at)] if passive else ([found] if found is not None else [])
    sold = next((i for i in candidates if groups[i].lemma == "marketing" or fits(scene, "application", i)), None)
    if sold is not None and group.lemma == "approve":
        return sold
    chosen = next((i for i in candidates if is_product(scene, i) and not beside(scene, i)), None)
    if chosen is not None:
        return chosen
    before = [i for i in range(at) if is_product(scene, i) and not beside(scene, i)]
    return before[-1] if passive and agency and before and not group.infinitive else None


def _under_way(scene: Scene, at: int, event: Event) -> int | None:
    """The trial that 'got under way'."""
    groups, group = scene.groups, scene.groups[at]
    if group.lemma != "get" or not re.match(r"\s+under\s?way\b", scene.document.text[group.span.end :][:20]):
        return None
    free = (i for i in range(at) if i == 0 or groups[i - 1].role != PREPOSITION)
    return next((i for i in free if fits(scene, event.sort, i)), None)


def _is_planned(scene: Scene, at: int, event: Event) -> int | None:
    """The trial or application that 'is planned' or 'is expected'."""
    group = scene.groups[at]
    if group.lemma not in _PLANNING or not group.passive:
        return None
    return next((i for i in subject(scene.groups, at) if fits(scene, event.sort, i)), None)


def _files_for(scene: Scene, at: int, event: Event) -> int | None:
    """The approval that somebody files for, or intends to seek."""
    del event
    groups, group = scene.groups, scene.groups[at]
    if group.lemma in ("file", "apply", "submit"):
        return sought(scene, at)
    found = direct_object(groups, at)
    if group.lemma != "seek" or group.modality is not Modality.PLANNED or found is None:
        return None
    return found if groups[found].lemma in APPROVALS else None


def _resubmits(scene: Scene, at: int, event: Event) -> int | None:
    """'will resubmit its application'."""
    del event
    found = direct_object(scene.groups, at)
    again = scene.groups[at].lemma in ("resubmit", "refile") and found is not None
    return found if again and found is not None and scene.groups[found].lemma == "application" else None


def _recommends(scene: Scene, at: int, event: Event) -> int | None:
    """The approval that an authority's committee recommends."""
    del event
    found = direct_object(scene.groups, at)
    if scene.groups[at].lemma != "recommend" or found is None or scene.groups[found].lemma not in APPROVALS:
        return None
    return found if AGENCY.search(scene.sentence.span.of(scene.document.text)) else None


_HOLDING = frozenset("have hold possess maintain".split())
_LETTING = frozenset("authorize allow permit clear enable".split())


def _lets_begin(scene: Scene, at: int, event: Event) -> int | None:
    """The trial in 'The FDA has authorized Alderis to begin clinical testing'."""
    del event
    groups = scene.groups
    verb = next((i for i in range(at + 1, min(at + 4, len(groups))) if groups[i].role == VERB), None)
    acting = {w for i in subject(groups, at) for w in words_of(groups[i])}
    agency = AGENCY.search(" ".join(groups[i].span.of(scene.document.text) for i in subject(groups, at)))
    if verb is None or not groups[verb].infinitive or not (agency or acting & {"ministry", "authority", "authorities"}):
        return None
    if groups[verb].lemma not in _BEGINNING | {"conduct", "proceed", "test"}:
        return None
    return next((i for i in range(verb + 1, min(verb + 4, len(groups))) if fits(scene, "trial", i)), None)


def _ended_early(scene: Scene, at: int, event: Event) -> int | None:
    """The waiting period in 'The Commission granted early termination of the waiting period'."""
    found = direct_object(scene.groups, at)
    if found is None or scene.groups[found].lemma != "termination" or found + 2 >= len(scene.groups):
        return None
    return found + 2 if fits(scene, event.sort, found + 2) else None


def _has_effective(scene: Scene, at: int, event: Event) -> int | None:
    """The IND in 'now has an effective IND'."""
    group = scene.groups[at]
    found = direct_object(scene.groups, at)
    if group.lemma not in _HOLDING or group.modality is not Modality.ASSERTED or found is None:
        return None
    live = bool(set(scene.groups[found].words) & {"effective", "active", "open", "cleared"})
    return found if live and fits(scene, event.sort, found) else None


def _accepted_for_filing(scene: Scene, at: int, event: Event) -> int | None:
    """The application in 'accepted for filing a Biologics License Application'."""
    groups = scene.groups
    row = groups[at + 1 : at + 3]
    if groups[at].lemma != "accept" or groups[at].passive or len(row) < 2:
        return None
    if row[0].lemma not in ("for", "to") or row[1].lemma not in ("file", "filing"):
        return None
    found = direct_object(groups, at + 2) if row[1].role == VERB else None
    return found if found is not None and fits(scene, event.sort, found) else None


@dataclass(frozen=True, slots=True)
class Idiom:
    """A set phrase.

    Attributes:
        place: Position of what happens, for the verb at a position; None where the phrase does not stand there.
        verbs: The lemmas that it is built on; about no other verb is it asked.
    """

    place: Callable[[Scene, int, Event], int | None]
    verbs: frozenset[str]


_PLANNED = Idiom(_is_planned, _PLANNING)
IDIOMS: Mapping[str, tuple[Idiom, ...]] = {
    "milestone.trial-start": (
        _PLANNED,
        Idiom(_begins_doing, _BEGINNING | _TREATING),
        Idiom(_under_way, frozenset({"get"})),
    ),
    "milestone.trial-enrolled": (Idiom(_filled, frozenset("enroll recruit close".split())),),
    "milestone.ind": (_PLANNED, Idiom(_has_effective, _HOLDING), Idiom(_lets_begin, _LETTING)),
    "milestone.antitrust": (Idiom(_ended_early, frozenset({"grant"})),),
    "milestone.filing": (
        _PLANNED,
        Idiom(_files_for, frozenset("file apply submit seek".split())),
        Idiom(_resubmits, frozenset("resubmit refile".split())),
        Idiom(_accepted_for_filing, frozenset({"accept"})),
    ),
    "milestone.opinion": (Idiom(_recommends, frozenset({"recommend"})),),
    "milestone.launch": (Idiom(_put_on_sale, _BEGINNING | {"come"}),),
}
"""Set phrases of each event, tried before the event's verbs and nouns."""
