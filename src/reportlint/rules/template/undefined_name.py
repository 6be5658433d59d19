"""Rule undefined-name; docs/rules/undefined-name.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.late import Late
from reportlint.model import Report
from reportlint.rules import Finding, rule
from reportlint.words import either

_SHORT = Late(f"《(?P<name>{either('documents', 'short')})》")
_DEFINED = '(?:简称|称为?|称之为|即)[:“"《〈(]*{0}|[^《》。\n]{0}[》〉]'
"""Named in full, or said to be short for something."""


@rule(
    on=Report,
    severity="info",
    free_form=True,
    zh="“《{name}》”是简称，全文没有写明它指哪个文件",
    en="《{name}》 is a short name, and the report does not say what for",
    help=(
        "第一次提到时写全称，后加“（以下简称……）”",
        "give the full name where it comes first, and the short one in brackets",
    ),
)
def undefined_name(report: Report) -> Iterator[Finding]:
    """A short name such as 《条例》 is used, and neither defined nor given in full anywhere; once for each name."""
    text = "\n".join(paragraph.text for paragraph in report.paragraphs)
    told: set[str] = set()
    for paragraph in report.paragraphs:
        for match in _SHORT.finditer(paragraph.text):
            name = match["name"]
            if name not in told and not re.search(_DEFINED.format(name), text):
                told.add(name)
                yield Finding(paragraph.span(*match.span()), name=name)
