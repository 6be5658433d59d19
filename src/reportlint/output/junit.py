"""--output-format junit: a suite a file, a failed test a finding; Jenkins and others show it."""

from __future__ import annotations

from typing import TextIO

from reportlint.diagnostics import Diagnostic, Severity
from reportlint.output import xml
from reportlint.output.wording import NO_REPORT, full_message
from reportlint.results import FileResult, Options, Summary
from reportlint.text.positions import relative_path


class Output:
    """Errors and warnings fail, an info passes and says what it found; a file without any has one passed test.

    A text that is no report is skipped, a file that could not be checked is an error.
    """

    of_findings_only = True

    def __init__(self, stream: TextIO, options: Options) -> None:
        self.stream = stream
        self.lang = options.lang
        self.stream.write(xml.HEAD + '<testsuites name="reportlint">\n')

    def file(self, result: FileResult) -> None:
        path = relative_path(result.path)
        failures = sum(found.severity is not Severity.INFO for found in result.diagnostics)
        skipped = result.form is None and not result.diagnostics
        counts = {"tests": len(result.diagnostics) or 1, "failures": failures, "errors": 0, "skipped": int(skipped)}
        self.stream.write(f"  <testsuite{xml.attributes(name=path, **counts)}>\n")
        if not result.diagnostics:
            body = f"<skipped{xml.attributes(message=NO_REPORT(self.lang))}/>" if skipped else ""
            self.stream.write(f"    <testcase{xml.attributes(name='reportlint', classname=path)}>{body}</testcase>\n")
        for found in result.diagnostics:
            self._finding(found, path, result)
        self.stream.write("  </testsuite>\n")

    def _finding(self, found: Diagnostic, path: str, result: FileResult) -> None:
        line, column = result.source.position(found.span.start)
        head = xml.attributes(name=f"{found.rule} {line}:{column}", classname=path)
        said = xml.text(f"{path}:{line}:{column}\n{full_message(found, self.lang, result.source)}")
        if found.severity is Severity.INFO:
            body = f"<system-out>{said}</system-out>"
        else:
            attributes = xml.attributes(type=f"{found.severity}[{found.rule}]", message=found.message)
            body = f"<failure{attributes}>{said}</failure>"
        self.stream.write(f"    <testcase{head}>{body}</testcase>\n")

    def end(self, summary: Summary) -> None:
        for problem in summary.problems:
            path = relative_path(problem.path)
            suite = xml.attributes(name=path, tests=1, failures=0, errors=1, skipped=0)
            case = xml.attributes(name="reportlint", classname=path)
            error = f"<error{xml.attributes(message=problem.message)}/>"
            self.stream.write(f"  <testsuite{suite}><testcase{case}>{error}</testcase></testsuite>\n")
        self.stream.write("</testsuites>\n")
