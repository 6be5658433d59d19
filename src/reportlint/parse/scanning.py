"""Text to tokens: labels of a form, figures, headings, and everything else as TEXT.

A label is found exactly, joined from fragments that a layout tore apart, or nearly. Which of
two equal labels a token is (总计 stands in several tables) is left to the parser: place tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from reportlint.characters import IDEOGRAPH
from reportlint.forms.form import Form
from reportlint.forms.tables import Role, role_of
from reportlint.late import Late
from reportlint.model import How
from reportlint.parse.headings import Heading, classify
from reportlint.parse.layout import Segment, is_prose
from reportlint.parse.nearest import LONGEST, nearest
from reportlint.parse.stream import Stream, Word, whole_labels
from reportlint.parse.tokens import Token
from reportlint.text.measures import IN_CELLS

_PLAIN = Late(rf"(?:\d[.,]|\([一二三四五六七八九十]\))?{IDEOGRAPH}{{1,32}}")
_GLUED = Late(r"(.*\D)(\d[\d,]{0,15})")
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


def tokenize(folded: str, cells: list[Segment], form: Form) -> list[Token]:
    """The tokens of a folded text under `form`, in order; every word is in one of them.

    Labels whose parts stand apart are still in pieces; see reportlint.parse.joining.
    """
    return _Scanner(folded, cells, form).run()


class _Scanner:
    def __init__(self, folded: str, cells: list[Segment], form: Form) -> None:
        self.form = form
        self.cells = cells
        self.folded = folded
        self.stream = Stream(folded, cells, form)
        self.headings: dict[int, Heading] = {}
        self.prose: dict[int, bool] = {}
        self.inline = False
        wrapped = False
        plain = _plain_labels(form)
        for index, cell in enumerate(cells):
            if wrapped:
                wrapped = False
                continue
            if len(cell.words) == 1 and self.stream.mapped[cell.start : cell.end] in plain:
                self.stream.add(index, False)
                continue
            heading = self._heading(index) if cell.end - cell.start > _FIGURE_LENGTH else None
            if heading is not None:
                self.headings[index] = heading
                wrapped = heading.wrapped
            opaque = heading is not None or (is_prose(folded, cell) and not self.stream.glossed(cell))
            self.stream.add(index, opaque)
        self.stream.close()

    def _heading(self, index: int) -> Heading | None:
        """What the line of a cell is as a heading; it may be wrapped into the next line."""
        cell = self.cells[index]
        if not cell.alone:
            return None
        text = self.stream.key(cell.start, cell.end)
        heading = classify(text, self.form)
        if heading is not None and heading.how is How.EXACT and heading.kind != "HEADING":
            return heading
        begins = text[0] in _ORDINALS and len(text) < _HEADING_PART
        if begins and index + 1 < len(self.cells) and self.cells[index + 1].alone:
            behind = self.cells[index + 1]
            whole = classify(text + self.stream.key(behind.start, behind.end), self.form)
            if whole is not None and whole.how is How.EXACT and whole.kind != "HEADING" and not whole.length:
                return whole._replace(wrapped=True)
        return heading

    def run(self) -> list[Token]:
        tokens: list[Token] = []
        words, at = self.stream.words, 0
        while at < len(words):
            start, end, place, index, opaque = words[at]
            cell = self.cells[index]
            text = "" if opaque else self.stream.text[place : place + end - start]
            if text.isdecimal() and len(cell.words) == 1 and self.stream.known(words[at], text) == "FIGURE":
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
                if last and token.kind == last.kind and token.is_label and _beside(last, token):
                    last.copies = (*last.copies, (token.start, token.end))
                else:
                    tokens.append(token)
        return tokens

    def _read(self, at: int) -> tuple[list[Token], int]:
        """The tokens of a word, and the number of the word after them."""
        word = self.stream.words[at]
        cell = self.cells[word.cell]
        if word.opaque:
            return list(self._opaque(word, cell)), at + 1
        text = self.stream.text[word.place : word.place + word.end - word.start]
        kind = self.stream.known(word, text)
        if kind is not None:
            return [Token(kind, text, word.start, word.end, cell)], at + 1
        return self.stream.tile(at) or ([self.stream.token("TEXT", word.start, word.end, cell)], at + 1)

    def _opaque(self, word: Word, cell: Segment) -> Iterator[Token]:
        heading = self.headings.get(word.cell)
        if heading is None:
            yield self.stream.token("TEXT", word.start, word.end, cell)
            return
        end = word.end
        if heading.wrapped:
            behind = self.cells[word.cell + 1]
            token = self.stream.token(heading.kind, word.start, behind.end, cell)
            token.number, token.pieces = heading.number, ((word.start, word.end), (behind.start, behind.end))
            yield token
            return
        if heading.length:
            end = self._after(word.start, heading.length)
        token = self.stream.token(heading.kind, word.start, end, cell)
        token.how, token.number = heading.how, heading.number
        if cell.split and not self.inline and heading.how is How.EXACT:
            token.how = How.INLINE
        self.inline |= token.how is How.INLINE
        yield token
        if end < word.end:
            # A caption may stand behind its section's heading.
            caption = self.form.keys.get(self.stream.key(end, word.end), "TEXT")
            yield self.stream.token(caption if role_of(caption) is Role.CAPTION else "TEXT", end, word.end, cell)

    def _after(self, start: int, length: int) -> int:
        while length:
            length -= not self.folded[start].isspace()
            start += 1
        return start

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
                merged[-1] = self.stream.token("FIGURE", last.start, token.end, last.cell)
            elif token.kind == "TEXT" and last and last.kind == "TEXT" and not self._columns_apart(last, token):
                merged[-1] = self.stream.token("TEXT", last.start, token.end, last.cell)
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
        return [self._name(self.stream.token("TEXT", cell.start, cell.end, cell))]

    def _unglue(self, token: Token) -> Iterator[Token]:
        """A TEXT named; where a figure is glued to a misspelt label, both."""
        if token.kind == "TEXT":
            match = _GLUED.fullmatch(token.text)
            if match is not None and nearest(match[1], self.form)[0] is not None:
                at = token.end - len(match[2])
                yield self._name(self.stream.token("TEXT", token.start, at, token.cell))
                yield self.stream.token("FIGURE", at, token.end, token.cell)
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
def _plain_labels(form: Form) -> frozenset[str]:
    """Labels of tables that cannot be headings or sentences, alone in a cell; most labels are."""
    return frozenset(
        wording
        for wording in whole_labels(form)[0]
        if _PLAIN.fullmatch(wording) and wording[0] not in _ORDINALS and classify(wording, form) is None
    )


def _beside(last: Token, token: Token) -> bool:
    """Whether two tokens stand in one line, or as heads in two where each cell has a line of its own."""
    apart = token.cell.line - last.cell.line
    lines = apart == 1 and last.cell.alone and token.cell.alone and token.role is Role.COLUMN and not last.copies
    return apart == 0 or lines
