"""Web pages, and tables of HTML in Markdown: the same findings as in text, at their places in the file."""

import json
import quopri
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers import findings, report_of, serious
from tests.program import run
from tests.reports import FORMS, draft, render

SOUND = render(draft(size="zero")).text
STYLED = '<span style="font-family:仿宋_GB2312;mso-x:y;">{0}</span>'


def page(text: str, cell: str = "<td>{0}</td>", paragraph: str = "<p>{0}</p>", inline: str = "{0}") -> str:
    """A report as a web page, a table for each run of rows."""
    out, inside = [], False
    for line in text.splitlines():
        is_row = "|" in line
        if is_row != inside:
            out.append("<table border=1><tbody>" if is_row else "</tbody></table>")
        inside = is_row
        parts = [part.strip() for part in re.sub(r"[|\s]+$", "", line).split("|")]
        if is_row:
            out.append("<tr>" + "".join(cell.format(inline.format(part)) for part in parts) + "</tr>")
        else:
            out.append(paragraph.format(inline.format(line)))
    return "\n".join(out) + ("</tbody></table>" if inside else "")


def whole(body: str) -> str:
    head = '<!DOCTYPE html><html><head><title>年报</title><style>p{a:b;;c}</style></head><body class="x;;y">'
    front = "<div><a href='/'>首页</a> &gt; 年报</div>\n<!-- 待补充 XX 件 -->"
    return f"{head}{front}{body}<script>var a = '__件';</script></body></html>"


WAYS: dict[str, Callable[[str], str]] = {
    "plain": whole,
    "table of cells": lambda body: whole(f"<table><tr><td><div>{body}</div></td></tr></table>"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("inline", ["{0}", STYLED], ids=["bare", "styled"])
@pytest.mark.parametrize("cell", ["<td>{0}</td>", "<td class=a\n><p>\n  {0}<br/></p>\n</td>", "<TH>{0}</TH>"])
@pytest.mark.parametrize("way", WAYS)
def test_a_sound_page_has_no_finding(form: str, inline: str, cell: str, way: str) -> None:
    for size in ("zero", "large"):
        text = WAYS[way](page(render(draft(form, size=size)).text, cell, inline=inline))
        assert serious(text) == []
        assert report_of(text).form.name == form


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("六、其他需要报告的事项", "六、其它需要报告的事项", "heading-typo"),
        ("行政强制", "行政强治", "label-typo"),
        ("（一）主动公开情况。", "（一）主动公开情况。制度制度健全。", "doubled-word"),
        ("（一）主动公开情况。", "（一）主动公开情况。全年公开（含网站。", "unbalanced-bracket"),
    ],
)
def test_a_fault_is_found_at_its_place_in_the_page(old: str, new: str, rule: str) -> None:
    text = render(draft(size="zero")).text
    assert old in text
    for body in (page(text.replace(old, new, 1)), page(text.replace(old, new, 1), inline=STYLED)):
        (found,) = serious(whole(body))
        line = whole(body).splitlines()[found.line - 1]
        assert found.rule == rule
        assert new[:3] in line[max(0, found.column - 20) : found.column + 20]


def test_blank_cells_are_counted() -> None:
    text = page(render(draft(size="zero")).text)
    row = "<tr><td>行政许可</td><td>0</td></tr>"
    assert row in text
    assert [f.rule for f in serious(whole(text.replace(row, row.replace("0", "&nbsp;"))))] == ["unreadable-number"]


def test_tables_of_html_in_markdown() -> None:
    text = render(draft(size="zero")).text
    mixed = re.sub(r"(?m)^(?=[一二三四五六]、)", "## ", page(text, paragraph="{0}"))
    assert serious(mixed) == []
    assert serious(mixed.replace("</tbody></table>", "")) == []


def test_a_page_without_a_report_is_told() -> None:
    assert [found.rule for found in findings("<html><body></body></html>")] == ["not-a-report"]


def test_a_heading_of_a_page_is_mended_and_nothing_else(tmp_path: Path) -> None:
    text = whole(page(render(draft(size="zero")).text))
    faulty = text.replace("六、其他需要", "六、其它需要")
    assert faulty != text
    path = tmp_path / "年报.html"
    path.write_text(faulty, "utf-8")
    assert run("--fix", "年报.html", cwd=tmp_path).returncode == 0
    assert path.read_text("utf-8") == text
    assert findings(text) == []


