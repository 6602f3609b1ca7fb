"""Parts of a graph that is made in many places at once: what each place does, as functions of what others hand it.

The graph is that of `assembly`, which weighs blocks of names, agreements and milestones one by one. Here each release
has a home, the shard that it will stand in. What it says of a name or deal is sent to the place that weighs the block,
and the decision is sent back. One place sees all entities that share a name with others, and nothing else as a whole.

Every function follows from its arguments alone, so that what a machine lost can be made again on another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pyoxigraph import NamedNode, Quad

from oncopact import identity_deals, identity_events, identity_names
from oncopact import lexicon as lexicons
from oncopact.blocks import (
    NAMES,
    deal_key,
    is_class_name,
    milestone_key,
    name_block,
    whole_deal,
    whole_milestone,
)
from oncopact.books import AGREEMENT, ASSEMBLED, VOCABULARY, claim_node, known_graph
from oncopact.chunks import Packed, Pieces, at_home, pack, spread, unpack
from oncopact.curation import Curation
from oncopact.graph import in_order
from oncopact.graph_vocabulary import vocabulary_quads
from oncopact.identity import AgreementClaim, Atom, Decision, MilestoneClaim, NameDecision, claims
from oncopact.namespaces import ID
from oncopact.reasons import why_claim, why_name
from oncopact.rewrite import Decisions, is_entity, rewritten, vocabulary

__all__ = [
    "Components",
    "Said",
    "claims_solved",
    "claims_spread",
    "common_vocabulary",
    "components",
    "curated",
    "joined",
    "lumps",
    "names_solved",
    "names_spread",
    "own",
    "said",
    "shares",
    "taken",
    "whole",
]

_T = TypeVar("_T")
Claim = AgreementClaim | MilestoneClaim


# ---------------------------------------------------------------- what the releases of a home say


@dataclass(frozen=True, slots=True)
class Said:
    """What the releases of a home say.

    Attributes:
        atoms: Of names.
        agreements, milestones: Claims by id.
        users: The releases that make each claim on a milestone, by id.
        uses: The ids of each release's claims on agreements and on milestones.
        things: All entities in their graphs.
        known: What they took from the vocabulary, packed.
    """

    atoms: frozenset[Atom]
    agreements: Mapping[str, AgreementClaim]
    milestones: Mapping[str, MilestoneClaim]
    users: Mapping[str, frozenset[str]]
    uses: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    things: frozenset[str]
    known: bytes

    def of(self, kind: str) -> Mapping[str, Claim]:
        """The claims on agreements or on milestones."""
        return self.agreements if kind == AGREEMENT else self.milestones


def said(pieces: Sequence[Sequence[Packed]]) -> Said:
    """What the releases of a home say."""
    atoms: set[Atom] = set()
    deals: dict[str, AgreementClaim] = {}
    events: dict[str, MilestoneClaim] = {}
    users: dict[str, set[str]] = defaultdict(set)
    uses: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    things: set[str] = set()
    known: set[Quad] = set()
    for item in at_home(pieces):
        quads = item.unpacked()
        made = claims(quads, item.release, item.listed)
        atoms |= made.atoms
        deals |= made.agreements
        events |= made.milestones
        uses[item.release] = tuple(made.agreements), tuple(made.milestones)
        for claim in made.milestones:
            users[claim].add(item.release)
        things.update(_things(quads))
        graph = known_graph(item.release)
        known.update(
            Quad(quad.subject, quad.predicate, quad.object, VOCABULARY) for quad in quads if quad.graph_name == graph
        )
    made_by = {claim: frozenset(found) for claim, found in users.items()}
    return Said(frozenset(atoms), deals, events, made_by, uses, frozenset(things), pack(in_order(known)))


def _things(quads: Iterable[Quad]) -> Iterable[str]:
    """The entities in a graph."""
    for quad in quads:
        for term in (quad.subject, quad.object):
            if isinstance(term, NamedNode) and is_entity(thing := term.value.removeprefix(str(ID))):
                yield thing


# ---------------------------------------------------------------- names that several entities share


def shares(home: Said, homes: int) -> Pieces:
    """What entities of a home could share with others, by place: block, kind of atom, entity."""
    found = {(block, atom.kind in ("name", "main"), atom.entity) for atom in home.atoms if (block := name_block(atom))}
    return spread(((item[0], item) for item in sorted(found)), homes)


@dataclass(frozen=True, slots=True)
class Joined:
    """What some shared names show.

    Attributes:
        pairs: Entities that may be one.
        common: Names of so many things that they tell nothing.
    """

    pairs: tuple[tuple[str, str], ...]
    common: frozenset[str]


def joined(pieces: Sequence[Sequence[tuple[str, bool, str]]]) -> Joined:
    """Which entities share something, of what was sent to one place."""
    owners: dict[str, set[str]] = defaultdict(set)
    called: dict[str, set[str]] = defaultdict(set)
    for block, is_name, entity in (item for piece in pieces for item in piece):
        owners[block].add(entity)
        if is_name:
            called[block].add(entity)
    common = {block for block, entities in called.items() if len(entities) > identity_names.COMMON}
    groups = {tuple(sorted(entities)) for block, entities in owners.items() if block not in common}
    pairs = {(first, entity) for first, *rest in groups for entity in rest}
    return Joined(tuple(sorted(pairs)), frozenset(common))


@dataclass(frozen=True, slots=True)
class Components:
    """Which entities must be weighed together: the one step that sees the keys of all releases.

    Attributes:
        root: For each entity that shares something with others the first of all that it is linked with.
        common: Names that tell nothing.
    """

    root: Mapping[str, str]
    common: frozenset[str]

    def of(self, entity: str) -> str:
        """What an entity is weighed under."""
        return self.root.get(entity, entity)

    def tells(self, atom: Atom) -> bool:
        """Whether an atom counts."""
        return atom.kind not in NAMES or not (atom.value in self.common or is_class_name(atom))


def components(found: Sequence[Joined], curation: Curation) -> Components:
    """Which entities are linked, by what they share or by the user's word, and so on."""
    above: dict[str, str] = {}

    def top(entity: str) -> str:
        while (parent := above.get(entity, entity)) != entity:
            above[entity] = above.get(parent, parent)
            entity = parent
        return entity

    stated = (*curation.of("same"), *curation.of("different"))
    pairs = [(item.subject, item.value) for item in stated] + [pair for part in found for pair in part.pairs]
    for one, two in pairs:
        left, right = sorted((top(one), top(two)))
        above[right] = left
    return Components(
        {entity: root for entity in above if (root := top(entity)) != entity},
        frozenset().union(*(part.common for part in found)),
    )


