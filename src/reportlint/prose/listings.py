"""The parts of a total as a sentence lists them: 其中公告12条、动态30条."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.characters import IDEOGRAPH
from reportlint.late import Late, Marked
from reportlint.prose.lexicon import Cue, lexicon
from reportlint.prose.quantities import Quantity, quantities
from reportlint.prose.sentences import Clause, Sentence
from reportlint.text.measures import ITEMS, TEXTS

_CASES = Late("申请|复议|诉讼")
_ONE_OR_TWO = ("一两", "一二", "两三", "二三", "三四", "三五", "四五", "五六", "六七", "七八", "八九")
INEXACT = Marked(
    r"若干|数[十百千万件条份篇期次场个项]|[近约超逾][一二两三四五六七八九]?[十百千万]|[十百千万][余多来几](?=[件条份篇期次场个项])|几[十百千万件条份篇]|上[百千万]|[近约逾超]过?\d|不少于\d|至少\d|(?:不足|不到|接近)\d|\d[万亿千百]?[余多来几]"
    rf"|(?<![第\d一二三四五六七八九十])(?:{'|'.join(_ONE_OR_TWO)})[十百千万]?[件条份篇期次场个项]"
    r"|[\d件条份篇期次场个项](?:左右|上下|不等)|\d[至到~～—-]{1,2}\d+(?![\d年月日号时:.])",
    ("若干", *"数近约超逾余多来几上至到~～—-", "不少于", "不足", "不到", "不等", "左右", *_ONE_OR_TWO),
)
"""A part that is not stated exactly."""
_RUN_ON = Late(
    rf"(?<={IDEOGRAPH})\d{{1,4}}(?![大所种类家个名位届级号期季年月日点多余项条件份篇次人])(?={IDEOGRAPH}{{2,}}\d)"
)
"""公示公告56政务信息21条."""
MOST_CLAUSES = 80
"""A list of parts is no longer."""


def listed_parts(sentence: Sentence, clauses: list[Clause], at: int) -> list[Quantity]:
    """The figures behind 其中 that are of one unit and one kind.

    None where they cannot be summed: one is not exact or lacks the measure word of those in front, or the list
    goes from one measure word to another and back, and all may be meant in the total.
    """
    found: list[Quantity] = []
    strange = mixed = False
    one_of = ""
    for number, clause, told in clauses_of_list(clauses, at):
        begin = 0 if number else clause.cues[at].end
        if INEXACT.search(clause.text, begin) or _runs_on(clause, begin):
            return []
        for quantity in quantities(sentence, clause, told):
            published = quantity.amount.unit in TEXTS or not _CASES.search(sentence.text)
            own = "" if published else dimension(quantity.kinds)
            if not found:
                one_of = own
            if len(found) == MOST_CLAUSES:
                return found
            if found and found[0].amount.unit and not quantity.amount.unit:
                return []
            if found and quantity.amount.unit != found[0].amount.unit:
                strange |= {quantity.amount.unit, found[0].amount.unit} <= ITEMS
            elif own == one_of or "others" in quantity.kinds or own == "":
                found.append(quantity)
                mixed |= strange
            else:
                return [] if mixed else found
    return [] if mixed else found


def _runs_on(clause: Clause, begin: int) -> bool:
    """Whether a clause has a figure that lost its measure word, and the stop, in front of the next part."""
    places = [match.start() for match in _RUN_ON.finditer(clause.text, begin)]
    known = [cue for cue in clause.cues if cue.kind != "gap"]
    return any(not any(cue.start <= at < cue.end for cue in known) for at in places)


def clauses_of_list(clauses: list[Clause], at: int) -> Iterator[tuple[int, Clause, tuple[Cue, ...]]]:
    """The clauses of a list of parts, numbered, with their cues; what stands in brackets is a part's own."""
    depth = figures = 0
    stops = ""
    for number, clause in enumerate(clauses):
        if clause.bracket:
            depth += 1 if clause.bracket == "(" else -1
            if depth < 0:
                return
            continue
        if depth > 0:
            continue
        if number and (
            any(cue.kind in lexicon().roles["ends_parts"] for cue in clause.cues) or _ended(clause, figures, stops)
        ):
            return
        told = clause.cues if number else clause.cues[at + 1 :]
        counted = sum(cue.kind == "amount" for cue in told)
        stops += clause.stop if number and counted else ""
        figures += counted
        yield number, clause, told


def _ended(clause: Clause, figures: int, stops: str) -> bool:
    """Whether a list of parts ends at a clause: a ; ends one that commas part."""
    return clause.stop == ";" and figures > 1 and ";" not in stops


def dimension(kinds: frozenset[str]) -> str:
    """What a figure is one part by: channel, applicant, outcome …; "" for what is not known."""
    return next((name for name, one in lexicon().dimensions.items() if not kinds.isdisjoint(one.kinds)), "")
