"""Web pages saved whole (.mht, .mhtml): the page itself, without its pictures; fixes are shown, not applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlint.characters import visible
from reportlint.decoding import decode
from reportlint.source import Source, UnreadableFile

if TYPE_CHECKING:
    from email.message import Message

SUFFIXES = (".mht", ".mhtml")
_DEEPEST = 8


def read(data: bytes, path: str) -> Source:
    """The HTML of the page, with lines and columns of its own. Raises UnreadableFile where there is none."""
    # Few files are archives, and every run has this module.
    from email import message_from_bytes, policy

    try:
        page = _page(message_from_bytes(data, policy=policy.compat32), 0)
    except RecursionError:  # parts in parts in parts
        page = None
    held = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(held, bytes):
        shown = visible(path)
        raise UnreadableFile(
            f"{shown} 里没有网页；请从浏览器重新另存为 .html 或 .mht",
            f"{shown} holds no page; save it from the browser again, as .html or .mht",
        )
    charset = page.get_content_charset()
    try:
        text = held.decode(charset) if charset else ""
    except (LookupError, ValueError):  # a charset that is none
        text = ""
    return Source(path, text or decode(held, path).text, data=data)


def _page(message: Message, depth: int) -> Message | None:
    """The first part that is a page."""
    from email.message import Message

    if message.get_content_type() == "text/html":
        return message
    parts = message.get_payload() if message.is_multipart() and depth < _DEEPEST else ()
    found = (_page(part, depth + 1) for part in parts if isinstance(part, Message))
    return next((page for page in found if page is not None), None)
