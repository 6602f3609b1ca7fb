"""Whether an event has happened, is intended or is a condition: by tense, governor, preposition and conjunction."""

from __future__ import annotations

import re
from collections.abc import Sequence

from oncopact.extractors.event_standing import HEADS, Standing, by_payment, money_before, money_near, pooled
from oncopact.extractors.scene import Scene
from oncopact.model import Kind, Modality, Status
from oncopact.syntax.clauses import clause_start, complements, is_reduced, is_relative, subject
from oncopact.syntax.groups import NOUN, PREPOSITION, VERB, Group

_INTENDING = frozenset(
    """expect plan anticipate intend schedule target slate project foresee prepare forecast envisage estimate aim
    hope""".split()
)
_SAYING = frozenset(
    """announce report achieve mark celebrate receive obtain confirm gain secure disclose complete make win follow
    include reach trigger earn represent see note highlight record conclude""".split()
)
_ANNOUNCING = frozenset("announce report celebrate confirm".split())
_REACHING = frozenset("trigger achieve reach earn meet mark follow bring highlight".split())
_BRINGING = frozenset("trigger mark represent earn bring result entitle follow constitute occur take happen".split())
_NOT_YET = frozenset("planned expected anticipated proposed upcoming intended future forthcoming imminent".split())
_PERHAPS = frozenset("potential possible eventual any".split())
_WHEN = frozenset("upon on at for after following once".split())
PENDING = frozenset("pending subject contingent conditional conditioned conditioning depending dependent".split())
_IF = frozenset("if when once unless should provided upon".split())
_REPORTS = frozenset("announcement news achievement milestone milestones accomplishment completion occurrence".split())
_PLANS = frozenset("plan plans intention preparations preparation track expectation timing timeline goal".split())
_RIGHTS = frozenset(
    """right rights option ability opportunity permission clearance authorization authorisation approval ind
    potential need effort efforts decision possibility potential support funds proceeds attempt guidance""".split()
)


def status(scene: Scene, at: int) -> Standing | None:
    """How the event of the verb or noun at `at` is meant; None where it is denied, or told without being an event."""
    group = scene.groups[at]
    if group.role == VERB and not is_nominal(scene.groups, at):
        return _of_verb(scene, at)
    return _of_noun(scene, at)


def is_nominal(groups: Sequence[Group], at: int) -> bool:
    """Whether the gerund at `at` is a noun of doing: 'closing of the transaction', 'dosing of the first patient'."""
    if not groups[at].gerund or at + 1 >= len(groups):
        return False
    after = groups[at + 1]
    opens = at == 0 or groups[at - 1].tag in ",;:-"
    return after.lemma == "of" or (opens and after.lemma == "for") or (opens and after.role == VERB and after.finite)


# ---------------------------------------------------------------- verbs


def _of_verb(scene: Scene, at: int) -> Standing | None:
    groups, group = scene.groups, scene.groups[at]
    if group.negated or _describes(scene, at):
        return None
    if group.words[0] == "being":  # 'upon a first patient being treated'
        return Standing(Status.CONDITIONAL, paid=True) if money_before(scene, at) else None
    if _listed_aim(scene, at):
        return Standing(Status.PLANNED)
    if group.infinitive and not group.finite:
        return _of_infinitive(scene, at)
    if group.gerund:
        return _of_gerund(scene, at)
    conjunction = _conjunction(groups, at) or _supposed(scene, at)
    modality = _modality(groups, at)
    if modality is Modality.CONDITIONAL:
        return Standing(Status.CONDITIONAL, paid=money_near(scene))
    if conjunction == "when" and modality is Modality.PLANNED:
        return Standing(Status.PLANNED, paid=money_near(scene))
    if conjunction in _IF and not (_past(group) and not group.perfect and conjunction in ("when", "once")):
        return Standing(Status.CONDITIONAL, paid=True)
    if conjunction in ("unless", "until", "before"):
        return None
    if group.lemma in _INTENDING | {"set"} and group.passive and not {"was", "were", "had"} & set(group.words):
        return Standing(Status.PLANNED)
    if modality is Modality.PLANNED:
        lapsed = bool({"was", "were", "had"} & set(group.words))
        return None if lapsed else Standing(Status.PLANNED)
    if conjunction == "whether":
        return None
    if group.past or group.passive or scene.sentence.kind in HEADS or _present_counts(scene, at):
        return Standing(Status.ACHIEVED)
    return None


