"""Where a milestone stands in a sentence: the noun group that a verb or a noun of doing makes an event of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from oncopact.extractors.event_idioms import APPROVALS, APPROVING, IDIOMS, approved, sought
from oncopact.extractors.event_status import is_nominal
from oncopact.extractors.event_things import AGENCY, PHASE, compounds, fits, is_product, text_of, words_of
from oncopact.extractors.events import Event
from oncopact.extractors.scene import Scene
from oncopact.model import Kind
from oncopact.syntax.clauses import complements, coordinated, direct_object, is_reduced, subject
from oncopact.syntax.groups import NOUN, PREPOSITION, VERB, Group


def verb_place(scene: Scene, at: int, event: Event) -> int | None:
    """Position of what the verb at `at` does to make the event; None where it makes none."""
    groups, group = scene.groups, scene.groups[at]
    if is_nominal(groups, at):
        return noun_place(scene, at, event)
    if event.name == "milestone.approval" and group.lemma in APPROVING:
        return approved(scene, at)
    for idiom in IDIOMS.get(event.name, ()):
        place = idiom.place(scene, at, event) if group.lemma in idiom.verbs else None
        if place is not None:
            return place
    chosen = next((i for i in _candidates(scene, at, event) if fits(scene, event.sort, i)), None)
    return chosen if chosen is not None and _plausible(scene, event, at, chosen) else None


def _candidates(scene: Scene, at: int, event: Event) -> Iterator[int]:
    """The noun groups that may be what happens, the likeliest first."""
    groups, group = scene.groups, scene.groups[at]
    alone = not any(g.role == VERB and g.finite and not g.reduced for g in groups)
    moves = group.lemma in event.moves
    moved = moves and not group.passive and (alone or group.lemma not in event.verbs)
    passive = group.passive or (is_reduced(groups, at) and not moved) or _still_passive(groups, at)
    if group.lemma in event.verbs:
        yield from _acted_on(groups, at, event, passive=passive)
    if moves:
        yield from _moved(groups, at, passive=passive)
    if (moves and group.lemma not in _INTO) or (passive and group.lemma in event.verbs):
        yield from _phrase_before(groups, at)
    acts = moves or (passive and group.lemma in event.verbs)
    if acts and at and groups[at - 1].tag == "," and not group.reduced and any(g.tag == "W" for g in groups[:at]):
        yield from _opening_noun(groups, at)
    if group.lemma in ("be", "become") or (group.lemma == "have" and "been" in group.words):
        words = {w for c in complements(groups, at)[:2] for w in groups[c.at].words}
        if (words | {g.lemma for g in groups[at + 1 : at + 2]}) & event.states:
            yield from subject(groups, at) or ((at - 1,) if at else ())


def _still_passive(groups: Sequence[Group], at: int) -> bool:
    """Whether a bare participle goes on from a passive: 'has been submitted and accepted'."""
    if not groups[at].reduced or at < 2 or groups[at - 1].tag != "C":
        return False
    before = at - 2
    while before and groups[before].role in (NOUN, PREPOSITION):
        before -= 1
    return groups[before].role == VERB and groups[before].passive


def _acted_on(groups: Sequence[Group], at: int, event: Event, *, passive: bool) -> Iterator[int]:
    group, found, rest = groups[at], direct_object(groups, at), complements(groups, at)
    if passive:
        if group.infinitive and at and groups[at - 1].role == NOUN:
            yield at - 1  # 'expects the first patient to be dosed'
        yield from subject(groups, at)
        yield from (c.at for c in rest[:2] if not c.preposition or c.preposition in ("in", "on", "to", "as"))
    elif found is not None:
        if group.lemma in _GIVING and found + 1 < len(groups) and groups[found + 1].role == NOUN:
            yield from coordinated(groups, found + 1, len(groups))  # 'granted ALD-12 both orphan drug designation and'
        if not any(m.kind is Kind.MONEY for m in groups[found].mentions):  # who receives money receives no approval
            yield from coordinated(groups, found, len(groups))
        if found < at:
            yield from _over_phrases(groups, found)  # 'a trial of ALD-12 that Alderis plans to initiate'
        yield from (c.at for c in rest if c.preposition == "as" and c.depth == 0)
    elif group.gerund and at and groups[at - 1].role == VERB:
        meant = direct_object(groups, at - 1)
        yield from (() if meant is None else _over_phrases(groups, meant))  # 'a trial that A anticipates initiating'
    if event.sort == "candidate":
        yield from (c.at for c in rest if c.depth == 0)


def _over_phrases(groups: Sequence[Group], at: int) -> Iterator[int]:
    """The noun group at `at` and those whose prepositional phrases it closes: 'a trial' in 'a trial of ALD-12'."""
    yield at
    while at >= 2 and groups[at - 1].role == PREPOSITION and groups[at - 2].role == NOUN:
        at -= 2
        yield at


def _moved(groups: Sequence[Group], at: int, *, passive: bool) -> Iterator[int]:
    group, found = groups[at], direct_object(groups, at)
    if found is not None and group.lemma in ("enter", "begin", "start", "commence", "open"):
        yield found
    yield from (c.at for c in complements(groups, at) if c.preposition in _TOWARDS and c.depth == 0)
    idle = found is None or group.lemma in _WITH_OBJECT or _times(groups[found])
    if not passive and idle and group.lemma not in _INTO:
        yield from _opening_noun(groups, at) if is_reduced(groups, at) else subject(groups, at)


_GIVING = frozenset("grant give award".split())
_TOWARDS = frozenset("into to in with".split())
_WITH_OBJECT = frozenset("receive close expire reach exceed pass surpass top hit trigger clear".split())
"""Verbs whose subject counts even where an object follows: 'the first patient receives ALD-12'."""


def _times(group: Group) -> bool:
    return any(m.kind is Kind.DATE for m in group.mentions) or group.lemma in _SEASONS


def _phrase_before(groups: Sequence[Group], at: int) -> tuple[int, ...]:
    """The head of the noun phrase right before a verb: 'as a trial of ALD-12 begins'."""
    position = at - 1
    while position >= 2 and groups[position].role == NOUN and groups[position - 1].lemma in ("of", "in", "for", "with"):
        position -= 2
    return (position,) if position >= 0 and groups[position].role == NOUN else ()


def _opening_noun(groups: Sequence[Group], at: int) -> tuple[int, ...]:
    """The subject of a past form that looks like a participle: 'a trial of ALD-12 in gastric cancer opened in June'."""
    first = next(
        (i for i in range(at) if groups[i].role == NOUN and (i == 0 or groups[i - 1].role != PREPOSITION)), None
    )
    return () if first is None else (first,)


_SEASONS = frozenset("spring summer autumn fall winter year month quarter week today".split())
_INTO = frozenset("enter advance move bring follow progress proceed go".split())
"""Verbs of motion, whose subject is the product and not the trial."""


def _plausible(scene: Scene, event: Event, at: int, place: int) -> bool:
    """What the sort alone does not decide."""
    groups, group = scene.groups, scene.groups[at]
    words = set(groups[place].words)
    if event.name == "milestone.approval":
        return (
            group.lemma in ("be", "have") or not is_product(scene, place) or bool(words & (APPROVALS | {"approvals"}))
        )
    if event.name == "milestone.trial-enrolled":
        if group.lemma in ("enroll", "recruit"):
            return bool(words & {"last", "all", "final"}) or "fully" in group.words
        return not fits(scene, "trial", place) or "enrol" in text_of(scene, place, place).lower()
    if event.name == "milestone.ind" and group.lemma in ("receive", "obtain", "grant", "permit"):
        return groups[place].lemma not in ("application", "applications")
    if event.name == "milestone.filing" and group.lemma in ("receive", "make"):
        return bool(AGENCY.search(scene.sentence.span.of(scene.document.text))) or group.passive
    if event.name == "milestone.trial-start" and group.lemma in ("open", "launch"):
        return True
    if event.name == "milestone.launch" and group.lemma in ("be", "have"):
        place_named = any(m.kind is Kind.TERRITORY for g in groups[at : at + 5] for m in g.mentions)
        return "on" in {g.lemma for g in groups[at : at + 3]} or "now" in group.words or place_named
    if event.planned:
        return not group.passive or event.name == "milestone.trial-completed"
    if event.hangs and is_reduced(groups, at):
        return False
    if event.name == "milestone.payment-received":
        return any(m.kind is Kind.MONEY for m in scene.mentions)
    return True


# ---------------------------------------------------------------- nouns


_LINKS = frozenset("of for into in to".split())
DOING_OF = {
    "close": "closing",
    "dose": "dosing",
    "enroll": "enrollment",
    "treat": "treatment",
    "file": "filing",
    "grant": "granting",
    "begin": "beginning",
    "open": "opening",
    "list": "listing",
    "launch": "launch",
}
"""The noun of doing that a verb's gerund stands for."""
FILINGS = frozenset("filing file application".split())


