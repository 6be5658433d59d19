"""One fault put into a sound report gives one finding: the right rule on the right line."""

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest

from reportlint.rules import all_rules
from reportlint.run.linter import lint
from reportlint.text.fold import fold
from reportlint.text.keys import key
from tests.helpers import report_of, serious
from tests.reports import FORMS, LAYOUTS, Block, Line, copy, draft, find, render, row


class Case(NamedTuple):
    name: str
    blocks: list[Block]
    rules: set[str]
    key: str | None


Maker = Callable[[list[Block], random.Random], Iterator[Case]]
MAKERS: dict[str, Maker] = {}


def maker(make: Maker) -> Maker:
    MAKERS[make.__name__] = make
    return make


def headings(blocks: list[Block]) -> list[tuple[int, int]]:
    """Where each section begins and ends among the blocks."""
    starts = [n for n, b in enumerate(blocks) if b.kind == "heading"]
    end = next((n for n, b in enumerate(blocks) if b.key.startswith("signed")), len(blocks))
    return list(zip(starts, [*starts[1:], end], strict=True))


def rows(blocks: list[Block]) -> list[tuple[Block, int]]:
    return [(b, n) for b in blocks for n, line in enumerate(b.rows) if line.label]


def accepted(text: str) -> bool:
    """Whether a slip happens to give another wording that the forms accept."""
    return any(key(fold(text).text) in form.keys for form in FORMS.values())


def misspell(text: str, rng: random.Random, first: int = 0) -> str:
    at = rng.randrange(first, len(text))
    return text[:at] + rng.choice(["", text[at] + "某", "某"]) + text[at + 1 :]


@maker
def section_removed(base: list[Block], rng: random.Random) -> Iterator[Case]:
    for start, end in headings(base):
        yield Case(base[start].key, base[:start] + base[end:], {"missing-section"}, None)


@maker
def heading_removed(base: list[Block], rng: random.Random) -> Iterator[Case]:
    for start, _ in headings(base):
        yield Case(base[start].key, base[:start] + base[start + 1 :], {"missing-section"}, None)


@maker
def heading_doubled(base: list[Block], rng: random.Random) -> Iterator[Case]:
    for start, _ in headings(base):
        yield Case(base[start].key, [*base[: start + 1], *base[start:]], {"duplicate-section"}, base[start].key)


@maker
def heading_renamed(base: list[Block], rng: random.Random) -> Iterator[Case]:
    for start, _ in headings(base):
        blocks = copy(base)
        blocks[start].text = blocks[start].text[:2] + "工作亮点和经验"
        yield Case(base[start].key, blocks, {"missing-section"}, base[start].key)


@maker
def heading_misspelt(base: list[Block], rng: random.Random) -> Iterator[Case]:
    for start, _ in headings(base):
        blocks = copy(base)
        blocks[start].text = misspell(blocks[start].text, rng, 2)
        if not accepted(blocks[start].text):
            yield Case(blocks[start].text, blocks, {"heading-typo"}, base[start].key)


@maker
def heading_number(base: list[Block], rng: random.Random) -> Iterator[Case]:
    for start, _ in headings(base):
        for number in ("", "七、"):
            blocks = copy(base)
            blocks[start].text = number + blocks[start].text[2:]
            yield Case(blocks[start].text, blocks, {"section-number"}, base[start].key)


@maker
def section_moved(base: list[Block], rng: random.Random) -> Iterator[Case]:
    for start, end in headings(base):
        moved, rest = base[start:end], base[:start] + base[end:]
        places = [first for first, _ in headings(rest)] + [headings(rest)[-1][1]]
        for at in places:
            if at != start:
                yield Case(f"{base[start].key} to {at}", rest[:at] + moved + rest[at:], {"misplaced-section"}, None)


@maker
def heading_moved(base: list[Block], rng: random.Random) -> Iterator[Case]:
    """A heading alone, its section left behind: where the tables tell."""
    for start, _ in headings(base):
        rest = base[:start] + base[start + 1 :]
        for at in range(2, start):
            key = base[start].key
            into_table = rest[at].kind == "table" or rest[at - 1].kind == "table"
            if key in ("H_PROBLEMS", "H_DISPUTES") and into_table and rest[at - 1].kind != "heading":
                yield Case(f"{key} to {at}", [*rest[:at], base[start], *rest[at:]], {"misplaced-section"}, key)


