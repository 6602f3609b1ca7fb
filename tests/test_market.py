"""The networks of a market: who deals with whom, and who owns, develops and passes on what; by time and by kind."""

from __future__ import annotations

from datetime import date

import networkx as nx
import pytest

from market import market
from oncopact.errors import GraphError
from oncopact.exporters.window import KINDS, Window

A, B, C, D = (f"company/{name}" for name in ("arbor", "birk", "cedar", "dogwood"))
ELM = "institution/elm"
ID = "https://w3id.org/oncopact/id/"


def edges(made: nx.MultiDiGraph[str]) -> set[tuple[str, str, str]]:
    return set(made.edges(keys=True))


# ---------------------------------------------------------------- companies


def test_companies_are_joined_by_what_the_graph_states_of_their_deals() -> None:
    assert edges(market().to_networkx("companies")) == {
        (A, B, "licenses_to"),
        (B, A, "pays"),
        (A, C, "collaborates_with"),
        (C, A, "collaborates_with"),
        (B, C, "licenses_to"),
        (C, D, "acquires"),
        (ELM, A, "licenses_to"),
    }


def test_an_edge_has_weight_dates_nodes_and_sentences() -> None:
    edge = market().to_networkx("companies")[A][B]["licenses_to"]
    assert edge["weight"] == 2
    assert edge["kinds"] == "licence"
    assert (edge["since"], edge["until"], edge["dated"]) == ("2001-04-01", "2012-07-15", "stated")
    assert edge["iris"].split() == [f"{ID}agreement/a1", f"{ID}agreement/a6"]
    assert edge["quote"] == "Arbor licensed JoinR to Birk"
    assert edge["quotes"] == "Arbor licensed JoinR to Birk | a second licence to Birk"
    assert (edge["release"], edge["told"]) == ("release/r2001", "2001-05-02")


def test_payments_are_listed_and_never_summed() -> None:
    edge = market().to_networkx("companies")[B][A]["pays"]
    assert edge["weight"] == 2
    assert edge["amounts"] == "USD 5,000,000; up to EUR 2,500,000.50"
    assert edge["kinds"] == "milestone; upfront"
    assert not any(isinstance(value, float) for value in edge.values())


def test_what_no_text_dates_is_dated_by_the_first_release_that_tells_it() -> None:
    edge = market().to_networkx("companies")[B][C]["licenses_to"]
    assert (edge["since"], edge["until"], edge["dated"]) == ("2005-11-20", "2005-11-20", "told")


def test_who_deals_with_nobody_is_left_out_and_institutions_are_told_apart() -> None:
    made = market().to_networkx("companies", kinds=["licence"])
    assert set(made) == {A, B, ELM}
    assert made.nodes[ELM]["type"] == "Institution"


# ---------------------------------------------------------------- products


def test_rights_and_substances_run_from_their_origin_to_their_use() -> None:
    made = market().to_networkx("products")
    joinr, ab1, mmae, her2 = "technology/joinr", "conjugate/ab-1", "payload/mmae", "target/her2"
    assert edges(made) == {
        (A, joinr, "owns"),
        (A, joinr, "licensed_out"),
        (joinr, B, "licensed_to"),
        (A, ab1, "licensed_out"),
        (ab1, B, "licensed_to"),
        (B, ab1, "licensed_out"),
        (ab1, C, "licensed_to"),
        (B, ab1, "develops"),
        (mmae, ab1, "part_of"),
        (joinr, mmae, "delivers"),
        (ab1, her2, "binds"),
    }
    assert made[joinr][mmae]["delivers"]["origin"] == "vocabulary"
    assert made[A][joinr]["owns"] == {
        "relation": "owns",
        "label": "owns",
        "origin": "stated",
        "weight": 1,
        "quote": "Arbor's JoinR",
        "rule": "by-hand",
        "release": "release/r2001",
        "told": "2001-05-02",
    }


def test_a_directed_path_follows_the_rights() -> None:
    made = market().to_networkx("products")
    assert nx.shortest_path(made, A, C) == [A, "conjugate/ab-1", C]
    assert not nx.has_path(made, C, A)


