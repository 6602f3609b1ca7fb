"""Who licenses what to whom: one sentence for each construction, and what must not be read as a deal."""

from __future__ import annotations

from functools import cache

import pytest

from oncopact.extract import extract
from oncopact.lexicon import Lexicon, load
from oncopact.model import Agreement, Findings
from oncopact.readers import read_bytes
from oncopact.segment import segment

LEAD = "OSLO, 4 May 2005 - "
ALDERIS, BORGMANN, CORVEX = "company/alderis", "company/borgmann", "company/corvex"


@cache
def lexicon() -> Lexicon:
    return load()


def findings(text: str) -> Findings:
    (release,) = read_bytes((LEAD + text).encode(), name="release.txt")
    assert not hasattr(release, "message"), release
    return extract(segment(release), lexicon())


def deals(text: str) -> tuple[Agreement, ...]:
    return findings(text).agreements


DIRECTED = {
    "licensed to": ("Alderis, Inc. has licensed its antibody ALD-12 to Borgmann AG.", "licence"),
    "licensed from": ("Borgmann AG in-licensed the antibody ALD-12 from Alderis, Inc.", "licence"),
    "passive to": ("The antibody ALD-12 has been licensed to Borgmann AG by Alderis, Inc.", "licence"),
    "participle from": ("Borgmann AG tests ALD-12, an antibody licensed from Alderis, Inc., in cancer.", "licence"),
    "granted to": ("Alderis, Inc. granted Borgmann AG an exclusive licence to its antibody.", "licence"),
    "granted by": ("Borgmann AG has been granted an exclusive licence to the antibody by Alderis, Inc.", "licence"),
    "taken": ("Borgmann AG has taken a licence to Alderis, Inc.'s antibody technology.", "licence"),
    "obtained from": ("Borgmann AG has obtained from Alderis, Inc. an exclusive licence to the antibody.", "licence"),
    "licensed the right": (
        "Borgmann AG had licensed the right to develop antibodies that use Alderis, Inc.'s linker technology.",
        "licence",
    ),
    "paid for rights": (
        "Borgmann AG will pay Alderis, Inc. $5 million for an exclusive licence to its antibody.",
        "licence",
    ),
    "rights returned": ("Borgmann AG has returned all rights to the antibody ALD-12 to Alderis, Inc.", "licence"),
    "rights regained": ("Alderis, Inc. has regained all rights to the antibody from Borgmann AG.", "licence"),
    "option exercised": (
        "Borgmann AG has exercised its option to license the antibody ALD-12 from Alderis, Inc.",
        "option",
    ),
    "option conferred": (
        "Alderis, Inc. signed a deal to confer Borgmann AG the option to obtain rights to ALD-12, an antibody.",
        "option",
    ),
    "option let go": (
        "Borgmann AG has elected not to exercise its option on Alderis, Inc.'s antibody ALD-12.",
        "option",
    ),
    "infinitives in a row": (
        "Alderis, Inc. licensed the rights to Borgmann AG to develop, use, manufacture and sell its antibody ALD-12.",
        "licence",
    ),
    "access gained": ("Borgmann AG will gain access to Alderis, Inc.'s antibody technology.", "licence"),
    "licence signed": (
        "Borgmann AG has signed an exclusive product licence for the use of Alderis, Inc.'s antibody technology.",
        "licence",
    ),
    "agreement extended": (
        "Borgmann AG has extended the agreement that gives it rights to use Alderis, Inc.'s antibody technology.",
        "licence",
    ),
    "paid for": (
        "Borgmann AG and Alderis, Inc. signed an antibody licence. Borgmann AG pays Alderis, Inc. $2 million upfront.",
        "licence",
    ),
    "owner of what is licensed": (
        "Borgmann AG has signed a licence agreement with Alderis, Inc. for the use of its antibody platform.",
        "licence",
    ),
}


@pytest.mark.parametrize("construction", sorted(DIRECTED))
def test_rights_pass_from_alderis_to_borgmann(construction: str) -> None:
    text, kind = DIRECTED[construction]
    (deal,) = deals(text)
    assert (deal.kind.value, deal.licensors, deal.licensees) == (kind, (ALDERIS,), (BORGMANN,))


