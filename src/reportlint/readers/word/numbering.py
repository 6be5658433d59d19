"""The numbers that Word itself writes before headings and items of lists (Office Open XML, part 1, 17.9)."""

from __future__ import annotations

import re

from reportlint.late import Late
from reportlint.readers.word.package import elements
from reportlint.tuples import NamedTuple

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_COUNTED = frozenset(
    {
        *("chineseCounting", "chineseCountingThousand", "japaneseCounting"),
        *("taiwaneseCounting", "taiwaneseCountingThousand"),
    }
)
_PART = Late(r"%([1-9])")
_LEVELS = 9
_LONGEST = 60
"""What is written around a number is some characters long."""
_MOST_LISTED = 20


class Level(NamedTuple):
    """How a level of a list is numbered: its format, the text around the number (%1), and the first number."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    decimal: bool = False
    restart: int | None = None
    style: str = ""

    def begins_anew(self, own: int, used: int) -> bool:
        """Whether its count, that of the level `own`, begins anew where the level `used` is used (17.9.10)."""
        return used < own and (self.restart is None or used < self.restart)


class Named(NamedTuple):
    """What a paragraph, or its style, says of its number: the list ("0": none) and the level.

    A `style` that says no level has the one that names it.
    """

    list: str
    level: int
    style: str = ""


class Numbering:
    """The lists of a document and how far each has counted; `mark` is asked for each paragraph in order."""

    def __init__(self, xml: bytes) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._of: dict[str, str] = {}
        self._own: dict[str, dict[int, Level]] = {}
        self._restart: dict[str, dict[int, int]] = {}
        self._linked: dict[str, str] = {}
        self._styled: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        self._read(xml)

    def mark(self, named: Named) -> str:
        """What Word writes before the next paragraph of that list; empty where it writes nothing or a bullet."""
        abstract = self._abstract(named.list)
        if abstract is None:
            return ""
        levels = {**self._levels.get(abstract, {}), **self._own.get(named.list, {})}
        if named.style:
            own = next((number for number, one in levels.items() if one.style == named.style), named.level)
            named = named._replace(level=own)
        level = levels.get(named.level)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        first = self._restart.get(named.list, {}).get(named.level)
        if first is not None and (named.list, named.level) not in self._started:
            counts[named.level] = first
        else:
            counts[named.level] = counts.get(named.level, level.start - 1) + 1
        self._started.add((named.list, named.level))
        for lower in [number for number in counts if levels.get(number, level).begins_anew(number, named.level)]:
            del counts[lower]
        if level.format == "bullet":
            return ""

        def one(match: re.Match[str]) -> str:
            number = int(match[1]) - 1
            held = levels.get(number, Level())
            return written(counts.get(number, held.start), "decimal" if level.decimal else held.format)

        return _PART.sub(one, level.text)

    def _abstract(self, number: str) -> str | None:
        found = self._of.get(number)
        if found is not None and found in self._linked:
            # A list that refers to a style of lists is the one that the style names.
            found = self._styled.get(self._linked[found], found)
        return found

    def _read(self, xml: bytes) -> None:
        abstract = number = ""
        level = _Read(0)
        overridden = 0
        inside = False
        for name, attributes in elements(xml):
            value = attributes.get("val", "")
            match name:
                case "abstractNum":
                    abstract, number = attributes.get("abstractNumId", ""), ""
                case "numStyleLink":
                    self._linked[abstract] = value
                case "styleLink":
                    self._styled[value] = abstract
                case "num":
                    number = attributes.get("numId", "")
                case "abstractNumId":
                    self._of[number] = value
                case "lvlOverride":
                    overridden, inside = _whole(attributes.get("ilvl"), 0), False
                case "startOverride":
                    self._restart.setdefault(number, {})[overridden] = _whole(value, 1)
                case "lvl":
                    level = _Read(_whole(attributes.get("ilvl"), 0))
                    inside = True
                case "start" | "numFmt" | "lvlText" | "isLgl" | "lvlRestart" | "pStyle" if inside:
                    level.take(name, value)
                    held = self._own.setdefault(number, {}) if number else self._levels.setdefault(abstract, {})
                    if len(held) <= _LEVELS:
                        held[level.number] = level.level
                case _:
                    pass


class _Read:
    """A level as far as it is read."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.level = Level()

    def take(self, name: str, value: str) -> None:
        """Something that is said of it."""
        if name == "start":
            self.level = self.level._replace(start=_whole(value, 1))
        elif name == "numFmt":
            self.level = self.level._replace(format=value)
        elif name == "isLgl":
            self.level = self.level._replace(decimal=value not in ("0", "false", "off"))
        elif name == "lvlRestart":
            self.level = self.level._replace(restart=_whole(value, 0))
        elif name == "pStyle":
            self.level = self.level._replace(style=value)
        else:
            self.level = self.level._replace(text=value[:_LONGEST])


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value is not None and value.isdecimal() and len(value) < 6 else otherwise


def written(number: int, how: str) -> str:
    """A number in a format of Word's (17.18.59, ST_NumberFormat); in digits where the format is not known."""
    if how == "none":
        return ""
    if how in _COUNTED:
        return _counted(number, _DIGITS, "十百千")
    if how in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return _counted(number, _FORMAL, "拾佰仟", full=True)
    if how in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if how == "ideographTraditional":
        return _STEMS[(number - 1) % len(_STEMS)]
    if how == "ideographZodiac":
        return _BRANCHES[(number - 1) % len(_BRANCHES)]
    if how in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 0 < number <= _MOST_LISTED:
        return chr(0x2460 + number - 1)
    if how == "decimalEnclosedParen" and 0 < number <= _MOST_LISTED:
        return f"({number})"
    if how == "decimalEnclosedFullstop" and 0 < number <= _MOST_LISTED:
        return f"{number}."
    if how == "ideographEnclosedCircle" and 0 < number <= len(_DIGITS):
        return f"({_counted(number, _DIGITS, '十百千')})"
    if how.startswith("decimalFullWidth"):
        return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
    if how == "decimalZero":
        return f"{number:02}"
    if how in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(97 + (number - 1) % 26) * min(1 + (number - 1) // 26, _MOST_LISTED)
        return letter if how == "lowerLetter" else letter.upper()
    if how in ("lowerRoman", "upperRoman"):
        letters = _roman(number)
        return letters if how == "lowerRoman" else letters.upper()
    return str(number)


def _counted(number: int, digits: str, places: str, *, full: bool = False) -> str:
    """A number below ten thousand in Chinese characters; ten is 十 alone unless `full`."""
    if not 0 < number < 10_000:
        return str(number)
    text, skipped = "", False
    for place, digit in zip(reversed(range(len(str(number)))), map(int, str(number)), strict=True):
        if digit:
            text += ("零" if skipped else "") + digits[digit] + (places[place - 1] if place else "")
        skipped = not digit
    return text[1:] if not full and 10 <= number < 20 else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * min(number // value, _MOST_LISTED)
        number %= value
    return text
