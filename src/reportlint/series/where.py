"""Where a figure of another report stands: told only when a finding points there, since few do."""

from __future__ import annotations

from collections.abc import Callable

from reportlint.diagnostics import Place, Span
from reportlint.source import Source, UnreadableFile

Reading = Callable[[], Source]
"""Reads a file again; raises UnreadableFile."""
_SOMEWHERE = Span(0, 0)


class Where:
    """A report's text as places in it are told by, for as long as it is held; later it is read again.

    `content` tells the bytes that it had (see Source.digest): of a file that has changed since only the path is told.
    """

    __slots__ = ("_content", "_read", "_source", "path")

    def __init__(self, path: str, source: Source | None, read: Reading | None = None, content: str = "") -> None:
        self.path = path
        self._source = source
        self._read = read
        self._content = content

    @property
    def content(self) -> str:
        """What tells the bytes of the text."""
        return self._content or (self._source.digest if self._source is not None else "")

    def let_go(self) -> None:
        """Hold the text no longer, if it can be read again."""
        if self._read is not None and self._source is not None and not self._source.is_dear:
            self._content, self._source = self._source.digest, None

    def place(self, span: Span) -> Place:
        """A range of the report as other files may speak of it."""
        source = self._source or self._again()
        if source is None or span.end > len(source.text):
            return Place(self.path, 1, 1, 1, 1, "", _SOMEWHERE)
        return source.place(span, self.path)

    def _again(self) -> Source | None:
        try:
            source = self._read() if self._read is not None else None
        except UnreadableFile:
            return None
        return source if source is not None and source.digest == self._content else None
