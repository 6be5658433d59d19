"""Which label a text misspells, with a bound that never turns prose into labels."""

from __future__ import annotations

from functools import cache, lru_cache

from reportlint.forms.form import Form
from reportlint.forms.tables import Role, role_of
from reportlint.model import How
from reportlint.text.alike import distance as edits
from reportlint.text.keys import split_number
from reportlint.tuples import NamedTuple

_SWAPPED = 4
"""Shorter labels are too like others in another order."""
LONGEST = 50
"""Longer texts are never taken for a label."""


class Likeness(NamedTuple):
    """A terminal that a text may stand for: how ("near", How.CUT) and at which edit distance."""

    distance: int
    terminal: str
    how: How


def bound(length: int) -> int:
    """The edit distance up to which a text is a misspelling of a label of `length` characters.

    Short labels differ from each other in two characters (行政处罚, 行政许可), so they get
    less than that; the shortest are recognised by their place only.
    """
    return 0 if length < 3 else 1 if length < 6 else 2 if length < 9 else min(6, length // 4)


class _Label(NamedTuple):
    """A label, the same without its number, and how many edits make another label of it."""

    terminal: str
    wording: str
    body: str
    most: int


def nearest(text: str, form: Form) -> tuple[str | None, tuple[Likeness, ...]]:
    """The terminal that `text` clearly misspells, if there is one, and all it might be."""
    return _look_up(text, form) if len(text) <= LONGEST else (None, ())


@lru_cache(maxsize=1024)
def _look_up(text: str, form: Form) -> tuple[str | None, tuple[Likeness, ...]]:
    found: list[Likeness] = []
    clear: list[Likeness] = []
    for terminal, wording, body, most in _of_like_length(form, len(text), text[:1]):
        length = len(wording)
        distance = edits(text, wording, most)
        if len(text) == length >= _SWAPPED and distance > bound(length) and sorted(text) == sorted(wording):
            distance = bound(length)  # its words in another order
        if text == body:
            distance = min(distance, len(wording) - len(body), bound(length))
        if distance <= most:
            candidate = Likeness(distance, terminal, How.NEAR)
            found.append(candidate)
            if distance <= bound(length):
                clear.append(candidate)
        elif 1 < len(text) < length and wording.startswith(text):
            found.append(Likeness(length - len(text), terminal, How.CUT))
    clear.sort()
    if clear and (len(clear) == 1 or clear[0].distance < clear[1].distance):
        return clear[0].terminal, ()
    return None, tuple(sorted(found))


@cache
def _labels(form: Form) -> list[_Label]:
    wordings = [(t, w) for t, w in form.canonical.items() if role_of(t) is not Role.SECTION]
    return [_Label(t, w, split_number(w)[1], max(1, len(w) // 3)) for t, w in wordings]


@lru_cache(maxsize=1024)
def _of_like_length(form: Form, length: int, first: str) -> list[_Label]:
    """The labels that are not too long or short for a text, and those that it may begin or be the body of."""
    return [
        label
        for label in _labels(form)
        if abs(length - len(label.wording)) <= label.most or first in (label.wording[:1], label.body[:1])
    ]


@cache
def rivals(form: Form, terminal: str) -> tuple[Likeness, ...]:
    """The labels that a label may be taken for: 其他 is a column, and 其他结果 cut short."""
    text = form.canonical.get(terminal)
    if text is None or role_of(terminal) is Role.SECTION:
        return ()
    found = []
    for other, wording in form.canonical.items():
        if other == terminal or role_of(other) is Role.SECTION or wording == text:
            continue
        if wording.startswith(text):
            found.append(Likeness(len(wording) - len(text), other, How.CUT))
        elif split_number(wording)[1] == text:
            found.append(Likeness(2, other, How.NEAR))
    return tuple(sorted(found))
