"""Prose between headings: paragraphs and sub-headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from reportlint.characters import IDEOGRAPH
from reportlint.late import Late, Marked
from reportlint.model import Paragraph, SubHeading
from reportlint.parse.tokens import Token
from reportlint.text.fold import Folded
from reportlint.text.measures import BEHIND_FIGURES, TIGHT
from reportlint.text.numbers import read_ordinal
from reportlint.words import either

_COUNTS = f"(?:{TIGHT}|{either('measures', 'in_dates')})"
_SET_OFF = Late(rf"(?<={IDEOGRAPH}) (?=\d[\d,.]* ?{_COUNTS})|(?<=\d) (?={_COUNTS})")
"""A blank that sets a figure off from its sentence."""
_WRAPPED = 24
"""A line at least this long that ends without a stop goes on in the next one."""
_WIDEST = 64
"""A text with longer lines than this is not wrapped at a fixed width."""
_RAGGED = 6
"""How much shorter than the widest one a line of a wrapped text may be that goes on in the next."""
_MEASURE = Late(rf"(?:{BEHIND_FIGURES}|号)")
_REST = Late(rf"\d{{1,4}}(?:{BEHIND_FIGURES}|号)")
_DATE_BEGUN, _DATE_ENDED = Late(r"[年月]\d$"), Late(r"\d[月日]")
_DEEPEST = 40
"""So many brackets open at once are no sentence's."""
_FAR = 5
"""More line ends than this part paragraphs, whatever is open."""
_OPENS = {"(": ")", "“": "”", "《": "》", "【": "】", "〔": "〕"}
_BRACKET = Late(f"[{''.join(_OPENS)}{''.join(_OPENS.values())}]")
_ITEM = Late(r"\(?[一二三四五六七八九十\d]{1,3}[)、.,是]|第[一二三四五六七八九十]")
_REFERRED = Late(r"\([一二三四五六七八九十]{1,3}\)\s?[项款目]")
"""A clause of a statute that is named, 第（二）项, is no item of the text."""
_STOPPED = tuple("。!?;:.…|")
_CLOSED = tuple('”")》】')
_GOES_ON = tuple(",、—")
_AHEAD = 4
_NEAR_BY = 200
_OUTER = Late(r"\s*(?:\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,2}、)")
_BEHIND = tuple(",。、;:)”》】!?的")
"""What no paragraph begins with."""
_BRACKETED = Marked(
    r"(?:^\s*|(?<=[。;:!?\s]))\(\s?(?P<n>[一二三四五六七八九十]{1,3})\s?\)[、.]?\s*(?=[^\s)、,项款目]|$)", "("
)
_DIGITED = Marked(r"^\s*(?P<n>\d{1,2})[.、](?=\s*[^\d\s])", ".、")
_IS = Marked(r"(?:^|(?<=[。;:,、!?\s]))(?P<n>[一二三四五六七八九十]{1,2})(?:是(?=[^否的])|要(?=[^求])|则)", "是要则")
_TITLE_END = Late(r"[。:;,\n]|\s{1,}")
_TITLE_LENGTH = 60
_RUNS = 8
_SUBJECT_END = Late(f"情况(?![和及与以])(?={IDEOGRAPH}|20\\d\\d年)")


def paragraphs(tokens: Iterable[Token], folded: Folded) -> list[Paragraph]:
    """Paragraphs of the tokens that are text, lines of a hard wrap joined."""
    held = list(tokens)
    lines = _Lines(folded.text, held)
    found: list[list[Token]] = []
    for number, token in enumerate(held):
        if found and lines.go_on(found[-1][-1], token, held[number : number + _AHEAD]):
            found[-1].append(token)
        else:
            lines.begin()
            found.append([token])
        lines.read(token)
    return [_paragraph(group, folded) for group in found]


