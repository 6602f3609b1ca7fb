"""Releases made by varying our own: other companies, codes, INNs, years and sums in the same words.

    python benchmarks/varied.py FOLDER COUNT [--first N]

Writes COUNT releases, the same for the same numbers on any machine. As library: `varied(count, first=0)` yields them
one by one, so that a million need no disk.

A variant's companies come from pools that grow with the number of releases, as a market does: each company is in a few
releases, always under the same full name, and two releases may speak of one deal. Products, platforms and clones are
each variant's own. What the vocabulary lists stays as it is, so that a listed drug or target comes again in every turn,
as in the real releases.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from oncopact.model import Release
from oncopact.readers import read_bytes

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("tests/cases/*.txt", "tests/cases/series/*.txt", "examples/releases/*.txt")
_FORMS = (
    r"Inc|Corp|Corporation|Company|Ltd|Limited|LLC|plc|PLC|AG|GmbH|AS|ASA|A/S|ApS|AB|N\.V|B\.V|S\.A|SAS|SA|S\.p\.A|KK|"
    r"K\.K|Co"
)
_TRADE = (
    r"Therapeutics|Pharma\w*|Bio\w*|Oncology|Laboratories|Labs|Medicines|Antibodies|Conjugates|Immuno\w+|Sciences|"
    r"Chemi\w+|Holdings|Healthcare|Health|Group|Imaging|Isotopes"
)
_COMPANY = re.compile(
    rf"\b(?!(?:{_TRADE})\b)(?P<word>[A-Z][a-z]{{3,}})(?=(?:\s(?:&\s)?[A-Z][\w&’'-]*){{0,3}},?\s(?:{_FORMS})\b|\s(?:{_TRADE})\b)"
)
_CODE = re.compile(r"\b(?P<letters>[A-Z]{2,4})-(?P<digits>\d{1,5})\b")
_CLONE = re.compile(r"\b(?!5T4\b)\d{1,2}[A-Z]\d{1,2}\b")
_INN = re.compile(
    r"\b(?P<stem>[a-z]{3,10}?)(?P<end>(?:tu|li|ta|ci|fu|ki|vi|tos|tox)?(?:zu|xi|u)?(?:mab|tug))\b", re.IGNORECASE
)
_TICKER = re.compile(
    r"(?P<market>\b(?:Nasdaq|NASDAQ|NYSE|AIM|SIX|LSE|TSX|ASX|OSE|FSE|AMEX):\s?)(?P<ticker>[A-Z]{2,5})\b"
)
_PLATFORM = re.compile(r"\b[A-Z][a-z]{2,}[A-Z][A-Za-z]{2,}\b")
_YEAR = re.compile(r"(?<![\d,.$€£-])(?P<year>19[89]\d|20[0-2]\d)(?![\d,%]|\.\d)")
_SUM = re.compile(r"(?P<mark>[$€£]\s?)(?P<number>\d{1,3}(?:\.\d+)?)(?=\s(?:million|billion)|[\s.,;])")
_TARGETS = frozenset("EX PD IL TROP HER COVID ROR GPC FR B7 TF US DM LIV LRP CTLA MUC".split())
_COMMON = frozenset(
    """The This That These Under About With From After Before North South East West United States National General
    American European First Second Third Phase January February March April June July August September October November
    December Health Medical Cancer Antibody Target Food Drug Research Clinical Chief Vice President Senior Investor
    Media""".split()
)
_ONSETS = "B Br C Cr D Dr F G Gr H J K Kr L M N P Pr Qu R S St T Tr V W Z".split()
_NUCLEI = "a e i o u ai ea io".split()
_MIDDLES = "b d f g l lm ln lv m n nd nt r rd rm rv s st t v x z".split()
_ENDS = "an ara ax el en eon ex ia in is ivo on or os um us".split()
_STRIDE = 9973
"""Prime, so that all names come before one comes again."""
_PLAIN = re.compile(r"[A-Z][a-z]{3,}")
_THINGS = ("conjugates", "antibodies", "technologies")
_NAMES = 80_000
_USES = 4
"""A text's company is in so many of its variants before the next one comes into the pool."""


@dataclass(frozen=True, slots=True)
class Text:
    """One of our releases, with what of it can be exchanged.

    Attributes:
        name: The file's stem.
        text: As it is.
        companies: Distinctive words of companies' names.
        things: Names of products and technologies that are neither codes nor INNs.
    """

    name: str
    text: str
    companies: tuple[str, ...]
    things: tuple[str, ...]


def _number(*parts: object) -> int:
    return int.from_bytes(hashlib.blake2b(repr(parts).encode(), digest_size=8).digest(), "big")


