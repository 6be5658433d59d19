"""Parts a page that is written in both languages into a Chinese and an English one.

The pages in docs stand in both languages, block beside block: a heading `中文 / English`, a Chinese
paragraph and then an English one, list items and table cells `中文 / English`. Code is for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from reportlint.diagnostics import Severity
from reportlint.late import Late
from reportlint.manual.carets import pictured
from reportlint.manual.terms import FIXES, GROUPS, SEVERITIES, group_title

_HAN = Late("[\u3400-\u9fff]")
_WORD = Late(r"[A-Za-z]{2,}")
_CODE = Late(r"`[^`\n]*`|\]\([^)]*\)|《[^》]*》|[“「][^”」]*[”」]")
_LANG = Late(r"^\$ .*--lang (zh|en)", re.MULTILINE)
_NAMED = Late(r"(\w+) / (\w+): \*\*(.+?)\*\*")
_IMAGE = Late(r"!\[([^\]\n]*)\]\(([^)\n]*)\)")
_WIDE = "\u2014\u2018-\u201f\u2026\u3000-\u9fff\uff00-\uffef"
_BETWEEN_WIDE = Late(rf"([{_WIDE}][*`)\]]{{0,3}})\n[ ]*(?=[*`\[]{{0,3}}[{_WIDE}])")
_FENCE = Late(r"^(`{3,})")
_ATTRIBUTES = Late(r"^(`{3,})(?:text|report|findings)\b.*$")


def page_in(text: str, lang: str, messages: Sequence[Sequence[str]] = ()) -> str:
    """A bilingual page in one language, zh or en; code blocks without what only tests need.

    `messages` are those of the findings in each of its samples.
    """
    blocks = list(_with_carets(list(_blocks(text)), lang, messages))
    other = _twins(blocks, "en" if lang == "zh" else "zh")
    shown = (_joined(_shown(block, lang)) for n, block in enumerate(blocks) if n not in other)
    return "\n\n".join(block for block in shown if block) + "\n"


def _joined(block: str) -> str:
    """A block without line ends inside Chinese text, which would be shown as blanks."""
    return block if _FENCE.match(block) else _BETWEEN_WIDE.sub(r"\1", block)


def _with_carets(blocks: list[str], lang: str, messages: Sequence[Sequence[str]]) -> Iterator[str]:
    """Blocks with each sample and its findings as one, with marks under what is found."""
    taken = False
    left = iter(messages)
    for block, behind in zip(blocks, [*blocks[1:], ""], strict=True):
        if taken:
            taken = False
            continue
        if block.startswith("```report") and behind.startswith("```findings"):
            sample, findings = ("\n".join(one.split("\n")[1:-1]) for one in (block, behind))
            taken = True
            yield f"```text\n{pictured(sample, findings, lang, next(left, ()))}\n```"
            continue
        yield block


def _twins(blocks: list[str], lang: str) -> set[int]:
    """Blocks of commands in `lang` that stand beside the same commands in the other language."""
    asked = [tuple(_LANG.findall(block)) if block.startswith("```console") else () for block in blocks]
    pairs = [n for n in range(len(blocks) - 1) if set(asked[n]) == {"zh"} and set(asked[n + 1]) == {"en"}]
    return {n if lang == "zh" else n + 1 for n in pairs}


def _blocks(text: str) -> Iterator[str]:
    """Blocks parted by blank lines; a code block is one, blank lines in it and all."""
    held: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            held.append(line)
            if mark and line.strip() == fence:
                fence = ""
                yield "\n".join(held)
                held = []
        elif mark:
            if held:
                yield "\n".join(held)
            held, fence = [line], mark[1]
        elif line.strip():
            held.append(line)
        elif held:
            yield "\n".join(held)
            held = []
    if held:
        yield "\n".join(held)


def _shown(block: str, lang: str) -> str:
    if mark := _FENCE.match(block):
        first, _, rest = block.partition("\n")
        plain = _ATTRIBUTES.sub(rf"{mark[1]}text", first)
        return f"{plain}\n{rest}"
    if image := _IMAGE.fullmatch(block):
        return f"![{_side(image[1], lang)}]({image[2]})"
    if block.startswith("#"):
        mark_, _, title = block.partition(" ")
        return f"{mark_} {_side(title, lang)}"
    if block.startswith("|"):
        return "\n".join("|".join(_cell(cell, lang) for cell in line.split("|")) for line in block.split("\n"))
    if re.match(r"[-*] |\d+\. ", block):
        items = _items(block)
        if any(_sides(item) for item in items):
            return "\n".join(_side(item, lang) for item in items)
    if _NAMED.search(block):
        return _NAMED.sub(partial(_attribute, lang=lang), block)
    sides = _sides(block)
    if sides:
        return sides[lang == "en"]
    return block if language(block) in (lang, "") else ""


def _attribute(match: re.Match[str], lang: str) -> str:
    """An attribute of a rule, 级别 / severity: **error**, in a language."""
    zh, en, value = match.groups()
    if lang == "en":
        return f"{en}: **{value}**"
    if value in GROUPS:
        return f"{zh}：**{group_title(value, lang)}**"
    words = SEVERITIES.get(Severity(value)) if value in set(Severity) else FIXES.get(value)
    return f"{zh}：**{words.zh if words else value}**"


def _items(block: str) -> list[str]:
    """The items of a list, each with the lines that go on with it."""
    items: list[str] = []
    for line in block.split("\n"):
        if re.match(r"[-*] |\d+\. ", line) or not items:
            items.append(line)
        else:
            items[-1] += "\n" + line
    return items


def _cell(cell: str, lang: str) -> str:
    return f" {_side(cell.strip(), lang)} " if cell.strip() else cell


def _side(text: str, lang: str) -> str:
    sides = _sides(text)
    return sides[lang == "en"] if sides else text


def _sides(text: str) -> tuple[str, str] | None:
    """Both sides of `中文 / English`, a list's mark with each; None where it is no such pair."""
    mark = re.match(r"(?:[-*]|\d+\.) ", text)
    lead = mark[0] if mark else ""
    body = text[len(lead) :]
    for match in re.finditer(r"\s/\s", body):
        zh, en = body[: match.start()], body[match.end() :]
        if _HAN.search(zh) and _WORD.search(en) and language(en) == "en" and language(zh) != "en":
            return lead + zh.strip(), lead + en.strip()
    return None


def language(text: str) -> str:
    """The language of a text: zh, en, or "" where it has no words. Names in quotation marks and code do not count."""
    plain = _CODE.sub(" ", text)
    han, words = len(_HAN.findall(plain)), len(_WORD.findall(plain))
    if not han and not words:
        return ""
    return "zh" if han > 2 * words else "en"
