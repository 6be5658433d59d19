"""--diff: what fixing would change, for patch and git apply, and in colours at a terminal."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher, unified_diff

from reportlint.characters import UNPRINTABLE, printable
from reportlint.source import Source

_RED, _GREEN, _CYAN, _BOLD = "\x1b[31m", "\x1b[32m", "\x1b[36m", "\x1b[1m"
_MARKED, _UNMARKED, _PLAIN = "\x1b[7m", "\x1b[27m", "\x1b[0m"
_LONGEST = 4000
"""Longer lines are not compared character by character."""


def _quoted(path: str) -> str:
    """A name as git writes it into a diff: in quotation marks and escaped where it could be taken for another line."""
    if not UNPRINTABLE.search(path) and not set(path) & set('"\\'):
        return path
    data = os.fsencode(path)
    plain = "".join(chr(byte) if 0x20 <= byte < 0x7F and byte not in b'"\\' else f"\\{byte:03o}" for byte in data)
    return f'"{plain}"'


def diff_lines(old: Source, new: Source, path: str) -> Iterator[str]:
    """A unified diff that patch and git apply take; nothing where no text changed."""
    # Names with a blank end in a tab, as git writes them, or patch would cut them short.
    name = _quoted(path) + ("\t" if " " in path else "")
    before, after = (text.split("\n") for text in (old.text, new.text))
    before, after = (
        [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else []) for lines in (before, after)
    )
    for line in unified_diff(before, after, name, name, lineterm="\n"):
        yield line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"


def coloured(lines: Iterable[str]) -> Iterator[str]:
    """The lines of diffs for people at a terminal, with the characters marked that differ; nothing drives it."""
    gone: list[str] = []
    come: list[str] = []
    for line in lines:
        if line.startswith("-") and not line.startswith("--- ") and not come:
            gone.append(line)
        elif line.startswith("+") and not line.startswith("+++ "):
            come.append(line)
        elif line.startswith("\\ "):
            (come or gone or [""])[-1] += line
        else:
            yield from _changed(gone, come)
            gone, come = [], []
            if line.startswith("-") and not line.startswith("--- "):
                gone.append(line)
                continue
            style = _BOLD if line.startswith(("--- ", "+++ ")) else _CYAN if line.startswith("@@") else ""
            shown = printable(line, keep="\n\t")
            yield f"{style}{shown.rstrip(chr(10))}{_PLAIN}\n" if style else shown
    yield from _changed(gone, come)


def _changed(gone: list[str], come: list[str]) -> Iterator[str]:
    """Lines that went and those that took their place, one against the other where they are as many."""
    pairs = [_marked(old, new) for old, new in zip(gone, come, strict=True)] if len(gone) == len(come) else None
    for number, line in enumerate(gone):
        yield _painted(pairs[number][0] if pairs else printable(line, keep="\n\t"), _RED)
    for number, line in enumerate(come):
        yield _painted(pairs[number][1] if pairs else printable(line, keep="\n\t"), _GREEN)


def _painted(text: str, colour: str) -> str:
    return "".join(f"{colour}{line}{_PLAIN}\n" for line in text.rstrip("\n").split("\n"))


def _marked(old: str, new: str) -> tuple[str, str]:
    """Two lines with the characters marked that differ."""
    if max(len(old), len(new)) > _LONGEST:
        return printable(old, keep="\n\t"), printable(new, keep="\n\t")
    before, after = [old[0]], [new[0]]
    for tag, first, last, start, end in SequenceMatcher(None, old[1:], new[1:], autojunk=False).get_opcodes():
        for parts, piece in ((before, old[1 + first : 1 + last]), (after, new[1 + start : 1 + end])):
            shown = printable(piece, keep="\n\t")
            parts.append(f"{_MARKED}{shown}{_UNMARKED}" if tag != "equal" and shown.strip("\n") else shown)
    return "".join(before), "".join(after)
