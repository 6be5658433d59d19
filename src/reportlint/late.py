"""Regular expressions that are made when they are first needed.

Making one takes longer than most texts take, and of some hundreds a report needs a few dozen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

_LONG = 1000
"""Of so long a text it is worth while to know all its characters: many are asked for."""


@lru_cache(maxsize=8)
def distinct(text: str) -> frozenset[str]:
    """The characters that a text has: what is not among them need not be looked for in it."""
    return frozenset(text)


class Late:
    """A regular expression that is made when it is first used; its methods are those of `re.Pattern`."""

    search: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    findall: Callable[..., list[Any]]
    split: Callable[..., list[Any]]
    sub: Callable[..., str]
    regex: re.Pattern[str]

    def __init__(self, pattern: str, flags: int | re.RegexFlag = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            # Asked only for what is not there: from the first use on the methods are the expression's own.
            if name not in _METHODS:
                raise AttributeError(name)
            self.regex = re.compile(self.pattern, self._flags)
            for method in _METHODS[1:]:
                setattr(self, method, getattr(self.regex, method))
            return getattr(self, name)


_METHODS = ("regex", "search", "match", "fullmatch", "finditer", "findall", "split", "sub")


class Marked:
    """A regular expression for texts that hold one of some `marks`, without which it matches nothing.

    Looking for a few characters is cheap, and most texts have none of them.
    """

    def __init__(self, pattern: str, marks: Iterable[str], flags: int | re.RegexFlag = 0) -> None:
        self._late = Late(pattern, flags)
        self.pattern = pattern
        self.marks = tuple(marks)
        self._firsts = frozenset(mark[0] for mark in self.marks)

    @property
    def regex(self) -> re.Pattern[str]:
        """The expression itself."""
        return self._late.regex

    def may_match(self, text: str) -> bool:
        """Whether a text has one of the marks, if there are any."""
        if len(text) > _LONG and self._firsts.isdisjoint(distinct(text)) and self._firsts:
            return False
        for mark in self.marks:
            if mark in text:
                return True
        return not self.marks

    def finditer(self, text: str, *bounds: int) -> Iterator[re.Match[str]]:
        """Every match in a text."""
        return self._late.finditer(text, *bounds) if self.may_match(text) else iter(())

    def match(self, text: str, *bounds: int) -> re.Match[str] | None:
        """The match at the beginning of a text."""
        return self._late.match(text, *bounds) if self.may_match(text) else None

    def search(self, text: str, *bounds: int) -> re.Match[str] | None:
        """The first match in a text."""
        return self._late.search(text, *bounds) if self.may_match(text) else None


Held = TypeVar("Held")


class Candidates(Generic[Held]):
    """Things with a pattern each; a text is asked for those whose pattern may match in it.

    They are many and texts are long: each is looked for only where the text has the character of its mark
    that the fewest others have.
    """

    def __init__(self, held: Iterable[Held], pattern: Callable[[Held], Marked]) -> None:
        self._held = tuple(held)
        marks = [pattern(one).marks for one in self._held]
        shared = Counter(char for own in marks for mark in own for char in mark)
        self._unmarked = [number for number, own in enumerate(marks) if not own]
        self._by_char: dict[str, list[tuple[int, str]]] = {}
        for number, own in enumerate(marks):
            for mark in own:
                rarest = min(mark, key=lambda char: shared[char])
                self._by_char.setdefault(rarest, []).append((number, mark))

    def within(self, text: str) -> list[Held]:
        """Those whose pattern may match in a text, in their order."""
        chars = distinct(text)
        found = set(self._unmarked)
        for char in self._by_char.keys() & chars:
            for number, mark in self._by_char[char]:
                if chars.issuperset(mark) and mark in text:
                    found.add(number)
        return [self._held[number] for number in sorted(found)]
