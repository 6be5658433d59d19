"""What a command line asks of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlint.run.targets import STDIN
from reportlint.source import MAX_SIZE
from reportlint.tuples import NamedTuple

if TYPE_CHECKING:
    from reportlint.run.settings import Choices

NAMELESS = "<stdin>"
"""What standard input is called where it was given no name."""


MOST_JOBS = 256
"""More processes cannot be asked for with --jobs."""


class Asked(NamedTuple):
    """The options of a run, by the names of the command line."""

    paths: tuple[str, ...]
    output_format: str | None = None
    output_file: str | None = None
    open_page: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    output_dir: str | None = None
    annotate: bool = False
    baseline: str | None = None
    update_baseline: bool = False
    form: str | None = None
    lang: str | None = None
    fail_on: str | None = None
    stdin_filename: str = NAMELESS
    exclude: tuple[str, ...] = ()
    ignore_vcs: bool = True
    ignore_comments: bool = True
    max_size: int = MAX_SIZE
    force_exclude: bool = False
    with_siblings: bool = False
    split: str | None = None
    config_file: str | None = None
    isolated: bool = False
    statistics: bool = False
    by: str | None = None
    show_all: bool = False
    quiet: bool = False
    verbose: bool = False
    jobs: int | None = None
    show_files: bool = False
    exit_non_zero_on_fix: bool = False
    show_fixes: bool = False
    color: str = "auto"
    no_cache: bool = False
    cache_dir: str | None = None

    @property
    def stdin_fixed(self) -> bool:
        """Whether the mended text of standard input goes to standard output."""
        return self.fix and not self.diff and STDIN in self.paths

    @property
    def choices(self) -> Choices:
        """What is chosen over configurations."""
        from reportlint.run.settings import Choices

        return Choices(self.select, self.ignore, self.form, self.fail_on, self.extend_select)
