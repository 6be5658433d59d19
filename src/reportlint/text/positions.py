"""Places as other programs count them: 0-based lines, columns in the units of an encoding.

Inside, a place is a number of code points. The language server protocol counts columns in UTF-16
units unless both sides agree on UTF-8 or UTF-32; reviewdog counts UTF-8 bytes.
"""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes, urlsplit

from reportlint.diagnostics import Span
from reportlint.late import Late
from reportlint.tuples import NamedTuple

_NEWLINE = Late(r"\r\n|\n|\r")
_LONGER = {"utf-8": ("\x80", "\u0800", "\U00010000"), "utf-16": ("\U00010000",), "utf-32": ()}


class Position(NamedTuple):
    """A 0-based line, and the units in front of a place on it."""

    line: int
    character: int


class Range(NamedTuple):
    """A half-open range of positions."""

    start: Position
    end: Position


class Positions:
    r"""The way from offsets in a text to lines and columns, and back; a line ends in \n, \r\n or \r.

    `encoding` is "utf-8", "utf-16" or "utf-32". A text is looked through once, however many
    places are asked for.
    """

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.text = text
        self.encoding = encoding
        self._starts = [0, *(m.end() for m in _NEWLINE.finditer(text))]

    @cached_property
    def _longer(self) -> list[list[int]]:
        """Where the characters stand that take one unit more, two more, three more."""
        return [[n for n, char in enumerate(self.text) if char >= least] for least in _LONGER[self.encoding]]

    def _units(self, start: int, end: int) -> int:
        return end - start + sum(bisect_left(places, end) - bisect_left(places, start) for places in self._longer)

    def position(self, offset: int) -> Position:
        """The position of a code-point offset."""
        line = bisect_right(self._starts, offset) - 1
        return Position(line, self._units(self._starts[line], offset))

    def range(self, span: Span) -> Range:
        """The positions of a range of code points."""
        return Range(self.position(span.start), self.position(span.end))

    def offset(self, line: int, character: int) -> int:
        """The code-point offset of a position; the nearest one where the text has no such place."""
        if line >= len(self._starts):
            return len(self.text)
        start = self._starts[max(0, line)]
        end = self.line_end(max(0, line))
        # The protocol may ask for the middle of a character: then the place in front of it.
        return start + bisect_right(range(start + 1, end + 1), character, key=lambda at: self._units(start, at))

    def line_end(self, line: int) -> int:
        """The offset at which a 0-based line's text ends, its line end not counted."""
        if line + 1 >= len(self._starts):
            return len(self.text)
        end = self._starts[line + 1]
        return end - (2 if self.text[end - 2 : end] == "\r\n" else 1)


def uri_of(path: str) -> str:
    """A file's URI; bytes of its name that are not UTF-8 are kept."""
    return Path(os.path.abspath(path)).as_uri()


def path_of(uri: str) -> str | None:
    """The file that a URI names; None where it names none. Bytes of the name that are not UTF-8 are kept."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme != "file":
        return None
    if os.name == "nt":
        from urllib.request import url2pathname

        return url2pathname(parts.path)
    try:
        return os.fsdecode(unquote_to_bytes(parts.path))
    except UnicodeEncodeError:  # half of a character
        return None


def root_of_run() -> str:
    """The folder from which services know the files: the repository that is checked, else the working folder."""
    return _root(os.getcwd(), os.environ.get("GITHUB_WORKSPACE", ""), os.environ.get("CI_PROJECT_DIR", ""))


@lru_cache(maxsize=16)
def _root(here: str, *stated: str) -> str:
    for folder in stated:
        if folder and _is_in(here, os.path.realpath(folder)):
            return os.path.realpath(folder)
    folder = here
    while not os.path.exists(os.path.join(folder, ".git")):
        if folder == os.path.dirname(folder):
            return here
        folder = os.path.dirname(folder)
    return folder


def _is_in(path: str, folder: str) -> bool:
    return (path + os.sep).startswith(folder.rstrip(os.sep) + os.sep)


def relative_path(path: str) -> str:
    """A file as seen from the repository that is checked, with slashes; as it is where it lies elsewhere."""
    whole, root = os.path.abspath(path), root_of_run()
    inside = os.path.relpath(whole, root) if _is_in(whole, root) else path
    return inside.replace(os.sep, "/")


def reference_of(path: str) -> str:
    """A URI reference: relative for a file of the repository that is checked, else absolute."""
    inside = relative_path(path)
    return uri_of(path) if os.path.isabs(inside) or inside.startswith("../") else quote(os.fsencode(inside))
