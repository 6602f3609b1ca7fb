"""A paragraph into sentences: where one ends, what is quoted, and who says it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oncopact.model import Span

# ---------------------------------------------------------------- boundaries

_CANDIDATE = re.compile(
    r"""
    (?P<stop>\.{1,4}|[!?…])
    (?P<close>["'”’»)\]]*(?:
        (?<=[a-z]\.)\d{1,2}(?:[,–-]\d{1,2}){0,4}(?=\s)                           # 'in two trials.3,4 It'
      | (?:[(\[]\d{1,2}[)\]],?){1,4}(?=\s) | [*†‡]{1,3}(?=\s)                      # 'of sales.(1) It', 'it.[2],[3] It'
    )?)
    (?:\s+|(?<=[a-z)]\.)(?=About\s+[A-Z]))
    (?=["'“‘«(\[•*]*(?:[A-Z0-9À-Þ$€£¥]|[a-z]{1,4}[A-Z0-9]|\w+-\d))
    """,
    re.VERBOSE,
)
_TITLES = frozenset(
    "dr mr mrs ms messrs prof gen gov sen rep hon st lt col capt rev fig figs eq ref approx vs cf no nos vol sec art "
    "viz ca tel ext ex exh par ch pp".split()
)
_LEGAL = frozenset(
    "inc corp co cos ltd llc l.l.c lp l.p plc p.l.c s.a s.p.a s.r.l n.v b.v a.g a.s a/s pty bros gmbh s.a.s s.e k.k "
    "n.a kg assoc intl pte pvt sdn bhd tbk mfg".split()
)
_ABBREVIATIONS = frozenset(
    """jr sr ph.d m.d d.o d.phil b.sc m.sc m.b.a pharm.d r.n d.v.m sc.d esq e.g i.e et al etc u.s u.k e.u u.s.a u.n
    d.c p.o jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun ala
    ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev n.h n.j n.m n.y
    n.c n.d okla ore pa r.i s.c s.d tenn tex va vt wash w.va wis wyo ont que b.c alta a.m p.m am pm dept univ
    ave blvd rd mt ft avg max min hr hrs yr yrs mg kg ml incl excl resp ed eds publ pat appl ser""".split()
)
_STARTERS = frozenset(
    """the this these those that in on at as it its we our they their he she his her for from under with upon
    following after before during since if when while although though however additionally furthermore moreover
    both each all any an a to by based there here more other several two three four such headquartered founded
    pursuant through financial about data patients investors please visit contact today also because but and or
    not no with within including currently previously separately together first second third further until what
    who how why is are was were will has have shares results terms subject except certain some many most you
    your according overall here's additional information forward-looking statements""".split()
)
_WORD = re.compile(r"[\w][\w.&/'’-]*$")
_NEXT = re.compile(r"""["'“‘«(\[•*]*([\w’'-]+)""")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,2}|[ivxIVX]{1,4}|[a-zA-Z])[.)\]]+")
_OWNER = re.compile(r"[A-Z][\w&.'’-]*(?:\s+(?:&\s+)?[A-Z][\w&.'’-]*){0,5},?$")


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of one paragraph, without the white space around them.

    >>> text = "Alpha Co., Ltd. paid Beta Inc. $1.5 million. The U.S. Food and Drug Administration cleared No. 1."
    >>> [span.of(text)[:14] for span in sentences(text, 0, len(text))]
    ['Alpha Co., Ltd', 'The U.S. Food ']
    """
    begin = start
    for match in _CANDIDATE.finditer(text, start, end):
        if match.start() < begin or not _ends(text, begin, match, end):
            continue
        yield Span(begin, match.end("close"))
        begin = match.end()
    stripped = text[begin:end].rstrip()
    lead = len(stripped) - len(stripped.lstrip())
    if stripped.strip():
        yield Span(begin + lead, begin + len(stripped))


def _ends(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    """Whether a sentence that began at `begin` ends at this stop."""
    if match["stop"] != ".":
        return match["stop"] != "..." or bool(match["close"]) or _starts_sentence(text, match.end(), end)
    if _ENUMERATOR.fullmatch(text[begin : match.end("close")].strip()):
        return False
    found = _WORD.search(text, max(begin, match.start() - 30), match.start())
    if found is None:
        return True
    word = found.group().lower().lstrip("(")
    follows = text[match.end() : match.end() + 1]
    if match["close"] and word not in _TITLES:
        return not (
            match["close"].startswith((")", "]")) and _is_short(word) and not _starts_sentence(text, match.end(), end)
        )
    if word in _TITLES:
        return word in ("no", "nos") and not follows.isdigit() and _starts_sentence(text, match.end(), end)
    if word in _LEGAL:
        return _starts_sentence(text, match.end(), end) or _repeats(text, begin, match, found.start(), end)
    if word in _ABBREVIATIONS:
        return not follows.isdigit() and _starts_sentence(text, match.end(), end)
    if len(word) == 1 and word.isalpha() and found.group().isupper():
        return _starts_sentence(text, match.end(), end) and not _is_initial(text, begin, found.start())
    if "." in word and _is_short(word):
        return _starts_sentence(text, match.end(), end)
    return True


def _is_short(word: str) -> bool:
    """Whether a word is an abbreviation of single letters, 'l.l.c', or a listed one."""
    return word in _ABBREVIATIONS or word in _LEGAL or all(len(part) <= 2 for part in word.split("."))


def _starts_sentence(text: str, at: int, end: int) -> bool:
    if text[at : at + 1] in '“"‘•':
        return True
    match = _NEXT.match(text, at, end)
    return match is not None and match[1].lower() in _STARTERS and match[1][0].isupper()


def _repeats(text: str, begin: int, match: re.Match[str], stop: int, end: int) -> bool:
    """Whether the next word is the first of the company's name just ended ('… by ImmunoGen, Inc. ImmunoGen has')."""
    following = _NEXT.match(text, match.end(), end) if text[match.end() : match.end() + 1].isalnum() else None
    head = text[max(begin, stop - 80) : stop].rstrip(" ,")
    owner = _OWNER.search(head)
    return bool(following and owner and owner.group().split()[0].strip(",") == following[1])


