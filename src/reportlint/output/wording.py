"""Sentences that output formats for people share."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Severity, Words
from reportlint.results import Summary

SEVERITIES = {
    Severity.ERROR: Words("错误", "error"),
    Severity.WARNING: Words("警告", "warning"),
    Severity.INFO: Words("提示", "info"),
}
HELP = Words("建议：", "help: ")
MORE = Words("{rule}：还有 {count} 处未显示；加 --all 全部显示", "{rule}: … and {count} more; --all shows them")


def summary_line(summary: Summary, lang: str) -> str:
    """What a run found and fixed, on one line."""
    counts = [summary.severities[s] for s in Severity]
    unsafe = summary.fixable - summary.safe
    if lang == "zh":
        found = "、".join(f"{n} 个{SEVERITIES[s].zh}" for s, n in zip(Severity, counts, strict=True))
        fixed = f"，修正了 {summary.fixed} 处" if summary.fixed else ""
        with_fix = [f"{summary.safe} 处可用 --fix 修正"] * bool(summary.safe)
        with_fix += [f"{unsafe} 处须加 --unsafe-fixes"] * bool(unsafe)
        fixable = f"（{'，'.join(with_fix)}）" if with_fix else ""
        failed = f"，{summary.failed} 个文件没有处理完" if summary.failed else ""
        return f"检查了 {summary.files} 个文件{fixed}：{found}{fixable}{failed}，用时 {summary.seconds:.2f} 秒"
    found = ", ".join(_count(n, SEVERITIES[s].en) for s, n in zip(Severity, counts, strict=True))
    fixed = f", {_count(summary.fixed, 'place')} fixed" if summary.fixed else ""
    with_fix = [f"{summary.safe} fixable with --fix"] * bool(summary.safe)
    with_fix += [f"{unsafe} with --unsafe-fixes"] * bool(unsafe)
    fixable = f" ({', '.join(with_fix)})" if with_fix else ""
    failed = f", {_count(summary.failed, 'file')} not done" if summary.failed else ""
    return f"{_count(summary.files, 'file')} checked{fixed}: {found}{fixable}{failed}, {summary.seconds:.2f} s"


def statistics(summary: Summary) -> Iterator[str]:
    """How often each rule fired, most often first."""
    for name, count in summary.rules.most_common():
        yield f"{count:>7}  {name}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
