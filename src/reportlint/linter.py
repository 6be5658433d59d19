"""Runs the rules over a report and words what they find."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from reportlint.arithmetic import examine
from reportlint.comparisons import Comparison, compare
from reportlint.diagnostics import Diagnostic, Label
from reportlint.model import Figure, Paragraph, Report, Row, Section, Table
from reportlint.parts import Breakdown, Share, read_breakdowns, read_shares, unexplained
from reportlint.rules import Finding, Rule, say
from reportlint.source import Source
from reportlint.statements import read_sentences
from reportlint.verdicts import BrokenSum, Culprit, Verdict


def lint(report: Report, rules: Iterable[Rule], lang: str = "en") -> list[Diagnostic]:
    """The findings of `rules` in a report, sorted by position, then rule, worded in `lang`."""
    sentences = read_sentences(report)
    verdicts = examine(report, sentences)
    comparisons = tuple(compare(report, sentences, verdicts))
    contradicted = {c.statement.span: {m.value for m in c.candidates} for c in comparisons if not c.fits}
    parts: dict[type, Sequence[object]] = {
        Report: (report,),
        Source: (report.source,),
        Section: report.sections,
        Table: report.tables,
        Row: tuple(row for table in report.tables for row in table.rows),
        Figure: tuple(f for table in report.tables for row in table.rows for f in row.figures),
        Paragraph: report.paragraphs,
        Verdict: verdicts,
        Culprit: tuple(culprit for verdict in verdicts for culprit in verdict.culprits),
        Comparison: comparisons,
        Breakdown: unexplained(read_breakdowns(sentences), contradicted),
        Share: read_shares(sentences),
        BrokenSum: tuple(broken for verdict in verdicts for broken in verdict.broken),
    }
    found: list[Diagnostic] = []
    for rule in rules:
        if report.recognised not in rule.recognised:
            continue
        for part in chain.from_iterable(parts[kind] for kind in rule.on):
            found.extend(_word(rule, finding, report.source, lang) for finding in rule.check(part))
    return sorted(found, key=lambda d: (d.span, d.rule))


def _word(rule: Rule, finding: Finding, source: Source, lang: str) -> Diagnostic:
    labels = [Label(r.span, say(rule.remarks[r.key], lang, r.fields)) for r in finding.labels if r.span]
    return Diagnostic(
        rule=rule.name,
        group=rule.group,
        severity=finding.severity or rule.severity,
        span=finding.span,
        message=say(rule.message, lang, finding.fields),
        labels=tuple(labels),
        notes=tuple(say(rule.remarks[r.key], lang, r.fields) for r in finding.notes),
        help=rule.help(lang).format_map(finding.fields) if rule.help and finding.with_help else None,
        fix=finding.fix,
        origin=source.origin(finding.span),
    )
