"""What one amount of money in a sentence is paid for, if it is a payment of a deal at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from oncopact.extractors.payers import Roles, roles
from oncopact.extractors.purposes import DEFERRED, HARD, IN_SALES, MARKET, NO_DEAL, THRESHOLD, purpose
from oncopact.extractors.scene import Scene
from oncopact.extractors.sums import Sum
from oncopact.model import THINGS, EntityId, Kind, PaymentKind, Qualifier
from oncopact.syntax.clauses import direct_object
from oncopact.syntax.groups import VERB


@dataclass(frozen=True, slots=True)
class Reading:
    """A sum or fee that turned out to be a payment.

    Attributes:
        at: Position of its noun group.
        kind: What it is for; None where the sentence does not say.
        who: Its sides.
        item: The sum; None for a fee without a figure.
        one_sided: Whether a side that the sentence leaves out has to stay empty.
    """

    at: int
    kind: PaymentKind | None
    who: Roles
    item: Sum
    one_sided: bool = False


_SHARES = re.compile(
    r"\b(?:stake|(?:new|newly\s+issued|common|ordinary|preferred)\s+(?:\w+\s+)?(?:shares?|stock))\b", re.IGNORECASE
)
_PER_SHARE = re.compile(r"(?:per|a|each)\s*share\b|\bapiece\b", re.IGNORECASE)
_DEAL = re.compile(
    r"\b(?:deals?|agreements?|collaborations?|acqui\w+|licen[cs]\w+|partnership|alliance|transaction|takeover|merger"
    r"|consideration)\b",
    re.IGNORECASE,
)
_COMPOUND = re.compile(
    r"\bup-?\s?front\b[^.;]{0,40}?(?:,|\band\b|\bplus\b)[^.;]{0,40}?\bmilestones?\b"
    r"|\bmilestones?\b[^.,;]{0,30}?\band\b(?!\s+(?:up\s+to|tiered|an?\b|low|mid|high|single|double|royalties\s+(?:on|of|from|at)))"
    r"[^.;]{0,30}?\broyalt",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"^\s*,\s*(?:\w+ly\b|payable|due|paid|contingent|based|subject|upon|on|for|in|at|if|when|once|to|as|dependent"
    r"|depending|half|over)\b",
    re.IGNORECASE,
)
PLURAL_FEE = re.compile(r"\b(?:payments|fees|milestones|royalties)\b", re.IGNORECASE)
_FROM_PARTNERS = re.compile(
    r"\bfrom\s+(?:its|our|their|all|the)\s+(?:[\w-]+\s+){0,3}(?:partners|licensees|collaborators|collaborations|licen[cs]es)\b"
    r"|\b(?:through|from|under)\s+(?:(?!an?\b|the\b|this\b)[\w-]+\s+){1,5}(?:agreements|collaborations|alliances|licen[cs]es)\s+with\s+"
    r"(?:[\w-]+\s+){0,5}(?:companies|partners)\b",
    re.IGNORECASE,
)
"""Of what came from all partners together no single one is the payer."""
_BUYING = frozenset("acquire buy purchase tender subscribe take invest offer pay receive convert exchange".split())
_FOR = re.compile(r"^\s*(?:for|towards?)\s+(?P<what>.+)", re.IGNORECASE | re.DOTALL)
_RIGHTS = re.compile(
    r"\b(?:rights?|licen[cs]\w*|options?|platform|technolog\w+|products?|programs?|programmes?|candidates?|targets?|assets?"
    r"|compan\w+|all|shares?|access|antibod\w+|compounds?|portfolio|patents?|interests?|each|every|use)\b",
    re.IGNORECASE,
)
_AT_PREMIUM = re.compile(
    r"\b(?:at|representing|reflecting)\s+an?\s+(?:[\w.%-]+\s+){0,3}premium\b.*", re.IGNORECASE | re.DOTALL
)
"""'a $25 million equity investment at a premium to the market price': it says what was paid for, and is no money."""
_AT_PRICE = re.compile(r"\b(?:warrants?|options)\b[^.;$]{0,60}\bat\s*$", re.IGNORECASE)
"""'warrants for 1,000,000 shares at $0.60': what the holder would pay."""
_CEILING = re.compile(r"\b(?:ceiling|cap|maximum)\b", re.IGNORECASE)


def of_money(scene: Scene, item: Sum, before: Reading | None) -> Reading | None:
    """The payment that an amount is, after `before` in the same sentence; None where it is none."""
    who = roles(scene, item.at, item.head)
    text = scene.document.text
    if before is not None and _PART.search(item.lead) and not (who.payers or who.payees):
        who = before.who
    if who.payees and not who.triggered and _THEREBY.search(text[item.span.end : item.span.end + 40]):
        who = replace(who, triggered=True)
    partner = _label(scene, item)
    if partner and not (who.payers or who.payees):
        who = replace(who, payers=partner, deal=True)
    if before is not None and before.item.money is None and _CEILING.search(item.noun):
        return Reading(item.at, before.kind, before.who, item)
    kind = _kind(scene, item, who, before)
    if kind is None and partner and before is not None:
        kind = before.kind
    local = _AT_PREMIUM.sub("", " ".join((item.lead[-70:], item.noun, item.own, item.near)))
    fee = kind is PaymentKind.OTHER and re.search(r"\bfees?\b", f"{item.own} {item.noun}")
    valued = f"{local} {text[scene.groups[item.head].span.start : item.span.start]}"
    if kind not in HARD and not (who.deal or fee or (kind is PaymentKind.TOTAL and _DEAL.search(valued))):
        return None
    invested = kind is PaymentKind.EQUITY and _invests(scene, who) and bool(who.payers)
    if kind not in HARD and not invested and (NO_DEAL.search(local) or MARKET.search(item.lead)):
        return None
    if _AT_PRICE.search(item.lead):
        return None
    if kind in HARD and NO_DEAL.search(item.own + " " + item.noun) and not who.deal:
        return None
    if kind is None and not (who.payers or who.payees or who.triggered):
        return None
    if THRESHOLD.search(text[max(0, item.span.start - 100) : item.span.start]) or IN_SALES.match(item.near):
        return None
    if released(scene, item.span.start):
        return None
    if kind is PaymentKind.EQUITY and not _buys(scene, item, who):
        return None
    one_sided = (_invests(scene, who) and bool(who.payers)) or bool(_FROM_PARTNERS.search(item.near + item.far))
    return Reading(item.at, kind, who, item, one_sided=one_sided)


def _label(scene: Scene, item: Sum) -> tuple[EntityId, ...]:
    """The partner in a list: 'Borgmann: $667 million, Cheriton: $105 million'."""
    end = item.span.start
    near = [m for m in scene.mentions if m.kind is Kind.COMPANY and 0 < end - m.span.end <= 12]
    if not near or not re.fullmatch(r":\s*(?:up to\s+)?", scene.document.text[near[-1].span.end : end]):
        return ()
    return scene.ids(near[-1:])


_PART = re.compile(r"\bof\s+which\b|\bincluding\b", re.IGNORECASE)


def _buys(scene: Scene, item: Sum, who: Roles) -> bool:
    """Whether shares change hands: a verb of buying or paying, or a price; not 'a charge of $1.70 per share'."""
    verb = scene.groups[who.verb] if who.verb is not None else None
    priced = re.search(r"\b(?:price|consideration|investment|equity)\b", item.noun + item.own, re.IGNORECASE)
    return bool(priced) or (verb is not None and verb.lemma in _BUYING | {"make", "use", "commit"})


def _kind(scene: Scene, item: Sum, who: Roles, before: Reading | None) -> PaymentKind | None:
    """What a sum is for: its own words, its noun, what follows, the list it stands in, what leads to it."""
    if _PER_SHARE.search(item.own) or _PER_SHARE.match(item.near.lstrip(" ,-")):
        return PaymentKind.EQUITY
    if _FROM_PARTNERS.search(item.near + item.far):
        return PaymentKind.TOTAL
    named = _named_kind(scene, item)
    if named is None and (_exercised(scene, item, who) or _OPTION_TAKEN.search(item.lead)):
        return PaymentKind.OPTION_FEE
    together = before is not None and before.who.verb == who.verb
    if named in (None, PaymentKind.TOTAL) and _exercises(scene, who):
        return PaymentKind.OPTION_FEE
    if named is PaymentKind.TOTAL and (
        _SHARES.search(item.lead) or (together and before is not None and before.kind is PaymentKind.EQUITY)
    ):
        return PaymentKind.EQUITY
    if named is not None:
        return named
    money = item.money.money if item.money else None
    if money and money.qualifier is Qualifier.UP_TO and re.search(r"\blater\b", item.near):
        return PaymentKind.MILESTONE
    if DEFERRED.search(item.near) or DEFERRED.search(f"{item.own} {item.noun}"):
        return PaymentKind.OTHER
    if together and before is not None and item.head == item.at and PLURAL_FEE.search(before.item.noun):
        return before.kind
    if _SHARES.search(item.lead) or _invests(scene, who) or _STAKE.search(_ahead(scene, item)):
        return PaymentKind.EQUITY
    if _FOLLOWING.match(item.far) and (kind := purpose(item.far)):
        return kind
    if _buys_company(scene, who) or _with_parts(scene, item):
        return PaymentKind.TOTAL
    earned = who.verb is not None and scene.groups[who.verb].gerund and _ACHIEVED.search(item.lead)
    if earned or _RESULTING.match(item.lead):
        return PaymentKind.MILESTONE  # 'achieved a clinical milestone, earning $5 million'
    return _from_lead(item, who) or _from_use(scene, item, who) or _bare_fee(item)


SUMMING_UP = re.compile(
    r"\W*(?:including|combined\s+with|together\s+with|counting|with)\s[^.;$]*\b(?:payments?|fees?|milestones?|proceeds)\b[^.;$]*,\s",
    re.IGNORECASE,
)
"""'Including the upfront payment and all milestone payments, A can receive up to $2.6 billion'."""
_STAKE = re.compile(r"\bstake\s+in\b[^.;$€£¥]{0,60}\bfor\s+(?:up\s+to\s+|approximately\s+)?$", re.IGNORECASE)
_RESULTING = re.compile(r"\W*As\s+a\s+(?:result|consequence),", re.IGNORECASE)


def _ahead(scene: Scene, item: Sum) -> str:
    """What stands before a sum in its sentence, other sums included."""
    start = scene.sentence.span.start
    return scene.document.text[max(start, item.span.start - 100) : item.span.start]


_ACHIEVED = re.compile(r"\b(?:achiev|reach|attain|me[e]?t)\w*\b[^.;$]{0,60}\b(?:milestones?|goals?)\b", re.IGNORECASE)
_OPTION_TAKEN = re.compile(
    r"\boption\s+exercise\b[^.;,]{0,70}$|\bexercise\s+of\s+[^.;,]{0,40}\boption\b[^.;,]{0,40}$", re.I
)


def _bare_fee(item: Sum) -> PaymentKind | None:
    """'paid a fee of $2 million', which no other word tells the purpose of; a fee for supplies is none for rights."""
    words = f"{item.own} {item.noun}"
    if not re.search(r"\bfees?\b", words):
        return None
    if re.search(r"\boption\b", item.lead, re.IGNORECASE):
        return PaymentKind.OPTION_FEE
    if re.search(r"\b(?:renew\w*|exten[ds]\w*|prolong\w*)\b", item.lead[-120:], re.IGNORECASE):
        return PaymentKind.OTHER
    service = re.search(
        r"\b(?:supply|maintenance|service|manufacturing|break-?up|termination|filing|extension|renewal)\b", words
    )
    return PaymentKind.OTHER if service else PaymentKind.LICENCE_FEE


def _exercised(scene: Scene, item: Sum, who: Roles) -> bool:
    """'has exercised its option to a second target, triggering a payment of $1 million', 'and will pay $1 million'."""
    before = scene.groups[: item.head]
    if not who.triggered and (who.verb is None or scene.groups[who.verb].lemma not in ("pay", "make", "owe")):
        return False
    verb = next((i for i, g in enumerate(before) if g.role == VERB and g.lemma == "exercise"), None)
    return verb is not None and any("option" in g.words for g in before[verb:])


def _named_kind(scene: Scene, item: Sum) -> PaymentKind | None:
    """The kind that the sum's own words, its noun or what follows closely name."""
    kind = purpose(item.own, item.noun)
    link = scene.document.text[scene.groups[item.head].span.end : item.span.start] if item.head != item.at else ""
    whole = re.search(r"\btotal", link, re.IGNORECASE) and re.search(r"\bpayments\b", item.noun)
    if kind is None and whole and not re.search(r"\b(?:and|or|plus)\s*$", item.lead):
        return PaymentKind.TOTAL  # 'potential payments totalling up to $5 million'
    if kind is PaymentKind.MILESTONE and re.search(r"\bup-?\s?front\s+(?:and|plus|or)\s*$", item.lead, re.IGNORECASE):
        return PaymentKind.TOTAL  # 'upfront and milestone payments totalling $32 million'
    if kind is PaymentKind.TOTAL and _FURTHER.search(f"{item.own} {item.noun} {item.lead[-40:]} {item.near}"):
        contingent = re.search(r"\bcontingent\b|\bif\b|\bsubject\s+to\b", f"{item.near} {item.far}", re.IGNORECASE)
        kind = PaymentKind.MILESTONE if contingent else kind
    if kind is not None and kind is not PaymentKind.TOTAL:
        return _together(kind, f"{item.own} {item.noun}", item.lead)
    if _COMPOUND.search(_following(scene, item)) or IN_PARTS.match(item.near) or IN_PARTS.match(item.far.lstrip(" ,")):
        return PaymentKind.TOTAL
    near = _together(purpose(item.near), item.near)
    if near is PaymentKind.ROYALTY and not _AS_ROYALTY.match(item.near):
        near = None  # '$50 million in return for the reduction of its royalty'
    after = scene.document.text[item.span.end : item.span.end + 100]
    if kind is near is None and LISTED_MILESTONES.match(after):
        return PaymentKind.MILESTONE
    priced = re.search(r"\b(?:price|consideration|value|worth|deal)\b", f"{item.noun} {item.own}", re.IGNORECASE)
    if near in HARD or near in (PaymentKind.RESEARCH_FUNDING, PaymentKind.EQUITY):
        return kind if kind is not None and priced else near
    if kind is None and near is PaymentKind.TOTAL and re.search(r"\bcontingent\s+consideration\b", item.near):
        return PaymentKind.MILESTONE
    return kind or near


