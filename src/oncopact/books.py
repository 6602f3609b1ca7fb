"""What a graph keeps beside its facts: claims, decisions, and indexes to find again what a new release may touch.

All of it stands in one named graph, so that a transaction writes facts and books together or neither. Exports leave it
out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final, Protocol

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from oncopact.curation import Curation
from oncopact.curation import parse as parse_curation
from oncopact.graph_terms import Term
from oncopact.identity import (
    AgreementClaim,
    Atom,
    Decision,
    MilestoneClaim,
    NameDecision,
    content,
    of_content,
)
from oncopact.namespaces import ID, VOCABULARY_GRAPH, evidence_graph, facts_graph
from oncopact.rewrite import Decisions, Rewritten, named, rewritten, vocabulary

BOOKS: Final = NamedNode("urn:oncopact:books")
"""The named graph of the books."""

ASSEMBLED: Final = NamedNode(f"{ID}graph/assembled")
"""The named graph of what the whole says: which nodes are one and why, which plans came to pass."""

DEFAULT: Final = DefaultGraph()
VOCABULARY: Final = NamedNode(str(VOCABULARY_GRAPH))

_NS: Final = "urn:oncopact:books:"
USES, CONTENT, BLOCK, DECISION, ABOUT, NODE, TO, CURATED, SUM = (
    NamedNode(_NS + name) for name in ("uses", "content", "block", "decision", "about", "node", "to", "curated", "sum")
)
AGREEMENT, MILESTONE = "agreement", "milestone"
_CLAIM: Final = "urn:oncopact:claim:"


class Source(Protocol):
    """What books are read from: a store, or a store with changes on top."""

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads of a pattern."""
        ...


class Plain:
    """A store as books are read from it."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def match(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        graph: NamedNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads of a pattern."""
        return self.store.quads_for_pattern(subject, predicate, value, graph)


def entity_node(entity: str) -> NamedNode:
    """The node of an entity or of any id."""
    return NamedNode(f"{ID}{entity}")


def claim_node(kind: str, claim_id: str) -> NamedNode:
    """The node of a claim; `kind` is AGREEMENT or MILESTONE."""
    return NamedNode(f"{_CLAIM}{kind}:{claim_id}")


def release_node(release: str) -> NamedNode:
    """The node of a release."""
    return NamedNode(f"{ID}release/{release}")


def atom_quad(atom: Atom) -> Quad:
    """An atom as the books write it."""
    return Quad(entity_node(atom.entity), NamedNode(f"{_NS}{atom.kind}"), Literal(atom.value), BOOKS)


def note(subject: NamedNode, predicate: NamedNode, value: Term) -> Quad:
    """Any other entry."""
    return Quad(subject, predicate, value, BOOKS)


