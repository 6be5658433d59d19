"""--output-format gitlab: a Code Quality report, which GitLab shows in merge requests."""

from __future__ import annotations

from typing import TextIO

from reportlint.diagnostics import Severity
from reportlint.output.fingerprints import Fingerprints
from reportlint.output.json import dump
from reportlint.output.wording import full_message
from reportlint.positions import relative_path
from reportlint.results import FileResult, Options, Summary
from reportlint.source import visible

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


class Output:
    """A list of findings, each known again by its fingerprint."""

    def __init__(self, stream: TextIO, options: Options) -> None:
        self.stream = stream
        self.lang = options.lang
        self.first = True
        self.stream.write("[")

    def file(self, result: FileResult) -> None:
        prints = Fingerprints(result)
        for found in result.diagnostics:
            begin, _ = result.source.position(found.span.start)
            end, _ = result.source.position(found.span.end)
            value = {
                "type": "issue",
                "check_name": found.rule,
                "description": full_message(found, self.lang, result.source),
                "categories": ["Style"],
                "severity": _SEVERITIES[found.severity],
                "fingerprint": prints.of(found),
                "location": {"path": visible(relative_path(result.path)), "lines": {"begin": begin, "end": end}},
            }
            self.stream.write(("\n" if self.first else ",\n") + dump(value))
            self.first = False

    def end(self, summary: Summary) -> None:
        self.stream.write("\n]\n")
