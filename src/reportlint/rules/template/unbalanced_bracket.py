"""Rule unbalanced-bracket; docs/rules/unbalanced-bracket.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.model import Paragraph
from reportlint.rules import Finding, rule

_PAIRS = {"(": ")", "“": "”", "《": "》", "〔": "〕", "【": "】", "「": "」", "『": "』"}
_OPENS = {close: start for start, close in _PAIRS.items()}
_ITEM = re.compile(r"(?:^|[:;。,])\s*\w{1,3}(\))")

_NUMBER = re.compile(r"〔20\d{2,6}号")
"""A document number that has lost its 〕 is document-number's."""


@rule(
    on=Paragraph,
    severity="warning",
    zh="“{mark}”没有配对的“{partner}”",
    en="{mark} has no {partner} in its paragraph",
)
def unbalanced_bracket(paragraph: Paragraph) -> Iterator[Finding]:
    """( “ 《 〔 without its partner in one paragraph; of each kind the first is reported.

    Full-width and half-width brackets pair with each other; 1) behind a stop is an item.
    """
    open_at: dict[str, list[int]] = {}
    alone: dict[str, int] = {}
    items = {match.start(1) for match in _ITEM.finditer(paragraph.text)}
    numbers = {match.start() for match in _NUMBER.finditer(paragraph.text)}
    for at, char in enumerate(paragraph.text):
        if char in _PAIRS and at not in numbers:
            open_at.setdefault(char, []).append(at)
        elif char in _OPENS and at not in items:
            stack = open_at.get(_OPENS[char])
            if stack:
                stack.pop()
            else:
                alone.setdefault(char, at)
    for char, stack in open_at.items():
        if stack:
            alone.setdefault(char, stack[0])
    for char, at in sorted(alone.items(), key=lambda item: item[1]):
        partner = _PAIRS.get(char) or _OPENS[char]
        yield Finding(paragraph.span(at, at + 1), mark=char, partner=partner)
