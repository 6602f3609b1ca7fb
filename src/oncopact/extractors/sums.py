"""The sums and rates of one sentence, each with the words that belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from oncopact.extractors.scene import Scene
from oncopact.model import Kind, Mention, Percent, Span
from oncopact.recognizers import percents
from oncopact.syntax.clauses import subject
from oncopact.syntax.groups import NOUN, VERB, Group


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount, a rate, or a rate in words, and the words around it.

    The words between two sums are shared out: up to the first comma or conjunction they belong to the sum before,
    after a conjunction to the sum that follows.

    Attributes:
        at: Position of its noun group.
        head: Position of the noun that it is an amount of ('an upfront payment of $5 million'), else `at`.
        span: Where the figure stands.
        text: The figure as printed.
        money, percent: The value; neither for a rate in words.
        part: Whether it is a fraction of the sum before it ('half of it').
        own: Words of its own group, without the figure.
        noun: Words of the head noun's group; empty where `head` is `at`.
        near: What follows, up to the first comma or conjunction.
        far: What follows after that comma.
        lead: What stands before it and belongs to no other sum.
    """

    at: int
    head: int
    span: Span
    text: str
    money: Mention | None
    percent: Percent | None
    part: bool
    own: str
    noun: str
    near: str
    far: str
    lead: str


@dataclass(frozen=True, slots=True)
class _Figure:
    at: int
    head: int
    span: Span
    text: str
    money: Mention | None = None
    percent: Percent | None = None
    part: bool = False


_LINKING = frozenset(
    """of is are was were be totaling totalling totals total worth amount equal at between from reach exceed come
    value amounting equaling exceeding reaching valued ranging range start""".split()
)
_FRACTION = re.compile(
    r"""\b (?: (?: an?|one) [\s-]+ )?
        (?P<share> half | (?:two|three|four)[\s-]+(?:thirds|quarters|fifths) | third | quarter | fifth | tenth )
        \s+ of \s+ (?P<whole> (?: the | all | any | this | that | its | such | these )? \s*
        [\w’'-]+ (?: \s+ [\w’'-]+ )? )""",
    re.VERBOSE | re.IGNORECASE,
)
_BARE_UNITS = frozenset({"third", "quarter", "fifth", "tenth"})
_VALUES = {
    "half": 50,
    "third": 33,
    "quarter": 25,
    "fifth": 20,
    "tenth": 10,
    "two thirds": 67,
    "three quarters": 75,
    "two fifths": 40,
    "three fifths": 60,
    "four fifths": 80,
}
_EQUALLY = re.compile(
    r"""\b (?: shar(?:e|es|ed|ing) | split | bear | divide ) \b [^.;]{0,80}? \b equally \b
      | \b equally \s+ (?: shar(?:e|es|ed|ing) | split | bear | divide ) \b
      | \b (?: equal | even ) \s+ (?: shares? | parts? | split | sharing | basis ) \b""",
    re.VERBOSE | re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"\b(?:costs?|expenses?|profits?|loss(?:es)?|expenditures?|proceeds|income|revenues?)\b", re.IGNORECASE
)
_CUT = re.compile(
    r"[;:]|,(?!\d)|\s(?:and|plus|or|but|which|that|who|while|as\s+well\s+as|together\s+with|along\s+with)\b"
)
_JOINS = re.compile(
    r"\s*(?:,\s*)?(?:and|plus|or|but|as\s+well\s+as|together\s+with|along\s+with|while)\s", re.IGNORECASE
)


def sums(scene: Scene) -> tuple[Sum, ...]:
    """The sums of a sentence in order."""
    text = scene.document.text
    figures = _current(text, sorted(_figures(scene), key=lambda f: f.span))
    out: list[Sum] = []
    opening = scene.sentence.span.start
    for index, figure in enumerate(figures):
        group = scene.groups[figure.at]
        start = min(scene.groups[figure.head].span.start, figure.span.start)
        following = figures[index + 1] if index + 1 < len(figures) else None
        end = min(scene.groups[following.head].span.start, following.span.start) if following else _end(scene, figure)
        last = max(figure.span.end, group.span.end)
        near, far, cut = _shared(text[last : max(last, end)])
        lead = text[min(opening, start) : start]
        opening = last + cut
        own = " ".join(t.word for t in group.tokens if not (t.mention and t.mention.kind in (Kind.MONEY, Kind.PERCENT)))
        noun = " ".join(scene.groups[figure.head].words) if figure.head != figure.at else ""
        row = _row(text, figure.span)
        if row:
            out.append(replace(_bare(figure), noun=row[0], near=row[1]))
            continue
        out.append(
            Sum(
                figure.at,
                figure.head,
                figure.span,
                figure.text,
                figure.money,
                figure.percent,
                figure.part,
                own,
                noun,
                near,
                far,
                lead.rpartition(";")[2],
            )
        )
    return tuple(out)


_ROW = re.compile(r"^[ \t]*(?P<label>[^\s\n](?:[^\n]{0,60}?\S)?)(?:[ ]{3,}|\t+)(?P<rest>[^\n]{0,30})$")


