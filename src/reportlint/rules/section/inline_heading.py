"""Rule inline-heading; docs/rules/inline-heading.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.late import Marked
from reportlint.model import How, Section, SubHeading
from reportlint.rules import Finding, rule

_RUNS_INTO_LIST = Marked(
    r"\s*\([一二三四五六七八九十]{1,3}\)[、.]?\s*(?P<title>[^。:;!?一二三四五六七八九十]{4,40}[\u3400-\u9fff])"
    r"(?<![统第之唯专单同])一是(?=[^否])",
    ["一是"],
)
"""（一）…工作机制一是…: a list begins where the heading has no stop."""


@rule(
    on=Section,
    severity="warning",
    zh="标题“{title}”{how}",
    en="the heading “{title}” {how}",
    help=(
        "标题另起一段，其后用句号或换行与正文分开",
        "start a paragraph with it and end it with a stop or a line end",
    ),
    remarks={
        "middle": ("出现在一段文字中间", "stands in the middle of a paragraph"),
        "runs": ("与正文连在一起，中间没有句号", "runs into its text without a stop"),
    },
)
def inline_heading(section: Section) -> Iterator[Finding]:
    """A heading that runs into its text without a stop, or stands in mid-line.

    Judged by the other headings of the section: where all of them stand in one paragraph, or
    all run on, that is the author's style.
    """
    heading = section.heading
    if heading.how is How.INLINE:
        yield Finding(heading, title=heading.form, how=inline_heading.words("runs"))
    brackets = [item for item in section.subheadings if item.kind == "bracket"]
    set_apart = [item for item in brackets if not item.in_line]
    stopped = [item for item in set_apart if not item.runs_on and item.title.endswith("情况")]
    last: SubHeading | None = None
    for item in brackets:
        listed = None if item.in_line else _RUNS_INTO_LIST.match(section.paragraphs[item.paragraph].text)
        if listed:
            yield Finding(item, title=listed["title"], how=inline_heading.words("runs"))
        elif item.in_line and len(set_apart) > 1 and last is not None and item.number == last.number + 1:
            yield Finding(item, title=item.title, how=inline_heading.words("middle"))
        elif item.runs_on and not item.in_line and stopped:
            yield Finding(item, title=item.title, how=inline_heading.words("runs"))
        last = item
