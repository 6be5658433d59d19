"""Arguments that name files, and options with nothing wrong about them, read without click."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from reportlint.cli.asked import MOST_JOBS, Asked
from reportlint.run.targets import STDIN

COMMANDS = {
    "check": "check",
    "extract": "extract",
    "corpus": "corpus",
    "codebook": "extract",
    "convert": "rewriting",
    "tree": "tree",
    "explain": "catalogue",
    "rules": "catalogue",
    "init": "starting",
    "config": "effective",
    "server": "server",
    "completion": "catalogue",
}
"""The commands, with the module of reportlint.cli that each is in: only the one that is asked for is loaded."""
_CHECK = "check"
_FLAGS = {
    "--quiet": "quiet",
    "-q": "quiet",
    "--isolated": "isolated",
    "--no-cache": "no_cache",
    "--force-exclude": "force_exclude",
    "--with-siblings": "with_siblings",
    "--fix": "fix",
    "--diff": "diff",
    "--all": "show_all",
    "--statistics": "statistics",
}
"""Options that take no value, by the names of reportlint.cli.asked."""
_VALUES = {
    "--output-format": "output_format",
    "--output-file": "output_file",
    "-o": "output_file",
    "--config": "config_file",
    "--form": "form",
    "--baseline": "baseline",
    "--cache-dir": "cache_dir",
}
"""Options that take any value that is not blank."""
_CHOICES: Mapping[str, tuple[str, Mapping[str, str | int | None]]] = {
    "--lang": ("lang", {name: name for name in ("zh", "en")}),
    "--fail-on": ("fail_on", {name: name for name in ("error", "warning", "info", "never")}),
    "--jobs": ("jobs", {"auto": None, **{str(number): number for number in range(1, MOST_JOBS + 1)}}),
}
"""Options that take one of some values, with what each of these stands for."""
_COMPLETING = "_REPORTLINT_COMPLETE"
_NO_CACHE = "REPORTLINT_NO_CACHE"


def read_plain(arguments: Sequence[str]) -> Asked | None:
    """What `reportlint [check] FILE…` asks for, with any of the options above; None for all else, which click reads.

    Whatever could be a mistake is all else: an option that is not known here, one without a value, a file that is
    not there.
    """
    if os.name == "nt" or _COMPLETING in os.environ:
        return None  # click expands what a shell of Windows leaves as it is
    rest = arguments[1:] if arguments[:1] == [_CHECK] else arguments
    if not COMMANDS.keys().isdisjoint(rest):
        return None
    no_cache = os.environ.get(_NO_CACHE)
    if no_cache not in (None, "1"):
        return None
    paths: list[str] = []
    options: dict[str, str | int | None] = {"no_cache": no_cache is not None}
    left = iter(rest)
    for argument in left:
        if argument in _FLAGS:
            options[_FLAGS[argument]] = True
        elif argument in _VALUES:
            value = next(left, "")
            if not value.strip() or value.startswith("-"):
                return None
            options[_VALUES[argument]] = value
        elif argument in _CHOICES:
            name, values = _CHOICES[argument]
            value = next(left, "")
            if value not in values:
                return None
            options[name] = values[value]
        elif argument == STDIN or (not argument.startswith("-") and os.path.lexists(argument)):
            paths.append(argument)
        else:
            return None
    return Asked(tuple(paths), **options) if paths else None  # type: ignore[arg-type]
