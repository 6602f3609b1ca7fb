"""Reading: every form, encoding and container; what is no release says why; hostile input is refused in time."""

from __future__ import annotations

import gzip
import io
import sys
import time
import zipfile
from pathlib import Path

import pytest

from oncopact.model import Failure, Form, Release
from oncopact.readers import read, read_bytes, release_id
from oncopact.readers.characters import clean, entities
from oncopact.readers.decoding import decode
from oncopact.readers.markup import read_markup
from oncopact.readers.plain import read_plain
from oncopact.readers.verdict import judge, language_of
from oncopact.segment import segment
from oncopact.text import TracedText, folded

CASES = Path(__file__).parent / "cases" / "readers"
SHARED = Path(__file__).resolve().parents[2] / "shared"
PLAIN = (
    "Alpha Takes Licence\n\nVIENNA, Austria, 15 October 2002 - Alpha AG today announced that it has taken a licence\n"
    "to Beta Inc.’s antibody. Alpha pays €2 million.\n"
)


def only(data: bytes | str, name: str = "a.txt") -> Release:
    results = list(read_bytes(data if isinstance(data, bytes) else data.encode(), name=name))
    assert len(results) == 1
    assert isinstance(results[0], Release), results[0]
    return results[0]


def refused(data: bytes, name: str = "a.txt") -> Failure:
    results = list(read_bytes(data, name=name))
    assert len(results) == 1
    assert isinstance(results[0], Failure)
    assert results[0].message.startswith(f"{name}: ")
    assert "; " in results[0].message, "a message says what to do"
    assert "\n" not in results[0].message
    return results[0]


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


# ---------------------------------------------------------------- encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_gives_the_same_release(encoding: str) -> None:
    assert only(PLAIN.encode(encoding)).text == only(PLAIN).text


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n", "\x85"])
def test_line_endings_do_not_matter(ending: str) -> None:
    release = only(PLAIN.replace("\n", ending))
    assert (release.id, release.text) == (only(PLAIN).id, only(PLAIN).text)


def test_a_few_foreign_bytes_do_not_spoil_utf_8() -> None:
    text, encoding = decode("Schönau – Zürich ".encode() + b"\x93x\x94", name="a")
    assert (text, encoding) == ("Schönau – Zürich “x”", "utf-8")


def test_windows_1252_with_holes_is_still_text() -> None:
    assert decode(b"caf\xe9 \x81", name="a") == ("café \x81", "windows-1252")


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("li\u00adcense", "license"),
        ("co\u200bvers", "covers"),
        ("$4.5\u00a0million", "$4.5 million"),
        ("ﬁrst oﬃce", "first office"),
        ("Sch\u00c3\u00b6nau\u00e2\u20ac\u2122s", "Schönau’s"),
        ("\x93TAP\x94", "“TAP”"),
        ("“smart” ’quotes’", "“smart” ’quotes’"),
        ("Façade Ångström São", "Façade Ångström São"),
    ],
)
def test_characters_are_repaired(printed: str, wanted: str) -> None:
    assert clean(TracedText.of(printed)).text == wanted


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("R&amp;D", "R&D"),
        ("&amp;#8217;s", "’s"),
        ("&#146;s", "’s"),
        ("&amp;amp;nbsp;x", "\u00a0x"),
        ("AT&T; &unknown; & Co", "AT&T; &unknown; & Co"),
        ("&#x2014;", "—"),
    ],
)
def test_character_references_are_decoded_however_often_escaped(printed: str, wanted: str) -> None:
    assert entities(TracedText.of(printed)).text == wanted


def test_a_repair_is_in_the_offset_map() -> None:
    source = "Sch\u00c3\u00b6nau &amp; Co\u00ad."
    text = entities(clean(TracedText.of(source)))
    assert text.text == "Schönau & Co."
    assert source[text.offsets.to_source(text.text.index("n")) :].startswith("nau")
    assert text.offsets.to_source(text.text.index("&")) == source.index("&")
    assert text.offsets.to_source(len(text.text) - 1) == source.index(".")


# ---------------------------------------------------------------- identity and containers


