"""The columns of the tables that `extract` writes, with their types and meanings: the schema and the codebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportlint.diagnostics import Words
from reportlint.forms.form import Form
from reportlint.tuples import NamedTuple

VERSION = 1
"""Rises when a column is taken away, renamed or of another type; new columns may come at the end."""

TEXT, INTEGER, NUMBER, TRUTH = "text", "integer", "number", "truth"


class Column(NamedTuple):
    """A column: its name, the type of its values (any may be empty), and what it says."""

    name: str
    type: str
    says: Words


def _column(name: str, kind: str, zh: str, en: str) -> Column:
    return Column(name, kind, Words(zh, en))


_REPORT = (
    _column("organ", TEXT, "机关名称", "the organ, as the report names it"),
    _column("organ_code", TEXT, "报告里写明的统一社会信用代码", "the organ's credit code, where the report gives one"),
    _column("year", INTEGER, "报告年份", "the year that the report is for"),
    _column("form", TEXT, "所用的格式", "the form: 2019, 2021 or one of your own"),
)
_FILE = (
    _column("path", TEXT, "文件", "the file"),
    _column("sha256", TEXT, "文件内容的 SHA-256", "the SHA-256 of the file's bytes"),
    _column(
        "reader",
        TEXT,
        "怎样读的：text、markdown、html、word、pdf、workbook、scan",
        "how it was read: text, markdown, html, word, pdf, workbook, scan",
    ),
)
_PLACE = (
    _column("place", TEXT, "在文档里的位置", "where in a document"),
    _column("line", INTEGER, "行号", "the line, counted from 1"),
)
CELLS = (
    *_REPORT,
    _column("section", TEXT, "部分", "the section"),
    _column("table", TEXT, "表格", "the table"),
    _column("row", TEXT, "行", "the row; empty in a table of one row without a label"),
    _column("row_label", TEXT, "行名（格式的写法）", "the row's label in the form's words"),
    _column("row_label_en", TEXT, "行名（英文）", "the same in English"),
    _column("column", TEXT, "列", "the column; empty where it is not known which"),
    _column("column_label", TEXT, "列名（格式的写法）", "the column's label in the form's words"),
    _column("column_label_en", TEXT, "列名（英文）", "the same in English"),
    _column("value", NUMBER, "数值，推不出的为空", "the figure; empty where nothing tells it"),
    _column(
        "state",
        TEXT,
        "read 读到、unreadable 看不清、missing 缺少、inferred 由合计推出",
        "read, unreadable, missing, or inferred from the sums",
    ),
    _column("suggested", NUMBER, "填错的数字应为多少", "what a wrong figure should be"),
    _column("text", TEXT, "原文", "as it is written"),
    *_PLACE,
    *_FILE,
    _column(
        "confidence",
        NUMBER,
        "扫描件上文字识别的把握，0 到 1",
        "how sure OCR is of it, 0 to 1; empty where it was no scan",
    ),
)
PROSE = (
    *_REPORT,
    _column("subject", TEXT, "说的是什么（grammar/statements.toml）", "what is counted (grammar/statements.toml)"),
    _column(
        "value",
        NUMBER,
        "数值；“未收到”一类为 0",
        "the figure; 0 for 未收到 and the like, empty for a claim without one",
    ),
    _column("unit", TEXT, "量词", "its measure word"),
    _column(
        "scope",
        TEXT,
        "范围：whole 全市、part 各部门、own 本机关，或所说的机关",
        "whose: whole, part, own, or the organ named",
    ),
    _column("of_year", INTEGER, "所说的年份，空为报告年份", "the year that it is of; empty for the report's"),
    _column(
        "fits",
        TRUTH,
        "与表格是否一致，表格没有的为空",
        "whether the tables bear it out; empty where they have no such cell",
    ),
    _column("text", TEXT, "原文", "as it is written"),
    *_PLACE,
    *_FILE,
)
FINDINGS = (
    *_REPORT,
    _column("severity", TEXT, "级别", "error, warning or info"),
    _column("rule", TEXT, "规则", "the rule"),
    _column("group", TEXT, "类别", "its group"),
    _column("message", TEXT, "问题", "what was found"),
    _column("advice", TEXT, "怎么改", "what to do"),
    _column("fix", TEXT, "safe 可用 --fix 修正、unsafe 另加 --unsafe-fixes", "safe or unsafe where there is a fix"),
    _column("text", TEXT, "原文", "the text that it is about"),
    *_PLACE,
    _column("column", INTEGER, "列号（字符）", "the column in its line, in characters from 1"),
    *_FILE,
)


REPORTS = (
    *_REPORT,
    _column("recognised", TRUTH, "是否认出为年度报告", "whether it was recognised as an annual report"),
    _column("errors", INTEGER, "错误数", "how many errors were found"),
    _column("warnings", INTEGER, "警告数", "how many warnings"),
    _column("infos", INTEGER, "提示数", "how many infos"),
    _column("characters", INTEGER, "正文字符数", "how many characters the text has"),
    _column("problem", TEXT, "没有读成的原因", "why it could not be read"),
    *_FILE,
)


class Cell(NamedTuple):
    """A cell of a form: where it stands, and its labels."""

    section: str
    table: str
    row: str
    column: str
    labels: Words

    @property
    def name(self) -> str:
        """Its name as a column of the wide table."""
        return f"{self.row or self.table}.{self.column}"


def cells(form: Form) -> Iterator[Cell]:
    """Every cell of a form's tables, in order; groups have none."""
    for section in form.sections:
        for table in section.tables:
            rows = [row.label for row in table.rows if not row.is_group] or [""]
            for row in rows:
                for column in table.columns:
                    zh = "·".join(filter(None, (form.labels.get(row, ""), form.column(column))))
                    en = ": ".join(filter(None, (form.english.get(row, ""), english(form, column))))
                    yield Cell(section.rule, table.rule, row, column, Words(zh, en))


def english(form: Form, name: str) -> str:
    """A row's or a column's label in English; that of a block's column names the block."""
    return ": ".join(form.english.get(part, part) for part in name.split("/")) if name else ""


def wide(forms: Iterable[Form]) -> tuple[Column, ...]:
    """The columns of a table of a row a report: every cell of the forms, each once."""
    found: dict[str, Column] = {}
    for form in forms:
        for cell in cells(form):
            found.setdefault(cell.name, Column(cell.name, NUMBER, cell.labels))
    return (*_REPORT, *_FILE, *found.values())
