"""The table of a page of several files: organs down, years across, and how much was found in each report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reportlint.diagnostics import Severity
from reportlint.text.organs import organ_key
from reportlint.tuples import NamedTuple


class Shown(NamedTuple):
    """A file on the page: its number, its name, whose report it is and for which year, and what it has how often."""

    number: int
    name: str
    organ: str
    year: int | None
    tally: Counter[tuple[Severity, str]]

    @property
    def placed(self) -> bool:
        """Whether it has a place in the table."""
        return bool(self.organ) and self.year is not None

    @property
    def total(self) -> int:
        """How much was found in it."""
        return sum(self.tally.values())

    @property
    def gravest(self) -> str:
        """The gravest severity found in it, "none" where there is none."""
        return min((severity for severity, _ in self.tally), key=lambda s: s.rank).value if self.tally else "none"

    @property
    def told(self) -> str:
        """What it has how often, as the page's script reads it."""
        return " ".join(f"{severity.value}:{rule}:{count}" for (severity, rule), count in self.tally.items())


def years_of(files: Iterable[Shown]) -> list[int]:
    """The years of the table, in order."""
    return sorted({file.year for file in files if file.placed and file.year is not None})


def by_organ(files: Iterable[Shown]) -> list[tuple[str, dict[int, list[Shown]], int]]:
    """The organs of the table in the order of the files: each with its files by year, and how much they have."""
    organs: dict[str, dict[int, list[Shown]]] = {}
    names: dict[str, str] = {}
    for file in files:
        if file.placed and file.year is not None:
            # One organ goes by several names; the first stands for all.
            key = organ_key(file.organ) or file.organ
            names.setdefault(key, file.organ)
            organs.setdefault(key, {}).setdefault(file.year, []).append(file)
    return [
        (names[organ], years, sum(file.total for held in years.values() for file in held))
        for organ, years in organs.items()
    ]
