"""One release: which company was called otherwise before, and which one was bought by which.

Read between the names themselves: 'Oriel Therapeutics, formerly known as Marrowgate', 'Brisco has completed its
acquisition of Oriel'. A purchase that is only agreed, and one of rights or products, changes no owner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from oncopact.folding import fold_company
from oncopact.model import Entity, Evidence, Findings, Kind, Mention, Relation, SectionKind, Sentence, Span

_QUOTE: Final = r"""["“”']?"""
_BESIDE: Final = r"(?:\s*\([^()]{1,80}\))?\s*"

_FORMERLY: Final = re.compile(
    rf"""{_BESIDE} (?: ,\s* | \(\s* )
    (?: formerly | previously | f/k/a ) (?: \s+ (?: known\s+as | called | named ) )? \s+ (?: the\s+ )? {_QUOTE}""",
    re.VERBOSE,
)
_RENAMED: Final = re.compile(
    rf"""{_BESIDE} (?: ,?\s* (?: today\s+ | announced\s+ | that\s+ | it\s+ | had?s?\s+ ){{0,6}}
      changed\s+ (?: its | the\s+company's ) \s+ (?: corporate\s+ )? name\s+ to
    | ,\s* now\s+ (?: known\s+as | called ) ) \s+ {_QUOTE}""",
    re.VERBOSE,
)
_BOUGHT: Final = re.compile(
    rf"""{_BESIDE} ,?\s* (?: today\s+ | announced\s+ | that\s+ | it\s+ | ha[sd]\s+ | successfully\s+ ){{0,8}}
    (?: (?: completed | closed ) \s+ (?: its | the ) \s+ (?: \w+\s+ )? acquisition\s+ of | acquired ) \s+""",
    re.VERBOSE,
)
_SOLD: Final = re.compile(
    rf"{_BESIDE} ,?\s* (?: which\s+ | who\s+ )? (?: was | has\s+been | were ) \s+ acquired\s+ by \s+", re.VERBOSE
)
_A_PART: Final = re.compile(
    r"""['’]s?\b | \s+ (?: rights | technolog | shares | assets | business | portfolio | program | product | stake )""",
    re.VERBOSE,
)


def with_successions(findings: Findings) -> Findings:
    """The findings with `op:formerName` and `op:acquiredBy` where sentences state them."""
    entities = {
        _spelling(name.text): entity for entity in findings.entities for name in entity.names if _is_company(entity)
    }
    found: dict[tuple[str, str, str], Relation] = {}
    for relation in _relations(findings, entities):
        found.setdefault((relation.subject, relation.property, relation.object), relation)
    known = {(relation.subject, relation.property, relation.object) for relation in findings.relations}
    new = [relation for key, relation in sorted(found.items()) if key not in known]
    if not new:
        return findings
    ordered = sorted((*findings.relations, *new), key=lambda item: (item.subject, item.property, item.object))
    return replace(findings, relations=tuple(ordered))


def _relations(findings: Findings, entities: dict[str, Entity]) -> Iterator[Relation]:
    text = findings.document.text
    for sentence in findings.document.sentences:
        if not sentence.kind.states_facts:
            continue
        for one, two in pairwise(_companies(findings.mentions, sentence)):
            left, right = entities.get(_spelling(one.text)), entities.get(_spelling(two.text))
            if left is None or right is None or left.id == right.id:
                continue
            gap = text[one.span.end : two.span.start]
            span = Span(one.span.start, two.span.end)
            if _FORMERLY.fullmatch(gap):
                yield _former(text, span, sentence.kind, left, two.text)
            elif _RENAMED.fullmatch(gap):
                yield _former(text, span, sentence.kind, right, one.text)
            elif _BOUGHT.fullmatch(gap) and not _A_PART.match(text, two.span.end):
                yield _acquired(text, span, sentence.kind, right, left)
            elif _SOLD.fullmatch(gap):
                yield _acquired(text, span, sentence.kind, left, right)


def _companies(mentions: Iterable[Mention], sentence: Sentence) -> list[Mention]:
    found = [item for item in mentions if item.kind is Kind.COMPANY and sentence.span.covers(item.span)]
    return sorted(found, key=lambda item: item.span)


def _former(text: str, span: Span, section: SectionKind, entity: Entity, old: str) -> Relation:
    name = " ".join(old.split())
    evidence = Evidence(span, span.of(text), "company.renamed", section, "op:formerName", name)
    return Relation(entity.id, "op:formerName", name, (evidence,), literal=True)


def _acquired(text: str, span: Span, section: SectionKind, bought: Entity, buyer: Entity) -> Relation:
    evidence = Evidence(span, span.of(text), "company.acquired", section, "op:acquiredBy", buyer.id)
    return Relation(bought.id, "op:acquiredBy", buyer.id, (evidence,))


def _is_company(entity: Entity) -> bool:
    return entity.kind in (Kind.COMPANY, Kind.INSTITUTION)


def _spelling(name: str) -> str:
    return fold_company(name)
