"""Is it a release at all, and in which language? If not, the reason in words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from oncopact.datelines import Dateline, find_dateline
from oncopact.layout import CONTACT_LABEL, safe_cues
from oncopact.text import folded

_OPENING = 4000
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?![^\S\n]*\n)[^\n]+)*")
_NAMES = re.compile(
    r"\b(?:press|news|media)\s+release\b|\bfor\s+immediate\s+release\b|\bpress\s+information\b", re.IGNORECASE
)
_ANNOUNCES = re.compile(
    r"\b(?:today|has|have|also)?\s*(?:announce[ds]?|report(?:s|ed)|announcing|said\s+today|unveil(?:s|ed)|"
    r"presents?\s+its)\b|\bis\s+(?:pleased|proud|excited)\s+to\s+announce",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^[^\w\n]{0,40}about\s+\w", re.IGNORECASE | re.MULTILINE)
_SENTENCE = re.compile(r"[A-Za-z0-9)”\"’]{2}[.!?](?=[\s”\"’)]|\Z)|[.!?][”\"’)]*\Z")
_REASONS = (
    (
        "a conference call's transcript",
        re.compile(
            r"^\s*(?:operator|moderator)\s*:|\bconference\s+facilitator\b|"
            r"\bearnings\s+(?:conference\s+)?call\s+transcript\b|^\s*Q\s*[-–]\s*[A-Z]",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
    (
        "a court's paper",
        re.compile(
            r"\bunited\s+states\s+(?:bankruptcy|district)\s+court\b|\bin\s+the\s+court\s+of\s+chancery\b|"
            r"\bsuperior\s+court\s+of\b|\bcase\s+no\.\s",
            re.IGNORECASE,
        ),
    ),
    (
        "a prospectus or registration statement",
        re.compile(
            r"\bprospectus\s+supplement\b|\bregistration\s+statement\s+under\b|\bsubject\s+to\s+completion\b|"
            r"\boffering\s+(?:circular|memorandum)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "an agreement",
        re.compile(
            r"^\s*(?:[\w.,&() ]{0,60}\s)?(?:agreement|amendment|indenture|debenture|warrant|guarant(?:y|ee)|lease|"
            r"plan)\b[^.\n]{0,60}$[\s\S]{0,3000}?(?:\bby\s+and\s+(?:among|between)\b|\bwitnesseth\b|\bhereinafter\b|"
            r"\btable\s+of\s+contents\b|\bdated\s+as\s+of\b|\bnow,?\s+therefore\b|\bhereby\s+agree)|"
            r"\bthis\s+\w*\s?agreement\s+\(?(?:this\s+)?[“\"]?(?:is\s+made|dated|is\s+entered)",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
    (
        "a form's cover page",
        re.compile(
            r"\bform\s+(?:8-k|6-k|10-[kq]|s-\d|20-f|abs-15g)\b[\s\S]{0,2500}?(?:current\s+report|"
            r"report\s+of\s+foreign|pursuant\s+to\s+(?:section|rule)|exact\s+name\s+of)|\bcommission\s+file\s+number\b",
            re.IGNORECASE,
        ),
    ),
    (
        "a letter",
        re.compile(
            r"^\s*(?:dear\s+[\w .]{2,60}|gentlemen|ladies\s+and\s+gentlemen|to\s+whom\s+it\s+may\s+concern)\s*[:,]\s*$",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
    (
        "an auditor's report or consent",
        re.compile(
            r"\b(?:report\s+of\s+independent|independent\s+auditors?['’]?\s+report|consent\s+of\s+independent|"
            r"independent\s+accountant)",
            re.IGNORECASE,
        ),
    ),
    (
        "a notice of a meeting or proxy",
        re.compile(
            r"\bproxy\s+(?:statement|card)\b|\bnotice\s+of\s+(?:annual|special|extraordinary)\b.{0,40}\bmeeting\b",
            re.IGNORECASE,
        ),
    ),
    (
        "a certification",
        re.compile(
            r"^\s*certifications?\b.{0,80}$[\s\S]{0,400}?\bi,\s|"
            r"\bsarbanes[-\s]+oxley\s+act\s+of\s+2002[\s\S]{0,300}?certif",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
    (
        "a trustee's or servicer's statement",
        re.compile(
            r"\b(?:statement\s+to\s+(?:certificate|note)\s?holders|servicer['’]?s?\s+(?:certificate|report)|"
            r"distribution\s+date\s+statement|payment\s+date\s+statement)\b",
            re.IGNORECASE,
        ),
    ),
    ("an index page", re.compile(r"<SEC-(?:DOCUMENT|HEADER)>|\bpublic\s+document\s+count\b", re.IGNORECASE)),
    (
        "a set of slides",
        re.compile(r"\bslide\s+\d|\b(?:investor|corporate|company)\s+presentation\s*\n", re.IGNORECASE),
    ),
    (
        "a financial statement",
        re.compile(
            r"\bconsolidated\s+(?:condensed\s+)?(?:balance\s+sheets?|statements?\s+of)|"
            r"\bstatements?\s+of\s+(?:financial\s+condition|operations|cash\s+flows)\b|"
            r"\bsupplemental\s+(?:financial\s+)?(?:information|data)\b|\bunaudited\s+pro\s+forma\b",
            re.IGNORECASE,
        ),
    ),
)

_GRAMMAR = re.compile(r"\b(?:the|of|to|and|in|for|with|has|its|is|by|a)\b")
_STOPWORDS = {
    "en": "the of and to in a for is that with by on as from has its was are at this",
    "de": "der die und das mit für von ist den ein eine zu im des dem auf nicht sich werden wird",
    "fr": "le la les et des du une pour dans est que sur par au avec aux en un de sont",
    "es": "el la los y de del una por con para en que las se un su al como más es",
    "it": "il di e la che in per un una con del della dei gli le si è non nel sono",
    "nl": "de het een van en in is dat op te voor met zijn aan door niet bij ook als",
    "pt": "o a de e do da em que para os com um uma dos das no na por se mais",
    "sv": "och i att en som är av för på med det den till har ett om de vid från",
    "da": "og i at en som er af for på med det den til har et om de ved fra der efter blev",
    "no": "og i at en som er av for på med det den til har et om de ved fra ikke etter ble",
    "fi": "ja on että se ei ole oli myös sekä kanssa mukaan joka tai ovat sen tämä yhtiö yhtiön vuoden",
    "pl": "i w z na do że się o jest oraz dla nie od przez po są jako za która ten",
    "cs": "a v na se je že s z o do pro jako za od po ve jsou byl které dnes",
    "tr": "ve bir bu için ile da de olarak olan daha en çok sonra şirket olduğunu bugün",
    "hu": "a az és hogy nem is egy van meg ez volt el mint csak ma ezt társaság",
}
_LANGUAGES = {
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
    "sv": "Swedish",
    "da": "Danish",
    "no": "Norwegian",
    "fi": "Finnish",
    "pl": "Polish",
    "cs": "Czech",
    "tr": "Turkish",
    "hu": "Hungarian",
    "ja": "Japanese",
    "zh": "Chinese",
    "ko": "Korean",
    "ru": "Russian",
    "ar": "Arabic",
    "el": "Greek",
    "he": "Hebrew",
}
_WORDS = {code: frozenset(words.split()) for code, words in _STOPWORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
)
_SAMPLE = 6_000
_DIFFERENT = 4
"""A language shows in so many different of its little words."""
_SURE = 6
_TURN = re.compile(r"^(?:Operator|Moderator|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,2}):\s", re.MULTILINE)
_TURNS = 12
"""So many turns of speech make a transcript, whatever else stands there."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a text is.

    Attributes:
        release: Whether it is a release in English.
        reason: Why not, to follow 'this is …'; empty for a release.
        language: Two letters where it is not English.
    """

    release: bool
    reason: str = ""
    language: str | None = None


def judge(text: str, *, exhibit: bool = False, body: bool = False, year: int | None = None) -> Verdict:
    """Whether a text is a release.

    Args:
        text: As its reader gave it.
        exhibit: Whether it comes from a submission, which holds other things too; what a user gives as a file of
            its own is taken for a release unless something speaks against it.
        body: Whether it is what follows the cover of a form, which mostly holds statements and agreements: only what
            calls itself a release or announces something is one.
        year: The year of the container.

    >>> judge("VIENNA, 15 October 2002 - Alpha AG announced today that it licensed its technology to Beta Inc.").release
    True
    >>> judge("See the list of things below", exhibit=True).reason
    'a page without running text'
    """
    other = language_of(text)
    if other is not None:
        return Verdict(False, f"a text in {_LANGUAGES.get(other, other)}", other)
    opening = text[:_OPENING]
    if not _has_prose(text):
        return Verdict(False, "a page without running text")
    if body and not (_NAMES.search(opening) or _ANNOUNCES.search(opening)):
        return Verdict(False, _against(text, opening) or "a form's text without an announcement")
    score = _score(text, opening, year)
    turns = len(_TURN.findall(text, 0, 40_000))
    if score >= _SURE and turns < _TURNS:
        return Verdict(True)
    against = "a conference call's transcript" if turns >= _TURNS else _against(text, opening)
    if against in ("a conference call's transcript", "an index page"):
        return Verdict(False, against)
    if score >= 4 or (score >= 3 and not against) or (not exhibit and not against):
        return Verdict(True)
    return Verdict(False, against or "a text without dateline or announcement")


def _against(text: str, opening: str) -> str:
    for reason, pattern in _REASONS:
        if pattern.search(opening):
            return reason
    rows = [line for line in text[:_SAMPLE].split("\n") if line.strip()]
    if len(rows) >= 5 and sum(line.count(",") >= 4 and ". " not in line for line in rows) > len(rows) * 0.8:
        return "a table of values (CSV)"
    return ""


def _score(text: str, opening: str, year: int | None) -> int:
    """How much speaks for a release."""
    score = 0
    for number, match in enumerate(_PARAGRAPH.finditer(text)):
        if number >= 40:
            break
        found = find_dateline(text, match.start(), match.end(), year=year)
        if found is None and "\n" in match.group():
            found = _dateline_in_lines(text, match, year)
        if found is not None and (found.wire or match.end() - found.span.start > 80):
            score += 3 if found.date else 2
            score += 1 if found.wire else 0
            break
    score += 2 if _NAMES.search(opening) else 0
    score += 2 if _ANNOUNCES.search(opening) else 0
    score += 1 if _ABOUT.search(text) else 0
    count, first = safe_cues(text, 0, len(text)) if len(text) < 200_000 else (0, -1)
    score += 1 if count >= 2 and first >= 0 else 0
    score += (
        1 if any(CONTACT_LABEL.fullmatch(line.strip()) for line in opening.split("\n") if 0 < len(line) < 60) else 0
    )
    return score


def _dateline_in_lines(text: str, paragraph: re.Match[str], year: int | None) -> Dateline | None:
    position = paragraph.start()
    for line in paragraph.group().split("\n")[:8]:
        start = position + len(line) - len(line.lstrip())
        found = find_dateline(text, start, paragraph.end(), year=year)
        if found is not None:
            return found
        position += len(line) + 1
    return None


def _has_prose(text: str) -> bool:
    """Whether at least one sentence runs on: tables, menus and slides have none."""
    for match in _PARAGRAPH.finditer(text[:200_000]):
        printed = folded(match.group())
        if len(printed) < 60 or printed.count(" ") < 9 or match.group().count("\t") > 2:
            continue
        if _SENTENCE.search(printed) or (printed.count(" ") >= 18 and len(_GRAMMAR.findall(printed)) >= 3):
            return True
    return False


def language_of(text: str) -> str | None:
    """The language of a text in two letters; None for English, and where too little is said.

    >>> language_of("Die Firma gibt bekannt, dass der Vertrag mit dem Partner von der Seite gezeichnet ist und gilt.")
    'de'
    """
    sample = text[:_SAMPLE]
    found = _WORD.findall(sample)
    if not sample.isascii():
        letters = sum(map(len, found))
        for code, script in _SCRIPTS:
            if len(script.findall(sample)) > letters * 0.3:
                return code
    words = Counter(word.lower() for word in found)
    counts = {code: sum(words[word] for word in known) for code, known in _WORDS.items()}
    best = max(counts, key=lambda code: (counts[code], code == "en"))
    different = sum(words[word] > 0 for word in _WORDS[best])
    if best != "en" and counts[best] >= 6 and different >= _DIFFERENT and counts[best] > counts["en"] * 1.5 + 2:
        return best
    return None
