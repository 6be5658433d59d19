"""Lists of words that are looked for one by one: grammar/words.toml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from reportlint.resources import data


def either(group: str, name: str) -> str:
    """The words of a list as alternatives of a regular expression, in a group."""
    return f"(?:{'|'.join(listed(group, name))})"


def listed(group: str, name: str) -> tuple[str, ...]:
    """The words of a list, in their order."""
    return tuple(_data()[group][name])


def lists(group: str) -> Mapping[str, Sequence[str]]:
    """All lists of a group, by their names."""
    return _data()[group]


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return data("words.toml")
