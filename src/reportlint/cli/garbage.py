"""How often Python looks for garbage."""

from __future__ import annotations

import gc

_OBJECTS = 50_000
"""So many more objects than before have Python look for garbage among them."""


def collect_seldom() -> None:
    """Collect garbage, but look for it less often than Python does: checking a report leaves next to none."""
    gc.freeze()
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])
    gc.enable()
