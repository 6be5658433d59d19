"""Hostile input ends, with a sentence or a finding, and never with a traceback."""

import random
import time

import pytest

from reportlint.decoding import decode
from reportlint.parse.read import read_report
from reportlint.rules import all_rules
from reportlint.run.linter import lint
from reportlint.source import UnreadableFile
from tests.reports import draft, render

SOUND = render(draft()).text
SIZE = 400_000
_LONG, _RATIO = 3, 3.2
PIECES = {
    "pipes": "|",
    "brackets": "（",
    "nested": "（）《》“",
    "digits": "1",
    "one line": "政",
    "headings": "一、总体情况\n",
    "all headings": "一、总体情况\n二、主动公开政府信息情况\n六、其他需要报告的事项\n",
    "rows": "行政许可 | 0 |\n",
    "strange rows": "某行 | 0 | 0 |\n",
    "cells": "0|",
    "torn": "结果\n",
    "commas": ",",
    "items": "甲乙、",
    "sub-headings": "!(一)x",
    "bullets": "一是，",
    "wrapped": "公开工作公开工作公开工作公开工作2022年1月20起公开\n",
    "mojibake": "鏀垮簻",
    "lost": "锟斤拷",
    "pinyin": "习(xí)",
    "questions": "0? ",
    "marks": "????政",
    "definitions": "(以下简称",
    "lists": "由总体情况、主动公开政府信息情况、",
    "blank": " \t",
    "applications": "收到政府信息公开申请15件",
    "parts": "申请9件，其中自然人1件、",
    "shares": "其中图文5件占5%，",
    "respectively": "行政复议、行政诉讼分别为1件、",
    "numerals": "零十二件两三",
    "counts": "以下三方面：一是",
    "periods": "统计期限1月1日至2月1日",
    "titles": "《中华人民共和国政府信息公开条列",
    "placeholders": "“XX，__条",
}


@pytest.mark.parametrize("start", ["", SOUND], ids=["alone", "behind a report"])
@pytest.mark.parametrize("piece", PIECES)
def test_floods_end(piece: str, start: str) -> None:
    def seconds(size: int) -> float:
        text = start + PIECES[piece] * (size // len(PIECES[piece].encode()))
        began = time.process_time()
        try:
            report = read_report(decode(text.encode(), "x"))
        except UnreadableFile as error:
            assert error.words.zh
            assert error.words.en
        else:
            assert all(d.message for d in lint(report, all_rules(), "zh"))
        return time.process_time() - began

    whole = seconds(SIZE)
    # What takes long must at least be linear, on a slow machine too.
    assert whole < _LONG or whole < _RATIO * seconds(SIZE // 2)


@pytest.mark.parametrize("size", [1, 1000, 1_000_000, 10_000_000])
def test_random_bytes(size: int) -> None:
    data = random.Random(size).randbytes(size)
    try:
        report = read_report(decode(data, "x"))
    except UnreadableFile as error:
        assert str(error)
    else:
        assert not report.recognised


@pytest.mark.parametrize("piece", ["|", "（", "1", "政"])
def test_ten_megabytes_get_a_sentence(piece: str) -> None:
    with pytest.raises(UnreadableFile, match="more than 512,000 characters"):
        decode(piece.encode() * (10_000_000 // len(piece.encode())), "x")
