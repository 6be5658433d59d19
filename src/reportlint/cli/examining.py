"""One file of a run: read, mended where that is asked for, checked; the run says and writes the rest."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from reportlint.cli.fixing import Mending
from reportlint.cli.inputs import load_target, read_source, reading, shown
from reportlint.diagnostics import Diagnostic, Words
from reportlint.readers import read_data
from reportlint.results import INTERNAL
from reportlint.rules import Rule
from reportlint.run.analysis import Analysis
from reportlint.run.job import Linted, check_text, crash
from reportlint.run.outcome import PAGE, TABLES, Outcome
from reportlint.run.settings import Plan
from reportlint.run.targets import Target
from reportlint.run.telling import MOST_FINDINGS
from reportlint.run.together import Digesting
from reportlint.source import Source, UnreadableFile
from reportlint.tuples import NamedTuple

if TYPE_CHECKING:
    from reportlint.cli.remembering import Cached
    from reportlint.config.baseline import Landmarks


class Examiner(NamedTuple):
    """Checks files under a plan.

    With `digesting` an outcome has the digest of its report, with `marking` the marks for a baseline. A `cache`
    is asked first, unless files are to be mended.
    """

    plan: Plan
    lang: str
    stdin_filename: str
    max_size: int
    digesting: Digesting | None = None
    marking: bool = False
    mending: Mending | None = None
    cache: Cached | None = None

    def examine(self, number: int, target: Target) -> Outcome:
        """What the check of the target that is `number` in the run comes to; never raises for what is in a file."""
        path = shown(target, self.stdin_filename)
        try:
            if self.cache is None or self.mending is not None or target.more or target.waits:
                return self._examine(number, target, path)
            return self._remembered(self.cache, number, target, path)
        except UnreadableFile as error:
            return Outcome(error=error.words)
        except Exception as error:
            if "REPORTLINT_DEBUG" in os.environ:
                raise
            said = f"{type(error).__name__}: {error}"
            return Outcome(error=Words(*(words.format(path=path, error=said) for words in INTERNAL)))

    def _remembered(self, cache: Cached, number: int, target: Target, path: str) -> Outcome:
        """The outcome of an earlier check of the same bytes, else of this one."""
        settings = self.plan.of(target.path)
        data = load_target(target, self.max_size)
        key = cache.key(data, target, path, settings)
        known = cache.outcome(key, number, path, settings.forms, reading(target, path, self.max_size))
        if known is not None:
            return known
        outcome = self._examine(number, target, path, read_data(data, path, self.max_size))
        if outcome.is_whole:
            cache.keep(key, outcome, settings.forms)
        return outcome

    def _examine(self, number: int, target: Target, path: str, source: Source | None = None) -> Outcome:
        if self.mending is not None:
            self.mending.fixing.prepare(target)
        source = source or read_source(target, path, self.max_size)
        if source.document is not None and source.document.is_copy and not target.named:
            return Outcome(is_copy=True)
        outcome = Outcome(before=source)
        crashed: dict[str, str] = {}
        lint = partial(self._lint, target, path, crashed)
        analysis, found = lint(source) if self.mending is None else self._mended(target, path, source, lint, outcome)
        report = analysis.report
        outcome.encoding = report.source.encoding
        outcome.found = tuple(found)
        outcome.recognised = report.recognised
        if report.recognised:
            outcome.form, outcome.year, outcome.organ = report.form.name, report.year, report.organ
        if report.partial:
            outcome.part = TABLES if report.source.recognitions is None else PAGE
        outcome.unchecked = tuple(report.budget.unchecked)
        outcome.crashed = tuple(crashed.items())
        outcome.marks = self._marks(analysis)
        if self.digesting is not None:
            outcome.digest = self.digesting.digest(number, path, report, reading(target, path, self.max_size))
        outcome.source, outcome.analysis = report.source, analysis
        return outcome

    def _mended(
        self, target: Target, path: str, source: Source, lint: Callable[[Source], Linted], outcome: Outcome
    ) -> Linted:
        """A text's fixes applied and written, and what is found then."""
        assert self.mending is not None
        fixing, withheld = self.mending
        last: list[Linted] = []

        def check(text: Source) -> list[Diagnostic]:
            last[:] = [lint(text)]
            (analysis, found), config = last[0], self.plan.of(target.path).config
            return withheld.unheld(path, config, found, text, self._marks(analysis))

        mended = fixing.apply(target, path, source, check)
        if mended is None:
            outcome.failed = 1
            return lint(source)
        outcome.applied = mended.applied
        return Linted(last[0].analysis, mended.judged(last[0].found))

    def _marks(self, analysis: Analysis) -> Landmarks | None:
        if not self.marking:
            return None
        from reportlint.config.baseline import landmarks

        return landmarks(analysis.report)

    def _lint(self, target: Target, path: str, crashed: dict[str, str], source: Source) -> Linted:
        def failed(rule: Rule, error: BaseException) -> None:
            if "REPORTLINT_DEBUG" in os.environ:
                raise error
            crashed.setdefault(rule.name, crash(rule, path, error, self.lang))

        # A fix is applied, and a baseline knows a finding, however many there are.
        most = None if self.mending or self.marking else MOST_FINDINGS
        settings = self.plan.of(target.path)
        return check_text(source, settings, self.lang, failed, asked_for=target.named, most=most)
