"""What the user calls a thing → the thing: any of its names, however spelt, or an id; near names where none fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, Store, parse

from oncopact.errors import QueryError
from oncopact.folding import compact, fold, fold_company
from oncopact.graph_view import NAME_PROPERTIES, short
from oncopact.namespaces import DCTERMS, ID, OP, PREFIXES, SKOS
from oncopact.resources import folder

__all__ = ["Found", "concept_name", "find"]

_DEFAULT: Final = DefaultGraph()
_PATHS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "company": ("company", "institution"),
        "product": ("conjugate", "antibody", "payload", "product"),
        "conjugate": ("conjugate",),
        "antibody": ("antibody",),
        "payload": ("payload",),
        "target": ("target",),
        "technology": ("technology",),
        "release": ("release",),
        "payload family": ("concept/payload-family",),
    }
)
_FEW: Final = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that a name leads to."""

    node: NamedNode
    label: str

    @property
    def words(self) -> str:
        """Its name and id: 'ImmunoGen (company/immunogen)'."""
        return f"{self.label} ({short(self.node.value)})"


def find(graph: Store, kind: str, name: str) -> Found:
    """The thing of a kind that a name leads to.

    Names are compared without case, accents, punctuation and blanks; companies also without their legal form where the
    name given has none, so that 'Merck' is not settled by the one node that is called just so. What a product is called
    by preference counts before its other names, a whole name before the vocabulary's, that before the beginning of one.

    Args:
        graph: A store whose default graph is the union of all.
        kind: A kind of thing, as question files name it.
        name: Any of its names, its IRI, or its id: `company/immunogen`.

    Raises:
        QueryError: Nothing is called so, or several things are; the message lists them, or names that are near.
    """
    things = _things(graph, kind)
    if not things:
        raise QueryError(f"this graph has no {kind}", where=name, remedy="build it from releases that name one")
    for node in _as_id(name):
        if node in things:
            return Found(NamedNode(node), things[node].label)
    whole = _bare if kind == "company" and fold(name) == fold_company(name) else _any
    for step in (whole, _bare) if kind == "company" else (_preferred, _any):
        if hits := [node for node, thing in things.items() if step(thing, name)]:
            return _only(things, hits, kind, name)
    known = _known(kind, name)
    if hits := [node for node in known if node in things]:
        return _only(things, hits, kind, name)
    if hits := [node for node, thing in things.items() if _beginning(thing, name)]:
        return _only(things, hits, kind, name)
    what = f"no {kind} is called so in this graph"
    if known:
        listed = ", ".join(map(short, known))
        raise QueryError(what, where=name, remedy=f"the vocabulary knows it as {listed}, but no release here names it")
    near = _near(things, name)
    raise QueryError(
        what, where=name, remedy=f"did you mean {', '.join(near)}?" if near else "give a name as printed, or an id"
    )


def _only(things: Mapping[str, _Thing], hits: Iterable[str], kind: str, name: str) -> Found:
    """The one thing found.

    Raises:
        QueryError: There are several.
    """
    found = [Found(NamedNode(node), things[node].label) for node in sorted(hits)]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(each.words for each in found[:_FEW])
    more = f" and {len(found) - _FEW} more" if len(found) > _FEW else ""
    raise QueryError(f"several are called so: {listed}{more}", where=f"{kind} {name}", remedy="give one's id")


def _known(kind: str, name: str) -> tuple[str, ...]:
    """The things that the vocabulary knows by a name: a gene's symbol, a name that no release here prints."""
    from oncopact.lexicon import load

    paths = tuple(f"{path}/" for path in _PATHS[kind])
    return tuple(f"{ID}{key}" for key in load().lookup(name) if key.startswith(paths))


# ---------------------------------------------------------------- the things of a graph


@dataclass(frozen=True, slots=True)
class _Thing:
    label: str
    names: frozenset[str]


