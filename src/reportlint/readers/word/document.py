"""A Word document that can be written back: the edits of its view as changes of the bytes of its text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape

from reportlint.characters import visible
from reportlint.diagnostics import Edit, Span
from reportlint.late import Late
from reportlint.readers.word.blocks import Piece
from reportlint.readers.word.comments import annotated, is_annotated, is_untouched
from reportlint.readers.word.package import Package
from reportlint.readers.word.splicing import Change, keeping_blanks, spliced
from reportlint.readers.word.view import Placed, View
from reportlint.source import Source, UnreadableFile, Unwritable

_WALLS = Late(r"[|\t\r\n]")


class WordDocument:
    """The file behind a view: what source.Document asks for."""

    def __init__(self, package: Package, xml: bytes, view: View, read: Callable[[bytes, str], Source]) -> None:
        self.package = package
        self.xml = xml
        self.view = view
        self.is_converted = False
        self.is_copy = is_annotated(package)
        self.is_untouched = self.is_copy and is_untouched(package)
        self.tracked = view.tracked
        self.pictures = view.pictures
        self._read = read
        self._starts = [placed.at for placed in view.pieces]

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.package.data

    def keeps(self, edits: Iterable[Edit]) -> bool:
        """Whether edits can be written: they touch no number that Word makes and join no paragraphs or cells."""
        return all(self.changes(edit) is not None for edit in edits)

    def mended(self, edits: Iterable[Edit]) -> Source:
        """The document with edits of its view, read again.

        Raises Unwritable where one of them cannot be written, or does not read as it should.
        """
        edits = sorted(edits, key=lambda edit: edit.span)
        expected, done = [], 0
        for edit in edits:
            expected += [self.view.text[done : edit.span.start], edit.text]
            done = edit.span.end
        try:
            found = self._read(self._written(edits), self.package.path)
        except UnreadableFile as error:
            # A member that nobody reads may be damaged all the same.
            raise Unwritable(*error.words) from None
        if found.text != "".join([*expected, self.view.text[done:]]):
            raise cannot(self.package.path)
        return found

    def _written(self, edits: Iterable[Edit]) -> bytes:
        """The file with edits of its view that do not overlap; everything else of it is as it was."""
        changes: dict[Change, None] = {}
        for edit in edits:
            found = self.changes(edit)
            if found is None:
                raise cannot(self.package.path)
            changes.update(dict.fromkeys(found))
        return self.package.with_members({self.package.main: spliced(self.xml, changes)})

    def commented(self, comments: Iterable[tuple[Span, str]]) -> bytes:
        """A copy of the document with Word comments at places of its view, told by a property (see comments)."""
        data = annotated(self.package, self.xml, self.view, comments)
        if self._read(data, self.package.path).text != self.view.text:
            raise changed_by_comments(self.package.path)
        return data

    def changes(self, edit: Edit) -> list[Change] | None:
        """The bytes that an edit changes; None where it cannot be written."""
        start, end, new = self._least(edit)
        if _WALLS.search(new):
            return None  # a cell or a paragraph more is no edit of text
        if start == end:
            return [] if not new else self._insertion(start, new)
        covered = self._pieces(start, end)
        if sum(min(end, at + len(piece.text)) - max(start, at) for at, piece in covered) < end - start:
            return None
        changes = []
        for number, (at, piece) in enumerate(covered):
            first, last = max(start, at), min(end, at + len(piece.text))
            # As many characters as there were keep their own formatting; what is over joins the last ones.
            text = new[first - start : last - start] if number < len(covered) - 1 else new[first - start :]
            change = self._changed(piece, first - at, last - at, text)
            if change is None:
                return None
            changes += change
        return changes

    def _least(self, edit: Edit) -> tuple[int, int, str]:
        """An edit without what it leaves as it is at both ends."""
        (start, end), new = edit.span, edit.text
        old = self.view.text[start:end]
        same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        start, old, new = start + same, old[same:], new[same:]
        pairs = zip(reversed(old), reversed(new), strict=False)
        same = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))
        return start, end - same, new[: len(new) - same]

    def _insertion(self, at: int, new: str) -> list[Change] | None:
        """Text put in beside what stands before it, else beside what stands behind."""
        for where, piece in (*self._pieces(max(0, at - 1), at), *self._pieces(at, at + 1)):
            change = self._changed(piece, at - where, at - where, new)
            if change is not None:
                return change
        return None

    def _changed(self, piece: Piece, first: int, last: int, new: str) -> list[Change] | None:
        """The changes that put `new` in the place of a piece's characters from first to last."""
        if piece.run is None:
            return None
        change = _change(piece, first, last, escape(new).encode())
        if change is None:
            return None
        # What is left at the ends of a text may be a blank, which Word would not show.
        blank = any(char.isspace() for char in new + piece.text)
        return [*(keeping_blanks(self.xml, piece.run) if blank else ()), change]

    def _pieces(self, start: int, end: int) -> list[Placed]:
        """The pieces that a range of the view touches."""
        number = max(0, bisect_right(self._starts, start) - 1)
        found = []
        while number < len(self.view.pieces) and self.view.pieces[number].at < end:
            placed = self.view.pieces[number]
            if placed.at + len(placed.piece.text) > start:
                found.append(placed)
            number += 1
        return found


def _change(piece: Piece, first: int, last: int, data: bytes) -> Change | None:
    if piece.exact:
        start = piece.start + len(piece.text[:first].encode())
        return Change(start, start + len(piece.text[first:last].encode()), data)
    if (first, last) == (0, len(piece.text)):
        return Change(piece.start, piece.end, data)
    if first == last and first in (0, len(piece.text)):
        at = piece.end if first else piece.start
        return Change(at, at, data)
    return None


def cannot(path: str) -> Unwritable:
    """What is said of an edit that has no place in the document."""
    shown = visible(path)
    return Unwritable(
        f"{shown} 中有一处修正跨越了段落或 Word 自动编号，没有修正；请在 Word 中修改",
        f"{shown} has a fix across paragraphs or in a number that Word makes, so nothing was fixed; mend it in Word",
    )


def changed_by_comments(path: str) -> Unwritable:
    """What is said where comments would change the text that they are on."""
    shown = visible(path)
    return Unwritable(
        f"{shown} 的结构特殊，加批注会改动正文，没有写批注稿；请用其他输出格式",
        f"{shown} is built so that comments would change its text: no annotated copy was written; use another output",
    )