class Books:
    """The books as they are in a source; what is read once is kept, so make a new one after a change.

    Args:
        source: A store, or a store with changes on top.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self._atoms: dict[str, frozenset[Atom]] = {}
        self._owners: dict[tuple[str, str], tuple[str, ...]] = {}
        self._shared: dict[tuple[object, ...], bool] = {}
        self._names: dict[str, NameDecision | None] = {}
        self._rewritten: dict[str, Rewritten] = {}

    # ------------------------------------------------------------ names

    def atoms(self, entity: str) -> frozenset[Atom]:
        """Everything that is said of an entity's name."""
        if entity not in self._atoms:
            self._atoms[entity] = frozenset(
                Atom(entity, quad.predicate.value.removeprefix(_NS), quad.object.value)
                for quad in self.source.match(entity_node(entity), None, None, BOOKS)
                if quad.predicate not in (DECISION, TO) and isinstance(quad.object, Literal)
            )
        return self._atoms[entity]

    def owners(self, kind: str, value: str) -> tuple[str, ...]:
        """The entities of which this is said, sorted."""
        asked = (kind, value)
        if asked not in self._owners:
            found = self.source.match(None, NamedNode(_NS + kind), Literal(value), BOOKS)
            self._owners[asked] = tuple(sorted(named(quad.subject).value.removeprefix(str(ID)) for quad in found))
        return self._owners[asked]

    def shared(self, kinds: Collection[str], value: str, *, by_more_than: int) -> bool:
        """Whether more than so many entities have a name; looks no further, as some are had by very many."""
        asked = (*sorted(kinds), value, by_more_than)
        if asked not in self._shared:
            self._shared[asked] = self._is_shared(kinds, value, by_more_than)
        return self._shared[asked]

    def _is_shared(self, kinds: Collection[str], value: str, by_more_than: int) -> bool:
        having: set[NamedNode] = set()
        for kind in kinds:
            for quad in self.source.match(None, NamedNode(_NS + kind), Literal(value), BOOKS):
                having.add(named(quad.subject))
                if len(having) > by_more_than:
                    return True
        return False

    def name(self, entity: str) -> NameDecision | None:
        """The decision on an entity, where there is one."""
        if entity not in self._names:
            found = self._text(entity_node(entity), DECISION)
            self._names[entity] = of_content(NameDecision, found) if found else None
        return self._names[entity]

    def listed(self) -> frozenset[str]:
        """The entities in use that the vocabulary lists."""
        return frozenset(self.owners("listed", ""))

    def to(self, entity: str) -> str:
        """The entity that stands for an entity."""
        decision = self.name(entity)
        return decision.to if decision else entity

    # ------------------------------------------------------------ claims

    def agreement(self, claim: NamedNode) -> AgreementClaim | None:
        """A claim on an agreement."""
        found = self._text(claim, CONTENT)
        return of_content(AgreementClaim, found) if found else None

    def milestone(self, claim: NamedNode) -> MilestoneClaim | None:
        """A claim on a milestone."""
        found = self._text(claim, CONTENT)
        return of_content(MilestoneClaim, found) if found else None

    def decision(self, claim: NamedNode) -> Decision | None:
        """The decision on a claim."""
        found = self._text(claim, DECISION)
        return of_content(Decision, found) if found else None

    def block_of(self, claim: NamedNode) -> str | None:
        """The block that a claim is weighed in."""
        return self._text(claim, BLOCK)

    def block(self, key: str) -> tuple[NamedNode, ...]:
        """The claims of a block, sorted."""
        return self._subjects(BLOCK, Literal(key))

    def about(self, thing: NamedNode) -> tuple[NamedNode, ...]:
        """The claims that speak of a node, or stand under a claim."""
        return self._subjects(ABOUT, thing)

    def of_node(self, name: str) -> tuple[NamedNode, ...]:
        """The claims whose node in their release, or beside others, is this."""
        return self._subjects(NODE, entity_node(name))

    def users(self, claim: NamedNode) -> frozenset[str]:
        """The releases that make a claim."""
        return frozenset(_release(place) for place in self._subjects(USES, claim))

    def uses(self, release: str) -> tuple[NamedNode, ...]:
        """The claims of a release, sorted."""
        found = self.source.match(release_node(release), USES, None, BOOKS)
        return tuple(sorted((named(quad.object) for quad in found), key=str))

    # ------------------------------------------------------------ releases

    def raw(self, release: str) -> tuple[Quad, ...]:
        """A release's graphs as made from it alone."""
        return tuple(
            quad
            for graph in (facts_graph(release), evidence_graph(release), known_graph(release).value)
            for quad in self.source.match(None, None, None, NamedNode(graph))
        )

    def rewritten(self, release: str) -> Rewritten:
        """A release's graphs as part of the whole."""
        if release not in self._rewritten:
            self._rewritten[release] = rewritten(self.raw(release), release, self.decisions(release))
        return self._rewritten[release]

    def sums(self, release: str) -> dict[str, str]:
        """The entry of each named graph of a release as part of the whole, see `deliveries`; none where not kept."""
        found = self.source.match(release_node(release), SUM, None, BOOKS)
        noted = sorted(quad.object.value for quad in found if isinstance(quad.object, Literal))
        return {graph: entry for graph, _, entry in (text.partition(" ") for text in noted)}

    def decisions(self, release: str) -> Decisions:
        """What is decided on a release's nodes."""
        agreements: dict[str, Decision] = {}
        milestones: dict[str, Decision] = {}
        for claim in self.uses(release):
            decision = self.decision(claim)
            if decision is None:
                continue
            if claim.value.startswith(f"{_CLAIM}{AGREEMENT}:") and (deal := self.agreement(claim)):
                agreements[deal.node] = decision
            elif milestone := self.milestone(claim):
                milestones[milestone.node] = decision
        return Decisions(self.name, agreements, milestones)

    def mentioning(self, entity: str) -> frozenset[str]:
        """The releases that name an entity."""
        return frozenset(
            release
            for quad in self.source.match(entity_node(entity), _TYPE, None, None)
            if (release := release_of(quad.graph_name)) is not None
        )

    def raws(self, whole: NamedNode) -> tuple[NamedNode, ...]:
        """The nodes that a node of the whole may stand for, itself included."""
        return (whole, *self._subjects(TO, whole))

    def vocabulary(self, quads: Iterable[Quad]) -> frozenset[Quad]:
        """Quads of the vocabulary as part of the whole."""
        return vocabulary(quads, self.name)

    def curation(self) -> Curation:
        """The user's word, as applied last."""
        return parse_curation(self._text(BOOKS, CURATED) or "")

    # ------------------------------------------------------------ reading

    def _text(self, subject: NamedNode, predicate: NamedNode) -> str | None:
        for quad in self.source.match(subject, predicate, None, BOOKS):
            return quad.object.value if isinstance(quad.object, Literal) else None
        return None

    def _subjects(self, predicate: NamedNode, value: Term) -> tuple[NamedNode, ...]:
        found = self.source.match(None, predicate, value, BOOKS)
        return tuple(sorted((named(quad.subject) for quad in found), key=str))


_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def known_graph(release: str) -> NamedNode:
    """The named graph of what a release's rules took from the vocabulary; exports join it to the vocabulary's."""
    return NamedNode(f"{ID}graph/{release}/known")


def release_of(graph: object) -> str | None:
    """The release whose facts a named graph holds.

    >>> release_of(NamedNode(f"{ID}graph/0f3a/facts")), release_of(BOOKS)
    ('0f3a', None)
    """
    if not isinstance(graph, NamedNode) or not graph.value.startswith(f"{ID}graph/"):
        return None
    release, _, kind = graph.value.removeprefix(f"{ID}graph/").partition("/")
    return release if kind == "facts" else None


def _release(place: NamedNode) -> str:
    return place.value.removeprefix(f"{ID}release/")


def written(kind: str, claim_id: str, claim: AgreementClaim | MilestoneClaim, names: Iterable[str]) -> tuple[Quad, ...]:
    """The entries of a claim, its block and decision apart; `names` are the nodes it may be called by."""
    subject = claim_node(kind, claim_id)
    about = {
        entity_node(item)
        for item in (
            (*claim.parties, *claim.licensors, *claim.licensees, *claim.covers)
            if isinstance(claim, AgreementClaim)
            else filter(None, (claim.product,))
        )
    }
    if isinstance(claim, MilestoneClaim) and claim.under:
        about.add(claim_node(AGREEMENT, claim.under))
    return (
        note(subject, CONTENT, Literal(content(claim))),
        *(note(subject, ABOUT, thing) for thing in sorted(about, key=str)),
        *(note(subject, NODE, entity_node(name)) for name in sorted(set(names))),
    )
