"""Reads .csv: a row a line with pipes, and where each cell stood."""

from __future__ import annotations

import csv
import io

from reportlint.decoding import decode
from reportlint.diagnostics import Origin, Span
from reportlint.source import Source

SUFFIXES = (".csv",)


def read(data: bytes, path: str) -> Source:
    """The text of a table; each cell's origin is its row and cell, from 1."""
    parts: list[str] = []
    origins: list[tuple[Span, Origin]] = []
    length = 0
    for row, cells in enumerate(csv.reader(io.StringIO(decode(data, path).text)), 1):
        for number, cell in enumerate(cells, 1):
            text = " ".join(cell.split())
            origins.append((Span(length, length + len(text)), Origin(row=row, cell=number)))
            parts += [text, "\n" if number == len(cells) else " | "]
            length += len(text) + len(parts[-1])
    return Source(path, "".join(parts), origins=tuple(origins))
