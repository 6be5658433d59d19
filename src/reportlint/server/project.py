"""Checks one text as a run of the command line would, with the configuration of its place."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cached_property

from reportlint.config.baseline import Landmarks, landmarks
from reportlint.config.values import DEFAULT, NAMES, Config
from reportlint.decoding import too_large
from reportlint.diagnostics import Diagnostic, UserError
from reportlint.model import Report
from reportlint.readers import read
from reportlint.records import field, record
from reportlint.results import INTERNAL, not_checked
from reportlint.rules import Rule
from reportlint.run import nearest_config
from reportlint.run.analysis import Analysis
from reportlint.run.job import check_text, crash, over_several
from reportlint.run.settings import Plan, Settings
from reportlint.run.targets import Stamp, stamp
from reportlint.run.together import Gathering
from reportlint.run.withheld import Withheld
from reportlint.series.digests import Digest
from reportlint.server.client_settings import Wishes
from reportlint.source import MAX_SIZE, Source, UnreadableFile
from reportlint.text.positions import Positions

Tell = Callable[[str], None]
"""Takes a sentence for the user."""


@record
class Checked:
    """A text with what was found in it.

    `analysis` is None where the text cannot be read; `problem` says why. `encoding` is the one
    in which the editor counts columns. A file that is `excluded` by its configuration is not
    looked into. `refused` says that there is a configuration that cannot be used. `version` is that of the
    document which the text was, None for a file on the disk.
    """

    path: str
    source: Source
    config: Config
    lang: str
    encoding: str
    analysis: Analysis | None = None
    found: list[Diagnostic] = field(default_factory=list)
    marks: Landmarks | None = None
    problem: str | None = None
    excluded: bool = False
    refused: bool = False
    version: int | None = None
    told: object = None
    """What the editor is told of it, kept by who tells."""
    mended: object = None
    """What mends it, kept by who offers that."""

    @cached_property
    def positions(self) -> Positions:
        """The way to the editor's lines and columns."""
        return Positions(self.source.text, self.encoding)

    @property
    def report(self) -> Report | None:
        """The text as a report, as far as it could be read."""
        return self.analysis.report if self.analysis else None

    @property
    def recognised(self) -> Report | None:
        """The report, if the text is one."""
        return self.report if self.report and self.report.recognised else None


class _Held:
    """What holds under one configuration."""

    def __init__(self, config: Config, wishes: Wishes, path: str, *, refused: bool = False) -> None:
        self.config = config
        self.refused = refused
        self.plan = Plan({path: config}, wishes.choices)
        self.settings: Settings = self.plan.under(config)
        self.withheld = Withheld(self.plan, None, False, ())
        self.together = over_several([self.settings])


