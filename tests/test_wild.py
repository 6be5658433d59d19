"""What real texts are like: wrapped, flattened, mixed with what is no report; each kind sound and with a fault."""

import re

import pytest

from reportlint.parse.read import read_report
from reportlint.rules import all_rules
from reportlint.run.linter import lint
from reportlint.source import Source
from reportlint.text.organs import organ_key
from reportlint.text.script import complicate
from tests.helpers import findings, report_of, serious
from tests.reports import draft, render
from tests.test_webpage import page, whole

SOUND = render(draft(preface=False)).text
ZERO = render(draft(size="zero", preface=False)).text
FIRST = "（一）主动公开情况。"
SECOND = "（二）依申请公开情况。"
TITLE = "青湖县2022年政府信息公开工作年度报告"


def put(text: str, mark: str, words: str) -> str:
    assert mark in text
    return text.replace(mark, words, 1)


def rules(text: str) -> list[str]:
    return [found.rule for found in findings(text)]


@pytest.mark.parametrize(
    "words",
    [
        "全年办理咨询 8 件次，答复 8 件次（含上一年度结转的 1 件次，另有 1 件次顺延到下年度\n答复），均已办结。",
        "组织召开了“春节前后服务企业用工和\n\n\n促进返乡人员就业活动”新闻发布会（含线上发布会）3场，通报（共\n\n\n四次）情况。",
        "如有疑问，请与青湖县政务公开办公室联系（地址：青湖县人民路 90\n号，邮编：100000，电话：0100-1234567）。",
        "上午8:30-12:00办理（单位：件），\n下午14:30-17:30\n办理（网站，微信）。",
    ],
)
def test_a_wrapped_paragraph_is_one(words: str) -> None:
    assert rules(put(SOUND, FIRST, FIRST + words)) == []


def test_a_part_torn_over_a_line_end_is_summed() -> None:
    words = "全年发布各类信息 351\n条，其中政务动态 72 条，通知公告 64 条，政策解读 178 条，其\n他信息 37 条。"
    assert "prose-sum" not in rules(put(SOUND, SECOND, SECOND + words))
    assert "prose-sum" in rules(put(SOUND, SECOND, SECOND + words.replace("178", "187")))


def test_lines_that_end_are_paragraphs() -> None:
    text = put(ZERO, FIRST, FIRST + "举办培训（含线上2次。\n召开会议）3次。\n")
    assert [found.rule for found in serious(text)] == ["unbalanced-bracket", "unbalanced-bracket"]


def test_a_report_on_one_line_is_read() -> None:
    text = re.sub(r"[|\n]+", " ", ZERO)
    report = report_of(text)
    assert [row.figures != () for table in report.tables for row in table.rows if not row.is_group].count(False) == 0
    assert [found.rule for found in serious(text)] == ["inline-heading"]


def test_a_heading_behind_a_row_is_found() -> None:
    text = ZERO.replace("\n三、收到", " 三、收到").replace("\n五、存在", "五、存在")
    assert [found.rule for found in serious(text)] == ["inline-heading"]


@pytest.mark.parametrize(
    ("title", "organ", "year"),
    [
        ("云泽县人民政府门户网站 部门 云泽县民政局2023年政府信息公开工作年度报告", "云泽县民政局", 2023),
        ("首页 > 年报 > 正文\n云泽县民政局2023年政府信息公开工作年度报告", "云泽县民政局", 2023),
        ("标题 云泽县民政局二O二三年政府信息公开工作年度报告", "云泽县民政局", 2023),
        ("云泽县民政局政府信息公开工作年度报告（2023年度）", "云泽县民政局", 2023),
        ("云泽县民政局二0二三年政府信息公开工作年度报告", "云泽县民政局", 2023),
        ("365bet体育在线网站民政局2023年政府信息公开工作年度报告", "青湖县人民政府办公室", 2023),
    ],
)
def test_organ_and_year_of_a_title(title: str, organ: str, year: int) -> None:
    report = report_of(put(ZERO, TITLE, title))
    assert report.title is not None
    assert (report.organ, report.title.year) == (organ, year)


def test_organ_and_year_of_a_preface() -> None:
    words = "根据《中华人民共和国政府信息公开条例》，现公布云泽县民政局2022年政府信息公开工作年度报告。"
    report = report_of(put(ZERO, TITLE, words))
    assert (report.organ, report.year, report.title) == ("云泽县民政局", 2022, None)


@pytest.mark.parametrize(
    "title",
    [
        "《青湖县2022年政府信息公开工作年度报告》解读",
        "一图读懂青湖县2022年政府信息公开工作年度报告",
        "青湖县2022年政务公开工作要点",
        "中华人民共和国政府信息公开工作年度报告格式",
    ],
)
def test_other_kinds_of_text_are_no_reports(title: str) -> None:
    assert not report_of(put(ZERO, TITLE, title)).recognised


def test_what_is_called_a_summary_is_a_report_where_it_has_all_of_one() -> None:
    text = put(SOUND, TITLE, "青湖县2022年政务公开工作总结")
    assert rules(text) == ["missing-title"]
    without_tables = "\n".join(line for line in text.split("\n") if "|" not in line)
    assert rules(without_tables) == ["not-a-report"]


@pytest.mark.parametrize(
    "title", ["青湖县政府信息公开指南", "青湖县政府信息公开工作年度报告制度", "青湖县2022年政府信息公开工作考核方案"]
)
def test_guides_and_rules_with_headings_of_reports_are_none(title: str) -> None:
    text = f"{title}\n一、总体情况\n本县按照条例办理。\n二、主动公开政府信息\n公开范围。\n三、依申请公开\n受理机构。\n"
    assert rules(text) == ["not-a-report"]


def test_a_report_without_title_is_one_by_its_period() -> None:
    preface = "本年度报告由青湖县档案局编制。政府信息公开数据的统计期限自2017年1月1日起至2017年12月31日止。"
    assert rules(f"{preface}\n一、概述\n2017年，我局推进政府信息公开工作。\n") == ["no-form"]


def test_tables_whose_cells_commas_part_are_read() -> None:
    text = render(draft(preface=False), "tabs").text.replace("\t", ",")
    assert "规章," in text
    assert serious(text) == []


def test_a_heading_whose_number_stands_on_the_line_above_has_one() -> None:
    assert rules(put(SOUND, "一、总体情况", "一、\n总体情况")) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [("（2022年11月25日）", True), ("2022年11月25日", True), ("2022-11-25", False), ("（2022年度）", False)],
)
def test_a_date_below_the_title_is_the_report_s(line: str, told: bool) -> None:
    text = put(SOUND, TITLE, f"{TITLE}\n{line}").replace("2023年1月20日", "")
    assert rules(text) == ["late-date"] * told


def test_a_part_of_the_overview_that_is_a_picture_or_says_it_all_is_not_empty() -> None:
    line = next(line for line in SOUND.split("\n") if line.startswith(SECOND))
    assert rules(put(SOUND, line, "（二）依申请公开情况")) == ["empty-section"]
    assert "empty-section" not in rules(put(SOUND, line, "（二）本年度未收到依申请公开"))
    assert "empty-section" not in rules(put(SOUND, line, "（二）依申请公开情况\n<img src='a.png'/>"))


def test_a_period_on_lines_below_the_title_is_no_date() -> None:
    assert (
        report_of(put(SOUND, TITLE, f"{TITLE}\n2022年1月1日\n至\n2022年12月31日").replace("2023年1月20日", "")).date
        is None
    )


