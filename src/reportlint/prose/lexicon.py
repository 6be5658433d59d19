"""The words of prose that tell what a figure counts: read into cues, one clause at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from reportlint.late import Late, Marked
from reportlint.prose.patterns import Patterns
from reportlint.resources import data
from reportlint.text.measures import COUNTED, IN_PROSE, RECEIVED
from reportlint.text.numbers import COUNT, read_count
from reportlint.text.organs import NAMED
from reportlint.tuples import NamedTuple

_AMOUNT = Late(
    rf"(?P<about>近|约|超过?|逾|大约|将近|至少|不少于|不超过|不低于|不足|不到|接近)?"
    rf"(?P<number>{COUNT})"
    rf"(?P<scale>[万亿千百](?!元))?(?P<more>余|多|来|几)?(?P<unit>{IN_PROSE}|(?=$|[、和及与]))(?!率)"
    r"(?P<around>以上|以下|左右|上下|之多|余)?"
)
_VAGUE = Late("[一二两三四五六七八九]{2}")
"""两三件: digits without their place are no exact figure."""
_UNTOLD = frozenset("数几上成好廿卅")
"""数百, 上千: in front of a round number these say that it is not meant exactly."""
_TWENTIES = frozenset(("廿", "卅"))
_ROUND = frozenset("十百千万亿")
_RUN = Late(r"[\d.,]+|[零〇一二两三四五六七八九十百千万亿]+")
_RATE = Late(r"百分之(?P<number>百|[一二三四五六七八九十]+)")
_YEAR = Late(
    r"(?P<year>20\d\d)(?:年度?(?:内(?![部容设外网]))?(?!底|末)|(?=[-—~至]20\d\d年))(?:[-—~至](?P<last>20\d\d)年)?"
)
_DATE = Late(
    r"20\d\d年\d{1,2}月(?:\d{1,2}日)?(?:起|止)?|20\d\d[.\-/]\d{1,2}[.\-/]\d{1,2}|20\d\d年(?:年)?[底末]|\d{1,2}月\d{1,2}日|\d{1,2}[-—至~]\d{1,2}月"
)
_DOCUMENT = Late(r"[〔\[(]20\d\d[〕\])]\d+号|第[一二三四五六七八九十\d]+[条项款号]|第\d+号|《[^》]{0,80}》")
_ORDINAL = Late(r"第?[一二三四五六七八九十]{1,2}[是、]|第[一二三四五六七八九十\d]+|\d+[.、](?=\D)")
_STARTS = frozenset("0123456789近约超逾大将至不零〇一二两三四五六七八九十百千万亿第《〔[(")
_FRONT = 12
"""Cues further in front of a figure do not tell what it counts."""
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


_SPECIAL = Late(r"[?*+|()\[\].$\\]")


class Amount(NamedTuple):
    """A figure in prose: its value, the half-width of what rounding leaves open, its unit."""

    value: Decimal
    within: Decimal
    unit: str


class Cue(NamedTuple):
    """A word that counts, of one kind; `start` and `end` are offsets in the squeezed text.

    `row` is the table row that a `leaf` or a `named` one names, `amount` what an `amount` says, `year` the year of
    a `year`.
    """

    kind: str
    start: int
    end: int
    amount: Amount | None = None
    row: str = ""
    year: int | None = None


class Dimension(NamedTuple):
    """A way to part a total; that many of its kinds (0 for no number) claim to be all of it."""

    kinds: list[str]
    complete: int = 0


class Lexicon:
    """The words of grammar/statements.toml, found by their first character."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.plain: dict[str, list[tuple[str, str]]] = {}
        self.words: dict[str, list[tuple[str, str]]] = {}
        for kind, words in data["words"].items():
            for word in words:
                if not _SPECIAL.search(word):
                    self.plain.setdefault(word[0], []).append((word, kind))
                    continue
                for first in _first(word):
                    self.words.setdefault(first, []).append((word, kind))
        self._begin = {*self.plain, *self.words, *_STARTS, *".,"}
        self._compiled: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        kinds = [*data["words"], "amount", "percent", "year", "date", "gap", "organ", "leaf", "named"]
        self.dimensions = {name: Dimension(**entry) for name, entry in data["dimensions"].items()}
        self.roles = _groups(data["roles"], {name: entry.kinds for name, entry in self.dimensions.items()})
        self.beside = {kind: frozenset(others) for kind, others in data["beside"].items()}
        self.marks = {name: Marked(pattern, marks) for name, (pattern, *marks) in data["marks"].items()}
        self.units = {subject: frozenset(units) for subject, units in data["units"].items()}
        self.patterns = Patterns(data["patterns"], kinds, self.roles)

    def counts(self, subject: str, unit: str) -> bool:
        """Whether a measure word is one that a subject is counted with."""
        units = next((units for name, units in self.units.items() if name and subject.startswith(name)), self.units[""])
        return unit in units

    def cues(self, text: str, rows: dict[str, list[tuple[str, str, str]]]) -> Iterator[Cue]:
        """The cues of a clause without blanks; unknown words between them are gaps.

        `rows` are the form's own names of rows, by first character, each with its kind and its row.
        """
        at = gap = 0
        while at < len(text):
            if text[at] not in self._begin and text[at] not in rows:
                at += 1
                continue
            cue = self._cue(text, at, rows)
            if cue is None:
                run = _RUN.match(text, at)
                at = run.end() if run else at + 1
                continue
            if gap < at:
                yield _gap(text, gap, at)
            if cue.kind != "skip":
                yield cue
            at = gap = cue.end
        if gap < at:
            yield _gap(text, gap, at)

    def _cue(self, text: str, at: int, rows: dict[str, list[tuple[str, str, str]]]) -> Cue | None:
        first = text[at]
        best = _numeric(text, at) if first in _STARTS else None
        for label, kind, row in rows.get(first, ()):
            if text.startswith(label, at) and (best is None or at + len(label) > best.end):
                best = Cue(kind, at, at + len(label), row=row)
        for word, kind in self.plain.get(first, ()):
            if text.startswith(word, at) and (best is None or at + len(word) > best.end):
                best = Cue(kind, at, at + len(word))
        if first not in self._compiled:
            # Most words never come up in a run, and compiling them all would be felt.
            self._compiled[first] = [(re.compile(word), kind) for word, kind in self.words.get(first, ())]
        for pattern, kind in self._compiled[first]:
            match = pattern.match(text, at)
            if match and (best is None or match.end() >= best.end):
                best = Cue(kind, at, match.end())
        return best


