"""The worst releases of an evaluation as one page: what is missed and spurious, and where in the text.

The page is one file without scripts or outside requests; all text from releases and records is escaped.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import Final

from oncopact.evaluate import Evaluation, Judged
from oncopact.evaluate_count import Difference
from oncopact.evaluate_report import brief, lines_of, own_f1, stage_table, table, wrong
from oncopact.evaluate_stages import Stage, Trace
from oncopact.model import Span

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_STYLE: Final = """
:root { color-scheme: light dark; --paper: #fdfdfb; --ink: #1d2126; --soft: #5c6670; --line: #d9dcdf; --card: #ffffff;
  --miss: #ffd9d2; --miss-ink: #9c2312; --fact: #cdebd5; --name: #8aa0b8; --extra: #7a4b00; --extra-back: #ffefcc; }
@media (prefers-color-scheme: dark) { :root { --paper: #15181c; --ink: #e4e7ea; --soft: #9aa5b0; --line: #343a41;
  --card: #1c2025; --miss: #5c231a; --miss-ink: #ffb4a5; --fact: #1e4a2e; --name: #6d87a3; --extra: #ffd27a;
  --extra-back: #453510; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 78rem; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
p { margin: .25rem 0 .75rem; max-width: 48rem; } .soft { color: var(--soft); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .75rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: 0; } th { color: var(--soft); font-weight: 600; }
details { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin: 0 0 .75rem; }
summary { cursor: pointer; padding: .7rem 1rem; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
summary::before { content: "▸"; color: var(--soft); } details[open] > summary::before { content: "▾"; }
summary::-webkit-details-marker { display: none; }
summary b { overflow-wrap: anywhere; } summary span { color: var(--soft); font-variant-numeric: tabular-nums; }
.body { display: grid; gap: 0 1.5rem; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
  border-top: 1px solid var(--line); }
@media (max-width: 60rem) { .body { grid-template-columns: minmax(0, 1fr); } }
.list { list-style: none; margin: 0; padding: .75rem 0 1rem 1rem; font-size: .875rem; }
.list li { padding: .35rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.list li:last-child { border-bottom: 0; } .list a { color: inherit; }
.tag { display: inline-block; padding: 0 .45rem; border-radius: 4px; font-size: .78rem; margin-right: .35rem; }
.missed { background: var(--miss); color: var(--miss-ink); } .spurious { background: var(--extra-back);
  color: var(--extra); }
.text { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; padding: 1rem; max-height: 42rem; overflow-y: auto;
  font: 14.5px/1.6 Georgia, "Times New Roman", serif; border-left: 1px solid var(--line); }
@media (max-width: 60rem) { .list { padding-right: 1rem; }
  .text { border-left: 0; border-top: 1px solid var(--line); } }
.text mark { color: inherit; background: none; border-radius: 2px; }
.text mark.f { background: var(--fact); } .text mark.n { border-bottom: 2px dotted var(--name); }
.text mark.m { background: var(--miss); box-shadow: 0 0 0 1px var(--miss-ink); }
.text mark:target { outline: 3px solid var(--miss-ink); }
.key mark { color: inherit; padding: 0 .3rem; border-radius: 2px; background: none; margin-right: .8rem; }
.key mark.f { background: var(--fact); } .key mark.n { border-bottom: 2px dotted var(--name); }
.key mark.m { background: var(--miss); box-shadow: 0 0 0 1px var(--miss-ink); }
@media print { .text { max-height: none; } }
"""


_KEY: Final = (
    '<p class="key soft"><mark class="m">words of a missed fact</mark><mark class="f">evidence of a found fact</mark>'
    '<mark class="n">recognised name or value</mark></p>'
)


def page(evaluation: Evaluation, *, worst: int = 20) -> str:
    """The page.

    Args:
        evaluation: The run.
        worst: How many releases to show, those with the most wrong decisions first.
    """
    ranked = sorted(evaluation.judged, key=lambda item: (-_errors(item), item.id))
    shown = [item for item in ranked if _errors(item)][:worst]
    left_out = f", the vocabulary's {', '.join(evaluation.without)} left out" if evaluation.without else ""
    half = "" if evaluation.half == "all" else f", the {evaluation.half} half"
    title = f"Evaluation of {evaluation.corpus}"
    parts = [
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        f"<h1>{escape(title)}</h1>",
        f'<p class="soft">{len(evaluation.judged)} releases{escape(half + left_out)}.</p>',
        "<h2>Figures</h2>",
        *_table(table(evaluation)),
        "<h2>Where the missed decisions were lost</h2>",
        *_table(stage_table(evaluation)),
        f"<h2>The {len(shown)} releases with the most wrong decisions</h2>",
        _KEY,
        *(line for number, item in enumerate(shown) for line in _release(number, item)),
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _errors(item: Judged) -> int:
    counts = wrong(item)
    return counts.fp + counts.fn


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    head, *body = rows
    width = len(head)
    cells = [[*row, *[""] * (width - len(row))] for row in body]
    return [
        '<div class="wide"><table>',
        f"<tr>{''.join(f'<th>{escape(cell)}</th>' for cell in head)}</tr>",
        *(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in cells),
        "</table></div>",
    ]


# ---------------------------------------------------------------- one release


def _release(number: int, item: Judged) -> list[str]:
    counts = wrong(item)
    cells = (f"F1 {own_f1(item):.3f}", f"{counts.tp} right", f"{counts.fn} missed", f"{counts.fp} spurious")
    figures = "".join(f"<span>{cell}</span>" for cell in cells)
    marks = _Marks(f"r{number}")
    told = [_difference(difference, stage, item.trace, marks) for difference, stage in item.differences]
    text = _marked(item.trace, marks) if item.trace else escape(item.failure.message if item.failure else "no text")
    return [
        f"<details{' open' if number == 0 else ''}>",
        f"<summary><b>{escape(item.id)}</b>{figures}</summary>",
        '<div class="body">',
        f'<ul class="list">{"".join(told)}</ul>',
        f'<div class="text">{text}</div>',
        "</div></details>",
    ]


class _Marks:
    """Places of missed facts in one release's text, each with the anchor that the list points at."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.spans: dict[Span, str] = {}

    def anchor(self, span: Span) -> str:
        return self.spans.setdefault(span, f"{self.prefix}-{len(self.spans)}")


def _difference(difference: Difference, stage: Stage | None, trace: Trace | None, marks: _Marks) -> str:
    if difference.follows:
        return ""
    anchor = _anchor(difference, trace, marks) if difference.missed else None
    items = []
    for text in lines_of(difference, stage):
        verdict, _, rest = text.partition(": ")
        kind = "spurious" if verdict == "spurious" else "missed"
        told = f'<a href="#{anchor}">{escape(rest)}</a>' if anchor else escape(rest)
        items.append(f'<li><span class="tag {kind}">{escape(verdict)}</span>{told}</li>')
    return "".join(items)


def _anchor(difference: Difference, trace: Trace | None, marks: _Marks) -> str | None:
    """The place of what was missed: the words that its record quotes, else the name's first place."""
    if trace is None:
        return None
    record = difference.gold
    quote = record.get("quote") if isinstance(record, dict) else None
    spans = trace.places.quote(str(quote)) if quote else ()
    if not spans and difference.level == "name":
        spans = trace.places.name(brief(record))[:1]
    anchors = [marks.anchor(span) for span in spans]
    return anchors[0] if anchors else None


def _marked(trace: Trace, marks: _Marks) -> str:
    """The text with missed words, evidence and mentions marked; where they overlap each stretch bears all its marks."""
    findings = trace.findings
    text = findings.document.text
    facts = (
        *(fact.evidence for fact in findings.agreements),
        *(fact.evidence for fact in findings.milestones),
        *(fact.evidence for fact in findings.payments),
    )
    layers = {
        "m": _merged(marks.spans),
        "f": _merged(seen.span for evidence in facts for seen in evidence),
        "n": _merged(mention.span for mention in findings.mentions),
    }
    starts = {span.start: anchor for span, anchor in sorted(marks.spans.items(), reverse=True)}
    inner = {edge for spans in layers.values() for span in spans for edge in (span.start, span.end)}
    parts = []
    for start, end in pairwise(sorted({0, len(text), *starts, *inner})):
        classes = [name for name, spans in layers.items() if _covered(start, spans)]
        words = escape(text[start:end])
        anchor = f' id="{starts[start]}"' if start in starts else ""
        parts.append(f'<mark class="{" ".join(classes)}"{anchor}>{words}</mark>' if classes else words)
    return "".join(parts)


def _covered(offset: int, spans: Sequence[Span]) -> bool:
    """Whether one of the ascending disjoint spans holds the offset."""
    at = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return at >= 0 and offset < spans[at].end


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Ascending disjoint spans that cover the same characters."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        elif span.start < span.end:
            found.append(span)
    return found
