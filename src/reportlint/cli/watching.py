"""--watch: check again whenever something changes, as a test runner does."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from reportlint.cli.asked import Asked
from reportlint.cli.checking import check_files
from reportlint.cli.say import Refused, choose_language, complain
from reportlint.diagnostics import Words
from reportlint.run.targets import STDIN, Stamp, expand, stamp

NO_WATCHFILES = Words(
    "--watch 需要附加组件 watch：pip install 'reportlint[watch]'",
    "--watch needs the extra `watch`: pip install 'reportlint[watch]'",
)
ALONE = Words(
    "--watch 只检查文件和文件夹，不能与 -、--fix、--annotate、--diff、--update-baseline、--open、--output-file、html "
    "同用",
    "--watch checks files and folders: without -, --fix, --annotate, --diff, --update-baseline, --open, --output-file "
    "or html",
)
NOT_THERE = Words("没有 {path}，请检查路径", "there is no {path}; look at the path")
WAITING = Words("{time} 等待文件改动；按 Ctrl+C 结束", "{time} waiting for changes; Ctrl+C ends")
_CONFIGURATIONS = (".toml", ".lark", ".json")
_EVERY = 1000
"""So often, in milliseconds, what changed is looked for without being told."""


def watch_files(asked: Asked) -> int:
    """Check, and check again after each change, until Ctrl+C; gives the status of the last run. Raises Refused."""
    lang = choose_language(asked.lang)
    if (
        asked.fix
        or asked.annotate
        or asked.diff
        or asked.update_baseline
        or asked.open_page
        or asked.output_file
        or asked.output_format == "html"
        or STDIN in asked.paths
    ):
        raise Refused(ALONE(lang))
    missing = next((path for path in asked.paths if not os.path.exists(path)), None)
    if missing is not None:
        raise Refused(NOT_THERE(lang).format(path=missing))
    try:
        import watchfiles  # noqa: F401 - a missing extra is said before the first run
    except ImportError:
        raise Refused(NO_WATCHFILES(lang)) from None
    status = 0
    try:
        for _ in _changes(asked):
            status = _again(asked)
            complain(WAITING(lang).format(time=time.strftime("%H:%M:%S")))
    except KeyboardInterrupt:
        pass
    return status


def _again(asked: Asked) -> int:
    """Clear the screen and check; a configuration that cannot be used is said, for it may be mended."""
    from reportlint.run.settings import forget

    forget()
    if sys.stdout.isatty():
        import click

        click.clear()
    try:
        status = check_files(asked)
    except Refused as error:
        complain(error.message)
        status = error.exit_code
    sys.stdout.flush()
    return status


def _changes(asked: Asked) -> Iterator[None]:
    """Once at the beginning, then after each change of a report or a configuration."""
    from watchfiles import watch

    before = _stamps(asked)
    yield
    # Editors put another file in the place of a file: its folder tells of that.
    watched = {path if os.path.isdir(path) else os.path.dirname(path) for path in map(os.path.realpath, asked.paths)}
    # Told of changes, or when nothing was told for a while: also what changed during a run is seen.
    for _ in watch(*watched, watch_filter=None, rust_timeout=_EVERY, yield_on_timeout=True, raise_interrupt=True):
        now = _stamps(asked)
        if now != before:
            before = now
            yield


def _stamps(asked: Asked) -> dict[str, Stamp | None]:
    """When the reports and the configurations changed, that of every folder above among them."""
    from reportlint.config.values import NAMES
    from reportlint.readers import suffixes

    found = {target.path for target in expand(asked.paths, suffixes(), lambda path, is_folder: False).targets}
    found |= {path for path in (asked.config_file, asked.baseline, asked.form) if path}
    for path in asked.paths:
        for folder, folders, names in os.walk(path):
            folders[:] = [name for name in folders if not name.startswith(".")]
            found |= {os.path.join(folder, name) for name in names if name.endswith(_CONFIGURATIONS)}
        for outer in Path(os.path.realpath(path)).parents:
            found |= {str(outer / name) for name in NAMES}
    return {path: stamp(path) for path in found}
