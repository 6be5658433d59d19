"""Rule unbalanced-bracket; docs/rules/unbalanced-bracket.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.characters import IDEOGRAPH
from reportlint.late import Late, Marked
from reportlint.model import Paragraph
from reportlint.rules import Finding, rule
from reportlint.words import either

_PAIRS = {"(": ")", "“": "”", "《": "》", "〔": "〕", "【": "】", "〈": "〉", "「": "」", "『": "』"}
_OPENS = {close: start for start, close in _PAIRS.items()}
_DEEP = 3
_BRACKETS = frozenset("<>").union(_PAIRS, _OPENS)
_ITEM = Marked(r"(?:^|(?<!\d)[:]|[;。,\s])\s*\w{1,3}(\))|(?<![A-Za-z])[A-Za-z](\))", ")")
_SECONDS = Marked(r"(?:\d[’'′]\d{1,2}|(?<![\d“])\d{2}(?=.[触显液屏]))([”\"″])", '”"″')
"""12’34” is minutes and seconds, 42” the size of a screen."""
_FURNITURE = Marked(
    rf"(?P<button>【)(?=\s*{either('page', 'button')})|{either('page', 'control')}[^。]{{0,40}}(?P<cut>【)[^】]*$"
    rf"|{either('page', 'control')}[^。()]{{0,20}}(?P<last>\()\s*$"
    rf"|(?P<stamp>[(【〔])(?=\s*{either('page', 'stamp')}(?:人?次数?|数|量|率)?(?:$|[:\s\d]))",
    "【(〔",
)
"""What a web page sets about its text, often cut."""
_TORN = Late(either("unbalanced-bracket", "torn"))
_NUMBER = Marked(r"〔20\d{2,6}(?:号|(?=[)\]」,。;、]))", "〔")
_NUMBER_END = Marked(rf"(?<={IDEOGRAPH}20\d\d)〕(?=\d{{1,4}}号)", "〕")
"""A document number that has lost one of its brackets is document-number's."""


def _all_pair(text: str) -> bool:
    """Whether the brackets of a text pair, a few deep: so do those of nearly all paragraphs."""
    left = "" if _BRACKETS.isdisjoint(text) else "".join(filter(_BRACKETS.__contains__, text))
    for _ in range(_DEEP if left else 0):
        for start, close in _PAIRS.items():
            left = left.replace(start + close, "")
    return not left


_ANGLE = Late(rf"(?P<open><)(?=\s?{IDEOGRAPH})|(?<={IDEOGRAPH})(?P<close>>)(?P<ends>(?=[\s。,;:》)的]|$))?")
"""<关于…的通知>: an inner title; breadcrumbs (首页>公开) and signs are none."""


def _lone_angle(text: str) -> int | None:
    """Where an angle bracket around an inner title stands without its partner."""
    if "<" not in text and text.count(">") > 1:
        return None  # 首页>政务公开>年报 is a way through a site
    opened: list[int] = []
    for match in _ANGLE.finditer(text) if "<" in text or ">" in text else ():
        if match["open"]:
            opened.append(match.start())
        elif opened:
            opened.pop()
        elif match["ends"] is not None:
            return match.start()
    return opened[0] if opened else None


@rule(
    on=Paragraph,
    severity="warning",
    free_form=True,
    messages={
        "mark": ("“{mark}”没有配对的“{partner}”", "{mark} has no {partner} in its paragraph"),
        "“": ("前引号没有配对的后引号", "an opening quotation mark has no closing one in its paragraph"),
        "”": ("后引号没有配对的前引号", "a closing quotation mark has no opening one in its paragraph"),
    },
)
def unbalanced_bracket(paragraph: Paragraph) -> Iterator[Finding]:
    """( “ 《 〔 without its partner in one paragraph; of each kind the first is reported.

    Full-width and half-width brackets pair with each other; 1) behind a stop is an item unless it closes
    a bracket, and so is a letter's, a). Minutes and seconds (12’34”) and a web page's 【字体： are left alone.
    """
    # What ends in … is cut: a page's abstract.
    if _all_pair(paragraph.text) or _TORN.search(paragraph.text) or paragraph.text.rstrip().endswith("…"):
        return
    open_at: dict[str, list[int]] = {}
    alone: dict[str, int] = {}
    items = {match.end() - 1 for match in _ITEM.finditer(paragraph.text)}
    left = {match.start() for match in _NUMBER.finditer(paragraph.text)}
    left |= {match.start() for match in _NUMBER_END.finditer(paragraph.text)}
    left |= {match.start(1) for match in _SECONDS.finditer(paragraph.text)}
    furniture = {match.start(match.lastgroup or 0) for match in _FURNITURE.finditer(paragraph.text)}
    for at, char in enumerate(paragraph.text):
        if char not in _BRACKETS or at in left:
            continue
        if char in _PAIRS:
            open_at.setdefault(char, []).append(at)
        elif char in _OPENS:
            stack = open_at.get(_OPENS[char])
            if stack:
                stack.pop()
            elif at not in items:
                alone.setdefault(char, at)
    if (angle := _lone_angle(paragraph.text)) is not None:
        alone[paragraph.text[angle]] = angle
    for char, stack in open_at.items():
        if stack and stack[0] not in furniture:
            alone.setdefault(char, stack[0])
    before = ""
    for char, at in sorted(alone.items(), key=lambda item: item[1]):
        # One that is closed by another kind (《…〉), or a pair the wrong way round (”…“), is one slip.
        before, last = char, before
        if (last in _PAIRS and char in (*_OPENS, ">")) or (last, char) == ("”", "“"):
            before = ""
            continue
        partner = _PAIRS.get(char) or _OPENS.get(char) or {"<": ">", ">": "<"}[char]
        kind = char if char in unbalanced_bracket.messages else "mark"
        yield Finding(paragraph.span(at, at + 1), kind, mark=char, partner=partner)
