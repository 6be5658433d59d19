"""Answers about a place or a document."""

from __future__ import annotations

from functools import partial

from lsprotocol import types

from reportlint.diagnostics import Diagnostic, Span
from reportlint.server import actions, colours, completion, editing, hints, symbols
from reportlint.server.hover import hover
from reportlint.server.project import Checked
from reportlint.server.session import Document, Server, server
from reportlint.tuples import NamedTuple

# Questions about a place


class _Place(NamedTuple):
    """A place of a document, in code points, with what is found in the document."""

    document: Document
    checked: Checked
    found: list[Diagnostic]
    offset: int


async def _at(ls: Server, uri: str, place: types.Position) -> _Place | None:
    document = ls.documents.get(uri)
    if document is None:
        return None
    checked, found = await ls.found(document)
    offset = await ls.work(lambda: checked.positions.offset(place.line, place.character))
    return _Place(document, checked, found, offset)


@server.feature(types.TEXT_DOCUMENT_HOVER)
async def on_hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    """Why a finding is one; what a figure is a part of."""
    held = await _at(ls, params.text_document.uri, params.position)
    if held is None:
        return None
    return await ls.work(partial(hover, held.checked, held.found, held.offset, ls.reads_markdown))


@server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["|", "、", "（", "."]))
async def on_completion(ls: Server, params: types.CompletionParams) -> types.CompletionList | None:
    """The form's wording."""
    held = await _at(ls, params.text_document.uri, params.position)
    return await ls.work(partial(completion.complete, held.checked, held.offset)) if held else None


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
    only = [str(getattr(one, "value", one)) for one in params.context.only or []]
    if _wants(only, types.CodeActionKind.QuickFix.value):
        target = editing.edited(ls, document, checked)
        settings = editing.settings_of(ls, checked)
        made += await ls.work(lambda: list(actions.quick_fixes(checked, found, target, asked)))
        if settings is not None:
            made += await ls.work(lambda: list(actions.ignores(checked, found, target, asked, settings)))
    if _wants(only, actions.FIX_ALL):
        action = await editing.fix_all(ls, document)
        made += [action] if action else []
    return made


def _wants(only: list[str], kind: str) -> bool:
    """Whether a kind of action is asked for: all are where none is named."""
    return not only or any(kind == one or kind.startswith(f"{one}.") or not one for one in only)


# The document as a whole


async def _whole(ls: Server, uri: str) -> Checked | None:
    document = ls.documents.get(uri)
    return await ls.check(document) if document else None


@server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
async def on_symbols(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    """Sections, sub-headings and tables."""
    checked = await _whole(ls, params.text_document.uri)
    return await ls.work(partial(symbols.symbols, checked)) if checked else []


@server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
async def on_folding(ls: Server, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
    """What may be folded away."""
    checked = await _whole(ls, params.text_document.uri)
    return await ls.work(partial(symbols.folding, checked)) if checked else []


@server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, colours.LEGEND)
async def on_tokens(ls: Server, params: types.SemanticTokensParams) -> types.SemanticTokens:
    """Figures and names of documents."""
    checked = await _whole(ls, params.text_document.uri)
    return await ls.work(partial(colours.tokens, checked)) if checked else types.SemanticTokens(data=[])


@server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
async def on_hints(ls: Server, params: types.InlayHintParams) -> list[types.InlayHint]:
    """Sums that differ, if the settings ask for them."""
    checked = await _whole(ls, params.text_document.uri) if ls.wishes.inlay_hints else None
    return await ls.work(partial(hints.hints, checked, params.range)) if checked else []
