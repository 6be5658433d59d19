"""A baseline: findings that were there when it was made, known again by what they say (design.md §7).

A finding is its rule, the section and row that it stands in, what it names, and the text of its
place with a little of the sentence around it, all without blanks and line ends. So lines may be
put in above it and tables laid out anew; a figure or a wording that changes is another finding.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from reportlint.diagnostics import Diagnostic, Span, Words
from reportlint.globs import relative
from reportlint.model import Report
from reportlint.source import Source

VERSION = 1
_AROUND = 8
_LONGEST = 60
_LAYOUT = re.compile(r"[\s|]+")


class BadBaseline(Exception):
    """A baseline that cannot be used; `words` say why and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Words(zh, en)


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Where the parts of a report stand: its sections by their beginnings, rows, paragraphs."""

    sections: tuple[tuple[int, str], ...] = ()
    rows: tuple[tuple[Span, str], ...] = ()
    paragraphs: tuple[Span, ...] = ()


def landmarks(report: Report) -> Landmarks:
    """Those of a report."""
    sections = [(s.heading.span.start, s.name) for s in report.sections if not s.missing]
    rows = []
    for row in (row for table in report.tables for row in table.rows if not row.missing):
        ends = [figure.span for figure in row.figures] + ([row.label.span] if row.label else [])
        if ends:
            rows.append((Span(min(span.start for span in ends), max(span.end for span in ends)), row.name))
    paragraphs = [p.span() for p in report.paragraphs]
    return Landmarks(tuple(sorted(sections)), tuple(sorted(rows)), tuple(sorted(paragraphs)))


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding of a baseline: how often it stood in the file, and its text for people."""

    rule: str
    fingerprint: str
    text: str
    count: int = 1