@pytest.mark.parametrize(
    "words",
    ["收到申请9件，其中新收8件，结转至2022年1件。", "往年结转至2022年继续办理1件。", "结转至2023年继续办理1件。"],
)
def test_cases_may_be_carried_to_the_year_itself(words: str) -> None:
    assert "year-mismatch" not in rules(put(SOUND, SECOND, SECOND + words))


def test_a_way_through_a_site_is_no_title() -> None:
    way = "首页 > 青湖县水利局 > 政务公开 > 政府信息公开工作年度报告"
    assert rules(put(SOUND, TITLE, way)) == ["missing-title"]


def test_without_a_title_the_preface_outranks_a_period_that_was_left_over() -> None:
    words = "本报告编制了2022年政府信息公开工作年度报告，统计期限自2021年1月1日起至2021年12月31日止。"
    report = report_of(put(SOUND, TITLE, words))
    assert report.year == 2022


def test_the_end_of_a_line_of_a_sentence_is_no_cell() -> None:
    words = "我局严格按照条例规定办理，2022\n年未发生行政复议、行政诉讼。\n"
    heading = "四、政府信息公开行政复议、行政诉讼情况\n"
    assert rules(put(SOUND, heading, heading + words)) == ["text-claim"]


def test_a_menu_above_a_report_makes_no_guide_of_it() -> None:
    text = "政府信息公开指南\n" + "\n".join(line for line in SOUND.split("\n")[1:] if "|" not in line)
    assert "not-a-report" not in rules(text)


def test_a_period_is_right_where_the_items_are_plans() -> None:
    text = put(SOUND, TITLE, "青湖县政府信息公开工作年度报告\n统计期限为2022年1月1日至2022年12月31日。")
    text = put(put(text, FIRST, f"{FIRST}2023年，我县将公开更多。"), SECOND, f"{SECOND}2023年，我县将规范办理。")
    assert "period" not in rules(text)
    assert report_of(text).year == 2022


@pytest.mark.parametrize(("line", "rest"), [("至2022年1", "2月31日止。"), ("自2022年1月1日起至2022年12月3", "1日止。")])
def test_a_date_torn_by_a_line_end_is_one(line: str, rest: str) -> None:
    words = (
        f"本报告数据的统计期限为2022年1月1日{line}\n{rest}\n" if line.startswith("至") else f"统计期限{line}\n{rest}\n"
    )
    assert rules(put(SOUND, "一、总体情况\n", f"{words}一、总体情况\n")) == []


JUMBLED = """\
二、主动公开政府信息情况
信息内容
规章
行政规范性文件
信息内容
行政许可
信息内容
行政处罚
行政强制

第二十条第（一）项
本年制发件数
本年废止件数
0
0
第二十条第（五）项
本年处理决定数量
0
第二十条第（六）项
本年处理决定数量
0
0

现行有效件数
0
0

信息内容
行政事业性收费

三、收到和处理政府信息公开申请情况

第二十条第（八）项
本年收费金额（单位：万元）
0

"""
"""What is left of section two where `pdftotext` wrote it by columns; a table drifts into the next section."""


def test_small_tables_written_by_columns_are_one_finding() -> None:
    before, _, behind = SOUND.partition("二、主动公开政府信息情况")
    assert rules(before + JUMBLED + behind.partition("三、收到和处理政府信息公开申请情况\n")[2]) == ["unreadable-table"]


def test_two_labels_whose_figures_are_lost_are_no_jumbled_table() -> None:
    text = re.sub(r"(规章|行政许可) \|[^\n]*", r"\1 |", render(draft(preface=False), "markdown").text)
    assert rules(text) == ["missing-cell", "missing-table"]


def test_a_label_torn_into_four_parts_is_there() -> None:
    text = render(draft(preface=False), "columns").text
    line = next(line for line in text.split("\n") if "只计这一情形" in line)
    figures = line[line.rindex("）") + 1 :]
    torn = f"（二）部分公开\n（区分处理的，\n  只计这一情形， {figures}\n  不计其他情形）"
    assert rules(text.replace(line, torn)) == []


def test_headings_numbered_as_sections_in_one_are_told_once() -> None:
    words = "一、主动公开\n通过网站发布。\n二、依申请公开\n按期答复。\n三、平台建设\n优化网站。\n"
    assert rules(put(SOUND, "一、总体情况\n", f"一、总体情况\n{words}")).count("unexpected-section") == 1


def test_a_heading_under_another_number_above_its_table_is_the_section() -> None:
    assert rules(put(SOUND, "五、存在的主要问题及改进情况", "（一）存在的主要问题及改进情况")) == ["section-number"]


def test_the_figures_below_a_heading_of_its_own_line_are_of_its_subject() -> None:
    words = "（二）依申请公开情况\n2022年，新收888件。\n"
    assert "text-table" in rules(put(SOUND, SECOND, words))


def test_a_period_that_was_left_over_is_the_wrong_one() -> None:
    text = put(SOUND, TITLE, "青湖县政府信息公开工作年度报告\n统计期限为2021年1月1日至2021年12月31日。")
    text = put(put(text, FIRST, f"{FIRST}2022年度我县公开信息。"), SECOND, f"{SECOND}2022年度我县规范办理。")
    wrong = [found for found in findings(text) if found.rule == "year-mismatch"]
    assert len(wrong) == 2
    assert all("统计期限是 2021 年" in found.message or "2021" in found.message for found in wrong)


def test_what_is_garbled_is_told_of_a_text_about_reports_too() -> None:
    text = "青湖县2022年政务公开工作要点\n推进政府信息公开\ufffd\ufffd工作。\n"
    assert "replacement-character" in rules(text)
    assert rules("今天召开\ufffd\ufffd全县安全生产会议。\n") == ["not-a-report"]


def test_two_reports_are_each_checked() -> None:
    second = put(ZERO, TITLE, "青湖县2021年政府信息公开工作年度报告").replace("2022", "2021").replace("2023", "2022")
    assert [found.rule for found in serious(ZERO + second)] == ["two-reports"]
    wrong = second.replace("行政强制 | 0", "行政强制 | 无", 1)
    assert [found.rule for found in serious(ZERO + wrong)] == ["two-reports", "unreadable-number"]


def test_a_free_report_of_the_first_year_need_not_follow_the_form() -> None:
    text = "东岭市水务局2019年政府信息公开工作年度报告\n一、概述\n公开信息80条。\n二、主动公开情况\n发布动态60条。\n"
    text += "三、存在的不足\n更新不够及时。\n"
    assert rules(text) == ["no-form"]
    assert "doubled-word" in rules(text.replace("更新不够", "工作工作更新不够"))


@pytest.mark.parametrize("cell", ["34 | 34 | 34", "34 | 34", "3 4", "? 34", "34 | |"])
def test_a_figure_as_converters_write_it(cell: str) -> None:
    text = put(ZERO, "行政许可 | 0", f"| 行政许可 | {cell} |")
    report = report_of(text)
    row = next(row for table in report.tables for row in table.rows if row.name == "R_PERMITS")
    assert [figure.value for figure in row.figures] == [34]
    assert not {"extra-cell", "unreadable-number", "missing-cell"} & set(rules(text))


@pytest.mark.parametrize("cell", ["None", "nan", "#REF!", "⑩"])
def test_what_is_no_figure_is_one_finding(cell: str) -> None:
    assert rules(put(ZERO, "行政许可 | 0", f"行政许可 | {cell}")) == ["unreadable-number"]


def test_a_table_torn_apart_is_one_finding() -> None:
    figures = next(line for line in ZERO.splitlines() if re.fullmatch(r"(0[ |]+){15}", line + " "))
    text = ZERO.replace(figures, "7 6 1 3\n复议后起诉\n1 1 1 6\n总计\n17\n4 1 2 1 8\n总计\n9")
    assert [found.rule for found in serious(text)] == ["unreadable-table"]


