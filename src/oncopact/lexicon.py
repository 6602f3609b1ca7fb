"""The vocabulary in use: what we know of a thing, and where a text names one.

`load` reads the vocabulary's files once per process; `Lexicon.match` finds names in one pass over a text;
`Lexicon.settle` uses the rest of the release to keep or drop names that need context. Matching decides nothing about
meaning: a name of two things comes back with both keys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from ahocorasick_rs import AhoCorasick, MatchKind

from oncopact.entries import (
    FILES,
    Ambiguity,
    AntibodyEntry,
    CompanyEntry,
    ConjugateEntry,
    Entry,
    Family,
    PayloadEntry,
    Suffix,
    TargetEntry,
    TechnologyEntry,
    ambiguity_of,
    entry_of,
    family_of,
    suffix_of,
)
from oncopact.model import Kind
from oncopact.naming import Name, Squeezed, squeeze
from oncopact.surroundings import extended, has_cue, stands_alone, without_legal_form
from oncopact.vocabulary import TABLES, Row, Rows, read


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A name of the vocabulary in a text.

    Attributes:
        start: Offset of its first code point.
        end: Offset past its last one, a legal form included ('ImmunoGen, Inc.').
        keys: The things of this name, sorted; more than one where it is ambiguous.
        weak: Whether the name needs context; `Lexicon.settle` looks for it.
    """

    start: int
    end: int
    keys: tuple[str, ...]
    weak: bool = False

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of the things of this name."""
        return tuple(dict.fromkeys(Kind(key.partition("/")[0]) for key in self.keys))


_NAMED = tuple(table for table in TABLES if table.file in FILES)
_ROLES: Mapping[str, str] = MappingProxyType(
    {"codes": "op:codeName", "brands": "op:brandName", "former_names": "op:formerName"}
)


class Lexicon:
    """The vocabulary, ready for matching. Built once; nothing about a text is kept.

    Attributes:
        families: Payload families by key.
        suffixes: INN second words, by the word.
        ambiguities: Declared shared names, by their squeezed form.
    """

    def __init__(self, rows: Rows, *, without: frozenset[Kind] = frozenset()) -> None:
        self._rows: dict[str, Row] = {}
        self._owners: dict[str, list[tuple[str, str, Row]]] = {}
        for table in _NAMED:
            for row in rows[table.file].values():
                if Kind(row.key.partition("/")[0]) not in without:
                    self._rows[row.key] = row
                    for column, name in row.names():
                        self._owners.setdefault(squeeze(name), []).append((name, column, row))
        self._patterns = sorted(self._owners)
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.Standard) if self._patterns else None
        self._names: dict[int, tuple[tuple[Name, str], ...]] = {}
        self._entries: dict[str, Entry] = {}
        payloads = rows["payloads.tsv"]
        self.families: Mapping[str, Family] = MappingProxyType(
            {key: family_of(row) for key, row in rows["families.tsv"].items()}
        )
        self.suffixes: Mapping[str, Suffix] = MappingProxyType(
            {
                suffix.word: suffix
                for suffix in (suffix_of(row, payloads, self.families) for row in rows["suffixes.tsv"].values())
            }
        )
        self.ambiguities: Mapping[str, Ambiguity] = MappingProxyType(
            {squeeze(name): ambiguity_of(row) for name, row in rows["ambiguous.tsv"].items()}
        )

    # ------------------------------------------------------------ knowledge

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys, sorted."""
        return tuple(sorted(self._rows))

    def entry(self, key: str) -> Entry:
        """What the vocabulary says of a thing.

        Raises:
            KeyError: The vocabulary, or the part of it in use, has no such key.
        """
        if key not in self._entries:
            self._entries[key] = entry_of(self._rows[key])
        return self._entries[key]

    def lookup(self, name: str) -> tuple[str, ...]:
        """The keys of all things of this name, whatever its case, hyphens and legal form.

        >>> load().lookup("ImmunoGen, Inc."), load().lookup("trop 2")
        (('company/immunogen',), ('target/trop2',))
        """
        letters = squeeze(name)
        if letters not in self._owners:
            letters = squeeze(without_legal_form(name))
        return tuple(sorted({row.key for _, _, row in self._owners.get(letters, ())}))

    def role(self, key: str, printed: str) -> str:
        """What `printed` is to a thing: `op:codeName`, `op:brandName`, `op:formerName` or `skos:altLabel`."""
        letters = squeeze(printed)
        for _, column, row in self._owners.get(letters, self._owners.get(squeeze(without_legal_form(printed)), ())):
            if row.key == key and column in _ROLES:
                return _ROLES[column]
        return "skos:altLabel"

    # ------------------------------------------------------------ matching

    def match(self, text: str) -> tuple[Hit, ...]:
        """The names in a text, in order and without overlap: the one that starts first wins, then the longer.

        Offsets count code points of `text`. Weak and ambiguous names are reported as such; see `settle`.
        """
        if self._automaton is None:
            return ()
        squeezed = Squeezed.of(text)
        found: dict[tuple[int, int], dict[str, bool]] = {}
        for pattern, start, end in self._automaton.find_matches_as_indexes(squeezed.folded, overlapping=True):
            first, last = squeezed.place(start), squeezed.place(end - 1) + 1
            if (first and text[first - 1].isalnum()) or text[last : last + 1].isalnum():
                continue
            for name, key in self._prepared(pattern):
                if name.fits(squeezed, start, end) and stands_alone(text, first, last, key):
                    keys = found.setdefault((first, last), {})
                    keys[key] = keys.get(key, True) and name.weak
        hits: list[Hit] = []
        for (first, last), keys in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1])):
            if not hits or first >= hits[-1].end:
                strong = tuple(sorted(key for key, weak in keys.items() if not weak))
                end = extended(text, first, last, strong or tuple(keys))
                # a legal form makes a company's name sure: 'UCB S.A.', 'Bolt, Inc.'
                weak = not strong and (end == last or len(keys) > 1)
                hits.append(Hit(first, end, strong or tuple(sorted(keys)), weak=weak))
        return tuple(hits)

    def _prepared(self, pattern: int) -> tuple[tuple[Name, str], ...]:
        """The names of a pattern, prepared when the pattern is met first: most never are."""
        if pattern not in self._names:
            self._names[pattern] = tuple(
                dict.fromkeys(
                    (
                        Name.of(
                            name,
                            kind=Kind(row.key.partition("/")[0]),
                            weak=column == "weak_aliases" or name in row.items("weak_aliases"),
                        ),
                        row.key,
                    )
                    for name, column, row in self._owners[self._patterns[pattern]]
                )
            )
        return self._names[pattern]

    def settle(self, text: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """Decide weak and ambiguous hits by the rest of a release's text.

        A weak hit stays, no longer weak, where the thing is named by a sure name elsewhere or a cue stands beside it;
        otherwise it is dropped. Of an ambiguous hit's keys the one stays that is surely named elsewhere, else the one
        that a cue speaks for, else the one that the vocabulary prefers; where none is, the hit stays ambiguous.
        """
        sure = {hit.keys[0] for hit in hits if not hit.weak and len(hit.keys) == 1}
        settled = []
        for hit in hits:
            keys = hit.keys if len(hit.keys) == 1 else self._decided(text, hit, sure)
            if not hit.weak or any(key in sure or has_cue(text, hit.start, hit.end, key) for key in keys):
                settled.append(Hit(hit.start, hit.end, keys))
        return tuple(settled)

    def _decided(self, text: str, hit: Hit, sure: set[str]) -> tuple[str, ...]:
        named = tuple(key for key in hit.keys if key in sure)
        if len(named) == 1:
            return named
        ambiguity = self.ambiguities.get(squeeze(text[hit.start : hit.end]))
        if ambiguity is None:
            return hit.keys
        beside = tuple(key for key in hit.keys if has_cue(text, hit.start, hit.end, key))
        if len(beside) == 1:
            return beside
        cued = tuple(sorted({key for key, cue in ambiguity.cues if key in hit.keys and cue in text}))
        if len(cued) == 1:
            return cued
        return (ambiguity.prefer,) if not cued and ambiguity.prefer in hit.keys else hit.keys


# ---------------------------------------------------------------- loading


def load(*, directories: Sequence[Path] = (), without: frozenset[Kind] = frozenset()) -> Lexicon:
    """The lexicon of the shipped vocabulary and of the user's folders.

    Args:
        directories: Folders of files that add to ours or override them row by row, the last one winning.
        without: Kinds whose rows are left out, to see what the rules find unaided. INN suffixes stay: they are rules.

    Raises:
        VocabularyError: A file breaks its rules.
    """
    stamps = tuple(
        (str(path), status.st_mtime_ns, status.st_size)
        for path in chain.from_iterable(sorted(directory.glob("*.tsv")) for directory in directories)
        for status in (path.stat(),)
    )
    return _load(tuple(directories), stamps, without)


@lru_cache(maxsize=8)
def _load(
    directories: tuple[Path, ...],
    stamps: tuple[tuple[str, int, int], ...],  # noqa: ARG001  (part of the cache's key: changed files are read again)
    without: frozenset[Kind],
) -> Lexicon:
    return Lexicon(read(directories), without=without)


__all__ = [
    "Ambiguity",
    "AntibodyEntry",
    "CompanyEntry",
    "ConjugateEntry",
    "Entry",
    "Family",
    "Hit",
    "Lexicon",
    "PayloadEntry",
    "Suffix",
    "TargetEntry",
    "TechnologyEntry",
    "load",
]
