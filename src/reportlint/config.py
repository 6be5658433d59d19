"""The configuration file: reportlint.toml, or [tool.reportlint] in pyproject.toml (design.md §7)."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import process

NAMES = ("reportlint.toml", "pyproject.toml")
SIMILAR_THRESHOLD = 0.9


class BadConfig(Exception):
    """A configuration that cannot be used; the message names the file and says what would do."""


@dataclass(frozen=True, slots=True)
class FamilyConfig:
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


@dataclass(frozen=True, slots=True)
class Config:
    """What a configuration file says; the defaults where there is none."""

    path: Path | None = None
    families: tuple[FamilyConfig, ...] = ()
    similar_threshold: float = SIMILAR_THRESHOLD


DEFAULT = Config()


@dataclass(frozen=True, slots=True)
class Configs:
    """The configurations of a run: of each file by its path, as it was named."""

    of: Mapping[str, Config]

    @property
    def families(self) -> tuple[FamilyConfig, ...]:
        """Every family that one of them states, once."""
        return tuple(dict.fromkeys(family for config in self.of.values() for family in config.families))

    def threshold(self, path: str) -> float:
        """From what share on a file is a near copy."""
        return self.of.get(path, DEFAULT).similar_threshold


_KEYS: Mapping[str, Iterable[str]] = {
    "": ("families", "rule"),
    "families": ("folder", "parent", "children", "complete"),
    "rule": ("similar-report",),
    "rule.similar-report": ("threshold",),
}


def find(path: Path) -> Config:
    """The configuration that applies to a file: the nearest one upwards. Raises BadConfig."""
    return _nearest(Path(os.path.abspath(path)).parent)


@cache
def _nearest(folder: Path) -> Config:
    for name in NAMES:
        path = folder / name
        if _is_file(path) and (name == NAMES[0] or _mentions(path)):
            return load(path)
    return DEFAULT if folder.parent == folder else _nearest(folder.parent)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False  # a name too long, a folder that may not be searched: there is no file for us


def _mentions(path: Path) -> bool:
    try:
        return "[tool.reportlint" in path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return False  # another program's file; its trouble is not ours


def load(path: Path) -> Config:
    """The configuration in a file. Raises BadConfig with a sentence where it is wrong."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadConfig(f"{path}: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError:
        raise BadConfig(f"{path} is not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise BadConfig(f"{path}: {error}") from None
    if path.name == "pyproject.toml":
        data = data.get("tool", {})
        data = data.get("reportlint", {}) if isinstance(data, dict) else data
    return _Reader(path).config(data)


@dataclass(frozen=True, slots=True)
class _Reader:
    path: Path

    def config(self, data: Any) -> Config:
        if not isinstance(data, dict):
            raise self.wrong("tool.reportlint", "takes a table: [tool.reportlint]")
        self.check(data, "")
        rules = self.typed(data, "", "rule", dict, {})
        self.check(rules, "rule")
        similar = self.typed(rules, "rule", "similar-report", dict, {})
        self.check(similar, "rule.similar-report")
        threshold = similar.get("threshold", SIMILAR_THRESHOLD)
        if isinstance(threshold, bool) or not isinstance(threshold, int | float) or not 0.5 <= threshold <= 1:
            raise self.wrong("rule.similar-report.threshold", f"takes a number from 0.5 to 1, not {threshold!r}")
        families = self.typed(data, "", "families", list, [])
        return Config(self.path, tuple(map(self.family, families)), float(threshold))

    def family(self, data: Any) -> FamilyConfig:
        if not isinstance(data, dict):
            raise self.wrong("families", "takes tables: [[families]] with a folder, or a parent and children")
        self.check(data, "families")
        folder = self.typed(data, "families", "folder", str, None)
        parent = self.typed(data, "families", "parent", str, None)
        children = self.typed(data, "families", "children", list, [])
        if any(not isinstance(child, str) for child in children):
            raise self.wrong("families.children", "takes a list of paths or names of organs")
        if (folder is None) == (parent is None) or (parent is not None and not children):
            raise self.wrong("families", "needs either a folder, or a parent and its children")
        if any("\0" in name for name in (folder or "", parent or "", *children)):
            raise self.wrong("families", "names a path with a null character")
        complete = self.typed(data, "families", "complete", bool, False)
        return FamilyConfig(Path(os.path.abspath(self.path)).parent, folder, parent, tuple(children), complete)

    def typed(self, data: dict[str, Any], table: str, key: str, kind: type, default: Any) -> Any:
        value = data.get(key, default)
        if value is not default and not isinstance(value, kind):
            names = {dict: "a table", list: "a list", str: "a text", bool: "true or false"}
            raise self.wrong(f"{table}.{key}".lstrip("."), f"takes {names[kind]}, not {value!r}")
        return value

    def check(self, data: dict[str, Any], table: str) -> None:
        """Refuse keys that mean nothing, naming the nearest that does."""
        for key in data:
            known = list(_KEYS[table])
            if key not in known:
                near = process.extractOne(key, known, score_cutoff=60)
                hint = f"; did you mean {near[0]}?" if near else f"; it takes {', '.join(known)}"
                raise self.wrong(f"{table}.{key}".lstrip("."), f"is no key{hint}")

    def wrong(self, key: str, what: str) -> BadConfig:
        last = key.rpartition(".")[2]
        lines = self.path.read_text("utf-8").splitlines()
        number = next((n for n, line in enumerate(lines, 1) if last in line.split("#")[0]), None)
        return BadConfig(f"{self.path}{f':{number}' if number else ''}: {key} {what}")
