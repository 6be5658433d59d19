"""What `extract` writes: the same figures in every format, several tables, and the codebook of their columns."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from reportlint.forms.load import registered
from reportlint.output.tabular.columns import CELLS, FINDINGS, PROSE, wide
from tests.program import run
from tests.reports import draft, render

SOUND = render(draft()).text
SAID = "（二）依申请公开情况。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text(SOUND, "utf-8")
    (reports / "b.md").write_text(render(draft("2019", seed=3)).text, "utf-8")
    faulty = SOUND.replace(SAID, SAID + "共收到政府信息公开申请7777件。工作工作有序。")
    (reports / "c.txt").write_text(faulty, "utf-8")
    return tmp_path


def rows(folder: Path, *options: str) -> list[dict[str, str]]:
    done = run("extract", "reports", "--to", "csv", *options, cwd=folder)
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))


def test_a_row_a_report_has_the_figures_of_a_row_a_cell(folder: Path) -> None:
    whole = rows(folder, "--wide")
    assert [row["path"] for row in whole] == ["reports/a.txt", "reports/b.md", "reports/c.txt"]
    assert [row["reader"] for row in whole] == ["text", "markdown", "text"]
    held = {row["path"]: row for row in whole}
    cells = rows(folder)
    assert len(cells) > 500
    for cell in cells:
        assert held[cell["path"]][f"{cell['row'] or cell['table']}.{cell['column']}"] == cell["value"]
        assert cell["column_label_en"]
        assert cell["row_label_en"] or cell["table"] == "table_disputes"


def test_figures_in_prose_say_whether_the_tables_agree(folder: Path) -> None:
    said = [row for row in rows(folder, "--figures-in-prose") if row["value"] == "7777"]
    assert [(row["path"], row["subject"], row["unit"], row["fits"]) for row in said] == [
        ("reports/c.txt", "received", "件", "False")
    ]


def test_findings_are_those_of_check(folder: Path) -> None:
    found = rows(folder, "--findings", "--lang", "en")
    checked = json.loads(run("reports", "--output-format", "json", "--lang", "en", cwd=folder).stdout)["files"]
    together = {"similar-report", "carry-over", "stock-flow"}
    held = [
        (file["path"], one["rule"], one["message"], str(one["line"]))
        for file in checked
        for one in file["diagnostics"]
        if one["rule"] not in together
    ]
    assert [(row["path"], row["rule"], row["message"], row["line"]) for row in found] == held
    assert {"doubled-word", "text-table"} <= {row["rule"] for row in found}


def test_lines_of_objects(folder: Path) -> None:
    done = run("extract", "reports", "--to", "jsonl", "--findings", cwd=folder)
    lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [list(line) for line in lines] == [["version", *(column.name for column in FINDINGS)]] * len(lines)


def test_a_workbook_holds_several_tables(folder: Path) -> None:
    calamine = pytest.importorskip("python_calamine")
    pytest.importorskip("xlsxwriter")
    options = ("--figures-in-prose", "--findings", "--to", "xlsx", "--lang", "zh", "--output-file", "x.xlsx")
    assert run("extract", "reports", *options, cwd=folder).returncode == 0
    book = calamine.CalamineWorkbook.from_path(str(folder / "x.xlsx"))
    assert book.sheet_names == ["表格数据", "正文数字", "问题清单", "列的含义"]
    sheet = book.get_sheet_by_name("表格数据").to_python()
    assert sheet[0] == [column.name for column in CELLS]
    at = sheet[0].index("value")
    assert [float(row[at]) for row in sheet[1:]] == [float(row["value"]) for row in rows(folder)]


@pytest.mark.parametrize("option", [(), ("--wide",), ("--figures-in-prose",), ("--findings",)])
def test_parquet_is_read_by_duckdb_and_polars(folder: Path, option: tuple[str, ...]) -> None:
    pytest.importorskip("pyarrow")
    duckdb, polars = pytest.importorskip("duckdb"), pytest.importorskip("polars")
    done = run("extract", "reports", *option, "--to", "parquet", "--output-file", "x.parquet", cwd=folder)
    assert done.returncode == 0, done.stderr
    path = folder / "x.parquet"
    expected = rows(folder, *option)
    read: list[dict[str, Any]] = polars.read_parquet(path).to_dicts()
    assert [row["sha256"] for row in read] == [row["sha256"] for row in expected]
    assert duckdb.sql(f"select count(*) from '{path}'").fetchall() == [(len(expected),)]
    if not option:
        assert [row["value"] for row in read] == [float(row["value"]) for row in expected]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--to", "xlsx"), "--output-file"),
        (("--to", "parquet"), "--output-file"),
        (("--to", "json", "--wide"), "another format"),
        (("--to", "csv", "--wide", "--findings"), "one table"),
    ],
)
def test_what_cannot_be_written_is_told(folder: Path, options: tuple[str, ...], said: str) -> None:
    done = run("extract", "reports", *options, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr.decode()


def test_without_the_extra_it_is_told(folder: Path) -> None:
    (folder / "pyarrow.py").write_text("raise ImportError", "utf-8")
    where = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    done = run("extract", "reports", "--to", "parquet", "--output-file", "x.parquet", cwd=folder, PYTHONPATH=where)
    assert done.returncode == 2
    assert b"reportlint[parquet]" in done.stderr
    assert not (folder / "x.parquet").exists()


def test_the_codebook_tells_every_column_and_cell() -> None:
    told = list(csv.DictReader(io.StringIO(run("codebook", "--to", "csv").stdout.decode("utf-8-sig"))))
    names = {(row["table"], row["variable"]) for row in told}
    for table, columns in (("cells", CELLS), ("prose", PROSE), ("findings", FINDINGS)):
        assert {(table, column.name) for column in columns} <= names
    cells = {column.name for column in wide(registered())} - {column.name for column in CELLS}
    assert {("wide", name) for name in cells} <= names
    assert all(row["zh"] and row["en"] for row in told)


def test_the_schema_is_the_one_that_is_documented() -> None:
    page = (Path(__file__).parents[1] / "docs" / "codebook.md").read_text("utf-8")
    assert page == run("codebook").stdout.decode("utf-8"), "run: reportlint codebook --output-file docs/codebook.md"
