"""Plugins: the example is installed and used; a broken one is named and left out."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from reportlint import plugins
from reportlint.rules import all_rules
from reportlint.testing import check_page, findings, fixed, report_with
from tests.program import run
from tests.reports import draft, render

EXAMPLE = Path(__file__).parent / "plugin-example"
SOUND = render(draft()).text
LIBRARY = """青湖县图书馆2023年公共图书馆年度报告
一、借阅情况
读者 | 图书 | 期刊 | 合计
成人 | 120 | 30 | 150
少年儿童 | 80 | 20 | 100
合计 | 200 | 50 | 250
二、下年度安排
2024年增加夜间开放。
"""


RULE = """from reportlint.model import Report
from reportlint.rules import rule
@rule(severity='info', group='template', {})
def mine(x):
    return []
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the example is installed."""
    folder = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--target", str(folder), str(EXAMPLE)], check=True, capture_output=True)
    return folder


def linted(path: Path, site: Path, *args: str) -> list[dict[str, object]]:
    done = run(path, "--output-format", "json", *args, PYTHONPATH=str(site))
    assert done.stdout, done.stderr.decode()
    found: list[dict[str, object]] = json.loads(done.stdout)["files"][0]["diagnostics"]
    return found


def test_a_rule_with_its_options(tmp_path: Path, site: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SOUND.replace("情况。", "情况。全年工作再上新台阶，强力推进。", 1), "utf-8")
    (found,) = linted(path, site)
    assert (found["rule"], found["group"], found["url"]) == ("slogan", "template", None)
    (tmp_path / "reportlint.toml").write_text('[rule.slogan]\nwords = ["强力推进"]\nseverity = "error"\n', "utf-8")
    (found,) = linted(path, site)
    assert (found["message"], found["severity"]) == ("“强力推进” is a set phrase that says nothing", "error")
    (tmp_path / "reportlint.toml").write_text("[rule.slogan]\nword = []\n", "utf-8")
    wrong = run(path, PYTHONPATH=str(site)).stderr.decode()
    assert "rule.slogan.word is no key; did you mean words?" in wrong
    assert run("explain", "slogan", PYTHONPATH=str(site)).stdout.decode().startswith("# slogan\n")
    listed = json.loads(run("rules", "--output-format", "json", PYTHONPATH=str(site)).stdout)
    assert next(r for r in listed if r["name"] == "slogan")["zh"] == "空话套话。"


def test_an_output_format(tmp_path: Path, site: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SOUND.replace("六、其他", "六、其它"), "utf-8")
    done = run(path, "--output-format", "tsv", PYTHONPATH=str(site))
    rows = list(csv.reader(io.StringIO(done.stdout.decode()), "excel-tab"))
    assert [row[4] for row in rows] == ["rule", "heading-typo"]
    assert b"did you mean tsv?" in run(path, "--output-format", "tsb", PYTHONPATH=str(site)).stderr
    assert run(path, "--output-format", "tsv").returncode == 2, "it is not there without the plugin"


def test_a_form_and_a_reader(tmp_path: Path, site: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(LIBRARY, "utf-8")
    assert linted(path, site) == []
    path.write_text(LIBRARY.replace("少年儿童 | 80", "少年儿童 | 8"), "utf-8")
    assert [found["rule"] for found in linted(path, site, "--form", "library")] == ["wrong-figure"]
    table = tmp_path / "a.csv"
    table.write_text(LIBRARY.replace(" | ", ",").replace("少年儿童,80", "少年儿童,8"), "utf-8")
    (found,) = linted(tmp_path, site, "--exclude", "*.txt")
    assert (found["rule"], found["origin"]) == ("wrong-figure", {"row": 5, "cell": 2})
    done = run(table, "--fix", "--unsafe-fixes", PYTHONPATH=str(site))
    assert done.returncode == 2
    assert b"only text files and Word documents" in done.stderr


def test_the_example_tests_itself(site: Path) -> None:
    code = "import sys, pytest; sys.exit(pytest.main(['-q', '-p', 'no:cacheprovider', '-c', '/dev/null', sys.argv[1]]))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(EXAMPLE / "test_slogan.py")],
        env={"PYTHONPATH": str(site), "PATH": ""},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode()


def broken(site: Path, name: str, points: str, code: str = "") -> Path:
    """A folder in which a plugin is installed that does not work."""
    info = site / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(points, "utf-8")
    (site / f"{name}.py").write_text(code, "utf-8")
    return site


@pytest.mark.parametrize(
    ("points", "code", "said"),
    [
        ("[reportlint.rules]\nx = none_such\n", "", "its rules x cannot be used (ModuleNotFoundError: No module named 'none_such')"),
        ("[reportlint.rules]\nx = bad\n", "1/0", "its rules x cannot be used (ZeroDivisionError: division by zero)"),
        ("[reportlint.rules]\nx = bad\n", "import sys; sys.exit(3)", "its rules x cannot be used (SystemExit: 3)"),
        ("[reportlint.rules]\nx = bad\n", "", "its rules x cannot be used (TypeError: it holds no rule)"),
        ("[reportlint.rules]\nx = bad:thing\n", "thing = 3", "it gives int, not a rule or a module of rules"),
        ("[reportlint.rules]\ntemplate = bad\n", "", "the name is taken"),
        ("[reportlint.outputs]\njson = bad\n", "", "its outputs json cannot be used (the name is taken)"),
        (
            "[reportlint.rules]\nx = bad\n",
            "from reportlint.rules import rule\nfrom reportlint.model import Report\n@rule(on=Report, severity='info', zh='', en='', group='template')\ndef term(x):\n  return []\n",
            "a rule is already called term",
        ),
        (
            "[reportlint.rules]\nx = bad\n",
            "from reportlint.rules import rule\nfrom reportlint.model import Report\n@rule(on=Report, severity='info', zh='', en='', group='style')\ndef mine(x):\n  return []\n",
            "group= is one of section, arithmetic, consistency, garbled, template, configuration, not style",
        ),
        ("[reportlint.forms]\nx = bad:FORM\n", "FORM = '/none.lark'", "its forms x cannot be used (BadForm: /none.lark: no such file or directory)"),
        ("[reportlint.readers]\nx = bad\n", "SUFFIXES = ()\ndef read(d, p): pass\n", "a reader has read(data, path), and SUFFIXES"),
        ("[reportlint.rules]\nx = bad\n", RULE.format("on=int, zh='', en=''"), "mine: on= takes classes of reportlint.model and the like"),
        ("[reportlint.rules]\nx = bad\n", RULE.format("on=Report, zh='', en='', fix='maybe'"), "mine: fix= is safe or unsafe, not maybe"),
        ("[reportlint.rules]\nx = bad\n", RULE.format("on=Report, zh='{a}', en='{b}'"), "mine: both languages must name the same fields, not ['a', 'b'] in one"),
        ("[reportlint.rules]\nx = bad\n", RULE.format("on=Report, zh='', en='', options=int"), "options=int: name a NamedTuple of fields that are Annotated[..., Option(...)]"),
    ],
)  # fmt: skip
def test_a_broken_plugin_is_named_and_the_rest_runs(tmp_path: Path, points: str, code: str, said: str) -> None:
    site = broken(tmp_path / "site", "bad", points, code)
    path = tmp_path / "a.txt"
    path.write_text(SOUND.replace("六、其他", "六、其它"), "utf-8")
    done = run(path, "--output-format", "json", PYTHONPATH=str(site))
    assert [d["rule"] for d in json.loads(done.stdout)["files"][0]["diagnostics"]] == ["heading-typo"]
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("reportlint: the plugin bad is left out, ")
    assert said in line


def test_a_broken_output_format_is_told_only_when_it_is_asked_for(tmp_path: Path) -> None:
    site = broken(tmp_path / "site", "bad", "[reportlint.outputs]\nx = bad:Output\n", "raise OSError('gone')")
    path = tmp_path / "a.txt"
    path.write_text(SOUND, "utf-8")
    assert run(path, PYTHONPATH=str(site)).stderr == b""
    done = run(path, "--output-format", "x", PYTHONPATH=str(site))
    assert (done.returncode, b"its outputs x cannot be used (OSError: gone)" in done.stderr) == (2, True)


def test_an_output_format_that_fails_is_named(tmp_path: Path) -> None:
    code = "class Output:\n  def __init__(self, s, o): pass\n  def file(self, r): 1/0\n  def end(self, s): pass\n"
    site = broken(tmp_path / "site", "bad", "[reportlint.outputs]\nx = bad:Output\n", code)
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    done = run(tmp_path / "a.txt", "--output-format", "x", PYTHONPATH=str(site))
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert b"its outputs x cannot be used (ZeroDivisionError: division by zero)" in done.stderr


def test_a_reader_that_fails_is_named(tmp_path: Path) -> None:
    code = "SUFFIXES = ('.odd',)\ndef read(data, path): return 3\n"
    site = broken(tmp_path / "site", "bad", "[reportlint.readers]\nx = bad\n", code)
    (tmp_path / "a.odd").write_text(SOUND, "utf-8")
    done = run(tmp_path / "a.odd", PYTHONPATH=str(site))
    assert done.returncode == 2
    assert b"the reader x cannot read " in done.stderr


def test_a_rule_that_fails_is_named_and_the_rest_is_shown(tmp_path: Path) -> None:
    code = (
        "from reportlint.rules import rule\nfrom reportlint.model import Report\n"
        "@rule(on=Report, severity='info', zh='', en='', group='template')\ndef mine(report):\n  raise KeyError('x')\n"
    )
    site = broken(tmp_path / "site", "bad", "[reportlint.rules]\nx = bad\n", code)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(SOUND.replace("六、其他", "六、其它"), "utf-8")
    done = run(tmp_path / "a.txt", tmp_path / "b.txt", "--output-format", "json", PYTHONPATH=str(site))
    assert done.returncode == 2
    assert [[d["rule"] for d in f["diagnostics"]] for f in json.loads(done.stdout)["files"]] == [["heading-typo"]] * 2
    first, second = done.stderr.decode().splitlines()
    assert "the rule mine failed on " in first
    assert second.endswith("(KeyError: 'x'), so its findings are missing; please report it to bad")


def test_what_is_built_in_comes_through_the_same_loader() -> None:
    names = {kind: [point.name for point in plugins.points(kind)] for kind in plugins.KINDS}
    assert names["forms"] == ["2019", "2021"]
    assert names["readers"] == ["text", "word", "office", "archived", "pdf", "xlsx", "scans"]
    assert {"text", "json"} <= set(names["outputs"])
    assert {rule.group for rule in all_rules()} == set(names["rules"])


def test_the_testing_helper_finds_what_is_wrong_with_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = next(rule for rule in all_rules() if rule.name == "doubled-word")
    good = "# x\n\n```report\n加强工作工作。\n```\n\n```findings\n1:3-1:7 doubled-word\n```\n\n```report\n加强工作。\n```\n"
    texts = {"good": good, "place": good.replace("1:3", "1:2"), "one": good.rpartition("```report")[0]}
    said = {}
    for name, text in texts.items():
        monkeypatch.setattr("reportlint.testing.page", lambda _, text=text: text)
        said[name] = check_page(rule)
    assert said["good"] == []
    assert said["place"] == ["sample 1: found ['1:3-1:7 doubled-word'], the page says ['1:2-1:7 doubled-word']"]
    assert said["one"] == ["the page needs a sample with findings and one without"]


def test_the_testing_helper_lints_and_fixes() -> None:
    text = report_with("加强信息处(chǔ)理。")
    assert [(f.rule, f.text) for f in findings(text)] == [("leaked-pinyin", "(chǔ)")]
    assert findings(fixed(text)) == []
    form = Path(__file__).parents[1] / "examples" / "forms" / "service.lark"
    assert [f.rule for f in findings((form.parent / "sound.txt").read_text("utf-8"), form=form)] == []