class _Lines:
    """Which lines go on in the next one, told by their width, what they end and begin with, and open brackets."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.width = max((len(self.line(token)) for token in tokens if token.cell.alone), default=0)
        self.open: list[str] = []

    def line(self, token: Token) -> str:
        """The line that a token stands in."""
        return self.text[token.cell.start : token.cell.end]

    def begin(self) -> None:
        """A paragraph begins."""
        self.open.clear()

    def read(self, token: Token) -> None:
        """Keep in mind which brackets a token leaves open."""
        for match in _BRACKET.finditer(self.text, token.start, token.end):
            char = match[0]
            if char in _OPENS:
                self.open += [_OPENS[char]] * (len(self.open) < _DEEPEST)
            elif char in self.open:
                del self.open[self.open.index(char) :]
        del self.open[_FAR:]

    def closes(self, tokens: list[Token]) -> bool:
        """Whether the bracket that is open longest is closed in the lines of some tokens, within the sentence."""
        lines = dict.fromkeys((t.cell.start, min(t.cell.end, t.cell.start + _NEAR_BY)) for t in tokens)
        ahead = "".join(self.text[start:end] for start, end in lines).partition("。")[0]
        return bool(self.open) and self.open[0] in ahead

    def go_on(self, last: Token, token: Token, ahead: list[Token]) -> bool:
        """Whether a token belongs to the paragraph that `last` ends so far."""
        if token.cell is last.cell:
            return True
        if not token.cell.alone or not last.cell.alone or token.start < last.end or token.cell.gap > _FAR:
            return False
        if token.cell.line > last.cell.line + 1:
            return False  # the title stands between
        line, behind = self.line(last), self.line(token)
        if self.open and not line.endswith("。") and not _OUTER.match(behind) and self.closes(ahead):
            return True
        if line.endswith("。") or line[-1:] in _OPENS:
            return False  # what a line's end opens is closed in the next, or never: a page's 分享：(
        if _ITEM.match(behind) and not _REFERRED.match(behind) and not line.endswith("第"):
            return False
        if line[-1:].isdecimal() and _MEASURE.match(behind) and token.cell.gap == 1:
            return True
        if token.cell.gap == 1 and self.tears(line, behind):
            return True
        if line.endswith(_STOPPED) or (len(line) < _WRAPPED and not line.endswith(_GOES_ON)):
            return False
        wrapped = self.width <= _WIDEST and len(line) >= self.width - _RAGGED
        if token.cell.gap > 1:
            return wrapped and len(line) >= _WRAPPED and not line.endswith(_CLOSED)
        if line.endswith(_CLOSED) and not (wrapped or behind.startswith(_BEHIND)):
            return False
        return behind.startswith(_BEHIND) or _indent(token, self.text) <= _indent(last, self.text)

    def tears(self, line: str, behind: str) -> bool:
        """Whether a line's end tears a number: 2023年1|2月31日."""
        if not line[-1:].isdecimal():
            return False
        if _DATE_BEGUN.search(line) and _DATE_ENDED.match(behind):
            return True
        wrapped = self.width <= _WIDEST and len(line) >= self.width - _RAGGED
        return (wrapped or len(line) >= _WRAPPED) and _REST.match(behind) is not None


def _indent(token: Token, text: str) -> int:
    return token.start - 1 - text.rfind("\n", 0, token.start)


def _paragraph(group: list[Token], folded: Folded) -> Paragraph:
    runs: list[tuple[int, int]] = []
    for token in group:
        for start, end in token.pieces or ((token.start, token.end),):
            if runs and not folded.text[runs[-1][1] : start].strip(" ") and runs[-1][1] <= start:
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((start, end))
    if folded.text.find(" ", runs[0][0], runs[-1][1]) >= 0:
        runs = list(chain.from_iterable(_tight(folded, *run) for run in runs))
    return Paragraph.of(folded, runs)


def _tight(folded: Folded, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A range without the blanks around its figures: 2022 年 1 月 is read as 2022年1月."""
    for match in _SET_OFF.finditer(folded.text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def subheadings(found: list[Paragraph]) -> Iterator[SubHeading]:
    """The numbered items of a section's paragraphs, in order."""
    for index, paragraph in enumerate(found):
        items: list[SubHeading] = []
        text = paragraph.text
        first = len(text) - len(text.lstrip())
        for kind, pattern in (("bracket", _BRACKETED), ("digit", _DIGITED), ("is", _IS)):
            inner = 0
            for match in pattern.finditer(text):
                number = read_ordinal(match["n"])
                if number is None:
                    continue
                start = text.rfind("(", 0, match.start("n")) if kind == "bracket" else match.start("n") - 1
                if kind == "bracket" and start > first and number == inner + 1:
                    inner = number  # a list within the text, which begins at one: （一）登记；（二）审核
                elif kind != "bracket" or text[:start].rstrip()[-1:] != ":":
                    items.append(_subheading(kind, number, match, paragraph, index, first))
        yield from sorted(items, key=lambda item: item.span)


def _subheading(
    kind: str, number: int, match: re.Match[str], paragraph: Paragraph, index: int, first: int
) -> SubHeading:
    text = paragraph.text
    start = text.rfind("(", 0, match.start("n")) if kind == "bracket" else match.start("n")
    body = match.end()
    stop = _TITLE_END.search(text, body, body + _TITLE_LENGTH)
    end = stop.start() if stop else min(len(text), body + _TITLE_LENGTH)
    runs_on = False
    if kind == "bracket":
        subject = _SUBJECT_END.search(text, body, min(end, body + 24))
        if subject and len(text) - subject.end() > _RUNS:
            # What stands on the next line does not run on.
            end, runs_on = subject.end(), subject.end() not in paragraph.offsets
    span = paragraph.span(start, max(end, body) if kind == "bracket" else body)
    in_line = kind == "bracket" and start > first
    return SubHeading(kind, number, text[body:end], span, index, in_line, runs_on)
