"""--output-format tsv: one finding a line, its parts parted by tabs."""

from __future__ import annotations

import csv
from typing import TextIO

from reportlint.results import FileResult, Options, Summary


class Output:
    """path, line, column, severity, rule, message"""

    def __init__(self, stream: TextIO, options: Options) -> None:
        """Write the head."""
        self.writer = csv.writer(stream, "excel-tab")
        self.writer.writerow(["path", "line", "column", "severity", "rule", "message"])

    def file(self, result: FileResult) -> None:
        """Write a file's findings."""
        for found in result.diagnostics:
            line, column = result.source.position(found.span.start)
            self.writer.writerow([result.path, line, column, found.severity, found.rule, found.message])

    def end(self, summary: Summary) -> None:
        """Nothing closes it."""
