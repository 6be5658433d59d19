"""Which label a text misspells, with a bound that never turns prose into labels."""

from __future__ import annotations

from functools import cache

from reportlint.forms.form import Form
from reportlint.forms.tables import Role, role_of
from reportlint.model import How
from reportlint.text.alike import distance as edits
from reportlint.text.keys import split_number
from reportlint.tuples import NamedTuple

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


class Nearest:
    """Looks texts up among the labels of a form; equal texts are looked up once."""

    def __init__(self, form: Form) -> None:
        wordings = [(t, w) for t, w in form.canonical.items() if role_of(t) is not Role.SECTION]
        self._labels = [(t, w, split_number(w)[1], max(1, len(w) // 3)) for t, w in wordings]
        self._near: dict[tuple[int, str], list[tuple[str, str, str, int]]] = {}
        self._memo: dict[str, tuple[str | None, tuple[Likeness, ...]]] = {}

    def __call__(self, text: str) -> tuple[str | None, tuple[Likeness, ...]]:
        """The terminal that `text` clearly misspells, if there is one, and all it might be."""
        if len(text) > LONGEST:
            return None, ()
        if text not in self._memo:
            self._memo[text] = self._look_up(text)
        return self._memo[text]

    def _of_like_length(self, text: str) -> list[tuple[str, str, str, int]]:
        """The labels that are not too long or short for a text, and those that it may begin or be the body of."""
        at = len(text), text[:1]
        if at not in self._near:
            self._near[at] = [
                label
                for label in self._labels
                if abs(len(text) - len(label[1])) <= label[3] or text[:1] in (label[1][:1], label[2][:1])
            ]
        return self._near[at]

    def _look_up(self, text: str) -> tuple[str | None, tuple[Likeness, ...]]:
        found: list[Likeness] = []
        clear: list[Likeness] = []
        for terminal, wording, body, limit in self._of_like_length(text):
            length = len(wording)
            distance = edits(text, wording, limit)
            if text == body:
                distance = min(distance, len(wording) - len(body), bound(length))
            if distance <= limit:
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
