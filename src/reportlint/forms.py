"""A statutory form: its grammar and its data file, read into one value.

Rule names in a grammar say what a node is: `section_*` begins with its heading, `table_*`
holds `row_*` and `group_*`, each of which begins with its label. Everything else here follows
from the grammar's text and from the data file beside it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from reportlint.combinations import Applicant, Combination, Succession, applicants, combinations, successions
from reportlint.grammar import Grammar, compile_grammar
from reportlint.resources import folder

SUM_RULES = ("row-total", "results-total", "balance", "disputes-total", "group-total")
NATIONAL = ("2019", "2021")
_KEY = str.maketrans("“”‘’「」『』'〔〕[]【】〈〉、｡", '"""""""""()()()<>,。')
_BLANK = re.compile(r"\s+")
_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+,|\([一二三四五六七八九十]+\)|\d+\.)")


def key(folded: str) -> str:
    """Folded text as labels are compared: no blanks, one kind of quote, bracket and comma."""
    return _BLANK.sub("", folded).translate(_KEY)


def same_length_key(folded: str) -> str:
    """`key` without the removal of blanks: one character for one."""
    return folded.translate(_KEY)


class BadForm(Exception):
    """A form that cannot be used; its message says why."""


@dataclass(frozen=True, slots=True)
class Sum:
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
        return self.sum[0].startswith("C_")


@dataclass(frozen=True, slots=True)
class Bound:
    """An inequality in every row: the figures of `greater` add up to those of `less` or more."""

    greater: tuple[str, ...]
    less: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowForm:
    """A row of a table; a group has no figures of its own. `depth` counts groups around it."""

    rule: str
    label: str
    is_group: bool
    depth: int


@dataclass(frozen=True, slots=True)
class TableForm:
    """A table: its caption's terminal if it has one, columns in order, rows in order.

    `heads` are the terminals of all its column heads, those over several columns included.
    """

    rule: str
    caption: str | None
    columns: tuple[str, ...]
    rows: tuple[RowForm, ...]
    heads: frozenset[str] = frozenset()
    signed: frozenset[str] = frozenset()
    money: frozenset[str] = frozenset()
    sums: tuple[Sum, ...] = ()
    bounds: tuple[Bound, ...] = ()


