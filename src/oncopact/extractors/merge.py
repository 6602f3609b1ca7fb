"""Claims of one release → its agreements.

Two claims speak of one agreement when the same companies make it, the kinds can be one deal, and neither the dates nor
'new' against 'recalled' tell them apart. The first strong claim gives the kind; later ones add direction, coverage,
dates and evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from oncopact.discourse import Discourse
from oncopact.extractors.claims import Claim, with_parties
from oncopact.extractors.roles import BUYING
from oncopact.model import (
    Agreement,
    AgreementKind,
    Document,
    EntityId,
    EventKind,
    Evidence,
    Kind,
    Mention,
    Modality,
    PartialDate,
    SectionKind,
)
from oncopact.recognizers.territories import split
from oncopact.resolve import Resolution

_RIGHTS = frozenset(
    {
        AgreementKind.LICENCE,
        AgreementKind.COLLABORATION,
        AgreementKind.CO_DEVELOPMENT,
        AgreementKind.RESEARCH,
        AgreementKind.OTHER,
    }
)
_CHANGES = frozenset(
    {EventKind.AMENDED, EventKind.EXPANDED, EventKind.RENEWED, EventKind.EXERCISED, EventKind.TERMINATED}
)


@dataclass(slots=True)
class Draft:
    """An agreement in the making; see `model.Agreement`.

    Attributes:
        strength: How well `kind` is known: 1 a noun in passing, 2 a directed verb, 3 a verb with a noun of agreement.
        mixed: Whether its noun has words of a licence and of a collaboration, so that what passes decides.
        shares: Whether it is an option by which no rights pass.
        sentences: Indices of the sentences that speak of it.
    """

    kind: AgreementKind
    event: EventKind
    parties: list[EntityId]
    licensors: list[EntityId] = field(default_factory=list)
    licensees: list[EntityId] = field(default_factory=list)
    technologies: list[EntityId] = field(default_factory=list)
    targets: list[EntityId] = field(default_factory=list)
    products: list[EntityId] = field(default_factory=list)
    exclusive: bool | None = None
    territory: str | None = None
    excluded: str | None = None
    signed: PartialDate | None = None
    strength: int = 0
    mixed: bool = False
    shares: bool = False
    sentences: list[int] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)

    def frozen(self) -> Agreement:
        """The finished value."""
        unique = sorted(dict.fromkeys(self.evidence), key=lambda e: (e.span, e.property or "", e.value or "", e.rule))
        return Agreement(
            self.kind,
            self.event,
            tuple(self.parties),
            tuple(self.licensors),
            tuple(self.licensees),
            tuple(self.technologies),
            tuple(self.targets),
            tuple(self.products),
            self.exclusive,
            self.territory,
            self.excluded,
            self.signed,
            evidence=tuple(unique),
        )


def agreements(
    document: Document, claims: Sequence[Claim], resolution: Resolution, discourse: Discourse
) -> list[Draft]:
    """The agreements that the claims speak of, in order of their first sentence."""
    drafts: list[Draft] = []
    for claim in claims:
        for single in _singles(claim):
            whole = _completed(document, single, resolution, discourse, drafts)
            if whole is None:
                continue
            alike = [d for d in _latest(drafts, whole, resolution) if _same(d, whole, resolution)]
            draft = next((d for d in alike if d.event is whole.event), alike[0] if alike else None)
            if draft is None:
                if whole.generic or not _stands(whole):
                    continue
                draft = Draft(whole.kind, whole.event, list(whole.parties))
                drafts.append(draft)
            _add(draft, whole, resolution)
    for draft in drafts:
        of_company = draft.kind is AgreementKind.ACQUISITION and "agreement.acquires-thing" not in _rules(draft)
        if of_company and draft.event is EventKind.ANNOUNCED and len(draft.parties) == 2:
            _brought(document, draft, resolution)
            _inherited(draft, drafts)
    return [draft for draft in drafts if draft.parties and not _is_exercise(draft, drafts)]


def _latest(drafts: Sequence[Draft], claim: Claim, resolution: Resolution) -> list[Draft]:
    """The drafts that a claim may speak of: first those on its product, the last spoken of first."""
    products = set(_ids(claim.things, resolution, Kind.CONJUGATE, Kind.ANTIBODY, Kind.PRODUCT))
    latest = list(reversed(drafts))
    latest.sort(key=lambda draft: not products & set(draft.products))
    return latest


def _rules(draft: Draft) -> set[str]:
    return {evidence.rule for evidence in draft.evidence}


def _is_exercise(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a co-development is only what an option exercised in the release leads to."""
    if draft.kind is not AgreementKind.CO_DEVELOPMENT or _rules(draft) != {_JOINTLY}:
        return False
    exercised = [d for d in drafts if d.kind is AgreementKind.OPTION and d.event is EventKind.EXERCISED]
    return any(set(d.parties) == set(draft.parties) and set(d.products) & set(draft.products) for d in exercised)


