"""Every real release beside the checkout is read or says why not; dates and issuers agree with gold."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from oncopact.model import Failure, Release
from oncopact.readers import read
from oncopact.segment import segment

SHARED = Path(__file__).resolve().parents[3] / "shared"
ENOUGH_DATES = 0.95


def test_every_file_is_read_or_says_why_not(capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    dates: dict[str, str | None] = {}
    for path in sorted((SHARED / "releases").iterdir()):
        results = list(read(path, name=path.name))
        assert results, path.name
        for result in results:
            if isinstance(result, Failure):
                assert result.skipped, result.message
                counts[path.suffix, "skipped"] += 1
            else:
                found = segment(result)
                assert found.sentences, path.name
                counts[path.suffix, result.source.form.value] += 1
                dates.setdefault(path.name.split(".")[0], found.issued.value if found.issued else None)
    with capsys.disabled():
        for (suffix, kind), count in sorted(counts.items()):
            sys.stdout.write(f"\n  {suffix:8}{kind:18}{count:5}")
    gold = [json.loads(p.read_text(encoding="utf-8")) for p in sorted((SHARED / "evaluation/gold").glob("*.json"))]
    right = sum(dates.get(record["id"]) == record["release_date"] for record in gold)
    assert right >= ENOUGH_DATES * len(gold)


def test_an_exhibit_is_the_one_in_its_submission() -> None:
    folder = SHARED / "releases"
    for path in sorted(folder.glob("ec-EX*")):
        number = "-".join(path.stem.split("-")[-4:-1])
        container = folder / f"ec-sub-{number}.txt"
        if container.exists():
            inside = {result.id for result in read(container) if isinstance(result, Release)}
            assert {result.id for result in read(path) if isinstance(result, Release)} <= inside, path.name
