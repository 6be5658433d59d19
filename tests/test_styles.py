"""Whole sound reports in ten prose styles get no finding; one slip gets the right rule in its place."""

import pytest

from reportlint.diagnostics import Diagnostic
from reportlint.parse.read import read_report
from reportlint.rules import all_rules
from reportlint.run.linter import lint
from reportlint.source import Source
from tests.reports import half_width, traditional
from tests.styles import STYLES, slip, written

RULES = all_rules()


def diagnostics(text: str) -> list[Diagnostic]:
    return lint(read_report(Source("t.txt", text)), RULES)


def found(text: str) -> list[tuple[str, int, int]]:
    return [(d.rule, *d.span) for d in diagnostics(text)]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", STYLES)
def test_sound(name: str, seed: int) -> None:
    text, _ = written(STYLES[name], seed)
    assert found(text) == []
    assert found(half_width(text)) == []
    assert [rule for rule, *_ in found(traditional(text))] == ["mixed-script"]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", STYLES)
def test_one_slip(name: str, seed: int) -> None:
    text, places = written(STYLES[name], seed)
    assert len(places) >= 2
    for place in places:
        changed = slip(text, place)
        assert changed != text
        seen = diagnostics(changed)
        shown = text[max(0, place.start - 15) : place.end + 5]
        assert {d.rule for d in seen} == {place.rule}, f"{shown}: {seen}"
        # A sum that is off is shown at its total, with its parts as second places.
        spans = [span for d in seen for span in (d.span, *(label.span for label in d.labels))]
        assert any(start <= place.start < end for start, end in spans), f"{shown}: {seen}"
        assert all(end - start <= 30 for start, end in spans), "the figure, not the paragraph"
