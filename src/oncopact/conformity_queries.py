"""The shapes' SPARQL constraints, answered from dictionaries: a twin in Python for each query.

A twin belongs to one wording of its query. When the query in `shapes/` changes, its digest differs, the twin is not
used, and the nodes concerned are left to pySHACL until someone has looked at both; a test says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Final, TypeAlias

__all__ = ["TWINS", "Facts", "Undecided", "Unknown", "Value", "digest", "twin"]

Value: TypeAlias = str | tuple[str, str, str]
"""An IRI, or a literal's text, datatype and language."""

_OP: Final = "https://w3id.org/oncopact/ontology#"
_DCTERMS: Final = "http://purl.org/dc/terms/"
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_IN_SCHEME: Final = f"{_SKOS}inScheme"


class Undecided(Exception):  # noqa: N818  (no error: pySHACL is asked then)
    """Only pySHACL can say whether a node conforms."""


class Unknown(Exception):  # noqa: N818
    """A shape asks what only pySHACL knows how to ask."""


class Facts:
    """A graph's triples, each once.

    Args:
        subjects: Subject to property to values.
        above: For each class itself and all above it.
        schemes: For each concept of the ontology its schemes.

    Attributes:
        subjects: As given.
    """

    __slots__ = ("_above", "_classes", "_inverse", "_schemes", "subjects")

    def __init__(
        self,
        subjects: Mapping[str, Mapping[str, Sequence[Value]]],
        above: Mapping[str, frozenset[str]],
        schemes: Mapping[str, Sequence[Value]],
    ) -> None:
        self.subjects = subjects
        self._above, self._schemes = above, schemes
        self._classes: dict[tuple[Value, ...], frozenset[str]] = {}
        self._inverse: dict[str, dict[Value, list[str]]] = {}

    def values(self, focus: Value, prop: str) -> Sequence[Value]:
        """What is said of a node by one property."""
        if type(focus) is not str:
            return ()
        found = self.subjects.get(focus, {}).get(prop, ())
        if prop == _IN_SCHEME and focus in self._schemes:
            return (*found, *(scheme for scheme in self._schemes[focus] if scheme not in found))
        return found

    def classes(self, node: str) -> frozenset[str]:
        """The classes of a node with all above them."""
        types = tuple(self.subjects.get(node, {}).get(_TYPE, ()))
        found = self._classes.get(types)
        if found is None:
            found = self._classes[types] = frozenset(
                above for kind in types if type(kind) is str for above in self._above.get(kind, {kind})
            )
        return found

    def pointing(self, prop: str, value: Value) -> Sequence[str]:
        """The nodes of which one property has this value."""
        return self._by_object(prop).get(value, ())

    def objects(self, prop: str) -> Sequence[Value]:
        """All values of a property."""
        return tuple(self._by_object(prop))

    def _by_object(self, prop: str) -> Mapping[Value, Sequence[str]]:
        found = self._inverse.get(prop)
        if found is None:
            found = self._inverse[prop] = {}
            for subject, props in self.subjects.items():
                for value in props.get(prop, ()):
                    found.setdefault(value, []).append(subject)
        return found


_Twin: TypeAlias = Callable[[Facts, Value], bool]
"""Whether the query finds nothing for a focus node."""


def digest(query: str) -> str:
    """What tells one wording of a query from another; blanks count for nothing."""
    return hashlib.sha256(" ".join(query.split()).encode()).hexdigest()[:12]


def twin(name: str, query: str) -> _Twin | None:
    """The twin of a constraint, where there is one for just this query."""
    wording, found = TWINS.get(name, ("", None))
    return found if wording == digest(query) else None


# ---------------------------------------------------------------- values


def _text(value: Value) -> str:
    """`str(?value)`."""
    return value if type(value) is str else value[0]


def _string(value: Value) -> str:
    """The text of a plain string, the only kind of literal that is compared as one here."""
    if type(value) is str or value[1] != f"{_XSD}string":
        raise Undecided(str(value))
    return value[0]


def _boolean(value: Value) -> bool:
    if type(value) is str or value[1] != f"{_XSD}boolean" or value[0] not in ("true", "false"):
        raise Undecided(str(value))
    return value[0] == "true"


def _integer(value: Value) -> int:
    text = _text(value)
    if not (text.isascii() and text.removeprefix("-").isdigit()):
        raise Undecided(text)
    return int(text)


def _decimal(value: Value) -> Decimal:
    text = _text(value)
    whole, _, part = text.removeprefix("-").partition(".")
    if not (text.isascii() and whole.isdigit() and (not part or part.isdigit())):
        raise Undecided(text)
    return Decimal(text)


# ---------------------------------------------------------------- twins


def _bounds_order(facts: Facts, focus: Value) -> bool:
    latest = facts.values(focus, f"{_OP}latest")
    return all(_text(first) <= _text(last) for first in facts.values(focus, f"{_OP}earliest") for last in latest)


_DATES: Final = (f"{_OP}signedOn", f"{_OP}date", f"{_DCTERMS}issued")


