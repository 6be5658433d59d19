"""How much work one file may cost, counted in steps, so that it ends on any machine after as much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from reportlint.diagnostics import Words

Item = TypeVar("Item")

STEPS = 25_000
"""A report of some tens of kilobytes takes a few thousand; a step is a word of prose that may count."""
PROSE = Words("正文里的数字", "figures in prose")


class Spent(Exception):
    """The work on a file ends here."""


class Budget:
    """The steps that are left for a file, and what was left unchecked when they were spent."""

    def __init__(self, steps: int = STEPS) -> None:
        self.left = steps
        self.unchecked: list[Words] = []

    def counted(self, work: Iterable[Item], what: Words) -> Iterator[Item]:
        """Each piece of some work, a step each; raises Spent, and `what` is noted, where no step is left for it."""
        for piece in work:
            if not self.left:
                if what not in self.unchecked:
                    self.unchecked.append(what)
                raise Spent
            self.left -= 1
            yield piece
