"""--output-format lsp: PublishDiagnosticsParams, a line a file, for editors that run a command.

The language server shows the same diagnostics, counted in the units that the editor asks for.
"""

from __future__ import annotations

from typing import Any, TextIO

from reportlint.characters import visible
from reportlint.diagnostics import Diagnostic, Fix, Place, Secondary, Severity, Span
from reportlint.manual.pages import location
from reportlint.output.json import dump
from reportlint.output.wording import full_message
from reportlint.results import FileResult, Options, Summary
from reportlint.text.positions import Position, Positions, Range, uri_of

_SEVERITIES = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.INFO: 3}


class Output:
    """{"uri": …, "diagnostics": […]}; characters are UTF-16 units, as the protocol has them by default."""

    of_findings_only = True

    def __init__(self, stream: TextIO, options: Options) -> None:
        self.stream = stream
        self.lang = options.lang

    def file(self, result: FileResult) -> None:
        uri = uri_of(result.path)
        positions = Positions(result.source.text)
        found = [diagnostic(d, uri, positions, self.lang) for d in result.diagnostics]
        self.stream.write(dump({"uri": uri, "diagnostics": found}) + "\n")

    def end(self, summary: Summary) -> None:
        self.stream.flush()


def diagnostic(found: Diagnostic, uri: str, positions: Positions, lang: str) -> dict[str, Any]:
    """A finding as the protocol's Diagnostic; its fix, if it has one, is in `data`."""
    value: dict[str, Any] = {
        "range": range_of(found.span, positions),
        "severity": _SEVERITIES[found.severity],
        "code": found.rule,
        "source": "reportlint",
        "message": full_message(found, lang),
    }
    if page := location(found):
        value["codeDescription"] = {"href": page}
    if found.labels:
        value["relatedInformation"] = [_related(label, uri, positions) for label in found.labels]
    if found.fix and found.fix.edits:
        value["data"] = {"safety": found.fix.safety.value, "edits": edits(found.fix, positions)}
    return value


def range_of(span: Span, positions: Positions) -> dict[str, Any]:
    """A range of code points as the protocol's Range."""
    return _range(positions.range(span))


def edits(fix: Fix, positions: Positions) -> list[dict[str, Any]]:
    """The protocol's TextEdits of a fix."""
    return [{"range": range_of(edit.span, positions), "newText": edit.text} for edit in fix.edits]


def _range(range_: Range) -> dict[str, Any]:
    return {"start": _position(range_.start), "end": _position(range_.end)}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "character": position.character}


def _related(label: Secondary, uri: str, positions: Positions) -> dict[str, Any]:
    there = label.place
    where = (
        {"uri": uri_of(there.path), "range": _elsewhere(there, positions.encoding)}
        if there
        else {"uri": uri, "range": range_of(label.span, positions)}
    )
    return {"location": where, "message": visible(label.message)}


def _elsewhere(place: Place, encoding: str) -> dict[str, Any]:
    """A place in another file, as far as its first line goes."""
    inside = Positions(place.text, encoding).range(place.span)
    return _range(Range(*(Position(place.line - 1, at.character) for at in inside)))
