"""Garbled reports are still read; garble is reported as garble and as nothing else."""

import random

import pytest

from reportlint.rules import all_rules
from reportlint.text import mojibake
from tests.helpers import findings, serious
from tests.reports import FORMS, LAYOUTS, draft, half_width, render, row, traditional

GARBLED = {r.name for r in all_rules() if r.group == "garbled"}
READINGS = {
    "習": "xí",
    "學": "xué",
    "務": "wù",
    "門": "mén",
    "發": "fā",
    "業": "yè",
    "機": "jī",
    "構": "gòu",
    "處": "chù",
    "結": "jié",
    "數": "shù",
    "關": "guān",
    "據": "jù",
    "辦": "bàn",
    "復": "fù",
    "訴": "sù",
    "總": "zǒng",
}


def converter_damage(text: str, rng: random.Random) -> str:
    """What the converter of luzhou-2022 does: traditional, pinyin, doubled stops, 0?."""
    text = half_width(traditional(text))
    text = text.translate({ord(c): f"{c}({reading})" for c, reading in READINGS.items()})
    out = []
    for line in text.split("\n"):
        line = "".join("," + c if c in ",、。;" and rng.random() < 0.6 else c for c in line)
        words = line.split(" ")
        if "|" in line:
            words = [w + "?" if w.isdigit() and rng.random() < 0.2 else w for w in words]
        out.append(" ".join(words))
    return "\n".join(out)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_converter_damage_is_garble_only(form: str, layout: str) -> None:
    rng = random.Random(f"{form} {layout}")
    for size in ("zero", "small", "large"):
        found = findings(converter_damage(render(draft(form, size=size, seed=5), layout).text, rng))
        assert {f.rule for f in found} <= GARBLED
        assert {"leaked-pinyin", "doubled-punctuation"} <= {f.rule for f in found}


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("没有收取", "没有,，收取", "doubled-punctuation"),
        ("处理费。", "处理费。。", "doubled-punctuation"),
        ("没有收取", "没有\u200b收取", "invisible-character"),
        ("没有收取", "没有\u202e收取", "invisible-character"),
        ("没有收取", "没有\x07收取", "invisible-character"),
        ("二、主动公开", "二、主\ufeff动公开", "invisible-character"),
        ("1.属于国家秘密", "1.属于国\u00ad家秘密", "invisible-character"),
        ("没有收取", "没有\ue123收取", "private-character"),
        ("行政许可", "⾏政许可", "compatibility-character"),
        ("没有收取", "没有\ufffd收取", "replacement-character"),
        ("平稳有序", "平稳??有序", "replacement-character"),
        ("没有收取", "沒有收取", "mixed-script"),
        ("行政处罚", "行政處罚", "mixed-script"),
        ("没有收取", "没有收(shōu)取", "leaked-pinyin"),
        ("二、主动公开政府信息情况", "二、主动公(gōng)开政府信息情况", "leaked-pinyin"),
        ("没有收取政府信息公开", "没有收取" + "政府信息公开".encode().decode("gb18030"), "mojibake"),
        ("没有收取政府信息", "没有收取" + "政府信息".encode().decode("latin-1"), "mojibake"),
        ("没有收取政府信息", "没有收取" + "政府信息".encode("gbk").decode("latin-1"), "mojibake"),
        ("没有收取政府信息", "没有收取锟斤拷锟斤拷信息", "mojibake"),
        ("没有收取政府信息", "没有收取烫烫烫信息", "mojibake"),
    ],
)
def test_each_kind_of_garble(old: str, new: str, rule: str) -> None:
    text = render(draft()).text
    assert old in text
    line = text[: text.index(old)].count("\n") + 1
    found = serious(text.replace(old, new, 1))
    assert [(f.rule, f.line) for f in found] == [(rule, line)]


@pytest.mark.parametrize("mark", ["0?", "?0", "0？", "?0?"])
def test_stray_question_mark_is_read_as_the_figure(mark: str) -> None:
    blocks = draft(size="zero")
    row(blocks, "R_SECRET").figures[2] = mark
    rendered = render(blocks)
    assert [(f.rule, f.line) for f in serious(rendered.text)] == [
        ("stray-question-mark", rendered.lines["R_SECRET"].start)
    ]


def test_garbled_heading_is_repaired_and_recognised() -> None:
    text = render(draft()).text
    heading = "三、收到和处理政府信息公开申请情况"
    assert {f.rule for f in serious(text.replace(heading, heading.encode().decode("latin-1")))} == {"mojibake"}


def test_windows_1252_with_lost_bytes_is_reported_without_a_fix() -> None:
    garbled = "信息公开申请情况".encode().decode("cp1252", "replace")
    found = list(mojibake.find(garbled))
    assert found
    assert not found[0].exact


@pytest.mark.parametrize("length", [4, 6, 10, 40])
def test_mojibake_comes_back_exactly(length: int) -> None:
    text = (
        "政府信息公开工作年度报告总体情况主动公开依申请公开监督保障"
        "存在的主要问题及改进情况其他需要报告的事项数据统计期限"
    )
    rng = random.Random(length)
    for _ in range(50):
        at = rng.randrange(len(text) - length)
        piece = text[at : at + length]
        found = list(mojibake.find("本" + piece.encode().decode("latin-1") + "年"))
        assert [f.repaired for f in found] == [piece]


def test_clean_text_is_no_mojibake() -> None:
    """Every two-byte character of GB2312, level by level and shuffled: nothing to be found."""
    common = [bytes([a, b]).decode("gb2312", "ignore") for a in range(0xB0, 0xD8) for b in range(0xA1, 0xFF)]
    rng = random.Random(1)
    for form in FORMS:
        for size in ("zero", "large"):
            assert list(mojibake.find(render(draft(form, size=size)).text)) == []
    assert list(mojibake.find("café naïve Zürich ½ © ™ …")) == []
    for _ in range(20):
        rng.shuffle(common)
        assert list(mojibake.find("".join(common))) == []
