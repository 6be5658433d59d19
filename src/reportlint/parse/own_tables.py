"""Tables of the author's own, which stand beside the form's: what came in by month, by department, by channel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, islice

from reportlint.forms.form import Form
from reportlint.forms.tables import LABELS, ROLE_OF, Role
from reportlint.late import Late
from reportlint.model import How
from reportlint.parse.tokens import Token
from reportlint.records import replace
from reportlint.tuples import NamedTuple
from reportlint.words import either, listed

_UNKNOWN = ("TEXT", "HEADING")
_OTHERS = Late(either("rows", "others"))
"""What rows of other tables are of, whatever their head has of the form's: years, departments."""
_FEWEST = 2
"""Cells that a line of a table has at least."""
_TELLING = 2
"""So many rows of its own tell a table whose head has words of the form."""
_HEADS = 3
_TALLEST = 16
"""A table whose cells have a line each has no more columns than this."""
_LONGEST = 16
"""A cell of one that is longer is a line of prose."""
_CORNER = 1
"""A head may have so many cells less than its rows: the corner over their labels is empty."""


class _Line(NamedTuple):
    """A line of the text: the number of its first token, its tokens, how many cells it has, and its section."""

    at: int
    tokens: list[Token]
    width: int
    section: str

    @property
    def has_figures(self) -> bool:
        return any(token.kind == "FIGURE" for token in self.tokens)


def as_text(tokens: list[Token], form: Form) -> list[Token]:
    """The tokens of a text under a form, with all that stands in tables of the author's own as text.

    Such a table has a head, which is no figure and does not begin with a label of the form, and behind it rows as
    wide as the head that begin with none that the form has in such a place. It ends where a line is no such row.
    """
    stacked = _has_stacked_head(tokens)
    if not stacked and not any(map(_may_be_head, tokens)):
        return tokens
    kept = list(tokens)
    lines = list(_lines(tokens))
    number = 0
    while number < len(lines):
        length = _table(lines, number, form) or (stacked and _stack(lines, number, form))
        for line in lines[number : number + length]:
            for at, token in enumerate(line.tokens, line.at):
                kept[at] = replace(token, kind="TEXT", how=How.EXACT, candidates=())
        number += max(length, 1)
    return kept


def _has_stacked_head(tokens: Sequence[Token]) -> bool:
    """Whether figures have a line each, and so have two short texts not far in front of some, the first no label."""
    if not any(token.kind == "FIGURE" and _is_stacked(token) for token in tokens):
        return False
    start = next((n for n, token in enumerate(tokens) if ROLE_OF[token.kind] is Role.SECTION), len(tokens))
    return any(
        token.kind in _UNKNOWN
        and _is_short(token)
        and _is_short(tokens[n])
        and any(other.kind == "FIGURE" for other in tokens[n : n + _TALLEST])
        for n, token in enumerate(islice(tokens, start, len(tokens) - 1), start + 1)
    )


def _is_short(token: Token) -> bool:
    return len(token.text) <= _LONGEST and _is_stacked(token) and ROLE_OF[token.kind] is not Role.SECTION


def _may_be_head(token: Token) -> bool:
    """Whether a token that is no label stands on a line of several cells; in most reports none does."""
    return token.kind in _UNKNOWN and not (token.cell.alone and len(token.cell.words) < _FEWEST)


def _lines(tokens: Sequence[Token]) -> Iterator[_Line]:
    """The lines of a text with the section that each stands in."""
    at, section = 0, ""
    for _, group in groupby(tokens, key=lambda token: token.cell.line):
        line = list(group)
        if ROLE_OF[line[0].kind] is Role.SECTION:
            section = line[0].kind
        # Where blanks part cells, a line is one cell of several words.
        width = len(line[0].cell.words) if line[0].cell.alone else len({token.cell.start for token in line})
        yield _Line(at, line, width, section)
        at += len(line)


def _table(lines: list[_Line], first: int, form: Form) -> int:
    """How many lines the table of the author's own has whose head begins at a line; none where it is not one."""
    heads = 0
    while heads < _HEADS and first + heads < len(lines) and _is_head(lines[first + heads]):
        heads += 1
    if not heads:
        return 0
    over = lines[first : first + heads]
    width = max(line.width for line in over)
    if first and _is_row(lines[first - 1], form) and lines[first - 1].width == over[0].width:
        return 0  # one of the form's rows, with words for its figure
    rows = _Rows(over, form)
    at = first + heads
    while (
        at < len(lines)
        and _is_as_wide(lines[at], over[0], width)
        and rows.take(_label(lines[at], over), lines[at].width)
    ):
        at += 1
    if rows.count and at < len(lines) and _is_row(lines[at], form) and _is_as_wide(lines[at], over[0], width):
        return 0  # the form's own table, under a head in other words
    return at - first if rows.tell(1) else 0