def test_a_page_of_findings_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(render(draft(size="zero")).text.replace("六、其他", "六、其它"), "utf-8")
    run("a.txt", "--output-format", "html", "--output-file", "findings.html", cwd=tmp_path)
    assert not report_of((tmp_path / "findings.html").read_text("utf-8")).recognised


def test_a_page_keeps_the_encoding_that_it_names(tmp_path: Path) -> None:
    text = whole(page(render(draft(size="zero")).text)).replace("<head>", '<head><meta charset="gb2312">')
    path = tmp_path / "年报.html"
    path.write_bytes(text.replace("六、其他需要", "六、其它需要").encode("gb18030"))
    assert run("--fix", "年报.html", cwd=tmp_path).returncode == 0
    assert path.read_bytes() == text.encode("gb18030")


@pytest.mark.parametrize(
    ("named", "encoding", "told"),
    [
        ("gb2312", "utf-8", "UTF-8"),
        ("utf-8", "gb18030", "GB18030"),
        ("gbk", "gb18030", ""),
        ("UTF-8", "utf-8", ""),
        ("big5", "big5hkscs", ""),
    ],
)
def test_a_page_that_names_another_encoding_is_told(named: str, encoding: str, told: str) -> None:
    text = whole(page(render(draft(size="zero")).text)).replace("<head>", f'<head><meta charset="{named}">')
    if encoding == "big5hkscs":
        text = text.encode("big5hkscs", "ignore").decode("big5hkscs")
    found = [f for f in findings(text.encode(encoding)) if f.rule == "encoding"]
    assert [told in f.message and f.line == 1 for f in found] == [True] * bool(told)


@pytest.mark.parametrize(
    "head",
    [
        "<title>青湖县2022年政府信息公开工作年度报告_青湖县人民政府</title>",
        '<title>信息公开</title><meta name="ArticleTitle" content="青湖县2022年政府信息公开工作年度报告">',
    ],
)
def test_the_title_of_the_head_serves_where_the_page_shows_none(head: str) -> None:
    lines = render(draft(size="zero")).text.splitlines()
    body = page("\n".join(lines[1:]))
    text = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    assert serious(text) == []
    assert report_of(text).year == 2022
    assert report_of(text).organ == "青湖县"
    shown = f"<!DOCTYPE html><html><head>{head}</head><body>{page(chr(10).join(lines))}</body></html>"
    assert serious(shown) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("六、其他需要报告的事项", "六、其它需要报告的事项"),
        ("六、其他需要报告的事项", "六、其他要报告的事项"),
        ("六、其他需要报告的事项", "六、其他需要报报告的事项"),
        ("六、其他需要报告的事项", "其他需要报告的事项"),
        ("六、其他需要报告的事项", "七、其他需要报告的事项"),
        ("行政强制", "行政强治"),
        ("2.没有现成信息需要另行制作", "2.没有现成信息需另行制作"),
    ],
)
@pytest.mark.parametrize("style", ["<b>{0}</b>", "<span class='a'><font>{0}</font></span>"])
def test_a_wording_is_mended_between_the_tags_of_its_characters(old: str, new: str, style: str, tmp_path: Path) -> None:
    def written(wording: str) -> str:
        return whole(page(SOUND)).replace(f">{old}<", ">" + "".join(style.format(char) for char in wording) + "<")

    path = tmp_path / "年报.html"
    faulty = written(new)
    path.write_text(faulty, "utf-8")
    assert run("--fix", "年报.html", cwd=tmp_path).returncode == 0
    mended = path.read_text("utf-8")
    assert re.sub(r"<[^<>]*>", "", mended) == re.sub(r"<[^<>]*>", "", written(old))
    assert re.findall(r"<[^<>]*>", mended) == re.findall(r"<[^<>]*>", faulty)


