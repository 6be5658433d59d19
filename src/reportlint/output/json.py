"""--output-format json: one document, written as the run goes."""

from __future__ import annotations

import json
import re
from typing import Any, TextIO

from reportlint.characters import UNPRINTABLE, visible
from reportlint.diagnostics import Diagnostic, Fix, Origin, Secondary, Severity, Span
from reportlint.manual.pages import summary as title
from reportlint.results import FileResult, Options, Summary
from reportlint.rules import all_rules
from reportlint.source import Source

VERSION = 1

_ONE_LINE = json.JSONEncoder(ensure_ascii=False).encode
_PLACES = ("page", "paragraph", "table", "row", "cell", "sheet", "address")


class Output:
    """The JSON document; lines and columns are 1-based, columns count code points."""

    of_findings_only = True
    of_places_only = True

    def __init__(self, stream: TextIO, options: Options) -> None:
        self.stream = stream
        self.options = options
        self.first = True

    def file(self, result: FileResult) -> None:
        self.stream.write(f'{{"version": {VERSION}, "files": [\n' if self.first else ",\n")
        self.stream.write(dump(file_object(result)))
        self.first = False

    def end(self, summary: Summary) -> None:
        if self.first:
            self.stream.write(f'{{"version": {VERSION}, "files": [')
        problems = [{"path": problem.path, "message": problem.message} for problem in summary.problems]
        rules = {rule.name: title(rule, self.options.lang) for rule in all_rules() if rule.name in summary.rules}
        rest = {"problems": problems, "rules": rules, "summary": summary_object(summary, self.options)}
        self.stream.write("\n], " + dump(rest)[1:] + "\n")


def dump(value: object, indent: int | None = None) -> str:
    """JSON, on one line unless with an `indent`, and valid UTF-8.

    What cannot be seen is escaped, a byte of no encoding spelt out (xff).
    """
    text = _ONE_LINE(value) if indent is None else json.dumps(value, ensure_ascii=False, indent=indent)
    if text.isprintable():
        return text
    return UNPRINTABLE.sub(_escaped, visible(text, backslash="\\\\"))


def _escaped(match: re.Match[str]) -> str:
    r"""A character as JSON escapes it: \u202e, and two of these above U+FFFF."""
    return match[0] if match[0] == "\n" else json.dumps(match[0])[1:-1]


def file_object(result: FileResult) -> dict[str, Any]:
    """The object of one file."""
    return {
        "path": result.path,
        "form": result.form,
        "year": result.year,
        "organ": result.organ,
        "encoding": result.source.encoding,
        "diagnostics": [_diagnostic(d, result.source) for d in result.diagnostics],
    }


def summary_object(summary: Summary, options: Options) -> dict[str, Any]:
    """The object that closes a run."""
    value: dict[str, Any] = {
        "files": summary.files,
        **({"skipped": summary.skipped} if summary.skipped else {}),
        **({"failed": summary.failed} if summary.failed else {}),
        "errors": summary.severities[Severity.ERROR],
        "warnings": summary.severities[Severity.WARNING],
        "infos": summary.severities[Severity.INFO],
        "fixable": summary.fixable,
        **({"fixed": summary.fixed} if options.fixing else {}),
    }
    if options.statistics:
        value["statistics"] = dict((summary.rules if options.by == "rule" else summary.groups).most_common())
    return value


def _diagnostic(found: Diagnostic, source: Source) -> dict[str, Any]:
    fix = found.fix
    return {
        "rule": found.rule,
        "group": found.group,
        "severity": found.severity,
        "message": found.message,
        **place(found.span, source),
        "origin": origin_object(found.origin),
        "cell": found.cell._asdict() if found.cell else None,
        "labels": [_label(label, source) for label in found.labels],
        "notes": list(found.notes),
        "help": found.help,
        "url": found.url,
        "fix": _fix(fix, source) if fix else None,
    }


def origin_object(origin: Origin | None) -> dict[str, int | str] | None:
    """A place in a document as an object; None for a text file."""
    if origin is None:
        return None
    return {name: value for name in _PLACES if (value := getattr(origin, name)) is not None}


def _label(label: Secondary, source: Source) -> dict[str, Any]:
    """A second place; one in another file has its path."""
    there = label.place
    if there is None:
        return {**place(label.span, source), "message": label.message}
    names = ("path", "line", "column", "end_line", "end_column")
    return {**{name: getattr(there, name) for name in names}, "message": label.message}


def _fix(fix: Fix, source: Source) -> dict[str, Any]:
    edits = [{**place(edit.span, source), "text": edit.text} for edit in fix.edits]
    return {"safety": fix.safety, "edits": edits, **({"encoding": fix.encoding} if fix.encoding else {})}


def place(span: Span, source: Source) -> dict[str, int]:
    """Where a range stands: 1-based lines and columns in code points, the end exclusive."""
    line, column = source.position(span.start)
    end_line, end_column = source.position(span.end)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}
