"""What a configuration says is not to be reported in some files, and what of that was never needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from reportlint.config.globs import means, relative
from reportlint.config.values import Config, Ignore
from reportlint.diagnostics import Diagnostic, Span, Words


class UnusedIgnore(NamedTuple):
    """Paths that no file matches, or rules (then `paths` is empty) that found nothing in those that match.

    `span` is the line of the configuration on which the entry begins.
    """

    span: Span
    paths: tuple[str, ...]
    rules: tuple[str, ...]
    reason: str


class UnusedComment(NamedTuple):
    """A comment in a text that ignores nothing: what follows it has none of its `rules`, or `wrong` says why."""

    span: Span
    rules: tuple[str, ...]
    reason: str
    wrong: Words | None = None


class Ignoring:
    """The ignores of one configuration over a run; `named` gives the rules that a name stands for."""

    def __init__(self, config: Config, named: Callable[[Iterable[str]], set[str]]) -> None:
        self.config = config
        self._named = named
        self._matched: set[tuple[int, str]] = set()
        self._needed: set[tuple[int, str]] = set()

    def kept(self, path: str, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The findings in a file that are to be reported."""
        held = list(found)
        ignored: set[str] = set()
        inside = relative(path, self.config.root) if self.config.ignores else ""
        for number, ignore in enumerate(self.config.ignores):
            if not means(ignore.paths, inside):
                continue
            self._matched |= {(number, glob) for glob in ignore.paths if means([glob], inside)}
            # Each entry sees all findings, so that of two that say the same neither is called unused.
            for name in ignore.rules:
                meant = self._named([name])
                self._needed |= {(number, name) for d in held if d.rule in meant}
                ignored |= meant
        return [d for d in held if d.rule not in ignored]

    def unused(self, source_line: Span, number: int, ignore: Ignore, active: frozenset[str]) -> Iterator[UnusedIgnore]:
        """What of an entry did nothing in a run over all files, with the rules `active`."""
        absent = tuple(g for g in ignore.paths if not g.startswith("!") and (number, g) not in self._matched)
        if absent:
            yield UnusedIgnore(source_line, absent, (), ignore.reason)
        if len(absent) == len(ignore.paths):
            return
        idle = tuple(r for r in ignore.rules if (number, r) not in self._needed and self._named([r]) & active)
        if idle:
            yield UnusedIgnore(source_line, (), idle, ignore.reason)
