"""What a configuration says, once it is read (reportlint.run.configfile reads it)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from reportlint.diagnostics import Severity

NAMES = ("reportlint.toml", "pyproject.toml")
"""The files that a configuration may stand in, in a folder the first of them."""


class RuleConfig(NamedTuple):
    """What a configuration says of a rule: how grave it is, and the rule's own options.

    None leaves that to the rule.
    """

    severity: Severity | None = None
    options: object | None = None


AS_IT_IS = RuleConfig()


class FamilyConfig(NamedTuple):
    """A parent and its children, as the configuration states them.

    Either `folder`: reports directly in it are the parent's, those in folders below it its
    children's; or `parent` and `children`, each a path (globs allowed, relative to the
    configuration) or an organ's name.
    """

    root: Path
    folder: str | None = None
    parent: str | None = None
    children: tuple[str, ...] = ()
    complete: bool = False


class Ignore(NamedTuple):
    """Rules (or groups) that are not reported in some files, and why; `line` is where it stands, from 1."""

    paths: tuple[str, ...]
    rules: tuple[str, ...]
    reason: str
    line: int = 1


NOTHING: Mapping[str, Any] = MappingProxyType({})
"""What a configuration does not say."""


class _Config(NamedTuple):
    path: Path | None = None
    select: tuple[str, ...] = ("ALL",)
    ignore: tuple[str, ...] = ()
    form: str = "auto"
    forms: tuple[Path, ...] = ()
    lang: str | None = None
    output_format: str | None = None
    fail_on: str = "warning"
    exclude: tuple[str, ...] = ()
    baseline: Path | None = None
    statistics: bool = False
    quiet: bool = False
    all: bool = False
    families: tuple[FamilyConfig, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    rules: Mapping[str, RuleConfig] = NOTHING
    stated: Mapping[str, int] = NOTHING


class Config(_Config):
    """What a configuration file says; the defaults where there is none. Each is equal to itself alone.

    `stated` holds the keys that the file sets, each with the line it stands on, counted from 1.
    Paths are absolute. None leaves a value to the command line's own default.
    """

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    @property
    def root(self) -> Path:
        """The folder that the configuration's paths and globs are relative to."""
        return self.path.parent if self.path else Path.cwd()


DEFAULT = Config()