_JOINTLY = "agreement.develops-jointly"


def _inherited(acquisition: Draft, drafts: Sequence[Draft]) -> None:
    """An older deal on a product that the bought company brings is the bought company's, not the buyer's."""
    buyer, bought = acquisition.parties
    for draft in drafts:
        older = draft.event is EventKind.REFERENCED and draft.kind in _RIGHTS and buyer in draft.parties
        if older and bought not in draft.parties and set(draft.products) & set(acquisition.products):
            for companies in (draft.parties, draft.licensors, draft.licensees):
                companies[:] = [bought if company == buyer else company for company in companies]
            draft.evidence[:] = [replace(e, value=bought) if e.value == buyer else e for e in draft.evidence]


def _brought(document: Document, draft: Draft, resolution: Resolution) -> None:
    """The products that an acquisition brings: those that the sentences on the company bought name."""
    bought = draft.parties[1]
    spans = sorted(resolution.at.items())
    for sentence in document.sentences:
        if not sentence.kind.states_facts:
            continue
        named = [(span, entity) for span, entity in spans if sentence.span.covers(span)]
        if bought not in {entity for _, entity in named} or draft.parties[0] in {e for _, e in named[1:]}:
            continue
        for span, entity in named:
            if entity.startswith(("conjugate/", "antibody/", "product/")) and entity not in draft.products:
                draft.products.append(entity)
                quote = span.of(document.text)
                evidence = Evidence(span, quote, "agreement.brings", sentence.kind, "op:coversProduct", entity)
                draft.evidence.append(evidence)


def _singles(claim: Claim) -> tuple[Claim, ...]:
    """'has agreements with A, B and C' are three agreements, and so is 'A, B and C have licensed the right to'."""
    if len(claim.licensees) > 2 and not claim.licensors and set(claim.licensees) == set(claim.parties):
        return tuple(with_parties(claim, (licensee,)) for licensee in claim.licensees)
    if not claim.multi:
        return (claim,)
    owner, *others = claim.parties
    return tuple(with_parties(claim, (owner, other)) for other in others)


def _stands(claim: Claim) -> bool:
    """Whether a claim can make an agreement of its own."""
    if claim.negated and claim.event is not EventKind.TERMINATED:
        return False
    if claim.modality is Modality.CONDITIONAL and claim.kind is not AgreementKind.OPTION:
        return False
    if len(claim.parties) < 2:
        bought = any(m.kind is not Kind.TARGET for m in claim.things)
        return claim.kind is AgreementKind.ACQUISITION and bought and claim.frame == "agreement.acquires-thing"
    return True


