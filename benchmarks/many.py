"""Whole processes over a corpus made by a seed, beside linters of others: `make bench` writes benchmarks/RESULTS.md."""

from __future__ import annotations

import os
import platform
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.reports import FORMS, draft, render
from tests.test_faults import MAKERS

SEED = 7
FILES = 2000
_NAMES = "东西南北中金银玉石青白红蓝云山水江湖海河林松竹梅兰菊春夏秋冬"
_ENDS = "溪源泉岭平安和顺丰宁"
RUNS = 5


def corpus(folder: Path, files: int = FILES) -> int:
    """Write that many reports of as many organs, both forms, every third with a fault; gives their bytes."""
    rng = random.Random(SEED)
    organs = [
        f"{one}{other}{kind}"
        for one in _NAMES
        for other in _ENDS
        for kind in ("县", "镇", "区", "乡", "旗", "州", "市")
    ]
    size = 0
    for number in range(files):
        blocks = draft(rng.choice(sorted(FORMS)), size=rng.choice(("zero", "small")))
        if number % 3 == 0:
            cases = list(MAKERS[rng.choice(sorted(MAKERS))](blocks, rng))
            blocks = rng.choice(cases).blocks if cases else blocks
        text = render(blocks).text.replace("青湖县", organs[number % len(organs)])
        data = text.encode()
        (folder / f"{number:05}.txt").write_bytes(data)
        size += len(data)
    return size


def timed(command: list[str], runs: int = RUNS, **env: str) -> tuple[float, float]:
    """Medians of the seconds, and of the CPU seconds, that a process takes with its children."""
    walls, cpus = [], []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False, env={**os.environ, **env})
        walls.append(time.perf_counter() - start)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(walls), statistics.median(cpus)


def rows(folder: Path) -> Iterator[tuple[str, str]]:
    """What is measured, and what it came to."""
    program = [str(Path(sys.executable).with_name("reportlint"))]
    size = corpus(folder / "reports") / 1e6
    report = Path("examples/faulty/qinghu-2022.txt")
    cold, _ = timed([*program, "--no-cache", str(report)], 9)
    yield "cold start, one report", f"{cold * 1000:.0f} ms"
    version, _ = timed([*program, "--version"], 9)
    yield "--version", f"{version * 1000:.0f} ms"
    if yamllint := shutil.which("yamllint", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"):
        text = "---\n" + "".join(f"key{n}: value with some words in it, number {n}\n" for n in range(2000))
        (folder / "a.yaml").write_text(text[: report.stat().st_size].rpartition("\n")[0] + "\n", "utf-8")
        other, _ = timed([yamllint, str(folder / "a.yaml")], 9)
        yield "yamllint, YAML of that size", f"{other * 1000:.0f} ms; cold start is {cold / other:.1f} × that"
    many = [*program, str(folder / "reports"), "--quiet", "--output-format", "jsonl"]
    one, cpu = timed([*many, "--no-cache", "--jobs", "1"], 3)
    yield f"{FILES} reports, {size:.1f} MB, one process", f"{one:.1f} s, {size / cpu:.2f} MB a CPU second"
    two, _ = timed([*many, "--no-cache", "--jobs", "2"], 3)
    yield "the same, two processes", f"{two:.1f} s, {one / two:.2f} × as fast"
    kept = [*many, "--jobs", "1", "--cache-dir", str(folder / "kept")]
    first, _ = timed(kept, 1)
    warm, _ = timed(kept, 3)
    yield "the same, cache empty", f"{first:.1f} s"
    yield "the same, cache full", f"{warm:.1f} s, {size / warm:.1f} MB/s"
    for name, files in (("400", 400), (str(FILES), FILES)):
        few = folder / f"first-{name}"
        few.mkdir()
        for path in sorted((folder / "reports").iterdir())[:files]:
            shutil.copy(path, few)
        peak = subprocess.run(
            [sys.executable, "-c", _PEAK, *program, str(few), "--no-cache", "--quiet", "--jobs", "1"],
            capture_output=True,
            check=True,
            text=True,
        )
        yield f"peak memory, {name} reports", f"{int(peak.stdout) / 1024:.0f} MB"


_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], capture_output=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def main() -> None:
    """Measure, print, and write the results."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "reports").mkdir()
        found = []
        for name, value in rows(folder):
            print(f"{name:44} {value}", flush=True)
            found.append(f"| {name} | {value} |\n")
    machine = (
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {time.strftime('%Y-%m-%d')}"
    )
    head = f"# Results\n\nMedians of whole processes on one machine ({machine}); `make bench` measures anew.\n\n"
    Path("benchmarks/RESULTS.md").write_text(f"{head}| what | measured |\n| --- | --- |\n{''.join(found)}", "utf-8")


if __name__ == "__main__":
    main()
