"""Text to tokens: labels of a form, figures, headings, and everything else as TEXT.

A label is found exactly, joined from fragments that a layout tore apart, or nearly. Which of
two equal labels a token is (总计 stands in several tables) is left to the parser: place tells.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from reportlint.forms.form import Form
from reportlint.forms.tables import LABELS, ROLE_OF, Role, role_of
from reportlint.late import Late
from reportlint.model import How
from reportlint.parse.headings import Heading, classify
from reportlint.parse.layout import Segment, is_prose
from reportlint.parse.nearest import LONGEST, Likeness, nearest
from reportlint.text.keys import same_length_key
from reportlint.text.measures import IN_CELLS
from reportlint.tuples import NamedTuple

FIGURE = Late(
    r"[?]*(?:[+\-−]|增加?|减少?)?\d[\d,]{0,20}(?:\.\d{1,12})?(?:/[+\-]?\d{1,15})?[?]*"
    r"(?:件次?|条|个|项|份|宗|人次|次|元|万元|亿元|%)?[?]*"
)
# What people and converters put where a figure belongs.
BLANK_MARK = Late(
    r"[/\\—–\-−_*?…·]{1,4}|无|零|〇|空|暂无|没有|增|减|[一二三四五六七八九十两]{1,2}"
    r"|[A-Za-z]|[\dOoIlSZB?]{2,4}|(?i:null|nil|nan|n/?a|none)|#(?i:ref|value|n/?a|div/0|name|num)[!?]?"
    r"|[\u2460-\u2473\u2776-\u277f]"
)
_ENDLESS = Late(r"\d[\d,.]{20,}")
_GLUED = Late(r"(.*\D)(\d[\d,]{0,15})")
_UNIT = Late("单位|[件条个项份元次]\\)|^\\(\\d")
_ROW_LABEL = 40
_WIDE = 2
_HEADING_PART = 24
_ORDINALS = "一二三四五六七八九十第"
_PIECE = 4
_LONGEST = LONGEST + 16
"""Longer texts are no label, even with a figure glued to it."""
_MANY_FIGURES = 3
_FIGURE_LENGTH = 3
"""What is no longer than this is no heading."""
_ORDINARY = 20
"""Figures with fewer digits are figures."""


@dataclass(slots=True)
class Token:
    """A piece of the text with its terminal; offsets are into the folded text.

    `text` is its key (see forms.key). `how` says how a label was recognised: How.EXACT,
    "near" (misspelt), "cut" (its end lost), "renamed" (known by its place alone), "inline"
    (a heading with text behind it). `pieces` are the ranges of a torn label, `copies` those where it
    stands again in the cells behind. `blanks` counts
    the empty cells before a figure on its line. `candidates` are labels that a TEXT may be;
    the parser takes one where it fits.
    """

    kind: str
    text: str
    start: int
    end: int
    cell: Segment
    how: How = How.EXACT
    pieces: tuple[tuple[int, int], ...] = ()
    copies: tuple[tuple[int, int], ...] = ()
    blanks: int = 0
    candidates: tuple[Likeness, ...] = ()
    number: str | None = None

    @property
    def role(self) -> Role:
        """What kind of symbol its terminal is."""
        return ROLE_OF[self.kind]

    @property
    def is_label(self) -> bool:
        """Whether the token is fixed wording of the form."""
        return ROLE_OF[self.kind] in LABELS


class _Word(NamedTuple):
    """A word of a cell, or a whole opaque cell, and its place in the stream."""

    start: int
    end: int
    place: int
    cell: int
    opaque: bool


def tokenize(folded: str, cells: list[Segment], form: Form) -> list[Token]:
    """The tokens of a folded text under `form`, in order; every word is in one of them.

    Labels whose parts stand apart are still in pieces; see reportlint.parse.joining.
    """
    return _Scanner(folded, cells, form).run()


class _Scanner:
    """The words of all cells run together in a stream, so that torn labels are whole.

    Prose and headings stand in the stream as a newline, which no label crosses.
    """

    def __init__(self, folded: str, cells: list[Segment], form: Form) -> None:
        self.form = form
        self.cells = cells
        self.folded = folded
        self.mapped = same_length_key(folded)
        self.labels = _labels_by_first(form)
        self.whole, self.numbered = _whole_labels(form)
        self.headings: dict[int, Heading] = {}
        self.prose: dict[int, bool] = {}
        self.inline = False
        self.words: list[_Word] = []
        parts: list[str] = []
        place = 0
        wrapped = False
        for index, cell in enumerate(cells):
            if wrapped:
                wrapped = False
                continue
            heading = None
            if cell.end - cell.start > _FIGURE_LENGTH:
                heading = self._heading(index)
                if heading is not None:
                    self.headings[index] = heading
                    wrapped = heading.wrapped
            if heading is not None or (is_prose(folded, cell) and not self._glossed(cell)):
                self.words.append(_Word(cell.start, cell.end, place, index, True))
                parts.append("\n")
                place += 1
                continue
            for start, end in cell.words:
                self.words.append(_Word(start, end, place, index, False))
                parts.append(self.mapped[start:end])
                place += end - start
        self.stream = "".join(parts)
        self.places = [word.place for word in self.words]
        self.ends = {word.place + word.end - word.start: n for n, word in enumerate(self.words) if not word.opaque}

    def _glossed(self, cell: Segment) -> bool:
        """Whether a cell is a row's label with its explanation in brackets: 规范性文件（行政机关制定发布的决定…）."""
        if self.mapped[cell.end - 1] != ")" or len(cell.words) != 1:
            return False
        found = self.labels.get(self.mapped[cell.start], ())
        return any(
            role_of(kind) is Role.ROW and self.mapped.startswith(f"{wording}(", cell.start) for wording, kind in found
        )

    def _heading(self, index: int) -> Heading | None:
        """What the line of a cell is as a heading; it may be wrapped into the next line."""
        cell = self.cells[index]
        if not cell.alone:
            return None
        text = self._key(cell.start, cell.end)
        heading = classify(text, self.form)
        if heading is not None and heading.how is How.EXACT and heading.kind != "HEADING":
            return heading
        begins = text[0] in _ORDINALS and len(text) < _HEADING_PART
        if begins and index + 1 < len(self.cells) and self.cells[index + 1].alone:
            behind = self.cells[index + 1]
            whole = classify(text + self._key(behind.start, behind.end), self.form)
            if whole is not None and whole.how is How.EXACT and whole.kind != "HEADING" and not whole.length:
                return whole._replace(wrapped=True)
        return heading

    def _key(self, start: int, end: int) -> str:
        return "".join(self.mapped[start : min(end, start + 400)].split())

    def run(self) -> list[Token]:
        tokens: list[Token] = []
        words, at = self.words, 0
        while at < len(words):
            start, end, place, index, opaque = words[at]
            cell = self.cells[index]
            text = "" if opaque else self.stream[place : place + end - start]
            if text.isdigit() and len(cell.words) == 1 and self._known(words[at], text) == "FIGURE":
                # Most cells are a bare figure each.
                tokens.append(Token("FIGURE", text, start, end, cell, blanks=cell.walls))
                at += 1
                continue
            made: list[Token] = []
            while at < len(words) and words[at].cell == index:
                more, at = self._read(at)
                made += more
            for token in self._settle(cell, made):
                # A converter repeats the label of a merged cell in each column it spans.
                last = tokens[-1] if tokens else None
                if last and token.kind == last.kind and token.is_label and token.cell.line == last.cell.line:
                    last.copies = (*last.copies, (token.start, token.end))
                else:
                    tokens.append(token)
        return tokens

    def _read(self, at: int) -> tuple[list[Token], int]:
        """The tokens of a word, and the number of the word after them."""
        word = self.words[at]
        cell = self.cells[word.cell]
        if word.opaque:
            return list(self._opaque(word, cell)), at + 1
        text = self.stream[word.place : word.place + word.end - word.start]
        kind = self._known(word, text)
        if kind is not None:
            return [Token(kind, text, word.start, word.end, cell)], at + 1
        return self._tile(at) or ([self._token("TEXT", word.start, word.end, cell)], at + 1)

    def _known(self, word: _Word, text: str) -> str | None:
        """What a word is where that is plain: a label by itself, or a bare figure, as nearly every word is."""
        if text.isdigit() and len(text) < _ORDINARY and text.isascii():
            return None if self.stream[word.place : word.place + 2] in self.numbered else "FIGURE"
        return self.whole.get(text)

    def _opaque(self, word: _Word, cell: Segment) -> Iterator[Token]:
        heading = self.headings.get(word.cell)
        if heading is None:
            yield self._token("TEXT", word.start, word.end, cell)
            return
        end = word.end
        if heading.wrapped:
            behind = self.cells[word.cell + 1]
            token = self._token(heading.kind, word.start, behind.end, cell)
            token.number, token.pieces = heading.number, ((word.start, word.end), (behind.start, behind.end))
            yield token
            return
        if heading.length:
            end = self._after(word.start, heading.length)
        token = self._token(heading.kind, word.start, end, cell)
        token.how, token.number = heading.how, heading.number
        if cell.split and not self.inline and heading.how is How.EXACT:
            token.how = How.INLINE
        self.inline |= token.how is How.INLINE
        yield token
        if end < word.end:
            # A caption may stand behind its section's heading.
            caption = self.form.keys.get(self._key(end, word.end), "TEXT")
            yield self._token(caption if role_of(caption) is Role.CAPTION else "TEXT", end, word.end, cell)

    def _after(self, start: int, length: int) -> int:
        while length:
            length -= not self.folded[start].isspace()
            start += 1
        return start

    def _token(self, kind: str, start: int, end: int, cell: Segment) -> Token:
        return Token(kind, self._key(start, end), start, end, cell)

    def _tile(self, number: int) -> tuple[list[Token], int] | None:
        """The labels and figures that make up a word, and the number of the word after them.

        A label may take in the words that follow. None where anything is left over.
        """
        word = self.words[number]
        cell = self.cells[word.cell]
        at, stop = word.place, word.place + word.end - word.start
        shift = word.start - word.place
        tokens: list[Token] = []
        while at < stop:
            found = self._label(at, stop)
            if found is not None:
                terminal, end = found
                text = self.stream[at:end]
                if end > stop:
                    pieces = tuple(self._pieces(at, end))
                    whole = Token(terminal, text, pieces[0][0], pieces[-1][1], cell)
                    whole.pieces = pieces if self._apart(pieces) else ()
                    return [*tokens, whole], self.ends[end] + 1
                tokens.append(Token(terminal, text, at + shift, end + shift, cell))
                at = end
            elif tokens and self.stream[at] in ":,.。":
                at += 1
            elif tokens and self.stream[at] == "(" and self.stream[stop - 1] == ")":
                # A remark behind the label, 2.重复申请（含1件）; a column's name has none but its unit.
                if tokens[-1].role is Role.COLUMN and not _UNIT.search(self.stream, at, stop):
                    tokens[-1].how, tokens[-1].end = How.NEAR, word.end
                at = stop
            else:
                rest = self.stream[at : min(stop, at + 40)]
                if not _ENDLESS.fullmatch(self.stream, at, stop) and (
                    stop - at > 40 or not (FIGURE.fullmatch(rest) or (BLANK_MARK.fullmatch(rest) and not tokens))
                ):
                    return None
                tokens.append(Token("FIGURE", rest, at + shift, word.end, cell))
                at = stop
        return tokens, number + 1

    def _label(self, at: int, stop: int) -> tuple[str, int] | None:
        for wording, terminal in self.labels.get(self.stream[at], ()):
            end = at + len(wording)
            if (end <= stop or end in self.ends) and self.stream.startswith(wording, at):
                return terminal, end
        return None

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The folded ranges behind a stretch of the stream that crosses words."""
        number = bisect_right(self.places, start) - 1
        while start < end:
            word = self.words[number]
            stop = min(end, word.place + word.end - word.start)
            yield start - word.place + word.start, stop - word.place + word.start
            start = stop
            number += 1

    def _apart(self, pieces: tuple[tuple[int, int], ...]) -> bool:
        between = (self.folded[a[1] : b[0]] for a, b in pairwise(pieces))
        return any(not gap.isspace() or "\n" in gap for gap in between)

    def _settle(self, cell: Segment, tokens: list[Token]) -> list[Token]:
        """Decide what a cell with unknown words is: misspelt labels, a strange row, or text."""
        if len(tokens) == 1:
            odd = tokens[0].kind == "TEXT" and len(tokens[0].text) <= _LONGEST
        else:
            odd = any(token.kind == "TEXT" for token in tokens)
        if odd and not tokens[0].kind.startswith("H"):
            tokens = self._settle_unknown(cell, self._merge(tokens))
        tokens[0].blanks = cell.walls
        return tokens

    def _merge(self, tokens: list[Token]) -> list[Token]:
        merged: list[Token] = []
        for token in tokens:
            last = merged[-1] if merged else None
            if token.kind == "TEXT" and last and last.kind == "FIGURE" and token.text in IN_CELLS:
                merged[-1] = self._token("FIGURE", last.start, token.end, last.cell)
            elif token.kind == "TEXT" and last and last.kind == "TEXT" and not self._columns_apart(last, token):
                merged[-1] = self._token("TEXT", last.start, token.end, last.cell)
            else:
                merged.append(token)
        return merged

    def _columns_apart(self, left: Token, right: Token) -> bool:
        """Whether two short words with a wide gap are pieces of two column heads."""
        return right.start - left.end >= _WIDE and len(left.text) <= _PIECE and len(right.text) <= _PIECE

    def _settle_unknown(self, cell: Segment, tokens: list[Token]) -> list[Token]:
        tokens = [named for token in tokens for named in self._unglue(token)]
        unknown = [n for n, token in enumerate(tokens) if token.kind == "TEXT"]
        figures = sum(token.kind == "FIGURE" for token in tokens)
        if len(tokens) == 1 or not unknown or (unknown == [0] and tokens[0].end - tokens[0].start <= _ROW_LABEL):
            return tokens
        if figures >= _MANY_FIGURES and not is_prose(self.folded, cell):
            return tokens
        short = all(tokens[n].candidates or len(tokens[n].text) <= _PIECE for n in unknown)
        if short and (len(unknown) == len(tokens) or any(token.is_label for token in tokens)):
            return tokens
        return [self._name(self._token("TEXT", cell.start, cell.end, cell))]

    def _unglue(self, token: Token) -> Iterator[Token]:
        """A TEXT named; where a figure is glued to a misspelt label, both."""
        if token.kind == "TEXT":
            match = _GLUED.fullmatch(token.text)
            if match is not None and nearest(match[1], self.form)[0] is not None:
                at = token.end - len(match[2])
                yield self._name(self._token("TEXT", token.start, at, token.cell))
                yield self._token("FIGURE", at, token.end, token.cell)
                return
            token = self._name(token)
        yield token

    def _name(self, token: Token) -> Token:
        """A TEXT as the label that it clearly misspells, or with what it might be."""
        if token.cell.start not in self.prose:
            self.prose[token.cell.start] = is_prose(self.folded, token.cell)
        if self.prose[token.cell.start]:
            return token
        best, token.candidates = nearest(token.text, self.form)
        if best is not None:
            token.kind, token.how = best, How.NEAR
        return token


@cache
def _labels_by_first(form: Form) -> dict[str, list[tuple[str, str]]]:
    """Accepted wordings by their first character, longest first; 1, and 1. are one."""
    labels: dict[str, list[tuple[str, str]]] = {}
    for wording, terminal in form.keys.items():
        if role_of(terminal) is Role.SECTION:
            continue
        labels.setdefault(wording[0], []).append((wording, terminal))
        if wording[0].isdigit() and wording[1:2] == ".":
            labels[wording[0]].append((f"{wording[0]},{wording[2:]}", terminal))
    for found in labels.values():
        found.sort(key=lambda item: -len(item[0]))
    return labels


@cache
def _whole_labels(form: Form) -> tuple[dict[str, str], frozenset[str]]:
    """Wordings that begin no longer one, with their labels; and how those that begin with a digit begin."""
    labels = [item for found in _labels_by_first(form).values() for item in found]
    wordings = sorted({wording for wording, _ in labels})
    longer = {first for first, second in pairwise(wordings) if second.startswith(first)}
    whole: dict[str, str] = {}
    for wording, terminal in labels:
        if wording not in longer:
            whole.setdefault(wording, terminal)
    return whole, frozenset(wording[:2] for wording in wordings if wording[0].isdigit())
