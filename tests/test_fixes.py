"""--fix, --unsafe-fixes and --diff as users meet them: what is written, what never is."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint.decoding import decode
from reportlint.diagnostics import Edit, Fix, Safety, Span, Words
from reportlint.parse.read import read_report
from reportlint.rules import all_rules
from reportlint.run.fixer import compatible, mend
from reportlint.run.guard import Numbers
from reportlint.run.linter import lint
from reportlint.source import Source
from tests.program import run
from tests.reports import draft, render

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
SOUND = render(draft()).text
FAULTY = SOUND.replace("六、其他", "六、其它").replace("一、总体情况", "一、、总体情况")
SAFE = {Safety.SAFE}
SLIPS = [
    ("六、其他", "六、其它"),
    ("主动公开", "主動公开"),
    ("行政处罚", "行政处(chǔ)罚"),
    ("政府网站", "政府\u200b网站"),
    ("情况。", "情况。。"),
    ("，", "，，"),
    ("四、", ""),
    ("条例", "条列"),
    ("2021", "2021 "),
    ("一、总体情况", "⼀、总体情况"),
    ("截至", "截止"),
    ("0 | 0", "0? | 0"),
    ("〔2021〕", "[2021]"),
    ("总计", "总記"),
    ("行政许可", "行政许 可"),
    ("公开", "鍏紑"),
]


def found(source: Source) -> list:  # type: ignore[type-arg]
    return lint(read_report(source), all_rules())


def figures(source: Source) -> list[tuple[str, list[object]]]:
    """The figures of the tables, row by row."""
    return [(row.name, [f.value for f in row.figures]) for table in read_report(source).tables for row in table.rows]


def test_every_rule_with_a_safe_fix_mends_its_own_page() -> None:
    """Each sample of a page is put into a sound report, fixed, and linted again."""
    from reportlint.manual.pages import page, samples

    for rule in (rule for rule in all_rules() if rule.fix == "safe" and rule.name != "encoding"):
        mended = 0
        for sample in samples(page(rule)):
            attrs = dict(part.partition("=")[::2] for part in sample.attrs.split())
            if "at" not in attrs or not any(line.endswith(f" {rule.name}") for line in sample.findings):
                continue
            base = render(draft("2021", size="zero"))
            lines = base.text.splitlines()
            start, _, stop = attrs["at"].partition("..")
            text = sample.text
            for code in set(re.findall(r"<U\+([0-9A-F]+)>", text)):
                text = text.replace(f"<U+{code}>", chr(int(code, 16)))
            lines[base.lines[start].start - 1 : base.lines[stop or start].stop - 1] = text.splitlines()
            source = Source("t.txt", "\n".join(lines) + "\n")
            before = [d for d in found(source) if d.rule == rule.name and d.fix and d.fix.safety is Safety.SAFE]
            after = mend(source, SAFE, found)
            assert not [d for d in found(after.source) if d.fix and d.fix.safety is Safety.SAFE]
            assert figures(after.source) == figures(source)
            mended += len(before)
        assert mended, f"the page of {rule.name} shows no safe fix"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(SLIPS), min_size=1, max_size=5, unique=True), st.randoms(use_true_random=False))
def test_fixing_twice_is_fixing_once_and_changes_no_figure(slips: list[tuple[str, str]], chance: random.Random) -> None:
    text = SOUND
    for right, wrong in slips:
        places = [n for n in range(len(text)) if text.startswith(right, n)]
        for at in sorted(chance.sample(places, min(2, len(places))), reverse=True):
            text = text[:at] + wrong + text[at + len(right) :]
    source = Source("t.txt", text)
    before = Counter(d.rule for d in found(source))
    once = mend(source, SAFE, found)
    after = found(once.source)
    assert once.left == 0
    assert not [d for d in after if d.fix and d.fix.safety is Safety.SAFE]
    assert Counter(d.rule for d in after) - before == Counter(), "no new finding"
    assert figures(once.source) == figures(source)
    assert mend(once.source, SAFE, found).applied == ()


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.name)
def test_the_corpus_is_mended_and_keeps_its_figures(path: Path) -> None:
    source = decode(path.read_bytes(), path.name)
    before = Counter(d.rule for d in found(source))
    after = mend(source, SAFE, found)
    left = found(after.source)
    assert after.applied
    assert not [d for d in left if d.fix and d.fix.safety is Safety.SAFE]
    assert Counter(d.rule for d in left) - before == Counter()
    assert figures(after.source) == figures(source)
    kinds = {d.rule for d in left}
    assert not kinds & {"leaked-pinyin", "doubled-punctuation", "stray-question-mark"}


def test_the_corpus_is_there() -> None:
    if not CORPUS.exists():
        pytest.skip("../shared/corpus is not beside this checkout")
    assert len(list(CORPUS.glob("*.txt"))) == 5


def test_a_traditional_report_is_converted_by_a_fix_of_its_own() -> None:
    from reportlint.text.script import complicate

    source = Source("t.txt", complicate(SOUND))
    (whole,) = (d for d in found(source) if d.rule == "mixed-script")
    assert whole.fix
    assert whole.fix.safety is Safety.UNSAFE
    assert mend(source, SAFE, found).applied == ()
    assert mend(source, set(Safety), found).source.text == SOUND


def test_of_overlapping_fixes_the_first_wins() -> None:
    def fix(*spans: tuple[int, int]) -> Fix:
        return Fix(tuple(Edit(Span(*span), "") for span in spans))

    one, two, three = fix((2, 4)), fix((3, 5)), fix((4, 6))
    assert compatible([three, two, one]) == [one, three]
    assert compatible([fix((0, 1), (5, 7)), fix((6, 8)), fix((8, 9))]) == [fix((0, 1), (5, 7)), fix((8, 9))]
    assert compatible([fix((3, 3)), fix((3, 3))]) == [fix((3, 3))]
    assert compatible([fix((2, 3)), fix((3, 3))]) == [fix((2, 3))], "an insertion meets its neighbour"


def test_figures_are_changed_only_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    broken = SOUND.replace("（七）总计 | ", "（七）总计 | 1", 1)
    path.write_text(broken, "utf-8")
    assert run(path, "--fix").returncode == 1
    assert path.read_text("utf-8") == broken
    assert run(path, "--unsafe-fixes").returncode == 2
    assert run(path, "--fix", "--unsafe-fixes").returncode == 0
    assert path.read_text("utf-8") == SOUND


def test_a_fix_that_a_rule_calls_safe_is_not_if_it_changes_a_figure() -> None:

    from reportlint.model import Figure
    from reportlint.rules import Finding, Rule

    def check(figure: Figure) -> list[Finding]:
        return [Finding(figure).fixed_by(Fix((Edit(figure.span, "98765"),)))]

    base = next(rule for rule in all_rules() if rule.name == "doubled-word")
    rule: Rule = base._replace(on=(Figure,), check=check, messages={"": Words("", "")})
    fixes = [d.fix for d in lint(read_report(Source("t.txt", SOUND)), [rule])]
    assert fixes
    assert all(fix and fix.safety is Safety.UNSAFE for fix in fixes)


@pytest.mark.parametrize(
    ("old", "new"),
    [("8", "80"), ("1.5", "15"), ("-5", "5"), ("1 | 2", "12"), ("三", "五"), ("12", "1 2")],
)
def test_what_reads_as_another_number_is_a_change(old: str, new: str) -> None:
    text = f"甲 | {old} | 乙"
    at = text.index(old)
    whole = Fix((Edit(Span(at, at + len(old)), new),))
    numbers = Numbers(text, [Span(at, at + len(old))])
    assert not numbers.kept_by(whole)
    assert numbers.kept_by(Fix((Edit(Span(0, 1), "丙"),)))
    if new.startswith(old):
        behind = Fix((Edit(Span(at + len(old), at + len(old)), new[len(old) :]),))
        assert not numbers.kept_by(behind), "an insertion beside it too"


@pytest.mark.parametrize(
    ("old", "new"), [("（单位：万元）", "（单位：元）"), ("第二十条第（八）项", "第二十条第（七）项")]
)
def test_another_unit_or_item_is_no_slip_to_be_mended(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SOUND.replace(old, new, 1), "utf-8")
    assert new in path.read_text("utf-8")
    run(path, "--fix")
    assert new in path.read_text("utf-8")


def test_what_is_left_of_garbled_characters_is_not_deleted(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SOUND.replace("科研机构", "科研机构".encode().decode("latin-1").replace("\xa0", " "), 1), "utf-8")
    text = path.read_text("utf-8")
    assert run(path, "--fix").returncode == 1
    assert path.read_text("utf-8") == text


def test_a_mark_that_may_have_been_a_minus_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SOUND.replace("（一）予以公开 | ", "（一）予以公开 | ?", 1), "utf-8")
    text = path.read_text("utf-8")
    run(path, "--fix")
    assert path.read_text("utf-8") == text


def test_a_file_that_changes_meanwhile_is_left(tmp_path: Path) -> None:
    from reportlint.run.writing import Changed, write_atomically
    from reportlint.source import digest_of

    path = tmp_path / "a.txt"
    path.write_text("new", "utf-8")
    with pytest.raises(Changed):
        write_atomically(str(path), b"mended", digest_of(b"old"))
    assert path.read_text("utf-8") == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(
    ("encoding", "mark", "end"),
    [
        ("utf-8", b"", "\n"),
        ("utf-8", b"\xef\xbb\xbf", "\r\n"),
        ("gb18030", b"", "\r\n"),
        ("utf-16-le", b"\xff\xfe", "\n"),
    ],
)
def test_encoding_mark_and_line_ends_stay(tmp_path: Path, encoding: str, mark: bytes, end: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(mark + FAULTY.replace("\n", end).encode(encoding))
    run(path, "--fix", "--ignore", "encoding")
    assert path.read_bytes() == mark + SOUND.replace("\n", end).encode(encoding)
    # The finding on the encoding is itself safe to fix.
    run(path, "--fix")
    assert path.read_bytes() == SOUND.replace("\n", end).encode("utf-8")


def test_bytes_of_no_encoding_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    site, bad = "政府网站".encode("gb18030"), "政府".encode("gb18030") + b"\xff\xfe"
    path.write_bytes(FAULTY.encode("gb18030").replace(site, bad, 1))
    run(path, "--fix")
    assert path.read_bytes() == SOUND.encode("gb18030").replace(site, bad, 1)


def test_what_the_encoding_lacks_is_one_sentence(tmp_path: Path) -> None:
    from reportlint.text.script import complicate

    path = tmp_path / "a.txt"
    data = complicate(SOUND.replace("—", "-")).encode("big5hkscs", "ignore")
    path.write_bytes(data)
    done = run(path, "--fix", "--unsafe-fixes", "--select", "mixed-script", "--lang", "en")
    assert path.read_bytes() == data
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert "is in big5hkscs, which has no " in line
    assert "save it as UTF-8 first" in line


def test_mode_and_links_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text(FAULTY, "utf-8")
    real.chmod(0o640)
    link.symlink_to(real.name)
    run(link, "--fix")
    assert link.is_symlink()
    assert real.read_text("utf-8") == SOUND
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_read_only_files_are_named_and_the_others_fixed(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(FAULTY, "utf-8")
    (tmp_path / "a.txt").chmod(0o444)
    done = run(tmp_path, "--fix", "--lang", "zh")
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert "a.txt" in line
    assert "只读" in line
    assert (tmp_path / "a.txt").read_text("utf-8") == FAULTY
    assert (tmp_path / "b.txt").read_text("utf-8") == SOUND


def test_findings_after_fixing_are_those_that_are_left(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FAULTY.replace("2023年1月", "2023年9月"), "utf-8")
    value = json.loads(run(path, "--fix", "--output-format", "json").stdout)
    assert [d["rule"] for d in value["files"][0]["diagnostics"]] == ["late-date"]
    assert value["summary"]["fixed"] == 2
    done = run(path, "--fix", "--lang", "zh").stdout.decode()
    assert "修正了" not in done


def test_standard_input_comes_out_mended(tmp_path: Path) -> None:
    done = run("-", "--fix", data=FAULTY.encode())
    assert done.stdout.decode() == SOUND
    assert b"2 places fixed" in done.stderr
    for data in (SOUND.encode(), b"%PDF-1.4", "会议记录".encode()):
        assert run("-", "--fix", data=data).stdout == data, "nothing is lost"
    assert run("-", tmp_path, "--fix", data=b"").returncode == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_diff_can_be_applied(tmp_path: Path, end: str) -> None:
    path = tmp_path / "报 告.txt"
    text = (FAULTY + "六、其它需要报告的事项").replace("\n", end or "\n") + ("" if end == "" else end)
    path.write_bytes(text.encode())
    done = run(path.name, "--diff", cwd=tmp_path)
    assert done.returncode == 1
    assert path.read_bytes() == text.encode(), "nothing is written"
    if shutil.which("patch"):
        copy = tmp_path / "copy"
        copy.mkdir()
        (copy / path.name).write_bytes(text.encode())
        subprocess.run(["patch", "--binary", "-p0"], cwd=copy, input=done.stdout, check=True, capture_output=True)
        run(path, "--fix")
        assert (copy / path.name).read_bytes() == path.read_bytes()
    path.write_text(SOUND, "utf-8")
    clean = run(path.name, "--diff", cwd=tmp_path)
    assert (clean.returncode, clean.stdout) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="needs os.fork")
@pytest.mark.parametrize("step", ["ftruncate", "fsync", "utime", "replace", "after"])
def test_cut_off_at_each_step_a_file_is_old_or_new(tmp_path: Path, step: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FAULTY, "utf-8")
    code = f"""