@dataclass(frozen=True, slots=True)
class Aspect:
    """A theme that a prose section must treat, with words of which one shows that it does.

    `elements` are what must be said of it where there is something to say.
    """

    name: str
    words: tuple[str, ...]
    elements: tuple[Aspect, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionForm:
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


@dataclass(frozen=True, eq=False)
class Form:
    """One year's form.

    `labels` gives each terminal its canonical wording, `keys` each accepted wording (folded,
    see `key`) its terminal; `variants` holds the accepted wordings that are not canonical.
    `states` gives each subject of a statement in prose the sums of cells that it may mean,
    `claims` the cells that must be 0 where the text says so; `successions` tie it to last year's;
    `aliases` are short names of rows, `applicants` the kinds of applicants.
    """

    name: str
    years: tuple[int, int]
    title: str
    grammar: Grammar
    sections: tuple[SectionForm, ...]
    labels: dict[str, str]
    keys: dict[str, str]
    canonical: dict[str, str] = field(repr=False)
    variants: frozenset[str] = frozenset()
    states: dict[str, tuple[Combination, ...]] = field(default_factory=dict, repr=False)
    claims: dict[str, tuple[Combination, ...]] = field(default_factory=dict, repr=False)
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    applicants: dict[str, Applicant] = field(default_factory=dict, repr=False)
    successions: tuple[Succession, ...] = ()

    @property
    def list_names(self) -> list[str]:
        """Keys of everything that a preface may call a section."""
        return [wording for wording, terminal in self.keys.items() if terminal.startswith("H_")]

    @cached_property
    def money(self) -> frozenset[str]:
        """Every column that holds sums of money, in 万元."""
        return frozenset().union(*(table.money for section in self.sections for table in section.tables))

    def covers(self, year: int) -> bool:
        """Whether a report on `year` must use this form."""
        return self.years[0] <= year <= self.years[1]

    def column(self, name: str) -> str:
        """A column's wording; that of a block's column names the block: 行政复议·结果维持."""
        return "·".join(self.labels[part] for part in name.split("/"))


def split_number(text: str) -> tuple[str, str]:
    """A label's key as its number (一, or (一) or 1. in front) and the rest."""
    match = _NUMBER.match(text)
    return (match[0], text[match.end() :]) if match else ("", text)


@cache
def national() -> tuple[Form, ...]:
    """The forms that ship with reportlint, oldest first."""
    return tuple(load(folder("grammar") / f"{name}.lark") for name in NATIONAL)


@cache
def load(path: Path) -> Form:
    """The form of a grammar file; its data file stands beside it (2021.lark, 2021.toml).

    Files named common.lark and common.toml in the same folder are read in front.
    Raises BadForm with a sentence when a file is missing or wrong.
    """
    common = path.with_name("common.lark")
    try:
        parts = [p.read_text("utf-8") for p in (common, path) if p.exists() or p == path]
        data: dict[str, Any] = {}
        for part in (path.with_name("common.toml"), path.with_suffix(".toml")):
            if part.exists():
                _merge(data, tomllib.loads(part.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadForm(f"{path}: {error}") from None
    try:
        return _form(compile_grammar("\n".join(parts)), data, path.stem)
    except BadForm:
        raise
    except Exception as error:  # lark's errors have no common base for bad grammars
        raise BadForm(f"{path}: {error}") from None


def _merge(into: dict[str, Any], data: dict[str, Any]) -> None:
    for name, value in data.items():
        if isinstance(value, dict) and isinstance(into.get(name), dict):
            _merge(into[name], value)
        elif isinstance(value, list) and isinstance(into.get(name), list):
            into[name] = into[name] + value
        else:
            into[name] = value


def _form(grammar: Grammar, data: dict[str, Any], name: str) -> Form:
    from reportlint.fold import fold

    labels = grammar.words
    keys = {}
    canonical = {}
    # All wordings are folded in one go: folding has a cost for each text.
    folded = dict(zip(labels, map(key, fold("\n".join(labels.values())).text.split("\n")), strict=True))
    for terminal in labels:
        canonical[terminal] = folded[terminal]
        keys[canonical[terminal]] = terminal
    variants = set()
    for terminal, wordings in data.get("variants", {}).items():
        for wording in fold("\n".join(wordings)).text.split("\n") if terminal in labels else ():
            number, _ = split_number(canonical[terminal])
            variant = number + key(wording)
            keys.setdefault(variant, terminal)
            variants.add(variant)
    years = data.get("years", [0, 9999])
    sections = tuple(_sections(grammar, data))
    columns = _columns(sections)
    return Form(
        name=str(data.get("name", name)),
        years=(years[0], years[1]),
        title=str(data.get("title", "")),
        grammar=grammar,
        sections=sections,
        labels=labels,
        keys=keys,
        canonical=canonical,
        variants=frozenset(variants),
        states=combinations(data.get("states", {}), columns),
        aliases={row: tuple(names) for row, names in data.get("aliases", {}).items()},
        applicants=applicants(data.get("applicants", {})),
        claims=combinations(data.get("claims", {}), columns),
        successions=tuple(successions(data.get("successions", ()), columns)),
    )


def _columns(sections: tuple[SectionForm, ...]) -> dict[str, tuple[str, ...]]:
    """The columns of each row; those of a table whose row has no label by the table's name."""
    tables = [table for section in sections for table in section.tables]
    return {row.label: t.columns for t in tables for row in t.rows} | {t.rule: t.columns for t in tables if not t.rows}


def _sections(grammar: Grammar, data: dict[str, Any]) -> Iterator[SectionForm]:
    expansions: dict[str, list[list[str]]] = {}
    for origin, expansion in grammar.rules:
        expansions.setdefault(origin, []).append(expansion)
    aspects = data.get("aspects", {})
    statements = data.get("statements", {})
    for rule in expansions["report"][0]:
        if not rule.startswith("section_"):
            continue
        tables = [r for r in _reach(expansions, rule, "table_") if r.startswith("table_")]
        yield SectionForm(
            rule=rule,
            heading=expansions[rule][0][0],
            tables=tuple(_table(expansions, table, data) for table in tables),
            aspects=tuple(Aspect(a["name"], tuple(a["words"])) for a in aspects.get(rule, ())),
            statements=tuple(
                Aspect(
                    s["rule"],
                    tuple(s["words"]),
                    tuple(Aspect(e["name"], tuple(e["words"])) for e in s.get("elements", ())),
                )
                for s in [statements.get(rule)]
                if s
            ),
        )


def _reach(expansions: dict[str, list[list[str]]], rule: str, stop: str) -> list[str]:
    """Rules reachable from `rule` in the order of the form, not looking inside `stop*` rules."""
    found: list[str] = []
    seen: set[str] = set()

    def walk(name: str) -> None:
        for expansion in expansions.get(name, ()):
            for symbol in expansion:
                if symbol in expansions and symbol not in seen:
                    seen.add(symbol)
                    found.append(symbol)
                    if not symbol.startswith(stop):
                        walk(symbol)

    walk(rule)
    return found


def _table(expansions: dict[str, list[list[str]]], rule: str, data: dict[str, Any]) -> TableForm:
    first = expansions[rule][0][0]
    spec = data.get("tables", {}).get(rule, {})
    sums = [Sum(s["rule"], tuple(s["sum"]), tuple(s["equals"])) for s in spec.get("sums", ())]
    for term in sums:
        if term.rule not in SUM_RULES:
            raise BadForm(f"{rule}: a sum's rule is one of {', '.join(SUM_RULES)}, not {term.rule}")
        if not term.sum or not term.equals or len({*term.sum, *term.equals}) < len(term.sum) + len(term.equals):
            raise BadForm(f"{rule}: a sum of rule {term.rule} needs names on both sides, each once")
    return TableForm(
        rule=rule,
        caption=first if first.startswith("T_") else None,
        columns=tuple(spec.get("columns", ())),
        rows=tuple(_rows(expansions, rule, 0)),
        heads=frozenset(_heads(expansions, rule)),
        signed=frozenset(spec.get("signed", ())),
        money=frozenset(spec.get("money", ())),
        sums=tuple(sums),
        bounds=tuple(Bound(tuple(b["greater"]), tuple(b["less"])) for b in spec.get("bounds", ())),
    )


def _heads(expansions: dict[str, list[list[str]]], rule: str) -> Iterator[str]:
    for name in (rule, *(r for r in _reach(expansions, rule, "row_") if r.startswith("_"))):
        yield from (symbol for expansion in expansions[name] for symbol in expansion if symbol.startswith("C_"))


def _rows(expansions: dict[str, list[list[str]]], rule: str, depth: int) -> Iterator[RowForm]:
    for symbol in max(expansions[rule], key=len):
        if symbol.startswith(("row_", "group_")):
            is_group = symbol.startswith("group_")
            yield RowForm(symbol, expansions[symbol][0][0], is_group, depth)
            if is_group:
                yield from _rows(expansions, symbol, depth + 1)
