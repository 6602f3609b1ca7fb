"""What a noun group of a deal is: an agreement of which kind, rights, an option, a thing that can be licensed."""

from __future__ import annotations

from oncopact.model import THINGS, AgreementKind, Kind
from oncopact.syntax.groups import NOUN, Group

_AGREEMENT_HEADS = frozenset(
    """agreement agreements contract contracts deal deals pact alliance alliances collaboration collaborations
    partnership partnerships license licence licenses licences sublicense option acquisition merger venture arrangement
    arrangements cooperation takeover settlement relationship framework transaction loi mou buyout accord""".split()
)
_NOT_MEDICINE = frozenset(
    """employment lease credit loan underwriting subscription confidentiality severance rental voting standstill
    shareholder shareholders rights-plan registration purchase-price indenture note financing insurance facility
    securities warrant warrants stock-option consulting office lock-up equity debt depositary""".split()
)
_RIGHTS_HEADS = frozenset("right rights license licence licenses licences sublicense sublicence".split())
_NOT_RIGHTS = frozenset("property voting value offering human shareholder civil reserved legal patients".split())
_LICENSABLE = frozenset(
    """right rights technology technologies platform platforms antibody antibodies product products candidate candidates
    program programme programs patent patents compound compounds drug drugs know-how molecule molecules linker payload
    payloads toxin gene genes intellectual-property license licence method methods vector target""".split()
)
_WORDS: tuple[tuple[frozenset[str], AgreementKind], ...] = (
    (frozenset("acquisition merger takeover buyout".split()), AgreementKind.ACQUISITION),
    (frozenset("option".split()), AgreementKind.OPTION),
    (frozenset("supply manufacturing manufacture production toll manufacturer".split()), AgreementKind.SUPPLY),
    (
        frozenset("co-development codevelopment co-commercialization co-commercialisation cocommercialization".split()),
        AgreementKind.CO_DEVELOPMENT,
    ),
    (
        frozenset("co-promotion copromotion settlement venture joint-venture cross-license cross-licence".split()),
        AgreementKind.OTHER,
    ),
    (
        frozenset(
            "collaboration collaborations collaborative alliance alliances partnership partnerships cooperation".split()
        ),
        AgreementKind.COLLABORATION,
    ),
    (
        frozenset(
            """license licence licenses licences licensing sublicense out-licensing in-licensing out-license in-license
            distribution""".split()
        ),
        AgreementKind.LICENCE,
    ),
    (frozenset("research discovery".split()), AgreementKind.RESEARCH),
)


def agreement_kind(group: Group) -> AgreementKind | None:
    """The kind of agreement that a noun group names; None where it names none.

    A group names an agreement when its head does: 'license agreement', not 'license fee' or 'collaboration partner'.
    """
    if group.role != NOUN or group.lemma not in _AGREEMENT_HEADS or group.tokens[-1].mention:
        return None
    words = {part for word in group.words for part in (word, *word.split("/"))}
    if words & _NOT_MEDICINE or ("stock" in words and "option" in group.lemma):
        return None
    if group.lemma in ("relationship", "framework", "transaction", "accord", "venture") and not words - {
        group.lemma,
        "the",
        "this",
        "a",
        "an",
        "its",
        "proposed",
        "our",
        "such",
    }:
        return None
    if group.lemma in ("option", "options"):
        return AgreementKind.OPTION
    if mixes(group):
        return AgreementKind.COLLABORATION
    if group.lemma in _COLLABORATIONS:
        return AgreementKind.CO_DEVELOPMENT if words & _JOINTLY else AgreementKind.COLLABORATION
    if "development" in words and words & {"commercialization", "commercialisation"} and not words & _RIGHTS_HEADS:
        return AgreementKind.CO_DEVELOPMENT
    if "purchase" in words and words & {"asset", "share", "stock"} and group.lemma in ("agreement", "agreements"):
        return AgreementKind.ACQUISITION
    named = [(position, kind) for position, word in enumerate(group.words) if (kind := _kind_of(word))]
    return min(named, default=(0, AgreementKind.OTHER), key=_precedence)[1]


def mixes(group: Group) -> bool:
    """Whether a noun of agreement has words of both: 'a license and collaboration agreement'."""
    words = set(group.words)
    return bool(words & _COLLABORATIONS and words & _LICENCES)


_LICENCES = frozenset("license licence licensing licenses licences".split())
_COLLABORATIONS = frozenset(
    "collaboration collaborations alliance alliances partnership partnerships cooperation".split()
)
_JOINTLY = frozenset("co-development codevelopment co-commercialization commercialization commercialisation".split())


def _kind_of(word: str) -> AgreementKind | None:
    return next((kind for cues, kind in _WORDS if word in cues), None)


_WEAK = frozenset({AgreementKind.RESEARCH, AgreementKind.OTHER, AgreementKind.OPTION})


def _precedence(named: tuple[int, AgreementKind]) -> tuple[bool, int]:
    """The first word of kind counts, but 'research', 'option' and the like only alone."""
    position, kind = named
    return kind in _WEAK, position


def is_rights(group: Group) -> bool:
    """Whether the group names rights that pass: 'the exclusive right', 'a licence', not 'voting rights'."""
    words = set(group.words)
    return group.role == NOUN and group.lemma in _RIGHTS_HEADS and not words & _NOT_RIGHTS


def is_option(group: Group) -> bool:
    """Whether the group names an option to rights, not an option on shares or a way of treatment."""
    words = set(group.words)
    if group.role != NOUN or group.lemma not in ("option", "options"):
        return False
    return not words & {
        "stock",
        "share",
        "treatment",
        "therapeutic",
        "therapy",
        "over-allotment",
        "purchase",
    }


def is_thing(group: Group) -> bool:
    """Whether the group names something that can be licensed or sold."""
    if group.role != NOUN:
        return False
    if any(m.kind in THINGS for m in group.mentions) or group.lemma in _LICENSABLE:
        return True
    return not names_company(group) and bool(set(group.words) & _LICENSABLE)  # 'its antibody ALD-12'


def names_company(group: Group) -> bool:
    """Whether the group's head is a company."""
    return group.role == NOUN and group.head(Kind.COMPANY) is not None


def exclusivity(groups: list[Group]) -> bool | None:
    """What the words say of exclusivity: True, False (non-exclusive), or None."""
    words = {word for group in groups for word in group.words}
    if words & {"non-exclusive", "nonexclusive", "non-exclusively"}:
        return False
    if words & {"co-exclusive", "semi-exclusive"}:
        return None
    return True if words & {"exclusive", "exclusively", "sole"} else None
