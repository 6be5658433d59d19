"""Makes a form of what its grammar says (reportlint.forms.skeleton) and of its data (reportlint.forms.data)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportlint.forms.cellsums import applicants, combinations, successions
from reportlint.forms.data import SUM_RULES
from reportlint.forms.form import Aspect, Bound, Due, Form, Head, SectionForm, Sum, TableForm
from reportlint.forms.skeleton import Skeleton
from reportlint.forms.tables import Role, role_of
from reportlint.text.fold import fold
from reportlint.text.keys import key, split_number


def build_form(skeleton: Skeleton, data: Mapping[str, Any], name: str) -> Form:
    """The form of a grammar and its data, called `name` unless the data says otherwise.

    Raises ValueError for a cell that the form lacks.
    """
    labels = skeleton.grammar.words
    keys: dict[str, str] = {}
    canonical = {}
    # All wordings are folded in one go: folding has a cost for each text.
    folded = dict(zip(labels, map(key, fold("\n".join(labels.values())).text.split("\n")), strict=True))
    same: dict[str, list[str]] = {}
    for terminal in labels:
        canonical[terminal] = folded[terminal]
        same.setdefault(folded[terminal], []).append(terminal)
        keys.setdefault(folded[terminal], terminal)
    variants = set()
    for terminal, wordings in data.get("variants", {}).items():
        for wording in _folded(wordings) if terminal in labels else ():
            number, _ = split_number(canonical[terminal])
            # With its number or without: what counts is the words.
            variant = number + split_number(key(wording))[1]
            keys.setdefault(variant, terminal)
            variants.add(variant)
    years = data.get("years", [0, 9999])
    due = data.get("due")
    sections = tuple(_sections(skeleton, data))
    columns = _columns(sections)
    return Form(
        name=str(data.get("name", name)),
        years=(years[0], years[1]),
        title=str(data.get("title", "")),
        grammar=skeleton.grammar,
        sections=sections,
        labels=labels,
        keys=keys,
        canonical=canonical,
        variants=frozenset(variants),
        misnamed={
            key(wording): terminal
            for terminal, wordings in data.get("misnamed", {}).items()
            if terminal in labels
            for wording in _folded(wordings)
            if split_number(canonical[terminal])[0] + key(wording) not in keys
        },
        homonyms={
            one: tuple(o for o in named if o != one) for named in same.values() for one in named if len(named) > 1
        },
        states=combinations(data.get("states", {}), columns),
        aliases={row: tuple(names) for row, names in data.get("aliases", {}).items()},
        applicants=applicants(data.get("applicants", {})),
        claims=combinations(data.get("claims", {}), columns),
        successions=tuple(successions(data.get("successions", ()), columns)),
        former=dict(data.get("former", {})),
        other_heads={form: tuple(heads) for form, heads in data.get("other_heads", {}).items()},
        since=data.get("since", 0),
        title_words=tuple(data.get("title_words", ())),
        other_kinds=tuple(data.get("other_kinds", ())),
        plans=frozenset(data.get("plans", ())),
        english=dict(data.get("english", {})),
        loosely_named=frozenset(data.get("loosely_named", ())),
        own_words=frozenset(data.get("own_words", [section.rule for section in sections])),
        topics=dict(data.get("topics", {})),
        due=_due(due) if due else None,
    )


def _folded(wordings: Iterable[str]) -> list[str]:
    """Wordings as they are compared, {a,b,} in them written out."""
    return fold("\n".join(word for wording in wordings for word in _written_out(wording))).text.split("\n")


def _written_out(wording: str) -> Iterator[str]:
    """A wording for each choice that its braces leave: {因,}公开 is 因公开 and 公开."""
    start, end = wording.find("{"), wording.find("}")
    if start < 0 or end < start:
        yield wording
        return
    for choice in wording[start + 1 : end].split(","):
        yield from _written_out(wording[:start] + choice + wording[end + 1 :])


def _columns(sections: tuple[SectionForm, ...]) -> dict[str, tuple[str, ...]]:
    """The columns of each row; those of a table whose row has no label by the table's name."""
    tables = [table for section in sections for table in section.tables]
    return {row.label: t.columns for t in tables for row in t.rows} | {t.rule: t.columns for t in tables if not t.rows}


def _due(data: Mapping[str, Any]) -> Due:
    return Due(_day(data["department"]), _day(data["others"]), data.get("since", 0), data.get("source", ""))


def _day(text: str) -> tuple[int, int]:
    """A day written as 03-31: its month and day."""
    month, day = text.split("-")
    return int(month), int(day)


def _sections(skeleton: Skeleton, data: Mapping[str, Any]) -> Iterator[SectionForm]:
    aspects = data.get("aspects", {})
    statements = data.get("statements", {})
    for rule in skeleton.sections:
        yield SectionForm(
            rule=rule,
            heading=skeleton.expansions[rule][0][0],
            tables=tuple(_table(skeleton, table, data) for table in skeleton.tables(rule)),
            aspects=tuple(Aspect(a["name"], tuple(a["words"])) for a in aspects.get(rule, ())),
            statements=tuple(
                Aspect(
                    s["rule"],
                    tuple(s["words"]),
                    tuple(Aspect(e["name"], tuple(e["words"])) for e in s.get("elements", ())),
                )
                for s in [statements.get(rule)]
                if s
            ),
        )


def _table(skeleton: Skeleton, rule: str, data: Mapping[str, Any]) -> TableForm:
    first = skeleton.expansions[rule][0][0]
    spec = data.get("tables", {}).get(rule, {})
    return TableForm(
        rule=rule,
        caption=first if role_of(first) is Role.CAPTION else None,
        columns=tuple(spec.get("columns", ())),
        rows=skeleton.rows(rule),
        heads=skeleton.heads(rule),
        head=tuple(tuple(map(_head, line)) for line in spec.get("head", ())),
        signed=frozenset(spec.get("signed", ())),
        money=frozenset(spec.get("money", ())),
        sums=tuple(map(_sum, spec.get("sums", ()))),
        bounds=tuple(Bound(tuple(b["greater"]), tuple(b["less"])) for b in spec.get("bounds", ())),
    )


def _head(written: str) -> Head:
    """A label of a head, with over how many columns it stands: C_APPLICANT:7."""
    label, _, columns = written.partition(":")
    return Head(label, int(columns or 1))


def _sum(one: Mapping[str, Any]) -> Sum:
    """An equation; where no rule is named it is the total of a row, or of the rows above it."""
    rule = one.get("rule", SUM_RULES[0] if role_of(one["sum"][0]) is Role.COLUMN else SUM_RULES[1])
    return Sum(rule, tuple(one["sum"]), tuple(one["equals"]))
