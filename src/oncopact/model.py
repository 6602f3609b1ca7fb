"""The values that pass from room to room.

All are frozen, compare by value and sort; text positions are half-open code-point offsets into `Release.text`, counted
from 0. Nothing here reads, decides or writes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from oncopact.text import OffsetMap

EntityId: TypeAlias = str
"""Class and slug of an entity, `company/immunogen`: the tail of its IRI. Follows from content alone."""


# ---------------------------------------------------------------- text


class Span(NamedTuple):
    """A half-open range of code points in a release's text.

    A named tuple, since hundreds of thousands are made, compared and looked up.

    >>> Span(0, 3).of("TAP technology")
    'TAP'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The covered text."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether `other` lies inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether at least one code point is shared."""
        return self.start < other.end and other.start < self.end


class Form(StrEnum):
    """How a release was published."""

    EDGAR_SUBMISSION = "edgar-submission"
    SGML_TEXT = "sgml-text"
    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a release came from, and what its container says of it.

    Attributes:
        name: The file's name as the user gave it, with the member's name after `!` for containers and archives.
        form: The form recognised from the content.
        encoding: The encoding that decoded the bytes.
        accession_number: EDGAR's number of the submission, `0000855654-02-000042`.
        document_type: The exhibit or form type as the container names it, `EX-99.1`.
        filer_name: EDGAR's conformed company name.
        filer_cik: The filer's ten-digit CIK.
        filed_on: The filing date, `YYYY-MM-DD`.
        url: The page's own address, where it states one.
        title: A title that the container states outside of the text (front matter, a JSON field).
        published_on: A publication date that the container states, `YYYY-MM-DD`.
        language: A two-letter code where it is not English.
        form_type: The submission's form, `8-K`.
        items: The items of a form 8-K that the submission states, as numbers (`7.01`) or, in older ones, by name.
    """

    name: str
    form: Form = Form.PLAIN
    encoding: str = "utf-8"
    accession_number: str | None = None
    document_type: str | None = None
    filer_name: str | None = None
    filer_cik: str | None = None
    filed_on: str | None = None
    url: str | None = None
    title: str | None = None
    published_on: str | None = None
    language: str | None = None
    form_type: str | None = None
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """A release as its reader sees it: page furniture and tags gone, every character traceable to the source.

    Attributes:
        id: First 16 hexadecimal digits of the SHA-256 of the text with white space folded, so that the same exhibit
            alone, in its container or zipped is one release.
        text: What all offsets count in.
        offsets: Leads from an offset in `text` to the offset in the decoded source.
        source: Where it came from.
    """

    id: str
    text: str
    offsets: OffsetMap
    source: Source


class SectionKind(StrEnum):
    """What a stretch of a release is for."""

    CONTACTS = "contacts"
    HEADLINE = "headline"
    SUBHEAD = "subhead"
    DATELINE = "dateline"
    BODY = "body"
    TERMS = "terms"
    TABLE = "table"
    ABOUT = "about"
    SAFE_HARBOUR = "safe-harbour"
    SIGNATURE = "signature"
    FOOTNOTE = "footnote"
    FURNITURE = "furniture"

    @property
    def states_facts(self) -> bool:
        """Whether a sentence here may give a fact."""
        return self not in _SILENT


_SILENT = frozenset({SectionKind.CONTACTS, SectionKind.SAFE_HARBOUR, SectionKind.SIGNATURE, SectionKind.FURNITURE})


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of one kind.

    Attributes:
        kind: What it is for.
        span: The whole section, its heading included.
        heading: The heading's own span, where it has one.
        subject: For 'About X', X as printed; for a technology or product section, its name.
    """

    kind: SectionKind
    span: Span
    heading: Span | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, heading or table cell; never crosses a section or a piece of page furniture.

    Attributes:
        index: Position in `Document.sentences`.
        span: Without surrounding white space.
        section: Position in `Document.sections`.
        kind: The section's kind, repeated here because every rule asks for it.
        quoted: The parts that lie in quotation marks.
        speaker: Who says them, where the sentence names a speaker.
    """

    index: int
    span: Span
    section: int
    kind: SectionKind
    quoted: tuple[Span, ...] = ()
    speaker: Span | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A release with its structure.

    Attributes:
        release: The text.
        sections: In order, covering the text except white space.
        sentences: In order.
        title: The headline's span, where there is one.
        dateline: The span from the first place to the date or dash, where there is one.
        issued: The release's date as its dateline (else its container) states it.
        issued_span: Where the text states `issued`; None when only the container does.
        wire: The wire service in the dateline, `PRNewswire`.
    """

    release: Release
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    title: Span | None = None
    dateline: Span | None = None
    issued: PartialDate | None = None
    issued_span: Span | None = None
    wire: str | None = None

    @property
    def text(self) -> str:
        """The release's text."""
        return self.release.text


