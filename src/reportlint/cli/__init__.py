"""The command line. Exit status: 0 nothing found, 1 findings, 2 usage or file error."""

from __future__ import annotations

import click

from reportlint import __version__
from reportlint.cli.catalogue import completion, explain, rules
from reportlint.cli.check import check
from reportlint.cli.common import unwritten
from reportlint.cli.config import config
from reportlint.cli.extract import extract
from reportlint.cli.server import server


class _DefaultToCheck(click.Group):
    """`reportlint FILE` is `reportlint check FILE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h", "--version"):
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; where what it says cannot be written, that is said in a sentence."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise unwritten("-", error) from None


@click.group(cls=_DefaultToCheck, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="reportlint")
def main() -> None:
    """Check annual reports on public information (政府信息公开工作年度报告).

    `reportlint FILE` checks files; it is short for `reportlint check FILE`.
    """


for _command in (check, extract, explain, rules, config, server, completion):
    main.add_command(_command)
