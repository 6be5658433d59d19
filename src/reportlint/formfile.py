"""Reads a form: its grammar and the data file beside it, with a sentence on whatever is wrong in them.

Rule names in a grammar say what a node is: `section_*` begins with its heading, `table_*`
holds `row_*` and `group_*`, each of which begins with its label. Everything else follows
from the grammar's text and from the data file (grammar/README.md, docs/forms.md).
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from reportlint import plugins
from reportlint.combinations import applicants, combinations, successions
from reportlint.diagnostics import UserError
from reportlint.formdata import SUM_RULES, Names, table_of
from reportlint.forms import Aspect, Bound, Due, Form, RowForm, SectionForm, Sum, TableForm, key, split_number
from reportlint.grammar import BadGrammar, Grammar, compile_grammar
from reportlint.kinds import Wrong, no_toml, placed
from reportlint.plugins import Broken, Loaded
from reportlint.resources import folder
from reportlint.tomllines import key_lines, line_of

_MOST_BYTES = 1024 * 1024


class BadForm(UserError):
    """A form that cannot be used."""


def registered() -> tuple[Form, ...]:
    """The forms that ship with reportlint, oldest first, then those of plugins."""
    return tuple(_loaded().values.values())


def broken() -> tuple[Broken, ...]:
    """Forms of plugins that are left out."""
    return _loaded().broken


@cache
def _loaded() -> Loaded[Form]:
    return plugins.load("forms", _registered)


def _registered(name: str, value: object) -> Form:
    if not isinstance(value, str | os.PathLike):
        raise TypeError(f"it gives {type(value).__name__}, not the path of a grammar file")
    form = load(Path(value))
    if form.name != name:
        raise ValueError(f"its data file calls it {form.name}")
    return form


class _Part(NamedTuple):
    """A file of a form: its path and its text."""

    path: Path
    text: str


@cache
def load(path: Path) -> Form:
    """The form of a grammar file; its data file stands beside it (2021.lark, 2021.toml).

    reportlint's base.lark, and files named common.lark and common.toml in the same folder, are
    read in front. Raises BadForm with a sentence when a file is missing or wrong.
    """
    common = path.with_name("common.lark")
    grammars = [_read(folder("grammar") / "base.lark"), *([_read(common)] if common.exists() else []), _read(path)]
    try:
        grammar = compile_grammar("\n".join(part.text for part in grammars))
    except BadGrammar as error:
        raise _placed(error, grammars) from None
    names = _names(grammar, path)
    data: dict[str, Any] = {}
    for file in (path.with_name("common.toml"), path.with_suffix(".toml")):
        if file.exists():
            part = _read(file)
            # What several forms share may name what only one of them has.
            _merge(data, _parsed(part, names if file.stem == path.stem else None))
    try:
        form = _form(grammar, data, path.stem)
    except ValueError as error:
        file = path.with_suffix(".toml")
        raise BadForm(f"{file}：{error}", f"{file}: {error}") from None
    _refuse_unknown_rows(form, data, path.with_suffix(".toml"))
    return form


def _read(path: Path) -> _Part:
    try:
        with path.open("rb") as file:
            return _Part(path, file.read(_MOST_BYTES).decode("utf-8-sig").replace("\r\n", "\n"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise BadForm(f"{path}：{reason}", f"{path}: {reason}") from None
    except UnicodeDecodeError:
        raise BadForm(f"{path} 不是 UTF-8，请另存为 UTF-8", f"{path} is not UTF-8; save it as UTF-8") from None


def _placed(error: BadGrammar, parts: list[_Part]) -> BadForm:
    """What is wrong with a grammar, at its file and line."""
    line = error.line
    if line is None:
        line = _mention(error.name, parts[-1].text) if error.name else None
        at = f"{parts[-1].path}:{line}" if line else str(parts[-1].path)
        return BadForm(f"{at}：{error.words.zh}", f"{at}: {error.words.en}")
    for part in parts:
        lines = part.text.count("\n") + 1
        if line <= lines or part is parts[-1]:
            return BadForm(f"{part.path}:{line}：{error.words.zh}", f"{part.path}:{line}: {error.words.en}")
        line -= lines
    raise AssertionError("a line is in one of the parts")


def _mention(name: str, text: str) -> int | None:
    """The line that defines a name, or the first that uses it."""
    defined, used = (re.compile(pattern, re.MULTILINE) for pattern in (rf"^[?!]?{name}\b", rf"\b{name}\b"))
    found = defined.search(text) or used.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else None


def _parsed(part: _Part, names: Names | None) -> dict[str, Any]:
    """A data file's content; with `names` everything that it names must be in the grammar."""
    try:
        data = tomllib.loads(part.text)
    except (ValueError, RecursionError) as error:
        raise BadForm(*no_toml(str(part.path), error)) from None
    try:
        table_of(names).read(data)
    except Wrong as wrong:
        raise BadForm(*placed(wrong, str(part.path), key_lines(part.text))) from None
    return data


