"""Rule undecodable; docs/rules/undecodable.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.characters import FOREIGN_MARK
from reportlint.rules import Finding, rule
from reportlint.source import Source


@rule(
    on=Source,
    severity="error",
    zh="{count} 个字节无法解码（{bytes}，文件偏移 {offset}）",
    en="{count} byte(s) that no encoding explains ({bytes}, at byte offset {offset})",
    help=(
        "用原来的软件打开文件，改正此处后另存为 UTF-8",
        "open the file in the program it came from, mend the place and save it as UTF-8",
    ),
)
def undecodable(source: Source) -> Iterator[Finding]:
    """Bytes that are neither UTF-8 nor GB18030 nor UTF-16 with a mark; one finding a run."""
    for bad in source.bad_bytes:
        if not bad.offset and source.text[slice(*bad.span)] == FOREIGN_MARK:
            continue  # which `encoding` tells
        shown = " ".join(f"{b:02X}" for b in bad.data[:8]) + (" …" if len(bad.data) > 8 else "")
        yield Finding(bad.span, count=len(bad.data), bytes=shown, offset=bad.offset)
