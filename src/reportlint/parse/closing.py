"""What ends a report: the signature, the date, and what a web page puts behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportlint.late import Late
from reportlint.model import Date, Paragraph
from reportlint.text.keys import key
from reportlint.text.numbers import read_ordinal
from reportlint.text.organs import SIGNING
from reportlint.text.years import SPELT, read_year
from reportlint.words import either

_DATE = Late(
    rf"(?:(?:(?P<y>(?<!\d)\d{{4}})[年.\-/]|(?P<cy>{SPELT})年|^(?P<short>\d{{2}})年)"
    r"(?P<m>\d{1,2}|元|[一二三四五六七八九十]{1,2})[月.\-/]"
    r"(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})?(?P<end>[日号])?"
    r"|(?P<run>(?<!\d)20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])))$"
)
_SIGNATURE_LENGTH = 40
_SIGNATURE_LINES = 2
_FURNITURE = Late(rf"^[\[【(]?(?:{either('page', 'footer')}|[A-Za-z.:/]+$)|ICP备|公网安备|标识码|【(?:打印|关闭|字体)")
_BACK_LINES = 40
_BELOW_TITLE = 2
_GOES_ON = ("至", "到", "-", "—", "~")
_SIGNED, _SURE, _LIKELY = 4, 3, 2
_SIGNER = Late(rf"(?:{either('organs', 'signing')}|{either('organs', 'bodies')}|{either('organs', 'signing_too')})$")
_SEAL = Late(r"\((?:盖?公?章|印章)\)$")
_HEADLINE = Late(either("page", "headline"))
_ENDED = ("。", ";", "!")


def split_end(found: list[Paragraph]) -> tuple[list[Paragraph], Paragraph | None, Date | None]:
    """The last section's own paragraphs, the signature and the date behind them.

    What a web page puts behind the report is dropped from the section too.
    """
    last = range(max(0, len(found) - _BACK_LINES), len(found))
    dated = [(_sureness(found, at, *read), at, read[1]) for at in last if (read := read_date(found[at]))]
    sureness, at, date = max(dated, key=lambda one: one[:2], default=(0, 0, None))
    if date is not None and sureness:
        signature = None
        own = found[:at]
        if date.span.start > found[at].span().start:
            signature = found[at]
        else:
            while at - len(own) < _SIGNATURE_LINES and own and _is_signature(own[-1]):
                signature = own.pop()
        return _without_furniture(own), signature, date
    own = _without_furniture(found)
    if own and _is_signature(own[-1]) and SIGNING.search(key(own[-1].text)):
        return own[:-1], own[-1], None
    return own, None, None


def _sureness(found: list[Paragraph], at: int, start: int, date: Date) -> int:
    """How surely a date is the report's own: what a page lists behind it has dates too, most of them in figures."""
    before = found[at].text[:start].strip()
    above = found[at - 1].text.rstrip() if at else ""
    signed = _signs(key(before or above))
    if "年" in date.text:
        return _SIGNED if signed else _LIKELY if before else _SURE
    if signed:
        return _SURE if before else _LIKELY
    return 0 if before or (above and not above.endswith(_ENDED)) else 1


def _signs(line: str) -> bool:
    """Whether a line (its key) may be what signs a report: an organ, a body, or what says that it ends."""
    name = _SEAL.sub("", line)
    return len(name) <= _SIGNATURE_LENGTH and _SIGNER.search(name) is not None and not _HEADLINE.search(name)


def _is_signature(paragraph: Paragraph) -> bool:
    text = key(paragraph.text)
    return 2 < len(text) <= _SIGNATURE_LENGTH and not re.search(r"[。;:,!?\d]", text)


def _without_furniture(found: list[Paragraph]) -> list[Paragraph]:
    kept = len(found)
    while kept and _FURNITURE.search(key(found[kept - 1].text)) and "。" not in found[kept - 1].text:
        kept -= 1
    return found[:kept]


def date_below_title(preface: Sequence[Paragraph]) -> Date | None:
    """The whole date that stands alone, in words, on one of the lines below the title; figures are a page's stamp."""
    for number, paragraph in enumerate(preface[:_BELOW_TITLE]):
        found = read_date(paragraph)
        goes_on = number + 1 < len(preface) and preface[number + 1].text.lstrip().startswith(_GOES_ON)
        if found and "年" in found[1].text and found[1].complete and not paragraph.text[: found[0]].strip("( "):
            return None if goes_on else found[1]
        if any(map(str.isdecimal, paragraph.text)):
            return None  # what is below it is of another matter
    return None


def read_date(paragraph: Paragraph) -> tuple[int, Date] | None:
    """The date that a short paragraph ends with, and where it begins: 2022年1月20日, 二〇二二年一月二十日."""
    text = paragraph.text.rstrip()
    if text.endswith(")") and text.lstrip().startswith("(") and text.count("(") == text.count(")") == 1:
        text = text[:-1]
    if len(text) > _SIGNATURE_LENGTH + 20 or "。" in text:
        return None
    places = [at for at, char in enumerate(text) if not char.isspace()]
    squeezed = "".join(text.split())
    match = _DATE.search(squeezed)
    if match is None or (match.start() and re.search(r"[:,;]", squeezed[: match.start()])):
        return None
    start = places[match.start()]
    span = paragraph.span(start, places[match.end() - 1] + 1)
    if run := match["run"]:
        return start, Date(run, span, int(run[:4]), int(run[4:6]), int(run[6:]), True)
    digits = match["y"] or (match["short"] and f"20{match['short']}")
    year = int(digits) if digits else read_year(match["cy"] + "年")
    if year is None:
        return None
    month = 1 if match["m"] == "元" else read_ordinal(match["m"])
    day = match["d"]
    number = read_ordinal(day) if day else None
    if month is None or not 1 <= month <= 12 or (number is not None and not 1 <= number <= 31):
        return None
    complete = bool(day) and not match["short"] and bool(match["end"] or "年" not in match[0])
    return start, Date(match[0], span, year, month, number, complete)
