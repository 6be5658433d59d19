"""The documentation site is built, strictly, in both languages, and each page is in its own."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from reportlint.manual.bilingual import language, page_in
from reportlint.rules import all_rules
from tools import site

ROOT = Path(__file__).parents[1]
PAGES = [*sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs" / "rules").glob("*.md"))]


def prose(text: str) -> list[str]:
    """The paragraphs, items, headings and cells of a page that have words."""
    plain = re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.DOTALL | re.MULTILINE)
    lines = [part for block in plain.split("\n\n") for part in (block.split("|") if block.startswith("|") else [block])]
    named = {f"# {rule.name}" for rule in all_rules()}
    return [line for line in lines if language(line) and line not in named and "**" not in line]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_is_whole_in_each_language(path: Path) -> None:
    text = path.read_text("utf-8")
    zh, en = page_in(text, "zh"), page_in(text, "en")
    # What stands on both, such as a cell of examples, is for both.
    shared = set(prose(zh)) & set(prose(en))
    assert [line for line in prose(zh) if language(line) == "en" and len(line) > 12 and line not in shared] == []
    assert [line for line in prose(en) if language(line) == "zh" and len(line) > 12 and line not in shared] == []
    assert 0.6 < len(prose(zh)) / len(prose(en)) < 1.6
    for made in (zh, en):
        assert made.count("\n## ") == text.count("\n## ")


def test_pairs_are_parted() -> None:
    text = "# 配置 / Settings\n\n`a / b` 是选项，见[甲](a.md)。\n\nThe option `a / b`, see [A](a.md).\n\n- 一 / one two\n\n| 键 / key | 值 / value |\n"
    assert page_in("![图 / A picture](a.png)\n", "zh") == "![图](a.png)\n"
    assert page_in("![图 / A picture](a.png)\n", "en") == "![A picture](a.png)\n"
    assert page_in(text, "zh") == "# 配置\n\n`a / b` 是选项，见[甲](a.md)。\n\n- 一\n\n| 键 | 值 |\n"
    assert page_in(text, "en") == "# Settings\n\nThe option `a / b`, see [A](a.md).\n\n- one two\n\n| key | value |\n"
    assert page_in("类别 / group: **a** · 级别 / severity: **b**", "zh") == "类别：**a** · 级别：**b**\n"
    twins = "```console\n$ x --lang zh\n一\n```\n\n```console\n$ x --lang en\none\n```\n"
    assert "一" not in page_in(twins, "en")
    assert "one" not in page_in(twins, "zh")


def test_the_site_is_built_and_its_search_knows_chinese(tmp_path: Path) -> None:
    site.main(tmp_path / "site")
    for folder in (tmp_path / "site", tmp_path / "site" / "en"):
        pages = {path.stem for path in folder.glob("*.html")}
        assert set(site.PAGES) <= pages
        assert {path.stem for path in (folder / "rules").glob("*.html")} >= {rule.name for rule in all_rules()}
        html = (folder / "index.html").read_text("utf-8")
        assert not re.search(r"""(?:src|href)=["']?https?://(?!zensical\.org)""", html), (
            "nothing is fetched from elsewhere"
        )
    zh = json.dumps(json.loads((tmp_path / "site" / "search.json").read_text("utf-8")), ensure_ascii=False)
    en = (tmp_path / "site" / "en" / "search.json").read_text("utf-8")
    assert "勾稽关系" in zh
    assert "基线" in zh
    assert "known again by what" not in zh
    assert "baseline" in en.lower()
    said = "".join(path.read_text("utf-8") for path in (tmp_path / "site" / "assets" / "javascripts").glob("*.js"))
    assert "个结果" in said
    assert '"No results"' not in said
