"""Several reports in one run: an organ's successive years, a parent and its children.

A report is kept as its digest: whose it is, for which year, and the few figures that other
reports are compared with, each with its place.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from reportlint.diagnostics import Cell, Place, Span
from reportlint.forms.cellsums import Combination, Succession
from reportlint.forms.form import Form
from reportlint.late import Late
from reportlint.model import Figure, Report
from reportlint.series.where import Reading, Where
from reportlint.text.numbers import plain
from reportlint.words import listed

Sketch = bytes
"""What near copies are found by, without the text."""
_OFFSETS = "I"
Key = tuple[str, str]
"""A cell: its row and its column."""
_TAIL = Late("(?:人民政府|政府|人民)$")
_ANY = listed("organs", "of_a_government")
"""Names that every place has: they tell no organ."""
_BRACKETED = Late(r"[(（][^)）]*[)）]|年度?$|\s")


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
    `digits`, packed: numbers of the form's cells with their values, and two offsets each.
    """

    number: int
    path: str
    organ: str
    year: int | None
    form: Form
    figures: str
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


class Mismatch(NamedTuple):
    """A figure of a later report, what it should be, and the earlier report's figures for that.

    `value` and `expected` are both sides as the form states them; `now` and `before` are the
    figures that stand in them. `terms` are what the first of `now` should be the sum of, with
    their signs; `same` says that it is the same cell of both reports, a stock.
    """

    key: Key
    value: Decimal
    expected: Decimal
    now: tuple[Digit, ...]
    before: tuple[Digit, ...]
    terms: tuple[tuple[int, Decimal], ...]
    same: bool

    @property
    def should(self) -> Decimal:
        """What the first of `now` should be."""
        return sum((sign * value for sign, value in self.terms), Decimal(0))


class Step(NamedTuple):
    """Two successive reports of one organ, and the figures of one rule that do not go together."""

    rule: str
    later: Digest
    earlier: Digest
    mismatches: tuple[Mismatch, ...]


class AbsentYear(NamedTuple):
    """A year that is absent between two reports of one organ."""

    earlier: Digest
    later: Digest


def organ_key(organ: str | None) -> str:
    """An organ's name as reports of one organ are told: 青湖县人民政府, 青湖县政府 and 青湖县 are one."""
    name = _BRACKETED.sub("", organ or "")
    name = _TAIL.sub("", name).replace("人民政府", "政府").replace("办公厅", "办公室")
    name = name.removeprefix("中共").removesuffix("本级")
    return "" if name in _ANY else name


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
    spans = array(_OFFSETS, [at for _, figure in known for at in figure.span])
    first = report.title.span if report.title else report.sections[0].heading.span
    year = report.year if report.sure_year else None
    told = ",".join(f"{number}:{figure.value}" for number, figure in known)
    where = Where(path, report.source, read)
    return Digest(number, path, organ_key(report.organ), year, report.form, told, spans.tobytes(), first, where, sketch)


@lru_cache(maxsize=64)
def _digits(figures: str, spans: bytes, form: Form, where: Where) -> dict[Key, Digit]:
    """Packed figures unpacked; those of the few reports that are compared just now are asked for often.

    Raises ValueError, LookupError or ArithmeticError for what was not packed so.
    """
    cells, offsets = _cells(form), array(_OFFSETS, spans)
    found: dict[Key, Digit] = {}
    for at, told in enumerate(figures.split(",") if figures else ()):
        number, _, value = told.partition(":")
        found[cells[int(number)]] = Digit(Decimal(value), Span(offsets[2 * at], offsets[2 * at + 1]), where)
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


