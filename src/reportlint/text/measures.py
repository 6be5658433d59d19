"""Measure words (件, 条, 万元), by where they are looked for."""

from __future__ import annotations

IN_CELLS = frozenset({"件", "条", "个", "项", "份", "宗", "次", "元", "万元", "件次"})
"""Those that people write into a cell behind its figure."""
IN_PROSE = (
    "件次?|宗|起|条次?|份|个百分点|个工作日|个月|个|项|次|篇|部|例|人次|人|亿元|万元|元|户|期|页|家|场|批|张|类|种|名"
    "|天|日|年|字|号|%"
)
"""Those that count in prose, the longest first, for a regular expression."""
BEHIND_FIGURES = "人次|件次|万元|亿元|件|条|个|项|份|篇|次|期|人|元|起|宗|部|场|例|家|年|月|日"
"""Those that stand behind a figure or where one is lacking, the longest first, for a regular expression."""
TIGHT = "人次|件次|万元|亿元|件|条|个|项|份|篇|次|期|人|元|起|宗|部|场|例|家|%"
"""Those that Chinese sets behind a figure without a blank, for a regular expression."""
SAME = dict.fromkeys(("件次", "宗", "起", "例", "个", "部"), "件") | {"条次": "条"}
"""Measure words that count the same things, each with the one that stands for it."""
ITEMS = frozenset({"件", "条", "份", "篇", "期"})
"""Those of what is published. A list that goes from one to another (20条、30件) may count one total with both."""
