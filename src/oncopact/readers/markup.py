"""HTML of any age to text, without a parser's tree: one pass over tags, entities and white space.

A tree would lose the offsets; a pass keeps every character's place in the source, cannot be nested too deep, resolves
no external entity, and is linear. Nothing is fetched.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from oncopact.model import Span
from oncopact.readers.characters import clean
from oncopact.readers.chrome import is_chrome
from oncopact.readers.plain import read_plain
from oncopact.readers.tables import Break, table_breaks
from oncopact.text import TracedText, folded

_TOKEN = re.compile(
    r"""
    (?P<tag><(?P<close>/?)(?P<name>[A-Za-z][\w:.-]{0,40})(?P<rest>(?:[^<>"']|"[^"]{0,20000}"|'[^']{0,20000}'|
        ["']){0,4000}+)>)
  | (?P<other><[!?])
  | (?P<entity>&(?:amp;)*(?:\#\d{1,7};?|\#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};))
  | (?P<space>[\s\u00a0\u200b\ufeff\u00ad]+)
    """,
    re.VERBOSE,
)
_OTHER_ENDS = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">"))
_RAW = frozenset(
    "script style noscript template svg iframe select button textarea object math canvas video audio head title".split()
)
_BLOCK = frozenset(
    "p div section article main header h1 h2 h3 h4 h5 h6 ul ol dl dt dd li blockquote center table tr td th tbody "
    "thead tfoot caption "
    "form fieldset address figure figcaption hr pre body html details summary nav footer aside".split()
)
_CHROME_TAGS = frozenset("nav footer aside".split())
_CHROME_NAME = re.compile(
    r"""\b(?:class|id|role|aria-label)\s*=\s*(?P<mark>["'])[^"']{0,300}?(?<![A-Za-z])(?:
        nav(?:bar|igation)?|menu|bread-?crumbs?|share|sharing|social|addthis|related|side-?bar|footer|cookies?|
        newsletter|subscribe|
        sign-?up|comments?|recommended|trending|ticker|stock|quotes?-?(?:bar|box|price)|advert\w*|ads?|promo|toolbar|
        pagination|pager|skip-?link|more-?(?:news|stories|releases)|latest-?(?:news|releases)|read-?(?:more|next)|
        also-?from|
        tags|contentinfo|search|login|banner|modal|popup|print-?(?:link|button)
    )(?![A-Za-z])""",
    re.VERBOSE | re.IGNORECASE,
)
_CHROME_CARRIERS = frozenset("div section ul ol span p a td dl figure".split())
_CHROME_SAFE = frozenset("html body main article table tbody tr h1".split())
_HIDDEN = re.compile(r"""display\s*:\s*none|(?:^|\s)hidden(?:\s|=|$)|aria-hidden\s*=\s*["']true""", re.IGNORECASE)
_PAGE_BREAK = re.compile(r"page-break-(?:before|after)\s*:\s*always|break-(?:before|after)\s*:\s*page", re.IGNORECASE)
_NOTE_MARK = re.compile(r"[\[(]?\d{1,2}(?:\s?[,–-]\s?\d{1,2})*[\])]?|[*†‡§]{1,3}|\[[a-z]\]")
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_EXPONENT = re.compile(r"[-−+]?\d{1,3}")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_SUP_END = re.compile(r"</sup\s*>", re.IGNORECASE)
_BEFORE_NOTE = re.compile(r"""(?:[A-Za-z]{3}|[.,;)”"®™]|[A-Za-z](?:-|[\u2010\u2011]|&\#820[89];)\d{1,6})$""")
"""What a footnote's number follows; after other figures it is an exponent."""
_HAS_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_BLANKS = "\u00a0\u200b\u00ad\ufeff \u2003\u2002\u2009\t\r\n"
_STRINGS = {
    Break.NONE: "",
    Break.BLANK: " ",
    Break.JOINT: "",
    Break.CELL: "\t",
    Break.LINE: "\n",
    Break.PARAGRAPH: "\n\n",
    Break.PAGE: "\n\n<PAGE>\n\n",
}
_EMBEDDED = re.compile(r"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=%\s]*")
"""A picture or font set into the page itself."""
_ENOUGH = 400
"""A part of a page that is to be the release has at least so many characters."""
_LINKED = 0.8


@dataclass(frozen=True, slots=True)
class Page:
    """A page's text and what its head says.

    Attributes:
        text: The text, traced to the source.
        title: The page's title.
        url: The page's own address.
        published_on: The publication date, `YYYY-MM-DD`.
        language: The stated language, two letters.
    """

    text: TracedText
    title: str | None = None
    url: str | None = None
    published_on: str | None = None
    language: str | None = None


def read_markup(source: TracedText, *, site: bool = True) -> Page:
    r"""The release on an HTML page.

    Args:
        source: The page.
        site: Whether the page may carry navigation, related headlines and the like; an EDGAR exhibit carries none.

    >>> page = "<nav>Home</nav><h1>Alpha licenses&nbsp;TAP</h1><p>R&amp;D <b>goes</b> on.<script>x<y</script>"
    >>> read_markup(TracedText.of(page)).text.text
    'Alpha licenses TAP\n\nR&D goes on.'
    """
    source = source.replace(_EMBEDDED, lambda _: "") if ";base64," in source.text else source
    page = source.text
    head = page[: _head_end(page)]
    title = _title(head)
    region = _region(page) if site else None
    text = _Pass(page, site=site, region=region, title=title).run(source)
    if site and len(text.text) < _ENOUGH:
        plainer = _Pass(page, site=False, region=None, title=title).run(source)
        if len(plainer.text) > 2 * len(text.text) + 50:
            text = plainer
    return Page(
        read_plain(clean(text)),
        title,
        _first(_URL, head),
        _date(head) or _date(page[:200_000]),
        _first(_LANGUAGE, head[:3000]),
    )


# ---------------------------------------------------------------- the head of a page

_HEAD_END = re.compile(r"</head\s*>|<body\b", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]{0,200}>(?P<value>[^<]{1,400})</title", re.IGNORECASE)
_OG_TITLE = re.compile(
    r"""<meta\s[^<>]{0,200}?(?:property|name)\s*=\s*["'](?:og:title|twitter:title)["'][^<>]{0,200}?content\s*=\s*(?P<m>["'])(?P<value>[^<>]{1,400}?)(?P=m)""",
    re.IGNORECASE,
)
_PHP_TITLE = re.compile(r"""\[\s*['"]title['"]\s*\]\s*=\s*(?P<m>["'])(?P<value>[^<>\n]{1,300}?)(?P=m)\s*;""")
_URL = re.compile(
    r"""<(?:link\s[^<>]{0,200}?rel\s*=\s*["']canonical["'][^<>]{0,200}?href|meta\s[^<>]{0,200}?property\s*=\s*["']og:url["'][^<>]{0,200}?content)\s*=\s*["'](?P<value>[^"'<>\s]{8,600})["']""",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"""(?:article:published_time|datePublished|pubdate|publish[-_]?date|DC\.date(?:\.issued)?|name\s*=\s*["']date)["']?[^<>]{0,120}?["'](?P<value>(?:19|20)\d\d-\d\d-\d\d)"""
    r"""|<time\s[^<>]{0,200}?datetime\s*=\s*["'](?P<time>(?:19|20)\d\d-\d\d-\d\d)""",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"""<html\b[^<>]{0,400}?\blang\s*=\s*["'](?P<value>[A-Za-z]{2})\b""", re.IGNORECASE)
_JUNK_TITLE = re.compile(r"(?:ex|exhibit|document|form|untitled|\w+[-_.]\w+)[-\d._\s\w]{0,30}", re.IGNORECASE)


def _head_end(page: str) -> int:
    match = _HEAD_END.search(page)
    return match.start() if match else min(len(page), 5000)


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return html.unescape(match["value"]).strip() if match else None


def _title(head: str) -> str | None:
    for pattern in (_OG_TITLE, _PHP_TITLE, _TITLE):
        found = _first(pattern, head)
        if found and found.count(" ") >= 2 and not _JUNK_TITLE.fullmatch(found):
            return folded(found)
    return None


def _date(text: str) -> str | None:
    match = _DATE.search(text)
    return (match["value"] or match["time"]) if match else None


def _region(page: str) -> Span | None:
    """The one part of a page that says it is the article."""
    lowered = page.lower()
    for name in ("article", "main"):
        start = lowered.find(f"<{name}")
        if start < 0 or lowered.find(f"<{name}", start + 1) >= 0:
            continue
        end = lowered.find(f"</{name}", start)
        if end > start and len(folded(_TAGS.sub(" ", page[start:end]))) >= _ENOUGH:
            return Span(start, end)
    return None


# ---------------------------------------------------------------- the pass


class _Pass:
    """State of one pass over one page."""

    def __init__(self, page: str, *, site: bool, region: Span | None, title: str | None) -> None:
        self.page, self.site, self.region = page, site, region
        self.title = title.casefold() if title else ""
        self.breaks, self.data_tables = table_breaks(page) if _HAS_TABLE.search(page) else ({}, frozenset())
        self.edits: list[tuple[Span, str]] = []
        self.dropped: list[Span] = []
        self.gap_start, self.gap = 0, Break.PARAGRAPH
        self.bullet = ""
        self.skipped: str | None = None
        self.depth = 0
        self.pre = self.in_h1 = self.in_link = 0
        self.tables: list[bool] = []
        self.paragraph = 0
        self.letters = self.linked = 0
        self.exhausted: set[str] = set()

    def run(self, source: TracedText) -> TracedText:
        """The page's text."""
        position, page = 0, self.page
        while (match := _TOKEN.search(page, position)) is not None:
            if match.start() > position:
                self.text(position, match.start())
            if match["name"] is not None:
                position = self.tag(match)
            elif match["other"] is not None:
                position = self.other(match.start())
            else:
                position = match.end()
                self.piece(match)
        if position < len(page):
            self.text(position, len(page))
        self.end_paragraph()
        if self.gap_start < len(page):
            self.edits.append((Span(self.gap_start, len(page)), ""))
        return source.edit(_without(self.edits, self.dropped))

    # -- text

    def visible(self, at: int) -> bool:
        """Whether what stands at an offset is part of the release."""
        if self.skipped is not None:
            return False
        return self.region is None or bool(self.in_h1) or self.region.start <= at < self.region.end

    def text(self, start: int, end: int) -> None:
        """Plain characters."""
        if not self.visible(start):
            return
        self.open(start)
        self.letters += end - start
        self.linked += (end - start) if self.in_link else 0
        self.gap_start, self.gap = end, Break.NONE

    def open(self, at: int) -> None:
        """Close the gap before visible text."""
        if self.gap >= Break.PARAGRAPH:
            self.end_paragraph()
            self.paragraph = at
        wanted = (_STRINGS[self.gap] if self.gap_start or self.gap is Break.PAGE else "") + self.bullet
        self.bullet = ""
        if self.page[self.gap_start : at] != wanted:
            self.edits.append((Span(self.gap_start, at), wanted))

    def end_paragraph(self) -> None:
        """Drop the paragraph just ended where it is navigation."""
        start, end, letters, linked = self.paragraph, self.gap_start, self.letters, self.linked
        self.letters = self.linked = 0
        if not self.site or not letters or end - start > 4000:
            return
        printed = folded(html.unescape(_TAGS.sub("", self.page[start:end])))
        alone = linked >= _LINKED * letters and len(printed) < 250 and "@" not in printed
        if (alone and printed.casefold() not in self.title) or is_chrome(printed):
            self.dropped.append(Span(start, end))

    def piece(self, match: re.Match[str]) -> None:
        """An entity or white space."""
        found = match.group()
        if match["space"] is None:
            found = html.unescape(re.sub(r"^&(?:amp;)+(?=[#A-Za-z])", "&", found))
            if found.strip(_BLANKS):
                if self.visible(match.start()):
                    self.open(match.start())
                    self.edits.append((Span(match.start(), match.end()), found))
                    self.letters += 1
                    self.linked += bool(self.in_link)
                    self.gap_start, self.gap = match.end(), Break.NONE
                return
        elif self.pre and "\n" in found:
            self.gap = max(self.gap, Break.PARAGRAPH if found.count("\n") > 1 else Break.LINE)
            return
        if found.strip("\u200b\ufeff\u00ad"):
            self.gap = max(self.gap, Break.BLANK)

    # -- tags

    def other(self, at: int) -> int:
        """Past a comment, declaration or processing instruction."""
        for opening, closing in _OTHER_ENDS:
            if self.page.startswith(opening, at):
                end = -1 if closing in self.exhausted else self.page.find(closing, at + len(opening))
                if end >= 0:
                    return end + len(closing)
                self.exhausted.add(closing)
                return at + len(opening)
        return at + 1

    def tag(self, match: re.Match[str]) -> int:
        """Past a tag, and past what it hides."""
        name, closes, rest, end = match["name"].lower(), bool(match["close"]), match["rest"], match.end()
        if self.skipped is not None:
            if name == self.skipped and not rest.endswith("/"):
                self.depth += -1 if closes else 1
                self.skipped = self.skipped if self.depth > 0 else None
            self.gap = max(self.gap, Break.PARAGRAPH if name in _BLOCK else Break.NONE)
            return end
        if not closes and not rest.endswith("/"):
            if name in _RAW:
                return self.past_raw(name, end)
            if self.hides(name, rest, end):
                self.skipped, self.depth = name, 1
                self.gap = max(self.gap, Break.PARAGRAPH if name in _BLOCK else Break.BLANK)
                return end
            if name == "sup" and (past := self.superscript(match.start(), end)):
                return past
        self.states(match.start(), name, closes=closes)
        self.gap = max(self.gap, self.break_of(match.start(), name, rest))
        return end

    def past_raw(self, name: str, at: int) -> int:
        """Past an element whose content is not text."""
        self.gap = max(self.gap, Break.BLANK)
        found = None if name in self.exhausted else _raw_end(name).search(self.page, at)
        if found is None:
            self.exhausted.add(name)
            return at
        return found.start() if name == "head" else found.end()

    def hides(self, name: str, rest: str, end: int) -> bool:
        """Whether an element is no part of the release."""
        if rest and _HIDDEN.search(rest):
            return True
        if not self.site or name in _CHROME_SAFE:
            return False
        if name == "header":
            inside = self.page[end : end + 20_000].lower()
            return "<h1" not in inside.partition("</header")[0]
        return name in _CHROME_TAGS or bool(rest and name in _CHROME_CARRIERS and _CHROME_NAME.search(rest))

    def superscript(self, start: int, end: int) -> int:
        """Past a superscript that refers to a footnote or is an exponent; 0 where it is part of the word."""
        found = _SUP_END.search(self.page, end, end + 300)
        if found is None:
            return 0
        inside = folded(html.unescape(_TAGS.sub("", self.page[end : found.start()])))
        if _BEFORE_NOTE.search(self.page, max(0, start - 12), start) and _NOTE_MARK.fullmatch(inside):
            return found.end()
        if not _EXPONENT.fullmatch(inside) or not self.visible(start):
            return 0
        self.open(start)
        self.edits.append((Span(start, found.end()), inside.translate(_RAISED)))
        self.gap_start, self.gap = found.end(), Break.NONE
        return found.end()

    def states(self, at: int, name: str, *, closes: bool) -> None:
        """Remember which elements are open."""
        step = -1 if closes else 1
        if name == "pre":
            self.pre = max(0, self.pre + step)
        elif name == "h1":
            self.letters = self.linked = 0
            self.in_h1 = max(0, self.in_h1 + step)
        elif name == "a":
            self.in_link = max(0, min(1, self.in_link + step))
        elif name == "table":
            if not closes:
                self.tables.append(at in self.data_tables)
            elif self.tables:
                self.tables.pop()
        elif name in ("li", "ul", "ol", "h2", "h3"):
            self.bullet = "• " if name == "li" and not closes else ""

    def break_of(self, at: int, name: str, rest: str) -> Break:
        """The break that a tag makes."""
        if at in self.breaks:
            return self.breaks[at]
        inside = bool(self.tables) and self.tables[-1] and name != "table"
        if name == "br":
            return Break.BLANK if inside else Break.PARAGRAPH if self.gap is Break.LINE else Break.LINE
        if name == "hr" or (rest and "break" in rest and _PAGE_BREAK.search(rest)):
            return Break.PAGE
        if name in _BLOCK:
            if inside:
                return Break.NONE if name in ("td", "th", "tr") else Break.BLANK
            return Break.PARAGRAPH
        return Break.NONE


@cache
def _raw_end(name: str) -> re.Pattern[str]:
    return re.compile(r"</head\s*>|<body\b" if name == "head" else rf"</{name}\s*>", re.IGNORECASE)


def _without(edits: list[tuple[Span, str]], dropped: list[Span]) -> list[tuple[Span, str]]:
    """The edits, those inside dropped paragraphs replaced by one that leaves the paragraph out."""
    if not dropped:
        return edits
    starts = [span.start for span in dropped]
    kept = []
    for span, string in edits:
        at = bisect_right(starts, span.start) - 1
        if at < 0 or span.start >= dropped[at].end:
            closes = at + 1 < len(starts) and starts[at + 1] == span.end
            kept.append((span, string.removesuffix("• ") if closes else string))
    return sorted([*kept, *((span, "") for span in dropped)])
