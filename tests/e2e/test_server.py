"""The language server, driven with the capabilities of three editors."""

import asyncio
import json
import os
import random
import re
import shutil
import subprocess
import sys
from concurrent.futures import Future
from itertools import pairwise
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from reportlint.parse.read import read_report
from reportlint.rules import all_rules
from reportlint.run.linter import lint
from reportlint.run.selection import choose_forms
from reportlint.source import Source
from reportlint.text.positions import uri_of
from tests.e2e.client import Editor, editor, edits_of, run
from tests.reports import draft, render

ROOT = Path(__file__).parents[2]
FAULTY = (ROOT / "examples/faulty/qinghu-2022.txt").read_text("utf-8")
SOUND = render(draft()).text
# Characters outside the BMP in front of the faults, on their lines.
WIDE = FAULTY.replace("本报告根据《", "𠮷😀本报告根据《").replace("设置社保服务", "设置𠮷😀服务")
CLIENTS = ["vscode", "neovim", "emacs"]
ENCODINGS = {"vscode": "utf-16", "neovim": "utf-8", "emacs": "utf-32"}
TEXTS = {
    "unbalanced-bracket": "《",
    "year-mismatch": "2021",
    "repeated-item": "住房服务",
    "wrong-figure": "17",
    "unreadable-number": "/",
    "heading-typo": "六、其它需要报告的事项",
    "incomplete-date": "2023年1月20",
}
WHERE = types.Position(0, 0)


async def shown(e: Editor, uri: str) -> list[types.Diagnostic]:
    """A document's findings, as this editor comes by them."""
    asks = e.client.capabilities and e.client.capabilities.text_document
    return await e.pull(uri) if asks and asks.diagnostic else await e.pushed(uri)


def document(uri: str) -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(uri)


@pytest.mark.parametrize("name", CLIENTS)
def test_findings_stand_at_the_right_text(name: str) -> None:
    async def test() -> None:
        async with editor(name) as e:
            assert e.encoding == ENCODINGS[name]
            uri = e.open("file:///t/报告.txt", WIDE)
            found = {str(d.code): d for d in await shown(e, uri)}
            assert {code: e.text_at(WIDE, found[code].range) for code in TEXTS} == TEXTS
            wrong = found["wrong-figure"]
            assert wrong.severity is types.DiagnosticSeverity.Error
            assert wrong.source == "reportlint"
            assert wrong.code_description is not None
            assert wrong.code_description.href.endswith("/docs/rules/wrong-figure.md")
            related = [(e.text_at(WIDE, r.location.range), r.message) for r in wrong.related_information or []]
            assert related[0] == ("24", "各列相加为 34")
            # The other figures of its row, but for zeros.
            row = [("1", "商业企业: 1"), ("1", "科研机构: 1"), ("12", "社会公益组织: 12"), ("3", "其他: 3")]
            assert related[1:] == row
            assert not found["heading-typo"].related_information

    run(test())


@pytest.mark.parametrize("name", CLIENTS)
def test_findings_are_pushed_or_pulled_but_never_both(name: str) -> None:
    async def test() -> None:
        async with editor(name) as e:
            uri = e.open("file:///t/a.txt", FAULTY)
            asks = e.client.capabilities and e.client.capabilities.text_document
            pulls = bool(asks and asks.diagnostic)
            assert len(await shown(e, uri)) == 10
            e.change(uri, SOUND)
            if pulls:
                assert await e.pull(uri) == []
                await e.settle()
                assert e.client.diagnostics == {}
            else:
                await e.pushed(uri, lambda found: found == [])

    run(test())


@pytest.mark.parametrize("name", CLIENTS)
def test_quick_fix_and_fix_all_mend_the_text(name: str) -> None:
    async def test() -> None:
        async with editor(name) as e:
            uri = e.open("file:///t/a.txt", WIDE)
            found = {str(d.code): d for d in await shown(e, uri)}
            actions = await e.actions(uri, found["heading-typo"].range, "quickfix")
            fix = next(a for a in actions if a.is_preferred)
            assert [d.code for d in fix.diagnostics or []] == ["heading-typo"]
            assert "六、其他需要报告的事项" in e.applied(WIDE, edits_of(fix, uri))
            if name != "neovim":
                versions = [
                    c.text_document.version
                    for c in (fix.edit and fix.edit.document_changes) or []
                    if isinstance(c, types.TextDocumentEdit)
                ]
                assert versions == [1]
            unsafe = await e.actions(uri, found["wrong-figure"].range, "quickfix")
            assert [a.is_preferred for a in unsafe if edits_of(a, uri)] == [False]
            assert "（须核对）" in unsafe[0].title
            (everything,) = await e.actions(uri, found["wrong-figure"].range, "source.fixAll.reportlint")
            mended = e.applied(WIDE, edits_of(everything, uri))
            assert "六、其他需要报告的事项" in mended
            assert "危及“三安全一稳定”" in mended
            assert "| 17 |" in mended
            e.change(uri, mended)
            assert await e.actions(uri, found["wrong-figure"].range, "source.fixAll") == []

    run(test())


