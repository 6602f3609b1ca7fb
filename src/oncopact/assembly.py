"""One graph from many releases, kept as releases come, change and go: only what a release touches is weighed again.

Three steps, each on blocks that a change can reach and no further: names, then agreements by their parties, then
milestones by their product. What is decided on a block follows from the claims in it, never from the order they came
in; so the graph is the same for any order and any split into runs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from oncopact import identity_deals, identity_events, identity_names
from oncopact.blocks import NAMES, deal_key, is_class_name, milestone_key, whole_deal, whole_milestone
from oncopact.books import (
    ABOUT,
    AGREEMENT,
    BLOCK,
    BOOKS,
    CONTENT,
    CURATED,
    DECISION,
    MILESTONE,
    NODE,
    TO,
    USES,
    VOCABULARY,
    Books,
    Plain,
    atom_quad,
    claim_node,
    entity_node,
    known_graph,
    note,
    release_node,
    written,
)
from oncopact.curation import Curation
from oncopact.graph_terms import node
from oncopact.identity import (
    Atom,
    Claims,
    Decision,
    NameDecision,
    claims,
    content,
)
from oncopact.namespaces import ID, RDF
from oncopact.overlay import Overlay
from oncopact.reasons import why_claim, why_name
from oncopact.rewrite import named
from oncopact.union import Vocabulary, keep_union

__all__ = ["Part", "apply"]


@dataclass(frozen=True, slots=True)
class Part:
    """A release on its way into the graph.

    Attributes:
        release: Its id.
        quads: Its graphs, made from it alone.
        listed: The entities in it that the vocabulary lists.
    """

    release: str
    quads: tuple[Quad, ...]
    listed: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Change:
    """What one step hands to the next.

    Attributes:
        overlay: The store with all changes so far.
        before: The books before all changes.
        curation: The user's word.
        releases: Those whose graphs must be rewritten.
        entities: Entities that are another now, or are called otherwise.
        claims: Claims that came, went, or speak of such an entity: their blocks are to be weighed again.
        moved: Claims whose node is another now, or dated or worded otherwise.
    """

    overlay: Overlay
    before: Books
    curation: Curation
    releases: set[str] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)
    claims: set[NamedNode] = field(default_factory=set)
    moved: set[NamedNode] = field(default_factory=set)

    @property
    def now(self) -> Books:
        """The books with the changes so far."""
        return Books(self.overlay)


def apply(
    overlay: Overlay,
    parts: Iterable[Part] = (),
    *,
    removed: Iterable[str] = (),
    vocabulary: Vocabulary | None = None,
    curation: Curation | None = None,
    sums: bool = False,
) -> None:
    """Add releases to the graph, replace those of the same id, take others away.

    Args:
        overlay: The store; the caller commits.
        parts: Releases to add or replace.
        removed: Ids of releases to take away.
        vocabulary: Gives the vocabulary's facts on the things in use.
        curation: The user's word, where it changes; None leaves it as it is.
        sums: Whether to keep the sums of the releases' graphs, by which a triple store is later brought up to date.
    """
    before = Books(Plain(overlay.base))
    change = _Change(overlay, before, before.curation() if curation is None else curation)
    fresh = {part.release: part for part in parts}
    gone = sorted({*fresh, *removed})
    change.releases.update(gone)
    spoken = _recurated(change) if curation is not None and curation != before.curation() else frozenset()
    atoms = _replace_releases(change, fresh, gone)
    _names(change, frozenset(atom.entity for atom in atoms) | spoken)
    _deals(change)
    _events(change)
    for claim in change.moved:
        change.releases |= change.now.users(claim)
    for entity in change.entities:
        change.releases |= change.now.mentioning(entity)
    keep_union(overlay, before, change.releases, change.entities, vocabulary, sums=sums)


# ---------------------------------------------------------------- releases and their claims


def _replace_releases(change: _Change, fresh: Mapping[str, Part], gone: Iterable[str]) -> frozenset[Atom]:
    """Write the releases' own graphs and claims; the atoms that came or went."""
    overlay, before = change.overlay, change.before
    came: set[Atom] = set()
    went: set[Atom] = set()
    for release in gone:
        old = before.raw(release)
        part = fresh.get(release)
        new = [_kept(quad, release) for quad in part.quads] if part else []
        if old:
            overlay.replace(old, new)
        else:
            overlay.insert(new)
        if old:
            went |= claims(old, release, _listed(before, old)).atoms
        made = claims(part.quads, release, part.listed) if part else None
        came |= made.atoms if made else set()
        _replace_claims(change, release, made)
    now = change.now
    for atom in came:
        overlay.add(atom_quad(atom))
    lost = {atom for atom in went - came if not _still_said(now, atom)}
    for atom in lost:
        overlay.remove(atom_quad(atom))
    return frozenset(
        atom for atom in came | lost if (atom_quad(atom) in overlay.base) is not (atom_quad(atom) in overlay)
    )


