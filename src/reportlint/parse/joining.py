"""What only several tokens together tell: torn labels, and text in place of a figure."""

from __future__ import annotations

from functools import cache
from itertools import groupby, takewhile

from reportlint.forms.form import Form
from reportlint.forms.tables import Role, role_of
from reportlint.late import Late
from reportlint.model import How
from reportlint.parse.layout import Segment
from reportlint.parse.own_tables import as_text
from reportlint.parse.scanning import tokenize
from reportlint.parse.tokens import Token
from reportlint.records import replace

_MERGED = Late("(?i:none|nan|null)")
_TORN_WINDOW = 48
_GROUP_WINDOW = 120


def read_tokens(folded: str, cells: list[Segment], form: Form) -> list[Token]:
    """The tokens of a folded text under `form`, with torn labels whole and cells filled."""
    tokens = as_text(tokenize(folded, cells, form), form)
    tokens = without_index(without_merged(tokens, form) if _MERGED.search(folded) else tokens)
    return fill_cells(raise_groups(join_torn(tokens, form), form), form)


def without_merged(tokens: list[Token], form: Form) -> list[Token]:
    """The tokens without what a program writes into the cells that a label's cell took in: None | nan | 42 | 0.

    What stands in front of a label on its line is such a cell, and so is what stands behind one, if as many
    figures follow as a table has columns.
    """
    if not any(_MERGED.fullmatch(token.text) for token in tokens):
        return tokens
    widths = {len(table.columns) for table in form.tables if len(table.columns) > 1}
    kept: list[Token] = []
    for _, group in groupby(tokens, key=lambda token: token.cell.line):
        line = list(group)
        labels = [n for n, token in enumerate(line) if token.is_label or token.candidates]
        last = labels[-1] if labels else -1
        behind = next((n for n in range(last + 1, len(line)) if not _MERGED.fullmatch(line[n].text)), len(line))
        first = behind if last >= 0 and len(line) - behind in widths else last + 1
        taken = 0
        for n, token in enumerate(line):
            if n < first and _MERGED.fullmatch(token.text):
                taken += 1 + token.blanks
            else:
                token.blanks += taken
                taken = 0
                kept.append(token)
    return kept


def without_index(tokens: list[Token]) -> list[Token]:
    """The tokens without the numbers of a column that counts the rows: 1 | 规章 | 0 | 0 | 0."""
    kept: list[Token] = []
    following = "1"
    for n, token in enumerate(tokens):
        if token.text in ("1", following) and token.kind == "FIGURE" and _numbers_a_row(tokens, n, kept):
            following = str(int(token.text) + 1)
            continue
        kept.append(token)
    return kept


def _numbers_a_row(tokens: list[Token], n: int, kept: list[Token]) -> bool:
    """Whether a figure is the first cell of its line, and the label of a row the next.

    In one cell, or where blanks part the cells, the row has figures behind it too: 1 规章 0 0 0.
    """
    line, behind = tokens[n].cell.line, tokens[n + 1] if n + 1 < len(tokens) else None
    if behind is None or behind.cell.line != line:
        return False
    if behind.cell is tokens[n].cell:
        own = tokens[n + 2] if n + 2 < len(tokens) else None
        if own is None or own.kind != "FIGURE" or own.cell.line != line:
            return False
    return behind.role in (Role.ROW, Role.GROUP) and (not kept or kept[-1].cell.line != line)


@cache
def _beginnings(form: Form) -> dict[str, list[tuple[str, str]]]:
    """Beginnings of labels, each with the labels (terminal, wording) that it may grow into."""
    starts: dict[str, list[tuple[str, str]]] = {}
    for terminal, wording in form.canonical.items():
        if role_of(terminal) is not Role.SECTION:
            for length in range(2 if len(wording) > 2 else 1, len(wording)):
                starts.setdefault(wording[:length], []).append((terminal, wording))
                if wording[0].isdecimal() and wording[1] == ".":
                    starts.setdefault(f"{wording[0]},{wording[2:length]}", []).append((terminal, wording))
    return starts


