"""Measures everything and writes benchmarks/RESULTS.md and growth.svg: `make bench`, some ten minutes."""

from __future__ import annotations

import asyncio
import os
import platform
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks import processes, server, stages
from benchmarks.processes import Points, Row

HERE = Path(__file__).parent
_HEAD = """# Results

Measured on one machine ({machine}) by `make bench`; times of processes are medians. Figures of other machines differ,
ratios less.
"""


def main() -> None:
    """Measure, print and write."""
    machine = (
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {time.strftime('%Y-%m-%d')}"
    )
    parts = [_HEAD.format(machine=machine)]
    for title, rows in _tables():
        part = f"## {title}\n\n| what | measured |\n| --- | --- |\n"
        print(f"\n{title}", flush=True)
        for name, value in rows:
            print(f"  {name:44} {value}", flush=True)
            part += f"| {name} | {value} |\n"
        parts.append(part)
    (HERE / "RESULTS.md").write_text("\n".join(parts), "utf-8")


def _tables() -> Iterator[tuple[str, Iterable[Row]]]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        yield "Starts", processes.starts(folder)
        yield "Many reports", processes.many(folder)
        yield "Other linters, one process", processes.others(folder)
        by_size, by_count = processes.growth(folder)
        (HERE / "growth.svg").write_text(plot(by_size, by_count), "utf-8")
        yield "Growth in the size of a report (KB, CPU seconds without the start)", _doublings(by_size, "KB")
        yield "Growth in the number of reports (CPU seconds)", _doublings(by_count, "reports")
    yield from stages.measured()
    yield "Editor: from a change to its diagnostics", asyncio.run(server.measured())


def _doublings(points: Points, unit: str) -> Iterator[Row]:
    """Each point, and what doubling costs between it and the one before."""
    last: tuple[float, float] | None = None
    for size, seconds in points:
        cost = ""
        if last is not None and last[1] > 0 < seconds:
            times = (seconds / last[1]) ** (1 / _halvings(size / last[0]))
            cost = f"; doubling costs {times:.2f} ×"
        yield f"{size:,.0f} {unit}", f"{seconds:.2f} s{cost}"
        last = (size, seconds)


def _halvings(ratio: float) -> float:
    """How often a ratio can be halved."""
    from math import log2

    return log2(ratio)


_WIDE, _HIGH, _MARGIN = 340, 240, 44


def plot(by_size: Points, by_count: Points) -> str:
    """Both growths side by side, on logarithmic axes; a dashed line grows in step."""
    drawn = [_axes(by_size, "KB of one report", 0), _axes(by_count, "reports", _WIDE + _MARGIN)]
    width = 2 * _WIDE + 2 * _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HIGH + _MARGIN}" font-family="sans-serif" '
        f'font-size="11" fill="#444"><rect width="100%" height="100%" fill="#fff"/>{"".join(drawn)}</svg>\n'
    )


def _axes(points: Points, name: str, left: float) -> str:
    from math import log10

    seen = [(log10(x), log10(max(y, 1e-3))) for x, y in points]
    (x0, x1), (y0, y1) = ((min(v), max(v)) for v in zip(*seen, strict=True))

    def at(x: float, y: float) -> tuple[float, float]:
        right = left + _MARGIN + (x - x0) / (x1 - x0) * (_WIDE - _MARGIN)
        return right, _HIGH - 8 - (y - y0) / (y1 - y0 or 1) * (_HIGH - 30)

    line = " ".join(f"{px:.1f},{py:.1f}" for px, py in (at(x, y) for x, y in seen))
    # A line of slope one through the last point.
    (ax, ay), (bx, by) = at(max(x0, x1 - (y1 - y0)), max(y0, y1 - (x1 - x0))), at(x1, y1)
    marks = "".join(
        f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3" fill="#0b5cad"/>'
        f'<text x="{px:.1f}" y="{py - 7:.1f}" text-anchor="middle">{seconds:.2g} s</text>'
        f'<text x="{px:.1f}" y="{_HIGH + 12}" text-anchor="middle">{x:,.0f}</text>'
        for (x, seconds), (px, py) in zip(points, (at(*one) for one in seen), strict=True)
    )
    return (
        f'<polyline points="{line}" fill="none" stroke="#0b5cad" stroke-width="1.5"/>'
        f'<path d="M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}" stroke="#999" stroke-dasharray="4 3"/>{marks}'
        f'<text x="{left + (_WIDE + _MARGIN) / 2:.0f}" y="{_HIGH + 30}" text-anchor="middle">{name}</text>'
    )


if __name__ == "__main__":
    main()
