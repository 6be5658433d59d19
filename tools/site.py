"""Builds the documentation site: `python -m tools.site [FOLDER]`, offline, in Chinese and in English.

The pages of docs are parted by language (reportlint.manual.bilingual), those of the rules with them, and built by
zensical, Chinese at the top and English under en/. A broken link ends the build.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from reportlint.manual.bilingual import page_in
from reportlint.manual.pages import page_in_language, summary
from reportlint.manual.terms import FIXES, SEVERITIES, group_title
from reportlint.rules import GROUPS, all_rules

ROOT = Path(__file__).parents[1]
PAGES = (
    *(
        "index",
        "clerk",
        "reviewer",
        "corpus",
        "configuration",
        "arithmetic",
        "prose",
        "series",
        "editors",
        "pre-commit",
    ),
    *("output", "codebook", "forms", "plugins", "promises", "specification"),
)
SHIM = ROOT / "tools" / "iframe-worker" / "shim.js"
"""By squidfunk, MIT (npm iframe-worker 1.0.4): browsers start no worker, and so no search, on a page that is a file."""
# Marks stand under what is found only where a Chinese character is as wide as two letters.
STYLE = """\
.md-typeset :is(code, pre, kbd) {
  font-family: "Noto Sans Mono CJK SC", "Source Han Mono SC", "Sarasa Mono SC", NSimSun, monospace;
}
"""
TITLES = {
    "zh": {"rules": "规则", "start": "开始使用", "more": "说明", "dark": "深色", "light": "浅色"},
    "en": {"rules": "Rules", "start": "Getting started", "more": "Reference", "dark": "dark", "light": "light"},
}
_SEARCH = {
    '?"result":"results"}': '?"个结果":"个结果"}',
    '"No results"': '"没有结果"',
    '"Loading search\\u2026"': '"正在载入搜索……"',
    'placeholder:"Search"': 'placeholder:"搜索"',
    '"aria-label":"Search results"': '"aria-label":"搜索结果"',
}
"""What the search says in its script, and in Chinese."""
_OUTSIDE = re.compile(r"\[([^\]]+)\]\(\.\./[^)]*\)")


def main(folder: Path) -> None:
    """Write the site into a folder; raises CalledProcessError where a page is wrong."""
    work = ROOT / "build" / "site"
    for path in (work, folder):
        shutil.rmtree(path, ignore_errors=True)
    for lang in ("zh", "en"):
        source = work / lang
        write_pages(source, lang)
        config = work / f"{lang}.yml"
        # zensical writes a site where the configuration is; each language has a folder of its own.
        config.write_text(configuration(lang), "utf-8")
        subprocess.run(
            [sys.executable, "-m", "zensical", "build", "-f", str(config), "--strict", "--clean"], check=True
        )
    _translate_search(work / "site-zh")
    shutil.copytree(work / "site-zh", folder)
    shutil.copytree(work / "site-en", folder / "en")


def _translate_search(site: Path) -> None:
    """Put the search of a site into Chinese as far as zensical's translations do not reach."""
    for script in (site / "assets" / "javascripts").glob("*.js"):
        text = script.read_text("utf-8")
        for english, chinese in _SEARCH.items():
            text = text.replace(english, chinese)
        script.write_text(text, "utf-8")


def write_pages(source: Path, lang: str) -> None:
    """Write the pages of a language."""
    (source / "rules").mkdir(parents=True)
    for name in PAGES:
        text = page_in((ROOT / "docs" / f"{name}.md").read_text("utf-8"), lang)
        # Files of the project are not on the site: their names are.
        (source / f"{name}.md").write_text(_OUTSIDE.sub(r"`\1`", text), "utf-8")
    (source / "site.css").write_text(STYLE, "utf-8")
    shutil.copytree(SHIM.parent, source / SHIM.parent.name)
    for picture in (ROOT / "docs").glob("*.svg"):
        shutil.copy(picture, source)
    shutil.copytree(ROOT / "docs" / "pictures", source / "pictures")
    for rule in all_rules():
        (source / "rules" / f"{rule.name}.md").write_text(_OUTSIDE.sub(r"`\1`", page_in_language(rule, lang)), "utf-8")
    (source / "rules" / "index.md").write_text(catalogue(lang), "utf-8")


def catalogue(lang: str) -> str:
    """The page that lists every rule."""
    zh = lang == "zh"
    head = "| 规则 | 级别 | 修正 | 发现什么 |" if zh else "| rule | severity | fix | what it finds |"
    parts = [f"# {TITLES[lang]['rules']}"]
    for group in GROUPS:
        rows = [
            f"| [{rule.name}]({rule.name}.md) | {SEVERITIES[rule.severity](lang)} "
            f"| {FIXES[rule.fix](lang) if rule.fix else '–'} | {summary(rule, lang)} |"
            for rule in all_rules()
            if rule.group == group
        ]
        parts.append(f"## {group_title(group, lang)}\n\n{head}\n| --- | --- | --- | --- |\n" + "\n".join(rows))
    return "\n\n".join(parts) + "\n"


def configuration(lang: str) -> str:
    """zensical's configuration of a language, as it reads mkdocs.yml."""
    titles = TITLES[lang]
    own = "\n".join(f"    - {name}.md" for name in PAGES[4:])
    start = "\n".join(f"    - {name}.md" for name in PAGES[1:4])
    rules = "\n".join(
        f"    - {group_title(group, lang)}:\n"
        + "\n".join(f"      - {rule.name}: rules/{rule.name}.md" for rule in all_rules() if rule.group == group)
        for group in GROUPS
    )
    # Links that work under any address: from the Chinese site down, from the English one up.
    return f"""site_name: reportlint
docs_dir: {lang}
site_dir: site-{lang}
use_directory_urls: false
plugins: [search, offline]
extra_css: [site.css]
theme:
  language: {lang}
  font: false
  features: [navigation.indexes, navigation.sections, search.highlight, content.code.copy, toc.follow]
  palette:
    - media: "(prefers-color-scheme: light)"
      scheme: default
      toggle: {{icon: lucide/sun, name: {titles["dark"]}}}
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      toggle: {{icon: lucide/moon, name: {titles["light"]}}}
extra:
  polyfills: [{{path: {SHIM.parent.name}/{SHIM.name}, type: text/javascript}}]
  alternate:
    - {{name: 中文, link: {"./" if lang == "zh" else "../"}, lang: zh}}
    - {{name: English, link: {"en/" if lang == "zh" else "./"}, lang: en}}
markdown_extensions:
  - tables
  - attr_list
  - pymdownx.superfences
  - pymdownx.highlight
nav:
  - index.md
  - {titles["start"]}:
{start}
  - {titles["more"]}:
{own}
  - {titles["rules"]}:
    - rules/index.md
{rules}
"""


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site")
