"""Who is the subject, what is the object, which noun follows which preposition.

Works on the groups of one sentence. Positions are indices into the groups. No tree is built: each question is answered
by walking from the verb, which is all that frames ask for and stays right where a parser would be lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar, cast

from oncopact.model import Kind
from oncopact.syntax.groups import NOUN, PREPOSITION, VERB, Group, Groups
from oncopact.syntax.lexis import SUBORDINATORS

_Answer = TypeVar("_Answer")


def _remembered(question: Callable[[Sequence[Group], int], _Answer]) -> Callable[[Sequence[Group], int], _Answer]:
    """Work out each answer once a sentence: many frames ask the same of the same verb."""
    name = question.__name__

    @wraps(question)
    def answer(groups: Sequence[Group], at: int) -> _Answer:
        if type(groups) is not Groups:
            return question(groups, at)
        memo, key = groups.memo, (name, at)
        if key not in memo:
            memo[key] = question(groups, at)
        return cast("_Answer", memo[key])

    return answer


@dataclass(frozen=True, slots=True)
class Complement:
    """A noun group to the right of a trigger.

    Attributes:
        at: Its position.
        preposition: The word that governs it; empty for an object or an item coordinated with it.
        depth: 0 in the trigger's own clause, 1 and more inside relative clauses, infinitives and participles.
        verb: Lemma of the infinitive, participle or relative verb that governs it, empty at depth 0.
    """

    at: int
    preposition: str
    depth: int
    verb: str = ""


@_remembered
def is_reduced(groups: Sequence[Group], at: int) -> bool:
    """Whether the participle at `at` modifies the noun before it: 'products licensed to X', not 'A licensed X'."""
    group = groups[at]
    if not group.reduced or at == 0 or group.lemma in _HAPPENING or _goes_on(groups, at):
        return False
    before = at - 1
    if groups[before].tag == ",":
        before -= 1
    if before < 0 or groups[before].role != NOUN:
        return False
    after = next((i for i in range(at + 1, len(groups)) if groups[i].tag != "R"), None)
    if after is None or groups[after].role == NOUN:
        return False
    following = groups[after]
    if following.tag == "W" or following.lemma == "that":
        return False
    if group.lemma in _STANDING:
        return True
    if groups[at - 1].tag == "," and any(g.role == VERB and g.finite and not g.reduced for g in groups[at + 1 :]):
        return True  # 'A, known as B, has signed'
    if following.lemma == "by" and after + 1 < len(groups) and _is_firm(groups[after + 1]):
        return True  # 'Alderis acquired by Borgmann'
    finite_before = any(g.role == VERB and g.finite and not g.reduced for g in groups[:at])
    finite_after = any(g.role == VERB and g.finite and not g.reduced for g in groups[at + 1 :])
    agentless = not _is_firm(groups[before]) and groups[before].lemma not in _ACTORS
    return agentless or (following.lemma in ("by", "from", "to") and (finite_before or finite_after))


_ACTORS = frozenset("companies parties partners we they it".split())
"""Nouns and pronouns that act, as companies do: 'announced that the parties entered into a licence'."""
_HAPPENING = frozenset("occur happen expire arise emerge elapse transpire".split())
"""Verbs without an object, whose past form is never a participle that modifies: 'the first sale occurred in May'."""
_TURNING = frozenset("begin start commence open close".split())


def _goes_on(groups: Sequence[Group], at: int) -> bool:
    """'The study opened in May and data will be shared': the sentence's first verb, and a clause joined to its own."""
    if groups[at].lemma not in _TURNING or any(g.role == VERB for g in groups[:at]):
        return False
    verb = next((i for i in range(at + 1, len(groups)) if groups[i].role == VERB and groups[i].finite), None)
    return verb is not None and any(g.tag == "C" for g in groups[at + 1 : verb])


_STANDING = frozenset("know base locate headquarter call entitle".split())
"""Participles that describe a company or thing: 'Alderis, based in Oslo'."""


