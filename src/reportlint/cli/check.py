"""reportlint check."""

from __future__ import annotations

import time

import click

from reportlint.cli.common import (
    EXCLUDE,
    FORM,
    LANG,
    OUTPUT_FILE,
    STDIN_FILENAME,
    choices,
    choose_configs,
    choose_language,
    complete_rules,
    find_targets,
    writing_to,
)
from reportlint.cli.run import Run
from reportlint.output import FORMATS, make
from reportlint.results import Options, Summary


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
        configs = choose_configs(config_file, isolated, [t.path for t in targets])
    started = time.perf_counter()
    summary = Summary()
    options = Options(language, show_all, quiet, statistics)
    with writing_to(output_file) as stream:
        run = Run(rules, forms, configs, make(output_format, stream, options), summary, options, stdin_filename)
        run.check(targets, not quiet and not (output_format == "text" and output_file is None))
        summary.seconds = time.perf_counter() - started
        run.output.end(summary)
    ctx.exit(2 if summary.failed else 1 if summary.fails(fail_on) else 0)
