"""Figures that prose states: what is counted, how many, where and for which year.

The words and patterns are data (grammar/statements.toml). A sentence is read clause by clause;
what a clause leaves out (收到 15 件, of what?) is taken from the sentence and the paragraph. What
no pattern covers is not understood, and nothing is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from reportlint.cues import Amount, Cue, Lexicon, Pattern, lexicon
from reportlint.diagnostics import Span
from reportlint.forms import Form, split_number
from reportlint.model import Paragraph, Report, Section

_SENTENCE = re.compile(r"[^。!?\n]+[。!?\n]?")
_CLAUSE = re.compile(r"(?:[^,:;()。!?\n]|(?<=\d),(?=\d{3}(?!\d)))+|[,:;()。!?\n]")
_RELEVANT = re.compile("申请|复议|诉讼|规范性文件|规章|许可|处罚|强制|收费|处理费|其中|占|包括|分别")
_PUBLIC = re.compile("信息公开|依申请|申请公开")
_SCOPES = ("scope_whole", "scope_own", "scope_part", "organ")
_CHANGES = ("compare", "plan", "next_year")
_COUNTED = ("件", "件次", "宗", "起", "")
_NO_TOPIC = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure that a sentence states, or a claim that needs none (均获维持).

    `subject` is what is counted, a name of the form's [states]; `scope` whose count it is: ""
    where nothing is said, "whole" (全市), "part" (市本级, 各县区), "own" (本机关), or an organ as
    the sentence names it; `phrase` are the words that were understood. `year` is None where the report's own is meant.
    """

    subject: str
    amount: Amount | None
    span: Span
    phrase: str
    paragraph: Paragraph = field(repr=False)
    scope: str = ""
    year: int | None = None
    negated: bool = False

    @property
    def is_claim(self) -> bool:
        """Whether it says something of figures without stating one."""
        return self.amount is None or self.negated


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence between stops: its cues, and the stop in front of it."""

    text: str
    start: int
    stop: str
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without blanks; `places` gives each character its offset in the paragraph."""

    text: str
    places: tuple[int, ...] = field(repr=False)
    paragraph: Paragraph = field(repr=False)
    clauses: tuple[Clause, ...]
    statements: tuple[Statement, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The raw range of text[start:end]."""
        return self.paragraph.span(self.places[start], self.places[end - 1] + 1)


def read_sentences(report: Report) -> list[Sentence]:
    """Every sentence of the report's prose that may state a figure, in order, with its statements."""
    found: list[Sentence] = []
    topics = {id(p): frozenset(_topics(s)) for s in report.sections for p in s.paragraphs if s.form.tables}
    for paragraph in report.paragraphs:
        if _RELEVANT.search(paragraph.text):
            reader = _Reader(paragraph, report.form, report.year, topics.get(id(paragraph), _NO_TOPIC))
            found.extend(reader.sentences())
    return found


def _topics(section: Section) -> Iterator[str]:
    """What the notes of a section with tables are about."""
    rules = {table.rule for table in section.form.tables}
    if "table_applications" in rules:
        yield "applications"
    if "table_disputes" in rules:
        yield "disputes"


@cache
def _leaves(form: Form) -> dict[str, list[tuple[str, str]]]:
    """The labels of rows inside groups, as prose may name them, by first character."""
    found: dict[str, list[tuple[str, str]]] = {}
    for section in form.sections:
        for table in section.tables:
            for row in table.rows:
                if row.depth < 2 or row.is_group:
                    continue
                body = split_number(form.canonical[row.label])[1].replace(",", "、")
                for name in {body, body.removeprefix("属于"), body.replace('"', "")}:
                    if len(name) > 3:
                        found.setdefault(name[0], []).append((name, row.label))
    return found


@cache
def _combined(topics: frozenset[str]) -> tuple[re.Pattern[str], list[Pattern]]:
    """All patterns that need no other topic as one expression, and the pattern of each group."""
    patterns = [p for p in lexicon().patterns if not p.topic or p.topic in topics]
    return re.compile("|".join(f"(?P<p{n}>{p.regex.pattern})" for n, p in enumerate(patterns))), patterns


class _Reader:
    """Reads one paragraph; keeps what its clauses leave to what stands before them."""

    def __init__(self, paragraph: Paragraph, form: Form, year: int | None, topics: frozenset[str]) -> None:
        self.paragraph = paragraph
        self.report_year = year
        self.leaves = _leaves(form)
        self.words: Lexicon = lexicon()
        self.applications = "applications" in topics
        self.disputes = "disputes" in topics
        self.scope = ""
        self.year: int | None = None
        self.block = self.regulation = ""
        self.closed = False
        self.blocks: set[str] = set()
        self.stack: list[tuple[str, int | None]] = []

    def sentences(self) -> Iterator[Sentence]:
        """The paragraph's sentences."""
        places = tuple(n for n, c in enumerate(self.paragraph.text) if c not in " \t\n")
        squeezed = "".join(self.paragraph.text[n] for n in places)
        for match in _SENTENCE.finditer(squeezed):
            yield self.sentence(match[0], places[match.start() : match.end()])

    def sentence(self, text: str, places: tuple[int, ...]) -> Sentence:
        """One sentence with its statements."""
        self.scope, self.year, self.block, self.regulation, self.closed = "", None, "", "", False
        self.stack.clear()
        self.blocks.clear()
        self.public = self.applications or self.disputes or bool(_PUBLIC.search(text))
        sentence = Sentence(text, places, self.paragraph, tuple(self.clauses(text)))
        found: list[Statement] = []
        for clause in sentence.clauses:
            found.extend(self.clause(sentence, clause))
        return replace(sentence, statements=tuple(found))

    def clauses(self, text: str) -> Iterator[Clause]:
        """The sentence parted at its stops."""
        stop = ""
        for match in _CLAUSE.finditer(text):
            if len(match[0]) == 1 and match[0] in ",:;()。!?\n":
                stop = match[0]
                if stop in "()":
                    yield Clause("", match.start(), stop, ())
                continue
            yield Clause(match[0], match.start(), stop, tuple(self.words.cues(match[0], self.leaves)))

    def clause(self, sentence: Sentence, clause: Clause) -> Iterator[Statement]:
        """The statements of a clause."""
        if clause.stop == "(" and not clause.cues:
            self.stack.append((self.scope, self.year))
            return
        if clause.stop == ")" and not clause.cues:
            self.scope, self.year = self.stack.pop() if self.stack else (self.scope, self.year)
            return
        kinds = {cue.kind for cue in clause.cues}
        if kinds & {"application"}:
            self.applications = self.public = True
        cues = list(clause.cues)
        understood: set[int] = set()
        for parts in self.spread(cues):
            made = list(self.match(sentence, clause, parts))
            understood |= {id(cue) for _, matched in made for cue in matched}
            yield from (statement for statement, _ in made)
        for n, cue in enumerate(cues):
            strange = (
                cue.kind == "amount" and id(cue) not in understood and cue.amount and cue.amount.unit in _COUNTED[:4]
            )
            if strange and any(0 <= m < len(cues) and cues[m].kind == "gap" for m in (n - 1, n + 1)):
                # Something else is counted from here on, until applications are named again.
                self.applications = self.public = False
        if not self.applications and kinds & {"application"}:
            self.applications = self.public = bool(understood)

    def spread(self, cues: list[Cue]) -> Iterator[list[Cue]]:
        """The clause, or where it counts several subjects in a row (分别为, 各), each on its own."""
        at = next((n for n, cue in enumerate(cues) if cue.kind in ("respectively", "each")), None)
        if at is None or not any(cue.kind == "and" for cue in cues[:at]):
            yield [cue for cue in cues if cue.kind != "each"]
            return
        subjects = _parted(cues[:at])
        amounts = [cue for cue in cues[at:] if cue.kind == "amount"]
        if not amounts:
            yield [cue for cue in cues if cue.kind != "each"]
            return
        if cues[at].kind == "each":
            amounts = amounts[:1] * len(subjects)
        if len(amounts) == len(subjects):
            shared = [cue for cue in subjects[0] if cue.kind in ("application", "receive", "review", "litigation")]
            for subject, amount in zip(subjects, amounts, strict=True):
                lacks = not any(c.kind in ("application", "review", "litigation") for c in subject)
                yield (
                    [*(shared[:1] if lacks and self.applications else ()), *subject, amount]
                    if lacks
                    else [*subject, amount]
                )

    def match(self, sentence: Sentence, clause: Clause, cues: list[Cue]) -> Iterator[tuple[Statement, list[Cue]]]:
        """The statements that the patterns find among cues, each with its cues."""
        topics = {
            "applications": self.applications,
            "disputes": self.public,
            "regulations": bool(self.regulation) or any(c.kind in ("normative", "rules") for c in cues),
        }
        regex, patterns = _combined(frozenset(topic for topic, on in topics.items() if on))
        code = self.words.code(cues)
        changed = next((n for n, cue in enumerate(cues) if cue.kind in _CHANGES), len(cues))
        done = 0
        for found in regex.finditer(code):
            self.note(cues[done : found.start()], clause.text)
            done = found.end()
            pattern = patterns[int(str(found.lastgroup)[1:])]
            matched = cues[found.start() : found.end()]
            rest = cues[found.end() : found.end() + 1]
            self.note([cue for cue in matched if cue.kind not in ("year", "last_year")], clause.text)
            if self.closed or changed < found.end():
                continue
            subject, year = self.subject(
                pattern, matched, [*cues[max(0, found.start() - 1) : found.start()], *matched, *rest]
            )
            amount = next((cue.amount for cue in matched if cue.kind == "amount"), None)
            if amount is not None and not self.words.counts(subject, amount.unit):
                continue
            if subject:
                yield self.statement(sentence, clause, pattern, matched, subject, year), matched
        self.note(cues[done:], clause.text)

    def statement(
        self, sentence: Sentence, clause: Clause, pattern: Pattern, matched: list[Cue], subject: str, year: int | None
    ) -> Statement:
        amounts = [cue for cue in matched if cue.kind == "amount"]
        at = amounts[:1] or matched
        if pattern.none or pattern.claim:
            at = matched
        amount = None if pattern.claim else Amount(Decimal(0), Decimal(0), "") if pattern.none else amounts[0].amount
        span = sentence.span(clause.start + at[0].start, clause.start + at[-1].end)
        whole = sorted(matched, key=lambda cue: cue.start)
        phrase = clause.text[whole[0].start : whole[-1].end]
        return Statement(subject, amount, span, phrase, self.paragraph, self.scope, year, pattern.none)

    def note(self, cues: list[Cue], text: str) -> None:
        """Take in what cues say of scope, year and subject for what follows in the sentence."""
        for before, cue in zip([None, *cues], cues, strict=False):
            kind = cue.kind
            if kind == "year":
                self.year = cue.year
            elif kind == "last_year":
                self.year = self.report_year - 1 if self.report_year else 0
            elif kind == "since" and before and before.kind == "year" and before.year == self.report_year:
                pass  # 2022年以来 in the report for 2022
            elif kind in ("since", "part_year"):
                self.closed = True
            elif kind in _SCOPES:
                joined = before is not None and before.kind in (*_SCOPES, "and")
                if not (joined and self.scope == "whole") and not (kind == "organ" and joined):
                    # 全区各部门、镇街 is the whole area; 县、区政府 are the counties.
                    self.scope = text[cue.start : cue.end] if kind == "organ" else kind.removeprefix("scope_")
            elif kind in ("review", "litigation", "direct", "after_review"):
                self.block = kind
                self.blocks.add("review" if kind == "review" else "litigation")
            elif kind in ("normative", "rules"):
                self.regulation = kind

    def subject(self, pattern: Pattern, matched: list[Cue], around: list[Cue]) -> tuple[str, int | None]:
        """What a pattern counts here, in full, and the year that is not the report's."""
        name = pattern.subject
        year = self.year if self.year != self.report_year else None
        kinds = {cue.kind for cue in matched}
        if pattern.none and {"review", "litigation"} <= kinds:
            return "disputes", year
        if name == "leaf":
            return next(cue.row for cue in matched if cue.kind == "leaf"), year
        if name in ("upheld", "corrected", "other_result", "pending"):
            return (f"{self.block}.{name}" if self.block else ""), year
        if name in ("all_upheld", "none_corrected"):
            block = next(iter(self.blocks)) if len(self.blocks) == 1 else "disputes"
            return f"{block}.{name}", year
        if name == "all_done" and any(cue.amount and cue.amount.value != 100 for cue in matched):
            return "", None
        if name.startswith("regulation."):
            return (name.replace("regulation", self.regulation) if self.regulation else ""), year
        if name == "carried":
            years = [cue.year for cue in around if cue.kind == "year" and cue.year]
            if self.year and not years and self.report_year and self.year == self.report_year - 1:
                years = [self.year]
            if not years or self.report_year is None:
                return name, None
            return (
                "forward" if years[-1] > self.report_year else "carried_over" if years[-1] < self.report_year else name
            ), None
        return name, year


def _parted(cues: list[Cue]) -> list[list[Cue]]:
    """Cues parted at every 、 or 和."""
    parts: list[list[Cue]] = [[]]
    for cue in cues:
        if cue.kind == "and":
            parts.append([])
        else:
            parts[-1].append(cue)
    return parts
