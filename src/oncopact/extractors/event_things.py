"""The sorts of thing that a milestone happens to: which noun groups name a trial, an IND, a designation, a deal."""

from __future__ import annotations

import re
from collections.abc import Callable

from oncopact.extractors.scene import Scene
from oncopact.model import Kind
from oncopact.syntax.groups import NOUN, Group

PRODUCTS = (Kind.CONJUGATE, Kind.PRODUCT, Kind.ANTIBODY)
PHASE = re.compile(
    r"""\b(?:[Pp]hase\s*|Ph\.?\s?)(?P<number> I{1,3}V? | IV | [1-4] )
        (?P<part> [abAB]? (?:\s?[/-]\s?(?:[Pp]hase\s*)?(?:I{1,3}|[1-4])[abAB]?)? )\b
      | \b(?P<pivotal>pivotal|registrational)\b""",
    re.VERBOSE,
)
AGENCY = re.compile(
    r"""\b(?: (?P<us> FDA | Food\s+and\s+Drug\s+Administration )
      | (?P<eu> EMA | EMEA | European\s+Commission | European\s+Medicines\s+Agency | CHMP
          | Committee\s+for\s+Medicinal\s+Products )
      | (?P<cn> NMPA | CFDA | SFDA | National\s+Medical\s+Products\s+Administration | CDE )
      | (?P<jp> PMDA | MHLW | (?:Japanese\s+|Japan['’]s\s+)?Ministry\s+of\s+Health )
      | (?P<gb> MHRA | Medicines\s+and\s+Healthcare\s+products ) | (?P<ca> Health\s+Canada )
      | (?P<ch> Swissmedic ) | (?P<au> TGA | Therapeutic\s+Goods\s+Administration ) | (?P<kr> MFDS | KFDA )
      | (?P<de> Paul[- ]Ehrlich[- ]Institut[e]? ) | (?P<br> ANVISA )
      | (?P<any> [Rr]egulators? | regulatory\s+(?:authorit\w+|agenc\w+) | health\s+authorit\w+ ) )\b""",
    re.VERBOSE,
)
_STUDY = frozenset("trial trials study studies".split())
_CLINICAL = frozenset("clinical human patients humans first-in-human in-human pivotal".split())
_NOT_TRIAL = frozenset(
    """toxicology preclinical market ind-enabling pre-clinical toxicity laboratory animal feasibility tox research
    pharmacokinetic nhp primate primates mice rat mouse court manufacturing ongoing non-clinical safety""".split()
)
_TRIAL_HEADS = _STUDY | frozenset(
    """testing evaluation development investigation clinic dosing enrollment enrolment program programme portion part
    phase arm cohort treatment expansion escalation i/ii ii/iii 1/2 2/3 1b/2 1/2a""".split()
)
_PATIENTS = frozenset("patient patients subject subjects participant participants volunteer volunteers".split())
_APPLICATIONS = frozenset("bla blas nda ndas maa maas sbla sblas snda sndas jnda jbla anda".split())
_APPLYING = frozenset("application applications submission submissions dossier filing filings request".split())
_FOR_SALE = frozenset(
    """marketing license licence licensing biologics drug registration new-drug approval product authorization
    authorisation rolling supplemental regulatory market""".split()
)
_STATUS = frozenset("designation designations status".split())
NAMED_STATUS = frozenset(
    """orphan breakthrough prime sakigake rmat qidp fast-track fast priority accelerated breakthrough-therapy pediatric
    regenerative innovative pioneer ilap passport orphan-drug""".split()
)
_APPROVED = frozenset("approval approvals authorization authorisation clearance licensure authorizations".split())
_DEALS = frozenset("transaction transactions acquisition merger deal purchase takeover combination sale buyout".split())
_MONEY_MATTERS = frozenset(
    """offering placement financing notes shares stock loan facility private public equity debt round series warrants
    property building""".split()
)
_ANTITRUST = frozenset("antitrust hart-scott-rodino hsr competition anti-trust merger-control".split())


