"""Ruled tables: lines on a page become cells, united where no line parts them.

Lengths are in the page's units (points in a PDF file), y grows downwards.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from reportlint.tuples import NamedTuple

_NEAR = 2.6
"""Lines so near to each other are one."""
_BUCKET = 24.0
_MOST_PAIRS = 400_000
_MOST_SLOTS = 60_000
_SIDES = 3
"""So many lines that end together end a row or a column of cells."""
_PARTS = 0.5
"""A line parts two cells where it runs along more of their border than this."""


class Rule(NamedTuple):
    """A line: across (`y` from `start` to `end` in x) or down (`at` in x, from `start` to `end` in y)."""

    across: bool
    at: float
    start: float
    end: float


class Area(NamedTuple):
    """A cell: its first and last row and column."""

    top: int
    left: int
    bottom: int
    right: int


class Grid(NamedTuple):
    """A table: where its columns and rows are parted, and its cells in reading order."""

    xs: list[float]
    ys: list[float]
    cells: list[Area]

    def holds(self, x: float, y: float) -> bool:
        """Whether a place is inside it."""
        return self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[0] - 1 <= y <= self.ys[-1] + 1

    def slot(self, x: float, y: float) -> tuple[int, int]:
        """The row and the column of a place."""
        row = bisect_right(self.ys, y) - 1
        column = bisect_right(self.xs, x) - 1
        return min(max(row, 0), len(self.ys) - 2), min(max(column, 0), len(self.xs) - 2)


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """The tables that lines make, from the top down; what are no more than frames is left out."""
    found = [grid for group in _joined(rules) if (grid := _grid(group)) is not None]
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


class _Groups:
    """Things that belong together, by number."""

    def __init__(self, count: int) -> None:
        self._of = list(range(count))

    def root(self, number: int) -> int:
        while self._of[number] != number:
            self._of[number] = self._of[self._of[number]]
            number = self._of[number]
        return number

    def join(self, one: int, other: int) -> None:
        self._of[self.root(one)] = self.root(other)


def _joined(rules: Sequence[Rule]) -> Iterable[list[Rule]]:
    """Lines in groups that touch; none where they are more than any table's."""
    groups = _Groups(len(rules))
    buckets: dict[tuple[int, int], list[int]] = defaultdict(list)
    pairs = 0
    for number, rule in enumerate(rules):
        for bucket in _buckets(rule):
            pairs += 1
            for other in buckets[bucket]:
                pairs += 1
                if pairs > _MOST_PAIRS:
                    return []
                if _touch(rule, rules[other]):
                    groups.join(number, other)
            buckets[bucket].append(number)
    found: dict[int, list[Rule]] = defaultdict(list)
    for number, rule in enumerate(rules):
        found[groups.root(number)].append(rule)
    return found.values()


def _buckets(rule: Rule) -> Iterator[tuple[int, int]]:
    first, last = int((rule.start - _NEAR) // _BUCKET), int((rule.end + _NEAR) // _BUCKET)
    sides = {int((rule.at - _NEAR) // _BUCKET), int((rule.at + _NEAR) // _BUCKET)}
    for along in range(first, min(last, first + 200) + 1):
        for side in sides:
            yield (along, side) if rule.across else (side, along)


def _touch(one: Rule, other: Rule) -> bool:
    if one.across == other.across:
        near = abs(one.at - other.at) <= _NEAR
        return near and one.start - _NEAR <= other.end and other.start - _NEAR <= one.end
    return one.start - _NEAR <= other.at <= one.end + _NEAR and other.start - _NEAR <= one.at <= other.end + _NEAR


def _axis(values: Iterable[float]) -> list[float]:
    """The places of lines, those near to each other as one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _nearest(axis: Sequence[float], value: float) -> int:
    at = bisect_left(axis, value)
    return at if at < len(axis) and (at == 0 or axis[at] - value < value - axis[at - 1]) else at - 1


def _grid(rules: Sequence[Rule]) -> Grid | None:
    ys, xs = _axis(r.at for r in rules if r.across), _axis(r.at for r in rules if not r.across)
    ys = _closed(ys, [r for r in rules if not r.across])
    xs = _closed(xs, [r for r in rules if r.across])
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 2 or rows * columns > _MOST_SLOTS:
        return None
    below = [[0.0] * columns for _ in ys]
    beside = [[0.0] * rows for _ in xs]
    for rule in rules:
        axis, along = (ys, xs) if rule.across else (xs, ys)
        held = (below if rule.across else beside)[_nearest(axis, rule.at)]
        first = max(0, bisect_right(along, rule.start) - 1)
        for n in range(first, len(along) - 1):
            if along[n] > rule.end:
                break
            held[n] += max(0.0, min(rule.end, along[n + 1]) - max(rule.start, along[n])) / (along[n + 1] - along[n])
    groups = _Groups(rows * columns)
    for row in range(rows):
        for column in range(columns):
            number = row * columns + column
            if column + 1 < columns and beside[column + 1][row] < _PARTS:
                groups.join(number, number + 1)
            if row + 1 < rows and below[row + 1][column] < _PARTS:
                groups.join(number, number + columns)
    slots: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number in range(rows * columns):
        slots[groups.root(number)].append(divmod(number, columns))
    return Grid(xs, ys, sorted(_area(held) for held in slots.values()))


def _closed(axis: list[float], others: Sequence[Rule]) -> list[float]:
    """The places of lines, with the ends of the lines that cross them, where a table is open there.

    A page's end leaves a row open; many tables have no line at their left and right side.
    """
    if not axis or not others:
        return axis
    first, last = min(r.start for r in others), max(r.end for r in others)
    if sum(r.end > last - _NEAR for r in others) >= _SIDES and last - axis[-1] > 2 * _NEAR:
        axis = [*axis, last]
    if sum(r.start < first + _NEAR for r in others) >= _SIDES and axis[0] - first > 2 * _NEAR:
        axis = [first, *axis]
    return axis


def _area(slots: Sequence[tuple[int, int]]) -> Area:
    rows, columns = [row for row, _ in slots], [column for _, column in slots]
    return Area(min(rows), min(columns), max(rows), max(columns))
