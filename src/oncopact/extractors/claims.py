"""What one frame says of an agreement: the claim, made of roles and of the words around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeAlias

from oncopact.extractors.frames import Frame
from oncopact.extractors.nouns import agreement_kind, exclusivity, is_thing, mixes
from oncopact.extractors.roles import BUYING, Roles
from oncopact.extractors.scene import Scene
from oncopact.extractors.terms import (
    changed_event,
    covered_things,
    direction_by_owner,
    event_of,
    nominal_event,
    option_passes_rights,
    signed,
    territory_of,
)
from oncopact.model import (
    AgreementKind,
    EntityId,
    EventKind,
    Evidence,
    Kind,
    Mention,
    Modality,
    PartialDate,
    SectionKind,
    Span,
)
from oncopact.syntax.clauses import clause_start
from oncopact.syntax.groups import VERB, Group


@dataclass(frozen=True, slots=True)
class Claim:
    """What one frame says of an agreement.

    Attributes:
        frame: The frame's name.
        kind: The agreement's kind.
        event: What happened.
        parties: All companies in roles, in the order of the sentence.
        licensors, licensees: By role.
        things: Mentions of what is covered.
        exclusive, territory, signed: As stated.
        span: From the first to the last group that the frame used.
        modality, negated: From the verb group.
        bare: Whether the words say little of the agreement's kind ('rights', 'this collaboration', a quotation).
        mixed: Whether the noun has words of a licence and of a collaboration.
        shares: Whether it is an option to take part in development, sales or profits, by which no rights pass.
        apart: Whether the words tell it from the agreement that the release is about.
        older: Whether it is one that another stems from: 'This licence stems from an agreement between A and B'.
        generic: Whether the words name no particular agreement ('under the agreement'), so that it must attach to one.
        evidence: One for the node and one for each role.
    """

    frame: str
    kind: AgreementKind
    event: EventKind
    parties: tuple[EntityId, ...]
    licensors: tuple[EntityId, ...] = ()
    licensees: tuple[EntityId, ...] = ()
    things: tuple[Mention, ...] = ()
    exclusive: bool | None = None
    territory: tuple[Mention, ...] = ()
    signed: PartialDate | None = None
    sentence: int = 0
    section: SectionKind = SectionKind.BODY
    span: Span = field(default_factory=lambda: Span(0, 0))
    modality: Modality = Modality.ASSERTED
    negated: bool = False
    generic: bool = False
    multi: bool = False
    bare: bool = False
    mixed: bool = False
    shares: bool = False
    apart: bool = False
    older: bool = False
    evidence: tuple[Evidence, ...] = ()


# ---------------------------------------------------------------- the claim


_ENDED_BY_NEGATION = frozenset({"agreement.exercises", "agreement.renews", "agreement.expands"})
"""Not exercising an option or not renewing an agreement ends it."""


def make_claim(
    scene: Scene,
    frame: Frame,
    kind: AgreementKind,
    verb: Group | None,
    at: int,
    noun: int,
    roles: Roles,
    covered: Sequence[int],
) -> Claim:
    """The claim of a frame that is filled: its terms, its event, and the evidence of each role.

    Args:
        scene: The sentence.
        frame: The frame.
        kind: The agreement's kind.
        verb: The verb group of the frame, None for a noun on its own.
        at: Position of the trigger.
        noun: Position of the noun of agreement, -1 where there is none.
        roles: Role → companies with their positions.
        covered: Positions of the groups that may name what the agreement covers.
    """
    groups = scene.groups
    mixed = noun >= 0 and mixes(groups[noun]) and not set(groups[noun].words) & {"research", "discovery"}
    plural = noun >= 0 and groups[noun].lemma.endswith("s") and agreement_kind(groups[noun]) is not None
    kind, parties, licensors, licensees = _sides(scene, frame, kind, verb, roles, covered, mixed=mixed)
    several = plural and len(parties) > 2
    if several and kind is AgreementKind.LICENCE and not licensors and _own(scene, covered, parties):
        licensors, licensees = parties[:1], parties[1:]
    shares = kind is AgreementKind.OPTION and not option_passes_rights(scene, noun)
    if shares:
        licensors, licensees = (), ()
    dated = signed(scene, at, noun, verb, changed=frame.event is not None)
    places = [at, *covered, *(position for pairs in roles.values() for _, position in pairs)]
    span = scene.span(min(places), max(places))
    modality = verb.modality if verb else Modality.ASSERTED
    negated = verb.negated if verb else False
    event = _event(scene, frame, verb, at, noun, dated)
    if negated and frame.name in _ENDED_BY_NEGATION:
        event, negated = EventKind.TERMINATED, False
    evidence = [scene.evidence(frame.name, span, modality=modality, negated=negated)]
    for prop, companies in (("op:licensor", licensors), ("op:licensee", licensees), ("op:party", parties)):
        evidence.extend(scene.evidence(frame.name, span, prop=prop, value=c, modality=modality) for c in companies)
    return Claim(
        frame.name,
        kind,
        event,
        parties,
        licensors,
        licensees,
        covered_things(scene, covered),
        exclusivity([*groups[max(0, at - 1) : at + 1], *(groups[i] for i in covered)]),
        territory_of(scene, covered),
        dated,
        scene.sentence.index,
        scene.sentence.kind,
        span,
        modality,
        negated,
        multi=several,
        bare=_says_little(scene, frame, noun),
        mixed=mixed,
        shares=shares,
        apart=_under_another(scene, frame, at, verb),
        older=any(group.role == VERB and group.lemma == "stem" for group in groups[:at]),
        evidence=tuple(evidence),
    )


Sides: TypeAlias = tuple[AgreementKind, tuple[EntityId, ...], tuple[EntityId, ...], tuple[EntityId, ...]]
"""The kind, the parties, the licensors and the licensees."""


def _sides(
    scene: Scene,
    frame: Frame,
    kind: AgreementKind,
    verb: Group | None,
    roles: Roles,
    covered: Sequence[int],
    *,
    mixed: bool,
) -> Sides:
    """Who makes the agreement and which way rights pass; what is licensed can tell a licence from a collaboration."""
    licensors = tuple(dict.fromkeys(c for c, _ in roles["licensor"]))
    licensees = tuple(dict.fromkeys(c for c, _ in roles["licensee"] if c not in licensors))
    ordered = sorted((position, company) for pairs in roles.values() for company, position in pairs)
    parties = tuple(dict.fromkeys(company for _, company in ordered))
    if frame.name in BUYING:
        parties = tuple(dict.fromkeys(company for company, _ in (*roles["buyer"], *roles["bought"])))
    if (frame.objects == "agreement" or verb is None) and not (licensors and licensees):
        if mixed and scene.things(covered, Kind.CONJUGATE, Kind.ANTIBODY, Kind.PRODUCT):
            licensors, licensees = direction_by_owner(scene, AgreementKind.LICENCE, parties, licensors, covered)
            kind = AgreementKind.LICENCE if licensors else kind  # 'a licence and collaboration agreement on B's ALD-12'
        else:
            licensors, licensees = direction_by_owner(scene, kind, parties, licensors, covered)
    return kind, parties, licensors, licensees


def _event(scene: Scene, frame: Frame, verb: Group | None, at: int, noun: int, dated: PartialDate | None) -> EventKind:
    """What happened to the agreement, by the frame, the noun and what stands around them."""
    event = frame.event or nominal_event(scene, noun) or event_of(scene, frame, verb, dated, noun)
    if verb is None:
        return event
    if verb.lemma == "extend" and _further(scene, at):
        event = EventKind.EXPANDED
    if event is EventKind.ANNOUNCED:
        event = changed_event(scene, noun) or event
    if event is EventKind.EXERCISED and _able(scene, at):
        return EventKind.ANNOUNCED  # 'will have the ability to exercise an option': the option is new, not exercised
    if event is EventKind.EXERCISED and any(
        "earlier" in word for g in scene.groups[max(0, at - 3) : at] for word in g.words
    ):
        return EventKind.REFERENCED
    return event


_GIVING = frozenset({"agreement.obtains", "agreement.grants", "agreement.is-granted", "agreement.rights-granted-to"})
_DEFINITE = frozenset("this these the our their its".split())


def _says_little(scene: Scene, frame: Frame, noun: int) -> bool:
    """Whether a claim's words name the agreement in passing, so that they should not decide what kind it is."""
    if scene.sentence.quoted:
        return True
    group = scene.groups[noun] if noun >= 0 else None
    if group is None:
        return False
    if frame.name in _GIVING:
        return group.lemma in ("right", "rights", "access")
    return frame.name == "agreement.enters" and group.words[0] in _DEFINITE


