"""Text that remembers where each character came from."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncopact.model import Span
from oncopact.text import OffsetMap, TracedText, folded, joined

TEXTS = st.text(alphabet="abc &;\n\tÄ€", max_size=60)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[tuple[Span, str]]]:
    """A text, and disjoint ascending edits of it."""
    text = draw(TEXTS)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [(Span(start, end), draw(st.text("XYZ", max_size=3))) for start, end in pairs]


def test_an_untouched_text_is_its_own_source() -> None:
    text = TracedText.of("abc")
    assert [text.offsets.to_source(at) for at in range(3)] == [0, 1, 2]


def test_a_deleted_stretch_shifts_what_follows() -> None:
    text = TracedText.of("one<b>two").delete([Span(3, 6)])
    assert text.text == "onetwo"
    assert text.offsets.to_source(3) == 6


def test_a_replacement_stands_for_the_first_replaced_character() -> None:
    text = TracedText.of("R&amp;D").replace(re.compile("&amp;"), lambda _: "&")
    assert (text.text, text.offsets.to_source(1), text.offsets.to_source(2)) == ("R&D", 1, 6)


def test_an_insertion_stands_for_the_character_before_it() -> None:
    text = TracedText.of("ab").edit([(Span(1, 1), "--")])
    assert [text.offsets.to_source(at) for at in range(4)] == [0, 0, 0, 1]


def test_edits_of_edits_lead_back_to_the_first_source() -> None:
    once = TracedText.of("a<i>b</i>c").replace(re.compile("</?i>"), lambda _: "")
    twice = once.replace(re.compile("b"), lambda _: "BB")
    assert twice.text == "aBBc"
    assert [twice.offsets.to_source(at) for at in range(4)] == [0, 4, 4, 9]


def test_edits_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="out of order"):
        TracedText.of("abc").edit([(Span(2, 3), ""), (Span(0, 1), "")])


def test_deleting_everything_leaves_an_empty_text() -> None:
    assert TracedText.of("abc").delete([Span(0, 3)]) == TracedText("", OffsetMap.identity())


def test_the_span_of_no_characters_has_no_length_in_the_source() -> None:
    assert OffsetMap.identity().to_source_span(Span(2, 2)) == Span(2, 2)


def test_two_parts_of_one_source_keep_their_places_when_joined() -> None:
    source = TracedText.of("body|title")
    whole = joined(source.cut(5, 10), "\n\n", source.cut(0, 4))
    assert whole.text == "title\n\nbody"
    assert [source.text[whole.offsets.to_source(at)] for at in (0, 4, 7, 10)] == ["t", "e", "b", "y"]


def test_white_space_folds_to_single_blanks() -> None:
    assert folded("  Boehringer\n\tIngelheim ") == "Boehringer Ingelheim"


@given(edited())
def test_edits_give_what_they_say(case: tuple[str, list[tuple[Span, str]]]) -> None:
    text, edits = case
    wanted, position = "", 0
    for span, string in edits:
        wanted += text[position : span.start] + string
        position = span.end
    assert TracedText.of(text).edit(edits).text == wanted + text[position:]


@given(edited())
def test_every_kept_character_leads_to_itself(case: tuple[str, list[tuple[Span, str]]]) -> None:
    text, edits = case
    result = TracedText.of(text).edit(edits)
    for at, character in enumerate(result.text):
        source = result.offsets.to_source(at)
        assert 0 <= source <= max(len(text) - 1, 0)
        if character not in "XYZ":
            assert text[source] == character


@given(edited())
def test_source_offsets_never_go_back(case: tuple[str, list[tuple[Span, str]]]) -> None:
    result = TracedText.of(case[0]).edit(case[1])
    sources = [result.offsets.to_source(at) for at in range(len(result.text))]
    assert sources == sorted(sources)


@given(edited(), st.data())
def test_a_cut_keeps_text_and_sources(case: tuple[str, list[tuple[Span, str]]], data: st.DataObject) -> None:
    whole = TracedText.of(case[0]).edit(case[1])
    start = data.draw(st.integers(0, len(whole.text)))
    end = data.draw(st.integers(start, len(whole.text)))
    part = whole.cut(start, end)
    assert part.text == whole.text[start:end]
    assert [part.offsets.to_source(at) for at in range(len(part.text))] == [
        whole.offsets.to_source(at) for at in range(start, end)
    ]
