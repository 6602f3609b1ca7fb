"""When two records state the same: the identity of names in one release, slot by slot, and how like two events are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias

from oncopact.evaluate_spelling import Folder, contains, fold, fold_company, names_of, spellings, territory, words

Record: TypeAlias = Mapping[str, Any]
"""A release record, or one of its parts, as JSON gives it."""

NAME_KINDS: Final = ("companies", "conjugates", "antibodies", "payloads", "targets", "technologies")
RELATION_KINDS: Final = ("agreements", "milestones", "payments")
SLOTS: Final[Mapping[str, tuple[str, ...]]] = {
    "conjugates": ("antibody", "payload", "target", "developers"),
    "agreements": tuple(
        "kind parties licensor licensee technology targets products exclusive territory signed event".split()
    ),
    "milestones": tuple("status date product agreement_between payer payee amount currency".split()),
    "payments": tuple("kind amount percent currency qualifier payer payee".split()),
}
"""The fields that are scored, by the kind of record."""

COMPANY_SLOTS: Final = frozenset(
    "developers licensor licensee agreement_between payer payee parties issuers".split(),
)
THING_SLOTS: Final = frozenset("antibody payload target technology targets products product".split())
_THING_KINDS: Final = ("products", "conjugates", "antibodies", "targets", "technologies", "payloads")
_RIGHTS: Final = frozenset({"licence", "collaboration", "co-development", "research", "option", "other"})


class Counts(NamedTuple):
    """True positives, false positives, false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def plus(self, other: Counts) -> Counts:
        """The sum, number by number."""
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def share(self) -> float:
        """The agreement in [0, 1]; 0 where nothing agrees."""
        return self.tp / (self.tp + self.fp + self.fn) if self.tp else 0.0


@dataclass(frozen=True, slots=True)
class Names:
    """What the names of a gold and a found record stand for, so that an alias in a slot equals the leading name.

    Attributes:
        companies, things: Folded name → the folded name that stands for all names of the same thing.
    """

    companies: Mapping[str, str]
    things: Mapping[str, str]

    @classmethod
    def of(cls, gold: Record, found: Record) -> Names:
        """The names of both records; gold comes first, since a found alias can't move a gold name."""
        return cls(
            _groups((gold, found), ("companies",), fold_company),
            _groups((gold, found), _THING_KINDS, fold),
        )

    def company(self, name: object) -> str:
        """What a company's name stands for."""
        return _known(name, self.companies, fold_company)

    def thing(self, name: object) -> str:
        """What the name of a molecule, target or technology stands for."""
        return _known(name, self.things, fold)


def _groups(records: Iterable[Record], kinds: Iterable[str], folder: Folder) -> dict[str, str]:
    group: dict[str, str] = {}
    for record in records:
        for kind in kinds:
            for item in stated(record.get(kind)):
                keys = sorted(names_of(item, folder))
                root = next((group[key] for key in keys if key in group), keys[0] if keys else "")
                for key in keys:
                    group.setdefault(key, root)
    return group


def _known(name: object, group: Mapping[str, str], folder: Folder) -> str:
    forms = sorted(spellings(name, folder), key=lambda form: (-len(form), form))
    return next((group[form] for form in forms if form in group), folder(name))


def stated(value: object) -> list[Any]:
    """`value` as a list of what is really stated: no null, no empty string, list or object."""
    items = value if isinstance(value, list | tuple) else [value]
    return [item for item in items if item not in (None, "", [], {})]


def same(slot: str, left: object, right: object, names: Names) -> bool:
    """Whether two stated values of `slot` mean the same."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | float) and isinstance(right, int | float):
        return abs(float(left) - float(right)) < 1e-6 * max(1.0, abs(float(left)))
    if slot in COMPANY_SLOTS:
        return names.company(left) == names.company(right)
    if slot == "territory":
        (within, without), (other_within, other_without) = territory(left), territory(right)
        return without == other_without and 2 * len(within & other_within) >= len(within | other_within) > 0
    if slot in THING_SLOTS:
        one, two = names.thing(left), names.thing(right)
        return one == two or contains(one, two)
    return str(left).strip().lower() == str(right).strip().lower()


def paired(slot: str, gold: object, found: object, names: Names) -> tuple[list[Any], list[Any]]:
    """The elements of a slot that have no like on the other side: missed ones, then spurious ones."""
    missed, spare = [], stated(found)
    for value in stated(gold):
        at = next((index for index, other in enumerate(spare) if same(slot, value, other, names)), None)
        if at is None:
            missed.append(value)
        else:
            del spare[at]
    return missed, spare


def compare(slot: str, gold: object, found: object, names: Names) -> Counts:
    """How a slot's values agree, element by element."""
    missed, spurious = paired(slot, gold, found, names)
    return Counts(len(stated(found)) - len(spurious), len(spurious), len(missed))


# ---------------------------------------------------------------- likeness


