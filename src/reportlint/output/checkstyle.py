"""--output-format checkstyle: the XML of Checkstyle, which many review tools read."""

from __future__ import annotations

from typing import TextIO

from reportlint.output import xml
from reportlint.output.wording import full_message
from reportlint.results import FileResult, Options, Summary
from reportlint.text.positions import relative_path


class Output:
    """A file element a file, an error element a finding; columns count code points."""

    of_findings_only = True

    def __init__(self, stream: TextIO, options: Options) -> None:
        self.stream = stream
        self.lang = options.lang
        self.stream.write(xml.HEAD + '<checkstyle version="4.3">\n')

    def file(self, result: FileResult) -> None:
        self.stream.write(f"  <file{xml.attributes(name=relative_path(result.path))}>\n")
        for found in result.diagnostics:
            line, column = result.source.position(found.span.start)
            attributes = xml.attributes(
                line=line,
                column=column,
                severity=found.severity,
                message=full_message(found, self.lang, result.source),
                source=f"reportlint.{found.group}.{found.rule}",
            )
            self.stream.write(f"    <error{attributes}/>\n")
        self.stream.write("  </file>\n")

    def end(self, summary: Summary) -> None:
        for problem in summary.problems:
            attributes = xml.attributes(severity="error", message=problem.message, source="reportlint")
            self.stream.write(
                f"  <file{xml.attributes(name=relative_path(problem.path))}><error{attributes}/></file>\n"
            )
        self.stream.write("</checkstyle>\n")