def _kept(quad: Quad, release: str) -> Quad:
    """What a release took from the vocabulary stands in a graph of its own, so that it can go with the release."""
    if quad.graph_name == VOCABULARY:
        return Quad(quad.subject, quad.predicate, quad.object, known_graph(release))
    return quad


def _listed(books: Books, quads: Iterable[Quad]) -> frozenset[str]:
    things = {named(quad.subject).value.removeprefix(str(ID)) for quad in quads if quad.predicate == node(RDF.type)}
    return frozenset(thing for thing in things if Atom(thing, "listed") in books.atoms(thing))


def _still_said(books: Books, atom: Atom) -> bool:
    """Whether a release that stays says this too."""
    for release in sorted(books.mentioning(atom.entity)):
        quads = books.raw(release)
        if atom in claims(quads, release, _listed(books, quads)).atoms:
            return True
    return False


def _replace_claims(change: _Change, release: str, made: Claims | None) -> None:
    overlay, place = change.overlay, release_node(release)
    old = set(change.now.uses(release))
    new: dict[NamedNode, tuple[Quad, ...]] = {}
    if made:
        for key, deal in made.agreements.items():
            names = (deal.node, identity_deals.dated_node(deal))
            new[claim_node(AGREEMENT, key)] = written(AGREEMENT, key, deal, names)
        for key, milestone in made.milestones.items():
            new[claim_node(MILESTONE, key)] = written(MILESTONE, key, milestone, (milestone.node,))
    for claim, entries in new.items():
        overlay.add(note(place, USES, claim))
        for quad in entries:
            overlay.add(quad)
        if change.now.block_of(claim) is None or (_is(MILESTONE, claim) and claim not in old):
            change.claims.add(claim)
    for claim in old - new.keys():
        overlay.remove(note(place, USES, claim))
        if _is(MILESTONE, claim) or not change.now.users(claim):
            change.claims.add(claim)


# ---------------------------------------------------------------- names


def _names(change: _Change, dirty: frozenset[str]) -> None:
    now = change.now
    reached = _closure(now, _closure(change.before, dirty, change.before.curation()), change.curation)
    atoms = {atom for entity in reached for atom in now.atoms(entity) if not _too_common(now, atom)}
    decided = identity_names.solve(atoms, change.curation)
    for entity in sorted(reached):
        old, new = now.name(entity), decided.get(entity)
        if old == new:
            continue
        if (old.to, old.label) != (new.to, new.label) if old and new else not _plain(entity, old or new):
            change.entities.add(entity)
        _replace_decision(change.overlay, entity_node(entity), new)
        change.overlay.replace(
            why_name(entity, old) if old else (),
            why_name(entity, new) if new else (),
        )


def _plain(entity: str, decision: NameDecision | None) -> bool:
    """Whether a decision leaves an entity what it is without one."""
    return decision is None or (decision.to == entity and not decision.label)


