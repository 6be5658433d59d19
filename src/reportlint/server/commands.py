"""Commands that the editor may send."""

from __future__ import annotations

import io
import os
from functools import partial

from lsprotocol import types

from reportlint.diagnostics import Diagnostic, UserError, Words
from reportlint.output import make
from reportlint.results import FileResult, Options, Summary
from reportlint.rules import all_rules
from reportlint.run.analysis import analyse
from reportlint.server import actions, editing
from reportlint.server.project import Checked
from reportlint.server.session import Server, server
from reportlint.text.positions import uri_of

NOT_APPLIED = Words("编辑器没有接受修改", "the editor did not take the edit")
NO_ENTRY = Words(
    "这份配置里写不进忽略：请先改正配置，或把 ignores 写成 [[ignores]]",
    "an ignore cannot be put into this configuration: mend it first, or write ignores as [[ignores]]",
)


@server.command("reportlint.fixAll")
async def fix_all(ls: Server, uri: str) -> bool:
    """Apply all safe fixes to an open document; says whether they were."""
    document = ls.documents.get(uri)
    action = await editing.fix_all(ls, document) if document else None
    if action is None or action.edit is None:
        return False
    return await _apply(ls, action.edit, action.title)


@server.command("reportlint.ignore")
async def ignore(ls: Server, uri: str, rule: str, reason: str) -> str | None:
    """Have a rule ignored in an open document, for a reason; gives the URI of the configuration that says so."""
    document = ls.documents.get(uri)
    known = {one.name for one in all_rules()}
    if document is None or rule not in known or not isinstance(reason, str) or not reason.strip():
        return None
    checked = await ls.check(document)
    settings = editing.settings_of(ls, checked)
    edit = actions.ignoring(checked, rule, reason, settings, editing.versioned(ls)) if settings else None
    if settings is None or edit is None:
        ls.tell(NO_ENTRY(checked.lang))
        return None
    return uri_of(str(settings.path)) if await _apply(ls, edit, f"reportlint: {rule}") else None


async def _apply(ls: Server, edit: types.WorkspaceEdit, title: str) -> bool:
    """Have the client apply an edit; says so where it does not."""
    answer = await ls.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit, label=title))
    if not answer.applied:
        ls.tell(NOT_APPLIED(ls.project.lang))
    return answer.applied


@server.command("reportlint.page")
async def page(ls: Server, uri: str) -> str | None:
    """The page of --output-format html for an open document."""
    document = ls.documents.get(uri)
    if document is None:
        return None
    checked, found = await ls.found(document)
    return await ls.work(partial(_page, ls, checked, found))


def _page(ls: Server, checked: Checked, found: list[Diagnostic]) -> str | None:
    stream = io.StringIO()
    analysis = checked.analysis or analyse(checked.source, ls.project.settings(checked.path).forms)
    result = FileResult(os.path.basename(checked.path), checked.source, tuple(found), lambda: analysis)
    if report := checked.recognised:
        result = result._replace(form=report.form.name, year=report.year, organ=report.organ)
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
