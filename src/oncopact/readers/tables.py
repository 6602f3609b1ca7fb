"""HTML tables: which hold data, which only lay out a page, and what stands between their cells."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from enum import IntEnum

_TAG = re.compile(r"<(?P<close>/?)(?P<name>table|tr|td|th)\b[^<>]{0,8000}>", re.IGNORECASE)
_ANY = re.compile(r"<[^<>]{0,8000}>")
_MARKER = re.compile(r"[•·▪▫●○■□◦*†‡§➢✓–—-]|o|[*†‡]{1,3}|\(?\d{1,2}[.)]|\([a-z]{1,4}\)|\d{1,2}|\[\d{1,2}\]")
_SIGN = re.compile(r"\(?[$€£¥]\s?\(?")
_TAIL = re.compile(r"\)?\s?%?\)?")
_LONG_CELL = 600
_BLOCKS = re.compile(r"<(?:p|li|h[1-6]|center|hr)\b|<br\s*/?>\s*<br\b", re.IGNORECASE)
_PROSE = 200
_MANY_BLOCKS = 4
"""A cell of so many paragraphs is a column of a page, not a value."""


class Break(IntEnum):
    """What stands between two pieces of text, the stronger one winning."""

    NONE = 0
    BLANK = 1
    JOINT = 2
    CELL = 3
    LINE = 4
    PARAGRAPH = 5
    PAGE = 6


@dataclass(slots=True)
class _Table:
    start: int
    nested: bool = False
    rows: list[tuple[int, list[tuple[int, str]]]] = field(default_factory=list)  # end of row, (end of cell, text)
    cell: int = -1
    prose: bool = False


def table_breaks(source: str) -> tuple[dict[int, Break], frozenset[int]]:
    """The breaks that the cells and rows of data tables make, and where those tables begin.

    Tables that only lay out a page are not listed: their cells are paragraphs. A row of a mark and a text is a list
    item.

    Returns:
        For the offset of each tag that ends a cell or a row, its break; and the offsets of the `<table>` tags.

    >>> page = "<table><tr><td>Net</td><td>$</td><td>12</td></tr></table>"
    >>> [(page[at:at+5], kind.name) for at, kind in sorted(table_breaks(page)[0].items())]
    [('</td>', 'CELL'), ('</td>', 'JOINT'), ('</td>', 'NONE'), ('</tr>', 'LINE')]
    """
    breaks: dict[int, Break] = {}
    starts: set[int] = set()
    stack: list[_Table] = []
    for match in _TAG.finditer(source):
        name, closes = match["name"].lower(), bool(match["close"])
        if name == "table" and not closes:
            if stack:
                stack[-1].nested = True
            stack.append(_Table(match.start()))
        elif stack:
            table = stack[-1]
            _end_cell(source, table, match.start())
            if name in ("td", "th") and not closes:
                table.cell = match.end()
                if not table.rows:
                    table.rows.append((-1, []))
            elif name == "tr":
                _end_row(table, match.start(), opens=not closes)
            elif name == "table":
                _end_row(table, match.start(), opens=False)
                stack.pop()
                if not table.nested and (decided := _decide(table)):
                    breaks.update(decided)
                    starts.add(table.start)
    return breaks, frozenset(starts)


def _end_cell(source: str, table: _Table, at: int) -> None:
    if table.cell >= 0:
        raw = "" if table.nested else source[table.cell : at]
        inside = " ".join(html.unescape(_ANY.sub(" ", raw)).split())
        table.prose = table.prose or (len(inside) >= _PROSE and len(_BLOCKS.findall(raw)) >= _MANY_BLOCKS)
        table.rows[-1][1].append((at, inside))
        table.cell = -1


def _end_row(table: _Table, at: int, *, opens: bool) -> None:
    if table.rows and table.rows[-1][0] < 0:
        table.rows[-1] = (at, table.rows[-1][1])
    if opens:
        table.rows.append((-1, []))


def _decide(table: _Table) -> dict[int, Break]:
    filled = [(end, [(at, text) for at, text in cells if text]) for end, cells in table.rows]
    items = sum(_is_item(cells) for _, cells in filled)
    wide = sum(len(cells) >= 2 for _, cells in filled)
    longest = max((len(text) for _, cells in filled for _, text in cells), default=0)
    if not wide or ((longest > _LONG_CELL or table.prose) and not items):
        return {}
    breaks: dict[int, Break] = {}
    for number, (end, cells) in enumerate(filled):
        item = _is_item(cells) and items * 2 >= wide
        for at, _ in table.rows[number][1]:
            breaks[at] = Break.BLANK
        for index, (at, text) in enumerate(cells):
            breaks[at] = Break.BLANK if item else _between(text, cells[index + 1][1] if index + 1 < len(cells) else "")
        breaks[end] = Break.PARAGRAPH if item or longest > _LONG_CELL else Break.LINE
    return breaks


def _is_item(cells: list[tuple[int, str]]) -> bool:
    """Whether a row is a list item: a mark, then a text."""
    return len(cells) == 2 and _MARKER.fullmatch(cells[0][1]) is not None and len(cells[1][1]) >= 15


def _between(text: str, following: str) -> Break:
    if not following:
        return Break.NONE
    if _SIGN.fullmatch(text) or _TAIL.fullmatch(following):
        return Break.JOINT
    return Break.CELL
