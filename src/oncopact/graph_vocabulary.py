"""What only the vocabulary knows of the things in use: identifiers, owners, families, targets. A graph of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import Quad

from oncopact.graph import CLASS_OF, in_order
from oncopact.graph_terms import Term, entity, node, text
from oncopact.lexicon import (
    AntibodyEntry,
    CompanyEntry,
    ConjugateEntry,
    Entry,
    Lexicon,
    PayloadEntry,
    TargetEntry,
    TechnologyEntry,
)
from oncopact.namespaces import OP, RDF, SKOS, VOCABULARY_GRAPH, payload_family


def vocabulary_quads(keys: Iterable[str], lexicon: Lexicon) -> tuple[Quad, ...]:
    """The vocabulary's facts on the things of these keys, sorted; keys that it does not list give nothing.

    The releases' own graphs type and label these things; what a fact points at is typed and labelled here, so that no
    link leads nowhere. What is known of several things is the union of what is known of each.
    """
    graph = node(VOCABULARY_GRAPH)
    used = {key for key in keys if key in lexicon}
    quads: set[Quad] = set()
    for key in sorted(used):
        entry = lexicon.entry(key)
        facts = [*_names(entry), *_links(entry, lexicon)]
        quads |= {Quad(entity(key), node(prop), value, graph) for prop, value in facts}
        for other in _neighbours(entry, lexicon):
            quads |= {Quad(entity(other.key), node(prop), value, graph) for prop, value in _itself(other)}
    return in_order(quads)


def _itself(entry: Entry) -> Iterator[tuple[str, Term]]:
    yield RDF.type, node(CLASS_OF[entry.kind])
    yield SKOS.prefLabel, text(entry.label)


def _names(entry: Entry) -> Iterator[tuple[str, Term]]:
    columns: list[tuple[str, Sequence[str]]] = [(SKOS.altLabel, (*entry.aliases, *entry.weak_aliases))]
    if isinstance(entry, AntibodyEntry | ConjugateEntry):
        columns += [(OP.codeName, entry.codes), (SKOS.altLabel, (entry.inn,) if entry.inn else ())]
        columns += [(OP.brandName if isinstance(entry, ConjugateEntry) else SKOS.altLabel, entry.brands)]
    if isinstance(entry, CompanyEntry):
        columns += [(OP.formerName, entry.former_names), (OP.ticker, entry.tickers), (OP.cik, entry.cik)]
    for prop, names in columns:
        for name in names:
            if prop != SKOS.altLabel or name != entry.label:
                yield prop, text(name)
    for iri in entry.exact_matches:
        yield SKOS.exactMatch, node(iri)


def _references(entry: Entry) -> Iterator[tuple[str, Iterable[str | None]]]:
    """The properties of an entry that hold keys."""
    match entry:
        case CompanyEntry():
            yield OP.acquiredBy, (entry.acquired_by,)
            yield OP.partOfGroup, (entry.group,)
        case TargetEntry():
            yield SKOS.broader, entry.broader
        case PayloadEntry():
            yield OP.derivativeOf, (entry.derivative_of,)
        case TechnologyEntry():
            yield OP.ownedBy, (*entry.owners, *entry.later_owners)
            yield OP.deliversPayload, entry.payloads
        case AntibodyEntry():
            yield OP.bindsTarget, entry.targets
            yield OP.developedBy, entry.developers
        case ConjugateEntry():
            yield OP.hasAntibody, (entry.antibody,)
            yield OP.hasPayload, (entry.payload,)
            yield OP.bindsTarget, entry.targets
            yield OP.usesTechnology, (entry.technology,)
            yield OP.developedBy, entry.developers
        case _:
            return


def _links(entry: Entry, lexicon: Lexicon) -> Iterator[tuple[str, Term]]:
    for prop, keys in _references(entry):
        for key in keys:
            if key and key in lexicon and key != entry.key:
                yield prop, entity(key)
    if isinstance(entry, PayloadEntry) and entry.family in lexicon.families:
        yield OP.payloadFamily, node(payload_family(lexicon.families[entry.family].label))
    if isinstance(entry, ConjugateEntry) and entry.linker:
        yield OP.linker, text(entry.linker)


def _neighbours(entry: Entry, lexicon: Lexicon) -> Iterator[Entry]:
    for _, keys in _references(entry):
        yield from (lexicon.entry(key) for key in keys if key and key in lexicon)