_HOMES = {
    "united states": "us",
    "u.s.": "us",
    "u.s": "us",
    "usa": "us",
    "america": "us",
    "european union": "eu",
    "europe": "eu",
    "e.u.": "eu",
    "eu": "eu",
    "us": "us",
    "japan": "jp",
    "china": "cn",
    "mainland china": "cn",
    "united kingdom": "gb",
    "uk": "gb",
    "u.k.": "gb",
    "great britain": "gb",
    "canada": "ca",
    "switzerland": "ch",
    "australia": "au",
    "korea": "kr",
    "south korea": "kr",
    "germany": "de",
    "brazil": "br",
}


def home(place: str) -> str:
    """One code for a country however it is named: 'the U.S.' and the FDA are both `us`."""
    plain = re.sub(r"\s*\([^()]*\)$", "", place.casefold().removeprefix("the ")).strip()
    agency = AGENCY.fullmatch(place)
    if agency and agency.lastgroup:
        return agency.lastgroup
    return _HOMES.get(plain, plain)


def fits(scene: Scene, sort: str, at: int) -> bool:
    """Whether the noun group at `at` names a thing of the sort."""
    group = scene.groups[at]
    return group.role == NOUN and SORTS[sort](scene, at, group)


def words_of(group: Group) -> frozenset[str]:
    """Lower-case words, hyphenated ones also in their parts, those of names and brackets included."""
    return group.parts


def text_of(scene: Scene, first: int, last: int) -> str:
    """What stands from one group to another."""
    return scene.span(first, last).of(scene.document.text)


def after(scene: Scene, at: int, count: int) -> str:
    """The text of the group at `at` and of `count` groups after it."""
    return text_of(scene, at, min(at + count, len(scene.groups) - 1))


def is_product(scene: Scene, at: int) -> bool:
    """Whether the group names a product, outside of a possessive."""
    return bool(scene.things((at,), *PRODUCTS))


_COMPARED = frozenset("versus against plus than over compare".split())


def beside(scene: Scene, at: int) -> bool:
    """Whether the product at `at` is a comparator or a partner of a combination: 'X in combination with A and B'."""
    groups = scene.groups
    while at > 1 and groups[at - 1].tag in ("C", ",") and groups[at - 2].role == NOUN and is_product(scene, at - 2):
        at -= 2
    before = groups[at - 1] if at else None
    if before is None:
        return False
    if before.lemma == "with":
        return at > 1 and ("combination" in groups[at - 2].words or groups[at - 2].lemma in ("compare", "combine"))
    return before.lemma in _COMPARED


def is_trial(scene: Scene, at: int, group: Group) -> bool:
    """A clinical trial or phase; neither laboratory work nor 'development' alone."""
    words = words_of(group)
    if words & {"pipeline", "pipelines", "portfolio"}:
        return False
    if words & _NOT_TRIAL and not set(group.words) & {"clinical", "pivotal"}:
        return False
    phase = PHASE.search(text_of(scene, at, at))
    if phase and not phase["pivotal"]:
        return group.lemma in _TRIAL_HEADS or bool(re.fullmatch(r"[iv]+[ab]?|[1-4][ab]?|phase", group.lemma))
    if group.lemma not in _TRIAL_HEADS:
        return False
    if words & _STUDY:
        tail = words_of(scene.groups[at + 2]) if at + 2 < len(scene.groups) else set()
        return bool(words & _CLINICAL) or not tail & _NOT_TRIAL
    if group.lemma in ("dosing", "enrollment", "enrolment", "clinic"):
        return True
    return bool(words & {"testing", "evaluation", "development", "investigation"} and words & {"clinical", "human"})


def compounds(scene: Scene, sort: str, at: int) -> bool:
    """Whether the thing stands before the head of the group: 'Phase 1 trial initiation', 'second target selection'."""
    words = words_of(scene.groups[at])
    if sort == "target":
        return bool(words & {"target", "antigen"})
    if sort != "trial":
        return False
    return bool(words & {"trial", "study"} or PHASE.search(text_of(scene, at, at))) and not words & _NOT_TRIAL


def _trial_or_patients(scene: Scene, at: int, group: Group) -> bool:
    if is_trial(scene, at, group):
        return True
    groups = scene.groups
    inside = [groups[i + 1] for i in range(at + 1, min(at + 6, len(groups) - 1)) if groups[i].lemma == "in"]
    return is_product(scene, at) and any(words_of(g) & (_PATIENTS | {"trial", "trials", "study"}) for g in inside)


