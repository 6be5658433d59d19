"""Output formats, read by the programs and schemas that they are for."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from lxml import etree

from tests.e2e.programs import FOLDER, node_module, program
from tests.program import run
from tests.reports import draft, render

ROOT = Path(__file__).parents[2]
FAULTY = (ROOT / "examples/faulty/qinghu-2022.txt").read_text("utf-8")
NASTY = "𠮷😀%0A%25::error,a:b ]]> <b>&amp;\x07\x0c\u200b\u2028“” \\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Reports with names and texts that a careless writer of a format trips over."""
    (tmp_path / "资料, 100%: 甲").mkdir()
    texts = {
        "资料, 100%: 甲/泸州 [1].txt": FAULTY.replace("坚持以公开促落实", NASTY + "（坚持以公开促落实，，"),
        "sound.txt": render(draft()).text,
        "𠮷.md": FAULTY,
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / os.fsdecode(b"\xff.txt")).write_bytes(FAULTY.encode("gb18030").replace(b"\n", b"\r\n") + b"\xff\n")
    for year in (2022, 2023):
        (tmp_path / f"b{year}.txt").write_bytes((ROOT / f"examples/series/baixi-{year}.txt").read_bytes())
    return tmp_path


def written(folder: Path, name: str, *args: str) -> str:
    done = run("--lang", "zh", "--output-format", name, *(args or ["."]), cwd=folder)
    assert done.returncode == 1, done.stderr.decode()
    return done.stdout.decode()


def counts(folder: Path) -> Counter[tuple[str, str, int]]:
    """The findings by file, rule and line, as the project's own format has them."""
    files = json.loads(written(folder, "json"))["files"]
    return Counter((f["path"].removeprefix("./"), d["rule"], d["line"]) for f in files for d in f["diagnostics"])


