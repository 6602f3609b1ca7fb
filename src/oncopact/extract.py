"""One release, from its structure to its findings: names, syntax, frames, merging.

This joins the rooms for one document, as `pipeline` joins them for a batch. Nothing here knows a rule.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from oncopact.discourse import Discourse
from oncopact.extractors import agreements, composition, link, merge, milestones, owners, payments
from oncopact.extractors.claims import Claim
from oncopact.extractors.cues import EVERYTHING, NOTHING, Wanted, wanted
from oncopact.extractors.scene import Scene
from oncopact.issuers import issuers
from oncopact.lexicon import Lexicon
from oncopact.model import (
    THINGS,
    Document,
    Entity,
    EntityId,
    Evidence,
    Findings,
    Kind,
    Mention,
    Name,
    Relation,
    SectionKind,
    Sentence,
    Span,
)
from oncopact.recognizers import dates, money, percents, territories
from oncopact.recognizers.names import nested, recognize
from oncopact.recognizers.page import Page
from oncopact.resolve import Resolution, resolve
from oncopact.syntax.groups import Group, Groups, chunk
from oncopact.syntax.tokens import tokenize

Witness: TypeAlias = Callable[[str, Evidence], None]
"""Told of each statement before merging: `agreements`, `milestones` or `payments`, and its first evidence."""


def extract(
    document: Document, lexicon: Lexicon, *, witness: Witness | None = None, thorough: bool = False
) -> Findings:
    """All that one release states.

    Args:
        document: The release with its structure.
        lexicon: The vocabulary.
        witness: Sees what the frames read before it is merged, for the question which stage lost a fact.
        thorough: Whether to show every sentence to every rule. That finds nothing more, as a test shows.
    """
    page = Page.of(document)
    names = recognize(document, lexicon, page=page)
    inner = nested(names, lexicon)
    resolution = resolve(document, _merged(names, inner), lexicon)
    medical = any(mention.kind in THINGS for mention in names) or page.medical
    last = None if medical else _lead_end(document)
    mentions = _with_values(document, names, last=last)
    parsed = _Parsed(document, mentions, last=last)
    discourse = Discourse(document, names, resolution, parsed)
    discourse.issuers = issuers(document, names, resolution, discourse, parsed)
    everything = _merged(mentions, inner)
    sift = medical and not thorough
    asked = (
        wanted(page.text, page.lower, document.sentences, everything)
        if sift
        else (EVERYTHING,) * len(document.sentences)
    )
    # deals of other trades are not recorded
    claims, events, moneys, relations = _walk(
        document, everything, parsed if medical else {}, resolution, discourse, asked
    )
    if witness is not None:
        _testify(witness, claims, events, moneys)
    resolution, encoded = _name_parts(document, names, resolution, discourse, lexicon)
    drafts = merge.agreements(document, claims, resolution, discourse)
    milestone_facts, payment_facts = link.link(document, drafts, events, moneys, resolution)
    own = owners.inferred(document, resolution, discourse, relations, drafts, lexicon)
    only = composition.only(document, resolution, [*relations, *encoded], mentions)
    relations = [*resolution.relations, *relations, *encoded, *own, *only]
    return Findings(
        document,
        resolution.entities,
        composition.united(relations),
        tuple(draft.frozen() for draft in drafts),
        milestone_facts,
        payment_facts,
        discourse.issuers,
        resolution.contacts,
        mentions,
    )


def _merged(mentions: Sequence[Mention], inner: Sequence[Mention]) -> tuple[Mention, ...]:
    """Mentions with those inside of names ('CD44v6' in 'anti-CD44v6 antibody'), by span, the outer one first."""
    return tuple(sorted((*mentions, *inner), key=lambda m: (m.span.start, -m.span.end)))


_LEAD = 20
"""Sentences of the body that suffice to find the issuers of a release that does not speak of medicines."""


def _lead_end(document: Document) -> int:
    """The index of the sentence that ends the lead; contacts above it may be many."""
    first = next((s.index for s in document.sentences if s.kind is SectionKind.BODY), 0)
    return first + _LEAD


def _testify(
    witness: Witness,
    claims: Sequence[Claim],
    events: Sequence[milestones.Found],
    moneys: Sequence[payments.Found],
) -> None:
    for claim in claims:
        witness("agreements", claim.evidence[0])
    for event in events:
        witness("milestones", event.evidence)
    for money_found in moneys:
        witness("payments", money_found.evidence[0])


def _with_values(document: Document, names: Sequence[Mention], *, last: int | None = None) -> tuple[Mention, ...]:
    """Names and values, ascending and disjoint; a name wins over a value, money over the rest.

    Args:
        document: The release.
        names: All names in it.
        last: The sentence after the last one that is read, if not all are: values behind it serve nobody.
    """
    text = document.text
    end = len(text) if last is None or last >= len(document.sentences) else document.sentences[last].span.end
    layers: list[Iterable[Mention]] = [
        names,
        money.find(text, 0, end),
        percents.find(text, 0, end),
        dates.find(text, 0, end, issued=document.issued),
        [piece for place in territories.find(text, 0, end) for piece in territories.pieces(place)],
    ]
    taken: list[Mention] = []
    starts: list[int] = []
    parted: list[Mention] = []
    for layer in layers:
        for mention in layer:
            at = bisect_left(starts, mention.span.start)
            clash = (at < len(taken) and taken[at].span.overlaps(mention.span)) or (
                at > 0 and taken[at - 1].span.overlaps(mention.span)
            )
            if not clash:
                taken.insert(at, mention)
                starts.insert(at, mention.span.start)
            elif mention.kind is Kind.TERRITORY:
                parted.append(mention)
    for place in parted:
        for mention in _around(text, place.span, taken):
            at = bisect_left(starts, mention.span.start)
            taken.insert(at, mention)
            starts.insert(at, mention.span.start)
    return tuple(taken)


def _around(text: str, span: Span, taken: Sequence[Mention]) -> tuple[Mention, ...]:
    """The territories around the names in a phrase: two in 'global rights to X outside Japan'."""
    found: list[Mention] = []
    start = span.start
    for name in [m for m in taken if m.span.overlaps(span)]:
        found.extend(territories.find(text, start, max(start, name.span.start)))
        start = max(start, name.span.end)
    if start < span.end:
        found.extend(territories.find(text, start, span.end))
    return tuple(found)


def _inside(mentions: Sequence[Mention], starts: Sequence[int], sentence: Sentence) -> Sequence[Mention]:
    low, high = bisect_left(starts, sentence.span.start), bisect_left(starts, sentence.span.end)
    return [m for m in mentions[low:high] if m.span.end <= sentence.span.end]


class _Parsed(Mapping[int, Groups]):
    """The groups of every sentence that may state a fact, up to the sentence of index `last`, made when asked for."""

    def __init__(self, document: Document, mentions: Sequence[Mention], *, last: int | None = None) -> None:
        self._text, self._mentions = document.text, mentions
        self._starts = [m.span.start for m in mentions]
        self._sentences = {s.index: s for s in document.sentences[:last] if s.kind.states_facts}
        self._made: dict[int, Groups] = {}

    def __getitem__(self, index: int) -> Groups:
        groups = self._made.get(index)
        if groups is None:
            sentence = self._sentences[index]
            inside = _inside(self._mentions, self._starts, sentence)
            groups = self._made[index] = chunk(tokenize(self._text, sentence.span, inside))
        return groups

    def __contains__(self, index: object) -> bool:
        return index in self._sentences

    def __iter__(self) -> Iterator[int]:
        return iter(self._sentences)

    def __len__(self) -> int:
        return len(self._sentences)


def _walk(
    document: Document,
    mentions: Sequence[Mention],
    parsed: Mapping[int, Sequence[Group]],
    resolution: Resolution,
    discourse: Discourse,
    asked: Sequence[Wanted],
) -> tuple[list[Claim], list[milestones.Found], list[payments.Found], list[Relation]]:
    """Every rule on every sentence that it is worth asking, in order; the discourse moves on after each."""
    starts = [m.span.start for m in mentions]
    claims: list[Claim] = []
    events: list[milestones.Found] = []
    moneys: list[payments.Found] = []
    relations: list[Relation] = []
    described: tuple[Sequence[Mention], Scene] | None = None
    for sentence in document.sentences:
        if sentence.index not in parsed:
            continue
        wants = asked[sentence.index]
        follows = bool(events) and events[-1].sentence == sentence.index - 1
        if wants is not NOTHING or described or follows:
            groups = parsed[sentence.index]
            scene = Scene(document, sentence, groups, _inside(mentions, starts, sentence), resolution, discourse)
            if wants.relations:
                relations.extend((*composition.stated(scene), *owners.stated(scene)))
            if described:
                relations.extend(composition.identified(scene, *described))
            parts = composition.described(scene) if wants.relations else ()
            described = (parts, scene) if parts else None
            if wants.agreements:
                claims.extend(agreements.read(scene))
            product = milestones.taken_up(scene) if follows else None
            if product:
                events[-1] = replace(events[-1], product=product)
            if wants.milestones:
                events.extend(milestones.read(scene))
            if wants.payments:
                moneys.extend(payments.read(scene))
        discourse.see(sentence)
    return claims, events, moneys, relations


def _name_parts(
    document: Document, names: Sequence[Mention], resolution: Resolution, discourse: Discourse, lexicon: Lexicon
) -> tuple[Resolution, list[Relation]]:
    """What conjugates' names encode; parts that stand nowhere else become entities of their own."""
    entities = {entity.id: entity for entity in resolution.entities}
    spelled: dict[tuple[Kind, str], EntityId] = {}
    for entity in resolution.entities:
        for name in entity.names:
            spelled.setdefault((entity.kind, name.text.casefold()), entity.id)
    relations: list[Relation] = []
    for mention in names:
        conjugate = resolution.of(mention) if mention.kind is Kind.CONJUGATE else None
        sentence = _sentence(document, mention) if conjugate else None
        if conjugate is None or sentence is None:
            continue
        scene = Scene(document, sentence, (), (mention,), resolution, discourse)
        for relation, part in composition.from_name(mention, conjugate, scene, lexicon, spelled):
            relations.append(relation)
            if relation.object not in entities:
                label = lexicon.entry(part.key).label if part.key else part.text
                evidence = scene.evidence(
                    part.rule, part.span, prop="skos:altLabel", value=part.text, basis=relation.evidence[0].basis
                )
                entities[relation.object] = Entity(
                    relation.object, part.kind, label, (Name(part.text, "skos:altLabel", evidence),), part.key
                )
    ordered = tuple(entities[key] for key in sorted(entities))
    return Resolution(ordered, resolution.at, resolution.relations, resolution.contacts), relations


def _sentence(document: Document, mention: Mention) -> Sentence | None:
    at = bisect_left([s.span.start for s in document.sentences], mention.span.start + 1) - 1
    sentence = document.sentences[at] if at >= 0 else None
    return sentence if sentence and sentence.span.covers(mention.span) and sentence.kind.states_facts else None
