"""--output-format sarif: SARIF 2.1.0, as code scanning services read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from reportlint import __version__
from reportlint.characters import visible
from reportlint.diagnostics import Diagnostic, Fix, Place, Severity, Span, Words
from reportlint.manual.pages import page_in_language, summary
from reportlint.output.fingerprints import Fingerprints
from reportlint.output.json import dump
from reportlint.output.wording import FIXED_BY, full_message, whereabouts
from reportlint.results import FileResult, Options, Problem, Summary
from reportlint.rules import Rule, all_rules
from reportlint.source import Source
from reportlint.text.positions import reference_of, root_of_run, uri_of

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT = "%SRCROOT%"
_MOST = 25_000
"""More results of a run GitHub does not take."""
_LEFT_OUT = Words(
    "另有 {count} 处较轻的问题没有写入：code scanning 每次最多 25,000 处",
    "{count} lesser findings were left out: code scanning takes 25,000 a run",
)


class Output:
    """One run; columns count code points, and the rules that fired come with their pages."""

    of_findings_only = True

    def __init__(self, stream: TextIO, options: Options) -> None:
        self.stream = stream
        self.lang = options.lang
        self.rules = {rule.name: rule for rule in all_rules()}
        self.fired: dict[str, int] = {}
        self.results: list[tuple[int, int, str]] = []
        self.left_out = 0
        head = {"$schema": SCHEMA, "version": "2.1.0"}
        self.stream.write(
            dump(head)[:-1] + ', "runs": [{"columnKind": "unicodeCodePoints", '
            f'"language": "{"zh-CN" if self.lang == "zh" else "en"}", "results": ['
        )

    def file(self, result: FileResult) -> None:
        prints = Fingerprints(result)
        for found in result.diagnostics:
            number = self.fired.setdefault(found.rule, len(self.fired))
            place = found.severity.rank, len(self.results) + self.left_out
            self.results.append((*place, dump(self._result(found, number, result, prints.of(found)))))
        if len(self.results) > 2 * _MOST:
            self._drop()

    def _drop(self) -> None:
        """Keep as many results as services take, the gravest."""
        kept = sorted(self.results)[:_MOST]
        self.left_out += len(self.results) - len(kept)
        self.results = kept

    def _result(self, found: Diagnostic, number: int, result: FileResult, fingerprint: str) -> dict[str, Any]:
        source, path = result.source, result.path
        related = [
            {
                "id": number,
                "message": {"text": visible(label.message) or found.rule},
                "physicalLocation": _elsewhere(label.place) if label.place else _location(path, label.span, source),
            }
            for number, label in enumerate(found.labels, 1)
        ]
        value: dict[str, Any] = {
            "ruleId": found.rule,
            "ruleIndex": number,
            "level": _LEVELS[found.severity],
            "message": {"text": full_message(found, self.lang)},
            "locations": [_placed(found, path, source)],
            "partialFingerprints": {"reportlint/v1": fingerprint},
        }
        if related:
            value["relatedLocations"] = related
        if found.fix and found.fix.edits:
            value["fixes"] = [_fix(found.fix, path, source, self.lang)]
        return value

    def end(self, summary: Summary) -> None:
        self._drop()
        self.stream.write("\n" + ",\n".join(text for _, _, text in sorted(self.results, key=lambda one: one[1])))
        driver = {
            "name": "reportlint",
            "semanticVersion": __version__,
            "language": "zh-CN" if self.lang == "zh" else "en",
            "rules": list(self._rules()),
        }
        rest = {
            "tool": {"driver": driver},
            "originalUriBaseIds": {
                _ROOT: {"uri": uri_of(root_of_run()) + "/", "description": {"text": "The repository that was checked."}}
            },
            "invocations": [
                {
                    "executionSuccessful": not summary.failed,
                    "toolExecutionNotifications": [
                        *(_notification(problem) for problem in summary.problems),
                        *([_said(_LEFT_OUT(self.lang).format(count=self.left_out))] if self.left_out else []),
                    ],
                }
            ],
        }
        self.stream.write("\n], " + dump(rest)[1:] + "]}\n")

    def _rules(self) -> Iterator[dict[str, Any]]:
        for name in self.fired:
            rule = self.rules[name]
            short = summary(rule, self.lang)
            yield {
                "id": name,
                "shortDescription": {"text": short},
                "fullDescription": {"text": short},
                "help": _help(rule, self.lang),
                "defaultConfiguration": {"level": _LEVELS[rule.severity]},
                "properties": {"tags": [rule.group]},
                **({"helpUri": rule.url} if rule.url and "://" in rule.url else {}),
            }


def _said(sentence: str) -> dict[str, Any]:
    return {"level": "warning", "message": {"text": sentence}}


def _notification(problem: Problem) -> dict[str, Any]:
    location = {"physicalLocation": {"artifactLocation": _artifact(problem.path)}}
    return {"level": "error", "message": {"text": visible(problem.message)}, "locations": [location]}


def _help(rule: Rule, lang: str) -> dict[str, str]:
    text = page_in_language(rule, lang)
    return {"text": text, "markdown": text}


def _artifact(path: str) -> dict[str, str]:
    uri = reference_of(path)
    return {"uri": uri} if "://" in uri else {"uri": uri, "uriBaseId": _ROOT}


def _placed(found: Diagnostic, path: str, source: Source) -> dict[str, Any]:
    """A finding's place; in a document also in words, for its lines are those of no file."""
    where = whereabouts(found.origin, "en")
    value: dict[str, Any] = {"physicalLocation": _location(path, found.span, source)}
    return {**value, "logicalLocations": [{"fullyQualifiedName": where}]} if where else value


def _location(path: str, span: Span, source: Source) -> dict[str, Any]:
    return {"artifactLocation": _artifact(path), "region": _region(span, source)}


def _elsewhere(place: Place) -> dict[str, Any]:
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {"artifactLocation": _artifact(place.path), "region": region}


def _region(span: Span, source: Source) -> dict[str, int]:
    line, column = source.position(span.start)
    end_line, end_column = source.position(span.end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _fix(fix: Fix, path: str, source: Source, lang: str) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(edit.span, source), "insertedContent": {"text": visible(edit.text)}}
        for edit in sorted(fix.edits, key=lambda edit: edit.span)
    ]
    return {
        "description": {"text": FIXED_BY[fix.safety](lang)},
        "artifactChanges": [{"artifactLocation": _artifact(path), "replacements": replacements}],
    }
