"""Runs over many files: by several processes, and with what earlier runs found; the outcome is the same."""

from __future__ import annotations

import gc
import json
import os
import select
import shutil
import sqlite3
import subprocess
import sys
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from reportlint.cli import examining, processes, running
from reportlint.cli.asked import Asked
from reportlint.cli.examining import Examiner
from reportlint.config.values import DEFAULT
from reportlint.parse.read import read_report
from reportlint.readers import read, word
from reportlint.resources import shipped
from reportlint.rules import all_rules
from reportlint.run.analysis import Analysis
from reportlint.run.linter import lint
from reportlint.run.outcome import Outcome
from reportlint.run.packed import pack, unpack
from reportlint.run.settings import Choices, Plan
from reportlint.run.targets import Target, named
from reportlint.series import similar
from tests.program import run
from tests.reports import draft, render
from tests.word import document

EXAMPLES = Path(__file__).parents[1] / "examples"
SOUND = render(draft("2021", size="small")).text
FAULTY = SOUND.replace("六、其他需要", "六、其它需要").replace("2022", "2021")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "reports"
    (made / "sub").mkdir(parents=True)
    for number in range(6):
        (made / f"sound-{number}.txt").write_text(SOUND, "utf-8")
        (made / "sub" / f"faulty-{number}.md").write_text(FAULTY.replace("青湖", "青石"), "gb18030")
    (made / "word.docx").write_bytes(document(FAULTY))
    (made / "damaged.docx").write_bytes(document(FAULTY)[:400])
    (made / "empty.txt").write_bytes(b"")
    (made / "other.txt").write_text("今天天气很好。\n", "utf-8")
    (made / "bytes.txt").write_bytes(SOUND.encode().replace("情况".encode(), b"\xff\xfe", 1))
    return made


def outcome(folder: Path, *args: str) -> tuple[bytes, str, int]:
    done = run(".", "--lang", "zh", "--output-format", "json", *args, cwd=folder)
    return done.stdout, done.stderr.decode(), done.returncode


def test_several_processes_find_what_one_finds(folder: Path) -> None:
    one = outcome(folder, "--jobs", "1")
    assert one[2] == 2
    assert {d["rule"] for f in json.loads(one[0])["files"] for d in f["diagnostics"]} >= {"heading-typo", "encoding"}
    assert outcome(folder, "--jobs", "3") == one
    (folder / "damaged.docx").unlink()
    text = run(".", "--jobs", "2", "--quiet", cwd=folder)
    assert text.stdout == run(".", "--jobs", "1", "--quiet", cwd=folder).stdout
    assert text.returncode == 1


@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5", "", "99999", "²"])
def test_what_is_no_number_of_processes_is_told(value: str, folder: Path) -> None:
    done = run(".", "--jobs", value, cwd=folder)
    assert done.returncode == 2
    assert b"neither auto nor a number from 1 to 256" in done.stderr


def made(targets: list[Target], jobs: int, start: str) -> Iterator[Outcome]:
    plan = Plan({target.path: DEFAULT for target in targets}, Choices())
    asked = Asked(tuple(target.path for target in targets), isolated=True, no_cache=True)
    return processes.outcomes(processes.Work(asked, "zh", None, False), plan, targets, jobs, start)


def test_processes_may_start_from_nothing(folder: Path) -> None:
    targets = [named(str(path)) for path in sorted(folder.rglob("*.*"))]
    plan = Plan({target.path: DEFAULT for target in targets}, Choices())
    examiner = Examiner(plan, "zh", "<stdin>", 10**6)
    own = [examiner.examine(number, target) for number, target in enumerate(targets)]
    others = list(made(targets, 2, "spawn"))
    assert [one.found for one in others] == [one.found for one in own]
    assert [one.error for one in others] == [one.error for one in own]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes start from nothing here")
def test_a_process_that_dies_loses_only_its_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examine = Examiner.examine

    def deadly(self: Examiner, number: int, target: Target) -> Outcome:
        if target.path.endswith("sound-3.txt"):
            os._exit(9)
        return examine(self, number, target)

    monkeypatch.setattr(examining.Examiner, "examine", deadly)
    targets = [named(str(path)) for path in sorted(folder.rglob("*.txt"))]
    found = list(made(targets, 2, "fork"))
    assert len(found) == len(targets)
    died = [target.path for target, one in zip(targets, found, strict=True) if one.error and "中途终止" in one.error.zh]
    assert [Path(path).name for path in died] == ["sound-3.txt"]
    assert (
        sum(one.recognised for one in found) == len([t for t in targets if "sound" in t.path or "bytes" in t.path]) - 1
    )


def kept(folder: Path, *args: str) -> tuple[bytes, str, int]:
    """A run that keeps what it finds beside the reports, and uses what is kept there."""
    with keeping():
        return outcome(folder, "--cache-dir", "../kept", *args)


