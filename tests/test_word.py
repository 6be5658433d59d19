"""Word documents: the same findings as in text, said in the document's own terms, and written back into it."""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint.diagnostics import Origin, Span
from reportlint.parse.read import read_report
from reportlint.readers import read_data
from reportlint.readers.office import program
from reportlint.readers.word.numbering import written
from reportlint.rules import all_rules
from reportlint.run.linter import lint
from reportlint.source import Source, UnreadableFile
from tests.program import run
from tests.reports import FORMS, draft, render
from tests.test_faults import MAKERS
from tests.word import (
    NUMBERING,
    SPACE,
    STYLES,
    archive,
    cell,
    document,
    level,
    lists,
    package,
    paragraph,
    table,
)
from tests.word import run as word_run

EXAMPLES = Path(__file__).parents[1] / "examples"
VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def text_of(body: str, **parts: str) -> str:
    """What a document with that body shows."""
    return read_data(package(body, **parts), "年报.docx").text


def found(source: Source) -> list[tuple[str, str]]:
    """The findings in a text, but for the one on tracked changes."""
    return [(d.rule, d.message) for d in lint(read_report(source), all_rules(), "zh") if d.rule != "tracked-changes"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("style", STYLES)
def test_a_sound_document_has_no_finding(form: str, style: str) -> None:
    for size in ("zero", "large"):
        assert found(read_data(document(render(draft(form, size=size)).text, style), "年报.docx")) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", [name for name in MAKERS if name != "heading_number"])
def test_a_faulty_document_has_the_findings_of_its_text(form: str, style: str, name: str) -> None:
    cases = list(MAKERS[name](draft(form), random.Random(name)))
    for case in random.Random(style).sample(cases, 1):
        text = render(case.blocks).text
        ours = found(read_data(document(text, style), "年报.docx"))
        # Where Word writes the numbers they count what is there.
        theirs = [one for one in found(Source("年报.txt", text)) if style != "numbered" or one[0] != "section-number"]
        assert sorted(ours) == sorted(theirs), case.name


@pytest.mark.parametrize("size", ["zero", "large"])
def test_blank_cells_stand_where_they_stand(size: str) -> None:
    text = render(draft(size=size)).text
    line = next(line for line in text.splitlines() if line.startswith("2.没有现成信息"))
    cells = line.strip(" |").split("|")
    for n in range(1, 8):
        changed = "|".join([*cells[:n], " ", *cells[n + 1 :]]) + "|"
        ((rule, message),) = found(read_data(document(text.replace(line, changed)), "年报.docx"))
        assert rule == "unreadable-number"
        assert "是空的" in message


def test_an_empty_column_is_one_finding() -> None:
    lines = []
    for line in render(draft(size="zero")).text.splitlines():
        parts = line.strip(" |").split("|")
        is_row = 8 <= len(parts) <= 9 and parts[-1].strip().isdigit()
        lines.append("|".join([*parts[:-2], "", parts[-1]]) + "|" if is_row else line)
    assert [rule for rule, _ in found(read_data(document("\n".join(lines)), "年报.docx"))] == ["unreadable-number"]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (f"<w:p>{word_run('甲')}<w:r><w:br/></w:r>{word_run('乙')}</w:p>", "甲\n乙\n"),
        ("<w:p><w:r><w:t>  甲 乙  </w:t></w:r></w:p>", "甲 乙\n"),
        ('<w:p><w:r><w:t xml:space="preserve">甲 </w:t></w:r><w:r><w:t>乙</w:t></w:r></w:p>', "甲 乙\n"),
        ("<w:p><w:r><w:t>甲&amp;乙&#x4E19;</w:t></w:r></w:p>", "甲&乙丙\n"),
        ("<w:p><w:r><w:t><![CDATA[甲<乙]]></w:t></w:r></w:p>", "甲<乙\n"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>见</w:t></w:r></w:p>", "见\n"),
        ("<w:p><w:r><w:noBreakHyphen/><w:softHyphen/><w:t>甲</w:t></w:r></w:p>", "-甲\n"),
        ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>甲</w:t></w:r></w:p>', "☑甲\n"),
        (f"<w:p><w:sdt><w:sdtPr/><w:sdtContent>{word_run('甲')}</w:sdtContent></w:sdt></w:p>", "甲\n"),
        (f"<w:sdt><w:sdtContent>{paragraph('甲')}</w:sdtContent></w:sdt>", "甲\n"),
        (f"<w:p><w:smartTag>{word_run('青湖')}</w:smartTag>{word_run('县')}</w:p>", "青湖县\n"),
        (f"<w:p><w:hyperlink>{word_run('甲')}</w:hyperlink></w:p>", "甲\n"),
        (
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{word_run("1月")}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
            "1月\n",
        ),
        (f"<w:p><w:moveFrom>{word_run('旧')}</w:moveFrom><w:moveTo>{word_run('新')}</w:moveTo></w:p>", "新\n"),
        (f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{word_run('甲')}</w:p>{paragraph('乙')}", "甲乙\n"),
        (
            f"<w:p><w:r><w:ruby><w:rt>{word_run('xí')}</w:rt><w:rubyBase>{word_run('习')}</w:rubyBase></w:ruby></w:r></w:p>",
            "习\n",
        ),
        (paragraph("甲|乙"), "甲¦乙\n"),
        (table([["甲|乙", "1"]]), "\n|甲¦乙|1|\n\n"),
        (table([["", "1", "", ""]]), "\n| |1| | |\n\n"),
        ("<w:tbl><w:tr>" + cell("甲", '<w:gridSpan w:val="3"/>') + cell("乙") + "</w:tr></w:tbl>", "\n|甲|乙|\n\n"),
        (
            "<w:tbl><w:tr>" + cell("甲", '<w:vMerge w:val="restart"/>') + cell("1") + "</w:tr><w:tr>"
            "" + cell("", "<w:vMerge/>") + cell("2") + "</w:tr></w:tbl>",
            "\n|甲|1|\n|2|\n\n",
        ),
        (
            "<w:tbl><w:tr>" + cell("甲") + "</w:tr><w:tr><w:trPr><w:del/></w:trPr>" + cell("乙") + "</w:tr></w:tbl>",
            "甲\n",
        ),
        (f"<w:tbl><w:tr><w:tc>{paragraph('总')}{paragraph('计')}</w:tc>{cell('0')}</w:tr></w:tbl>", "\n|总计|0|\n\n"),
        (f"<w:tbl><w:tr><w:tc>{paragraph('甲')}{table([['乙', '1']])}</w:tc></w:tr></w:tbl>", "甲\n\n|乙|1|\n\n"),
        (
            f"<w:p><w:r><mc:AlternateContent {MC}><mc:Choice Requires='wps'><w:drawing><w:txbxContent>{paragraph('框')}"
            f"</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox {VML}><w:txbxContent>"
            f"{paragraph('框')}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
            f"{word_run('文')}</w:p>",
            "框\n文\n",
        ),
        (
            f"<w:p><w:r><w:pict><v:textbox {VML}><w:txbxContent>{paragraph('框')}</w:txbxContent></v:textbox></w:pict>"
            "</w:r></w:p>",
            "框\n\n",
        ),
    ],
)
def test_what_word_shows(body: str, shown: str) -> None:
    assert text_of(body) == shown


def mark(kind: str, of: str = "") -> str:
    """A begin, separate or end of a field, or its instruction."""
    if of:
        return f'<w:r><w:instrText xml:space="preserve"> {of} </w:instrText></w:r>'
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(instruction: str, shown: str) -> str:
    """The beginning of a field, with what it shows."""
    return mark("begin") + mark("", instruction) + mark("separate") + word_run(shown)


TAB = "<w:r><w:tab/></w:r>"
RAISED = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (f"<w:p>{word_run('一、')}{TAB}{word_run('总体情况')}</w:p>", "一、总体情况\n"),
        (f"<w:p>{word_run('一、总体情况')}{TAB}{word_run('3')}</w:p>", "一、总体情况 3\n"),
        (f"<w:p>{word_run('许可')}{TAB}{word_run('3')}{TAB}{word_run('4')}</w:p>", "许可\t3\t4\n"),
        (f"<w:p>{word_run('383')}{RAISED}</w:p>", "383\n"),
        (
            f"<w:p><w:r><mc:AlternateContent {MC}><mc:Choice Requires='w16se'><w:x/></mc:Choice><mc:Fallback>"
            "<w:t>①</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "①\n",
        ),
        (
            "<w:tbl><w:tr>" + cell("甲") + cell("旧", "<w:cellDel w:id='1'/>") + cell("乙") + "</w:tr></w:tbl>",
            "\n|甲|乙|\n\n",
        ),
        ("<w:tbl><w:tr>" + cell("甲") + cell("", "<w:hMerge/>") + cell("乙") + "</w:tr></w:tbl>", "\n|甲|乙|\n\n"),
        (table([*[["甲", "1", "2"]] * 3, ["说明" * 90]]), "\n" + "|甲|1|2|\n" * 3 + "说明" * 90 + "\n\n"),
        (
            f"<w:p>{field('TOC', '一、总体情况')}</w:p><w:p>{word_run('二、主动公开')}{mark('end')}</w:p>"
            f"{paragraph('正文')}",
            "正文\n",
        ),
        (f"<w:p>{field('TOC', '甲')}</w:p>{paragraph('乙')}", "甲\n乙\n"),
        (f"<w:p>{word_run('见第')}{field('PAGEREF b', '3')}{mark('end')}</w:p>", "见第3\n"),
    ],
)
def test_what_word_shows_of_tabs_fields_and_changes(body: str, shown: str) -> None:
    assert text_of(body) == shown


