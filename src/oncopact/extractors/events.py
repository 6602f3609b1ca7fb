"""The events that count as milestones, as data: which verb or noun of doing, with which sort of thing.

A milestone is a verb with an object (or, in the passive and for verbs that take none, a subject) of a sort: 'initiated
a Phase II trial', 'the BLA was accepted', 'the transaction closed'; or a noun of doing with 'of': 'initiation of
clinical trials', 'acceptance of the BLA'. The sorts are defined in `event_things`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from oncopact.model import MilestoneKind


@dataclass(frozen=True, slots=True)
class Event:
    """A sort of milestone.

    Attributes:
        name: The rule's name.
        kind: The milestone's kind.
        sort: The sort of thing that it happens to, a name in `event_things.SORTS`.
        verbs: Lemmas of verbs that take the thing as object, or as subject in the passive.
        moves: Lemmas of verbs that take it as subject, or after 'into'.
        nouns: Nouns of doing.
        states: Adjectives or nouns after a form of be that say that it has happened: 'the IND is effective'.
        doing: How the event is put in words before its thing; empty where verb and thing say it.
        example: A sentence with such a milestone.
        counterexample: A sentence without.
        family: Events that are one when told twice: a trial's start and its first patient.
        deal: Whether it is a step of a deal, which stands under that deal and concerns no product.
        hangs: Whether it counts only where money hangs on it.
        planned: Whether it counts only as something intended.
    """

    name: str
    kind: MilestoneKind
    sort: str
    verbs: frozenset[str]
    nouns: frozenset[str]
    doing: str
    example: str
    counterexample: str
    moves: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    family: str = ""
    deal: bool = False
    hangs: bool = False
    planned: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CLINICAL = (
    Event(
        "milestone.first-patient",
        MilestoneKind.CLINICAL,
        "first-patient",
        _words("dose enroll treat randomize recruit inject receive administer include"),
        _words("dosing enrollment enrolment treatment randomization recruitment inclusion"),
        "first patient",
        "The first patient has been dosed in a Phase 1 trial of ALD-12.",
        "Patients treated with ALD-12 responded.",
        moves=_words("receive enter"),
        family="start",
    ),
    Event(
        "milestone.trial-enrolled",
        MilestoneKind.CLINICAL,
        "enrolment",
        _words("complete close finish conclude enroll recruit reach"),
        _words("completion closure"),
        "completion of enrolment",
        "Enrolment in the Phase III trial of ALD-12 has been completed.",
        "Enrolment in the Phase III trial of ALD-12 continues.",
        moves=_words("close end"),
        family="enrolled",
    ),
    Event(
        "milestone.preclinical-start",
        MilestoneKind.PRECLINICAL,
        "toxicology",
        _words("initiate begin start commence"),
        _words("initiation start commencement beginning"),
        "start",
        "Alderis has initiated IND-enabling studies of ALD-12.",
        "Alderis reported IND-enabling studies of ALD-12.",
        moves=_words("begin start commence enter"),
    ),
    Event(
        "milestone.trial-start",
        MilestoneKind.CLINICAL,
        "trial",
        _words("initiate begin start commence launch open activate"),
        _words("initiation start commencement beginning launch opening entry advancement"),
        "initiation",
        "Alderis has initiated a Phase II trial of ALD-12.",
        "Alderis is conducting a Phase II trial of ALD-12.",
        moves=_words("enter advance move bring begin start commence open follow progress proceed go"),
        states=_words("open"),
        family="start",
    ),
    Event(
        "milestone.trial-completed",
        MilestoneKind.CLINICAL,
        "trial",
        _words("complete finish conclude"),
        _words("completion conclusion"),
        "completion",
        "Alderis expects to complete its Phase II trial of ALD-12 in 2029.",
        "Alderis has results of a completed Phase II trial of ALD-12.",
        family="completed",
        planned=True,
    ),
    Event(
        "milestone.trial-planned",
        MilestoneKind.CLINICAL,
        "trial-or-patients",
        _words("conduct evaluate test study run undertake investigate perform assess target"),
        frozenset(),
        "",
        "Alderis plans to evaluate ALD-12 in patients with lymphoma.",
        "Alderis has evaluated ALD-12 in patients with lymphoma.",
        family="start",
        planned=True,
    ),
    Event(
        "milestone.candidate",
        MilestoneKind.PRECLINICAL,
        "candidate",
        _words("nominate select designate declare name choose identify"),
        _words("nomination selection designation"),
        "nomination",
        "Borgmann AG has selected ALD-12 as a development candidate.",
        "Alderis selected a candidate for the board.",
    ),
)

_REGULATORY = (
    Event(
        "milestone.ind",
        MilestoneKind.IND,
        "ind",
        _words("file submit clear accept allow approve receive open activate obtain authorize lodge permit grant send"),
        _words("filing submission clearance acceptance approval allowance permission authorization"),
        "",
        "The FDA has cleared the IND for ALD-12.",
        "Alderis makes investigational medicines.",
        moves=_words("open proceed clear pass"),
        states=_words("effective active open"),
        family="ind",
    ),
    Event(
        "milestone.decision-date",
        MilestoneKind.REGULATORY,
        "decision-date",
        _words("set assign establish receive give extend"),
        frozenset(),
        "",
        "The FDA assigned a PDUFA date of July 2, 2029 to ALD-12.",
        "The FDA meets sponsors under PDUFA.",
    ),
    Event(
        "milestone.filing",
        MilestoneKind.REGULATORY,
        "application",
        _words("file submit accept validate complete refile resubmit lodge make receive send"),
        _words("filing submission acceptance validation resubmission receipt completion"),
        "",
        "Alderis submitted a Biologics License Application for ALD-12.",
        "Alderis filed its annual report.",
    ),
    Event(
        "milestone.designation",
        MilestoneKind.REGULATORY,
        "designation",
        _words("grant receive award assign obtain designate secure give get gain earn"),
        _words("grant granting receipt assignment award"),
        "",
        "The FDA granted Fast Track designation to ALD-12.",
        "ALD-12 has orphan drug status.",
    ),
    Event(
        "milestone.opinion",
        MilestoneKind.REGULATORY,
        "opinion",
        _words("adopt issue receive recommend give obtain"),
        _words("adoption receipt recommendation"),
        "",
        "The CHMP adopted a positive opinion for ALD-12.",
        "Counsel issued an opinion on ALD-12.",
    ),
    Event(
        "milestone.approval",
        MilestoneKind.REGULATORY,
        "approval",
        _words("approve grant receive obtain clear gain win authorize secure get"),
        _words("approval authorization authorisation clearance licensure grant granting receipt"),
        "approval",
        "The European Commission has approved ALD-12.",
        "The board approved the budget.",
        states=_words("approved"),
    ),
    Event(
        "milestone.listing",
        MilestoneKind.REGULATORY,
        "reimbursement",
        _words("list include add receive obtain grant approve secure place put"),
        _words("listing inclusion addition"),
        "",
        "ALD-12 was added to the National Reimbursement Drug List.",
        "ALD-12 was added to the pipeline.",
    ),
)

_COMMERCIAL = (
    Event(
        "milestone.launch",
        MilestoneKind.COMMERCIAL,
        "product",
        _words("launch introduce"),
        _words("launch launches introduction sale sales"),
        "launch",
        "Borgmann AG launched ALD-12 in Japan.",
        "Alderis launched a website.",
        moves=_words("launch"),
        states=_words("sale market available"),
    ),
)

_SALES = (
    Event(
        "milestone.sales-threshold",
        MilestoneKind.COMMERCIAL,
        "sales",
        frozenset(),
        frozenset(),
        "",
        "If net sales of ALD-12 exceed $100 million in a year, Borgmann AG will pay Alderis, Inc. $5 million.",
        "Net sales of ALD-12 exceeded $100 million.",
        moves=_words("reach exceed pass surpass top hit trigger"),
        hangs=True,
    ),
)

_DEALS = (
    Event(
        "milestone.closing",
        MilestoneKind.OTHER,
        "deal",
        _words("close complete consummate finalize conclude"),
        _words("closing completion consummation close"),
        "closing",
        "The acquisition of Alderis, Inc. by Borgmann AG is expected to close in June 2005.",
        "The plant closed in June 2005.",
        moves=_words("close complete"),
        deal=True,
    ),
    Event(
        "milestone.tender-offer",
        MilestoneKind.OTHER,
        "tender-offer",
        _words("commence launch begin initiate start make"),
        _words("commencement launch start"),
        "commencement",
        "Borgmann AG will commence a tender offer to acquire all shares of Alderis, Inc.",
        "Borgmann AG will make an offer of employment.",
        moves=_words("commence begin start"),
        deal=True,
    ),
    Event(
        "milestone.offer-expired",
        MilestoneKind.OTHER,
        "tender-offer",
        frozenset(),
        _words("expiration expiry"),
        "expiration",
        "Borgmann AG will acquire Alderis, Inc. The tender offer for its shares expired on May 3, 2005.",
        "The tender offer for shares of Alderis, Inc. is fair.",
        moves=_words("expire"),
        deal=True,
    ),
    Event(
        "milestone.antitrust",
        MilestoneKind.OTHER,
        "antitrust",
        _words("obtain receive clear terminate grant approve"),
        _words("expiration expiry termination clearance approval review"),
        "expiration",
        "Borgmann AG will acquire Alderis, Inc. The waiting period under the Hart-Scott-Rodino Act has expired.",
        "The lease has expired.",
        moves=_words("expire end terminate lapse"),
        states=_words("over"),
        deal=True,
    ),
    Event(
        "milestone.spin-out",
        MilestoneKind.OTHER,
        "assets",
        _words("spin-out spin"),
        _words("spin-out spin-off spinout spinoff"),
        "spin-out",
        "Borgmann AG will acquire Alderis, Inc. Alderis, Inc. will spin-out its vaccine assets to a new entity.",
        "Alderis, Inc. keeps its vaccine assets.",
        deal=True,
    ),
    Event(
        "milestone.option-exercised",
        MilestoneKind.OTHER,
        "option",
        _words("exercise"),
        _words("exercise"),
        "exercise",
        "Borgmann AG exercised its option to ALD-12 and pays Alderis, Inc. $5 million.",
        "Borgmann AG exercised its option to ALD-12.",
        hangs=True,
        family="option",
    ),
    Event(
        "milestone.target-nominated",
        MilestoneKind.OTHER,
        "target",
        _words("nominate select designate choose name pick"),
        _words("nomination selection designation choice"),
        "selection",
        "Borgmann AG has selected an additional target, for which it pays Alderis, Inc. a fee of $3 million.",
        "Borgmann AG has selected an additional target.",
        hangs=True,
        family="option",
    ),
    Event(
        "milestone.payment-received",
        MilestoneKind.OTHER,
        "milestone-payment",
        _words("receive earn"),
        _words("receipt"),
        "receipt",
        "Alderis, Inc. has received a milestone payment of $2 million from Borgmann AG.",
        "Alderis, Inc. may receive milestone payments from Borgmann AG.",
        hangs=True,
        family="payment",
    ),
)

_ACCEPTED = re.compile(r"accept|validat|clear|approv|allow|authori[sz]|effective|permi|activ|proceed", re.IGNORECASE)
_FILED = re.compile(r"fil(?:e|ing)|submi|lodg|send|receipt", re.IGNORECASE)


def step(words: str) -> str:
    """Which step of an application the words tell of: `accepted` by an authority, or `filed`; empty for neither.

    >>> step("submission of IND"), step("FDA clearance of IND"), step("two INDs")
    ('filed', 'accepted', '')
    """
    return "accepted" if _ACCEPTED.search(words) else "filed" if _FILED.search(words) else ""


EVENTS: tuple[Event, ...] = (*_CLINICAL, *_REGULATORY, *_COMMERCIAL, *_SALES, *_DEALS)
"""All of them; where two fit one place, the first wins."""
