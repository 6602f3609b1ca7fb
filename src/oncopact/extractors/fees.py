"""Fees, royalties and funding that a sentence names without a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oncopact.extractors.amounts import IN_PARTS, LISTED_MILESTONES, SUMMING_UP, Reading, released
from oncopact.extractors.payers import Roles, companies, roles, stated
from oncopact.extractors.purposes import FEE, FEES, purpose
from oncopact.extractors.scene import Scene
from oncopact.extractors.sums import Sum
from oncopact.model import Kind, PaymentKind, SectionKind
from oncopact.syntax.clauses import complements, direct_object, subject
from oncopact.syntax.groups import NOUN, PREPOSITION, VERB


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee without a figure; see `amounts.Reading`."""

    at: int
    kind: PaymentKind
    who: Roles
    one_sided: bool = False


def fees(scene: Scene, taken: Sequence[Reading]) -> Iterator[Fee]:
    """The fees of a sentence that no sum in `taken` is an amount of."""
    used = {at for reading in taken for at in words_used(scene, reading.item)}
    for at, group in enumerate(scene.groups):
        if group.role == NOUN and at not in used:
            yield from of_words(scene, at, taken)
            yield from of_shares(scene, at, taken)
            yield from of_compensation(scene, at)
            yield from of_portion(scene, at)
        elif group.role == VERB and group.passive and group.lemma == "share":
            yield from of_sharing(scene, at)
        elif group.role == VERB and group.lemma in ("fund", "finance", "reimburse") and not group.passive:
            yield from of_funding(scene, at)


def words_used(scene: Scene, item: Sum) -> set[int]:
    """The groups that name the sum: its own, its noun's, and those of what follows it closely."""
    start = scene.groups[item.head].span.start
    near = "" if IN_PARTS.match(item.near) else item.near
    end = max(item.span.end, scene.groups[item.at].span.end) + len(near)
    listed = LISTED_MILESTONES.match(scene.document.text, item.span.end)
    end = max(end, listed.end()) if listed else end
    used = {i for i, g in enumerate(scene.groups) if start <= g.span.start and g.span.end <= end}
    before = item.head - 2
    if before >= 0 and scene.groups[item.head - 1].tag == "C":
        halves, words = scene.groups[before].words, scene.groups[item.head].words
        fees = halves[-1] == "fees" and "milestone" in " ".join(words)
        if halves[-1] in _HALVES or fees:  # 'upfront and near-term payments total $5 million'
            used.add(before)
    return used


_HALVES = frozenset(
    "upfront up-front front initial milestone development regulatory clinical commercial option".split()
)


_TRADING = frozenset("acquire buy purchase sell divest monetize assign include".split())
_WITHOUT = frozenset("without instead against on upon if at about regarding despite".split())
_DENYING = frozenset("no neither without nor".split())


def of_words(scene: Scene, at: int, taken: Sequence[Reading]) -> Iterator[Fee]:
    """Fees that are named without a figure: 'milestone payments plus royalties on net product sales'."""
    groups, group = scene.groups, scene.groups[at]
    words = " ".join(t.word for t in group.tokens if t.mention is None)
    match = _fee(scene, at, words)
    if not match or match.start() > len(words) or set(group.words) & _DENYING:
        return
    if match.lastgroup == "service" and at > 1 and groups[at - 1].tag == "C":
        before = _fee(scene, at - 2, " ".join(groups[at - 2].words))
        if before is not None and before.lastgroup == "service":
            return  # 'supply and maintenance fees' are one phrase
    if "royalt" in words and any(r.kind is PaymentKind.ROYALTY and _rate_of(scene, at, r.item) for r in taken):
        return
    if any(r.kind is PaymentKind.TOTAL and r.item.at > at and SUMMING_UP.match(r.item.lead) for r in taken):
        return
    if any(m.kind in (Kind.MONEY, Kind.PERCENT) for m in group.mentions) or _left_out(scene, at):
        return
    if match.lastgroup == "upfront" and any(r.item.head == at + 2 and groups[at + 1].tag == "," for r in taken):
        return  # 'an upfront, non-refundable payment of $3 million'
    who = roles(scene, at, at)
    governed = _preposition(scene, at)
    if who.verb is not None and scene.groups[who.verb].lemma in _TRADING and direct_object(groups, who.verb) == at:
        return
    if who.negated or governed in _WITHOUT or released(scene, group.span.start):
        return
    if not who.deal and taken and (_listed(scene, at, taken) or governed == "including"):
        who = taken[-1].who
    if not who.deal and not (taken and governed in ("including", "plus")):
        return
    kind = _word_kind(scene, at, match, who, governed)
    if kind is None:
        return
    yield Fee(at, kind, who)


