"""How printed names are compared within a release and made into identifiers: spelling folded, legal forms apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_LEGAL_FORMS = (
    "incorporated inc corporation corp company co limited ltd llc llp lp plc gmbh ag sa se nv bv ab as asa oy oyj spa "
    "srl kg kk pty sas sarl aps pte bhd sdn kft sro doo"
).split()
"""Legal forms as folded words. 'KGaA' and 'Holdings' stay in names, because they tell companies apart."""

_LEGAL = re.compile(r"\b(?:" + "|".join(sorted(_LEGAL_FORMS, key=len, reverse=True)) + r")\b")
_GREEK = str.maketrans({"α": " alpha", "β": " beta", "γ": " gamma", "δ": " delta", "κ": " kappa", "µ": "u", "μ": "u"})
_MARKS = re.compile(r"[®™©℠]|\((?:r|tm|c)\)", re.IGNORECASE)


_POSSESSIVE: Final = re.compile(r"['’]s\b")
_INITIAL_DOT: Final = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_NO_WORD: Final = re.compile(r"[^\w]+|_")
_OUTER: Final = re.compile(r"^the | and$")
_KEPT: Final = 1 << 14
"""So many names are remembered: a release says the same few again and again, and asks for each spelling often."""


@lru_cache(maxsize=_KEPT)
def fold(name: str) -> str:
    """`name` in lower case without accents, trademark signs and punctuation; hyphens become blanks.

    >>> fold("Boehringer-Ingelheim®"), fold("FRα")
    ('boehringer ingelheim', 'fr alpha')
    """
    bare = _MARKS.sub(" ", name)
    if bare.isascii():
        plain = bare.lower()
    else:
        bare = bare.translate(_GREEK)
        plain = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c)).lower()
    plain = _POSSESSIVE.sub("", plain).replace("&", " and ")
    return " ".join(_NO_WORD.sub(" ", _INITIAL_DOT.sub("", plain)).split())


@lru_cache(maxsize=_KEPT)
def fold_company(name: str) -> str:
    """`fold`, without legal forms.

    >>> fold_company("ImmunoGen, Inc."), fold_company("Merck & Co., Inc."), fold_company("Merck KGaA")
    ('immunogen', 'merck', 'merck kgaa')
    """
    folded = fold(name)
    short = " ".join(_LEGAL.sub(" ", folded).split())
    short = _OUTER.sub("", short).strip()
    return short or folded


def compact(name: str) -> str:
    """`fold` without blanks, so that 'Trop-2' is 'TROP2' and 'huN901 DM1' is 'huN901-DM1'.

    >>> compact("huN901 DM1")
    'hun901dm1'
    """
    return fold(name).replace(" ", "")


def slug(name: str) -> str:
    """The tail of an identifier: ASCII letters, digits and single hyphens; other scripts by their code points.

    >>> slug("huN901-DM1"), slug("Corbus Pharmaceuticals Holdings"), slug("恒瑞")
    ('hun901-dm1', 'corbus-pharmaceuticals-holdings', 'u-6052-745e')
    """
    ascii_only = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
    return ascii_only or "u-" + "-".join(f"{ord(c):x}" for c in name if not c.isspace())


def is_code(name: str) -> bool:
    """Whether a name is a code of letters and digits rather than words.

    >>> is_code("BB-10901"), is_code("MLN591DM1"), is_code("bivatuzumab mertansine")
    (True, True, False)
    """
    return bool(re.search(r"\d", name)) and " " not in name.strip() and bool(re.search(r"[A-Za-z]", name))


def acronym(name: str) -> str:
    """The initials of a name's words, in capitals.

    >>> acronym("Tumor-Activated Prodrug")
    'TAP'
    """
    return "".join(word[0] for word in re.split(r"[\s\-/]+", name) if word and word[0].isalnum()).upper()
