"""The moves of an LALR parser: which reductions a terminal asks for, and the stack behind it."""

from __future__ import annotations

from functools import lru_cache

from reportlint.forms.form import Form
from reportlint.forms.tables import END, Grammar
from reportlint.tuples import NamedTuple

Stack = tuple[int, ...]


class Moves(NamedTuple):
    """What comes before a terminal is shifted, rule and length, and the stack behind it."""

    reductions: tuple[tuple[str, int], ...]
    stack: Stack


@lru_cache(maxsize=8192)
def moves(form: Form, stack: Stack, kind: str) -> Moves | None:
    """What a terminal brings about on a stack; None where it does not fit. Reports go through the same few."""
    grammar = form.grammar
    reductions: list[tuple[str, int]] = []
    while True:
        action = grammar.actions[stack[-1]].get(kind)
        if action is None:
            return None
        if action >= 0:
            return Moves(tuple(reductions), (*stack, action))
        origin, expansion = grammar.rules[~action]
        reductions.append((origin, len(expansion)))
        stack = (*stack[: len(stack) - len(expansion)], grammar.actions[stack[-len(expansion) - 1]][origin])
        if kind == END and stack[-1] == grammar.end:
            return Moves(tuple(reductions), stack)


def following(grammar: Grammar, stack: Stack, kind: str) -> Stack | None:
    """The stack after `kind`, or None where it does not fit."""
    actions = grammar.actions
    while True:
        action = actions[stack[-1]].get(kind)
        if action is None:
            return None
        if action >= 0:
            return (*stack, action)
        origin, expansion = grammar.rules[~action]
        if expansion:
            stack = stack[: -len(expansion)]
        stack = (*stack, actions[stack[-1]][origin])
        if kind == END and stack[-1] == grammar.end:
            return stack
