"""The configuration as users write it: what holds, where it came from, what is refused."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.program import run
from tests.reports import draft, render

SOUND = render(draft()).text
FAULTY = SOUND.replace("六、其他", "六、其它")
LATE = FAULTY.replace("2023年1月", "2023年9月")
ROOT = Path(__file__).parents[1]


def rules(*args: str | Path, cwd: Path | None = None) -> dict[str, list[str]]:
    done = run(*args, "--output-format", "json", cwd=cwd)
    assert done.stdout, done.stderr.decode()
    return {f["path"]: [d["rule"] for d in f["diagnostics"]] for f in json.loads(done.stdout)["files"]}


def sentence(text: str, tmp_path: Path, *args: str, name: str = "reportlint.toml") -> str:
    (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "a.txt").write_text(FAULTY, "utf-8")
    done = run("a.txt", *args, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    (line,) = done.stderr.decode().splitlines()
    return line.removeprefix("reportlint: ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('quiet = true\n\nfail_on = "error"\n', "reportlint.toml:3: fail_on is no key; did you mean fail-on?"),
        (
            'ignore = [\n "label-tpyo",\n]\n',
            "reportlint.toml:1: ignore is wrong: no rule or group is called label-tpyo; did you mean label-typo?",
        ),
        ('[[ignores]]\npaths = ["a"]\nrules = ["term"]\n', "reportlint.toml:1: ignores needs reason: why"),
        (
            '[[ignores]]\npaths = ["a"]\nrules = ["term"]\nreason = " "\n',
            "reportlint.toml:4: ignores.reason must not be empty",
        ),
        (
            '[[ignores]]\npaths = []\nrules = ["term"]\nreason = "x"\n',
            "reportlint.toml:2: ignores.paths must not be empty",
        ),
        (
            '[[ignores]]\npaths = ["a"]\nrules = ["term"]\nreason = "x"\n[[ignores]]\npath = "b"\n',
            "reportlint.toml:6: ignores.path is no key; did you mean paths?",
        ),
        (
            '[rule.term]\nseverity = "fatal"\n',
            "reportlint.toml:2: rule.term.severity takes error, warning, info, not 'fatal'",
        ),
        ("[rule.term]\nthreshold = 1\n", "reportlint.toml:2: rule.term.threshold is no key; it takes severity"),
        ("[rule.trem]\n", "reportlint.toml:1: rule.trem is no key; did you mean term?"),
        (
            'rule.similar-report.threshold = "high"\n',
            "reportlint.toml:1: rule.similar-report.threshold takes a number from 0.5 to 1, not 'high'",
        ),
        ("quiet = 1\n", "reportlint.toml:1: quiet takes true or false, not 1"),
        ('exclude = "a"\n', "reportlint.toml:1: exclude takes a list, not 'a'"),
        (
            'output-format = "jsn"\n',
            "reportlint.toml:1: output-format takes text, concise, json, jsonl, html, ",
        ),
        (
            'form = "2020"\n',
            "reportlint.toml:1: there is no form 2020 and no such file; it is auto, 2019, 2021, or the path of a grammar file (.lark)",
        ),
        ('forms = ["none.lark"]\n', "reportlint.toml:1: cannot use the form "),
        ('baseline = "none.json"\n', "there is no baseline "),
        ("[rules.term]\n", "reportlint.toml:1: rules is no key; did you mean rule?"),
        ("[rule.nosuch]\n", "reportlint.toml:1: rule.nosuch is no key; `reportlint rules` lists the rules"),
        ("select = []\n", "reportlint.toml:1: select must not be empty"),
        ("fix = true\n", "reportlint.toml:1: fix is an option of the command line only"),
        ("x = \n", "reportlint.toml:1: is no TOML: Invalid value"),
        ("rule = 3\n", "reportlint.toml:1: rule takes a table, not 3"),
    ],
)
def test_a_mistake_is_one_sentence_with_file_and_line(tmp_path: Path, text: str, said: str) -> None:
    assert sentence(text, tmp_path).startswith(said)


def test_mistakes_are_told_in_chinese_too(tmp_path: Path) -> None:
    assert (
        sentence('fali-on = "x"\n', tmp_path, "--lang", "zh")
        == "reportlint.toml:1：fali-on 不是可用的设置；是不是 fail-on？"
    )


def test_pyproject_is_read_and_its_lines_are_its_own(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n[tool.other]\nlang = 3\n\n[tool.reportlint]\nlang = "fr"\n'
    assert sentence(text, tmp_path, name="pyproject.toml").startswith("pyproject.toml:7: lang takes zh, en, not 'fr'")


def test_files_that_are_no_configuration(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    assert (
        run("a.txt", "--config", "none.toml", cwd=tmp_path).stderr
        == b"reportlint: cannot read the configuration none.toml: no such file or directory\n"
    )
    (tmp_path / "c.toml").write_bytes(b"\xff\xfe\x00")
    assert (
        run("a.txt", "--config", "c.toml", cwd=tmp_path).stderr
        == b"reportlint: c.toml is not UTF-8; save it as UTF-8\n"
    )
    (tmp_path / "c.toml").write_bytes(b"\xef\xbb\xbfquiet = true\r\n")
    assert run("a.txt", "--config", "c.toml", cwd=tmp_path).stdout == b"", "a mark and CRLF are fine"


def test_the_nearest_configuration_holds_for_each_file(tmp_path: Path) -> None:
    for name in ("a.txt", "old/b.txt", "old/deep/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(LATE, "utf-8")
    (tmp_path / "reportlint.toml").write_text('ignore = ["late-date"]\n', "utf-8")
    (tmp_path / "old" / "reportlint.toml").write_text('select = ["late-date"]\nfail-on = "never"\n', "utf-8")
    assert rules(tmp_path, cwd=tmp_path.parent) == {
        str(tmp_path / "a.txt"): ["heading-typo"],
        str(tmp_path / "old/b.txt"): ["late-date"],
        str(tmp_path / "old/deep/c.txt"): ["late-date"],
    }
    assert run(tmp_path / "old").returncode == 0
    assert run(tmp_path).returncode == 1
    assert rules(tmp_path / "a.txt", "--isolated") == {str(tmp_path / "a.txt"): ["heading-typo", "late-date"]}
    assert rules(tmp_path / "a.txt", "--select", "ALL") == {str(tmp_path / "a.txt"): ["heading-typo", "late-date"]}
    assert rules(tmp_path / "a.txt", "--ignore", "template") == {str(tmp_path / "a.txt"): []}


def test_severity_of_a_rule(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FAULTY, "utf-8")
    (tmp_path / "reportlint.toml").write_text('[rule.heading-typo]\nseverity = "info"\n', "utf-8")
    assert run("a.txt", cwd=tmp_path).returncode == 0
    (tmp_path / "reportlint.toml").write_text('rule.heading-typo.severity = "error"\n', "utf-8")
    done = run("a.txt", "--output-format", "concise", "--fail-on", "error", cwd=tmp_path)
    assert (done.returncode, b"error[heading-typo]" in done.stdout) == (1, True)


def test_options_of_a_rule(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    (tmp_path / "reportlint.toml").write_text('[rule.late-date]\ndue = "01-10"\n', "utf-8")
    done = run("a.txt", "--output-format", "concise", "--lang", "zh", cwd=tmp_path).stdout.decode()
    assert "[late-date] 落款日期2023年1月20日晚于规定的1月10日" in done
    (tmp_path / "reportlint.toml").write_text('[rule.late-date]\ndue = "13-40"\n', "utf-8")
    assert b"reportlint.toml:2: rule.late-date.due is written wrong: '13-40'" in run("a.txt", cwd=tmp_path).stderr


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[ tool.reportlint ]\nlang = 3\n", "pyproject.toml"),
        ("[tool]\nreportlint.lang = 3\n", "pyproject.toml"),
        ("fail-on = " + "9" * 5000 + "\n", "reportlint.toml"),
        ("fail-on = 0x" + "f" * 5000 + "\n", "reportlint.toml"),
        ("select = [\n[" + " " * 6000 + '\n"x"]]\n', "reportlint.toml"),
        ("a." * 3000 + "a = 1\n", "reportlint.toml"),
        ('exclude = ["[z-a]"]\n', "reportlint.toml"),
        ('exclude = ["' + "*a" * 12 + 'b"]\n', "reportlint.toml"),
        ('form = "' + "a" * 300 + '"\n', "reportlint.toml"),
        ('# never """ here\n[[ignores]]\npaths = 3\n', "reportlint.toml"),
        ('"ignor\\u0065s" = [3]\n', "reportlint.toml"),
    ],
)
def test_odd_configurations_are_one_sentence_too(tmp_path: Path, text: str, name: str) -> None:
    assert "Traceback" not in sentence(text, tmp_path, name=name)


