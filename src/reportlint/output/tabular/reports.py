"""A report's tables as data: every figure, how it is known, and where it stands."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import Any

from reportlint.model import Report, Table
from reportlint.output.json import origin_object, place
from reportlint.run.analysis import Analysis
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
        "value": number(cell.value),
        "state": cell.state,
        "text": figure.text if figure else None,
        "at": place(figure.span, report.source) if figure else None,
    }
    origin = origin_object(report.source.origin(figure.span)) if figure else None
    if origin is not None:
        made["origin"] = origin
    if cell.suggested is not None:
        made["suggested"] = number(cell.suggested)
    return made


def number(value: Decimal | None) -> int | float | None:
    """A figure as data has it."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
