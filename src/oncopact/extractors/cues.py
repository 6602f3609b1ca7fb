"""Which rules a sentence is worth asking: one pass over the release's text finds the words that must be there.

Of forty sentences one states a deal. To find groups and clauses in the others takes nearly all the time, so a sentence
is parsed only where the words of some rule stand in it: a verb or noun that the rule starts from, and a word for the
sort of thing that it happens to. The verbs and nouns are the rules' own (`EVENTS`, `FRAMES`); the words for each sort
are listed here. Nothing is decided: a cue too many costs time, a cue that is missing loses facts, and so a test
compares all that is read with and without.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

from oncopact.extractors.event_idioms import APPROVING, IDIOMS
from oncopact.extractors.event_places import DOING_OF, FILINGS
from oncopact.extractors.event_things import PRODUCTS
from oncopact.extractors.events import EVENTS, Event
from oncopact.extractors.frames import FRAMES
from oncopact.model import THINGS, Kind, Mention, Sentence
from oncopact.syntax.lexis import verb_forms

__all__ = ["EVERYTHING", "NOTHING", "Wanted", "wanted"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The rooms that a sentence is worth showing to."""

    relations: bool = False
    agreements: bool = False
    milestones: bool = False
    payments: bool = False


_RELATIONS, _AGREEMENTS, _MILESTONES, _PAYMENTS = 1, 2, 4, 8
_BY_MASK: Final = tuple(Wanted(bool(n & 1), bool(n & 2), bool(n & 4), bool(n & 8)) for n in range(16))
NOTHING: Final = _BY_MASK[0]
EVERYTHING: Final = _BY_MASK[-1]

# ---------------------------------------------------------------- words, `*` standing for any ending

_PHASE = "phase* ph ph.*"
_TRIAL = (
    f"{_PHASE} trial trials study studies dosing enrollment enrolment clinic testing evaluation development "
    "investigation"
)
_APPLICATION = (
    "bla blas nda ndas maa maas sbla sblas snda sndas jnda jbla anda application applications submission submissions "
    "dossier filing filings request"
)
_APPROVAL = (
    "approval approvals authorization authorisation authorizations clearance clearances licensure license licence "
    "marketing"
)
_AGREEMENT = (
    "agreement agreements contract contracts deal deals pact alliance alliances collaboration collaborations "
    "partnership partnerships license licence licenses licences sublicense option acquisition merger venture "
    "arrangement arrangements cooperation takeover settlement relationship framework transaction loi mou buyout accord "
    "purchase"
)
_RIGHT = "right rights license licence licenses licences sublicense sublicence option options access"

_SORTS: Final[Mapping[str, str]] = {
    # what milestones happen to, by the names of `event_things.SORTS`
    "trial": _TRIAL,
    "trial-or-patients": f"{_TRIAL} patient patients subject subjects participant participants volunteer volunteers",
    "first-patient": "first",
    "enrolment": "enrol* recruitment accrual last all final",
    "toxicology": "toxicology toxicity tox glp enabling",
    "ind": (
        "ind inds cta ctas ctx impd investigational clinical permission clearance authorization authorisation approval "
        "allowance application applications"
    ),
    "application": _APPLICATION,
    "designation": "designation designations status review orphan breakthrough drug product therapy medicine",
    "decision-date": "pdufa action fee",
    "opinion": "opinion",
    "approval": _APPROVAL,
    "reimbursement": "nrdl reimbursement reimbursed pbs price",
    "deal": "transaction transactions acquisition merger deal purchase takeover combination sale buyout",
    "tender-offer": "offer",
    "antitrust": "waiting antitrust anti hart hsr competition merger",
    "assets": "rights assets business programs company entity unit pipeline",
    "candidate": "candidate candidates",
    "option": "option options right",
    "target": "target targets antigen",
    "sales": "sales turnover revenues",
    "milestone-payment": "milestone milestones",
    # what agreements are about, by the names of `places.fits`
    "rights": _RIGHT,
    "agreement": _AGREEMENT,
    "joint": "jointly together co*",
    "money-for-rights": _RIGHT,
    "subject-rights": _RIGHT,
    "subject-agreement": _AGREEMENT,
    "agreement-either": f"{_AGREEMENT} {_RIGHT}",
    "option-either": "option options opt* co*",
    "target-of-agreement": f"{_AGREEMENT} {_RIGHT}",
    "dispute-either": "litigation dispute disputes lawsuit lawsuits proceedings suit suits action interference claims",
    "notice-of-agreement": "notice",
    "forces": "forces",
    "option-listed": "option options",
}
"""Words without one of which no noun group is of the sort; a sort that is not listed is not asked for its words."""
_BY_PRODUCT: Final = frozenset({"product", "approval", "trial-or-patients", "application", "candidate"})
"""Sorts that a product's name may be of, or stand in for."""
_IDIOMATIC: Final[Mapping[str, str]] = {
    "milestone.trial-start": "patients subjects volunteers humans clinical",
    "milestone.trial-enrolled": _TRIAL,
    "milestone.filing": _APPROVAL,
    "milestone.opinion": _APPROVAL,
    "milestone.approval": _APPLICATION,
    "milestone.closing": "closing",
}
"""Words for what an event's set phrases are about, where its sort has others."""
_ALONE: Final = frozenset({"milestone.launch"})
"""Events that their noun of doing states without a thing: 'launch in 2005'."""
_MONEY: Final = (
    "royalt* fee fees payment* percentage* portion* share upfront front milestone* consideration support shares "
    "warrant warrants equity "
    "compensation half third thirds quarter quarters fifth fifths tenth equal* even digit* teens twenties thirties "
    "forties fifties tiered 10s 20s 30s 40s 50s 10's 20's 30's 40's 50's 10’s 20’s 30’s 40’s 50’s"
)
_FUNDING: Final = frozenset("fund finance reimburse".split())
_MEANT: Final = "former latter"
"""Words that stand for a product."""

