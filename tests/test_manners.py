"""What users of good tools expect of the command line, word by word."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import polib
import pytest

from reportlint.cli.main import main
from reportlint.output.excerpt import columns
from reportlint.rules import all_rules
from tests.chains import as_text, chain
from tests.program import run, run_apart
from tests.reports import draft, render, row
from tests.test_series import move
from tools.lists import MESSAGES, messages

SOUND = render(draft("2021", size="zero")).text
FAULTY = SOUND.replace("六、其他需要", "六、其它需要")


def checked(folder: Path, *args: str) -> list[str]:
    """The files that a run checks."""
    done = run(*args, "--output-format", "json", "--select", "heading-typo", cwd=folder)
    return sorted(file["path"].removeprefix("./") for file in json.loads(done.stdout)["files"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("new/a.txt", "old/b.txt", "old/deep/c.txt", "top.txt"):
        path = tmp_path / "work" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FAULTY, "utf-8")
    return tmp_path / "work"


@pytest.mark.parametrize(
    ("glob", "left"),
    [
        ("./old/", ["new/a.txt", "top.txt"]),
        ("./old", ["new/a.txt", "top.txt"]),
        ("old", ["new/a.txt", "top.txt"]),
        ("old\\deep", ["new/a.txt", "old/b.txt", "top.txt"]),
        ("./old/deep/c.txt", ["new/a.txt", "old/b.txt", "top.txt"]),
        ("{here}/old", ["new/a.txt", "top.txt"]),
        ("{here}/old/deep/", ["new/a.txt", "old/b.txt", "top.txt"]),
        ("./top.txt", ["new/a.txt", "old/b.txt", "old/deep/c.txt"]),
    ],
)
def test_exclusions_may_be_written_as_people_do(glob: str, left: list[str], folder: Path) -> None:
    glob = glob.format(here=folder)
    assert checked(folder, ".", "--exclude", glob) == left
    assert b"left nothing out" not in run(".", "--exclude", glob, cwd=folder).stderr


@pytest.mark.parametrize("glob", ["nowhere/", "./nowhere", "{here}/nowhere", "*.xyz"])
def test_an_exclusion_that_leaves_nothing_out_is_told(glob: str, folder: Path) -> None:
    glob = glob.format(here=folder)
    done = run(".", "--exclude", glob, cwd=folder).stderr.decode()
    assert f"--exclude '{glob}' left nothing out" in done
    assert done.count("left nothing out") == 1
    assert b"left nothing out" not in run("top.txt", "--exclude", glob, cwd=folder).stderr


def test_what_version_control_ignores_is_left_out_and_counted(folder: Path) -> None:
    subprocess.run(["git", "init", "-q", "."], cwd=folder, check=True)
    (folder / ".gitignore").write_text("/old/*\n!/old/b.txt\n" + "*a" * 40 + "\n", "utf-8")
    (folder / "new" / ".gitignore").write_text("a.*\n", "utf-8")
    (folder / "node_modules").mkdir()
    (folder / "node_modules" / "d.txt").write_text(FAULTY, "utf-8")
    assert checked(folder, ".") == ["old/b.txt", "top.txt"]
    said = run(".", cwd=folder).stderr.decode()
    assert "what .gitignore names, and node_modules, was not checked: 1 file, 2 folders" in said
    assert checked(folder, "new") == []
    assert len(checked(folder, ".", "--no-ignore-vcs")) == 5
    # What is named is meant.
    assert checked(folder, "new/a.txt") == ["new/a.txt"]


def test_outside_a_repository_nothing_is_ignored(folder: Path) -> None:
    (folder / ".gitignore").write_text("*.txt\n", "utf-8")
    assert len(checked(folder, ".")) == 4


@pytest.mark.parametrize("args", [("link.txt", "top.txt"), ("top.txt", "link.txt"), (".",), ("zlink.txt", "top.txt")])
def test_of_a_file_and_a_link_to_it_the_file_is_shown(args: tuple[str, ...], folder: Path) -> None:
    for name in ("link.txt", "zlink.txt"):
        (folder / name).symlink_to("top.txt")
    found = checked(folder, *args)
    assert "top.txt" in found
    assert not [name for name in found if "link" in name]


@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n", "\ufeff".encode(), "\u3000\n".encode()])
def test_an_empty_file_is_called_empty(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    done = run("a.txt", "--lang", "zh", cwd=tmp_path)
    assert "文件是空的" in done.stdout.decode()
    assert done.returncode == 1


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    done = run("a.txt", "--output-file", "results/today/x.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "there is no folder results/today; make it first" in done.stderr.decode()


@pytest.mark.parametrize("columns", ["²", "-3", "abc", "", "0", "999999"])
def test_odd_widths_are_no_reason_to_fail(columns: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FAULTY, "utf-8")
    assert run("a.txt", cwd=tmp_path, COLUMNS=columns).returncode == 1


def test_who_asks_for_no_colour_gets_no_bold(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FAULTY, "utf-8")
    for args in (("a.txt",), ("rules",), ("explain", "row-total")):
        assert b"\x1b" not in run(*args, cwd=tmp_path, NO_COLOR="1", FORCE_COLOR="1").stdout
    assert b"\x1b" in run("a.txt", cwd=tmp_path, FORCE_COLOR="1").stdout


def test_a_finding_at_a_figure_names_its_cell(tmp_path: Path) -> None:
    text = SOUND.replace("（七）总计 | 0 | 0", "（七）总计 | 0 | 9", 1)
    assert text != SOUND
    (tmp_path / "a.txt").write_text(text, "utf-8")
    done = run("a.txt", "--output-format", "json", "--lang", "zh", cwd=tmp_path)
    (found,) = json.loads(done.stdout)["files"][0]["diagnostics"]
    assert found["cell"] == {
        "section": "section_applications",
        "table": "table_applications",
        "row": "R_TOTAL",
        "column": "C_BUSINESS",
        "row_label": "（七）总计",
        "column_label": "商业企业",
        "value": 9,
        "expected": 0,
    }


def test_findings_as_a_list(tmp_path: Path) -> None:
    text = SOUND.replace("（七）总计 | 0 | 0", "（七）总计 | 0 | 9", 1).replace("六、其他需要", "六、其它需要")
    (tmp_path / "=1+1.txt").write_text(text, "utf-8")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "通知.txt").write_text("关于开会的通知。\n", "utf-8")
    (tmp_path / "空.txt").write_text("", "utf-8")
    (tmp_path / "附图.zip").write_bytes(b"")
    done = run(".", "--output-format", "csv", "--lang", "zh", cwd=tmp_path)
    assert done.stdout.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(done.stdout.decode("utf-8-sig")))
    listed = [dict(zip(head, row, strict=True)) for row in rows]
    figure = next(one for one in listed if one["规则"] == "wrong-figure")
    assert (figure["单位"], figure["年份"], figure["行"], figure["列"]) == ("青湖县", "2022", "（七）总计", "商业企业")
    assert (figure["填写的数"], figure["应为"], figure["级别"]) == ("9", "0", "错误")
    assert (figure["部分"], figure["表"]) == ("三、收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请情况")
    assert figure["位置"].startswith("第 ")
    assert {one["规则"] for one in listed} == {"wrong-figure", "heading-typo"}
    assert run(".", "--output-format", "xlsx", cwd=tmp_path).returncode == 2
    calamine = pytest.importorskip("python_calamine")
    pytest.importorskip("xlsxwriter")
    run(
        ".",
        "--output-format",
        "xlsx",
        "--lang",
        "zh",
        "--output-file",
        "清单.xlsx",
        "--exclude",
        "清单.xlsx",
        cwd=tmp_path,
    )
    book = calamine.CalamineWorkbook.from_path(str(tmp_path / "清单.xlsx"))
    assert book.sheet_names == ["汇总", "问题清单", "规则统计", "未检查"]
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    assert sheets["问题清单"][0] == head
    assert len(sheets["问题清单"]) == len(rows) + 1
    assert sheets["汇总"][1][:4] == ["青湖县", 2022.0, 1.0, 1.0]
    assert sheets["规则统计"][0] == ["规则", "发现什么", "处"]
    assert ["wrong-figure", "一个数字填错，各项合计指出是哪一格、应为多少", 1.0] in sheets["规则统计"]
    assert [[str(path).removeprefix("./"), why] for path, why in sheets["未检查"][2:]] == [
        [".", "另有 1 个其他种类的文件没有检查：.zip 1"],
        ["空.txt", "空文件"],
        ["通知.txt", "不是年度报告"],
    ]
    assert "坏.docx" in str(sheets["未检查"][1][0])
    assert len(sheets["汇总"]) == 2
    assert "空.txt 是空文件，已跳过" in done.stderr.decode()
    # The list of findings is no report.
    assert b"3 skipped as no reports" in run(".", cwd=tmp_path).stdout


def test_a_list_names_the_table_where_a_section_has_several(tmp_path: Path) -> None:
    text = re.sub(r"(?m)^(规章 \| )\d+", r"\g<1>无", SOUND)
    (tmp_path / "a.txt").write_text(text, "utf-8")
    done = run("a.txt", "--output-format", "csv", "--lang", "zh", "--select", "arithmetic", cwd=tmp_path)
    (listed,) = csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig")))
    assert (listed["部分"], listed["表"], listed["行"]) == ("二、主动公开政府信息情况", "第二十条第（一）项", "规章")


def test_a_list_says_what_should_be_where_that_is_known(tmp_path: Path) -> None:
    made = chain([2021, 2022], seed=1)
    move(made[2022], "R_CARRIED_OVER", "R_NEW", 0, 3)
    for year, blocks in made.items():
        (tmp_path / f"{year}.txt").write_text(as_text(blocks, year), "utf-8")
    path = tmp_path / "2021.txt"
    (stated,) = re.findall(r"一、本年新收.*\| (\d+) \|", path.read_text("utf-8"))
    text = path.read_text("utf-8").replace(
        "二、主动公开", f"全年共收到政府信息公开申请{int(stated) + 1000}件。\n二、主动公开", 1
    )
    path.write_text(text, "utf-8")
    done = run(".", "--output-format", "csv", "--lang", "zh", cwd=tmp_path)
    listed = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))
    by_rule = {one["规则"]: one for one in listed}
    over = by_rule["carry-over"]
    assert (over["行"], over["列"]) == ("二、上年结转政府信息公开申请数量", "自然人")
    assert int(over["填写的数"]) - int(over["应为"]) == 3
    told = by_rule["text-table"]
    assert told["行"] == "一、本年新收政府信息公开申请数量"
    assert (told["填写的数"], told["应为"]) == ("", ""), "the figure of the table is not what the text states"


def test_a_folder_that_is_ignored_and_named_is_checked(folder: Path) -> None:
    subprocess.run(["git", "init", "-q", "."], cwd=folder, check=True)
    (folder / ".gitignore").write_text("old/\n", "utf-8")
    assert checked(folder, ".") == ["new/a.txt", "top.txt"]
    assert checked(folder, "old") == ["old/b.txt", "old/deep/c.txt"]


def test_the_format_follows_the_name_of_the_file(folder: Path) -> None:
    pytest.importorskip("xlsxwriter")
    for name, begins in (("a.json", b"{"), ("a.csv", b"\xef\xbb\xbf"), ("a.xlsx", b"PK"), ("a.sarif", b"{")):
        run("top.txt", "-o", name, cwd=folder)
        assert (folder / name).read_bytes().startswith(begins)
    run("top.txt", "-o", "b.json", "--output-format", "concise", cwd=folder)
    assert (folder / "b.json").read_bytes().startswith(b"top.txt:")


def test_what_is_a_figure_in_words_is_not_to_be_0(tmp_path: Path) -> None:
    for text, told in (("二", False), ("/", True), ("两件", False), ("无", True)):
        (tmp_path / "a.txt").write_text(SOUND.replace("（一）予以公开 | 0", f"（一）予以公开 | {text}", 1), "utf-8")
        done = run("a.txt", "--lang", "zh", "--select", "unreadable-number", cwd=tmp_path).stdout.decode()
        assert text in done
        assert ("填 0" in done) == told or "由合计可知" in done


def commands(command: click.Command) -> Iterator[click.Command]:
    yield command
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from commands(inner)


def test_the_command_line_speaks_chinese() -> None:
    for args in (("--help",), *((name, "--help") for name in main.commands)):
        # click makes the help of --help once a process.
        said = run_apart(*args, LC_ALL="zh_CN.UTF-8").stdout.decode()
        for line in said.splitlines():
            # Names of options and formats stay as they are.
            assert not re.search(r"\b(?:the|of|and|which|this|Usage|Options|Commands|Show)\b", line), line
        assert re.search("[\u4e00-\u9fff]", said)
    assert "检查文件" in run("check", "--help", "--lang", "zh").stdout.decode()
    assert "Check files" in run("check", "--help").stdout.decode()
    assert "Check files" in run("check", "--help", "--lang", "en", LC_ALL="zh_CN.UTF-8").stdout.decode()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("check", "--selct", "x"), "错误：没有 '--selct' 这个选项。"),
        (("check", "--fail-on", "bad", "a"), "错误：'--fail-on' 的值不对：'bad' 不在可用的值之内"),
        (("check",), "错误：请指明要检查的文件或文件夹"),
        (("check", "--jobs", "x", "a"), "不是 auto，也不是 1 到 256 的数"),
        (("explain",), "错误：缺少参数 '规则'。\n"),
        (("corpus", "x"), "错误：缺少选项 '--out'。\n"),
        (("check", "--max-size", "abc", "a"), "错误：'--max-size' 的值不对：'abc' 不是从 1 起的数"),
        (("check", "--statistic", "a"), "错误：没有 '--statistic' 这个选项。是不是 '--statistics'？\n"),
        (("check", "--max-size"), "选项 '--max-size' 要带 1 个值"),
        (("rules", "more"), "多出的参数：more"),
        (("extract", "a", "--to", "xlsx"), "--to xlsx 要写入文件"),
    ],
)
def test_what_is_said_of_wrong_options_is_chinese(args: tuple[str, ...], said: str) -> None:
    done = run(*args, LC_ALL="zh_CN.UTF-8")
    assert done.returncode == 2
    assert said in done.stderr.decode()


def test_every_help_has_its_chinese() -> None:
    ours = {entry.msgid: entry.msgstr for entry in polib.pofile(str(MESSAGES)) if entry.comment == "reportlint"}
    run("--help")
    said = {held.help for held in commands(main)}
    said |= {p.help for held in commands(main) for p in held.params if isinstance(p, click.Option)}
    said |= {p.metavar for held in commands(main) for p in held.params}
    assert not {text for text in said if text and text != "Show the version and exit."} - set(ours)
    assert all(ours.values())
    assert MESSAGES.with_suffix(".mo").read_bytes() == messages(), "make lists"


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR", ""])
def test_services_are_told_places_as_the_repository_knows_them(variable: str, tmp_path: Path) -> None:
    """A job that works in a folder of the repository loses no annotation."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text(FAULTY, "utf-8")
    (tmp_path / "b.txt").write_text(FAULTY, "utf-8")
    if not variable:
        subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
    env: dict[str, Any] = {variable: str(tmp_path)} if variable else {}
    said = {
        name: run("a.txt", "../b.txt", "--output-format", name, "--select", "heading-typo", cwd=tmp_path / "sub", **env)
        for name in ("github", "gitlab", "sarif", "checkstyle", "junit", "rdjson")
    }
    for name, done in said.items():
        assert b"sub/a.txt" in done.stdout, name
        assert b"../" not in done.stdout, name
    held = json.loads(said["sarif"].stdout)["runs"][0]
    assert held["originalUriBaseIds"]["%SRCROOT%"]["uri"] == tmp_path.as_uri() + "/"
    uris = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in held["results"]]
    assert sorted(uris) == ["b.txt", "sub/a.txt"]