def _row(text: str, span: Span) -> tuple[str, str] | None:
    """Label and remainder of a table's row in plain text: 'Upfront payment       $25 million'."""
    start = text.rfind("\n", 0, span.start) + 1
    match = _ROW.match(text[start : span.start])
    if match is None or re.search(r"[.;!?]$", match["label"]):
        return None
    return match["label"], text[span.end : span.end + 80].partition("\n")[0]


def _bare(figure: _Figure) -> Sum:
    """The sum without any words around it."""
    at, span = figure.at, figure.span
    return Sum(at, at, span, figure.text, figure.money, figure.percent, figure.part, "", "", "", "", "")


def _current(text: str, figures: Sequence[_Figure]) -> list[_Figure]:
    """Without the sum that another replaces: 'rises from $6 million to $8 million'."""
    out: list[_Figure] = []
    for index, figure in enumerate(figures):
        following = figures[index + 1] if index + 1 < len(figures) else None
        before = text[max(0, figure.span.start - 8) : figure.span.start].split()
        between = text[figure.span.end : following.span.start].strip() if following else ""
        last = out[-1] if out else None
        if last is not None and _converts(text, last, figure):
            continue
        worded = figure.money is None and figure.percent is None
        if worded and following is not None and following.percent is not None and following.head == figure.at:
            continue  # 'tiered royalties of 6% to 12%'
        if not (between == "to" and before and before[-1] == "from"):
            out.append(figure)
    return out


_OR = re.compile(r",?\s*\(?\s*or\s+(?:approximately\s+|about\s+|roughly\s+|around\s+)?", re.IGNORECASE)


def _converts(text: str, last: _Figure, figure: _Figure) -> bool:
    """Whether a sum is the one before it in another currency: '€8 million, or $9.1 million'."""
    one, two = (f.money.money if f.money else None for f in (last, figure))
    if one is None or two is None or one.currency == two.currency:
        return False
    return _OR.fullmatch(text, last.span.end, figure.span.start) is not None


def _end(scene: Scene, figure: _Figure) -> int:
    return max(scene.sentence.span.end, figure.span.end)


_MODIFIER = (
    r"(?:payments|licen[cs]e|option|exercise|up-?front|near-term|later-stage|fees|potential|certain|specified|prespecified|pre-specified|predefined|future|further|additional|other|success-based"
    r"|contingent|total|aggregate|research|discovery|pre-?clinical|clinical|development\w*|regulatory|commerciali?\w*"
    r"|commercial|sales|sales-based|net|approval|launch|technical|manufacturing|product|cash|based|and|or|&|/|the"
    r"|achievement|successful|performance|success|target|prespecified|predetermined|event|progress-dependent"
    r"|performance-based|event-based|technology|tech|transfer|patent|phase|IND|initial|financial|company|program"
    r"|various|one-time|cumulative|later|launch|further|key|of|on|upon|in|for)"
)
_MILESTONES = re.compile(
    rf"\s*(?:per\s+\w+,?\s+)?(?:{_MODIFIER}(?:-related|-based)?,?\s*(?:/\s*)?){{1,18}}"
    r"(?:milestones?|events|goals|thresholds)\b(?:\s+payments?)?",
    re.IGNORECASE,
)
"""'in potential development, regulatory and commercial milestones': the commas and conjunctions in it part nothing."""


_RESEARCH = re.compile(r"\s*(?:in|of|for)\s+(?:[\w-]+\s+){0,3}research\s+and\s+development\b", re.IGNORECASE)
"""'in prepaid research and development payments'."""
_OF_WHICH = re.compile(r",?\s*of\s+(?:which|this|that)\b", re.IGNORECASE)


def _shared(between: str) -> tuple[str, str, int]:
    """What of the words after a sum is near and what is far, and where the next sum's words begin."""
    whole = _MILESTONES.match(between) or _RESEARCH.match(between)
    cut = _CUT.search(between, whole.end() if whole else 0)
    if cut is None:
        return between, "", len(between)
    near, rest = between[: cut.start()], between[cut.start() :]
    if _OF_WHICH.match(rest):
        return near, "", cut.start()
    if rest.startswith((";", ":")) or _JOINS.match(rest):
        return near, "", cut.start()
    second = re.search(r";|\s(?:and|plus|as\s+well\s+as|together\s+with|along\s+with)\b,?\s", rest)
    far = rest[: second.start()] if second else rest
    return near, far, cut.start() + len(far)


# ---------------------------------------------------------------- figures


def _figures(scene: Scene) -> Iterator[_Figure]:
    taken: list[Span] = []
    for at, group in enumerate(scene.groups):
        if group.role not in (NOUN, VERB):
            continue
        money_here = any(m.kind is Kind.MONEY for m in group.mentions)
        for mention in group.all_mentions:
            inside = mention in group.mentions
            labelled = any(m.kind is Kind.COMPANY for m in group.all_mentions if m not in group.mentions)
            if mention.kind is Kind.MONEY and (inside or labelled or not money_here):
                taken.append(mention.span)
                yield _Figure(at, _head(scene.groups, at) if inside else at, mention.span, mention.text, mention)
            elif mention.kind is Kind.PERCENT and inside:
                taken.append(mention.span)
                yield _Figure(at, _head(scene.groups, at), mention.span, mention.text, percent=mention.percent)
    yield from _worded(scene, taken)


