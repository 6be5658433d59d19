"""Findings as comments of Word: a copy of the document as a reviewer sends it back, told by a property of its own."""

from __future__ import annotations

import hashlib
import posixpath
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from xml.sax.saxutils import escape

from reportlint.diagnostics import Span
from reportlint.late import Late
from reportlint.readers.word.blocks import Piece
from reportlint.readers.word.package import Package, elements, in_utf8, rels_of
from reportlint.readers.word.splicing import Change, keeping_blanks, spliced
from reportlint.readers.word.view import Placed, View
from reportlint.readers.word.xmltree import WORD
from reportlint.tuples import NamedTuple

AUTHOR = "reportlint"
PROPERTY = "reportlint"
"""A document with a property of this name is such a copy."""
_TYPES = "[Content_Types].xml"
_TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_CUSTOM = "docProps/custom.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_KINDS = "application/vnd.openxmlformats-officedocument."
_COMMENTS_KIND = _KINDS + "wordprocessingml.comments+xml"
_CUSTOM_KIND = _KINDS + "custom-properties+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PROPERTIES = _OFFICE + "custom-properties"
_VALUES = _OFFICE + "docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set of properties that are a user's own."""
_UNWRITABLE = Late("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Anchor(NamedTuple):
    """A place between two characters of a run, at a byte of the part."""

    piece: Piece
    at: int


def is_annotated(package: Package) -> bool:
    """Whether a document is a copy with comments that reportlint wrote."""
    return any(name == "property" and held.get("name") == PROPERTY for name, held in elements(package.read(_CUSTOM)))


def is_untouched(package: Package) -> bool:
    """Whether the text of such a copy is what was written into it, which the property tells."""
    return _digest(package.read(package.main)).encode() in package.read(_CUSTOM)


def _digest(xml: bytes) -> str:
    return hashlib.sha256(xml).hexdigest()


def annotated(package: Package, xml: bytes, view: View, comments: Iterable[tuple[Span, str]]) -> bytes:
    """The package with a comment at each place, at the very characters; text and formatting are as they were.

    Raises UnreadableFile where the package cannot be written anew.
    """
    known = next((r.target for r in package.relationships(package.main) if r.kind.endswith("/comments")), "")
    part, old = known, in_utf8(package.read(known))
    first = 1 + max((_number(held.get("id")) for name, held in elements(old) if name == "comment"), default=-1)
    space = next((one for one in WORD if one.encode() in xml), WORD[0])
    changes: dict[Change, None] = {}
    written: list[str] = []
    for number, (span, text) in enumerate(comments, start=first):
        found = _anchors(view.pieces, span)
        close = next((close for cell, close in view.empty if cell.start <= span.start < cell.end and close > 0), None)
        if close is not None:
            changes[Change(close, close, "".join(_around(number, space)).encode())] = None
        elif found is not None:
            changes.update(dict.fromkeys(_marks(xml, *found, number, space)))
        else:
            continue
        written.append(_comment(number, text, space))
    main = spliced(xml, changes)
    changed = {package.main: main}
    body = "".join(written)
    types = in_utf8(package.read(_TYPES)).decode("utf-8", "replace")
    if old:
        changed[part] = _into(old.decode("utf-8", "replace"), "comments", body).encode()
    else:
        part = known or posixpath.join(posixpath.dirname(package.main), _free(package, "comments.xml"))
        changed[part] = f'{_HEAD}<w:comments xmlns:w="{space}">{body}</w:comments>'.encode()
        types = _declared(types, part, _COMMENTS_KIND)
        if not known:
            rels = rels_of(*posixpath.split(package.main))
            changed[rels] = _related(package.read(rels), "relationships/comments", posixpath.basename(part))
    changed.update(_told(package, _digest(main)))
    if _CUSTOM not in types:
        types = _declared(types, _CUSTOM, _CUSTOM_KIND)
        changed["_rels/.rels"] = _related(package.read("_rels/.rels"), "relationships/custom-properties", _CUSTOM)
    changed[_TYPES] = types.encode()
    return package.with_members(changed)


def _anchors(pieces: Sequence[Placed], span: Span) -> tuple[_Anchor, _Anchor] | None:
    """Where a comment begins and ends: around the characters, else at those nearest to the place."""
    held = _near(pieces, span)
    if not held:
        return None
    first, last = held[0], held[-1]
    begins = max(0, span.start - first.at)
    ends = min(len(last.piece.text), span.end - last.at)
    if first is last and ends <= begins:
        begins, ends = 0, len(first.piece.text)
    return _anchor(first.piece, begins), _anchor(last.piece, ends)


def _near(pieces: Sequence[Placed], span: Span) -> Sequence[Placed]:
    """The pieces of runs in a range; where there is none the one before it, else the one behind."""
    first = bisect_right(pieces, span.start, key=lambda placed: placed.at + len(placed.piece.text))
    last = bisect_left(pieces, span.end, key=lambda placed: placed.at)
    inside = [placed for placed in pieces[first:last] if placed.piece.run is not None]
    others = chain(range(first - 1, -1, -1), range(last, len(pieces)))
    nearest = (pieces[n] for n in others if pieces[n].piece.run is not None)
    return inside or list(islice(nearest, 1))


def _anchor(piece: Piece, offset: int) -> _Anchor:
    if piece.exact:
        return _Anchor(piece, piece.start + len(piece.text[:offset].encode()))
    return _Anchor(piece, piece.end if offset else piece.start)


def _marks(xml: bytes, begin: _Anchor, end: _Anchor, number: int, space: str) -> list[Change]:
    """The marks of a comment; a run is parted where one falls inside it, and both parts keep its properties."""
    first, last = _around(number, space)
    kept = [change for anchor in (begin, end) if anchor.piece.run for change in keeping_blanks(xml, anchor.piece.run)]
    return [*kept, _parted(xml, begin, first), _parted(xml, end, last)]


def _around(number: int, space: str) -> tuple[str, str]:
    """What stands before and behind what a comment is on."""
    own = f'xmlns:w="{space}" w:id="{number}"'
    reference = f'<w:r xmlns:w="{space}"><w:commentReference w:id="{number}"/></w:r>'
    return f"<w:commentRangeStart {own}/>", f"<w:commentRangeEnd {own}/>{reference}"


def _parted(xml: bytes, anchor: _Anchor, mark: str) -> Change:
    run = anchor.piece.run
    assert run is not None
    name = re.match(rb"<([^\s/>]+)", xml[slice(*run.tag)])
    prefix = name[1].decode().rpartition(":")[0] if name else "w"
    lead = f"{prefix}:" if prefix else ""
    properties = xml[slice(*run.properties)].decode("utf-8", "replace")
    closed, opened = f"</{lead}t></{lead}r>", f'<{lead}r>{properties}<{lead}t xml:space="preserve">'
    return Change(anchor.at, anchor.at, (closed + mark + opened).encode())


def _comment(number: int, text: str, space: str) -> str:
    lines = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(_UNWRITABLE.sub("", line))}</w:t></w:r></w:p>'
        for line in text.splitlines()
    )
    return f'<w:comment xmlns:w="{space}" w:id="{number}" w:author="{AUTHOR}" w:initials="r">{lines}</w:comment>'


