"""One text to its releases: the form recognised from the content, then the reader of that form."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from oncopact.errors import NotARelease, ReadError
from oncopact.model import Failure, Form, Release, Source
from oncopact.readers.characters import clean, entities
from oncopact.readers.chrome import without_tail
from oncopact.readers.edgar import Exhibit, Submission, is_submission, read_submission
from oncopact.readers.markdown import looks_like_markdown, read_markdown
from oncopact.readers.markup import read_markup
from oncopact.readers.plain import has_tags, read_plain
from oncopact.readers.records import Record, looks_like_json, read_records
from oncopact.readers.verdict import judge
from oncopact.text import TracedText, folded, joined

_HTML_START = re.compile(
    r"\s*(?:<\?(?:xml|php)[^>]{0,400}>\s*)?(?:<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(
    r"<(?:p|div|br|span|font|td|tr|h[1-6]|li|ul|b|i|strong|em|a)(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE
)
_SNIFF = 60_000
_FEW_TAGS = 5
_COVER_END = re.compile(r"(?:^|\n)[^\n]*/s/[^\n]*(?:\n(?![^\S\n]*\n)[^\n]*)*", re.IGNORECASE)
_COVER = re.compile(r"\bform\s+(?:6-k|8-k)\b", re.IGNORECASE)
_REMAINDER = 500
_CHECK = "check what this file is"
MAX_LINE = 24 * 1024 * 1024
"""A longer line is no release's."""
MAX_RELEASE = 16 * 1024 * 1024
"""Nor has a release so many characters, its markup included; a container may hold more."""


def releases_of(text: str, source: Source) -> Iterator[Release | Failure]:
    """The releases in one decoded file.

    Args:
        text: The file.
        source: Its name and encoding.

    Raises:
        ReadError: It holds none, and is no container that could say so of each part.
    """
    if is_submission(text):
        yield from _from_submission(text, source)
    elif looks_like_json(text):
        yield from _from_records(text, source)
    else:
        traced, filled = read_form(TracedText.of(text), source)
        yield _release(traced, filled, exhibit=False)


def read_form(traced: TracedText, source: Source, *, site: bool = True) -> tuple[TracedText, Source]:
    """A text of one release, cleaned by the reader of its form, and what the form says of it.

    Args:
        traced: The text.
        source: What is known of it.
        site: Whether an HTML page may carry a site's navigation.

    Raises:
        ReadError: It is longer than any release.
    """
    text = traced.text
    if len(text) > MAX_RELEASE and ";base64," not in text:
        raise ReadError(f"it is longer than {MAX_RELEASE >> 20} MB, as no release is", where=source.name, remedy=_CHECK)
    if is_html(text):
        page = read_markup(traced, site=site)
        body = without_tail(page.text) if site else page.text
        language = page.language if page.language not in (None, "en") else None
        return body, _filled(source, Form.HTML, page.title if site else None, page.published_on, page.url, language)
    if has_tags(text):
        return read_plain(entities(clean(traced))), _filled(source, Form.SGML_TEXT)
    if looks_like_markdown(text):
        article = read_markdown(traced)
        body = article.text
        if article.title_span is not None and article.title and not _opens_with(body.text, article.title):
            body = joined(entities(clean(traced.cut(article.title_span.start, article.title_span.end))), "\n\n", body)
        language = article.language if article.language != "en" else None
        return body, _filled(source, Form.MARKDOWN, article.title, article.published_on, article.url, language)
    return read_plain(entities(clean(traced))), _filled(source, Form.PLAIN)


def is_html(text: str) -> bool:
    """Whether a text is HTML, with or without the frame of a page."""
    if _HTML_START.match(text):
        return True
    tags = _HTML_TAG.finditer(text, 0, min(len(text), _SNIFF))
    return next(islice(tags, _FEW_TAGS - 1, None), None) is not None


def _filled(
    source: Source,
    form: Form,
    title: str | None = None,
    published_on: str | None = None,
    url: str | None = None,
    language: str | None = None,
) -> Source:
    """What a container said first stays; what the text's own form says fills the gaps."""
    return replace(
        source,
        form=source.form if source.form in (Form.EDGAR_SUBMISSION, Form.JSON) else form,
        title=source.title or title,
        published_on=source.published_on or published_on,
        url=source.url or url,
        language=source.language or language,
    )


def _opens_with(text: str, title: str) -> bool:
    """Whether a title stands near the beginning of a text."""
    key = folded(html.unescape(title)).casefold().rstrip(".… ")
    return key[:60] in folded(text[:3000]).casefold()


