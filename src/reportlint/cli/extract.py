"""reportlint extract."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

import click

from reportlint.cli.inputs import (
    choose_configuration,
    configuration_of_run,
    find_targets,
    read_source,
    refuse_overwriting,
    shown,
)
from reportlint.cli.options import CONFIG, EXCLUDE, FORM, ISOLATED, LANG, MAX_SIZE_OPTION, OUTPUT_FILE, STDIN_FILENAME
from reportlint.cli.say import NOT_RECOGNISED, attempt, choices, choose_language, complain, tell_broken, writing_to
from reportlint.run.targets import Target
from reportlint.source import Source

if TYPE_CHECKING:
    from reportlint.forms.form import Form


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path())
@click.option(
    "--to", "target_format", type=click.Choice(["json", "jsonl", "csv"]), default="json", help="The format of the data."
)
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
    target_format: str,
    output_file: str | None,
    form: str | None,
    lang: str | None,
    stdin_filename: str,
    exclude: tuple[str, ...],
    max_size: int,
    config_file: str | None,
    isolated: bool,
) -> None:
    """Write the tables of reports as data: each figure, how it is known, where it stands."""
    if not paths:
        raise click.UsageError("name a file or a folder to extract, or - for standard input")
    from reportlint.run.settings import Choices, Plan

    with choices(lang):
        configuration = choose_configuration(config_file, isolated, stdin_filename)
        language = choose_language(lang, configuration_of_run(configuration, paths).lang)
        targets, unlisted = find_targets(paths, exclude, configuration, language)
        plan = Plan({target.path: configuration(target.path) for target in targets}, Choices(form=form))
    refuse_overwriting(output_file, targets, language, (config_file, form))
    tell_broken(language)
    failed = bool(unlisted)
    with writing_to(output_file) as stream:
        write, end = _WRITERS[target_format](stream, language)
        for target in targets:
            path = shown(target, stdin_filename)
            made = attempt(partial(_extracted, target, path, plan.of(target.path).forms, max_size), path, language)
            if made and made[0]:
                write(*made)
                continue
            if made is not None:
                complain(NOT_RECOGNISED(language).format(path=path))
            failed |= made is None or target.named
        end()
    ctx.exit(2 if failed else 0)


def _extracted(target: Target, path: str, forms: tuple[Form, ...], limit: int) -> tuple[dict[str, Any], Source]:
    """A report's object, empty for a text that is none, and what it was read from."""
    from reportlint.output.extraction import report_object
    from reportlint.run.analysis import analyse

    source = read_source(target, path, limit)
    if source.document is not None and source.document.is_copy and not target.named:
        return {}, source  # what it holds stands in the document that it is a copy of
    analysis = analyse(source, forms)
    return report_object(path, analysis) if analysis.report.recognised else {}, analysis.report.source


Writer = tuple[Callable[[dict[str, Any], Source], None], Callable[[], None]]
"""What takes in a report, and what is called behind the last one."""


def _json(stream: TextIO, _: str) -> Writer:
    from reportlint.output.json import VERSION, dump

    between = "\n"
    stream.write(f'{{"version": {VERSION}, "files": [')

    def write(made: dict[str, Any], _: Source) -> None:
        nonlocal between
        stream.write(between + dump(made))
        between = ",\n"

    return write, lambda: void(stream.write("\n]}\n"))


def _jsonl(stream: TextIO, _: str) -> Writer:
    from reportlint.output.json import VERSION, dump

    return lambda made, _: void(stream.write(dump({"version": VERSION, **made}) + "\n")), lambda: None


def _csv(stream: TextIO, lang: str) -> Writer:
    import csv

    from reportlint.output.extraction import LONG, for_spreadsheet, long_rows

    # With the mark Excel reads it as UTF-8.
    stream.write("\ufeff")
    table = csv.DictWriter(stream, LONG, lineterminator="\n")
    table.writeheader()

    def write(made: dict[str, Any], source: Source) -> None:
        table.writerows(
            {name: for_spreadsheet(value) for name, value in row.items()} for row in long_rows(made, source, lang)
        )

    return write, lambda: None


def void(_: object) -> None:
    """What a call gave is not wanted."""


_WRITERS: dict[str, Callable[[TextIO, str], Writer]] = {"json": _json, "jsonl": _jsonl, "csv": _csv}
