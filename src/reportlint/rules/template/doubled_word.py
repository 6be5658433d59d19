"""Rule doubled-word; docs/rules/doubled-word.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from reportlint.characters import IDEOGRAPH
from reportlint.late import Late
from reportlint.model import Paragraph
from reportlint.prose.references import references
from reportlint.rules import Finding, rule
from reportlint.text.borders import begins_word, is_word
from reportlint.text.script import is_han
from reportlint.words import either, listed

_TWICE = Late(rf"(?P<word>{IDEOGRAPH}{{2,6}})(?P=word)")
_BEHIND_VERBS = listed("doubled-word", "behind_verbs")
_PAIR = Late(rf"({IDEOGRAPH})\1")
"""A character twice in a row, which most of what is stuttered has."""
_OVERLAP = Late(
    "|".join(
        [
            *(f"{word}{word[-1]}" for word in listed("doubled-word", "words")),
            *(f"{word}{word[-1]}(?=[,。;:、的]|$)" for word in listed("doubled-word", "ended")),
            either("doubled-word", "stuttered"),
        ]
    )
)
_OVERLAPPING = frozenset(one for one, next_one in pairwise(_OVERLAP.pattern) if one == next_one)
"""Characters that stand twice in it."""
_MODAL, _REST_OF_IT = "[可应将要已能会需须]", "(?:以|当|该|经|要)?"
_AGAIN = Late(
    rf"(?P<verb>{_MODAL}){_REST_OF_IT}(?P<word>{IDEOGRAPH}{{1,3}})(?P=verb){_REST_OF_IT}(?P=word)"
    rf"|{_MODAL}{_REST_OF_IT}(?P<long>{IDEOGRAPH}{{2,3}}){_MODAL}{_REST_OF_IT}(?P=long)"
    r"|可以可(?![以能是持])|可可以|应当应(?!对|急|公|用|诉)"
)
"""可通过可以通过."""
_REPEATED = frozenset(listed("doubled-word", "doubled"))
_STATUTE = listed("doubled-word", "statute")
"""国家有关规定规定不予公开: what the provisions provide."""
_PART = Late(r"(?P<clause>[^,。;!?\n]+)|[。;!?\n]")
"""A clause between commas, or what ends a sentence."""
_AGAIN_APART = 2
_PARALLEL = listed("doubled-word", "parallel")
_CLAUSE = Late(r"[^,。;:、!?()“”《》\s]+")
Doubled = tuple[int, int, str]
"""Where it stands, and what is said twice."""
_WHOLE = 6
"""A shorter clause may be said twice on purpose."""
_BEFORE = 8
_LEAST = 2
_LONGEST = 3
"""A longer word that stands twice is no compound with the next."""
_GOVERNED = frozenset("民国省市州盟县旗区镇乡级地方")
"""政府 is behind one of these where it ends a government's name."""
_GARBLED = frozenset("锟斤拷烫屯")
"""Characters that mojibake is made of: that rule's business."""


@rule(
    on=Paragraph,
    severity="warning",
    free_form=True,
    of_words=True,
    zh="“{words}”重复",
    en="“{words}” says a word twice",
)
def doubled_word(paragraph: Paragraph) -> Iterator[Finding]:
    """The same word twice in a row: 工作工作, 新开开设, 性性, 可通过可以通过.

    Where the second begins a compound (政府政府信息公开, 工作工作人员) nothing is said.
    Source: docs/specification.md §8.6 T1.
    """
    told = 0
    for start, end, words in sorted(set(_found(paragraph.text)), key=lambda found: (found[0], -found[1])):
        if end > told:  # else it is within another one: 规范性性 has 性性
            told = end
            yield Finding(paragraph.span(start, end), words=words)


@lru_cache(maxsize=512)
def _found(text: str) -> tuple[Doubled, ...]:
    """Where a text says a word twice: most paragraphs come again, whenever an editor changes another one."""
    return tuple(_doubled(text))


