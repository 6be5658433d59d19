"""--output-format jsonl: one file object a line, for runs over many files."""

from __future__ import annotations

from typing import TextIO

from reportlint.output.json import dump, file_object
from reportlint.results import FileResult, Options, Summary


class Output:
    """The file objects of the JSON format, a line each."""

    of_findings_only = True
    of_places_only = True

    def __init__(self, stream: TextIO, options: Options) -> None:
        self.stream = stream

    def file(self, result: FileResult) -> None:
        self.stream.write(dump(file_object(result)) + "\n")

    def end(self, summary: Summary) -> None:
        self.stream.flush()