def test_edits_are_of_the_version_that_was_checked() -> None:
    """Asked for right before a change, they may be of the text before it or behind it, and say which."""

    async def test() -> None:
        async with editor("vscode") as e:
            uri = e.open("file:///t/a.txt", FAULTY)
            texts = {1: FAULTY}
            whole = types.Range(WHERE, types.Position(500, 0))
            told = 0
            for number in range(25):
                asked = asyncio.ensure_future(e.actions(uri, whole))
                await asyncio.sleep(0)
                texts[number + 2] = f"第{number}行\n{texts[number + 1]}"
                e.change(uri, texts[number + 2])
                for action in await asked:
                    for change in (action.edit and action.edit.document_changes) or []:
                        if isinstance(change, types.TextDocumentEdit) and change.text_document.uri == uri:
                            text = texts[change.text_document.version or 0]
                            mended = e.applied(text, edits_of(action, uri))
                            told += 1
                            if action.title == "改为“六、其他需要报告的事项”" or action.kind != "quickfix":
                                assert "六、其他需要报告的事项" in mended.split("\n")
                            assert mended.count("\n") == text.count("\n")
            assert told > 25

    run(test())


def test_what_is_gone_has_no_findings(tmp_path: Path) -> None:
    async def test() -> None:
        async with editor("vscode", tmp_path) as e:
            for path in (tmp_path / "gone.txt", tmp_path):
                assert await e.pull(uri_of(str(path))) == []

    run(test())


def test_hover_tells_why_and_what_a_figure_is() -> None:
    async def test(locale: str) -> str:
        async with editor("neovim", locale=locale) as e:
            uri = e.open("file:///t/a.txt", FAULTY)
            at = next(d for d in await e.pull(uri) if d.code == "wrong-figure").range.start
            found = await e.client.text_document_hover_async(types.HoverParams(document(uri), at))
            assert found is not None
            assert isinstance(found.contents, types.MarkupContent)
            assert found.range is not None
            assert e.text_at(FAULTY, found.range) == "17"
            nothing = await e.client.text_document_hover_async(types.HoverParams(document(uri), types.Position(4, 9)))
            assert nothing is None
            return found.contents.value

    zh, en = run(test("zh-cn")), run(test("en-us"))
    assert zh.startswith("**wrong-figure** 一个数字填错，各项合计指出是哪一格、应为多少。")
    assert "一个数字填错，就有一行和一列对不上" in zh
    assert "**“1.本机关不掌握相关政府信息” · “自然人”**" in zh
    assert "- ✗ 行：17 + 1 + 1 + 12 + 0 + 3 = 34，填写的是 24" in zh
    assert "- ? 列：“自然人”的各行相加" in zh  # another cell of it cannot be read
    assert en.startswith("**wrong-figure** A figure is wrong, and the sums tell which one")
    assert "a row and a\ncolumn do not add up" in en


def test_symbols_and_folding_follow_the_report() -> None:
    async def test() -> None:
        async with editor("emacs") as e:
            uri = e.open("file:///t/a.txt", FAULTY)
            symbols = await e.client.text_document_document_symbol_async(types.DocumentSymbolParams(document(uri)))
            top = [s for s in symbols or [] if isinstance(s, types.DocumentSymbol)]
            assert [s.name for s in top][:3] == [
                "青湖县2022年政府信息公开工作报告",
                "一、总体情况",
                "二、主动公开政府信息情况",
            ]
            inside = {s.name: [c.name for c in s.children or []] for s in top}
            assert inside["一、总体情况"][:2] == ["（一）主动公开情况", "（二）依申请公开情况"]
            assert inside["二、主动公开政府信息情况"] == [f"第二十条第（{n}）项" for n in "一五六八"]
            for s in top:
                for child in s.children or []:
                    assert s.range.start <= child.range.start
                    assert child.range.end <= s.range.end
                    assert e.text_at(FAULTY, child.selection_range) in FAULTY
            folds = await e.client.text_document_folding_range_async(types.FoldingRangeParams(document(uri)))
            assert (24, 51) in [(f.start_line, f.end_line) for f in folds or []]
            lines = FAULTY.splitlines()
            assert lines[24].startswith("三、")
            assert lines[52].startswith("四、")

    run(test())


@pytest.mark.parametrize("name", CLIENTS)
def test_tokens_are_figures_and_documents(name: str) -> None:
    async def test() -> None:
        async with editor(name) as e:
            uri = e.open("file:///t/a.txt", WIDE)
            made = await e.client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(document(uri)))
            data, line, character, found = list(made.data if made else []), 0, 0, []
            for n in range(0, len(data), 5):
                line, character = line + data[n], data[n + 1] + (0 if data[n] else character)
                end = types.Position(line, character + data[n + 2])
                found.append((e.text_at(WIDE, types.Range(types.Position(line, character), end)), data[n + 3]))
            assert ("《中华人民共和国政府信息公开条例》", 1) in found
            assert ("17", 0) in found
            assert {text for text, kind in found if kind == 1 and text[0] != "《"} == set()
            assert all(text.strip("，。| ") for text, _ in found)

    run(test())


