"""The documents that reports cite, and terms that are often written wrong (grammar/references.toml)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from reportlint.late import Late, Marked
from reportlint.model import Paragraph
from reportlint.resources import data
from reportlint.text.alike import distance
from reportlint.text.fold import fold
from reportlint.tuples import NamedTuple
from reportlint.words import listed

_INNER = Late(r"[《》〈〉<>“”\"\s]")
_NEAR = 2
_NATIONAL = ("中华人民共和国", "国务院")
_SHORTEST = 8


class Document(NamedTuple):
    """A document: its name, other right wordings, wrong ones, its numbers, what took its place."""

    name: str
    accepted: frozenset[str]
    misquoted: frozenset[str]
    numbers: tuple[str, ...]
    superseded: int | None = None
    by: str = ""
    slips: int = 2


class Term(NamedTuple):
    """A slip and what is right; `may_be_meant` says that the words are sound in other sentences."""

    pattern: Marked
    right: str
    may_be_meant: bool = False


class Phrase(NamedTuple):
    """A fixed phrase: `wordings` that are right, the form's own first, and slips."""

    wordings: tuple[str, ...]
    slips: tuple[Term, ...]


class Superseded(NamedTuple):
    """A number that reports on year `first` and later must no longer cite."""

    number: str
    first: int
    by: str


class References(NamedTuple):
    """All of grammar/references.toml."""

    documents: tuple[Document, ...]
    superseded: tuple[Superseded, ...]
    terms: tuple[Term, ...]
    phrases: tuple[Phrase, ...]
    doubled: tuple[str, Late]
    compounds: dict[str, str]

    def named(self, title: str) -> Document | None:
        """The document of that name, rightly quoted."""
        plain = bare(title)
        return next((d for d in self.documents if plain in d.accepted), None)

    def misquoted(self, title: str) -> tuple[Document, str] | None:
        """The document that a wrong title means, and the wording that it comes nearest to.

        A wrong word or two count; a place's or an organ's own rules (《某市政府信息公开规定》) do not.
        """
        plain = bare(title)
        if any(plain in d.accepted for d in self.documents):
            return None
        for document in self.documents:
            if plain in document.misquoted:
                short = not plain.startswith(("中华", "国务院"))
                right = min(document.accepted, key=len) if short else document.name
                return document, right
        if len(plain) < _SHORTEST:
            return None
        best: tuple[int, Document, str] | None = None
        for document in self.documents:
            for wording in document.accepted:
                # Others issue notices of like names: there only one wrong character is a misquotation.
                limit = document.slips if plain.startswith(_NATIONAL) and len(wording) > _SHORTEST else 1
                edits = distance(plain, wording, limit)
                if edits <= limit and not _own(plain, wording) and (best is None or edits < best[0]):
                    best = edits, document, wording
        return best[1:] if best else None


_KINDS = frozenset(listed("documents", "kinds"))
"""What documents are called at their end; 条列 is a slip that is known as such."""


_TITLE_MARK = Late("[《》。\n]")


def bare(title: str) -> str:
    """A title without inner brackets and blanks, as titles are compared."""
    return _INNER.sub("", title)


def _own(plain: str, wording: str) -> bool:
    """Whether a title differs only by a word in front or behind, or by its last words: another document."""
    if plain.endswith(("报告", "解读", "释义", "问答", "说明", "细则")):
        return True
    if plain == wording + wording[-1]:
        return False  # 管理办法法
    if wording.startswith(plain):
        return len(wording) - len(plain) > 1
    return (
        plain.endswith(wording)
        or plain.startswith(wording)
        or wording.endswith(plain)
        or (plain[:-2] == wording[:-2] and plain[-2:] in _KINDS)
    )


def inside(ranges: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether a place is inside one of some ranges, which are in order and apart, and not at its beginning."""
    number = bisect_left(ranges, (at, 0)) - 1
    return number >= 0 and ranges[number][0] < at < ranges[number][1]


def titles(paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """Start and end of every 《…》 in a paragraph's text, the outermost ones, brackets included."""
    if "《" not in paragraph.text:
        return
    depth = start = 0
    for match in _TITLE_MARK.finditer(paragraph.text):
        at, char = match.start(), match[0]
        if char == "《":
            start = at if depth == 0 else start
            depth += 1
        elif char == "》" and depth:
            depth -= 1
            if depth == 0:
                yield start, at + 1
        elif char in "。\n":
            depth = 0


@cache
def references() -> References:
    """What ships with reportlint."""
    held = data("references.toml")
    return References(
        documents=tuple(_document(entry) for entry in held["documents"]),
        superseded=tuple(Superseded(e["number"], e["from"], e["by"]) for e in held["superseded"]),
        compounds=held["compounds"],
        terms=_terms(held["terms"]),
        phrases=tuple(_phrase(entry) for entry in held["phrases"]),
        doubled=(
            "".join(e["characters"] for e in held["doubled"]),
            Late(
                "|".join(
                    f"{e.get('behind', '')}([{e['characters']}])\\{n}(?={e['followed']})"
                    for n, e in enumerate(held["doubled"], 1)
                )
            ),
        ),
    )


def _terms(entries: list[dict[str, Any]]) -> tuple[Term, ...]:
    return tuple(
        Term(
            Marked(entry["text"], entry.get("marks") or _literals(entry["text"])),
            entry["right"],
            entry.get("may_be_meant", False),
        )
        for entry in entries
    )


def _literals(pattern: str) -> list[str]:
    """The wordings of which a text must have one, where the wrong ones are spelt out."""
    wrong = re.search(r"\(\?P<wrong>([^()]*)\)", pattern)
    spelt = wrong[1].split("|") if wrong else []
    return spelt if all(map(_is_spelt, spelt)) else []


def _is_spelt(text: str) -> bool:
    """Whether a piece of a pattern is nothing but words."""
    return bool(text) and all(
        "\u3400" <= char <= "\u9fff" or char == "、" or (char.isascii() and char.isalnum()) for char in text
    )


def _phrase(entry: dict[str, Any]) -> Phrase:
    return Phrase((entry["text"], *entry.get("accepted", ())), _terms(entry.get("wrong", [])))


def _document(entry: dict[str, Any]) -> Document:
    names = [entry["name"], *entry.get("accepted", ())]
    return Document(
        name=entry["name"],
        accepted=frozenset(map(bare, fold("\n".join(names)).text.split("\n"))),
        misquoted=frozenset(entry.get("misquoted", ())),
        numbers=tuple(entry["numbers"]),
        superseded=entry.get("superseded"),
        by=entry.get("by", ""),
        slips=entry.get("slips", _NEAR),
    )
