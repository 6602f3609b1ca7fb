"""Agreement frames filled from one sentence: claims, not yet facts.

A claim is what one frame says; `merge` makes agreements of the claims of a release.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeAlias

from oncopact.extractors.frames import FRAMES, NOUN_FRAMES, Frame
from oncopact.extractors.nouns import agreement_kind, exclusivity, is_option, is_rights, is_thing, mixes, names_company
from oncopact.extractors.places import Places, fits, places_of
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
from oncopact.syntax.clauses import Complement, clause_start, complements, coordinated, direct_object, subject
from oncopact.syntax.groups import NOUN, VERB, Group


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


def read(scene: Scene) -> tuple[Claim, ...]:
    """All claims of agreements in a sentence, in order."""
    claims: list[Claim] = []
    taken: set[int] = set()
    for at, group in enumerate(scene.groups):
        if group.role != VERB or _inside_option(scene, at):
            continue
        for frame in FRAMES:
            if group.lemma not in frame.verbs:
                continue
            filled = _fill(scene, at, frame)
            if filled:
                claim, used = filled
                claims.append(claim)
                taken |= used
                break
    if any(claim.frame in BUYING and len(claim.parties) == 2 for claim in claims):
        # 'an agreement for A to be acquired by B': the buying says who, the agreement's announcers may be others
        claims = [c for c in claims if c.frame != "agreement.enters" or c.kind is not AgreementKind.ACQUISITION]
    claims.extend(_licensees(scene))
    for at, group in enumerate(scene.groups):
        if group.role == NOUN and at not in taken and agreement_kind(group):
            claim_of_noun = _fill_noun(scene, at, NOUN_FRAMES[0])
            if claim_of_noun:
                claims.append(claim_of_noun)
    return tuple(claims)


def _inside_option(scene: Scene, at: int) -> bool:
    """Whether the verb only says what an option or right is to: 'its option to license'."""
    before = scene.groups[at - 1] if at else None
    inside = scene.groups[at].infinitive and before is not None and (is_option(before) or is_rights(before))
    if inside and scene.groups[at].lemma == "exercise":  # 'has the right to exercise an option': an option is told of
        found = direct_object(scene.groups, at)
        return found is None or not is_option(scene.groups[found])
    return inside


# ---------------------------------------------------------------- filling


def _fill(scene: Scene, at: int, frame: Frame) -> tuple[Claim, set[int]] | None:
    places = places_of(scene, at)
    noun = fits(scene, frame, places, at)
    if noun is None:
        return None
    roles: Roles = {role: [] for role in _ROLES}
    found: set[str] = set()
    _from_subject(scene, frame, at, places, roles, found)
    _from_object(scene, frame, places, noun, roles, found)
    _from_prepositions(scene, frame, places.rest, roles, found)
    if noun >= 0 and noun in places.subject:  # 'The disputes between A and B have been settled'
        _from_prepositions(scene, frame, [c for c in complements(scene.groups, noun) if c.at < at], roles, found)
    _from_possessors(scene, frame, places, noun, roles, found)
    if frame.objects == "agreement" and noun >= 0:
        _bought(scene, noun, roles, found)
    gives = frame.objects == "agreement-either" and noun >= 0 and _gives_rights(scene, noun, roles)
    if not _enough(frame, found, roles) or found & frame.lacks:
        return None
    kind = frame.kind or _kind(scene, noun, places)
    if kind is AgreementKind.OTHER and gives:
        kind = AgreementKind.LICENCE
    if kind is None:
        return None
    group = scene.groups[at]
    covered = [c.at for c in places.rest] + [p for p in (places.object, noun) if p is not None and p >= 0]
    if places.passive or frame.objects.startswith("subject"):
        covered += list(places.subject)
    used = {i for i in (noun, places.object) if i is not None and i >= 0}
    return _claim(scene, frame, kind, group, at, noun, roles, sorted(set(covered))), used


Roles: TypeAlias = dict[str, list[tuple[EntityId, int]]]
_ROLES = ("licensor", "licensee", "buyer", "bought", "party")
BUYING = frozenset({"agreement.acquires", "agreement.was-acquired"})
"""Frames that tell who buys whom; their parties stand in this order."""


def _from_subject(scene: Scene, frame: Frame, at: int, places: Places, roles: Roles, found: set[str]) -> None:
    role = frame.roles.get("subject")
    if not role:
        return
    companies = scene.companies(places.subject)
    decider = _decider(scene, at)
    if decider:
        companies = (decider,)
    if not places.subject and _opens_item(scene, at):
        own = scene.discourse.the_company(scene.sentence)  # a list of what 'we' have done: 'Entered into a deal with B'
        if own:
            roles[role].append((own, at))
            found.add("subject")
    for company in companies:
        roles[role].append((company, places.subject[0]))
    if companies:
        found.add("subject")
    if len(companies) > 1:
        found.add("subject2")


def _decider(scene: Scene, at: int) -> EntityId | None:
    """Whose decision an infinitive carries out: "B's decision earlier this year to exercise its option"."""
    if not scene.groups[at].infinitive:
        return None
    for position in range(at - 1, max(-1, at - 4), -1):
        group = scene.groups[position]
        if group.role == VERB:
            return None
        if group.role == NOUN and group.lemma in _DECISIONS:
            return scene.possessor(position)
    return None


_DECISIONS = frozenset("decision election intention intent choice plan".split())


def _opens_item(scene: Scene, at: int) -> bool:
    """Whether a past verb opens its sentence, as in lists of achievements: 'In-licensed ALD-12 from B'."""
    group = scene.groups[at]
    return at == 0 and group.past and not group.passive and scene.sentence.kind is not SectionKind.HEADLINE


def _from_object(scene: Scene, frame: Frame, places: Places, noun: int, roles: Roles, found: set[str]) -> None:
    role = frame.roles.get("object")
    at = places.object if places.second is not None or noun == places.object else noun
    if frame.objects == "rights" and places.object is not None and names_company(scene.groups[places.object]):
        at = places.object  # 'provides B with an option'
    if not role or at is None or at < 0 or not names_company(scene.groups[at]):
        return
    everything = coordinated(scene.groups, at, min(len(scene.groups), at + 6)) if frame.objects == "company" else (at,)
    for company in scene.companies(everything):
        roles[role].append((company, at))
        found.add("object")


def _from_prepositions(scene: Scene, frame: Frame, rest: Sequence[Complement], roles: Roles, found: set[str]) -> None:
    listing = ""
    for complement in rest:
        preposition = complement.preposition
        companies = scene.companies((complement.at,))
        if not companies and scene.groups[complement.at].lemma in _KINDS_OF_FIRMS:
            listing = preposition
        if listing and preposition in ("including", "as", "like", "namely"):
            preposition = listing  # 'with several companies, including A and B'
        role = frame.roles.get(preposition)
        if not companies or not preposition:
            continue
        if complement.depth and preposition not in ("with", "between", "from"):
            continue
        if complement.depth and preposition in found:
            continue
        if complement.depth == 0:
            found.add(preposition)
        if role:
            roles[role].extend((company, complement.at) for company in companies)
            found.add(preposition)
            if len({company for company, _ in roles[role]}) > 1:
                found.add(f"{preposition}2")


# nouns that a list of companies follows: 'with many organizations including A and B'
_KINDS_OF_FIRMS = frozenset(
    "companies partners organizations organisations collaborators firms parties licensees licensors leaders".split()
)


def _from_possessors(scene: Scene, frame: Frame, places: Places, noun: int, roles: Roles, found: set[str]) -> None:
    role = frame.roles.get("possessor")
    if not role:
        return
    known = {company for pairs in roles.values() for company, _ in pairs}
    if role != "party" and roles[role]:
        return
    candidates = [noun] if noun >= 0 else []
    if role != "party":
        candidates += [c.at for c in places.rest] + list(places.subject)
    for at in dict.fromkeys(candidates):
        owner = scene.possessor(at)
        if owner and owner not in known and (is_thing(scene.groups[at]) or agreement_kind(scene.groups[at])):
            roles[role].append((owner, at))
            found.add("possessor")
            return


_BUYING_NOUNS = frozenset("acquisition purchase takeover buyout".split())


def _bought(scene: Scene, noun: int, roles: Roles, found: set[str]) -> None:
    """The company after 'of' in 'the acquisition of B'."""
    if scene.groups[noun].lemma not in _BUYING_NOUNS:
        return
    first = next(iter(complements(scene.groups, noun)), None)
    if first and first.preposition == "of":
        for company in scene.companies((first.at,)):
            roles["bought"].append((company, first.at))
            found.add("of")


def _gives_rights(scene: Scene, noun: int, roles: Roles) -> bool:
    """Whose rights an agreement gives: 'B has renewed the agreement that gives it rights to use A's technology'."""
    parties = {company for pairs in roles.values() for company, _ in pairs}
    if len(parties) != 1:
        return False
    inner = [c for c in complements(scene.groups, noun) if c.depth]
    rights = any(is_rights(scene.groups[c.at]) for c in inner)
    owners = [(owner, c.at) for c in inner if is_thing(scene.groups[c.at]) and (owner := scene.possessor(c.at))]
    named = [pair for pair in owners if pair[0] not in parties]
    if not rights or not named:
        return False
    roles["licensor"] = named[:1]
    roles["licensee"] = roles["party"]
    roles["party"] = []
    return True