def _further(scene: Scene, at: int) -> bool:
    """Whether an agreement is extended to more things, not for more time: 'extended to include a second target'."""
    after = scene.groups[at + 1 : at + 8]
    covers = any(g.role == VERB and g.lemma in ("include", "cover", "add", "encompass") for g in after)
    return covers or any(
        g.lemma in ("to", "into", "beyond") and not any(m.kind is Kind.DATE for m in following.mentions)
        for g, following in pairwise(after)
        if g.role != VERB
    )


_LICENSING = frozenset({"agreement.licensed-to", "agreement.licensed-from", "agreement.licensed-right"})
_EARLIER = frozenset("previously earlier recently already originally".split())


def _under_another(scene: Scene, frame: Frame, at: int, verb: Group | None) -> bool:
    """Whether a licence was taken apart from the deal spoken of: 'Under this agreement, B recently licensed X'."""
    if frame.name == "agreement.expands":  # 'has expanded beyond the original licence'
        kinds = {agreement_kind(group) for group in scene.groups[at + 1 : at + 4] if "original" in group.words}
        return bool(kinds - {None})
    if verb is None or frame.name not in _LICENSING:
        return False
    before = scene.groups[max(0, at - 5) : at + 2]
    under = scene.groups[0].lemma == "under" and len(scene.groups) > 1 and agreement_kind(scene.groups[1]) is not None
    return under or bool({word for group in before if group.tag == "R" for word in group.words} & _EARLIER)