BETWEEN = {
    "signed": ("Alderis, Inc. and Borgmann AG have signed a collaboration agreement on antibodies.", "collaboration"),
    "with": ("Alderis, Inc. entered into a research collaboration with Borgmann AG on antibodies.", "collaboration"),
    "between": ("A supply agreement for the antibody was signed between Alderis, Inc. and Borgmann AG.", "supply"),
    "together": ("Alderis, Inc. and Borgmann AG will jointly develop the antibody ALD-12.", "co-development"),
    "forces": ("Alderis, Inc. and Borgmann AG have joined forces on antibodies against cancer.", "collaboration"),
    "bought": ("Borgmann AG will acquire Alderis, Inc., which makes antibodies, for $300 million.", "acquisition"),
    "was bought": ("Alderis, Inc., which makes antibodies, was acquired by Borgmann AG in 2004.", "acquisition"),
    "shares": (
        "Borgmann AG is to buy all of the outstanding shares of Alderis, Inc., an antibody maker.",
        "acquisition",
    ),
    "settled": ("Alderis, Inc. and Borgmann AG have settled their litigation on antibody patents.", "other"),
    "amended": ("Alderis, Inc. and Borgmann AG have amended their collaboration on antibodies.", "collaboration"),
    "by both": ("The antibody ALD-12 has been co-developed by Alderis, Inc. and Borgmann AG.", "co-development"),
    "worth": (
        "Alderis, Inc. signed a research and collaboration agreement worth $9 million with Borgmann AG on antibodies.",
        "collaboration",
    ),
    "through a subsidiary": (
        "Borgmann AG, through a subsidiary, will acquire privately-held Alderis, Inc., which makes antibodies.",
        "acquisition",
    ),
}


@pytest.mark.parametrize("construction", sorted(BETWEEN))
def test_both_are_parties(construction: str) -> None:
    text, kind = BETWEEN[construction]
    (deal,) = deals(text)
    assert (deal.kind.value, set(deal.parties)) == (kind, {ALDERIS, BORGMANN})


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Alderis, Inc. and Borgmann AG have amended their collaboration on antibodies.", "amended"),
        ("Alderis, Inc. and Borgmann AG have expanded their collaboration on antibodies.", "expanded"),
        ("Alderis, Inc. and Borgmann AG have renewed their collaboration on antibodies.", "renewed"),
        ("Borgmann AG has terminated its antibody collaboration with Alderis, Inc.", "terminated"),
        ("Alderis, Inc. today announced an antibody collaboration with Borgmann AG.", "announced"),
        ("In March 2001, Alderis, Inc. signed an antibody collaboration with Borgmann AG.", "referenced"),
        ("Alderis, Inc. and Borgmann AG announced an expanded collaboration on antibodies.", "expanded"),
        ("Borgmann AG has extended its antibody collaboration with Alderis, Inc. for three years.", "renewed"),
        ("Borgmann AG will have the ability to exercise an option on Alderis, Inc.'s antibody ALD-12.", "announced"),
        ("Borgmann AG's decision to exercise an option on Alderis, Inc.'s antibody followed.", "exercised"),
    ],
)
def test_what_happened_is_told_by_the_verb(text: str, event: str) -> None:
    (deal,) = deals(text)
    assert deal.event.value == event


def test_the_former_and_the_latter() -> None:
    text = (
        "Alderis, Inc. has two conjugates in trials - ALD-12 vedotin and ALD-14 vedotin. The former is licensed to "
        "Borgmann AG; the latter is licensed to Corvex Ltd. in Japan."
    )
    found = {(deal.licensees, deal.territory) for deal in deals(text)}
    assert found == {((BORGMANN,), None), ((CORVEX,), "Japan")}


def test_a_list_of_partners_is_several_deals() -> None:
    found = deals("Alderis, Inc. has antibody licence agreements with Borgmann AG, Corvex Ltd. and Dornier Bio, Inc.")
    assert sorted(deal.parties[1] for deal in found) == [BORGMANN, CORVEX, "company/dornier-bio"]


@pytest.mark.parametrize(
    "text",
    [
        "Alderis, Inc. works on antibodies. The merger expands Alderis, Inc.'s and Borgmann AG's reach in oncology.",
        "Alderis, Inc. has the right to exercise its stock options in Borgmann AG, an antibody maker.",
    ],
)
def test_no_agreement_where_an_agreement_acts(text: str) -> None:
    assert deals(text) == ()


