"""Rule legal-name; docs/rules/legal-name.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from reportlint.diagnostics import Edit, Fix, Safety
from reportlint.model import Paragraph
from reportlint.references import references, titles
from reportlint.rules import Finding, rule

_REGULATION = re.compile("(?:政府信息公开|《)(?P<wrong>条列)")
_INNER = '《》〈〉<>“”" '


@rule(
    on=Paragraph,
    severity="warning",
    fix="safe",
    zh="“{found}”引用有误，应为“{right}”",
    en="“{found}” is misquoted; it is “{right}”",
)
def legal_name(paragraph: Paragraph) -> Iterator[Finding]:
    """A law or notice is misquoted: 条列 for 条例, a word dropped (spec §2.3, §8.8 L1, L3).

    《政府信息公开条例》 without the country's name is right, and so is the guiding opinion of
    2021 with or without 的.
    """
    known = references()
    done: list[tuple[int, int]] = []
    for start, end in titles(paragraph):
        found = known.misquoted(paragraph.text[start + 1 : end - 1])
        if found is None:
            continue
        _, right = found
        done.append((start, end))
        finding = Finding(paragraph.span(start + 1, end - 1), found=paragraph.text[start + 1 : end - 1], right=right)
        yield finding.fixed_by(_fix(paragraph, start + 1, end - 1, right))
    for match in _REGULATION.finditer(paragraph.text):
        if not any(start <= match.start() < end for start, end in done):
            span = paragraph.span(*match.span("wrong"))
            edit = Fix((Edit(span, "条例"),))
            yield Finding(span, found=match["wrong"], right="条例").fixed_by(edit)


def _fix(paragraph: Paragraph, start: int, end: int, right: str) -> Fix:
    """Edits of the characters that differ; inner brackets stay."""
    places = [at for at in range(start, end) if paragraph.text[at] not in _INNER]
    plain = "".join(paragraph.text[at] for at in places)
    edits = []
    for operation in Levenshtein.opcodes(plain, right):
        if operation.tag == "equal":
            continue
        first, last = operation.src_start, operation.src_end
        at = places[first] if first < len(places) else end
        to = places[last - 1] + 1 if last > first else at
        edits.append(Edit(paragraph.span(at, to), right[operation.dest_start : operation.dest_end]))
    return Fix(tuple(edits), Safety.SAFE if len(edits) <= 2 else Safety.UNSAFE)