# ---------------------------------------------------------------- what each rule needs


@dataclass(frozen=True, slots=True)
class _Need:
    """What must stand in a sentence for a rule to be asked.

    Attributes:
        room: The bit of the rule's room.
        starts: Words that the rule starts from, one of which must be there.
        things: Words for what it is about, one of which must be there, too; None where nothing is asked.
        kinds: Kinds of mentions that do instead of these words.
    """

    room: int
    starts: frozenset[str]
    things: frozenset[str] | None = None
    kinds: frozenset[Kind] = frozenset()


def _needs() -> Iterator[_Need]:
    for event in EVENTS:
        yield from _of_event(event)
    yield _Need(_MILESTONES, _words(_SORTS["decision-date"]))
    yield _Need(_MILESTONES, _words(_PHASE), frozenset(), frozenset({Kind.MONEY}))
    for frame in FRAMES:
        things = _SORTS.get(frame.objects)
        yield _Need(_AGREEMENTS, _forms(frame.verbs), None if things is None else _words(things))
    yield _Need(_AGREEMENTS, _words(f"{_AGREEMENT} licensees companies"))
    yield _Need(_AGREEMENTS, _words("right rights"), _words("from"))  # rights that a company is told by
    yield _Need(_PAYMENTS, _words(_MONEY) | _forms(_FUNDING))
    yield _Need(_RELATIONS, _words(_MEANT))


def _of_event(event: Event) -> Iterator[_Need]:
    verbs = event.verbs | event.moves | {verb for verb, noun in DOING_OF.items() if noun in event.nouns}
    verbs = verbs.union(*(idiom.verbs for idiom in IDIOMS.get(event.name, ())))
    if event.name == "milestone.approval":
        verbs |= APPROVING
    nouns = event.nouns | (FILINGS if event.name == "milestone.filing" else frozenset())
    things = None
    kinds = frozenset(PRODUCTS) if event.sort in _BY_PRODUCT else frozenset[Kind]()
    if event.sort in _SORTS or kinds:
        things = _words(f"{_SORTS.get(event.sort, '')} {_IDIOMATIC.get(event.name, '')} {_MEANT if kinds else ''}")
    yield _Need(_MILESTONES, _forms(verbs) | event.states, things, kinds)
    yield _Need(_MILESTONES, nouns, None if event.name in _ALONE else things, kinds)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@cache
def _inflected() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for form, (lemma, _) in verb_forms().items():
        found[lemma].add(form)
    return {lemma: frozenset(forms) for lemma, forms in found.items()}


def _forms(lemmas: Iterable[str]) -> frozenset[str]:
    known = _inflected()
    return frozenset(form for lemma in lemmas for form in (lemma, *known.get(lemma, ()), *_AUXILIARIES.get(lemma, ())))