def test_the_page_of_findings_shows_a_web_page_as_it_looks(tmp_path: Path) -> None:
    text = whole(page(SOUND.replace("六、其他", "六、其它"), inline=STYLED))
    (tmp_path / "a.html").write_text(text, "utf-8")
    run("a.html", "--output-format", "html", "--output-file", "findings.html", cwd=tmp_path)
    made = (tmp_path / "findings.html").read_text("utf-8")
    assert "&lt;" not in made.partition("<main")[2].replace("&lt;/", "")
    line = next(n for n, held in enumerate(text.splitlines(), 1) if "六、其它" in held)
    assert f'<span class="no" aria-hidden="true">{line}</span>' in made
    assert made.count('id="m0-0"') == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>三、", '<p><img src="a.gif" onload="if(this.width>700)this.width=700">三、'),
        ("<td>", '<td onclick="if(a>1)b()">'),
        ("<td>行政许可", '<td title="a>b">行政许可'),
        ("<p>三、", f'<p><img src="data:image/png;base64,{"A" * 9000}">三、'),
        ("<td>行政许可", "<td>&#8203;行政许可"),
        ("<p>一、总体", "<p>&#8203;一、总&shy;体"),
        ("行政许可</td><td>", "行政许可</td><td>&#xfeff;"),
        ("<p>", "<p>&nbsp&nbsp"),
        ("</body>", f'<div style="display:none"><div>XX</div>{page(SOUND)}</div></body>'),
        ("<p>三、", '<ul><li style="display: none;">三、其他</li></ul><p>三、'),
    ],
)
def test_what_pages_of_sites_hold_is_read_as_it_shows(old: str, new: str) -> None:
    text = whole(page(SOUND))
    assert old in text
    assert serious(text.replace(old, new)) == []


def test_preformatted_text_keeps_its_lines() -> None:
    assert serious(whole(f"<pre>{SOUND}</pre>")) == []


def test_a_report_that_a_page_shows_twice_is_one() -> None:
    assert serious(whole(page(SOUND) + page(SOUND))) == []
    other = SOUND.replace("2022", "2021").replace("2023", "2022")
    assert [f.rule for f in serious(whole(page(SOUND) + page(other)))] == ["two-reports"]
    assert "two-reports" in [f.rule for f in serious(SOUND + SOUND)]


def archive(html: str, boundary: str = "----=_Part") -> bytes:
    """A page as a browser saves it whole."""
    body = quopri.encodestring(html.encode()).decode()
    head = f'From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="{boundary}"\n'
    picture = "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
    page_part = f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n{body}\n"
    return f"{head}\n--{boundary}\n{page_part}--{boundary}\n{picture}--{boundary}--\n".encode()


def test_a_page_saved_whole_is_read_and_never_written(tmp_path: Path) -> None:
    html = whole(page(SOUND.replace("六、其他需要", "六、其它需要")))
    path = tmp_path / "年报.mht"
    path.write_bytes(archive(html))
    (tmp_path / "年报.html").write_text(html, "utf-8")
    seen = [
        json.loads(run(tmp_path / name, "--output-format", "json").stdout)["files"][0]["diagnostics"]
        for name in ("年报.mht", "年报.html")
    ]
    assert [(one["rule"], one["line"]) for one in seen[0]] == [(one["rule"], one["line"]) for one in seen[1]] != []
    before = path.read_bytes()
    run(path, "--fix")
    assert path.read_bytes() == before


def test_parts_in_parts_without_end_hold_no_page(tmp_path: Path) -> None:
    (tmp_path / "a.mht").write_bytes(b"Content-Type: message/rfc822\n\n" * 3000)
    done = run(tmp_path / "a.mht", "--lang", "en")
    assert done.returncode == 2
    assert b"a.mht holds no page; save it from the browser again" in done.stderr


@pytest.mark.parametrize("charset", [b"undefined", b"a\x00b", b"no-such", b"ascii"])
def test_a_page_with_a_charset_that_is_none_is_read(tmp_path: Path, charset: bytes) -> None:
    (tmp_path / "a.mht").write_bytes(archive(whole(page(SOUND))).replace(b"charset=utf-8", b"charset=" + charset))
    done = run(tmp_path / "a.mht")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("data", [b"", b"Subject: x\n\ntext", archive("x")[:60], b"\xff" * 40])
def test_an_archive_without_a_page_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.mht").write_bytes(data)
    done = run(tmp_path / "a.mht")
    assert done.returncode in (1, 2)
    assert b"Traceback" not in done.stderr
    assert done.stderr or done.stdout


