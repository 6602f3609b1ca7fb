"""`docs/scale.md`: what measured unit costs come to for a million and a half releases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

RELEASES: Final = 1_500_000
HOUR: Final = 3600
GIGABYTE: Final = 1e9
# 628 release graphs of a test, loaded by `oncopact load`: seconds of the first load, and of a second one
LOADED: Final = 628
LOADS: Final = (("Oxigraph", 8.8, 0.9), ("Virtuoso", 16.5, 1.2))
WORKERS: Final = (1, 8, 32, 64)
_Table = Callable[[Sequence[str], Iterable[Sequence[object]]], str]


def _stage(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return next(row for row in found["stages"] if row["stage"] == name)


def scale_page(found: Mapping[str, Any], table: _Table, growth: float) -> str:
    """The page, from the figures of a run, a function that makes tables, and the growth's ratio."""
    size, rows = found["size"], found["growth"]
    through = _stage(found, "file to validated quads, all")
    read = 1000 * through["seconds"] / size["releases"]
    tail = rows[-max(1, len(rows) // 5) :]
    stored = sum(row["processor"] for row in tail) / len(tail)
    per_quads, per_bytes = size["quads"] / size["releases"], size["bytes"] / size["releases"]
    packed, disk = size["packed"] / size["releases"], rows[-1]["disk"] * 1e6 / rows[-1]["releases"]
    merging = max(0.0, stored - read)
    worker = max(way["memory"] for way in found["ways"]) / 1000
    pair = next((way for way in found["ways"] if way["name"].startswith("2 proc")), None)
    hours_read, hours_stored = RELEASES * read / 1000 / HOUR, RELEASES * stored / 1000 / HOUR
    parts = [
        "# A million and a half releases",
        (
            "Made by `benchmarks/run.py --docs`; don't edit. What is measured is said to be; the rest is "
            "arithmetic on it, "
            f"for {RELEASES:,} releases, about what EDGAR has taken as exhibits since 1993. See [performance.md]"
            "(performance.md) for the machine."
        ),
        "## Unit costs, measured",
        table(
            ("what", "a release"),
            (
                ("file to validated quads, real releases", f"{read:.0f} ms of one core"),
                ("the same and into a lasting store, varied releases", f"{stored:.0f} ms of one core"),
                (f"growth over {rows[-1]['releases']:,} releases, last fifth to first", f"{growth:.2f}"),
                ("memory of the process that merges", f"{rows[-1]['memory']:,} MB at most"),
                ("quads of the whole graph", f"{per_quads:,.0f}"),
                ("as N-Quads", f"{per_bytes / 1000:,.0f} kB, packed {packed / 1000:,.1f} kB"),
                ("on disk in the lasting store", f"{disk / 1000:,.0f} kB"),
            ),
        ),
        (
            "The hours below hold the cost of the last fifth for all that follows. Where the growth above is over 1.2, "
            "or was measured on less than 10,000 releases, read those of the lasting store as a lower bound."
        ),
        (
            "The real releases are a sample chosen to be difficult, with whole EDGAR submissions among them; of all of "
            "EDGAR fewer will speak of medicines (not measured), and those cost less."
        ),
        f"## All of them, with {RELEASES:,} × these",
        table(
            ("workers of one core", "reading, hours", "GB of memory in all"),
            ((n, f"{hours_read / n:,.1f}", f"{n * worker:,.1f}") for n in WORKERS),
        ),
        f"- **Into one lasting store, one writer**: {hours_stored:,.0f} hours with one process. The writer alone, with "
        f"reading done elsewhere, takes very roughly {merging:.0f} ms a release (the difference of two measurements on "
        f"different releases), {RELEASES * merging / 1000 / HOUR:,.0f} hours: more readers do not help beyond that."
        + (
            f" Measured: two processes are {pair['faster']:.2f} times as fast as one on {pair['releases']:,} releases, "
            "start included."
            if pair
            else ""
        ),
        (
            f"- **Output**: {RELEASES * per_quads / 1e9:.2f} billion quads, "
            f"{RELEASES * per_bytes / GIGABYTE:,.0f} GB of "
            f"N-Quads, {RELEASES * packed / GIGABYTE:,.0f} GB packed; the lasting store "
            f"{RELEASES * disk / GIGABYTE:,.0f} GB of disk."
        ),
        (
            f"- **Memory**: a reader holds its vocabulary and one release, about {worker:.2f} GB a worker; a writer "
            f"{rows[-1]['memory'] / 1000:.2f} GB at most while its store grew to {rows[-1]['releases']:,} releases."
        ),
        "## Loading it into a triple store",
        (
            f"Measured with `oncopact load` on {LOADED} graphs; by graphs, over HTTP, one after another. Two graphs a "
            "release make it:"
        ),
        table(
            ("store", f"{LOADED} graphs, s", "again, nothing changed, s", f"{2 * RELEASES:,} graphs, hours", "again"),
            ((name, first, again, f"{_hours(first):,.0f}", f"{_hours(again):,.1f}") for name, first, again in LOADS),
        ),
        (
            "That is for nightly changes. For the first load take the sharded N-Quads and the store's own bulk loader "
            "(`oxigraph load`, Virtuoso's `ld_dir`), which need no request for each graph; then `oncopact load` "
            "each night."
        ),
        "## What breaks first, and what to do then",
        (
            "1. **The one writer of the lasting store.** Its transactions are one after another, and a change "
            "that removes "
            "a quad is written as SPARQL. Beyond some hundred thousand releases build into shards on a cluster, "
            "where the "
            "grouping by identity runs on the workers, and load the shards; keep lasting stores for a field or "
            "a company."
        ),
        (
            "2. **Names that very many share.** A release that renames a company rewrites the graphs of all "
            "releases that "
            "name it. Give known renames in one curation file before the first run, rather than one by one later."
        ),
        (
            "3. **Whole-graph commands.** `oncopact view`, `export --format graphml` and pySHACL hold the graph "
            "in memory: "
            "cut first (`--view`, time and kind), and validate release by release, which the build does anyway."
        ),
        "4. **The disk.** The store needs as much again while it compacts: plan for twice the figure above.",
        (
            "5. **The clock of a night.** If it is too short: read only what is new. Unchanged files are known "
            "by their "
            "hash and cost one read of the file; a later night takes the releases of one day, some hundreds."
        ),
        "## How to measure it again",
        (
            "```console\n$ python benchmarks/run.py FOLDER --repeat 3 --growth 250000 --batch 1090 --ways 20000 "
            "--json figures.json --docs docs\n```"
        ),
        (
            f"At {stored:.0f} ms a release the growth alone takes {250_000 * stored / 1000 / HOUR:.1f} hours here, the "
            f"ways of running about {20_000 * stored * 3.2 / 1000 / HOUR:.1f}; `--growth 10000 --ways 2000` is "
            "a tenth of it or less and shows the same."
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _hours(seconds: float) -> float:
    return 2 * RELEASES / LOADED * seconds / HOUR