def test_another_programs_pyproject_is_its_own_affair(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    (tmp_path / "pyproject.toml").write_text("# [tool.reportlint-x]\nbroken = [\n", "utf-8")
    assert run("a.txt", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("glob", ["!", "[z-a]", "***a\\"])
def test_a_glob_that_means_nothing_is_one_sentence(tmp_path: Path, glob: str) -> None:
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    done = run(".", "--exclude", glob, cwd=tmp_path)
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") <= 1


def test_the_configurations_threshold_holds_for_its_own_entries(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    ignore = 'fail-on = "info"\n[[ignores]]\npaths = ["a.txt"]\nrules = ["term"]\nreason = "x"\n'
    (tmp_path / "reportlint.toml").write_text(ignore, "utf-8")
    assert run(".", cwd=tmp_path).returncode == 1


def test_ignores_hold_for_standard_input_under_its_name(tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").write_text(
        '[[ignores]]\npaths = ["a.txt"]\nrules = ["heading-typo"]\nreason = "x"\n', "utf-8"
    )
    assert run("-", "--stdin-filename", "a.txt", cwd=tmp_path, data=FAULTY.encode()).returncode == 0
    assert run("-", "--stdin-filename", "b.txt", cwd=tmp_path, data=FAULTY.encode()).returncode == 1


def test_the_output_never_takes_the_place_of_a_report(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FAULTY, "utf-8")
    for command in ((path,), ("extract", path)):
        assert run(*command, "--output-file", path).returncode == 2
    assert path.read_text("utf-8") == FAULTY
    out = tmp_path / "out"
    out.write_text("x", "utf-8")
    assert run(path, "--output-format", "bogus", "--output-file", out).returncode == 2
    assert out.read_text("utf-8") == "x"


def test_language_output_and_exclusions(tmp_path: Path) -> None:
    for name in ("a.txt", "网页/b.txt", "keep/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(FAULTY, "utf-8")
    (tmp_path / "reportlint.toml").write_text(
        'lang = "zh"\noutput-format = "concise"\nexclude = ["网页/"]\nquiet = true\n', "utf-8"
    )
    lines = run(".", cwd=tmp_path).stdout.decode().splitlines()
    assert [line.partition(":")[0] for line in lines] == ["./a.txt", "./keep/b.txt"]
    assert all("应为" in line for line in lines)
    assert run("网页/b.txt", cwd=tmp_path).returncode == 1, "a file that is named is checked"


def test_ignores_need_a_reason_and_unused_ones_are_reported(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    for name in ("a.txt", "old/b.txt"):
        (tmp_path / name).write_text(FAULTY, "utf-8")
    (tmp_path / "reportlint.toml").write_text(
        '[[ignores]]\npaths = ["old/"]\nrules = ["heading-typo", "term"]\nreason = "已归档，不再修改"\n', "utf-8"
    )
    assert rules(".", cwd=tmp_path) == {
        "./a.txt": ["heading-typo"],
        "./old/b.txt": [],
        "reportlint.toml": ["unused-ignore"],
    }
    assert rules("old", cwd=tmp_path) == {"old/b.txt": []}, "not judged in a run over a part"
    assert rules(".", "--select", "heading-typo", cwd=tmp_path) == {"./a.txt": ["heading-typo"], "./old/b.txt": []}
    done = run(".", "--lang", "zh", "--output-format", "concise", cwd=tmp_path).stdout.decode()
    assert "reportlint.toml:1:1: info[unused-ignore] 所列文件中没有发现 term" in done
    assert run("old/b.txt", "--fix", cwd=tmp_path).returncode == 0
    assert (tmp_path / "old/b.txt").read_text("utf-8") == FAULTY, "what is ignored is not fixed"


def test_an_ignore_is_judged_once_over_all_folders(tmp_path: Path) -> None:
    for name in ("2019/a.txt", "2020/b.txt", "2021/c.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(FAULTY, "utf-8")
    entry = '[[ignores]]\npaths = ["2019/"]\nrules = ["heading-typo"]\nreason = "x"\n'
    (tmp_path / "reportlint.toml").write_text(entry, "utf-8")
    found = rules(".", "--ignore", "similar-report", cwd=tmp_path)
    assert found == {"./2019/a.txt": [], "./2020/b.txt": ["heading-typo"], "./2021/c.txt": ["heading-typo"]}
    (tmp_path / "reportlint.toml").write_text(entry.replace("heading-typo", "term"), "utf-8")
    found = rules(".", "--ignore", "similar-report", cwd=tmp_path)
    assert found["reportlint.toml"] == ["unused-ignore"]


def test_config_tells_where_each_setting_comes_from(tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").write_text('fail-on = "error"\n[rule.similar-report]\nthreshold = 0.8\n', "utf-8")
    value = json.loads(run("config", "--output-format", "json", cwd=tmp_path).stdout)
    assert value["fail-on"] == {"value": "error", "origin": "reportlint.toml:1"}
    assert value["rule.similar-report.threshold"] == {"value": 0.8, "origin": "reportlint.toml:3"}
    assert value["select"] == {"value": ["ALL"], "origin": "default"}
    shown = run("config", ".", cwd=tmp_path).stdout.decode()
    assert tomllib.loads(shown)["fail-on"] == "error"
    assert '"error"' in shown.splitlines()[8]
    assert run("config", "--isolated", cwd=tmp_path).returncode == 0


def schema() -> dict[str, Any]:
    value: dict[str, Any] = json.loads(run("config", "--schema").stdout)
    return value


def test_the_schema_takes_what_is_taken_and_refuses_what_is_refused() -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(schema())
    validator = Draft202012Validator(schema())
    good = 'select = ["template"]\n'
    good += '[[ignores]]\npaths = ["a"]\nrules = ["term"]\nreason = "x"\n[rule.similar-report]\nthreshold = 0.7\n'
    assert list(validator.iter_errors(tomllib.loads(good))) == []
    for bad in (
        "selct = []\n",
        "[rule.term]\nx = 1\n",
        "[rule.similar-report]\nthreshold = 2\n",
        '[[ignores]]\npaths = ["a"]\nrules = ["term"]\n',
    ):
        assert list(validator.iter_errors(tomllib.loads(bad)))


def test_the_schema_that_editors_read_is_up_to_date() -> None:
    assert json.loads((ROOT / "docs" / "reportlint.schema.json").read_text("utf-8")) == schema()


def test_every_key_is_shown_by_config() -> None:
    shown = set(json.loads(run("config", "--isolated", "--output-format", "json").stdout))
    assert set(schema()["properties"]) - shown == {"rule"}


def test_one_configuration_extends_another(tmp_path: Path) -> None:
    (tmp_path / "市" / "县").mkdir(parents=True)
    (tmp_path / "reportlint.toml").write_text(
        'fail-on = "error"\nlang = "en"\nexclude = ["网页/", "/市/旧/"]\nselect = ["template"]\nallow = ["IPV6专区"]\n'
        '[[ignores]]\npaths = ["市/县/"]\nrules = ["doubled-word"]\nreason = "x"\n'
        '[rule.term]\nseverity = "error"\n[rule.late-date]\ndue = "03-01"\n',
        "utf-8",
    )
    (tmp_path / "市" / "reportlint.toml").write_text(
        'extend = "../reportlint.toml"\nlang = "zh"\nexclude = ["草稿/"]\nallow = ["工作工作群"]\n'
        '[rule.late-date]\nseverity = "info"\n',
        "utf-8",
    )
    text = SOUND.replace("六、其他", "建成IPV6专区和IPV6平台，设工作工作群，工作工作有序。\n六、其它")
    for name in ("市/a.txt", "市/县/b.txt", "市/旧/c.txt", "市/网页/c.txt", "市/草稿/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert rules("市", cwd=tmp_path) == {
        "市/a.txt": ["term", "doubled-word", "heading-typo"],
        "市/县/b.txt": ["term", "heading-typo"],
    }
    shown = json.loads(run("config", "市", "--output-format", "json", cwd=tmp_path).stdout)
    assert shown["lang"] == {"value": "zh", "origin": "市/reportlint.toml:2"}
    assert shown["fail-on"] == {"value": "error", "origin": "reportlint.toml:1"}
    assert shown["allow"]["value"] == ["IPV6专区", "工作工作群"]
    assert shown["extend.exclude"] == {"value": ["网页/", "/市/旧/"], "origin": "reportlint.toml:3"}
    assert shown["rule.late-date.due"]["value"] == "03-01"
    assert shown["rule.late-date.severity"]["value"] == "info"
    assert shown["rule.term.severity"] == {"value": "error", "origin": "reportlint.toml:11"}
    written = tomllib.loads(run("config", "市", cwd=tmp_path).stdout.decode())
    assert written["exclude"] == ["草稿/"]


def test_what_an_outer_configuration_ignores_is_not_called_unused_where_another_takes_it_over(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    entry = '[[ignores]]\npaths = ["a/"]\nrules = ["heading-typo"]\nreason = "x"\n'
    (tmp_path / "reportlint.toml").write_text(entry, "utf-8")
    (tmp_path / "a" / "reportlint.toml").write_text('extend = "../reportlint.toml"\n', "utf-8")
    (tmp_path / "a" / "a.txt").write_text(FAULTY, "utf-8")
    (tmp_path / "b.txt").write_text(SOUND, "utf-8")
    found = rules(".", "--ignore", "similar-report", cwd=tmp_path)
    assert found == {"./a/a.txt": [], "./b.txt": []}


@pytest.mark.parametrize(
    ("outer", "said"),
    [
        (None, "extend: cannot read the configuration base.toml: no such file or directory"),
        ("lang = 3\n", "extend: base.toml:1: lang takes zh, en, not 3"),
        ('extend = "a.toml"\n', "extend: base.toml:1: extend leads back to a.toml"),
        ('extend = "base.toml"\n', "extend: base.toml:1: extend leads back to base.toml"),
        ('extend = "pyproject.toml"\n', "extend: base.toml:1: extend: pyproject.toml has no [tool.reportlint]"),
    ],
)
def test_a_configuration_that_cannot_be_extended(outer: str | None, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    (tmp_path / "a.toml").write_text('extend = "base.toml"\n', "utf-8")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "reportlint"\n', "utf-8")
    if outer is not None:
        (tmp_path / "base.toml").write_text(outer, "utf-8")
    done = run("a.txt", "--config", "a.toml", "--lang", "en", cwd=tmp_path)
    assert (done.returncode, done.stderr.decode()) == (2, f"reportlint: a.toml:1: {said}\n")


def test_what_is_fixed_can_be_chosen(tmp_path: Path) -> None:
    text = FAULTY.replace("六、其它", "建成IPV6专区。\n六、其它")
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    config = tmp_path / "reportlint.toml"
    config.write_text('unfixable = ["heading-typo"]\n', "utf-8")
    assert b"1 fixable with --fix" in run(path, "--lang", "en").stdout
    run(path, "--fix")
    assert path.read_text("utf-8") == text.replace("IPV6", "IPv6")
    config.write_text('fixable = ["heading-typo"]\n', "utf-8")
    path.write_text(text, "utf-8")
    run(path, "--fix")
    assert path.read_text("utf-8") == text.replace("其它", "其他")
    config.write_text("fixable = []\n", "utf-8")
    run(path, "--fix")
    assert path.read_text("utf-8") == text.replace("其它", "其他")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "reportlint: reportlint.toml:2：fail_on 不是可用的设置；是不是 fail-on？"),
        (["--lang", "en"], "reportlint: reportlint.toml:2: fail_on is no key; did you mean fail-on?"),
    ],
)
def test_a_mistake_is_told_in_the_language_of_the_configuration(args: list[str], said: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SOUND, "utf-8")
    (tmp_path / "reportlint.toml").write_text('lang = "zh"\nfail_on = "error"\n', "utf-8")
    assert run("a.txt", *args, cwd=tmp_path).stderr.decode().strip() == said
    (tmp_path / "reportlint.toml").write_text('lang = "zh"\n', "utf-8")
    wrong = run("a.txt", "--select", "trem", *args, cwd=tmp_path).stderr.decode()
    assert ("没有叫 trem 的规则或类别" in wrong) == (not args)


def test_what_is_ignored_unused_is_judged_in_the_file_that_it_stands_in(tmp_path: Path) -> None:
    """A configuration extended in the same folder, and one extended over another."""
    entry = '[[ignores]]\npaths = ["zzz/"]\nrules = ["heading-typo"]\nreason = "x"\n'
    (tmp_path / "base.toml").write_text("\n" * 9 + entry, "utf-8")
    (tmp_path / "reportlint.toml").write_text('extend = "base.toml"\n', "utf-8")
    (tmp_path / "a.txt").write_text(FAULTY, "utf-8")
    assert rules(".", cwd=tmp_path) == {"./a.txt": ["heading-typo"]}
    inner = tmp_path / "b" / "c"
    inner.mkdir(parents=True)
    (tmp_path / "reportlint.toml").write_text(entry.replace("zzz/", "b/"), "utf-8")
    for folder in (tmp_path / "b", inner):
        (folder / "reportlint.toml").write_text('extend = "../reportlint.toml"\n', "utf-8")
    (inner / "c.txt").write_text(FAULTY, "utf-8")
    assert rules(".", "--ignore", "similar-report", cwd=tmp_path) == {"./a.txt": ["heading-typo"], "./b/c/c.txt": []}


def test_a_baseline_that_is_taken_over_is_updated(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "reportlint.toml").write_text('baseline = "held.json"\n', "utf-8")
    (tmp_path / "b" / "reportlint.toml").write_text('extend = "../reportlint.toml"\n', "utf-8")
    (tmp_path / "b" / "a.txt").write_text(FAULTY, "utf-8")
    assert run("b", "--update-baseline", cwd=tmp_path).returncode == 0
    assert rules("b", cwd=tmp_path) == {"b/a.txt": []}
