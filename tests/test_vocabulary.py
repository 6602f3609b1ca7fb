"""The vocabulary's files: strictly read, extended by the user, linted; and what the shipped ones hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from oncopact.errors import VocabularyError
from oncopact.lexicon import CompanyEntry, ConjugateEntry, load
from oncopact.resources import folder
from oncopact.vocabulary import TABLES, lint, read

SHIPPED = folder("ontology/vocabulary")
HEADERS = {table.file: table.header for table in TABLES}
ROWS = read()


def write(directory: Path, file: str, *rows: str, header: str | None = None) -> Path:
    """One vocabulary file in a folder of the user; `~` stands for a tab."""
    text = "\n".join(((header or HEADERS[file]), *(row.replace("~", "\t") for row in rows)))
    (directory / file).write_text(text + "\n", encoding="utf-8")
    return directory


def company(key: str, label: str, aliases: str = "", *, acquired_by: str = "", source: str = "our files") -> str:
    return "~".join((key, label, aliases, "", "", "", "", "", acquired_by, "", "", "", "", "verified", source))


# ---------------------------------------------------------------- the shipped files


def test_shipped_vocabulary_has_nothing_to_lint() -> None:
    assert lint(SHIPPED) == ()


@pytest.mark.parametrize(
    ("file", "least"),
    [
        ("companies.tsv", 300),
        ("conjugates.tsv", 230),
        ("payloads.tsv", 60),
        ("targets.tsv", 150),
        ("antibodies.tsv", 300),
        ("technologies.tsv", 60),
        ("suffixes.tsv", 55),
    ],
)
def test_shipped_vocabulary_is_as_large_as_promised(file: str, least: int) -> None:
    checked = [row for row in ROWS[file].values() if row.text("status") != "unchecked"]
    assert len(checked) >= least or (file == "technologies.tsv" and len(ROWS[file]) >= least)


def test_every_row_names_its_source() -> None:
    assert not [
        row.where
        for table in TABLES
        if "source" in table.index
        for row in ROWS[table.file].values()
        if len(row.text("source")) < 3
    ]


def test_sources_are_public_citations() -> None:
    private = re.compile(r"/work/|\.csv\b|\.txt\b|\bgithub\b|\bPyPI\b|npm|\brepo\b|model knowledge", re.IGNORECASE)
    for table in TABLES:
        assert not private.search((SHIPPED / table.file).read_text(encoding="utf-8")), table.file


def test_checked_statuses_cite_something_that_can_be_looked_up() -> None:
    for table in TABLES:
        for row in ROWS[table.file].values():
            if "status" in table.index and row.text("status") == "verified":
                assert not row.text("source").startswith("general knowledge"), row.where


def test_targets_are_grounded_in_hgnc_and_uniprot() -> None:
    rows = ROWS["targets.tsv"]
    grounded = [row for row in rows.values() if row.text("exact_matches").startswith("hgnc:")]
    assert len(grounded) >= 140
    assert rows["target/her2"].items("exact_matches") == ("hgnc:3430", "uniprot:P04626")
    assert rows["target/cd44v6"].items("broader") == ("target/cd44",)
    assert rows["target/cd44v6"].text("exact_matches") == ""


def test_brands_belong_to_the_conjugate_only() -> None:
    brands = {brand for row in ROWS["conjugates.tsv"].values() for brand in row.items("brands")}
    assert {"Kadcyla", "Mylotarg", "Adcetris", "Enhertu"} <= brands
    assert not [row.key for row in ROWS["antibodies.tsv"].values() if brands & {name for _, name in row.names()}]


def test_tickers_are_no_names() -> None:
    for row in ROWS["companies.tsv"].values():
        symbols = {ticker.partition(":")[2] for ticker in row.items("tickers")}
        sure = set(row.items("aliases")) | set(row.items("former_names"))
        assert not [name for name in symbols & sure if len(name) < 4], row.where


def test_partner_codes_and_former_names_are_one_thing() -> None:
    lexicon = load()
    mertansine = lexicon.entry("conjugate/lorvotuzumab-mertansine")
    assert isinstance(mertansine, ConjugateEntry)
    assert {"huN901-DM1", "BB-10901"} <= set(mertansine.codes)
    assert (mertansine.antibody, mertansine.payload) == ("antibody/lorvotuzumab", "payload/dm1")
    assert lexicon.lookup("Seattle Genetics, Inc.") == ("company/seagen",)
    protein_design = lexicon.entry("company/pdl-biopharma")
    assert isinstance(protein_design, CompanyEntry)
    assert "Protein Design Labs" in protein_design.former_names


# ---------------------------------------------------------------- the user's files


def test_a_users_row_is_added(tmp_path: Path) -> None:
    write(tmp_path, "companies.tsv", company("company/quillon", "Quillon Biologics", "Quillon"))
    assert load(directories=(tmp_path,)).lookup("Quillon") == ("company/quillon",)
    assert load().lookup("Quillon") == ()


def test_a_users_row_overrides_ours(tmp_path: Path) -> None:
    write(tmp_path, "companies.tsv", company("company/immunogen", "ImmunoGen of Waltham", "ImmunoGen"))
    assert load(directories=(tmp_path,)).entry("company/immunogen").label == "ImmunoGen of Waltham"
    assert load().entry("company/immunogen").label == "ImmunoGen"


def test_a_changed_folder_is_read_again(tmp_path: Path) -> None:
    write(tmp_path, "companies.tsv", company("company/quillon", "Quillon Biologics"))
    assert "company/quillon" in load(directories=(tmp_path,))
    write(tmp_path, "companies.tsv", company("company/quillon-two", "Quillon Two Biologics"))
    assert "company/quillon" not in load(directories=(tmp_path,))


BREACHES = [
    ("companies.tsv", [company("company/a", "Alpha Bio")], "header", HEADERS["companies.tsv"] + "\tnotes"),
    ("companies.tsv", [company("company/a", "Alpha Bio"), company("company/a", "Alpha")], "second row", None),
    ("companies.tsv", [company("company/b", "Beta Bio"), company("company/a", "Alpha Bio")], "not sorted", None),
    ("companies.tsv", [company("company/a", "Alpha Bio ")], "stray blank", None),
    ("companies.tsv", [company("company/a", "Alpha  Bio")], "stray blank", None),
    ("companies.tsv", [company("company/a", "Alpha Bio", "Alpha|")], "stray blank", None),
    ("companies.tsv", [company("company/a", "Alpha\u00a0Bio")], "stray blank", None),
    ("companies.tsv", ["company/a~Alpha Bio"], "2 cells for 15 columns", None),
    ("companies.tsv", [company("target/a", "Alpha Bio")], "another class", None),
    ("companies.tsv", [company("company/A B", "Alpha Bio")], "cannot be", None),
    ("companies.tsv", [company("company/a", "Alpha Bio", source="")], "source is empty", None),
    ("companies.tsv", [company("company/a", "Alpha Bio", acquired_by="company/nobody")], "has no row", None),
    ("companies.tsv", [company("company/a", "Alpha Bio", acquired_by="target/her2")], "cannot be 'target/her2'", None),
    ("companies.tsv", [company("company/a", "Alpha Bio", acquired_by="company/a")], "its own row", None),
    ("companies.tsv", [company("company/a", "Alpha Bio", "ImmunoGen")], "is a name of company/a and", None),
    ("companies.tsv", [company("company/a", "Alpha Bio", "ALB")], "acronym", None),
    ("companies.tsv", [company("company/a", "Alpha Bio", "A")], "too short", None),
    ("ambiguous.tsv", ["Pfizer~company/pfizer~~~because"], "is not ambiguous", None),
    ("ambiguous.tsv", ["Quux~company/merck-and-co|company/merck-kgaa~~~because"], "does not have the name", None),
]


@pytest.mark.parametrize(("file", "rows", "what", "header"), BREACHES, ids=[breach[2] for breach in BREACHES])
def test_a_breach_is_an_error_with_file_and_line(
    tmp_path: Path, file: str, rows: list[str], what: str, header: str | None
) -> None:
    write(tmp_path, file, *rows, header=header)
    with pytest.raises(VocabularyError, match=rf"{file}:\d+: .*{re.escape(what)}.*; \w+") as raised:
        load(directories=(tmp_path,))
    assert any(what in line for line in lint(tmp_path)), raised.value


def test_lint_reports_every_problem_of_the_users_folder_and_no_others(tmp_path: Path) -> None:
    write(
        tmp_path,
        "companies.tsv",
        company("company/a", "Alpha Bio", "ALB"),
        company("company/b", "Beta Bio", acquired_by="company/nobody"),
    )
    (tmp_path / "antibody.tsv").write_text("key\n", encoding="utf-8")
    lines = lint(tmp_path)
    assert [line.partition(": ")[0].rpartition("/")[2] for line in lines] == [
        "antibody.tsv:1",
        "companies.tsv:2",
        "companies.tsv:3",
    ]
    assert all("; " in line for line in lines)


def test_a_declared_ambiguity_is_no_problem(tmp_path: Path) -> None:
    write(tmp_path, "companies.tsv", company("company/a", "Alpha Bio", "ImmunoGen"))
    write(tmp_path, "ambiguous.tsv", "ImmunoGen~company/a|company/immunogen~~~two companies of one name")
    assert lint(tmp_path) == ()
    assert load(directories=(tmp_path,)).lookup("ImmunoGen") == ("company/a", "company/immunogen")


def test_an_inn_must_agree_with_its_suffix_and_its_antibody(tmp_path: Path) -> None:
    cells = ["conjugate/x", "bivatuzumab vedotin", "bivatuzumab vedotin", *[""] * 4, "antibody/trastuzumab"]
    cells += ["payload/dm1", *[""] * 5, "ADC", "", "verified", "our files"]
    write(tmp_path, "conjugates.tsv", "~".join(cells))
    problems = " ".join(lint(tmp_path))
    assert "vedotin encodes payload/mmae, not payload/dm1" in problems
    assert "the antibody is not bivatuzumab" in problems


def test_a_missing_folder_is_an_error() -> None:
    with pytest.raises(VocabularyError, match="no such folder"):
        load(directories=(Path("no-such-folder"),))


def test_a_file_of_another_encoding_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "companies.tsv").write_bytes(b"\xff\xfe")
    with pytest.raises(VocabularyError, match="UTF-8"):
        load(directories=(tmp_path,))