def test_the_same_exhibit_alone_in_its_container_and_zipped_is_one_release() -> None:
    container = (CASES / "edgar" / "01-release-as-exhibit.txt").read_bytes()
    start = container.index(b"<TEXT>", container.index(b"<TYPE>EX-99.1")) + len(b"<TEXT>\n")
    alone = container[start : container.index(b"</TEXT>", start)]
    tagged = (CASES / "edgar" / "08-one-document-with-its-tags.txt").read_bytes()
    forms = [
        alone,
        container,
        tagged,
        gzip.compress(container),
        zipped({"x/b.txt": alone}),
        alone.replace(b"\n", b"\r\n"),
    ]
    assert len({only(form).id for form in forms}) == 1
    assert len({only(form).text for form in forms}) == 1


def test_names_lead_through_the_containers() -> None:
    container = (CASES / "edgar" / "01-release-as-exhibit.txt").read_bytes()
    archive = zipped({"2003/b.txt": gzip.compress(container)})
    assert only(archive, "all.zip").source.name == "all.zip!2003/b.txt!b45000exv99w1.txt"


def test_members_come_sorted_and_hidden_ones_do_not_come() -> None:
    archive = zipped({"b.txt": PLAIN.encode(), "a.txt": PLAIN.encode(), "__MACOSX/a.txt": b"\x00", ".x": b"\x00"})
    assert [
        result.name if isinstance(result, Failure) else result.source.name for result in read_bytes(archive, name="z")
    ] == [
        "z!a.txt",
        "z!b.txt",
    ]


def test_what_the_container_says_stays_with_the_release() -> None:
    source = only((CASES / "edgar-nc" / "01-dissemination-form.nc").read_bytes()).source
    assert source.form is Form.EDGAR_SUBMISSION
    assert (source.accession_number, source.filer_cik, source.filed_on) == (
        "0000912345-24-000311",
        "0000912345",
        "2024-12-04",
    )
    assert (source.form_type, source.items, source.document_type) == ("8-K", ("7.01", "9.01"), "EX-99.1")


@pytest.mark.parametrize("ending", [".txt", ".html", ".json", ""])
def test_the_form_is_recognised_from_the_content(ending: str) -> None:
    page = (CASES / "pages" / "02-company-page-with-sidebar.html").read_bytes()
    assert only(page, f"x{ending}").source.form is Form.HTML


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", ".hidden/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PLAIN, encoding="utf-8")
    names = [result.source.name for result in read(tmp_path, name="in") if isinstance(result, Release)]
    assert names == ["in/a.txt", "in/b/10.txt", "in/b/2.txt"]


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    class _Stream:
        buffer = io.BytesIO(PLAIN.encode())

    monkeypatch.setattr(sys, "stdin", _Stream())
    results = list(read("-"))
    assert [result.source.name for result in results if isinstance(result, Release)] == ["-"]


# ---------------------------------------------------------------- page furniture


def test_a_page_break_in_a_sentence_leaves_no_trace() -> None:
    release = only((CASES / "sgml" / "01-sentence-over-a-page.txt").read_bytes())
    assert "has named a second target, CD138, to which Corvane's linker technology will be applied." in folded(
        release.text
    )
    assert not any(mark in release.text for mark in ("-more-", "<PAGE>", "Page 2", "---"))


def test_a_heading_that_looks_like_a_page_header_stays() -> None:
    page = f"{PLAIN}\n\n<PAGE>\n\nAlpha AG\n\nAlpha AG is based in Vienna.\n"
    assert "\n\nAlpha AG\n\n" in read_plain(TracedText.of(page)).text


def test_running_headers_go_even_without_a_number() -> None:
    title = "Alpha Takes a Licence to the Antibody of Beta"
    page = (
        f"{title}\n\nOne sentence that goes over the end of the page and has its verb\n<PAGE>\n{title}\n\nonly here.\n"
    )
    assert folded(read_plain(TracedText.of(page)).text).endswith("and has its verb only here.")


def test_rows_of_a_table_keep_their_cells() -> None:
    table = "<TABLE>\n<S>      <C>\nRevenue ........ $  100    $ 20\nLoss              (3)    (4)\n</TABLE>"
    assert [line.split("\t") for line in read_plain(TracedText.of(table)).text.split("\n")] == [
        ["Revenue", "$  100", "$ 20"],
        ["Loss", "(3)", "(4)"],
    ]


