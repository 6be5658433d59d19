"""Tables of the author's own, which stand beside the form's: what came in by month, by department, by channel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from reportlint.forms.form import Form
from reportlint.forms.tables import ROLE_OF, Role
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
    if not any(map(_may_be_head, tokens)):
        return tokens
    kept = list(tokens)
    lines = list(_lines(tokens))
    number = 0
    while number < len(lines):
        length = _table(lines, number, form)
        for line in lines[number : number + length]:
            for at, token in enumerate(line.tokens, line.at):
                kept[at] = replace(token, kind="TEXT", how=How.EXACT, candidates=())
        number += max(length, 1)
    return kept


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
    has_labels = any(token.is_label for line in over for token in line.tokens)
    names_columns = any((line.section, token.kind) in _labels(form) for line in over for token in line.tokens)
    if first and _is_row(lines[first - 1], form) and lines[first - 1].width == over[0].width:
        return 0  # one of the form's rows, with words for its figure
    rows = strange = 0
    for at in range(first + heads, len(lines)):
        line = lines[at]
        token = _label(line, over)
        if token is None or not _is_as_wide(line, over[0], width):
            break
        if _is_strange(token):
            strange += not names_columns or _OTHERS.search(token.text) is not None
        elif not has_labels and _is_elsewhere(token, line, form):
            strange += 1
        elif token.text not in listed("rows", "totals") or not strange:
            break
        rows += 1
    behind = lines[first + heads + rows : first + heads + rows + 1]
    if rows and behind and _is_row(behind[0], form) and _is_as_wide(behind[0], over[0], width):
        return 0  # the form's own table, under a head in other words
    return heads + rows if strange >= (_TELLING if has_labels else 1) else 0


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


def _is_elsewhere(token: Token, line: _Line, form: Form) -> bool:
    """Whether a label is none of a row that its section has, or of one that has far more figures than its line."""
    if ROLE_OF[token.kind] in (Role.COLUMN, Role.GROUP):
        return True  # none has figures of its own in the form
    columns = _columns(form).get((line.section, token.kind))
    return ROLE_OF[token.kind] is Role.ROW and (columns is None or columns > line.width)


@cache
def _labels(form: Form) -> frozenset[tuple[str, str]]:
    """The labels in the heads of tables, each with the terminal of its section's heading."""
    return frozenset((section.heading, head) for section in form.sections for t in section.tables for head in t.heads)


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
