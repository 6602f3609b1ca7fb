"""Tokens → noun groups, verb groups and what stands between them.

Brackets are taken out of the main line and hung on the group before them, so that '(Nasdaq: IMGN)' or '(the Company)'
never stands between a subject and its verb. A chain of verbs ('has agreed to grant', 'is eligible to receive') is one
group whose lemma is the last verb's and whose modality is the chain's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from oncopact.model import Kind, Mention, Modality, Span
from oncopact.syntax import lexis
from oncopact.syntax.tokens import Token

NOUN, VERB, PREPOSITION, OTHER = "noun", "verb", "prep", "other"


@dataclass(slots=True, eq=False)
class Group:
    """A stretch of tokens that acts as one. Nobody changes one; see `Token` for why it is not frozen.

    Attributes:
        role: `noun`, `verb`, `prep` or `other` (commas, conjunctions, relatives: see `tag`).
        tokens: In order.
        tag: The tag of the first token for `prep` and `other`.
        lemma: A verb group's main verb; a noun group's head word; a preposition's word.
        finite: For verbs, whether it can have its own subject.
        infinitive: For verbs, whether it begins with 'to'.
        gerund: For verbs, whether it is an -ing form without auxiliary.
        passive: For verbs, its voice.
        reduced: For verbs, a participle that follows its noun ('products licensed to X').
        perfect: For verbs, whether it is a perfect tense ('has licensed', 'had licensed').
        past: For verbs, whether it is past or perfect.
        negated: For verbs, its polarity.
        modality: For verbs, how it is meant.
        chain: For verbs, the lemmas of the governing verbs, `('agree',)` in 'agreed to grant'.
        possessor: For nouns, the mention or word before a possessive 's, `ImmunoGen` in "ImmunoGen's technology".
        bracket: Tokens of the brackets that follow the group.
        span: From the first token to the last, brackets not included.
        words: Lower-case words.
        mentions: Mentions in the group itself.
        all_mentions: Mentions in the group and in its brackets.
    """

    role: str
    tokens: tuple[Token, ...]
    tag: str = ""
    lemma: str = ""
    finite: bool = False
    infinitive: bool = False
    gerund: bool = False
    passive: bool = False
    reduced: bool = False
    perfect: bool = False
    past: bool = False
    negated: bool = False
    modality: Modality = Modality.ASSERTED
    chain: tuple[str, ...] = ()
    possessor: tuple[Token, ...] = ()
    bracket: tuple[Token, ...] = field(default=(), repr=False)
    span: Span = field(init=False, repr=False)
    words: tuple[str, ...] = field(init=False, repr=False)
    mentions: tuple[Mention, ...] = field(init=False, repr=False)
    all_mentions: tuple[Mention, ...] = field(init=False, repr=False)
    _parts: frozenset[str] | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        """Work out once what every rule asks."""
        tokens = self.tokens
        self.span = Span(tokens[0].span.start, tokens[-1].span.end)
        self.words = tuple([token.word for token in tokens])
        self.mentions = tuple([token.mention for token in tokens if token.mention is not None])
        self.all_mentions = self.mentions
        if self.bracket:
            self.all_mentions += tuple([token.mention for token in self.bracket if token.mention is not None])

    @property
    def parts(self) -> frozenset[str]:
        """The words, those of names one by one, hyphenated ones also in their parts; worked out when asked first."""
        if self._parts is None:
            self._parts = frozenset(
                part for word in self.words for piece in word.split() for part in (piece, *piece.split("-"))
            )
        return self._parts

    def head(self, kind: Kind) -> Mention | None:
        """The mention of `kind` that the group is about: not a possessor, not a modifier of another noun."""
        if not self.mentions:
            return None
        owners = {id(token) for token in self.possessor}
        for token in reversed(self.tokens):
            if token.mention and id(token) not in owners:
                return token.mention if token.mention.kind is kind else None
            if token.tag == "N" and token.word not in _TITLES:
                return None
        return None


_TITLES = frozenset("group inc corporation company companies ltd co subsidiary".split())

_NOUN_GROUP = re.compile(r"[DJNEM%LTSR]*[JNEM%LTD]|P")
_VERB_GROUP = re.compile(
    r"""
      (?:X?OR?)? [XR]* (?: A [XR]* )? (?: H [XR]* )? (?: B [XR]* ){1,2} [KVG]    # a form of be and a verb
    | (?: X?OR? | A ) [XR]* (?: H [XR]* )? (?: [VK] | B (?![RX]*[KG]) [XR]* (?: J (?=O[RX]*V) )? )
    | H [XR]* B (?![RX]*[KG]) [XR]* (?: J (?=O[RX]*V) )?
    | H [XR]* [KV]
    | B [XR]* (?: J (?=O[RX]*V) )?
    | V
    | K
    | G
    | H
    """,
    re.VERBOSE,
)
_PREMODIFIER = re.compile(r"[KG](?=[JN]*[NEM])")


class Groups(tuple[Group, ...]):
    """The groups of one sentence, with room for what has been worked out about them.

    Attributes:
        memo: Question and position → answer, filled by `clauses`; it lives and dies with the sentence.
    """

    memo: dict[tuple[str, int], object]

    def __new__(cls, groups: Iterable[Group]) -> Groups:
        """A tuple with an empty memo."""
        made = super().__new__(cls, groups)
        made.memo = {}
        return made


def chunk(tokens: Sequence[Token]) -> Groups:
    """Groups of one sentence, brackets hung on the group before them."""
    main, brackets = _without_brackets(tokens)
    tags = "".join(token.tag for token in main)
    groups: list[Group] = []
    index = 0
    while index < len(main):
        verb = _VERB_GROUP.match(tags, index) if tags[index] in "OAHBVKGX" or tags[index] in "XR" else None
        if verb and verb.end() > index and not _premodifies(tags, index, main):
            groups.append(_verb_group(main[index : verb.end()]))
            index = verb.end()
        elif tags[index] == "R" and (main[index].word == "today" or _before_verb(tags, index)):
            groups.append(_other(main[index]))  # 'A today announced receipt', 'A previously licensed rights'
            index += 1
        elif tags[index] in "DJNEM%LTSPKG" or (tags[index] == "R" and index + 1 < len(main)):
            end = _noun_end(tags, index)
            if end == index:
                groups.append(_other(main[index]))
                index += 1
                continue
            groups.append(_noun_group(main[index:end], brackets))
            index = end
        else:
            groups.append(_other(main[index]))
            index += 1
    return Groups(_chains(_compounds(_indirect_objects(groups))))


_DITRANSITIVE = frozenset(
    "grant confer give pay award offer license sublicense owe provide assign sell transfer cede".split()
)
_COMPOUND_HEADS = frozenset(
    "agreement agreements contract contracts alliance deal deals partnership collaboration framework".split()
)
_COMPOUND_PARTS = frozenset(
    """license licence licensing out-licensing collaboration option research development commercialization
    commercialisation supply manufacturing co-development co-promotion marketing distribution access purchase discovery
    promotion""".split()
)


def _indirect_objects(groups: Sequence[Group]) -> list[Group]:
    """Part 'B' from 'an exclusive licence' in 'granted B an exclusive licence', and any company from money after it.

    A date that opens a sentence without a comma is parted from the company that acts: 'On 2 April 2024 B entered'.
    """
    out: list[Group] = []
    for group in groups:
        cut = 0
        if group.role == NOUN and len(group.tokens) > 1 and group.tokens[0].mention:
            first = group.tokens[0].mention.kind is Kind.COMPANY and group.tokens[1].tag != "S"
            verb = next((g for g in reversed(out) if g.tag != "R"), None)
            gives = verb is not None and verb.role == VERB and verb.lemma in _DITRANSITIVE and not verb.passive
            if first and (gives or group.tokens[1].tag == "M"):
                cut = 1
        cut = cut or _dated_company(group)
        if cut:
            out.extend((_noun_group(group.tokens[:cut], {}), _with_bracket(group.tokens[cut:], group.bracket)))
        else:
            out.append(group)
    return out


def _dated_company(group: Group) -> int:
    """Where the company begins in a group of a date and a company, else 0."""
    kinds = [token.mention.kind if token.mention else None for token in group.tokens]
    return next((i for i in range(1, len(kinds)) if kinds[i - 1] is Kind.DATE and kinds[i] is Kind.COMPANY), 0)


def _with_bracket(tokens: tuple[Token, ...], bracket: tuple[Token, ...]) -> Group:
    return replace(_noun_group(tokens, {}), bracket=bracket)


def _compounds(groups: Sequence[Group]) -> list[Group]:
    """One group for 'a license, development and commercialization agreement'."""
    out: list[Group] = []
    for group in groups:
        out.append(group)
        while len(out) >= 3 and out[-1].role == NOUN and _is_compound(out[-3], out[-2], out[-1]):
            last, middle, first = out.pop(), out.pop(), out.pop()
            tokens = first.tokens + middle.tokens + last.tokens
            out.append(replace(first, tokens=tokens, lemma=last.lemma, bracket=first.bracket + last.bracket))
    return out


def _is_compound(first: Group, middle: Group, last: Group) -> bool:
    if first.role != NOUN or last.role != NOUN or middle.tag not in ("C", ","):
        return False
    bare = last.tokens[0].tag not in ("D", "E", "P") and not last.mentions
    heads = (
        last.lemma in _COMPOUND_HEADS or last.lemma == "rights" or (middle.tag == "," and last.lemma in _COMPOUND_PARTS)
    )
    return bare and heads and first.lemma in _COMPOUND_PARTS and not first.tokens[-1].mention


def _without_brackets(tokens: Sequence[Token]) -> tuple[list[Token], dict[int, list[Token]]]:
    """Tokens outside of brackets, and the bracketed ones by the start of the token that they follow."""
    main: list[Token] = []
    brackets: dict[int, list[Token]] = {}
    depth = 0
    for token in tokens:
        if token.tag == "(":
            depth += 1
        elif token.tag == ")":
            depth = max(0, depth - 1)
        elif depth:
            if main:
                brackets.setdefault(main[-1].span.start, []).append(token)
        elif token.tag != '"':
            main.append(token)
    return main, brackets


def _premodifies(tags: str, index: int, main: Sequence[Token]) -> bool:
    """Whether a participle at `index` belongs to the noun after it: 'a licensed product', 'existing agreement'."""
    if tags[index] not in "KG":
        return False
    after = tags[index + 1 : index + 2]
    if index and tags[index - 1] in "DJSM" and after in ("N", "E", "J", "K", "G", "M"):
        return True
    if index and tags[index] == "K" and tags[index - 1] in "VG" and after in ("N", "J"):
        return True  # 'commercialize personalized vaccines'
    if index and tags[index - 1] == "I" and tags[index] == "K" and after in ("N", "E", "J"):
        return True
    starts = index == 0 or tags[index - 1] in ";:."
    return tags[index] == "K" and starts and after in ("N", "J") and not main[index].capital


def _before_verb(tags: str, index: int) -> bool:
    """Whether an adverb stands between name and verb: 'A previously licensed', not 'a previously licensed drug'."""
    return index > 0 and tags[index - 1] in "EN" and tags[index + 1 : index + 2] == "K"


def _noun_end(tags: str, index: int) -> int:
    """End of the noun group that begins at `index`; participles inside it are premodifiers."""
    end = last = index
    while end < len(tags):
        tag = tags[end]
        if tag == "P":
            return end + 1 if end == index else last
        if tag in "NEMTL%":
            end += 1
            last = end
        elif tag == "D":
            # a new determiner begins a new group, except for 'all the', 'each of'
            if end > index and tags[end - 1] != "D" and tags[end - 1] != "S":
                return last
            end += 1
            last = end
        elif tag == "," and end > index and tags[end - 1] in "JL" and tags[end + 1 : end + 2] in ("J", "L"):
            end += 1  # 'an exclusive, worldwide licence'
        elif tag in "JS":
            end += 1
            last = end if tag == "J" else last
        elif (
            (tag == "R" and (end == index or tags[end - 1] not in "NE") and tags[end + 1 : end + 2] in ("J", "K"))
            or (tag in "KG" and end > index and tags[end - 1] in "DJSMR" and _PREMODIFIER.match(tags, end))
            or (tag in "KG" and end == index and _PREMODIFIER.match(tags, end))
        ):
            end += 1
        else:
            break
    return last


def _noun_group(tokens: Sequence[Token], brackets: dict[int, list[Token]]) -> Group:
    possessor: tuple[Token, ...] = ()
    for position, token in enumerate(tokens):
        if token.tag == "S":
            possessor = tuple(t for t in tokens[:position] if t.tag in "NEP")[-3:]
    inside = [t for token in tokens for t in brackets.get(token.span.start, ())] if brackets else []
    head = next((t.word for t in reversed(tokens) if t.tag in "NE"), tokens[-1].word)
    return Group(NOUN, tuple(tokens), tokens[0].tag, head, possessor=possessor, bracket=tuple(inside))


def _other(token: Token) -> Group:
    role = PREPOSITION if token.tag in "IO" else OTHER
    return Group(role, (token,), token.tag, token.word)


def _verb_group(tokens: Sequence[Token]) -> Group:
    tags = "".join(t.tag for t in tokens)
    words = [t.word for t in tokens]
    main = next((t for t in reversed(tokens) if t.tag in "VKG"), tokens[-1])
    infinitive = tags.startswith(("O", "XO"))
    has_be, has_have = "B" in tags, "H" in tags
    participle = main.tag == "K" or "n" in main.features
    passive = has_be and participle and main.tag != "G"
    alone = len([t for t in tags if t in "AHBVKG"]) == 1
    modality = Modality.ASSERTED
    modal = next((t.word for t in tokens if t.tag == "A"), "")
    if modal in lexis.CONDITIONAL_MODALS:
        modality = Modality.CONDITIONAL
    elif modal in lexis.PLANNED_MODALS:
        modality = Modality.PLANNED
    negated = "X" in tags or any(w.endswith("n't") for w in words) or ("no" in words)
    lemma = main.lemma if main.tag in "VKG" else ("have" if has_have else "be")
    adjective = next((t.word for t in tokens if t.tag == "J"), "")
    if adjective:
        lemma = adjective
    past = has_have or "d" in main.features or any(w in ("was", "were", "did") for w in words)
    return Group(
        VERB,
        tuple(tokens),
        tags[0],
        lemma,
        finite=not infinitive and not (alone and main.tag == "G"),
        infinitive=infinitive,
        gerund=alone and main.tag == "G",
        passive=passive,
        reduced=alone and main.tag == "K",
        perfect=has_have,
        past=past,
        negated=negated,
        modality=modality,
    )


def _chains(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Join a governing verb and its infinitive: 'agreed to grant', 'is eligible to receive', 'plans to file'.

    A bare verb after 'to develop and' is an infinitive too.
    """
    out: list[Group] = []
    for group in groups:
        previous = out[-1] if out else None
        if group.role == VERB and len(group.tokens) == 1 and "b" in group.tokens[0].features and len(out) > 1:
            governor = next((g for g in reversed(out) if g.role in (VERB, NOUN)), None)
            if out[-1].tag in ("C", ",") and governor and governor.infinitive:
                group = replace(group, infinitive=True, finite=False)
        if group.role == VERB and group.infinitive and previous and previous.role == VERB:
            governs = lexis.CATENATIVES.get(previous.lemma) or lexis.MODAL_ADJECTIVES.get(previous.lemma)
            if governs:
                out[-1] = _joined(previous, group, governs)
                continue
        out.append(group)
    return tuple(out)


def _joined(first: Group, second: Group, governs: str) -> Group:
    modality = max(first.modality, second.modality, key=_STRENGTH.__getitem__)
    if governs in ("planned", "conditional"):
        modality = max(modality, Modality(governs), key=_STRENGTH.__getitem__)
    return Group(
        VERB,
        first.tokens + second.tokens,
        first.tag,
        second.lemma,
        finite=first.finite,
        infinitive=first.infinitive,
        gerund=first.gerund,
        passive=second.passive,
        perfect=first.perfect,
        past=first.past,
        negated=first.negated or second.negated or governs == "negated",
        modality=modality,
        chain=(*first.chain, first.lemma, *second.chain),
    )


_STRENGTH = {Modality.ASSERTED: 0, Modality.PLANNED: 1, Modality.CONDITIONAL: 2}
