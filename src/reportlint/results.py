"""What a run hands to an output format, file by file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol, TextIO

from reportlint.diagnostics import Diagnostic, Safety, Severity, Words, enumerated
from reportlint.records import field, record
from reportlint.source import Source
from reportlint.tuples import NamedTuple

if TYPE_CHECKING:
    from reportlint.run.analysis import Analysis


INTERNAL = Words(
    "检查 {path} 时程序出错（{error}）；请报告此问题", "internal error in {path} ({error}); please report it"
)
SPENT = Words(
    "{path} 内容太多，没有全部检查：从某处起没有核对{parts}；请拆分文件",
    "{path} holds too much to be checked wholly: from some place on not checked were {parts}; split the file",
)


def not_checked(path: str, unchecked: Iterable[Words], lang: str) -> str:
    """What is said where the work on a file came to an end before all of it was checked."""
    parts = enumerated((part(lang) for part in unchecked), lang)
    return SPENT(lang).format(path=path, parts=parts)


class FileResult(NamedTuple):
    """One file's findings; form, year and organ are None in a text that is no report.

    `analyse` gives what the text comes to as a report; it may be read again for that, so that a run
    need not keep it.
    """

    path: str
    source: Source
    diagnostics: tuple[Diagnostic, ...]
    analyse: Callable[[], Analysis]
    form: str | None = None
    year: int | None = None
    organ: str | None = None


class Problem(NamedTuple):
    """Why a file was not checked, or not wholly."""

    path: str
    message: str


@record
class Summary:
    """Counts over a run.

    `failed` counts files that could not be read or written, or that a rule failed on, and
    `problems` says why; `left` what folders hold that is not read, each with the folder; `fixed`
    fixes that were applied; `safe` findings left that a safe fix mends. `skipped` of the `files` are no reports
    and were not named; `groups` counts findings by what the statistics are asked for.
    """

    files: int = 0
    failed: int = 0
    problems: list[Problem] = field(default_factory=list)
    left: list[Problem] = field(default_factory=list)
    fixed: int = 0
    safe: int = 0
    fixable: int = 0
    severities: Counter[Severity] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    skipped: int = 0
    seconds: float = 0.0

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Count findings."""
        for found in diagnostics:
            self.severities[found.severity] += 1 + found.more
            self.rules[found.rule] += 1 + found.more
            self.fixable += found.fix is not None
            self.safe += found.fix is not None and found.fix.safety is Safety.SAFE


def reaches(severity: Severity, threshold: str) -> bool:
    """Whether a severity is `threshold` or graver ("never": no)."""
    return threshold != "never" and severity.rank <= Severity(threshold).rank


def fails(diagnostics: Iterable[Diagnostic], threshold: str) -> bool:
    """Whether there is a finding at or above `threshold` ("never": no)."""
    return any(reaches(found.severity, threshold) for found in diagnostics)


class Options(NamedTuple):
    """What an output format may ask for."""

    lang: str = "en"
    show_all: bool = False
    quiet: bool = False
    statistics: bool = False
    by: str = "rule"
    fixing: bool = False


class Output(Protocol):
    """An output format: `file` for each file in order, then `end` once.

    Each module of reportlint.output has a class Output that takes a stream and Options. One with
    `of_findings_only` set may get an empty text of a file without findings, and with `of_places_only` of any, whose
    `position` then knows no more than where its findings stand: that spares reading it again.
    """

    def __init__(self, stream: TextIO, options: Options) -> None: ...

    def file(self, result: FileResult) -> None:
        """Write one file's findings."""

    def end(self, summary: Summary) -> None:
        """Close the output."""