def _enough(frame: Frame, found: set[str], roles: Roles) -> bool:
    companies = {company for pairs in roles.values() for company, _ in pairs}
    if not companies:
        return False
    return all(any(part in found for part in need.split("|")) for need in frame.needs)


def _kind(scene: Scene, noun: int, places: Places) -> AgreementKind | None:
    """The kind by the noun's words, and by what follows: 'a definitive agreement to acquire B'."""
    group = scene.groups[noun]
    if is_option(group):
        return AgreementKind.OPTION
    if is_rights(group) or group.lemma == "access":
        return AgreementKind.LICENCE
    kind = agreement_kind(group)
    if kind is AgreementKind.OTHER:
        verbs = [c.verb for c in places.rest[:3] if c.depth]
        verbs += [
            scene.groups[i].lemma
            for i in range(noun + 1, min(noun + 8, len(scene.groups)))
            if scene.groups[i].infinitive
        ]
        if "acquire" in verbs or "purchase" in verbs:
            return AgreementKind.ACQUISITION
        if {"license", "in-license"} & set(verbs):
            return AgreementKind.LICENCE
        if {"collaborate", "discover"} & set(verbs):
            return AgreementKind.COLLABORATION
        if {"supply", "manufacture"} & set(verbs):
            return AgreementKind.SUPPLY
    return kind


