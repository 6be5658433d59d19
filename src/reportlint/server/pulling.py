"""Findings that the editor asks for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial

from lsprotocol import types

from reportlint.diagnostics import Diagnostic
from reportlint.positions import path_of, uri_of
from reportlint.server import convert
from reportlint.server.project import Checked
from reportlint.server.session import Server, server

# Findings that are pulled


@server.feature(
    types.TEXT_DOCUMENT_DIAGNOSTIC,
    types.DiagnosticOptions(identifier="reportlint", inter_file_dependencies=True, workspace_diagnostics=True),
)
async def pull(ls: Server, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
    """The findings of one document."""
    uri = params.text_document.uri
    document = ls.documents.get(uri)
    if document is not None:
        checked, found = await ls.check(document)
    else:
        path = path_of(uri)
        if path is None:
            return types.RelatedFullDocumentDiagnosticReport([])
        checked = await ls.work(partial(ls.project.check, path, None))
        found = ls.library.found(checked)
    told = _told(checked, uri, found)
    if params.previous_result_id == told.result:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id=told.result)
    return types.RelatedFullDocumentDiagnosticReport(told.items, result_id=told.result)


@server.feature(types.WORKSPACE_DIAGNOSTIC)
async def pull_workspace(ls: Server, params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
    """The findings of every file of the workspace's folders."""
    await ls.scan()
    before = {held.uri: held.value for held in params.previous_result_ids}
    documents = {document.path: document for document in ls.documents.values()}
    reports: list[types.WorkspaceDocumentDiagnosticReport] = []
    known = set()
    for path in ls.library.paths():
        document = documents.get(path)
        uri = document.uri if document else uri_of(path)
        if document:
            checked, found = await ls.check(document)
        else:
            held = ls.library.get(path)
            if held is None:
                continue
            checked, found = held, await ls.work(partial(ls.library.found, held))
        told, version = _told(checked, uri, found), document.version if document else None
        known.add(uri)
        reports.append(
            types.WorkspaceUnchangedDocumentDiagnosticReport(uri=uri, result_id=told.result, version=version)
            if before.get(uri) == told.result
            else types.WorkspaceFullDocumentDiagnosticReport(
                uri=uri, items=told.items, version=version, result_id=told.result
            )
        )
    # Files that are gone keep no findings.
    reports += [types.WorkspaceFullDocumentDiagnosticReport(uri=uri, items=[]) for uri in before if uri not in known]
    return types.WorkspaceDiagnosticReport(reports)


@dataclass(frozen=True)
class Told:
    """Findings as the client gets them, with what they are known by."""

    found: list[Diagnostic]
    items: list[types.Diagnostic]
    result: str


def _told(checked: Checked, uri: str, found: list[Diagnostic]) -> Told:
    """Converted once: clients ask for the whole workspace again and again."""
    held = checked.told
    if not isinstance(held, Told) or held.found is not found:
        items = convert.diagnostics(checked, uri, found)
        held = checked.told = Told(found, items, _result_id(items))
    return held


def _result_id(items: list[types.Diagnostic]) -> str:
    return hashlib.sha256(repr(items).encode("utf-8", "surrogatepass")).hexdigest()[:16]
