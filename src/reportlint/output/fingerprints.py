"""What services know a finding by from one run to the next (reportlint.config.baseline says what that is)."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

from reportlint.characters import visible
from reportlint.config.baseline import entry_of, landmarks
from reportlint.diagnostics import Diagnostic
from reportlint.results import FileResult
from reportlint.text.positions import relative_path


class Fingerprints:
    """Those of a file's findings; of findings that say the same each has its own."""

    def __init__(self, result: FileResult) -> None:
        self._source = result.source
        self._path = visible(relative_path(result.path))
        self._marks = landmarks(result.analyse().report) if result.diagnostics else None
        self._met = Counter[str]()

    def of(self, found: Diagnostic) -> str:
        """The fingerprint of the next finding; ask in the findings' order."""
        assert self._marks is not None
        held = entry_of(found, self._source, self._marks).fingerprint
        self._met[held] += 1
        return sha256(f"{self._path}\0{held}\0{self._met[held]}".encode()).hexdigest()[:32]
