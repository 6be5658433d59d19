"""The state of a server: its client, its open documents, what was found in them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from reportlint import __version__
from reportlint.diagnostics import Diagnostic
from reportlint.positions import path_of
from reportlint.server import convert
from reportlint.server.library import Library
from reportlint.server.project import Checked, Project
from reportlint.server.wishes import SECTION, BadWish, Wishes, read_wishes
from reportlint.settings import forget

Value = TypeVar("Value")
_WORKERS = 4


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
                self.wish(plain(held[0]))

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


def plain(value: Any) -> Any:
    """Settings as dictionaries, whatever the library made of them."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, dict):
        return {name: plain(held) for name, held in value.items()}
    return [plain(held) for held in value] if isinstance(value, list | tuple) else value


server = Server()
