"""What a conjugate is made of and aimed at; who owns a technology; what a payload derives from.

Each rule yields relations with the words that state them. A name that encodes its parts gives them with the basis
`name_encoded`; what a sentence says has the basis `stated`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from oncopact.extractors.scene import Scene
from oncopact.folding import is_code, slug
from oncopact.lexicon import Lexicon
from oncopact.model import Basis, Document, EntityId, Evidence, Kind, Mention, Relation, Span
from oncopact.recognizers.molecules import parts
from oncopact.resolve import Resolution
from oncopact.syntax.clauses import complements
from oncopact.syntax.groups import NOUN, VERB

_TARGET_BEFORE = re.compile(
    r"""(?: targeting | targets? | directed \s+ (?: to | at | against | towards? ) | against | binds? (?: \s+ to )?
          | binding (?: \s to )? | recogni[sz](?: es | ing ) | specific \s+ for | anti [-\s]? | aimed \s+ at )
        \s* (?: (?: the | an? | both | human ) \s+ )? (?: [\w-]+ \s+ ){0,4} ["“(]? $""",
    re.VERBOSE | re.IGNORECASE,
)
_TARGET_AFTER = re.compile(
    r"^ ?[-‐‑– ]?(?:targeted|targeting|directed|specific|expressing[- ]targeted)\b", re.IGNORECASE
)
_PAYLOAD_CUE = re.compile(
    r"\b(?:payload|conjugated|linked|attached|armed|loaded|warhead|cytotoxic|cell-killing|effector|using|utili[sz]\w+|"
    r"contain\w*|compris\w+|consist\w+|compos\w+|combin\w+|carr(?:y|ies|ying)|deliver\w*|bearing|based|toxin|drug)\b",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\b[Ee]ach\s+(?:of\s+(?:these|the|our|its)\s+)?(?:[\w-]+\s+){0,2}(?:ADCs?|conjugates?|candidates?|one)\s+"
    r"(?:consists?\s+of|comprises?|is\s+(?:comprised|composed|made)|contains?|carries|delivers?|uses?|links?)\b"
)
_MADE_OF = re.compile(r"\b(?:compris|consist|compos|conjugated|linked|attached|made\s+up|contain)")
_ALL = re.compile(
    r"(?:The|Both|These|All|The\stwo)\s+(?:\w+\s+){0,2}(?:candidates|products|compounds|molecules|conjugates|ADCs|agents|"
    r"immunotoxins|drugs)\s+are\s+(?:both\s+|all\s+)?(?:[\w-]+\s+){0,4}(?:ADCs|conjugates|immunotoxins|immunoconjugates|"
    r"radioligands|radioconjugates)\b"
)
_APART = re.compile(
    r"\b(?:combin\w+|plus|versus|vs|compared|alongside|together|than)\b|\b(?:ADCs|conjugates|antibodies)\b[^,;]*\Z|;"
)
"""What stands between a conjugate and what another drug is aimed at."""
_RIGHT_BEFORE = re.compile(r"[-‐‑\s(]*(?:(?!(?:for|in|with|of|and|plus|by|to|as|from|on)\b)[\w®™-]+[-‐‑\s(]+){0,7}\Z")
"""'a Nectin-4 targeting antibody-drug conjugate (X': words of one noun group."""
_PAYLOAD_OF = re.compile(
    r"\b(?:payload|warhead|cytotoxin|toxin)s?\s+(?:\w+\s+)?(?:on|of|in|for)\s+\Z|\bpayload[^.;]{0,40}\Z", re.IGNORECASE
)
_OTHERS = re.compile(r"\bother\b[^,;.]*\b(?:payload|drug|class|modalit)", re.IGNORECASE)
_DERIVATIVE = re.compile(r"\bderivatives?\s+of\b|\bderived\s+from\b|\banalogue?s?\s+of\b", re.IGNORECASE)
_CONJUGATE_WORDS = re.compile(
    r"antibody[-‐‑\s]+drug[-‐‑\s]+conjugates?|\bADCs?\b|immunoconjugates?|immunotoxins?|\bconjugates?\b|\bTAP\b",
    re.IGNORECASE,
)


