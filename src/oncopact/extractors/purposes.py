"""What a payment is for, by the words around its amount or by its own name."""

from __future__ import annotations

import re

from oncopact.model import PaymentKind

_CUES: tuple[tuple[PaymentKind, tuple[str, ...]], ...] = (
    (PaymentKind.ROYALTY, (r"royalt(?:y|ies)",)),
    (
        PaymentKind.OPTION_FEE,
        (
            r"option\s+(?:exercise\s+|extension\s+)?(?:fees?|payments?|price)",
            r"(?:option\s+)?exercise\s+(?:fee|price|payment)",
            r"opt-?in\s+(?:fee|payment)",
            r"(?:exercis\w+|extend\w*|lengthen\w*|prolong\w*)\s+(?:of\s+)?(?:[\w’'-]+\s+){0,4}options?\b",
            r"(?:for|over)\s+(?:its|the|their|an?|this|that)\s+(?:exclusive\s+)?option",
            r"options?,?\s+for\s+which",
            r"(?:signing|signature|execution)\s+of\s+(?:the|an?|this|that)\s+option\b",
            r"(?:result\s+of|upon|on|following|for|by|with)\s+(?:the|this|its|such|that)\s+(?:option\s+)?exercise\b",
        ),
    ),
    (
        PaymentKind.UPFRONT,
        (
            r"up-?\s?front",
            r"(?:initial|first|down|signing|closing)\s+(?:cash\s+|licen[cs]e\s+)?payments?",
            r"(?:signing|signature|execution|initial)\s+(?:fee|payment|bonus)",
            r"advance\b(?!d)",
            r"(?:on|upon|at|after)\s+(?:the\s+)?(?:contract\s+)?(?:signing|signature|execution|closing|effectiveness)",
            r"at\s+(?:the\s+outset|once\b|inception)",
            r"immediate(?:ly)?\b",
            r"to\s+(?:enter|expand|join|broaden)\b.{0,40}\b(?:deal|collaboration|agreement|alliance|partnership)\b",
            r"(?:payable|due|paid)\s+(?:right\s+)?now",
            r"guaranteed\s+payments?",
            r"(?:at|on|upon)\s+(?:the\s+)?(?:start|beginning)\s+of\s+the\s+(?:agreement|licen[cs]e|deal)",
        ),
    ),
    (PaymentKind.MILESTONE, (r"milestones?\b", r"success-based\s+payments")),
    (
        PaymentKind.LICENCE_FEE,
        (
            r"(?:licen[cs](?:e|ing)|access|technology(?:\s+access)?|maintenance)\s+(?:and\s+\w+\s+)?(?:fees?|payments?)",
            r"(?:target\s+selection|nomination|exclusivity)\s+fees?",
        ),
    ),
    (
        PaymentKind.EQUITY,
        (
            r"equity",
            r"common\s+stock",
            r"(?:new|newly\s+issued|ordinary|preferred|preference|common|of\s+[\w’' ]{1,30})\s+(?:shares?|stock)\b",
            r"shares?\s+(?:in|of)\b",
            r"(?:per|a|each)\s*share\b",
            r"stock\b",
            r"in\s+shares\b",
            r"investment\b",
            r"stake\b",
            r"shareholder\b",
            r"warrants?",
            r"apiece",
        ),
    ),
    (
        PaymentKind.RESEARCH_FUNDING,
        (
            r"research\s+(?:and\s+development\s+)?(?:funding|support|payments?|costs|fees?|collaboration)",
            r"(?:fund(?:s|ing|ed)?|support\w*|towards?|for)\b.{0,30}\bresearch",
            r"R&D\s+(?:funding|support|payments?|fees?)",
            r"FTEs?\b",
            r"(?:salaries|scientists|chemists|researchers)\b",
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
            r"(?:purchase|acquisition|transaction)\s+price",
            r"in\s+all\b",
            r"(?:licens\w+\s+|collaboration\s+|option\s+)?(?:deal|agreement|acquisition|transaction|buyout|takeover)s?$",
        ),
    ),
    (
        PaymentKind.MILESTONE,
        (
            r"phase\s+(?:[1-4]|i{1,3}v?)",
            r"approv\w+",
            r"(?:IND|BLA|NDA)s?\b",
            r"(?:the\s+)?first\s+(?:patient|commercial|sale|dosing)",
            r"clinic\b",
            r"clinical\s+(?:events?|trials?)",
            r"regulatory\s+(?:events?|filings?|approvals?|goals?)",
            r"development\s+(?:events?|goals?|success)",
            r"commerciali[sz]ation\s+(?:events?|goals?)",
            r"(?:on|upon|at|after|following)\s+(?:the\s+)?(?:commercial\s+)?launch\w*",
            r"achiev\w+",
            r"initiation\s+of",
            r"(?:start|beginning)\s+of\s+(?:a\s+|the\s+)?(?:trials?|stud(?:y|ies)|dosing)",
            r"filing",
            r"sales\s+(?:events?|thresholds?|goals?|targets?)",
            r"(?:once|when|if)\s+.{0,60}\b(?:handed|delivered|completed?|begins?|starts?|enters?|reach\w*|met)\b",
        ),
    ),
)
_PATTERNS = tuple((re.compile(rf"\b(?:{'|'.join(cues)})", re.IGNORECASE), kind) for kind, cues in _CUES)

