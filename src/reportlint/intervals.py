"""What equations leave of the cells that nobody can read: bounds, narrowed until they rest."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

Bounds = list[int | None]
"""One bound a cell; None where there is none."""

_MOST_ROUNDS = 60
"""Bounds may creep towards each other one by one; wide ones do no harm."""


class Line(NamedTuple):
    """An equation: the cells of `plus` add up to those of `minus`.

    Cells are numbers. Lines of one `kind` share no cell.
    """

    kind: int
    plus: tuple[int, ...]
    minus: tuple[int, ...]

    @property
    def cells(self) -> tuple[int, ...]:
        """All its cells."""
        return self.plus + self.minus


def narrow(lines: Sequence[Line], low: Bounds, high: Bounds) -> int:
    """Narrow `low` and `high` in place to what `lines` allow.

    0 where that goes well; else the lines that contradict each other, as bits. What is left out
    of the bounds is impossible; what is left in them need not be possible.
    """
    holders: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        for cell in line.cells:
            if low[cell] is None or low[cell] != high[cell]:
                holders.setdefault(cell, []).append(number)
    reasons: dict[int, int] = {}
    waiting = deque(range(len(lines)))
    rounds = _MOST_ROUNDS * len(lines)
    while waiting and rounds:
        rounds -= 1
        number = waiting.popleft()
        changed = _narrow_line(lines[number], low, high)
        why = 1 << number
        for cell in lines[number].cells:
            why |= reasons.get(cell, 0)
        if changed is None:
            return why
        for cell in changed:
            reasons[cell] = why
            waiting.extend(other for other in holders[cell] if other != number and other not in waiting)
    return 0


def _narrow_line(line: Line, low: Bounds, high: Bounds) -> list[int] | None:
    """The cells whose bounds one equation moved; None where it cannot hold."""
    # plus - minus lies between least and most; `unbounded` counts what has no bound there.
    least = most = no_least = no_most = 0
    moving: list[tuple[int, int]] = []
    for sign, cells in ((1, line.plus), (-1, line.minus)):
        for cell in cells:
            first, last = (low[cell], high[cell]) if sign > 0 else (high[cell], low[cell])
            if first is None:
                no_least += 1
            else:
                least += sign * first
            if last is None:
                no_most += 1
            else:
                most += sign * last
            if first is None or first != last:
                moving.append((sign, cell))
    if (not no_least and least > 0) or (not no_most and most < 0):
        return None
    changed = []
    for sign, cell in moving:
        first, last = (low[cell], high[cell]) if sign > 0 else (high[cell], low[cell])
        moved = False
        if no_least - (first is None) == 0:  # what the others add up to at least
            bound = -sign * (least - (sign * first if first is not None else 0))
            moved |= _lower(high, cell, bound) if sign > 0 else _raise(low, cell, bound)
        if no_most - (last is None) == 0:
            bound = -sign * (most - (sign * last if last is not None else 0))
            moved |= _raise(low, cell, bound) if sign > 0 else _lower(high, cell, bound)
        if moved:
            if low[cell] is not None and high[cell] is not None and low[cell] > high[cell]:  # type: ignore[operator]
                return None
            changed.append(cell)
    return changed


def _lower(high: Bounds, cell: int, bound: int) -> bool:
    old = high[cell]
    if old is not None and old <= bound:
        return False
    high[cell] = bound
    return True


def _raise(low: Bounds, cell: int, bound: int) -> bool:
    old = low[cell]
    if old is not None and old >= bound:
        return False
    low[cell] = bound
    return True
