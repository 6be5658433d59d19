"""Rule leaked-pinyin; docs/rules/leaked-pinyin.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.diagnostics import Edit, Fix, Span
from reportlint.late import Late
from reportlint.rules import Finding, rule
from reportlint.source import Source
from reportlint.text.fold import pinyin
from reportlint.text.script import is_simple

_FEW = 2
_PLACE = Late("[^，。；、]{0,2}[县市州盟旗区镇乡村路街江河湖山岭岛]|[^“”]{0,4}”")


@rule(
    on=Source,
    severity="warning",
    fix="safe",
    zh="“{char}”字后混入了{what} {text}",
    en="{what} {text} has leaked into the text behind {char}",
    help=("网页转换软件留下的，删去即可", "a web page converter left it; delete it"),
    remarks={
        "sound": ("读音", "the pronunciation"),
        "twin": ("对应的繁简字", "the same character in other writing,"),
    },
)
def leaked_pinyin(source: Source) -> Iterator[Finding]:
    """習(xí): a character or word followed by its pronunciation, or its simplified twin, in brackets.

    How a place's name is read may be told on purpose: 亳（bó）州.
    """
    found = sorted(pinyin(source.text), key=lambda match: match.start())
    for match in found:
        span = Span(*match.span())
        char = source.text[span.start - 1]
        twin = match.groupdict().get("twin")
        if len(found) <= _FEW and not twin and is_simple(char) and _PLACE.match(source.text, span.end):
            continue  # 亳（bó）州: how to read it is told on purpose
        what = leaked_pinyin.words("twin" if twin else "sound")
        yield Finding(span, char=char, text=match[0], what=what).fixed_by(Fix((Edit(span, ""),)))
