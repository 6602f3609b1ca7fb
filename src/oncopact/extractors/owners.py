"""Whose technology and whose conjugate it is: said by a sentence, or following from a deal or from who issues."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from oncopact.discourse import Discourse
from oncopact.entries import CompanyEntry, ConjugateEntry
from oncopact.extractors.composition import relation
from oncopact.extractors.merge import Draft
from oncopact.extractors.scene import Scene
from oncopact.lexicon import Lexicon
from oncopact.model import (
    AgreementKind,
    Document,
    Entity,
    EntityId,
    Evidence,
    Kind,
    Mention,
    Relation,
    SectionKind,
    Span,
)
from oncopact.resolve import Resolution
from oncopact.syntax.clauses import complements, direct_object, is_reduced, subject
from oncopact.syntax.groups import NOUN, VERB


def stated(scene: Scene) -> tuple[Relation, ...]:
    """Owners and developers that the sentence names."""
    return (*_owners(scene), *_developers(scene))


def _owners(scene: Scene) -> Iterable[Relation]:
    """A possessor owns the technology; 'its proprietary X platform' is the subject's."""
    for at, group in enumerate(scene.groups):
        if group.role != NOUN:
            continue
        technologies = [m for m in group.all_mentions if m.kind is Kind.TECHNOLOGY]
        if not technologies:
            continue
        owner = scene.possessor(at)
        if owner is None and group.words[0] in ("its", "our") and {"proprietary", "own"} & set(group.words):
            owner = _subject_before(scene, at)
        if owner is None:
            continue
        for mention in technologies:
            value = scene.entity(mention)
            if value:
                yield relation(scene, "technology.owner", value, "op:ownedBy", owner, group.span)


def _subject_before(scene: Scene, at: int) -> EntityId | None:
    for position in range(at - 1, -1, -1):
        named = scene.companies((position,))
        if named:
            return named[0]
    return scene.discourse.the_company(scene.sentence)


_STARTING = frozenset("initiate begin start open commence conduct sponsor".split())
_DEVELOPING = frozenset(
    "develop co-develop discover advance commercialize own study evaluate create market sell".split()
)


def _developers(scene: Scene) -> Iterable[Relation]:
    """Whose product it is.

    "A's X", 'A (X)', 'X, being developed by A', 'A is developing X', 'A-developed products - X'.
    """
    text = scene.document.text
    for at, group in enumerate(scene.groups):
        if group.role != NOUN:
            continue
        products = [m for m in group.mentions if m.kind is Kind.CONJUGATE]
        owner = scene.possessor(at) if products else None
        for mention in products if owner else ():
            yield from _developed(scene, mention, owner, group.span)
        head = group.head(Kind.COMPANY)
        bracketed = [t.mention for t in group.bracket if t.mention and t.mention.kind is Kind.CONJUGATE]
        for mention in bracketed if head else ():
            yield from _developed(scene, mention, scene.entity(head), Span(group.span.start, mention.span.end))
        for mention in group.mentions:
            if mention.kind is Kind.COMPANY and re.match(
                r"[-‐‑](?:developed|sponsored|discovered)\b", text[mention.span.end : mention.span.end + 12]
            ):
                following = [m for m in scene.mentions if m.kind is Kind.CONJUGATE and m.span.start > mention.span.end]
                for product in following:
                    yield from _developed(
                        scene, product, scene.entity(mention), Span(mention.span.start, product.span.end)
                    )
    yield from _developing(scene)
    yield from _owned_in_apposition(scene)
    yield from _jointly(scene)
    yield from _by_partner(scene)
    yield from _beside(scene)


_JOINTLY = re.compile(
    r"\b(?:jointly\s+(?:being\s+)?develop\w*|co-?develop\w*|develop\w*(?:\s+\w+){0,3}\s+in\s+(?:partnership|collaboration))\b"
    r"(?:(?!\bwith\b)[^.;:()]){0,60}\swith\s+(?:its\s+|our\s+|the\s+)?(?:partners?\s+)?\Z"
)