# ---------------------------------------------------------------- names


def names_spread(at: int, home: Said, links: Components, homes: int) -> Pieces:
    """What a home says of names, and which entities it must be told of, by the place that weighs them."""
    atoms = ((links.of(atom.entity), (at, "", atom)) for atom in sorted(home.atoms) if links.tells(atom))
    asked = ((links.of(thing), (at, thing, None)) for thing in sorted(home.things))
    taken = ((links.of(thing), (homes, thing, None)) for thing in sorted(set(_things(unpack(home.known)))))
    found: list[tuple[str, tuple[int, str, Atom | None]]] = [*atoms, *asked, *taken]
    return spread(found, homes)


def names_solved(
    pieces: Sequence[Sequence[tuple[int, str, Atom | None]]],
    curation: Curation,
    homes: int,
    *,
    folders: Sequence[Path] = (),
) -> Pieces:
    """What the entities of one place are: for each home what it asked for, then what the vocabulary's graph needs.

    The last piece holds the vocabulary's entities in use, the decisions on what it speaks of, and the reasons.
    """
    atoms = {atom for piece in pieces for _, _, atom in piece if atom is not None}
    decided = identity_names.solve(atoms, curation)
    answers: list[dict[str, NameDecision]] = [{} for _ in range(homes + 1)]
    for at, thing, _ in (item for piece in pieces for item in piece):
        if thing in decided:
            answers[at][thing] = decided[thing]
    lexicon = lexicons.load(directories=tuple(folders))
    answers[homes] |= {entity: decision for entity, decision in decided.items() if entity in lexicon}
    in_use = frozenset(atom.entity for atom in atoms if atom.kind == "listed")
    reasons = [quad for entity, decision in decided.items() for quad in why_name(entity, decision)]
    return (*((answer,) for answer in answers[:homes]), (answers[homes], in_use, pack(in_order(reasons))))


def whole(answers: Sequence[tuple[Mapping[str, _T], ...]]) -> Mapping[str, _T]:
    """What all places answered a home."""
    return {key: value for answer, *_ in answers for key, value in answer.items()}


def _to(names: Mapping[str, NameDecision]) -> Callable[[str], str]:
    def to(entity: str) -> str:
        decision = names.get(entity)
        return decision.to if decision else entity

    return to


# ---------------------------------------------------------------- agreements and milestones


def _keys(kind: str, home: Said, names: Mapping[str, NameDecision], deals: Mapping[str, Decision]) -> Mapping[str, str]:
    """The block of each claim of a home."""
    to = _to(names)
    if kind == AGREEMENT:
        return {claim: deal_key(claim_node(kind, claim).value, deal, to) for claim, deal in home.agreements.items()}
    return {
        claim: milestone_key(item, to, deals[item.under].to if item.under in deals else "")
        for claim, item in home.milestones.items()
    }


def curated(
    kind: str, home: Said, names: Mapping[str, NameDecision], deals: Mapping[str, Decision], curation: Curation
) -> tuple[tuple[str, str], ...]:
    """The nodes that the user speaks of, each with the block of a claim on it."""
    spoken = {thing for item in curation.of("same") for thing in (item.subject, item.value)}
    if not spoken:
        return ()
    blocks = _keys(kind, home, names, deals)
    return tuple(
        (node, blocks[claim]) for claim, item in home.of(kind).items() for node in _nodes(item) if node in spoken
    )


