"""What a corpus comes to: counts for the terminal, and a page with its plots that needs nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from reportlint.characters import printable
from reportlint.diagnostics import Words
from reportlint.records import field, record

_MOST_BARS, _MOST_LINES = 25, 10
_WORST = 30


@record
class Overview:
    """Counts over a corpus; `sound` are reports without an error or a warning."""

    files: int = 0
    unread: int = 0
    reports: int = 0
    sound: int = 0
    severities: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    sums: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    years: Counter[str] = field(default_factory=Counter)
    sound_years: Counter[str] = field(default_factory=Counter)
    worst: list[tuple[int, int, str]] = field(default_factory=list)

    def add(self, told: Mapping[str, Any], more: Iterable[tuple[str, str]] = ()) -> None:
        """Count a file; `more` are the rules and severities of findings over several files in it."""
        severities, rules = Counter(told["severities"]), Counter(told["rules"])
        for rule, severity in more:
            rules[rule] += 1
            severities[severity] += 1
        self.files += 1
        self.unread += told["problem"] is not None
        self.severities += severities
        self.rules += rules
        self.sums.update(told["sums"])
        if told["recognised"]:
            sound = not severities["error"] and not severities["warning"]
            year = str(told["year"] or "?")
            self.reports += 1
            self.sound += sound
            self.forms[str(told["form"])] += 1
            self.years[year] += 1
            self.sound_years[year] += sound
        if severities["error"] or severities["warning"]:
            self.worst.append((severities["error"], severities["warning"], str(told["path"])))
            if len(self.worst) > 20 * _WORST:
                self.worst = _sorted(self.worst)[:_WORST]

    def as_object(self) -> dict[str, Any]:
        """The counts as plain values."""
        return {
            "files": self.files,
            "unread": self.unread,
            "reports": self.reports,
            "sound": self.sound,
            "severities": _ordered(self.severities),
            "rules": _ordered(self.rules),
            "sums": _ordered(self.sums),
            "forms": _ordered(self.forms),
            "years": dict(sorted(self.years.items())),
            "worst": [
                {"path": path, "errors": errors, "warnings": warnings}
                for errors, warnings, path in _sorted(self.worst)[:_WORST]
            ],
        }


def _ordered(counts: Counter[str]) -> dict[str, int]:
    """Counts, the largest first; equal ones by name."""
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _sorted(worst: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    return sorted(worst, key=lambda one: (-one[0], -one[1], one[2]))


_SUMMARY = Words(
    "{files} 个文件，年度报告 {reports} 份{sound}；没有读成的 {unread} 个",
    "files: {files}; annual reports: {reports}{sound}; not read: {unread}",
)
_SOUND = Words(
    "，其中没有错误和警告的 {count} 份（{share:.0%}）", ", without an error or a warning: {count} ({share:.0%})"
)
_COUNTS = Words("错误 {error}、警告 {warning}、提示 {info}", "errors: {error}; warnings: {warning}; infos: {info}")
_HEADS = {
    "title": Words("年度报告检查总览", "Annual reports: overview"),
    "rules": Words("各规则的问题数", "Findings by rule"),
    "sums": Words("哪些合计不成立", "Which sums break"),
    "forms": Words("各格式的报告数", "Reports by form"),
    "years": Words("各年份的报告数（深色为没有错误和警告的）", "Reports by year (dark: without an error or a warning)"),
    "worst": Words("问题最多的文件", "The worst files"),
    "file": Words("文件", "file"),
    "errors": Words("错误", "errors"),
    "warnings": Words("警告", "warnings"),
    "none": Words("没有", "none"),
}


def lines(overview: Overview, lang: str) -> Iterator[str]:
    """The counts for the terminal."""
    yield _sentence(overview, lang)
    yield _counts(overview, lang)
    for rule, count in list(_ordered(overview.rules).items())[:_MOST_LINES]:
        yield f"{count:>8}  {rule}"


def _sentence(overview: Overview, lang: str) -> str:
    sound = ""
    if overview.reports:
        sound = _SOUND(lang).format(count=overview.sound, share=overview.sound / overview.reports)
    counts = {"files": overview.files, "reports": overview.reports, "unread": overview.unread}
    return _SUMMARY(lang).format(sound=sound, **counts)


def _counts(overview: Overview, lang: str) -> str:
    return _COUNTS(lang).format(**{name: overview.severities[name] for name in ("error", "warning", "info")})


def page(overview: Overview, lang: str) -> str:
    """The page."""
    parts = [
        f"<h1>{_HEADS['title'](lang)}</h1><p>{_sentence(overview, lang)}<br>{_counts(overview, lang)}</p>",
        _bars("rules", _ordered(overview.rules).items(), lang),
        _bars("sums", _ordered(overview.sums).items(), lang),
        _bars("years", sorted(overview.years.items()), lang, overview.sound_years),
        _bars("forms", _ordered(overview.forms).items(), lang),
        _table(overview, lang),
    ]
    head = f'<meta name="generator" content="reportlint"><title>{_HEADS["title"](lang)}</title><style>{_STYLE}</style>'
    meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    return f'<!DOCTYPE html>\n<html lang="{lang}"><head>{meta}{head}</head><body>{"".join(parts)}</body></html>\n'


def _bars(name: str, counts: Iterable[tuple[str, int]], lang: str, dark: Mapping[str, int] | None = None) -> str:
    held = list(counts)[:_MOST_BARS]
    most = max((count for _, count in held), default=1)
    rows = "".join(
        f'<tr><th scope="row">{escape(printable(label))}</th><td class="bar">'
        f'<span style="width:{count / most:.2%}"><b style="width:{(dark or {}).get(label, 0) / count:.2%}"></b></span>'
        f"</td><td>{count:,}</td></tr>"
        for label, count in held
    )
    shown = f"<table>{rows}</table>" if rows else f"<p>{_HEADS['none'](lang)}</p>"
    return f"<section><h2>{_HEADS[name](lang)}</h2>{shown}</section>"


def _table(overview: Overview, lang: str) -> str:
    head = "".join(f"<th>{_HEADS[name](lang)}</th>" for name in ("file", "errors", "warnings"))
    rows = "".join(
        f"<tr><td class=path>{escape(printable(path))}</td><td>{errors:,}</td><td>{warnings:,}</td></tr>"
        for errors, warnings, path in _sorted(overview.worst)[:_WORST]
    )
    return f"<section><h2>{_HEADS['worst'](lang)}</h2><table><tr>{head}</tr>{rows}</table></section>"


_STYLE = """
:root{color-scheme:light dark;--bar:#6a9bd8;--dark:#1d5fa8;--line:#8885}
body{font:15px/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif}
body{max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.15rem .5rem;border-bottom:1px solid var(--line);font-weight:normal}
tr>*:not(.bar):not(.path):not(:first-child){text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
th[scope]{width:34%;overflow-wrap:anywhere}.path{overflow-wrap:anywhere}
.bar{width:55%}.bar span{display:block;height:.9rem;background:var(--bar);min-width:2px}
.bar b{display:block;height:100%;background:var(--dark)}
"""
