"""A run of the checks over files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from reportlint.characters import visible
from reportlint.cli.bars import by_file
from reportlint.cli.copies import Annotating
from reportlint.cli.fixing import RECODED, UNPATCHED, Fixing, diff_lines
from reportlint.cli.inputs import read_source, shown
from reportlint.cli.say import NOT_RECOGNISED, attempt, complain
from reportlint.diagnostics import Diagnostic, Words
from reportlint.reading import is_regular
from reportlint.results import FileResult, Options, Output, Problem, Summary, fails, not_checked
from reportlint.run.targets import STDIN, Target
from reportlint.run.withheld import Withheld
from reportlint.source import Source, UnreadableFile

if TYPE_CHECKING:
    from reportlint.config.baseline import Landmarks
    from reportlint.forms.form import Form
    from reportlint.model import Report
    from reportlint.rules import Rule
    from reportlint.run.analysis import Analysis
    from reportlint.run.job import Linted
    from reportlint.run.settings import Plan
    from reportlint.run.together import Gathering
    from reportlint.series.digests import AbsentYear

_UNREAD = Source("", "")
GAP = Words(
    "{organ}：{last} 年（{before}）与 {year} 年（{path}）之间缺少报告，结转和存量没有核对",
    "{organ}: no report between {last} ({before}) and {year} ({path}), so nothing carried over was compared",
)
COPY = Words("{path} 是 reportlint 写的批注稿，已跳过", "{path} is a copy with comments by reportlint, skipped")
ALONE = Words("{rule} 要同时给出几份报告才能核对", "{rule} compares several reports: name them, or their folder")


PARTIAL = Words(
    "{path}：只有表格，检查了表中的数字、行名和列名",
    "{path}: only tables; their figures, rows and columns were checked",
)
PAGE = Words(
    "{path}：只是报告的一页，检查了其中的表格；要检查整份报告，请把各页合成一个 PDF 或 TIFF",
    "{path}: only a page of a report, whose tables were checked; "
    "put the pages into one PDF or TIFF to have the whole report checked",
)


class _Read(NamedTuple):
    """A file as it was read, and its report and findings, after its fixes where it is fixed."""

    before: Source
    analysis: Analysis
    found: list[Diagnostic]


class _LeftOut:
    """A file that is not checked, which was said."""


class _Checked(NamedTuple):
    """A file's findings, and where the parts of its report stand if a baseline asks for that."""

    target: Target
    result: FileResult
    marks: Landmarks | None


class _Held:
    """A file's findings until all are read; its text is read again where that is possible."""

    def __init__(
        self, number: int, checked: _Checked, max_size: int, forms: tuple[Form, ...], keeps_nothing: bool
    ) -> None:
        result = checked.result
        self.number = number
        self.path = result.path
        self._max_size = max_size
        self._forms = forms
        self._checked = checked
        self._digest = result.source.digest
        source = result.source
        if source.recognitions is not None or (source.document is not None and source.document.is_converted):
            return  # to read it again takes seconds
        if keeps_nothing and checked.target.path != STDIN and is_regular(checked.target.path):
            self._checked = checked._replace(result=replace(result, source=_UNREAD, analyse=_not_kept))

    def checked(self) -> _Checked:
        """The findings with the text; raises UnreadableFile where that has changed."""
        held = self._checked
        if held.result.source is not _UNREAD:
            return held
        from reportlint.run.analysis import analyse

        source = read_source(held.target, held.target.path, self._max_size)
        if source.digest != self._digest:
            path = visible(self.path)
            raise UnreadableFile(
                f"{path} 在检查过程中被改动，请重新检查", f"{path} changed while it was checked; check it again"
            )
        source = replace(source, path=self.path)
        again = partial(analyse, source, self._forms)
        return held._replace(result=replace(held.result, source=source, analyse=again))


def _not_kept() -> Analysis:
    raise AssertionError("a text that is not kept is read again first")


