"""What a text is: whether a report, whose, and of which year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlint.forms.form import Form
from reportlint.late import Late
from reportlint.model import Date, How, Label, Paragraph, Section, Title
from reportlint.parse.naming import SPAN_OF_YEAR, named
from reportlint.parse.titles import is_other_kind, is_rule
from reportlint.parse.tokens import Token
from reportlint.text.keys import key, split_number
from reportlint.text.organs import OURSELVES, THROUGHOUT
from reportlint.text.years import YEAR, read_year
from reportlint.words import either, listed

_PERIOD = Late(r"(20[0-4]\d)年1月1日")
_OPENING = Late(rf"\s*(?:{YEAR.pattern})(?=[,，以来是])")
_OPENS = Late(rf"\s*(?:{YEAR.pattern})(?={OURSELVES}|{THROUGHOUT})")
"""2021年度我乡…, which may also begin a sentence on another year."""
_STATISTICS = Late(either("period", "statistics"))
_THIS = Late("本(?:年度|年)?(?:报告|年报)")
_FRONT_LINES = 12
_KINDS = listed("page", "kinds")
_SUMMARIES = listed("page", "summaries")
_TITLE_LENGTH = 50
_LISTED = 3
_ANY = Late(r"(?<!\d)(20[0-4]\d)年")
_ITEM = Late(
    r"\s*(?:\([一二三四五六七八九十]{1,2}\)[^。:;,\d]{2,24}[。:])?\s*(20[0-4]\d)年度?[,，]?(?!以来|起|底|末|初)"
)
"""A paragraph that begins with a year, behind its heading or without one."""
_OFTEN, _NEARLY_ALL = 4, 0.9
_AHEAD = 40
"""So near behind a year 将 says that what follows is planned."""
_DUTY = Late(r"条例》?(?:的?有关规定)?(?:\([^()]*\))?第(?:四十九|五十|49|50)条")
"""The articles that ask for the report."""
_MOST_ASPECTS = 5
"""So many aspects of the overview make a report of what is called one and has none of the form's headings."""
_ROWS = 8
"""Tables without any heading have so many rows with figures where they are a report's."""
_PICTURED = "一图"
"""So begins what a page of pictures calls itself; 解读 may be a menu's."""
_HEADED = 4
"""So many of the form's headings, as it has them, tell that a report follows it."""
_FILLED = 2
"""So many tables with figures are a report's."""
_OWN_HEADINGS = 2
"""So many headings in its own words make a report of what is called one."""


def year_of(
    title: Title | None, opening: Sequence[Paragraph], sections: Sequence[Section], date: Date | None, form: Form
) -> int | None:
    """The report's year: from its title, its period, its name in a sentence, the overview's opening, or its date.

    Where all of the others name one year, and they are several, a title with another one is wrong.
    """
    if title and title.year:
        others = _told(opening, sections, date)
        return others[0] if len(others) > 1 and len(set(others)) == 1 else title.year
    for paragraph in opening:
        if match := _PERIOD.search(paragraph.text.replace(" ", "")):
            stated = int(match[1])
            items = _begun(sections)
            said, opened = named(opening, form), _opened(sections)
            if said.year and not said.quoted and said.year == opened:
                return opened  # and not that of a period that was left over
            # A period that was left over: every item is on the year after it.
            left_over = len(items) > 1 and set(items) == {stated + 1} and (not date or date.year == stated + 2)
            return stated + 1 if left_over else stated
    first = next((p for s in sections[:1] for p in s.paragraphs), None)
    own = _opened(sections)
    said = named(opening, form)
    if said.year and not (said.quoted and own == said.year + 1):
        return said.year  # else it is the report of the year before, which was published in this one
    if own is not None:
        return own
    loose = _OPENS.match(first.text) if first else None
    opened = read_year(loose[0]) if loose else None
    if opened is not None and (date is None or date.year - 1 == opened):
        return opened
    return date.year - 1 if date else _told_most(sections, form)


def _opened(sections: Sequence[Section]) -> int | None:
    """The year with which the overview opens."""
    first = next((p for s in sections[:1] for p in s.paragraphs), None)
    begun = _OPENING.match(first.text) if first else None
    return read_year(begun[0]) if begun else None


