"""The vocabulary's files: what each column holds, read strictly, and linted.

One file per class of thing, tab separated, one header, one row per thing, sorted by the first column; `|` separates the
items of a list cell. What a file may hold is data (`TABLES`); the checks follow from it. A user's own folder has files
of the same names; its rows add to ours or, under the same key, replace them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from oncopact.errors import VocabularyError
from oncopact.naming import squeeze
from oncopact.resources import folder
from oncopact.vocabulary_schema import PREFIXES, TABLES, Table, iri, is_match


@dataclass(frozen=True, slots=True)
class Row:
    """One row, and the place that it was read from."""

    table: Table
    path: Path
    line: int
    cells: tuple[str, ...]

    @property
    def key(self) -> str:
        """The first cell."""
        return self.cells[0]

    @property
    def where(self) -> str:
        """`file:line`."""
        return f"{self.path}:{self.line}"

    def text(self, column: str) -> str:
        """The cell as it stands, '' when empty."""
        return self.cells[self.table.index[column]]

    def items(self, column: str) -> tuple[str, ...]:
        """The items of a list cell."""
        cell = self.cells[self.table.index[column]]
        return tuple(cell.split("|")) if cell else ()

    def names(self) -> Iterator[tuple[str, str]]:
        """The column and the text of each name, the same text once."""
        seen = set()
        for column, cell in zip(self.table.columns, self.cells, strict=True):
            if cell and column.naming:
                for item in cell.split("|"):
                    if item not in seen:
                        seen.add(item)
                        yield column.name, item


Rows = Mapping[str, Mapping[str, Row]]
"""File name to key to row."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A breach of a file's rules."""

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """One line: `file:line: what; remedy`."""
        return f"{self.where}: {self.what}; {self.remedy}"

    def error(self) -> VocabularyError:
        """As an exception."""
        return VocabularyError(self.what, where=self.where, remedy=self.remedy)


__all__ = ["TABLES", "Problem", "Row", "Rows", "check", "iri", "lint", "read"]

# ---------------------------------------------------------------- reading

_STRAY = (
    *("\n ", " \n", " \t", "\t ", "  ", " |", "| ", "||", "\t|", "|\t", "|\n", "\n|"),
    *("\r", "\v", "\f", "\u00a0", "\u200b", "\ufeff"),
)


def read(directories: Sequence[Path] = ()) -> Rows:
    """All rows of the shipped vocabulary and of the user's folders, later ones replacing earlier ones of their key.

    A user's rows are checked for meaning, too (keys that lead nowhere, an alias of two things); the shipped rows are
    checked by the tests instead, because every run pays for it.

    Raises:
        VocabularyError: A file breaks its rules; the message names file and line.
    """
    merged: dict[str, dict[str, Row]] = {table.file: {} for table in TABLES}
    for directory in (folder("ontology/vocabulary"), *directories):
        for problem in _strangers(directory):
            raise problem.error()
        for table in TABLES:
            rows, problems = _read_table(table, directory / table.file)
            for problem in problems:
                raise problem.error()
            merged[table.file].update((row.key, row) for row in rows)
    if directories:
        for problem in check(merged):
            raise problem.error()
    return merged


def _strangers(directory: Path) -> Iterator[Problem]:
    if not directory.is_dir():
        yield Problem(str(directory), "there is no such folder", "name a folder that holds vocabulary files")
        return
    known = {table.file for table in TABLES}
    for path in sorted(directory.glob("*.tsv")):
        if path.name not in known:
            yield Problem(f"{path}:1", "no vocabulary file has this name", f"use one of {', '.join(sorted(known))}")