def test_a_group_beside_the_middle_of_its_rows() -> None:
    lines = ZERO.splitlines()
    at = next(n for n, line in enumerate(lines) if "（四）无法提供" in line)
    lines[at] = lines[at].replace("（四）无法提供 | ", "")
    lines.insert(at + 2, "（四）无法提供")
    assert serious("\n".join(lines) + "\n") == []


def test_a_table_that_a_program_took_from_its_pdf_in_pieces_is_one_finding() -> None:
    text = put(put(SOUND, "（三）不予公开 | ", ""), "（四）无法提供 | ", "")
    lines = text.splitlines()
    for n, line in enumerate(lines):
        if "5.要求行政机关确认" in line:
            lines[n] = line.partition("|")[2]
        elif "3.要求提供公开出版物" in line:
            lines[n] = line.partition("|")[0]
        elif "2.没有现成信息" in line:
            lines[n] = line + "\n5.要求行政机关确认或重新出具已获取信息"
    assert rules("\n".join(lines) + "\n") == ["unreadable-table"]


def test_rows_that_are_counted() -> None:
    text = ZERO.replace("规章 | 0", "1 | 规章 | 0").replace("行政规范性文件 | 0", "2 | 行政规范性文件 | 0")
    assert rules(text) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("一、总体情况", "一、政府信息公开概况", "heading-typo"),
        ("二、主动公开政府信息情况", "二、主动公开情况", "heading-typo"),
        ("本年制发件数 | 本年废止件数", "本年制发件数 | 本年制发件数", "label-typo"),
        ("现行有效件数", "现行有效件数（历史累计）", "label-typo"),
        (SECOND, SECOND + "2023年，我县无依申请公开事项。", "year-mismatch"),
        (FIRST, "（一）完善主动公开工作机制一是领导高度重视。", "inline-heading"),
        ("本年制发件数 | 本年废止件数", "本年废止件数 | 本年制发件数", "label-typo"),
        ("商业企业 | 科研机构", "科研机构 | 商业企业", "label-typo"),
        (
            "本年制发件数 | 本年废止件数 | 现行有效件数",
            "本年新制作数量 | 本年新公开数量 | 对外公开总数量",
            "wrong-form",
        ),
        ("本年制发件数 | 本年废止件数", "本年新制作数量 | 本年废止件数", "wrong-form"),
        (SECOND, SECOND + "2021年，我县承办人大代表建议14件，均已办结。", "year-mismatch"),
        (SECOND, SECOND + "2021年，我县组织公开培训4期，较上年增长10%。", "year-mismatch"),
        (FIRST, FIRST + "设置社保服务、住房服务、社保服务等专题。", "repeated-item"),
        (FIRST, FIRST + "认真落实《中华人民共和国政府信息公开条理》。", "legal-name"),
        (FIRST, FIRST + "执行《政府信息公开信息处理费管理方法》。", "legal-name"),
        (FIRST, FIRST + "聚集群众关切的热点问题。", "term"),
        (FIRST, FIRST + "涉及教育、医疗、就业、教育等领域。", "repeated-item"),
        (FIRST, FIRST + "公开政务动态90条，其中会议类信息150条，图片类信息59条。", "prose-sum"),
    ],
)
def test_one_fault_is_one_finding(old: str, new: str, rule: str) -> None:
    assert rules(put(ZERO, old, new)) == [rule]


def test_many_empty_cells_are_one_finding_with_their_rows() -> None:
    text = page_of_blanks()
    (found,) = [f for f in serious(text) if f.rule == "unreadable-number"]
    assert "有 8 格空着" in found.message or "8 格" in found.message


def page_of_blanks() -> str:
    text = whole(page(ZERO))
    for label, count in (("1.信访举报投诉类申请", 1), ("2.重复申请", 7)):
        row = re.search(rf"<tr>(?:<td>[^<]*</td>)?<td>{re.escape(label)}</td>.*?</tr>", text)
        assert row
        text = text.replace(row[0], row[0].replace("<td>0</td>", "<td></td>", count))
    return text


def test_an_empty_cell_is_told_at_its_own_place() -> None:
    text = whole(page(ZERO))
    row = "<tr><td>行政许可</td><td>0</td></tr>"
    assert row in text
    (found,) = serious(text.replace(row, row.replace("<td>0</td>", "<td></td>")))
    line = text.replace(row, row.replace("<td>0</td>", "<td></td>")).splitlines()[found.line - 1]
    assert line[found.column - 1 :].startswith("<td></td>")


def test_what_is_struck_out_is_not_read() -> None:
    text = whole(page(ZERO.replace("六、其他需要报告的事项", "六、<del>其它</del><ins>其他</ins>需要报告的事项")))
    assert serious(text) == []


def test_messages_quote_no_tags() -> None:
    text = whole(page(ZERO)).replace("<td>行政许可</td><td>0</td>", "<td>行政许可</td><td>3<font>件</font></td>")
    assert [f for f in findings(text) if "<" in f.message] == []


def test_headings_that_a_page_numbers_itself_lack_no_number() -> None:
    text = page(ZERO)
    for number in "一二三四五六":
        text = re.sub(rf"<p>{number}、([^<]*)</p>", r"<ol><li><h1>\1</h1></li></ol>", text, count=1)
    assert [f.rule for f in serious(whole(text)) if f.rule == "section-number"] == []


@pytest.mark.parametrize(
    "opening",
    [
        "2022年，我县将优化营商环境信息公开作为重点，取得一定成效，但仍存在以下不足：公开形式不多。",
        "2022年，全县将深化政务公开与优化营商环境同部署、同落实，但基础还不牢。",
        "2021年，针对存在的政策解读形式单一问题，我县采取图解、视频等方式改进。",
    ],
)
def test_what_opens_section_five_is_no_plan(opening: str) -> None:
    lines = ZERO.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("五、"))
    assert rules("\n".join([*lines[: at + 1], opening, *lines[at + 1 :]]) + "\n") == []


def test_a_title_in_brackets_ends_as_it_should() -> None:
    assert rules(put(ZERO, TITLE, f"《{TITLE}》")) == []


def test_beside_the_right_period_another_one_is_of_something_else() -> None:
    lines = ZERO.splitlines()
    told = "本报告统计时段为2022年1月1日至2022年12月31日，县政府网站于2022年3月1日至4月30日完成改版。"
    assert rules("\n".join([lines[0], told, *lines[1:]]) + "\n") == []


@pytest.mark.parametrize("sign", ["×", "·"])
def test_a_row_of_one_sign_is_no_garble(sign: str) -> None:
    assert "mojibake" not in rules(put(ZERO, FIRST, f"{FIRST}对手机号按138{sign * 4}5678格式隐去。"))


@pytest.mark.parametrize(
    "left", ["编印政府公报（  ）期。", "定于2023年X月X日公布。", "培训×次。", "发布信息X条，均已公开。"]
)
def test_what_is_left_unfilled_is_one_finding(left: str) -> None:
    assert rules(put(ZERO, FIRST, FIRST + left)) == ["placeholder"]


def test_a_head_of_two_lines_in_one_is_in_order() -> None:
    text = put(ZERO, "自然人 | 法人或其他组织 | 总计 ||\n商业企业", "自然人 | 法人或其他组织 | 总计 | 商业企业")
    assert rules(text) == []


def test_a_section_that_numbers_its_own_parts() -> None:
    text = ZERO
    for number, bracketed in zip("一二三四五", ("（一）", "（二）", "（三）", "（四）", "（五）"), strict=True):
        text = text.replace(f"\n{bracketed}", f"\n{number}、", 1)
    assert [found.rule for found in serious(text)] == ["unexpected-section"]


