"""What of a run's findings is not reported: ignored by the configuration, or held by a baseline."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from reportlint.diagnostics import Diagnostic, Words
from reportlint.reading import read_bytes
from reportlint.results import FileResult
from reportlint.source import Source
from reportlint.text.ignoring import is_commented

if TYPE_CHECKING:
    from pathlib import Path

    from reportlint.config.baseline import Baseline, Entry, Landmarks
    from reportlint.config.values import Config
    from reportlint.run.settings import Plan, Settings

_MOST_BYTES = 1024 * 1024
UPDATED = Words(
    "基线文件 {path}：{files} 个文件中的 {count} 处（新增 {added}，删去 {removed}）",
    "baseline {path}: findings {count}, files {files} ({added} added, {removed} removed)",
)


class Withheld:
    """Ignores and baselines over a run; files go by the names under which they are shown.

    `baseline` is the baseline that the command line names; else each configuration has its own. Without `comments`
    those in texts ignore nothing.
    Raises BadBaseline where one cannot be used; with `update` a missing one is made.
    """

    def __init__(
        self, plan: Plan, baseline: str | None, update: bool, folders: Sequence[str], comments: bool = True
    ) -> None:
        from reportlint.config.ignores import Ignoring
        from reportlint.run.selection import rules_named

        self.plan = plan
        self.folders = folders
        self._comments = comments
        self.update = update
        of_words = {r.name for r in plan.rules if r.of_words}
        self._ignoring = {config: Ignoring(config, rules_named, of_words) for config in plan.configs}
        # Several configurations may name one file, each in its own way.
        named = {config: baseline or config.baseline for config in plan.configs}
        paths = {key: _real(path) for key, path in named.items() if path}
        if update and baseline is None:
            for config in plan.configs:
                _refuse_outside(paths.get(config), config, folders)
        loaded = {path: _baseline(path, update) for path in sorted(set(paths.values()))}
        self._baselines = {key: loaded[path] for key, path in paths.items()}

    @property
    def has_baseline(self) -> bool:
        """Whether findings must be known by what they say."""
        return bool(self._baselines)

    @property
    def needs_texts(self) -> bool:
        """Whether what is withheld is told by more than the rules and the places of findings."""
        return self.has_baseline or any(config.allow for config in self.plan.configs)

    def unheld(
        self, path: str, config: Config, found: Iterable[Diagnostic], source: Source, marks: Landmarks | None
    ) -> list[Diagnostic]:
        """The findings in a file's text that are neither ignored nor in its baseline."""
        held = self._ignoring[config].kept(path, self._uncommented(found, source), source.text)
        baseline = self._baselines.get(config)
        return held if baseline is None else baseline.kept(path, _entries(held, source, marks))

    def reported(
        self,
        path: str,
        config: Config,
        found: Iterable[Diagnostic],
        source: Source,
        marks: Landmarks | None,
        judged: frozenset[str],
    ) -> list[Diagnostic]:
        """As `unheld`, for all that the file has of the rules `judged`; with `update` nothing is reported."""
        found = list(self._uncommented(found, source))
        held = self._ignoring[config].kept(path, found, source.text)
        baseline = self._baselines.get(config)
        if baseline is None:
            return held
        if self.update:
            baseline.kept(path, _entries(held, source, marks), judged)
            return []
        # What is ignored is still there: a baseline that knows it is not out of date.
        ours = set(map(id, held))
        return [one for one in baseline.kept(path, _entries(found, source, marks), judged) if id(one) in ours]

    def _uncommented(self, found: Iterable[Diagnostic], source: Source) -> Iterable[Diagnostic]:
        """Findings without those that comments in the text ignore."""
        if not self._comments or not is_commented(source):
            return found
        from reportlint.run.commented import kept

        return kept(found, source)

    def covers(self, config: Config) -> bool:
        """Whether the run goes over all files that a configuration's baseline, or itself, is about."""
        baseline = self._baselines.get(config)
        roots = ([baseline.path.parent] if baseline else []) + ([config.path.parent] if config.path else [])
        return bool(roots) and all(map(self.goes_over, roots))

    def goes_over(self, root: Path) -> bool:
        """Whether the run goes over all that is in a folder."""
        from reportlint.run.settings import covers

        return covers(self.folders, root)

    def leftovers(self, lang: str) -> Iterator[tuple[FileResult, Settings]]:
        """Entries of configurations and baselines that did nothing, as findings in those files."""
        for config in self.plan.configs:
            # Those that another takes over may be needed there.
            extended = config.path in {path for one in self.plan.configs for path in one.extended}
            if config.path and config.ignores and not extended and self.covers(config):
                yield from self._unused(config, config.path, lang)
        for baseline, config in self._once() if not self.update else ():
            settings = self.plan.under(config)
            source = Source(os.path.relpath(baseline.path), baseline.text)
            yield from _result(source, list(baseline.stale(self.covers(config))), settings, lang)

    def _unused(self, config: Config, path: Path, lang: str) -> Iterator[tuple[FileResult, Settings]]:
        settings = self.plan.under(config)
        try:
            source = Source(os.path.relpath(path), read_bytes(path, _MOST_BYTES).decode("utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            return  # it was there a moment ago; the next run will tell
        ignoring = self._ignoring[config]
        found = [
            unused
            for number, ignore in enumerate(config.ignores)
            if ignore.file == config.path
            for unused in ignoring.unused(source.line(ignore.line), number, ignore, settings.active)
        ]
        yield from _result(source, found, settings, lang)

    def _once(self) -> Iterator[tuple[Baseline, Config]]:
        """Each baseline with the first configuration that has it."""
        seen = set()
        for config in self.plan.configs:
            baseline = self._baselines.get(config)
            if baseline is not None and baseline not in seen:
                seen.add(baseline)
                yield baseline, config

    def updates(self, lang: str) -> Iterator[str]:
        """Write the baselines as this run's findings make them; a sentence for each. Raises OSError."""
        from reportlint.run.writing import write_atomically

        for baseline, _ in self._once():
            made = baseline.updated()
            write_atomically(str(made.path), made.written())
            added, removed = made.difference(baseline)
            path = os.path.relpath(made.path)
            yield UPDATED(lang).format(
                path=path, count=made.total, files=len(made.entries), added=added, removed=removed
            )


def _real(path: str | os.PathLike[str]) -> Path:
    from pathlib import Path  # most runs have no baseline

    return Path(os.path.realpath(path))


def _entries(
    found: Iterable[Diagnostic], source: Source, marks: Landmarks | None
) -> Iterator[tuple[Diagnostic, Entry]]:
    from reportlint.config.baseline import Landmarks, entry_of

    return ((d, entry_of(d, source, marks or Landmarks())) for d in found)


def _refuse_outside(path: Path | None, config: Config, folders: Sequence[str]) -> None:
    """Raise BadBaseline where a configuration has a file written outside of its own folder and of those named."""
    origin = config.origin("baseline")
    root = _real(origin[0].parent if origin else config.root)
    allowed = [root, *map(_real, folders)]
    if path is not None and not any(path.is_relative_to(folder) for folder in allowed):
        from reportlint.config.baseline import BadBaseline

        raise BadBaseline(
            f"配置中的基线文件 {path} 不在配置所在的文件夹 {root} 内，没有写入；确需写在那里请用 --baseline 指明",
            f"the configuration's baseline {path} is outside of its folder {root} and is not written; "
            "name it with --baseline to have it there",
        )


def _baseline(path: Path, update: bool) -> Baseline:
    from reportlint.config.baseline import Baseline, NoBaseline, load

    try:
        return load(path)
    except NoBaseline:
        if not update:
            raise
        return Baseline(path)


def _result(
    source: Source, parts: Sequence[object], settings: Settings, lang: str
) -> Iterator[tuple[FileResult, Settings]]:
    from reportlint.run.analysis import analyse
    from reportlint.run.linter import lint_parts

    found = lint_parts(parts, source, settings.rules, lang, settings.config.rules)
    if found:
        yield FileResult(source.path, source, tuple(found), partial(analyse, source)), settings
