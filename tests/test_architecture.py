"""The rooms keep to their direction: data flows down the page and imports never go back up."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "oncopact"
MODULES = sorted(SOURCE.rglob("*.py"))

# each row may import from itself, from the rows above it and from nothing below
ROWS: tuple[frozenset[str], ...] = (
    frozenset({"model", "errors", "text", "resources", "folding", "urls"}),
    frozenset(
        """readers datelines layout segment front body paragraphs sentences lexicon naming entries vocabulary
        vocabulary_schema surroundings syntax""".split()
    ),
    frozenset({"recognizers"}),
    frozenset({"resolve", "spoken", "discourse", "issuers"}),
    frozenset({"extractors"}),
    frozenset({"extract"}),
)
GRAPH_LIBRARIES = {"rdflib", "pyoxigraph", "pyshacl", "networkx"}


def name_of(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path, *, lazily: bool = True) -> set[str]:
    """Modules that a file imports; without `lazily`, only at its top level and outside of TYPE_CHECKING."""
    tree = ast.parse(path.read_text("utf-8"))
    nodes = ast.walk(tree) if lazily else tree.body
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def room(module: str) -> str:
    return module.removeprefix("oncopact.").split(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_room_imports_nothing_from_below(path: Path) -> None:
    own = room(name_of(path))
    row = next((at for at, rooms in enumerate(ROWS) if own in rooms), None)
    known = frozenset().union(*ROWS[: row + 1]) if row is not None else None
    inside = {room(module) for module in imported(path) if module.startswith("oncopact.")}
    if known is not None:
        assert inside <= known, f"{name_of(path)} imports {sorted(inside - known)}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    own = room(name_of(path))
    outside = {module.split(".")[0] for module in imported(path)}
    if any(own in rooms for rooms in ROWS):
        assert outside.isdisjoint(GRAPH_LIBRARIES)
    if not own.startswith("cli"):
        assert "click" not in outside


def test_modules_do_not_import_each_other_in_a_circle() -> None:
    names = {f"oncopact.{name_of(path)}".rstrip("."): path for path in MODULES}
    graph = {
        name: {m for m in imported(path, lazily=False) if m in names and m != name} for name, path in names.items()
    }
    graph.pop("oncopact", None)
    assert list(TopologicalSorter({k: v - {"oncopact"} for k, v in graph.items()}).static_order())
