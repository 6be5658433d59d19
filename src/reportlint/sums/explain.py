"""Which figures explain the broken sums of a table, and which sums stay without a culprit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from math import prod

from reportlint.model import Figure
from reportlint.sums.grid import Grid, Values
from reportlint.sums.intervals import Lines
from reportlint.sums.localise import EXACT, MOST, NODES, Mending, localise
from reportlint.sums.placing import Placer, Placing, Settled
from reportlint.sums.slips import Slips, rank
from reportlint.sums.verdicts import BrokenSum, Change, Culprit, Equation
from reportlint.tuples import NamedTuple

_WORLDS = 128
"""Ways to place all irregular rows together; where there are more, their cells stay unknown."""
_SHIFTED = 2
"""Figures that a row must have in the wrong column for it to be called shifted."""
_SHOWN = 6
"""Explanations that a broken sum names."""

Place = tuple[int, int]
"""A figure: its row in the grid and its number in the row."""


class _World(NamedTuple):
    """One way to place all irregular rows: values and figures by cell."""

    placed: dict[int, Placing]
    values: Values
    figures: dict[int, Figure]


class _Certain(NamedTuple):
    """A figure that is wrong in any case: a cell it stands in, whether always there, its value if one."""

    cell: int
    placed: bool
    value: int | None
    world: _World


class _Found:
    """All smallest sets of wrong figures, each with the world it holds in; size None: given up."""

    def __init__(self, size: int | None = None) -> None:
        self.size = size
        self.sets: list[tuple[_World, Mending]] = []
        self.complete = True


class Explanation:
    """Why a grid's sums do not hold: `culprits`, then the sums that are `broken` without one.

    `values` are the cells' values with the culprits mended; `settled` what the sums then leave
    of the other cells, None where sums stay broken. `possible` are then the ways to place
    irregular rows that some smallest set of changes goes with.
    """

    def __init__(self, grid: Grid, slips: Slips) -> None:
        self.grid = grid
        self.slips = slips
        self.placer = Placer(grid)
        self.values = list(grid.values)
        self.culprits: list[Culprit] = []
        self.broken: list[BrokenSum] = []
        self.possible: dict[int, list[Placing]] = {}
        self.settled = self._settle()
        if self.settled is None:
            self._explain()

    def _settle(self) -> Settled | None:
        """What the sums leave of the unknown cells if no figure is wrong; None if one is."""
        settled = self.placer.settle(self.values)
        if settled is None or None not in self.values:
            return settled
        worlds = list(self._worlds(settled.options))
        fitting = [world for world in worlds if localise(self.grid.problem(world.values), most=0).size == 0]
        if len(fitting) in (0, len(worlds)):
            return settled if fitting else None
        options = {
            row: [placing for placing in made if any(world.placed[row] == placing for world in fitting)]
            for row, made in settled.options.items()
        }
        return self.placer.settle(self.values, options)

    def _explain(self) -> None:
        worlds = list(self._worlds(self.placer.all))
        found = self._smallest(worlds)
        if found.size == 0:  # the rows that are left open hide what is wrong
            return
        if (found.size is None or found.size >= 2) and self._shifted(found.size):
            worlds = list(self._worlds(self.placer.all))
            found = self._smallest(worlds)
        certain = self._mended(found)
        if self.settled is None and not all(row in worlds[0].placed for row in self.grid.irregular):
            certain = {}  # rows that are left open hide other explanations
        for (row, _), one in certain.items():
            if row not in self.grid.irregular:
                self.values[one.cell] = one.value
            if self.grid.rows[row].is_group:
                # A group row repeats what its rows say: its sum is wrong, not a figure of the form.
                self.broken.extend(map(BrokenSum, self._breaks(one, stated=True)))
            else:
                self.culprits.append(self._culprit(one))
        if self.settled is None or len(self.culprits) > 1:
            holds = "own" if self.settled is None else "all"
            self.culprits = [
                culprit._replace(holds=holds, others=tuple(one for one in self.culprits if one is not culprit))
                for culprit in self.culprits
            ]
        if self.settled is None:
            self.broken.extend(self._unexplained(found, certain))
            for row in self.grid.irregular:
                placed = (world.placed[row] for world, _ in found.sets if row in world.placed)
                self.possible[row] = list(dict.fromkeys(placed))

    def _mended(self, found: _Found) -> dict[Place, _Certain]:
        """The changes that are certain; where they explain everything, what is settled then."""
        certain = self._certain(found)
        if found.size is not None and all(len(mending) == len(certain) for _, mending in found.sets):
            values = list(self.values)
            for (row, _), one in certain.items():
                if row not in self.grid.irregular:
                    values[one.cell] = one.value
            placer = Placer(self.grid, {place: one.value for place, one in certain.items()})
            self.settled = placer.settle(values)
            if self.settled is not None:
                self.placer = placer
        return certain

    def _worlds(self, options: dict[int, list[Placing]]) -> Iterator[_World]:
        if not options or prod(map(len, options.values())) > _WORLDS:
            yield _World({}, list(self.values), {})
            return
        for placed in product(*options.values()):
            values = list(self.values)
            figures: dict[int, Figure] = {}
            for row, placing in zip(options, placed, strict=True):
                cells = self.grid.range(row)
                values[cells.start : cells.stop] = self.placer.numbers(row, placing)
                figures |= {c: self.grid.rows[row].figures[n] for c, n in zip(cells, placing, strict=True) if n >= 0}
            yield _World(dict(zip(options, placed, strict=True)), values, figures)

    def _smallest(self, worlds: list[_World]) -> _Found:
        found = _Found()
        complete = True
        for most in (EXACT, MOST):
            for world in worlds:
                most = most if found.size is None else found.size
                outcome = localise(self.grid.problem(world.values), most, NODES // len(worlds))
                complete &= outcome.complete
                if outcome.size is None:
                    continue
                if found.size is None or outcome.size < found.size:
                    found = _Found(outcome.size)
                found.sets.extend((world, mending) for mending in outcome.mendings)
            if found.size is not None or len(worlds) > 1:
                break  # with rows to place as well only the exact search is affordable
        found.complete = complete
        return found

    def _place(self, world: _World, cell: int) -> Place:
        row, column = divmod(cell, self.grid.width)
        return (row, world.placed[row][column]) if row in world.placed else (row, column)

    def _certain(self, found: _Found) -> dict[Place, _Certain]:
        """The figures that all smallest sets change, with what those agree on."""
        if found.size is None or not found.complete:
            return {}
        sets = [({self._place(w, cell): (cell, value) for cell, value in m.items()}, w) for w, m in found.sets]
        certain = {}
        for place in sets[0][0]:
            if all(place in other for other, _ in sets):
                cells, values = zip(*(other[place] for other, _ in sets), strict=True)
                value, placed = values[0] if len(set(values)) == 1 else None, len(set(cells)) == 1
                if value is not None or None in values or not placed:
                    certain[place] = _Certain(cells[0], placed, value, sets[0][1])
        return certain

    def _change(self, world: _World, cell: int, value: int | None) -> Change:
        figure = world.figures.get(cell) or self.grid.figures[cell]
        assert figure is not None, "only figures that can be read are ever changed"
        new = None if value is None else self.grid.amount(value)
        return Change(self.grid.row(cell), self.grid.column(cell), figure, new)

    def _culprit(self, one: _Certain) -> Culprit:
        change = self._change(one.world, one.cell, one.value)
        if not one.placed:
            return Culprit((change._replace(column=""),), ())
        return Culprit(self.slips.named(self.grid, {one.cell: change}), tuple(self._breaks(one)))

    def _breaks(self, one: _Certain, stated: bool = False) -> Iterator[Equation]:
        """The broken equations that a figure stands in; all of them where unknown cells hide which.

        Only those over rows that state it as their total where `stated` asks so.
        """
        problem = self.grid.problem(one.world.values)
        lines = [n for n, line in enumerate(self.grid.lines) if one.cell in line.cells]
        for number in [n for n in lines if problem.residual(self.grid.lines[n])] or lines:
            equation = self.grid.equation(number, one.world.values, one.world.figures)
            if not stated or (one.cell in self.grid.lines[number].minus and not equation.over_columns):
                yield equation

    def _unexplained(self, found: _Found, certain: Mapping[Place, _Certain]) -> Iterator[BrokenSum]:
        """The equations that no certain change mends, each with what would."""
        sets = []
        for world, mending in found.sets:
            rest = {cell: value for cell, value in mending.items() if self._place(world, cell) not in certain}
            sets.append((world, rest))
        parts = self._parts({cell for _, rest in sets for cell in rest})
        problem = self.grid.problem(self.values)
        worlds = [world for world, _ in found.sets if world.placed]
        no_figures: dict[int, Figure] = {}
        for number, line in enumerate(self.grid.lines):
            residual = problem.residual(line)
            shown: tuple[Values, dict[int, Figure]] = self.values, no_figures
            if residual is None and not certain and worlds and all(map(self._breaks_in(number), worlds)):
                shown = worlds[0].values, worlds[0].figures  # broken however the rows are placed
            elif residual == 0 or (residual is None and not self._overfull(number)):
                continue
            near = set().union(*(part for part in parts if not part.isdisjoint(line.cells)))
            ways: dict[tuple[tuple[Place, int], ...], tuple[Change, ...]] = {}
            for world, rest in sets:
                own = {cell: value for cell, value in rest.items() if cell in near}
                known = tuple(sorted((self._place(world, cell), value or 0) for cell, value in own.items()))
                if own and known not in ways:
                    changes = {cell: self._change(world, cell, value) for cell, value in own.items()}
                    ways[known] = self.slips.named(self.grid, changes)
            least = min(map(len, ways), default=0)
            enough = [
                way
                for known, way in ways.items()
                if len(known) == least or not any(set(other) < set(known) for other in ways)
            ]
            likely = sorted(enough, key=rank)
            equation = self.grid.equation(number, *shown)
            yield BrokenSum(equation, tuple(likely[:_SHOWN]), max(0, len(likely) - _SHOWN))

    def _parts(self, cells: set[int]) -> list[set[int]]:
        """`cells` in parts that no equation joins: what explains one says nothing of another."""
        parts: list[set[int]] = []
        for line in self.grid.lines:
            joined = cells.intersection(line.cells)
            if joined:
                for part in [part for part in parts if not part.isdisjoint(joined)]:
                    joined |= part
                    parts.remove(part)
                parts.append(joined)
        return parts

    def _breaks_in(self, number: int) -> Callable[[_World], bool]:
        """Whether an equation is broken in a world, all its cells known there."""
        line = self.grid.lines[number]
        return lambda world: self.grid.problem(world.values).residual(line) not in (0, None)

    def _overfull(self, number: int) -> bool:
        """Whether an equation cannot hold whatever its unknown cells are."""
        low, high = self.grid.problem(self.values).bounds()
        return Lines(self.grid.lines[number : number + 1]).narrow(low, high) != 0

    def _shifted(self, size: int | None) -> bool:
        """Whether one row written a column to the left or right explains more than two figures can.

        It is then a culprit, and `values` are as if it stood right.
        """
        grid = self.grid
        if grid.irregular:
            return False
        problem = grid.problem()
        off = {
            line.plus[0] // grid.width
            for system in grid.row_systems
            for line in system.lines
            if problem.residual(line) != 0
        }
        found: list[tuple[int, int, int, list[int | None]]] = []
        for row in sorted(off):
            cells = grid.range(row)
            own = grid.values[cells.start : cells.stop]
            for shift, pad, moved in ((-1, own[-1], [None, *own[:-1]]), (1, own[0], [*own[1:], None])):
                mended = sum(None not in (new, old) and new != old for new, old in zip(moved, own, strict=True))
                if pad or mended < _SHIFTED:
                    continue
                values = [*grid.values[: cells.start], *moved, *grid.values[cells.stop :]]
                outcome = localise(grid.problem(values), EXACT if size is None else size - 2)
                if outcome.size is not None:
                    found.append((outcome.size, row, shift, values))
        found.sort(key=lambda item: item[0])
        if not found or (len(found) > 1 and found[0][0] == found[1][0]):
            return False
        _, row, shift, values = found[0]
        low, high = grid.problem(values).bounds()
        grid.system.narrow(low, high)
        if any(low[cell] != high[cell] for cell in grid.range(row)):
            return False
        values[grid.range(row).start : grid.range(row).stop] = [low[cell] for cell in grid.range(row)]
        world = _World({}, grid.values, {})
        changes = [
            self._change(world, cell, low[cell])
            for cell in grid.range(row)
            if grid.figures[cell] is not None and low[cell] != grid.values[cell]
        ]
        self.culprits.append(Culprit(tuple(changes), (), shift))
        self.values = values
        return True
