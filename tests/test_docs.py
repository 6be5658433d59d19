"""The commands that a page shows print what the page says, and the files it shows are as they are.

Each page is run from top to bottom in a copy of the checkout. UPDATE_GOLDEN=1
writes pages anew.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reportlint.manual.pages import page_in_language
from reportlint.rules import all_rules
from tests.program import run

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs").glob("*.md"))
_CONSOLE = re.compile(r"```console\n(?P<text>.*?)```", re.DOTALL)
_FILE = re.compile(r"(?P<fence>````?)text file=(?P<path>\S+)\n.*?^(?P=fence)$", re.DOTALL | re.MULTILINE)
_TIME = re.compile(r"[\d.]+( s$| 秒$)", re.MULTILINE)
_LONGEST = 300


class Shell:
    """A copy of the checkout, in which a page's commands are run one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("examples", "tests/plugin-example", "src", "grammar", "docs"):
            shutil.copytree(ROOT / name, folder / name)
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, folder / name)
        bin_folder = folder / ".bin"
        bin_folder.mkdir()
        site = folder / ".site"
        commands = {
            "reportlint": f'exec {sys.executable} -m reportlint "$@"',
            "pip": f'test "$1" = install && shift && exec {sys.executable} -m pip install --no-deps --no-index '
            f'--no-build-isolation --disable-pip-version-check --target {site} "$@"',
        }
        for name, line in commands.items():
            (bin_folder / name).write_text(f"#!/bin/sh\n{line}\n")
            (bin_folder / name).chmod(0o755)
        self.env = {**os.environ, "COLUMNS": "100", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(site)}
        self.env["PATH"] = f"{bin_folder}:{self.env['PATH']}"

    def run(self, command: str) -> str:
        done = subprocess.run(["bash", "-c", command], cwd=self.folder, env=self.env, capture_output=True, check=False)
        text = done.stdout.decode() + done.stderr.decode()
        assert done.returncode in (0, 1, 2), text
        assert "Traceback" not in text
        lines = [line if len(line) <= _LONGEST else line[:160] + " …" for line in text.rstrip("\n").splitlines()]
        return _TIME.sub(r"0.05\1", "\n".join(lines) + "\n") if lines else ""


def written(text: str, shell: Shell) -> str:
    """A page with the files that it shows and what its commands print."""

    def console(match: re.Match[str]) -> str:
        commands = [line for line in match["text"].splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{line}\n{shell.run(line[2:])}" for line in commands) + "```"

    def file(match: re.Match[str]) -> str:
        held = (ROOT / match["path"]).read_text("utf-8")
        return f"{match['fence']}text file={match['path']}\n{held}{match['fence']}"

    return _CONSOLE.sub(console, _FILE.sub(file, text))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_commands_print_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    made = written(page.read_text("utf-8"), Shell(tmp_path))
    if os.environ.get("UPDATE_GOLDEN"):
        page.write_text(made, "utf-8")
    assert made == page.read_text("utf-8")


def test_configuration_explains_every_key() -> None:
    from reportlint.run.configfile import schema

    text = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    table = text[text.index("## 设置") : text.index("## 写错了")]
    for key in schema()["properties"]:
        assert f"`{key}`" in table or f"`[[{key}]]`" in table or f"`[{key}." in table, key


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_show_people_marks_and_no_ranges(lang: str) -> None:
    for rule in all_rules():
        shown = page_in_language(rule, lang)
        assert not re.search(r"^(?:\S+ )?-?\d+:\d+-|^file ", shown, re.MULTILINE), rule.name
        assert "](../" not in shown, "an install has no other pages"
    shown = page_in_language(next(rule for rule in all_rules() if rule.name == "stray-space"), lang)
    sample, under = re.findall(r"^（一）主动.*\n.*\^.*$", shown, re.MULTILINE)[0].split("\n")
    place = sum(2 if char >= "\u2e80" else 1 for char in sample[: sample.index(" ")])
    said = {
        "zh": "^ stray-space：“全年通过政府 网站发布信息”中有多余的空格",
        "en": "^ stray-space: a stray space in “全年通过政府 网站发布信息”",
    }
    assert under == " " * place + said[lang]


def test_pages_are_in_one_language_throughout() -> None:
    zh, en = (run("explain", "missing-cell", "--lang", lang).stdout.decode() for lang in ("zh", "en"))
    assert "类别：**表中数字（arithmetic）** · 级别：**错误** · 修正：**需确认**" in zh
    assert "group: **arithmetic** · severity: **error** · fix: **unsafe**" in en
    assert "^ missing-cell：" in zh or "\n    “" in zh
    listed = run("rules", "--lang", "zh").stdout.decode()
    assert re.search(r"^arithmetic +表中数字 *$", listed, re.MULTILINE)
    assert re.search(
        r"^arithmetic +figures of the tables *$", run("rules", "--lang", "en").stdout.decode(), re.MULTILINE
    )


def test_what_is_said_of_samples_is_what_rules_say() -> None:
    page = run("explain", "text-table", "--lang", "en").stdout.decode()
    marked = re.findall(r"^.*\n +\^+ text-table\n    (.+)$", page, re.MULTILINE)
    assert marked
    assert marked[0].startswith("the text says “收到政府信息公开申请15件”, the table 0")