def _phrase_only(groups: Sequence[Group], position: int, at: int) -> bool:
    """Whether 'before' and its like govern a noun there and not the clause: 'Before the closing, A will spin out'."""
    if groups[position].lemma not in ("before", "after", "until", "upon"):
        return False
    return position + 2 < at and groups[position + 1].role == NOUN and groups[position + 2].tag == ","


def _past(group: Group) -> bool:
    """Whether the form is past: 'was dosed', 'filed'; not 'is dosed'."""
    return group.past and not {"is", "are", "be", "being"} & set(group.words)


def _listed_aim(scene: Scene, at: int) -> bool:
    """'File an IND in 2025', the bare verb that opens an item of a list of aims."""
    groups, group = scene.groups, scene.groups[at]
    bare = len(group.tokens) == 1 and group.tokens[0].features == "b"
    colon = max((i + 1 for i, g in enumerate(groups[:at]) if g.tag == ":"), default=0)
    labelled = 0 < colon <= 4 and not any(g.role == VERB for g in groups[:colon])
    start = colon if labelled else 0  # 'Lymphoma: Complete enrolment in 2025'
    opens = all(g.role not in (NOUN, VERB) for g in groups[start:at])
    return bare and opens and scene.sentence.kind not in HEADS and (labelled or not subject(groups, at))


def _describes(scene: Scene, at: int) -> bool:
    """Whether a participle only says which one: 'the first subject treated with it responded'."""
    groups, group = scene.groups, scene.groups[at]
    if not group.reduced or not is_reduced(groups, at) or group.lemma in ("approve", "grant", "award", "clear"):
        return False
    if at > 1 and "first" in groups[at - 1].words and groups[at - 2].lemma in _ANNOUNCING:
        return False  # 'announces first patient dosed'
    follows = any(g.role == VERB and g.finite and not g.reduced for g in groups[at + 1 :])
    return follows or any(g.role == VERB and g.finite for g in groups[:at])


def _modality(groups: Sequence[Group], at: int) -> Modality:
    """The verb's own modality, or for a bare verb after 'and' that of the verb before: 'will sign and start'."""
    group = groups[at]
    bare = len(group.tokens) == 1 and group.tokens[0].features == "b"
    if not bare or group.modality is not Modality.ASSERTED or not at or groups[at - 1].tag not in ("C", ","):
        return group.modality
    before = _last_finite(groups, at)
    if before is None or groups[before].modality is Modality.ASSERTED:
        return group.modality
    awaited = any(set(g.words) & PENDING for g in groups[before:at])
    return Modality.CONDITIONAL if awaited else groups[before].modality  # 'and, pending its acceptance, start a trial'


def _present_counts(scene: Scene, at: int) -> bool:
    """'the IND is effective', 'Alderis today announces that ALD-12 enters Phase II'; not what is done as a rule."""
    group = scene.groups[at]
    named = subject(scene.groups, at)
    bare = any(scene.groups[i].words[0] in ("a", "any", "each", "every") for i in named)
    return group.finite and not bare and "would" not in group.words


def _conjunction(groups: Sequence[Group], at: int) -> str:
    """The word that opens the clause of the verb at `at`: 'if', 'when', 'after'; empty for a main clause."""
    start = clause_start(groups, at)
    for position in (start - 1, start, start + 1):
        if 0 <= position < at and groups[position].role != NOUN:
            lemma = groups[position].lemma
            opens = lemma in _IF | {"unless", "until", "before", "whether", "after"}
            if opens and groups[position].tag in "IOCAV" and not _phrase_only(groups, position, at):
                return lemma
    return ""


