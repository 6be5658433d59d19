"""The report's title among what a web page puts around it."""

from __future__ import annotations

import re
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from reportlint.forms import Form
from reportlint.tokens import Token

_LONGEST = 70
_MOST_LINES = 3
_FRONT = 300
_NOT_A_TITLE = re.compile(r"[。;!?>»|：:\"]|^\d+[.,]|^根据|^按照|^现将|^关于印发|首页")
_TAIL = re.compile(r"\((?:\d{4}年度?|全文|摘要|[\w]{1,6})\)$")


def find_titles(tokens: list[Token], form: Form) -> list[Token]:
    """Tokens with the title, which may run over several lines, as one TITLE token.

    Only what stands in front of the first section can be a title.
    """
    first = next((n for n, t in enumerate(tokens) if t.kind.startswith("H_")), len(tokens))
    first = min(first, _FRONT)
    for count in range(1, _MOST_LINES + 1):
        for at in range(first - count + 1):
            part = tokens[at : at + count]
            if all(t.kind == "TEXT" for t in part) and is_title("".join(t.text for t in part), form):
                pieces = tuple((t.start, t.end) for t in part) if count > 1 else ()
                text = "".join(t.text for t in part)
                title = replace(part[0], kind="TITLE", text=text, end=part[-1].end, pieces=pieces, candidates=())
                return [*tokens[:at], title, *tokens[at + count :]]
    return tokens


def is_title(text: str, form: Form) -> bool:
    """Whether a line (its key) names a report of this kind, rightly or nearly."""
    text = _TAIL.sub("", text)
    if not 6 <= len(text) <= _LONGEST or _NOT_A_TITLE.search(text):
        return False
    if "信息公开" in text and text.endswith(("报告", "年报")):
        return True
    limit = len(form.title) // 4
    return Levenshtein.distance(text[-len(form.title) :], form.title, score_cutoff=limit) <= limit
