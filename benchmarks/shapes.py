"""Seconds and megabytes of the shapes of tests/fuzz/shapes.py: `python -m benchmarks.shapes [FORMAT]`.

For each, in a process of its own: CPU seconds at growing sizes in thousands of characters, what
doubling costs, the most memory.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from reportlint.decoding import decode
from reportlint.output import make
from reportlint.parse.read import read_report
from reportlint.results import FileResult, Options, Summary
from reportlint.rules import all_rules
from reportlint.run.analysis import Analysis
from reportlint.run.linter import lint
from reportlint.source import UnreadableFile
from tests.fuzz.shapes import SHAPES, SOUND, starts

SIZES = (64, 128, 256, 500)
_SHOWN = 20


def measure(name: str, start: str, size: int, form: str) -> tuple[float, float]:
    """Seconds of CPU time and megabytes to read, lint and write one text of so many thousand characters."""
    data = (start + SHAPES[name](size * 1000)).encode("utf-8", "surrogateescape")
    lint(read_report(decode(SOUND.encode(), "warm")), all_rules(), "zh")
    started = time.process_time()
    try:
        report = read_report(decode(data, "x"))
        result = FileResult("x", report.source, tuple(lint(report, all_rules(), "zh")), lambda: Analysis(report))
        summary = Summary(files=1)
        summary.add(result.diagnostics)
        output = make(form, io.StringIO(), Options("zh"))
        output.file(result)
        output.end(summary)
    except UnreadableFile:
        pass
    return time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _apart(name: str, start: str, size: int, form: str) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.shapes", name, start, str(size), form]
    seconds, megabytes = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return float(seconds), float(megabytes)


def main() -> None:
    """All shapes in one output format (default: json), the slowest first; or one, as a process of its own."""
    if len(sys.argv) == 5:
        name, start, size, form = sys.argv[1:]
        print(json.dumps(measure(name, starts()[start], int(size), form)))
        return
    form = sys.argv[1] if len(sys.argv) > 1 else "json"
    kinds = [(name, start) for name in SHAPES for start in starts()]
    with ThreadPoolExecutor(2) as pool:
        rows = list(pool.map(lambda kind: [_apart(kind[0], kind[1], size, form) for size in SIZES], kinds))
    print(f"{len(kinds)} shapes, {form}; seconds at {', '.join(map(str, SIZES))} thousand characters")
    for (name, start), row in sorted(zip(kinds, rows, strict=True), key=lambda item: -item[1][-1][0])[:_SHOWN]:
        seconds = " ".join(f"{one:6.2f}" for one, _ in row)
        print(f"{name:20} {start:16} {seconds}  {max(most for _, most in row):4.0f} MB")
    doubling = max(row[2][0] / row[1][0] for row in rows if row[2][0] > 0.3)
    print(
        f"longest {max(row[-1][0] for row in rows):.1f} s, most {max(m for row in rows for _, m in row):.0f} MB,",
        end="",
    )
    print(f" doubling from 128 to 256 costs at most {doubling:.1f} times")


if __name__ == "__main__":
    main()
