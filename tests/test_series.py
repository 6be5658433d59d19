"""Several reports in one run: successive years, a parent and its children, near copies."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import program
from tests.chains import as_text, chain
from tests.reports import Block, row
from tests.test_webpage import page, whole
from tests.word import document

YEARS = [2021, 2022, 2023]


def run(folder: Path, *args: str, cwd: Path | None = None) -> tuple[list[dict[str, Any]], str, int]:
    """The findings of a run as JSON objects with their file's name, standard error, exit status."""
    done = program.run(folder, "--output-format", "json", "--lang", "en", *args, cwd=cwd)
    files = json.loads(done.stdout)["files"] if done.stdout else []
    found = [{**d, "file": Path(f["path"]).name} for f in files for d in f["diagnostics"]]
    return found, done.stderr.decode(), done.returncode


def write(folder: Path, made: dict[int, list[Block]], organ: str = "青湖县") -> None:
    for year, blocks in made.items():
        (folder / f"{year}.txt").write_text(as_text(blocks, year, organ=organ), "utf-8")


def move(blocks: list[Block], key: str, other: str, column: int, by: int) -> None:
    """Change a figure and its total, and another row by as much the other way: every sum still holds."""
    for at in (column, 6):
        own, against = row(blocks, key).figures, row(blocks, other).figures
        own[at], against[at] = str(int(own[at]) + by), str(int(against[at]) - by)


@pytest.mark.parametrize("seed", range(8))
def test_a_sound_chain_has_no_finding(tmp_path: Path, seed: int) -> None:
    write(tmp_path, chain(YEARS, seed=seed * 10))
    assert run(tmp_path) == ([], "", 0)


@pytest.mark.parametrize("column", range(6))
def test_one_carried_figure_is_one_finding_with_both_files(tmp_path: Path, column: int) -> None:
    made = chain(YEARS, seed=column)
    move(made[2022], "R_CARRIED_OVER", "R_NEW", column, 3)
    write(tmp_path, made)
    found, _, status = run(tmp_path)
    assert status == 1
    assert [(f["rule"], f["file"]) for f in found] == [("carry-over", "2022.txt")]
    (finding,) = found
    (label,) = finding["labels"]
    assert Path(label["path"]).name == "2021.txt"
    here, there = (tmp_path / name for name in ("2022.txt", "2021.txt"))
    assert here.read_text("utf-8").splitlines()[finding["line"] - 1].startswith("二、上年结转")
    assert there.read_text("utf-8").splitlines()[label["line"] - 1].startswith("四、结转下年度")
    assert f"2021.txt:{label['line']}" in finding["message"]
    line = there.read_text("utf-8").splitlines()[label["line"] - 1]
    assert line[label["column"] - 1 : label["end_column"] - 1] == row(made[2021], "R_FORWARD").figures[column]


def test_the_other_side_changed_is_one_finding_too(tmp_path: Path) -> None:
    made = chain(YEARS, seed=3)
    move(made[2022], "R_FORWARD", "R_NEW", 0, 2)
    for at in (0, 6):  # 一 + 二 = 三 + 四 holds again
        new = row(made[2022], "R_NEW").figures
        new[at] = str(int(new[at]) + 4)
    write(tmp_path, made)
    found, _, _ = run(tmp_path)
    assert [(f["rule"], f["file"]) for f in found] == [("carry-over", "2023.txt")]


def test_text_output_shows_the_line_of_the_other_file(tmp_path: Path) -> None:
    made = chain(YEARS, seed=1)
    move(made[2022], "R_CARRIED_OVER", "R_NEW", 0, 3)
    write(tmp_path, made)
    out = program.run(tmp_path, "--lang", "zh").stdout.decode()
    assert "2022.txt:" in out
    assert f"::: {tmp_path / '2021.txt'}:" in out
    assert "四、结转下年度继续办理 |" in out
    assert "上年报告的结转下年度" in out


