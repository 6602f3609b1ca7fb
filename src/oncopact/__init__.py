"""Knowledge graphs of oncology collaborations, read from press releases by rules: every fact with its sentence.

>>> import oncopact
>>> graph = oncopact.KnowledgeGraph()
>>> len(graph.quads)
0
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oncopact.asking import ask
    from oncopact.errors import OncopactError
    from oncopact.knowledge import KnowledgeGraph, build
    from oncopact.loading import load
    from oncopact.viewer import view

__version__ = "0.1.0"

__all__ = ["KnowledgeGraph", "OncopactError", "__version__", "ask", "build", "load", "view"]

_HOMES = {
    "KnowledgeGraph": "oncopact.knowledge",
    "OncopactError": "oncopact.errors",
    "ask": "oncopact.asking",
    "build": "oncopact.knowledge",
    "load": "oncopact.loading",
    "view": "oncopact.viewer",
}


def __getattr__(name: str) -> object:
    """Import what is asked for, when it is asked for: `import oncopact` alone costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'oncopact' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """The public names, those not yet imported included."""
    return sorted({*globals(), *__all__})
