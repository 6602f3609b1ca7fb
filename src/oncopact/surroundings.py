"""What stands around a name: what belongs to it, what makes it another's, and what speaks for it.

A legal form belongs to a company's name, a four-letter suffix to a product's ('enfortumab vedotin-ejfv'). 'BMS' in
'BMS-986012' names nothing. 'TAP' names a technology where the word follows it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from oncopact.model import Kind

# ---------------------------------------------------------------- what follows a name

_LEGAL = r"""(?:
    Inc\.? | Incorporated | Corp\.? | Corporation | Company,?\ Limited | Co\.?,?\ (?:Ltd\.?|Inc\.|Limited)
  | Limited | Ltd\.? | LLC | L\.L\.C\. | L\.?P\. | plc | PLC | p\.l\.c\. | GmbH(?:\ &\ Co\.?\ KG)? | AG | A\.G\.
  | SE | KGaA | S\.A\.S\. | SAS | S\.A\.(?:\ de\ C\.V\.)? | SA | S\.p\.A\. | SpA | N\.V\. | NV | B\.V\. | BV
  | AB | ASA | A/S | ApS | Pty | INC\.? | CORP\.? | CORPORATION | LTD\.? | LIMITED
)(?![\w-])"""
_TRADE = r"""(?:
    Pharmaceuticals? | Pharma | Therapeutics | Biotherapeutics | Biosciences? | Biopharma | Biotech | Biologics
  | Laboratories | Holdings? | Group | International
)"""
_LEGAL_FORM = re.compile(rf"(?:\s{_TRADE}){{0,3}},?\s{{1,2}}{_LEGAL}", re.VERBOSE)
_GROUP = re.compile(r"\s(?:Group|Group of Companies)(?![\w-])(?!,?\s[A-Z])")
"""'the Borgwell Group', printed as a name."""
_OTHER_COMPANY = re.compile(rf"(?:\ [A-Z][\w&-]+){{1,2}},?\ {_LEGAL}", re.VERBOSE)
_FDA_SUFFIX = re.compile(
    r"-(?!like|type|free|plus|only|dose|drug|base|arms?|mono|less|site|time|term)[a-z]{4}(?![\w-])"
)
_GOES_ON = re.compile(r"[-\u2010\u2011\u2013]\d")
_DOMAIN = re.compile(r"\.(?:com|org|net|de|co|eu|ch|fr)\b")
_ADDRESS = re.compile(r"://|www\.|@\w")

# ---------------------------------------------------------------- context of weak names

_BEFORE: Mapping[Kind, re.Pattern[str]] = MappingProxyType(
    {
        Kind.TARGET: re.compile(r"(?:anti-|\b(?:target(?:s|ing)?|against|binds?(?:\sto)?|antigen,?|receptor,?)\s\(?)$"),
        Kind.PAYLOAD: re.compile(
            r"\b(?:payloads?|toxin|warhead|agent|drug),?\s\(?$"
            r"|\b(?:derivatives?\sof|conjugated\s(?:to|with)|linked\sto|loaded\swith|deliver(?:s|ing)?)\s(?:an?\s)?(?:potent\s)?$"
        ),
    }
)
_AFTER: Mapping[Kind, re.Pattern[str]] = MappingProxyType(
    {
        Kind.COMPANY: re.compile(
            r"(?:'s|’s)?,?\s?\(\s?(?:NASDAQ|Nasdaq|NYSE|AMEX|LSE|TSE|TSX|SIX|OTC|HKEX|Euronext|ASX|AIM)\b"
        ),
        Kind.TARGET: re.compile(
            r"[-\s](?:positive|negative|express|target|direct|bind|amplif|mutat|inhibit|antigen|receptor|antibod"
            r"|overexpress|over-express|driven|altered|gene\b|protein|status|x\b)"
            r"|,\s(?:an?|the)\s(?:[\w-]+\s){0,5}(?:receptor|protein|antigen|regulator|target|kinase|ligand|enzyme)\b"
        ),
        Kind.PAYLOAD: re.compile(r"[-\s](?:payload|toxin|warhead|linker|dimer|prodrug|based)"),
        Kind.TECHNOLOGY: re.compile(
            r"[-\s](?:technolog|platform|compound|product|program|antibod|conjugat|candidate|ADC)"
        ),
        Kind.ANTIBODY: re.compile(r"[-\s](?:antibod|monoclonal|mAb)"),
        Kind.CONJUGATE: re.compile(r"[-\s](?:conjugat|ADC|immunoconjugat|immunotoxin)"),
    }
)


def stands_alone(text: str, start: int, end: int, key: str) -> bool:
    """Whether `text[start:end]` is no start of a code ('BMS-986012') and no part of an address or another name."""
    if text[end - 1].isalpha() and _GOES_ON.match(text, end):
        return False
    begin = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    if begin < start and _ADDRESS.search(text, begin, start):
        return False
    if not key.startswith(("company/", "institution/")):
        return True
    if _DOMAIN.match(text, end):
        return False
    single = not any(character.isspace() for character in text[start:end])
    return not (single and _OTHER_COMPANY.match(text, end) and not _LEGAL_FORM.match(text, end))


def extended(text: str, start: int, end: int, keys: Sequence[str]) -> int:
    """Past the legal form of a company or the suffix that the FDA adds to a name ('enfortumab vedotin-ejfv')."""
    if any(key.startswith("company/") for key in keys):
        match = _LEGAL_FORM.match(text, end)
        if match is None and text[max(0, start - 4) : start].lower() == "the ":
            match = _GROUP.match(text, end)
    elif any(key.startswith(("antibody/", "conjugate/")) for key in keys) and text[end - 1].islower():
        match = _FDA_SUFFIX.match(text, end)
    else:
        match = None
    return match.end() if match else end


def has_cue(text: str, start: int, end: int, key: str) -> bool:
    """Whether words beside `text[start:end]` say that a thing of the key's kind is meant."""
    kind = Kind(key.partition("/")[0])
    before, after = _BEFORE.get(kind), _AFTER.get(kind)
    return bool((after and after.match(text, end)) or (before and before.search(text, max(start - 40, 0), start)))


_FORM_AT_END = re.compile(rf"(?<!&),?\s+{_LEGAL}\s*$", re.VERBOSE)


def without_legal_form(name: str) -> str:
    """A company's name without its legal forms.

    >>> without_legal_form("Merck & Co., Inc."), without_legal_form("Micromet AG")
    ('Merck & Co.', 'Micromet')
    """
    previous = None
    while name != previous:
        previous, name = name, _FORM_AT_END.sub("", name)
    return name
