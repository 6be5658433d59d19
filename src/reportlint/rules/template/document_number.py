"""Rule document-number; docs/rules/document-number.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.diagnostics import Edit, Fix, Safety
from reportlint.late import Late, Marked
from reportlint.model import Paragraph, Report
from reportlint.prose.references import references, titles
from reportlint.rules import Finding, rule
from reportlint.source import Source

_TELLING = Late("[号〔〕《]|国务院令")
"""A paragraph without one of these cites nothing."""
_NUMBER = Marked(
    r"(?P<prefix>[\u4e00-\u9fff]{2,12}?)?(?P<open>[〔\[(【〈<{「『﹝])\s*(?P<year>(?:19|20)\d\d)\s*(?P<close>[〕\])】〉>}」』﹞]?)\s*第?(?P<no>\d{1,4})\s*号",
    "号",
)
_DAMAGED = Marked(
    r"〔(?P<year>(?:19|20)\d\d)(?P<no>\d{1,3})(?:号〕?|(?=[)〕\]」,。;、]|的|$)(?!〕\d{1,4}号)〕?(?!号))"
    r"|(?<=[函发办字规文])(?P<year2>20\d\d)〕(?P<no2>\d{1,4})号|〔(?P<year3>20\d\d)〕(?P<no3>\d{1,4})(?=[)。,;])"
    r"|(?<=[函发办字规文])〔(?P<year5>20\d\d)〕(?P<no5>\d{1,4})(?=文件|要求|规定|通知)"
    r"|(?<=办函)(?P<year4>20[12]\d)(?P<no4>\d{1,3})号",
    ("〔", "〕", "办函"),
)
"""A bracket or 号 is lost: 〔202130), 2021〕30号, 〔2021〕30)."""
_LOOSE = Marked(
    r"(?:国办公开?办?[函涵]?|国公开办函)\s?[〔\[(【〈<{「『﹝]?(?P<year>2[0Oo][0-9Oo]{2})(?:年|[〕\])】〉>}」』﹞])?第?(?P<no>\d[\dOo]{1,2}|\d)号{1,2}(?<!办函〔20\d\d〕\d\d号)",
    ("国办公", "国公开办函"),
)
_EMPTY = Marked(
    r"国办公开办函(?:〔(?P<year>20\d\d)〕号|〔〕(?P<no>\d{1,3})号|(?P<year2>20\d\d)〔(?P<no2>\d{1,3})〕号|〔20\d{3}〕(?P<no3>\d{1,3})号)",
    ["国办公开办函"],
)
"""The year or the number is lost, or they have changed places: 〔2021〕号, 〔〕30号, 2021〔30〕号."""
_ORGAN = Late(
    "(?:国办公开办函|国办秘函|国办函|国办发|国发|国办公开办|[\u4e00-\u9fff]{1,8}[发函办字规文通电公秘传督批令告知]|[\u4e00-\u9fff]{0,8}(?<!政)府)$"
)
_CENTRAL = ("国办公开办函", "国办函", "国办发", "国发")
_DECREE = Marked(r"国务院令?\s*第?\s*(?P<no>\d{3})\s*号", ["国务院"])
_NO_DECREE = Marked(r"国务院令\s?第\s?(?P<no>\d{3})条(?!例)", ["国务院令"])
_JOINED = Late(
    "(?:的通知)?[ (]*(?:中华人民共和国|国办公开办函|国办函|国办发|国发|(?![和与及、])[\u4e00-\u9fff]{1,6}[函发字])?"
)
"""What may stand between a document's name and its number."""
_SMALL = "﹝﹞"
"""Brackets that are read as 〔〕, and are none."""
Cited = tuple[int, int, str]