# ---------------------------------------------------------------- pages


def test_offsets_of_a_page_lead_to_the_character_in_the_source() -> None:
    page = "<html><body><h1>Alpha &amp; Beta</h1>\n<p>The <b>first</b>&nbsp;line\n of text.</p></body></html>"
    text = read_markup(TracedText.of(page)).text
    for word in ("Alpha", "Beta", "first", "line", "text."):
        assert page[text.offsets.to_source(text.text.index(word)) :].startswith(word)


@pytest.mark.parametrize(
    "noise",
    [
        "<nav><a href='/x'>Gamma buys Delta</a></nav>",
        "<aside>Gamma buys Delta</aside>",
        "<div class='related-news'><p>Gamma buys Delta</p></div>",
        '<div id="share-bar">Gamma buys Delta</div>',
        "<p><a href='/x'>Gamma buys Delta</a></p>",
        "<p style='display: none'>Gamma buys Delta</p>",
        "<script>document.write('Gamma buys Delta')</script>",
        "<!-- Gamma buys Delta -->",
        "<footer><p>Gamma buys Delta</p></footer>",
        "<h3>Related Articles</h3><p>Gamma buys Delta</p>",
    ],
)
def test_what_is_around_a_release_is_not_in_it(noise: str) -> None:
    prose = " ".join(
        ["Alpha AG announced that it licensed its antibody to Beta Inc. for two million dollars today."] * 6
    )
    page = f"<html><body><h1>Alpha Licenses</h1><p>VIENNA, May 4, 2004 -- {prose}</p>{noise}</body></html>"
    release = only(page)
    assert "Gamma" not in release.text
    assert release.text.count("Alpha AG") == 6


def test_nested_tables_that_lay_out_a_page_are_paragraphs() -> None:
    page = "<table><tr><td><table><tr><td>One sentence.</td></tr></table></td><td>Another one.</td></tr></table>"
    assert read_markup(TracedText.of(page), site=False).text.text == "One sentence.\n\nAnother one."


