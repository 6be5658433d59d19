"""A report as its digest: whose it is, for which year, and the few figures that others are compared with."""

from __future__ import annotations

import os
import zlib
from array import array
from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache
from itertools import product

from reportlint.diagnostics import Cell, Place, Span
from reportlint.forms.form import Form
from reportlint.model import Figure, Report
from reportlint.series.where import Reading, Where
from reportlint.text.numbers import plain
from reportlint.text.organs import organ_key
from reportlint.tuples import NamedTuple

Sketch = bytes
"""What near copies are found by, without the text."""
_STEPS = "i"
_MOST_BYTES = 2**20
"""No report has figures that take more."""
Key = tuple[str, str]
"""A cell: its row and its column."""


class Digit(NamedTuple):
    """A figure that other reports are compared with, and where it stands."""

    value: Decimal
    span: Span
    where: Where

    @property
    def place(self) -> Place:
        """Its place as other files may speak of it."""
        return self.where.place(self.span)


class Digest(NamedTuple):
    """What of a report others are compared with, in little room: a run holds one for each of its files.

    `number` is its place in the run; `organ` the organ's name in its shortest form ("" where the
    report names none); `span` is its title's, for the report as a whole. `figures` and `spans` are those of
    `digits`, packed: numbers of the form's cells with their values, and where each stands.
    """

    number: int
    path: str
    organ: str
    year: int | None
    form: Form
    figures: bytes
    spans: bytes
    span: Span
    where: Where
    sketch: Sketch | None = None

    @property
    def place(self) -> Place:
        """The title's place."""
        return self.where.place(self.span)

    @property
    def digits(self) -> dict[Key, Digit]:
        """The figures by their cells."""
        return _digits(self.figures, self.spans, self.form, self.where)

    def cell(self, span: Span, expected: Decimal | None) -> Cell | None:
        """The cell whose figure stands at a range, where it is one of those that are compared; `expected` is put in."""
        for (row, column), digit in self.digits.items():
            if digit.span == span:
                return _cell(self.form, row, column, digit.value, expected)
        return None


def _cell(form: Form, row: str, column: str, value: Decimal, expected: Decimal | None) -> Cell | None:
    for section in form.sections:
        for table in section.tables:
            rows = [one.label for one in table.rows] or [table.rule]
            if row in rows and column in table.columns:
                labels = form.labels.get(row, ""), form.column(column)
                figures = plain(value), plain(expected)
                return Cell(section.rule, table.rule, row if table.rows else "", column, *labels, *figures)
    return None


def once(digests: Iterable[Digest]) -> list[Digest]:
    """Digests without those of a report that is kept in several formats: of one folder, organ, year and figures.

    The first of them stands for all.
    """
    kept: dict[object, Digest] = {}
    for one in digests:
        folder, name = os.path.split(one.path)
        whose = (one.organ, one.year) if one.organ and one.year else (os.path.splitext(name)[0], None)
        known = kept.setdefault((folder, whose, one.form.name, one.figures), one)
        if known is not one and os.path.splitext(known.path)[1].lower() == os.path.splitext(name)[1].lower():
            kept[folder, name] = one  # two files of one format are two reports
    return list(kept.values())


def may_be_one(name: str, other: str) -> bool:
    """Whether two organs' keys may be one's: 云山市青湖县 and 青湖县."""
    return name.endswith(other) or other.endswith(name)


def digest(
    number: int,
    path: str,
    report: Report,
    keys: frozenset[Key],
    sketch: Sketch | None = None,
    read: Reading | None = None,
) -> Digest:
    """The digest of a report with the figures of `keys` that can be read; `read` reads its text again."""
    figures: dict[Key, Figure] = {}
    named = _columns(keys)
    for row in (row for table in report.tables for row in table.rows if row.name in named):
        cells = row.cells
        figures |= {
            (row.name, column): cells[column] for column in row.table.columns if column in named[row.name] and cells
        }
    numbers = {key: number for number, key in enumerate(_cells(report.form))}
    known = [(numbers[key], figure) for key, figure in figures.items() if figure.value is not None]
    first = report.title.span if report.title else report.sections[0].heading.span
    year = report.year if report.sure_year else None
    told = ",".join(f"{number}:{figure.value}" for number, figure in known).encode()
    spans = _steps(figure.span for _, figure in known).tobytes()
    return Digest(
        number,
        path,
        organ_key(report.organ),
        year,
        report.form,
        zlib.compress(told, 1),
        zlib.compress(spans, 1),
        first,
        Where(path, report.source, read),
        sketch,
    )


def _steps(spans: Iterable[Span]) -> array[int]:
    """Ranges as steps from the end of each to the start of the next, and their lengths: small numbers, and alike."""
    steps, last = array(_STEPS), 0
    for start, end in spans:
        steps.append(start - last)
        steps.append(end - start)
        last = end
    return steps


def _inflated(data: bytes) -> bytes:
    return zlib.decompressobj().decompress(data, _MOST_BYTES)


@lru_cache(maxsize=64)
def _digits(figures: bytes, spans: bytes, form: Form, where: Where) -> dict[Key, Digit]:
    """Packed figures unpacked; those of the few reports that are compared just now are asked for often."""
    cells, steps, at = _cells(form), iter(array(_STEPS, _inflated(spans))), 0
    found: dict[Key, Digit] = {}
    for told in filter(None, _inflated(figures).decode().split(",")):
        number, _, value = told.partition(":")
        start = at + next(steps)
        at = start + next(steps)
        found[cells[int(number)]] = Digit(Decimal(value), Span(start, at), where)
    return found


@cache
def _cells(form: Form) -> tuple[Key, ...]:
    """Every cell of a form that reports may be compared by."""
    return tuple(sorted(total_keys((form,)) | successive_keys((form,))))


@cache
def _columns(keys: frozenset[Key]) -> dict[str, frozenset[str]]:
    """The columns of some cells by their rows."""
    return {row: frozenset(column for other, column in keys if other == row) for row, _ in keys}


def successive_keys(forms: Iterable[Form]) -> frozenset[Key]:
    """The cells that successive reports are compared by."""
    return frozenset(
        (row, column)
        for form in forms
        for succession in form.successions
        for side in (succession.now, succession.before)
        for _, row, column in side
    )


@cache
def total_keys(forms: tuple[Form, ...]) -> frozenset[Key]:
    """The cells of a parent's report that its children's add up to: totals, and all of other tables."""
    keys = set()
    for form in forms:
        for section in form.sections:
            for table in section.tables:
                summed = {name for s in table.sums if s.over_columns for name in s.equals}
                # A column of changes may be negative: a parent's is not the larger one.
                columns = [c for c in table.columns if (c in summed or not summed) and c not in table.signed]
                rows = [row.label for row in table.rows if not row.is_group] or [table.rule]
                keys |= set(product(rows, columns))
    return frozenset(keys)