def _bounds_fit(facts: Facts, focus: Value) -> bool:
    bounds = [bound for prop in (f"{_OP}earliest", f"{_OP}latest") for bound in facts.values(focus, prop)]
    for prop in _DATES:
        for value in facts.values(focus, prop):
            if type(value) is str:
                raise Undecided(value)
            if value[1] != f"{_XSD}string" and not all(_text(bound).startswith(value[0]) for bound in bounds):
                return False
    return True


_OF_OTHERS: Final = (
    f"{_OP}acquiredBy",
    f"{_OP}partOfGroup",
    f"{_OP}derivativeOf",
    f"{_OP}partOf",
    f"{_SKOS}broader",
)


def _not_itself(facts: Facts, focus: Value) -> bool:
    return not any(focus in facts.values(focus, prop) for prop in _OF_OTHERS)


def _roles_are_parties(facts: Facts, focus: Value) -> bool:
    parties = facts.values(focus, f"{_OP}party")
    return all(side in parties for name in ("licensor", "licensee") for side in facts.values(focus, _OP + name))


def _percentage_order(facts: Facts, focus: Value) -> bool:
    upper = facts.values(focus, f"{_OP}maximumPercentage")
    lower = facts.values(focus, f"{_OP}minimumPercentage")
    return all(_decimal(low) <= _decimal(high) for low in lower for high in upper)


def _evidence_order(facts: Facts, focus: Value) -> bool:
    return all(
        _integer(end) > _integer(start)
        for item in facts.pointing(f"{_OP}inRelease", focus)
        for start, end in product(facts.values(item, f"{_OP}start"), facts.values(item, f"{_OP}end"))
    )


def _quote_length(facts: Facts, focus: Value) -> bool:
    for item in facts.pointing(f"{_OP}inRelease", focus):
        for start, end in product(facts.values(item, f"{_OP}start"), facts.values(item, f"{_OP}end")):
            length = _integer(end) - _integer(start)
            if length > 0 and any(length != len(_string(quote)) for quote in facts.values(item, f"{_OP}quote")):
                return False
    return True


_COVERED: Final = tuple(
    f"{_OP}{name}"
    for name in (
        "hasAntibody hasPayload bindsTarget linker usesTechnology developedBy derivativeOf ownedBy deliversPayload "
        "party licensor licensee"
    ).split()
)


def _relation_evidence(facts: Facts, focus: Value) -> bool:
    supported = {
        (prop, value)
        for item in facts.pointing(f"{_OP}evidenceFor", focus)
        for prop in facts.values(item, f"{_OP}evidenceProperty")
        for value in facts.values(item, f"{_OP}evidenceValue")
    }
    return all((prop, value) in supported for prop in _COVERED for value in facts.values(focus, prop))


def _evidence_has_fact(facts: Facts, focus: Value) -> bool:
    return all(_has_fact(facts, item) for item in facts.pointing(f"{_OP}inRelease", focus))


def _has_fact(facts: Facts, item: str) -> bool:
    said = facts.subjects[item]
    props = said.get(f"{_OP}evidenceProperty", ())
    if not props:
        return True
    asserted = any(_string(value) == "asserted" for value in said.get(f"{_OP}modality", ()))
    affirmed = any(not _boolean(value) for value in said.get(f"{_OP}negated", ()))
    based = any(_string(value) != "vocabulary" for value in said.get(f"{_OP}basis", ()))
    if not (asserted and affirmed and based):
        return True
    return all(
        type(prop) is str and value in facts.values(subject, prop)
        for subject in said.get(f"{_OP}evidenceFor", ())
        for prop in props
        for value in said.get(f"{_OP}evidenceValue", ())
    )


def _achieved_before_release(facts: Facts, focus: Value) -> bool:
    if ("achieved", f"{_XSD}string", "") not in facts.values(focus, f"{_OP}status"):
        return True
    issued = [
        _text(day)
        for item in facts.pointing(f"{_OP}evidenceFor", focus)
        if any(_string(value) == "asserted" for value in facts.values(item, f"{_OP}modality"))
        for release in facts.values(item, f"{_OP}inRelease")
        for day in facts.values(release, f"{_OP}latest")
    ]
    return all(_text(first) <= day for first in facts.values(focus, f"{_OP}earliest") for day in issued)


TWINS: Final[Mapping[str, tuple[str, _Twin]]] = {
    "bounds-order": ("25d46ecf4964", _bounds_order),
    "bounds-fit": ("8104fc9d473a", _bounds_fit),
    "not-itself": ("67882e4b227a", _not_itself),
    "Agreement-roles-are-parties": ("6843bd29511c", _roles_are_parties),
    "Payment-percentage-order": ("6245fccd0126", _percentage_order),
    "Evidence-order": ("b602791dc684", _evidence_order),
    "Evidence-quote-length": ("ddc4e332ae4e", _quote_length),
    "relation-evidence": ("547fb26a1b84", _relation_evidence),
    "evidence-has-fact": ("43587f77b6ef", _evidence_has_fact),
    "achieved-before-release": ("5a0a113de9ea", _achieved_before_release),
}
"""Constraint to the digest of its query and its twin."""
