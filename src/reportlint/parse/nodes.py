"""What a parse gives: a tree, and what was left out of it."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.parse.tokens import Token
from reportlint.tuples import NamedTuple


class Node(NamedTuple):
    """A part of the tree: the grammar rule and its children in order."""

    rule: str
    children: tuple[Node | Token, ...]


def tokens_of(node: Node, deep: bool = False) -> Iterator[Token]:
    """The tokens of a node, with `deep` those of the nodes in it too."""
    for child in node.children:
        if isinstance(child, Token):
            yield child
        elif deep:
            yield from tokens_of(child, deep)


class Dropped(NamedTuple):
    """Tokens that fit nowhere: a row with its figures, or a stray line."""

    tokens: tuple[Token, ...]


class Parse(NamedTuple):
    """A whole tree, what was left out of it, and the cost of the repair (0 for a sound report).

    Tokens that had to be inserted are in the tree with how is How.MISSING and an empty range.
    """

    tree: Node
    dropped: tuple[Dropped, ...]
    cost: int
