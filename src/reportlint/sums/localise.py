"""The smallest sets of figures whose change makes every equation hold (Fellegi and Holt, 1976).

Arithmetic on numbered cells only: which cells and equations there are is said by
reportlint.sums.grid. Cells that nobody can read are free; equations over them are first combined
into equations without them, as Fellegi and Holt's implied edits are.

The search is exact as far as it goes: every set is found, or the outcome says that some may be
missing. An equation is unsettled when none of the chosen cells can mend it: it is broken and
holds none, or it holds and one chosen cell alone would break it. Some further cell must then
stand in it. Equations of one kind share no cell, so that as many more cells are needed as there
are unsettled equations of any one kind; that bound leaves few places to look at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import gcd

from reportlint.sums.intervals import Bounds, Line, Lines
from reportlint.tuples import NamedTuple

Mending = dict[int, int | None]
"""Cells to change, with the value that makes the equations hold; None where several do."""

EXACT = 3
"""Sets of up to so many figures are always found where every figure can be read."""
MOST = 8
NODES = 20_000
_NODES_BEYOND = 5_000
_MENDINGS = 400
_NARROWING = 20
"""What narrowing the unknown cells costs, in steps of the search."""
_OFF = -1
"""Stands for the residual among the terms of an equation; cells are 0 or more."""


class System(NamedTuple):
    """Cells by number: their values, None where unknown; and the equations over them.

    Cells in `signed` may be negative, all others are 0 or more.
    """

    values: Sequence[int | None]
    lines: Sequence[Line]
    signed: frozenset[int] = frozenset()

    def residual(self, line: Line) -> int | None:
        """By how much the left side exceeds the right one; None where a cell is unknown."""
        total = 0
        for sign, cells in ((1, line.plus), (-1, line.minus)):
            for cell in cells:
                value = self.values[cell]
                if value is None:
                    return None
                total += sign * value
        return total

    def bounds(self) -> tuple[Bounds, Bounds]:
        """The bounds of every cell before any equation is looked at."""
        low = [v if v is not None or n in self.signed else 0 for n, v in enumerate(self.values)]
        return low, list(self.values)


class Outcome(NamedTuple):
    """All smallest sets, of `size` figures; none and size None where none was found.

    Where nothing is wrong the only mending is empty. `complete` is False where the search was
    given up before it had seen every set.
    """

    size: int | None
    mendings: list[Mending]
    complete: bool = True


def localise(problem: System, most: int = MOST, nodes: int = NODES) -> Outcome:
    """The smallest sets of at most `most` figures that explain every broken equation.

    `nodes` bounds the steps of the search for each size.
    """
    return _Search(problem).run(most, nodes)


class _Row(NamedTuple):
    """An equation without unknown cells: coefficients, cells as bits, and what it is off by."""

    kind: int
    terms: dict[int, int]
    mask: int
    residual: int


class _Search:
    def __init__(self, problem: System) -> None:
        self.problem = problem
        self.values = problem.values
        self.rows = list(_known_rows(problem))
        self.broken = [n for n, row in enumerate(self.rows) if row.residual]
        self.of: dict[int, list[int]] = {}
        for number, row in enumerate(self.rows):
            for cell in row.terms:
                self.of.setdefault(cell, []).append(number)
        self.has_unknown = any(self.values[cell] is None for line in problem.lines for cell in line.cells)
        self.lines = Lines(problem.lines)
        self.line_masks = [_mask(c for c in line.cells if self.values[c] is not None) for line in problem.lines]
        self.found: list[Mending] = []
        self.nodes = 0
        self.complete = True

    def run(self, most: int, nodes: int) -> Outcome:
        least = max(Counter(self.rows[n].kind for n in self.broken).values(), default=0)
        for size in range(least, most + 1):
            self.budget = self.nodes + (nodes if size <= EXACT else min(nodes, _NODES_BEYOND))
            self._node((), 0, size)
            if self.nodes >= self.budget:
                return Outcome(None, [], False)
            if self.found:
                return Outcome(size, self.found, self.complete)
        return Outcome(None, [], self.complete)

    def _node(self, chosen: tuple[int, ...], barred: int, left: int) -> None:
        """Look for sets that hold `chosen`, none of `barred`, and `left` cells more."""
        self.nodes += 1
        if self.nodes >= self.budget:
            return
        if len(self.found) >= _MENDINGS:
            self.complete = False
            return
        hits = Counter(row for cell in chosen for row in self.of.get(cell, ()))
        unsettled = [n for n in self.broken if n not in hits]
        unsettled += [n for n, count in hits.items() if count == 1 and not self.rows[n].residual]
        if unsettled:
            kinds = Counter(self.rows[n].kind for n in unsettled)
            if max(kinds.values()) > left or not self._fits(chosen, hits, {k for k, c in kinds.items() if c == left}):
                return
            masks = [self.rows[n].mask & ~barred for n in unsettled]
            cells = min(masks, key=int.bit_count)
            if left == 1:
                for mask in masks:
                    cells &= mask
        else:
            conflict = self._conflict(chosen)
            if conflict == 0 or left == 0:
                return
            cells = conflict & ~barred
        for cell in _bits(cells & ~_mask(chosen)):
            self._node((*chosen, cell), barred, left - 1)
            barred |= 1 << cell

    def _fits(self, chosen: tuple[int, ...], hits: Counter[int], tight: set[int]) -> bool:
        """Whether equations that no further cell can reach agree on the chosen cells.

        Of a kind with as many unsettled equations as cells are left, each further cell stands in
        one of those; what one chosen cell has to mend in the others is then known.
        """
        change: dict[int, int] = {}
        for cell in chosen:
            for number in self.of.get(cell, ()):
                row = self.rows[number]
                if row.residual and row.kind in tight and hits[number] == 1:
                    step, rest = divmod(-row.residual, row.terms[cell])
                    if rest or change.setdefault(cell, step) != step or not self._possible(cell, step):
                        return False
        return True

    def _possible(self, cell: int, step: int) -> bool:
        value = self.values[cell]
        assert value is not None
        return step != 0 and (value + step >= 0 or cell in self.problem.signed)

    def _conflict(self, chosen: tuple[int, ...]) -> int:
        """Keep `chosen` if changing it alone mends everything, and return 0.

        Else the cells, as bits, of which one more must change.
        """
        steps, conflict = self._solve(chosen)
        if conflict:
            return conflict
        mending: Mending = {}
        for cell in chosen:
            value, step = self.values[cell], steps.get(cell)
            mending[cell] = None if step is None or value is None else value + step
        if self.has_unknown:
            self.nodes += _NARROWING
            low, high = self.problem.bounds()
            for cell, new in mending.items():
                low[cell] = new if new is not None or cell in self.problem.signed else 0
                high[cell] = new
            lines = self.lines.narrow(low, high)
            if lines:
                # Those of the equations that contradict each other, or that gave the chosen their values.
                cells = 0
                for number in _bits(lines):
                    cells |= self.line_masks[number]
                for number in {row for cell in chosen for row in self.of.get(cell, ())}:
                    cells |= self.rows[number].mask
                return cells
            for cell in chosen:
                if mending[cell] is None and low[cell] is not None and low[cell] == high[cell]:
                    mending[cell] = low[cell]
        self.found.append(mending)
        return 0

    def _solve(self, chosen: tuple[int, ...]) -> tuple[dict[int, int], int]:
        """By how much each chosen cell must change, and the cells of a contradiction as bits.

        Gauss's elimination in whole numbers over the equations that the cells stand in; a cell
        that stands in none is left out.
        """
        solved: dict[int, tuple[dict[int, int], int]] = {}
        for number in sorted({row for cell in chosen for row in self.of.get(cell, ())}):
            row = self.rows[number]
            terms, why = {c: row.terms[c] for c in chosen if c in row.terms}, row.mask
            if row.residual:
                terms[_OFF] = row.residual
            for cell, (other, reason) in solved.items():
                if cell in terms:
                    terms, why = _combine(terms, other, cell), why | reason
            cell = next((c for c in terms if c != _OFF), _OFF)
            if cell == _OFF:
                if terms:
                    return {}, why
                continue
            for known, (other, reason) in solved.items():
                if cell in other:
                    solved[known] = _combine(other, terms, cell), why | reason
            solved[cell] = terms, why
        steps: dict[int, int] = {}
        for cell, (terms, why) in solved.items():
            if len(terms) - (_OFF in terms) > 1:  # several values would do, so a smaller set may, too
                self.complete = False
                return {}, why
            steps[cell], rest = divmod(-terms.get(_OFF, 0), terms[cell])
            if rest or not self._possible(cell, steps[cell]):
                return {}, why
        return steps, 0


def _known_rows(problem: System) -> Iterator[_Row]:
    """The equations that hold no unknown cell, and those that follow for the known ones."""
    rows = [(line.kind, _terms(line)) for line in problem.lines]
    unknown = {cell for _, terms in rows for cell in terms if problem.values[cell] is None}
    fresh = 1 + max((line.kind for line in problem.lines), default=0)
    for cell in sorted(unknown):
        holders = [row for row in rows if cell in row[1]]
        if not holders:
            continue
        pivot = min(holders, key=lambda row: len(row[1]))
        rows = [row for row in rows if cell not in row[1]]
        for _, terms in holders:
            if terms is not pivot[1]:
                fresh += 1
                rows.append((fresh, _combine(terms, pivot[1], cell)))
    for kind, terms in rows:
        if terms:
            residual = sum(factor * (problem.values[cell] or 0) for cell, factor in terms.items())
            yield _Row(kind, terms, _mask(terms), residual)


def _terms(line: Line) -> dict[int, int]:
    return {**dict.fromkeys(line.plus, 1), **dict.fromkeys(line.minus, -1)}


def _combine(terms: dict[int, int], pivot: dict[int, int], cell: int) -> dict[int, int]:
    """The combination of two equations in which `cell` cancels out."""
    a, b = terms[cell], pivot[cell]
    made = {c: b * terms.get(c, 0) - a * pivot.get(c, 0) for c in {**terms, **pivot}}
    divisor = gcd(*made.values()) or 1
    return {c: f // divisor for c, f in made.items() if f}


def _mask(cells: Iterator[int] | Sequence[int] | dict[int, int]) -> int:
    mask = 0
    for cell in cells:
        mask |= 1 << cell
    return mask


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
