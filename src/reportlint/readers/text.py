"""Plain text and Markdown, in any encoding that reports come in."""

from __future__ import annotations

from reportlint.decoding import decode
from reportlint.source import MAX_SIZE, Source
from reportlint.text.webpage import is_own_page

__all__ = ["SUFFIXES", "read"]

_HEAD = 2000
OWN_LIST = "reportlint"
"""The text that a list of findings is read as: it shows reports and is none."""
SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".shtml")


def read(data: bytes, path: str, limit: int = MAX_SIZE) -> Source:
    """Decode a file's bytes; of a page of findings, which may be larger than any report, the head says that it is one.

    Raises UnreadableFile.
    """
    if len(data) > limit:
        head = data[:_HEAD].decode("utf-8", "replace")
        if is_own_page(head):
            return Source(path, head, data=data, is_own_text=False)
    return decode(data, path, limit)
