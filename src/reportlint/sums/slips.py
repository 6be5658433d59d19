"""How people come to write one figure for another: which of several explanations is likelier."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from reportlint.sums.grid import Grid
from reportlint.sums.verdicts import Change, Stated
from reportlint.text.numbers import show

LIKELY = ("stated", "swapped", "dropped", "doubled", "added", "shifted", "neighbour", "mistyped", "")
"""Kinds of slips, likeliest first."""


class Slips:
    """Tells slips apart; `stated` gives what the report's prose states, and is asked only where it matters."""

    def __init__(self, stated: Callable[[], Stated]) -> None:
        self._stated = stated

    def named(self, grid: Grid, changes: dict[int, Change]) -> tuple[Change, ...]:
        """The changes of one explanation, by cell of the grid, each with its slip."""
        return tuple(c._replace(slip=self._slip(grid, cell, c, changes)) for cell, c in changes.items())

    def _slip(self, grid: Grid, cell: int, change: Change, others: dict[int, Change]) -> str:
        old, new = change.figure.value, change.value
        if old is None or new is None:
            return ""
        if self.states(grid, cell, new):
            return "stated"
        found = _digits(show(old), show(new))
        if found and found not in ("added", "mistyped"):
            return found
        around = _around(grid, cell)
        for place in around:
            other = others.get(place)
            if other is not None and (other.value, other.figure.value) == (old, new):
                return "shifted"
        if old and any((n := grid.values[place]) is not None and grid.amount(n) == old for place in around):
            return "neighbour"
        return found

    def states(self, grid: Grid, cell: int, value: Decimal) -> bool:
        """Whether the text states a value of a cell."""
        return (grid.row(cell).name, grid.columns[cell % grid.width], value) in self._stated()


def rank(changes: Iterable[Change]) -> int:
    """How unlikely an explanation is: 0 for the likeliest kind of slip, added up."""
    return sum(LIKELY.index(change.slip) for change in changes)


def _around(grid: Grid, cell: int) -> list[int]:
    """The cells to the left, right, above and below."""
    row, column = divmod(cell, grid.width)
    found = [cell - 1] if column else []
    found += [cell + 1] if column < grid.width - 1 else []
    found += [cell - grid.width] if row else []
    found += [cell + grid.width] if row < len(grid.rows) - 1 else []
    return found


def _digits(old: str, new: str) -> str:
    """What happened to the digits of `new` when `old` was written."""
    if len(old) == len(new):
        differ = [n for n in range(len(old)) if old[n] != new[n]]
        if len(differ) == 2 and differ[1] == differ[0] + 1 and old[differ[0]] == new[differ[1]]:
            return "swapped" if old[differ[1]] == new[differ[0]] else ""
        return "mistyped" if len(differ) == 1 and len(old) > 1 else ""
    if len(old) == len(new) - 1:
        return "dropped" if any(new[:n] + new[n + 1 :] == old for n in range(len(new))) else ""
    if len(old) == len(new) + 1:
        surplus = [n for n in range(len(old)) if old[:n] + old[n + 1 :] == new]
        doubled = any(old[n] == old[n - 1] for n in surplus if n)
        return "doubled" if doubled else "added" if surplus else ""
    return ""
