"""From the bytes of a workbook to its view: a row with one cell is a line, others are rows of tables."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from reportlint.characters import visible
from reportlint.decoding import too_large
from reportlint.diagnostics import Origin, Span
from reportlint.readers import text as texts
from reportlint.readers.text import OWN_LIST
from reportlint.source import MAX_SIZE, Source, UnreadableFile

_MOST_CELLS = 200_000
_MOST_SHEETS = 60
_MOST_XML = 24 * 1024 * 1024
_ROW = re.compile(rb'<(?:\w+:)?(?:row|c)\s(?:[^<>]*?\s)?r="[A-Z]{0,3}(\d{1,7})"')
_COLUMN = re.compile(rb'<(?:\w+:)?c\s(?:[^<>]*?\s)?r="([A-Z]{1,3})\d')
"""Where cells stand: what is read is the whole area that they reach over."""
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|table)\b", re.IGNORECASE)
_HEAD = 2000
"""Systems export web pages under the names of workbooks; so they begin."""
_NOT_WORKED_OUT = re.compile(
    rb'<(?:\w+:)?c\s(?![^<>]*\bt="str")[^<>]*?r="(?P<cell>[A-Z]{1,3}\d{1,7})"[^<>]*>'
    rb"<(?:\w+:)?f\b[^<>]*(?:/>|>[^<>]*</(?:\w+:)?f>)(?:</(?:\w+:)?c>|<(?:\w+:)?v\s*(?:/>|>\s*</))"
)
"""A formula without its value: programs that write workbooks leave it to Excel."""
_LETTERS = 26
_TOLD = 10_000
_LISTS = (
    frozenset({"汇总", "问题清单", "规则统计", "未检查"}),
    frozenset({"summary", "findings", "rules", "not checked"}),
)
"""The sheets of a list of findings."""
_LONG = 60
"""A cell with more text than this is prose, whatever stands beside it."""

Value = object
Cells = list[tuple[int, str]]
"""The cells of a row that are not covered by another, by their column, from 0."""


def read_workbook(data: bytes, path: str) -> Source:
    """The view of a workbook's visible sheets. Raises UnreadableFile, with a sentence."""
    if _PAGE.search(data, 0, _HEAD):
        return texts.read(data, path)
    _demand_bounds(data, path)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        if frozenset(book.sheet_names) in _LISTS and _is_own(data):
            return Source(path, OWN_LIST, data=data)
        writer = _Writer()
        names = [s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible][:_MOST_SHEETS]
        cells = 0
        for name in names:
            sheet = book.get_sheet_by_name(name)
            cells += sheet.total_height * sheet.total_width
            if cells > _MOST_CELLS or writer.length > MAX_SIZE:
                raise too_large(path, MAX_SIZE)
            top, left = sheet.start or (0, 0)
            merged = sheet.merged_cell_ranges or []
            rows = sheet.to_python(skip_empty_area=True)
            writer.sheet(name, rows, (top, left), merged)
    except PasswordError:
        raise _refused(path, "设有打开密码；请取消密码", "is protected by a password; remove it") from None
    except UnreadableFile:
        raise
    except (CalamineError, Exception) as error:
        why = str(error) or type(error).__name__
        raise _refused(path, f"读不了（{why}）；请另存为 .xlsx ", f"cannot be read ({why}); save it as .xlsx") from None
    return Source(path, "".join(writer.parts), data=data, origins=tuple(writer.origins), walled=True, tables_only=True)


