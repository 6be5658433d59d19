"""--output-format rdjson: the Reviewdog Diagnostic Format; its columns are UTF-8 bytes, counted from 1."""

from __future__ import annotations

from typing import Any, TextIO

from reportlint.characters import visible
from reportlint.diagnostics import Diagnostic, Fix, Place, Secondary, Span
from reportlint.output.json import dump
from reportlint.output.wording import full_message
from reportlint.results import FileResult, Options, Summary
from reportlint.text.positions import Positions, relative_path


class Output:
    """One DiagnosticResult."""

    of_findings_only = True

    def __init__(self, stream: TextIO, options: Options) -> None:
        self.stream = stream
        self.lang = options.lang
        self.first = True
        self.stream.write('{"source": {"name": "reportlint"}, "diagnostics": [')

    def file(self, result: FileResult) -> None:
        positions = Positions(result.source.text, "utf-8")
        for found in result.diagnostics:
            self.stream.write("\n" if self.first else ",\n")
            self.stream.write(dump(self._diagnostic(found, result, positions)))
            self.first = False

    def end(self, summary: Summary) -> None:
        for problem in summary.problems:
            place = {"path": visible(relative_path(problem.path))}
            self.stream.write("\n" if self.first else ",\n")
            self.stream.write(dump({"message": visible(problem.message), "location": place, "severity": "ERROR"}))
            self.first = False
        self.stream.write("\n]}\n")

    def _diagnostic(self, found: Diagnostic, result: FileResult, positions: Positions) -> dict[str, Any]:
        url = {"url": found.url} if found.url and "://" in found.url else {}
        value: dict[str, Any] = {
            "message": full_message(found, self.lang),
            "location": _location(result.path, found.span, positions),
            "severity": found.severity.name,
            "code": {"value": found.rule, **url},
        }
        if found.labels:
            value["relatedLocations"] = [_label(label, result.path, positions) for label in found.labels]
        if found.fix and found.fix.edits:
            value["suggestions"] = [_suggestion(found.fix, positions)]
        return value


def _label(label: Secondary, path: str, positions: Positions) -> dict[str, Any]:
    there = _elsewhere(label.place) if label.place else _location(path, label.span, positions)
    return {"message": visible(label.message), "location": there}


def _location(path: str, span: Span, positions: Positions) -> dict[str, Any]:
    return {"path": visible(relative_path(path)), "range": _range(span, positions)}


def _range(span: Span, positions: Positions) -> dict[str, Any]:
    start, end = positions.range(span)
    return {
        "start": {"line": start.line + 1, "column": start.character + 1},
        "end": {"line": end.line + 1, "column": end.character + 1},
    }


def _elsewhere(place: Place) -> dict[str, Any]:
    """A place in another file, as far as its first line goes, which is all that is known of it."""
    start, end = (len(place.text[:at].encode("utf-8", "surrogatepass")) + 1 for at in place.span)
    return {
        "path": visible(relative_path(place.path)),
        "range": {"start": {"line": place.line, "column": start}, "end": {"line": place.line, "column": end}},
    }


def _suggestion(fix: Fix, positions: Positions) -> dict[str, Any]:
    """The edits of a fix as one: several suggestions would be alternatives."""
    edits = sorted(fix.edits, key=lambda edit: edit.span)
    whole = Span(edits[0].span.start, max(edit.span.end for edit in edits))
    parts, done = [], whole.start
    for edit in edits:
        parts += [positions.text[done : edit.span.start], edit.text]
        done = edit.span.end
    return {"range": _range(whole, positions), "text": visible("".join([*parts, positions.text[done : whole.end]]))}
