"""A small market that we made up, as a graph: five deals, three payments, one purchase, in four releases."""

from __future__ import annotations

from functools import cache

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from oncopact.knowledge import KnowledgeGraph
from oncopact.namespaces import ID, PREFIXES

RELEASES = {"r2001": "2001-05-02", "r2005": "2005-11-20", "r2010": "2010-03-01", "r2012": "2012-07-15"}

FACTS = """
GRAPH <graph/r2001/facts> {
  release:r2001 a op:Release ; dcterms:title "Arbor and Birk" ; dcterms:issued "2001-05-02"^^xsd:date ;
    op:earliest "2001-05-02"^^xsd:date ; op:latest "2001-05-02"^^xsd:date ; dcterms:source "a.txt" ;
    dcterms:publisher company:arbor .
  company:arbor a op:Company ; skos:prefLabel "Arbor" . company:birk a op:Company ; skos:prefLabel "Birk" .
  company:cedar a op:Company ; skos:prefLabel "Cedar" .
  technology:joinr a op:Technology ; skos:prefLabel "JoinR" ; op:ownedBy company:arbor .
  conjugate:ab-1 a op:Conjugate ; skos:prefLabel "AB-1" ; op:hasPayload payload:mmae ; op:bindsTarget target:her2 .
  payload:mmae a op:Payload ; skos:prefLabel "MMAE" . target:her2 a op:Target ; skos:prefLabel "HER2" .
  agreement:a1 a op:Agreement ; op:agreementKind agreement-kind:licence ; op:party company:arbor , company:birk ;
    op:licensor company:arbor ; op:licensee company:birk ;
    op:coversTechnology technology:joinr ; op:coversProduct conjugate:ab-1 ;
    op:signedOn "2001-04"^^xsd:gYearMonth ; op:earliest "2001-04-01"^^xsd:date ; op:latest "2001-04-30"^^xsd:date .
  agreement:a2 a op:Agreement ; op:agreementKind agreement-kind:collaboration ; op:party company:arbor , company:cedar .
  payment:p1 a op:Payment ; op:paymentKind payment-kind:upfront ; op:payer company:birk ; op:payee company:arbor ;
    op:amount 5000000 ; op:currency "USD" ; op:amountQualifier "exact" ; op:underAgreement agreement:a1 .
}
GRAPH <graph/r2005/facts> {
  release:r2005 a op:Release ; dcterms:title "=Birk and Cedar" ; dcterms:issued "2005-11-20"^^xsd:date ;
    op:earliest "2005-11-20"^^xsd:date ; op:latest "2005-11-20"^^xsd:date ; dcterms:source "b.txt" .
  company:arbor a op:Company ; skos:prefLabel "Arbor" . company:birk a op:Company ; skos:prefLabel "Birk" .
  company:cedar a op:Company ; skos:prefLabel "Cedar" . company:dogwood a op:Company ; skos:prefLabel "Dogwood" .
  conjugate:ab-1 a op:Conjugate ; skos:prefLabel "AB-1" ; op:developedBy company:birk .
  agreement:a1 a op:Agreement ; op:agreementKind agreement-kind:licence ; op:party company:arbor , company:birk .
  agreement:a3 a op:Agreement ; op:agreementKind agreement-kind:option ; op:party company:birk , company:cedar ;
    op:licensor company:birk ; op:licensee company:cedar ; op:coversProduct conjugate:ab-1 .
  agreement:a4 a op:Agreement ; op:agreementKind agreement-kind:acquisition ; op:party company:cedar , company:dogwood .
  company:dogwood op:acquiredBy company:cedar .
  milestone:m1 a op:Milestone ; op:milestoneKind milestone-kind:clinical ;
    op:milestoneEvent "first patient" ; op:status "achieved" ;
    op:concernsProduct conjugate:ab-1 ; op:underAgreement agreement:a1 ; op:triggers payment:p2 ;
    op:date "2004"^^xsd:gYear ; op:earliest "2004-01-01"^^xsd:date ; op:latest "2004-12-31"^^xsd:date .
  payment:p2 a op:Payment ; op:paymentKind payment-kind:milestone ; op:payer company:birk ; op:payee company:arbor ;
    op:amount 2500000.50 ; op:currency "EUR" ; op:amountQualifier "up_to" ; op:underAgreement agreement:a1 .
}
GRAPH <graph/r2010/facts> {
  release:r2010 a op:Release ; dcterms:title "Elm" ; dcterms:issued "2010-03-01"^^xsd:date ;
    op:earliest "2010-03-01"^^xsd:date ; op:latest "2010-03-01"^^xsd:date ; dcterms:source "c.txt" .
  company:arbor a op:Company ; skos:prefLabel "Arbor" .
  institution:elm a op:Institution ; skos:prefLabel "Elm University" .
  agreement:a5 a op:Agreement ; op:agreementKind agreement-kind:licence ; op:party company:arbor , institution:elm ;
    op:licensor institution:elm ; op:licensee company:arbor ; op:exclusive true .
}
GRAPH <graph/r2012/facts> {
  release:r2012 a op:Release ; dcterms:title "Arbor" ; dcterms:issued "2012-07-15"^^xsd:date ;
    op:earliest "2012-07-15"^^xsd:date ; op:latest "2012-07-15"^^xsd:date ; dcterms:source "d.txt" .
  company:arbor a op:Company ; skos:prefLabel "Arbor" . company:birk a op:Company ; skos:prefLabel "Birk" .
  agreement:a6 a op:Agreement ; op:agreementKind agreement-kind:licence ; op:party company:arbor , company:birk ;
    op:licensor company:arbor ; op:licensee company:birk .
}
GRAPH <graph/vocabulary> {
  technology:joinr op:deliversPayload payload:mmae . company:arbor op:cik "0000000001" .
}
"""

