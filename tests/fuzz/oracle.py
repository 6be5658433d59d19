"""What must hold of any bytes that somebody calls a report: docs/promises.md, as far as one input shows it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from xml.etree import ElementTree

from reportlint.decoding import decode
from reportlint.diagnostics import Diagnostic, Safety
from reportlint.output import make
from reportlint.parse.read import read_report
from reportlint.results import FileResult, Options, Summary
from reportlint.rules import all_rules
from reportlint.run.analysis import Analysis
from reportlint.run.fixer import mend
from reportlint.run.linter import lint
from reportlint.source import Source, UnreadableFile, Unwritable

FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "lsp")
_STRUCTURE = "\n\r\t"
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069]")
_DIGITS = re.compile(r"\d+")
_TRADITIONAL = str.maketrans("兩萬億", "两万亿")
_NUMERALS = re.compile(
    "[〇○零一二三四五六七八九十百千万亿两]{2,}|[〇○零一二三四五六七八九十百千万亿两](?=[年月日件条宗])"
)
SAFE = {Safety.SAFE}


class Broken(AssertionError):
    """A promise that an input breaks."""


def check(data: bytes, formats: Iterable[str] = FORMATS) -> str:
    """Raise Broken, or whatever the program raises; tells what the input came to."""
    try:
        source = decode(data, "report.txt")
    except UnreadableFile as error:
        _demand(bool(error.words.zh and error.words.en), "a refusal without a sentence")
        return "refused"
    try:
        report = read_report(source)
    except UnreadableFile as error:
        _demand(bool(error.words.zh and error.words.en), "a refusal without a sentence")
        return "refused"
    found = lint(report, all_rules(), "zh")
    for one in found:
        _spans(one, len(source.text))
    _same_again(source, found)
    summary = Summary(files=1)
    summary.add(found)
    for name in formats:
        stream = io.StringIO(newline="")
        output = make(name, stream, Options("zh"))
        output.file(FileResult("report.txt", source, tuple(found), lambda: Analysis(report)))
        output.end(summary)
        _output(name, stream.getvalue())
    return _fixes(source, found) if report.recognised else "no report"


def _demand(holds: bool, what: str) -> None:
    if not holds:
        raise Broken(what)


class _Linter:
    """Lints texts; the same text once."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str, bool], list[Diagnostic]] = {}

    def __call__(self, source: Source) -> list[Diagnostic]:
        key = source.text, source.encoding, source.has_mark
        if key not in self.known:
            self.known[key] = lint(read_report(source), all_rules(), "zh")
        return self.known[key]


def _same_again(source: Source, found: list[Diagnostic]) -> None:
    _demand(found == sorted(found, key=lambda d: (d.span, d.rule)), "findings out of order")


def _spans(found: Diagnostic, length: int) -> None:
    edits = [edit.span for edit in found.fix.edits] if found.fix else []
    for span in (found.span, *(label.span for label in found.labels if not label.place), *edits):
        _demand(0 <= span.start <= span.end <= length, f"{found.rule}: {span} in a text of {length}")
    for one, other in zip(sorted(edits), sorted(edits)[1:], strict=False):
        _demand(one.end <= other.start, f"{found.rule}: edits overlap")
    if found.fix:
        _demand(bool(found.fix.edits or found.fix.encoding), f"{found.rule}: a fix that does nothing")


def _output(name: str, text: str) -> None:
    text.encode("utf-8")
    control = next((m for m in _CONTROLS.finditer(text) if m[0] not in _STRUCTURE), None)
    _demand(control is None, f"{name}: control character {control and ascii(control[0])}")
    if name in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(text)
    elif name in ("jsonl", "lsp"):
        for line in text.splitlines():
            json.loads(line)
    elif name in ("junit", "checkstyle"):
        ElementTree.fromstring(text)


def _fixes(source: Source, found: list[Diagnostic]) -> str:
    """Safe fixes: no number changed, nothing new found, nothing left, and a second time nothing to do."""
    safe = [one for one in found if one.fix and one.fix.safety is Safety.SAFE]
    if not safe:
        return "linted"
    for one in safe:
        _keeps_digits(one, source.text)
    linted = _Linter()
    linted.known[source.text, source.encoding, source.has_mark] = found
    try:
        once = mend(source, SAFE, linted)
    except Unwritable:
        return "unwritable"
    after = once.judged(linted(once.source))
    new = set(_known(after)) - set(_known(found))
    _demand(not once.left and not [d for d in after if d.fix and d.fix.safety is Safety.SAFE], "a safe fix is left")
    _demand(not new, f"a fix brings {sorted(new)}")
    _demand(mend(once.source, SAFE, linted).source.text == once.source.text, "fixing twice is not fixing once")
    return "refused fixes" if once.refused else "fixed"


def _known(found: Iterable[Diagnostic]) -> Iterator[str]:
    yield from (one.rule for one in found)


def _keeps_digits(found: Diagnostic, text: str) -> None:
    """A safe fix as written: every run of digits, and every numeral that counts, is still there as it was."""
    assert found.fix
    edits = sorted(found.fix.edits, key=lambda edit: edit.span)
    if not edits:
        return
    start, end = max(0, edits[0].span.start - 12), edits[-1].span.end + 12
    after, done = "", start
    for edit in edits:
        after += text[done : edit.span.start] + edit.text
        done = edit.span.end
    after += text[done:end]
    for pattern, what in ((_DIGITS, "digits"), (_NUMERALS, "numerals")):
        if found.rule in ("label-typo", "heading-typo", "section-number") and what == "numerals":
            continue
        left = iter(pattern.findall(after))
        before = pattern.findall(text[start:end])
        kept = all(any(run == other for other in left) for run in before)
        _demand(kept or _only_alike(text[start:end], after), f"{found.rule}: {what} {text[start:end]!r} -> {after!r}")


def _only_alike(before: str, after: str) -> bool:
    """Whether only the look-alikes of a zero were exchanged, or a numeral's simplified and traditional forms."""
    alike: Callable[[str], str] = lambda text: re.sub("[0〇○◯零oO]", "0", text).translate(_TRADITIONAL)  # noqa: E731
    return alike(before) == alike(after)