def noun_place(scene: Scene, at: int, event: Event) -> int | None:
    """Position of what a noun of doing governs: 'initiation of clinical trials', or of itself: 'BLA submission'."""
    groups, group = scene.groups, scene.groups[at]
    if event.name == "milestone.filing" and group.lemma in FILINGS:
        asked = sought(scene, at)
        if asked is not None:
            return asked
    lemma = DOING_OF.get(group.lemma, "") if group.role == VERB else group.lemma
    if lemma not in event.nouns:
        return at if _bare(scene, at, event) else None
    rest = [c.at for c in complements(groups, at) if c.preposition in _LINKS and c.depth == 0][:3]
    if event.name == "milestone.launch":
        return _launched(scene, at, rest, lemma)
    governed = next((i for i in rest if fits(scene, event.sort, i)), None)
    if event.name == "milestone.first-patient" and "first" in group.words and governed is None:
        return next((i for i in rest if groups[i].lemma in ("patient", "subject", "participant", "volunteer")), None)
    if event.name == "milestone.approval":
        if lemma in ("grant", "granting", "receipt"):
            at = governed if governed is not None and groups[governed].lemma in APPROVALS else -1
        return at if at >= 0 and fits(scene, event.sort, at) and _regulated(scene, at, rest) else None
    if event.name == "milestone.closing":
        return governed if governed is not None else (at if len(group.tokens) <= 2 and lemma == "closing" else None)
    if group.role == NOUN and (fits(scene, event.sort, at) or compounds(scene, event.sort, at)):
        return at
    if event.name == "milestone.payment-received" and governed is not None:
        return governed if any(m.kind is Kind.MONEY for m in scene.mentions) else None
    return governed