def _read_table(table: Table, path: Path) -> tuple[list[Row], list[Problem]]:
    """The rows of a file, and what is wrong with its form; a missing file has neither."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return [], []
    except UnicodeDecodeError as error:
        return [], [Problem(f"{path}:1", f"the file is not UTF-8 ({error.reason})", "save it as UTF-8")]
    header, *lines = text.split("\n")
    if header != table.header:
        return [], [Problem(f"{path}:1", "the header is not this file's", f"write {table.header!r}")]
    problems = []
    if lines and lines[-1] == "":
        lines.pop()
    else:
        problems.append(Problem(f"{path}:{len(lines) + 1}", "the last line does not end", "end it with a line break"))
    for place in sorted(text.index(stray) for stray in _STRAY if stray in text)[:1]:
        line = text.count("\n", 0, place) + (2 if text[place] == "\n" else 1)
        problems.append(Problem(f"{path}:{line}", "a stray blank, bar or invisible character", "take it out"))
    rows, width, previous = [], len(table.columns), ""
    for number, line_text in enumerate(lines, start=2):
        row = Row(table, path, number, tuple(line_text.split("\t")))
        if len(row.cells) != width:
            problems.append(Problem(row.where, f"{len(row.cells)} cells for {width} columns", "add or remove tabs"))
            continue
        if row.key <= previous:
            what = "a second row of this key" if row.key == previous else f"not sorted: after {previous!r}"
            problems.append(Problem(row.where, what, "keep one row per key, sorted by the first column"))
        previous = row.key
        rows.append(row)
    return rows, problems


# ---------------------------------------------------------------- meaning


def lint(directory: Path) -> tuple[str, ...]:
    """All that is wrong with a folder of vocabulary files, as lines `file:line: what; remedy`, sorted by file and line.

    A folder that is not the shipped one is checked together with the shipped rows that it adds to or replaces, and
    only its own lines are reported.
    """
    problems = list(_strangers(directory))
    merged: dict[str, dict[str, Row]] = {table.file: {} for table in TABLES}
    shipped = folder("ontology/vocabulary")
    for base in dict.fromkeys((shipped.resolve(), directory.resolve())):
        for table in TABLES:
            rows, found = _read_table(table, base / table.file)
            merged[table.file].update((row.key, row) for row in rows)
            if base == directory.resolve():
                problems += found
    own = str(directory.resolve())
    problems += (problem for problem in check(merged) if problem.where.startswith(own))
    return tuple(str(problem) for problem in sorted(set(problems), key=_place))


def _place(problem: Problem) -> tuple[str, int, str]:
    path, _, line = problem.where.rpartition(":")
    return (path, int(line), problem.what) if line.isdigit() else (problem.where, 0, problem.what)


def check(rows: Rows) -> Iterator[Problem]:
    """What is wrong with the meaning of rows: cells, references, names of two things, INN names."""
    keys = {key: row for table in TABLES if table.classes for key, row in rows[table.file].items()}
    for row in chain.from_iterable(table.values() for table in rows.values()):
        yield from _check_cells(row)
        yield from _check_references(row, keys)
        yield from _check_names(row)
    yield from _check_ambiguity(rows)
    yield from _check_inn(rows)


def _check_cells(row: Row) -> Iterator[Problem]:
    if row.table.classes and row.key.partition("/")[0] not in row.table.classes:
        yield Problem(row.where, f"the key {row.key!r} is of another class", f"start it with {row.table.classes[0]}/")
    for column, cell in zip(row.table.columns, row.cells, strict=True):
        if not cell:
            if column.required:
                yield Problem(row.where, f"the cell {column.name} is empty", "fill it")
            continue
        items = cell.split("|") if column.many else (cell,)
        if len(set(items)) < len(items):
            yield Problem(row.where, f"the cell {column.name} has an item twice", "keep it once")
        for item in items:
            if column.pattern and not re.fullmatch(column.pattern, item):
                yield Problem(row.where, f"{column.name} cannot be {item!r}", f"it must look like {column.pattern}")
            elif column.name == "exact_matches" and not is_match(item):
                yield Problem(row.where, f"{item!r} is no id that we know", f"use {', '.join(sorted(PREFIXES))}")


def _check_references(row: Row, keys: Mapping[str, Row]) -> Iterator[Problem]:
    for column, cell in zip(row.table.columns, row.cells, strict=True):
        if not cell or not column.refers:
            continue
        for key in cell.split("|") if column.many else (cell,):
            if key not in keys:
                yield Problem(row.where, f"{column.name} leads to {key!r}, which has no row", "add it or correct it")
            elif "*" not in column.refers and key.partition("/")[0] not in column.refers:
                yield Problem(row.where, f"{column.name} cannot be {key!r}", f"name a {column.refers[0]}")
            elif key == row.key:
                yield Problem(row.where, f"{column.name} leads back to its own row", "take it out")


def _check_names(row: Row) -> Iterator[Problem]:
    """Names that running text would hit by chance."""
    if not any(column.naming for column in row.table.columns):
        return
    weak = row.items("weak_aliases")
    for column, name in row.names():
        letters = squeeze(name)
        if len(letters) < 2 or not any(character.isalnum() for character in letters):
            yield Problem(row.where, f"the name {name!r} is too short to be found", "leave it out")
        elif name in weak or column == "label":
            continue
        elif len(letters) <= 3 and letters.isalpha() and letters.isascii():
            yield Problem(row.where, f"{name!r} is an acronym of three letters or fewer", "move it to weak_aliases")


def _check_ambiguity(rows: Rows) -> Iterator[Problem]:
    shipped = folder("ontology/vocabulary")
    owners: dict[str, dict[str, Row]] = {}
    for table in TABLES:
        for row in rows[table.file].values():
            for _, name in row.names():
                owners.setdefault(squeeze(name), {})[row.key] = row
    declared = {squeeze(name): row for name, row in rows["ambiguous.tsv"].items()}
    for letters, found in sorted(owners.items()):
        if len(found) < 2:
            continue
        known = set(declared[letters].items("keys")) if letters in declared else set()
        if missing := sorted(set(found) - known):
            # blame the declaration that leaves one out, else a row of the user, who cannot change ours
            row = declared.get(letters) or max(found.values(), key=lambda row: (row.path.parent != shipped, row.key))
            yield Problem(
                row.where,
                f"{_printed(found[missing[0]], letters)!r} is a name of {' and '.join(sorted(found))}",
                "declare it in ambiguous.tsv, or keep it for one of them",
            )
    for letters, row in declared.items():
        for key in row.items("keys"):
            if key not in owners.get(letters, {}):
                yield Problem(row.where, f"{key} does not have the name {row.key!r}", "take the key out")
        if row.text("prefer") and row.text("prefer") not in row.items("keys"):
            yield Problem(row.where, "the preferred key is none of the keys", "choose one of them")
        if len(row.items("keys")) < 2:
            yield Problem(row.where, "a name of one thing is not ambiguous", "list all things of that name")


def _printed(row: Row, letters: str) -> str:
    return next(name for _, name in row.names() if squeeze(name) == letters)


_INN_ENDS = re.compile(r"(?:mab|bart|tug|mig|ment|fusp|kin|cept|kefusp|vetmab|kitug|stotug|citug)$")


def _check_inn(rows: Rows) -> Iterator[Problem]:
    """An INN names an antibody we know by its stem and, in a conjugate, a suffix that agrees with the payload."""
    suffixes = {key.partition("/")[2]: row for key, row in rows["suffixes.tsv"].items()}
    antibodies = rows["antibodies.tsv"]
    for row in antibodies.values():
        if row.text("inn") and not _INN_ENDS.search(row.text("inn")):
            yield Problem(row.where, f"{row.text('inn')!r} does not end like an antibody's INN", "correct it")
    for row in rows["conjugates.tsv"].values():
        words = row.text("inn").split()
        if len(words) < 2 or words[0] == "iodine":
            continue
        if words[-1] not in suffixes:
            yield Problem(row.where, f"the INN's second word {words[-1]!r} is unknown", "add it to suffixes.tsv")
            continue
        encoded = suffixes[words[-1]].text("payload")
        if encoded and row.text("payload") not in ("", encoded):
            yield Problem(row.where, f"{words[-1]} encodes {encoded}, not {row.text('payload')}", "correct one of them")
        antibody = antibodies.get(row.text("antibody"))
        if antibody is None or antibody.text("inn") != words[0]:
            yield Problem(row.where, f"the antibody is not {words[0]}", "name the antibody of that INN")
