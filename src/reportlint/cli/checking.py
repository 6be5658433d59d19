"""One run of the checks, as the command line asks for it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from functools import partial
from typing import TYPE_CHECKING

from reportlint.characters import printable
from reportlint.cli.asked import Asked
from reportlint.cli.copies import Annotating, Copies
from reportlint.cli.fixing import Fixing
from reportlint.cli.garbage import collect_seldom
from reportlint.cli.inputs import (
    Configuration,
    choose_configuration,
    configuration_of_run,
    find_targets,
    refuse_overwriting,
    shown,
    stdin_bytes,
)
from reportlint.cli.refusals import format_of, refuse_cache_inside, refuse_what_does_not_go_together
from reportlint.cli.running import Run
from reportlint.cli.say import Refused, choices, choose_language, complain, tell_broken, wants_colour, writing_to
from reportlint.config.values import Config
from reportlint.diagnostics import Words, reason
from reportlint.results import Options, Summary
from reportlint.run.targets import STDIN, Target
from reportlint.run.withheld import Withheld
from reportlint.source import UnreadableFile

if TYPE_CHECKING:
    from pathlib import Path

    from reportlint.run.settings import Plan

_FEW, _LITTLE = 4, 200_000


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
        targets, unlisted, left = find_targets(
            asked.paths,
            asked.exclude,
            configuration,
            language,
            as_in_folders=asked.force_exclude,
            quiet=asked.quiet or whole.quiet,
            ignore_vcs=asked.ignore_vcs,
            stdin_filename=asked.stdin_filename,
        )
        if not _is_small(targets):
            collect_seldom()
        beside = _beside(asked, targets, configuration, language)
        configs = {target.path: configuration(target.path) for target in (*targets, *(beside or ()))}
        if asked.show_files:
            for target in targets:
                print(printable(shown(target, asked.stdin_filename)))
            return 2 if unlisted else 0
        plan = Plan(configs or {STDIN: whole}, asked.choices)
        folders = [path for path in asked.paths if os.path.isdir(path)] if not (asked.exclude or unlisted) else []
        withheld = Withheld(plan, asked.baseline, asked.update_baseline, folders, asked.ignore_comments)
    refuse_what_does_not_go_together(asked, withheld.has_baseline, language)
    refuse_cache_inside(asked, language)
    if asked.verbose:
        from reportlint.cli.verbose import tell_configurations

        tell_configurations(plan, language)
    name = format_of(asked, whole, language)
    output_file = asked.output_file
    if asked.open_page and output_file is None:
        from reportlint.cli.opening import new_page

        output_file = new_page(language)
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
    summary = Summary(failed=len(unlisted), problems=unlisted, left=left)
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

    return candidates(targets, asked.stdin_filename, configuration, lang)


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
            run.check(targets, parts, False, beside)
            run.summary.seconds = time.perf_counter() - started
            parts.end(run.summary)
        return
    # The mended text goes to standard output, so the findings must not.
    with (
        nullcontext(sys.stderr)
        if asked.stdin_fixed and output_file is None
        else writing_to(
            output_file,
            options.lang,
            for_people=sys.stdout.isatty() if asked.diff else is_for_people(name),
        ) as stream
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
            run.check(targets, output, output_file is None and sys.stdout.isatty(), beside)
            run.summary.seconds = time.perf_counter() - started
            output.end(run.summary)


def _update(withheld: Withheld, lang: str) -> None:
    try:
        for sentence in withheld.updates(lang):
            complain(sentence)
    except OSError as error:
        why, name = reason(error), error.filename or ""
        said = Words(f"无法写入基线文件 {name}：{why.zh}", f"cannot write the baseline {name}: {why.en}")
        raise Refused(said(lang)) from None