@pytest.mark.parametrize(("kind", "inside"), [("moveFrom", "t"), ("del", "delText")])
def test_a_numbered_paragraph_that_is_gone_does_not_count(kind: str, inside: str) -> None:
    gone = (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:{kind} w:id="2"/></w:rPr>'
        f"</w:pPr><w:{kind} w:id='3'><w:r><w:{inside}>旧</w:{inside}></w:r></w:{kind}></w:p>"
    )
    rows = table([["丙", "1"]])
    assert text_of(numbered("甲") + gone + numbered("乙"), numbering=NUMBERING) == "一、甲\n二、乙\n"
    assert text_of(numbered("甲") + gone + rows + numbered("乙"), numbering=NUMBERING).endswith("二、乙\n")
    assert (
        text_of(numbered("甲") + gone + paragraph("文") + numbered("乙"), numbering=NUMBERING) == "一、甲\n文\n二、乙\n"
    )
    source = read_data(package(paragraph("甲") + gone + paragraph("乙")), "a.docx")
    assert source.document is not None
    assert source.document.tracked is not None


def test_text_that_a_style_hides_is_hidden() -> None:
    styles = (
        f'<w:styles xmlns:w="{SPACE}"><w:style w:type="paragraph" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="i"><w:basedOn w:val="h"/></w:style></w:styles>'
    )
    hidden = "".join(f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr>{word_run("藏")}</w:p>' for name in "hi")
    assert text_of(hidden + paragraph("见"), styles=styles).strip() == "见"


def test_a_level_is_known_by_its_style_and_may_never_begin_anew() -> None:
    own = level(1, "decimal", "%2.").replace("<w:numFmt", '<w:lvlRestart w:val="0"/><w:pStyle w:val="b"/><w:numFmt')
    styles = (
        f'<w:styles xmlns:w="{SPACE}"><w:style w:type="paragraph" w:styleId="b"><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style></w:styles>"
    )
    styled = f'<w:p><w:pPr><w:pStyle w:val="b"/></w:pPr>{word_run("子")}</w:p>'
    made = text_of(
        numbered("甲") + styled + styled + numbered("乙") + styled,
        styles=styles,
        numbering=lists(level(0, "chineseCounting", "%1、"), own),
    )
    assert made == "一、甲\n1.子\n2.子\n二、乙\n3.子\n"


def test_a_table_of_contents_is_left_out() -> None:
    styles = (
        f'<w:styles xmlns:w="{SPACE}"><w:style w:type="paragraph" w:styleId="a1"><w:name w:val="toc 1"/></w:style>'
        "</w:styles>"
    )
    entry = f'<w:p><w:pPr><w:pStyle w:val="a1"/></w:pPr>{word_run("一、总体情况 1")}</w:p>'
    assert text_of(entry + paragraph("正文"), styles=styles) == "正文\n"


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 105: "一百零五"}),
        ("chineseCountingThousand", {3: "三", 30: "三十"}),
        ("decimal", {1: "1", 12: "12"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalFullWidth", {12: "１２"}),
        ("chineseLegalSimplified", {3: "叁"}),
        ("ideographTraditional", {1: "甲"}),
        ("upperLetter", {1: "A", 27: "AA"}),
        ("lowerRoman", {4: "iv", 9: "ix"}),
        ("none", {1: ""}),
        ("unheardOf", {7: "7"}),
    ],
)
def test_numbers_that_word_writes(form: str, numbers: dict[int, str]) -> None:
    assert {number: written(number, form) for number in numbers} == numbers


