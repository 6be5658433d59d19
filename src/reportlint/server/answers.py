"""Answers about a place or a document."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from lsprotocol import types

from reportlint.diagnostics import Diagnostic, Span, UserError
from reportlint.server import actions, colours, completion, hints, outline
from reportlint.server.hover import hover
from reportlint.server.project import Checked
from reportlint.server.session import Document, Server, server

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
        target = edited(ls, document)
        made += actions.quick_fixes(checked, found, target, asked)
        folder = folder_of(ls, document.path)
        may_create = types.ResourceOperationKind.Create in operations(ls)
        with suppress(UserError):  # the configuration went away meanwhile
            made += actions.ignores(checked, found, target, asked, folder, may_create)
    if _wants(params.context, actions.FIX_ALL):
        action = await safe_fixes(ls, document, checked, found)
        made += [action] if action else []
    return made


def _wants(context: types.CodeActionContext, kind: str) -> bool:
    """Whether a kind of action is asked for: all are where none is named."""
    only = [str(getattr(one, "value", one)) for one in context.only or []]
    return not only or any(kind == one or kind.startswith(one + ".") for one in only)


def operations(ls: Server) -> Sequence[types.ResourceOperationKind]:
    """What the client can do with files in an edit."""
    held = ls.client_capabilities.workspace and ls.client_capabilities.workspace.workspace_edit
    return (held.resource_operations if held else None) or []


def edited(ls: Server, document: Document) -> actions.Edited:
    """A document to be edited as the client takes it; some say only that they can make files."""
    versioned = ls.can("workspace", "workspace_edit", "document_changes") or bool(operations(ls))
    return actions.Edited(document.uri, document.version, versioned)


def folder_of(ls: Server, path: str) -> str | None:
    """The folder of the workspace that a file is in, else its own."""
    folders = [folder for folder in ls.library.folders if path.startswith(folder.rstrip(os.sep) + os.sep)]
    return max(folders, key=len, default=os.path.dirname(path) if os.path.isabs(path) else None)


async def safe_fixes(
    ls: Server, document: Document, checked: Checked, found: list[Diagnostic]
) -> types.CodeAction | None:
    """All safe fixes of a document as one action; None where there are none."""
    try:
        return await ls.work(partial(actions.fix_all, ls.project, checked, found, edited(ls, document)))
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
