"""What a rule is, and how the rules are found.

A rule is one function in rules/<group>/<name>.py with one page in docs/rules/<name>.md. Its
name and group come from where it stands; nothing is listed by hand.
"""

from __future__ import annotations

import importlib
import pkgutil
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from reportlint.diagnostics import Fix, Place, Severity, Span, Words
from reportlint.model import Label

GROUPS = ("section", "arithmetic", "consistency", "garbled", "template")
Check = Callable[[Any], Iterable["Finding"]]


class HasSpan(Protocol):
    """Anything with a place in the text."""

    @property
    def span(self) -> Span:
        """The place."""
        ...


@dataclass(slots=True)
class Remark:
    """A note or a second place of a finding: the key of its wording, and what goes into it."""

    key: str
    fields: dict[str, object]
    span: Span | None = None
    place: Place | None = None


class Finding:
    """What a rule reports: a place and the values that its wording names.

    Wording, severity, language and position are the engine's business.
    """

    def __init__(self, at: Span | HasSpan, **fields: object) -> None:
        self.span: Span = at if isinstance(at, Span) else at.span
        self.fields = fields
        self.labels: list[Remark] = []
        self.notes: list[Remark] = []
        self.fix: Fix | None = None
        self.severity: Severity | None = None
        self.with_help = True

    def label(self, key: str, at: Span | HasSpan | Place, **fields: object) -> Finding:
        """Add a second place, here or in another file; `key` names its wording in the rule's `remarks`."""
        if isinstance(at, Place):
            self.labels.append(Remark(key, fields, None, at))
        else:
            self.labels.append(Remark(key, fields, at if isinstance(at, Span) else at.span))
        return self

    def note(self, key: str, **fields: object) -> Finding:
        """Add a note; `key` names its wording in the rule's `remarks`."""
        self.notes.append(Remark(key, fields))
        return self

    def at_severity(self, severity: str) -> Finding:
        """Report it at another severity than the rule's."""
        self.severity = Severity(severity)
        return self

    def without_help(self) -> Finding:
        """Leave out the rule's help, where it would mislead."""
        self.with_help = False
        return self

    def fixed_by(self, fix: Fix | None) -> Finding:
        """Add what would mend it."""
        self.fix = fix
        return self


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the catalogue: its names, its wording in both languages, its check."""

    name: str
    group: str
    on: tuple[type, ...]
    severity: Severity
    message: Words
    help: Words | None
    remarks: Mapping[str, Words]
    fix: str | None
    check: Check
    recognised: frozenset[bool] = frozenset({True})

    def words(self, key: str, **fields: object) -> Words:
        """One of the rule's remarks, filled in, for use as a field of its message."""
        return Words(*(say(self.remarks[key], lang, fields) for lang in ("zh", "en")))

    @property
    def summary(self) -> str:
        """The first paragraph of the rule's docstring, on one line."""
        return " ".join((self.check.__doc__ or "").strip().split("\n\n")[0].split())


def rule(
    *,
    on: type | tuple[type, ...],
    severity: str,
    zh: str,
    en: str,
    help: tuple[str, str] | None = None,
    remarks: Mapping[str, tuple[str, str]] | None = None,
    fix: str | None = None,
    recognised: Iterable[bool] = (True,),
) -> Callable[[Check], Rule]:
    """Make a rule of a function that takes a part of a report and yields findings.

    `on` is the type of the part, or several (classes of reportlint.model and of what is read
    from one, or Source); `remarks` words the
    labels and notes, by key, as (zh, en); `fix` says how safe the rule's fixes are, if it has
    any; `recognised` says whether the rule runs on reports, on texts that are none, or both.
    """

    def make(check: Check) -> Rule:
        group = check.__module__.split(".")[-2]
        words = {key: Words(*value) for key, value in (remarks or {}).items()}
        return Rule(
            name=check.__name__.replace("_", "-"),
            group=group,
            on=on if isinstance(on, tuple) else (on,),
            severity=Severity(severity),
            message=Words(zh, en),
            help=Words(*help) if help else None,
            remarks=words,
            fix=fix,
            check=check,
            recognised=frozenset(recognised),
        )

    return make


def fields_of(words: Words) -> tuple[set[str], set[str]]:
    """The field names that the Chinese and the English wording use."""
    zh, en = ({name for _, name, _, _ in string.Formatter().parse(text) if name} for text in words)
    return zh, en


def say(words: Words, lang: str, fields: Mapping[str, object]) -> str:
    """A wording in `lang` with its fields; lists are joined as that language does."""
    return words(lang).format_map({name: _show(value, lang) for name, value in fields.items()})


def _show(value: object, lang: str) -> str:
    if isinstance(value, Words):
        return value(lang)
    if isinstance(value, Label):
        return value.form
    if isinstance(value, list | tuple):
        return ("、" if lang == "zh" else ", ").join(_show(v, lang) for v in value)
    return str(value)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by group in catalogue order, then by name."""
    return tuple(_find())


def _find() -> Iterator[Rule]:
    for group in GROUPS:
        package = importlib.import_module(f"{__name__}.{group}")
        for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
            if module.name.startswith("_"):
                continue
            found = importlib.import_module(f"{package.__name__}.{module.name}")
            made = [value for value in vars(found).values() if isinstance(value, Rule)]
            names = [made_rule.check.__name__ for made_rule in made]
            assert names == [module.name], f"{module.name}: one rule a module, of its name"
            yield made[0]
