"""--output-format csv and xlsx: findings as lists that people sort, filter and send on."""

from __future__ import annotations

import csv
from collections import Counter
from typing import Any, TextIO, cast

from reportlint.characters import printable
from reportlint.diagnostics import Cell, Diagnostic, Words
from reportlint.manual.terms import SEVERITIES
from reportlint.output.tabular.writers import for_spreadsheet
from reportlint.output.wording import titles, whereabouts, why_skipped
from reportlint.results import FileResult, Options, Summary
from reportlint.tuples import NamedTuple


class _Column(NamedTuple):
    """A column of the list: its head and its width in a workbook."""

    head: Words
    width: int


_COLUMNS = (
    _Column(Words("单位", "organ"), 18),
    _Column(Words("年份", "year"), 7),
    _Column(Words("部分", "section"), 24),
    _Column(Words("表", "table"), 18),
    _Column(Words("行", "row"), 30),
    _Column(Words("列", "column"), 16),
    _Column(Words("填写的数", "stated"), 10),
    _Column(Words("应为", "should be"), 10),
    _Column(Words("级别", "severity"), 8),
    _Column(Words("规则", "rule"), 22),
    _Column(Words("问题", "finding"), 60),
    _Column(Words("怎么改", "advice"), 50),
    _Column(Words("文件", "file"), 40),
    _Column(Words("位置", "place"), 28),
)
_SHEETS = {
    "summary": Words("汇总", "summary"),
    "findings": Words("问题清单", "findings"),
    "rules": Words("规则统计", "rules"),
    "unchecked": Words("未检查", "not checked"),
}
_SUMMARY = (
    *(_COLUMNS[0], _COLUMNS[1]),
    _Column(Words("错误", "errors"), 8),
    _Column(Words("警告", "warnings"), 8),
    _Column(Words("提示", "infos"), 8),
    _Column(Words("文件", "file"), 60),
)
_RULES = (
    _Column(Words("规则", "rule"), 26),
    _Column(Words("发现什么", "what it finds"), 60),
    _Column(Words("处", "findings"), 10),
)
_UNCHECKED = (_Column(Words("文件", "file"), 60), _Column(Words("原因", "reason"), 90))
_LINE = Words("第 {line} 行第 {column} 列", "line {line}, column {column}")
_MORE = Words("（另有 {count} 处同类问题）", " (and {count} more of these)")

_SHOWN = 30
Row = list[str | int | float | None]


def row(result: FileResult, found: Diagnostic, lang: str) -> Row:
    """A finding as a row."""
    line, column = result.source.position(found.span.start)
    place = whereabouts(found.origin, lang) or _LINE(lang).format(line=line, column=column)
    cell = found.cell
    # A finding in the text names the cell that it contradicts; what is stated and should be is the text's own.
    is_own = cell is not None and found.span in result.analyse().cells
    message = found.message + (_MORE(lang).format(count=found.more) if found.more else "")
    made: Row = [
        *(result.organ, result.year),
        *(_section_and_table(result, cell) if cell else (_section_at(result, found.span.start), None)),
        cell.row_label or None if cell else None,
        cell.column_label or None if cell else None,
        _stated(result, found, cell if is_own else None),
        cell.expected if cell and is_own else None,
        *(SEVERITIES[found.severity](lang), found.rule),
        " ".join(message.split()),
        " ".join(found.help.split()) if found.help else None,
        *(result.path, place),
    ]
    return [printable(value) if isinstance(value, str) else value for value in made]


def _stated(result: FileResult, found: Diagnostic, cell: Cell | None) -> str | int | float | None:
    """What a cell states; where that is no figure, its text."""
    if cell is None or not cell.column:
        return None  # a whole row
    if cell.value is not None:
        return cell.value
    text = result.source.text[found.span.start : found.span.end]
    return text[:_SHOWN] if found.group == "arithmetic" and len(text) <= _SHOWN else None


def _section_and_table(result: FileResult, cell: Cell) -> tuple[str, str | None]:
    """A cell's section and table in the form's words; a table without a caption is called like its section."""
    form = result.analyse().report.form
    section = next((section for section in form.sections if section.rule == cell.section), None)
    if section is None:
        return cell.section, None
    caption = next((table.caption for table in section.tables if table.rule == cell.table), None)
    heading = form.labels[section.heading]
    return heading, form.labels[caption] if caption else heading.partition("、")[2] or heading


def _section_at(result: FileResult, at: int) -> str | None:
    """The section in which a place stands, in the form's words; None in front of the first."""
    report = result.analyse().report
    before = [s for s in report.sections if not s.missing and s.heading.span.start <= at] if report.recognised else []
    last = max(before, key=lambda section: section.heading.span.start, default=None)
    return report.form.labels[last.form.heading] if last else None


class Csv:
    """The list of findings as CSV that Excel opens."""

    def __init__(self, stream: TextIO, options: Options) -> None:
        self._lang = options.lang
        stream.write("\ufeff")
        self._table = csv.writer(stream, lineterminator="\n")
        self._table.writerow([column.head(options.lang) for column in _COLUMNS])

    def file(self, result: FileResult) -> None:
        for found in result.diagnostics:
            self._table.writerow([for_spreadsheet(value) for value in row(result, found, self._lang)])

    def end(self, summary: Summary) -> None:
        """What could not be checked is told on standard error."""


class Workbook:
    """A workbook: the files with their counts, the list of findings, the rules, and what was not checked."""

    def __init__(self, stream: TextIO, options: Options) -> None:
        self._stream = stream
        self._lang = options.lang
        self._files: list[Row] = []
        self._found: list[Row] = []
        self._skipped: list[Row] = []

    def file(self, result: FileResult) -> None:
        counts = Counter(found.severity.value for found in result.diagnostics for _ in range(1 + found.more))
        if result.form is None and not result.diagnostics:
            self._skipped.append([printable(result.path), why_skipped(result, self._lang)])
            return
        severities = [counts[name] for name in ("error", "warning", "info")]
        self._files.append([result.organ, result.year, *severities, printable(result.path)])
        self._found += [row(result, found, self._lang) for found in result.diagnostics]

    def end(self, summary: Summary) -> None:
        import xlsxwriter

        book = xlsxwriter.Workbook(
            self._binary(), {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        book.set_properties({"comments": "reportlint"})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        problems: list[Row] = [
            [printable(one.path), printable(one.message)] for one in (*summary.problems, *summary.left)
        ]
        told = titles(self._lang)
        rules: list[Row] = [[rule, told.get(rule), count] for rule, count in summary.rules.most_common()]
        for name, columns, rows in (
            ("summary", _SUMMARY, self._files),
            ("findings", _COLUMNS, self._found),
            ("rules", _RULES, rules),
            ("unchecked", _UNCHECKED, [*problems, *self._skipped]),
        ):
            sheet = book.add_worksheet(_SHEETS[name](self._lang))
            sheet.freeze_panes(1, 0)
            for at, column in enumerate(columns):
                sheet.set_column(at, at, column.width, body)
                sheet.write_string(0, at, column.head(self._lang), head)
            for number, values in enumerate(rows, start=1):
                for at, value in enumerate(values):
                    if isinstance(value, str):
                        sheet.write_string(number, at, value[:_LONGEST], body)
                    elif value is not None:
                        sheet.write_number(number, at, value, body)
            sheet.autofilter(0, 0, len(rows), len(columns) - 1)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
        book.close()

    def _binary(self) -> Any:
        self._stream.flush()
        return cast(Any, self._stream).buffer


_LONGEST = 32_767
"""Characters that a cell of a workbook holds."""
