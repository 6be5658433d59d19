"""A text and the way back from its offsets to lines, columns, and the file that it was read from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import cached_property, partial
from itertools import accumulate
from operator import add
from typing import Protocol

from reportlint.diagnostics import Diagnostic, Edit, Origin, Place, Recognition, Span, UserError
from reportlint.late import Late
from reportlint.tuples import NamedTuple

MAX_SIZE = 512_000
"""Texts of more characters are refused: a report has some thousands, at most some tens of thousands."""
_BEHIND = partial(add, 1)
_NEWLINE = Late(r"\r\n|\n|\r")


class UnreadableFile(UserError):
    """A file that cannot be read as text."""


class Unwritable(UnreadableFile):
    """A text that cannot be written in its file's encoding."""


class BadBytes(NamedTuple):
    """A run of bytes that no encoding explains.

    `span` is where they stand in the text (one code point U+DC00–U+DCFF a byte),
    `offset` the first one's place in the file, counted from 0.
    """

    span: Span
    offset: int
    data: bytes


class Document(Protocol):
    """The file of a text that was taken out of a document, to be written back into it.

    `tracked` is where the first change stands that is neither accepted nor refused, `pictures` are the
    places of pictures that stand where text or a table could. `is_copy` tells one with comments that an
    earlier run wrote into it, `is_untouched` that nobody changed it since, `is_converted` one that another
    program had to be started for.
    """

    is_copy: bool
    is_untouched: bool
    is_converted: bool

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        ...

    @property
    def tracked(self) -> Span | None:
        """The first change that is neither accepted nor refused."""
        ...

    @property
    def pictures(self) -> tuple[Span, ...]:
        """Where pictures stand."""
        ...

    def keeps(self, edits: Iterable[Edit]) -> bool:
        """Whether edits of the text can be written into the document."""
        ...

    def mended(self, edits: Iterable[Edit]) -> Source:
        """The document with edits of its text that do not overlap, read again; raises Unwritable."""
        ...

    def commented(self, comments: Iterable[tuple[Span, str]]) -> bytes:
        """A copy of the document with comments at places of its text."""
        ...


class _Source(NamedTuple):
    path: str
    text: str
    encoding: str = "utf-8"
    has_mark: bool = False
    bad_bytes: tuple[BadBytes, ...] = ()
    data: bytes | None = None
    known_digest: str = ""
    known_dear: bool = False
    origins: tuple[tuple[Span, Origin], ...] = ()
    walled: bool = False
    typed: bool = True
    tables_only: bool = False
    recognitions: tuple[Recognition, ...] | None = None
    scanned: frozenset[int] = frozenset()
    is_own_text: bool = True
    document: Document | None = None
    known_places: Mapping[int, tuple[int, int]] | None = None


class Source(_Source):
    """A decoded file and the way back from offsets to lines, columns and bytes.

    `data` are the bytes that it was decoded from; of a text that was kept without them `known_digest` tells them, and
    `known_dear` that reading it takes seconds.
    Of a document that is no text file `text` is what it shows, and `document` the way back into it; it is
    `walled` where every cell of a table, an empty one too, ends in a wall of its own (|), and its blanks are
    `typed` unless a reader told them by the gaps between characters. With `tables_only` tables without their
    report, or a page of one, are checked as such.
    `recognitions` are the figures of its tables as OCR read them, None where it was not scanned; `scanned` are the
    pages that it read. `is_own_text` says that the text is the file's own, so that it may be written there.
    `known_places` are the lines and columns of some offsets of a text that was let go: all that is left of it.
    """

    @property
    def is_let_go(self) -> bool:
        """Whether only some places of the text are left."""
        return self.known_places is not None

    @cached_property
    def digest(self) -> str:
        """What tells the bytes that it was decoded from; "" where there are none."""
        return self.known_digest or ("" if self.data is None else digest_of(self.data))

    @property
    def is_markdown(self) -> bool:
        """Whether its name says that it is Markdown."""
        return self.path.lower().endswith((".md", ".markdown"))

    @property
    def is_dear(self) -> bool:
        """Whether reading the file again takes seconds: it was scanned, or another program converted it."""
        is_converted = self.document is not None and self.document.is_converted
        return self.known_dear or self.recognitions is not None or is_converted

    @cached_property
    def _lines(self) -> list[int]:
        if "\r" in self.text:
            return [0, *(match.end() for match in _NEWLINE.finditer(self.text))]
        return [*accumulate(map(_BEHIND, map(len, self.text.split("\n")[:-1])), initial=0)]

    def position(self, offset: int) -> tuple[int, int]:
        """1-based line and column (in code points) of a code-point offset."""
        if self.known_places is not None:
            return self.known_places[offset]
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def places(self, found: Iterable[Diagnostic]) -> dict[int, tuple[int, int]]:
        """The lines and columns of all offsets in this text that some findings speak of."""
        return {offset: self.position(offset) for one in found for span in one.spans() for offset in span}

    def place(self, span: Span, path: str) -> Place:
        """A range as other files may speak of it; `path` is the name to show."""
        line, column = self.position(span.start)
        end_line, end_column = self.position(span.end)
        whole = self.line(line)
        inside = Span(span.start - whole.start, min(span.end, whole.end) - whole.start)
        return Place(path, line, column, end_line, end_column, self.text[whole.start : whole.end], inside)

    def line(self, number: int) -> Span:
        """The span of a 1-based line without its line end."""
        start = self._lines[number - 1]
        end = self._lines[number] if number < len(self._lines) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def origin(self, span: Span) -> Origin | None:
        """Where `span` stands in the document that the text was taken from, if it was."""
        at = bisect_right(self.origins, span.start, key=lambda item: item[0].start) - 1
        if at >= 0 and span.start < self.origins[at][0].end:
            return self.origins[at][1]
        return None


def digest_of(data: bytes) -> str:
    """What tells bytes from others."""
    import hashlib

    return hashlib.sha256(data).hexdigest()
