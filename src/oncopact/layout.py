"""How a release looks: marks of page furniture, boilerplate and contacts.

Patterns and small functions only, shared by the readers (is this a release?) and by segmentation (where is what?).
"""

from __future__ import annotations

import re

RULE = re.compile(r"[-=_*~–—·•.\s#]{3,}|(?:#\s*)+|\*")
END_MARK = re.compile(
    r"(?:#\s*){1,}|-\s?(?:0|30|end|ends)\s?-|(?:\*\s*){3,}|ends?|[<>\[(]?\s*end\s*[\])<>]?|x\s?x\s?x|/\*{2,}/?",
    re.IGNORECASE,
)
MORE = re.compile(
    r"[\[(<]?\s*[-–—.]+\s*\(?more(?:\s+to\s+(?:follow|come))?\)?\s*[-–—.]*\s*[\])>]?"
    r"|[\[(<]\s*more(?:\s+to\s+(?:follow|come))?\s*[\])>]|more\s*[-–—]+|more\s+to\s+(?:follow|come)|(?-i:MORE)",
    re.IGNORECASE,
)
"""What says at the end of a sheet that another follows; a wrapped line may consist of the word alone."""
FURNITURE = re.compile(
    r"""
    (?:for\s+)?immediate\s+release(?:\s*[:.-])?
  | (?:for\s+(?:immediate\s+)?(?:release|publication)\b.{0,60})
  | not\s+for\s+(?:immediate\s+)?(?:release|distribution)\b.{0,120}
  | \(?exhibit\s+(?:no\.?\s+)?\d+(?:\.\d+)?(?:\s?\(?[a-z]\)?)?\)?\.?
  | ex-\d+(?:\.\d+)?
  | (?-i:[A-Z]{1,4}-[A-Z]{1,5})
  | \(?(?:photo|graphic|image|logo)s?(?:\s+(?:credits?|courtesy|by|source))?\s*:\s.{2,80}\)?
  | [^.!?]{2,60}\slogo
  | \[?\(?(?:company\s+|corporate\s+)?(?:logo|letterhead)\)?\]?
  | \[.{0,60}\b(?:logo|letterhead|graphic|photo|image|picture)\b.{0,30}\]
  | (?:news|press|media|investor|corporate|company|trade|business|financial|joint)?\s*(?:news|press|media|
      product)\s*(?:release|information|contact\s+sheet)\s*:?
  | (?-i:[A-Z][A-Z.,&'’ ()-]{2,60}\s(?:NEWS|PRESS)\s+RELEASE)
  | (?:\W*)(?:news|press\s+release|news\s+release|news\s*\|.{0,30})(?:\W*)
  | source\s*:?\s+.{2,160}
  | (?:eqs|dgap|pta|ots)[\w-]*\s?:\s.{2,60}?/\s?(?:key\s?word|schlagwort)\S*\s.{2,30}
  | end\s+of\s+(?:media|press|news)\s+release
  | .{0,24}dissemination\s+of\s+an?\s.{2,160}
  | rns\s+number\s?:.{1,120}
  | reg\s-\s.{2,120}
  | this\s+information\s+is\s+provided\s+by\s+(?:rns|reach|business\s?wire|globenewswire|cision)\b.{0,120}
  | the\s+company\s+news\s+service\s+from\s+the\s+london\s+stock\s+exchange
  | (?:the\s+)?(?:issuer|company)\s+is\s+solely\s+responsible\s+for\s+the\s+content\b.{0,80}
  | (?:the\s+information\s+(?:contained\s+)?(?:within|in)\s+)?this\s+announcement\s+(?:contains|is\s+deemed)\b.{0,120}
      \binside\s+information\b.{0,240}
  | (?:asx|hkex|sgx|jse|company|stock\s+exchange|regulatory)\s+(?:and\s+media\s+)?(?:announcement|release|news)
  | advertisement
  | posted\s+(?:on|by|in|at)\b.{0,100}
  | (?:published|updated|last\s+updated)\s*:?\s.{0,60}
  | .{0,80}\b\d+\s+min(?:ute)?s?\s+read
  | u\.?s\.?\s+markets?\s+(?:open|close|closed)\b.{0,40}
  | [•*]?\s*(?:s&p|dow|nasdaq|russell|crude\s+oil|gold|silver|eur/usd|gbp/usd|usd/jpy|10-yr|vix|bitcoin|ftse|nikkei|
      cmc\s+crypto)\b[\w\s./-]{0,24}
  | [\d,]+\.\d+(?:\s+[+−-]\s?[\d,.]+)?(?:\s*\([+−-]?\s?[\d.]+\s?%\))?
  | (?:pr\s?newswire|business\s?wire|globe\s?newswire|accesswire|news\s?direct|marketwired?)
  | -{1,2}\s?\(?news\s?direct\)?\s?-{1,2}
  | news\s+provided\s+by\b.{0,100}
  | view\s+(?:original|source)\s+(?:content|version)\b.{0,400}
  | (?:logo|photo|image|video|multimedia)\s*(?:available)?\s*[-:–]\s*(?:available\s+at\s*:?\s*)?https?://.{0,400}
  | (?:an?\s+)?(?:photo|infographic|video|media\s+snippet)\w*\s+(?:accompanying|is\s+available|are\s+available).{0,400}
  | this\s+press\s+release\s+features\s+multimedia\..{0,400}
  | (?:page|seite)\s+\d+(?:\s+of\s+\d+)?
  | https?://\S+
  | (?:related|latest|more|other|recent)\s+(?:news|headlines|releases|stories|articles)\b.{0,440}
  | [A-Z][\w&' ]{1,24}(?:\s[|›»•·]\s[A-Z][\w&' ]{1,24}){2,}
  | [-–—\s]*(?:(?:financial|unaudited|selected|summary)\s+)*tables?\s+(?:to\s+)?(?:follows?|attached)[-–—\s.]*
  | (?:back\s+to\s+top|print(?:\s+this)?(?:\s+page)?|share(?:\s+this)?|download\s+(?:pdf|now)?|email\s+alerts?|rss)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
"""A whole paragraph or line that belongs to the sheet, not to the release."""

_SOURCE = re.compile(
    r"^[ \t]*(?:SOURCE\b:?|Source:|News\s+provided\s+by:?)\s+(?P<names>[A-Z0-9][^\n]{1,160}?)[ \t]*$", re.MULTILINE
)


def source_names(text: str) -> tuple[str, ...]:
    r"""Whom the newswire's line at the end of a release names as its source; where it lists several, the line first.

    >>> source_names("It is so.\n\nSOURCE Oakline, Inc.; Tarn Bio")
    ('Oakline, Inc.; Tarn Bio', 'Oakline, Inc.', 'Tarn Bio')
    """
    found = list(_SOURCE.finditer(text))
    if not found:
        return ()
    line = re.sub(r"\s*\([^()]*\)$", "", found[-1]["names"])
    return tuple(dict.fromkeys((line, *re.split(r"\s*;\s*|\s+and\s+", line))))


PHONE = re.compile(
    r"(?:\+\d{1,3}[\s.()-]*(?:\d[\s.()/-]*){6,12}\d|\(?\b\d{3}\)?[\s./-]{1,2}\d{3}[\s.-]{1,2}\d{4}\b|\b(?:tel|phone|"
    r"fax|telephone|mobile)\s*[:.#]\s*[+(\d])",
    re.IGNORECASE,
)
EMAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b|\[email[^\]]{0,12}protected\]")
CONTACT_LABEL = re.compile(
    r"""[\W_]*(?:
        (?:(?:for|the|company|media|press|investors?|relations|corporate|public|communications|business|trade|
        financial|ir|pr|general|
            analysts?|news|international|global|medical|us|u\.s\.|europe(?:an)?|additional|further|more|other|and|
            or)[\s,/&]+)*
        (?:contacts?(?:\s+(?:information|details|persons?|us|for\s.{0,40}))?|inquiries|enquiries)
      | (?:for\s+)?(?:more|further|additional)\s+information,?\s*(?:(?:please\s+)?contact|call)?
      | (?:please\s+)?(?:refer\s+to|direct\s+inquiries\s+to)
      | for\s+[\w\s/,&]{3,50}\b(?:inquiries|enquiries|requests|information),?\s+(?:please\s+)?contact
      | (?:investors?|media|press)(?:\s+relations)?(?:\s*(?:/|and|&)\s*(?:investors?|media|press)(?:\s+relations)?)?
    )(?:[\s:.–—*_-]|\(s\))*""",
    re.VERBOSE | re.IGNORECASE,
)
"""A line that opens a block of contacts."""

ABOUT = re.compile(r"(?:[-–—*•\s]*)about\s+(?P<subject>\S.{0,140}?)\s*[:.]?\s*", re.IGNORECASE | re.DOTALL)
"""A whole 'About X' heading."""

_SAFE_CUES = tuple(
    (stems, re.compile(cue, re.IGNORECASE | re.DOTALL))
    for stems, cue in (
        (("forward",), r"forward[\s-]+looking"),
        (("litigation",), r"private\s+securities\s+litigation\s+reform\s+act"),
        (("harbo",), r"safe[\s-]+harbou?r"),
        (
            ("materially",),
            (
                r"(?:actual|future)\s+(?:results|events|outcomes).{0,60}(?:differ|vary)\s+materially"
                r"|(?:differ|vary)\s+materially\s+from"
            ),
        ),
        (("reliance",), r"undue\s+reliance"),
        (
            ("obligation", "duty", "intent", "update"),
            (
                r"(?:undertakes?|assumes?|accepts?|has|under)\s+no\s+(?:obligation|duty)"
                r"|(?:disclaims?|do(?:es)?\s+not\s+(?:undertake|assume|intend))\b.{0,40}(?:obligation|duty|intent|update)"
            ),
        ),
        (("risk",), r"risks?\s+and\s+uncertaint|uncertainties\s+and\s+risks?|risk\s+factors"),
        (("exchange", "10-k", "10-q"), r"securities\s+and\s+exchange\s+commission|(?:form|on)\s+10-[kq]\b"),
        (("27a", "21e"), r"section\s+(?:27a|21e)\s+of\s+the\s+securities"),
    )
)
_STRONG_CUES = 6
"""The cues before this one are strong: they stand in nothing else."""
_SAFE_HEADING = re.compile(
    r"""[\W_]*(?:
        (?:(?:cautionary|important|special|disclosure|legal|further)\s+)*(?:note|notice|statements?|language|
        information|remarks?|comments?|factors)?\s*
        (?:regarding|concerning|on|about|relating\s+to|with\s+respect\s+to|as\s+to|for)?\s*(?:the\s+use\s+of\s+)?
        [\w.,&'’\s]{0,60}\bforward[\s-]+looking\s+(?:statements?|information)[\w.,&'’“”"()\s/:;-]{0,120}
      | safe[\s-]*harbou?r\b.{0,140}
      | [“"]?safe\s+harbou?r[”"]?\s+statement.{0,140}
      | cautionary\s+(?:note|statements?|language).{0,120}
      | disclaimers?
      | risk\s+factors
      | no\s+duty\s+to\s+update
      | important\s+(?:additional\s+)?information(?:\s+(?:about|for|and|regarding).{0,100})?
      | (?:additional|further)\s+information\s+(?:about|and\s+where).{0,100}
      | participants\s+in\s+the\s+solicitation
      | no\s+offer\s+or\s+solicitation
    )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


_CLAUSE = re.compile(
    r"\b(?:contains?|includes?|including|are|is|may|constitutes?|these|we|which|should|based)\b", re.IGNORECASE
)


def is_safe_heading(printed: str) -> bool:
    """Whether a short text is the heading of a safe-harbour or notice section, and no sentence of it.

    >>> is_safe_heading("Cautionary Note Regarding Forward-Looking Statements")
    True
    """
    return len(printed) <= 250 and _SAFE_HEADING.fullmatch(printed) is not None and not _CLAUSE.search(printed)


def safe_cues(text: str, start: int, end: int) -> tuple[int, int]:
    """How many different cues of a safe-harbour statement stand in a paragraph, and where the first strong one is.

    A paragraph that names the SEC or 'risks and uncertainties' only is none: the second value is then -1.

    >>> safe_cues("Results may vary materially from plans; place no undue reliance.", 0, 65)
    (2, 12)
    """
    lowered = text[start:end].lower().replace("i̇", "i")  # 'İ' grows when lowered
    count, first = 0, -1
    for number, (stems, cue) in enumerate(_SAFE_CUES):
        at = _first_cue(lowered, stems, cue)
        if at < 0:
            continue
        count += 1
        if number < _STRONG_CUES and (first < 0 or start + at < first):
            first = start + at
    return count, first


def _first_cue(lowered: str, stems: tuple[str, ...], cue: re.Pattern[str]) -> int:
    """Where a cue first stands near one of its stems, -1 where it does not; finding a stem is far cheaper."""
    found = -1
    for stem in stems:
        at = lowered.find(stem)
        while at >= 0 and (found < 0 or at < found):
            match = cue.search(lowered, max(0, at - _NEAR), at + _NEAR)
            if match is not None:
                found = match.start() if found < 0 else min(found, match.start())
                break
            at = lowered.find(stem, at + _NEAR)
    return found


_NEAR = 110


def has_contact(printed: str) -> bool:
    """Whether a telephone number or a mail address stands in a text.

    >>> has_contact("Tel: (617) 995-2500"), has_contact("In 2001, it had 140 affiliates.")
    (True, False)
    """
    if "@" in printed and EMAIL.search(printed):
        return True
    if "[email" in printed:
        return True
    return _DIGITS.search(printed) is not None and PHONE.search(printed) is not None


_DIGITS = re.compile(r"\d[\d) ./-]\d")
