"""Groups and clauses: voice, tense, polarity, modality; who is the subject, which noun follows which preposition."""

from __future__ import annotations

import re

import pytest

from oncopact.model import Kind, Mention, Modality, Span
from oncopact.syntax.clauses import complements, direct_object, is_reduced, subject
from oncopact.syntax.groups import NOUN, VERB, Group, chunk
from oncopact.syntax.tokens import TAGS, tokenize

COMPANIES = re.compile(r"Alderis, Inc\.|Alderis|Borgmann AG|Borgmann|Corvex|Dorn Bio")


def parse(text: str) -> tuple[Group, ...]:
    mentions = [
        Mention(Kind.COMPANY, Span(m.start(), m.end()), m.group(), "test", m.group()) for m in COMPANIES.finditer(text)
    ]
    return chunk(tokenize(text, Span(0, len(text)), mentions))


def verb(groups: tuple[Group, ...], lemma: str) -> int:
    return next(i for i, g in enumerate(groups) if g.role == VERB and g.lemma == lemma)


def words(text: str, groups: tuple[Group, ...], at: tuple[int, ...]) -> list[str]:
    return [groups[i].span.of(text) for i in at]


def test_every_tag_is_described() -> None:
    text = 'Today, Alderis\'s board (3 of 5) has not agreed: it will, "perhaps", license to X; which is - fine.'
    assert {t.tag for t in tokenize(text, Span(0, len(text)), ())} <= set(TAGS)


@pytest.mark.parametrize(
    ("text", "lemma", "expected"),
    [
        ("Alderis has licensed ALD-12.", "license", {"passive": False, "perfect": True}),
        ("ALD-12 is licensed to Corvex.", "license", {"passive": True, "perfect": False}),
        ("ALD-12 has been licensed to Corvex.", "license", {"passive": True, "perfect": True}),
        ("Alderis will not continue the program.", "continue", {"negated": True, "modality": Modality.PLANNED}),
        ("Alderis may receive royalties.", "receive", {"modality": Modality.CONDITIONAL}),
        ("Alderis is eligible to receive royalties.", "receive", {"modality": Modality.CONDITIONAL}),
        ("Alderis plans to file an IND.", "file", {"modality": Modality.PLANNED, "chain": ("plan",)}),
        ("Alderis has agreed to grant a license.", "grant", {"modality": Modality.ASSERTED, "chain": ("agree",)}),
        ("Alderis declined to exercise its option.", "exercise", {"negated": True}),
        ("The trial is expected to be completed in May.", "complete", {"modality": Modality.PLANNED, "passive": True}),
        ("Alderis hasn't licensed ALD-12.", "license", {"negated": True}),
    ],
)
def test_a_verb_group_knows_voice_polarity_and_modality(text: str, lemma: str, expected: dict[str, object]) -> None:
    groups = parse(text)
    group = groups[verb(groups, lemma)]
    assert {name: getattr(group, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "lemma", "expected"),
    [
        ("Alderis and Borgmann AG announced a deal.", "announce", ["Alderis", "Borgmann AG"]),
        ("In May 2001, Alderis announced a deal.", "announce", ["Alderis"]),
        ("Under the agreement with Corvex, Alderis receives royalties.", "receive", ["Alderis"]),
        (
            "Alderis, an affiliate of Borgmann AG, Corvex and Dorn Bio signed a deal.",
            "sign",
            ["Alderis", "Corvex", "Dorn Bio"],
        ),
        ("Corvex said that Alderis had licensed the right.", "license", ["Alderis"]),
        ("Alderis signed a deal and will pay royalties.", "pay", ["Alderis"]),
        ("Alderis licensed Corvex a drug and, under the terms of a deal, will pay royalties.", "pay", ["Alderis"]),
        ("Alderis sold the drug and Dorn Bio will pay royalties.", "pay", ["Dorn Bio"]),
        ("Alderis licensed ALD-12 to Corvex and Dorn Bio will pay royalties.", "pay", ["Dorn Bio"]),
        ("Alderis said the drug and the antibody will enter trials.", "enter", ["the drug", "the antibody"]),
        ("Alderis, which holds the rights, licensed ALD-12.", "license", ["Alderis"]),
        ("Rights held by Corvex, which licensed them, lapsed.", "license", ["Corvex"]),
        ("Alderis has agreed to grant Corvex a license to develop the drug.", "develop", ["Alderis"]),
    ],
)
def test_the_subject_is_found_over_what_stands_between(text: str, lemma: str, expected: list[str]) -> None:
    groups = parse(text)
    assert words(text, groups, subject(groups, verb(groups, lemma))) == expected


