"""Output formats, one module each; `reportlint.outputs` is their entry-point group."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, TextIO, cast

from reportlint import plugins
from reportlint.diagnostics import UserError
from reportlint.plugins import Broken, Point
from reportlint.results import FileResult, Options, Output, Summary

_FOR_PEOPLE = frozenset({"text", "concise"})


class NoOutput(UserError):
    """An output format of a plugin that cannot be used."""

    def __init__(self, broken: Broken) -> None:
        super().__init__(*broken.words)


class NoExtra(UserError):
    """An output format needs a library that is not installed."""


def formats() -> tuple[str, ...]:
    """The names of all output formats, those of plugins too."""
    return plugins.names("outputs")


def is_for_people(name: str) -> bool:
    """Whether an output format is read at a terminal, in its encoding; the others are UTF-8 anywhere."""
    return name in _FOR_PEOPLE


def broken() -> tuple[Broken, ...]:
    """Output formats of plugins that are left out because their names are taken."""
    points = plugins.points("outputs")
    first = {point.name: point for point in reversed(points)}
    return tuple(Broken(point, "the name is taken") for point in points if first[point.name] is not point)


def demand(name: str) -> None:
    """Raise NoExtra where an output format of ours needs what is not installed."""
    if name == "html" and not find_spec("jinja2"):
        raise NoExtra(
            "输出 html 需要附加组件 html：pip install 'reportlint[html]'",
            "the output format html needs the extra `html`: pip install 'reportlint[html]'",
        )
    if name == "xlsx" and not find_spec("xlsxwriter"):
        raise NoExtra(
            "输出 xlsx 需要附加组件 xlsx：pip install 'reportlint[xlsx]'",
            "the output format xlsx needs the extra `xlsx`: pip install 'reportlint[xlsx]'",
        )


def make(name: str, stream: TextIO, options: Options) -> Output:
    """The output format `name`, writing to `stream`.

    Only the one asked for is loaded. Raises NoOutput for one of a plugin that cannot be used, and
    NoExtra.
    """
    demand(name)
    point = next(point for point in plugins.points("outputs") if point.name == name)

    def convert(_: str, value: Any) -> Output:
        made = value(stream, options)
        if not callable(getattr(made, "file", None)) or not callable(getattr(made, "end", None)):
            raise TypeError("an output format has file(result) and end(summary)")
        return cast(Output, made)

    with _named(point):
        made = plugins.load_one(point, convert)
    return _Guarded(point, made)


class _Guarded:
    """An output format whose failure is known by its name."""

    def __init__(self, point: Point, output: Output) -> None:
        self._point = point
        self._output = output
        self.of_findings_only = getattr(output, "of_findings_only", False)
        self.of_places_only = getattr(output, "of_places_only", False)

    def file(self, result: FileResult) -> None:
        with _named(self._point):
            self._output.file(result)

    def end(self, summary: Summary) -> None:
        with _named(self._point):
            self._output.end(summary)


@contextmanager
def _named(point: Point) -> Iterator[None]:
    """Raise NoOutput for whatever a plugin does wrong."""
    try:
        yield
    except (Exception, SystemExit) as error:
        if point.package == "reportlint" or isinstance(error, BrokenPipeError):
            raise
        raise NoOutput(Broken(point, f"{type(error).__name__}: {error}")) from error