@maker
def row_removed(base: list[Block], rng: random.Random) -> Iterator[Case]:
    for block, n in rows(base):
        blocks = copy(base)
        lines = find(blocks, block.key).rows
        gone = lines.pop(n)
        if n < len(lines):
            lines[n].groups = gone.groups + lines[n].groups
        yield Case(gone.key, blocks, {"missing-row"} if lines else {"missing-table", "missing-row"}, None)


@maker
def row_doubled(base: list[Block], rng: random.Random) -> Iterator[Case]:
    for block, n in rows(base):
        blocks = copy(base)
        line = block.rows[n]
        find(blocks, block.key).rows.insert(n + 1, Line(line.key, line.label, list(line.figures)))
        yield Case(line.key, blocks, {"unexpected-row"}, line.key)


@maker
def row_renamed(base: list[Block], rng: random.Random) -> Iterator[Case]:
    for block, n in rows(base):
        blocks = copy(base)
        find(blocks, block.key).rows[n].label = "9.某种别的情形"
        yield Case(block.rows[n].key, blocks, {"missing-row"}, block.rows[n].key)


@maker
def row_moved(base: list[Block], rng: random.Random) -> Iterator[Case]:
    for block, n in rows(base):
        blocks = copy(base)
        lines = find(blocks, block.key).rows
        moved = lines.pop(n)
        if n < len(lines):
            lines[n].groups, moved.groups = moved.groups + lines[n].groups, []
        at = rng.randrange(len(lines) + 1)
        if len(lines) > 1 and at != n:
            lines.insert(at, moved)
            if at + 1 < len(lines):
                moved.groups, lines[at + 1].groups = lines[at + 1].groups, []
            yield Case(f"{moved.key} {n} to {at}", blocks, {"unexpected-row"}, None)


@maker
def label_misspelt(base: list[Block], rng: random.Random) -> Iterator[Case]:
    for block, n in rows(base):
        blocks = copy(base)
        line = find(blocks, block.key).rows[n]
        line.label = misspell(line.label, rng)
        yield Case(line.label, blocks, {"label-typo"}, line.key)


@maker
def head_misspelt(base: list[Block], rng: random.Random) -> Iterator[Case]:
    for block in base:
        for n, heads in enumerate(block.heads):
            for m, head in enumerate(heads):
                blocks = copy(base)
                wrong = misspell(head, rng)
                find(blocks, block.key).heads[n][m] = wrong
                if not accepted(wrong):
                    yield Case(wrong, blocks, {"label-typo"}, f"{block.key}.head")


@maker
def caption_wrong(base: list[Block], rng: random.Random) -> Iterator[Case]:
    for block in base:
        if block.kind == "table" and block.text:
            blocks = copy(base)
            find(blocks, block.key).text = ""
            yield Case(f"{block.key} removed", blocks, {"missing-row"}, None)
            blocks = copy(base)
            wrong = find(blocks, block.key).text = misspell(block.text, rng)
            if not accepted(wrong):
                yield Case(wrong, blocks, {"label-typo"}, f"{block.key}.caption")


@maker
def table_gone(base: list[Block], rng: random.Random) -> Iterator[Case]:
    for block in base:
        if block.kind == "table":
            yield Case(f"{block.key} removed", [b for b in base if b is not block], {"missing-table"}, None)
            blocks = copy(base)
            for line in find(blocks, block.key).rows:
                line.figures = []
            yield Case(f"{block.key} without figures", blocks, {"missing-table"}, None)


@maker
def figure_unreadable(base: list[Block], rng: random.Random) -> Iterator[Case]:
    for block, n in rows(base):
        blocks = copy(base)
        line = find(blocks, block.key).rows[n]
        line.figures[rng.randrange(len(line.figures))] = rng.choice(["/", "-", "无", "—", "O", "未统计"])
        yield Case(f"{line.key} {line.figures}", blocks, {"unreadable-number"}, line.key)


