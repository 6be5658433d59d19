"""reportlint tree."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from reportlint.cli.inputs import choose_configuration, read_source
from reportlint.cli.options import CONFIG, FORM, INPUT, ISOLATED, LANG, MAX_SIZE_OPTION, STDIN_FILENAME
from reportlint.cli.say import attempt, choices, choose_language, tell_broken, writing_to
from reportlint.run.targets import STDIN, named

if TYPE_CHECKING:
    from reportlint.forms.form import Form


@click.command()
@click.argument("path", metavar="FILE", type=INPUT)
@FORM
@LANG
@STDIN_FILENAME
@MAX_SIZE_OPTION
@CONFIG
@ISOLATED
@click.pass_context
def tree(
    ctx: click.Context,
    path: str,
    form: str | None,
    lang: str | None,
    stdin_filename: str,
    max_size: int,
    config_file: str | None,
    isolated: bool,
) -> None:
    """Print the parse tree of a text, with what had to be inserted, dropped and moved."""
    from reportlint.run.settings import Choices, Plan

    with choices(lang):
        config = choose_configuration(config_file, isolated, stdin_filename)(path)
        settings = Plan({path: config}, Choices(form=form)).of(path)
    language = choose_language(lang, config.lang)
    tell_broken(language)
    shown = stdin_filename if path == STDIN else path
    lines = attempt(partial(_drawn, path, shown, settings.forms, max_size), shown, language)
    if lines is None:
        ctx.exit(2)
    with writing_to(None, language, for_people=True) as stream:
        stream.writelines(f"{line}\n" for line in lines)


def _drawn(path: str, shown: str, forms: tuple[Form, ...], limit: int) -> list[str]:
    from reportlint.parse.drawn import draw_tree

    return list(draw_tree(read_source(named(path), shown, limit), forms))
