"""Blocks: which names, agreements and milestones must be weighed together, and which never meet.

Two things whose keys differ are never one, so that blocks can be weighed one by one, and on different machines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from oncopact.identity import AgreementClaim, Atom, MilestoneClaim, is_telling

__all__ = ["NAMES", "deal_key", "is_class_name", "milestone_key", "name_block", "whole_deal", "whole_milestone"]

NAMES: Final = ("name", "main", "former")
"""The kinds of atoms that are names."""
_PAIR: Final = 2
_To = Callable[[str], str]
"""The entity that stands for an entity."""


def is_class_name(atom: Atom) -> bool:
    """Whether it is the name of a class of molecules, which says nothing of one of them."""
    return atom.kind in NAMES and atom.value.startswith(("product|", "antibody|")) and not is_telling(atom.value)


def name_block(atom: Atom) -> str:
    """What entities share that may be one: a name, a CIK, a ticker in any year; empty for what joins nothing.

    >>> name_block(Atom("company/immunogen", "ticker", "ticker|NASDAQ:IMGN|2001"))
    'ticker|NASDAQ:IMGN'
    >>> name_block(Atom("company/immunogen", "label", "ImmunoGen"))
    ''
    """
    if atom.kind == "ticker":
        symbol, _, year = atom.value.rpartition("|")
        return symbol if year else ""
    if atom.kind == "cik" or (atom.kind in NAMES and not is_class_name(atom)):
        return atom.value
    return ""


def deal_key(claim: str, deal: AgreementClaim, to: _To) -> str:
    """The block of a claim on an agreement: its parties; what says too little of itself is a block of its own.

    Args:
        claim: The claim's name.
        deal: The claim.
        to: Gives the entity that stands for an entity.
    """
    parties = _whole(deal.parties, to)
    alone = claim if len(parties) < _PAIR and not deal.covers else ""
    return "|".join(("agreement", *parties, alone))


def milestone_key(milestone: MilestoneClaim, to: _To, under: str) -> str:
    """The block of a claim on a milestone: its kind with its product, else its agreement, else itself.

    Args:
        milestone: The claim.
        to: Gives the entity that stands for an entity.
        under: The agreement of the whole graph that it stands under; empty where there is none.
    """
    if milestone.product:
        return "|".join(("milestone", to(milestone.product), milestone.kind))
    return "|".join(("milestone", under or milestone.node, milestone.kind))


def whole_deal(deal: AgreementClaim, to: _To) -> AgreementClaim:
    """A claim with the entities of the whole graph."""
    return replace(
        deal,
        parties=_whole(deal.parties, to),
        licensors=_whole(deal.licensors, to),
        licensees=_whole(deal.licensees, to),
        covers=_whole(deal.covers, to),
    )


def whole_milestone(milestone: MilestoneClaim, to: _To) -> MilestoneClaim:
    """A claim with the product of the whole graph."""
    return replace(milestone, product=to(milestone.product) if milestone.product else "")


def _whole(names: Iterable[str], to: _To) -> tuple[str, ...]:
    return tuple(sorted({to(name) for name in names}))
