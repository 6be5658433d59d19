"""What is said and written: sentences, languages, standard output, files that fail one by one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TextIO, TypeVar

from reportlint.characters import printable
from reportlint.diagnostics import UserError, Words, reason
from reportlint.results import INTERNAL
from reportlint.source import UnreadableFile

Result = TypeVar("Result")
_EMPTY = Words("{path} 是空文件，已跳过", "{path} is empty, skipped")
_NOT_RECOGNISED = Words("{path}：没有认出是年度报告，已跳过", "{path}: not recognised as an annual report, skipped")


def choose_language(value: str | None, configured: str | None = None) -> str:
    """The language asked for, else the configured one, else that of the environment: zh or en."""
    if value or configured:
        return value or configured or "en"
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(variable):
            return "zh" if os.environ[variable].lower().startswith("zh") else "en"
    if sys.platform == "win32":
        import locale

        return "zh" if (locale.getlocale()[0] or "").startswith(("zh", "Chinese")) else "en"
    return "en"


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


def complain(sentence: str) -> None:
    """One sentence on standard error; where that cannot be written, the exit status still tells."""
    with suppress(OSError):
        tell_aside(printable(f"reportlint: {sentence}"))


def tell_aside(line: str) -> None:
    """Write a line to standard error, if there is one."""
    if sys.stderr is not None:
        print(line, file=sys.stderr, flush=True)


class Refused(Exception):
    """A choice or a configuration that cannot be used: one sentence, exit status 2."""

    exit_code = 2

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def show(self) -> None:
        """Say it on standard error."""
        complain(self.message)


class CutOff(Exception):
    """Nobody reads on; click and rich would end with status 1, which says that there are findings."""


@contextmanager
def cut_off() -> Iterator[None]:
    """Raise CutOff where a pipe is closed, which click and rich take for their own."""
    try:
        yield
    except BrokenPipeError as error:
        raise CutOff from error
    except SystemExit as error:
        if isinstance(error.__context__, BrokenPipeError):  # rich's way to end
            raise CutOff from error
        raise


@contextmanager
def choices(lang: str | None = None) -> Iterator[None]:
    """A name that stands for nothing and a configuration that is wrong end the run in one sentence."""
    try:
        yield
    except UserError as error:
        raise Refused(error.words(choose_language(lang, error.lang))) from None


def tell_broken(lang: str) -> None:
    """Name the plugins that are left out."""
    from reportlint import output, readers, rules
    from reportlint.forms import load as formfile

    for broken in (*rules.broken(), *formfile.broken(), *readers.broken(), *output.broken()):
        complain(broken.words(lang))


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


@contextmanager
def writing_to(path: str | None, lang: str, *, for_people: bool = False) -> Iterator[TextIO]:
    """Standard output or the file asked for; see `standard_output`. Raises Refused in a language."""
    if path is None:
        yield standard_output(for_people)
        sys.stdout.flush()
        return
    from reportlint.run.writing import replacing

    try:
        with replacing(path) as file:
            yield file
    except OSError as error:
        raise unwritten(path, error, lang) from None


def wants_colour(stream: TextIO) -> bool:
    """Whether what is written for people may have colours."""
    if os.environ.get("NO_COLOR"):
        return False
    return stream.isatty() or bool(os.environ.get("FORCE_COLOR"))


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
    print(dump(value, indent=1))


def unrecognised(path: str) -> Words:
    """What is said of a file that was found in a folder and is no report."""
    return _EMPTY if os.path.isfile(path) and not os.path.getsize(path) else _NOT_RECOGNISED


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


def unwritten(path: str | Words, error: OSError, lang: str) -> Refused:
    """What is said where output cannot be written."""
    why = reason(error)
    to = Words(path, path) if isinstance(path, str) else path
    folder = os.path.dirname(path) if isinstance(path, str) else ""
    if isinstance(error, FileNotFoundError) and folder and not os.path.isdir(folder):
        why = Words(f"没有文件夹 {folder}，请先建好", f"there is no folder {folder}; make it first")
    return Refused(Words(f"无法写入 {to.zh}：{why.zh}", f"cannot write {to.en}: {why.en}")(lang))
