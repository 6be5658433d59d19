"""A lark grammar compiled to plain LALR tables, kept as JSON between runs.

Building the tables takes lark some tens of milliseconds, longer than a report takes; so what
the parser needs is stored in the user's cache folder under a hash of the grammar. Without a
writable cache everything works, only slower to start.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

END = "$END"


@dataclass(frozen=True, slots=True)
class Grammar:
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
    """The tables of `text`, from the cache if they are there.

    Raises lark.exceptions.LarkError for a grammar that lark refuses.
    """
    key = hashlib.sha256(f"{_LAYOUT}\n{text}".encode()).hexdigest()[:24]
    path = _cache_folder() / f"{key}.json"
    try:
        return _load(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        pass
    data = _build(text)
    _store(path, data)
    return _load(data)


_LAYOUT = 1
"""To be raised when what is stored changes."""


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        root = Path(base) if base else Path.home() / ".cache"
    except RuntimeError:
        root = Path(os.devnull)  # no home, no cache
    return root / "reportlint"


def _store(path: Path, data: dict[str, Any]) -> None:
    import tempfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            json.dump(data, file, ensure_ascii=False)
        os.replace(file.name, path)
    except OSError:
        pass


def _load(data: dict[str, Any]) -> Grammar:
    rules = [(origin, expansion) for origin, expansion in data["rules"]]
    return Grammar(data["actions"], rules, data["words"], data["start"], data["end"])


def _build(text: str, strict: bool = False) -> dict[str, Any]:
    from lark import Lark
    from lark.lexer import Lexer, PatternStr
    from lark.parsers.lalr_analysis import Shift

    class NoLexer(Lexer):
        """Stands where lark wants a lexer: tokens come from reportlint.tokens."""

        __future_interface__ = 2

        def __init__(self, lexer_conf: object) -> None:
            pass

        def lex(self, lexer_state: object, parser_state: object) -> Any:
            return iter(())

    lark = Lark(text, start="report", parser="lalr", lexer=NoLexer, strict=strict)
    table = lark.parser.parser._parse_table
    rules: dict[Any, int] = {}
    numbers = {state: n for n, state in enumerate(table.states)}
    actions: list[dict[str, int]] = []
    for row in table.states.values():
        encoded = {}
        # Sorted, for lark's own order changes with the hash seed and repair must not.
        for name, (action, target) in sorted((str(getattr(k, "name", k)), v) for k, v in row.items()):
            encoded[name] = numbers[target] if action is Shift else ~rules.setdefault(target, len(rules))
        actions.append(encoded)
    return {
        "actions": actions,
        "rules": [(str(r.origin.name), [str(s.name) for s in r.expansion]) for r in rules],
        "words": {t.name: t.pattern.value for t in lark.terminals if isinstance(t.pattern, PatternStr)},
        "start": numbers[table.start_states["report"]],
        "end": numbers[table.end_states["report"]],
    }
