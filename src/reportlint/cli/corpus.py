"""reportlint corpus: many reports into one folder of tables, part by part."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportlint.cli.asked import Asked
from reportlint.cli.inputs import choose_configuration, configuration_of_run, find_targets, reading
from reportlint.cli.options import CONFIG, EXCLUDE, FORM, IGNORE, INPUT, ISOLATED, JOBS, LANG, MAX_SIZE_OPTION, SELECT
from reportlint.cli.say import Refused, choices, choose_language, complain, tell_broken, unwritten
from reportlint.diagnostics import Words
from reportlint.results import not_checked
from reportlint.run.targets import STDIN, Target

if TYPE_CHECKING:
    from reportlint.run.settings import Plan
    from reportlint.run.together import Gathering

_PART_FILES, _PART_BYTES = 200, 1_000_000
_NO_STDIN = Words("corpus 读取文件和文件夹，不读标准输入", "corpus reads files and folders, not standard input")
_FOREIGN = Words(
    "{path} 是文件，或者里面有别的东西，没有写入；请用 --out 指明一个新的文件夹",
    "{path} is a file, or holds other things, and was not written to; name a new folder with --out",
)
_OTHERS = Words(
    "{path} 里是另外一些文件的结果，没有改动；请用 --out 指明一个新的文件夹",
    "{path} holds what came of other files, and was not changed; name a new folder with --out",
)
_NOTHING = Words("没有要读的文件，{path} 没有改动", "there is nothing to read; {path} was left as it is")
_STOPPED = Words("已中断；再运行同样的命令会接着做", "stopped; the same command goes on from here")
_UNREAD = Words(
    "另有 {count} 个文件没有读成，见 reports 表的 problem 列",
    "{count} more were not read: column problem of the table reports",
)
_INSIDE = Words(
    "--out 不能在要检查的文件夹 {path} 里；请指明别处", "--out must not lie in the folder {path} that is checked"
)
_DIED = Words(
    "检查这几个文件的进程中途终止，没有写入它们：{paths}",
    "the process that checked them died, they are left out: {paths}",
)
_WRITTEN = Words("已写入 {path}（每秒 {rate:.0f} 个文件）", "written to {path} ({rate:.0f} files a second)")

_MOST_TOLD = 10


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...", type=INPUT)
@click.option(
    "--out", required=True, type=click.Path(), help="The folder for the tables; a run that was stopped goes on."
)
@JOBS
@click.option("--dask", metavar="ADDRESS", help="Use a Dask cluster whose workers see the same files.")
@SELECT
@IGNORE
@FORM
@LANG
@EXCLUDE
@MAX_SIZE_OPTION
@CONFIG
@ISOLATED
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary.")
@click.pass_context
def corpus(
    ctx: click.Context, /, paths: tuple[str, ...], out: str, dask: str | None, quiet: bool, **options: Any
) -> None:
    """Check many reports, and write findings, figures and an overview into a folder."""
    if not paths:
        raise click.UsageError(_("name files or folders of reports"))
    if not out.strip():
        raise click.BadParameter(_("name a folder"), param_hint="--out")
    from reportlint.run.job import over_several
    from reportlint.run.settings import Plan
    from reportlint.run.together import Gathering

    if dask:
        # Workers may stand in other folders.
        paths = tuple(os.path.abspath(path) for path in paths if path != STDIN)
        for name in ("config_file", "form"):
            if options[name] and os.path.isfile(options[name]):
                options[name] = os.path.abspath(options[name])
    asked = Asked(paths, quiet=quiet, no_cache=True, **options)
    with choices(asked.lang):
        configuration = choose_configuration(asked.config_file, asked.isolated)
        language = choose_language(asked.lang, configuration_of_run(configuration, paths).lang)
        _refuse(asked, out, language)
        targets, unlisted = find_targets(paths, asked.exclude, configuration, language, quiet=quiet)[:2]
        if not targets:
            raise Refused(_NOTHING(language).format(path=out))
        configs = {target.path: configuration(target.path) for target in targets}
        plan = Plan(configs, asked.choices)
    tell_broken(language)
    gathering = Gathering(over_several(plan.under(c) for c in plan.configs), plan.forms, plan.families)
    try:
        failed = _make(asked, Path(out), dask, targets, plan, gathering, language)
    except KeyboardInterrupt:
        complain(_STOPPED(language))
        raise
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritten(out, error, language) from None
    ctx.exit(2 if unlisted or failed else 0)


def _refuse(asked: Asked, out: str, lang: str) -> None:
    """Refuse what cannot be done before anything is."""
    from importlib.util import find_spec

    from reportlint.cli.parts import STATE, TABLES, inputs
    from reportlint.cli.remembering import inside
    from reportlint.cli.workers import EXTRA

    if find_spec("pyarrow") is None:
        raise Refused(EXTRA(lang).format(extra="parquet"))
    if STDIN in asked.paths:
        raise Refused(_NO_STDIN(lang))
    within = inside(Path(out), asked.paths)
    if within is not None:
        raise Refused(_INSIDE(lang).format(path=within))
    names = (STATE, *TABLES, "summary.json", "index.html")
    # What is written there must not lead elsewhere.
    if any(os.path.islink(os.path.join(out, name)) for name in names):
        raise Refused(_FOREIGN(lang).format(path=out))
    ours = os.path.isdir(os.path.join(out, STATE)) or not os.path.exists(out)
    if not ours and (not os.path.isdir(out) or os.listdir(out)):
        raise Refused(_FOREIGN(lang).format(path=out))
    before, now = inputs(Path(out)), {os.path.realpath(path) for path in asked.paths}
    if before and before.isdisjoint(now):
        raise Refused(_OTHERS(lang).format(path=out))


def _make(
    asked: Asked,
    out: Path,
    dask: str | None,
    targets: Sequence[Target],
    plan: Plan,
    gathering: Gathering,
    lang: str,
) -> bool:
    """Write the corpus, and tell whether a file that was named, or all, could not be read."""
    from reportlint.cli.parts import STATE, TABLES, Making, keep_inputs, whole
    from reportlint.cli.processes import Work, pieces
    from reportlint.cli.remembering import installed, told_of
    from reportlint.cli.workers import by_dask, by_processes, with_bar
    from reportlint.output.overview import Overview, lines, page
    from reportlint.run.cache import fingerprint
    from reportlint.run.packed import digest_of

    started, began = time.perf_counter(), time.time()
    for name in (*TABLES, STATE):
        (out / name).mkdir(parents=True, exist_ok=True)
    keep_inputs(out, asked.paths)
    digesting = gathering.digesting
    settings = [told_of(plan.under(config), asked.form) for config in plan.configs]
    run = fingerprint(asked.max_size, lang, sorted(digesting.keys), digesting.sketches, settings, installed())
    work, job = Work(asked, lang, digesting, False), Making(str(out), run)
    parts = list(pieces(targets, _PART_FILES, _PART_BYTES))
    texts = by_dask(job, work, parts, dask, lang) if dask else by_processes(job, work, parts, targets)
    told: list[dict[str, Any]] = []
    lost = []
    for (number, target), text in with_bar(texts, len(targets), asked.quiet):
        if text is None:
            lost.append(target.path)
            continue
        one = json.loads(text)
        one["number"] = number
        digest = one.pop("digest")
        if digest is not None:
            read = reading(target, target.path, asked.max_size)
            gathering.digests.append(digest_of(digest, number, target.path, plan.of(target.path).forms, read))
        told.append(one)
    if lost:
        complain(_DIED(lang).format(paths=", ".join(lost[:_MOST_TOLD]) + ("…" if len(lost) > _MOST_TOLD else "")))
    unread = [one for one in told if one["problem"]]
    said = [sentence for one in told for sentence in _said_of(one, lang)]
    for sentence in said[:_MOST_TOLD]:
        complain(sentence)
    if len(said) > _MOST_TOLD:
        complain(_UNREAD(lang).format(count=len(said) - _MOST_TOLD))
    more = _together(out, targets, plan, gathering, lang, asked.max_size)
    overview = Overview()
    told.sort(key=lambda one: one["number"])
    for one in told:
        overview.add(one, more.get(one["number"], ()))
    _clear(out, {part[0][0] for part in parts} if not lost else None, began)
    counts = json.dumps(overview.as_object(), ensure_ascii=False, indent=1)
    for name, text in (("summary.json", counts + "\n"), ("index.html", page(overview, lang))):
        with whole(out / name) as stream:
            stream.write(text.encode("utf-8", "backslashreplace"))
    if not asked.quiet:
        rate = len(targets) / max(time.perf_counter() - started, 1e-3)
        for line in (*lines(overview, lang), _WRITTEN(lang).format(path=out, rate=rate)):
            click.echo(line)
    partly = any(one["failed"] or one["unchecked"] for one in told)
    return bool(lost) or partly or len(unread) == len(told) or any(targets[one["number"]].named for one in unread)


def _said_of(told: dict[str, Any], lang: str) -> Iterator[str]:
    """What is said of a file that could not be read, or not wholly checked."""
    if told["problem"]:
        yield Words(*told["problem"])(lang)
    yield from told["failed"]
    if told["unchecked"]:
        yield not_checked(told["path"], [Words(*words) for words in told["unchecked"]], lang)


def _together(
    out: Path, targets: Sequence[Target], plan: Plan, gathering: Gathering, lang: str, max_size: int
) -> dict[int, list[tuple[str, str]]]:
    """Write what only several reports show; the rules and severities of that by the file's number."""
    from reportlint.cli.inputs import read_source
    from reportlint.cli.parts import together, whole
    from reportlint.output.tabular.columns import FINDINGS
    from reportlint.output.tabular.rows import finding_rows
    from reportlint.output.tabular.writers import Parquet
    from reportlint.run.analysis import analyse
    from reportlint.run.job import own
    from reportlint.source import UnreadableFile

    gathering.digests.sort(key=lambda digest: digest.number)
    found = gathering.findings(lambda number: plan.of(targets[number].path).config.rules, lang)
    told = {}
    with ExitStack() as stack:
        stream = stack.enter_context(whole(together(out)))
        writer = Parquet(stream, {"findings": FINDINGS}, lang)
        stack.callback(writer.end)
        for number in sorted(found):
            target = targets[number]
            settings = plan.of(target.path)
            held = own(found, number, settings)
            try:
                analysis = analyse(read_source(target, target.path, max_size), settings.forms)
            except UnreadableFile:
                continue  # it is gone meanwhile
            writer.write("findings", finding_rows(target.path, analysis, held, lang))
            told[number] = [(one.rule, one.severity.value) for one in held]
    return told


def _clear(out: Path, numbers: set[int] | None, began: float) -> None:
    """Remove parts of an earlier run over other files, and what a run that was killed left.

    Where `numbers` are not known, since a process died and its files were done by halves, all parts go that were
    written before this run began.
    """
    from reportlint.cli.parts import STATE, TABLES

    for name in (*TABLES, STATE):
        for path in (out / name).glob("part-*.*"):
            number = path.name.removeprefix("part-").split(".")[0]
            if numbers is None:
                gone = path.stat().st_mtime < began
            else:
                gone = not number.isdecimal() or int(number) not in numbers
            if gone:
                path.unlink(missing_ok=True)
        for path in (out / name).glob(".*.tmp"):
            if path.stat().st_mtime < began:
                path.unlink(missing_ok=True)