def _nodes(claim: Claim) -> tuple[str, ...]:
    return (claim.node, identity_deals.dated_node(claim)) if isinstance(claim, AgreementClaim) else (claim.node,)


def lumps(found: Sequence[Sequence[tuple[str, str]]], curation: Curation) -> Mapping[str, str]:
    """For each block that the user's word joins with others the first of them."""
    blocks: dict[str, set[str]] = defaultdict(set)
    for node, key in (item for part in found for item in part):
        blocks[node].add(key)
    groups: dict[str, frozenset[str]] = {}
    for item in curation.of("same"):
        both = blocks[item.subject] | blocks[item.value]
        union = frozenset(both).union(*(groups.get(key, frozenset()) for key in both))
        groups.update(dict.fromkeys(union, union))
    return {key: min(group) for key, group in groups.items()}


def claims_spread(
    kind: str,
    at: int,
    home: Said,
    names: Mapping[str, NameDecision],
    deals: Mapping[str, Decision],
    together: Mapping[str, str],
    homes: int,
) -> Pieces:
    """The claims of a home by the place that weighs their block: home, id, block, claim, and who makes it."""
    to, found = _to(names), []
    for claim, key in sorted(_keys(kind, home, names, deals).items()):
        item = home.of(kind)[claim]
        made = whole_deal(item, to) if isinstance(item, AgreementClaim) else whole_milestone(item, to)
        lump = together.get(key, key)
        found.append((lump, (at, claim, lump, made, home.users.get(claim, frozenset()))))
    return spread(found, homes)


def claims_solved(
    kind: str,
    pieces: Sequence[Sequence[tuple[int, str, str, Claim, frozenset[str]]]],
    curation: Curation,
    homes: int,
) -> Pieces:
    """What the claims of one place are: for each home the decisions on its claims, then the reasons."""
    blocks: dict[str, dict[str, Claim]] = defaultdict(dict)
    makers: dict[str, frozenset[str]] = defaultdict(frozenset)
    askers: list[tuple[int, str]] = []
    ids: dict[str, str] = {}
    for at, claim, lump, item, users in (entry for piece in pieces for entry in piece):
        name = ids.setdefault(claim, claim_node(kind, claim).value)
        blocks[lump][name] = item
        makers[name] |= users
        askers.append((at, claim))
    decided: dict[str, Decision] = {}
    reasons: set[Quad] = set()
    for block in blocks.values():
        solved = _solve(block, curation, makers)
        decided |= solved
        for name, decision in solved.items():
            reasons.update(quad for quad in why_claim(block[name].node, decision) if quad.graph_name == ASSEMBLED)
    answers: list[dict[str, Decision]] = [{} for _ in range(homes)]
    for at, claim in askers:
        answers[at][claim] = decided[ids[claim]]
    return (*((answer,) for answer in answers), (pack(in_order(reasons)),))


def _solve(
    block: Mapping[str, Claim], curation: Curation, makers: Mapping[str, frozenset[str]]
) -> Mapping[str, Decision]:
    deals = {name: item for name, item in block.items() if isinstance(item, AgreementClaim)}
    if deals:
        return identity_deals.solve(deals, curation)
    events = {name: item for name, item in block.items() if isinstance(item, MilestoneClaim)}
    return identity_events.solve(events, curation, {name: makers[name] for name in events})


# ---------------------------------------------------------------- a release in the whole


@dataclass(frozen=True, slots=True)
class Answers:
    """All that is decided on what a home says."""

    names: Mapping[str, NameDecision] = field(default_factory=dict)
    deals: Mapping[str, Decision] = field(default_factory=dict)
    events: Mapping[str, Decision] = field(default_factory=dict)


def own(release: Packed, home: Said, answers: Answers) -> frozenset[Quad]:
    """A release's graphs as part of the whole."""
    deals, events = home.uses[release.release]
    decisions = Decisions(
        answers.names.get,
        {home.agreements[claim].node: answers.deals[claim] for claim in deals},
        {home.milestones[claim].node: answers.events[claim] for claim in events},
    )
    return rewritten(release.unpacked(), release.release, decisions).quads


def taken(home: Said) -> bytes:
    """What the releases of a home took from the vocabulary, packed."""
    return home.known


def common_vocabulary(
    known: Sequence[bytes],
    answers: Sequence[tuple[Mapping[str, NameDecision], frozenset[str], bytes]],
    *,
    folders: Sequence[Path] = (),
) -> bytes:
    """What only the vocabulary knows of the things in use, as part of the whole, packed.

    Args:
        known: What each home took from it.
        answers: The last pieces of `names_solved`.
        folders: The user's vocabulary.
    """
    names = {key: value for part, _, _ in answers for key, value in part.items()}
    in_use = frozenset[str]().union(*(used for _, used, _ in answers))
    quads = {quad for packed in known for quad in unpack(packed)}
    quads.update(vocabulary_quads(in_use, lexicons.load(directories=tuple(folders))))
    return pack(in_order(vocabulary(quads, names.get)))
