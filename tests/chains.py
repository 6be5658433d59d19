"""Successive reports of one organ that go together, in different prose."""

from __future__ import annotations

from tests.reports import Block, draft, find, row
from tests.styles import STYLES, compose, known

_PROSE = ("county", "outcomes", "shares", "plain")


def chain(years: list[int], *, seed: int = 0, organ: str = "青湖县") -> dict[int, list[Block]]:
    """The tables of reports for successive years: each begins with what the last one left."""
    made: dict[int, list[Block]] = {}
    last: list[Block] | None = None
    for year in years:
        blocks = draft("2021", seed=seed + year, size="small", signed=False, preface=False)
        follow(blocks, last)
        made[year] = last = blocks
    return made


def follow(blocks: list[Block], last: list[Block] | None) -> None:
    """Make a report begin with what the last year's left; its own sums still hold."""
    carried, new = row(blocks, "R_CARRIED_OVER"), row(blocks, "R_NEW")
    total, forward = row(blocks, "R_TOTAL"), row(blocks, "R_FORWARD")
    if last is not None:
        carried.figures = list(row(last, "R_FORWARD").figures)
    pairs = zip(total.figures, forward.figures, carried.figures, strict=True)
    new.figures = [str(int(t) + int(f) - int(c)) for t, f, c in pairs]
    assert min(map(int, new.figures)) >= 0
    for key, issued, repealed in (("R_RULES", 0, 0), ("R_NORMATIVE", 4, 1)):
        before = int(row(last, key).figures[2]) if last is not None else 20 * (key == "R_NORMATIVE")
        row(blocks, key).figures = [str(issued), str(repealed), str(before + issued - repealed)]


def as_text(blocks: list[Block], year: int, *, organ: str = "青湖县", style: str | None = None) -> str:
    """A year's report as text, its prose in one of several styles."""
    template = STYLES[style or _PROSE[year % len(_PROSE)]]
    text = compose(template, blocks, known(blocks))
    while "«" in text:
        start, bar, end = text.index("«"), text.index("|", text.index("«")), text.index("»")
        text = text[:start] + text[start + 1 : bar] + text[end + 1 :]
    for old, new in (("2023", "#3"), ("2022", "#2"), ("2021年", "#1年"), ("2019年以来", "#0年以来")):
        text = text.replace(old, new)
    for number, mark in enumerate(("#0", "#1", "#2", "#3")):
        text = text.replace(mark, str(year - 2 + number - (number == 0)))
    return text.replace("青湖县", organ)


def regulations(blocks: list[Block]) -> Block:
    """The first table of section two."""
    return find(blocks, "table_regulations")