def test_stock_and_flow(tmp_path: Path) -> None:
    made = chain(YEARS, seed=2)
    figures = row(made[2023], "R_NORMATIVE").figures
    right = figures[2]
    figures[2] = str(int(right) + 1)
    write(tmp_path, made)
    found, _, _ = run(tmp_path)
    # The prose of 2023 does not state it, so only the other report contradicts.
    assert [(f["rule"], f["file"], f["severity"]) for f in found] == [("stock-flow", "2023.txt", "warning")]
    assert f"it comes to {right}" in found[0]["message"]
    assert found[0]["notes"][0].endswith(f"= {right}, stated {int(right) + 1}")


def test_a_stock_that_was_wrong_last_year_is_blamed_once(tmp_path: Path) -> None:
    made = chain(YEARS, seed=2)
    figures = row(made[2022], "R_NORMATIVE").figures
    figures[2] = str(int(figures[2]) + 5)
    write(tmp_path, made)
    found = [f for f in run(tmp_path)[0] if f["rule"] == "stock-flow"]
    assert [f["file"] for f in found] == ["2022.txt"]


@pytest.mark.parametrize("title", ["二〇二二年青湖县", "青湖县二○二二年", "青湖县人民政府办公室关于青湖县2022年度"])
def test_titles_that_name_year_and_organ_otherwise(tmp_path: Path, title: str) -> None:
    made = chain([2021, 2022], seed=4)
    move(made[2022], "R_CARRIED_OVER", "R_NEW", 0, 3)
    write(tmp_path, made)
    path = tmp_path / "2022.txt"
    _, rest = path.read_text("utf-8").split("\n", 1)
    path.write_text(f"{title}政府信息公开工作年度报告\n{rest}", "utf-8")
    found = run(tmp_path)[0]
    assert [f["rule"] for f in found] == ["carry-over"]


def test_an_absent_year_is_told(tmp_path: Path) -> None:
    made = chain(YEARS, seed=2)
    del made[2022]
    write(tmp_path, made)
    found, errors, status = run(tmp_path)
    assert (found, status) == ([], 0)
    assert "青湖县: no report between 2021" in errors
    assert "2023" in errors


@pytest.mark.parametrize("name", ["青湖县人民政府", "青湖县政府", "青湖县", "云山市青湖县", "中共青湖县", "青湖县本级"])
def test_an_organ_is_told_by_any_of_its_names(tmp_path: Path, name: str) -> None:
    made = chain([2021, 2022], seed=4)
    move(made[2022], "R_CARRIED_OVER", "R_NEW", 0, 3)
    write(tmp_path, made)
    path = tmp_path / "2022.txt"
    title, rest = path.read_text("utf-8").split("\n", 1)
    path.write_text(f"{name}2022年度政府信息公开工作年度报告\n{rest}", "utf-8")
    assert [f["rule"] for f in run(tmp_path)[0]] == ["carry-over"], title


def test_another_organ_is_not_compared(tmp_path: Path) -> None:
    first, second = chain([2021], seed=1), chain([2022], seed=2)
    write(tmp_path, first)
    write(tmp_path, second, organ="白溪县")
    assert run(tmp_path) == ([], "", 0)


def test_a_copy_in_another_format_that_fits_is_enough(tmp_path: Path) -> None:
    made = chain([2021, 2022], seed=5)
    write(tmp_path, made)
    other = chain([2021], seed=7)
    (tmp_path / "old.txt").write_text(as_text(other[2021], 2021), "utf-8")
    assert run(tmp_path)[0] == []


def family(folder: Path, text: str) -> None:
    """A county with two towns, and a configuration."""
    (folder / "towns").mkdir()
    write(folder, chain([2022], seed=1))
    for number, town in enumerate(("青石镇", "柳河镇")):
        blocks = chain([2022], seed=20 + number)[2022]
        for line in (line for block in blocks for line in block.rows):
            line.figures = ["0"] * len(line.figures)
        for key in ("R_NEW", "R_GRANTED", "R_TOTAL"):
            row(blocks, key).figures[0] = row(blocks, key).figures[6] = "2"
        (folder / "towns" / f"{town}.txt").write_text(
            as_text(blocks, 2022, organ=town, style="respectively" if number else "outcomes"), "utf-8"
        )
    (folder / "reportlint.toml").write_text(text, "utf-8")


