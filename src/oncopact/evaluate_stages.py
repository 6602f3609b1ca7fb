"""The first stage that lost what was missed, asked in the order in which a release is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from oncopact.evaluate_count import Difference, Score
from oncopact.evaluate_match import COMPANY_SLOTS, THING_SLOTS, Names, Record, stated
from oncopact.evaluate_places import Places
from oncopact.evaluate_spelling import Folder, contains, fold, fold_company, names_of, printed, spellings
from oncopact.model import Evidence, Findings, Kind, Mention, Section, Sentence, Span


class Stage(StrEnum):
    """Where something can get lost, in the order of reading."""

    READ = "read"
    SECTIONS = "sections"
    SENTENCES = "sentences"
    NAMES = "names"
    RESOLVE = "resolve"
    FRAMES = "frames"
    MERGE = "merge"
    SLOTS = "slots"


MEANING: Final[Mapping[Stage, str]] = {
    Stage.READ: "the text as read does not hold the words, or the release's date was not found",
    Stage.SECTIONS: "the words lie in a section that states no facts",
    Stage.SENTENCES: "the words are cut apart, or lie in no sentence",
    Stage.NAMES: "a name, amount or date that the fact needs was not recognised there, or as another kind of thing",
    Stage.RESOLVE: "the name was recognised and taken for another thing, or for no part in the matter",
    Stage.FRAMES: "no rule read a statement from the sentence",
    Stage.MERGE: "a rule read it, and merging lost it or put it into another fact",
    Stage.SLOTS: "the fact is there, the field is not, or not as it should be",
}
"""What each stage's loss means."""

_COMPANIES: Final = frozenset({Kind.COMPANY, Kind.INSTITUTION})
_KINDS: Final[Mapping[str, frozenset[Kind]]] = {
    "companies": frozenset({Kind.COMPANY}),
    "conjugates": frozenset({Kind.CONJUGATE}),
    "antibodies": frozenset({Kind.ANTIBODY}),
    "payloads": frozenset({Kind.PAYLOAD}),
    "targets": frozenset({Kind.TARGET}),
    "technologies": frozenset({Kind.TECHNOLOGY}),
}
_ANY_THING: Final = frozenset({Kind.CONJUGATE, Kind.ANTIBODY, Kind.PAYLOAD, Kind.TARGET, Kind.TECHNOLOGY, Kind.PRODUCT})
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "agreements": ("parties",),
    "milestones": ("product", "amount"),
    "payments": ("amount", "percent"),
}
"""Without these a record can't be told: its parties, its product, its figure."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What became of a release on its way.

    Attributes:
        findings: What it gave.
        claims: What the frames read before merging, by kind of record.
        places: Its text, ready to be searched.
    """

    findings: Findings
    claims: Mapping[str, tuple[Evidence, ...]]
    places: Places

    def section(self, span: Span) -> Section | None:
        """The section in which a span starts."""
        sections = self.findings.document.sections
        return next((item for item in sections if item.span.start <= span.start < item.span.end), None)

    def sentences(self, spans: Iterable[Span]) -> tuple[Sentence, ...]:
        """The sentences that spans touch."""
        asked = tuple(spans)
        return tuple(
            item for item in self.findings.document.sentences if any(item.span.overlaps(span) for span in asked)
        )

    def spoken(self) -> Iterator[Mention]:
        """Mentions outside of silent sections."""
        for mention in self.findings.mentions:
            section = self.section(mention.span)
            if section is not None and section.kind.states_facts:
                yield mention


