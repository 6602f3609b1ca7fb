"""Conjugates and antibodies by the shape of their names, and what a conjugate's name is made of.

An INN says what it names: '-mab' is an antibody, '-mab' with a second word such as 'vedotin' is a conjugate. So do
spellings such as 'huN901-DM1', 'Trastuzumab-MCC-DM1', 'CAB-ROR2-ADC' and 'MLN591DM1'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from oncopact.lexicon import Lexicon
from oncopact.model import Kind, Mention, Span
from oncopact.recognizers.page import Page
from oncopact.recognizers.spots import spotter

# ---------------------------------------------------------------- shapes

PAYLOAD_CODE = r"(?:DM\d{1,2}|MMA[EFD]|SN-?38|PBD|DXd|DUBA|PE\d\d(?:KDEL)?|PNU|DOX|IR700|TLR[789]|Exatecan|Dxd|DXD)"
"""Payloads that are written into names of conjugates."""

_LINKER = r"(?:S?MCC|SPP|SPDB|sulfo|[vm]c|VC|MC|val|Val|cit|Cit|GGFG|CL2A|hydrazone|PEG\d?|ss)"
_ANTIBODY_STEM = r"(?:mab|tug|bart|mig|ment)"
_BIOSIMILAR = r"(?:-(?!like|type|free|plus|only|dose|drug|base|arms?|mono|less|site|time|term|cell)[a-z]{4}(?![\w-]))?"
_STEMS = (
    r"(?:tansine|dotin|tecan|ozogamicin|irine|xetan|sudotox|natox|ritox|mazine|bulin|manitin|talocan|toclax|stinag)"
)
_NO_CONJUGATE = frozenset("irinotecan topotecan exatecan belotecan gimatecan camptothecin eribulin".split())

_RADIO = re.compile(
    r"""(?P<payload>(?:iodine|yttrium|lutetium|actinium|indium|technetium|thorium|astatine|copper|gallium|
        zirconium|rhenium|bismuth|samarium|terbium|lead)(?:\s\(?|-|\s?\[)(?:(?:[A-Z][a-z]?)[-\s]?)?\d{2,3}m?[)\]]?
      |[(\[]?\d{2,3}m?-?\)?(?:I|Y|Lu|Ac|In|Tc|Th|At|Cu|Ga|Zr|Re|Bi|Sm|Tb|Pb)\]?)
      (?:[-\s]+|(?<=\]))(?P<antibody>(?-i:[A-Z][A-Z\d]{1,9}(?:-[A-Z\d]{1,6}){0,2})(?![\w])|[a-z]{4,}(?:mab|tug|bart|tide)(?:\s(?:tiuxetan|tetraxetan|satetraxetan|vedotin))?)""",
    re.VERBOSE | re.IGNORECASE,
)
"""'iodine I 131 tositumomab', '177Lu-zolutamab': a radionuclide before an antibody or peptide."""
_INN = re.compile(
    r"(?P<antibody>(?:(?:fam|ado)-)?(?P<stem>[a-z]{3,}))\s+(?P<payload>[a-z]{6,})(?P<letters>-[a-z]{4})?",
    re.IGNORECASE,
)
_BLANKS_BEFORE = re.compile(r"\s+\Z")
_SUFFIX = re.compile(_BIOSIMILAR)
_STEM_END = re.compile(_STEMS + r"\Z")
_MAB_END = re.compile(_ANTIBODY_STEM + r"\Z")
_WORD_BEFORE = re.compile(r"(?:(?:fam|ado)-)?[a-z]{6,}\Z", re.IGNORECASE)
_HYPHENED = re.compile(
    rf"""(?<![\w/-]) (?P<name>
        (?P<left> (?:anti-)? [A-Za-z][\w]* (?:-[A-Za-z0-9]+){{0,3}}? )
        [-‐‑] (?P<payload> {PAYLOAD_CODE} | ADC ) ) (?![\w]) (?!-(?:based|like|induced|derived|containing|linker))""",
    re.VERBOSE,
)
_GLUED = re.compile(r"(?<![\w/-])(?P<left>[A-Za-z]{2,6}\d{2,5})(?P<payload>DM\d|MMA[EF])(?![\w-])")
_NOT_ANTIBODY = frozenset(
    """tumor tumour anti non novel bispecific dual next generation antibody drug site specific the first best post pre
    linker payload smcc mcc spp spdb sulfo vc mc val cit peg hydrazone mal maleimide ggfg ss s lys nhs gly naked free
    biparatopic multi single low high new own based type class in vivo line like therapy masked topo i ii""".split()
)
_TERMINAL = re.compile(r"(?:[-\s]+)(?:" + _LINKER + r")$")


@dataclass(frozen=True, slots=True)
class ConjugateParts:
    """What a conjugate's name encodes; None for what it does not.

    Attributes:
        antibody, payload, target: As printed in the name.
        antibody_key, payload_key, target_key: The vocabulary's keys, where it knows the part. An INN's second word
            leads to its payload: 'mertansine' to DM1.
        antibody_span, payload_span, target_span: Where in the name they stand.
    """

    antibody: str | None = None
    antibody_key: str | None = None
    antibody_span: Span | None = None
    payload: str | None = None
    payload_key: str | None = None
    payload_span: Span | None = None
    target: str | None = None
    target_key: str | None = None
    target_span: Span | None = None


def parts(name: str, lexicon: Lexicon) -> ConjugateParts:
    """The parts that a conjugate's name is made of.

    Args:
        name: As printed, blanks folded (`Mention.text`).
        lexicon: Gives the keys; the shapes do without.

    >>> from oncopact.lexicon import load
    >>> found = parts("bivatuzumab mertansine", load())
    >>> found.antibody, found.payload, found.payload_key
    ('bivatuzumab', 'mertansine', 'payload/dm1')
    >>> found = parts("Trastuzumab-MCC-DM1", load())
    >>> found.antibody, found.payload
    ('Trastuzumab', 'DM1')
    >>> parts("CAB-ROR2-ADC", load()).target
    'ROR2'
    """
    match = _INN.fullmatch(name)
    if match and is_second_word(match["payload"], lexicon, first=match["stem"]):
        return _of_inn(match, lexicon)
    match = _RADIO.fullmatch(name)
    if match:
        return _of_radio(match, lexicon)
    match = _GLUED.fullmatch(name) or _HYPHENED.fullmatch(name.replace("‐", "-").replace("‑", "-"))
    if match:
        return _of_halves(match, lexicon)
    match = re.fullmatch(rf"(?P<left>[A-Za-z][\w-]*) (?P<payload>{PAYLOAD_CODE})", name)
    return _of_halves(match, lexicon) if match else ConjugateParts()


def _of_inn(match: re.Match[str], lexicon: Lexicon) -> ConjugateParts:
    suffix = lexicon.suffixes.get(match["payload"].lower())
    return ConjugateParts(
        antibody=match["stem"],
        antibody_key=_key(match["stem"], Kind.ANTIBODY, lexicon),
        antibody_span=Span(*match.span("stem")),
        payload=match["payload"],
        payload_key=suffix.payload if suffix else None,
        payload_span=Span(*match.span("payload")),
    )


def _of_radio(match: re.Match[str], lexicon: Lexicon) -> ConjugateParts:
    stem = match["antibody"].split()[0]
    at = match.start("antibody")
    antibody = stem if _MAB_END.search(stem.lower()) else None
    return ConjugateParts(
        antibody=antibody,
        antibody_key=_key(stem, Kind.ANTIBODY, lexicon) if antibody else None,
        antibody_span=Span(at, at + len(stem)) if antibody else None,
        payload=match["payload"],
        payload_key=_key(match["payload"], Kind.PAYLOAD, lexicon),
        payload_span=Span(*match.span("payload")),
    )


def _of_halves(match: re.Match[str], lexicon: Lexicon) -> ConjugateParts:
    payload: str | None = match["payload"]
    span: Span | None = Span(*match.span("payload"))
    if payload == "ADC":
        payload = span = None
    start, left = match.start("left"), match["left"]
    while (linker := _TERMINAL.search(left)) is not None:
        left = left[: linker.start()]
    target = _target_in(left, start, lexicon)
    antibody: str | None = left
    if target or payload is None or left.lower() in _NOT_ANTIBODY:
        antibody = None
    return ConjugateParts(
        antibody=antibody,
        antibody_key=_key(left, Kind.ANTIBODY, lexicon) if antibody else None,
        antibody_span=Span(start, start + len(left)) if antibody else None,
        payload=payload,
        payload_key=_key(payload, Kind.PAYLOAD, lexicon) if payload else None,
        payload_span=span,
        target=target[0].of(match.string) if target else None,
        target_key=target[1] if target else None,
        target_span=target[0] if target else None,
    )


def _target_in(left: str, start: int, lexicon: Lexicon) -> tuple[Span, str | None] | None:
    """The target that the left half names, 'ROR2' in 'CAB-ROR2' and what follows 'anti-'."""
    pieces = [(m.start(), m.end()) for m in re.finditer(r"[^-]+", left)]
    for first in range(len(pieces)):
        for last in range(len(pieces), first, -1):
            low, high = pieces[first][0], pieces[last - 1][1]
            key = _key(left[low:high], Kind.TARGET, lexicon) if high - low > 2 else None
            if key:
                return Span(start + low, start + high), key
    if left.lower().startswith("anti-") and len(left) > 6:
        return Span(start + 5, start + len(left)), None
    return None


def _key(name: str, kind: Kind, lexicon: Lexicon) -> str | None:
    keys = [key for key in lexicon.lookup(name) if key.startswith(f"{kind}/")]
    return keys[0] if len(keys) == 1 else None


def is_second_word(word: str, lexicon: Lexicon, *, first: str) -> bool:
    """Whether `word` after `first` is a conjugate's second word: listed, or of a stem's shape after '-mab'."""
    word = word.lower()
    if word in lexicon.suffixes:
        return True
    shaped = _STEM_END.search(word) is not None and word not in _NO_CONJUGATE
    return shaped and _MAB_END.search(first.lower()) is not None


# ---------------------------------------------------------------- finding

_ENDINGS = ("mab", "tug", "bart", "mig")
_INN_SPOTS = spotter(_ENDINGS)
_SECOND_SPOTS = spotter(
    "tansine dotin tecan ozogamicin irine xetan tox mazine bulin manitin talocan toclax stinag tolimod".split()
)
_HALF_SPOTS = spotter(
    (
        "dm1 dm4 dm2 dm3 mmae mmaf mmad sn-38 sn38 -dox pbd dxd duba pe38 pe24 pe40 pnu ir700 -adc exatecan tlr7 tlr8 "
        "tlr9"
    ).split()
)
_FIRST_LETTERS = re.compile(r"[A-Za-z-]+\Z")
_LAST_LETTERS = re.compile(r"[A-Za-z]*")
_GLUED_BEFORE = re.compile(r"with|and|of|for|by|to")
_MADE_WITH = re.compile(r"\s?[®™]*\s+(?:technolog|platform)", re.IGNORECASE)
"""What follows a technology named like an antibody: 'the HuMab technology'."""
_PERSON_LIKE = frozenset("hobart stobart stubart bart".split())


def find(page: Page, lexicon: Lexicon) -> Iterator[Mention]:
    """Conjugates and antibodies by the shape of their names, unsorted."""
    if page.medical:
        yield from _second_words(page, lexicon)
        yield from _first_words(page, lexicon)
        yield from _halves(page, lexicon)
        yield from _labelled(page, lexicon)


def _labelled(page: Page, lexicon: Lexicon) -> Iterator[Mention]:
    """'iodine I 131 tositumomab': radioconjugates named by their nuclide and what carries it."""
    for at, to in _NUCLIDES(page.lower, 0, len(page.lower)):
        begin = at
        while begin and (page.text[begin - 1].isdigit() or page.text[begin - 1] in "([-"):
            begin -= 1
        match = _RADIO.match(page.text, begin, to + 60)
        if (
            match is None
            or page.text[match.end() : match.end() + 1].isalnum()
            or page.text[begin - 1 : begin].isalnum()
        ):
            continue
        key = _key(match.group(), Kind.CONJUGATE, lexicon)
        yield page.mention(Kind.CONJUGATE, *match.span(), "conjugate.labelled", key)


_NUCLIDES = spotter(
    """iodine yttrium lutetium actinium indium technetium thorium astatine copper gallium zirconium rhenium bismuth
    samarium terbium 131i 90y 177lu 225ac 111in 99mtc 227th 211at 67cu 68ga 89zr 188re 212pb 213bi""".split()
)


def _second_words(page: Page, lexicon: Lexicon) -> Iterator[Mention]:
    text = page.text
    for at, to in _SECOND_SPOTS(page.lower, 0, len(page.lower)):
        begin = _letters_before(text, at)
        end = to + len(_after(text, to))
        word = text[begin:end]
        before = _BLANKS_BEFORE.search(text, max(0, begin - 8), begin)
        if before is None or text[end : end + 1].isalnum() or "\n\n" in before.group():
            continue
        first = _WORD_BEFORE.search(text, max(0, before.start() - 40), before.start())
        if first is None or (first.start() and (text[first.start() - 1].isalnum() or text[first.start() - 1] in "-‐")):
            continue
        stem = first.group().rpartition("-")[2]
        if stem.lower() in _WORDS or not is_second_word(word, lexicon, first=stem):
            continue
        suffix = _SUFFIX.match(text, end)
        stop = suffix.end() if suffix else end
        key = _key(text[first.start() : stop], Kind.CONJUGATE, lexicon) or _key(
            f"{stem} {word}", Kind.CONJUGATE, lexicon
        )
        yield page.mention(Kind.CONJUGATE, first.start(), stop, "conjugate.inn", key)


_WORDS = frozenset(
    """conjugate conjugated payload called inhibitor including company against antibody linker termed containing
    therapy agents payloads toxins cytotoxin chelator derivative generic suffix attached linked conjugates""".split()
)


def _letters_before(text: str, at: int) -> int:
    while at and text[at - 1].isalpha():
        at -= 1
    return at


def _after(text: str, at: int) -> str:
    match = _LAST_LETTERS.match(text, at)
    return match.group() if match else ""


def _in_address(text: str, begin: int, end: int) -> bool:
    """Whether a word is a piece of an address, or one as in 'radiolabelled-trastuzumab'."""
    if text[begin - 1 : begin] not in ("-", "/", ".", "_", "@"):
        return False
    if text[max(0, begin - 4) : begin].lower() in ("fam-", "ado-"):
        return False
    return text[end : end + 1] == "-" or text[begin - 1] != "/"


def _first_words(page: Page, lexicon: Lexicon) -> Iterator[Mention]:
    text = page.text
    for at, to in _INN_SPOTS(page.lower, 0, len(page.lower)):
        if text[to : to + 1].isalnum():
            continue
        begin = _letters_before(text, at)
        word = text[begin:to].lower()
        if to - begin < 7 or word in _PERSON_LIKE or (begin and (text[begin - 1].isdigit() or text[begin - 1] == "'")):
            continue
        if _in_address(text, begin, to) or _MADE_WITH.match(text, to):
            continue
        glued = _GLUED_BEFORE.match(word)
        if glued and lexicon.lookup(word[glued.end() :]):
            begin, word = begin + glued.end(), word[glued.end() :]
        if not word.endswith("mab") and (text[begin].isupper() and not page.shouts(begin, to)):
            continue
        suffix = _SUFFIX.match(text, to)
        key = _key(word, Kind.ANTIBODY, lexicon)
        yield page.mention(Kind.ANTIBODY, begin, suffix.end() if suffix else to, "antibody.inn", key)


def _halves(page: Page, lexicon: Lexicon) -> Iterator[Mention]:
    text = page.text
    for at, to in _HALF_SPOTS(page.lower, 0, len(page.lower)):
        begin = max(text.rfind(c, max(0, at - 40), at) for c in ' \n\t(/,;"“[') + 1
        match = _HYPHENED.match(text, begin) or _GLUED.match(text, begin)
        if match is None or match.end() != to or not _names_antibody(match["left"]):
            continue
        key = _key(match.group(), Kind.CONJUGATE, lexicon)
        yield page.mention(Kind.CONJUGATE, match.start(), match.end(), "conjugate.halves", key)


def _names_antibody(left: str) -> bool:
    """Whether the left half is no linker and no common word."""
    pieces = left.lower().split("-")
    if all(piece in _NOT_ANTIBODY for piece in pieces) or pieces[-1] in ("non", "pre", "post", "class", "anti"):
        return False
    return (len(left) > 2 and any(c.isupper() or c.isdigit() for c in left)) or left.lower().endswith("mab")
