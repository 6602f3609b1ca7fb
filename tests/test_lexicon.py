"""The lexicon: which names a text holds, where exactly, and which of them mean nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncopact.lexicon import Hit, TargetEntry, TechnologyEntry, load
from oncopact.model import Kind
from oncopact.naming import Squeezed, squeeze

LEXICON = load()


def named(text: str) -> list[tuple[str, str]]:
    """Printed name and key of every settled hit; an ambiguous one's keys are joined."""
    return [(text[hit.start : hit.end], "|".join(hit.keys)) for hit in LEXICON.settle(text, LEXICON.match(text))]


FOUND = [
    # companies: legal forms, capitals, line breaks, possessives, marks
    ("ImmunoGen, Inc. today announced", "ImmunoGen, Inc.", "company/immunogen"),
    ("BOEHRINGER INGELHEIM AND IMMUNOGEN ACHIEVE", "BOEHRINGER INGELHEIM", "company/boehringer-ingelheim"),
    ("BOEHRINGER INGELHEIM AND IMMUNOGEN ACHIEVE", "IMMUNOGEN", "company/immunogen"),
    ("IMMUNOGEN, INC. ANNOUNCES", "IMMUNOGEN, INC.", "company/immunogen"),
    ("a unit of Boehringer\n   Ingelheim in Vienna", "Boehringer\n   Ingelheim", "company/boehringer-ingelheim"),
    ("Boehringer  Ingelheim's antibody", "Boehringer  Ingelheim", "company/boehringer-ingelheim"),
    ("ImmunoGen’s technology", "ImmunoGen", "company/immunogen"),
    ("with British Biotech plc in the UK", "British Biotech plc", "company/british-biotech"),
    ("Abgenix and Millennium have options", "Millennium", "company/millennium-pharmaceuticals"),
    ("licensed to Bristol Myers Squibb", "Bristol Myers Squibb", "company/bristol-myers-squibb"),
    ("Merck & Co., Inc., Rahway", "Merck & Co., Inc.", "company/merck-and-co"),
    ("Seattle Genetics, Inc. (Nasdaq: SGEN)", "Seattle Genetics, Inc.", "company/seagen"),
    ("sanofi-aventis has taken a licence", "sanofi-aventis", "company/sanofi"),
    ("the Fortis Therapeutics-sponsored study", "Fortis Therapeutics", "company/fortis-therapeutics"),
    ("partner Everest (HKEX: 1952) will", "Everest", "company/everest-medicines"),
    ("Bolt Biotherapeutics said. Bolt will", "Bolt", "company/bolt-biotherapeutics"),
    # conjugates and antibodies: codes, hyphens, brands, suffixes
    ("known as huN901-DM1/BB-10901.", "huN901-DM1", "conjugate/lorvotuzumab-mertansine"),
    ("known as huN901-DM1/BB-10901.", "BB-10901", "conjugate/lorvotuzumab-mertansine"),
    ("the compound huN901 DM1 entered", "huN901 DM1", "conjugate/lorvotuzumab-mertansine"),
    ("the compound huN901-\nDM1 entered", "huN901-\nDM1", "conjugate/lorvotuzumab-mertansine"),
    ("the antibody huN901 binds", "huN901", "antibody/lorvotuzumab"),
    ("its MLN591DM1 candidate", "MLN591DM1", "conjugate/mln2704"),
    ("Bivatuzumab Mertansine enters", "Bivatuzumab Mertansine", "conjugate/bivatuzumab-mertansine"),
    ("the naked antibody bivatuzumab alone", "bivatuzumab", "antibody/bivatuzumab"),
    ("KADCYLA® (ado-trastuzumab emtansine)", "KADCYLA", "conjugate/trastuzumab-emtansine"),
    ("KADCYLA® (ado-trastuzumab emtansine)", "ado-trastuzumab emtansine", "conjugate/trastuzumab-emtansine"),
    ("PADCEV (enfortumab vedotin-ejfv) is", "enfortumab vedotin-ejfv", "conjugate/enfortumab-vedotin"),
    ("DS 8201a and DS-8201", "DS 8201a", "conjugate/trastuzumab-deruxtecan"),
    ("treated with T-DXd.", "T-DXd", "conjugate/trastuzumab-deruxtecan"),
    ("SGN-CD33A trial", "SGN-CD33A", "conjugate/vadastuximab-talirine"),
    # targets: cases and hyphens, variants before the whole, weak ones with a cue
    ("a TROP2 ADC", "TROP2", "target/trop2"),
    ("a Trop-2-directed ADC", "Trop-2", "target/trop2"),
    ("its anti-CD44v6 antibody", "CD44v6", "target/cd44v6"),
    ("Claudin18.2 positive", "Claudin18.2", "target/claudin-18-2"),
    ("HER-2/neu overexpression", "HER-2/neu", "target/her2"),
    ("an anti-MET antibody", "MET", "target/c-met"),
    ("tumours that are c-Met positive", "c-Met", "target/c-met"),
    ("Folate Receptor-α (FRα)", "FRα", "target/folate-receptor-alpha"),
    ("carcinoembryonic antigen-related cell adhesion molecule 6", None, "target/ceacam6"),
    # payloads and technologies
    ("ImmunoGen's maytansinoid", "maytansinoid", "payload/maytansinoid"),
    ("monomethyl\nauristatin E", "monomethyl\nauristatin E", "payload/mmae"),
    ("with an eribulin payload", "eribulin", "payload/eribulin"),
    ("Tumor-Activated Prodrug (TAP) technology", "Tumor-Activated Prodrug", "technology/tap"),
    ("Tumor-Activated Prodrug (TAP) technology", "TAP", "technology/tap"),
    ("ImmunoGen's TAP technology", "TAP", "technology/tap"),
    ("PROBODY® conjugates", "PROBODY", "technology/probody"),
    ("its DXd ADC technology", "DXd ADC technology", "technology/dxd"),
    ("releases DXd inside the cell", "DXd", "payload/dxd"),
]