_SUPPOSING = re.compile(
    r"\b(?P<word>if|whether)\b|\bin the event\b|\bshould (?:one|the|any|an?|it|either)\b", re.IGNORECASE
)


def _supposed(scene: Scene, at: int) -> str:
    """'if' where the words since the last comma suppose something: 'should one of the antibodies receive approval'."""
    start = scene.groups[at].span.start
    before = scene.document.text[scene.sentence.span.start : start]
    match = _SUPPOSING.search(re.split(r"[,;]", before)[-1])
    return (match["word"] or "if").lower() if match else ""


def _of_infinitive(scene: Scene, at: int) -> Standing | None:
    groups = scene.groups
    before = at - 1
    while before >= 0 and groups[before].role not in (NOUN, VERB):
        before -= 1
    if before < 0:
        return Standing(Status.PLANNED) if scene.sentence.kind in HEADS else None
    governor = groups[before]
    if governor.role == NOUN:
        if governor.lemma in _PLANS or set(governor.words) & {"plans", "track", "intention"}:
            return Standing(Status.PLANNED)
        if any(m.kind is Kind.MONEY for m in governor.mentions):
            return Standing(Status.CONDITIONAL, paid=True)
        if governor.lemma in _RIGHTS:
            return None
        verb = next((i for i in range(before - 1, -1, -1) if groups[i].role == VERB), None)
        if verb is None:
            named = governor.head(Kind.COMPANY) is not None or bool(governor.mentions)
            return Standing(Status.PLANNED) if scene.sentence.kind in HEADS and named else None
        return _by_intent(groups[verb])
    return _by_intent(governor) or (
        Standing(Status.PLANNED) if governor.lemma == "be" and not governor.past and not governor.negated else None
    )


def _by_intent(verb: Group) -> Standing | None:
    if verb.negated:
        return None
    if verb.modality is Modality.CONDITIONAL:
        return None
    intends = verb.lemma in _INTENDING | {"commit"} or (
        verb.modality is Modality.PLANNED and set(verb.chain) & _INTENDING
    )
    return Standing(Status.PLANNED) if intends else None


def _of_gerund(scene: Scene, at: int) -> Standing | None:
    groups = scene.groups
    before = at - 1
    while before >= 0 and groups[before].tag in ("R", "D"):
        before -= 1
    if before < 0:
        return Standing(Status.PLANNED) if groups[at].lemma in ("target", "plan", "expect") else None
    governor = groups[before]
    if governor.role == VERB:
        if governor.lemma in _INTENDING or governor.modality is Modality.PLANNED:
            return None if governor.negated else Standing(Status.PLANNED)
        saying = governor.lemma in ("begin", "start", "announce", "commence", "report")
        return _of_verb(scene, before) if saying else None
    if governor.tag == "O":
        return (
            Standing(Status.PLANNED) if "forward" in " ".join(text for g in groups[:at] for text in g.words) else None
        )
    if governor.lemma in ("of", "for", "on", "upon", "after", "following", "by") and money_before(scene, before):
        return by_payment(scene, before)
    return None


# ---------------------------------------------------------------- nouns


def _of_noun(scene: Scene, at: int) -> Standing | None:
    groups, group = scene.groups, scene.groups[at]
    words = set(group.words)
    if words & {"no", "ongoing", "future"} and "no" in words:
        return None
    if words & _NOT_YET:
        return Standing(Status.PLANNED, _predicate(groups, at))
    if words & _PERHAPS:
        return Standing(Status.CONDITIONAL, paid=money_before(scene, at))
    predicate = _predicate(groups, at)
    if predicate is not None:
        return _by_predicate(scene, predicate)
    governor = _governor(groups, at)
    if governor is None:
        return _of_fragment(scene, at)
    if groups[governor].role == VERB:
        return _by_governing_verb(scene, governor)
    return _by_preposition(scene, at, governor)


