"""Where the time of a report goes: by stage and by rule, in one process, everything loaded."""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpora import reports
from reportlint.config.values import AS_IT_IS
from reportlint.decoding import decode
from reportlint.forms.load import registered
from reportlint.parse.read import read_report
from reportlint.rules import all_rules
from reportlint.run.analysis import Analysis
from reportlint.run.linter import lint
from reportlint.run.telling import worded
from reportlint.source import Source

COUNT = 150
REAL = Path(__file__).parents[2] / "shared" / "corpus"
_SHOWN = 12
_PROPERTIES = ("verdicts", "sentences", "comparisons", "breakdowns", "shares", "wholes", "rates")
Row = tuple[str, str]


def sources() -> list[Source]:
    """Plain texts of the benchmark's reports."""
    return [decode(data, name) for name, data in reports(COUNT) if not name.endswith(".docx")]


def stages() -> Iterator[Row]:
    """Milliseconds of a report in each stage: the mean over the reports, which differ."""
    texts, forms, rules = sources(), registered(), all_rules()
    spent: dict[str, float] = defaultdict(float)
    for turn in range(2):  # the first one fills what is kept from text to text
        spent.clear()
        for source in texts:
            start = time.perf_counter()
            decode(source.data or b"", "x.txt")
            decoded = time.perf_counter()
            report = read_report(source, forms)
            read = time.perf_counter()
            analysis = Analysis(report)
            for name in _PROPERTIES:
                getattr(analysis, name)
            analysed = time.perf_counter()
            lint(report, rules, "zh", analysis=analysis)
            linted = time.perf_counter()
            for name, seconds in (
                ("decode", decoded - start),
                ("read: fold, lay out, tokens, parse, build", read - decoded),
                ("sums and prose", analysed - read),
                ("rules", linted - analysed),
            ):
                spent[name] += seconds
        del turn
    whole = sum(spent.values())
    for name, seconds in spent.items():
        yield name, f"{seconds / len(texts) * 1000:.2f} ms"
    yield "all of it", f"{whole / len(texts) * 1000:.2f} ms"


def rules() -> Iterator[Row]:
    """Microseconds of a report in the rules that take longest."""
    analyses = [Analysis(read_report(source)) for source in sources()]
    for analysis in analyses:
        for name in _PROPERTIES:
            getattr(analysis, name)
    spent: dict[str, float] = {}
    for rule in (rule for rule in all_rules() if rule.group != "configuration"):
        start = time.perf_counter()
        for analysis in analyses:
            parts = [part for kind in rule.on for part in analysis.parts(kind, True)]
            worded(rule, parts, analysis.report.source, "zh", AS_IT_IS)
        spent[rule.name] = (time.perf_counter() - start) / len(analyses)
    for name, seconds in sorted(spent.items(), key=lambda one: -one[1])[:_SHOWN]:
        yield name, f"{seconds * 1e6:.0f} µs"


def real() -> Iterator[Row]:
    """Milliseconds of real reports, each many times: with what is kept from text to text, and without."""
    for number, path in enumerate(sorted(REAL.glob("*.txt")) if REAL.is_dir() else [], 1):
        source = decode(path.read_bytes(), path.name)
        warm = statistics.median(_seconds(source) for _ in range(15))
        cold = statistics.median(_seconds(source, forgetting=True) for _ in range(5))
        size = len(source.data or b"") / 1000
        yield f"real report {number}, {size:.0f} KB", f"{warm * 1000:.1f} ms; memos cleared {cold * 1000:.1f} ms"


def _seconds(source: Source, forgetting: bool = False) -> float:
    if forgetting:
        _forget()
    start = time.perf_counter()
    lint(read_report(source), all_rules(), "zh")
    return time.perf_counter() - start


def _forget() -> None:
    """Clear what functions have kept of earlier texts, but for what is loaded once."""
    for module in [module for name, module in sys.modules.items() if name.startswith("reportlint.")]:
        for held in vars(module).values():
            info = getattr(held, "cache_info", None)
            if info is not None and info().maxsize is not None:
                held.cache_clear()


def measured() -> Iterator[tuple[str, list[Row]]]:
    """Each of the tables, under its title."""
    gc.disable()
    yield "A report of the corpus, by stage", list(stages())
    yield "A report of the corpus, by rule", list(rules())
    if found := list(real()):
        yield "Real reports", found
