"""Measure words that stand behind a figure, longest first, as a regular expression."""

UNIT = "人次|件次|万元|亿元|件|条|个|项|份|篇|次|期|人|元|起|宗|部|场|例|家|年|月|日"
