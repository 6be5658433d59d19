"""Rule encoding; docs/rules/encoding.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.characters import FOREIGN_MARK
from reportlint.charsets import declared
from reportlint.diagnostics import Fix, Span
from reportlint.rules import Finding, rule
from reportlint.source import Source
from reportlint.text.webpage import charset

_NAMES = {
    "utf-8": "UTF-8",
    "gb18030": "GB18030 (GBK)",
    "big5hkscs": "Big5",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
}


@rule(
    on=Source,
    severity="info",
    unseen=True,
    fix="safe",
    messages={
        "other": (
            "文件编码为 {encoding}{mark}，建议另存为不带 BOM 的 UTF-8",
            "the file is {encoding}{mark}; UTF-8 without a mark is read right everywhere",
        ),
        "lying": (
            "网页声明的编码是 {named}，实际是 {encoding}：有的浏览器会显示成乱码",
            "the page says that it is {named} and is {encoding}: some browsers will show garble",
        ),
    },
    remarks={"mark": ("，带字节顺序标记（BOM）", " with a byte-order mark")},
)
def encoding(source: Source) -> Iterator[Finding]:
    """Readable, but not UTF-8 (GB18030, Big5, UTF-16), or with a byte-order mark; a page that names another encoding.

    A web page that names its encoding may be in any.
    """
    said = charset(source.text)
    if said is not None:
        held = declared(said[0].encode("ascii", "replace"))
        if held is not None and held != source.encoding and not source.has_mark:
            named = source.text[slice(*said.span("name"))]
            yield Finding(Span(*said.span("name")), "lying", named=named, encoding=_NAMES[source.encoding])
    elif source.encoding != "utf-8" or source.has_mark:
        marked = source.has_mark or source.text.startswith(FOREIGN_MARK)
        mark = encoding.words("mark") if marked else ""
        at = Span(0, min(1, len(source.text)))
        # Beside bytes of another encoding the damaged characters could no longer be told.
        fix = Fix((), encoding="utf-8") if not source.bad_bytes else None
        yield Finding(at, "other", encoding=_NAMES[source.encoding], mark=mark).fixed_by(fix)
