"""A form as plain values: those that ship with reportlint are made beforehand (`make lists`) and only read here."""

from __future__ import annotations

from typing import Any

from reportlint.forms.cellsums import Applicant, Combination, Succession
from reportlint.forms.form import Aspect, Bound, Due, Form, Head, RowForm, SectionForm, Sum, TableForm
from reportlint.forms.tables import Grammar


def stored(form: Form) -> dict[str, Any]:
    """All that a form says, but for its grammar, as JSON takes it."""
    return {name: _plain(value) for name, value in form._asdict().items() if name != "grammar"}


def _plain(value: Any) -> Any:
    if isinstance(value, dict) or hasattr(value, "items"):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    return [_plain(held) for held in value] if isinstance(value, list | tuple) else value


def restored(held: dict[str, Any], grammar: Grammar) -> Form:
    """The form that became these plain values."""
    return Form(
        **held
        | {
            "grammar": grammar,
            "years": tuple(held["years"]),
            "sections": tuple(map(_section, held["sections"])),
            "homonyms": {key: tuple(others) for key, others in held["homonyms"].items()},
            "states": {key: tuple(map(_combination, sums)) for key, sums in held["states"].items()},
            "claims": {key: tuple(map(_combination, sums)) for key, sums in held["claims"].items()},
            "aliases": {key: tuple(names) for key, names in held["aliases"].items()},
            "other_heads": {key: tuple(heads) for key, heads in held["other_heads"].items()},
            "due": _due(held["due"]) if held["due"] else None,
            "applicants": {key: _applicant(*one) for key, one in held["applicants"].items()},
            "successions": tuple(
                Succession(rule, _combination(now), _combination(before)) for rule, now, before in held["successions"]
            ),
        }
        | {name: tuple(held[name]) for name in ("title_words", "other_kinds")}
        | {name: frozenset(held[name]) for name in ("variants", "plans", "own_words", "loosely_named")}
    )


def _combination(held: list[Any]) -> Combination:
    return tuple((sign, row, column) for sign, row, column in held)


def _applicant(subject: str, columns: list[Any]) -> Applicant:
    return Applicant(subject, tuple((sign, column) for sign, column in columns))


def _due(held: list[Any]) -> Due:
    department, others, since, source = held
    return Due(tuple(department), tuple(others), since, source)


def _section(held: list[Any]) -> SectionForm:
    rule, heading, tables, aspects, statements = held
    return SectionForm(
        rule, heading, tuple(map(_table, tables)), tuple(map(_aspect, aspects)), tuple(map(_aspect, statements))
    )


def _aspect(held: list[Any]) -> Aspect:
    name, words, elements = held
    return Aspect(name, tuple(words), tuple(map(_aspect, elements)))


def _table(held: list[Any]) -> TableForm:
    rule, caption, columns, rows, heads, head, signed, money, sums, bounds = held
    return TableForm(
        rule,
        caption,
        tuple(columns),
        tuple(RowForm(*row) for row in rows),
        frozenset(heads),
        tuple(tuple(Head(*label) for label in line) for line in head),
        frozenset(signed),
        frozenset(money),
        tuple(Sum(name, tuple(terms), tuple(equals)) for name, terms, equals in sums),
        tuple(Bound(tuple(greater), tuple(less)) for greater, less in bounds),
    )
