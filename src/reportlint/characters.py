r"""Characters that show nothing, part things without being seen, or drive a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from reportlint.late import Late

CELL_MARK = "\x07"
"""What Word puts between the cells of a table when its text is taken out."""
PARTING = {
    CELL_MARK: "\t",
    **dict.fromkeys("\x1c\x1d\x1e\x1f", " "),
    **dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n"),
}
"""Characters that part cells, words or lines, with the ordinary one that does the same."""
PARTINGS = "".join(PARTING)
"""The same characters, for a character class."""
FOREIGN_MARK = "\udcef\udcbb\udcbf"
"""The mark of UTF-8 in front of a text in another encoding, as undecodable bytes stand in a source."""
INVISIBLE = (
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u061c\u180e"
    "\x00-\x06\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\ufff9-\ufffb"
)
"""Characters that show nothing and part nothing, for a character class."""
CONTROL = Late("[\x00-\x1f\x7f-\x9f]")

IDEOGRAPH = r"[^\W\d_A-Za-z]"
"""An ideograph, for a regular expression; also a letter of another script but the Latin.

Python takes a millisecond for an expression with the range of all ideographs, and ten microseconds for this.
"""

# Unicode's categories Cc, Cf, Zl, Zp and Cs.
_UNPRINTABLE = (
    "\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f\ud800-\udfff"
)
UNPRINTABLE = Late(f"[{_UNPRINTABLE}]")
"""What a terminal, an editor or a page must not get from a report as it is."""
_ESCAPED = Late("[\udc00-\udcff]+")


def members(klass: str) -> frozenset[str]:
    """The characters of a character class of a regular expression, written without escapes: a-f."""
    found = set(klass)
    for at in range(1, len(klass) - 1):
        if klass[at] == "-":
            found |= set(map(chr, range(ord(klass[at - 1]), ord(klass[at + 1]) + 1)))
    return frozenset(found - {"-"})


def places(text: str, wordings: Iterable[str]) -> list[int]:
    """Where some characters or words stand in a text, in order; quick where there are few of them."""
    found: list[int] = []
    for wording in wordings:
        at = text.find(wording)
        while at >= 0:
            found.append(at)
            at = text.find(wording, at + 1)
    return sorted(found)


def visible(text: str, backslash: str = "\\") -> str:
    """`text` with undecodable bytes spelt out in hexadecimal, so that it can be encoded anywhere."""
    return _ESCAPED.sub(lambda m: "".join(f"{backslash}x{ord(c) - 0xDC00:02x}" for c in m[0]), text)


def printable(text: str, keep: str = "") -> str:
    r"""`text` for people: what would move the cursor, turn the line round or show nothing is spelt out (\x1b).

    The characters of `keep` stay as they are.
    """
    return UNPRINTABLE.sub(lambda m: m[0] if m[0] in keep else _spelt(m[0]), text)


def _spelt(char: str) -> str:
    code = ord(char)
    if 0xDC00 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
