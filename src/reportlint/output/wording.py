"""Sentences that output formats for people share."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.characters import printable
from reportlint.diagnostics import Diagnostic, Origin, Safety, Severity, Words
from reportlint.manual.terms import SEVERITIES
from reportlint.results import FileResult, Summary
from reportlint.source import Source

NO_REPORT = Words("不是年度报告", "no annual report")
_EMPTY = Words("空文件", "an empty file")
HELP = Words("建议：", "help: ")
FIXED_BY = {
    Safety.SAFE: Words("有把握，--fix 可改", "safe, --fix applies it"),
    Safety.UNSAFE: Words("需确认，--unsafe-fixes 才改", "unsafe, --unsafe-fixes applies it"),
}
_PARTS = (
    ("page", Words("第 {} 页", "page {}")),
    ("paragraph", Words("第 {} 段", "paragraph {}")),
    ("table", Words("第 {} 个表格", "table {}")),
    ("row", Words("第 {} 行", "row {}")),
    ("cell", Words("第 {} 格", "cell {}")),
    ("sheet", Words("工作表“{}”", "sheet {}")),
    ("address", Words("{} 格", "cell {}")),
)
AT_LINE = Words("第 {line} 行：{message}", "line {line}: {message}")
MORE = Words("{rule}：还有 {count} 处未显示；加 --all 全部显示", "{rule}: … and {count} more; --all shows them")


def why_skipped(result: FileResult, lang: str) -> str:
    """Why a file that was found in a folder was not checked; for formats that are given all texts."""
    return (NO_REPORT if result.source.text or result.source.document else _EMPTY)(lang)


def whereabouts(origin: Origin | None, lang: str) -> str:
    """Where a place stands in its document, in words; nothing for a text file, whose lines say it."""
    if origin is None:
        return ""
    said = (words(lang).format(number) for name, words in _PARTS if (number := getattr(origin, name)) is not None)
    return ("，" if lang == "zh" else ", ").join(said)


def in_brackets(origin: Origin | None, lang: str) -> str:
    """Where a place stands in its document, in brackets behind what is said of it; nothing for a text file."""
    where = whereabouts(origin, lang)
    return "" if not where else f"（{where}）" if lang == "zh" else f" ({where})"


def full_message(found: Diagnostic, lang: str, source: Source | None = None) -> str:
    """All that a finding says, a line each: message, with its place in a document, notes, help.

    With its `source` also its second places, for formats that have none of their own.
    """
    lines = [found.message + in_brackets(found.origin, lang)]
    for label in found.labels if source else ():
        place = label.place
        if place:
            lines.append(f"{place.path}:{place.line}: {label.message}")
        elif source:
            line, _ = source.position(label.span.start)
            where = whereabouts(source.origin(label.span), lang)
            said = f"{where}：{label.message}" if lang == "zh" else f"{where}: {label.message}"
            lines.append(said if where else AT_LINE(lang).format(line=line, message=label.message))
    lines += [*found.notes, *([HELP(lang) + found.help] if found.help else [])]
    return "\n".join(printable(" ".join(line.split())) for line in lines)


def summary_line(summary: Summary, lang: str) -> str:
    """What a run found and fixed, on one line."""
    counts = [summary.severities[s] for s in Severity]
    files = summary.files - summary.skipped
    unsafe = summary.fixable - summary.safe
    if lang == "zh":
        found = "、".join(f"{n} 个{SEVERITIES[s].zh}" for s, n in zip(Severity, counts, strict=True))
        fixed = f"，修正了 {summary.fixed} 处" if summary.fixed else ""
        with_fix = [f"{summary.safe} 处可用 --fix 修正"] * bool(summary.safe)
        with_fix += [f"{unsafe} 处须加 --unsafe-fixes"] * bool(unsafe)
        fixable = f"（{'，'.join(with_fix)}）" if with_fix else ""
        failed = f"，{summary.failed} 个文件没有处理完" if summary.failed else ""
        skipped = f"，略过 {summary.skipped} 个不是报告的" if summary.skipped else ""
        return f"检查了 {files} 个文件{skipped}{fixed}：{found}{fixable}{failed}，用时 {summary.seconds:.2f} 秒"
    found = ", ".join(_count(n, SEVERITIES[s].en) for s, n in zip(Severity, counts, strict=True))
    fixed = f", {_count(summary.fixed, 'place')} fixed" if summary.fixed else ""
    with_fix = [f"{summary.safe} fixable with --fix"] * bool(summary.safe)
    with_fix += [f"{unsafe} with --unsafe-fixes"] * bool(unsafe)
    fixable = f" ({', '.join(with_fix)})" if with_fix else ""
    failed = f", {_count(summary.failed, 'file')} not done" if summary.failed else ""
    skipped = f", {summary.skipped} skipped as no reports" if summary.skipped else ""
    return f"{_count(files, 'file')} checked{skipped}{fixed}: {found}{fixable}{failed}, {summary.seconds:.2f} s"


_NOT_STATED = Words("（未写明）", "(not stated)")


def statistics(summary: Summary, by: str, lang: str) -> Iterator[str]:
    """How often each rule fired, with what it finds, or how much each organ, year or file has, most first."""
    counts = summary.rules if by == "rule" else summary.groups
    told = titles(lang) if by == "rule" and counts else {}
    named = {_NOT_STATED(lang) if name == "?" else name: count for name, count in counts.items()}
    width = max(map(len, named), default=0)
    for name, count in sorted(named.items(), key=lambda one: (-one[1], one[0])):
        yield f"{count:>7}  {printable(name):<{width}}  {told.get(name, '')}".rstrip()


def titles(lang: str) -> dict[str, str]:
    """What each rule finds, without the full stop."""
    from reportlint.manual.pages import summary as summary_of
    from reportlint.rules import all_rules

    return {rule.name: printable(summary_of(rule, lang)).removesuffix("。").removesuffix(".") for rule in all_rules()}


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
