"""Reports as rows of the tables that `extract` writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from reportlint.diagnostics import Diagnostic, Severity, Span, Words
from reportlint.late import Late
from reportlint.output.tabular.columns import english
from reportlint.output.tabular.reports import number
from reportlint.output.wording import whereabouts
from reportlint.run.analysis import Analysis
from reportlint.source import Source
from reportlint.text.webpage import is_page

Row = dict[str, Any]

_CODE = Late(r"统一社会信用代码[:：\s]{0,4}([0-9A-HJ-NPQRTUWXY]{18})(?![0-9A-Z])")


def cell_rows(path: str, analysis: Analysis, lang: str) -> Iterator[Row]:
    """A row a cell; what is not known is None."""
    report = analysis.report
    about = _about(path, analysis)
    sections = {table.form.rule: section.name for section in report.sections for table in section.tables}
    sure = {one.span.start: one.score for one in report.source.recognitions or ()}
    for table, readings in analysis.readings:
        for cell in readings:
            label, figure = cell.row.label, cell.figure
            yield {
                **about,
                "section": sections[table.form.rule],
                "table": table.form.rule,
                "row": label.terminal if label else None,
                "row_label": label.form if label else None,
                "row_label_en": english(report.form, label.terminal) or None if label else None,
                "column": cell.column or None,
                "column_label": report.form.column(cell.column) if cell.column else None,
                "column_label_en": english(report.form, cell.column) or None,
                "value": number(cell.value),
                "state": cell.state,
                "suggested": number(cell.suggested),
                "text": figure.text if figure else None,
                **_place(figure.span if figure else None, report.source, lang),
                "confidence": round(sure[figure.span.start], 3) if figure and figure.span.start in sure else None,
            }


def wide_row(path: str, analysis: Analysis) -> Row:
    """A report as one row, a column a cell."""
    row = _about(path, analysis)
    for table, readings in analysis.readings:
        for cell in readings:
            if cell.column:
                name = cell.row.label.terminal if cell.row.label else table.form.rule
                row[f"{name}.{cell.column}"] = number(cell.value)
    return row


def prose_rows(path: str, analysis: Analysis, lang: str) -> Iterator[Row]:
    """A row a figure that the prose states."""
    source = analysis.report.source
    about = _about(path, analysis)
    fits = {c.statement.span: c.fits for c in analysis.comparisons if c.candidates}
    for statement in (one for sentence in analysis.sentences for one in sentence.statements):
        amount = statement.amount
        yield {
            **about,
            "subject": statement.subject,
            "value": number(amount.value) if amount else None,
            "unit": amount.unit or None if amount else None,
            "scope": statement.scope or None,
            "of_year": statement.year,
            "fits": fits.get(statement.span),
            "text": statement.phrase,
            **_place(statement.span, source, lang),
        }


def finding_rows(path: str, analysis: Analysis, found: Iterable[Diagnostic], lang: str) -> Iterator[Row]:
    """A row a finding."""
    source = analysis.report.source
    about = _about(path, analysis)
    for one in found:
        yield {
            **about,
            "severity": one.severity.value,
            "rule": one.rule,
            "group": one.group,
            "message": one.message,
            "advice": one.help,
            "fix": one.fix.safety.value if one.fix else None,
            "text": " ".join(source.text[one.span.start : min(one.span.end, one.span.start + 200)].split()) or None,
            **_place(one.span, source, lang),
            "column": source.position(one.span.start)[1],
        }


def report_row(
    path: str, analysis: Analysis | None, found: Iterable[Diagnostic], problem: Words | None, lang: str
) -> Row:
    """A file as one row, with how many findings it has; or why it could not be read."""
    if analysis is None:
        return {"path": path, "recognised": False, "problem": problem(lang) if problem else None}
    severities = Counter[Severity]()
    for one in found:
        severities[one.severity] += 1 + one.more
    return {
        **_about(path, analysis),
        "recognised": analysis.report.recognised,
        "errors": severities[Severity.ERROR],
        "warnings": severities[Severity.WARNING],
        "infos": severities[Severity.INFO],
        "characters": len(analysis.report.source.text),
    }


def _about(path: str, analysis: Analysis) -> Row:
    report = analysis.report
    code = _CODE.search(report.source.text)
    return {
        "organ": report.organ,
        "organ_code": code[1] if code else None,
        "year": report.year,
        "form": None if report.free_form else report.form.name,
        "path": path,
        "sha256": report.source.digest,
        "reader": reader_of(report.source),
    }


def _place(span: Span | None, source: Source, lang: str) -> Row:
    if span is None:
        return {"place": None, "line": None}
    return {"place": whereabouts(source.origin(span), lang) or None, "line": source.position(span.start)[0]}


def reader_of(source: Source) -> str:
    """What kind of file a text was read from."""
    if source.recognitions is not None:
        return "scan"
    if source.path.lower().endswith(".pdf"):
        return "pdf"
    origin = source.origins[0][1] if source.origins else None
    if origin is not None:
        return "workbook" if origin.sheet else "pdf" if origin.paragraph is None and origin.table is None else "word"
    if source.document is not None:
        return "word"
    if "<" in source.text and is_page(source.text):
        return "html"
    return "markdown" if source.is_markdown else "text"
