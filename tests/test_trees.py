"""Parse trees of small reports, so that a change of a grammar can be read.

UPDATE_GOLDEN=1 writes them anew, as `reportlint tree` draws them. A tree shows each node,
each token with its line, how it was recognised where not exactly, and at the end what was dropped.
"""

import os
from pathlib import Path

import pytest

from reportlint.parse.drawn import draw_tree
from reportlint.source import Source
from tests.program import run
from tests.reports import FORMS

FIXTURES = sorted((Path(__file__).parent / "forms").glob("*/*.txt"))


def tree(text: str, form_name: str) -> str:
    return "\n".join([*draw_tree(Source("x", text), (FORMS[form_name],)), ""])


def test_there_are_fixtures_for_every_form() -> None:
    assert {path.parent.name for path in FIXTURES} == set(FORMS)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_tree(path: Path) -> None:
    found = tree(path.read_text("utf-8"), path.parent.name)
    golden = path.with_suffix(".tree")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")


def test_the_command_draws_what_the_fixtures_hold() -> None:
    path = next(path for path in FIXTURES if path.parent.name == "2021")
    done = run("tree", path, "--form", "2021", "--isolated")
    assert done.stdout.decode() == path.with_suffix(".tree").read_text("utf-8")
    assert run("tree", path.with_name("none.txt")).returncode == 2
    assert "\x1b" not in run("tree", "-", data="一、总体\x1b情况\n甲\x1b乙".encode()).stdout.decode()
