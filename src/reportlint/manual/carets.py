"""A page's samples as a terminal shows them: marks under what is found, in place of the ranges that tests read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import zip_longest

from reportlint.diagnostics import Words
from reportlint.late import Late

_RANGE = Late(r"(-?\d+):(\d+)-(-?\d+):(\d+) ([\w-]+)")
_FILE = Late(r"file (?P<rule>[\w-]+)")
_ELSEWHERE = Late(r"(?P<name>\S+) (?P<line>\d+):\d+-\d+:\d+ (?P<rule>[\w-]+)")
_BEFORE = Words(
    "样例所在的报告里，样例之前第 {count} 行：{rule}", "in the report around the sample, line {count} before it: {rule}"
)
_BEHIND = Words(
    "样例所在的报告里，样例之后第 {count} 行：{rule}", "in the report around the sample, line {count} behind it: {rule}"
)
_OF_FILE = Words("整个文件：{rule}", "the file as a whole: {rule}")
_IN = Words("{name}，第 {line} 行：{rule}", "{name}, line {line}: {rule}")
_COLON = Words("：", ": ")
_LONGEST = 100
_WIDE = frozenset("WF")
_ESCAPE = Late(r"<(?:U\+|0x)[0-9A-F]{2,6}>")
"""A character that a sample spells out; ranges count it as one."""


def pictured(sample: str, findings: str, lang: str, messages: Iterable[str] = ()) -> str:
    """The lines of a sample with a line of marks, the rule's name and its message under each that has a finding.

    What is found elsewhere is said behind it. `messages` are those of the findings, in their order.
    """
    lines = sample.split("\n")
    marks: dict[int, list[str]] = {}
    elsewhere: list[str] = []
    for told, message in zip_longest(findings.split("\n"), messages, fillvalue=""):
        match = _RANGE.fullmatch(told)
        if match is None or not 0 < int(match[1]) <= len(lines):
            elsewhere.append(_said(_in_words(told, len(lines), lang), message, lang))
            continue
        first, last = int(match[2]) - 1, int(match[4]) - 1 if match[1] == match[3] else None
        units = _units(lines[int(match[1]) - 1])
        before, inside = units[:first], units[first:last]
        under = " " * sum(map(_width, before)) + "^" * max(1, sum(map(_width, inside)))
        marks.setdefault(int(match[1]), []).append(_said(f"{under} {match[5]}", message, lang))
    shown = []
    for number, line in enumerate(lines, 1):
        shown += [line, *marks.get(number, ())]
    return "\n".join([*shown, *([""] if elsewhere else []), *elsewhere])


def _said(marks: str, message: str, lang: str) -> str:
    """A line of marks with a message behind it, or under it where that would be long."""
    if not message:
        return marks
    behind = f"{marks}{_COLON(lang)}{message}"
    return behind if sum(map(_width, behind)) <= _LONGEST else f"{marks}\n    {message}"


def _in_words(told: str, lines: int, lang: str) -> str:
    """Where a finding stands that is not in the sample's lines: in front, behind, or in another file."""
    if match := _RANGE.fullmatch(told):
        number = int(match[1])
        words = _BEFORE if number < 1 else _BEHIND
        return words(lang).format(count=1 - number if number < 1 else number - lines, rule=match[5])
    if match := _FILE.fullmatch(told):
        return _OF_FILE(lang).format(rule=match["rule"])
    match = _ELSEWHERE.fullmatch(told)
    return _IN(lang).format(**match.groupdict()) if match else told


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