@dataclass(frozen=True, slots=True)
class Blame:
    """Finds the stage of each miss in one release.

    Attributes:
        trace: What became of the release; None where it gave nothing.
        gold, found: Its records.
        score: How they compare.
    """

    trace: Trace | None
    gold: Record
    found: Record
    score: Score

    def stage(self, miss: Difference) -> Stage:
        """The first stage that lost what `miss` misses."""
        if self.trace is None:
            return Stage.READ
        match miss.level:
            case "release" if miss.kind == "release_date":
                return Stage.READ
            case "release":
                return self._names(miss.missed, _COMPANIES, fold_company) or Stage.RESOLVE
            case "name":
                folder = fold_company if miss.kind == "companies" else fold
                return self._names(miss.missed, _KINDS[miss.kind], folder) or Stage.RESOLVE
            case "relation":
                return self._record(self.trace, miss.kind, miss.gold)
            case _ if miss.follows and miss.kind == "conjugates":
                return self._names((miss.gold,), _KINDS[miss.kind], fold) or Stage.RESOLVE
            case _ if miss.follows:
                return self._record(self.trace, miss.kind, miss.gold)
            case _:
                return self._value(self.trace, miss.slot, miss.missed) or Stage.SLOTS

    # ------------------------------------------------------------ names and values

    def _names(self, items: Iterable[Any], kinds: frozenset[Kind], folder: Folder) -> Stage | None:
        """The first stage that lost one of the names; None where all were recognised."""
        stages = [stage for item in items if (stage := self._name(item, kinds, folder))]
        return min(stages, key=tuple(Stage).index, default=None)

    def _name(self, item: Any, kinds: frozenset[Kind], folder: Folder) -> Stage | None:
        assert self.trace is not None  # noqa: S101  (the only caller asks first)
        forms = self._forms(item, folder)
        for mention in self.trace.spoken():
            if mention.kind in kinds and _names_it(mention, forms, folder):
                return None
        spans = [span for name in printed(item) for span in _spots(self.trace.places, str(name))]
        return self._place(self.trace, spans) or Stage.NAMES

    def _forms(self, item: Any, folder: Folder) -> frozenset[str]:
        """Every folded name by which the gold knows the thing, also where `item` is one of them only."""
        forms = names_of(item, folder)
        kinds = ("companies",) if folder is fold_company else ("products", *_KINDS)
        for kind in kinds:
            for other in stated(self.gold.get(kind)):
                if (known := names_of(other, folder)) & forms:
                    forms |= known
        return forms

    def _place(self, trace: Trace, spans: list[Span]) -> Stage | None:
        """Whether the places are read at all, speak, and lie in sentences."""
        if not spans:
            return Stage.READ
        speaking = [span for span in spans if (section := trace.section(span)) and section.kind.states_facts]
        if not speaking:
            return Stage.SECTIONS
        return None if trace.sentences(speaking) else Stage.SENTENCES

    def _value(self, trace: Trace, slot: str, values: Iterable[Any]) -> Stage | None:
        """The stage that lost a field's value before any rule could use it."""
        if slot in COMPANY_SLOTS:
            return self._names(values, _COMPANIES, fold_company)
        if slot in THING_SLOTS:
            return self._names(values, _ANY_THING, fold)
        missing = [value for value in values if not _recognised(trace, slot, value)]
        return Stage.NAMES if missing else None

    # ------------------------------------------------------------ agreements, milestones, payments

    def _record(self, trace: Trace, kind: str, gold: Record) -> Stage:
        spans = trace.places.quote(str(gold.get("quote") or ""))
        if gold.get("quote"):
            if lost := self._place(trace, list(spans)):
                return lost
            if any(_cut(trace, span) for span in spans):
                return Stage.SENTENCES
        for slot in _NEEDED[kind]:
            if lost := self._value(trace, slot, stated(gold.get(slot))):
                return lost
        if kind == "agreements" and (unknown := self._unresolved(gold)):
            return unknown
        return self._statement(trace, kind, spans)

    def _unresolved(self, gold: Record) -> Stage | None:
        """A party that was recognised and yet is no company of the record's."""
        names = Names.of(self.gold, self.found)
        known = {names.company(name) for item in stated(self.found.get("companies")) for name in printed(item)}
        listed = {names.company(name) for item in stated(self.gold.get("companies")) for name in printed(item)}
        parties = {names.company(name) for name in stated(gold.get("parties"))}
        return Stage.RESOLVE if (parties & listed) - known else None

    def _statement(self, trace: Trace, kind: str, spans: tuple[Span, ...]) -> Stage:
        """Frames, merging or fields: what the sentences of the quote gave, and whether others have used it up."""
        here = [sentence.span for sentence in trace.sentences(spans)]
        read = sum(_touches(evidence, here) for evidence in trace.claims.get(kind, ()))
        used = sum(self._stands_here(trace, gold, here) for gold, _ in self.score.aligned[kind])
        if read <= used:
            return Stage.FRAMES
        facts = {
            "agreements": [fact.evidence for fact in trace.findings.agreements],
            "milestones": [fact.evidence for fact in trace.findings.milestones],
            "payments": [fact.evidence for fact in trace.findings.payments],
        }[kind]
        kept = sum(any(_touches(evidence, here) for evidence in seen) for seen in facts)
        spare = any(item.kind == kind and item.level == "relation" and item.spurious for item in self.score.differences)
        return Stage.SLOTS if spare and kept > used else Stage.MERGE

    def _stands_here(self, trace: Trace, gold: Record, here: list[Span]) -> bool:
        spans = trace.places.quote(str(gold.get("quote") or ""))
        return any(span.overlaps(sentence) for span in spans for sentence in here)


def _touches(evidence: Evidence, spans: Iterable[Span]) -> bool:
    return any(evidence.span.overlaps(span) for span in spans)


def _cut(trace: Trace, span: Span) -> bool:
    """Whether a sentence's end cuts through words that are themselves no several sentences."""
    if any(sentence.span.covers(span) for sentence in trace.sentences((span,))):
        return False
    inside = [sentence for sentence in trace.sentences((span,)) if sentence.span.end < span.end]
    text = trace.findings.document.text
    return any(sentence.span.of(text)[-1:] not in ".!?:;\"”'’)" for sentence in inside)


def _names_it(mention: Mention, forms: frozenset[str], folder: Folder) -> bool:
    own = spellings(mention.text, folder)
    if own & forms:
        return True
    return mention.kind in (Kind.TARGET, Kind.TECHNOLOGY) and any(contains(a, b) for a in own for b in forms)


def _spots(places: Places, name: str) -> tuple[Span, ...]:
    """Where a name stands; 'long form (SHORT)' also where only one of both does."""
    whole = places.name(name)
    if whole or "(" not in name:
        return whole
    return tuple(spot for part in name.replace(")", "(").split("(") for spot in places.name(part.strip()))


def _recognised(trace: Trace, slot: str, value: Any) -> bool:
    """Whether a figure, date or territory was recognised anywhere in the text; other fields are rules' own words."""
    match slot:
        case "amount":
            return any(
                mention.money is not None and value in (mention.money.amount, mention.money.maximum)
                for mention in trace.spoken()
            )
        case "percent":
            rates = (mention.percent for mention in trace.spoken() if mention.percent is not None)
            return any(value in (float(rate.low), float(rate.high or rate.low)) for rate in rates)
        case "date" | "signed":
            return any(mention.date is not None and mention.date.value == value for mention in trace.spoken())
        case "territory":
            return any(mention.kind is Kind.TERRITORY for mention in trace.spoken())
        case _:
            return True