def numbered(text: str, level: int = 0, of: str = "1") -> str:
    """A paragraph in a list."""
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr></w:pPr>{word_run(text)}</w:p>'
    )


def test_lists_count_by_level_and_begin_anew() -> None:
    body = "".join([numbered("甲"), numbered("子", 1), numbered("丑", 1), numbered("乙"), numbered("寅", 1)])
    assert text_of(body, numbering=NUMBERING) == "一、甲\n（一）子\n（二）丑\n二、乙\n（一）寅\n"


def test_a_list_may_begin_at_another_number_and_name_the_level_above() -> None:
    two = lists(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2")).replace(
        "</w:num>", '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>'
    )
    assert text_of(numbered("甲") + numbered("子", 1) + numbered("乙"), numbering=two) == "4.甲\n4.1子\n5.乙\n"


def test_a_style_numbers_its_paragraphs_and_a_paragraph_may_have_none() -> None:
    styles = (
        f'<w:styles xmlns:w="{SPACE}"><w:style w:type="paragraph" w:styleId="b"><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="c"><w:basedOn w:val="b"/></w:style>'
        "</w:styles>"
    )
    styled = f'<w:p><w:pPr><w:pStyle w:val="c"/></w:pPr>{word_run("甲")}</w:p>'
    bare = f'<w:p><w:pPr><w:pStyle w:val="c"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>{word_run("乙")}</w:p>'
    assert text_of(styled + bare + styled, styles=styles, numbering=NUMBERING) == "一、甲\n乙\n二、甲\n"