def _told(package: Package, digest: str) -> dict[str, bytes]:
    """The property that tells such a copy."""
    old = in_utf8(package.read(_CUSTOM))
    taken = [_number(held.get("pid")) for name, held in elements(old) if name == "property"]
    own = (
        f'<property xmlns="{_PROPERTIES}" fmtid="{_FORMAT}" pid="{max([1, *taken]) + 1}" name="{PROPERTY}">'
        f'<vt:lpwstr xmlns:vt="{_VALUES}">{digest}</vt:lpwstr></property>'
    )
    if old:
        return {_CUSTOM: _into(old.decode("utf-8", "replace"), "Properties", own).encode()}
    return {_CUSTOM: f'{_HEAD}<Properties xmlns="{_PROPERTIES}">{own}</Properties>'.encode()}


def _declared(types: str, part: str, kind: str) -> str:
    if f'PartName="/{part}"' in types:
        return types
    return _into(types, "Types", f'<Override xmlns="{_TYPES_SPACE}" PartName="/{part}" ContentType="{kind}"/>')


def _related(old: bytes, kind: str, target: str) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    text = in_utf8(old).decode("utf-8", "replace") or f'{_HEAD}<Relationships xmlns="{space}"></Relationships>'
    taken = {held.get("Id") for name, held in elements(old) if name == "Relationship"}
    number = next(n for n in range(1, len(taken) + 2) if f"rIdReportlint{n}" not in taken)
    link = f'<Relationship xmlns="{space}" Id="rIdReportlint{number}" Type="{_OFFICE}{kind}" Target="{target}"/>'
    return _into(text, "Relationships", link).encode()


def _into(xml: str, name: str, content: str) -> str:
    """XML with more at the end of its outermost element, which may have a prefix or no content."""
    closing = list(re.finditer(rf"</(?:[\w.-]+:)?{name}\s*>", xml))
    if closing:
        return xml[: closing[-1].start()] + content + xml[closing[-1].start() :]
    empty = re.search(rf"<((?:[\w.-]+:)?{name})\b([^>]*)/>", xml)
    if empty is None:
        return xml
    return f"{xml[: empty.start()]}<{empty[1]}{empty[2]}>{content}</{empty[1]}>{xml[empty.end() :]}"


def _free(package: Package, name: str) -> str:
    """A name that no member has yet."""
    folder = posixpath.dirname(package.main)
    taken = package.names
    names = (name, *(f"reportlint{n}-{name}" for n in range(1, len(taken) + 2)))
    return next(one for one in names if posixpath.join(folder, one) not in taken)


def _number(value: str | None) -> int:
    return int(value) if value is not None and value.isdecimal() and len(value) < 9 else 0
