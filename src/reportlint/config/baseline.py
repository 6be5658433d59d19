"""A baseline: findings that were there when it was made, known again by what they say (docs/configuration.md).

A finding is its rule, the section and row that it stands in, what it names, and the text of its
place with a little of the sentence around it, all without blanks and line ends. So lines may be
put in above it and tables laid out anew; a figure or a wording that changes is another finding.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reportlint.config.globs import relative
from reportlint.diagnostics import Diagnostic, Safety, Span, UserError, reason
from reportlint.late import Late
from reportlint.model import Report
from reportlint.reading import read_bytes
from reportlint.source import Source
from reportlint.text.fold import fold
from reportlint.tuples import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 1
_AROUND = 8
_SLICE = 100
"""So much of the text beside a finding is looked at, blanks and junk and all."""
_MOST_BYTES = 64 * 1024 * 1024
_MOST_COUNT = 10**6
_MOST_FIGURES = 10
_NAMED = Late(r'^\s*("(?:[^"\\]|\\.)*"): \[')
_PRINT = Late(r'"fingerprint": "([^"]*)"')
_LONGEST = 60
_LAYOUT = Late(r"[\s|]+")


class BadBaseline(UserError):
    """A baseline that cannot be used."""


class NoBaseline(BadBaseline):
    """There is no such file."""


class Landmarks(NamedTuple):
    """Where the parts of a report stand, in order: its sections by their beginnings, rows, paragraphs.

    `row_names` and `figures` belong to `rows`.
    """

    sections: tuple[tuple[int, str], ...] = ()
    rows: tuple[Span, ...] = ()
    row_names: tuple[str, ...] = ()
    figures: tuple[tuple[Span, ...], ...] = ()
    paragraphs: tuple[Span, ...] = ()


def landmarks(report: Report) -> Landmarks:
    """Those of a report."""
    sections = [(s.heading.span.start, s.name) for s in report.sections if not s.missing]
    rows = []
    for row in (row for table in report.tables for row in table.rows if not row.missing):
        figures = tuple(figure.span for figure in row.figures)
        ends = [*figures, *([row.label.span] if row.label else [])]
        if ends:
            rows.append((Span(min(span.start for span in ends), max(span.end for span in ends)), row.name, figures))
    rows.sort()
    spans, names, within = zip(*rows, strict=True) if rows else ((), (), ())
    paragraphs = sorted(p.span() for p in report.paragraphs)
    return Landmarks(tuple(sorted(sections)), spans, names, within, tuple(paragraphs))


class Entry(NamedTuple):
    """A finding of a baseline: how often it stood in the file, and its text for people."""

    rule: str
    fingerprint: str
    text: str
    times: int = 1


def entry_of(found: Diagnostic, source: Source, marks: Landmarks) -> Entry:
    """A finding as a baseline holds it."""
    at = found.span
    section = bisect_right(marks.sections, at.start, key=lambda mark: mark[0]) - 1
    row = _around(at, marks.rows)
    paragraph = _around(at, marks.paragraphs)
    text = _plain(source.text[at.start : min(at.end, at.start + _SLICE)])
    before = after = ""
    if row is None and paragraph is not None:
        inside = marks.paragraphs[paragraph]
        before = _plain(source.text[max(inside.start, at.start - _SLICE) : at.start])[-_AROUND:]
        after = _plain(source.text[at.end : min(inside.end, at.end + _SLICE)])[:_AROUND]
    parts = (
        found.rule,
        marks.sections[section][1] if section >= 0 else "",
        marks.row_names[row] if row is not None else "",
        str(_around(at, marks.figures[row])) if row is not None else "",
        _plain(found.subject),
        before,
        text,
        after,
        _suggested(found),
    )
    from hashlib import sha256

    digest = sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    shown = before + text + after
    return Entry(found.rule, digest, shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…")


def _suggested(found: Diagnostic) -> str:
    """The figures that would mend it: where others would, it is another fault."""
    fix = found.fix
    if fix is None or fix.safety is Safety.SAFE or len(fix.edits) > _MOST_FIGURES:
        return ""
    return "|".join(_plain(edit.text) for edit in fix.edits)


def _plain(text: str) -> str:
    """A text as it is compared: folded, so that a fix beside a finding does not make it another one."""
    return _LAYOUT.sub("", fold(text).text)


def _around(at: Span, spans: Sequence[Span]) -> int | None:
    """Which of some ranges in order, that do not overlap, holds a place."""
    number = bisect_right(spans, at.start, key=lambda span: span.start) - 1
    return number if number >= 0 and at.start < spans[number].end else None


class StaleEntry(NamedTuple):
    """A finding of a baseline that is no longer there; `span` is its line in the baseline file."""

    span: Span
    path: str
    rule: str
    text: str
    gone: bool = False


class Baseline:
    """A baseline file: what it holds by path and fingerprint, and what of it a run has met."""

    def __init__(self, path: Path, entries: dict[str, dict[str, Entry]] | None = None, text: str = "") -> None:
        self.path = path
        self.entries = entries or {}
        self.text = text
        self._found: dict[str, list[Entry]] = {}
        self._judged: dict[str, frozenset[str]] = {}

    def kept(
        self, path: str, found: Iterable[tuple[Diagnostic, Entry]], judged: frozenset[str] | None = None
    ) -> list[Diagnostic]:
        """The findings of a file that the baseline does not hold, or holds fewer times.

        With `judged` they are remembered as all that the file has of those rules.
        """
        name = self.name(path)
        held = self.entries.get(name, {})
        met = Counter[str]()
        new = []
        entries = []
        for diagnostic, entry in found:
            entries.append(entry)
            known = held.get(entry.fingerprint)
            met[entry.fingerprint] += 1
            if known is None or met[entry.fingerprint] > known.times:
                new.append(diagnostic)
        if judged is not None:
            self._found[name], self._judged[name] = entries, judged
        return new

    def name(self, path: str) -> str:
        """How the baseline names a file: as it is seen from the baseline's own folder."""
        return relative(os.path.realpath(path), self.path.parent)

    def _is_gone(self, name: str) -> bool:
        return not os.path.exists(self.path.parent / name)

    def stale(self, covers: bool) -> Iterator[StaleEntry]:
        """Findings that files of the run no longer have; where it `covers` all files, also files that are gone."""
        lines = self._lines()
        for name, held in self.entries.items():
            judged = self._judged.get(name)
            gone = judged is None and covers and self._is_gone(name)
            met = Counter(entry.fingerprint for entry in self._found.get(name, ()))
            for entry in held.values() if gone or judged else ():
                if gone or (judged and entry.rule in judged and met[entry.fingerprint] < entry.times):
                    line = lines.get((name, entry.fingerprint), Span(0, 0))
                    yield StaleEntry(line, name, entry.rule, entry.text, gone)

    def _lines(self) -> dict[tuple[str, str], Span]:
        """Where each entry's line stands in the file, which has one a line as `written` writes them."""
        found = {}
        name, at = "", 0
        for line in self.text.splitlines(keepends=True):
            if header := _NAMED.match(line):
                name = json.loads(header[1])
            elif entry := _PRINT.search(line):
                plain = line.rstrip()
                found[name, entry[1]] = Span(at + len(plain) - len(plain.lstrip()), at + len(plain.removesuffix(",")))
            at += len(line)
        return found

    def updated(self) -> Baseline:
        """The baseline that this run's findings make.

        Entries of files that are there and were not checked, and of rules that were not judged,
        stay as they are.
        """
        made: dict[str, dict[str, Entry]] = {}
        for name, held in self.entries.items():
            judged = self._judged.get(name)
            if judged is not None:
                made[name] = {e.fingerprint: e for e in held.values() if e.rule not in judged}
            elif not self._is_gone(name):
                made[name] = dict(held)
        for name, found in self._found.items():
            counts = Counter(entry.fingerprint for entry in found)
            new = {e.fingerprint: Entry(e.rule, e.fingerprint, e.text, counts[e.fingerprint]) for e in found}
            made[name] = made.get(name, {}) | new
        return Baseline(self.path, {name: held for name, held in made.items() if held})

    def difference(self, before: Baseline) -> tuple[int, int]:
        """How many findings it holds that `before` does not, and the reverse."""
        now, then = (
            Counter({(name, f): e.times for name, held in one.entries.items() for f, e in held.items()})
            for one in (self, before)
        )
        return (now - then).total(), (then - now).total()

    @property
    def total(self) -> int:
        """How many findings it holds."""
        return sum(entry.times for held in self.entries.values() for entry in held.values())

    def written(self) -> bytes:
        """The baseline file: one finding a line, so that a change of it can be reviewed."""
        files = []
        for name, held in sorted(self.entries.items()):
            lines = [_dump(_object(e)) for e in sorted(held.values(), key=lambda e: (e.rule, e.text, e.fingerprint))]
            files.append(f"  {_dump(name)}: [\n   " + ",\n   ".join(lines) + "\n  ]")
        body = "{\n" + ",\n".join(files) + "\n }" if files else "{}"
        return f'{{\n "version": {VERSION},\n "files": {body}\n}}\n'.encode("utf-8", "backslashreplace")


