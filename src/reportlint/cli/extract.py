"""reportlint extract, and reportlint codebook."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, TextIO

import click

from reportlint.cli.asked import NAMELESS
from reportlint.cli.bars import Line
from reportlint.cli.inputs import (
    choose_configuration,
    configuration_of_run,
    find_targets,
    read_source,
    refuse_overwriting,
    shown,
)
from reportlint.cli.options import (
    CONFIG,
    EXCLUDE,
    FORM,
    INPUT,
    ISOLATED,
    LANG,
    MAX_SIZE_OPTION,
    OUTPUT_FILE,
    STDIN_FILENAME,
)
from reportlint.cli.say import (
    Refused,
    attempt,
    choices,
    choose_language,
    complain,
    tell_broken,
    unrecognised,
    writing_to,
)
from reportlint.diagnostics import Words
from reportlint.run.targets import Target
from reportlint.tuples import NamedTuple

if TYPE_CHECKING:
    from reportlint.output.tabular.columns import Column
    from reportlint.output.tabular.writers import Writer
    from reportlint.run.analysis import Analysis
    from reportlint.run.settings import Settings

_FORMATS = ("json", "jsonl", "csv", "xlsx", "parquet")
_EXTRA = Words(
    "写 {format} 要另外安装：pip install 'reportlint[{extra}]'",
    "writing {format} needs an extra: pip install 'reportlint[{extra}]'",
)
_FULL = Words(
    "一张表最多 1,048,576 行，写不下了；请分几次提取，或用 --to parquet、--to csv",
    "a sheet holds 1,048,576 rows and there are more; extract in parts, or --to parquet or csv",
)


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...", type=INPUT)
@click.option(
    "--to",
    "target_format",
    type=click.Choice(_FORMATS),
    help="The format of the data (default: that of --output-file, else json).",
)
@click.option("--wide", is_flag=True, help="A row a report, a column a cell, in place of a row a cell.")
@click.option("--figures-in-prose", "prose", is_flag=True, help="The figures that the text states.")
@click.option("--findings", is_flag=True, help="What check finds in each report (not what it compares between them).")
@OUTPUT_FILE
@FORM
@LANG
@STDIN_FILENAME
@EXCLUDE
@MAX_SIZE_OPTION
@CONFIG
@ISOLATED
@click.pass_context
def extract(
    ctx: click.Context,
    paths: tuple[str, ...],
    target_format: str | None,
    wide: bool,
    prose: bool,
    findings: bool,
    output_file: str | None,
    form: str | None,
    lang: str | None,
    stdin_filename: str,
    exclude: tuple[str, ...],
    max_size: int,
    config_file: str | None,
    isolated: bool,
) -> None:
    """Write the tables of reports as data: each figure, how it is known, where it stands.

    A workbook (xlsx) holds several tables, other formats one.
    """
    if not paths:
        raise click.UsageError(_("name a file or a folder to extract, or - for standard input"))
    suffix = os.path.splitext(output_file or "")[1][1:].lower()
    target_format = target_format or (suffix if suffix in _FORMATS else "json")
    names = _tables(target_format, wide, prose, findings)
    if target_format in ("xlsx", "parquet") and output_file is None:
        raise click.UsageError(
            _("--to {format} goes into a file: name it with --output-file").format(format=target_format)
        )
    from reportlint.run.settings import Choices, Plan

    with choices(lang):
        configuration = choose_configuration(config_file, isolated, stdin_filename)
        language = choose_language(lang, configuration_of_run(configuration, paths).lang)
        targets, unlisted = find_targets(paths, exclude, configuration, language)[:2]
        plan = Plan({target.path: configuration(target.path) for target in targets}, Choices(form=form))
    refuse_overwriting(output_file, targets, language, (config_file, form))
    tell_broken(language)
    failed = bool(unlisted)
    with writing_to(output_file, language) as stream:
        made = _Making(language, names)
        write, end = made.objects(stream, target_format) if not names else made.rows(stream, target_format, plan.forms)
        line = Line(len(targets))
        for number, target in enumerate(targets):
            path = shown(target, stdin_filename)
            settings = plan.of(target.path)
            with line.over(number, path):
                analysis = attempt(partial(_read, target, path, settings, max_size), path, language)
            if analysis is not None and analysis.report.recognised:
                write(path, analysis, settings)
                continue
            if analysis is not None:
                complain(unrecognised(target.path)(language).format(path=path))
            failed |= analysis is None or target.named
        end()
    ctx.exit(2 if failed else 0)


@click.command()
@click.option(
    "--to", "target_format", type=click.Choice(["md", "csv"]), default="md", help="The format of the codebook."
)
@OUTPUT_FILE
@FORM
@LANG
@CONFIG
@ISOLATED
def codebook(
    target_format: str,
    output_file: str | None,
    form: str | None,
    lang: str | None,
    config_file: str | None,
    isolated: bool,
) -> None:
    """Write what the tables of extract hold: their columns, and every cell of the forms in both languages."""
    from reportlint.output.tabular.codebook import write_codebook
    from reportlint.run.settings import Choices, Plan

    with choices(lang):
        configuration = choose_configuration(config_file, isolated, NAMELESS)
        language = choose_language(lang, configuration_of_run(configuration, ()).lang)
        forms = Plan({"": configuration("")}, Choices(form=form)).forms
    with writing_to(output_file, language) as stream:
        write_codebook(stream, forms, target_format)
    tell_broken(language)


def _tables(target_format: str, wide: bool, prose: bool, findings: bool) -> list[str]:
    """The tables that are asked for; none where each report is an object of its own."""
    asked = [name for name, wanted in (("wide", wide), ("prose", prose), ("findings", findings)) if wanted]
    if target_format == "json" and asked:
        raise click.UsageError(_("--to json writes each report whole: name another format for a table, as --to csv"))
    if target_format == "xlsx":
        return asked if "wide" in asked else ["cells", *asked]
    if len(asked) > 1:
        raise click.UsageError(
            _("--to {format} holds one table: ask for one, or for a workbook with --to xlsx").format(
                format=target_format
            )
        )
    return asked or ([] if target_format in ("json", "jsonl") else ["cells"])


def _read(target: Target, path: str, settings: Settings, limit: int) -> Analysis:
    """A text and what it comes to; of a copy that an earlier run made, nothing."""
    from reportlint.run.analysis import analyse
    from reportlint.source import Source

    source = read_source(target, path, limit)
    if source.document is not None and source.document.is_copy and not target.named:
        # What it holds stands in the document that it is a copy of.
        return analyse(Source(path, ""), settings.forms)
    return analyse(source, settings.forms)


Writing = tuple[Callable[[str, Any, Any], None], Callable[[], None]]
"""What takes in a report with its path and settings, and what is called behind the last one."""


class _Making(NamedTuple):
    """Makes data of reports."""

    lang: str
    names: list[str]

    def objects(self, stream: TextIO, target_format: str) -> Writing:
        """Each report as an object of JSON."""
        from reportlint.output.json import VERSION, dump
        from reportlint.output.tabular.reports import report_object

        lines = target_format == "jsonl"
        between = "\n"
        stream.write("" if lines else f'{{"version": {VERSION}, "files": [')

        def write(path: str, analysis: Analysis, _: Settings) -> None:
            nonlocal between
            made = report_object(path, analysis)
            stream.write(dump({"version": VERSION, **made}) + "\n" if lines else between + dump(made))
            between = ",\n"

        return write, lambda: void(stream.write("" if lines else "\n]}\n"))

    def rows(self, stream: TextIO, target_format: str, forms: Sequence[Any]) -> Writing:
        """Tables, row by row."""
        from reportlint.output.tabular.columns import CELLS, FINDINGS, PROSE, wide
        from reportlint.output.tabular.writers import WRITERS, Missing, TooMany

        known: dict[str, Sequence[Column]] = {
            "cells": CELLS,
            "wide": wide(forms),
            "prose": PROSE,
            "findings": FINDINGS,
        }
        stream.flush()
        try:
            tables = {name: known[name] for name in self.names}
            writer: Writer = WRITERS[target_format](stream.buffer, tables, self.lang)
        except Missing as error:
            raise Refused(_EXTRA(self.lang).format(format=target_format, extra=error)) from None

        def write(path: str, analysis: Analysis, settings: Settings) -> None:
            for name in self.names:
                try:
                    writer.write(name, self._rows(name, path, analysis, settings))
                except TooMany:
                    raise Refused(_FULL(self.lang)) from None

        return write, writer.end

    def _rows(self, name: str, path: str, analysis: Analysis, settings: Settings) -> Iterator[dict[str, Any]]:
        from reportlint.output.tabular import rows
        from reportlint.run.job import crash
        from reportlint.run.linter import lint

        if name == "cells":
            yield from rows.cell_rows(path, analysis, self.lang)
        elif name == "wide":
            yield rows.wide_row(path, analysis)
        elif name == "prose":
            yield from rows.prose_rows(path, analysis, self.lang)
        else:
            found = lint(
                analysis.report,
                settings.rules,
                self.lang,
                settings.config.rules,
                lambda rule, error: complain(crash(rule, path, error, self.lang)),
                analysis=analysis,
            )
            yield from rows.finding_rows(path, analysis, found, self.lang)


def void(_: object) -> None:
    """What a call gave is not wanted."""
