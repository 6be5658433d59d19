"""Wrong, missing and surplus figures in whole reports: what people are told about them."""

from __future__ import annotations

import json
import random
import re
from itertools import combinations, product
from typing import NamedTuple

import pytest

from reportlint.diagnostics import Diagnostic
from reportlint.forms.form import TableForm
from reportlint.model import Report
from reportlint.output.tabular.reports import report_object
from reportlint.rules import all_rules
from reportlint.run.analysis import Analysis
from reportlint.run.linter import lint
from reportlint.sums.examine import Sums
from tests.helpers import findings, report_of
from tests.reports import CELL_LAYOUTS, FORMS, LAYOUTS, Block, Line, copy, draft, find, render, row

SIZES = ("zero", "small", "large")
WIDTH = 7


class Seen(NamedTuple):
    """What a linted text shows: its report and the findings that are not mere hints."""

    report: Report
    found: list[Diagnostic]

    def rules(self) -> list[str]:
        return [d.rule for d in self.found]

    def text(self, d: Diagnostic) -> str:
        return self.report.source.text[d.span.start : d.span.end]

    def mended(self) -> str:
        """The text with every fix applied, as --unsafe-fixes will."""
        text = self.report.source.text
        edits = [edit for d in self.found if d.fix for edit in d.fix.edits]
        for edit in sorted(edits, key=lambda e: e.span, reverse=True):
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
        return text


def see(text: str, lang: str = "en") -> Seen:
    report = report_of(text)
    return Seen(report, [d for d in lint(report, all_rules(), lang) if d.severity != "info"])


def table(blocks: list[Block]) -> list[Line]:
    return find(blocks, "table_applications").rows


def values(blocks: list[Block]) -> dict[str, list[int]]:
    return {line.key: list(map(int, line.figures)) for line in table(blocks)}


def result_rows(form: str) -> tuple[str, ...]:
    tables = [t for s in FORMS[form].sections for t in s.tables]
    return next(s.sum for t in tables for s in t.sums if s.rule == "results-total")


def adds_up(form: str, rows: dict[str, list[int]]) -> bool:
    """Whether section three holds, written once more and plainly (docs/specification.md §5, I1–I3)."""
    if any(sum(r[:-1]) != r[-1] or min(r) < 0 for r in rows.values()):
        return False
    return all(
        sum(rows[name][c] for name in result_rows(form)) == rows["R_TOTAL"][c]
        and rows["R_NEW"][c] + rows["R_CARRIED_OVER"][c] == rows["R_TOTAL"][c] + rows["R_FORWARD"][c]
        for c in range(WIDTH)
    )


def wrong_value(rng: random.Random, old: int) -> int:
    """A figure as people mistype it, or any other."""
    text = str(old)
    at = rng.randrange(len(text))
    slips = [text[:at] + text[at + 1 :], text[:at] + text[at] + text[at:], text[::-1], str(old + rng.randrange(1, 20))]
    slips += [str(max(0, old - rng.randrange(1, 20))), str(rng.randrange(100000)), "0"]
    new = rng.choice([int(slip) for slip in slips if slip])
    return new if new != old else old + 1


CASES = [(form, layout, size) for form in FORMS for layout in LAYOUTS for size in SIZES]


@pytest.mark.parametrize(("form", "layout", "size"), CASES)
def test_one_wrong_figure_is_named_with_its_value(form: str, layout: str, size: str) -> None:
    rng = random.Random(f"{form} {layout} {size}")
    base = draft(form, size=size, seed=rng.randrange(1000))
    for _ in range(4):
        blocks = copy(base)
        line, at = rng.choice(table(blocks)), rng.randrange(WIDTH)
        old = int(line.figures[at])
        line.figures[at] = str(wrong_value(rng, old))
        rendered = render(blocks, layout, furniture=rng.random() < 0.5)
        seen = see(rendered.text)
        assert seen.rules() == ["wrong-figure"], (line.key, at, seen.found)
        (only,) = seen.found
        assert seen.text(only) == line.figures[at]
        assert seen.report.source.position(only.span.start)[0] in rendered.lines[f"{line.key}.{at}"]
        assert only.message.endswith(f" is {line.figures[at]}; every sum holds with {old}")
        assert only.fix
        assert only.fix.safety == "unsafe"
        assert [edit.text for edit in only.fix.edits] == [str(old)]
        assert findings(seen.mended()) == findings(render(base, layout).text) == []


