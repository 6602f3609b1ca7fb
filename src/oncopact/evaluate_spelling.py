"""How the evaluation compares names: spelling folded, legal forms apart, short forms in brackets.

These are the rules of the release record's scorer, not those by which a release is read (`folding`): a reader that
changes its mind must not change its own marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

Folder: TypeAlias = Callable[[object], str]
"""Turns a printed name into the form that is compared."""

COMMON: Final = frozenset("the of a an and or to in for with on by its under from antibody adc drug".split())
"""Words that do not tell two phrases apart."""

_SIGNS = re.compile(r"[®™©℠]|\((?:r|tm|c)\)", re.IGNORECASE)
_GREEK: Final = str.maketrans({"α": "alpha", "β": "beta", "γ": "gamma"})
_LEGAL_FORMS = (
    "incorporated inc corporation corp company co limited ltd llc llp lp plc gmbh ag sa se nv bv ab as oy spa srl kg "
    "kk pty sas"
).split()
_LEGAL = re.compile(rf"\b(?:{'|'.join(_LEGAL_FORMS)})\b")
_GENERIC = re.compile(
    r"^(the |its |proprietary |novel )+|( technology| technologies| platform| platforms| payload| program)+$"
)
_SHORT_FORM = re.compile(r"(?P<before>.+?)\s*\((?P<inside>(?:[^()]|\([^()]*\))+)\)\s*(?P<after>.*)")

_PLACES: Final = (
    (r"u ?s ?a?|united states(?: of america)?|america(?!n)", "us"),
    (r"global(?:ly)?|worldwide|world wide|world", "world"),
    (r"uk|u k|united kingdom|britain", "uk"),
    (r"european union|eu|europe(?:an)?", "europe"),
)
_EXCEPT = re.compile(
    r"\b(?:except(?:ing)?(?: for| in)?|excluding|exclusive of|outside(?: of)?|other than|ex)\b",
)
_NO_PLACE: Final = COMMON | frozenset("rights territory territories countries all certain market markets basis".split())


def fold(text: object) -> str:
    """`text` in lower case without accents, trademark signs, punctuation and repeated blanks; any script survives.

    >>> fold("Boehringer-Ingelheim®'s BB-10901"), fold("7.5%"), fold("A. B.")
    ('boehringer ingelheim bb 10901', '7.5%', 'ab')
    """
    bare = re.sub(r"(?<=[a-z])TM\b", "", _SIGNS.sub(" ", str(text))).translate(_GREEK)
    plain = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c)).lower()
    plain = re.sub(r"['’]s\b", "", plain).replace("&", " and ")
    plain = re.sub(r"(?<!\d)\.|\.(?!\d)", " ", plain)
    plain = re.sub(r"[^\w%.]+|_", " ", plain)
    plain = re.sub(r"\b(\w) (?=\w\b)", lambda m: m[1] if m[1].isalpha() else m[0], plain)
    plain = plain.replace("antibodies", "antibody").replace("topoisomerase i ", "topoisomerase 1 ")
    return re.sub(r"\s+", " ", plain).strip(" .")


def fold_company(text: object) -> str:
    """`fold`, without legal forms; 'KGaA' stays, since it tells companies apart.

    >>> fold_company("ImmunoGen, Inc."), fold_company("Merck & Co., Inc."), fold_company("Merck KGaA")
    ('immunogen', 'merck', 'merck kgaa')
    """
    folded = fold(re.sub(r"\b([A-Z])\.\s?(?=[A-Z]\.)", r"\1", str(text)))
    short = re.sub(r"\s+", " ", _LEGAL.sub(" ", folded)).strip()
    short = re.sub(r"\band( and)+\b", "and", short)
    short = re.sub(r"^the | and$", "", short).strip()
    return short or folded


def spellings(name: object, folder: Folder = fold) -> frozenset[str]:
    """Folded forms of one printed name; a short form in brackets is a name of its own.

    >>> sorted(spellings("folate receptor alpha (FRα)"))
    ['folate receptor alpha', 'folate receptor alpha fralpha', 'fralpha']
    """
    forms = {folder(name)}
    if match := _SHORT_FORM.fullmatch(str(name).strip()):
        before, inside, after = match["before"], match["inside"], match["after"]
        forms |= {folder(f"{before} {after}"), folder(f"{inside} {after}"), folder(inside)}
    if folder is fold:
        forms |= {_GENERIC.sub("", form).strip() for form in forms}
        forms |= {form.replace(" ", "") for form in forms if re.search(r"\d", form)}
    return frozenset(form for form in forms if form)


def printed(item: object) -> tuple[object, ...]:
    """Every printed name of an item: a plain string, or a record with `name` and `aliases`."""
    if not isinstance(item, Mapping):
        return (item,) if item else ()
    return tuple(name for name in (item.get("name"), *(item.get("aliases") or ())) if name)


def names_of(item: object, folder: Folder = fold) -> frozenset[str]:
    """Every folded name of an item."""
    return frozenset(form for name in printed(item) for form in spellings(name, folder))


def words(text: object) -> frozenset[str]:
    """The telling words of a phrase."""
    return frozenset(fold(text).split()) - COMMON


def contains(left: str, right: str) -> bool:
    """Whether one folded phrase's telling words are all in the other's.

    >>> contains("tap technology", "the tap"), contains("tap", "dxd")
    (True, False)
    """
    one, two = (frozenset(text.split()) - COMMON for text in (left, right))
    return bool(one and two and (one <= two or two <= one))


def territory(text: object) -> tuple[frozenset[str], frozenset[str]]:
    """Words for the places included and for the places excepted, in a common spelling.

    >>> included, excepted = territory("worldwide, excluding the U.S.")
    >>> sorted(included), sorted(excepted)
    (['world'], ['us'])
    """
    plain = f" {fold(text)} "
    for pattern, place in _PLACES:
        plain = re.sub(rf"(?<=\s)(?:{pattern})(?=\s)", place, plain)
    plain = re.sub(r"\brest of (?:the )?world\b", "world", plain)
    parts = [*_EXCEPT.split(plain, maxsplit=1), ""][:2]
    included, excepted = (frozenset(part.split()) - _NO_PLACE for part in parts)
    if excepted and not included:
        included = frozenset({"world"})
    return included or frozenset(plain.split()), excepted