def test_sarif_keeps_within_what_services_take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        text = FAULTY.replace("（七）总计 | 0 | 0", "（七）总计 | 0 | 9", 1).replace("规范。", "规范。\u200b")
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    whole = json.loads(run(".", "--output-format", "sarif", cwd=tmp_path).stdout)["runs"][0]
    monkeypatch.setattr("reportlint.output.sarif._MOST", 7)
    held = json.loads(run(".", "--output-format", "sarif", cwd=tmp_path).stdout)["runs"][0]
    assert len(held["results"]) == 7
    assert [one["level"] for one in held["results"]].count("error") == 5
    (said,) = held["invocations"][0]["toolExecutionNotifications"]
    assert f"{len(whole['results']) - 7} lesser findings were left out" in said["message"]["text"]
    # In their order, whatever is left out.
    assert held["results"] == [one for one in whole["results"] if one in held["results"]]


def test_verbose_says_what_files_are_taken_for(folder: Path) -> None:
    (folder / "new" / "reportlint.toml").write_text('ignore = ["term"]\n', "utf-8")
    (folder / "notes.txt").write_text("今天买菜。\n", "utf-8")
    done = run("new", "top.txt", "notes.txt", "-v", "--lang", "en", cwd=folder)
    rules = len(all_rules())
    assert done.stderr.decode().splitlines()[:5] == [
        f"reportlint: configuration new/reportlint.toml: {rules - 1} rules",
        f"reportlint: no configuration: {rules} rules",
        "reportlint: new/a.txt: form 2021, 青湖县, 2022, utf-8, checked under new/reportlint.toml",
        "reportlint: notes.txt: not recognised as an annual report, utf-8",
        "reportlint: top.txt: form 2021, 青湖县, 2022, utf-8",
    ]
    zh = run("new", "-v", "--lang", "zh", cwd=folder).stderr.decode()
    assert f"reportlint: 配置 new/reportlint.toml：{rules - 1} 条规则" in zh
    assert "reportlint: new/a.txt：2021 格式，青湖县，2022 年，utf-8，按 new/reportlint.toml 检查" in zh
    assert run("new", "-v", "-q", cwd=folder).returncode == 2
    said, plain = (run("new", *args, cwd=folder).stdout.rpartition(b", ")[0] for args in (["-v"], []))
    assert said == plain