STATED = [
    '[[families]]\nfolder = "."\n',
    '[[families]]\nparent = "2022.txt"\nchildren = ["towns/*.txt"]\n',
    '[[families]]\nparent = "青湖县人民政府"\nchildren = ["青石镇", "柳河镇政府"]\n',
]


@pytest.mark.parametrize("stated", STATED)
def test_a_parent_that_has_more_is_sound(tmp_path: Path, stated: str) -> None:
    family(tmp_path, stated)
    assert run(tmp_path)[0] == []


@pytest.mark.parametrize("stated", STATED)
def test_a_parent_that_has_less(tmp_path: Path, stated: str) -> None:
    family(tmp_path, stated)
    county = tmp_path / "2022.txt"
    lines = county.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("行政许可 |"))
    lines[at] = "行政许可 | 3 |"
    county.write_text("\n".join(lines), "utf-8")
    for town, count in (("青石镇", 1), ("柳河镇", 4)):
        path = tmp_path / "towns" / f"{town}.txt"
        path.write_text(path.read_text("utf-8").replace("行政许可 | 0", f"行政许可 | {count}"), "utf-8")
    found = [f for f in run(tmp_path)[0] if f["rule"] == "parent-total"]
    assert [(f["file"], f["line"]) for f in found] == [("2022.txt", at + 1)]
    assert [Path(label["path"]).name for label in found[0]["labels"]] == ["柳河镇.txt", "青石镇.txt"]
    assert "add up to 5" in found[0]["message"]
    assert (found[0]["cell"]["row_label"], found[0]["cell"]["value"]) == ("行政许可", 3)


def test_a_complete_family_must_be_equal(tmp_path: Path) -> None:
    family(tmp_path, STATED[0] + "complete = true\n")
    (found,) = run(tmp_path)[0]
    assert found["rule"] == "parent-total"
    assert "cells do not go with the reports of its 2 children" in found["message"], "one cause, one finding"


def test_an_absent_child_is_named(tmp_path: Path) -> None:
    family(tmp_path, '[[families]]\nparent = "青湖县"\nchildren = ["青石镇", "东岭镇"]\ncomplete = true\n')
    assert run(tmp_path)[0] == [], "nothing can be said while a child is absent"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[family]]\nfolder = '.'\n", "reportlint.toml:1: family is no key; did you mean families?"),
        ("[[families]]\nfolders = '.'\n", "families.folders is no key; did you mean folder?"),
        ("[[families]]\n", "families needs either a folder, or a parent and its children"),
        ("[[families]]\nparent = 'a'\n", "families needs either a folder, or a parent and its children"),
        ("[[families]]\nfolder = 3\n", "families.folder takes a text, not 3"),
        ("families = 'x'\n", "families takes a list, not 'x'"),
        ("[rule.similar-report]\nthreshold = 2\n", "threshold takes a number from 0.5 to 1, not 2"),
        ("[rule.similar]\n", "rule.similar is no key; did you mean similar-report?"),
        ("families = [\n", "reportlint.toml: is no TOML: "),
    ],
)
def test_a_wrong_configuration_is_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, chain([2022]))
    (tmp_path / "reportlint.toml").write_text(text, "utf-8")
    _, errors, status = run(tmp_path)
    assert status == 2
    assert said in errors
    assert "Traceback" not in errors
    assert run(tmp_path, "--isolated")[2] == 0


def test_near_copies(tmp_path: Path) -> None:
    pytest.importorskip("rensa")
    made = chain([2021, 2022], seed=6)
    for year, blocks in made.items():
        (tmp_path / f"{year}.txt").write_text(as_text(blocks, year, style="county"), "utf-8")
    other = chain([2022], seed=9)[2022]
    (tmp_path / "白溪.txt").write_text(as_text(other, 2022, organ="白溪县", style="bureau"), "utf-8")
    found = run(tmp_path)[0]
    assert [(f["rule"], f["severity"], f["file"]) for f in found] == [("similar-report", "info", "2022.txt")]
    assert Path(found[0]["labels"][0]["path"]).name == "2021.txt"
    assert "its own report for 2021" in found[0]["message"]
    path = tmp_path / "2022.txt"
    path.write_text(path.read_text("utf-8").replace("优化政府网站栏目", "新设惠企政策专栏"), "utf-8")
    assert [f["rule"] for f in run(tmp_path)[0]] == ["similar-report"]
    (tmp_path / "reportlint.toml").write_text("[rule.similar-report]\nthreshold = 1\n", "utf-8")
    assert run(tmp_path)[0] == []


