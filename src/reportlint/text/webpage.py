"""Web pages and tables of HTML as what they show: tags become line ends and walls, and hidden text goes.

Each tag and each run of white space is an edit of the raw text, so every place has its way back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from reportlint.late import Late
from reportlint.text.markdown import hidden_blocks
from reportlint.text.markup import comments
from reportlint.tuples import NamedTuple
from reportlint.words import either

_OWN = 'name="generator" content="reportlint"'
_CHARSET = Late(r"<meta\s[^<>]{0,200}?charset\s{0,3}=[\"'\s]{0,3}(?P<name>[A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_PAGE = Late(r"<(?:!doctype html|html|body)\b", re.IGNORECASE)
_PIECE = Late(r"</td>", re.IGNORECASE)
_MARKDOWN = Late(r"(?:^|\n)(?:#{1,6} |\|[ :-]+\|)")
_TABLE = Late(r"<(?P<close>/?)(?P<name>table|tbody|thead|tfoot|tr)\b[^<>]{0,2000}>", re.IGNORECASE)
_NODE = Late(
    # A value in quotation marks may hold any sign: onload="if(this.width>700)…", and a whole picture.
    r"<!--|<!|<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:]{0,20})"
    r"(?:[\s/](?:=\s?(?:\"[^\"<>]*+\"|'[^'<>]*+'|\"[^\"]{0,300}\"|'[^']{0,300}')|[^<>])*+)?>|[\r\n\t]+|[|]"
)
_CONCEALED = Late(
    r"style\s{0,3}=\s{0,3}[\"'][^\"'<>]{0,400}?(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden)"
    r"|^<\w{1,20}(?:\s{1,9}[\w:-]{1,40}(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>\"']{1,200}))?){0,40}?\s{1,9}hidden(?=[\s=>/])",
    re.IGNORECASE,
)
_HIDDEN = frozenset(
    {"del", "s", "strike", "script", "style", "head", "noscript", "select", "textarea", "svg", "template", "iframe"}
)
"""Elements that show no text of the page's own, or show it struck out."""
_OF_TABLES = {name: Late(rf"<(?P<close>/?){name}\b[^<>]{{0,200}}>", re.IGNORECASE) for name in ("td", "th", "tr")}
_BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "br",
            "caption",
            "center",
            "dd",
            "div",
            "dl",
            "dt",
            "fieldset",
        ),
        *(
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "html",
            "li",
            "main",
            "nav",
            "ol",
        ),
        *("option", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul"),
    }
)
_CELLS = frozenset({"td", "th"})
_BORDERS = frozenset({"td", "th", "tr", "table", "tbody", "thead"})
_HEAD = 20_000
_HEAD_TITLE = Late(
    r"<title[^<>]{0,200}>\s{0,40}(?P<page>[^<>]{0,120}?年度报告)"
    r"|<meta\s[^<>]{0,80}ArticleTitle[\"'][^<>]{0,40}content=[\"'](?P<meta>[^<>\"']{0,120}?年度报告)",
    re.IGNORECASE,
)
_SHOWN_TITLE = Late(r"年度报告\s{0,40}(?:</(?!title|a\b)|<br)", re.IGNORECASE)
_FIRST_SECTION = Late(either("page", "first_section"))
_CONCEALABLE = frozenset({"div", "p", "span", "section", "article", "table", "ul", "ol", "li", "a", "dl"})
_MOST_INSIDE = 2000
_LONG_CELL = 160
"""A cell with more text than this lays out a page; its paragraphs are paragraphs."""

Edit = tuple[int, int, str]


class _Node(NamedTuple):
    """A tag, a run of line ends, or a comment: its range, the element's name ("" for others), and whether it closes."""

    start: int
    end: int
    name: str
    close: bool


def is_page(text: str) -> bool:
    """Whether a text is a web page, or a piece of one with a table: it begins with a tag and is no Markdown."""
    if _PAGE.search(text, 0, 4000):
        return True
    begins = text[:4000].lstrip("\ufeff \t\r\n").startswith("<")
    return begins and _PIECE.search(text) is not None and _MARKDOWN.search(text) is None


def is_own_page(text: str) -> bool:
    """Whether a page is one of findings, which reportlint wrote: it shows a report and is none."""
    return _OWN in text[:2000]


def charset(text: str) -> re.Match[str] | None:
    """Where a page says which encoding it is in, and its name (`name`); that cannot change without the page."""
    return _CHARSET.search(text, 0, 16_000) if is_page(text) else None


def unseen(text: str, is_markdown: bool = False) -> list[tuple[int, int]]:
    """The ranges of a text that a reader does not see, in order and apart: tags, scripts, front matter, code.

    Comments too, of a page and of Markdown; in other texts they are what a program left.
    """
    page = "<" in text and is_page(text)
    edits = page_edits(text) if page else table_edits(text) if "<" in text else ()
    found = [(start, end) for start, end, _ in edits if text[start] == "<"]
    if page:
        return found
    found += ((start, end) for start, end, _ in hidden_blocks(text))
    found += ((start, end) for start, end, _ in comments(text)) if is_markdown and "<!--" in text else ()
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


