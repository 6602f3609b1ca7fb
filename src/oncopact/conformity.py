"""Does a graph conform to the shapes? A quick yes; whatever is not a plain yes is pySHACL's to judge.

The constraints are read from `shapes/*.ttl` and asked of plain dictionaries. A node that breaks one, or of which one
cannot be decided here (an unusual spelling of a date, a constraint that this file does not know), is doubtful, and then
`validate` asks pySHACL, whose word counts. So this can be wrong in one way only: slower than it might be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from oncopact.conformity_queries import Facts, Undecided, Unknown, Value, twin
from oncopact.errors import GraphError
from oncopact.resources import folder

__all__ = ["Verdict", "judge", "near"]

_SH: Final = "http://www.w3.org/ns/shacl#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TYPE: Final = f"{_RDF}type"
_SUBCLASS: Final = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_IN_SCHEME: Final = "http://www.w3.org/2004/02/skos/core#inScheme"
_OP: Final = "https://w3id.org/oncopact/ontology#"
_EVIDENCE: Final = f"{_OP}Evidence"
_VOCABULARY_GRAPH: Final = "https://w3id.org/oncopact/id/graph/vocabulary"
_COVERAGE: Final = "coverage.ttl"

Check: TypeAlias = Callable[[Facts, Value], bool]
"""Whether a focus node conforms to one shape; raises `Undecided` where only pySHACL can say."""

_Sources: TypeAlias = Mapping[str, Mapping[str, Sequence[Value]]]
_COUNTS: Final = frozenset({"minCount", "maxCount"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said without pySHACL.

    Attributes:
        coverage: Whether it was asked that facts have evidence.
        doubtful: The nodes on which there may be something to report, be it a warning; None where it may be any node.
    """

    coverage: bool
    doubtful: frozenset[str] | None

    @property
    def conforms(self) -> bool:
        """Whether there is nothing to report."""
        return self.doubtful is not None and not self.doubtful


def judge(quads: Iterable[Quad], *, coverage: bool | None = None) -> Verdict:
    """Find the nodes that may break the shapes.

    Args:
        quads: A graph's quads, as `KnowledgeGraph.quads`.
        coverage: As for `validate.validate`.
    """
    stated: dict[str, dict[str, list[Value]]] = {}
    vocabulary: list[Quad] = []
    named, plain = False, True
    for quad in quads:
        graph = quad.graph_name
        if type(graph) is NamedNode:
            if graph.value == _VOCABULARY_GRAPH:
                vocabulary.append(quad)
                continue
            named = True
        plain = _enter(stated, quad) and plain
    engine = _engine()
    covered = whole = Facts(stated, engine.above, engine.schemes)
    evidence = any(_EVIDENCE in props.get(_TYPE, ()) for props in stated.values())
    asked = (named or evidence) if coverage is None else coverage
    if vocabulary:
        everything = {node: {prop: [*values] for prop, values in props.items()} for node, props in stated.items()}
        for quad in vocabulary:
            plain = _enter(everything, quad) and plain
        whole = Facts(everything, engine.above, engine.schemes)
    try:
        doubtful = engine.forms.doubtful(whole) | (engine.coverage.doubtful(covered) if asked else set())
    except Unknown:
        plain = False
    return Verdict(asked, frozenset(doubtful) if plain else None)


def near(quads: Iterable[Quad], nodes: frozenset[str]) -> tuple[Quad, ...]:
    """The part of a graph that the shapes look at from some nodes: two steps, against the arrow to their evidence."""
    quads = tuple(quads)
    reached = {*nodes}
    for quad in quads:
        if quad.predicate.value in _FROM_EVIDENCE and _iri(quad.object) in nodes:
            reached.add(_iri(quad.subject))
    for _ in range(2):
        reached |= {_iri(quad.object) for quad in quads if _iri(quad.subject) in reached}
    return tuple(quad for quad in quads if _iri(quad.subject) in reached)