import os, sys
from reportlint.run import writing
step = {step!r}
if step == "after":
    real = os.replace
    os.replace = lambda *a: (real(*a), os._exit(9))
else:
    setattr(os, step, lambda *a, **k: os._exit(9))
writing.write_atomically({str(path)!r}, {SOUND.encode()!r})
"""
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == 9
    assert path.read_text("utf-8") == (SOUND if step == "after" else FAULTY)
    run(tmp_path, "--fix")
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
    assert path.read_text("utf-8") == SOUND


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_killed_at_any_moment_every_file_is_old_or_new(tmp_path: Path) -> None:
    old = "六、其它需要报告的事项\n无。\n五、存在的主要问题及改进情况\n无。\n"
    new = old.replace("其它", "其他")
    for number in range(200):
        (tmp_path / f"{number:03}.txt").write_text(old, "utf-8")
    command = [sys.executable, "-m", "reportlint", str(tmp_path), "--fix", "--select", "heading-typo", "--quiet"]
    chance = random.Random(7)
    done, cut_off = 0, False
    for _ in range(6):
        # Files are fixed in order: the next one tells that the run is at work.
        following = tmp_path / f"{min(done, 199):03}.txt"
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None and following.read_text("utf-8") == old:
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.05))
            process.send_signal(signal.SIGKILL)
        texts = Counter(path.read_text("utf-8") for path in tmp_path.glob("*.txt"))
        assert set(texts) <= {old, new}
        done = texts[new]
        cut_off |= 0 < done < 200
    assert cut_off
    subprocess.run(command, check=False, capture_output=True)
    assert len(os.listdir(tmp_path)) == 200
    assert all(path.read_text("utf-8") == new for path in tmp_path.iterdir())


def test_what_was_fixed_is_said_where_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FAULTY.replace("工作平稳", "工 作平稳"), "utf-8")
    alone = run(path, "--show-fixes", "--lang", "zh")
    assert (alone.returncode, alone.stderr.decode()) == (2, "reportlint: --show-fixes 要与 --fix 同用\n")
    said = run(path, "--fix", "--show-fixes", "--lang", "zh", "--quiet").stderr.decode().splitlines()
    heading = 1 + FAULTY[: FAULTY.index("六、其它")].count("\n")
    assert f"{path}:{heading}:4: [heading-typo] “它”改为“他”" in said
    assert run(path, "--fix", "--show-fixes", "--quiet").stderr == b""


def test_a_diff_fails_as_fail_on_says(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SOUND.replace("六、其他", "六、其它"), "utf-8")
    assert run(path, "--diff").returncode == 1
    assert run(path, "--diff", "--fail-on", "error").returncode == 0
    assert run(path, "--diff", "--fail-on", "never").stdout != b""


def test_a_diff_is_coloured_for_people_only(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2Jb.txt"
    path.write_text(SOUND.replace("六、其他", "六、其它"), "utf-8")
    plain = run(path.name, "--diff", cwd=tmp_path).stdout.decode()
    assert "\x1b[3" not in plain
    shown = run(path.name, "--diff", "--color", "always", cwd=tmp_path).stdout.decode()
    assert "\x1b[31m-六、其\x1b[7m它\x1b[27m" in shown
    assert "\x1b[32m+六、其\x1b[7m他\x1b[27m" in shown
    assert "\x1b[2J" not in shown, "a name drives no terminal"
    assert "\x1b[3" not in run(path.name, "--diff", "--color", "never", cwd=tmp_path).stdout.decode()