LISTED_MILESTONES = re.compile(r"\s*(?:[a-z-]+,\s+){1,3}(?:and|or)\s+[a-z-]+\s+milestones?\b")
"""'$16 million development, regulatory and sales milestones'."""
_AS_ROYALTY = re.compile(r"^\s*(?:per\s+\w+\s+)?(?:in|as|of)\s+(?:[\w-]+,?\s+){0,4}royalt|^\s*royalt", re.IGNORECASE)
_FEES_AND_MILESTONES = re.compile(
    r"\b(?:option|exercise|licen[cs]e)\b[^.;]{0,30}?\b(?:fees?|payments?)\b[^.;]{0,40}?(?:,|\band\b|\bplus\b)[^.;]{0,40}?\bmilestones?\b",
    re.IGNORECASE,
)


def _together(kind: PaymentKind | None, words: str, lead: str = "") -> PaymentKind | None:
    """The kind of a sum of several sorts: with a part paid at once a total, else mostly milestones."""
    if kind is PaymentKind.UPFRONT and _COMPOUND.search(words):
        return PaymentKind.TOTAL
    if kind is PaymentKind.LICENCE_FEE and re.search(r"\bmilestones?\s+(?:and|or)\s*$", lead, re.IGNORECASE):
        return PaymentKind.MILESTONE  # 'milestone and license payments of $5 million'
    if kind in (PaymentKind.OPTION_FEE, PaymentKind.LICENCE_FEE) and _FEES_AND_MILESTONES.search(words):
        return PaymentKind.MILESTONE
    return kind


