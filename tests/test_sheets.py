"""Workbooks: the findings of the text in their sheets, said by sheet and cell; tables alone are checked as such."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from reportlint.readers import read_data
from reportlint.readers.sheets.workbook import address
from tests.program import run
from tests.reports import FORMS, draft, render
from tests.test_word import found, members
from tests.word import archive

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("python_calamine") is None, reason="the extra xlsx is not installed"
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(rows: Sequence[Sequence[str]], merged: Sequence[str] = ()) -> bytes:
    """A workbook with one sheet; digits are numbers."""
    body = ""
    for number, row in enumerate(rows, 1):
        cells = "".join(_cell(f"{address(number - 1, at)}", text) for at, text in enumerate(row) if text)
        body += f'<row r="{number}">{cells}</row>'
    ranges = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    merges = f"<mergeCells>{ranges}</mergeCells>" if merged else ""
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}content-types"><Default Extension="rels" ContentType='
            f'"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
            f'ContentType="{_KIND}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
            f'ContentType="{_KIND}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}relationships"><Relationship Id="r1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}relationships"><Relationship Id="r1" '
            f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="年报" sheetId="1" '
            'r:id="r1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData>{merges}</worksheet>',
        }
    )


def _cell(at: str, text: str) -> str:
    if text.isdigit():
        return f'<c r="{at}"><v>{text}</v></c>'
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def rows_of(text: str) -> list[list[str]]:
    """A report's lines as rows, those with bars as several cells."""
    lines = [line for line in text.splitlines() if line.strip()]
    return [[part.strip() for part in line.strip(" |").split("|")] if "|" in line else [line] for line in lines]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("size", ["zero", "small"])
def test_a_sound_report_in_a_sheet_has_no_finding(form: str, size: str) -> None:
    assert found(read_data(workbook(rows_of(render(draft(form, size=size)).text)), "年报.xlsx")) == []


def applications(size: str = "small") -> list[list[str]]:
    """The table of applications alone."""
    rows = rows_of(render(draft(size=size)).text)
    first = next(n for n, row in enumerate(rows) if "申请人情况" in row[-1])
    return rows[first : next(n for n, row in enumerate(rows) if row[0].startswith("四、政府"))]


def test_tables_without_their_report_are_checked_as_such(tmp_path: Path) -> None:
    rows = applications()
    (tmp_path / "a.xlsx").write_bytes(workbook(rows))
    done = run("a.xlsx", cwd=tmp_path)
    assert done.returncode == 0, done.stdout.decode()
    assert "only tables" in done.stderr.decode()
    wrong = [[*row[:1], str(int(row[1]) + 40), *row[2:]] if row[0].startswith("2.重复申请") else row for row in rows]
    assert wrong != rows
    (tmp_path / "a.xlsx").write_bytes(workbook(wrong))
    (one,) = json.loads(run("a.xlsx", "--output-format", "json", cwd=tmp_path).stdout)["files"][0]["diagnostics"]
    number = 1 + next(n for n, row in enumerate(rows) if row[0].startswith("2.重复申请"))
    assert one["rule"] == "wrong-figure"
    assert one["origin"] == {"sheet": "年报", "address": f"B{number}"}


def test_tables_under_a_title_are_tables_without_their_report() -> None:
    rows = [["青湖县2022年政府信息公开工作年度报告"], *applications()]
    assert found(read_data(workbook(rows), "年报.xlsx")) == []


def test_a_page_that_is_called_a_workbook_is_read_as_one() -> None:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in applications())
    page = f"<html><body><table>{rows}</table></body></html>".encode()
    assert read_data(page, "年报.xls").text.startswith("<html>")


def test_formulas_without_their_values_are_told(tmp_path: Path) -> None:
    data = workbook(applications())
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            held = old.read(name)
            new.writestr(name, re.sub(rb"<v>[^<]*</v></c></row>", rb"<f>SUM(B5:G5)</f><v></v></c></row>", held))
    (tmp_path / "a.xlsx").write_bytes(made.getvalue())
    done = run("a.xlsx", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 2
    assert "formulas without their values" in done.stderr.decode()


def test_merged_and_empty_cells_stand_once() -> None:
    data = workbook(
        [["甲", "", "乙", ""], ["1", "2", "3", ""], ["4", "", "6", "7"], ["", "", "", ""], ["文字"]], ["A1:B1"]
    )
    assert read_data(data, "a.xlsx").text == "\n|甲|乙| |\n|1|2|3| |\n|4| |6|7|\n\n文字\n"


@pytest.mark.parametrize(("row", "column", "name"), [(0, 0, "A1"), (6, 25, "Z7"), (9, 26, "AA10"), (0, 701, "ZZ1")])
def test_cells_have_their_usual_names(row: int, column: int, name: str) -> None:
    assert address(row, column) == name


@pytest.mark.parametrize("data", [b"PK\x03\x04 nothing", b"", workbook([["甲"] * 3])[:300]])
def test_what_cannot_be_read_is_one_sentence(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(data)
    done = run("a.xlsx", cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1


def test_another_workbook_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook([["项目", "预算"], ["行政许可", "3"], ["办公费", "4"]]))
    done = run(tmp_path, cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.decode().startswith("0 files checked, 1 skipped as no reports: 0 errors, 0 warnings")


def test_cells_that_reach_far_out_are_refused_before_they_are_read(tmp_path: Path) -> None:
    far = workbook([["甲", "乙"]])
    held = members(far)
    sheet = held["xl/worksheets/sheet1.xml"]
    for at in ("XFD1048576", "CV1048576", "ZZ20000"):
        cell = f'<row r="{at.lstrip("XFDCVZ")}"><c r="{at}"><v>1</v></c></row></sheetData>'
        data = archive({**held, "xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>", cell.encode())})
        (tmp_path / "a.xlsx").write_bytes(data)
        done = run("a.xlsx", cwd=tmp_path)
        assert done.returncode == 2
        assert "distant cells" in done.stderr.decode()
    merged = sheet.replace(b"</worksheet>", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>')
    assert read_data(archive({**held, "xl/worksheets/sheet1.xml": merged}), "a.xlsx").text.strip() == "甲"


def test_a_workbook_is_known_by_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(workbook(rows_of(render(draft(size="zero")).text)))
    assert run("a.docx", cwd=tmp_path).returncode == 0