HARD = frozenset(
    {
        PaymentKind.ROYALTY,
        PaymentKind.OPTION_FEE,
        PaymentKind.UPFRONT,
        PaymentKind.MILESTONE,
        PaymentKind.LICENCE_FEE,
    }
)
"""Kinds whose words are said of deals only."""

DEFERRED = re.compile(
    r"\b(?:due|payable|paid)\s+(?:with)?in\b|\b(?:due|payable|paid)\s+after\b|\bwithin\s+\w+\s+(?:days|months)\b"
    r"|\bcontinuation\b|\blump[\s-]+sum\b|\b(?:annual|yearly|quarterly|monthly)\b",
    re.IGNORECASE,
)
"""Money that falls due by the calendar only, or in one sum for something past: no kind has a word for it."""

NO_DEAL = re.compile(
    r"""\b (?:
        revenues? | net \s+ (?: loss | income ) | net \s+ sales \s+ (?: of | were | rose | in )
      | sales \s+ of \s+ approximately | cash (?: \s+ and | , ) \s+ cash \s+ equivalents | cash \s+ position | turnover
      | addressable \s+ markets?
      | markets? \s+ (?: opportunity | size | capitali[sz]ation | value | is | was | will | to )
      | private \s+ placement | public \s+ offering | registered \s+ direct | investors
      | financings? | gross \s+ proceeds | net \s+ proceeds | R&D \s+ (?: spending | expenses? )
      | research \s+ and \s+ development \s+ (?: expenses? | costs | spending ) | operating \s+ (?: loss | expenses )
      | earnings | EPS | fiscal \s+ year | guidance | workforce | employees | budget | loan | notes | annual \s+ sales
      | (?: pretax | pre-tax | impairment | restructuring | one-time ) \s+ (?: [\w-]+ \s+ )? charge | charges?
      | par \s+ value | book \s+ value | exercise \s+ price | offering \s+ price | interest \s+ (?: of | income | paid )
      | dividends? | premium | closing \s+ (?: stock \s+ )? price | assets \s+ under \s+ management | founded \s+ with
      | lost | losses | grant \s+ from | receipts | repurchas\w+ | buy-?backs? | savings | EBITDA | deployment
      | royalty \s+ acquisitions? | portfolio ) \b""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words of a company's own accounts and markets: amounts beside them are no payment of a deal."""

MEDICINE = re.compile(
    r"\b(?:drug|therap|clinical|antibod|pharma|biotech|bioscience|biolog|medic|oncolog|cancer|tumou?r|patient|vaccine"
    r"|compound|molecul|disease|treatment)\w*",
    re.IGNORECASE,
)
OTHER_TRADE = re.compile(
    r"\b(?:bank(?:s|ing)?|broker\w*|mortgages?|insurance|retail\w*|mining|oil|semiconductor\w*|restaurants?|real\s+estate)\b",
    re.IGNORECASE,
)
"""Words of other trades: a release that has one of these and none of `MEDICINE` is not ours."""

MARKET = re.compile(
    r"\b(?:market\s+(?:opportunity|size|capitali[sz]ation|value)|addressable\s+market|net\s+loss|net\s+income|workforce)\b",
    re.IGNORECASE,
)
"""Words that take every unnamed amount after them in the clause out of the deal."""

THRESHOLD = re.compile(
    r"""\b (?:
        (?: sales | revenues? | turnover | receipts | income )
        \s+ (?: of | exceed\w* | reach\w* | above | over | in \s+ excess \s+ of | up \s+ to | between | below | under
              | that \s+ exceed | surpass\w* | top\w* | from | pass\w* )
        \s+ (?: [\w-]+ \s+ ){0,4} (?: [€$£¥]? [\d.,]+ \s+ (?: million | billion ) \s+ and \s+ )?
      | portion \s+ (?: between | above | over | up \s+ to ) \s+
      | the \s+ (?: first | next ) \s+
      | (?: once | until | after | when ) \s+ (?: [\w’'.-]+ \s+ ){1,4}
        (?: collected | recouped | recovered | reached | received ) \s+
      ) $""",
    re.VERBOSE | re.IGNORECASE,
)
"""'sales of $100 million' is what must be reached, not what is paid."""

IN_SALES = re.compile(
    r"\s*(?:in|of)\s+(?:[\w-]+\s+){0,3}(?:sales|revenues?|turnover|costs|expenses?)\b"
    r"(?![\s-]+(?:[\w/-]+,?\s+){0,4}?(?:milestones?|events?|goals?|payments?)\b)",
    re.IGNORECASE,
)
"""What follows a threshold: '$500 million in annual sales', unlike '$500 million in sales milestones'."""

FEE = re.compile(
    r"""\b (?:
        (?P<royalty> royalt(?:y|ies)
            (?! [\s-]+ (?: monetization | financing | acquisitions? | receipts | assets? | stream | purchase | sale
              | rate | rights? | interest | income | term | pharma | revenue | buy ) ) )
      | (?P<option> option \s+ (?: exercise \s+ | extension \s+ )? (?: fees? | payments? )
          | exercise \s+ (?: fee | payment ) | opt-in \s+ (?: fee | payment ) )
      | (?P<upfront> up-? \s? front \s+ (?: [\w-]+ \s+ ){0,3}? (?: payments? | fees? | cash | consideration )
          | (?: initial | first | signing | down ) \s+ (?: cash \s+ )? payment | signing \s+ fee | up-? front $ )
      | (?P<milestone> milestone (?: s\b | \s+ (?: [\w-]+ \s+ ){0,2}? (?: payments? | fees? | revenues? )
          | -based \s+ (?: payments? | revenues? ) | \s+ and \s+ royalt ) )
      | (?P<licence> (?: licen[cs]e | licensing | technology \s+ access | access ) \s+ fees? )
      | (?P<service> (?: supply | maintenance | service | manufacturing ) \s+
            (?: and \s+ (?: [\w-]+ \s+ ){1,3}? )? (?: fees? | payments? ) )
      | (?P<funding> (?: research | development | R&D ) \s+ (?: and \s+ (?: [\w-]+ \s+ ){1,3}? )?
            (?: funding | support | fees? ) )
      | (?P<equity> equity \s+ (?: investments? | stake ) )
      | (?P<payment> payments? | consideration $ ) )""",
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
    "service": PaymentKind.OTHER,
    "equity": PaymentKind.EQUITY,
    "payment": PaymentKind.OTHER,
}

OF_SALES = re.compile(
    r"^\s*,?\s*(?:royalt|(?:of|on)\s+(?:[\w’'-]+\s+){0,5}(?:sales|revenues?|turnover|the\s+portion|whatever|what\s+lies))",
    re.IGNORECASE,
)
OF_INCOME = re.compile(
    r"^\s*(?:share\s+)?of\s+(?:(?:the|all|any|its|such|these|this|that|what|whatever|everything)\s+)*"
    r"(?:[\w’'-]+\s+){0,4}?(?:income|proceeds|sum|amounts?|receipts|milestones|royalt\w+|payments?|"
    r"(?:it|they)\s+(?:earns?|receives?|collects?)|that\s+it\s+(?:earns|receives|collects))\b",
    re.IGNORECASE,
)
"""A share of what someone else pays: it passes from one company to another."""
OF_COSTS = re.compile(
    r"^\s*(?:share\s+)?of\s+(?:(?:the|all|any|its|such|these|first)\s+)*(?:[$€£¥][\d.,]+\s+\w+\s+of\s+)?(?:[\w&’'-]+\s+){0,4}?"
    r"(?:costs?|expenses?|profits?|losses|expenditure|spending|budget)\b",
    re.IGNORECASE,
)
"""A share of costs or profits: it is borne or taken, by whom is said, to whom is not."""


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
            if phrase and pattern.search(phrase):
                return kind
    return None