def from_name(
    mention: Mention, entity: EntityId, evidence_of: Scene, lexicon: Lexicon, spelled: dict[tuple[Kind, str], EntityId]
) -> Iterable[tuple[Relation, Mention]]:
    """The parts that a conjugate's own name encodes.

    Yields each relation with the part's own mention inside the name.
    """
    found = parts(mention.text, lexicon)
    text = evidence_of.document.text
    for kind, prop, part, key in (
        (Kind.ANTIBODY, "op:hasAntibody", found.antibody, found.antibody_key),
        (Kind.PAYLOAD, "op:hasPayload", found.payload, found.payload_key),
        (Kind.TARGET, "op:bindsTarget", found.target, found.target_key),
    ):
        start = _locate(text, mention.span, part) if part else None
        if start is None or part is None or (len(part) == 1 and not key):  # the T of T-DM1 is a letter, and no antibody
            continue
        inner = Mention(kind, start, " ".join(start.of(text).split()), "conjugate.name-part", key)
        target = key or spelled.get((kind, inner.text.casefold())) or f"{kind}/{slug(inner.text)}"
        evidence = evidence_of.evidence("conjugate.name-part", start, prop=prop, value=target, basis=Basis.NAME_ENCODED)
        yield Relation(entity, prop, target, (evidence,)), inner


def _locate(text: str, span: Span, part: str) -> Span | None:
    """Where a part of a name stands, blanks being free."""
    pattern = r"\s+".join(re.escape(word) for word in part.split())
    match = re.compile(pattern, re.IGNORECASE).search(text, span.start, span.end)
    return Span(match.start(), match.end()) if match else None


def stated(scene: Scene) -> tuple[Relation, ...]:
    """What the sentence says of a conjugate's payload, target, antibody, linker; of antibodies and payloads."""
    return (*_of_conjugates(scene), *_of_each(scene), *_of_antibodies(scene), *_derivatives(scene))


# ---------------------------------------------------------------- conjugates


def _of_conjugates(scene: Scene) -> Iterable[Relation]:
    conjugates = [m for m in scene.mentions if m.kind is Kind.CONJUGATE]
    if not conjugates:
        return
    told = _told(scene)
    distinct = {scene.entity(m) for m in conjugates} - {None}
    for mention in scene.mentions:
        if mention.kind not in (Kind.TARGET, Kind.PAYLOAD, Kind.ANTIBODY) or _renamed(scene, mention):
            continue
        owner = told.get(mention)
        if owner is None or mention.kind is Kind.ANTIBODY:
            owner = _nearest(scene, mention, conjugates, alone=len(distinct) == 1)
            found = _relate(scene, owner, mention) if owner else None
        else:
            found = _apposed(scene, owner, mention)
        if found:
            yield found


def _renamed(scene: Scene, mention: Mention) -> bool:
    """Whether a payload says again, in apposition, what another name has said: 'camptothecin, a TOP1 inhibitor'."""
    before = [m for m in scene.mentions if m.kind is Kind.PAYLOAD and m.span.end <= mention.span.start]
    if mention.kind is not Kind.PAYLOAD or not before:
        return False
    gap = scene.document.text[before[-1].span.end : mention.span.start]
    return re.fullmatch(r"(?:\s\w+)?,?\s*[,(]\s*an?\s(?:[\w-]+\s){0,4}[(]?", gap) is not None


def _of_each(scene: Scene) -> Iterable[Relation]:
    """'Each ADC consists of an antibody attached to … payloads', 'The candidates are both conjugates that target …'.

    Said of those that the section has named before; the plural of those in the sentence right before only.
    """
    text, sentence = scene.document.text, scene.sentence
    each = _EACH.search(text, sentence.span.start, sentence.span.end)
    said = each or _ALL.match(text, sentence.span.start, sentence.span.end)
    if said is None:
        return
    start = scene.document.sections[sentence.section].span.start
    if each is None:
        start = max(
            (s.span.start for s in scene.document.sentences if s.span.end <= sentence.span.start), default=start
        )
    named = sorted(
        {
            entity
            for span, entity in scene.resolution.at.items()
            if entity.startswith("conjugate/") and start <= span.start < sentence.span.start
        }
    )
    payload = next((m for m in scene.mentions if m.kind is Kind.PAYLOAD and m.span.start >= said.end()), None)
    if payload is not None and ";" not in text[said.end() : payload.span.start]:
        for subject in named:
            yield from _shared(scene, subject, "op:hasPayload", payload, said.start())
    target = next((m for m in scene.mentions if m.kind is Kind.TARGET and m.span.start >= said.end()), None)
    if target is not None and _TARGET_BEFORE.search(
        text[max(said.end() - 1, target.span.start - 90) : target.span.start]
    ):
        for subject in named if len(named) > 1 else ():
            yield from _shared(scene, subject, "op:bindsTarget", target, said.start())


