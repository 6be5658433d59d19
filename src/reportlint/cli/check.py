"""reportlint check."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

import click

from reportlint.cli.asked import Asked
from reportlint.cli.checking import check_files
from reportlint.cli.options import (
    CACHE_DIR,
    CONFIG,
    EXCLUDE,
    FORM,
    IGNORE,
    IGNORE_VCS,
    INPUT,
    ISOLATED,
    JOBS,
    LANG,
    MAX_SIZE_OPTION,
    NO_CACHE,
    OUTPUT_FILE,
    SELECT,
    STDIN_FILENAME,
    FormatOption,
    complete_formats,
)


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...", type=INPUT)
@click.option(
    "--output-format",
    cls=FormatOption,
    metavar="FORMAT",
    shell_complete=complete_formats,
    help="How findings are written (default: text; github where GITHUB_ACTIONS is true): {formats}.",
)
@OUTPUT_FILE
@click.option(
    "--split",
    type=click.Choice(["organ"]),
    help="With --output-file: a file for each organ, list-青湖县.xlsx for list.xlsx.",
)
@click.option("--open", "open_page", is_flag=True, help="Show the findings as a page in the browser (html).")
@SELECT
@IGNORE
@click.option("--extend-select", multiple=True, metavar="RULE|GROUP[,…]", help="These rules beside those configured.")
@click.option("--fix", is_flag=True, help="Apply safe fixes to the files.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: unsafe ones too. They can change figures.")
@click.option("--show-fixes", is_flag=True, help="With --fix: say what was changed where.")
@click.option("--exit-non-zero-on-fix", is_flag=True, help="With --fix: status 1 where something was mended.")
@click.option("--output-dir", type=click.Path(), help="Write mended and annotated copies there, not the files.")
@click.option("--annotate", is_flag=True, help="Write findings as comments into copies of Word documents.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.option("--baseline", type=click.Path(), help="Report only what this file does not hold.")
@click.option("--update-baseline", is_flag=True, help="Write the findings of this run into the baseline.")
@FORM
@LANG
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    help="Least severity that makes the exit status 1 (default: warning).",
)
@STDIN_FILENAME
@EXCLUDE
@IGNORE_VCS
@click.option(
    "--ignore-comments/--no-ignore-comments",
    default=True,
    help="Ignore what comments in the files ask for (the default), or report it too.",
)
@MAX_SIZE_OPTION
@click.option(
    "--force-exclude",
    is_flag=True,
    help="Treat named files like those of folders: exclusions hold, and what is no report is skipped. For hooks.",
)
@click.option(
    "--with-siblings",
    is_flag=True,
    help="Compare named reports with the organ's other years in the repository; only what touches a named one is told.",
)
@CONFIG
@ISOLATED
@JOBS
@NO_CACHE
@CACHE_DIR
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl+C.")
@click.option("--statistics", is_flag=True, help="Only how many findings each rule has.")
@click.option(
    "--by", type=click.Choice(["rule", "organ", "year", "file"]), help="Only how many findings each of these has."
)
@click.option("--all", "show_all", is_flag=True, help="Show every place of a rule that fires often (text).")
@click.option("--quiet", "-q", is_flag=True, help="Only findings: no summary, no progress.")
@click.option("--verbose", "-v", is_flag=True, help="Say which configurations and forms files are checked with.")
@click.option("--show-files", is_flag=True, help="List the files that would be checked, and check none.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour in the output.")
@click.pass_context
def check(ctx: click.Context, /, watch: bool, **options: Any) -> None:
    """Check files, folders (recursed), or - for standard input."""
    asked = Asked(**options)
    if not asked.paths:
        raise click.UsageError(_("name a file or a folder to check, or - for standard input"))
    if watch:
        from reportlint.cli.watching import watch_files

        ctx.exit(watch_files(asked))
    ctx.exit(check_files(asked))
