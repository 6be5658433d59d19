"""Makes a form of its files, with a sentence on whatever is wrong in them.

What the rules of the grammar say is reportlint.forms.skeleton's business, what may stand in the data file
reportlint.forms.data's (grammar/README.md, docs/forms.md).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

from reportlint.forms.assemble import build_form
from reportlint.forms.data import Names, table_of
from reportlint.forms.form import Form
from reportlint.forms.load import BadForm, Part, data_file, joined, read_part, stem
from reportlint.forms.skeleton import Skeleton
from reportlint.forms.tables import QUOTED, BadGrammar, compile_grammar, is_shipped
from reportlint.late import Late
from reportlint.resources import parsed
from reportlint.toml.kinds import Wrong, no_toml, placed
from reportlint.toml.lines import key_lines, line_of

_CONSTRUCT = Late(r"^\s*%\w+|~\s*\d|^\s*[?!]?_*\w+\{")


class _AtPart(BadGrammar):
    """What is wrong on a line of one file of a grammar."""

    def __init__(self, zh: str, en: str, part: Part, line: int) -> None:
        super().__init__(zh, en, line)
        self.part = part


def make_form(path: str, grammars: list[Part], parts: list[Part]) -> Form:
    """The form of the files of its grammar and of its data; `path` is its own grammar file. Raises BadForm."""
    try:
        text = joined(grammars)
        # What ships with reportlint was checked when its tables were made.
        own = not is_shipped(text)
        for part in grammars[1:] if own else ():
            _refuse_constructs(part)
        skeleton = Skeleton(compile_grammar(text))
        if own:
            skeleton.check()
    except BadGrammar as error:
        raise _placed(error, grammars) from None
    names = Names(
        tuple(skeleton.grammar.words),
        skeleton.sections,
        {t: tuple(row.label for row in skeleton.rows(t)) for s in skeleton.sections for t in skeleton.tables(s)},
    )
    data: dict[str, Any] = {}
    for part in parts:
        # What several forms share may name what only one of them has.
        _merge(data, _parsed(part, names if stem(part.path) == stem(path) else None))
    try:
        form = build_form(skeleton, data, stem(path))
    except ValueError as error:
        file = data_file(path)
        raise BadForm(f"{file}：{error}", f"{file}: {error}") from None
    _demand_columns(form, data_file(path))
    _refuse_unknown_rows(form, data, data_file(path))
    return form


def _placed(error: BadGrammar, parts: list[Part]) -> BadForm:
    """What is wrong with a grammar, at its file and line."""
    line = error.line
    if isinstance(error, _AtPart):
        return BadForm(f"{error.part.path}:{line}：{error.words.zh}", f"{error.part.path}:{line}: {error.words.en}")
    if line is None:
        line = _mention(error.name, parts[-1].text) if error.name else None
        at = f"{parts[-1].path}:{line}" if line else parts[-1].path
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


def _parsed(part: Part, names: Names | None) -> dict[str, Any]:
    """A data file's content; with `names` everything that it names must be in the grammar."""
    try:
        data = parsed(part.text)
    except (ValueError, RecursionError) as error:
        raise BadForm(*no_toml(part.path, error)) from None
    try:
        table_of(names).read(data)
    except Wrong as wrong:
        raise BadForm(*placed(wrong, part.path, key_lines(part.text))) from None
    return data


def _refuse_constructs(part: Part) -> None:
    """Raise BadGrammar for what lark can and a form does not need: it could run without end, or undo base.lark."""
    for number, line in enumerate(part.text.split("\n"), 1):
        plain = QUOTED.sub("", line)
        if found := _CONSTRUCT.search(plain):
            raise _AtPart(
                f"格式里不能用 {found[0].strip()}",
                f"a form does without {found[0].strip()}",
                part,
                number,
            )


def _demand_columns(form: Form, path: str) -> None:
    """Raise BadForm for a table whose columns are not stated in the data file at `path`, or are no columns."""
    for table in form.tables:
        if not table.columns and not os.path.exists(path):
            raise BadForm(
                f"没有数据文件 {path}；表 {table.rule} 的各列要写在里面",
                f"there is no data file {path}; it has to state the columns of the table {table.rule}",
            )
        if not table.columns or not {part for c in table.columns for part in c.split("/")} <= set(form.labels):
            raise BadForm(
                f'{path}：没有写表 {table.rule} 的各列；请在 [tables.{table.rule}] 中写 columns = ["C_…", …]',
                f'{path}: the table {table.rule} has no columns; write columns = ["C_…", …] '
                f"under [tables.{table.rule}]",
            )


def _refuse_unknown_rows(form: Form, data: Mapping[str, Any], path: str) -> None:
    """Raise BadForm for a row that its table's sums over rows pass over: it would never be checked."""
    for table in form.tables:
        known = {name for one in table.sums if not one.over_columns for name in (*one.sum, *one.equals)}
        alone = data.get("tables", {}).get(table.rule, {}).get("alone", ())
        rows = [row.label for row in table.rows if not row.is_group]
        unknown = [row for row in rows if known and row not in known and row not in alone]
        if unknown:
            names = ", ".join(unknown)
            line = line_of(key_lines(read_part(path).text), f"tables.{table.rule}") if os.path.exists(path) else None
            at = f"{path}:{line}" if line else path
            raise BadForm(
                f"{at}：表 {table.rule} 的各行合计没有提到 {names}；请把它写进某个合计，或写进该表的 alone",
                f"{at}: the sums over the rows of {table.rule} do not know {names}; put it into one of them, "
                "or into the table's `alone`",
            )


def _merge(into: dict[str, Any], data: dict[str, Any]) -> None:
    for name, value in data.items():
        if isinstance(value, dict) and isinstance(into.get(name), dict):
            _merge(into[name], value)
        elif name != "years" and isinstance(value, list) and isinstance(into.get(name), list):
            into[name] = into[name] + value
        else:
            into[name] = value