def _begun(sections: Sequence[Section]) -> list[int]:
    """The years with which items of the overview begin."""
    begun = ((_ITEM.match(p.text), p.text) for s in sections[:1] for p in s.paragraphs)
    # What is planned is of the next year.
    return [int(m[1]) for m, text in begun if m and "将" not in text[m.end() : m.end() + _AHEAD]]


def _told_most(sections: Sequence[Section], form: Form) -> int | None:
    """The year that nearly all of a report's sentences on a year are on, if they are several."""
    begun = _begun(sections)
    years = [int(match[1]) for section in sections for match in _ANY.finditer(section.text)]
    of_it = [int(year) for s in sections if s.name not in form.plans for year in _ANY.findall(s.text)]
    if len(of_it) > 1 and len(set(of_it)) == 1 and max(years) <= of_it[0] + 1:
        return of_it[0]
    told = {int(year) for section in sections[:1] for year in _ANY.findall(section.text)}
    if len(begun) > 1 and len(set(begun)) == 1 and max(told) == begun[0] and max(years) <= begun[0] + 1:
        return begun[0]
    most = max(sorted(set(years)), key=years.count, default=None)
    return most if most and years.count(most) >= max(_OFTEN, _NEARLY_ALL * len(years)) else None


def _told(opening: Sequence[Paragraph], sections: Sequence[Section], date: Date | None) -> list[int]:
    """The years that the period, the overview's opening and the date give a report, as far as each does."""
    periods = (_PERIOD.search(paragraph.text.replace(" ", "")) for paragraph in opening)
    told = [
        next((int(match[1]) for match in periods if match), None),
        _opened(sections),
        date.year - 1 if date else None,
    ]
    return [year for year in told if year is not None]


def agrees(title: Title | None, opening: Sequence[Paragraph], date: Date | None) -> bool:
    """Whether the title's year is not another one than the period's and the date's."""
    if not title or not title.year:
        return True
    periods = (_PERIOD.search(paragraph.text.replace(" ", "")) for paragraph in opening)
    stated = next((int(match[1]) for match in periods if match), title.year)
    return title.year == stated or (date is not None and date.year - 1 == title.year)


def is_report(
    front: Sequence[Token],
    title: Title | None,
    opening: Sequence[Paragraph],
    sections: Sequence[Section],
    form: Form,
) -> bool:
    """Whether enough of the form is there to call a text a report; `front` is what stands before its sections."""
    lines = [token for token in front if token.kind == "TEXT"][:_FRONT_LINES]
    there = [section for section in sections if _tells(section.heading, form)]
    tables = sum(bool(t.present and t.has_figures) for s in sections for t in s.tables)
    others = [token.text for token in lines if is_other_kind(token.text, form)] if title is None else []
    if others:
        # What is called a summary and has all that a report has is one under a wrong title.
        return tables >= _FILLED and len(there) >= _HEADED and all(text.endswith(_SUMMARIES) for text in others)
    if title is None and len(there) < _HEADED and tables < _FILLED and lines and is_rule(lines[0].text, form):
        return False
    entitled = next((token.cell.line for token in front if token.kind == "TITLE"), None)
    if any(token.cell.line == entitled and token.text in form.other_kinds for token in lines):
        return False
    if any(token.text in form.other_kinds and token.text.startswith(_PICTURED) for token in lines):
        return False
    told = named(opening, form).year
    if title is not None or told is not None or _says_what_it_is(opening, form):
        year = title.year if title is not None else told
        # What is called a report of before the form, or says which parts it has, may be headed in its own way.
        loose = _says_what_it_is(opening, form) or (title is not None and _is_before(year, form))
        headed = loose and any(not section.heading.missing for section in sections)
        found = len(there) + tables >= 1 or headed or _is_free_text(year, front, sections, form)
        found = found or (title is not None and year is not None and _treats(front, sections, form) >= _MOST_ASPECTS)
        return found or _is_made_of(opening, form)
    rows = sum(bool(row.figures) for s in sections for t in s.tables for row in t.rows)
    drawn_up = tables >= _FILLED and (bool(there) or rows >= _ROWS)
    if any(_names_another_kind(token.text, form) for token in lines):
        return drawn_up
    # Reports of other work have an overview, problems and other matters too.
    own = any(section.tables or _names_subject(section, form) for section in there)
    numbered = sum(_has_its_number(section.heading, form) for section in there)
    return (own and len(there) >= 2) or numbered >= 2 or drawn_up


