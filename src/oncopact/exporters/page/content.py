"""What the page's script is given: nodes with their facts, evidence, edges and places, as plain JSON values.

Rows are lists, to be short; `assets/data.js` names their parts, and is the only reader. Numbers point into the lists
beside them: a node by its position in `nodes`, an evidence by its position in `evidence`, and so on. Offsets count code
points.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode

from oncopact.explain import sameness
from oncopact.exporters.page.frame import DRAWN, SHOWN, Frame, Json, inverse_label, one_line, plural, property_label
from oncopact.exporters.page.places import places
from oncopact.exporters.page.tables import happenings, tables
from oncopact.graph_view import short
from oncopact.labels import amount, describe, notation
from oncopact.model import SectionKind
from oncopact.namespaces import DCTERMS, OP, RDF, SKOS, XSD, compact
from oncopact.rules import rules

_NAMED: Final = frozenset({OP.Company, OP.Institution})
"""The classes of those who deal."""


def content(frame: Frame, *, title: str, version: str, texts: Collection[str]) -> dict[str, Json]:
    """All of the page's data but the releases' texts.

    Args:
        frame: The graph.
        title: What to call the page.
        version: Of oncopact.
        texts: The IRIs of the releases whose texts the page has; the quotes of others stand with their evidence.
    """
    named_rules = sorted({seen.rule for seen in frame.evidence})
    sections = [kind.value for kind in SectionKind]
    words = {rule.name: rule.description for rule in rules()}
    lists = tables(frame)
    told, lines = happenings(frame)
    years = _years(frame)
    drawn = [iri for iri in frame.nodes if frame.view.class_name(iri) in _DRAWN]
    edges = sorted(_edges(frame, drawn))
    deals = sorted(_deals(frame))
    network = _places(frame, drawn, [(start, end) for start, end, *_ in edges])
    dealers = [iri for iri in drawn if frame.view.class_name(iri) in _DEALING]
    partners = _places(frame, dealers, [(start, end) for start, end, *_ in deals])
    return {
        "title": title,
        "version": version,
        "classes": [[kind, plural(kind)] for kind in _SHOWN],
        "properties": [[compact(prop), property_label(prop), inverse_label(prop)] for prop in frame.properties],
        "rules": [[name, words.get(name, "")] for name in named_rules],
        "sections": list(sections),
        "releases": [_release(frame, iri, iri in texts) for iri in frame.releases],
        "nodes": [_node(frame, iri, years[iri], network.get(iri), partners.get(iri)) for iri in frame.nodes],
        "evidence": list(_evidence(frame, named_rules, sections, texts)),
        "edges": [list(edge) for edge in edges],
        "deals": [list(deal) for deal in deals],
        "tables": lists,
        "happenings": told,
        "timelines": lines,
    }


_SHOWN: Final = tuple(str(kind).removeprefix(str(OP)) for kind in SHOWN)
_DRAWN: Final = frozenset(str(kind).removeprefix(str(OP)) for kind in DRAWN)
_DEALING: Final = frozenset(str(kind).removeprefix(str(OP)) for kind in _NAMED)


# ---------------------------------------------------------------- nodes


def _release(frame: Frame, iri: str, has_text: bool) -> Json:
    """[node, id, date issued, file, whether its text is here]."""
    view = frame.view
    issued = view.value(iri, DCTERMS.issued) or ""
    return [
        frame.number[iri],
        short(iri).partition("/")[2],
        issued,
        view.value(iri, DCTERMS.source) or "",
        has_text,
    ]


def _node(frame: Frame, iri: str, years: Iterable[int], place: Json, partner_place: Json) -> Json:
    """[id, class, label, short label, years, place, place among those who deal, evidence, facts, the same things]."""
    return [
        short(iri),
        _SHOWN.index(frame.view.class_name(iri)),
        describe(frame.view, iri),
        _short_label(frame, iri),
        [*years],
        place,
        partner_place,
        [*frame.grounds(iri)],
        [*_facts(frame, iri)],
        [[same.certain, same.other, same.rule, same.words] for same in sameness(frame.view, iri)],
    ]


def _short_label(frame: Frame, iri: str) -> str:
    """What stands beside the node in the drawing."""
    view = frame.view
    match view.class_name(iri):
        case "Agreement":
            kind = notation(view.value(iri, OP.agreementKind) or "other")
            words = "agreement" if kind == "other" else kind
        case "Payment":
            words = amount(view, iri)
            if words == "undisclosed":
                words = notation(view.value(iri, OP.paymentKind) or "payment")
        case "Milestone":
            words = view.value(iri, OP.milestoneEvent) or "milestone"
        case _:
            words = view.label(iri)
    return one_line(words, 36)


def _facts(frame: Frame, iri: str) -> Iterator[Json]:
    """[property, a node's number or words, the object in Turtle, evidence, whether only the vocabulary knows]."""
    facts = [(prop, term) for prop, term in frame.view.facts(iri) if prop != str(RDF.type)]
    for prop, term in sorted(facts, key=lambda fact: fact[0] != str(SKOS.prefLabel)):
        node = frame.number.get(term.value) if isinstance(term, NamedNode) else None
        known = (NamedNode(iri), NamedNode(prop), term) not in frame.stated
        grounds: list[Json] = [*frame.grounds(iri, prop, term.value)]
        words: Json = notation(term.value) if node is None else node
        yield [frame.properties[prop], words, turtle_term(term) if node is None else "", grounds, known]


def turtle_term(term: NamedNode | Literal) -> str:
    """A value as Turtle writes it.

    >>> turtle_term(Literal("2001-11", datatype=NamedNode(str(XSD.gYearMonth))))
    '"2001-11"^^xsd:gYearMonth'
    """
    if isinstance(term, NamedNode):
        return compact(term.value)
    words = str(Literal(term.value))
    if term.language:
        return f"{words}@{term.language}"
    plain = term.datatype.value == str(XSD.string)
    return words if plain else f"{words}^^{compact(term.datatype.value)}"


def _evidence(frame: Frame, named_rules: list[str], sections: list[str], texts: Collection[str]) -> Iterator[Json]:
    """[release, start, end, rule, section, basis, modality, negated, id, node, property, value, quote].

    `property` is -1 where the node itself is stated; `value` is a node's number or words; `quote` stands only where
    the page has not the release's text.
    """
    releases = {iri: at for at, iri in enumerate(frame.releases)}
    ruled = {name: at for at, name in enumerate(named_rules)}
    for seen in frame.evidence:
        yield [
            releases[seen.release],
            seen.start,
            seen.end,
            ruled[seen.rule],
            sections.index(seen.section) if seen.section in sections else -1,
            seen.basis,
            seen.modality,
            seen.negated,
            short(seen.iri).partition("/")[2],
            frame.number[seen.subject],
            frame.properties.get(seen.property, -1),
            frame.number.get(seen.value, notation(seen.value)),
            "" if seen.release in texts else seen.quote,
        ]


# ---------------------------------------------------------------- time


def _years(frame: Frame) -> Mapping[str, Iterable[int]]:
    """The years of each node: its own where it has a date, else those of the releases that speak of it.

    Things also have those of the agreements, milestones and payments that lead to them.
    """
    own = {iri: _own_years(frame, iri) for iri in frame.nodes}
    found = {iri: set(years) for iri, years in own.items()}
    dated = (str(OP.Agreement), str(OP.Milestone), str(OP.Payment))
    for kind in dated:
        for iri in frame.view.instances(kind):
            for at in {number for prop, _ in frame.view.facts(iri) for number in frame.numbers(iri, prop)}:
                found[frame.nodes[at]] |= own[iri]
    return {iri: sorted(years) for iri, years in found.items()}


def _own_years(frame: Frame, iri: str) -> frozenset[int]:
    view = frame.view
    if view.class_name(iri) in ("Agreement", "Milestone", "Payment", "AgreementEvent", "Release"):
        bounds = [*view.values(iri, OP.earliest), *view.values(iri, OP.latest)]
        if bounds:
            years = [int(day[:4]) for day in bounds]
            return frozenset(range(min(years), max(years) + 1))
    releases = {frame.evidence[at].release for at in frame.about.get(iri, ())}
    return frozenset(int(day[:4]) for release in releases if (day := view.value(release, OP.latest)))


# ---------------------------------------------------------------- edges


def _edges(frame: Frame, drawn: Iterable[str]) -> Iterator[tuple[int, int, int, bool]]:
    """Edges between things: start, end, property, whether only the vocabulary knows.

    A party that is licensor or licensee has only that edge.
    """
    shown = frozenset(drawn)
    for iri in shown:
        view = frame.view
        sided = {*view.values(iri, OP.licensor), *view.values(iri, OP.licensee)}
        for prop, term in view.facts(iri):
            if term.value not in shown or not isinstance(term, NamedNode) or term.value == iri:
                continue
            if prop == str(OP.party) and term.value in sided:
                continue
            known = (NamedNode(iri), NamedNode(prop), term) not in frame.stated
            yield frame.number[iri], frame.number[term.value], frame.properties[prop], known


def _deals(frame: Frame) -> Iterator[tuple[int, int, int, bool]]:
    """Edges between those who deal: start, end, the agreement or payment, whether it has a direction."""
    view = frame.view
    joined: set[frozenset[int]] = set()
    for iri in view.instances(OP.Agreement):
        givers, takers = frame.numbers(iri, OP.licensor), frame.numbers(iri, OP.licensee)
        parties = frame.numbers(iri, OP.party)
        pairs = {(giver, taker, True) for giver in givers for taker in takers}
        if not pairs:
            pairs = {(min(a, b), max(a, b), False) for a in parties for b in parties}
        for start, end, directed in pairs:
            if start != end:
                joined.add(frozenset((start, end)))
                yield start, end, frame.number[iri], directed
    for iri in view.instances(OP.Payment):
        for payer in frame.numbers(iri, OP.payer):
            for payee in frame.numbers(iri, OP.payee):
                if payer != payee and frozenset((payer, payee)) not in joined:
                    yield payer, payee, frame.number[iri], True


def _places(frame: Frame, shown: Iterable[str], pairs: Iterable[tuple[int, int]]) -> dict[str, Json]:
    named = [(frame.nodes[start], frame.nodes[end]) for start, end in pairs]
    return {iri: [*place] for iri, place in places(list(shown), named).items()}
