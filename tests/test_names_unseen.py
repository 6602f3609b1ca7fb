"""Names that no list knows: companies by who works there, advises or buys, medicines by sign, stem and shape."""

from __future__ import annotations

import pytest

from oncopact.extract import extract
from oncopact.lexicon import load
from oncopact.model import Kind, Mention, Release, Source
from oncopact.recognizers.names import recognize
from oncopact.segment import segment
from oncopact.text import OffsetMap

BARE = load(without=frozenset({Kind.COMPANY, Kind.CONJUGATE, Kind.ANTIBODY}))


def read(text: str) -> tuple[Mention, ...]:
    return recognize(segment(Release("0" * 16, text, OffsetMap.identity(), Source("test"))), BARE)


def names(text: str, kind: str) -> list[str]:
    """The names of one kind as printed, in the order of the text, each once."""
    return list(dict.fromkeys(mention.text for mention in read(text) if mention.kind == kind))


COMPANIES = [
    # firms of advisers beside their clients
    ("For Halden, Marsh & Penrose LLP is acting as counsel. Halden pays.", "Marsh & Penrose LLP"),
    (
        "Borgwell Bank advises. Lazard is adviser to Halden Bio and Oakley Marsh LLP as counsel. Halden Bio pays.",
        "Borgwell Bank|Halden Bio|Oakley Marsh LLP",
    ),
    ("It was written by Hale and Borgwell LLP of Boston.", "Hale and Borgwell LLP"),
    ("ForHalden, Marsh && Penrose LLP is acting as counsel. Halden pays.", "Marsh && Penrose LLP"),
    ("For the buyer, Tarnowell acted as exclusive financial advisor.", "Tarnowell"),
    # two firms are two
    ("The parties are Alderis, Inc. & Borgmann GmbH of Linz.", "Alderis, Inc.|Borgmann GmbH"),
    ("It was sold by Halden Securities and Tarnow & Company in May.", "Halden Securities|Tarnow & Company"),
    ("It went to Air Products and Chemicals, Inc. in May.", "Air Products and Chemicals, Inc."),
    # who works there
    ("The antibody, said Maria Halden, CEO of Borgwell, goes on.", "Borgwell"),
    ("He spent nine years at Borgwell before that.", "Borgwell"),
    ("Dr. Weller was CMO of Tarnow Therapeutics for years.", "Tarnow Therapeutics"),
    ("It went to employees of Halden Europe Limited in May.", "Halden Europe Limited"),
    ("Employees of Halden Europe Limited struck.", "Halden Europe Limited"),
    ("Anna Lind of Borgwell Capital, LLC joins the board.", "Borgwell Capital, LLC"),
    # lists with a lead-in, numbered lists
    ("It serves companies such as Borgwell, Tarnowell and Lindqvist.", "Borgwell|Tarnowell|Lindqvist"),
    ("Deals: (1) Borgwell, licence to the antibody; (2) Tarnowell, option to it.", "Borgwell|Tarnowell"),
    ("An antibody that Dacourt and Borgwell are developing treats cancer.", "Dacourt|Borgwell"),
    # rights and money that pass
    ("The licence was assigned to Borgwell in March.", "Borgwell"),
    ("The antibody is from Borgwell under a licence of 2004.", "Borgwell"),
    ("It holds a license from Tarnowell, now known as Borgwell, since May.", "Tarnowell|Borgwell"),
    ("Borgwell's agreement with Alderis, Inc. on the antibody ended.", "Borgwell|Alderis, Inc."),
    ("A study of the antibody is run by its partner CSPX in China.", "CSPX"),
    ("The antibody is being jointly developed and sold in Japan with Borgwell.", "Borgwell"),
    ("Alderis, Inc. has agreed to acquire Borgwell, a maker of antibodies.", "Alderis, Inc.|Borgwell"),
    (
        "Halden will use Vaxel’ proprietary patch and array (PAA) platform; Vaxels’ proprietary patch platform helps.",
        "Vaxels",
    ),
    # the first words
    ("LINZ, May 3, 2021 -- Borgwell, the lens maker, grew. Borgwell is glad, and so is all of Borgwell.", "Borgwell"),
    # what is defined in brackets, but is no name
    (
        'It is paid to Alderis Pharma plc ("Alderis Receipts"). Alderis Receipts grew.',
        "Alderis Pharma plc|Alderis",
    ),
    (
        'It is paid to Alderis Pharmaceuticals plc ("Alderis Pharma"). Alderis Pharma grew.',
        "Alderis Pharmaceuticals plc|Alderis Pharma",
    ),
    ('It went to Tarnow Corp. ("Merger Sub") in May. Merger Sub is no more.', "Tarnow Corp."),
    # a possessive that is part of the name; below, one that is not
    ("LINZ, May 3, 2021 -- Borgwell's Lens, the lens maker, announced a lens today.", "Borgwell's Lens"),
    # damaged text
    ("It is Halden'sacquisition of Tarnow Therapeutics that counts.", "Tarnow Therapeutics"),
]  # fmt: skip
NO_COMPANIES = [
    "LINZ, May 3, 2021 -- Borgwell's Lens® against cancer is launched today. Borgwell's Lens® is good.",
    "What holders of Tarnow Securities should read of the antibody against cancer is here.",
    "Under the General Corporation Law of the State it was merged.",
    "Prognostic signs in the management of cancer were found.",
    "It serves the Children's Oncology Group and a Working Group.",
    "He was Vice President of Clinical Development and Head of Oncology.",
    "Tuesday September 21, 9:05 am Eastern Time Company Press Release",
    "It has agreed to acquire the rights, assets and shares.",
    "It lost to Merger Sub, Inc. in May.",
    "The licence to GPC3 and the rights from 2012 go on.",
]


