"""XML that any parser takes, whatever stands in a report."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from reportlint.characters import UNPRINTABLE, visible
from reportlint.late import Late

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ALLOWED = "\t\n\r"
_FORBIDDEN = Late("[\ufffe\uffff]")


def text(value: str) -> str:
    """The text of an element; characters that XML forbids, or nobody sees, are spelt out."""
    return escape(_allowed(value))


def attributes(**values: object) -> str:
    """Attributes with a blank in front of each."""
    return "".join(f" {name}={quoteattr(_allowed(str(value)))}" for name, value in values.items())


def _allowed(value: str) -> str:
    seen = UNPRINTABLE.sub(lambda m: m[0] if m[0] in _ALLOWED else f"<U+{ord(m[0]):04X}>", visible(value))
    return _FORBIDDEN.sub(lambda m: f"<U+{ord(m[0]):04X}>", seen)