_ABILITY = frozenset("ability right opportunity possibility choice entitlement able entitled".split())
_IF = frozenset("if unless should when once upon whether".split())


def _able(scene: Scene, at: int) -> bool:
    """Whether the verb says what a party may do: 'has the right to exercise', 'may exercise'."""
    verb, before = scene.groups[at], scene.groups[at - 1] if at else None
    start = clause_start(scene.groups, at)
    hypothetical = any(scene.groups[i].lemma in _IF for i in range(max(0, start - 1), at))
    if verb.modality is Modality.CONDITIONAL or hypothetical:
        return True
    return verb.infinitive and before is not None and before.lemma in _ABILITY


def with_parties(claim: Claim, parties: tuple[EntityId, ...]) -> Claim:
    """The claim among other parties, its evidence for parties left out of them dropped."""
    roles = ("op:party", "op:licensor", "op:licensee")
    kept = tuple(e for e in claim.evidence if e.property not in roles or e.value in parties)
    licensors = tuple(c for c in claim.licensors if c in parties)
    licensees = tuple(c for c in claim.licensees if c in parties)
    return replace(claim, parties=parties, licensors=licensors, licensees=licensees, evidence=kept)


def _own(scene: Scene, covered: Sequence[int], parties: tuple[EntityId, ...]) -> bool:
    """Whether what is licensed is the first party's: 'has licence agreements for its technology with A and B'."""
    things = [i for i in covered if is_thing(scene.groups[i]) and not agreement_kind(scene.groups[i])]
    return any(scene.groups[i].words[0] in ("its", "our") or scene.possessor(i) == parties[0] for i in things)
