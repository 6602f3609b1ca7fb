"""The words beside a code that say what it names: a conjugate, an antibody, another drug, a trial."""

from __future__ import annotations

import re

CONJUGATE_WORD = r"""(?:
    antibody[-‐\s]+drug[-‐\s]+conjugates?|ADCs?\b|immuno-?conjugates?|immunotoxins?|radio-?conjugates?|
    radio-?immuno-?conjugates?|
    antibody[-\s]conjugates?|conjugates?\b(?!\s+vaccine)|radioligands?|peptide[-\s]drug\sconjugates?|drug[-\s]conjugates?|drug\sconjugates?|bioconjugates?|
    fusion\stoxins?|TAP\s(?:product|compound)s?|ISACs?\b|DACs?\b|PDCs?\b|
    antibody[-\s](?:oligonucleotide|radio\w*|enzyme|siRNA|PROTAC|degrader)[-\s]conjugates?|radiotherapeutic)"""
ANTIBODY_WORD = (
    r"(?:(?:monoclonal|bispecific|humani[sz]ed|human|naked|therapeutic|"
    r"trispecific)[-\s]+(?:\w+\s)?antibod(?:y|ies)|antibod(?:y|ies)(?![-\s]+(?:drug|based|drug))|mAbs?\b)"
)
ALIAS = r"(?:\s*[®™])?(?:\s*\([^()]{0,70}\))?(?:,\s(?:formerly|also|previously)[^,]{0,50},)?"
MODIFIERS = r"(?:(?!(?:with|and|in|for|to|plus|or|versus|than|by|from|via|that|which|when|as)\b)[^\s.;:()]+\s+)"
BRIDGE = rf"""
    {ALIAS} \d?(?=[^\w]|is\s) (?:
      (?: \s*[,–—:-] | \s*(?:is|was|are|represents|,\swhich\sis|as) )* \s*
      (?: an? | the | our | its | their | [A-Z][\w&-]*['’]s? | both ) \s+
      (?: (?:first|one|lead)\s(?:of\s(?:our|its|the)\s)? )? {MODIFIERS}{{0,12}}? (?: \( )?
    | \s* [(] (?: [^()]{{0,40}}? [\s/(] )?
    | \s+ {MODIFIERS}{{0,3}}?
    | \s* [:–—-] \s* {MODIFIERS}{{0,5}}?
  )"""
