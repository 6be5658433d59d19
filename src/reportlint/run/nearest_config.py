"""Which configuration holds for a file: the one asked for, else the nearest one upwards.

What is in it reportlint.run.configfile reads, which a run without a configuration does not load.
"""

from __future__ import annotations

import os
import re
from functools import cache

from reportlint.config.values import DEFAULT, NAMES, Config
from reportlint.late import Late
from reportlint.reading import read_bytes

MOST_BYTES = 1024 * 1024
"""A configuration is no longer."""
_OUR_HEADER = Late(r"^\s*\[\s*tool\s*\.\s*reportlint\s*[\].]", re.MULTILINE)


def find(path: str | os.PathLike[str]) -> Config:
    """The configuration that applies to a file: the nearest one upwards. Raises BadConfig."""
    return _nearest(os.path.dirname(os.path.abspath(path)))


@cache
def _nearest(folder: str) -> Config:
    while True:
        for name in NAMES:
            path = os.path.join(folder, name)
            if _is_there(path) and (name == NAMES[0] or is_ours(path)):
                return load(path)
        if folder == (folder := os.path.dirname(folder)):
            return DEFAULT


@cache
def load(path: str) -> Config:
    """The configuration in a file. Raises BadConfig with a sentence where it is wrong."""
    from reportlint.run.configfile import read

    return read(path)


def forget() -> None:
    """Forget what was read: a configuration may have changed."""
    _nearest.cache_clear()
    load.cache_clear()


def _is_there(path: str) -> bool:
    # A link that leads nowhere and a folder are there, and cannot be read: that is said.
    return os.path.lexists(path) and (os.path.basename(path) == NAMES[0] or os.path.isfile(path))


def is_ours(path: str | os.PathLike[str]) -> bool:
    """Whether a pyproject.toml configures reportlint; where it cannot be parsed, whether it seems to."""
    try:
        text = read_bytes(path, MOST_BYTES).decode("utf-8")
        if "reportlint" not in text:
            return False
        import tomllib

        tool = tomllib.loads(text).get("tool")
        return isinstance(tool, dict) and "reportlint" in tool
    except (OSError, UnicodeDecodeError, RecursionError):
        return False  # another program's file; its trouble is not ours
    except ValueError:
        return bool(_OUR_HEADER.search(text))
