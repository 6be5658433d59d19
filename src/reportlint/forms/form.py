"""A form of a yearly report, as its grammar and its data file describe it (reportlint.forms.load reads them)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

from reportlint.forms.cellsums import Applicant, Combination, Succession
from reportlint.forms.tables import Grammar, Role, role_of
from reportlint.text.keys import split_number
from reportlint.tuples import NamedTuple


class Sum(NamedTuple):
    """An equation over a table: the figures of `sum` add up to those of `equals`.

    Names are columns (then it holds in every row) or rows (then in every column); `rule` is
    the rule that reports it.
    """

    rule: str
    sum: tuple[str, ...]
    equals: tuple[str, ...]

    @property
    def over_columns(self) -> bool:
        """Whether the terms are columns, so that every row has this equation."""
        return role_of(self.sum[0]) is Role.COLUMN


class Bound(NamedTuple):
    """An inequality in every row: the figures of `greater` add up to those of `less` or more."""

    greater: tuple[str, ...]
    less: tuple[str, ...]


class RowForm(NamedTuple):
    """A row of a table; a group has no figures of its own. `depth` counts groups around it."""

    rule: str
    label: str
    is_group: bool
    depth: int


class Head(NamedTuple):
    """A label in the head of a table, and over how many columns it stands."""

    label: str
    columns: int = 1


class TableForm(NamedTuple):
    """A table: its caption's terminal if it has one, columns in order, rows in order.

    `heads` are the terminals of all its column heads, those over several columns included; `head` is how they
    are drawn, line by line, where that is more than one line.
    """

    rule: str
    caption: str | None
    columns: tuple[str, ...]
    rows: tuple[RowForm, ...]
    heads: frozenset[str] = frozenset()
    head: tuple[tuple[Head, ...], ...] = ()
    signed: frozenset[str] = frozenset()
    money: frozenset[str] = frozenset()
    sums: tuple[Sum, ...] = ()
    bounds: tuple[Bound, ...] = ()


class Aspect(NamedTuple):
    """A theme that a prose section must treat, with words of which one shows that it does.

    `elements` are what must be said of it where there is something to say.
    """

    name: str
    words: tuple[str, ...]
    elements: tuple[Aspect, ...] = ()


class SectionForm(NamedTuple):
    """A section: its heading's terminal, its tables, what its prose must speak of."""

    rule: str
    heading: str
    tables: tuple[TableForm, ...]
    aspects: tuple[Aspect, ...] = ()
    statements: tuple[Aspect, ...] = ()

    @property
    def labels(self) -> set[str]:
        """The terminals of all labels in its tables."""
        captions = {table.caption for table in self.tables if table.caption}
        return captions.union(*(t.heads | {row.label for row in t.rows} for t in self.tables))


class Due(NamedTuple):
    """The last (month, day) of the next year on which a report is in time: a department's, and any other's.

    `since` is the first year for which departments have a day of their own, `source` what sets it.
    """

    department: tuple[int, int]
    others: tuple[int, int]
    since: int = 0
    source: str = ""


NOTHING: Mapping[str, Any] = MappingProxyType({})
"""What a form does not say."""


class _Form(NamedTuple):
    name: str
    years: tuple[int, int]
    title: str
    grammar: Grammar
    sections: tuple[SectionForm, ...]
    labels: dict[str, str]
    keys: dict[str, str]
    canonical: dict[str, str]
    variants: frozenset[str] = frozenset()
    misnamed: Mapping[str, str] = NOTHING
    homonyms: Mapping[str, tuple[str, ...]] = NOTHING
    states: Mapping[str, tuple[Combination, ...]] = NOTHING
    claims: Mapping[str, tuple[Combination, ...]] = NOTHING
    aliases: Mapping[str, tuple[str, ...]] = NOTHING
    english: Mapping[str, str] = NOTHING
    former: Mapping[str, str] = NOTHING
    other_heads: Mapping[str, tuple[str, ...]] = NOTHING
    since: int = 0
    title_words: tuple[str, ...] = ()
    other_kinds: tuple[str, ...] = ()
    plans: frozenset[str] = frozenset()
    own_words: frozenset[str] = frozenset()
    loosely_named: frozenset[str] = frozenset()
    topics: Mapping[str, str] = NOTHING
    due: Due | None = None
    applicants: Mapping[str, Applicant] = NOTHING
    successions: tuple[Succession, ...] = ()


class Form(_Form):
    """One year's form.

    `labels` gives each terminal its canonical wording, `keys` each accepted wording (folded,
    see `key`) its terminal, and `homonyms` the others of the same wording, such as the row and the
    column 合计; `variants` holds the accepted wordings that are not canonical, `misnamed` what is known to
    be meant for a heading.
    `states` gives each subject of a statement in prose the sums of cells that it may mean,
    `claims` the cells that must be 0 where the text says so; `successions` tie it to last year's;
    `aliases` are short names of rows, `english` what labels mean, `applicants` the kinds of applicants; `former`
    names the form of which a group was a row with figures, `other_heads` the column heads that another form has in
    their place.
    Before the year `since` there was no form; a title with all `title_words` is meant for this kind of
    report, one with a word of `other_kinds` at its end or beginning for another kind of text; `plans` are
    the sections that speak of next year, `own_words` those that an organ words itself, `loosely_named`
    those that a preface may call by other words; `topics` says what
    the notes of a table are about.
    """

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    @cached_property
    def section_names(self) -> tuple[tuple[str, str], ...]:
        """Terminal and wording, without its number, of everything that a preface may call a section."""
        sections = ((w, terminal) for w, terminal in self.keys.items() if role_of(terminal) is Role.SECTION)
        return tuple((terminal, split_number(wording)[1]) for wording, terminal in sections)

    @cached_property
    def _section_marks(self) -> tuple[str, ...]:
        """A few pairs of characters, one of which every name of a section has: 情况 and the like."""
        names = [name for _, name in self.section_names]
        marks: list[str] = []
        while names:
            pairs = Counter(pair for name in names for pair in {name[n : n + 2] for n in range(max(1, len(name) - 1))})
            best = min(pairs, key=lambda pair: (-pairs[pair], pair))
            marks.append(best)
            names = [name for name in names if best not in name]
        return tuple(marks)

    def sections_named(self, text: str) -> set[str]:
        """The terminals of the sections that a text names, which is a key."""
        if not any(mark in text for mark in self._section_marks):
            return set()
        return {terminal for terminal, name in self.section_names if name in text}

    @property
    def tables(self) -> tuple[TableForm, ...]:
        """Every table, in order."""
        return tuple(table for section in self.sections for table in section.tables)

    @cached_property
    def wordings(self) -> Mapping[str, Mapping[str, str]]:
        """What the columns of each table are called."""
        return {table.rule: {name: self.column(name) for name in table.columns} for table in self.tables}

    @cached_property
    def money(self) -> frozenset[str]:
        """Every column that holds sums of money, in 万元."""
        return frozenset().union(*(table.money for table in self.tables))

    @cached_property
    def _last_columns(self) -> dict[str, str]:
        return {row.label: table.columns[-1] for table in self.tables if len(table.columns) > 1 for row in table.rows}

    def is_total(self, row: str, column: str) -> bool:
        """Whether a column is the last of several in a row, which is its total."""
        return self._last_columns.get(row) == column

    def covers(self, year: int) -> bool:
        """Whether a report on `year` must use this form."""
        return self.years[0] <= year <= self.years[1]

    def column(self, name: str) -> str:
        """A column's wording; that of a block's column names the block: 行政复议·结果维持."""
        return "·".join(self.labels[part] for part in name.split("/"))