def _jointly(scene: Scene) -> Iterable[Relation]:
    """'X, an ADC, and Y are being jointly developed with B', 'X is developed in partnership with B': B's and ours."""
    text = scene.document.text
    for partner in scene.mentions:
        if partner.kind is not Kind.COMPANY:
            continue
        said = _JOINTLY.search(text, max(scene.sentence.span.start, partner.span.start - 140), partner.span.start)
        if said is None:
            continue
        things = [m for m in scene.mentions if m.kind is Kind.CONJUGATE and m.span.end <= said.start()]
        ours = scene.discourse.the_company(scene.sentence)
        for mention in things:
            for company in dict.fromkeys((scene.entity(partner), ours)):
                yield from _developed(scene, mention, company, Span(mention.span.start, partner.span.end))


_PARTNER = re.compile(r"\b(?:its|our|the\s[Cc]ompany['’]s)\s(?:\w+\s){0,2}partner,?\s\Z")


def _by_partner(scene: Scene) -> Iterable[Relation]:
    """'a study carried out by its partner B with X': B's and ours, where the sentence speaks of one conjugate."""
    text = scene.document.text
    things = [m for m in scene.mentions if m.kind is Kind.CONJUGATE]
    if len({scene.entity(m) for m in things}) != 1:
        return
    for partner in scene.mentions:
        if partner.kind is not Kind.COMPANY or not _PARTNER.search(
            text, max(0, partner.span.start - 50), partner.span.start
        ):
            continue
        near = min(things, key=lambda m: abs(m.span.start - partner.span.start))
        span = Span(min(near.span.start, partner.span.start), max(near.span.end, partner.span.end))
        if span.end - span.start < 120:
            for company in dict.fromkeys((scene.entity(partner), scene.discourse.the_company(scene.sentence))):
                yield from _developed(scene, near, company, span)


_IN_DEVELOPMENT = re.compile(
    r"(?:\s?[®™])?(?:\s*\([^()]{1,60}\))?,?\s(?:(?:which|that)\s(?:is|are)\s)?(?:currently\s|now\s|also\s)?"
    r"(?:in|under|undergoing|being)\s(?:[\w-]+\s){0,3}?(?:develop\w*|trials?|testing|studied|evaluated|tested)\s(?:by|at)\s"
    r"(?:the\s)?\Z|[^.;,]{0,70}\b(?:submitted|filed|sponsored|conducted)\sby\s(?:the\s)?\Z"
)
_INITIATION = re.compile(
    r"['’]s?\s(?:recent\s|planned\s)?(?:initiation|start|commencement|dosing|filing|submission|advancement)\s[^.;]{0,100}\b(?:its|of)\s"
    r"(?:[\w-]+,?\s){0,6}\Z"
)
_BOUGHT = re.compile(r"\b(?:acqui\w+|purchas\w+|in-licens\w+|licens\w+|obtain\w+)\b[^.;]{0,90}\Z", re.IGNORECASE)
_FROM = re.compile(r"(?:\s?[®™])?(?:\s*\([^()]{1,60}\))?\sfrom\s(?:the\s|its\s\w+\s)?\Z")


def _beside(scene: Scene) -> Iterable[Relation]:
    """'X, which is in development by B' is B's; 'acquires X and Y from B' makes them ours, too."""
    text, low = scene.document.text, scene.sentence.span.start
    things = [m for m in scene.mentions if m.kind is Kind.CONJUGATE]
    for company in scene.mentions:
        after = [m for m in things if m.span.start >= company.span.end] if company.kind is Kind.COMPANY else ()
        if after and _INITIATION.fullmatch(text, company.span.end, after[0].span.start):
            yield from _developed(scene, after[0], scene.entity(company), Span(company.span.start, after[0].span.end))
        before = [m for m in things if m.span.end <= company.span.start] if company.kind is Kind.COMPANY else ()
        if not before or company.span.start - before[-1].span.end > 110:
            continue
        last = before[-1]
        gap = text[last.span.end : company.span.start]
        if _IN_DEVELOPMENT.fullmatch(gap):
            yield from _developed(scene, last, scene.entity(company), Span(last.span.start, company.span.end))
        elif _FROM.fullmatch(gap) and _BOUGHT.search(text, low, before[0].span.start):
            for mention in before:
                for whose in dict.fromkeys((scene.discourse.the_company(scene.sentence), scene.entity(company))):
                    yield from _developed(scene, mention, whose, Span(mention.span.start, company.span.end))


