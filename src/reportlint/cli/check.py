"""reportlint check."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

import click

from reportlint.cli.common import (
    CONFIG,
    EXCLUDE,
    FORM,
    ISOLATED,
    LANG,
    OUTPUT_FILE,
    STDIN_FILENAME,
    Refused,
    choices,
    choose_configuration,
    choose_language,
    complain,
    complete_formats,
    complete_rules,
    configuration_of_run,
    find_targets,
    refuse_overwriting,
    stdin_bytes,
    tell_broken,
    writing_to,
)
from reportlint.cli.fixing import Fixing
from reportlint.cli.run import Run
from reportlint.cli.withheld import Withheld
from reportlint.diagnostics import Words, reason
from reportlint.files import STDIN
from reportlint.results import Options, Summary

ALONE = Words(
    "用 --fix 修正标准输入时不能同时给出其他文件", "--fix mends standard input alone: name no other file beside -"
)
NO_BASELINE = Words(
    "--update-baseline 需要知道基线文件：请加 --baseline FILE，或在配置中写 baseline",
    "--update-baseline needs to know which: add --baseline FILE, or `baseline` to the configuration",
)
UNSAFE_ALONE = Words("--unsafe-fixes 要与 --fix 或 --diff 同用", "--unsafe-fixes goes with --fix or --diff")
BOTH = Words("--update-baseline 不能与 --fix、--diff 同用", "--update-baseline does not go with --fix or --diff")


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path())
@click.option(
    "--output-format",
    metavar="FORMAT",
    shell_complete=complete_formats,
    help="How findings are written: text, concise, json, jsonl (default: text).",
)
@OUTPUT_FILE
@click.option(
    "--select", multiple=True, metavar="RULE|GROUP[,…]", shell_complete=complete_rules, help="Only these rules."
)
@click.option(
    "--ignore", multiple=True, metavar="RULE|GROUP[,…]", shell_complete=complete_rules, help="Not these rules."
)
@click.option("--fix", is_flag=True, help="Apply safe fixes to the files.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: unsafe ones too. They can change figures.")
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
@CONFIG
@ISOLATED
@click.option("--statistics", is_flag=True, help="Count findings by rule.")
@click.option("--all", "show_all", is_flag=True, help="Show every place of a rule that fires often (text).")
@click.option("--quiet", is_flag=True, help="Only findings: no summary, no progress.")
@click.pass_context
def check(
    ctx: click.Context,
    paths: tuple[str, ...],
    output_format: str | None,
    output_file: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    baseline: str | None,
    update_baseline: bool,
    form: str | None,
    lang: str | None,
    fail_on: str | None,
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
    from reportlint.output import make
    from reportlint.selection import demand_extras
    from reportlint.settings import Choices, Plan

    with choices(lang):
        demand_extras(select)
        configuration = choose_configuration(config_file, isolated, stdin_filename)
        whole = configuration_of_run(configuration, paths)
        language = choose_language(lang, whole.lang)
        targets = find_targets(paths, exclude, configuration, language)
        configs = {target.path: configuration(target.path) for target in targets}
        plan = Plan(configs or {STDIN: whole}, Choices(select, ignore, form, fail_on))
        folders = [path for path in paths if os.path.isdir(path)] if not exclude else []
        withheld = Withheld(plan, Path(baseline) if baseline else None, update_baseline, folders)
    _refuse(
        language, [(unsafe_fixes and not fix and not diff, UNSAFE_ALONE), (update_baseline and (fix or diff), BOTH)]
    )
    _refuse(language, [(update_baseline and not withheld.has_baseline, NO_BASELINE)])
    stdin_fixed = fix and not diff and STDIN in paths
    _refuse(language, [(stdin_fixed and len(paths) > 1, ALONE)])
    name = output_format or whole.output_format or "text"
    _demand_format(name, language)
    refuse_overwriting(output_file, targets, language)
    tell_broken(language)
    started = time.perf_counter()
    summary = Summary()
    options = Options(language, show_all or whole.all, quiet or whole.quiet, statistics or whole.statistics, fixing=fix)
    fixing = Fixing(unsafe_fixes, diff, language) if fix or diff else None
    run = Run(plan, withheld, fixing, summary, options, stdin_filename)
    # The mended text goes to standard output, so the findings must not.
    with nullcontext(sys.stderr) if stdin_fixed and output_file is None else writing_to(output_file) as stream:
        if diff:
            stream.writelines(run.diff(targets))
        else:
            with choices(language):
                output = make(name, stream, options)
                run.check(targets, output, not options.quiet and not (name == "text" and output_file is None))
                summary.seconds = time.perf_counter() - started
                output.end(summary)
    if stdin_fixed and fixing and not fixing.written:
        # Whatever kept it from being mended, a pipe must not lose it.
        sys.stdout.buffer.write(stdin_bytes())
        shutil.copyfileobj(sys.stdin.buffer, sys.stdout.buffer)
    if update_baseline:
        _update(withheld, language)
    ctx.exit(2 if summary.failed else 1 if run.failing else 0)


def _refuse(lang: str, cases: Sequence[tuple[bool, Words]]) -> None:
    """Options that do not go together end the run in one sentence."""
    for wrong, words in cases:
        if wrong:
            raise Refused(words(lang))


def _demand_format(name: str, lang: str) -> None:
    """Refuse an output format that there is not."""
    from reportlint.kinds import near
    from reportlint.output import formats

    if name not in formats():
        known = ", ".join(formats())
        hint = near(name, formats())
        raise Refused(
            Words(
                f"没有叫 {name} 的输出格式{hint.zh or f'；可用的有 {known}'}",
                f"there is no output format {name}{hint.en or f'; there are {known}'}",
            )(lang)
        )


def _update(withheld: Withheld, lang: str) -> None:
    try:
        for sentence in withheld.updates(lang):
            complain(sentence)
    except OSError as error:
        why = reason(error)
        raise Refused(Words(f"无法写入基线文件：{why.zh}", f"cannot write the baseline: {why.en}")(lang)) from None