_FROM_EVIDENCE: Final = frozenset({f"{_OP}evidenceFor", f"{_OP}inRelease"})


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _enter(subjects: dict[str, dict[str, list[Value]]], quad: Quad) -> bool:
    """Add a quad's triple; False for what cannot be asked here: blank nodes, triple terms, new classes."""
    subject, predicate, value = quad.subject, quad.predicate.value, quad.object
    if type(subject) is not NamedNode or predicate == _SUBCLASS:
        return False
    entry: Value
    if type(value) is NamedNode:
        entry = value.value
    elif type(value) is Literal:
        entry = (value.value, value.datatype.value, value.language or "")
    else:
        return False
    props = subjects.get(subject.value)
    if props is None:
        props = subjects[subject.value] = {}
    values = props.get(predicate)
    if values is None:
        props[predicate] = [entry]
    elif entry not in values:
        values.append(entry)
    return True


# ---------------------------------------------------------------- what is asked


@dataclass(frozen=True, slots=True)
class _Path:
    """What the property shapes of one path ask together.

    Attributes:
        least, most: How many values there must and may be.
        tests: What each value must pass.
    """

    path: str
    least: int
    most: int | None
    tests: tuple[Check, ...]

    def holds(self, facts: Facts, props: Mapping[str, Sequence[Value]]) -> bool:
        values = props.get(self.path, ())
        if len(values) < self.least or (self.most is not None and len(values) > self.most):
            return False
        for value in values:
            for test in self.tests:
                if not test(facts, value):
                    return False
        return True