def test_an_item_is_no_section() -> None:
    text = put(ZERO, "二、主动公开政府信息情况\n", "").replace(FIRST, "（一）主动公开政府信息情况\n")
    assert [found.rule for found in serious(text)] == ["missing-section"]


@pytest.mark.parametrize(
    "words",
    [
        "全年新收政府信息公开申请 9 件，\n上年结转 2 件，办结 8 件，结转下年度继续办理 3 件，均在\n法定期限内答复。",
        "全年处理行政许可 6 件、\n行政处罚 5 件、\n行政强制 2 件。",
        "根据《条例》第二十条第\n（二）项规定，并参照第\n一、二届会议的要求公开。",
    ],
)
def test_a_line_of_a_sentence_is_no_row_and_no_item(words: str) -> None:
    text = put(ZERO, FIRST, FIRST + words)
    assert not {"label-typo", "unexpected-row", "numbering-gap"} & set(rules(text))


FIRST_PARTS = "总体情况、主动公 开政府信息情况、收到和处理政府信息公开申请情况、"


@pytest.mark.parametrize(
    "items",
    [
        "政府信息公开行政复议和行政诉讼情况、存在问题及改进措施和其它报告事项六部分",
        "因政府信息公开工作被申请行政复议，提起行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项等六部分",
        "行政复议和行政诉讼的情况、现存问题与改进举措、其他需要汇报事项六部分",
        "行政复议与诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六部分",
        "复议诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六部分",
    ],
)
def test_a_list_of_sections_in_other_words_is_sound(items: str) -> None:
    assert "section-list" not in rules(put(ZERO, "一、总体情况", f"本报告由{FIRST_PARTS}{items}组成。\n一、总体情况"))


def test_an_older_outline_is_one_finding() -> None:
    items = "概述、主动公开政府信息的情况、依申请公开政府信息办理情况、收费及减免情况、行政复议和行政诉讼情况"
    found = findings(put(ZERO, "一、总体情况", f"本报告由{items}等五个部分组成。\n一、总体情况"))
    assert [f.rule for f in found].count("section-list") == 1


def test_a_text_that_breaks_off_is_one_finding() -> None:
    text = ZERO.partition("二、主动公开")[0]
    assert [found.rule for found in serious(text)].count("missing-section") == 1


@pytest.mark.parametrize("mark", ["None", "nan"])
def test_what_a_program_writes_into_merged_cells_is_no_figure(mark: str) -> None:
    row = next(line for line in ZERO.splitlines() if line.startswith("一、本年新收"))
    label, figures = row.split(" | ", 1)
    text = put(ZERO, row, f"| {label} | {mark} | {mark} | {figures}")
    row = next(line for line in ZERO.splitlines() if line.startswith("2.重复申请"))
    assert rules(put(text, row, f"{mark} | {mark} | {row}")) == []


def test_a_title_and_its_preface_on_one_line() -> None:
    report = report_of(put(ZERO, TITLE + "\n", TITLE + " 根据《中华人民共和国政府信息公开条例》编制本报告。\n"))
    assert report.title is not None
    assert (report.title.year, report.organ) == (2022, "青湖县")


def test_a_caption_behind_its_heading() -> None:
    text = put(ZERO, "二、主动公开政府信息情况\n", "二、主动公开政府信息情况 ")
    assert {found.rule for found in serious(text)} <= {"inline-heading"}


def test_two_reports_of_different_forms_are_each_in_theirs() -> None:
    older = render(draft("2019", size="zero", preface=False)).text.replace("2022", "2020").replace("2023", "2021")
    older = older.replace("2019年", "2020年")
    assert "wrong-form" not in rules(ZERO + older)


@pytest.mark.parametrize(
    "title",
    ["青湖县2022年法治政府建设年度报告", "青湖县民政局2022年工作总结", "青湖县2022年政务公开自查报告"],
)
def test_reports_of_other_work_are_none_of_this_kind(title: str) -> None:
    text = f"{title}\n一、总体情况\n主动公开信息86条。\n二、主要做法\n完善制度。\n"
    text += "三、存在的主要问题及改进情况\n更新不够及时。\n四、其他需要报告的事项\n无。\n"
    assert not report_of(text).recognised


def test_garbled_text_is_left_to_its_own_repair() -> None:
    found = rules(put(ZERO, FIRST, FIRST + "优化戲醴扢离，做好鈥滀竴缃戦\ufffd工作。"))
    assert "mojibake" in found
    assert "mixed-script" not in found


def test_indents_that_became_marks_are_one_finding() -> None:
    text = put(ZERO, FIRST, "????" + FIRST)
    text = put(text, SECOND, "????" + SECOND)
    assert rules(text).count("replacement-character") == 1


def test_two_years_side_by_side_are_told_and_nothing_else() -> None:
    lines = []
    for line in SOUND.splitlines():
        figures = re.findall(r"(?<=\| )\d+(?= \|)", line)
        more = [str(int(figure) + 1) for figure in figures] if len(figures) in (3, 7) else []
        lines.append(f"{line.rstrip(' |')} | {' | '.join(more)}" if more else line)
    assert rules("\n".join(lines)) == ["two-reports"]


def wreck(text: str) -> str:
    """Rows whose labels fell out of them and stand together in front, as programs take them from a PDF."""
    lines = text.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("2.其他法律行政法规禁止公开"))
    fallen = []
    for n in range(start, start + 6):
        label, _, figures = lines[n].partition("|")
        fallen.append(label.strip())
        lines[n] = "|" + figures
    return "\n".join([*lines[:start], *(label[:6] for label in fallen), *lines[start:]]) + "\n"


def test_rows_that_lost_their_labels_are_read_where_every_sum_holds() -> None:
    report = report_of(wreck(SOUND))
    table = max(report.tables, key=lambda table: len(table.rows))
    whole = max(report_of(SOUND).tables, key=lambda table: len(table.rows))
    assert [[f.value for f in row.figures] for row in table.rows] == [[f.value for f in r.figures] for r in whole.rows]
    assert not {"missing-row", "unreadable-table", "missing-cell"} & set(rules(wreck(SOUND)))


def test_where_a_sum_does_not_hold_nothing_is_read_into_them() -> None:
    row = next(line for line in SOUND.splitlines() if line.startswith("4.保护第三方合法权益"))
    figure = re.findall(r"\d+", row)[-1]
    wrong = SOUND.replace(row, row.replace(f"| {figure} |", f"| {int(figure) + 1} |"))
    assert wrong != SOUND
    assert "unreadable-table" in rules(wreck(wrong))


@pytest.mark.parametrize("at", [5, 8, 11])
@pytest.mark.parametrize("label", ["一、本年新收政府信息公开申请数量", "三、本年度办理结果", "四、结转下年度继续办理"])
def test_a_row_s_label_torn_by_a_line_end_is_no_heading(label: str, at: int) -> None:
    assert serious(put(ZERO, label, f"{label[:at]}\n{label[at:]}")) == []


def test_a_title_that_is_quoted_is_that_of_the_year_before() -> None:
    text = SOUND.replace("2022年政府信息公开工作年度报告\n", "政府信息公开工作年度报告\n", 1)
    text = put(text, FIRST, f"{FIRST}公开发布《青湖县2021年政府信息公开工作年度报告》，接受监督。")
    report = report_of(text)
    assert report.year == 2022
    assert "year-mismatch" not in rules(text)


