"""How much two wordings differ: edit distances, by rapidfuzz once two wordings come near each other.

Its import takes as long as several reports do, and in most reports no wording comes near another.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapidfuzz.distance import Opcode


def distance(one: str, other: str, most: int) -> int:
    """The insertions, deletions and substitutions that turn one wording into the other; `most` + 1 for more."""
    if one == other:
        return 0
    if abs(len(one) - len(other)) > most:
        return most + 1
    if "rapidfuzz" not in sys.modules and max(_foreign(one, other), _foreign(other, one)) > most:
        return most + 1
    return _levenshtein()(one, other, score_cutoff=most)


@cache
def _levenshtein() -> Callable[..., int]:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance


def similarity(one: str, other: str) -> float:
    """How alike two wordings are, from 0 to 1: 1 less the distance by the length of the longer one."""
    longest = max(len(one), len(other))
    return 1 - distance(one, other, longest) / longest if longest else 1.0


def _foreign(one: str, other: str) -> int:
    """How many characters of a wording the other does not have: each of them costs an edit."""
    return sum(char not in other for char in one)


def opcodes(one: Sequence[str], other: Sequence[str]) -> Iterable[Opcode]:
    """The steps that turn one sequence into the other, as rapidfuzz has them."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.opcodes(one, other)
