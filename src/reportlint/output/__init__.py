"""Output formats, one module each; `reportlint.outputs` is their entry-point group."""

from __future__ import annotations

from typing import Any, TextIO, cast

from reportlint import plugins
from reportlint.plugins import Broken
from reportlint.results import Options, Output


class NoOutput(Exception):
    """An output format of a plugin that cannot be used; `broken` says why."""

    def __init__(self, broken: Broken) -> None:
        super().__init__(broken.error)
        self.broken = broken


def formats() -> tuple[str, ...]:
    """The names of all output formats, those of plugins too."""
    return tuple(dict.fromkeys(point.name for point in plugins.points("outputs")))


def make(name: str, stream: TextIO, options: Options) -> Output:
    """The output format `name`, writing to `stream`.

    Only the one asked for is loaded. Raises NoOutput for one of a plugin that cannot be used.
    """
    point = next(point for point in plugins.points("outputs") if point.name == name)

    def convert(_: str, value: Any) -> Output:
        made = value(stream, options)
        if not callable(getattr(made, "file", None)) or not callable(getattr(made, "end", None)):
            raise TypeError("an output format has file(result) and end(summary)")
        return cast(Output, made)

    try:
        return plugins.load_one(point, convert)
    except (Exception, SystemExit) as error:
        raise NoOutput(Broken(point, f"{type(error).__name__}: {error}")) from error
