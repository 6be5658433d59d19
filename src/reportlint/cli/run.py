"""A run of the checks over files."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reportlint.cli.common import NOT_RECOGNISED, attempt, complain, read_target, shown
from reportlint.diagnostics import Words
from reportlint.files import Target
from reportlint.results import FileResult, Options, Output, Summary
from reportlint.source import Source, UnreadableFile, read, visible

if TYPE_CHECKING:
    from reportlint.config import Configs
    from reportlint.forms import Form
    from reportlint.linter import Gathering
    from reportlint.rules import Rule
    from reportlint.series import Gap

_MANY_FILES = 50
_UNREAD = Source("", "")
GAP = Words(
    "{organ}：{last} 年（{before}）与 {year} 年（{path}）之间缺少报告，结转和存量没有核对",
    "{organ}: no report between {last} ({before}) and {year} ({path}), so nothing carried over was compared",
)
SEVERAL = Words("{rule} 要同时给出几份报告才能核对", "{rule} compares several reports: name them, or their folder")


class _Held:
    """A file's findings until all are read; its text is read again where that is possible."""

    def __init__(self, number: int, target: Target, result: FileResult) -> None:
        self.number = number
        self.path = result.path
        self._target = target
        self._digest = hash(result.source.text)
        self._result = replace(result, source=_UNREAD) if _is_regular(target.path) else result

    def result(self) -> FileResult:
        """The result with its text; raises UnreadableFile where that has changed."""
        if self._result.source is not _UNREAD:
            return self._result
        source = read(self._target.path)
        if hash(source.text) != self._digest:
            path = visible(self.path)
            raise UnreadableFile(
                f"{path} 在检查过程中被改动，请重新检查", f"{path} changed while it was checked; check it again"
            )
        return replace(self._result, source=replace(source, path=self.path))


def _is_regular(path: str) -> bool:
    """Whether a file can be read twice: a pipe cannot."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


class Run:
    """A run over files: each is checked, then what only several of them show, then all is written.

    A single file is written at once. Of several only the findings are kept; the text is read
    again to show them, so that memory does not grow with the files.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        forms: tuple[Form, ...] | None,
        configs: Configs,
        output: Output,
        summary: Summary,
        options: Options,
        stdin_filename: str,
    ) -> None:
        self.rules = rules
        self.forms = forms
        self.configs = configs
        self.output = output
        self.summary = summary
        self.options = options
        self.stdin_filename = stdin_filename

    def check(self, targets: Sequence[Target], show_progress: bool) -> None:
        """Check every target and write its findings, in order."""
        from reportlint.forms import national
        from reportlint.linter import TOGETHER, Gathering, merged

        rules = [rule for rule in self.rules if TOGETHER & set(rule.on)]
        if rules and len(targets) == 1 and len(rules) == len(self.rules):
            complain(SEVERAL(self.options.lang).format(rule=rules[0].name))
        if len(targets) < 2 or not rules:
            for number, target in enumerate(_progress(targets, show_progress)):
                result = self.one(number, target, None)
                if result is not None:
                    self.write(result)
            return
        gathering = Gathering(rules, self.forms or national(), self.configs.families)
        held = [
            _Held(number, target, result)
            for number, target in enumerate(_progress(targets, show_progress))
            if (result := self.one(number, target, gathering)) is not None
        ]
        more = gathering.findings(lambda digest: self.configs.threshold(targets[digest.number].path), self.options.lang)
        for one in held:
            result = attempt(one.result, one.path, self.options.lang)
            if result is None:
                self.summary.failed += 1
            else:
                found = merged(result.diagnostics, more.get(one.number, ()))
                self.write(replace(result, diagnostics=found))
        for gap in gathering.gaps() if not self.options.quiet else ():
            complain(GAP(self.options.lang).format(**_gap_fields(gap)))

    def write(self, result: FileResult) -> None:
        """Count and write a file's findings."""
        self.summary.add(result.diagnostics)
        self.output.file(result)

    def one(self, number: int, target: Target, gathering: Gathering | None) -> FileResult | None:
        """Check one file; whatever is wrong with it, the next one gets its turn."""
        from reportlint.linter import lint

        path, lang = shown(target, self.stdin_filename), self.options.lang

        def work() -> FileResult:
            report = read_target(target, path, self.forms)
            found = lint(report, self.rules, lang) if report.recognised or target.named else []
            if gathering is not None:
                gathering.add(number, path, report)
            if not report.recognised and not target.named:
                complain(NOT_RECOGNISED(lang).format(path=path))
            if not report.recognised:
                return FileResult(path, report.source, tuple(found))
            return FileResult(path, report.source, tuple(found), report.form.name, report.year, report.organ)

        done = attempt(work, path, lang)
        self.summary.failed += done is None
        return done


def _gap_fields(gap: Gap) -> dict[str, object]:
    """What the sentence on an absent year names."""
    earlier, later = gap.earlier, gap.later
    assert earlier.year is not None
    return {"organ": later.organ, "year": later.year, "last": earlier.year, "path": later.path, "before": earlier.path}


def _progress(targets: Sequence[Target], wanted: bool) -> Iterator[Target]:
    """The targets, with a bar on standard error while many of them take long."""
    if not wanted or len(targets) < _MANY_FILES or not sys.stderr.isatty():
        yield from targets
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(targets, "", console=Console(stderr=True), transient=True)
