"""Who issues a release, told from its lead and its headline."""

from __future__ import annotations

import pytest

from oncopact.extract import extract
from oncopact.lexicon import load
from oncopact.model import Release
from oncopact.readers import read_bytes
from oncopact.segment import segment

ALDERIS, BORGMANN = "company/alderis", "company/borgmann-pharma"
LEAD = """

BOSTON, May 4, 2021 - Under the agreement Alderis, Inc. will supply its antibody to Borgmann Pharma GmbH, which pays an
upfront fee of $5 million. The companies will study the conjugate in solid tumors.
"""


def issued_by(text: str) -> set[str]:
    (release,) = read_bytes(text.encode(), name="release.txt")
    assert isinstance(release, Release)
    return set(extract(segment(release), load()).issuers)


@pytest.mark.parametrize(
    ("headline", "issuers"),
    [
        ("Alderis, Inc. and Borgmann Pharma GmbH Announce Antibody Alliance", {ALDERIS, BORGMANN}),
        ("Alderis, Inc. and Borgmann Pharma GmbH Today Announce Deal", {ALDERIS, BORGMANN}),
        ("Alderis, Inc. Announces Antibody Alliance with Borgmann Pharma GmbH", {ALDERIS}),
        ("Alderis, Inc. and Borgmann Pharma GmbH Antibody Enters Trial", {ALDERIS}),
    ],
)
def test_two_companies_that_announce_together_are_both_issuers(headline: str, issuers: set[str]) -> None:
    assert issued_by(headline + LEAD) == issuers


def test_the_subject_of_today_announced_goes_before_the_headline() -> None:
    text = LEAD.replace("Under the", "Borgmann Pharma GmbH today announced an alliance. Under the")
    assert issued_by("Alderis, Inc. Announces Antibody Alliance" + text) == {BORGMANN}


LEADS = {
    "Oakline Wire Group to Be Acquired": (
        (
            "Oakline Wire Group Holdings, Inc. (“OWG” or the “Company”) (OTC PINK:OWGG) announced today that it "
            "has entered into an agreement to be acquired by affiliates of Tarn Holdings LLC (“Tarn”)."
        ),
        ["oakline-wire-group-holdings"],
    ),
    "Board Comments on a Proposal": (
        (
            "The Board of Directors of Oakline Materials, Inc. (NYSE: OKM), a supplier to the industry, today "
            "issued the following statement on Tarn KGaA’s (“Tarn”) proposal."
        ),
        ["oakline-materials"],
    ),
    "Oakline and Tarn Expand Alliance": (
        (
            "Oakline Technologies, Inc. (NASDAQ: OAKL) and Tarn Instruments Limited (TIL) announced today that "
            "they have entered into a broad agreement on an antibody."
        ),
        ["oakline-technologies", "tarn-instruments"],
    ),
    "Oakline Completes Merger": (
        (
            "Oakline Group, Inc. (Nasdaq: OAKL), parent company of Miller, Tarn & Kuehn (MTK), Tarnwalk, Inc. and "
            "Borough Solutions, Inc., announced it has completed its merger."
        ),
        ["oakline-group"],
    ),
    "Oakline Midstream LP Announces Purchase": (
        (
            "Oakline Midstream LP, a joint venture between Tarn Corporation (“Tarn”) (NYSE: TRN) and Vale "
            "Partners (“VP”), today announced a purchase."
        ),
        ["oakline-midstream"],
    ),
    "Oakline and Tarn Therapeutics Group Enter into Collaboration": (
        "Oakline Pharma Inc. and Tarn Therapeutics Group have entered into a multi-year collaboration on antibodies.",
        ["oakline-pharma", "tarn-therapeutics-group"],
    ),
    "Oakline and Tarn, Inc. Launch Laboratory": (
        "Oakline Pharma Inc. and Tarn, Inc.today unveiled a new laboratory.",
        ["oakline-pharma", "tarn"],
    ),
    "Oakline Pharmaceuticals and Tarn Pharma Present Conjugate Data": (
        "Oakline Pharmaceuticals Inc. (Oakline) is a company that develops inhibitors.",
        ["oakline-pharmaceuticals", "tarn-pharma"],
    ),
    "Oakline to Acquire Tarn": (
        (
            "Oakline Inc. (NYSE: OAK), known as OMD outside of the United States, and Tarn Therapeutics, Inc. "
            "today announced that the companies have agreed on a merger."
        ),
        ["oakline", "tarn-therapeutics"],
    ),
    "Trial Begins": (
        "It was announced today by Oakline Inc. that the trial has begun.",
        ["oakline"],
    ),
    "First Trial Begins": (
        "Tarn Pharma GmbH and its partner Oakline Inc. today announced a trial.",
        ["oakline", "tarn-pharma"],
    ),
    "New Trial Begins": (
        "Today, the trial of the antibody of Oakline Inc. began, Tarn Pharma GmbH said.",
        ["tarn-pharma"],
    ),
    "Third Quarter Results": (
        (
            "Oakline Inc. today reported financial results for the third quarter. Tarn Pharma GmbH announced in "
            "May that it has licensed the antibody."
        ),
        ["oakline"],
    ),
    "OakBio and Tarn Announce Licence": (
        "Oakline Biologics (Suzhou) Co., Ltd. (“OakBio”) and Tarn Pharma GmbH today announced a licence.",
        ["oakline-biologics-suzhou", "tarn-pharma"],
    ),
    "OKL Racing Team Joins Tarn Carbon": (
        "The OKL Racing Team (“the team”) has joined forces with Tarn Carbon Inc. to plant trees.",
        ["okl-racing-team"],
    ),
    "Borgwell Hotels & Resorts Introduces Portal": (
        "Borgwell Hotels & Resorts, a hotel brand, is excited to announce its new portal.",
        ["borgwell-hotels-and-resorts"],
    ),
    "OAKLINE HEALTH ANNOUNCES COMMITTEE OF LEADERS": (
        "The committee gives guidance to all.",
        ["oakline-health"],
    ),
}
"""A headline, the sentence of the lead below it, and who issues."""


@pytest.mark.parametrize("headline", LEADS)
def test_the_lead_tells_the_issuers(headline: str) -> None:
    lead, issuers = LEADS[headline]
    text = f"{headline}\n\nBOSTON, May 4, 2021 - {lead} The details of the agreement are given below in full."
    assert issued_by(text) == {f"company/{name}" for name in issuers}


def test_where_nobody_announces_the_newswires_source_issues() -> None:
    text = "The antibody that Tarn Pharma GmbH licensed from Oakline Inc. is now sold in Austria, too."
    release = f"Antibody Sold in Austria\n\nVIENNA, May 4, 2004 -- {text}\n\nSOURCE Oakline Inc.\n"
    assert issued_by(release) == {"company/oakline"}


def test_where_nobody_announces_the_filer_issues() -> None:
    head = "<SEC-DOCUMENT>x\nACCESSION NUMBER:\t\t0000912345-04-000042\nCONFORMED SUBMISSION TYPE:\t8-K\n"
    head += "COMPANY CONFORMED NAME:\t\t\tTARN PHARMA INC\nCENTRAL INDEX KEY:\t\t\t0000912345\n"
    body = (
        "BOSTON, May 4, 2004 -- A trial of Oakline Inc. and Tarn Pharma, Inc. has begun. The antibody is in the clinic."
    )
    text = f"{head}<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\nTrial Begins\n\n{body}\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>"
    assert issued_by(text) == {"company/tarn-pharma"}
