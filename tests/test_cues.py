"""The cues: a sentence that is shown to no rule would have given nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from oncopact.extract import extract
from oncopact.extractors.catalogue import RULES, Rule
from oncopact.extractors.cues import Wanted, wanted
from oncopact.lexicon import load
from oncopact.model import Kind, Mention, Release, SectionKind, Sentence, Span
from oncopact.readers import read, read_bytes
from oncopact.segment import segment

HERE = Path(__file__).parent
LEXICON = load()
FOLDERS = (HERE / "cases", HERE.parent / "examples" / "releases")
LEAD = "VIENNA, May 3, 2021 -- Alderis, Inc. and Borgmann AG develop medicines for patients with cancer."


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_showing_every_sentence_to_every_rule_finds_nothing_more(folder: Path) -> None:
    documents = [segment(item) for item in read(folder) if isinstance(item, Release)]
    differing = [
        document.release.source.name
        for document in documents
        if extract(document, LEXICON) != extract(document, LEXICON, thorough=True)
    ]
    assert documents
    assert differing == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_examples_of_rules_lose_nothing(rule: Rule) -> None:
    for sentence in (rule.example, rule.counterexample):
        text = sentence if "\n\n" in sentence else f"News from Vienna\n\n{LEAD}\n\n{sentence}\n"
        for item in read_bytes(text.encode(), name="release.txt"):
            assert isinstance(item, Release)
            document = segment(item)
            assert extract(document, LEXICON) == extract(document, LEXICON, thorough=True)


@pytest.mark.parametrize("name", ["milestones.tsv", "payments.tsv"])
def test_written_rows_lose_nothing(name: str) -> None:
    """Whoever writes a rule writes rows for it; a cue that it lacks shows here."""
    lines = (HERE / "values" / name).read_text(encoding="utf-8").splitlines()
    texts = {row[1 + (name == "payments.tsv")] for line in lines if len(row := line.split("\t")) > 2}
    differing = []
    for text in sorted(texts):
        release = f"News from Vienna\n\n{LEAD}\n\n{text}\n".replace("\\n", "\n")
        for item in read_bytes(release.encode(), name="release.txt"):
            assert isinstance(item, Release)
            document = segment(item)
            if extract(document, LEXICON) != extract(document, LEXICON, thorough=True):
                differing.append(text)
    assert len(texts) > 100
    assert differing == []


def asked(text: str, *mentions: tuple[Kind, str]) -> Wanted:
    sentence = Sentence(0, Span(0, len(text)), 0, SectionKind.BODY)
    places = [(kind, name, text.index(name)) for kind, name in mentions]
    found = [Mention(kind, Span(at, at + len(name)), name, "test") for kind, name, at in places]
    return wanted(text, text.lower(), [sentence], sorted(found, key=lambda mention: mention.span))[0]


def test_sentence_without_cues_is_shown_to_nobody() -> None:
    assert asked("Alderis, Inc. is a company of people who care.") == Wanted()


def test_text_without_sentences_has_nothing_to_show() -> None:
    assert wanted("licence", "licence", [], []) == ()


def test_verb_needs_a_thing_of_its_sort() -> None:
    assert asked("Alderis, Inc. granted an interview to a paper.") == Wanted()
    assert asked("Alderis, Inc. granted a licence to a firm.").agreements


def test_words_count_whole_whatever_hyphen_joins_them() -> None:
    assert asked("It in\u2011licensed the drug.").agreements
    assert not asked("The transpacific routes are long.").agreements


def test_amount_is_shown_to_payments_and_molecule_to_relations() -> None:
    text = "ALD-12 costs $5 million a year."
    found = asked(text, (Kind.CONJUGATE, "ALD-12"), (Kind.MONEY, "$5 million"))
    assert (found.relations, found.payments) == (True, True)


def test_product_counts_as_a_thing_that_is_approved() -> None:
    assert not asked("The committee approves of it.").milestones
    assert asked("The agency approves ALD-12.", (Kind.PRODUCT, "ALD-12")).milestones
