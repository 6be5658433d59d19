"""--output-format text: each finding under the offending line, for people at a terminal."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from reportlint.characters import printable
from reportlint.diagnostics import Diagnostic, Place, Severity, Span
from reportlint.manual.terms import SEVERITIES
from reportlint.output.excerpt import Excerpt, columns, excerpt, wrap
from reportlint.output.wording import HELP, MORE, statistics, summary_line, whereabouts
from reportlint.results import FileResult, Options, Summary
from reportlint.source import Source

if TYPE_CHECKING:
    from rich.console import Console

Part = tuple[str, str]
"""A piece of a line and its style."""

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_GUTTER = "blue"
_SHOWN = 3
_NARROWEST = 40
_PIPE_WIDTH = 80


class Output:
    """Findings with their lines; a rule that fires often shows its first places and a count."""

    of_findings_only = True

    def __init__(self, stream: TextIO, options: Options) -> None:
        self.options = options
        self.stream = stream
        self.console: Console | None = None
        stated = os.environ.get("COLUMNS", "")
        width = int(stated) if stated.isascii() and stated.isdecimal() else _PIPE_WIDTH
        if os.environ.get("NO_COLOR"):
            # Whoever asks for no colour wants no bold either.
            width = _terminal_width(width) if stream.isatty() else width
        elif stream.isatty() or os.environ.get("FORCE_COLOR"):
            # Imported only where there is something to colour: a pipe is plain text.
            from rich.console import Console

            self.console = Console(file=stream, markup=False, highlight=False, emoji=False, soft_wrap=True)
            width = self.console.width
        self.width = max(_NARROWEST, width)
        self.encoding = (stream.encoding or "utf-8").lower()

    def file(self, result: FileResult) -> None:
        if self.options.statistics:
            return
        seen: Counter[str] = Counter()
        for found in result.diagnostics:
            seen[found.rule] += 1
            if self.options.show_all or seen[found.rule] <= _SHOWN:
                self._finding(found, result)
        for rule, count in seen.items():
            if count > _SHOWN and not self.options.show_all:
                self._print((MORE(self.options.lang).format(rule=rule, count=count - _SHOWN), "dim"))
        if any(count > _SHOWN for count in seen.values()) and not self.options.show_all:
            self._print()

    def end(self, summary: Summary) -> None:
        if self.options.statistics:
            for line in statistics(summary, self.options.by, self.options.lang):
                self._print((line, ""))
        if not self.options.quiet:
            self._print((summary_line(summary, self.options.lang), "bold"))

    def _print(self, *parts: Part) -> None:
        if self.console is None:
            self.stream.write("".join(text for text, _ in parts) + "\n")
            return
        from rich.text import Text

        self.console.print(Text.assemble(*parts), soft_wrap=True)

    def _finding(self, found: Diagnostic, result: FileResult) -> None:
        lang, source = self.options.lang, result.source
        colour = _COLOURS[found.severity]
        line, column = source.position(found.span.start)
        here = [label for label in found.labels if label.place is None]
        numbers = [line, *(source.position(label.span.start)[0] for label in here)]
        numbers += [label.place.line for label in found.labels if label.place]
        margin = max(len(str(number)) for number in numbers)
        severity = f"{SEVERITIES[found.severity](lang)}[{found.rule}]"
        self._print((severity, colour), (f" {_line(found.message)}", "bold"))
        self._print((" " * (margin + 1) + "--> ", _GUTTER), (f"{printable(result.path)}:{line}:{column}", ""))
        where = whereabouts(found.origin, lang)
        self._print((" " * (margin + 2) + "|", _GUTTER), (f" {where}" if where else "", "dim"))
        shown = self._excerpt(source, found.span, colour, margin, [label.span for label in here])
        self._under(shown.indent, shown.length, "^", "", colour, margin)
        for label in here:
            same_line = source.position(label.span.start)[0] == line
            place = shown.place(source.text, label.span) if same_line else None
            if place is None:
                other = self._excerpt(source, label.span, _GUTTER, margin)
                place = other.indent, other.length
            self._under(*place, "-", label.message, _GUTTER, margin)
        for label in found.labels:
            if label.place is not None:
                self._elsewhere(label.place, label.message, margin)
        for note in found.notes:
            self._note(_line(note), margin)
        if found.help:
            self._note(f"{HELP(lang)}{_line(found.help)}", margin)
        self._print()

    def _note(self, text: str, margin: int) -> None:
        for number, line in enumerate(wrap(text, self.width - margin - 4)):
            self._print((" " * (margin + 2) + ("  " if number else "= "), _GUTTER), (line, ""))

    def _elsewhere(self, place: Place, message: str, margin: int) -> None:
        """A place in another file, with its line."""
        at = f"{printable(place.path)}:{place.line}:{place.column}"
        self._print((" " * (margin + 1) + "::: ", _GUTTER), (at, ""))
        self._print((" " * (margin + 2) + "|", _GUTTER))
        whole = Span(0, len(place.text))
        shown = excerpt(place.text, whole, place.span, self.width - margin - 4, (), self.encoding)
        self._print((f" {place.line:>{margin}} | ", _GUTTER), (shown.text, ""))
        self._under(shown.indent, shown.length, "-", message, _GUTTER, margin)

    def _excerpt(self, source: Source, span: Span, style: str, margin: int, others: Iterable[Span] = ()) -> Excerpt:
        number = source.position(span.start)[0]
        shown = excerpt(source.text, source.line(number), span, self.width - margin - 4, others, self.encoding)
        first, last = shown.fault
        fault = (shown.text[first:last], f"underline {style}")
        self._print((f" {number:>{margin}} | ", _GUTTER), (shown.text[:first], ""), fault, (shown.text[last:], ""))
        return shown

    def _under(self, indent: int, length: int, mark: str, message: str, style: str, margin: int) -> None:
        """Marks under a place, with a message behind them, or in front where it would not fit behind."""
        text = _line(message)
        needed = columns(text) + 1
        if text and indent + length + needed > self.width - margin - 4 and needed <= indent:
            line = " " * (indent - needed) + text + " " + mark * length
        else:
            line = " " * indent + mark * length + (f" {text}" if text else "")
        self._print((" " * (margin + 2) + "| ", _GUTTER), (line, style))


def _terminal_width(otherwise: int) -> int:
    import shutil

    return shutil.get_terminal_size((otherwise, 0)).columns


def _line(text: str) -> str:
    return printable(" ".join(text.split()))
