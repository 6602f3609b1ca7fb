"""Who plays which role of an agreement's frame: by subject, object, preposition and possessor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from oncopact.extractors.frames import Frame
from oncopact.extractors.nouns import agreement_kind, is_rights, is_thing, names_company
from oncopact.extractors.places import Places
from oncopact.extractors.scene import Scene
from oncopact.model import EntityId, SectionKind
from oncopact.syntax.clauses import Complement, complements, coordinated, direct_object
from oncopact.syntax.groups import NOUN, VERB

Roles: TypeAlias = dict[str, list[tuple[EntityId, int]]]
ROLES = ("licensor", "licensee", "buyer", "bought", "party")
BUYING = frozenset({"agreement.acquires", "agreement.was-acquired"})
"""Frames that tell who buys whom; their parties stand in this order."""


def from_subject(scene: Scene, frame: Frame, at: int, places: Places, roles: Roles, found: set[str]) -> None:
    """The companies that are the verb's subject; `found` notes which places are filled."""
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


def from_object(scene: Scene, frame: Frame, places: Places, noun: int, roles: Roles, found: set[str]) -> None:
    """The companies that are the verb's object."""
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


def from_prepositions(scene: Scene, frame: Frame, rest: Sequence[Complement], roles: Roles, found: set[str]) -> None:
    """The companies after prepositions."""
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


def from_possessors(scene: Scene, frame: Frame, places: Places, noun: int, roles: Roles, found: set[str]) -> None:
    """The company in a possessive of the noun or of what it covers."""
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


_HOLDINGS = frozenset("shares share stock equity capital interest interests ownership % percent all".split())
"""What of a company is bought: 'the acquisition of all shares of B'."""
_BUYING_NOUNS = frozenset("acquisition purchase takeover buyout".split())


def bought(scene: Scene, noun: int, roles: Roles, found: set[str]) -> None:
    """The company after 'of' in 'the acquisition of B'."""
    if scene.groups[noun].lemma not in _BUYING_NOUNS:
        return
    for complement in complements(scene.groups, noun):
        if complement.preposition != "of":
            return
        companies = scene.companies((complement.at,))
        for company in companies:
            roles["bought"].append((company, complement.at))
            found.add("of")
        if companies or scene.groups[complement.at].lemma not in _HOLDINGS:
            return


def from_beneficiary(scene: Scene, at: int, roles: Roles) -> None:
    """The other side of what one company signs: whom it gives something, 'an agreement providing B with access'."""
    parties = {company for pairs in roles.values() for company, _ in pairs}
    if len(parties) != 1:
        return
    for position in range(at + 1, len(scene.groups)):
        group = scene.groups[position]
        if group.role != VERB:
            continue
        found = direct_object(scene.groups, position)
        if group.lemma not in _GIVING or found is None:
            return
        others = [company for company in scene.companies((found,)) if company not in parties]
        roles["party"].extend((company, found) for company in others)
        return


_GIVING = frozenset("provide give grant allow enable entitle permit".split())


def from_owner(scene: Scene, rest: Sequence[Complement], roles: Roles) -> None:
    """The other side of a licence that one company signs: the owner of what it is for."""
    parties = {company for pairs in roles.values() for company, _ in pairs}
    if len(parties) != 1:
        return
    owners = [(owner, c.at) for c in rest if is_thing(scene.groups[c.at]) and (owner := scene.possessor(c.at))]
    roles["licensor"].extend([pair for pair in owners if pair[0] not in parties][:1])


def gives_rights(scene: Scene, noun: int, roles: Roles) -> bool:
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


def enough(frame: Frame, found: set[str], roles: Roles) -> bool:
    """Whether the places that the frame needs are filled."""
    companies = {company for pairs in roles.values() for company, _ in pairs}
    if not companies:
        return False
    return all(any(part in found for part in need.split("|")) for need in frame.needs)
