"""The page of all questions, made from the headers of their files.

python -m oncopact.question_docs > docs/questions.md
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from oncopact.queries import catalogue
from oncopact.question_files import KINDS, NamedQuery, Parameter

__all__ = ["page"]

_INTRODUCTION = """\
# Questions

<!-- Made from the headers of ontology/queries/*.rq by: python -m oncopact.question_docs > docs/questions.md -->

`oncopact ask GRAPH QUESTION --parameter value` answers these questions, by name or number. GRAPH is a graph's file, the
folder that a build wrote, or a store; without it, [the one that lies here](commands.md) is asked. In Python it is
`graph.ask("rights-to-technology", technology="TAP")`, or `oncopact.ask("kg", "rights-to-technology", technology="TAP")`
where the graph is on disk; hyphens are written as underscores.

- **Names.** Things are given by any of their names: INN, code, brand, short or former name, in any case and with any
  punctuation; or by an id, `company/immunogen`. Where nothing is called so, near names are suggested; where several
  things are, they are listed.
- **Dates.** 2003, 2003-Q4, 2003-11 and 2003-11-12 are dates. A date in an answer has the precision that a release
  states; "by 2003-11-12" means that none does, and that the release of that day is the first to tell of it.
- **Evidence.** `--evidence` shows the sentences below each row, with the release's file, its date, the offsets of the
  words (code points, half open) and the section. In CSV, JSON and frames they are columns of their own.
- **Forms.** `--format csv` and `json` are for programs; `turtle` gives the facts that the answer rests on. `--ids`
  shows the nodes, which `oncopact explain` takes.
- **Silence.** An answer says what the releases of the graph say and the rules read. An empty answer means no more than
  that.

Each question is a SPARQL file in `ontology/queries`. A value is substituted for the variable of the parameter's name,
or the text "any" where none is given: the same as `VALUES (?technology ?target) { (technology:tap "any") }` at the
query's end, for any other engine.
"""


def page() -> str:
    """The page as Markdown."""
    asked = [query for query in catalogue() if query.number]
    plain = [query for query in catalogue() if not query.number]
    lines = [_INTRODUCTION, "| # | question | name |", "|---|---|---|"]
    lines += [f"| {query.number} | {query.title} | [{query.name}](#{_anchor(query)}) |" for query in asked]
    for query in asked:
        lines += ["", *_section(query)]
    lines += ["", "## Overviews", "", "These take no parameters; `oncopact query GRAPH NAME` answers them, too."]
    for query in plain:
        lines += ["", f"**{query.name}** – {query.title} {query.description}"]
    return "\n".join(lines) + "\n"


def _anchor(query: NamedQuery) -> str:
    return re.sub(r"[^\w -]", "", f"{query.number}. {query.name}").replace(" ", "-")


def _section(query: NamedQuery) -> Iterator[str]:
    yield f"## {query.number}. {query.name}"
    yield ""
    also = f" Also called {', '.join(f'`{name}`' for name in query.also)}." if query.also else ""
    yield f"**{query.title}** Asked by {query.asked_by}.{also}"
    yield ""
    yield query.description
    if query.parameters:
        yield ""
        yield "| parameter | give | what it does |"
        yield "|---|---|---|"
        for parameter in query.parameters:
            yield f"| `--{parameter.name}`{_mark(parameter)} | {_given(parameter)} | {parameter.text} |"
    needed = "".join(f' --{each.name} "…"' for each in query.parameters if each.required)
    yield ""
    yield f"    oncopact ask kg {query.name}{needed}"


def _mark(parameter: Parameter) -> str:
    return " (required)" if parameter.required else ""


def _given(parameter: Parameter) -> str:
    if parameter.choices:
        return ", ".join(f"`{choice}`" for choice in parameter.choices)
    if parameter.kind in ("date", "number"):
        given = KINDS[parameter.kind]
        return f"{given}; else {parameter.default}" if parameter.default else given
    return f"{parameter.kind}: {KINDS[parameter.kind]}"


if __name__ == "__main__":
    sys.stdout.write(page())