_APPOSED = re.compile(r"\s?[®™]?(?:\s*\([^()]{1,60}\))?,\s+")
_OWNS = re.compile(r"['’]s?\s")


def _owned_in_apposition(scene: Scene) -> Iterable[Relation]:
    """'X, Borgwell’s TROP2-directed ADC', 'X (Y), an ADC of Borgwell'."""
    text = scene.document.text
    companies = {m.span.start: m for m in scene.mentions if m.kind is Kind.COMPANY}
    for mention in scene.mentions:
        gap = _APPOSED.match(text, mention.span.end) if mention.kind is Kind.CONJUGATE else None
        company = companies.get(gap.end()) if gap else None
        if company is not None and _OWNS.match(text, company.span.end):
            yield from _developed(scene, mention, scene.entity(company), Span(mention.span.start, company.span.end))


def _developing(scene: Scene) -> Iterable[Relation]:
    for at, group in enumerate(scene.groups):
        if group.role == VERB and group.lemma in _STARTING and group.finite and not group.passive:
            yield from _starting(scene, at)
        if group.role != VERB or group.lemma not in _DEVELOPING:
            continue
        passive = group.passive or is_reduced(scene.groups, at)
        if passive:
            agents = [c.at for c in complements(scene.groups, at) if c.preposition == "by" and c.depth == 0]
            companies, things = scene.companies(agents), scene.things(subject(scene.groups, at), Kind.CONJUGATE)
            last = max([at, *agents])
        else:
            found = direct_object(scene.groups, at)
            if found is None:
                continue
            companies = scene.companies(subject(scene.groups, at))
            things, last = scene.things((found,), Kind.CONJUGATE), found
        for mention in things:
            for company in companies:
                start = min(mention.span.start, group.span.start)
                yield from _developed(scene, mention, company, Span(start, scene.groups[last].span.end))


def _starting(scene: Scene, at: int) -> Iterable[Relation]:
    """'B has initiated a Phase 2 trial of X': the first conjugate of the trial."""
    found = direct_object(scene.groups, at)
    if found is None or scene.groups[found].lemma not in ("trial", "study", "testing", "development"):
        return
    of = [c.at for c in complements(scene.groups, found) if c.preposition == "of"]
    for mention in scene.things(of, Kind.CONJUGATE)[:1]:
        for company in scene.companies(subject(scene.groups, at)):
            yield from _developed(scene, mention, company, Span(scene.groups[at].span.start, mention.span.end))


def _developed(scene: Scene, mention: Mention, company: EntityId | None, span: Span) -> Iterable[Relation]:
    product = scene.entity(mention)
    if product and company:
        yield relation(scene, "conjugate.developer", product, "op:developedBy", company, span)


# ---------------------------------------------------------------- what follows from the release


def inferred(
    document: Document,
    resolution: Resolution,
    discourse: Discourse,
    relations: Sequence[Relation],
    drafts: Sequence[Draft],
    lexicon: Lexicon,
) -> list[Relation]:
    """Developers that follow: the parties of a deal on a conjugate, and the company whose release is on it."""
    found = _parties(drafts)
    developed = {r.subject for r in (*relations, *found) if r.property == "op:developedBy"}
    own = _own_companies(resolution, discourse, drafts)
    for entity in resolution.entities:
        if entity.kind is not Kind.CONJUGATE:
            continue
        place = _own_place(document, resolution, entity)
        if entity.id in developed and not (place and len(own) == 1 and _studied(document, place)):
            continue
        if place is None or (len(own) > 1 and place.section is not SectionKind.HEADLINE):
            continue
        for whose in own:
            if _studied(document, place) or not _anothers(entity, whose, lexicon):  # given beside one's own
                evidence = replace(place, property="op:developedBy", value=whose)
                found.append(Relation(entity.id, "op:developedBy", whose, (evidence,)))
    return found


