"""EDGAR's full submissions: the header, and the documents that may be releases.

Three forms are one to us: today's `<SEC-DOCUMENT>`, the older privacy-enhanced message, and the `.nc` dissemination
form, whose tags stand on one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from oncopact.model import Span

_START = re.compile(
    r"\s*(?:-----BEGIN PRIVACY-ENHANCED MESSAGE-----|<(?:SEC|IMS)-(?:DOCUMENT|HEADER)>|<SUBMISSION>|"
    r"<DOCUMENT>\s*<TYPE>)"
)
_DOCUMENT = re.compile(r"<DOCUMENT>\s*(?=<TYPE>)")
_ACCESSION = re.compile(r"(?:ACCESSION NUMBER:\s*|<ACCESSION-NUMBER>\s*)(?P<value>\d{10}-\d\d-\d{6})")
_FORM = re.compile(r"(?:CONFORMED SUBMISSION TYPE:\s*|<TYPE>\s*)(?P<value>[A-Z0-9][\w/. -]{0,19}?)\s*(?=\n|<|$)")
_NAME = re.compile(r"(?:COMPANY CONFORMED NAME:[ \t]*|<CONFORMED-NAME>\s*)(?P<value>[^\n<]{1,160})")
_CIK = re.compile(r"(?:CENTRAL INDEX KEY:\s*|<CIK>\s*)(?P<value>\d{10})")
_PARTY = re.compile(
    r"^[ \t]*(?P<role>FILER|FILED BY|FILED FOR|SUBJECT COMPANY|ISSUER|REPORTING-OWNER):|"
    r"<(?P<tag>FILER|FILED-BY|FILED-FOR|SUBJECT-COMPANY|ISSUER|REPORTING-OWNER)>",
    re.MULTILINE,
)
_FILED = re.compile(r"(?:FILED AS OF DATE:\s*|<FILING-DATE>\s*)(?P<value>\d{8})")
_ITEM_CODE = re.compile(r"<ITEMS>\s*(?P<value>\d{1,2}(?:\.\d\d)?)")
_ITEM_NAME = re.compile(r"ITEM INFORMATION:[ \t]*(?P<value>[^\n]{1,200})")
_ITEM_NAMES = {
    # the first words of an item's name: its number since 23 August 2004, and its number before
    "entry into a material": ("1.01", ""),
    "termination of a material": ("1.02", ""),
    "bankruptcy or receivership": ("1.03", "3"),
    "completion of acquisition": ("2.01", ""),
    "acquisition or disposition": ("2.01", "2"),
    "results of operations": ("2.02", "12"),
    "creation of a direct": ("2.03", ""),
    "triggering events": ("2.04", ""),
    "cost associated with exit": ("2.05", ""),
    "costs associated with exit": ("2.05", ""),
    "material impairments": ("2.06", ""),
    "notice of delisting": ("3.01", ""),
    "unregistered sales": ("3.02", ""),
    "material modifications": ("3.03", ""),
    "changes in registrant": ("4.01", "4"),
    "non-reliance on": ("4.02", ""),
    "changes in control": ("5.01", "1"),
    "departure of directors": ("5.02", ""),
    "resignations of registrant": ("5.02", "6"),
    "amendments to articles": ("5.03", ""),
    "change in fiscal year": ("5.03", "8"),
    "temporary suspension": ("5.04", ""),
    "amendments to the registrant": ("5.05", "10"),
    "change in shell": ("5.06", ""),
    "submission of matters": ("5.07", ""),
    "regulation fd": ("7.01", "9"),
    "other events": ("8.01", "5"),
    "financial statements": ("9.01", "7"),
}
_NEW_NUMBERS = "2004-08-23"
_ITEM_NUMBER = re.compile(r"\bItem\s+(?P<value>\d{1,2}(?:\.\d\d)?)\b", re.IGNORECASE)
_TYPE = re.compile(r"<TYPE>\s*(?P<value>[^\s<][^\n<]{0,60})")
_FILENAME = re.compile(r"<FILENAME>\s*(?P<value>[^\s<]{1,200})")
_TEXT = re.compile(r"<TEXT>[ \t]*\n?")
_BINARY = re.compile(
    r"\s*(?:<(?:PDF|ZIP|GRAPHIC|XBRL|XML|EXCEL|JSON)>\s*)?(?:begin \d{3} |"
    r"<\?xml(?![^>]*>\s*(?:<!--[^>]*-->\s*){0,5}<(?:!DOCTYPE )?html))",
    re.IGNORECASE,
)
_RELEASE_TYPES = re.compile(r"EX-99|8-K|6-K|425|DEFA14A|SC TO-C|SC14D9C|EX-\(?A\)?\(?5", re.IGNORECASE)
_FORMS = frozenset({"8-K", "6-K", "8-K/A", "6-K/A", "425", "DEFA14A", "SC TO-C", "SC14D9C", "8-K12B", "8-K12G3"})


@dataclass(frozen=True, slots=True)
class Submission:
    """What a submission's header states.

    Attributes:
        accession_number: EDGAR's number.
        form_type: The form, `8-K`.
        items: The items of an 8-K, as numbers where they are stated, else by name.
        filer_name: The first filer's conformed name.
        filer_cik: The first filer's CIK.
        filed_on: The filing date, `YYYY-MM-DD`.
        documents: The documents, in order.
    """

    accession_number: str | None
    form_type: str | None
    items: tuple[str, ...]
    filer_name: str | None
    filer_cik: str | None
    filed_on: str | None
    documents: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One document of a submission.

    Attributes:
        type: `EX-99.1`, `8-K`, `GRAPHIC`.
        label: The file's name where it is stated, else the type.
        span: Where its text stands.
        candidate: Whether it can be a release by its type.
        body: Whether it is the form itself, not an exhibit to it.
    """

    type: str
    label: str
    span: Span
    candidate: bool
    body: bool