def _fill_noun(scene: Scene, at: int, frame: Frame) -> Claim | None:
    """A noun of agreement on its own: 'under its collaboration with B'."""
    groups = scene.groups
    rest = _noun_complements(groups, at)
    places = Places((), at, None, rest, passive=False)
    roles: Roles = {role: [] for role in _ROLES}
    found: set[str] = set()
    _from_prepositions(scene, frame, rest, roles, found)
    _bought(scene, at, roles, found)
    owner = scene.possessor(at)
    shared = _shared_by_two(scene, at) if not any(roles.values()) else ()
    if shared:
        roles["party"] = [(company, at) for company in shared]
        found.add("between")
    elif not any(roles.values()) and not is_rights(groups[at]) and not owner:
        roles["party"] = [(c, i) for c, i in _owner_of_licensed(scene, rest)]
        roles["party"][:0] = [(c, at) for c in _clause_company(scene, at, roles)] if roles["party"] else []
        found |= {"with"} if len(roles["party"]) > 1 else set()
    elif not owner and is_rights(groups[at]):
        if not roles["licensor"]:
            roles["licensor"] = _owner_of_licensed(scene, rest)
        roles["licensee"] = [(company, at) for company in _clause_company(scene, at, roles)]
    elif owner:
        roles["party"].insert(0, (owner, at))
    elif any(roles.values()) and (
        len({c for pairs in roles.values() for c, _ in pairs}) == 1 or not found & {"between", "among", "from", "of"}
    ):  # 'in collaboration with B and C' is made by a third
        roles["party"][:0] = [(company, at) for company in _clause_company(scene, at, roles)]
    companies = {company for pairs in roles.values() for company, _ in pairs}
    if not companies or not (roles["licensor"] or found & {"with", "between", "from", "among", "of"}):
        return None
    kind = _kind(scene, at, places)
    if kind is None or (is_rights(groups[at]) and not (roles["licensor"] and roles["licensee"])):
        return None
    covered = [at, *(c.at for c in rest)]
    if kind is AgreementKind.OTHER and any(c.depth and is_rights(groups[c.at]) for c in rest):
        kind = AgreementKind.LICENCE  # 'an agreement that grants B rights to use A's technology'
    if at and groups[at - 1].lemma in ("in", "under", "through", "by", "via"):
        done = _clause_things(scene, at)
        covered = sorted({*done, *covered})
        if done and kind is AgreementKind.COLLABORATION:
            kind = AgreementKind.CO_DEVELOPMENT
    return _claim(scene, frame, kind, None, at, at, roles, covered)


