"""A report's tables as data: every figure, how it is known, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from reportlint.diagnostics import Origin
from reportlint.model import Report, Table
from reportlint.output.json import origin_object, place
from reportlint.output.wording import whereabouts
from reportlint.run.analysis import Analysis
from reportlint.source import Source
from reportlint.sums.verdicts import Reading


def report_object(path: str, analysis: Analysis) -> dict[str, Any]:
    """One report as a JSON object; README.md describes it.

    A cell's state is "read", "unreadable", "missing", or "inferred" where the sums tell the
    value of one that cannot be read or is missing. Lines and columns are 1-based code points.
    """
    report = analysis.report
    sections = {table.form.rule: section.name for section in report.sections for table in section.tables}
    return {
        "path": path,
        "form": report.form.name,
        "year": report.year,
        "organ": report.organ,
        "encoding": report.source.encoding,
        "tables": [
            {"name": table.form.rule, "section": sections[table.form.rule], "rows": _rows(table, cells, report)}
            for table, cells in analysis.readings
        ],
    }


LONG = (
    *("organ", "year", "form", "section", "table", "row", "row_label", "column", "column_label"),
    *("value", "state", "suggested", "text", "place", "line", "path", "sha256"),
)
"""The columns of the long table, a row a cell; docs/corpus.md describes them."""


def long_rows(made: dict[str, Any], source: Source, lang: str) -> Iterator[dict[str, Any]]:
    """A report's object as rows of the long table; what is not known is None."""
    whole = {name: made[name] for name in ("organ", "year", "form", "path")} | {"sha256": source.digest}
    for table in made["tables"]:
        for row in table["rows"]:
            for cell in row["cells"]:
                at = cell["at"]
                yield {
                    **whole,
                    "section": table["section"],
                    "table": table["name"],
                    "row": row["name"],
                    "row_label": row["label"],
                    "column": cell["column"],
                    "column_label": cell["label"],
                    **{name: cell.get(name) for name in ("value", "state", "suggested", "text")},
                    "place": whereabouts(Origin(**cell["origin"]), lang) if "origin" in cell else None,
                    "line": at["line"] if at else None,
                }


def for_spreadsheet(value: object) -> object:
    """A value as a spreadsheet may have it: text that it would take for a formula is quoted."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _rows(table: Table, cells: tuple[Reading, ...], report: Report) -> list[dict[str, Any]]:
    made = []
    for _, group in groupby(cells, key=lambda cell: cell.row.number):
        found = list(group)
        label = found[0].row.label
        made.append(
            {
                "name": found[0].row.name,
                "label": label.form if label else None,
                "cells": [_cell(cell, report) for cell in found],
            }
        )
    return made


def _cell(cell: Reading, report: Report) -> dict[str, Any]:
    figure = cell.figure
    made: dict[str, Any] = {
        "column": cell.column or None,
        "label": report.form.column(cell.column) if cell.column else None,
        "value": _number(cell.value),
        "state": cell.state,
        "text": figure.text if figure else None,
        "at": place(figure.span, report.source) if figure else None,
    }
    origin = origin_object(report.source.origin(figure.span)) if figure else None
    if origin is not None:
        made["origin"] = origin
    if cell.suggested is not None:
        made["suggested"] = _number(cell.suggested)
    return made


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
