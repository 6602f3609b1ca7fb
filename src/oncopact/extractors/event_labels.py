"""How a milestone is put in words: the release's own, as a noun phrase without brackets, the product last."""

from __future__ import annotations

import re

from oncopact.extractors.event_things import AGENCY
from oncopact.extractors.events import Event
from oncopact.extractors.scene import Scene
from oncopact.model import Kind, Mention
from oncopact.syntax.clauses import complements
from oncopact.syntax.groups import NOUN, PREPOSITION, VERB

_NOUNS = {
    "file": "filing",
    "submit": "submission",
    "lodge": "submission",
    "make": "submission",
    "resubmit": "resubmission",
    "refile": "resubmission",
    "accept": "acceptance",
    "validate": "validation",
    "complete": "completion",
    "clear": "clearance",
    "allow": "allowance",
    "approve": "approval",
    "authorize": "authorization",
    "adopt": "adoption",
    "list": "listing",
    "include": "inclusion",
    "add": "inclusion",
}
_PARTICIPLES = {
    "dose": "dosed",
    "dosing": "dosed",
    "treat": "treated",
    "treatment": "treated",
    "enroll": "enrolled",
    "enrollment": "enrolled",
    "enrolment": "enrolled",
    "randomize": "randomized",
    "recruit": "recruited",
    "inject": "injected",
}
_MOVING = frozenset("enter advance move bring follow proceed go".split())
_LINKS = frozenset("of for in into with to from under on".split())
_ARTICLE = re.compile(r"^(?:the|a|an|both|its|their|our|his|this|that|whose)\s+", re.IGNORECASE)


def label(
    scene: Scene, event: Event, at: int, place: int, *, product: Mention | None = None, region: str | None = None
) -> str:
    """The event in words, `initiation of a Phase II trial of ALD-12`."""
    doing = scene.groups[at]
    if event.name == "milestone.first-patient":
        done = _PARTICIPLES.get(doing.lemma, "dosed")
        trial = _trial(scene, at)
        words = f"first patient {done} in {trial}" if trial else f"first patient {done}"
    elif event.name == "milestone.approval":
        words = "approval"
    elif event.name == "milestone.launch":
        words = "launch" if doing.role == VERB or "sale" not in doing.lemma else "first sale"
    elif event.name == "milestone.filing" and doing.lemma == "receive" and doing.passive:
        words = f"receipt of {phrase(scene, place)}"
    elif event.sort == "sales":
        last = max(place, min(at + 1, len(scene.groups) - 1))  # 'reach … sales' has the verb first
        words = " ".join(scene.span(min(place, at), last).of(scene.document.text).split())
    else:
        words = _of(event, doing.lemma, phrase(scene, place), same=at == place)
    if product and product.text.casefold() not in words.casefold():
        words += f" of {product.text}" if event.sort not in ("designation", "decision-date") else f" for {product.text}"
    if region and region.casefold() not in words.casefold():
        words = f"{region} {words}" if AGENCY.fullmatch(region) else f"{words} in {region}"
    return words


def _of(event: Event, lemma: str, thing: str, *, same: bool) -> str:
    if event.sort == "enrolment" and "enrol" in thing.lower():
        return f"completion of {thing}"
    if lemma in _MOVING and event.sort == "trial":
        return f"entry into {thing}"
    if event.sort == "antitrust" and "period" not in thing:
        return thing
    if event.sort == "decision-date":
        return thing if "date" in thing.casefold() else "PDUFA date"
    if event.sort == "designation" and not re.search(r"designation|status|review", thing, re.IGNORECASE):
        thing = f"{thing} designation"
    own = lemma in event.nouns and lemma != "close" and event.sort in ("deal", "trial", "enrolment", "antitrust")
    doing = (lemma if own else event.doing) or _NOUNS.get(
        lemma, lemma if lemma.endswith(("ion", "ance", "ing")) else ""
    )
    if same and (not event.doing or doing.casefold() in thing.casefold()):
        return thing
    if not doing or doing.casefold() in thing.casefold():
        return thing
    return f"{doing} of {thing}" if thing else doing


def phrase(scene: Scene, at: int) -> str:
    """The noun group at `at` with the prepositional phrases that follow it closely, brackets left out."""
    groups, text = scene.groups, scene.document.text
    words = [_words(text, scene, at)]
    position = at + 1
    while position + 1 < len(groups) and len(words) < 7:
        link, noun = groups[position], groups[position + 1]
        if link.role != PREPOSITION or link.lemma not in _LINKS or noun.role != NOUN:
            break
        if any(m.kind in (Kind.DATE, Kind.MONEY) for m in noun.mentions):
            break
        words += [link.lemma, _words(text, scene, position + 1)]
        position += 2
    return _FOOD.sub(r"\g<0> and Drug Administration", " ".join(words))


_FOOD = re.compile(r"(?:U\.?S\.? )?Food$")
"""Where the groups cut the name of the authority at its 'and'."""


def _words(text: str, scene: Scene, at: int) -> str:
    return _ARTICLE.sub("", " ".join(scene.groups[at].span.of(text).split()))


def _trial(scene: Scene, at: int) -> str:
    """The trial that a patient was dosed in."""
    groups = scene.groups
    for complement in complements(groups, at):
        words = set(groups[complement.at].words)
        if words & {"trial", "study", "trials", "studies", "portion", "cohort", "arm"} or "phase" in words:
            return phrase(scene, complement.at)
    return ""
