"""Companies by what stands beside their names: 'X announced', 'its partner X', 'agreements with A, B and X'.

Nothing in such a name says that it is a company's, so what may not be one is left out: persons, places, common words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from oncopact.model import Kind, Mention, SectionKind
from oncopact.recognizers import institutions
from oncopact.recognizers.company_walk import common, speakable, unglued, walk
from oncopact.recognizers.company_words import GENERIC_NAMES, LEGAL_FORM, STOP
from oncopact.recognizers.page import Page
from oncopact.recognizers.persons import is_given, is_person
from oncopact.recognizers.spots import spotter
from oncopact.recognizers.targets import NOT_TARGETS

CAPITALISED = r"(?:(?:[A-Z]\.){1,3}(?=[ \n][A-Z][a-z])|[A-Z][\w&'’.-]*[\w®™]|[A-Z]|[a-z]{1,4}[A-Z]\w+|\d[A-Z]\w+)"
_NAME = rf"(?P<name>{CAPITALISED}(?:[ \n](?:&[ \n])?{CAPITALISED}){{0,3}})"
_CUES = (
    "partner|licensee|licensor|collaborator|subsidiary of|subsidiary|division of|unit of|acquired by|"
    "licensed to|licensed from|licensed by|agreement with|collaboration with|alliance with|partnership with|"
    "formerly|previously|now part of|now a part of|became part of|"
    "acquisition of|agreements with|partnered with|license with|licence with|owned by|"
    "merger with|joint venture with|shareholder|supplied by|manufactured by|marketed by|developed by|"
    "subsidiaries of|collaborations with|affiliate of|spun out of|spin-out of|according to|information on|"
    "information about|license from|licence from|licenses from|licences from|rights from|payment from|payments from|"
    "royalties from|received from|assigned to|transferred to|sold to|sublicensed to|out-licensed to|outlicensed to|"
    "payable to|owed to|now known as|renamed|acquire|acquires|acquired|purchase of|buy|buys"
).split("|")
_CUE_SPOTS = spotter(_CUES)
_AFTER_CUE = re.compile(rf"(?:s|,)?[ \n](?:(?:of|the|between|its|our)[ \n])?(?:[A-Z][\w.]*-based[ \n])?(?=\S){_NAME}")
_DONE = (
    "acquired agreed amended assigned begun bought completed concluded entered exercised extended granted held joined "
    "launched lengthened licensed obtained opened paid received renewed selected signed taken terminated"
).split()
_ACTING = (
    *(f" {auxiliary} {done}" for auxiliary in ("has", "have", "had") for done in _DONE),
    *(
        " announced| today announced| announces| announce | will receive| to acquire| will pay| acquires| receives|"
        " is a clinical| is a biotech| is a biopharma| is a pharma| is a global| is a leading| is headquartered|"
        " is developing| are developing| are co-developing| and its affiliates| licensed | exercised| entered into|"
        " granted| signs | enters | retains| pays | owes | buys | obtains | opens | is responsible|"
        ", a subsidiary|, a wholly|, a company|, a biotech|, a biopharma|, a clinical-stage|, a global|, a leading|"
        ", a private|, a pharma|, part of|, now part| (formerly|, formerly|, an affiliate|, a member of|, a division|"
        ", a swiss|, a german|, a french|, a japanese"
    ).split("|"),
)
_ACTS = spotter(_ACTING)
_NO_ACT = re.compile(r"\s(?:signs\s(?:in|of|and|that|for|or)\b|enters\sthe\b|opens\s(?:in|at|up)\b)", re.IGNORECASE)
"""'Prognostic signs in the management of …' is no signing."""


def acting(page: Page) -> Iterator[Mention]:
    """'X announced', 'X, a biotechnology company', 'X (formerly Y)'."""
    text = page.text
    for at, _ in _ACTS(page.lower, 0, len(page.lower)):
        if at == 0 or text[at - 1] in "\"”')" or text[at - 1].isspace() or _NO_ACT.match(text, at):
            continue
        begin = walk(page, at)
        if begin is None or at - begin > 50:
            continue
        name = text[begin:at]
        if is_name(page, begin, at) and len(name.split()) <= 4:
            yield page.mention(Kind.COMPANY, begin, at, "company.acting")


def after_cue(page: Page) -> Iterator[Mention]:
    """'its partner X', 'a subsidiary of X', 'licensed to X', 'X (formerly Y)'."""
    text = page.text
    for _, to in _CUE_SPOTS(page.lower, 0, len(page.lower)):
        match = _AFTER_CUE.match(text, to)
        if match is None:
            continue
        end = match.end("name")
        name = match["name"]
        owner = re.search(r"['’]s?\Z", name)
        if owner:
            end -= len(owner.group())
        start = match.start("name")
        if "the" in text[to:start].split() and re.match(
            r"\s(?!group\b|in\b|for\b|to\b|on\b|and\b)[a-z]", text[end : end + 12]
        ):
            continue
        owned = re.search(r"['’]s?\s", text[start:end])
        end = start + owned.start() if owned else end
        words = text[start:end].split()
        cut = next((i for i, word in enumerate(words) if i and word.lower().strip(".,") in STOP), len(words))
        if cut < len(words):
            end = start + len(re.match(r"\S+" + r"\s+\S+" * (cut - 1), text[start:end]).group())  # type: ignore[union-attr]
        while text[end - 1] in ".,":
            end -= 1
        cue = page.lower[to - 12 : to]
        if cue.endswith("according to"):
            if _SURVEYOR.search(text, start, end) and not institutions.is_other(text[start:end]):
                yield page.mention(Kind.COMPANY, start, end, "company.cue")
            continue
        if cue.endswith(("ormation on", "mation about")) and not _VISIT.match(text, end):
            continue
        if cue.endswith(_BUYING) and not (_BOUGHT_ENDS.match(text, end) and text[end : end + 1] not in ("®", "™")):
            continue
        if is_name(page, start, end) or (cue.endswith(_PARTNER_CUES) and _is_acronym(page, start, end)):
            yield page.mention(Kind.COMPANY, start, end, "company.cue")


_BUYING = ("acquire", "acquires", "acquired", "purchase of", "buy", "buys")
_BOUGHT_ENDS = re.compile(
    r",\s(?:an?|the|which)\s|\s?\((?:[Nn]asdaq|NASDAQ|NYSE|AMEX|LSE)|"
    r"\sfor\s(?:[$€£¥]|US\$|up\sto|about|approximately|cash|an?\s)|\sin\san?\s(?:deal|transaction|all)|\sto\s[A-Z]|\s*\n\n|\s*\Z"
)
"""'has agreed to acquire X, a …', 'acquires X for $5 million': a company, and no medicine or asset, is bought."""
_JOINT_SPOTS = spotter(["jointly ", "co-develop", "codevelop", "co-commerciali", "co-promot"])
_JOINT = re.compile(
    rf"(?:jointly\s+\w+|co-?(?:develop|commerciali[sz]|promot)\w*)\b"
    rf"(?:(?!\bwith\b)[^.;:()]){{0,70}}\swith\s(?=\S){_NAME}"
)


def jointly(page: Page) -> Iterator[Mention]:
    """'is being jointly developed and commercialised with X', 'X is co-developed in Japan with Y'."""
    for at, _ in _JOINT_SPOTS(page.lower, 0, len(page.lower)):
        match = _JOINT.match(page.text, at, page.bounds(at)[1])
        if match is None:
            continue
        start, end = match.span("name")
        owner = _POSSESSIVE_END.search(page.text, start, end)
        end = owner.start() if owner else end
        while page.text[end - 1] in ".,":
            end -= 1
        if is_name(page, start, end):
            yield page.mention(Kind.COMPANY, start, end, "company.cue")


_PARTNER_CUES = tuple(
    """partner|licensed to|licensed from|licensed by|collaboration with|alliance with|partnership with|partnered with|
    license with|licence with|acquired by|acquisition of""".replace("\n    ", "").split("|")
)


def _is_acronym(page: Page, start: int, end: int) -> bool:
    """Whether three or four capitals after 'its partner' name a company, and no disease, measure or agency."""
    name = page.text[start:end]
    return (
        re.fullmatch(r"[A-Z]{3,4}", name) is not None
        and name.lower() not in NOT_TARGETS
        and name.lower() not in GENERIC_NAMES
        and not institutions.is_other(name)
        and not page.shouts(start, end)
        and _NAME_ENDS.match(page.text, end) is not None
    )


_NAME_ENDS = re.compile(r"['’]s?\s|[,.;)]|\s(?:in|for|to|and|has|will|is|under|on|at|as|are|that|which)\b")


_OWNED = spotter(
    (
        " linker| payload| antibod| conjugate| adc| technolog| platform| chelator| radioconjugate|"
        " agreement with| tie with|"
        " alliance with| collaboration with| partnership with| licence to| license to| licence from| license from|"
        " contract with| pact with| deal with| option on| option to"
    ).split("|")
)
_OWNER = re.compile(
    rf"(?<![\w’'-]){_NAME}(?:['’]s|(?<=s)['’])\s+"
    rf"(?:(?:(?!and\b)[\w/-]+\s+){{0,3}}|proprietary\s(?:[\w/-]+\s+|\([\w-]+\)\s+){{0,6}})\Z"
)
_WORD = re.compile(r"(?P<word>\S+)\s*")
_POSSESSIVE_END = re.compile(r"(?<=\w)['’]s?\Z")
_POSSESSIVE = re.compile(r"['’]s?\b")
_NO_OWNER = frozenset("Alzheimer Parkinson Hodgkin Crohn Ewing Huntington Company World Nature Today Burkitt".split())


def owners(page: Page) -> Iterator[Mention]:
    """Whoever owns what only companies have, 'the linkers of X' as a genitive."""
    text = page.text
    for at, _ in _OWNED(page.lower, 0, len(page.lower)):
        match = _OWNER.search(text, max(page.bounds(at)[0], at - 60), at + 1)
        if match is None or match["name"].split()[-1] in _NO_OWNER or not page.medical:
            continue
        start, end = match.span("name")
        lead = [word.end() for word in _WORD.finditer(text, start, end) if word["word"].lower() in STOP]
        start = lead[-1] if lead else start
        if start < end and not _POSSESSIVE.search(text, start, end) and is_name(page, start, end):
            yield page.mention(Kind.COMPANY, start, end, "company.owner")


_DEFINITIONS = spotter(['("', "(“", '; "', "; “"])
_DEFINITION = re.compile(r"[(;]\s?[\"“](?P<short>[A-Z][\w&-]+)[\"”]")
_BRACKETS_BEFORE = re.compile(r"(?:\s*\([^()]{0,80}\)){0,2}\s*(?:\([^()]{0,40})?\Z")


def defined(page: Page) -> Iterator[Mention]:
    """'Berning Research ("Berning")': a short name that the full one begins with."""
    text = page.text
    for at, _ in _DEFINITIONS(page.lower, 0, len(page.lower)):
        match = _DEFINITION.match(text, at)
        brackets = _BRACKETS_BEFORE.search(text, max(page.bounds(at)[0], at - 150), at)
        if match is None or brackets is None:
            continue
        owned = _POSSESSIVE_END.search(text, max(0, brackets.start() - 3), brackets.start())
        end = owned.start() if owned else brackets.start()
        begin = walk(page, end)
        name = text[begin:end] if begin is not None else ""
        if begin is not None and name.split()[:1] == [match["short"]] and len(name.split()) > 1 and speakable(name):
            yield page.mention(Kind.COMPANY, begin, end, "company.defined")


_SURVEYOR = re.compile(r"\s(?:Research|Insights|Analytics|Intelligence|Consulting|Associates|Group)\Z")
_VISIT = re.compile(r"['’]?s?,?\s+(?:please\s+)?(?:visit|go\sto|see|call)\b|\.")
_DEGREE = re.compile(
    r",?\s+(?:Ph\.?\s?D|M\.?D\.?\b|MBA|Pharm|D\.Phil|MSc|Jr\.|CPA|J\.D|FACP|DVM|MPH)|"
    r",\s+(?:the\s+)?(?:[\w\s-]{0,40}?\s)?(?:[Cc]hief|[Pp]resident|CEO|[Cc]hair|[Vv]ice|[Dd]irector|"
    r"[Hh]ead|[Pp]rofessor|[Mm]anager|[Aa]nalyst)"
)
_GENERIC_NAME = re.compile(
    r"""(?:[A-Z][\w-]*\s)?(?:Phase|Study|Trial|Patients?|Cancer|Disease|Company|Agreement|Board|Committee|Court|Office|Department|Ministry|Government|State|
    States|City|County|Union|Congress|Senate|House|Act|Rule|Section|Item|Part|Class|Series|Form|Exhibit|Table|Note|
    Page|Date|Time|Day|
    Year|Quarter|Day|Week|Month|Results?|Data|Conference|Meeting|Symposium|News|Wire|Service|Business|Globe|
    Newswire|PRNewswire|Report|
    Index|Exchange|Market|Designation|Therapy|Drug|Application|Review|Status|Program|Project|Team|People|Team|Oncology|Medicine|Medical|Research|Development)\Z""",
    re.VERBOSE,
)


_NO_COMPANY_WORD = re.compile(
    r"\b(?:Generative|Dystrophy|Cancer|Disease|Tender|Offer|Insulin|Advanced|Metastatic|Treated|Previously|Injection|"
    r"Safety|Facility|Directors|"
    r"Dutch|German|Swiss|French|Japanese|Chinese|Korean|Danish|Swedish|Israeli|British|Italian|Spanish|"
    r"American|European|"
    r"Patients|Moves|Carcinoma|Lymphoma|Syndrome|Grant|Merger|Acquisition|Transaction|FDA|Product|"
    r"Products|Orphan|Approval|"
    r"Initial|Public|Offering|Financial|Note|Notes|Second|Third|Fourth|Regulation|Rule|Chapter|Harbor|"
    r"Reform|Code|Law|Court|"
    r"T[- ]?[Cc]ells?|B[- ]?[Cc]ells?)\b"
)


_FIELDS = frozenset("Oncology Research Medicine Medical".split())
_FIELD_LEAD = re.compile(r".*(?:al|ic|ive|ine|ogy|ing|ed|er|ors?|&)\Z", re.IGNORECASE)


def _in_a_field(page: Page, words: Sequence[str]) -> bool:
    """Whether a field of work ends a company's name ('Vantris Oncology'), and not the field's ('Surgical Oncology')."""
    first = words[0]
    return len(words) == 2 and words[1] in _FIELDS and not (_FIELD_LEAD.match(first) or common(page, first))


_OWNING = re.compile(r"['’]s?\s")
"""'Borgwell’s Zoltiva' is an owner with what it owns."""
_TITLE = re.compile(r"\b(?:Dr|Drs|Mr|Mrs|Ms|Prof|Professor|Sir|Dame|Judge|Senator|Governor|Mayor)\.?\s+\Z")


def is_name(page: Page, start: int, end: int) -> bool:
    """Whether capitalised words found by their neighbours may name a company at all."""
    text = page.text
    name = text[start:end]
    words = name.split()
    if not words or end - start < 3 or page.shouts(start, end) or words[0].lower().strip(".,") in STOP:
        return False
    if LEGAL_FORM.match(name):
        return False
    if (
        (_GENERIC_NAME.search(name) and not _in_a_field(page, words))
        or name.lower() in GENERIC_NAMES
        or not speakable(name)
    ):
        return False
    if is_person(name) or (len(words) == 1 and (is_given(name) or common(page, name))) or _NO_COMPANY_WORD.search(name):
        return False
    if _OWNING.search(name):
        return False
    if (
        _TITLE.search(text, max(0, start - 12), start)
        or _DEGREE.match(text, end)
        or institutions.is_other(name)
        or name.endswith(("mab", "nib"))
    ):
        return False
    if len(words) == 1 and (re.search(r"\d", name) or re.fullmatch(r"[A-Z]{2,4}s?", name)):
        return False
    return not re.match(r"\s?[®™]|-\d|\s+\d", text[end : end + 3])


_LIST_NAME = rf"{CAPITALISED}(?:[ \n](?:&[ \n])?{CAPITALISED}){{0,2}}"
_LIST_RIGHT = re.compile(
    rf"(?P<gap>(?:\s*\([^()]{{1,70}}\)){{0,2}}(?:,\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+))(?P<name>{_LIST_NAME})"
)
_LIST_LEFT = re.compile(
    rf"(?<![\w-])(?P<name>{_LIST_NAME})(?P<gap>(?:\s*\([^()]{{1,40}}\))?(?:,\s+(?:and\s+|"
    rf"or\s+)?|\s+(?:and|or)\s+))\Z"
)
_LIST_FRONT = re.compile(r"(?:\b(?:between|from|with|by|to|including|for|as|that|,)|[(:]|like)\s+\Z")


def beside(page: Page, named: Sequence[Mention], others: Sequence[Mention]) -> Iterator[Mention]:
    """Names in one list with companies: 'agreements with Genentech, Abgenix, and Millennium'.

    Args:
        page: The release.
        named: The companies.
        others: All names, which are not read again.
    """
    text = page.text
    taken = {m.span.start for m in others}
    ends = {m.span.end for m in others}
    todo = [m.span for m in named]
    while todo:
        span = todo.pop()
        low, high = page.bounds(span.start)
        right = _LIST_RIGHT.match(text, span.end, high)
        if right and right.start("name") not in taken and _listed(page, right, low, high):
            found = page.mention(Kind.COMPANY, *right.span("name"), "company.list")
            taken.add(found.span.start)
            todo.append(found.span)
            yield found
        left = _LIST_LEFT.search(text, max(low, span.start - 60), span.start)
        if left and left.end("name") not in ends and _listed(page, left, low, high):
            found = page.mention(Kind.COMPANY, *left.span("name"), "company.list")
            ends.add(found.span.end)
            todo.append(found.span)
            yield found


_INITIALS = re.compile(r"(?:[A-Z]\.\s?)+[A-Z][a-z]+(?=\W)(?!\s[A-Z])")


def _listed(page: Page, match: re.Match[str], low: int, high: int) -> bool:
    """Whether the neighbour in a list is a name, and the list one of names and no run of clauses."""
    start, end = match.span("name")
    text = page.text
    if text[end - 1] in ".,'’" or _INITIALS.match(text, start) or not is_name(page, start, end):
        return False
    if match["name"][-1] in "®™" or unglued(page, match["name"].split()[0]):
        return False
    if page.kind(start) in (SectionKind.CONTACTS, SectionKind.SIGNATURE):
        return False  # there a person stands beside the firm
    following = text[end : min(high, end + 8)]
    closed = re.match(
        r"['’]s|\s*\(|,\s|\.|;|\)|\s+(?:and|or|in|for|to|will|have|has|had|over|against|pays?|that|which|are|is|on|under|as|at)\b|\Z|\s*$",
        following,
    )
    if closed is None or end == len(text):  # an excerpt may break off within a name
        return False
    before = text[max(low, match.start() - 14) : match.start("name")] if match.start("name") == match.start() else ""
    if before and not (_LIST_FRONT.search(before) or start == low):
        return False
    if start == low and match.re is _LIST_LEFT and len(match["name"].split()) > 1:
        return True  # two subjects begin the sentence
    if match.re is _LIST_LEFT and _CAPITAL_BEFORE.search(text, max(low, start - 30), start):
        return False  # the end of a longer name
    coined = re.search(r"[a-z][A-Z]", match["name"]) is not None
    return coined or _LISTS.search(text, low, start) is not None


_CAPITAL_BEFORE = re.compile(r"\b[A-Z][\w&-]*[a-z]\s\Z")
_LISTS = re.compile(
    r"\b(?:agreements?|collaborations?|partners?|partnerships?|licen[sc]e[ds]?|companies|licensees|"
    r"including|alliances?|between|acquired|investors|"
    r"collaborators|customers|competitors|from|with|by|that)\b"
)