@maker
def figure_missing(base: list[Block], rng: random.Random) -> Iterator[Case]:
    for block, n in rows(base):
        if len(block.rows[n].figures) > 1:
            blocks = copy(base)
            line = find(blocks, block.key).rows[n]
            line.figures.pop(rng.randrange(len(line.figures)))
            yield Case(line.key, blocks, {"missing-cell"}, line.key)


@maker
def figure_extra(base: list[Block], rng: random.Random) -> Iterator[Case]:
    for block, n in rows(base):
        blocks = copy(base)
        line = find(blocks, block.key).rows[n]
        line.figures.insert(rng.randrange(len(line.figures) + 1), "0")
        yield Case(line.key, blocks, {"extra-cell"}, line.key)


@maker
def section_six_empty(base: list[Block], rng: random.Random) -> Iterator[Case]:
    for signed in (True, False):
        blocks = [b for b in base if not b.key.startswith("H_OTHERS.") and (signed or not b.key.startswith("signed"))]
        yield Case(f"signed {signed}", blocks, {"empty-section"}, "H_OTHERS")


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_one_fault_is_one_finding(form: str, layout: str, make: str) -> None:
    rng = random.Random(f"{form} {layout} {make}")
    base = draft(form, size="small", seed=rng.randrange(1000))
    cases = list(MAKERS[make](base, rng))
    for case in rng.sample(cases, min(len(cases), 3)):
        if _glued(layout, case):
            continue
        rendered = render(case.blocks, layout, furniture=rng.random() < 0.5)
        found = serious(rendered.text)
        assert len(found) == 1, (case.name, found)
        assert found[0].rule in case.rules, (case.name, found)
        if case.key is not None:
            assert found[0].line in rendered.lines[case.key], (case.name, found)


def _glued(layout: str, case: Case) -> bool:
    """Space-aligned columns leave no blank behind a long label: a letter there is part of it."""
    return layout == "columns" and "unreadable-number" in case.rules


@pytest.mark.parametrize("block", range(3))
def test_disputes_total(block: int) -> None:
    blocks = draft(size="small", seed=4)
    line = find(blocks, "table_disputes").rows[0]
    line.figures[block * 5 + 2] = str(int(line.figures[block * 5 + 2]) + 1)
    found = serious(render(blocks).text)
    assert [f.rule for f in found] == ["disputes-total"]
    assert ("行政复议", "未经复议直接起诉", "复议后起诉")[block] in found[0].message


def test_lost_labels_keep_their_figures() -> None:
    blocks = draft(size="small", seed=4)
    row(blocks, "R_REPEATED").label = ""
    found = serious(render(blocks, "bare_cells").text)
    assert [f.rule for f in found] == ["missing-row"]
    assert "2.重复申请" in found[0].message


@pytest.mark.parametrize(
    ("text", "rule"), [("1.5", "impossible-number"), ("-2", "impossible-number"), ("3件", "impossible-number")]
)
def test_impossible_number(text: str, rule: str) -> None:
    blocks = draft(size="zero")
    row(blocks, "R_PERMITS").figures = [text]
    rendered = render(blocks)
    assert [(f.rule, f.line) for f in serious(rendered.text)] == [(rule, rendered.lines["R_PERMITS"].start)]


def test_signed_changes_and_money_of_the_2019_form() -> None:
    blocks = draft("2019", size="zero")
    row(blocks, "R_PERMITS").figures = ["1,286", "增加5", "144，402"]
    row(blocks, "R_PENALTIES").figures = ["67", "-3", "120"]
    row(blocks, "R_COERCION").figures = ["67", "+1", "120"]
    row(blocks, "R_PROCUREMENT").figures = ["12", "976.81万元"]
    assert serious(render(blocks).text) == []


