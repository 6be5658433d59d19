"""Folding makes texts comparable and never loses the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.text.fold import fold

ALPHABET = "政府信息公開情況習(xí)（学）,，、。;0?１ａ\u3000\u00a0\u200b\ufeff\r\n|\t⼀㈠⒈&nbsp;**#\\.鏀垮簻"


@given(st.text(alphabet=ALPHABET + "<br>", max_size=80) | st.text(max_size=40))
def test_every_folded_character_maps_to_its_raw_range(text: str) -> None:
    folded = fold(text)
    before = 0
    for offset in range(len(folded.text)):
        span = folded.raw(offset, offset + 1)
        assert before <= span.start < span.end <= len(text)
        before = span.start
    whole = folded.raw(0, len(folded.text))
    assert 0 <= whole.start <= whole.end <= len(text)


@given(st.text(alphabet=ALPHABET, max_size=60))
def test_what_is_left_alone_maps_to_itself(text: str) -> None:
    folded = fold(text)
    for offset, char in enumerate(folded.text):
        span = folded.raw(offset, offset + 1)
        if span.end - span.start == 1:
            raw = text[span.start]
            assert raw == char or char in fold(raw).text or raw in "\r開況習"


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("（一）　主动公开", "(一) 主动公开"),
        ("一,、總體情況", "一、总体情况"),
        ("學(xué)習(xí)", "学习"),
        ("項目(a)和（b）", "项目(a)和(b)"),
        ("⼯作㈠", "工作(一)"),
        ("１２，３４５．６", "12,345.6"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("## 二、标题", "二、标题"),
        ("**粗**", "粗"),
        ("商业<br>企业&nbsp;x", "商业 企业 x"),
        ("收\u200b费\ufeff", "收费"),
        ("郯城", "郯城"),
        ("……——", "……——"),
    ],
)
def test_folding(raw: str, folded: str) -> None:
    assert fold(raw).text == folded


@given(st.text(alphabet="一２ab（）\u3000\r\n&<>;p#8", max_size=40))
def test_a_raw_offset_leads_back_to_the_folded_one(text: str) -> None:
    folded = fold(text)
    for offset in range(len(folded.text)):
        start, end = folded.raw(offset, offset + 1)
        assert folded.at(start) <= offset
        assert folded.raw(folded.at(start), folded.at(start) + 1) == (start, end)
