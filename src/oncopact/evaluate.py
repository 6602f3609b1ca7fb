"""Measure what the pipeline finds against records that people have written: what is right, and where the rest was lost.

The figures follow the release record's own scorer: names, relations and their fields; precision, recall and F1.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from oncopact import pipeline
from oncopact.errors import OncopactError
from oncopact.evaluate_count import Difference, Row, Score, by_slot, score, summarise
from oncopact.evaluate_match import Record
from oncopact.evaluate_places import Places
from oncopact.evaluate_stages import Blame, Stage, Trace
from oncopact.knowledge import KnowledgeGraph
from oncopact.lexicon import Lexicon
from oncopact.model import Evidence, Failure, Findings, Kind

_T = TypeVar("_T")

HALVES: Final = ("all", "even", "odd")
"""Which releases of the sorted list: the even positions (0, 2, …) are read while rules are written, the odd are not."""

WITHOUT: Final[Mapping[str, Kind]] = {
    "companies": Kind.COMPANY,
    "conjugates": Kind.CONJUGATE,
    "antibodies": Kind.ANTIBODY,
    "payloads": Kind.PAYLOAD,
    "targets": Kind.TARGET,
    "technologies": Kind.TECHNOLOGY,
}
"""The vocabulary's files whose rows can be left out."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One release and how its record compares.

    Attributes:
        id: The gold record's name.
        gold, found: The records; `found` is empty where the release gave nothing.
        score: Counts and differences.
        stages: For each of the score's differences the stage that lost it; None where nothing is missed.
        trace: What became of the release.
        failure: Why it gave nothing.
    """

    id: str
    gold: Record
    found: Record
    score: Score
    stages: tuple[Stage | None, ...]
    trace: Trace | None = None
    failure: Failure | None = None

    @property
    def differences(self) -> tuple[tuple[Difference, Stage | None], ...]:
        """Each difference with its stage."""
        return tuple(zip(self.score.differences, self.stages, strict=True))


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A run over a folder of gold records.

    Attributes:
        corpus: What the records are called, as a rule the gold folder's name.
        half: One of `HALVES`.
        without: Vocabulary files left out.
        judged: Sorted by id.
        absent: Gold records whose release is not there; they are not counted.
    """

    corpus: str
    half: str
    without: tuple[str, ...]
    judged: tuple[Judged, ...]
    absent: tuple[str, ...] = ()

    def figures(self) -> dict[str, Row]:
        """All rows, by level and kind."""
        return summarise([item.score for item in self.judged])

    def slots(self) -> dict[str, Row]:
        """A row for each field."""
        return by_slot([item.score for item in self.judged])

    def part(self, half: str) -> Evaluation:
        """The releases at even or odd positions of the sorted list."""
        return Evaluation(self.corpus, half, self.without, _half(self.judged, half), self.absent)

    def lost(self) -> dict[str, Counter[Stage]]:
        """How many decisions each stage lost, by level and kind; a missed record's fields count with it."""
        found: dict[str, Counter[Stage]] = defaultdict(Counter)
        for item in self.judged:
            for difference, stage in item.differences:
                if stage is not None:
                    found[f"{difference.level}:{difference.kind}"][stage] += len(difference.missed)
        return dict(sorted(found.items()))

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Releases that could not be read; those that are no release are not among them."""
        return tuple(item.failure for item in self.judged if item.failure and not item.failure.skipped)


def evaluate(
    gold: Path,
    releases: Path,
    *,
    lexicon: Lexicon,
    half: str = "all",
    without: Sequence[str] = (),
    corpus: str | None = None,
    progress: Callable[[Judged], None] | None = None,
) -> Evaluation:
    """Read the release of each gold record and compare what it gives.

    Args:
        gold: A folder of records, `<id>.json`.
        releases: A folder with their releases, `<id>.txt`, `<id>.html`, …; may be the same folder.
        lexicon: The vocabulary, with `without` already left out.
        half: One of `HALVES`.
        without: What the lexicon leaves out, for the report.
        corpus: What reports call the records; the gold folder's name where it is not given.
        progress: Called with each release's result.

    Raises:
        OncopactError: A record is broken, or there is no record or no release to judge.
    """
    records = _half(sorted(_records(gold).items()), half)
    if not records:
        raise OncopactError("no gold records", where=str(gold), remedy="give a folder of <id>.json files")
    texts = _texts(gold, releases, {name for name, _ in records})
    judged = []
    for name, record in records:
        if name in texts:
            judged.append(judge(name, record, texts[name], lexicon=lexicon))
            if progress is not None:
                progress(judged[-1])
    if not judged:
        raise OncopactError(
            "no release of any gold record", where=str(releases), remedy="name releases as their records are named"
        )
    absent = tuple(name for name, _ in records if name not in texts)
    return Evaluation(corpus or gold.resolve().name, half, tuple(sorted(without)), tuple(judged), absent)


def judge(name: str, gold: Record, path: Path, *, lexicon: Lexicon) -> Judged:
    """Read one release and compare it with its gold record; of several releases in one file the first counts."""
    claims: dict[str, list[Evidence]] = defaultdict(list)
    results = list(pipeline.each([path], lexicon=lexicon, witness=lambda kind, seen: claims[kind].append(seen)))
    findings = next((item for item in results if isinstance(item, Findings)), None)
    failure = next((item for item in results if isinstance(item, Failure)), None) if findings is None else None
    found: Record = {}
    trace = None
    if findings is not None:
        graph = KnowledgeGraph.of([findings])
        found = next(iter(graph.records().values()), {})
        failure = next(iter(graph.failures), None)
        trace = Trace(findings, {kind: tuple(seen) for kind, seen in claims.items()}, Places.of(findings.document.text))
    counts = score(gold, found)
    blame = Blame(trace, gold, found, counts)
    stages = tuple(blame.stage(item) if item.missed else None for item in counts.differences)
    return Judged(name, gold, found, counts, stages, trace, failure)


def _half(items: Sequence[_T], half: str) -> tuple[_T, ...]:
    match half:
        case "even":
            return tuple(items[0::2])
        case "odd":
            return tuple(items[1::2])
        case _:
            return tuple(items)


def _records(folder: Path) -> dict[str, Record]:
    """The gold records by name.

    Raises:
        OncopactError: One is not JSON or not an object.
    """
    found: dict[str, Record] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            content: Any = json.loads(path.read_bytes())
        except (ValueError, OSError) as error:
            raise OncopactError(f"the record is not readable JSON: {error}", where=str(path)) from error
        if not isinstance(content, dict):
            raise OncopactError("the record is not a JSON object", where=str(path))
        found[path.stem] = content
    return found


def _texts(gold: Path, releases: Path, names: set[str]) -> dict[str, Path]:
    """Each record's release: the file of that name, with any ending; the records themselves are none."""
    own = gold.resolve() == releases.resolve()
    found: dict[str, Path] = {}
    for path in sorted(path for path in releases.iterdir() if path.is_file()):
        if own and path.suffix == ".json":
            continue
        for name in (path.name, path.stem, path.name.removesuffix("".join(path.suffixes[-2:]))):
            if name in names:
                found.setdefault(name, path)
    return found
