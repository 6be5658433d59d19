"""--fix and --unsafe-fixes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from reportlint.characters import printable
from reportlint.cli.copies import Copies
from reportlint.cli.say import complain
from reportlint.decoding import encode
from reportlint.diagnostics import Diagnostic, Safety, UserError, Words, reason
from reportlint.output.wording import in_brackets
from reportlint.run.targets import STDIN, Target
from reportlint.run.withheld import Withheld
from reportlint.source import Source, Unwritable
from reportlint.tuples import NamedTuple

if TYPE_CHECKING:
    from reportlint.run.fixer import Applied, Mended

NOT_WRITTEN = Words("没有修正 {path}：{reason}", "{path} was not fixed: {reason}")
READ_ONLY = Words("文件是只读的；请先允许写入", "it is read-only; allow writing first")
ADDED_TEXT = Words("加上“{after}”", "“{after}” added")
REMOVED_TEXT = Words("删去“{before}”", "“{before}” removed")
CHANGED_TEXT = Words("“{before}”改为“{after}”", "“{before}” → “{after}”")
CHANGED = Words("检查过程中它被改动了；请重新运行", "it changed while it was checked; run this again")
DOCUMENT = Words(
    "只有文本文件和 Word 文档（.docx）可以直接修正；请按提示在原文档中修改",
    "only text files and Word documents (.docx) are fixed in place; correct the document itself",
)
OUTSIDE = Words(
    "它是链接，指向所检查的文件夹之外；要修正请直接指明这个文件",
    "it is a link that leads out of the folder; name the file itself to have it fixed",
)
HARMFUL = Words(
    "{path}：有 {count} 处修正会带来别的问题，没有改，请人工处理",
    "{path}: {count} fixes would bring other findings and were not applied; mend these by hand",
)
LEFT = Words(
    "{path}：还有 {count} 处修正互相重叠，没有全部完成；再运行一次 --fix",
    "{path}: {count} fixes are left that overlap others; run --fix again",
)
UNPATCHED = Words(
    "{path}：以上差异是文档中文字的差异，不能用 patch；请用 --fix",
    "{path}: the diff is of the document's text, which patch cannot change; use --fix",
)
RECODED = Words(
    "{path}：将另存为 UTF-8；编码不在差异里，请用 --fix 而不是 patch",
    "{path}: it would be written as UTF-8, which a diff does not show; use --fix rather than patch",
)


class Fixing:
    """Which fixes a run applies, and where to: into the files, into `copies`, or (`diff`) only to be shown.

    `written` says whether the mended text of standard input has gone to standard output.
    """

    def __init__(self, unsafe: bool, diff: bool, lang: str, copies: Copies | None = None) -> None:
        self.safeties = frozenset({Safety.SAFE, Safety.UNSAFE} if unsafe else {Safety.SAFE})
        self.diff = diff
        self.copies = copies
        self.lang = lang
        self.written = False
        self._swept: set[str] = set()

    def prepare(self, target: Target) -> None:
        """Clear away what an earlier run that was cut off left beside a file."""
        from reportlint.run.writing import sweep

        folder = os.path.dirname(os.path.realpath(target.path))
        if (
            not self.diff
            and self.copies is None
            and target.path != STDIN
            and not target.leads_out
            and folder not in self._swept
        ):
            self._swept.add(folder)
            sweep(folder)

    def apply(
        self, target: Target, path: str, source: Source, check: Callable[[Source], Iterable[Diagnostic]]
    ) -> Mended | None:
        """The text with its fixes, written into its file unless only a diff is wanted.

        None, and one sentence, where that cannot be done. `check` gives the findings to fix.
        """
        from reportlint.run.fixer import mend
        from reportlint.run.writing import ReadOnly

        try:
            mended = mend(source, self.safeties, check)
            if mended.applied:
                self._demand_writable(target, source)
            if target.path == STDIN and not self.diff:
                sys.stdout.buffer.write(encode(mended.source))
                self.written = True
            elif mended.applied and not self.diff:
                self._write(target, source, mended.source)
        except Unwritable as error:
            complain(error.words(self.lang))
            return None
        except ReadOnly:
            self._complain(path, READ_ONLY(self.lang))
            return None
        except OSError as error:
            self._complain(path, reason(error)(self.lang))
            return None
        except _Said:
            return None
        except _Refused as error:
            self._complain(path, error.words(self.lang))
            return None
        if mended.refused:
            complain(HARMFUL(self.lang).format(path=path, count=len(mended.refused)))
        if mended.left:
            complain(LEFT(self.lang).format(path=path, count=mended.left))
        return mended

    def _demand_writable(self, target: Target, source: Source) -> None:
        if source.document is None and not source.is_own_text:
            raise _Refused(*DOCUMENT)
        if target.leads_out and self.copies is None:
            raise _Refused(*OUTSIDE)

    def _write(self, target: Target, old: Source, new: Source) -> None:
        from reportlint.run.writing import Changed, write_atomically

        if self.copies is not None:
            if not self.copies.write(self.copies.place(target), encode(new)):
                raise _Said
            return
        try:
            write_atomically(target.path, encode(new), old.digest, target.real)
        except Changed:
            raise _Refused(*CHANGED) from None

    def _complain(self, path: str, reason: str) -> None:
        complain(NOT_WRITTEN(self.lang).format(path=path, reason=reason))


class Mending(NamedTuple):
    """How files are mended: what fixes them, and which findings are withheld."""

    fixing: Fixing
    withheld: Withheld


class _Said(Exception):
    """A file that is not written, which was said already."""


class _Refused(UserError):
    """A file that is not written, with the reason."""


def told(one: Applied, path: str, lang: str) -> str:
    """A fix that was applied, for --show-fixes: where, and what it changed."""
    before, after = (printable(text) for text in (one.before, one.after))
    said = CHANGED_TEXT if before and after else ADDED_TEXT if after else REMOVED_TEXT
    return (
        f"{printable(path)}:{one.line}:{one.column}: [{one.rule}] "
        + said(lang).format(before=before, after=after)
        + in_brackets(one.origin, lang)
    )