def _worded(scene: Scene, taken: Sequence[Span]) -> Iterator[_Figure]:
    """Rates in words and fractions."""
    text, sentence = scene.document.text, scene.sentence.span
    for mention in percents.rate_words(text, sentence.start, sentence.end):
        at = _group_at(scene.groups, mention.span)
        if at is not None and not any(span.overlaps(mention.span) for span in taken):
            yield _Figure(at, _head(scene.groups, at), mention.span, mention.text)
    seen = False
    for match in _FRACTION.finditer(text, sentence.start, sentence.end):
        share = re.sub(r"[\s-]+", " ", match["share"].lower())
        bare = share in _BARE_UNITS and text[match.start() : match.start("share")].strip() == ""
        span = Span(match.start(), match.end("share"))
        at = _group_at(scene.groups, span)
        mutual = bool(_ACCOUNT.search(match["whole"]))
        if at is None or bare or (seen and mutual) or any(s.overlaps(span) for s in taken):
            continue
        seen |= mutual
        words = " ".join(match.group()[: span.end - span.start].split())
        part = match["whole"].split()[0].lower() in ("it", "which") or match["whole"].lower() == "the amount"
        yield _Figure(at, at, span, words, percent=Percent(Decimal(_VALUES.get(share, 50))), part=part)
    equal = _EQUALLY.search(text, sentence.start, sentence.end)
    if equal is None or seen:
        return
    around = Span(max(sentence.start, equal.start() - 60), min(sentence.end, equal.end() + 60))
    at = _group_at(scene.groups, Span(equal.start(), equal.end()))
    if at is None or not _ACCOUNT.search(text, around.start, around.end) or any(s.overlaps(around) for s in taken):
        return
    words = "equally" if "equally" in equal.group().lower() else " ".join(equal.group().split())
    yield _Figure(at, at, Span(equal.start(), equal.end()), words, percent=Percent(Decimal(50)))


def _group_at(groups: Sequence[Group], span: Span) -> int | None:
    """The first noun or verb group that the span touches."""
    return next((i for i, g in enumerate(groups) if g.role in (NOUN, VERB) and g.span.overlaps(span)), None)


def _head(groups: Sequence[Group], at: int) -> int:
    """The noun that the sum at `at` is an amount of."""
    before, linked = at - 1, False
    while before > 0 and (
        _links(groups[before])
        or groups[before].tag in "R:-"
        or _may(groups[before])
        or (groups[before].tag == "W" and linked)  # 'milestone payments that potentially total $5 million'
    ):
        linked |= groups[before].tag != "R"
        before -= 1
    while linked and before >= 2 and _names_only(groups[before]) and groups[before - 1].lemma in ("by", "to", "from"):
        before -= 2  # 'an equity investment by B of $5 million'
    whole = _whole(groups, at)
    if whole is not None:
        return whole
    if linked and before >= 0 and groups[before].role == NOUN and not _names_only(groups[before]):
        return _over_of(groups, before)
    return at


_WHOLE = frozenset("value total consideration worth price".split())


def _whole(groups: Sequence[Group], at: int) -> int | None:
    """The subject of 'the value of the deal, including fees and milestones, could exceed $1.5 billion'."""
    verb = at - 1
    while verb > 0 and groups[verb].tag in "R":
        verb -= 1
    if verb < 1 or groups[verb].role != VERB or groups[verb].lemma not in _LINKING:
        return None
    first = next(iter(subject(groups, verb)), None)
    return first if first is not None and _WHOLE & set(groups[first].words) else None


def _links(group: Group) -> bool:
    return group.lemma in _LINKING and (group.role != NOUN or len(group.tokens) == 1)


def _may(group: Group) -> bool:
    """A bare auxiliary on the way: 'could', 'are expected to'."""
    return group.role == VERB and group.lemma in ("expected", "be", "estimate", "range", "start", "rise", "begin")


def _over_of(groups: Sequence[Group], at: int) -> int:
    """From 'amount' to 'milestone payments' in 'milestone payments in the total amount of $5 million'."""
    generic = {"amount", "amounts", "sum", "total", "aggregate", "value", "maximum", "minimum", "ceiling", "digits"}
    before = at - 1
    while (
        groups[at].lemma in generic and before > 0 and groups[before].lemma in ("in", "of", "for", "up", "to", "with")
    ):
        before -= 1
    if 0 <= before < at - 1 and groups[before].role == NOUN and not _names_only(groups[before]):
        return before
    return at


def _names_only(group: Group) -> bool:
    return group.role == NOUN and all(t.mention for t in group.tokens)
