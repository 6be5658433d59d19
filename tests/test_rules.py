"""Every rule has its module, its page, its wording in both languages; every page holds."""

import string
from pathlib import Path

import pytest

from reportlint.diagnostics import Words
from reportlint.manual.pages import page, samples
from reportlint.resources import shipped
from reportlint.rules import all_rules, fields_of, vet
from tests.pages import check
from tools.lists import TABLES, written

RULES = {r.name: r for r in all_rules()}
CATALOGUE = Path(__file__).parents[2] / "shared" / "rules.md"


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    pages = {path.stem for path in Path(shipped("docs", "rules")).glob("*.md")}
    assert pages == set(RULES)


@pytest.mark.parametrize("name", RULES)
def test_page(name: str) -> None:
    rule, text = RULES[name], page(RULES[name])
    assert text.startswith(f"# {name}\n\n")
    assert f"**{rule.group}** · 级别 / severity: **{rule.severity}** · 修正 / fix: **{rule.fix or '–'}**" in text
    for part in (" / ", "## 为什么 / Why", "## 不通过 / Fails", "## 通过 / Passes"):
        assert part in text
    failing = [s for s in samples(text) if s.findings]
    passing = [s for s in samples(text) if not s.findings]
    assert failing
    assert passing
    for sample in failing:
        assert check(sample) == sample.findings
        assert any(line.endswith(f" {name}") for line in sample.findings)
    for sample in passing:
        assert check(sample) == ()


@pytest.mark.parametrize("name", RULES)
def test_both_languages_use_the_same_fields(name: str) -> None:
    rule = RULES[name]
    for words in (*rule.messages.values(), *([rule.help] if rule.help else []), *rule.remarks.values()):
        assert words.zh
        assert words.en or not words.zh
        zh, en = fields_of(words)
        assert zh == en
        assert not any("\u4e00" <= c <= "\u9fff" for c in _without_quotes(words)), words.en
    assert rule.summary
    vet(rule)  # what is asked of those of plugins


def _without_quotes(words: Words) -> str:
    """English wording without what it quotes of the form: fixed Chinese words may stand in it."""
    text = "".join(part for part, *_ in string.Formatter().parse(words.en))
    allowed = (
        "公开无年月日一二三四五六七（）总计条例依申请主动政府信息管理平台建设监督保障处理费国办函开工作度报告〔〕号、，"
    )
    return "".join(c for c in text if c not in allowed)


def test_catalogue_is_kept() -> None:
    if not CATALOGUE.exists():
        pytest.skip("../shared/rules.md is not beside this checkout")
    rows = [
        line.split("|")
        for line in CATALOGUE.read_text("utf-8").splitlines()
        if line.startswith("| ") and "---" not in line
    ]
    named = {r[1].strip(): (r[2].strip(), r[3].strip()) for r in rows if r[1].strip() != "rule"}
    assert set(RULES) - set(named) == {"tracked-changes", "uncertain-figure"}, (
        "of Word documents and of scans; the catalogue has no names for them"
    )
    for name, rule in RULES.items():
        if name not in named:
            continue
        severity, fix = named[name]
        assert rule.severity == severity
        assert (rule.fix or "–") in fix.replace(",", "").split(), name


def test_lists_are_as_they_are_made() -> None:
    """`make lists` writes what follows from the program."""
    made = dict(written())
    for path, text in made.items():
        assert path.read_text("utf-8") == text, path.name
    assert set(TABLES.iterdir()) <= set(made), "tables of a grammar that is gone"


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_readmes_begin_with_the_two_commands(readme: str) -> None:
    text = (Path(__file__).parents[1] / readme).read_text("utf-8")
    assert text.index("    make demo\n    make test\n") < 200
    assert all(f"| [{name}](docs/rules/{name}.md) | {rule.group} |" in text for name, rule in RULES.items())