def steps(digests: Sequence[Digest]) -> Iterator[Step | AbsentYear]:
    """Every report beside the one of the year before, rule by rule; gaps where that is absent.

    Of several reports of one organ and year one that fits is enough.
    """
    organs: dict[str, dict[int, list[Digest]]] = {}
    longest = _longest({known.organ for known in digests if known.organ})
    for known in digests:
        if known.organ and known.year is not None:
            organs.setdefault(longest.get(known.organ, known.organ), {}).setdefault(known.year, []).append(known)
    for years in organs.values():
        mended: dict[tuple[int, Key], Decimal] = {}
        for year in sorted(years):
            earlier = [y for y in years if y < year]
            if year - 1 in years:
                for later in years[year]:
                    for step in _compare(later, years[year - 1], mended):
                        yield step
                        mended |= {(year, m.key): m.should for m in step.mismatches if m.same}
            elif earlier:
                yield AbsentYear(years[max(earlier)][0], years[year][0])


def _longest(names: set[str]) -> dict[str, str]:
    """Names that end one longer name, with it: 云山市青湖县 and 青湖县 are one unless two cities have a 青湖县."""
    longer: dict[str, list[str]] = {}
    for name in names:
        for at in range(1, len(name) - 2):
            if name[at:] in names:
                longer.setdefault(name[at:], []).append(name)
    return {name: others[0] for name, others in longer.items() if len(others) == 1}


def _compare(later: Digest, candidates: Sequence[Digest], mended: dict[tuple[int, Key], Decimal]) -> Iterator[Step]:
    """The rules by which a report differs from every one of the year before.

    A stock that was wrong last year already, as `mended` says, is not held against this year's.
    """
    rules = dict.fromkeys(s.rule for s in later.form.successions)
    for rule in rules:
        successions = [s for s in later.form.successions if s.rule == rule]
        found = [
            tuple(
                m
                for m in _mismatches(successions, later, earlier)
                if not (m.same and m.value == mended.get((earlier.year or 0, m.key)))
            )
            for earlier in candidates
        ]
        if all(found):
            yield Step(rule, later, candidates[0], found[0])


def _mismatches(successions: Iterable[Succession], later: Digest, earlier: Digest) -> Iterator[Mismatch]:
    for succession in successions:
        now, before = _figures(later, succession.now), _figures(earlier, succession.before)
        if now is None or before is None:
            continue
        value, expected = _add(succession.now, now), _add(succession.before, before)
        if value != expected:
            signed = [(sign, d.value) for (sign, _, _), d in zip(succession.before, before, strict=True)]
            signed += [(-sign, d.value) for (sign, _, _), d in zip(succession.now[1:], now[1:], strict=True)]
            same = succession.now[0] == succession.before[0]
            yield Mismatch(succession.now[0][1:], value, expected, now, before, tuple(signed), same)


def _figures(known: Digest, side: Combination) -> tuple[Digit, ...] | None:
    digits = [known.digits.get((row, column)) for _, row, column in side]
    return tuple(d for d in digits if d is not None) if all(digits) else None


def _add(side: Combination, digits: tuple[Digit, ...]) -> Decimal:
    return sum((sign * d.value for (sign, _, _), d in zip(side, digits, strict=True)), Decimal(0))


class Family(NamedTuple):
    """A parent's report and its children's of the same year.

    `complete` says that the parent's figures are the children's and nothing else; `absent` names
    children without a report for the year.
    """

    parent: Digest
    children: tuple[Digest, ...]
    complete: bool = False
    absent: tuple[str, ...] = ()

    def shortfalls(self) -> Iterator[tuple[Key, Digit, Decimal, tuple[tuple[Digest, Digit], ...]]]:
        """Cells where the parent's figure is not what the children's add up to, with theirs.

        Without `complete` a parent may have more, for its own offices; never less.
        """
        totals = total_keys((self.parent.form,))
        for key, own in self.parent.digits.items():
            if key not in totals:
                continue
            parts = tuple((child, child.digits[key]) for child in self.children if key in child.digits)
            total = sum((digit.value for _, digit in parts), Decimal(0))
            whole = self.complete and not self.absent and len(parts) == len(self.children)
            if total > own.value or (whole and total != own.value):
                yield key, own, total, parts
