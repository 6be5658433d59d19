"""The ways to state a figure: patterns over kinds of words, written in plain words (grammar/statements.toml)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportlint.late import Late
from reportlint.tuples import NamedTuple

_END = "\u33ff"
_KIND = Late("[a-z_]+")
_CHOICE = Late(r"\([^()]*\)[?*+]?")
_OPTIONAL = Late(r"[a-z_]+\s*[?*]")
_SIGNS = Late(r"[a-z_ ()|?*+]+")
_GUARDS = {"not behind": "(?<![{}])", "only behind": "(?<![^{}])", "not before": "(?![{}])"}
_NEW_BEHIND = "amount"
"""After a figure, 、 begins something new; elsewhere it joins what is counted together."""


class Pattern(NamedTuple):
    """A way to state a figure of a subject, to claim that it is 0 (`none`), or to claim without a figure.

    `needs` are the characters without which it does not match.
    """

    subject: str
    topic: str
    none: bool
    claim: bool
    regex: Late
    needs: frozenset[str]


class Patterns:
    """All patterns as regular expressions over kinds, a character each: reading stays linear.

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

    def find(self, kinds: Iterable[str], topics: Iterable[str]) -> Iterator[tuple[Pattern, int, int]]:
        """The patterns that kinds in their order match, in a clause that speaks of `topics`: each with its range."""
        spoken = "".join(self._topics[topic] for topic in sorted(topics))
        code = "".join(self._codes[kind] for kind in kinds) + _END + spoken
        chars = frozenset(code)
        found = {n: p.regex.search(code) for n, p in enumerate(self.all) if p.needs <= chars}
        while any(found.values()):
            # The first match counts, and of several that begin together that of the first pattern.
            first, match = min(
                ((n, m) for n, m in found.items() if m is not None), key=lambda item: (item[1].start(), item[0])
            )
            yield self.all[first], match.start(), match.end()
            for n, other in found.items():
                if other is not None and other.start() < match.end():
                    found[n] = self.all[n].regex.search(code, match.end())

    def _read(self, entries: Iterable[dict[str, Any]]) -> Iterator[Pattern]:
        for entry in entries:
            topic = entry.get("topic", "")
            # What is being spoken of stands behind the clause's kinds, see `find`.
            spoken = f"(?=.*{_END}.*{self._topics[topic]})" if topic else ""
            for words in entry["says"]:
                try:
                    regex, needs = self._compile(words)
                except KeyError as error:
                    raise ValueError(f"{words!r}: there is no {error.args[0]!r}") from None
                needs |= {self._topics[topic]} if topic else set()
                yield Pattern(
                    entry["subject"],
                    topic,
                    entry.get("none", False),
                    entry.get("claim", False),
                    Late(regex + spoken),
                    needs,
                )

    def _compile(self, words: str) -> tuple[str, frozenset[str]]:
        """A pattern as a regular expression, and the characters that it cannot do without."""
        row, *guards = (part.strip() for part in words.split(";"))
        if not _SIGNS.fullmatch(row):
            raise KeyError(row)
        needs = frozenset(self._codes[kind] for kind in _fixed(row))
        regex = _KIND.sub(lambda match: self._codes[match[0]], row).replace(" ", "").replace("(", "(?:")
        for guard in guards:
            place = next((place for place in _GUARDS if guard.startswith(place)), None)
            if place is None:
                raise KeyError(guard)
            kinds = list(self._expand(guard.removeprefix(place).replace(" ", "").split(",")))
            at = self._guard(place, kinds)
            regex = regex + at if place == "not before" else at + regex
        return regex, needs

    def _guard(self, place: str, kinds: list[str]) -> str:
        joins = place == "not behind" and "and" in kinds
        codes = "".join(self._codes[kind] for kind in kinds if not (joins and kind == "and"))
        guard = _GUARDS[place].format(codes) if codes else ""
        return guard + (f"(?<![^{self._codes[_NEW_BEHIND]}]{self._codes['and']})" if joins else "")

    def _expand(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            yield from self._groups.get(name, (name,))


def _fixed(row: str) -> list[str]:
    """The kinds that stand in a pattern outside of choices and are not optional."""
    while "(" in row:
        row = _CHOICE.sub(" ", row)
    return [] if "|" in row else _KIND.findall(_OPTIONAL.sub(" ", row))