_LEAVING_OUT = re.compile(
    r"\b(?:not\s+including|excluding|exclusive\s+of|other\s+than)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)


def _left_out(scene: Scene, at: int) -> bool:
    """Whether the sum does not count the fee: '$205 million in total, not including royalties'."""
    start = scene.groups[at].span.start
    return bool(_LEAVING_OUT.search(scene.document.text[max(scene.sentence.span.start, start - 60) : start]))


_RATE_OF = re.compile(
    r"\s+(?:(?:on|of)\s+[^,.;$]{1,80}?)?(?:\brang\w+|\bstart\w+|\bbeginn\w+|\bbetween|\bfrom|\bat|\bof)\s+(?:\w+\s+){0,4}"
)


def _rate_of(scene: Scene, at: int, rate: Sum) -> bool:
    """Whether a rate belongs to the royalties named at `at`: 'royalties on net sales ranging from 8 to 14 percent'."""
    between = scene.document.text[scene.groups[at].span.end : rate.span.start]
    return rate.noun == "" or bool(_RATE_OF.fullmatch(between))


def _fee(scene: Scene, at: int, words: str) -> re.Match[str] | None:
    """The fee that a group names, alone or with the group after 'and': 'milestone and royalty payments'."""
    groups = scene.groups
    joined = words
    if at + 2 < len(groups) and groups[at + 1].tag == "C" and groups[at + 2].role == NOUN:
        joined = f"{words} and {' '.join(groups[at + 2].words)}"
    return FEE.search(joined)


_HANDING = frozenset("receive issue get deliver obtain pay grant".split())


def of_shares(scene: Scene, at: int, taken: Sequence[Reading]) -> Iterator[Fee]:
    """Payment in shares or warrants of which only the number is told: 'received 46 million shares'."""
    group = scene.groups[at]
    counted = group.lemma == "shares" and any(w[0].isdigit() for w in group.words)
    if not counted and group.lemma not in ("warrant", "warrants"):
        return
    if any(m.kind in (Kind.MONEY, Kind.PERCENT) for m in group.mentions) or any(
        reading.kind is PaymentKind.EQUITY for reading in taken
    ):
        return
    who = roles(scene, at, at)
    verb = scene.groups[who.verb].lemma if who.verb is not None else ""
    if verb in _HANDING and not who.negated and (who.payees or (who.payers and verb != "issue")):
        yield Fee(at, PaymentKind.EQUITY, who)


_INCOME = re.compile(
    r"\s+of\s+(?:[\w’'-]+\s+){0,3}?(?:sub-?)?licens\w*\s+(?:revenues?|income|proceeds|fees|receipts)\b", re.IGNORECASE
)


def of_portion(scene: Scene, at: int) -> Iterator[Fee]:
    """'a prearranged percentage of sublicense revenue': a share of what others pay, without its figure."""
    group = scene.groups[at]
    if group.lemma not in ("percentage", "share", "portion") or any(m.kind is Kind.PERCENT for m in group.mentions):
        return
    if _INCOME.match(scene.document.text[group.span.end : scene.sentence.span.end]):
        who = roles(scene, at, at)
        if who.deal and not who.negated and (who.payers or who.payees):
            yield Fee(at, PaymentKind.OTHER, who)


_SHARED = frozenset("payment payments proceeds income revenue revenues royalties milestones".split())


def of_sharing(scene: Scene, at: int) -> Iterator[Fee]:
    """'All payments will be shared with B': what comes in is passed on in part."""
    groups = scene.groups
    shared = [i for i in subject(groups, at) if groups[i].lemma in _SHARED]
    partners = [c.at for c in complements(groups, at) if c.preposition == "with" and c.depth == 0]
    payees = companies(scene, partners[:1])
    if not shared or not payees or groups[at].negated:
        return
    owner = next((o for i in (*partners[:1], *shared) if (o := scene.possessor(i)) and o not in payees), None)
    owner = owner or scene.discourse.the_company(scene.sentence)
    if owner is not None and owner not in payees:
        yield Fee(shared[0], PaymentKind.OTHER, Roles((owner,), payees, deal=True, verb=at))


_COMPENSATED = re.compile(
    r"\bfor\s+(?:(?:the|its|all|any|certain)\s+)?(?P<what>[^,.;]*?)(?=\s+(?:and|as\s+well\s+as)\s+for\b|[,.;]|$)",
    re.IGNORECASE,
)
_WORKS = re.compile(
    r"\b(?:(?P<research>research|development|scientists|ftes?|studies|R&D)|productions?|manufactur\w+|suppl(?:y|ies)|materials?)\b",
    re.IGNORECASE,
)


def of_compensation(scene: Scene, at: int) -> Iterator[Fee]:
    """'financial compensation for research and for the production of material': one fee for each thing done."""
    if scene.groups[at].lemma != "compensation":
        return
    who = roles(scene, at, at)
    if who.negated or not (who.payers or who.payees):
        return
    clause = _clause_after(scene, at)
    if not re.match(r"\s+for\b", clause):
        return
    for match in _COMPENSATED.finditer(clause):
        work = _WORKS.search(match["what"])
        if work is not None:
            place = scene.groups[at].span.end + match.start("what")
            noun = next((i for i, g in enumerate(scene.groups) if i > at and g.span.end > place), at)
            yield Fee(noun, PaymentKind.RESEARCH_FUNDING if work["research"] else PaymentKind.OTHER, who)


_CONTINGENT = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:to\s+(?:[\w.&’'-]+\s+){1,4}?)?(?:that\s+are\s+)?"
    r"(?:contingent|based|upon|on|in\s+the\s+event|if|tied|linked|related|depending|for|when)\b",
    re.IGNORECASE,
)


def _word_kind(scene: Scene, at: int, match: re.Match[str], who: Roles, governed: str) -> PaymentKind | None:
    name = match.lastgroup or "payment"
    group = scene.groups[at]
    if name == "payment":
        clause = _clause_after(scene, at)
        if who.triggered and ("undisclosed" in clause or "undisclosed" in group.words):
            return PaymentKind.MILESTONE
        if re.search(r"payments?(?: contingent)?$", " ".join(group.words)) and (who.payees or who.payers):
            contingent = _CONTINGENT.match(clause) or group.words[-1] == "contingent"
            if contingent and purpose(clause[:160].partition("royalt")[0]) is PaymentKind.MILESTONE:
                return PaymentKind.MILESTONE
            if re.search(r"\bsales-based|based on (?:net )?sales|contingent", " ".join(group.words)):
                return PaymentKind.OTHER
        return None
    if name == "milestone" and not re.search(r"pay|fee|revenue", match.group()):
        if not (stated(scene, at) or _eligible_for(scene, at)) and (
            governed in ("of", "for", "in", "by", "from", "to", "following", "after") or not (who.payees or who.payers)
        ):
            return None
        if scene.groups[at].words[-1] not in ("milestone", "milestones") and "royalt" not in match.group():
            return None
        verb = scene.groups[who.verb].lemma if who.verb is not None else ""
        if verb in ("achieve", "record", "recognize", "realize", "secure", "share", "win"):
            return None
    return FEES[name]


def _eligible_for(scene: Scene, at: int) -> bool:
    """Whether 'is eligible for' leads to the noun: 'will be eligible for development and sales milestones'."""
    before = scene.document.text[scene.sentence.span.start : scene.groups[at].span.start]
    return bool(_ELIGIBLE.search(before))


_ELIGIBLE = re.compile(r"\b(?:eligible|entitled)\s+(?:for|to)\s+(?:[\w/-]+,?\s+){0,6}$", re.IGNORECASE)


def _preposition(scene: Scene, at: int) -> str:
    """The preposition that governs a noun group, coordinated nouns before it skipped; empty where a verb does."""
    for position in range(at - 1, -1, -1):
        group = scene.groups[position]
        if group.role == PREPOSITION:
            return group.lemma
        if group.role == VERB or group.tag in "W;:" or group.lemma == "as well as":
            return ""
    return ""


def _listed(scene: Scene, at: int, taken: Sequence[Reading]) -> bool:
    """Whether the noun stands in one list with a sum read before it."""
    last = taken[-1].item
    between = scene.document.text[last.span.end : scene.groups[at].span.start]
    verbs = any(g.role == VERB and g.finite for g in scene.groups[last.at + 1 : at])
    return last.at < at and not verbs and bool(re.search(r",|\band\b|\bplus\b|as well as|with", between))


def _clause_after(scene: Scene, at: int) -> str:
    end = scene.groups[at].span.end
    return scene.document.text[end : scene.sentence.span.end].partition(";")[0]


def of_funding(scene: Scene, at: int) -> Iterator[Fee]:
    """'B will fund research and development': money for research without a figure."""
    groups = scene.groups
    noun = direct_object(groups, at)
    if scene.sentence.kind is SectionKind.ABOUT or groups[at].negated:
        return
    payers = companies(scene, subject(groups, at))
    if len(payers) != 1 or any(m.kind in (Kind.MONEY, Kind.PERCENT) for g in groups[at:] for m in g.all_mentions):
        return
    if groups[at].lemma == "reimburse":
        work = {w for g in groups[at:] for w in g.words} & _WORK
        payees = companies(scene, (noun,)) if noun is not None else ()
        if not work:
            return
        yield Fee(at, PaymentKind.RESEARCH_FUNDING, Roles(payers, payees, deal=True, verb=at))
        return
    if noun is None or not _RESEARCH & set(groups[noun].words):
        return
    who = Roles(payers, deal=True, verb=at)
    yield Fee(noun, PaymentKind.RESEARCH_FUNDING, who, one_sided=True)


_RESEARCH = frozenset("research development r&d studies work programme program activities".split())
_WORK = frozenset("research work scientists chemists ftes studies r&d development".split())
