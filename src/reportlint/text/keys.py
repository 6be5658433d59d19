"""What wordings are compared by: blanks, quotes and brackets made one, and numbers parted from what they number."""

from __future__ import annotations

from reportlint.late import Late

_KEY = tuple(zip("“”‘’「」『』'〔〕[]【】〈〉、｡", '"""""""""()()()<>,。', strict=True))
_NUMBER = Late(r"^(?:[一二三四五六七八九十]+,|\([一二三四五六七八九十]+\)|\d+\.)")


def key(folded: str) -> str:
    """Folded text as labels are compared: no blanks, one kind of quote, bracket and comma."""
    return same_length_key("".join(folded.split()))


def same_length_key(folded: str) -> str:
    """`key` without the removal of blanks: one character for one."""
    # Quicker than translate: most of them are not there.
    for written, one in _KEY:
        folded = folded.replace(written, one)
    return folded


def split_number(text: str) -> tuple[str, str]:
    """A label's key as its number (一, or (一) or 1. in front) and the rest."""
    match = _NUMBER.match(text)
    return (match[0], text[match.end() :]) if match else ("", text)


RAW_NUMBER = Late(
    r"第?[（(]?[一二三四五六七八九十\d]{1,3}[）)]?(?:部分)?(?:[、.．,，:：\s]|&#(?:12289|46|65294|65292|160);|&#[xX](?:3001|2[eE]|[fF][fF]0[eEcC]|[aA]0);|&nbsp;|&e[nm]sp;|&#819[45];)*"
)
"""Any number in front of a heading, in raw text; what parts it from that may be an entity."""
STOP_BEHIND_TAGS = Late(r"(?:<[^<>]{1,400}>\s*)+[、.．,，:：]")
"""What parts a number from its heading where a web page writes them with tags of their own."""
