"""Runs the rules over reports and words what they find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice

from reportlint.arithmetic import examine
from reportlint.comparisons import Comparison, compare
from reportlint.config import AS_IT_IS, FamilyConfig, RuleConfig
from reportlint.diagnostics import Diagnostic, Fix, Label, Safety, Span, Words
from reportlint.families import families
from reportlint.forms import Form
from reportlint.guard import Numbers
from reportlint.headings import RAW_NUMBER
from reportlint.model import Figure, Paragraph, Report, Row, Section, Table
from reportlint.model import Label as FormLabel
from reportlint.parts import Breakdown, read_breakdowns
from reportlint.quantities import unexplained
from reportlint.rules import Finding, Rule, say
from reportlint.series import Digest, Family, Gap, Step, digest, steps, successive_keys, total_keys
from reportlint.shares import Rate, Share, read_rates, read_shares
from reportlint.similar import Copy, available, copies, sketch
from reportlint.source import Source
from reportlint.statements import read_sentences
from reportlint.verdicts import BrokenSum, Culprit, Verdict

MOST_FINDINGS = 5000
"""More findings of one rule in one file than this are not listed one by one."""
REST = Words(
    "从这里起还有 {count} 处同类问题，没有逐一列出", "from here on {count} more of these, not listed one by one"
)
TOGETHER = frozenset({Step, Family, Copy})
"""What only several reports have: rules on these need digests of all of them."""


Configs = Mapping[str, RuleConfig]
"""What a configuration says of rules, by their names."""
Crashed = Callable[[Rule, BaseException], None]
"""Told of a rule that fails; the others go on."""


def _raise(rule: Rule, error: BaseException) -> None:
    raise error


def lint(
    report: Report,
    rules: Iterable[Rule],
    lang: str = "en",
    configs: Configs | None = None,
    crashed: Crashed = _raise,
    most: int | None = MOST_FINDINGS,
) -> list[Diagnostic]:
    """The findings of `rules` in a report, sorted by position, then rule, worded in `lang`.

    Of more than `most` of a rule the rest is counted in one. Where a rule fails its findings are left
    out and `crashed` is told; by default it raises.
    """
    configs = configs or {}
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
        try:
            own = chain.from_iterable(parts.get(kind, ()) for kind in rule.on)
            found.extend(_found(rule, own, report.source, lang, configs.get(rule.name, AS_IT_IS), most))
        except (Exception, SystemExit) as error:
            crashed(rule, error)
    numbers = _numbers(report) if any(d.fix for d in found) else None
    return sorted((_judged(d, numbers) if numbers else d for d in found), key=_order)


def lint_parts(
    parts: Iterable[object],
    source: Source,
    rules: Iterable[Rule],
    lang: str,
    configs: Configs,
) -> list[Diagnostic]:
    """The findings of `rules` on parts that are no report's: entries of a configuration or a baseline."""
    held = list(parts)
    found = [
        diagnostic
        for rule in rules
        for diagnostic in _found(
            rule, [p for p in held if isinstance(p, rule.on)], source, lang, configs.get(rule.name, AS_IT_IS)
        )
    ]
    return sorted(found, key=_order)


def _found(
    rule: Rule,
    parts: Iterable[object],
    source: Source | None,
    lang: str,
    config: RuleConfig,
    most: int | None = None,
) -> list[Diagnostic]:
    """Everything that a rule finds, worded; what is beyond `most` as one."""
    findings = (finding for part in parts for finding in rule.findings(part, config))
    found = [_word(rule, finding, source, lang, config) for finding in islice(findings, most)]
    rest = next(findings, None)
    if rest is not None:
        more = sum(1 for _ in findings)
        found.append(_rest(_word(rule, rest, source, lang, config), more + 1, lang))
    return found


def limited(found: Sequence[Diagnostic], lang: str, most: int = MOST_FINDINGS) -> tuple[Diagnostic, ...]:
    """Findings in order; of more than `most` of a rule the rest is counted in one."""
    counts = Counter(one.rule for one in found)
    if not counts or max(counts.values()) <= most + 1:
        return tuple(found)
    kept: list[Diagnostic] = []
    seen = Counter[str]()
    for one in found:
        seen[one.rule] += 1
        if seen[one.rule] <= most:
            kept.append(one)
        elif seen[one.rule] == most + 1:
            kept.append(_rest(one, counts[one.rule] - most, lang))
    return tuple(kept)


def _rest(first: Diagnostic, count: int, lang: str) -> Diagnostic:
    """What stands for so many findings of a rule, from the `first` of them on."""
    message = REST(lang).format(count=count)
    return replace(first, message=message, labels=(), notes=(), help=None, fix=None, more=count - 1)