def _shared(scene: Scene, subject: EntityId, prop: str, part: Mention, start: int) -> Iterable[Relation]:
    value = scene.entity(part)
    if value is not None:
        yield relation(scene, "conjugate.each", subject, prop, value, Span(start, part.span.end))


def _told(scene: Scene) -> dict[Mention, Mention]:
    """What a conjugate's apposition, copula or compound says: target or payload → the conjugate it describes.

    'X, a conjugate of calicheamicin', 'X is a TROP2-directed ADC that releases SN-38', 'the amanitin conjugate X'.
    """
    groups = scene.groups
    told: dict[Mention, Mention] = {}
    for at, group in enumerate(groups):
        if group.role != NOUN:
            continue
        named = [m for m in group.all_mentions if m.kind is Kind.CONJUGATE]
        if not named:
            continue
        description = [at] if len(group.tokens) > 1 else []
        noun = _apposition(scene, at)
        if noun is not None:
            description += [noun, *(c.at for c in complements(groups, noun))]
        for position in description:
            mentions = groups[position].all_mentions
            if position != at and any(m.kind is Kind.CONJUGATE for m in mentions):
                break
            if _of_patients(scene, position):
                continue
            for mention in mentions:
                if mention.kind in (Kind.TARGET, Kind.PAYLOAD):
                    told.setdefault(mention, named[0])
    return told


_CONJUGATE_HEADS = frozenset(
    """conjugate conjugates adc adcs immunoconjugate immunotoxin radioconjugate radioligand therapeutic candidate
    product agent antibody drug molecule compound""".split()
)


def _apposition(scene: Scene, at: int) -> int | None:
    """Position of the noun that says what the conjugate at `at` is: after a comma, or after 'is'."""
    groups = scene.groups
    after = at + 1
    if (after + 1 < len(groups) and groups[after].tag == ",") or (
        after + 1 < len(groups) and groups[after].role == VERB and groups[after].lemma == "be"
    ):
        noun = groups[after + 1]
        if (
            noun.role == NOUN
            and noun.words[0] in ("a", "an", "the", "its", "our", "another", "one")
            and (noun.lemma in _CONJUGATE_HEADS or any(_CONJUGATE_WORDS.search(w) for w in noun.words))
        ):
            return after + 1
    return None


def _of_patients(scene: Scene, position: int) -> bool:
    """Whether the group speaks of patients, tumours or disease rather than of the molecule."""
    words = set(scene.groups[position].words)
    return bool(words & _CLINICAL or any(w.endswith(("positive", "expressing", "mutated")) for w in words))


_CLINICAL = frozenset(
    "patients tumors tumours cancer cancers disease lymphoma leukemia cells expression carcinoma".split()
)


def _apposed(scene: Scene, owner: Mention, mention: Mention) -> Relation | None:
    subject, value = scene.entity(owner), scene.entity(mention)
    if subject is None or value is None or (mention.kind is Kind.TARGET and _parted(scene, owner.span, mention.span)):
        return None
    span = Span(min(owner.span.start, mention.span.start), max(owner.span.end, mention.span.end))
    if mention.kind is Kind.TARGET:
        return relation(scene, "conjugate.target", subject, "op:bindsTarget", value, span)
    return relation(scene, "conjugate.payload", subject, "op:hasPayload", value, span)


def _nearest(scene: Scene, mention: Mention, conjugates: Sequence[Mention], *, alone: bool) -> Mention | None:
    """The conjugate that a part belongs to: the last one before it, or the one right after it, in the same stretch."""
    text = scene.document.text
    before = [c for c in conjugates if c.span.end <= mention.span.start]
    after = [c for c in conjugates if c.span.start >= mention.span.end]
    if before and not (mention.kind is Kind.TARGET and _parted(scene, before[-1].span, mention.span)):
        gap = text[before[-1].span.end : mention.span.start]
        if alone or not re.search(r"[;]|\band\b(?=[^,]*$)|, (?:while|whereas|which)", gap) or len(gap) < 60:
            return before[-1]
    if after:
        gap = text[mention.span.end : after[0].span.start]
        if len(gap) < 60 and (_RIGHT_BEFORE.match(gap) if mention.kind is Kind.TARGET else ";" not in gap):
            return after[0]
    return None


