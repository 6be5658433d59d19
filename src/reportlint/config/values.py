"""What a configuration says, once it is read (reportlint.run.configfile reads it)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reportlint.config import globs
from reportlint.diagnostics import Severity
from reportlint.tuples import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

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
    """Rules (or groups) that are not reported in some files, and why.

    `paths` are relative to the folder of the configuration `file`; `line` is where it stands in that, from 1.
    """

    paths: tuple[str, ...]
    rules: tuple[str, ...]
    reason: str
    file: Path
    line: int = 1


NOTHING: Mapping[str, Any] = MappingProxyType({})
"""What a configuration does not say."""


class _Config(NamedTuple):
    path: Path | None = None
    extend: Path | None = None
    select: tuple[str, ...] = ("ALL",)
    ignore: tuple[str, ...] = ()
    form: str = "auto"
    forms: tuple[Path, ...] = ()
    lang: str | None = None
    output_format: str | None = None
    fail_on: str = "warning"
    exclude: tuple[str, ...] = ()
    baseline: Path | None = None
    allow: tuple[str, ...] = ()
    fixable: tuple[str, ...] = ("ALL",)
    unfixable: tuple[str, ...] = ()
    statistics: bool = False
    quiet: bool = False
    all: bool = False
    families: tuple[FamilyConfig, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    rules: Mapping[str, RuleConfig] = NOTHING
    stated: Mapping[str, int] = NOTHING
    outer: Config | None = None


class Config(_Config):
    """What a configuration file says; the defaults where there is none. Each is equal to itself alone.

    `stated` holds the keys that the file sets, each with the line it stands on, counted from 1.
    Paths are absolute. None leaves a value to the command line's own default. What it takes over from the one that
    it extends, `outer`, is in it already, but for what `outer` excludes.
    """

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    @property
    def root(self) -> Path:
        """The folder that the configuration's paths and globs are relative to."""
        from pathlib import Path  # a start without a configuration is quicker without it

        return self.path.parent if self.path else Path.cwd()

    def excludes(self, path: str, *, is_folder: bool = False) -> bool:
        """Whether it leaves a file or a folder out of the folders that are gone through."""
        if self.exclude and globs.matches(path, self.exclude, self.root, is_folder=is_folder):
            return True
        return self.outer is not None and self.outer.excludes(path, is_folder=is_folder)

    @property
    def extended(self) -> tuple[Path, ...]:
        """The files of the configurations that it takes over, the nearest first."""
        return () if self.outer is None or self.outer.path is None else (self.outer.path, *self.outer.extended)

    def origin(self, key: str) -> tuple[Path, int] | None:
        """The file in which a key is set, and the line; None where it is not."""
        if self.path and key in self.stated:
            return self.path, self.stated[key]
        return self.outer.origin(key) if self.outer else None

    def over(self, outer: Config) -> Config:
        """This configuration with all that it takes over from another: lists of files and words are joined."""
        held = {name: getattr(outer, name) for name in _TAKEN if name.replace("_", "-") not in self.stated}
        if "form" in held and outer.form.endswith(".lark"):
            held["form"] = str(outer.root / outer.form)
        joined: dict[str, Any] = {name: (*getattr(outer, name), *getattr(self, name)) for name in _JOINED}
        return self._replace(**held, **joined, rules=_rules_over(self.rules, outer.rules), outer=outer)


_TAKEN = (
    *("select", "ignore", "form", "lang", "output_format", "fail_on", "baseline", "fixable", "unfixable"),
    *("statistics", "quiet", "all"),
)
_JOINED = ("forms", "families", "ignores", "allow")


def _rules_over(own: Mapping[str, RuleConfig], outer: Mapping[str, RuleConfig]) -> Mapping[str, RuleConfig]:
    """What two configurations say of rules; of a rule the one in front goes before, thing by thing."""
    both = {name: (own.get(name, AS_IT_IS), outer.get(name, AS_IT_IS)) for name in {**outer, **own}}
    return {n: RuleConfig(a.severity or b.severity, a.options or b.options) for n, (a, b) in both.items()}


DEFAULT = Config()
