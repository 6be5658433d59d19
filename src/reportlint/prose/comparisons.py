"""What the text states against what the tables hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from reportlint.diagnostics import Span
from reportlint.forms.cellsums import Applicant, Combination
from reportlint.forms.form import Form
from reportlint.late import Late
from reportlint.model import Figure, Report, Row
from reportlint.prose.sentences import Sentence, Statement
from reportlint.sums.verdicts import Stated, Verdict
from reportlint.text.measures import CASES
from reportlint.text.organs import AREA, OFFICE, OURSELVES, is_longer_for, is_short_for
from reportlint.tuples import NamedTuple
from reportlint.words import either

_WHOLE = Late(either("figures", "whole_area"))
_DISPUTES = frozenset(("review", "litigation"))
_TOLD_APART = Late(f"系统|{OURSELVES}")
"""Where these stand an office tells the others' cases from its own."""
_COMPILING = Late(either("figures", "compiling"))
"""Offices that tell of the cases of a whole area."""
_WHOLES = ("new", "received", "handled", "done")
"""Subjects that applicants are then told apart of."""
_TOTALS = ("new", "received")
"""Subjects that are all of the applications: what a sentence goes on to count is of them."""
_OUTCOMES = (
    *("done", "handled", "granted", "partly", "granted_or_partly", "refused", "unavailable", "not_handled"),
    *("other_handling", "forward", "carried"),
)
_MONEY = {"元": Decimal(10_000), "万元": Decimal(1)}


class Meant(NamedTuple):
    """A figure of a table as a statement is compared with it.

    `values` are those that it may stand for: what is written and, where that is wrong or cannot
    be read, what the sums say. Empty where nothing is known.
    """

    row: str
    column: str
    figure: Figure | None
    values: tuple[Decimal, ...]


class Candidate(NamedTuple):
    """Cells that a statement may mean, with their signs, and what they add up to as written."""

    cells: tuple[tuple[int, Meant], ...]
    value: Decimal

    @property
    def right(self) -> Decimal:
        """What they add up to with what the sums say of those that are wrong."""
        return sum((sign * cell.values[-1] for sign, cell in self.cells), Decimal(0))


class Comparison(NamedTuple):
    """A statement and every sum of cells that it may mean; `fits` unless all of them contradict it."""

    statement: Statement
    candidates: tuple[Candidate, ...]
    fits: bool
    form: Form


class Cells:
    """A report's cells by row and column."""

    def __init__(self, report: Report, verdicts: Iterable[Verdict] = ()) -> None:
        self.mended: dict[Span, Decimal] = {}
        whole: dict[tuple[str, int], tuple[Decimal, ...]] = {}
        for verdict in verdicts:
            self.mended.update(verdict.inferred)
            changes = [c for culprit in verdict.culprits for c in culprit.changes]
            changes += [c for broken in verdict.broken for candidate in broken.candidates for c in candidate]
            for change in changes:
                if change.value is not None:
                    self.mended.setdefault(change.figure.span, change.value)
            whole |= {short.row.key: short.whole for short in verdict.short if short.whole}
        self._whole = whole
        self._rows: dict[str, list[Row]] = {}
        for row in (row for table in report.tables for row in table.rows):
            self._rows.setdefault(row.name, []).append(row)

    def get(self, name: str, column: str) -> Meant | None:
        """The cell of a row and a column; of several rows of one name the last one's."""
        for row in reversed(self._rows.get(name, ())):
            columns = row.table.columns
            if column not in columns:
                continue
            at = columns.index(column)
            if row.key in self._whole:
                return Meant(name, column, None, (self._whole[row.key][at],))
            if len(row.figures) == len(columns):
                figure = row.figures[at]
                known = [v for v in (figure.value, self.mended.get(figure.span)) if v is not None]
                if column not in row.table.money and any(v != v.to_integral_value() for v in known):
                    return None  # 3.5 documents: impossible-number tells
                return Meant(name, column, figure, tuple(known))
        return None

    def candidate(self, combination: Combination) -> Candidate | None:
        """The cells of a combination; None where one of them is not known."""
        cells = [(sign, self.get(row, column)) for sign, row, column in combination]
        known = [(sign, cell) for sign, cell in cells if cell is not None and cell.values]
        if len(known) < len(cells):
            return None
        return Candidate(tuple(known), sum((s * c.values[0] for s, c in known), Decimal(0)))


