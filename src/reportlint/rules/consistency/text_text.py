"""Rule text-text; docs/rules/text-text.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from reportlint.diagnostics import Span
from reportlint.late import Late, Marked
from reportlint.model import Paragraph, Report, Section, holding
from reportlint.rules import Finding, rule
from reportlint.text.measures import BEHIND_FIGURES
from reportlint.text.numbers import show
from reportlint.tuples import NamedTuple
from reportlint.words import either

_STATED = Marked(
    rf"(?P<words>[^。;:,!?\n()\d]{{0,6}}(?:(?:全年|本年度?|(?P<year>20\d\d)年度?,?)[^。;:,!?\n\d]{{4,40}}"
    r"|通过[^。;:,!?\n\d]{3,24}(?:发布|公开|推送|刊登)[^。;:,!?\n\d]{1,12}"
    r"|(?:举办|开展|组织)[^。;:,!?\n\d]{0,6}(?:政务|信息)公开[^。;:,!?\n\d]{0,8}培训班?))"
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}})(?P<unit>{BEHIND_FIGURES})(?=[。;,]|$)",
    ("全年", "本年", "20", "通过", "培训"),
)
_SENTENCE = Late(r"[^。;!?\n]+")
_TOPIC = Late(
    r"\s*(?:(?:\([一二三四五六七八九十]{1,2}\)|[一二三四五六七八九十]{1,2}[、.]|\d{1,2}[、.])\s*(?P<item>[^。;:,\d]{2,24})"
    r"|(?P<aspect>[^。;:,\d]{2,14}方面|[一二三四五六七八九十]{1,2}是[^。;:,\d]{2,24}))(?P<stop>:|,(?=全年|通过|举办|开展|组织)|$)"
)
"""What the sentences behind it are on: (六)社会救助信息公开情况。, 政府网站方面,."""
_NEUTRAL = Late(rf"\s*{either('text-text', 'neutral')}*")
"""A clause behind which the next one is on the whole; any other may say of what part it is."""
_DIGIT = Late(r"\d")
_YEAR = Late(r"(20\d\d)年")
_FILLERS = Late(either("text-text", "fillers"))
_PARTS = Late(either("text-text", "partial"))
"""Of what stands so only a part, a time or a change is told."""
_NONE = Marked(
    r"(?:未|没有|尚未|暂未|无)(?:开设|开通|建立|设立|运营|建设|注册)?(?:任何)?(?:政务)?"
    rf"(?P<channel>{either('text-text', 'channels')})"
    r"(?:账号|平台)?(?=[。;,)])",
    "未没无",
)
_ELSEWHERE = Late(either("text-text", "elsewhere"))
"""Who has none, or when, may be others than who published."""
_USED = (
    r"(?:政务)?{0}(?:账号|平台)?(?:全年|本年度?|年内)?(?:共|累计)?"
    r"(?:发布|推送|公开|更新)[^。;,\d]{{0,10}}(?P<number>[1-9]\d*(?:{1}))"
)
_OTHERS = Late(either("text-text", "others"))


class _Stated(NamedTuple):
    """A figure with the paragraph and the place where it stands."""

    value: Decimal
    span: Span
    paragraph: Paragraph


@rule(
    on=Report,
    severity="warning",
    free_form=True,
    yields_to=("text-table",),
    messages={
        "figures": (
            "这里写“{words}{value}”，前面写的是 {other}",
            "here it says “{words}{value}”, and {other} further up",
        ),
        "channel": (
            "前面说没有“{channel}”，这里却发布了 {value}",
            "it says that there is no {channel}, and here are {value}",
        ),
    },
    remarks={"first": ("前面的写法在此", "further up it stands here")},
    help=("两处说的是同一件事，请核对后统一", "both are on one thing: check them and make them one"),
)
def text_text(report: Report) -> Iterator[Finding]:
    """The text contradicts itself: two figures in the same words for the year, or items on a channel there is not.

    Only clauses that begin alike word for word are compared, and only those on the same thing.
    """
    told = [p for s in report.sections if s.name not in report.form.plans for p in s.paragraphs]
    seen: set[Span] = set()
    first: dict[tuple[str, str, str], _Stated] = {}
    for section in report.sections:
        if section.name in report.form.plans:
            continue
        for topic, paragraph, match in _statements(section, report.year):
            words = _FILLERS.sub("", match["words"])
            if _PARTS.search(words) or (match["year"] and int(match["year"]) != report.year):
                continue
            at = match.start("number"), match.end("number")
            here = _Stated(Decimal(match["number"].replace(",", "")), paragraph.span(*at), paragraph)
            before = first.setdefault((topic, words, match["unit"]), here)
            if match["words"].lstrip().startswith("通过") and before.paragraph is here.paragraph:
                continue  # each of another part
            if before.value != here.value and here.span not in seen:
                seen.add(here.span)
                unit, words = match["unit"], match["words"].strip()
                other, value = (f"{show(one.value)}{unit}" for one in (before, here))
                yield Finding(here.span, "figures", words=words, value=value, other=other).label("first", before.span)
    yield from _channels(told)


def _statements(section: Section, year: int | None) -> Iterator[tuple[str, Paragraph, re.Match[str]]]:
    """Every figure for the year with what it is on: nothing under the headings that each report has.

    Where a clause in front narrows it down nothing is said of it.
    """
    topic = ""
    for paragraph in section.paragraphs:
        text = paragraph.text
        states = _STATED.may_match(text)
        for sentence in _SENTENCE.finditer(text):
            at, end = sentence.span()
            named = _TOPIC.match(text, at, end)
            if named:
                own = (named["item"] or named["aspect"]).strip()
                topic = "" if any(aspect.name in own for aspect in section.form.aspects) else own
                at = named.end()
            while states and at < end and _DIGIT.search(text, at, end):
                while at < end and text[at].isspace():
                    at += 1
                match = _STATED.regex.match(text, at, end)
                if match:
                    yield topic, paragraph, match
                stop = text.find(",", at, end)
                if stop < 0 or not _NEUTRAL.fullmatch(text, at, stop):
                    break
                if any(int(other[1]) != year for other in _YEAR.finditer(text, at, stop)):
                    break
                at = stop + 1


def _channels(told: list[Paragraph]) -> Iterator[Finding]:
    """Channels that there are not, and on which something was published all the same."""
    for paragraph in holding(told, _NONE):
        for none in _NONE.finditer(paragraph.text):
            if _ELSEWHERE.search(_clause(paragraph.text, none)):
                continue
            # 微信公众号 is a 新媒体.
            channel = either("text-text", "channels") if none["channel"] == "新媒体" else none["channel"]
            used = re.compile(_USED.format(channel, BEHIND_FIGURES))
            for other in told:
                match = next((m for m in used.finditer(other.text) if not _OTHERS.search(_clause(other.text, m))), None)
                if match:
                    finding = Finding(
                        other.span(*match.span("number")), "channel", channel=none["channel"], value=match["number"]
                    )
                    yield finding.label("first", paragraph.span(*none.span()))
                    break


def _clause(text: str, match: re.Match[str]) -> str:
    """The words in front of a match, from the last stop on."""
    return re.split("[。;,\n]", text[max(0, match.start() - 30) : match.start()])[-1]
