"""What stands where around the trigger of a frame, and whether its object is of the sort that the frame asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from oncopact.extractors.frames import Frame
from oncopact.extractors.nouns import agreement_kind, is_option, is_rights, is_thing, names_company
from oncopact.extractors.scene import Scene
from oncopact.model import THINGS, Kind
from oncopact.syntax.clauses import Complement, complements, direct_object, is_reduced, subject
from oncopact.syntax.groups import NOUN, VERB


@dataclass(frozen=True, slots=True)
class Places:
    """What stands where around a trigger."""

    subject: tuple[int, ...]
    object: int | None
    second: int | None
    rest: tuple[Complement, ...]
    passive: bool

    @property
    def noun(self) -> int | None:
        """What is given or made: the second object, 'a licence' in 'granted B a licence', else the object."""
        return self.second if self.second is not None else self.object


def places_of(scene: Scene, at: int) -> Places:
    """What stands around the verb at `at`."""
    groups = scene.groups
    group = groups[at]
    passive = group.passive or is_reduced(groups, at)
    found = direct_object(groups, at)
    second = None
    if found is not None and names_company(groups[found]) and not passive:
        after = found + 1
        while after < len(groups) and groups[after].tag in ("R",):
            after += 1
        if after < len(groups) and groups[after].role == NOUN:
            second = after
    rest = complements(groups, at)
    if found is None and group.lemma in ("enter", "team", "partner") and rest:
        found = rest[0].at if rest[0].preposition in ("into", "up", "in") else None
    return Places(subject(groups, at), found, second, rest, passive)


def fits(scene: Scene, frame: Frame, places: Places, at: int) -> int | None:
    """Position of the noun that satisfies the frame's `objects`, -1 where none is needed, None where it fails."""
    if (frame.voice == "active" and places.passive) or (frame.voice == "passive" and not places.passive):
        return None
    if frame.objects in ("none", "any"):
        return places.noun if places.noun is not None else -1
    return _SORTS[frame.objects](scene, places, at)


_NO_LICENCE = frozenset(
    """terminate cancel vote appoint nominate receive inspect audit refuse reject withdraw redeem convert
    exercise""".split()
)
"""A right to do this passes nothing: 'has the right to terminate its lease'."""


def _rights(scene: Scene, places: Places, at: int) -> int | None:
    noun = places.noun
    if noun is not None and scene.groups[at].lemma == "provide" and names_company(scene.groups[noun]):
        noun = next((c.at for c in places.rest if c.preposition == "with" and c.depth == 0), None)
    if noun is not None and scene.groups[at].lemma in _WINNING and _is_access(scene, noun):
        return noun
    if noun is None or not (is_rights(scene.groups[noun]) or is_option(scene.groups[noun])):
        return None
    after = scene.groups[noun + 1] if noun + 1 < len(scene.groups) else None
    return None if after is not None and after.role == VERB and after.lemma in _NO_LICENCE else noun


_WINNING = frozenset("gain obtain secure acquire win".split())


def _is_access(scene: Scene, noun: int) -> bool:
    """Whether a noun is access to something that can be licensed: 'gains access to B's technology'."""
    groups = scene.groups
    if groups[noun].lemma != "access" or noun + 2 >= len(groups) or groups[noun + 1].lemma != "to":
        return False
    return is_thing(groups[noun + 2]) and scene.possessor(noun + 2) is not None


def _licensable(scene: Scene, places: Places, at: int) -> int | None:
    noun = places.noun
    return noun if noun is not None and is_thing(scene.groups[noun]) else _rights(scene, places, at)


_SIGNING = frozenset("sign execute enter conclude announce finalize complete ink".split())


def _agreement(scene: Scene, places: Places, at: int) -> int | None:
    noun = places.noun
    group = scene.groups[noun] if noun is not None else None
    signed = scene.groups[at].lemma in _SIGNING  # a licence that is signed is a paper; one that is had is a right
    named = group is not None and agreement_kind(group) and (signed or not is_rights(group))
    if group is not None and noun is not None and group.lemma == "purchase" and _of_company(scene, noun):
        return noun  # 'completed the purchase of B'
    return noun if named else _listed_agreement(scene, noun)


def _of_company(scene: Scene, noun: int) -> bool:
    groups = scene.groups
    return noun + 2 < len(groups) and groups[noun + 1].lemma == "of" and names_company(groups[noun + 2])


def _company(scene: Scene, places: Places, at: int) -> int | None:
    noun = places.noun
    groups = scene.groups
    if noun is None:
        return -1 if groups[at].lemma == "merge" else None
    if names_company(groups[noun]):
        return noun
    after = noun + 2
    if after < len(groups) and groups[noun + 1].tag == "," and names_company(groups[after]):
        return after  # 'acquire its external manager, B'
    return _shares_of(scene, noun)


def _thing(scene: Scene, places: Places, at: int) -> int | None:
    del at
    noun = places.noun
    kinds = {m.kind for m in scene.groups[noun].mentions} if noun is not None else set()
    return noun if kinds & set(THINGS) - {Kind.TARGET} else None


def _joint(scene: Scene, places: Places, at: int) -> int | None:
    words = {word for group in scene.groups[max(0, at - 2) : at + 2] for word in group.words}
    if not words & {"jointly", "together"} and not scene.groups[at].lemma.startswith("co-"):
        return None
    return places.noun if places.noun is not None else -1


