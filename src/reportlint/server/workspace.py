"""The reports of the workspace: what each says alone, and what they say together."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from threading import Lock

from reportlint.diagnostics import Diagnostic, Words
from reportlint.readers import suffixes
from reportlint.rules import Rule
from reportlint.run.job import SEVERAL, crash, over_several, own
from reportlint.run.targets import Stamp, expand, stamp
from reportlint.run.together import Gathering, merged
from reportlint.series.digests import Digest
from reportlint.series.similar import Copy
from reportlint.server.project import Checked, Project, Tell
from reportlint.tuples import NamedTuple

MOST = 1000
TOO_MANY = Words(
    "{folder} 里的文件超过 {most} 个，只检查打开的文件；可以打开更小的文件夹，或用命令行检查",
    "{folder} holds more than {most} files, so only open ones are checked; open a smaller folder, or use the "
    "command line",
)


class _Shelved(NamedTuple):
    """A file as the disk holds it."""

    checked: Checked
    digest: Digest | None
    stamp: Stamp | None


class _Merged(NamedTuple):
    """A file's own findings with those beside other reports, and what they were made of."""

    checked: Checked
    more: list[Diagnostic]
    found: list[Diagnostic]


class Library:
    """The files of folders as the disk and the editor hold them; safe to use from several threads.

    What the editor holds open comes before what is on the disk.
    """

    def __init__(self, project: Project, folders: Sequence[str], tell: Tell, log: Tell) -> None:
        self.project = project
        self.folders = [os.path.abspath(folder) for folder in folders]
        self.stopped = False
        self._tell = tell
        self._log = log
        self._lock = Lock()
        self._on_disk: dict[str, _Shelved] = {}
        self._open: dict[str, Checked] = {}
        self._digests: dict[str, Digest] = {}
        self._dirty: set[str] = set()
        self._more: dict[str, list[Diagnostic]] = {}
        self._merged: dict[str, _Merged] = {}

    def stop(self) -> None:
        """End a scan that runs; its files are no longer wanted."""
        self.stopped = True

    def scan(self) -> None:
        """Check what is new or changed on the disk."""
        there = set()
        for path in self._files():
            if self.stopped:
                return
            there.add(path)
            now = stamp(path)
            with self._lock:
                known = self._on_disk.get(path)
            if known is None or known.stamp != now:
                checked = self.project.check(path, None)
                shelved = _Shelved(checked, self.project.digest(checked), now)
                checked.analysis = None  # nobody asks more of a file that is not open
                with self._lock:
                    self._on_disk[path] = shelved
                    self._dirty.add(path)
        with self._lock:
            for path in self._on_disk.keys() - there:
                del self._on_disk[path]
                self._dirty.add(path)

    def hold(self, checked: Checked) -> None:
        """Take in a file as the editor holds it."""
        if checked.excluded or not any(checked.path.startswith(_inside(folder)) for folder in self.folders):
            return
        with self._lock:
            self._open[checked.path] = checked
            self._dirty.add(checked.path)

    def release(self, path: str) -> None:
        """A file was closed: what the disk holds counts again."""
        with self._lock:
            if self._open.pop(path, None) is not None:
                self._dirty.add(path)

    def all(self) -> list[Checked]:
        """Every file, in order."""
        with self._lock:
            shelved = {path: held.checked for path, held in self._on_disk.items()}
            return [checked for _, checked in sorted((shelved | self._open).items())]

    def get(self, path: str) -> Checked | None:
        """A file as it is known."""
        with self._lock:
            held = self._on_disk.get(path)
            return self._open.get(path) or (held.checked if held else None)

    def found(self, checked: Checked) -> list[Diagnostic]:
        """A file's own findings and those beside the other reports; the same list while they are the same."""
        path = checked.path
        with self._lock:
            if self._open.get(path) is not checked and not self._is_shelved(checked):
                return checked.found
            if self._dirty:
                self._compare()
            more = self._more.get(path)
            if not more:
                return checked.found
            held = self._merged.get(path)
            if held is None or held.checked is not checked or held.more is not more:
                found = list(merged(checked.found, self.project.reported(checked, more)))
                held = self._merged[path] = _Merged(checked, more, found)
            return held.found

    def _is_shelved(self, checked: Checked) -> bool:
        held = self._on_disk.get(checked.path)
        return held is not None and held.checked is checked and checked.path not in self._open

    def _compare(self) -> None:
        """Compare anew the reports of the organs whose files changed; all, where all may hang together."""
        organs = set()
        for path in self._dirty:
            before, now = self._digests.pop(path, None), self._digest(path)
            organs |= {digest.organ for digest in (before, now) if digest}
            if now:
                self._digests[path] = now
            else:
                self._more.pop(path, None)
        self._dirty.clear()
        digests = [digest for _, digest in sorted(self._digests.items())]
        settings = {digest.path: self.project.settings(digest.path) for digest in digests}
        rules = over_several(settings.values())
        families = dict.fromkeys(family for s in settings.values() for family in s.config.families)
        if not families and not any(Copy in rule.on for rule in rules):
            # An organ may go by a longer and a shorter name.
            digests = [d for d in digests if any(d.organ.endswith(o) or o.endswith(d.organ) for o in organs)]
        forms = dict.fromkeys(form for s in settings.values() for form in s.forms)
        gathering = Gathering(rules, forms, families)
        gathering.digests = [digest._replace(number=n) for n, digest in enumerate(digests)]
        held = [settings[digest.path] for digest in digests]
        more = gathering.findings(lambda n: held[n].config.rules, self.project.lang, self._crashed)
        for n, digest in enumerate(digests):
            found = own(more, n, held[n])
            if found != self._more.get(digest.path):
                self._more[digest.path] = found

    def _digest(self, path: str) -> Digest | None:
        if path in self._open:
            return self.project.digest(self._open[path])
        return self._on_disk[path].digest if path in self._on_disk else None

    def _crashed(self, rule: Rule, error: BaseException) -> None:
        lang = self.project.lang
        self._log(crash(rule, SEVERAL(lang), error, lang))

    def _files(self) -> Iterator[str]:
        """The files to check, as the command line finds them in folders."""
        for folder in self.folders:
            if not os.path.isdir(folder):
                continue
            found = expand([folder], suffixes(), self.project.excluded, MOST + 1).targets
            if len(found) > MOST:
                self._tell(TOO_MANY(self.project.lang).format(folder=folder, most=MOST))
                continue
            yield from (target.path for target in found)


def _inside(folder: str) -> str:
    return folder.rstrip(os.sep) + os.sep
