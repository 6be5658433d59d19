"""An LALR parse that always ends with a whole tree.

Where the next token does not fit, the cheapest sequence of insertions, deletions and
substitutions is searched (Dijkstra's algorithm over parser stack and position, as CPCT+ does
in grmtools), cheapest meaning least likely to be wrong: dropping a heading is dear, dropping a
stray line cheap. What had to be inserted is missing from the report; what had to be dropped is
not part of the form; what was dropped here and inserted there stood in the wrong place.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import count

from reportlint.forms.form import Form
from reportlint.forms.tables import END, Role, role_of
from reportlint.model import How
from reportlint.parse.lalr import Stack, following, moves
from reportlint.parse.layout import Segment
from reportlint.parse.nearest import rivals
from reportlint.parse.nodes import Dropped, Node, Parse
from reportlint.parse.tokens import Token
from reportlint.records import replace
from reportlint.tuples import NamedTuple

_STRUCTURE = frozenset({Role.SECTION, Role.ROW, Role.GROUP, Role.CAPTION})
_INSERT = {Role.SECTION: 8, Role.ROW: 5, Role.GROUP: 4, Role.CAPTION: 4}
_INSERT_NEXT = 3
"""After an inserted label the next one is likelier: rows are lost in runs."""
_DROP = {Role.SECTION: 10, Role.ROW: 6, Role.GROUP: 2, Role.CAPTION: 5, Role.COLUMN: 2}
_DROP_SURE = 100
_DROP_ROW = 5
_DROP_TEXT = 3
_AS_TEXT = 3
_RENAME = 5
_ENOUGH = 4
"""Structural tokens that must shift in a row before a repair is accepted."""
_GROWN = 2
"""A sequence and what is added to it."""
_FAR = 80
_NODES = 1500
_NODES_IN_ALL = 20000


class _Step(NamedTuple):
    """One move of a repair: insert a terminal, drop tokens, or take a token as another kind."""

    move: str
    kind: str = ""
    how: How = How.EXACT
    length: int = 0


class _State(NamedTuple):
    """A place in the search; ordered by cost, then by age, so that the result never varies."""

    cost: int
    age: int
    stack: Stack
    at: int
    steps: tuple[_Step, ...]
    done: bool = False


def parse(tokens: list[Token], form: Form) -> Parse:
    """Parse `tokens`, repairing where needed; work is bounded and the result the same each time."""
    return _Parser(tokens, form).run()


class _Parser:
    def __init__(self, tokens: list[Token], form: Form) -> None:
        self.tokens = tokens
        self.form = form
        self.grammar = form.grammar
        self.stack: Stack = (form.grammar.start,)
        self.values: list[Node | Token | list[Node | Token]] = []
        self.dropped: list[Dropped] = []
        self.cost = 0
        self.nodes_left = _NODES_IN_ALL
        self.at = 0
        self.headings = {section.heading for section in form.sections}
        self.insertable: dict[int, tuple[tuple[str, Role], ...]] = {}
        """By state: the structure that its actions take. A search comes through few states very often."""

    def run(self) -> Parse:
        while True:
            token = self.tokens[self.at] if self.at < len(self.tokens) else None
            if self._shift(token.kind if token else END, token) or (token and self._shift_homonym(token)):
                if token is None:
                    tree = self.values[-1]
                    assert isinstance(tree, Node)
                    return Parse(tree, tuple(self.dropped), self.cost)
                self.at += 1
                if token.kind == "FIGURE":
                    self._shift_alike()
            else:
                self._repair()

    def _shift_alike(self) -> None:
        """Shift the figures behind one at once, where each does no more than grow the row's sequence."""
        behind = self.tokens[self.at : self.at + 1]
        made = moves(self.form, self.stack, "FIGURE") if behind and behind[0].kind == "FIGURE" else None
        if made is None or made.stack != self.stack:
            return
        sequence = self.values[-2]
        ((origin, size),) = made.reductions if len(made.reductions) == 1 else (("", 0),)
        if origin[:1] != "_" or size != _GROWN or not isinstance(sequence, list):
            return
        last = self.values.pop()
        assert isinstance(last, Token)
        while self.at < len(self.tokens) and self.tokens[self.at].kind == "FIGURE":
            sequence.append(last)
            last = self.tokens[self.at]
            self.at += 1
        self.values.append(last)

    def _shift_homonym(self, token: Token) -> bool:
        """Shift a label as another one of the same wording, where only that can stand."""
        return any(self._shift(kind, replace(token, kind=kind)) for kind in self.form.homonyms.get(token.kind, ()))

    def _shift(self, kind: str, token: Token | None) -> bool:
        """Shift a token with the reductions it asks for; False, and nothing done, if it cannot."""
        made = moves(self.form, self.stack, kind)
        if made is None:
            return False
        for origin, size in made.reductions:
            self._reduce(origin, size)
        self.stack = made.stack
        if token is not None:
            self.values.append(token)
        return True

    def _reduce(self, origin: str, size: int) -> None:
        values = self.values
        first = values[-size] if size else None
        # A sequence is grown, not copied: it is as long as the text has lines.
        children: list[Node | Token] = first if isinstance(first, list) else [first] if first is not None else []
        if size > 1:
            for value in values[1 - size :]:
                if isinstance(value, list):
                    children.extend(value)
                else:
                    children.append(value)
        if size:
            del values[-size:]
        # A rule named _so is only a way to write the grammar: its children are its parent's.
        values.append(children if origin[0] == "_" else Node(origin, tuple(children)))

    def _repair(self) -> None:
        found = self._search()
        for step in found.steps:
            if step.move == "insert":
                self._shift(step.kind, self._missing(step.kind))
            elif step.move == "drop":
                self.dropped.append(Dropped(tuple(self.tokens[self.at : self.at + step.length])))
                self.at += step.length
            else:
                token = self.tokens[self.at]
                self._shift(step.kind, replace(token, kind=step.kind, how=step.how, candidates=()))
                self.at += 1
            # What the search shifted between two steps is shifted here too.
            while self.at < len(self.tokens) and step is not found.steps[-1]:
                token = self.tokens[self.at]
                if not self._shift(token.kind, token):
                    break
                self.at += 1
        self.cost += found.cost

    def _missing(self, kind: str) -> Token:
        if self.at < len(self.tokens):
            after = self.tokens[self.at]
            return Token(kind, "", after.start, after.start, after.cell, how=How.MISSING)
        if self.tokens:
            behind = self.tokens[-1]
            return Token(kind, "", behind.end, behind.end, behind.cell, how=How.MISSING)
        return Token(kind, "", 0, 0, Segment(0, 0, [(0, 0)], 0, 0, 0), how=How.MISSING)

    def _search(self) -> _State:
        """The cheapest repair at the current token."""
        ages = count()
        queue = [_State(0, next(ages), self.stack, self.at, ())]
        seen: set[tuple[Stack, int]] = set()
        budget = min(_NODES, self.nodes_left)
        while queue and budget > 0:
            state = heapq.heappop(queue)
            if state.done:
                self.nodes_left -= _NODES - budget
                return state
            if (state.stack, state.at) in seen:
                continue
            seen.add((state.stack, state.at))
            budget -= 1
            for cost, stack, at, step in self._moves(state):
                new = self._advance(state.cost + cost, next(ages), stack, at, (*state.steps, step))
                heapq.heappush(queue, new)
        self.nodes_left -= _NODES
        return self._give_up()

    def _give_up(self) -> _State:
        """Past the bound: drop one token; at a heading, and at the end, insert what is still expected before it."""
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if token is None or self._is_sure(token):
            found = self._up_to(token.kind if token else END)
            if found is not None:
                return found
        return _State(1, 0, (), self.at, (_Step("drop", length=1),))

    def _up_to(self, wanted: str) -> _State | None:
        """Insertions after which a terminal fits; None for a heading that is behind already."""
        stack, steps = self.stack, []
        while (after := following(self.grammar, stack, wanted)) is None:
            fitting = ((kind, following(self.grammar, stack, kind)) for kind, _ in self._insertable(stack[-1]))
            kind, new = next(((kind, new) for kind, new in fitting if new is not None), ("", None))
            if new is None:
                return None
            stack = new
            steps.append(_Step("insert", kind))
        return _State(len(steps), 0, after, self.at, tuple(steps))

    def _is_sure(self, token: Token) -> bool:
        """Whether a token is a heading of the form on a line of its own: that is never dropped."""
        return token.kind in self.headings and token.how is How.EXACT and token.number is not None

    def _advance(self, cost: int, age: int, stack: Stack, at: int, steps: tuple[_Step, ...]) -> _State:
        """Shift as far as tokens fit; done when enough of them did."""
        structural = 0
        start = at
        while True:
            if at == len(self.tokens):
                ended = following(self.grammar, stack, END) is not None
                return _State(cost, age, stack, at, steps, ended)
            new = following(self.grammar, stack, self.tokens[at].kind)
            if new is None:
                return _State(cost, age, stack, at, steps)
            stack = new
            structural += self.tokens[at].role in _STRUCTURE
            at += 1
            if structural >= _ENOUGH or at - start >= _FAR:
                return _State(cost, age, stack, at, steps, True)

    def _moves(self, state: _State) -> Iterator[tuple[int, Stack, int, _Step]]:
        grammar, stack, at = self.grammar, state.stack, state.at
        again = bool(state.steps) and state.steps[-1].move == "insert"
        for kind, role in self._insertable(stack[-1]):
            if (new := following(grammar, stack, kind)) is not None:
                cost = _INSERT[role]
                cheaper = min(cost, _INSERT_NEXT) if again and role is not Role.SECTION else cost
                yield cheaper, new, at, _Step("insert", kind)
        if at == len(self.tokens):
            return
        token = self.tokens[at]
        cost, length = self._drop(at)
        yield cost, stack, at + length, _Step("drop", length=length)
        has_figures = length > 1
        if (
            token.is_label
            and not has_figures
            and not self._is_sure(token)
            and (new := following(grammar, stack, "TEXT")) is not None
        ):
            yield _AS_TEXT, new, at + 1, _Step("take", "TEXT", How.EXACT)
        for cost, kind, how in self._readings(at):
            if (new := following(grammar, stack, kind)) is not None:
                yield cost, new, at + 1, _Step("take", kind, how)

    def _insertable(self, state: int) -> tuple[tuple[str, Role], ...]:
        if state not in self.insertable:
            kinds = ((kind, role_of(kind)) for kind in self.grammar.actions[state])
            self.insertable[state] = tuple((kind, role) for kind, role in kinds if role in _STRUCTURE)
        return self.insertable[state]

    def _drop(self, at: int) -> tuple[int, int]:
        """The cost of dropping the token at `at`, with the figures of its row, and how many."""
        token = self.tokens[at]
        length = 1
        if token.role in (Role.ROW, Role.GROUP) or token.kind in ("TEXT", "HEADING"):
            while at + length < len(self.tokens) and self.tokens[at + length].kind == "FIGURE":
                length += 1
        if self._is_sure(token):
            return _DROP_SURE, length
        if token.is_label:
            return _DROP[token.role], length
        return (1 if token.kind == "FIGURE" else _DROP_ROW if length > 1 else _DROP_TEXT), length

    def _readings(self, at: int) -> Iterator[tuple[int, str, How]]:
        """What else the token at `at` may be: a label misspelt, cut, or known by its place."""
        token = self.tokens[at]
        named = set(self.form.homonyms.get(token.kind, ()))
        yield from ((0, kind, How.EXACT) for kind in sorted(named))
        for distance, kind, how in token.candidates or rivals(self.form, token.kind):
            named.add(kind)
            yield (distance if how is How.NEAR else 2), kind, how
        if token.kind in ("TEXT", "HEADING") and at + 1 < len(self.tokens) and self.tokens[at + 1].kind == "FIGURE":
            for kind in self.grammar.words:
                if role_of(kind) is Role.ROW and kind not in named:
                    yield _RENAME, kind, How.RENAMED
