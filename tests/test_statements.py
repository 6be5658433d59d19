"""What sentences of prose are read as: tests/statements.tsv, one by one."""

from pathlib import Path

import pytest

from reportlint.numbers import show
from reportlint.statements import Statement, read_sentences
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


def test_there_are_enough() -> None:
    assert len(SENTENCES) >= 150
