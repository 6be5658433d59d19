"""reportlint corpus: tables of many reports, in parts that a stopped run leaves whole."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from reportlint.cli import parts
from reportlint.cli.corpus import corpus as command
from tests.program import run
from tests.test_runs import folder  # noqa: F401 - a fixture

duckdb = pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setattr(sys.modules[command.callback.__module__], "_PART_FILES", 4)


def rows(out: Path, what: str, table: str) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = duckdb.sql(f"SELECT {what} FROM '{out}/{table}/*.parquet' ORDER BY ALL").fetchall()
    return found


def held(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def test_it_holds_what_check_and_extract_tell(folder: Path) -> None:  # noqa: F811
    out = folder.parent / "out"
    done = run("corpus", folder, "--out", out, "--lang", "zh")
    assert done.returncode == 0, done.stderr
    checked = json.loads(run(folder, "--output-format", "json", "--lang", "zh").stdout)
    found = sorted((f["path"], d["rule"], d["line"]) for f in checked["files"] for d in f["diagnostics"])
    assert sorted(rows(out, "path, rule, line", "findings")) == found
    files = dict(rows(out, "path, problem", "reports"))
    assert len(files) == 17
    assert [Path(path).name for path, problem in files.items() if problem] == ["damaged.docx"]
    cells = json.loads(run("extract", folder).stdout)["files"]
    count = sum(len(row["cells"]) for file in cells for table in file["tables"] for row in table["rows"])
    assert rows(out, "count(*)", "cells") == [(count,)]
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    assert (summary["files"], summary["unread"], summary["reports"]) == (17, 1, 14)
    assert summary["rules"] == Counter(rule for _, rule, _ in found)
    page = (out / "index.html").read_text("utf-8")
    assert "heading-typo" in page
    assert "http" not in page


def test_a_run_that_was_stopped_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    whole = folder.parent / "whole"
    run("corpus", folder, "--out", whole, "--jobs", "1")
    out = folder.parent / "out"
    make, made = parts.Making.__call__, []

    def stopped(self: parts.Making, work: Any, piece: Any) -> list[str]:
        made.append(piece[0][0])
        if len(made) == 3:
            raise KeyboardInterrupt
        return make(self, work, piece)

    monkeypatch.setattr(parts.Making, "__call__", stopped)
    with pytest.raises(KeyboardInterrupt):
        run("corpus", folder, "--out", out, "--jobs", "1")
    written = held(out)
    assert written
    monkeypatch.setattr(parts.Making, "__call__", make)
    checked: list[str] = []
    told = parts._told

    def counted(path: str, *rest: Any) -> str:
        checked.append(path)
        return told(path, *rest)

    monkeypatch.setattr(parts, "_told", counted)
    assert run("corpus", folder, "--out", out, "--jobs", "1").returncode == 0
    assert len(checked) == 17 - 8
    assert held(out).keys() == held(whole).keys()
    assert {name: data for name, data in held(out).items() if name in written} == written
    for name in ("summary.json", "index.html"):
        assert held(out)[name] == held(whole)[name]
    # What changed is done again, and what is gone has left.
    checked.clear()
    (folder / "sound-0.txt").unlink()
    run("corpus", folder, "--out", out, "--jobs", "1")
    assert rows(out, "count(*)", "reports") == [(16,)]
    assert checked


def test_processes_write_the_same(folder: Path) -> None:  # noqa: F811
    one, several = folder.parent / "one", folder.parent / "several"
    run("corpus", folder, "--out", one, "--jobs", "1")
    run("corpus", folder, "--out", several, "--jobs", "2")
    assert held(one) == held(several)


@pytest.mark.parametrize("where", ["reports/out", "full", "a-file"])
def test_it_writes_nowhere_else(where: str, folder: Path) -> None:  # noqa: F811
    (folder.parent / "full").mkdir()
    (folder.parent / "full" / "thesis.doc").write_text("mine")
    (folder.parent / "a-file").write_text("mine")
    before = held(folder.parent)
    done = run("corpus", folder, "--out", folder.parent / where)
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1
    assert held(folder.parent) == before


def test_a_cluster_that_is_not_there_is_told(folder: Path) -> None:  # noqa: F811
    pytest.importorskip("distributed")
    done = run("corpus", folder, "--out", folder.parent / "out", "--dask", "nowhere")
    assert done.returncode == 2
    assert "cannot reach the Dask cluster nowhere" in done.stderr.decode()


def test_a_cluster_writes_the_same_though_a_worker_dies(folder: Path) -> None:  # noqa: F811
    distributed = pytest.importorskip("distributed")
    one, out = folder.parent / "one", folder.parent / "out"
    run("corpus", folder, "--out", one, "--jobs", "1")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        first = next(iter(cluster.workers.values()))
        os.kill(first.pid, 9)
        done = run("corpus", folder, "--out", out, "--dask", cluster.scheduler_address)
    assert done.returncode == 0, done.stderr
    assert held(out) == held(one)


def test_a_study_is_not_lost_by_a_slip(folder: Path) -> None:  # noqa: F811
    out = folder.parent / "out"
    run("corpus", folder, "--out", out)
    before = held(out)
    (folder.parent / "empty").mkdir()
    for args in (("empty",), ("reports", "--exclude", "*"), ("reports", "--out", "")):
        done = run("corpus", "--out", "out", *args, cwd=folder.parent)
        assert done.returncode == 2
        assert held(out) == before
    assert not (folder.parent / "index.html").exists()


def test_what_was_named_and_cannot_be_read_is_told(folder: Path) -> None:  # noqa: F811
    done = run("corpus", "reports", "nowhere.txt", "--out", "out", cwd=folder.parent)
    assert done.returncode == 2
    assert "cannot read nowhere.txt" in done.stderr.decode()
    assert "damaged.docx is damaged" in done.stderr.decode()
    assert "not read: 2" in done.stdout.decode()


@pytest.mark.parametrize("name", ["reports", "summary.json", ".state"])
def test_links_in_the_folder_are_not_followed(name: str, folder: Path) -> None:  # noqa: F811
    out = folder.parent / "out"
    (out / ".state").mkdir(parents=True)
    (folder.parent / "elsewhere").mkdir()
    (folder.parent / "victim").write_text("mine")
    if name == ".state":
        (out / ".state").rmdir()
    (out / name).symlink_to(folder.parent / ("victim" if "." in name[1:] else "elsewhere"))
    done = run("corpus", folder, "--out", out)
    assert done.returncode == 2
    assert (folder.parent / "victim").read_text() == "mine"
    assert not list((folder.parent / "elsewhere").iterdir())


def test_a_form_that_changed_is_another_question(folder: Path) -> None:  # noqa: F811
    import shutil

    from reportlint.resources import shipped

    own = folder.parent / "forms"
    shutil.copytree(shipped("grammar"), own)
    args = ("--form", own / "2021.lark", "--select", "label-typo")
    out = folder.parent / "out"
    run("corpus", folder, "--out", out, *args)
    assert rows(out, "count(*)", "findings") == [(0,)]
    common = own / "common.lark"
    text = common.read_text("utf-8")
    assert "重复申请" in text
    common.write_text(text.replace("重复申请", "重复的申请"), "utf-8")
    run("corpus", folder, "--out", out, *args)
    assert rows(out, "count(*)", "findings")[0][0] > 5


def test_other_files_do_not_take_the_place_of_what_is_there(folder: Path) -> None:  # noqa: F811
    out, others = folder.parent / "out", folder.parent / "others"
    others.mkdir()
    (others / "a.txt").write_bytes((folder / "sound-0.txt").read_bytes())
    assert run("corpus", folder, "--out", out).returncode == 0
    before = held(out)
    refused = run("corpus", others, "--out", out, "--lang", "zh")
    assert refused.returncode == 2
    assert "另外一些文件的结果" in refused.stderr.decode()
    assert held(out) == before
    assert run("corpus", folder, others, "--out", out).returncode == 0


def test_wrong_figures_are_among_the_sums_that_break(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("corpus", Path(__file__).parents[1] / "examples/faulty/qinghu-2022.txt", "--out", out)
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    assert sum(summary["sums"].values()) >= summary["rules"]["wrong-figure"] > 0
