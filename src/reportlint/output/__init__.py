"""Output formats, one module each; the module's name is the format's."""

from __future__ import annotations

import importlib
from typing import TextIO, cast

from reportlint.results import Options, Output

FORMATS = ("text", "concise", "json", "jsonl")


def make(name: str, stream: TextIO, options: Options) -> Output:
    """The output format `name`, writing to `stream`."""
    module = importlib.import_module(f"{__name__}.{name}")
    return cast(Output, module.Output(stream, options))