def is_relative(groups: Sequence[Group], at: int) -> int | None:
    """Position of the relative pronoun that is the subject of the verb at `at`, where there is one."""
    before = at - 1
    while before >= 0 and groups[before].tag == "R":
        before -= 1
    if before < 1 or groups[before].tag != "W":
        return None
    antecedent = groups[before - 1]
    if antecedent.role == NOUN or (antecedent.tag == "," and before > 1):
        return before
    return None


@_remembered
def clause_start(groups: Sequence[Group], at: int) -> int:
    """Position of the first group of the finite clause that the verb at `at` belongs to."""
    position = at - 1
    while position >= 0:
        group = groups[position]
        if group.tag in (";", ":"):
            return position + 1
        if group.tag == "-" and _first_noun(groups, position + 1, at) is not None:
            return position + 1  # '… - Alderis announced'; in 'Alderis - a subsidiary - announced' nothing follows
        if group.tag == "W" and position and groups[position - 1].role == VERB:
            return position + 1
        if group.tag == "W" and _has_own_subject(groups, position, at):
            return position + 1  # a relative clause with a subject of its own: 'a conjugate that A and B develop'
        if group.tag == "W" and position and groups[position - 1].tag == "R" and groups[position - 2].role == VERB:
            return position + 1
        if group.tag == "I" and group.lemma in SUBORDINATORS:
            return position + 1
        if group.role == VERB and group.finite and not is_reduced(groups, position):
            pronoun = is_relative(groups, position)
            if pronoun is None:
                return position + 1
            position = pronoun - 1
            continue
        position -= 1
    return 0


def _has_own_subject(groups: Sequence[Group], pronoun: int, at: int) -> bool:
    """Whether the relative clause at `pronoun` has its own subject, and `at` is its verb: 'a drug that A develops'."""
    first_verb = next((i for i in range(pronoun + 1, at + 1) if groups[i].role == VERB), at)
    return first_verb == at and _first_noun(groups, pronoun + 1, at) is not None


@_remembered
def subject(groups: Sequence[Group], at: int) -> tuple[int, ...]:
    """Positions of the noun groups that are the subject of the verb at `at`, coordinated ones included.

    For a reduced participle and a relative clause it is the noun they modify; for an infinitive or participle the
    subject of the verb that governs it.
    """
    return _subject(groups, at, _CHAIN)


_CHAIN = 6
"""How many governing verbs an infinitive's subject is looked for behind."""


_AWAITED = frozenset("expected planned scheduled slated anticipated projected intended".split())


def _subject(groups: Sequence[Group], at: int, limit: int) -> tuple[int, ...]:
    if limit <= 0 or at <= 0:
        return ()
    group = groups[at]
    if is_reduced(groups, at) or (group.gerund and at and groups[at - 1].role == NOUN):
        return _noun_before(groups, at)
    pronoun = is_relative(groups, at)
    if pronoun is not None:
        return _noun_before(groups, pronoun)
    if group.words[0] in _AWAITED and any(g.role == VERB and g.finite for g in groups[:at]):
        before = at - 1 if groups[at - 1].tag == "," else at
        if before and groups[before - 1].role == NOUN:
            return (before - 1,)  # 'in a trial, expected to start in 2029'
    if not group.finite:
        if group.infinitive and _own_subject(groups, at):
            return _companies_before(groups, at) or (at - 1,)
        governor = _verb_before(groups, at)
        if governor is None:
            governor = next(
                (i for i in range(at + 1, len(groups)) if groups[i].role == VERB and groups[i].finite), None
            )
        return _subject(groups, governor, limit - 1) if governor is not None else ()
    shared = _shares_subject_with(groups, at)
    if shared is not None:
        return _subject(groups, shared, limit - 1)
    start = clause_start(groups, at)
    if start and groups[start - 1].role == VERB and groups[start - 1].lemma not in _CLAUSAL:
        own = _after_and(groups, start, at)
        if own:
            return own
    first = _first_noun(groups, start, at)
    if first is not None:
        return coordinated(groups, first, at)
    if start and groups[start - 1].role == VERB:
        return _subject(groups, start - 1, limit - 1)
    return ()


