"""Rule term; docs/rules/term.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from reportlint.diagnostics import Fix, Safety, Span
from reportlint.late import Candidates
from reportlint.model import Report, holding
from reportlint.prose.references import Term, inside, references, titles
from reportlint.rules import Finding, rule
from reportlint.rules.template._wording import reword
from reportlint.source import Source
from reportlint.text.borders import straddles


@rule(
    on=Report,
    severity="info",
    free_form=True,
    of_words=True,
    fix="safe",
    zh="“{found}”应写作“{right}”",
    en="“{found}” is properly “{right}”",
)
def term(report: Report) -> Iterator[Finding]:
    """IPV6, 截止 before a date for 截至, 依法申请公开 for 依申请公开 and other slips of terms.

    The list is data, grammar/references.toml (docs/specification.md §8.6). A document's name is left to
    legal-name.
    """
    terms = _terms().within(report.prose)
    for paragraph in holding(report.paragraphs, *(known.pattern for known in terms)):
        for known in terms:
            for match in known.pattern.finditer(paragraph.text):
                meant = straddles(paragraph.text, *match.span("wrong"))
                if not meant and not inside(list(titles(paragraph)), match.start("wrong")):
                    span = paragraph.span(*match.span("wrong"))
                    finding = Finding(span, found=match["wrong"], right=known.right)
                    yield finding.fixed_by(partial(_reworded, report.source, span, known))


def _reworded(source: Source, span: Span, known: Term) -> Fix | None:
    """What mends a slip; not by itself where the words are right in other sentences, whose meaning it would change."""
    fix = reword(source, span, known.right)
    return fix._replace(safety=Safety.UNSAFE) if fix and known.may_be_meant else fix


@cache
def _terms() -> Candidates[Term]:
    return Candidates(references().terms, lambda known: known.pattern)
