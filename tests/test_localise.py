"""The smallest sets of wrong figures, against trying every set."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint.sums.intervals import Line, Lines
from reportlint.sums.localise import EXACT, System, localise

ROWS = COLUMNS = 3
# Two addends and their total, both ways: nine cells in six equations.
LINES = [Line(0, (3 * r, 3 * r + 1), (3 * r + 2,)) for r in range(ROWS)]
LINES += [Line(1, (c, 3 + c), (6 + c,)) for c in range(COLUMNS)]
LARGEST = 4


def sets_of_size(problem: System, size: int) -> set[tuple[tuple[int, int], ...]]:
    """Every set of `size` known cells that can be changed so that all equations hold, by trying."""
    known = [n for n, value in enumerate(problem.values) if value is not None]
    unknown = [n for n, value in enumerate(problem.values) if value is None]
    bound = 4 * LARGEST + 1
    found = set()
    for cells in combinations(known, size):
        free = [*cells, *unknown]
        for values in product(range(bound), repeat=len(free)):
            made = {**dict(enumerate(problem.values)), **dict(zip(free, values, strict=True))}
            if any(made[cell] == problem.values[cell] for cell in cells):
                continue
            if all(sum(made[c] or 0 for c in a) == sum(made[c] or 0 for c in b) for _, a, b in problem.lines):
                found.add(tuple((cell, made[cell] or 0) for cell in cells))
    return found


def true_table(values: list[int]) -> list[int]:
    """A table that adds up, made of its four inner cells."""
    a, b, c, d = values
    return [a, b, a + b, c, d, c + d, a + c, b + d, a + b + c + d]


TABLES = st.lists(st.integers(0, LARGEST), min_size=4, max_size=4).map(true_table)
SLIPS = st.dictionaries(st.integers(0, 8), st.integers(0, LARGEST), max_size=3)
FAULTY = st.builds(lambda table, slips: [slips.get(n, v) for n, v in enumerate(table)], TABLES, SLIPS)


@settings(max_examples=200, deadline=None)
@given(FAULTY)
def test_every_smallest_set_is_found(values: list[int]) -> None:
    problem = System(values, LINES)
    outcome = localise(problem)
    assert outcome.size is not None
    assert outcome.complete or outcome.size > EXACT
    if outcome.size <= 2:
        for size in range(outcome.size):
            assert not sets_of_size(problem, size)
        found = {tuple(sorted((c, v or 0) for c, v in mending.items())) for mending in outcome.mendings}
        assert len(found) == len(outcome.mendings)
        assert found == sets_of_size(problem, outcome.size)


@settings(max_examples=100, deadline=None)
@given(FAULTY, st.integers(0, 8))
def test_a_cell_that_nobody_can_read_is_free(values: list[int], unknown: int) -> None:
    problem = System([None if n == unknown else v for n, v in enumerate(values)], LINES)
    outcome = localise(problem)
    if outcome.size is None:
        # Figures that may take several values each are passed over beside an unknown one, and that is told.
        assert not outcome.complete
        assert not any(sets_of_size(problem, size) for size in range(EXACT))
    elif outcome.size == 0:
        assert sets_of_size(problem, 0)
    elif outcome.size == 1:
        assert not sets_of_size(problem, 0)
        expected = sets_of_size(problem, 1)
        found = {c for mending in outcome.mendings for c in mending}
        assert found == {cell for ((cell, _),) in expected}
        for mending in outcome.mendings:
            ((cell, value),) = mending.items()
            values_of_cell = {v for ((c, v),) in expected if c == cell}
            assert value is None or values_of_cell == {value}


def test_no_figure_becomes_negative() -> None:
    # 1 + 1 = 3: the total may be 2; an addend may be 2; neither may be less.
    outcome = localise(System([5, 0, 2], [Line(0, (0, 1), (2,))]))
    assert outcome.mendings == [{0: 2}, {2: 5}]
    signed = localise(System([5, 0, 2], [Line(0, (0, 1), (2,))], frozenset({1})))
    assert signed.mendings == [{0: 2}, {1: -3}, {2: 5}]


def test_nonsense_is_given_up_at_once() -> None:
    lines = [Line(0, (2 * n,), (2 * n + 1,)) for n in range(40)]
    outcome = localise(System(list(range(80)), lines))
    assert outcome.size is None


@given(TABLES, st.sets(st.integers(0, 8)))
def test_narrowing_never_loses_a_solution(true: list[int], hidden: set[int]) -> None:
    """The cells of a table that adds up, some hidden: the true value stays within the bounds."""
    low: list[int | None] = [0 if n in hidden else v for n, v in enumerate(true)]
    high: list[int | None] = [None if n in hidden else v for n, v in enumerate(true)]
    assert Lines(LINES).narrow(low, high) == 0
    for least, most, value in zip(low, high, true, strict=True):
        assert least is not None
        assert least <= value
        assert most is None or value <= most
    if len(hidden) == 1:
        assert low == high == true


def test_a_bound_on_an_unknown_cell_may_be_mended_where_a_value_came_from() -> None:
    """4 + ? = 2 + 1, and 2 = 0: the 2 and the 0 may both be 3 as well."""
    lines = [Line(0, (0, 1), (2, 3)), Line(1, (2,), (4,))]
    outcome = localise(System([4, None, 2, 1, 0], lines))
    assert outcome.size == 2
    assert not outcome.complete
