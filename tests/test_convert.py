"""A report written anew and read again: the same sections, figures and prose, in its form's own layout."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reportlint.model import Report
from reportlint.output.anew.as_docx import as_docx
from reportlint.output.anew.as_html import as_html, as_markdown
from reportlint.output.anew.rewritten import Block, rewrite
from reportlint.parse.read import read_report
from reportlint.readers import read_data
from reportlint.rules import all_rules
from reportlint.run.linter import lint
from reportlint.source import Source
from tests.program import run
from tests.reports import FORMS, LAYOUTS, draft, render

WAYS: dict[str, Callable[[list[Block]], Source]] = {
    "a.md": lambda blocks: Source("a.md", as_markdown(blocks)),
    "a.html": lambda blocks: Source("a.html", as_html(blocks)),
    "a.docx": lambda blocks: read_data(as_docx(blocks), "a.docx"),
}
KEPT = {"arithmetic", "consistency"}


def figures(report: Report) -> list[tuple[str, list[str]]]:
    return [(row.name, [f.text for f in row.figures]) for table in report.tables for row in table.rows if row.figures]


def prose(report: Report) -> list[str]:
    held = [("", p.text) for p in report.preface if "。" in p.text]
    held += [(s.name, p.text) for s in report.sections for p in s.paragraphs]
    return [f"{name} {''.join(text.split())}" for name, text in held]


def findings(report: Report) -> list[tuple[str, str]]:
    return sorted((d.rule, d.message) for d in lint(report, all_rules()) if d.group in KEPT)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_written_anew_a_report_is_the_same(form: str, layout: str) -> None:
    rng = random.Random(f"{form} {layout}")
    text = render(draft(form, seed=rng.randrange(100)), layout).text
    places = [match.span() for match in re.finditer(r"(?<![\d年月〔.])\b\d{2,3}\b(?![\d年月日号〕.])", text)]
    start, end = rng.choice(places)
    for written in (text, text[:start] + str(int(text[start:end]) + 17) + text[end:]):
        report = read_report(Source("a.txt", written))
        made = rewrite(report)
        assert all("web site" in remark.en for remark in made.remarks)
        for way in WAYS.values():
            again = read_report(way(made.blocks))
            assert figures(again) == figures(report)
            assert prose(again) == prose(report)
            assert findings(again) == findings(report)
            assert (again.organ, again.year, again.form) == (report.organ, report.year, report.form)
            assert again.cost == 0


def test_labels_and_order_are_the_form_s_own() -> None:
    text = render(draft(preface=False)).text.replace("科研机构", "科研机购").replace("六、其他需要", "六、其它需要")
    made = rewrite(read_report(Source("a.txt", text)))
    for way in WAYS.values():
        assert lint(read_report(way(made.blocks)), all_rules()) == []


def test_what_lacks_is_marked_and_told(tmp_path: Path) -> None:
    text = render(draft(preface=False)).text
    text = text.partition("五、存在的主要问题")[0] + "六、其他需要报告的事项\n无。\n"
    (tmp_path / "a.txt").write_text(text.replace("行政处罚 |", "行政处罚行 |", 1), "utf-8")
    done = run("convert", "a.txt", "--lang", "zh", cwd=tmp_path)
    assert done.returncode == 0
    assert "五、存在的主要问题及改进情况\n\n【原文没有这一部分，请补充】" in done.stdout.decode()
    assert "原文没有“五、存在的主要问题及改进情况”" in done.stderr.decode()


def test_signs_of_other_languages_in_the_text_stay_text() -> None:
    odd = "公开A<B、*2*、_3_、[4](5)、`6`、C&D、#7信息。"
    text = render(draft(preface=False)).text.replace("（二）依申请公开情况。", f"（二）依申请公开情况。{odd}", 1)
    report = read_report(Source("a.txt", text))
    for way in WAYS.values():
        again = read_report(way(rewrite(report).blocks))
        assert figures(again) == figures(report)
        assert any("A<B、*2*、_3_、[4](5)、`6`、C&D、#7信息" in line for line in prose(again))


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("a.txt", "--to", "docx"), "--output-file"),
        (("a.txt", "--output-file", "a.odt"), "--to"),
        (("b.txt",), "b.txt"),
        (("a.txt", "--output-file", "a.txt", "--to", "md"), "a.txt"),
    ],
)
def test_what_cannot_be_written_is_told(tmp_path: Path, args: tuple[str, ...], said: str) -> None:
    text = render(draft()).text
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (tmp_path / "b.txt").write_text("今天开会。\n", "utf-8")
    done = run("convert", *args, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert (tmp_path / "a.txt").read_text("utf-8") == text


def test_a_document_goes_to_the_file_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(render(draft(preface=False)).text, "utf-8")
    assert run("convert", "a.txt", "--output-file", "a.docx", cwd=tmp_path).returncode == 0
    assert run("a.docx", cwd=tmp_path).returncode == 0
    first = (tmp_path / "a.docx").read_bytes()
    assert run("convert", "a.txt", "--output-file", "b.docx", cwd=tmp_path).returncode == 0
    assert (tmp_path / "b.docx").read_bytes() == first


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("行政强制 |", "行政检查 | 4404 |\n行政强制 |", "4404"),
        ("行政许可 | ", "行政   4404\n许可 | ", "4404"),
        ("（四）无法提供", "以下为无法提供情形共4404件：\n（四）无法提供", "以下为无法提供情形共4404件："),
    ],
)
def test_words_that_belong_nowhere_are_kept_and_told(tmp_path: Path, old: str, new: str, kept: str) -> None:
    text = render(draft(preface=False)).text
    assert old in text
    (tmp_path / "a.txt").write_text(text.replace(old, new, 1), "utf-8")
    done = run("convert", "a.txt", "--to", "html", cwd=tmp_path)
    assert kept in done.stdout.decode()
    assert kept in done.stderr.decode()
    (tmp_path / "b.html").write_bytes(done.stdout)
    assert b"placeholder" in run("b.html", "--output-format", "concise", cwd=tmp_path).stdout


def test_what_stands_behind_the_date_is_kept(tmp_path: Path) -> None:
    text = render(draft(preface=False)).text.rstrip() + "\n青湖县人民政府\n2023年1月20日\n联系电话：0100-1234567\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert "联系电话：0100-1234567" in run("convert", "a.txt", cwd=tmp_path).stdout.decode()


def test_a_table_of_the_author_s_own_stays_one() -> None:
    table = "单位 | 申请\n甲镇 | 53\n乙镇 | 47\n"
    text = render(draft(preface=False)).text.replace("（二）依申请公开情况。", table + "（二）依申请公开情况。", 1)
    blocks = rewrite(read_report(Source("a.txt", text))).blocks
    own = next(block.grid for block in blocks if block.grid)
    assert [[cell.text for cell in row] for row in own] == [["单位", "申请"], ["甲镇", "53"], ["乙镇", "47"]]


def test_several_reports_and_those_without_a_form_are_refused(tmp_path: Path) -> None:
    one = render(draft(size="zero", preface=False)).text
    (tmp_path / "two.txt").write_text(one + one.replace("2022", "2021").replace("2023", "2022"), "utf-8")
    (tmp_path / "old.txt").write_text(
        "东岭市水务局2016年政府信息公开工作年度报告\n一、概述\n公开信息80条。\n二、主动公开情况\n发布动态60条。\n"
        "三、存在的不足\n更新不够及时。\n",
        "utf-8",
    )
    for name in ("two.txt", "old.txt"):
        done = run("convert", name, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, b"")
        assert name in done.stderr.decode()


def test_a_byte_of_no_encoding_never_joins_digits(tmp_path: Path) -> None:
    text = render(draft(preface=False)).text
    row = next(line for line in text.splitlines() if line.startswith("行政许可"))
    data = text.encode().replace(row.encode(), b"\xe8\xa1\x8c\xe6\x94\xbf\xe8\xae\xb8\xe5\x8f\xaf | 38\xff3 |")
    (tmp_path / "a.txt").write_bytes(data)
    assert run("convert", "a.txt", "--output-file", "a.docx", cwd=tmp_path).returncode == 0
    assert read_data((tmp_path / "a.docx").read_bytes(), "a.docx").text.count("38\ufffd3") == 1


def test_in_word_tables_stay_apart_and_the_date_stays_with_the_text() -> None:
    body = as_docx(rewrite(read_report(Source("a.txt", render(draft("2021", preface=False)).text))).blocks)
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        xml = packed.read("word/document.xml").decode()
    assert xml.count("<w:tbl>") > 3
    assert "</w:tbl><w:tbl>" not in xml
    *_, last, end = re.findall(r"<w:p>.*?</w:p>", xml.replace('<w:jc w:val="center"/>', ""))
    assert 'w:val="right"' in end
    assert "<w:keepNext/>" in last
