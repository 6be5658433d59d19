"""A lark grammar compiled to plain LALR tables, kept as JSON between runs.

Building the tables takes lark some tens of milliseconds, longer than a report takes; so those of the
grammars that ship with reportlint ship with it too (`make lists` makes them), under a checksum of the grammar.
Nothing is kept between runs: what a cache holds could be anybody's.
"""

from __future__ import annotations

import os
import re
from enum import Enum
from typing import Any

from reportlint.diagnostics import UserError, Words
from reportlint.late import Late
from reportlint.resources import checksum, made_beforehand, shipped
from reportlint.tuples import NamedTuple

END = "$END"


class Role(Enum):
    """What a terminal of a grammar stands for, by its name (grammar/README.md)."""

    SECTION = "H_"
    CAPTION = "T_"
    COLUMN = "C_"
    ROW = "R_"
    GROUP = "G_"
    OTHER = ""
    """No fixed wording of the form: TEXT, FIGURE, TITLE, HEADING, and names of rules."""

    # Enum's own is written in Python; a repair looks roles up a million times.
    __hash__ = object.__hash__


LABELS = frozenset(Role) - {Role.OTHER}
_ROLES = {role.value: role for role in LABELS}


class _RoleOf(dict[str, Role]):
    def __missing__(self, symbol: str) -> Role:
        self[symbol] = role = _ROLES.get(symbol[:2], Role.OTHER)
        return role


ROLE_OF = _RoleOf()
"""The role of each terminal by its name."""
role_of = ROLE_OF.__getitem__


MOST_LABELS = 300
MOST_RULES = 800
MOST_CHOICES = 10
"""Optional parts and choices in brackets within one alternative: n of them are 2^n rules to lark."""
_DEFINITION = Late(r"^[?!]?(\w+)(?:\{[^}]*\})?(?:\.\d+)?[ \t]*:(?!:)(.*(?:\n+[ \t|].*)*)", re.MULTILINE)
QUOTED = Late(r'"(?:[^"\\\n]|\\.)*"i?|//.*|/(?:[^/\\\n]|\\.)+/[imslux]*')
_TERMINAL = Late(r"^_?[A-Z]\w*(?:\.\d+)?[ \t]*:", re.MULTILINE)
_RULE = Late(r"^[?!]?_*[a-z]\w*(?:\{[^}]*\})?(?:\.\d+)?[ \t]*:", re.MULTILINE)
_CONFLICT = Late("Shift/Reduce|Reduce/Reduce")
_ABSENT = Late(r"^(?:Rule|Terminal|Symbols?)? ?'?(\w+)'? used but not defined|undefined rule: NonTerminal\('(\w+)'\)")
_TWICE = Late(r"'(\w+)' defined more than once")
_LINE = Late(r"at line (\d+)")
_RULES = Late(r"<(\w+) :")


class BadGrammar(UserError):
    """A grammar that cannot be used.

    `line` is the line of its text, counted from 1; or `name` is the rule or terminal that is wrong.
    """

    def __init__(self, zh: str, en: str, line: int | None = None, name: str = "") -> None:
        super().__init__(zh, en)
        self.line = line
        self.name = name


class Grammar(NamedTuple):
    """LALR tables: actions by state and symbol, and the rules they reduce by.

    An action is a state to go to (≥ 0), or ~r to reduce by rule r. `words` are the terminals
    that stand for fixed wording, with that wording.
    """

    actions: list[dict[str, int]]
    rules: list[tuple[str, list[str]]]
    words: dict[str, str]
    start: int
    end: int


def compile_grammar(text: str) -> Grammar:
    """The tables of `text`: made beforehand for the grammars that ship with reportlint, else made now.

    Raises BadGrammar.
    """
    return _load(made_beforehand(file_name(text)) or make_tables(text))


def is_shipped(text: str) -> bool:
    """Whether the tables of a grammar ship with reportlint."""
    return os.path.exists(shipped("grammar", "tables", file_name(text)))


def file_name(text: str) -> str:
    """What the file with a grammar's tables is called: another grammar has another."""
    return f"{checksum(text)}.json"


def make_tables(text: str) -> dict[str, Any]:
    """The tables of a grammar as they are stored. Raises BadGrammar."""
    _refuse_explosion(text)
    try:
        return _build(text)
    except Exception as error:  # lark's errors have no common base for bad grammars
        raise _explained(error) from None


