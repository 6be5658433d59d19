"""What the commands share: options, languages, files that fail one by one."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TextIO, TypeVar

import click

from reportlint.characters import printable
from reportlint.diagnostics import UserError, Words, reason
from reportlint.results import INTERNAL, Problem
from reportlint.run.targets import STDIN, Excluded, Listing, Target, expand
from reportlint.source import MAX_SIZE, Source, UnreadableFile, decode, most_bytes

if TYPE_CHECKING:
    from reportlint.config.values import Config

Result = TypeVar("Result")

NOT_RECOGNISED = Words("{path}：没有认出是年度报告，已跳过", "{path}: not recognised as an annual report, skipped")
NO_FILES = Words("没有找到可检查的文件（{suffixes}）", "no files to check ({suffixes})")


def choose_language(value: str | None, configured: str | None = None) -> str:
    """The language asked for, else the configured one, else that of the environment: zh or en."""
    if value or configured:
        return value or configured or "en"
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


def complete_formats(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The output formats that begin with what is typed."""
    from reportlint.output import formats

    return [name for name in formats() if name.startswith(incomplete)]


LANG = click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of the messages (default: the locale's).")
FORM = click.option(
    "--form",
    metavar="auto|2019|2021|PATH",
    help="Which form; a path names a grammar file of your own (default: auto, by the report).",
)
CONFIG = click.option(
    "--config", "config_file", type=click.Path(), help="Read this configuration, not the nearest one."
)
ISOLATED = click.option("--isolated", is_flag=True, help="Read no configuration.")
OUTPUT_FILE = click.option("--output-file", type=click.Path(), help="Write to a file instead of standard output.")
STDIN_FILENAME = click.option("--stdin-filename", default="<stdin>", help="Name to show for standard input (-).")
MAX_SIZE_OPTION = click.option(
    "--max-size",
    type=click.IntRange(1),
    default=MAX_SIZE,
    metavar="N",
    help=f"Refuse texts of more characters (default: {MAX_SIZE:,}).",
)
EXCLUDE = click.option("--exclude", multiple=True, metavar="GLOB", help="Leave these out of folders; may be repeated.")


def attempt(
    work: Callable[[], Result], path: str, lang: str, told: Callable[[str], object] = lambda sentence: None
) -> Result | None:
    """What `work` returns; None, and one sentence about `path`, where it fails; `told` gets it too."""
    try:
        return work()
    except UnreadableFile as error:
        sentence = error.words(lang)
    except Exception as error:
        if "REPORTLINT_DEBUG" in os.environ:
            raise
        sentence = INTERNAL(lang).format(path=path, error=f"{type(error).__name__}: {error}")
    complain(sentence)
    told(sentence)
    return None


def shown(target: Target, stdin_filename: str) -> str:
    """The name under which a target is reported."""
    return stdin_filename if target.path == STDIN else target.path


@cache
def stdin_bytes(limit: int) -> bytes:
    """Standard input, which can be read only once; of more than `limit` characters can take one byte more than that."""
    try:
        return sys.stdin.buffer.read(most_bytes(limit) + 1)
    except OSError as error:
        why = reason(error)
        raise UnreadableFile(f"无法读取标准输入：{why.zh}", f"cannot read standard input: {why.en}") from None


def read_source(target: Target, path: str, limit: int) -> Source:
    """The text of a target, shown as `path`, of at most so many characters; raises UnreadableFile."""
    if target.path == STDIN:
        return decode(stdin_bytes(limit), path, limit)
    from reportlint.readers import read

    return read(path, limit, target.waits)


def complain(sentence: str) -> None:
    """One sentence on standard error."""
    click.echo(printable(f"reportlint: {sentence}"), err=True)


UNREAD = Words(
    "没有读取 {suffixes} 文件的读取器，略过 {count} 个文件：请先将正文另存为文本",
    "no reader is installed for {suffixes} files, {count} left out: save their text as a text file",
)
OTHERS = Words(
    "另有 {count} 个其他种类的文件没有检查：{kinds}", "files of other kinds that were not checked: {count} ({kinds})"
)
LINKS = Words("有 {count} 个文件夹是链接，没有进入", "folders that are links and were not entered: {count}")
UNLISTED = Words("无法列出文件夹 {path}：{reason}", "cannot list the folder {path}: {reason}")
_MOST_KINDS = 8


def find_targets(
    paths: Sequence[str],
    exclude: Sequence[str],
    configuration: Configuration,
    lang: str,
    *,
    as_in_folders: bool = False,
    quiet: bool = False,
) -> tuple[list[Target], list[Problem]]:
    """The files that paths stand for, and the folders among them that cannot be listed, which is said.

    Says so if there are none and, unless `quiet`, what the folders hold beside. With `as_in_folders`
    files that are named are treated like those found in folders.
    """
    from reportlint.config.globs import check as check_glob
    from reportlint.config.globs import matches
    from reportlint.readers import suffixes

    def excluded(path: str, is_folder: bool) -> bool:
        if exclude and matches(path, exclude, Path.cwd(), is_folder=is_folder):
            return True
        config = configuration(path)
        return bool(config.exclude) and matches(path, config.exclude, config.root, is_folder=is_folder)

    for glob in exclude:
        check_glob(glob)
    listing = expand(paths, suffixes(), excluded)
    targets = listing.targets
    problems = []
    for path, error in listing.unlisted:
        sentence = UNLISTED(lang).format(path=path, reason=reason(error)(lang))
        complain(sentence)
        problems.append(Problem(path, sentence))
    if not quiet:
        _tell_others(listing, lang)
    if as_in_folders:
        targets = [
            t._replace(named=False) for t in targets if t.path == STDIN or not (t.named and _excluded(t.path, excluded))
        ]
        read = [t for t in targets if t.path == STDIN or t.path.lower().endswith(suffixes())]
        if len(read) < len(targets):
            kinds = {os.path.splitext(t.path)[1].lower() or t.path for t in targets} - set(suffixes())
            complain(UNREAD(lang).format(suffixes=" ".join(sorted(kinds)), count=len(targets) - len(read)))
        return read, problems
    if not targets and not problems:
        complain(NO_FILES(lang).format(suffixes=" ".join(suffixes())))
    return targets, problems


def _tell_others(listing: Listing, lang: str) -> None:
    """Count what folders hold beside the files that are read, the commonest kinds first."""
    if listing.others:
        kinds = sorted(listing.others.items(), key=lambda item: (-item[1], item[0]))
        shown = [f"{kind} {count}" for kind, count in kinds[:_MOST_KINDS]] + ["…"] * (len(kinds) > _MOST_KINDS)
        between = "、" if lang == "zh" else ", "
        complain(OTHERS(lang).format(count=listing.others.total(), kinds=between.join(shown)))
    if listing.links:
        complain(LINKS(lang).format(count=listing.links))


def _excluded(path: str, excluded: Excluded) -> bool:
    """Whether a file, or a folder that it is in, is left out."""
    folder = os.path.dirname(path)
    while folder and folder != os.path.dirname(folder):
        if excluded(folder, True):
            return True
        folder = os.path.dirname(folder)
    return excluded(path, False)


Configuration = Callable[[str], "Config"]
"""Gives the configuration of a file by its path; raises BadConfig."""


def choose_configuration(config_file: str | None, isolated: bool, stdin_filename: str = "") -> Configuration:
    """The configuration asked for, else for each file the nearest one upwards.

    Raises BadConfig where the one asked for cannot be used.
    """
    from reportlint.config.values import DEFAULT
    from reportlint.run.configfile import find, load

    if config_file is not None or isolated:
        one = load(Path(config_file)) if config_file is not None else DEFAULT
        return lambda path: one
    # Standard input belongs to the file that it is said to be, or to the working folder.
    return lambda path: find(Path(stdin_filename or STDIN) if path == STDIN else Path(path))


def configuration_of_run(configuration: Configuration, paths: Sequence[str]) -> Config:
    """The one that holds for the whole run (language, output): that of the path named first."""
    first = next(iter(paths), STDIN)
    return configuration(os.path.join(first, STDIN) if first != STDIN and os.path.isdir(first) else first)


OVERWRITES = Words(
    "--output-file {path} 正是要检查的文件；请写到别的文件",
    "--output-file {path} is a file to be checked; name another one",
)


def refuse_overwriting(output_file: str | None, targets: Sequence[Target], lang: str) -> None:
    """Raise Refused where the output would take the place of what is read."""
    if output_file is not None and os.path.exists(output_file):
        for target in targets:
            if target.path != STDIN and os.path.exists(target.path) and os.path.samefile(output_file, target.path):
                raise Refused(OVERWRITES(lang).format(path=output_file))


class Refused(click.ClickException):
    """A choice or a configuration that cannot be used: one sentence, exit status 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Say it on standard error."""
        complain(self.message)


@contextmanager
def choices(lang: str | None = None) -> Iterator[None]:
    """A name that stands for nothing and a configuration that is wrong end the run in one sentence."""
    try:
        yield
    except UserError as error:
        raise Refused(error.words(choose_language(lang))) from None


def tell_broken(lang: str) -> None:
    """Name the plugins that are left out."""
    from reportlint import output, readers, rules
    from reportlint.forms import load as formfile

    for broken in (*rules.broken(), *formfile.broken(), *readers.broken(), *output.broken()):
        complain(broken.words(lang))


@contextmanager
def writing_to(path: str | None, *, for_people: bool = False) -> Iterator[TextIO]:
    """Standard output or the file asked for; see `standard_output`."""
    if path is None:
        yield standard_output(for_people)
        sys.stdout.flush()
        return
    try:
        file = open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n")  # noqa: SIM115
    except OSError as error:
        raise unwritten(path, error) from None
    try:
        with file:
            yield file
    except OSError as error:
        raise unwritten(path, error) from None


def standard_output(for_people: bool = False) -> TextIO:
    """Standard output: in the console's encoding `for_people`, else in UTF-8, whatever the machine is set to.

    What the console's encoding lacks is escaped.
    """
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure and for_people:
        reconfigure(errors="backslashreplace")
    elif reconfigure:
        reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    return sys.stdout


def echo_json(value: object) -> None:
    """Write a value to standard output as JSON."""
    from reportlint.output.json import dump

    standard_output()
    click.echo(dump(value, indent=1))


def close_stdout() -> None:
    """Send what is still to be written nowhere, or Python would try again at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def internal_error(error: Exception) -> None:
    """Say that the program itself failed."""
    said = f"{type(error).__name__}: {error}"
    complain(
        Words(
            f"程序出错（{said}）；请报告此问题",
            f"internal error ({said}); please report it",
        )(choose_language(None))
    )


def unwritten(path: str | Words, error: OSError) -> Refused:
    """What is said where output cannot be written."""
    why = reason(error)
    to = Words(path, path) if isinstance(path, str) else path
    return Refused(Words(f"无法写入 {to.zh}：{why.zh}", f"cannot write {to.en}: {why.en}")(choose_language(None)))
