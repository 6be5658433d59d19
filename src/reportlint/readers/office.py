"""Documents of older programs (.doc, .wps, .rtf), which LibreOffice turns into .docx where it is installed."""

from __future__ import annotations

import os

from reportlint.source import Source

_PROGRAMS = ("soffice", "libreoffice", "soffice.exe")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)


def program() -> str | None:
    """LibreOffice, where it is installed."""
    folders = [folder for folder in os.environ.get("PATH", "").split(os.pathsep) if os.path.isabs(folder)]
    paths = (*(os.path.join(folder, name) for folder in folders for name in _PROGRAMS), *_PLACES)
    return next((path for path in paths if os.path.isfile(path) and os.access(path, os.X_OK)), None)


SUFFIXES = (".doc", ".wps", ".rtf") if program() else ()
"""Without LibreOffice such files are of another kind, and are counted as that."""


def read(data: bytes, path: str) -> Source:
    """The text of an older document. Raises UnreadableFile, with a sentence that says what to do."""
    # Starting programs is dear to import, and most runs read text.
    from reportlint.readers.conversion import convert

    return convert(data, path, program())