def test_places_are_those_of_the_document() -> None:
    source = read_data(package(paragraph("甲") + table([["乙", ""], ["丙", "1"]]) + paragraph("丁")), "年报.docx")

    def of(text: str) -> Origin | None:
        start = source.text.index(text)
        return source.origin(Span(start, start + 1))

    assert of("甲") == Origin(paragraph=1)
    assert of("乙") == Origin(table=1, row=1, cell=1)
    assert of(" ") == Origin(table=1, row=1, cell=2)
    assert of("1") == Origin(table=1, row=2, cell=2)
    assert of("丁") == Origin(paragraph=2)


def test_a_finding_says_where_it_stands_in_the_document(tmp_path: Path) -> None:
    text = render(draft(size="zero")).text
    (tmp_path / "a.docx").write_bytes(document(text.replace("行政强制", "行政强治", 1)))
    done = run("a.docx", "--lang", "zh", cwd=tmp_path)
    assert "第 1 个表格，第 11 行，第 1 格" in done.stdout.decode()
    held = json.loads(run("a.docx", "--output-format", "json", cwd=tmp_path).stdout)
    (one,) = held["files"][0]["diagnostics"]
    assert one["origin"] == {"table": 1, "row": 11, "cell": 1}


def test_a_picture_in_place_of_a_table_is_told_once() -> None:
    lines = render(draft(size="zero")).text.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("四、政府"))
    stop = next(n for n, line in enumerate(lines) if n > start and line.startswith("五、"))
    held = members(document("\n".join([*lines[: start + 1], "此处为图", *lines[stop:]])))
    picture = '<w:p><w:r><w:drawing><a:blip xmlns:a="urn:a"/></w:drawing></w:r></w:p>'
    xml = held["word/document.xml"].decode()
    assert paragraph("此处为图") in xml
    data = archive({**held, "word/document.xml": xml.replace(paragraph("此处为图"), picture)})
    ((rule, message),) = found(read_data(data, "年报.docx"))
    assert rule == "missing-table"
    assert "图片" in message


# Writing


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        return {name: held.read(name) for name in held.namelist()}


