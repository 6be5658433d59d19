"""Finds rules, forms, readers and output formats: those of reportlint and those of installed packages.

A package registers them under the entry-point groups `reportlint.rules`, `reportlint.forms`,
`reportlint.readers` and `reportlint.outputs` (docs/plugins.md). reportlint's own are a list of the
same kind, loaded in the same way.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib.machinery import all_suffixes
from operator import attrgetter
from types import ModuleType
from typing import Generic, TypeVar

from reportlint.diagnostics import Words
from reportlint.tuples import NamedTuple

Value = TypeVar("Value")

KINDS = ("rules", "forms", "readers", "outputs")
_OWN = "reportlint"


class Point(NamedTuple):
    """Something to be loaded: what kind it is, its name, `module:attribute`, and the package it comes from."""

    kind: str
    name: str
    value: str
    package: str


class Broken(NamedTuple):
    """A plugin that is left out, and why."""

    point: Point
    error: str

    @property
    def words(self) -> Words:
        """A sentence for the user."""
        kind, name, _, package = self.point
        return Words(
            f"插件 {package} 的 {kind} “{name}” 无法使用（{self.error}），已略过；请更新或卸载该插件",
            f"the plugin {package} is left out, its {kind} {name} cannot be used ({self.error}); "
            "update it or uninstall it",
        )


class Loaded(NamedTuple, Generic[Value]):
    """What could be loaded of a kind, by name, and what could not."""

    values: dict[str, Value]
    broken: tuple[Broken, ...]


def points(kind: str) -> tuple[Point, ...]:
    """Everything registered under a kind: reportlint's own first, then by package and name."""
    return tuple(point for point in (*_BUILT_IN, *_installed()) if point.kind == kind)


def names(kind: str) -> tuple[str, ...]:
    """The names of everything registered under a kind, each once."""
    return tuple(dict.fromkeys(point.name for point in points(kind)))


def load(kind: str, convert: Callable[[str, object], Value]) -> Loaded[Value]:
    """Load everything of a kind.

    `convert` makes of a name and what its entry point gives the value that is used; it raises an
    exception where that is not what the kind asks for. Whatever a plugin does wrong, it is left
    out; a name that is taken is not taken again.
    """
    values: dict[str, Value] = {}
    broken = []
    for point in points(kind):
        try:
            if point.name in values:
                raise ValueError("the name is taken")
            values[point.name] = load_one(point, convert)
        except (Exception, SystemExit) as error:
            if point.package == _OWN:
                raise
            broken.append(Broken(point, f"{type(error).__name__}: {error}"))
    return Loaded(values, tuple(broken))


def load_one(point: Point, convert: Callable[[str, object], Value]) -> Value:
    """Load one entry point; raises whatever its module or `convert` raises."""
    module, _, attribute = point.value.partition(":")
    value: object = importlib.import_module(module)
    return convert(point.name, attrgetter(attribute)(value) if attribute else value)


def modules_in(package: ModuleType) -> Iterator[str]:
    """The names of the modules in a package; none for a module."""
    suffixes = tuple(all_suffixes())
    for folder in getattr(package, "__path__", ()):
        if not os.path.isdir(folder):
            import pkgutil  # which imports much, and is needed for archives only

            yield from (found.name for found in pkgutil.iter_modules([folder]))
            continue
        for name in os.listdir(folder):
            if name.endswith(suffixes) or os.path.isfile(os.path.join(folder, name, "__init__.py")):
                yield name.partition(".")[0]


@cache
def _installed() -> tuple[Point, ...]:
    """What installed packages register."""
    if not any(_mentions_us(path) for path in _entry_point_files()):
        return ()
    # Its import takes 40 ms, a tenth of a run: only where there is something to find.
    from importlib.metadata import entry_points

    found = {
        Point(kind, entry.name, entry.value, entry.dist.name if entry.dist else "?")
        for kind in KINDS
        for entry in entry_points(group=f"reportlint.{kind}")
    }
    return tuple(sorted(found, key=lambda point: (point.package, point.name)))


def _entry_point_files() -> Iterator[str]:
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        installed = (name for name in names if name.endswith((".dist-info", ".egg-info")))
        yield from (os.path.join(folder, name, "entry_points.txt") for name in installed)


def _mentions_us(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return b"[reportlint." in file.read()
    except OSError:
        return False


_OUTPUTS = (
    *("text", "concise", "json", "jsonl", "html", "csv", "xlsx"),  # for people, and reportlint's own
    *("sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "lsp"),  # of other programs
)
_ROOMS = {"html": "page.html:Output", "csv": "listing:Csv", "xlsx": "listing:Workbook"}
_BUILT_IN = tuple(
    Point(kind, name, value, _OWN)
    for kind, named in {
        "rules": {
            group: f"reportlint.rules.{group}"
            for group in ("section", "arithmetic", "consistency", "garbled", "template", "configuration")
        },
        "forms": {"2019": "reportlint.forms.national:FORM_2019", "2021": "reportlint.forms.national:FORM_2021"},
        "readers": {
            "text": "reportlint.readers.text",
            "word": "reportlint.readers.word",
            "office": "reportlint.readers.office",
            "archived": "reportlint.readers.archived",
            "pdf": "reportlint.readers.pdf",
            "xlsx": "reportlint.readers.sheets",
            "scans": "reportlint.readers.scans",
        },
        "outputs": {name: f"reportlint.output.{_ROOMS.get(name, f'{name}:Output')}" for name in _OUTPUTS},
    }.items()
    for name, value in named.items()
)
