"""A file's findings until they are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportlint.characters import visible
from reportlint.cli.inputs import read_source
from reportlint.diagnostics import Diagnostic
from reportlint.results import FileResult
from reportlint.run.outcome import Outcome, let_go, located
from reportlint.run.targets import STDIN, Target
from reportlint.source import Source, UnreadableFile
from reportlint.text.ignoring import is_commented

if TYPE_CHECKING:
    from reportlint.forms.form import Form
    from reportlint.run.analysis import Analysis

ROOM = 2**22
"""Bytes of texts that a run keeps until it writes; what is beyond is read again."""
_TREE, _ORIGIN = 100_000, 250
"""So many bytes, about, the parts of a document take that its text was taken from, and each place in it."""


class Held:
    """A file's findings until they are written; where its text is not kept, it is read again for that."""

    __slots__ = ("_forms", "number", "outcome", "path", "target")

    def __init__(self, number: int, target: Target, path: str, outcome: Outcome, forms: tuple[Form, ...]) -> None:
        self.number = number
        self.target = target
        self.path = path
        self.outcome = outcome
        self._forms = forms

    def let_go(self, room: int, of_places_only: bool) -> int:
        """Keep no more than the text, and that only where there is `room` for its bytes; gives what is left of it.

        What cannot be read again, or not quickly, is kept. `of_places_only` says that of the text no more is wanted
        than where its findings stand.
        """
        one = self.outcome
        source = one.source
        if source is None or source.is_let_go or source.is_dear or self.target.waits or self.target.path == STDIN:
            return room
        one.analysis = one.before = None
        size = 2 * len(source.text) + len(source.data or b"") + _TREE * (source.document is not None)
        size += _ORIGIN * len(source.origins)
        if size <= room:
            return room - size
        one.content, one.source = source.digest, None
        if of_places_only and not is_commented(source):
            one.found = located(one.found, source)
            one.source = let_go(self.path, one.encoding, source.places(one.found))
        return room

    def result(self, more: Sequence[Diagnostic], max_size: int, of_findings_only: bool) -> FileResult:
        """The findings, and `more` of them, with the text; raises UnreadableFile where that has changed.

        `of_findings_only` says that no text is wanted where there is no finding.
        """
        from reportlint.run.together import merged

        one, analysis = self.outcome, self.outcome.analysis
        found = merged(one.found, more)
        source = one.source
        if source is None or (more and source.is_let_go):
            wanted = found or not of_findings_only
            source = self._again(max_size) if wanted else Source(self.path, "", one.encoding)
        # What several reports show is found without their texts.
        found = located(found, source)
        forms = self._forms

        def analyse() -> Analysis:
            from reportlint.run import analysis as made

            return analysis or made.analyse(source, forms)

        return FileResult(self.path, source, found, analyse, one.form, one.year, one.organ)

    def _again(self, max_size: int) -> Source:
        source = read_source(self.target, self.path, max_size)
        if source.digest != self.outcome.content:
            path = visible(self.path)
            raise UnreadableFile(
                f"{path} 在检查过程中被改动，请重新检查", f"{path} changed while it was checked; check it again"
            )
        return source
