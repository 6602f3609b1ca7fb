"""Sentence → tokens with one-letter tags.

A mention is one token, whatever words it has. Tags are letters so that groups can be patterns over a string; the
letters are listed in `TAGS`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from oncopact.model import THINGS, Kind, Mention, Span
from oncopact.syntax import lexis

TAGS = {
    "D": "determiner or possessive pronoun",
    "J": "adjective or number",
    "N": "noun (also whatever is not known)",
    "E": "named entity",
    "M": "money",
    "%": "percentage",
    "T": "date",
    "L": "territory",
    "S": "possessive 's",
    "I": "preposition or subordinating conjunction",
    "O": "'to'",
    "C": "coordinating conjunction",
    "W": "relative or complementiser (which, that, who)",
    "P": "personal pronoun",
    "B": "form of be",
    "H": "form of have",
    "A": "modal or do",
    "X": "negation",
    "R": "adverb",
    "V": "verb: base, present, or past that can't be a participle",
    "K": "verb: past or past participle",
    "G": "verb: -ing",
    ",": "comma",
    ";": "semicolon",
    ":": "colon",
    "-": "dash between words",
    "(": "opening bracket",
    ")": "closing bracket",
    '"': "quotation mark",
    ".": "anything else",
}

_ENTITY = {Kind.MONEY: "M", Kind.PERCENT: "%", Kind.DATE: "T", Kind.TERRITORY: "L"}
_TOKEN = re.compile(
    r"""
    (?P<also> [Aa]s\s+well\s+as \b )
    | (?P<word> [^\W_]+ (?: (?:[-‐‑.’'&] | (?<=\w)/(?=\w)) (?!['’]?[sS]\b) [^\W_]+ )* (?:n['’]t\b)? )
    | (?P<possessive> ['’][sS]\b | (?<=[sS])['’](?=\s) )
    | (?P<dash> [-–—]+ )
    | (?P<mark> [^\w\s] )
    """,
    re.VERBOSE,
)
_GLUED = re.compile(r"(?P<verb>[a-z]{5,}(?:ed|es|ts|en))(?P<rest>[A-Z][a-z]{3,})")
"""A verb whose space was lost before a capital: 'was grantedBreakthrough Therapy Designation'."""
_SUFFIX = re.compile(r"[-‐‑][^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
"""What is glued to a mention and makes an adjective of it: 'TROP2-directed', 'Alderis-developed'."""
_MARKS = {",": ",", ";": ";", ":": ":", "(": "(", "[": "(", ")": ")", "]": ")", "&": "C", "/": "C"}
_SILENT = frozenset(".®™©℠*")
"""Marks that end nothing inside a sentence: dots of abbreviations, trademark signs."""
_QUOTES = frozenset('"“”„«»‘')


@dataclass(slots=True, eq=False)
class Token:
    """A word, mark or mention.

    Nobody changes one; it is not frozen because making one would take three times as long, and there is one for each
    word that is read.

    Attributes:
        span: Where in the release.
        tag: One letter of `TAGS`.
        word: Lower-case text, white space folded.
        lemma: For verbs the base form, else `word`.
        features: For verbs the letters of `lexis.verb_forms`.
        mention: The mention that this token stands for.
        capital: Whether the first letter is upper case.
    """

    span: Span
    tag: str
    word: str
    lemma: str
    features: str = ""
    mention: Mention | None = None
    capital: bool = False


def tokenize(text: str, span: Span, mentions: Sequence[Mention]) -> tuple[Token, ...]:
    """Tokens of the sentence at `span`; `mentions` are those inside it, ascending and disjoint."""
    raw: list[Token] = []
    position = span.start
    for mention in mentions:
        if mention.span.start < position or mention.span.end > span.end:
            continue
        _words(text, position, mention.span.start, raw)
        if mention.kind in (Kind.MONEY, Kind.PERCENT):
            _qualify(raw)
        raw.append(_mention_token(mention))
        position = mention.span.end
    _words(text, position, span.end, raw)
    return _disambiguate(raw)


_QUALIFIER = re.compile(
    r"""(?: (?: not\ )? (?: up\ to | as\ much\ as | (?: more | less )\ than | at\ least | in\ excess\ of | over | about
          | approximately | around | roughly | nearly | almost | some | exceeding | above | another | only
          | potentially )\ )+
        (?: (?: an?\ )? additional\ )? $""",
    re.VERBOSE,
)


def _qualify(out: list[Token]) -> None:
    """Make adjectives of the words that qualify an amount, so that 'up to $5 million' is one noun group."""
    words = [token.word for token in out[-7:]]
    match = _QUALIFIER.search(" ".join(words) + " ")
    if match:
        count = len(match.group().split())
        out[-count:] = [_retag(token, "J") for token in out[-count:]]


def _mention_token(mention: Mention) -> Token:
    word = mention.text.lower()
    return Token(mention.span, _ENTITY.get(mention.kind, "E"), word, word, mention=mention, capital=True)


def _words(text: str, start: int, end: int, out: list[Token]) -> None:
    suffix = _SUFFIX.match(text, start, end) if out and out[-1].mention and out[-1].span.end == start else None
    if suffix:
        span = Span(start, suffix.end())
        out.append(Token(span, "J", suffix.group().lower(), suffix.group().lower()))
        start = suffix.end()
    for match in _TOKEN.finditer(text, start, end):
        first, last = match.span()
        piece = match.group()
        if match.lastgroup == "word":
            glued = _GLUED.fullmatch(piece)
            if glued and glued["verb"].lower() in lexis.verb_forms():
                middle = first + glued.end("verb")
                for low, high in ((first, middle), (middle, last)):
                    tag, word, lemma, features, capital = _described(text[low:high])
                    out.append(Token(Span(low, high), tag, word, lemma, features, None, capital))
                continue
            tag, word, lemma, features, capital = _described(piece)
            out.append(Token(Span(first, last), tag, word, lemma, features, None, capital))
        elif match.lastgroup == "also":
            out.append(Token(Span(first, last), "C", "as well as", "as well as"))
        elif match.lastgroup == "possessive":
            out.append(Token(Span(first, last), "S", piece, piece))
        elif match.lastgroup == "dash":
            tag = "-" if len(piece) > 1 or piece in "–—" or text[max(0, start, first - 1)].isspace() else "N"
            out.append(Token(Span(first, last), tag, piece, piece))
        elif piece not in _SILENT:
            tag = _MARKS.get(piece) or ('"' if piece in _QUOTES else ".")
            out.append(Token(Span(first, last), tag, piece, piece))


@lru_cache(maxsize=1 << 15)
def _described(piece: str) -> tuple[str, str, str, str, bool]:
    """Tag, lower-case word, lemma, features and capital of a printed word; kept: few words make most of a text."""
    word = piece.lower().replace("’", "'").replace("‑", "-").replace("‐", "-")
    tag, lemma, features = _lookup(word)
    return tag, word, lemma, features, piece[0].isupper()


def _lookup(word: str) -> tuple[str, str, str]:
    """Tag, lemma and features of a word on its own."""
    closed = _CLOSED.get(word)
    if closed:
        return closed, word, ""
    known = lexis.verb_forms().get(word)
    if known:
        lemma, features = known
        tag = "G" if features == "g" else "K" if "n" in features and "b" not in features else "V"
        return tag, lemma, features
    if word.isdigit() or word[0].isdigit():
        return "J", word, ""
    if word.endswith("ly") and len(word) > 4:
        return "R", word, ""
    if word.endswith("ed") and len(word) > 5 and "-" not in word:
        return "K", word, "dn"
    if word.endswith("ing") and len(word) > 6 and "-" not in word:
        return "G", word, "g"
    return "N", word, ""


def _closed() -> dict[str, str]:
    table: dict[str, str] = {}
    for tag, words in (
        ("J", lexis.ADJECTIVES),
        ("R", lexis.ADVERBS),
        ("I", lexis.PREPOSITIONS),
        ("D", lexis.DETERMINERS),
        ("P", lexis.PRONOUNS),
        ("W", lexis.RELATIVES),
        ("C", lexis.CONJUNCTIONS),
        ("B", lexis.BE),
        ("H", lexis.HAVE),
        ("A", lexis.MODALS),
        ("X", lexis.NEGATIONS),
    ):
        table.update(dict.fromkeys(words, tag))
    table["to"] = "O"
    return table


_CLOSED = _closed()
_NOMINAL_BEFORE = frozenset("DJSMI%L")
_NOMINAL_AFTER = frozenset("DEPM")


_SETTLED = frozenset('DEM%TLSABX,;:-()."')
"""Tags that no rule below changes."""


def _disambiguate(raw: list[Token]) -> tuple[Token, ...]:
    """Decide the words that are noun and verb, and 'that', from their neighbours."""
    out: list[Token] = []
    for index, token in enumerate(raw):
        if token.tag in _SETTLED:
            out.append(token)
            continue
        before = out[-1].tag if out else ""
        after = raw[index + 1].tag if index + 1 < len(raw) else ""
        following = raw[index + 1].word if index + 1 < len(raw) else ""
        singled = _singled(token, before, following, after, out)
        if singled is not None:
            out.append(singled)
        elif token.word == "results" and following == "in" and _brings(raw, index):
            out.append(token)  # 'this achievement results in a payment'
        elif token.tag == "V" and _is_noun(token, before, after, out):
            out.append(_retag(token, "N"))
        elif token.tag == "W" and token.word == "that" and after in "NJ" and before in ("I", ""):
            out.append(_retag(token, "D"))
        elif token.word in _ATTRIBUTES and out and _attracts(out[-1]) and after in ("N", "E", "J"):
            out.append(_retag(token, "J"))
        elif (
            (
                token.word in lexis.NOMINAL_GERUNDS
                and before in ("D", "J", "L", "M", "N", "S", "I", "C", "T")
                and (after in ("N", "I", "C") or following in lexis.ALSO_NOUNS)
            )
            or (token.word in lexis.NOMINAL_GERUNDS and before in ("N", "J") and after in ("", ","))
            or (token.word == "marketing" and before in ("K", "V", "") and after == "N")
            or (token.word in lexis.NOMINAL_GERUNDS and following in _FEES)
            or (
                token.word in ("filing", "dosing", "closing") and before in ("N", "E", "J") and after in "KBA" and after
            )
            or (token.word in ("closing", "signing") and before == "I" and after not in ("D", "E", "J", "P"))
            or (token.tag == "G" and before in ("D", "S") and after in ("I", "", ".", ","))
        ):
            out.append(_retag(token, "N"))
        elif token.word == "up" and following == "front":
            out.append(_retag(token, "J"))  # 'an up front fee'
        elif token.word == "i" and out and out[-1].word == "phase":
            out.append(_retag(token, "N"))  # 'Phase I' is no pronoun
        elif token.word == "worth" and before == "N":
            out.append(_retag(token, "I"))  # 'an agreement worth up to $5 million'
        elif token.tag == "H" and token.word == "having":
            out.append(_retag(token, "G"))
        else:
            out.append(token)
    return tuple(out)


def _singled(token: Token, before: str, following: str, after: str, out: list[Token]) -> Token | None:
    """Single words that their neighbours decide; None for all others."""
    if token.word in ("first", "initially") and before in ("B", "H") and after == "K":
        return _retag(token, "R")  # 'was first approved'
    if token.word == "proceeds" and out and out[-1].word in _PROCEEDS:
        return _retag(token, "N")  # 'for total proceeds of $40 million'
    if token.word == "calls" and following == "for" and before == "N":
        return Token(token.span, "V", "calls", "call", "s")  # 'the agreement calls for royalties'
    return None


def _is_noun(token: Token, before: str, after: str, out: list[Token]) -> bool:
    """Whether a form that could be a verb is a noun here: 'the license', 'a Phase 2 study', 'milestone payments'."""
    if token.lemma not in lexis.ALSO_NOUNS and token.word not in lexis.ALSO_NOUNS:
        return before in ("D", "S") and "d" not in token.features
    if before in ("A", "X") or (before == "O" and "b" in token.features):
        return False
    if before == "R" and len(out) > 1 and out[-2].tag in "AO":
        return False
    if before in (",", "C") and "b" in token.features and after in (",", "C") and _lists_infinitives(out):
        return False  # 'to develop, use, manufacture and sell'
    if before in ("M", "%") and after in ("D", "M", "E") and token.lemma in lexis.VERBISH:
        return False  # 'sales of $100 million trigger a payment'
    if before in _NOMINAL_BEFORE:
        return True
    if "s" in token.features and before in ("E", ")") and (token.lemma in lexis.VERBISH or after == "O"):
        return False
    if before in ("E", "N", ")") and _bare(token) and not _plural_before(out):
        return True
    if after in _NOMINAL_AFTER and before in ("E", "N", "P", ")", "W", "R", "C"):
        return before == "C" and not (out and len(out) > 1 and out[-2].tag in "VEK")
    return before not in ("P", "W")


def _lists_infinitives(out: list[Token]) -> bool:
    """Whether what stands before is a row of infinitives: 'to develop,' or 'to develop, use and'."""
    row = [token.tag for token in out[-8:]]
    while len(row) > 1 and row[-1] in (",", "C"):
        row.pop()
        if row[-1] != "V":
            return False
        row.pop()
        if row and row[-1] == "O":
            return True
    return False


def _brings(raw: list[Token], index: int) -> bool:
    """Whether what follows 'results in' is what comes of it, and no verb stands before."""
    third = raw[index + 2].tag if index + 2 < len(raw) else ""
    return third in ("D", "M") and raw[0].word in ("this", "the") and not any(t.tag in "VKAHB" for t in raw[:index])


_PROCEEDS = frozenset("total gross net cash aggregate expected the its all any such".split())
_FEES = frozenset("fee fees payment payments income".split())
"""Nouns before which 'manufacturing' and its like are no verbs: 'receives manufacturing payments'."""
_ATTRIBUTES = frozenset("directed targeted targeting based conjugated linked activated".split())
"""Participles that belong to the noun after them where a molecule stands before: 'a HER2 directed ADC'."""
_ATTRACTING = frozenset("tumor tumour antibody receptor peptide enzyme cell site toxin albumin".split())


def _attracts(token: Token) -> bool:
    return (token.mention is not None and token.mention.kind in THINGS) or token.word in _ATTRACTING


def _bare(token: Token) -> bool:
    """Whether the form is only a base form, which needs a plural subject: 'conjugate', not 'conjugates'."""
    return "b" in token.features and "d" not in token.features


def _plural_before(out: list[Token]) -> bool:
    """Whether what stands before can be a plural subject: a plural noun, or names joined by 'and'."""
    last = out[-1]
    return (last.tag == "N" and last.word.endswith("s")) or any(token.tag == "C" for token in out[-4:-1])


def _retag(token: Token, tag: str) -> Token:
    return Token(
        token.span, tag, token.word, token.word if tag == "N" else token.lemma, "", token.mention, token.capital
    )
