"""Rule leftover-markup; docs/rules/leftover-markup.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportlint.diagnostics import Edit, Fix, Span
from reportlint.late import Late, Marked
from reportlint.model import Report
from reportlint.rules import Finding, rule
from reportlint.source import Source
from reportlint.text.markup import ENTITY, TAG, unescaped
from reportlint.text.webpage import is_page

_EXACT = Marked(
    rf"{ENTITY}|{TAG}|<!--(?:\[(?:end)?if|#|(?:Start|End)Fragment)[^<>\n]{{0,200}}-->|<!--\[if\b[^\n]{{0,80}}?\]>|<!\[endif\](?:-->)?",
    "<&",
)
_PAIRED = Late(r"</?(?i:span|strong|b|i|u|em|font)\b|<(?i:p|div|li|h[1-6])\b")
_BREAK = Late(r"<(?i:br)\b|</(?i:p|div|li|tr|h[1-6])\b")
_ESCAPED = Late(r"(?:\\u[0-9a-fA-F]{4}){2,}")
_QUOTED = Late(r"(?:%[Ee][4-9](?:%[89ABab][0-9A-Fa-f]){2}){2,}")
_PICTURES = [
    f".{end}"
    for name in ("png", "jpg", "jpeg", "gif", "bmp", "webp")
    for end in (name, name.upper(), name.capitalize())
]
"""A page's picture is left as its file's name."""
_TEMPLATES = ("dede", "cms", "eyou", "pboot", "pc", "tpl")
"""How the names in programs for sites begin."""
_BRACED = (
    r"\{\{[^{}\n]{1,80}\}\}|\{%[^{}\n]{1,80}%\}|[#$]\{[\w.]{1,60}\}"
    r"|(?<=[\u4e00-\u9fff，、；。])\{[A-Za-z_][\w.]{1,40}\}(?=[\u4e00-\u9fff，、；。])"
    r"|(?<=[\u4e00-\u9fff])%[sd](?=[\u4e00-\u9fff])|\[\[(?:[A-Za-z_][\w.]{0,40}|[^\[\]\n|]{0,12}(?:名称?|标题|链接))\]\](?!\()"
)
"""What a program was to put something in place of."""
_ON_PAGE = Marked(rf"{_BRACED}|{ENTITY}", ("{", "[[", "%s", "%d", "&"))
"""What a page shows to its readers and should not; its code is its own."""
_OTHER = Marked(
    rf"{_ESCAPED.pattern}|{_QUOTED.pattern}"
    r"|<?\?xml(?::[a-z]{1,20})?\b[^<>\n\u3400-\u9fff]{0,200}>|%%[a-z_]{3,20}%%"
    r"|\[if (?:gte|lte|gt|lt|!)[^\[\]\n]{0,40}\]>?|\{\$[\w.]{1,60}\}|\$!\{[\w.]{1,60}\}|\[!--[\w.]{1,60}--\]"
    rf"|[{{\[](?:{'|'.join(_TEMPLATES)}):[^{{}}\[\]\n]{{1,80}}[}}\]]"
    r"|<(?i:script|style)\b[^<>\n]{0,200}>[^<>\n]{0,400}</(?i:script|style)>|\[object Object\]"
    r"|(?<=[\u4e00-\u9fff])(?<!显示)(?<!出现)undefined(?=[\u4e00-\u9fff，。；、])"
    r"|(?m:^)[ \t]*#include (?:virtual|file)=\S{1,200}"
    r"|(?:Microsoft)?Internet ?Explorer\d*DocumentNotSpecified[^\n\u3400-\u9fff]{0,20}(?:磅)?[ \t]?(?:Normal)?[ \t]?\d?"
    r"|Normal[ \t]*0[ \t]*(?:7\.8|10|0)[ \t]*(?:磅|pt)[^\n\u3400-\u9fff]{0,60}"
    r"|HYPERLINK\s*[\"“”][^\"“”\n]{1,200}[\"“”]|javascript:void\(0\)|<!--endif-->|\.TRS_Editor[^\n{。]{0,80}\{[^{}\n]{0,200}\}"
    r"|function\s?\(\)\s?\{[^{}\n]{0,100}\}"
    r"|!\[\]\([^()\n]{0,200}\)|<image>[^<>\n]{0,300}</image>|data:image/[a-z0-9+.-]{1,12};base64,[A-Za-z0-9+/=]{1,400}"
    r"|(?m:^)(?![ \t]*\d|[^\n]*(?:附件|图解|流程图|下载|格式|图片))"
    rf"[^\n。;；|《》]{{1,60}}(?:{'|'.join(map(re.escape, _PICTURES))})(?=[ \t]*(?:[\r\n]|$))"
    rf"|{_BRACED}|<%[^<>\n]{{1,80}}%>|\[email(?:\s|&#160;)protected\]",
    [
        "\\u",
        "%E",
        "%e",
        *("[if ", "[!--", "[object Object]", "![](", "[email"),
        *(f"[{name}:" for name in _TEMPLATES),
        *("?xml", "%%"),
        *("{", "[[", "%s", "%d", "function", ".TRS_Editor"),
        "<",
        "data:image/",
        "undefined",
        "#include",
        "Internet",
        "Normal",
        "HYPERLINK",
        "javascript:",
        *_PICTURES,
    ],
)
_NO_HAN = r"[^\n\u3400-\u9fff]"
_SELECTOR = r"[.#@]?[A-Za-z0-9_-]{1,40}(?:\.[A-Za-z0-9_-]{1,40})?"
_CODE = Marked(
    r"^[ \t]*(?:</?(?:script|style)\b|//<!\[CDATA\[|(?:var|let|const)[ \t]+\w+[ \t]*="
    r"|(?:async[ \t]+)?function\b[ \t]*\w*[ \t]*\(|\$\(|jQuery\(|(?:document|window)\.\w"
    rf"|@(?:font-face|media|import)\b|(?:{_SELECTOR}[ \t,>]{{1,3}}){{0,5}}{_SELECTOR}[ \t]*"
    r"\{[^{}\n\u3400-\u9fff]{0,200}[:(;]"
    r"|(?:font|margin|padding|border|text|line|color|background|mso|width|height|display|float)[\w-]*[ \t]*:"
    rf"{_NO_HAN}{{0,80}};)[^\n]*",
    ("{", "(", "<", ";", "=", "@", "document.", "window."),
    re.MULTILINE,
)
_SHOWN = 30
_DEEP = Late("(?i)<(?:table|td)\\b")
"""A whole page of HTML is no text with leftovers."""


@rule(
    on=(Source, Report),
    severity="warning",
    fix="safe",
    zh="网页代码“{text}”留在了正文中",
    en="markup of a web page was left in the text: {text}",
    help=("删去代码，或从网页上重新复制文字", "delete it, or copy the text from the page again"),
)
def leftover_markup(part: Source | Report) -> Iterator[Finding]:
    """Entities, tags, template braces, script and style, mail masks left in the text; one finding a line.

    In Markdown entities, tags and comments are sound; of a web page only what its paragraphs show is told.
    """
    if isinstance(part, Report):
        for paragraph in part.paragraphs if is_page(part.source.text) else ():
            shown = [paragraph.span(*match.span()) for match in _ON_PAGE.finditer(paragraph.text)]
            if shown:
                yield _finding(part.source.text, [(span, None) for span in shown])
        return
    source, text = part, part.text
    if is_page(text) or (text.lstrip()[:1] == "<" and not text.lstrip().startswith("<%")):
        return  # a page, or lines of one
    lines: dict[int, list[tuple[Span, str | None]]] = {}
    for span, new in _marks(source):
        lines.setdefault(source.position(span.start)[0], []).append((span, new))
    for _, marks in sorted(lines.items()):
        yield _finding(text, sorted(marks))


def _marks(source: Source) -> Iterator[tuple[Span, str | None]]:
    """Every mark, and what belongs in its place where that is plain."""
    text = source.text
    taken = {source.position(match.end())[0] for match in _CODE.finditer(text)}
    yield from ((Span(*match.span()), None) for match in _CODE.finditer(text))
    exact = () if _means_markup(source) else _EXACT.finditer(text)
    for match in (*exact, *_OTHER.finditer(text)):
        if source.is_markdown and match[0].startswith("![]("):
            continue  # its way to show a picture
        if source.position(match.start())[0] not in taken and (match[0][0] != "&" or unescaped(match[0])):
            ends = match.end() == len(text) or text[match.end()] in "\r\n"
            yield Span(*match.span()), "" if ends and _BREAK.match(match[0]) else _meant(match[0])


def _means_markup(source: Source) -> bool:
    """Whether the file's kind has entities and tags of its own."""
    return source.is_markdown or _DEEP.search(source.text) is not None


def _meant(mark: str) -> str | None:
    """What belongs in a mark's place, where that is plain."""
    if mark[0] == "&":
        return unescaped(mark)
    if mark[0] == "\\":
        return "".join(chr(int(code, 16)) for code in mark.split("\\u")[1:])
    if _QUOTED.fullmatch(mark):
        from urllib.parse import unquote  # a start is quicker without it

        return unquote(mark)
    if _BREAK.match(mark):
        return "\n"
    return "" if _PAIRED.match(mark) else None


def _finding(text: str, marks: Sequence[tuple[Span, str | None]]) -> Finding:
    """One finding for all marks of a line."""
    shown = "".join(dict.fromkeys(text[slice(*span)].strip() for span, _ in marks))
    span = Span(marks[0][0].start, marks[-1][0].end)
    finding = Finding(span, text=shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…")
    edits = [Edit(span, new) for span, new in marks if new is not None]
    return finding.fixed_by(Fix(tuple(edits)) if edits else None)