def _is_own(data: bytes) -> bool:
    """Whether a workbook is one of findings or figures, which reportlint wrote: it shows reports and is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            told = archive.read("docProps/core.xml") if archive.getinfo("docProps/core.xml").file_size < _TOLD else b""
    except (KeyError, zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, zlib.error):
        return False
    return f"<dc:description>{OWN_LIST}</dc:description>".encode() in told


def _demand_bounds(data: bytes, path: str) -> None:
    """Refuse a workbook that unpacks to far more than a report's, or whose cells reach far out, before it is read."""
    if not data.startswith(b"PK"):
        return  # an older file is not packed
    far = _refused(
        path,
        "单元格太多或太分散，不像一份报告；请拆出报告",
        "has too many or too distant cells; take the report out of it",
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            if sum(info.file_size for info in held.infolist() if info.filename.endswith(".xml")) > _MOST_XML:
                raise far
            for info in held.infolist():
                if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
                    with held.open(info) as sheet:
                        content = sheet.read(_MOST_XML)
                    rows = max((int(n) for n in _ROW.findall(content)), default=0)
                    columns = max(map(_number, set(_COLUMN.findall(content))), default=0)
                    if rows * columns > _MOST_CELLS:
                        raise far
                    if left := _NOT_WORKED_OUT.search(content):
                        cell = left["cell"].decode("ascii")
                        raise _refused(
                            path,
                            f"的 {cell} 等单元格有公式而没有保存结果；请用 Excel 或 WPS 打开、保存",
                            f"has formulas without their values, in {cell} at least; open it in Excel or WPS, save it",
                        )
    except UnreadableFile:
        raise
    except Exception:
        return  # what cannot be opened is told of when it is read


def _number(letters: bytes) -> int:
    """A column by its letters, from 1."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - 64
    return number


def _refused(path: str, zh: str, en: str) -> UnreadableFile:
    shown = visible(path)
    return UnreadableFile(f"{shown} {zh}后再检查", f"{shown} {en} and check again")


class _Writer:
    """The view as far as it is written."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.origins: list[tuple[Span, Origin]] = []
        self.length = 0

    def sheet(
        self,
        name: str,
        rows: Sequence[Sequence[Value]],
        start: tuple[int, int],
        merged: Sequence[tuple[tuple[int, int], tuple[int, int]]],
    ) -> None:
        """Write a sheet; `merged` are the ranges whose first cell stands for all."""
        last = start[1] + max(map(len, rows), default=0)
        covered = set[tuple[int, int]]()
        for (top, left), (bottom, right) in merged:
            rows_in, columns_in = range(top, min(bottom, start[0] + len(rows)) + 1), range(left, min(right, last) + 1)
            if len(covered) + len(rows_in) * len(columns_in) <= _MOST_CELLS:
                covered.update(
                    (row, column) for row in rows_in for column in columns_in if (row, column) != (top, left)
                )
        block: list[tuple[int, Cells]] = []
        for number, row in enumerate(rows, start=start[0]):
            cells = [(at, _shown(value)) for at, value in enumerate(row, start=start[1]) if (number, at) not in covered]
            filled = [(at, text) for at, text in cells if text]
            if len(filled) < 2 and not (filled and block and len(filled[0][1]) <= _LONG):
                self._table(name, block)
                block = []
                for at, text in filled:
                    self._line(name, number, at, text)
            else:
                block.append((number, cells))
        self._table(name, block)

    def _table(self, sheet: str, rows: Sequence[tuple[int, Cells]]) -> None:
        """A table, cut to its own width: a sheet is as wide as its widest."""
        if not rows:
            return
        last = max(max((at for at, text in cells if text), default=0) for _, cells in rows)
        first = min(min((at for at, text in cells if text), default=last) for _, cells in rows)
        self._put("\n")
        for number, cells in rows:
            self._put("|")
            for at, text in cells:
                if first <= at <= last:
                    self._cell(sheet, number, at, (text or " ").replace("\n", "").replace("|", "¦") + "|")
            self._put("\n")
        self._put("\n")

    def _line(self, sheet: str, row: int, column: int, text: str) -> None:
        for part in text.split("\n"):
            self._cell(sheet, row, column, part.replace("|", "¦") + "\n")

    def _cell(self, sheet: str, row: int, column: int, text: str) -> None:
        start = self.length
        self._put(text)
        self.origins.append((Span(start, self.length), Origin(sheet=sheet, address=address(row, column))))

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def address(row: int, column: int) -> str:
    """A cell as a workbook names it; both are counted from 0."""
    letters = "".join(reversed(list(_letters(column + 1))))
    return f"{letters}{row + 1}"


def _letters(number: int) -> Iterator[str]:
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        yield chr(65 + rest)


def _shown(value: Value) -> str:
    """A value as a reader of the sheet sees it: a whole number has no point, a date no time."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time | timedelta) or value is None:
        return "" if value is None else str(value)
    return "\n".join(line.strip(" \t") for line in str(value).replace("\r", "").split("\n")).strip()