_PAIR = 2
_CLAUSAL = frozenset("say announce report state believe expect think note add disclose ensure mean be".split())
"""Verbs whose object may be a clause without 'that': 'said the drug and the antibody will enter trials'."""


def _after_and(groups: Sequence[Group], start: int, at: int) -> tuple[int, ...]:
    """The subject of a second main clause: B in 'A sold the drug and B will pay'; empty where there is none."""
    noun = at - 1
    while noun > start and groups[noun].tag == "R":
        noun -= 1
    while noun - 2 > start and groups[noun].role == NOUN and groups[noun - 1].role == PREPOSITION:
        noun -= 2
    if noun <= start + 1 or groups[noun].role != NOUN or groups[noun - 1].tag != "C":
        return ()
    row, position = [noun], noun - 1
    while position > start and (groups[position].tag in (",", "C") or groups[position].head(Kind.COMPANY) is not None):
        row[:0] = [position] if groups[position].role == NOUN else []
        position -= 1
    if len(row) > _PAIR and groups[noun].head(Kind.COMPANY) is not None:
        return tuple(row)  # 'A, B, C and D have licensed'
    if any(groups[i].tag == "," and groups[i + 1].tag != "C" for i in range(start, noun - 1)):
        return ()  # 'While it was signed in 2024, the partnership between A and B has expanded'
    before = noun - 2
    paired = before - 1 > start and groups[before].role == NOUN and groups[before - 1].tag == "C"
    both = paired and all(groups[i].head(Kind.COMPANY) for i in (before, noun))
    return (before, noun) if both else (noun,)


def _own_subject(groups: Sequence[Group], at: int) -> bool:
    """Whether the company right before an infinitive is its subject: 'B to pay A $5 million', 'a deal for B to buy A'.

    After another preposition it is not: 'a deal with B to develop'.
    """
    before = at - 1
    if groups[before].role != NOUN or groups[before].head(Kind.COMPANY) is None:
        return False
    governor = groups[before - 1] if before else None
    return governor is None or governor.role != PREPOSITION or governor.lemma == "for"


def _companies_before(groups: Sequence[Group], at: int) -> tuple[int, ...]:
    """The companies that a headline's infinitive follows: 'A and B to develop X', not 'agreed with B to develop X'."""
    found: list[int] = []
    position = at - 1
    while position >= 0 and groups[position].role == NOUN and groups[position].head(Kind.COMPANY):
        found.insert(0, position)
        if position < 2 or groups[position - 1].tag not in ("C", ","):
            break
        position -= 2
    if not found or (found[0] and groups[found[0] - 1].role in (VERB, PREPOSITION)):
        return ()
    return tuple(found)


def _shares_subject_with(groups: Sequence[Group], at: int) -> int | None:
    """The finite verb before 'and' whose subject the verb at `at` shares: 'A signed a deal and will pay'."""
    before = at - 1
    while before >= 0 and groups[before].tag == "R":
        before -= 1
    before = _over_aside(groups, before)
    if before < 1 or groups[before].tag != "C":
        return None
    return next(
        (
            i
            for i in range(before - 1, -1, -1)
            if groups[i].role == VERB and (groups[i].finite or (groups[i].infinitive and i and _own_subject(groups, i)))
        ),
        None,
    )


def _over_aside(groups: Sequence[Group], at: int) -> int:
    """Before the phrase that the comma at `at` closes after 'and': 'A paid B and, under the deal, has agreed'."""
    if at < 3 or groups[at].tag != ",":
        return at
    opening = at - 1
    while opening > 1 and groups[opening].tag not in (",", ";") and groups[opening].role != VERB:
        opening -= 1
    aside = groups[opening].tag == "," and groups[opening + 1].role == PREPOSITION and groups[opening - 1].tag == "C"
    return opening - 1 if aside else at


