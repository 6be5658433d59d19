"""--split organ: the findings of each organ in a file of its own, to be sent to it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from itertools import chain, count

from reportlint.cli.say import complain, writing_to
from reportlint.diagnostics import Words
from reportlint.output import make
from reportlint.results import FileResult, Options, Output, Summary
from reportlint.text.organs import organ_key
from reportlint.tuples import NamedTuple

_UNKNOWN = Words("没有写明单位", "no organ")
_WRITTEN = Words("写了 {count} 个文件：{first} 等", "files written: {count}, {first} and so on")
_ONE = Words("写了 {first}", "written: {first}")
_NOTHING = Words("没有发现问题，没有写文件", "no findings, so no file was written")
_UNREAD = Words(
    "有 {count} 个文件没有处理完，不在任何一份里",
    "not done and in none of the files: {count} of what was to be checked",
)
_NO_NAME = re.compile(r"[^\w()（）·-]+")
_LONGEST = 60


class _Part(NamedTuple):
    """An organ's findings on their way: where they are written, and how many there are."""

    data: BytesIO
    stream: TextIOWrapper
    output: Output
    summary: Summary


class Split:
    """An output that writes a file of the format `name` for each organ with findings: 清单-青湖县.xlsx for 清单.xlsx.

    `refuse` raises Refused for a file that must not be written over.
    """

    def __init__(self, name: str, path: str, options: Options, refuse: Callable[[str], None]) -> None:
        self._name = name
        self._stem, self._suffix = os.path.splitext(path)
        self._options = options
        self._refuse = refuse
        self._parts: dict[str, _Part] = {}
        self._paths: dict[str, str] = {}

    def file(self, result: FileResult) -> None:
        """Put a file's findings to those of its organ."""
        if not result.diagnostics:
            return
        part = self._part(organ_key(result.organ) or _UNKNOWN(self._options.lang))
        part.output.file(result)
        part.summary.files += 1
        part.summary.add(result.diagnostics)

    def _part(self, organ: str) -> _Part:
        # A report says what its organ is called: no part of a path.
        path = self._paths.get(organ)
        if path is None:
            name = f"{self._stem}-{_NO_NAME.sub('_', organ)[:_LONGEST]}"
            taken = {*self._paths.values()}
            names = chain((name,), (f"{name}-{number}" for number in count(2)))
            path = next(full for one in names if (full := f"{one}{self._suffix}") not in taken)
            self._paths[organ] = path
            data = BytesIO()
            stream = TextIOWrapper(data, "utf-8", errors="backslashreplace", newline="\n")
            self._parts[path] = _Part(data, stream, make(self._name, stream, self._options), Summary())
        return self._parts[path]

    def end(self, summary: Summary) -> None:
        """Write all files, and say so. Raises Refused."""
        for path in self._parts:
            self._refuse(path)
        for path, part in self._parts.items():
            part.summary.seconds = summary.seconds
            part.output.end(part.summary)
            part.stream.flush()
            with writing_to(path, self._options.lang) as file:
                file.buffer.write(part.data.getvalue())
        lang = self._options.lang
        said = _NOTHING if not self._parts else _ONE if len(self._parts) == 1 else _WRITTEN
        if not self._options.quiet:
            complain(said(lang).format(count=len(self._parts), first=next(iter(self._parts), "")))
        if summary.problems:
            complain(_UNREAD(lang).format(count=len(summary.problems)))
