"""What a form's data file may hold (grammar/README.md, docs/forms.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import prod
from typing import Any

from reportlint.diagnostics import Words
from reportlint.forms.cellsums import CELL, SUCCESSION_RULES
from reportlint.forms.tables import Role, role_of
from reportlint.late import Late
from reportlint.toml.kinds import Choice, Key, Kind, ListOf, MapOf, Number, Table, Text, Wrong, near
from reportlint.tuples import NamedTuple

SUM_RULES = ("row-total", "results-total", "balance", "disputes-total", "group-total")
_BRACES = Late(r"\{[^{}]*\}")
_MOST_CHOICES = 400
_SUM = Late(rf"\s*(?:{CELL.pattern}\s*)+")
_EACH = Late(r"\w+:\*")
_DAY = Late(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


class Names(NamedTuple):
    """What a grammar names: its labels' terminals, its sections, and the rows of each table."""

    labels: tuple[str, ...]
    sections: tuple[str, ...]
    tables: Mapping[str, tuple[str, ...]]


def table_of(names: Names | None) -> Table:
    """The keys of a data file.

    With `names`, what it names must be one of them; without, only its shape is looked at.
    """
    labels = names.labels if names else None
    columns = [label for label in labels if role_of(label) is Role.COLUMN] if labels else None
    sections = names.sections if names else None
    words = ListOf(Text(filled=True), filled=True)
    aspect = Table(_keys(name=Text(filled=True), words=words), required=("name", "words"))
    statement = Table(_keys(rule=Text(filled=True), words=words, elements=ListOf(aspect)), required=("rule", "words"))
    succession = Table(
        _keys(rule=Choice(SUCCESSION_RULES), now=Cells(names), before=Cells(names)),
        required=("rule", "now", "before"),
    )
    applicant = Table(_keys(subject=Text(filled=True), columns=ListOf(Text())), required=("subject", "columns"))
    tables: Kind = MapOf(_table(columns, None))
    if names:
        tables = Table(
            {table: Key(_table(columns, rows), Words("表", "a table")) for table, rows in names.tables.items()}
        )
    return Table(
        _keys(
            name=Text(filled=True),
            years=_Years(),
            since=Number(whole=True),
            title=Text(filled=True),
            title_words=words,
            other_kinds=words,
            former=MapOf(Text(filled=True), labels),
            other_heads=MapOf(ListOf(Text(filled=True))),
            misnamed=MapOf(ListOf(Text(_choices, filled=True)), labels),
            variants=MapOf(ListOf(Text(_choices, filled=True)), labels),
            aliases=MapOf(ListOf(Text(filled=True)), labels),
            english=MapOf(Text(filled=True), labels),
            tables=tables,
            states=MapOf(ListOf(Cells(names))),
            claims=MapOf(ListOf(Cells(names))),
            applicants=MapOf(applicant),
            successions=ListOf(succession),
            aspects=MapOf(ListOf(aspect), sections),
            statements=MapOf(statement, sections),
            plans=ListOf(Named(sections)),
            own_words=ListOf(Named(sections)),
            loosely_named=ListOf(Named(sections)),
            topics=MapOf(Text(filled=True), tuple(names.tables) if names else None),
            due=Table(
                _keys(department=Text(_day), others=Text(_day), since=Number(whole=True), source=Text(filled=True)),
                required=("department", "others"),
            ),
        )
    )


def _table(columns: Iterable[str] | None, rows: tuple[str, ...] | None) -> Table:
    known = None if rows is None or columns is None else (*columns, *rows)
    total = Table(
        _keys(rule=Choice(SUM_RULES), sum=ListOf(Named(known), filled=True), equals=ListOf(Named(known), filled=True)),
        _one_kind,
        ("sum", "equals"),
    )
    bound = Table(
        _keys(greater=ListOf(Named(columns), filled=True), less=ListOf(Named(columns))),
        required=("greater", "less"),
    )
    return Table(
        _keys(
            columns=ListOf(Named(columns)),
            signed=ListOf(Named(columns)),
            money=ListOf(Named(columns)),
            alone=ListOf(Named(rows)),
            head=ListOf(ListOf(Text(filled=True))),
            sums=ListOf(total),
            bounds=ListOf(bound),
        )
    )