def _stack(lines: list[_Line], first: int, form: Form) -> int:
    """The same of a table whose cells have a line each: as many heads as a row has cells, row behind row."""
    if not (_is_strange(lines[first].tokens[0]) and _is_cell(lines, first, figure=False)):
        return 0
    texts = next((n for n in range(_TALLEST) if not _is_cell(lines, first + n, figure=False)), 0)
    figures = next((n for n in range(_TALLEST) if not _is_cell(lines, first + texts + n, figure=True)), 0)
    width = figures + 1
    if not figures or texts != width + 1:
        return 0
    if first and lines[first - 1].has_figures:
        return 0  # it may be a row of the table in front
    rows = _Rows(lines[first : first + width], form)
    at = first + width
    while all(_is_cell(lines, at + n, figure=n > 0) for n in range(width)) and rows.take(lines[at].tokens[0], width):
        at += width
    if at < len(lines) and (lines[at].section, lines[at].tokens[0].kind) in _columns(form):
        return 0
    return at - first if rows.tell(_TELLING) else 0


class _Rows:
    """The rows of what may be a table of the author's own, under its head."""

    def __init__(self, head: list[_Line], form: Form) -> None:
        self.form = form
        self.section = head[0].section
        self.count = self.strange = 0
        kinds = {token.kind for line in head for token in line.tokens}
        self._names_labels = any(ROLE_OF[kind] in LABELS for kind in kinds)
        self._names_columns = not kinds.isdisjoint(_heads(form).get(self.section, ()))

    def take(self, label: Token | None, width: int) -> bool:
        """Count a row of so many cells, if it can be one of the table."""
        if label is None:
            return False
        if _is_strange(label):
            self.strange += not self._names_columns or _OTHERS.search(label.text) is not None
        elif not self._names_labels and self._is_elsewhere(label, width):
            self.strange += 1
        elif label.text not in listed("rows", "totals") or not self.strange:
            return False
        self.count += 1
        return True

    def tell(self, least: int) -> bool:
        """Whether there are so many rows that the form does not have; under its own words at least two."""
        return self.strange >= (_TELLING if self._names_labels else least)

    def _is_elsewhere(self, label: Token, width: int) -> bool:
        """Whether a label is none of a row that the section has, or of one that has far more figures."""
        if ROLE_OF[label.kind] in (Role.COLUMN, Role.GROUP):
            return True  # none has figures of its own in the form
        columns = _columns(self.form).get((self.section, label.kind))
        return ROLE_OF[label.kind] is Role.ROW and (columns is None or columns > width)


def _is_cell(lines: list[_Line], at: int, *, figure: bool) -> bool:
    """Whether a line is a cell of a table by itself, with a figure or with a word or two."""
    if at >= len(lines) or len(lines[at].tokens) != 1 or not _is_stacked(lines[at].tokens[0]):
        return False
    token = lines[at].tokens[0]
    if token.kind == "FIGURE" or token.text.endswith("%"):
        return figure
    return not figure and _is_short(token)


def _is_stacked(token: Token) -> bool:
    """Whether a token stands alone on its line."""
    return token.cell.alone and len(token.cell.words) == 1


def _is_as_wide(line: _Line, head: _Line, width: int) -> bool:
    """Whether a line has figures, and as many cells as the head of a table; where blanks part them exactly so."""
    alone = head.tokens[0].cell.alone
    least = max(_FEWEST, alone * width)
    return line.has_figures and line.tokens[0].cell.alone == alone and least <= line.width <= width + _CORNER


def _is_row(line: _Line, form: Form) -> bool:
    """Whether a line is a row that the form has in the section, with its figures."""
    return line.has_figures and (line.section, line.tokens[0].kind) in _columns(form)


def _is_head(line: _Line) -> bool:
    return line.width >= _FEWEST and not line.has_figures and _is_strange(line.tokens[0])


def _label(line: _Line, heads: list[_Line]) -> Token | None:
    """What a row begins with; behind its number where the head has a word for that in front."""
    tokens = line.tokens
    if tokens[0].kind == "FIGURE" and heads[0].tokens[0].text.startswith(listed("rows", "numbers")):
        tokens = tokens[1:]
    return tokens[0] if tokens and tokens[0].kind != "FIGURE" else None


def _is_strange(token: Token) -> bool:
    """Whether a token is no label of the form, nor a misspelt one."""
    return token.kind in _UNKNOWN and not token.candidates


@cache
def _heads(form: Form) -> dict[str, frozenset[str]]:
    """The labels in the heads of a section's tables, by the terminal of its heading."""
    return {section.heading: frozenset().union(*(table.heads for table in section.tables)) for section in form.sections}


@cache
def _columns(form: Form) -> dict[tuple[str, str], int]:
    """How many figures a row has, by the terminals of its section's heading and of its label."""
    return {
        (section.heading, label): len(table.columns)
        for section in form.sections
        for table in section.tables
        for row in table.rows
        for label in (row.label, *form.homonyms.get(row.label, ()))
    }
