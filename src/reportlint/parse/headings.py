"""Which lines are section headings, and which the title."""

from __future__ import annotations

from functools import cache, lru_cache

from reportlint.forms.form import Form
from reportlint.forms.tables import Role, role_of
from reportlint.late import Late
from reportlint.model import How
from reportlint.text.alike import distance
from reportlint.text.keys import split_number
from reportlint.tuples import NamedTuple

_ORDINALS = "一二三四五六七八九十"
_NUMBER = Late(rf"第?([{_ORDINALS}]{{1,3}})(?:部分)?([,.:]|(?=\S))")
# Other numbering: good enough where the words are exactly a heading's.
_OTHER_NUMBER = Late(rf"(\([{_ORDINALS}]{{1,2}}\)|\d{{1,2}})[,.]?(?=\D)")
_IN_FRONT = Late(r"20\d\d年度?|本年度?|本机关|[我本全][局委办厅市县区镇乡省校院]|政府信息公开|工作|的")
"""What people set in front of a section's heading: 2023年政府信息公开工作的总体情况."""
_YEARS = Late(r"20\d\d年度?")
"""What people set into a heading: 2023年存在的主要问题和2024年改进措施."""
_REMARK = Late(r"(?:\([^()。;]{1,16}\)|单位:[^()。;]{1,6})$")
_LEADER = Late(r"[.…·\-—]{2,}\d*$")
_PROSE = Late(r"[。;!?:]")
_LOST = "?□■▲●◆*"
"""What is left in front of a heading of blanks that a conversion lost, or of a bullet."""
_EATEN = ",.)"
_DASHES = "-—–－ー"
"""What stands for 一 where a heading was typed or read wrong."""
_MOST_FRONTS = 6
_TELLING = 8
_TAIL = 3
_GOES_ON = frozenset(["", *",;和及"])
"""What stands behind a heading's words that are the beginning of others."""
_FRONT_LENGTH = 20
_HEADING_LENGTH = 46
_UNKNOWN_LENGTH = 26
_PART = 6
_ROWS = frozenset((Role.ROW, Role.GROUP))


class Heading(NamedTuple):
    """What a line is as a heading.

    `kind` is the section's terminal, or HEADING for one that the form does not have; `number`
    the ordinal it carries; `length` the characters of the heading where text runs on behind
    it, else 0; `wrapped` is set where it ends in the next line.
    """

    kind: str
    how: How
    number: str | None
    length: int = 0
    wrapped: bool = False


@lru_cache(maxsize=1024)
def classify(text: str, form: Form) -> Heading | None:
    """`text` (the key of a line that stands alone) as a section heading, or None."""
    text = text.lstrip(_LOST)
    if len(text) < 4:
        return None
    if text[0] == "(" or text[0].isdecimal():
        other = _OTHER_NUMBER.match(text)
        exact = _exact(text[other.end() :], form) if other else None
        return Heading(exact, How.EXACT, other[1]) if other and exact else None
    match = _NUMBER.match(text)
    text = _without_leader(text)
    if not text:
        return None
    if len(text) > _HEADING_LENGTH:
        return _inline(text, form) if match else None
    if text in form.keys and role_of(form.keys[text]) is not Role.SECTION:
        return None
    number = match[1] if match else None
    body = text[match.end() :] if match else text
    # A remark behind the heading, such as the unit of its table, is no part of it.
    body = _REMARK.sub("", _LEADER.sub("", body).rstrip("。:,."))
    best = _nearest(body, form, number is not None)
    if best is not None:
        return Heading(*best, number)
    lost = text[0] in _EATEN or (text[0] in _DASHES and text.startswith(",", 1))
    if match is None and lost and (exact := _exact(body.lstrip(_EATEN + _DASHES), form)):
        return Heading(exact, How.EXACT, None)  # its number is lost
    if match is None or match[2] != ",":
        return None
    bare = _YEARS.sub("", body)
    core = _misnamed(bare, number, form) or _core(bare, form) or _ending(bare, number, form)
    if core:
        return Heading(core, How.NEAR, number)
    return _inline(text, form) or _unknown(text, body, form, number)


class _Body(NamedTuple):
    """An accepted heading without its number, and how many edits a misspelling of it has at most."""

    terminal: str
    wording: str
    most: int