IS_A = re.compile(
    ALIAS + r"(?:,|,?\s(?:which\s|that\s)?(?:is|was)|\s?[–—])\s+(?:an?|our|its|their|[A-Z][\w&-]*[\'’]s?)\s"
)
BY_VERB = re.compile(
    r"(?:\s*\([^()]{0,60}\))?(?:,?\s(?:which|that))?\s(?:"
    r"(?:binds|delivers|carries|couples|joins|links|combines|pairs)\b"
    r"[^.;]{0,120}?\b(?:payloads?|warheads?|toxins?|to\san?\s(?:antibody|peptide)\b|to\s(?:\w+\s){0,2}(?:cells|tumou?rs))"
    r"|(?:couples|joins|links|attaches)\s(?:an?\s|the\s)?(?:[\w-]+\s){0,3}(?:antibody|antibodies|peptide|[A-Z]{2,5}-?\d+)\b"
    r"[^.;]{0,80}?\bto\s(?:the\s|an?\s)?(?:cytotox\w+|toxins?|drugs?|[A-Z]{2,5}-?\d{2,6}\b|[a-z]{4,}(?:in|ine|stat)s?\b))"
)
"""'RSK-55 binds Trop-2 and delivers an eribulin payload', 'which couples copper-67 to a peptide'."""
LOADED = re.compile(
    IS_A.pattern + r"(?:[\w-]+\s){0,3}antibod[^.;]{0,60}\b(?:that|which)\s(?:carries|bears|delivers|"
    r"is\s(?:armed|loaded|conjugated|linked|coupled))\b"
)
"""'X, an antibody to mesothelin that carries MMAF'."""
SHORT_BEFORE = re.compile(
    r"(?:conjugates?|ADCs?|radioligands?|immunotoxins?)\s+(?:candidate\s+|called\s+)?[A-Z]{2,4}-?\d{1,2}\Z|"
    r"[®™]\s?\([A-Z]{2,4}-?[A-Z]?\d{1,2}\Z"
)
PLURAL_BEFORE = re.compile(
    r"(?:conjugates|ADCs|radioligands)(?:\s(?:in|at)\s[^,.;:]{1,30})?\s*[,:(–—]\s*"
    r"(?:[A-Za-z]*-?\d[\w-]*(?:\s*\([^()]*\))?\s*(?:,\s+and|,|and)\s+)*\Z"
)
"""'two conjugates in Phase 2, IDP-101 and …'."""
AFTER_CONJUGATE = re.compile(BRIDGE + CONJUGATE_WORD, re.VERBOSE)
AFTER_ANTIBODY = re.compile(BRIDGE + ANTIBODY_WORD, re.VERBOSE)
BEFORE_CONJUGATE = re.compile(
    r"(?:"
    + CONJUGATE_WORD
    + r")\)?,?\s*(?:(?:drug|product|clinical|lead|development|clinical-stage|candidates?|programs?|"
    r"compounds?|therapy|is|was|called|named|designated|known\sas|termed|and|its|"
    r"the|our|technology|treatment|targeting|[A-Z][\w-]*\d?)\s*,?\s*){0,4}[(:“\"]?\s*\Z",
    re.VERBOSE,
)
BEFORE_ANTIBODY = re.compile(
    r"(?:"
    + ANTIBODY_WORD
    + r"),?\s*(?:(?:candidates?|called|named|designated|known\sas|termed)\s*,?\s*){0,3}[(:“\"]?\s*\Z",
    re.VERBOSE,
)
TOLD_BEFORE = re.compile(
    r"(?:candidates?|compounds?|drugs?|inhibitors?|agonists?|antagonists?|molecules?|degraders?|vaccines?|therapy)"
    r",?\s(?:called\s|named\s)?\Z"
)
TOLD_AFTER = re.compile(
    r"(?:\s\([^()]{0,60}\))?(?:,|\s(?:is|was|as)|,\swhich\s(?:is|was))\s(?:an?|the|its|our)\s(?:[\w/-]+,?\s){0,10}?"
    r"(?:inhibitor|agonist|antagonist|molecule|compound|candidate|degrader|vaccine|therapy|therapeutic|drug|modulator|medicine|agent)\b"
)
DRUG_BEFORE = re.compile(
    r"(?:candidates?|compounds?|product|drug|inhibitor|vaccine|agonist|antagonist|therapy|of|with|for|"
    r"includ\w+|"
    r"molecule|program|asset|treatment|agent|antibiotic|degrader|dose[sd]?|using|received|develop\w*|"
    r"evaluat\w+|to|rights|and|—|–|-|,)"
    r"\s*[,:(“\"]?\s*\Z"
)
DRUG_AFTER = re.compile(
    r"\s*(?:[®™]\s*)?(?:\([^()]{0,60}\)\s*)?(?:,?\s*(?:is|was|has|will|in|for|and|as|to|,|–|—|an?|at|plus|"
    r"target\w*|which|combination|"
    r"demonstrated|showed|monotherapy|treatment|program|candidate|[.)/;]))"
)
PAIR = re.compile(
    r"\s*(?:[®™]\s*)?(?:/|\(\s*(?:also\sknown\sas\s|formerly\s(?:known\sas\s)?|"
    r"previously\s(?:known\sas\s)?|or\s|aka\s|renamed\s|now\s(?:called\s|named\s|known\sas\s)?)?)\s*[\"“]?"
)


TRIAL_WORDS = re.compile(
    r"\s*(?:\([^()]{0,40}\)\s*)?(?:[Pp]hase\s\S+\s)?(?:clinical\s)?(?:trial|study|studies|cohort|programme)\b"
)

_OTHER = re.compile(
    r"(?<!\()\b[A-Z]{2,5}-?\d{3,5}\b(?![^()]*\))|\b(?:with|versus|vs|combin\w+|than|using|via|from|compared|unlike)\b"
)


def other_code(between: str) -> bool:
    """Whether the words between belong to another product or only to its company."""
    return _OTHER.search(between) is not None
