"""Rule document-number; docs/rules/document-number.md is its page and its test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.diagnostics import Edit, Fix, Safety, Span
from reportlint.model import Paragraph, Report
from reportlint.references import references, titles
from reportlint.rules import Finding, rule

_NUMBER = re.compile(
    r"(?P<prefix>[\u4e00-\u9fff]{2,12}?)?(?P<open>[〔\[(【〈<{「『])\s*(?P<year>(?:19|20)\d\d)\s*(?P<close>[〕\])】〉>}」』]?)\s*第?(?P<no>\d{1,4})\s*号"
)
_ORGAN = re.compile("(?:国办公开办函|国办秘函|国办函|国办发|国发|国办公开办|[\u4e00-\u9fff]{1,8}[发函办字规文通电公])$")
_DECREE = re.compile(r"国务院令?\s*第?\s*(?P<no>\d{3})\s*号")
_JOINED = re.compile(
    "(?:的通知)?[ (]*(?:中华人民共和国|国办公开办函|国办函|国办发|国发|(?![和与及、])[\u4e00-\u9fff]{1,6}[函发字])?"
)
"""What may stand between a document's name and its number."""


@rule(
    on=Report,
    severity="warning",
    fix="safe",
    zh="{what}",
    en="{what}",
    remarks={
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

    Names and numbers are those of spec §2.3; what applies to which year is §1 and §8.8 (N1–N4).
    """
    for paragraph in report.paragraphs:
        told: set[Span] = set()
        for finding in _numbers(paragraph, report.year):
            if finding.span not in told:
                told.add(finding.span)
                yield finding


def _numbers(paragraph: Paragraph, year: int | None) -> Iterator[Finding]:
    text, known = paragraph.text, references()
    numbers = [(match.start("open"), match.end(), _read(match)) for match in _NUMBER.finditer(text) if match["prefix"]]
    decrees = [(match.start(), match.end(), f"国务院令第{match['no']}号") for match in _DECREE.finditer(text)]
    for start, end in titles(paragraph):
        document = known.named(text[start + 1 : end - 1])
        if document is None:
            continue
        near = [n for n in (*numbers, *decrees) if n[0] >= end and _JOINED.fullmatch(text, end, n[0])]
        for first, last, number in near[:1]:
            if number not in document.numbers:
                span = paragraph.span(_begin(text, first), last)
                what = document_number.words("number", name=document.name, right=document.numbers[0], found=number)
                edit = Fix((Edit(span, document.numbers[0]),), Safety.UNSAFE)
                yield Finding(span, what=what).fixed_by(edit)
        if document.superseded and year and year >= document.superseded:
            what = document_number.words("superseded", found=f"《{document.name}》", year=year, by=document.by)
            yield Finding(paragraph.span(start, end), what=what)
    for first, last, number in (*numbers, *decrees):
        for old in known.superseded:
            if number == old.number and year and year >= old.first:
                what = document_number.words("superseded", found=number, year=year, by=old.by)
                yield Finding(paragraph.span(_begin(text, first), last), what=what)
    for match in _NUMBER.finditer(text):
        if match["prefix"] and _ORGAN.search(match["prefix"]) and (match["open"], match["close"]) != ("〔", "〕"):
            span = paragraph.span(match.start("open"), match.end())
            what = document_number.words("brackets", found=text[_begin(text, match.start("open")) : match.end()])
            yield Finding(span, what=what).fixed_by(_brackets(paragraph, match))


def _read(match: re.Match[str]) -> str:
    """The number in its right form, from the organ's word on."""
    prefix = re.search("(?:国办公开办函|国办函|国办发|国发|[\u4e00-\u9fff]+)$", match["prefix"])
    organ = next(
        (w for w in ("国办公开办函", "国办函", "国办发", "国发") if match["prefix"].endswith(w)),
        prefix[0] if prefix else "",
    )
    return f"{organ}〔{match['year']}〕{match['no']}号"


def _begin(text: str, at: int) -> int:
    """Where the organ's word in front of a bracket begins, if it is one of the central government's."""
    return next((at - len(w) for w in ("国办公开办函", "国办函", "国办发", "国发") if text.endswith(w, 0, at)), at)


def _brackets(paragraph: Paragraph, match: re.Match[str]) -> Fix | None:
    edits = [Edit(paragraph.span(*match.span("open")), "〔")] if match["open"] != "〔" else []
    if not match["close"]:
        # 〔202130号: where the year ends is plain, but a digit may be lost too.
        at = paragraph.span(match.end("year"), match.end("year"))
        return Fix((*edits, Edit(at, "〕")), Safety.UNSAFE)
    if match["close"] != "〕":
        edits.append(Edit(paragraph.span(*match.span("close")), "〕"))
    return Fix(tuple(edits))