def is_submission(text: str) -> bool:
    """Whether a text is a full submission or a document cut from one with its tags."""
    return _START.match(text) is not None


def read_submission(text: str) -> Submission:
    r"""The header and documents of a submission.

    >>> head = "<SEC-DOCUMENT>x\nACCESSION NUMBER:\t0000855654-02-000042\n"
    >>> found = read_submission(head + "<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\nA.\n</TEXT>\n</DOCUMENT>")
    >>> found.accession_number, [(item.type, item.span.end - item.span.start) for item in found.documents]
    ('0000855654-02-000042', [('EX-99.1', 3)])
    """
    starts = [match.end() for match in _DOCUMENT.finditer(text)]
    head = text[: starts[0]] if starts else text[:20_000]
    header = head if len(starts) == 0 or starts[0] > 40 else ""
    stated = _value(_FILED, header)
    filed = f"{stated[:4]}-{stated[4:6]}-{stated[6:]}" if stated else None
    documents = tuple(_exhibits(text, starts))
    filer = _filer(header)
    form = _value(_FORM, header) or next((item.type for item in documents[:1]), None)
    return Submission(
        _value(_ACCESSION, header),
        form,
        _items(header, text, documents, filed),
        _value(_NAME, filer),
        _value(_CIK, filer),
        filed,
        documents,
    )


def _value(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return match["value"].strip() if match else None


def _filer(header: str) -> str:
    """The part of a header that speaks of who filed; in a tender offer, that is not the company it is about."""
    marks = list(_PARTY.finditer(header))
    parties = [
        (mark["role"] or mark["tag"], header[mark.start() : marks[at + 1].start() if at + 1 < len(marks) else None])
        for at, mark in enumerate(marks)
    ]
    return next((part for role, part in parties if role in ("FILER", "FILED BY", "FILED-BY")), header)


def _items(header: str, text: str, documents: tuple[Exhibit, ...], filed: str | None) -> tuple[str, ...]:
    """The items' numbers that the header states or names, else those of the form's own headings."""
    codes = [match["value"] for match in _ITEM_CODE.finditer(header)]
    codes = codes or [_item(match["value"], filed or "") for match in _ITEM_NAME.finditer(header)]
    if not codes and documents and documents[0].type.startswith("8-K"):
        codes = [
            match["value"] for match in _ITEM_NUMBER.finditer(text, documents[0].span.start, documents[0].span.end)
        ]
    return tuple(dict.fromkeys(codes))


def _item(name: str, filed: str) -> str:
    """The number of an item that a header names, as it was at the time; the name where it is unknown.

    >>> _item("Other events", "2003-11-06"), _item("Other Events", "2005-02-01"), _item("Sundry", "2005-02-01")
    ('5', '8.01', 'Sundry')
    """
    printed = " ".join(name.split())
    numbers = next((numbers for words, numbers in _ITEM_NAMES.items() if printed.lower().startswith(words)), None)
    return (numbers[filed < _NEW_NUMBERS] if numbers else "") or printed


def _exhibits(text: str, starts: list[int]) -> Iterator[Exhibit]:
    seen: dict[str, int] = {}
    for number, start in enumerate(starts):
        limit = starts[number + 1] if number + 1 < len(starts) else len(text)
        closing = text.rfind("</DOCUMENT>", start, limit)
        limit = closing if closing >= 0 else limit
        opening = _TEXT.search(text, start, min(limit, start + 4000))
        begin = opening.end() if opening else start
        end = text.rfind("</TEXT>", begin, limit)
        tags = text[start : opening.start() if opening else min(limit, start + 1000)]
        kind = (_value(_TYPE, tags) or "").upper()
        label = _value(_FILENAME, tags) or kind
        seen[label] = seen.get(label, 0) + 1
        if seen[label] > 1:
            label = f"{label}#{seen[label]}"
        span = Span(begin, end if end >= 0 else limit)
        body = kind in _FORMS
        fits = body or kind.startswith("EX-99") or _RELEASE_TYPES.match(kind) is not None
        yield Exhibit(kind, label, span, fits and _BINARY.match(text, begin, begin + 400) is None, body)