class Run:
    """A run over files: each is checked and mended, then what only several of them show, then all is written.

    A single file is written at once. Of several only the findings are kept; the text is read
    again to show them, so that memory does not grow with the files. `failing` is set once a
    finding was written that makes the run fail.
    """

    def __init__(
        self,
        plan: Plan,
        withheld: Withheld,
        fixing: Fixing | None,
        annotating: Annotating | None,
        summary: Summary,
        options: Options,
        stdin: str,
        max_size: int,
    ) -> None:
        self.plan = plan
        self.withheld = withheld
        self.fixing = fixing
        self.annotating = annotating
        self.summary = summary
        self.options = options
        self.stdin_filename = stdin
        self.max_size = max_size
        self.failing = False
        self._crashes: set[tuple[str, str]] = set()

    def check(self, targets: Sequence[Target], output: Output, show_progress: bool) -> None:
        """Check every target and write its findings, in order; then what was ignored in vain."""
        from reportlint.run.job import SEVERAL, over_several, own
        from reportlint.run.together import Gathering, merged

        used = self.plan.rules
        rules = over_several(self.plan.under(config) for config in self.plan.configs)
        if rules and len(targets) == 1 and len(rules) == len(used):
            complain(ALONE(self.options.lang).format(rule=rules[0].name))
        if len(targets) < 2 or not rules:
            for number, target in enumerate(by_file(targets, show_progress)):
                checked = self.one(number, target, None)
                if checked is not None:
                    self.write(checked, output)
        else:
            gathering = Gathering(rules, self.plan.forms, self.plan.families)
            # A mended copy is not what the file is.
            in_place = self.fixing is None or self.fixing.copies is None
            held = [
                _Held(number, checked, self.max_size, self.plan.of(target.path).forms, in_place)
                for number, target in enumerate(by_file(targets, show_progress))
                if (checked := self.one(number, target, gathering)) is not None
            ]
            more = gathering.findings(
                lambda number: self.plan.of(targets[number].path).config.rules,
                self.options.lang,
                lambda rule, error: self._crashed(SEVERAL(self.options.lang), rule, error),
            )
            for one in held:
                again = attempt(one.checked, one.path, self.options.lang, partial(self._problem, one.path))
                if again is None:
                    self.summary.failed += 1
                    continue
                together = own(more, one.number, self.plan.of(again.target.path))
                found = merged(again.result.diagnostics, together)
                self.write(again._replace(result=replace(again.result, diagnostics=found)), output)
            for gap in gathering.gaps() if not self.options.quiet else ():
                complain(GAP(self.options.lang).format(**_gap_fields(gap)))
        for result, settings in self.withheld.leftovers(self.options.lang):
            self._write(result, output, settings.fail_on)

    def write(self, checked: _Checked, output: Output) -> None:
        """Count and write those of a file's findings that are reported."""
        from reportlint.run.job import SEVERAL
        from reportlint.run.together import TOGETHER

        target, result, marks = checked
        settings = self.plan.of(target.path)
        whole = self.withheld.covers(settings.config)
        # A rule that failed, or that lacks the other reports, tells nothing of what is gone.
        failed = {rule for path, rule in self._crashes if path in (result.path, SEVERAL(self.options.lang))}
        judged = frozenset(
            rule.name for rule in settings.rules if rule.name not in failed and (whole or not TOGETHER & set(rule.on))
        )
        kept = self.withheld.reported(result.path, settings.config, result.diagnostics, result.source, marks, judged)
        self.summary.files += 1
        result = replace(result, diagnostics=tuple(kept))
        self._write(result, output, settings.fail_on)
        if self.annotating is not None:
            annotate = partial(self.annotating.write, target, result)
            self.summary.failed += not attempt(annotate, result.path, self.options.lang)

    def _write(self, result: FileResult, output: Output, fail_on: str) -> None:
        from reportlint.run.linter import limited

        result = replace(result, diagnostics=limited(result.diagnostics, self.options.lang))
        self.summary.add(result.diagnostics)
        self.failing |= fails(result.diagnostics, fail_on)
        output.file(result)

    def one(self, number: int, target: Target, gathering: Gathering | None) -> _Checked | None:
        """Check and mend one file; whatever is wrong with it, the next one gets its turn."""
        path, lang = shown(target, self.stdin_filename), self.options.lang

        def work() -> _Checked | _LeftOut:
            read = self._read(target, path)
            if isinstance(read, _LeftOut):
                return read
            _, analysis, found = read
            report = analysis.report
            if gathering is not None:
                gathering.add(number, path, report)
            if report.budget.unchecked:
                sentence = not_checked(path, report.budget, lang)
                complain(sentence)
                self._problem(path, sentence)
                self.summary.failed += 1
            if not report.recognised and not target.named and not self.options.quiet:
                complain(NOT_RECOGNISED(lang).format(path=path))
            if report.partial and not self.options.quiet:
                complain((PARTIAL if report.source.recognitions is None else PAGE)(lang).format(path=path))
            marks = _marks(report) if self.withheld.has_baseline else None
            result = FileResult(path, report.source, tuple(found), lambda: analysis)
            if report.recognised:
                result = replace(result, form=report.form.name, year=report.year, organ=report.organ)
            return _Checked(target, result, marks)

        done = attempt(work, path, lang, partial(self._problem, path))
        self.summary.failed += done is None
        return done if isinstance(done, _Checked) else None

    def _problem(self, path: str, sentence: str) -> None:
        self.summary.problems.append(Problem(path, sentence))

    def _read(self, target: Target, path: str) -> _Read | _LeftOut:
        """Read a file, and mend it where it is to be fixed; a copy with comments is left out of folders."""
        if self.fixing is not None:
            self.fixing.prepare(target)
        source = read_source(target, path, self.max_size)
        if source.document is not None and source.document.is_copy and not target.named:
            if not self.options.quiet:
                complain(COPY(self.options.lang).format(path=path))
            return _LeftOut()
        if self.fixing is None:
            return _Read(source, *self._lint(target, path, source))
        last: list[Linted] = []

        def check(text: Source) -> list[Diagnostic]:
            linted = self._lint(target, path, text)
            last[:] = [linted]
            marks = _marks(linted.analysis.report) if self.withheld.has_baseline else None
            return self.withheld.unheld(path, self.plan.of(target.path).config, linted.found, text, marks)

        mended = self.fixing.apply(target, path, source, check)
        if mended is None:
            self.summary.failed += 1
            check(source)
            return _Read(source, *last[0])
        self.summary.fixed += mended.applied
        return _Read(source, last[0].analysis, mended.judged(last[0].found))

    def _lint(self, target: Target, path: str, source: Source) -> Linted:
        from reportlint.run.job import check_text
        from reportlint.run.linter import MOST_FINDINGS

        # A fix is applied, and a baseline knows a finding, however many there are.
        most = None if self.fixing or self.withheld.has_baseline else MOST_FINDINGS
        crashed = partial(self._crashed, path)
        settings = self.plan.of(target.path)
        return check_text(source, settings, self.options.lang, crashed, asked_for=target.named, most=most)

    def _crashed(self, path: str, rule: Rule, error: BaseException) -> None:
        """Name a rule that failed, once for each file."""
        if "REPORTLINT_DEBUG" in os.environ:
            raise error
        if (path, rule.name) not in self._crashes:
            self._crashes.add((path, rule.name))
            self.summary.failed += 1
            from reportlint.run.job import crash

            text = crash(rule, path, error, self.options.lang)
            complain(text)
            self._problem(path, text)

    def diff(self, targets: Sequence[Target]) -> Iterator[str]:
        """The lines of a diff of what fixing the targets would change; `failing` says whether it would."""
        for target in targets:
            path = shown(target, self.stdin_filename)
            read = attempt(partial(self._read, target, path), path, self.options.lang)
            self.summary.failed += read is None
            if not isinstance(read, _Read):
                continue
            before, after = read.before, read.analysis.report.source
            self.failing |= before is not after
            yield from diff_lines(before, after, path)
            if before is not after and before.document is not None:
                complain(UNPATCHED(self.options.lang).format(path=path))
            if (after.encoding, after.has_mark) != (before.encoding, before.has_mark):
                complain(RECODED(self.options.lang).format(path=path))


def _marks(report: Report) -> Landmarks:
    from reportlint.config.baseline import landmarks

    return landmarks(report)


def _gap_fields(gap: AbsentYear) -> dict[str, object]:
    """What the sentence on an absent year names."""
    earlier, later = gap.earlier, gap.later
    assert earlier.year is not None
    return {"organ": later.organ, "year": later.year, "last": earlier.year, "path": later.path, "before": earlier.path}