@pytest.mark.parametrize("style", STYLES)
def test_fix_changes_those_characters_and_nothing_else(style: str, tmp_path: Path) -> None:
    text = render(draft(size="zero")).text.replace("六、其他需要报告的事项", "六、其它需要报告的事项")
    path = tmp_path / "a.docx"
    path.write_bytes(document(text, style))
    before = members(path.read_bytes())
    done = run("--fix", path)
    assert done.returncode == 0, done.stderr.decode()
    after = members(path.read_bytes())
    assert list(after) == list(before)
    assert {name for name in after if after[name] != before[name]} == {"word/document.xml"}
    assert after["word/document.xml"] == before["word/document.xml"].replace("其它".encode(), "其他".encode()) or (
        style == "split" and len(after["word/document.xml"]) == len(before["word/document.xml"])
    )
    again = json.loads(run(path, "--output-format", "json").stdout)
    assert again["summary"]["fixable"] == 0
    held = path.read_bytes()
    run("--fix", path)
    assert path.read_bytes() == held


def test_a_fix_in_a_number_that_word_writes_is_left_to_the_author(tmp_path: Path) -> None:
    text = render(draft(size="zero")).text
    body = document(text, "numbered")
    wrong = lists(level(0, "decimal", "%1."), level(1, "chineseCounting", "（%2）"))
    path = tmp_path / "a.docx"
    path.write_bytes(archive({**members(body), "word/numbering.xml": wrong}))
    done = run("--fix", path, "--output-format", "json")
    found = json.loads(done.stdout)["files"][0]["diagnostics"]
    assert all(one["fix"] is None for one in found)
    assert members(path.read_bytes())["word/document.xml"] == members(body)["word/document.xml"]


