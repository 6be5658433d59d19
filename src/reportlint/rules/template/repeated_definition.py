"""Rule repeated-definition; docs/rules/repeated-definition.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Span
from reportlint.late import Late
from reportlint.model import Report
from reportlint.rules import Finding, rule

_DEFINITION = Late(r"\([^()]{0,60}?以?下(?:简|统|并)?称[::为]?\s*(?P<name>[^()]{1,30}?)\)")


@rule(
    on=Report,
    severity="warning",
    free_form=True,
    zh="简称“{name}”定义了两次",
    en="the short name {name} is defined twice",
    help=("简称只在第一次出现时定义", "define a short name where it first appears, and only there"),
    remarks={"first": ("第一次在此定义", "first defined here")},
)
def repeated_definition(report: Report) -> Iterator[Finding]:
    """(以下简称《条例》) defined twice."""
    first: dict[str, Span] = {}
    # A page's abstract, which is cut and ends in …, has the beginning of the report once more.
    for paragraph in (one for one in report.paragraphs if not one.text.rstrip().endswith("…")):
        for match in _DEFINITION.finditer(paragraph.text):
            name = match["name"].strip('《》“”" ')
            span = paragraph.span(*match.span())
            if name in first:
                yield Finding(span, name=name).label("first", first[name])
            else:
                first[name] = span
