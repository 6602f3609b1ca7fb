"""What the vocabulary says of things: its rows as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from oncopact.model import Kind
from oncopact.vocabulary import Row, iri


@dataclass(frozen=True, slots=True)
class Entry:
    """What the vocabulary says of one thing.

    Attributes:
        key: Class and slug, `company/immunogen`.
        label: The preferred name.
        aliases: Other names (neither codes nor brands nor former names).
        weak_aliases: Names that mean this thing only in context; the label may be one of them.
        exact_matches: Full IRIs of the same thing elsewhere.
        status: `verified`, `single-source` or `unchecked`.
        source: Where the row's facts can be looked up.
    """

    key: str
    label: str
    aliases: tuple[str, ...]
    weak_aliases: tuple[str, ...]
    exact_matches: tuple[str, ...]
    status: str
    source: str

    @property
    def kind(self) -> Kind:
        """What sort of thing it is."""
        return Kind(self.key.partition("/")[0])


@dataclass(frozen=True, slots=True)
class CompanyEntry(Entry):
    """A company, or an institution that is a party to agreements.

    Attributes:
        former_names: Names that it had before.
        tickers: `Exchange:SYMBOL`.
        cik: Ten-digit SEC filer numbers.
        country: Of its seat.
        acquired_by: The key of the company that bought it or merged with it.
        acquired_in: The year of that, `YYYY`.
        group: The key of the company that it is part of.
        history_status: How far former names, acquirer and group are checked; '' where there are none.
    """

    former_names: tuple[str, ...]
    tickers: tuple[str, ...]
    cik: tuple[str, ...]
    country: str | None
    acquired_by: str | None
    acquired_in: str | None
    group: str | None
    history_status: str


@dataclass(frozen=True, slots=True)
class TargetEntry(Entry):
    """What an antibody binds.

    Attributes:
        symbol: The HGNC symbol of a gene product.
        full_name: The HGNC name.
        broader: Keys of the targets that this one is a variant, domain or glycoform of.
        nature: `gene product`, `complex`, `variant`, `domain` or `glycan`.
    """

    symbol: str | None
    full_name: str | None
    broader: tuple[str, ...]
    nature: str


@dataclass(frozen=True, slots=True)
class PayloadEntry(Entry):
    """A payload, or a class of payloads that releases name in place of one.

    Attributes:
        rank: `substance` or `class`.
        family: The key of its family, `family/maytansinoid`.
        derivative_of: The key of the payload that it derives from.
    """

    rank: str
    family: str
    derivative_of: str | None


@dataclass(frozen=True, slots=True)
class TechnologyEntry(Entry):
    """A named platform.

    Attributes:
        description: What it does, in a few words.
        owners: Keys of those who made it.
        later_owners: Keys of those who own it since.
        payloads: Keys of the payloads that it delivers.
    """

    description: str | None
    owners: tuple[str, ...]
    later_owners: tuple[str, ...]
    payloads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AntibodyEntry(Entry):
    """An antibody without a payload.

    Attributes:
        inn: The international non-proprietary name.
        codes: Code names.
        brands: Trade names.
        targets: Keys.
        developers: Keys of companies.
    """

    inn: str | None
    codes: tuple[str, ...]
    brands: tuple[str, ...]
    targets: tuple[str, ...]
    developers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConjugateEntry(Entry):
    """An antibody with its payload.

    Attributes:
        inn: The international non-proprietary name, two words.
        codes: Code names, those of partners included.
        brands: Trade names.
        antibody: The antibody's key.
        payload: The payload's key.
        linker: In words.
        targets: Keys.
        technology: The key of the technology that it is made with.
        developers: Keys of those who develop it.
        partners: Keys of those who give technology to it or share in it.
        modality: `ADC`, `immunotoxin`, `radioimmunoconjugate`, `ISAC`, `photoimmunoconjugate`.
    """

    inn: str | None
    codes: tuple[str, ...]
    brands: tuple[str, ...]
    antibody: str | None
    payload: str | None
    linker: str | None
    targets: tuple[str, ...]
    technology: str | None
    developers: tuple[str, ...]
    partners: tuple[str, ...]
    modality: str


@dataclass(frozen=True, slots=True)
class Family:
    """A family of payloads.

    Attributes:
        key: `family/maytansinoid`.
        label: In words.
        mechanism: What its members do to a cell.
        payload: The key of the payload entry that stands for the class.
        exact_matches: Full IRIs.
    """

    key: str
    label: str
    mechanism: str | None
    payload: str | None
    exact_matches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suffix:
    """The second word of a conjugate's INN, and what it encodes.

    Attributes:
        word: `mertansine`.
        stem: The WHO stem that it is made from, `tansine`.
        payload: The payload's key; None where the word names a chelator only.
        payload_label: The payload's name, so that it is known without the payload's entry.
        family: The family's key.
        family_label: The family's name.
        linker: The linker in words.
        nature: `payload`, `toxin`, `chelator`, `photosensitiser` or `immune stimulant`.
        status, source: As for an entry.
    """

    word: str
    stem: str
    payload: str | None
    payload_label: str | None
    family: str | None
    family_label: str | None
    linker: str | None
    nature: str
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A name that several things have.

    Attributes:
        name: The name.
        keys: The things.
        prefer: The thing that is meant where nothing says otherwise.
        cues: Words elsewhere in a release that decide for a thing, as pairs of key and word.
        reason: Why the name is shared, and how it is decided.
    """

    name: str
    keys: tuple[str, ...]
    prefer: str | None
    cues: tuple[tuple[str, str], ...]
    reason: str


