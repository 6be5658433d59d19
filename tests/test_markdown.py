"""Markdown as people and converters write it: marks show nothing, and what is no text is not read."""

import pytest

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
