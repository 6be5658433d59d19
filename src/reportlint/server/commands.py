"""Commands that the editor may send."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from functools import partial

from lsprotocol import types

from reportlint.diagnostics import Diagnostic, UserError
from reportlint.output import make
from reportlint.positions import uri_of
from reportlint.results import FileResult, Options, Summary
from reportlint.server import actions
from reportlint.server.answers import edited, folder_of, operations, safe_fixes
from reportlint.server.project import Checked
from reportlint.server.session import Server, server

# Commands


@server.command("reportlint.fixAll")
async def command_fix_all(ls: Server, uri: str) -> bool:
    """Apply all safe fixes to an open document; says whether there were any."""
    document = ls.documents.get(uri)
    if document is None:
        return False
    checked, found = await ls.check(document)
    action = await safe_fixes(ls, document, checked, found)
    if action is None or action.edit is None:
        return False
    await ls.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(action.edit, label=action.title))
    return True


@server.command("reportlint.ignore")
async def command_ignore(ls: Server, uri: str, rule: str, reason: str) -> str | None:
    """Have a rule ignored in an open document, for a reason; gives the URI of the configuration that says so."""
    document = ls.documents.get(uri)
    if document is None or not reason.strip():
        return None
    checked, _ = await ls.check(document)
    may_create = types.ResourceOperationKind.Create in operations(ls)
    try:
        folder = folder_of(ls, document.path)
        written = actions.ignoring(checked, rule, reason, folder, may_create, edited(ls, document).versioned)
    except UserError as error:
        ls.tell(error.words(checked.lang))
        return None
    if written is None:
        return None
    path, edit = written
    await ls.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit, label=f"reportlint: {rule}"))
    return uri_of(str(path))


@server.command("reportlint.page")
async def command_page(ls: Server, uri: str) -> str | None:
    """The page of --output-format html for an open document."""
    document = ls.documents.get(uri)
    if document is None:
        return None
    checked, found = await ls.check(document)
    return await ls.work(partial(_page, ls, checked, found))


def _page(ls: Server, checked: Checked, found: list[Diagnostic]) -> str | None:
    stream = io.StringIO()
    forms = ls.project.settings(checked.path).forms
    result = FileResult(os.path.basename(checked.path), checked.source, tuple(found), forms=forms)
    if report := checked.recognised:
        result = replace(result, form=report.form.name, year=report.year, organ=report.organ)
    summary = Summary(files=1, failed=int(checked.problem is not None))
    summary.add(found)
    try:
        output = make("html", stream, Options(checked.lang))
    except UserError as error:
        ls.tell(error.words(checked.lang))
        return None
    output.file(result)
    output.end(summary)
    return stream.getvalue()
