"""Rule doubled-punctuation; docs/rules/doubled-punctuation.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Edit, Fix, Safety, Span
from reportlint.late import Late
from reportlint.rules import Finding, rule
from reportlint.source import Source
from reportlint.text.fold import DOUBLED
from reportlint.text.markup import ENTITY

_ENTITY = Late(f"{ENTITY}$")
"""Its ; is no stop."""


@rule(
    on=Source,
    severity="warning",
    fix="safe",
    zh="重复的标点“{text}”，应为“{one}”",
    en="doubled punctuation {text}; one {one} will do",
)
def doubled_punctuation(source: Source) -> Iterator[Finding]:
    """,, ,、 ,。 。。 and the like; the last mark is the author's. Colons alone (:::, ::) are markup."""
    for match in DOUBLED.finditer(source.text):
        if set(match[0]) == {":"} or _ENTITY.search(source.text, max(0, match.start() - 10), match.start() + 1):
            continue
        span, one = Span(*match.span()), match[0][-1]
        # Where something was to be filled in (邮编：，) the colon is what shows it.
        safety = Safety.UNSAFE if match[0][0] in ":：" else Safety.SAFE
        yield Finding(span, text=match[0][:8], one=one).fixed_by(Fix((Edit(span, one),), safety))
