"""Patterns that are made late: a marked one matches nothing in a text without its marks."""

from __future__ import annotations

import importlib
import pkgutil
import re
import warnings
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reportlint
from reportlint.late import Candidates, Late, Marked
from reportlint.prose.lexicon import lexicon
from reportlint.prose.references import references
from reportlint.resources import data


def marked() -> Iterator[tuple[str, Marked]]:
    for module in pkgutil.walk_packages(reportlint.__path__, "reportlint."):
        if module.name.endswith("__main__"):
            continue
        held = vars(importlib.import_module(module.name))
        for name, value in held.items():
            for number, one in enumerate(value if isinstance(value, tuple) else (value,)):
                if isinstance(one, Marked):
                    yield f"{module.name}.{name}.{number}", one
    yield from ((f"term {n}", term.pattern) for n, term in enumerate(references().terms))
    slips = [slip for phrase in references().phrases for slip in phrase.slips]
    yield from ((f"phrase {n}", slip.pattern) for n, slip in enumerate(slips))
    yield from lexicon().marks.items()


MARKED = dict(marked())


def bare(pattern: str) -> str:
    """A pattern without what it looks at around it, for which no example can be made."""
    while found := re.search(r"(?<!\\)\(\?<?[=!]", pattern):
        depth, at, inside = 0, found.start(), False
        while True:
            char = pattern[at]
            if char == "\\":
                at += 1
            elif inside:
                inside = char != "]" or pattern[at - 1] == "["
            elif char == "[":
                inside = True
            else:
                depth += (char == "(") - (char == ")")
                if not depth:
                    break
            at += 1
        pattern = pattern[: found.start()] + pattern[at + 1 :]
    return pattern


@pytest.mark.parametrize("name", MARKED)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_a_marked_pattern_matches_has_its_marks(name: str, data: st.DataObject) -> None:
    pattern = MARKED[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        example = data.draw(st.from_regex(re.compile(bare(pattern.pattern), pattern.regex.flags & ~re.UNICODE)))
    for text in (example, f"甲{example}乙", f"1{example}。"):
        if pattern.regex.search(text):
            assert pattern.may_match(text), (pattern.pattern, text)


INJECTED = [Marked(pattern, marks) for pattern, *marks in data("injected.toml")["words"]]


@pytest.mark.parametrize("number", range(len(INJECTED)))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=st.data())
def test_injected_words_have_their_marks_in_small_letters(number: int, drawn: st.DataObject) -> None:
    word = INJECTED[number]
    example = drawn.draw(st.from_regex(re.compile(bare(word.pattern))))
    if word.regex.search(example):
        assert Candidates([word], lambda one: one).within(example.lower()), (word.pattern, example)


def test_a_late_pattern_is_made_when_it_is_used() -> None:
    late = Late("b+")
    assert "regex" not in vars(late)
    assert [match[0] for match in late.finditer("abba")] == ["bb"]
    assert late.search is late.regex.search or late.search("b") is not None
    assert "regex" in vars(late)


def test_a_marked_pattern_is_not_made_for_a_text_without_marks() -> None:
    pattern = Marked("(b", "b")  # it cannot be made
    assert list(pattern.finditer("aaa")) == []
    assert pattern.search("aaa") is None
    with pytest.raises(re.error):
        pattern.search("b")


@given(
    st.lists(st.lists(st.text("甲乙丙丁", min_size=1, max_size=3), max_size=3), max_size=6),
    st.text("甲乙丙丁", max_size=9),
)
def test_candidates_are_those_that_have_a_mark_in_the_text_or_need_none(marks: list[list[str]], text: str) -> None:
    patterns = [Marked("甲", own) for own in marks]
    assert Candidates(patterns, lambda one: one).within(text) == [one for one in patterns if one.may_match(text)]
