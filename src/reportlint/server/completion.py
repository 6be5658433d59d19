"""Completion: the headings, captions and row labels of the form."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from reportlint.diagnostics import Span, Words
from reportlint.model import Report
from reportlint.server.convert import range_of
from reportlint.server.project import Checked
from reportlint.text.keys import key

_MARKS = " \u3000#*>"
MISSING = Words("报告还没有", "not in the report yet")
THERE = Words("已有", "already there")


def complete(checked: Checked, offset: int) -> types.CompletionList:
    """The form's wording for the cell or line that is being typed, what the report lacks first.

    In a text that is no report only for a beginning of some wording, so that other texts are left alone.
    """
    text = checked.source.text
    start = max(text.rfind(mark, 0, offset) for mark in "|\t\n\r") + 1
    while start < offset and text[start] in _MARKS:
        start += 1
    typed = text[start:offset]
    report = checked.report
    if report is None:
        return types.CompletionList(False, [])
    known = key(typed)
    items = []
    for number, (wording, there) in enumerate(_wordings(report)):
        if (known and known not in key(wording)) or (not report.recognised and len(known) < 2):
            continue
        items.append(
            types.CompletionItem(
                label=wording,
                kind=types.CompletionItemKind.Constant,
                detail=(THERE if there else MISSING)(checked.lang),
                sort_text=f"{int(there)}{number:04}",
                # Editors compare this with what is typed, which may lack the number in front.
                filter_text=typed + wording if typed and not wording.startswith(typed) else wording,
                text_edit=types.TextEdit(range_of(Span(start, offset), checked.positions), wording),
            )
        )
    return types.CompletionList(is_incomplete=True, items=items)


def _wordings(report: Report) -> Iterator[tuple[str, bool]]:
    """The form's wording in its order, and whether the report has it."""
    there = {label.terminal for label in report.labels if not label.missing}
    there |= {section.heading.terminal for section in report.sections if not section.missing}
    labels = report.form.labels
    if not report.recognised:
        there = set()
    seen = set()
    for section in report.form.sections:
        terminals = [section.heading]
        for table in section.tables:
            terminals += [table.caption] if table.caption else []
            terminals += [row.label for row in table.rows]
        for terminal in terminals:
            wording = labels.get(terminal)
            if wording and wording not in seen:
                seen.add(wording)
                yield wording, terminal in there
