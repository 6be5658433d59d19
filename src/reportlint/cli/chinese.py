"""The command line in Chinese: what click says, and the help of commands and options (reportlint/locale)."""

from __future__ import annotations

import gettext
import os
from collections.abc import Sequence

import click

from reportlint.cli.say import choose_language
from reportlint.resources import PACKAGE

_CHINESE = "zh_CN"
_DOMAIN = "messages"
"""click looks there for what it says."""


def speak(main: click.Group, arguments: Sequence[str]) -> None:
    """Have click, and the help of all commands, in Chinese where the arguments or the environment ask for that."""
    chinese = language_of(arguments) == "zh"
    if chinese:
        gettext.bindtextdomain(_DOMAIN, str(PACKAGE / "locale"))
        os.environ["LANGUAGE"] = _CHINESE
    elif _english:
        os.environ["LANGUAGE"] = "en"
    translate(main)


def language_of(arguments: Sequence[str]) -> str:
    """The language asked for, as far as that can be told before the arguments are read."""
    asked = None
    for number, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and number + 1 < len(arguments):
            asked = arguments[number + 1]
        elif argument.startswith("--lang="):
            asked = argument.partition("=")[2]
    return choose_language(asked if asked in ("zh", "en") else None)


_english: dict[tuple[int, str], str] = {}
"""What commands and options say in English, once that has been changed in this process."""


def translate(command: click.Command) -> None:
    """Have the help of a command in the language of the run, and back in English where that is asked for later."""
    chinese = os.environ.get("LANGUAGE") == _CHINESE
    if not chinese and not _english:
        return
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    said = [(command, "help"), (command, "options_metavar"), *((option, "help") for option in options)]
    if isinstance(command, click.Group):
        said.append((command, "subcommand_metavar"))
    for holder, name in said:
        english = _english.setdefault((id(holder), name), getattr(holder, name) or "")
        if english:
            setattr(holder, name, gettext.gettext(english) if chinese else english)
