"""Rule empty-section; docs/rules/empty-section.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.model import Section, SubHeading
from reportlint.rules import Finding, rule
from reportlint.text.keys import key
from reportlint.words import listed

_NAMES = listed("section-list", "part_headings")
"""How the headings of parts end; other lines without a stop may be all that there is to say."""
_OTHERS = 2
"""So many parts of a section with text show that its parts have some."""


@rule(
    on=Section,
    severity="warning",
    messages={
        "": ("“{section}”部分只有标题，没有内容", "section “{section}” is a heading with nothing under it"),
        "part": ("“{title}”下面没有内容", "there is nothing under “{title}”"),
    },
    help=("没有需要报告的事项时写“无”", "write 无 where there is nothing to report"),
)
def empty_section(section: Section) -> Iterator[Finding]:
    """A prose section's heading with nothing under it.

    A signature, a date and what the web page puts behind them are not content. Sections that
    must hold a table are left to missing-table. A part of the overview, （二）…, is one too where the next one
    follows at once and others have text.
    """
    # Of a heading that stands apart from its text misplaced-section speaks.
    if not (section.missing or section.moved or section.form.tables or section.paragraphs):
        yield Finding(section.heading, section=section.heading)
    if not section.form.aspects:
        return
    parts = [item for item in section.subheadings if item.kind == "bracket"]
    bare = [item for item in parts if _is_bare(section, item, parts)]
    if bare and len(parts) - len(bare) >= _OTHERS:
        for item in bare:
            paragraph = section.paragraphs[item.paragraph]
            yield Finding(paragraph.span(), "part", title=paragraph.text.strip())


def _is_bare(section: Section, item: SubHeading, parts: list[SubHeading]) -> bool:
    """Whether a part of a section is its heading alone, with the next one, or the section's end, behind it."""
    text = section.paragraphs[item.paragraph].text.rstrip()
    if item.in_line or not text.endswith(_NAMES) or not key(text).endswith(key(item.title)):
        return False
    following = item.paragraph + 1
    ended = following == len(section.paragraphs)
    behind = next((other for other in parts if other.paragraph == following and not other.in_line), None)
    goes_on = behind is not None and behind.number == item.number + 1
    return ended or goes_on
