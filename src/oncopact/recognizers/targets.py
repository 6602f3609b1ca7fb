"""Targets, and the antibodies that are named by them: 'anti-X', 'X-directed', 'X inhibitor', '… receptor (X)'.

What stands there must look like a gene's or an antigen's symbol; diseases, agencies and abbreviations do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from oncopact.lexicon import Lexicon
from oncopact.model import Kind, Mention, Span
from oncopact.recognizers.page import Page
from oncopact.recognizers.spots import spotter

# ---------------------------------------------------------------- symbols

_SYMBOL = r"""(?:
    [A-Z][A-Za-z]{0,6}(?:-?[A-Z])?[-‐]?\d{1,3}(?:\.\d)?[A-Za-z]{0,3}\d{0,2}[α-ω]?\d?(?:-\d)?   # CD44v6, HER2
  | [A-Z]\d{1,2}-[A-Z]\d{1,2}                                                                  # B7-H3
  | (?:TA|c|C)-?[A-Z]{3,4}\d{0,2}                                                              # c-MET, TA-MUC1
  | [A-Z]{2,6}[a-z]?-?[α-ωΑ-Ω]\d?(?:[A-Z]\d?)?                                                 # FRα, TGFβ
  | [α-ω]v?[β]\d | αv | \dB\d
  | [A-Z]{2,4}-[A-Z]?\d{1,3}[A-Z]?\d?[α-ω]?                                                     # PD-1, PD-L1, CTLA-4
  | (?:[A-Z][a-z]{1,3}[A-Z]{1,4}[a-zA-Z]?|[A-Z]{3,7}) \d{0,2}                                  # EpCAM, PSMA, LAP
)"""
SYMBOL = re.compile(_SYMBOL + r"(?![\w])", re.VERBOSE)
_STRICT = re.compile(r".*[\dα-ω]|.*[a-z].*[A-Z]|c-")

NOT_TARGETS = frozenset(
    """
        fda ema sec nih nci who usa nsclc sclc tnbc hcc rcc crc aml cml cll mds dlbcl nhl hnscc gbm pdac hiv aids
        copd covid covid-19 sars hbv hcv hpv ebv cmv rsv adc adcs radc dac mab mabs bsab bite car car-t tap dna rna
        mrna sirna aso asos ind nda bla ibla maa phase ceo cfo cmo cso asco ash esmo aacr sitc iso gmp cgmp glp gcp
        nasdaq nyse ebitda gaap usd eur gist gej ogj uc nmibc mibc mcrpc crpc cns pns cov dm1 dm4 mmae mmaf pbd sn-38
        dxd msi msi-h mmr dmmr pmmr tmb tmb-h hrd orr pfs dor dcr efs dfs ecog recist qol nct eu uk us un nk nkt tnm
        bmi wbc rbc anc alt ast alp t-cell b-cell ip pk pd pct ipo llc inc ltd hsr ddr i-o io r&d adme cmc cro cdmo
        cmo soc sae teae dlt mtd rp2d ibd ms ra sle ckd nash mash als nf1-pn hfref pah ipf t2d t1d ocd adhd ptsd dmd
        sma msa ild glp-1s pdx pdxs asct hsct csf mri pet ct a1c hba1c tcr bcr protac protacs top1 top1i topo1
        marker1 nox p-gp pgp maoi chemo nhp tki tkis io-io sga r/r mm hl pmbcl fl mzl mcl cscc bcc mcc ttr-fap
        oncology eq ev kol covid19 h1 h2 q1 q2 q3 q4
    """.split()
)
"""Abbreviations that stand where a target may: diseases, agencies, trial measures, kinds of medicine."""

_CHANCE = (
    r"antibod|conjugat|\bADCs?\b|inhibitor|antigen|receptor|tumou?r|cancer|immuno|T[- ]cell|CAR|antagonist|agonist|"
    r"monoclonal|protein|bispecific|degrader|kinase|radioligand|express"
)
_CONTEXT = re.compile(_CHANCE)


def is_symbol(word: str, *, strict: bool = False) -> bool:
    """Whether a word looks like a target's symbol.

    Args:
        word: As printed.
        strict: Whether plain capitals ('LAP') are not enough.

    >>> is_symbol("CD44v6"), is_symbol("NSCLC"), is_symbol("LAP"), is_symbol("LAP", strict=True)
    (True, False, True, False)
    """
    if (
        SYMBOL.fullmatch(word) is None
        or word.lower() in NOT_TARGETS
        or re.fullmatch(r"[A-Z]\d{1,3}[A-Z]?|CYP\w+|[IVX]+|[A-Z]\d", word)
    ):
        return False
    return not strict or _STRICT.match(word) is not None


# ---------------------------------------------------------------- by context

_BEFORE_SPOTS = spotter(
    (
        "anti-|anti‐|targeting |targets |directed to |directed at |directed against |directed towards |"
        "directed toward | against |binds |binds to |binding to |bind to |recognizes |recognises |"
        "specific for |inhibitor of |inhibitors of |antibody to |antibodies to | adc to | adcs to |"
        "conjugate to |conjugates to |seeks out |target |target, |antigen |targeted to |expressing |express "
    ).split("|")
)
_AFTER_SPOTS = spotter(
    (
        "-targeted|-targeting|-directed|-specific|-binding| targeted | targeting | directed |-expressing|"
        "-positive| inhibitor| antibod| receptor| antigen| adc| conjugate| antagonist| agonist| degrader|"
        "-mutant|-mutated|-overexpressing"
    ).split("|")
)
_LEAD = re.compile(
    r"(?:(?:the|a|an|both|human|its|cell[- ]surface|surface|tumor|protein|antigen|target|"
    r"receptor)\s+){0,3}[(\"“]?(?=\S)"
)
_WORD = re.compile(r"(?<![\w/])[A-Za-zα-ω0-9][\w.α-ω‐-]*\Z")
_ANTI_FIRST = re.compile(r"(?P<symbol>[A-Za-z0-9α-ω][\w.α-ω]*(?:[-‐][A-Z\dα-ω][\w.]*)*)")
_ANTI_STOP = frozenset(
    """
        cancer tumor tumour viral virus bacterial fungal angiogenic inflammatory idiotype idiotypic drug body bodies
        infective infectives trust dilution fibrotic leukemic proliferative human mouse murine coagulant thrombotic
        microbial malarial cancers oxidant aging ageing takeover corruption bribery kickback money fraud metastatic
        neoplastic mitotic cytokine inflammatory psychotic depressant emetic hypertensive diabetic obesity parasitic
        rheumatic estrogen androgen hormonal hormone convulsant migraine immune allergic histamine depressants
        cancerous lymphoma spam abuse boycott
    """.split()
)


def find(page: Page, lexicon: Lexicon) -> Iterator[Mention]:
    """Targets by what stands beside them, unsorted."""
    if page.medical:
        yield from _after_cue(page, lexicon)
        yield from _before_cue(page, lexicon)
        yield from _bracketed(page, lexicon)
        yield from _in_words(page, lexicon)


def _key(name: str, lexicon: Lexicon) -> str | None:
    keys = [key for key in lexicon.lookup(name) if key.startswith("target/")]
    return keys[0] if len(keys) == 1 else None


def _after_cue(page: Page, lexicon: Lexicon) -> Iterator[Mention]:
    text = page.text
    for at, to in _BEFORE_SPOTS(page.lower, 0, len(page.lower)):
        if at and text[at].isalpha() and text[at - 1].isalnum():
            continue
        if text[at : at + 4].lower() == "anti":
            yield from _anti(page, to, lexicon)
            continue
        lead = _LEAD.match(text, to)
        match = SYMBOL.match(text, lead.end() if lead else to)
        if match is None:
            continue
        cue = text[at:to].lower()
        strict = not cue.startswith(("targeting", "directed", "antibod", "inhibitor", "binds", "bind"))
        if is_symbol(match.group(), strict=strict or not _context(page, at)) and not _is_code(text, match.end()):
            if cue.startswith((" against", "express")) and not _context(page, at):
                continue
            yield page.mention(Kind.TARGET, *match.span(), "target.directed", _key(match.group(), lexicon))


def _is_code(text: str, end: int) -> bool:
    """Whether letters and a number go on as a code does ('IMGN-853', 'PRO 140')."""
    return re.match(r"[-‐]?\d{2,}|[-‐][A-Z]", text[end : end + 6]) is not None


def _context(page: Page, at: int) -> bool:
    low, high = page.bounds(at)
    return _CONTEXT.search(page.text, low, high) is not None


def _anti(page: Page, to: int, lexicon: Lexicon) -> Iterator[Mention]:
    match = _ANTI_FIRST.match(page.text, to)
    if match is None:
        return
    symbol = match["symbol"].rstrip(".-")
    for cut in range(symbol.count("-") + 1):
        part = symbol.rsplit("-", cut)[0] if cut else symbol
        key = _key(part, lexicon)
        if key or (is_symbol(part) and not (page.shouts(to, match.end()) and part.lower() in _ANTI_STOP)):
            if part.lower() not in _ANTI_STOP:
                yield page.mention(Kind.TARGET, to, to + len(part), "target.anti", key)
            return


def _before_cue(page: Page, lexicon: Lexicon) -> Iterator[Mention]:
    text = page.text
    for at, to in _AFTER_SPOTS(page.lower, 0, len(page.lower)):
        match = _WORD.search(text, max(0, at - 16), at)
        if match is None or not is_symbol(match.group()):
            continue
        cue = text[at:to].lower()
        sure = cue.startswith(
            ("-target", "-direct", " target", " direct", " inhib", " antag", " agon", " degra", " antib")
        )
        if not sure and not is_symbol(match.group(), strict=True):
            continue
        if cue in (" adc", "-positive", "-specific", "-binding", " receptor") and not _context(page, at):
            continue
        if _looks_like_code(match.group()) or (
            match.group().isalpha() and match.group().isupper() and page.shouts(match.start(), match.end())
        ):
            continue
        yield page.mention(Kind.TARGET, *match.span(), "target.named-by", _key(match.group(), lexicon))


def _looks_like_code(word: str) -> bool:
    return re.fullmatch(r"[A-Z]{2,5}-?\d{3,5}[A-Z]?", word) is not None


_LONG_ENDS = spotter(
    f"{word} ("
    for word in (
        "receptor protein antigen molecule peptide kinase ligand glycoprotein integrin factor alpha α mesothelin "
        "cadherin synthase transporter"
    ).split()
)
_SURFACE = re.compile(r"\b(?:surface|membrane|transmembrane)\s\w+\s*\Z")
_LONG = re.compile(r"(?:[\w’'α-ω-]+[\s\n]+){1,6}[\w’'α-ω-]+\s*\Z")


def _bracketed(page: Page, lexicon: Lexicon) -> Iterator[Mention]:
    """'latency-associated peptide (LAP)': both forms."""
    text = page.text
    for _, to in _LONG_ENDS(page.lower, 0, len(page.lower)):
        match = SYMBOL.match(text, to)
        if match is None or text[match.end() : match.end() + 1] != ")" or match.group().lower() in NOT_TARGETS:
            continue
        if not _context(page, to) or not is_symbol(match.group()):
            continue
        low = page.bounds(to - 2)[0]
        long = _long_form(text, max(low, to - 90), to - 1, match.group())
        if long is None and not _SURFACE.search(text, max(low, to - 30), to - 1):
            continue
        yield page.mention(Kind.TARGET, *match.span(), "target.long-form", _key(match.group(), lexicon))
        if long is not None:
            yield page.mention(
                Kind.TARGET, long, len(text[: to - 1].rstrip()), "target.long-form", _key(match.group(), lexicon)
            )


def _long_form(text: str, low: int, end: int, short: str) -> int | None:
    """Where the long form of `short` begins before `end`: the words whose initials give its letters."""
    letters = [c for c in short.lower() if c.isalpha() and c.isascii()]
    words = [(m.start(), m.group().lower()) for m in re.finditer(r"[A-Za-zα-ω]+", text[low:end])]
    at = len(words)
    for letter in reversed(letters):
        at -= 1
        while at >= 0 and not words[at][1].startswith(letter):
            at -= 1
            if len(words) - at > 2 * len(letters) + 1:
                return None
        if at < 0:
            return None
    return low + words[at][0]


_WORD_ENDS = spotter([" receptor", " antigen", " mucin", " glycoprotein", " transporter", " integrin"])
_IN_WORDS = re.compile(
    r"(?P<lead>\b(?:recogni[sz](?:es|ing)|binds(?:\sto)?|binding\sto|targets|targeting|directed\s(?:to|at|against)|against|"
    r"antibod(?:y|ies)\sto|inhibitors?\sof)\s|anti-|\b(?i:an?|the|its|our)\s)(?:the\s|human\s)?"
    r"(?P<name>(?:[a-z][\w-]*\s){1,3}?(?:receptor|antigen|mucin|glycoprotein|transporter|integrin)"
    r"(?:[-\s](?:\d\w?|alpha|beta|gamma))?)(?![\w-])(?P<symbol>\s\(?[A-Z][A-Z\d]{2,7}(?![\w-]))?"
)
_DETERMINERS = frozenset("a an the its our".split())
_GENERIC_WORDS = frozenset(
    """cell surface tumor tumour cancer specific associated tumor-associated tumor-specific novel unique target human
    membrane key this that certain the a an cell-surface protein same different single particular
    known other new second third
    another and or of in to on for extracellular transmembrane immune common undisclosed additional receptor antigen
    estrogen androgen hormone cancer-associated embryonic growth factor oncofetal overexpressed chimeric t-cell
    b-cell""".split()
)
_LEADING_GENERIC = re.compile(rf"(?:(?:{'|'.join(sorted(_GENERIC_WORDS, key=len, reverse=True))})\s)*")
_MADE_TO = re.compile(r"\s\(?(?:[\w-]+\)?\s){0,2}?(?:conjugates?|ADCs?|antibod|immunotoxin|radioligand)")


def _in_words(page: Page, lexicon: Lexicon) -> Iterator[Mention]:
    """'recognises the neurotensin receptor 1', 'an amylin receptor conjugate', 'binds the folate transporter PCFT'."""
    text = page.text
    for at, to in _WORD_ENDS(page.lower, 0, len(page.lower)):
        low, high = page.bounds(at)
        found = _IN_WORDS.finditer(text, max(low, at - 70), min(high, to + 16))
        match = next((m for m in found if m.start("name") < to <= m.end()), None)
        if match is None or all(word in _GENERIC_WORDS for word in match["name"].lower().split()[:-1]):
            continue
        directed = match["lead"].strip().lower() not in _DETERMINERS
        if not (directed or _MADE_TO.match(text, match.end("name"))):
            continue
        symbol = (match["symbol"] or "").strip(" (")
        if symbol and is_symbol(symbol):
            start = match.end() - len(symbol)
            yield page.mention(Kind.TARGET, start, match.end(), "target.words", _key(symbol, lexicon))
            if "(" not in match["symbol"]:
                continue
        generic = _LEADING_GENERIC.match(text, match.start("name"), match.end("name"))
        start = generic.end() if generic else match.start("name")
        name = text[start : match.end("name")]
        yield page.mention(Kind.TARGET, start, match.end("name"), "target.words", _key(name, lexicon))


_NEIGHBOUR = re.compile(r"(?:,\s+(?:and\s+|or\s+)?|\s+(?:and|or|and/or)\s+|/)")


def beside(page: Page, known: Iterable[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """Symbols in one list with known targets: 'no EGFR or ALK aberrations'."""
    text = page.text
    for mention in known:
        if mention.kind is not Kind.TARGET or not page.medical:
            continue
        gap = _NEIGHBOUR.match(text, mention.span.end)
        match = SYMBOL.match(text, gap.end()) if gap else None
        if (
            match
            and is_symbol(match.group())
            and not _is_code(text, match.end())
            and not _looks_like_code(match.group())
        ):
            high = page.bounds(mention.span.start)[1]
            if match.end() <= high and not page.shouts(match.start(), match.end()):
                yield page.mention(Kind.TARGET, *match.span(), "target.list", _key(match.group(), lexicon))


# ---------------------------------------------------------------- antibodies named by their target

_ANTIBODY_SPOTS = spotter([" antibod", " monoclonal antibod", " mab", " bispecific antibod", "-antibod"])
_LAST_WORD = re.compile(r"[^\s(\"“,;]+\Z")
_ANTIBODY_NAME = re.compile(
    r"(?P<name>(?P<anti>anti[-‐])?(?P<target>[A-Za-z0-9α-ω][\w.α-ω‐/-]*)\s+(?P<kind>(?:(?:human(?:ized|"
    r"ised)?|chimeric|fully|murine|naked|therapeutic|monoclonal|candidate)\s+){0,3}"
    r"(?:antibody|antibodies|mAbs?)))(?![\w-])",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"(?:['’]s?|\b(?:its|their|our|proprietary|own|portfolio\sof|called|novel|lead|whose|developed\sthe|"
    r"develop\sthe))\s+"
    r"(?:(?:(?:own|first|lead|novel|proprietary|fully|human(?:ized|ised)?|new|investigational|potent|"
    r"selective|clinical|therapeutic)\s+){0,3})[(\"“]?\Z"
)


def antibodies(page: Page, targets: Iterable[Mention]) -> Iterator[Mention]:
    """'anti-CD44v6 antibody' where it is somebody's, and the same words elsewhere in that release."""
    text = page.text
    named = {m.span.start: m for m in targets}
    found: list[tuple[Span, str, bool]] = []
    for at, _ in _ANTIBODY_SPOTS(page.lower, 0, len(page.lower)):
        begin = _LAST_WORD.search(text, max(0, at - 40), at)
        if begin is None:
            continue
        match = _ANTIBODY_NAME.match(text, begin.start())
        if match is None or match.start("target") not in named:
            continue
        target = named[match.start("target")]
        if target.span.end != match.end("target") or re.match(r"[-\s]drug\b", text[match.end() : match.end() + 6]):
            continue
        owned = _OWNED.search(text, max(0, match.start() - 60), match.start()) is not None
        found.append((Span(*match.span("name")), _stem(match["name"]), owned))
    owners = {name for _, name, owned in found if owned}
    for span, name, _ in found:
        if name in owners:
            yield page.mention(Kind.ANTIBODY, span.start, span.end, "antibody.anti-target")


def _stem(name: str) -> str:
    return re.sub(r"antibodies\Z", "antibody", " ".join(name.lower().split()))


def targets_within(mention: Mention, lexicon: Lexicon) -> Mention | None:
    """The target inside an antibody's name: CD44v6 in 'anti-CD44v6 antibody'; None for other names.

    The span counts in the release, provided that the name is printed without doubled blanks before the target.
    """
    match = _ANTIBODY_NAME.fullmatch(mention.text)
    if mention.kind is not Kind.ANTIBODY or match is None:
        return None
    start = mention.span.start + match.start("target")
    end = mention.span.start + match.end("target")
    return Mention(Kind.TARGET, Span(start, end), match["target"], "target.anti", _key(match["target"], lexicon))
