"""Rule term; docs/rules/term.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Edit, Fix
from reportlint.model import Paragraph
from reportlint.references import references, titles
from reportlint.rules import Finding, rule


@rule(
    on=Paragraph,
    severity="info",
    fix="safe",
    zh="“{found}”应写作“{right}”",
    en="“{found}” is properly “{right}”",
)
def term(paragraph: Paragraph) -> Iterator[Finding]:
    """IPV6, 截止 before a date for 截至, 依法申请公开 for 依申请公开 and other slips of terms.

    The list is data, grammar/references.toml (spec §8.6).
    """
    named = list(titles(paragraph))
    for known in references().terms:
        for match in known.pattern.finditer(paragraph.text):
            if any(start < match.start("wrong") < end for start, end in named):
                continue  # a document's name is legal-name's business
            span = paragraph.span(*match.span("wrong"))
            yield Finding(span, found=match["wrong"], right=known.right).fixed_by(Fix((Edit(span, known.right),)))