def _completed(
    document: Document, claim: Claim, resolution: Resolution, discourse: Discourse, drafts: Sequence[Draft]
) -> Claim | None:
    """A claim with one company gets its other side from the deal spoken of, or from the release's own company."""
    if len(claim.parties) >= 2:
        return claim
    (party,) = claim.parties or (None,)
    if party is None:
        return None
    if claim.frame in _OWNED_BY_SPEAKER or claim.section is SectionKind.ABOUT:
        owner = discourse.the_company(document.sentences[claim.sentence])
        if owner and owner != party and (claim.licensees or claim.licensors or claim.frame == _JOINTLY):
            sided = bool(claim.licensees) if claim.licensees or claim.licensors else None
            return _with_other(claim, owner, licensor=sided)
    near = next(
        (d for d in _latest(drafts, claim, resolution) if party in d.parties and len(d.parties) >= 2),
        None,
    )
    acquires = claim.kind is AgreementKind.ACQUISITION
    if near is None and claim.licensees == (party,) and claim.frame in ("agreement.obtains", "agreement.is-granted"):
        whose = discourse.issuers[0] if len(discourse.issuers) == 1 else None
        return _with_other(claim, whose, licensor=True) if whose and whose != party else claim
    if (
        near is None
        and claim.kind is AgreementKind.OPTION
        and party in discourse.issuers
        and len(discourse.issuers) == 2
    ):
        other = next(issuer for issuer in discourse.issuers if issuer != party)
        return _with_other(claim, other, licensor=None if claim.shares else bool(claim.licensees))
    if near is None and not acquires and (claim.licensees or claim.licensors):
        beside = _beside(document, claim, resolution)
        return _with_other(claim, beside, licensor=bool(claim.licensees)) if beside else claim
    if near is None or (acquires and near.kind is not AgreementKind.ACQUISITION):
        return claim
    if claim.event is EventKind.REFERENCED and claim.frame == "agreement.obtains" and _far(near, claim):
        return claim  # 'A holds rights to its products': what it has is not what the deal before gave
    return _among(claim, party, near)


def _among(claim: Claim, party: EntityId, near: Draft) -> Claim:
    """The claim of one company among the parties of the deal spoken of."""
    others = [p for p in near.parties if p != party]
    if claim.kind is AgreementKind.OPTION and near.kind is not AgreementKind.OPTION:
        holds = bool(claim.licensees) and claim.frame != "agreement.grants"
        return replace(claim, parties=tuple(near.parties), licensors=tuple(others) if holds else claim.licensors)
    if claim.licensees == (party,):
        return replace(claim, parties=tuple(near.parties), licensors=tuple(others), generic=True)
    if claim.licensors == (party,):
        return replace(claim, parties=tuple(near.parties), licensees=tuple(others), generic=True)
    return replace(claim, parties=tuple(near.parties), generic=True)


def _far(draft: Draft, claim: Claim) -> bool:
    return not any(0 <= claim.sentence - index <= 2 for index in draft.sentences)


def _beside(document: Document, claim: Claim, resolution: Resolution) -> EntityId | None:
    """The one other company that the claim's sentence names."""
    sentence = document.sentences[claim.sentence].span
    named = {e for span, e in resolution.at.items() if sentence.covers(span) and e.startswith("company/")}
    others = named - set(claim.parties)
    return others.pop() if len(others) == 1 else None


_OWNED_BY_SPEAKER = frozenset(
    {
        "agreement.is-licensed-to",
        "agreement.rights-granted-to",
        "agreement.is-licensed-from",
        "agreement.is-licensed-by",
    }
)


def _with_other(claim: Claim, other: EntityId, *, licensor: bool | None) -> Claim:
    """The claim with its other side, as licensor, licensee, or, for None, as a party only."""
    base = claim.evidence[0]
    if licensor is None:
        evidence = (*claim.evidence, replace(base, property="op:party", value=other))
        return replace(claim, parties=(other, *claim.parties), evidence=evidence)
    prop = "op:licensor" if licensor else "op:licensee"
    added = (replace(base, property=prop, value=other), replace(base, property="op:party", value=other))
    return replace(
        claim,
        parties=(other, *claim.parties) if licensor else (*claim.parties, other),
        licensors=(other,) if licensor else claim.licensors,
        licensees=claim.licensees if licensor else (other,),
        evidence=claim.evidence + added,
    )


