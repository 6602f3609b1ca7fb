"""Why a graph says what it says: a node, its facts, and for each the words that state it. Reads what the run stored."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace

from pyoxigraph import Literal, NamedNode, Quad

from oncopact.called import find
from oncopact.exporters.rdf import is_vocabulary
from oncopact.graph_view import GraphView, Seen, short
from oncopact.labels import describe, notation
from oncopact.namespaces import DCTERMS, OP, OWL, RDF, RDFS, SKOS, compact
from oncopact.text import folded


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement and what it rests on.

    Attributes:
        subject, property: Prefixed names; the subject is the node explained unless the fact points at it.
        value: The object in words, a label for a node.
        value_id: The object's id (`company/immunogen`); empty for a literal.
        evidence: The places that state it, in the order of the releases and of the text.
        origin: `release`, or `vocabulary` for what only the vocabulary knows.
    """

    subject: str
    property: str
    value: str
    value_id: str
    evidence: tuple[Seen, ...]
    origin: str


@dataclass(frozen=True, slots=True)
class Sameness:
    """A node that was joined with the one explained, or may be the same.

    Attributes:
        certain: Whether they are one in the graph.
        other: The other's id.
        rule: What decided, `agreement.recalled`, `curation.same`.
        words: Why, or why it is not certain.
    """

    certain: bool
    other: str
    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A node and all that is said of it.

    Attributes:
        iri: The node.
        label: It in words.
        kind: Its class, `Agreement`.
        evidence: The places that state the node itself.
        facts: What is said of it, sorted by property.
        pointing: What is said of others and points at it.
        sources: The releases' file names, by release id.
        same: What was joined with it or may be the same, and why.
    """

    iri: str
    label: str
    kind: str
    evidence: tuple[Seen, ...]
    facts: tuple[Fact, ...]
    pointing: tuple[Fact, ...]
    sources: Mapping[str, str]
    same: tuple[Sameness, ...] = ()

    @property
    def text(self) -> str:
        """For people: the node, then each fact with its evidence below."""
        lines = [f"{self.label}", f"{self.kind or 'Node'} {short(self.iri)}", f"<{self.iri}>", ""]
        if self.evidence:
            lines += ["Stated by", *self._places(self.evidence), ""]
        for item in self.same:
            said = "The same as" if item.certain else "Perhaps the same as"
            lines += [f"{said} {item.other}", f"    {item.words} (rule {item.rule})", ""]
        for fact in self.facts:
            lines += [f"{fact.property}  {_value(fact)}", *self._grounds(fact)]
        if self.pointing:
            lines += ["", "Pointing here"]
            for fact in self.pointing:
                lines += [f"{fact.subject}  {fact.property}", *self._grounds(fact)]
        return "\n".join(lines) + "\n"

    def to_json(self) -> str:
        """For programs: the node, its facts and their evidence."""
        content = asdict(self)
        content["sources"] = dict(sorted(self.sources.items()))
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

    def _grounds(self, fact: Fact) -> list[str]:
        if fact.origin == "vocabulary":
            return ["    known from the vocabulary; no release states it"]
        return self._places(fact.evidence)

    def _places(self, evidence: Iterable[Seen]) -> list[str]:
        lines = []
        for seen in evidence:
            source = self.sources.get(seen.release, short(seen.release))
            marks = [mark for mark in (seen.basis, seen.modality) if mark not in ("stated", "asserted")]
            marks += ["negated"] if seen.negated else []
            lines += textwrap.wrap(f'"{folded(seen.quote)}"', 112, initial_indent="    ", subsequent_indent="     ")
            place = f"    {source} [{seen.start}:{seen.end}] {seen.section}, rule {seen.rule}"
            lines.append(place + (f" ({', '.join(marks)})" if marks else ""))
        return lines


def _value(fact: Fact) -> str:
    return f"{fact.value} ({fact.value_id})" if fact.value_id else fact.value


def explain(quads: Iterable[Quad], name: str) -> Explanation:
    """What a graph says of a node, and why.

    Args:
        quads: The graph, with its evidence.
        name: The node's IRI, prefixed name (`company:immunogen`), id (`company/immunogen`) or any of its names.

    Raises:
        GraphError: The graph has no such node.
    """
    quads = tuple(quads)
    stated = {(q.subject, q.predicate, q.object) for q in quads if not is_vocabulary(q.graph_name)}
    return explained(GraphView(quads), name, lambda quad: (quad.subject, quad.predicate, quad.object) in stated)


def explained(view: GraphView, name: str, stated: Callable[[Quad], bool]) -> Explanation:
    """The same, of a view that may read as it is asked.

    Args:
        view: All graphs as one.
        name: As for `explain`.
        stated: Whether a release states a triple; what none states, only the vocabulary knows.

    Raises:
        GraphError: The graph has no such node.
    """
    iri = find(view, name)
    facts = tuple(
        _fact(view, stated, iri, prop, value)
        for prop, value in view.facts(iri)
        if prop not in (str(RDF.type), str(SKOS.prefLabel))
    )
    pointing = tuple(
        _or_whole(_fact(view, stated, subject, prop, NamedNode(iri)), view.evidence_for(subject))
        for prop, subject in view.mentions(iri)
        if prop not in _BOOKKEEPING
    )
    itself = tuple(seen for seen in view.evidence_for(iri) if not seen.property)
    shown = {seen.release for fact in (*facts, *pointing) for seen in fact.evidence} | {seen.release for seen in itself}
    sources = {release: view.value(release, DCTERMS.source) or "" for release in sorted(shown)}
    return Explanation(
        iri, describe(view, iri), view.class_name(iri), itself, facts, pointing, sources, sameness(view, iri)
    )


def sameness(view: GraphView, iri: str) -> tuple[Sameness, ...]:
    """What was joined with a node, or may be the same."""
    found = []
    for prop, other in ((OWL.annotatedTarget, OWL.annotatedSource), (OWL.annotatedSource, OWL.annotatedTarget)):
        for axiom in view.subjects(prop, iri):
            relation = view.value(axiom, OWL.annotatedProperty) or ""
            thing = view.value(axiom, other) or ""
            reason = view.value(axiom, RDFS.comment) or ""
            found.append(
                Sameness(relation == str(OWL.sameAs), short(thing), view.value(axiom, SKOS.notation) or "", reason)
            )
    return tuple(sorted(set(found), key=lambda item: (not item.certain, item.other, item.rule, item.words)))


_BOOKKEEPING = frozenset(
    str(term)
    for term in (
        OP.evidenceFor,
        OP.evidenceValue,
        OP.inRelease,
        RDF.type,
        OWL.annotatedSource,
        OWL.annotatedTarget,
        OWL.annotatedProperty,
    )
)


def _or_whole(fact: Fact, places: tuple[Seen, ...]) -> Fact:
    """A fact that no evidence states by itself, with that of the deal, milestone or payment it belongs to."""
    return fact if fact.evidence else replace(fact, evidence=tuple(seen for seen in places if not seen.property))


def _fact(view: GraphView, stated: Callable[[Quad], bool], subject: str, prop: str, value: NamedNode | Literal) -> Fact:
    term = value.value
    seen = tuple(item for item in view.evidence_for(subject) if (item.property, item.value) == (prop, term))
    known = isinstance(value, NamedNode) and term in view
    told = bool(seen) or stated(Quad(NamedNode(subject), NamedNode(prop), value))
    return Fact(
        subject=f"{describe(view, subject)} ({short(subject)})",
        property=compact(prop),
        value=describe(view, term) if known else notation(term),
        value_id=short(term) if known else "",
        evidence=seen,
        origin="release" if told else "vocabulary",
    )
