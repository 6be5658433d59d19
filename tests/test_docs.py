"""The commands that a page shows print what the page says. UPDATE_GOLDEN=1 writes it anew."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [path for path in sorted((ROOT / "docs").glob("*.md")) if "```console" in path.read_text("utf-8")]
_SHOWN = re.compile(r"```console\n\$ (?P<command>[^\n]*)\n(?P<output>.*?)```", re.DOTALL)


def run(command: str) -> str:
    name, *args = shlex.split(command)
    assert name == "reportlint"
    env = {**os.environ, "COLUMNS": "100", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "reportlint", *args], cwd=ROOT, env=env, capture_output=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    lines = done.stdout.decode().rstrip("\n").splitlines()
    return "\n".join([line if len(line) <= 300 else line[:160] + " …" for line in lines]) + "\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_commands_print_what_the_page_shows(page: Path) -> None:
    text = page.read_text("utf-8")
    assert _SHOWN.search(text)
    made = _SHOWN.sub(lambda m: f"```console\n$ {m['command']}\n{run(m['command'])}```", text)
    if os.environ.get("UPDATE_GOLDEN"):
        page.write_text(made, "utf-8")
    assert made == page.read_text("utf-8")
