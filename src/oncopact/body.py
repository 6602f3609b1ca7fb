"""What stands below a release's dateline: body, terms, tables, 'About X', safe harbour, contacts, signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from oncopact import layout
from oncopact.model import SectionKind, Span
from oncopact.paragraphs import Paragraph, Part, bullet, trim
from oncopact.sentences import sentences
from oncopact.text import folded

_HEADING_WORDS = 18
_HEADING_LENGTH = 150
_SENTENCE_END = re.compile(r"""[.!?;,]["'”’)\]]*$""")
_LEGAL_END = re.compile(r"\b(?:Inc|Ltd|Corp|Co|plc|Bhd|S\.p\.A|(?:[A-Z]\.){1,3}[A-Z])\.$", re.IGNORECASE)
_SAFE_OPENING = re.compile(
    r"\W*(?:safe\s+harbou?r|cautionary\s+(?:note|statement)|(?:this|the)\s+(?:press|news)\s+release\s+(?:contains?|includes?)\b)",
    re.IGNORECASE,
)
_LEGAL_NAME = re.compile(
    r"\b(?:Inc|Ltd|Corp|Corporation|Company|Limited|LLC|plc|PLC|AG|GmbH|N\.?V|S\.?A|A/S|AB|SE)\.?:?$", re.IGNORECASE
)
_NAME_WORDS = 7
_RUN_IN = re.compile(
    r"""
    About\s+(?:
        (?P<glued>[A-Z][\w®™’'-]*(?:\s[\w®™’'-]+?){0,5}?)(?=(?P=glued)\b)   # 'About AlphaAlpha is …'
      | (?P<subject>(?:the\s+)?(?P<head>[A-Z][\w®™’'.&-]*)(?:\s+[^\s.:]+){0,7}?)
        (?:
            \s*:\s | \s[-–—]+\s
          | \s(?=(?:The\s+)?(?P=head)\b)                  # 'About Alpha Alpha Therapeutics, Inc. is …'
        )
    )
    """,
    re.VERBOSE,
)
_SIGNATURE = re.compile(
    r"/s/|pursuant\s+to\s+the\s+requirements\s+of\s+the\s+securities\s+exchange\s+act|signatures?$", re.IGNORECASE
)
_NOTES = re.compile(r"\W*(?:references?|footnotes?|notes?(?:\s+to\s+editors)?|sources?)\W*", re.IGNORECASE)
_NOTE = re.compile(r"(?:\(\d{1,2}\)|\[\d{1,2}\]|\*{1,3}|[†‡§]|\d{1,2}[.)]?)\s*(?=\S)")
_CONTENT_NOTE = re.compile(r"(?:\(\d{1,2}\)|\[\d{1,2}\]|\*{1,3}(?=[A-Z])|[†‡])\s*\S")
_STAR_NOTE = re.compile(r"\*{1,3}(?=[A-Z])|[†‡]\s*\S|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2}\s*[A-Z]")
_CONTACT_LINE = 70
_CONTACT_LINES = 6
"""So many short paragraphs may belong to one person among contacts."""
_CONTACT_WORDS = 14
_LABEL_WORDS = 7
_INNER_STOP = re.compile(r"[a-z]{3}[.!?] [A-Z]")


def read_body(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Part]:
    """The parts of a body, in order.

    Args:
        text: The release's text.
        paragraphs: The paragraphs below the dateline.
    """
    scope = _Scope()
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        scope.among_contacts = scope.kind is SectionKind.CONTACTS and _is_among_contacts(paragraphs, number)
        yield from scope.place(text, paragraph, following)
    yield from scope.flush()


