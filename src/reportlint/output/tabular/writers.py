"""Writes the tables of `extract`, row by row: CSV, JSON lines, a workbook, Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import IO, Any, Protocol

from reportlint.diagnostics import Words
from reportlint.output.json import dump
from reportlint.output.tabular.columns import INTEGER, NUMBER, TEXT, TRUTH, VERSION, Column
from reportlint.output.tabular.rows import Row

_BATCH = 20_000
_MOST_ROWS = 1_048_575
"""A sheet holds no more beneath its head."""
_WIDTHS = {TEXT: 18, INTEGER: 8, NUMBER: 10, TRUTH: 8}


class Missing(ImportError):
    """What writes a format is not installed."""


class TooMany(Exception):
    """More rows than a sheet holds."""


class Writer(Protocol):
    """Takes in rows of one table or several, and is told when there are no more."""

    def write(self, table: str, rows: Iterable[Row]) -> None:
        """Rows of a table; what a row does not have is empty."""
        ...

    def end(self) -> None:
        """There are no more."""
        ...


class Csv:
    """A table as CSV that Excel opens: with the mark of UTF-8, and nothing that it would take for a formula."""

    def __init__(self, stream: IO[bytes], tables: dict[str, Sequence[Column]], lang: str) -> None:
        import csv
        import io

        ((_, columns),) = tables.items()
        self._text = io.TextIOWrapper(stream, "utf-8", newline="", write_through=True, errors="backslashreplace")
        self._text.write("\ufeff")
        names = [column.name for column in columns]
        self._table = csv.DictWriter(self._text, names, lineterminator="\n", extrasaction="ignore")
        self._table.writeheader()

    def write(self, table: str, rows: Iterable[Row]) -> None:
        self._table.writerows({name: for_spreadsheet(value) for name, value in row.items()} for row in rows)

    def end(self) -> None:
        self._text.flush()
        self._text.detach()


class JsonLines:
    """A table as an object a line."""

    def __init__(self, stream: IO[bytes], tables: dict[str, Sequence[Column]], lang: str) -> None:
        ((_, columns),) = tables.items()
        self._stream, self._names = stream, [column.name for column in columns]

    def write(self, table: str, rows: Iterable[Row]) -> None:
        for row in rows:
            made = {"version": VERSION, **{name: row.get(name) for name in self._names}}
            self._stream.write(dump(made).encode("utf-8", "backslashreplace") + b"\n")

    def end(self) -> None:
        self._stream.flush()


class Workbook:
    """A workbook with a sheet a table and one that says what the columns mean; rows go to disk as they come."""

    def __init__(self, stream: IO[bytes], tables: dict[str, Sequence[Column]], lang: str) -> None:
        try:
            import xlsxwriter
        except ImportError as error:
            raise Missing("xlsx") from error
        self._book = xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_formulas": False})
        bold = self._book.add_format({"bold": True})
        self._sheets: dict[str, Any] = {}
        self._columns, self._next = tables, dict.fromkeys(tables, 1)
        for name, columns in tables.items():
            sheet = self._sheets[name] = self._book.add_worksheet(_SHEETS[name](lang))
            sheet.freeze_panes(1, 0)
            for at, column in enumerate(columns):
                sheet.set_column(at, at, _WIDTHS[column.type])
                sheet.write_string(0, at, column.name, bold)
        told = self._book.add_worksheet(_SHEETS["columns"](lang))
        told.set_column(0, 2, 24)
        at = 0
        for name, columns in tables.items():
            for column in columns:
                for place, word in enumerate((_SHEETS[name](lang), column.name, column.says(lang))):
                    told.write_string(at, place, word)
                at += 1

    def write(self, table: str, rows: Iterable[Row]) -> None:
        sheet = self._sheets[table]
        for row in rows:
            at = self._next[table]
            if at > _MOST_ROWS:
                raise TooMany
            self._next[table] = at + 1
            for place, column in enumerate(self._columns[table]):
                value = row.get(column.name)
                if isinstance(value, str):
                    sheet.write_string(at, place, value[:32_767].encode("utf-8", "backslashreplace").decode())
                elif value is not None:
                    sheet.write(at, place, value)

    def end(self) -> None:
        for name, sheet in self._sheets.items():
            sheet.autofilter(0, 0, self._next[name] - 1, len(self._columns[name]) - 1)
        self._book.close()


class Parquet:
    """A table as Parquet, in groups of rows; what its columns mean stands in their metadata."""

    def __init__(self, stream: IO[bytes], tables: dict[str, Sequence[Column]], lang: str) -> None:
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError as error:
            raise Missing("parquet") from error
        ((_, columns),) = tables.items()
        types = {TEXT: pa.string(), INTEGER: pa.int64(), NUMBER: pa.float64(), TRUTH: pa.bool_()}
        fields = [pa.field(c.name, types[c.type], metadata={"zh": c.says.zh, "en": c.says.en}) for c in columns]
        self._schema = pa.schema(fields, metadata={"reportlint": str(VERSION)})
        self._table: Callable[..., Any] = pa.Table.from_pylist
        self._file = pq.ParquetWriter(stream, self._schema, compression="zstd")
        self._held: list[Row] = []
        self._names = [(c.name, c.type) for c in columns]

    def write(self, table: str, rows: Iterable[Row]) -> None:
        for row in rows:
            self._held.append({name: _typed(row.get(name), kind) for name, kind in self._names})
            if len(self._held) >= _BATCH:
                self._flush()

    def _flush(self) -> None:
        if self._held:
            self._file.write_table(self._table(self._held, schema=self._schema))
            self._held.clear()

    def end(self) -> None:
        self._flush()
        self._file.close()


def _typed(value: object, kind: str) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    return float(value) if kind == NUMBER and isinstance(value, int) else value


def for_spreadsheet(value: object) -> object:
    """A value as a spreadsheet may have it: text that it would take for a formula is quoted."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


_SHEETS = {
    "cells": Words("表格数据", "cells"),
    "wide": Words("每份一行", "reports"),
    "prose": Words("正文数字", "prose"),
    "findings": Words("问题清单", "findings"),
    "columns": Words("列的含义", "columns"),
}
WRITERS: dict[str, Callable[[IO[bytes], dict[str, Sequence[Column]], str], Writer]] = {
    "csv": Csv,
    "jsonl": JsonLines,
    "xlsx": Workbook,
    "parquet": Parquet,
}