@cache
def _members(form: Form) -> dict[str, frozenset[str]]:
    """The rows of each group."""
    found: dict[str, frozenset[str]] = {}
    for table in form.tables:
        for n, group in enumerate(table.rows):
            if group.is_group:
                inner = takewhile(lambda row, group=group: row.depth > group.depth, table.rows[n + 1 :])  # type: ignore[misc]
                found[group.label] = frozenset(row.label for row in inner)
    return found


def raise_groups(tokens: list[Token], form: Form) -> list[Token]:
    """Put a group's label in front of its rows where a layout set it beside their middle."""
    members = _members(form)
    raised = list(tokens)
    for n, token in enumerate(tokens):
        if token.kind not in members:
            continue
        first = n
        for at in range(n - 1, max(-1, n - _GROUP_WINDOW), -1):
            if raised[at].kind in members[token.kind]:
                first = at
            elif raised[at].kind != "FIGURE":
                break
        if first < n:
            raised[first : n + 1] = [token, *raised[first:n]]
    return raised


def join_torn(tokens: list[Token], form: Form) -> list[Token]:
    """Put together labels whose parts stand apart, with rows or a page number between."""
    starts = _beginnings(form)
    gone: set[int] = set()
    joined: dict[int, Token] = {}
    for index, token in enumerate(tokens):
        if index in gone or token.text not in starts or not (token.kind == "TEXT" or token.how is How.NEAR):
            continue
        whole = tokens[index + 1] if index + 1 < len(tokens) else None
        if whole is not None and _begins(token, whole):
            # Its beginning once more in front of a label: where a page broke the row.
            joined[index + 1] = replace(whole, pieces=((token.start, token.end), (whole.start, whole.end)))
            gone.add(index)
            continue
        found = [(parts, t) for t, w in starts[token.text] if (parts := _parts(tokens, index, w, gone))]
        if found:
            parts, terminal = min(found)
            pieces = tuple((tokens[n].start, tokens[n].end) for n in parts)
            joined[index] = replace(token, kind=terminal, how=How.EXACT, pieces=pieces, candidates=())
            gone.update(parts[1:])
            between = range(parts[0] + 1, parts[-1])
            if len(between) == 1 and tokens[between[0]].kind == "FIGURE" and tokens[between[0]].cell.alone:
                gone.add(between[0])  # a page number
    return [joined.get(n, token) for n, token in enumerate(tokens) if n not in gone]


def _begins(token: Token, label: Token) -> bool:
    """Whether a token, alone on its line or in the cell in front, begins the row label that follows whole."""
    row = label.role in (Role.ROW, Role.GROUP) and label.how is How.EXACT and not label.pieces
    beside = token.cell.alone or token.cell.line == label.cell.line
    return row and beside and len(token.text) < len(label.text) and label.text.startswith(token.text)


def _parts(tokens: list[Token], index: int, wording: str, gone: set[int]) -> tuple[int, ...]:
    """The tokens that together make up `wording`, beginning with `index`; empty if none do."""
    parts = [index]
    rest = wording[len(tokens[index].text) :]
    for n in range(index + 1, min(index + _TORN_WINDOW, len(tokens))):
        token = tokens[n]
        if token.kind == "TEXT" and n not in gone and rest.startswith(token.text):
            parts.append(n)
            rest = rest[len(token.text) :]
            if not rest:
                return tuple(parts)
        elif token.role is Role.SECTION:
            break
    return ()


_CELL_LENGTH = 10


def fill_cells(tokens: list[Token], form: Form) -> list[Token]:
    """Take a short text among a row's figures for an unreadable figure.

    Only where the row is then no longer than its table is wide: behind a full row the text
    begins another row.
    """
    width = {row.label: len(table.columns) for s in form.sections for table in s.tables for row in table.rows}
    columns, seen = 0, 0
    for n, token in enumerate(tokens):
        if token.kind in width:
            columns, seen = width[token.kind] if token.role is Role.ROW else 0, 0
        elif token.kind == "FIGURE":
            seen += 1
        elif token.kind != "TEXT" or not columns or len(token.text) > _CELL_LENGTH or token.candidates:
            columns = 0
        else:
            after = 0
            while n + after + 1 < len(tokens) and tokens[n + after + 1].kind == "FIGURE" and after <= columns:
                after += 1
            if (seen or after or columns == 1) and seen + 1 + after <= columns:
                token.kind = "FIGURE"
                seen += 1
            else:
                columns = 0
    return tokens
