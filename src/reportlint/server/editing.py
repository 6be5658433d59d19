"""What an edit is made for: documents and configurations as the editor holds them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from lsprotocol import types

from reportlint.diagnostics import Diagnostic, UserError
from reportlint.reading import read_bytes
from reportlint.server import actions
from reportlint.server.project import Checked
from reportlint.server.session import Document, Server
from reportlint.tuples import NamedTuple

_MOST_BYTES = 1024 * 1024


def edited(ls: Server, document: Document, checked: Checked) -> actions.Edited:
    """A document to be edited as the client takes it, in the version that was checked: it may have changed since."""
    return actions.Edited(document.uri, checked.version, versioned(ls))


def versioned(ls: Server) -> bool:
    """Whether the client takes edits of versions."""
    return ls.can("workspace", "workspace_edit", "document_changes") or bool(_operations(ls))


def _operations(ls: Server) -> Sequence[types.ResourceOperationKind]:
    """What the client can do with files in an edit."""
    held = ls.client_capabilities.workspace and ls.client_capabilities.workspace.workspace_edit
    return (held.resource_operations if held else None) or []


async def fix_all(ls: Server, document: Document) -> types.CodeAction | None:
    """All safe fixes of a document as one action; None where there are none.

    Worked out once a version, for editors ask at each move of the cursor.
    """
    checked, found = await ls.found(document)
    if not isinstance(checked.mended, _Mended) or checked.mended.found is not found:
        try:
            work = partial(actions.fix_all, ls.project, checked, found, edited(ls, document, checked))
            checked.mended = _Mended(found, await ls.work(work))
        except UserError as error:
            ls.tell(error.words(checked.lang))
            return None
    return checked.mended.action


class _Mended(NamedTuple):
    """What mends the safe ones of some findings."""

    found: list[Diagnostic]
    action: types.CodeAction | None


def settings_of(ls: Server, checked: Checked) -> actions.OpenConfig | None:
    """The configuration that an entry on a file belongs into, as the editor or the disk holds it.

    None where there is one that cannot be used, or none and the client cannot make files.
    """
    path = checked.config.path
    if checked.refused or not os.path.isabs(checked.path):
        return None
    if path is None:
        path = Path(_folder(ls, checked.path)) / "reportlint.toml"
    document = next((held for held in ls.documents.values() if held.is_file and held.path == str(path)), None)
    if document is not None:
        return actions.OpenConfig(path, document.text, document.version)
    if not os.path.lexists(path):
        may_create = types.ResourceOperationKind.Create in _operations(ls)
        return actions.OpenConfig(path, None) if may_create else None
    try:
        return actions.OpenConfig(path, read_bytes(path, _MOST_BYTES).decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return None


def _folder(ls: Server, path: str) -> str:
    """The folder of the workspace that a file is in, else its own."""
    around = [folder for folder in ls.folders if path.startswith(folder.rstrip(os.sep) + os.sep)]
    return max(around, key=len, default=os.path.dirname(path))