def _closure(books: Books, entities: Iterable[str], curation: Curation) -> frozenset[str]:
    """The entities that share a name, number or ticker, or a line of the curation, with these, and so on."""
    reached: set[str] = set()
    asked = frozenset(entities)
    waiting = sorted(asked)
    told: dict[str, set[str]] = defaultdict(set)
    for statement in (*curation.of("same"), *curation.of("different")):
        told[statement.subject].add(statement.value)
        told[statement.value].add(statement.subject)
    while waiting:
        entity = waiting.pop()
        if entity not in reached:
            reached.add(entity)
            near = {other for atom in books.atoms(entity) for other in _kin(books, atom)}
            waiting.extend((near | told.get(entity, set())) - reached)
    return frozenset(entity for entity in reached if entity in asked or books.atoms(entity))


def _kin(books: Books, atom: Atom) -> Iterator[str]:
    if atom.kind in NAMES and not _too_common(books, atom):
        for kind in NAMES:
            yield from books.owners(kind, atom.value)
    elif atom.kind == "cik":
        yield from books.owners("cik", atom.value)
    elif atom.kind == "ticker":
        head, _, year = atom.value.rpartition("|")
        for other in (int(year) - 1, int(year), int(year) + 1) if year else ():
            yield from books.owners("ticker", f"{head}|{other}")


def _too_common(books: Books, atom: Atom) -> bool:
    """Whether a name says nothing because too many things have it, or it is one of a class of molecules."""
    if atom.kind not in NAMES:
        return False
    if is_class_name(atom):
        return True
    return books.shared(("name", "main"), atom.value, by_more_than=identity_names.COMMON)


def _replace_decision(overlay: Overlay, subject: NamedNode, new: NameDecision | Decision | None) -> None:
    for quad in list(overlay.match(subject, DECISION, None, BOOKS)):
        overlay.remove(quad)
    if new is not None:
        overlay.add(note(subject, DECISION, Literal(content(new))))
    if isinstance(new, NameDecision) and entity_node(new.to) != subject:
        overlay.add(note(subject, TO, entity_node(new.to)))


# ---------------------------------------------------------------- agreements and milestones


def _deals(change: _Change) -> None:
    for entity in change.entities:
        change.claims |= {claim for claim in change.now.about(entity_node(entity)) if _is(AGREEMENT, claim)}

    def key(books: Books, claim: NamedNode) -> str | None:
        deal = books.agreement(claim)
        return deal_key(claim.value, deal, books.to) if deal else None

    _solve(change, AGREEMENT, key, _solve_deals)


def _events(change: _Change) -> None:
    now = change.now
    changed = {claim for claim in change.claims | change.moved if _is(AGREEMENT, claim)}
    change.claims |= {claim for deal in changed for claim in now.about(deal) if _is(MILESTONE, claim)}
    for entity in change.entities:
        change.claims |= {claim for claim in now.about(entity_node(entity)) if _is(MILESTONE, claim)}

    def key(books: Books, claim: NamedNode) -> str | None:
        milestone = books.milestone(claim)
        if milestone is None:
            return None
        deal = books.decision(claim_node(AGREEMENT, milestone.under)) if milestone.under else None
        return milestone_key(milestone, books.to, deal.to if deal else "")

    _solve(change, MILESTONE, key, _solve_events)


_Key = Callable[[Books, NamedNode], str | None]
_Solver = Callable[[Books, Sequence[NamedNode], Curation], Mapping[NamedNode, Decision]]


def _is(kind: str, claim: NamedNode) -> bool:
    return claim.value.startswith(f"urn:oncopact:claim:{kind}:")


