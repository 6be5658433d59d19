"""An organ's successive years: each report beside the one of the year before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from reportlint.forms.cellsums import Combination, Succession
from reportlint.series.digests import Digest, Digit, Key
from reportlint.tuples import NamedTuple


class Mismatch(NamedTuple):
    """A figure of a later report, what it should be, and the earlier report's figures for that.

    `value` and `expected` are both sides as the form states them; `now` and `before` are the
    figures that stand in them. `terms` are what the first of `now` should be the sum of, with
    their signs; `same` says that it is the same cell of both reports, a stock.
    """

    key: Key
    value: Decimal
    expected: Decimal
    now: tuple[Digit, ...]
    before: tuple[Digit, ...]
    terms: tuple[tuple[int, Decimal], ...]
    same: bool

    @property
    def should(self) -> Decimal:
        """What the first of `now` should be."""
        return sum((sign * value for sign, value in self.terms), Decimal(0))


class Step(NamedTuple):
    """Two successive reports of one organ, and the figures of one rule that do not go together."""

    rule: str
    later: Digest
    earlier: Digest
    mismatches: tuple[Mismatch, ...]


class AbsentYear(NamedTuple):
    """A year that is absent between two reports of one organ."""

    earlier: Digest
    later: Digest


def steps(digests: Sequence[Digest]) -> Iterator[Step | AbsentYear]:
    """Every report beside the one of the year before, rule by rule; gaps where that is absent.

    Of several reports of one organ and year one that fits is enough.
    """
    organs: dict[str, dict[int, list[Digest]]] = {}
    longest = _longest({known.organ for known in digests if known.organ})
    for known in digests:
        if known.organ and known.year is not None:
            organs.setdefault(longest.get(known.organ, known.organ), {}).setdefault(known.year, []).append(known)
    for years in organs.values():
        mended: dict[tuple[int, Key], Decimal] = {}
        for year in sorted(years):
            earlier = [y for y in years if y < year]
            if year - 1 in years:
                for later in years[year]:
                    for step in _compare(later, years[year - 1], mended):
                        yield step
                        mended |= {(year, m.key): m.should for m in step.mismatches if m.same}
            elif earlier:
                yield AbsentYear(years[max(earlier)][0], years[year][0])


def _longest(names: set[str]) -> dict[str, str]:
    """Names that end one longer name, with it: 云山市青湖县 and 青湖县 are one unless two cities have a 青湖县."""
    longer: dict[str, list[str]] = {}
    for name in names:
        for at in range(1, len(name) - 2):
            if name[at:] in names:
                longer.setdefault(name[at:], []).append(name)
    return {name: others[0] for name, others in longer.items() if len(others) == 1}


def _compare(later: Digest, candidates: Sequence[Digest], mended: dict[tuple[int, Key], Decimal]) -> Iterator[Step]:
    """The rules by which a report differs from every one of the year before.

    A stock that was wrong last year already, as `mended` says, is not held against this year's.
    """
    rules = dict.fromkeys(s.rule for s in later.form.successions)
    for rule in rules:
        successions = [s for s in later.form.successions if s.rule == rule]
        found = [
            tuple(
                m
                for m in _mismatches(successions, later, earlier)
                if not (m.same and m.value == mended.get((earlier.year or 0, m.key)))
            )
            for earlier in candidates
        ]
        if all(found):
            yield Step(rule, later, candidates[0], found[0])


def _mismatches(successions: Iterable[Succession], later: Digest, earlier: Digest) -> Iterator[Mismatch]:
    for succession in successions:
        now, before = _figures(later, succession.now), _figures(earlier, succession.before)
        if now is None or before is None:
            continue
        value, expected = _add(succession.now, now), _add(succession.before, before)
        if value != expected:
            signed = [(sign, d.value) for (sign, _, _), d in zip(succession.before, before, strict=True)]
            signed += [(-sign, d.value) for (sign, _, _), d in zip(succession.now[1:], now[1:], strict=True)]
            same = succession.now[0] == succession.before[0]
            yield Mismatch(succession.now[0][1:], value, expected, now, before, tuple(signed), same)


def _figures(known: Digest, side: Combination) -> tuple[Digit, ...] | None:
    digits = [known.digits.get((row, column)) for _, row, column in side]
    return tuple(d for d in digits if d is not None) if all(digits) else None


def _add(side: Combination, digits: tuple[Digit, ...]) -> Decimal:
    return sum((sign * d.value for (sign, _, _), d in zip(side, digits, strict=True)), Decimal(0))
