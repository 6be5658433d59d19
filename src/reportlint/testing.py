"""For authors of rules and forms: lint a text, apply its fixes, run a rule's page (docs/plugins.md).

from reportlint.testing import check_page, findings, fixed, report_with

assert findings(report_with("做好做细做实。"), [slogan]) == [Found("slogan", 5, 12, 5, 18, "做好做细做实", …)]
assert check_page(slogan) == []
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from reportlint.diagnostics import Diagnostic, Safety
from reportlint.forms.form import Form
from reportlint.forms.load import load, registered
from reportlint.manual.pages import page, samples
from reportlint.parse.read import read_report
from reportlint.resources import read_shipped
from reportlint.rules import Rule, all_rules
from reportlint.run.fixer import mend
from reportlint.run.linter import lint
from reportlint.source import Source
from reportlint.tuples import NamedTuple


class Found(NamedTuple):
    """A finding: rule, 1-based lines and columns in code points (the end exclusive), what stands there, message."""

    rule: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    message: str


def report_with(paragraph: str) -> str:
    """A sound report of the 2021 form whose section one has one more paragraph."""
    sound = read_shipped("samples", "qinghu-2022.txt")
    head, mark, rest = sound.partition("二、主动公开政府信息情况")
    return f"{head.rstrip()}\n{paragraph}\n{mark}{rest}"


def findings(
    text: str, rules: Iterable[Rule] | None = None, *, form: str | Path | None = None, lang: str = "en"
) -> list[Found]:
    """What `rules` (default: all) find in a text, in order.

    `form` is the grammar file of a form of one's own; else the report's own form is chosen.
    Raises BadForm.
    """
    source = Source("text", text)
    return [_found(d, source) for d in _lint(source, rules, form, lang)]


def fixed(
    text: str, rules: Iterable[Rule] | None = None, *, form: str | Path | None = None, unsafe: bool = False
) -> str:
    """A text after the fixes of `rules` (default: all): the safe ones, or with `unsafe` all."""
    safeties = set(Safety) if unsafe else {Safety.SAFE}
    chosen = tuple(rules) if rules is not None else None
    return mend(Source("text", text), safeties, lambda source: _lint(source, chosen, form, "en")).source.text


def check_page(rule: Rule) -> list[str]:
    """What does not hold on a rule's page: nothing, if the page is right.

    Each block ```report is a paragraph that is put into section one of a sound report, with
    ```report whole a text of its own; the block ```findings behind it has a line for each finding
    of the rule, `line:column-line:column name`, counted within the block. A page needs a sample
    with findings and one without. Safe fixes are applied to every sample: they must mend it for
    good, bring nothing new and change no figure.
    """
    wrong = []
    found_some = found_none = False
    for number, sample in enumerate(samples(page(rule)), 1):
        whole = sample.attrs.strip() == "whole"
        text = sample.text + "\n" if whole else report_with(sample.text)
        first = 0 if whole else text[: text.index(sample.text)].count("\n")
        own = findings(text, [rule])
        seen = tuple(f"{f.line - first}:{f.column}-{f.end_line - first}:{f.end_column} {f.rule}" for f in own)
        found_some |= bool(sample.findings)
        found_none |= not sample.findings
        if seen != sample.findings:
            wrong.append(f"sample {number}: found {list(seen)}, the page says {list(sample.findings)}")
        wrong += [f"sample {number}: {said}" for said in _check_fixes(text, rule)]
    if not found_some or not found_none:
        wrong.append("the page needs a sample with findings and one without")
    return wrong


def _check_fixes(text: str, rule: Rule) -> Sequence[str]:
    """What is wrong with a rule's safe fixes of a text."""
    after = fixed(text, [rule])
    if after == text:
        return ()
    wrong = []
    if fixed(after, [rule]) != after:
        wrong.append("fixing it twice changes it again")
    if _figures(after) != _figures(text):
        wrong.append("a safe fix changes a figure")
    before, left = (Counter(f.rule for f in findings(one)) for one in (text, after))
    return [*wrong, *(f"a safe fix brings {count} more of {name}" for name, count in (left - before).items())]


def _figures(text: str) -> list[object]:
    report = read_report(Source("text", text))
    return [figure.value for table in report.tables for row in table.rows for figure in row.figures]


def _lint(source: Source, rules: Iterable[Rule] | None, form: str | Path | None, lang: str) -> list[Diagnostic]:
    forms: tuple[Form, ...] = (load(os.fspath(form)),) if form is not None else registered()
    return lint(read_report(source, forms), all_rules() if rules is None else rules, lang)


def _found(found: Diagnostic, source: Source) -> Found:
    start, end = source.position(found.span.start), source.position(found.span.end)
    return Found(found.rule, *start, *end, source.text[slice(*found.span)], found.message)