# ---------------------------------------------------------------- values


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date with the precision that the text states.

    Attributes:
        value: `2002-10-15`, `2001-11`, `2002`, `2003-Q1` or a span `2003-01/2003-06` (EDTF, except for quarters,
            which are written as the release record writes them).
        earliest: First day it can mean, `YYYY-MM-DD`.
        latest: Last day it can mean.
    """

    value: str
    earliest: str
    latest: str


class Qualifier(StrEnum):
    """How an amount is meant."""

    EXACT = "exact"
    UP_TO = "up_to"
    AT_LEAST = "at_least"
    APPROXIMATELY = "approximately"
    UNDISCLOSED = "undisclosed"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money as stated.

    Attributes:
        amount: In units of the currency, magnitude words applied ('$45 million' is 45000000).
        currency: ISO 4217.
        qualifier: What the words beside it say.
        maximum: The upper end of a range, `amount` being the lower.
    """

    amount: Decimal
    currency: str
    qualifier: Qualifier = Qualifier.EXACT
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage, or a range of percentages."""

    low: Decimal
    high: Decimal | None = None
    qualifier: Qualifier = Qualifier.EXACT


# ---------------------------------------------------------------- mentions


class Kind(StrEnum):
    """What a mention names."""

    COMPANY = "company"
    CONJUGATE = "conjugate"
    ANTIBODY = "antibody"
    PAYLOAD = "payload"
    TARGET = "target"
    TECHNOLOGY = "technology"
    PRODUCT = "product"
    INSTITUTION = "institution"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    TERRITORY = "territory"


THINGS = (Kind.CONJUGATE, Kind.ANTIBODY, Kind.PAYLOAD, Kind.TARGET, Kind.TECHNOLOGY, Kind.PRODUCT)
"""The kinds that an agreement can cover."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, amount or date at a place in the text.

    Attributes:
        kind: What it names.
        span: Where.
        text: `Release.text[span]`, line breaks folded to blanks.
        rule: The rule that found it; `lexicon` for what the vocabulary lists.
        key: The vocabulary's key, where it lists the name for one thing only.
        candidates: Keys of all things of this name, where there are several; the mention is then ambiguous and `key`
            is None until something decides.
        money, percent, date: The value, for the kinds that have one.
    """

    kind: Kind
    span: Span
    text: str
    rule: str
    key: str | None = None
    candidates: tuple[str, ...] = ()
    money: Money | None = None
    percent: Percent | None = None
    date: PartialDate | None = None


# ---------------------------------------------------------------- facts


class Basis(StrEnum):
    """What a fact rests on."""

    STATED = "stated"
    NAME_ENCODED = "name_encoded"
    VOCABULARY = "vocabulary"
    CONTAINER = "container"


class Modality(StrEnum):
    """How a statement is meant; only an asserted one can give an achieved fact."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    CONDITIONAL = "conditional"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The place that states a fact.

    Attributes:
        span: Where in `Release.text`.
        quote: Exactly `Release.text[span.start:span.end]`.
        rule: The rule that read it.
        section: The kind of section it stands in.
        property: The property it states, as a prefixed name (`op:licensor`, `skos:altLabel`); None when it states the
            node itself.
        value: The value as an entity id or a literal's text; None when it states the node itself.
        basis: What it rests on.
        modality: How it is meant.
        negated: Whether the statement is denied.
    """

    span: Span
    quote: str
    rule: str
    section: SectionKind
    property: str | None = None
    value: str | None = None
    basis: Basis = Basis.STATED
    modality: Modality = Modality.ASSERTED
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """One printed form of an entity's name and its first place in the release.

    Attributes:
        text: As printed, line breaks folded.
        role: `skos:altLabel`, `op:codeName`, `op:brandName`, `op:formerName` or `op:ticker`.
        evidence: Where it stands first.
    """

    text: str
    role: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing that a release names.

    Attributes:
        id: `<class>/<slug>`.
        kind: One of the named kinds (no money, date or territory).
        label: The preferred label: the vocabulary's, else the fullest printed form.
        names: Every printed form, the one that the release leads with first.
        key: The vocabulary's key, where it is listed.
    """

    id: EntityId
    kind: Kind
    label: str
    names: tuple[Name, ...]
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A property of an entity that a sentence states.

    Attributes:
        subject: The entity.
        property: Prefixed name, `op:hasPayload`, `op:ownedBy`, `op:derivativeOf`, `op:linker`, …
        object: An entity id, or a literal's text when `literal` is set.
        literal: Whether `object` is a literal.
        evidence: Where it is stated, at least one.
    """

    subject: EntityId
    property: str
    object: str
    evidence: tuple[Evidence, ...]
    literal: bool = False


class AgreementKind(StrEnum):
    """What passes between the parties."""

    LICENCE = "licence"
    COLLABORATION = "collaboration"
    OPTION = "option"
    SUPPLY = "supply"
    ACQUISITION = "acquisition"
    CO_DEVELOPMENT = "co-development"
    RESEARCH = "research"
    OTHER = "other"


class EventKind(StrEnum):
    """What happened to an agreement."""

    ANNOUNCED = "announced"
    AMENDED = "amended"
    EXPANDED = "expanded"
    RENEWED = "renewed"
    EXERCISED = "exercised"
    TERMINATED = "terminated"
    REFERENCED = "referenced"


class MilestoneKind(StrEnum):
    """What sort of event a milestone is."""

    PRECLINICAL = "preclinical"
    IND = "IND"
    CLINICAL = "clinical"
    REGULATORY = "regulatory"
    COMMERCIAL = "commercial"
    OTHER = "other"


class Status(StrEnum):
    """Whether a milestone has happened."""

    ACHIEVED = "achieved"
    PLANNED = "planned"
    CONDITIONAL = "conditional"
    MISSED = "missed"


class PaymentKind(StrEnum):
    """What a payment is for."""

    UPFRONT = "upfront"
    MILESTONE = "milestone"
    ROYALTY = "royalty"
    LICENCE_FEE = "licence fee"
    OPTION_FEE = "option fee"
    EQUITY = "equity"
    RESEARCH_FUNDING = "research funding"
    TOTAL = "total"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Agreement:
    """A deal between companies, and what this release says happened to it.

    Attributes:
        kind: What passes.
        event: What happened, according to this release.
        parties: All parties, licensors and licensees included, in the order of first mention.
        licensors, licensees: Who gives and who takes rights; empty where neither is stated.
        technologies, targets, products: What it covers. Products are conjugates, antibodies and other products.
        exclusive: None where the text does not say.
        territory, excluded_territory: As printed.
        signed: The stated date of signing, effect or earlier announcement.
        event_date: When `event` happened, where stated.
        part_of: Index in `Findings.agreements` of the agreement that this one belongs to.
        evidence: Where it is stated; those with a property support that property.
    """

    kind: AgreementKind
    event: EventKind
    parties: tuple[EntityId, ...]
    licensors: tuple[EntityId, ...] = ()
    licensees: tuple[EntityId, ...] = ()
    technologies: tuple[EntityId, ...] = ()
    targets: tuple[EntityId, ...] = ()
    products: tuple[EntityId, ...] = ()
    exclusive: bool | None = None
    territory: str | None = None
    excluded_territory: str | None = None
    signed: PartialDate | None = None
    event_date: PartialDate | None = None
    part_of: int | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Milestone:
    """An event of development or of a contract.

    Attributes:
        event: A short label in the release's words, `initiation of clinical trials`.
        kind: What sort of event.
        status: Whether it has happened.
        product: What it concerns.
        date: When, as stated.
        agreement: Index in `Findings.agreements` of the agreement it stands under.
        achieved_by: Companies that did it.
        triggers: Indices in `Findings.payments` of the payments that it triggers.
        evidence: Where it is stated.
    """

    event: str
    kind: MilestoneKind
    status: Status
    product: EntityId | None = None
    date: PartialDate | None = None
    agreement: int | None = None
    achieved_by: tuple[EntityId, ...] = ()
    triggers: tuple[int, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that passes or may pass between companies.

    Attributes:
        kind: What for.
        qualifier: How the amount is meant; `undisclosed` where none is stated.
        amount: In units of `currency`.
        currency: ISO 4217.
        percent, percent_high: A rate, or a range of rates.
        payers, payees: Companies.
        agreement: Index in `Findings.agreements`.
        text: The amount in the release's words, `mid-single digit`, `$45 million`.
        evidence: Where it is stated.
    """

    kind: PaymentKind
    qualifier: Qualifier
    amount: Decimal | None = None
    currency: str | None = None
    percent: Decimal | None = None
    percent_high: Decimal | None = None
    payers: tuple[EntityId, ...] = ()
    payees: tuple[EntityId, ...] = ()
    agreement: int | None = None
    text: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """All that one release states, resolved within the release.

    Attributes:
        document: The release with its structure.
        entities: Sorted by id, one per thing.
        relations: Sorted by subject, property, object.
        agreements, milestones, payments: In the order of their first evidence; they refer to each other by index.
        issuers: Companies that issue the release, in the order of the text.
        contacts: Organisations that stand only in the contact block, as printed; they are no fact.
        mentions: All mentions, sorted by span, for the reading view and for questions of recall.
    """

    document: Document
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    payments: tuple[Payment, ...] = ()
    issuers: tuple[EntityId, ...] = ()
    contacts: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no release.

    Attributes:
        name: The input as the user named it.
        message: One line: what, where, what to do.
        skipped: Whether the input is sound but no release (another language, an index page): counted, not an error.
    """

    name: str
    message: str
    skipped: bool = False
