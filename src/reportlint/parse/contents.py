"""Tables of contents, whose lines are the headings of the sections once more."""

from __future__ import annotations

from itertools import groupby

from reportlint.forms.form import Form
from reportlint.late import Late
from reportlint.model import How
from reportlint.parse.headings import classify
from reportlint.parse.layout import Segment
from reportlint.text.keys import key, split_number
from reportlint.tuples import NamedTuple
from reportlint.words import listed

_ENOUGH = 4
"""So many headings in a row are a table of contents, if as many but one come again."""
_LONGEST, _LED_BY = 60, 300
"""No heading of a section is longer, and no line of a table of contents with what leads to its page."""
_LED = Late(r"(?:[.…·_\-—–\s]*[(\[]?[-—–\s]*(?:第\s?)?\d{1,3}(?:\s?页)?[-—–\s]*[)\]]?|[.…·_\-—–\s]{2,})$")
"""What leads to the number of a page, and that."""
_CAPTIONS = listed("page", "contents")
_ITEM = Late(r"\s*(?:\([一二三四五六七八九十]{1,2}\)|\d{1,2}[.、])[^\d]")
_SHORT = 24


class _Line(NamedTuple):
    """A line of a text: its cells, which section's heading it is, whether a page's number ends it, or it is an item."""

    cells: list[Segment]
    kind: str | None
    paged: bool
    caption: bool
    item: bool = False


def without_contents(folded: str, cells: list[Segment], form: Form) -> list[Segment]:
    """The cells of a text without those of a table of contents in front of the sections."""
    body = split_number(form.canonical.get(form.sections[0].heading, ""))[1] if form.sections else ""
    if not body or folded.count(body) < 2:
        return cells
    groups = (list(group) for _, group in groupby(cells, key=lambda cell: cell.line))
    lines = (_line(folded, own, form) for own in groups)
    run: list[_Line] = []
    kinds: list[str] = []
    caption: list[_Line] = []
    for line in lines:
        if line.kind in kinds or (kinds and not (line.paged or line.kind or line.item)):
            break
        if line.kind:
            kinds.append(line.kind)
        if kinds:
            run.append(line)
        else:
            caption = [line] if line.caption else []
    else:
        return cells
    if len(kinds) < _ENOUGH:
        return cells
    later = {line.kind, *(other.kind for other in lines)}
    if sum(kind in later for kind in kinds) < _ENOUGH - 1:
        return cells
    # One that does not come again, and has no number of a page, is the heading of its section.
    while run and run[-1].kind not in later and not run[-1].paged:
        run.pop()
    gone = {cell.line for own in (*caption, *run) for cell in own.cells}
    return [cell for cell in cells if cell.line not in gone]


def _line(folded: str, own: list[Segment], form: Form) -> _Line:
    text = folded[own[0].start : own[-1].end]
    is_other = len(text) > _LED_BY or "|" in text or "。" in text[:-1]
    bare = "" if is_other else _LED.sub("", text).rstrip("。;")
    if is_other or len(bare) > _LONGEST:
        return _Line(own, None, False, False)
    heading = classify(key(bare), form) if len(bare) > 3 else None
    whole = heading is not None and heading.how is not How.INLINE and heading.kind in form.labels
    kind = heading.kind if heading and whole else None
    is_item = len(bare) <= _SHORT and _ITEM.match(bare) is not None
    return _Line(own, kind, _LED.search(text) is not None, key(text) in _CAPTIONS, is_item)
