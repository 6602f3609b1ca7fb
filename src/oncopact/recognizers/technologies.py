"""Technologies by the word that follows: 'the Dolaflexin platform', 'PROBODY® technology', "X's ADC technology".

Only a name of its own counts: a trademark, an acronym, a coined word. 'mRNA platform' and 'trading platform' name none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from oncopact.lexicon import Lexicon
from oncopact.model import Kind, Mention
from oncopact.recognizers.company_walk import common
from oncopact.recognizers.page import Page
from oncopact.recognizers.spots import spotter

_SPOTS = spotter([" technolog", " platform", " spacer", " linker", " chemistry", " chemistries"])
_SMALL_HEAD = re.compile(r"\s+(?:spacers?|linkers?|chemistry|chemistries)(?![\w-])")
"""What a coined or signed name stands before; a linker of no such name is none of its own."""
_COINED = re.compile(r"[A-Z][a-z]+[A-Z]\w*|[a-z]{1,2}[A-Z][a-z]\w*")
_HEAD = re.compile(
    r"\s+(?:technology|technologies|platforms?)(?![\w-])(?!\s+(?:compan|officer|transfer|partner|sector|"
    r"stock|provider|group|inc\b|corp|solutions|officer|committee))",
    re.IGNORECASE,
)
_WORDS = (
    r"(?:proprietary|antibody|therapeutic|therapeutics|drug|linker|conjugation|extraction|"
    r"linker[-\s]payload|payload|delivery|discovery|conjugate|bispecific|masking|ADC|display|expression|"
    r"engineering|targeting|antibody[-\s]drug[-\s]conjugate|prodrug|immunotherapy|T[- ]cell|cell|"
    r"screening|protein|design|mouse|drug[-\s]conjugate|production|platform|technology|vector|formulation|"
    r"conjugate\s\(ADC\))"
)
_NAME_BEFORE = re.compile(
    rf"""(?<![\w-])(?P<name>
        (?:[A-Z0-9][\w‐-]*(?:TM|[®™])? | [a-z]{{1,3}}[A-Z][\w-]*) [®™+]*
        (?:\s(?:[A-Z][\w‐-]*[®™+]*|of|for|to)){{0,4}}?
        (?:\s\((?:[A-Z][\w®™-]{{1,12}}|[A-Z][\w\s-]{{5,70}})\))?
    ) (?:\s{_WORDS}){{0,3}}\Z""",
    re.VERBOSE,
)
_OWN_ADC = re.compile(
    r"(?:['’]s?|\b(?:its|their|our|proprietary|own))\s+(?:(?:proprietary|novel|own|innovative|leading|"
    r"unique|next[-\s]generation|industry-leading|clinically\svalidated|validated|advanced)\s+){0,2}"
    r"(?P<name>(?:antibody[-\s]drug[-\s]conjugate\s(?:\(ADCs?\)\s)?|"
    r"ADC\s(?:linker[-\s]payload\s)?)(?:technology|technologies|platform))",
)
_NO_NAME = frozenset(
    """
        the a an our its their this that these such new novel our both each any other no all proprietary adc adcs
        mrna rna dna ai crispr car car-t t-cell antibody drug cell gene therapy delivery information digital data
        cloud mobile online trading software e-commerce manufacturing science biotechnology health healthcare medical
        clinical next-generation next generation core key leading chief vice director senior officer we with using
        through by and for to of in on at as from information web internet payment video media social enterprise
        financial company sirna nanoparticle aav lnp screening discovery development drug-delivery imaging diagnostic
        sequencing ngs pcr api saas iot 5g 4g ip it gps lte blockchain protein peptide small molecule vaccine
        bispecific multi-specific linker payload linker-payload conjugation global innovative advanced vaccines
        radioligand radiopharmaceutical technology technologies platform platforms science research sciences
        innovation phase part under based first second third one two three building combining combined leveraging
        while although if when however additionally unlike tumor cancer oncology immuno-oncology immunotherapy
        monoclonal therapeutic engineering molecular pharmaceutical nanotechnology chemistry t b nk il-2 il-15 tcr
        bite tki covid-19 ev hpv hsv msc ips ipsc il she he it they you i oncolytic stem
    """.split()
)


def find(page: Page, lexicon: Lexicon) -> Iterator[Mention]:
    """Technologies by what follows their name, and a company's own 'ADC technology', unsorted."""
    if not page.medical:
        return
    text = page.text
    names: dict[str, str | None] = {}
    for at, _ in _SPOTS(page.lower, 0, len(page.lower)):
        small = _SMALL_HEAD.match(text, at) is not None
        if not small and _HEAD.match(text, at) is None:
            continue
        low = max(page.bounds(at)[0], at - 130)
        match = _NAME_BEFORE.search(text, low, at)
        if match is None or page.shouts(at, at):
            continue
        start, end = _cut(match, lexicon)
        name = text[start:end]
        if small and not (re.search(r"[®™]", name) or _COINED.fullmatch(name)):
            continue
        told = page.oncology or _OWNED_COINAGE.search(text, max(low, start - 3), end)
        if not (told and _is_name(page, name, start)):
            continue
        keys = [key for key in lexicon.lookup(name) if key.startswith("technology/")]
        key = keys[0] if len(keys) == 1 else None
        for begin, stop in _halves(text, start, end):
            yield page.mention(Kind.TECHNOLOGY, begin, stop, "technology.platform", key)
            names.setdefault(text[begin:stop], key)
    for match in _after_cue(page) if page.oncology else ():
        begin, stop = match.span("name")
        yield page.mention(Kind.TECHNOLOGY, begin, stop, "technology.named")
        names.setdefault(text[begin:stop], None)
    tells = page.oncology and ("adc" in page.lower or "antibody-drug" in page.lower)
    for match in _OWN_ADC.finditer(text) if tells else ():
        yield page.mention(Kind.TECHNOLOGY, *match.span("name"), "technology.own-adc")
    yield from _again(page, names)


