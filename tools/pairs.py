"""Makes grammar/pairs.txt of a word list of Chinese: `python -m tools.pairs DICT`.

DICT is the dictionary of jieba 0.42 (jieba/dict.txt, MIT licence): a word, how often it was counted and its part of
speech on each line. Names of persons are left out, and of other words those that are rare.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from reportlint.text.script import is_han

OUT = Path(__file__).parents[1] / "grammar" / "pairs.txt"
HEAD = """\
# Words of two characters, by their first one: that character, then every second one. Where such a word goes over
# the edge of what looks like a slip, it is none: 发布署名文章 has no 布署. Made by tools/pairs.py of the dictionary
# of jieba (MIT licence).
"""
_SELDOM = 5
_PLACES, _NAMES = 3, 300
"""Names of places count from fewer on, and names of persons from many: 容纳 is called one."""


def pairs(lines: list[str]) -> dict[str, str]:
    """The second characters by the first one."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        word, count, kind = (*line.split(), "")[:3]
        least = _PLACES if kind == "ns" else _NAMES if kind.startswith("nr") else _SELDOM
        if len(word) == 2 and all(map(is_han, word)) and int(count) >= least:
            found[word[0]].add(word[1])
    return {first: "".join(sorted(found[first])) for first in sorted(found)}


def main(path: str) -> None:
    """Write the file."""
    made = pairs(Path(path).read_text("utf-8").splitlines())
    OUT.write_text(HEAD + "".join(f"{first}{seconds}\n" for first, seconds in made.items()), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
