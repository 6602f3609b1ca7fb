"""What a release costs while a store grows: releases made by `varied.py`, gate and all, batch by batch.

    python benchmarks/growth.py STORE [--releases N] [--batch N] [--json FILE]

One run fills the store, as a first load does. Prints, for each batch, milliseconds of processor time and of the clock
per release, the memory of the process, and the size of the store; and in the end how the last fifth compares with the
first. Processor time is what to compare: the clock depends on what else the machine does. The inputs lie on disk two
batches at a time. Texts differ in length, so the fairest batch holds each of them equally often: a multiple of
`len(varied.texts())`. The embedded store sorts what is on disk now and then, so one batch may bear the cost of several.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from varied import texts, varied

from oncopact.gather import gather
from oncopact.lexicon import load
from oncopact.store import ReleaseStore

FIFTH = 5


@dataclass(frozen=True, slots=True)
class Batch:
    """One row of the table.

    Attributes:
        releases: How many the store had been given at the end of the batch.
        processor, clock: Milliseconds per release.
        memory: Megabytes that the process held at most so far.
        disk: Megabytes of the store.
        quarantined: Releases that the gate kept out.
    """

    releases: int
    processor: float
    clock: float
    memory: int
    disk: int
    quarantined: int


def grow(place: Path, *, releases: int, batch: int) -> list[Batch]:
    """Fill a store in one run, and take stock after every batch."""
    found: list[Batch] = []
    with tempfile.TemporaryDirectory() as folder:
        stock = _stock(place, Path(folder), found, releases=releases, batch=batch)
        with ReleaseStore(place, write=True) as store:
            gather(store, stock, lexicon=load(), made_by="growth")
    return found


def _stock(place: Path, folder: Path, found: list[Batch], *, releases: int, batch: int) -> Iterator[Path]:
    """The paths of all releases; a batch is written when its turn comes, and gone when that after the next comes.

    Writing it isn't counted. The files of the batch before stay, as the last of them may still wait for the store.
    """
    earlier: list[Path] = []
    for first in range(0, releases, batch):
        paths = []
        for name, text in varied(min(batch, releases - first), first=first):
            paths.append(folder / name)
            paths[-1].write_text(text, encoding="utf-8")
        start, ticks = time.perf_counter(), time.process_time()
        yield from paths
        clock, processor = time.perf_counter() - start, time.process_time() - ticks
        for path in earlier:
            path.unlink()
        earlier = paths
        found.append(
            Batch(
                first + len(paths),
                round(1000 * processor / len(paths), 1),
                round(1000 * clock / len(paths), 1),
                _memory(),
                _size(place),
                len(list((place / "quarantine").glob("*"))) - sum(row.quarantined for row in found),
            )
        )
        print(line(found[-1]), flush=True)


def _size(place: Path) -> int:
    """Megabytes of a folder in which the embedded store may be taking files away."""
    size = 0
    for file in place.rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            size += file.stat().st_size
    return size // 1_000_000


def _memory() -> int:
    """Megabytes that this process held at most; the system's count of usage begins with what its parent held."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1_000_000 if sys.platform == "darwin" else 1024)
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) // 1024


def line(row: Batch) -> str:
    """A row for people."""
    return (
        f"{row.releases:9,} releases  {row.processor:7.1f} ms processor  {row.clock:7.1f} ms clock  "
        f"{row.memory:5} MB memory  {row.disk:6} MB store  {row.quarantined:4} kept out"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--releases", type=int, default=10_000)
    parser.add_argument("--batch", type=int, default=5 * len(texts()))
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    shutil.rmtree(options.store, ignore_errors=True)
    rows = grow(options.store, releases=options.releases, batch=options.batch)
    share = max(1, len(rows) // FIFTH)
    first, last = (sum(row.processor for row in part) / share for part in (rows[:share], rows[-share:]))
    print(f"the last fifth costs {last / first:.2f} times the first; at most {rows[-1].memory} MB of memory")
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
