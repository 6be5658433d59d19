"""The folders that ship beside the code: grammars and rule pages."""

from __future__ import annotations

import json
import os
import zlib
from functools import cache
from typing import Any

PACKAGE = os.path.dirname(__file__)
# In a wheel; reportlint/grammar is a module.
_PACKAGED = {"grammar": "grammar_files"}
_CHECKOUT = {"samples": "examples/sound"}


@cache
def _folder(name: str) -> str:
    """`name` inside the installed package, or at the top of the checkout it is edited in."""
    inside = os.path.join(PACKAGE, _PACKAGED.get(name, name))
    checkout = os.path.dirname(os.path.dirname(PACKAGE))
    return inside if os.path.isdir(inside) else os.path.join(checkout, _CHECKOUT.get(name, name))


def shipped(folder: str, *names: str) -> str:
    """The path of one of the folders that ship beside the code, or of what is called so in it."""
    return os.path.join(_folder(folder), *names)


def read_shipped(folder: str, *names: str) -> str:
    """The text of a file in one of these folders."""
    with open(shipped(folder, *names), encoding="utf-8") as file:
        return file.read()


def data(name: str) -> dict[str, Any]:
    """What a TOML file of the grammar says."""
    return parsed(read_shipped("grammar", name))


def parsed(text: str) -> dict[str, Any]:
    """What a TOML text says. Raises ValueError, and RecursionError for one nested too deep.

    Those that ship with reportlint ship as JSON too, under a checksum of the text (`make lists`): ten times as fast.
    """
    made = made_beforehand(data_name(text))
    if made is not None:
        return made
    import tomllib

    return tomllib.loads(text)


def made_beforehand(name: str) -> dict[str, Any] | None:
    """What the file of that name among those that `make lists` writes holds; None where there is none."""
    try:
        text = read_shipped("grammar", "tables", name)
    except FileNotFoundError:
        return None
    read: dict[str, Any] = json.loads(text)
    return read


def data_name(text: str) -> str:
    """What the file with a TOML text as JSON is called."""
    return f"{checksum(text)}.data.json"


def checksum(text: str) -> str:
    """What tells a text that ships with reportlint from one that was edited since."""
    data = text.encode()
    return f"{zlib.crc32(data):08x}{zlib.adler32(data):08x}"
