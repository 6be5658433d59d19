"""Which files a command line names."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from reportlint.config.values import NAMES
from reportlint.late import Late
from reportlint.reading import is_regular
from reportlint.run.vcs import Ignored
from reportlint.tuples import NamedTuple

STDIN = "-"
_PICTURE = Late(r"(?P<stem>.*?)(?P<page>\d{1,4})(?P<suffix>\.(?:png|jpe?g|tiff?))", re.IGNORECASE | re.DOTALL)
_BESIDE = ("~$", ".~lock.", "._")
"""What Word, WPS and LibreOffice lay beside a document that is open, and a Mac beside every file it packs."""
Excluded = Callable[[str, bool], bool]
"""Whether a path is left out; the second argument says whether it is a folder."""


class Target(NamedTuple):
    """A file to check; `named` is set when the user named it rather than its folder.

    `real` is where it lay when it was listed, with links followed, and `root` the folder that it was
    found in, likewise ("" for a file that was named). `waits` is set for a pipe that was named. `more` are
    the pictures of the pages behind the one in `path`.
    """

    path: str
    named: bool
    real: str = ""
    root: str = ""
    waits: bool = False
    more: tuple[str, ...] = ()

    @property
    def leads_out(self) -> bool:
        """Whether it is a link that leads out of the folder in which it was found."""
        return bool(self.root) and not self.real.startswith(self.root.rstrip(os.sep) + os.sep)


class Listing(NamedTuple):
    """What paths stand for: the files to check, in stable order, each once.

    `unlisted` are folders that cannot be listed, with the reason; `others` counts by suffix what the
    folders hold that is not read, hidden files and configurations left out; `links` counts the folders in
    them that are links and are not entered. `ignored` counts the files that would be read, and the folders,
    that version control ignores.
    """

    targets: list[Target]
    unlisted: list[tuple[str, OSError]]
    others: Counter[str]
    links: int
    ignored: tuple[int, int] = (0, 0)


class Stamp(NamedTuple):
    """What tells that a file changed: its time, in nanoseconds, and its size."""

    time: int
    size: int


def stamp(path: str) -> Stamp | None:
    """That of a file as it is now; None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return Stamp(status.st_mtime_ns, status.st_size)


def expand(
    paths: Sequence[str],
    suffixes: tuple[str, ...],
    excluded: Excluded,
    most: int | None = None,
    ignore_vcs: bool = True,
) -> Listing:
    """The files of `paths`; folders recursed by those suffixes.

    Hidden files and folders are left out. What is `excluded` is left out of folders; it does not apply to
    files that are named. With `most` the search ends behind so many files in a folder. What version control
    ignores is left out too, but without `ignore_vcs`.
    """
    walk = _Walk(suffixes, excluded, ignore_vcs)
    found: dict[str, Target] = {}
    for path in paths:
        in_folder = path != STDIN and os.path.isdir(path)
        for target in islice(walk.targets(path), most) if in_folder else [named(path)]:
            # One file by two paths, through a link or ./, is one file.
            name = target.path if target.path == STDIN else target.real
            known = found.get(name)
            if known is None:
                found[name] = target
            else:
                better = target if _worth(target) > _worth(known) else known
                found[name] = better._replace(named=target.named or known.named)
    targets = sorted(found.values(), key=lambda target: os.fsencode(target.path))
    return Listing(
        list(_as_reports(targets)), walk.unlisted, walk.others, walk.links, (walk.ignored[0], walk.ignored[1])
    )


def _as_reports(targets: Sequence[Target]) -> Iterator[Target]:
    """The targets; named pictures that differ in a number only are pages of one report, in its order."""
    pages: dict[tuple[str, str], list[tuple[int, Target]]] = defaultdict(list)
    for target in targets:
        if match := _PICTURE.fullmatch(target.path) if target.named else None:
            pages[match["stem"], match["suffix"]].append((int(match["page"]), target))
    behind: set[str] = set()
    for held in pages.values():
        held.sort(key=lambda page: page[0])
        behind.update(target.path for _, target in held[1:])
    first = {held[0][1].path: tuple(target.path for _, target in held[1:]) for held in pages.values()}
    for target in targets:
        if target.path not in behind:
            yield target._replace(more=first.get(target.path, ()))


def named(path: str) -> Target:
    """A file that the user names, or standard input, as it is now."""
    if path == STDIN:
        return Target(path, True)
    return Target(path, True, os.path.realpath(path), waits=os.path.exists(path) and not is_regular(path))


def _worth(target: Target) -> tuple[bool, bool, bool]:
    """How well a path shows a file: the file itself before a link to it, and what is named before what is found."""
    return os.path.realpath(target.path) == os.path.abspath(target.path), not target.leads_out, target.named


class _Walk:
    """A walk through folders, and what it met beside the files it is after."""

    def __init__(self, suffixes: tuple[str, ...], excluded: Excluded, ignore_vcs: bool) -> None:
        self.suffixes = suffixes
        self.excluded = excluded
        self.ignore_vcs = ignore_vcs
        self.ignored = [0, 0]
        self.unlisted: list[tuple[str, OSError]] = []
        self.others = Counter[str]()
        self.links = 0

    def targets(self, folder: str) -> Iterator[Target]:
        """The files below a folder, by their suffixes."""
        whole = os.path.realpath(folder)
        ignored = Ignored(folder) if self.ignore_vcs else None
        if ignored is not None and ignored.leaves_out(folder, True):
            ignored = None  # it was named
        for root, folders, names in os.walk(folder, onerror=self._note):
            # A walk enters no links, so a folder in it lies where its path says.
            inside = os.path.join(whole, os.path.relpath(root, folder)) if root != folder else whole
            folders[:] = sorted(d for d in folders if self._is_wanted(root, d, True))
            if ignored is not None:
                left = [d for d in folders if not ignored.leaves_out(os.path.join(root, d), True)]
                self.ignored[1] += len(folders) - len(left)
                folders[:] = left
            self.links += sum(os.path.islink(os.path.join(root, d)) for d in folders)
            for name in names:
                if name.startswith(_BESIDE) or not self._is_wanted(root, name, False):
                    continue
                path = os.path.join(root, name)
                # A pipe would be waited for without end.
                if ignored is not None and ignored.leaves_out(path, False):
                    self.ignored[0] += name.lower().endswith(self.suffixes)
                elif name.lower().endswith(self.suffixes) and (real := _real(path, inside, name)) is not None:
                    yield Target(path, False, real, whole)
                elif not name.startswith(".") and name not in NAMES:
                    self.others[os.path.splitext(name)[1].lower() or name] += 1

    def _is_wanted(self, root: str, name: str, is_folder: bool) -> bool:
        return not (is_folder and name.startswith(".")) and not self.excluded(os.path.join(root, name), is_folder)

    def _note(self, error: OSError) -> None:
        self.unlisted.append((str(error.filename), error))


def _real(path: str, folder: str, name: str) -> str | None:
    """Where a file of that name in a folder lies; None where it is neither a file nor a folder: a pipe, a device."""
    try:
        if stat.S_ISREG(os.lstat(path).st_mode):
            return os.path.join(folder, name)
    except OSError:
        return os.path.realpath(path)
    is_special = os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)
    return None if is_special else os.path.realpath(path)