@pytest.mark.parametrize("words", ["2022年度我县坚持公开", "2022年本机关坚持公开", "2022年全县坚持公开"])
def test_the_overview_may_open_with_the_year_and_whose_it_is(words: str) -> None:
    text = re.sub(r"(?m)^.*工作年度报告$", "政府信息公开工作年度报告", SOUND, count=1)
    text = re.sub(r"(?m)^2022年，青湖县坚持以公开", words, text, count=1)
    assert report_of(re.sub(r"(?m)^2023年1月20日$", "", text)).year == 2022


@pytest.mark.parametrize(
    "words",
    [
        "根据条例规定，现公布青湖县公安局政府信息公开工作2022年度报告。",
        "根据条例规定，现公布青湖县人民政府2022年政府信息公开工作年度报告。",
    ],
)
def test_a_sentence_may_name_the_report(words: str) -> None:
    _, mark, rest = SOUND.partition("一、总体情况")
    assert report_of(f"{words}\n{mark}{rest}").year == 2022
    assert report_of(f"{words}\n{mark}{rest.partition('二、主动公开')[0]}").recognised


def test_an_old_report_without_form_is_known_by_its_sentence() -> None:
    words = "现公布青湖市人民政府2017年政府信息公开工作年度报告。统计期限自2017年1月1日起至12月31日止。"
    told = "（一）平台建设。办好政府网站。\n（二）主动公开政府信息，办理依申请公开。\n（三）开展业务培训。"
    assert rules(f"{words}\n一、主要工作概述\n{told}\n") == ["no-form"]


def test_one_name_in_a_list_of_sections_may_hold_another_list() -> None:
    names = (
        "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、"
        "因单位信息公开工作被申请行政复议、提起行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项6个部分组成。"
    )
    assert rules(put(SOUND, "一、总体情况", f"{names}\n一、总体情况")) == []


def test_a_heading_may_hold_what_ends_a_subject_twice() -> None:
    text = put(SOUND, SECOND, "（二）依申请公开政府信息情况和不予公开政府信息的情况\n\n")
    assert "inline-heading" not in rules(put(text, FIRST, "（一）主动公开情况\n\n"))


def test_what_is_counted_out_is_no_section() -> None:
    text = put(SOUND, "（二）依申请", "第一，公开到位\n第二，筑牢关口\n（二）依申请")
    assert "unexpected-section" not in rules(text)


@pytest.mark.parametrize("dash", "—－-")
def test_a_dash_in_the_place_of_one_is_a_wrong_number(dash: str) -> None:
    assert rules(put(SOUND, "一、总体情况", f"{dash}、总体情况")) == ["section-number"]


def test_zeros_that_run_together_are_those_of_their_cells() -> None:
    assert rules(re.sub(r"(?m)^规章 \| 0 \| 0 \| 0.*$", "规章000", SOUND)) == []
    assert rules(re.sub(r"(?m)^规章 \| 0 \| 0 \| 0.*$", "规章00", SOUND)) == ["missing-cell"]


def test_two_heads_of_which_the_same_is_left_are_told_apart() -> None:
    text = (
        render(draft("2019", preface=False))
        .text.replace("本年新制作数量", "本年新")
        .replace("本年新公开数量", "本年新")
    )
    told = [found.message for found in findings(text) if found.rule == "cut-label"]
    assert len(told) == 2 * text.count("| 本年新 | 本年新 |") > 0
    assert ["本年新制作数量" in said for said in told] == [True, False] * (len(told) // 2)
    assert ["本年新公开数量" in said for said in told] == [False, True] * (len(told) // 2)


def test_beside_a_lost_character_no_script_is_told() -> None:
    text = put(complicate(SOUND), complicate(FIRST), f"{complicate(FIRST)}三審三?!敝贫?")
    assert not [found for found in serious(text) if found.rule == "mixed-script"]


def test_a_misread_text_is_not_in_traditional_characters() -> None:
    text = SOUND.encode().decode("gbk", "replace")
    assert "mojibake" in rules(text)
    assert "mixed-script" not in rules(text)


FEES = [
    "本年度依申请公开政府信息未收取信息处理费。",
    "未就政府信息公开申请向申请人收取信息处理费。",
    "没有对依申请公开收取信息处理费。",
    "未因政府信息公开申请收取费用。",
    "没有对依申请公开的政府信息收取费用。",
]


@pytest.mark.parametrize("words", FEES)
def test_fees_that_were_not_taken_are_no_applications_that_did_not_come(words: str) -> None:
    assert rules(put(SOUND, FIRST, FIRST + words)) == []


def received(text: str) -> int:
    (row,) = re.findall(r"(?m)^一、本年新收政府信息公开申请数量 .*\| (\d+) \|", text)
    return int(row)


LARGE = next(text for seed in range(40) if received(text := render(draft(seed=seed, preface=False)).text) > 30)
"""A report with some applications."""


@pytest.mark.parametrize(
    "words",
    [
        "全年收到政府信息公开申请{all}件，通过依申请公开系统受理21件，办结20件。",
        "收到政府信息公开申请{all}件，其中通过网上平台受理21件，办结20件；信函受理9件，办结9件。",
        "收到政府信息公开申请{all}件。网上受理21件，已办结20件。",
        "收到政府信息公开申请{all}件，其中1名申请人提交9件，予以公开3件，不予公开3件，无法提供3件。",
        "收到政府信息公开申请{all}件。网络渠道受理21件，均已答复，其中予以公开12件、部分公开5件。",
    ],
)
def test_what_came_of_a_part_is_not_compared_with_the_whole(words: str) -> None:
    assert "text-table" not in rules(put(LARGE, SECOND, SECOND + words.format(all=received(LARGE))))


@pytest.mark.parametrize("whose", ["我局2022年", "本单位", "我单位全年", "2022年度本机关", "本局本年度"])
def test_ourselves_are_the_organ_of_the_report(whose: str) -> None:
    words = f"{whose}收到政府信息公开申请{received(LARGE) + 1000}件。"
    assert "text-table" in rules(put(LARGE, SECOND, SECOND + words))


def test_cases_are_no_share_of_persons() -> None:
    words = "收到申请90件，涉及38名申请人。其中予以公开17件，占办结总数的37.8%；部分公开7件，占15.6%。"
    assert "prose-sum" not in rules(put(SOUND, SECOND, SECOND + words))


@pytest.mark.parametrize("year", [2020, 2021, 2023])
def test_a_title_that_all_else_contradicts_is_wrong(year: int) -> None:
    text = put(SOUND, TITLE, TITLE.replace("2022", str(year)))
    assert report_of(text).year == 2022
    assert [(f.rule, f.line) for f in findings(text)] == [("year-mismatch", 1)]


@pytest.mark.parametrize(
    "name",
    ["青湖县水务局（青湖县河长制办公室）", "青湖县水务局(青湖县河长制办公室)", "青湖县水务局"],
)
def test_an_organ_keeps_its_second_name_whole(name: str) -> None:
    report = report_of(put(SOUND, TITLE, f"{name}2022年政府信息公开工作年度报告"))
    assert report.organ == name.replace("（", "(").replace("）", ")")
    assert organ_key(report.organ) == "青湖县水务局"


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("被申请行政复议、提前行政诉讼的情况，均依法办理。", "term"),
        ("按照国务院办公厅政府信息与政府公开办公室的要求办理。", "term"),
        ("围绕深入实施乡村战略公开信息。", "term"),
        ("我县将进下一步规范办理。", "term"),
        ("规范办理以申请公开工作。", "term"),
        ("及时公开行政规范文件。", "term"),
        ("青南乡乡人民政府公开信息。", "doubled-word"),
        ("如对本报告有疑问，如对本报告有疑问，请来电。", "doubled-word"),
        ("中国体育彩票app下载，做好公开。", "injected-text"),
        ("县欧洲杯2020赛程政务公开。", "injected-text"),
        ("青湖县德赢VWIN信息公开。", "injected-text"),
    ],
)
def test_slips_that_unseen_reports_have(words: str, rule: str) -> None:
    assert rules(put(SOUND, FIRST, FIRST + words)) == [rule]