def _solve(change: _Change, kind: str, key_of: _Key, solve: _Solver) -> None:
    """Weigh again the blocks that a claim came to, left or changed in."""
    overlay, before = change.overlay, change.before
    blocks: set[str] = set()
    for claim in sorted((claim for claim in change.claims if _is(kind, claim)), key=str):
        old, now = before.block_of(claim), change.now
        new = key_of(now, claim) if now.users(claim) else None
        blocks.update(key for key in (old, new) if key)
        if new != old:
            for quad in list(overlay.match(claim, BLOCK, None, BOOKS)):
                overlay.remove(quad)
            if new:
                overlay.add(note(claim, BLOCK, Literal(new)))
        if new is None:
            for predicate in (CONTENT, ABOUT, NODE):
                for quad in list(overlay.match(claim, predicate, None, BOOKS)):
                    overlay.remove(quad)
    lumps = _lumps(change.now, blocks, change.curation)
    old_lumps = _lumps(before, {key for lump in lumps for key in lump}, before.curation())
    lumps = _lumps(change.now, {key for lump in (*lumps, *old_lumps) for key in lump}, change.curation)
    now = change.now
    said_before: set[Quad] = set()
    said_now: set[Quad] = set()
    kept: list[tuple[NamedNode, Decision | None]] = []
    for lump in lumps:
        members = sorted({claim for key in lump for claim in now.block(key)}, key=str)
        left = {claim for key in lump for claim in before.block(key)}
        decided = solve(now, members, change.curation)
        for claim in sorted({*members, *left}, key=str):
            old_decision, decision = before.decision(claim), decided.get(claim)
            if old_decision == decision:
                kept.append((claim, decision))
                continue
            said_before |= set(_why(before, claim, old_decision))
            said_now |= set(_why(now, claim, decision))
            if decision or not now.users(claim):
                if _effect(old_decision) != _effect(decision):
                    change.moved.add(claim)
                _replace_decision(overlay, claim, decision)
    if said_before - said_now:  # what is said no more of one claim may be what is still said of another
        said_before -= {quad for claim, decision in kept for quad in _why(now, claim, decision)}
    overlay.replace(said_before, said_now)


def _why(books: Books, claim: NamedNode, decision: Decision | None) -> Iterator[Quad]:
    stated = books.agreement(claim) if _is(AGREEMENT, claim) else books.milestone(claim)
    if decision is not None and stated is not None:
        yield from why_claim(stated.node, decision)


def _effect(decision: Decision | None) -> tuple[object, ...]:
    """What of a decision shows in the graphs of the releases that make the claim."""
    return (decision.to, decision.date, decision.event) if decision else ()


def _lumps(books: Books, keys: Iterable[str], curation: Curation) -> tuple[frozenset[str], ...]:
    """The blocks in groups: those in which the curation file joins a claim of one with a claim of the other."""
    groups: dict[str, frozenset[str]] = {key: frozenset({key}) for key in keys}
    joined = [
        frozenset(
            key
            for thing in (statement.subject, statement.value)
            for claim in books.of_node(thing)
            if (key := books.block_of(claim)) is not None
        )
        for statement in curation.of("same")
    ]
    reached = True
    while reached:
        reached = False
        for group in joined:
            touched = [groups[key] for key in group if key in groups]
            union = frozenset(group).union(*touched) if touched else frozenset()
            if touched and any(groups.get(key) != union for key in union):
                groups.update(dict.fromkeys(union, union))
                reached = True
    return tuple(sorted(set(groups.values()), key=sorted))


def _solve_deals(books: Books, members: Sequence[NamedNode], curation: Curation) -> Mapping[NamedNode, Decision]:
    stated = ((claim.value, books.agreement(claim)) for claim in members)
    block = {claim: whole_deal(deal, books.to) for claim, deal in stated if deal is not None}
    return {NamedNode(claim): decision for claim, decision in identity_deals.solve(block, curation).items()}


def _solve_events(books: Books, members: Sequence[NamedNode], curation: Curation) -> Mapping[NamedNode, Decision]:
    stated = ((claim.value, books.milestone(claim)) for claim in members)
    block = {claim: whole_milestone(item, books.to) for claim, item in stated if item is not None}
    releases = {claim: books.users(NamedNode(claim)) for claim in block}
    return {NamedNode(claim): decision for claim, decision in identity_events.solve(block, curation, releases).items()}


# ---------------------------------------------------------------- curation


def _recurated(change: _Change) -> frozenset[str]:
    """Note the user's new word, and what it speaks of, now or before."""
    overlay, before = change.overlay, change.before
    for quad in list(overlay.match(BOOKS, CURATED, None, BOOKS)):
        overlay.remove(quad)
    if change.curation.statements:
        overlay.add(note(BOOKS, CURATED, Literal(change.curation.to_tsv())))
    things = before.curation().things | change.curation.things
    for thing in things:
        change.claims |= set(before.of_node(thing))
    return frozenset(things)
