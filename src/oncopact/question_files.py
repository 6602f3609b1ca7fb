"""Question files: SPARQL with a header that says what is asked, with which parameters, and what an answer rests on.

    # title: Which rights to a technology are taken?
    # number: 4
    # also: licences-of-technology
    # asked by: business development
    # parameter technology (technology, required): The platform.
    # parameter since (date <= ?_latest): Only what happened on this day or later.
    # explanation: One row per agreement.
    #   More of it, on lines that begin with three blanks.
    # evidence: ?agreement; ?conjugate op:hasPayload ?payload; ?company in ?_release
    # words: ?what
    # months: ?to_filing = ?_first ?_last ?_filed_first ?_filed_last

A parameter is a variable of its name in the SELECT clause; the value given is substituted for it, and the text "any"
where none is. One with a comparison is compared with a column's value instead, row by row. Columns that begin with an
underscore are for such work and are not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pyoxigraph import QuerySolutions, Store

from oncopact.errors import QueryError
from oncopact.namespaces import PREFIXES

__all__ = ["KINDS", "Months", "NamedQuery", "Parameter", "Support", "read"]

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "company": "a name, or an id (company/immunogen)",
        "product": "a name or code of a conjugate, antibody, payload or other product",
        "conjugate": "a name, code or brand",
        "antibody": "a name or code",
        "payload": "a name",
        "target": "a name",
        "technology": "a name",
        "release": "its file, title or id",
        "payload family": "maytansinoid, auristatin, camptothecin, …",
        "date": "2003, 2003-11, 2003-Q4 or 2003-11-12",
        "number": "a whole number",
    }
)
"""The kinds of parameters, with what to give; any other is a choice, its words set apart by bars."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What the user may give.

    Attributes:
        name: As on the command line, `payload-family`.
        kind: One of `KINDS`, or `choice`.
        text: What it does.
        required: Whether the question makes no sense without it.
        choices: The values of a choice.
        comparison: How the value is compared with a column, `<=` or `>=`: the value given stands on the left. Empty for
            a value that is substituted.
        column: The column of the comparison.
        default: The value where none is given; empty for none.
    """

    name: str
    kind: str
    text: str
    required: bool = False
    choices: tuple[str, ...] = ()
    comparison: str = ""
    column: str = ""
    default: str = ""

    @property
    def variable(self) -> str:
        """The variable of that name."""
        return self.name.replace("-", "_")

    @property
    def given(self) -> str:
        """What to give, in words."""
        return " or ".join(self.choices) if self.choices else KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Support:
    """Where the evidence of a row is found.

    Attributes:
        subject: The column with the nodes that it speaks of.
        prop: The property that it states, as a prefixed name; empty for all that is said of the node.
        value: The column with the property's value; empty for any.
        release: The column with the release that it stands in; empty for all.
    """

    subject: str
    prop: str = ""
    value: str = ""
    release: str = ""


@dataclass(frozen=True, slots=True)
class Months:
    """A column that says how many months lie between two dates, each known by its first and last possible day."""

    column: str
    bounds: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, order=True)
class NamedQuery:
    """A question that ships with oncopact.

    Attributes:
        name: What to call it by.
        title: The question in a few words.
        description: What its rows and columns say.
        sparql: The query; prefixes need no declaration.
        also: Other names that it goes by.
        number: Its rank among the competency questions; 0 for a plain overview.
        asked_by: Who asks it, `business development`.
        parameters: In the order of the header.
        supports: Where the evidence of a row is found.
        words: Columns whose nodes are to be put into words.
        months: Columns that are computed from dates.
    """

    name: str
    title: str
    description: str
    sparql: str
    number: int = 0
    also: tuple[str, ...] = ()
    asked_by: str = ""
    parameters: tuple[Parameter, ...] = ()
    supports: tuple[Support, ...] = field(default=(), compare=False)
    words: tuple[str, ...] = ()
    months: tuple[Months, ...] = field(default=(), compare=False)

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name, hyphens or underscores."""
        wanted = name.replace("_", "-")
        return next((parameter for parameter in self.parameters if parameter.name == wanted), None)


_LINE: Final = re.compile(
    r"#\s(?P<key>[a-z]+(?: by)?)(?:\s(?P<name>[a-z][a-z-]*)\s\((?P<how>[^)]+)\))?:\s+(?P<text>.+)"
)
_MORE: Final = re.compile(r"#\s{3,}(?P<text>\S.*)")
_HOW: Final = re.compile(
    r"(?P<kind>[a-z |-]+?)(?:\s(?P<comparison><=|>=)\s\?(?P<column>\w+))?"
    r"(?P<required>,\srequired)?(?:,\sdefault\s(?P<default>[\w-]+))?"
)
_SUPPORT: Final = re.compile(
    r"\?(?P<subject>\w+)(?:\s(?P<prop>\w+:\w+)(?:\s\?(?P<value>\w+))?)?(?:\sin\s\?(?P<release>\w+))?"
)
_MONTHS: Final = re.compile(r"\?(\w+)\s=\s\?(\w+)\s\?(\w+)\s\?(\w+)\s\?(\w+)")
_ONCE: Final = ("title", "number", "also", "asked by", "explanation", "evidence", "words")