@pytest.mark.parametrize(("text", "printed", "key"), FOUND, ids=[f"{case[1]} in {case[0]}" for case in FOUND])
def test_name_is_found_as_printed(text: str, printed: str | None, key: str) -> None:
    assert (printed or text, key) in named(text)


SILENT = [
    "a strong immunogen in mice",
    "the BMS-999999 study",
    "a new method to reactivate cells",
    "all conditions have been MET.",
    "a test KIT for clinics",
    "the CAT sat by the SEA",
    "at the foot of Mount Everest",
    "we bolt it together; Bolt it was",
    "new millennium goals",
    "to tap the market; TAP it",
    "Millennium Cell, Inc. makes fuel",
    "write to info@roche.com or see www.Roche.com",
    "https://example.org/news/her2-positive-cd30",
    "chemotherapy with doxorubicin and prednisone",
    "the HERA trial and TFs",
    "AIM-listed PSA Group, CEA Industries",
    "unCD30ed and CD301",
    "kite flying with a Day One badge",
    "Nova\n\nrtis",
]


@pytest.mark.parametrize("text", SILENT)
def test_lookalike_is_silent(text: str) -> None:
    assert named(text) == []


def test_longer_name_hides_the_shorter() -> None:
    assert named("trastuzumab deruxtecan") == [("trastuzumab deruxtecan", "conjugate/trastuzumab-deruxtecan")]
    assert named("CD44v6, not CD44") == [("CD44v6", "target/cd44v6"), ("CD44", "target/cd44")]


def test_names_do_not_run_across_paragraphs() -> None:
    assert named("led by Boehringer\n\nIngelheim am Rhein")[0][0] == "Boehringer"


def test_offsets_count_code_points() -> None:
    text = "𝔸β – ImmunoGen®, Inc."
    (hit,) = LEXICON.match("𝔸β – ImmunoGen, Inc.")
    assert (hit.start, hit.end) == (5, 20)
    assert text[LEXICON.match(text)[0].start :].startswith("ImmunoGen")


# ---------------------------------------------------------------- weak and ambiguous names


def test_match_marks_what_needs_context() -> None:
    assert LEXICON.match("Everest") == (Hit(0, 7, ("company/everest-medicines",), weak=True),)


