"""Rule set-phrase; docs/rules/set-phrase.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from reportlint.diagnostics import Edit, Fix, Safety
from reportlint.late import Candidates, Late, Marked
from reportlint.model import Paragraph, Report, holding
from reportlint.prose.references import Phrase, Term, references
from reportlint.rules import Finding, rule
from reportlint.rules.template._wording import reword
from reportlint.text.alike import distance

_QUOTED = Marked("“([^“”。]{6,24})”", "“")
_PLAIN = Late(r"[,、;\s“”]")
_LONG = 8
"""Shorter phrases, and those of 谁…谁…, have others beside them that are right: 谁审批谁负责."""
_SLIP = 5
"""What is in quotation marks and differs from a phrase in one character of so many is meant for it."""


@rule(
    on=Report,
    severity="warning",
    free_form=True,
    of_words=True,
    fix="safe",
    zh="固定用语“{found}”有误，应为“{right}”",
    en="the set phrase “{found}” is misquoted; it is “{right}”",
)
def set_phrase(report: Report) -> Iterator[Finding]:
    """A fixed phrase is misquoted: 公开是常态、公开是例外.

    The list is data, grammar/references.toml.
    """
    phrases = _slips().within(report.prose)
    for paragraph in holding(report.paragraphs, _QUOTED, *(slip.pattern for _, slip in phrases)):
        taken: list[tuple[int, int]] = []
        for phrase, slip in phrases:
            for match in slip.pattern.finditer(paragraph.text):
                start, end = match.span("wrong")
                if not any(first < match.end() and match.start() < last for first, last in taken):
                    taken.append(match.span())
                    span = paragraph.span(start, end)
                    whole = paragraph.span(*match.span())
                    found = report.source.text[slice(*whole)]
                    finding = Finding(whole, found=found, right=phrase.wordings[0])
                    yield finding.fixed_by(reword(report.source, span, slip.right))
        yield from _quoted(paragraph, taken)


@cache
def _slips() -> Candidates[tuple[Phrase, Term]]:
    slips = ((phrase, slip) for phrase in references().phrases for slip in phrase.slips)
    return Candidates(slips, lambda known: known[1].pattern)


def _quoted(paragraph: Paragraph, taken: list[tuple[int, int]]) -> Iterator[Finding]:
    """Quotations that are nearly a phrase, none of those that are another."""
    for match in _QUOTED.finditer(paragraph.text):
        if any(first < match.end() and match.start() < last for first, last in taken):
            continue
        right = _meant(_PLAIN.sub("", match[1]), references().phrases)
        if right:
            span = paragraph.span(*match.span(1))
            finding = Finding(span, found=match[1], right=right)
            yield finding.fixed_by(Fix((Edit(span, right),), Safety.UNSAFE))


def _meant(text: str, phrases: tuple[Phrase, ...]) -> str | None:
    """The wording that a quotation comes near without being one."""
    best: tuple[int, str] | None = None
    for phrase in phrases:
        for wording in phrase.wordings:
            plain = _PLAIN.sub("", wording)
            if plain == text or plain.replace("为", "是") == text.replace("为", "是"):
                return None
            if len(plain) != len(text) or len(plain) < _LONG or plain[0] == "谁":
                continue
            edits = distance(text, plain, len(plain) // _SLIP)
            if edits <= len(plain) // _SLIP and (best is None or edits < best[0]):
                best = edits, wording
    return best[1] if best else None
