"""One node for one thing: what joins names, deals and milestones of different releases, and what keeps them apart."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Store

import series
from oncopact import identity_deals, identity_events, identity_names
from oncopact.assembly import Part, apply
from oncopact.curation import Curation, Statement
from oncopact.exporters import rdf
from oncopact.graph_view import GraphView
from oncopact.history import conflicts
from oncopact.identity import AgreementClaim, Atom, MilestoneClaim, Reason, claims
from oncopact.identity_events import sense
from oncopact.knowledge import KnowledgeGraph, known
from oncopact.labels import covered, names
from oncopact.lexicon import load
from oncopact.namespaces import ID, OP, RDF, SKOS
from oncopact.overlay import Overlay
from oncopact.union import graphs

NONE = Curation()


def whole() -> KnowledgeGraph:
    return KnowledgeGraph.of(series.findings(), lexicon=load())


GRAPH = whole()
VIEW = GraphView(GRAPH.quads)
FACTS = GRAPH.view


# ---------------------------------------------------------------- the series


def test_the_series_has_releases_of_fourteen_years() -> None:
    years = {VIEW.value(iri, OP.earliest) for iri in VIEW.instances(OP.Release)}
    assert len(years) >= 15
    assert min(filter(None, years))[:4] == "1999"
    assert max(filter(None, years))[:4] == "2012"


def test_each_company_of_the_series_is_one_node() -> None:
    assert sorted(FACTS.label(iri) for iri in FACTS.instances(OP.Company)) == series.gold()["companies"]


def test_a_renamed_company_keeps_its_former_name() -> None:
    [(label, former)] = series.gold()["former_names"].items()
    [company] = [iri for iri in FACTS.instances(OP.Company) if FACTS.label(iri) == label]
    assert list(FACTS.values(company, OP.formerName)) == former


def test_an_acquired_company_stays_itself() -> None:
    [(label, buyer)] = series.gold()["acquired_by"].items()
    [company] = [iri for iri in FACTS.instances(OP.Company) if FACTS.label(iri) == label]
    assert list(names(FACTS, company, OP.acquiredBy)) == [buyer]


def test_a_conjugate_known_by_code_first_is_one_node_with_its_name() -> None:
    found = []
    for iri in FACTS.instances(OP.Conjugate):
        all_names = {text for prop in (SKOS.prefLabel, SKOS.altLabel, OP.codeName) for text in FACTS.values(iri, prop)}
        found.append(" = ".join(sorted(all_names, key=str.isupper)))
    assert found == series.gold()["conjugates"]


@pytest.mark.parametrize(("kind", "name"), [(OP.Target, "targets"), (OP.Technology, "technologies")])
def test_targets_and_technologies_are_one_node_each(kind: str, name: str) -> None:
    assert sorted(FACTS.label(iri) for iri in FACTS.instances(kind)) == series.gold()[name]


def test_the_agreements_of_the_series_are_exactly_right() -> None:
    found = [
        [
            (FACTS.value(deal, OP.agreementKind) or "").rpartition("/")[2],
            ", ".join(names(FACTS, deal, OP.licensor)),
            ", ".join(names(FACTS, deal, OP.licensee)),
            ", ".join(sorted(names(FACTS, deal, OP.party))),
            ", ".join(sorted(covered(FACTS, deal))),
            FACTS.value(deal, OP.signedOn) or "",
            sorted({FACTS.value(event, OP.eventKind) for event in FACTS.subjects(OP.ofAgreement, deal)}, key=str),
        ]
        for deal in FACTS.instances(OP.Agreement)
    ]
    assert sorted(found, key=str) == sorted(series.gold()["agreements"], key=str)


def test_the_milestones_of_the_series_are_exactly_right() -> None:
    found = []
    for iri in VIEW.instances(OP.Milestone):
        releases = {seen.release for seen in VIEW.evidence_for(iri)}
        kind = (VIEW.value(iri, OP.milestoneKind) or "").rpartition("/")[2]
        codes = [code for product in VIEW.values(iri, OP.concernsProduct) for code in VIEW.values(product, OP.codeName)]
        code = codes[0] if codes else ", ".join(names(VIEW, iri, OP.concernsProduct))
        status, date = VIEW.value(iri, OP.status), VIEW.value(iri, OP.date) or ""
        came = "fulfilled" if VIEW.values(iri, OP.fulfilledBy) else ""
        found.append([code, kind.replace("ind", "IND"), status, date, len(releases), came])
    assert sorted(found, key=str) == sorted(series.gold()["milestones"], key=str)


def test_the_payments_of_the_series_are_exactly_right_each_under_its_own_agreement() -> None:
    found = [
        [
            (FACTS.value(iri, OP.paymentKind) or "").rpartition("/")[2],
            int(FACTS.value(iri, OP.amount) or 0),
            FACTS.value(iri, OP.currency) or "",
            FACTS.value(iri, OP.amountQualifier) or "",
            ", ".join(names(FACTS, iri, OP.payer)),
            ", ".join(names(FACTS, iri, OP.payee)),
            ", ".join(sorted(item for deal in FACTS.values(iri, OP.underAgreement) for item in covered(FACTS, deal))),
        ]
        for iri in FACTS.instances(OP.Payment)
    ]
    assert sorted(found, key=str) == sorted(series.gold()["payments"], key=str)


def test_the_contradiction_is_reported_and_nothing_else() -> None:
    found = [[item.kind, *(side.value for side in item.sides)] for item in conflicts(VIEW)]
    assert found == series.gold()["conflicts"]


def test_the_series_conforms_to_the_shapes() -> None:
    report = GRAPH.validate()
    assert report.conforms, report.text


def test_every_merge_says_why() -> None:
    explained = GRAPH.explain("company/oriel-therapeutics").same
    assert [(item.certain, item.other, item.rule) for item in explained] == [
        (True, "company/marrowgate-biosciences", "name.former")
    ]


# ---------------------------------------------------------------- order, runs, coming and going


def gathered(runs: list[list[Part]], *, removed: tuple[str, ...] = (), curation: Curation | None = None) -> str:
    store = Store()
    vocabulary = known(load())
    for run in runs:
        overlay = Overlay(store)
        apply(overlay, run, vocabulary=vocabulary, curation=curation)
        overlay.commit()
    overlay = Overlay(store)
    apply(overlay, removed=removed, vocabulary=vocabulary)
    overlay.commit()
    union = {(quad.subject, quad.predicate, quad.object) for quad in store if str(quad.graph_name) == "DEFAULT"}
    named = [quad for graph in graphs(store) for quad in graph]
    plain = {(quad.subject, quad.predicate, quad.object) for quad in named if "/mapping/" not in str(quad.subject)}
    assert union == plain
    return rdf.nquads(named)


ONCE = gathered([list(series.parts())])


@settings(max_examples=12, deadline=None)
@given(st.permutations(range(len(series.parts()))), st.sets(st.integers(1, len(series.parts()) - 1), max_size=6))
def test_any_order_and_any_split_into_runs_gives_the_same_bytes(order: list[int], cuts: set[int]) -> None:
    ordered = [series.parts()[index] for index in order]
    ends = [0, *sorted(cuts), len(ordered)]
    assert gathered([ordered[start:end] for start, end in pairwise(ends)]) == ONCE


@settings(max_examples=8, deadline=None)
@given(st.sets(st.integers(0, len(series.parts()) - 1), min_size=1, max_size=6))
def test_taking_releases_away_leaves_what_the_others_alone_give(gone: set[int]) -> None:
    kept = [part for index, part in enumerate(series.parts()) if index not in gone]
    removed = tuple(series.parts()[index].release for index in sorted(gone))
    assert gathered([list(series.parts())], removed=removed) == gathered([kept])


def test_a_release_given_again_changes_nothing() -> None:
    store = Store()
    overlay = Overlay(store)
    apply(overlay, series.parts(), vocabulary=known(load()))
    overlay.commit()
    again = Overlay(store)
    apply(again, series.parts()[3:7], vocabulary=known(load()))
    assert again.commit() == (0, 0)


def test_a_batch_and_a_store_give_the_same_bytes() -> None:
    assert rdf.nquads(GRAPH.quads) == ONCE


# ---------------------------------------------------------------- names


def atoms(entity: str, *names: str, main: str = "", listed: bool = False, **more: str) -> list[Atom]:
    path = entity.partition("/")[0]
    family = {"company": "company", "antibody": "antibody"}.get(path, "product")
    first = f"{family}|{main or names[0]}"
    found = [
        Atom(entity, "listed" if listed else "unlisted"),
        Atom(entity, "main", first),
        Atom(entity, "label", names[0]),
    ]
    found += [Atom(entity, "name", f"{family}|{name}") for name in names]
    return found + [Atom(entity, kind, value) for kind, value in more.items()]


def joined(*groups: list[Atom], curation: Curation = NONE) -> dict[str, str]:
    decided = identity_names.solve([atom for group in groups for atom in group], curation)
    return {entity: decision.to for entity, decision in decided.items() if decision.to != entity}


def test_a_shared_code_joins_a_product_and_its_later_name() -> None:
    early, late = atoms("product/hb-204", "hb204"), atoms("conjugate/halcotamab-vedotin", "halcotamabvedotin", "hb204")
    assert joined(early, late) == {"product/hb-204": "conjugate/halcotamab-vedotin"}


def test_an_antibody_is_never_its_conjugate() -> None:
    assert joined(atoms("antibody/hun901", "hun901x1"), atoms("conjugate/hun901-dm1", "hun901x1")) == {}


def test_two_listed_things_stay_two_whatever_they_share() -> None:
    one, two = atoms("product/a-100", "a100", listed=True), atoms("product/b-200", "b200", "a100", listed=True)
    assert joined(one, two) == {}


def test_a_short_name_joins_the_one_company_that_has_it() -> None:
    short, long = atoms("company/halden", "halden"), atoms("company/halden-bio", "halden", main="halden bio")
    assert joined(short, long) == {"company/halden": "company/halden-bio"}


def test_a_short_name_of_two_companies_joins_neither() -> None:
    short = atoms("company/halden", "halden")
    bio = atoms("company/halden-bio", "halden", main="halden bio")
    pharma = atoms("company/halden-pharma", "halden", main="halden pharma")
    assert joined(short, bio, pharma) == {}
    decided = identity_names.solve([*short, *bio, *pharma], NONE)
    assert {reason.other for reason in decided["company/halden"].perhaps} == {
        "company/halden-bio",
        "company/halden-pharma",
    }


def test_a_short_name_of_two_listed_companies_joins_none() -> None:
    short = atoms("company/halden", "halden")
    bio = atoms("company/halden-bio", "halden", listed=True)
    kgaa = atoms("company/halden-kgaa", "halden", main="halden kgaa", listed=True)
    assert joined(short, bio, kgaa) == {}


def test_a_group_and_its_part_are_two() -> None:
    part = atoms("company/halden-gmbh", "halden", apart="company/halden")
    assert joined(part, atoms("company/halden", "halden", listed=True)) == {}


def test_one_cik_is_one_company() -> None:
    one, two = (
        atoms("company/old-name", "old name", cik="cik|0000000001"),
        atoms("company/new", "new", cik="cik|0000000001"),
    )
    assert joined(one, two) == {"company/new": "company/old-name"}


def test_a_cik_of_three_unlike_names_joins_only_those_that_are_alike() -> None:
    halden, tessaly, quillon, bio = (
        atoms(f"company/{name}", name.replace("-", " "), cik="cik|0000000001")
        for name in ("halden", "tessaly", "quillon", "quillon-bio")
    )
    assert joined(halden, tessaly, quillon, bio) == {"company/quillon": "company/quillon-bio"}
    decided = identity_names.solve([*halden, *tessaly, *quillon], NONE)
    assert {reason.other for reason in decided["company/halden"].perhaps} == {"company/quillon", "company/tessaly"}


@pytest.mark.parametrize(
    ("one", "two", "kind", "kept"),
    [
        (OP.licensor, OP.licensee, OP.Agreement, True),
        (OP.payer, OP.payee, OP.Payment, True),
        (OP.party, OP.party, OP.Agreement, False),
    ],
)
def test_the_two_sides_of_a_deal_are_two_whatever_they_share(one: str, two: str, kind: str, kept: bool) -> None:
    deal, facts = NamedNode(f"{ID}agreement/1"), NamedNode(f"{ID}graph/r/facts")
    quads = [Quad(deal, NamedNode(str(RDF.type)), NamedNode(str(kind)), facts)]
    for role, name in ((one, "halden"), (two, "halden-bio")):
        quads.append(Quad(deal, NamedNode(str(role)), NamedNode(f"{ID}company/{name}"), facts))
    said = claims(quads, "r").atoms
    named = (*atoms("company/halden", "halden"), *atoms("company/halden-bio", "halden", main="halden bio"))
    assert (joined([*named, *said]) == {}) is kept


@pytest.mark.parametrize(("year", "same"), [("2002", True), ("2003", True), ("2009", False)])
def test_a_ticker_counts_for_its_time(year: str, same: bool) -> None:
    one = atoms("company/corvane-bio", "corvane bio", ticker="ticker|NASDAQ:CRVN|2002")
    two = atoms("company/corvane-therapeutics", "corvane therapeutics", ticker=f"ticker|NASDAQ:CRVN|{year}")
    assert bool(joined(one, two)) is same


# ---------------------------------------------------------------- agreements

DEAL = AgreementClaim("agreement/1", "licence", ("a", "b"), ("a",), ("b",), ("technology/t",), announced="2001-11-27")
RECALLED = replace(DEAL, node="agreement/2", announced=None, signed=("2001-11", "2001-11-01", "2001-11-30"))


def nodes(*claims: AgreementClaim, curation: Curation = NONE) -> list[str]:
    found = {
        tuple(decision.to for _, decision in sorted(identity_deals.solve(dict(order), curation).items()))
        for order in permutations([(str(index), claim) for index, claim in enumerate(claims)])
    }
    [only] = found
    return list(only)


def test_a_deal_recalled_with_a_fitting_month_is_the_announced_one() -> None:
    assert nodes(DEAL, RECALLED) == ["agreement/1", "agreement/1"]


def test_a_deal_recalled_with_another_month_stays_apart_and_is_a_contradiction() -> None:
    other = replace(RECALLED, signed=("2001-03", "2001-03-01", "2001-03-31"))
    assert nodes(DEAL, other) == ["agreement/1", "agreement/2"]
    [reason] = identity_deals.solve({"0": DEAL, "1": other}, NONE)["1"].perhaps
    assert reason == Reason(
        "conflict.date", "all agrees but the date: signed 2001-03 here, announced 2001-11-27 there", "agreement/1"
    )


def test_two_partners_announce_one_deal() -> None:
    assert nodes(DEAL, replace(DEAL, node="agreement/3", announced="2001-11-28")) == ["agreement/1", "agreement/1"]


def test_the_same_words_years_later_are_another_deal() -> None:
    first, second = nodes(DEAL, replace(DEAL, announced="2003-05-02"))
    assert first == "agreement/1"
    assert second not in ("agreement/1", "agreement/2")


BOUGHT = AgreementClaim("agreement/5", "acquisition", ("a", "b"), announced="2023-06-20")
CLOSED = replace(BOUGHT, node="agreement/6", covers=("product/x",), announced="2023-08-09")


@pytest.mark.parametrize(
    "signed", [("2023-06", "2023-06-01", "2023-06-30"), ("2023-08-09", "2023-08-09", "2023-08-09")]
)
def test_an_acquisition_agreed_closed_and_recalled_by_either_date_is_one(signed: tuple[str, str, str]) -> None:
    [one] = set(nodes(BOUGHT, CLOSED, replace(BOUGHT, node="agreement/7", announced=None, signed=signed)))
    decided = identity_deals.solve({"0": BOUGHT, "1": CLOSED}, NONE)
    assert {reason.rule for decision in decided.values() for reason in decision.why} == {"agreement.closed"}
    assert one in ("agreement/5", "agreement/6")


@pytest.mark.parametrize(
    "other",
    [
        replace(CLOSED, announced="2026-08-09"),  # years later
        replace(CLOSED, announced=""),  # undated
        replace(CLOSED, kind="licence"),
    ],
)
def test_other_news_of_the_same_two_companies_is_another_deal(other: AgreementClaim) -> None:
    assert len(set(nodes(BOUGHT, other))) == 2


def test_two_acquisitions_of_different_products_are_two() -> None:
    assert len(set(nodes(replace(BOUGHT, covers=("product/y",)), CLOSED))) == 2


def test_exchanged_roles_are_a_contradiction_and_two_nodes() -> None:
    turned = replace(RECALLED, licensors=("b",), licensees=("a",))
    assert nodes(DEAL, turned) == ["agreement/1", "agreement/2"]
    assert [reason.rule for reason in identity_deals.solve({"0": DEAL, "1": turned}, NONE)["1"].perhaps] == [
        "conflict.roles"
    ]


def test_what_fits_two_deals_stays_apart_with_both_as_candidates() -> None:
    one = replace(DEAL, covers=("target/x", "technology/t"))
    two = replace(DEAL, node="agreement/3", covers=("target/y", "technology/t"), announced="2002-02-11")
    vague = replace(RECALLED, signed=None)
    assert nodes(one, two, vague) == ["agreement/1", "agreement/3", "agreement/2"]
    candidates = identity_deals.solve({"0": one, "1": two, "2": vague}, NONE)["2"].perhaps
    assert {reason.other for reason in candidates} == {"agreement/1", "agreement/3"}


def test_the_most_exact_date_stands() -> None:
    exact = replace(RECALLED, node="agreement/3", signed=("2001-11-20", "2001-11-20", "2001-11-20"))
    decided = identity_deals.solve({"0": DEAL, "1": RECALLED, "2": exact}, NONE)
    assert {decision.date for decision in decided.values()} == {("2001-11-20", "2001-11-20", "2001-11-20")}


def test_the_user_joins_and_parts_agreements() -> None:
    other = replace(RECALLED, signed=("1999", "1999-01-01", "1999-12-31"))
    same = Curation((Statement("agreement/1", "same", "agreement/2", "read the contract"),))
    assert nodes(DEAL, other, curation=same) == ["agreement/2", "agreement/2"] or nodes(DEAL, other, curation=same) == [
        "agreement/1",
        "agreement/1",
    ]
    apart = Curation((Statement("agreement/1", "different", "agreement/2"),))
    assert nodes(DEAL, RECALLED, curation=apart) == ["agreement/1", "agreement/2"]


# ---------------------------------------------------------------- milestones

START = MilestoneClaim(
    "milestone/1", "clinical", "achieved", "initiation of a Phase II trial of X", "conjugate/x", said="2002-10-15"
)


def events(*claims: MilestoneClaim) -> list[str]:
    decided = identity_events.solve({str(index): claim for index, claim in enumerate(claims)}, NONE)
    return [decided[str(index)].to for index in range(len(claims))]


def test_both_partners_report_one_milestone() -> None:
    other = replace(START, node="milestone/2", event="first patient dosed in a Phase 2 study", said="2002-10-16")
    assert len(set(events(START, other))) == 1


def test_a_milestone_recalled_with_its_month_is_the_one_reported_then() -> None:
    later = replace(START, node="milestone/2", dated=("2002-10", "2002-10-01", "2002-10-31"), said="2004-01")
    assert len(set(events(START, later))) == 1


def test_what_one_release_tells_apart_stays_apart() -> None:
    other = replace(START, node="milestone/2", event="start of a Phase II trial of X in Japan")
    block, both = {"0": START, "1": other}, {"0": frozenset({"r"}), "1": frozenset({"r"})}
    assert len({decision.to for decision in identity_events.solve(block, NONE, both).values()}) == 2
    assert len({decision.to for decision in identity_events.solve(block, NONE).values()}) == 1


def test_another_phase_is_another_milestone() -> None:
    assert (
        len(set(events(START, replace(START, node="milestone/2", event="initiation of a Phase III trial of X")))) == 2
    )


def test_a_plan_is_never_the_fact_but_leads_to_it() -> None:
    plan = replace(START, node="milestone/2", status="planned", said="2002-03")
    decided = identity_events.solve({"0": START, "1": plan}, NONE)
    assert (decided["1"].to, decided["1"].fulfilled) == ("milestone/2", "milestone/1")


def test_a_plan_made_later_is_not_fulfilled_by_what_was_before() -> None:
    plan = replace(START, node="milestone/2", status="planned", said="2005-03")
    assert identity_events.solve({"0": START, "1": plan}, NONE)["1"].fulfilled == ""


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("filing of IND", "submission of an Investigational New Drug application", True),
        ("FDA approval of X", "approval of X in the United States", True),
        ("FDA approval of X", "approval of X in Japan", False),
        ("launch of X", "first sale of X", True),
        ("Fast Track designation for X", "Rare Pediatric Disease designation for X", False),
        ("completion of enrolment", "start of enrolment", False),
        ("closing of the acquisition of Beta", "completion of acquisition of Beta, Inc.", True),
        ("closing of the acquisition of Beta", "completion of enrolment", False),
        ("commencement of tender offer", "launch of the tender offer", True),
        ("commencement of tender offer", "expiration of Alpha's tender offer for all shares", False),
        ("clearance under the Hart-Scott-Rodino Act", "expiration of the HSR waiting period", True),
        ("closing of the acquisition of X", "completion of acquisition of X", True),
    ],
)
def test_events_are_compared_by_what_they_mean(one: str, two: str, same: bool) -> None:
    assert sense(one).agrees(sense(two)) is same


def test_ids_follow_the_ontologys_paths() -> None:
    assert all(iri.startswith(f"{ID}agreement/") for iri in FACTS.instances(OP.Agreement))
