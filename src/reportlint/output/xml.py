"""XML that any parser takes, whatever stands in a report."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from reportlint.source import visible

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(value: str) -> str:
    """The text of an element; characters that XML forbids are spelt out."""
    return escape(_allowed(value))


def attributes(**values: object) -> str:
    """Attributes with a blank in front of each."""
    return "".join(f" {name}={quoteattr(_allowed(str(value)))}" for name, value in values.items())


def _allowed(value: str) -> str:
    return _FORBIDDEN.sub(lambda m: f"<U+{ord(m[0]):04X}>", visible(value))
