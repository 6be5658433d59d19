"""The state of a server: its client, its open documents, what was found in them."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from reportlint import __version__
from reportlint.diagnostics import Diagnostic
from reportlint.records import record
from reportlint.run.settings import forget
from reportlint.server import convert
from reportlint.server.client_settings import SECTION, BadWish, Wishes, read_wishes
from reportlint.server.project import Checked, Project
from reportlint.server.protocol import Protocol
from reportlint.server.workspace import Library
from reportlint.text.positions import path_of
from reportlint.tuples import NamedTuple

Value = TypeVar("Value")
_WORKERS = 4
_PATIENCE, _LONG_PATIENCE = 0.3, 3.0
"""Seconds that findings wait for a first look through the workspace; longer where the client cannot be told later."""


@record
class Document:
    """A file that the editor holds open, and how it was checked last.

    `known` is the version, and the settings' generation, of `checked`; `published` is what a
    client that does not pull was sent last.
    """

    uri: str
    path: str
    text: str
    version: int
    known: tuple[int, int] | None = None
    checked: Checked | None = None
    running: asyncio.Future[None] | None = None
    published: tuple[int, Told] | None = None

    @property
    def is_file(self) -> bool:
        """Whether it is a file itself, not a view of one or a text without a name."""
        return self.uri.startswith("file:")


class Told(NamedTuple):
    """Findings as the client gets them, and what they are known by."""

    found: list[Diagnostic]
    items: list[types.Diagnostic]
    result: str


def told(checked: Checked, uri: str, found: list[Diagnostic]) -> Told:
    """Converted once: clients ask for the same files again and again."""
    held = checked.told
    if not isinstance(held, Told) or held.found is not found:
        items = convert.diagnostics(checked, uri, found)
        result = hashlib.sha256(repr(items).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        held = checked.told = Told(found, items, result)
    return held


class Server(LanguageServer):
    """reportlint as a language server."""

    def __init__(self) -> None:
        super().__init__(
            "reportlint",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
            max_workers=_WORKERS,
            protocol_cls=Protocol,
        )
        self.documents: dict[str, Document] = {}
        self.generation = 0
        self.wishes = self.first_wishes = Wishes()
        self.locale = "en"
        self.said: set[str] = set()
        self.pool = ThreadPoolExecutor(_WORKERS, "reportlint")
        self.scanner = ThreadPoolExecutor(1, "reportlint-scan")
        self.tasks: set[asyncio.Future[None]] = set()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.scanning: asyncio.Future[None] | None = None
        self.scan_again = False
        self.leaving = False
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

    def report_server_error(self, error: Exception, source: Any) -> None:
        """A message that makes no sense is a line of the log, nothing that the user must read."""
        self.log(f"{type(error).__name__}: {error}")

    def _later(self, send: Callable[[Any], None], params: Any) -> None:
        if self.loop is not None:
            self.loop.call_soon_threadsafe(send, params)

    # State

    @property
    def folders(self) -> list[str]:
        """The folders of the workspace."""
        uris = [folder.uri for folder in self.workspace.folders.values()]
        return [path for uri in uris if (path := path_of(uri))]

    def restart(self) -> None:
        """Begin anew with settings or configurations that changed."""
        self.generation += 1
        self.said.clear()
        self.library.stop()
        forget()
        encoding = self.workspace.position_encoding
        wishes = self.wishes.beside(self.folders[0] if self.folders else None)
        self.project = Project(wishes, self.locale, str(getattr(encoding, "value", encoding)), self.tell, self.log)
        self.library = Library(self.project, self.folders if wishes.workspace else [], self.tell, self.log)
        self.scanning = None

    async def reload(self) -> None:
        """Begin anew, look through the workspace, and tell the client what is found now."""
        self.restart()
        await self.rescan()

    async def rescan(self) -> None:
        """Look through the workspace again, and tell the client what is found now."""
        await self.scan()
        if self.pulls:
            if self.can("workspace", "diagnostics", "refresh_support"):
                await self.workspace_diagnostic_refresh_async(None)
        else:
            await self.publish_all()
        if self.can("workspace", "inlay_hint", "refresh_support") and self.wishes.inlay_hints:
            await self.workspace_inlay_hint_refresh_async(None)

    def close(self) -> None:
        """Leave undone what nobody waits for any more."""
        self.library.stop()
        for pool in (self.pool, self.scanner):
            pool.shutdown(wait=False, cancel_futures=True)

    async def work(self, do: Callable[[], Value]) -> Value:
        """What a piece of work gives that is done beside the loop."""
        return await asyncio.get_running_loop().run_in_executor(self.pool, do)

    async def check(self, document: Document) -> Checked:
        """A document as it is now, checked; of versions that come fast only the last is."""
        while document.known != (document.version, self.generation) or document.checked is None:
            if document.running is None or document.running.done():
                document.running = asyncio.ensure_future(self._check(document))
            # A request that is cancelled must not take the check from others.
            await asyncio.shield(document.running)
        return document.checked

    async def _check(self, document: Document) -> None:
        wanted = document.version, self.generation
        document.checked = await self.work(partial(self._checked, document, document.text, wanted[0], self.library))
        document.known = wanted

    def _checked(self, document: Document, text: str, version: int, library: Library) -> Checked:
        """A text of a document, checked and known to the library if the document is still open."""
        checked = self.project.check(document.path, text)
        checked.version = version
        if self.documents.get(document.uri) is document and document.is_file:
            library.hold(checked)
        return checked

    async def found(self, document: Document) -> tuple[Checked, list[Diagnostic]]:
        """What is found in a document, alone and beside the other reports."""
        checked = await self.check(document)
        return checked, await self.work(partial(self.library.found, checked))

    async def told(self, document: Document) -> Told:
        """What is found in a document, as the client gets it."""
        checked = await self.check(document)
        return await self.work(lambda: told(checked, document.uri, self.library.found(checked)))

    async def scan(self) -> None:
        """Know the files of the workspace as they are on the disk now."""
        if self.scanning is not None and not self.scanning.done():
            # It may be past the file that changed.
            self.scan_again = True
        else:
            self.scanning = asyncio.ensure_future(self._scan(self.library))
        await asyncio.shield(self.scanning)

    async def _scan(self, library: Library) -> None:
        self.scan_again = True
        while self.scan_again and not library.stopped:
            self.scan_again = False
            await asyncio.get_running_loop().run_in_executor(self.scanner, library.scan)

    async def scanned(self) -> None:
        """Wait for the first look through the workspace, but not long."""
        if self.scanning is not None and not self.scanning.done():
            patience = _PATIENCE if self.can("workspace", "diagnostics", "refresh_support") else _LONG_PATIENCE
            await asyncio.wait({self.scanning}, timeout=patience)

    # Telling of findings

    async def publish(self, document: Document) -> None:
        """Push a document's findings to a client that does not pull, and what changed in others by it."""
        if self.pulls:
            return
        for one in (document, *(other for other in list(self.documents.values()) if other is not document)):
            version = one.version
            now = await self.told(one)
            if self.documents.get(one.uri) is not one or one.version != version:
                continue  # closed, or changed: whoever changed it publishes
            if one.published is None or one.published[0] != version or one.published[1] is not now:
                one.published = version, now
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(one.uri, now.items, version))

    async def publish_all(self) -> None:
        """Push what changed in any document."""
        first = next(iter(self.documents.values()), None)
        if first is not None:
            await self.publish(first)

    async def ask_settings(self) -> None:
        """Ask the client for its settings, if it has any for us."""
        if not self.can("workspace", "configuration"):
            return
        asked = types.ConfigurationParams([types.ConfigurationItem(section=SECTION)])
        with suppress(Exception):  # a client that cannot answer leaves the settings as they are
            held = await self.workspace_configuration_async(asked)
            if held and held[0] is not None:
                self.wish(plain(held[0]))
            else:
                self.wishes = self.first_wishes

    def wish(self, value: Any) -> None:
        """Take over settings of the client; where they cannot be used that is told, and those before hold on."""
        try:
            self.wishes = read_wishes(value)
        except BadWish as error:
            self.tell(error.words(self.wishes.lang or self.locale))

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something on the side; what goes wrong is logged."""

        async def guarded() -> None:
            try:
                await work
            except Exception as error:
                self.log(f"{type(error).__name__}: {error}")

        task = asyncio.ensure_future(guarded())
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


def plain(value: Any) -> Any:
    """Settings as dictionaries, whatever the library made of them."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, dict):
        return {name: plain(held) for name, held in value.items()}
    return [plain(held) for held in value] if isinstance(value, list | tuple) else value


server = Server()
