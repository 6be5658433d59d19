"""Figures that prose states: what is counted, how many, where and for which year.

The words and patterns are data (grammar/statements.toml). A sentence is read clause by clause;
what a clause leaves out (收到 15 件, of what?) is taken from the sentence and the paragraph. What
no pattern covers is not understood, and nothing is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache

from reportlint.budget import PROSE, Spent
from reportlint.forms.form import Form
from reportlint.late import Late
from reportlint.model import Paragraph, Report
from reportlint.prose.context import Context
from reportlint.prose.lexicon import Amount, Cue, Lexicon, lexicon, spread, strange
from reportlint.prose.patterns import Pattern
from reportlint.prose.sentences import Clause, Sentence, Statement
from reportlint.text.keys import split_number
from reportlint.text.markup import plain
from reportlint.text.organs import TIER
from reportlint.words import either

_SENTENCE = Late(r"[^。!?\n]+[。!?\n]?")
_CLAUSE = Late(r"(?:[^,:;()。!?\n]|(?<=\d),(?=\d{3}(?!\d)))+|[,:;()。!?\n]")
_RELEVANT = (
    "申请|复议|诉讼|规范性文件|规章|许可|处罚|强制|收费|处理费|其中|占|包括|分别|率|%"
    "|合计|共计|总计|,共(?:发布|公开)?\\d"
)
_OF_A_PART = Late(f"{either('figures', 'of_a_part')}$")
_OF_ALL = Late(either("figures", "of_all"))
_MONEY = ("元", "万元")
_NEAR = 6
_BLANKS = " \t\n"
_SHORT = 60
_HEADING = 24
_STOP = Late(r"[,:;。!?\n|]")
_NO_TOPIC = frozenset[str]()


def read_sentences(report: Report) -> list[Sentence]:
    """Every sentence of the report's prose that may state a figure, in order, with its statements.

    Reading ends where the report's budget is spent.
    """
    found: list[Sentence] = []
    relevant = _relevant(report.form)
    for paragraph, topics in _spoken_of(report):
        if topics or relevant.search(paragraph.text):
            reader = _Reader(report, paragraph, topics)
            try:
                found.extend(reader.sentences())
            except Spent:
                break
    return found


def _spoken_of(report: Report) -> Iterator[tuple[Paragraph, frozenset[str]]]:
    """Every paragraph of the prose, with what the tables of its section are about."""
    told = report.form.topics
    yield from ((paragraph, _NO_TOPIC) for paragraph in report.preface)
    for section in report.sections:
        topics = frozenset(told[table.rule] for table in section.form.tables if table.rule in told)
        announced = _NO_TOPIC
        for paragraph in section.paragraphs:
            yield paragraph, topics | announced
            announced = _announced(paragraph.text, report.form)


def _announced(text: str, form: Form) -> frozenset[str]:
    """What a heading on a line of its own says that the next paragraph speaks of: （二）依申请公开."""
    if len(text) > _HEADING or _STOP.search(text):
        return _NO_TOPIC
    named = any(cue.kind == "application" for cue in _cues("".join(text.split()), form))
    return frozenset(("applications",)) if named else _NO_TOPIC


def _is_of_a_part(front: str) -> bool:
    """Whether what had none of something is one channel, area or time of several."""
    return _OF_A_PART.search(front) is not None and _OF_ALL.search(front) is None


@cache
def _rows(form: Form) -> dict[str, list[tuple[str, str, str]]]:
    """What prose may call a row, by first character: the name, how it is read, and the row.

    The labels of rows inside groups, each a `leaf`, and whatever short names the form gives; those of
    other rows are `named` and need nothing around them to be understood.
    """
    found: dict[str, list[tuple[str, str, str]]] = {}
    for table in form.tables:
        for row in table.rows:
            if row.is_group:
                continue
            names = set(form.aliases.get(row.label, ()))
            if row.depth > 1:
                body = split_number(form.canonical[row.label])[1].replace(",", "、")
                names |= {body, body.removeprefix("属于"), body.replace('"', "")}
            for name in names:
                if len(name) > (3 if row.depth > 1 else 1):
                    found.setdefault(name[0], []).append((name, "leaf" if row.depth > 1 else "named", row.label))
    return found


@cache
def _relevant(form: Form) -> re.Pattern[str]:
    """Words without one of which a paragraph that no heading stands above states nothing of the form's tables."""
    named = [re.escape(name) for names in _rows(form).values() for name, kind, _ in names if kind == "named"]
    return re.compile("|".join([_RELEVANT, *sorted(named)]))


