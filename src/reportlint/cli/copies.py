"""--output-dir and --annotate: copies of what was checked, written where nothing else is lost."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property

from reportlint.cli.say import complain
from reportlint.diagnostics import Words, reason
from reportlint.reading import read_bytes
from reportlint.results import FileResult
from reportlint.run.targets import STDIN, Target
from reportlint.source import UnreadableFile

ANNOTATED = ".annotated"
_ANY_LENGTH = 100_000_000
NOT_WRITTEN = Words("没有写出 {path}：{reason}", "{path} was not written: {reason}")
ITSELF = Words(
    "这次检查要读这个文件；--output-dir 请换一个文件夹", "this run reads that file; name another folder as --output-dir"
)
ELSEWHERE = Words("它是链接，或在文件夹之外", "it is a link, or leads out of the folder")
TAKEN = Words(
    "已有同名文件；请移走它，或换一个 --output-dir",
    "there is a file of that name; move it, or name another --output-dir",
)
EDITED = Words(
    "已有同名文件，不是 reportlint 写的，或写后有人改过；请移走它，或用 --output-dir",
    "a file of that name was not written by reportlint, or changed since; move it, or use --output-dir",
)
TWICE = Words("这次运行已写过同名文件；请分别运行", "this run wrote a file of that name already; check them one by one")
ONLY_WORD = Words(
    "{path}：--annotate 只能批注 Word 文档（.docx）",
    "{path}: --annotate writes comments into Word documents only (.docx)",
)
NO_PLACE = Words(
    "标准输入没有地方放批注稿；请给出文件名", "an annotated copy of standard input has no place: name the file"
)
OLD = Words(
    "没有要批注的；{path} 是以前的批注稿，没有改动",
    "nothing to annotate; {path} is an earlier copy and was left as it is",
)
WROTE = Words("批注稿：{path}", "annotated: {path}")


class Copies:
    """The copies of a run: where each is written, and which are."""

    def __init__(self, folder: str | None, lang: str, read: Iterable[str]) -> None:
        """`read` are the files that the run reads: no copy takes the place of one."""
        self.folder = folder
        self.lang = lang
        self._paths = tuple(read)
        self._written: set[str] = set()

    @cached_property
    def _read(self) -> frozenset[str]:
        return frozenset(map(os.path.realpath, self._paths))

    def place(self, target: Target, ending: str | None = None) -> str:
        """Where a copy goes: beside the file, or below the folder for copies as it lies below its own.

        Its name ends as the file's, or with `ending`.
        """
        if self.folder is None:
            stem, own = os.path.splitext(target.path)
            return f"{stem}{own if ending is None else ending}"
        inside = bool(target.root) and not target.leads_out
        name = os.path.relpath(target.real, target.root) if inside else os.path.basename(target.path)
        stem, own = os.path.splitext(name)
        return os.path.join(self.folder, f"{stem}{own if ending is None else ending}")

    def write(self, path: str, data: bytes, *, ours: bool = False) -> bool:
        """Write a copy; False, and one sentence, where that cannot be done or would take the place of a file.

        Only with `ours` may it be one that an earlier run wrote.
        """
        from reportlint.run.writing import write_atomically

        try:
            why = self._refusal(path, data, ours)
            if why is None:
                os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
                write_atomically(path, data)
                self._written.add(_known_by(path))
                return True
        except OSError as error:
            why = reason(error)
        complain(NOT_WRITTEN(self.lang).format(path=path, reason=why(self.lang)))
        return False

    def _refusal(self, path: str, data: bytes, ours: bool) -> Words | None:
        if _known_by(path) in self._written:
            return TWICE
        if os.path.realpath(path) in self._read:
            return ITSELF
        folder = os.path.realpath(self.folder if self.folder is not None else os.path.dirname(path) or ".")
        if os.path.islink(path) or not os.path.realpath(path).startswith(folder.rstrip(os.sep) + os.sep):
            return ELSEWHERE
        if os.path.exists(path) and not ours and read_bytes(path, len(data)) != data:
            return TAKEN
        return None


def _known_by(path: str) -> str:
    """A name as file systems that know no case tell it."""
    return os.path.realpath(path).casefold()


class Annotating:
    """Writes Word documents with their findings as comments."""

    def __init__(self, copies: Copies, quiet: bool) -> None:
        self.copies = copies
        self.quiet = quiet
        self.lang = copies.lang

    def write(self, target: Target, result: FileResult) -> bool:
        """The copy of a file with findings; False, and one sentence, where it cannot be written."""
        from reportlint.manual.terms import SEVERITIES
        from reportlint.output.wording import full_message

        if not result.diagnostics:
            self._tell_old(target)
            return True
        document = result.source.document
        if target.path == STDIN:
            complain(NO_PLACE(self.lang))
            return False
        if document is None:
            complain(ONLY_WORD(self.lang).format(path=result.path))
            return True
        path = self.copies.place(target, f"{ANNOTATED}.docx")
        if os.path.lexists(path) and not _is_copy(path):
            complain(NOT_WRITTEN(self.lang).format(path=path, reason=EDITED(self.lang)))
            return False
        comments = [
            (found.span, f"{SEVERITIES[found.severity](self.lang)}[{found.rule}] {full_message(found, self.lang)}")
            for found in (found._replace(origin=None) for found in result.diagnostics)
        ]
        try:
            data = document.commented(comments)
        except UnreadableFile as error:
            complain(error.words(self.lang))
            return False
        written = self.copies.write(path, data, ours=True)
        if written and not self.quiet:
            complain(WROTE(self.lang).format(path=path))
        return written

    def _tell_old(self, target: Target) -> None:
        """Say so where an earlier run's copy is left, whose comments are of what is mended now."""
        if target.path == STDIN or self.quiet:
            return
        path = self.copies.place(target, f"{ANNOTATED}.docx")
        if os.path.lexists(path) and _is_copy(path):
            complain(OLD(self.lang).format(path=path))


def _is_copy(path: str) -> bool:
    """Whether a file is one with comments that an earlier run wrote, as it wrote it."""
    from reportlint.readers import read

    try:
        document = read(path, _ANY_LENGTH).document
    except UnreadableFile:
        return False
    return document is not None and document.is_untouched
