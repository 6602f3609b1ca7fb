"""How fast each stage is, beside yardsticks measured in the same run.

    python benchmarks/run.py FOLDER [--json FILE] [--repeat N]

Prints megabytes of text a second on one core for every stage from file to validated quads, and for two yardsticks: one
pass of the vocabulary's automaton, and a spaCy blank English pipeline with an entity ruler of the same names (needs
`pip install oncopact[bench]`). Quote the ratios: absolute times depend on the machine and on what else it does.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from oncopact.extract import extract
from oncopact.graph import release_quads
from oncopact.knowledge import KnowledgeGraph
from oncopact.lexicon import Lexicon, load
from oncopact.model import Document, Findings, Release
from oncopact.readers import read
from oncopact.recognizers.names import recognize
from oncopact.recognizers.page import Page
from oncopact.segment import segment


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        stage: What was timed.
        megabytes: Text that went through it, in millions of characters.
        seconds: The best of the repeats.
    """

    stage: str
    megabytes: float
    seconds: float

    @property
    def rate(self) -> float:
        """Millions of characters a second."""
        return self.megabytes / self.seconds if self.seconds else float("inf")


def timed(stage: str, megabytes: float, work: Callable[[], object], repeat: int) -> Row:
    """The best of `repeat` runs: what the machine can do when nothing else disturbs it."""
    best = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return Row(stage, megabytes, best)


def names_of(lexicon: Lexicon) -> list[str]:
    """Every name that the vocabulary lists."""
    return sorted({name for key in lexicon.keys for name in (lexicon.entry(key).label, *lexicon.entry(key).aliases)})


def spacy_row(texts: Sequence[str], names: Sequence[str], megabytes: float, repeat: int) -> Row | None:
    """The spaCy yardstick, or None where spaCy is not installed."""
    try:
        import spacy
    except ImportError:
        return None
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "NAME", "pattern": name} for name in names])  # type: ignore[attr-defined]
    pipeline.add_pipe("sentencizer")
    pipeline.max_length = max(len(text) for text in texts) + 1
    return timed("yardstick: spaCy blank + entity ruler", megabytes, lambda: [pipeline(t) for t in texts], repeat)


def measure(folder: Path, repeat: int) -> list[Row]:
    """All rows, in the order of the pipeline."""
    lexicon = load()
    releases = [item for item in read(folder) if isinstance(item, Release)]
    documents = [segment(release) for release in releases]
    texts = [document.text for document in documents]
    size = sum(map(len, texts)) / 1e6
    relevant = [d for d in documents if Page.of(d).medical]
    other = [d for d in documents if not Page.of(d).medical]
    findings = [extract(document, lexicon) for document in documents]
    rows = [
        timed("read", size, lambda: list(read(folder)), repeat),
        timed("segment", size, lambda: [segment(r) for r in releases], repeat),
        timed("recognise names", size, lambda: [recognize(d, lexicon) for d in documents], repeat),
        timed("extract, all of it", size, lambda: _extract(documents, lexicon), repeat),
        timed("extract, relevant releases", _size(relevant), lambda: _extract(relevant, lexicon), repeat),
        timed("extract, irrelevant releases", _size(other), lambda: _extract(other, lexicon), repeat),
        timed("quads", size, lambda: [release_quads(f) for f in findings], repeat),
        timed("validate, by pyshacl", size, lambda: KnowledgeGraph.of(findings, lexicon=lexicon).validate(), 1),
        timed("yardstick: the automaton's pass", size, lambda: [lexicon.match(t) for t in texts], repeat),
    ]
    spacy = spacy_row(texts, names_of(lexicon), size, repeat)
    return [*rows, spacy] if spacy else rows


def _size(documents: Sequence[Document]) -> float:
    return sum(len(d.text) for d in documents) / 1e6


def _extract(documents: Sequence[Document], lexicon: Lexicon) -> list[Findings]:
    return [extract(document, lexicon) for document in documents]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--repeat", type=int, default=3)
    args = parser.parse_args()
    rows = measure(args.folder, args.repeat)
    yardstick = rows[-1].rate
    print(f"{'stage':40}{'MB':>8}{'s':>9}{'MB/s':>9}{'ratio':>8}")
    for row in rows:
        print(f"{row.stage:40}{row.megabytes:8.2f}{row.seconds:9.3f}{row.rate:9.2f}{row.rate / yardstick:8.2f}")
    print(f"ratio: to '{rows[-1].stage}' in this run", file=sys.stderr)
    if args.json:
        content = [{"stage": r.stage, "megabytes": r.megabytes, "seconds": r.seconds, "rate": r.rate} for r in rows]
        args.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
