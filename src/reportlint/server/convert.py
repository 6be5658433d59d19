"""Findings and ranges as the protocol's types."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from reportlint.diagnostics import Diagnostic, Edit, Span
from reportlint.output.lsp import diagnostic as as_object
from reportlint.run.analysis import Analysis
from reportlint.server.project import Checked
from reportlint.text.numbers import show
from reportlint.text.positions import Position, Positions

_MOST_TERMS = 40
"""A column of section three has some twenty figures."""


def diagnostics(checked: Checked, uri: str, found: list[Diagnostic]) -> list[types.Diagnostic]:
    """Findings, or why a text was not checked."""
    if checked.problem is not None:
        start = types.Position(0, 0)
        severity = types.DiagnosticSeverity.Warning
        return [types.Diagnostic(types.Range(start, start), checked.problem, severity, source="reportlint")]
    made = [diagnostic(checked, uri, one) for one in found]
    if (
        checked.analysis is not None
        and checked.recognised is not None
        and any(one.group == "arithmetic" for one in found)
    ):
        cells = checked.analysis
        for shown, one in zip(made, found, strict=True):
            if one.group == "arithmetic":
                related = [*(shown.related_information or ()), *_terms(checked, uri, one, cells)]
                shown.related_information = related or None
    return made


def _terms(
    checked: Checked, uri: str, found: Diagnostic, cells: Analysis
) -> Iterator[types.DiagnosticRelatedInformation]:
    """The other figures of the broken equations that a figure stands in; zeros, which add nothing, are left out."""
    place = cells.at(found.span.start)
    told = {found.span, *(label.span for label in found.labels)}
    terms = [
        term
        for stated in (place.equations if place else ())
        if stated.holds is False
        for term in (*stated.equation.right, *stated.equation.left)
    ]
    for term in terms[:_MOST_TERMS]:
        if term.figure is not None and term.value and term.figure.span not in told:
            told.add(term.figure.span)
            location = types.Location(uri, range_of(term.figure.span, checked.positions))
            yield types.DiagnosticRelatedInformation(location, f"{term.name}: {show(term.value)}")


def diagnostic(checked: Checked, uri: str, found: Diagnostic) -> types.Diagnostic:
    """A finding; the same as --output-format lsp writes."""
    value = as_object(found, uri, checked.positions, checked.lang)
    page = value.get("codeDescription")
    related = value.get("relatedInformation")
    return types.Diagnostic(
        range=_range(value["range"]),
        message=value["message"],
        severity=types.DiagnosticSeverity(value["severity"]),
        code=value["code"],
        code_description=types.CodeDescription(page["href"]) if page else None,
        source=value["source"],
        related_information=[
            types.DiagnosticRelatedInformation(
                types.Location(one["location"]["uri"], _range(one["location"]["range"])), one["message"]
            )
            for one in related
        ]
        if related
        else None,
        data=value.get("data"),
    )


def range_of(span: Span, positions: Positions) -> types.Range:
    """A range of code points."""
    start, end = positions.range(span)
    return types.Range(position(start), position(end))


def position(at: Position) -> types.Position:
    """A position."""
    return types.Position(at.line, at.character)


def text_edit(edit: Edit, positions: Positions) -> types.TextEdit:
    """An edit."""
    return types.TextEdit(range_of(edit.span, positions), edit.text)


def _range(value: dict[str, dict[str, int]]) -> types.Range:
    return types.Range(types.Position(**value["start"]), types.Position(**value["end"]))