def _parted(scene: Scene, owner: Span, part: Span) -> bool:
    """Whether another drug, or words that set drugs side by side, stand between a conjugate and a target."""
    gap = scene.document.text[owner.end : part.start]
    other = any(
        m.kind in (Kind.PRODUCT, Kind.ANTIBODY)
        and owner.end <= m.span.start
        and m.span.end <= part.start
        and not m.span.covers(part)
        and not gap[: m.span.start - owner.end].rstrip().endswith(("(", "/"))
        and not (m.kind is Kind.ANTIBODY and _MADE_OF.search(gap[: m.span.start - owner.end]))
        for m in scene.mentions
    )
    return other or _APART.search(_BRACKETED.sub(" ", gap)) is not None


_BRACKETED = re.compile(r"\A[^()]*\)|\([^()]*\)")


def _relate(scene: Scene, owner: Mention, mention: Mention) -> Relation | None:
    text = scene.document.text
    subject, value = scene.entity(owner), scene.entity(mention)
    if subject is None or value is None:
        return None
    span = Span(min(owner.span.start, mention.span.start), max(owner.span.end, mention.span.end))
    before = text[max(scene.sentence.span.start, mention.span.start - 90) : mention.span.start]
    after = text[mention.span.end : min(scene.sentence.span.end, mention.span.end + 40)]
    between = span.of(text)
    if mention.kind is Kind.TARGET:
        if not (_TARGET_BEFORE.search(before) or _TARGET_AFTER.match(after) or before.lower().endswith("anti-")):
            return None
        if re.search(r"\b(?:positive|expressing|overexpress\w*|mutat\w*)\b", after[:25]) and not _TARGET_BEFORE.search(
            before[-12:]
        ):
            return None
        return relation(scene, "conjugate.target", subject, "op:bindsTarget", value, span)
    if mention.kind is Kind.PAYLOAD:
        if ";" in between or _OTHERS.search(between):
            return None
        lead = text[max(scene.sentence.span.start, owner.span.start - 60) : owner.span.start]
        cue = _CONJUGATE_WORDS.sub(" ", between) + after
        if not (_PAYLOAD_CUE.search(cue) or _PAYLOAD_OF.search(lead)):
            return None  # 'antibody-drug conjugate' itself is no cue, though it says 'drug'
        return relation(scene, "conjugate.payload", subject, "op:hasPayload", value, span)
    made_of = _MADE_OF.search(between)
    if made_of and is_code(owner.text) and "combination" not in between:
        return relation(scene, "conjugate.antibody", subject, "op:hasAntibody", value, span)
    return None


def relation(scene: Scene, rule: str, subject: EntityId, prop: str, value: EntityId, span: Span) -> Relation:
    """A relation with its evidence in the scene's sentence."""
    return Relation(subject, prop, value, (scene.evidence(rule, span, prop=prop, value=value),))


# ---------------------------------------------------------------- described before named


def described(scene: Scene) -> tuple[Mention, ...]:
    """The parts of a conjugate that the sentence describes without naming it.

    'a novel anti-cancer agent using ImmunoGen's DM1 TAP technology with Boehringer Ingelheim's anti-CD44v6 antibody':
    the next sentence's 'the product candidate X' is that agent.
    """
    if any(m.kind is Kind.CONJUGATE for m in scene.mentions):
        return ()
    kinds = {m.kind for m in scene.mentions}
    agent = any(
        g.role == NOUN
        and g.lemma
        in ("agent", "product", "candidate", "conjugate", "therapeutic", "compound", "drug", "adc", "therapy")
        and g.words[0] in ("a", "an", "its", "their", "new", "novel")
        for g in scene.groups
    )
    uses = any(
        g.role == VERB and g.lemma in ("use", "utilize", "comprise", "consist", "combine", "link", "conjugate")
        for g in scene.groups
    )
    if agent and uses and Kind.PAYLOAD in kinds:
        return tuple(m for m in scene.mentions if m.kind in (Kind.PAYLOAD, Kind.TARGET, Kind.ANTIBODY))
    return ()


def identified(scene: Scene, parts_described: Sequence[Mention], described_in: Scene) -> tuple[Relation, ...]:
    """The relations of 'the product candidate X' to the parts described in the sentence before."""
    for group in scene.groups:
        conjugates = [m for m in group.mentions if m.kind is Kind.CONJUGATE]
        if group.role != NOUN or len(conjugates) != 1 or group.words[0] not in ("the", "this"):
            continue
        subject = scene.entity(conjugates[0])
        relations = []
        for mention in parts_described:
            prop = {Kind.PAYLOAD: "op:hasPayload", Kind.TARGET: "op:bindsTarget"}.get(mention.kind)
            value = described_in.entity(mention)
            if prop and subject and value:
                relations.append(
                    relation(described_in, "conjugate.described", subject, prop, value, described_in.sentence.span)
                )
        return tuple(relations)
    return ()