# ---------------------------------------------------------------- sameness


def _same(draft: Draft, claim: Claim, resolution: Resolution) -> bool:
    one, two = set(draft.parties), set(claim.parties)
    if not (one == two or (two < one and len(two) >= 2) or (one < two and len(one) >= 2)):
        return False
    if not _kinds_agree(draft.kind, claim.kind) and not claim.generic:
        return False
    if _developed_apart(draft, claim, resolution):
        return False
    if claim.older and (draft.signed is None or draft.signed != claim.signed):
        return False
    news = draft.event is not EventKind.REFERENCED and claim.event not in _CHANGES
    if claim.apart and (news or draft.kind is not claim.kind):
        return False
    rights = claim.kind not in (AgreementKind.ACQUISITION, AgreementKind.OTHER)
    if draft.kind is claim.kind is AgreementKind.ACQUISITION and one == two and len(one) == 2:
        return True  # nobody buys a company twice
    if claim.generic and draft.kind is AgreementKind.ACQUISITION and rights:
        return False
    if draft.licensors and claim.licensors and set(draft.licensors) != set(claim.licensors) and not claim.generic:
        return False
    if draft.signed and claim.signed and not _dates_agree(draft.signed, claim.signed):
        return False
    if {draft.event, claim.event} <= _CHANGES and draft.event is not claim.event and not claim.generic:
        return not _cover_apart(draft, claim, resolution)
    new, old = EventKind.ANNOUNCED, EventKind.REFERENCED
    if {draft.event, claim.event} == {new, old} and (draft.signed or claim.signed):
        return False
    if draft.event is old and claim.event is old and not claim.generic:
        return not _cover_apart(draft, claim, resolution)
    return True


def _developed_apart(draft: Draft, claim: Claim, resolution: Resolution) -> bool:
    """Whether one product is licensed and another developed together: two deals, announced on one day."""
    without = draft.kind if claim.licensors else claim.kind
    jointly = without in (AgreementKind.CO_DEVELOPMENT, AgreementKind.COLLABORATION)
    licensed = bool(draft.licensors) != bool(claim.licensors)
    return jointly and licensed and not claim.generic and _cover_apart(draft, claim, resolution)


def _kinds_agree(one: AgreementKind, two: AgreementKind) -> bool:
    """Whether one deal can go by both kinds: any deal is 'the agreement', and rights pass in a collaboration too."""
    return one is two or AgreementKind.OTHER in (one, two) or (one in _RIGHTS and two in _RIGHTS)


def _dates_agree(one: PartialDate, two: PartialDate) -> bool:
    return one.earliest <= two.latest and two.earliest <= one.latest


def _cover_apart(draft: Draft, claim: Claim, resolution: Resolution) -> bool:
    products = set(_ids(claim.things, resolution, Kind.CONJUGATE, Kind.ANTIBODY, Kind.PRODUCT))
    if claim.multi and draft.products and not products and claim.things:
        return not draft.technologies  # one of the licences to a platform, not that to a product
    return bool(products and draft.products and not products & set(draft.products))


def _ids(things: Sequence[Mention], resolution: Resolution, *kinds: Kind) -> list[EntityId]:
    found = (resolution.of(m) for m in things if m.kind in kinds)
    return list(dict.fromkeys(e for e in found if e))


# ---------------------------------------------------------------- adding


