"""What a start does without: click for arguments that are plain, libraries that only other runs need."""

from __future__ import annotations

import importlib
import os
import py_compile
import subprocess
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint import bytecode
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


def compiled(folder: Path, name: str, text: str) -> Path:
    """A module with its bytecode."""
    path = folder / f"{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    made = py_compile.compile(str(path), doraise=True, invalidation_mode=py_compile.PycInvalidationMode.TIMESTAMP)
    assert made is not None
    return Path(made)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of one module and one package, of which the first is found as reportlint's own modules are."""
    folder = tmp_path / "finderpack"
    compiled(folder, "__init__", "")
    cached = compiled(folder, "colours", "RED = 'red'\n")
    compiled(folder / "inner", "__init__", "DEEP = True\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    finder = bytecode.Finder("finderpack", cached.name.removeprefix("colours"))
    monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == "finderpack"]:
        del sys.modules[name]


def found_by(name: str) -> str:
    """What kind of loader a module of the package has, once imported."""
    return type(importlib.import_module(f"finderpack.{name}").__loader__).__module__


def test_modules_are_imported_from_their_bytecode(package: Path) -> None:
    assert found_by("colours") == found_by("inner") == "reportlint.bytecode"
    colours, inner = sys.modules["finderpack.colours"], sys.modules["finderpack.inner"]
    assert (colours.RED, colours.__file__) == ("red", str(package / "colours.py"))
    assert (inner.DEEP, list(inner.__path__)) == (True, [str(package / "inner")])


def test_a_module_that_was_edited_is_compiled_anew(package: Path) -> None:
    (package / "colours.py").write_text("RED = 'crimson'\n", encoding="utf-8")
    assert found_by("colours") != "reportlint.bytecode"
    assert sys.modules["finderpack.colours"].RED == "crimson"


def test_a_module_touched_later_is_compiled_anew(package: Path) -> None:
    os.utime(package / "colours.py", (2**31, 2**31))
    assert found_by("colours") != "reportlint.bytecode"


@pytest.mark.parametrize("keep", [0, 10, 16, 30])
def test_bytecode_that_was_cut_is_not_used(package: Path, keep: int) -> None:
    cached = next((package / "__pycache__").glob("colours.*"))
    cached.write_bytes(cached.read_bytes()[:keep])
    finder = sys.meta_path[0]
    assert finder.find_spec("finderpack.colours", [str(package)]) is None


def test_bytecode_of_another_interpreter_is_not_used(package: Path) -> None:
    cached = next((package / "__pycache__").glob("colours.*"))
    cached.write_bytes(b"\0\0\r\n" + cached.read_bytes()[4:])
    assert found_by("colours") != "reportlint.bytecode"


def test_a_run_imports_its_modules_from_their_bytecode(tmp_path: Path) -> None:
    told = "import sys\nfrom reportlint import __main__ as program\nprogram._end = print\nprogram.main()\n"
    told += "print(type(sys.modules['reportlint.model'].__loader__).__module__)"
    (tmp_path / "report.txt").write_text(SOUND, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    for _ in range(2):
        command = [sys.executable, "-c", told, "--no-cache", "report.txt"]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "reportlint.bytecode"
