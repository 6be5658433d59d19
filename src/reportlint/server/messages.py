"""Messages of the protocol on a stream, whatever stands between them.

pygls reads a message by a header that is written in one way only; other than that it waits without
end. What this gives it is in that way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import BinaryIO

MOST_BYTES = 64 * 1024 * 1024
"""A longer message than this is none: the largest text that is checked takes some megabytes."""
_LENGTH = re.compile(rb"content-length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r?\n$", re.IGNORECASE)


class Messages:
    """A client's stream as pygls wants it; `log` is told of what is passed over."""

    def __init__(self, stream: BinaryIO, log: Callable[[str], None]) -> None:
        self._stream = stream
        self._log = log
        self._ready: list[bytes] = []

    def readline(self) -> bytes:
        """The next line of a header; nothing at the end of the stream."""
        if not self._ready:
            length = self._next_length()
            if length is None:
                return b""
            self._ready = [b"Content-Length: %d\r\n" % length, b"\r\n"]
        return self._ready.pop(0)

    def read(self, size: int) -> bytes:
        """A message's body."""
        return self._stream.read(size)

    def _next_length(self) -> int | None:
        """How long the next message is; its header is then behind us. None at the end of the stream."""
        length, told = None, False
        while line := self._stream.readline(MOST_BYTES):
            # Behind a message that was passed over, a header stands on the line on which that ended.
            found = _LENGTH.search(line)
            if found is not None and 0 < int(found[1]) <= MOST_BYTES:
                length = int(found[1])
            elif not line.strip():
                if length is not None:
                    return length
            elif found is not None or (length is None and b":" not in line[:40]):
                length = None
                if not told:
                    told = True
                    self._log("a message without a length that makes sense is passed over")
        return None