def _first_patient(scene: Scene, at: int, group: Group) -> bool:
    del scene, at
    words = group.words
    if group.lemma in ("dosing", "enrollment", "enrolment", "treatment") and {"first", "patient"} <= words_of(group):
        return True
    return group.lemma in _PATIENTS and "first" in words and "line" not in words


def _enrolment(scene: Scene, at: int, group: Group) -> bool:
    words = words_of(group)
    if group.lemma in ("enrollment", "enrolment", "recruitment", "accrual"):
        return True
    if group.lemma in _PATIENTS:
        return bool(words & {"last", "all", "final"})
    row = scene.groups[at + 1 : at + 3]
    return group.words[-1] == "last" and len(row) == 2 and row[0].lemma == "of" and row[1].lemma in _PATIENTS


def _ind(scene: Scene, at: int, group: Group) -> bool:
    words = words_of(group) | {t.word for t in group.bracket}
    if words & {"ind", "inds", "cta", "ctas", "ctx", "impd"}:
        return "enabling" not in words and not re.search(r"(?i)\benabling\b", after(scene, at, 1))
    text = after(scene, at, 2)
    if re.search(r"(?i)\binvestigational\s+(?:new\s+)?drug\b|\bclinical\s+trial\s+(?:application|authori[sz])", text):
        return bool(words & {"investigational", "clinical"})
    if group.lemma in ("permission", "clearance", "authorization", "authorisation", "approval", "allowance"):
        return bool(
            re.search(
                r"^\W*(?:(?:from|by)\s+[^,;]{3,70}?\s)?(?:to\s+(?:test|begin|start|initiate|commence|proceed|conduct|"
                r"enter|advance)|(?:for|of)\s+(?:an?|its|the)\s+(?:\w+\s+)?(?:phase\b|clinical\s+trial|trial|INDs?\b|CTAs?\b"
                r"|investigational))",
                scene.document.text[group.span.end : min(scene.sentence.span.end, group.span.end + 130)],
                re.IGNORECASE,
            )
        )
    if group.lemma in ("application", "applications"):
        return bool(_TO_BEGIN.match(scene.document.text[group.span.end : group.span.end + 90]))
    return False


_TO_BEGIN = re.compile(
    r"\s+to\s+(?:begin|start|initiate|commence|conduct)\s+(?:[\w’'-]+\s+){0,5}(?:trials?|stud(?:y|ies)|testing)\b",
    re.IGNORECASE,
)


def _application(scene: Scene, at: int, group: Group) -> bool:
    words = words_of(group) | {t.word for t in group.bracket}
    if words & {"investigational", "ind", "patent", "patents", "clinical", "cta", "orphan", "designation"}:
        return False
    if words & _APPLICATIONS:
        return True
    if group.lemma not in _APPLYING:
        return False
    text = after(scene, at, 4)
    if words & _FOR_SALE or re.search(r"(?i)\bfor\s+(?:\w+\s+){0,3}(?:approval|authori[sz]ation|licensure)", text):
        return "clinical" not in words
    return bool(scene.things(range(at, min(at + 3, len(scene.groups))), *PRODUCTS)) and group.lemma.startswith("appl")


def _designation(scene: Scene, at: int, group: Group) -> bool:
    words = words_of(group)
    if words & _STATUS and not words & {"approval", "approvals"}:
        return bool(words & (NAMED_STATUS | {"therapy", "track"}))
    if group.lemma == "review":
        return bool(words & {"priority", "accelerated"})
    before = scene.groups[at - 1] if at else None
    named = before is not None and before.lemma in ("designate", "as") and bool(words & (NAMED_STATUS | {"track"}))
    return named and group.lemma in ("drug", "product", "therapy", "medicine")


def _toxicology(scene: Scene, at: int, group: Group) -> bool:
    del scene, at
    words = words_of(group)
    named = words & {"toxicology", "toxicity", "tox", "glp"} or {"ind", "enabling"} <= words
    return bool(named and words & _STUDY)