def _is_made_of(opening: Iterable[Paragraph], form: Form) -> bool:
    """Whether a preface says that this report is made of the form's parts, all but one."""
    for paragraph in opening:
        text = key(paragraph.text)
        if _THIS.search(text) and len(form.sections_named(text)) >= len(form.sections) - 1:
            return True
    return False


def _says_what_it_is(opening: Iterable[Paragraph], form: Form) -> bool:
    """Whether a preface says which parts the report has, or which period its figures are of."""
    for paragraph in opening:
        text = key(paragraph.text)
        about = "报告" in text and all(word in text for word in form.title_words)
        if about and _DUTY.search(text):
            return True
        if about and _STATISTICS.search(text) and SPAN_OF_YEAR.search(YEAR.sub("", text)):
            return True
        if len(form.sections_named(text)) >= _LISTED:
            return True
    return False


def _names_another_kind(text: str, form: Form) -> bool:
    """Whether a line (its key) is the title of a report or a summary of other work: 2023年法治政府建设年度报告."""
    if not YEAR.search(text) or len(text) > _TITLE_LENGTH or any(mark in text for mark in "。;:"):
        return False
    return text.endswith(_KINDS) and not all(word in text for word in form.title_words)


def _names_subject(section: Section, form: Form) -> bool:
    """Whether a section's heading, as it stands, says what such reports are about."""
    return any(word in key(section.heading.text) for word in form.title_words)


def _has_its_number(heading: Label, form: Form) -> bool:
    """Whether a heading carries the number that it has in the form."""
    return split_number(key(heading.text))[0] == split_number(form.canonical[heading.terminal])[0] != ""


def _is_free_text(year: int | None, front: Sequence[Token], sections: Sequence[Section], form: Form) -> bool:
    """Whether a text that is called a report, of a year without form, speaks of most of what the overview must.

    Or is headed throughout, if in its own words.
    """
    if not _is_before(year, form):
        return False
    renamed = sum(section.heading.how is How.RENAMED for section in sections)
    if renamed + sum(token.kind == "HEADING" for token in front) >= _OWN_HEADINGS:
        return True
    return _treats(front, sections, form) >= _LISTED


def _treats(front: Sequence[Token], sections: Sequence[Section], form: Form) -> int:
    """How many of the aspects that the overview must treat a text speaks of by their names."""
    text = "".join((*(token.text for token in front), *(section.text for section in sections)))
    return sum(any(word in text for word in aspect.words) for s in form.sections for aspect in s.aspects)


def _is_before(year: int | None, form: Form) -> bool:
    """Whether a year is before the form's first one is over."""
    return year is not None and year <= form.since


def _tells(heading: Label, form: Form) -> bool:
    """Whether a heading is there and is the form's, not one that any text may have (概述, 存在的问题)."""
    body = split_number(key(heading.text))[1]
    return not heading.missing and (body not in form.misnamed or any(w in body for w in ("公开", "申请", "复议")))


def is_free(year: int | None, sections: Sequence[Section], form: Form) -> bool:
    """Whether a report is of before the form, or of its first year and neither headed nor drawn up after it."""
    if year is None or not form.since or year > form.since:
        return False
    exact = [section for section in sections if section.heading.how is How.EXACT]
    # What reports were before it had headings of their own for what it has in tables.
    headed = len(exact) >= _HEADED and all(section in exact for section in sections if section.form.tables)
    return year < form.since or not (headed or any(t.has_figures for section in sections for t in section.tables))


def is_related(folded: str, tokens: Iterable[Token], sections: Sequence[Section], form: Form) -> bool:
    """Whether a text has words of such a report: those of its title, two headings, or three labels."""
    words, text = form.title_words, key(folded)
    headings = sum(not section.heading.missing for section in sections)
    labels = {token.kind for token in tokens if token.is_label and token.how is How.EXACT}
    return (bool(words) and all(word in text for word in words)) or headings >= 2 or len(labels) >= 3
