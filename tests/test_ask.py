"""Our questions: each has an answer written by reading the releases, with the words that it rests on."""

from __future__ import annotations

import csv
import io
import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, Store, parse

import series
from oncopact import pipeline, queries
from oncopact.errors import OncopactError, QueryError
from oncopact.knowledge import KnowledgeGraph
from oncopact.lexicon import load
from oncopact.lookup import find
from oncopact.partial_dates import bounds, months_between
from oncopact.question_files import read
from oncopact.questions import answer, question
from oncopact.tables import Quote, Table

CASES = Path(__file__).parent / "cases"
MARKET = CASES / "market"
FOLDERS = {"series": series.FOLDER, "market": MARKET}


@cache
def graph(name: str) -> KnowledgeGraph:
    """The series of 1999 to 2012, or the market of 2011 to 2018 that has what the series lacks."""
    if name == "series":
        return KnowledgeGraph.of(series.findings(), lexicon=load())
    found = pipeline.run(sorted(MARKET.glob("*.txt")), lexicon=load()).findings
    return KnowledgeGraph.of(found, lexicon=load())


def cases() -> list[Any]:
    found = []
    for name in FOLDERS:
        for case in json.loads((CASES / "questions" / f"{name}.json").read_text(encoding="utf-8")):
            given = " ".join(f"{key}={value}" for key, value in case["parameters"].items())
            found.append(pytest.param(name, case, id=f"{name} {case['question']} {given}".strip()))
    return found


def asked(name: str, case: dict[str, Any]) -> Table:
    made = graph(name)
    return answer(made.store, question(case["question"]), case["parameters"], evidence=True, texts=made.text).table


def shown(table: Table, columns: list[str]) -> list[list[str]]:
    kept = [table.columns.index(column) for column in columns]
    return [[row[index] or "" for index in kept] for row in table.rows]


# ---------------------------------------------------------------- the 25 questions


def test_each_of_the_25_questions_has_a_written_answer() -> None:
    numbers = [query.number for query in queries.catalogue() if query.number]
    assert numbers == list(range(1, 26))
    answered = {str(case.values[1]["question"]) for case in cases() if case.values[0] == "series"}
    assert answered == {query.name for query in queries.catalogue() if query.number}
    filled = {str(case.values[1]["question"]) for case in cases() if case.values[1]["answer"]}
    assert filled == answered