_FURTHER = re.compile(r"\b(?:additional|further|contingent|deferred)\b[^.;]*\bconsideration\b", re.IGNORECASE)
_THEREBY = re.compile(
    r"^\s*(?:on|for|upon|by|with|from)\s+(?:this|that|the)\s+(?:account|step|event|achievement|milestone|progress|success)\b"
    r"|^\s*(?:for|on)\s+(?:this|that)\s*(?:$|[.,]|in\b)",
    re.IGNORECASE,
)


def _exercises(scene: Scene, who: Roles) -> bool:
    """'has lengthened its option against payment of £600,000'."""
    verb = scene.groups[who.verb].lemma if who.verb is not None else ""
    if verb == "opt":
        return True
    if who.verb is None or verb not in ("exercise", "extend", "lengthen", "prolong"):
        return False
    return any("option" in g.words for g in scene.groups[who.verb :])


_VALUE = re.compile(
    r"\b(?:deal|total|aggregate)\s+(?:potential\s+)?(?:deal\s+)?(?:value|worth|consideration)\b", re.IGNORECASE
)


def _buys_company(scene: Scene, who: Roles) -> bool:
    """Whether the verb buys a whole company: 'acquire Alderis', 'buy all shares of Alderis'."""
    if who.buys:
        return True
    if who.verb is None or scene.groups[who.verb].lemma not in ("acquire", "buy", "purchase"):
        return False
    bought = direct_object(scene.groups, who.verb)
    if bought is None:
        return False
    group = scene.groups[bought]
    return group.head(Kind.COMPANY) is not None or ("all" in group.words and group.lemma in ("shares", "stock"))


