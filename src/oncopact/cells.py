"""Cells of CSV so that no spreadsheet takes what a release says for a formula."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["guarded"]

_FORMULA: Final = ("=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d+)?\s?%?")


def guarded(cell: str) -> str:
    r"""The cell, behind an apostrophe where a spreadsheet would calculate it; negative numbers stay numbers.

    Spreadsheets take a cell for a formula that begins with one of = + - @ or their full-width forms, and some trim
    blanks, tabs and line ends first. An apostrophe says that it is text.

    >>> [guarded(cell) for cell in ("=1+1", " @SUM(A1)", "-5", "-1,250.5", "-5+cmd", "\tx", "CD44v6", "")]
    ["'=1+1", "' @SUM(A1)", '-5', '-1,250.5', "'-5+cmd", "'\tx", 'CD44v6', '']
    """
    bare = cell.strip(" \u00a0")
    if not bare.startswith(_FORMULA) or (bare[1:] and _NUMBER.fullmatch(bare)):
        return cell
    return f"'{cell}"
