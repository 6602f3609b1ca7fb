"""Markdown, with or without front matter, also as scrapers flatten it: a whole page on one line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from oncopact.datelines import DATE, stated_day
from oncopact.layout import ABOUT, is_safe_heading
from oncopact.model import Span
from oncopact.readers.characters import clean, entities
from oncopact.readers.chrome import is_chrome, without_tail
from oncopact.readers.plain import read_plain
from oncopact.text import TracedText, folded

_FRONT = re.compile(r"\s*(?P<fence>---|\+\+\+)[ \t]*\n(?P<body>.*?)\n(?P=fence)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(
    r"""^(?P<key>[A-Za-z_][\w-]{0,40})\s*[:=]\s*(?P<mark>["']?)(?P<value>.*?)(?P=mark)\s*$""", re.MULTILINE
)
_ITEM = re.compile(
    r"""^(?P<key>[A-Za-z_][\w-]{0,40})\s*:\s*\n\s+-\s+(?P<mark>["']?)(?P<value>.*?)(?P=mark)\s*$""", re.MULTILINE
)
_SIGNS = re.compile(
    r"^(?:\#{1,6}\s+\S|\[[^\]\n]+\]\(|(?:[-=]{4,40})[ \t]*$)|\*\*[^*\n]{2,300}\*\*|\]\(https?://|!\[", re.MULTILINE
)
_TARGET = r'[^()\s]{0,4000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?(?:\s+"[^"\n]{0,300}")?'
_INLINE = re.compile(
    rf"""
    ^(?:
        (?P<heading>[ \t]{{0,3}}\#{{1,6}}[ \t]+)
      | (?P<setext>(?<=\n)(?:-{{4,40}}|={{4,40}})[ \t]*$)
      | (?P<fence>[ \t]{{0,3}}(?:```|~~~)[^\n]{{0,60}}$)
      | (?P<quote>[ \t]{{0,3}}>[ \t]?)
      | (?P<rowrule>
            [ \t]{{0,3}}\|?[ \t]?:?-{{2,80}}(?:[: \t]{{0,3}}\|[: \t]{{0,3}}-{{1,80}}){{0,40}}
            [: \t]{{0,3}}\|?[ \t]{{0,3}}$\n?
        )
      | (?P<row>[ \t]{{0,3}}\|[^\n]*\|[ \t]*$)
    )
  | (?=[!\[<*_\\\#])(?:
        (?P<image>!\[[^\[\]\n]{{0,500}}\]\({_TARGET}\))
      | (?P<link>(?<!!)\[(?P<label>[^\[\]\n]{{0,800}})\]\({_TARGET}\))
      | (?P<auto><(?P<address>(?:https?://|mailto:)[^<>\s]{{1,1000}})>)
      | (?P<closing>(?<=[ \t])\#+[ \t]*$)
      | (?P<strong>\*\*\*?|(?<!\w)__(?=\S)|(?<=\S)__(?!\w))
      | (?P<light>(?<![\w*\\])\*(?=[^\s*])(?P<inside>[^*\n]{{1,600}}?)(?<=[^\s*\\])\*(?![\w*]))
      | (?P<under>(?<![\w_\\])_(?=[^\s_])(?P<underside>[^_\n]{{1,300}}?)(?<=[^\s_\\])_(?![\w_]))
      | (?P<escape>\\(?=[!-/:-@\[-`{{-~]))
      | (?P<html></?(?:br|p|div|span|a|b|i|em|strong|u|sup|sub|font|img|article|main|center|
          section)\b[^<>\n]{{0,1000}}/?>)
    )
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_ONLY_LINKS = re.compile(r"^[ \t]{0,20}(?:!?\[[^\[\]\n]{0,300}\]\([^()\n]{0,1200}\)[ \t]{0,20})++$", re.MULTILINE)
_FLAT = 900
"""A line so long with signs of headings in it is a page flattened by a scraper."""


@dataclass(frozen=True, slots=True)
class Article:
    """A Markdown file's text and what its front matter says.

    Attributes:
        text: The text, traced to the source.
        title: The title that the front matter states.
        title_span: Where it stands in the source text.
        published_on: The date that the front matter states, `YYYY-MM-DD`.
        url: The address that the front matter states.
        language: The language that the front matter states, two letters.
    """

    text: TracedText
    title: str | None = None
    title_span: Span | None = None
    published_on: str | None = None
    url: str | None = None
    language: str | None = None


def looks_like_markdown(text: str) -> bool:
    """Whether front matter or the signs of Markdown stand in a text."""
    front = _FRONT.match(text, 0, min(len(text), 20_000))
    if front is not None and _FIELD.search(front["body"]):
        return True
    return _SIGNS.search(text, 0, min(len(text), 50_000)) is not None


def read_markdown(source: TracedText) -> Article:
    r"""The release in a Markdown file.

    >>> file = '---\ntitle: "T"\ndate: "2025-02-13"\n---\n\n# Alpha **licenses** TAP\n\n[x](y)'
    >>> article = read_markdown(TracedText.of(file))
    >>> article.text.text, article.title, article.published_on
    ('Alpha licenses TAP', 'T', '2025-02-13')
    """
    fields: dict[str, re.Match[str]] = {}
    start = 0
    front = _FRONT.match(source.text, 0, min(len(source.text), 20_000))
    if front is not None and _FIELD.search(front["body"]):
        start = front.end()
        for pattern in (_FIELD, _ITEM):
            for match in pattern.finditer(source.text, front.start("body"), front.end("body")):
                if match["value"]:
                    fields.setdefault(match["key"].lower(), match)
    body = entities(clean(source.cut(start, len(source.text))))
    body = _unlinked(_unflattened(body))
    body = without_tail(read_plain(_marked(body)))
    date = stated_day(_value(fields, "date", "published", "pubdate", "publish_date") or "")
    title = fields.get("title")
    language = _value(fields, "lang", "language")
    return Article(
        body,
        folded(title["value"]) if title else None,
        Span(*title.span("value")) if title else None,
        date,
        _value(fields, "url", "link", "source_url", "canonical"),
        language.lower()[:2] if language else None,
    )


def _value(fields: dict[str, re.Match[str]], *keys: str) -> str | None:
    return next((fields[key]["value"] for key in keys if key in fields), None)


def _unlinked(text: TracedText) -> TracedText:
    """Without the lines that are nothing but links and pictures: navigation, buttons, logos."""
    return text.replace(_ONLY_LINKS, lambda _: "")


def _marked(text: TracedText) -> TracedText:
    """Without the marks of Markdown."""
    for _ in range(2):  # a picture inside a link leaves a link
        edits: list[tuple[Span, str]] = []
        for match in _INLINE.finditer(text.text):
            edits.extend(_unmarked(match))
        if edits:
            text = text.edit(edits)
        if "](" not in text.text:
            break
    return _stripped(text)


def _unmarked(match: re.Match[str]) -> list[tuple[Span, str]]:
    whole = Span(match.start(), match.end())
    kind = next(name for name in _KINDS if match[name] is not None)
    for group in ("label", "address", "inside", "underside"):
        if match[group] is not None:
            inner = Span(*match.span(group))
            return [(Span(whole.start, inner.start), ""), (Span(inner.end, whole.end), "")]
    if kind == "heading":
        return [(whole, "\n")]
    if kind == "setext":
        return [(whole, "\n")]
    if kind == "row":
        return _row(match)
    if kind == "html":
        name = re.sub(r"\W", "", match.group().split()[0]).lower()
        return [(whole, "\n\n" if name in ("p", "div", "article", "main", "section") else "\n" if name == "br" else "")]
    return [(whole, "")]


_KINDS = (
    "image",
    "link",
    "auto",
    "heading",
    "closing",
    "setext",
    "strong",
    "light",
    "under",
    "escape",
    "fence",
    "quote",
    "rowrule",
    "row",
    "html",
)


def _row(match: re.Match[str]) -> list[tuple[Span, str]]:
    """A row of a table: its bars become ends of cells."""
    bars = [match.start() + at.start() for at in re.finditer(r"(?<!\\)\|", match.group())]
    inner = [(Span(at, at + 1), "\t") for at in bars[1:-1]]
    return [(Span(bars[0], bars[0] + 1), ""), *inner, (Span(bars[-1], bars[-1] + 1), "")]


def _stripped(text: TracedText) -> TracedText:
    """Without the paragraphs that belong to the page."""
    edits = [
        (Span(match.start(), match.end()), "")
        for match in _LINE.finditer(text.text)
        if (printed := match.group().strip()) and len(printed) <= 320 and is_chrome(folded(printed))
    ]
    return text.edit(edits) if edits else text


_LINE = re.compile(r"^[^\n]{1,340}$", re.MULTILINE)

# ---------------------------------------------------------------- pages on one line

_LONG_LINE = re.compile(rf"^[^\n]{{{_FLAT},}}$", re.MULTILINE)
_FLAT_SIGN = re.compile(r"\*\*|\#{2,6} |(?:\* ){4}")
_FLAT_BREAK = re.compile(
    r"(?<=\s)(?=\#{1,6}\s)|\s*(?:\* ){3,}\*\s*|(?<=[.:;*”\"\]]) (?=\* \*?[A-Z“*])|\s(?=!\s\#{4,})|\s(?=Share\s;\))|"
    r"\s*(?:\|\s*){2,}|\s\|\s"
    r"|(?<=[Ss]tatements) \*?(?=(?:This|These|Certain|Any|Some|The|Statements)\s)|"
    r"(?<=\S) (?=[A-Z]{4,}(?:[ -][A-Z]{2,}){0,2}, [A-Z][\w.]*(?:,? (?:and|&) [A-Z][\w ,.]{2,40}?)?\s?(?:-{3,}|"
    r"[–—]{2,}))"
    r"|(?<=\s)\*(?=[A-Z])|(?<=[.!?])\*+(?=\s|$)"
)
_INNER_STOP = re.compile(r"[a-z]{3,}[.!?] [A-Z]")
_FLAT_STAMP = re.compile(r"(?:\d{1,2}:\d\d\s?[ap]\.?m\.?\s?(?:[A-Z]{2,4}\b)?)?", re.IGNORECASE)
_STRONG = re.compile(r"\*{2,4}")
_GLUED = re.compile(
    r"(?<=[A-Z]{3})(?:and)(?=[A-Z])"
    r"|(?<=[a-z])(?=\$\d)|\b(?:at|on|of|to)(?=\d)|\b(?:and|of|for|by|with|from|to|the|said|on|at|as|that|its|between|"
    r"than|under)(?=(?:[A-Z][a-z]|[A-Z]{2,}|\$\d)[\w$.])"
    r"|,(?=[A-Z][a-z])"
    r"|(?<=[a-z])(?=(?:January|February|March|April|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.)\s\d)"
)
_FLAT_TAIL = re.compile(
    r"</article>|</main>|! \#{4,} !|\#{2} Sign up for email alerts|To speak to customer support|Share ;\)"
)
_HEADING_PIECE = 260
_CONTEXT = 20


def _unflattened(text: TracedText) -> TracedText:
    """A page that stands on one line, its paragraphs set apart again."""
    edits: list[tuple[Span, str]] = []
    for line in _LONG_LINE.finditer(text.text):
        if len(_FLAT_SIGN.findall(line.group())) >= 2:
            edits.extend(_line_edits(text.text, line.start(), line.end()))
    return text.edit(edits) if edits else text


def _line_edits(text: str, start: int, end: int) -> list[tuple[Span, str]]:
    found: dict[Span, str] = {}
    tail = _FLAT_TAIL.search(text, start, end)
    if tail is not None and tail.start() - start > 600:
        found[Span(tail.start(), end)] = ""
        end = tail.start()
    for match in _FLAT_BREAK.finditer(text, start, end):
        found.setdefault(
            Span(match.start(), match.end()), "" if match.group().strip() == "*" and match.group() != " *" else "\n\n"
        )
    for match in _GLUED.finditer(text, start, end):
        word = match.group()
        found.setdefault(
            Span(match.start(), match.end()),
            f" {word} " if word != "," and text[match.start() - 1 : match.start()].isupper() else f"{word} ",
        )
    stamp = next((match for match in DATE.finditer(text, start, min(end, start + 500)) if match["year"]), None)
    if stamp is not None and (clock := _FLAT_STAMP.match(text, stamp.end() + 1, end)) is not None:
        after = text[stamp.end() : stamp.end() + 12].lstrip()
        if clock.group() or after.startswith("* *"):
            found.setdefault(Span(stamp.start(), stamp.start()), "\n\n")
            if clock.group():
                found.setdefault(Span(clock.end(), clock.end()), "\n\n")
    found.update(_strong_edits(text, start, end))
    return _disjoint(found)


def _strong_edits(text: str, start: int, end: int) -> dict[Span, str]:
    """Where bold type on a flattened page sets a heading apart, and where it only stresses."""
    marks = list(_STRONG.finditer(text, start, end))
    edits: dict[Span, str] = {}
    closed = True
    for index, mark in enumerate(marks):
        stop = marks[index + 1].start() if index + 1 < len(marks) else end
        piece = folded(text[mark.end() : min(stop, mark.end() + 2 * _HEADING_PIECE)])
        previous = text[max(start, mark.start() - _CONTEXT) : mark.start()].rstrip("* ")
        closed = closed or not previous or previous[-1] in '.!?”":)’'
        heading = 3 <= len(piece) <= _HEADING_PIECE and closed and (piece[0].isupper() or piece[0].isdigit())
        heading = heading and not piece.endswith((",", ";", ".")) and not _INNER_STOP.search(piece)
        known = ABOUT.fullmatch(piece) is not None or is_safe_heading(piece)
        opens = closed and piece[:1].isupper()
        wanted = "\n\n" if opens or (known and len(piece) <= _HEADING_PIECE) else " " if len(mark.group()) == 4 else ""
        edits[Span(mark.start(), mark.end())] = wanted
        closed = (heading and index + 1 < len(marks)) or known
    return edits


def _disjoint(found: dict[Span, str]) -> list[tuple[Span, str]]:
    kept: list[tuple[Span, str]] = []
    for span, string in sorted(found.items()):
        if not kept or span.start >= kept[-1][0].end:
            kept.append((span, string))
    return kept
