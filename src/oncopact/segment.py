"""A release into sections and sentences: what is headline, body, boilerplate, and where each sentence begins and ends.

Paragraphs come first (a blank line ends one), then each is given a kind by what it says and where it stands, then
neighbours of one kind become a section, and each paragraph is cut into sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from oncopact.body import read_body
from oncopact.datelines import day
from oncopact.front import read_front
from oncopact.model import Document, PartialDate, Release, Section, SectionKind, Sentence, Span
from oncopact.paragraphs import Paragraph, Part, bullet, cells_of, lines_of, paragraphs, trim
from oncopact.sentences import quotations, sentences, speaker

_WHOLE = frozenset({SectionKind.HEADLINE, SectionKind.SUBHEAD, SectionKind.DATELINE})
"""Kinds of which a part is one sentence, however it is printed."""
_LISTED = frozenset({SectionKind.CONTACTS, SectionKind.FURNITURE, SectionKind.SIGNATURE, SectionKind.TABLE})
"""Kinds of which every cell of every line stands alone."""
_LEAD = re.compile(r"\s*[:–—-]?\s*")
"""What stands between a run-in heading and its text."""
_CLEAR_BULLETS = "•·▪▫◦‣●○■□►▶➢✓§"
"""Signs that begin an item wherever a line begins with them; a dash may also be one inside a sentence."""


def segment(release: Release) -> Document:
    """The structure of a release.

    Sections cover all that prints; sentences never cross a paragraph.

    Args:
        release: What a reader gave.
    """
    text = release.text
    found = list(paragraphs(text))
    front = read_front(release, found)
    below = [piece for paragraph in found for piece in _below(text, paragraph, front.body)]
    parts = [*front.parts, *read_body(text, below)]
    sections, owners = _sections(parts)
    issued, printed = front.issued, front.issued_span
    if issued is None:
        issued = _published(release)
    return Document(
        release=release,
        sections=tuple(sections),
        sentences=tuple(_sentences(text, parts, owners)),
        title=front.title,
        dateline=trim(text, front.dateline.span.start, front.dateline.span.end) if front.dateline else None,
        issued=issued,
        issued_span=printed,
        wire=front.dateline.wire if front.dateline else None,
    )


def rows(text: str, section: Section) -> tuple[tuple[Span, ...], ...]:
    r"""The rows of a table and the cells of each, in order; empty cells are left out.

    Args:
        text: The release's text.
        section: A section of kind `table`.

    >>> text, table = "Fee\tEUR 2\nRoyalty\t4%\t5%\n", Section(SectionKind.TABLE, Span(0, 23))
    >>> [[cell.of(text) for cell in row] for row in rows(text, table)]
    [['Fee', 'EUR 2'], ['Royalty', '4%', '5%']]
    """
    return tuple(tuple(cells_of(text, line)) for line in lines_of(text, section.span.start, section.span.end))


def _below(text: str, paragraph: Paragraph, body: int) -> Iterator[Paragraph]:
    """The paragraph, or what of it stands below the dateline."""
    if paragraph.span.start >= body:
        yield paragraph
    elif paragraph.span.end > body:
        rest = trim(text, body, paragraph.span.end)
        if rest.start < rest.end:
            yield Paragraph.of(text, rest.start, rest.end)


def _published(release: Release) -> PartialDate | None:
    stated = release.source.published_on
    return day(int(stated[:4]), int(stated[5:7]), int(stated[8:10])) if stated else None


def _sections(parts: Sequence[Part]) -> tuple[list[Section], list[int]]:
    """The sections, and for each part the position of its own."""
    sections: list[Section] = []
    owners: list[int] = []
    for part in parts:
        last = sections[-1] if sections else None
        if last and last.kind is part.kind and last.subject == part.subject and not part.opens and part.heading is None:
            sections[-1] = Section(last.kind, Span(last.span.start, part.span.end), last.heading, last.subject)
        else:
            sections.append(Section(part.kind, part.span, part.heading, part.subject))
        owners.append(len(sections) - 1)
    return sections, owners


# ---------------------------------------------------------------- sentences


def _sentences(text: str, parts: Sequence[Part], owners: Sequence[int]) -> Iterator[Sentence]:
    quotes = [_quotes(text, part) for part in parts]
    spans = [list(_spans(text, part)) for part in parts]
    voices = [_voices(text, *pair) if pair[1] else {} for pair in zip(spans, quotes, strict=True)]
    _carry_back(text, parts, spans, quotes, voices)
    index = 0
    for number, part in enumerate(parts):
        for position, span in enumerate(spans[number]):
            quoted = _inside(quotes[number], span)
            yield Sentence(index, span, owners[number], part.kind, quoted, voices[number].get(position))
            index += 1


def _quotes(text: str, part: Part) -> tuple[Span, ...]:
    return quotations(text, part.span.start, part.span.end) if part.kind not in _LISTED else ()


def _carry_back(
    text: str,
    parts: Sequence[Part],
    spans: Sequence[Sequence[Span]],
    quotes: Sequence[tuple[Span, ...]],
    voices: Sequence[dict[int, Span]],
) -> None:
    """Give a quotation that is left open at the end of its paragraph the speaker whom the next paragraph names."""
    for number in range(len(parts) - 2, -1, -1):
        following = voices[number + 1].get(0)
        left_open = bool(quotes[number]) and quotes[number][-1].end == parts[number].span.end
        if following is None or not left_open or text[parts[number + 1].span.start] not in '“"':
            continue
        for position, span in enumerate(spans[number]):
            if quotes[number][-1].overlaps(span):
                voices[number].setdefault(position, following)


def _touching(quotes: Sequence[Span], span: Span) -> Sequence[Span]:
    """The quotations, which are ascending and disjoint, that share something with a sentence."""
    first = bisect_right(quotes, span.start, key=lambda quote: quote.end)
    return quotes[first : bisect_left(quotes, span.end, key=lambda quote: quote.start)]


def _inside(quotes: Sequence[Span], span: Span) -> tuple[Span, ...]:
    """What of the quotations stands in a sentence."""
    return tuple(Span(max(quote.start, span.start), min(quote.end, span.end)) for quote in _touching(quotes, span))


def _voices(text: str, spans: Sequence[Span], quotes: Sequence[Span]) -> dict[int, Span]:
    """Who says what is quoted, by sentence: the speaker named there, else in another sentence of the same quotation.

    A quotation that follows in the same paragraph and names no one is the last speaker's.
    """
    named = {number: who for number, span in enumerate(spans) if (who := _named(text, span, quotes)) is not None}
    by_quote: dict[Span, Span] = {}
    for number, who in named.items():
        for quote in _touching(quotes, spans[number]):
            by_quote.setdefault(quote, who)
    voices: dict[int, Span] = {}
    last: Span | None = None
    for number, span in enumerate(spans):
        touching = _touching(quotes, span)
        same = next((by_quote[quote] for quote in touching if quote in by_quote), last)
        last = named.get(number, same) if touching else None
        if last is not None:
            voices[number] = last
    return voices


def _named(text: str, span: Span, quotes: Sequence[Span]) -> Span | None:
    quoted = _inside(quotes, span)
    return speaker(text, span.start, span.end, quoted) if quoted else None


def _spans(text: str, part: Part) -> Iterator[Span]:
    """The sentences, headings or cells of a part."""
    start = part.span.start
    if part.heading is not None:
        yield trim(text, part.heading.start, part.heading.end)
        start = part.heading.end
        if (lead := _LEAD.match(text, start, part.span.end)) is not None:
            start = lead.end()
    body = trim(text, start, part.span.end)
    if body.start == body.end:
        return
    if part.kind in _WHOLE:
        listed = sum(bullet(text, line) > 0 for line in lines_of(text, body.start, body.end)) > 1
        yield from _items(text, body) if listed else (body,)
    elif part.kind is SectionKind.FOOTNOTE:
        yield from sentences(text, body.start, body.end)
    elif part.kind in _LISTED:
        for line in lines_of(text, body.start, body.end):
            yield from cells_of(text, line)
    else:
        for item in _items(text, body):
            yield from sentences(text, item.start, item.end)


def _items(text: str, span: Span) -> Iterator[Span]:
    """The items of a list, their bullets left out; a paragraph that is none is one item."""
    start, indent, listed = span.start, -1, False
    lines = list(lines_of(text, span.start, span.end))
    ended, many = True, sum(bullet(text, line) > 0 for line in lines) > 1
    for line in lines:
        size, column = bullet(text, line), line.start - text.rfind("\n", 0, line.start)
        if size and (ended or many or text[line.start] in _CLEAR_BULLETS):
            yield from _item(text, start, line.start)
            start, indent, listed = line.start + size, column, True
        elif listed and column < indent:
            yield from _item(text, start, line.start)
            start, indent = line.start, -1
        ended = text[line.end - 1] in ".;:!?"
    yield from _item(text, start, span.end)


def _item(text: str, start: int, end: int) -> Iterator[Span]:
    item = trim(text, start, end)
    if item.start < item.end:
        yield item
