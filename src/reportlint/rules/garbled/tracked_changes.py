"""Rule tracked-changes; docs/rules/tracked-changes.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.rules import Finding, rule
from reportlint.source import Source


@rule(
    on=Source,
    severity="info",
    zh="文档里还有未接受的修订，以下按接受全部修订后的文字检查",
    en="the document holds tracked changes; it was checked as if all of them were accepted",
    help=(
        "在 Word 的“审阅”中接受或拒绝全部修订再公布，否则旧稿人人可见",
        "accept or reject all changes (Review) before it is published, or anyone can see the draft",
    ),
)
def tracked_changes(source: Source) -> Iterator[Finding]:
    """A Word document with changes that are neither accepted nor rejected; one finding a document."""
    if source.document is not None and source.document.tracked is not None:
        yield Finding(source.document.tracked)