def _doubled(text: str) -> Iterator[Doubled]:
    for match in map(_whole_words, _TWICE.finditer(text)):
        word = match["word"]
        if match[0] in _REPEATED or len(set(word)) == 1 or _GARBLED & set(word) or _numbered(word):
            continue
        if not all(map(is_han, word)):
            continue
        if word == "规定" and text.endswith(_STATUTE, 0, match.start()):
            continue
        if text[match.end() : match.end() + 1] in ("再", "又"):
            continue  # 宣传宣传再宣传 is meant
        if _begins_compound(text, match):
            continue
        yield *match.span(), match[0]
    yield from _said_again(text)
    yield from _said_once_more(text)
    for match in _AGAIN.finditer(text):
        if match["word"] or match["long"] or not begins_word(text, match.end() - 1):  # 可以可视化
            yield *match.span(), match[0]
    pairs = set(_PAIR.findall(text))
    for chars, pattern in ((_OVERLAPPING, _OVERLAP), references().doubled) if pairs else ():
        if not pairs.isdisjoint(chars):
            yield from ((*match.span(), match[0]) for match in pattern.finditer(text) if not _parted(text, match))


def _whole_words(match: re.Match[str]) -> re.Match[str]:
    """The same from the next character on, where that is a word twice: 服务服务 in 政务服务服务事项, not 务服务服."""
    later = _TWICE.match(match.string, match.start() + 1)
    if later is None or len(match["word"]) != _LEAST or len(later["word"]) != _LEAST:
        return match
    return later if is_word(later["word"]) and not is_word(match["word"]) else match


def _parted(text: str, match: re.Match[str]) -> bool:
    """Whether the second of two equal characters begins a word, or the first ends one: 公开开局, 推进进一步."""
    start, end = match.span()
    if text.startswith(("人民政府", "政府"), end):
        return False
    last = text[end - 2] == text[end - 1] and (begins_word(text, end - 1) or text[end : end + 1] in _BEHIND_VERBS)
    first = text[start] == text[start + 1] and (end - start > 2 or text[start] == "和") and begins_word(text, start - 1)
    return last or first


def _said_again(text: str) -> Iterator[Doubled]:
    """A whole clause that stands twice in a row: 如对本报告有疑问，如对本报告有疑问，请…"""
    last: re.Match[str] | None = None
    for clause in _CLAUSE.finditer(text):
        again = last is not None and clause[0] == last[0] and len(clause[0]) >= _WHOLE and not clause[0][-1].isdecimal()
        # What 、 parts are items, which repeated-item tells.
        between = "" if last is None else text[last.end() : clause.start()]
        # What blanks part are words of a page.
        if last is not None and again and "、" not in between and not between.isspace():
            yield last.start(), clause.end(), clause[0]
        last = clause


def _said_once_more(text: str) -> Iterator[Doubled]:
    """The clause that a sentence begins with, once more in it: 加强组织领导，规范内容，加强组织领导."""
    if text.count(",") < _AGAIN_APART:
        return
    first: re.Match[str] | None = None
    for match in _PART.finditer(text):
        clause = match["clause"]
        if clause is None:
            first = None
        elif first is None:
            first = match
        elif clause == first["clause"] and match.start() > first.end() + 1 and _is_told_once(clause):
            yield *match.span(), clause


def _is_told_once(clause: str) -> bool:
    """Whether a clause is not repeated on purpose: 与上年相比，增加…，与上年相比，减少…."""
    return len(clause) > _WHOLE and all(map(is_han, clause)) and not clause.startswith(_PARALLEL)


def _begins_compound(text: str, match: re.Match[str]) -> bool:
    """Whether the second of two equal words begins a compound: 人民政府政府信息公开; whose 政府 it is stands before."""
    word = match["word"]
    if len(word) > _LONGEST or (word == "政府" and text[match.start() - 1 : match.start()] not in _GOVERNED):
        return False
    for head, told in references().compounds.items():
        fronts, _, tails = told.rpartition(">")
        if word.endswith(head) and re.match(tails, text[match.end() :]):
            before = text[max(0, match.start() - _BEFORE) : match.end() - len(word) - len(head)]
            if not fronts or re.search(f"(?:{fronts})$", before):
                return True
    return False


def _numbered(word: str) -> bool:
    """Whether a word is of numerals and measure words, which may stand twice (一项一项)."""
    return word[0] in "一二三四五六七八九十百千两每逐" and word != "逐步"
