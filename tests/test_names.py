"""Names: what each rule reads, what it leaves, and that a line's end, capitals or company in a list change nothing."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncopact.lexicon import Lexicon, load
from oncopact.model import Kind, Mention, Release, Source, Span
from oncopact.recognizers.molecules import parts
from oncopact.recognizers.names import RULES, NameRule, nested, recognize, recognize_all
from oncopact.recognizers.overlap import Reason, select
from oncopact.segment import segment
from oncopact.text import OffsetMap, folded

LEXICON = load()
BARE = load(without=frozenset({Kind.COMPANY, Kind.CONJUGATE, Kind.ANTIBODY}))


def read(text: str, lexicon: Lexicon = LEXICON) -> tuple[Mention, ...]:
    return recognize(segment(Release("0" * 16, text, OffsetMap.identity(), Source("test"))), lexicon)


def names(text: str, kind: str, lexicon: Lexicon = LEXICON) -> list[str]:
    """The names of one kind as printed, in the order of the text, each once."""
    return list(dict.fromkeys(mention.text for mention in read(text, lexicon) if mention.kind == kind))


def listed(joined: str) -> list[str]:
    return [name.strip() for name in joined.split("|") if name.strip()]


# ---------------------------------------------------------------- one sentence, one construction

COMPANIES = [
    # legal forms of all countries
    ("Alderis, Inc. signed with Borgmann GmbH.", "Alderis, Inc.|Borgmann GmbH"),
    ("The parties are Tarnow Pharma S.A., Halden AS and Lindqvist AB.", "Tarnow Pharma S.A.|Halden AS|Lindqvist AB"),
    ("Rights went to Kirishima Yakuhin Co., Ltd. of Japan.", "Kirishima Yakuhin Co., Ltd."),
    ("Rights went to Borgmann & Söhne GmbH & Co. KG.", "Borgmann & Söhne GmbH & Co. KG"),
    ("It was founded by Velloni S.p.A. and Daalder B.V.", "Velloni S.p.A.|Daalder B.V."),
    ("Its partner is Wattlebird Medicines Pty Ltd in Perth.", "Wattlebird Medicines Pty Ltd"),
    ("Shares were bought by Crane Harbour Capital, L.P. in May.", "Crane Harbour Capital, L.P."),
    ("Counsel was Marsh, Oakley & Penrose LLP of Leeds.", "Marsh, Oakley & Penrose LLP"),
    ("The notes were sold by Stanton, Webb & Co. in June.", "Stanton, Webb & Co."),
    ("A deal with Alderis, Inc., Borgmann Ltd. and Tarnow GmbH holds.", "Alderis, Inc.|Borgmann Ltd.|Tarnow GmbH"),
    ("Merck & Co., Inc. will pay.", "Merck & Co., Inc."),
    ("Eli Lilly and Company will pay.", "Eli Lilly and Company"),
    # words of the trade
    ("Alderis Therapeutics will pay Borgmann Biosciences.", "Alderis Therapeutics|Borgmann Biosciences"),
    ("The antibody came from Tarnow Laboratories in 1998.", "Tarnow Laboratories"),
    # tickers of several exchanges
    ("Alderis (Nasdaq: ALDR) rose.", "Alderis"),
    ("Halden (OSE: HALD; ISIN: NO0001234567) rose while Borgwell (NYSE: BWL) fell.", "Halden|Borgwell"),
    ("Kirishima (TSE: 4999) and Borgwell (LSE: BWL) signed.", "Kirishima|Borgwell"),
    # short names
    ('Corvane Holdings, Inc. ("Corvane" or the "Company") signed. Corvane pays.', "Corvane Holdings, Inc.|Corvane"),
    ("Corvane Pharmaceuticals Holdings, Inc. signed. Corvane Pharmaceuticals pays; Corvane gains.",
     "Corvane Pharmaceuticals Holdings, Inc.|Corvane Pharmaceuticals|Corvane"),
    ("Lakeside Stone Life Sciences Fund, L.P. (LSLS) pays.", "Lakeside Stone Life Sciences Fund, L.P.|LSLS"),
    # acting, apposition, change of name
    ("In May Borgwell announced the start.", "Borgwell"),
    ("The option of Borgwell, a biotechnology company in Linz, ends.", "Borgwell"),
    ("The product of Borgwell (formerly Tarnowell) sells well.", "Borgwell|Tarnowell"),
    ("The product of Borgwell, now part of Tarnowell, sells well.", "Borgwell|Tarnowell"),
    ("The plant is run by a subsidiary of Borgwell in Linz.", "Borgwell"),
    ("The rights were licensed to Borgwell in March.", "Borgwell"),
    ("Its partner Borgwell goes on.", "Borgwell"),
    ("Under its collaboration with Borgwell, the work goes on.", "Borgwell"),
    ("The drug was licensed to Vantris Oncology in May.", "Vantris Oncology"),
    ("Iona Health had held the option. Bianchi Oncologia has renewed it.", "Iona Health|Bianchi Oncologia"),
    ("The share of Nakagawa & Sons, which fell, is small.", "Nakagawa & Sons"),
    ("It joins Immunoveil's calicheamicin linkers to antibodies against cancer.", "Immunoveil"),
    ('It was sold to Borgwell Lens Works (privately held; "Borgwell") in May.', "Borgwell Lens Works|Borgwell"),
    # lists
    ("It has agreements with Alderis, Inc., Borgwell, and Tarnowell that go on.", "Alderis, Inc.|Borgwell|Tarnowell"),
    ("Boehringer Ingelheim and ImmunoGen signed.", "Boehringer Ingelheim|ImmunoGen"),
    # possessives
    ("ImmunoGen's technology is used by Genentech’s team.", "ImmunoGen|Genentech"),
    ("Alderis, Inc.'s technology is used.", "Alderis, Inc."),
    # ambiguous names: the dateline, the ticker or the other name decides
    ("RAHWAY, N.J. - Merck (NYSE: MRK), known as MSD outside the United States, signed.", "Merck|MSD"),
]  # fmt: skip

NO_COMPANIES = [
    "The rights were licensed to Stanford University in March.",
    "The Food and Drug Administration (FDA) approved the drug, as did the EMA.",
    "Deborah Dewey announced her retirement.",
    "Dr. Halden has agreed to stay, and Ms. Tarnow announced it.",
    "Parkinson's antibodies and Alzheimer's conjugates are in clinical trials.",
    "The Department of Surgical Oncology has opened a trial.",
    "In May Maria Halden, Ph.D., announced the start of the study.",
    "It was published in the New England Journal of Medicine and presented at ASCO.",
    "Follow us on LinkedIn, Twitter and Facebook.",
    "The shares trade on the New York Stock Exchange.",
    "Boston and Vienna are cities in which it works.",
    'The parties to the agreement are called the "Company" and the "Licensee".',
    "The Company announced results. The parties signed; it pays, and we gain.",
    "The S&P 500 and the Nasdaq Biotechnology Index rose.",
    "Innovative therapeutics and human pharmaceuticals are its aims.",
    "The limited partners and each corporation signed, and so did any insurance company.",
    "The Breast Cancer Foundation announced a grant.",
]

CONJUGATES = [
    ("Patients received zolutamab vedotin, an antibody-drug conjugate for cancer.", "zolutamab vedotin"),
    ("Patients received fam-zolutamab deruxtecan-abcd, an antibody for cancer.", "fam-zolutamab deruxtecan-abcd"),
    ("Bivatuzumab mertansine, an antibody drug against cancer, entered trials.", "Bivatuzumab mertansine"),
    ("Its antibody drug huN901-DM1/BB-10901 treats cancer.", "huN901-DM1|BB-10901"),
    ("Genentech develops Trastuzumab-DM1 against cancer, an antibody drug.", "Trastuzumab-DM1"),
    ("Trastuzumab-MCC-DM1 is an antibody drug against cancer.", "Trastuzumab-MCC-DM1"),
    ("Millennium develops MLN591DM1, an antibody drug against cancer.", "MLN591DM1"),
    ("CAB-ROR2-ADC is an antibody drug against cancer.", "CAB-ROR2-ADC"),
    ("KX-2051, a PROBODY ADC, is given to cancer patients.", "KX-2051"),
    ("KRB-701 (SQS6002) is an antibody-drug conjugate against cancer.", "KRB-701|SQS6002"),
    ("KNT324/DK-1311 is an ADC against cancer.", "KNT324|DK-1311"),
    ("The antibody-drug conjugate candidate KLX-300 treats cancer.", "KLX-300"),
    ("ZOLUVA® (zolutamab vedotin) is an antibody drug for cancer.", "ZOLUVA|zolutamab vedotin"),
    ("KLX-5, its conjugate of an auristatin, treats cancer.", "KLX-5"),
    ("Aurigan's LIV-1 conjugate AUR-61 treats cancer.", "AUR-61"),
    ("EBX-1, Ebbet's ADC to ROR1, treats cancer.", "EBX-1"),
    ("RSK-55 binds Trop-2 and delivers an eribulin payload to cancer cells.", "RSK-55"),
    ("It has two conjugates in Phase 2 against cancer, IDP-101 and IDP-202.", "IDP-101|IDP-202"),
    ("KLX-400 is a radioligand for cancer that carries lutetium on a peptide.", "KLX-400"),
]
NO_CONJUGATES = [
    "Patients with cancer received irinotecan and topotecan with an antibody.",
    "The linker SMCC-DM1 is used for antibodies in cancer therapy.",
    "KLX-300, a small molecule, is given to cancer patients with an antibody.",
    "The trial KEYNOTE-001 of the ADC in cancer patients goes on.",
    "The study NCT01234567 of an antibody-drug conjugate in cancer goes on.",
    "The antibody-drug conjugates of the next generation treat cancer.",
    "The site-specific ADC and the dual-payload ADC treat cancer.",
    "KLX-300, a pneumococcal conjugate vaccine, is given to cancer patients.",
    "The PD-1 antibody and the TAG-72 antigen are known in cancer.",
    "Form 8-K and Rule 144 speak of the ADC that treats cancer.",
]

ANTIBODIES = [
    ("The antibody zolutamab treats cancer.", "zolutamab"),
    ("The biosimilar zolutamab-abcd is an antibody for cancer.", "zolutamab-abcd"),
    ("ZOLUMA® (zolutamab) is a drug for cancer.", "ZOLUMA|zolutamab"),
    ("ALD-301, a humanized monoclonal antibody, treats cancer.", "ALD-301"),
    ("Zolutamab (ALD-302) is a drug for cancer.", "Zolutamab|ALD-302"),
    ("Alderis, Inc. uses Borgmann's anti-CD44v6 antibody against cancer.", "anti-CD44v6 antibody"),
    ("The antibody 8G3 binds the tumor.", "8G3"),
    ("Its option over RBR-8, an antibody to CD228, treats cancer.", "RBR-8"),
    ("The naked antibody bivatuzumab binds the tumor.", "bivatuzumab"),
]
NO_ANTIBODIES = [
    "An anti-CD44v6 antibody was used to stain the tumour.",
    "ALD-301, a tyrosine kinase inhibitor, treats cancer.",
    "Monoclonal antibodies and bispecific antibodies treat cancer.",
    "Patients with cancer received zolutinib and zolutase.",
    "Stobart and Hobart spoke of cancer and of drugs.",
]

TARGETS = [
    ("An anti-KLR7 antibody treats cancer.", "KLR7"),
    ("A KLR7-directed antibody-drug conjugate treats cancer.", "KLR7"),
    ("A KLR7-targeted ADC treats cancer.", "KLR7"),
    ("An antibody-drug conjugate targeting KLR7 treats cancer.", "KLR7"),
    ("The antibody is directed to KLR7 on cancer cells.", "KLR7"),
    ("The antibody binds to KLR7 on tumours.", "KLR7"),
    ("A KLR7 inhibitor treats cancer.", "KLR7"),
    ("A c-MET antibody treats cancer.", "c-MET"),
    ("A folate receptor alpha (FRα) antibody treats cancer.", "folate receptor alpha|FRα"),
    ("The antibody binds the kappa lymphoid receptor (KLR) on cancer.", "kappa lymphoid receptor|KLR"),
    ("HER2-positive breast cancer needs an antibody.", "HER2"),
    ("An anti-TROP2 ADC and a B7-H3 ADC treat cancer.", "TROP2|B7-H3"),
]
NO_TARGETS = [
    "An anti-cancer antibody goes on.",
    "An antibody-drug conjugate targeting NSCLC goes on.",
    "A tumor-directed antibody goes on.",
    "The antibody is used against AML, HIV and COVID-19.",
    "The drug was given in small cell disease (SCD) with an antibody against cancer.",
    "The FDA inhibitor list and the EMA antibody guideline cover cancer.",
]

PAYLOADS = [
    ("The antibody carries the payload MMAE to cancer cells.", "MMAE"),
    ("The antibody carries the cytotoxic agent DM1, a maytansinoid, to cancer cells.", "DM1|maytansinoid"),
    ("The antibody conjugate carries the payload ZX-77 to cancer cells.", "ZX-77"),
    ("The antibody's payload is a derivative of camptothecin that kills cancer cells.", "derivative of camptothecin"),
    ("A calicheamicin is joined to the antibody against cancer.", "calicheamicin"),
]
NO_PAYLOADS = [
    "The antibody carries the payload to cancer cells.",
    "The conjugate ZX-77 goes to cancer cells with its antibody.",
    "Its antibody against cancer is a payload of no account, said the FDA.",
]

TECHNOLOGIES = [
    ("ImmunoGen's Tumor-Activated Prodrug (TAP) technology makes antibodies against cancer.",
     "Tumor-Activated Prodrug|TAP"),
    ("Its proprietary Aldivec platform makes antibodies against cancer.", "Aldivec"),
    ("The LinkoMab™ technology makes antibodies against cancer.", "LinkoMab"),
    ("Rights to Borgmann's ADC technology cover antibodies against cancer.", "ADC technology"),
    ("It licensed Montclair's chelator ZirCage for antibodies against cancer.", "ZirCage"),
    ("The PROBODY® platform makes antibodies against cancer.", "PROBODY"),
]  # fmt: skip
NO_TECHNOLOGIES = [
    "An mRNA platform makes antibodies against cancer.",
    "A trading platform and a digital technology serve cancer patients and antibodies.",
    "Any ADC technology needs antibodies against cancer.",
    "Its proprietary technology makes antibodies against cancer.",
]

INSTITUTIONS = [
    ("The antibody was licensed from the University of Tarnow.", "University of Tarnow"),
    ("It was found at Halden Children's Hospital by chance.", "Halden Children's Hospital"),
    ("The Borgmann Cancer Center treats cancer.", "Borgmann Cancer Center"),
]
PRODUCTS = [
    ("ZOLTIVA® (zolutinib) is a drug for cancer patients.", "ZOLTIVA|zolutinib"),
    ("The candidate ALD-303 is a drug for cancer patients.", "ALD-303"),
    ("Cancer patients received zolutaparib as a drug.", "zolutaparib"),
]

FOUND = [
    (kind, text, listed(expected))
    for kind, cases in (
        ("company", COMPANIES),
        ("conjugate", CONJUGATES),
        ("antibody", ANTIBODIES),
        ("target", TARGETS),
        ("payload", PAYLOADS),
        ("technology", TECHNOLOGIES),
        ("institution", INSTITUTIONS),
        ("product", PRODUCTS),
    )
    for text, expected in cases
]
SILENT = [
    (kind, text)
    for kind, texts in (
        ("company", NO_COMPANIES),
        ("conjugate", NO_CONJUGATES),
        ("antibody", NO_ANTIBODIES),
        ("target", NO_TARGETS),
        ("payload", NO_PAYLOADS),
        ("technology", NO_TECHNOLOGIES),
    )
    for text in texts
]


@pytest.mark.parametrize(("kind", "text", "expected"), FOUND, ids=[text for _, text, _ in FOUND])
def test_names_of_a_kind_are_read_as_printed(kind: str, text: str, expected: list[str]) -> None:
    assert names(text, kind) == expected


@pytest.mark.parametrize(("kind", "text"), SILENT, ids=[text for _, text in SILENT])
def test_what_only_looks_like_a_name_is_left(kind: str, text: str) -> None:
    assert names(text, kind) == []


@pytest.mark.parametrize(("kind", "text", "expected"), FOUND, ids=[text for _, text, _ in FOUND])
def test_a_line_end_is_a_blank(kind: str, text: str, expected: list[str]) -> None:
    wrapped = {"\n".join(textwrap.wrap(text, width, break_on_hyphens=False)) for width in range(24, 60, 3)}
    failures = {broken: found for broken in sorted(wrapped) if (found := names(broken, kind)) != expected}
    assert failures == {}


def test_names_in_the_contact_block_are_read() -> None:
    assert names("Contact: Ferry Lane Communications Group, LLC", "company") == ["Ferry Lane Communications Group, LLC"]


def test_a_release_on_other_trades_names_no_medicine() -> None:
    told = "The freight carrier moved ALK sleepers by rail, and the TAP gas pipeline fed the DM1 line to the harbour. "
    found = read("OSLO - Halden AS sold its MET stations, HER2 pumps and platform. " + told * 12)
    assert {str(mention.kind) for mention in found} <= {"company"}


# ---------------------------------------------------------------- rules


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_example_of_a_rule_gives_a_mention_of_it_and_the_counterexample_none(rule: NameRule) -> None:
    assert rule.name in {mention.rule for mention in read(rule.example)}
    assert rule.name not in {mention.rule for mention in read(rule.counterexample)}


def test_rules_have_one_name_each() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("lexicon", [LEXICON, BARE], ids=["with the vocabulary", "without companies and molecules"])
def test_unlisted_names_need_no_vocabulary(lexicon: Lexicon) -> None:
    text = (
        "Alderis Therapeutics, Inc. (Nasdaq: ALDR) licensed its Aldivec platform to Borgmann GmbH. Borgmann's "
        "anti-KLR7 antibody and the payload MMAE make KLX-300, an antibody-drug conjugate, like zolutamab vedotin."
    )
    assert [mention.text for mention in read(text, lexicon)] == [
        "Alderis Therapeutics, Inc.",
        "Aldivec",
        "Borgmann GmbH",
        "Borgmann",
        "anti-KLR7 antibody",
        "MMAE",
        "KLX-300",
        "zolutamab vedotin",
    ]


# ---------------------------------------------------------------- the whole release

RELEASE = """\
CORVANE AND HALDEN BIO SIGN A LICENCE TO KLX-300

