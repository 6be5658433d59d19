"""Sums of a form's cells, as its data file writes them: R_NEW + R_CARRIED_OVER:C_PERSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportlint.late import Late
from reportlint.tuples import NamedTuple

SUCCESSION_RULES = ("carry-over", "stock-flow")
CELL = Late(r"([+-]?)\s*(\w+)(?::([\w/*]+))?")
"""A term of a sum of cells: its sign, its row, its column."""

Combination = tuple[tuple[int, str, str], ...]
"""Cells that are added up: for each its sign, its row and its column."""


class Succession(NamedTuple):
    """What ties a report to the same organ's of the year before: `now` there is `before` here.

    `rule` is the rule that reports it.
    """

    rule: str
    now: Combination
    before: Combination


class Applicant(NamedTuple):
    """A kind of applicant: the subject of its figures, and its columns with their signs ("" is the total)."""

    subject: str
    columns: tuple[tuple[int, str], ...]


Columns = Mapping[str, tuple[str, ...]]
"""The columns of each row."""


def combinations(data: Mapping[str, list[str]], columns: Columns) -> dict[str, tuple[Combination, ...]]:
    """The sums of cells that each subject may mean. Raises ValueError for a cell that the form lacks."""
    return {subject: tuple(_combination(text, columns) for text in sums) for subject, sums in data.items()}


def _combination(text: str, columns: Columns) -> Combination:
    """A sum of cells written as `ROW + ROW:COLUMN - …`; the last column where none is named."""
    terms = []
    for sign, row, column in CELL.findall(text):
        known = columns.get(row, ())
        column = column or (known[-1] if known else "")
        if column not in known:
            raise ValueError(f"{text}: the form has no cell {row}:{column}")
        terms.append((-1 if sign == "-" else 1, row, column))
    return tuple(terms)


def successions(data: Iterable[dict[str, str]], columns: Columns) -> Iterator[Succession]:
    """Ties between years; `ROW:*` stands for one in each column. Raises ValueError."""
    for entry in data:
        if entry["rule"] not in SUCCESSION_RULES:
            raise ValueError(f"a succession's rule is one of {', '.join(SUCCESSION_RULES)}, not {entry['rule']}")
        row = entry["now"].removesuffix(":*")
        for column in columns.get(row, ()) if entry["now"].endswith(":*") else ("",):
            now, before = (_combination(entry[side].replace("*", column), columns) for side in ("now", "before"))
            yield Succession(entry["rule"], now, before)


def applicants(data: Mapping[str, Mapping[str, Any]]) -> dict[str, Applicant]:
    """Kinds of applicants by the kind of word that names them."""
    return {
        kind: Applicant(
            entry["subject"],
            tuple((-1 if name.startswith("-") else 1, name.removeprefix("-")) for name in entry["columns"]),
        )
        for kind, entry in data.items()
    }
