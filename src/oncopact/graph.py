"""Findings → named graphs: one for a release's facts, one for their evidence. The only room that mints IRIs.

Quads are pyoxigraph's, since a release gives hundreds; `KnowledgeGraph.dataset` shows them as rdflib.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from pyoxigraph import NamedNode, Quad

from oncopact.errors import GraphError
from oncopact.folding import fold_company
from oncopact.graph_keys import Nodes, evidence_node, nodes, parties
from oncopact.graph_terms import Term, boolean, date, day, decimal, entity, integer, node, text, value_of
from oncopact.model import (
    Agreement,
    Basis,
    Document,
    Entity,
    Evidence,
    Findings,
    Kind,
    Milestone,
    Modality,
    PartialDate,
    Payment,
    Relation,
    SectionKind,
    Source,
    Span,
)
from oncopact.namespaces import (
    DCTERMS,
    ID,
    OP,
    RDF,
    SKOS,
    VOCABULARY_GRAPH,
    concept,
    evidence_graph,
    expand,
    facts_graph,
)
from oncopact.text import folded

__all__ = ["CLASS_OF", "in_order", "position", "release_quads"]

CLASS_OF: Final = {
    Kind.COMPANY: OP.Company,
    Kind.INSTITUTION: OP.Institution,
    Kind.CONJUGATE: OP.Conjugate,
    Kind.ANTIBODY: OP.Antibody,
    Kind.PAYLOAD: OP.Payload,
    Kind.TARGET: OP.Target,
    Kind.TECHNOLOGY: OP.Technology,
    Kind.PRODUCT: OP.Product,
}
"""The class of each kind of entity."""

_EVENT_PROPERTIES: Final = frozenset({"op:eventKind", "op:date"})
_NODE_REFERENCES: Final = frozenset({"op:underAgreement", "op:triggers", "op:partOf", "op:ofAgreement"})
_TYPE: Final = node(RDF.type)


def release_quads(findings: Findings) -> tuple[Quad, ...]:
    """The facts and the evidence of one release, each in its own named graph, sorted.

    Raises:
        GraphError: The findings contradict themselves: an unknown property, a missing entity, an evidence whose
            quote is not what stands there.
    """
    draft = _Draft(findings, frozenset(item.id for item in findings.entities))
    keys = nodes(findings)
    _release(draft, findings)
    for item in findings.entities:
        _entity(draft, item)
    for relation in findings.relations:
        _relation(draft, relation)
    for index, agreement in enumerate(findings.agreements):
        _agreement(draft, agreement, index, keys)
    for index, milestone in enumerate(findings.milestones):
        _milestone(draft, milestone, keys.milestones[index], keys)
    for index, payment in enumerate(findings.payments):
        _payment(draft, payment, keys.payments[index], keys)
    return in_order(draft.quads)


def in_order(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """Each quad once, sorted by graph, subject (its type first), predicate and object."""
    return tuple(sorted(set(quads), key=position))


def position(quad: Quad) -> tuple[str, str, bool, str, str]:
    """What quads are sorted by."""
    predicate = quad.predicate
    return str(quad.graph_name), str(quad.subject), predicate != _TYPE, predicate.value, str(quad.object)


# ---------------------------------------------------------------- the two graphs of a release


@dataclass(slots=True)
class _Draft:
    """A release's two graphs while they are written.

    Attributes:
        findings: What they are written from.
        known: The ids of its entities.
        quads: All written so far.
    """

    findings: Findings
    known: frozenset[str]
    quads: set[Quad] = field(default_factory=set)

    @property
    def document(self) -> Document:
        return self.findings.document

    def state(self, subject: NamedNode, prop: str, value: Term, *, graph: str | None = None) -> None:
        """Write a fact."""
        graph = graph or facts_graph(self.document.release.id)
        self.quads.add(Quad(subject, node(prop), value, node(graph)))

    def holds(self, subject: NamedNode, prop: str, value: Term) -> bool:
        """Whether a fact is written."""
        return Quad(subject, node(prop), value, node(facts_graph(self.document.release.id))) in self.quads

    def thing(self, entity_id: str) -> NamedNode:
        """The node of an entity that the findings list."""
        if entity_id not in self.known:
            where = self.document.release.source.name
            raise GraphError(f"{entity_id} is used but not listed", where=where, remedy="report this")
        return entity(entity_id)

    def support(self, subject: NamedNode, evidence: Evidence, prop: str = "", value: Term | None = None) -> None:
        """Write that `evidence` supports a fact, or the node itself."""
        release = self.document.release
        if evidence.span.of(release.text) != evidence.quote:
            where = f"{release.source.name}, offset {evidence.span.start}"
            raise GraphError(f"the quote of {evidence.rule} is not in the text", where=where, remedy="report this")
        iri = evidence_node(release.id, evidence, subject.value, prop, str(value or ""))
        graph = node(evidence_graph(release.id))

        def say(term: str, value: Term) -> None:
            self.quads.add(Quad(iri, node(term), value, graph))

        say(RDF.type, node(OP.Evidence))
        say(OP.evidenceFor, subject)
        if prop and value is not None:
            say(OP.evidenceProperty, node(expand(prop)))
            say(OP.evidenceValue, value)
        say(OP.inRelease, node(ID[f"release/{release.id}"]))
        say(OP.quote, text(evidence.quote))
        say(OP.start, integer(evidence.span.start))
        say(OP.end, integer(evidence.span.end))
        say(OP.section, text(evidence.section))
        say(OP.rule, text(evidence.rule))
        say(OP.basis, text(evidence.basis))
        say(OP.modality, text(evidence.modality))
        say(OP.negated, boolean(evidence.negated))

    def dated(self, subject: NamedNode, prop: str, value: PartialDate | None) -> None:
        """Write a date with its bounds."""
        if value is not None:
            self.state(subject, prop, date(value.value))
            self.state(subject, OP.earliest, day(value.earliest))
            self.state(subject, OP.latest, day(value.latest))


# ---------------------------------------------------------------- the release itself


def _release(draft: _Draft, findings: Findings) -> None:
    document, release = draft.document, draft.document.release
    iri, source = NamedNode(f"{ID}release/{release.id}"), release.source
    draft.state(iri, RDF.type, node(OP.Release))
    title = folded(document.title.of(release.text)) if document.title else (source.title or _first_line(release.text))
    draft.state(iri, DCTERMS.title, text(title))
    if document.title:
        draft.support(
            iri, _placed(document, document.title, "headline", SectionKind.HEADLINE), "dcterms:title", text(title)
        )
    draft.dated(iri, DCTERMS.issued, document.issued)
    if document.issued and document.issued_span:
        seen = _placed(document, document.issued_span, "dateline", SectionKind.DATELINE)
        draft.support(iri, seen, "dcterms:issued", date(document.issued.value))
    for issuer in findings.issuers:
        draft.state(iri, DCTERMS.publisher, draft.thing(issuer))
    draft.state(iri, DCTERMS.source, text(file_name(source.name)))
    draft.state(iri, OP.contentHash, text(hashlib.sha256(release.text.encode()).hexdigest()))
    for contact in findings.contacts:
        draft.state(iri, OP.contact, text(folded(contact)))
    _container(draft, findings, iri)


def _container(draft: _Draft, findings: Findings, iri: NamedNode) -> None:
    """What the release's container says of it: EDGAR's header, a page's head, front matter; and its wire."""
    source = draft.document.release.source
    for prop, words in (
        (OP.accessionNumber, source.accession_number),
        (OP.formType, source.form_type),
        (OP.documentType, source.document_type),
        (OP.webAddress, source.url),
        (OP.wireService, draft.document.wire),
    ):
        if words:
            draft.state(iri, prop, text(words))
    for item in source.items:
        draft.state(iri, OP.formItem, text(item))
    if source.filed_on:
        draft.state(iri, OP.filedOn, date(source.filed_on))
    filer = filer_of(findings)
    if filer is not None:
        draft.state(iri, OP.filer, draft.thing(filer.id))
    if filer is not None and source.filer_cik:
        named = next(name.evidence for name in filer.names if name.role != "op:ticker")
        seen = replace(named, rule="edgar.header", property=None, value=None, basis=Basis.CONTAINER)
        draft.state(draft.thing(filer.id), OP.cik, text(source.filer_cik))
        draft.support(draft.thing(filer.id), seen, "op:cik", text(source.filer_cik))


