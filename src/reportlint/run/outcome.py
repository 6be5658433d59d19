"""What the check of one file comes to, whichever process makes it, or whenever it was made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from reportlint.diagnostics import Diagnostic, Words
from reportlint.records import record
from reportlint.source import Source

if TYPE_CHECKING:
    from reportlint.config.baseline import Landmarks
    from reportlint.run.analysis import Analysis
    from reportlint.run.fixer import Applied
    from reportlint.series.digests import Digest

TABLES, PAGE = "tables", "page"
"""Parts of reports that are checked alone: tables of a workbook, a page of a scan."""


@record
class Outcome:
    """The findings of a file and what the rest of a run needs of it.

    `error` says why it could not be read, and is then all there is; `is_copy` that it is a copy with
    comments, which is left out. `part` is TABLES or PAGE where it holds no whole report. `unchecked` names
    what there was too much of, `crashed` the rules that failed with a sentence each. `marks` is for baselines,
    `digest` for rules over several files. `failed` counts what could not be
    written, `applied` are the fixes that were made.
    `before` is the text as it was, `source` as it is now, or what is left of it, and `analysis` what that comes to;
    these are there only where they were made in this run, by this process.
    """

    error: Words | None = None
    is_copy: bool = False
    content: str = ""
    encoding: str = "utf-8"
    found: tuple[Diagnostic, ...] = ()
    recognised: bool = False
    form: str | None = None
    year: int | None = None
    organ: str | None = None
    part: str = ""
    unchecked: tuple[Words, ...] = ()
    crashed: tuple[tuple[str, str], ...] = ()
    marks: Landmarks | None = None
    digest: Digest | None = None
    failed: int = 0
    applied: tuple[Applied, ...] = ()
    before: Source | None = None
    source: Source | None = None
    analysis: Analysis | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing went wrong, so that the next check of the same bytes comes to the same."""
        return self.error is None and not (self.is_copy or self.unchecked or self.crashed or self.failed)


def located(found: Iterable[Diagnostic], source: Source) -> tuple[Diagnostic, ...]:
    """Findings with where they stand in the document that their text was taken from, if it was."""
    return tuple(d if d.origin else d._replace(origin=source.origin(d.span)) for d in found)


def let_go(path: str, encoding: str, places: Mapping[int, tuple[int, int]]) -> Source:
    """What stands for a text where only those places of it will be asked for."""
    return Source(path, "", encoding, known_places=places)
