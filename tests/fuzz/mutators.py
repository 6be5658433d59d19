"""Inputs that found something: damaged bytes, cells, labels, encodings, spliced reports.

A mutator takes a text and a source of chance and gives another text, or bytes. Nothing in them
knows what the program makes of it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from reportlint.forms.load import registered
from tests.reports import LAYOUTS, draft, half_width, render, traditional

ROOT = Path(__file__).parents[2]
JUNK = [
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA1)),
    *"\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202d\u202e\u2060\u2066\u2069\ufeff\ufffb",
    *"\u00a0\u2002\u2003\u2009\u202f\u3000\ue000\uf8ff\ufffd\udc80\udcff",
    *"?？,，、。;；:：|│-−/／*_#%&.．+",
]
WORDS = ["?;", "&nbsp;", "<br>", "(xí)", "(yī)", "鏀垮簻", "锟斤拷", "Õþ¸®", "****", "件", "万", "O", "〇", "十", "两"]
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]

Chance = random.Random
Text = Callable[[str, Chance], str]
Bytes = Callable[[str, Chance], bytes]


@cache
def seeds() -> tuple[str, ...]:
    """Sound and faulty reports of ours, in every layout and both forms."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "examples").glob("*/*.[tm][xd]*"))]
    for form in ("2019", "2021"):
        for number, layout in enumerate(LAYOUTS):
            texts.append(render(draft(form, size=("zero", "small", "large")[number % 3], seed=number), layout).text)
        texts.append(half_width(render(draft(form)).text))
        texts.append(traditional(render(draft(form)).text))
    return tuple(texts)


@cache
def labels() -> tuple[str, ...]:
    """Every wording of the national forms."""
    return tuple(sorted({wording for form in registered() for wording in form.labels.values()}))


def _places(text: str, pattern: str, chance: Chance, most: int) -> list[re.Match[str]]:
    found = list(re.finditer(pattern, text))
    return sorted(chance.sample(found, min(len(found), chance.randint(1, most))), key=lambda m: -m.start())


def junk_beside_digits(text: str, chance: Chance) -> str:
    for match in _places(text, r"\d+", chance, 8):
        at = chance.choice([match.start(), match.end(), chance.randint(*match.span())])
        junk = "".join(chance.choice([*JUNK, *WORDS]) for _ in range(chance.randint(1, 3)))
        text = text[:at] + junk + text[at:]
    return text


def junk_between_cells(text: str, chance: Chance) -> str:
    """Another wall, in one line or in all."""
    wall = "".join(chance.choice(JUNK) for _ in range(chance.randint(1, 2)))
    lines = text.split("\n")
    for n in range(len(lines)) if chance.random() < 0.5 else [chance.randrange(len(lines))]:
        lines[n] = re.sub(r" *[|\t] *| {2,}", lambda _: wall, lines[n])
    return "\n".join(lines)


def junk_anywhere(text: str, chance: Chance) -> str:
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(text) + 1)
        times: int = chance.choice([1, 1, 2, 5])
        text = text[:at] + chance.choice([*JUNK, *WORDS]) * times + text[at:]
    return text


def row_of_figures(text: str, chance: Chance) -> str:
    """A row with none to sixty figures."""
    lines = text.split("\n")
    rows = [n for n, line in enumerate(lines) if re.search(r"\d\s*[|\t ]\s*\d", line)]
    for n in chance.sample(rows, min(len(rows), 3)):
        label = re.match(r"[^\d]*(?:\d[.,、][^\d]*)?", lines[n])
        figures = [str(chance.choice([0, 1, 7, 12, 305, 99999])) for _ in range(chance.randint(0, 60))]
        lines[n] = (label[0] if label else "") + chance.choice([" | ", "\t", " "]).join(figures)
    return "\n".join(lines)


def labels_shuffled(text: str, chance: Chance) -> str:
    for _ in range(chance.randint(1, 4)):
        here = [label for label in labels() if label in text]
        if here:
            text = text.replace(chance.choice(here), chance.choice(labels()), 1)
    return text


def labels_misspelt(text: str, chance: Chance) -> str:
    """A character of a label lost, doubled, exchanged or replaced; a label's beginning once more in front of it."""
    for _ in range(chance.randint(1, 5)):
        here = [label for label in labels() if label in text]
        if not here:
            break
        label = chance.choice(here)
        at = chance.randrange(len(label))
        new = chance.choice(
            [
                label[:at] + label[at + 1 :],
                label[: at + 1] + label[at:],
                label[:at] + chance.choice("其它公开政府信息情况後裏乾着\udcff\u200b1.（）") + label[at + 1 :],
                label[at:] + label[:at],
                f"{label[:at]}\n{label[at:]}",
                f"{label[:at]} | {label[at:]}",
                f"{label[:at]}\n{label}",
            ]
        )
        text = text.replace(label, new, 1)
    return text


def lines_moved(text: str, chance: Chance) -> str:
    lines = text.split("\n")
    for _ in range(chance.randint(1, 6)):
        at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
        move = chance.randrange(3)
        if move == 0:
            lines.insert(to, lines.pop(at))
        elif move == 1:
            lines.insert(to, lines[at])
        elif len(lines) > 1:
            lines.pop(at)
    return "\n".join(lines)


def splice(text: str, chance: Chance) -> str:
    other = chance.choice(seeds())
    at, to = chance.randrange(len(text)), chance.randrange(len(other))
    return text[:at] + other[to:] if chance.random() < 0.7 else text[:at] + other[to : to + 2000] + text[at:]


def line_ends(text: str, chance: Chance) -> str:
    end = chance.choice(["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\n\n", ""])
    return text.replace("\n", end) if chance.random() < 0.5 else text.replace("\n", end, chance.randint(1, 20))


def scripts(text: str, chance: Chance) -> str:
    """Parts in traditional characters, parts half width."""
    lines = text.split("\n")
    for n in range(len(lines)):
        if chance.random() < 0.3:
            lines[n] = chance.choice([traditional, half_width])(lines[n])
    return "\n".join(lines)


def pieces_gone(text: str, chance: Chance) -> str:
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        gone: int = chance.choice([1, 1, 2, 5, 40, 400])
        text = text[:at] + text[at + gone :]
    return text


def flooded(text: str, chance: Chance) -> str:
    """A piece of it, or junk, many times."""
    at = chance.randrange(len(text))
    piece: str = chance.choice([text[at : at + chance.randint(1, 60)], chance.choice(JUNK), chance.choice(WORDS)])
    times: int = chance.choice([10, 100, 800])
    return text[:at] + piece * times + text[at:]


def encoded(text: str, chance: Chance) -> bytes:
    """In an encoding of reports, damaged or not; what that lacks is dropped."""
    data = text.encode("utf-8", "surrogateescape").decode("utf-8", "ignore")
    return bytes_damaged_in(data.encode(chance.choice(ENCODINGS), "ignore"), chance)


def bytes_damaged(text: str, chance: Chance) -> bytes:
    return bytes_damaged_in(text.encode("utf-8", "surrogateescape"), chance)


def bytes_damaged_in(data: bytes, chance: Chance) -> bytes:
    for _ in range(chance.choice([0, 1, 2, 5, 30])):
        at = chance.randrange(len(data) + 1)
        junk = bytes(
            chance.choice([0xFF, 0x80, 0xA1, 0x00, chance.randrange(256)]) for _ in range(chance.randint(0, 3))
        )
        data = data[:at] + junk + data[at + chance.randint(0, 2) :]
    return data


TEXT: tuple[Text, ...] = (
    junk_beside_digits,
    junk_beside_digits,
    junk_between_cells,
    junk_anywhere,
    row_of_figures,
    labels_shuffled,
    labels_misspelt,
    labels_misspelt,
    lines_moved,
    splice,
    line_ends,
    scripts,
    pieces_gone,
    flooded,
)
BYTES: tuple[Bytes, ...] = (bytes_damaged, encoded)
_MOST = 60_000


def mutated(chance: Chance) -> bytes:
    """A report of ours after one to four mutations."""
    text = chance.choice(seeds())
    rounds: int = chance.choice([1, 1, 2, 3, 4])
    for _ in range(rounds):
        text = chance.choice(TEXT)(text, chance)[:_MOST] or "\n"
    if chance.random() < 0.25:
        return chance.choice(BYTES)(text, chance)
    # Half of a surrogate pair cannot come out of a file; a byte of no encoding can.
    return "".join(c for c in text if not "\ud800" <= c < "\udc80").encode("utf-8", "surrogateescape")