@rule(
    on=Report,
    severity="warning",
    free_form=True,
    fix="safe",
    zh="{what}",
    en="{what}",
    remarks={
        "damaged": ("文号“{found}”不完整，应为“{right}”", "“{found}” is damaged; it is {right}"),
        "brackets": ("文号“{found}”的括号应为〔〕", "the brackets of “{found}” should be 〔〕"),
        "number": ("“{name}”的文号是{right}，不是{found}", "the number of “{name}” is {right}, not {found}"),
        "superseded": (
            "{found}已不适用于 {year} 年的报告，现行依据是{by}",
            "{found} no longer applies to a report for {year}; {by} does",
        ),
    },
)
def document_number(report: Report) -> Iterator[Finding]:
    """A wrong number for the named document, brackets other than 〔〕, a superseded basis.

    Names and numbers are those of docs/specification.md §2.3; what applies to which year is §1 and §8.8 (N1–N4).
    """
    telling = [paragraph for paragraph in report.paragraphs if _TELLING.search(paragraph.text)]
    cited = [(paragraph, list(_cited(paragraph.text))) for paragraph in telling]
    known = {number for _, found in cited for _, _, number in found}
    for paragraph in telling:
        named = (references().named(paragraph.text[start + 1 : end - 1]) for start, end in titles(paragraph))
        # A document by its name; that of two numbers does not tell which one is meant.
        known |= {document.numbers[0] for document in named if document and len(document.numbers) == 1}
    for paragraph, every in cited:
        damaged = list(_loosely(paragraph.text))
        for match, right in damaged:
            span = paragraph.span(*match.span())
            finding = Finding(span, what=document_number.words("damaged", found=match[0], right=right))
            yield finding.fixed_by(Fix((Edit(span, right),), Safety.UNSAFE))
        own = [match.span() for match, _ in damaged]
        found = [number for number in every if not _overlaps(own, number[0], number[1])]
        told: set[int] = set()
        yield from _named(paragraph, found, report.year, known, told)
        yield from _superseded(paragraph, [n for n in found if n[0] not in told], report.year, known)
        yield from _misbracketed(paragraph, own, report.source)
        for match in _NO_DECREE.finditer(paragraph.text):
            what = document_number.words("damaged", found=match[0], right=f"国务院令第{match['no']}号")
            edit = Edit(paragraph.span(match.end() - 1, match.end()), "号")
            yield Finding(paragraph.span(*match.span()), what=what).fixed_by(Fix((edit,), Safety.UNSAFE))
        for match in _DAMAGED.finditer(paragraph.text):
            if _overlaps(own, *match.span()):
                continue
            year, number = (part for part in match.groups() if part)
            right = f"〔{year}〕{number}号"
            span = paragraph.span(*match.span())
            finding = Finding(span, what=document_number.words("damaged", found=match[0], right=right))
            yield finding.fixed_by(Fix((Edit(span, right),), Safety.UNSAFE))


def _cited(text: str) -> Iterator[Cited]:
    """Start, end and right form of every number that a text cites."""
    for match in _NUMBER.finditer(text):
        if match["prefix"]:
            yield _begin(text, match.start("open")), match.end(), _read(match)
    for match in _DECREE.finditer(text):
        yield match.start(), match.end(), f"国务院令第{match['no']}号"


def _named(
    paragraph: Paragraph, cited: list[Cited], year: int | None, known: set[str], told: set[int]
) -> Iterator[Finding]:
    """Documents whose number is another's, or that no longer apply; `told` takes the numbers dealt with."""
    for start, end in titles(paragraph):
        document = references().named(paragraph.text[start + 1 : end - 1])
        if document is None:
            continue
        near = next((n for n in cited if n[0] >= end and _JOINED.fullmatch(paragraph.text, end, n[0])), None)
        if near and document.numbers and near[2] not in document.numbers:
            span = paragraph.span(*near[:2])
            what = document_number.words("number", name=document.name, right=document.numbers[0], found=near[2])
            told.add(near[0])
            yield Finding(span, what=what).fixed_by(Fix((Edit(span, document.numbers[0]),), Safety.UNSAFE))
        elif document.superseded and year and year >= document.superseded and document.by not in known:
            told |= {near[0]} if near else set()
            what = document_number.words("superseded", found=f"《{document.name}》", year=year, by=document.by)
            yield Finding(paragraph.span(start, end), what=what)