def _one_kind(read: dict[str, Any]) -> dict[str, Any]:
    """A sum whose terms are all columns or all rows, each once."""
    terms = [*read["sum"], *read["equals"]]
    if len(set(terms)) < len(terms):
        twice = next(term for term in terms if terms.count(term) > 1)
        raise Wrong(f"里 {twice} 出现了两次", f"has {twice} twice")
    if len({role_of(term) is Role.COLUMN for term in terms}) > 1:
        raise Wrong("只能全是列（C_…）或全是行", "takes either columns (C_…) or rows, not both")
    return read


def _choices(text: str) -> None:
    """A wording whose braces leave no more choices than a person means: {因,}公开."""
    count = prod(braces.count(",") + 1 for braces in _BRACES.findall(text))
    if count > _MOST_CHOICES or "{" in _BRACES.sub("", text):
        raise Wrong(
            f"的花括号要成对，一共不超过 {_MOST_CHOICES} 种写法",
            f"takes braces in pairs, and no more than {_MOST_CHOICES} wordings of them",
        )


def _day(text: str) -> None:
    if not _DAY.fullmatch(text):
        raise Wrong(f"写作月-日，如 03-31，不能是 {text}", f"is a month and a day such as 03-31, not {text}")


class Named:
    """A name of the grammar, or two joined by / (a column within a block)."""

    def __init__(self, known: Iterable[str] | None) -> None:
        self.known = None if known is None else tuple(known)

    def read(self, value: Any) -> str:
        """The name. Raises Wrong for one that the grammar lacks."""
        name = Text(filled=True).read(value)
        for part in name.split("/") if self.known is not None else ():
            if part not in (self.known or ()):
                hint = near(part, self.known or ())
                raise Wrong(f"提到了 {part}，这里没有这个名称{hint.zh}", f"names {part}, which is not there{hint.en}")
        return name

    def schema(self) -> dict[str, Any]:
        """A text."""
        return {"type": "string"}


class Cells:
    """A sum of cells, such as R_A + R_B:C_X."""

    def __init__(self, names: Names | None) -> None:
        self.names = names

    def read(self, value: Any) -> str:
        """The sum as it is written. Raises Wrong for a row or column that the grammar lacks."""
        text: str = Text(filled=True).read(value)
        if self.names is None:
            return text
        rows = (*(row for held in self.names.tables.values() for row in held), *self.names.tables)
        columns = ("*", *(label for label in self.names.labels if role_of(label) is Role.COLUMN))
        terms = CELL.findall(text)
        if not _SUM.fullmatch(text) or ("*" in text and not _EACH.fullmatch(text)):
            raise Wrong(f"写成行名，如 R_A + R_B:C_X，不能是 {text}", f"is rows such as R_A + R_B:C_X, not {text}")
        for _, row, column in terms:
            Named(rows).read(row)
            for part in column.split("/") if column else ():
                Named(columns).read(part)
        return text

    def schema(self) -> dict[str, Any]:
        """A text."""
        return {"type": "string"}


class _Years:
    """The first and the last year."""

    def read(self, value: Any) -> tuple[int, int]:
        """Both years. Raises Wrong."""
        right = isinstance(value, list) and len(value) == 2 and all(type(year) is int for year in value)
        if not right or not 1900 <= value[0] <= value[1] <= 9999:
            raise Wrong("是起止两个年份，如 [2022, 9999]", "takes the first and the last year, such as [2022, 9999]")
        return value[0], value[1]

    def schema(self) -> dict[str, Any]:
        """Two whole numbers."""
        return {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}


def _keys(**kinds: Kind) -> dict[str, Key]:
    return {name: Key(kind, Words("", "")) for name, kind in kinds.items()}