class _Known:
    """The headings of a form, each way of looking them up made once."""

    def __init__(self, form: Form) -> None:
        accepted = [(w, t, split_number(w)[1]) for w, t in form.keys.items() if role_of(t) is Role.SECTION]
        self.bodies = [
            _Body(terminal, body, max(1, len(body) // 4) if wording == form.canonical[terminal] else 1)
            for wording, terminal, body in accepted
        ]
        self.exact = {body.wording: body.terminal for body in reversed(self.bodies)}
        self.longest_first = sorted(self.bodies, key=lambda body: -len(body.wording))
        self.numbers = {
            body.terminal: split_number(form.canonical[body.terminal])[0].rstrip(",") for body in self.bodies
        }
        names = [(body.terminal, body.wording) for body in self.bodies]
        names += [(terminal, wording) for wording, terminal in form.misnamed.items() if len(wording) >= _TELLING]
        self.by_number: dict[str, list[tuple[str, str]]] = {}
        """Terminal and wording of those that carry a number."""
        for terminal, wording in names:
            self.by_number.setdefault(self.numbers[terminal], []).append((terminal, wording))
        self.rows = [wording for terminal, wording in form.canonical.items() if role_of(terminal) in _ROWS]


_known = cache(_Known)


def _nearest(body: str, form: Form, numbered: bool) -> tuple[str, How] | None:
    exact = _exact(body, form)
    if exact or not numbered:
        return (exact, How.EXACT) if exact else None
    best: tuple[int, str] | None = None
    for terminal, wording, most in _known(form).bodies:
        edits = distance(body, wording, most)
        if edits <= most and (best is None or edits < best[0]):
            best = edits, terminal
    return (best[1], How.NEAR) if best else None


def _exact(body: str, form: Form) -> str | None:
    return _known(form).exact.get(body)


def _core(body: str, form: Form) -> str | None:
    """The section whose heading is left where words in front of it are taken away one by one."""
    end = 0
    while front := _IN_FRONT.match(body, end):
        end = front.end()
        if meant := _exact(body[end:], form):
            return meant
    return None


def _misnamed(body: str, number: str | None, form: Form) -> str | None:
    """The section of that number that is known by another name: 三、依申请公开情况."""
    plain = body
    for _ in range(_MOST_FRONTS):
        terminal = form.misnamed.get(plain)
        if terminal and _known(form).numbers[terminal] == number:
            return terminal
        front = _IN_FRONT.match(plain)
        if front is None:
            return None
        plain = plain[front.end() :]
    return None


def _ending(body: str, number: str | None, form: Form) -> str | None:
    """The section of that number whose heading ends a line, behind an organ's name or what was put there."""
    if _PROSE.search(body):
        return None
    for terminal, wording in _known(form).by_number.get(number or "", ()):
        front = body.removesuffix(wording)
        if front != body and len(front) <= _FRONT_LENGTH and "," not in front:
            return terminal
    return None


def _inline(text: str, form: Form) -> Heading | None:
    """A numbered heading with its section's text in the same line, behind a stop or without one."""
    number = split_number(text)[0]
    for terminal, body, _ in _known(form).longest_first if number else ():
        wording = number + body
        if text.startswith(wording) and text[len(wording) : len(wording) + 1] not in _GOES_ON:
            if len(text) - len(wording) <= _TAIL and not _PROSE.search(text):
                return Heading(terminal, How.NEAR, number.strip(",()."))  # 一、总体情况概述
            stopped = text[len(wording)] in "。:"
            return Heading(terminal, How.EXACT if stopped else How.INLINE, number.strip(",()."), len(wording) + stopped)
    return None


def _unknown(text: str, body: str, form: Form, number: str | None) -> Heading | None:
    if text[0] == "第" and "部分" not in text[:_PART]:
        return None  # 第一，… counts what is said, not the parts of the report
    if len(text) > _UNKNOWN_LENGTH or len(body) < 2 or _PROSE.search(text) or "," in body or text[-1].isdecimal():
        return None
    # A row's label, or the beginning of one that a line end tore.
    rows = _known(form).rows
    if any(text.startswith(wording) or wording.startswith(text) for wording in rows):
        return None
    if any(distance(text, wording, len(wording) // 3) <= len(wording) // 3 for wording in rows):
        return None
    return Heading("HEADING", How.EXACT, number)


def _without_leader(text: str) -> str:
    """A line of a table of contents without what leads to its page's number: 总体情况……1."""
    bare = text.rstrip("0123456789")
    led = bare.rstrip(".…·-— ")
    return led if len(bare) - len(led) > 1 else text
