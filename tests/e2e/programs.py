"""Programs of others that tests run; tools/test-programs installs them."""

import os
import shutil
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "programs"
NODE_MODULES = FOLDER / "node_modules"


def program(*names: str) -> str:
    """The path of a program by one of its names, on the PATH, in the environment, or as a path.

    Where there is none the test is skipped; in CI it fails.
    """
    for name in names:
        found = name if os.path.isabs(name) and os.path.exists(name) else shutil.which(name) or _beside(name)
        if found:
            return found
    said = f"{names[0]} is not installed; tools/test-programs installs it"
    if os.environ.get("CI") == "true":
        pytest.fail(said)
    pytest.skip(said)


def _beside(name: str) -> str | None:
    """A program of this environment, whether or not it is on the PATH."""
    import sys

    path = Path(sys.executable).parent / name
    return str(path) if path.exists() else None


def node_module(*parts: str) -> Path:
    """A file of a Node package."""
    return Path(program(str(NODE_MODULES.joinpath(*parts))))