# ---------------------------------------------------------------- the only one of its kind


_ONLY_TARGET = re.compile(
    r"(?<!portfolio )(?<!pipeline )(?<!programs )\b(?:targeting|targets|directed|binds?|binding)\b[^.;]{0,110}\Z"
)
_ONLY_PAYLOAD = re.compile(r"\b(?:payload|warhead|toxin|cytotoxic agent)\b")


def only(
    document: Document, resolution: Resolution, relations: Sequence[Relation], mentions: Sequence[Mention]
) -> list[Relation]:
    """Parts that a sentence states without naming the conjugate, where the release speaks of one only.

    'The ADC has entered Phase 1. It works by targeting a surface protein (KLR7).'
    """
    conjugates = [e for e in resolution.entities if e.kind is Kind.CONJUGATE]
    if len(conjugates) != 1:
        return []
    found: list[Relation] = []
    for kind, prop, cue in (
        (Kind.TARGET, "op:bindsTarget", _ONLY_TARGET),
        (Kind.PAYLOAD, "op:hasPayload", _ONLY_PAYLOAD),
    ):
        parts_named = [e for e in resolution.entities if e.kind is kind]
        if len(parts_named) != 1 or any(r.property == prop for r in relations if r.subject == conjugates[0].id):
            continue
        for mention in mentions:
            sentence = next((s for s in document.sentences if s.span.covers(mention.span)), None)
            if resolution.of(mention) != parts_named[0].id or sentence is None or not sentence.kind.states_facts:
                continue
            before = document.text[max(sentence.span.start, mention.span.start - 130) : mention.span.start]
            around = before if kind is Kind.TARGET else sentence.span.of(document.text)
            if cue.search(around) and not _APART.search(before):
                quote = mention.span.of(document.text)
                evidence = Evidence(
                    mention.span, quote, "conjugate.only", sentence.kind, prop, parts_named[0].id, Basis.STATED
                )
                found.append(Relation(conjugates[0].id, prop, parts_named[0].id, (evidence,)))
                break
    return found


# ---------------------------------------------------------------- antibodies, payloads, technologies


def _of_antibodies(scene: Scene) -> Iterable[Relation]:
    """'anti-CD44v6 antibody' binds CD44v6; 'X, an antibody directed against Y'; whose antibody it is."""
    text = scene.document.text
    antibodies = [m for m in scene.mentions if m.kind is Kind.ANTIBODY]
    for mention in scene.mentions:
        if mention.kind is not Kind.TARGET:
            continue
        for antibody in antibodies:
            subject, value = scene.entity(antibody), scene.entity(mention)
            if subject is None or value is None:
                continue
            inside = antibody.span.covers(mention.span)
            gap = text[antibody.span.end : mention.span.start] if antibody.span.end <= mention.span.start else None
            if inside or (gap is not None and len(gap) < 80 and _TARGET_BEFORE.search(gap) and "conjugate" not in gap):
                span = antibody.span if inside else Span(antibody.span.start, mention.span.end)
                yield relation(scene, "antibody.target", subject, "op:bindsTarget", value, span)
                break


def _derivatives(scene: Scene) -> Iterable[Relation]:
    """'DM1, is a proprietary derivative of the potent cytotoxic agent maytansine'."""
    text = scene.document.text
    payloads = [m for m in scene.mentions if m.kind is Kind.PAYLOAD]
    for one, two in pairwise(payloads):
        gap = text[one.span.end : two.span.start]
        subject, value = scene.entity(one), scene.entity(two)
        if len(gap) < 120 and _DERIVATIVE.search(gap) and subject and value and subject != value:
            span = Span(one.span.start, two.span.end)
            yield relation(scene, "payload.derivative", subject, "op:derivativeOf", value, span)


def united(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """One relation per subject, property and object, with all its evidence in the order of the text."""
    merged: dict[tuple[str, str, str], list[Evidence]] = {}
    literal: dict[tuple[str, str, str], bool] = {}
    for relation in relations:
        key = (relation.subject, relation.property, relation.object)
        merged.setdefault(key, []).extend(relation.evidence)
        literal[key] = relation.literal
    return tuple(
        Relation(*key, tuple(sorted(dict.fromkeys(evidence), key=lambda e: (e.span, e.rule))), literal[key])
        for key, evidence in sorted(merged.items())
    )
