"""Rule stale-baseline; docs/rules/stale-baseline.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.config.baseline import StaleEntry
from reportlint.rules import Finding, rule


@rule(
    on=StaleEntry,
    severity="info",
    zh="{path} {what} {name}（{text}）",
    en="{path} {what} {name} ({text})",
    help=("用 --update-baseline 更新基线文件", "update the baseline with --update-baseline"),
    remarks={
        "fixed": ("已不再有", "no longer has"),
        "gone": ("已不存在，基线里还有", "is gone, but the baseline holds its"),
    },
)
def stale_baseline(entry: StaleEntry) -> Iterator[Finding]:
    """A finding of the baseline that is no longer in its file.

    Judged for files of the run; for files that are gone, in a run over the whole folder.
    Source: design §7.
    """
    what = stale_baseline.words("gone" if entry.gone else "fixed")
    yield Finding(entry.span, path=entry.path, what=what, name=entry.rule, text=entry.text)
