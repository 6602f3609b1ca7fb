"""A gold and a found record → counts and differences; many counts → precision, recall and F1."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from oncopact.evaluate_match import (
    NAME_KINDS,
    RELATION_KINDS,
    SLOTS,
    Counts,
    Names,
    Record,
    align,
    compare,
    likeness,
    name_likeness,
    paired,
    stated,
)
from oncopact.evaluate_spelling import Folder, fold, fold_company, names_of

Row: TypeAlias = dict[str, float | int]
"""One line of figures: precision, recall, f1, tp, fp, fn; or macro and interval, which have their own."""

LEVELS: Final = ("name", "relation", "slot")
"""What the overall figure counts: the release's own date and issuers stand apart."""

_DRAWS: Final = 1000


@dataclass(frozen=True, slots=True)
class Difference:
    """Something missed or spurious.

    Attributes:
        level: `release`, `name`, `relation` or `slot`.
        kind: `companies`, `agreements`, …; for the level `release` the field.
        slot: The field, for the level `slot`.
        missed, spurious: The values: for a slot its elements, else the whole record.
        gold, found: The records compared; empty where one side has none.
    """

    level: str
    kind: str
    slot: str = ""
    missed: tuple[Any, ...] = ()
    spurious: tuple[Any, ...] = ()
    gold: Any = None
    found: Any = None

    @property
    def follows(self) -> bool:
        """Whether it is only the consequence of a whole record that is missed or spurious."""
        return self.level == "slot" and not (self.gold and self.found)


@dataclass(frozen=True, slots=True)
class Score:
    """One release's counts.

    Attributes:
        counts: By level and kind, `relation:payments`.
        slots: By kind and field, `payments.payer`.
        differences: All that is missed or spurious, in the order of the kinds.
        aligned: By kind the pairs of gold and found records.
    """

    counts: Mapping[str, Counts]
    slots: Mapping[str, Counts]
    differences: tuple[Difference, ...]
    aligned: Mapping[str, tuple[tuple[Any, Any], ...]]

    def total(self, *levels: str) -> Counts:
        """The counts of whole levels."""
        return added(counts for key, counts in self.counts.items() if key.split(":")[0] in levels)


def added(counts: Iterable[Counts]) -> Counts:
    """The sum."""
    total = Counts()
    for item in counts:
        total = total.plus(item)
    return total


