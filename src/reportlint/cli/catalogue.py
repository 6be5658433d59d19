"""The commands that tell about rules, and completion."""

from __future__ import annotations

import os
import sys
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import click

from reportlint.cli.options import LANG, complete_rules
from reportlint.cli.say import choices, choose_language, echo_json
from reportlint.manual.terms import FIXES, GROUPS, SEVERITIES

if TYPE_CHECKING:
    from rich.console import Console

    from reportlint.rules import Rule


@click.command()
@click.argument("rule", metavar="RULE", shell_complete=complete_rules)
@click.option(
    "--output-format",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="text: in one language; markdown and json: the whole page, in both.",
)
@LANG
def explain(rule: str, output_format: str, lang: str | None) -> None:
    """Show a rule's page."""
    from reportlint.manual.pages import page, page_in_language
    from reportlint.run.selection import choose_rule

    with choices(lang):
        chosen = choose_rule(rule)
    text = page(chosen)
    if output_format == "json":
        echo_json({**_rule_object(chosen), "page": text})
    elif output_format == "markdown":
        click.echo(text, nl=False)
    elif not sys.stdout.isatty():
        click.echo(page_in_language(chosen, choose_language(lang)), nl=False)
    else:
        from rich.markdown import Markdown

        _console().print(Markdown(page_in_language(chosen, choose_language(lang))))


@click.command()
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="A table, or JSON.")
@LANG
def rules(output_format: str, lang: str | None) -> None:
    """List every rule: name, group, severity, whether it can fix, and what it finds."""
    from reportlint.manual.pages import summary
    from reportlint.rules import all_rules

    if output_format == "json":
        echo_json([_rule_object(r) for r in all_rules()])
        return
    from rich.table import Table
    from rich.text import Text

    language = choose_language(lang)
    table = Table(box=None, pad_edge=False, show_edge=False)
    heads = ("规则", "级别", "修正", "发现什么") if language == "zh" else ("rule", "severity", "fix", "finds")
    for head in heads:
        table.add_column(head, no_wrap=head != heads[-1], overflow="fold")
    for group, members in groupby(all_rules(), key=attrgetter("group")):
        # A plugin's rules are in these groups too.
        table.add_row(Text(group, style="bold"), "", "", Text(GROUPS[group](language), style="bold"))
        for r in members:
            fix = FIXES[r.fix](language) if r.fix else "–"
            # The full stop would often be alone on a line of its own.
            finds = summary(r, language).removesuffix("。")
            table.add_row(f"  {r.name}", SEVERITIES[r.severity](language), fix, finds)
    _console(markup=False, highlight=False).print(table)


def _console(**more: bool) -> Console:
    """Standard output for tables and pages, without colour and bold where NO_COLOR asks for that."""
    from rich.console import Console

    return Console(emoji=False, color_system=None if os.environ.get("NO_COLOR") else "auto", **more)  # type: ignore[arg-type]


def _rule_object(r: Rule) -> dict[str, object]:
    from reportlint.manual.pages import summary

    return {
        "name": r.name,
        "group": r.group,
        "severity": r.severity,
        "fixable": r.fix,
        "zh": summary(r, "zh"),
        "en": summary(r, "en"),
        "options": _options(r),
    }


def _options(r: Rule) -> dict[str, object]:
    """A rule's options with their defaults and what they take."""
    if r.options is None:
        return {}
    from reportlint.toml.rule_options import options_table

    default = r.options()
    return {
        name: {
            "default": getattr(default, name.replace("-", "_")),
            "zh": key.about.zh,
            "en": key.about.en,
            **key.kind.schema(),
        }
        for name, key in options_table(r.options).items()
    }


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print a completion script: eval "$(reportlint completion bash)"."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(ctx.find_root().command, {}, "reportlint", "_REPORTLINT_COMPLETE").source())