def test_statistics_alone(folder: Path) -> None:
    (folder / "top.txt").write_text(FAULTY.replace("青湖县", "青石县").replace("本年度", "本年年度", 1), "utf-8")
    (folder / "notes.txt").write_text("今天买菜。\n", "utf-8")
    done = run(".", "--statistics", cwd=folder).stdout.decode()
    first, *_, last = done.splitlines()
    assert first == "      4  heading-typo    A section heading is almost the form's"
    assert (
        "      4  heading-typo    部分标题与格式的用词略有不同"
        in run(".", "--statistics", "--lang", "zh", cwd=folder).stdout.decode()
    )
    assert "-->" not in done
    assert last.startswith("4 files checked, 1 skipped as no reports: ")
    by = {name: run(".", "--by", name, "--quiet", "--select", "heading-typo", cwd=folder) for name in ("organ", "year")}
    assert by["organ"].stdout.decode().splitlines() == ["      3  青湖县", "      1  青石县"]
    assert by["year"].stdout.decode().splitlines() == ["      4  2022"]
    listed = run(".", "--by", "file", "--output-format", "json", "--select", "heading-typo", cwd=folder)
    assert len(json.loads(listed.stdout)["summary"]["statistics"]) == 4


def test_a_configuration_to_begin_with(tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").write_text("# what is extended has to be there\n", "utf-8")
    tmp_path = tmp_path / "inner"
    tmp_path.mkdir()
    assert run("init", "--lang", "zh", cwd=tmp_path).returncode == 0
    path = tmp_path / "reportlint.toml"
    text = path.read_text("utf-8")
    assert all(line.startswith("#") or not line for line in text.splitlines())
    # As it is, and with what loses its #, it can be read.
    assert run("config", cwd=tmp_path).returncode == 0
    lines = [line.removeprefix("# ") for line in text.splitlines()]
    path.write_text("\n".join(line for line in lines if re.match(r"[a-z-]+ = |\[", line)), "utf-8")
    shown = run("config", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert b"reportlint.toml:1" in shown.stdout
    again = run("init", cwd=tmp_path)
    assert again.returncode == 2
    assert b"nothing was changed" in again.stderr
    assert run("init", "nowhere", cwd=tmp_path).returncode == 2


def test_short_and_common_options(folder: Path) -> None:
    assert run(".", "-q", "-o", "found.out", cwd=folder).stdout == b""
    assert b"heading-typo" in (folder / "found.out").read_bytes()
    listed = run("--show-files", ".", "--exclude", "old", cwd=folder)
    assert listed.stdout.decode().splitlines() == ["./new/a.txt", "./top.txt"]
    assert listed.returncode == 0
    (folder / "reportlint.toml").write_text('select = ["arithmetic"]\n', "utf-8")
    assert run(".", cwd=folder).returncode == 0
    assert run(".", "--extend-select", "heading-typo", cwd=folder).returncode == 1
    assert b"\x1b" in run(".", "--extend-select", "template", "--color", "always", cwd=folder, NO_COLOR="1").stdout
    assert (
        b"\x1b" not in run(".", "--extend-select", "template", "--color", "never", cwd=folder, FORCE_COLOR="1").stdout
    )
    args = ("top.txt", "--extend-select", "heading-typo", "--fix")
    assert run(*args, "--exit-non-zero-on-fix", cwd=folder).returncode == 1
    assert run(*args, "--exit-non-zero-on-fix", cwd=folder).returncode == 0


def test_lists_name_the_row_of_what_is_about_a_row_or_another_year(tmp_path: Path) -> None:
    made = chain([2021, 2022], seed=3)
    carried, new = row(made[2022], "R_CARRIED_OVER").figures, row(made[2022], "R_NEW").figures
    for at in (0, 6):
        carried[at], new[at] = str(int(carried[at]) + 3), str(int(new[at]) - 3)
    (tmp_path / "2021.txt").write_text(as_text(made[2021], 2021), "utf-8")
    (tmp_path / "2022.txt").write_text(as_text(made[2022], 2022), "utf-8")
    text = SOUND.replace("青湖县", "青石县").replace("2.重复申请 | 0 | 0", "2.重复申请 | 0", 1)
    assert text != SOUND.replace("青湖县", "青石县")
    (tmp_path / "short.txt").write_text(text, "utf-8")
    done = run(".", "--output-format", "json", "--select", "arithmetic,carry-over", cwd=tmp_path)
    cells = {d["rule"]: d["cell"] for file in json.loads(done.stdout)["files"] for d in file["diagnostics"]}
    assert (cells["carry-over"]["row"], cells["carry-over"]["column"]) == ("R_CARRIED_OVER", "C_PERSON")
    assert cells["carry-over"]["value"] == int(carried[0])
    assert cells["missing-cell"]["row_label"] == "2.重复申请"


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        ("help", 0, "Usage: reportlint [OPTIONS] COMMAND"),
        ("help check", 0, "Usage: reportlint check [OPTIONS] PATH..."),
        ("help --lang zh", 0, "用法：reportlint [选项] 命令"),
        ("version", 0, "reportlint, version "),
        ("help nosuch", 2, "reportlint: there is no command nosuch"),
        ("fix a.txt", 2, "reportlint: there is no command and no file fix; did you mean reportlint check --fix FILE?"),
        ("chek a.txt", 2, "reportlint: there is no command and no file chek; did you mean reportlint check?"),
        ("--lang zh extract a.txt", 2, "reportlint: 命令要写在选项前面：reportlint extract --lang zh a.txt"),
        ("-q --lang en tree a.txt", 2, "reportlint: a command stands in front of its options: reportlint tree -q"),
        ("chek a.txt --lang zh", 2, "reportlint: 没有 chek 这个命令，也没有这个文件；是不是 reportlint check？"),
        ("rule term", 2, "reportlint: there is no command and no file rule; did you mean reportlint explain RULE?"),
        ("explain arithmetic", 2, "reportlint: arithmetic is a group of rules; `reportlint rules` lists those in it"),
        ("none.txt", 2, "reportlint: cannot read none.txt: no such file or directory"),
    ],
)
def test_what_users_of_other_programs_type(args: str, status: int, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    done = run(*args.split(), cwd=tmp_path)
    assert done.returncode == status
    assert (done.stderr + done.stdout).decode().startswith(said)


def test_a_file_that_is_called_like_a_command_of_others_is_checked(tmp_path: Path) -> None:
    (tmp_path / "fix").write_text(SOUND, "utf-8")
    assert run("fix", cwd=tmp_path).stdout.startswith(b"1 file checked")


def test_a_list_for_each_organ(tmp_path: Path) -> None:
    faulty = SOUND.replace("六、其他需要", "六、其它需要")
    for name, organ in (("a", "青湖县"), ("b", "白溪县人民政府"), ("c", "青湖县人民政府")):
        (tmp_path / f"{name}.txt").write_text(faulty.replace("青湖县", organ, 1), "utf-8")
    (tmp_path / "sound.txt").write_text(SOUND.replace("青湖县", "南坪县"), "utf-8")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04")
    done = run(
        ".", "--split", "organ", "--output-file", "清单.csv", "--lang", "zh", "--select", "template", cwd=tmp_path
    )
    assert done.stdout == b""
    assert {path.name for path in tmp_path.glob("清单*")} == {"清单-青湖县.csv", "清单-白溪县.csv"}
    listed = list(csv.DictReader(io.StringIO((tmp_path / "清单-青湖县.csv").read_text("utf-8-sig"))))
    assert [(one["文件"], one["规则"]) for one in listed] == [("./a.txt", "heading-typo"), ("./c.txt", "heading-typo")]
    *_, written, unread = done.stderr.decode().splitlines()
    assert written == "reportlint: 写了 2 个文件：清单-青湖县.csv 等"
    assert unread == "reportlint: 有 1 个文件没有处理完，不在任何一份里"
    for more in ((), ("--output-file", "./"), ("--output-file", "a.html", "--by", "organ"), ("--output-file", "-")):
        alone = run("a.txt", "--split", "organ", *more, cwd=tmp_path)
        assert (alone.returncode, alone.stdout) == (2, b"")
    (tmp_path / "清单-青湖县.html").write_text(faulty, "utf-8")
    over = run("清单-青湖县.html", "a.txt", "--split", "organ", "--output-file", "清单.html", cwd=tmp_path)
    assert over.returncode == 2
    assert (tmp_path / "清单-青湖县.html").read_text("utf-8") == faulty, "what was checked is not written over"


def test_statistics_go_with_formats_that_count(folder: Path) -> None:
    done = run(".", "--by", "organ", "--output-format", "csv", "--lang", "en", cwd=folder)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"reportlint: csv holds every finding: --statistics and --by go with text")
    assert run(".", "--by", "organ", "--output-file", "a.html", cwd=folder).returncode == 2
    assert run(".", "--by", "organ", "--output-file", "a.json", cwd=folder).returncode < 2