def _refuse_explosion(text: str) -> None:
    """Raise BadGrammar for a rule that lark would multiply beyond bounds, before it tries."""
    plain = QUOTED.sub(lambda match: " " * len(match[0]), text)
    words = len(_TERMINAL.findall(plain))
    if words > MOST_LABELS:
        raise BadGrammar(
            f"有 {words} 个用语，最多 {MOST_LABELS} 个", f"it has {words} wordings; {MOST_LABELS} are the most"
        )
    rules = len(_RULE.findall(plain))
    if rules > MOST_RULES:
        raise BadGrammar(f"有 {rules} 条规则，最多 {MOST_RULES} 条", f"it has {rules} rules; {MOST_RULES} are the most")
    for rule in _DEFINITION.finditer(plain):
        for alternative in _alternatives(rule[2]):
            choices = sum(map(alternative.count, "?[|*+"))
            line = text.count("\n", 0, rule.start()) + 1
            if choices > MOST_CHOICES:
                raise BadGrammar(
                    f"规则 {rule[1]} 的一个分支里有 {choices} 处可选或重复，会展开成海量规则；"
                    "请改用 _opt{…}，或拆成几条规则",
                    f"an alternative of the rule {rule[1]} has {choices} optional or repeated parts, which multiply "
                    "beyond bounds; write _opt{…}, or split it into several rules",
                    line,
                )


def _alternatives(body: str) -> list[str]:
    """The alternatives of a rule's body, parted by | outside brackets."""
    parts, depth = [""], 0
    for char in body:
        depth += (char in "([{") - (char in ")]}")
        if char == "|" and depth <= 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _explained(error: Exception) -> BadGrammar:
    """What lark says against a grammar, in a sentence."""
    said = str(error)
    if _CONFLICT.search(said):
        # Which of the words that conflict lark names first changes from run to run, so none is named.
        rules = sorted(set(_RULES.findall(said)))
        named = ", ".join(rules)
        return BadGrammar(
            f"语法有歧义：规则 {named} 结束处，不知道下一个词是仍属于它，还是跟在它后面；"
            "同一类词不能既属于它又跟在它后面",
            f"the grammar is ambiguous: at the end of the rule {named} it cannot tell whether the next word still "
            "belongs to it or follows it; what may stand in it must not also follow it",
            name=rules[0] if rules else "",
        )
    if twice := _TWICE.search(said):
        return BadGrammar(f"{twice[1]} 定义了两次", f"{twice[1]} is defined twice", name=twice[1])
    if absent := _ABSENT.search(said):
        name = absent[1] or absent[2]
        return BadGrammar(f"没有定义 {name}", f"{name} is used but not defined", name=name)
    if place := _LINE.search(said):
        hint = Words(
            "这里读不懂，请检查引号、冒号和括号", "is not understood here; look at quotes, colons and brackets"
        )
        return BadGrammar(*hint, line=int(place[1]))
    first = said.strip().splitlines()[0] if said.strip() else type(error).__name__
    return BadGrammar(f"不是正确的语法：{first}", f"is no grammar: {first}")


def _load(data: dict[str, Any]) -> Grammar:
    rules = [(origin, expansion) for origin, expansion in data["rules"]]
    return Grammar(data["actions"], rules, data["words"], data["start"], data["end"])


def _build(text: str) -> dict[str, Any]:
    from lark import Lark
    from lark.lexer import Lexer, PatternStr
    from lark.parsers.lalr_analysis import Shift

    class NoLexer(Lexer):
        """Stands where lark wants a lexer: tokens come from reportlint.parse.tokens."""

        __future_interface__ = 2

        def __init__(self, lexer_conf: object) -> None:
            pass

        def lex(self, lexer_state: object, parser_state: object) -> Any:
            return iter(())

    lark = Lark(text, start="report", parser="lalr", lexer=NoLexer, strict=True)
    table = lark.parser.parser._parse_table
    # Numbered from the start on, by the symbols' names: lark's own numbers change from run to run, repair must not.
    rows = {
        state: sorted((str(getattr(k, "name", k)), v) for k, v in row.items()) for state, row in table.states.items()
    }
    order = [table.start_states["report"]]
    numbers = {order[0]: 0}
    rules: dict[Any, int] = {}
    actions: list[dict[str, int]] = []
    for state in order:
        encoded = {}
        for name, (action, target) in rows[state]:
            if action is not Shift:
                encoded[name] = ~rules.setdefault(target, len(rules))
                continue
            if target not in numbers:
                numbers[target] = len(order)
                order.append(target)
            encoded[name] = numbers[target]
        actions.append(encoded)
    return {
        "actions": actions,
        "rules": [(str(r.origin.name), [str(s.name) for s in r.expansion]) for r in rules],
        "words": {t.name: t.pattern.value for t in lark.terminals if isinstance(t.pattern, PatternStr)},
        "start": numbers[table.start_states["report"]],
        "end": numbers[table.end_states["report"]],
    }
