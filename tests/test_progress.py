"""What shows at a terminal while a run goes on, in every format, and that nothing of it is left."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reportlint.cli import bars
from reportlint.output.excerpt import columns
from reportlint.reading import tell_page
from tests.program import run
from tests.reports import draft, render

pty = pytest.importorskip("pty", reason="terminals are those of Unix")

ERASED = "\r\x1b[K"
BAR = "━"
SECONDS = re.compile(rb"[\d.]+ s\s*$")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    text = render(draft("2021", size="zero")).text.replace("六、其他需要", "六、其它需要")
    for number in range(60):
        (folder / f"{number:02}.txt").write_text(text, "utf-8")
    return folder


def at_terminal(*args: str, cwd: Path) -> tuple[bytes, str]:
    """What a command writes to standard output, a pipe, and to standard error, a terminal."""
    terminal, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "reportlint", *args],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm", "NO_COLOR": ""},
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                read = os.read(terminal, 4096)
            except OSError:  # so Linux says that the other side is closed
                break
            if not read:
                break
            shown += read
        os.close(terminal)
        assert process.stdout is not None
        return process.stdout.read(), shown.decode()


@pytest.mark.parametrize("name", ["text", "jsonl", "csv", "github"])
@pytest.mark.parametrize("rules", [(), ("--select", "heading-typo")], ids=["all", "of-one-file"])
def test_many_files_have_a_bar_in_every_format(name: str, rules: tuple[str, ...], many: Path) -> None:
    args = (".", "--output-format", name, "--no-cache", "--jobs", "1", *rules)
    written, shown = at_terminal(*args, cwd=many)
    assert BAR in shown
    assert shown.rstrip("\r\n").endswith(("\x1b[2K", "\x1b[?25h"))  # the line erased, the cursor back
    alone = run(*args, cwd=many).stdout
    assert SECONDS.sub(b"", written) == SECONDS.sub(b"", alone)


def test_quiet_shows_no_bar(many: Path) -> None:
    _, shown = at_terminal(".", "--quiet", "--no-cache", "--output-format", "jsonl", cwd=many)
    assert shown == ""


class Terminal(io.StringIO):
    """A terminal of 80 columns."""

    def isatty(self) -> bool:
        return True


def test_a_line_says_which_of_a_few_files_and_which_page_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    clock = iter([0.0, 0.1, 1.0, 1.5])
    monkeypatch.setattr(bars, "monotonic", lambda: next(clock))
    line = bars.Line(3)
    with line.over(0, "甲.docx"):
        assert terminal.getvalue() == ""  # what is soon done needs no line
    with line.over(1, "乙\x1b.docx"):
        assert terminal.getvalue() == f"{ERASED}2/3 乙\\x1b.docx"
    assert terminal.getvalue().endswith(ERASED)
    with line.over(2, "丙.pdf"):
        tell_page("丙.pdf", 1, 4)
        assert terminal.getvalue().endswith(f"{ERASED}3/3 丙.pdf 1/4")
    assert terminal.getvalue().endswith(ERASED)
    tell_page("丙.pdf", 2, 4)
    assert terminal.getvalue().endswith(ERASED)


def test_the_line_keeps_to_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with bars.Line(1).over(0, name := f"{'文件夹/' * 30}报告.pdf"):
        tell_page(name, 3, 12)
        told = terminal.getvalue().removeprefix(ERASED)
        assert told.startswith("…")
        assert told.endswith("文件夹/报告.pdf 3/12")
        assert 70 < columns(told) < 80


def test_no_line_where_it_is_not_wanted_and_where_there_is_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    for line in (bars.Line(1, wanted=False), bars.Line(1000)):
        with line.over(0, "甲.pdf"):
            tell_page("甲.pdf", 1, 4)
    assert terminal.getvalue() == ""