def _launched(scene: Scene, at: int, rest: list[int], lemma: str) -> int | None:
    words = set(scene.groups[at].words)
    if lemma in ("sale", "sales") and not ("first" in words and (words & {"commercial"} or lemma == "sale")):
        return None
    product = next((i for i in (at, *rest) if is_product(scene, i)), None)
    if product is not None:
        return at
    dated = any(m.kind in (Kind.DATE, Kind.TERRITORY) for i in rest for m in scene.groups[i].mentions)
    return at if dated or words & {"commercial", "product", "first", "potential", "planned", "expected"} else None


def _regulated(scene: Scene, at: int, rest: list[int]) -> bool:
    """Whether the approval is a product's: an authority, a product, or 'marketing' stands with it."""
    groups = scene.groups
    words = words_of(groups[at])
    if any(is_product(scene, i) for i in (at, *rest)) or words & {"marketing", "bla", "nda", "fda"}:
        return True
    near = text_of(scene, max(at - 1, 0), min(at + 5, len(groups) - 1))
    return bool(AGENCY.search(near)) or any(
        m.kind is Kind.MONEY for g in groups[max(0, at - 6) : at] for m in g.mentions
    )


def _bare(scene: Scene, at: int, event: Event) -> bool:
    """'$1.1 million at Phase II': a phase named alone as what money hangs on."""
    groups = scene.groups
    if event.name != "milestone.trial-start" or at < 2 or groups[at].role != NOUN:
        return False
    if groups[at - 1].lemma not in ("at", "on", "upon") or not PHASE.search(text_of(scene, at, at)):
        return False
    return any(m.kind is Kind.MONEY for m in groups[at - 2].mentions)
