"""Findings as they are told: worded in a language, and of one rule no more than anyone reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportlint.config.values import RuleConfig
from reportlint.diagnostics import Diagnostic, Fix, Secondary, Span, Words
from reportlint.model import Label as FormLabel
from reportlint.rules import Finding, Rule, say
from reportlint.source import Source

MOST_FINDINGS = 5000
"""More findings of one rule in one file than this are not listed one by one."""
REST = Words(
    "从这里起还有 {count} 处同类问题，没有逐一列出", "from here on {count} more of these, not listed one by one"
)
_BY_HAND = Words(
    "这里 --fix 改不了，请在原文档里改",
    "--fix cannot write this into the document: mend it there",
)


def worded(
    rule: Rule,
    parts: Iterable[object],
    source: Source | None,
    lang: str,
    config: RuleConfig,
    most: int | None = None,
) -> list[Diagnostic]:
    """Everything that a rule finds, worded; what is beyond `most` as one."""
    found: list[Diagnostic] = []
    findings = rule.findings(parts, config)
    for finding in findings:
        one = _word(rule, finding, source, lang, config)
        if len(found) == most:
            return [*found, _rest(one, 1 + sum(1 for _ in findings), lang)]
        found.append(one)
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
    return first._replace(message=message, labels=(), notes=(), help=None, fix=None, more=count - 1)


def _word(rule: Rule, finding: Finding, source: Source | None, lang: str, config: RuleConfig) -> Diagnostic:
    fix = _effective(finding.fix() if callable(finding.fix) else finding.fix, source)
    kept = fix is None or source is None or _can_be_written(source, fix)
    labels = [
        Secondary(_ordered(r.span or Span(0, 0)), say(rule.remarks[r.key], lang, r.fields), r.place)
        for r in finding.labels
        if r.span or r.place
    ]
    return Diagnostic(
        rule=rule.name,
        group=rule.group,
        severity=config.severity or finding.severity or rule.severity,
        span=_ordered(finding.span),
        message=say(rule.messages[finding.message], lang, finding.fields),
        labels=tuple(labels),
        notes=(
            *(say(rule.remarks[r.key], lang, r.fields) for r in finding.notes),
            *(() if kept else (_BY_HAND(lang),)),
        ),
        help=say(rule.help, lang, finding.fields) if rule.help and finding.with_help else None,
        fix=fix if kept else None,
        origin=source.origin(finding.span) if source else None,
        subject=_subject(finding.fields),
        url=rule.url,
    )


def _can_be_written(source: Source, fix: Fix) -> bool:
    """Whether a fix can be written into its file: pages of a scan are no text."""
    if source.scanned:
        return False
    return source.document is None or source.document.keeps(fix.edits)


def _effective(fix: Fix | None, source: Source | None) -> Fix | None:
    """A fix without the edits that change nothing; None where that is all of it."""
    if fix is None or source is None or fix.encoding:
        return fix
    edits = tuple(edit for edit in fix.edits if source.text[edit.span.start : edit.span.end] != edit.text)
    return fix if len(edits) == len(fix.edits) else fix._replace(edits=edits) if edits else None


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