def _release(traced: TracedText, source: Source, *, exhibit: bool, body: bool = False) -> Release:
    text = traced.text
    if not text.strip():
        raise ReadError("no text is left without its markup", where=source.name, remedy="give a release with text")
    stated = source.published_on or source.filed_on
    verdict = judge(text, exhibit=exhibit, body=body, year=int(stated[:4]) if stated else None)
    if not verdict.release:
        raise NotARelease(
            f"this is {verdict.reason}, not a press release",
            where=source.name,
            remedy="leave it out" if not verdict.language else "give the English text",
        )
    return Release(release_id(text), text, traced.offsets, replace(source, language=verdict.language))


def release_id(text: str) -> str:
    r"""The identity of a release's text: 16 hexadecimal digits, the same however its white space falls.

    >>> release_id("TAP  technology") == release_id("TAP\n technology")
    True
    """
    return hashlib.sha256(folded(text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


# ---------------------------------------------------------------- containers


def _from_submission(text: str, source: Source) -> Iterator[Release | Failure]:
    submission = read_submission(text)
    base = replace(
        source,
        form=Form.EDGAR_SUBMISSION,
        accession_number=submission.accession_number,
        filer_name=submission.filer_name,
        filer_cik=submission.filer_cik,
        filed_on=submission.filed_on,
        form_type=submission.form_type,
        items=submission.items,
    )
    whole = TracedText.of(text)
    found = False
    for exhibit in submission.documents:
        if exhibit.candidate:
            result = _from_exhibit(whole, exhibit, base, single=len(submission.documents) == 1)
            if result is not None:
                found = True
                yield result
    if not found:
        raise NotARelease(_nothing_in(submission), where=source.name, remedy="give a submission with an EX-99 release")


def _from_exhibit(whole: TracedText, exhibit: Exhibit, base: Source, *, single: bool) -> Release | Failure | None:
    """The release in a document; None where the form itself holds none, which is the rule."""
    name = base.name if single else f"{base.name}!{exhibit.label}"
    source = replace(base, name=name, document_type=exhibit.type or None)
    try:
        traced, filled = read_form(whole.cut(exhibit.span.start, exhibit.span.end), source, site=False)
        if exhibit.body:
            remainder = _below_cover(traced)
            if remainder is None:
                return None
            traced = remainder
        return _release(traced, filled, exhibit=True, body=exhibit.body)
    except NotARelease as error:
        return None if exhibit.body else Failure(name, str(error), skipped=True)
    except ReadError as error:
        return None if exhibit.body else Failure(name, str(error))


def _below_cover(traced: TracedText) -> TracedText | None:
    """What stands below the signature of a form's cover; the whole text where it has no cover."""
    if not _COVER.search(traced.text[:6000]):
        return traced
    match = _COVER_END.search(traced.text)
    if match is None or len(folded(traced.text[match.end() :])) < _REMAINDER:
        return None
    return read_plain(traced.cut(match.end(), len(traced.text)))


def _nothing_in(submission: Submission) -> str:
    kinds = sorted({item.type for item in submission.documents if item.type})
    shown = ", ".join(kinds[:6]) + (", …" if len(kinds) > 6 else "")
    return f"this is a submission without a press release ({len(submission.documents)} documents: {shown or 'none'})"


def _from_records(text: str, source: Source) -> Iterator[Release | Failure]:
    for record in read_records(TracedText.of(text), name=source.name):
        name = f"{source.name}!{record.label}" if record.label else source.name
        try:
            yield _from_record(record, replace(source, name=name, form=Form.JSON))
        except NotARelease as error:
            yield Failure(name, str(error), skipped=True)
        except ReadError as error:
            yield Failure(name, str(error))


def _from_record(record: Record, source: Source) -> Release:
    language = record.language if record.language != "en" else None
    base = _filled(source, Form.JSON, record.title, record.published_on, record.url, language)
    body, filled = read_form(record.text, base)
    if record.title_text is not None and record.title and not _opens_with(body.text, record.title):
        body = joined(entities(clean(record.title_text)), "\n\n", body)
    return _release(body, filled, exhibit=False)


def too_long(text: str) -> bool:
    """Whether a text has a line that no release has."""
    start = 0
    while len(text) - start > MAX_LINE:
        end = text.rfind("\n", start, start + MAX_LINE)
        if end < start:
            return True
        start = end + 1
    return False


__all__ = ["read_form", "release_id", "releases_of", "too_long"]
