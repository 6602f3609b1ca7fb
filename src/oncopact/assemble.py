"""Many releases' findings as one set: each release once, in the order of their ids.

What releases say of a thing stays in their own graphs; what is one thing is settled where the graph is made, in
`assembly`.
"""

from __future__ import annotations

from collections.abc import Iterable

from oncopact.graph import precedence
from oncopact.model import Findings


def assemble(findings: Iterable[Findings]) -> tuple[Findings, ...]:
    """The findings of each release once, sorted by release.

    A release read twice (alone and in its container, say) counts once, as its submission gives it, else under
    the first of its files' names.
    """
    once: dict[str, Findings] = {}
    for item in sorted(findings, key=_identity):
        once.setdefault(item.document.release.id, item)
    return tuple(item for _, item in sorted(once.items()))


def _identity(findings: Findings) -> tuple[str, str, str]:
    release = findings.document.release
    return release.id, precedence(release.source), release.source.name