_STUDY_OF = re.compile(
    r"\b(?:[Ss]tud(?:y|ies)|[Tt]rials?|[Dd]ata|[Rr]esults|[Dd]esignation|INDs?|[Dd]osing|[Dd]osed|[Ee]nrol\w+|[Uu]pdate)\b[^.;\n]{0,60}?"
    r"\b(?:of|for|on)\s+(?:[\w-]+\s+){0,2}\Z"
)


def _studied(document: Document, place: Evidence) -> bool:
    """Whether the headline reports on a study of it, as one does of one's own: 'Results from a Study of X'."""
    start = place.span.start
    return place.section is SectionKind.HEADLINE and bool(_STUDY_OF.search(document.text[max(0, start - 120) : start]))


def _anothers(entity: Entity, company: EntityId, lexicon: Lexicon) -> bool:
    """Whether a conjugate is known to be others', and the company is none of them or of their groups."""
    entry = lexicon.entry(entity.key) if entity.key else None
    if not isinstance(entry, ConjugateEntry) or not entry.developers:
        return False
    return _kin(company, lexicon).isdisjoint(
        kin for key in (*entry.developers, *entry.partners) for kin in _kin(key, lexicon)
    )


def _kin(company: EntityId, lexicon: Lexicon) -> frozenset[EntityId]:
    """A company, its group and its buyer."""
    entry = lexicon.entry(company) if company in lexicon else None
    above = (entry.group, entry.acquired_by) if isinstance(entry, CompanyEntry) else ()
    return frozenset((company, *(key for key in above if key)))


_SHARED = frozenset({AgreementKind.LICENCE, AgreementKind.COLLABORATION, AgreementKind.CO_DEVELOPMENT})


def _parties(drafts: Sequence[Draft]) -> list[Relation]:
    """Licensor and licensee of a conjugate develop it, and so do all who develop it together."""
    found: list[Relation] = []
    for draft in drafts:
        together = draft.kind is AgreementKind.CO_DEVELOPMENT
        companies = draft.parties if together else [*draft.licensors, *draft.licensees]
        for product in draft.products:
            if not product.startswith("conjugate/") or draft.kind not in _SHARED:
                continue
            base = next(e for e in draft.evidence if e.property == "op:coversProduct" and e.value == product)
            for company in companies:
                evidence = replace(base, property="op:developedBy", value=company, rule="conjugate.licensed")
                found.append(Relation(product, "op:developedBy", company, (evidence,)))
    return found


def _own_companies(resolution: Resolution, discourse: Discourse, drafts: Sequence[Draft]) -> tuple[EntityId, ...]:
    """Whose release it is: the issuers, unless the one buys the other; else the only company named."""
    if len(discourse.issuers) == 1 or not any(draft.kind is AgreementKind.ACQUISITION for draft in drafts):
        if discourse.issuers:
            return discourse.issuers if len(discourse.issuers) < 3 else ()
        companies = [e.id for e in resolution.entities if e.kind is Kind.COMPANY]
        return tuple(companies) if len(companies) == 1 else ()
    return ()


_COMPARED = re.compile(
    r"(?:\bthan|\bversus|\bvs\.?|\bcompared\s+(?:to|with)|\bfrom|\blike|\bsuch\s+as|\bover|\bprior|\bfollowing|\bafter"
    r"|\bincluding|\bsimilar\s+to|\bapproved)\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)


def _own_place(document: Document, resolution: Resolution, entity: Entity) -> Evidence | None:
    """Evidence from a mention that can be of the release's own candidate: not in a comparison, best in the headline."""
    text = document.text
    places: list[tuple[bool, Span, SectionKind]] = []
    for span, named in sorted(resolution.at.items()):
        if named != entity.id:
            continue
        section = next((s for s in document.sections if s.span.covers(span)), None)
        if section is None or _COMPARED.search(text[max(0, span.start - 60) : span.start]):
            continue
        places.append((section.kind is not SectionKind.HEADLINE, span, section.kind))
    if not places:
        return None
    _, span, kind = min(places)
    return Evidence(span, span.of(text), "conjugate.own-release", kind)
