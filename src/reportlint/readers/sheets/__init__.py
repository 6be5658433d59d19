"""Workbooks (.xlsx, .xls, .et; extra `xlsx`): sheets as tables and lines; fixes are shown, not applied."""

from __future__ import annotations

from importlib.util import find_spec

from reportlint.characters import visible
from reportlint.source import Source, UnreadableFile

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et") if find_spec("python_calamine") else ()
"""Without the extra such files are of another kind, and are counted as that."""


def read(data: bytes, path: str) -> Source:
    """The text of a workbook. Raises UnreadableFile, with a sentence that says what to do."""
    if not SUFFIXES:
        shown = visible(path)
        raise UnreadableFile(
            f"{shown} 是电子表格；请先安装 pip install 'reportlint[xlsx]'，或检查 Word 原稿、网页",
            f"{shown} is a workbook; pip install 'reportlint[xlsx]' first, or check the Word file or the page",
        )
    # The library is of native code and dear to load.
    from reportlint.readers.sheets.workbook import read_workbook

    return read_workbook(data, path)
