"""A sound report gets no warning, however a page was flattened."""

from collections.abc import Callable

import pytest

from tests.helpers import findings, report_of, serious
from tests.reports import FORMS, LAYOUTS, draft, half_width, render, traditional

WRITTEN: dict[str, Callable[[str], str]] = {"as written": str, "half width": half_width, "traditional": traditional}


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_sound_report_in_every_layout(form: str, layout: str, written: str) -> None:
    for number, size in enumerate(("zero", "small", "large")):
        for furniture in (False, True):
            blocks = draft(form, size=size, seed=number, signed=number != 1, preface=furniture)
            text = WRITTEN[written](render(blocks, layout, furniture=furniture).text)
            assert serious(text) == []
            report = report_of(text)
            assert report.form.name == form
            assert report.recognised
            if layout != "repeated_head":
                assert report.cost == 0, "a sound report needs no repair"


@pytest.mark.parametrize("mixed", LAYOUTS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts_mixed_in_one_file(layout: str, mixed: str) -> None:
    assert serious(render(draft(size="small", seed=3), layout, mixed=mixed).text) == []


def test_traditional_report_is_one_info() -> None:
    found = findings(traditional(render(draft()).text))
    assert [(f.rule, f.severity) for f in found] == [("mixed-script", "info")]


def test_repaired_cells_keep_their_figures() -> None:
    report = report_of(render(draft(size="large", seed=9), "torn_cells").text)
    same = report_of(render(draft(size="large", seed=9), "pipe_rows").text)

    def values(r: object) -> list[list[object]]:
        return [[f.value for f in row.figures] for t in r.tables for row in t.rows]  # type: ignore[attr-defined]

    assert values(report) == values(same)


@pytest.mark.parametrize(
    "heading", ["四、政府信息公开行政复议和行政诉讼情况", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"]
)
def test_accepted_heading_variants(heading: str) -> None:
    blocks = draft()
    next(b for b in blocks if b.key == "H_DISPUTES").text = heading
    assert serious(render(blocks).text) == []


def test_table_of_contents_is_no_second_outline() -> None:
    blocks = draft()
    text = render(blocks).text
    title, rest = text.split("\n", 1)
    contents = "\n".join(b.text for b in blocks if b.kind == "heading")
    assert serious(f"{title}\n目录\n{contents}\n{rest}") == []


def test_hard_wrapped_paragraphs_are_one_paragraph() -> None:
    text = render(draft()).text
    long = (
        "（六）其他情况。根据《中华人民共和国政府信息公开条例》和有关规定（包括上级机关的各项要求），\n"
        "认真做好公开工作，并依据《中华人民共和国政府信息公开\n"
        "条例》规范办理程序（见附件所列的各项制度规定和具体\n措施）。"
    )
    text = text.replace("\n二、主动公开", f"\n{long}\n二、主动公开")
    assert serious(text) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1203条", "1203条，按时公布《青湖县2021年政府信息公开工作年度报告》"),
        ("平稳有序。", "平稳有序。自2021年1月1日至2022年12月31日，两年累计发布信息2000条。"),
        ("平稳有序。", "平稳有序：1）完善制度；2）加强培训。"),
        ("平稳有序。", "平稳有序，完成公路屯屯通硬化。"),
        ("平稳有序。", "平稳有序。2022年3月15和16日举办培训。"),
        ("平稳有序。", "平稳有序：一是抓制度；二要抓培训；三是抓考核。"),
        ("平稳有序。", "平稳有序，发布县级、乡级、村级三类目录和县级、乡级、村级三类指南。"),
        ("青湖县坚持", "东昇镇坚持"),
        ("四、政府信息公开行政复议、行政诉讼情况", "四、政府信息公开行政复议、\n行政诉讼情况"),
        ("四、政府信息公开行政复议、行政诉讼情况", "四、政府信息公开行政复议、行政诉讼情\n况"),
        ("六、其他需要报告的事项\n", "六、其他需要报告的事项。"),
        ("六、其他需要报告的事项\n", "六、其他需要报告的事项："),
        ("青湖县2022年政府", "政府信息公开年报\n首页 > 年报\n青湖县2022年政府"),
        ("青湖县2022年政府信息公开工作年度报告", "青湖县\n2022年政府信息公开\n工作年度报告"),
        ("1.属于国家秘密 |", "1.属于国家秘密 | 1.属于国家秘密 | 1.属于国家秘密 |"),
        ("2.重复申请 |", "2.重复申请（含同一申请人多次申请） |"),
        ("行政许可 |", "行政许可 | | |"),
        (" | ", " │ "),
        ("5.要求行政机关", "5 / 8\n5.要求行政机关"),
        ("5.要求行政机关", "第 5 页 共 8 页\n5.要求行政机关"),
        ("5.要求行政机关", "5\n5.要求行政机关"),
        ("编制，数据", "编制，内容包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等内容，数据"),
    ],
)
def test_what_sound_reports_also_do(old: str, new: str) -> None:
    text = render(draft(size="small", seed=2)).text
    assert old in text
    assert serious(text.replace(old, new)) == []


def test_column_heads_torn_line_by_line() -> None:
    """As pdftotext -layout prints them: the corner's text and the heads interleaved."""
    text = render(draft(size="small", seed=2), "blanks").text
    heads = text[text.index("（本列数据") : text.index("一、本年新收")]
    torn = (
        "（本列数据的勾稽关系为：第一项加                     申请人情况\n"
        "第二项之和，等于第三项加第四项之\n"
        "和）                               自然     法人或其他组织                      总\n"
        "                                    人                                              计\n"
        "                                         商业  科研  社会公  法律服  其他\n"
        "                                         企业  机构  益组织  务机构\n"
    )
    assert serious(text.replace(heads, torn)) == []


def test_a_contents_with_page_numbers_in_front() -> None:
    blocks = draft()
    title, rest = render(blocks).text.split("\n", 1)
    contents = "\n".join(f"{b.text}……{n}" for n, b in enumerate(blocks) if b.kind == "heading")
    assert serious(f"{title}\n{contents}\n{rest.split(chr(10), 1)[1]}") == []


@pytest.mark.parametrize("remark", ["（单位：件）", "（附表）", " 单位：件", "（单位：件、万元）"])
def test_a_remark_behind_a_heading_is_no_part_of_it(remark: str) -> None:
    text = render(draft()).text
    for heading in ("三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"):
        assert serious(text.replace(heading, heading + remark)) == []
