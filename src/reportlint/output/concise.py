"""--output-format concise: one finding a line, as editors and grep read it."""

from __future__ import annotations

from typing import TextIO

from reportlint.characters import printable
from reportlint.output.wording import in_brackets, statistics, summary_line
from reportlint.results import FileResult, Options, Summary


class Output:
    """path:line:column: severity[rule] message"""

    of_findings_only = True
    of_places_only = True

    def __init__(self, stream: TextIO, options: Options) -> None:
        self.stream = stream
        self.options = options

    def file(self, result: FileResult) -> None:
        if self.options.statistics:
            return
        for found in result.diagnostics:
            line, column = result.source.position(found.span.start)
            said = printable(" ".join(found.message.split())) + in_brackets(found.origin, self.options.lang)
            at = f"{printable(result.path)}:{line}:{column}"
            self.stream.write(f"{at}: {found.severity}[{found.rule}] {said}\n")

    def end(self, summary: Summary) -> None:
        if self.options.statistics:
            self.stream.writelines(line + "\n" for line in statistics(summary, self.options.by, self.options.lang))
        if not self.options.quiet:
            self.stream.write(summary_line(summary, self.options.lang) + "\n")