@dataclass(frozen=True, slots=True)
class _Plan:
    """All that is asked of nodes with the same classes and properties."""

    paths: tuple[_Path, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class _Shape:
    """A shape that has targets.

    Attributes:
        classes, subjects, objects: Its targets: classes, and properties whose subjects or objects it looks at.
        path: For a property shape without nested shapes its path, `least`, `most` and `tests`.
        check: For any other.
    """

    classes: frozenset[str]
    subjects: frozenset[str]
    objects: frozenset[str]
    path: _Path | None
    check: Check | None


class _Asked:
    """One set of shapes, ready to be asked. What is kept about nodes are plans, by classes and properties alone."""

    def __init__(self, shapes: Sequence[_Shape]) -> None:
        self._shapes = shapes
        self._plans: dict[tuple[frozenset[str], frozenset[str]], _Plan] = {}
        self._by_object = [(prop, shape) for shape in shapes for prop in sorted(shape.objects)]

    def doubtful(self, facts: Facts) -> set[str]:
        """The nodes that may not conform.

        Raises:
            Unknown: A shape asks what this file does not know.
        """
        found = {node for node, props in facts.subjects.items() if not self._holds(facts, node, props)}
        for prop, shape in self._by_object:
            found.update(
                value if type(value) is str else "" for value in facts.objects(prop) if not _ask(shape, facts, value)
            )
        return found

    def _holds(self, facts: Facts, node: str, props: Mapping[str, Sequence[Value]]) -> bool:
        key = (facts.classes(node), frozenset(props))
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self._plan(*key)
        try:
            for path in plan.paths:
                if not path.holds(facts, props):
                    return False
            for check in plan.checks:
                if not check(facts, node):
                    return False
        except Undecided:
            return False
        return True

    def _plan(self, classes: frozenset[str], properties: frozenset[str]) -> _Plan:
        paths: dict[str, _Path] = {}
        checks: list[Check] = []
        for shape in self._shapes:
            if not (shape.classes & classes or shape.subjects & properties):
                continue
            if shape.path is not None:
                old = paths.get(shape.path.path)
                paths[shape.path.path] = _both(old, shape.path) if old else shape.path
            elif shape.check is not None:
                checks.append(shape.check)
        return _Plan(tuple(paths.values()), tuple(checks))


def _both(one: _Path, other: _Path) -> _Path:
    most = [count for count in (one.most, other.most) if count is not None]
    tests = tuple(dict.fromkeys((*one.tests, *other.tests)))
    return _Path(one.path, max(one.least, other.least), min(most, default=None), tests)


def _ask(shape: _Shape, facts: Facts, focus: Value) -> bool:
    try:
        if shape.path is not None:
            return shape.path.holds(facts, facts.subjects.get(focus, {}) if type(focus) is str else {})
        return shape.check is None or shape.check(facts, focus)
    except Undecided:
        return False


@dataclass(frozen=True, slots=True)
class _Engine:
    """The shapes of form and of coverage, and what they need of the ontology.

    Attributes:
        above: For each class itself and all above it.
        schemes: For each concept its schemes.
    """

    forms: _Asked
    coverage: _Asked
    above: Mapping[str, frozenset[str]]
    schemes: Mapping[str, tuple[Value, ...]]


@cache
def _engine() -> _Engine:
    files = sorted(folder("shapes").glob("*.ttl"))
    forms = _read(file for file in files if file.name != _COVERAGE)
    coverage = _read(file for file in files if file.name == _COVERAGE)
    terms = _read(sorted(folder("ontology").glob("*.ttl")))
    direct = {
        node: [above for above in props[_SUBCLASS] if isinstance(above, str) and above.startswith(_OP)]
        for node, props in terms.items()
        if _SUBCLASS in props
    }
    schemes = {node: tuple(props[_IN_SCHEME]) for node, props in terms.items() if _IN_SCHEME in props}
    return _Engine(_Asked(_shapes(forms)), _Asked(_shapes(coverage)), _closure(direct), schemes)


def _closure(direct: Mapping[str, Sequence[str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for start in direct:
        reached, waiting = {start}, [start]
        while waiting:
            new = [above for above in direct.get(waiting.pop(), ()) if above not in reached]
            reached.update(new)
            waiting.extend(new)
        found[start] = frozenset(reached)
    return found


def _read(files: Iterable[object]) -> _Sources:
    """The triples of Turtle files; blank nodes go by their label in one file."""
    found: dict[str, dict[str, list[Value]]] = {}
    for number, file in enumerate(files):
        try:
            for quad in parse(path=str(file), format=RdfFormat.TURTLE):
                subject, value = quad.subject, quad.object
                entry: Value = (
                    (value.value, value.datatype.value, value.language or "")
                    if isinstance(value, Literal)
                    else value.value
                    if isinstance(value, NamedNode)
                    else f"_:{number}:{value}"
                )
                name = subject.value if isinstance(subject, NamedNode) else f"_:{number}:{subject}"
                found.setdefault(name, {}).setdefault(quad.predicate.value, []).append(entry)
        except (OSError, SyntaxError) as error:
            raise GraphError("cannot be read as Turtle", where=str(file), remedy="reinstall oncopact") from error
    return found


# ---------------------------------------------------------------- reading shapes

_TARGETS: Final = ("targetClass", "targetSubjectsOf", "targetObjectsOf")
_SILENT: Final = frozenset({"message", "severity", "name", "description", "path", *_TARGETS})
"""Parameters that constrain nothing. A warning counts like a violation here: it has to be reported."""


def _shapes(source: _Sources) -> tuple[_Shape, ...]:
    found = []
    for node in sorted(source):
        classes, subjects, objects = (frozenset(_iris(source, node, f"{_SH}{name}")) for name in _TARGETS)
        if classes or subjects or objects:
            path = _plain_path(source, node)
            found.append(_Shape(classes, subjects, objects, path, None if path else _shape(source, node)))
    return tuple(found)


def _iris(source: _Sources, node: str, prop: str) -> list[str]:
    return [value for value in source.get(node, {}).get(prop, ()) if isinstance(value, str)]


def _plain_path(source: _Sources, node: str) -> _Path | None:
    """A property shape over one property that no other constraint than on its values needs the focus for."""
    paths = _iris(source, node, f"{_SH}path")
    if not paths or paths[0].startswith("_:") or any(_SH + name in source[node] for name in _OF_FOCUS - _COUNTS):
        return None
    least, most = _counts(source, node)
    return _Path(paths[0], least, most, tuple(_tests(source, node)))


def _counts(source: _Sources, node: str) -> tuple[int, int | None]:
    least = _number(source, node, "minCount")
    return least or 0, _number(source, node, "maxCount")


def _number(source: _Sources, node: str, name: str) -> int | None:
    values = source[node].get(_SH + name, ())
    return int(values[0][0]) if values else None


@cache
def _unknown(name: str) -> Check:
    """A constraint that this file does not know."""

    def check(facts: Facts, value: Value) -> bool:
        del facts, value
        raise Unknown(name)

    return check


def _shape(source: _Sources, node: str) -> Check:
    """The whole of a shape, for one focus node."""
    paths = _iris(source, node, f"{_SH}path")
    tests = tuple(_tests(source, node))
    has = tuple(source[node].get(f"{_SH}hasValue", ()))
    if not paths:
        return lambda facts, focus: all(focus == value for value in has) and all(test(facts, focus) for test in tests)
    inverse = _iris(source, paths[0], f"{_SH}inversePath") if paths[0].startswith("_:") else []
    if paths[0].startswith("_:") and not inverse:
        return _unknown("path")
    least, most = _counts(source, node)
    disjoint = _iris(source, node, f"{_SH}disjoint")
    qualified = _qualified(source, node)

    def check(facts: Facts, focus: Value) -> bool:
        values = facts.pointing(inverse[0], focus) if inverse else facts.values(focus, paths[0])
        return (
            len(values) >= least
            and (most is None or len(values) <= most)
            and all(value in values for value in has)
            and all(test(facts, value) for value in values for test in tests)
            and not any(value in facts.values(focus, other) for other in disjoint for value in values)
            and (qualified is None or sum(qualified[0](facts, value) for value in values) >= qualified[1])
        )

    return check


def _qualified(source: _Sources, node: str) -> tuple[Check, int] | None:
    shapes = _iris(source, node, f"{_SH}qualifiedValueShape")
    return (_shape(source, shapes[0]), _number(source, node, "qualifiedMinCount") or 0) if shapes else None


_OF_FOCUS: Final = frozenset(
    {"minCount", "maxCount", "disjoint", "hasValue", "qualifiedValueShape", "qualifiedMinCount"}
)


def _tests(source: _Sources, node: str) -> Iterable[Check]:
    """What a shape asks of each value (of a node shape: of the focus node)."""
    for prop, values in sorted(source[node].items()):
        name = prop.removeprefix(_SH)
        if prop == _TYPE or name in _SILENT or name in _OF_FOCUS:
            continue
        make = _MAKERS.get(name) if prop.startswith(_SH) else None
        for value in values:
            yield make(source, value) if make else _unknown(name)


# ---------------------------------------------------------------- constraints

_LEXICAL: Final = {
    f"{_XSD}string": re.compile(r".*", re.DOTALL),
    f"{_XSD}boolean": re.compile(r"true|false"),
    f"{_XSD}integer": re.compile(r"-?(?:0|[1-9][0-9]*)"),
    f"{_XSD}decimal": re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"),
    f"{_XSD}date": re.compile(r"[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"),
    f"{_XSD}gYearMonth": re.compile(r"[1-9][0-9]{3}-(?:0[1-9]|1[0-2])"),
    f"{_XSD}gYear": re.compile(r"[1-9][0-9]{3}"),
}
"""Spellings that are well formed beyond doubt; what matches none is looked at again, or left to pySHACL."""


def _is_day(text: str) -> bool:
    """Whether a date after the 28th is in the calendar."""
    try:
        return _DAY.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


_DAY: Final = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}")


def _datatype(source: _Sources, wanted: Value) -> Check:
    del source
    pattern = _LEXICAL.get(wanted) if isinstance(wanted, str) else None
    if pattern is None:
        return _unknown("datatype")
    anything, dates = wanted == f"{_XSD}string", wanted == f"{_XSD}date"

    def test(facts: Facts, value: Value) -> bool:
        del facts
        if type(value) is str or value[1] != wanted:
            return False
        if anything or pattern.fullmatch(value[0]) or (dates and _is_day(value[0])):
            return True
        raise Undecided(value[0])

    return test


def _class(source: _Sources, wanted: Value) -> Check:
    del source

    def test(facts: Facts, value: Value) -> bool:
        return type(value) is str and wanted in facts.classes(value)

    return test


def _node_kind(source: _Sources, wanted: Value) -> Check:
    del source
    return _is_iri if wanted == f"{_SH}IRI" else _unknown("nodeKind")


def _is_iri(facts: Facts, value: Value) -> bool:
    del facts
    return type(value) is str


def _pattern(source: _Sources, wanted: Value) -> Check:
    del source
    search = re.compile(wanted[0]).search

    def test(facts: Facts, value: Value) -> bool:
        del facts
        return search(value if type(value) is str else value[0]) is not None

    return test


def _length(source: _Sources, wanted: Value, *, least: bool) -> Check:
    del source
    limit = int(wanted[0])

    def test(facts: Facts, value: Value) -> bool:
        del facts
        size = len(value if type(value) is str else value[0])
        return size >= limit if least else size <= limit

    return test


def _bound(source: _Sources, wanted: Value, holds: Callable[[Decimal, Decimal], bool]) -> Check:
    del source
    limit = Decimal(wanted[0])
    number = _LEXICAL[f"{_XSD}decimal"]

    def test(facts: Facts, value: Value) -> bool:
        del facts
        if type(value) is str or value[1] not in (f"{_XSD}decimal", f"{_XSD}integer") or not number.fullmatch(value[0]):
            raise Undecided(str(value))
        return holds(Decimal(value[0]), limit)

    return test


def _list(source: _Sources, head: Value) -> list[Value]:
    found: list[Value] = []
    while isinstance(head, str) and head != f"{_RDF}nil":
        found.append(source[head][f"{_RDF}first"][0])
        head = source[head][f"{_RDF}rest"][0]
    return found


def _in(source: _Sources, head: Value) -> Check:
    members = frozenset(_list(source, head))

    def test(facts: Facts, value: Value) -> bool:
        del facts
        return value in members

    return test


def _of(source: _Sources, value: Value) -> Check:
    return _shape(source, value) if isinstance(value, str) and value in source else _unknown("shape")


def _not(source: _Sources, value: Value) -> Check:
    check = _of(source, value)
    return lambda facts, focus: not check(facts, focus)


def _several(source: _Sources, head: Value, *, one: bool) -> Check:
    checks = tuple(_of(source, value) for value in _list(source, head))

    def test(facts: Facts, focus: Value) -> bool:
        held = sum(check(facts, focus) for check in checks)
        return held == 1 if one else held > 0

    return test


def _sparql(source: _Sources, constraint: Value) -> Check:
    queries = source.get(constraint, {}).get(f"{_SH}select", ()) if isinstance(constraint, str) else ()
    found = twin(constraint.rpartition("#")[2], queries[0][0]) if queries and isinstance(constraint, str) else None
    return found or _unknown("sparql")


_MAKERS: Final[Mapping[str, Callable[[_Sources, Value], Check]]] = {
    "class": _class,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "pattern": _pattern,
    "minLength": lambda source, value: _length(source, value, least=True),
    "maxLength": lambda source, value: _length(source, value, least=False),
    "minExclusive": lambda source, value: _bound(source, value, lambda number, limit: number > limit),
    "minInclusive": lambda source, value: _bound(source, value, lambda number, limit: number >= limit),
    "maxInclusive": lambda source, value: _bound(source, value, lambda number, limit: number <= limit),
    "in": _in,
    "node": _of,
    "property": _of,
    "not": _not,
    "or": lambda source, value: _several(source, value, one=False),
    "xone": lambda source, value: _several(source, value, one=True),
    "sparql": _sparql,
}