def _money_for_rights(scene: Scene, places: Places, at: int) -> int | None:
    del at
    groups = scene.groups
    opening = [i + 1 for i in range(len(groups) - 1) if groups[i].lemma == "for" and i < min(places.subject, default=0)]
    after = [c.at for c in places.rest if c.preposition == "for"]
    return next((i for i in (*after, *opening) if is_rights(groups[i])), None)


def _subject_rights(scene: Scene, places: Places, at: int) -> int | None:
    del at
    return next((i for i in places.subject if is_rights(scene.groups[i])), None)


def _subject_agreement(scene: Scene, places: Places, at: int) -> int | None:
    del at
    return next((i for i in places.subject if agreement_kind(scene.groups[i])), None)


def _either_agreement(scene: Scene, places: Places, at: int) -> int | None:
    chosen = [i for i in (*places.subject, places.noun) if i is not None]
    acted_on = None if places.object is None else scene.groups[places.object]
    if acted_on is not None and scene.groups[at].finite and not (agreement_kind(acted_on) or is_rights(acted_on)):
        chosen = [i for i in chosen if i not in places.subject]  # 'The merger expands its services'
    if places.object is None:  # 'have renewed, for three years, the collaboration'
        chosen += [c.at for c in places.rest if c.depth == 0 and scene.groups[c.at].words[0] in ("the", "their", "its")]
    return next((i for i in chosen if agreement_kind(scene.groups[i]) or is_rights(scene.groups[i])), None)


def _either_option(scene: Scene, places: Places, at: int) -> int | None:
    del at
    chosen = [i for i in (*places.subject, places.noun) if i is not None]
    return next((i for i in chosen if is_option(scene.groups[i]) or set(scene.groups[i].words) & _OPTIONAL), None)


_OPTIONAL = frozenset("opt-in co-development co-promotion".split())
"""What makes a right an option: 'the co-development right'."""


def _target_of_agreement(scene: Scene, places: Places, at: int) -> int | None:
    """The agreement under which a target is chosen; the choice itself is of a target."""
    groups = scene.groups
    chosen = [*places.subject, *(() if places.object is None else (places.object,))]
    if not any({"target", "targets", "antigen"} & set(groups[i].words) for i in chosen):
        return None
    named = (c.at for c in places.rest if agreement_kind(groups[c.at]) or is_rights(groups[c.at]))
    return next(named, None) if groups[at].finite else None


_DISPUTES = frozenset(
    "litigation dispute disputes lawsuit lawsuits proceedings suit suits action interference claims".split()
)


def _either_dispute(scene: Scene, places: Places, at: int) -> int | None:
    del at
    chosen = [i for i in (*places.subject, places.noun) if i is not None]
    return next((i for i in chosen if scene.groups[i].lemma in _DISPUTES), None)


def _notice(scene: Scene, places: Places, at: int) -> int | None:
    """The agreement that notice is given under or of."""
    del at
    noun = places.noun
    if noun is None or "notice" not in scene.groups[noun].words:
        return None
    return next((i for i in range(noun + 1, len(scene.groups)) if agreement_kind(scene.groups[i])), None)


def _listed_option(scene: Scene, places: Places, at: int) -> int | None:
    del at
    chosen = [c.at for c in places.rest if c.depth == 0]
    return next((i for i in chosen if is_option(scene.groups[i])), None)


def _forces(scene: Scene, places: Places, at: int) -> int | None:
    del at
    noun = places.noun
    return noun if noun is not None and scene.groups[noun].lemma == "forces" else None


_SORTS: dict[str, Callable[[Scene, Places, int], int | None]] = {
    "rights": _rights,
    "licensable": _licensable,
    "agreement": _agreement,
    "company": _company,
    "thing": _thing,
    "joint": _joint,
    "money-for-rights": _money_for_rights,
    "subject-rights": _subject_rights,
    "subject-agreement": _subject_agreement,
    "agreement-either": _either_agreement,
    "option-either": _either_option,
    "target-of-agreement": _target_of_agreement,
    "dispute-either": _either_dispute,
    "notice-of-agreement": _notice,
    "forces": _forces,
    "option-listed": _listed_option,
}


def _listed_agreement(scene: Scene, at: int | None) -> int | None:
    """The agreement in 'announced the signing of a licence agreement' or a list of objects."""
    if at is None:
        return None
    groups = scene.groups
    if groups[at].lemma in (
        "signing",
        "execution",
        "completion",
        "formation",
        "closing",
        "establishment",
        "conclusion",
    ):
        after = at + 2
        if after < len(groups) and groups[at + 1].lemma == "of" and agreement_kind(groups[after]):
            return after
    return None


def _shares_of(scene: Scene, at: int | None) -> int | None:
    """The company in 'acquire all outstanding shares of B', 'acquire a majority stake in B'."""
    if at is None:
        return None
    groups = scene.groups
    if groups[at].lemma == "all" and at + 2 < len(groups) and groups[at + 1].lemma == "of":
        at += 2  # 'all of the outstanding shares of B'
    if groups[at].lemma not in ("shares", "stock", "interest", "stake", "equity", "assets", "business", "control"):
        return None
    after = at + 2
    if after < len(groups) and groups[at + 1].lemma in ("of", "in") and names_company(groups[after]):
        return after
    return None
