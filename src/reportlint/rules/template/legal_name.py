"""Rule legal-name; docs/rules/legal-name.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Edit, Fix, Safety
from reportlint.late import Marked
from reportlint.model import Paragraph, Report
from reportlint.prose.references import references, titles
from reportlint.rules import Finding, rule
from reportlint.rules.template._wording import reword
from reportlint.text.alike import opcodes
from reportlint.text.script import complicate, is_traditional

_REGULATION = Marked("(?:政府信息公开|《)(?P<wrong>条列)", ["条列"])
_INNER = '《》〈〉<>“”" '


@rule(
    on=Report,
    severity="warning",
    free_form=True,
    fix="safe",
    zh="“{found}”引用有误，应为“{right}”",
    en="“{found}” is misquoted; it is “{right}”",
)
def legal_name(report: Report) -> Iterator[Finding]:
    """A law or notice is misquoted: 条列 for 条例, a word dropped.

    《政府信息公开条例》 without the country's name is right, and so is the guiding opinion of
    2021 with or without 的.
    Source: docs/specification.md §2.3, §8.8 L1, L3.
    """
    for paragraph in report.paragraphs:
        done: list[tuple[int, int]] = []
        for start, end in titles(paragraph):
            name = paragraph.text[start + 1 : end - 1]
            found = references().misquoted(name)
            if found is not None:
                done.append((start, end))
                span = paragraph.span(start + 1, end - 1)
                raw = "".join(report.source.text[slice(*span)].split())
                finding = Finding(span, found=raw, right=found[1])
                yield finding.fixed_by(_fix(report, paragraph, start + 1, end - 1, found[1]))
        for match in _REGULATION.finditer(paragraph.text):
            if not any(start <= match.start() < end for start, end in done):
                span = paragraph.span(*match.span("wrong"))
                finding = Finding(span, found=match["wrong"], right="条例")
                yield finding.fixed_by(reword(report.source, span, "条例"))


def _fix(report: Report, paragraph: Paragraph, start: int, end: int, right: str) -> Fix:
    """Edits of the characters that differ, in the text's own script; inner brackets stay."""
    places = [at for at in range(start, end) if paragraph.text[at] not in _INNER]
    plain = "".join(paragraph.text[at] for at in places)
    traditional = any(map(is_traditional, report.source.text[slice(*paragraph.span(start, end))]))
    edits = []
    for operation in opcodes(plain, right):
        if operation.tag == "equal":
            continue
        first, last = operation.src_start, operation.src_end
        at = places[first] if first < len(places) else end
        to = places[last - 1] + 1 if last > first else at
        new = right[operation.dest_start : operation.dest_end]
        edits.append(Edit(paragraph.span(at, to), complicate(new) if traditional else new))
    return Fix(tuple(edits), Safety.SAFE if len(edits) <= 2 else Safety.UNSAFE)
