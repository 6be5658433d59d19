"""Rule private-character; docs/rules/private-character.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.late import Late
from reportlint.rules import Finding, rule
from reportlint.rules.garbled._runs import code_points, runs
from reportlint.source import Source
from reportlint.text.script import rare

_RUN = Late("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+")


@rule(
    on=Source,
    severity="warning",
    zh="私用区字符 {names}，换一台电脑就显示不出来",
    en="private-use character {names}; other machines cannot show it",
    help=("换成标准字符", "replace it by a standard character"),
)
def private_character(source: Source) -> Iterator[Finding]:
    """Private-use code points, which mean something only in one font."""
    odd = rare(source.text)
    if not odd or not any(map(_RUN.match, odd)):
        return
    for span, text in runs(source, _RUN):
        yield Finding(span, names=code_points(text))
