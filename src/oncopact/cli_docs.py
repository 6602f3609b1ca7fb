"""The page of commands, made from the commands themselves.

python -m oncopact.cli_docs > docs/commands.md
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from typing import Final

import click

from oncopact.cli import cli

__all__ = ["page"]

_INTRODUCTION: Final = """\
# Commands

<!-- Made from the commands' own help by: python -m oncopact.cli_docs > docs/commands.md -->

Data goes to standard output, words about the work to standard error; `-` is standard input. Exit status: 0 done, 1 an
input failed or a graph is invalid, 2 called wrongly. `oncopact COMMAND --help` says the same on a terminal.

GRAPH is a store (`build --store`), a folder that `build --out` wrote, or a file of RDF (`.trig`, `.nq`, `.ttl`, `.nt`).
Where it stands in brackets it may be left out: the command then takes the store in this folder, in a folder of it or in
`out/`, and without a store what a build wrote there. Standard error says which; where there are several, the command
lists them and stops. GRAPH and the other words may stand in either order.
"""


def page() -> str:
    """The page as Markdown."""
    lines = [_INTRODUCTION]
    for name, command in _commands(cli, "oncopact"):
        lines += [f"## {name}", "", f"    {name} {_usage(command)}".rstrip(), "", *_words(command)]
        options = [option for option in command.params if isinstance(option, click.Option) and option.name != "help"]
        if options:
            lines += ["| option | what it does |", "|---|---|", *map(_row, options), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    """All commands by their whole names, those in groups too."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def _usage(command: click.Command) -> str:
    """What stands after the command's name; ours give each argument its own word where that is not plain."""
    words = ["[OPTIONS]"] if any(isinstance(each, click.Option) for each in command.params) else []
    arguments = [each for each in command.params if isinstance(each, click.Argument)]
    return " ".join([*words, *map(_argument, arguments)])


def _argument(argument: click.Argument) -> str:
    name = argument.human_readable_name
    return argument.metavar or (name if argument.required else f"[{name}]")


def _words(command: click.Command) -> Iterator[str]:
    r"""The help as Markdown: a paragraph that begins with \b keeps its lines."""
    for part in inspect.cleandoc(command.help or "").split("\n\n"):
        first, _, rest = part.partition("\n")
        if first.strip() == "\b":
            lead, *lines = rest.splitlines()
            block = lines if not lead.startswith(" ") else [lead, *lines]
            if block is lines:
                yield lead
                yield ""
            yield "```text"
            yield from (line.removeprefix("  ") for line in block)
            yield "```"
        else:
            yield " ".join(part.replace("<", "&lt;").split())
        yield ""


def _row(option: click.Option) -> str:
    given = option.metavar or ("" if option.is_flag else _given(option))
    names = ", ".join(f"`{name}{f' {given}' if given and name.startswith('--') else ''}`" for name in option.opts)
    default = option.default
    shown = f" Default: `{default}`." if option.show_default and default not in (None, (), "") else ""
    needed = " Required." if option.required else ""
    return f"| {names} | {' '.join((option.help or '').split())}{needed}{shown} |"


def _given(option: click.Option) -> str:
    """What to give, where the option has no word of its own for it."""
    if isinstance(option.type, click.Choice):
        return " \\| ".join(map(str, option.type.choices))
    return (option.name or "value").upper()


if __name__ == "__main__":
    sys.stdout.write(page())
