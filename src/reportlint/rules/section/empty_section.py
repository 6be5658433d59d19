"""Rule empty-section; docs/rules/empty-section.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.late import Late
from reportlint.model import Report, Section, SubHeading
from reportlint.rules import Finding, rule
from reportlint.text.keys import key
from reportlint.words import either, listed

_NAMES = listed("section-list", "part_headings")
"""How the headings of parts end; other lines without a stop may be all that there is to say."""
_SAYING = Late(either("section-list", "no_headings"))
_OTHERS = 2
"""So many parts of a section with text show that its parts have some."""
_PICTURE = Late(r"<(?:img|iframe|svg|object|embed|video|canvas)\b|!\[")


@rule(
    on=Report,
    severity="warning",
    messages={
        "": ("“{section}”部分只有标题，没有内容", "section “{section}” is a heading with nothing under it"),
        "part": ("“{title}”下面没有内容", "there is nothing under “{title}”"),
    },
    help=("没有需要报告的事项时写“无”", "write 无 where there is nothing to report"),
)
def empty_section(report: Report) -> Iterator[Finding]:
    """A prose section's heading with nothing under it.

    A signature, a date and what the web page puts behind them are not content. Sections that
    must hold a table are left to missing-table. A part of the overview, （二）…, is one too where the next one
    follows at once, with no picture between, and others have text.
    """
    for section in report.sections:
        # Of a heading that stands apart from its text misplaced-section speaks.
        if not (section.missing or section.moved or section.form.tables or section.paragraphs):
            yield Finding(section.heading, section=section.heading)
        # Of a document the text does not show its pictures.
        parts = [item for item in section.subheadings if item.kind == "bracket"] if report.source.is_own_text else []
        bare = [item for item in parts if _is_bare(report, section, item, parts)] if section.form.aspects else []
        for item in bare if len(parts) - len(bare) >= _OTHERS else ():
            paragraph = section.paragraphs[item.paragraph]
            yield Finding(paragraph.span(), "part", title=paragraph.text.strip())


def _is_bare(report: Report, section: Section, item: SubHeading, parts: list[SubHeading]) -> bool:
    """Whether a part of a section is its heading alone, with the next one, or the section's end, behind it."""
    paragraph = section.paragraphs[item.paragraph]
    text = paragraph.text.rstrip()
    if item.in_line or not text.endswith(_NAMES) or not key(text).endswith(key(item.title)) or _SAYING.search(text):
        return False
    following = item.paragraph + 1
    behind = next((other for other in parts if other.paragraph == following and not other.in_line), None)
    if following == len(section.paragraphs):
        start = paragraph.span().start
        end = min((s.heading.span.start for s in report.sections if s.heading.span.start > start), default=None)
    else:
        end = behind.span.start if behind and behind.number == item.number + 1 else None
    return end is not None and _PICTURE.search(report.source.text, paragraph.span().end, end) is None