def entry_of(found: Diagnostic, source: Source, marks: Landmarks) -> Entry:
    """A finding as a baseline holds it."""
    at = found.span
    section = bisect_right(marks.sections, at.start, key=lambda mark: mark[0]) - 1
    row = _around(at, [span for span, _ in marks.rows])
    paragraph = _around(at, marks.paragraphs)
    text = _plain(source.text[at.start : at.end])
    before = after = ""
    if row is None and paragraph is not None:
        inside = marks.paragraphs[paragraph]
        before = _plain(source.text[inside.start : at.start])[-_AROUND:]
        after = _plain(source.text[at.end : inside.end])[:_AROUND]
    parts = (
        found.rule,
        marks.sections[section][1] if section >= 0 else "",
        marks.rows[row][1] if row is not None else "",
        _plain(found.subject),
        before,
        text,
        after,
    )
    digest = sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    shown = before + text + after
    return Entry(found.rule, digest, shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…")


def _plain(text: str) -> str:
    return _LAYOUT.sub("", unicodedata.normalize("NFKC", text))


def _around(at: Span, spans: Iterable[Span]) -> int | None:
    """Which of some ranges in order, that do not overlap, holds a place."""
    ordered = list(spans)
    number = bisect_right(ordered, at.start, key=lambda span: span.start) - 1
    return number if number >= 0 and at.start < ordered[number].end else None


@dataclass(frozen=True, slots=True)
class StaleEntry:
    """A finding of a baseline that is no longer there; `span` is its line in the baseline file."""

    span: Span
    path: str
    rule: str
    text: str
    gone: bool = False


@dataclass(eq=False)
class Baseline:
    """A baseline file: what it holds by path and fingerprint, and what of it a run has met."""

    path: Path
    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    text: str = ""
    _met: dict[str, Counter[str]] = field(default_factory=dict)
    _found: dict[str, list[Entry]] = field(default_factory=dict)

    def kept(self, path: str, found: Iterable[tuple[Diagnostic, Entry]]) -> list[Diagnostic]:
        """The findings of a file that the baseline does not hold, or holds fewer times."""
        name = self.name(path)
        held = self.entries.get(name, {})
        met = self._met.setdefault(name, Counter())
        new = []
        for diagnostic, entry in found:
            self._found.setdefault(name, []).append(entry)
            known = held.get(entry.fingerprint)
            met[entry.fingerprint] += 1
            if known is None or met[entry.fingerprint] > known.count:
                new.append(diagnostic)
        return new

    def without_known(self, path: str, found: Iterable[tuple[Diagnostic, Entry]]) -> list[Diagnostic]:
        """As `kept`, but nothing is remembered."""
        return Baseline(self.path, self.entries).kept(path, found)

    def difference(self, before: Baseline) -> tuple[int, int]:
        """How many findings it holds that `before` does not, and the reverse."""
        now, then = (
            Counter({(n, f): e.count for n, held in b.entries.items() for f, e in held.items()}) for b in (self, before)
        )
        return (now - then).total(), (then - now).total()

    def name(self, path: str) -> str:
        """How the baseline names a file: as it is seen from the baseline's own folder."""
        return relative(path, self.path.parent)

    def stale(self, active: frozenset[str], covers: bool) -> Iterator[StaleEntry]:
        """Findings that files of the run no longer have; where it `covers` all files, also files that are gone."""
        for name, held in self.entries.items():
            met = self._met.get(name)
            gone = met is None and covers and not (self.path.parent / name).exists()
            if met is None and not gone:
                continue
            for entry in held.values():
                if entry.rule in active and (met is None or met[entry.fingerprint] < entry.count):
                    yield StaleEntry(self._line(name, entry), name, entry.rule, entry.text, gone)

    def _line(self, name: str, entry: Entry) -> Span:
        start = max(0, self.text.find(json.dumps(name, ensure_ascii=False)))
        at = max(start, self.text.find(entry.fingerprint, start))
        first = self.text.rfind("\n", 0, at) + 1
        last = self.text.find("\n", at)
        line = self.text[first : last if last >= 0 else None]
        return Span(first + len(line) - len(line.lstrip()), first + len(line))

    def updated(self, active: frozenset[str]) -> Baseline:
        """The baseline that this run's findings make.

        Entries of files that are there and were not checked, and of rules that were not `active`,
        stay as they are.
        """
        made: dict[str, dict[str, Entry]] = {}
        for name, held in self.entries.items():
            if name not in self._met and (self.path.parent / name).exists():
                made[name] = dict(held)
            elif name in self._met:
                made[name] = {e.fingerprint: e for e in held.values() if e.rule not in active}
        for name, found in self._found.items():
            held = made.setdefault(name, {})
            counts = Counter(entry.fingerprint for entry in found)
            held |= {e.fingerprint: Entry(e.rule, e.fingerprint, e.text, counts[e.fingerprint]) for e in found}
        return Baseline(self.path, {name: held for name, held in made.items() if held})

    def __len__(self) -> int:
        return sum(entry.count for held in self.entries.values() for entry in held.values())

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
    return named if entry.count == 1 else {**named, "count": entry.count}


def _dump(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(value)


def load(path: Path) -> Baseline:
    """The baseline in a file. Raises BadBaseline where there is none or it is damaged."""
    make = "--update-baseline"
    try:
        text = path.read_text("utf-8")
        data = json.loads(text)
        if data["version"] != VERSION:
            raise BadBaseline(
                f"基线文件 {path} 的版本是 {data['version']}，这里只认 {VERSION}；请用 {make} 重新生成",
                f"the baseline {path} is of version {data['version']}, not {VERSION}; make it anew with {make}",
            )
        return Baseline(path, {name: _entries(held) for name, held in data["files"].items()}, text)
    except FileNotFoundError:
        raise BadBaseline(
            f"没有基线文件 {path}；用 {make} 生成", f"there is no baseline {path}; make it with {make}"
        ) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise BadBaseline(f"无法读取基线文件 {path}：{reason}", f"cannot read the baseline {path}: {reason}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadBaseline(
            f"基线文件 {path} 已损坏；请恢复它，或用 {make} 重新生成",
            f"the baseline {path} is damaged; restore it, or make it anew with {make}",
        ) from None


def _entries(held: list[Mapping[str, Any]]) -> dict[str, Entry]:
    entries = [Entry(str(e["rule"]), str(e["fingerprint"]), str(e["text"]), int(e.get("count", 1))) for e in held]
    return {entry.fingerprint: entry for entry in entries}