def test_pipes_are_read_once(tmp_path: Path) -> None:
    made = chain([2021, 2022], seed=1)
    move(made[2022], "R_CARRIED_OVER", "R_NEW", 0, 3)
    write(tmp_path, made)
    script = f'"{sys.executable}" -m reportlint <(cat "$0") <(cat "$1") --lang en'
    paths = [str(tmp_path / f"{year}.txt") for year in made]
    done = subprocess.run(["bash", "-c", script, *paths], capture_output=True, check=False, timeout=600)
    assert done.stderr == b""
    assert "error[carry-over]" in done.stdout.decode()
    assert "四、结转下年度继续办理 |" in done.stdout.decode()


def test_standard_input_named_like_a_file(tmp_path: Path) -> None:
    made = chain([2021, 2022], seed=1)
    move(made[2022], "R_CARRIED_OVER", "R_NEW", 0, 3)
    write(tmp_path, made)
    name = str(tmp_path / "2022.txt")
    data = (tmp_path / "2021.txt").read_bytes()
    done = program.run(name, "-", "--stdin-filename", name, "--output-format", "json", data=data)
    files = json.loads(done.stdout)["files"]
    assert [(f["year"], [d["rule"] for d in f["diagnostics"]]) for f in files] in (
        [(2021, []), (2022, ["carry-over"])],
        [(2022, ["carry-over"]), (2021, [])],
    )


def test_one_file_by_two_paths_is_one_file(tmp_path: Path) -> None:
    write(tmp_path, chain([2022], seed=1))
    (tmp_path / "link").symlink_to(tmp_path)
    done = program.run("2022.txt", "./2022.txt", "link/2022.txt", "--output-format", "json", cwd=tmp_path)
    assert len(json.loads(done.stdout)["files"]) == 1


def test_a_rule_over_several_reports_needs_several(tmp_path: Path) -> None:
    write(tmp_path, chain([2022], seed=1))
    found, errors, status = run(tmp_path / "2022.txt", "--select", "carry-over")
    assert (found, status) == ([], 0)
    assert "carry-over compares several reports" in errors
    found, errors, status = run(tmp_path / "2022.txt", "--select", "carry-over", "--ignore", "carry-over")
    assert (found, errors, status) == ([], "", 0)


def test_configurations_are_looked_for_upwards_of_each_file(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    write(tmp_path / "b", chain([2022], seed=1))
    (tmp_path / "a" / "reportlint.toml").write_text("wrong = 1\n", "utf-8")
    assert run(Path("../b/2022.txt"), cwd=tmp_path / "a")[2] == 0
    for text in ("tool = 1\n", "[tool]\nreportlint = 3\n", "[[tool.reportlint]]\n"):
        (tmp_path / "b" / "pyproject.toml").write_text(f"{text}# [tool.reportlint\n", "utf-8")
        _, errors, status = run(tmp_path / "b")
        assert "Traceback" not in errors
        assert status in (0, 2)


def test_a_folder_with_brackets_in_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "[2022]"
    folder.mkdir()
    family(folder, STATED[1])
    county = folder / "2022.txt"
    text = county.read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("行政许可 |"))
    county.write_text(text.replace(line, "行政许可 | 3 |"), "utf-8")
    town = folder / "towns" / "青石镇.txt"
    town.write_text(town.read_text("utf-8").replace("行政许可 | 0", "行政许可 | 9"), "utf-8")
    assert "parent-total" in {f["rule"] for f in run(folder)[0]}