class _Scope:
    """Which section is open while one body is read."""

    def __init__(self) -> None:
        self.kind = SectionKind.BODY
        self.subject: str | None = None
        self.heading: Span | None = None
        self.headed = False
        self.after_table = False
        self.among_contacts = False

    def open(self, kind: SectionKind, heading: Span | None, subject: str | None = None) -> None:
        """Begin a section; its heading waits for the first part."""
        self.kind, self.subject, self.heading, self.headed = kind, subject, heading, heading is not None

    def part(self, span: Span, kind: SectionKind | None = None) -> Part:
        """A part of the open section, the waiting heading included; of another kind, it only interrupts."""
        heading, self.heading = self.heading, None
        whole = Span(heading.start, span.end) if heading else span
        self.after_table = (kind or self.kind) in (SectionKind.TABLE, SectionKind.FOOTNOTE)
        return Part(kind or self.kind, whole, heading, self.subject, opens=heading is not None)

    def flush(self) -> Iterator[Part]:
        """The waiting heading as a part of its own, where nothing followed it."""
        if self.heading is not None:
            yield self.part(self.heading)

    def place(self, text: str, paragraph: Paragraph, following: Paragraph | None) -> Iterator[Part]:
        """Give a paragraph its kind."""
        if _is_sheet(paragraph.text):
            yield from self.flush()
            yield Part(SectionKind.FURNITURE, paragraph.span)
        elif _SIGNATURE.match(paragraph.text) or self.kind is SectionKind.SIGNATURE:
            yield from self.flush()
            self.open(SectionKind.SIGNATURE, None)
            yield self.part(paragraph.span)
        elif self.among_contacts:
            yield self.part(paragraph.span)
        elif (head := _heading(text, paragraph, following)) is not None:
            yield from self.flush()
            yield from self._headed(text, paragraph, head, following)
        else:
            yield from self._content(text, paragraph, following)

    def _headed(self, text: str, paragraph: Paragraph, head: Span, following: Paragraph | None) -> Iterator[Part]:
        printed = folded(head.of(text))
        rest = trim(text, head.end, paragraph.span.end)
        next_safe = (
            _is_safe(text, rest) if rest.end > rest.start else following is not None and _is_safe(text, following.span)
        )
        if (about := layout.ABOUT.fullmatch(printed)) is not None and not layout.is_safe_heading(printed):
            self.open(
                SectionKind.ABOUT,
                head,
                about["subject"].rstrip(" :.") if not _LEGAL_END.search(printed) else about["subject"],
            )
            if _LEGAL_END.search(printed) and not about["subject"].endswith("."):
                self.subject = f"{about['subject']}."
        elif _is_profile(printed, paragraph if rest.end > rest.start else following):
            self.open(SectionKind.ABOUT, head, printed.rstrip(" :"))
        elif layout.is_safe_heading(printed) or next_safe:
            self.open(SectionKind.SAFE_HARBOUR, head)
        elif _is_contact_label(printed):
            self.open(SectionKind.CONTACTS, head)
        elif _NOTES.fullmatch(printed):
            self.open(SectionKind.FOOTNOTE, head)
        else:
            self.open(SectionKind.BODY, None, printed.rstrip(" :"))
            yield Part(SectionKind.SUBHEAD, head, head, self.subject, opens=True)
        if rest.end > rest.start:
            yield from self._content(text, Paragraph.of(text, rest.start, rest.end), following)

    def _content(self, text: str, paragraph: Paragraph, following: Paragraph | None) -> Iterator[Part]:
        if self.kind is SectionKind.CONTACTS and not _looks_like_contacts(paragraph):
            yield from self.flush()
            self.open(SectionKind.BODY, None)
        if self.kind is SectionKind.SAFE_HARBOUR and not self.headed and not _goes_on_safe(text, paragraph, following):
            self.open(SectionKind.BODY, None)
        if self.kind is SectionKind.CONTACTS or _is_contacts(paragraph):
            if self.kind is not SectionKind.CONTACTS:
                yield from self.flush()
                self.open(SectionKind.CONTACTS, None)
            yield self.part(paragraph.span)
        elif self.kind in (SectionKind.SAFE_HARBOUR, SectionKind.FOOTNOTE):
            yield self.part(paragraph.span)
        elif paragraph.is_table(text):
            yield self.part(paragraph.span, SectionKind.TABLE)
        elif _is_safe(text, paragraph.span):
            yield from self._safe(text, paragraph)
        elif _STAR_NOTE.match(paragraph.text) or (self.after_table and _CONTENT_NOTE.match(paragraph.text)):
            yield self.part(paragraph.span, SectionKind.FOOTNOTE)
        elif self.kind is SectionKind.BODY and bullet(text, paragraph.lines[0]):
            yield self.part(paragraph.span, SectionKind.TERMS)
        else:
            yield from self._prose(text, paragraph)

    def _safe(self, text: str, paragraph: Paragraph) -> Iterator[Part]:
        """A safe-harbour paragraph; what comes before its first sentence of that sort stays what it was."""
        _, cue = layout.safe_cues(text, paragraph.span.start, paragraph.span.end)
        start = paragraph.span.start
        for sentence in sentences(text, paragraph.span.start, paragraph.span.end):
            if sentence.end > cue:
                start = sentence.start
                break
        if start - paragraph.span.start > 300:
            before = trim(text, paragraph.span.start, start)
            yield from self._prose(text, Paragraph.of(text, before.start, before.end))
        else:
            start = paragraph.span.start
        heading = self.heading if self.kind is not SectionKind.ABOUT else None
        if heading is None:
            yield from self.flush()
        self.open(SectionKind.SAFE_HARBOUR, heading)
        self.headed = False
        yield self.part(Span(start, paragraph.span.end))

    def _prose(self, text: str, paragraph: Paragraph) -> Iterator[Part]:
        """An ordinary paragraph; 'About X' may run in at its beginning or after its sentences."""
        position = paragraph.span.start
        for match in _RUN_IN.finditer(text, paragraph.span.start, paragraph.span.end):
            if match.start() > position and not _SENTENCE_END.search(text[position : match.start()].rstrip()):
                continue
            before = trim(text, position, match.start())
            if before.start < before.end:
                yield self.part(before)
            yield from self.flush()
            end = match.end("glued") if match["glued"] is not None else match.end("subject")
            self.open(SectionKind.ABOUT, Span(match.start(), end), match["glued"] or match["subject"])
            position = match.end()
        rest = trim(text, position, paragraph.span.end)
        if rest.start < rest.end:
            yield self.part(rest)


# ---------------------------------------------------------------- what a paragraph looks like


