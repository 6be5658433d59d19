"""The order of the sections, put right before the parse, so that a repair stays local.

Headings are aligned with the form's order; a section that stands elsewhere is moved as a whole
(one finding for one move), a heading that stands twice is set aside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import groupby, islice

from reportlint.forms.form import Form, SectionForm
from reportlint.forms.tables import LABELS, ROLE_OF, Role
from reportlint.model import How
from reportlint.parse.tokens import Token
from reportlint.records import replace
from reportlint.text.alike import similarity
from reportlint.text.keys import split_number
from reportlint.text.numbers import read_ordinal
from reportlint.tuples import NamedTuple

_WEIGHTS = {How.EXACT: 4, How.NEAR: 3, How.INLINE: 3}
_ENOUGH = 4
"""So many headings tell."""


class Outline(NamedTuple):
    """Tokens in the form's order, with what was changed to get there.

    `duplicates` pairs a heading that stands again with the first one; `moved` are headings
    that stood elsewhere, with their sections or without: the latter are not among the tokens. `jumbled` are the
    headings of sections whose tables are left out, since no figure of theirs can be told from another.
    """

    tokens: list[Token]
    moved: list[Token]
    duplicates: list[tuple[Token, Token]]
    jumbled: frozenset[str] = frozenset()


def arrange(tokens: list[Token], form: Form) -> Outline:
    """Bring the sections of `tokens` into the form's order."""
    order = {section.heading: n for n, section in enumerate(form.sections)}
    tokens = _adopt_strangers(_demote(_without_items(tokens, form)), form, order)
    places = [n for n, token in enumerate(tokens) if token.kind in order]
    keep = _best_chain(tokens, places, order, _numbers(form))
    firsts: dict[str, int] = {tokens[n].kind: n for n in keep}
    duplicates: list[tuple[Token, Token]] = []
    moved: list[Token] = []
    drop: set[int] = set()
    for n in places:
        token = tokens[n]
        first = firsts.setdefault(token.kind, n)
        if first == n:
            apart = _left_its_section(tokens, n, form, n in keep)
            if apart or n not in keep:
                moved.append(token)
            if apart:
                drop.add(n)
        elif _numbered(token):
            duplicates.append((token, tokens[first]))
            drop.add(n)
        else:
            tokens[n] = replace(token, kind="TEXT", how=How.EXACT)
    if moved:
        tokens = _reorder(tokens, places, drop, order)
    else:
        tokens = [token for n, token in enumerate(tokens) if n not in drop]
    return Outline(tokens, moved, duplicates)


def _without_items(tokens: list[Token], form: Form) -> list[Token]:
    """Headings without those of items: （一）主动公开政府信息情况 is no section.

    Unless all the sections are numbered so, or it has the section's own number and stands where that is due:
    with a table of it behind it, or behind the section before it. With another number it must stand right there.
    """
    kept = list(tokens)
    headings = [token for token in tokens if ROLE_OF[token.kind] is Role.SECTION]
    others = {token.kind for token in headings if token.number and not _numbered(token)}
    if not others or (len(others) >= _ENOUGH and not any(map(_numbered, headings))):
        return kept
    sections = {section.heading: section for section in form.sections}
    kinds = Counter(token.kind for token in headings)
    before: str | None = None
    for n, token in enumerate(tokens):
        if token.role is not Role.SECTION:
            continue
        if not token.number or _numbered(token):
            before = token.kind
            continue
        own = read_ordinal(split_number(form.canonical.get(token.kind, ""))[0].rstrip(",")) == read_ordinal(
            (token.number or "").strip("()")
        )
        section = sections.get(token.kind)
        behind = {other.kind for other in _block(tokens, n) if other.is_label}
        due = section is not None and (
            bool(behind & section.labels) if section.tables else before == _heading_before(form, section)
        )
        if due and (own or (kinds[token.kind] == 1 and _borders_on_table(tokens, n, section))):
            before = token.kind
        else:
            kept[n] = replace(token, kind="TEXT", how=How.EXACT)
    return kept


def _borders_on_table(tokens: list[Token], at: int, section: SectionForm | None) -> bool:
    """Whether a heading stands directly above its section's table, or behind the one before where it has none."""
    if section is None:
        return False
    if section.tables:
        return at + 1 < len(tokens) and tokens[at + 1].kind in section.labels
    return at > 0 and tokens[at - 1].kind == "FIGURE"


def _heading_before(form: Form, section: SectionForm) -> str | None:
    """The heading of the form's section before one."""
    at = form.sections.index(section)
    return form.sections[at - 1].heading if at else None


def _demote(tokens: list[Token]) -> list[Token]:
    """Headings that are none: a list of the sections within one of them, labels of a row."""
    result = list(tokens)
    headings = [n for n, token in enumerate(tokens) if ROLE_OF[token.kind] is Role.SECTION]
    for _, group in groupby(enumerate(headings), key=lambda item: item[1] - item[0]):
        run = [n for _, n in group]
        for n in _listed(tokens, run) if len(run) >= _ENOUGH else ():
            result[n] = replace(tokens[n], kind="TEXT", how=How.EXACT)
    for n, token in enumerate(tokens[:-1]):
        if token.kind == "HEADING" and tokens[n + 1].kind == "FIGURE":
            result[n] = replace(token, kind="TEXT")
    return result