def test_one_report_in_several_formats_is_one_report(tmp_path: Path) -> None:
    series = Path(__file__).parents[1] / "examples" / "series"
    for year in (2021, 2022):
        text = (series / f"baixi-{year}.txt").read_text("utf-8")
        if year == 2022:
            row = next(line for line in text.splitlines() if line.startswith("二、上年结转"))
            text = text.replace(row, "二、上年结转政府信息公开申请数量 | 9 | 0 | 0 | 0 | 0 | 0 | 9 |")
        (tmp_path / f"{year}.txt").write_text(text, "utf-8")
        (tmp_path / f"{year}.docx").write_bytes(document(text))
        (tmp_path / f"{year}年报.html").write_text(whole(page(text)), "utf-8")
    found, _, _ = run(tmp_path)
    assert [d["rule"] for d in found].count("carry-over") == 1


def repository(folder: Path) -> dict[int, list[Block]]:
    """A repository with three years of 青湖县 and of 白溪县; 2022 of each begins with another figure than 2021 left."""
    (folder / ".git").mkdir()
    made = chain(YEARS, seed=1)
    move(made[2022], "R_CARRIED_OVER", "R_NEW", 0, 3)
    for organ in ("青湖县", "白溪县"):
        for year, blocks in made.items():
            path = folder / str(year) / f"{organ}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(as_text(blocks, year, organ=organ).replace("六、其他", "六、其它"), "utf-8")
    return made


@pytest.mark.parametrize(("named", "at"), [("2022", "2022"), ("2021", "2022")])
def test_siblings_are_read_and_only_what_touches_a_named_report_is_told(tmp_path: Path, named: str, at: str) -> None:
    repository(tmp_path)
    done = program.run(
        f"{named}/青湖县.txt", "--with-siblings", "--output-format", "json", "--lang", "en", cwd=tmp_path
    )
    files = json.loads(done.stdout)["files"]
    found = [(d["rule"], f["path"]) for f in files for d in f["diagnostics"]]
    typo = ("heading-typo", f"{named}/青湖县.txt")
    assert sorted(found) == sorted([("carry-over", f"{at}/青湖县.txt"), typo])
    others = ", ".join(f"{year}/青湖县.txt" for year in YEARS if str(year) != named)
    assert done.stderr.decode() == f"reportlint: compared with the organ's other reports: {others}\n"


