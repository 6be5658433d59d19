"""Code actions: apply a finding's fix, apply all safe ones, ignore a rule here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from lsprotocol import types

from reportlint.characters import printable
from reportlint.config import globs
from reportlint.diagnostics import Diagnostic, Fix, Safety, Span, UserError, Words
from reportlint.run import configfile
from reportlint.run.fixer import mend
from reportlint.server.convert import diagnostic, position, range_of, text_edit
from reportlint.server.project import Checked, Project
from reportlint.source import Source
from reportlint.text.positions import Positions, uri_of
from reportlint.tuples import NamedTuple

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


class Edited(NamedTuple):
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
    return MEND(checked.lang).format(message=printable(found.message))


def fix_all(project: Project, checked: Checked, found: list[Diagnostic], document: Edited) -> types.CodeAction | None:
    """All safe fixes at once, as --fix applies them; None where there is none. Raises UserError."""
    safe = [one for one in found if one.fix and one.fix.edits and one.fix.safety is Safety.SAFE]
    if not safe:
        return None

    def check(text: Source) -> list[Diagnostic]:
        return _edits_only(found if text is source else project.check(checked.path, text.text).found)

    # The editor writes the file, in the encoding that it chooses.
    source = checked.source._replace(encoding="utf-8", has_mark=False)
    mended = mend(source, {Safety.SAFE}, check)
    edits = list(_differences(checked.positions, mended.source.text))
    return types.CodeAction(
        title=ALL(checked.lang),
        kind=FIX_ALL,
        diagnostics=[diagnostic(checked, document.uri, one) for one in safe],
        edit=document.edit(edits),
    )


def _edits_only(found: list[Diagnostic]) -> list[Diagnostic]:
    """Findings without the fixes that change a file's encoding: that is the editor's."""
    return [one if one.fix and one.fix.edits else one._replace(fix=None) for one in found]


def _differences(positions: Positions, new: str) -> Iterator[types.TextEdit]:
    """The lines of a text that differ in a new one; one by one where there are as many, else all between."""
    old_lines, new_lines = _lines(positions.text), _lines(new)
    if len(old_lines) == len(new_lines):
        runs = [(n, n + 1, [line]) for n, line in enumerate(new_lines) if line != old_lines[n]]
    else:
        same = _same(old_lines, new_lines)
        behind = _same(old_lines[same:][::-1], new_lines[same:][::-1])
        runs = [(same, len(old_lines) - behind, new_lines[same : len(new_lines) - behind])]
    offsets = [0, *accumulate(map(len, old_lines))]
    for start, end, lines in runs:
        yield types.TextEdit(range_of(Span(offsets[start], offsets[end]), positions), "".join(lines))


def _same(one: list[str], other: list[str]) -> int:
    """How many lines two texts begin with that are the same."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _lines(text: str) -> list[str]:
    """A text in lines as the protocol has them, with their ends."""
    return re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z", text)


class OpenConfig(NamedTuple):
    """The configuration that an entry is to be put into: its text as it is now, None where it is to be made."""

    path: Path
    text: str | None
    version: int | None = None


def ignores(
    checked: Checked, found: list[Diagnostic], document: Edited, asked: Span, settings: OpenConfig
) -> Iterator[types.CodeAction]:
    """For each rule that fires in a range an entry of `ignores` in the configuration, with its reason left to say.

    An editor that can ask for the reason finds the rule in `data`.
    """
    here = [one for one in found if one.span.start <= asked.end and one.span.end >= asked.start]
    for rule in dict.fromkeys(one.rule for one in here):
        edit = ignoring(checked, rule, REASON(checked.lang), settings, document.versioned)
        if edit is not None:
            yield types.CodeAction(
                title=IGNORE(checked.lang).format(rule=rule, file=settings.path.name),
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[diagnostic(checked, document.uri, one) for one in here if one.rule == rule],
                edit=edit,
                data={"ignore": rule},
            )


def ignoring(
    checked: Checked, rule: str, reason: str, settings: OpenConfig, versioned: bool
) -> types.WorkspaceEdit | None:
    """The edit that has a rule ignored in a file; None where the configuration could not be read with it."""
    path = settings.path
    inside = globs.literal(checked.path, path.parent)
    table = "tool.reportlint.ignores" if path.name == "pyproject.toml" else "ignores"
    values = {"paths": [inside], "rules": [rule], "reason": reason}
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    entry = "\n".join([f"[[{table}]]", *lines]) + "\n"
    text = settings.text or ""
    newline = "\r\n" if "\r\n" in text else "\n"
    if text:
        entry = ("" if text.endswith("\n") else "\n") + "\n" + entry
    entry = entry.replace("\n", newline)
    if not _works(text + entry, path, rule, inside):
        return None
    document = Edited(uri_of(str(path)), settings.version, versioned)
    at = position(Positions(text, checked.encoding).position(len(text)))
    edit = document.edit([types.TextEdit(types.Range(at, at), entry)])
    if settings.text is None:
        create = types.CreateFile(document.uri, options=types.CreateFileOptions(ignore_if_exists=True))
        return types.WorkspaceEdit(document_changes=[create, *(edit.document_changes or [])])
    return edit


def _works(text: str, path: Path, rule: str, glob: str) -> bool:
    """Whether a configuration can be read, and ignores the rule for the file."""
    try:
        text.encode()
        config = configfile.parse(text, path)
    except (UserError, UnicodeEncodeError):
        return False
    return any(rule in ignore.rules and glob in ignore.paths for ignore in config.ignores) and not glob.startswith("//")
