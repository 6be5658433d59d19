"""Whole processes: cold starts, many reports, cache, memory, growth, and other linters over the same files."""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpora import long_report, write

FILES = 2000
RUNS = 5
SIZES = (4, 8, 16, 32, 64, 128, 256, 512, 1024)
"""Kilobytes of one report, up to the limit of 512,000 characters."""
COUNTS = (10, 100, 1000, 10_000)
PROGRAM = [str(Path(sys.executable).with_name("reportlint"))]
Row = tuple[str, str]
Points = list[tuple[float, float]]
_BIN = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As people have it: an installed program starts from its bytecode."""
_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], capture_output=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def timed(command: list[str], runs: int = RUNS) -> tuple[float, float]:
    """Medians of the seconds, and of the CPU seconds, that a process takes with its children."""
    walls, cpus = [], []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False, env=_ENVIRONMENT)
        walls.append(time.perf_counter() - start)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(walls), statistics.median(cpus)


def _peak(command: list[str]) -> int:
    """The most megabytes that a process holds."""
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, *command], capture_output=True, check=True, text=True, env=_ENVIRONMENT
    )
    return round(int(done.stdout) / 1024)


def starts(folder: Path) -> Iterator[Row]:
    """Cold starts, in turns with yamllint on YAML of the same size."""
    reports = {kind: Path("examples") / kind / "qinghu-2022.txt" for kind in ("sound", "faulty")}
    long = folder / "long.txt"
    long.write_text(long_report(10_000), "utf-8")
    reports["10 KB"] = long
    yaml = "---\n" + "".join(f"key{n}: value with some words in it, number {n}\n" for n in range(2000))
    (folder / "a.yaml").write_text(yaml[: long.stat().st_size].rpartition("\n")[0] + "\n", "utf-8")
    yamllint = shutil.which("yamllint", path=_BIN)
    for kind, path in reports.items():
        ours, _ = timed([*PROGRAM, "--no-cache", str(path)], 9)
        beside = ""
        if yamllint and kind == "10 KB":
            other, _ = timed([yamllint, str(folder / "a.yaml")], 9)
            beside = f"; yamllint on YAML of that size {other * 1000:.0f} ms, ratio {ours / other:.2f}"
        yield f"cold start, {kind} report", f"{ours * 1000:.0f} ms{beside}"
    version, _ = timed([*PROGRAM, "--version"], 9)
    yield "`--version`", f"{version * 1000:.0f} ms"


def many(folder: Path) -> Iterator[Row]:
    """Many reports: one process and two, the cache, memory."""
    size = write(folder / "reports", FILES) / 1e6
    run = [*PROGRAM, str(folder / "reports"), "--quiet", "--output-format", "jsonl"]
    one, cpu = timed([*run, "--no-cache", "--jobs", "1"], 3)
    yield f"{FILES:,} reports, {size:.1f} MB, one process", f"{one:.1f} s, {size / cpu:.2f} MB a CPU second"
    two, _ = timed([*run, "--no-cache", "--jobs", "2"], 3)
    yield "the same, two processes", f"{two:.1f} s, {one / two:.2f} × as fast"
    kept = [*run, "--jobs", "1", "--cache-dir", str(folder / "kept")]
    first, _ = timed(kept, 1)
    yield "the same, cache empty", f"{first:.1f} s"
    warm, _ = timed(kept, 3)
    yield "the same, cache full", f"{warm:.1f} s, {size / warm:.1f} MB/s"
    for count in (400, FILES):
        few = folder / f"first-{count}"
        few.mkdir()
        for path in sorted((folder / "reports").iterdir())[:count]:
            shutil.copy(path, few)
        peak = _peak([*PROGRAM, str(few), "--no-cache", "--quiet", "--jobs", "1"])
        yield f"peak memory, {count:,} reports", f"{peak} MB"


def others(folder: Path) -> Iterator[Row]:
    """Other linters over the same files, one process each, where they are installed."""
    texts = sorted(path for path in (folder / "reports").iterdir() if path.suffix != ".docx")[:400]
    size = sum(path.stat().st_size for path in texts) / 1e6
    commands = {
        "reportlint": [*PROGRAM, "--no-cache", "--quiet", "--jobs", "1"],
        "codespell": ["codespell"],
        "autocorrect": ["autocorrect", "--lint"],
        "markdownlint": ["markdownlint"],
    }
    for name, command in commands.items():
        program = shutil.which(command[0], path=_BIN)
        if program is None:
            yield name, "not installed here"
            continue
        _, cpu = timed([program, *command[1:], *map(str, texts)], 3)
        yield name, f"{size / cpu:.2f} MB a CPU second"


def growth(folder: Path) -> tuple[Points, Points]:
    """Seconds of one report by its kilobytes, and of many by their number; one process, without what a start takes."""
    start, _ = timed([*PROGRAM, "--no-cache", "--jobs", "1", str(_long(folder, 1))])
    by_size: Points = [
        (size, timed([*PROGRAM, "--no-cache", str(_long(folder, size)), "--max-size", "2000000"], 3)[1] - start * 0.8)
        for size in SIZES
    ]
    by_count: Points = []
    for count in COUNTS:
        place = folder / f"grown-{count}"
        write(place, count)
        command = [*PROGRAM, str(place), "--no-cache", "--quiet", "--jobs", "1", "--output-format", "jsonl"]
        by_count.append((count, timed(command, 3 if count < 1000 else 1)[1]))
    return by_size, by_count


def _long(folder: Path, kilobytes: int) -> Path:
    path = folder / f"{kilobytes}.txt"
    path.write_text(long_report(kilobytes * 1000), "utf-8")
    return path