def test_hints_show_what_the_sums_are_where_asked_for() -> None:
    text = (ROOT / "examples/faulty/linxi-2023-swapped-digit.txt").read_text("utf-8")

    async def test(settings: dict[str, object]) -> list[tuple[str, str]]:
        async with editor("vscode", settings=settings) as e:
            uri = e.open("file:///t/a.txt", text)
            asked = types.InlayHintParams(document(uri), types.Range(WHERE, types.Position(999, 0)))
            hints = await e.client.text_document_inlay_hint_async(asked) or []
            lines = text.splitlines()
            return [(str(h.label), lines[h.position.line][: h.position.character].split()[-1]) for h in hints]

    assert run(test({})) == []
    assert run(test({"inlayHints": True})) == [("→92", "65"), ("↓314", "287")]


def test_completion_offers_the_forms_wording() -> None:
    text = SOUND.replace("2.重复申请 |", "重复 |")

    async def test() -> None:
        async with editor("neovim") as e:
            uri = e.open("file:///t/a.txt", text)
            line = next(n for n, held in enumerate(text.splitlines()) if held.startswith("重复 |"))
            at = types.Position(line, len("重复".encode()))
            made = await e.client.text_document_completion_async(types.CompletionParams(document(uri), at))
            assert isinstance(made, types.CompletionList)
            first = min(made.items, key=lambda item: item.sort_text or "")
            assert (first.label, first.detail) == ("2.重复申请", "报告还没有")
            assert isinstance(first.text_edit, types.TextEdit)
            assert "\n2.重复申请 |" in e.applied(text, [first.text_edit])
            # Other texts are left alone, but for who begins to write a label of the form.
            other = e.open("untitled:Untitled-1", "买菜\n\n主动公开政府\n")
            for at, number in ((types.Position(1, 0), 0), (types.Position(2, 18), 1)):
                made = await e.client.text_document_completion_async(types.CompletionParams(document(other), at))
                assert isinstance(made, types.CompletionList)
                assert len(made.items) == number

    run(test())


def test_a_pull_is_unchanged_until_something_changes() -> None:
    async def test() -> None:
        async with editor("neovim") as e:
            uri = e.open("file:///t/a.txt", FAULTY)
            ask = e.client.text_document_diagnostic_async
            first = await ask(types.DocumentDiagnosticParams(document(uri)))
            again = await ask(types.DocumentDiagnosticParams(document(uri), previous_result_id=first.result_id))
            assert isinstance(again, types.RelatedUnchangedDocumentDiagnosticReport)
            e.change(uri, "\n" + FAULTY)
            other = await ask(types.DocumentDiagnosticParams(document(uri), previous_result_id=first.result_id))
            assert isinstance(other, types.RelatedFullDocumentDiagnosticReport)

    run(test())


def series(folder: Path) -> Path:
    """A folder with two years of one organ, the second of which does not go on from the first."""
    for year in (2021, 2022, 2023):
        text = (ROOT / f"examples/series/baixi-{year}.txt").read_text("utf-8")
        (folder / f"柏溪 {year}.txt").write_text(text, "utf-8")
    (folder / "README.md").write_text("# 买菜\n", "utf-8")
    return folder


def test_the_workspace_is_checked_and_years_are_compared(tmp_path: Path) -> None:
    folder = series(tmp_path)

    async def test() -> None:
        async with editor("neovim", folder) as e:
            ask = e.client.workspace_diagnostic_async
            report = await ask(types.WorkspaceDiagnosticParams([]))
            items = {r.uri: r for r in report.items}
            assert set(items) == {uri_of(str(path)) for path in folder.iterdir()}
            later = uri_of(str(folder / "柏溪 2023.txt"))
            full = items[later]
            assert isinstance(full, types.WorkspaceFullDocumentDiagnosticReport)
            assert full.version is None
            carried = next(d for d in full.items if d.code == "carry-over")
            (other,) = carried.related_information or []
            assert other.location.uri == uri_of(str(folder / "柏溪 2022.txt"))
            before = [types.PreviousResultId(uri, r.result_id or "") for uri, r in items.items()]
            again = await ask(types.WorkspaceDiagnosticParams(before))
            assert {type(r) for r in again.items} == {types.WorkspaceUnchangedDocumentDiagnosticReport}
            # Mended in an open document that was not saved, and a file that went away.
            path = folder / "柏溪 2023.txt"
            uri = e.open(path)
            line = path.read_text("utf-8").splitlines()[carried.range.start.line]
            assert "carry-over" in {d.code for d in await e.pull(uri)}
            numbers = line.split(" | ")
            numbers[1], numbers[-1] = "2", numbers[-1].replace("12", "10")
            e.change(uri, path.read_text("utf-8").replace(line, " | ".join(numbers)))
            assert "carry-over" not in {d.code for d in await e.pull(uri)}
            (folder / "柏溪 2022.txt").unlink()
            last = await ask(types.WorkspaceDiagnosticParams(before))
            gone = next(r for r in last.items if r.uri == other.location.uri)
            assert isinstance(gone, types.WorkspaceFullDocumentDiagnosticReport)
            assert list(gone.items) == []

    run(test())