def _invests(scene: Scene, who: Roles) -> bool:
    """'will invest $50 million and become a shareholder'."""
    if who.verb is None or scene.groups[who.verb].lemma != "invest":
        return False
    words = {w for g in scene.groups for w in g.words}
    return bool(who.payees) or bool(
        words & {"shareholder", "stockholder", "stake", "shares", "equity", "stock", "investor"}
    )


def _from_use(scene: Scene, item: Sum, who: Roles) -> PaymentKind | None:
    """'$3 million that B paid for its option'; '$3 million for material', unlike '$10m for rights', has no name."""
    if who.verb is not None and who.verb > item.at:
        start = scene.groups[who.verb].span.end
        return purpose(scene.document.text[start : min(scene.sentence.span.end, start + 80)].partition(",")[0])
    use = _FOR.match(item.near)
    if use is None or item.noun or who.triggered:
        return None
    what = use["what"]
    start = item.span.end
    things = any(
        m.kind in (*THINGS, Kind.COMPANY) and start <= m.span.start < start + len(item.near) + 40
        for m in scene.mentions
    )
    if re.search(r"\b(?:rights|licen[cs]e)\b", what, re.IGNORECASE):
        return None
    if re.match(r"(?:this|that|these|the|it|doing|an?)\s+(?:step|event|achievement)", what, re.IGNORECASE):
        return None
    past = re.match(r"past\b", what, re.IGNORECASE)
    return PaymentKind.OTHER if past or not (_RIGHTS.search(what) or things) else None


