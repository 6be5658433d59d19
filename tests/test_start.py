"""What a start does without: click for arguments that are plain, libraries that only other runs need."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.cli import plain
from reportlint.cli.asked import MOST_JOBS, Asked
from reportlint.cli.main import main
from reportlint.records import field, record, replace
from tests.program import run
from tests.reports import draft, render

SOUND = render(draft()).text
FILE = os.path.relpath(__file__)
NOT_NEEDED = (
    "click",
    "rich",
    "pygls",
    "opencc",
    "lark",
    "docx",
    "dataclasses",
    "inspect",
    "threading",
    "tomllib",
    "pathlib",
)


def by_click(arguments: list[str]) -> Asked | None:
    """What click makes of the arguments of a check; None where it has something to say."""
    check = main.get_command(click.Context(main), "check")
    assert check is not None
    try:
        options = dict(check.make_context("check", list(arguments)).params)
    except (click.ClickException, click.exceptions.Exit):
        return None
    return None if options.pop("watch") else Asked(**options)


def words() -> Iterator[str]:
    check = main.get_command(click.Context(main), "check")
    assert check is not None
    yield from (name for option in check.params for name in (*option.opts, *option.secondary_opts) if name[0] == "-")
    yield from (
        FILE,
        "-",
        "--",
        "json",
        "zh",
        "en",
        "never",
        "info",
        "auto",
        "2",
        "257",
        "no-such-file",
        "check",
        "",
        "-qo",
        "--output-format=json",
        "--help",
    )


@given(st.lists(st.sampled_from(sorted(set(words()))), max_size=6))
def test_arguments_read_without_click_are_read_as_click_reads_them(arguments: list[str]) -> None:
    asked = plain.read_plain(["check", *arguments])
    if asked is not None:
        assert asked == by_click(arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        *((option,) for option in plain._FLAGS),
        *((option, "json") for option in plain._VALUES),
        *((option, value) for option, (_, values) in plain._CHOICES.items() for value in list(values)[:9]),
        ("--jobs", str(MOST_JOBS)),
    ],
)
def test_every_option_that_is_read_without_click_is_one(arguments: tuple[str, ...]) -> None:
    arguments = (FILE, *arguments)
    plainly = plain.read_plain(arguments)
    assert plainly == by_click(list(arguments))
    assert plainly is not None


@pytest.mark.parametrize(
    "arguments",
    [
        *((), ("--version",), ("rules",), ("check",), ("check", "rules"), ("nothing-here",), ("--", FILE)),
        *(
            (FILE, "--fail-on", "errors"),
            (FILE, "--jobs", "0"),
            (FILE, "--cache-dir", " "),
            (FILE, "--qiet"),
            (FILE, "-o"),
            (FILE, "-o", "--quiet"),
        ),
    ],
)
def test_what_may_be_wrong_is_left_to_click(arguments: tuple[str, ...]) -> None:
    assert plain.read_plain(arguments) is None


@pytest.mark.parametrize(("value", "left"), [(None, False), ("1", False), ("0", True), ("yes", True), ("", True)])
def test_the_variable_against_the_cache_is_read_as_click_reads_it(
    value: str | None, left: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REPORTLINT_NO_CACHE", raising=False)
    if value is not None:
        monkeypatch.setenv("REPORTLINT_NO_CACHE", value)
    asked = plain.read_plain([FILE])
    assert asked is None if left else asked == by_click([FILE])


def test_completion_is_left_to_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_REPORTLINT_COMPLETE", "bash_complete")
    assert plain.read_plain([FILE]) is None


def test_a_file_that_is_called_like_a_command_is_checked_when_it_is_named_as_one(tmp_path: Path) -> None:
    (tmp_path / "rules").write_text(SOUND, "utf-8")
    assert b"1 file checked" in run("check", "rules", cwd=tmp_path).stdout
    assert b"row-total" in run("rules", cwd=tmp_path).stdout


def test_a_sound_report_needs_none_of_these(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    code = (
        "import os, sys\nfrom reportlint.__main__ import main\nsys.argv[1:] = ['a.txt', '--no-cache']\n"
        f"os._exit = lambda status: print([m for m in {NOT_NEEDED} if m in sys.modules])\nmain()"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@record
class Counted:
    """A record as the code writes them."""

    name: str
    times: int = 1
    seen: list[str] = field(default_factory=list)

    @property
    def twice(self) -> int:
        return self.times * 2


@record
class Held:
    """One that keeps what it computed."""

    times: int

    @cached_property
    def twice(self) -> list[int]:
        return [self.times * 2]


def test_a_record_is_made_changed_and_compared_as_a_dataclass_is() -> None:
    one, other = Counted("a"), Counted("a", seen=["x"])
    assert (one.times, one.seen, one.twice) == (1, [], 2)
    one.seen.append("x")
    assert one == other
    assert Counted("b").seen == []
    assert replace(one, times=3) == Counted("a", 3, ["x"]) != one
    held = Held(2)
    assert held.twice is held.twice
    assert held == Held(2) == replace(held)
    assert repr(one) == "Counted(name='a', times=1, seen=['x'])"
    with pytest.raises(TypeError):
        replace(one, tmies=3)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Counted()  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        one.tmies = 3  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        hash(one)