def _cues(clause: str, form: Form) -> Iterable[Cue]:
    """The cues of a clause; short ones come again, in the next report and whenever an editor changes another."""
    return _cues_again(clause, form) if len(clause) <= _SHORT else lexicon().cues(clause, _rows(form))


@lru_cache(maxsize=1024)
def _cues_again(clause: str, form: Form) -> tuple[Cue, ...]:
    return tuple(lexicon().cues(clause, _rows(form)))


class _Reader:
    """Reads one paragraph, clause by clause."""

    def __init__(self, report: Report, paragraph: Paragraph, topics: frozenset[str]) -> None:
        self.text = report.source.text
        self.paragraph = paragraph
        self.budget = report.budget
        self.form = report.form
        self.words: Lexicon = lexicon()
        tier = TIER.search(report.organ or "")
        self.context = Context(report.year, "applications" in topics, "disputes" in topics, tier[1] if tier else "")

    def sentences(self) -> Iterator[Sentence]:
        """The paragraph's sentences."""
        squeezed = self.paragraph.text
        places: Sequence[int] = range(len(squeezed))
        if any(blank in squeezed for blank in _BLANKS):
            places = tuple(n for n, char in enumerate(squeezed) if char not in _BLANKS)
            squeezed = "".join(squeezed[n] for n in places)
        for match in _SENTENCE.finditer(squeezed):
            yield self.sentence(match[0], places[match.start() : match.end()])

    def sentence(self, text: str, places: Sequence[int]) -> Sentence:
        """One sentence with its statements."""
        self.context = self.context.next(text)
        sentence = Sentence(text, places, self.paragraph, tuple(self.clauses(text)))
        found: list[Statement] = []
        for clause in sentence.clauses:
            found.extend(self.clause(sentence, clause))
        return sentence._replace(statements=tuple(found))

    def clauses(self, text: str) -> Iterator[Clause]:
        """The sentence parted at its stops."""
        stop = ""
        for match in _CLAUSE.finditer(text):
            if len(match[0]) == 1 and match[0] in ",:;()。!?\n":
                stop = match[0]
                if stop in "()":
                    yield Clause("", match.start(), stop, ())
                continue
            cues = self.budget.counted(_cues(match[0], self.form), PROSE)
            yield Clause(match[0], match.start(), stop, tuple(cues))

    def clause(self, sentence: Sentence, clause: Clause) -> Iterator[Statement]:
        """The statements of a clause."""
        context = self.context
        if clause.bracket == "(":
            context.outer.append((context.scope, context.year))
        elif clause.bracket == ")":
            context.scope, context.year = context.outer.pop() if context.outer else (context.scope, context.year)
        context.begin_clause(clause.text)
        named = any(cue.kind == "application" for cue in clause.cues)
        context.applications |= named
        understood: set[int] = set()
        for parts in spread(list(clause.cues), context.applications):
            for statement, matched in self.match(sentence, clause, parts):
                understood |= {cue.start for cue in matched}
                if statement is not None:
                    context.last = context.last if statement.amount is None else statement.subject
                    yield statement
        if any(strange(clause.cues, n) for n, cue in enumerate(clause.cues) if cue.start not in understood):
            # Something else is counted from here on, until applications are named again.
            context.applications = named and bool(understood)

    def match(
        self, sentence: Sentence, clause: Clause, cues: list[Cue]
    ) -> Iterator[tuple[Statement | None, list[Cue]]]:
        """The statements that the patterns find among cues, each with its cues.

        None stands for figures that were understood and are none that a table holds.
        """
        context = self.context
        if not any(cue.kind in self.words.roles["telling"] for cue in cues):
            context.note(cues, clause.text)
            return
        disputed = next((cue.start for cue in cues if cue.kind in ("review", "litigation")), len(clause.text))
        names_regulation = any(cue.kind in ("normative", "rules") for cue in cues)
        topics = context.topics(clause.start + disputed, names_regulation)
        changed = next((n for n, cue in enumerate(cues) if cue.kind in self.words.roles["changing"]), len(cues))
        done, other = 0, False
        for pattern, start, end in self.words.patterns.find((cue.kind for cue in cues), topics):
            context.note(cues[done:start], clause.text)
            other |= any(strange(cues, n) for n in range(done, start))
            done = end
            matched = cues[start:end]
            context.note([cue for cue in matched if cue.kind not in ("year", "last_year")], clause.text)
            if pattern.topic in ("applications", "disputes"):
                other |= any(cue.kind == "aside" for cue in cues[max(0, start - _NEAR) : start])
            told_apart = end < len(cues) and cues[end].kind == "involve"
            if changed < end or told_apart or (other and pattern.topic in ("applications", "disputes")):
                continue
            if pattern.none and _is_of_a_part(clause.text[: matched[0].start]):
                continue
            if not pattern.none and not pattern.claim and self.of_several(cues, start):
                continue
            around = cues[max(0, start - 1) : end + 1]
            subject, year = self.subject(pattern, matched, around)
            torn = clause.start + len(clause.text) == len(sentence.text)
            if not self.counted(pattern, subject, matched, torn and end == len(cues)):
                continue
            if subject == "ignored":
                yield None, matched
            elif subject:
                ahead = cues[start - 1] if start else None
                yield self.statement(sentence, clause, pattern, matched, subject, year, ahead), matched
        context.note(cues[done:], clause.text)

    def of_several(self, cues: list[Cue], start: int) -> bool:
        """Whether what is counted is the last of several that have one figure: 行政许可、行政处罚36件."""
        if start < 2 or cues[start - 1].kind != "and" or cues[start].kind not in self.words.roles["countable"]:
            return False
        return cues[start - 2].kind not in ("amount", "percent")

    def counted(self, pattern: Pattern, subject: str, matched: list[Cue], torn: bool) -> bool:
        """Whether a subject is counted with this measure word, and can be in this sentence.

        At a sentence's end without a stop (`torn`) a bare figure may be the first half of one.
        """
        amount = next((cue.amount for cue in matched if cue.kind == "amount"), None)
        if amount is not None and not self.words.counts(subject, amount.unit):
            return False
        if amount is not None and torn and not amount.unit:
            return False
        if amount is not None and amount.unit not in _MONEY and not amount.within and amount.value % 1:
            return False  # a mean
        return self.context.admits(pattern.subject, {cue.kind for cue in matched})

    def statement(
        self,
        sentence: Sentence,
        clause: Clause,
        pattern: Pattern,
        matched: list[Cue],
        subject: str,
        year: int | None,
        ahead: Cue | None,
    ) -> Statement:
        amounts = [cue for cue in matched if cue.kind == "amount"]
        at = matched if pattern.none or pattern.claim else amounts[:1]
        amount = None if pattern.claim else Amount(Decimal(0), Decimal(0), "") if pattern.none else amounts[0].amount
        span = sentence.span(clause.start + at[0].start, clause.start + at[-1].end)
        first, last = min(cue.start for cue in matched), max(cue.end for cue in matched)
        scope = self.context.actor(clause.text, first, ahead)
        phrase = "".join(plain(self.text[slice(*sentence.span(clause.start + first, clause.start + last))]).split())
        return Statement(
            subject, amount, span, phrase, self.paragraph, scope, year, pattern.none, frozenset(self.context.seen)
        )

    def subject(self, pattern: Pattern, matched: list[Cue], around: list[Cue]) -> tuple[str, int | None]:
        """What a pattern counts here, in full, and the year that is not the report's."""
        name, context = pattern.subject, self.context
        year = context.year if context.year != context.report_year else None
        kinds = {cue.kind for cue in matched}
        if pattern.none and {"review", "litigation"} <= kinds:
            return "disputes", year
        if name == "leaf":
            return next(cue.row for cue in matched if cue.row), year
        if name in ("upheld", "corrected", "other_result", "pending"):
            block = "disputes" if context.blocks == {"review", "litigation"} else context.block
            return (f"{block}.{name}" if block else ""), year
        if "lose" in kinds:
            return f"litigation.{name}", year
        if name in ("all_upheld", "none_corrected"):
            block = next(iter(context.blocks)) if len(context.blocks) == 1 else "disputes"
            return f"{block}.{name}", year
        if name == "all_done" and any(cue.amount and cue.amount.value != 100 for cue in matched):
            return "", None
        if name.startswith("regulation."):
            return (name.replace("regulation", context.regulation) if context.regulation else ""), year
        if name == "carried":
            return self.carried(around), None
        return name, year

    def carried(self, around: list[Cue]) -> str:
        """Whether what was carried came from last year or goes to the next, where a year tells."""
        own = self.context.report_year
        years = [cue.year for cue in around if cue.kind == "year" and cue.year]
        if own is None:
            return "carried"
        if not years and self.context.year == own - 1:
            years = [own - 1]
        if not years or years[-1] == own:
            return "carried"
        return "forward" if years[-1] > own else "carried_over"