def _groups(roles: dict[str, list[str]], dimensions: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    """The kinds of every role and dimension; a role may name others."""
    groups = {name: frozenset(kinds) for name, kinds in dimensions.items()}
    for role, names in roles.items():
        groups[role] = frozenset(kind for name in names for kind in groups.get(name, (name,)))
    return groups


def _first(word: str) -> str:
    """The characters that a word may begin with."""
    group = re.match(r"\(\?:([^)]*)\)", word)
    if group:
        return "".join(part[0] for part in group[1].split("|")).replace("\\", "0123456789")
    if word.startswith("\\d"):
        return "0123456789"
    if word[0] == "[":
        return word[1 : word.index("]")].replace("\\d", "0123456789")
    return word[0] + (word[2] if word[1:2] == "?" else "")


def _gap(text: str, start: int, end: int) -> Cue:
    """Unknown words: an organ where they end like its name, else a gap."""
    return Cue("organ" if NAMED.search(text, start, end) else "gap", start, end)


def _numeric(text: str, at: int) -> Cue | None:
    """A cue that begins with a figure: a date, a year, a document's number, an amount."""
    for kind, pattern in (("date", _DATE), ("document", _DOCUMENT), ("year", _YEAR)):
        match = pattern.match(text, at)
        if match:
            year = int(match["year"]) if kind == "year" else None
            if kind == "year" and match["last"]:
                return Cue("since", at, match.end())
            return Cue("skip" if kind == "document" else kind, at, match.end(), year=year)
    ordinal = _ORDINAL.match(text, at)
    if ordinal:
        return Cue("skip" if ordinal[0][-1] in "是、." else "gap", at, ordinal.end())
    match = _RATE.match(text, at)
    if match:
        value = read_count("一百" if match["number"] == "百" else match["number"])
        return Cue("percent", at, match.end(), Amount(value, Decimal(0), "%")) if value is not None else None
    match = _AMOUNT.match(text, at)
    if match is None:
        return None
    number, unit = match["number"], match["unit"]
    if not number[0].isdecimal() and unit not in COUNTED:
        return None
    value = read_count(number)
    if value is None:
        return Cue("gap", at, match.end())
    within = Decimal(0)
    scale = _SCALES.get(match["scale"] or "", 1)
    if number[-1] in "万亿" and not number[0].isdecimal():
        within = Decimal(_SCALES[number[-1]]) / 2  # 三万条 may be rounded, 两万五千条 is not
    if scale > 1:
        within = Decimal(scale) / 2 * Decimal(10) ** (value.as_tuple().exponent if number[0].isdecimal() else 0)  # type: ignore[operator]
        value *= scale
    before = text[at - 1 : at] if at else ""
    untold = (number[0] in _ROUND and before in _UNTOLD) or before in _TWENTIES
    untold = untold or (before == "点" and not number[0].isdecimal())  # 六十八点七
    if match["about"] or match["more"] or match["around"] or _VAGUE.search(number) or untold:
        return Cue("gap", at, match.end())
    return Cue("percent" if unit == "%" else "amount", at, match.end(), Amount(value, within, unit))


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with reportlint."""
    return Lexicon(data("statements.toml"))


def strange(cues: Sequence[Cue], number: int) -> bool:
    """Whether a cue is a figure of something unknown: 网民留言56件, 审批申请12件."""
    cue = cues[number]
    if cue.kind != "amount" or cue.amount is None or cue.amount.unit not in RECEIVED:
        return False
    near = any(0 <= n < len(cues) and cues[n].kind in ("gap", "aside") for n in (number - 1, number + 1))
    front = {c.kind for c in cues[max(0, number - _FRONT) : number]}
    return near or ("gap" in front and not front.isdisjoint(lexicon().roles["handling"]))


def spread(cues: list[Cue], applications: bool) -> Iterator[list[Cue]]:
    """A clause, or where it counts several subjects in a row (分别为, 各), each on its own."""
    at = next((n for n, cue in enumerate(cues) if cue.kind in ("respectively", "each")), None)
    amounts = [cue for cue in cues[at:] if cue.kind == "amount"]
    if at is None or not amounts or not any(cue.kind == "and" for cue in cues[:at]):
        yield [cue for cue in cues if cue.kind != "each"]
        return
    subjects = _parted(cues[:at])
    if cues[at].kind == "each":
        amounts = amounts[:1] * len(subjects)
    if len(amounts) != len(subjects):
        return
    named = ("application", "review", "litigation")
    shared = [cue for cue in subjects[0] if cue.kind in named or cue.kind == "receive"][:1]
    for subject, amount in zip(subjects, amounts, strict=True):
        lacks = applications and not any(cue.kind in named for cue in subject)
        yield [*(shared if lacks else ()), *subject, amount]


def _parted(cues: list[Cue]) -> list[list[Cue]]:
    """Cues parted at every 、 or 和."""
    parts: list[list[Cue]] = [[]]
    for cue in cues:
        if cue.kind == "and":
            parts.append([])
        else:
            parts[-1].append(cue)
    return parts
