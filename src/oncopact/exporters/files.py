"""Whole files or none: what is written stands beside its place first and moves there in one step."""

from __future__ import annotations

import os
from pathlib import Path

from oncopact.errors import OutputError


def write_file(path: Path, content: bytes | str) -> None:
    """Write `content` to `path`, making the folder where it is missing.

    Raises:
        OutputError: There is no space or no permission; an older file at `path` is then untouched.
    """
    data = content.encode() if isinstance(content, str) else content
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(data)
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"cannot write: {reason}", where=str(path), remedy="give another --out folder") from error
