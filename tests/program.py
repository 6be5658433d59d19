"""The program as users call it: in this process, or where that matters as a process of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportlint.cli import run as run_here
from reportlint.cli.inputs import stdin_bytes
from reportlint.run.settings import forget

_OF_A_PROCESS = ("PYTHON", "HOME", "XDG", "PATH", "LD_", "REPORTLINT")
"""Variables that are read when a process begins, or by more than the program."""


def run(
    *args: str | Path, cwd: Path | None = None, data: bytes | None = None, **env: str
) -> subprocess.CompletedProcess[bytes]:
    """What a command comes to; in this process, unless its environment is of a kind that only another can have."""
    if any(name.startswith(_OF_A_PROCESS) for name in env):
        return run_apart(*args, cwd=cwd, data=data, **env)
    command = ["reportlint", *(os.fspath(arg) for arg in args)]
    with _as_a_process(command, cwd, data or b"", env) as (stdout, stderr):
        try:
            status = run_here()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
    return subprocess.CompletedProcess(command, status, stdout.getvalue(), stderr.getvalue())


def run_apart(
    *args: str | Path, cwd: Path | None = None, data: bytes | None = None, **env: str
) -> subprocess.CompletedProcess[bytes]:
    """The same as a process of its own: where a pipe, a signal, an exit or the start is the subject."""
    return subprocess.run(
        [sys.executable, "-m", "reportlint", *(os.fspath(arg) for arg in args)],
        cwd=cwd,
        input=data,
        capture_output=True,
        env={**os.environ, "LC_ALL": "C.UTF-8", **env},
        check=False,
    )


@contextmanager
def _as_a_process(
    command: list[str], cwd: Path | None, data: bytes, env: dict[str, str]
) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    """Arguments, standard streams, environment and working folder of a command; nothing known from one before."""
    stdout, stderr = io.BytesIO(), io.BytesIO()
    streams = sys.stdin, sys.stdout, sys.stderr
    argv, environ, before = sys.argv, dict(os.environ), os.getcwd()
    forget()
    stdin_bytes.cache_clear()
    sys.argv = command
    os.environ |= {"LC_ALL": "C.UTF-8", **env}
    os.chdir(cwd or before)
    sys.stdin, sys.stdout, sys.stderr = (
        io.TextIOWrapper(stream, "utf-8", errors, write_through=True)
        for stream, errors in ((io.BytesIO(data), "strict"), (stdout, "strict"), (stderr, "backslashreplace"))
    )
    try:
        yield stdout, stderr
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        # The buffers outlive the streams around them.
        for made in (sys.stdin, sys.stdout, sys.stderr):
            made.detach()
        sys.stdin, sys.stdout, sys.stderr = streams
        sys.argv = argv
        os.environ.clear()
        os.environ |= environ
        os.chdir(before)
        forget()
