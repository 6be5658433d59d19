"""Outcomes as text, to hand from process to process and to keep in a cache: no more than plain values, as JSON.

What is read is checked as far as it is built into values; a text that was not written here raises an error.
"""

from __future__ import annotations

import json
from binascii import a2b_base64, b2a_base64
from collections.abc import Sequence
from typing import Any

from reportlint.config.baseline import Landmarks
from reportlint.diagnostics import (
    Cell,
    Diagnostic,
    Edit,
    Fix,
    Origin,
    Place,
    Recognition,
    Safety,
    Secondary,
    Severity,
    Span,
    Words,
)
from reportlint.forms.form import Form
from reportlint.run.outcome import Outcome, let_go, located
from reportlint.series.digests import Digest
from reportlint.series.similar import checked
from reportlint.series.where import Reading, Where
from reportlint.source import Source
from reportlint.text.ignoring import is_commented


def pack(outcome: Outcome, forms: Sequence[Form]) -> str:
    """An outcome, without its text unless that was taken out of a document; `forms` are those used for the file.

    Where its findings stand is told beside them, but not of a text with comments that may ignore some.
    """
    source = outcome.source
    found = outcome.found if source is None else located(outcome.found, source)
    places = None if source is None or is_commented(source) else source.places(found)
    return json.dumps(
        [
            list(outcome.error) if outcome.error else None,
            outcome.is_copy,
            outcome.content or (source.digest if source is not None else ""),
            outcome.encoding,
            [_finding(one) for one in found],
            [outcome.recognised, outcome.form, outcome.year, outcome.organ, outcome.part],
            [list(words) for words in outcome.unchecked],
            [list(crash) for crash in outcome.crashed],
            _marks(outcome.marks),
            plain(outcome.digest, forms),
            None if places is None else [(offset, *place) for offset, place in places.items()],
            _text(source) if source is not None and not source.is_own_text else None,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def unpack(
    text: str, number: int, path: str, forms: Sequence[Form], read: Reading | None, of_places_only: bool
) -> Outcome:
    """The outcome that was packed, as that of the file that is `number` in the run and shown as `path`.

    `read` reads the file again; `of_places_only` says that it need not be where the places of its findings are known.

    Raises ValueError, TypeError, LookupError or ArithmeticError for a text that was not packed so.
    """
    error, is_copy, content, encoding, found, report, unchecked, crashed, marks, digest, places, kept = json.loads(text)
    recognised, form, year, organ, part = report
    source = None if kept is None else _source(path, *kept)
    is_let_go = source is None and of_places_only and places is not None
    diagnostics = tuple(_found(*one) for one in found)
    return Outcome(
        error=Words(*error) if error else None,
        is_copy=bool(is_copy),
        content=str(content),
        encoding=str(encoding),
        found=diagnostics,
        recognised=bool(recognised),
        form=form,
        year=year,
        organ=organ,
        part=part,
        unchecked=tuple(Words(*words) for words in unchecked),
        crashed=tuple((str(rule), str(sentence)) for rule, sentence in crashed),
        marks=None if marks is None else _marked(*marks),
        digest=None if digest is None else digest_of(digest, number, path, forms, read, source),
        source=let_go(path, str(encoding), _places(places, diagnostics)) if is_let_go else source,
    )


def _places(held: Any, found: Sequence[Diagnostic]) -> dict[int, tuple[int, int]]:
    places = {int(offset): (int(line), int(column)) for offset, line, column in held}
    if not all(offset in places for one in found for span in one.spans() for offset in span):
        raise LookupError("a finding without its place")
    return places


def _finding(one: Diagnostic) -> list[Any]:
    fix = one.fix
    return [
        *(one.rule, one.group, one.severity.value, list(one.span), one.message),
        [
            [list(label.span), label.message, None if label.place is None else _place(label.place)]
            for label in one.labels
        ],
        list(one.notes),
        one.help,
        None if fix is None else [[[list(e.span), e.text] for e in fix.edits], fix.safety.value, fix.encoding],
        None if one.origin is None else _origin(one.origin),
        *(one.subject, one.url, one.more),
        None if one.cell is None else list(one.cell),
    ]


def _found(
    rule: str,
    group: str,
    severity: str,
    span: Any,
    message: str,
    labels: Any,
    notes: Any,
    help: str | None,
    fix: Any,
    origin: Any,
    subject: str,
    url: str | None,
    more: int,
    cell: Any,
) -> Diagnostic:
    return Diagnostic(
        str(rule),
        str(group),
        Severity(severity),
        _span(span),
        str(message),
        tuple(
            Secondary(_span(at), str(said), None if place is None else _placed(*place)) for at, said, place in labels
        ),
        tuple(map(str, notes)),
        help,
        None if fix is None else _fix(*fix),
        None if origin is None else Origin(*origin),
        str(subject),
        url,
        int(more),
        None if cell is None else Cell(*cell),
    )


def _fix(edits: Any, safety: str, encoding: str | None) -> Fix:
    return Fix(tuple(Edit(_span(span), str(text)) for span, text in edits), Safety(safety), encoding)


def _span(held: Any) -> Span:
    start, end = held
    if not 0 <= start <= end:
        raise ValueError("a range that ends before it begins")
    return Span(int(start), int(end))


def _origin(origin: Origin) -> list[Any]:
    return [
        *(origin.page, origin.table, origin.row, origin.cell, origin.paragraph),
        *(origin.sheet, origin.address),
    ]


def _place(place: Place) -> list[Any]:
    return [
        *(place.path, place.line, place.column, place.end_line, place.end_column),
        *(place.text, list(place.span)),
    ]


def _placed(path: str, line: int, column: int, end_line: int, end_column: int, text: str, span: Any) -> Place:
    return Place(str(path), int(line), int(column), int(end_line), int(end_column), str(text), _span(span))


def _marks(marks: Landmarks | None) -> list[Any] | None:
    if marks is None:
        return None
    return [marks.sections, marks.rows, marks.row_names, marks.figures, marks.paragraphs]


def _marked(sections: Any, rows: Any, row_names: Any, figures: Any, paragraphs: Any) -> Landmarks:
    return Landmarks(
        tuple((int(start), str(name)) for start, name in sections),
        tuple(map(_span, rows)),
        tuple(map(str, row_names)),
        tuple(tuple(map(_span, held)) for held in figures),
        tuple(map(_span, paragraphs)),
    )


def plain(digest: Digest | None, forms: Sequence[Form]) -> list[Any] | None:
    """A digest as plain values."""
    if digest is None:
        return None
    sketch = None if digest.sketch is None else _told(digest.sketch)
    whose = [digest.organ, digest.year, list(forms).index(digest.form)]
    return [*whose, _told(digest.figures), _told(digest.spans), list(digest.span), digest.where.content, sketch]


def digest_of(
    held: Any, number: int, path: str, forms: Sequence[Form], read: Reading | None, source: Source | None = None
) -> Digest:
    """The digest that became these plain values; `read` reads the file's text, `source`, again. Raises as `unpack`."""
    organ, year, form, figures, spans, span, content, sketch = held
    return Digest(
        number,
        path,
        str(organ),
        year,
        forms[form],
        _bytes(figures),
        _bytes(spans),
        _span(span),
        Where(path, source, read, str(content)),
        None if sketch is None else checked(_bytes(sketch)),
    )


def _told(data: bytes) -> str:
    return b2a_base64(data, newline=False).decode("ascii")


def _bytes(text: str) -> bytes:
    return a2b_base64(text, strict_mode=True)


def _text(source: Source) -> list[Any]:
    origins = [[*span, *_origin(origin)] for span, origin in source.origins]
    read = source.recognitions
    figures = None if read is None else [[*one.span, one.score, one.other] for one in read]
    flags = [source.walled, source.typed, source.tables_only, source.is_dear, sorted(source.scanned)]
    return [source.text, source.encoding, source.digest, origins, figures, flags]


def _source(path: str, text: str, encoding: str, digest: str, origins: Any, figures: Any, flags: Any) -> Source:
    held = tuple((_span((start, end)), Origin(*origin)) for start, end, *origin in origins)
    walled, typed, tables_only, is_dear, scanned = flags
    return Source(
        path,
        str(text),
        encoding,
        known_digest=str(digest),
        known_dear=bool(is_dear),
        origins=held,
        walled=walled,
        typed=typed,
        tables_only=tables_only,
        recognitions=None if figures is None else tuple(Recognition(_span((a, b)), s, o) for a, b, s, o in figures),
        scanned=frozenset(scanned),
        is_own_text=False,
    )
