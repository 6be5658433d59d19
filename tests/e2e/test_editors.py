"""Real editors against the server, set up as docs/editors.md says: Neovim with its own client, Emacs with eglot."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.programs import program

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DOCS = (ROOT / "docs/editors.md").read_text("utf-8")
FAULTY = (ROOT / "examples/faulty/qinghu-2022.txt").read_text("utf-8").replace("本报告根据《", "𠮷😀本报告根据《")
TEXTS = {
    "unbalanced-bracket": "《",
    "year-mismatch": "2021",
    "repeated-item": "住房服务",
    "label-typo": "3.危及“三安全稳定”",
    "unreadable-number": "/",
    "wrong-figure": "17",
    "missing-row": "3.要求提供公开出版物",
    "heading-typo": "六、其它需要报告的事项",
    "incomplete-date": "2023年1月20",
}


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "工作 空间" / "报告 2022.txt"
    path.parent.mkdir()
    path.write_text(FAULTY, "utf-8")
    (path.parent / "reportlint.toml").write_text("", "utf-8")
    return path


def said(language: str, number: int, folder: Path) -> Path:
    """A file with a block of docs/editors.md, so that what users are told to write is what is tested."""
    block = re.findall(rf"```{language}\n(.*?)```", DOCS, re.DOTALL)[number]
    path = folder / f"{number}.{language}"
    path.write_text(block, "utf-8")
    return path


def saw(command: list[str], home: Path) -> Any:
    """What an editor's script printed."""
    own = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": own, "LC_ALL": "C.UTF-8", "HOME": str(home), "XDG_STATE_HOME": str(home)}
    done = subprocess.run(command, capture_output=True, env=environment, timeout=120, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
    return json.loads(done.stdout.decode().splitlines()[-1])


def test_neovim(report: Path, tmp_path: Path) -> None:
    (report.parent / "sound.txt").write_text((ROOT / "examples/sound/qinghu-2022.txt").read_text("utf-8"), "utf-8")
    nvim = program("nvim")
    script = ["--headless", "-u", "NONE", "-i", "NONE", "-l", str(HERE / "nvim.lua")]
    blocks = [said("lua", 0, tmp_path), said("lua", 1, tmp_path), said("vim", 0, tmp_path)]
    seen = saw([nvim, *script, str(report), *map(str, blocks)], tmp_path)
    assert seen["pulls"] is True
    # Once each: pushed and pulled would be twice.
    assert len(seen["found"]) == 10
    assert {d["code"]: d["text"] for d in seen["found"] if d["code"] != "title-form"} == TEXTS
    assert "**wrong-figure** 一个数字填错" in seen["hover"]
    assert "✗ 行：17 + 1 + 1 + 12 + 0 + 3 = 34" in seen["hover"]
    assert seen["symbols"][1:3] == ["一、总体情况", "二、主动公开政府信息情况"]
    assert seen["folds"] > 6
    assert seen["after_fix"] == FAULTY.replace("六、其它", "六、其他")
    assert seen["after_all"] == FAULTY.replace("六、其它", "六、其他").replace("三安全稳定", "三安全一稳定")
    assert {d["code"] for d in seen["found"]} - {d["code"] for d in seen["left"]} == {"heading-typo", "label-typo"}
    assert seen["saved"] == "（附注，无）"
    listed = {item["text"].partition("]")[0]: item for item in seen["quickfix"]}
    assert listed["[repeated-item"]["rest"].startswith("住房服务等专题")
    assert listed["[wrong-figure"]["rest"].startswith("17 | 1 |")
    assert (listed["[wrong-figure"]["type"], listed["[unbalanced-bracket"]["type"]) == ("E", "W")
    assert seen["workspace"] == {report.name: 8, "sound.txt": 0}


def test_emacs(report: Path, tmp_path: Path) -> None:
    emacs = program("emacs")
    script = ["--batch", "-Q", "-l", str(HERE / "eglot.el"), "-f", "reportlint-test"]
    seen = saw([emacs, *script, str(report), str(said("elisp", 0, tmp_path))], tmp_path)
    found = {d["message"].partition("[")[2].partition("]")[0]: d["text"] for d in seen["found"]}
    assert len(seen["found"]) == 10
    assert {code: text for code, text in found.items() if code != "title-form"} == TEXTS
    assert any("一、总体情况" in name for name in seen["outline"])
    assert seen["after"] == FAULTY.replace("六、其它", "六、其他")
    assert len(seen["left"]) == 9