@pytest.mark.parametrize("glob", ["./old/", "./old", "old", ".\\old", "{here}/old"])
def test_a_configuration_leaves_out_what_is_written_as_people_do(glob: str, folder: Path) -> None:
    (folder / "reportlint.toml").write_text(f"exclude = ['{glob.format(here=folder)}']\n", "utf-8")
    assert checked(folder, ".") == ["new/a.txt", "top.txt"]


@pytest.mark.parametrize("where", ["command line", "configuration"])
def test_exclusions_hold_for_standard_input_under_its_name(where: str, folder: Path) -> None:
    args = ("--exclude", "old") if where == "command line" else ()
    if where == "configuration":
        (folder / "reportlint.toml").write_text('exclude = ["old/"]\n', "utf-8")
    data = FAULTY.encode()
    told = run("-", "--stdin-filename", "old/b.txt", "--force-exclude", *args, cwd=folder, data=data)
    assert (told.returncode, told.stdout[:15]) == (0, b"0 files checked")
    assert run("-", "--stdin-filename", "new/b.txt", "--force-exclude", *args, cwd=folder, data=data).returncode == 1
    assert run("-", "--stdin-filename", "old/b.txt", *args, cwd=folder, data=data).returncode == 1
    mended = run("-", "--stdin-filename", "old/b.txt", "--force-exclude", "--fix", *args, cwd=folder, data=data)
    assert mended.stdout == data, "a pipe must not lose it"


