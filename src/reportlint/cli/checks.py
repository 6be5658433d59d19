"""What the checks of files come to: by several processes, from the cache, or one after the other."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reportlint.cli.asked import Asked
from reportlint.cli.bars import Line, by_file
from reportlint.cli.inputs import shown
from reportlint.run.outcome import Outcome
from reportlint.run.targets import Target

if TYPE_CHECKING:
    from reportlint.cli.examining import Examiner
    from reportlint.cli.fixing import Mending
    from reportlint.cli.remembering import Cached
    from reportlint.results import Options
    from reportlint.run.settings import Plan
    from reportlint.run.together import Digesting

_MANY = 16
_TEXTS = frozenset({"", ".txt", ".md", ".html", ".htm"})


class Checks:
    """The checks of single files in a run.

    With `marking` findings can be looked up in a baseline; `mending` says how files are mended, `annotating` that
    copies with comments are written.
    """

    def __init__(
        self, asked: Asked, plan: Plan, options: Options, marking: bool, mending: Mending | None, annotating: bool
    ) -> None:
        self._asked = asked
        self._plan = plan
        self._lang = options.lang
        self._quiet = options.quiet
        self._marking = marking
        self._mending = mending
        self._writes = mending is not None or annotating

    def of(
        self, targets: Sequence[Target], digesting: Digesting | None, show_bar: bool, of_places_only: bool = False
    ) -> Iterator[tuple[Target, Outcome]]:
        """What the checks of targets come to, in order; with digests where others are compared with them.

        A bar stays while what comes of a file is written, a line of progress does not. With `of_places_only` of some
        texts no more is left than where their findings stand.
        """
        line = Line(len(targets), not self._quiet)
        jobs = self._processes(targets)
        if jobs > 1:
            from reportlint.cli.processes import Work, outcomes

            work = Work(self._asked, self._lang, digesting, self._marking, of_places_only)
            made = outcomes(work, self._plan, targets, jobs)
            first = next(made)  # the processes start before there is a bar with its thread
            for number, target in enumerate(by_file(targets, show_bar and not self._quiet)):
                with line.over(number, target.path):
                    outcome = next(made) if number else first
                yield target, outcome
            next(made, None)
            return
        with self.cached(targets, digesting, of_places_only) as cache:
            examiner = self.examiner(digesting, cache)
            for number, target in enumerate(by_file(targets, show_bar and not self._quiet)):
                with line.over(number, shown(target, self._asked.stdin_filename)):
                    outcome = examiner.examine(number, target)
                yield target, outcome

    def _processes(self, targets: Sequence[Target]) -> int:
        if self._writes or len(targets) < 2 or self._asked.jobs == 1:
            return 1
        if any(target.waits for target in targets):
            return 1  # what another process has read of a pipe is gone
        from reportlint.cli.processes import processes

        return processes(self._asked.jobs, targets)

    @contextmanager
    def cached(
        self, targets: Sequence[Target], digesting: Digesting | None, of_places_only: bool = False
    ) -> Iterator[Cached | None]:
        """The outcomes of earlier runs, unless files are mended, or that is not wanted or not worth it."""
        if self._asked.no_cache or self._writes or self._is_soon_read(targets):
            yield None
            return
        from reportlint.cli.remembering import cached

        with cached(self._asked, self._lang, digesting, self._marking, of_places_only) as cache:
            yield cache

    def _is_soon_read(self, targets: Sequence[Target]) -> bool:
        """Whether files are so few, and all of text, that to look them up would take longer; not in a named cache."""
        few = len(targets) < _MANY and self._asked.cache_dir is None
        return few and all(os.path.splitext(target.path)[1].lower() in _TEXTS for target in targets)

    def examiner(self, digesting: Digesting | None = None, cache: Cached | None = None) -> Examiner:
        """What checks single files for this run."""
        from reportlint.cli.examining import Examiner

        return Examiner(
            self._plan,
            self._lang,
            self._asked.stdin_filename,
            self._asked.max_size,
            digesting,
            self._marking,
            self._mending,
            cache,
        )
