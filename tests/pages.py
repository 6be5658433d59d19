"""The samples in rule pages: parts of a report put into a sound one."""

from __future__ import annotations

import re
from typing import NamedTuple

from reportlint.engine import read_report
from reportlint.linter import lint
from reportlint.rules import all_rules
from reportlint.source import Source, decode
from tests.reports import draft, render

_BLOCK = re.compile(
    r"```report ?(?P<attrs>[^\n]*)\n(?P<text>.*?)\n```(?:\n+```findings\n(?P<findings>.*?)\n```)?", re.DOTALL
)
_ESCAPE = re.compile(r"<(U\+|0x)([0-9A-F]{2,6})>")


class Sample(NamedTuple):
    """A report sample of a page and the findings that the page promises, line by line."""

    attrs: str
    text: str
    findings: tuple[str, ...]


def samples(page: str) -> list[Sample]:
    return [Sample(m["attrs"], m["text"], tuple((m["findings"] or "").splitlines())) for m in _BLOCK.finditer(page)]


def check(sample: Sample) -> tuple[str, ...]:
    """The findings in a sample as a page states them: range in the sample, and rule."""
    attrs = dict(part.partition("=")[::2] for part in sample.attrs.split())
    text = _ESCAPE.sub(lambda m: chr(int(m[2], 16) + (0xDC00 if m[1] == "0x" else 0)), sample.text)
    first = 1
    if "at" in attrs:
        base = render(draft("2021", size="zero"))
        lines = base.text.splitlines()
        start, _, stop = attrs["at"].partition("..")
        first = base.lines[start].start
        lines[first - 1 : base.lines[stop or start].stop - 1] = text.splitlines()
        text = "\n".join(lines) + "\n"
    if any("\udc00" <= c <= "\udcff" for c in text):
        data = b"".join(bytes([ord(c) - 0xDC00]) if "\udc00" <= c <= "\udcff" else c.encode() for c in text)
        source = decode(data, "page")
    else:
        source = Source("page", text, attrs.get("encoding", "utf-8"))
    found = []
    for d in lint(read_report(source), all_rules()):
        (line, column), (end_line, end_column) = map(source.position, d.span)
        at = f"{line - first + 1}:{column}-{end_line - first + 1}:{end_column}"
        found.append(f"{at if d.rule != 'encoding' else 'file'} {d.rule}")
    return tuple(found)
