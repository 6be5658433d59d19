"""--output-format gitlab: a Code Quality report, which GitLab shows in merge requests."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, TextIO

from reportlint.characters import visible
from reportlint.diagnostics import Severity
from reportlint.output.fingerprints import Fingerprints
from reportlint.output.json import dump
from reportlint.output.wording import full_message
from reportlint.results import FileResult, Options, Summary
from reportlint.text.positions import relative_path

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


class Output:
    """A list of findings, each known again by its fingerprint."""

    of_findings_only = True

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
                "location": _location(result.path, begin, end),
            }
            self._write(value)

    def _write(self, value: dict[str, Any]) -> None:
        self.stream.write(("\n" if self.first else ",\n") + dump(value))
        self.first = False

    def end(self, summary: Summary) -> None:
        for problem in summary.problems:
            known = sha256(f"{problem.path}\0{problem.message}".encode("utf-8", "surrogateescape")).hexdigest()[:32]
            value = {
                "type": "issue",
                "check_name": "reportlint",
                "description": visible(problem.message),
                "severity": "critical",
                "fingerprint": known,
                "location": _location(problem.path, 1, 1),
            }
            self._write(value)
        self.stream.write("\n]\n")


def _location(path: str, begin: int, end: int) -> dict[str, Any]:
    return {"path": visible(relative_path(path)), "lines": {"begin": begin, "end": end}}
