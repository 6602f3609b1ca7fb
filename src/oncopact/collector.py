"""How often Python looks for circles of objects that nothing leads to any more.

Reading a release makes hundreds of thousands of small values, hardly any of them in a circle, and Python looks for
circles after every 700. To look more seldom takes a fifth less time. It is for the process to decide, so the console
script and the workers do it, and the library never.
"""

from __future__ import annotations

import gc
from typing import Final

__all__ = ["relax"]

_YOUNG: Final = 50_000
"""New containers, net, before a look at the youngest: some megabytes that may wait."""
_OLDER: Final = 20


def relax() -> None:
    """Look for circles more seldom, in this process, from now on."""
    gc.set_threshold(_YOUNG, _OLDER, _OLDER)
