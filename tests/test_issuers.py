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
