"""--watch and --open at a terminal."""

import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
FAULTY = (ROOT / "examples/faulty/qinghu-2022.txt").read_text("utf-8")
LONGEST = 60


def _hear_interrupt() -> None:
    """A shell that runs the tests in the background has its children ignore Ctrl+C; at a terminal none does."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A terminal with a program in it."""

    def __init__(self, folder: Path, *args: str) -> None:
        self.out, inside = pty.openpty()
        env = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
        command = [sys.executable, "-m", "reportlint", *args]
        self.process = subprocess.Popen(
            command, cwd=folder, env=env, stdin=inside, stdout=inside, stderr=inside, preexec_fn=_hear_interrupt
        )
        os.close(inside)
        self.text = ""

    def until(self, words: str) -> str:
        """What the terminal shows until it says `words`, from the last time that it was cleared."""
        end = time.monotonic() + LONGEST
        while words not in self.text:
            ready, _, _ = select.select([self.out], [], [], 0.1)
            if ready:
                self.text += os.read(self.out, 65536).decode(errors="replace")
            assert time.monotonic() < end, self.text
        shown, _, self.text = self.text.partition(words)
        return re.sub("\x1b\\[[\\d;]*m", "", shown.rpartition("\x1b[2J")[2])

    def end(self) -> int:
        """Its status after Ctrl+C. What it still shows is read, as a terminal does: else it could not go on."""
        self.process.send_signal(signal.SIGINT)
        end = time.monotonic() + LONGEST
        while self.process.poll() is None and time.monotonic() < end:
            if select.select([self.out], [], [], 0.1)[0]:
                with contextlib.suppress(OSError):  # the other end is closed
                    os.read(self.out, 65536)
        status = self.process.wait(0.1)
        os.close(self.out)
        return status


def test_watch_checks_again_and_redraws(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FAULTY, "utf-8")
    terminal = Terminal(tmp_path, "--watch", "--lang", "zh", ".")
    waiting = "等待文件改动；按 Ctrl+C 结束"
    assert "错误[wrong-figure]" in terminal.until(waiting)
    path.write_text(FAULTY.replace("| 17 |", "| 7 |"), "utf-8")
    again = terminal.until(waiting)
    assert "错误[wrong-figure]" not in again
    assert "错误[year-mismatch]" in again
    # Another file, put in place as editors do; a configuration; one that is wrong, and mended again.
    (tmp_path / ".b").write_text(FAULTY, "utf-8")
    os.replace(tmp_path / ".b", tmp_path / "b.txt")
    assert "检查了 2 个文件" in terminal.until(waiting)
    config = tmp_path / "reportlint.toml"
    config.write_text('select = ["arithmetic"]\n', "utf-8")
    assert "year-mismatch" not in terminal.until(waiting)
    config.write_text("selct = 1\n", "utf-8")
    assert "reportlint.toml:1: selct" in terminal.until(waiting).replace("：", ": ")
    config.unlink()
    assert "year-mismatch" in terminal.until(waiting)
    assert terminal.end() == 1


def test_watch_refuses_what_it_cannot_do(tmp_path: Path) -> None:
    for args in (["-"], ["--fix", "."], ["nowhere.txt"]):
        command = [sys.executable, "-m", "reportlint", "--watch", "--lang", "zh", *args]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1


def test_open_shows_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FAULTY, "utf-8")
    browser = tmp_path / "browser"
    browser.write_text('#!/bin/sh\nprintf %s "$1" > opened\n', "utf-8")
    browser.chmod(0o755)
    env = {**os.environ, "BROWSER": str(browser), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "reportlint", "--lang", "zh", "--open", "a.txt"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    (page,) = tmp_path.glob("reportlint-*.html")
    end = time.monotonic() + LONGEST
    while not (tmp_path / "opened").exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert (tmp_path / "opened").read_text("utf-8") == page.as_uri()
    assert done.stderr == f"reportlint: 页面已写入 {page}\n"
    assert "一、总体情况" in page.read_text("utf-8")
    refused = subprocess.run([*command, "--output-format", "json"], cwd=tmp_path, capture_output=True, check=False)
    assert refused.returncode == 2
