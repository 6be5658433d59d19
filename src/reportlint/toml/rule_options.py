"""What may be set of a rule: the fields of a class of its own, each with what is said of it."""

from __future__ import annotations

from typing import get_type_hints

from reportlint.diagnostics import Words
from reportlint.toml.kinds import Flag, Key, Kind, ListOf, Number, Text
from reportlint.tuples import NamedTuple


class Option(NamedTuple):
    """What is said of a rule's option: what it means, and the least and most it may be.

    A text must match `pattern` whole, a regular expression. Options are the fields of a NamedTuple, each with its
    default and annotated with one of these: `words: Annotated[int, Option("…", "…", least=1)] = 3`. They are numbers,
    texts, true or false, or tuples of texts; their names, with - for _, are keys of [rule.<name>] in the configuration.
    """

    zh: str
    en: str
    least: float | None = None
    most: float | None = None
    pattern: str | None = None


def options_table(made_of: type) -> dict[str, Key]:
    """The keys of a rule's options, from the class that they are fields of.

    Raises TypeError for a class that is not made of annotated fields.
    """
    table = {}
    for name, hint in get_type_hints(made_of, include_extras=True).items():
        said = next((one for one in getattr(hint, "__metadata__", ()) if isinstance(one, Option)), None)
        if said is not None:
            table[name.replace("_", "-")] = Key(_kind(hint.__origin__, said), Words(said.zh, said.en))
    if not table:
        raise TypeError(f"options={made_of.__name__}: name a NamedTuple of fields that are Annotated[..., Option(...)]")
    return table


def _kind(of: object, option: Option) -> Kind:
    if of is bool:
        return Flag()
    if of is int or of is float:
        return Number(option.least, option.most, whole=of is int)
    return Text(pattern=option.pattern) if of is str else ListOf(Text(pattern=option.pattern))
