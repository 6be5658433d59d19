"""What a finding is: a place, a rule, a sentence for people, and how to mend it."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from reportlint.tuples import NamedTuple


class Words(NamedTuple):
    """One sentence in both languages."""

    zh: str
    en: str

    def __call__(self, lang: str) -> str:
        """The sentence in `lang`, which is "zh" or "en"."""
        return self.zh if lang == "zh" else self.en


def quoted(text: str) -> str:
    """A text in quotation marks; the pairs that it has itself are single ones then."""
    return f"“{inner_quotes(text)}”"


def inner_quotes(text: str) -> str:
    """A text as it is quoted: 3.危及‘三安全一稳定’."""
    return re.sub("“([^“”]*)”", r"‘\1’", text) if "“" in text else text


def enumerated(names: Iterable[str], lang: str) -> str:
    """Names one after the other, as a language lists them."""
    return ("、" if lang == "zh" else ", ").join(names)


class UserError(Exception):
    """What a user gave or asked for cannot be used; `words` say what is wrong and what to do.

    `lang` is the language of what was given, where that says one.
    """

    lang: str | None = None

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Words(zh, en)


_REASONS = {
    errno.ENOENT: "文件不存在",
    errno.EACCES: "没有权限",
    errno.EINVAL: "不是普通文件",
    errno.EBADF: "已关闭",
    errno.EIO: "读写出错",
    errno.ELOOP: "链接绕成了圈",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EISDIR: "是文件夹",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EEXIST: "已有同名的",
    errno.EPERM: "不允许",
    errno.EBUSY: "正被占用",
    errno.EXDEV: "在另一个磁盘上",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "文件系统只读",
}


def reason(error: OSError) -> Words:
    """Why a file could not be read or written."""
    en = (error.strerror or str(error) or type(error).__name__).lower()
    return Words(_REASONS.get(error.errno or 0, en), en)


class Span(NamedTuple):
    """A half-open range of code points in the decoded text."""

    start: int
    end: int


def around(spans: Iterable[Span]) -> Span:
    """The range from the first beginning to the last end of some, which need not stand in order."""
    starts, ends = zip(*spans, strict=True)
    return Span(min(starts), max(ends))


class Severity(StrEnum):
    """How grave a finding is; the order is gravest first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for error, 1 for warning, 2 for info."""
        return _RANKS[self]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Safety(StrEnum):
    """Whether a fix may be applied without a person looking at it."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Edit(NamedTuple):
    """Replace the text at `span` by `text`."""

    span: Span
    text: str


class Fix(NamedTuple):
    """Edits that belong together and are applied together.

    With an `encoding` the file is also written in that, without a byte-order mark.
    """

    edits: tuple[Edit, ...]
    safety: Safety = Safety.SAFE
    encoding: str | None = None


class Origin(NamedTuple):
    """Where a place stands in a document that is no text file; fields that do not apply are None.

    All numbers are 1-based: paragraphs with text that stand in no table, tables, rows of a table, cells of a row.
    Of a workbook it is the name of a sheet and the address of a cell in it (B7).
    """

    page: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    paragraph: int | None = None
    sheet: str | None = None
    address: str | None = None


class Recognition(NamedTuple):
    """A figure that OCR read: where, how sure it is (0 to 1), and how else it may read."""

    span: Span
    score: float
    other: str | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether the picture has to be looked at."""
        return self.other is not None or self.score < SURE


SURE = 0.7
"""A figure that was read with less than this, from 0 to 1, is doubtful."""


class Place(NamedTuple):
    """A place in another file: 1-based lines and columns, the end exclusive, and its first line.

    `span` is the place within `text`, which is that line.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    span: Span


class Secondary(NamedTuple):
    """A second place that a finding speaks of, with what is said there.

    With a `place` it stands in another file, and `span` says nothing.
    """

    span: Span
    message: str
    place: Place | None = None


class Cell(NamedTuple):
    """The cell of a form that a finding is about: the form's names, its labels, what it states and what it should.

    `value` is None where it cannot be read, `expected` where nothing tells. `row` is "" in a table of one row
    without a label, `column` where it is not known which.
    """

    section: str
    table: str
    row: str
    column: str
    row_label: str
    column_label: str
    value: int | float | None
    expected: int | float | None


class Diagnostic(NamedTuple):
    """One finding, worded in the language of the run.

    `more` counts findings of its rule in the file that it stands for beside itself. `subject` is what
    of the report it names, in no language: rows, columns, terms. `url` is its rule's page, relative to
    the project for reportlint's own rules. `cell` is the cell of a table that the finding stands at.
    """

    rule: str
    group: str
    severity: Severity
    span: Span
    message: str
    labels: tuple[Secondary, ...] = ()
    notes: tuple[str, ...] = ()
    help: str | None = None
    fix: Fix | None = None
    origin: Origin | None = None
    subject: str = ""
    url: str | None = None
    more: int = 0
    cell: Cell | None = None

    def spans(self) -> Iterator[Span]:
        """All ranges of its file that it speaks of."""
        yield self.span
        yield from (label.span for label in self.labels if label.place is None)
        yield from (edit.span for edit in (self.fix.edits if self.fix else ()))