_ENTRIES: Mapping[str, type[Entry]] = MappingProxyType(
    {
        "companies.tsv": CompanyEntry,
        "targets.tsv": TargetEntry,
        "payloads.tsv": PayloadEntry,
        "technologies.tsv": TechnologyEntry,
        "antibodies.tsv": AntibodyEntry,
        "conjugates.tsv": ConjugateEntry,
    }
)

FILES = tuple(_ENTRIES)
"""The files whose rows are entries."""


def entry_of(row: Row) -> Entry:
    """A row of one of `FILES` as an entry."""
    values: dict[str, object] = {}
    for column, cell in zip(row.table.columns, row.cells, strict=True):
        if column.name == "exact_matches":
            values[column.name] = tuple(iri(item) for item in row.items(column.name))
        elif column.many:
            values[column.name] = tuple(cell.split("|")) if cell else ()
        else:
            values[column.name] = cell or (None if not column.required and column.name != "history_status" else "")
    values.setdefault("exact_matches", ())
    return _ENTRIES[row.table.file](**values)  # type: ignore[arg-type]


def family_of(row: Row) -> Family:
    """A row of families.tsv."""
    matches = tuple(iri(item) for item in row.items("exact_matches"))
    return Family(row.key, row.text("label"), row.text("mechanism") or None, row.text("payload") or None, matches)


def suffix_of(row: Row, payloads: Mapping[str, Row], families: Mapping[str, Family]) -> Suffix:
    """A row of suffixes.tsv, with the labels of what it leads to."""
    payload, family = row.text("payload") or None, row.text("family") or None
    return Suffix(
        word=row.key.partition("/")[2],
        stem=row.text("stem"),
        payload=payload,
        payload_label=payloads[payload].text("label") if payload and payload in payloads else None,
        family=family,
        family_label=families[family].label if family and family in families else None,
        linker=row.text("linker") or None,
        nature=row.text("nature"),
        status=row.text("status"),
        source=row.text("source"),
    )


def ambiguity_of(row: Row) -> Ambiguity:
    """A row of ambiguous.tsv."""
    cues = tuple((key, cue) for key, _, cue in (item.partition("=") for item in row.items("cues")))
    return Ambiguity(row.key, row.items("keys"), row.text("prefer") or None, cues, row.text("reason"))
