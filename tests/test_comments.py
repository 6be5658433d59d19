"""Comments of Markdown and web pages that ignore findings, as users see them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.chains import as_text, chain
from tests.program import run
from tests.reports import draft, render
from tests.test_series import move

SOUND = render(draft()).text
FAULTS = "设置社保服务、住房服务、交通服务、住房服务等专题。"
SECTION = "二、主动公开政府信息情况"


def found(path: Path, *args: str) -> list[tuple[str, int, str]]:
    """Rule, line and message of what is found in a file, without what the sound report has."""
    done = run(path, *args, "--output-format", "json", "--lang", "en")
    assert done.stdout, done.stderr.decode()
    (one,) = json.loads(done.stdout)["files"]
    return [(d["rule"], d["line"], d["message"]) for d in one["diagnostics"]]


def rules(path: Path, *args: str) -> list[str]:
    return [rule for rule, _, _ in found(path, *args)]


def markdown(folder: Path, written: str, name: str = "a.md") -> Path:
    path = folder / name
    path.write_text(SOUND.replace(SECTION, f"{written}\n\n{SECTION}"), "utf-8")
    return path


def page(folder: Path, written: str) -> Path:
    path = folder / "a.html"
    lines = "".join(f"<p>{line}</p>\n" for line in SOUND.partition(SECTION)[0].splitlines() if line)
    path.write_text(f"<html><body>\n{lines}{written}\n</body></html>", "utf-8")
    return path


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- reportlint-ignore repeated-item: 专题如此 -->\n",
        "<!-- reportlint-ignore repeated-item: 专题如此 -->\n\n",
        "<!--reportlint-ignore template，repeated-item：专题如此-->\n<!-- 另一条 -->\n\n",
        "<!-- reportlint-ignore term, repeated-item:\n专题如此 -->\n",
    ],
)
def test_a_comment_ignores_in_the_paragraph_behind_it(comment: str, tmp_path: Path) -> None:
    assert rules(markdown(tmp_path, FAULTS)) == ["repeated-item"]
    path = markdown(tmp_path, comment + FAULTS)
    assert "repeated-item" not in rules(path)
    assert "repeated-item" in rules(path, "--no-ignore-comments")
    again = markdown(tmp_path, f"{comment}{FAULTS}\n\n{FAULTS}")
    assert rules(again, "--select", "repeated-item") == ["repeated-item"], "only there"


@pytest.mark.parametrize("begin", ["<b>前文</b>，", "<span>前文</span>", "**前文**，"])
def test_a_paragraph_that_begins_with_a_mark_is_ignored_whole(begin: str, tmp_path: Path) -> None:
    written = f"<!-- reportlint-ignore repeated-item: 专题如此 -->\n{begin}{FAULTS}"
    assert rules(markdown(tmp_path, written), "--select", "repeated-item,unused-ignore") == []


def test_a_heading_is_ignored_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    comment = "<!-- reportlint-ignore repeated-item, heading-typo: 如此 -->"
    path.write_text(
        SOUND.replace("六、其他需要报告的事项\n", f"{comment}\n## 六、其它需要报告的事项\n{FAULTS}\n"), "utf-8"
    )
    assert rules(path, "--select", "repeated-item,heading-typo") == ["repeated-item"]


def test_plain_text_has_no_comments(tmp_path: Path) -> None:
    written = f"<!-- reportlint-ignore repeated-item: 专题如此 -->\n{FAULTS}"
    assert rules(markdown(tmp_path, written, "a.txt"), "--select", "repeated-item") == ["repeated-item"]


def test_in_a_web_page_it_is_about_the_next_element(tmp_path: Path) -> None:
    comment = "<!-- reportlint-ignore repeated-item: 专题如此 -->"
    select = ("--select", "repeated-item,unused-ignore")
    assert rules(page(tmp_path, f"<p>{FAULTS}</p>"), *select) == ["repeated-item"]
    assert rules(page(tmp_path, f"{comment}\n<p>{FAULTS}</p>"), *select) == []
    assert rules(page(tmp_path, f"{comment}<div><p>好。</p><p>{FAULTS}</p></div>"), *select) == []
    assert rules(page(tmp_path, f"{comment}<p>好。</p><p>{FAULTS}</p>"), *select) == ["unused-ignore", "repeated-item"]
    assert rules(page(tmp_path, f"<p>{comment}{FAULTS}<br>好。</p>"), *select) == []
    assert rules(page(tmp_path, f"<p>{comment}好。<br>{FAULTS}</p>"), *select) == ["unused-ignore", "repeated-item"]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("term: 如此", "term finds nothing in what follows this comment"),
        ("term", "this comment gives no reason; write <!-- reportlint-ignore rule: reason -->"),
        ("term:  ", "this comment gives no reason; write <!-- reportlint-ignore rule: reason -->"),
        (": 如此", "this comment names no rule; write <!-- reportlint-ignore rule: reason -->"),
        ("trem: 如此", "this comment ignores nothing: no rule or group is called trem; did you mean term?"),
    ],
)
def test_a_comment_that_ignores_nothing_is_reported(comment: str, message: str, tmp_path: Path) -> None:
    path = markdown(tmp_path, f"<!-- reportlint-ignore {comment} -->\n\n全年工作正常。")
    line = SOUND[: SOUND.index(SECTION)].count("\n") + 1
    assert found(path) == [("unused-ignore", line, message)]


def test_what_did_not_run_is_not_judged(tmp_path: Path) -> None:
    path = markdown(tmp_path, "<!-- reportlint-ignore term, carry-over: 如此 -->\n\n全年工作正常。")
    assert rules(path, "--ignore", "term") == []
    assert rules(path) == ["unused-ignore"]


def test_what_a_comment_ignores_is_not_fixed(tmp_path: Path) -> None:
    faulty = SOUND.replace("六、其他", "<!-- reportlint-ignore heading-typo: 原件如此 -->\n六、其它")
    path = tmp_path / "a.md"
    path.write_text(faulty, "utf-8")
    assert run(path, "--fix").returncode == 0
    assert path.read_text("utf-8") == faulty


def test_a_finding_over_several_reports_is_ignored_too(tmp_path: Path) -> None:
    made = chain([2021, 2022], seed=1)
    move(made[2022], "R_CARRIED_OVER", "R_NEW", 0, 3)
    texts = {year: as_text(blocks, year) for year, blocks in made.items()}
    (tmp_path / "2021.md").write_text(texts[2021], "utf-8")
    path = tmp_path / "2022.md"
    path.write_text(texts[2022], "utf-8")
    select = ("--select", "carry-over,unused-ignore", "--output-format", "concise", "--quiet")
    assert b"2022.md" in run(tmp_path, *select).stdout
    table = texts[2022].index("\n", texts[2022].index("三、收到和处理")) + 1
    comment = "<!-- reportlint-ignore carry-over: 上年已更正 -->\n"
    path.write_text(texts[2022][:table] + comment + texts[2022][table:].lstrip(), "utf-8")
    assert run(tmp_path, *select).stdout == b""
