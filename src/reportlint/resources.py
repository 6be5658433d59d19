"""The folders that ship beside the code: grammars and rule pages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent
# In a wheel; reportlint/grammar is a module.
_PACKAGED = {"grammar": "grammar_files"}
_CHECKOUT = {"samples": "examples/sound"}


@cache
def folder(name: str) -> Path:
    """`name` inside the installed package, or at the top of the checkout it is edited in."""
    inside = _PACKAGE / _PACKAGED.get(name, name)
    return inside if inside.is_dir() else _PACKAGE.parent.parent / _CHECKOUT.get(name, name)
