"""Where a costly pattern is worth trying: one pass over the text finds the words that must be there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from ahocorasick_rs import AhoCorasick, MatchKind

Spotter: TypeAlias = Callable[[str, int, int], list[tuple[int, int]]]
"""Text, start, end → the ranges of the words found there, ascending and disjoint."""


def spotter(words: Iterable[str]) -> Spotter:
    """A function that finds `words`, the longest first where they overlap, whatever stands around them.

    >>> spotter(("euro", "euros", "$"))("ten euros or $12", 0, 16)
    [(4, 9), (13, 14)]
    """
    automaton = AhoCorasick(sorted(set(words)), matchkind=MatchKind.LeftmostLongest)

    def spots(text: str, start: int, end: int) -> list[tuple[int, int]]:
        part = text if start == 0 and end == len(text) else text[start:end]
        return [(start + at, start + to) for _, at, to in automaton.find_matches_as_indexes(part)]

    return spots


def cased(words: Iterable[str]) -> set[str]:
    """Each word in small letters, with a capital and in capitals.

    >>> sorted(cased(["may"]))
    ['MAY', 'May', 'may']
    """
    return {form for word in words for form in (word, word.capitalize(), word.upper())}