@pytest.mark.parametrize("command", [["rules"], ["explain", "term"], ["top.txt"], ["config"], ["-h"]])
@pytest.mark.parametrize("width", ["²", "-5", "wide", "０"])
def test_a_width_that_is_none_is_forgotten(command: list[str], width: str, folder: Path) -> None:
    assert run(*command, cwd=folder, COLUMNS=width).stdout == run(*command, cwd=folder).stdout or command == ["top.txt"]
    assert run(*command, cwd=folder, COLUMNS=width).returncode == run(*command, cwd=folder).returncode


@pytest.mark.parametrize(("encoding", "tab"), [("gbk", " "), ("big5", " "), ("gb18030", "\u2409"), ("utf-8", "\u2409")])
def test_carets_stand_under_the_fault_in_every_console(encoding: str, tab: str, tmp_path: Path) -> None:
    text = SOUND.replace("7.属于行政执法案卷 | 0 | 0 |", "7.属于行政执法案卷 | 0 | / |").replace(" | ", "\t")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    done = run_apart("a.txt", "--select", "unreadable-number", cwd=tmp_path, PYTHONIOENCODING=encoding)
    lines = done.stdout.decode(encoding).splitlines()
    at = next(n for n, line in enumerate(lines) if re.match(r" *\d+ \| ", line))
    shown, marks = lines[at].partition("|")[2], lines[at + 1].partition("|")[2]
    before = shown[: shown.index(f"{tab}/{tab}") + 1]
    assert marks.index("^") == columns(before)


