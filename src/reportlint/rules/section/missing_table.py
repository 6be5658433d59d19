"""Rule missing-table; docs/rules/missing-table.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import Report, Section, Table
from reportlint.rules import Finding, rule


@rule(
    on=Report,
    severity="error",
    help=(
        "表格请用文字填写，不要用图片；没有数据的格填 0",
        "give the table as text, not as a picture, with 0 where there is nothing",
    ),
    messages={
        "picture": ("“{section}”部分的表格是图片，读不出文字和数字", "“{section}” has a picture in place of its table"),
        "none": ("“{section}”部分没有表格", "“{section}” has no table"),
        "one": ("“{section}”部分缺少“{table}”的表格", "“{section}” lacks the table {table}"),
        "figures": ("“{section}”部分的表格里没有数字", "“{section}” has a table without a single figure"),
        "empty": ("“{section}”部分的表格“{table}”里没有数字", "“{section}” has no figure in its table {table}"),
    },
)
def missing_table(report: Report) -> Iterator[Finding]:
    """A section that must hold a table has none, or its figures are all gone.

    Source: docs/specification.md §3.5–3.7.
    """
    for section in report.sections:
        if section.missing or not section.tables or any(table.unreadable for table in section.tables):
            continue
        if not any(table.present for table in section.tables):
            what = "picture" if _has_picture(section, report) else "none"
            yield Finding(section.heading, what, section=section.heading)
        elif not any(table.has_figures for table in section.tables):
            yield Finding(section.heading, "figures", section=section.heading)
        else:
            yield from _single(section, report)


def _has_picture(section: Section, report: Report) -> bool:
    """Whether a picture of the document stands between a section's heading and the next one."""
    document = report.source.document
    start = section.heading.span.end
    stop = min((s.heading.span.start for s in report.sections if s.heading.span.start > start), default=None)
    return document is not None and any(
        start <= picture.start and (stop is None or picture.start < stop) for picture in document.pictures
    )


def _single(section: Section, report: Report) -> Iterator[Finding]:
    before: Table | None = None
    for table in section.tables:
        first = table.form.caption or next((row.label for row in table.form.rows), "")
        name = report.form.labels.get(first, "")
        if not table.present:
            at = before.rows[-1].place if before and before.rows else section.heading.span
            yield Finding(at, "one", section=section.heading, table=name)
            continue
        before = table
        if not table.has_figures:
            caption = table.caption if table.caption and not table.caption.missing else section.heading
            yield Finding(caption, "empty", section=section.heading, table=name)