def test_an_editor_that_is_told_also_hears_of_other_years(tmp_path: Path) -> None:
    folder = series(tmp_path)

    async def test() -> None:
        async with editor("emacs", folder) as e:
            uri = e.open(folder / "柏溪 2023.txt")
            found = await e.pushed(uri, lambda held: "carry-over" in {d.code for d in held})
            assert "柏溪 2022.txt" in next(d for d in found if d.code == "carry-over").message

    run(test())


async def changed(e: Editor, path: Path) -> None:
    """Tell the server that a file changed on the disk."""
    event = types.FileEvent(uri_of(str(path)), types.FileChangeType.Changed)
    e.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))


@pytest.mark.parametrize("name", ["neovim", "emacs"])
def test_the_configuration_is_obeyed_and_watched(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FAULTY, "utf-8")

    async def test() -> None:
        async with editor(name, tmp_path, locale="en") as e:
            uri = e.open(path)
            assert len(await shown(e, uri)) == 10
            if name == "emacs":
                assert "workspace/didChangeWatchedFiles" in e.client.registered  # type: ignore[attr-defined]
            config = tmp_path / "reportlint.toml"
            config.write_text('ignore = ["template"]\nlang = "zh"\n[rule.year-mismatch]\nseverity = "info"\n', "utf-8")
            await changed(e, config)
            if name == "neovim":
                found = await e.pull(uri)
            else:
                found = await e.pushed(uri, lambda held: len(held) < 10)
            assert {"heading-typo", "label-typo"} & {d.code for d in found} == set()
            mismatch = next(d for d in found if d.code == "year-mismatch")
            assert mismatch.severity is types.DiagnosticSeverity.Information
            assert "统计期限" in mismatch.message
            # A mistake is said once, in a sentence, and the file is still checked.
            config.write_text("ignores = 3\n", "utf-8")
            await changed(e, config)
            found = await shown(e, uri) if name == "neovim" else await e.pushed(uri, lambda held: len(held) == 10)
            assert len(found) == 10
            e.change(uri, FAULTY + "\n")
            await e.settle()
            assert [m.message.partition(": ")[0] for m in e.client.messages] == ["reportlint"]
            assert "reportlint.toml:1: ignores takes a list, not 3" in e.client.messages[0].message

    run(test())


def test_settings_of_the_editor_come_first(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FAULTY, "utf-8")

    async def test() -> None:
        async with editor("vscode", tmp_path, {"lang": "en", "select": ["arithmetic"]}) as e:
            uri = e.open(path)
            assert {d.code for d in await e.pushed(uri)} == {"wrong-figure", "unreadable-number"}
            e.client.set_configuration({"reportlint": {"lang": "zh", "ignore": ["arithmetic"], "trace": {}}})
            e.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
            found = await e.pushed(uri, lambda held: len(held) == 8)
            assert "标题应以" in found[0].message
            e.client.set_configuration({"reportlint": {"selct": ["arithmetic"]}})
            e.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
            while not e.client.messages:
                await asyncio.sleep(0.01)
            assert (
                e.client.messages[0].message
                == "reportlint: 编辑器设置 reportlint.selct 不是可用的设置；是不是 select？"
            )
            assert len(await e.pull(uri)) == 8

    run(test())


@pytest.mark.parametrize("held", [None, "reportlint.toml", "pyproject.toml"])
def test_ignoring_writes_the_configuration(held: str | None, tmp_path: Path) -> None:
    path = tmp_path / "报告 [1].txt"
    path.write_text(FAULTY, "utf-8")
    config = tmp_path / (held or "reportlint.toml")
    if held:
        text = '[tool.reportlint]\nlang = "zh"' if held == "pyproject.toml" else 'lang = "zh"'
        config.write_text(text, "utf-8")

    async def test() -> None:
        async with editor("vscode", tmp_path) as e:
            uri = e.open(path)
            found = next(d for d in await e.pushed(uri) if d.code == "wrong-figure")
            actions = await e.actions(uri, found.range, "quickfix")
            (ignore,) = [a for a in actions if "wrong-figure" in a.title and not edits_of(a, uri)]
            assert "并写明原因" in ignore.title
            changes = (ignore.edit and ignore.edit.document_changes) or []
            assert isinstance(changes[0], types.CreateFile) == (held is None)
            old = config.read_text("utf-8") if held else ""
            config.write_text(e.applied(old, edits_of(ignore, uri_of(str(config)))), "utf-8")
            await changed(e, config)
            found_now = await e.pushed(uri, lambda now: "wrong-figure" not in {d.code for d in now})
            assert len(found_now) == 9

    run(test())
    assert 'reason = "请写明原因"' in config.read_text("utf-8")


