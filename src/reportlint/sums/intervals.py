"""What equations leave of the cells that nobody can read: bounds, narrowed until they rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportlint.tuples import NamedTuple

Bounds = list[int | None]
"""One bound a cell; None where there is none."""

_MOST_ROUNDS = 10
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


class Lines:
    """Equations, and which of them each cell stands in."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.holders: dict[int, list[int]] = {}
        for number, line in enumerate(lines):
            for cell in line.cells:
                self.holders.setdefault(cell, []).append(number)

    def narrow(self, low: Bounds, high: Bounds, changed: Iterable[int] | None = None) -> int:
        """Narrow `low` and `high` in place to what the equations allow.

        0 where that goes well; else the lines that contradict each other, as bits. What is left
        out of the bounds is impossible; what is left in them need not be possible. `changed` are
        the cells whose bounds have moved since they last rested, if they did.
        """
        waiting: dict[int, None] = {}
        for number in range(len(self.lines)) if changed is None else self._of(changed):
            waiting[number] = None
        reasons: dict[int, int] = {}
        rounds = _MOST_ROUNDS * len(self.lines)
        while waiting and rounds:
            rounds -= 1
            number = next(iter(waiting))
            del waiting[number]
            moved = _narrow_line(self.lines[number], low, high)
            if moved == []:
                continue
            why = 1 << number
            for cell in self.lines[number].cells:
                why |= reasons.get(cell, 0)
            if moved is None:
                return why
            for cell in moved:
                reasons[cell] = why
            waiting |= dict.fromkeys(other for other in self._of(moved) if other != number)
        return 0

    def _of(self, cells: Iterable[int]) -> Iterator[int]:
        for cell in cells:
            yield from self.holders.get(cell, ())


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
