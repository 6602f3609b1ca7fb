"""The user's word on identity: a table of what is the same, what is not, and what to call it.

The file is tab-separated in the manner of SSSOM, the Simple Standard for Sharing Ontological Mappings: a header line,
then one statement a line. Lines that begin with # are left out. Columns:

subject_id
    The thing spoken of, `company/immunogen`, `agreement/349ba4b318e26ad4`, or its IRI or prefixed name.
predicate_id
    `owl:sameAs` (or `same`), `owl:differentFrom` (or `different`), `skos:prefLabel` (or `preferred`).
object_id
    The other thing; for a preferred label empty.
object_label
    The preferred label.
comment
    Why; shown in explanations.

What else SSSOM allows (`mapping_justification`, `author_id`, …) may stand there and is not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from oncopact.errors import VocabularyError
from oncopact.namespaces import ID, PATHS, PREFIXES

__all__ = ["Curation", "Statement", "load", "parse"]


@dataclass(frozen=True, slots=True, order=True)
class Statement:
    """One line of a curation file.

    Attributes:
        subject: `company/immunogen`.
        relation: `same`, `different` or `preferred`.
        value: The other thing, or the preferred label.
        comment: The user's reason, or empty.
    """

    subject: str
    relation: str
    value: str
    comment: str = ""

    @property
    def words(self) -> str:
        """Why, for an explanation.

        >>> Statement("company/a", "same", "company/b", "Ann checked").words
        'the curation file says so: Ann checked'
        """
        return "the curation file says so" + (f": {self.comment}" if self.comment else "")


@dataclass(frozen=True, slots=True)
class Curation:
    """All statements, sorted, each once."""

    statements: tuple[Statement, ...] = ()

    def of(self, relation: str) -> tuple[Statement, ...]:
        """The statements of one relation."""
        return tuple(item for item in self.statements if item.relation == relation)

    def pairs(self, relation: str) -> dict[frozenset[str], Statement]:
        """What is said to be the same, or different, two by two."""
        return {frozenset((item.subject, item.value)): item for item in self.of(relation)}

    @property
    def things(self) -> frozenset[str]:
        """Everything that a statement speaks of."""
        both = {item.value for item in self.statements if item.relation != "preferred"}
        return frozenset({item.subject for item in self.statements} | both)

    def to_tsv(self) -> str:
        """The same as a file."""
        rows = [
            (item.subject, _PREDICATES[item.relation], "", item.value, item.comment)
            if item.relation == "preferred"
            else (item.subject, _PREDICATES[item.relation], item.value, "", item.comment)
            for item in self.statements
        ]
        return "".join("\t".join(row) + "\n" for row in [_COLUMNS, *rows])


_COLUMNS: Final = ("subject_id", "predicate_id", "object_id", "object_label", "comment")
_PREDICATES: Final = {"same": "owl:sameAs", "different": "owl:differentFrom", "preferred": "skos:prefLabel"}
_RELATIONS: Final = {
    **{predicate: relation for relation, predicate in _PREDICATES.items()},
    **{relation: relation for relation in _PREDICATES},
    "skos:exactMatch": "same",
}
_THING: Final = re.compile(r"(?P<path>[a-z]+)/[A-Za-z0-9][A-Za-z0-9._~-]*")


def load(path: Path) -> Curation:
    """The statements of a file.

    Raises:
        VocabularyError: It cannot be read or breaks the rules; `where` names file and line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"cannot be read: {error}", where=str(path), remedy="give a UTF-8 file") from error
    return parse(text, name=str(path))


def parse(text: str, *, name: str = "curation.tsv") -> Curation:
    r"""The statements of a file's text.

    Raises:
        VocabularyError: A column is missing, a predicate or an id unknown, or two lines contradict each other.

    >>> parse("subject_id\tpredicate_id\tobject_id\ncompany/a\tsame\tcompany/b\n").statements[0].relation
    'same'
    """
    rows = [
        (number, [cell.strip() for cell in line.split("\t")])
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]
    if not rows:
        return Curation()
    header = rows[0][1]
    missing = [column for column in _COLUMNS[:3] if column not in header]
    if missing:
        remedy = f"let the first line name {', '.join(_COLUMNS)}, parted by tabs"
        raise VocabularyError(f"the column {missing[0]} is missing", where=f"{name}:{rows[0][0]}", remedy=remedy)
    found = {_statement(dict(zip(header, cells, strict=False)), where=f"{name}:{number}") for number, cells in rows[1:]}
    made = Curation(tuple(sorted(found)))
    _consistent(made, name)
    return made


def _statement(row: dict[str, str], *, where: str) -> Statement:
    predicate = row.get("predicate_id", "")
    relation = _RELATIONS.get(predicate)
    if relation is None:
        remedy = f"use one of {', '.join(_PREDICATES.values())}"
        raise VocabularyError(f"unknown predicate {predicate!r}", where=where, remedy=remedy)
    subject = _thing(row.get("subject_id", ""), where)
    comment = row.get("comment", "")
    if relation == "preferred":
        label = row.get("object_label", "") or row.get("object_id", "")
        if not label:
            raise VocabularyError("the preferred label is missing", where=where, remedy="fill object_label")
        return Statement(subject, relation, label, comment)
    value = _thing(row.get("object_id", ""), where)
    if value == subject:
        raise VocabularyError("a thing is set against itself", where=where, remedy="name two things")
    one, two = sorted((subject, value))
    return Statement(one, relation, two, comment)


def _thing(cell: str, where: str) -> str:
    tail = cell.removeprefix(str(ID))
    prefix, colon, name = cell.partition(":")
    if colon and PREFIXES.get(prefix, "").startswith(str(ID)):
        tail = PREFIXES[prefix].removeprefix(str(ID)) + name
    match = _THING.fullmatch(tail)
    if not match or match["path"] not in PATHS.values():
        raise VocabularyError(f"{cell!r} is no id", where=where, remedy="give class and name, company/immunogen")
    return tail


def _consistent(curation: Curation, name: str) -> None:
    both = curation.pairs("same").keys() & curation.pairs("different").keys()
    if both:
        pair = " and ".join(min(sorted(item) for item in both))
        raise VocabularyError(f"{pair} are said to be both the same and different", where=name, remedy="keep one line")
    labels = [item.subject for item in curation.of("preferred")]
    twice = sorted({subject for subject in labels if labels.count(subject) > 1})
    if twice:
        raise VocabularyError(f"{twice[0]} has two preferred labels", where=name, remedy="keep one line")
