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
from reportlint.diagnostics import Words
from reportlint.reading import is_regular
from reportlint.results import FileResult, Options, Output, Problem, Summary, fails, not_checked
from reportlint.run.outcome import PAGE, TABLES, Outcome
from reportlint.run.targets import STDIN, Target
from reportlint.run.withheld import Withheld
from reportlint.source import Source, UnreadableFile

if TYPE_CHECKING:
    from reportlint.cli.examining import Examiner
    from reportlint.config.baseline import Landmarks
    from reportlint.rules import Rule
    from reportlint.run.analysis import Analysis
    from reportlint.run.settings import Plan, Settings
    from reportlint.run.together import Gathering
    from reportlint.series.digests import AbsentYear

_UNREAD = Source("", "")
GAP = Words(
    "{organ}：{last} 年（{before}）与 {year} 年（{path}）之间缺少报告，结转和存量没有核对",
    "{organ}: no report between {last} ({before}) and {year} ({path}), so nothing carried over was compared",
)
COPY = Words("{path} 是 reportlint 写的批注稿，已跳过", "{path} is a copy with comments by reportlint, skipped")
ALONE = Words("{rule} 要同时给出几份报告才能核对", "{rule} compares several reports: name them, or their folder")


PARTS = {
    TABLES: Words(
        "{path}：只有表格，检查了表中的数字、行名和列名",
        "{path}: only tables; their figures, rows and columns were checked",
    ),
    PAGE: Words(
        "{path}：只是报告的一页，检查了其中的表格；要检查整份报告，请把各页合成一个 PDF 或 TIFF",
        "{path}: only a page of a report, whose tables were checked; "
        "put the pages into one PDF or TIFF to have the whole report checked",
    ),
}
"""What is said of a file that holds a part of a report only."""


class _Checked(NamedTuple):
    """A file's findings, and where the parts of its report stand if a baseline asks for that."""

    target: Target
    result: FileResult
    marks: Landmarks | None


class _Held:
    """A file's findings until all are read; its text is read again where that is possible."""

    def __init__(self, number: int, checked: _Checked, content: str, settings: Settings, max_size: int) -> None:
        self.number = number
        self.path = checked.result.path
        self._checked = checked
        self._content = content
        self._forms = settings.forms
        self._max_size = max_size

    def let_go(self) -> None:
        """Keep no text that can be read again, and quickly."""
        target = self._checked.target
        if target.path != STDIN and is_regular(target.path) and not self._checked.result.source.is_dear:
            self._checked = _without_text(self._checked)

    def checked(self) -> _Checked:
        """The findings with the text; raises UnreadableFile where that has changed."""
        held = self._checked
        if held.result.source is not _UNREAD:
            return held
        from reportlint.run.analysis import analyse

        source = read_source(held.target, held.target.path, self._max_size)
        if source.digest != self._content:
            path = visible(self.path)
            raise UnreadableFile(
                f"{path} 在检查过程中被改动，请重新检查", f"{path} changed while it was checked; check it again"
            )
        source = replace(source, path=self.path)
        again = partial(analyse, source, self._forms)
        return held._replace(result=replace(held.result, source=source, analyse=again))


