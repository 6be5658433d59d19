"""A report written anew and read again: the same sections, figures and prose, in its form's own layout."""

from __future__ import annotations

import random
import re
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
    assert "原文没有五、存在的主要问题及改进情况" in done.stderr.decode()


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
