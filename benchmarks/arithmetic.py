"""How long it takes to look into section three's sums: part of `make bench`; no test."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

from reportlint.parse.read import read_report
from reportlint.source import Source
from reportlint.sums.examine import Sums
from tests.reports import Line, copy, draft, find, render

Spoil = Callable[[random.Random, list[Line]], None]
TABLES = 60


def milliseconds(spoil: Spoil, layout: str) -> list[float]:
    """How long each of many tables takes, of both forms and all sizes."""
    times = []
    for seed in range(TABLES):
        rng = random.Random(seed)
        form, size = rng.choice(["2019", "2021"]), rng.choice(["zero", "small", "large"])
        blocks = copy(draft(form, size=size, seed=seed))
        spoil(rng, find(blocks, "table_applications").rows)
        report = read_report(Source("x", render(blocks, layout).text))
        start = time.perf_counter()
        list(Sums(report).verdicts())
        times.append((time.perf_counter() - start) * 1000)
    return times


def wrong(count: int) -> Spoil:
    """Change so many figures."""

    def spoil(rng: random.Random, rows: list[Line]) -> None:
        for r, c in rng.sample([(r, c) for r in range(len(rows)) for c in range(7)], count):
            rows[r].figures[c] = str(int(rows[r].figures[c]) + rng.randrange(1, 40))

    return spoil


def short(count: int) -> Spoil:
    """Take a figure out of so many rows."""

    def spoil(rng: random.Random, rows: list[Line]) -> None:
        for line in rng.sample(rows, count):
            line.figures.pop(rng.randrange(7))

    return spoil


def nonsense(rng: random.Random, rows: list[Line]) -> None:
    """Replace half of all figures."""
    for line in rows:
        line.figures = [str(rng.randrange(50)) if rng.random() < 0.5 else f for f in line.figures]


def main() -> None:
    """Print the table."""
    cases: list[tuple[str, Spoil, str]] = [(f"{n} wrong", wrong(n), "pipe_rows") for n in (0, 1, 2, 3, 4, 5, 6, 8)]
    cases += [("half random", nonsense, "pipe_rows")]
    cases += [(f"{n} short rows", short(n), "bare_cells") for n in (1, 2, 4, 8)]
    for name, spoil, layout in cases:
        times = milliseconds(spoil, layout)
        print(f"{name:14} median {statistics.median(times):6.2f} ms  longest {max(times):6.2f} ms")


if __name__ == "__main__":
    main()
