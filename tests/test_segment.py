"""Segmentation: sections, sentences, datelines, speakers, on releases that we wrote and on invented fragments."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oncopact.model import Document, Failure, Release, SectionKind, Source
from oncopact.readers import read, read_bytes, release_id
from oncopact.segment import rows, segment
from oncopact.text import OffsetMap, folded

CASES = Path(__file__).parent / "cases" / "readers"
INPUTS = sorted(path for path in CASES.rglob("*") if path.is_file() and path.suffix != ".expected")


def document(text: str) -> Document:
    return segment(Release(release_id(text), text, OffsetMap.identity(), Source("test")))


def described(path: Path) -> str:
    """What reading and segmenting a file gives, as a person can check it by eye."""
    lines: list[str] = []
    for result in read(path, name=path.name):
        if isinstance(result, Failure):
            lines.append(f"{'SKIPPED' if result.skipped else 'FAILED'} {result.message}")
            continue
        lines.extend(_description(segment(result)))
    return "\n".join(lines) + "\n"


def _description(found: Document) -> list[str]:
    source = found.release.source
    lines = [f"RELEASE {source.name} ({source.form.value}, {source.encoding})"]
    facts = {
        "title": folded(found.title.of(found.text)) if found.title else None,
        "issued": found.issued.value if found.issued else None,
        "wire": found.wire,
        "accession": source.accession_number,
        "form": source.form_type,
        "items": ", ".join(source.items) or None,
        "type": source.document_type,
        "filer": f"{source.filer_name} {source.filer_cik}" if source.filer_cik else None,
        "filed": source.filed_on,
        "url": source.url,
        "published": source.published_on,
    }
    lines.extend(f"  {key}: {value}" for key, value in facts.items() if value)
    shown = -1
    for sentence in found.sentences:
        if sentence.section != shown:
            shown = sentence.section
            subject = found.sections[shown].subject
            lines.append(f"[{sentence.kind.value}]" + (f" {subject}" if subject else ""))
        speaker = f" <{folded(sentence.speaker.of(found.text))}>" if sentence.speaker else ""
        lines.append(f"  | {folded(sentence.span.of(found.text))}{speaker}")
    return lines


# ---------------------------------------------------------------- whole releases


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_case_gives_what_was_checked_by_hand(path: Path) -> None:
    expected = path.with_name(f"{path.name}.expected").read_text(encoding="utf-8")
    assert described(path) == expected


def test_each_form_has_ten_cases() -> None:
    counts = {folder.name: sum(path.parent == folder for path in INPUTS) for folder in sorted(CASES.iterdir())}
    assert set(counts) == set("edgar edgar-nc edgar-pem html json markdown pages plain sgml".split())
    assert min(counts.values()) >= 10


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_sections_and_sentences_keep_their_promises(path: Path) -> None:
    for result in read(path):
        if isinstance(result, Release):
            _check(segment(result))


NOISE = re.compile(
    r"""read\ more | recommended | related | trending | share\ this | share\ on | tweet | subscribe | cookie
    | recent\ posts | e-?mail\ alerts | leave\ a | skip\ to | log\ in | register | reserved | privacy
    | back\ to | advertisement
    | buys\ (?:quillon|corvane|a\ plant) | pellworm\ (?:stock|licenses|moves|raises) | wins\ patent | names\ moll
    | acquires\ halden | old\ text | not\ shown | another\ company | reports\ third | s&(?:amp;)?p\ futures | 5,302""",
    re.IGNORECASE | re.VERBOSE,
)
"""What the pages of our cases say of other things than their release."""


@pytest.mark.parametrize("path", sorted((CASES / "pages").glob("*.*ml")), ids=lambda path: path.name)
def test_what_a_page_says_of_other_things_is_in_no_sentence_that_states_facts(path: Path) -> None:
    assert NOISE.search(path.read_text(encoding="utf-8")), "a page without anything else is no case"
    (release,) = read(path)
    assert isinstance(release, Release)
    stated = [s.span.of(release.text) for s in segment(release).sentences if s.kind.states_facts]
    assert not [sentence for sentence in stated if NOISE.search(sentence)]


FURNITURE = re.compile(r"-\s?more\s?-|\bpage \d\b|</?(?:PAGE|TABLE|S|C)>|#\s?#|^\s*\d\s*$|_{4}|/td>", re.IGNORECASE)


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_page_furniture_stands_in_a_sentence(path: Path) -> None:
    for result in read(path):
        if isinstance(result, Release):
            for sentence in segment(result).sentences:
                assert not FURNITURE.search(sentence.span.of(result.text)), sentence.span.of(result.text)


def _check(found: Document) -> None:
    text = found.text
    covered = [False] * len(text)
    position = 0
    for section in found.sections:
        assert section.span.start >= position, "sections are in order and disjoint"
        position = section.span.end
        covered[section.span.start : section.span.end] = [True] * (section.span.end - section.span.start)
        if section.heading is not None:
            assert section.span.covers(section.heading)
        if section.subject is not None:
            assert section.subject in folded(text)
    assert not any(character.strip() and not seen for character, seen in zip(text, covered, strict=True))
    position = 0
    for index, sentence in enumerate(found.sentences):
        assert sentence.index == index
        assert sentence.span.start >= position, "sentences are in order and disjoint"
        position = sentence.span.end
        assert sentence.span.of(text) == sentence.span.of(text).strip() != ""
        section = found.sections[sentence.section]
        assert section.span.covers(sentence.span)
        assert section.kind is sentence.kind
        if sentence.kind is not SectionKind.HEADLINE:  # which may be set in two pieces
            assert "\n\n" not in sentence.span.of(text)
        assert all(sentence.span.covers(quote) for quote in sentence.quoted)
        assert sentence.speaker is None or sentence.quoted
    for span in (found.title, found.dateline, found.issued_span):
        assert span is None or span.of(text) == span.of(text).strip() != ""


# ---------------------------------------------------------------- datelines and dates


@pytest.mark.parametrize(
    ("line", "issued", "wire"),
    [
        ("INGELHEIM, GERMANY AND CAMBRIDGE, MA, UNITED STATES, OCTOBER 15, 2002 -\n", "2002-10-15", None),
        ("SEOUL, South Korea, Feb. 13, 2025 /PRNewswire/ -- ", "2025-02-13", "PRNewswire"),
        ("CAMBRIDGE, Mass.--(BUSINESS WIRE)--Oct. 15, 2002--", "2002-10-15", "BUSINESS WIRE"),
        ("BURLINGTON, MA – November 18, 2025 – ", "2025-11-18", None),
        ("MINNEAPOLIS...SEPTEMBER 8, 2000, ", "2000-09-08", None),
        ("Providence,  RI,  May  22,  2000----", "2000-05-22", None),
        ("AURORA, ILLINOIS... (April 15, 1999) ... ", "1999-04-15", None),
        ("Olathe, Kansas, December 11, 2008, - ", "2008-12-11", None),
        ("Copenhagen, Denmark; January 5, 2010 - ", "2010-01-05", None),
        ("LONDON--7 March 2001--", "2001-03-07", None),
        ("SAN FRANCISCO, April  02, 2024  (GLOBE NEWSWIRE) -- ", "2024-04-02", "GLOBE NEWSWIRE"),
        ("SILICON VALLEY, CA - July 24, 2025 (NEWMEDIAWIRE) - ", "2025-07-24", "NEWMEDIAWIRE"),
        ("Osaka, 5 July 2010. ", "2010-07-05", None),
        ("Basel, 4 June 2016 - At the meeting ", "2016-06-04", None),
        ("SAINT-HERBLAIN, France, 1st March 2012 – ", "2012-03-01", None),
        ("NEW YORK, Monday, June 3, 2019 — ", "2019-06-03", None),
        ("October 3, 2005 -- ", "2005-10-03", None),
    ],
)
def test_datelines_of_every_shape_are_read(line: str, issued: str, wire: str | None) -> None:
    found = document(
        f"Alpha Takes Licence to Antibody\n\n{line}Alpha AG has taken a licence to an antibody of Beta Inc."
    )
    assert found.issued is not None
    assert (found.issued.value, found.wire) == (issued, wire)
    assert found.dateline is not None
    assert found.issued_span is not None
    body = next(sentence for sentence in found.sentences if sentence.kind is SectionKind.BODY)
    assert body.span.of(found.text).startswith(("Alpha AG has", "At the meeting"))


@pytest.mark.parametrize(
    "opening",
    [
        "In November 2001, the companies announced that Alpha had licensed the right to develop the antibody.",
        "On March 5, 2001 - a Monday - Alpha AG closed the deal with Beta Inc. in the presence of a notary.",
        "Sales rose in the quarter that ended June 30, 2003 - the best of the year - by a half to $4 million.",
    ],
)
def test_a_sentence_with_a_date_is_no_dateline(opening: str) -> None:
    assert document(f"Alpha Takes Licence to Antibody\n\n{opening}").dateline is None


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        (
            "Alpha Takes Licence\n\nDecember 11, 2008\n\nAlpha AG has taken a licence to Beta Inc.'s antibody.",
            "2008-12-11",
        ),
        (
            "FOR IMMEDIATE RELEASE: May 4, 2011\n\nAlpha Takes Licence\n\nAlpha AG has taken a licence to it all.",
            "2011-05-04",
        ),
        ("Alpha AG said on 2 May 2019 that it had completed the purchase of Beta Inc. It paid in cash.", "2019-05-02"),
    ],
)
def test_a_date_outside_of_a_dateline_is_found(text: str, issued: str) -> None:
    found = document(text)
    assert found.issued is not None
    assert found.issued.value == issued


def test_the_container_dates_a_release_that_does_not_date_itself() -> None:
    source = Source("test", published_on="2019-03-08")
    text = "Alpha Takes Licence\n\nVIENNA--(BUSINESS WIRE)--Alpha AG has taken a licence to an antibody of Beta Inc."
    found = segment(Release(release_id(text), text, OffsetMap.identity(), source))
    assert found.issued is not None
    assert (found.issued.value, found.issued_span) == ("2019-03-08", None)


def test_a_dateline_without_year_is_dated_by_what_the_release_says_elsewhere() -> None:
    opening = "Alpha Reports Results\n\nLINZ, Austria, July 29 /PRNewswire/ -- Alpha AG today reported results for "
    for text, issued in (
        (
            f"{opening}the year ended June 30, 2003, up from that ended June 30, 2002, as we had expected.",
            "2003-07-29",
        ),
        (f"{opening}the half year ended December 31, 2003, which are as good as those of the year before.", None),
        (
            f"{opening}its year, with a call on July 29, 2004 at nine. It had one on July 30, 2003.",
            "2004-07-29",
        ),
        (f"{opening}its year, which are good. It had a call on July 29, 2004 and one on July 29, 2003, too.", None),
    ):
        found = document(text)
        assert (found.issued.value if found.issued else None) == issued
        assert not issued or (found.issued_span is not None and found.issued_span.of(text) == "July 29")


# ---------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    "text",
    [
        "Alpha Co., Ltd. paid Beta Inc. | It has it.",
        "The U.S. Food and Drug Administration agreed. | Its letter came at 5 p.m. Eastern time.",
        "Carol J. Roe, Ph.D., of Alpha, Inc. (Nasdaq: ALFA) spoke. | Dr. J. R. Doe did not.",
        "It pays $1.5 million. | No. 1 in the list is CD22. | It is vs. no. 2.",
        "Alpha has licensed it to Beta, Inc. | The licence lasts ten years.",
        'Beta, Inc. ("Beta" or the "Company") has it.',
        "It is made by Alpha, Inc. | Alpha has ten plants.",
        "huN901-DM1 is in the clinic. | huC242-DM4 is not.",
        "“It works.” | “We are pleased,” said Jo Roe.",
        "See www.alpha.com. | About half of it is done.",
        "(See the note.) | It is long. | [It ends.]",
        "What is it? | It is it! | 12 of them are.",
        "He came from Cambridge, Mass. and left on Sept. 30 for Alpha S.A. in Paris.",
        "It held in two trials.3,4 | It is sold.5 | The end.",
        "E.g. this, i.e. that, approx. 5 mg etc. are sold.",
        "Oakline granted Tarn Asia Pte. Ltd. a sublicense. | It runs for ten years.",
        "Oakline Biologics (Suzhou) Co., Ltd. and Tarn Pty. Ltd. agreed. | Both pay.",
        "The dose was 1.5 mg/kg q.d. for six weeks. | The patients responded.",
        "Dr. A. B. Roe, M.D., Ph.D. and J. Doe, Esq. signed for Tarn Inc. in St. Louis, Mo. on Jan. 5.",
        "Payments of approx. $5 million (approx. €4.5 mio.) were made. | See Fig. 2 and Sec. 4.",
        "Tarn (TSX: TRN.A) fell. | The NYSE did not.",
        "The study, i.e. the trial of S. Roe et al. in 2003, ended. | It had 12 arms.",
        "Alpha Corp. (the “Company”) and Beta L.L.C. have a deal. | Beta L.L.C. pays.",
        "The price is $1.5 billion. | $500 million is due now.",
        "Sales rose to 5.2 vs. 4.1 in 2002. | 2003 was better.",
        "The drug is given at 10 a.m. and 4 p.m. daily. | Doctors agree.",
        "Merck & Co., Inc., Whitehouse Station, N.J., U.S.A., signed. | The deal is done.",
        "Ask for Jo Roe at ext. 12. | She answers.",
        "Tarn holds rights to No. 1, No. 2 and Nos. 3-5. | They are all new.",
        "The trial began in Sept. 2003 and ended in Dec. | It had two arms.",
        "Oakline N.V. Chief Executive Jo Roe agreed. | It is good.",
        "See www.tarn.com. | For details, call us!",
        "Ann E. Roe joins as V.P. of Research. | She was with Vale.",
        "Under Rule 144A. | The notes are due.",
        "The Company (Nasdaq: OAKL.OB) said so. | It did.",
        "Results (see Table 1.) are good. | They are final.",
        "The parties include A. G. Becker & Co. Inc. and H.C. Wainwright & Co. LLC. | All signed.",
        "Tarn paid Oakline Inc. $5 million. | Vale Ltd. €3 million was paid.",
        "Oakline licensed it to Vale Co. Ltd. | Vale pays $2 million.",
        "The phase I/II trial of ALD-12 in N.H.L. is on. | The next is in A.M.L.",
        "Mr. Roe, 52, was Sr. Vice President at Vale Labs. | He has a B.A. from Yale.",
        "Oakline's product, Zolu!, is sold. | It is good.",
        "Oakline... and Tarn... agreed. | They did.",
        "The Ex. 99.1 is attached. | It is long.",
        "Tarn will pay 3.5% of net sales.(1) | It is due quarterly.",
        "Oakline has rights in the E.U., the U.K. and Japan. | Tarn has the rest.",
        "The patent expires on 12 Feb. 2010. | Then it is free.",
        "It is approved in the U.S. | The European approval is expected.",
        "It was founded in Cambridge, Mass. | It has 12 employees.",
        "The agreement is with Vale Pharma Co., Ltd. | Under the agreement, Vale pays.",
    ],
)
def test_sentences_end_where_they_end(text: str) -> None:
    plain = text.replace(" | ", " ")
    found = document(f"Alpha Takes Licence\n\nVIENNA, May 4, 2004 -- It is so. {plain} More follows in the next one.")
    body = [sentence.span.of(found.text) for sentence in found.sentences if sentence.kind is SectionKind.BODY]
    assert body[1:-1] == text.split(" | ")


def test_a_line_break_is_a_blank() -> None:
    found = document("Alpha Takes Licence\n\nVIENNA, May 4, 2004 -- Alpha, Inc.\nhas it. The\nend is near to us.")
    assert [folded(s.span.of(found.text)) for s in found.sentences if s.kind is SectionKind.BODY] == [
        "Alpha, Inc. has it.",
        "The end is near to us.",
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"We are pleased," said Wolfgang J. Rettberg, M.D., Ph.D., of Alpha.', "Wolfgang J. Rettberg"),
        ('Jane van der Berg, chief executive of Alpha, commented, "We are pleased."', "Jane van der Berg"),
        ("“We are pleased,” said Alpha's CSO, Dr. Ute Brenn.", "Dr. Ute Brenn"),
        ("“We are pleased,” said President and CEO John Smith, Jr.", "John Smith"),
        ('According to Jo Roe, "it works."', "Jo Roe"),
        ('It is sold as "Alphamab" in Europe.', None),
        ('Beta Inc. (the "Company") said that it had closed.', None),
    ],
)
def test_a_quotation_has_its_speaker(text: str, speaker: str | None) -> None:
    found = document(f"Alpha Takes Licence\n\nVIENNA, May 4, 2004 -- It is so in all of it. {text}")
    sentence = found.sentences[-1]
    if speaker is None:
        assert sentence.speaker is None or "said" in text
    else:
        assert sentence.speaker is not None
        assert sentence.speaker.of(found.text) == speaker


# ---------------------------------------------------------------- sections

OPENING = "Alpha Takes Licence\n\nVIENNA, May 4, 2004 -- Alpha AG has taken a licence to an antibody of Beta Inc.\n\n"


@pytest.mark.parametrize(
    ("text", "kind", "subject"),
    [
        ("ABOUT ALPHA AG\n\nAlpha AG develops conjugates for cancer.", SectionKind.ABOUT, "ALPHA AG"),
        ("About Alpha, Inc.\n\nAlpha, Inc. develops conjugates for cancer.", SectionKind.ABOUT, "Alpha, Inc."),
        ("About Alpha\nAlpha AG develops conjugates for cancer.\nIt has two of them.", SectionKind.ABOUT, "Alpha"),
        ("About Alpha: Alpha AG develops conjugates for cancer.", SectionKind.ABOUT, "Alpha"),
        ("About Alpha Alpha AG develops conjugates for cancer.", SectionKind.ABOUT, "Alpha"),
        ("About the TAP Technology\n\nIt joins a payload to an antibody.", SectionKind.ABOUT, "the TAP Technology"),
        ("Alpha AG\n\nBased in Vienna, Alpha AG develops conjugates for cancer.", SectionKind.ABOUT, "Alpha AG"),
        ("Alpha's Linker\n\nThe linker is stable in the blood of patients.", SectionKind.BODY, "Alpha's Linker"),
        ("Safe Harbor\n\nStatements herein may turn out to be wrong, as all may.", SectionKind.SAFE_HARBOUR, None),
        ("Forward-Looking Statements: These are uncertain; place no undue reliance.", SectionKind.SAFE_HARBOUR, None),
        ("Media Contacts:\nJo Roe\n+43 1 555 01 42", SectionKind.CONTACTS, None),
        ("For more information, contact Jo Roe at jo@alpha.example.", SectionKind.CONTACTS, None),
        ("• The licence is exclusive.\n• It is worldwide.", SectionKind.TERMS, None),
        ("Revenue\t12\t10\nLoss\t3\t4", SectionKind.TABLE, None),
        ("References\n\n1. Roe J. Lancet 2001.", SectionKind.FOOTNOTE, None),
        (
            "SIGNATURES\n\nPursuant to the requirements of the law it was signed.\n\n/s/ Jo Roe",
            SectionKind.SIGNATURE,
            None,
        ),
        ("SOURCE Alpha AG", SectionKind.FURNITURE, None),
    ],
)
def test_what_follows_the_body_has_its_kind(text: str, kind: SectionKind, subject: str | None) -> None:
    section = document(OPENING + text).sections[-1]
    assert (section.kind, section.subject) == (kind, subject)


def test_a_company_that_is_about_to_do_something_opens_no_section() -> None:
    found = document(f"{OPENING}About 80% of the patients responded to it. About half of them still do.")
    assert found.sections[-1].kind is SectionKind.BODY


def test_facts_before_a_safe_harbour_in_one_paragraph_stay_facts() -> None:
    facts = "Alpha pays Beta $2 million now and up to $90 million in milestones. " * 5
    found = document(
        f"{OPENING}{facts}This release contains forward-looking statements; results may differ materially from it."
    )
    kinds = [sentence.kind for sentence in found.sentences]
    assert kinds.count(SectionKind.SAFE_HARBOUR) == 1
    assert kinds.count(SectionKind.BODY) == 6


def test_a_table_is_rows_and_cells_in_every_form() -> None:
    lead = "VIENNA, May 4, 2004 -- Alpha AG announced today what Beta Inc. pays for the licence to its antibody."
    row = "<tr><td>{}</td><td>$</td><td>{} million</td></tr>"
    wanted = [["Fee", "$2 million"], ["On approval", "$30 million"]]
    forms = (
        f"T\n\n{lead}\n\n<TABLE>\n<S>   <C>\nFee ........... $2 million\nOn approval ... $30 million\n</TABLE>\n",
        f"T\n\n{lead}\n\n  Fee                 $2 million\n  On approval         $30 million\n",
        f"<html><h1>T</h1><p>{lead}</p><table>{row.format('Fee', 2)}{row.format('On approval', 30)}</table>",
        f"# T\n\n{lead}\n\n| Fee | $2 million |\n| --- | --- |\n| On approval | $30 million |\n",
    )
    for text in forms:
        (release,) = read_bytes(text.encode(), name="x")
        assert isinstance(release, Release)
        (table,) = [section for section in segment(release).sections if section.kind is SectionKind.TABLE]
        assert [[cell.of(release.text) for cell in row] for row in rows(release.text, table)] == wanted


def test_silent_sections_state_no_facts() -> None:
    silent = {kind for kind in SectionKind if not kind.states_facts}
    assert silent == {SectionKind.CONTACTS, SectionKind.SAFE_HARBOUR, SectionKind.SIGNATURE, SectionKind.FURNITURE}


def test_an_empty_release_has_no_structure() -> None:
    found = document("")
    assert (found.sections, found.sentences, found.title) == ((), (), None)


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "Alpha AG has it.",
            "ABOUT ALPHA",
            "About Alpha: it is.",
            "• one",
            "a\tb",
            "“Yes,” said Jo Roe.",
            "Contact:",
            "1. x",
            "\n",
        ]
    ),
    max_size=25,
)


@settings(max_examples=100)
@given(FRAGMENTS, st.sampled_from(["\n", "\n\n"]))
def test_any_order_of_fragments_keeps_the_promises(fragments: list[str], separator: str) -> None:
    _check(document(separator.join(fragments)))
