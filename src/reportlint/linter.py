"""Runs the rules over reports and words what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from reportlint.arithmetic import examine
from reportlint.comparisons import Comparison, compare
from reportlint.config import FamilyConfig
from reportlint.diagnostics import Diagnostic, Label, Span
from reportlint.families import families
from reportlint.forms import Form
from reportlint.model import Figure, Paragraph, Report, Row, Section, Table
from reportlint.parts import Breakdown, read_breakdowns
from reportlint.quantities import unexplained
from reportlint.rules import Finding, Rule, say
from reportlint.series import Digest, Family, Gap, Step, digest, steps, successive_keys, total_keys
from reportlint.shares import Rate, Share, read_rates, read_shares
from reportlint.similar import Copy, available, copies, sketch
from reportlint.source import Source
from reportlint.statements import read_sentences
from reportlint.verdicts import BrokenSum, Culprit, Verdict

TOGETHER = frozenset({Step, Family, Copy})
"""What only several reports have: rules on these need digests of all of them."""


def lint(report: Report, rules: Iterable[Rule], lang: str = "en") -> list[Diagnostic]:
    """The findings of `rules` in a report, sorted by position, then rule, worded in `lang`."""
    sentences = read_sentences(report)
    verdicts = examine(report, sentences)
    comparisons = tuple(compare(report, sentences, verdicts))
    rules = tuple(rules)
    told = any(Comparison in rule.on for rule in rules)
    contradicted = {c.statement.span: {m.value for m in c.candidates} for c in comparisons if told and not c.fits}
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
        Share: unexplained(read_shares(sentences), contradicted),
        Rate: read_rates(sentences),
        BrokenSum: tuple(broken for verdict in verdicts for broken in verdict.broken),
    }
    found: list[Diagnostic] = []
    for rule in rules:
        if report.recognised not in rule.recognised:
            continue
        for part in chain.from_iterable(parts.get(kind, ()) for kind in rule.on):
            found.extend(_word(rule, finding, report.source, lang) for finding in rule.check(part))
    return sorted(found, key=_order)


class Gathering:
    """Digests of the reports of a run, for the rules that need several of them."""

    def __init__(self, rules: Iterable[Rule], forms: Iterable[Form], family: Iterable[FamilyConfig]) -> None:
        self.rules = [rule for rule in rules if TOGETHER & set(rule.on)]
        self.families = tuple(family)
        self.sketches = available() and any(Copy in rule.on for rule in self.rules)
        forms = tuple(forms)
        self.keys = successive_keys(forms) | (total_keys(forms) if self.families else frozenset())
        self.digests: list[Digest] = []
        self.steps: list[Step | Gap] = []

    def add(self, number: int, path: str, report: Report) -> None:
        """Take in the report that is `number` in the run, shown as `path`."""
        if report.recognised:
            made = digest(number, path, report, self.keys, sketch(report) if self.sketches else None)
            self.digests.append(made)

    def findings(self, threshold: Callable[[Digest], float], lang: str) -> dict[int, list[Diagnostic]]:
        """The findings over several reports by the number of the one that they stand in.

        `threshold` gives the share from which a report is a near copy.
        """
        self.steps = list(steps(self.digests))
        parts: Mapping[type, Sequence[tuple[int, object]]] = {
            Step: [(step.later.number, step) for step in self.steps if isinstance(step, Step)],
            Family: [(family.parent.number, family) for family in families(self.digests, self.families)],
            Copy: [(copy.later.number, copy) for copy in copies(self.digests, threshold)] if self.sketches else (),
        }
        found: dict[int, list[Diagnostic]] = {}
        for rule in self.rules:
            for number, part in chain.from_iterable(parts.get(kind, ()) for kind in rule.on):
                found.setdefault(number, []).extend(_word(rule, f, None, lang) for f in rule.check(part))
        return found

    def gaps(self) -> list[Gap]:
        """Where `findings` saw a year absent between two reports of one organ, if a rule compares years."""
        compares = any(Step in rule.on for rule in self.rules)
        return [step for step in self.steps if compares and isinstance(step, Gap)]


def merged(own: Iterable[Diagnostic], more: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """A file's own findings and those over several files, in order."""
    return tuple(sorted((*own, *more), key=_order))


def _order(found: Diagnostic) -> tuple[object, ...]:
    return found.span, found.rule


def _word(rule: Rule, finding: Finding, source: Source | None, lang: str) -> Diagnostic:
    labels = [
        Label(r.span or Span(0, 0), say(rule.remarks[r.key], lang, r.fields), r.place)
        for r in finding.labels
        if r.span or r.place
    ]
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
        origin=source.origin(finding.span) if source else None,
    )
