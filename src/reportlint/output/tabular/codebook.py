"""The codebook: the columns of the tables that `extract` writes, and the cells of the forms."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import TextIO

from reportlint.forms.form import Form
from reportlint.output.tabular.columns import CELLS, FINDINGS, PROSE, REPORTS, VERSION, cells

_HEAD = ("table", "variable", "type", "form", "section", "zh", "en")


def write_codebook(stream: TextIO, forms: Iterable[Form], target_format: str) -> None:
    """Write it as Markdown or as CSV that Excel opens."""
    rows = list(_rows(forms))
    if target_format == "csv":
        stream.write("\ufeff")
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(_HEAD)
        table.writerows(rows)
        return
    stream.write(f"# 代码本 / Codebook\n\n表结构版本 {VERSION}。\n\nSchema version {VERSION}.\n")
    name = ""
    for row in rows:
        if row[0] != name:
            name = row[0]
            stream.write(f"\n## {name}\n\n| {' | '.join(_HEAD[1:])} |\n|{'---|' * len(_HEAD[1:])}\n")
        stream.write(f"| {' | '.join(cell.replace('|', '/') for cell in row[1:])} |\n")


def _rows(forms: Iterable[Form]) -> Iterator[tuple[str, ...]]:
    for name, columns in (("cells", CELLS), ("prose", PROSE), ("findings", FINDINGS), ("reports", REPORTS)):
        for column in columns:
            yield name, column.name, column.type, "", "", column.says.zh, column.says.en
    for form in forms:
        for cell in cells(form):
            yield "wide", cell.name, "number", form.name, cell.section, cell.labels.zh, cell.labels.en
