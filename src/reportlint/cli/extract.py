"""reportlint extract."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

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
    find_targets,
    read_target,
    shown,
    writing_to,
)
from reportlint.files import Target

if TYPE_CHECKING:
    from reportlint.forms import Form


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path())
@click.option("--to", "target_format", type=click.Choice(["json"]), default="json", help="The format of the data.")
@OUTPUT_FILE
@FORM
@LANG
@STDIN_FILENAME
@EXCLUDE
@click.pass_context
def extract(
    ctx: click.Context,
    paths: tuple[str, ...],
    target_format: str,
    output_file: str | None,
    form: str,
    lang: str | None,
    stdin_filename: str,
    exclude: tuple[str, ...],
) -> None:
    """Write the tables of reports as data: each figure, how it is known, where it stands."""
    if not paths:
        raise click.UsageError("name a file or a folder to extract, or - for standard input")
    from reportlint.output.json import VERSION, dump
    from reportlint.selection import choose_forms

    language = choose_language(lang)
    with choices():
        forms = choose_forms(form)
    targets = find_targets(paths, exclude, language)
    failed = False
    between = "\n"
    with writing_to(output_file) as stream:
        stream.write(f'{{"version": {VERSION}, "files": [')
        for target in targets:
            path = shown(target, stdin_filename)
            made = attempt(partial(_extracted, target, path, forms), path, language)
            if made:
                stream.write(between + dump(made))
                between = ",\n"
                continue
            if made is not None:
                complain(NOT_RECOGNISED(language).format(path=path))
            failed |= made is None or target.named
        stream.write("\n]}\n")
    ctx.exit(2 if failed else 0)


def _extracted(target: Target, path: str, forms: tuple[Form, ...] | None) -> dict[str, Any]:
    """A report's object; empty for a text that is none."""
    from reportlint.extract import report_object

    report = read_target(target, path, forms)
    return report_object(path, report) if report.recognised else {}
