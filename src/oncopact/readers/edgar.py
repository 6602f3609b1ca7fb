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
_FILED = re.compile(r"(?:FILED AS OF DATE:\s*|<FILING-DATE>\s*)(?P<value>\d{8})")
_ITEM_CODE = re.compile(r"<ITEMS>\s*(?P<value>\d{1,2}(?:\.\d\d)?)")
_ITEM_NAME = re.compile(r"ITEM INFORMATION:[ \t]*(?P<value>[^\n]{1,200})")
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
    filed = _value(_FILED, header)
    documents = tuple(_exhibits(text, starts))
    form = _value(_FORM, header) or next((item.type for item in documents[:1]), None)
    return Submission(
        _value(_ACCESSION, header),
        form,
        _items(header, text, documents),
        _value(_NAME, header),
        _value(_CIK, header),
        f"{filed[:4]}-{filed[4:6]}-{filed[6:]}" if filed else None,
        documents,
    )


def _value(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return match["value"].strip() if match else None


def _items(header: str, text: str, documents: tuple[Exhibit, ...]) -> tuple[str, ...]:
    """The items' numbers from the header, else from the form's own headings, else the items' names."""
    codes = [match["value"] for match in _ITEM_CODE.finditer(header)]
    if not codes and documents and documents[0].type.startswith("8-K"):
        codes = [
            match["value"] for match in _ITEM_NUMBER.finditer(text, documents[0].span.start, documents[0].span.end)
        ]
    if not codes:
        codes = [match["value"].strip() for match in _ITEM_NAME.finditer(header)]
    return tuple(dict.fromkeys(codes))


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
