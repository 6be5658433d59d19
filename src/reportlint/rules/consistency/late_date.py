"""Rule late-date; docs/rules/late-date.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from reportlint.characters import IDEOGRAPH
from reportlint.diagnostics import Span
from reportlint.late import Marked
from reportlint.model import Report
from reportlint.rules import Finding, Option, rule
from reportlint.text.organs import DEPARTMENT, GOVERNMENT, NO_DEPARTMENT
from reportlint.tuples import NamedTuple
from reportlint.words import either, listed

_LAST_DAYS = 25
"""A report may be signed in the last days of its own year."""

_DAY = r"20\d\d(?:\s?[-年./]\s?\d{1,2}\s?[-月./]\s?\d{1,2}日?|\d{4}(?!\d))"
_PUBLISHED = Marked(
    rf"(?:(?:发布|公开|发文|成文|生成|上传)(?:时间|日期)|(?<!{IDEOGRAPH})(?:时间|日期))\s{{0,4}}[:：]\s{{0,4}}"
    rf"(?P<date>{_DAY})"
    rf"|(?m:^)(?=[^\n。]{{0,200}}{either('page', 'stamp')})(?:[^\n。]{{0,99}}?\s)?(?<!\d)(?P<stamp>{_DAY})",
    ("时间", "日期", *listed("page", "stamp")),
)
_FRONT = 3000
"""The line on which a page says when it was published stands in front."""


class Options(NamedTuple):
    """The options of late-date."""

    due: Annotated[
        str,
        Option(
            "本地规定的最迟日期，写作 02-15（默认用法定日期）",
            "the last day that is set locally, such as 02-15 (else the statutory day)",
            pattern=r"(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))?",
        ),
    ] = ""


@rule(
    on=Report,
    severity="warning",
    free_form=True,
    options=Options,
    messages={
        "published": (
            "发布日期{date}在 {year} 年结束之前",
            "it was published on {date}, before {year} was over",
        ),
        "early": ("落款日期{date}在 {year} 年结束之前", "it is dated {date}, before {year} was over"),
        "late": (
            "落款日期{date}晚于{source}规定的{limit}",
            "it is dated {date}, after {limit}, the day that {source} sets",
        ),
        "local": (
            "落款日期{date}晚于规定的{limit}",
            "it is dated {date}, after {limit}, the day that is set",
        ),
    },
)
def late_date(report: Report, options: Options) -> Iterator[Finding]:
    """Dated or published before the year ended, or dated after the statutory day.

    Departments publish by 31 January, governments by 31 March; for townships and others the day
    is set locally, and only what is later than 31 March is reported.
    Source: 条例 article 49, docs/specification.md §7.
    """
    signed, year = report.date, report.year
    if year is None:
        return
    first = min((s.heading.span.start for s in report.sections if not s.missing), default=_FRONT)
    if published := _PUBLISHED.search(report.source.text, 0, min(first, _FRONT)):
        group = "date" if published["date"] else "stamp"
        parts = [int(part) for part in re.findall(r"\d+", published[group])]
        if len(parts) == 1:  # 20231220
            parts = [parts[0] // 10000, parts[0] // 100 % 100, parts[0] % 100]
        if parts[0] == year and tuple(parts[1:]) < (12, _LAST_DAYS):
            yield Finding(Span(*published.span(group)), "published", date=published[group], year=year)
    if signed is None:
        return
    if signed.year == year and (signed.month, signed.day or 31) < (12, _LAST_DAYS):
        yield Finding(signed, "early", date=signed.text, year=year)
    if signed.year != year + 1:
        return
    due = _day(options.due) if options.due else _due(report, year, (signed.month, signed.day or 1))
    if due and (signed.month, signed.day or 1) > due:
        shown = f"{due[0]}月{due[1]}日"
        source = report.form.due.source if report.form.due and not options.due else ""
        key = "late" if source else "local"
        yield Finding(signed, key, date=signed.text, limit=shown, source=source)


def _day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def _due(report: Report, year: int, signed: tuple[int, int]) -> tuple[int, int] | None:
    """The last month and day for a report, if its form sets one and it was `signed` behind the first that is any's.

    Only a title that names a department says that it is a department's own: an office also signs
    its government's report, and writes …办公室关于….
    """
    due = report.form.due
    if due is None or signed <= min(due.department, due.others):
        return None
    organ = (report.title.organ if report.title and "关于" not in report.title.text else None) or ""
    department = DEPARTMENT.search(organ) and not NO_DEPARTMENT.search(organ) and not GOVERNMENT.search(organ)
    return due.department if department and year >= due.since else due.others