def _numbers(report: Report) -> Numbers:
    """The numbers of a report's text; those of its headings and labels are wording."""
    text = report.source.text
    headings = [*(s.heading for s in report.sections), *report.strange_headings, *chain(*report.duplicates)]
    labels = [*headings, *report.labels, *(row.label for row in report.strange_rows)]
    wording = [label.span for label in labels if not label.missing]
    begun = [span.start for span in wording]
    begun += [item.span.start for section in report.sections for item in section.subheadings]
    ordinals = [Span(*match.span()) for at in begun if (match := RAW_NUMBER.match(text, at))]
    figures = [figure.span for table in report.tables for row in table.rows for figure in row.figures]
    return Numbers(text, figures, ordinals, wording)


def _judged(found: Diagnostic, numbers: Numbers) -> Diagnostic:
    """A finding whose fix is unsafe if it changes a number, whatever its rule says."""
    fix = found.fix
    if fix is None or fix.safety is Safety.UNSAFE or numbers.kept_by(fix):
        return found
    return replace(found, fix=replace(fix, safety=Safety.UNSAFE))


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

    def findings(
        self, configs: Callable[[int], Configs], lang: str, crashed: Crashed = _raise
    ) -> dict[int, list[Diagnostic]]:
        """The findings over several reports by the number of the one that they stand in.

        `configs` gives what is configured for the report of a number.
        """
        self.steps = list(steps(self.digests))
        parts: Mapping[type, Sequence[tuple[int, object]]] = {
            Step: [(step.later.number, step) for step in self.steps if isinstance(step, Step)],
            Family: [(family.parent.number, family) for family in families(self.digests, self.families)],
            Copy: [(copy.later.number, copy) for copy in self._copies(configs)],
        }
        found: dict[int, list[Diagnostic]] = {}
        for rule in self.rules:
            try:
                for number, part in chain.from_iterable(parts.get(kind, ()) for kind in rule.on):
                    config = configs(number).get(rule.name, AS_IT_IS)
                    found.setdefault(number, []).extend(_found(rule, [part], None, lang, config))
            except (Exception, SystemExit) as error:
                crashed(rule, error)
        return found

    def _copies(self, configs: Callable[[int], Configs]) -> Iterator[Copy]:
        """Near copies, from the least `threshold` that a rule on them has in one of the configurations."""
        if not self.sketches or not self.digests:
            return
        rules = [rule for rule in self.rules if Copy in rule.on and rule.options]
        options = [
            configs(digest.number).get(rule.name, AS_IT_IS).options or rule.options()
            for rule in rules
            for digest in self.digests
            if rule.options
        ]
        yield from copies(self.digests, min((getattr(held, "threshold", 1.0) for held in options), default=1.0))

    def gaps(self) -> list[Gap]:
        """Where `findings` saw a year absent between two reports of one organ, if a rule compares years."""
        compares = any(Step in rule.on for rule in self.rules)
        return [step for step in self.steps if compares and isinstance(step, Gap)]


def merged(own: Iterable[Diagnostic], more: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """A file's own findings and those over several files, in order."""
    return tuple(sorted((*own, *more), key=_order))


def _order(found: Diagnostic) -> tuple[object, ...]:
    return found.span, found.rule


def _word(rule: Rule, finding: Finding, source: Source | None, lang: str, config: RuleConfig) -> Diagnostic:
    labels = [
        Label(_ordered(r.span or Span(0, 0)), say(rule.remarks[r.key], lang, r.fields), r.place)
        for r in finding.labels
        if r.span or r.place
    ]
    return Diagnostic(
        rule=rule.name,
        group=rule.group,
        severity=config.severity or finding.severity or rule.severity,
        span=_ordered(finding.span),
        message=say(rule.message, lang, finding.fields),
        labels=tuple(labels),
        notes=tuple(say(rule.remarks[r.key], lang, r.fields) for r in finding.notes),
        help=say(rule.help, lang, finding.fields) if rule.help and finding.with_help else None,
        fix=_effective(finding.fix, source),
        origin=source.origin(finding.span) if source else None,
        subject=_subject(finding.fields),
        url=rule.url,
    )


def _effective(fix: Fix | None, source: Source | None) -> Fix | None:
    """A fix without the edits that change nothing; None where that is all of it."""
    if fix is None or source is None or fix.encoding:
        return fix
    edits = tuple(edit for edit in fix.edits if source.text[edit.span.start : edit.span.end] != edit.text)
    return fix if len(edits) == len(fix.edits) else replace(fix, edits=edits) if edits else None


def _ordered(span: Span) -> Span:
    """A range whose end is not before its beginning, whatever a rule of a plugin made of it."""
    return span if span.start <= span.end else Span(span.end, span.start)


def _subject(fields: Mapping[str, object]) -> str:
    """What of the report the fields name."""
    return "|".join(text for name, value in sorted(fields.items()) if name != "path" for text in _names(value))


def _names(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, FormLabel):
        yield value.form
    elif isinstance(value, Words) and value.zh == value.en:
        yield value.zh
    elif isinstance(value, list | tuple) and not isinstance(value, Words):
        for one in value:
            yield from _names(one)
