"""Segmentation: sections, sentences, datelines, speakers, on releases that we wrote and on invented fragments."""

from __future__ import annotations

from pathlib import Path

from oncopact.model import Document, Failure, Release, Source
from oncopact.readers import read, release_id
from oncopact.segment import segment
from oncopact.text import OffsetMap, folded

CASES = Path(__file__).parent / "cases" / "readers"
INPUTS = sorted(path for path in CASES.rglob("*") if path.is_file() and path.suffix != ".expected")


def document(text: str) -> Document:
    return segment(Release(release_id(text), text, OffsetMap.identity(), Source("test")))


def described(path: Path) -> str:
    """What reading and segmenting a file gives, as a person can check it by eye."""
    lines: list[str] = []
    for result in read(path, name=path.name):
        if isinstance(result, Failure):
            lines.append(f"{'SKIPPED' if result.skipped else 'FAILED'} {result.message}")
            continue
        lines.extend(_description(segment(result)))
    return "\n".join(lines) + "\n"


def _description(found: Document) -> list[str]:
    source = found.release.source
    lines = [f"RELEASE {source.name} ({source.form.value}, {source.encoding})"]
    facts = {
        "title": folded(found.title.of(found.text)) if found.title else None,
        "issued": found.issued.value if found.issued else None,
        "wire": found.wire,
        "accession": source.accession_number,
        "form": source.form_type,
        "items": ", ".join(source.items) or None,
        "type": source.document_type,
        "filer": f"{source.filer_name} {source.filer_cik}" if source.filer_cik else None,
        "filed": source.filed_on,
        "url": source.url,
        "published": source.published_on,
    }
    lines.extend(f"  {key}: {value}" for key, value in facts.items() if value)
    shown = -1
    for sentence in found.sentences:
        if sentence.section != shown:
            shown = sentence.section
            subject = found.sections[shown].subject
            lines.append(f"[{sentence.kind.value}]" + (f" {subject}" if subject else ""))
        speaker = f" <{folded(sentence.speaker.of(found.text))}>" if sentence.speaker else ""
        lines.append(f"  | {folded(sentence.span.of(found.text))}{speaker}")
    return lines
