"""Quads → JSON-LD with a context that lets it be read as plain JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final, TypeAlias

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from oncopact.graph import in_order
from oncopact.namespaces import DCTERMS, OWL, PREFIXES, RDF, RDFS, SKOS, XSD, compact, expand
from oncopact.resources import folder

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

_BORROWED: Final = (
    (SKOS.prefLabel, None),
    (SKOS.altLabel, None),
    (SKOS.broader, "@id"),
    (SKOS.exactMatch, "@id"),
    (DCTERMS.title, None),
    (DCTERMS.issued, "xsd:date"),
    (DCTERMS.publisher, "@id"),
    (DCTERMS.source, None),
)
"""Properties of other vocabularies that our graphs use, and how their values are typed."""


@cache
def context() -> dict[str, Json]:
    """The context: our terms by their names in the ontology, ids by their prefixes, values typed by their ranges.

    >>> context()["licensor"]
    {'@id': 'op:licensor', '@type': '@id'}
    """
    quads = tuple(pyoxigraph.parse(path=str(folder("ontology") / "oncopact.ttl")))
    kinds = {(quad.subject.value, quad.object.value) for quad in quads if quad.predicate.value == str(RDF.type)}
    ranges = {quad.subject.value: quad.object.value for quad in quads if quad.predicate.value == str(RDFS.range)}
    terms: dict[str, Json] = {}
    for iri, kind in sorted(kinds):
        name = compact(iri).removeprefix("op:")
        if kind == str(OWL.Class):
            terms[name] = f"op:{name}"
        elif kind == str(OWL.ObjectProperty):
            terms[name] = {"@id": f"op:{name}", "@type": "@id"}
        elif kind in (str(OWL.DatatypeProperty), str(RDF.Property)):
            typed = ranges.get(iri, "")
            coerced = typed.startswith(str(XSD)) and typed != str(XSD.string)
            terms[name] = {"@id": f"op:{name}", "@type": compact(typed)} if coerced else f"op:{name}"
    for prop, typed in _BORROWED:
        prefixed = compact(str(prop))
        terms[prefixed.rpartition(":")[2]] = {"@id": prefixed, "@type": typed} if typed else prefixed
    heads: dict[str, Json] = {"id": "@id", "type": "@type"}
    return heads | dict(PREFIXES) | terms


def jsonld(quads: Iterable[Quad]) -> str:
    """All named graphs as JSON-LD: a list of graphs, each a list of nodes."""
    written = pyoxigraph.serialize(in_order(quads), format=RdfFormat.JSON_LD) or b"[]"
    whole = {"@context": context(), "@graph": _Compact().nodes(json.loads(written))}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


class _Compact:
    """Puts expanded JSON-LD into the words of our context. Terms are looked up once, since graphs repeat them."""

    def __init__(self) -> None:
        self._iris: dict[str, str] = {}
        self._terms: dict[str, tuple[str, str]] = {}
        for name, meant in context().items():
            if isinstance(meant, dict):
                self._terms[str(expand(str(meant["@id"])))] = (name, str(meant["@type"]))
            elif name not in PREFIXES and not str(meant).startswith("@"):
                self._terms[str(expand(str(meant)))] = (name, "")

    def nodes(self, given: Iterable[Mapping[str, Any]]) -> list[Json]:
        """Nodes and named graphs."""
        return [self._node(item) for item in given]

    def _node(self, given: Mapping[str, Any]) -> Json:
        made: dict[str, Json] = {"id": self._iri(given["@id"])}
        if "@graph" in given:
            return made | {"@graph": self.nodes(given["@graph"])}
        kinds = [kind["@id"] for kind in given.get(str(RDF.type), ())]
        if kinds:
            made["type"] = _one([self._terms.get(kind, (self._iri(kind), ""))[0] for kind in kinds])
        for prop, values in given.items():
            if not prop.startswith("@") and prop != str(RDF.type):
                name, typed = self._terms.get(prop, (self._iri(prop), ""))
                made[name] = _one([self._value(value, typed) for value in values])
        return made

    def _value(self, given: Mapping[str, str], typed: str) -> Json:
        """One value, without what the term's type says already."""
        if "@id" in given:
            iri = self._iri(given["@id"])
            return iri if typed == "@id" else {"id": iri}
        text, kind = given["@value"], given.get("@type")
        if "@language" in given:
            return {"@language": given["@language"], "@value": text}
        if kind is None:
            return {"@value": text} if typed else text
        short = self._iri(kind)
        return _native(text, short) if short == typed else {"type": short, "@value": text}

    def _iri(self, iri: str) -> str:
        if iri not in self._iris:
            found = compact(iri)
            self._iris[iri] = iri if found.startswith("<") else found
        return self._iris[iri]


def _native(text: str, kind: str) -> Json:
    """A number or truth value as JSON has it, where that can be turned back into the same literal."""
    if kind == "xsd:boolean" and text in ("true", "false"):
        return text == "true"
    if kind == "xsd:integer" and text.isdecimal() and str(int(text)) == text:
        return int(text)
    return text


def _one(values: list[Json]) -> Json:
    return values[0] if len(values) == 1 else values
