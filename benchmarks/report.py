"""Tables for people, and the two pages of documentation, from the figures that `run.py` writes.

    python benchmarks/report.py FIGURES.json docs

Writes `performance.md` and `scale.md` into the folder; the same figures give the same pages.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from plan import scale_page

Figures = Mapping[str, Any]
FIFTH = 5
COMMAND = "python benchmarks/run.py FOLDER --json figures.json --docs docs"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown, the first column to the left, the others to the right."""
    lines = [f"| {' | '.join(head)} |", f"|---|{'---:|' * (len(head) - 1)}"]
    lines += [f"| {' | '.join(map(str, row))} |" for row in rows]
    return "\n".join(lines)


def stages_table(found: Figures) -> str:
    """The stages with the yardsticks below them."""
    rows = [
        (
            row["stage"],
            f"{row['megabytes']:.2f}",
            f"{row['seconds']:.2f}",
            f"{row['rate']:.2f}",
            f"{row['releases'] / row['seconds']:,.0f}" if row["seconds"] else "",
            f"{row['times']:.2f}" if row["times"] else "",
        )
        for row in found["stages"]
    ]
    return table(("stage", "MB of text", "s", "MB/s", "releases/s", "× spaCy"), rows)


def starts_table(found: Figures) -> str:
    """Start-up, and how much of it is not Python's own."""
    bare = found["starts"][0]["seconds"]
    rows = [(f"`{row['what']}`", f"{row['seconds']:.3f}", f"{row['seconds'] - bare:.3f}") for row in found["starts"]]
    return table(("command", "s", "s more than Python alone"), rows)


def growth_ratio(rows: Sequence[Mapping[str, Any]]) -> float:
    """What a release costs in the last fifth, as a multiple of the first."""
    share = max(1, len(rows) // FIFTH)
    first, last = (sum(row["processor"] for row in part) for part in (rows[:share], rows[-share:]))
    return float(last / first) if first else 0.0


def growth_table(found: Figures) -> str:
    """Ten batches at most, evenly, the first and last among them."""
    rows = found["growth"]
    step = max(1, (len(rows) - 1) // (2 * FIFTH - 1))
    chosen = [*rows[:-1:step], rows[-1]]
    return table(
        ("releases in the store", "ms of processor a release", "ms by the clock", "MB of memory", "MB of store"),
        (
            (f"{row['releases']:,}", row["processor"], row["clock"], f"{row['memory']:,}", f"{row['disk']:,}")
            for row in chosen
        ),
    )


def ways_table(found: Figures) -> str:
    """The ways of running."""
    return table(
        ("way", "releases", "s by the clock", "s of processor", "MB, largest process", "× one", "same bytes"),
        (
            (
                row["name"],
                f"{row['releases']:,}",
                f"{row['clock']:.1f}",
                f"{row['processor']:.1f}",
                row["memory"],
                f"{row['faster']:.2f}",
                "yes" if row["same"] else "NO",
            )
            for row in found["ways"]
        ),
    )


def tables(found: Figures) -> str:
    """All tables."""
    parts = [stages_table(found), starts_table(found)]
    if found.get("growth"):
        last = f"the last fifth costs {growth_ratio(found['growth']):.2f} times the first"
        parts += [growth_table(found), last]
    if found.get("ways"):
        parts.append(ways_table(found))
    return "\n\n".join(parts)


def performance_page(found: Figures) -> str:
    """docs/performance.md."""
    where, size = found["machine"], found["size"]
    parts = [
        "# How fast it is",
        (
            f"Made by `{COMMAND}`; don't edit. Measured with oncopact {where['oncopact']} on {where['cores']} cores, "
            f"{where['system']}, Python {where['python']}. Other machines give other times: what to compare are "
            f"the ratios "
            "to the yardsticks, which were measured in the same run."
        ),
        "## Stages, on one core",
        (
            f"{size['releases']:,} releases, {size['relevant']:,} of which speak of medicines (relevant). Times "
            f"are of the "
            "processor. A megabyte is a million characters of the releases' text; 'file to validated quads' and 'read' "
            "also go through what stands around the text in submissions and pages, which is several times as much. The "
            "yardstick finds names only, and no fact: it is spaCy's blank English pipeline with an entity ruler of the "
            "names that our vocabulary has, on the same texts."
        ),
        stages_table(found),
        (
            "Irrelevant releases are not passed over: their companies and issuers are in the graph, and so they "
            "are read, "
            "cut into sentences, and searched for names; what is saved is the parsing of sentences beyond the lead."
        ),
        "## Start-up",
        starts_table(found),
    ]
    if found.get("growth"):
        parts += [
            "## A store that grows",
            (
                "Releases made by varying our own, in one run of one process; each is read, checked, merged into the "
                "store, and forgotten. A row is one batch; of many batches, some are shown."
            ),
            growth_table(found),
            f"A release of the last fifth costs {growth_ratio(found['growth']):.2f} times one of the first.",
        ]
    if found.get("ways"):
        parts += ["## Ways of running", "One command each, into a lasting store.", ways_table(found)]
    parts += ["What a million and a half would take is worked out in [scale.md](scale.md)."]
    return "\n\n".join(parts) + "\n"


def pages(found: Figures) -> dict[str, str]:
    """The pages by their names."""
    made = {"performance.md": performance_page(found)}
    if found.get("growth") and found.get("ways"):
        made["scale.md"] = scale_page(found, table, growth_ratio(found["growth"]))
    return made


def main() -> None:
    """Write the pages."""
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    found = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    for name, text in pages(found).items():
        (Path(sys.argv[2]) / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
