"""Rule invisible-character; docs/rules/invisible-character.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.characters import INVISIBLE, PARTING, PARTINGS, members
from reportlint.diagnostics import Edit, Fix
from reportlint.late import Late, distinct
from reportlint.rules import Finding, rule
from reportlint.rules.garbled._runs import code_points, runs
from reportlint.source import Source
from reportlint.text import mojibake

# A form feed at a line's end or beginning is how converters write the end of a page.
_PAGE_BREAK = "\x0c"
_RUN = Late(
    f"[{INVISIBLE}{PARTINGS.replace(_PAGE_BREAK, '')}]+|(?<=[^\r\n{_PAGE_BREAK}]){_PAGE_BREAK}+(?=[^\r\n{_PAGE_BREAK}])"
)
_ALL = members(INVISIBLE) | frozenset(PARTINGS)
_CONTROLS = Late("[\x80-\x9f]")
_REMAINS = Late("[\x80-\x9f\xad]")
_LATIN = Late("[\xa0-\xff]")


@rule(
    on=Source,
    severity="warning",
    fix="safe",
    zh="不可见字符 {names}",
    en="invisible character {names}",
)
def invisible_character(source: Source) -> Iterator[Finding]:
    """Zero-width, bidi and control characters, soft hyphens, stray byte-order marks.

    Those that part cells, words or lines are replaced by the ordinary character that does.
    """
    if _ALL.isdisjoint(distinct(source.text)) or mojibake.whole(source.text) is not None:
        return
    for span, text in runs(source, _RUN):
        # Control characters and soft hyphens among Latin letters are what is left of Chinese ones: they must not go.
        around = source.text[max(0, span.start - 2) : span.start] + source.text[span.end : span.end + 2]
        around += text if _CONTROLS.search(text) else ""
        remains = _REMAINS.search(text) and _LATIN.search(around)
        new = "".join(PARTING.get(char, "") for char in text)
        yield Finding(span, names=code_points(text)).fixed_by(None if remains else Fix((Edit(span, new),)))
