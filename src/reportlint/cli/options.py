"""Options that several commands take."""

from __future__ import annotations

from gettext import gettext as _

import click

from reportlint.cli.asked import MOST_JOBS, NAMELESS
from reportlint.source import MAX_SIZE


def complete_rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The rules and groups that begin with what is typed, for a shell's completion."""
    from reportlint.rules import GROUPS, all_rules

    return [name for name in (*GROUPS, *(r.name for r in all_rules())) if name.startswith(incomplete)]


def complete_formats(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The output formats that begin with what is typed."""
    from reportlint.output import formats

    return [name for name in formats() if name.startswith(incomplete)]


class FormatOption(click.Option):
    """An option whose help names the output formats that there are."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option and its help, as click has them."""
        from reportlint.output import formats

        record = super().get_help_record(ctx)
        return record and (record[0], record[1].replace("{formats}", ", ".join(formats())))


def _jobs(ctx: click.Context, param: click.Parameter, value: str) -> int | None:
    """A number of processes; None for auto."""
    if value == "auto":
        return None
    if not (value.isascii() and value.isdecimal() and 0 < int(value[:9]) <= MOST_JOBS):
        said = _("{value!r} is neither auto nor a number from 1 to {most}").format(value=value, most=MOST_JOBS)
        raise click.BadParameter(said)
    return int(value)


def _folder(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A folder, which has a name."""
    if value is not None and not value.strip():
        raise click.BadParameter(_("name a folder"), param_hint="--cache-dir")
    return value


def _size(ctx: click.Context, param: click.Parameter, value: str) -> int:
    """A number of characters, from one on."""
    if not (value.isascii() and value.isdecimal() and int(value[:12])):
        raise click.BadParameter(_("{value!r} is no number from 1 on").format(value=value))
    return int(value[:12])


JOBS = click.option(
    "--jobs",
    callback=_jobs,
    default="auto",
    metavar="N|auto",
    help="So many processes (default: auto, more than one for many files).",
)
NO_CACHE = click.option(
    "--no-cache",
    is_flag=True,
    envvar="REPORTLINT_NO_CACHE",
    help="Check everything anew, whatever earlier runs found in the same bytes; so it is in CI.",
)
CACHE_DIR = click.option(
    "--cache-dir",
    type=click.Path(),
    callback=_folder,
    help="Where findings are kept from run to run (default: the user's cache); in CI too.",
)
IGNORE_VCS = click.option(
    "--ignore-vcs/--no-ignore-vcs",
    default=True,
    help="Leave out of folders what .gitignore names (the default), or check it too.",
)
SELECT = click.option(
    "--select", multiple=True, metavar="RULE|GROUP[,…]", shell_complete=complete_rules, help="Only these rules."
)
IGNORE = click.option(
    "--ignore", multiple=True, metavar="RULE|GROUP[,…]", shell_complete=complete_rules, help="Not these rules."
)
LANG = click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of the messages (default: the locale's).")
FORM = click.option(
    "--form",
    metavar="auto|2019|2021|PATH",
    help="Which form; a path names a grammar file of your own (default: auto, by the report).",
)
CONFIG = click.option(
    "--config", "config_file", type=click.Path(), help="Read this configuration, not the nearest one."
)
ISOLATED = click.option("--isolated", is_flag=True, help="Read no configuration.")
INPUT = click.Path(readable=False)
"""What is to be read. Where that fails the sentence on it is ours, and the rest is read."""
OUTPUT_FILE = click.option("--output-file", "-o", type=click.Path(), help="Write to a file instead of standard output.")
STDIN_FILENAME = click.option(
    "--stdin-filename", metavar="NAME", default=NAMELESS, help="Name to show for standard input (-)."
)
MAX_SIZE_OPTION = click.option(
    "--max-size",
    callback=_size,
    default=str(MAX_SIZE),
    metavar="N",
    help=f"Refuse texts of more characters (default: {MAX_SIZE:,}).",
)
EXCLUDE = click.option("--exclude", multiple=True, metavar="GLOB", help="Leave these out of folders; may be repeated.")
