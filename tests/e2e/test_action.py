"""The GitHub Action, run by act; the GitLab template against GitLab's schema."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.programs import program
from tests.e2e.test_formats import counts, folder

__all__ = ["folder"]
ROOT = Path(__file__).parents[2]
WORKFLOW = """\
on: push
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: ./.reportlint
        with:
          paths: |
            资料, 100%: 甲
            𠮷.md
            sound.txt
            b2022.txt
            b2023.txt
          python: {python}
          args: {args}
          page: {upload}
          fail-on: {fail_on}
          upload: {upload}
"""
UPLOADER = """\
name: stands in for the action that uploads
inputs: {sarif_file: {required: true}, category: {required: true}}
runs:
  using: composite
  steps:
    - shell: bash
      env: {SARIF: "${{ inputs.sarif_file }}"}
      run: 'cp "$SARIF" "$UPLOADED"'
"""
KEEPER = """\
name: stands in for the action that keeps a file
inputs: {name: {required: true}, path: {required: true}}
runs:
  using: composite
  steps:
    - shell: bash
      env: {PAGE: "${{ inputs.path }}"}
      run: 'cp "$PAGE" "$KEPT"'
"""


def repository(folder: Path, **inputs: str) -> None:
    """Make a repository with a workflow that uses the action of this checkout."""
    # The runner has no place for a name that is not UTF-8.
    (folder / os.fsdecode(b"\xff.txt")).unlink()
    # Modules that Python would take from where it stands; none of them may run.
    for name in ("venv", "pip", "json", "click", "sitecustomize"):
        (folder / f"{name}.py").write_text(f'open({str(folder / "ran")!r}, "w")\n', "utf-8")
    ours = folder / ".reportlint"
    ours.mkdir()
    for name in ("src", "grammar", "docs/rules", "examples/sound"):
        shutil.copytree(ROOT / name, ours / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("action.yml", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, ours / name)
    workflow = folder / ".github/workflows/lint.yml"
    workflow.parent.mkdir(parents=True)
    said = {"args": "--isolated --exclude 'no such folder'", "python": sys.executable, **inputs}
    workflow.write_text(WORKFLOW.format(**said), "utf-8")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for args in (["init", "-q"], ["add", "."], ["commit", "-qm", "a"]):
        subprocess.run([*git, *args], cwd=folder, check=True)


def act(folder: Path) -> tuple[int, list[dict[str, Any]]]:
    """Run the workflow on this machine; gives the status and the runner's log."""
    home = folder.parent / f"{folder.name}-home"
    uploader = home / "codeql/upload-sarif"
    uploader.mkdir(parents=True)
    (uploader / "action.yml").write_text(UPLOADER, "utf-8")
    env = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "XDG_CONFIG_HOME": str(home / "c")}
    command = [program("act"), "push", "-P", "ubuntu-latest=-self-hosted", "--pull=false", "--json"]
    command += ["--env", f"UPLOADED={folder}/uploaded.sarif"]
    command += ["--local-repository", f"github/codeql-action@v3={uploader.parent}"]
    keeper = home / "upload-artifact"
    keeper.mkdir()
    (keeper / "action.yml").write_text(KEEPER, "utf-8")
    command += ["--local-repository", f"actions/upload-artifact@v4={keeper}"]
    command += ["--env", f"KEPT={folder}/kept.html"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=env)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


@pytest.mark.parametrize("fail_on", ["warning", "never"])
def test_the_action_annotates_and_fails_as_asked(fail_on: str, folder: Path) -> None:
    upload = fail_on == "never"
    repository(folder, fail_on=fail_on, upload=str(upload).lower())
    wanted = counts(folder)
    status, log = act(folder)
    assert (status == 0) == (fail_on == "never"), [held.get("msg") for held in log]
    found: Counter[tuple[str, str, int]] = Counter()
    for held in log:
        if held.get("command") in ("error", "warning", "notice"):
            where = held["kvPairs"]
            rule = where["title"].removeprefix("reportlint (").removesuffix(")")
            found[where["file"], rule, int(where["line"])] += 1
            if rule == "wrong-figure" and where["file"] == "𠮷.md":
                assert held["arg"].split("\n")[1] == "第 41 行：各列相加为 34"
    assert found == wanted
    assert not (folder / "ran").exists()
    if upload:
        (run,) = json.loads((folder / "uploaded.sarif").read_text("utf-8"))["runs"]
        assert len(run["results"]) == sum(wanted.values())
        assert "data-rule" in (folder / "kept.html").read_text("utf-8")
    summaries = [held["content"] for held in log if held.get("command") == "summary"]
    assert "wrong-figure" in "".join(summaries)


def test_arguments_that_cannot_be_read_are_said(folder: Path) -> None:
    repository(folder, fail_on="never", upload="false", args='"--isolated --exclude \'a b"')
    status, log = act(folder)
    assert status != 0
    (said,) = [held["arg"] for held in log if held.get("command") == "error"]
    assert "a quotation mark not closed" in said


@pytest.mark.parametrize(
    ("schema", "path"),
    [("vendor.github-actions", "action.yml"), ("vendor.gitlab-ci", "templates/reportlint.gitlab-ci.yml")],
)
def test_files_for_services_pass_their_schemas(schema: str, path: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(ROOT / path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
