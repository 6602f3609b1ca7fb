"""The events that count as milestones, as data: which verb or noun of doing, with which noun of development.

A milestone event is a verb with an object (or, in the passive, a subject) of a class: 'initiated a Phase II trial',
'the BLA was accepted'; or a noun of doing with 'of': 'initiation of clinical trials', 'acceptance of the BLA'.
"""

from __future__ import annotations

from dataclasses import dataclass

from oncopact.model import MilestoneKind


@dataclass(frozen=True, slots=True)
class Event:
    """A sort of milestone.

    Attributes:
        name: The rule's name.
        kind: The milestone's kind.
        verbs: Lemmas of verbs that make it.
        nouns: Nouns of doing that make it with 'of' or as the head of a compound.
        objects: Words, one of which must be in the object (or passive subject).
        label: How the event is put in words; `{}` takes the object's words.
        example: A sentence with such a milestone.
        counterexample: A sentence without.
    """

    name: str
    kind: MilestoneKind
    verbs: frozenset[str]
    nouns: frozenset[str]
    objects: frozenset[str]
    label: str
    example: str
    counterexample: str


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TRIALS = _words("trial trials study studies phase dosing enrollment enrolment testing evaluation development")
_IND = _words("ind inds investigational cta ctas ctx imp impd")
_FILINGS = _words(
    """bla blas nda ndas maa maas sbla snda jnda biologics marketing filing filings dossier license-application
    new-drug submission submissions"""
)
_DESIGNATIONS = _words("designation designations status review prime sakigake breakthrough orphan fast-track")
_APPROVALS = _words("approval approvals clearance authorization authorisation licensure marketing")

EVENTS: tuple[Event, ...] = (
    Event(
        "milestone.first-patient",
        MilestoneKind.CLINICAL,
        _words("dose enroll treat randomize recruit"),
        _words("dosing enrollment enrolment treatment randomization"),
        _words("patient patients subject subjects participant participants volunteer"),
        "first patient dosed",
        "The first patient has been dosed in a Phase 1 trial of ALD-12.",
        "Patients treated with ALD-12 responded.",
    ),
    Event(
        "milestone.trial-start",
        MilestoneKind.CLINICAL,
        _words("initiate begin start commence launch open enter advance move"),
        _words("initiation start commencement beginning launch opening entry advancement"),
        _TRIALS,
        "initiation of {}",
        "Alderis has initiated a Phase II trial of ALD-12.",
        "Alderis began trading on the exchange.",
    ),
    Event(
        "milestone.trial-enrolled",
        MilestoneKind.CLINICAL,
        _words("complete close finish conclude"),
        _words("completion closure"),
        _words("enrollment enrolment recruitment accrual"),
        "completion of enrolment",
        "Enrolment in the Phase III trial of ALD-12 has been completed.",
        "Alderis completed its financial year.",
    ),
    Event(
        "milestone.ind",
        MilestoneKind.IND,
        _words("file submit clear accept allow approve receive open activate"),
        _words("filing submission clearance acceptance approval allowance"),
        _IND,
        "{}",
        "The FDA has cleared the IND for ALD-12.",
        "Alderis makes investigational medicines.",
    ),
    Event(
        "milestone.filing",
        MilestoneKind.REGULATORY,
        _words("file submit accept validate complete refile resubmit"),
        _words("filing submission acceptance validation resubmission"),
        _FILINGS,
        "{}",
        "Alderis submitted a Biologics License Application for ALD-12.",
        "Alderis filed its annual report.",
    ),
    Event(
        "milestone.designation",
        MilestoneKind.REGULATORY,
        _words("grant receive award assign obtain designate secure give"),
        _words("grant granting receipt assignment"),
        _DESIGNATIONS,
        "{}",
        "The FDA granted Fast Track designation to ALD-12.",
        "ALD-12 has orphan drug status.",
    ),
    Event(
        "milestone.approval",
        MilestoneKind.REGULATORY,
        _words("approve grant receive obtain clear gain win authorize secure"),
        _words("approval authorization clearance"),
        _APPROVALS,
        "approval",
        "The European Commission has approved ALD-12.",
        "The board approved the budget.",
    ),
    Event(
        "milestone.launch",
        MilestoneKind.COMMERCIAL,
        _words("launch introduce"),
        _words("launch sale"),
        frozenset(),
        "launch",
        "Borgmann AG launched ALD-12 in Japan.",
        "Alderis launched a website.",
    ),
    Event(
        "milestone.closing",
        MilestoneKind.OTHER,
        _words("close complete consummate finalize"),
        _words("closing completion consummation"),
        _words("transaction transactions acquisition merger deal purchase"),
        "closing of the {}",
        "The acquisition of Alderis, Inc. by Borgmann AG is expected to close in June 2005.",
        "The plant closed in June 2005.",
    ),
    Event(
        "milestone.tender-offer",
        MilestoneKind.OTHER,
        _words("commence launch begin initiate make extend"),
        _words("commencement launch"),
        _words("offer"),
        "commencement of the tender offer",
        "Borgmann AG will commence a tender offer to acquire all shares of Alderis, Inc.",
        "Borgmann AG will make an offer of employment.",
    ),
    Event(
        "milestone.antitrust",
        MilestoneKind.OTHER,
        _words("expire end terminate obtain receive clear"),
        _words("expiration expiry termination clearance approval"),
        _words("waiting antitrust hart-scott-rodino hsr"),
        "antitrust clearance",
        "The waiting period under the Hart-Scott-Rodino Act has expired.",
        "The lease has expired.",
    ),
    Event(
        "milestone.candidate",
        MilestoneKind.PRECLINICAL,
        _words("nominate select designate declare advance"),
        _words("nomination selection designation"),
        _words("candidate candidates"),
        "nomination of a development candidate",
        "Borgmann AG has selected ALD-12 as a development candidate.",
        "Alderis selected a candidate for the board.",
    ),
)

TRIAL_WORDS = _TRIALS
