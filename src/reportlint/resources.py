"""The folders that ship beside the code: grammars and rule pages."""

from __future__ import annotations

import json
import zlib
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent
# In a wheel; reportlint/grammar is a module.
_PACKAGED = {"grammar": "grammar_files"}
_CHECKOUT = {"samples": "examples/sound"}


@cache
def folder(name: str) -> Path:
    """`name` inside the installed package, or at the top of the checkout it is edited in."""
    inside = PACKAGE / _PACKAGED.get(name, name)
    return inside if inside.is_dir() else PACKAGE.parent.parent / _CHECKOUT.get(name, name)


def data(name: str) -> dict[str, Any]:
    """What a TOML file of the grammar says."""
    return parsed((folder("grammar") / name).read_text("utf-8"))


def parsed(text: str) -> dict[str, Any]:
    """What a TOML text says. Raises ValueError, and RecursionError for one nested too deep.

    Those that ship with reportlint ship as JSON too, under a checksum of the text (`make lists`): ten times as fast.
    """
    made = folder("grammar") / "tables" / data_name(text)
    if made.exists():
        read: dict[str, Any] = json.loads(made.read_text("utf-8"))
        return read
    import tomllib

    return tomllib.loads(text)


def data_name(text: str) -> str:
    """What the file with a TOML text as JSON is called."""
    return f"{checksum(text)}.data.json"


def checksum(text: str) -> str:
    """What tells a text that ships with reportlint from one that was edited since."""
    data = text.encode()
    return f"{zlib.crc32(data):08x}{zlib.adler32(data):08x}"
