"""Rule replacement-character; docs/rules/replacement-character.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.diagnostics import Edit, Fix, Safety, Span
from reportlint.late import Late, Marked
from reportlint.rules import Finding, rule
from reportlint.rules.garbled._runs import runs
from reportlint.source import Source
from reportlint.text.mojibake import find
from reportlint.words import either, listed

_HAN = "\u3400-\u9fff"
_SPOKEN_OF = either("replacement-character", "spoken_of")
_ZEROS = "一二三四五六七八九十〇○某月的日级"
"""○ among these is a zero, or a name that is kept back."""
_INDENT = Marked(rf"^[ \t\u3000]*(?P<marks>\?{{2,8}})(?=[{_HAN}（(\d][^?]{{3}})", ["??"], re.MULTILINE)
_LOST = (
    Marked("\ufffd+", ["\ufffd"]),
    Marked(
        rf"(?<=[{_HAN}])\?{{2,}}(?=[{_HAN}\d])|(?<![?\w])\?{{3,}}(?=[{_HAN}])|(?<=[{_HAN}])\?{{3,}}"
        rf"|(?<=[{_HAN}])\?(?=[{_HAN}，。、；：,;])|(?<=[，。、；：,;])\?(?=[{_HAN}])|(?<=[{_HAN}])\?(?=\d)"
        rf"|(?:(?<=[{_HAN}]\d)|(?<=[{_HAN}]\d\d)|(?<=[{_HAN}]\d\d\d))\?(?=[，、；])"
        rf"|(?<=[{_HAN}])？(?=[、，；。])|(?<=20\d\d)\?(?=[{_HAN}])|(?<=“)\?(?=(?!号)[{_HAN}]{{1,3}}”)",
        ["?", "？"],
    ),
    Marked(
        rf"(?<=[{_HAN}，。、；：])[*＊]{{3,}}(?=[{_HAN}])|(?<=[，、；])[*＊]{{3,}}(?=[，、；])|(?<=[{_HAN}]{{3}})[*＊]{{3,}}(?=[，。、；\d])|(?<=“)[*＊]{{3,}}(?=”)",
        ("**", "＊＊", "*＊", "＊*"),
    ),
    Marked(
        rf"\ufffc+|(?<!{_SPOKEN_OF})〓+(?![的级标])|(?<=[{_HAN}])囗(?=[{_HAN}])|(?<=[{_HAN}])(?<![{_ZEROS}])(?<!{_SPOKEN_OF})○(?=[{_HAN}])(?![{_ZEROS}年])"
        rf"|(?<=[{_HAN}])(?<!{_SPOKEN_OF})(?:[▲■△]{{1,3}}|□)(?=[{_HAN}])|(?<=[{_HAN}]{{3}})[□■](?=[。，；])",
        "\ufffc〓囗○▲■△□",
    ),
)
_ASKS = Late(f"{either('replacement-character', 'asks')}[^。]{{0,12}}$")
_ASKED = Late(either("replacement-character", "asked"))
_CLAUSE = Late("[，。、；：,;？?！!\n]")
_BACK = 60
_MASKED = 2
_BOXES = Late(r"[□■][^□■\n]{1,12}[ 、,，]+[□■]")
_BY = ("以", "用", "为", "成")
_STARS = Late("[*＊]{3,}")
_MASKED_BY = Late(f"{either('replacement-character', 'masked_by')}$")
_MASKS = listed("replacement-character", "masks")
_OFFERED = Late(f"[:：]□|{either('replacement-character', 'ticked')}[□■]")
_STOP = Late("[，。；,;\n]")
_CHOICE = frozenset("是否有无男女同意")
"""What stands beside a box to tick: 是□否□."""


@rule(
    on=Source,
    severity="error",
    messages={
        "lost": ("有 {count} 个字符丢失（{text}）", "{count} character(s) were lost ({text})"),
        "indent": (
            "行首有多余的问号“{text}”，多半是缩进的空格变的（共 {count} 行）",
            "{text} begins the line, most likely blanks of an indent; {count} line(s) in all",
        ),
    },
    help=("对照原文补上丢失的文字", "restore the text from the original"),
)
def replacement_character(source: Source) -> Iterator[Finding]:
    """U+FFFD, or ?, ***, □ ▲ ■ where Chinese stood.

    Several ? that begin lines are one finding. A ? that ends a question is sound, and so are *** in pairs in
    Markdown and boxes to tick.
    """
    text = source.text
    indents = list(_INDENT.finditer(text))
    if indents:
        first = indents[0]
        edits = tuple(Edit(Span(*match.span("marks")), "") for match in indents)
        finding = Finding(Span(*first.span("marks")), "indent", text=first["marks"], count=len(indents))
        yield finding.fixed_by(Fix(edits, Safety.UNSAFE))
    begun = {match.start("marks") for match in indents}
    shifted = {found.span.start for found in find(text) if found.kind == "gbk one byte off"}  # which tells of the ?
    for span, found in (run for pattern in _LOST for run in runs(source, pattern)):
        if span.start in begun or span.end in shifted:
            continue
        if _LIKELY.get(found[0], _any)(text, span.start, span.end):
            shown = "U+FFFD" if found[0] == "\ufffd" else found[:8]
            yield Finding(span, "lost", count=len(found), text=shown)


def _any(text: str, start: int, end: int) -> bool:
    return True


def _lost_mark(text: str, start: int, end: int) -> bool:
    """Whether a single ? ends no question."""
    if end - start > 1:
        return True
    before = text[max(0, start - _BACK) : start]
    clause = _CLAUSE.split(before)[-1]
    return not _ASKED.search(clause or before)


def _lost_stars(text: str, start: int, end: int) -> bool:
    """Whether *** has no partner on its line, with which it would be Markdown."""
    before, behind = text[max(0, start - _BACK) : start].rstrip("“"), text[end : end + _BACK].lstrip("”")
    if _MASKED_BY.search(before) or behind.startswith(_MASKS):
        return False
    if text[start - 1] == "“" and (before.endswith(_BY) or behind.startswith("号")):
        return False  # 以“***”隐去
    line = text[text.rfind("\n", 0, start) + 1 : start][-4000:]
    rest = text[end : end + 4000].partition("\n")[0]
    if end - start == 4 and line.count("**") % 2:
        return False  # bold text that ends where other bold text begins
    if (line + text[start:end] + rest).count(text[start - _MASKED : end + 1]) > 1:
        return True  # the same word with the same characters lost: 主动***息, twice
    runs = [match.span() for match in _STARS.finditer(line + text[start:end] + rest)]
    at = next((number for number, run in enumerate(runs) if run[0] == len(line)), 0)
    pair = runs[at - at % 2 :][:2]
    return len(pair) < 2 or not _is_emphasis(line + text[start:end] + rest, *pair)


def _is_emphasis(line: str, first: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether two runs of stars are Markdown's around a word: so they are not where a stop stands inside of one."""
    outer, inner = line[: first[0]][-1:], line[first[1] : first[1] + 1]
    opens = not inner.isspace() and (inner.isalnum() or not outer.isalnum())
    inner, outer = line[: last[0]][-1:], line[last[1] : last[1] + 1]
    return opens and not inner.isspace() and (inner.isalnum() or not outer.isalnum())


def _no_box(text: str, start: int, end: int) -> bool:
    """Whether a mark is no box to tick."""
    line = text[text.rfind("\n", 0, start) + 1 : end + _BACK].partition("\n")[0]
    clause = _STOP.split(text[max(0, start - _BACK) : end])[-1]
    if _OFFERED.search(clause):
        return False
    return not {text[start - 1], text[end]} & _CHOICE and not _BOXES.search(line)


def _lost_wide(text: str, start: int, end: int) -> bool:
    """Whether a ？ in front of a stop ends no question, and is the only one: of several each is one."""
    around = text[max(0, start - _BACK) : end + _BACK]
    return (
        around.count("？") == 1
        and not _ASKS.search(text[max(0, start - _BACK) : start])
        and _lost_mark(text, start, end)
    )


_LIKELY = {"?": _lost_mark, "？": _lost_wide, "*": _lost_stars, "＊": _lost_stars, "□": _no_box, "■": _no_box}