def test_output_dir_takes_the_mended_copy(tmp_path: Path) -> None:
    text = render(draft(size="zero")).text.replace("六、其他需要报告的事项", "六、其它需要报告的事项")
    folder = tmp_path / "in" / "sub"
    folder.mkdir(parents=True)
    (folder / "a.docx").write_bytes(document(text))
    (folder / "b.txt").write_text(text, "utf-8")
    (tmp_path / "in" / "sound.txt").write_text(render(draft(size="zero")).text, "utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = run("--fix", "--output-dir", "out", "in", "--ignore", "similar-report", cwd=tmp_path)
    assert done.returncode == 0, done.stdout.decode()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    made = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert made == {"sub/a.docx", "sub/b.txt"}
    assert "其他需要报告" in (tmp_path / "out" / "sub" / "b.txt").read_text("utf-8")


def test_output_dir_never_takes_the_place_of_the_file(tmp_path: Path) -> None:
    text = render(draft(size="zero")).text.replace("六、其他需要报告的事项", "六、其它需要报告的事项")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    done = run("--fix", "--output-dir", ".", "a.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "another folder" in done.stderr.decode()
    assert (tmp_path / "a.txt").read_text("utf-8") == text


@pytest.mark.parametrize("style", STYLES)
def test_annotate_writes_a_copy_with_comments_at_the_very_characters(style: str, tmp_path: Path) -> None:
    text = render(draft(size="zero")).text.replace("六、其他需要报告的事项", "六、其它需要报告的事项")
    path = tmp_path / "a.docx"
    path.write_bytes(document(text, style))
    before = path.read_bytes()
    done = run("--annotate", path, "--lang", "zh")
    assert done.returncode == 1
    assert path.read_bytes() == before
    data = (tmp_path / "a.annotated.docx").read_bytes()
    made = members(data)
    comments = made["word/comments.xml"].decode()
    assert "heading-typo" in comments
    assert 'w:author="reportlint"' in comments
    xml = made["word/document.xml"].decode()
    if style != "tracked":  # there the first comment is on the changes
        assert "它" in xml.partition("commentRangeStart")[2].partition("commentRangeEnd")[0]
    # The text is what it was, and such a copy is left out of folders.
    copy = read_data(data, "a.docx")
    assert copy.text == read_data(before, "a.docx").text
    assert copy.document is not None
    assert copy.document.is_copy
    swept = run(tmp_path, "--output-format", "json")
    assert [Path(held["path"]).name for held in json.loads(swept.stdout)["files"]] == ["a.docx"]
    assert "a.annotated.docx" in swept.stderr.decode()
    # A second run takes its place; what somebody else wrote is kept.
    assert run("--annotate", path).returncode == 1
    assert "是以前的批注稿" in run("--annotate", path, "--select", "duplicate-section", "--lang", "zh").stderr.decode()
    (tmp_path / "a.annotated.docx").write_bytes(before)
    assert run("--annotate", path).returncode == 2
    assert (tmp_path / "a.annotated.docx").read_bytes() == before


def test_comments_leave_blanks_as_they_show() -> None:
    text = "<w:p><w:r><w:t> 申请 508件，增长 5%。 </w:t></w:r></w:p>"
    source = read_data(package(text), "a.docx")
    assert source.document is not None
    for start in range(len(source.text)):
        data = source.document.commented([(Span(start, start + 2), "请核")])
        assert read_data(data, "a.docx").text == source.text


def test_a_comment_on_an_empty_cell_stands_in_it() -> None:
    source = read_data(package(table([["甲", "", "3"]])), "a.docx")
    assert source.document is not None
    at = source.text.index(" ")
    xml = members(source.document.commented([(Span(at, at + 1), "空")]))["word/document.xml"].decode()
    assert xml.index(">甲<") < xml.index("commentRangeStart") < xml.index("commentReference") < xml.index(">3<")


def test_one_fix_that_cannot_be_written_keeps_no_other_from_it(tmp_path: Path) -> None:
    lines = render(draft(size="zero")).text.replace("六、其他", "六、其它").splitlines()
    row = next(n for n, line in enumerate(lines) if line.startswith("一、本年新收"))
    lines[row] = "|".join(lines[row].strip(" |").split("|")[:-1]) + "|"
    path = tmp_path / "a.docx"
    path.write_bytes(document("\n".join(lines)))
    run("--fix", "--unsafe-fixes", path)
    assert "六、其他" in read_data(path.read_bytes(), "a.docx").text


def test_comments_join_those_that_are_there() -> None:
    comments = (
        f'<w:comments xmlns:w="{SPACE}"><w:comment w:id="3" w:author="某"><w:p>{word_run("请核")}</w:p></w:comment>'
        "</w:comments>"
    )
    source = read_data(package(paragraph("甲乙丙"), comments=comments), "a.docx")
    assert source.document is not None
    made = members(source.document.commented([(Span(1, 2), "说明 & <标记>")]))
    assert made["word/comments.xml"].decode().count("<w:comment ") == 2
    assert 'w:id="4"' in made["word/document.xml"].decode()
    again = read_data(archive(dict(made)), "a.docx")
    assert again.text == source.text


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("甲乙丙 &<12|"), min_size=1, max_size=8), st.data())
def test_an_edit_is_written_as_it_reads_or_refused(text: str, data: st.DataObject) -> None:
    from reportlint.diagnostics import Edit
    from reportlint.source import Unwritable

    style = data.draw(st.sampled_from(["plain", "split"]))
    source = read_data(package(paragraph(text, style) + table([[text, "1"]])), "a.docx")
    start = data.draw(st.integers(0, len(source.text)))
    end = data.draw(st.integers(start, min(len(source.text), start + 4)))
    new = data.draw(st.text(st.sampled_from("丁戊&<3"), max_size=3))
    assert source.document is not None
    edit = Edit(Span(start, end), new)
    try:
        mended = source.document.mended([edit])
    except Unwritable:
        return
    assert source.document.keeps([edit])
    assert mended.text == source.text[:start] + new + source.text[end:]


def faulty() -> str:
    return render(draft(size="zero")).text.replace("六、其他需要报告的事项", "六、其它需要报告的事项")


