"""A page's samples as a terminal shows them: marks under what is found, in place of the ranges that tests read."""

from __future__ import annotations

import unicodedata

from reportlint.late import Late

_RANGE = Late(r"(\d+):(\d+)-(\d+):(\d+) ([\w-]+)")
_ELSEWHERE = Late(r"(?P<name>\S+) (?P<line>\d+):\d+-\d+:\d+ (?P<rule>[\w-]+)")
_WIDE = frozenset("WF")
_ESCAPE = Late(r"<(?:U\+|0x)[0-9A-F]{2,6}>")
"""A character that a sample spells out; ranges count it as one."""


def pictured(sample: str, findings: str) -> str | None:
    """The lines of a sample with a line of marks and the rule's name under each that has a finding.

    None where the findings are not told as ranges in the sample.
    """
    lines = sample.split("\n")
    marks: dict[int, list[str]] = {}
    for told in findings.split("\n"):
        match = _RANGE.fullmatch(told)
        if match is None or not 0 < int(match[1]) <= len(lines):
            return None
        first, last = int(match[2]) - 1, int(match[4]) - 1 if match[1] == match[3] else None
        line = lines[int(match[1]) - 1]
        units = _units(line)
        before, inside = units[:first], units[first:last]
        under = " " * sum(map(_width, before)) + "^" * max(1, sum(map(_width, inside)))
        marks.setdefault(int(match[1]), []).append(f"{under} {match[5]}")
    shown = []
    for number, line in enumerate(lines, 1):
        shown += [line, *marks.get(number, ())]
    return "\n".join(shown)


def in_words(findings: str, lang: str) -> str:
    """Findings that stand in other files than the sample, or in a whole one, as people say where."""
    words = "{name}，第 {line} 行：{rule}" if lang == "zh" else "{name}, line {line}: {rule}"
    told = []
    for finding in findings.split("\n"):
        match = _ELSEWHERE.fullmatch(finding)
        told.append(words.format(**match.groupdict()) if match else finding)
    return "\n".join(told)


def _units(line: str) -> list[str]:
    """A line's characters, those that are spelt out as they are written."""
    units, done = [], 0
    for match in _ESCAPE.finditer(line):
        units += [*line[done : match.start()], match[0]]
        done = match.end()
    return [*units, *line[done:]]


def _width(unit: str) -> int:
    """The columns that a character, or one spelt out, takes."""
    return sum(2 if unicodedata.east_asian_width(char) in _WIDE else 1 for char in unit)
