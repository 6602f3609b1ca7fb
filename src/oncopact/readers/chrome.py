"""What a web page says around a release: menus, share buttons, prices, other headlines."""

from __future__ import annotations

import re

from oncopact.model import Span
from oncopact.text import TracedText

_ALONE = re.compile(
    r"""
    (?:home|newsroom|careers|products|pipeline|our\s+science|contact\s+us|menu|search|login|log\s+in|
        sign\s+(?:in|up)|register|subscribe|close|cancel|ok|accept(?:\s+all)?|i\s+accept|next|previous|prev|back|
        print|email|share|tweet|
        facebook|twitter|linkedin|x|youtube|instagram|whatsapp|copy\s+link|pdf|download|rss|english|deutsch|français|
        español|日本語|
        skip\s+to\s+(?:main\s+)?content|toggle\s+navigation|back\s+to\s+(?:top|news|all|list|press\s+releases).{0,30}|
        (?:read|learn|see|view)\s+(?:more|all|next).{0,40}|all\s+news.{0,30}|advertisement)(?:\s*[|›»>·]\s*\S.{0,24})*
  | (?:share|print|email|tweet|follow)\b(?:\s+(?:this|on|via|with|us|page|article|story|release|facebook|twitter|
      linkedin|email|x|by|to|a|friend))+\W*
  | .{0,60}?(?:NYSE|NASDAQ|Nasdaq|LSE|TSX|
      OTC)?\W{0,3}[A-Z]{0,6}\W{0,3}\$?\d{1,4}\.\d\d\s*\(?\s*[+\-−▲▼↑↓]\s?\$?\d{1,3}\.\d\d.{0,40}
  | (?:©|\(c\)|copyright)\s.{0,160}
  | all\s+rights\s+reserved\.?
  | (?:we|this\s+(?:web)?site)\s+uses?\s+cookies.{0,300}
  | (?:terms\s+of\s+use|privacy\s+(?:policy|notice|statement)|cookie\s+(?:policy|settings))(?:\s*[|·•]\s*.{0,80})?
  | \d+\s+(?:shares?|comments?|views?|min(?:ute)?s?\s+read)
  | tags?\s*:.{0,160}
  | !?\[?\]?\s*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TAIL = re.compile(
    r"""(?:\#{1,6}\s+)?\**(?:
        site\s+navigation|related\s+(?:links?|articles?|news|stories|releases|content|headlines|posts?|
        press\s+releases)|
        more\s+(?:from|news|stories|releases|headlines)\b.{0,60}|also\s+from\s+this\s+source|latest\s+(?:news|
        headlines|releases|stories)|
        recent\s+(?:news|headlines|releases|posts|press\s+releases)|(?:you\s+)?(?:may|might)\s+also\s+(?:like|
        be\s+interested).{0,60}|recommended(?:\s+(?:for\s+you|reading|articles?))?|
        trending(?:\s+now)?|most\s+(?:read|popular|viewed)|other\s+(?:news|headlines|releases).{0,40}|follow\s+us|
        connect\s+with\s+us.{0,30}|sign\s+up\s+for\s+(?:email|e-mail|our)\b.{0,60}|
        subscribe\s+to\b.{0,60}|share\s+this(?:\s+(?:article|story|release|page|post|news))?|multimedia\s+files?|
        about\s+(?:business\s+wire|pr\s?newswire|globe\s?newswire|accesswire|this\s+site)|business\s+wire\s+information|
        you\s+are\s+leaving\b.{0,60}|welcome\s+to\s+\S+\.com|explore\s+more|up\s+next|next\s+article|
        previous\s+article|leave\s+a\s+(?:comment|reply)|
        company\s+profile|industry\s+news|email\s+alerts?|news\s+provided\s+by.{0,80}|share\s+this\s+article|
        back\s+to\s+(?:all\s+)?(?:news|press\s+releases)|modal\s+title|
        media\s+library|contact\s+us\s+today|quick\s+links|investor\s+tools|stock\s+(?:quote|information|price)
    )\**\s*:?""",
    re.VERBOSE | re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![^\S\n]*\n)[^\n]+)*")
_HEAD_SHARE = 0.3
"""A heading so early on a page opens no tail."""


def is_chrome(printed: str) -> bool:
    """Whether a whole paragraph belongs to the page.

    >>> is_chrome("Share this article"), is_chrome("Alpha licenses TAP")
    (True, False)
    """
    return len(printed) <= 320 and _ALONE.fullmatch(printed) is not None


def without_tail(text: TracedText) -> TracedText:
    """The text up to the heading that opens what the page says of other things."""
    whole = text.text
    for match in _PARAGRAPH.finditer(whole, int(len(whole) * _HEAD_SHARE)):
        line = match.group().split("\n", 1)[0].strip()
        starts_line = match.start() == 0 or whole[match.start() - 1] == "\n"
        if starts_line and len(line) <= 90 and _TAIL.fullmatch(line):
            return text.delete([Span(match.start(), len(whole))])
    return text