def test_sarif_passes_the_schema_and_the_validator(folder: Path) -> None:
    text = written(folder, "sarif")
    held = json.loads(text)
    schema = json.loads(node_module("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json").read_text("utf-8"))
    assert [error.message for error in jsonschema.Draft4Validator(schema).iter_errors(held)] == []
    (run,) = held["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    found: Counter[tuple[str, str, int]] = Counter()
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        name = unquote(place["artifactLocation"]["uri"], errors="replace").replace("\ufffd", "\\xff")
        found[name, result["ruleId"], place["region"]["startLine"]] += 1
        for fix in result.get("fixes", []):
            assert all(change["replacements"] for change in fix["artifactChanges"])
    assert found == counts(folder)
    prints = [r["partialFingerprints"]["reportlint/v1"] for r in run["results"]]
    assert len(set(prints)) == len(prints)
    (folder / "f.sarif").write_text(text, "utf-8")
    tool = node_module("@microsoft/sarif-multitool-linux/Sarif.Multitool")
    out = folder / "validated.sarif"
    command = [str(tool), "validate", "f.sarif", "--rule-kind", "Sarif;Gh", "--output", str(out)]
    done = subprocess.run(
        [*command, "--log", "ForceOverwrite"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    validated = [r for one in json.loads(out.read_text("utf-8-sig"))["runs"] for r in one.get("results", [])]
    # Warnings: no address of the project, and messages that end in no ASCII full stop.
    assert {r["ruleId"] for r in validated if r.get("level", "warning") == "error"} == set()
    assert {r["ruleId"] for r in validated} <= {"SARIF2005", "SARIF2001", "SARIF2002", "SARIF2009", "SARIF1012"}


def test_sarif_columns_are_those_of_the_text(folder: Path) -> None:
    run = json.loads(written(folder, "sarif", "𠮷.md"))["runs"][0]
    lines = FAULTY.split("\n")
    (wrong,) = [r for r in run["results"] if r["ruleId"] == "wrong-figure"]
    region = wrong["locations"][0]["physicalLocation"]["region"]
    assert lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1] == "17"
    (change,) = wrong["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"]["text"] == "7"
    assert "## 为什么" in run["tool"]["driver"]["rules"][wrong["ruleIndex"]]["help"]["markdown"]


def test_rdjson_passes_its_validator_and_counts_bytes(folder: Path) -> None:
    text = written(folder, "rdjson")
    path = folder / "f.json"
    path.write_text(text, "utf-8")
    tool = node_module(".bin/rdformat-validator")
    done = subprocess.run([program("node"), str(tool), str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    held = json.loads(text)["diagnostics"]
    assert sum(counts(folder).values()) == len(held)
    wrong = next(d for d in held if d["code"]["value"] == "wrong-figure" and d["location"]["path"] == "𠮷.md")
    at = wrong["location"]["range"]
    line = FAULTY.split("\n")[at["start"]["line"] - 1].encode()
    assert line[at["start"]["column"] - 1 : at["end"]["column"] - 1] == b"17"


def test_junit_passes_the_schema_of_jenkins(folder: Path) -> None:
    schema = etree.XMLSchema(etree.parse(program(str(FOLDER / "junit-10.xsd"))))
    tree = etree.fromstring(written(folder, "junit").encode())
    schema.assertValid(tree)
    suites = {suite.get("name"): suite for suite in tree.iter("testsuite")}
    assert suites["sound.txt"].get("failures") == "0"
    assert len(suites["sound.txt"]) == 1
    assert sum(len(s) for s in suites.values()) == sum(counts(folder).values()) + 2  # of both sound ones
    assert all(len(s.findall(".//failure")) == int(s.get("failures") or 0) for s in suites.values())


def test_checkstyle_is_read_back(folder: Path) -> None:
    tree = etree.fromstring(written(folder, "checkstyle").encode())
    found = Counter(
        (file.get("name"), (error.get("source") or "").rpartition(".")[2], int(error.get("line") or 0))
        for file in tree
        for error in file
    )
    assert found == counts(folder)
    assert {error.get("severity") for error in tree.iter("error")} <= {"error", "warning", "info"}


def test_gitlab_knows_findings_again(folder: Path) -> None:
    def read() -> dict[str, Any]:
        held = json.loads(written(folder, "gitlab"))
        assert len({one["fingerprint"] for one in held}) == len(held)
        for one in held:
            assert {"description", "check_name", "fingerprint", "severity", "location"} <= set(one)
            assert one["severity"] in ("info", "minor", "major", "critical", "blocker")
        return {one["fingerprint"]: one for one in held}

    before = read()
    assert Counter(
        (o["location"]["path"], o["check_name"], o["location"]["lines"]["begin"]) for o in before.values()
    ) == (counts(folder))
    path = folder / "𠮷.md"
    path.write_text("（网站导航）\n\n" + FAULTY, "utf-8")
    after = read()
    assert before.keys() == after.keys()


def test_a_workflow_of_github_gets_annotations_unasked(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FAULTY, "utf-8")
    env = {**os.environ, "GITHUB_ACTIONS": "true", "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "reportlint", "a.txt"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.stdout.startswith(
        "::warning title=reportlint (title-form),file=a.txt,line=1,endLine=1,col=1,endColumn=19::"
    )
    (tmp_path / "reportlint.toml").write_text('output-format = "concise"\n', "utf-8")
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("a.txt:1:1: warning[title-form]")


@pytest.mark.parametrize("name", ["json", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"])
def test_a_file_that_cannot_be_read_is_told_of(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"GIF89a")
    (tmp_path / "b.txt").write_text("买菜\n", "utf-8")
    done = run("--lang", "zh", "--output-format", name, ".", cwd=tmp_path)
    assert done.returncode == 2
    out = done.stdout.decode()
    assert out.count("请将正文另存为") == 1
    if name in ("junit", "checkstyle"):
        tree = etree.fromstring(out.encode())
        if name == "junit":
            etree.XMLSchema(etree.parse(program(str(FOLDER / "junit-10.xsd")))).assertValid(tree)
            assert [len(tree.findall(f".//{kind}")) for kind in ("error", "skipped", "failure")] == [1, 1, 0]
    elif name != "github":
        held = json.loads(out)
        if name == "sarif":
            (said,) = held["runs"][0]["invocations"][0]["toolExecutionNotifications"]
            assert said["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a.txt"
        if name == "json":
            assert [problem["path"] for problem in held["problems"]] == ["./a.txt"]


def test_names_cannot_move_the_cursor(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2J\nb.txt"
    path.write_text(FAULTY, "utf-8")
    for name in ("text", "concise"):
        command = [sys.executable, "-m", "reportlint", "--output-format", name, ".", "nowhere\x1b.txt"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert "a\\x1b[2J\\x0ab.txt:1:1" in done.stdout
        assert "\x1b" not in done.stdout + done.stderr
