"""reportlint convert."""

from __future__ import annotations

import os
from gettext import gettext as _

import click

from reportlint.cli.bars import Line
from reportlint.cli.inputs import choose_configuration, read_source, refuse_overwriting
from reportlint.cli.options import CONFIG, FORM, INPUT, ISOLATED, LANG, MAX_SIZE_OPTION, OUTPUT_FILE, STDIN_FILENAME
from reportlint.cli.say import Refused, attempt, choices, choose_language, complain, tell_broken, writing_to
from reportlint.diagnostics import Words
from reportlint.run.targets import STDIN, named

_FORMATS = ("md", "html", "docx")
_NO_REPORT = Words(
    "{path}：没有认出是年度报告，没有转换",
    "{path}: not recognised as an annual report, so nothing was written",
)
_SEVERAL = Words(
    "{path}：一个文件里有几份报告，没有转换；请先分成几个文件",
    "{path}: one file holds several reports, so nothing was written; part it first",
)
_NO_FORM = Words(
    "{path}：{year} 年的报告没有统一格式，没有转换",
    "{path}: there is no form for reports of {year} like this one, so nothing was written",
)
_MARKED = Words("{path}：{what}", "{path}: {what}")


@click.command()
@click.argument("path", metavar="FILE", type=INPUT)
@click.option(
    "--to",
    "target_format",
    type=click.Choice(_FORMATS),
    help="The format to write (default: that of --output-file, else md).",
)
@OUTPUT_FILE
@FORM
@LANG
@STDIN_FILENAME
@MAX_SIZE_OPTION
@CONFIG
@ISOLATED
@click.pass_context
def convert(
    ctx: click.Context,
    path: str,
    target_format: str | None,
    output_file: str | None,
    form: str | None,
    lang: str | None,
    stdin_filename: str,
    max_size: int,
    config_file: str | None,
    isolated: bool,
) -> None:
    """Write a report anew in its form's own layout: sections in order, whole tables, figures and prose as they are."""
    target_format = target_format or os.path.splitext(output_file or "")[1][1:].lower() or "md"
    if target_format not in _FORMATS:
        raise click.UsageError(_("{path}: name the format with --to: md, html or docx").format(path=output_file))
    if target_format == "docx" and output_file is None:
        raise click.UsageError(_("--to {format} goes into a file: name it with --output-file").format(format="docx"))
    from reportlint.output.anew.as_docx import as_docx
    from reportlint.output.anew.as_html import as_html, as_markdown
    from reportlint.output.anew.rewritten import rewrite
    from reportlint.run.analysis import analyse
    from reportlint.run.settings import Choices, Plan

    shown = stdin_filename if path == STDIN else path
    with choices(lang):
        configuration = choose_configuration(config_file, isolated, stdin_filename)
        config = configuration(shown)
        language = choose_language(lang, config.lang)
        settings = Plan({shown: config}, Choices(form=form)).of(shown)
    target = named(path)
    refuse_overwriting(output_file, [target], language, (config_file, form))
    tell_broken(language)
    with Line(1).over(0, shown):
        analysis = attempt(lambda: analyse(read_source(target, shown, max_size), settings.forms), shown, language)
    if analysis is None:
        ctx.exit(2)
    if not analysis.report.recognised:
        raise Refused(_NO_REPORT(language).format(path=shown))
    report = analysis.report
    if report.following or report.side_by_side:
        raise Refused(_SEVERAL(language).format(path=shown))
    if report.free_form:
        raise Refused(_NO_FORM(language).format(path=shown, year=report.year))
    made = rewrite(report)
    with writing_to(output_file, language) as stream:
        if target_format == "docx":
            stream.flush()
            stream.buffer.write(as_docx(made.blocks))
        else:
            stream.write(as_html(made.blocks) if target_format == "html" else as_markdown(made.blocks))
    for remark in made.remarks:
        complain(_MARKED(language).format(path=shown, what=remark(language)))