def test_an_ambiguous_name_keeps_both_keys_where_nothing_decides() -> None:
    assert named("with Merck on it") == [("Merck", "company/merck-and-co|company/merck-kgaa")]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Merck KGaA said that Merck", "company/merck-kgaa"),
        ("RAHWAY, N.J. - Merck (NYSE: MRK), known as MSD", "company/merck-and-co"),
        ("DARMSTADT - Merck, a company of Darmstadt", "company/merck-kgaa"),
    ],
)
def test_an_ambiguous_name_is_decided_by_the_release(text: str, key: str) -> None:
    assert ("Merck", key) in named(text)


def test_two_fuller_names_leave_it_ambiguous() -> None:
    assert ("Merck", "company/merck-and-co|company/merck-kgaa") in named("Merck KGaA sued Merck & Co. and Merck won")


# ---------------------------------------------------------------- knowledge


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("IMMUNOGEN INC", ("company/immunogen",)),
        ("Boehringer Ingelheim GmbH", ("company/boehringer-ingelheim",)),
        ("Hun901-dm1", ("conjugate/lorvotuzumab-mertansine",)),
        ("MLN591", ("antibody/mln591",)),
        ("Merck", ("company/merck-and-co", "company/merck-kgaa")),
        ("Nobody Biologics, Inc.", ()),
    ],
)
def test_lookup_folds_names(name: str, keys: tuple[str, ...]) -> None:
    assert LEXICON.lookup(name) == keys


def test_role_of_a_printed_name() -> None:
    assert LEXICON.role("conjugate/lorvotuzumab-mertansine", "BB 10901") == "op:codeName"
    assert LEXICON.role("conjugate/trastuzumab-emtansine", "KADCYLA") == "op:brandName"
    assert LEXICON.role("company/seagen", "Seattle Genetics, Inc.") == "op:formerName"
    assert LEXICON.role("company/immunogen", "ImmunoGen") == "skos:altLabel"


def test_entries_carry_full_iris_and_keys() -> None:
    target = LEXICON.entry("target/her2")
    assert isinstance(target, TargetEntry)
    assert target.kind is Kind.TARGET
    assert "https://identifiers.org/hgnc:3430" in target.exact_matches
    tap = LEXICON.entry("technology/tap")
    assert isinstance(tap, TechnologyEntry)
    assert tap.owners == ("company/immunogen",)


def test_every_row_becomes_an_entry() -> None:
    assert all(LEXICON.entry(key).label for key in LEXICON.keys)


def test_unknown_key_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        LEXICON.entry("company/nobody")


def test_suffixes_say_what_they_encode() -> None:
    mertansine = LEXICON.suffixes["mertansine"]
    assert (mertansine.payload, mertansine.payload_label, mertansine.family_label) == (
        "payload/dm1",
        "DM1",
        "maytansinoid",
    )
    assert LEXICON.suffixes["tiuxetan"].payload is None
    assert LEXICON.suffixes["tiuxetan"].nature == "chelator"


def test_without_leaves_kinds_out_and_keeps_suffixes() -> None:
    bare = load(without=frozenset(Kind))
    assert bare.match("ImmunoGen licensed huN901-DM1") == ()
    assert bare.keys == ()
    assert bare.suffixes["vedotin"].payload_label == "MMAE"
    partial = load(without=frozenset({Kind.CONJUGATE}))
    assert [hit.keys for hit in partial.match("trastuzumab emtansine")] == [("antibody/trastuzumab",)]


def test_load_gives_the_same_lexicon_again() -> None:
    assert load() is LEXICON


# ---------------------------------------------------------------- properties


@given(st.text(alphabet="aC İ3-’\n®.TMé", max_size=40))
def test_squeezed_characters_keep_their_places(text: str) -> None:
    squeezed = Squeezed.of(text)
    assert "".join(text[squeezed.place(at)] for at in range(len(squeezed.letters))) == squeezed.letters
    assert len(squeezed.folded) == len(squeezed.letters)
    assert squeezed.folded == squeeze(text)


@given(st.lists(st.sampled_from([case[0] for case in FOUND] + SILENT), max_size=4), st.sampled_from([" ", "\n", ". "]))
def test_hits_are_in_order_and_apart(texts: list[str], between: str) -> None:
    hits = LEXICON.match(between.join(texts))
    assert all(first.end <= second.start for first, second in pairwise(hits))
    assert list(hits) == sorted(hits)
