"""How tests lint a text."""

from __future__ import annotations

from typing import NamedTuple

from reportlint.decoding import decode
from reportlint.model import Report
from reportlint.parse.read import read_report
from reportlint.rules import all_rules
from reportlint.run.linter import lint
from reportlint.source import Source


class Found(NamedTuple):
    rule: str
    severity: str
    line: int
    column: int
    message: str


def report_of(text: str | bytes) -> Report:
    return read_report(decode(text, "t.txt") if isinstance(text, bytes) else Source("t.txt", text))


def findings(text: str | bytes, lang: str = "zh") -> list[Found]:
    report = report_of(text)
    return [
        Found(d.rule, d.severity, *report.source.position(d.span.start), d.message)
        for d in lint(report, all_rules(), lang)
    ]


def serious(text: str | bytes) -> list[Found]:
    """Findings that are warnings or errors."""
    return [f for f in findings(text) if f.severity != "info"]