def test_help_in_chinese_keeps_to_the_width() -> None:
    for name in ("", *main.list_commands(click.Context(main))):
        said = run(*([name] if name else []), "--help", LC_ALL="zh_CN.UTF-8", COLUMNS="80").stdout.decode()
        assert max(map(columns, said.splitlines())) <= 80
        assert re.match(r"用法：reportlint[^A-Z]*\n", said), "no blank, no names in English"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("args", "zh", "en"),
    [
        (("-o", "a.txt/x.csv"), "路径中有一段是文件，不是文件夹", "not a directory"),
        (("-o", "nodir/x.csv"), "没有文件夹 nodir，请先建好", "there is no folder nodir; make it first"),
        (
            ("--exit-non-zero-on-fix",),
            "--exit-non-zero-on-fix 要与 --fix 同用",
            "--exit-non-zero-on-fix goes with --fix",
        ),
        (
            ("--diff", "--output-format", "json"),
            "--diff 写出补丁，不能与",
            "--diff writes a patch: it does not go with",
        ),
        (("--diff", "--statistics"), "--diff 写出补丁，不能与", "--diff writes a patch: it does not go with"),
    ],
)
def test_what_cannot_be_is_said_in_the_language_of_the_run(
    args: tuple[str, ...], zh: str, en: str, lang: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(FAULTY, "utf-8")
    done = run("a.txt", *args, "--lang", lang, cwd=tmp_path)
    assert done.returncode == 2
    assert (zh if lang == "zh" else en) in done.stderr.decode()


def test_one_organ_by_two_names_is_counted_once(tmp_path: Path) -> None:
    for year, name in ((2022, "青湖县人民政府"), (2022, "青湖县")):
        (tmp_path / f"{name}.txt").write_text(FAULTY.replace("青湖县", name, 1), "utf-8")
        assert str(year) in FAULTY
    told = run(".", "--by", "organ", "--quiet", "--select", "heading-typo", cwd=tmp_path).stdout.decode().splitlines()
    assert len(told) == 1
    assert told[0].split() in (["2", "青湖县人民政府"], ["2", "青湖县"])


@pytest.mark.parametrize("name", ["l.xlsx", "p.html"])
def test_a_list_in_the_folder_is_written_anew(name: str, folder: Path) -> None:
    pytest.importorskip("xlsxwriter")
    for _ in range(2):
        done = run(".", "--output-format", "xlsx" if name == "l.xlsx" else "html", "-o", name, cwd=folder)
        assert done.returncode == 1, done.stderr
    assert run(".", "-o", "top.txt", cwd=folder).returncode == 2, "a report is not overwritten"
    assert run(name, "-o", name, cwd=folder).returncode == 2, "nor what was named"
    assert (folder / "top.txt").read_text("utf-8") == FAULTY


def test_a_list_says_in_which_section_a_finding_stands(tmp_path: Path) -> None:
    text = SOUND.replace("（二）依申请", "（二）依依申请", 1).replace("不存在", "不不存在")
    text = text.replace("六、其他需要", "六、其它需要").replace(
        "2022年政府信息公开工作年度报告", "2022年年政府信息公开报告", 1
    )
    (tmp_path / "a.txt").write_text(text, "utf-8")
    done = run("a.txt", "--output-format", "csv", "--lang", "zh", cwd=tmp_path)
    listed = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))
    told = {one["规则"]: one["部分"] for one in listed}
    assert told["heading-typo"] == "六、其他需要报告的事项"
    assert told["title-form"] == ""