def _shared_by_two(scene: Scene, at: int) -> tuple[EntityId, ...]:
    """The two companies whose agreement 'their licence' is."""
    if scene.groups[at].words[0] == "its" and scene.groups[at - 1].lemma in ("under", "from", "through"):
        # 'announced a payment from B under its licence agreement'
        named = scene.companies(i for i in range(at) if scene.groups[i].head(Kind.COMPANY))
        return named if len(named) == 2 else ()
    if scene.groups[at].words[0] != "their":
        return ()
    for verb in (i for i, g in enumerate(scene.groups) if g.role == VERB and g.finite):
        companies = scene.companies(subject(scene.groups, verb))
        if companies:
            return companies if len(companies) == 2 else ()
    pair = scene.discourse.pair(scene.sentence)
    return pair if len(pair) == 2 else ()


def _owner_of_licensed(scene: Scene, rest: Sequence[Complement]) -> list[tuple[EntityId, int]]:
    """The owner of what a licence is to: "a licence to Alderis's HexaLink technology"."""
    for complement in rest[:2]:
        owner = scene.possessor(complement.at)
        if (
            owner
            and complement.preposition in ("to", "for", "under", "of", "on")
            and is_thing(scene.groups[complement.at])
        ):
            return [(owner, complement.at)]
    return []


def _clause_things(scene: Scene, at: int) -> list[int]:
    """The subject and object of the verb that 'in collaboration with B' belongs to: what is done together."""
    groups = scene.groups
    verb = next((i for i in range(at - 1, -1, -1) if groups[i].role == VERB), None)
    if verb is None and at <= 2:  # 'In collaboration with B, A is evaluating X'
        verb = next((i for i in range(at + 1, len(groups)) if groups[i].role == VERB and groups[i].finite), None)
    if verb is None or groups[verb].lemma not in _DOING_TOGETHER:
        return []
    found = direct_object(groups, verb)
    whole = (*subject(groups, verb), *(() if found is None else (found,)))
    return [i for i in whole if scene.things((i,), Kind.CONJUGATE, Kind.ANTIBODY, Kind.PRODUCT)]


