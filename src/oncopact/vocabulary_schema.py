"""What each of the vocabulary's files may hold: its columns and what their cells look like, as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

KEY = r"[a-z]+/[a-z0-9]+(?:-[a-z0-9]+)*"
PREFIXES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {  # prefix: what its ids look like, and the IRI's part before the id
        "hgnc": ("https://identifiers.org/hgnc:", r"\d+"),
        "uniprot": ("http://purl.uniprot.org/uniprot/", r"[A-Z0-9]{6,10}"),
        "chebi": ("http://purl.obolibrary.org/obo/CHEBI_", r"\d+"),
        "ncit": ("http://purl.obolibrary.org/obo/NCIT_", r"C\d+"),
        "mesh": ("http://id.nlm.nih.gov/mesh/", r"[A-Z]\d+"),
        "wikidata": ("http://www.wikidata.org/entity/", r"Q\d+"),
    }
)
STATUSES = ("verified", "single-source", "unchecked")
"""How far a row is checked: by two sources or a registry's own id, by one source, not yet."""


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells of one column hold.

    Attributes:
        name: As the header writes it.
        many: Whether a cell is a list.
        required: Whether a cell must not be empty.
        naming: Whether its items are names of the row's thing that running text may use.
        refers: The classes of the keys that it holds; empty for other text.
        pattern: What each item must look like.
    """

    name: str
    many: bool = False
    required: bool = False
    naming: bool = False
    refers: tuple[str, ...] = ()
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """What one file holds.

    Attributes:
        file: Its name.
        classes: The classes that its keys may have; empty where the first column is no key.
        columns: In the header's order; the first identifies the row.
    """

    file: str
    classes: tuple[str, ...]
    columns: tuple[Column, ...]
    index: Mapping[str, int] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        """Number the columns by name."""
        object.__setattr__(self, "index", {column.name: at for at, column in enumerate(self.columns)})

    @property
    def header(self) -> str:
        """The first line that the file must have."""
        return "\t".join(column.name for column in self.columns)


def _key(*, required: bool = True) -> Column:
    return Column("key", required=required, pattern=KEY)


_LABEL = Column("label", required=True, naming=True)
_ALIASES = (Column("aliases", many=True, naming=True), Column("weak_aliases", many=True, naming=True))
_MATCHES = Column("exact_matches", many=True, pattern=r"[a-z]+:\w+")
_STATUS = (
    Column("status", required=True, pattern="|".join(STATUSES)),
    Column("source", required=True),
)
_ORGANISATIONS = ("company", "institution")
_MOLECULE = (
    Column("inn", naming=True),
    Column("codes", many=True, naming=True),
    Column("brands", many=True, naming=True),
)


def _keys(name: str, *classes: str) -> Column:
    return Column(name, many=True, refers=classes)


def _one(name: str, *classes: str) -> Column:
    return Column(name, refers=classes)


TABLES = (
    Table(
        "companies.tsv",
        _ORGANISATIONS,
        (
            *(_key(), _LABEL, *_ALIASES, Column("former_names", many=True, naming=True)),
            Column("tickers", many=True, pattern=r"[A-Z][A-Za-z ]+:[A-Z0-9.-]+"),
            Column("cik", many=True, pattern=r"\d{10}"),
            Column("country"),
            _one("acquired_by", *_ORGANISATIONS),
            Column("acquired_in", pattern=r"(?:19|20)\d\d"),
            _one("group", *_ORGANISATIONS),
            Column("history_status", pattern="|".join(STATUSES)),
            *(_MATCHES, *_STATUS),
        ),
    ),
    Table(
        "targets.tsv",
        ("target",),
        (
            *(_key(), _LABEL, Column("symbol", naming=True), Column("full_name"), *_ALIASES),
            _keys("broader", "target"),
            Column("nature", required=True, pattern="gene product|complex|variant|domain|glycan"),
            *(_MATCHES, *_STATUS),
        ),
    ),
    Table(
        "families.tsv",
        ("family",),
        (
            *(_key(), Column("label", required=True), Column("mechanism")),
            _one("payload", "payload"),
            *(_MATCHES, *_STATUS),
        ),
    ),
    Table(
        "payloads.tsv",
        ("payload",),
        (
            *(_key(), _LABEL, *_ALIASES),
            Column("rank", required=True, pattern="substance|class"),
            Column("family", required=True, refers=("family",)),
            _one("derivative_of", "payload"),
            *(_MATCHES, *_STATUS),
        ),
    ),
    Table(
        "technologies.tsv",
        ("technology",),
        (
            *(_key(), _LABEL, *_ALIASES, Column("description")),
            _keys("owners", *_ORGANISATIONS),
            _keys("later_owners", *_ORGANISATIONS),
            _keys("payloads", "payload"),
            *_STATUS,
        ),
    ),
    Table(
        "antibodies.tsv",
        ("antibody",),
        (
            *(_key(), _LABEL, *_MOLECULE, *_ALIASES),
            _keys("targets", "target"),
            _keys("developers", *_ORGANISATIONS),
            *(_MATCHES, *_STATUS),
        ),
    ),
    Table(
        "conjugates.tsv",
        ("conjugate",),
        (
            *(_key(), _LABEL, *_MOLECULE, *_ALIASES),
            _one("antibody", "antibody"),
            _one("payload", "payload"),
            Column("linker"),
            _keys("targets", "target"),
            _one("technology", "technology"),
            _keys("developers", *_ORGANISATIONS),
            _keys("partners", *_ORGANISATIONS),
            Column("modality", required=True),
            *(_MATCHES, *_STATUS),
        ),
    ),
    Table(
        "suffixes.tsv",
        ("suffix",),
        (
            *(_key(), Column("stem", required=True)),
            _one("payload", "payload"),
            _one("family", "family"),
            Column("linker"),
            Column("nature", required=True, pattern="payload|toxin|chelator|photosensitiser|immune stimulant"),
            *_STATUS,
        ),
    ),
    Table(
        "ambiguous.tsv",
        (),
        (
            Column("name", required=True),
            Column("keys", many=True, required=True, refers=("*",)),
            Column("prefer", refers=("*",)),
            Column("cues", many=True, pattern=KEY + "=.+"),
            Column("reason", required=True),
        ),
    ),
)
"""All files, each with its columns."""


def iri(match: str) -> str:
    """The full IRI of an `exact_matches` item.

    >>> iri("hgnc:3430"), iri("chebi:82755")
    ('https://identifiers.org/hgnc:3430', 'http://purl.obolibrary.org/obo/CHEBI_82755')
    """
    prefix, _, local = match.partition(":")
    return PREFIXES[prefix][0] + local


def is_match(item: str) -> bool:
    """Whether an `exact_matches` item is an id of a kind that we know."""
    prefix, _, local = item.partition(":")
    return prefix in PREFIXES and re.fullmatch(PREFIXES[prefix][1], local) is not None