def _predicate(groups: Sequence[Group], at: int) -> int | None:
    """Position of the finite verb, or of the participle right after, whose subject the noun is."""
    for position in range(at + 1, len(groups)):
        group = groups[position]
        if group.tag in (";",):
            return None
        if group.role == VERB and (group.finite or group.reduced or group.lemma in _INTENDING):
            if group.reduced and is_reduced(groups, position) and group.lemma not in _INTENDING:
                continue
            if at in subject(groups, position) or (group.reduced and group.lemma in _INTENDING):
                return position
            if groups[at].role == VERB and not any(
                g.role == NOUN and g.head(Kind.COMPANY) for g in groups[at:position]
            ):
                return position if position == _first_finite(groups, at + 1) else None
            if group.finite and not group.reduced and is_relative(groups, position) is None:
                return None
    return None


def _first_finite(groups: Sequence[Group], start: int) -> int | None:
    return next((i for i in range(start, len(groups)) if groups[i].role == VERB and groups[i].finite), None)


def _by_predicate(scene: Scene, at: int) -> Standing | None:
    groups, group = scene.groups, scene.groups[at]
    if group.negated:
        return None
    rest = {w for c in complements(groups, at)[:2] for w in groups[c.at].words}
    if group.lemma in _INTENDING and (group.passive or group.reduced or group.finite):
        return Standing(Status.PLANNED, at)
    if group.modality is Modality.CONDITIONAL:
        return Standing(Status.CONDITIONAL, at, paid=money_near(scene))
    if group.modality is Modality.PLANNED:
        brings = group.lemma in ("trigger", "result", "entitle", "earn", "bring")
        return Standing(Status.CONDITIONAL if brings else Status.PLANNED, at, paid=brings)
    if _conjunction(groups, at) in _IF:
        return Standing(Status.CONDITIONAL, at, paid=True)
    if group.lemma in ("be", "remain", "subject") or "subject" in group.words:
        if rest & PENDING or set(group.words) & PENDING:
            return Standing(Status.CONDITIONAL, at)
        return Standing(Status.PLANNED, at) if rest & {"track", "expected", "planned", "foreseen", "due"} else None
    if group.past or group.lemma in _BRINGING or scene.sentence.kind in HEADS:
        return Standing(Status.ACHIEVED, at)
    return None


def _governor(groups: Sequence[Group], at: int) -> int | None:
    """Position of the verb or preposition that the noun at `at` depends on, coordinated nouns skipped."""
    position = at - 1
    listed = False
    while position >= 0:
        group = groups[position]
        if group.role == PREPOSITION or (group.role == VERB):
            if listed and group.lemma == "of":
                position -= 1
                continue
            return position
        if group.tag in ("C", ","):
            listed = True
        elif group.role == NOUN:
            if not listed:
                return None
            if set(group.words) & PENDING:
                return position
        elif group.tag in ("-", ":", ";", "W"):
            return None
        position -= 1
    return None


def _by_governing_verb(scene: Scene, at: int) -> Standing | None:
    group = scene.groups[at]
    if group.lemma == "pending" or set(group.words) & PENDING:
        return Standing(Status.CONDITIONAL)
    if group.negated:
        return None
    if group.lemma in _INTENDING:
        return Standing(Status.PLANNED, at)
    if group.lemma not in _SAYING and not set(group.chain) & _INTENDING:
        return None
    if group.infinitive or group.gerund:
        standing = _of_verb(scene, at)
        if standing is None and group.lemma in ("follow", "mark", "include") and group.gerund:
            return _by_preposition(scene, at + 1, at)
        return standing
    if group.modality is Modality.PLANNED:
        return Standing(Status.PLANNED, at)
    if group.modality is Modality.CONDITIONAL:
        return Standing(Status.CONDITIONAL, at, paid=money_near(scene))
    return Standing(Status.ACHIEVED, at)


