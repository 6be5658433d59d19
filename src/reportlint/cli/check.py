"""reportlint check."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
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
    choose_language,
    complain,
    complete_rules,
    find_targets,
    read_target,
    shown,
    writing_to,
)
from reportlint.files import Target
from reportlint.output import FORMATS, make
from reportlint.results import FileResult, Options, Output, Summary

if TYPE_CHECKING:
    from reportlint.diagnostics import Diagnostic
    from reportlint.forms import Form
    from reportlint.model import Report
    from reportlint.rules import Rule

_MANY_FILES = 50


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
    statistics: bool,
    show_all: bool,
    quiet: bool,
) -> None:
    """Check files, folders (recursed), or - for standard input."""
    if not paths:
        raise click.UsageError("name a file or a folder to check, or - for standard input")
    language = choose_language(lang)
    from reportlint.selection import choose_forms, choose_rules

    with choices():
        rules, forms = choose_rules(select, ignore), choose_forms(form)
    targets = find_targets(paths, exclude, language)
    started = time.perf_counter()
    summary = Summary()
    options = Options(language, show_all, quiet, statistics)
    with writing_to(output_file) as stream:
        output = make(output_format, stream, options)
        for target in _progress(targets, not quiet and not (output_format == "text" and output_file is None)):
            _check_one(target, stdin_filename, rules, forms, output, summary, language)
        summary.seconds = time.perf_counter() - started
        output.end(summary)
    ctx.exit(2 if summary.failed else 1 if summary.fails(fail_on) else 0)


def _check_one(
    target: Target,
    stdin_filename: str,
    rules: Sequence[Rule],
    forms: tuple[Form, ...] | None,
    output: Output,
    summary: Summary,
    lang: str,
) -> None:
    """Check one file; whatever is wrong with it, the next one gets its turn."""
    from reportlint.linter import lint

    path = shown(target, stdin_filename)

    def work() -> tuple[Report, list[Diagnostic]]:
        report = read_target(target, path, forms)
        return report, lint(report, rules, lang) if report.recognised or target.named else []

    done = attempt(work, path, lang)
    if done is None:
        summary.failed += 1
        return
    report, found = done
    if not report.recognised and not target.named:
        complain(NOT_RECOGNISED(lang).format(path=path))
    summary.add(found)
    output.file(FileResult(path, report.source, report, tuple(found)))


def _progress(targets: list[Target], wanted: bool) -> Iterator[Target]:
    """The targets, with a bar on standard error while many of them take long."""
    if not wanted or len(targets) < _MANY_FILES or not sys.stderr.isatty():
        yield from targets
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(targets, "", console=Console(stderr=True), transient=True)