@pytest.mark.parametrize(
    "words",
    [
        "水务局局长带队，乡乡通网络。",
        "一是加强领导，二是加强培训，三是加强领导。",
        "乡村振兴战略深入实施，青南乡人民政府公开信息。",
        "可以申请公开的信息都列入指南。",
        "支持体育彩票公益金使用情况公开，世界杯期间开展宣传。",
    ],
)
def test_words_like_slips_are_left_alone(words: str) -> None:
    assert rules(put(SOUND, FIRST, FIRST + words)) == []


@pytest.mark.parametrize(
    ("table", "text", "told"),
    [
        ("126.35", "126.53万元", True),
        ("126.35", "1265300元", True),
        ("126.35", "126.35万元", False),
        ("126.35", "126.4万元", False),
        ("126.35", "126万元", False),
        ("126.35", "1263512元", False),
        ("126", "126.35万元", False),
        ("126.35", "127万元", True),
    ],
)
def test_sums_of_money_agree_as_far_as_they_are_rounded(table: str, text: str, told: bool) -> None:
    report = re.sub(r"(?m)^(行政事业性收费 \| )\d+", rf"\g<1>{table}", SOUND)
    assert ("text-table" in rules(put(report, FIRST, f"{FIRST}全年行政事业性收费{text}。"))) == told


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("二〇二三年1月20日", []),
        ("2023年元月20日", []),
        ("二〇二六年1月20日", ["year-mismatch"]),
        ("2026年元月二十日", ["year-mismatch"]),
        ("23年1月20日", ["incomplete-date"]),
        ("20223年1月20日", ["incomplete-date"]),
    ],
)
def test_dates_under_a_report_are_read_as_offices_write_them(date: str, told: list[str]) -> None:
    assert rules(put(SOUND, "\n2023年1月20日\n", f"\n{date}\n")) == told


def test_a_line_of_dashes_and_a_year_is_read() -> None:
    assert rules(put(SOUND, f"{TITLE}\n", f"{TITLE}\n——2022\n")) == []


@pytest.mark.parametrize(
    ("parts", "told"),
    [("240条，其中网站200条，微信17，其他方式23条", False), ("240条，其中网站200条，其他方式23条", True)],
)
def test_a_part_without_its_measure_word_is_not_left_out_of_a_sum(parts: str, told: bool) -> None:
    assert ("prose-sum" in rules(put(SOUND, FIRST, f"{FIRST}发布信息{parts}。"))) == told


@pytest.mark.parametrize(
    "more",
    [
        "政府信息公开行政复议与行政诉讼情况、存在的主要问题及改进情况和其他需要报告的事项",
        "政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需报告的事项与附表",
        "政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项个部分内容",
        "信息公开行政复议、行政诉讼情况、政务公开工作存在的主要问题及改进情况、其他需要报告的事项",
        "因政府信息公开工作被申请行政复议、被提起行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项",
    ],
)
def test_lists_of_sections_are_read_as_they_are_written(more: str) -> None:
    parts = f"总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、{more}"
    assert rules(put(SOUND, f"{TITLE}\n", f"{TITLE}\n本报告包括{parts}。\n")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("青湖县2015年政府信息公开工作年度报告\n一、概述\n2015年，青湖县加强公开工作。\n", "no-form"),
        (
            "医院政府信息公开工作年度报告\n本报告依照政府信息公开条例编制，包括概述，主动公开政府信息情况，依申请公开政府信息情况，"
            "存在的主要问题和改进措施。报告所列数据的统计期限自2023年1月1日起至12月31日止。\n一、概述\n2023年，青湖县中医院加强公开工作。\n",
            "title-form",
        ),
        ("青湖县2023年重点工作报告\n一、概述\n2023年，青湖县加强公开工作。\n", "not-a-report"),
    ],
)
def test_a_title_and_a_section_of_its_own_make_an_old_report(text: str, found: str) -> None:
    assert found in rules(text)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("数据统计期限为2022年1月1日2022年12月31日。", ["incomplete-date"]),
        ("特向社会公布2022青湖县政府信息公开年度报告。", ["incomplete-date"]),
        ("特向社会公布2021年度青湖县政府信息公开年度报告。", ["year-mismatch"]),
        ("特向社会公布2022年度青湖县政府信息公开年度报告。", []),
        ("编制发布2021年度青湖县政府信息公开工作年度报告。", []),
        ("按照《关于推进公开的意见》（国发办〔2018〕23号）办理。", ["term"]),
        ("按照青湖县比分直播，篮球比分直播印发的要点办理。", ["injected-text"]),
        ("按照青湖县威廉希尔中国 2022年工作要点办理。", ["injected-text"]),
        ("青湖县体育馆免费开放，播出篮球比赛12场。", []),
    ],
)
def test_words_of_reports_that_nobody_here_wrote(words: str, told: list[str]) -> None:
    assert rules(put(SOUND, FIRST, FIRST + words)) == told


NOTICE = "根据《省政府办公厅关于做好{year}年度政府信息公开工作年度报告编制和发布工作的通知》，编制本报告。"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("答复均在法定期限期内作出。", ["term"]),
        ("答复均在法定期限内作出，按期内控要求办理。", []),
        ("截至2021年底，青湖县依申请公开工作运行正常。", ["year-mismatch"]),
        ("截至2022年底，青湖县各类公开专栏运行正常。", []),
        ("截至2021年底，累计公开信息800条，2022年新增200条。", []),
        ("决策信息2条占；工作信息126条。", ["placeholder"]),
        ("决策信息2条，占比1.6%。", []),
        ("统计期限自20220101起20221231止。", ["incomplete-date"]),
        ("主动***息的渠道有网站，主动***息的载体有专栏。", ["replacement-character", "replacement-character"]),
        ("***重点***工作有序推进。", []),
        ("全年累公开信息203条。", ["term"]),
        ("档案日积月累公开透明。", []),
    ],
)
def test_slips_of_a_third_round_of_unseen_reports(words: str, told: list[str]) -> None:
    assert rules(put(SOUND, FIRST, FIRST + words)) == told


@pytest.mark.parametrize(("year", "told"), [(2021, ["year-mismatch"]), (2022, []), (2023, [])])
def test_a_notice_on_the_reports_of_the_year_before_was_copied(year: int, told: list[str]) -> None:
    assert rules(put(SOUND, f"{TITLE}\n", f"{TITLE}\n{NOTICE.format(year=year)}\n")) == told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("来源：区教育局 选择阅读字号：[ 大 中 小 ]\n为做好公开工作，编制本报告。", []),
        ("内容概述 本报告依照有关规定编制。", []),
        ("为做好公开 工作，编制本报告。", ["stray-space"]),
    ],
)
def test_what_a_page_sets_above_a_report_has_no_stray_space(line: str, told: list[str]) -> None:
    assert [rule for rule in rules(put(SOUND, f"{TITLE}\n", f"{TITLE}\n{line}\n")) if rule == "stray-space"] == told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("![]() |", True),
        ("政府信息公开工作年度报告01.png", True),
        ("年报封面.JPG", True),
        ("附件.JPG", False),
        ("2.流程图.jpg", False),
        ("图片格式为png，可在网站下载。", False),
        ("详见附件（图解.png）。", False),
    ],
)
def test_pictures_of_a_page_are_leftovers(line: str, told: bool) -> None:
    assert ("leftover-markup" in rules(put(SOUND, f"{TITLE}\n", f"{TITLE}\n{line}\n"))) == told


