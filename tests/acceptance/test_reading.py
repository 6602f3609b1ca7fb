"""Every real release beside the checkout is read or says why not; dates and issuers agree with gold; time is linear."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from oncopact.evaluate import evaluate
from oncopact.lexicon import load
from oncopact.model import Failure, Release
from oncopact.readers import read, read_bytes
from oncopact.segment import segment

SHARED = Path(__file__).resolve().parents[3] / "shared"
RELEASES = SHARED / "releases"
GOLD = SHARED / "evaluation" / "gold"
ENOUGH = 0.95
_HEADER = ("form", "read", "no release", "failed", "sentences", "dated", "titled")


def test_every_file_is_read_or_says_why_not(capsys: pytest.CaptureFixture[str]) -> None:
    """Also prints a table that counts them by form."""
    counts: Counter[tuple[str, str]] = Counter()
    reasons: Counter[str] = Counter()
    files = 0
    for path in sorted(RELEASES.iterdir()):
        files += 1
        results = list(read(path, name=path.name))
        assert results, path.name
        for result in results:
            if isinstance(result, Failure):
                assert result.skipped, result.message
                counts[_form(path), "no release"] += 1
                reasons[_reason(result)] += 1
                continue
            found = segment(result)
            assert found.sentences, path.name
            row = "edgar-submission" if result.source.accession_number else result.source.form.value
            counts.update(
                {
                    (row, "read"): 1,
                    (row, "sentences"): len(found.sentences),
                    (row, "dated"): found.issued is not None,
                    (row, "titled"): found.title is not None,
                }
            )
    with capsys.disabled():
        sys.stdout.write(f"\n  {files} files\n" + "".join(_table(counts)))
        sys.stdout.write("".join(f"  {count:6}  {reason}\n" for reason, count in sorted(reasons.items())))
    assert sum(count for (_, column), count in counts.items() if column == "read") > 300


def _form(path: Path) -> str:
    """The form of a file that gives no release, as its beginning tells it."""
    start = path.read_bytes()[:400]
    if start.lstrip().startswith((b"<SEC-DOC", b"<SUBMISSION", b"-----BEGIN PRIV", b"<DOCUMENT")):
        return "edgar-submission"
    return "html" if b"<html" in start.lower() else "plain"


def _reason(failure: Failure) -> str:
    return failure.message.partition("this is ")[2].partition(",")[0].partition(" (")[0]


def _table(counts: Counter[tuple[str, str]]) -> Iterator[str]:
    rows = [_HEADER, *((form, *(str(counts[form, column]) for column in _HEADER[1:])) for form in _forms(counts))]
    for row in rows:
        yield "  " + row[0].ljust(18) + "".join(cell.rjust(12) for cell in row[1:]) + "\n"


def _forms(counts: Counter[tuple[str, str]]) -> list[str]:
    return sorted({form for form, _ in counts})


@cache
def _dates() -> dict[str, str | None]:
    """The date of each release with gold, by the stem of its file's name."""
    wanted = {path.stem for path in GOLD.glob("*.json")}
    found: dict[str, str | None] = {}
    for path in sorted(RELEASES.iterdir()):
        if path.name.split(".")[0] in wanted or path.stem in wanted:
            for result in read(path, name=path.name):
                if isinstance(result, Release):
                    issued = segment(result).issued
                    found.setdefault(path.name.split(".")[0], issued.value if issued else None)
    return found


def test_dates_agree_with_gold() -> None:
    gold = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLD.glob("*.json"))]
    dated = [record for record in gold if record["release_date"]]
    right = sum(_dates().get(record["id"]) == record["release_date"] for record in dated)
    assert right >= ENOUGH * len(dated)


def test_issuers_agree_with_gold() -> None:
    figures = evaluate(GOLD, RELEASES, lexicon=load()).figures()["release:issuers"]
    assert figures["recall"] >= ENOUGH
    assert figures["precision"] >= ENOUGH


def test_an_exhibit_is_the_one_in_its_submission() -> None:
    for path in sorted(RELEASES.glob("ec-EX*")):
        number = "-".join(path.stem.split("-")[-4:-1])
        container = RELEASES / f"ec-sub-{number}.txt"
        if container.exists():
            inside = {result.id for result in read(container) if isinstance(result, Release)}
            assert {result.id for result in read(path) if isinstance(result, Release)} <= inside, path.name


def test_a_container_ten_times_as_large_takes_about_ten_times_as_long() -> None:
    """The largest real submission, of 2 MB, and 20 MB made of it."""
    data = max(RELEASES.iterdir(), key=lambda path: path.stat().st_size).read_bytes()
    first, last = data.index(b"<DOCUMENT>"), data.rindex(b"</DOCUMENT>") + len(b"</DOCUMENT>\n")
    small, large = data, data[:first] + data[first:last] * 10 + data[last:]
    assert len(large) > 20_000_000
    best = min(_seconds(large) / _seconds(small) for _ in range(3))
    assert best < 15


def _seconds(data: bytes) -> float:
    start = time.process_time()
    for result in read_bytes(data, name="container"):
        if isinstance(result, Release):
            segment(result)
    return time.process_time() - start
