"""The protocol: what the editor asks, and when it is told of findings."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from reportlint import __version__
from reportlint.diagnostics import Diagnostic, Span, UserError
from reportlint.output import make
from reportlint.positions import path_of, uri_of
from reportlint.results import FileResult, Options, Summary
from reportlint.server import actions, colours, completion, convert, hints, outline
from reportlint.server.hover import hover
from reportlint.server.library import Library
from reportlint.server.project import Checked, Project
from reportlint.server.wishes import SECTION, BadWish, Wishes, read_wishes
from reportlint.settings import forget

Value = TypeVar("Value")
_WORKERS = 4
_WATCHED = ("**/reportlint.toml", "**/pyproject.toml", "**/*.lark", "**/*.toml", "**/*.json")
_WATCHED_TEXTS = "**/*.{txt,text,md,markdown}"
_CONFIGURATIONS = (".toml", ".lark", ".json")


@dataclass
class Document:
    """A file that the editor holds open, and what was found in it last.

    `asked` is the version and the settings' generation that `running` works on, `known` those of
    `checked` and `found`.
    """

    uri: str
    path: str
    text: str
    version: int
    asked: tuple[int, int] | None = None
    known: tuple[int, int] | None = None
    running: asyncio.Future[tuple[Checked, list[Diagnostic]]] | None = None
    checked: Checked | None = None
    found: list[Diagnostic] = field(default_factory=list)


class Server(LanguageServer):
    """reportlint as a language server."""

    def __init__(self) -> None:
        super().__init__(
            "reportlint", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full, max_workers=_WORKERS
        )
        self.documents: dict[str, Document] = {}
        self.generation = 0
        self.wishes = Wishes()
        self.locale = "en"
        self.said: set[str] = set()
        self.pool = ThreadPoolExecutor(_WORKERS, "reportlint")
        self.loop: asyncio.AbstractEventLoop | None = None
        self.scanning: asyncio.Task[None] | None = None
        self.project = Project(self.wishes, self.locale, "utf-16", self.tell, self.log)
        self.library = Library(self.project, [], self.tell, self.log)

    # What the client can do

    @property
    def pulls(self) -> bool:
        """Whether the client asks for diagnostics; else it is told."""
        asked = self.client_capabilities.text_document
        return asked is not None and asked.diagnostic is not None

    def can(self, *names: str) -> bool:
        """Whether a capability of the client, named by its path, is there."""
        held: Any = self.client_capabilities
        for name in names:
            held = getattr(held, name, None)
        return bool(held)

    @property
    def reads_markdown(self) -> bool:
        """Whether hovers may be Markdown."""
        asked = self.client_capabilities.text_document
        formats = asked.hover.content_format if asked and asked.hover else None
        return types.MarkupKind.Markdown in (formats or [])

    # Told from any thread

    def tell(self, sentence: str) -> None:
        """Show a sentence to the user, once."""
        if sentence not in self.said:
            self.said.add(sentence)
            self._later(
                self.window_show_message, types.ShowMessageParams(types.MessageType.Warning, f"reportlint: {sentence}")
            )

    def log(self, sentence: str) -> None:
        """Write a line into the editor's log."""
        self._later(self.window_log_message, types.LogMessageParams(types.MessageType.Error, sentence))

    def _later(self, send: Callable[[Any], None], params: Any) -> None:
        if self.loop is not None:
            self.loop.call_soon_threadsafe(send, params)

    # State

    def restart(self) -> None:
        """Begin anew with settings or configurations that changed."""
        self.generation += 1
        self.said.clear()
        forget()
        encoding = str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))
        self.project = Project(self.wishes, self.locale, encoding, self.tell, self.log)
        folders = [path for uri in self.workspace.folders if (path := path_of(self.workspace.folders[uri].uri))]
        self.library = Library(self.project, folders if self.wishes.workspace else [], self.tell, self.log)
        self.scanning = None

    async def work(self, do: Callable[[], Value]) -> Value:
        """What a piece of work gives that is done beside the loop."""
        return await asyncio.get_running_loop().run_in_executor(self.pool, do)

    async def check(self, document: Document) -> tuple[Checked, list[Diagnostic]]:
        """The findings in a document as it is now; of versions that come fast only the last is checked."""
        while True:
            wanted = document.version, self.generation
            if document.known == wanted and document.checked is not None:
                return document.checked, document.found
            if document.running is None:
                document.asked = wanted
                document.running = asyncio.ensure_future(self.work(partial(self._check, document.path, document.text)))
            running = document.running
            # A request that is cancelled must not take the check from others.
            done = await asyncio.shield(running)
            if document.running is running:
                document.running = None
                document.known = document.asked
                document.checked, document.found = done

    def _check(self, path: str, text: str) -> tuple[Checked, list[Diagnostic]]:
        library = self.library
        checked = self.project.check(path, text)
        library.put(checked)
        return checked, library.found(checked)

    async def scan(self) -> None:
        """Know the files of the workspace as they are on the disk."""
        if self.scanning is None or self.scanning.done():
            is_open = frozenset(document.path for document in self.documents.values())
            self.scanning = asyncio.ensure_future(self.work(partial(self.library.scan, is_open)))
        await asyncio.shield(self.scanning)

    # Telling of findings

    async def publish(self, document: Document) -> None:
        """Push a document's findings to a client that does not pull."""
        if self.pulls:
            return
        checked, found = await self.check(document)
        if self.documents.get(document.uri) is document:
            shown = convert.diagnostics(checked, document.uri, found)
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(document.uri, shown, document.known[0] if document.known else None)
            )

    async def publish_all(self) -> None:
        """Push, or ask the client to pull anew."""
        if self.pulls:
            if self.can("workspace", "diagnostics", "refresh_support"):
                await self.workspace_diagnostic_refresh_async(None)
        else:
            for document in list(self.documents.values()):
                document.known = None
                await self.publish(document)
        if self.can("workspace", "inlay_hint", "refresh_support") and self.wishes.inlay_hints:
            await self.workspace_inlay_hint_refresh_async(None)

    async def ask_settings(self) -> None:
        """Ask the client for its settings, if it has any for us."""
        if not self.can("workspace", "configuration"):
            return
        asked = types.ConfigurationParams([types.ConfigurationItem(section=SECTION)])
        with suppress(Exception):  # a client that cannot answer leaves the settings as they are
            held = await self.workspace_configuration_async(asked)
            if held and held[0] is not None:
                self.wish(_plain(held[0]))

    def wish(self, value: Any) -> None:
        """Take over settings of the client."""
        try:
            self.wishes = read_wishes(value)
        except BadWish as error:
            self.tell(error.words(self.wishes.lang or self.locale))

    def spawn(self, work: Awaitable[None]) -> None:
        """Do something on the side; what goes wrong is logged."""

        async def guarded() -> None:
            try:
                await work
            except Exception as error:
                self.log(f"{type(error).__name__}: {error}")

        task = asyncio.ensure_future(guarded())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    _tasks: set[asyncio.Future[None]] = set()  # noqa: RUF012 - one server a process