def name_likeness(kind: str, gold: frozenset[str], found: frozenset[str]) -> float:
    """Shared spellings; for technologies and targets one spelling inside the other is a weaker agreement."""
    if shared := len(gold & found):
        return 1.0 + shared
    if kind in ("technologies", "targets"):
        return 0.5 * any(contains(one, two) for one in gold for two in found)
    return 0.0


def likeness(kind: str, gold: Record, found: Record, names: Names) -> float:
    """How well two agreements, milestones or payments agree on what identifies them.

    Returns:
        0 where they can't be the same event; else the more the better, comparable within one `kind` only.
    """
    part = {slot: compare(slot, gold.get(slot), found.get(slot), names).share for slot in SLOTS[kind]}
    return {"agreements": _agreements, "milestones": _milestones, "payments": _payments}[kind](gold, found, part, names)


def _agreements(gold: Record, found: Record, part: Mapping[str, float], names: Names) -> float:
    counts = compare("parties", gold.get("parties"), found.get("parties"), names)
    parties = part["parties"]
    if counts.tp and 1 in (counts.tp + counts.fp, counts.tp + counts.fn):
        parties = max(parties, 0.6)  # one side names a single party: the other may be 'a partner'
    about = part["products"] + part["technology"] + part["targets"]
    kinds = {gold.get("kind"), found.get("kind")}
    if parties < 0.5 or (len(kinds) > 1 and not kinds <= _RIGHTS and not about):
        return 0.0
    alike = 4 * parties + 2 * part["kind"] + 2 * about  # the order of addition decides ties as the scorer does
    return alike + part["event"] + part["licensor"] + part["signed"] + part["territory"]


def _milestones(gold: Record, found: Record, part: Mapping[str, float], _: Names) -> float:
    told = _token_f1(gold.get("event"), found.get("event"))
    both = stated(gold.get("product")) and stated(found.get("product"))
    if gold.get("kind") != found.get("kind") or (both and not part["product"]):
        return 0.0
    if not (told or part["date"] or part["amount"]):
        return 0.0
    alike = 4 * told + 3 * part["product"] + 2 * part["date"]
    return alike + part["status"] + part["agreement_between"] + part["amount"]


def _payments(gold: Record, found: Record, part: Mapping[str, float], _: Names) -> float:
    amount, other_amount = (bool(stated(record.get("amount"))) for record in (gold, found))
    if amount != other_amount or (amount and not part["amount"]) or (not amount and not part["kind"]):
        return 0.0
    if stated(gold.get("percent")) and stated(found.get("percent")) and not part["percent"]:
        return 0.0
    return 3 + 3 * part["kind"] + part["payer"] + part["payee"] + part["qualifier"] + part["percent"]


def _token_f1(left: object, right: object) -> float:
    one, two = (words(text or "") for text in (left, right))
    return 2 * len(one & two) / (len(one) + len(two)) if one & two else 0.0


# ---------------------------------------------------------------- alignment


def align(scores: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The one-to-one alignment of rows and columns with the greatest sum; pairs of score 0 are left out.

    >>> align([[3, 2], [3, 0]])
    [(0, 1), (1, 0)]
    """
    rows, columns = len(scores), len(scores[0]) if scores else 0
    size, top = max(rows, columns), max((score for row in scores for score in row), default=0.0)
    cost = [[top - (scores[i][j] if i < rows and j < columns else 0.0) for j in range(size)] for i in range(size)]
    pairs = [(row, column) for column, row in enumerate(_assign(cost))]
    return sorted((i, j) for i, j in pairs if i < rows and j < columns and scores[i][j] > 0)


def _assign(cost: Sequence[Sequence[float]]) -> list[int]:
    """For each column its row in the cheapest assignment (the Hungarian method, by shortest augmenting paths)."""
    size = len(cost)
    row_price, column_price = [0.0] * (size + 1), [0.0] * (size + 1)
    match = [0] * (size + 1)  # column → row, both counted from 1; 0 is free
    for row in range(1, size + 1):
        match[0] = row
        way, column = _path(cost, row_price, column_price, match)
        while column:
            match[column] = match[way[column]]
            column = way[column]
    return [match[column] - 1 for column in range(1, size + 1)]


def _path(
    cost: Sequence[Sequence[float]], row_price: list[float], column_price: list[float], match: list[int]
) -> tuple[list[int], int]:
    """The cheapest way from column 0 to a free column, which is returned; prices are updated on the way."""
    size = len(cost)
    least, way, seen = [float("inf")] * (size + 1), [0] * (size + 1), [False] * (size + 1)
    column = 0
    while True:
        seen[column] = True
        row, step, following = match[column], float("inf"), 0
        for j in range(1, size + 1):
            if seen[j]:
                continue
            reduced = cost[row - 1][j - 1] - row_price[row] - column_price[j]
            if reduced < least[j]:
                least[j], way[j] = reduced, column
            if least[j] < step:
                step, following = least[j], j
        for j in range(size + 1):
            if seen[j]:
                row_price[match[j]] += step
                column_price[j] -= step
            else:
                least[j] -= step
        column = following
        if not match[column]:
            return way, column