_DOING_TOGETHER = frozenset("develop co-develop commercialize market evaluate study advance sell test promote".split())


def _licensees(scene: Scene) -> list[Claim]:
    """'Licensees of its technology include A and B': a licence with each, from the technology's owner."""
    groups = scene.groups
    claims: list[Claim] = []
    for verb in (i for i, g in enumerate(groups) if g.role == VERB and g.lemma in ("be", "include")):
        subjects = subject(groups, verb)
        if not subjects or groups[subjects[0]].lemma not in ("licensees", "companies"):
            continue
        kind: AgreementKind | None = AgreementKind.LICENCE
        owner = scene.possessor(subjects[0])
        if groups[subjects[0]].lemma == "companies":
            kind, owner = _partners_of(scene, subjects[0], verb)
        owner = owner or scene.discourse.the_company(scene.sentence)
        rest = [c.at for c in complements(groups, verb) if c.depth == 0 and not c.preposition]
        for company in scene.companies(rest):
            if kind and owner and company != owner:
                roles: Roles = {role: [] for role in _ROLES}
                if kind is AgreementKind.LICENCE:
                    roles["licensor"], roles["licensee"] = [(owner, subjects[0])], [(company, rest[0])]
                else:
                    roles["party"] = [(owner, subjects[0]), (company, rest[0])]
                covered = [subjects[0], *(c.at for c in complements(groups, subjects[0]) if c.at < verb)]
                claims.append(_claim(scene, NOUN_FRAMES[1], kind, None, verb, -1, roles, covered))
    return claims


def _partners_of(scene: Scene, companies: int, verb: int) -> tuple[AgreementKind | None, EntityId | None]:
    """The kind and the other side in 'companies that have agreements with A are B and C'."""
    groups = scene.groups
    noun = next((i for i in range(companies, verb) if agreement_kind(groups[i])), None)
    if noun is None:
        return None, None
    beside = [c.at for c in complements(groups, noun) if c.preposition == "with" and c.at < verb]
    return agreement_kind(groups[noun]), next(iter(scene.companies(beside)), None)


def _clause_company(scene: Scene, at: int, roles: Roles) -> tuple[EntityId, ...]:
    """Whose agreement a noun with one company is: the subject of its clause, else of the next, else the speaker's."""
    groups = scene.groups
    others = {company for pairs in roles.values() for company, _ in pairs}
    verbs = [i for i in range(at - 1, -1, -1) if groups[i].role == VERB and groups[i].finite]
    verbs += [i for i in range(at + 1, len(groups)) if groups[i].role == VERB and groups[i].finite]
    for verb in verbs[:3]:
        named = [c for c in scene.companies(subject(groups, verb)) if c not in others]
        if named:
            return tuple(named[:1])
    whose = scene.discourse.the_company(scene.sentence)
    return (whose,) if whose and whose not in others else ()


def _noun_complements(groups: Sequence[Group], at: int) -> tuple[Complement, ...]:
    """Complements of a noun: its prepositional phrases up to the next finite verb or comma that closes them."""
    out = []
    for complement in complements(groups, at):
        between = groups[at + 1 : complement.at]
        if any(g.role == VERB and g.finite and not g.reduced for g in between) and complement.depth == 0:
            break
        out.append(complement)
    return tuple(out)


# ---------------------------------------------------------------- the claim


_ENDED_BY_NEGATION = frozenset({"agreement.exercises", "agreement.renews", "agreement.expands"})
"""Not exercising an option or not renewing an agreement ends it."""


