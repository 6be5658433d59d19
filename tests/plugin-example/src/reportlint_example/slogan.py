"""Rule slogan; slogan.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from reportlint.diagnostics import Edit, Fix, Safety
from reportlint.model import Paragraph
from reportlint.rules import Finding, Option, rule


class Options(NamedTuple):
    """The options of slogan."""

    words: Annotated[tuple[str, ...], Option("哪些套话", "which phrases")] = ("再上新台阶", "做好做细做实")


@rule(
    on=Paragraph,
    severity="info",
    group="template",
    fix="unsafe",
    options=Options,
    zh="“{text}”是套话",
    en="“{text}” is a set phrase that says nothing",
    help=("写明做了什么、做到什么程度", "say what was done, and how far"),
)
def slogan(paragraph: Paragraph, options: Options) -> Iterator[Finding]:
    """A set phrase that says nothing."""
    for word in options.words:
        at = paragraph.text.find(word)
        while at >= 0:
            span = paragraph.span(at, at + len(word))
            yield Finding(span, text=word).fixed_by(Fix((Edit(span, "取得进展"),), Safety.UNSAFE))
            at = paragraph.text.find(word, at + 1)