def filer_of(findings: Findings) -> Entity | None:
    """The company of a release that EDGAR's header names as the filer, where the release names it so, too."""
    stated = findings.document.release.source.filer_name
    name = fold_company(re.sub(r"\s*[\\/][A-Za-z]{2,3}[\\/]?\s*$", "", stated)) if stated else ""
    companies = [item for item in findings.entities if item.kind is Kind.COMPANY] if name else []
    return next((item for item in companies if any(fold_company(n.text) == name for n in item.names)), None)


def _placed(document: Document, span: Span, rule: str, otherwise: SectionKind) -> Evidence:
    """The evidence of a span that segmentation found, in the section it stands in."""
    kind = next((section.kind for section in document.sections if section.span.covers(span)), otherwise)
    return Evidence(span, span.of(document.text), rule, kind if kind.states_facts else otherwise)


def _first_line(release_text: str) -> str:
    return next((folded(line) for line in release_text.splitlines() if line.strip()), "untitled")[:200]


def precedence(source: Source) -> str:
    """What the sources of one release are ordered by: a submission, which says most of it, comes first, then names.

    >>> precedence(Source("b.txt", accession_number="0000912345-04-000042")) < precedence(Source("a.txt"))
    True
    """
    return f"{0 if source.accession_number else 1} {file_name(source.name)}"