def _claim(
    scene: Scene,
    frame: Frame,
    kind: AgreementKind,
    verb: Group | None,
    at: int,
    noun: int,
    roles: Roles,
    covered: Sequence[int],
) -> Claim:
    groups = scene.groups
    licensors = tuple(dict.fromkeys(c for c, _ in roles["licensor"]))
    licensees = tuple(dict.fromkeys(c for c, _ in roles["licensee"] if c not in licensors))
    ordered = sorted((position, company) for pairs in roles.values() for company, position in pairs)
    parties = tuple(dict.fromkeys(company for _, company in ordered))
    mixed = noun >= 0 and mixes(groups[noun]) and not set(groups[noun].words) & {"research", "discovery"}
    if frame.name in BUYING:
        parties = tuple(dict.fromkeys(company for company, _ in (*roles["buyer"], *roles["bought"])))
    if (frame.objects == "agreement" or verb is None) and not (licensors and licensees):
        if mixed and scene.things(covered, Kind.CONJUGATE, Kind.ANTIBODY, Kind.PRODUCT):
            licensors, licensees = direction_by_owner(scene, AgreementKind.LICENCE, parties, licensors, covered)
            kind = AgreementKind.LICENCE if licensors else kind  # 'a licence and collaboration agreement on B's ALD-12'
        else:
            licensors, licensees = direction_by_owner(scene, kind, parties, licensors, covered)
    within = [groups[i] for i in covered]
    near = list(groups[max(0, at - 1) : at + 1]) + within
    dated = signed(scene, at, noun, verb, changed=frame.event is not None)
    first = min([at, *(i for i in covered), *(position for position, _ in ordered)])
    last = max([at, *(i for i in covered), *(position for position, _ in ordered)])
    if kind is AgreementKind.OPTION and not option_passes_rights(scene, noun):
        licensors, licensees = (), ()
    span = scene.span(first, last)
    modality = verb.modality if verb else Modality.ASSERTED
    negated = verb.negated if verb else False
    event = frame.event or nominal_event(scene, noun) or event_of(scene, frame, verb, dated, noun)
    if verb is not None and verb.lemma == "extend" and _further(scene, at):
        event = EventKind.EXPANDED
    if verb is not None and event is EventKind.ANNOUNCED:
        event = changed_event(scene, noun) or event
    if event is EventKind.EXERCISED and verb is not None and _able(scene, at):
        event = EventKind.ANNOUNCED  # 'will have the ability to exercise an option': the option is new, not exercised
    if event is EventKind.EXERCISED and any("earlier" in word for group in groups[max(0, at - 3) : at] for word in group.words):
        event = EventKind.REFERENCED
    if negated and frame.name in _ENDED_BY_NEGATION:
        event, negated = EventKind.TERMINATED, False
    evidence = [scene.evidence(frame.name, span, modality=modality, negated=negated)]
    for role, prop in (("licensor", "op:licensor"), ("licensee", "op:licensee")):
        wanted = licensors if role == "licensor" else licensees
        evidence.extend(scene.evidence(frame.name, span, prop=prop, value=c, modality=modality) for c in wanted)
    evidence.extend(scene.evidence(frame.name, span, prop="op:party", value=c, modality=modality) for c in parties)
    plural = noun >= 0 and groups[noun].lemma.endswith("s") and agreement_kind(groups[noun]) is not None
    if (
        plural
        and len(parties) > 2
        and kind is AgreementKind.LICENCE
        and not licensors
        and _own(scene, covered, parties)
    ):
        licensors, licensees = parties[:1], parties[1:]
    return Claim(
        frame.name,
        kind,
        event,
        parties,
        licensors,
        licensees,
        covered_things(scene, covered),
        exclusivity(near),
        territory_of(scene, covered),
        dated,
        scene.sentence.index,
        scene.sentence.kind,
        span,
        modality,
        negated,
        multi=plural and len(parties) > 2,
        bare=_says_little(scene, frame, noun),
        mixed=mixed,
        shares=kind is AgreementKind.OPTION and not option_passes_rights(scene, noun),
        apart=_under_another(scene, frame, at, verb),
        older=any(group.role == VERB and group.lemma == "stem" for group in groups[:at]),
        evidence=tuple(evidence),
    )


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
