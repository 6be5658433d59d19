"""The command line. Exit status: 0 nothing found, 1 findings, 2 usage or file error, 130 Ctrl-C, 141 a closed pipe.

Most runs name files, and a few options without a mistake in them: those are read at once (reportlint.cli.plain).
All others are click's (reportlint.cli.main), which takes a good part of a start to load: other commands, help,
completion, and whatever is wrong with the arguments.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import NoReturn

from reportlint.cli.plain import read_plain
from reportlint.cli.say import (
    CutOff,
    Refused,
    close_stdout,
    cut_off,
    internal_error,
    language_of,
    standard_output,
    unwritten,
)
from reportlint.diagnostics import Words

_CLOSED_PIPE = 141


def run() -> int:
    """Run the command that the arguments ask for, and give its exit status; whatever goes wrong is a sentence."""
    _replace_closed()
    _forget_no_widths()
    standard_output(for_people=True)
    try:
        status = _run(sys.argv[1:])
        sys.stdout.flush()
        return status
    except Refused as error:
        with suppress(OSError):
            error.show()
        return error.exit_code
    except KeyboardInterrupt:
        close_stdout()
        raise
    except (CutOff, BrokenPipeError):
        # The reader (head, less) has seen enough; stop without a word.
        close_stdout()
        return _CLOSED_PIPE
    except OSError as error:
        close_stdout()
        unwritten(Words("标准输出", "standard output"), error, language_of(sys.argv[1:])).show()
        return Refused.exit_code
    except Exception as error:
        if "REPORTLINT_DEBUG" in os.environ:
            raise
        internal_error(error)
        return Refused.exit_code


def _run(arguments: list[str]) -> int:
    asked = read_plain(arguments)
    if asked is None:
        from reportlint.cli.main import invoke

        return invoke(arguments)
    from reportlint.cli.checking import check_files

    with cut_off():
        return check_files(asked)


def _forget_no_widths() -> None:
    """Forget widths of the terminal that are no numbers, whatever reads them."""
    for name in ("COLUMNS", "LINES"):
        value = os.environ.get(name, "")
        if value and not (value.isascii() and value.isdecimal()):
            del os.environ[name]


class _Closed(io.RawIOBase):
    """Stands for a standard stream that was closed before the program began."""

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> NoReturn:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))

    def write(self, data: object) -> NoReturn:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def _replace_closed() -> None:
    """Python has None where a standard stream is closed; what is asked of it then fails with a reason."""
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BufferedReader(_Closed()), "utf-8")
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(_Closed(), "utf-8", write_through=True)
