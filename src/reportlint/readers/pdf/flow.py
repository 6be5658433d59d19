"""What stands on pages as it goes on from one to the next: paragraphs, and tables with their rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlint.diagnostics import Origin, Recognition, Span
from reportlint.late import Late
from reportlint.readers.pdf.content import Read
from reportlint.records import field, record
from reportlint.tuples import NamedTuple

_SHORT = 10
_ASIDE = 4.0
"""Cells of one column begin no further from each other than this, in points."""
_ORDINAL = Late(r"[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]?")
_BEGINS = Late(r"[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]|[\d/-]")
"""What a row begins with, or a figure."""
_ITEM = Late(r"\u3000|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d)")
"""What a paragraph begins with: an indent, or a number."""


@record
class Paragraph:
    """Lines that belong together; it goes on where its last line reaches the margin."""

    page: int
    lines: list[str]
    goes_on: bool
    size: float


class Row(NamedTuple):
    """A row's cells: their texts, edges on the page, whether their lines are full, and how their figures were read."""

    page: int
    cells: list[str]
    edges: list[tuple[float, float]]
    full: list[bool]
    read: list[Read | None]


@record
class Table:
    """Rows of cells; a table may go on over several pages."""

    rows: list[Row] = field(default_factory=list)


Block = Paragraph | Table


def go_on(table: Table, more: Table) -> None:
    """Take in the rows of a table that goes on: the first may be the rest of the last one, cut by the page's end.

    Else what is left in it of cells that begin on the page before says nothing.
    """
    last, first = table.rows[-1], more.rows[0]
    rest = _below(last, first)
    if rest is not None and _is_cut(last.cells, rest, last.full):
        last.cells[:] = [upper + lower for upper, lower in zip(last.cells, rest, strict=True)]
        table.rows += more.rows[1:]
        return
    while len(first.cells) > 1 and not first.cells[0]:
        first = Row(first.page, first.cells[1:], first.edges[1:], first.full[1:], first.read[1:])
    table.rows += [first, *more.rows[1:]]


def _below(upper: Row, lower: Row) -> list[str] | None:
    """What stands in a row below each cell of another; None where something stands below none of them.

    Cells that reach over several rows are cells of the first only, and one over more columns is below none.
    """
    found = [""] * len(upper.cells)
    for text, edges in zip(lower.cells, lower.edges, strict=True):
        at = next((n for n, other in enumerate(upper.edges) if _is_below(edges, other)), None)
        if at is not None:
            found[at] = text
        elif text:
            return None
    return found


def _is_below(lower: tuple[float, float], upper: tuple[float, float]) -> bool:
    return all(abs(one - other) <= _ASIDE for one, other in zip(lower, upper, strict=True))


def _is_cut(upper: Sequence[str], lower: Sequence[str], full: Sequence[bool]) -> bool:
    """Whether two rows are one: the second goes on in some cells of the first and leaves others empty.

    Where it goes on in all of them, each must have had no room left in its line.
    """
    if len(upper) != len(lower) or not any(lower) or (all(lower) and not all(full)):
        return False
    going_on = [(held, more) for held, more in zip(upper, lower, strict=True) if more]
    if any(not held for held, _ in going_on):
        return False
    return all(_goes_on(held, more) for held, more in going_on)


def _goes_on(held: str, more: str) -> bool:
    """Whether a cell's text goes on: a long figure, a bracket that is open, a number without its words, a few words."""
    if held[-1].isdecimal() or more[0].isdecimal():
        return held.isdecimal() and more.isdecimal()
    opened = held.count("（") + held.count("(") > held.count("）") + held.count(")")
    return opened or _ORDINAL.fullmatch(held) is not None or (len(more) <= _SHORT and not _BEGINS.match(more))


def append(blocks: list[Block], item: Paragraph) -> None:
    """Add a line to blocks: to the last one, where that is a paragraph that goes on, else as a new one."""
    last = blocks[-1] if blocks else None
    same = isinstance(last, Paragraph) and abs(last.size - item.size) < 1
    if isinstance(last, Paragraph) and same and last.goes_on and not _ITEM.match(item.lines[0]):
        last.lines += item.lines
        last.goes_on = item.goes_on
    else:
        item.lines[0] = item.lines[0].lstrip("\u3000")
        blocks.append(item)


def laid_out(blocks: Iterable[Block]) -> tuple[str, list[tuple[Span, Origin]], list[Recognition]]:
    """Blocks as text: a paragraph a line, a row of a table a line with walls between its cells."""
    parts: list[str] = []
    origins: list[tuple[Span, Origin]] = []
    readings: list[Recognition] = []
    length = tables = paragraphs = 0

    def put(text: str) -> None:
        nonlocal length
        parts.append(text)
        length += len(text)

    for block in blocks:
        if isinstance(block, Paragraph):
            start = length
            paragraphs += 1
            put("".join(block.lines).replace("|", "¦") + "\n")
            origins.append((Span(start, length), Origin(page=block.page, paragraph=paragraphs)))
            continue
        tables += 1
        put("\n")
        for number, row in enumerate(block.rows, start=1):
            page = row.page
            put("|")
            for column, (cell, read) in enumerate(zip(row.cells, row.read, strict=True), start=1):
                start = length
                put(cell.replace("|", "¦") + "|")
                if read is not None:
                    readings.append(Recognition(Span(start, length - 1), read.score, read.other))
                origins.append((Span(start, length), Origin(page, tables, number, column)))
            put("\n")
        put("\n")
    return "".join(parts), origins, readings
