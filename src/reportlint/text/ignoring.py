"""Comments of Markdown and HTML that say what is not to be reported of what follows them.

<!-- reportlint-ignore label-typo, term: as the office published it -->
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from reportlint.diagnostics import Span
from reportlint.late import Late
from reportlint.source import Source
from reportlint.text.markup import comments
from reportlint.text.webpage import element_end, is_page
from reportlint.tuples import NamedTuple

MARK = "reportlint-ignore"
_SAYS = Late(rf"<!--+\s{{0,20}}{MARK}\b(?P<rules>[^:：]{{0,400}})(?:[:：](?P<reason>.{{0,2000}}?))?--+>\Z", re.DOTALL)
_BLANK_LINE = Late(r"\n[ \t\r]*(?:\n|\Z)")
_OPENED = Late(
    r"<(?P<name>p|div|table|thead|tbody|tr|t[dh]|ul|ol|li|section|article|blockquote|pre|figure|h[1-6])\b",
    re.IGNORECASE,
)
_HEADING = Late(r"#{1,6}[ \t][^\n]*")
_BREAK = Late(r"</?(?:br|p|div|table|tr|li|h[1-6]|td|th|body|section|article)\b", re.IGNORECASE)

_MOST = 1000
"""Far more than anybody writes; every finding is looked up in each."""


def is_commented(source: Source) -> bool:
    """Whether a text may have comments that ignore something."""
    return MARK in source.text and source.document is None


class Comment(NamedTuple):
    """A comment: where it stands, the names that it gives, why, and what it is about."""

    span: Span
    names: tuple[str, ...]
    reason: str
    reach: Span


def ignore_comments(source: Source) -> Iterator[Comment]:
    """The comments of a text that ignore findings, the first thousand in order; there are none in plain text.

    In Markdown one is about the paragraph or the table behind it, up to an empty line or an element's end, in a
    web page about the next element. Others that stand between do not part it from that.
    """
    text, is_markdown = source.text, source.is_markdown
    if not is_commented(source) or not (is_markdown or is_page(text)):
        return
    found = [(start, end) for start, end, _ in comments(text)]
    said = ((start, end, says) for start, end in found if (says := _SAYS.match(text, start, end)))
    behind: dict[int, int] = {}
    for start, end in reversed(found):
        at = _skipped(text, end)
        behind[start] = behind.get(at, at)
    for start, end, says in islice(said, _MOST):
        at = behind[start]
        names = tuple(name for part in re.split(r"[,，、]", says["rules"]) if (name := part.strip()))
        yield Comment(Span(start, end), names, (says["reason"] or "").strip(), Span(at, _end(text, at, is_markdown)))


def _skipped(text: str, at: int) -> int:
    """The first place from `at` on that is no white space."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _end(text: str, at: int, is_markdown: bool) -> int:
    """Where the paragraph, table or element that begins at a place ends."""
    opened = _OPENED.match(text, at)
    closed = element_end(opened["name"], text, at) if opened else None
    if closed is not None:
        return closed
    if is_markdown and (heading := _HEADING.match(text, at)):
        return heading.end()
    first = opened.end() if opened else at
    stop = (_BLANK_LINE if is_markdown else _BREAK).search(text, first)
    return stop.start() if stop else len(text)