def _decision_date(scene: Scene, at: int, group: Group) -> bool:
    del scene, at
    words = words_of(group) | {t.word for t in group.bracket}
    spelled = {"user", "fee", "act"} <= words
    return "pdufa" in words or spelled or ("action" in words and group.lemma == "date")


def _opinion(scene: Scene, at: int, group: Group) -> bool:
    del at
    words = words_of(group)
    agency = AGENCY.search(scene.sentence.span.of(scene.document.text))
    return group.lemma == "opinion" and bool(agency) and bool(words & {"positive", "favorable", "favourable"})


def _approval(scene: Scene, at: int, group: Group) -> bool:
    """An approval, or a product that is approved."""
    words = words_of(group)
    if group.lemma in _APPROVED or (group.lemma in ("license", "licence") and "marketing" in words):
        return not words & (_ANTITRUST | {"shareholder", "board", "court", "stockholder", "pricing"}) and not _ind(
            scene, at, group
        )
    return is_product(scene, at)


def _reimbursement(scene: Scene, at: int, group: Group) -> bool:
    del scene, at
    words = words_of(group)
    return bool(words & {"nrdl", "reimbursement", "pbs", "reimbursed"}) or (
        "price" in words and bool(words & {"listing", "health"})
    )


def _product(scene: Scene, at: int, group: Group) -> bool:
    del group
    return is_product(scene, at)


def _deal(scene: Scene, at: int, group: Group) -> bool:
    del scene, at
    return group.lemma in _DEALS and not words_of(group) & _MONEY_MATTERS


def _tender_offer(scene: Scene, at: int, group: Group) -> bool:
    del scene, at
    return group.lemma == "offer" and bool({"tender", "exchange"} & set(group.words))


def _antitrust(scene: Scene, at: int, group: Group) -> bool:
    words = words_of(group)
    if group.lemma in ("period", "periods"):
        return "waiting" in words
    if group.lemma in _APPROVED | {"review", "clearances"}:
        near = {w for g in scene.groups[at + 1 : at + 4] for w in words_of(g)}
        return bool((words | near) & _ANTITRUST)
    return bool(words & {"hart", "hsr"})


def _assets(scene: Scene, at: int, group: Group) -> bool:
    del scene, at
    return bool(words_of(group) & {"rights", "assets", "business", "programs", "company", "entity", "unit", "pipeline"})


def _candidate(scene: Scene, at: int, group: Group) -> bool:
    words = words_of(group)
    if group.lemma not in ("candidate", "candidates"):
        return False
    return bool(words & {"development", "clinical", "drug", "lead", "preclinical", "product"}) or is_product(scene, at)


def _option(scene: Scene, at: int, group: Group) -> bool:
    del scene, at
    return group.lemma in ("option", "options", "right") and not words_of(group) & {"stock", "share", "warrant"}


def _target(scene: Scene, at: int, group: Group) -> bool:
    del scene, at
    return group.lemma in ("target", "targets", "antigen") and not words_of(group) & {"date", "market", "price"}


def _sales(scene: Scene, at: int, group: Group) -> bool:
    del scene, at
    return group.lemma in ("sales", "turnover", "revenues")


def _milestone_payment(scene: Scene, at: int, group: Group) -> bool:
    del scene, at
    words = words_of(group)
    return bool(words & {"milestone", "milestones"}) and bool(words & {"payment", "payments", "fee"})


SORTS: dict[str, Callable[[Scene, int, Group], bool]] = {
    "trial": is_trial,
    "trial-or-patients": _trial_or_patients,
    "first-patient": _first_patient,
    "enrolment": _enrolment,
    "toxicology": _toxicology,
    "ind": _ind,
    "application": _application,
    "designation": _designation,
    "decision-date": _decision_date,
    "opinion": _opinion,
    "approval": _approval,
    "reimbursement": _reimbursement,
    "product": _product,
    "deal": _deal,
    "tender-offer": _tender_offer,
    "antitrust": _antitrust,
    "assets": _assets,
    "candidate": _candidate,
    "option": _option,
    "target": _target,
    "sales": _sales,
    "milestone-payment": _milestone_payment,
}
"""Each sort's test."""
