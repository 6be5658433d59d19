"""One run of the checks, as the command line asks for it."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from functools import partial
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportlint.characters import printable
from reportlint.cli.asked import Asked
from reportlint.cli.copies import Annotating, Copies
from reportlint.cli.fixing import Fixing
from reportlint.cli.inputs import (
    Configuration,
    choose_configuration,
    configuration_of_run,
    find_targets,
    refuse_overwriting,
    shown,
    stdin_bytes,
)
from reportlint.cli.running import Run
from reportlint.cli.say import Refused, choices, choose_language, complain, tell_broken, wants_colour, writing_to
from reportlint.config.values import Config
from reportlint.diagnostics import Words, reason
from reportlint.results import Options, Summary
from reportlint.run.targets import STDIN, Target
from reportlint.run.withheld import Withheld
from reportlint.source import UnreadableFile

if TYPE_CHECKING:
    from reportlint.run.settings import Plan

ALONE = Words(
    "用 --fix 修正标准输入时不能同时给出其他文件", "--fix mends standard input alone: name no other file beside -"
)
NO_BASELINE = Words(
    "--update-baseline 需要知道基线文件：请加 --baseline FILE，或在配置中写 baseline",
    "--update-baseline needs to know which: add --baseline FILE, or `baseline` to the configuration",
)
UNSAFE_ALONE = Words("--unsafe-fixes 要与 --fix 或 --diff 同用", "--unsafe-fixes goes with --fix or --diff")
SHOWN_ALONE = Words("--show-fixes 要与 --fix 同用", "--show-fixes goes with --fix")
NO_PAGE = Words("--open 只用于 html 格式", "--open goes with the output format html")
NOTHING_TO_COPY = Words("--output-dir 要与 --fix 或 --annotate 同用", "--output-dir goes with --fix or --annotate")
ONLY_SHOWN = Words(
    "--diff 不写文件，不能与 --annotate、--output-dir 同用",
    "--diff writes no file: it does not go with --annotate, --output-dir",
)
ONLY_READ = Words(
    "--with-siblings 只用来检查，不能与 --fix、--diff、--annotate、--update-baseline 同用",
    "--with-siblings goes with checks only, not with --fix, --diff, --annotate, --update-baseline",
)
SPLIT_WHERE = Words(
    "--split 要写入文件：请加 --output-file，如 --output-file 清单.xlsx",
    "--split writes files: add --output-file, as in --output-file list.xlsx",
)
COUNTED = Words(
    "{name} 写出每一处，不能只统计：--statistics、--by 与 text、concise、json 同用",
    "{name} holds every finding: --statistics and --by go with text, concise or json",
)
_LISTS = frozenset(
    {"html", "csv", "xlsx", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "lsp", "jsonl"}
)
_FEW, _LITTLE = 4, 200_000
NO_FILE = Words("xlsx 要写入文件：请加 --output-file", "xlsx goes into a file: name it with --output-file")
BOTH = Words("--update-baseline 不能与 --fix、--diff 同用", "--update-baseline does not go with --fix or --diff")


def check_files(asked: Asked) -> int:
    """Check what is asked for and write what is found; gives the exit status. Raises Refused."""
    from reportlint.run.selection import demand_extras
    from reportlint.run.settings import Plan

    _choose_colour(asked.color)

    with choices(asked.lang):
        configuration = choose_configuration(asked.config_file, asked.isolated, asked.stdin_filename)
        whole = configuration_of_run(configuration, asked.paths)
        language = choose_language(asked.lang, whole.lang)
    with choices(language):
        demand_extras((*asked.select, *asked.extend_select))
        targets, unlisted = find_targets(
            asked.paths,
            asked.exclude,
            configuration,
            language,
            as_in_folders=asked.force_exclude,
            quiet=asked.quiet or whole.quiet,
            ignore_vcs=asked.ignore_vcs,
        )
        if not _is_small(targets):
            gc.enable()
        beside = _beside(asked, targets, configuration, language)
        configs = {target.path: configuration(target.path) for target in (*targets, *(beside or ()))}
        if asked.show_files:
            for target in targets:
                click.echo(printable(shown(target, asked.stdin_filename)))
            return 2 if unlisted else 0
        plan = Plan(configs or {STDIN: whole}, asked.choices)
        folders = [path for path in asked.paths if os.path.isdir(path)] if not (asked.exclude or unlisted) else []
        baseline = Path(asked.baseline) if asked.baseline else None
        withheld = Withheld(plan, baseline, asked.update_baseline, folders)
    _refuse_what_does_not_go_together(asked, withheld, language)
    _refuse_cache_inside(asked, language)
    counting = asked.statistics or asked.by is not None
    usual = _by_suffix(asked.output_file) or whole.output_format or ("text" if counting else _usual_format())
    name = asked.output_format or ("html" if asked.open_page else usual)
    _demand_format(name, language)
    if counting and name in _LISTS:
        raise Refused(COUNTED(language).format(name=name))
    output_file = asked.output_file
    if name == "xlsx" and output_file is None:
        raise Refused(NO_FILE(language))
    if asked.open_page and output_file is None:
        from reportlint.cli.opening import new_page

        output_file = new_page()
    read = read_of(asked, plan)
    refuse_overwriting(output_file, targets, language, read)
    tell_broken(language)
    options = _options(asked, whole, language)
    copies = Copies(
        asked.output_dir,
        language,
        (*(t.path for t in targets if t.path != STDIN), *(str(path) for path in read if path)),
    )
    elsewhere = copies if asked.output_dir is not None else None
    fixing = Fixing(asked.unsafe_fixes, asked.diff, language, elsewhere) if asked.fix or asked.diff else None
    summary = Summary(failed=len(unlisted), problems=unlisted)
    annotating = Annotating(copies, options.quiet) if asked.annotate else None
    run = Run(asked, plan, withheld, fixing, annotating, summary, options)
    _write(asked, run, targets, beside, name, output_file)
    if asked.stdin_fixed and fixing and not fixing.written:
        # Whatever kept it from being mended, a pipe must not lose it.
        _pass_on(asked.max_size)
    if asked.update_baseline:
        _update(withheld, language)
    if asked.open_page and output_file is not None:
        from reportlint.cli.opening import show_page

        show_page(output_file, language)
    changed = asked.exit_non_zero_on_fix and run.summary.fixed
    return 2 if run.summary.failed else 1 if run.failing or changed else 0


def _is_small(targets: Sequence[Target]) -> bool:
    """Whether targets are a file or two of text, as a hook or an editor names them: so little leaves no garbage."""
    try:
        return len(targets) <= _FEW and sum(os.path.getsize(t.path) for t in targets if not t.waits) < _LITTLE
    except OSError:
        return False


def _choose_colour(when: str) -> None:
    """Have output coloured always or never, whatever the environment says."""
    if when == "always":
        os.environ.pop("NO_COLOR", None)
        os.environ["FORCE_COLOR"] = "1"
    elif when == "never":
        os.environ["NO_COLOR"] = "1"


def _refuse_cache_inside(asked: Asked, lang: str) -> None:
    """A cache that comes with what is checked could hide findings."""
    if asked.cache_dir is not None and not asked.cache_dir.strip():
        raise click.BadParameter(_("name a folder"), param_hint="--cache-dir")
    if asked.cache_dir is not None and not asked.no_cache:
        from reportlint.cli.remembering import INSIDE, inside

        within = inside(Path(asked.cache_dir), asked.paths)
        if within is not None:
            raise Refused(INSIDE(lang).format(path=within))


def read_of(asked: Asked, plan: Plan) -> tuple[str | Path | None, ...]:
    """The files that a run reads beside those that it checks."""
    return asked.config_file, asked.baseline, asked.form, *(path for c in plan.configs for path in read_by(c))


def read_by(config: Config) -> tuple[Path | None, ...]:
    """The files that a configuration is and names."""
    return config.path, config.baseline, *config.forms


def _pass_on(max_size: int) -> None:
    """Write standard input to standard output as it is."""
    import shutil

    with suppress(UnreadableFile):  # it was said already
        sys.stdout.buffer.write(stdin_bytes(max_size))
        shutil.copyfileobj(sys.stdin.buffer, sys.stdout.buffer)


def _options(asked: Asked, whole: Config, lang: str) -> Options:
    """What the output format may ask for: the command line, else the configuration."""
    return Options(
        lang,
        asked.show_all or whole.all,
        asked.quiet or whole.quiet,
        asked.statistics or whole.statistics or asked.by is not None,
        fixing=asked.fix,
        by=asked.by or "rule",
    )


def _beside(asked: Asked, targets: Sequence[Target], configuration: Configuration, lang: str) -> list[Target] | None:
    """The files that --with-siblings has compared with those that are named; None without it."""
    if not asked.with_siblings:
        return None
    from reportlint.cli.siblings import candidates

    return candidates(targets, configuration, lang)


def _write(
    asked: Asked,
    run: Run,
    targets: Sequence[Target],
    beside: Sequence[Target] | None,
    name: str,
    output_file: str | None,
) -> None:
    """Check the targets and write what is found, or the diff."""
    from reportlint.output import is_for_people, make

    options = run.options
    started = time.perf_counter()
    if asked.split and output_file is not None:
        from reportlint.cli.splitting import Split

        refuse = partial(refuse_overwriting, targets=targets, lang=options.lang, others=read_of(asked, run.plan))
        with choices(options.lang):
            parts = Split(name, output_file, options, refuse)
            run.check(targets, parts, not options.quiet, beside)
            parts.end(run.summary)
        return
    # The mended text goes to standard output, so the findings must not.
    with (
        nullcontext(sys.stderr)
        if asked.stdin_fixed and output_file is None
        else writing_to(output_file, for_people=sys.stdout.isatty() if asked.diff else is_for_people(name)) as stream
    ):
        if asked.diff:
            lines = run.diff(targets)
            if output_file is None and wants_colour(stream):
                from reportlint.cli.diffs import coloured

                lines = coloured(lines)
            stream.writelines(lines)
            return
        with choices(options.lang):
            output = make(name, stream, options)
            show_progress = not options.quiet and not (name == "text" and output_file is None)
            run.check(targets, output, show_progress, beside)
            run.summary.seconds = time.perf_counter() - started
            output.end(run.summary)


def _refuse_what_does_not_go_together(asked: Asked, withheld: Withheld, lang: str) -> None:
    _refuse(
        lang,
        [
            (asked.unsafe_fixes and not asked.fix and not asked.diff, UNSAFE_ALONE),
            (asked.show_fixes and not asked.fix, SHOWN_ALONE),
            (asked.update_baseline and (asked.fix or asked.diff), BOTH),
            (asked.split is not None and (asked.output_file is None or asked.diff), SPLIT_WHERE),
            (asked.with_siblings and (asked.fix or asked.diff or asked.annotate or asked.update_baseline), ONLY_READ),
            (asked.update_baseline and not withheld.has_baseline, NO_BASELINE),
            (asked.stdin_fixed and len(asked.paths) > 1, ALONE),
            (asked.output_dir is not None and not asked.fix and not asked.annotate, NOTHING_TO_COPY),
            (asked.diff and (asked.annotate or asked.output_dir is not None), ONLY_SHOWN),
            (asked.open_page and (asked.diff or asked.output_format not in (None, "html")), NO_PAGE),
        ],
    )


def _refuse(lang: str, cases: Sequence[tuple[bool, Words]]) -> None:
    """Options that do not go together end the run in one sentence."""
    for wrong, words in cases:
        if wrong:
            raise Refused(words(lang))


def _by_suffix(path: str | None) -> str | None:
    """The output format that the name of --output-file tells, where only one writes such files."""
    suffix = os.path.splitext(path or "")[1].lower()
    return suffix[1:] if suffix in (".json", ".jsonl", ".html", ".csv", ".xlsx", ".sarif") else None


def _usual_format() -> str:
    """How findings are written where nothing is asked for: as annotations in a GitHub workflow."""
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def _demand_format(name: str, lang: str) -> None:
    """Refuse an output format that there is not."""
    from reportlint.output import demand, formats
    from reportlint.toml.kinds import near

    if name not in formats():
        known = ", ".join(formats())
        hint = near(name, formats())
        raise Refused(
            Words(
                f"没有叫 {name} 的输出格式{hint.zh or f'；可用的有 {known}'}",
                f"there is no output format {name}{hint.en or f'; there are {known}'}",
            )(lang)
        )
    with choices(lang):
        demand(name)


def _update(withheld: Withheld, lang: str) -> None:
    try:
        for sentence in withheld.updates(lang):
            complain(sentence)
    except OSError as error:
        why = reason(error)
        raise Refused(Words(f"无法写入基线文件：{why.zh}", f"cannot write the baseline: {why.en}")(lang)) from None