# ---------------------------------------------------------------- is it a release?


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "THIS LICENSE AGREEMENT is made as of May 1, 2001 by and between Alpha AG and Beta Inc. of Boston.",
            "agreement",
        ),
        (
            "Operator: Good morning.\n\nMr. Roe: Thank you all for being here with us today on this call.\n",
            "transcript",
        ),
        ("a,b,c,d,e,f\n" * 12, "running text"),
        ("Home\n\nNews\n\nContact\n", "running text"),
        (
            "UNITED STATES BANKRUPTCY COURT\n\nThe debtors moved for an order that confirms the joint plan of both.",
            "court",
        ),
    ],
)
def test_what_is_no_release_says_what_it_is(text: str, reason: str) -> None:
    verdict = judge(text, exhibit=True)
    assert not verdict.release
    assert reason in verdict.reason


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PLAIN, None),
        ("株式会社アルファは本日、抗体のライセンス契約を締結したことを発表しました。", "ja"),
        ("La société annonce que le contrat pour les anticorps est signé par une société de la région.", "fr"),
        ("Компания объявила сегодня о подписании лицензионного соглашения.", "ru"),
        (
            "La compañía anunció hoy que ha firmado un acuerdo con la empresa para el desarrollo de los anticuerpos.",
            "es",
        ),
        (
            "La società annuncia che ha firmato un accordo con la casa farmaceutica per lo sviluppo e che è la terza.",
            "it",
        ),
        (
            "Het bedrijf maakt bekend dat het een licentie heeft en dat het voor de ontwikkeling van het middel is.",
            "nl",
        ),
        (
            "A empresa anunciou que assinou um contrato com a companhia para o desenvolvimento dos anticorpos da casa.",
            "pt",
        ),
        ("Bolaget meddelar att det har tecknat ett avtal med en partner om det och att betalningen är på den.", "sv"),
        (
            "Selskabet meddeler i dag, at det har indgået en aftale med en partner af det, og at det er den, der er.",
            "da",
        ),
        (
            "Selskapet melder i dag at det har inngått en avtale med en partner av det og ikke med den som er etter.",
            "no",
        ),
        (
            "Yhtiö ilmoitti, että se on tehnyt sopimuksen kumppanin kanssa ja että maksu on sen tai ei ole myös tämä.",
            "fi",
        ),
        (
            "Spółka poinformowała, że podpisała umowę z partnerem na rozwój i że płatność jest dla niej, nie od niej.",
            "pl",
        ),
        (
            "Společnost dnes oznámila, že podepsala smlouvu s partnerem na vývoj a že se platba od ní jako je po ní.",
            "cs",
        ),
        ("Şirket bugün bir partner ile bu ürün için bir anlaşma ve daha çok ödeme olarak olduğunu bildirdi.", "tr"),
        (
            "A társaság ma bejelentette, hogy egy partner és az ügynökség nem csak ezt, mint az volt, hanem meg is.",
            "hu",
        ),
        ("公司今天宣布与合作伙伴签署了抗体药物偶联物的许可协议。", "zh"),
        ("회사는 오늘 항체 약물 접합체에 대한 라이선스 계약을 체결했다고 발표했습니다.", "ko"),
        (
            "Alpha AG, Wien, announced that Beta S.p.A. di Milano has taken a licence to Delta de la Cruz's antibody.",
            None,
        ),
    ],
)
def test_the_language_is_told_by_its_words(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_a_release_in_another_language_is_reported_and_skipped() -> None:
    failure = refused((CASES / "json" / "09-other-language.json").read_bytes())
    assert failure.skipped
    assert "German" in failure.message


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\t", "empty"),
        (b"%PDF-1.4 x", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"text \x00 with \x00 NUL", "binary"),
        (bytes(range(1, 32)) * 9, "binary"),
        (gzip.compress(PLAIN.encode())[:40], "cut short"),
        (zipped({"a.txt": PLAIN.encode()})[:60], "cut short"),
        (b"\xff\xfea", "no valid utf-16"),
        (b'{"text": "' + b"x" * 90, "broken in line 1"),
        (b'{"a":' * 100_000, "broken"),
        (zipped({}), "no files"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, says: str) -> None:
    assert says in refused(data).message


def test_a_missing_path_and_an_empty_folder_are_failures(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        (failure,) = read(path)
        assert isinstance(failure, Failure)
        assert not failure.skipped
        assert str(path) in failure.message


def test_a_path_that_climbs_out_of_the_archive_is_refused_and_the_rest_is_read() -> None:
    archive = zipped({"../../etc/a.txt": PLAIN.encode(), "/b.txt": PLAIN.encode(), "c.txt": PLAIN.encode()})
    results = list(read_bytes(archive, name="z"))
    assert [isinstance(result, Release) for result in results] == [False, False, True]
    assert all("out of the archive" in result.message for result in results if isinstance(result, Failure))


def test_archives_inside_archives_are_opened_only_so_deep() -> None:
    data = PLAIN.encode()
    for _ in range(6):
        data = gzip.compress(data)
    assert "nested too deep" in refused(data).message


HOSTILE = (
    "<a ", "<!--", "<script>", "<div>", "<table><tr><td>x", "<li>x", "<sup>", '<p title="', "&amp;", "&#",
    "[x](", "![](", "**", "* ", "# x\n", "| a |", "   ", "\t", "\n-more-\n", "<PAGE>\n", "\x0c", "Contact: ",
    "Contact:\n", "About ", "“a”", '="', "“a b.” Said Jo. ", "Inc. ", "A, ", "Jan. 1, ", "(BUSINESS WIRE) ",
    "e-\n", "a\tb\n", "-", "....", "media ", "www.a.com.About ",
)  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_nothing_takes_longer_than_linear_time(unit: str) -> None:
    start = time.process_time()
    for frame in ("{}", "<html><body><p>{}", "# T\n\n{}", "<PAGE>\n{}"):
        body = PLAIN + unit * (20_000 // len(unit))
        for result in read_bytes(frame.format(body).encode(), name="x"):
            if isinstance(result, Release):
                segment(result)
    assert time.process_time() - start < 20  # a quadratic reader takes minutes, a slow machine seconds


def test_an_identity_follows_from_the_words() -> None:
    assert release_id("a  b\nc") == release_id("a b c")
    assert release_id("a b c") != release_id("a b d")
