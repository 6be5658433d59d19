"""The hooks in a repository, with pre-commit and with prek."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.chains import as_text, chain
from tests.e2e.programs import program
from tests.reports import draft, render, row

ROOT = Path(__file__).parents[2]
FAULTY = (ROOT / "examples/faulty/qinghu-2022.txt").read_text("utf-8")
SOUND = render(draft()).text
NAMES = ["泸州市 2022年报.txt", "𠮷林\n市.txt", "资料/-x.md"]
NOT_UTF_8 = os.fsdecode(b"\xb9\xfd.txt")
GIT = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
CONFIG = """\
repos:
  - repo: {hooks}
    rev: v1
    hooks:
      - id: {id}
        args: [--lang, zh]
"""


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with this checkout, as a user would name it."""
    folder = tmp_path_factory.mktemp("hooks")
    for name in ("src", "grammar", "docs/rules", "examples/sound"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    for args in (["init", "-q"], ["add", "."], ["commit", "-qm", "a"], ["tag", "v1"]):
        subprocess.run([*GIT, *args], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which both programs keep what they install in a folder of the test."""
    home = tmp_path_factory.mktemp("home")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    return {**kept, "PRE_COMMIT_HOME": str(home / "p"), "PREK_HOME": str(home / "k"), "GIT_CONFIG_GLOBAL": os.devnull}


class Repository:
    """A repository with the hook installed."""

    def __init__(self, folder: Path, runner: str, hooks: Path, hook: str, env: dict[str, str]) -> None:
        self.folder = folder
        self.env = env
        (folder / ".pre-commit-config.yaml").write_text(CONFIG.format(hooks=hooks, id=hook), "utf-8")
        subprocess.run([*GIT, "init", "-q"], cwd=folder, check=True, env=env)
        subprocess.run([runner, "install"], cwd=folder, check=True, env=env, capture_output=True)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")

    def commit(self) -> tuple[bool, str]:
        """Add everything and commit; whether it went through, and what was said."""
        subprocess.run([*GIT, "add", "-A"], cwd=self.folder, check=True, env=self.env)
        command = [*GIT, "commit", "-qm", "a"]
        done = subprocess.run(command, cwd=self.folder, env=self.env, capture_output=True, check=False)
        return done.returncode == 0, re.sub("\x1b\\[[\\d;]*m", "", (done.stdout + done.stderr).decode(errors="replace"))


@pytest.mark.parametrize("name", ["pre-commit", "prek"])
def test_a_faulty_report_blocks_a_commit_until_it_is_mended(
    name: str, hooks: Path, env: dict[str, str], tmp_path: Path
) -> None:
    runner = program(name)
    checked = tmp_path / "checked"
    checked.mkdir()
    repository = Repository(checked, runner, hooks, "reportlint", env)
    for held in NAMES:
        repository.write(held, FAULTY)
    repository.write("README.md", "# 买菜\n")
    (checked / "扫描.pdf").write_bytes(b"%PDF-1.4\n")
    passed, said = repository.commit()
    assert not passed
    assert said.count("错误[wrong-figure]") == len(NAMES)
    assert "没有读取 .pdf 文件的读取器" in said
    assert "README" not in said
    for held in NAMES:
        repository.write(held, SOUND)
    passed, said = repository.commit()
    assert passed, said

    mended = tmp_path / "mended"
    mended.mkdir()
    repository = Repository(mended, runner, hooks, "reportlint-fix", env)
    slips = SOUND.replace("六、其他", "六、其它").replace("，", "，，", 1)
    for held in NAMES:
        repository.write(held, slips)
    passed, said = repository.commit()
    assert not passed, said
    assert {(mended / held).read_text("utf-8") for held in NAMES} == {SOUND}
    passed, said = repository.commit()
    assert passed, said


def test_prek_takes_names_that_are_not_utf_8(hooks: Path, env: dict[str, str], tmp_path: Path) -> None:
    # pre-commit itself ends in a UnicodeDecodeError on such a name.
    repository = Repository(tmp_path, program("prek"), hooks, "reportlint", env)
    repository.write(NOT_UTF_8, FAULTY)
    passed, said = repository.commit()
    assert not passed
    assert "错误[wrong-figure]" in said
    assert "--> \\xb9\\xfd.txt:1:1" in said


def test_the_hooks_leave_out_what_the_configuration_excludes(hooks: Path, env: dict[str, str], tmp_path: Path) -> None:
    repository = Repository(tmp_path, program("prek"), hooks, "reportlint", env)
    repository.write("reportlint.toml", 'exclude = ["旧/"]\n')
    repository.write("旧/a.txt", FAULTY)
    passed, said = repository.commit()
    assert passed, said


def test_years_of_one_commit_are_compared(hooks: Path, env: dict[str, str], tmp_path: Path) -> None:
    repository = Repository(tmp_path, program("prek"), hooks, "reportlint", env)
    for year in (2022, 2023):
        repository.write(f"{year}.txt", (ROOT / f"examples/series/baixi-{year}.txt").read_text("utf-8"))
    passed, said = repository.commit()
    assert not passed
    assert "错误[carry-over]" in said


@pytest.mark.parametrize("name", ["pre-commit", "prek"])
def test_a_report_of_one_year_is_compared_with_those_that_did_not_change(
    name: str, hooks: Path, env: dict[str, str], tmp_path: Path
) -> None:
    made = chain([2021, 2022], seed=3)
    repository = Repository(tmp_path, program(name), hooks, "reportlint-all", env)
    repository.write("2021.txt", as_text(made[2021], 2021))
    assert repository.commit()[0]
    # Three more carried over and three fewer new: every sum of the year itself holds.
    carried, new = row(made[2022], "R_CARRIED_OVER").figures, row(made[2022], "R_NEW").figures
    for at in (0, 6):
        carried[at], new[at] = str(int(carried[at]) + 3), str(int(new[at]) - 3)
    repository.write("2022.txt", as_text(made[2022], 2022))
    done, said = repository.commit()
    assert not done
    assert "carry-over" in said
