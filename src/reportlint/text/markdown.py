"""Markdown as what it shows: front matter and blocks of code are no text, marks around lines go.

Each is an edit of the raw text, so every place has its way back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.late import Late, Marked

_FRONT = Late(r"\ufeff?---[ \t]*\r?\n(?P<held>(?:[^\n]{0,400}\n){1,60}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_KEY = Late(r"(?:^|\n)[A-Za-z_][\w -]{0,40}:(?:[ \t]|\r?\n)")
_TITLE = Late(r"(?:^|\n)title:[ \t]*[\"']?(?P<title>[^\n\"']{0,120}?年度报告)[\"']?[ \t]*(?:\r?\n|$)")
_OWN_TITLE = Late(r"(?:^|\n)[# \t>*_]{0,20}[^\n|]{0,80}政府信息公开(?:工作)?年度报告[*_# \t\r]{0,20}(?:\n|$)")
_BEGINNING = 4000
_FENCE = Marked(r"(?:^|(?<=\n)) {0,3}(?P<mark>```|~~~)[^\n`]{0,200}(?=\n|$)", ("```", "~~~"))
_REPORT = Late("年度报告|总体情况|主动公开|政府信息公开|[|｜]")
"""Words of a report: what a program fenced in as a whole is the text itself."""
_QUOTE = Marked(r"(?:^|(?<=\n)) {0,3}>(?: {0,3}>){0,8}[ \t]?(?=[^\s>])", ">")
_ORDINAL = "[一二三四五六七八九十]{1,2}、"
_HEADED = Marked(rf"(?:^|(?<=[\n\f]))[ >]{{0,8}}#{{1,6}}(?:[ \t]+|(?={_ORDINAL}))", "#")
_BULLET = Late(rf"(?:^|(?<=\n))[ \t]{{0,3}}(?:[-*+]|\d{{1,2}}\.)[ \t]+(?=[*_]{{0,3}}{_ORDINAL})")
_BULLETED = Marked(
    r"[-*+.][ \t]+[*_]{0,3}[一二三四五六七八九十]", tuple(mark + blank for mark in "-*+." for blank in " \t")
)
"""What a bullet ends with, which is quicker to look for."""
_ANCHOR = Marked(r"\[\]\{#[^{}\n]{0,80}\}|[ \t]?\{[#.][^{}\n]{0,80}\}(?=[ \t]{0,20}\r?(?:\n|$))", "{")
"""What pandoc writes of bookmarks: []{#_Toc1 .anchor}, {#section .unnumbered}."""
_LINK = Marked(r"(?P<open>\[)[^\[\]\n]{1,80}(?P<close>\]\(#[^()\n]{0,80}\))", ["](#"])
_MARKED_FIGURE = Marked(r"(?<=[|\s])(?P<open>[*`$])[\d,.]{1,12}(?P<close>(?P=open))(?=[ \t]{0,20}[|\n])", "*`$")
_NOTHING = Marked(
    r"(?<=\|)[ \t]{0,8}Unnamed: \d{1,3}(?:_level_\d)?[ \t]{0,8}(?=\|)"
    r"|(?:^|(?<=\n))\|[ \t]{0,8}(?:NaN|nan)[ \t]{0,8}(?=\|)",
    ("Unnamed: ", "NaN", "nan"),
)
"""What pandas writes in place of a head without words, and of a group's label that goes on."""
_STRESSED = Marked(
    r"(?:^|(?<=\n))[ \t]{0,3}(?P<mark>[*_]{1,3})(?=[^\s*_])[^\n*_]{1,120}(?P<end>(?P=mark))(?=[ \t]{0,20}\r?(?:\n|$))",
    "*_",
)

Edit = tuple[int, int, str]


def markdown_edits(text: str) -> Iterator[Edit]:
    """What turns Markdown into the text that it shows; tables and bold within a line are left to others."""
    yield from hidden_blocks(text)
    yield from closing_marks(text)
    yield from ((*match.span(), "") for match in _HEADED.finditer(text))
    if _BULLETED.search(text):
        yield from ((*match.span(), "") for match in _BULLET.finditer(text))
    yield from ((*match.span(), "") for match in _ANCHOR.finditer(text))
    yield from ((*match.span(), " ") for match in _NOTHING.finditer(text))
    for match in (match for pattern in (_LINK, _MARKED_FIGURE) for match in pattern.finditer(text)):
        yield *match.span("open"), ""
        yield *match.span("close"), ""
    yield from ((*match.span(), "") for match in _QUOTE.finditer(text))
    for match in _STRESSED.finditer(text):
        yield match.start("mark"), match.end("mark"), ""
        yield match.start("end"), match.end("end"), ""


def hidden_blocks(text: str) -> Iterator[Edit]:
    """Front matter, but for a title that the text itself lacks, and blocks of code, in order."""
    front = _FRONT.match(text) if text.startswith(("---", "\ufeff---")) else None
    if front is not None and _KEY.search(front["held"]):
        title = _TITLE.search(front["held"])
        if title and not _OWN_TITLE.search(text, front.end(), front.end() + _BEGINNING):
            first = front.start("held")
            yield 0, first + title.start("title"), ""
            yield first + title.end("title"), front.end(), "\n"
        else:
            yield 0, front.end(), ""
    yield from _fenced(text)


def _fenced(text: str) -> Iterator[Edit]:
    opened: re.Match[str] | None = None
    for match in _FENCE.finditer(text):
        if opened is None:
            opened = match
        elif match["mark"] == opened["mark"]:
            if _REPORT.search(text, opened.end(), match.start()):
                yield opened.start(), opened.end(), ""
                yield match.start(), match.end(), ""
            else:
                yield opened.start(), match.end(), ""
            opened = None


def closing_marks(text: str) -> Iterator[tuple[int, int, str]]:
    """The marks behind a Markdown heading: ## 一、总体情况 ##."""
    at = 0 if text.startswith("#") else text.find("\n#") + 1
    while at or text.startswith("#"):
        end = text.find("\n", at)
        line = text[at : len(text) if end < 0 else end].rstrip()
        words = line.rstrip("#")
        if len(words) < len(line) and words[-1:].isspace() and words.strip("# \t"):
            yield at + len(words.rstrip()), at + len(line), ""
        if end < 0:
            return
        at = text.find("\n#", end) + 1
        if not at:
            return