def test_siblings_of_which_none_touches(tmp_path: Path) -> None:
    repository(tmp_path)
    done = program.run("2023/青湖县.txt", "--with-siblings", "--select", "carry-over", "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"2021/" in done.stderr
    (tmp_path / "2023" / "青湖县.txt").rename(tmp_path / "alone.txt")
    for path in (*tmp_path.glob("202?/青湖县.txt"),):
        path.unlink()
    done = program.run("alone.txt", "--with-siblings", "--quiet", "--lang", "zh", "--fail-on", "never", cwd=tmp_path)
    assert done.stderr.decode() == "reportlint: 没有找到同一单位的其他报告，没有逐年核对\n"


def test_siblings_with_what_writes(tmp_path: Path) -> None:
    repository(tmp_path)
    done = program.run("2023/青湖县.txt", "--with-siblings", "--fix", "--lang", "en", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"reportlint: --with-siblings goes with checks only")


def county(root: Path, **families: object) -> str:
    """A county with too small a figure and its two towns, and what a run over all says of families."""
    blocks = chain([2022], seed=3)[2022]
    for path, organ in (
        ("县/2022.txt", "青湖县"),
        ("东塘/2022.txt", "青湖县东塘镇"),
        ("西塘/2022.txt", "青湖县西塘镇"),
    ):
        target = root / "reports" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(as_text(blocks, 2022, organ=organ), "utf-8")
    keys = "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in families.items())
    (root / "reportlint.toml").write_text(f"[[families]]\n{keys}\n", "utf-8")
    done = program.run("reports", "--select", "parent-total", "--output-format", "concise", "--lang", "en", cwd=root)
    return "found" if b"[parent-total]" in done.stdout else done.stderr.decode().strip().removeprefix("reportlint: ")


NO_MATCH = "families in the configuration: no report matches "


@pytest.mark.parametrize(
    ("parent", "children", "said"),
    [
        ("青湖县", ["青湖县东塘镇", "青湖县西塘镇"], "found"),
        ("青湖县", ["东塘镇", "西塘镇"], "found"),
        ("青湖县", ["*镇"], "found"),
        ("青湖县", ["青湖县*镇"], "found"),
        ("青湖县", ["reports/*塘/"], "found"),
        ("青湖县", ["reports/*/*.txt"], "found"),
        ("reports/县/", ["*镇"], "found"),
        ("青湖县", ["*镇人民政府"], "found"),
        ("青湖县", ["*乡人民政府"], f"{NO_MATCH}*乡人民政府"),
        ("青湖县", ["*乡"], f"{NO_MATCH}*乡"),
        ("青湖线", ["*镇", "柳叶镇"], f"{NO_MATCH}青湖线, 柳叶镇"),
    ],
)
def test_how_a_family_may_be_stated(parent: str, children: list[str], said: str, tmp_path: Path) -> None:
    assert county(tmp_path, parent=parent, children=children) == said


@pytest.mark.parametrize("folder", ["rapports", "reports"])
def test_a_folder_that_holds_no_family_is_told(folder: str, tmp_path: Path) -> None:
    assert county(tmp_path, folder=folder) == (
        f"families in the configuration: {folder} needs the parent's reports directly in it and its children's in "
        "folders below"
    )


def test_a_name_that_may_be_two_organs_is_told(tmp_path: Path) -> None:
    county(tmp_path, folder="x")
    blocks = chain([2022], seed=3)[2022]
    (tmp_path / "reports" / "d.txt").write_text(as_text(blocks, 2022, organ="白溪县东塘镇"), "utf-8")
    said = county(tmp_path, parent="青湖县", children=["西塘镇", "东塘镇"])
    assert said == "families in the configuration: 东塘镇 may be 白溪县东塘镇, 青湖县东塘镇; write it in full"


def test_a_family_of_which_the_run_has_nothing_is_not_told(tmp_path: Path) -> None:
    assert county(tmp_path, parent="白溪县", children=["白溪县甲镇"]) == ""


def test_siblings_under_a_longer_name_and_of_standard_input(tmp_path: Path) -> None:
    made = chain(YEARS, seed=1)
    move(made[2022], "R_CARRIED_OVER", "R_NEW", 0, 3)
    for year, organ in ((2021, "青湖县"), (2022, "云山市青湖县")):
        (tmp_path / f"{year}.txt").write_text(as_text(made[year], year, organ=organ), "utf-8")
    for name in ("2021.txt", "2022.txt"):
        done = program.run(name, "--with-siblings", "--select", "carry-over", cwd=tmp_path)
        assert b"carry-over" in done.stdout, name
    held = (tmp_path / "2022.txt").read_bytes()
    args = ("-", "--stdin-filename", "2022.txt", "--with-siblings", "--select", "carry-over")
    assert b"carry-over" in program.run_apart(*args, data=held, cwd=tmp_path).stdout
    named = program.run(".", "--with-siblings", "--select", "carry-over", "--lang", "en", cwd=tmp_path)
    assert b"no other report" not in named.stderr
    (tmp_path / "2021.txt").unlink()
    alone = program.run("2022.txt", "--with-siblings", "--lang", "en", cwd=tmp_path)
    assert b"no other report of the organ was found" in alone.stderr


def test_what_two_documents_show_has_its_place_in_words(tmp_path: Path) -> None:
    made = chain([2021, 2022], seed=1)
    move(made[2022], "R_CARRIED_OVER", "R_NEW", 0, 3)
    for year, blocks in made.items():
        (tmp_path / f"{year}.docx").write_bytes(document(as_text(blocks, year)))
    done = program.run(".", "--output-format", "json", "--select", "carry-over", cwd=tmp_path)
    (found,) = [d for file in json.loads(done.stdout)["files"] for d in file["diagnostics"]]
    assert found["origin"]["table"]
    assert found["origin"]["cell"]
