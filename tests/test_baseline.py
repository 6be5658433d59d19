"""A baseline: a repository with old faults starts clean, and new faults are found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.chains import chain
from tests.program import run
from tests.reports import draft, render
from tests.test_series import move, write

SOUND = render(draft()).text
OLD = [
    ("六、其他", "六、其它"),
    ("条例》", "条列》"),
    ("情况。", "情况。。"),
    ("（二）部分公开", "（二）部份公开"),
]


def faulty(number: int) -> str:
    right, wrong = OLD[number % len(OLD)]
    return SOUND.replace(right, wrong, 1)


def found(folder: Path, *args: str) -> list[tuple[str, str]]:
    done = run(".", "--output-format", "json", "--ignore", "similar-report", *args, cwd=folder)
    assert done.stdout, done.stderr.decode()
    return [(f["path"], d["rule"]) for f in json.loads(done.stdout)["files"] for d in f["diagnostics"]]


def test_reports_with_old_faults(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number:03}.txt").write_text(faulty(number), "utf-8")
    (tmp_path / "reportlint.toml").write_text('baseline = "baseline.json"\n', "utf-8")
    assert run("000.txt", cwd=tmp_path).returncode == 2, "there is none yet"
    made = run(".", "--update-baseline", "--quiet", cwd=tmp_path)
    assert made.returncode == 0
    assert b"findings 40, files 40 (40 added, 0 removed)" in made.stderr
    assert found(tmp_path) == []
    (tmp_path / "007.txt").write_text(faulty(7).replace("（三）政府信息管理", "（四）政府信息管理", 1), "utf-8")
    (tmp_path / "020.txt").write_text(SOUND, "utf-8")
    (tmp_path / "030.txt").unlink()
    told = found(tmp_path)
    assert sorted(set(told)) == [("./007.txt", "numbering-gap"), ("baseline.json", "stale-baseline")]
    assert told.count(("baseline.json", "stale-baseline")) == 2
    shown = run(".", "--output-format", "concise", "--quiet", "--lang", "zh", cwd=tmp_path)
    assert shown.returncode == 1
    assert "020.txt 已不再有 heading-typo（六、其它需要报告的事项）" in shown.stdout.decode()
    assert "030.txt 已不存在，基线里还有 heading-typo" not in shown.stdout.decode()
    again = run(".", "--update-baseline", "--quiet", cwd=tmp_path)
    assert b"findings 39, files 38 (1 added, 2 removed)" in again.stderr
    assert found(tmp_path) == []


@pytest.fixture
def held(tmp_path: Path) -> Path:
    text = (
        SOUND.replace("六、其他", "六、其它")
        .replace("（二）部分公开", "（二）部份公开")
        .replace("公开情况。", "公开情况。。", 1)
    )
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert run(".", "--update-baseline", "--baseline", "b.json", cwd=tmp_path).returncode == 0
    assert found(tmp_path, "--baseline", "b.json") == []
    return tmp_path


def test_lines_above_and_tables_laid_out_anew_change_nothing(held: Path) -> None:
    path = held / "a.txt"
    text = path.read_text("utf-8")
    for other in (
        "首页 > 政府信息公开\n\n" + text,
        text.replace(" | ", "|"),
        text.replace(" | ", "\t"),
        "\n".join(line.replace(" | ", "\n") if "|" in line else line for line in text.splitlines()),
        text.replace("\n", "\r\n"),
    ):
        path.write_text(other, "utf-8")
        assert found(held, "--baseline", "b.json") == []


def test_the_same_fault_elsewhere_and_another_one_in_its_place_are_new(held: Path) -> None:
    path = held / "a.txt"
    text = path.read_text("utf-8")
    path.write_text(text.replace("建设情况。", "建设情况。。"), "utf-8")
    assert found(held, "--baseline", "b.json") == [("./a.txt", "doubled-punctuation")]
    path.write_text(text.replace("（二）部份公开", "（二）步分公开"), "utf-8")
    assert sorted(rule for _, rule in found(held, "--baseline", "b.json")) == ["label-typo", "stale-baseline"]


def test_only_files_and_rules_of_the_run_are_judged_and_updated(held: Path) -> None:
    (held / "a.txt").write_text(SOUND, "utf-8")
    (held / "c.txt").write_text(SOUND.replace("六、其他", "六、其它"), "utf-8")
    done = run("c.txt", "--baseline", "b.json", "--output-format", "json", cwd=held)
    assert [d["rule"] for f in json.loads(done.stdout)["files"] for d in f["diagnostics"]] == ["heading-typo"]
    run("c.txt", "--baseline", "b.json", "--update-baseline", cwd=held)
    assert set(json.loads((held / "b.json").read_text("utf-8"))["files"]) == {"a.txt", "c.txt"}
    run(".", "--baseline", "b.json", "--update-baseline", "--select", "heading-typo", cwd=held)
    left = json.loads((held / "b.json").read_text("utf-8"))["files"]
    assert [e["rule"] for e in left["a.txt"]] == ["doubled-punctuation", "label-typo"]


def test_fix_leaves_what_the_baseline_holds(held: Path) -> None:
    path = held / "a.txt"
    text = path.read_text("utf-8")
    path.write_text(text.replace("建设情况。", "建设情况。。"), "utf-8")
    run("a.txt", "--baseline", "b.json", "--fix", cwd=held)
    assert path.read_text("utf-8") == text


def test_findings_over_several_reports_are_held_too(tmp_path: Path) -> None:
    made = chain([2021, 2022], seed=1)
    move(made[2022], "R_CARRIED_OVER", "R_NEW", 0, 3)
    write(tmp_path, made)
    assert [rule for _, rule in found(tmp_path)] == ["carry-over"]
    run(".", "--update-baseline", "--baseline", "b.json", cwd=tmp_path)
    assert found(tmp_path, "--baseline", "b.json") == []
    text = (tmp_path / "2022.txt").read_text("utf-8")
    (tmp_path / "2022.txt").write_text("导航\n\n" + text, "utf-8")
    assert found(tmp_path, "--baseline", "b.json") == []


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"version": 1}', '{"version": 1, "files": {"a": 3}}', '{"version": 9, "files": {}}']
)
def test_a_damaged_baseline_is_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    (tmp_path / "b.json").write_text(text, "utf-8")
    done = run("a.txt", "--baseline", "b.json", cwd=tmp_path)
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert "--update-baseline" in line
    again = run("a.txt", "--baseline", "b.json", "--update-baseline", cwd=tmp_path)
    assert again.returncode == 2
    assert (tmp_path / "b.json").read_text("utf-8") == text, "what is no baseline is not overwritten"


def test_a_baseline_goes_with_nothing_that_writes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    for args in (["--update-baseline"], ["--update-baseline", "--baseline", "b.json", "--fix"]):
        done = run("a.txt", *args, cwd=tmp_path)
        assert done.returncode == 2
        assert done.stderr.count(b"\n") == 1


def test_configurations_that_share_a_baseline_write_it_once(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("a.txt", "sub/b.txt"):
        (tmp_path / name).write_text(faulty(0), "utf-8")
    (tmp_path / "reportlint.toml").write_text('baseline = "base.json"\n', "utf-8")
    (tmp_path / "sub" / "reportlint.toml").write_text('baseline = "../base.json"\n', "utf-8")
    run(".", "--update-baseline", cwd=tmp_path)
    assert found(tmp_path) == []


def test_rules_on_several_reports_are_judged_only_where_all_are_read(tmp_path: Path) -> None:
    made = chain([2021, 2022], seed=1)
    move(made[2022], "R_CARRIED_OVER", "R_NEW", 0, 3)
    write(tmp_path, made)
    run(".", "--update-baseline", "--baseline", "b.json", cwd=tmp_path)
    before = (tmp_path / "b.json").read_bytes()
    alone = run("2022.txt", "--baseline", "b.json", "--output-format", "json", cwd=tmp_path)
    assert [d for f in json.loads(alone.stdout)["files"] for d in f["diagnostics"]] == []
    run("2022.txt", "--baseline", "b.json", "--update-baseline", cwd=tmp_path)
    assert (tmp_path / "b.json").read_bytes() == before


def test_many_findings_in_one_paragraph_are_known_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SOUND.replace("情况。", "情况。" + "做，，好。" * 5000, 1), "utf-8")
    run("a.txt", "--update-baseline", "--baseline", "b.json", cwd=tmp_path)
    assert run("a.txt", "--baseline", "b.json", "--quiet", cwd=tmp_path).stdout == b""


def test_the_same_fault_in_another_column_is_new(held: Path) -> None:
    path = held / "a.txt"
    text = path.read_text("utf-8")
    row = next(line for line in text.splitlines() if line.startswith("7.属于行政执法案卷"))
    cells = row.split(" | ")
    for column in (1, 5):
        spoilt = " | ".join("/" if n == column else cell for n, cell in enumerate(cells))
        path.write_text(text.replace(row, spoilt), "utf-8")
        if column == 1:
            run("a.txt", "--update-baseline", "--baseline", "b.json", cwd=held)
            assert found(held, "--baseline", "b.json") == []
        else:
            told = [rule for _, rule in found(held, "--baseline", "b.json")]
            assert sorted(told) == ["stale-baseline", "unreadable-number"]
