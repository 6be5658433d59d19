"""Findings that the editor asks for."""

from __future__ import annotations

import os
from functools import partial

from lsprotocol import types

from reportlint.server.session import Server, Told, server, told
from reportlint.text.positions import path_of, uri_of


@server.feature(
    types.TEXT_DOCUMENT_DIAGNOSTIC,
    types.DiagnosticOptions(identifier="reportlint", inter_file_dependencies=True, workspace_diagnostics=True),
)
async def pull(ls: Server, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
    """The findings of one document."""
    uri = params.text_document.uri
    document = ls.documents.get(uri)
    await ls.scanned()
    if document is not None:
        now = await ls.told(document)
    else:
        path = path_of(uri)
        # A file that is gone, or a folder, has no findings.
        if path is None or not os.path.isfile(path):
            return types.RelatedFullDocumentDiagnosticReport([])
        now = await ls.work(partial(_of_file, ls, path, uri))
    if params.previous_result_id == now.result:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id=now.result)
    return types.RelatedFullDocumentDiagnosticReport(now.items, result_id=now.result)


def _of_file(ls: Server, path: str, uri: str) -> Told:
    checked = ls.library.get(path) or ls.project.check(path, None)
    return told(checked, uri, ls.library.found(checked))


@server.feature(types.WORKSPACE_DIAGNOSTIC)
async def pull_workspace(ls: Server, params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
    """The findings of every file of the workspace's folders."""
    await ls.scan()
    before = {held.uri: held.value for held in params.previous_result_ids}
    documents = {document.path: document for document in ls.documents.values() if document.is_file}
    for open_one in documents.values():
        await ls.check(open_one)
    held = await ls.work(partial(_every, ls, {path: document.uri for path, document in documents.items()}))
    reports: list[types.WorkspaceDocumentDiagnosticReport] = []
    for path, uri, now in held:
        document = documents.get(path)
        version = document.version if document else None
        reports.append(
            types.WorkspaceUnchangedDocumentDiagnosticReport(uri=uri, result_id=now.result, version=version)
            if before.get(uri) == now.result
            else types.WorkspaceFullDocumentDiagnosticReport(
                uri=uri, items=now.items, version=version, result_id=now.result
            )
        )
    # Files that are gone keep no findings.
    known = {uri for _, uri, _ in held}
    reports += [types.WorkspaceFullDocumentDiagnosticReport(uri=uri, items=[]) for uri in before if uri not in known]
    return types.WorkspaceDiagnosticReport(reports)


def _every(ls: Server, uris: dict[str, str]) -> list[tuple[str, str, Told]]:
    """Each file with its URI, for open ones the client's own, and what is found in it."""
    files = ((checked, uris.get(checked.path) or uri_of(checked.path)) for checked in ls.library.all())
    return [(checked.path, uri, told(checked, uri, ls.library.found(checked))) for checked, uri in files]
