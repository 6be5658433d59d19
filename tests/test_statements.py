"""What sentences of prose are read as: tests/statements.tsv, one by one."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint.prose.patterns import Patterns
from reportlint.prose.sentences import Statement
from reportlint.prose.statements import read_sentences
from reportlint.resources import read_shipped
from reportlint.rules import all_rules
from reportlint.run.linter import lint
from reportlint.text.numbers import show
from tests.helpers import report_of

_HEAD = "青湖县2022年政府信息公开工作年度报告\n一、总体情况\n"
_TAIL = "\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
SENTENCES = [
    line.split("\t")
    for line in Path(__file__).with_name("statements.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def written(statement: Statement) -> str:
    """A statement as the table writes it."""
    if statement.amount is None:
        text = f"{statement.subject}!"
    else:
        text = f"{statement.subject}={'none' if statement.negated else show(statement.amount.value)}"
    text += f"@{statement.year}" if statement.year else ""
    return text + (f"#{statement.scope}" if statement.scope else "")


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_sentence(sentence: str, expected: str) -> None:
    report = report_of(_HEAD + sentence + _TAIL)
    found = [statement for read in read_sentences(report) for statement in read.statements]
    assert " ".join(map(written, found)) == expected.replace("-", "")
    for statement in found:
        text = report.source.text[slice(*statement.span)]
        assert text in sentence
        if statement.amount is not None and not statement.negated:
            assert text[0] in "0123456789０１２３４５６７８９零一二三四五六七八九十两"


SPOKEN_OF = {
    "applications": "收到政府信息公开申请9件，",
    "disputes": "因政府信息公开被申请行政复议9件，",
    "regulations": "本级规范性文件方面，",
}
PATTERNS = tomllib.loads(read_shipped("grammar", "statements.toml"))["patterns"]


@pytest.mark.parametrize("entry", PATTERNS, ids=lambda entry: str(entry["like"]))
def test_every_pattern_reads_its_example(entry: dict[str, Any]) -> None:
    sentence = SPOKEN_OF.get(entry.get("topic", ""), "") + entry["like"] + "。"
    found = [s for read in read_sentences(report_of(_HEAD + sentence + _TAIL)) for s in read.statements]
    if entry["subject"] == "ignored":
        assert not found
        return
    last = found[-1]
    assert (last.negated, last.amount is None) == (entry.get("none", False), entry.get("claim", False))
    if entry["subject"] != "leaf":
        assert last.subject.rpartition(".")[2] == entry["subject"].rpartition(".")[2]


@pytest.mark.parametrize(
    ("says", "wrong"),
    [
        ("receive aplication amount", "aplication"),
        ("receive amount; not behind gap, moon", "moon"),
        ("receive amount; unless gap", "unless gap"),
        ("receive <gap amount", "receive <gap amount"),
    ],
)
def test_a_pattern_that_names_what_there_is_not_is_told(says: str, wrong: str) -> None:
    entry = {"subject": "received", "says": [says]}
    with pytest.raises(ValueError, match=f"there is no {re.escape(repr(wrong))}"):
        Patterns([entry], ["receive", "application", "amount", "gap", "and"], {})


def test_there_are_enough() -> None:
    assert len(SENTENCES) >= 150


WORDS = st.sampled_from(
    [
        "收到",
        "受理",
        "办结",
        "答复",
        "政府信息公开申请",
        "申请",
        "依申请公开",
        "上年结转",
        "结转下年度",
        "结转",
        "予以公开",
        "部分公开",
        "不予公开",
        "自然人",
        "法人",
        "企业",
        "当面",
        "网络",
        "信函",
        "行政复议",
        "行政诉讼",
        "维持",
        "纠正",
        "尚未审结",
        "规范性文件",
        "规章",
        "制定",
        "废止",
        "现行有效",
        "行政许可",
        "行政处罚",
        "收取",
        "信息处理费",
        "收费通知",
        "未",
        "没有",
        "无",
        "零",
        "均",
        "全部",
        "分别为",
        "其中",
        "包括",
        "占",
        "5%",
        "办结率",
        "15件",
        "三件",
        "两三件",
        "1.2万件",
        "零十二件",
        "２０件",
        "2022年",
        "2021年",
        "去年",
        "今年",
        "3月",
        "以来",
        "同比",
        "全县",
        "市本级",
        "我局",
        "县教育局",
        "各部门",
        "群众",
        "《办法》",
        "〔2022〕5号",
        "第一",
        "一是",
        "、",
        "，",
        "；",
        "：",
        "（",
        "）",
        "。",
        " ",
        "和",
        "等",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=40))
def test_any_sentence_is_read_and_its_places_are_in_the_text(words: list[str]) -> None:
    text = _HEAD + "".join(words) + _TAIL
    report = report_of(text)
    for sentence in read_sentences(report):
        for statement in sentence.statements:
            start, end = statement.span
            assert len(_HEAD) - 1 <= start < end <= len(text)
            assert "".join(text[start:end].split()) in statement.phrase
    for found in lint(report, all_rules()):
        assert 0 <= found.span.start <= found.span.end <= len(text)
