"""What a payment is for, by the words around its amount or by its own name."""

from __future__ import annotations

import re

from oncopact.model import PaymentKind

_CUES: tuple[tuple[PaymentKind, tuple[str, ...]], ...] = (
    (PaymentKind.ROYALTY, (r"royalt(?:y|ies)",)),
    (
        PaymentKind.OPTION_FEE,
        (
            r"option\s+(?:exercise\s+)?(?:fees?|payments?|price)",
            r"exercise\s+(?:fee|price|payment)",
            r"opt-?in\s+(?:fee|payment)",
            r"(?:exercis\w+|extend\w*|lengthen\w*)\s+(?:\w+\s+){0,3}option",
            r"for\s+(?:its|the|an?)\s+option",
        ),
    ),
    (
        PaymentKind.UPFRONT,
        (
            r"up-?\s?front",
            r"(?:initial|first|down|signing|closing)\s+(?:\w+\s+)?payments?",
            r"signing\s+fee",
            r"advance\b",
            r"(?:on|upon|at)\s+(?:signing|signature|execution|closing|the\s+outset|effectiveness)",
            r"immediately",
            r"payable\s+now",
        ),
    ),
    (PaymentKind.MILESTONE, (r"milestones?\b",)),
    (
        PaymentKind.LICENCE_FEE,
        (
            r"(?:licen[cs](?:e|ing)|access|technology(?:\s+access)?|maintenance)\s+(?:and\s+access\s+)?fees?",
            r"(?:target\s+selection|nomination)\s+fees?",
        ),
    ),
    (PaymentKind.EQUITY, (r"equity", r"common\s+stock", r"shares?\b", r"stock\b", r"stake\b", r"warrants?")),
    (
        PaymentKind.RESEARCH_FUNDING,
        (
            r"research\s+(?:and\s+development\s+)?(?:funding|support|payments?|costs)",
            r"fund(?:s|ing|ed)?\b.{0,30}\bresearch",
            r"R&D\s+(?:funding|support)",
            r"FTEs?\b",
            r"salaries",
            r"scientists",
            r"funding",
        ),
    ),
    (
        PaymentKind.TOTAL,
        (
            r"total(?:l?ing|s|led)?\b",
            r"aggregate",
            r"worth\b",
            r"valued?\b",
            r"consideration",
            r"(?:purchase|acquisition)\s+price",
            r"in\s+all\b",
        ),
    ),
    (
        PaymentKind.MILESTONE,
        (
            r"phase\s+(?:[1-4]|i{1,3}v?)",
            r"approv\w+",
            r"(?:IND|BLA)s?\b",
            r"first\s+(?:patient|commercial|sale)",
            r"clinic\b",
            r"clinical\s+(?:events?|trials?)",
            r"regulatory",
            r"development\s+events?",
            r"commerciali[sz]ation",
            r"launch\w*",
            r"achiev\w+",
            r"initiat\w+",
            r"filing",
            r"sales\s+(?:events?|thresholds?|goals?)",
        ),
    ),
)
_PATTERNS = tuple((re.compile(rf"\b(?:{'|'.join(cues)})", re.IGNORECASE), kind) for kind, cues in _CUES)

NO_DEAL = re.compile(
    r"""\b (?:
        revenues? | net \s+ (?: loss | income ) | net \s+ sales \s+ (?: of | were | rose | in )
      | sales \s+ of \s+ approximately | cash (?: \s+ and | , ) \s+ cash \s+ equivalents | cash \s+ position | turnover
      | market \s+ (?: opportunity | size | capitali[sz]ation | value ) | private \s+ placement | public \s+ offering
      | financing | gross \s+ proceeds | R&D \s+ (?: spending | expenses? )
      | research \s+ and \s+ development \s+ (?: expenses? | costs | spending ) | operating \s+ (?: loss | expenses )
      | earnings | fiscal \s+ year | guidance | workforce | employees | budget | loan | notes | annual \s+ sales
      | charge | dividend ) \b""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words of a company's own accounts and markets: amounts beside them are no payment of a deal."""

THRESHOLD = re.compile(
    r"""\b (?: sales | revenues? | turnover )
        \s+ (?: of | exceed\w* | reach\w* | above | over | in \s+ excess \s+ of | up \s+ to | between )
        \s+ (?: \w+ \s+ ){0,3} (?: [€$£¥]? [\d.,]+ \s+ (?: million | billion ) \s+ and \s+ )? $""",
    re.VERBOSE | re.IGNORECASE,
)
"""'sales of $100 million' is what must be reached, not what is paid."""

FEE = re.compile(
    r"""(?P<royalty> royalt(?:y|ies) )
      | (?P<upfront> up-?\s?front \s+ (?: [\w-]+ \s+ ){0,3}? (?: payments? | fees? | cash | consideration )
          | (?: initial | first | signing | down ) \s+ (?: cash \s+ )? payment )
      | (?P<option> option \s+ (?: exercise \s+ )? (?: fees? | payments? ) | exercise \s+ fee
          | opt-in \s+ (?: fee | payment ) )
      | (?P<licence> (?: licen[cs]e | licensing | technology \s+ access | access ) \s+ fees? )
      | (?P<milestone> milestone (?: s\b | \s+ (?: [\w-]+ \s+ ){0,2}? (?: payments? | fees? ) | -based \s+ payments? ) )
      | (?P<funding> research \s+ (?: and \s+ development \s+ )? (?: funding | support ) )
      | (?P<payment> payments? )""",
    re.VERBOSE | re.IGNORECASE,
)
"""The names of fees that stand without a figure."""

FEES = {
    "royalty": PaymentKind.ROYALTY,
    "upfront": PaymentKind.UPFRONT,
    "option": PaymentKind.OPTION_FEE,
    "licence": PaymentKind.LICENCE_FEE,
    "milestone": PaymentKind.MILESTONE,
    "funding": PaymentKind.RESEARCH_FUNDING,
    "payment": PaymentKind.OTHER,
}

OF_SALES = re.compile(
    r"^\s*(?:of|on)\s+(?:\w+\s+){0,5}(?:sales|revenues?|turnover|the\s+portion|whatever|all\s+that|(?:any|what)\s+amounts?)",
    re.IGNORECASE,
)
OF_COSTS = re.compile(
    r"^\s*(?:share\s+)?of\s+(?:(?:the|all|any|its)\s+)?(?:\w+\s+){0,4}"
    r"(?:costs?|expenses?|profits?|income|proceeds|losses|this\s+sum)",
    re.IGNORECASE,
)


def purpose(*phrases: str) -> PaymentKind | None:
    """The kind that the first telling phrase names; within a phrase, the first cue of the table.

    >>> purpose("an upfront payment of $5 million")
    <PaymentKind.UPFRONT: 'upfront'>
    >>> purpose("$5 million", "at the start of phase III")
    <PaymentKind.MILESTONE: 'milestone'>
    >>> purpose("for manufacturing") is None
    True
    """
    for phrase in phrases:
        for pattern, kind in _PATTERNS:
            if pattern.search(phrase):
                return kind
    return None
