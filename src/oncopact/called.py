"""What the user calls a node, of whatever class → the node: an IRI, an id or any of its names; else what is near."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from oncopact.errors import GraphError
from oncopact.folding import compact, fold
from oncopact.graph_view import GraphView, short
from oncopact.namespaces import ID, OP, PREFIXES, SKOS

__all__ = ["find"]

_CLASSES: Final = (
    OP.Company,
    OP.Institution,
    OP.Conjugate,
    OP.Antibody,
    OP.Product,
    OP.Technology,
    OP.Payload,
    OP.Target,
)
_NAMES: Final = (SKOS.prefLabel, SKOS.altLabel, OP.codeName, OP.brandName, OP.formerName)
_FEW: Final = 5
_MANY: Final = 8


def find(view: GraphView, name: str) -> str:
    """The IRI of a thing given by IRI, prefixed name (`company:immunogen`), id (`company/immunogen`) or a name.

    Any of its names will do; they are compared without case, accents, punctuation and blanks, and a whole name counts
    before the beginning of one.

    Raises:
        GraphError: There is none, or there are several; the message lists them, or what is near.
    """
    wanted = name.strip().removeprefix("<").removesuffix(">")
    prefix, colon, tail = wanted.partition(":")
    forms = [wanted, f"{ID}{wanted}"]
    if colon and prefix in PREFIXES:
        forms.append(PREFIXES[prefix] + tail)
    for form in forms:
        if form in view:
            return form
    if ("/" in wanted and " " not in wanted) or (colon and prefix in PREFIXES):
        raise GraphError("the graph has no such node", where=name, remedy=_ids_near(view, wanted))
    named = {iri: _names(view, iri) for kind in _CLASSES for iri in view.instances(kind)}
    whole, start = compact(wanted), fold(wanted)
    found = sorted(iri for iri, names in named.items() if whole and whole in map(compact, names))
    if not found:
        found = sorted(iri for iri, names in named.items() if start and any(one.startswith(start) for one in names))
    if len(found) == 1:
        return found[0]
    if not found:
        raise GraphError("nothing is called so", where=name, remedy=_names_near(view, named, start))
    listed = ", ".join(map(short, found[:_MANY])) + (f" or {len(found) - _MANY} more" if len(found) > _MANY else "")
    raise GraphError("several things are called so", where=name, remedy=f"give one of {listed}")


def _names(view: GraphView, iri: str) -> frozenset[str]:
    return frozenset(fold(text) for prop in _NAMES for text in view.values(iri, prop))


def _names_near(view: GraphView, named: Mapping[str, frozenset[str]], wanted: str) -> str:
    """What to do where nothing is called so: the nearest names first."""
    of = {one: iri for iri, names in sorted(named.items()) for one in sorted(names)}
    close = get_close_matches(wanted, sorted(of), n=_FEW, cutoff=0.72)
    inside = [one for one in sorted(of) if len(wanted) > 2 and wanted in one]
    near = list(dict.fromkeys(view.label(of[one]) for one in (*close, *inside)))[:_FEW]
    return f"did you mean {', '.join(near)}?" if near else "give a name as printed, or an id: company/immunogen"


def _ids_near(view: GraphView, wanted: str) -> str:
    """What to do where no node has such an id."""
    last = wanted.rpartition("/")[2].rpartition(":")[2].casefold()
    ids = {short(iri) for kind in _CLASSES for iri in view.instances(kind)}
    inside = sorted(each for each in ids if last and last in each)
    tails = {each.rpartition("/")[2]: each for each in sorted(ids)}
    close = [tails[tail] for tail in get_close_matches(last, sorted(tails), n=_FEW, cutoff=0.72)]
    near = list(dict.fromkeys([*close, *inside]))[:_FEW]
    return f"did you mean {', '.join(near)}?" if near else "give an id as company/immunogen, or a whole IRI"