@pytest.mark.parametrize(
    ("head", "rules"),
    [("青湖县2022年政府信息公开工作年度报告_青湖县", []), ("年报", ["missing-title"])],
    ids=["in the head", "nowhere"],
)
def test_what_a_page_links_to_is_no_title(head: str, rules: list[str]) -> None:
    """Navigation in front of the report, and the reports of other years behind it."""
    rest = SOUND.partition("\n")[2]
    front = "<div><a>首页</a></div><ul><li><a>法定主动公开内容</a></li><li><a>政府信息公开年报</a></li></ul>"
    behind = "<p><a>青湖县2021年政府信息公开工作年度报告</a></p><p>上一篇：青湖县2021年政府信息公开工作年度报告</p>"
    text = f"<html><head><title>{head}</title></head><body>{front}{page(rest)}{behind}</body></html>"
    assert [f.rule for f in serious(text)] == rules
    assert report_of(text).year == 2022


def test_what_a_page_hides_in_its_tables_is_not_read() -> None:
    body = page(SOUND).replace("<tr><td>规章</td>", '<tr><td style="display:none">规章旧名</td><td>规章</td>', 1)
    body = body.replace(
        "<tr><td>行政许可</td>", '<tr style="display: none"><td>行政许可</td><td>9</td></tr><tr><td>行政许可</td>', 1
    )
    assert serious(whole(body)) == []


def test_a_cell_that_is_not_closed_hides_no_other() -> None:
    body = page(SOUND).replace("<tr><td>规章</td>", '<tr><td style="display:none"><td>规章</td>', 1)
    assert [found.rule for found in serious(whole(body)) if found.rule == "missing-row"] == []


@pytest.mark.parametrize(
    ("old", "new", "mended"),
    [
        ("<p>六、其他需要报告的事项</p>", "<p>六&#12289;其它需要报告的事项</p>", "<p>六&#12289;其他需要报告的事项</p>"),
        (
            "<p>六、其他需要报告的事项</p>",
            "<p>&#20845;&#12289;&#20854;&#23427;需要报告的事项</p>",
            "<p>&#20845;&#12289;&#20854;他需要报告的事项</p>",
        ),
    ],
)
def test_entities_are_mended_by_themselves(old: str, new: str, mended: str, tmp_path: Path) -> None:
    body = page(SOUND)
    assert old in body
    path = tmp_path / "page.html"
    path.write_text(whole(body.replace(old, new)), "utf-8")
    run("check", str(path), "--fix", "--unsafe-fixes", "--select", "heading-typo")
    assert path.read_text("utf-8") == whole(body.replace(old, mended))


def test_a_figure_that_is_an_entity_keeps_its_cell(tmp_path: Path) -> None:
    text = whole(page(render(draft(size="large", seed=1)).text))
    cells = re.findall(r"<td>总计</td>|<td>（七）总计</td>(?:<td>\d+</td>)+", text)
    row = next(cell for cell in cells if "（七）" in cell)
    wrong = re.sub(r"<td>(\d+)</td>$", lambda match: f"<td>{int(match[1]) + 9}".replace("9", "&#57;") + "</td>", row)
    path = tmp_path / "page.html"
    path.write_text(text.replace(row, wrong), "utf-8")
    run("check", str(path), "--fix", "--unsafe-fixes")
    assert path.read_text("utf-8").count("</td>") == text.count("</td>")


def test_a_number_in_an_element_of_its_own_is_its_heading_s() -> None:
    body = page(SOUND)
    assert "<p>一、总体情况</p>" in body
    text = whole(body.replace("<p>一、总体情况</p>", "<p>一、</p><p>总体情况</p>"))
    assert "section-number" not in {found.rule for found in findings(text)}


def test_a_preface_above_the_title_is_judged() -> None:
    words = "<p>本报告根据《条例》编制，做到应公开尽公开的的。</p>"
    text = whole(page(SOUND)).replace("<p>", f"{words}<p>", 1)
    assert "doubled-word" in {found.rule for found in findings(text)}


def test_words_of_a_site_above_the_title_are_not_the_report_s() -> None:
    front = "<div>请登陆本站，，查询政务工作工作动态</div>"
    text = whole(page(SOUND)).replace("<p>", f"{front}<p>", 1)
    assert "term" not in {found.rule for found in findings(text)}
    assert "doubled-word" not in {found.rule for found in findings(text)}
