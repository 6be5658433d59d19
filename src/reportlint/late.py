"""Regular expressions that are made when a text first has what they look for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property


class Late:
    """A regular expression for texts with one of some `marks`; without marks for any text.

    Most texts have none, and making every expression would be felt at each start.
    """

    def __init__(self, pattern: str, marks: Iterable[str] = (), flags: re.RegexFlag = re.NOFLAG) -> None:
        self._pattern, self._flags, self._marks = pattern, flags, tuple(marks)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The expression itself."""
        return re.compile(self._pattern, self._flags)

    def may_match(self, text: str) -> bool:
        """Whether a text has one of the marks."""
        return not self._marks or any(mark in text for mark in self._marks)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in a text."""
        return self.regex.finditer(text) if self.may_match(text) else iter(())