def test_a_list_of_the_parts_treats_none_of_them() -> None:
    start, end = SOUND.index("2022年，青湖县"), SOUND.index("二、主动公开")
    parts = "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、其他需要报告的事项组成。\n"
    assert rules(SOUND[:start] + parts + SOUND[end:]).count("missing-overview-item") == 1


@pytest.mark.parametrize(
    ("preface", "report"),
    [
        ("本年度报告由青湖县教育局编制，全文包括{parts}等。", True),
        ("请各部门按照{parts}的顺序编写。", False),
    ],
)
def test_a_preface_that_says_what_the_report_is_made_of_makes_one(preface: str, report: bool) -> None:
    parts = (
        "总体情况，主动公开政府信息情况，收到和处理政府信息公开申请情况，政府信息公开行政复议、行政诉讼情况，"
        "存在的主要问题及改进情况，其他需要报告的事项"
    )
    text = f"2021年，青湖县教育局扎实推进公开工作。\n{preface.format(parts=parts)}\n（一）主动公开。公开信息52条。\n"
    assert report_of(text).recognised == report


@pytest.mark.parametrize(("year", "other", "known"), [(2010, 2010, 2010), (2010, 2009, None), (2012, 2012, 2012)])
def test_the_year_that_all_speak_of_is_the_reports(year: int, other: int, known: int | None) -> None:
    text = (
        f"一、概述\n根据《条例》要求，{year}年，我局继续开展政府信息公开工作。\n二、主动公开政府信息情况\n我局{year}年主动公开信息175条。\n"
        f"三、收到和处理政府信息公开申请情况\n我局{year}年度未收到政府信息公开申请，{other}年也未收到。\n"
        f"四、政府信息公开行政复议、行政诉讼情况\n{year}年没有行政复议。\n"
    )
    assert report_of(text).year == known


@pytest.mark.parametrize(
    ("title", "organ"),
    [
        ("2022年青湖镇人民政府信息公开工作年度报告", "青湖镇人民政府"),
        ("青湖县水务局政务信息公开工作2022年度报告", "青湖县水务局"),
        ("向社会公布青湖县水利局2022年政府信息公开工作年度报告", "青湖县水利局"),
        ("青湖县人民政府2022年政府信息公开工作年度报告", "青湖县人民政府"),
    ],
)
def test_an_organ_is_named_whole_by_its_reports_title(title: str, organ: str) -> None:
    assert report_of(put(SOUND, TITLE, title)).organ == organ


@pytest.mark.parametrize(
    ("organ", "whose", "told"),
    [
        ("青湖县住房和城乡建设局", "县住建局", True),
        ("青湖县城市管理局", "县城管局", True),
        ("青湖县卫生健康委员会", "县卫健委", True),
        ("青湖区东湖街道办事处", "东湖街道", True),
        ("国家税务总局青湖县税务局", "县税务局", True),
        ("青湖市生态环境局东湖分局", "市生态环境局", False),
        ("国家税务总局青湖县税务局", "税务总局", False),
        ("青湖县青石镇人民政府", "青湖县政府", False),
        ("青湖市东湖区发展和改革委员会", "青湖市发改委", False),
        ("青湖市公安局", "青湖市公安局东湖分局", False),
        ("青湖县人民政府办公室", "青湖县人民政府外事办公室", False),
        ("青湖县水利局", "县教育局", False),
    ],
)
def test_an_organ_is_known_by_its_short_name_and_no_other_one_is(organ: str, whose: str, told: bool) -> None:
    text = put(SOUND, TITLE, f"{organ}2022年政府信息公开工作年度报告")
    assert ("text-table" in rules(put(text, FIRST, f"{FIRST}2022年，{whose}收到政府信息公开申请888件。"))) == told


@pytest.mark.parametrize(
    ("front", "organ"),
    [
        ("附件1 青湖县水利局2022年政府信息公开工作年度报告", "青湖县水利局"),
        ("附件2 2022年青湖县水利局政府信息公开工作年度报告", "青湖县水利局"),
        ("附件1-2：青湖县水利局2022年政府信息公开工作年度报告", "青湖县水利局"),
        ("★ 青湖县水利局（2022年）政府信息公开工作年度报告", "青湖县水利局"),
        ("索引号 0001 标题 青湖县水利局2022年政府信息公开工作年度报告", "青湖县水利局"),
        ("青湖县水利局政府信息公开工作年度报告 （2022）", "青湖县水利局"),
        ("万年2022年政府信息公开工作年度报告", "万年"),
        ("青湖县水利局根据《中华人民共和国政府信息公开条例》，编制2022年政府信息公开工作年度报告。", "青湖县水利局"),
        ("本报告由青湖市青石区水利局结合有关数据编制，是2022年政府信息公开工作年度报告。", "青湖市青石区水利局"),
    ],
)
def test_an_organ_is_found_in_front_of_its_report(front: str, organ: str) -> None:
    assert report_of(put(SOUND, TITLE, front)).organ == organ


@pytest.mark.parametrize(
    "title",
    [
        "青湖大学2021-2022学年信息公开工作年度报告",
        "青湖县供水集团2022年信息公开年度报告",
        "关于青湖县2022年政府信息公开工作年度报告发布情况的通报",
        "青湖县2022年政府信息公开工作年度报告答记者问",
    ],
)
def test_what_is_about_reports_or_of_other_bodies_is_none(title: str) -> None:
    assert not report_of(f"{title}\n一、概述\n主动公开信息12条。\n二、主动公开情况\n发布信息12条。\n").recognised


def test_headings_that_are_all_lost_are_one_finding() -> None:
    text = re.sub(
        r"(?m)^[一二三四五六]、(?:总体情况|主动公开|收到和处理|政府信息公开行政|存在的|其他需要).*\n", "", SOUND
    )
    told = [found.message for found in findings(text) if found.rule == "missing-section"]
    assert len(told) == 1
    assert told[0].startswith("6 个部分的标题一个也没有")


def test_an_item_in_the_midst_of_a_paragraph_is_no_gap() -> None:
    text = SOUND.replace("\n（一）主动公开情况。", "（一）主动公开情况。", 1)
    assert "numbering-gap" not in rules(text)
    assert "numbering-gap" in rules(SOUND.replace("（一）主动公开情况。", "", 1))


@pytest.mark.parametrize("read", ["latin-1", "cp1252"])
def test_a_text_that_is_garbled_from_end_to_end_is_one_finding_and_mended_whole(read: str) -> None:
    known = {bytes([byte]) for byte in range(256) if bytes([byte]).decode(read, "ignore")}
    pairs = (bytes([byte]) for byte in SOUND.encode())
    text = "".join(byte.decode(read) if byte in known else byte.decode("latin-1") for byte in pairs)
    report = report_of(text)
    (found,) = lint(report, all_rules())
    assert found.rule == "mojibake"
    assert found.fix is not None
    assert [edit.text for edit in found.fix.edits] == [SOUND]


