"""A run of the checks over files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from reportlint.cli.asked import Asked
from reportlint.cli.checks import Checks
from reportlint.cli.copies import Annotating
from reportlint.cli.fixing import RECODED, UNPATCHED, Fixing, Mending, told
from reportlint.cli.held import ROOM, Held
from reportlint.cli.inputs import shown
from reportlint.cli.say import attempt, complain, tell_aside, unrecognised
from reportlint.cli.uncompared import tell_uncompared
from reportlint.diagnostics import Diagnostic, Words
from reportlint.results import FileResult, Options, Output, Problem, Summary, fails, not_checked, reaches
from reportlint.run.outcome import PAGE, TABLES, Outcome
from reportlint.run.targets import Target
from reportlint.run.withheld import Withheld
from reportlint.text.organs import organ_key

if TYPE_CHECKING:
    from reportlint.rules import Rule
    from reportlint.run.settings import Plan
    from reportlint.run.together import Gathering

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


class Run:
    """A run over files: each is checked and mended, then what only several of them show, then all is written.

    A single file is written at once. Of several only the findings are kept; the text is read
    again to show them, so that memory does not grow with the files. `failing` is set once a
    finding was written that makes the run fail.
    """

    def __init__(
        self,
        asked: Asked,
        plan: Plan,
        withheld: Withheld,
        fixing: Fixing | None,
        annotating: Annotating | None,
        summary: Summary,
        options: Options,
    ) -> None:
        self.asked = asked
        self.plan = plan
        self.withheld = withheld
        self.fixing = fixing
        self.annotating = annotating
        self.summary = summary
        self.options = options
        self.failing = False
        self._crashes: set[tuple[str, str]] = set()
        self._organs: dict[str, str | None] = {}
        mending = Mending(fixing, withheld) if fixing is not None else None
        self._checks = Checks(asked, plan, options, withheld.has_baseline, mending, annotating is not None)

    def check(
        self, targets: Sequence[Target], output: Output, is_read: bool, beside: Sequence[Target] | None = None
    ) -> None:
        """Check every target and write its findings, in order; then what was ignored in vain.

        `is_read` says that what is written shows at once at a terminal, where no bar may stand then. Those `beside`
        that are reports of the same organs are compared with them.
        """
        from reportlint.run.job import over_several, own
        from reportlint.run.together import Gathering

        of_places_only = self._is_of(output, "of_places_only") and not self.withheld.needs_texts
        used = self.plan.rules
        rules = over_several(self.plan.under(config) for config in self.plan.configs)
        if rules and len(targets) == 1 and not beside and len(rules) == len(used):
            complain(ALONE(self.options.lang).format(rule=rules[0].name))
        if len(targets) + len(beside or ()) < 2 or not rules:
            if beside is not None:
                from reportlint.cli.siblings import tell

                tell([], self.options.lang)
            for number, (target, outcome) in enumerate(self._checks.of(targets, None, not is_read, of_places_only)):
                one = self.take(number, target, outcome)
                if one is not None:
                    self.write(one, (), output)
        else:
            gathering = Gathering(rules, self.plan.forms, self.plan.families)
            held, room = [], ROOM
            made = self._checks.of(targets, gathering.digesting, True, of_places_only)
            for number, (target, outcome) in enumerate(made):
                digest, outcome.digest = outcome.digest, None
                one = self.take(number, target, outcome)
                if one is not None:
                    # A mended copy is not what the file is.
                    if self.fixing is None or self.fixing.copies is None:
                        room = one.let_go(room, of_places_only)
                    held.append(one)
                if digest is not None:
                    if self.fixing is None and (outcome.source is None or outcome.source.is_let_go):
                        digest.where.let_go()
                    gathering.digests.append(digest)
            siblings = [] if beside is None else self._siblings(beside, gathering, len(targets))
            read = [*targets, *(one.target for one in siblings)]
            with self._checks.cached(targets, gathering.digesting) as cache:
                more = gathering.findings(
                    lambda number: self.plan.of(read[number].path).config.rules,
                    self.options.lang,
                    self._crashed_over_several,
                    cache.text if cache is not None else None,
                )
            for one in held:
                self.write(one, own(more, one.number, self.plan.of(one.target.path)), output)
            self._write_beside(siblings, more, {one.path for one in held}, output)
            if not self.options.quiet:
                tell_uncompared(gathering, self.withheld, self.options.lang)
        for result, settings in self.withheld.leftovers(self.options.lang):
            self._write(result, output, settings.fail_on)

    def _siblings(self, beside: Sequence[Target], gathering: Gathering, first: int) -> list[Held]:
        """Read those files that are reports of the organs gathered; they are numbered from `first` on."""
        from reportlint.cli.siblings import all_differ, is_of, likely_siblings, tell

        organs = {digest.organ for digest in gathering.digests if digest.organ}
        are_alone = all_differ(gathering.digests)
        likely = list(likely_siblings(beside, gathering.digests, self.asked.max_size))
        found: list[Held] = []
        for target, outcome in self._checks.of(likely, gathering.digesting, False):
            if outcome.error is not None:
                complain(outcome.error(self.options.lang))
            digest, outcome.digest = outcome.digest, None
            if digest is None or not is_of(digest, organs):
                continue
            number = first + len(found)
            gathering.digests.append(digest._replace(number=number))
            # What is wrong with it alone is another commit's business.
            outcome.found = ()
            one = Held(number, target, target.path, outcome, self.plan.of(target.path).forms)
            one.let_go(0, of_places_only=False)
            found.append(one)
        if found or are_alone:
            tell([one.target for one in found], self.options.lang)
        return found

    def _write_beside(
        self, siblings: Sequence[Held], more: Mapping[int, list[Diagnostic]], named: set[str], output: Output
    ) -> None:
        """Write what is found in other reports and shows a place in one of those `named`."""
        from reportlint.run.job import own

        for one in siblings:
            settings = self.plan.of(one.target.path)
            found = [
                d
                for d in own(more, one.number, settings)
                if any(label.place and label.place.path in named for label in d.labels)
            ]
            result = one.result(found, self.asked.max_size, of_findings_only=False) if found else None
            if result is not None:
                kept = self.withheld.unheld(one.path, settings.config, found, result.source, one.outcome.marks)
                self._write(result._replace(diagnostics=tuple(kept)), output, settings.fail_on)

    def _is_of(self, output: Output, what: str) -> bool:
        """Whether an output format says that it can do with less than all texts, and nothing else needs them."""
        return getattr(output, what, False) and self.annotating is None

    def write(self, one: Held, more: Sequence[Diagnostic], output: Output) -> None:
        """Count and write those of a file's findings that are reported."""
        from reportlint.run.job import SEVERAL

        made = partial(one.result, more, self.asked.max_size, self._is_of(output, "of_findings_only"))
        result = attempt(made, one.path, self.options.lang, partial(self._problem, one.path))
        if result is None:
            self.summary.failed += 1
            return
        settings = self.plan.of(one.target.path)
        whole = self.withheld.covers(settings.config)
        # A rule that failed, or that lacks the other reports, tells nothing of what is gone.
        failed = {rule for path, rule in self._crashes if path in (one.path, SEVERAL(self.options.lang))}
        judged = settings.active if whole else settings.alone
        judged = judged - failed if failed else judged
        marks = one.outcome.marks
        kept = self.withheld.reported(one.path, settings.config, result.diagnostics, result.source, marks, judged)
        self.summary.files += 1
        self.summary.skipped += _is_skipped(one.target, one.outcome)
        result = result._replace(diagnostics=tuple(kept))
        self._write(result, output, settings.fail_on)
        if self.annotating is not None:
            annotate = partial(self.annotating.write, one.target, result)
            self.summary.failed += not attempt(annotate, one.path, self.options.lang)

    def _write(self, result: FileResult, output: Output, fail_on: str) -> None:
        from reportlint.run.telling import limited

        result = result._replace(diagnostics=limited(result.diagnostics, self.options.lang))
        self.summary.add(result.diagnostics)
        if self.options.by != "rule":
            organ = self._organs.setdefault(organ_key(result.organ), result.organ)
            group = {"organ": organ, "year": result.year, "file": result.path}[self.options.by]
            for found in result.diagnostics:
                self.summary.groups[str(group or "?")] += 1 + found.more
        self.failing |= fails(result.diagnostics, fail_on)
        output.file(result)

    def take(self, number: int, target: Target, outcome: Outcome) -> Held | None:
        """Say and count what came of a file; None where there is nothing to write of it."""
        path, lang = shown(target, self.asked.stdin_filename), self.options.lang
        said = []
        if self.asked.verbose and outcome.error is None:
            from reportlint.cli.verbose import tell_file

            tell_file(path, outcome, self.plan.of(target.path).config, lang)
        if outcome.error is not None:
            self._fail(path, outcome.error(lang))
            return None
        if outcome.is_copy:
            said.append(COPY)
        for rule, sentence in outcome.crashed:
            self._crashes.add((path, rule))
            self._fail(path, sentence)
        if outcome.unchecked:
            self._fail(path, not_checked(path, outcome.unchecked, lang))
        if _is_skipped(target, outcome) and not outcome.is_copy:
            said.append(unrecognised(target.path))
        if outcome.part:
            said.append(PARTS[outcome.part])
        for words in said if not self.options.quiet else ():
            complain(words(lang).format(path=path))
        self.summary.failed += outcome.failed
        self.summary.fixed += len(outcome.applied)
        if self.asked.show_fixes:
            for one in outcome.applied:
                tell_aside(told(one, path, lang))
        return None if outcome.is_copy else Held(number, target, path, outcome, self.plan.of(target.path).forms)

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
        """The lines of a diff of what fixing the targets would change; `failing` is set where that matters."""
        from reportlint.cli.diffs import diff_lines

        examiner = self._checks.examiner()
        for number, target in enumerate(targets):
            path = shown(target, self.asked.stdin_filename)
            outcome = examiner.examine(number, target)
            before, after = outcome.before, outcome.source
            if self.take(number, target, outcome) is None or before is None or after is None:
                continue
            threshold = self.plan.of(target.path).fail_on
            self.failing |= any(reaches(one.severity, threshold) for one in outcome.applied)
            yield from diff_lines(before, after, path)
            if before is not after and before.document is not None:
                complain(UNPATCHED(self.options.lang).format(path=path))
            if (after.encoding, after.has_mark) != (before.encoding, before.has_mark):
                complain(RECODED(self.options.lang).format(path=path))


def _is_skipped(target: Target, outcome: Outcome) -> bool:
    """Whether a file that was found in a folder is no report, and not one that only its encoding hides."""
    return not outcome.recognised and not target.named and not outcome.found