@contextmanager
def keeping() -> Iterator[None]:
    """Runs inside may keep what they find."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("REPORTLINT_NO_CACHE")
        yield


def test_what_was_found_is_not_looked_for_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REPORTLINT_NO_CACHE")
    (folder / "damaged.docx").unlink()
    args = (".", "--lang", "zh", "--output-format", "json", "--cache-dir", "../kept")
    first = run(*args, cwd=folder)
    assert (folder.parent / "kept").is_dir()

    def never(*args: Any, **more: Any) -> None:
        raise AssertionError("checked again")

    monkeypatch.setattr(examining, "check_text", never)
    monkeypatch.setattr(similar, "copies", never)
    monkeypatch.setattr(word, "read", never)
    again = run(*args, cwd=folder)
    assert (again.stdout, again.returncode, again.stderr) == (first.stdout, first.returncode, first.stderr)
    (folder / "sound-0.txt").write_text(FAULTY, "utf-8")
    assert b"checked again" in run(*args, cwd=folder).stderr


def test_it_holds_for_the_same_question_only(folder: Path) -> None:
    plain = kept(folder)
    assert kept(folder) == plain == outcome(folder)
    for args in (("--select", "heading-typo"), ("--form", "2019"), ("--max-size", "100"), ("--ignore", "garbled")):
        assert kept(folder, *args) == outcome(folder, *args) != plain
    (folder / "reportlint.toml").write_text('[rule.heading-typo]\nseverity = "error"\n', "utf-8")
    assert kept(folder) == outcome(folder) != plain
    with keeping():
        english = run(".", "--cache-dir", "../kept", "--lang", "en", cwd=folder)
    assert "标题".encode() not in english.stdout
    # A named file that is no report is told as one; in a folder it is passed over.
    with keeping():
        assert b"not-a-report" in run("other.txt", "--cache-dir", "../kept", cwd=folder).stdout
    # One name tells that its bytes are Markdown, the other does not.
    text = SOUND.replace("2022年，青湖县", "**2022年**，青湖县", 1)
    for name in ("a.txt", "a.md"):
        (folder / name).write_text(text, "utf-8")
        with keeping():
            kept_one = run(name, "--quiet", "--cache-dir", "../kept", cwd=folder)
        assert kept_one.stdout == run(name, "--quiet", cwd=folder).stdout


@pytest.mark.parametrize("name", ["json", "jsonl", "concise", "sarif", "github", "text"])
@pytest.mark.parametrize("config", ["", 'allow = ["其它"]\n'])
def test_where_findings_stand_is_told_without_the_texts(
    name: str, config: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was let go, or kept from an earlier run, is written as what is still there."""
    (folder / "damaged.docx").unlink()
    (folder / "reportlint.toml").write_text(config, "utf-8")
    (folder / "earlier.txt").write_text(SOUND.replace("2022", "2021").replace("2023", "2022"), "utf-8")
    ignored = "<!-- reportlint-ignore heading-typo: 原文如此 -->\n\n六、其它需要"
    (folder / "ignored.md").write_text(FAULTY.replace("六、其它需要", ignored), "utf-8")
    args = (".", "--lang", "zh", "--output-format", name, "--quiet")
    there = run(*args, cwd=folder)
    assert there.returncode == 1
    monkeypatch.setattr(running, "ROOM", 0)
    assert run(*args, cwd=folder).stdout == there.stdout
    assert run(*args, "--jobs", "2", cwd=folder).stdout == there.stdout
    with keeping():
        for jobs in ("1", "1", "2"):
            assert run(*args, "--jobs", jobs, "--cache-dir", "../kept", cwd=folder).stdout == there.stdout


def test_years_are_compared_with_kept_ones(folder: Path) -> None:
    (folder / "2021.txt").write_text(SOUND.replace("2023", "#").replace("2022", "2021").replace("#", "2022"), "utf-8")
    first = kept(folder, "--select", "consistency")
    assert kept(folder, "--select", "consistency") == first == outcome(folder, "--select", "consistency")
    assert b'"similar-report"' in first[0] or b'"carry-over"' in first[0]


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{}", "[" * 3000, '[null,false,"","",[],[1],[],[],null,null,null]', "\0"]
)
def test_entries_that_are_not_ours_cost_time_only(text: str, folder: Path) -> None:
    right = kept(folder)
    database = sqlite3.connect(folder.parent / "kept" / "outcomes.sqlite")
    with database:
        database.execute("UPDATE outcomes SET text = ?", (text.encode(),))
    database.close()
    assert kept(folder) == right