def _is_sheet(printed: str) -> bool:
    return len(printed) <= 450 and layout.FURNITURE.fullmatch(printed) is not None


def _heading(text: str, paragraph: Paragraph, following: Paragraph | None) -> Span | None:
    """The heading that a paragraph is or begins with."""
    if _is_heading(text, paragraph, following):
        return paragraph.span
    if len(paragraph.lines) > 1:
        first = paragraph.lines[0]
        printed = folded(first.of(text))
        rest = text[paragraph.lines[1].start]
        longest = max(line.end - line.start for line in paragraph.lines)
        if (
            (rest.isupper() or rest in '“"‘')
            and first.end - first.start < longest * 0.8
            and len(printed) <= 100
            and not _SENTENCE_END.search(_LEGAL_END.sub("", printed))
        ):
            shaped = layout.ABOUT.fullmatch(printed) if len(printed) <= 60 else None
            safe = layout.is_safe_heading(printed)
            capitals = printed.isupper() and not folded(paragraph.lines[1].of(text)).isupper() and len(printed) > 3
            if (shaped and printed[0].isupper()) or safe or (capitals and "\t" not in text[first.start : first.end]):
                return first
    return None


def _is_heading(text: str, paragraph: Paragraph, following: Paragraph | None) -> bool:
    printed = paragraph.text
    if len(printed) > _HEADING_LENGTH or paragraph.words > _HEADING_WORDS or len(paragraph.lines) > 3:
        return False
    if "\t" in text[paragraph.span.start : paragraph.span.end] or bullet(text, paragraph.lines[0]):
        return False
    if layout.has_contact(printed) or not any(char.isalpha() for char in printed):
        return False
    if layout.ABOUT.fullmatch(printed) and (printed[-1] != "." or _LEGAL_END.search(printed)):
        return True
    if layout.is_safe_heading(printed) or _is_contact_label(printed) or _NOTES.fullmatch(printed):
        return True
    if (printed.endswith(":") and paragraph.words > _LABEL_WORDS) or _INNER_STOP.search(printed):
        return False
    if _SENTENCE_END.search(printed) and not (_LEGAL_END.search(printed) and paragraph.words <= _NAME_WORDS):
        return False
    if following is None or (len(following.text) < 40 and not following.is_table(text)):
        return False
    return printed[0].isupper() or printed[0] in '“"‘' or printed[0].isdigit() or not printed[0].isascii()


def _is_profile(printed: str, following: Paragraph | None) -> bool:
    """Whether a heading is a company's full name, and what follows says what the company is."""
    if following is None or not _LEGAL_NAME.search(printed) or len(printed.split()) > _NAME_WORDS:
        return False
    name = printed.rstrip(" :.").casefold()
    return name in following.text[:300].casefold() and not layout.is_safe_heading(printed)


def _is_contact_label(printed: str) -> bool:
    return len(printed) <= 90 and layout.CONTACT_LABEL.fullmatch(printed) is not None


def _is_contacts(paragraph: Paragraph) -> bool:
    """Whether a paragraph without a label is of names and numbers."""
    printed = paragraph.text
    if not (layout.has_contact(printed)):
        return ":" in printed[:60] and _is_contact_label(printed.split(":", 1)[0]) and paragraph.words < 60
    if _is_contact_label(printed.split(":", 1)[0]):
        return True
    average = len(printed) / len(paragraph.lines)
    return (len(paragraph.lines) > 1 and average < _CONTACT_LINE * 0.75) or paragraph.words <= 25


def _is_among_contacts(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a short paragraph among contacts is a name, office or address that a number or mail address follows."""
    for paragraph in paragraphs[number : number + _CONTACT_LINES]:
        if _is_contacts(paragraph) and paragraph is not paragraphs[number]:
            return True
        printed = paragraph.text
        prose = paragraph.words > _CONTACT_WORDS or (paragraph.words > _NAME_WORDS and _SENTENCE_END.search(printed))
        if prose or layout.ABOUT.fullmatch(printed) or layout.is_safe_heading(printed):
            return False
    return False


def _looks_like_contacts(paragraph: Paragraph) -> bool:
    printed = paragraph.text
    if layout.has_contact(printed):
        return paragraph.words < 120
    longest = max(line.end - line.start for line in paragraph.lines)
    return longest < _CONTACT_LINE and not (paragraph.words > 12 and printed.endswith("."))


def _is_safe(text: str, span: Span) -> bool:
    """Whether a paragraph is a safe-harbour statement by its own words."""
    count, first = layout.safe_cues(text, span.start, span.end)
    return first >= 0 and (count >= 2 or _SAFE_OPENING.match(text, span.start) is not None)


def _goes_on_safe(text: str, paragraph: Paragraph, following: Paragraph | None) -> bool:
    """Whether a paragraph after a safe-harbour statement without heading belongs to it."""
    count, _ = layout.safe_cues(text, paragraph.span.start, paragraph.span.end)
    if count >= 1 or bullet(text, paragraph.lines[0]) or paragraph.text[0].islower():
        return True
    return "no guarantee" in paragraph.text or (following is not None and _is_safe(text, following.span))
