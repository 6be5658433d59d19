"""Readers turn a file into text with the layout that reportlint.parse.layout understands.

A reader is a module or an object with `SUFFIXES`, the endings of the files that it reads, and
`read(data, path)`, which gives their Source or raises UnreadableFile. One for a binary format
writes its tables a row a line with pipes and its paragraphs a line each, records in
Source.origins where in the document each range came from, and gives in Source.document the way
back, if fixes can be written into the file. Rules and renderers see only the text; so they need
not know where it came from. Registered under the entry-point group `reportlint.readers`.
"""

from __future__ import annotations

import os
from codecs import getincrementaldecoder
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from typing import Any

from reportlint import plugins
from reportlint.characters import visible
from reportlint.decoding import load, most_bytes, too_large
from reportlint.plugins import Broken, Loaded
from reportlint.readers import text
from reportlint.source import MAX_SIZE, Source, UnreadableFile
from reportlint.text.webpage import is_own_page
from reportlint.tuples import NamedTuple

_BEGINNINGS = {
    b"PK\x03\x04": "word",
    b"\xd0\xcf\x11\xe0": "office",
    b"{\\rtf": "office",
    b"%PDF": "pdf",
    **dict.fromkeys((b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*"), "scans"),
}
"""What documents begin with whatever they are called, and who reads them."""
_OWN = ("text", *_BEGINNINGS.values())
_HEAD = 2000
_PICTURES = 20
"""So many times as large as its text a document with pictures may be."""


class Reader(NamedTuple):
    """A reader and the endings of the files that it reads, in lower case."""

    name: str
    module: Any
    suffixes: tuple[str, ...]

    @property
    def is_text(self) -> bool:
        """Whether what it reads is the file's own text, so that fixes can be written into it."""
        return self.module is text


def read(path: str, limit: int = MAX_SIZE, waits: bool = False) -> Source:
    """Read a file with the reader for its suffix; any other file is read as text, or as the document that it is.

    A text of more than `limit` characters is refused; a pipe is read only with `waits`. Raises
    UnreadableFile, with a sentence that says why and what to do.
    """
    return read_data(load_file(path, limit, waits), path, limit)


def load_file(path: str, limit: int = MAX_SIZE, waits: bool = False) -> bytes:
    """The bytes of a file as `read` takes them: no more than a report of `limit` characters can have, and one."""
    # A pipe can be read only once.
    most = most_bytes(limit) * (1 if reader_of(path).is_text and not waits else _PICTURES)
    data = load(path, most, waits)
    if len(data) > most and _by_beginning(data) is not None:
        data = load(path, most_bytes(limit) * _PICTURES, waits)
    return data


def read_pages(paths: Sequence[str], limit: int = MAX_SIZE) -> Source:
    """Read pictures of pages as one report, called by the path of the first; raises UnreadableFile."""
    files = [load(path, most_bytes(limit) * _PICTURES) for path in paths]
    for path, data in zip(paths, files, strict=True):
        reader = _by_beginning(data)
        if reader is None or reader.name != "scans":
            shown = visible(path)
            raise UnreadableFile(f"{shown} 不是图片", f"{shown} is no picture")
        if len(data) > most_bytes(limit) * _PICTURES:
            raise too_large(path, limit)
    return _made_by(_loaded().values["scans"], lambda module: module.read_series(files, paths), paths[0], limit)


def most_data(data: bytes, limit: int) -> int:
    """So many bytes a file of at most `limit` characters can have that begins with `data`."""
    return most_bytes(limit) * (_PICTURES if _by_beginning(data) is not None else 1)


def read_data(data: bytes, path: str, limit: int = MAX_SIZE) -> Source:
    """Read the bytes of a file that is called `path`, as `read` does."""
    reader = reader_of(path)
    if reader.name in _OWN:
        # Files have wrong names, and standard input has none.
        begun = _by_beginning(data)
        plain = begun is None and not reader.is_text and _is_plain(data)
        reader = _loaded().values["text"] if plain else begun or reader
    if reader.is_text:
        return text.read(data, path, limit)
    if len(data) > most_bytes(limit) * _PICTURES:
        raise too_large(path, limit)
    if not data:
        raise UnreadableFile(f"{visible(path)} 是空文件", f"{visible(path)} is empty")
    return _made_by(reader, lambda module: module.read(data, path), path, limit)


def is_ours(path: str) -> bool:
    """Whether a file is a page or a list of findings, which reportlint wrote."""
    try:
        source = read(path)
    except UnreadableFile:
        return False
    return source.text == text.OWN_LIST or is_own_page(source.text)


def _made_by(reader: Reader, read: Callable[[Any], object], path: str, limit: int) -> Source:
    """What a reader makes of a file, or the sentence on why it makes nothing of it."""
    try:
        source = read(reader.module)
        if not isinstance(source, Source):
            raise TypeError(f"it gives {type(source).__name__}, not a Source")
        if len(source.text) > limit:
            raise too_large(path, limit)
        return source._replace(is_own_text=False)
    except UnreadableFile:
        raise
    except (Exception, SystemExit) as error:
        why = f"{type(error).__name__}: {error}"
        raise UnreadableFile(
            f"读取器 {reader.name} 读不了 {visible(path)}（{why}）",
            f"the reader {reader.name} cannot read {visible(path)} ({why})",
        ) from error


def _by_beginning(data: bytes) -> Reader | None:
    """The reader for a document that begins like this."""
    found = next((name for start, name in _BEGINNINGS.items() if data.startswith(start)), None)
    if found == "word" and b"xl/workbook.xml" in data:
        found = "xlsx"
    return _loaded().values[found] if found is not None else None


def _is_plain(data: bytes) -> bool:
    """Whether what is called a document is text, by its first lines: none is, but a text may be called one."""
    head = data[:_HEAD]
    if not head.strip() or b"\0" in head or b"%PDF-" in head:
        return False
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            text = getincrementaldecoder(encoding)().decode(head)
            return all(char.isprintable() or char.isspace() for char in text)
    return False


def reader_of(path: str) -> Reader:
    """The reader for a file's suffix; that of plain text for any other."""
    name = os.path.basename(path).lower()
    # No suffix begins before the first dot, and behind it most names are alike.
    _, dot, ending = name.partition(".")
    return _reader_for(dot + ending)


@lru_cache(maxsize=256)
def _reader_for(ending: str) -> Reader:
    readers = _loaded().values.values()
    return next(
        (reader for reader in readers if reader.suffixes and ending.endswith(reader.suffixes)), _loaded().values["text"]
    )


def suffixes() -> tuple[str, ...]:
    """The endings of the files that are read in folders."""
    return tuple(dict.fromkeys(suffix for reader in _loaded().values.values() for suffix in reader.suffixes))


def broken() -> tuple[Broken, ...]:
    """Readers of plugins that are left out."""
    return _loaded().broken


@cache
def _loaded() -> Loaded[Reader]:
    return plugins.load("readers", _reader)


def _reader(name: str, value: Any) -> Reader:
    endings = tuple(str(suffix).lower() for suffix in value.SUFFIXES)
    if (
        not callable(value.read)
        or not all(ending.startswith(".") for ending in endings)
        or not (endings or name in (*_OWN, "xlsx"))
    ):
        raise TypeError("a reader has read(data, path), and SUFFIXES such as ('.csv',)")
    return Reader(name, value, endings)