class Project:
    """The settings of an editor over the configurations of the files; safe to use from several threads.

    `tell` is told of configurations and settings that cannot be used, `log` of rules that fail.
    """

    def __init__(self, wishes: Wishes, locale: str, encoding: str, tell: Tell, log: Tell) -> None:
        self.wishes = wishes
        self.locale = locale
        self.encoding = encoding
        self._tell = tell
        self._log = log
        self._held: dict[tuple[Config, bool], _Held] = {}
        self._on_disk: dict[str, tuple[Stamp | None, Source | None]] = {}

    def reads(self, path: str) -> bool:
        """Whether a file is one that settings come from: a configuration, a form, a baseline."""
        name = os.path.basename(path)
        if name in NAMES or name.endswith(".lark"):
            return True
        configs = [held.config for held in tuple(self._held.values())]
        named = {str(c.baseline) for c in configs if c.baseline} | {self.wishes.config}
        folders = {str(form.parent) for c in configs for form in c.forms}
        return path in named or (name.endswith(".toml") and os.path.dirname(path) in folders)

    @property
    def lang(self) -> str:
        """The language of what is said outside of any file."""
        return self.wishes.lang or self.locale

    def check(self, path: str, text: str | None) -> Checked:
        """A file's findings, of its text in the editor, or of what is on the disk. Never raises."""
        try:
            held = self._of(path)
        except Exception as error:
            return self._failed(Checked(path, Source(path, text or ""), DEFAULT, self.lang, self.encoding), error)
        lang = self.wishes.lang or held.config.lang or self.locale
        checked = Checked(path, Source(path, text or ""), held.config, lang, self.encoding, refused=held.refused)
        try:
            checked.excluded = self.excluded(path, False)
            checked.source = self._source(path, text)
            if not checked.excluded:
                self._lint(checked, held)
        except UnreadableFile as error:
            checked.problem = error.words(lang)
        except Exception as error:
            return self._failed(checked, error)
        return checked

    def _failed(self, checked: Checked, error: Exception) -> Checked:
        """What is said of a text on which the program itself fails."""
        checked.problem = INTERNAL(checked.lang).format(path=checked.path, error=f"{type(error).__name__}: {error}")
        self._log(checked.problem)
        return checked

    def excluded(self, path: str, is_folder: bool) -> bool:
        """Whether the configuration of a file or a folder leaves it out."""
        config = self._of(path).config
        return config.excludes(path, is_folder=is_folder)

    def _lint(self, checked: Checked, held: _Held) -> None:
        def crashed(rule: Rule, error: BaseException) -> None:
            self._log(crash(rule, checked.path, error, checked.lang))

        checked.analysis, found = check_text(checked.source, held.settings, checked.lang, crashed, asked_for=False)
        report = checked.recognised
        if report is None:
            return
        if report.budget.unchecked:
            self._log(not_checked(checked.path, report.budget.unchecked, checked.lang))
        checked.marks = landmarks(report) if held.withheld.has_baseline else None
        checked.found = self.reported(checked, found)

    def digest(self, checked: Checked) -> Digest | None:
        """What other reports are compared with; None for a text that is no report."""
        held = self._of(checked.path)
        if checked.recognised is None or not held.together:
            return None
        gathering = Gathering(held.together, held.settings.forms, held.plan.families)
        gathering.add(0, checked.path, checked.recognised)
        return gathering.digests[0]

    def reported(self, checked: Checked, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Those findings that are neither ignored nor in the baseline."""
        held = self._of(checked.path)
        return held.withheld.unheld(checked.path, held.config, found, checked.source, checked.marks)

    def settings(self, path: str) -> Settings:
        """What holds for a file."""
        return self._of(path).settings

    def _source(self, path: str, text: str | None) -> Source:
        """The text with the encoding of its file where that holds the same text."""
        held = self._file(path)
        if text is None:
            # A pipe or a device could be waited for without end.
            return held or (read(path) if _is_plain(path) else Source(path, ""))
        if held is not None and held.text == text:
            return held
        if len(text) > MAX_SIZE:
            raise too_large(path, MAX_SIZE)
        return Source(path, text)

    def _file(self, path: str) -> Source | None:
        """What the disk holds, if it can be read; decoded once, for every key that is pressed asks."""
        now = stamp(path)
        known = self._on_disk.get(path)
        if known is None or known[0] != now:
            source = None
            if now is not None and _is_plain(path):
                with suppress(UnreadableFile):
                    source = read(path)
            known = self._on_disk[path] = now, source
        return known[1]

    def _of(self, path: str) -> _Held:
        try:
            wanted = self.wishes.config
            config = nearest_config.load(wanted) if wanted else nearest_config.find(path)
            return self._under(config, path)
        except UserError as error:
            self._tell(error.words(self.lang))
        try:
            return self._under(DEFAULT, path, refused=True)
        except UserError as error:
            self._tell(error.words(self.lang))
            return _Held(DEFAULT, Wishes(), path, refused=True)

    def _under(self, config: Config, path: str, *, refused: bool = False) -> _Held:
        held = self._held.get((config, refused))
        if held is None:
            held = self._held[config, refused] = _Held(config, self.wishes, path, refused=refused)
        return held


def _is_plain(path: str) -> bool:
    """Whether there is nothing, a file or a folder at a path: nothing that is waited for."""
    return not os.path.exists(path) or os.path.isfile(path) or os.path.isdir(path)
