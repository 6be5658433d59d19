"""A form of one's own: a grammar and a data file, no Python."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.program import run
from tests.reports import draft, render

FOLDER = Path(__file__).parents[1] / "examples" / "forms"
GRAMMAR = (FOLDER / "service.lark").read_text("utf-8")
DATA = (FOLDER / "service.toml").read_text("utf-8")
SOUND = (FOLDER / "sound.txt").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("service.lark", GRAMMAR), ("service.toml", DATA), ("sound.txt", SOUND)):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def rules(folder: Path, text: str, *args: str) -> list[str]:
    (folder / "t.txt").write_text(text, "utf-8")
    done = run("t.txt", "--form", "service.lark", "--output-format", "json", *args, cwd=folder)
    assert done.stdout, done.stderr.decode()
    return [d["rule"] for d in json.loads(done.stdout)["files"][0]["diagnostics"]]


def layouts(text: str) -> list[str]:
    lines = text.splitlines()
    head = {n for n, line in enumerate(lines) if " | " in line}
    markdown = []
    for number, line in enumerate(lines):
        markdown.append(f"| {line} |" if number in head else line)
        if number in head and number - 1 not in head:
            markdown.append("|---" * (line.count("|") + 1) + "|")
    cells = "\n".join("\n".join(line.split(" | ")) for line in lines)
    return [text, "\n".join(markdown) + "\n", cells, text.replace(" | ", "\t"), re.sub(" [|] ", "   ", text)]


@pytest.mark.parametrize("number", range(5))
def test_a_sound_report_has_no_finding_in_any_layout(folder: Path, number: int) -> None:
    assert rules(folder, layouts(SOUND)[number]) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("二、服务事项办理情况", "二、服务事项办里情况", ["heading-typo"]),
        ("二、服务事项办理情况", "服务事项办理情况", ["section-number"]),
        ("1.按期办结", "1.按其办结", ["label-typo"]),
        ("来信来访 | 1 | 0 | 1\n", "", ["missing-row"]),
        ("来信来访 | 1 | 0 | 1\n", "来信来访 | 1 | 0 | 1\n上门投诉 | 0 | 0 | 0\n", ["unexpected-row"]),
        ("来信来访 | 1 | 0 | 1", "来信来访 | 1 | 0", ["missing-cell"]),
        ("来信来访 | 1 | 0 | 1", "来信来访 | 1 | 0 | 1 | 1", ["extra-cell"]),
        ("来信来访 | 1 | 0 | 1", "来信来访 | 一 | 0 | 1", ["unreadable-number"]),
        ("1.按期办结 | 790", "1.按期办结 | 709", ["wrong-figure"]),
        ("合计 | 817 | 1420 | 65 | 2302", "合计 | 817 | 1420 | 65 | 2320", ["wrong-figure"]),
        ("队伍建设，组织业务培训6次", "作风建设", ["missing-overview-item"]),
        ("便民服务工作年度报告", "便民服务年度报告", ["title-form"]),
        ("2023年便民服务", "便民服务", []),
        ("2024年1月18日", "2023年5月18日", ["late-date"]),
        ("2024年1月18日", "2024年9月18日", []),
        ("推进一网通办。", "推进一网通办。全年收到申请2300件。", []),
        ("2023年便民", "2021年便民", ["year-mismatch"]),
    ],
)
def test_every_generic_rule_works_on_it(folder: Path, old: str, new: str, expected: list[str]) -> None:
    assert old in SOUND
    assert sorted(set(rules(folder, SOUND.replace(old, new)))) == expected


def test_a_report_of_a_year_without_the_form(folder: Path) -> None:
    text = SOUND.replace("2023年", "2021年").replace("2024年", "2022年")
    assert rules(folder, text) == ["wrong-form"]


def test_missing_moved_and_repeated_sections(folder: Path) -> None:
    head, one, two, three = re.split(r"(?=^[一二三]、)", SOUND, flags=re.MULTILINE)
    assert rules(folder, head + one + two) == ["missing-section"]
    assert rules(folder, head + two + one + three) == ["misplaced-section"]
    assert "duplicate-section" in rules(folder, head + one + one + two + three)
    assert rules(folder, head + one + "二、服务事项办理情况\n无。\n" + three) == ["missing-table"]


def test_sums_without_a_single_culprit(folder: Path) -> None:
    one_column = SOUND.replace("1.按期办结 | 790", "1.按期办结 | 791").replace("65 | 2315", "65 | 2316")
    found = rules(folder, one_column)
    assert set(found) <= {"row-total", "results-total", "balance", "wrong-figure"}
    assert found


def test_the_year_decides_between_forms_of_one_kind(folder: Path) -> None:
    old = DATA.replace("[2022, 9999]", "[2018, 2021]").replace('"service"', '"service-2018"')
    (folder / "old.toml").write_text(old, "utf-8")
    (folder / "old.lark").write_text(GRAMMAR.replace("自助终端", "电话办理"), "utf-8")
    (folder / "reportlint.toml").write_text('forms = ["service.lark", "old.lark"]\n', "utf-8")
    (folder / "t.txt").write_text(SOUND.replace("自助终端", "电话办理"), "utf-8")
    value = json.loads(run("t.txt", "--output-format", "json", cwd=folder).stdout)["files"][0]
    assert (value["form"], [d["rule"] for d in value["diagnostics"]]) == ("service-2018", ["wrong-form"])
    assert value["diagnostics"][0]["message"] == "a report for 2023 in the form service-2018, which is for 2018 to 2021"


def test_own_and_national_forms_in_one_run(folder: Path) -> None:
    (folder / "national.txt").write_text(render(draft()).text, "utf-8")
    (folder / "reportlint.toml").write_text('forms = ["service.lark"]\n', "utf-8")
    value = json.loads(run(".", "--output-format", "json", cwd=folder).stdout)
    assert [(f["path"], f["form"], f["organ"], f["diagnostics"]) for f in value["files"]] == [
        ("./national.txt", "2021", "青湖县", []),
        ("./sound.txt", "service", "青湖县便民服务中心", []),
    ]
    assert run("sound.txt", "--isolated", cwd=folder).returncode == 1, "no report without the form"


def test_what_one_year_left_is_compared_with_the_next(folder: Path) -> None:
    later = (
        SOUND.replace("2024", "2025")
        .replace("2023", "2024")
        .replace("（二）上年未办结 | 12 | 8 | 0 | 20", "（二）上年未办结 | 15 | 16 | 0 | 31")
    )
    later = later.replace("（一）本年收件 | 820 | 1430 | 65 | 2315", "（一）本年收件 | 817 | 1422 | 65 | 2304")
    (folder / "2024.txt").write_text(later, "utf-8")
    done = run("sound.txt", "2024.txt", "--form", "service.lark", "--output-format", "concise", "--quiet", cwd=folder)
    (line,) = done.stdout.decode().splitlines()
    assert line.startswith("2024.txt:11:17: error[carry-over]")


def refused(folder: Path, grammar: str = GRAMMAR, data: str = DATA) -> str:
    (folder / "x.lark").write_text(grammar, "utf-8")
    (folder / "x.toml").write_text(data, "utf-8")
    done = run("sound.txt", "--form", "x.lark", cwd=folder)
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    return line.removeprefix("reportlint: cannot use the form ")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("H_MATTERS _notes _opt", "H_MATTERS _prose _prose _opt", r"x\.lark:4: the grammar is ambiguous: at the end of the rule _prose"),
        ("row_late row_declined", "(row_late? row_declined? " + " ".join(f"row_{c}?" for c in "abcdefghij") + ")", r"x\.lark:7: an alternative of the rule table_matters has 12 optional"),
        ("row_late row_declined", " ".join(f"row_{c}*" for c in "abcdefghijkl"), r"x\.lark:7: an alternative of the rule table_matters has 12"),
        ("row_late row_declined", "_big\n_big: row_late row_declined\n\n | " + " ".join(f"row_{c}?" for c in "abcdefghijkl"), r"x\.lark:8: an alternative of the rule _big has 12"),
        ('"2.逾期办结"', '"\\ud800逾期办结"', r"x\.lark:\d+: the wording of R_LATE stands on one line"),
        ("row_late row_declined", "row_late~1..9000 row_declined", r"x\.lark:7: a form does without ~1"),
        ("row_late row_declined", "_some{row_late} row_declined\n_some{x}: x | x _some{_opt{x}}", r"x\.lark:8: a form does without _some\{"),
        ("row_late row_declined", "row_latte row_declined", r"x\.lark:7: row_latte is used but not defined"),
        ('R_LATE: "2.逾期办结"', "", r"x\.lark:13: R_LATE is used but not defined"),
        ('"2.逾期办结"', '"2.逾期办结', r"x\.lark:\d+: is not understood here"),
        ("row_late: R_LATE _figures", "row_late: _figures", r"x\.lark:\d+: the grammar is ambiguous"),
        ("row_late: R_LATE _figures", "row_late: C_KIOSK R_LATE _figures", r"x\.lark:\d+: the rule row_late must begin with its label \(R_…\)"),
        ("row_late: R_LATE _figures", "row_late: R_LATE", r"x\.lark:\d+: the row row_late has no figures"),
        ("row_late row_declined", "row_late row_late row_declined", r"x\.lark:\d+: table_matters has row_late twice"),
        ("row_late", "line_late", r"x\.lark:\d+: the rule line_late begins with R_LATE, so its name must begin with row_"),
        ("section_complaints", "part_complaints", r"x\.lark:\d+: the rule part_complaints begins with H_COMPLAINTS"),
        ("section_", "part_", r"x\.lark:\d+: the rule report names no sections"),
        ("section_overview: H_OVERVIEW _prose", "section_overview: H_OVERVIEW TEXT", r"x\.lark:\d+: the rule section_overview demands text or figures"),
        ("section_overview: H_OVERVIEW _prose", "section_overview: H_OVERVIEW section_overview", r"x\.lark:\d+: "),
        ("section_overview: H_OVERVIEW _prose", "section_overview: H_OVERVIEW _notes row_late", r"x\.lark:\d+: "),
        ('"2.逾期办结"', "/2.逾期/", r"x\.lark:\d+: R_LATE takes one wording in quotation marks"),
        ('"2.逾期办结"', '" "', r"x\.lark:\d+: the wording of R_LATE has no words"),
        ('"2.逾期办结"', '"12"', r"x\.lark:\d+: the wording of R_LATE has no words"),
        ('"2.逾期办结"', '"1.按期办结"', r"x\.lark:\d+: R_\w+ and R_\w+ have the same wording"),
        ('"二、服务事项办理情况"', '"第二章服务事项办理情况"', r"x\.lark:\d+: the heading H_MATTERS must begin with a number such as 一、"),
        ("R_LATE: ", "%ignore R_ALL\nR_LATE: ", r"x\.lark:\d+: a form does without %ignore"),
        ("R_LATE: ", 'R_ALL: "x"\nR_LATE: ', r"x\.lark:\d+: R_ALL is defined twice"),
    ],
)  # fmt: skip
def test_a_wrong_grammar_is_one_sentence(folder: Path, old: str, new: str, said: str) -> None:
    assert old in GRAMMAR
    assert re.match(said, refused(folder, GRAMMAR.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"R_ON_TIME", "R_LATE"', '"R_ON_TIM", "R_LATE"', "x.toml:17: tables.table_matters.sums.sum names R_ON_TIM, which is not there; did you mean R_ON_TIME?"),
        ('"R_LATE", "R_DECLINED"', '"R_LATE"', "x.toml:9: the sums over the rows of table_matters do not know R_DECLINED"),
        ('equals = ["R_DONE"]', 'equals = ["C_TOTAL"]', "x.toml:16: tables.table_matters.sums takes either columns (C_…) or rows, not both"),
        ('["R_RECEIVED", "R_LEFT"]\nequals', '["R_DONE", "R_LEFT"]\nequals', "x.toml:20: tables.table_matters.sums has R_DONE twice"),
        ("[tables.table_complaints]", "[tables.table_complaint]", "x.toml:25: tables.table_complaint is no key; did you mean table_complaints?"),
        ("years = [2022, 9999]", "years = [2022]", "x.toml:3: years takes the first and the last year, such as [2022, 9999]"),
        ("title =", "titel =", "x.toml:4: titel is no key; did you mean title?"),
        ('before = "R_FORWARD:*"', 'before = "R_FORWRD:*"', "x.toml:46: successions.before names R_FORWRD, which is not there; did you mean R_FORWARD?"),
        ("[variants]", "[variants", "x.toml:6: is no TOML: "),
    ],
)  # fmt: skip
def test_a_wrong_data_file_is_one_sentence(folder: Path, old: str, new: str, said: str) -> None:
    assert old in DATA
    assert refused(folder, data=DATA.replace(old, new)).startswith(said)


def test_a_table_needs_its_columns(folder: Path) -> None:
    (folder / "x.lark").write_text(GRAMMAR, "utf-8")
    done = run("sound.txt", "--form", "x.lark", cwd=folder)
    assert done.returncode == 2
    assert b"there is no data file x.toml; it has to state the columns of the table table_matters" in done.stderr


def test_sections_and_rows_may_be_optional(folder: Path) -> None:
    grammar = GRAMMAR.replace("section_matters section_complaints", "section_matters _opt{section_complaints}", 1)
    (folder / "service.lark").write_text(grammar, "utf-8")
    head, _, _ = SOUND.partition("三、")
    assert rules(folder, SOUND) == []
    assert rules(folder, head) == []
    assert rules(folder, SOUND.replace("18 | 11 | 29", "18 | 11 | 99")) == ["wrong-figure"]
    (folder / "service.lark").write_text(GRAMMAR.replace("row_site", "_opt{row_site}", 1), "utf-8")
    assert rules(folder, SOUND) == []
    assert rules(folder, SOUND.replace("18 | 11 | 29", "18 | 11 | 99")) == ["wrong-figure"]
    (folder / "service.lark").write_text(
        GRAMMAR.replace("row_received row_left", "_first").replace(
            "\n_matters_head:", "\n_first: row_received row_left\n_matters_head:"
        ),
        "utf-8",
    )
    assert rules(folder, SOUND) == []
    assert rules(folder, SOUND.replace("（二）上年未办结 | 12", "（二）上年未办结 | 21")) == ["wrong-figure"]


def test_behind_an_optional_section_numbers_may_go_on_or_stay(folder: Path) -> None:
    grammar = GRAMMAR.replace("section_overview section_matters", "section_overview _opt{section_matters}", 1)
    (folder / "service.lark").write_text(grammar, "utf-8")
    head, one, _, three = re.split(r"(?=^[一二三]、)", SOUND, flags=re.MULTILINE)
    assert rules(folder, head + one + three) == []
    assert rules(folder, head + one + three.replace("三、意见", "二、意见")) == []
    assert rules(folder, head + one + three.replace("三、意见", "四、意见")) == ["section-number"]


def test_a_sum_of_money_keeps_its_decimals(folder: Path) -> None:
    columns = 'columns = ["C_JUSTIFIED", "C_UNJUSTIFIED", "C_TOTAL"]'
    (folder / "service.toml").write_text(DATA.replace(columns, f"{columns}\nmoney{columns[7:]}"), "utf-8")
    text = SOUND.replace("14 | 9 | 23", "14.10 | 9 | 23.10").replace("1 | 0 | 1", "39.70 | 0 | 39.70")
    text = text.replace("18 | 11 | 29", "56.80 | 11 | 67.80")
    assert rules(folder, text) == []
    (folder / "t.txt").write_text(text.replace("| 39.70 | 0 |", "| 39.07 | 0 |"), "utf-8")
    assert run("t.txt", "--form", "service.lark", "--fix", "--unsafe-fixes", cwd=folder).returncode == 0
    assert (folder / "t.txt").read_text("utf-8") == text


def test_a_variant_may_have_its_number(folder: Path) -> None:
    (folder / "service.toml").write_text(DATA.replace('"意见和投诉', '"三、意见和投诉'), "utf-8")
    assert rules(folder, SOUND.replace("三、意见投诉处理", "三、意见和投诉处理")) == []


def test_a_form_of_many_rows_is_refused_soon(folder: Path) -> None:
    rows = [f"row_n{n}" for n in range(2000)]
    grammar = GRAMMAR.replace("row_received", "row_received " + " ".join(rows), 1)
    grammar += "".join(f'{row}: R_N{n} _figures\nR_N{n}: "第{n}行"\n' for n, row in enumerate(rows))
    assert "wordings; 300 are the most" in refused(folder, grammar)


def test_fixes_work_on_it(folder: Path) -> None:
    (folder / "t.txt").write_text((FOLDER / "faulty.txt").read_text("utf-8"), "utf-8")
    run("t.txt", "--form", "service.lark", "--fix", cwd=folder)
    text = (folder / "t.txt").read_text("utf-8")
    assert "二、服务事项办理情况" in text
    assert "1.按期办结" in text


@pytest.mark.parametrize(
    ("said", "found"), [("全年收件2300件；", ["text-table"]), ("全年收件2315件，上年收件2100件；", [])]
)
def test_a_form_brings_its_own_words(folder: Path, said: str, found: list[str]) -> None:
    assert "组织业务培训6次；" in SOUND
    assert rules(folder, SOUND.replace("组织业务培训6次；", f"组织业务培训6次，{said}")) == found
