"""Rule missing-row; docs/rules/missing-row.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reportlint.diagnostics import Words, quoted
from reportlint.forms.form import Form
from reportlint.model import How, Label, Report, Table
from reportlint.rules import Finding, rule
from reportlint.text.torn import stands_torn

_MOST_NAMED = 6


@rule(
    on=Report,
    severity="error",
    of_tables=True,
    zh="表格缺少{rows}",
    en="the table lacks {rows}",
    help=(
        "格式规定的每一行、每个表题都要保留，没有数据填 0",
        "keep every row and caption of the form, with 0 where there is nothing",
    ),
    remarks={
        "instead": ("此处写的是“{text}”", "here stands “{text}”"),
        "place": ("应当位于此处之前", "it should stand before this place"),
        "behind": ("应当位于此处之后", "it should stand behind this place"),
        "group": (
            "“{group}”单独成一行、不分项，是 {form} 格式的写法",
            "“{group}” as one row is how the form of {form} has it",
        ),
        "figures": ("数字还在，只是行名丢失", "its figures are there; only the label is lost"),
    },
)
def missing_row(report: Report) -> Iterator[Finding]:
    """A row of the form is not in its table; rows missing in a run are one finding.

    Points to what stands where the row should (docs/specification.md §3.5, §3.6).
    """
    for table in report.tables:
        if table.has_figures:
            yield from _missing(table, report)


def _missing(table: Table, report: Report) -> Iterator[Finding]:
    form = report.form
    labels = [(table.caption, False)] if table.caption else []
    labels += [(row.label, bool(row.figures)) for row in table.rows if row.label and not row.misplaced]
    end = max((row.place.end for row in table.rows if row.label and not row.label.missing), default=0)
    rows = report.folded.text[report.folded.at(table.span.start) : report.folded.at(table.span.end)]
    for how, group in groupby(labels, key=lambda item: item[0].how):
        run = list(group)
        if how in (How.MISSING, How.RENAMED):
            # What a layout tore apart, with other cells between, is there.
            run = [item for item in run if not stands_torn(rows, item[0].form)]
            if not run:
                continue
        if how is How.RENAMED:
            for label, _ in run:
                yield Finding(label, rows=[quoted(label.form)]).note("instead", text=label.text)
        elif how is How.MISSING:
            finding = Finding(run[0][0], rows=_rows([label for label, _ in run]))
            # At the end of a text there is nothing behind the place to point to.
            place = "behind" if run[0][0].span.start < end and run[-1] is labels[-1] else "place"
            whole = _of_another_form(table, run[0][0], form)
            if whole:
                yield finding.note("group", group=whole[0], form=whole[1])
            else:
                yield finding.note("figures" if run[0][1] else place)


def _rows(missing: list[Label]) -> list[str] | Words:
    """The missing rows of a run; of many the first and the last."""
    names = [quoted(label.form) for label in missing]
    if len(names) <= _MOST_NAMED:
        return names
    first, last, count = names[0], names[-1], len(names)
    return Words(f"{first}到{last}共 {count} 行", f"{first} to {last}, {count} rows in all")


def _of_another_form(table: Table, missing: Label, form: Form) -> tuple[Label, str] | None:
    """The group in front of missing rows that carries figures, as it does as a row of another form; and that form."""
    group: Label | None = None
    for row in table.rows:
        if row.label is missing:
            break
        if row.label and row.label.terminal in form.former:
            group = row.label if len(row.figures) == len(table.form.columns) else None
    return (group, form.former[group.terminal]) if group else None
