"""The ways to state a figure: patterns over kinds of words, written in plain words (grammar/statements.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from reportlint.late import Late

_END = "\u33ff"
_KIND = Late("[a-z_]+")
_SIGNS = Late(r"[a-z_ ()|?*+]+")
_GUARDS = {"not behind": "(?<![{}])", "only behind": "(?<![^{}])", "not before": "(?![{}])"}
_NEW_BEHIND = "amount"
"""After a figure, 、 begins something new; elsewhere it joins what is counted together."""


class Pattern(NamedTuple):
    """A way to state a figure of a subject, to claim that it is 0 (`none`), or to claim without a figure."""

    subject: str
    topic: str
    none: bool
    claim: bool
    regex: str


class Patterns:
    """All patterns as one regular expression over kinds, a character each: reading stays linear.

    `kinds` are the kinds there are, `groups` names for several of them. Raises ValueError with the pattern where it
    names what is neither, or says what no pattern says.
    """

    def __init__(
        self, entries: Iterable[dict[str, Any]], kinds: Iterable[str], groups: Mapping[str, Iterable[str]]
    ) -> None:
        self._codes = {kind: chr(0x4E00 + n) for n, kind in enumerate(kinds)}
        self._groups = groups
        self._topics = {topic: chr(0x3400 + n) for n, topic in enumerate(("applications", "disputes", "regulations"))}
        self.all = tuple(self._read(entries))

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        """A group each; the first that matches counts."""
        return re.compile("|".join(f"(?P<p{n}>{pattern.regex})" for n, pattern in enumerate(self.all)))

    def find(self, kinds: Iterable[str], topics: Iterable[str]) -> Iterator[tuple[Pattern, int, int]]:
        """The patterns that kinds in their order match, in a clause that speaks of `topics`: each with its range."""
        spoken = "".join(self._topics[topic] for topic in sorted(topics))
        code = "".join(self._codes[kind] for kind in kinds) + _END + spoken
        for match in self._regex.finditer(code):
            yield self.all[int(str(match.lastgroup)[1:])], match.start(), match.end()

    def _read(self, entries: Iterable[dict[str, Any]]) -> Iterator[Pattern]:
        for entry in entries:
            topic = entry.get("topic", "")
            # What is being spoken of stands behind the clause's kinds, see `find`.
            spoken = f"(?=.*{_END}.*{self._topics[topic]})" if topic else ""
            for words in entry["says"]:
                try:
                    regex = self._compile(words)
                except KeyError as error:
                    raise ValueError(f"{words!r}: there is no {error.args[0]!r}") from None
                yield Pattern(
                    entry["subject"], topic, entry.get("none", False), entry.get("claim", False), regex + spoken
                )

    def _compile(self, words: str) -> str:
        row, *guards = (part.strip() for part in words.split(";"))
        if not _SIGNS.fullmatch(row):
            raise KeyError(row)
        regex = _KIND.sub(lambda match: self._codes[match[0]], row).replace(" ", "").replace("(", "(?:")
        for guard in guards:
            place = next((place for place in _GUARDS if guard.startswith(place)), None)
            if place is None:
                raise KeyError(guard)
            kinds = list(self._expand(guard.removeprefix(place).replace(" ", "").split(",")))
            at = self._guard(place, kinds)
            regex = regex + at if place == "not before" else at + regex
        return regex

    def _guard(self, place: str, kinds: list[str]) -> str:
        joins = place == "not behind" and "and" in kinds
        codes = "".join(self._codes[kind] for kind in kinds if not (joins and kind == "and"))
        guard = _GUARDS[place].format(codes) if codes else ""
        return guard + (f"(?<![^{self._codes[_NEW_BEHIND]}]{self._codes['and']})" if joins else "")

    def _expand(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            yield from self._groups.get(name, (name,))