IN_PARTS = re.compile(
    r"^\s*,?\s*(?:in\s+cash,?\s+)?(?:consisting|comprising|comprised|composed|made\s+up|inclusive)\b", re.I
)


_INCLUDING = re.compile(
    r"[^.;,$€£¥]{0,40},?\s*(?:including|of\s+which|which\s+includes?)\s+(?:an?\s+)?[^.;,$€£¥]{0,30}?[$€£¥]\s?\d[^.;]{0,40}?"
    r"\bup-?\s?front\b"
)


def _with_parts(scene: Scene, item: Sum) -> bool:
    """'up to $865 million from B, including $55 million upfront': the whole of which the first payment is a part."""
    if SUMMING_UP.match(item.lead) or _VALUE.search(f"{item.lead} {item.noun}"):
        return True
    return bool(_INCLUDING.match(scene.document.text, item.span.end, scene.sentence.span.end))


def _following(scene: Scene, item: Sum) -> str:
    """What follows a sum up to the end of its clause, where it is said to lie 'in upfront and milestone payments'."""
    text = scene.document.text[item.span.end : min(scene.sentence.span.end, item.span.end + 120)]
    return text if re.match(r"\s+in\b", text) and not re.search(r"[$€£¥\d]", text.split(".")[0]) else ""


_OPENING = re.compile(
    r"^\W*(?:and\W+)?(?:on|upon|at|after|following|for|as|if|once|when|should|in|payment|subject\s+to)\b|\bfor\s+which\b"
    r"|\b(?:milestone|fee|royalty)\b[^.;]*\bfrom\b[^.;]*\bto\s*$",
    re.IGNORECASE,
)


def _from_lead(item: Sum, who: Roles) -> PaymentKind | None:
    """'On milestones, as much as $410 million'; 'Upon approval, A will receive $20 million'."""
    lead = item.lead[-160:]
    if not _OPENING.search(lead) and who.deal:
        return None
    kind = purpose(lead)
    return kind if kind in HARD else None


_RELEASING = re.compile(
    r"\b(?<!full\s)(?<!press\s)(?<!news\s)"
    r"(?:release[ds]?|relieved?|free|freed|waive[ds]?|no longer|instead of|in lieu of)\b[^.;:]{0,130}$",
    re.IGNORECASE,
)


def released(scene: Scene, start: int) -> bool:
    """Whether the words before take a fee away: 'is released from the obligation to make milestone payments'."""
    return bool(_RELEASING.search(scene.document.text[max(scene.sentence.span.start, start - 170) : start]))
