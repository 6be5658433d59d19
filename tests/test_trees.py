"""Parse trees of small reports, so that a change of a grammar can be read.

UPDATE_GOLDEN=1 writes them anew. A tree shows each node, each token with its line, how it was
recognised where not exactly, and at the end what was dropped.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportlint.parse.joining import read_tokens
from reportlint.parse.layout import cells
from reportlint.parse.order import arrange
from reportlint.parse.repair import Node, parse
from reportlint.parse.titles import find_titles
from reportlint.parse.tokens import Token
from reportlint.source import Source
from reportlint.text.fold import fold
from tests.reports import FORMS

FIXTURES = sorted((Path(__file__).parent / "forms").glob("*/*.txt"))


def tree(text: str, form_name: str) -> str:
    form, source, folded = FORMS[form_name], Source("x", text), fold(text)
    tokens = read_tokens(folded.text, cells(folded.text), form)
    outline = arrange(find_titles(tokens, form), form)
    result = parse(outline.tokens, form)

    def token(t: Token) -> str:
        line = source.position(folded.raw(t.start, t.end).start)[0]
        how = "" if t.how == "exact" else f" ({t.how})"
        return f"{t.kind}{how} {line}: {t.text[:40]}".rstrip()

    def lines(node: Node, depth: int) -> Iterator[str]:
        yield "  " * depth + node.rule
        figures: list[str] = []
        for child in node.children:
            if isinstance(child, Token) and child.kind == "FIGURE":
                figures.append(child.text)
                continue
            if figures:
                yield "  " * (depth + 1) + "FIGURE " + " ".join(figures)
                figures = []
            yield from [("  " * (depth + 1) + token(child))] if isinstance(child, Token) else lines(child, depth + 1)
        if figures:
            yield "  " * (depth + 1) + "FIGURE " + " ".join(figures)

    out = list(lines(result.tree, 0))
    out += [f"dropped: {' | '.join(map(token, d.tokens))}" for d in result.dropped]
    out += [f"duplicate: {token(again)}" for again, _ in outline.duplicates]
    out += [f"moved: {token(t)}" for t in outline.moved]
    return "\n".join([*out, f"cost {result.cost}", ""])


def test_there_are_fixtures_for_every_form() -> None:
    assert {path.parent.name for path in FIXTURES} == set(FORMS)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_tree(path: Path) -> None:
    found = tree(path.read_text("utf-8"), path.parent.name)
    golden = path.with_suffix(".tree")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")