@pytest.mark.parametrize(("text", "expected"), COMPANIES, ids=[text for text, _ in COMPANIES])
def test_companies_are_known_by_what_stands_beside_them(text: str, expected: str) -> None:
    assert names(text, "company") == expected.split("|")


@pytest.mark.parametrize("text", NO_COMPANIES)
def test_roles_laws_and_groups_are_no_companies(text: str) -> None:
    assert names(text, "company") == []


PRODUCTS = [
    ("Sales of Zoltiva® to cancer patients rose after the drug's trials.", "Zoltiva"),
    ("Zoltiva™ is indicated for cancer patients; Zoltiva is a drug.", "Zoltiva"),
    ("Cancer patients received zolustat (ALD-303) as a drug.", "zolustat|ALD-303"),
    ("Cancer patients received ZOLTIVA® (zolumarine), a drug.", "ZOLTIVA|zolumarine"),
    ("A device and a drug (ALD-1701/Zoltiva®) treat cancer.", "ALD-1701|Zoltiva"),
    ("The candidates include HLN217 targeting BCMA in cancer.", "HLN217"),
    ("Its molecule R552, an oral RIPK1 inhibitor, is a drug.", "R552"),
    ("It has the drug rights for AK1780 from Borgwell in cancer.", "AK1780"),
    ("Merck will develop the drug CD24Fx and CD24Fc, a candidate in cancer.", "CD24Fc"),
    ("The trial of mRNA-4158 in cancer patients goes on with the drug.", "mRNA-4158"),
    ("An IND filing for PVT-1, a drug for cancer, is planned.", "PVT-1"),
    ("The drug remdozivir and the drug zolpivat treat patients.", "zolpivat"),
]
NO_PRODUCTS = [
    "The ZoltiPump® device and the Zoltimap® app help cancer patients with their drug.",
    "They received 90 mg/m2 of the drug for cancer, or U-100 insulin.",
    "The study ALD300-001 of a drug in cancer goes on.",
    "Its office in Boston, MA 02139 makes drugs for cancer.",
    "The antibody targets PVT-1 on cancer cells, and PVT-1 inhibitors are drugs.",
    "The thermostat and the treatment (weekly) helped patients with cancer.",
]


@pytest.mark.parametrize(("text", "expected"), PRODUCTS, ids=[text for text, _ in PRODUCTS])
def test_medicines_are_known_by_sign_stem_and_shape(text: str, expected: str) -> None:
    assert names(text, "product") == expected.split("|")


@pytest.mark.parametrize("text", NO_PRODUCTS)
def test_devices_doses_studies_and_targets_are_no_medicines(text: str) -> None:
    assert names(text, "product") == []


