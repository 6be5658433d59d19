"""The other years of an organ's reports, which are read beside those that are named."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress

from reportlint.characters import printable
from reportlint.cli.asked import NAMELESS
from reportlint.cli.inputs import Configuration, find_targets, read_source
from reportlint.cli.say import complain
from reportlint.diagnostics import Words, enumerated
from reportlint.readers.text import SUFFIXES
from reportlint.run.targets import STDIN, Target
from reportlint.run.vcs import repository
from reportlint.series.digests import Digest, may_be_one
from reportlint.source import UnreadableFile

_SHOWN = 5
_FEW = 50
_ENDS = 3
"""So many characters at either end of an organ's name stand in its reports however they write it in full."""
_COMPARED = Words(
    "与同一单位的其他报告一并核对：{paths}{rest}", "compared with the organ's other reports: {paths}{rest}"
)
_REST = Words(" 等 {count} 份", " and others, {count} in all")
_NONE = Words(
    "没有找到同一单位的其他报告，没有逐年核对", "no other report of the organ was found, so no years were compared"
)


def candidates(targets: Sequence[Target], stdin_filename: str, configuration: Configuration, lang: str) -> list[Target]:
    """The files beside those that are named, in the same repository or else the same folder, that are not named."""
    paths = [stdin_filename if target.path == STDIN else target.path for target in targets]
    folders = {os.path.dirname(os.path.abspath(path)) for path in paths if path != NAMELESS}
    roots = {os.path.relpath(repository(folder) or folder) for folder in folders}
    if not roots:
        return []
    named = {*(target.real for target in targets), os.path.realpath(stdin_filename)}
    found = find_targets(sorted(roots), (), configuration, lang, as_in_folders=True, quiet=True).targets
    return [one._replace(path=os.path.normpath(one.path)) for one in found if one.real not in named]


def likely_siblings(found: Iterable[Target], digests: Collection[Digest], max_size: int) -> Iterator[Target]:
    """Those of some files that may be reports of one of the organs: of a text its words tell, else the path."""
    organs = {digest.organ for digest in digests if digest.organ}
    patterns = {_without_years(digest.path) for digest in digests}
    for one in found:
        if _without_years(one.path) in patterns or _names(one.path, organs):
            yield one
        elif one.path.lower().endswith(SUFFIXES):
            with suppress(UnreadableFile, OSError):
                if _names(read_source(one, one.path, max_size).text, organs):
                    yield one


def is_of(digest: Digest, organs: Collection[str]) -> bool:
    """Whether a report may be one of those organs'."""
    return bool(digest.organ) and any(may_be_one(digest.organ, one) for one in organs)


def all_differ(digests: Sequence[Digest]) -> bool:
    """Whether a few reports are of as many organs, so that none is compared with another."""
    if len(digests) > _FEW:
        return False
    return not any(
        is_of(one, {other.organ for other in digests if other is not one and other.organ}) for one in digests
    )


def _without_years(path: str) -> str:
    return re.sub(r"\d+", "0", os.path.normpath(path))


def _names(text: str, organs: Iterable[str]) -> bool:
    return any(organ[:_ENDS] in text and organ[-_ENDS:] in text for organ in organs)


def tell(compared: Sequence[Target], lang: str) -> None:
    """Say which files were read beside those that are named."""
    if not compared:
        complain(_NONE(lang))
        return
    names = [printable(one.path) for one in compared]
    paths = enumerated(names[:_SHOWN], lang)
    rest = _REST(lang).format(count=len(names)) if len(names) > _SHOWN else ""
    complain(_COMPARED(lang).format(paths=paths, rest=rest))