def test_a_participle_after_its_noun_is_passive_and_modifies_it() -> None:
    text = "Products licensed from Corvex are expected to be launched in 2003."
    groups = parse(text)
    at = verb(groups, "license")
    assert is_reduced(groups, at)
    assert words(text, groups, subject(groups, at)) == ["Products"]


def test_a_past_tense_with_an_object_is_no_participle() -> None:
    groups = parse("Alderis licensed the right to Corvex.")
    assert not is_reduced(groups, verb(groups, "license"))


def test_complements_carry_their_preposition_and_depth() -> None:
    text = "Alderis licensed the right to Corvex to develop products that use its platform with antibodies in Japan."
    groups = parse(text)
    found = {groups[c.at].span.of(text): (c.preposition, c.depth) for c in complements(groups, verb(groups, "license"))}
    assert found["the right"] == ("", 0)
    assert found["Corvex"] == ("to", 0)
    assert found["products"][1] >= 1
    assert found["its platform"][1] >= 1


def test_the_next_clause_gives_no_complements() -> None:
    text = "Alderis granted a license to Corvex, and Borgmann AG will supply the drug."
    groups = parse(text)
    assert "Borgmann AG" not in [groups[c.at].span.of(text) for c in complements(groups, verb(groups, "grant"))]


def test_the_object_stands_right_after_the_verb() -> None:
    text = "Alderis acquired Corvex for cash."
    groups = parse(text)
    found = direct_object(groups, verb(groups, "acquire"))
    assert found is not None
    assert groups[found].span.of(text) == "Corvex"
    assert direct_object(parse("Alderis collaborates with Corvex."), 1) is None


def test_brackets_hang_on_the_group_before_them() -> None:
    groups = parse("Alderis, Inc. (Nasdaq: ALDR) announced a deal.")
    assert groups[0].role == NOUN
    assert [t.word for t in groups[0].bracket] == ["nasdaq", ":", "aldr"]


def test_a_possessor_is_not_the_head() -> None:
    groups = parse("Alderis's platform works.")
    assert groups[0].head(Kind.COMPANY) is None
    assert [t.word for t in groups[0].possessor] == ["alderis"]


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("Alderis licenses its platform.", "licenses", "V"),
        ("Both licenses were granted.", "licenses", "N"),
        ("products that target CD70", "target", "V"),
        ("the target is CD70", "target", "N"),
        ("ALD-12 vedotin Alderis triggers payment", "triggers", "V"),
        ("Alderis receives milestone payments.", "milestone", "N"),
    ],
)
def test_words_that_are_noun_and_verb_are_told_apart(text: str, word: str, tag: str) -> None:
    mentions = [Mention(Kind.COMPANY, Span(m.start(), m.end()), m.group(), "t") for m in COMPANIES.finditer(text)]
    assert {t.word: t.tag for t in tokenize(text, Span(0, len(text)), mentions)}[word] == tag


def test_the_numeral_of_phase_one_is_no_pronoun() -> None:
    text = "ALD-12 entered Phase I in October."
    groups = parse(text)
    assert "Phase I" in words(text, groups, tuple(range(len(groups))))


def test_today_does_not_make_the_announcing_a_premodifier() -> None:
    text = "Alderis, a company in Ohio, today announced receipt of a payment."
    groups = parse(text)
    assert words(text, groups, (direct_object(groups, verb(groups, "announce")) or 0,)) == ["receipt"]


@pytest.mark.parametrize("text", ["Alderis received marketing approval.", "Marketing approval was granted."])
def test_marketing_before_a_noun_is_no_verb(text: str) -> None:
    groups = parse(text)
    assert not any(g.role == VERB and g.lemma == "market" for g in groups)


@pytest.mark.parametrize(
    ("text", "lemma"),
    [("Alderis opened a trial.", "open"), ("A launch was foreseen.", "foresee"), ("Alderis aims to file.", "file")],
)
def test_verbs_of_beginning_and_foreseeing_are_known(text: str, lemma: str) -> None:
    assert parse(text)[verb(parse(text), lemma)].role == VERB
