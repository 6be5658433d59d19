"""Parsing always ends with a whole tree, loses no token, and repairs nothing that is sound."""

from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportlint.forms.form import Form
from reportlint.forms.tables import _build
from reportlint.parse.headings import classify
from reportlint.parse.joining import read_tokens
from reportlint.parse.layout import cells
from reportlint.parse.nodes import Node
from reportlint.parse.order import arrange
from reportlint.parse.repair import parse
from reportlint.parse.titles import find_titles
from reportlint.parse.tokens import Token
from reportlint.resources import read_shipped
from reportlint.text.fold import fold
from reportlint.text.keys import key
from tests.helpers import findings, report_of
from tests.reports import FORMS, draft, render


def leaves(node: Node) -> Iterator[Token]:
    for child in node.children:
        if isinstance(child, Token):
            yield child
        else:
            yield from leaves(child)


def rules_of(node: Node) -> Iterator[str]:
    yield node.rule
    for child in node.children:
        if isinstance(child, Node):
            yield from rules_of(child)


def check(text: str, form: Form) -> None:
    folded = fold(text).text
    tokens = find_titles(read_tokens(folded, cells(folded), form), form, folded)
    outline = arrange(tokens, form)
    result = parse(outline.tokens, form)
    sections = [r for r in rules_of(result.tree) if r.startswith("section_")]
    assert sections == [s.rule for s in form.sections], "a whole tree"
    kept = Counter(t.start for t in leaves(result.tree) if t.how != "missing")
    kept.update(t.start for d in result.dropped for t in d.tokens)
    kept.update(again.start for again, _ in outline.duplicates)
    kept.update(t.start for t in outline.moved if not any(t is other for other in outline.tokens))
    assert kept == Counter(t.start for t in tokens), "every token in the tree, or dropped"
    assert parse(outline.tokens, form) == result, "the same result each time"


LINES = {name: render(draft(name, size="small", seed=2)).text.splitlines() for name in FORMS}
CELLS = {name: render(draft(name, size="small", seed=2), "bare_cells").text.splitlines() for name in FORMS}


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_mutilated_reports(form: str, data: st.DataObject) -> None:
    lines = list(data.draw(st.sampled_from([LINES[form], CELLS[form]])))
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        to = data.draw(st.integers(0, len(lines) - 1))
        kind = data.draw(st.sampled_from(["drop", "double", "swap", "cut", "run", "other"]))
        if kind == "drop":
            del lines[min(at, to) : min(at, to) + data.draw(st.integers(1, 30))]
        elif kind == "double":
            lines.insert(to, lines[at])
        elif kind == "swap":
            lines[at], lines[to] = lines[to], lines[at]
        elif kind == "cut":
            lines[at] = lines[at][: len(lines[at]) // 2]
        elif kind == "run":
            lines[at : at + 5] = ["".join(lines[at : at + 5])]
        else:
            lines[at] = data.draw(st.text(alphabet="一二三、（）行政许可总计0 |\t年报告", max_size=12))
        if not lines:
            lines = [""]
    text = "\n".join(lines)
    for each in FORMS.values():
        check(text, each)
    findings(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    for form in FORMS.values():
        check(text, form)


PIECES = (
    "——",
    "…",
    "-",
    "·",
    ".",
    "、",
    ",",
    "(",
    ")",
    "#",
    "□",
    "第",
    "部分",
    "一",
    "十一",
    "1",
    "2020",
    "年",
    "总体情况",
)


@pytest.mark.parametrize("name", FORMS)
def test_any_short_line_is_a_heading_or_none(name: str) -> None:
    form = FORMS[name]
    for pieces in product(PIECES, repeat=3):
        found = classify(key("".join(pieces)), form)
        assert found is None or found.kind == "HEADING" or found.kind in form.labels, pieces


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from([*FORMS["2021"].labels.values(), "0", "0 0 0 0 0 0 0", "某行", "九、某", "\n", "| |"]),
        max_size=60,
    ),
    st.sampled_from(["\n", " | ", " ", "\n\n", "\t"]),
)
def test_labels_in_any_order(parts: list[str], between: str) -> None:
    for form in FORMS.values():
        check(between.join(parts), form)


@pytest.mark.parametrize("name", FORMS)
def test_grammars_are_strictly_lalr(name: str) -> None:
    text = "".join(read_shipped("grammar", f"{part}.lark") for part in ("base", "common", name))
    assert len(_build(text)["actions"]) < 400, "no optional items that multiply the rules"


@pytest.mark.parametrize("name", FORMS)
def test_sums_name_rows_and_columns_of_the_form(name: str) -> None:
    for section in FORMS[name].sections:
        for table in section.tables:
            known = {*table.columns, *(row.label for row in table.rows)}
            assert table.columns
            for term in table.sums:
                assert {*term.sum, *term.equals} <= known


def test_prose_is_never_taken_for_labels() -> None:
    prose = "行政许可13368件，行政处罚300条。其他事项按规定办理；总计公开信息41900条。"
    report = report_of(render(draft()).text.replace("（五）监督保障情况。", f"（五）监督保障情况。{prose}"))
    assert report.cost == 0


def test_form_is_chosen_by_the_tables() -> None:
    text = render(draft("2019")).text.replace("2020", "2023").replace("2021", "2024")
    assert report_of(text).form.name == "2019"