def file_name(name: str) -> str:
    """A source's name without the folders that it lay in, so that a graph is the same on any machine.

    >>> file_name("/home/ann/in/2002.zip!exhibits/ex99.txt")
    '2002.zip!ex99.txt'
    """
    return "!".join(re.split(r"[\\/]", part.rstrip("\\/"))[-1] for part in name.split("!"))


# ---------------------------------------------------------------- entities and relations


def _entity(draft: _Draft, item: Entity) -> None:
    iri = draft.thing(item.id)
    draft.state(iri, RDF.type, node(CLASS_OF[item.kind]))
    draft.state(iri, SKOS.prefLabel, text(item.label))
    for name in item.names:
        role = "skos:prefLabel" if name.role == "skos:altLabel" and name.text == item.label else name.role
        draft.state(iri, expand(role), text(name.text))
        draft.support(iri, name.evidence, role, text(name.text))


def _relation(draft: _Draft, relation: Relation) -> None:
    """A relation that every evidence denies gives its evidence only; what only the vocabulary knows, no evidence."""
    subject = draft.thing(relation.subject)
    value = text(relation.object) if relation.literal else draft.thing(relation.object)
    said = [item for item in relation.evidence if item.basis is not Basis.VOCABULARY]
    if not said:
        draft.state(subject, expand(relation.property), value, graph=VOCABULARY_GRAPH)
    elif not all(item.negated for item in said):
        draft.state(subject, expand(relation.property), value)
    for item in said:
        draft.support(subject, item, relation.property, value)


# ---------------------------------------------------------------- agreements, milestones, payments


def _agreement(draft: _Draft, agreement: Agreement, index: int, keys: Nodes) -> None:
    iri, event = keys.agreements[index], keys.events[index]
    draft.state(iri, RDF.type, node(OP.Agreement))
    draft.state(iri, OP.agreementKind, node(concept(agreement.kind)))
    for prop, members in (
        (OP.party, parties(agreement)),
        (OP.licensor, agreement.licensors),
        (OP.licensee, agreement.licensees),
        (OP.coversTechnology, agreement.technologies),
        (OP.coversTarget, agreement.targets),
        (OP.coversProduct, agreement.products),
    ):
        for member in members:
            draft.state(iri, prop, draft.thing(member))
    if agreement.exclusive is not None:
        draft.state(iri, OP.exclusive, boolean(agreement.exclusive))
    for prop, words in ((OP.territory, agreement.territory), (OP.excludedTerritory, agreement.excluded_territory)):
        if words:
            draft.state(iri, prop, text(folded(words)))
    draft.dated(iri, OP.signedOn, agreement.signed)
    if agreement.part_of is not None and keys.agreements[agreement.part_of] != iri:
        draft.state(iri, OP.partOf, keys.agreements[agreement.part_of])
    _event(draft, agreement, iri, event)
    _support_agreement(draft, agreement, iri, event)


