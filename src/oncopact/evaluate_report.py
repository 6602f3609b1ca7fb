"""An evaluation in words: figures as lines, differences, gains and losses against an older run, a page for the docs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from oncopact.errors import OncopactError
from oncopact.evaluate import Evaluation, Judged
from oncopact.evaluate_count import LEVELS, Difference, Row, figures
from oncopact.evaluate_match import Counts, stated
from oncopact.evaluate_spelling import printed
from oncopact.evaluate_stages import MEANING, Stage

_VERSION: Final = 1


# ---------------------------------------------------------------- lines for a terminal


def table(evaluation: Evaluation) -> list[list[str]]:
    """The figures as rows of cells: by level and kind, then the sums; macro and interval last."""
    rows = evaluation.figures()
    counted = [[key, *_cells(row)] for key, row in rows.items() if "tp" in row]
    macro, interval = rows["macro"], rows["interval"]
    return [
        ["figures", "precision", "recall", "F1", "right", "spurious", "missed"],
        *counted,
        ["macro", "", "", _three(macro["f1"])],
        ["interval", "", "", f"{_three(interval['low'])}-{_three(interval['high'])}"],
    ]


def slot_table(evaluation: Evaluation) -> list[list[str]]:
    """The figures of each field."""
    head = ["field", "precision", "recall", "F1", "right", "spurious", "missed"]
    return [head, *([key, *_cells(row)] for key, row in evaluation.slots().items())]


def stage_table(evaluation: Evaluation) -> list[list[str]]:
    """How many decisions each stage lost, by level and kind."""
    lost = evaluation.lost()
    total = _overall(lost)
    rows = [[key, *(str(counts[stage] or "") for stage in Stage), str(counts.total())] for key, counts in lost.items()]
    return [
        ["missed at", *(stage.value for stage in Stage), "all"],
        *rows,
        ["overall", *(str(total[stage] or "") for stage in Stage), str(total.total())],
    ]


def _overall(lost: Mapping[str, Counter[Stage]]) -> Counter[Stage]:
    """The losses that the overall figure counts."""
    total: Counter[Stage] = Counter()
    for key, counts in lost.items():
        if key.split(":")[0] in LEVELS:
            total.update(counts)
    return total


def _cells(row: Row) -> list[str]:
    return [
        *(_three(row[key]) for key in ("precision", "recall", "f1")),
        *(str(row[key]) for key in ("tp", "fp", "fn")),
    ]


def _three(number: float) -> str:
    return f"{number:.3f}"


def lines(evaluation: Evaluation) -> Iterator[str]:
    """Every difference in a line, with the stage that lost it; fields of a missed or spurious record are left out."""
    for item in evaluation.judged:
        for difference, stage in item.differences:
            if not difference.follows:
                yield from (f"{item.id}: {text}" for text in lines_of(difference, stage))


def lines_of(difference: Difference, stage: Stage | None) -> Iterator[str]:
    """One difference as `missed at STAGE: …` and `spurious: …`; a field is one line."""
    for missed, spurious in _both(difference):
        if missed is not None:
            yield f"missed at {stage}: {missed}" + (f" (found {spurious})" if spurious else "")
        elif spurious is not None:
            yield f"spurious: {spurious}"


def _both(difference: Difference) -> Iterator[tuple[str | None, str | None]]:
    """The missed and the spurious values as words, beside each other for a field."""
    kind, slot = difference.kind, difference.slot
    if difference.level != "slot":
        yield from ((f"{kind}: {brief(value)}", None) for value in difference.missed)
        yield from ((None, f"{kind}: {brief(value)}") for value in difference.spurious)
        return
    wanted, got = (", ".join(map(_plain, values)) for values in (difference.missed, difference.spurious))
    where = f"{kind}.{slot} of {brief(difference.gold or difference.found)}: "
    yield (where + wanted if wanted else None), (got if wanted else where + got)


def brief(record: Any) -> str:
    """What a record is about, in a few words.

    >>> brief({"kind": "upfront", "amount": 25000000, "currency": "USD", "qualifier": "exact"})
    'upfront 25000000 USD exact'
    >>> brief({"kind": "licence", "event": "announced", "parties": ["Alderis", "Borgmann"]})
    'licence announced, Alderis / Borgmann'
    """
    if not isinstance(record, Mapping):
        return _plain(record)
    if names := printed(record):
        return _plain(names[0])
    if "parties" in record:
        return f"{record.get('kind')} {record.get('event')}, {' / '.join(map(str, stated(record['parties'])))}"
    if "event" in record:
        return " ".join(str(record[key]) for key in ("event", "status", "date") if record.get(key))
    told = [record.get(key) for key in ("kind", "amount", "percent", "currency", "qualifier")]
    return " ".join(str(part) for part in told if part is not None)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


# ---------------------------------------------------------------- figures that are kept


@dataclass(frozen=True, slots=True)
class Saved:
    """The figures of a run as a file keeps them.

    Attributes:
        name: What the user called the file.
        corpus, half, without: As in `Evaluation`.
        figures: All rows.
        releases: For each release its own F1 and its differences in words.
    """

    name: str
    corpus: str
    half: str
    without: tuple[str, ...]
    figures: Mapping[str, Row]
    releases: Mapping[str, tuple[float, tuple[str, ...]]]


def as_json(evaluation: Evaluation) -> str:
    """All figures and each release's differences, as JSON; the same run gives the same bytes."""
    content = {
        "version": _VERSION,
        "corpus": evaluation.corpus,
        "half": evaluation.half,
        "without": list(evaluation.without),
        "figures": evaluation.figures(),
        "fields": evaluation.slots(),
        "lost": {
            key: {stage.value: counts[stage] for stage in Stage if counts[stage]}
            for key, counts in evaluation.lost().items()
        },
        "releases": {item.id: {"f1": own_f1(item), "differences": _units(item)} for item in evaluation.judged},
        "absent": list(evaluation.absent),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def load(path: Path) -> Saved:
    """The figures that `as_json` wrote.

    Raises:
        OncopactError: The file is missing, or no such figures.
    """
    remedy = "give a file that oncopact evaluate --json wrote"
    try:
        content = json.loads(path.read_bytes())
        if content["version"] != _VERSION:
            raise OncopactError("figures of another version", where=str(path), remedy=remedy)
        releases = {key: (item["f1"], tuple(item["differences"])) for key, item in content["releases"].items()}
        return Saved(
            path.name, content["corpus"], content["half"], tuple(content["without"]), content["figures"], releases
        )
    except OSError as error:
        raise OncopactError(f"cannot read: {error.strerror}", where=str(path), remedy=remedy) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise OncopactError("no saved figures", where=str(path), remedy=remedy) from error


def own_f1(item: Judged) -> float:
    """A release's own overall F1."""
    return float(figures(item.score.total(*LEVELS))["f1"])


def _units(item: Judged) -> list[str]:
    """A release's differences, one string for each element; no stages, which may change with nothing gained."""
    found = []
    for difference in item.score.differences:
        if difference.follows:
            continue
        field = f"{difference.kind}.{difference.slot}" if difference.slot else difference.kind
        of = f" of {brief(difference.gold)}" if difference.slot else ""
        found += [f"missed {field}{of}: {brief(value)}" for value in difference.missed]
        found += [f"spurious {field}{of}: {brief(value)}" for value in difference.spurious]
    return found


def changes(before: Saved, after: Evaluation) -> list[str]:
    """What each release gained (`+`) and lost (`-`) since `before`, and the overall figures."""
    told: list[str] = []
    both = [item for item in after.judged if item.id in before.releases]
    for item in both:
        old_f1, old = before.releases[item.id]
        was, now = Counter(old), Counter(_units(item))
        if was != now:
            told.append(f"{item.id}: F1 {_three(old_f1)} to {_three(own_f1(item))}")
            told += [f"  + no longer {text}" for text in (was - now).elements()]
            told += [f"  - now {text}" for text in (now - was).elements()]
    only = len(before.releases.keys() ^ {item.id for item in after.judged})
    if only:
        told.append(f"{only} releases are in one run only and not compared")
    first, last = before.figures["overall"], after.figures()["overall"]
    moves = [
        f"{name} {_three(first[key])} to {_three(last[key])}"
        for name, key in (("precision", "precision"), ("recall", "recall"), ("F1", "f1"))
    ]
    return [*told, f"overall against {before.name}: {', '.join(moves)}"]


# ---------------------------------------------------------------- a page for the docs


def markdown(evaluation: Evaluation, *, date: str | None = None, beside: Sequence[Saved] = ()) -> str:
    """The page that says how accurate oncopact is, and where it is not.

    Args:
        evaluation: The main run.
        date: The date to print; none where it is not given, since a page must not depend on the clock.
        beside: Other runs to set beside it.
    """
    parts = [
        *_opening(evaluation, date),
        *_runs(evaluation, beside),
        *_kinds(evaluation),
        *_losses(evaluation),
    ]
    return "\n".join(parts) + "\n"


def _opening(evaluation: Evaluation, date: str | None) -> list[str]:
    number = len(evaluation.judged)
    source = f"{number} releases of `{evaluation.corpus}`" + (f", {date}" if date else "")
    left_out = f"; the vocabulary's {', '.join(evaluation.without)} left out" if evaluation.without else ""
    return [
        "# How accurate oncopact is",
        "",
        "<!-- written by `oncopact evaluate --markdown`; do not edit -->",
        "",
        f"Measured on {source}{left_out}. Every record was written by a person who read the release; the comparison is",
        "element by element: *names* (was the thing found at all?), *relations* (was the event found?) and their",
        "*fields*. The fields of a missed or spurious record count as missed or spurious with it. Overall is the",
        "micro-average of all of these; macro the mean of the releases' own F1; the interval a 95 % bootstrap over",
        "releases.",
        "",
    ]


def _runs(evaluation: Evaluation, beside: Sequence[Saved]) -> list[str]:
    runs = [_run(evaluation.corpus, evaluation.half, evaluation.without, len(evaluation.judged), evaluation.figures())]
    if evaluation.half == "all" and len(evaluation.judged) > 1:
        parts = [evaluation.part(half) for half in ("even", "odd")]
        runs += [_run(part.corpus, part.half, part.without, len(part.judged), part.figures()) for part in parts]
    runs += [_run(item.corpus, item.half, item.without, len(item.releases), item.figures) for item in beside]
    return [
        "## Overall",
        "",
        "*Even* and *odd* are positions in the sorted list, counted from 0: the even half may be read by those who",
        "write rules, the odd half is kept unread.",
        "",
        *_table([["corpus", "half", "left out", "releases", "P", "R", "F1", "macro F1", "interval"], *runs]),
        "",
    ]


def _run(corpus: str, half: str, without: Sequence[str], releases: int, rows: Mapping[str, Row]) -> list[str]:
    overall, macro, interval = rows["overall"], rows["macro"], rows["interval"]
    return [
        f"`{corpus}`", half, ", ".join(without) or "nothing", str(releases),
        *(_three(overall[key]) for key in ("precision", "recall", "f1")),
        _three(macro["f1"]), f"{_three(interval['low'])} to {_three(interval['high'])}",
    ]  # fmt: skip


def _kinds(evaluation: Evaluation) -> list[str]:
    rows = [row for row in table(evaluation) if len(row) > 4]
    return [
        "## By kind",
        "",
        *_table(rows),
        "",
        "## By field",
        "",
        *_table(slot_table(evaluation)),
        "",
    ]


def _losses(evaluation: Evaluation) -> list[str]:
    lost = evaluation.lost()
    total = _overall(lost)
    ranked = sorted(Stage, key=lambda stage: -total[stage])
    places = [
        (counts[stage], key, stage) for key, counts in lost.items() if key.split(":")[0] != "release" for stage in Stage
    ]
    top = [[key.replace(":", ": "), stage.value, str(count)] for count, key, stage in _greatest(places)]
    weak = [
        [key, *_cells(row)]
        for key, row in sorted(evaluation.slots().items(), key=lambda item: (item[1]["recall"], item[0]))
        if row["fn"] and row["tp"] + row["fn"] >= 5
    ][:8]
    spurious = [
        [key, str(row["fp"])]
        for key, row in sorted(evaluation.figures().items(), key=lambda item: (-item[1].get("fp", 0), item[0]))
        if ":" in key and row["fp"]
    ]
    return [
        "## What is not yet understood",
        "",
        f"{total.total()} decisions are missed. Each is put down to the first stage that lost it:",
        "",
        *_table([["stage", "missed", "what it means"], *([s.value, str(total[s]), MEANING[s]] for s in ranked)]),
        "",
        "The most frequent losses by kind and stage:",
        "",
        *_table([["kind", "stage", "missed"], *top]),
        "",
        "The fields that are found least often (of those stated at least five times):",
        "",
        *_table([["field", "precision", "recall", "F1", "right", "spurious", "missed"], *weak]),
        "",
        "What is found and should not be:",
        "",
        *_table([["kind", "spurious"], *spurious]),
    ]


def _greatest(places: Iterable[tuple[int, str, Stage]]) -> list[tuple[int, str, Stage]]:
    order = tuple(Stage)
    ranked = sorted((item for item in places if item[0]), key=lambda item: (-item[0], item[1], order.index(item[2])))
    return ranked[:10]


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    head, *body = rows
    numbers = ["--:" if body and all(_is_number(row[i]) for row in body) else "---" for i in range(len(head))]
    return [f"| {' | '.join(cells)} |" for cells in (head, numbers, *body)]


def _is_number(cell: str) -> bool:
    return not cell or cell.replace(".", "").isdigit()


def wrong(item: Judged) -> Counts:
    """A release's counts over names, relations and fields."""
    return item.score.total(*LEVELS)
