"""How long things take: `make bench`. Medians of one run on one machine; no test."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from reportlint.parse.read import read_report
from reportlint.readers import read
from reportlint.rules import all_rules
from reportlint.run.linter import lint
from reportlint.source import Source

SAMPLES = sorted(Path("examples/sound").glob("*.*"))
CORPUS = sorted((Path("..") / "shared" / "corpus").glob("*.txt"))


def warm(source: Source, runs: int = 25) -> float:
    """Milliseconds of one report, read and linted, once everything is loaded."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        lint(read_report(source), all_rules(), "zh")
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def cold(path: Path, runs: int = 9) -> float:
    """Milliseconds of `reportlint FILE` as a process."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "reportlint", str(path)], capture_output=True, check=False)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def main() -> None:
    """Print the table."""
    for path in (*SAMPLES, *CORPUS):
        size = path.stat().st_size / 1024
        print(f"{path.name:28} {size:5.1f} KB  warm {warm(read(str(path))):6.1f} ms  cold {cold(path):6.0f} ms")


if __name__ == "__main__":
    main()