def _listed(tokens: list[Token], run: list[int]) -> list[int]:
    """Which of a run of headings, with nothing between them, list the sections that come again behind them.

    Up to the first heading that comes again, if there are four and all but one come again.
    """
    kinds = [tokens[n].kind for n in run]
    length = next((n for n in range(len(run)) if kinds[n] in kinds[:n]), len(run))
    later = {token.kind for token in tokens[run[0] + length :] if token.role is Role.SECTION}
    again = [n for n in run[:length] if tokens[n].kind in later]
    return again if length >= _ENOUGH and len(again) >= _ENOUGH - 1 else []


def _adopt_strangers(tokens: list[Token], form: Form, order: dict[str, int]) -> list[Token]:
    """Take a numbered heading that the form lacks for the missing section of that number."""
    present = {token.kind for token in tokens}
    for heading in order:
        if heading in present:
            continue
        number, body = split_number(form.canonical[heading])
        before = max((n for n, t in enumerate(tokens) if order.get(t.kind, 99) < order[heading]), default=-1)
        after = min(
            (n for n, t in enumerate(tokens) if 99 > order.get(t.kind, 99) > order[heading]), default=len(tokens)
        )
        for n in range(before + 1, after):
            if tokens[n].kind == "HEADING" and tokens[n].number == number.rstrip(","):
                theirs = split_number(tokens[n].text)[1]
                alike = similarity(theirs, body)
                tokens[n] = replace(tokens[n], kind=heading, how=How.NEAR if alike >= 0.5 else How.RENAMED)
                break
    return tokens


@cache
def _numbers(form: Form) -> dict[str, str]:
    """The number of each section."""
    return {s.heading: split_number(form.canonical[s.heading])[0].rstrip(",") for s in form.sections}


def _best_chain(tokens: list[Token], places: list[int], order: dict[str, int], numbers: dict[str, str]) -> set[int]:
    """The headings that stand in the form's order, as many and as sure as possible."""
    best: list[tuple[int, int | None]] = [(0, None)] * (len(order) + 1)
    links: dict[int, int | None] = {}
    for n in places:
        token = tokens[n]
        rank = order[token.kind]
        weight = _WEIGHTS.get(token.how, 2) * 2 + _numbered(token) * 4 + (token.number == numbers[token.kind])
        score, link = max((best[r] for r in range(rank + 1)), key=lambda item: item[0])
        links[n] = link
        if score + weight > best[rank + 1][0]:
            best[rank + 1] = score + weight, n
    at = max(best, key=lambda item: item[0])[1]
    keep: set[int] = set()
    while at is not None:
        keep.add(at)
        at = links[at]
    return keep


def _numbered(token: Token) -> bool:
    """Whether a heading has the form's kind of number: 一, not 1 or (一)."""
    return token.number is not None and token.number[0] not in "(0123456789"


def _left_its_section(tokens: list[Token], at: int, form: Form, in_order: bool) -> bool:
    """Whether a heading stands apart from the section that belongs to it.

    Told by tables: its own ones are not behind it, or another section's are; and, for one out of
    order, by prose that stayed behind the table of the section before.
    """
    rank = next(n for n, section in enumerate(form.sections) if section.heading == tokens[at].kind)
    labelled, others = _labels(form)[rank]
    if in_order:
        first = _first_label(tokens, at)
        return first is not None and first in others and first not in labelled and rank > 0
    behind = _block(tokens, at)
    labels = {token.kind for token in behind if token.is_label}
    own = labelled - others
    if form.sections[rank].tables:
        return not labels & own
    if labels or not behind:
        return True
    before = next((n for n, t in enumerate(tokens) if rank and t.kind == form.sections[rank - 1].heading), None)
    if before is None or not form.sections[rank - 1].tables:
        return False
    block = _block(tokens, before)
    return bool(block) and block[-1].kind == "TEXT" and any(token.is_label for token in block)


def _first_label(tokens: list[Token], at: int) -> str | None:
    """The first label behind a heading, up to the next one."""
    for token in islice(tokens, at + 1, None):
        role = ROLE_OF[token.kind]
        if role is Role.SECTION:
            break
        if role in LABELS:
            return token.kind
    return None


@cache
def _labels(form: Form) -> list[tuple[set[str], set[str]]]:
    """The labels in each section's tables, and those in the tables of all others."""
    own = [section.labels for section in form.sections]
    return [(labels, set().union(*own[:n], *own[n + 1 :])) for n, labels in enumerate(own)]


def _block(tokens: list[Token], at: int) -> list[Token]:
    """The tokens behind a heading up to the next one."""
    end = at + 1
    while end < len(tokens) and ROLE_OF[tokens[end].kind] is not Role.SECTION:
        end += 1
    return tokens[at + 1 : end]


def _reorder(tokens: list[Token], places: list[int], drop: set[int], order: dict[str, int]) -> list[Token]:
    """The tokens with each section's block in its place."""
    starts = [n for n in places if n not in drop and tokens[n].kind in order]
    if not starts:
        return [token for n, token in enumerate(tokens) if n not in drop]
    blocks: list[tuple[int, list[Token]]] = []
    for start, end in _ranges(starts, len(tokens)):
        block = [tokens[n] for n in range(start, end) if n not in drop]
        blocks.append((order[tokens[start].kind], block))
    front = [tokens[n] for n in range(starts[0]) if n not in drop]
    return front + [token for _, block in sorted(blocks, key=lambda item: item[0]) for token in block]


def _ranges(starts: list[int], end: int) -> Iterator[tuple[int, int]]:
    yield from zip(starts, [*starts[1:], end], strict=True)
