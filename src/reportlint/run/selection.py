"""The rules and forms that a command line or a configuration names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import cache

from reportlint.diagnostics import UserError
from reportlint.forms.form import Form
from reportlint.forms.load import BadForm, load, registered
from reportlint.rules import GROUPS, Rule, all_rules
from reportlint.toml.kinds import near

AUTO = "auto"


class BadChoice(UserError):
    """A name that stands for nothing."""


def choose_rules(select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """The rules selected and not ignored, by names of rules and groups, parted by commas.

    Raises BadChoice for a name that is neither.
    """
    chosen = (rules_named(select) if select else {r.name for r in all_rules()}) - rules_named(ignore)
    return tuple(r for r in all_rules() if r.name in chosen)


def demand_extras(select: Sequence[str]) -> None:
    """Raise BadChoice where a rule was selected by its name and what it needs is not installed."""
    if "similar-report" not in {part.strip() for value in select for part in value.split(",")}:
        return
    from reportlint.series.similar import available

    if not available():
        need = "pip install 'reportlint[similar]'"
        raise BadChoice(
            f"similar-report 需要附加组件 similar：{need}", f"similar-report needs the extra `similar`: {need}"
        )


def choose_rule(name: str) -> Rule:
    """The rule of that name; raises BadChoice if there is none."""
    names = {r.name: r for r in all_rules()}
    if name in GROUPS:
        raise BadChoice(
            f"{name} 是一类规则，不是一条；其中的规则见 `reportlint rules`",
            f"{name} is a group of rules; `reportlint rules` lists those in it",
        )
    if name not in names:
        hint = near(name, names)
        raise BadChoice(
            f"没有叫 {name} 的规则{hint.zh or '；全部规则见 `reportlint rules`'}",
            f"no rule is called {name}{hint.en or '; `reportlint rules` lists them'}",
        )
    return names[name]


def form_names() -> tuple[str, ...]:
    """What may be said instead of a grammar file."""
    return (AUTO, *(form.name for form in registered()))


@cache
def choose_forms(name: str, own: tuple[os.PathLike[str], ...] = ()) -> tuple[Form, ...]:
    """The form of that name or grammar file; for auto all there are, with those of the grammar files `own`.

    Raises BadChoice for a name that is neither, or a grammar that cannot be used.
    """
    forms = (*map(_load, own), *registered())
    if name == AUTO:
        return forms
    named = tuple(form for form in forms if form.name == name)[:1]
    if not named and not os.path.isfile(name):
        names = ", ".join(form_names())
        raise BadChoice(
            f"没有叫 {name} 的格式，也没有这个文件；可用的有 {names.replace(', ', '、')}，或语法文件（.lark）的路径",
            f"there is no form {name} and no such file; it is {names}, or the path of a grammar file (.lark)",
        )
    return named or (_load(name),)


def _load(path: str | os.PathLike[str]) -> Form:
    try:
        return load(os.fspath(path))
    except BadForm as error:
        raise BadChoice(f"格式无法使用：{error.words.zh}", f"cannot use the form {error.words.en}") from None


def rules_named(values: Iterable[str]) -> set[str]:
    """The names of the rules that names of rules and groups, and ALL, stand for.

    Raises BadChoice.
    """
    values = tuple(values)
    parts = [part.strip() for value in values for part in value.split(",") if part.strip()]
    if values and not parts:
        raise BadChoice(
            "需要写出规则或类别的名称；全部规则见 `reportlint rules`",
            "name a rule or a group; `reportlint rules` lists them",
        )
    known = {r.name: {r.name} for r in all_rules()}
    known |= {group: {r.name for r in all_rules() if r.group == group} for group in GROUPS}
    known["ALL"] = {r.name for r in all_rules()}
    for name in parts:
        if name not in known:
            hint = near(name, known)
            raise BadChoice(
                f"没有叫 {name} 的规则或类别{hint.zh or '；全部规则见 `reportlint rules`'}",
                f"no rule or group is called {name}{hint.en or '; `reportlint rules` lists them'}",
            )
    return set().union(*(known[name] for name in parts))
