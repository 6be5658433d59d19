"""--open: the page of findings in the browser."""

from __future__ import annotations

import os
import tempfile
import webbrowser

from reportlint.cli.say import complain, unwritten
from reportlint.diagnostics import Words
from reportlint.text.positions import uri_of

WRITTEN = Words("页面已写入 {path}", "the page is in {path}")
NO_BROWSER = Words("没有可用的浏览器；页面已写入 {path}", "there is no browser here; the page is in {path}")


def new_page(lang: str) -> str:
    """The path of a new file for a page that nobody named; it stays, for the browser reads it later. Raises Refused."""
    try:
        handle, path = tempfile.mkstemp(prefix="reportlint-", suffix=".html")
    except OSError as error:
        raise unwritten(tempfile.gettempdir(), error, lang) from None
    os.close(handle)
    return path


def show_page(path: str, lang: str) -> None:
    """Open a page in the browser, and say where it is."""
    opened = webbrowser.open(uri_of(path))
    complain((WRITTEN if opened else NO_BROWSER)(lang).format(path=path))
