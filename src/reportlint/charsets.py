"""Which encoding bytes are in: what a page says, what decodes, and what reads like a report."""

from __future__ import annotations

import codecs
import re

from reportlint.late import Late

# Frequent characters of reports, simplified and traditional: they tell GB18030 from Big5,
# which both decode nearly any pair of high bytes.
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "政府信息公开申请情况行年度报告办理结果总计其他本条例依法数量机关事项存在问题改进需要处理制件收"
    "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過"
    "政府信息公開申請情況行年度報告辦理結果總計其他本條例依法數量機關事項存在問題改進需要處理製件收"
    "，。、：；（）《》“”一二三四五六七八九十"
)
_DECLARED = Late(r"<meta\s[^<>]{0,200}?charset\s{0,3}=[\"'\s]{0,3}(?P<name>[A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_NAMES = {
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
}
"""The encodings that pages name, as browsers read them."""
SAMPLE = 16384
"""So many bytes at the beginning tell what a file is."""
KEPT = "reportlint-keep"
"""The name of an error handler: each byte that no encoding explains becomes one code point U+DC00–U+DCFF."""
ESCAPED = Late("[\udc00-\udcff]+")
"""Such bytes in a text."""
_MUCH = 65536


def _keep_byte(error: UnicodeError) -> tuple[str, int]:
    # surrogateescape itself refuses bytes below 0x80, which GB18030 and UTF-16 can reject too.
    assert isinstance(error, UnicodeDecodeError)
    return chr(0xDC00 + error.object[error.start]), error.start + 1


codecs.register_error(KEPT, _keep_byte)


def declared(data: bytes) -> str | None:
    """The encoding that a web page says it is in, by Python's name; None where it says none that is known."""
    found = _DECLARED.search(data[:SAMPLE].decode("latin-1"))
    return _NAMES.get(found["name"].lower()) if found else None


def guessed(data: bytes) -> str:
    """The encoding that bytes without a mark are most likely in, by Python's name; damaged ones too."""
    named = declared(data)
    if named is not None and _decodes(data, named) and not _decodes(data, "utf-8"):
        return named
    wide = ["utf-16-le", "utf-16-be"] if data.count(0) * 20 > len(data) and len(data) % 2 == 0 else []
    candidates = [c for c in ["utf-8", *wide, "gb18030", "big5hkscs"] if _decodes(data, c)]
    if candidates and ((candidates[0] == "utf-8" and not wide) or len(candidates) == 1):
        return candidates[0]
    if candidates:
        return max(candidates, key=lambda c: _plausibility(data[:_MUCH].decode(c, "ignore")))
    # Damaged bytes tell nothing of the encoding: the rest does. GB18030 and Big5 decode each other's text to gibberish.
    damaged = {c: data[:_MUCH].decode(c, KEPT) for c in ("utf-8", "gb18030", "big5hkscs")}
    bad = {c: sum(1 for _ in ESCAPED.finditer(text)) for c, text in damaged.items()}
    return min(damaged, key=lambda c: (-round(_plausibility(ESCAPED.sub("", damaged[c])), 1), bad[c]))


def damage(data: bytes, encoding: str) -> int:
    """How many bytes an encoding does not explain, or makes zeros of."""
    text = data.decode(encoding, KEPT)
    return sum("\udc00" <= c <= "\udcff" or c == "\0" for c in text)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _plausibility(text: str) -> float:
    letters = [c for c in text if ord(c) > 0x7F]
    return sum(c in _FREQUENT for c in letters) / len(letters) if letters else 0.0
