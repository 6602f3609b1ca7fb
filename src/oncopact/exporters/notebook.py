"""A graph as Jupyter shows it: plain HTML, no script, everything from releases escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from oncopact.summary import Summary, summarize

if TYPE_CHECKING:
    from oncopact.knowledge import KnowledgeGraph

SHOWN: Final = 10
"""How many agreements are shown."""


def html(graph: KnowledgeGraph) -> str:
    """How much of what is in a graph, who deals with whom, and what could not be read."""
    found = summarize(graph.view)
    parts = [f"<p><strong>Knowledge graph</strong>: {len(graph.quads):,} statements</p>", _counts(found)]
    parts += [_deals(found)] if found.deals else []
    failed = [failure for failure in graph.failures if not failure.skipped]
    if failed:
        names = ", ".join(escape(failure.name) for failure in failed[:SHOWN])
        parts.append(f"<p>{len(failed)} inputs could not be read: {names}{' …' if len(failed) > SHOWN else ''}</p>")
    return f'<div class="oncopact">{"".join(parts)}</div>'


def _counts(found: Summary) -> str:
    shown = [(name, number) for name, number in found.counts if number]
    return _table([name for name, _ in shown], [[f"{number:,}" for _, number in shown]])


def _deals(found: Summary) -> str:
    table = _table(("who", "what", "terms"), ((deal.who, deal.what, deal.terms) for deal in found.deals[:SHOWN]))
    more = len(found.deals) - SHOWN
    return table + (f"<p>and {more:,} more: <code>graph.table('agreements')</code></p>" if more > 0 else "")


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th style="text-align:left">{escape(name)}</th>' for name in heads)
    body = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if heads else ""


def _cell(text: str) -> str:
    return f'<td style="text-align:left">{escape(text)}</td>'
