"""All rules that can state a fact, each with an example and a counterexample.

Names' own rules stand with their recognisers; frames and events are read from their tables; the rest, which are code,
are described here. A test runs every example and counterexample.
"""

from __future__ import annotations

from dataclasses import dataclass

from oncopact.extractors.events import EVENTS
from oncopact.extractors.frames import FRAMES, NOUN_FRAMES, Frame
from oncopact.recognizers import names


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as a user sees it.

    Attributes:
        name: As it stands in the evidence.
        stage: `names`, `composition`, `agreements`, `milestones` or `payments`.
        description: What it reads.
        example: A sentence that it reads.
        counterexample: A sentence that looks alike and that it leaves alone.
    """

    name: str
    stage: str
    description: str
    example: str
    counterexample: str


_COMPOSITION = (
    Rule(
        "conjugate.name-part",
        "composition",
        "A conjugate's name encodes its antibody and payload: the INN's two words, the halves around a hyphen.",
        "Cantuzumab mertansine is in Phase I trials.",
        "Cantuzumab is in Phase I trials.",
    ),
    Rule(
        "conjugate.target",
        "composition",
        "A named conjugate targets, is directed at or is an anti-something conjugate.",
        "ALD-12 is an antibody-drug conjugate targeting Nectin-4.",
        "ALD-12, an antibody-drug conjugate, was given to patients with Nectin-4 positive tumours.",
    ),
    Rule(
        "conjugate.payload",
        "composition",
        "A named conjugate carries, uses or is linked to a payload.",
        "ALD-12 is an antibody-drug conjugate that uses MMAE as its payload.",
        "ALD-12, an antibody-drug conjugate, was compared in mice; MMAE was not measured.",
    ),
    Rule(
        "conjugate.antibody",
        "composition",
        "A named conjugate comprises an antibody.",
        "ALD-12 is an antibody-drug conjugate comprising trastuzumab linked to MMAE.",
        "ALD-12, an antibody-drug conjugate, was better than trastuzumab.",
    ),
    Rule(
        "conjugate.described",
        "composition",
        "An agent is described by payload and target, and the next sentence names it as 'the product candidate X'.",
        "Alderis develops a new agent using its MMAE technology with antibodies that target CD70. The product "
        "candidate ALD-12 vedotin enters trials.",
        "Alderis develops a new agent using its MMAE technology. Cantuzumab mertansine was made elsewhere.",
    ),
    Rule(
        "conjugate.each",
        "composition",
        "What each of the conjugates carries that the section has named before.",
        "ALD-12 and ALD-14 are antibody-drug conjugates. Each ADC consists of an antibody attached to several "
        "MMAE payloads.",
        "ALD-12 and ALD-14 are antibody-drug conjugates. Each ADC consists of an antibody and a linker; MMAE is none.",
    ),
    Rule(
        "conjugate.only",
        "composition",
        "What the release's only conjugate binds or carries, said without its name.",
        "In animals it worked by targeting a protein on the surface of tumours, Nectin-4.",
        "The grant supports a portfolio targeting Nectin-4 on the surface of tumours.",
    ),
    Rule(
        "conjugate.developer",
        "composition",
        "A company owns, develops or markets a conjugate.",
        "Alderis, Inc. is developing cantuzumab mertansine.",
        "Alderis, Inc. compared its antibody with cantuzumab mertansine.",
    ),
    Rule(
        "conjugate.licensed",
        "composition",
        "The parties of a licence to a conjugate are its developers.",
        "Cantuzumab mertansine is licensed to Borgmann AG by Alderis, Inc.",
        "Alderis, Inc. licensed its software to Borgmann AG.",
    ),
    Rule(
        "conjugate.own-release",
        "composition",
        "The sole issuer of a release whose headline names a conjugate that nobody else is said to own.",
        "Alderis Announces Phase I Data for ALD-12 vedotin",
        "Alderis Announces Third Quarter Results",
    ),
    Rule(
        "antibody.target",
        "composition",
        "An anti-something antibody binds that target.",
        "Borgmann AG's anti-CD70 antibody entered trials.",
        "Borgmann AG's antibody was given to patients with CD70 expressing tumours.",
    ),
    Rule(
        "payload.derivative",
        "composition",
        "One payload is a derivative of another.",
        "DM1 is a derivative of maytansine.",
        "DM1 was compared with maytansine.",
    ),
    Rule(
        "technology.owner",
        "composition",
        "A technology is named with its owner.",
        "Alderis uses ImmunoGen's TAP technology.",
        "Alderis and ImmunoGen discussed TAP technology.",
    ),
    Rule(
        "company.unit",
        "composition",
        "A company's unit in a country belongs to its group.",
        "Boehringer Ingelheim Austria in Vienna led the work.",
        "Boehringer Ingelheim, Austria's partner, led the work.",
    ),
)
_PAYMENTS = (
    Rule(
        "payment.amount",
        "payments",
        "An amount of money with a word that says what it is for, or a verb of paying between companies.",
        "Alderis, Inc. will receive an upfront payment of $25 million from Borgmann AG.",
        "Alderis, Inc. reported revenues of $25 million.",
    ),
    Rule(
        "payment.words",
        "payments",
        "A fee, royalty or milestone payment named without a figure, under a verb of paying or receiving.",
        "Under the licence agreement between Alderis, Inc. and Borgmann AG, Alderis receives royalties on net sales.",
        "Alderis, Inc. published a study of royalties.",
    ),
    Rule(
        "payment.rate",
        "payments",
        "A royalty rate in figures or words.",
        "Borgmann AG will pay Alderis, Inc. royalties of 7.5 percent on net sales.",
        "Borgmann AG holds 7.5 percent of the shares of Alderis, Inc.",
    ),
    Rule(
        "payment.share",
        "payments",
        "A share of costs or profits, or of what a third company pays.",
        "Alderis, Inc. and Borgmann AG signed a collaboration agreement under which the companies will share profits "
        "equally.",
        "Alderis, Inc. and Borgmann AG signed a collaboration agreement and share a common history.",
    ),
    Rule(
        "payment.part",
        "payments",
        "A fraction of the sum named before it.",
        "Borgmann AG will pay Alderis, Inc. $50 million upfront, half of it by buying Alderis stock.",
        "Borgmann AG will pay Alderis, Inc. $50 million upfront; half of the patients responded.",
    ),
    Rule(
        "payment.funding",
        "payments",
        "Research that one party pays for, without a figure.",
        "Alderis, Inc. and Borgmann AG signed a collaboration agreement. Borgmann AG will fund research.",
        "Alderis, Inc. and Borgmann AG signed a collaboration agreement. A charity will fund a park.",
    ),
)


_OBJECTS = {
    "licensable": "something that can be licensed as object",
    "rights": "rights, a licence or an option as object",
    "agreement": "a noun of agreement as object",
    "agreement-either": "an agreement as subject or object",
    "option-either": "an option as subject or object",
    "option-listed": "an option among the objects",
    "dispute-either": "a lawsuit or dispute as subject or object",
    "company": "a company as object",
    "thing": "a technology or product as object",
    "subject-rights": "rights as subject",
    "subject-agreement": "an agreement as subject",
    "target-of-agreement": "a target as object and an agreement beside it",
    "notice-of-agreement": "notice as object and an agreement beside it",
    "money-for-rights": "money as object and rights after 'for'",
    "joint": "'jointly' or 'together' beside it",
    "forces": "'forces' as object",
}


def _described(frame: Frame) -> str:
    """A frame in words: its verbs, its object, and who plays which role."""
    verbs = ", ".join(sorted(frame.verbs))
    voice = "" if frame.voice == "any" else f" ({frame.voice})"
    what = f"The verb {verbs}{voice}" if verbs else "A noun of agreement"
    kind = _OBJECTS.get(frame.objects)
    roles = ", ".join(f"{place}: {role}" for place, role in frame.roles.items())
    return what + (f" with {kind}" if kind and verbs else "") + (f"; {roles}" if roles else "") + "."


def rules() -> tuple[Rule, ...]:
    """The catalogue, by stage and name."""
    frames = (Rule(f.name, "agreements", _described(f), f.example, f.counterexample) for f in (*FRAMES, *NOUN_FRAMES))
    events = (
        Rule(e.name, "milestones", f"{e.kind}: {', '.join(sorted(e.verbs | e.nouns))}", e.example, e.counterexample)
        for e in EVENTS
    )
    named = (Rule(r.name, "names", r.description, r.example, r.counterexample) for r in names.RULES)
    return tuple(sorted((*named, *_COMPOSITION, *frames, *events, *_PAYMENTS), key=lambda r: (r.stage, r.name)))


RULES: tuple[Rule, ...] = rules()
