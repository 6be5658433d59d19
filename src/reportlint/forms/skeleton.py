"""What a grammar says of a form: its sections, their tables, the rows of these; and what it must not say.

A grammar that lark takes may still be no form: a rule that is named otherwise than what it is, a row
in no table, two rows of one wording. Each would be passed over in silence, so each is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from reportlint.forms.form import RowForm
from reportlint.forms.tables import BadGrammar, Grammar, Role, role_of
from reportlint.late import Late
from reportlint.text.fold import fold
from reportlint.text.keys import key

LONGEST_LABEL = 150
_KINDS = {"H_": "section_", "R_": "row_", "G_": "group_"}
_LABEL = Late(r"[HTCRG]_")
_PLAIN = Late(r"[^\W\d_]")
_HEADING = Late("[一二三四五六七八九十]+,")


class Skeleton:
    """The structure that a grammar's rules state."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar

    @cached_property
    def expansions(self) -> dict[str, list[list[str]]]:
        """Each rule's alternatives, as lists of symbols."""
        found: dict[str, list[list[str]]] = {}
        for origin, expansion in self.grammar.rules:
            found.setdefault(origin, []).append(expansion)
        return found

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """The rules of the form's sections, in order."""
        return tuple(self._members("report", ("section_",), set()))

    def tables(self, section: str) -> tuple[str, ...]:
        """The rules of a section's tables, in order."""
        return tuple(self._members(section, ("table_",), set()))

    def rows(self, table: str) -> tuple[RowForm, ...]:
        """The rows of a table and its groups, in order. Raises BadGrammar for a group within itself."""
        return tuple(self._rows(table, 0, (table,)))

    def _rows(self, rule: str, depth: int, around: tuple[str, ...]) -> Iterator[RowForm]:
        for symbol in self._members(rule, ("row_", "group_"), set()):
            if symbol in around:
                raise BadGrammar(f"组 {symbol} 不能包含自己", f"the group {symbol} holds itself", name=symbol)
            is_group = symbol.startswith("group_")
            yield RowForm(symbol, self.expansions[symbol][0][0], is_group, depth)
            if is_group:
                yield from self._rows(symbol, depth + 1, (*around, symbol))

    def _members(self, rule: str, prefixes: tuple[str, ...], seen: set[str]) -> Iterator[str]:
        """The rules so named that stand in a rule or in its `_` rules, in the order of its fullest alternative."""
        for symbol in max(self.expansions[rule], key=len):
            if symbol.startswith(prefixes):
                yield symbol
            elif symbol.startswith("_") and symbol in self.expansions and symbol not in seen:
                seen.add(symbol)
                yield from self._members(symbol, prefixes, seen)

    def heads(self, table: str) -> frozenset[str]:
        """The terminals of a table's column heads, those over several columns included."""
        return frozenset(symbol for symbol in self._within(table, ("row_", "group_")) if role_of(symbol) is Role.COLUMN)

    def _within(self, rule: str, stop: tuple[str, ...]) -> set[str]:
        """Every symbol that can stand in a rule, not looking into rules so named."""
        seen: set[str] = set()
        open_rules = [rule]
        while open_rules:
            for symbol in (s for expansion in self.expansions.get(open_rules.pop(), ()) for s in expansion):
                if symbol not in seen:
                    seen.add(symbol)
                    if not symbol.startswith(stop):
                        open_rules.append(symbol)
        return seen

    def check(self) -> None:
        """Raise BadGrammar for what makes the grammar no form."""
        self._check_labels()
        if not self.sections:
            raise BadGrammar(
                "report 规则里没有部分（section_…）", "the rule report names no sections (section_…)", name="report"
            )
        self._check_names()
        self._check_places()
        self._check_wordings()
        self._check_ends()

    def _check_labels(self) -> None:
        words = self.grammar.words
        used = {symbol for alternatives in self.expansions.values() for one in alternatives for symbol in one}
        for name in sorted(symbol for symbol in used if _LABEL.match(symbol)):
            if name not in words:
                raise BadGrammar(
                    f"{name} 只能是引号里的一个用语", f"{name} takes one wording in quotation marks", name=name
                )
        for name, wording in words.items():
            if not wording.isprintable() or len(wording) > LONGEST_LABEL:
                raise BadGrammar(
                    f"{name} 的用语只能在一行之内，不超过 {LONGEST_LABEL} 字",
                    f"the wording of {name} stands on one line and has at most {LONGEST_LABEL} characters",
                    name=name,
                )
            plain = key(fold(wording).text)
            if not _PLAIN.search(plain):
                raise BadGrammar(f"{name} 的用语里没有文字", f"the wording of {name} has no words", name=name)
            if role_of(name) is Role.SECTION and not _HEADING.match(plain):
                raise BadGrammar(
                    f"标题 {name} 要以“一、”这样的序号开头",
                    f"the heading {name} must begin with a number such as 一、",
                    name=name,
                )

    def _check_wordings(self) -> None:
        """Two headings, or two rows or two columns of one table, cannot be told apart by one wording."""
        groups = [[name for name in self.grammar.words if role_of(name) is Role.SECTION]]
        for table in (table for section in self.sections for table in self.tables(section)):
            groups += [[row.label for row in self.rows(table)], sorted(self.heads(table))]
        for names in groups:
            taken: dict[str, str] = {}
            for name in names:
                other = taken.setdefault(key(fold(self.grammar.words[name]).text), name)
                if other != name:
                    raise BadGrammar(
                        f"{other} 与 {name} 的用语相同，无法区分",
                        f"{other} and {name} have the same wording and cannot be told apart",
                        name=name,
                    )

    def _check_names(self) -> None:
        """Rules are named after what they begin with, and begin with what they are named after."""
        for rule, alternatives in self.expansions.items():
            prefix = next((p for p in ("section_", "table_", "row_", "group_") if rule.startswith(p)), None)
            for one in alternatives:
                first = one[0][:2] if one else ""
                wanted = _KINDS.get(first)
                if not rule.startswith("_") and wanted and prefix != wanted:
                    raise BadGrammar(
                        f"规则 {rule} 以 {one[0]} 开头，名称应以 {wanted} 开头",
                        f"the rule {rule} begins with {one[0]}, so its name must begin with {wanted}",
                        name=rule,
                    )
                label = next((p for p, kind in _KINDS.items() if kind == prefix), None)
                if prefix and (not one or (label and first != label)):
                    raise BadGrammar(
                        f"规则 {rule} 应以它的标签（{label or 'T_'}…）开头",
                        f"the rule {rule} must begin with its label ({label or 'T_'}…)",
                        name=rule,
                    )

    def _check_places(self) -> None:
        """Sections, tables and rows stand where they are looked for, once, and rows have figures."""
        tables = [table for section in self.sections for table in self.tables(section)]
        rows = [row for table in tables for row in self.rows(table)]
        found = [*self.sections, *tables]
        for table in tables:
            found += list(dict.fromkeys(row.rule for row in self.rows(table)))
            names = [row.rule for row in self.rows(table)]
            self._check_once(names, table)
        self._check_once(list(self.sections), "report")
        for section in self.sections:
            strays = sorted(
                s for s in self._within(section, ("table_",)) if s.startswith(("row_", "group_", "section_"))
            )
            if strays:
                raise BadGrammar(
                    f"{strays[0]} 不能直接放在部分 {section} 里；行要在表（table_…）里",
                    f"{strays[0]} must not stand in the section {section} itself; rows stand in tables (table_…)",
                    name=section,
                )
        for rule in self.expansions:
            if rule.startswith(("section_", "table_", "row_", "group_")) and rule not in found:
                raise BadGrammar(
                    f"{rule} 没有放在该放的地方：部分在 report 里，表在部分里，行在表或组里，不写成“或”",
                    f"{rule} does not stand where it belongs: sections in report, tables in sections, rows in tables "
                    "or groups, and not as one of several alternatives",
                    name=rule,
                )
        for row in rows:
            if not row.is_group and "FIGURE" not in self._within(row.rule, ()):
                raise BadGrammar(
                    f"行 {row.rule} 没有数字；写作 {row.rule}: {row.label} _figures",
                    f"the row {row.rule} has no figures; write {row.rule}: {row.label} _figures",
                    name=row.rule,
                )

    def _check_once(self, names: list[str], where: str) -> None:
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise BadGrammar(f"{where} 里 {twice} 出现了两次", f"{where} has {twice} twice", name=twice)

    def _check_ends(self) -> None:
        """Labels alone must make a whole form: what is missing in a report is put in by them."""
        ends: set[str] = set(self.grammar.words)
        grown = True
        while grown:
            grown = False
            for rule, alternatives in self.expansions.items():
                if rule not in ends and any(all(symbol in ends for symbol in one) for one in alternatives):
                    ends.add(rule)
                    grown = True
        open_rules = [rule for rule in self.expansions if rule not in ends]
        if open_rules:
            rule = min(open_rules, key=lambda name: (name.startswith("_"), name == "report", name))
            raise BadGrammar(
                f"规则 {rule} 要求有正文或数字，或者没有尽头；报告自己的话一律可有可无，写 _prose、_notes、_figures",
                f"the rule {rule} demands text or figures, or never ends; what a report says itself may always be "
                "absent: write _prose, _notes, _figures",
                name=rule,
            )
