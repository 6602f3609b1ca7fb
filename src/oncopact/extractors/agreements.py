"""Agreement frames filled from one sentence: claims, not yet facts.

A claim is what one frame says; `merge` makes agreements of the claims of a release.
"""

from __future__ import annotations

from collections.abc import Sequence

from oncopact.extractors.claims import Claim, make_claim
from oncopact.extractors.frames import FRAMES, NOUN_FRAMES, Frame
from oncopact.extractors.nouns import agreement_kind, is_option, is_rights, is_thing, names_company
from oncopact.extractors.places import Places, fits, places_of
from oncopact.extractors.roles import (
    BUYING,
    ROLES,
    Roles,
    bought,
    enough,
    from_beneficiary,
    from_object,
    from_owner,
    from_possessors,
    from_prepositions,
    from_subject,
    gives_rights,
)
from oncopact.extractors.scene import Scene
from oncopact.model import (
    AgreementKind,
    EntityId,
    Kind,
)
from oncopact.syntax.clauses import Complement, complements, direct_object, is_reduced, subject
from oncopact.syntax.groups import NOUN, VERB, Group


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
        if group.role == NOUN and at not in taken and (agreement_kind(group) or _held_rights(scene, at)):
            claim_of_noun = _fill_noun(scene, at, NOUN_FRAMES[0])
            if claim_of_noun:
                claims.append(claim_of_noun)
    return tuple(claims)


def _held_rights(scene: Scene, at: int) -> bool:
    """Whether a company is told by the rights that it has: 'B is a company with the exclusive rights from A to X'."""
    groups = scene.groups
    if not is_rights(groups[at]) or at < 2 or groups[at - 1].lemma != "with" or at + 2 >= len(groups):
        return False
    return groups[at + 1].lemma == "from" and names_company(groups[at + 2])


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
    roles: Roles = {role: [] for role in ROLES}
    found: set[str] = set()
    from_subject(scene, frame, at, places, roles, found)
    from_object(scene, frame, places, noun, roles, found)
    from_prepositions(scene, frame, places.rest, roles, found)
    if noun >= 0 and noun in places.subject:  # 'The disputes between A and B have been settled'
        from_prepositions(scene, frame, [c for c in complements(scene.groups, noun) if c.at < at], roles, found)
    from_possessors(scene, frame, places, noun, roles, found)
    if frame.objects == "agreement" and noun >= 0:
        bought(scene, noun, roles, found)
    gives = frame.objects == "agreement-either" and noun >= 0 and gives_rights(scene, noun, roles)
    if not enough(frame, found, roles) or found & frame.lacks:
        return None
    kind = frame.kind or _kind(scene, noun, places)
    if kind is AgreementKind.OTHER and gives:
        kind = AgreementKind.LICENCE
    if frame.objects == "thing" and noun >= 0 and {m.kind for m in scene.groups[noun].mentions} == {Kind.PAYLOAD}:
        kind = AgreementKind.SUPPLY  # 'buys MMAE from B'
    if frame.objects == "agreement":
        from_beneficiary(scene, at, roles)
    if kind is AgreementKind.LICENCE and frame.objects == "agreement":
        from_owner(scene, places.rest, roles)
    if kind is None:
        return None
    group = scene.groups[at]
    covered = [c.at for c in places.rest] + [p for p in (places.object, noun) if p is not None and p >= 0]
    if places.passive or frame.objects.startswith("subject"):
        covered += list(places.subject)
    used = {i for i in (noun, places.object) if i is not None and i >= 0}
    return make_claim(scene, frame, kind, group, at, noun, roles, sorted(set(covered))), used


def _kind(scene: Scene, noun: int, places: Places) -> AgreementKind | None:
    """The kind by the noun's words, and by what follows: 'a definitive agreement to acquire B'."""
    group = scene.groups[noun]
    if is_option(group):
        return AgreementKind.OPTION
    if group.lemma == "purchase":
        return AgreementKind.ACQUISITION
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
    roles: Roles = {role: [] for role in ROLES}
    found: set[str] = set()
    from_prepositions(scene, frame, rest, roles, found)
    bought(scene, at, roles, found)
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
    return make_claim(scene, frame, kind, None, at, at, roles, covered)


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
    if groups[verb].words[0] == "being" or groups[verb].reduced:
        whole = _described(groups, verb) or whole
    return [i for i in whole if scene.things((i,), Kind.CONJUGATE, Kind.ANTIBODY, Kind.PRODUCT)]


def _described(groups: Sequence[Group], verb: int) -> tuple[int, ...]:
    """The noun that a participle modifies, and what it stands beside: X in 'X, an inhibitor developed with B'."""
    while verb > 1 and groups[verb - 1].tag in ("C", "R") and groups[verb - 2].role == VERB:
        verb -= 2  # 'developed and commercialized'
    noun = verb - 1
    if noun < 0 or groups[noun].role != NOUN:
        return ()
    beside = noun > 1 and groups[noun].words[0] in ("a", "an", "the") and groups[noun - 1].tag == ","
    named = noun > 1 and groups[noun].words[0] in ("a", "an") and groups[noun - 1].lemma == "be"
    return (noun - 2, noun) if (beside or named) and groups[noun - 2].role == NOUN else (noun,)


_MAKING = frozenset("manufacture produce make distribute supply launch".split())
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
                roles: Roles = {role: [] for role in ROLES}
                if kind is AgreementKind.LICENCE:
                    roles["licensor"], roles["licensee"] = [(owner, subjects[0])], [(company, rest[0])]
                else:
                    roles["party"] = [(owner, subjects[0]), (company, rest[0])]
                covered = [subjects[0], *(c.at for c in complements(groups, subjects[0]) if c.at < verb)]
                claims.append(make_claim(scene, NOUN_FRAMES[1], kind, None, verb, -1, roles, covered))
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
        agents = _agents(groups, verb, at)
        subjects = agents or subject(groups, verb)
        owners = (scene.possessor(i) for i in subjects)
        named = [c for c in (*scene.companies(subjects), *owners) if c and c not in others]
        if named:
            return tuple(named[:1])
    whose = scene.discourse.the_company(scene.sentence)
    return (whose,) if whose and whose not in others else ()


def _agents(groups: Sequence[Group], verb: int, at: int) -> tuple[int, ...]:
    """Who does what a passive tells before the noun at `at`: B in 'ALD-12 is sold by B under a licence from A'."""
    passive = groups[verb].passive or is_reduced(groups, verb)
    if not passive or groups[verb].lemma not in _DOING_TOGETHER | _MAKING:
        return ()  # 'was founded by B with rights from A': the rights are not B's
    by = verb + 1
    while by < at and groups[by].tag == "R":
        by += 1
    return (by + 1,) if by + 1 < at and groups[by].lemma == "by" else ()


def _noun_complements(groups: Sequence[Group], at: int) -> tuple[Complement, ...]:
    """Complements of a noun: its prepositional phrases up to the next finite verb or comma that closes them."""
    out = []
    for complement in complements(groups, at):
        between = groups[at + 1 : complement.at]
        if any(g.role == VERB and g.finite and not g.reduced for g in between) and complement.depth == 0:
            break
        out.append(complement)
    return tuple(out)
