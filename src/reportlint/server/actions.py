"""Code actions: apply a finding's fix, apply all safe ones, ignore a rule here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from lsprotocol import types

from reportlint import globs
from reportlint.diagnostics import Diagnostic, Fix, Safety, Span, UserError, Words
from reportlint.fixer import mend
from reportlint.positions import Positions, uri_of
from reportlint.server.convert import diagnostic, position, range_of, text_edit
from reportlint.server.project import Checked, Project
from reportlint.source import Source, visible

FIX_ALL = "source.fixAll.reportlint"
REPLACE = Words("改为“{text}”", "Change to “{text}”")
DELETE = Words("删去“{text}”", "Delete “{text}”")
MEND = Words("修正：{message}", "Fix: {message}")
UNSAFE = Words("（须核对）", " (look it up first)")
ALL = Words("修正全部有把握的问题（reportlint）", "Fix all that is safe (reportlint)")
IGNORE = Words(
    "在这个文件里不再报 {rule}，并写明原因（写入 {file}）", "Ignore {rule} in this file, with a reason ({file})"
)
REASON = Words("请写明原因", "say why")
_SHOWN = 24
_SEARCHED = 2000
"""So many lines are compared one by one; longer texts are put in place as a whole."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A document that edits are for; without `versioned` the editor takes edits only by URI."""

    uri: str
    version: int | None
    versioned: bool = True

    def edit(self, edits: list[types.TextEdit]) -> types.WorkspaceEdit:
        """Edits of the document."""
        if not self.versioned:
            return types.WorkspaceEdit(changes={self.uri: edits})
        document = types.OptionalVersionedTextDocumentIdentifier(self.uri, self.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, list(edits))])


def quick_fixes(checked: Checked, found: list[Diagnostic], document: Edited, asked: Span) -> Iterator[types.CodeAction]:
    """The fix of each finding that touches a range; safe ones are preferred, so that editors may apply them unasked."""
    for one in found:
        fix = one.fix
        if fix is None or not fix.edits or one.span.start > asked.end or one.span.end < asked.start:
            continue
        safe = fix.safety is Safety.SAFE
        yield types.CodeAction(
            title=_title(one, fix, checked) + ("" if safe else UNSAFE(checked.lang)),
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[diagnostic(checked, document.uri, one)],
            is_preferred=safe,
            edit=document.edit([text_edit(edit, checked.positions) for edit in fix.edits]),
        )


def _title(found: Diagnostic, fix: Fix, checked: Checked) -> str:
    """What the place of a finding will read, where that is short."""
    text, at = checked.source.text, found.span
    if all(at.start <= edit.span.start and edit.span.end <= at.end for edit in fix.edits):
        old = text[at.start : at.end]
        new, done = "", at.start
        for edit in sorted(fix.edits, key=lambda edit: edit.span):
            new += text[done : edit.span.start] + edit.text
            done = edit.span.end
        new += text[done : at.end]
        if new and len(new) <= _SHOWN and new.isprintable():
            return REPLACE(checked.lang).format(text=new)
        if not new and len(old) <= _SHOWN and old.isprintable():
            return DELETE(checked.lang).format(text=old)
    return MEND(checked.lang).format(message=visible(found.message))


def fix_all(project: Project, checked: Checked, found: list[Diagnostic], document: Edited) -> types.CodeAction | None:
    """All safe fixes at once, as --fix applies them; None where there is none. Raises UserError."""
    safe = [one for one in found if one.fix and one.fix.edits and one.fix.safety is Safety.SAFE]
    if not safe:
        return None

    def check(text: Source) -> list[Diagnostic]:
        return safe if text is source else _with_edits(project.check(checked.path, text.text).found)

    # The editor writes the file, in the encoding that it chooses.
    source = replace(checked.source, encoding="utf-8", has_mark=False)
    mended = mend(source, {Safety.SAFE}, check)
    edits = list(_differences(checked.positions, mended.source.text))
    return types.CodeAction(
        title=ALL(checked.lang),
        kind=FIX_ALL,
        diagnostics=[diagnostic(checked, document.uri, one) for one in safe],
        edit=document.edit(edits),
    )


def _with_edits(found: list[Diagnostic]) -> list[Diagnostic]:
    return [one for one in found if one.fix and one.fix.edits]


def _differences(positions: Positions, new: str) -> Iterator[types.TextEdit]:
    """The lines of a text that differ in a new one."""
    old_lines = positions.text.splitlines(keepends=True)
    new_lines = new.splitlines(keepends=True)
    if max(len(old_lines), len(new_lines)) > _SEARCHED:
        yield types.TextEdit(range_of(Span(0, len(positions.text)), positions), new)
        return
    offsets = [0]
    for line in old_lines:
        offsets.append(offsets[-1] + len(line))
    for tag, first, last, new_first, new_last in SequenceMatcher(None, old_lines, new_lines, False).get_opcodes():
        if tag != "equal":
            yield types.TextEdit(
                range_of(Span(offsets[first], offsets[last]), positions), "".join(new_lines[new_first:new_last])
            )


def ignores(
    checked: Checked, found: list[Diagnostic], document: Edited, asked: Span, folder: str | None, may_create: bool
) -> Iterator[types.CodeAction]:
    """For each rule that fires in a range an entry of `ignores` in the configuration, with its reason left to say.

    Where there is no configuration one is made in `folder`, if the editor can make files. An
    editor that can ask for the reason finds the rule in `data`. Raises UserError.
    """
    here = dict.fromkeys(d.rule for d in found if d.span.start <= asked.end and d.span.end >= asked.start)
    for rule in here:
        written = ignoring(checked, rule, REASON(checked.lang), folder, may_create, document.versioned)
        if written is None:
            return
        path, edit = written
        yield types.CodeAction(
            title=IGNORE(checked.lang).format(rule=rule, file=path.name),
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[diagnostic(checked, document.uri, one) for one in found if one.rule == rule],
            edit=edit,
            data={"ignore": rule},
        )


def ignoring(
    checked: Checked, rule: str, reason: str, folder: str | None, may_create: bool, versioned: bool
) -> tuple[Path, types.WorkspaceEdit] | None:
    """The configuration, and the edit that has a rule ignored in a file; None where none can be written.

    Raises UserError.
    """
    config = checked.config
    made = config.path is None
    if made and (folder is None or not may_create):
        return None
    path = config.path or Path(folder or "") / "reportlint.toml"
    table = "tool.reportlint.ignores" if path.name == "pyproject.toml" else "ignores"
    values = {"paths": [globs.literal(checked.path, path.parent)], "rules": [rule], "reason": reason}
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    entry = "\n".join([f"[[{table}]]", *lines]) + "\n"
    if entry != visible(entry):
        return None  # a name that no TOML file can hold
    return path, _appended(path, entry, made, versioned)


def _appended(path: Path, entry: str, made: bool, versioned: bool) -> types.WorkspaceEdit:
    """An entry at the end of a configuration, which is `made` where there is none."""
    document = Edited(uri_of(str(path)), None, versioned)
    if made:
        start = types.Position(0, 0)
        edit = document.edit([types.TextEdit(types.Range(start, start), entry)])
        create = types.CreateFile(document.uri, options=types.CreateFileOptions(ignore_if_exists=True))
        return types.WorkspaceEdit(document_changes=[create, *(edit.document_changes or [])])
    text = _text_of(path)
    at = position(Positions(text).position(len(text)))
    entry = ("" if text.endswith("\n") or not text else "\n") + "\n" + entry
    return document.edit([types.TextEdit(types.Range(at, at), entry)])


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UserError(f"无法读取 {path}", f"cannot read {path}") from None
