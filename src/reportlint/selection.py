"""The rules and forms that a command line or a configuration names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from reportlint.forms import NATIONAL, BadForm, Form, load, national
from reportlint.rules import GROUPS, Rule, all_rules


class BadChoice(Exception):
    """A name that stands for nothing; the message says what would do."""


def choose_rules(select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """The rules selected and not ignored, by names of rules and groups, parted by commas.

    Raises BadChoice for a name that is neither.
    """
    chosen = _named(select) if select else {r.name for r in all_rules()}
    chosen -= _named(ignore)
    return tuple(r for r in all_rules() if r.name in chosen)


def demand_extras(select: Sequence[str]) -> None:
    """Raise BadChoice where a rule was selected by its name and what it needs is not installed."""
    from reportlint.similar import available

    if "similar-report" in {part.strip() for value in select for part in value.split(",")} and not available():
        raise BadChoice("similar-report needs the extra `similar`: pip install 'reportlint[similar]'")


def choose_rule(name: str) -> Rule:
    """The rule of that name; raises BadChoice if there is none."""
    names = {r.name: r for r in all_rules()}
    if name not in names:
        raise BadChoice(f"no rule is called {name}{_nearest(name, names)}; `reportlint rules` lists them")
    return names[name]


def choose_forms(name: str) -> tuple[Form, ...] | None:
    """The form of that name or grammar file; None for auto, which leaves the choice to the report.

    Raises BadChoice for a name that is neither, or a grammar that cannot be used.
    """
    if name == "auto":
        return None
    if name in NATIONAL:
        return tuple(form for form in national() if form.name == name)
    path = Path(name)
    if not path.is_file():
        raise BadChoice(f"--form takes auto, {', '.join(NATIONAL)} or a grammar file; there is no file {name}")
    try:
        return (load(path),)
    except BadForm as error:
        raise BadChoice(f"cannot use the form {error}") from None


def _named(values: Sequence[str]) -> set[str]:
    """The rules that names of rules and groups stand for."""
    names: set[str] = set()
    if not any(part.strip() for value in values for part in value.split(",")) and values:
        raise BadChoice("--select and --ignore need the name of a rule or a group; `reportlint rules` lists them")
    known = {r.name: {r.name} for r in all_rules()}
    known |= {group: {r.name for r in all_rules() if r.group == group} for group in GROUPS}
    known["ALL"] = {r.name for r in all_rules()}
    for name in (part.strip() for value in values for part in value.split(",") if part.strip()):
        if name not in known:
            raise BadChoice(f"no rule or group is called {name}{_nearest(name, known)}; `reportlint rules` lists them")
        names |= known[name]
    return names


def _nearest(name: str, known: Iterable[str]) -> str:
    from rapidfuzz import process

    found = process.extractOne(name, list(known), score_cutoff=75)
    return f" (did you mean {found[0]}?)" if found else ""
