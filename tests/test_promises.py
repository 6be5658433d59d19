"""docs/promises.md: each promise by its name, and a test that fails where it is broken."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import socket
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from reportlint import budget
from reportlint.cli import run as run_here
from reportlint.decoding import decode
from reportlint.diagnostics import Edit, Fix, Safety, Span, Words
from reportlint.forms.tables import make_tables
from reportlint.output import formats
from reportlint.parse.read import read_report
from reportlint.rules import Finding, Rule, all_rules
from reportlint.run import fixer, writing
from reportlint.run.fixer import mend
from reportlint.run.guard import Numbers
from reportlint.run.linter import lint
from reportlint.run.telling import MOST_FINDINGS
from reportlint.source import Source
from tests.fuzz.shapes import SHAPES, SOUND
from tests.program import run

PAGE = Path(__file__).parents[1] / "docs" / "promises.md"
FAULTY = SOUND.replace("六、其他", "六、其它").replace("情况。", "情况。。", 1)
SAFE = {Safety.SAFE}
ROW = "1.属于国家秘密"
PARTING = {"\x07": "\t", "\x1c": " ", "\x1d": " ", "\x1e": " ", "\x1f": " "} | dict.fromkeys(
    "\x0b\x0c\x85\u2028\u2029", "\n"
)


def found(source: Source) -> list:  # type: ignore[type-arg]
    return lint(read_report(source), all_rules(), "zh")


def fixed(text: str) -> str:
    return mend(Source("t.txt", text), SAFE, found).source.text


def here(capsysbinary: pytest.CaptureFixture[bytes], *args: str | Path) -> tuple[int, str, str]:
    """Run the program in this process: its status, what it wrote, what it complained of."""
    argv, sys.argv = sys.argv, ["reportlint", *map(str, args)]
    try:
        status = run_here()
    finally:
        sys.argv = argv
    out, err = capsysbinary.readouterr()
    return status, out.decode(), err.decode()


def test_every_promise_has_its_test() -> None:
    """The page's promises, by the words of their tests' names."""
    promises = re.findall(r"/ \*\*(.+?)\*\*", PAGE.read_text("utf-8"))
    names = " ".join(name for name in globals() if name.startswith("test_"))
    assert len(promises) == 15
    lacking = [p for p in promises if re.sub(r"\W+", "_", p.partition(".")[0].strip("`. ").lower())[:24] not in names]
    assert lacking == []


# Your files


@pytest.mark.parametrize("char", PARTING)
def test_a_safe_fix_never_changes_joins_or_removes_a_number(char: str) -> None:
    """Cells that Word's and other programs' marks part stay apart, and are read as cells."""
    line = next(line for line in SOUND.splitlines() if ROW in line)
    figures = re.findall(r"\d+", line.partition(ROW)[2])
    text = SOUND.replace(line, char.join([ROW, *figures]))
    after = fixed(text)
    assert char not in after
    assert PARTING[char].join([ROW, *figures]) in after
    table = next(t for t in read_report(Source("t.txt", text)).tables if t.row("R_SECRET"))
    row = table.row("R_SECRET")
    assert row is not None
    assert [f.text for f in row.figures] == figures


@pytest.mark.parametrize(
    "wrong",
    [
        "1\u200b203条",
        "12\ufeff03条",
        "1,,203条",
        "12\x0103条",
        "1203?条",
        "12\u202e03条",
        "十(shí)二条",
        "1203\u200b4条",
    ],
)
def test_a_safe_fix_keeps_numbers_of_prose_as_they_are_written(wrong: str) -> None:
    text = SOUND.replace("1203条", wrong, 1)
    assert text != SOUND
    numbers = re.compile(r"\d+|[一二三四五六七八九十]+")
    assert numbers.findall(fixed(text)) == numbers.findall(text)


@pytest.mark.parametrize(
    ("before", "old", "new", "kept"),
    [
        ("二0二三年", "0", "〇", True),
        ("2O23年", "O", "0", True),
        ("二O二三年", "O", "〇", True),
        ("3 83 件", " ", "", False),
        ("383 件", "3", "3 ", False),
        ("第12号", "12", "13", False),
        ("-5 件", "-", "", False),
        ("1.5 万元", ".", "", False),
        ("两公开", "两", "一", True),
        ("三年", "三", "五", False),
        ("统一开展", "一", "", True),
        ("12，，13", "，，", "，", False),
        ("收到。。", "。。", "。", True),
        ("共 5 件", "共", "共计", True),
        ("１２件", "１２", "12", True),
        ("（二）培训十 二场", " ", "", False),
        ("发布二 十则", " ", "", False),
        ("三\u200b百余件", "\u200b", "", False),
        ("三(sān)百余件", "(sān)", "", False),
        ("申请\u202e321\u202c件", "\u202e", "", False),
        ("公开\u202e信息\u202c", "\u202e", "", True),
    ],
)
def test_what_touches_a_number(before: str, old: str, new: str, kept: bool) -> None:
    at = before.index(old)
    fix = Fix((Edit(Span(at, at + len(old)), new),))
    assert Numbers(before, []).kept_by(fix) is kept


@pytest.mark.parametrize(
    "row",
    [
        "2.重复申清 –7 0 0 0 0 0 7",
        "2.重复申清 .5 0 0 0 0 0 5",
        "2.重复申清 负7 0 0 0 0 0 7",
        "2.重复申/请约7 0 0 0 0 0 7",
        "2.重复申清–7 | 0 | 0 | 0 | 0 | 0 | 7",
        "2.重复申清l7 | 0 | 0 | 0 | 0 | 0 | 7",
        "2.\t重复申清\t0\t0\t0\t0\t0\t0\t0",
        "2\t重复申请\t0\t0\t0\t0\t0\t0\t0",
        "2.\x07重复申清\x070\x070\x070\x070\x070\x070\x070",
        "2.\n重复申清 0 0 0 0 0 0 0",
        "2.\n2.重复申请 0 0 0 0 0 0 0",
        "其它重复申请 0 0 0 0 0 0 0",
        "2.重复申\n请 0 0 0 0 0 0 0",
    ],
)
def test_a_safe_fix_of_a_label_leaves_its_figures_and_writes_no_number_twice(row: str) -> None:
    line = next(line for line in SOUND.splitlines() if "2.重复申请" in line)
    text = SOUND.replace(line, row, 1)
    after = fixed(text)
    assert re.sub(r"\D+", " ", after) == re.sub(r"\D+", " ", text)
    assert all(junk in after for junk in ("–", ".5", "负", "约", "l7") if junk in row)


def test_killed_at_any_moment_with_a_full_disk_or_a_second_writer_each_file_is_the_old_or_the_new_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full at each step of the write; tests/test_fixes.py cuts it off and has a second writer."""
    path = tmp_path / "a.txt"
    for step in ("fsync", "ftruncate", "replace", "utime"):
        path.write_bytes(b"old")

        def full(*args: object, **more: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patch:
            patch.setattr(os, step, full)
            with pytest.raises(OSError, match="No space"):
                writing.write_atomically(str(path), b"new and longer")
        assert path.read_bytes() == b"old"
        assert os.listdir(tmp_path) == ["a.txt"], step


def test_fix_twice_is_fix_once_and_it_ends(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FAULTY, "utf-8")
    here(capsysbinary, path, "--fix")
    once = path.read_bytes()
    here(capsysbinary, path, "--fix")
    assert path.read_bytes() == once != FAULTY.encode()


def test_a_fix_that_brings_another_finding_is_not_applied_and_counts_as_unsafe() -> None:
    base = next(rule for rule in all_rules() if rule.name == "doubled-word")

    def check(source: Source) -> Iterator[Finding]:
        for match in re.finditer("平稳|有序", source.text):
            harm = "。。" if match[0] == "平稳" else "有序"
            yield Finding(Span(*match.span())).fixed_by(Fix((Edit(Span(*match.span()), f"按时{harm}"),)))

    rule: Rule = base._replace(
        on=(Source,), check=check, messages={"": Words("", "")}, name="harmful", help=None, fix="safe"
    )
    rules = [rule, *(r for r in all_rules() if r.name == "doubled-punctuation")]

    def both(source: Source) -> list:  # type: ignore[type-arg]
        return lint(read_report(source), rules)

    text = SOUND.replace("有序", "", 1)
    mended = mend(Source("t.txt", text), SAFE, both)
    assert mended.source.text == text
    assert {name for name, _ in mended.refused} == {"harmful"}
    assert [d.fix.safety for d in mended.judged(both(mended.source)) if d.fix] == ["unsafe"]


@pytest.mark.parametrize(
    "address",
    [
        "http://www.example.org/?q=1,,2",
        "https://example.org/IPV6/",
        "www.example.org/a;;b",
        "IPV6@example.org",
        "1.2.3.4",
        "青湖縣年报_終稿.docx",
        "IPV6..pdf",
    ],
)
def test_no_fix_changes_an_address_or_the_name_of_a_file(address: str) -> None:
    text = SOUND.replace("情况。", f"情况。见{address}，，", 1)
    found_here = found(Source("t.txt", text))
    at = text.index(address)
    inside = [d.rule for d in found_here if at <= d.span.start < d.span.end <= at + len(address)]
    assert inside == []
    once = mend(Source("t.txt", text), set(Safety), lambda source: found(source))
    assert f"见{address}，" in once.source.text
    assert "，，" not in once.source.text


def test_what_meets_within_one_fix_is_applied() -> None:
    beside = Fix((Edit(Span(2, 2), "甲"), Edit(Span(2, 3), "乙")))
    assert fixer.compatible([beside]) == [beside]
    assert fixer.apply(Source("t", "一二三"), [beside]).text == "一二甲乙"


def test_junk_between_bytes_of_no_encoding_leaves_the_other_fixes(tmp_path: Path) -> None:
    data = FAULTY.encode().replace("平稳".encode(), b"\xe5\xe2\x80\x8b\xb9\xb3", 1)
    mended = mend(decode(data, "t.txt"), SAFE, found)
    assert "六、其他" in mended.source.text
    assert len(mended.applied) >= 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no links or pipes here")
def test_nothing_is_written_but_what_you_named(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """A link that leads out of the folder is checked, not written; the link itself may be named."""
    outside = tmp_path / "outside.txt"
    outside.write_text(FAULTY, "utf-8")
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "link.txt").symlink_to(outside)
    status, out, err = here(capsysbinary, tree, "--fix", "--lang", "en", "--output-format", "json")
    assert outside.read_text("utf-8") == FAULTY
    assert (status, len(json.loads(out)["files"])) == (2, 1)
    assert "link.txt was not fixed: it is a link that leads out of the folder" in err
    (tree / "inside.txt").write_text(FAULTY, "utf-8")
    (tree / "alias.txt").symlink_to("inside.txt")
    here(capsysbinary, tree, "--fix")
    assert (tree / "inside.txt").read_text("utf-8") != FAULTY
    here(capsysbinary, tree / "link.txt", "--fix")
    assert outside.read_text("utf-8") != FAULTY
    assert (tree / "link.txt").is_symlink()


def test_a_link_that_takes_a_files_place_during_the_run_is_noticed(tmp_path: Path) -> None:
    outside, path = tmp_path / "outside.txt", tmp_path / "a.txt"
    outside.write_text(FAULTY, "utf-8")
    path.symlink_to(outside)
    with pytest.raises(writing.Changed):
        writing.write_atomically(str(path), b"new", real=str(path))
    assert outside.read_text("utf-8") == FAULTY


def test_a_temporary_file_that_is_somebody_elses_is_left_alone(tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("old", "utf-8")
    path = tmp_path / "a.txt"
    os.link(victim, writing._temporary(path))
    with pytest.raises(PermissionError):
        writing.write_atomically(str(path), b"new")
    assert victim.read_text("utf-8") == "old"


def test_an_output_file_is_written_whole_or_not_at_all(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, path = tmp_path / "out.json", tmp_path / "a.txt"
    path.write_text(FAULTY, "utf-8")
    out.write_text("old", "utf-8")
    (tmp_path / "reportlint.toml").write_text('lang = "en"\n', "utf-8")
    status, _, err = here(capsysbinary, path, "--output-file", tmp_path / "reportlint.toml")
    assert (status, "is a file that is read" in err) == (2, True)
    with monkeypatch.context() as patch:
        patch.setattr("reportlint.output.json.Output.end", lambda *args: 1 / 0)
        assert here(capsysbinary, path, "--output-format", "json", "--output-file", out)[0] == 2
    assert (out.read_text("utf-8"), len(os.listdir(tmp_path))) == ("old", 3)
    assert here(capsysbinary, path, "--output-format", "json", "--output-file", out)[0] == 1
    assert json.loads(out.read_text("utf-8"))["files"]


def test_of_two_paths_to_one_file_the_one_in_the_folder_is_fixed(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    (tmp_path / "b" / "y.txt").write_text(FAULTY, "utf-8")
    (tmp_path / "a" / "x.txt").symlink_to("../b/y.txt")
    here(capsysbinary, tmp_path / "a", tmp_path / "b", "--fix")
    assert (tmp_path / "b" / "y.txt").read_text("utf-8") != FAULTY


def test_a_name_cannot_write_another_patch(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "a\n--- v.txt\n+++ v.txt\n@@ -1 +1 @@\n-x\n+y\x1b.txt").write_text(FAULTY, "utf-8")
    _, out, _ = here(capsysbinary, tmp_path, "--diff")
    assert sum(line.startswith(("--- ", "+++ ")) for line in out.splitlines()) == 2
    assert "\x1b" not in out


@pytest.mark.parametrize("name", ["/abs", "../up.json", "link.json"])
def test_a_baseline_of_a_configuration_lies_in_its_folder(
    name: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    repository = tmp_path / "repository"
    repository.mkdir()
    outside = tmp_path / "made.json"
    if name == "link.json":
        (repository / name).symlink_to(outside)
    named = str(outside) if name == "/abs" else name
    (repository / "reportlint.toml").write_text(f'baseline = "{named}"\n', "utf-8")
    (repository / "a.txt").write_text(FAULTY, "utf-8")
    status, _, err = here(capsysbinary, repository, "--update-baseline", "--lang", "en")
    assert (status, os.listdir(tmp_path)) == (2, ["repository"])
    assert "outside of its folder" in err
    here(capsysbinary, repository, "--update-baseline", "--baseline", outside)
    assert outside.exists()


# What you see


@pytest.mark.parametrize("junk", ["\udcff", "\udc80\udce6", "\x00", "\ufdd0", "\U000e0041", "\ue000"])
def test_no_input_makes_a_rule_or_an_output_fail(junk: str) -> None:
    """A damaged byte in every label, and in both scripts; tests/fuzz tries thousands more."""
    for line in [line for line in SOUND.splitlines() if len(line) > 3]:
        text = SOUND.replace(line, line[:2] + junk + line[3:], 1)
        for d in found(Source("t.txt", text)):
            assert 0 <= d.span.start <= d.span.end <= len(text)
    traditional = SOUND.replace("总", "總").replace("办", f"辦{junk}")
    assert found(Source("t.txt", traditional))


def _drives(char: str) -> bool:
    """Whether a character does something to what shows it."""
    return unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Cs") and char not in "\n\r\t"


CONTROLS = "\x1b]0;x\x07\x9b31m\u202e\u2066\u061c\u200f"


@pytest.mark.parametrize("name", [name for name in formats() if name != "xlsx"])
def test_output_never_carries_a_control_character_of_a_report(
    name: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / f"a{CONTROLS.replace('/', '')}.txt"
    text = FAULTY.replace("重复申请", f"重复{CONTROLS}申诉", 1).replace("青湖县", f"青{CONTROLS}湖县", 1)
    text = text.replace("商业企业", f"商业{CONTROLS}企也").replace("本年度没有", f"XX{CONTROLS}工作工作本年度没有")
    path.write_text(text, "utf-8")
    (tmp_path / "reportlint.toml").write_text(
        '[[ignores]]\npaths = ["none.txt"]\nrules = ["term"]\nreason = "\\u001b\\u009b\\u202e"\n', "utf-8"
    )
    _, out, err = here(capsysbinary, tmp_path, "--output-format", name, "--all")
    # Excel knows UTF-8 by its mark.
    for written in (out.removeprefix("\ufeff") if name == "csv" else out, err):
        assert not [c for c in written if _drives(c)]
    assert out


def test_configurations_and_baselines_carry_none_either(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "reportlint.toml").write_text(
        '[[ignores]]\npaths = ["\\u009b\\u202e.txt"]\nrules = ["term"]\nreason = "\\u001b\\u2066"\n', "utf-8"
    )
    for more in ([], ["--output-format", "json"]):
        _, out, _ = here(capsysbinary, "config", tmp_path, *more)
        assert not [c for c in out if _drives(c)]
    held = {"rule": "term\x1b", "fingerprint": "\x9b", "text": "\x1b\u202e"}
    (tmp_path / "b.json").write_text(json.dumps({"version": 1, "files": {"a\x1b.txt": [held]}}), "utf-8")
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    _, out, err = here(capsysbinary, tmp_path, "--baseline", tmp_path / "b.json")
    assert not [c for c in out + err if _drives(c)]


MACHINE = [name for name in formats() if name not in ("text", "concise", "xlsx")]


@pytest.mark.parametrize("encoding", ["gbk"])
def test_machine_formats_are_utf_8_and_valid_anywhere(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FAULTY.replace("青湖县", "𠮷林县😀", 1).replace("重复申请", "重复申😀", 1), "utf-8")
    env: dict[str, Any] = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "LC_ALL": "C"}
    for name in MACHINE:
        out = run(path, "--output-format", name, "--lang", "zh", **env).stdout.decode("utf-8")
        assert (
            "𠮷" in out or "😀" in out or name in ("github", "gitlab", "rdjson", "checkstyle", "lsp", "sarif", "junit")
        )
        if name in ("json", "sarif", "gitlab"):
            json.loads(out)
        elif name in ("jsonl", "lsp"):
            assert [json.loads(line) for line in out.splitlines()]
        elif name in ("junit", "checkstyle"):
            ElementTree.fromstring(out)
        assert not re.search(r"\\U000[0-9a-f]{5}", out)
    for args in (
        ["extract", path],
        ["rules", "--output-format", "json"],
        ["explain", "term", "--output-format", "json"],
    ):
        json.loads(run(*args, **env).stdout.decode("utf-8"))


def test_what_you_named_and_cannot_be_read_is_said_with_status_2_and_so_is_a_folder_that_cannot_be_listed(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    locked = tmp_path / "locked"
    locked.mkdir()
    scandir = os.scandir

    def refusing(path: str = ".") -> object:
        if os.fspath(path).endswith("locked"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    for name in ("text", "json", "sarif", "github", "junit"):
        status, out, err = here(capsysbinary, tmp_path, "--output-format", name, "--lang", "zh")
        assert status == 2
        assert f"无法列出文件夹 {locked}：没有权限" in err
        if name != "text":
            assert "locked" in out, name
    assert here(capsysbinary, tmp_path / "none.txt")[0] == 2
    assert here(capsysbinary, "extract", tmp_path)[0] == 2


def test_what_a_folder_holds_beside_reports_is_counted(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for name in ("a.txt", "年报.OFD", "b.ofd", "c.odt", "LICENSE", ".hidden", "reportlint.toml"):
        (tmp_path / name).write_bytes(SOUND.encode() if name == "a.txt" else b"")
    (tmp_path / "linked").symlink_to(tmp_path)
    status, _, err = here(capsysbinary, tmp_path, "--lang", "zh")
    assert status == 0
    assert "另有 4 个其他种类的文件没有检查：.ofd 2、.odt 1、LICENSE 1" in err
    assert "有 1 个文件夹是链接，没有进入" in err
    assert here(capsysbinary, tmp_path, "--quiet")[2] == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_file_that_becomes_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    from reportlint.cli.inputs import read_source
    from reportlint.run.targets import Target
    from reportlint.source import UnreadableFile

    path = tmp_path / "a.txt"
    os.mkfifo(path)
    with pytest.raises(UnreadableFile, match="not an ordinary file"):
        read_source(Target(str(path), False), str(path), 1000)
    (tmp_path / "reportlint.toml").unlink(missing_ok=True)
    os.mkfifo(tmp_path / "reportlint.toml")
    (tmp_path / "b.txt").write_text(SOUND, "utf-8")
    done = subprocess.run([sys.executable, "-m", "reportlint", tmp_path / "b.txt"], capture_output=True, timeout=600)
    assert done.returncode == 2
    assert b"not an ordinary file" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="shells differ")
@pytest.mark.parametrize("command", ["check {}", "rules", "explain term", "config", "extract {}", "-h", "--version"])
def test_status_1_means_findings_and_nothing_else(command: str, tmp_path: Path) -> None:
    """Standard output closed, or on a full disk: a sentence, 2; a reader that leaves: silence."""
    path = tmp_path / "a.txt"
    path.write_text(FAULTY, "utf-8")
    line = f"{sys.executable} -m reportlint {command.format(path)}"
    for to in (">&-", "> /dev/full"):
        done = subprocess.run(["bash", "-c", f"{line} {to}"], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr.count("\n"), done.stderr[:26]) == (2, 1, "reportlint: cannot write s")
    piped = f"{line} | true; echo ${{PIPESTATUS[0]}}"
    for to in ("2>/dev/full", "2>&-", ">/dev/full 2>/dev/full"):
        done = subprocess.run(["bash", "-c", f"{line} --no-such {to}"], capture_output=True, text=True, check=False)
        assert done.returncode == 2, to
    done = subprocess.run(["bash", "-c", piped], capture_output=True, text=True, check=False)
    assert done.stdout.strip() in ("0", "141", "1" if "check" in command else "0")
    assert done.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="shells differ")
def test_standard_input_that_is_closed_is_said() -> None:
    line = f"{sys.executable} -m reportlint - <&-"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert (done.returncode, "cannot read standard input" in done.stderr) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
def test_ctrl_c_is_130(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "reportlint", "check", str(pipe)]
    # What a shell runs in the background ignores Ctrl-C, and so would its children.
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, preexec_fn=heed)
    with open(pipe, "wb"):  # it is open once the program waits for what comes
        process.send_signal(signal.SIGINT)
    # Closed by now: a signal that came just before the program began to read would else wait for the read's end.
    _, err = process.communicate(timeout=600)
    assert process.returncode == 130
    assert b"Traceback" not in err


def test_a_failure_of_the_program_is_a_sentence(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("oh no")

    monkeypatch.setattr(sys.modules["reportlint.cli.checking"], "check_files", fail)
    status, _, err = here(capsysbinary, tmp_path)
    assert (status, err) == (2, "reportlint: internal error (RuntimeError: oh no); please report it\n")


def test_findings_do_not_depend_on_the_machine_the_locale_the_order_of_files_or_the_number_of_processes(
    tmp_path: Path,
) -> None:
    for name, text in {"a.txt": FAULTY, "b.txt": FAULTY.replace("2022", "2023"), "c.md": SOUND}.items():
        (tmp_path / name).write_text(text, "utf-8")
    paths = [tmp_path / name for name in ("a.txt", "b.txt", "c.md")]
    told = ["--output-format", "json", "--lang", "zh"]
    wanted = run(*paths, *told, PYTHONHASHSEED="0").stdout
    assert json.loads(wanted)["files"]
    machines: list[dict[str, Any]] = [{"LC_ALL": "C"}, {"LC_ALL": "tr_TR.UTF-8"}, {"TZ": "Asia/Shanghai"}]
    for n, env in enumerate([*machines, {"COLUMNS": "20"}]):
        assert run(*paths[::-1], *told, PYTHONHASHSEED=str(n + 1), **env).stdout == wanted


# Your machine

HOSTILE = 'import pathlib; pathlib.Path(__file__).with_name("ran").touch()\n'


@pytest.mark.parametrize("how", ["module", "script"])
def test_checking_a_repository_runs_nothing_of_it(how: str, tmp_path: Path) -> None:
    """Modules of names that the program imports, and a plugin, lie in the folder that is checked."""
    names = ("json", "click", "lark", "rich", "opencc", "sitecustomize", "tomllib", "evil", "venv", "pip", "jinja2")
    for name in names:
        (tmp_path / f"{name}.py").write_text(HOSTILE, "utf-8")
    info = tmp_path / "evil-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1\n", "utf-8")
    (info / "entry_points.txt").write_text("[reportlint.rules]\nevil = evil\n[reportlint.readers]\ne = evil\n", "utf-8")
    (tmp_path / "a.txt").write_text(FAULTY, "utf-8")
    script = [str(Path(sys.executable).with_name("reportlint"))]
    command = [sys.executable, "-m", "reportlint"] if how == "module" else script
    for args in (["."], [".", "--output-format", "html"], ["config"], ["extract", "a.txt"]):
        done = subprocess.run([*command, *args], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        assert "plugin" not in done.stderr
    assert not (tmp_path / "ran").exists()


def calls(work: Callable[[], object]) -> int:
    """How many calls some work takes: a count of steps that is the same on every machine."""
    count = 0

    def step(*args: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(step)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("start", ["", SOUND], ids=["alone", "behind a report"])
@pytest.mark.parametrize("name", SHAPES)
def test_a_file_within_the_limit_ends_and_twice_the_file_costs_at_most_2_6_times(name: str, start: str) -> None:
    """Calls, at two pairs of sizes; benchmarks/shapes.py measures seconds and megabytes up to the limit."""

    def steps(size: int) -> int:
        source = Source("t.txt", start + SHAPES[name](size))
        return calls(lambda: found(source))

    steps(500)  # what is made once is made before

    # What is bounded as a whole, such as the search for a repair, may begin between two sizes.
    pairs = ((steps(size), steps(2 * size)) for size in (4_000, 32_000))
    assert any(large <= 2.6 * max(small, 40_000) for small, large in pairs)


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("公开" * 300_000, "utf-8")
    status, _, err = here(capsysbinary, path, "--lang", "zh")
    assert (status, "超过 512,000 个字符" in err) == (2, True)
    status, _, err = here(capsysbinary, path, "--lang", "zh", "--max-size", "700000")
    assert (status, "超过" in err) == (1, False)
    path.write_text(SOUND, "utf-8")
    assert here(capsysbinary, path, "--max-size", "1000")[0] == 2


def test_what_was_left_unchecked_is_said(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget.Budget.__init__, "__defaults__", (20,))
    path = tmp_path / "a.txt"
    path.write_text(SOUND, "utf-8")
    status, out, err = here(capsysbinary, path, "--lang", "zh", "--output-format", "json")
    assert (status, "没有核对正文里的数字" in err) == (2, True)
    assert json.loads(out)["problems"][0]["path"] == str(path)


def test_of_a_rule_at_most_5000_places_are_listed_and_all_are_fixed(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "a.txt"
    many = MOST_FINDINGS + 200
    path.write_text(SOUND + "公\u200b开\n" * many, "utf-8")
    _, out, _ = here(capsysbinary, path, "--output-format", "json", "--lang", "en", "--select", "invisible-character")
    held = json.loads(out)
    (file,) = held["files"]
    assert len(file["diagnostics"]) == MOST_FINDINGS + 1
    assert "200 more of these" in file["diagnostics"][-1]["message"]
    assert held["summary"]["warnings"] == many
    here(capsysbinary, path, "--fix", "--select", "invisible-character")
    assert "\u200b" not in path.read_text("utf-8")


def test_any_content_of_the_cache_costs_only_time(tmp_path: Path) -> None:
    """Nor does what else lies in the user's folder for caches: no tables are read there."""
    path = tmp_path / "reports"
    path.mkdir()
    for number in range(16):  # of fewer files nothing is kept
        (path / f"{number}.txt").write_text(FAULTY, "utf-8")
    cache = tmp_path / "cache"
    shipped = next((Path(__file__).parents[1] / "grammar" / "tables").iterdir())
    tables = shipped.read_bytes().replace("总体情况".encode(), "总体请况".encode())
    for folder in (cache / "reportlint", cache / "reportlint/tables"):
        folder.mkdir(parents=True)
        (folder / shipped.name).write_bytes(tables)

    def again() -> bytes:
        kept = run(path, "--output-format", "json", XDG_CACHE_HOME=str(cache), REPORTLINT_NO_CACHE="", CI="")
        return kept.stdout

    wanted = run(path, "--output-format", "json", "--no-cache").stdout
    assert again() == again() == wanted
    database = cache / "reportlint" / "outcomes.sqlite"
    whole = database.read_bytes()
    assert len(whole) > 4096
    for content in (
        b"",
        b"{}",
        b"[" * 100_000,
        whole[:5000],
        whole.replace("情况".encode(), "请况".encode()),
        whole * 2,
    ):
        for made in database.parent.glob("outcomes.sqlite*"):
            made.unlink()
        database.write_bytes(content)
        assert again() == wanted


def test_tables_are_the_same_whenever_they_are_made() -> None:
    grammar = 'report: H_ONE TEXT*\nH_ONE: "一、总体情况"\n%declare TEXT\n'
    assert make_tables(grammar) == make_tables(grammar)


def test_nothing_leaves_the_machine_unless_you_name_an_address(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    class Refusing(socket.socket):
        def connect(self, address: object) -> None:
            asked.append(address)
            raise OSError(errno.ENETUNREACH, "no network here")

    monkeypatch.setattr(socket, "socket", Refusing)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: asked.append(args))
    path = tmp_path / "a.txt"
    path.write_text(FAULTY + "见 http://www.example.gov.cn/\n", "utf-8")
    for name in formats():
        more: list[str | Path] = ["--output-file", tmp_path / "a.xlsx"] if name == "xlsx" else []
        assert here(capsysbinary, path, "--output-format", name, *more)[0] == 1
    for args in (["extract", path], ["rules"], ["explain", "term"], ["config"], [path, "--fix"], [path, "--diff"]):
        assert here(capsysbinary, *args)[0] in (0, 1)
    assert asked == []


def test_many_ignores_and_patterns_are_soon_read(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    from reportlint.config import globs

    for pattern in ("/".join(["**", "a"] * 8), "**/*a*a*a*ab", "**/*a*a*a/**/*a*a*ab"):
        with pytest.raises(globs.BadGlob, match="too many"):
            globs.check(pattern)
    for pattern in ("**/*年报*2022*.txt", "docs/**/old/**/*.md", "*.txt", "/a/b*"):
        globs.check(pattern)
    with pytest.raises(globs.BadGlob, match="too long"):
        globs.check("a" * 2000)
    entry = '[[ignores]]\npaths = ["{0}.txt"]\nrules = ["term"]\nreason = "a"\n'
    (tmp_path / "reportlint.toml").write_text("".join(entry.format(n) for n in range(500)), "utf-8")
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(FAULTY, "utf-8")
    work = calls(lambda: here(capsysbinary, tmp_path, "--output-format", "json"))
    assert Counter({"calls": work}).total() < 6_000_000