@pytest.mark.parametrize("figure", ["2022", "2023", "12", "1,234", "12,345", "１２", "1，234", "0005"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_wrong_figure_may_look_like_something_else(layout: str, figure: str) -> None:
    """A year, a page number, a figure with separators or in full width, behind the longest label."""
    blocks = draft(size="zero")
    row(blocks, "R_PARTLY").figures[0] = figure
    seen = see(render(blocks, layout).text)
    assert seen.rules() == ["wrong-figure"]
    assert seen.text(seen.found[0]) == figure
    assert findings(seen.mended()) == []


def spoil(rng: random.Random, blocks: list[Block], places: list[tuple[int, int]], by: list[int]) -> None:
    for (r, c), amount in zip(places, by, strict=True):
        figures = table(blocks)[r].figures
        figures[c] = str(int(figures[c]) + amount)


Cell = tuple[str, int]


def effects(form: str, cell: Cell) -> dict[tuple[str, object], int]:
    """The equations of section three that a cell stands in, with its sign there."""
    name, c = cell
    found: dict[tuple[str, object], int] = {("row", name): -1 if c == WIDTH - 1 else 1}
    if name in (*result_rows(form), "R_TOTAL"):
        found["results", c] = -1 if name == "R_TOTAL" else 1
    if name in ("R_NEW", "R_CARRIED_OVER", "R_TOTAL", "R_FORWARD"):
        found["balance", c] = 1 if name in ("R_NEW", "R_CARRIED_OVER") else -1
    return found


def mendings(form: str, rows: dict[str, list[int]], size: int) -> list[dict[Cell, int]]:
    """Every set of one or two cells whose change makes section three add up, by trying them all."""
    cells = [(name, c) for name in rows for c in range(WIDTH)]
    off: dict[tuple[str, object], int] = {}
    for cell in cells:
        for equation, sign in effects(form, cell).items():
            off[equation] = off.get(equation, 0) + sign * rows[cell[0]][cell[1]]
    broken = {equation for equation, by in off.items() if by}
    amounts = {sign * by for by in off.values() if by for sign in (1, -1)}
    found = []
    for chosen in combinations(cells, size):
        if not broken <= set().union(*(effects(form, cell) for cell in chosen)):
            continue
        for steps in product(amounts, repeat=size):
            left = dict(off)
            for cell, step in zip(chosen, steps, strict=True):
                for equation, sign in effects(form, cell).items():
                    left[equation] += sign * step
            made = {(n, c): rows[n][c] + step for (n, c), step in zip(chosen, steps, strict=True)}
            if not any(left.values()) and min(made.values()) >= 0:
                found.append(made)
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("form", FORMS)
def test_two_wrong_figures_are_both_named(form: str, size: str) -> None:
    rng = random.Random(f"two {form} {size}")
    for n in range(10):
        base = draft(form, size=size, seed=n)
        rows, columns = rng.sample(range(len(table(base))), 2), rng.sample(range(WIDTH), 2)
        places = list(zip(rows, columns, strict=True))
        amounts = rng.sample([*range(1, 30), 100, 900], 2)
        blocks = copy(base)
        spoil(rng, blocks, places, amounts)
        assert len(mendings(form, values(blocks), 2)) == 1
        seen = see(render(blocks, rng.choice(list(LAYOUTS))).text)
        assert sorted(seen.rules()) == ["wrong-figure"] * 2, (places, amounts, seen.found)
        for d in seen.found:
            assert "every sum holds with" in d.message
            (other,) = (one for one in seen.found if one is not d)
            named = other.message.partition(" is ")[0]
            assert f" for {named}" in d.message.partition(" and with ")[2]
            row_note = next(note for note in d.notes if note.startswith("row:"))
            stated = [
                f.text
                for t in seen.report.tables
                for r in t.rows
                if d.span in [f.span for f in r.figures]
                for f in r.figures
            ]
            assert row_note == f"row: {' + '.join(stated[:-1])} = {sum(map(int, stated[:-1]))}, stated {stated[-1]}"
        assert findings(seen.mended()) == []


@pytest.mark.parametrize("form", FORMS)
def test_two_figures_off_by_the_same_amount_leave_four_candidates(form: str) -> None:
    rng = random.Random(f"same {form}")
    base = draft(form, size="large", seed=5)
    keys = [line.key for line in table(base)]
    results = [n for n, key in enumerate(keys) if key in result_rows(form)]
    for _ in range(12):
        rows, columns = rng.sample(results, 2), rng.sample(range(WIDTH - 1), 2)
        places = list(zip(rows, columns, strict=True))
        blocks = copy(base)
        spoil(rng, blocks, places, [7, 7])
        assert len(mendings(form, values(blocks), 2)) == 2
        seen = see(render(blocks).text)
        assert sorted(seen.rules()) == ["results-total"] * 2 + ["row-total"] * 2
        names = [FORMS[form].column(c) for c in find_table(form).columns]
        for d in seen.found:
            notes = "\n".join(d.notes)
            for r in rows:
                for c in columns:
                    figure = table(blocks)[r].figures[c]
                    label = FORMS[form].labels[keys[r]][:20]
                    assert f"{names[c]} of {label}" in notes
                    assert f"{figure} should be {int(figure) - 7}" in notes


def find_table(form: str) -> TableForm:
    return next(t for s in FORMS[form].sections for t in s.tables if t.rule == "table_applications")


def test_three_unrelated_wrong_figures_are_found() -> None:
    rng = random.Random("three")
    named = 0
    for n in range(100):
        form = rng.choice(list(FORMS))
        base = draft(form, size=rng.choice(SIZES), seed=n)
        blocks = copy(base)
        for r, c in rng.sample([(r, c) for r in range(len(table(base))) for c in range(WIDTH)], 3):
            figures = table(blocks)[r].figures
            figures[c] = str(wrong_value(rng, int(figures[c])))
        seen = see(render(blocks).text)
        named += seen.rules() == ["wrong-figure"] * 3 and findings(seen.mended()) == []
        assert seen.found
    assert named >= 90


@pytest.mark.parametrize("size", ["zero", "small"])
@pytest.mark.parametrize("form", FORMS)
def test_a_figure_is_named_only_where_no_other_would_do(form: str, size: str) -> None:
    """Two slips of the same size, in one row, one column or anywhere, against trying every pair."""
    rng = random.Random(f"claims {form} {size}")
    several = 0
    for n in range(40):
        blocks = copy(draft(form, size=size, seed=n))
        rows = rng.sample(range(len(table(blocks))), 2)
        columns = rng.sample(range(WIDTH), 2)
        places = list(
            zip(rows[:1] * 2 if n % 3 == 1 else rows, columns[:1] * 2 if n % 3 == 2 else columns, strict=True)
        )
        amount = rng.randrange(1, 4)
        spoil(rng, blocks, places, [amount, rng.choice([-1, 1]) * amount])
        if any(int(f) < 0 for line in table(blocks) for f in line.figures):
            continue
        ways = mendings(form, values(blocks), 1) or mendings(form, values(blocks), 2)
        certain = {cell: v for cell, v in ways[0].items() if all(way.get(cell) == v for way in ways)}
        several += len(ways) > 1
        rendered = render(blocks)
        seen = see(rendered.text)
        claims = {(d.span, d.fix.edits[0].text) for d in seen.found if d.rule == "wrong-figure" and d.fix}
        places_of = {r.name: r.figures for t in seen.report.tables for r in t.rows}
        assert claims == {(places_of[name][c].span, str(v)) for (name, c), v in certain.items()}
        assert len(ways) > 1 or seen.rules() == ["wrong-figure"] * len(certain)
    assert several > 5 or size == "zero"


@pytest.mark.parametrize("layout", CELL_LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_one_missing_figure_is_placed_where_the_sums_tell(form: str, layout: str) -> None:
    rng = random.Random(f"missing {form} {layout}")
    for n in range(12):
        base = draft(form, size=rng.choice(SIZES), seed=n)
        blocks = copy(base)
        line, at = rng.choice(table(blocks)), rng.randrange(WIDTH)
        value = int(line.figures.pop(at))
        columns, wholes = set(), set()
        for column in range(WIDTH):
            rows = values(base)
            kept = list(map(int, line.figures))
            whole = [*kept[:column], 0, *kept[column:]]
            whole[column] = sum(whole[:-1]) if column == WIDTH - 1 else whole[-1] - sum(whole[:-1])
            if adds_up(form, {**rows, line.key: whole}):
                columns.add(column)
                wholes.add(tuple(whole))
        seen = see(render(blocks, layout).text)
        assert seen.rules() == ["missing-cell"], seen.found
        (short,) = [s for verdict in Sums(seen.report).verdicts() for s in verdict.short]
        names = {FORMS[form].column(name): n for n, name in enumerate(find_table(form).columns)}
        (gap,) = short.gaps
        assert {names[name] for name in gap.columns} == columns
        if len(columns) == 1:
            assert f"{gap.columns[0]} is missing and must be {value}" in seen.found[0].message
        if len(wholes) == 1:
            assert gap.value == value
            assert findings(seen.mended()) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_surplus_figure_is_pointed_to(layout: str) -> None:
    rng = random.Random(f"surplus {layout}")
    for n in range(6):
        blocks = copy(draft(size="large", seed=n))
        line, at = rng.choice(table(blocks)), rng.randrange(WIDTH + 1)
        line.figures.insert(at, "77777")
        seen = see(render(blocks, layout).text)
        assert seen.rules() == ["extra-cell"]
        assert seen.text(seen.found[0]) == "77777"
        assert f"number {at + 1} (77777) is surplus" in seen.found[0].message


def test_a_missing_and_a_wrong_figure_are_told_apart() -> None:
    for n in range(10):
        rng = random.Random(n)
        base = draft(size="large", seed=n)
        blocks = copy(base)
        short, wrong = rng.sample(table(blocks), 2)
        gone, at = rng.sample(range(WIDTH), 2)
        del short.figures[gone]
        wrong.figures[at] = str(int(wrong.figures[at]) + 13)
        seen = see(render(blocks, "bare_cells").text)
        assert sorted(seen.rules()) == ["missing-cell", "wrong-figure"]
        assert findings(seen.mended()) == []


@pytest.mark.parametrize("layout", ["pipe_rows", "bare_cells"])
@pytest.mark.parametrize("column", [0, 2, 6])
def test_a_lost_column_is_one_finding(layout: str, column: int) -> None:
    """Head and rows lack the same column; a wrong figure is found all the same."""
    base = draft(size="large", seed=8)
    name = FORMS["2021"].column(find_table("2021").columns[column])
    for wrong in (False, True):
        blocks = copy(base)
        block = find(blocks, "table_applications")
        block.heads = [[head for head in heads if head != name] for heads in block.heads]
        for line in table(blocks):
            del line.figures[column]
        if wrong:
            row(blocks, "R_NOT_HELD").figures[3] += "7"
        seen = see(render(blocks, layout).text)
        assert sorted(seen.rules()) == ["missing-cell"] + ["wrong-figure"] * wrong, seen.found
        lost = next(d for d in seen.found if d.rule == "missing-cell")
        assert lost.message.startswith("each of 25 rows from “一、本年新收")
        assert lost.message.endswith(f"has 6 of 7 figures; {name} is missing")


SHIFTED = [0, 14, 0, 0, 3, 0, 17]


@pytest.mark.parametrize(
    ("figures", "rule", "words"),
    [
        (["14", "0", "0", "3", "0", "17", "0"], "wrong-figure", "stand one column to the left"),
        (["14", "0", "0", "3", "0", "17"], "missing-cell", "all the others stand one column to the left"),
        (["14", "0", "0", "3", "0", "17", ""], "missing-cell", "all the others stand one column to the left"),
        (["0", "6", "14", "0", "0", "3", "0"], "wrong-figure", "stand one column to the right"),
        (["", "6", "14", "0", "0", "3", "0"], "wrong-figure", "stand one column to the right"),
    ],
)
def test_a_shifted_row_is_one_finding(figures: list[str], rule: str, words: str) -> None:
    blocks = draft(size="zero")
    whole = [6, 14, 0, 0, 3, 0, 23] if "right" in words else SHIFTED
    first = 6 if len(figures) == WIDTH and "left" in words else whole[0]
    for key in ("R_NEW", "R_NOT_HELD", "R_TOTAL"):
        row(blocks, key).figures = list(map(str, [first, *whole[1:-1], first + sum(whole[1:-1])]))
    total = str(first + sum(whole[1:-1]))
    row(blocks, "R_NOT_HELD").figures = [total if f == "17" else f for f in figures]
    seen = see(render(blocks).text)
    assert seen.rules() == [rule], seen.found
    assert words in seen.found[0].message
    if figures[0]:  # an empty cell is not filled in by a fix
        assert findings(seen.mended()) == []


def test_a_figure_beside_other_faults_is_not_called_a_shift() -> None:
    """One figure of a row left out, three other faults: moving the row would explain it too."""
    blocks = draft(size="zero")
    for key in ("R_PUBLICATION", "R_TOTAL", "R_NEW"):
        row(blocks, key).figures = ["0", "0", "0", "0", "0", "2", "2"]
    row(blocks, "R_PUBLICATION").figures[5] = "0"
    for key, at, figure in (("R_CARRIED_OVER", 2, "30"), ("R_NOT_HELD", 1, "5"), ("R_NOT_CORRECTED", 3, "4")):
        row(blocks, key).figures[at] = figure
    seen = see(render(blocks).text)
    assert seen.rules() == ["wrong-figure"] * 4
    assert not any("stand" in d.message for d in seen.found)
    assert findings(seen.mended()) == []


@pytest.mark.parametrize("close", [" |", ""])
@pytest.mark.parametrize("empty", [(6,), (5, 6), (2, 3, 6), (0, 6)])
def test_empty_cells_at_the_end_keep_their_columns(close: str, empty: tuple[int, ...]) -> None:
    """Where all whole rows of a table end alike, a row's own end tells its empty cells."""
    base = draft(size="small", seed=3)
    blocks = copy(base)
    line = row(blocks, "R_NOT_HELD")
    line.figures = ["" if n in empty else f for n, f in enumerate(line.figures)]
    text = render(blocks).text
    whole = re.sub(r"[ |]+$", close, text, flags=re.MULTILINE)
    at = text.splitlines().index(next(t for t in text.splitlines() if "本机关不掌握" in t))
    lines = whole.splitlines()
    lines[at] = f"（四）无法提供 | {line.label} | {' | '.join(line.figures)}{close}"
    seen = see("\n".join(lines) + "\n")
    assert seen.rules() == ["unreadable-number"] * len(empty)
    names = [FORMS["2021"].column(c) for c in find_table("2021").columns]
    assert [d.message for d in seen.found] == [f"{names[n]} of {line.label} is empty" for n in empty]
    assert len({d.span for d in seen.found}) == len(empty)
    for d in seen.found:
        assert seen.text(d) in (" ", "|")


def test_a_wrong_figure_in_a_row_whose_columns_are_open() -> None:
    """A figure that is wrong wherever it stands is named without a column."""
    blocks = draft(size="zero")
    row(blocks, "R_NOT_HELD").figures = ["0", "2", "0", "0", "0", "0"]
    seen = see(render(blocks, "bare_cells").text)
    assert sorted(seen.rules()) == ["missing-cell", "wrong-figure"]
    wrong = next(d for d in seen.found if d.rule == "wrong-figure")
    assert wrong.message == "a figure of 1.本机关不掌握相关政府信息 is 2; every sum holds with 0"


def test_a_short_block_of_section_four_breaks_no_sum() -> None:
    blocks = draft(size="zero")
    find(blocks, "table_disputes").rows[0].figures = ["1", "0", "0", "0", "1", *["0"] * 5]
    seen = see(render(blocks).text)
    assert seen.rules() == ["missing-cell"]
    assert seen.found[0].notes == ("nothing tells which columns are missing",)


@pytest.mark.parametrize("block", range(3))
def test_a_block_of_section_four_names_its_candidates(block: int) -> None:
    blocks = draft(size="zero")
    figures = ["0"] * 15
    figures[block * 5 : block * 5 + 5] = ["1", "0", "0", "0", "3"]
    find(blocks, "table_disputes").rows[0].figures = figures
    seen = see(render(blocks).text)
    assert seen.rules() == ["disputes-total"]
    candidates = [note for note in seen.found[0].notes if note.startswith("perhaps")]
    assert len(candidates) == 5
    assert seen.found[0].notes[0].endswith("add up to 1 + 0 + 0 + 0 = 1, 总计 states 3")


def test_what_the_text_states_is_the_likeliest() -> None:
    blocks = draft(size="zero")
    find(blocks, "table_disputes").rows[0].figures = ["21", "0", "0", "0", "12", *["0"] * 10]
    text = render(blocks).text
    assert see(text).found[0].notes[1] == "perhaps 行政复议·结果维持: 21 should be 12 (two digits swapped)"
    stated = text.replace("没有发生责任追究情形", "因政府信息公开被申请行政复议21件")
    assert stated != text
    assert see(stated).found[0].notes[1] == "perhaps 行政复议·总计: 12 should be 21 (as the text states)"


def test_a_cell_that_nobody_can_read_is_worked_out() -> None:
    blocks = draft(size="small", seed=3)
    line = row(blocks, "R_NOT_HELD")
    value = line.figures[2]
    line.figures[2] = "/"
    seen = see(render(blocks).text)
    assert seen.rules() == ["unreadable-number"]
    assert seen.found[0].notes == (f"the sums make it {value}",)


def test_sums_that_disagree_on_a_cell_are_shown() -> None:
    blocks = draft(size="zero")
    row(blocks, "R_NOT_HELD").figures = ["2", "/", "0", "0", "0", "0", "0"]
    seen = see(render(blocks).text)
    assert "unreadable-number" in seen.rules()
    assert "wrong-figure" in seen.rules()
    assert findings(seen.mended()) != []


def test_a_missing_row_breaks_no_sum() -> None:
    for n in range(10):
        blocks = copy(draft(size="small", seed=n))
        rows = table(blocks)
        gone = next(line for line in rows if line.key == "R_PUBLICATION")
        rows.remove(gone)
        assert [f.rule for f in findings(render(blocks).text)] == ["missing-row"]


@pytest.mark.parametrize("layout", ["pipe_rows", "bare_cells", "markdown"])
def test_a_filled_group_row_must_be_the_sum_of_its_rows(layout: str) -> None:
    base = draft(size="small", seed=6)
    names = ["R_NOT_HELD", "R_NOT_MADE", "R_UNCLEAR"]
    sums = [sum(values(base)[name][c] for name in names) for c in range(WIDTH)]
    for wrong in (False, True):
        blocks = copy(base)
        first = row(blocks, "R_NOT_HELD")
        at = table(blocks).index(first)
        figures = [str(v + (wrong and n == 3)) for n, v in enumerate(sums)]
        table(blocks).insert(at, Line("G_UNAVAILABLE", "（四）无法提供", figures))
        first.groups = []
        seen = see(render(blocks, layout).text)
        assert seen.rules() == (["group-total"] if wrong else [])
        if wrong:
            assert seen.text(seen.found[0]) == figures[3]
            assert f"its rows add up to {sums[3]}" in seen.found[0].message


@pytest.mark.parametrize(
    ("key", "figures", "found"),
    [
        ("R_NORMATIVE", ["8", "8", "0"], "0 in 对外公开总数量 of 规范性文件 is less than 本年新公开数量, 8"),
        ("R_NORMATIVE", ["8", "8", "8"], None),
        ("R_NORMATIVE", ["82", "0", "0"], None),
        ("R_PERMITS", ["3", "-4", "0"], "-4 in 本年增/减 of 行政许可 takes 上一年项目数量 below 0"),
        ("R_PERMITS", ["3", "减3", "0"], None),
        ("R_FEES", ["0", "-1"], "-1 in 本年增/减 of 行政事业性收费 takes 上一年项目数量 below 0"),
    ],
)
def test_inequalities_of_section_two(key: str, figures: list[str], found: str | None) -> None:
    blocks = draft("2019", size="zero")
    row(blocks, key).figures = figures
    seen = see(render(blocks).text)
    assert [d.message for d in seen.found] == ([found] if found else [])
    assert all(d.rule == "impossible-number" and d.severity == "warning" for d in seen.found)


@pytest.mark.parametrize(
    ("new", "total"),
    [("1 0 10 0 29", "4 2 0 32"), ("1 0 1000 0 2922", "4 2 0 2925"), ("1 0 10000000 0 29", "4 2 0 32")],
)
def test_bounds_that_creep_towards_each_other_end(new: str, total: str) -> None:
    """Two short rows, a row missing, and a contradiction: each pass narrows the bounds by one."""
    blocks = draft(size="zero")
    figures = {"R_NEW": new, "R_TOTAL": total, "R_CARRIED_OVER": "3 3 1 3 0 0 10", "R_FORWARD": "0 1 0 3 3 1 8"}
    for key, text in figures.items():
        row(blocks, key).figures = text.split()
    table(blocks).remove(row(blocks, "R_PARTLY"))
    assert {"missing-cell", "missing-row"} <= set(see(render(blocks).text).rules())


def test_a_short_row_hides_no_broken_column() -> None:
    """A figure in the wrong column of one row, a 0 missing in another: several rows may be at fault."""
    blocks = draft(size="zero")
    figures = {"R_NEW": "40 30 9 0 0 8 87", "R_GRANTED": "35 30 9 0 0 8 82", "R_NOT_MADE": "0 5 0 0 0 0 5"}
    for key, text in {**figures, "R_TOTAL": figures["R_NEW"]}.items():
        row(blocks, key).figures = text.split()
    del row(blocks, "R_GRANTED").figures[3]
    assert see(render(blocks).text).rules() == ["missing-cell", "results-total", "results-total"]


def test_half_a_table_of_nonsense_claims_nothing() -> None:
    rng = random.Random(1)
    for n in range(10):
        blocks = copy(draft(size="small", seed=n))
        for line in table(blocks):
            line.figures = [str(rng.randrange(50)) if rng.random() < 0.5 else f for f in line.figures]
        rules = set(see(render(blocks).text).rules())
        assert rules <= {"row-total", "results-total", "balance"}
        assert len(rules) == 3


def test_every_figure_can_be_checked() -> None:
    blocks = draft(size="small", seed=3)
    expected = values(blocks)
    row(blocks, "R_GRANTED").figures[1] = "/"
    del row(blocks, "R_NOT_HELD").figures[6]
    row(blocks, "R_REPEATED").figures[0] = str(expected["R_REPEATED"][0] + 50)
    rendered = render(blocks, "bare_cells")
    seen = report_of(rendered.text)
    data = json.loads(json.dumps(report_object("x.txt", Analysis(seen))))
    assert (data["form"], data["year"], data["organ"]) == ("2021", 2022, "青湖县")
    tables = {t["name"]: t for t in data["tables"]}
    assert tables["table_applications"]["section"] == "section_applications"
    rows = {r["name"]: r["cells"] for r in tables["table_applications"]["rows"]}
    lines = rendered.text.splitlines()
    for name, numbers in expected.items():
        assert [c["column"] for c in rows[name]] == list(find_table("2021").columns)
        for n, (cell, number) in enumerate(zip(rows[name], numbers, strict=True)):
            wrong = (name, n) == ("R_REPEATED", 0)
            assert cell["value"] == number + 50 * wrong
            assert cell.get("suggested") == (number if wrong else None)
            state = "inferred" if (name, n) in (("R_GRANTED", 1), ("R_NOT_HELD", 6)) else "read"
            assert cell["state"] == state
            if cell["at"]:
                at = cell["at"]
                assert lines[at["line"] - 1][at["column"] - 1 : at["end_column"] - 1] == cell["text"]
    assert rows["R_NOT_HELD"][6]["at"] is None
    assert rows["R_GRANTED"][1]["text"] == "/"