def coined(number: int) -> str:
    """The name of a number: one of about fifty thousand that no vocabulary lists, neighbours unlike each other."""
    parts = []
    size = len(_ONSETS) * len(_NUCLEI) * len(_MIDDLES) * len(_ENDS)
    beyond, number = divmod(number, size)
    number = (number * _STRIDE + beyond) % size
    for choices in (_ONSETS, _NUCLEI, _MIDDLES, _ENDS):
        number, at = divmod(number, len(choices))
        parts.append(choices[at])
    return "".join(parts) + ("" if not beyond else _MIDDLES[beyond % len(_MIDDLES)][0] + "a")


@cache
def texts() -> tuple[Text, ...]:
    """Our releases, sorted by name."""
    found = []
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            text = path.read_text(encoding="utf-8")
            if any(isinstance(item, Release) for item in read_bytes(text.encode(), name=path.name)):
                gold = _gold(path)
                words = {match["word"] for match in _COMPANY.finditer(text)}
                words |= {name.split()[0].strip(",.") for name in gold.get("companies", ())}
                plain = {word for word in words if _PLAIN.fullmatch(word)} - _COMMON
                things = {name for kind in _THINGS for name in gold.get(kind, ()) if _PLAIN.fullmatch(name)} - plain
                found.append(Text(path.stem, text, tuple(sorted(plain)), tuple(sorted(things))))
    return tuple(found)


def _gold(path: Path) -> dict[str, list[str]]:
    """The names in the record that people wrote of a release, by kind, where there is one."""
    places = (path.with_suffix(".json"), path.parent.parent / "gold" / f"{path.stem}.json")
    place = next((place for place in places if place.is_file()), None)
    record = json.loads(place.read_text(encoding="utf-8")) if place else {}
    names: dict[str, list[str]] = {}
    for kind in ("companies", *_THINGS):
        for item in record.get(kind, ()):
            names.setdefault(kind, []).extend((item["name"], *item.get("aliases", ())))
    return names


def variant(number: int) -> tuple[str, str]:
    """The name and text of a release."""
    turn, at = divmod(number, len(texts()))
    base = texts()[at]
    pool = 1 + turn // _USES
    names = {
        word: coined(_number("company", base.name, word, _number("who", word, number) % pool) % _NAMES)
        for word in base.companies
    }
    names |= {thing: coined(_number("thing", base.name, thing, number) % _NAMES) for thing in base.things}
    text = base.text
    if names:
        either = re.compile(rf"\b(?:{'|'.join(names)})(?![a-z])|\b(?:{'|'.join(names).upper()})(?![A-Z])")
        upper = {word.upper(): name.upper() for word, name in names.items()}
        text = either.sub(lambda match: names.get(match.group()) or upper[match.group()], text)
    text = _CODE.sub(lambda match: _code(match, number), text)
    text = _CLONE.sub(lambda match: f"{_number('clone', match.group(), number) % 9000 + 1000}H7", text)
    text = _TICKER.sub(lambda match: match["market"] + _ticker(match["ticker"], number), text)
    text = _PLATFORM.sub(lambda match: _platform(match.group(), number), text)
    text = _INN.sub(lambda match: _inn(match, number), text)
    shift = _number("year", number) % 7 - 3
    text = _YEAR.sub(lambda match: str(min(2024, int(match["year"]) + shift)), text)
    factor = 1 + _number("sum", number) % 4
    text = _SUM.sub(lambda match: match["mark"] + f"{float(match['number']) * factor:g}", text)
    return f"{number:07d}-{base.name}.txt", text


def _code(match: re.Match[str], number: int) -> str:
    if match["letters"] in _TARGETS:
        return match.group()
    digits = _number("code", match.group(), number) % 9000 + 1000
    return f"{match['letters']}-{digits}"


def _ticker(printed: str, number: int) -> str:
    letters = _number("ticker", printed, number)
    return "".join(chr(ord("A") + letters // 26**at % 26) for at in range(4))


def _platform(printed: str, number: int) -> str:
    return coined(_number("platform", printed, number) % 40_000) + "Link"


def _inn(match: re.Match[str], number: int) -> str:
    stem = coined(_number("inn", match["stem"].lower(), number) % 90_000).lower()
    return (stem.capitalize() if match["stem"][0].isupper() else stem) + match["end"]


def varied(count: int, *, first: int = 0) -> Iterator[tuple[str, str]]:
    """Names and texts of releases, in order."""
    for number in range(first, first + count):
        yield variant(number)


def main() -> None:
    """Write releases into a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, text in varied(options.count, first=options.first):
        (options.folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
