"""The command line in Chinese: what click says, and the help of commands and options (reportlint/locale)."""

from __future__ import annotations

import gettext
import io
import os
import re
from collections.abc import Iterable, Sequence

import click

from reportlint.cli.say import language_of
from reportlint.output.excerpt import columns, wrap
from reportlint.resources import PACKAGE

_CHINESE = "zh_CN"
_DOMAIN = "messages"
"""click looks there for what it says."""


def speak(main: click.Group, arguments: Sequence[str]) -> None:
    """Have click, and the help of all commands, in Chinese where the arguments or the environment ask for that."""
    chinese = language_of(arguments) == "zh"
    if chinese:
        gettext.bindtextdomain(_DOMAIN, os.path.join(PACKAGE, "locale"))
        os.environ["LANGUAGE"] = _CHINESE
    elif _english:
        os.environ["LANGUAGE"] = "en"
    translate(main)


_english: dict[tuple[int, str], str] = {}
"""What commands and options say in English, once that has been changed in this process."""


def translate(command: click.Command) -> None:
    """Have the help of a command in the language of the run, and back in English where that is asked for later."""
    chinese = _is_chinese()
    if not chinese and not _english:
        return
    command.context_class = _Context if chinese else click.Context
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    said = [(command, "help"), (command, "options_metavar"), *((option, "help") for option in options)]
    said += [(parameter, "metavar") for parameter in command.params]
    if isinstance(command, click.Group):
        said.append((command, "subcommand_metavar"))
    for holder, name in said:
        english = _english.setdefault((id(holder), name), getattr(holder, name) or "")
        if english:
            setattr(holder, name, gettext.gettext(english) if chinese else english)


def tell(error: click.ClickException) -> None:
    """Say on standard error what is wrong with a command line; in Chinese with its own marks, and no blanks by them."""
    if not isinstance(error, click.UsageError) or not _is_chinese():
        error.show()
        return
    held = io.StringIO()
    error.show(held)
    click.echo(re.sub(r"(?<=')\.(?=\n)", "。", held.getvalue().replace("。 ", "。")), nl=False, err=True)


def _is_chinese() -> bool:
    return os.environ.get("LANGUAGE") == _CHINESE


class _Formatter(click.HelpFormatter):
    """Help whose characters are two columns wide."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage on one line."""
        self.write(f"用法：{prog} {args}".rstrip() + "\n")

    def write_heading(self, heading: str) -> None:
        """A heading."""
        self.write(f"{' ' * self.current_indent}{heading}：\n")

    def write_text(self, text: str) -> None:
        """Paragraphs, which blank lines part."""
        indent = " " * self.current_indent
        for number, paragraph in enumerate(text.split("\n\n")):
            lines = wrap(" ".join(paragraph.split()), self.width - self.current_indent)
            self.write("\n" * bool(number) + "".join(f"{indent}{line}\n" for line in lines))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Terms, with what is said of each beside it, or under it where it is long."""
        rows = list(rows)
        behind = min(max(columns(term) for term, _ in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, told in rows:
            lines = list(wrap(told, self.width - self.current_indent - behind)) if told else []
            beside = columns(term) + col_spacing <= behind
            first = lines.pop(0) if lines and beside else ""
            self.write(f"{indent}{term}{' ' * (behind - columns(term)) if first else ''}{first}\n")
            for line in lines:
                self.write(f"{indent}{' ' * behind}{line}\n")


class _Context(click.Context):
    formatter_class = _Formatter