OSLO, 3 March 2023 - Corvane Pharmaceuticals Holdings, Inc. (Nasdaq: CRVN) and Halden Bio AS said today that Halden
granted Corvane rights to KLX-300 (HDB-204), an antibody-drug conjugate that carries MMAE to KLR7 on cancer cells.

Corvane Pharmaceuticals will run the clinical trial. Halden Bio's anti-KLR7
antibody stays with Halden.

Forward-looking statements: statements in this release are forward-looking statements within the meaning of the
Private Securities Litigation Reform Act and involve risks; Wrongwell Pharmaceuticals, Inc. may compete with us.
"""


def test_short_names_are_read_in_capitals_too() -> None:
    found = [mention for mention in read(RELEASE) if mention.kind is Kind.COMPANY]
    assert [mention.text for mention in found] == [
        "CORVANE",
        "HALDEN BIO",
        "Corvane Pharmaceuticals Holdings, Inc.",
        "Halden Bio AS",
        "Halden",
        "Corvane",
        "Corvane Pharmaceuticals",
        "Halden Bio",
        "Halden",
    ]
    assert {mention.rule for mention in found} >= {"company.short-name", "company.legal-form"}


def test_both_names_of_a_conjugate_are_conjugates_everywhere() -> None:
    assert [m.text for m in read(RELEASE) if m.kind is Kind.CONJUGATE] == ["KLX-300", "KLX-300", "HDB-204"]


def test_safe_harbour_names_nobody() -> None:
    assert not [mention for mention in read(RELEASE) if "Wrongwell" in mention.text]


def test_mentions_are_sorted_disjoint_and_printed_at_their_spans() -> None:
    found = read(RELEASE)
    assert list(found) == sorted(found, key=lambda mention: mention.span)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    assert all(folded(mention.span.of(RELEASE)) == mention.text for mention in found)


@given(st.permutations(RELEASE.split("\n\n")), st.integers(0, 4))
def test_any_run_of_paragraphs_gives_sound_mentions(paragraphs: list[str], cut: int) -> None:
    text = "\n\n".join(paragraphs)[cut:]
    for mention in read(text):
        assert folded(mention.span.of(text)) == mention.text
        assert mention.rule in {rule.name for rule in RULES}


def test_losers_are_kept_with_the_reason() -> None:
    document = segment(Release("0" * 16, RELEASE, OffsetMap.identity(), Source("test")))
    lost = {
        (loser.mention.text, str(loser.winner.text)): loser.reason for loser in recognize_all(document, LEXICON).lost
    }
    assert lost["KLR7", "anti-KLR7 antibody"] is Reason.LONGER
    assert lost["Corvane", "Corvane Pharmaceuticals"] is Reason.LONGER


# ---------------------------------------------------------------- overlap


def mention(start: int, end: int, rule: str, kind: Kind = Kind.COMPANY) -> Mention:
    return Mention(kind, Span(start, end), "x" * (end - start), rule)


def test_the_longest_name_wins_then_the_earliest_then_the_first_rule() -> None:
    order = {"first": 0, "second": 1}
    assert select([mention(0, 4, "first"), mention(2, 9, "second")], order).kept == (mention(2, 9, "second"),)
    assert select([mention(2, 6, "first"), mention(0, 4, "second")], order).kept == (mention(0, 4, "second"),)
    chosen = select([mention(0, 4, "second"), mention(0, 4, "first")], order)
    assert chosen.kept == (mention(0, 4, "first"),)
    assert [loser.reason for loser in chosen.lost] == [Reason.RULE]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9), st.sampled_from(["first", "second", "other"]))))
def test_selection_is_disjoint_loses_nothing_and_knows_no_order(places: list[tuple[int, int, str]]) -> None:
    found = [mention(start, start + length, rule) for start, length, rule in places]
    order = {"first": 0, "second": 1}
    chosen = select(found, order)
    assert chosen == select(reversed(found), order)
    assert {*chosen.kept, *(loser.mention for loser in chosen.lost)} == set(found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(chosen.kept))


# ---------------------------------------------------------------- names inside names


def test_the_target_in_an_antibody_s_name_is_recoverable() -> None:
    text = "Alderis, Inc. uses Borgmann's anti-CD44v6 antibody against cancer."
    (inner,) = nested(read(text), LEXICON)
    assert (inner.kind, inner.text, inner.span.of(text), inner.key) == (
        Kind.TARGET,
        "CD44v6",
        "CD44v6",
        "target/cd44v6",
    )


@pytest.mark.parametrize(
    ("name", "antibody", "payload", "target"),
    [
        ("bivatuzumab mertansine", "bivatuzumab", "mertansine", None),
        ("fam-trastuzumab deruxtecan-nxki", "trastuzumab", "deruxtecan", None),
        ("zolutamab vedotin", "zolutamab", "vedotin", None),
        ("huN901-DM1", "huN901", "DM1", None),
        ("Trastuzumab-MCC-DM1", "Trastuzumab", "DM1", None),
        ("MLN591DM1", "MLN591", "DM1", None),
        ("CAB-ROR2-ADC", None, None, "ROR2"),
        ("KLX-300", None, None, None),
        ("trastuzumab", None, None, None),
    ],
)
def test_a_conjugate_s_name_tells_its_parts(
    name: str, antibody: str | None, payload: str | None, target: str | None
) -> None:
    found = parts(name, LEXICON)
    assert (found.antibody, found.payload, found.target) == (antibody, payload, target)
    for text, span in (
        (found.antibody, found.antibody_span),
        (found.payload, found.payload_span),
        (found.target, found.target_span),
    ):
        assert (span.of(name) if span else None) == text


def test_an_inn_s_second_word_leads_to_its_payload() -> None:
    assert parts("zolutamab mertansine", LEXICON).payload_key == "payload/dm1"
    assert parts("zolutamab vedotin", LEXICON).payload_key == "payload/mmae"


def test_a_person_in_the_contact_block_is_no_part_of_the_company() -> None:
    text = (
        "Halden Lindqvist Bio, Inc. pays for the antibody.\n\nContact:\n"
        "Jennifer Brennan Halden Lindqvist Bio, Inc. +1 908 555 3183"
    )
    assert names(text, "company") == ["Halden Lindqvist Bio, Inc."]


def test_a_brand_in_passing_is_no_antibody() -> None:
    told = "She launched Tysabri in cancer and then KEYTRUDA® (pembrolizumab) before the antibody. KEYTRUDA sells."
    assert names(told, "antibody") == ["KEYTRUDA", "pembrolizumab"]
    assert names(told, "product") == ["Tysabri"]