def _superseded(paragraph: Paragraph, cited: list[Cited], year: int | None, known: set[str]) -> Iterator[Finding]:
    """Numbers that no longer apply; the old basis beside the new one is no fault."""
    for first, last, number in cited:
        for old in references().superseded:
            former = paragraph.text[max(0, first - 1) : first] == "原"
            if number == old.number and year and year >= old.first and old.by not in known and not former:
                what = document_number.words("superseded", found=number, year=year, by=old.by)
                yield Finding(paragraph.span(first, last), what=what)


def _misbracketed(paragraph: Paragraph, damaged: list[tuple[int, int]], source: Source) -> Iterator[Finding]:
    """Numbers in other brackets than 〔〕, but those that are damaged."""
    text = paragraph.text
    for match in _NUMBER.finditer(text):
        ends = (match.start("open"), match.start("close"))
        small = bool(match["close"]) and any(source.text[paragraph.span(at).start] in _SMALL for at in ends)
        right = match["open"] == "〔" and match["close"] in ("", "〕") and not small
        if right or _overlaps(damaged, *match.span()):
            continue
        if match["prefix"] and _ORGAN.search(match["prefix"]):
            span = paragraph.span(match.start("open"), match.end())
            whole = paragraph.span(_begin(text, match.start("open")), match.end())
            what = document_number.words("brackets", found=source.text[slice(*whole)])
            finding = Finding(span, what=what).fixed_by(_brackets(paragraph, match, source))
            # ﹝﹞ look nearly the same in print.
            yield finding.at_severity("info") if small else finding


def _overlaps(ranges: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in ranges)


def _loosely(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Numbers of the form's own notices with a character lost, added or of another kind, and what is right.

    国办公开办〔2021〕30号, 国办公开办函2021年30号.
    """
    for match in _LOOSE.finditer(text):
        right = f"国办公开办函〔{_digits(match['year'])}〕{_digits(match['no'])}号"
        bracketed = re.sub(r"[\[(【〈<{「『]", "〔", re.sub(r"[\])】〉>}」』]", "〕", "".join(match[0].split())))
        known = {number for document in references().documents for number in document.numbers}
        if right in known and bracketed != right:
            yield match, right
    for match in _EMPTY.finditer(text):
        year, number = match["year"] or match["year2"], match["no"] or match["no2"] or match["no3"]
        meant = re.compile(rf"国办公开办函〔{year or '20[0-9]{2}'}〕{number or '[0-9]+'}号")
        found = {
            number for document in references().documents for number in document.numbers if meant.fullmatch(number)
        }
        if len(found) == 1:
            yield match, found.pop()


def _digits(text: str) -> int:
    return int(re.sub("[Oo]", "0", text))


def _read(match: re.Match[str]) -> str:
    """The number in its right form, from the organ's word on."""
    organ = next((word for word in _CENTRAL if match["prefix"].endswith(word)), match["prefix"])
    return f"{organ}〔{match['year']}〕{match['no']}号"


def _begin(text: str, at: int) -> int:
    """Where the organ's word in front of a bracket begins, if it is one of the central government's."""
    return next((at - len(w) for w in _CENTRAL if text.endswith(w, 0, at)), at)


def _brackets(paragraph: Paragraph, match: re.Match[str], source: Source) -> Fix | None:
    wanted = [(paragraph.span(*match.span("open")), "〔"), (paragraph.span(*match.span("close")), "〕")]
    edits = [
        Edit(span, right) for span, right in wanted if span.start < span.end and source.text[slice(*span)] != right
    ]
    if not match["close"]:
        # 〔202130号: where the year ends is plain, but a digit may be lost too.
        at = paragraph.span(match.end("year"), match.end("year"))
        return Fix((*edits, Edit(at, "〕")), Safety.UNSAFE)
    return Fix(tuple(edits))
