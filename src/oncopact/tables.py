"""Answers as tables, and the places in the releases that their rows rest on."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from oncopact.cells import guarded
from oncopact.errors import OncopactError
from oncopact.namespaces import ID, compact
from oncopact.text import folded

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Quote", "Table"]

_SHOWN: Final = 5
"""As many quotes of one row are shown to people; files and frames get all."""

_LONG: Final = 400
"""As many characters of a sentence are shown to people."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One place in a release that a row rests on.

    Attributes:
        quote: The words, character for character.
        sentence: The sentence that they stand in, where the release's text is at hand; else empty.
        source: The release's file.
        issued: The release's date as stated, or empty.
        start, end: Code-point offsets into the release's text, half open.
        section: The kind of section.
        release: The release's IRI.
    """

    quote: str
    sentence: str
    source: str
    issued: str
    start: int
    end: int
    section: str
    release: str

    @property
    def words(self) -> str:
        """The sentence, or the words alone, on one line; a long sentence is cut around the words."""
        quote, sentence = folded(self.quote), folded(self.sentence)
        at = sentence.find(quote)
        if at < 0 or len(quote) > _LONG:
            return quote
        if len(sentence) <= _LONG:
            return sentence
        first = max(0, min(at - (_LONG - len(quote)) // 2, len(sentence) - _LONG))
        last = first + _LONG
        shown = sentence[first:last]
        if first and " " in shown[: at - first]:
            shown = shown.partition(" ")[2]  # no half words at the edges
        if last < len(sentence):
            shown = shown.rpartition(" ")[0] if " " in sentence[at + len(quote) : last] else shown
        return ("… " if first else "") + shown.strip() + (" …" if last < len(sentence) else "")

    @property
    def place(self) -> str:
        """Where it stands, in words: 'deal.txt, 2001-11-27 [10:42] body'."""
        dated = f", {self.issued}" if self.issued else ""
        return f"{self.source}{dated} [{self.start}:{self.end}] {self.section}"


_EVIDENCE: Final = ("quote", "sentence", "source", "issued", "start", "end", "section", "release")


@dataclass(frozen=True, slots=True)
class Table:
    """An answer.

    Attributes:
        columns: Names of the query's variables.
        rows: One cell for each column; None where the variable is unbound. IRIs are whole.
        numeric: The columns whose cells are all numbers.
        evidence: For each row the places that it rests on; empty where the question was asked without evidence.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    numeric: frozenset[str] = frozenset()
    evidence: tuple[tuple[Quote, ...], ...] = ()

    def __iter__(self) -> Iterator[tuple[str | None, ...]]:
        """The rows, in order."""
        return iter(self.rows)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def to_csv(self) -> str:
        """Comma-separated values with a header line; an unbound cell is empty.

        A cell that a spreadsheet would take for a formula begins with an apostrophe, see `cells.guarded`; JSON and
        frames have the cells as they are.

        With evidence, a row is repeated for each of its quotes, which stand in columns of their own.
        """
        sheet = io.StringIO()
        writer = csv.writer(sheet, lineterminator="\n")
        writer.writerow((*self.columns, *self._added()))
        writer.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in self._spread())
        return sheet.getvalue()

    def to_json(self) -> str:
        """A list of objects; an unbound cell is left out. With evidence, each has a list `evidence` of its quotes."""
        rows: list[dict[str, Any]] = [
            {column: cell for column, cell in zip(self.columns, row, strict=True) if cell is not None}
            for row in self.rows
        ]
        for row, quotes in zip(rows, self.evidence, strict=False):
            row["evidence"] = [{name: getattr(quote, name) for name in _EVIDENCE} for quote in quotes]
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"

    def to_pandas(self) -> pd.DataFrame:
        """The same as a frame, numbers as numbers; with evidence, a line for each quote, as in CSV.

        Raises:
            OncopactError: pandas, which is optional, is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise OncopactError("pandas is not installed", remedy="pip install 'oncopact[pandas]'") from error
        frame = pd.DataFrame(list(self._spread()), columns=[*self.columns, *self._added()], dtype=object)
        for column in sorted(self.numeric) + [name for name in ("start", "end") if self.evidence]:
            frame[column] = pd.to_numeric(frame[column])
        return frame

    def _added(self) -> tuple[str, ...]:
        """The columns of quotes, with another name where the answer has a column of that name."""
        if not self.evidence:
            return ()
        return tuple(f"{name}_of_quote" if name in self.columns else name for name in _EVIDENCE)

    def _spread(self) -> Iterator[tuple[str | int | None, ...]]:
        """Each row, with evidence once for each of its quotes."""
        if not self.evidence:
            yield from self.rows
            return
        for row, quotes in zip(self.rows, self.evidence, strict=True):
            for quote in quotes:
                yield (*row, *(getattr(quote, name) for name in _EVIDENCE))
            if not quotes:
                yield (*row, *(None for _ in _EVIDENCE))

    def shortened(self) -> Table:
        """The same with prefixed names in place of our IRIs, for people to read."""
        return replace(self, rows=tuple(tuple(cell and _short(cell) for cell in row) for row in self.rows))

    def readable(self, *, ids: bool = False) -> Table:
        """The same for people: columns that hold only ids left out, thousands set apart.

        Args:
            ids: Keep the ids, as prefixed names.
        """
        kept = [index for index, _ in enumerate(self.columns) if ids or not self._is_ids(index)]
        rows = tuple(tuple(self._shown(self.columns[index], row[index]) for index in kept) for row in self.rows)
        return replace(self, columns=tuple(self.columns[index] for index in kept), rows=rows).shortened()

    def _is_ids(self, index: int) -> bool:
        cells = [cell for row in self.rows if (cell := row[index])]
        return bool(cells) and all(part.startswith(str(ID)) for cell in cells for part in cell.split())

    def _shown(self, column: str, cell: str | None) -> str | None:
        if cell is None or column not in self.numeric or column == "year":
            return cell
        whole, point, rest = cell.partition(".")
        return f"{int(whole):,}{point}{rest}"

    def quotes(self, row: int) -> tuple[tuple[str, str], ...]:
        """A row's evidence for people: pairs of words and their place, each sentence once, the first few of many."""
        if not self.evidence:
            return ()
        said: dict[tuple[str, str], str] = {}
        for quote in self.evidence[row]:
            said.setdefault((quote.release, quote.words), quote.place)
        lines = [(f'"{words}"', place) for (_, words), place in said.items()]
        more = len(lines) - _SHOWN
        return tuple([*lines[:_SHOWN], (f"and {more} more", "")] if more > 0 else lines)

    def _repr_html_(self) -> str:
        """The table as a notebook shows it; ids are left out, quotes fold out below their row."""
        shown = self.readable()
        head = "".join(f"<th>{html.escape(_heading(column))}</th>" for column in shown.columns)
        body = []
        for index, row in enumerate(shown.rows):
            cells = "".join(self._html(column, cell) for column, cell in zip(shown.columns, row, strict=True))
            body.append(f"<tr>{cells}</tr>")
            if quotes := self.quotes(index):
                lines = "<br>".join(html.escape(" ".join(filter(None, quote))) for quote in quotes)
                body.append(
                    f'<tr><td colspan="{len(shown.columns)}" style="text-align:left">'
                    f"<details><summary>evidence</summary>{lines}</details></td></tr>"
                )
        count = f"{len(self)} row{'' if len(self) == 1 else 's'}"
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table><p>{count}</p>"

    def _html(self, column: str, cell: str | None) -> str:
        side = "right" if column in self.numeric else "left"
        return f'<td style="text-align:{side}">{html.escape(cell or "")}</td>'


def _heading(column: str) -> str:
    return column.replace("_", " ")


def _short(cell: str) -> str:
    if " " in cell and all(part.startswith(str(ID)) for part in cell.split()):
        return " ".join(map(_short, cell.split()))
    return compact(cell) if cell.startswith(("http://", "https://")) and not compact(cell).startswith("<") else cell
