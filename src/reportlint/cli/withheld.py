"""What of a run's findings is not reported: ignored by the configuration, or held by a baseline."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportlint.diagnostics import Diagnostic, Words
from reportlint.results import FileResult
from reportlint.source import Source

if TYPE_CHECKING:
    from reportlint.baseline import Baseline, Landmarks
    from reportlint.config import Config
    from reportlint.settings import Plan, Settings

UPDATED = Words(
    "基线文件 {path}：{files} 个文件中的 {count} 处（新增 {added}，删去 {removed}）",
    "baseline {path}: {count} findings in {files} files ({added} added, {removed} removed)",
)


class Withheld:
    """Ignores and baselines over a run.

    `baseline` is the baseline that the command line names; else each configuration has its own.
    Raises BadBaseline where one cannot be used; with `update` a missing or damaged one is made anew.
    """

    def __init__(self, plan: Plan, baseline: Path | None, update: bool, folders: Sequence[str]) -> None:
        from reportlint.ignores import Ignoring
        from reportlint.selection import rules_named

        self.plan = plan
        self.folders = folders
        self.update = update
        self._ignoring = {id(config): Ignoring(config, rules_named) for config in plan.configs}
        paths = {id(config): baseline or config.baseline for config in plan.configs}
        loaded = {path: _baseline(path, update) for path in paths.values() if path}
        self._baselines = {key: loaded[path] for key, path in paths.items() if path}

    @property
    def has_baseline(self) -> bool:
        """Whether findings must be known by what they say."""
        return bool(self._baselines)

    def ignored(self, path: str, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The findings in a file without those that its configuration ignores."""
        ignoring = self._ignoring.get(id(self.plan.of(path).config))
        return ignoring.kept(path, found) if ignoring else list(found)

    def kept(self, path: str, found: Iterable[Diagnostic], source: Source, marks: Landmarks | None) -> list[Diagnostic]:
        """The findings in a file that are reported."""
        held = self.ignored(path, found)
        baseline = self._baselines.get(id(self.plan.of(path).config))
        if baseline is None:
            return held
        from reportlint.baseline import Landmarks, entry_of

        new = baseline.kept(path, [(d, entry_of(d, source, marks or Landmarks())) for d in held])
        return [] if self.update else new

    def unheld(
        self, path: str, found: Iterable[Diagnostic], source: Source, marks: Landmarks | None
    ) -> list[Diagnostic]:
        """As `kept`, for a text that is not the file's last: nothing is remembered of it."""
        from reportlint.baseline import Landmarks, entry_of

        held = self.ignored(path, found)
        baseline = self._baselines.get(id(self.plan.of(path).config))
        if baseline is None:
            return held
        return baseline.without_known(path, [(d, entry_of(d, source, marks or Landmarks())) for d in held])

    def leftovers(self, lang: str) -> Iterator[FileResult]:
        """Entries of configurations and baselines that did nothing, as findings in those files."""
        for config in self.plan.configs:
            if config.path and config.ignores and self._covers(config.path.parent):
                yield from self._unused(config, lang)
        for baseline in dict.fromkeys(self._baselines.values()) if not self.update else ():
            yield from self._stale(baseline, lang)

    def _unused(self, config: Config, lang: str) -> Iterator[FileResult]:
        assert config.path is not None
        ignoring = self._ignoring[id(config)]
        settings = self.plan.under(config)
        source = Source(os.path.relpath(config.path), config.path.read_text("utf-8"))
        found = [
            unused
            for number, ignore in enumerate(config.ignores)
            for unused in ignoring.unused(source.line(ignore.line), number, ignore, settings.active)
        ]
        yield from _result(source, found, settings, lang)

    def _stale(self, baseline: Baseline, lang: str) -> Iterator[FileResult]:
        config = next(c for c in self.plan.configs if self._baselines.get(id(c)) is baseline)
        settings = self.plan.under(config)
        source = Source(os.path.relpath(baseline.path), baseline.text)
        stale = list(baseline.stale(settings.active, self._covers(baseline.path.parent)))
        yield from _result(source, stale, settings, lang)

    def _covers(self, root: Path) -> bool:
        from reportlint.settings import covers

        return covers(self.folders, root)

    def updates(self, lang: str) -> Iterator[str]:
        """Write the baselines as this run's findings make them; a sentence for each. Raises OSError."""
        from reportlint.writing import write_atomically

        for baseline in dict.fromkeys(self._baselines.values()):
            config = next(c for c in self.plan.configs if self._baselines.get(id(c)) is baseline)
            made = baseline.updated(self.plan.under(config).active)
            write_atomically(str(made.path), made.written())
            added, removed = made.difference(baseline)
            path = os.path.relpath(made.path)
            yield UPDATED(lang).format(
                path=path, count=len(made), files=len(made.entries), added=added, removed=removed
            )


def _baseline(path: Path, update: bool) -> Baseline:
    from reportlint.baseline import BadBaseline, Baseline, load

    path = Path(os.path.abspath(path))
    try:
        return load(path)
    except BadBaseline:
        if not update:
            raise
        return Baseline(path)


def _result(source: Source, parts: Sequence[object], settings: Settings, lang: str) -> Iterator[FileResult]:
    from reportlint.linter import lint_parts

    found = lint_parts(parts, source, settings.rules, lang, settings.config.rules)
    if found:
        yield FileResult(source.path, source, tuple(found))