_AUXILIARIES: Final[Mapping[str, Sequence[str]]] = {
    "be": ("is", "are", "was", "were", "been", "being"),
    "have": ("has", "had", "having"),
    "do": ("does", "did", "done"),
}
"""Forms of verbs that the lexicon of verbs leaves to the tagger: 'has an exclusive licence from B'."""


# ---------------------------------------------------------------- the pass


class _Cues:
    """All needs as one automaton. Every need is a bit; a sentence collects the bits of what stands in it, twice.

    Attributes:
        free: The needs that ask for no thing.
        rooms: The needs of each room.
        kinds: The needs that a mention of a kind is the thing of.
        found: For each pattern the needs that it starts and is the thing of, as a whole word and as the start of one.
        automaton: The patterns.
    """

    def __init__(self, needs: Sequence[_Need]) -> None:
        words: dict[str, list[int]] = {}
        self.free = 0
        self.rooms = dict.fromkeys((_RELATIONS, _AGREEMENTS, _MILESTONES, _PAYMENTS), 0)
        self.kinds: dict[Kind, int] = defaultdict(int)
        for number, need in enumerate(needs):
            bit = 1 << number
            self.rooms[need.room] |= bit
            for word in need.starts:
                words.setdefault(word, [0, 0])[0] |= bit
            for word in need.things or ():
                words.setdefault(word, [0, 0])[1] |= bit
            for kind in need.kinds:
                self.kinds[kind] |= bit
            self.free |= bit if need.things is None else 0
        whole: dict[str, tuple[int, int]] = {}
        stems: dict[str, tuple[int, int]] = {}
        for word, (starts, things) in words.items():
            (stems if word.endswith("*") else whole)[word.removesuffix("*")] = starts, things
        patterns = sorted({*whole, *stems})
        self.found = [(*whole.get(pattern, (0, 0)), *stems.get(pattern, (0, 0))) for pattern in patterns]
        self.automaton = AhoCorasick(patterns, matchkind=MatchKind.Standard)


@cache
def _cues() -> _Cues:
    return _Cues(tuple(_needs()))


_HYPHENS: Final = str.maketrans("‐‑", "--")


def wanted(text: str, lower: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> tuple[Wanted, ...]:
    """For each sentence the rooms it is worth showing to.

    Args:
        text: The release's text.
        lower: The same in small letters, of the same length.
        sentences: All of its sentences.
        mentions: Names and values, ascending.
    """
    if not sentences:
        return ()
    cues = _cues()
    starts = [sentence.span.start for sentence in sentences]
    begun = [0] * len(sentences)
    about = [cues.free] * len(sentences)
    plain = lower.translate(_HYPHENS) if "‑" in lower or "‐" in lower else lower
    found, size = cues.found, len(plain)
    for pattern, start, end in cues.automaton.find_matches_as_indexes(plain, overlapping=True):
        if start and plain[start - 1].isalnum() and not _glued(text, start):
            continue
        started, named, started_stem, named_stem = found[pattern]
        if end < size and plain[end].isalnum() and not _glued(text, end):
            started, named = started_stem, named_stem
        else:
            started, named = started | started_stem, named | named_stem
        at = bisect_right(starts, start) - 1
        begun[at] |= started
        about[at] |= named
    masks = _by_mentions(cues, starts, about, mentions)
    for at, (started, named) in enumerate(zip(begun, about, strict=True)):
        both = started & named
        if both:
            for room, needs in cues.rooms.items():
                if both & needs:
                    masks[at] |= room
    return tuple([_BY_MASK[mask] for mask in masks])


def _glued(text: str, at: int) -> bool:
    """Whether two words are printed without a blank: 'grantedBreakthrough'."""
    return text[at - 1].islower() and text[at].isupper()


_MOLECULAR: Final = frozenset(THINGS) - {Kind.PRODUCT}
_SUMS: Final = frozenset({Kind.MONEY, Kind.PERCENT})


def _by_mentions(cues: _Cues, starts: Sequence[int], about: list[int], mentions: Sequence[Mention]) -> list[int]:
    """The rooms that mentions alone make a sentence worth showing to; kinds of mentions count as words do."""
    masks = [0] * len(starts)
    for mention in mentions:
        at = bisect_right(starts, mention.span.start) - 1
        if mention.kind in _MOLECULAR:
            masks[at] |= _RELATIONS
        elif mention.kind in _SUMS:
            masks[at] |= _PAYMENTS
        if mention.kind in cues.kinds:
            about[at] |= cues.kinds[mention.kind]
    return masks
