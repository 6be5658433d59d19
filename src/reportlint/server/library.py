"""The reports of the workspace: what each says alone, and what they say together."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock

from reportlint.config import DEFAULT
from reportlint.configfile import find
from reportlint.diagnostics import Diagnostic, UserError, Words
from reportlint.files import Stamp, expand, stamp
from reportlint.globs import matches
from reportlint.linter import TOGETHER, Gathering, merged
from reportlint.readers import suffixes
from reportlint.rules import Rule
from reportlint.series import Digest
from reportlint.server.project import CRASHED, Checked, Project, Tell

MOST = 1000
TOO_MANY = Words(
    "{folder} 里的文件超过 {most} 个，只检查打开的文件；可以打开更小的文件夹，或用命令行检查",
    "{folder} holds more than {most} files, so only open ones are checked; open a smaller folder, or use the "
    "command line",
)
_SEVERAL = Words("几份报告", "several reports")


class Library:
    """The files of folders, each checked again when it changed; safe to use from several threads."""

    def __init__(self, project: Project, folders: Sequence[str], tell: Tell, log: Tell) -> None:
        self.project = project
        self.folders = [os.path.abspath(folder) for folder in folders]
        self._tell = tell
        self._log = log
        self._lock = Lock()
        self._checked: dict[str, Checked] = {}
        self._stamps: dict[str, Stamp] = {}
        self._digests: dict[str, Digest | None] = {}
        self._together: dict[str, list[Diagnostic]] | None = None
        self._found: dict[str, list[Diagnostic]] = {}

    def scan(self, is_open: frozenset[str]) -> None:
        """Check what is new or changed on the disk, but for the files that the editor holds open."""
        there = list(self._files())
        for path in there:
            now = stamp(path)
            if path in is_open or now is None or self._stamps.get(path) == now:
                continue
            checked = self.project.check(path, None)
            self.put(checked, self.project.digest(checked))
            checked.report = None  # nobody asks more of a file that is not open
            self._stamps[path] = now
        with self._lock:
            for path in set(self._checked) - set(there) - is_open:
                del self._checked[path]
                self._stamps.pop(path, None)
                self._changed(path)

    def put(self, checked: Checked, digest: Digest | None = None) -> None:
        """Take in a file of the workspace as it is now; its digest is made when others are compared with it."""
        path = checked.path
        if not self._belongs(path):
            return
        with self._lock:
            self._checked[path] = checked
            self._stamps.pop(path, None)
            self._changed(path)
            if digest is not None:
                self._digests[path] = digest

    def _changed(self, path: str) -> None:
        self._digests.pop(path, None)
        self._together = None
        self._found.clear()

    def paths(self) -> list[str]:
        """The files that are known, in order."""
        with self._lock:
            return sorted(self._checked)

    def get(self, path: str) -> Checked | None:
        """A file as it was checked last."""
        with self._lock:
            return self._checked.get(path)

    def found(self, checked: Checked) -> list[Diagnostic]:
        """A file's own findings and those beside the other reports; the same list while nothing changes."""
        path = checked.path
        with self._lock:
            if self._checked.get(path) is not checked:
                return checked.found
            if path not in self._found:
                if self._together is None:
                    self._together = self._compare()
                more = self.project.reported(checked, self._together.get(path, []))
                self._found[path] = list(merged(checked.found, more))
            return self._found[path]

    def _compare(self) -> dict[str, list[Diagnostic]]:
        if len(self._checked) < 2:
            return {}
        for path, checked in self._checked.items():
            if path not in self._digests:
                self._digests[path] = self.project.digest(checked)
        digests = [digest for _, digest in sorted(self._digests.items()) if digest]
        reports = [self._checked[digest.path] for digest in digests]
        settings = [self.project.settings(checked.path) for checked in reports]
        rules = {rule.name: rule for s in settings for rule in s.rules if TOGETHER & set(rule.on)}
        families = dict.fromkeys(family for s in settings for family in s.config.families)
        forms = dict.fromkeys(form for s in settings for form in s.forms)
        gathering = Gathering(rules.values(), forms, families)
        gathering.digests = [replace(digest, number=n) for n, digest in enumerate(digests)]

        def crashed(rule: Rule, error: BaseException) -> None:
            lang = self.project.lang
            said = f"{type(error).__name__}: {error}"
            self._log(CRASHED(lang).format(rule=rule.name, path=_SEVERAL(lang), error=said))

        more = gathering.findings(lambda n: settings[n].config.rules, self.project.lang, crashed)
        return {reports[n].path: [d for d in found if d.rule in settings[n].active] for n, found in more.items()}

    def _belongs(self, path: str) -> bool:
        return any(path.startswith(folder.rstrip(os.sep) + os.sep) for folder in self.folders)

    def _files(self) -> Iterator[str]:
        """The files to check, as the command line finds them in folders."""

        def excluded(path: str, is_folder: bool) -> bool:
            try:
                config = find(Path(path))
            except UserError:
                config = DEFAULT  # what is wrong with it was told
            return bool(config.exclude) and matches(path, config.exclude, config.root, is_folder=is_folder)

        for folder in self.folders:
            found = expand([folder], suffixes(), excluded, MOST + 1) if os.path.isdir(folder) else []
            if len(found) > MOST:
                self._tell(TOO_MANY(self.project.lang).format(folder=folder, most=MOST))
                continue
            yield from (target.path for target in found)
