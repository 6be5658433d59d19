"""What a configuration says is not to be reported in some files, and what of that was never needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set

from reportlint.config.globs import means, relative
from reportlint.config.values import DEFAULT, Config, Ignore
from reportlint.diagnostics import Diagnostic, Span, Words
from reportlint.tuples import NamedTuple


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


def _chooses(config: Config) -> bool:
    """Whether a configuration says what is fixed."""
    return config.fixable != DEFAULT.fixable or bool(config.unfixable)


class Ignoring:
    """The ignores of one configuration over a run, the words that it allows, and the fixes that it does not.

    `named` gives the rules that names stand for, `of_words` are those that speak of single words.
    """

    def __init__(self, config: Config, named: Callable[[Iterable[str]], set[str]], of_words: Set[str]) -> None:
        self.config = config
        self._named = named
        self._of_words = of_words
        self._unfixed = named(["ALL"]) - named(config.fixable) | named(config.unfixable) if _chooses(config) else set()
        self._matched: set[tuple[int, str]] = set()
        self._needed: set[tuple[int, str]] = set()

    def kept(self, path: str, found: Iterable[Diagnostic], text: str) -> list[Diagnostic]:
        """The findings in a file with a text that are to be reported, with the fixes that are wanted."""
        held = [d for d in found if not (d.rule in self._of_words and self._allows(d, text))]
        ignored: set[str] = set()
        for number, ignore in enumerate(self.config.ignores):
            inside = relative(path, ignore.file.parent)
            if not means(ignore.paths, inside):
                continue
            self._matched |= {(number, glob) for glob in ignore.paths if means([glob], inside)}
            # Each entry sees all findings, so that of two that say the same neither is called unused.
            for name in ignore.rules:
                meant = self._named([name])
                self._needed |= {(number, name) for d in held if d.rule in meant}
                ignored |= meant
        return [d._replace(fix=None) if d.fix and d.rule in self._unfixed else d for d in held if d.rule not in ignored]

    def _allows(self, found: Diagnostic, text: str) -> bool:
        """Whether a finding lies within one of the words that are allowed."""
        start, end = found.span
        return any(word in text[max(0, end - len(word)) : start + len(word)] for word in self.config.allow)

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
