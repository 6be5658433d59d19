"""Tables of the author's own beside the form's: by month, by department, by channel. They are none of its rows."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest

from tests.helpers import findings, report_of
from tests.reports import draft, render

SOUND = render(draft(preface=False)).text
MONTHS = [f"{month}月 | {month + 20}" for month in range(1, 13)]
TABLES = {
    "months": ["月份 | 数量（件）", *MONTHS, "合计 | 318"],
    "months, across": ["月份 | 1月 | 2月 | 3月 | 4月", "数量 | 30 | 31 | 32 | 33"],
    "channels": ["申请方式 | 当面申请 | 网络申请 | 信函申请", "数量（件） | 83 | 200 | 90"],
    "departments": ["单位 | 收到申请数 | 办结数", "县公安局 | 120 | 118", "县住建局 | 100 | 99"],
    "numbered": ["序号 | 单位名称 | 收到申请", "1 | 县公安局 | 120", "2 | 县住建局 | 100"],
    "years": ["年份 | 行政复议 | 行政诉讼", "2020年 | 3 | 5", "2021年 | 6 | 9", "2022年 | 14 | 15"],
    "labels as heads": ["部门 | 行政许可 | 行政处罚 | 行政强制", "县市场监管局 | 1 | 1 | 6", "县住建局 | 1 | 2 | 6"],
    "labels as rows": ["处理结果 | 件数", "予以公开 | 24", "部分公开 | 18", "不予公开 | 140"],
    "applicants": ["申请人类型 | 数量", "自然人 | 37", "商业企业 | 70", "其他 | 276"],
    "an empty corner": [" | 2021年 | 2022年 | 增减", "申请总数 | 300 | 383 | 83", "公开总数 | 20 | 24 | 4"],
    "two lines of heads": [" | 2021年 | 2022年", " | 件数 | 占比 | 件数 | 占比", "当面 | 20 | 30% | 83 | 21.7%"],
    "shares": ["申请内容 | 件数 | 占比", "土地征收 | 200 | 52.2%", "城乡规划 | 100 | 26.1%"],
}
PLACES = {
    "in front of the form's in two": "二、主动公开政府信息情况\n",
    "in front of the form's in three": "三、收到和处理政府信息公开申请情况\n",
    "in front of the form's in four": "四、政府信息公开行政复议、行政诉讼情况\n",
    "behind that in two": "(?=三、收到和处理政府信息公开申请情况\n)",
    "behind that in three": "(?=四、政府信息公开行政复议、行政诉讼情况\n)",
    "behind that in four": "(?=五、存在的主要问题及改进情况\n)",
    "in six": "六、其他需要报告的事项\n",
}


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def piped(lines: list[str]) -> str:
    return "".join(f"{line} |\n" for line in lines)


def tabbed(lines: list[str]) -> str:
    return "".join("\t".join(cells(line)) + "\n" for line in lines)


def spaced(lines: list[str]) -> str:
    return "".join("    ".join(filter(None, cells(line))) + "\n" for line in lines)


def markdown(lines: list[str]) -> str:
    rows = [f"| {' | '.join(cells(line))} |\n" for line in lines]
    return "\n" + rows[0] + "|" + "---|" * len(cells(lines[0])) + "\n" + "".join(rows[1:]) + "\n"


def stacked(lines: list[str]) -> str:
    return "".join(f"{cell}\n" for line in lines for cell in cells(line) if cell)


def put(text: str, place: str, table: str) -> str:
    done, count = re.subn(f"^{place}", lambda match: f"{match[0]}具体情况见下表：\n{table}", text, count=1, flags=re.M)
    assert count
    return done


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("layout", [piped, tabbed, spaced, markdown])
def test_a_table_of_the_authors_own_is_none_of_the_forms(layout: Callable[[list[str]], str], place: str) -> None:
    for name, lines in TABLES.items():
        if name in ("labels as rows", "applicants") and layout is spaced:
            continue
        told = findings(put(SOUND, PLACES[place], layout(lines)))
        assert [(found.rule, found.message) for found in told] == [], name


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", ["months", "departments", "years", "labels as heads", "labels as rows", "shares"])
def test_nor_is_one_whose_cells_have_a_line_each(name: str, place: str) -> None:
    told = findings(put(SOUND, PLACES[place], stacked(TABLES[name])))
    assert [(found.rule, found.message) for found in told] == []


@pytest.mark.parametrize("place", PLACES)
def test_nor_is_one_in_a_web_page(place: str) -> None:
    for name, lines in TABLES.items():
        page, table = "", ""
        for line in [*put(SOUND, PLACES[place], piped(lines)).splitlines(), ""]:
            if "|" in line:
                row = "".join(f"<td>{html.escape(cell)}</td>" for cell in cells(line.removesuffix("|")))
                table += f"<tr>{row}</tr>"
            else:
                page += (f"<table>{table}</table>" if table else "") + f"<p>{html.escape(line)}</p>\n"
                table = ""
        told = findings(f"<html><body>{page}</body></html>")
        assert [(found.rule, found.message) for found in told] == [], name


def test_the_forms_table_beside_it_is_read() -> None:
    text = put(SOUND, PLACES["in front of the form's in three"], piped(TABLES["departments"]))
    wrong = re.sub(r"^(四、结转下年度继续办理.*\| )\d+( \|*)$", r"\g<1>99\2", text, count=1, flags=re.M)
    assert wrong != text
    assert {found.rule for found in findings(wrong)} & {"wrong-figure", "row-total", "balance"}
    rows = [[len(row.figures) for table in report_of(one).tables for row in table.rows] for one in (SOUND, text)]
    assert rows[0] == rows[1]


@pytest.mark.parametrize(
    "lines",
    [
        ["4.其他无法提供的情形 | 0 | 0 | 0 | 0 | 0 | 0 | 0"],
        ["行政检查 | 3"],
        ["行政征收 | 详见附件", "行政检查 | 3"],
        ["信息类别 | 本年处理决定数量", "行政检查 | 3"],
        ["单位 | 收到申请数", "4.其他无法提供的情形 | 0 | 0 | 0 | 0 | 0 | 0 | 0"],
    ],
)
def test_a_strange_row_in_the_forms_table_is_one(lines: list[str]) -> None:
    row = "行政强制" if lines[-1].startswith("行政") else "3.补正后申请内容仍不明确"
    text, count = re.subn(f"^(.*{row}.*\n)", lambda match: match[0] + piped(lines), SOUND, count=1, flags=re.M)
    assert count
    assert [found.rule for found in findings(text)] == ["unexpected-row"]


def test_a_head_in_other_words_leaves_the_forms_rows_its_own() -> None:
    text = SOUND.replace("信息内容 | 本年收费金额（单位：万元）", "收费项目 | 收费金额（万元）", 1)
    assert text != SOUND
    fees = [
        [figure.text for figure in row.figures]
        for report in (report_of(SOUND), report_of(text))
        for table in report.tables
        for row in table.rows
        if row.label and row.label.form == "行政事业性收费"
    ]
    assert fees == [["12"], ["12"]]


def test_faults_in_the_forms_table_are_told_where_each_cell_has_a_line() -> None:
    text = render(draft(preface=False), "bare_cells").text
    assert findings(text) == []
    strange, count = re.subn("(?m)^(行政强制\n\n\\d+)$", "\\1\n\n行政检查\n\n3\n\n行政确认\n\n4", text, count=1)
    assert count
    assert {found.rule for found in findings(strange)} == {"unexpected-row"}
    table = stacked(TABLES["departments"])
    beside = text.replace("四、政府信息公开行政复议", f"具体情况如下：\n{table}四、政府信息公开行政复议", 1)
    assert findings(beside) == []