def as_read(case: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the written answer as the rules read them.

    Where the releases are not read as they stand, an entry has beside its `row` what comes out (`read`) and why; a row
    is null where the releases have none, `read` where nothing comes out.
    """
    entries = [entry | {"read": entry["row"]} if "read" not in entry else entry for entry in case["answer"]]
    return [entry for entry in entries if entry["read"] is not None]


@pytest.mark.parametrize(("name", "case"), cases())
def test_the_answer_is_the_written_one(name: str, case: dict[str, Any]) -> None:
    assert shown(asked(name, case), case["columns"]) == [entry["read"] for entry in as_read(case)]


def test_few_rows_are_read_otherwise_and_each_says_why() -> None:
    entries = [entry for case in cases() for entry in case.values[1]["answer"]]
    otherwise = [entry for entry in entries if "read" in entry]
    assert all(entry["why"] and entry["read"] != entry["row"] for entry in otherwise)
    assert len(otherwise) <= 5 < len(entries) / 20


@pytest.mark.parametrize(("name", "case"), cases())
def test_each_row_has_the_words_that_it_rests_on(name: str, case: dict[str, Any]) -> None:
    table = asked(name, case)
    for entry, quotes in zip(as_read(case), table.evidence, strict=True):
        for source, words in entry["evidence"]:
            said = [" ".join(quote.sentence.split()) for quote in quotes if quote.source.startswith(source)]
            assert any(words in sentence for sentence in said), (entry["read"], source, words)


@pytest.mark.parametrize("name", FOLDERS)
def test_every_quote_is_the_text_between_its_offsets(name: str) -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in FOLDERS[name].glob("*.txt")}
    quotes = {
        quote
        for case in cases()
        if case.values[0] == name
        for row in asked(name, case.values[1]).evidence
        for quote in row
    }
    assert len(quotes) > 30
    for quote in quotes:
        assert texts[quote.source][quote.start : quote.end] == quote.quote
        assert quote.quote in quote.sentence


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("kind", "name", "label"),
    [
        ("company", "oriel therapeutics", "Oriel Therapeutics, Inc."),
        ("company", "MARROWGATE Biosciences", "Oriel Therapeutics, Inc."),
        ("company", "Halvorsen", "Halvorsen Pharma AG"),
        ("company", "company/tessera-oncology", "Tessera Oncology, Inc."),
        ("company", "company:tessera-oncology", "Tessera Oncology, Inc."),
        ("company", "<https://w3id.org/oncopact/id/company/tessera-oncology>", "Tessera Oncology, Inc."),
        ("target", "her 2", "HER2"),
        ("target", "ErbB2", "HER2"),
        ("conjugate", "Haltuzumab-Vedotin", "HVP-220"),
        ("product", "hvp220", "HVP-220"),
        ("payload", "monomethyl auristatin E", "MMAE"),
        ("payload family", "Auristatins", "auristatin"),
        ("release", "17-2012-02-acquisition.txt", "Brisco Pharmaceuticals Acquires Oriel Therapeutics"),
    ],
)
def test_a_thing_is_found_by_any_of_its_names(kind: str, name: str, label: str) -> None:
    assert find(graph("series").store, kind, name).label == label


@pytest.mark.parametrize(
    ("kind", "name", "hint"),
    [
        ("company", "Halvorson Pharma", "did you mean Halvorsen Pharma AG?"),
        ("company", "Therapeutics", "did you mean Oriel Therapeutics, Inc.?"),
        ("target", "HER7", "did you mean HER2, EGFR?"),
        ("target", "xyz", "give a name as printed, or an id"),
        ("target", "TACSTD2", "the vocabulary knows it as target/trop2, but no release here names it"),
    ],
)
def test_near_names_are_suggested(kind: str, name: str, hint: str) -> None:
    with pytest.raises(QueryError) as caught:
        find(graph("series").store, kind, name)
    assert str(caught.value) == f"{name}: no {kind} is called so in this graph; {hint}"


def companies(*labels: str) -> Store:
    made = Store()
    turtle = "".join(f'company:c{index} skos:prefLabel "{label}" .\n' for index, label in enumerate(labels))
    prefixes = (
        "@prefix company: <https://w3id.org/oncopact/id/company/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    )
    made.extend(parse(prefixes + turtle, format=RdfFormat.TURTLE))
    return made


def test_several_things_of_one_name_are_listed() -> None:
    store = companies("Merck", "Merck & Co.", "Merck KGaA")
    with pytest.raises(QueryError) as caught:
        find(store, "company", "merck")
    assert "several are called so: Merck (company/c0), Merck & Co. (company/c1); give one's id" in str(caught.value)
    assert find(store, "company", "Merck & Co.").label == "Merck & Co."
    with pytest.raises(QueryError, match=r"Alpha One \(company/c0\), Alpha Two \(company/c1\)"):
        find(companies("Alpha One", "Alpha Two"), "company", "alpha")


def test_a_graph_without_such_things_says_so() -> None:
    with pytest.raises(QueryError, match="this graph has no company"):
        find(Store(), "company", "ImmunoGen")


# ---------------------------------------------------------------- parameters


def test_a_value_is_bound_and_never_becomes_part_of_the_query() -> None:
    hostile = 'A" } UNION { ?s ?p ?o } #'
    with pytest.raises(QueryError, match="no technology is called so"):
        graph("series").ask("rights-to-technology", technology=hostile)
    store = companies('A\\" } UNION { ?s ?p ?o } #')
    assert len(answer(store, question("agreements-of-company"), {"company": hostile}).table) == 0


@pytest.mark.parametrize(
    ("name", "given", "complaint"),
    [
        ("rights-to-technologies", {}, "did you mean rights-to-technology"),
        ("99", {}, "no question of that name; oncopact ask without a question lists them"),
        ("rights-to-technology", {}, "the question needs a technology: a name; give --technology"),
        ("rights-to-technology", {"tech": "x"}, "no such parameter; it takes technology, target, state"),
        ("agreements", {"company": "x"}, "no such parameter; it takes none"),
        ("rights-to-technology", {"technology": "SiteLink", "state": "old"}, "no such choice; give in force or ended"),
        ("targets-by-payload-families", {"families": "two"}, "families two: no whole number"),
        ("news-of-release", {"since": "2003-02-30"}, "2003-02-30: no date"),
        ("news-of-release", {"until": "last year"}, "last year: no date"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_one_clear_line(name: str, given: dict[str, str], complaint: str) -> None:
    with pytest.raises(QueryError) as caught:
        answer(graph("series").store, question(name), given)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_question_is_known_by_name_and_number() -> None:
    assert question("4") is question("rights-to-technology") is question("Rights_to_technology")


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [("2000", "2001", ["2000", "2001"]), ("2002", "", ["2002"]), ("", "1999-12", ["1999"]), ("2003", "", [])],
)
def test_a_period_keeps_what_may_lie_in_it(since: str, until: str, years: list[str]) -> None:
    given = {name: value for name, value in (("since", since), ("until", until)) if value}
    table = answer(graph("series").store, question("money-received"), {"company": "Oriel", **given}).table
    assert [row[0] for row in table] == years


def test_a_partial_date_lies_in_a_period_if_it_may() -> None:
    def dates(since: str) -> list[str | None]:
        return [row[0] for row in graph("series").ask("agreements-of-company", company="Tessera", since=since)]

    assert dates("2005-01-10") == ["by 2005-01-10"]
    assert dates("2005-01-11") == []
    early = graph("series").ask("agreements-of-company", company="Oriel", since="1999-12-31", until="2000-03-01")
    assert [row[0] for row in early] == ["1999", "2000-03"]


def test_dates_have_bounds_and_distances() -> None:
    assert bounds("2003-11-12") == ("2003-11-12", "2003-11-12")
    assert months_between("2004-01-31", "2004-01-31", "2004-02-29", "2004-02-29") == "0"
    assert months_between("2005-01-10", "2005-01-10", "2004-01-10", "2004-01-10") == "-12"


# ---------------------------------------------------------------- sums


def paid(*payments: str) -> Table:
    """The money that company:a received, by payments that one release of 2010 states."""
    text = """
      @prefix : <urn:x#> . @prefix op: <https://w3id.org/oncopact/ontology#> .
      @prefix company: <https://w3id.org/oncopact/id/company/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
      @prefix kind: <https://w3id.org/oncopact/id/concept/payment-kind/> .
      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
      company:a a op:Company ; skos:prefLabel "Alpha" . :r op:latest "2010-05-05"^^xsd:date .
      :filing a op:Milestone ; op:status "achieved" . :hope a op:Milestone ; op:status "conditional" .
    """
    for index, payment in enumerate(payments):
        facts, _, modality = payment.partition(" | ")
        text += f":p{index} a op:Payment ; op:payee company:a ; {facts} .\n"
        text += f':e{index} op:evidenceFor :p{index} ; op:modality "{modality or "asserted"}" ; op:inRelease :r .\n'
    made = Store()
    made.extend(parse(text, format=RdfFormat.TURTLE))
    return answer(made, question("money-received"), {"company": "alpha"}).table


def amount(kind: str, value: int, currency: str = "USD", qualifier: str = "exact") -> str:
    number = f'op:amount "{value}"^^xsd:decimal ; op:currency "{currency}"'
    return f'op:paymentKind kind:{kind} ; op:amountQualifier "{qualifier}" ; {number}'


def test_currencies_are_never_added_to_each_other() -> None:
    table = paid(amount("upfront", 5), amount("upfront", 7, "EUR"), amount("upfront", 1))
    assert shown(table, ["currency", "payments", "amount"]) == [["EUR", "1", "7"], ["USD", "2", "6"]]


def test_ceilings_are_never_added_to_facts() -> None:
    table = paid(amount("milestone", 5), amount("milestone", 300, qualifier="up_to"))
    assert shown(table, ["payments", "amount", "ceilings", "highest_ceiling"]) == [["1", "5", "1", "300"]]


def test_totals_and_equity_are_never_added_to_their_parts() -> None:
    table = paid(amount("total", 50), amount("upfront", 40), amount("equity", 10))
    assert shown(table, ["kind", "payments", "amount"]) == [["upfront", "1", "40"]]


def test_undisclosed_and_conditional_payments_are_counted_and_not_summed() -> None:
    undisclosed = 'op:paymentKind kind:milestone ; op:amountQualifier "undisclosed"'
    table = paid(amount("milestone", 5), amount("milestone", 9) + " | conditional", undisclosed)
    columns = ["currency", "payments", "amount", "undisclosed", "conditional"]
    assert shown(table, columns) == [["", "0", "", "1", "0"], ["USD", "1", "5", "0", "1"]]


def test_what_one_milestone_triggers_is_summed_once() -> None:
    twice = amount("milestone", 5) + " . :filing op:triggers :p{}"
    table = paid(twice.format(0), twice.format(1), amount("milestone", 8) + " . :hope op:triggers :p2")
    assert shown(table, ["payments", "amount", "conditional"]) == [["1", "5", "1"]]


# ---------------------------------------------------------------- tables


def test_a_row_is_repeated_for_each_of_its_quotes_in_csv() -> None:
    table = graph("series").ask("open-options", evidence=True)
    assert table.to_csv().startswith("since,holder")
    table = graph("market").ask("open-options", evidence=True)
    rows = list(csv.DictReader(io.StringIO(table.to_csv())))
    assert len(rows) == len(table.evidence[0]) > 1
    assert {row["holder"] for row in rows} == {"Ostara Pharmaceuticals Co., Ltd."}
    assert all(row["quote"] in row["sentence"] and row["source"].startswith("05-") for row in rows)


def test_json_has_the_evidence_as_a_list() -> None:
    [row] = json.loads(graph("market").ask("open-options", evidence=True).to_json())
    assert row["products"] == "KB-101"
    assert {"quote", "sentence", "source", "issued", "start", "end", "section", "release"} == set(row["evidence"][0])


def test_a_table_becomes_a_frame_with_numbers() -> None:
    frame = graph("market").ask("money-received", company="Kestrel").to_pandas()
    assert frame["amount"].sum() == 5_000_000 + 10_000_000 + 2_000_000 + 3_000_000
    assert frame["year"].min() == 2011
    spread = graph("market").ask("open-options", evidence=True).to_pandas()
    assert (spread["end"] > spread["start"]).all()


def test_without_pandas_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(OncopactError, match=r"pandas is not installed; pip install 'oncopact\[pandas\]'"):
        Table(("a",), (("1",),)).to_pandas()


def test_a_notebook_shows_names_numbers_and_quotes_but_no_markup_of_theirs() -> None:
    quote = Quote("<b>9</b>", "It is <b>9</b>.", "a.txt", "2001", 6, 14, "body", "urn:r")
    node = "https://w3id.org/oncopact/id/agreement/0f"
    table = Table(
        ("what", "amount", "agreement"), (("<i>x</i>", "1234567.5", node),), frozenset({"amount"}), ((quote,),)
    )
    page = table._repr_html_()
    assert "&lt;i&gt;x&lt;/i&gt;" in page
    assert "1,234,567.5" in page
    assert "It is &lt;b&gt;9&lt;/b&gt;." in page
    assert "agreement/0f" not in page
    assert "<i>" not in page
    assert table.readable(ids=True).rows == (("<i>x</i>", "1,234,567.5", "agreement:0f"),)


def test_a_long_sentence_is_cut_around_the_words() -> None:
    sentence = "a " * 400 + "HERE" + " z" * 400
    quote = Quote("HERE", sentence, "a.txt", "", 800, 804, "body", "urn:r")
    assert quote.words.startswith("… a")
    assert "HERE" in quote.words
    assert quote.words.endswith("z …")
    assert len(quote.words) < 420
    assert quote.place == "a.txt [800:804] body"


# ---------------------------------------------------------------- the files of questions


HEADER = """\
# title: Who is it?
# number: 3
# asked by: nobody
# parameter who (company, required): The one.
# parameter since (date <= ?day, default 2001): From then on.
# explanation: First line
#   and second.
# evidence: ?node; ?node op:party ?who in ?release
# words: ?node
# months: ?months = ?day ?day ?day ?day
SELECT ?who ?node ?day ?release ?months WHERE { ?node op:party ?who }
"""


def test_a_header_says_what_is_asked(tmp_path: Path) -> None:
    (tmp_path / "who.rq").write_text(HEADER)
    query = read(tmp_path / "who.rq")
    assert (query.name, query.title, query.number) == ("who", "Who is it?", 3)
    assert query.description == "First line and second."
    assert [parameter.name for parameter in query.parameters if parameter.required] == ["who"]
    assert query.parameters[1].default == "2001"
    assert [(each.subject, each.prop, each.value, each.release) for each in query.supports] == [
        ("node", "", "", ""),
        ("node", "op:party", "who", "release"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("# title: Who is it?\n", "", "who.rq: the header has no title"),
        ("Who is it?", "Who it is.", "the title is no question"),
        ("# number: 3", "# numbre: 3", "who.rq line 2: unknown or second entry 'numbre'"),
        ("# number: 3", "# title: Twice?", "who.rq line 2: unknown or second entry 'title'"),
        ("# number: 3", "# number three", "who.rq line 2: no entry of a header"),
        ("# number: 3", "# number: three", "who.rq line 2: no number: three"),
        ("# title: Who is it?", "#   Who is it?", "who.rq line 1: the header begins with a line that goes on"),
        ("(company, required)", "(firm, required)", "who.rq line 4: no kind of parameter: firm"),
        ("(company, required)", "(company; required)", "who.rq line 4: no kind of parameter"),
        ("?node; ?node op", "?node, ?node op", "who.rq line 8: no evidence"),
        ("?months = ?day ?day", "?months ?day ?day", "who.rq line 10: no months between two dates"),
        ("SELECT ?who ?node", "SELECT ?node", "the SELECT clause lacks ?who"),
        ("?node op:party ?who }", "?node op:party }", "who.rq: malformed SPARQL"),
        ("SELECT ?who ?node ?day ?release ?months WHERE", "ASK", "no SELECT query"),
    ],
)
def test_a_broken_header_is_refused_with_its_line(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert old in HEADER
    (tmp_path / "who.rq").write_text(HEADER.replace(old, new))
    with pytest.raises(QueryError) as caught:
        read(tmp_path / "who.rq")
    assert complaint in str(caught.value)


def test_no_question_depends_on_an_order_that_is_not_stated() -> None:
    assert all("ORDER BY" in query.sparql for query in queries.catalogue())