@pytest.mark.parametrize(
    ("year", "form", "wrong"),
    [
        (2020, "2021", True),
        (2021, "2019", True),
        (2023, "2019", True),
        (2025, "2021", False),
        (2019, "2019", False),
        (2018, "2019", False),
    ],
)
def test_wrong_form(year: int, form: str, wrong: bool) -> None:
    text = render(draft(form, preface=False)).text
    old = 2022 if form == "2021" else 2020
    text = text.replace(str(old + 1), "NEXT").replace(str(old), str(year)).replace("NEXT", str(year + 1))
    assert [f.rule for f in serious(text)] == (["wrong-form"] if wrong else [])


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("期限为2022年1月1日", "期限为2021年1月1日", "year-mismatch"),
        ("至2022年12月31日", "至2021年12月31日", "year-mismatch"),
        ("青湖县2022年政府", "青湖县2021年政府", "year-mismatch"),
        ("\n2022年，青湖县", "\n2021年，青湖县", "year-mismatch"),
        ("2023年1月20日", "2026年1月20日", "year-mismatch"),
        ("2023年1月20日", "2023年1月20", "incomplete-date"),
        ("2023年1月20日", "2023年1月", "incomplete-date"),
        ("（二）依申请公开情况。", "（三）依申请公开情况。", "numbering-gap"),
        ("（五）监督保障情况。", "（六）监督保障情况。", "numbering-gap"),
        ("二是基层公开", "三是基层公开", "numbering-gap"),
        ("年度报告\n", "报告\n", "title-form"),
        ("《中华人民共和国政府信息公开条例》", "《中华人民共和国政府信息公开条例", "unbalanced-bracket"),
        ("当面、信函、网络等", "当面、信函、网络、信函等", "repeated-item"),
        (
            "（五）监督保障情况。将政务公开纳入年度考核，举办业务培训2次，全年没有发生责任追究情形。",
            "（五）其他。",
            "missing-overview-item",
        ),
        ("本年度没有收取政府信息公开信息处理费。", "本年度没有其他事项。", "missing-fee-statement"),
        ("（三）政府信息管理情况。", "（三）政府信息管理情况我们", "inline-heading"),
        ("六、其他需要报告的事项\n", "六、其他需要报告的事项", "inline-heading"),
        ("六、其他需要报告的事项\n本年度没有收取政府信息公开信息处理费。", "六、其他需要报告的事项", "empty-section"),
        ("五、存在的主要问题", "5、存在的主要问题", "section-number"),
        ("五、存在的主要问题", "（五）存在的主要问题", "section-number"),
        ("第二十条第（六）项 |", "其他对外管理服务事项 | 0 |\n第二十条第（六）项 |", "unexpected-row"),
    ],
)
def test_prose_faults(old: str, new: str, rule: str) -> None:
    text = render(draft()).text
    assert old in text
    found = serious(text.replace(old, new, 1))
    assert {f.rule for f in found} == {rule}, found


@pytest.mark.parametrize("figure", ["38/1", "3,7", "增37", "12,60"])
def test_figures_that_only_look_like_numbers(figure: str) -> None:
    blocks = draft(size="zero")
    row(blocks, "R_SECRET").figures[0] = figure
    assert [f.rule for f in serious(render(blocks).text)] == ["unreadable-number"]


def test_title_with_the_wrong_year_is_one_finding_on_the_title() -> None:
    found = serious(render(draft()).text.replace("青湖县2022年政府", "青湖县2021年政府"))
    assert [(f.rule, f.line) for f in found] == [("year-mismatch", 1)]


def test_fixes_touch_only_what_is_wrong() -> None:
    text = render(draft()).text.replace("六、其他", "七、其它").replace("属于国家秘密", "属于国家密秘")
    report = report_of(text)
    fixed = text
    found = lint(report, all_rules(), "zh")
    edits = [edit for d in found if d.fix for edit in d.fix.edits]
    assert {d.rule for d in found} == {"heading-typo", "section-number", "label-typo"}
    for edit in sorted(edits, key=lambda e: e.span, reverse=True):
        fixed = fixed[: edit.span.start] + edit.text + fixed[edit.span.end :]
    assert fixed == render(draft()).text


def test_a_label_that_holds_more_than_the_form_is_never_safely_cut() -> None:
    label = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"
    text = render(draft(size="zero")).text.replace(label, label + "含3件")
    (found,) = lint(report_of(text), all_rules(), "zh")
    assert found.rule == "label-typo"
    assert found.fix
    assert found.fix.safety == "unsafe"