def _by_preposition(scene: Scene, at: int, governor: int) -> Standing | None:
    groups = scene.groups
    lemma = groups[governor].lemma
    before = groups[governor - 1] if governor else None
    if pooled(groups, at):
        return None
    if set(groups[governor].words) & PENDING or (before is not None and set(before.words) & PENDING):
        return Standing(Status.CONDITIONAL)
    if lemma in _WHEN or lemma in ("with", "follow", "in", "by", "through"):
        if money_before(scene, governor):
            return by_payment(scene, governor)
        if before is not None and before.role == NOUN and before.lemma in _PLANS:
            return Standing(Status.PLANNED)
    if (
        lemma in ("by", "upon", "with", "on")
        and before is not None
        and before.role == VERB
        and before.lemma in _REACHING
    ):
        # 'the milestone was triggered by the submission of an IND'
        if before.negated or not before.past:
            return None
        return Standing(Status.ACHIEVED) if before.modality is Modality.ASSERTED else Standing(Status.CONDITIONAL)
    if lemma == "of" and before is not None and before.role == NOUN:
        if before.lemma in _REPORTS:
            return _of_noun(scene, governor - 1)
        return Standing(Status.PLANNED) if before.lemma in _PLANS else None
    if lemma in _WHEN and governor == 0 and money_near(scene):
        verb = _first_finite(groups, at)
        ahead = verb is not None and (groups[verb].modality is not Modality.ASSERTED or not groups[verb].past)
        if verb is not None and ahead and not groups[verb].negated:
            return Standing(Status.CONDITIONAL, paid=True)
    if lemma in ("after", "following", "follow", "with", "upon", "since"):
        verb = _first_finite(groups, at) if governor == 0 else _last_finite(groups, governor)
        told = verb is not None and groups[verb].past and groups[verb].modality is Modality.ASSERTED
        return Standing(Status.ACHIEVED) if told and verb is not None and not groups[verb].negated else None
    return None


def _last_finite(groups: Sequence[Group], end: int) -> int | None:
    return next((i for i in range(end - 1, -1, -1) if groups[i].role == VERB and groups[i].finite), None)


def _of_fragment(scene: Scene, at: int) -> Standing | None:
    """A noun that no verb governs: a headline, 'a milestone - the initiation of clinical trials', a list of terms."""
    groups = scene.groups
    if money_before(scene, at):
        return by_payment(scene, at)
    fragment = not any(g.role == VERB and g.finite for g in groups)
    if fragment and scene.sentence.kind not in HEADS and money_near(scene):
        return Standing(Status.CONDITIONAL, paid=True)
    before = groups[at - 1] if at else None
    if before is not None and before.tag in ("-", ":", ","):
        named = next((i for i in range(at - 2, -1, -1) if groups[i].role == NOUN), None)
        if named is not None and _AHEAD.search(groups[named].span.of(scene.document.text)):
            return Standing(Status.PLANNED)
        if named is not None and groups[named].lemma in _REPORTS:
            return Standing(Status.ACHIEVED)
    headline = scene.sentence.kind in HEADS
    if fragment and headline and (at == 0 or before is None or before.tag in "-:,"):
        return Standing(Status.ACHIEVED)
    issued = scene.document.issued
    if fragment and issued and any(m.date and m.date.earliest > issued.latest for m in scene.mentions):
        return Standing(Status.PLANNED)
    if fragment and all(g.role != NOUN or g.mentions for g in groups[:at]):
        return _by_lead(scene)
    return None


_AHEAD = re.compile(r"\b(?:expected|anticipated|upcoming|planned|next|goals?|objectives|future|targeted)\b", re.I)
_BEHIND = re.compile(r"\b(?:achiev\w+|recent\w*|highlights|progress|accomplish\w+|completed)\b", re.IGNORECASE)


def _by_lead(scene: Scene) -> Standing | None:
    """The status that the heading of a list lends to its items: 'Milestones expected in 2022:'."""
    if scene.sentence.kind in HEADS:
        return None
    text = scene.document.text
    for sentence in reversed(scene.document.sentences[max(0, scene.sentence.index - 8) : scene.sentence.index]):
        lead = sentence.span.of(text)
        if lead.rstrip().endswith(":") or len(lead) < 60:
            if _AHEAD.search(lead):
                return Standing(Status.PLANNED)
            if _BEHIND.search(lead):
                return Standing(Status.ACHIEVED)
    return None
