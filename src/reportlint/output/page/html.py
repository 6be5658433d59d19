"""--output-format html: one page that needs nothing else, with each report as it was read."""

from __future__ import annotations

import base64
import secrets
import tempfile
from collections import Counter
from hashlib import sha256
from importlib import resources
from typing import Any, TextIO

from reportlint.characters import printable
from reportlint.diagnostics import Diagnostic, Severity
from reportlint.manual.pages import what_to_do, why
from reportlint.manual.terms import SEVERITIES
from reportlint.output.page.shown import draw_shown
from reportlint.output.page.table import Shown, by_organ, years_of
from reportlint.output.wording import FIXED_BY, HELP, summary_line, titles, whereabouts, why_skipped
from reportlint.results import FileResult, Options, Summary
from reportlint.rules import all_rules

_IN_MEMORY = 8 * 1024 * 1024
_MANY = 12
"""Of more files each is drawn when it is opened."""


class Output:
    """The page: a table of organs and years where there are several files, then each with its findings and its text."""

    def __init__(self, stream: TextIO, options: Options) -> None:
        from jinja2 import Environment, PackageLoader, StrictUndefined

        self.stream = stream
        self.lang = options.lang
        self.templates = Environment(
            loader=PackageLoader("reportlint.output.page", ""),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.globals.update(lang=self.lang, say=self._say, severity_names=SEVERITIES)
        self.files: list[Shown] = []
        self.skipped: list[str] = []
        self.known = {rule.name: rule for rule in all_rules()}
        self.reasons: dict[str, tuple[str, ...]] = {}
        self.rules = Counter[str]()
        # The table of files comes first, and a run may have many.
        self.bodies = tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+b")  # noqa: SIM115
        self.sizes: list[int] = []

    def _say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def file(self, result: FileResult) -> None:
        if result.form is None and not result.diagnostics:
            self.skipped.append(f"{printable(result.path)}{self._say('：', ': ')}{why_skipped(result, self.lang)}")
            return
        number = len(self.files)
        name = printable(result.path)
        self.rules.update(found.rule for found in result.diagnostics)
        tally = Counter((found.severity, found.rule) for found in result.diagnostics)
        self.files.append(Shown(number, name, printable(result.organ or ""), result.year, tally))
        text = self.templates.get_template("file.html").render(
            number=number,
            name=name,
            result=result,
            facts=self._facts(result),
            findings=[self._finding(n, found, result) for n, found in enumerate(result.diagnostics)],
            drawing=draw_shown(result, self.lang),
        )
        self.sizes.append(self.bodies.write(printable(text, keep="\n\t").encode()))

    def _facts(self, result: FileResult) -> list[str]:
        """What is known of a report, for the line under its name."""
        form = self._say(f"{result.form} 格式", f"form {result.form}") if result.form else None
        year = self._say(f"{result.year} 年", str(result.year)) if result.year else None
        encoding = result.source.encoding if result.source.document is None else None
        return [fact for fact in (result.organ, year, form, encoding) if fact]

    def _finding(self, number: int, found: Diagnostic, result: FileResult) -> dict[str, Any]:
        line, column = result.source.position(found.span.start)
        places = []
        for label in found.labels:
            place = label.place
            at = place.line if place else result.source.position(label.span.start)[0]
            where = "" if place else whereabouts(result.source.origin(label.span), self.lang)
            places.append((printable(place.path) if place else None, at, where, printable(label.message)))
        return {
            "number": number,
            "rule": found.rule,
            "severity": found.severity.value,
            "shown_severity": SEVERITIES[found.severity](self.lang),
            "line": line,
            "where": whereabouts(found.origin, self.lang),
            "column": column,
            "message": printable(found.message),
            "places": places,
            "notes": [printable(note) for note in found.notes],
            "help": HELP(self.lang) + found.help if found.help else None,
            "right": self._right(found, result),
            "why": self._why(found.rule),
            "fix": FIXED_BY[found.fix.safety](self.lang) if found.fix else None,
        }

    def _right(self, found: Diagnostic, result: FileResult) -> str | None:
        """What the cell that a finding stands in should hold."""
        cell = found.cell
        if cell is None or cell.expected is None or found.group != "arithmetic" or not cell.column:
            return None
        return str(cell.expected) if found.span in result.analyse().cells else None

    def _why(self, rule: str) -> tuple[str, ...]:
        """Why a rule is one and what to do, as its page says; plain paragraphs."""
        if rule not in self.reasons:
            known = self.known.get(rule)
            told = (part(known, self.lang) for part in (why, what_to_do)) if known else ()
            self.reasons[rule] = tuple(printable(text) for text in told if text)
        return self.reasons[rule]

    def end(self, summary: Summary) -> None:
        order = {name: n for n, name in enumerate(self.known)}
        marker = secrets.token_hex(16)
        style, script = (_text(name) for name in ("page.css", "page.js"))
        whole = self.templates.get_template("page.html").render(
            files=self.files,
            years=years_of(self.files),
            organs=by_organ(self.files),
            others=[file for file in self.files if not file.placed],
            many=len(self.files) > _MANY,
            problems=[printable(problem.message) for problem in summary.problems],
            left=[printable(problem.message) for problem in summary.left],
            skipped=self.skipped,
            summary=summary_line(summary, self.lang),
            severities=[(s.value, SEVERITIES[s](self.lang), summary.severities[s]) for s in Severity],
            rules=sorted(self.rules.items(), key=lambda item: order.get(item[0], len(order))),
            titles=titles(self.lang) if self.rules else {},
            total=sum(self.rules.values()),
            style=style,
            script=script,
            style_hash=_hash(style),
            script_hash=_hash(script),
            bodies=marker,
        )
        head, _, tail = whole.rpartition(marker)
        self.stream.write(head)
        self.bodies.seek(0)
        for number, size in enumerate(self.sizes):
            body = self.bodies.read(size).decode()
            # A script of no known kind is neither run nor drawn; its text is escaped, so that it ends nowhere else.
            lazy = f'<script type="text/plain" id="b{number}">{body}</script>\n'
            self.stream.write(lazy if len(self.files) > _MANY else body)
        self.stream.write(tail)
        self.bodies.close()


def _text(name: str) -> str:
    return (resources.files("reportlint.output.page") / name).read_text("utf-8")


def _hash(text: str) -> str:
    """What the page's policy knows its own style and script by; nothing else of the kind is run."""
    return "sha256-" + base64.b64encode(sha256(text.encode()).digest()).decode()
