"""Rule similar-report; docs/rules/similar-report.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from reportlint.rules import Finding, Option, rule
from reportlint.series.similar import Copy
from reportlint.tuples import NamedTuple


class Options(NamedTuple):
    """The options of similar-report."""

    threshold: Annotated[
        float,
        Option(
            "相同部分达到多少才提示（1 为全同）",
            "the common part from which on it is reported (1: all)",
            least=0.5,
            most=1,
        ),
    ] = 0.9


@rule(
    on=Copy,
    severity="info",
    free_form=True,
    options=Options,
    zh="第一、第五部分与{other}（{path}）约 {share}% 相同",
    en="about {share} % of sections one and five is the same as in {other} ({path})",
    help=(
        "写本单位本年度的实际情况；评估中雷同的报告会扣分",
        "say what this organ did in this year; evaluators mark down reports that repeat others",
    ),
    remarks={
        "other": ("相同的报告", "the other report"),
        "year": ("本单位 {year} 年的报告", "its own report for {year}"),
        "organ": ("{organ} {year} 年的报告", "the report of {organ} for {year}"),
    },
)
def similar_report(copy: Copy, options: Options) -> Iterator[Finding]:
    """Sections one and five repeat last year's or another organ's almost whole.

    Figures, years and the organ's own name do not count. Needs the extra `similar` and several
    reports in one run.
    Source: docs/specification.md §8.9 Q1.
    """
    if copy.share < options.threshold:
        return
    later, other = copy.later, copy.other
    own = other.organ == later.organ and bool(other.organ)
    name = similar_report.words("year" if own else "organ", organ=other.organ or "?", year=other.year or "?")
    yield Finding(later.span, share=round(copy.share * 100), other=name, path=other.path).label("other", other.place)
