"""The series of releases that we wrote, 1999 to 2012, read once for all tests that need it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from oncopact import pipeline
from oncopact.assembly import Part
from oncopact.knowledge import part_of
from oncopact.lexicon import load
from oncopact.model import Findings

FOLDER = Path(__file__).parent / "cases" / "series"


@cache
def findings() -> tuple[Findings, ...]:
    """What each release states, in the order of time."""
    found = [item for item in pipeline.each([FOLDER], lexicon=load()) if isinstance(item, Findings)]
    return tuple(sorted(found, key=lambda item: item.document.release.source.name))


@cache
def parts() -> tuple[Part, ...]:
    """The same on their way into a graph."""
    return tuple(part_of(item) for item in findings())


def gold() -> Any:
    """What the whole series says, written by reading it."""
    return json.loads((FOLDER / "gold.json").read_text(encoding="utf-8"))