def _without_text(checked: _Checked) -> _Checked:
    return checked._replace(result=replace(checked.result, source=_UNREAD, analyse=_not_kept))


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
        from reportlint.run.job import over_several, own
        from reportlint.run.together import Gathering, merged

        used = self.plan.rules
        rules = over_several(self.plan.under(config) for config in self.plan.configs)
        if rules and len(targets) == 1 and len(rules) == len(used):
            complain(ALONE(self.options.lang).format(rule=rules[0].name))
        if len(targets) < 2 or not rules:
            for target, outcome in self._outcomes(targets, None, show_progress):
                checked = self.take(target, outcome)
                if checked is not None:
                    self.write(checked, output)
        else:
            gathering = Gathering(rules, self.plan.forms, self.plan.families)
            held = []
            for number, (target, outcome) in enumerate(self._outcomes(targets, gathering, show_progress)):
                checked = self.take(target, outcome)
                if outcome.digest is not None:
                    gathering.digests.append(outcome.digest)
                if checked is not None:
                    one = _Held(number, checked, outcome.content, self.plan.of(target.path), self.max_size)
                    # A mended copy is not what the file is.
                    if self.fixing is None or self.fixing.copies is None:
                        one.let_go()
                    held.append(one)
            more = gathering.findings(
                lambda number: self.plan.of(targets[number].path).config.rules,
                self.options.lang,
                self._crashed_over_several,
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

    def _outcomes(
        self, targets: Sequence[Target], gathering: Gathering | None, show_progress: bool
    ) -> Iterator[tuple[Target, Outcome]]:
        examiner = self.examiner(gathering)
        for number, target in enumerate(by_file(targets, show_progress)):
            yield target, examiner.examine(number, target)

    def examiner(self, gathering: Gathering | None = None) -> Examiner:
        """What checks single files for this run."""
        from reportlint.cli.examining import Examiner

        lang, stdin = self.options.lang, self.stdin_filename
        return Examiner(self.plan, self.withheld, self.fixing, gathering, lang, stdin, self.max_size)

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

    def take(self, target: Target, outcome: Outcome) -> _Checked | None:
        """Say and count what came of a file; None where there is nothing to write of it."""
        path, lang = shown(target, self.stdin_filename), self.options.lang
        told = complain if not self.options.quiet else lambda _: None
        if outcome.error is not None:
            self._fail(path, outcome.error(lang))
            return None
        if outcome.is_copy:
            told(COPY(lang).format(path=path))
            return None
        for rule, sentence in outcome.crashed:
            self._crashes.add((path, rule))
            self._fail(path, sentence)
        if outcome.unchecked:
            self._fail(path, not_checked(path, outcome.unchecked, lang))
        if not outcome.recognised and not target.named:
            told(NOT_RECOGNISED(lang).format(path=path))
        if outcome.part:
            told(PARTS[outcome.part](lang).format(path=path))
        self.summary.failed += outcome.failed
        self.summary.fixed += outcome.fixed
        analysis = outcome.analysis
        result = FileResult(
            path,
            outcome.source or _UNREAD,
            outcome.found,
            _not_kept if analysis is None else lambda: analysis,
            outcome.form,
            outcome.year,
            outcome.organ,
        )
        return _Checked(target, result, outcome.marks)

    def _fail(self, path: str, sentence: str) -> None:
        complain(sentence)
        self._problem(path, sentence)
        self.summary.failed += 1

    def _problem(self, path: str, sentence: str) -> None:
        self.summary.problems.append(Problem(path, sentence))

    def _crashed_over_several(self, rule: Rule, error: BaseException) -> None:
        """Name a rule over several files that failed, once."""
        from reportlint.run.job import SEVERAL, crash

        if "REPORTLINT_DEBUG" in os.environ:
            raise error
        path = SEVERAL(self.options.lang)
        if (path, rule.name) not in self._crashes:
            self._crashes.add((path, rule.name))
            self._fail(path, crash(rule, path, error, self.options.lang))

    def diff(self, targets: Sequence[Target]) -> Iterator[str]:
        """The lines of a diff of what fixing the targets would change; `failing` says whether it would."""
        examiner = self.examiner()
        for number, target in enumerate(targets):
            path = shown(target, self.stdin_filename)
            outcome = examiner.examine(number, target)
            before, after = outcome.before, outcome.source
            if self.take(target, outcome) is None or before is None or after is None:
                continue
            self.failing |= before is not after
            yield from diff_lines(before, after, path)
            if before is not after and before.document is not None:
                complain(UNPATCHED(self.options.lang).format(path=path))
            if (after.encoding, after.has_mark) != (before.encoding, before.has_mark):
                complain(RECODED(self.options.lang).format(path=path))


def _gap_fields(gap: AbsentYear) -> dict[str, object]:
    """What the sentence on an absent year names."""
    earlier, later = gap.earlier, gap.later
    assert earlier.year is not None
    return {"organ": later.organ, "year": later.year, "last": earlier.year, "path": later.path, "before": earlier.path}