def test_a_copy_takes_the_place_of_no_file_that_is_read_or_there(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "r.txt").write_text(faulty() + name, "utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "r.txt").write_text("别的", "utf-8")
    done = run("a/r.txt", "b/r.txt", "--fix", "--output-dir", "b", "--ignore", "similar-report", cwd=tmp_path)
    assert done.returncode == 2
    assert (tmp_path / "b" / "r.txt").read_text("utf-8") == faulty() + "b"
    done = run("a/r.txt", "--fix", "--output-dir", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert (tmp_path / "out" / "r.txt").read_text("utf-8") == "别的"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_a_copy_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "in" / "r.docx").write_bytes(document(faulty()))
    (tmp_path / "precious").write_text("珍贵", "utf-8")
    (tmp_path / "out" / "r.docx").symlink_to(tmp_path / "precious")
    (tmp_path / "in" / "r.annotated.docx").symlink_to(tmp_path / "nowhere")
    assert run("in/r.docx", "--fix", "--output-dir", "out", cwd=tmp_path).returncode == 2
    assert (tmp_path / "precious").read_text("utf-8") == "珍贵"
    assert run("in/r.docx", "--annotate", cwd=tmp_path).returncode == 2
    assert not (tmp_path / "nowhere").exists()
    (tmp_path / "in" / "link.docx").symlink_to(tmp_path / "out" / "x.docx")
    (tmp_path / "out" / "x.docx").write_bytes(document(faulty()))
    run(tmp_path / "in", "--annotate", "--output-dir", tmp_path / "copies", cwd=tmp_path)
    assert {path.name for path in (tmp_path / "copies").iterdir()} == {"r.annotated.docx", "link.annotated.docx"}


def test_a_copy_that_a_person_changed_is_kept(tmp_path: Path) -> None:
    (tmp_path / "r.docx").write_bytes(document(faulty()))
    run("r.docx", "--annotate", cwd=tmp_path)
    path = tmp_path / "r.annotated.docx"
    held = members(path.read_bytes())
    path.write_bytes(
        archive({**held, "word/document.xml": held["word/document.xml"].replace("青湖".encode(), "青江".encode())})
    )
    before = path.read_bytes()
    assert run("r.docx", "--annotate", cwd=tmp_path).returncode == 2
    assert path.read_bytes() == before


def test_parts_in_utf_16_keep_their_comments() -> None:
    comments = (
        f'<?xml version="1.0" encoding="UTF-16"?><w:comments xmlns:w="{SPACE}"><w:comment w:id="3" w:author="某"><w:p>'
        f"{word_run('请核')}</w:p></w:comment></w:comments>"
    )
    data = package(paragraph("甲乙丙"), comments=comments)
    data = archive({**members(data), "word/comments.xml": comments.encode("utf-16")})
    source = read_data(data, "a.docx")
    assert source.document is not None
    made = members(source.document.commented([(Span(1, 2), "说明")]))["word/comments.xml"].decode()
    assert "请核" in made
    assert "说明" in made


def test_a_damaged_member_keeps_the_findings_and_is_not_written(tmp_path: Path) -> None:
    data = bytearray(document(faulty()))
    at = data.index(b"\x89PNG") if b"\x89PNG" in data else data.index(b"word/media/image1.png") + 30
    data[at + 4] ^= 0xFF
    (tmp_path / "a.docx").write_bytes(bytes(data))
    done = run("a.docx", "--fix", "--output-format", "json", cwd=tmp_path)
    assert done.returncode == 2
    assert [d["rule"] for d in json.loads(done.stdout)["files"][0]["diagnostics"]] == ["heading-typo"]
    assert (tmp_path / "a.docx").read_bytes() == bytes(data)


def test_extract_leaves_annotated_copies_out(tmp_path: Path) -> None:
    (tmp_path / "r.docx").write_bytes(document(faulty()))
    run("r.docx", "--annotate", cwd=tmp_path)
    held = json.loads(run("extract", tmp_path).stdout)
    assert [Path(one["path"]).name for one in held["files"]] == ["r.docx"]


# What cannot be read


HOSTILE = {
    "no archive": b"PK\x03\x04 and then something else",
    "empty archive": b"PK\x05\x06" + bytes(18),
    "a workbook": archive({"_rels/.rels": "<R/>", "xl/workbook.xml": "<w/>"}),
    "another archive": archive({"a.txt": "甲"}),
    "no relationships": archive({"word/document.xml": "<w/>"}),
    "broken XML": archive({**members(package("")), "word/document.xml": "<w:document><w:body>"}),
    "a document type": archive(
        {
            **members(package("")),
            "word/document.xml": '<!DOCTYPE a [<!ENTITY b "甲"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>',
        }
    ),
    "an external entity": archive(
        {
            **members(package("")),
            "word/document.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        }
    ),
    "elements without end": package("<w:p/>" * 450_000),
    "deep elements": package("<w:sdt><w:sdtContent>" * 5_000 + "</w:sdtContent></w:sdt>" * 5_000),
    "much text": package(paragraph("甲" * 600_000)),
    "a bomb": package(" " * 60_000_000),
    "line ends": package(paragraph("甲") + "<w:p><w:r><w:t>" + "\n" * 1_000_000 + "</w:t></w:r></w:p>"),
    "entities": package("<w:p><w:r><w:t>" + "&amp;" * 1_000_000 + "</w:t></w:r></w:p>"),
    "long numbers": package(numbered("甲") * 30_000, numbering=lists(level(0, "decimal", "号" * 100_000))),
    "another encoding": archive(
        {**members(package("")), "word/document.xml": b'<?xml version="1.0" encoding="GBK"?><a>\xbc\xd7</a>'}
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_report_in_word_is_one_sentence(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(HOSTILE[name])
    done = run(path)
    assert done.returncode == 2
    said = done.stderr.decode()
    assert len(said.splitlines()) == 1
    assert "Traceback" not in said
    assert "internal error" not in said


@pytest.mark.parametrize("kept", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_document_cut_short_is_one_sentence(kept: float) -> None:
    data = document(render(draft(size="zero")).text)
    with pytest.raises(UnreadableFile):
        read_data(data[: int(len(data) * kept)], "a.docx")


@pytest.mark.parametrize("name", ["年报.doc", "年报", "年报.txt"])
def test_a_document_under_another_name_is_read_all_the_same(name: str, tmp_path: Path) -> None:
    data = document(render(draft(size="zero")).text)
    (tmp_path / name).write_bytes(data)
    assert run(name, cwd=tmp_path).returncode == 0
    assert run("-", cwd=tmp_path, data=data).returncode == 0


def test_many_paragraphs_whose_ends_were_deleted_are_one() -> None:
    gone = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>" * 30_000
    assert text_of(gone) == "甲" * 30_000 + "\n"


def test_a_document_in_utf_16_is_read() -> None:
    data = members(document(render(draft(size="zero")).text))
    xml = data["word/document.xml"].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    assert found(read_data(archive({**data, "word/document.xml": xml.encode("utf-16")}), "a.docx")) == []


# Documents of older programs


@pytest.mark.parametrize(
    ("stream", "said"),
    [("EncryptedPackage", "password"), ("Workbook", "Excel"), ("PowerPoint Document", "presentation")],
)
def test_an_old_file_that_is_no_text_is_told_apart(stream: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "年报.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600) + stream.encode("utf-16-le") + bytes(600))
    (tmp_path / "年报.doc").write_bytes(path.read_bytes())
    for name in ("年报.docx", "年报.doc"):
        done = run(name, cwd=tmp_path)
        assert done.returncode == 2
        assert said in done.stderr.decode()


def test_a_page_that_is_called_doc_is_read_as_a_page(tmp_path: Path) -> None:
    from tests.test_webpage import page, whole

    (tmp_path / "a.doc").write_text(whole(page(render(draft(size="zero")).text)), "utf-8")
    assert run("a.doc", "--fail-on", "info", cwd=tmp_path).returncode == 0


def test_without_libreoffice_an_old_document_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("reportlint.readers.office.program", lambda: None)
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(2000))
    done = run("a.doc", cwd=tmp_path)
    assert done.returncode == 2
    assert "save it as .docx" in done.stderr.decode()


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
def test_an_old_document_is_read_through_libreoffice(tmp_path: Path) -> None:
    rtf = r"{\rtf1\ansi " + "".join(f"\\u{ord(c)}?" if ord(c) > 127 else c for c in "年报") + r"\par}"
    (tmp_path / "a.rtf").write_text(rtf, "ascii")
    (tmp_path / "b.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(3000))
    assert read_data((tmp_path / "a.rtf").read_bytes(), "a.rtf").text.strip() == "年报"
    before = sorted(tmp_path.iterdir())
    done = run("b.doc", cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1
    assert sorted(tmp_path.iterdir()) == before


def test_the_example_says_what_its_text_says() -> None:
    text, word = (EXAMPLES / name for name in ("faulty/qinghu-2022.txt", "word/qinghu-2022.docx"))
    ours = found(read_data(word.read_bytes(), "a.docx"))
    assert sorted(ours) == sorted(found(Source("a.txt", text.read_text("utf-8"))))
    assert len(ours) > 5


def test_a_folder_of_documents_that_are_not_read_fails(tmp_path: Path) -> None:
    for name in ("a.ofd", "b.ofd", "c.odt"):
        (tmp_path / name).write_bytes(b"x")
    done = run(tmp_path, "--lang", "zh")
    assert done.returncode == 2
    assert ".ofd 2、.odt 1" in done.stderr.decode()
    (tmp_path / "a.txt").write_text(render(draft(size="zero")).text, "utf-8")
    assert run(tmp_path).returncode == 0