def _object(entry: Entry) -> dict[str, object]:
    named: dict[str, object] = {"rule": entry.rule, "fingerprint": entry.fingerprint, "text": entry.text}
    return named if entry.times == 1 else {**named, "count": entry.times}


def _dump(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(value)


def load(path: Path) -> Baseline:
    """The baseline in a file. Raises NoBaseline where there is none, BadBaseline where it cannot be used."""
    make = "--update-baseline"
    try:
        text = read_bytes(path, _MOST_BYTES).decode("utf-8")
        data = json.loads(text)
        if data["version"] != VERSION:
            raise BadBaseline(
                f"基线文件 {path} 的版本是 {data['version']}，这里只认 {VERSION}；请删去它，用 {make} 重新生成",
                f"the baseline {path} is of version {data['version']}, not {VERSION}; delete it, and make it anew "
                f"with {make}",
            )
        return Baseline(path, {name: _entries(held) for name, held in data["files"].items()}, text)
    except FileNotFoundError:
        raise NoBaseline(
            f"没有基线文件 {path}；用 {make} 生成", f"there is no baseline {path}; make it with {make}"
        ) from None
    except OSError as error:
        why = reason(error)
        raise BadBaseline(f"无法读取基线文件 {path}：{why.zh}", f"cannot read the baseline {path}: {why.en}") from None
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError):
        raise BadBaseline(
            f"{path} 不是基线文件，或已损坏；请检查文件名，确是基线的删去后用 {make} 重新生成",
            f"{path} is no baseline, or a damaged one; look at the name, or delete it and make it anew with {make}",
        ) from None


def _entries(held: list[Mapping[str, Any]]) -> dict[str, Entry]:
    entries = [Entry(str(e["rule"]), str(e["fingerprint"]), str(e["text"]), int(e.get("count", 1))) for e in held]
    if any(not 0 < entry.times <= _MOST_COUNT for entry in entries):
        raise ValueError("a count that cannot be")
    return {entry.fingerprint: entry for entry in entries}
