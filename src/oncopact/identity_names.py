"""Which entities of many releases are one: by what the vocabulary lists, by name, code, ticker and CIK, by renaming.

Two things that the vocabulary lists are never one, unless the user says so. What is not certain stays apart, with its
candidates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from oncopact.curation import Curation
from oncopact.identity import Atom, NameDecision, Reason, is_telling

SHARED: Final = frozenset({"name", "main", "former", "cik"})
"""The kinds of atoms by which entities may be joined; tickers join those of neighbouring years."""

COMMON: Final = 24
"""A name of more entities than this tells nothing."""


def solve(atoms: Iterable[Atom], curation: Curation) -> dict[str, NameDecision]:
    """Decide on entities that may be one.

    Args:
        atoms: Everything said of some entities, and of all that share a name with one of them.
        curation: The user's word.

    Returns:
        The decisions that are not plain: an entity that stays itself, under one label, has none.
    """
    people = _Entities(atoms)
    groups = _Groups(people, curation)
    perhaps: dict[str, list[Reason]] = defaultdict(list)
    why: dict[str, list[Reason]] = defaultdict(list)
    for one, two, reason, certain in sorted(_edges(people, curation)):
        if certain and groups.join(one, two, forced=reason.rule == "curation.same"):
            why[one].append(Reason(reason.rule, reason.words, two))
            why[two].append(Reason(reason.rule, reason.words, one))
        elif not groups.told_apart(one, two):
            perhaps[one].append(Reason(reason.rule, reason.words, two))
            perhaps[two].append(Reason(reason.rule, reason.words, one))
    return dict(_decisions(people, groups, curation, why, perhaps))


class _Entities:
    """The atoms, by entity and by value."""

    def __init__(self, atoms: Iterable[Atom]) -> None:
        self.values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.owners: dict[str, set[str]] = defaultdict(set)
        for atom in atoms:
            self.values[atom.entity][atom.kind].add(atom.value)
            if atom.kind in ("name", "main"):
                self.owners[atom.value].add(atom.entity)

    def get(self, entity: str, kind: str) -> set[str]:
        found = self.values.get(entity)
        return found[kind] if found and kind in found else set()

    def listed(self, entity: str) -> bool:
        return "listed" in self.values[entity]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.values))


class _Groups:
    """Which entities are one so far; a group has at most one that the vocabulary lists."""

    def __init__(self, people: _Entities, curation: Curation) -> None:
        self.people = people
        self.different = curation.pairs("different")
        self.of: dict[str, frozenset[str]] = {entity: frozenset({entity}) for entity in people.values}

    def told_apart(self, one: str, two: str) -> bool:
        """Whether they are one already, or known to be two."""
        return two in self.of[one] or self._parted(one, two, forced=False)

    def _parted(self, one: str, two: str, *, forced: bool) -> bool:
        """Whether the user or, where the user is silent, a release says that they are two: a group and its part."""
        said = two in self.people.get(one, "apart") or one in self.people.get(two, "apart")
        return frozenset((one, two)) in self.different or (said and not forced)

    def join(self, one: str, two: str, *, forced: bool) -> bool:
        left, right = self.of[one], self.of[two]
        if left == right:
            return True
        if not forced and sum(self.people.listed(entity) for entity in left | right) > 1:
            return False
        if not forced and _class_clash(left | right):
            return False
        if any(self._parted(a, b, forced=forced) for a in left for b in right):
            return False
        for entity in left | right:
            self.of[entity] = left | right
        return True


def _class_clash(entities: Iterable[str]) -> bool:
    paths = {entity.partition("/")[0] for entity in entities}
    return len(paths) > 1 and not paths <= {"conjugate", "product"} and not paths <= {"company", "institution"}


# ---------------------------------------------------------------- what speaks for it

_Edge = tuple[str, str, Reason, bool]


def _edges(people: _Entities, curation: Curation) -> Iterable[_Edge]:
    for pair, statement in sorted(curation.pairs("same").items(), key=lambda item: sorted(item[0])):
        one, two = sorted(pair)
        if one in people.values and two in people.values:
            yield one, two, Reason("curation.same", statement.words, ""), True
    for key, owners in sorted(people.owners.items()):
        if 1 < len(owners) <= COMMON and (is_telling(key) or key.partition("|")[0] not in ("product", "antibody")):
            yield from _same_name(people, key, sorted(owners))
    yield from _renamed(people)
    yield from _numbered(people, "cik")
    yield from _traded(people)


def _same_name(people: _Entities, key: str, owners: Sequence[str]) -> Iterable[_Edge]:
    family, _, name = key.partition("|")
    if family in ("product", "antibody"):
        certain = sum(people.listed(owner) for owner in owners) <= 1
        for one, two in combinations(owners, 2):
            yield one, two, Reason("name.shared", f"both are called {name}", ""), certain
        return
    short = [owner for owner in owners if key in people.get(owner, "main")]
    long = [owner for owner in owners if owner not in short]
    for one, two in combinations(owners, 2):
        sole = len(long) <= 1 and sum(people.listed(owner) for owner in owners) <= 1
        certain = sole and (one in short or two in short)
        words = f"both are called {name}" if certain else f"both are called {name}, and so are others or neither alone"
        yield one, two, Reason("name.short-form", words, ""), certain


def _renamed(people: _Entities) -> Iterable[_Edge]:
    for entity in people:
        for former in sorted(people.get(entity, "former")):
            for owner in sorted(people.owners.get(former, ())):
                if owner != entity and former in people.get(owner, "main"):
                    one, two = sorted((entity, owner))
                    words = f"formerly known as {former.partition('|')[2]}"
                    yield one, two, Reason("name.former", words, ""), True


_RENAMED_ONCE: Final = 2
"""So many unlike names may have one CIK: what has more is the number of an agent or filer, not of who is named."""


def _numbered(people: _Entities, kind: str) -> Iterable[_Edge]:
    owners: dict[str, list[str]] = defaultdict(list)
    for entity in people:
        for number in people.get(entity, kind):
            owners[number].append(entity)
    for number, entities in sorted(owners.items()):
        words = f"both have the CIK {number.partition('|')[2]}"
        renamed = len({_first_word(entity) for entity in entities}) <= _RENAMED_ONCE
        for one, two in combinations(entities, 2):
            certain = renamed or _first_word(one) == _first_word(two)
            yield one, two, Reason(f"name.{kind}", words if certain else f"{words}, and so have others", ""), certain


def _traded(people: _Entities) -> Iterable[_Edge]:
    """A ticker belongs to one company at a time: the same one, in the same year or the next, under a kindred name."""
    quotes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entity in people:
        for value in people.get(entity, "ticker"):
            _, symbol, year = value.split("|")
            if year:
                quotes[symbol].append((year, entity))
    for symbol, found in sorted(quotes.items()):
        for (year, one), (other_year, two) in combinations(sorted(found), 2):
            if one != two and int(other_year) - int(year) <= 1:
                first, second = sorted((one, two))
                kindred = _first_word(first) == _first_word(second)
                words = f"both are traded as {symbol} in {year}" + (f" and {other_year}" if year != other_year else "")
                yield first, second, Reason("name.ticker", words, ""), kindred


def _first_word(entity: str) -> str:
    return entity.partition("/")[2].split("-")[0]


# ---------------------------------------------------------------- what comes of it

_RANK: Final[Mapping[str, int]] = {"conjugate": 0, "antibody": 1, "product": 2, "company": 0, "institution": 1}


def _decisions(
    people: _Entities,
    groups: _Groups,
    curation: Curation,
    why: Mapping[str, Sequence[Reason]],
    perhaps: Mapping[str, Sequence[Reason]],
) -> Iterable[tuple[str, NameDecision]]:
    preferred = {item.subject: item.value for item in curation.of("preferred")}
    for entity in people:
        group = sorted(groups.of[entity])
        former = {name for item in group for name in people.get(item, "former")}
        lead = min(group, key=lambda item: _lead(people, item, former))
        label = _label(people, group, lead, preferred)
        apart = [reason for reason in perhaps.get(entity, ()) if reason.other not in groups.of[entity]]
        if len(group) > 1 or apart or label:
            yield entity, NameDecision(lead, label, tuple(sorted(set(why.get(entity, ())))), tuple(sorted(set(apart))))


def _lead(people: _Entities, entity: str, former: set[str]) -> tuple[bool, int, bool, bool, int, str]:
    """The listed one; else the more exact class, the name that is not a former one, the code, the fuller name."""
    path, _, name = entity.partition("/")
    coded = path in ("conjugate", "product", "antibody") and any(char.isdigit() for char in name)
    renamed = bool(people.get(entity, "main") & former)
    return not people.listed(entity), _RANK.get(path, 3), renamed, not coded, -len(name), entity


def _label(people: _Entities, group: Sequence[str], lead: str, preferred: Mapping[str, str]) -> str:
    """The label to use where releases differ: the user's, the vocabulary's, else the longest of the leading entity."""
    for entity in (lead, *group):
        if entity in preferred:
            return preferred[entity]
    labels = {label for entity in group for label in people.get(entity, "label")}
    if len(labels) <= 1:
        return ""
    own = people.get(lead, "label") or labels
    return min(own, key=lambda label: (-len(label), label))