CONJUGATES = [
    ("GWT-7, an antibody to mesothelin that carries MMAF, treats cancer.", "GWT-7"),
    ("LX-13 joins an antibody against FGFR2b to PNU-159682 in cancer trials of LX-13.", "LX-13"),
    ("OCT-1, an antibody-drug conjugate to CD166, treats cancer.", "OCT-1"),
    ("It dropped MB-1-DOX, a conjugate of its antibody, in cancer.", "MB-1-DOX"),
    ("Cancer patients received iodine I 131 zolutamab, a drug.", "iodine I 131 zolutamab"),
    ("Cancer patients received [177Lu]VLP-90, a ligand and a drug.", "[177Lu]VLP-90"),
    ("Zoltuxin is the only approved conjugate of calicheamicin in cancer.", "Zoltuxin"),
    (
        "Its immunotoxin, the product candidate SS1P (renamed KAT-5001), treats cancer; KAT-5001 is an immunotoxin.",
        "SS1P|KAT-5001",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CONJUGATES, ids=[text for text, _ in CONJUGATES])
def test_conjugates_are_known_by_what_they_carry(text: str, expected: str) -> None:
    assert names(text, "conjugate") == expected.split("|")


PARTS = [
    ("payload", "The doxorubicin conjugate of its antibody treats cancer.", ["doxorubicin"]),
    ("payload", "The laboratory labels antibodies with zirconium-89 for cancer trials.", ["zirconium-89"]),
    ("payload", "The ADC is armed, by way of a linker, with a NAMPT inhibitor against cancer.", ["NAMPT inhibitor"]),
    ("payload", "It builds conjugates with its TandemTox® payloads against cancer.", ["TandemTox"]),
    ("payload", "Cancer patients received doxorubicin weekly with an antibody.", []),
    ("target", "An interleukin-13 receptor conjugate treats cancer.", ["interleukin-13 receptor"]),
    ("target", "The antibody binds the folate transporter PCFT on cancer cells.", ["PCFT"]),
    ("target", "The antibody binds the tumor antigen on cancer cells.", []),
    ("target", "THALASSA GRANTS OPTION ON SECOND ANTIBODY CONJUGATE", []),
    ("technology", "It licensed Borgwell's BetaLock spacer for antibodies against cancer.", ["BetaLock"]),
    ("technology", "Its technologies, ZOLAAS® and ZoVex®, make antibodies against cancer.", ["ZOLAAS", "ZoVex"]),
    ("technology", "Its cleavable linker joins antibodies against cancer.", []),
    ("antibody", "AGT-PSCK, Borgwell's fully human monoclonal antibody, treats cancer.", ["AGT-PSCK"]),
    ("antibody", "The antibody KB-3 to CD33 treats cancer.", ["KB-3"]),
    ("institution", "The antibody was licensed from the Tarnow Cancer Trust.", ["Tarnow Cancer Trust"]),
    ("institution", "It was tested at the University of Queensland on antibodies.", ["University of Queensland"]),
    ("institution", "Under the licence agreement with the NIH, it pays for the antibody.", ["NIH"]),
]


@pytest.mark.parametrize(("kind", "text", "expected"), PARTS, ids=[text for _, text, _ in PARTS])
def test_parts_tools_and_houses(kind: str, text: str, expected: list[str]) -> None:
    assert names(text, kind) == expected


def developers(text: str) -> set[str]:
    """Who develops the first conjugate of a release, as identifiers."""
    release = Release("0" * 16, text, OffsetMap.identity(), Source("test"))
    return {r.object for r in extract(segment(release), load()).relations if r.property == "op:developedBy"}


LEAD = (
    "OSLO, March 3, 2020 - Alderis, Inc. today announced data from the Tarnow Therapeutics-sponsored trial of ALD-12."
)


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Alderis Announces Results from a Study of Trastuzumab Emtansine in Cancer", {"company/alderis"}),
        ("Alderis Shows that ALD-7 Enhances Uptake of Trastuzumab Emtansine in Cancer", set()),
    ],
)
def test_a_study_in_the_headline_is_of_ones_own_conjugate(headline: str, expected: set[str]) -> None:
    text = f"{headline}\n\nOSLO, March 3, 2020 - Alderis, Inc. today announced data on cancer.\n"
    assert developers(text) == expected


def test_the_sponsor_of_a_trial_develops_its_conjugate() -> None:
    text = f"Alderis Announces Data\n\n{LEAD.replace('ALD-12', 'trastuzumab emtansine')}\n"
    assert "company/tarnow-therapeutics" in developers(text)


def test_one_letter_is_no_antibody() -> None:
    assert names("Cancer patients received T-DM1, an antibody-drug conjugate.", "antibody") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # each with a legal form of its own, though one begins the other and is printed without it, too
        (
            "Halden National gains. Halden National Service Corporation, a unit of Halden National Corp., builds.",
            {"Halden National|Halden National Corp.", "Halden National Service Corporation"},
        ),
        (
            "Halden Corporation is the sponsor of Halden Midstream Partners LP (“Halden Midstream”). Halden pays.",
            {"Halden Corporation|Halden", "Halden Midstream Partners LP|Halden Midstream"},
        ),
        # the short name has none: one company
        ("Halden National Corporation builds. Halden National gains.", {"Halden National Corporation|Halden National"}),
    ],
)
def test_two_legal_forms_are_two_companies(text: str, expected: set[str]) -> None:
    release = Release("0" * 16, f"OSLO, March 3, 2020 - {text}\n", OffsetMap.identity(), Source("test"))
    found = [item for item in extract(segment(release), BARE).entities if item.kind is Kind.COMPANY]
    assert {"|".join(name.text for name in item.names) for item in found} == expected