def test_a_trial_in_collaboration_with_two_is_one_of_three() -> None:
    text = (
        "Alderis, Inc. today announced results of its antibody trial. The trial was conducted in collaboration with "
        "Borgmann AG and Corvex Ltd."
    )
    (deal,) = deals(text)
    assert set(deal.parties) == {ALDERIS, BORGMANN, CORVEX}


def test_a_list_of_licensees_is_several_licences_of_one_owner() -> None:
    text = (
        "Alderis, Inc. has licence agreements for its HexaLink technology with Borgmann AG, Corvex Ltd. and Dornier AG."
    )
    found = deals(text + " HexaLink links antibodies and drugs.")
    assert sorted(deal.licensees[0] for deal in found) == [BORGMANN, CORVEX, "company/dornier"]
    assert {deal.licensors for deal in found} == {(ALDERIS,)}


def test_organizations_of_a_list_are_parties() -> None:
    found = deals("Alderis, Inc. has antibody agreements with many organizations including Borgmann AG and Corvex Ltd.")
    assert sorted(deal.parties[1] for deal in found) == [BORGMANN, CORVEX]


def test_a_licence_under_a_renewed_agreement_is_another() -> None:
    text = (
        "Borgmann AG has renewed the agreement that gives it rights to use Alderis, Inc.'s antibody technology. "
        "Under this agreement, Borgmann AG recently licensed the exclusive right to use Alderis, Inc.'s technology."
    )
    assert [deal.event.value for deal in deals(text)] == ["renewed", "referenced"]


def test_places_on_both_sides_of_a_name_bound_one_licence() -> None:
    text = "Alderis, Inc. granted Borgmann AG a global licence for ALD-12 vedotin outside of Greater China."
    (deal,) = deals(text)
    assert (deal.territory, deal.excluded_territory) == ("global", "Greater China")


def test_an_option_to_share_passes_no_rights() -> None:
    text = (
        "Alderis, Inc. granted Borgmann AG an exclusive licence to its antibody ALD-12. The agreement also provides "
        "Alderis, Inc. with an option to co-promote ALD-12."
    )
    option = next(deal for deal in deals(text) if deal.kind.value == "option")
    assert (set(option.parties), option.licensors) == ({ALDERIS, BORGMANN}, ())


@pytest.mark.parametrize(
    ("sequel", "kind"),
    [
        ("Under it Alderis, Inc. has granted Borgmann AG rights to develop and commercialize the antibody.", "licence"),
        ("Both companies will work on antibodies.", "collaboration"),
    ],
)
def test_what_passes_decides_between_licence_and_collaboration(sequel: str, kind: str) -> None:
    text = f"Alderis, Inc. and Borgmann AG signed a license and collaboration agreement on antibodies. {sequel}"
    assert [deal.kind.value for deal in deals(text)] == [kind]


def test_the_date_of_an_amendment_is_not_that_of_the_deal() -> None:
    text = (
        "On 27 March 2004, Alderis, Inc. and Borgmann AG agreed to amend the antibody licence agreement executed by "
        "the parties on 30 March 2001."
    )
    (deal,) = deals(text)
    assert deal.signed is not None
    assert (deal.event.value, deal.signed.value) == ("amended", "2001-03-30")


@pytest.mark.parametrize(
    "text",
    [
        "Borgmann AG has the exclusive global rights from Alderis, Inc. to develop the antibody ALD-12.",
        "Borgmann AG is a company with the exclusive global rights from Alderis, Inc. to develop the antibody ALD-12.",
    ],
)
def test_rights_that_a_company_has(text: str) -> None:
    (deal,) = deals(text)
    assert (deal.kind.value, deal.licensors, deal.licensees) == ("licence", (ALDERIS,), (BORGMANN,))


def test_who_sells_under_a_licence_holds_it() -> None:
    (deal,) = deals("The antibody ALD-12 is sold in Europe by Borgmann AG under a licence from Alderis, Inc.")
    assert (deal.licensors, deal.licensees) == ((ALDERIS,), (BORGMANN,))


def test_who_founds_a_company_holds_no_licence() -> None:
    text = "Borgmann AG was founded by Corvex, Inc. with the exclusive rights from Alderis, Inc. to sell its antibody."
    (deal,) = deals(text)
    assert (deal.licensors, deal.licensees) == ((ALDERIS,), (BORGMANN,))


