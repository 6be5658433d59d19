"""A parse tree as lines of text: for authors of forms, and for the fixtures that hold a grammar."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.characters import printable
from reportlint.forms.form import Form
from reportlint.model import How
from reportlint.parse.nodes import Node
from reportlint.parse.read import read_text
from reportlint.parse.tokens import Token
from reportlint.source import Source

_LONGEST = 40


def draw_tree(source: Source, forms: tuple[Form, ...] | None = None) -> Iterator[str]:
    """The tree of a text, a line a node or a token, what was dropped and moved, and the cost of the repair.

    A token shows its terminal, how it was recognised where not exactly ("missing" was inserted), its
    line and its text as it is compared. Raises UnreadableFile.
    """
    folded, _, outline, parsed = read_text(source, forms)

    def token(held: Token) -> str:
        line = source.position(folded.raw(held.start, held.end).start)[0]
        how = "" if held.how is How.EXACT else f" ({held.how})"
        return f"{held.kind}{how} {line}: {printable(held.text[:_LONGEST])}".rstrip()

    def lines(node: Node, depth: int) -> Iterator[str]:
        yield "  " * depth + node.rule
        within = "  " * (depth + 1)
        figures: list[str] = []
        for child in [*node.children, None]:
            if isinstance(child, Token) and child.kind == "FIGURE":
                figures.append(printable(child.text))
                continue
            if figures:
                yield f"{within}FIGURE {' '.join(figures)}"
                figures = []
            if isinstance(child, Token):
                yield within + token(child)
            elif child is not None:
                yield from lines(child, depth + 1)

    yield from lines(parsed.tree, 0)
    yield from (f"dropped: {' | '.join(map(token, one.tokens))}" for one in parsed.dropped)
    yield from (f"duplicate: {token(again)}" for again, _ in outline.duplicates)
    yield from (f"moved: {token(moved)}" for moved in outline.moved)
    yield f"cost {parsed.cost}"
