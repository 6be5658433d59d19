"""What the commands share: options, languages, files that fail one by one."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

import click

from reportlint.diagnostics import Words
from reportlint.files import STDIN, SUFFIXES, Target, expand
from reportlint.source import UnreadableFile, decode, read, visible

if TYPE_CHECKING:
    from reportlint.config import Configs
    from reportlint.forms import Form
    from reportlint.model import Report

Result = TypeVar("Result")

NOT_RECOGNISED = Words("{path}：没有认出是年度报告，已跳过", "{path}: not recognised as an annual report, skipped")
NO_FILES = Words("没有找到可检查的文件（{suffixes}）", "no files to check ({suffixes})")
INTERNAL = Words(
    "检查 {path} 时程序出错（{error}）；请报告此问题", "internal error in {path} ({error}); please report it"
)


def choose_language(value: str | None) -> str:
    """The language asked for, else that of the environment: zh or en."""
    if value:
        return value
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(variable):
            return "zh" if os.environ[variable].lower().startswith("zh") else "en"
    if sys.platform == "win32":
        return "zh" if (locale.getlocale()[0] or "").startswith(("zh", "Chinese")) else "en"
    return "en"


def complete_rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The rules and groups that begin with what is typed, for a shell's completion."""
    from reportlint.rules import GROUPS, all_rules

    return [name for name in (*GROUPS, *(r.name for r in all_rules())) if name.startswith(incomplete)]


LANG = click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of the messages (default: the locale's).")
FORM = click.option(
    "--form",
    default="auto",
    show_default=True,
    metavar="auto|2019|2021|PATH",
    help="Which form; a path names a grammar file.",
)
OUTPUT_FILE = click.option(
    "--output-file", type=click.Path(dir_okay=False), help="Write to a file instead of standard output."
)
STDIN_FILENAME = click.option("--stdin-filename", default="<stdin>", help="Name to show for standard input (-).")
EXCLUDE = click.option("--exclude", multiple=True, metavar="GLOB", help="Leave these out of folders; may be repeated.")


def attempt(work: Callable[[], Result], path: str, lang: str) -> Result | None:
    """What `work` returns; None, and one sentence about `path`, where it fails."""
    try:
        return work()
    except UnreadableFile as error:
        complain(error.words(lang))
    except Exception as error:
        if "REPORTLINT_DEBUG" in os.environ:
            raise
        complain(INTERNAL(lang).format(path=path, error=f"{type(error).__name__}: {error}"))
    return None


def shown(target: Target, stdin_filename: str) -> str:
    """The name under which a target is reported."""
    return stdin_filename if target.path == STDIN else target.path


def read_target(target: Target, path: str, forms: tuple[Form, ...] | None) -> Report:
    """The report in a target, shown as `path`; raises UnreadableFile."""
    from reportlint.engine import read_report

    return read_report(decode(sys.stdin.buffer.read(), path) if target.path == STDIN else read(path), forms)


def complain(sentence: str) -> None:
    """One sentence on standard error."""
    click.echo(visible(f"reportlint: {sentence}"), err=True)


def find_targets(paths: Sequence[str], exclude: Sequence[str], lang: str) -> list[Target]:
    """The files that paths stand for; says so if there are none."""
    targets = expand(paths, exclude)
    if not targets:
        complain(NO_FILES(lang).format(suffixes=" ".join(SUFFIXES)))
    return targets


def choose_configs(path: str | None, isolated: bool, targets: Sequence[str]) -> Configs:
    """The configuration asked for, else for each target the nearest one upwards.

    Raises BadChoice where one cannot be used.
    """
    from reportlint.config import DEFAULT, BadConfig, Configs, find, load
    from reportlint.selection import BadChoice

    try:
        one = load(Path(path)) if path is not None else DEFAULT if isolated else None
        return Configs({t: one or (DEFAULT if t == STDIN else find(Path(t))) for t in targets})
    except BadConfig as error:
        raise BadChoice(str(error)) from None


@contextmanager
def choices() -> Iterator[None]:
    """A name that stands for nothing is a usage error."""
    from reportlint.selection import BadChoice

    try:
        yield
    except BadChoice as error:
        raise click.UsageError(str(error)) from None


@contextmanager
def writing_to(path: str | None) -> Iterator[TextIO]:
    """Standard output or the file asked for; what cannot be encoded is escaped, never fatal."""
    if path is None:
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
        try:
            yield sys.stdout
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader (head, less) has seen enough; stop without a word.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(1) from None
        return
    try:
        file = open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n")  # noqa: SIM115
    except OSError as error:
        raise click.UsageError(f"cannot write {path}: {(error.strerror or str(error)).lower()}") from None
    with file:
        yield file