def _names(grammar: Grammar, path: Path) -> Names:
    """What a grammar names. Raises BadForm where it has no sections, or a part without its label."""
    expansions = _expansions(grammar)
    sections = [rule for rule in expansions["report"][0] if rule.startswith("section_")]
    if not sections:
        raise BadForm(
            f"{path}：report 规则里没有部分（section_…）", f"{path}: the rule report names no sections (section_…)"
        )
    for rule, forms in expansions.items():
        kind = rule.partition("_")[0]
        wanted = {"section": ("H_",), "row": ("R_",), "group": ("G_",)}.get(kind)
        if wanted and not all(form and form[0].startswith(wanted) for form in forms):
            raise BadForm(
                f"{path}：规则 {rule} 应以它的标签（{wanted[0]}…）开头",
                f"{path}: the rule {rule} must begin with its label ({wanted[0]}…)",
            )
    rows = {}
    for table in (rule for rule in expansions if rule.startswith("table_")):
        labels = tuple(row.label for row in _rows(expansions, table, 0))
        rows[table] = labels
    return Names(tuple(grammar.words), tuple(sections), rows)


def _refuse_unknown_rows(form: Form, data: Mapping[str, Any], path: Path) -> None:
    """Raise BadForm for a table without columns, and for a row that its sums pass over: neither could be checked.

    `path` is the form's data file.
    """
    for table in (table for section in form.sections for table in section.tables):
        if not table.columns:
            raise BadForm(
                f'{path}：没有写表 {table.rule} 的各列；请在 [tables.{table.rule}] 中写 columns = ["C_…", …]',
                f'{path}: the table {table.rule} has no columns; write columns = ["C_…", …] '
                f"under [tables.{table.rule}]",
            )
        known = {name for one in table.sums if not one.over_columns for name in (*one.sum, *one.equals)}
        alone = data.get("tables", {}).get(table.rule, {}).get("alone", ())
        rows = [row.label for row in table.rows if not row.is_group]
        unknown = [row for row in rows if known and row not in known and row not in alone]
        if unknown:
            names = ", ".join(unknown)
            line = line_of(key_lines(_read(path).text), f"tables.{table.rule}") if path.exists() else None
            at = f"{path}:{line}" if line else str(path)
            raise BadForm(
                f"{at}：表 {table.rule} 的各行合计没有提到 {names}；请把它写进某个合计，或写进该表的 alone",
                f"{at}: the sums over the rows of {table.rule} do not know {names}; put it into one of them, "
                "or into the table's `alone`",
            )


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
    keys: dict[str, str] = {}
    canonical = {}
    # All wordings are folded in one go: folding has a cost for each text.
    folded = dict(zip(labels, map(key, fold("\n".join(labels.values())).text.split("\n")), strict=True))
    same: dict[str, list[str]] = {}
    for terminal in labels:
        canonical[terminal] = folded[terminal]
        same.setdefault(folded[terminal], []).append(terminal)
        keys.setdefault(folded[terminal], terminal)
    variants = set()
    for terminal, wordings in data.get("variants", {}).items():
        for wording in fold("\n".join(wordings)).text.split("\n") if terminal in labels else ():
            number, _ = split_number(canonical[terminal])
            variant = number + key(wording)
            keys.setdefault(variant, terminal)
            variants.add(variant)
    years = data.get("years", [0, 9999])
    due = data.get("due")
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
        homonyms={
            one: tuple(o for o in named if o != one) for named in same.values() for one in named if len(named) > 1
        },
        states=combinations(data.get("states", {}), columns),
        aliases={row: tuple(names) for row, names in data.get("aliases", {}).items()},
        applicants=applicants(data.get("applicants", {})),
        claims=combinations(data.get("claims", {}), columns),
        successions=tuple(successions(data.get("successions", ()), columns)),
        since=data.get("since", 0),
        title_words=tuple(data.get("title_words", ())),
        plans=frozenset(data.get("plans", ())),
        own_words=frozenset(data.get("own_words", [section.rule for section in sections])),
        topics=dict(data.get("topics", {})),
        due=Due(_day(due["department"]), _day(due["others"]), due.get("since", 0)) if due else None,
    )


def _columns(sections: tuple[SectionForm, ...]) -> dict[str, tuple[str, ...]]:
    """The columns of each row; those of a table whose row has no label by the table's name."""
    tables = [table for section in sections for table in section.tables]
    return {row.label: t.columns for t in tables for row in t.rows} | {t.rule: t.columns for t in tables if not t.rows}


def _day(text: str) -> tuple[int, int]:
    """A day written as 03-31: its month and day."""
    month, day = text.split("-")
    return int(month), int(day)


def _expansions(grammar: Grammar) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for origin, expansion in grammar.rules:
        found.setdefault(origin, []).append(expansion)
    return found


def _sections(grammar: Grammar, data: dict[str, Any]) -> Iterator[SectionForm]:
    expansions = _expansions(grammar)
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
    sums = [_sum(one) for one in spec.get("sums", ())]
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


def _sum(one: Mapping[str, Any]) -> Sum:
    """An equation; where no rule is named it is the total of a row, or of the rows above it."""
    rule = one.get("rule", SUM_RULES[0] if one["sum"][0].startswith("C_") else SUM_RULES[1])
    return Sum(rule, tuple(one["sum"]), tuple(one["equals"]))


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