_OWNED_COINAGE = re.compile(r"['’]s?\s+[A-Z][A-Z]*[a-z]+[A-Z]?\w*[®™]*\Z")
_CUES = spotter(" technology| technologies| platform| platforms| linker| linkers| chelator| payload".split("|"))
_AFTER_CUE = re.compile(
    r"(?:,?\s(?:which\sis\s)?(?:called|named|known\sas|termed)\s|,?\s)[(\"“]?"
    r"(?P<name>[A-Z][a-z]+[A-Z]\w*|[A-Z][A-Za-z]{2,}(?=\s?[®™])|(?:(?<=called\s)|(?<=named\s))[A-Z][a-z]{4,})(?![\w-])"
    r"(?!['’]s|\s(?:Inc|Corp|Ltd|AG|GmbH|Therap|Pharma|Bio))"
)


def _after_cue(page: Page) -> Iterator[re.Match[str]]:
    """'its chelator ZirCage', 'a platform called LinkoSet': a coinage that the kind of thing stands before."""
    for _, to in _CUES(page.lower, 0, len(page.lower)):
        high = page.bounds(to - 1)[1]
        match = _AFTER_CUE.match(page.text, to, high)
        if match is not None:
            yield match
        while match is not None and (match := _NEXT_SIGNED.match(page.text, match.end(), high)) is not None:
            yield match


_NEXT_SIGNED = re.compile(r"\s?[®™](?:,\s|,?\sand\s)(?P<name>[A-Z][A-Za-z]{2,})(?=\s?[®™])")
"""'its technologies, Zolaas® and Zovex®'."""


_LAST_WORD = re.compile(
    r"\s(?:Technology|Platform|Discovery|Technologies|Linker|Therapeutics?|Antibody|ADC|Payload|Drug|"
    r"Delivery|Conjugate)\Z"
)


def _cut(match: re.Match[str], lexicon: Lexicon) -> tuple[int, int]:
    """The name without a payload, target or company before it and without common words after it."""
    start, end = match.span("name")
    text = match.string
    while (first := _FIRST_WORD.match(text, start, end)) is not None:
        start = first.end()
    while (last := _LAST_WORD.search(text, start, end)) is not None:
        end = last.start()
    while (gap := _GAP.search(text, start, end)) is not None and text[gap.end()] != "(":
        keys = lexicon.lookup(text[start : gap.start()])
        if not keys or any(key.startswith("technology/") for key in keys):
            break
        start = gap.end()
    return start, end


_FIRST_WORD = re.compile(
    r"(?:The|An?|Our|Its|Their|This|These|Both|Using|Through|With|Via|By|In|Under|And)\s+(?=[A-Z])"
)
_GAP = re.compile(r"\s+")
_OWNER = re.compile(r"(?:['’]s?|\b(?:its|their|our|proprietary|own|the|premium|novel|patented|unique))\s+\Z")


def _is_name(page: Page, name: str, start: int) -> bool:
    """Whether capitalised words before 'technology' are a name of its own."""
    plain = re.sub(r"[®™+]", "", name)
    words = re.sub(r"\(.*", "", plain).split()
    if (
        not words
        or words[0].lower() in _NO_NAME
        or len(plain) < 3
        or words[-1].lower() in ("of", "for", "to", "and", "in")  # 'Renewal of Technology Access Agreement'
        or plain.endswith(("-based", "-driven", "-enabled", "-derived"))
    ):
        return False
    if all(word.lower() in _NO_NAME for word in words) or re.search(r"['’]s?\Z", words[0]):
        return False
    if re.search(r"[®™]|TM\b", name) or "(" in name:
        return True
    if _OWNER.search(page.text, max(0, start - 16), start) is None:
        return re.search(r"[a-z][A-Z]", words[0]) is not None
    coined = (len(words[0]) > 2 and words[0].isupper()) or re.search(r"[a-z][A-Z]|\d|[A-Z]{2}", words[0]) is not None
    return coined or (len(words[0]) > 4 and not common(page, words[0]))


def _halves(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """'Tumor-Activated Prodrug (TAP)' as its two halves; another name as it is, without marks at its end."""
    name = text[start:end]
    opening = name.find("(")
    if opening > 0 and name.endswith(")"):
        yield start, start + len(name[:opening].rstrip().rstrip("®™"))
        yield start + opening + 1, end - 1
    else:
        yield start, start + len(name.rstrip("®™"))


def _again(page: Page, names: dict[str, str | None]) -> Iterator[Mention]:
    """Further places of a name that one place has proved."""
    for name, key in sorted(names.items()):
        if len(name) < 3:
            continue
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w])", page.text):
            yield page.mention(Kind.TECHNOLOGY, *match.span(), "technology.platform", key)
