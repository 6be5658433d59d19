"""Which column each figure of a row stands in, where there are fewer figures than columns or more.

Every order-keeping way to place the figures is an option; options that no value of the unknown
cells can reconcile with the equations are dropped, until the rest agree with each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from math import comb

from reportlint.sums.grid import Grid, Values
from reportlint.sums.intervals import Bounds
from reportlint.tuples import NamedTuple

Placing = tuple[int, ...]
"""For each column the number of the row's figure that stands there, -1 for none."""

_MOST = 600
"""Rows with more ways to place their figures are left open."""
_TRIED = 80
_PASSES = 12
"""Bounds that still creep after so many are left wide."""


class Settled(NamedTuple):
    """The options that are left for each irregular row, and the bounds of every cell."""

    options: dict[int, list[Placing]]
    low: Bounds
    high: Bounds


def placings(found: int, columns: int) -> list[Placing]:
    """Every way to place `found` figures in order; empty where there are too many to try."""
    if comb(max(found, columns), min(found, columns)) > _MOST:
        return []
    if found > columns:
        return list(combinations(range(found), columns))
    made = []
    for taken in combinations(range(columns), found):
        placing = [-1] * columns
        for number, column in enumerate(taken):
            placing[column] = number
        made.append(tuple(placing))
    return made


class Placer:
    """The irregular rows of a grid; `changed` figures count as other values, by (row, figure)."""

    def __init__(self, grid: Grid, changed: Mapping[tuple[int, int], int | None] | None = None) -> None:
        self.grid = grid
        self.changed = changed or {}
        self.all = {r: made for r in grid.irregular if (made := self._placings(len(grid.rows[r].figures)))}

    def _placings(self, found: int) -> list[Placing]:
        """Every way to place so many figures; the only one where the table's head lacks the same columns."""
        lost, width = self.grid.lost_columns, self.grid.width
        if lost and found == width - len(lost):
            kept = iter(range(found))
            return [tuple(-1 if column in lost else next(kept) for column in range(width))]
        return placings(found, width)

    def numbers(self, row: int, placing: Placing) -> list[int | None]:
        """The values of a row's cells under a placing."""
        grid = self.grid
        figures = grid.rows[row].figures
        made: list[int | None] = []
        for cell, number in zip(grid.range(row), placing, strict=True):
            if (row, number) in self.changed:
                made.append(self.changed[row, number])
            else:
                made.append(None if number < 0 else grid.value(cell, figures[number]))
        return made

    def settle(self, values: Values, options: dict[int, list[Placing]] | None = None) -> Settled | None:
        """The options that fit each other and `values`; None where nothing fits."""
        options = dict(self.all if options is None else options)
        low, high = self.grid.problem(values).bounds()
        if not self._narrow(options, low, high):
            return None
        while sum(len(o) for o in options.values() if len(o) > 1) <= _TRIED:
            dropped = False
            for row, made in options.items():
                if len(made) > 1:
                    options[row] = [p for p in made if self.fixed(row, p, low, high) is not None]
                    dropped |= len(options[row]) < len(made)
            if not dropped:
                break
            if not self._narrow(options, low, high):
                return None
        return Settled(options, low, high)

    def fixed(self, row: int, placing: Placing, low: Bounds, high: Bounds) -> tuple[Bounds, Bounds] | None:
        """The bounds of every cell once a row is placed; None where no equation allows it."""
        return self._within(row, placing, low, high, everywhere=True)

    def _within(
        self, row: int, placing: Placing, low: Bounds, high: Bounds, everywhere: bool
    ) -> tuple[Bounds, Bounds] | None:
        grid = self.grid
        low, high = low.copy(), high.copy()
        for cell, number in zip(grid.range(row), self.numbers(row, placing), strict=True):
            if number is not None:
                least, most = low[cell], high[cell]
                if (least is not None and number < least) or (most is not None and number > most):
                    return None
                low[cell] = high[cell] = number
        system = grid.system if everywhere else grid.row_systems[row]
        return None if system.narrow(low, high, grid.range(row)) else (low, high)

    def _narrow(self, options: dict[int, list[Placing]], low: Bounds, high: Bounds) -> bool:
        """Drop options and narrow bounds, in place, until neither goes further; False: nothing fits."""
        for _ in range(_PASSES):
            if self.grid.system.narrow(low, high):
                return False
            changed = False
            for row, made in options.items():
                kept = []
                hulls: list[tuple[Bounds, Bounds]] = []
                for placing in made:
                    bounds = self._within(row, placing, low, high, everywhere=False)
                    if bounds is not None:
                        kept.append(placing)
                        hulls.append(bounds)
                if not kept:
                    return False
                changed |= len(kept) < len(made)
                options[row] = kept
                for cell in self.grid.range(row):
                    lows, highs = [b[0][cell] for b in hulls], [b[1][cell] for b in hulls]
                    least = None if None in lows else min(v for v in lows if v is not None)
                    most = None if None in highs else max(v for v in highs if v is not None)
                    if (least, most) != (low[cell], high[cell]):
                        low[cell], high[cell] = least, most
                        changed = True
            if not changed:
                break
        return True