def _things(graph: Store, kind: str) -> dict[str, _Thing]:
    """All things of a kind, by IRI."""
    if kind == "payload family":
        nodes = {term.value for term in _objects(graph, str(OP.payloadFamily)) if isinstance(term, NamedNode)}
        names_of = {node: {concept_name(node), *_concepts().get(node, ())} for node in sorted(nodes)}
        return {
            node: _Thing(concept_name(node), frozenset({*found, *(f"{name}s" for name in found)}))
            for node, found in names_of.items()
        }
    props = (str(DCTERMS.title), str(DCTERMS.source)) if kind == "release" else sorted(NAME_PROPERTIES)
    starts = tuple(f"{ID}{path}/" for path in _PATHS[kind])
    names: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, set[str]] = defaultdict(set)
    for prop in props:
        for quad in graph.quads_for_pattern(None, NamedNode(prop), None, _DEFAULT):
            node = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
            if node.startswith(starts) and isinstance(quad.object, Literal):
                names[node].add(quad.object.value)
                if prop in (str(SKOS.prefLabel), str(DCTERMS.title)):
                    labels[node].add(quad.object.value)
    return {
        node: _Thing(min(labels[node], default=short(node)), frozenset(found)) for node, found in sorted(names.items())
    }


def concept_name(iri: str) -> str:
    """What records call a concept: 'licence fee', 'co-development'; 'other agreement' rather than 'other'.

    >>> concept_name(f"{ID}concept/payload-family/bh3-mimetic")
    'BH3 mimetic'
    """
    names = _concepts().get(iri, (iri.rpartition("/")[2].replace("-", " "),))
    return names[1] if names[0] == "other" and len(names) > 1 else names[0]


@cache
def _concepts() -> Mapping[str, tuple[str, ...]]:
    """The concepts of the ontology by IRI: their notation, then their labels."""
    found: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for quad in parse(path=str(folder("ontology") / "concepts.ttl"), format=RdfFormat.TURTLE):
        prop = quad.predicate.value
        if prop in (str(SKOS.notation), str(SKOS.prefLabel), str(SKOS.altLabel)) and isinstance(quad.object, Literal):
            found[str(getattr(quad.subject, "value", ""))].append((prop != str(SKOS.notation), quad.object.value))
    return MappingProxyType({node: tuple(name for _, name in sorted(names)) for node, names in found.items()})


def _objects(graph: Store, prop: str) -> Iterator[object]:
    for quad in graph.quads_for_pattern(None, NamedNode(prop), None, _DEFAULT):
        yield quad.object


# ---------------------------------------------------------------- ways to be called


def _as_id(name: str) -> tuple[str, ...]:
    wanted = name.strip().removeprefix("<").removesuffix(">")
    prefix, colon, tail = wanted.partition(":")
    forms = [wanted, f"{ID}{wanted}"]
    if colon and prefix in PREFIXES:
        forms.append(PREFIXES[prefix] + tail)
    return tuple(forms)


def _same(first: str, second: str) -> bool:
    return bool(compact(first)) and compact(first) == compact(second)


def _preferred(thing: _Thing, name: str) -> bool:
    return _same(thing.label, name)


def _any(thing: _Thing, name: str) -> bool:
    return any(_same(one, name) for one in thing.names)


def _bare(thing: _Thing, name: str) -> bool:
    return any(_same(fold_company(one), fold_company(name)) for one in thing.names)


def _beginning(thing: _Thing, name: str) -> bool:
    wanted = fold(name)
    return bool(wanted) and any(fold(one).startswith(f"{wanted} ") for one in thing.names)


def _near(things: Mapping[str, _Thing], name: str) -> tuple[str, ...]:
    """Labels of the things whose names are near, the nearest first."""
    folded: dict[str, str] = {}
    for thing in things.values():
        for one in sorted(thing.names):
            folded.setdefault(fold(one), thing.label)
    wanted = fold(name)
    close = get_close_matches(wanted, sorted(folded), n=_FEW, cutoff=0.72)
    inside = [one for one in sorted(folded) if len(wanted) > 2 and wanted in one]
    return _first(folded[one] for one in (*close, *inside))


def _first(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(labels))[:_FEW]
