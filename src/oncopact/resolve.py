"""One release: which mentions name the same thing.

Mentions become nodes by kind and spelling; nodes are joined when the vocabulary gives them one key, when one is defined
by the other in brackets or by a slash, or when one company's name begins the other's. What has two different keys is
never joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from oncopact.folding import acronym, compact, fold, fold_company, is_code, slug
from oncopact.lexicon import Lexicon
from oncopact.model import (
    Document,
    Entity,
    EntityId,
    Evidence,
    Kind,
    Mention,
    Name,
    Relation,
    Section,
    SectionKind,
    Span,
)

NAMED = frozenset(
    {
        Kind.COMPANY,
        Kind.CONJUGATE,
        Kind.ANTIBODY,
        Kind.PAYLOAD,
        Kind.TARGET,
        Kind.TECHNOLOGY,
        Kind.PRODUCT,
        Kind.INSTITUTION,
    }
)
_PRODUCTS = frozenset({Kind.CONJUGATE, Kind.ANTIBODY, Kind.PRODUCT})
_ALIAS_GAP = re.compile(
    r"""\s* (?: [®™]\s* )?
    (?: \(\s* ["“']? (?: also\s known\s as | formerly (?:\s known\s as)? | previously (?:\s known\s as)? | known\s as
            | or | the | now (?: \s (?: called | named | known\s as ) )? | renamed
            | f/k/a | a/k/a | a\s derivative\s )? \s* ["“']?
      | /
      | ,\s+ (?: also | formerly | previously ) \s+ (?: known | called | referred\s to ) \s+ as \s+ ["“']?
      | \s (?: also | formerly | previously ) \s+ known \s+ as \s+ ["“']?
    )""",
    re.VERBOSE,
)
_SHARED_BRACKET = re.compile(r"\s*(?:,|;|/|or|and|aka)\s*[\"“']?")
_TICKER = re.compile(
    r"""\(\s* (?: ["“][^()"”]{1,40}["”] [,;]?\s* | [A-Z][\w.]{1,20} [,;]\s* )*
    (?P<ticker> (?: NASDAQ | Nasdaq | NYSE | AMEX | NYSE\s(?:American|MKT|Amex) | TSX[-\w]* | LSE | AIM | ASX | SIX
       | TSE | HKEX | KOSDAQ | KRX | OTC\w* | Euronext[\s\w]* | Frankfurt | FSE | Copenhagen | CSE | SEHK | SSE | SZSE
       | OMX )
       (?: [\s\w]{0,25} )? : \s* [A-Z0-9.]{1,10} )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a release and where they stand.

    Attributes:
        entities: Sorted by id.
        at: Span of each mention → id of its entity.
        relations: What resolution itself states: a unit that belongs to its group.
        contacts: Organisations that stand only in the contact block, as printed.
        kinds: Entity id → kind.
    """

    entities: tuple[Entity, ...] = ()
    at: Mapping[Span, EntityId] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    contacts: tuple[str, ...] = ()

    def of(self, mention: Mention | None) -> EntityId | None:
        """The entity that a mention names."""
        return self.at.get(mention.span) if mention else None


def resolve(document: Document, mentions: Sequence[Mention], lexicon: Lexicon) -> Resolution:
    """Group the named mentions of a release into entities."""
    named = [(m, _section(document, m.span)) for m in mentions if m.kind in NAMED]
    stated = [m for m, section in named if section.kind.states_facts]
    contacts = [m for m, section in named if section.kind in (SectionKind.CONTACTS, SectionKind.SIGNATURE)]
    nodes = _Nodes()
    for mention in stated:
        nodes.add(mention)
    _join_brackets(document.text, stated, nodes)
    _join_companies(stated, nodes)
    _join_products(stated, nodes)
    _join_own_technologies(stated, nodes)
    at: dict[Span, EntityId] = {}
    entities: dict[EntityId, Entity] = {}
    of_node: dict[Node, list[int]] = {}
    for position, mention in enumerate(stated):
        of_node.setdefault(nodes.node(mention), []).append(position)
    for group in nodes.groups():
        members = [stated[position] for position in sorted(at for node in group for at in of_node[node])]
        entity = _entity(document, members, lexicon)
        if entity.id in entities:
            entity = _united(entities[entity.id], entity)
        entities[entity.id] = entity
        at.update((m.span, entity.id) for m in members)
    relations = _units(document, stated, at, entities)
    spoken = {fold_company(name.text) for e in entities.values() if e.kind is Kind.COMPANY for name in e.names}
    silent = sorted({m.text for m in contacts if m.kind is Kind.COMPANY and fold_company(m.text) not in spoken})
    return Resolution(tuple(sorted(entities.values(), key=lambda e: e.id)), at, relations, tuple(silent))


def _section(document: Document, span: Span) -> Section:
    for section in document.sections:
        if section.span.start <= span.start < section.span.end:
            return section
    return Section(SectionKind.FURNITURE, span)


# ---------------------------------------------------------------- joining


Node = tuple[str, str]


class _Nodes:
    """Union-find over (family, spelling); a group keeps at most one vocabulary key per kind."""

    def __init__(self) -> None:
        self._parent: dict[Node, Node] = {}
        self._keys: dict[Node, set[str]] = {}
        self.first: dict[Node, Mention] = {}

    @staticmethod
    def node(mention: Mention) -> Node:
        if mention.key:
            return ("key", mention.key)
        if mention.kind is Kind.COMPANY:
            return ("company", fold_company(mention.text))
        if mention.kind is Kind.TECHNOLOGY:
            return ("technology", _plain_technology(mention.text))
        family = "product" if mention.kind in _PRODUCTS else str(mention.kind)
        return (family, compact(mention.text))

    def add(self, mention: Mention) -> None:
        node = self.node(mention)
        if node not in self._parent:
            self._parent[node] = node
            self._keys[node] = {mention.key} if mention.key else set()
            self.first[node] = mention

    def root(self, node: Node) -> Node:
        while self._parent[node] != node:
            node = self._parent[node]
        return node

    def join(self, one: Mention, two: Mention) -> bool:
        left, right = self.root(self.node(one)), self.root(self.node(two))
        if left == right:
            return True
        if self._keys[left] and self._keys[right]:
            return False
        keep, drop = (left, right) if self.first[left].span <= self.first[right].span else (right, left)
        self._parent[drop] = keep
        self._keys[keep] |= self._keys[drop]
        return True

    def groups(self) -> Iterable[set[Node]]:
        groups: dict[Node, set[Node]] = {}
        for node in self._parent:
            groups.setdefault(self.root(node), set()).add(node)
        return groups.values()


_LONG_ADC = re.compile(r"antibody[-‑\s]drug[-‑\s]conjugates?(?:\s*\(ADCs?\))?|\bADCs?\b", re.IGNORECASE)
_OF_TECHNOLOGY = re.compile(r"\s+(?:technolog(?:y|ies)|platforms?)\Z", re.IGNORECASE)


def _plain_technology(text: str) -> str:
    """One spelling for 'antibody-drug conjugate (ADC) technology', 'ADC technology' and 'ADC platform'."""
    plain = _OF_TECHNOLOGY.sub("", _LONG_ADC.sub("ADC", text))
    return compact(plain) or compact(text)


def _alike(one: Mention, two: Mention) -> bool:
    return one.kind is two.kind or {one.kind, two.kind} <= _PRODUCTS - {Kind.ANTIBODY}


def _join_brackets(text: str, stated: Sequence[Mention], nodes: _Nodes) -> None:
    """'CRB-701 (SYS6002)', 'huN901-DM1/BB-10901', 'Tumor-Activated Prodrug (TAP)', 'X, also known as Y'."""
    for one, two in pairwise(stated):
        gap = text[one.span.end : two.span.start]
        if len(gap) > 60 or not _alike(one, two):
            continue
        if _ALIAS_GAP.fullmatch(gap):
            if one.kind in (Kind.COMPANY, Kind.INSTITUTION) and not _short_of(one, two):
                continue
            if "/" in gap and one.kind in (Kind.TARGET, Kind.PAYLOAD, Kind.COMPANY, Kind.TECHNOLOGY):
                continue
            if one.kind is Kind.CONJUGATE or one.kind in _PRODUCTS or _defines(one, two):
                nodes.join(one, two)
        elif _SHARED_BRACKET.fullmatch(gap) and _inside_bracket(text, one, two) and one.kind in _PRODUCTS:
            nodes.join(one, two)


def _inside_bracket(text: str, one: Mention, two: Mention) -> bool:
    """Whether both stand in one bracket: 'X (Y, Z)'."""
    before = text[max(0, one.span.start - 3) : one.span.start]
    return "(" in before and text[two.span.end : two.span.end + 2].lstrip("”\"' ").startswith(")")


def _short_of(one: Mention, two: Mention) -> bool:
    """Whether a bracketed company name is a short form of the name before it."""
    long, short = fold_company(one.text).split(), fold_company(two.text).split()
    initials = "".join(word[0] for word in long)
    joined = "".join(short)
    return long[: len(short)] == short or joined == initials or joined in "".join(long) or set(short) <= set(long)


def _defines(one: Mention, two: Mention) -> bool:
    """Whether two names of a target, technology or payload are long and short form of one thing."""
    long, short = sorted((one.text, two.text), key=len, reverse=True)
    letters = re.sub(r"[^A-Za-z]", "", short).upper()
    initials = acronym(long)
    if initials and letters and (initials.startswith(letters) or letters.startswith(initials)):
        return True
    return bool(letters) and fold(long)[:1] == fold(short)[:1] and _subsequence(letters.lower(), fold(long))


def _subsequence(letters: str, text: str) -> bool:
    position = 0
    for letter in letters:
        position = text.find(letter, position) + 1
        if not position:
            return False
    return True


def _join_companies(stated: Sequence[Mention], nodes: _Nodes) -> None:
    """A short name joins the longer name that it begins, where that is one company only."""
    companies = [m for m in stated if m.kind is Kind.COMPANY]
    spellings: dict[str, Mention] = {}
    registered = {fold_company(mention.text) for mention in companies if _registered(mention)}
    for mention in companies:
        spellings.setdefault(fold_company(mention.text), mention)
    # the longest first: 'Alder Bio' joins 'Alder Bio Holdings', so that 'Alder' finds them to be one
    for short, mention in sorted(spellings.items(), key=lambda item: (-len(item[0]), item[0])):
        longer = [
            m
            for name, m in sorted(spellings.items())
            if (_begins(name, short) and not (short in registered and _of_registered(name, registered)))
            or (mention.rule == _SHORT_RULE and name.split()[1:] == [short])
        ]
        roots = {nodes.root(nodes.node(m)) for m in longer}
        if len(short) > 2 and longer:
            full = longer[0] if len(roots) == 1 else _last_before(mention, longer, companies, nodes)
            if full is not None:
                nodes.join(full, mention)
        compacted = short.replace(" ", "")
        for name, other in sorted(spellings.items()):
            if name != short and name.replace(" ", "") == compacted:
                nodes.join(other, mention)


def _begins(name: str, short: str) -> bool:
    """Whether a name is the short one with more words, and not those of a firm beside it."""
    return name.startswith(short + " ") and not _other_firm(name)


def _last_before(
    short: Mention, longer: Sequence[Mention], companies: Sequence[Mention], nodes: _Nodes
) -> Mention | None:
    """Of several longer names the one named last before the short one; a group's name alone stays its own."""
    names = {nodes.node(m) for m in longer}
    before = [m for m in companies if m.span.end <= short.span.start and nodes.node(m) in names]
    return before[-1] if before else None


_SHORT_RULE = "company.short-name"


def _registered(mention: Mention) -> bool:
    """Whether a name has its legal form, so that a longer one with another is a firm of its own."""
    return fold(mention.text) != fold_company(mention.text)


def _of_registered(name: str, registered: Iterable[str]) -> bool:
    """Whether a name is a firm's that is printed with its legal form, or begins such a one: 'Hess Midstream'."""
    return any(item == name or item.startswith(name + " ") for item in registered)


def _other_firm(name: str) -> bool:
    """Whether a longer name is a firm of its own beside the one that it begins with: 'Sanofi Ventures'."""
    return name.split()[-1] in _OWN_FIRMS


_OWN_FIRMS = frozenset("ventures venture fund funds capital foundation institute partners".split())


def _join_products(stated: Sequence[Mention], nodes: _Nodes) -> None:
    """One spelling, one thing: a code found once as conjugate and once as product."""
    seen: dict[str, Mention] = {}
    for mention in stated:
        if mention.kind in NAMED - {Kind.COMPANY, Kind.INSTITUTION}:
            other = seen.setdefault(
                f"{'p' if mention.kind in _PRODUCTS else mention.kind}:{compact(mention.text)}", mention
            )
            if other is not mention:
                nodes.join(other, mention)


def _join_own_technologies(stated: Sequence[Mention], nodes: _Nodes) -> None:
    """'its antibody-drug conjugate (ADC) technology' and 'our ADC platform' are one, as nothing names them apart."""
    own = [m for m in stated if m.rule == "technology.own-adc"]
    for one, two in pairwise(own):
        nodes.join(one, two)


# ---------------------------------------------------------------- entities


_RANK = {Kind.CONJUGATE: 0, Kind.ANTIBODY: 1, Kind.PRODUCT: 2}


def _entity(document: Document, members: Sequence[Mention], lexicon: Lexicon) -> Entity:
    key = next((m.key for m in members if m.key), None)
    kind = Kind(key.split("/")[0]) if key else min((m.kind for m in members), key=lambda k: _RANK.get(k, 3))
    names = _names(document, members, kind)
    fullest = max((n.text for n in names if n.role != "op:ticker"), key=lambda t: (len(fold(t)), t))
    if key:
        return Entity(key, kind, lexicon.entry(key).label, names, key)
    leading = fold_company(fullest) if kind is Kind.COMPANY else names[0].text
    return Entity(f"{kind}/{slug(leading)}", kind, fullest if kind is Kind.COMPANY else names[0].text, names)


def _names(document: Document, members: Sequence[Mention], kind: Kind) -> tuple[Name, ...]:
    """Printed forms in order of the text; a headline in capitals does not count as a spelling of its own."""
    names: list[Name] = []
    seen: set[str] = set()
    ordered = sorted(members, key=lambda m: (_shouted(document, m), m.span))
    for mention in ordered:
        if mention.text.casefold() in seen or (names and _shouted(document, mention) and fold(mention.text) in seen):
            continue
        seen |= {mention.text.casefold(), fold(mention.text)}
        role = "skos:altLabel"
        if kind in (*_PRODUCTS, Kind.PAYLOAD) and is_code(mention.text):
            role = "op:codeName"
        names.append(Name(mention.text, role, _named(document, mention.span, mention.rule, role, mention.text)))
    if kind is Kind.COMPANY:
        names.extend(_tickers(document, members))
    return tuple(names)


def _shouted(document: Document, mention: Mention) -> bool:
    """Whether the mention stands in a heading or headline printed in capitals."""
    section = _section(document, mention.span)
    heading = section.kind in (SectionKind.HEADLINE, SectionKind.SUBHEAD) or (
        section.heading is not None and section.heading.covers(mention.span)
    )
    around = document.text[max(section.span.start, mention.span.start - 40) : mention.span.end + 40]
    return heading and around.upper() == around


def _named(document: Document, span: Span, rule: str, role: str, value: str) -> Evidence:
    return Evidence(span, span.of(document.text), rule, _section(document, span).kind, role, value)


def _tickers(document: Document, members: Sequence[Mention]) -> list[Name]:
    found: dict[str, Name] = {}
    for mention in members:
        gap = re.compile(r"\s*(?:\([^()]{0,60}\)\s*)?").match(document.text, mention.span.end)
        for position in (mention.span.end, gap.end() if gap else mention.span.end):
            blank = re.compile(r"\s*").match(document.text, position)
            match = _TICKER.match(document.text, blank.end() if blank else position)
            if match:
                span = Span(match.start("ticker"), match.end("ticker"))
                ticker = " ".join(match["ticker"].split())
                found.setdefault(
                    ticker, Name(ticker, "op:ticker", _named(document, span, "company.ticker", "op:ticker", ticker))
                )
                break
    return list(found.values())


def _united(one: Entity, two: Entity) -> Entity:
    """Two groups that came to one id: all names, once each."""
    seen = {n.text.casefold() for n in one.names}
    return Entity(
        one.id, one.kind, one.label, one.names + tuple(n for n in two.names if n.text.casefold() not in seen), one.key
    )


_COUNTRY = re.compile(
    r"\s+(Austria|Australia|Belgium|Brazil|Canada|China|Denmark|Europe|France|Germany|India|Ireland|Israel|Italy|Japan|Korea|"
    r"Netherlands|Spain|Sweden|Switzerland|Taiwan|UK|USA|U\.S\.)(?=\s+(?:in|has|said|will|is|was|GmbH|Inc|Ltd)\b|,)"
)


def _units(
    document: Document, stated: Sequence[Mention], at: dict[Span, EntityId], entities: dict[EntityId, Entity]
) -> tuple[Relation, ...]:
    """A company's unit in a country belongs to its group: 'Boehringer Ingelheim Austria in Vienna'."""
    relations: dict[EntityId, Relation] = {}
    for mention in stated:
        match = _COUNTRY.match(document.text, mention.span.end) if mention.kind is Kind.COMPANY else None
        if not match or mention.span not in at:
            continue
        group = at[mention.span]
        span = Span(mention.span.start, match.end(1))
        name = " ".join(span.of(document.text).split())
        unit = f"company/{slug(fold_company(name))}"
        if unit == group:
            continue
        label = _named(document, span, "company.unit", "skos:altLabel", name)
        entities.setdefault(unit, Entity(unit, Kind.COMPANY, name, (Name(name, "skos:altLabel", label),)))
        evidence = Evidence(span, span.of(document.text), "company.unit", label.section, "op:partOfGroup", group)
        relations.setdefault(unit, Relation(unit, "op:partOfGroup", group, (evidence,)))
        at[mention.span] = group
    return tuple(relations[unit] for unit in sorted(relations))