def read(path: Path) -> NamedQuery:
    """The question of a file, checked: its header, its SPARQL, and that the two speak of the same columns.

    Raises:
        QueryError: The file breaks the rules; the message names the line.
    """
    text = path.read_text(encoding="utf-8")
    once: dict[str, tuple[str, str]] = {}
    parameters: list[Parameter] = []
    months: list[Months] = []
    for where, match in _entries(path, text):
        key, words = match["key"], match["text"]
        if key == "parameter" and match["name"]:
            parameters.append(_parameter(where, match["name"], match["how"], words))
        elif key == "months":
            months.append(_months(where, words))
        elif key in _ONCE and not match["name"] and key not in once:
            once[key] = (where, words)
        else:
            raise QueryError(f"unknown or second entry {key!r} of the header", where=where, remedy=_REMEDY)
    query = NamedQuery(
        name=path.stem,
        title=_needed(path, once, "title"),
        description=_needed(path, once, "explanation"),
        sparql=text,
        number=_number(*once.get("number", ("", "0"))),
        also=tuple(once["also"][1].split()) if "also" in once else (),
        asked_by=once.get("asked by", ("", ""))[1],
        parameters=tuple(parameters),
        supports=_supports(*once["evidence"]) if "evidence" in once else (),
        words=tuple(once["words"][1].replace("?", "").split()) if "words" in once else (),
        months=tuple(months),
    )
    _check(path, query)
    return query


_REMEDY: Final = "see the head of question_files.py for the form"


def _entries(path: Path, text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The entries of a header, with their lines joined, and where each begins."""
    joined: list[tuple[str, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#"):
            break
        where = f"{path.name} line {number}"
        if more := _MORE.fullmatch(line):
            if not joined:
                raise QueryError("the header begins with a line that goes on", where=where, remedy=_REMEDY)
            joined[-1] = (joined[-1][0], f"{joined[-1][1]} {more['text']}")
        else:
            joined.append((where, line))
    for where, line in joined:
        match = _LINE.fullmatch(line)
        if match is None:
            raise QueryError("no entry of a header", where=where, remedy=_REMEDY)
        yield where, match


def _number(where: str, text: str) -> int:
    if not text.isdecimal():
        raise QueryError(f"no number: {text}", where=where, remedy=_REMEDY)
    return int(text)


def _parameter(where: str, name: str, how: str, text: str) -> Parameter:
    match = _HOW.fullmatch(how)
    if match is None:
        raise QueryError(f"no kind of parameter: {how}", where=where, remedy=_REMEDY)
    kind = match["kind"].strip()
    choices = tuple(kind.split(" | ")) if "|" in kind else ()
    if not choices and kind not in KINDS:
        raise QueryError(f"no kind of parameter: {kind}", where=where, remedy=f"use one of {', '.join(KINDS)}")
    return Parameter(
        name=name,
        kind="choice" if choices else kind,
        text=text,
        required=bool(match["required"]),
        choices=choices,
        comparison=match["comparison"] or "",
        column=match["column"] or "",
        default=match["default"] or "",
    )


def _months(where: str, text: str) -> Months:
    match = _MONTHS.fullmatch(text)
    if match is None:
        raise QueryError("no months between two dates", where=where, remedy=_REMEDY)
    return Months(match[1], (match[2], match[3], match[4], match[5]))


def _supports(where: str, text: str) -> tuple[Support, ...]:
    found = []
    for part in text.split(";"):
        match = _SUPPORT.fullmatch(part.strip())
        if match is None:
            raise QueryError(f"no evidence: {part.strip()}", where=where, remedy=_REMEDY)
        found.append(Support(match["subject"], match["prop"] or "", match["value"] or "", match["release"] or ""))
    return tuple(found)


def _needed(path: Path, once: Mapping[str, tuple[str, str]], key: str) -> str:
    if key not in once:
        raise QueryError(f"the header has no {key}", where=path.name, remedy=_REMEDY)
    return once[key][1]


def _check(path: Path, query: NamedQuery) -> None:
    """The columns that the header speaks of are those of the query."""
    if not query.title.endswith("?"):
        raise QueryError("the title is no question", where=path.name, remedy="end it with a question mark")
    try:
        result = Store().query(query.sparql, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        reason = " ".join(str(error).split())
        raise QueryError(f"malformed SPARQL: {reason}", where=path.name, remedy="mend the query") from error
    if not isinstance(result, QuerySolutions):
        raise QueryError("no SELECT query", where=path.name, remedy="answers are tables")
    columns = {variable.value for variable in result.variables}
    told = {parameter.column or parameter.variable for parameter in query.parameters}
    told |= {name for support in query.supports for name in (support.subject, support.value, support.release) if name}
    told |= {*query.words, *(name for months in query.months for name in (months.column, *months.bounds))}
    if missing := sorted(told - columns):
        names = ", ".join(f"?{name}" for name in missing)
        raise QueryError(f"the SELECT clause lacks {names}", where=path.name, remedy="the header speaks of them")
