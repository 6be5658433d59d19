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
    """What a run found, on one line."""
    counts = [summary.severities[s] for s in Severity]
    if lang == "zh":
        found = "、".join(f"{n} 个{SEVERITIES[s].zh}" for s, n in zip(Severity, counts, strict=True))
        fixable = f"（{summary.fixable} 处附有修正）" if summary.fixable else ""
        failed = f"，{summary.failed} 个文件无法读取" if summary.failed else ""
        return f"检查了 {summary.files} 个文件：{found}{fixable}{failed}，用时 {summary.seconds:.2f} 秒"
    found = ", ".join(_count(n, SEVERITIES[s].en) for s, n in zip(Severity, counts, strict=True))
    fixable = f" ({summary.fixable} with a fix)" if summary.fixable else ""
    failed = f", {_count(summary.failed, 'file')} unreadable" if summary.failed else ""
    return f"{_count(summary.files, 'file')} checked: {found}{fixable}{failed}, {summary.seconds:.2f} s"


def statistics(summary: Summary) -> Iterator[str]:
    """How often each rule fired, most often first."""
    for name, count in summary.rules.most_common():
        yield f"{count:>7}  {name}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
