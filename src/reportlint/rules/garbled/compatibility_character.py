"""Rule compatibility-character; docs/rules/compatibility-character.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reportlint.diagnostics import Edit, Fix, Span
from reportlint.late import Late, distinct
from reportlint.rules import Finding, rule
from reportlint.source import Source
from reportlint.text.radicals import RADICALS, ordinary
from reportlint.text.script import is_simplified, is_traditional, rare, simplify
from reportlint.text.years import LOOK_ALIKE, spelt_right

_RUN = Late(f"[{RADICALS}\uf900-\ufaff\U0002f800-\U0002fa1f]+")


@rule(
    on=Source,
    severity="warning",
    fix="safe",
    zh="“{text}”中有部首、兼容汉字或形近字符，应为“{right}”",
    en="{text} has a radical or another look-alike in it; it is {right}",
    help=("看上去一样，但搜索不到", "it looks the same and cannot be searched for"),
)
def compatibility_character(source: Source) -> Iterator[Finding]:
    """Kangxi radicals ⼀ and CJK compatibility ideographs in place of the ordinary character; O or 0 for 〇."""
    odd = rare(source.text)
    runs = _RUN.finditer(source.text) if odd and any(map(_RUN.match, odd)) else ()
    found = [(match, _meant(match[0], source.text)) for match in runs]
    found += [(match, spelt_right(match[0])) for match in LOOK_ALIKE.finditer(source.text)]
    for match, right in sorted(found, key=lambda pair: pair[0].start()):
        if right != match[0]:
            span = Span(*match.span())
            yield Finding(span, text=match[0], right=right).fixed_by(Fix((Edit(span, right),)))


def _meant(run: str, text: str) -> str:
    """What is meant by a run: ⼾ is 户 in a simplified text, which a radical does not tell."""
    right = ordinary(run)
    return right if _is_traditional(text) else "".join(map(simplify, right))


@lru_cache(maxsize=2)
def _is_traditional(text: str) -> bool:
    chars = distinct(text)
    return sum(map(is_traditional, chars)) > sum(map(is_simplified, chars))
