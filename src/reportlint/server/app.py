"""The protocol: the life of the server, and what the editor tells it."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import BinaryIO, cast

from lsprotocol import types

from reportlint.readers import suffixes
from reportlint.server import answers, commands, pulling
from reportlint.server.messages import Messages
from reportlint.server.session import Document, Server, plain, server
from reportlint.text.positions import path_of

__all__ = ["answers", "commands", "pulling", "start"]
_CONFIGURATIONS = (".toml", ".lark", ".json")
"""Endings of the files that settings may stand in; which of them do, the project knows."""

# Life of the server


@server.feature(types.INITIALIZE)
def initialize(ls: Server, params: types.InitializeParams) -> None:
    """Take in the client's language and settings."""
    ls.loop = asyncio.get_running_loop()
    locale = params.locale or os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    ls.locale = "zh" if locale.lower().startswith("zh") else "en"
    if params.initialization_options is not None:
        ls.wish(plain(params.initialization_options))
        ls.first_wishes = ls.wishes


@server.feature(types.INITIALIZED)
async def initialized(ls: Server, params: types.InitializedParams) -> None:
    """Look through the workspace, ask for settings, and watch files."""
    ls.restart()
    ls.spawn(ls.scan())
    before = ls.wishes
    await ls.ask_settings()
    if ls.wishes != before:
        ls.restart()
    if ls.can("workspace", "did_change_watched_files", "dynamic_registration"):
        watchers = [types.FileSystemWatcher(f"**/*{ending}") for ending in (*suffixes(), *_CONFIGURATIONS)]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("reportlint-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        ls.spawn(_register(ls, registration))
    await ls.rescan()


async def _register(ls: Server, registration: types.Registration) -> None:
    await ls.client_register_capability_async(types.RegistrationParams([registration]))


@server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
async def did_change_configuration(ls: Server, params: types.DidChangeConfigurationParams) -> None:
    """Settings of the editor changed."""
    if ls.can("workspace", "configuration"):
        await ls.ask_settings()
    elif params.settings is not None:
        ls.wish(plain(params.settings))
    await ls.reload()


@server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
async def did_change_watched_files(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    """Files changed on the disk: configurations, or reports that are compared with open ones."""
    if any(ls.project.reads(path_of(change.uri) or "") for change in params.changes):
        await ls.reload()
    else:
        await ls.rescan()


@server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
async def did_change_folders(ls: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Folders were added or taken away."""
    await ls.reload()


@server.feature(types.SHUTDOWN)
def shutdown(ls: Server, params: None) -> None:
    """The client is about to leave."""
    ls.leaving = True
    ls.library.stop()


# Documents


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
async def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    """A document was opened."""
    held = params.text_document
    # A view of another scheme, an old revision for one, is not the file that it is called after.
    path = path_of(held.uri) or os.path.basename(held.uri.rpartition(":")[2]) or "untitled"
    document = Document(held.uri, path, held.text, held.version)
    ls.documents[held.uri] = document
    await ls.publish(document)


@server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
async def did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    """A document's text changed."""
    document = ls.documents.get(params.text_document.uri)
    if document is None:
        return
    # pygls has taken the change in; it comes whole, for we ask for that.
    document.text = ls.workspace.get_text_document(document.uri).source
    document.version = params.text_document.version
    await ls.publish(document)


@server.feature(types.TEXT_DOCUMENT_DID_SAVE)
async def did_save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    """A document was written: its encoding may be another, and it may be a configuration."""
    if ls.project.reads(path_of(params.text_document.uri) or ""):
        await ls.reload()
        return
    document = ls.documents.get(params.text_document.uri)
    if document is not None:
        document.known = None
        await ls.publish(document)


@server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
async def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    """A document was closed: what was pushed for it is taken back, and its file counts again for others."""
    document = ls.documents.pop(params.text_document.uri, None)
    if not ls.pulls:
        ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))
    if document is not None and document.is_file:
        ls.library.release(document.path)
        await ls.publish_all()


def start() -> None:
    """Serve the editor on standard input and output until it ends the session, then end the process."""
    # What a plugin prints must not get between the messages.
    stdout, sys.stdout = sys.stdout.buffer, sys.stderr
    server.start_io(cast(BinaryIO, Messages(sys.stdin.buffer, server.log)), stdout)
    server.close()
    # A check that still runs would keep the process. The status says whether the client took its leave.
    sys.stderr.flush()
    os._exit(0 if server.leaving else 1)