def _noun_before(groups: Sequence[Group], at: int) -> tuple[int, ...]:
    position = at - 1
    while position >= 0 and groups[position].role != NOUN:
        if groups[position].role == VERB:
            return ()
        position -= 1
    return (position,) if position >= 0 else ()


def _verb_before(groups: Sequence[Group], at: int) -> int | None:
    return next((i for i in range(at - 1, -1, -1) if groups[i].role == VERB and groups[i].finite), None)


def _first_noun(groups: Sequence[Group], start: int, end: int) -> int | None:
    """The first noun group in the range that is neither in a prepositional phrase nor a bare date."""
    position = start
    while position < end:
        group = groups[position]
        if group.role == PREPOSITION:
            position = _phrase_end(groups, position, end)
            continue
        if group.role == VERB and (group.gerund or group.reduced or group.infinitive):
            position = _modifier_end(groups, position, end)
            continue
        if group.role == NOUN and not all(m.kind is Kind.DATE for m in group.mentions or (None,) if m):  # a date alone
            return position
        if group.role == NOUN and not group.mentions:
            return position
        position += 1
    return None


def _phrase_end(groups: Sequence[Group], position: int, end: int) -> int:
    """Past the prepositional phrase at `position`."""
    position += 1
    while position < end and groups[position].role not in (NOUN, VERB) and groups[position].tag not in ",;":
        position += 1
    return min(position + 1, end) if position < end and groups[position].role == NOUN else position


def _modifier_end(groups: Sequence[Group], position: int, end: int) -> int:
    """Past a participle or infinitive and its object: to the next comma, or past the next noun."""
    position += 1
    while position < end and groups[position].role not in (NOUN,) and groups[position].tag != ",":
        position += 1
    return min(position + 1, end)


def _is_firm(group: Group) -> bool:
    """Whether a noun group is a company: by its name, or as 'the Company'."""
    return group.head(Kind.COMPANY) is not None or (group.words[0] == "the" and group.lemma in _FIRMS)


_FIRMS = frozenset("company corporation firm".split())


def coordinated(groups: Sequence[Group], first: int, end: int) -> tuple[int, ...]:
    """`first` and the noun groups coordinated with it before `end`: 'A, an affiliate of B, C and D' is A, C, D.

    Where the first names a company, only companies are taken, so that appositions fall out.
    """
    wants_company = _is_firm(groups[first])
    found, position, joined = [first], first + 1, False
    while position < end:
        group = groups[position]
        if group.tag in (",", "C"):
            joined = True
        elif group.role == PREPOSITION:
            position = _phrase_end(groups, position, end)
            continue
        elif group.role == NOUN:
            if joined and _is_firm(group) == wants_company:
                found.append(position)
            joined = False
        elif group.tag == "R":
            pass
        elif group.role == VERB and (group.gerund or group.reduced):
            position = _modifier_end(groups, position, end)
            continue
        elif group.tag == "W":
            # over a relative clause to the comma that closes it
            position = next((i for i in range(position + 1, end) if groups[i].tag == ","), end)
            continue
        else:
            break
        position += 1
    return tuple(found)


@_remembered
def direct_object(groups: Sequence[Group], at: int) -> int | None:
    """Position of the noun group that the verb at `at` acts on.

    It follows the verb without a preposition, or it is the noun that a relative clause with a subject of its own
    modifies: 'the rights that A obtained from B'.
    """
    for position in range(at + 1, len(groups)):
        group = groups[position]
        if group.role == NOUN:
            return position
        if group.tag not in ("R", ":", "-"):
            break
    both = _shares_object_with(groups, at)
    if both is not None:
        return direct_object(groups, both)
    shifted = _shifted_object(groups, at)
    return shifted if shifted is not None else _relative_object(groups, at)


_TOGETHER = frozenset(
    """develop co-develop discover research evaluate study test advance manufacture commercialize co-commercialize
    market co-market promote co-promote distribute sell""".split()
)


