"""Rule doubled-word; docs/rules/doubled-word.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.model import Paragraph
from reportlint.prose.references import references
from reportlint.rules import Finding, rule
from reportlint.words import listed

_TWICE = re.compile(r"(?P<word>[\u4e00-\u9fff]{2,6})(?P=word)")
_OVERLAP = re.compile(
    r"(?<=\d)(?:件件|条条|次次|份份|期期)|新开开设|进进一步|进一步步|情况况(?!且)|加强强(?![化制度大势行烈调国军降对弱])|(?<![目标之])的的(?!确)|信息息(?!息|相)"
)
_AGAIN = re.compile(
    r"(?P<verb>[可应将要已能会需须](?:以|当|该|经)?)(?P<word>[\u4e00-\u9fff]{1,3})[可应将要已能会需须](?:以|当|该|经)?(?P=word)"
    r"|可以可(?![以能是持])|可可以|应当应(?!对|急|公|用|诉)"
)
"""可通过可以通过."""
_REPEATED = frozenset(listed("doubled-word", "doubled"))
_STATUTE = listed("doubled-word", "statute")
"""国家有关规定规定不予公开: what the provisions provide."""
_GARBLED = frozenset("锟斤拷烫屯")
"""Characters that mojibake is made of: that rule's business."""


@rule(
    on=Paragraph,
    severity="warning",
    free_form=True,
    zh="“{words}”重复",
    en="“{words}” says a word twice",
)
def doubled_word(paragraph: Paragraph) -> Iterator[Finding]:
    """The same word twice in a row: 工作工作, 新开开设, 性性, 可通过可以通过.

    Where the second begins a compound (政府政府信息公开, 工作工作人员) nothing is said.
    Source: docs/specification.md §8.6 T1.
    """
    text = paragraph.text
    for match in _TWICE.finditer(text):
        word = match["word"]
        if match[0] in _REPEATED or len(set(word)) == 1 or _GARBLED & set(word) or _numbered(word):
            continue
        if word == "规定" and text.endswith(_STATUTE, 0, match.start()):
            continue
        if text[match.end() : match.end() + 1] in ("再", "又"):
            continue  # 宣传宣传再宣传 is meant
        if any(
            word.endswith(head) and re.match(tails, text[match.end() :])
            for head, tails in references().compounds.items()
        ):
            continue
        yield Finding(paragraph.span(*match.span()), words=match[0])
    for pattern in (_OVERLAP, _AGAIN, references().doubled):
        for match in pattern.finditer(text):
            yield Finding(paragraph.span(*match.span()), words=match[0])


def _numbered(word: str) -> bool:
    """Whether a word is of numerals and measure words, which may stand twice (一项一项)."""
    return word[0] in "一二三四五六七八九十百千两每逐" and word != "逐步"
