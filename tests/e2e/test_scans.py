"""Scans: what OCR reads of printed pages has the findings of their text."""

from __future__ import annotations

import importlib.util
import io
import json
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from reportlint.diagnostics import Diagnostic, Recognition, Span
from reportlint.parse.read import read_report
from reportlint.readers import read_data, read_pages
from reportlint.rules import all_rules
from reportlint.run import scanned
from reportlint.run.linter import lint
from reportlint.source import Source, UnreadableFile
from tests.e2e.programs import program
from tests.program import run
from tests.reports import draft, render

pytestmark = pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason="the extra ocr is not installed")
GROUPS = ("section", "arithmetic", "consistency")
SOUND = render(draft("2021", size="small")).text


def _faulty() -> str:
    lines = SOUND.splitlines()
    at = next(n for n, line in enumerate(lines) if "（一）予以公开" in line)
    cells = lines[at].split(" | ")
    cells[-1] = str(int(cells[-1].strip(" |")) + 40)
    lines[at] = " | ".join(cells)
    return "\n".join(lines) + "\n"


@cache
def pages(text: str, folder: Path, without: str = "") -> list[bytes]:
    """A report's pages in print, as pictures at 150 dots per inch; without that heading."""
    import pypdfium2

    (folder / "a.txt").write_text(text, "utf-8")
    made = run("convert", "a.txt", "--to", "html", "--output-file", "a.html", cwd=folder)
    assert made.returncode == 0, made.stderr
    page = (folder / "a.html").read_text("utf-8")
    assert without in page
    (folder / "a.html").write_text(page.replace(without, ""), "utf-8")
    printer = [program("chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run([*printer, "--print-to-pdf=a.pdf", "a.html"], cwd=folder, check=True, capture_output=True)
    found = []
    for page in pypdfium2.PdfDocument(folder / "a.pdf"):
        held = io.BytesIO()
        page.render(scale=150 / 72).to_pil().convert("L").save(held, "PNG")
        found.append(held.getvalue())
    return found


def scan(pictures: list[bytes], turns: Iterator[float]) -> bytes:
    """A PDF file of pictures, each turned by so many degrees."""
    from PIL import Image

    images = [
        Image.open(io.BytesIO(data)).rotate(turn, Image.Resampling.BICUBIC, fillcolor=255)
        for data, turn in zip(pictures, turns, strict=False)
    ]
    held = io.BytesIO()
    images[0].save(held, "PDF", save_all=True, append_images=images[1:], resolution=150)
    return held.getvalue()


def found(source: Source) -> list[tuple[str, str]]:
    return [(d.rule, d.message) for d in lint(read_report(source), all_rules(), "zh")]


def straight() -> Iterator[float]:
    while True:
        yield 0


def askew() -> Iterator[float]:
    while True:
        yield from (1.2, -0.7, 0.4)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scans")


def test_a_sound_report_has_no_finding(folder: Path) -> None:
    source = read_data(scan(pages(SOUND, folder), askew()), "年报.pdf")
    assert found(source) == []
    read = read_report(source)
    text = read_report(Source("a.txt", SOUND))
    assert [[f.value for row in t.rows for f in row.figures] for t in read.tables] == [
        [f.value for row in t.rows for f in row.figures] for t in text.tables
    ]


def test_a_faulty_report_has_those_of_its_text(folder: Path, tmp_path: Path) -> None:
    heading = "五、存在的主要问题及改进情况"
    text = _faulty()
    (tmp_path / "年报.pdf").write_bytes(scan(pages(text, folder, heading), straight()))
    text = text.replace(heading, "")
    done = run("年报.pdf", "--output-format", "json", "--lang", "zh", cwd=tmp_path)
    (held,) = json.loads(done.stdout)["files"]
    ours = [(d["rule"], d["message"]) for d in held["diagnostics"]]
    assert ours == [
        (d.rule, d.message) for d in lint(read_report(Source("a", text)), all_rules(), "zh") if d.group in GROUPS
    ]
    assert {rule for rule, _ in ours} >= {"missing-section", "wrong-figure"}
    assert all(any("OCR" in note for note in d["notes"]) and d["origin"]["page"] for d in held["diagnostics"])
    rows = run("extract", "年报.pdf", "--to", "csv", cwd=tmp_path).stdout.decode()
    assert all(row.split(",")[-2] == "scan" for row in rows.splitlines()[1:])


def test_pictures_that_differ_in_a_number_are_pages_of_one_report(folder: Path, tmp_path: Path) -> None:
    names = []
    for number, data in enumerate(pages(SOUND, folder), start=1):
        names.append(f"扫描-{number}.png")
        (tmp_path / names[-1]).write_bytes(data)
    done = run(*names, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "one report" in done.stderr.decode()
    assert "1 file checked: 0 errors, 0 warnings, 0 infos" in done.stdout.decode()


def test_a_single_page_that_lay_crosswise_is_told_as_a_page(folder: Path, tmp_path: Path) -> None:
    from PIL import Image

    data = next(page for page in pages(SOUND, folder)[1:])
    Image.open(io.BytesIO(data)).rotate(90, expand=True).save(tmp_path / "页.png")
    done = run("页.png", cwd=tmp_path)
    assert "only a page" in done.stderr.decode()
    assert "0 errors, 0 warnings" in done.stdout.decode()


def test_another_reading_that_mends_a_sum_is_told_and_silences_nothing() -> None:
    text = _faulty()
    at = text.index("（一）予以公开")
    end = text.index("\n", at)
    start = max(text.rfind(" ", at, end), text.rfind("|", at, end)) + 1
    right = str(int(text[start:end]) - 40)
    read = Source("a", text, recognitions=(Recognition(Span(start, end), 0.6, right),))

    def check(source: Source) -> list[Diagnostic]:
        return lint(read_report(source), all_rules(), "zh")

    before = check(read)
    after = scanned.told(before, read, "zh", check)
    assert [one.message for one in after] == [one.message for one in before]
    (wrong,) = [one for one in after if one.rule == "wrong-figure"]
    assert any(f"也可能是“{right}”" in note for note in wrong.notes)
    (doubt,) = [one for one in after if one.rule == "uncertain-figure"]
    assert right in doubt.message


def _picture(size: tuple[int, int], shade: int, kind: str = "PNG") -> bytes:
    from PIL import Image

    held = io.BytesIO()
    Image.new("L", size, shade).save(held, kind)
    return held.getvalue()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: _picture((1240, 1754), 255), "读出文字"),
        (lambda: _picture((1240, 1754), 0, "JPEG"), "读出文字"),
        (lambda: _picture((60, 90), 255, "TIFF"), "60×90"),
        (lambda: _picture((1240, 1754), 255)[:900], "已损坏"),
        (lambda: _picture((14000, 13000), 255), "像素太多"),
        (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "已损坏"),
        (lambda: b"II*\0" + b"\xff" * 500, "已损坏"),
    ],
    ids=["white", "black", "tiny", "cut", "bomb", "no PNG", "no TIFF"],
)
def test_hostile_pictures_end_in_a_sentence(make: object, said: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_data(make(), "a.png")  # type: ignore[operator]
    assert said in refused.value.words.zh


def test_what_is_no_picture_is_no_page(tmp_path: Path) -> None:
    for name in ("a1.png", "a2.png"):
        (tmp_path / name).write_bytes(b"text")
    with pytest.raises(UnreadableFile, match="no picture"):
        read_pages([str(tmp_path / name) for name in ("a1.png", "a2.png")])


@pytest.mark.parametrize("name", ["a.tif", "a.txt"])
def test_fixes_never_write_into_a_scan(name: str, folder: Path, tmp_path: Path) -> None:
    from PIL import Image

    first, *others = [Image.open(io.BytesIO(data)) for data in pages(_faulty(), folder)]
    held = io.BytesIO()
    first.save(held, "TIFF", save_all=True, append_images=others)
    (tmp_path / name).write_bytes(held.getvalue())
    done = run(name, "--fix", "--unsafe-fixes", "--output-dir", "out", cwd=tmp_path)
    assert b"wrong-figure" in done.stdout
    assert b"unsafe-fixes" not in done.stdout
    assert not (tmp_path / "out" / name).exists()
    run(name, "--fix", "--unsafe-fixes", cwd=tmp_path)
    assert (tmp_path / name).read_bytes() == held.getvalue()
