"""--output-format github: workflow commands, which GitHub shows as annotations beside the lines."""

from __future__ import annotations

from typing import TextIO

from reportlint.characters import printable
from reportlint.diagnostics import Severity
from reportlint.output.wording import full_message
from reportlint.results import FileResult, Options, Summary
from reportlint.text.positions import relative_path

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class Output:
    """::error file=…,line=…,col=…,title=…::message"""

    of_findings_only = True

    def __init__(self, stream: TextIO, options: Options) -> None:
        self.stream = stream
        self.lang = options.lang

    def file(self, result: FileResult) -> None:
        for found in result.diagnostics:
            line, column = result.source.position(found.span.start)
            end_line, end_column = result.source.position(found.span.end)
            fields = {
                "title": f"reportlint ({found.rule})",
                "file": printable(relative_path(result.path)),
                "line": line,
                "endLine": end_line,
                # GitHub refuses columns of a range over several lines.
                **({"col": column, "endColumn": end_column} if line == end_line else {}),
            }
            shown = ",".join(f"{name}={_property(str(value))}" for name, value in fields.items())
            self.stream.write(
                f"::{_COMMANDS[found.severity]} {shown}::{_data(full_message(found, self.lang, result.source))}\n"
            )

    def end(self, summary: Summary) -> None:
        for problem in summary.problems:
            place = _property(printable(relative_path(problem.path)))
            self.stream.write(f"::error title=reportlint,file={place}::{_data(printable(problem.message))}\n")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