def _event(draft: _Draft, agreement: Agreement, iri: NamedNode, event: NamedNode) -> None:
    draft.state(event, RDF.type, node(OP.AgreementEvent))
    draft.state(event, OP.ofAgreement, iri)
    draft.state(event, OP.eventKind, text(agreement.event))
    draft.dated(event, OP.date, agreement.event_date)


def _support_agreement(draft: _Draft, agreement: Agreement, iri: NamedNode, event: NamedNode) -> None:
    """Evidence as the rules gave it; where none names a party or the event, the sentence that states the deal."""
    found = sorted(agreement.evidence, key=lambda item: (item.negated, item.property is not None, item.span, item.rule))
    for item in found:
        _support(draft, event if item.property in _EVENT_PROPERTIES else iri, item)
    if not found:
        return
    if found[0].property is not None:
        draft.support(iri, found[0])
    if not any(item.property in _EVENT_PROPERTIES for item in found):
        draft.support(event, found[0], "op:eventKind", text(agreement.event))
    members = (parties(agreement), agreement.licensors, agreement.licensees)
    for prop, companies in zip(("op:party", "op:licensor", "op:licensee"), members, strict=True):
        for company in companies:
            if not any((item.property, item.value) == (prop, company) for item in found):
                naming = next((item for item in found if item.value == company), found[0])
                draft.support(iri, naming, prop, draft.thing(company))


def _milestone(draft: _Draft, milestone: Milestone, iri: NamedNode, keys: Nodes) -> None:
    draft.state(iri, RDF.type, node(OP.Milestone))
    draft.state(iri, OP.milestoneKind, node(concept(milestone.kind)))
    draft.state(iri, OP.milestoneEvent, text(folded(milestone.event)))
    draft.state(iri, OP.status, text(milestone.status))
    draft.dated(iri, OP.date, milestone.date)
    if milestone.agreement is not None:
        draft.state(iri, OP.underAgreement, keys.agreements[milestone.agreement])
    if milestone.product:
        draft.state(iri, OP.concernsProduct, draft.thing(milestone.product))
    for company in milestone.achieved_by:
        draft.state(iri, OP.achievedBy, draft.thing(company))
    for index in milestone.triggers:
        draft.state(iri, OP.triggers, keys.payments[index])
    for item in milestone.evidence:
        _support(draft, iri, item)


def _payment(draft: _Draft, payment: Payment, iri: NamedNode, keys: Nodes) -> None:
    draft.state(iri, RDF.type, node(OP.Payment))
    draft.state(iri, OP.paymentKind, node(concept(payment.kind)))
    draft.state(iri, OP.amountQualifier, text(payment.qualifier))
    for prop, companies in ((OP.payer, payment.payers), (OP.payee, payment.payees)):
        for company in companies:
            draft.state(iri, prop, draft.thing(company))
    if payment.agreement is not None:
        draft.state(iri, OP.underAgreement, keys.agreements[payment.agreement])
    low, high = payment.percent, payment.percent_high
    ranged = low is not None and high is not None
    for prop, number in (
        (OP.amount, payment.amount),
        (OP.minimumPercentage if ranged else OP.percentage, low),
        (OP.maximumPercentage, high),
    ):
        if number is not None:
            draft.state(iri, prop, decimal(number))
    for prop, words in ((OP.currency, payment.currency), (OP.amountText, payment.text)):
        if words:
            draft.state(iri, prop, text(folded(words)))
    for item in payment.evidence:
        _support(draft, iri, item)


def _support(draft: _Draft, subject: NamedNode, evidence: Evidence) -> None:
    """Evidence for a property, once all of the node's facts are written.

    What points at another n-ary fact supports the node, whose IRI no rule can know; so does what names a value that
    was settled otherwise in the end (a payer who turned out to be the company bought).
    """
    if evidence.property is None or evidence.value is None or evidence.property in _NODE_REFERENCES:
        draft.support(subject, evidence)
        return
    value = value_of(evidence.property, evidence.value, draft.known)
    open_question = evidence.negated or evidence.modality is not Modality.ASSERTED
    if open_question or draft.holds(subject, expand(evidence.property), value):
        draft.support(subject, evidence, evidence.property, value)
    else:
        draft.support(subject, evidence)