def _add(draft: Draft, claim: Claim, resolution: Resolution) -> None:
    strength = _strength(claim) if claim.modality is not Modality.CONDITIONAL or not draft.strength else 0
    if draft.kind is AgreementKind.OTHER and claim.kind is not AgreementKind.OTHER and not claim.generic:
        draft.kind, draft.strength = claim.kind, strength
    if strength > draft.strength and not claim.generic and claim.kind is not AgreementKind.OTHER:
        if not (strength == 2 and draft.strength and draft.kind is not claim.kind and draft.strength > 1):
            draft.kind = claim.kind
        draft.strength = strength
    if (claim.event in _CHANGES and not (claim.kind is not draft.kind and claim.generic)) or (
        draft.event is EventKind.REFERENCED and claim.event is EventKind.ANNOUNCED
    ):
        draft.event = claim.event
    for party in claim.parties:
        if party not in draft.parties:
            draft.parties.append(party)
    if claim.frame in BUYING and len(claim.parties) == 2:
        draft.parties.sort(
            key=lambda party: claim.parties.index(party) if party in claim.parties else len(claim.parties)
        )
    _add_roles(draft, claim)
    _cover(draft, claim, resolution)
    draft.exclusive = claim.exclusive if draft.exclusive is None else draft.exclusive
    for place in claim.territory:
        territory, excluded = split(place.text)
        if (draft.territory is None and draft.excluded is None) or (excluded and not draft.excluded):
            draft.territory, draft.excluded = territory or draft.territory, excluded
    draft.signed = draft.signed or claim.signed
    draft.sentences.append(claim.sentence)
    roles = {"op:licensor": draft.licensors, "op:licensee": draft.licensees, "op:party": draft.parties}
    draft.evidence.extend(e for e in claim.evidence if e.property not in roles or e.value in roles[e.property])
    for prop, companies in roles.items():
        for company in companies:
            if not any(e.property == prop and e.value == company for e in draft.evidence):
                draft.evidence.append(replace(claim.evidence[0], property=prop, value=company))


def _add_roles(draft: Draft, claim: Claim) -> None:
    draft.mixed |= claim.mixed
    draft.shares |= claim.shares
    if draft.mixed and draft.kind is AgreementKind.COLLABORATION and _passes_product(claim):
        draft.kind, draft.strength = AgreementKind.LICENCE, 4
    if draft.shares:
        draft.licensors, draft.licensees = [], []
    elif not draft.licensors and not draft.licensees and (claim.licensors or claim.licensees):
        draft.licensors, draft.licensees = list(claim.licensors), list(claim.licensees)
        _other_side(draft)


def _passes_product(claim: Claim) -> bool:
    """Whether a claim gives one side the product itself: 'granted B rights to develop and commercialize X'."""
    return bool(claim.licensees) and "commerciali" in claim.evidence[0].quote.lower()


def _other_side(draft: Draft) -> None:
    """In a deal of two the other side is the only candidate for the other role."""
    if len(draft.parties) == 2:
        if draft.licensors and not draft.licensees:
            draft.licensees = [p for p in draft.parties if p not in draft.licensors]
        elif draft.licensees and not draft.licensors:
            draft.licensors = [p for p in draft.parties if p not in draft.licensees]


def _strength(claim: Claim) -> int:
    """How well a claim knows its kind; 'has rights to use' says less of it than 'their collaboration' does."""
    if claim.frame == "agreement.noun" or claim.bare:
        return 1
    return 2 if claim.licensors or claim.licensees else 3


def _cover(draft: Draft, claim: Claim, resolution: Resolution) -> None:
    for kinds, held, prop in (
        ((Kind.TECHNOLOGY,), draft.technologies, "op:coversTechnology"),
        ((Kind.TARGET,), draft.targets, "op:coversTarget"),
        ((Kind.CONJUGATE, Kind.ANTIBODY, Kind.PRODUCT), draft.products, "op:coversProduct"),
    ):
        if kinds == (Kind.TARGET,) and draft.kind is AgreementKind.ACQUISITION:
            continue  # a target there is the bought company's field, not what passes
        for thing in _ids(claim.things, resolution, *kinds):
            if thing not in held:
                held.append(thing)
                draft.evidence.append(replace(claim.evidence[0], property=prop, value=thing))


def about_products(document: Document, draft: Draft) -> bool:
    """Whether any sentence of the agreement is outside of 'About' sections."""
    return any(document.sentences[i].kind is not SectionKind.ABOUT for i in draft.sentences)