class _Tally:
    """Counts while a release is compared."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.counts: dict[str, Counts] = {}
        self.slots: dict[str, Counts] = {}
        self.differences: list[Difference] = []

    def add(self, key: str, counts: Counts) -> None:
        self.counts[key] = self.counts.get(key, Counts()).plus(counts)

    def release(self, slot: str, gold: Record, found: Record) -> None:
        missed, spurious = paired(slot, gold.get(slot), found.get(slot), self.names)
        self.add(f"release:{slot}", compare(slot, gold.get(slot), found.get(slot), self.names))
        if missed or spurious:
            self.differences.append(Difference("release", slot, "", tuple(missed), tuple(spurious), gold, found))

    def records(self, level: str, kind: str, left: Sequence[Any], right: Sequence[Any], pairs: _Pairs) -> None:
        """Count the aligned, missed and spurious records of one kind, and their slots."""
        lost = [left[i] for i in range(len(left)) if i not in {one for one, _ in pairs}]
        extra = [right[j] for j in range(len(right)) if j not in {two for _, two in pairs}]
        self.add(f"{level}:{kind}", Counts(len(pairs), len(extra), len(lost)))
        self.differences += [Difference(level, kind, "", (item,), (), item, {}) for item in lost]
        self.differences += [Difference(level, kind, "", (), (item,), {}, item) for item in extra]
        if kind in SLOTS:
            both = [(left[i], right[j]) for i, j in pairs]
            for gold, found in [*both, *((item, {}) for item in lost), *(({}, item) for item in extra)]:
                self._slots(kind, gold, found)

    def _slots(self, kind: str, gold: Record, found: Record) -> None:
        for slot in SLOTS[kind]:
            missed, spurious = paired(slot, gold.get(slot), found.get(slot), self.names)
            counts = Counts(len(stated(found.get(slot))) - len(spurious), len(spurious), len(missed))
            self.add(f"slot:{kind}", counts)
            self.slots[f"{kind}.{slot}"] = self.slots.get(f"{kind}.{slot}", Counts()).plus(counts)
            if missed or spurious:
                self.differences.append(Difference("slot", kind, slot, tuple(missed), tuple(spurious), gold, found))


_Pairs: TypeAlias = Sequence[tuple[int, int]]


def score(gold: Record, found: Record) -> Score:
    """Compare two records of one release; an empty `found` misses everything."""
    names = Names.of(gold, found)
    tally = _Tally(names)
    aligned: dict[str, tuple[tuple[Any, Any], ...]] = {}
    for slot in ("release_date", "issuers"):
        tally.release(slot, gold, found)
    for kind in NAME_KINDS:
        folder = fold_company if kind == "companies" else fold
        left, right = _scored(gold, found, kind, folder)
        keys, other = ([names_of(item, folder) for item in side] for side in (left, right))
        pairs = align([[name_likeness(kind, one, two) for two in other] for one in keys])
        tally.records("name", kind, left, right, pairs)
        aligned[kind] = tuple((left[i], right[j]) for i, j in pairs)
    for kind in RELATION_KINDS:
        left, right = stated(gold.get(kind)), stated(found.get(kind))
        pairs = align([[likeness(kind, one, two, names) for two in right] for one in left])
        tally.records("relation", kind, left, right, pairs)
        aligned[kind] = tuple((left[i], right[j]) for i, j in pairs)
    return Score(tally.counts, tally.slots, tuple(tally.differences), aligned)


def _scored(gold: Record, found: Record, kind: str, folder: Folder) -> tuple[list[Any], list[Any]]:
    """Both sides without contacts and credits, which are neither to be found nor spurious."""
    items = stated(gold.get(kind))
    left = [item for item in items if not (isinstance(item, Mapping) and item.get("role"))]
    empty: frozenset[str] = frozenset()
    scored = empty.union(*(names_of(item, folder) for item in left))
    unscored = empty.union(*(names_of(item, folder) for item in items if item not in left)) - scored
    return left, [item for item in stated(found.get(kind)) if not names_of(item, folder) & unscored]


# ---------------------------------------------------------------- figures


def figures(counts: Counts) -> Row:
    """Precision, recall and F1, rounded to three digits; 0 where nothing was counted.

    >>> figures(Counts(3, 1, 2))["f1"]
    0.667
    """
    tp, fp, fn = counts
    precision = tp / (tp + fp) if tp + fp else 0.0
    recall = tp / (tp + fn) if tp + fn else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3), "tp": tp, "fp": fp, "fn": fn,
    }  # fmt: skip


def summarise(scores: Sequence[Score]) -> dict[str, Row]:
    """The figures of many releases.

    Returns:
        A row for each level and kind; `names`, `relations`, `slots` and `overall` (micro-averages); `macro`, the mean
        of the releases' own F1; `interval`, a 95 % bootstrap over releases of the overall F1.
    """
    keys = sorted({key for item in scores for key in item.counts})
    rows = {key: figures(added(item.counts.get(key, Counts()) for item in scores)) for key in keys}
    for level in LEVELS:
        rows[f"{level}s"] = figures(added(item.total(level) for item in scores))
    each = [item.total(*LEVELS) for item in scores]
    rows["overall"] = figures(added(each))
    told = [figures(counts)["f1"] for counts in each if any(counts)]
    rows["macro"] = {"f1": round(sum(told) / len(told), 3) if told else 0.0, "releases": len(told)}
    rows["interval"] = _interval(each)
    return rows


def by_slot(scores: Sequence[Score]) -> dict[str, Row]:
    """The figures of each field, `payments.payer`, in the order of the record."""
    keys = [f"{kind}.{slot}" for kind, slots in SLOTS.items() for slot in slots]
    return {key: figures(added(item.slots.get(key, Counts()) for item in scores)) for key in keys}


def _interval(each: Sequence[Counts]) -> Row:
    if not each:
        return {"low": 0.0, "high": 0.0}
    draw = random.Random(0)  # noqa: S311  (a seeded bootstrap: the same figures give the same interval)
    samples = sorted(figures(added(draw.choice(each) for _ in each))["f1"] for _ in range(_DRAWS))
    return {"low": samples[25], "high": samples[974]}