@pytest.mark.parametrize(
    "data", [b"", b"not a database, but long enough to be one" * 99, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_damaged_cache_is_made_anew(data: bytes, folder: Path) -> None:
    right = kept(folder)
    for path in (folder.parent / "kept").iterdir():
        path.unlink()
    (folder.parent / "kept" / "outcomes.sqlite").write_bytes(data)
    assert kept(folder) == right
    assert kept(folder) == right


def test_a_finding_without_its_place_is_no_entry(folder: Path) -> None:
    path = str(folder / "sub" / "faulty-0.md")
    plan = Plan({path: DEFAULT}, Choices())
    packed = pack(Examiner(plan, "zh", "<stdin>", 10**6).examine(0, named(path)), plan.of(path).forms)
    held = json.loads(packed)
    known = unpack(packed, 0, path, plan.of(path).forms, None, of_places_only=True)
    assert known.found
    assert known.source is not None
    assert known.source.is_let_go
    assert [known.source.position(found.span.start) for found in known.found]
    held[-2] = held[-2][1:]
    with pytest.raises(LookupError):
        unpack(json.dumps(held), 0, path, plan.of(path).forms, None, of_places_only=True)


def test_a_cache_that_cannot_be_written_is_none(folder: Path) -> None:
    (folder.parent / "kept").write_text("a file stands there")
    assert kept(folder) == outcome(folder)


def test_what_was_changed_in_it_is_not_taken(folder: Path) -> None:
    right = kept(folder)
    database = sqlite3.connect(folder.parent / "kept" / "outcomes.sqlite")
    with database:
        for number, text in database.execute("SELECT id, text FROM outcomes").fetchall():
            changed = text.replace("其他".encode(), "坏的".encode())
            database.execute("UPDATE outcomes SET text = ? WHERE id = ?", (changed, number))
    database.close()
    assert kept(folder) == right
    with keeping():
        run(".", "--fix", "--cache-dir", "../kept", cwd=folder)
    mended = (folder / "sub" / "faulty-0.md").read_text("utf-8")
    assert "六、其他需要" in mended
    assert "坏的" not in mended


def test_it_is_never_in_what_is_checked(folder: Path) -> None:
    with keeping():
        done = run(".", "--cache-dir", "here", cwd=folder)
    assert done.returncode == 2
    assert b"must not lie in the folder" in done.stderr
    assert not (folder / "here").exists()


def test_the_users_own_is_used_but_not_in_ci(folder: Path) -> None:
    home = folder.parent / "home"
    run(".", cwd=folder, XDG_CACHE_HOME=str(home), CI="true", REPORTLINT_NO_CACHE="")
    assert not home.exists()
    run(".", "--no-cache", cwd=folder, XDG_CACHE_HOME=str(home), CI="", REPORTLINT_NO_CACHE="")
    assert not home.exists()
    run(".", cwd=folder, XDG_CACHE_HOME=str(home), CI="", REPORTLINT_NO_CACHE="")
    assert (home / "reportlint" / "outcomes.sqlite").stat().st_mode & 0o077 == 0
    inside = folder / ".cache"
    run(".", cwd=folder, XDG_CACHE_HOME=str(inside), CI="", REPORTLINT_NO_CACHE="")
    assert not inside.exists()


def test_a_form_that_changed_is_another_question(folder: Path) -> None:
    own = folder.parent / "forms"
    shutil.copytree(shipped("grammar"), own)
    args = ("--form", str(own / "2021.lark"), "--select", "label-typo", "--ignore", "encoding")
    assert b"label-typo" not in kept(folder, *args)[0]
    common = own / "common.lark"
    common.write_text(common.read_text("utf-8").replace("重复申请", "重复的申请"), "utf-8")
    assert b"label-typo" in kept(folder, *args)[0]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing tells a process that its parent is gone")
def test_processes_end_with_the_run_however_it_ends(folder: Path) -> None:
    for number in range(120):
        (folder / f"more-{number}.txt").write_text(SOUND, "utf-8")
    command = [sys.executable, "-m", "reportlint", ".", "--jobs", "2", "--no-cache"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run_apart:
        children: list[int] = []
        task = Path(f"/proc/{run_apart.pid}/task/{run_apart.pid}/children")
        while len(children) < 2 and run_apart.poll() is None:
            children = [int(pid) for pid in task.read_text().split()]
        run_apart.kill()
    assert len(children) == 2
    for pid in children:
        with suppress(ProcessLookupError):
            watched = os.pidfd_open(pid)
            assert select.select([watched], [], [], 120)[0], "it goes on though the run was killed"
            os.close(watched)


@pytest.mark.parametrize("name", ["faulty/qinghu-2022.txt", "sound/qinghu-2022.md", "word/qinghu-2022.docx"])
def test_what_was_checked_goes_when_the_next_file_comes(name: str) -> None:
    """Else a run over many files looks for garbage again and again, and grows meanwhile."""
    report = read_report(read(str(EXAMPLES / name)))
    lint(report, all_rules())
    del report
    gc.collect()
    gc.disable()
    try:
        report = read_report(read(str(EXAMPLES / name)))
        analysis = Analysis(report)
        lint(report, all_rules(), analysis=analysis)
        gone = weakref.ref(analysis)
        del report, analysis
        assert gone() is None
        assert gc.collect() < 100
    finally:
        gc.enable()
