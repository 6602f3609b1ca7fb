"""Tables for spreadsheets and for pandas: one row each, with its sentence, and nothing that calculates."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from market import market
from oncopact.errors import GraphError
from oncopact.exporters.tables import COLUMNS, TABLES, harmless, spreadsheet, table
from oncopact.knowledge import KnowledgeGraph
from oncopact.queries import Table


def row(name: str, node: str) -> dict[str, str | None]:
    found = market().table(name)
    [cells] = [cells for cells in found if cells[-1] == node]
    return dict(zip(found.columns, cells, strict=True))


# ---------------------------------------------------------------- rows


def test_every_agreement_milestone_and_payment_has_one_row() -> None:
    assert [cells[-1] for cells in market().table("agreements")] == [f"agreement/a{at}" for at in (1, 2, 3, 4, 5, 6)]
    assert [cells[-1] for cells in market().table("payments")] == ["payment/p1", "payment/p2"]
    assert [cells[-1] for cells in market().table("milestones")] == ["milestone/m1"]


def test_a_row_says_what_is_agreed_and_which_sentence_of_which_release_says_so() -> None:
    found = row("agreements", "agreement/a1")
    assert {name: cell for name, cell in found.items() if cell} == {
        "kind": "licence",
        "licensor": "Arbor",
        "licensee": "Birk",
        "parties": "Arbor; Birk",
        "technologies": "JoinR",
        "products": "AB-1",
        "signed": "2001-04",
        "earliest": "2001-04-01",
        "latest": "2001-04-30",
        "modality": "asserted",
        "quote": "Arbor licensed JoinR to Birk",
        "rule": "by-hand",
        "release": "release/r2001",
        "release_title": "Arbor and Birk",
        "release_date": "2001-05-02",
        "file": "a.txt",
        "told_by": "2",
        "agreement": "agreement/a1",
    }


def test_a_milestone_says_what_it_pays_and_a_payment_what_it_is_for() -> None:
    milestone = row("milestones", "milestone/m1")
    assert (milestone["pays"], milestone["status"], milestone["date"]) == ("up to EUR 2,500,000.50", "achieved", "2004")
    assert (milestone["parties"], milestone["agreement"]) == ("Arbor; Birk", "agreement/a1")
    payment = row("payments", "payment/p2")
    assert (payment["qualifier"], payment["amount"], payment["currency"]) == ("up_to", "2500000.50", "EUR")
    assert payment["for_milestone"] == "first patient of AB-1 (achieved)"
    assert payment["deal"] == "licence: Arbor → Birk"
    assert payment["modality"] == "conditional"


@pytest.mark.parametrize("name", TABLES)
def test_columns_do_not_depend_on_what_there_is(name: str) -> None:
    assert table((), name) == Table(COLUMNS[name], ())
    assert len(set(COLUMNS[name])) == len(COLUMNS[name])


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(GraphError, match="no such table"):
        market().table("deals")


# ---------------------------------------------------------------- spreadsheets


def test_a_spreadsheet_is_read_back_as_it_was(tmp_path: Path) -> None:
    for path, name in zip(market().write(tmp_path, form="csv"), TABLES, strict=True):
        assert path.name == f"{name}.csv"
        with path.open(encoding="utf-8-sig", newline="") as stream:
            head, *body = csv.reader(stream)
        found = market().table(name)
        assert tuple(head) == found.columns
        assert body == [[harmless(cell or "") for cell in cells] for cells in found]


def test_excel_is_told_the_encoding_and_gets_no_formula(tmp_path: Path) -> None:
    _, _, payments = market().write(tmp_path, form="csv")
    written = payments.read_bytes()
    assert written.startswith(b"\xef\xbb\xbfkind,payer,")
    assert b",'=5,000,000" not in written
    assert b'"\'=5,000,000 dollars"' in written
    assert b",'=Birk and Cedar," in written


@given(st.text())
def test_no_cell_is_a_formula_or_breaks_the_line(text: str) -> None:
    cell = harmless(text)
    number = re.fullmatch(r"[+-][\d.,]*(?:[eE][+-]?\d+)?\s?%?", cell.strip()) and any(c.isdigit() for c in cell)
    assert number or not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert len(cell.splitlines()) <= 1


@given(st.lists(st.text(), min_size=2, max_size=2))
def test_what_is_written_is_one_record_of_as_many_cells(cells: list[str]) -> None:
    written = spreadsheet(Table(("a", "b"), (tuple(cells),))).removeprefix("\ufeff")
    assert list(csv.reader(written.splitlines())) == [["a", "b"], [harmless(cell) for cell in cells]]


# ---------------------------------------------------------------- pandas


def test_a_frame_has_numbers_dates_and_truth_values() -> None:
    payments = market().to_pandas("payments")
    assert payments["amount"].tolist() == [5_000_000.0, 2_500_000.5]
    assert payments["release_date"].dt.year.tolist() == [2001, 2005]
    assert payments["told_by"].tolist() == [1, 1]
    agreements = market().to_pandas("agreements").set_index("agreement")
    assert agreements["exclusive"]["agreement/a5"]
    assert pd.isna(agreements["exclusive"]["agreement/a1"])
    assert agreements["earliest"]["agreement/a1"] == pd.Timestamp("2001-04-01")
    assert pd.isna(agreements["earliest"]["agreement/a2"])
    assert agreements["release_date"].notna().all()


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_graph_has_empty_frames(name: str) -> None:
    made = KnowledgeGraph().to_pandas(name)
    assert list(made.columns) == list(COLUMNS[name])
    assert len(made) == 0


@pytest.mark.parametrize(
    ("library", "call"),
    [
        ("pandas", "oncopact.KnowledgeGraph().to_pandas('payments')"),
        ("matplotlib", "oncopact.KnowledgeGraph().write('x.png')"),
    ],
)
def test_a_missing_library_is_one_line_with_the_remedy(library: str, call: str) -> None:
    program = (
        f"import sys; sys.modules[{library!r}] = None; import oncopact\n"
        f"try: {call}\nexcept oncopact.OncopactError as error: print(error)"
    )
    source = str(Path(__file__).resolve().parents[1] / "src")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env={"PYTHONPATH": source})
    assert f"{library} is not installed; run pip install" in done.stdout, done.stderr
