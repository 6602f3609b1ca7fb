"""Whole files or none: what is written stands beside its place first and moves there in one step."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from oncopact.errors import OutputError


def write_file(path: Path, content: bytes | str) -> None:
    """Write `content` to `path`, making the folder where it is missing.

    Raises:
        OutputError: There is no space or no permission; an older file at `path` is then untouched.
    """
    write_pieces(path, (content.encode() if isinstance(content, str) else content,))


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file piece by piece, likewise whole or not at all.

    Raises:
        OutputError: As for `write_file`.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as stream:
                stream.writelines(pieces)
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"cannot write: {reason}", where=str(path), remedy="give another --out folder") from error