@pytest.mark.parametrize(
    "text",
    [
        "Borgmann AG announces the acquisition of all outstanding shares of Alderis, Inc., an antibody company.",
        "Antibody company Alderis, Inc. acquired by Borgmann AG",
    ],
)
def test_who_buys_whom(text: str) -> None:
    (deal,) = deals(text)
    assert (deal.kind.value, deal.parties) == ("acquisition", (BORGMANN, ALDERIS))


def test_a_company_with_rights_of_nobody_has_no_deal() -> None:
    assert deals("Borgmann AG is a company with the exclusive rights to the antibody of its founders.") == ()


def test_what_is_developed_with_a_partner_is_co_developed() -> None:
    text = (
        "Alderis, Inc. has data on ALD-12, an antibody-drug conjugate developed and commercialized in partnership with "
        "Borgmann AG."
    )
    (deal,) = deals(text)
    assert (deal.kind.value, deal.products) == ("co-development", ("conjugate/ald-12",))


def test_verbs_joined_over_an_adverb_share_their_object() -> None:
    text = (
        "Alderis, Inc. and Borgmann AG will jointly develop and potentially sell the antibody ALD-12 worldwide except "
        "in Japan."
    )
    (deal,) = deals(text)
    assert (deal.products, deal.territory, deal.excluded_territory) == (("antibody/ald-12",), "worldwide", "Japan")


def test_one_product_licensed_and_another_developed_together_are_two_deals() -> None:
    text = (
        "Alderis, Inc. has granted Borgmann AG an exclusive licence to sell the antibody BOR-9 in Asia. Alderis, Inc. "
        "and Borgmann AG will jointly develop the antibody ALD-12. Borgmann AG has been granted the rights to sell "
        "BOR-9."
    )
    licence, together = deals(text)
    assert (licence.kind.value, licence.products) == ("licence", ("antibody/bor-9",))
    assert (together.kind.value, together.products) == ("co-development", ("antibody/ald-12",))
    assert together.licensors == ()


def test_the_company_that_a_clause_announces_signs() -> None:
    text = "Alderis, Inc. today announced that the Company entered into an antibody licence agreement with Borgmann AG."
    (deal,) = deals(text)
    assert (deal.kind.value, deal.event.value) == ("licence", "announced")


def test_a_company_right_behind_a_date_signs() -> None:
    (deal,) = deals(
        "On March 2, 2001 Alderis, Inc. entered into an asset purchase agreement with Borgmann AG on antibodies."
    )
    assert (deal.kind.value, deal.signed and deal.signed.value) == ("acquisition", "2001-03-02")


def test_terms_of_the_deal() -> None:
    text = "In March 2001, Alderis, Inc. granted Borgmann AG an exclusive, worldwide licence to ALD-12 vedotin."
    (deal,) = deals(text)
    assert deal.exclusive is True
    assert deal.territory == "worldwide"
    assert deal.signed is not None
    assert deal.signed.value == "2001-03"


@pytest.mark.parametrize(
    "text",
    [
        "Alderis, Inc. has not licensed its antibody to Borgmann AG.",
        "Alderis, Inc. could license its antibody to Borgmann AG.",
        "Alderis, Inc. signed a lease agreement with Borgmann AG for a laboratory near its antibody plant.",
        "The FDA granted Alderis, Inc. priority review of its antibody, as it had Borgmann AG.",
        "Alderis, Inc. and its partner Borgmann AG presented antibody data at a congress.",
        "Alderis, Inc. grants its employees stock options; Borgmann AG, an antibody maker, does not.",
        "Patients treated with the antibody of Alderis, Inc. acquired resistance, wrote Borgmann AG.",
    ],
)
def test_what_is_no_deal(text: str) -> None:
    assert deals(text) == ()


def test_every_party_has_evidence_in_the_text() -> None:
    found = findings("Alderis, Inc. has licensed its antibody ALD-12 to Borgmann AG.")
    (deal,) = found.agreements
    told = {(e.property, e.value) for e in deal.evidence}
    assert {("op:licensor", ALDERIS), ("op:licensee", BORGMANN), (None, None)} <= told
    assert all(e.span.of(found.document.text) == e.quote for e in deal.evidence)
