"""How fast oncopact is: stages beside yardsticks, start-up, growth, and ways of running, as one command.

    python benchmarks/run.py FOLDER [--json FILE] [--docs FOLDER] [--repeat N]
                             [--growth N] [--batch N] [--ways N]

FOLDER holds releases, relevant and irrelevant ones. Prints tables; with --json writes the figures, with --docs the
pages `performance.md` and `scale.md` made from them. `--growth 0` and `--ways 0` leave those parts out.

Times are of the processor except where they must be of the clock (start-up, ways of running). Quote the ratios to the
yardsticks: absolute times depend on the machine. The yardstick with spaCy needs `pip install 'oncopact[bench]'`, the
Dask rows `pip install 'oncopact[dask]'`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from report import pages, tables
from stages import measure
from ways import starts, ways

from oncopact import __version__


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "oncopact": __version__,
    }


def grown(releases: int, batch: int) -> list[dict[str, object]]:
    """The batches of a store that grows, in a process of its own, so that its memory is its own, too."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "growth.json"
        script, store = Path(__file__).with_name("growth.py"), Path(place) / "store"
        options = ["--releases", str(releases), "--batch", str(batch)]
        subprocess.run(
            [sys.executable, str(script), str(store), "--json", str(out), *options], check=True, stdout=sys.stderr
        )
        found: list[dict[str, object]] = json.loads(out.read_text(encoding="utf-8"))
    return found


def figures(options: argparse.Namespace) -> dict[str, object]:
    """Everything that is measured, part by part."""
    found: dict[str, object] = {"machine": machine(), "starts": [asdict(row) for row in starts()]}
    rows, size = measure(options.folder, options.repeat)
    found |= {"size": asdict(size), "stages": [asdict(row) | {"rate": row.rate} for row in rows]}
    if options.growth:
        found["growth"] = grown(options.growth, options.batch)
    if options.ways:
        found["ways"] = [asdict(row) for row in ways(options.ways)]
    return found


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--docs", type=Path, metavar="FOLDER")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--growth", type=int, default=2_000, metavar="N", help="releases to grow a store to")
    parser.add_argument("--batch", type=int, default=545, metavar="N", help="releases between two rows of it")
    parser.add_argument("--ways", type=int, default=500, metavar="N", help="releases for each way of running")
    options = parser.parse_args()
    found = figures(options)
    print(tables(found))
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if options.docs:
        for name, text in pages(found).items():
            (options.docs / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
