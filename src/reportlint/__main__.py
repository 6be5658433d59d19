"""The program: `reportlint`, or `python -m reportlint`."""

from __future__ import annotations

import gc
import os
import sys

if sys.path and not sys.flags.safe_path and sys.path[0] in ("", os.getcwd()) and __name__ == "__main__":
    # `python -m` looks for modules where it stands: what is checked must not be run.
    del sys.path[0]


def _tell_version() -> bool:
    """Hooks and editors ask for it often: nothing else is loaded for it, unless it cannot be written."""
    from reportlint import __version__

    if sys.stdout is None:
        return False
    try:
        os.write(1, f"reportlint, version {__version__}\n".encode())
    except OSError:
        return False
    return True


def main() -> None:
    """Run the command line, and end with its status; 130 where Ctrl-C ends it."""
    if sys.argv[1:] == ["--version"] and _tell_version():
        return
    # Most runs are over a file or two and end before there is anything to collect; longer ones turn it on again.
    gc.disable()
    try:
        from reportlint.bytecode import install

        install()
        from reportlint.cli import run

        status = run()
    except KeyboardInterrupt:
        status = 130
    _end(status)


def _end(status: int) -> None:
    """End the process with its status, and without taking everything apart first, which would be felt."""
    threads = sys.modules.get("threading")
    if (threads and threads.active_count() > 1) or sys.gettrace() is not None or "coverage" in sys.modules:
        sys.exit(status)
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        sys.exit(status)
    os._exit(status)


if __name__ == "__main__":
    main()