def _shares_object_with(groups: Sequence[Group], at: int) -> int | None:
    """The verb after 'and' whose object the verb at `at` shares: 'will develop and potentially commercialize X'."""
    after = at + 1
    while after < len(groups) and groups[after].tag in ("R", "C", ",", "X"):
        after += 1
    if after == at + 1 or after >= len(groups) or groups[after].role != VERB or groups[after].passive:
        return None
    both = groups[at].lemma in _TOGETHER and groups[after].lemma in _TOGETHER and not groups[at].passive
    return after if both and any(g.tag == "C" for g in groups[at + 1 : after]) else None


_SHIFTING = frozenset({"from", "to", "for", "with"})
_ASIDE = _SHIFTING | {"in", "at", "as", "on"}


def _shifted_object(groups: Sequence[Group], at: int) -> int | None:
    """The object behind a phrase: 'obtained from B an exclusive licence', 'renewed, for a year, the deal'."""
    position = at + 1
    commas = position < len(groups) and groups[position].tag == ","
    if commas:
        position += 1
    if groups[at].passive or position >= len(groups) or groups[position].lemma not in (_ASIDE if commas else _SHIFTING):
        return None
    position = _phrase_end(groups, position, len(groups))
    if commas and position < len(groups) and groups[position].tag == ",":
        position += 1
    if position < len(groups) and groups[position].role == NOUN and groups[position].words[0] in _OPENING:
        return position
    return None


_OPENING = frozenset("a an the its their all exclusive worldwide".split())


def _relative_object(groups: Sequence[Group], at: int) -> int | None:
    if groups[at].passive or not groups[at].finite:
        return None
    position = at - 1
    while position > 0 and groups[position].tag == "R":
        position -= 1
    if position < 1 or groups[position].role != NOUN or groups[position - 1].tag != "W":
        return None
    before = position - 2
    while before >= 0 and groups[before].tag == ",":
        before -= 1
    return before if before >= 0 and groups[before].role == NOUN else None


@_remembered
def complements(groups: Sequence[Group], at: int) -> tuple[Complement, ...]:
    """Noun groups to the right of the trigger at `at`, up to the end of its clause, each with what governs it."""
    out: list[Complement] = []
    preposition = verb = ""
    depth = 0
    position = at + 1
    while position < len(groups):
        group = groups[position]
        if group.tag == ";":
            break
        if group.role == PREPOSITION:
            if group.lemma in SUBORDINATORS and group.lemma not in ("so", "where"):
                break
            preposition = group.lemma
        elif group.role == NOUN:
            out.append(Complement(position, preposition, depth, verb))
        elif group.tag == "W":
            if position and groups[position - 1].role == VERB:
                break
            depth, preposition, verb = depth + 1, "", ""
        elif group.role == VERB:
            main = group.finite and not group.reduced and is_relative(groups, position) is None
            if main and _new_clause(groups, position, at):
                _drop_new_subject(groups, position, at, out)
                break
            depth = max(depth, 1)
            preposition, verb = "", group.lemma
        elif group.tag == "," and depth and position + 1 < len(groups) and groups[position + 1].role == PREPOSITION:
            depth, preposition, verb = 0, "", ""  # the comma closes a relative clause: 'licensed X, which …, to B'
        position += 1
    return tuple(out)


def _new_clause(groups: Sequence[Group], verb: int, at: int) -> bool:
    """Whether the finite verb begins another clause than the trigger's."""
    position = verb - 1
    while position > at:
        if groups[position].tag == "W":
            return False
        if groups[position].role == VERB and groups[position].finite:
            return True
        position -= 1
    return True


def _drop_new_subject(groups: Sequence[Group], verb: int, at: int, out: list[Complement]) -> None:
    """Take back the noun groups that turn out to be the subject of the next clause."""
    first = min((i for i in subject(groups, verb) if i > at), default=verb)
    while out and out[-1].at >= first:
        out.pop()
