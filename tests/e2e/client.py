"""An editor for tests: it starts the server and speaks to it with the capabilities of a real one."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest_lsp
from lsprotocol import types
from pytest_lsp.client import LanguageClient, make_test_lsp_client

from reportlint.text.positions import Positions, uri_of

Value = TypeVar("Value")
NAMES = {"vscode": "visual-studio-code", "neovim": "neovim", "emacs": "emacs"}
"""Their newest capability sets in pytest-lsp; VS Code counts UTF-16, Neovim pulls and counts UTF-8, Emacs UTF-32."""


def run(test: Awaitable[Value]) -> Value:
    """Run a coroutine; a server that does not answer ends the test."""

    async def limited() -> Value:
        return await asyncio.wait_for(test, 120)

    return asyncio.run(limited())


class Editor:
    """A client beside its server."""

    def __init__(self, client: LanguageClient, result: types.InitializeResult) -> None:
        self.client = client
        self.capabilities = result.capabilities
        encoding = result.capabilities.position_encoding
        self.encoding = str(getattr(encoding, "value", encoding) or "utf-16")
        self.versions: dict[str, int] = {}

    def open(self, path: Path | str, text: str | None = None) -> str:
        """Open a file; gives its URI."""
        uri = path if isinstance(path, str) else uri_of(str(path))
        if text is None:
            assert isinstance(path, Path)
            text = path.read_bytes().decode()
        self.versions[uri] = 1
        item = types.TextDocumentItem(uri, "plaintext", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def change(self, uri: str, text: str) -> None:
        """Put another text in place of a document's."""
        self.versions[uri] += 1
        document = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def pull(self, uri: str) -> list[types.Diagnostic]:
        """A document's findings, pulled."""
        asked = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
        report = await self.client.text_document_diagnostic_async(asked)
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        return list(report.items)

    async def pushed(self, uri: str, wanted: Callable[[list[types.Diagnostic]], bool] = bool) -> list[types.Diagnostic]:
        """A document's findings, as soon as those that were pushed are as `wanted`."""
        while not wanted(list(self.client.diagnostics.get(uri, ()))):
            await self.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        return list(self.client.diagnostics[uri])

    async def actions(self, uri: str, range_: types.Range, *only: str) -> list[types.CodeAction]:
        """The code actions of a range."""
        context = types.CodeActionContext([], only=list(only) or None)
        asked = types.CodeActionParams(types.TextDocumentIdentifier(uri), range_, context)
        found = await self.client.text_document_code_action_async(asked) or []
        return [action for action in found if isinstance(action, types.CodeAction)]

    async def settle(self) -> None:
        """Wait until the server has done what it was told so far."""
        await self.client.text_document_folding_range_async(
            types.FoldingRangeParams(types.TextDocumentIdentifier("untitled:none"))
        )

    def text_at(self, text: str, range_: types.Range) -> str:
        """What stands at a range, in the columns that were agreed on."""
        positions = Positions(text, self.encoding)
        start, end = (positions.offset(at.line, at.character) for at in (range_.start, range_.end))
        return text[start:end]

    def applied(self, text: str, edits: list[types.TextEdit]) -> str:
        """A text with edits applied, as an editor does it."""
        positions = Positions(text, self.encoding)
        spans = [
            (
                positions.offset(e.range.start.line, e.range.start.character),
                positions.offset(e.range.end.line, e.range.end.character),
                e.new_text,
            )
            for e in edits
        ]
        for start, end, new in sorted(spans, reverse=True):
            text = text[:start] + new + text[end:]
        return text


def edits_of(action: types.CodeAction, uri: str) -> list[types.TextEdit]:
    """The edits that an action makes in a document."""
    assert action.edit is not None
    found = list((action.edit.changes or {}).get(uri, ()))
    for change in action.edit.document_changes or []:
        if isinstance(change, types.TextDocumentEdit) and change.text_document.uri == uri:
            found += [edit for edit in change.edits if isinstance(edit, types.TextEdit)]
    return found


@asynccontextmanager
async def editor(
    name: str, folder: Path | None = None, settings: dict[str, Any] | None = None, locale: str = "zh-cn", **env: str
) -> AsyncIterator[Editor]:
    """An editor with the server running; `folder` is its workspace."""
    client = make_test_lsp_client()

    # Those of newer versions than pytest-lsp's own capability sets know of.
    @client.feature(types.WORKSPACE_INLAY_HINT_REFRESH)  # type: ignore[untyped-decorator]
    def refresh(params: None) -> None:
        pass

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)  # type: ignore[untyped-decorator]
    def register(params: types.RegistrationParams) -> None:
        client.registered = [r.method for r in params.registrations]  # type: ignore[attr-defined]

    client.set_configuration({"reportlint": settings or {}})
    whole = {**os.environ, **env}
    await client.start_io(sys.executable, "-m", "reportlint", "server", env=whole, cwd=folder or Path.cwd())
    capabilities = pytest_lsp.client_capabilities(NAMES.get(name, name))
    folders = [types.WorkspaceFolder(uri_of(str(folder)), folder.name)] if folder else None
    result = await client.initialize_session(
        types.InitializeParams(
            capabilities=capabilities, workspace_folders=folders, locale=locale, initialization_options=settings
        )
    )
    try:
        yield Editor(client, result)
    finally:
        await client.shutdown_session()
        await client.stop()  # type: ignore[no-untyped-call]