def test_what_is_left_of_a_garbled_character_is_not_deleted() -> None:
    text = put(SOUND, FIRST, FIRST + "中".encode().decode("latin-1"))
    assert [found.fix for found in lint(report_of(text), all_rules())] == [None]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("全年公开信息500条，其中概况类信息近百条、政务动态300条、其他信息150条。", []),
        ("全年公开信息500条，其中概况类信息百余条、政务动态300条、其他信息150条。", []),
        ("全年公开信息500条，其中概况类信息20条、政务动态300条、其他信息150条。", ["prose-sum"]),
        ("统计期限为2022年1月1日至2022年11月。", ["period"]),
        ("统计期限为2022年1月1日至12月31日。", []),
        ("编制期为2022年12月31曰。", ["incomplete-date"]),
        ("与2021相比，公告更丰富。", ["incomplete-date"]),
        ("与2021年相比，公告更丰富。", []),
        ("依据《…通知》（国办公开办函〔2021〕号）编制。", ["document-number"]),
        ("坚持公开为原则、公开为例外。", ["set-phrase"]),
        ("坚持公开为原则、不公开为例外。", []),
        ("推进双随机、双公开。", ["set-phrase"]),
        ("优化新媒媒体管理，本校校园网公开办事指南。", ["doubled-word"]),
        ("落实办公公开，开展展示会，通过过程公开。", []),
        ("首页有九游会J9的链接文字。", ["injected-text"]),
        ("半岛体育公园、星空体育馆免费开放。", []),
        ("群众满意度95?，测评35?、共3项。", ["replacement-character", "replacement-character"]),
        ("落实“?公”经费公开。", ["replacement-character"]),
        ("优化○○网站栏目。", ["placeholder"]),
        ("二○○八年起实行公开。", []),
        ("包括1)发布公告 2)更新栏目。", []),
        ("栏目HYPERLINK “http://example.gov.cn”已更新。", ["leftover-markup"]),
    ],
)
def test_neighbours_of_what_was_seen(words: str, told: list[str]) -> None:
    assert [rule for rule in rules(put(SOUND, FIRST, FIRST + words)) if rule != "legal-name"] == told


@pytest.mark.parametrize("digit", ["①", "⓪", "²", "❶", "⑴"])
def test_a_circled_figure_in_a_cell_fails_no_rule(digit: str) -> None:
    text = ZERO.replace("3.要求提供公开出版物 | 0", f"3.要求提供公开出版物 | {digit}", 1)
    assert text != ZERO
    assert rules(text)


@pytest.mark.parametrize(("swapped", "told"), [("1.信访投诉举报类申请", "label-typo"), ("1.信访举报投诉类申请", "")])
def test_a_label_with_its_words_in_another_order_is_misspelt(swapped: str, told: str) -> None:
    assert rules(put(SOUND, "1.信访举报投诉类申请", swapped)) == ([told] if told else [])


@pytest.mark.parametrize(("item", "told"), [("行政裁决", True), ("单位：件", False), ("政府性基金", True)])
def test_a_row_that_the_form_lacks_may_have_a_line_a_cell(item: str, told: bool) -> None:
    text = re.sub(r"(?m)^(行政处罚|行政强制) [|] (\d+) [|]+$", r"\1\n\2", SOUND)
    text = put(text, "第二十条第（八）项", f"{item}\n4\n第二十条第（八）项")
    assert ("unexpected-row" in rules(text)) == told


@pytest.mark.parametrize("cell", ["0 ?", "? 0", "0 ？"])
@pytest.mark.parametrize("wall", [" | ", "|", "\t"])
def test_a_stray_question_mark_is_told_in_any_layout(cell: str, wall: str) -> None:
    text = ZERO.replace(" | 0 | 0 | 0 | 0 | 0 | 0 | 0", f" | 0 | {cell} | 0 | 0 | 0 | 0 | 0", 1).replace(" | ", wall)
    assert "stray-question-mark" in rules(text)


@pytest.mark.parametrize(
    ("organ", "whose", "told"),
    [
        ("青湖县教育局", "全县", True),
        ("青湖县教育局", "全县教育系统", False),
        ("青湖县教育局", "我局统计，全县", False),
        ("青湖县司法局", "全县", False),
        ("青湖县人民政府办公室", "全县", False),
    ],
)
def test_an_office_that_says_all_of_the_county_means_itself_unless_it_counts_for_all(
    organ: str, whose: str, told: bool
) -> None:
    text = put(SOUND, TITLE, f"{organ}2022年政府信息公开工作年度报告")
    text = put(text, FIRST, f"{FIRST}{whose}政府信息公开领域行政复议案件9876件。")
    assert ("text-table" in rules(text)) == told


def test_what_a_comment_of_markdown_holds_is_not_read() -> None:
    report = read_report(
        Source("a.md", f"# {TITLE}\n\n<!-- 锟斤拷 365bet体育 {{{{x}}}} ，， -->\n{SOUND.partition(chr(10))[2]}")
    )
    assert [found.rule for found in lint(report, all_rules()) if found.group == "garbled"] == []


def test_furniture_that_is_cut_open_is_no_bracket() -> None:
    line = "【 字号：大 中 小 】 【 打印 】 【"
    assert "unbalanced-bracket" not in rules(put(SOUND, f"{TITLE}\n", f"{TITLE}\n{line}\n"))
    assert "unbalanced-bracket" in rules(put(SOUND, FIRST, f"{FIRST}按照【公开要点落实。"))


@pytest.mark.parametrize("parted", [" | ", "\n"])
def test_a_column_that_has_its_neighbours_head_is_told_in_any_layout(parted: str) -> None:
    head = "本年制发件数 | 本年废止件数 | 现行有效件数"
    text = put(SOUND, head, head.replace(" | ", parted))
    assert rules(text) == []
    assert rules(text.replace("现行有效件数", "本年废止件数", 1)) == ["label-typo"]


@pytest.mark.parametrize(
    "words",
    [
        "我办办结政府信息公开申请，本校校务公开，本机关关切群众需求。",
        "经主要负责同志签发发布，落实三审审核制度，开展展演活动。",
        "网上渠道已开通通过平台均可受理，通过过筛子的方式排查，建设廉政政府。",
        "持续推进三公公开，问题触及及时整改，编者按按照要求刊发。",
        "公开金沙娱乐场所名录，胶东半岛体育产业、星空体育小镇有序发展，报告以PG电子版形式公开。",
        "个人信息以“**”代替，对张＊＊等人的申请依法答复。",
        "网页中出现的“?号”已全部修正。",
        "核对12月31日日终余额，3月15日日报刊登图解，5月1日日均访问量稳定。",
        "信息编号从20220101到20221231，共365条，比2021增加14条。",
        "截至2021年底未办结的申请今年已答复。",
        "2021年发布的文件继续有效。",
        "打赢脱贫攻坚紧紧围绕民生，不管完善哪一项制度都要公开。",
        "统一思想认识梳理问题清单，不怕苦不怕累受理群众诉求。",
        "汇总各级政府公开信息年度报告数据，资金周转结至下年。",
        "保护期限期内不予公开，公开为原则、公开为例外的做法必须纠正。",
        "信息标题统一采用“[年份]单位名称”的格式，九○○部门热线畅通。",
    ],
)
def test_sound_words_that_come_near_a_slip(words: str) -> None:
    told = rules(put(SOUND, FIRST, FIRST + words))
    assert [rule for rule in told if rule not in ("legal-name", "text-text")] == []


def test_an_overview_headed_like_the_sections_treats_its_aspects() -> None:
    start, end = SOUND.index("2022年，青湖县"), SOUND.index("二、主动公开")
    items = (
        "（一）主动公开政府信息情况：公开信息1203条；（二）收到和处理政府信息公开申请情况：依申请公开办理规范；"
        "（三）政府信息公开行政复议、行政诉讼情况：没有发生；（四）平台建设：网站运行正常，信息管理规范，监督保障有力。\n"
    )
    assert "missing-overview-item" not in rules(SOUND[:start] + items + SOUND[end:])
