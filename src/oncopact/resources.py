"""Where the ontology, the shapes and the vocabulary lie: inside the wheel, or in the checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from oncopact.errors import OncopactError


@cache
def folder(name: str) -> Path:
    """The folder `ontology`, `shapes` or one below them, from any working directory.

    Raises:
        OncopactError: The installation is incomplete.
    """
    here = Path(__file__).resolve().parent
    for base in (here / "_data", here.parents[1]):
        if (base / name).is_dir():
            return base / name
    raise OncopactError(f"the folder {name} is missing", where=str(here), remedy="reinstall oncopact")