@lru_cache(maxsize=2)
def page_edits(text: str) -> tuple[Edit, ...]:
    """What turns a web page into the text that it shows, in order; the head's title where the page shows none."""
    edits = list(_edits(text, 0, len(text)))
    title = _HEAD_TITLE.search(text, 0, _HEAD)
    if title is None:
        return tuple(edits)
    # Behind the report a page names those of other years.
    begun = _FIRST_SECTION.search(text, title.end())
    if _SHOWN_TITLE.search(text, title.end(), begun.start() if begun else len(text)):
        return tuple(edits)
    first, last = title.span("page" if title["page"] else "meta")
    parted: list[Edit] = []
    for start, end, new in edits:
        if start <= first and last <= end:
            parted += [(start, first, "\n"), (last, end, "\n")]
        else:
            parted.append((start, end, new))
    return tuple(parted)


@lru_cache(maxsize=2)
def table_edits(text: str) -> tuple[Edit, ...]:
    """What turns the tables of HTML in a text into rows with walls, in order; a row ends where the next begins."""
    edits: list[Edit] = []
    start: int | None = None
    for match in _TABLE.finditer(text):
        is_row, close = match["name"].lower() == "tr", bool(match["close"])
        if start is not None:
            end = match.end() if is_row and close else match.start()
            edits += _edits(text, start, end)
            start = None
        if is_row and not close:
            start = match.start()
        elif not is_row:
            edits.append((*match.span(), ""))
    return tuple(edits)


def _edits(text: str, first: int, last: int) -> Iterator[Edit]:
    nodes = list(_nodes(text, first, last))
    short = _short_cells(nodes)
    inside = kept = False
    for number, node in enumerate(nodes):
        new = ""
        kept = not node.close if node.name == "pre" else kept
        if node.name in _CELLS:
            inside = not node.close and number in short
            new = "" if node.close else "|"
        elif node.name == "tr":
            inside = False
            new = "|" if node.close else "\n"
        elif node.name in _BLOCKS:
            inside &= node.name not in _BORDERS
            new = "" if inside else "\n"
        elif text[node.start] == "|":
            new = "|" if kept else "¦"
        elif text[node.start] != "<":
            new = "\n" if kept and "\n" in text[node.start : node.end] else " "
        yield node.start, node.end, new


def _nodes(text: str, first: int, last: int) -> Iterator[_Node]:
    """Every tag and run of line ends; an element that shows nothing is one node with what it holds."""
    at = first
    unclosed: set[str] = set()
    while match := _NODE.search(text, at, last):
        name, close, end = (match["name"] or "").lower(), bool(match["close"]), match.end()
        if match[0] in ("<!--", "<!"):
            mark = "-->" if match[0] == "<!--" else ">"
            found = text.find(mark, end, last)
            end = last if found < 0 else found + len(mark)
        elif name in _HIDDEN and not close and not match[0].endswith("/>"):
            stop = re.compile(rf"</{name}\b[^<>]{{0,200}}>", re.IGNORECASE).search(text, end, last)
            end = stop.end() if stop else last
        elif name in _CONCEALABLE and name not in unclosed and not close and _CONCEALED.search(match[0]):
            end = _behind(name, text, end, last)
            unclosed |= {name} if end == match.end() else set()
        elif name in _OF_TABLES and not close and _CONCEALED.search(match[0]):
            # What is not closed before the next one begins goes on in it; a hidden cell leaves no wall.
            following = _OF_TABLES[name].search(text, end, last)
            if following and following["close"]:
                name, end = "", following.end()
        yield _Node(match.start(), end, name, close)
        at = end


def element_end(name: str, text: str, start: int) -> int | None:
    """Where the element whose opening tag begins at `start` ends; None where it is not closed."""
    inside = text.find(">", start) + 1
    end = _behind(name, text, inside, len(text)) if inside else inside
    return end if end > inside else None


def _behind(name: str, text: str, start: int, last: int) -> int:
    """Where an element ends that began before `start`; there itself if it is not closed."""
    depth = 1
    for match in islice(re.compile(rf"<(/?){name}\b", re.IGNORECASE).finditer(text, start, last), _MOST_INSIDE):
        depth += -1 if match[1] else 1
        if not depth:
            found = text.find(">", match.end(), last)
            return found + 1 if found >= 0 else start
    return start


def _short_cells(nodes: list[_Node]) -> set[int]:
    """Which nodes open a cell of data: with little text, and no table in it."""
    short: set[int] = set()
    opened: int | None = None
    length = 0
    for number, node in enumerate(nodes):
        if number and opened is not None:
            length += node.start - nodes[number - 1].end
        if node.name in _BORDERS:
            if opened is not None and (node.close or node.name != "table") and length <= _LONG_CELL:
                short.add(opened)
            opened, length = (number if node.name in _CELLS and not node.close else None), 0
    return short
