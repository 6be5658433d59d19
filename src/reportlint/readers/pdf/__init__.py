"""PDF files (extra `pdf`): text and ruled tables as they stand on the pages; fixes are shown, not applied."""

from __future__ import annotations

from importlib.util import find_spec

from reportlint.characters import visible
from reportlint.source import Source, UnreadableFile

SUFFIXES = (".pdf",) if find_spec("pypdfium2") else ()
"""Without the extra such files are of another kind, and are counted as that."""


def read(data: bytes, path: str) -> Source:
    """The text of a PDF file. Raises UnreadableFile, with a sentence that says what to do."""
    if not SUFFIXES:
        shown = visible(path)
        raise UnreadableFile(
            f"{shown} 是 PDF 文件；请先安装 pip install 'reportlint[pdf]'，或检查 Word 原稿、网页",
            f"{shown} is a PDF file; pip install 'reportlint[pdf]' first, or check the Word file or the page",
        )
    # The library is of native code and dear to load.
    from reportlint.readers.pdf.printed import read_pages

    return read_pages(data, path)