def test_a_row_that_is_shifted_has_its_cell(tmp_path: Path) -> None:
    sample = Path(__file__).parents[1] / "examples" / "faulty" / "yunping-2023-shifted-row.txt"
    (found,) = json.loads(run(sample, "--output-format", "json", "--select", "wrong-figure").stdout)["files"][0][
        "diagnostics"
    ]
    assert (found["cell"]["row_label"], found["cell"]["column"]) == ("1.本机关不掌握相关政府信息", "")


def test_a_report_that_only_its_encoding_hides_is_told_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SOUND.encode().decode("gbk", "replace"), "utf-8")
    (tmp_path / "b.txt").write_text("关于开会的通知。\n".encode().decode("gbk", "replace"), "utf-8")
    done = run(".", "--output-format", "concise", "--lang", "zh", cwd=tmp_path)
    said = done.stdout.decode()
    assert "a.txt:1:1: warning[not-a-report]" in said
    assert "error[mojibake]" in said
    assert "b.txt" not in said
    assert "检查了 1 个文件，略过 1 个不是报告的" in said
    assert "a.txt" not in done.stderr.decode()
    assert "b.txt：没有认出是年度报告，已跳过" in done.stderr.decode()


@pytest.mark.parametrize("name", ["改好.docx", "a.PDF", "a.wps"])
@pytest.mark.parametrize("more", [(), ("--fix",), ("--annotate",)])
def test_findings_are_not_written_as_a_document(name: str, more: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FAULTY, "utf-8")
    done = run("a.txt", "-o", name, *more, "--lang", "zh", cwd=tmp_path)
    assert done.returncode == 2
    assert "--output-dir" in done.stderr.decode()
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text("utf-8") == FAULTY


@pytest.mark.parametrize("command", ["check", "extract", "corpus"])
def test_a_file_that_must_not_be_read_is_not_the_commands_business(command: str) -> None:
    """Where a named file cannot be read the others are: click must not end the run."""
    made = main.get_command(click.Context(main), command)
    assert made is not None
    (paths,) = [one for one in made.params if one.name == "paths"]
    assert isinstance(paths.type, click.Path)
    assert not paths.type.readable


@pytest.mark.parametrize(
    "paths", [["real", "link.txt"], ["link.txt", "real"], ["linked", "real"], ["link.txt", "real/a.txt"]]
)
def test_a_file_is_shown_rather_than_a_link_to_it_or_to_its_folder(paths: list[str], tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text(SOUND.replace("六、其他需要", "六、其它需要"), "utf-8")
    (tmp_path / "linked").symlink_to("real")
    (tmp_path / "link.txt").symlink_to("real/a.txt")
    done = run(*paths, "--output-format", "concise", cwd=tmp_path)
    assert [line.split(":")[0] for line in done.stdout.decode().splitlines()[:-1]] == ["real/a.txt"]