def compare(report: Report, sentences: Iterable[Sentence], verdicts: Iterable[Verdict]) -> Iterator[Comparison]:
    """Every statement that speaks of the report's own year and scope, against the tables."""
    cells = Cells(report, verdicts)
    applicants = report.form.applicants
    subjects_of_applicants = {applicant.subject for applicant in applicants.values()}
    for sentence in sentences:
        subjects = {statement.subject for statement in sentence.statements}
        whole_at = 0
        counted: list[Combination] = []
        for statement in sentence.statements:
            if not comparable(statement, report):
                continue
            known = report.form.claims if statement.is_claim else report.form.states
            meant = known.get(statement.subject, ())
            if not meant and not statement.is_claim and statement.subject in report.form.labels:
                meant = (((1, statement.subject, _last_column(report.form, statement.subject)),),)
            if statement.subject == "new" and "carried_over" in subjects:
                meant = meant[:1]  # what was carried over is counted apart
            if statement.subject == "all_done" and subjects & {"forward", "carried"}:
                continue  # all of those that were not carried forward
            meant += tuple(_crossed(statement, meant, report.form))
            is_part = statement.subject in subjects_of_applicants
            if counted and is_part:
                # 其中自然人 is a part of what was counted before: of the same rows.
                meant = tuple(m for m in meant if any(_rows(m) == _rows(whole) for whole in counted)) or meant
            found = [cells.candidate(combination) for combination in meant]
            candidates = tuple(c for c in found if c is not None)
            if statement.is_claim:
                fits = all(any(value <= 0 for value in _values(c)) for c in candidates)
            else:
                fits = (
                    len(candidates) < len(found)
                    or not found
                    or any(_fits(statement, c, report.form) for c in candidates)
                )
            if not fits and not statement.is_claim and _is_of_a_part(statement, sentence, whole_at, report.form):
                continue
            if not fits and statement.scope == "whole" and _is_told_apart(statement, sentence, candidates):
                continue
            if statement.subject in _TOTALS:
                whole_at = statement.span.start
            if not is_part:
                counted = []
            if statement.subject in _WHOLES and not statement.is_claim and statement.within.isdisjoint(applicants):
                counted = [
                    m for m, c in zip(meant, found, strict=True) if c is not None and _fits(statement, c, report.form)
                ]
            yield Comparison(statement, candidates, fits, report.form)


def _is_of_a_part(statement: Statement, sentence: Sentence, since: int, form: Form) -> bool:
    """Whether an outcome may be that of some applications only, which the sentence has counted before it.

    网上受理31件，办结30件; 其中1名申请人提交9件，予以公开2件. What was counted in front of all that were received, at
    `since`, is something else.
    """
    if statement.amount is None or not (statement.subject in _OUTCOMES or statement.subject in form.labels):
        return False
    told = {one.span: one.subject for one in sentence.statements}
    for clause in sentence.clauses:
        for cue in clause.cues:
            if cue.amount is None or cue.amount.unit not in CASES or cue.amount.value < statement.amount.value:
                continue
            span = sentence.span(clause.start + cue.start, clause.start + cue.end)
            if since < span.start < statement.span.start and told.get(span, "channel") == "channel":
                return True
    return False


def _is_told_apart(statement: Statement, sentence: Sentence, candidates: Iterable[Candidate]) -> bool:
    """Whether the sentence tells the report's own figure behind that of the whole area: 全市205件，市局18件."""
    own = {value for candidate in candidates for value in _values(candidate)}
    return statement.amount is not None and any(
        cue.amount is not None
        and cue.amount.unit == statement.amount.unit
        and cue.amount.value in own
        and sentence.span(clause.start + cue.start, clause.start + cue.end).start > statement.span.start
        for clause in sentence.clauses
        for cue in clause.cues
    )


_STAGES = {"on_time": "done", "receive": "received", "carried": "carried_over"}