def _plain(value: Any) -> Any:
    """Settings as dictionaries, whatever the library made of them."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, dict):
        return {name: _plain(held) for name, held in value.items()}
    return [_plain(held) for held in value] if isinstance(value, list | tuple) else value


server = Server()


# Life of the server


@server.feature(types.INITIALIZE)
def initialize(ls: Server, params: types.InitializeParams) -> None:
    """Take in the client's language and settings."""
    ls.loop = asyncio.get_running_loop()
    locale = params.locale or os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    ls.locale = "zh" if locale.lower().startswith("zh") else "en"
    if params.initialization_options is not None:
        ls.wish(_plain(params.initialization_options))


@server.feature(types.INITIALIZED)
async def initialized(ls: Server, params: types.InitializedParams) -> None:
    """Ask for settings, watch files, and look through the workspace."""
    ls.restart()
    before = ls.wishes
    await ls.ask_settings()
    if ls.wishes != before:
        ls.restart()
    if ls.can("workspace", "did_change_watched_files", "dynamic_registration"):
        watchers = [types.FileSystemWatcher(glob) for glob in (*_WATCHED, _WATCHED_TEXTS)]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("reportlint-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        ls.spawn(_register(ls, registration))
    ls.spawn(_first_look(ls))


async def _register(ls: Server, registration: types.Registration) -> None:
    await ls.client_register_capability_async(types.RegistrationParams([registration]))


async def _first_look(ls: Server) -> None:
    await ls.scan()
    if ls.library.paths():
        await ls.publish_all()


@server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
async def did_change_configuration(ls: Server, params: types.DidChangeConfigurationParams) -> None:
    """Settings of the editor changed."""
    if ls.can("workspace", "configuration"):
        await ls.ask_settings()
    elif params.settings is not None:
        ls.wish(_plain(params.settings))
    ls.restart()
    await ls.scan()
    await ls.publish_all()


@server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
async def did_change_watched_files(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    """Files changed on the disk: configurations, or reports that are compared with open ones."""
    if any(change.uri.endswith(_CONFIGURATIONS) for change in params.changes):
        ls.restart()
    await ls.scan()
    ls.generation += 1
    await ls.publish_all()


@server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
async def did_change_folders(ls: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Folders were added or taken away."""
    ls.restart()
    await ls.scan()
    await ls.publish_all()


# Documents


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
async def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    """A document was opened."""
    held = params.text_document
    path = path_of(held.uri) or held.uri.rpartition(":")[2] or "untitled"
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
    path = path_of(params.text_document.uri) or ""
    if path.endswith(_CONFIGURATIONS):
        ls.restart()
        await ls.publish_all()
        return
    document = ls.documents.get(params.text_document.uri)
    if document is not None:
        document.known = None
        await ls.publish(document)


@server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    """A document was closed: what was pushed for it is taken back."""
    ls.documents.pop(params.text_document.uri, None)
    if not ls.pulls:
        ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))


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


# Questions about a place


async def _at(ls: Server, uri: str, place: types.Position) -> tuple[Document, Checked, list[Diagnostic], int] | None:
    document = ls.documents.get(uri)
    if document is None:
        return None
    checked, found = await ls.check(document)
    return document, checked, found, checked.positions.offset(place.line, place.character)


@server.feature(types.TEXT_DOCUMENT_HOVER)
async def on_hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    """Why a finding is one; what a figure is a part of."""
    held = await _at(ls, params.text_document.uri, params.position)
    if held is None:
        return None
    _, checked, found, offset = held
    return await ls.work(partial(hover, checked, found, offset, ls.reads_markdown))


@server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["|", "、", "（", "."]))
async def on_completion(ls: Server, params: types.CompletionParams) -> types.CompletionList | None:
    """The form's wording."""
    held = await _at(ls, params.text_document.uri, params.position)
    return completion.complete(held[1], held[3]) if held else None


@server.feature(
    types.TEXT_DOCUMENT_CODE_ACTION,
    types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, actions.FIX_ALL]),
)
async def on_code_action(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """Fixes, and ways to ignore."""
    held = await _at(ls, params.text_document.uri, params.range.start)
    if held is None:
        return []
    document, checked, found, start = held
    asked = Span(start, checked.positions.offset(params.range.end.line, params.range.end.character))
    made: list[types.CodeAction] = []
    if _wants(params.context, types.CodeActionKind.QuickFix.value):
        edited = _edited(ls, document)
        made += actions.quick_fixes(checked, found, edited, asked)
        folder = _folder(ls, document.path)
        may_create = types.ResourceOperationKind.Create in _operations(ls)
        with suppress(UserError):  # the configuration went away meanwhile
            made += actions.ignores(checked, found, edited, asked, folder, may_create)
    if _wants(params.context, actions.FIX_ALL):
        action = await _fix_all(ls, document, checked, found)
        made += [action] if action else []
    return made


def _wants(context: types.CodeActionContext, kind: str) -> bool:
    """Whether a kind of action is asked for: all are where none is named."""
    only = [str(getattr(one, "value", one)) for one in context.only or []]
    return not only or any(kind == one or kind.startswith(one + ".") for one in only)


def _operations(ls: Server) -> Sequence[types.ResourceOperationKind]:
    """What the client can do with files in an edit."""
    held = ls.client_capabilities.workspace and ls.client_capabilities.workspace.workspace_edit
    return (held.resource_operations if held else None) or []


def _edited(ls: Server, document: Document) -> actions.Edited:
    """A document to be edited as the client takes it; some say only that they can make files."""
    versioned = ls.can("workspace", "workspace_edit", "document_changes") or bool(_operations(ls))
    return actions.Edited(document.uri, document.version, versioned)


def _folder(ls: Server, path: str) -> str | None:
    """The folder of the workspace that a file is in, else its own."""
    folders = [folder for folder in ls.library.folders if path.startswith(folder.rstrip(os.sep) + os.sep)]
    return max(folders, key=len, default=os.path.dirname(path) if os.path.isabs(path) else None)


async def _fix_all(
    ls: Server, document: Document, checked: Checked, found: list[Diagnostic]
) -> types.CodeAction | None:
    try:
        return await ls.work(partial(actions.fix_all, ls.project, checked, found, _edited(ls, document)))
    except UserError as error:
        ls.tell(error.words(checked.lang))
        return None


# The document as a whole


async def _whole(ls: Server, uri: str) -> Checked | None:
    document = ls.documents.get(uri)
    return (await ls.check(document))[0] if document else None


@server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
async def on_symbols(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    """Sections, sub-headings and tables."""
    checked = await _whole(ls, params.text_document.uri)
    return outline.symbols(checked) if checked else []


@server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
async def on_folding(ls: Server, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
    """What may be folded away."""
    checked = await _whole(ls, params.text_document.uri)
    return outline.folding(checked) if checked else []


@server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, colours.LEGEND)
async def on_tokens(ls: Server, params: types.SemanticTokensParams) -> types.SemanticTokens:
    """Figures and names of documents."""
    checked = await _whole(ls, params.text_document.uri)
    return colours.tokens(checked) if checked else types.SemanticTokens(data=[])


@server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
async def on_hints(ls: Server, params: types.InlayHintParams) -> list[types.InlayHint]:
    """Sums that differ, if the settings ask for them."""
    checked = await _whole(ls, params.text_document.uri) if ls.wishes.inlay_hints else None
    return hints.hints(checked, params.range) if checked else []


# Commands


@server.command("reportlint.fixAll")
async def command_fix_all(ls: Server, uri: str) -> bool:
    """Apply all safe fixes to an open document; says whether there were any."""
    document = ls.documents.get(uri)
    if document is None:
        return False
    checked, found = await ls.check(document)
    action = await _fix_all(ls, document, checked, found)
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
    may_create = types.ResourceOperationKind.Create in _operations(ls)
    try:
        folder = _folder(ls, document.path)
        written = actions.ignoring(checked, rule, reason, folder, may_create, _edited(ls, document).versioned)
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
