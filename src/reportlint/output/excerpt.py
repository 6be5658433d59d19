"""A line of a report cut to the terminal's width around a fault, in terminal cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportlint.characters import UNPRINTABLE, visible
from reportlint.diagnostics import Span
from reportlint.late import Late
from reportlint.tuples import NamedTuple

_TAB = "\u2409"
"""A picture of a tab, one cell wide."""
_PLAIN = {_TAB: " ", "…": "..."}
"""What is set for these where the console lacks them."""
_UTF8 = "utf-8"


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    # Needed for findings only: a sound report is told sooner without it.
    from rich.cells import cell_len

    return cell_len(text)


class Excerpt(NamedTuple):
    """A line as shown: its text, the fault's range in it, and where the carets go, in cells.

    `shown` is the range of the source that is visible, `cut` what stands in front of it where more is cut off. The
    console's `encoding` says what it can show.
    """

    text: str
    fault: tuple[int, int]
    indent: int
    length: int
    shown: Span
    cut: str
    encoding: str

    def place(self, text: str, span: Span) -> tuple[int, int] | None:
        """Indent and length, in cells, of another place in `text`; None where it is cut off."""
        if not (self.shown.start <= span.start and span.end <= self.shown.end):
            return None
        before = sum(columns(show(c, self.encoding)) for c in text[self.shown.start : span.start])
        inside = sum(columns(show(c, self.encoding)) for c in text[span.start : span.end])
        return before + columns(self.cut), max(1, inside)


def excerpt(
    text: str, line: Span, span: Span, width: int, others: Iterable[Span] = (), encoding: str = _UTF8
) -> Excerpt:
    """The part of `line` around `span` that fits `width` cells; … marks what is cut off.

    The part holds `others` too if it can. Work is bounded by the width, however long the line.
    """
    start = max(span.start, line.start)
    end = max(start, min(span.end, line.end))
    spans = [span, *(other for other in others if line.start <= other.start and other.end <= line.end)]
    wide = Span(min(s.start for s in spans), max(s.end for s in spans))
    if wide != span and wide.end - wide.start < width:
        shown = excerpt(text, line, wide, width, (), encoding)
        if shown.shown.start <= wide.start and wide.end <= shown.shown.end:
            first = len(shown.cut) + sum(len(show(c, encoding)) for c in text[shown.shown.start : start])
            last = first + sum(len(show(c, encoding)) for c in text[start:end])
            indent, length = columns(shown.text[:first]), max(1, columns(shown.text[first:last]))
            return shown._replace(fault=(first, last), indent=indent, length=length)
    mark = _shown_as("…", encoding)
    # The fault, then as much before it as leaves a third of the width behind it.
    room = max(8, width - 2 * columns(mark))
    inside, end_shown = _take(text, start, end, room, encoding)
    before_room = max(0, room - _cells(inside)) * 2 // 3
    before, start_shown = _take_back(text, start, line.start, before_room, encoding)
    after, last_shown = _take(text, end_shown, line.end, room - _cells(inside) - _cells(before), encoding)
    if last_shown == line.end:  # nothing is cut behind: give that room to the front
        before, start_shown = _take_back(text, start, line.start, room - _cells(inside) - _cells(after), encoding)
    cut = mark if start_shown > line.start else ""
    head = cut + "".join(before)
    tail = "".join(after) + (mark if last_shown < line.end else "")
    middle = "".join(inside)
    return Excerpt(
        text=head + middle + tail,
        fault=(len(head), len(head) + len(middle)),
        indent=columns(head),
        length=max(1, columns(middle)),
        shown=Span(start_shown, last_shown),
        cut=cut,
        encoding=encoding,
    )


def _cells(pieces: list[str]) -> int:
    return sum(map(columns, pieces))


def _take(text: str, start: int, end: int, room: int, encoding: str) -> tuple[list[str], int]:
    pieces: list[str] = []
    while start < end:
        piece = show(text[start], encoding)
        room -= columns(piece)
        if room < 0:
            break
        pieces.append(piece)
        start += 1
    return pieces, start


def _take_back(text: str, end: int, start: int, room: int, encoding: str) -> tuple[list[str], int]:
    pieces: list[str] = []
    while end > start:
        piece = show(text[end - 1], encoding)
        room -= columns(piece)
        if room < 0:
            break
        pieces.append(piece)
        end -= 1
    return pieces[::-1], end


_BREAK = Late(r"(?:[（“《〔]*(?:[!-\u2e7f]+|.)[，。、；：！？）”》〕]*)\s*")


def wrap(text: str, width: int) -> Iterator[str]:
    """`text` in lines of at most `width` cells, broken at blanks and between Chinese characters.

    A longer word stays whole.
    """
    line, room = "", width
    for piece in _BREAK.findall(text):
        if line and columns(piece.rstrip()) > room:
            yield line.rstrip()
            line, room = "", width
        line += piece
        room -= columns(piece)
    yield line.rstrip()


def show(char: str, encoding: str = _UTF8) -> str:
    """A character as it can be seen on a console with an encoding: tabs, controls, undecodable bytes."""
    return _shown_as(_seen(char), encoding)


def _shown_as(text: str, encoding: str) -> str:
    if text.isascii() or encoding == _UTF8:
        return text
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return _PLAIN.get(text) or text.encode(encoding, "backslashreplace").decode(encoding)
    return text


def _seen(char: str) -> str:
    if char == "\t":
        return _TAB
    if char in "\r\n":
        return " "
    if char == "\u00a0":
        return " "
    if "\udc00" <= char <= "\udcff":
        return visible(char)
    return f"<U+{ord(char):04X}>" if UNPRINTABLE.match(char) or "\ue000" <= char <= "\uf8ff" else char