def _crossed(statement: Statement, meant: tuple[Combination, ...], form: Form) -> Iterator[Combination]:
    """What a figure may mean where the sentence has named an applicant, an outcome or a stage before it.

    自然人申请80件，办结78件: a row of one column; 予以公开19件，其中自然人12件: the same the other way.
    """
    if statement.is_claim:
        return
    applicants = form.applicants
    own = next((a for a in applicants.values() if a.subject == statement.subject), None)
    if own is not None:
        for kind in sorted(statement.within - applicants.keys()):
            for rows in form.states.get(_STAGES.get(kind, kind), ()):
                yield _in_columns(rows, own, form)
        return
    for kind in sorted(statement.within & applicants.keys()):
        for rows in meant:
            if all(column == _last_column(form, row) for _, row, column in rows):
                yield _in_columns(rows, applicants[kind], form)


def _in_columns(rows: Combination, applicant: Applicant, form: Form) -> Combination:
    """Rows taken in an applicant's columns rather than in their total."""
    return tuple(
        (sign * factor, row, column or _last_column(form, row))
        for sign, row, _ in rows
        for factor, column in applicant.columns
    )


def _rows(combination: Combination) -> set[str]:
    return {row for _, row, _ in combination}


def _last_column(form: Form, row: str) -> str:
    return next((t.columns[-1] for s in form.sections for t in s.tables for r in t.rows if r.label == row), "")


def _fits(statement: Statement, candidate: Candidate, form: Form) -> bool:
    amount = statement.amount
    assert amount is not None
    stated, within = amount.value, amount.within
    if any(cell.column in form.money for _, cell in candidate.cells):
        if amount.unit not in _MONEY:
            return True
        # Text and table round sums of money on their own: they are the same as far as the rounder one goes.
        stated = stated / _MONEY[amount.unit]
        return any(abs(value - stated) <= max(within, _step(value, stated) / 2) for value in _values(candidate))
    return any(abs(value - stated) <= within for value in _values(candidate))


def _step(*values: Decimal) -> Decimal:
    """The last place that all of some values have, at most one."""
    return Decimal(1).scaleb(min(0, max(int(value.as_tuple().exponent) for value in values)))


def _values(candidate: Candidate) -> set[Decimal]:
    """What a candidate may amount to: as written, and as the sums would have it."""
    return {
        candidate.value,
        sum((sign * cell.values[-1] for sign, cell in candidate.cells), Decimal(0)),
    }


def stated(report: Report, sentences: Iterable[Sentence]) -> Stated:
    """Row, column and value of every figure that sentences state of the report's tables."""
    return {
        (meant[0][1], meant[0][2], statement.amount.value)
        for sentence in sentences
        for statement in sentence.statements
        if statement.amount is not None and comparable(statement, report)
        for meant in report.form.states.get(statement.subject, ())
        if len(meant) == 1
    }


_OWN_AREA = ("", "本", "我", "该")


def comparable(statement: Statement, report: Report) -> bool:
    """Whether a statement counts what the tables count: the report's year, the report's scope (§5.1)."""
    if statement.year is not None:
        return False
    scope = statement.scope
    if scope in ("", "own"):
        return True
    organ = re.sub(r"[(（].*$", "", report.organ or "")
    area, office = AREA.search(organ), OFFICE.search(organ)
    if scope == "whole":
        # An office that counts for all others of its area tells of theirs; another one of its own.
        own = statement.subject in _DISPUTES and office and not _COMPILING.search(organ)
        own = own and not _TOLD_APART.search(statement.paragraph.text)
        return bool(own or (area and not office))
    if scope == "part":
        return False
    if not organ:
        return True
    is_own = is_short_for(scope, organ) or is_longer_for(scope, organ)
    if is_own or not area or office:
        return is_own
    named = AREA.search(scope)
    if scope.endswith("政府"):
        # 县政府 in a county's report: its own figures, where the text does not tell them from 全县.
        name = scope[: named.start(1)] if named else ""
        own = not named or (named[1] == area[1] and (name in organ or name in _OWN_AREA))
        return own and not scope.endswith(("级政府", "各政府")) and not _WHOLE.search(statement.paragraph.text)
    return bool(named) and scope.endswith(area[1]) and organ.removesuffix("人民政府").endswith(scope[-2:])
