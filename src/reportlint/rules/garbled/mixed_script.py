"""Rule mixed-script; docs/rules/mixed-script.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reportlint.diagnostics import Edit, Fix, Span, Words
from reportlint.rules import Finding, rule
from reportlint.script import complicate, is_simplified, is_traditional, simplify
from reportlint.source import Source

_HAN = re.compile("[\u3400-\u9fff]+")


@rule(
    on=Source,
    severity="warning",
    fix="safe",
    zh="{what}",
    en="{what}",
    remarks={
        "traditional": (
            "简体文本中的繁体字“{text}”，应为“{right}”",
            "traditional {text} in a simplified text; simplified it is {right}",
        ),
        "simplified": (
            "繁体文本中的简体字“{text}”，应为“{right}”",
            "simplified {text} in a traditional text; traditional it is {right}",
        ),
        "document": ("全文为繁体字，国内机关的报告用简体字", "the whole text is in traditional characters"),
    },
)
def mixed_script(source: Source) -> Iterator[Finding]:
    """A traditional character in a simplified text or the reverse.

    A document wholly in traditional characters is one finding of severity info.
    """
    chars = set(source.text)
    traditional = {c for c in chars if is_traditional(c)}
    if not traditional:
        return
    simplified = {c for c in chars if is_simplified(c)}
    count = sum(source.text.count(c) for c in traditional)
    if count > sum(source.text.count(c) for c in simplified):
        start = len(source.text) - len(source.text.lstrip())
        yield Finding(Span(start, start + 1), what=mixed_script.words("document")).at_severity("info")
        yield from _runs(source, simplified, "simplified", complicate)
    else:
        yield from _runs(source, traditional, "traditional", simplify)


def _runs(source: Source, odd: set[str], key: str, convert: Callable[[str], str]) -> Iterator[Finding]:
    if not odd:
        return
    for match in re.finditer(f"[{''.join(map(re.escape, sorted(odd)))}]+", source.text):
        right = "".join(map(convert, match[0]))
        span = Span(*match.span())
        what: Words = mixed_script.words(key, text=match[0][:12], right=right[:12])
        yield Finding(span, what=what).fixed_by(Fix((Edit(span, right),)))
