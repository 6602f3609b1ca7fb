"""Evidence nodes → quotes with their sentences: what stands where in which release."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from oncopact.graph_view import GraphView, Seen, short
from oncopact.namespaces import DCTERMS
from oncopact.sentences import sentences
from oncopact.tables import Quote

__all__ = ["Places", "Texts", "sentence_around"]

Texts = Callable[[str], str | None]
"""Gives a release's text, in which offsets count, by the release's id; None where it is not at hand."""


class Places:
    """The places that evidence speaks of; texts and releases are looked up once.

    Args:
        view: The graph.
        texts: Gives releases' texts; without it quotes come without their sentences.
    """

    def __init__(self, view: GraphView, texts: Texts | None = None) -> None:
        self.view = view
        self._give = texts
        self._releases: dict[str, tuple[str, str, str]] = {}
        self._seen: dict[str, tuple[Seen, ...]] = {}

    def seen(self, node: str) -> tuple[Seen, ...]:
        """The evidence of a node, in the order of the text."""
        if node not in self._seen:
            self._seen[node] = self.view.evidence_for(node)
        return self._seen[node]

    def quotes(self, found: Iterable[Seen]) -> tuple[Quote, ...]:
        """The places by date, file and offset; one that lies inside another is left out."""
        seen = sorted(set(found), key=lambda item: (item.release, item.start, -item.end))
        kept: dict[tuple[str, int, int], Seen] = {}
        release, reach = "", -1
        for item in seen:
            if item.release != release:
                release, reach = item.release, -1
            if item.end > reach:
                kept[item.release, item.start, item.end] = item
                reach = item.end
        return tuple(sorted(map(self._quote, kept.values()), key=_by_date))

    def _quote(self, seen: Seen) -> Quote:
        source, issued, text = self._release(seen.release)
        return Quote(
            quote=seen.quote,
            sentence=sentence_around(text, seen.start, seen.end) if text else "",
            source=source,
            issued=issued,
            start=seen.start,
            end=seen.end,
            section=seen.section,
            release=seen.release,
        )

    def _release(self, iri: str) -> tuple[str, str, str]:
        """A release's file, date and text."""
        if iri not in self._releases:
            source, issued = (self.view.value(iri, prop) or "" for prop in (DCTERMS.source, DCTERMS.issued))
            text = self._give(short(iri).removeprefix("release/")) if self._give else None
            self._releases[iri] = (source, issued, text or "")
        return self._releases[iri]


def _by_date(quote: Quote) -> tuple[str, str, int, int]:
    return (quote.issued or "9999", quote.source, quote.start, quote.end)


def sentence_around(text: str, start: int, end: int) -> str:
    r"""The sentence that two offsets lie in; the words alone where they lie in none.

    >>> text = "Title\n\nAlpha Inc. paid $1 million. It will pay more."
    >>> sentence_around(text, text.index("paid"), text.index("million"))
    'Alpha Inc. paid $1 million.'
    """
    first = text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0
    last = text.find("\n\n", end)
    for span in sentences(text, first, last if last >= 0 else len(text)):
        if span.start <= start and end <= span.end:
            return span.of(text)
    return text[start:end]
