"""The commands and their options, which click reads; see reportlint.cli for how a run begins and ends."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any

import click

from reportlint import __version__
from reportlint.cli.chinese import speak, tell, translate
from reportlint.cli.plain import COMMANDS
from reportlint.cli.say import Refused, cut_off, language_of
from reportlint.diagnostics import UserError, Words

_MEANT = {
    "fix": "reportlint check --fix FILE",
    "format": "reportlint check --fix FILE",
    "lint": "reportlint check FILE",
    "rule": "reportlint explain RULE",
    "lsp": "reportlint server",
}
"""What other linters have commands for, in our words."""


class _DefaultToCheck(click.Group):
    """`reportlint FILE` is `reportlint check FILE`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, in the language of the run."""
        if cmd_name != "check":
            gc.enable()
        if cmd_name not in self.commands and cmd_name in COMMANDS:
            module = importlib.import_module(f"reportlint.cli.{COMMANDS[cmd_name]}")
            self.add_command(getattr(module, cmd_name))
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            translate(command)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] in ("--help", "-h"):
            args = _without_language(args)
        if args and args[0] not in COMMANDS and not os.path.lexists(args[0]):
            args = _as_meant(args)
        _refuse_options_in_front(args)
        if args and args[0] not in COMMANDS and args[0] not in ("--help", "-h", "--version"):
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """As click's, which also writes help and version."""
        with cut_off():
            return super().make_context(*args, **more)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        with cut_off():
            return super().invoke(ctx)


def _as_meant(args: list[str]) -> list[str]:
    """Arguments whose first is no command and no file, where other programs have a command of that name.

    Raises Refused with a sentence where it is nearly one of ours.
    """
    word, *rest = args
    if word == "help" and rest[:1] and not rest[0].startswith("-") and rest[0] not in COMMANDS:
        _as_meant(rest)
        said = Words(f"没有 {rest[0]} 这个命令", f"there is no command {rest[0]}")
        raise Refused(said(_language(rest)))
    if word == "help":
        return [*_without_language(rest)[:1], "--help"]
    if word == "version":
        return ["--version"]
    meant = _MEANT.get(word)
    if meant is None and word.isalpha() and word.isascii():
        from reportlint.toml.kinds import closest

        command = closest(word, COMMANDS)
        meant = f"reportlint {command}" if command else None
    if meant is None:
        return args
    said = Words(
        f"没有 {word} 这个命令，也没有这个文件；是不是 {meant}？",
        f"there is no command and no file {word}; did you mean {meant}?",
    )
    raise Refused(said(_language(rest)))


def _refuse_options_in_front(args: list[str]) -> None:
    """Raise Refused where a command stands behind options, as other programs have it: it would be taken for a file."""
    if not args or not args[0].startswith("-") or args[0] == "-":
        return
    for before, word in pairwise(args):
        if before == "--":
            return
        if word in COMMANDS and not before.startswith("-") and not os.path.lexists(word):
            rest = [one for one in args if one is not word]
            meant = " ".join(["reportlint", word, *rest])
            said = Words(f"命令要写在选项前面：{meant}", f"a command stands in front of its options: {meant}")
            raise Refused(said(_language(args)))


def _without_language(args: list[str]) -> list[str]:
    """Arguments without the language, which has been seen to."""
    left = []
    rest = iter(args)
    for arg in rest:
        if arg == "--lang":
            next(rest, None)
        elif not arg.startswith("--lang="):
            left.append(arg)
    return left


@click.group(cls=_DefaultToCheck, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="reportlint")
def main() -> None:
    """Check annual reports on public information (政府信息公开工作年度报告).

    `reportlint FILE` checks files; it is short for `reportlint check FILE`.
    """


def invoke(arguments: list[str]) -> int:
    """Run the command that the arguments ask for, and give its exit status; click's mistakes are said here."""
    if not {"-h", "--help", "help"}.isdisjoint(arguments) and (language := _configured(arguments)):
        arguments = ["--lang", language]
    speak(main, arguments)
    try:
        status = main(prog_name="reportlint", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        with suppress(OSError):
            tell(_as_configured(error) if isinstance(error, click.UsageError) else error)
        return error.exit_code


def _as_configured(error: click.UsageError) -> click.ClickException:
    """A mistake in the arguments, said in the language of the configuration where they name none."""
    language = _configured(sys.argv[1:])
    if language in (None, language_of(sys.argv[1:])):
        return error
    speak(main, ["--lang", str(language)])
    try:
        main(prog_name="reportlint", standalone_mode=False)  # click words a mistake where it finds it
    except click.ClickException as again:
        return again
    return error


def _language(arguments: Sequence[str]) -> str:
    """The language of the run, before its arguments are read."""
    return _configured(arguments) or language_of(arguments)


def _configured(arguments: Sequence[str]) -> str | None:
    """The language of the configuration here, where the arguments leave that to it."""
    from reportlint.run.nearest_config import find

    asked = any(argument in ("--lang", "--isolated") or argument.startswith("--lang=") for argument in arguments)
    try:
        return None if asked else find("arguments").lang
    except UserError:
        return None  # a configuration that cannot be read is not what was asked about