def test_a_file_in_another_encoding_keeps_its_finding(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(SOUND.encode("gb18030"))

    async def test() -> None:
        async with editor("neovim", tmp_path) as e:
            uri = e.open(str(uri_of(str(path))), SOUND)
            assert [d.code for d in await e.pull(uri)] == ["encoding"]
            e.change(uri, SOUND + "\n")
            assert await e.pull(uri) == []

    run(test())


def test_lines_end_as_the_protocol_has_it() -> None:
    # Form feed, NEL and U+2028 are no line ends there, whatever str.splitlines says.
    text = SOUND.replace("一、总体情况", "前\x0c言\x85\u2028。\r\n\r一、总体情况").replace("六、其他", "六、其它")

    async def test() -> None:
        async with editor("neovim") as e:
            uri = e.open("file:///t/a.txt", text)
            found = {str(d.code): d for d in await e.pull(uri)}
            assert e.text_at(text, found["heading-typo"].range) == "六、其它需要报告的事项"
            e.change(uri, text + "\n")
            (action,) = await e.actions(uri, found["heading-typo"].range, "source.fixAll")
            mended = e.applied(text + "\n", edits_of(action, uri))
            assert "六、其他需要报告的事项" in mended

    run(test())


def test_texts_that_are_no_reports_are_left_alone() -> None:
    async def test() -> None:
        async with editor("vscode") as e:
            for uri, text in (("untitled:Untitled-1", ""), ("file:///t/README.md", "# 买菜\n\n今天买菜。\n")):
                e.open(uri, text)
                await e.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
                assert list(e.client.diagnostics[uri]) == []
                symbols = await e.client.text_document_document_symbol_async(types.DocumentSymbolParams(document(uri)))
                assert symbols == []
            unknown = "file:///t/nowhere.txt"
            assert await e.client.text_document_hover_async(types.HoverParams(document(unknown), WHERE)) is None
            assert await e.pull(unknown) == []
            assert await e.pull("git:/t/a.txt?ref=HEAD") == []

    run(test())


def test_what_was_pushed_is_taken_back_on_close() -> None:
    async def test() -> None:
        async with editor("vscode") as e:
            uri = e.open("file:///t/a.txt", FAULTY)
            await e.pushed(uri)
            e.client.text_document_did_close(types.DidCloseTextDocumentParams(document(uri)))
            await e.pushed(uri, lambda found: not found)

    run(test())


def test_a_huge_text_is_told_of_and_holds_up_no_other() -> None:
    told = "（一）主动公开情况。全年收到政府信息公开申请15件，其中自然人3件。\n" * 3000
    hostile = SOUND.replace("一、总体情况\n", "一、总体情况\n" + told, 1)
    too_large = SOUND * 1000

    async def test() -> None:
        async with editor("neovim") as e:
            small = e.open("file:///t/small.txt", FAULTY)
            await e.pull(small)
            slow = e.open("file:///t/slow.txt", hostile)
            waiting = asyncio.ensure_future(e.pull(slow))
            for n in range(3):
                e.change(small, FAULTY + "\n" * n)
                assert len(await e.pull(small)) == 10
            assert not waiting.done()
            # A request that is no longer wanted is given up; the next one is answered.
            asked = e.client.protocol.send_request(
                types.TEXT_DOCUMENT_DIAGNOSTIC, types.DocumentDiagnosticParams(document(slow)), msg_id="gone"
            )
            e.client.cancel_request(types.CancelParams("gone"))
            with pytest.raises(JsonRpcException):
                await asyncio.wrap_future(asked)
            big = e.open("file:///t/big.txt", too_large)
            (found,) = await e.pull(big)
            assert "超过 512,000 个字符" in found.message
            await waiting

    run(test())


def test_a_rule_that_fails_is_a_line_of_the_log(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text(
        "from reportlint.model import Report\nfrom reportlint.rules import rule\n"
        '@rule(on=Report, severity="error", zh="甲", en="a", group="section")\n'
        'def bad_rule(report):\n    """Fails."""\n    print("to standard output")\n    raise RuntimeError("oh no")\n',
        "utf-8",
    )
    info = tmp_path / "broken-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1\n", "utf-8")
    (info / "entry_points.txt").write_text("[reportlint.rules]\nbroken = broken\n", "utf-8")

    async def test() -> None:
        async with editor("neovim", PYTHONPATH=str(tmp_path)) as e:
            uri = e.open("file:///t/a.txt", FAULTY)
            assert len(await e.pull(uri)) == 10
            await e.settle()
            assert [
                "规则 bad-rule 检查 /t/a.txt 时出错（RuntimeError: oh no）" in m.message for m in e.client.log_messages
            ]

    run(test())


@pytest.mark.parametrize("leaves", [True, False])
def test_the_status_says_whether_the_client_took_its_leave(leaves: bool, tmp_path: Path) -> None:
    for n in range(60):
        (tmp_path / f"{n}.txt").write_text(FAULTY, "utf-8")
    folder = {"uri": uri_of(str(tmp_path)), "name": "a"}
    messages: list[dict[str, object]] = [
        {"id": 1, "method": "initialize", "params": {"capabilities": {}, "workspaceFolders": [folder]}},
        {"method": "initialized", "params": {}},
        *([{"id": 2, "method": "shutdown"}] if leaves else []),
        {"method": "exit"},
    ]
    bodies = [json.dumps({"jsonrpc": "2.0", **message}) for message in messages]
    sent = "".join(f"Content-Length: {len(body)}\r\n\r\n{body}" for body in bodies)
    command = [sys.executable, "-m", "reportlint", "server"]
    # Though it has just begun to look through the workspace.
    done = subprocess.run(command, input=sent.encode(), capture_output=True, timeout=600, check=False)
    assert done.returncode == (0 if leaves else 1), done.stderr.decode()


@pytest.mark.parametrize(
    "header",
    [
        "content-length: {}\r\n\r\n",
        "CONTENT-LENGTH:{}\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n",
        "Content-Type: x\r\nContent-Length : {}\r\n\r\n",
        "Content-Length: {}\n\n",
    ],
)
def test_headers_are_read_as_they_are_written(header: str) -> None:
    assert _answers([header.format(len(body)) + body for body in _session()]) == [1, 2]


@pytest.mark.parametrize(
    "junk",
    [
        '{"jsonrpc": "2.0", "method": "x"}',
        "Content-Length: -5\r\n\r\n{}",
        "Content-Length: many\r\n\r\n{}",
        "Content-Length: 999999999999\r\n\r\n{}",
        "Content-Length: 0\r\n\r\n",
        "X-Other: 1\r\n\r\n{}",
        "\r\n\r\n",
        "Content-Length: 4\r\n\r\nnull",
        "Content-Length: 3\r\n\r\n{]]",
        "\x00\xff" * 50,
    ],
)
def test_a_message_that_makes_no_sense_does_not_deafen_the_server(junk: str) -> None:
    whole = [f"Content-Length: {len(body)}\r\n\r\n{body}" for body in _session()]
    assert _answers([whole[0], junk, *whole[1:]]) == [1, 2]


def _session() -> list[str]:
    """The bodies of a short session, in whose answers are 1 and 2."""
    messages: list[dict[str, object]] = [
        {"id": 1, "method": "initialize", "params": {"capabilities": {}}},
        {"method": "initialized", "params": {}},
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
    ]
    return [json.dumps({"jsonrpc": "2.0", **message}) for message in messages]


def _answers(sent: list[str]) -> list[int]:
    """The numbers of the requests that a server answers to what is sent."""
    command = [sys.executable, "-m", "reportlint", "server"]
    done = subprocess.run(command, input="".join(sent).encode("latin-1"), capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return [int(number) for number in re.findall(rb'"id":\s*(\d+)', done.stdout)]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc here")
def test_memory_is_flat_in_edits() -> None:
    async def test() -> None:
        async with editor("vscode") as e:
            uri = e.open("file:///t/a.txt", FAULTY)
            process = e.client._server  # pytest-lsp starts it
            assert process is not None

            async def after(edits: int) -> int:
                for n in range(edits):
                    e.change(uri, f"{FAULTY}{n}")
                await e.pull(uri)
                status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
                return int(status.partition("VmRSS:")[2].split()[0])

            # Beside other tests the heap settles late; what leaks grows in each of them.
            sizes = [await after(800) for _ in range(8)]
            grown = min(later - earlier for earlier, later in pairwise(sizes))
            assert grown < 800, f"less than a kilobyte an edit: {sizes}"

    run(test())


def test_commands_fix_and_show_the_page() -> None:
    async def test() -> None:
        async with editor("vscode") as e:
            edits: list[types.ApplyWorkspaceEditParams] = []

            @e.client.feature(types.WORKSPACE_APPLY_EDIT)  # type: ignore[untyped-decorator]
            def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
                edits.append(params)
                return types.ApplyWorkspaceEditResult(True)

            uri = e.open("file:///t/a.txt", FAULTY)
            command = e.client.workspace_execute_command_async
            assert await command(types.ExecuteCommandParams("reportlint.fixAll", [uri])) is True
            assert len(edits) == 1
            page = await command(types.ExecuteCommandParams("reportlint.page", [uri]))
            assert page is not None
            assert "一、总体情况" in page
            assert "wrong-figure" in page
            assert await command(types.ExecuteCommandParams("reportlint.page", ["file:///t/b.txt"])) is None

    run(test())


def carried(found: list[types.Diagnostic]) -> bool:
    return "carry-over" in {d.code for d in found}


def forward(folder: Path, value: int) -> str:
    """The report of 2022 with another figure carried forward; 4 is what 2023 goes on from."""
    text = (folder / "柏溪 2022.txt").read_text("utf-8")
    row = next(line for line in text.splitlines() if line.startswith("四、结转下年度继续办理"))
    cells = row.split(" | ")
    cells[1] = str(value)
    cells[-1] = cells[-1].replace("10", str(8 + value))
    return text.replace(row, " | ".join(cells))


@pytest.mark.parametrize("name", ["neovim", "emacs"])
def test_open_reports_are_compared_as_they_are_in_the_editor(name: str, tmp_path: Path) -> None:
    folder = series(tmp_path)

    async def test() -> None:
        async with editor(name, folder) as e:
            pulls = name == "neovim"

            async def later(wanted: bool) -> None:
                if pulls:
                    assert carried(await e.pull(second)) is wanted
                else:
                    await e.pushed(second, lambda found: carried(found) is wanted)

            # Asked for at once, and by no edit of its own, it knows what stands on the disk beside it.
            second = e.open(folder / "柏溪 2023.txt")
            await later(True)
            first = e.open(folder / "柏溪 2022.txt")
            e.change(first, forward(folder, 4))
            await shown(e, first)
            await later(False)
            # Closed without being saved: what the disk holds counts again.
            e.client.text_document_did_close(types.DidCloseTextDocumentParams(document(first)))
            await later(True)
            # Saving a configuration, or a file that is none, loses nothing.
            for path in (folder / "reportlint.toml", folder / "package.json"):
                path.write_text("", "utf-8")
                e.client.text_document_did_save(types.DidSaveTextDocumentParams(document(uri_of(str(path)))))
                await changed(e, path)
                e.change(second, (folder / "柏溪 2023.txt").read_text("utf-8") + "\n")
                await later(True)
            (folder / "柏溪 2022.txt").write_text(forward(folder, 4), "utf-8")
            await changed(e, folder / "柏溪 2022.txt")
            if pulls:
                await e.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
            await later(False)

    run(test())


def test_reports_that_are_excluded_are_left_alone(tmp_path: Path) -> None:
    folder = series(tmp_path)
    (folder / "reportlint.toml").write_text('exclude = ["柏溪 2022.txt"]\n', "utf-8")

    async def test() -> None:
        async with editor("neovim", folder) as e:
            second, first = e.open(folder / "柏溪 2023.txt"), e.open(folder / "柏溪 2022.txt")
            assert await e.pull(first) == []
            assert not carried(await e.pull(second))

    run(test())


def test_settings_that_come_and_go_are_shown() -> None:
    async def test() -> None:
        async with editor("vscode") as e:
            uri = e.open("file:///t/a.txt", FAULTY)
            await e.pushed(uri, lambda found: len(found) == 10)
            for settings, count in (({"ignore": ["wrong-figure"]}, 9), (None, 10)):
                e.client.set_configuration({"reportlint": settings})
                e.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
                await e.pushed(uri, lambda found, count=count: len(found) == count)  # type: ignore[misc]

    run(test())


def test_many_changes_at_once_are_not_all_published() -> None:
    async def test() -> None:
        async with editor("vscode") as e:
            uri = e.open("file:///t/a.txt", FAULTY)
            await e.pushed(uri)
            sent = []
            for n in range(200):
                e.change(uri, FAULTY + "\n" * n)
            e.change(uri, SOUND)
            while e.client.diagnostics[uri]:
                sent.append(await e.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS))
            assert len(sent) < 100

    run(test())


BROKEN = ['langg = "zh"\nselect = ["arithmetic"]\n', "ignores = [\n"]
INLINE = ['ignores = []\nlang = "zh"\n', 'ignores = [{paths = ["b.txt"], rules = ["term"], reason = "r"}]\n']


@pytest.mark.parametrize("text", [*BROKEN, *INLINE])
def test_a_configuration_that_an_entry_would_break_is_left_alone(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FAULTY, "utf-8")
    (tmp_path / "reportlint.toml").write_text(text, "utf-8")

    async def test() -> None:
        async with editor("vscode", tmp_path) as e:
            uri = e.open(path)
            found = await e.pushed(uri)
            for one in found:
                assert not [a for a in await e.actions(uri, one.range, "quickfix") if a.data]
            command = types.ExecuteCommandParams("reportlint.ignore", [uri, "wrong-figure", "published so"])
            assert await e.client.workspace_execute_command_async(command) is None
            assert any("[[ignores]]" in m.message for m in e.client.messages)

    run(test())


def test_an_entry_goes_behind_what_is_not_saved_yet(tmp_path: Path) -> None:
    path, config = tmp_path / "a.txt", tmp_path / "reportlint.toml"
    path.write_text(FAULTY, "utf-8")
    config.write_text('lang = "zh"\n', "utf-8")

    async def test() -> None:
        async with editor("vscode", tmp_path) as e:
            uri = e.open(path)
            found = await e.pushed(uri)
            text = 'lang = "zh"\r\nfail-on = "error"'
            held = e.open(uri_of(str(config)), text)
            e.change(held, text)
            actions = await e.actions(uri, found[0].range, "quickfix")
            (ignore,) = [a for a in actions if a.data == {"ignore": "title-form"}]
            made = e.applied(text, edits_of(ignore, held))
            assert made.startswith(text + "\r\n\r\n[[ignores]]\r\n")
            (change,) = (ignore.edit and ignore.edit.document_changes) or []
            assert isinstance(change, types.TextDocumentEdit)
            assert change.text_document.version == 2

    run(test())


def test_an_edit_that_the_editor_refuses_is_no_success() -> None:
    async def test() -> None:
        async with editor("vscode") as e:

            @e.client.feature(types.WORKSPACE_APPLY_EDIT)  # type: ignore[untyped-decorator]
            def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
                return types.ApplyWorkspaceEditResult(False)

            uri = e.open("file:///t/a.txt", FAULTY)
            command = types.ExecuteCommandParams("reportlint.fixAll", [uri])
            assert await e.client.workspace_execute_command_async(command) is False
            assert "没有接受" in e.client.messages[0].message

    run(test())


def test_what_makes_no_sense_is_refused_and_the_next_request_answered(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "f.txt")

    async def test() -> None:
        async with editor("neovim", tmp_path) as e:
            uri = e.open("file:///t/a.txt", FAULTY)
            for place in (types.Position(10**6, 10**6), types.Position(4, 10**6)):
                await e.client.text_document_hover_async(types.HoverParams(document(uri), place))
            refused: Future[object] = Future()
            e.client.protocol._request_futures["odd"] = refused
            asked = {"textDocument": {"uri": uri}, "position": {"line": -1, "character": "a"}}
            odd_message = {"jsonrpc": "2.0", "id": "odd", "method": types.TEXT_DOCUMENT_HOVER, "params": asked}
            e.client.protocol._send_data(odd_message)
            with pytest.raises(JsonRpcException):
                await asyncio.wrap_future(refused)
            assert e.client.messages == []
            for odd in ("file://[bad", "file:///%ff.txt", "git:/t/a.txt", uri_of(str(tmp_path / "f.txt"))):
                await e.pull(odd)
            assert len(await e.pull(uri)) == 10

    run(test())


EDITS = 120
OWN_FORM = ROOT / "examples/forms"
PIECES = [
    "",
    "0",
    "7",
    " | ",
    "\n",
    "，，",
    "《",
    "》",
    "2021年",
    "𠮷",
    "😀",
    "行政许可",
    "政府信息公开",
    "\x0c",
    "\u2028",
    "件",
    "三、",
]


@pytest.mark.parametrize("seed", range(2))
def test_after_any_edit_the_server_finds_what_a_fresh_run_finds(seed: int, tmp_path: Path) -> None:
    """Two of a national report, two of a shorter one with its own form and configuration."""
    rng = random.Random(seed)
    start, forms = SOUND, None
    if seed % 2:
        shutil.copytree(OWN_FORM, tmp_path, dirs_exist_ok=True)
        start = (OWN_FORM / "sound.txt").read_text("utf-8")
        forms = choose_forms("auto", (tmp_path / "service.lark",))
    path = str(tmp_path / "a.txt")

    def fresh(text: str) -> list[tuple[str, str]]:
        report = read_report(Source(path, text), forms)
        found = lint(report, all_rules(), "zh") if report.recognised else []
        return sorted((text[d.span.start : d.span.end], d.rule) for d in found)

    async def test() -> None:
        async with editor("neovim") as e:
            text = start
            uri = e.open(uri_of(path), text)
            for n in range(EDITS):
                at = rng.randrange(len(text) + 1)
                text = text[:at] + rng.choice(PIECES) + text[at + rng.choice((0, 0, 1, 2, 7)) :]
                if n % 40 == 39:
                    text = start
                e.change(uri, text)
                asked = asyncio.ensure_future(e.pull(uri))
                wanted = await asyncio.to_thread(fresh, text)
                assert sorted((e.text_at(text, d.range), str(d.code)) for d in await asked) == wanted, n

    run(test())


def test_diagnostics_are_those_of_the_format_lsp(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WIDE, "utf-8")
    command = [sys.executable, "-m", "reportlint", "--output-format", "lsp", "--lang", "zh", str(path)]
    written = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)

    async def test() -> None:
        async with editor("vscode") as e:
            uri = e.open(path)
            assert uri == written["uri"]
            found = await e.pushed(uri)
            mine = [
                (d["range"]["start"]["line"], d["range"]["start"]["character"], d["message"])
                for d in written["diagnostics"]
            ]
            assert [(d.range.start.line, d.range.start.character, d.message) for d in found] == mine

    run(test())