def _is_initial(text: str, begin: int, at: int) -> bool:
    """Whether the single letter stands after a given name, 'Wolfgang J.'."""
    before = text[max(begin, at - 30) : at].rstrip().rsplit(None, 1)
    return bool(before) and before[-1][:1].isupper() and before[-1].isalpha() and before[-1].lower() not in _STARTERS


# ---------------------------------------------------------------- quotations

_QUOTED = re.compile(
    r"“(?P<curly>[^“”]*)(?:”|$)|\"(?P<straight>[^\"]*)(?:\"|$)|``(?P<ticks>(?:[^'`]|'(?!'))*)(?:''|$)", re.DOTALL
)
_SAY = (
    r"(?:said|says|stated|states|commented|comments|added|adds|noted|notes|remarked|explained|explains|continued|"
    r"concluded|observed|declared|[Aa]ccording\s+to)"
)
_TITLE = r"(?:(?:Dr|Mr|Mrs|Ms|Prof|Professor|Sir|Dame|Lord)\.?\s+)"
_PERSON = (
    rf"{_TITLE}?[A-ZÀ-Þ][\w’'.-]*"
    r"(?:\s+(?:(?:van|von|de|der|den|di|du|la|le|bin|al|el)\s+){0,2}[A-ZÀ-Þ][\w’'-]*\.?){0,4}"
)
_SAYS_AFTER = re.compile(rf"\b{_SAY}\s+(?P<who>{_PERSON})")
_SAYS_BEFORE = re.compile(rf"(?P<who>{_PERSON})(?P<office>,[^“”\"]{{0,300}}?)?,?\s+{_SAY}\b", re.DOTALL)
_OFFICE = re.compile(r"[’']s\b|\b(?:C[EFOSM]O|President|Chair\w*|Director|Head|Chief|Officer|Founder|Professor)\b")
_NAME_AFTER = re.compile(
    rf"(?:[\s,]|and\b|of\b|C[EFOSM]O\b|President\b|Chief\b|Officer\b|Executive\b)+(?P<who>{_PERSON})"
)
_NOT_A_PERSON = frozenset("The This These In On It We As At For And But That Company".split())


def quotations(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The parts of a paragraph in quotation marks, the marks left out; an unclosed quotation lasts to the end.

    >>> quotations('He said, "Good."', 0, 16)
    (Span(start=10, end=15),)
    """
    if not any(mark in text[start:end] for mark in ('"', "“", "``")):
        return ()
    found: list[Span] = []
    for match in _QUOTED.finditer(text, start, end):
        inner = match.span(match.lastgroup or 0)
        if inner[1] > inner[0]:
            found.append(Span(*inner))
    return tuple(found)


def speaker(text: str, start: int, end: int, quoted: tuple[Span, ...]) -> Span | None:
    """The person who says what a sentence quotes, where it names one.

    >>> said = '"We are pleased," said Carol K. Jones, Ph.D., of Alpha.'
    >>> speaker(said, 0, len(said), quotations(said, 0, len(said))).of(said)
    'Carol K. Jones'
    """
    pieces: list[str] = []
    position = start
    for span in quoted:  # what is said must not be taken for who says it
        pieces.extend((text[position : span.start], '"' * (span.end - span.start)))
        position = span.end
    outside = "".join((*pieces, text[position:end]))
    for pattern in (_SAYS_AFTER, _SAYS_BEFORE):
        match = pattern.search(outside)
        if match is not None and match["who"].split()[0] not in _NOT_A_PERSON:
            return _person(outside, match, start)
    return None


def _person(outside: str, match: re.Match[str], start: int) -> Span:
    """The name of the person; an office before it ('said Alpha's CSO, Dr. Jane Roe') is passed over."""
    at, who = match.start("who"), match["who"]
    if _OFFICE.search(who) and (name := _NAME_AFTER.match(outside, match.end("who"))) is not None:
        at, who = name.start("who"), name["who"]
    who = who if who.endswith(("Jr.", "Sr.")) else who.rstrip(" .,")
    return Span(start + at, start + at + len(who))
