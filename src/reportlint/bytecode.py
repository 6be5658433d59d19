"""Imports reportlint's own modules with fewer questions to the file system.

A run over one file takes more than two hundred of them. For each the ordinary finder looks into the folder, asks what
the file is, and opens the bytecode in layers: a twentieth of such a run. Here a module's bytecode is opened at once,
and used where the interpreter would use it: it was made by this interpreter from a source of this size and time.
In any other case the ordinary finder is asked, which also makes bytecode where it lacks.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import MAGIC_NUMBER
from types import CodeType

_FOLDER = "__pycache__"
_HEADER = 16
"""Bytes of the magic number, the flags, and the time and size of the source: PEP 552."""
_MADE = MAGIC_NUMBER + bytes(4)
_WORD = 0xFFFFFFFF


class _Loader(SourceFileLoader):
    """The ordinary loader of a module whose code has been read."""

    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:
        return self._code


class Finder:
    """Finds the modules of a package whose bytecode is that of their source."""

    def __init__(self, package: str, suffix: str) -> None:
        """`suffix` is what this interpreter appends to a module's name for its bytecode."""
        self._within = f"{package}."
        self._suffix = suffix

    def find_spec(self, name: str, path: Sequence[str] | None, target: object = None) -> ModuleSpec | None:
        """The module of that name; None where another finder has to look for it."""
        if path is None or len(path) != 1 or not name.startswith(self._within):
            return None
        folder, last = path[0], name.rpartition(".")[2]
        return self._spec(name, folder, last, None) or self._spec(name, f"{folder}{os.sep}{last}", "__init__", [])

    def _spec(self, name: str, folder: str, stem: str, locations: list[str] | None) -> ModuleSpec | None:
        source = f"{folder}{os.sep}{stem}.py"
        cached = f"{folder}{os.sep}{_FOLDER}{os.sep}{stem}{self._suffix}"
        code = _read(source, cached)
        if code is None:
            return None
        spec = ModuleSpec(name, _Loader(name, source, code), origin=source, is_package=locations is not None)
        spec.has_location = True
        spec.cached = cached
        if spec.submodule_search_locations is not None:
            spec.submodule_search_locations.append(folder)
        return spec


def _read(source: str, cached: str) -> CodeType | None:
    """The code of a module, if its bytecode is whole and that of its source."""
    try:
        with open(cached, "rb", 0) as file:
            data = file.read()
        found = os.stat(source)
        made = (
            _MADE + (int(found.st_mtime) & _WORD).to_bytes(4, "little") + (found.st_size & _WORD).to_bytes(4, "little")
        )
        if data[:_HEADER] != made:
            return None
        code = marshal.loads(memoryview(data)[_HEADER:])
    except (OSError, EOFError, ValueError, TypeError):
        return None
    return code if isinstance(code, CodeType) else None


def install() -> None:
    """Let this process import the package's modules so, unless their bytecode is kept elsewhere."""
    cached = (__spec__ and __spec__.cached) or ""
    stem = os.path.splitext(os.path.basename(__file__))[0]
    head = os.path.join(os.path.dirname(__file__), _FOLDER, stem)
    if cached.startswith(f"{head}.") and not any(isinstance(one, Finder) for one in sys.meta_path):
        sys.meta_path.insert(0, Finder(__name__.rpartition(".")[0], cached.removeprefix(head)))
