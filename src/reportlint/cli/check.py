"""reportlint check."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import click

from reportlint.cli.common import (
    EXCLUDE,
    FORM,
    LANG,
    NOT_RECOGNISED,
    OUTPUT_FILE,
    STDIN_FILENAME,
    attempt,
    choices,
    choose_config,
    choose_language,
    complain,
    complete_rules,
    find_targets,
    read_target,
    shown,
    writing_to,
)
from reportlint.diagnostics import Words
from reportlint.files import STDIN, Target
from reportlint.output import FORMATS, make
from reportlint.results import FileResult, Options, Output, Summary
from reportlint.source import Source, read

if TYPE_CHECKING:
    from reportlint.config import Config
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


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path())
@click.option(
    "--output-format", type=click.Choice(FORMATS), default="text", show_default=True, help="How findings are written."
)
@OUTPUT_FILE
@click.option(
    "--select", multiple=True, metavar="RULE|GROUP[,…]", shell_complete=complete_rules, help="Only these rules."
)
@click.option(
    "--ignore", multiple=True, metavar="RULE|GROUP[,…]", shell_complete=complete_rules, help="Not these rules."
)
@FORM
@LANG
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    default="warning",
    show_default=True,
    help="Least severity that makes the exit status 1.",
)
@STDIN_FILENAME
@EXCLUDE
@click.option(
    "--config", "config_file", type=click.Path(dir_okay=False), help="Read this configuration, not the nearest one."
)
@click.option("--isolated", is_flag=True, help="Read no configuration.")
@click.option("--statistics", is_flag=True, help="Count findings by rule.")
@click.option("--all", "show_all", is_flag=True, help="Show every place of a rule that fires often (text).")
@click.option("--quiet", is_flag=True, help="Only findings: no summary, no progress.")
@click.pass_context
def check(
    ctx: click.Context,
    paths: tuple[str, ...],
    output_format: str,
    output_file: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    form: str,
    lang: str | None,
    fail_on: str,
    stdin_filename: str,
    exclude: tuple[str, ...],
    config_file: str | None,
    isolated: bool,
    statistics: bool,
    show_all: bool,
    quiet: bool,
) -> None:
    """Check files, folders (recursed), or - for standard input."""
    if not paths:
        raise click.UsageError("name a file or a folder to check, or - for standard input")
    language = choose_language(lang)
    from reportlint.selection import choose_forms, choose_rules, demand_extras

    with choices():
        rules, forms = choose_rules(select, ignore), choose_forms(form)
        demand_extras(select)
    targets = find_targets(paths, exclude, language)
    with choices():
        config = choose_config(config_file, isolated, [t.path for t in targets])
    started = time.perf_counter()
    summary = Summary()
    options = Options(language, show_all, quiet, statistics)
    with writing_to(output_file) as stream:
        run = _Run(rules, forms, config, make(output_format, stream, options), summary, options, stdin_filename)
        run.check(targets, not quiet and not (output_format == "text" and output_file is None))
        summary.seconds = time.perf_counter() - started
        run.output.end(summary)
    ctx.exit(2 if summary.failed else 1 if summary.fails(fail_on) else 0)


class _Run:
    """A run over files: each is checked, then what only several of them show, then all is written.

    A single file is written at once. Of several only the findings are kept; the text is read
    again to show them, so that memory does not grow with the files.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        forms: tuple[Form, ...] | None,
        config: Config,
        output: Output,
        summary: Summary,
        options: Options,
        stdin_filename: str,
    ) -> None:
        self.rules = rules
        self.forms = forms
        self.config = config
        self.output = output
        self.summary = summary
        self.options = options
        self.stdin_filename = stdin_filename

    def check(self, targets: Sequence[Target], show_progress: bool) -> None:
        """Check every target and write its findings, in order."""
        from reportlint.forms import national
        from reportlint.linter import TOGETHER, Gathering, merged

        together = len(targets) > 1 and any(TOGETHER & set(rule.on) for rule in self.rules)
        gathering = Gathering(self.rules, self.forms or national(), self.config.families) if together else None
        held: list[tuple[Target, FileResult]] = []
        for target in _progress(targets, show_progress):
            result = self.one(target, gathering)
            if result is not None and gathering is None:
                self.write(result)
            elif result is not None:
                held.append((target, result if target.path == STDIN else replace(result, source=_UNREAD)))
        if gathering is None:
            return
        more = gathering.findings(self.config.similar_threshold, self.options.lang)
        for target, result in held:
            found = merged(result.diagnostics, more.get(result.path, ()))
            source = result.source if target.path == STDIN else None
            if source is None:
                source = attempt(partial(read, target.path), result.path, self.options.lang)
            if source is None:
                self.summary.failed += 1
                continue
            self.write(replace(result, source=source, diagnostics=found))
        if not self.options.quiet:
            for gap in gathering.gaps():
                complain(GAP(self.options.lang).format(**gap_fields(gap)))

    def write(self, result: FileResult) -> None:
        """Count and write a file's findings."""
        self.summary.add(result.diagnostics)
        self.output.file(result)

    def one(self, target: Target, gathering: Gathering | None) -> FileResult | None:
        """Check one file; whatever is wrong with it, the next one gets its turn."""
        from reportlint.linter import lint

        path, lang = shown(target, self.stdin_filename), self.options.lang

        def work() -> FileResult:
            report = read_target(target, path, self.forms)
            found = lint(report, self.rules, lang) if report.recognised or target.named else []
            if gathering is not None:
                gathering.add(path, report)
            if not report.recognised and not target.named:
                complain(NOT_RECOGNISED(lang).format(path=path))
            if not report.recognised:
                return FileResult(path, report.source, tuple(found))
            return FileResult(path, report.source, tuple(found), report.form.name, report.year, report.organ)

        done = attempt(work, path, lang)
        self.summary.failed += done is None
        return done


def gap_fields(gap: Gap) -> dict[str, object]:
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