SAID = (
    # node, property, value, release, quote, how it is meant
    ("agreement:a1", "", "", "r2001", "Arbor licensed JoinR to Birk", "asserted"),
    ("agreement:a1", "", "", "r2005", "Birk's licence from Arbor", "asserted"),
    ("agreement:a1", "op:licensor", "company:arbor", "r2001", "Arbor licensed", "asserted"),
    ("agreement:a2", "", "", "r2001", "Arbor works with\nCedar", "asserted"),
    ("agreement:a3", "", "", "r2005", "Birk gave Cedar an option", "asserted"),
    ("agreement:a4", "", "", "r2005", "Cedar bought Dogwood", "asserted"),
    ("agreement:a5", "", "", "r2010", "Arbor licensed rights from Elm University", "asserted"),
    ("agreement:a6", "", "", "r2012", "a second licence to Birk", "asserted"),
    ("payment:p1", "", "", "r2001", "=5,000,000 dollars", "asserted"),
    ("payment:p2", "", "", "r2005", "up to EUR 2.5 million", "conditional"),
    ("milestone:m1", "", "", "r2005", "the first patient was dosed in 2004", "asserted"),
    ("technology:joinr", "op:ownedBy", "company:arbor", "r2001", "Arbor's JoinR", "asserted"),
    ("conjugate:ab-1", "op:hasPayload", "payload:mmae", "r2001", "AB-1 carries MMAE", "asserted"),
    ("conjugate:ab-1", "op:bindsTarget", "target:her2", "r2001", "AB-1 binds HER2", "asserted"),
    ("conjugate:ab-1", "op:developedBy", "company:birk", "r2005", "Birk's AB-1", "asserted"),
)


@cache
def market() -> KnowledgeGraph:
    """The market as a graph with evidence."""
    return KnowledgeGraph(_quads())


def _quads() -> list[Quad]:
    heads = "\n".join(f"PREFIX {prefix}: <{base}>" for prefix, base in PREFIXES.items())
    evidence = "".join(_evidence(at, *row) for at, row in enumerate(SAID))
    text = f"BASE <{ID}>\n{heads}\n{FACTS}{evidence}"
    return list(pyoxigraph.parse(text, format=RdfFormat.TRIG))


def _evidence(at: int, node: str, prop: str, value: str, release: str, quote: str, modality: str) -> str:
    states = f"op:evidenceProperty {prop} ; op:evidenceValue {value} ;" if prop else ""
    quoted = quote.replace("\n", "\\n")
    return f"""
GRAPH <graph/{release}/evidence> {{
  evidence:e{at} a op:Evidence ; op:evidenceFor {node} ; {states} op:inRelease release:{release} ; op:quote "{quoted}" ;
    op:start {at} ; op:end {at + len(quote)} ; op:section "body" ; op:rule "by-hand" ; op:basis "stated" ;
    op:modality "{modality}" ; op:negated false .
}}"""
