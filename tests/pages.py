"""The samples in rule pages: parts of a report put into a sound one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from reportlint.config.values import FamilyConfig
from reportlint.decoding import decode
from reportlint.diagnostics import Diagnostic, Recognition, Span
from reportlint.forms.load import registered
from reportlint.manual.pages import Sample
from reportlint.parse.read import read_report
from reportlint.readers import read_data
from reportlint.rules import all_rules
from reportlint.run.linter import lint
from reportlint.run.together import Gathering
from reportlint.source import Source
from tests.program import run
from tests.reports import draft, render
from tests.word import document

_DOUBT = re.compile(r"(?P<read>\d+)\{\?(?P<other>\d*)\}")
_ESCAPE = re.compile(r"<(U\+|0x)([0-9A-F]{2,6})>")


def check(sample: Sample) -> tuple[str, ...]:
    """The findings in a sample as a page states them: range in the sample, and rule.

    Of several reports (`in` and `beside`, or `parent`) each finding names its own.
    """
    return tuple(told for told, _ in found_in(sample, "zh"))


def found_in(sample: Sample, lang: str) -> Iterator[tuple[str, str]]:
    """The findings in a sample as a page states them, each with its message."""
    attrs = dict(part.partition("=")[::2] for part in sample.attrs.split())
    if "file" in attrs:
        yield from _beside_a_report(sample.text, attrs["file"], lang)
        return
    if "in" in attrs:
        yield from _together(sample.text, attrs, lang)
        return
    text = _ESCAPE.sub(lambda m: chr(int(m[2], 16) + (0xDC00 if m[1] == "0x" else 0)), sample.text)
    first = 1
    if "at" in attrs:
        base = render(draft("2021", size="zero"))
        lines = base.text.splitlines()
        start, _, stop = attrs["at"].partition("..")
        first = base.lines[start].start
        lines[first - 1 : base.lines[stop or start].stop - 1] = text.splitlines()
        text = "\n".join(lines) + "\n"
    if "scan" in attrs:
        read: list[Recognition] = []
        while match := _DOUBT.search(text):
            text = text[: match.start()] + match["read"] + text[match.end() :]
            span = Span(match.start(), match.start() + len(match["read"]))
            read.append(Recognition(span, 0.5, match["other"] or None))
        source = Source("page", text, recognitions=tuple(read))
    elif "word" in attrs:
        rest = "\n".join(render(draft("2021", size="zero")).text.splitlines()[1:])
        source = read_data(document(f"{text}\n{rest}"), "page.docx")
    elif any("\udc00" <= c <= "\udcff" for c in text):
        data = b"".join(bytes([ord(c) - 0xDC00]) if "\udc00" <= c <= "\udcff" else c.encode() for c in text)
        source = decode(data, "page")
    else:
        source = Source("page", text, attrs.get("encoding", "utf-8"))
    for d in lint(read_report(source), all_rules(), lang):
        (line, column), (end_line, end_column) = map(source.position, d.span)
        at = f"{line - first + 1}:{column}-{end_line - first + 1}:{end_column}"
        yield f"{at if d.rule != 'encoding' else 'file'} {d.rule}", d.message


def _beside_a_report(text: str, name: str, lang: str) -> Iterator[tuple[str, str]]:
    """The findings in a configuration or a baseline of a folder that holds one sound report."""
    with TemporaryDirectory() as folder:
        Path(folder, "a.txt").write_text(render(draft("2021", size="zero")).text, "utf-8")
        Path(folder, name).write_text(text + "\n", "utf-8")
        options = ["--baseline", name] if name.endswith(".json") else []
        done = run(".", "--output-format", "json", "--lang", lang, *options, cwd=Path(folder))
        for d in (d for file in json.loads(done.stdout)["files"] for d in file["diagnostics"]):
            yield f"{d['line']}:{d['column']}-{d['end_line']}:{d['end_column']} {d['rule']}", d["message"]


def _together(text: str, attrs: dict[str, str], lang: str) -> Iterator[tuple[str, str]]:
    """The findings over a sound report and another one with the sample's rows or paragraphs in it."""
    own, other = attrs["in"], attrs.get("beside") or attrs["parent"]
    family = [FamilyConfig(Path(), parent=other, children=(own,))] if "parent" in attrs else []
    rules = [r for r in all_rules() if r.name != "similar-report" or "similar" in attrs]
    gathering = Gathering(rules, registered(), family)
    found: dict[str, list[Diagnostic]] = {}
    sources = {}
    names = sorted((own, other))
    for number, name in enumerate(names):
        lines = _named(name).splitlines()
        for changed in text.splitlines() if name == own else ():
            label = changed.split(" | ")[0][:6]
            lines[next(n for n, base in enumerate(lines) if base.startswith(label))] = changed
        report = read_report(Source(name, "\n".join(lines) + "\n"))
        sources[name] = report.source
        found[name] = lint(report, rules, lang)
        gathering.add(number, name, report)
    for number, more in gathering.findings(lambda _: {}, lang).items():
        found[names[number]] += more
    for name, diagnostics in found.items():
        for d in diagnostics:
            (line, column), (end_line, end_column) = map(sources[name].position, d.span)
            yield f"{name} {line}:{column}-{end_line}:{end_column} {d.rule}", d.message


def _named(name: str) -> str:
    """A sound report of 青湖县 for a year, or of another organ."""
    text = render(draft("2021", size="zero")).text
    if name.isdigit():
        return text.replace("2023", "#").replace("2022", name).replace("#", str(int(name) + 1))
    return text.replace("青湖县", name)
