"""What commands share: how far a batch is (inputs done, rate, the time that is left), and where results go."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import click


def place_or_url(word: str) -> Path | str:
    """What an option that names a place to write to takes: a path, or the URL of a bucket or server."""
    from oncopact.urls import place_of

    return place_of(word)


class Progress:
    """One line on standard error that is written over; nothing where that is no terminal.

    Args:
        paths: What is read; its files are counted to tell the time that is left, unless they are far away.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        self._shown = sys.stderr.isatty()
        self._total = 0
        self._done = 0
        self._began = self._last = time.monotonic()
        if self._shown and not any("://" in path for path in paths):
            from oncopact.readers import files

            self._total = sum(1 for _ in files(paths))

    def step(self, _: object = None, *, inputs: int = 1) -> None:
        """One input more is done, or several."""
        self._done += inputs
        now = time.monotonic()
        if self._shown and (now - self._last > 0.1 or self._done == inputs):
            self._last = now
            click.echo(f"\r{self._line(now)}\x1b[K", nl=False, err=True)

    def _line(self, now: float) -> str:
        rate = self._done / max(now - self._began, 1e-9)
        of = f" of {max(self._total, self._done)}" if self._total else ""
        line = f"{self._done}{of} read, {rate:,.0f} a second"
        left = (self._total - self._done) / rate
        return f"{line}, {_span(left)} left" if left > 0 and self._done > 10 else line

    def clear(self) -> None:
        """Take the line away, so that something else can be said."""
        if self._shown and self._done:
            click.echo("\r\x1b[K", nl=False, err=True)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()


def _span(seconds: float) -> str:
    """A time in words.

    >>> _span(42.4), _span(150), _span(7300)
    ('42 s', '2 min 30 s', '2 h 1 min')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
