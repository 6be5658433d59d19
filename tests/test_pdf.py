"""PDF files: the findings of the text that they were printed from, said by page, table, row and cell."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path

import pytest

from reportlint.readers import read_data
from reportlint.readers.ruled import Rule, grids
from reportlint.source import UnreadableFile
from tests.pdf import WIDTH, document, pages_of, pdf, rule, text_at
from tests.program import run
from tests.reports import FORMS, draft, render
from tests.test_faults import MAKERS
from tests.test_word import found

pytestmark = pytest.mark.skipif(importlib.util.find_spec("pypdfium2") is None, reason="the extra pdf is not installed")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("size", ["zero", "small"])
def test_a_sound_report_in_print_has_no_finding(form: str, size: str) -> None:
    assert found(read_data(document(render(draft(form, size=size)).text), "年报.pdf")) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", MAKERS)
def test_a_faulty_report_in_print_has_the_findings_of_its_text(form: str, name: str) -> None:
    case = random.Random(form).choice(list(MAKERS[name](draft(form, size="small"), random.Random(name))))
    text = render(case.blocks).text
    ours = [rule for rule, _ in found(read_data(document(text), "年报.pdf"))]
    assert len(ours) == 1, (case.name, ours)
    # A cell that holds nothing is there in print.
    assert ours[0] in case.rules | ({"unreadable-number"} if "missing-cell" in case.rules else set()), case.name


def test_a_finding_says_where_it_stands_in_print(tmp_path: Path) -> None:
    text = render(draft(size="zero")).text.replace("六、其他", "六、其它")
    (tmp_path / "a.pdf").write_bytes(document(text))
    done = run("a.pdf", "--output-format", "json", cwd=tmp_path)
    ((one,),) = [held["diagnostics"] for held in json.loads(done.stdout)["files"]]
    assert one["rule"] == "heading-typo"
    assert one["origin"]["page"] > 1
    assert "paragraph" in one["origin"]
    before = (tmp_path / "a.pdf").read_bytes()
    fixed = run("a.pdf", "--fix", cwd=tmp_path)
    assert fixed.returncode == 2
    assert (tmp_path / "a.pdf").read_bytes() == before


@pytest.mark.parametrize(
    ("upper", "lower", "joined"),
    [
        (["（四）无", "1"], ["法提供", ""], "|（四）无法提供|1|"),
        (["（本列数据的勾稽关系为：第一项加第二项", "甲"], ["之和，等于第三项加第四项之和）", ""], "第二项之和"),
        (["8920", "9"], ["6", ""], "|89206|9|"),
        (["行政许可", "0"], ["行政处罚", "1"], "|行政许可|0|\n|行政处罚|1|"),
        (["行政许可", "0"], ["1.属于国家秘密", ""], "|行政许可|0|\n|1.属于国家秘密||"),
    ],
)
def test_a_row_that_the_end_of_a_page_cuts_is_one(upper: list[str], lower: list[str], joined: str) -> None:
    def page(rows: list[list[str]], y: float) -> list[str]:
        made = [rule(60, y, 535, y)]
        for row in rows:
            made += [text_at(62, y + 12, row[0], 8), text_at(402, y + 12, row[1], 8), rule(60, y + 16, 535, y + 16)]
            made += [rule(x, y, x, y + 16) for x in (60, 400, 535)]
            y += 16
        return made

    first = page([["项目", "数"], ["甲乙", "3"], upper], 740)
    assert (
        joined
        in read_data(
            pdf([[text_at(60, 60, "某".ljust(30, "某")), *first], page([lower, ["丙丁", "4"]], 60)]), "a.pdf"
        ).text
    )


@pytest.mark.parametrize("sides", [(60,), (535,), (60, 535)])
def test_a_table_without_lines_at_its_sides_is_whole(sides: tuple[int, ...]) -> None:
    pages = pages_of(
        render(draft(size="small")).text, lambda a, b, c, d: "" if a == c and a in sides else rule(a, b, c, d)
    )
    assert found(read_data(pdf(pages), "a.pdf")) == []


@pytest.mark.parametrize("width", [0.2, 1, 2.25, 4.5])
def test_lines_of_any_width_part_cells(width: float) -> None:
    pages = pages_of(render(draft(size="zero")).text, lambda *line: f"q {width} w {rule(*line)} Q")
    assert found(read_data(pdf(pages), "a.pdf")) == []


def test_running_heads_and_marks_across_the_page_are_no_text() -> None:
    head = [text_at(150, 40, "青湖县2022年政府信息公开工作年度报告", 9), text_at(80, 420, "青湖县人民政府", 60)]
    pages = [[*head, *page] for page in pages_of(render(draft(size="zero")).text)]
    assert found(read_data(pdf(pages), "a.pdf")) == []


def test_rules_make_cells_and_merged_cells() -> None:
    outer = [Rule(True, y, 0, 90) for y in (0, 20, 40)] + [Rule(False, x, 0, 40) for x in (0, 90)]
    (grid,) = grids([*outer, Rule(False, 30, 20, 40), Rule(False, 60, 20, 40)])
    assert [tuple(area) for area in grid.cells] == [(0, 0, 0, 2), (1, 0, 1, 0), (1, 1, 1, 1), (1, 2, 1, 2)]


def test_lines_without_end_make_no_table() -> None:
    assert grids([Rule(bool(n % 2), n % 90, 0, 400) for n in range(20_000)]) in ([], grids([]))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\nnothing", "damaged"),
        (pdf([[]]), "scanned"),
        (pdf([[rule(0, 0, WIDTH, 0)] * 5]), "scanned"),
        (pdf([[text_at(60, 60, "某" * 40)]] * 200), "200 pages"),
        (document(render(draft(size="zero")).text)[:3000], "damaged"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    done = run("a.pdf", cwd=tmp_path)
    assert done.returncode == 2
    (sentence,) = done.stderr.decode().splitlines()
    assert said in sentence


def test_without_the_extra_a_file_is_told_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportlint.readers.pdf.SUFFIXES", ())
    with pytest.raises(UnreadableFile, match="pip install"):
        read_data(pdf([[]]), "a.pdf")
