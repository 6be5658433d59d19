"""A hundred shapes of text that some part of a linter could take too long for, of any length."""

from __future__ import annotations

from collections.abc import Callable

from tests.reports import draft, render
from tests.test_hostile import PIECES

SOUND = render(draft()).text
_ORDINALS = "一二三四五六七八九十"


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda n: piece * (n // len(piece))


SHAPES: dict[str, Callable[[int], str]] = {
    "cells of html": _repeated("<td>公开</td>"),
    "rows of html": _repeated("<table><tr><td>行政许可</td><td>1</td></tr></table>\n"),
    "comments of html": lambda n: "<html>" + "<!--" * (n // 4),
    "tags left open": lambda n: '<html><a b="' * (n // 12),
    "nested": lambda n: "<html>" + "<div>" * (n // 5),
    "nested tables": lambda n: "<table><tr><td>" * (n // 15),
    "scripts": lambda n: "<html>" + "<script>a</script>" * (n // 18),
    "brackets left open": _repeated("(以下简称"),
    "headings in a line": _repeated("一、总体情况 工作平稳。 "),
    "sentences in a line": lambda n: "一、总体情况 " + "平稳。 " * (n // 4),
    "terms in titles": _repeated("《条例》IPV6"),
    "titles and terms": _repeated("《政府信息公开条列》国办发(2021)3号，截止12月31日IPV6\n"),
    "titles and spaces": _repeated("《x》工 作开展。"),
    "garble in prose": _repeated("鏀垮簻府"),
    **{name: _repeated(piece) for name, piece in PIECES.items()},
    "received-ones": lambda n: "收到申请" + "1," * (n // 2) + "件",
    "received-ones-lines": lambda n: ("收到政府信息公开申请" + "1," * 200 + "件。\n") * (n // 412),
    "placeholder-lines": lambda n: "网站下载（）XX件，__条\n" * (n // 14),
    "among": lambda n: "收到政府信息公开申请99件，其中" + "自然人1件，" * (n // 6),
    "among-dun": lambda n: "受理申请9件，其中" + "甲乙丙1件、" * (n // 6) + "丁1件。",
    "spaces": lambda n: "公开 工作 " * (n // 6),
    "spaces-lines": lambda n: "公开 工作顺利\n" * (n // 8),
    "figures-line": lambda n: "行政许可 | " + "1 | " * (n // 4),
    "rows-many": lambda n: "其他处理 | 0 | 0 | 0 | 0\n" * (n // 20),
    "labels": lambda n: "属于国家秘密\n" * (n // 7),
    "near-labels": lambda n: "".join(f"属于国家秘{chr(0x4E00 + i % 20000)}\n" for i in range(n // 7)),
    "near-distinct": lambda n: "".join(
        f"{chr(0x4E00 + i % 20000)}其他法律行政法规禁止{chr(0x4E00 + i % 15000)}\n" for i in range(n // 13)
    ),
    "subheads": lambda n: "（一）公开情况良好有序推进。\n" * (n // 15),
    "sentences": lambda n: "全年收到政府信息公开申请15件，其中自然人申请12件，占80%，办结14件。\n" * (n // 37),
    "titles": lambda n: "青湖县2022年政府信息公开工作年度报告\n" * (n // 20),
    "dates": lambda n: "2022年1月1日至12月31日，" * (n // 17),
    "quotes": lambda n: "“公开”《条例》（以下简称《条例》）" * (n // 18),
    "quote-open": lambda n: "“《（" * (n // 3),
    "url": lambda n: "http://www.example.gov.cn/a/b,c,d?x=1&y=2 " * (n // 42),
    "traditional": lambda n: "政府信息公開工作年度報告情況處理\n" * (n // 17),
    "mixed": lambda n: "政府信息公開工作，开展业务处理情況\n" * (n // 18),
    "latin-garble": lambda n: "Õþ¸®ÐÅÏ¢" * (n // 8),
    "utf8-latin": lambda n: "政府".encode().decode("latin-1") * (n // 6),
    "entities": lambda n: "&nbsp;公开" * (n // 8),
    "bold": lambda n: "**公开**工作" * (n // 8),
    "hash": lambda n: "### 公开\n" * (n // 7),
    "private": lambda n: "\ue123公" * (n // 2),
    "zero-width": lambda n: "\u200b公" * (n // 2),
    "control": lambda n: "\x01\u0085" * (n // 2),
    "bad-bytes": lambda n: "公\udcff" * (n // 4) + "公" * (n // 2),
    "doubled": lambda n: "，，公" * (n // 3),
    "doubled-words": lambda n: "工作工作开展开展" * (n // 8),
    "word-repeat": lambda n: "工作" * (n // 2),
    "number-gap": lambda n: "".join(f"（{_ORDINALS[i % 10]}）开展工作，" for i in range(n // 8)),
    "is": lambda n: "".join(f"{_ORDINALS[i % 10]}是开展工作；" for i in range(n // 8)),
    "docs": lambda n: "国办公开办函（2021）30号、" * (n // 16),
    "laws": lambda n: "《中华人民共和国政府信息公开条列》" * (n // 17),
    "long-digits": lambda n: "行政许可 " + "9" * n,
    "chinese-numerals": lambda n: "收到申请" + "一万二千三百四十五" * (n // 9) + "件",
    "percent": lambda n: "其中甲占10%、" * (n // 8),
    "fees": lambda n: "收取信息处理费100元，" * (n // 12),
    "reports": lambda n: SOUND * (n // len(SOUND) + 1),
    "sound-words": lambda n: SOUND.replace("平稳有序", "平稳有序，公开工作开展" * (n // 11)),
    "tabs": lambda n: "\t" * n,
    "crs": lambda n: "\r" * n,
    "newlines": lambda n: "公开\n\n" * (n // 4),
    "heads": lambda n: "一、总体情况二、主动公开政府信息情况三、收到和处理政府信息公开申请情况" * (n // 36),
    "torn-labels": lambda n: "（四）无\n法提供\n" * (n // 9),
    "cut-labels": lambda n: "结果维\n" * (n // 4),
    "pipes-label": lambda n: "结果维持|结果纠正|其他结果|尚未审结|总计|\n" * (n // 24),
    "x-marks": lambda n: "XX县××件" * (n // 6),
    "blank-unit": lambda n: "信息  条，" * (n // 6),
    "date-words": lambda n: "截止2023年12月31日，" * (n // 13),
    "brackets-close": lambda n: "公开）" * (n // 3),
    "colon": lambda n: "公开：工作；" * (n // 6),
    "respect": lambda n: "行政复议、行政诉讼分别为1件、2件，" * (n // 18),
    "fullwidth": lambda n: "１２，３４５件" * (n // 7),
    "compat": lambda n: "⾏政⼯作" * (n // 4),
}
"""By name: a text of about so many characters."""


def starts() -> dict[str, str]:
    """What a shape stands behind: nothing, or a sound report."""
    return {"alone": "", "behind a report": SOUND}
