"""What the sums of a table say about its figures, as rules see it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from decimal import Decimal

from reportlint.diagnostics import Edit, Span
from reportlint.model import Figure, Row, Table
from reportlint.tuples import NamedTuple

Stated = Set[tuple[str, str, Decimal]]
"""Row, column and value of figures that a report's prose states of its tables."""


class Term(NamedTuple):
    """A term of an equation: its name in the form's words, its value if known, where it stands."""

    name: str
    value: Decimal | None
    figure: Figure | None


class Equation(NamedTuple):
    """An equation of the form, written with a report's own figures.

    `rule` is the rule that reports it. `line` is the row (where the sum goes over columns) or
    the column it holds in, in the form's words.
    """

    rule: str
    over_columns: bool
    line: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]


class Change(NamedTuple):
    """A figure and what would mend it; None where the sums allow several values.

    `column` is in the form's words; `slip` is how people come to write the one for the other:
    "stated" (the text states the new value), "swapped", "dropped", "doubled", "added", "shifted"
    (it stands in the next cell), "neighbour" (the next cell's value), "mistyped", or "".
    """

    row: Row
    column: str
    figure: Figure
    value: Decimal | None
    slip: str = ""


class Culprit(NamedTuple):
    """A wrong figure that explains every sum it breaks, or a row written one column aside.

    `shift` is 0, or -1 for a row whose figures stand one column to the left, 1 to the right;
    `changes` is then the whole row. `holds` says what its correction mends: "value" every sum
    of the table, "all" every sum together with the corrections of `others`, "own" only the sums that it
    stands in.
    """

    changes: tuple[Change, ...]
    equations: tuple[Equation, ...]
    shift: int = 0
    holds: str = "value"
    others: tuple[Culprit, ...] = ()


class BrokenSum(NamedTuple):
    """A sum that does not hold and has no single culprit.

    Each candidate is a set of figures that would mend it, likeliest first; `more` counts those
    left out.
    """

    equation: Equation
    candidates: tuple[tuple[Change, ...], ...] = ()
    more: int = 0


class Gap(NamedTuple):
    """Figures that a row lacks, `number` of them, and the columns they may belong to.

    `value` is None where the sums leave it open; `equation` is one that tells it.
    """

    columns: tuple[str, ...]
    number: int
    value: Decimal | None
    equation: Equation | None = None


class ShortRow(NamedTuple):
    """A row with fewer figures than columns.

    `whole` are all its figures where the sums tell them; `missing` are then the numbers of those
    it lacks, `places` says behind how many of the row's own each belongs, and `edits` would put
    them there.
    """

    row: Row
    gaps: tuple[Gap, ...] = ()
    whole: tuple[Decimal, ...] = ()
    missing: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    edits: tuple[Edit, ...] = ()


class LongRow(NamedTuple):
    """A row with more figures than columns; `surplus` are those that the sums do not want.

    Where that is not determined, `possible` are those that one may take away.
    """

    row: Row
    surplus: tuple[Figure, ...] = ()
    possible: tuple[Figure, ...] = ()


class Reading(NamedTuple):
    """A cell of a table: what stands there, what it counts as, and how that is known.

    `state` is "read", "unreadable", "missing", or "inferred" where the sums tell a value that
    nobody can read. `suggested` is what a wrong figure should be.
    """

    row: Row
    column: str
    figure: Figure | None
    value: Decimal | None
    state: str
    suggested: Decimal | None = None


class Verdict(NamedTuple):
    """All that the sums say about one table.

    `wordings` gives the table's columns their words, `inferred` values to figures that cannot
    be read, `torn` the values that different sums would need of one such figure.
    """

    table: Table
    wordings: Mapping[str, str]
    culprits: tuple[Culprit, ...] = ()
    broken: tuple[BrokenSum, ...] = ()
    short: tuple[ShortRow, ...] = ()
    long: tuple[LongRow, ...] = ()
    inferred: Mapping[Span, Decimal] = {}
    torn: Mapping[Span, tuple[Decimal, ...]] = {}
