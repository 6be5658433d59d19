"""Scans (extra `ocr`): pictures of pages, and PDF files without text; what is read so is told as such."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from itertools import chain

from reportlint.characters import visible
from reportlint.reading import tell_page
from reportlint.source import Source, UnreadableFile

SUFFIXES = ()
"""A folder's pictures are mostly ornaments of web pages: they are read where they are named."""


def installed() -> bool:
    """Whether what reads characters from pictures is there."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "pypdfium2"))


def read(data: bytes, path: str) -> Source:
    """The text of a picture of a page, or of a file of several. Raises UnreadableFile, with a sentence."""
    return read_series((data,), (path,))


def read_series(files: Sequence[bytes], paths: Sequence[str]) -> Source:
    """The text of pictures that are the pages of one report, called by the first path. Raises UnreadableFile."""
    if not installed():
        shown = visible(paths[0])
        raise UnreadableFile(
            f"{shown} 是图片；请先安装 pip install 'reportlint[ocr]'，或检查 Word 原稿、网页",
            f"{shown} is a picture; pip install 'reportlint[ocr]' first, or check the Word file or the page",
        )
    # The libraries are of native code and dear to load.
    from reportlint.readers.pdf.printed import view
    from reportlint.readers.scans.pictures import MOST_PAGES, frames, pictures, too_many
    from reportlint.readers.scans.recognised import read_page

    counts = [frames(data, path) for data, path in zip(files, paths, strict=True)]
    if sum(counts) > MOST_PAGES:
        raise too_many(paths[0], sum(counts))
    shown_pages = chain.from_iterable(pictures(data, path) for data, path in zip(files, paths, strict=True))
    read = []
    for number, picture in enumerate(shown_pages, start=1):
        tell_page(paths[0], number, sum(counts))
        read.append(read_page(picture, number))
    if not any(page.chars for page in read):
        shown = visible(paths[0])
        raise UnreadableFile(
            f"{shown} 里没有读出文字；请重新扫描，或检查 Word 原稿、网页",
            f"no text can be read in {shown}; scan it anew, or check the Word file or the page",
        )
    return view(read, b"".join(files), paths[0])._replace(tables_only=len(read) == 1)
