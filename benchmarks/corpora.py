"""Reports made by a seed: organs of their own, their own words, every layout, both forms, sound and faulty."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from tests.reports import FORMS, LAYOUTS, Block, draft, render
from tests.test_faults import MAKERS
from tests.word import document

SEED = 7
_NAMES = "东西南北中金银玉石青白红蓝云山水江湖海河林松竹梅兰菊春夏秋冬"
_ENDS = "溪源泉岭平安和顺丰宁"
_KINDS = ("县", "镇", "区", "乡", "旗", "州", "市")
_BY = ("依托", "围绕", "聚焦", "结合", "立足", "通过", "对照", "用好")
_WHAT = (
    "门户网站",
    "惠企政策",
    "乡村道路",
    "养老服务",
    "义务教育",
    "水利工程",
    "公共文化",
    "粮食生产",
    "社区食堂",
    "古树名木",
)
_HOW = ("逐项梳理", "及时更新", "统一发布", "分类归集", "重新编排", "专人校对", "集中展示", "按月回看")
_FOR = ("办事群众", "种粮农户", "返乡青年", "个体商户", "在校学生", "外来工友", "年长居民", "创业团队")
_DOCUMENTS = 40
"""Of so many reports one is a Word file, and one as long a file of Markdown."""


def organs() -> list[str]:
    """Names of organs, none twice."""
    return [f"{one}{other}{kind}" for one in _NAMES for other in _ENDS for kind in _KINDS]


def reports(count: int) -> Iterator[tuple[str, bytes]]:
    """So many reports, each with the name of its file; every third has a fault."""
    rng = random.Random(SEED)
    named = organs()
    for number in range(count):
        blocks = draft(rng.choice(sorted(FORMS)), size=rng.choice(("zero", "small")), seed=number)
        if number % 3 == 0:
            cases = list(MAKERS[rng.choice(sorted(MAKERS))](blocks, rng))
            blocks = rng.choice(cases).blocks if cases else blocks
        _say_it_in_own_words(blocks, rng)
        organ = named[number % len(named)]
        layout = "markdown" if number % _DOCUMENTS == 1 else rng.choice(sorted(LAYOUTS))
        if number % _DOCUMENTS == 0:
            text = render(blocks).text.replace("青湖县", organ)
            yield f"{number:05}.docx", document(text)
            continue
        text = render(blocks, layout).text.replace("青湖县", organ)
        yield f"{number:05}.{'md' if layout == 'markdown' else 'txt'}", text.encode()


def _say_it_in_own_words(blocks: list[Block], rng: random.Random) -> None:
    """Add sentences that no other report has, or all would be copies of one."""
    for block in blocks:
        if block.kind == "para" and block.key.startswith(("H_OVERVIEW", "H_PROBLEMS")):
            said = (
                f"{rng.choice(_BY)}{rng.choice(_WHAT)}为{rng.choice(_FOR)}{rng.choice(_HOW)}{rng.choice(_WHAT)}信息。"
                for _ in range(2)
            )
            block.text += "".join(said)


def write(folder: Path, count: int) -> int:
    """Write so many reports into a folder; gives their bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    for name, data in reports(count):
        (folder / name).write_bytes(data)
        size += len(data)
    return size


def long_report(size: int) -> str:
    """A sound report of about so many bytes: the longer, the more paragraphs it has."""
    rng = random.Random(SEED)
    text = render(draft(size="zero")).text
    head, mark, rest = text.partition("二、主动公开政府信息情况")
    while len((head + mark + rest).encode()) < size:
        more = (
            f"{rng.choice(_BY)}{rng.choice(_WHAT)}为{rng.choice(_FOR)}{rng.choice(_HOW)}{rng.choice(_WHAT)}信息。\n"
            for _ in range(20)
        )
        head += "".join(more)
    return head + mark + rest
