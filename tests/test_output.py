"""What people see, pinned as golden files. UPDATE_GOLDEN=1 writes them anew."""

import io
import itertools
import json
import os
import re
from pathlib import Path

import jsonschema
import pytest
from rich.cells import cell_len

from reportlint.diagnostics import Span
from reportlint.output import make
from reportlint.output.excerpt import excerpt
from reportlint.parse.read import read_report
from reportlint.results import FileResult, Options, Summary
from reportlint.rules import all_rules
from reportlint.run.analysis import Analysis
from reportlint.run.linter import lint
from reportlint.source import Source
from tests.program import run
from tests.reports import draft, render
from tests.word import document

ROOT = Path(__file__).parents[1]
SAMPLE = "examples/faulty/qinghu-2022.txt"
RUNS = {
    "text-zh-80.txt": (["--lang", "zh"], 80),
    "text-en-120.txt": (["--lang", "en"], 120),
    "concise-en.txt": (["--lang", "en", "--output-format", "concise", "--statistics"], 80),
    "faulty.json": (["--lang", "en", "--output-format", "json"], 80),
    "faulty.jsonl": (["--lang", "zh", "--output-format", "jsonl"], 80),
    "faulty.html": (["--lang", "zh", "--output-format", "html"], 80),
    "faulty.sarif": (["--lang", "en", "--output-format", "sarif"], 80),
    "github.txt": (["--lang", "zh", "--output-format", "github"], 80),
    "gitlab.json": (["--lang", "zh", "--output-format", "gitlab"], 80),
    "junit.xml": (["--lang", "zh", "--output-format", "junit"], 80),
    "checkstyle.xml": (["--lang", "en", "--output-format", "checkstyle"], 80),
    "rdjson.json": (["--lang", "zh", "--output-format", "rdjson"], 80),
    "lsp.jsonl": (["--lang", "zh", "--output-format", "lsp"], 80),
}


@pytest.mark.parametrize("name", RUNS)
def test_golden(name: str) -> None:
    args, width = RUNS[name]
    done = run(SAMPLE, *args, cwd=ROOT, COLUMNS=str(width))
    text = re.sub(r"\d+\.\d\d( s\n| 秒)", r"0.00\1", done.stdout.decode())
    text = text.replace(ROOT.as_uri(), "file:///reportlint")
    # The page's own style and script are files of their own.
    text = re.sub(r"(?s)(<style>|<script>).*?(</style>|</script>)", r"\1\2", text)
    text = re.sub(r"'sha256-[^']*'", "'sha256'", text)
    golden = ROOT / "tests" / "output" / name
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def rendered(text: str, width: int, *, show_all: bool = False) -> str:
    source = Source("报告.txt", text)
    report = read_report(source)
    found = tuple(lint(report, all_rules(), "zh"))
    stream = io.StringIO()
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = str(width)
    try:
        output = make("text", stream, Options("zh", show_all=show_all))
    finally:
        os.environ.pop("COLUMNS")
        if before is not None:
            os.environ["COLUMNS"] = before
    output.file(FileResult("报告.txt", source, found, lambda: Analysis(report)))
    summary = Summary()
    summary.add(found)
    output.end(summary)
    return stream.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_excerpts_fit_and_carets_stand_under_the_fault(width: int) -> None:
    text = render(draft()).text.replace(
        "没有收取", "没有" + "很长的话，" * 80 + "[红]:smile:𠮷😀\u200b\t没有收取（" + "收费情况，" * 60
    )
    shown = rendered(text, width, show_all=True).splitlines()
    carets = 0
    for line, under in itertools.pairwise(shown):
        match = re.match(r"( +\| +)(\^+)$", under)
        if match:
            carets += 1
            assert cell_len(line) <= width
            cells = "".join(c * cell_len(c) for c in line)
            fault = cells[len(match[1]) : len(match[1]) + len(match[2])]
            assert "（" in fault or "U+200B" in fault
    assert carets == 2


def test_report_text_is_no_markup() -> None:
    assert "[bold]:smile:[/bold]" in rendered(
        render(draft()).text.replace("没有收取", "[bold]:smile:[/bold]（没有收取"), 120
    )


def test_a_rule_that_fires_often_shows_three_places_and_a_count() -> None:
    text = render(draft()).text.replace("，", ",,")
    shown = rendered(text, 80)
    assert shown.count("警告[doubled-punctuation]") == 3
    total = rendered(text, 80, show_all=True).count("警告[doubled-punctuation]")
    assert f"doubled-punctuation：还有 {total - 3} 处未显示；加 --all 全部显示" in shown


def test_excerpt_shows_what_cannot_be_seen() -> None:
    text = "a\tb\u200bc\udcffd\x00"
    shown = excerpt(text, Span(0, len(text)), Span(3, 4), 80)
    assert shown.text == "a\u2409b<U+200B>c\\xffd<U+0000>"
    assert (shown.indent, shown.length) == (3, 8)


def test_no_colour_in_a_pipe() -> None:
    assert "\x1b" not in rendered(render(draft()).text.replace("六、其他", "六、其它"), 80)


def test_json_keeps_to_its_schema(tmp_path: Path) -> None:
    """docs/findings.schema.json, over samples of every kind of finding, and over what could not be read."""
    schema = json.loads((ROOT / "docs" / "findings.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    (tmp_path / "broken.txt").write_bytes(b"\0" * 5000)
    (tmp_path / "a.gbk.txt").write_bytes((ROOT / SAMPLE).read_text("utf-8").encode("gb18030"))
    (tmp_path / "b.docx").write_bytes(document((ROOT / SAMPLE).read_text("utf-8")))
    folders = [str(ROOT / "examples"), str(tmp_path)]
    for args in ((), ("--statistics",), ("--by", "organ"), ("--fail-on", "never", "--lang", "zh")):
        value = json.loads(run(*folders, "--output-format", "json", *args).stdout)
        validator.validate(value)
        assert value["problems"]
    found = [d for file in value["files"] for d in file["diagnostics"]]
    for name in ("cell", "fix", "help", "origin"):
        assert any(one[name] for one in found), name
    assert set(value["rules"]) == {one["rule"] for one in found}
    assert value["rules"]["late-date"].startswith("落款")
    assert any("path" in label for one in found for label in one["labels"])
    fixed = run(str(tmp_path / "a.gbk.txt"), "--fix", "--output-format", "json").stdout
    validator.validate(json.loads(fixed))
    each = {"$ref": "#/$defs/file", "$defs": schema["$defs"]}
    for line in run(*folders, "--output-format", "jsonl").stdout.splitlines():
        jsonschema.Draft202012Validator(each).validate(json.loads(line))
