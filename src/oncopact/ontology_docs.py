"""The page of classes, properties and concepts, made from the ontology.

python -m oncopact.ontology_docs > docs/ontology.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Final

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, Graph, Namespace, URIRef
from rdflib.term import Node

from oncopact.namespaces import OP
from oncopact.resources import folder

__all__ = ["page"]

_SCHEMA: Final = Namespace("https://schema.org/")
_ANY: Final = "several classes"
_INTRODUCTION: Final = """\
# The ontology

<!-- Made from ontology/*.ttl by: python -m oncopact.ontology_docs > docs/ontology.md -->

{description} Version {version}; the prefix `op:` is `{space}`.

A release's facts stand in the named graph `graph/<release>/facts`, the sentences behind them in
`graph/<release>/evidence`. An agreement is a node with parties: no edge leads from company to company but
`op:acquiredBy` and `op:partOfGroup`. Names are `skos:prefLabel` and `skos:altLabel`; a release has `dcterms:title`,
`dcterms:issued`, `dcterms:publisher` and `dcterms:source`; `skos:broader` leads from a narrow target to a wider one,
`skos:exactMatch` to the same thing elsewhere. What a valid graph looks like is in `shapes/`, one file a class.
"""


def page() -> str:
    """The page as Markdown."""
    ontology, concepts = (_read(name) for name in ("oncopact.ttl", "concepts.ttl"))
    [head] = ontology.subjects(RDF.type, OWL.Ontology)
    lines = [
        _INTRODUCTION.format(
            description=_text(ontology, head, DCTERMS.description),
            version=_text(ontology, head, OWL.versionInfo),
            space=str(OP),
        )
    ]
    lines += ["## Classes", "", *_head("class", "what it is", "kind of", "near")]
    for term in _sorted(ontology.subjects(RDF.type, OWL.Class)):
        lines.append(_row(ontology, term, _names(ontology, ontology.objects(term, RDFS.subClassOf))))
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    properties = _sorted(term for kind in kinds for term in ontology.subjects(RDF.type, kind))
    owners = {term: _owner(ontology, term) for term in properties}
    for owner in [*sorted(set(owners.values()) - {_ANY}), _ANY]:
        lines += ["", f"## Properties of {owner}", "", *_head("property", "what it says", "leads to", "near")]
        lines += [_row(ontology, term, _range(ontology, term)) for term in properties if owners[term] == owner]
    for scheme in _sorted(concepts.subjects(RDF.type, SKOS.ConceptScheme)):
        title = _text(concepts, scheme, DCTERMS.title)
        lines += ["", f"## {title}", "", *_head("concept", "in records", "what it means")]
        lines += _concepts(concepts, scheme)
    return "\n".join(lines) + "\n"


def _head(*columns: str) -> tuple[str, str]:
    return f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"


def _read(name: str) -> Graph:
    return Graph().parse(data=folder("ontology").joinpath(name).read_text(encoding="utf-8"), format="turtle")


def _sorted(terms: Iterable[Node]) -> list[URIRef]:
    return sorted({term for term in terms if isinstance(term, URIRef)})


def _row(graph: Graph, term: Node, third: str) -> str:
    near = _names(graph, [*graph.objects(term, SKOS.closeMatch), *graph.objects(term, RDFS.seeAlso)])
    above = _names(graph, graph.objects(term, RDFS.subPropertyOf))
    words = _text(graph, term, RDFS.comment) + (f" A kind of {above}." if above else "")
    return f"| {_name(graph, term)} | {words} | {third} | {near} |"


def _owner(graph: Graph, term: Node) -> str:
    """The class whose property it is."""
    domains = [domain for domain in graph.objects(term, RDFS.domain) if domain != OWL.Thing]
    return _name(graph, domains[0]) if len(domains) == 1 else _ANY


def _range(graph: Graph, term: Node) -> str:
    classes = _names(graph, graph.objects(term, _SCHEMA.domainIncludes))
    to = _names(graph, graph.objects(term, RDFS.range))
    return f"{to}; of {classes}" if classes else to


def _concepts(graph: Graph, scheme: Node) -> Iterator[str]:
    for term in _sorted(graph.subjects(SKOS.inScheme, scheme)):
        said = _text(graph, term, SKOS.definition) or _text(graph, term, SKOS.prefLabel)
        yield f"| `{str(term).rpartition('/')[2]}` | {_text(graph, term, SKOS.notation)} | {said} |"


def _names(graph: Graph, terms: Iterable[Node]) -> str:
    return ", ".join(sorted(_name(graph, term) for term in terms))


def _name(graph: Graph, term: Node) -> str:
    """A term by its prefixed name, or as a link."""
    iri = str(term)
    if iri.startswith(str(XSD)):
        return iri.removeprefix(str(XSD))
    prefix, space = max(
        ((prefix, str(space)) for prefix, space in graph.namespaces() if iri.startswith(str(space))),
        key=lambda item: (len(item[1]), item[0]),
        default=("", ""),
    )
    tail = iri.removeprefix(space)
    return f"`{prefix}:{tail}`" if space and "/" not in tail else f"[{iri.rpartition('/')[2]}]({iri})"


def _text(graph: Graph, term: Node, prop: URIRef) -> str:
    value = graph.value(term, prop)
    return " ".join(str(value).replace("|", "\\|").split()) if value is not None else ""


if __name__ == "__main__":
    sys.stdout.write(page())
