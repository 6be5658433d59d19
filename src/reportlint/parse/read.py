"""From a source to a report: fold, lay out, choose the form, tokenize, parse, build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from reportlint.characters import visible
from reportlint.forms.form import Form
from reportlint.forms.load import registered
from reportlint.late import Late
from reportlint.model import Report
from reportlint.parse.build import build
from reportlint.parse.contents import without_contents
from reportlint.parse.inline import unfold_lines
from reportlint.parse.joining import read_tokens
from reportlint.parse.jumbled import set_aside
from reportlint.parse.layout import MOST_WORDS, Segment, TooLong, cells
from reportlint.parse.nodes import Parse
from reportlint.parse.order import Outline, arrange
from reportlint.parse.repair import parse
from reportlint.parse.several import parted
from reportlint.parse.titles import find_titles
from reportlint.parse.tokens import Token
from reportlint.source import Source, UnreadableFile
from reportlint.text.fold import Folded, fold
from reportlint.text.keys import key
from reportlint.text.webpage import is_page
from reportlint.tuples import NamedTuple

_YEAR = Late(r"20[0-4]\d(?=年)")
_DISTINCT = 5
"""Shorter wordings of one form turn up in the prose of the other."""


class Read(NamedTuple):
    """A text parsed under the form that fits it."""

    folded: Folded
    form: Form
    outline: Outline
    parse: Parse


def read_report(source: Source, forms: tuple[Form, ...] | None = None) -> Report:
    """The report in `source`; of several forms the one whose labels it holds.

    Always returns a report; `recognised` says whether it is one, `following` are those that stand behind
    it. Raises UnreadableFile for a text longer than any report.
    """
    first, *others = (build(source, *read) for read in _reads(source, forms or registered()))
    return first._replace(following=tuple(others)) if others else first


def read_text(source: Source, forms: tuple[Form, ...] | None = None) -> Read:
    """A text parsed under each form that it may have, and of these the one that fits. Raises UnreadableFile.

    Of several reports in one text the first.
    """
    return next(_reads(source, forms or registered()))


def _reads(source: Source, forms: tuple[Form, ...]) -> Iterator[Read]:
    folded = fold(source.text)
    try:
        laid_out = without_contents(folded.text, unfold_lines(folded.text, cells(folded.text), forms), forms[0])
    except TooLong:
        shown = visible(source.path)
        raise UnreadableFile(
            f"{shown} 超过 {MOST_WORDS} 个词和表格单元；一份报告只有几百个，请拆分文件",
            f"{shown} has more than {MOST_WORDS} words and cells; a report has some hundreds: split the file",
        ) from None
    for part in parted(folded.text, laid_out, forms[0], is_page="<" in source.text and is_page(source.text)):
        whole = len(part) == len(laid_out)
        text = key(folded.text if whole else folded.text[part[0].start : part[-1].end])
        yield _fitting(folded, part, text, forms)


def _fitting(folded: Folded, laid_out: list[Segment], text: str, forms: tuple[Form, ...]) -> Read:
    found = []
    year = _year(text)
    for form in _likely(text, forms, lambda: _short(folded.text, laid_out), year):
        tokens = find_titles(read_tokens(folded.text, laid_out, form), form, folded.text)
        outline = arrange(tokens, form)
        parsed = parse(outline.tokens, form)
        if parsed.cost:  # a sound report has no such tables
            tokens, jumbled = set_aside(tokens, form)
            if jumbled:
                outline = arrange(tokens, form)._replace(jumbled=jumbled)
                parsed = parse(outline.tokens, form)
        found.append(Read(folded, form, outline, parsed))

    def fit(read: Read) -> tuple[int, int, bool]:
        """Of forms that need the same repairs the one with more of the report's words, then the one of its year."""
        known = _known(read.outline.tokens, read.form)
        return read.parse.cost, -known, year is None or not read.form.covers(year)

    return min(reversed(found), key=fit)


def _known(tokens: Iterable[Token], form: Form) -> int:
    """How many tokens are labels of the form."""
    return sum(token.kind in form.labels for token in tokens)


@cache
def _telling_wordings(forms: tuple[Form, ...]) -> dict[Form, list[str]]:
    """The wordings of each form that not all of them have."""
    having = {}
    every = {form: "\n".join(form.keys) for form in forms}
    for wording in {w for form in forms for w in form.keys if len(w) >= _DISTINCT}:
        having[wording] = [form for form in forms if wording in every[form]]
    return {
        form: sorted(w for w, owners in having.items() if form in owners and len(owners) < len(forms)) for form in forms
    }


_CLEAR, _CELL = 3, 48
"""So many wordings of one form tell that a text is of it; fewer do in cells, which are no longer than that."""


def _likely(text: str, forms: tuple[Form, ...], cells: Callable[[], str], year: int | None = None) -> tuple[Form, ...]:
    """The forms whose labels the text holds most of; where nothing tells those of its `year`, else all.

    A few may stand in sentences, which tell nothing: then only those in `cells` count.
    """
    if len(forms) == 1:
        return forms
    likely, count = _most(text, forms)
    if count >= _CLEAR:
        return likely
    likely, count = _most(cells(), forms)
    of_year = tuple(form for form in likely if year is not None and form.covers(year))
    return of_year if count == 0 and of_year else likely


def _most(text: str, forms: tuple[Form, ...]) -> tuple[tuple[Form, ...], int]:
    """The forms of whose wordings a text holds about the most, and how many that are."""
    scores = {form: sum(wording in text for wording in own) for form, own in _telling_wordings(forms).items()}
    best = max(scores.values())
    return tuple(form for form in forms if scores[form] * 2 >= best), best


def _short(folded: str, laid_out: list[Segment]) -> str:
    """The short cells of a text that are no sentences, as labels are compared."""
    short = (folded[cell.start : cell.end] for cell in laid_out if cell.end - cell.start <= _CELL)
    return "\n".join(key(text) for text in short if "。" not in text)


def _year(text: str) -> int | None:
    """The year that a text names most often at its beginning."""
    years = [int(y) for y in _YEAR.findall(text)[:20]]
    return max(set(years), key=years.count) if years else None
