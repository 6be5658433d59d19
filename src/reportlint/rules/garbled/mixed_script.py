"""Rule mixed-script; docs/rules/mixed-script.md is its page and its test."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from reportlint.diagnostics import Edit, Fix, Span, Words
from reportlint.rules import Finding, rule
from reportlint.rules.garbled._runs import runs
from reportlint.script import KEPT_IN_NAMES, complicate, is_simplified, is_traditional, simplify
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
    chars = Counter(source.text)
    traditional = {c for c in chars if is_traditional(c)} - KEPT_IN_NAMES
    if not traditional:
        return
    simplified = {c for c in chars if is_simplified(c)}
    if sum(chars[c] for c in traditional) > sum(chars[c] for c in simplified):
        start = len(source.text) - len(source.text.lstrip())
        yield Finding(Span(start, start + 1), what=mixed_script.words("document")).at_severity("info")
        yield from _runs(source, simplified, "simplified", complicate)
    else:
        yield from _runs(source, traditional, "traditional", simplify)


def _runs(source: Source, odd: set[str], key: str, convert: Callable[[str], str]) -> Iterator[Finding]:
    if not odd:
        return
    pattern = re.compile(f"[{''.join(map(re.escape, sorted(odd)))}]+")
    for span, text in runs(source, pattern):
        right = "".join(map(convert, text))
        what: Words = mixed_script.words(key, text=text[:12], right=right[:12])
        yield Finding(span, what=what).fixed_by(Fix((Edit(span, right),)))
