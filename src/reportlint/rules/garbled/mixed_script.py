"""Rule mixed-script; docs/rules/mixed-script.md is its page and its test."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby

from reportlint.diagnostics import Edit, Fix, Safety, Span
from reportlint.late import Late
from reportlint.rules import Finding, rule
from reportlint.rules.garbled._runs import runs
from reportlint.source import Source
from reportlint.text.mojibake import Mojibake, find
from reportlint.text.script import (
    KEPT_IN_NAMES,
    complicate,
    is_everyday,
    is_han,
    is_shared,
    is_simplified,
    is_traditional,
    rare,
    simplify,
    simplify_text,
)

_SWITCH = Late("繁[體体]|簡[體体]|正體|[繁簡]中|切換|日本語")
_AROUND = 3
_TITLE = 40
_LINE = Late(r"[^\r\n]+")


@rule(
    on=Source,
    severity="warning",
    of_words=True,
    fix="safe",
    messages={
        "traditional": (
            "简体文本中的繁体字“{text}”，应为“{right}”",
            "traditional {text} in a simplified text; simplified it is {right}",
        ),
        "simplified": (
            "繁体文本中的简体字“{text}”，应为“{right}”",
            "simplified {text} in a traditional text; traditional it is {right}",
        ),
        "document": ("全文为繁体字，国内机关的报告用简体字", "the whole text is in traditional characters"),
    },
)
def mixed_script(source: Source) -> Iterator[Finding]:
    """A traditional character in a simplified text or the reverse.

    A document wholly in traditional characters is one finding of severity info, whose fix, to convert all
    of it, is unsafe: names and quotations may have to stay.
    """
    traditional = {c for c in rare(source.text) if is_traditional(c)} - KEPT_IN_NAMES
    if not traditional:
        return
    chars = Counter(source.text)
    simplified = {c for c in chars if is_simplified(c)}
    if sum(chars[c] for c in traditional) > sum(chars[c] for c in simplified):
        if _is_misread(source.text, traditional):
            return
        start = len(source.text) - len(source.text.lstrip())
        whole = Finding(Span(start, start + 1), "document").at_severity("info")
        yield whole.fixed_by(Fix(tuple(_conversion(source.text, simplified)), Safety.UNSAFE))
        yield from _runs(source, simplified, "simplified", complicate)
    else:
        yield from _runs(source, traditional, "traditional", simplify)


def _is_misread(text: str, traditional: set[str]) -> bool:
    """Whether most traditional characters of a text are what a wrong encoding made."""
    spans = [found.span for found in find(text)]
    inside = sum(char in traditional for span in spans for char in text[span.start : span.end])
    return inside * 2 > sum(char in traditional for char in text)


def _conversion(text: str, simplified: set[str]) -> Iterator[Edit]:
    """Edits that turn a traditional text into a simplified one.

    They take in the simplified characters that are there, or those would be turned the other way.
    """
    for line in _LINE.finditer(text):
        converted = simplify_text(line[0])
        if len(converted) != len(line[0]):
            yield Edit(Span(*line.span()), converted)
            continue
        changed = [old != new or old in simplified for old, new in zip(line[0], converted, strict=True)]
        for differs, run in groupby(range(len(changed)), key=changed.__getitem__):
            places = list(run)
            if differs:
                first, last = places[0], places[-1] + 1
                yield Edit(Span(line.start() + first, line.start() + last), converted[first:last])


def _runs(source: Source, odd: set[str], key: str, convert: Callable[[str], str]) -> Iterator[Finding]:
    if not odd:
        return
    pattern = Late(f"[{''.join(map(re.escape, sorted(odd)))}]+")
    garbled = find(source.text)
    for span, text in runs(source, pattern):
        if any(_SWITCH.match(source.text, max(0, span.start - before)) for before in range(3)):
            continue  # a page's link to its other writing
        if _is_garbled(source.text, span, garbled):
            continue
        right = "".join(map(convert, text))
        if right == text:
            continue  # both scripts write it so
        found = Finding(span, key, text=text[:12], right=right[:12])
        yield found.fixed_by(Fix((Edit(span, right),), Safety.UNSAFE if _in_title(source.text, span) else Safety.SAFE))


def _in_title(text: str, span: Span) -> bool:
    """Whether characters stand in the title of a work, which may be written so: 《寧豐縣志》."""
    before = text[max(0, span.start - _TITLE) : span.start]
    return before.rfind("《") > max(before.rfind("》"), before.rfind("\n"))


def _is_garbled(text: str, span: Span, garbled: tuple[Mojibake, ...]) -> bool:
    """Whether characters stand in or beside what a wrong encoding made: theirs is another repair.

    What its own rule mends whole is no longer beside them then.
    """
    if "?" in text[max(0, span.start - _AROUND) : span.end + _AROUND]:
        return True  # a character that an encoding lacks
    near = [
        found for found in garbled if found.span.start < span.end + _AROUND and span.start - _AROUND < found.span.end
    ]
    if any(found.span.start < span.end and span.start < found.span.end for found in near):
        return True
    mended = {at for found in near if found.exact for at in range(*found.span)}
    before = any(_is_strange(text[at]) for at in range(max(0, span.start - _AROUND), span.start) if at not in mended)
    behind = range(span.end, min(len(text), span.end + _AROUND))
    after = any(_is_strange(text[at]) for at in behind if at not in mended)
    seldom = not all(is_everyday(simplify(char)) for char in text[slice(*span)])
    return (before and after) or (seldom and (before or after))


def _is_strange(char: str) -> bool:
    """Whether no Chinese report has a character: a letter of another script, one that no charset has."""
    if is_han(char):
        return not (is_simplified(char) or is_traditional(char) or is_shared(char))
    return char == "\ufffd" or "\u0370" <= char <= "\u058f" or "\u3040" <= char <= "\u312f"
