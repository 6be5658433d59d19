"""The command line as users and other programs meet it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import run
from tests.reports import draft, render

SOUND = render(draft()).text
FAULTY = SOUND.replace("六、其他", "六、其它")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "好.txt").write_text(SOUND, "utf-8")
    (tmp_path / "错.md").write_text(FAULTY, "utf-8")
    (tmp_path / "notes.txt").write_text("会议记录\n", "utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.txt").write_text(FAULTY, "utf-8")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "旧.txt").write_text(FAULTY, "utf-8")
    return tmp_path


def test_exit_status(folder: Path) -> None:
    assert run(folder / "好.txt").returncode == 0
    assert run(folder / "错.md").returncode == 1
    assert run(folder / "错.md", "--fail-on", "error").returncode == 0
    assert run(folder / "错.md", "--fail-on", "never").returncode == 0
    assert run(folder / "none.txt").returncode == 2
    assert run().returncode == 2
    assert run(folder / "好.txt", "--select", "no-such").returncode == 2
    assert run("--help").returncode == 0


def test_check_is_the_default_command(folder: Path) -> None:
    assert (
        run("check", folder / "错.md", "--output-format", "json").stdout
        == run(folder / "错.md", "--output-format", "json").stdout
    )


def test_unreadable_files_do_not_stop_the_others(folder: Path) -> None:
    done = run(folder / "none.txt", folder / "picture.png", folder / "错.md", "--output-format", "json")
    assert done.returncode == 2
    assert [Path(f["path"]).name for f in json.loads(done.stdout)["files"]] == ["错.md"]
    errors = done.stderr.decode().splitlines()
    assert len(errors) == 2
    assert all(line.startswith("reportlint: ") for line in errors)


def test_folders_are_recursed_by_suffix(folder: Path) -> None:
    done = run(folder, "--output-format", "json")
    names = [Path(f["path"]).name for f in json.loads(done.stdout)["files"]]
    assert names == ["notes.txt", "旧.txt", "好.txt", "错.md"]
    assert b"notes.txt" in done.stderr
    said = done.stderr.decode().splitlines()
    assert [line for line in said if "notes.txt" in line and "skipped" in line]
    assert "reportlint: files of other kinds that were not checked: 1 (.png 1)" in said
    assert len(said) == 2
    excluded = run(folder, "--output-format", "json", "--exclude", "old", "--exclude", "*.md")
    assert [Path(f["path"]).name for f in json.loads(excluded.stdout)["files"]] == ["notes.txt", "好.txt"]


def test_a_named_file_that_is_no_report_is_one_warning(folder: Path) -> None:
    done = run(folder / "notes.txt", "--output-format", "json")
    file = json.loads(done.stdout)["files"][0]
    assert [d["rule"] for d in file["diagnostics"]] == ["not-a-report"]
    assert (file["form"], file["year"], done.returncode) == (None, None, 1)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"|||||", b"\t\t\n|", "一、".encode(), b"\xef\xbb\xbf"])
def test_next_to_nothing_is_no_report(data: bytes) -> None:
    done = run("-", "--output-format", "json", data=data)
    assert [d["rule"] for d in json.loads(done.stdout)["files"][0]["diagnostics"]] == ["not-a-report"]


def test_standard_input() -> None:
    done = run("-", "--stdin-filename", "a.txt", "--output-format", "concise", data=FAULTY.encode())
    line = FAULTY[: FAULTY.index("六、其它")].count("\n") + 1
    assert done.stdout.decode().startswith(f"a.txt:{line}:1: warning[heading-typo] ")


def test_select_and_ignore(folder: Path) -> None:
    def rules(*args: str) -> set[str]:
        done = run(folder / "错.md", "--output-format", "json", *args)
        return {d["rule"] for d in json.loads(done.stdout)["files"][0]["diagnostics"]}

    assert rules("--select", "template") == {"heading-typo"}
    assert rules("--select", "ALL", "--ignore", "heading-typo") == set()
    assert rules("--select", "section,arithmetic") == set()
    wrong = run(folder / "错.md", "--select", "heading-typ")
    assert b"did you mean heading-typo?" in wrong.stderr


def test_json_contract(folder: Path) -> None:
    done = run(folder / "错.md", "--output-format", "json", "--lang", "zh")
    value = json.loads(done.stdout)
    assert value["version"] == 1
    assert value["summary"] == {"files": 1, "errors": 0, "warnings": 1, "infos": 0, "fixable": 1}
    file = value["files"][0]
    assert {k: file[k] for k in ("form", "year", "organ", "encoding")} == {
        "form": "2021",
        "year": 2022,
        "organ": "青湖县",
        "encoding": "utf-8",
    }
    line = FAULTY[: FAULTY.index("六、其它")].count("\n") + 1
    place = {"line": line, "column": 1, "end_line": line, "end_column": 12}
    assert file["diagnostics"] == [
        {
            "rule": "heading-typo",
            "group": "template",
            "severity": "warning",
            "message": "标题“六、其它需要报告的事项”与格式的用词不同，应为“六、其他需要报告的事项”",
            **place,
            "origin": None,
            "cell": None,
            "labels": [],
            "notes": [],
            "help": None,
            "url": "docs/rules/heading-typo.md",
            "fix": {
                "safety": "safe",
                "edits": [{"line": line, "column": 4, "end_line": line, "end_column": 5, "text": "他"}],
            },
        }
    ]


def test_jsonl_is_a_file_a_line(folder: Path) -> None:
    done = run(folder / "好.txt", folder / "错.md", "--output-format", "jsonl")
    files = [json.loads(line) for line in done.stdout.decode().splitlines()]
    whole = json.loads(run(folder / "好.txt", folder / "错.md", "--output-format", "json").stdout)
    assert files == whole["files"]


def test_output_file(folder: Path) -> None:
    done = run(folder / "错.md", "--output-format", "json", "--output-file", folder / "out.json")
    assert done.stdout == b""
    assert json.loads((folder / "out.json").read_text("utf-8"))["summary"]["warnings"] == 1
    assert run(folder / "错.md", "--output-file", folder / "none" / "out").returncode == 2


def test_language(folder: Path) -> None:
    assert "标题".encode() in run(folder / "错.md", LC_ALL="zh_CN.UTF-8").stdout
    assert b"the heading" in run(folder / "错.md", LC_ALL="de_DE.UTF-8").stdout
    assert "标题".encode() in run(folder / "错.md", "--lang", "zh").stdout


def test_mistakes_and_help_are_in_the_language_of_the_configuration(folder: Path) -> None:
    (folder / "reportlint.toml").write_text('lang = "zh"\n', "utf-8")
    for arguments in (["--nosuch"], ["--help"], ["extract", "--nosuch"], ["explain", "-h"], ["fix", "a"]):
        done = run(*arguments, LC_ALL="en_US.UTF-8", cwd=folder)
        assert re.search("[\u4e00-\u9fff]", (done.stdout + done.stderr).decode()), arguments
        for option in (["--isolated"], ["--lang", "en"]):
            done = run(*arguments, *option, LC_ALL="en_US.UTF-8", cwd=folder)
            assert not re.search("[\u4e00-\u9fff]", done.stderr.decode()), arguments


def test_form(folder: Path) -> None:
    def first(*args: str) -> str:
        return str(json.loads(run(folder / "好.txt", "--output-format", "json", *args).stdout)["files"][0]["form"])

    assert first() == first("--form", "2021") == "2021"
    assert first("--form", "2019") == "2019"
    assert run(folder / "好.txt", "--form", "1999").returncode == 2
    (folder / "bad.lark").write_text("report: nonsense", "utf-8")
    assert b"bad.lark" in run(folder / "好.txt", "--form", folder / "bad.lark").stderr


def test_statistics_and_quiet(folder: Path) -> None:
    done = run(folder / "错.md", "--output-format", "concise", "--statistics").stdout.decode()
    assert "      1  heading-typo  A section heading is almost the form's\n" in done
    assert len(run(folder / "错.md", "--output-format", "concise", "--quiet").stdout.decode().splitlines()) == 1


def test_odd_names(folder: Path) -> None:
    name = os.fsencode(folder) + b"/\xc4\xea \n\xf0\xa0\xae\xb7.txt"
    with open(name, "w", encoding="utf-8") as file:
        file.write(FAULTY)
    done = run(os.fsdecode(name), "--output-format", "json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["files"][0]["path"].endswith("/\\xc4\\xea \n\U00020bb7.txt")
    assert run(os.fsdecode(name)).returncode == 1
    assert run(os.fsdecode(name), PYTHONUTF8="0", LC_ALL="POSIX", PYTHONIOENCODING="ascii").returncode == 1


def test_explain_and_rules() -> None:
    page = run("explain", "row-total")
    assert page.stdout.decode().startswith("# row-total\n")
    assert run("explain", "row-totl").returncode == 2
    assert b"did you mean row-total" in run("explain", "row-totl").stderr
    listed = json.loads(run("rules", "--output-format", "json").stdout)
    assert {"name", "group", "severity", "fixable", "zh", "en", "options"} == set(listed[0])
    assert b"row-total" in run("rules").stdout


def test_completion_scripts() -> None:
    for shell in ("bash", "zsh", "fish"):
        assert b"_REPORTLINT_COMPLETE" in run("completion", shell).stdout


def test_lazy_imports() -> None:
    heavy = ("rich", "pygls", "opencc", "lark", "docx")
    code = f"import sys, reportlint.cli; print([m for m in {heavy} if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_a_closed_pipe_is_no_error(folder: Path) -> None:
    many = [os.fspath(folder / "错.md")] * 1 + [os.fspath(folder)]
    command = [sys.executable, "-m", "reportlint", *many, "--output-format", "concise"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.wait()


def test_extract_to_a_long_table_that_a_spreadsheet_may_open(tmp_path: Path) -> None:
    import csv
    import io

    (tmp_path / "=a.txt").write_text(SOUND, "utf-8")
    done = run("extract", "--to", "csv", ".", cwd=tmp_path)
    assert done.returncode == 0
    text = done.stdout.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert done.stdout.startswith(b"\xef\xbb\xbf")
    held = json.loads(run("extract", ".", cwd=tmp_path).stdout)["files"][0]
    cells = [cell for table in held["tables"] for row in table["rows"] for cell in row["cells"]]
    assert [row["value"] for row in rows] == [str(cell["value"]) for cell in cells]
    assert {row["organ"] for row in rows} == {held["organ"]}
    assert {row["state"] for row in rows} == {"read"}
    lines = run("extract", "--to", "jsonl", ".", cwd=tmp_path).stdout.decode().splitlines()
    assert [json.loads(line)["tables"] for line in lines] == [held["tables"]]
