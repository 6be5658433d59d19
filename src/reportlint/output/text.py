"""--output-format text: each finding under the offending line, for people at a terminal."""

from __future__ import annotations

import os
from collections import Counter
from typing import TextIO

from rich.console import Console
from rich.text import Text

from reportlint.diagnostics import Diagnostic, Severity, Span
from reportlint.output.excerpt import Excerpt, excerpt
from reportlint.output.wording import HELP, MORE, SEVERITIES, statistics, summary_line
from reportlint.results import FileResult, Options, Summary
from reportlint.source import Source, visible

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_GUTTER = "blue"
_SHOWN = 3
_NARROWEST = 40
_PIPE_WIDTH = 100


class Output:
    """Findings with their lines; a rule that fires often shows its first places and a count."""

    def __init__(self, stream: TextIO, options: Options) -> None:
        self.options = options
        self.console = Console(file=stream, markup=False, highlight=False, emoji=False, soft_wrap=True)
        if not stream.isatty() and "COLUMNS" not in os.environ:
            self.console.width = _PIPE_WIDTH
        self.width = max(_NARROWEST, self.console.width)

    def file(self, result: FileResult) -> None:
        seen: Counter[str] = Counter()
        for found in result.diagnostics:
            seen[found.rule] += 1
            if self.options.show_all or seen[found.rule] <= _SHOWN:
                self._finding(found, result)
        for rule, count in seen.items():
            if count > _SHOWN and not self.options.show_all:
                self._print(MORE(self.options.lang).format(rule=rule, count=count - _SHOWN), "dim")
        if any(count > _SHOWN for count in seen.values()) and not self.options.show_all:
            self._print("")

    def end(self, summary: Summary) -> None:
        if self.options.statistics:
            for line in statistics(summary):
                self._print(line)
        if not self.options.quiet:
            self._print(summary_line(summary, self.options.lang), "bold")

    def _print(self, line: str | Text, style: str = "") -> None:
        self.console.print(Text(line, style) if isinstance(line, str) else line, soft_wrap=True)

    def _finding(self, found: Diagnostic, result: FileResult) -> None:
        lang, source = self.options.lang, result.source
        colour = _COLOURS[found.severity]
        line, column = source.position(found.span.start)
        spans = (found.span, *(label.span for label in found.labels))
        margin = max(len(str(source.position(span.start)[0])) for span in spans)
        head = Text()
        head.append(f"{SEVERITIES[found.severity](lang)}[{found.rule}]", colour)
        head.append(f" {_line(found.message)}", "bold")
        self._print(head)
        self._print(Text.assemble((" " * (margin + 1) + "--> ", _GUTTER), f"{visible(result.path)}:{line}:{column}"))
        self._print(" " * (margin + 2) + "|", _GUTTER)
        shown = self._excerpt(source, found.span, colour, margin)
        self._under(shown.indent, shown.length, "^", "", colour, margin)
        for label in found.labels:
            same_line = source.position(label.span.start)[0] == line
            place = shown.place(source.text, label.span) if same_line else None
            if place is None:
                other = self._excerpt(source, label.span, _GUTTER, margin)
                place = other.indent, other.length
            self._under(*place, "-", label.message, _GUTTER, margin)
        for note in found.notes:
            self._print(Text.assemble((" " * (margin + 2) + "= ", _GUTTER), _line(note)))
        if found.help:
            self._print(Text.assemble((" " * (margin + 2) + "= ", _GUTTER), f"{HELP(lang)}: {_line(found.help)}"))
        self._print("")

    def _excerpt(self, source: Source, span: Span, style: str, margin: int) -> Excerpt:
        number = source.position(span.start)[0]
        shown = excerpt(source.text, source.line(number), span, self.width - margin - 4)
        text = Text(shown.text)
        text.stylize(f"underline {style}", *shown.fault)
        self._print(Text.assemble((f" {number:>{margin}} | ", _GUTTER), text))
        return shown

    def _under(self, indent: int, length: int, mark: str, message: str, style: str, margin: int) -> None:
        line = Text.assemble((" " * (margin + 2) + "| ", _GUTTER), " " * indent, (mark * length, style))
        if message:
            line.append(f" {_line(message)}", style)
        self._print(line)


def _line(text: str) -> str:
    return visible(" ".join(text.split()))
