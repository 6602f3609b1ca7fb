"""The same build in one process, in two, and on one and two Dask workers; and how long a command takes to start.

Each way is a command of its own, as a user would give it, so that its memory is its own, too.
"""

from __future__ import annotations

import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from varied import varied

COMMAND = (sys.executable, "-m", "oncopact.cli")
WAYS = (
    ("1 process", ("--jobs", "1")),
    ("2 processes", ("--jobs", "2")),
    ("1 Dask worker", ("--engine", "dask", "--jobs", "1")),
    ("2 Dask workers", ("--engine", "dask", "--jobs", "2")),
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way of building.

    Attributes:
        name: What it is.
        releases: How many were built.
        clock: Seconds by the clock, start and end of the command included.
        processor: Seconds of processor time, in all of its processes.
        memory: Megabytes that the largest of its processes held at most.
        faster: How often as fast as its like with one worker.
        same: Whether the bytes of the result are those of the first way.
    """

    name: str
    releases: int
    clock: float
    processor: float
    memory: int
    faster: float
    same: bool


@dataclass(frozen=True, slots=True)
class Start:
    """How long a command takes to start.

    Attributes:
        what: The command.
        seconds: By the clock, the median of several.
    """

    what: str
    seconds: float


def ways(count: int) -> list[Way]:
    """Build `count` releases in every way, into a lasting store."""
    found: list[Way] = []
    first = ""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "releases"
        folder.mkdir()
        for name, text in varied(count):
            (folder / name).write_text(text, encoding="utf-8")
        for name, options in WAYS:
            store = Path(place) / name.replace(" ", "-")
            clock, processor, memory = _ran(*COMMAND, "build", folder, "--store", store, "--quiet", *options)
            digest = _bytes_of(store, Path(place) / "export.nq")
            first = first or digest
            alone = next((way.clock for way in found if way.name.split()[1][:4] == name.split()[1][:4]), clock)
            found.append(Way(name, count, clock, processor, memory, alone / clock, digest == first))
            print(f"{name}: {clock:.1f} s", file=sys.stderr, flush=True)
    return found


def _ran(*words: object) -> tuple[float, float, int]:
    """Seconds by the clock, of processor time, and megabytes at most, of a command and all that it starts."""
    start, before = time.perf_counter(), os.times()
    process = subprocess.Popen([str(word) for word in words], stdout=subprocess.DEVNULL)
    largest = 0
    while process.poll() is None:
        largest = max(largest, *(_megabytes(pid) for pid in _family(process.pid)), 0)
        time.sleep(0.1)
    clock = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"{words} ended with {process.returncode}")
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return clock, spent, largest


def _family(pid: int) -> list[int]:
    """A process and all below it, where the system tells."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(deeper for child in below for deeper in _family(int(child)))]


def _megabytes(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    held = next((line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")), "0")
    return int(held) // 1024


def _bytes_of(store: Path, out: Path) -> str:
    subprocess.run([*COMMAND, "export", str(store), "--out", str(out)], check=True, stdout=subprocess.DEVNULL)
    with out.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


STARTS = (
    ("python -c pass", ("-c", "pass")),
    ("oncopact --help", ("-m", "oncopact.cli", "--help")),
    ("import oncopact", ("-c", "import oncopact")),
    ("load the vocabulary", ("-c", "from oncopact.lexicon import load; load()")),
)


def starts(repeat: int = 7) -> list[Start]:
    """How long commands take to start, taken in turns."""
    taken: dict[str, list[float]] = {what: [] for what, _ in STARTS}
    for _ in range(repeat):
        for what, words in STARTS:
            start = time.perf_counter()
            subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
            taken[what].append(time.perf_counter() - start)
    return [Start(what, statistics.median(seconds)) for what, seconds in taken.items()]
