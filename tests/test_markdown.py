"""Markdown as people and converters write it: marks show nothing, and what is no text is not read."""

import re

import pytest

from reportlint.testing import fixed
from tests.helpers import findings, report_of, serious
from tests.reports import draft, render

SOUND = render(draft(size="zero"), layout="markdown").text
TITLE = "青湖县2022年政府信息公开工作年度报告"
FRONT = "---\ntitle: 年报\ndate: 2023-01-31\ntags: [公开, XX]\n---\n"


@pytest.mark.parametrize(
    "text",
    [
        FRONT + SOUND,
        FRONT.replace("年报", f'"{TITLE}"') + SOUND.replace(f"# {TITLE}\n", ""),
        SOUND.replace("## 三、", "```\n杂 质 __条 XX件 {{ a }}\n## 三、其他\n```\n\n## 三、"),
        SOUND.replace("## 三、", "~~~text\n__条\n~~~\n## 三、"),
        f"```markdown\n{SOUND}\n```\n",
        SOUND.replace("## 三、", "<!-- 待补充 XX 件 -->\n## 三、"),
        SOUND.replace("（二）依申请", "> （二）依申请"),
        SOUND.replace("（二）依申请", "> > （二）依申请"),
        SOUND.replace("## 三、", "***\n\n## 三、").replace("## 四、", "* * *\n## 四、"),
        SOUND.replace("## 二、主动公开政府信息情况", "*二、主动公开政府信息情况*"),
        SOUND.replace("## 二、主动公开政府信息情况", "二、主动公开政府信息情况\n------"),
        SOUND.replace("## 二、主动公开政府信息情况", "## 二、主动公开政府信息情况 ##"),
        SOUND.replace(
            "（二）依申请公开情况。",
            "（二）依申请公开情况。见[专栏](http://www.example.gov.cn/a__b,,c)和![图](i__j.png)。",
        ),
    ],
)
def test_marks_of_markdown_show_nothing(text: str) -> None:
    assert text != SOUND
    assert serious(text) == []
    assert report_of(text).organ == "青湖县"


def test_a_fault_behind_front_matter_stands_where_it_stands() -> None:
    text = FRONT + SOUND.replace("六、其他需要", "六、其它需要")
    (found,) = serious(text)
    assert text.splitlines()[found.line - 1].startswith("## 六、其它")


def test_a_fence_that_is_not_closed_hides_nothing() -> None:
    text = SOUND.replace("## 三、", "```\n## 三、")
    assert {f.rule for f in findings(text)} <= {"rules-without-authority", "leftover-markup"}


def heads(form: str) -> str:
    """The sound report with its headings written in another way."""
    return re.sub(r"(?m)^## (.*)$", form, SOUND)


@pytest.mark.parametrize(
    "text",
    [
        heads(r"## []{#_Toc123 .anchor}\1"),
        re.sub(r"(?m)^(#+ .*)$", r"\1 {#sec .unnumbered}", SOUND),
        heads(r"## [\1](#s1)"),
        re.sub(r"(?m)^", "> ", SOUND),
        heads(r"> ## \1"),
        SOUND.replace("## 三", "\f## 三"),
        heads(r"##\1"),
        heads(r"- **\1**"),
        heads(r"1. **\1**"),
        heads(r"***\1***"),
        SOUND.replace("## 二、主动公开政府信息情况", "**二、****主动公开政府信息情况**"),
        *(re.sub(r"\| (\d+) ", rf"| {mark}\1{mark} ", SOUND) for mark in "*`$"),
    ],
)
def test_what_converters_write_around_headings_and_figures_shows_nothing(text: str) -> None:
    assert text != SOUND
    assert serious(text) == []


@pytest.mark.parametrize("leader", [".", "…", "·", "-"])
def test_a_table_of_contents_with_leaders_repeats_no_section(leader: str) -> None:
    headings = re.findall(r"(?m)^## (.*)$", SOUND)
    contents = "\n".join(f"{heading}{leader * 60}{number}" for number, heading in enumerate(headings, 1))
    assert serious(SOUND.replace("\n", f"\n目录\n{contents}\n", 1)) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("## **六、**其他需要报告的事项", "## **六、**其它需要报告的事项"),
        ("## **六、其他**需要报告的事项", "## **六、其它**需要报告的事项"),
        ("六、**其他需要报告的事项**", "六、**其它需要报告的事项**"),
        ("## 六、**其他**需要**报告**的事项", "## 六、**其它**需要**报告**的事项"),
    ],
)
def test_a_wording_is_mended_between_its_marks(right: str, wrong: str) -> None:
    assert fixed(SOUND.replace("## 六、其他需要报告的事项", wrong)) == SOUND.replace("## 六、其他需要报告的事项", right)


def test_a_label_in_a_drawn_table_that_goes_on_below_is_left_alone() -> None:
    drawn = "| 三、本年度办理 | （一）予以公开 | 0   |\n| 结果           +---------------+-----+\n"
    assert "结果结果" not in fixed(SOUND.replace("\n## 四、", f"\n{drawn}\n## 四、")).replace(" ", "")
    assert "本年度办理结果 |" not in fixed(f"{SOUND}\n{drawn}").rpartition("## 六")[2]