# ---------------------------------------------------------------- filters


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, 2001, {(A, B, "licenses_to"), (B, A, "pays"), (A, C, "collaborates_with"), (C, A, "collaborates_with")}),
        ("2001-05", "2001-05-02", {(B, A, "pays"), (A, C, "collaborates_with"), (C, A, "collaborates_with")}),
        (2004, 2004, {(B, A, "pays")}),
        (2005, date(2009, 12, 31), {(B, C, "licenses_to"), (C, D, "acquires")}),
        (2013, None, set()),
    ],
)
def test_a_window_keeps_what_happened_in_it(since: int, until: int, expected: set[tuple[str, str, str]]) -> None:
    assert edges(market().to_networkx("companies", since=since, until=until)) == expected


def test_weights_count_only_what_is_in_the_window() -> None:
    assert market().to_networkx("companies", since=2010)[A][B]["licenses_to"]["weight"] == 1


def test_kinds_keep_deals_and_payments_of_their_kind() -> None:
    assert edges(market().to_networkx("companies", kinds=["option", "upfront"])) == {
        (B, C, "licenses_to"),
        (B, A, "pays"),
    }
    assert edges(market().to_networkx("products", kinds=["option"])) == {
        ("conjugate/ab-1", C, "licensed_to"),
        (B, "conjugate/ab-1", "licensed_out"),
        (B, "conjugate/ab-1", "develops"),
        ("payload/mmae", "conjugate/ab-1", "part_of"),
        ("conjugate/ab-1", "target/her2", "binds"),
    }


def test_everything_is_filtered_too() -> None:
    made = market().to_networkx(since=2004, until=2004)
    assert {name for name in made if not name.startswith("release")} == {
        "milestone/m1",
        "payment/p2",
        "conjugate/ab-1",
        A,
        B,
    }
    assert (B, A, "pays payment/p2") in edges(made)
    made = market().to_networkx(kinds=["acquisition"])
    assert set(made) == {"agreement/a4", C, D, "release/r2005"}
    assert (D, C, "acquiredBy") in edges(made)


def test_a_window_by_time_keeps_what_its_releases_state_of_things() -> None:
    made = market().to_networkx(since=2005, until=2005)
    assert ("conjugate/ab-1", B, "developedBy") in edges(made)
    assert ("conjugate/ab-1", "payload/mmae", "hasPayload") not in edges(made)
    products = market().to_networkx("products", since=2005, until=2005)
    assert (B, "conjugate/ab-1", "develops") in edges(products)
    assert ("payload/mmae", "conjugate/ab-1", "part_of") not in edges(products)


def test_an_open_window_is_everything() -> None:
    whole = market().to_networkx()
    assert nx.utils.graphs_equal(market().to_networkx(since=1900, until=2100, kinds=()), whole) is False
    assert set(market().to_networkx(kinds=KINDS)) <= set(whole)
    assert nx.utils.graphs_equal(market().to_networkx(kinds=[]), whole)


@pytest.mark.parametrize("day", ["", "x", "2001-13", "2001-02-30", "01-2001", "2001-1", 99999, "2001-00"])
def test_what_is_no_date_is_refused(day: str | int) -> None:
    with pytest.raises(GraphError, match="no date"):
        Window.of(since=day)


def test_a_kind_may_be_given_as_one_word() -> None:
    assert Window.of(kinds="licence").kinds == {"licence"}


# ---------------------------------------------------------------- a market's questions


def test_two_hop_partners_are_those_of_partners_who_are_no_partners_yet() -> None:
    partners = nx.Graph(market().to_networkx("companies"))
    near = set(partners[B])
    far = {name for partner in near for name in partners[partner]} - near - {B}
    assert far == {ELM, D}


def test_networks_suit_the_algorithms_that_people_use_on_them() -> None:
    made = market().to_networkx("companies")
    assert max(nx.betweenness_centrality(made), key=nx.betweenness_centrality(made).__getitem__) == A
    assert max(nx.pagerank(made).values()) > 0
    parts = nx.community.louvain_communities(made, seed=1)
    assert {name for part in parts for name in part} == set(made)
