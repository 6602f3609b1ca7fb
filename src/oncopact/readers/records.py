"""JSON and JSON Lines: which field is the release, and where it stands in the file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from oncopact.datelines import stated_day
from oncopact.errors import NotARelease
from oncopact.text import TracedText

_TEXT_KEYS = (
    "body",
    "text",
    "content",
    "full_text",
    "fulltext",
    "article",
    "article_text",
    "release_text",
    "release",
    "html",
    "raw",
    "description",
    "markdown",
    "message",
)
_TITLE_KEYS = ("title", "headline", "name", "subject")
_DATE_KEYS = (
    "published_on",
    "published",
    "published_at",
    "publish_date",
    "publication_date",
    "release_date",
    "date",
    "pubDate",
    "datePublished",
    "published_date_time",
    "created_at",
)
_URL_KEYS = ("url", "link", "source_url", "canonical_url", "href")
_LANGUAGE_KEYS = ("language", "lang")
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)
_LEAST = 80
_LIST_KEYS = ("releases", "items", "articles", "results", "data", "documents", "records", "news")


@dataclass(frozen=True, slots=True)
class Record:
    """One object with the text of a release.

    Attributes:
        label: Its place in the file: the line or item number, from 1; empty where the file is one object.
        text: The text field, traced to the file.
        title_text: The title field, traced to the file.
        title: The title.
        published_on: The date, `YYYY-MM-DD`.
        url: The address.
        language: The stated language, two letters.
    """

    label: str
    text: TracedText
    title_text: TracedText | None = None
    title: str | None = None
    published_on: str | None = None
    url: str | None = None
    language: str | None = None


def looks_like_json(text: str) -> bool:
    """Whether a text is JSON or JSON Lines."""
    start = text.lstrip()[:1]
    if start not in ("{", "["):
        return False
    return re.match(r'\s*(?:\{\s*(?:"|\})|\[\s*[\[{"\]\d])', text) is not None


def read_records(source: TracedText, *, name: str) -> Iterator[Record]:
    """The records of a file, in order.

    Raises:
        NotARelease: The JSON is broken, or no record has a text.

    >>> file = TracedText.of('{"body": "' + 9 * "Alpha licensed TAP. " + '"}')
    >>> [record.text.text[:20] for record in read_records(file, name="a.json")]
    ['Alpha licensed TAP. ']
    """
    text = source.text
    found = False
    for label, start, end, value in _objects(text, name):
        record = _record(source, label, start, end, value)
        if record is not None:
            found = True
            yield record
    if not found:
        raise NotARelease(
            "no record of the JSON has a text",
            where=name,
            remedy=f"give a text in a field named {', '.join(_TEXT_KEYS[:3])}",
        )


def _objects(text: str, name: str) -> Iterator[tuple[str, int, int, dict[str, object]]]:
    """Each object with its label and its place."""
    listed = text.lstrip().startswith("[")
    items = list(_decoded(text, 0, name, listed=listed))
    if len(items) == 1 and not listed:
        start, end, value = items[0]
        key = next((key for key in _LIST_KEYS if _is_list(value.get(key))), None)
        opening = re.search(rf'"{key}"\s*:\s*\[', text[start:end]) if key else None
        if opening is None:
            yield ("", start, end, value)
            return
        items = list(_decoded(text, start + opening.end(), name, listed=True))
    for number, (start, end, value) in enumerate(items, start=1):
        yield (str(number), start, end, value)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _decoded(text: str, position: int, name: str, *, listed: bool) -> Iterator[tuple[int, int, dict[str, object]]]:
    """The objects from a position on, in a list up to its end."""
    decoder = json.JSONDecoder()
    blank = re.compile(r"[\s,\[]*" if listed else r"\s*")
    while (match := blank.match(text, position)) is not None and match.end() < len(text):
        position = match.end()
        if listed and text[position] == "]":
            return
        try:
            value, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            line = text.count("\n", 0, position) + 1
            raise NotARelease(f"the JSON is broken in line {line}", where=name, remedy="give valid JSON") from error
        if isinstance(value, dict):
            yield position, end, value
        position = end


def _record(source: TracedText, label: str, start: int, end: int, value: dict[str, object]) -> Record | None:
    for inner in ("data", "release", "article", "item"):
        nested = value.get(inner)
        if isinstance(nested, dict) and not any(isinstance(value.get(key), str) for key in _TEXT_KEYS):
            value = {**nested, **{key: item for key, item in value.items() if key != inner}}
    texts = [(key, item) for key in _TEXT_KEYS if isinstance(item := value.get(key), str) and len(item) >= _LEAST]
    if not texts:
        return None
    key, body = texts[0]
    traced = _literal(source, start, end, key, body)
    title = _string(value, _TITLE_KEYS)
    title_text = None
    if title is not None:
        title_text = _literal(source, start, end, title[0], title[1])
    date = next(
        (day for key in _DATE_KEYS if isinstance(item := value.get(key), str) and (day := stated_day(item))), None
    )
    url, language = _string(value, _URL_KEYS), _string(value, _LANGUAGE_KEYS)
    return Record(
        label,
        traced,
        title_text,
        " ".join(title[1].split()) if title else None,
        date,
        url[1] if url else None,
        language[1].lower()[:2] if language else None,
    )


def _string(value: dict[str, object], keys: tuple[str, ...]) -> tuple[str, str] | None:
    for key in keys:
        item = value.get(key)
        if isinstance(item, str) and item.strip():
            return key, item
    return None


def _literal(source: TracedText, start: int, end: int, key: str, wanted: str) -> TracedText:
    """The string of a field, each character traced to the file through the escapes."""
    for match in re.finditer(rf'"{re.escape(key)}"\s*:\s*"', source.text[start:end]):
        at = start + match.end()
        value, stop = json.JSONDecoder().raw_decode(source.text, at - 1)
        if value == wanted:
            return source.cut(at, stop - 1).replace(_ESCAPE, lambda found: str(json.loads(f'"{found.group()}"')))
    return TracedText.of(wanted)
