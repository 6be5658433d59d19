"""What a rule is, and how the rules are found.

A rule is one function in rules/<group>/<name>.py with one page in docs/rules/<name>.md. Its
name and group come from where it stands; nothing is listed by hand.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, repeat
from types import ModuleType
from typing import Protocol

from reportlint import plugins
from reportlint.characters import printable
from reportlint.config.values import AS_IT_IS, RuleConfig
from reportlint.diagnostics import Fix, Place, Safety, Severity, Span, Words, enumerated, inner_quotes
from reportlint.model import Label, Report
from reportlint.plugins import Broken, Loaded
from reportlint.toml.rule_options import Option as Option
from reportlint.toml.rule_options import options_table
from reportlint.tuples import NamedTuple

GROUPS = ("section", "arithmetic", "consistency", "garbled", "template", "configuration")
Check = Callable[..., Iterable["Finding"]]


class HasSpan(Protocol):
    """Anything with a place in the text."""

    @property
    def span(self) -> Span:
        """The place."""
        ...


class Remark(NamedTuple):
    """A note or a second place of a finding: the key of its wording, and what goes into it."""

    key: str
    fields: dict[str, object]
    span: Span | None = None
    place: Place | None = None


class Finding:
    """What a rule reports: a place and the values that its wording names.

    Wording, severity, language and position are the engine's business.
    """

    def __init__(self, at: Span | HasSpan, message: str = "", /, **fields: object) -> None:
        """`message` names one of the rule's `messages`, where it has several."""
        self.span: Span = at if isinstance(at, Span) else at.span
        self.message = message
        self.fields = fields
        self.labels: list[Remark] = []
        self.notes: list[Remark] = []
        self.fix: Fix | Callable[[], Fix | None] | None = None
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

    def fixed_by(self, fix: Fix | Callable[[], Fix | None] | None) -> Finding:
        """Add what would mend it, or what makes that: only those of a rule's findings that are told need one."""
        self.fix = fix
        return self


class Rule(NamedTuple):
    """A rule of the catalogue: its names, its wording in both languages, its check."""

    name: str
    group: str
    on: tuple[type, ...]
    severity: Severity
    messages: Mapping[str, Words]
    help: Words | None
    remarks: Mapping[str, Words]
    fix: str | None
    check: Check
    recognised: frozenset[bool] = frozenset({True})
    free_form: bool = False
    unseen: bool = False
    typed: bool = False
    of_tables: bool = False
    of_several: bool = False
    of_words: bool = False
    yields_to: tuple[str, ...] = ()
    options: type | None = None
    url: str | None = None

    def findings(self, parts: Iterable[object], config: RuleConfig = AS_IT_IS) -> Iterator[Finding]:
        """What the rule finds in parts of a report, which are of the types `on`, one by one."""
        if self.options is None:
            return chain.from_iterable(map(self.check, parts))
        return chain.from_iterable(map(self.check, parts, repeat(config.options or self.options())))

    def holds_for(self, report: Report) -> bool:
        """Whether the rule runs on a text: a report, one of a year without a form, or none."""
        if self.typed and not report.source.typed:
            return False
        if report.side_by_side and not (self.of_several or self.group == "garbled"):
            return False
        # A page of a scan may end in the midst of a table.
        of_tables = self.of_tables and report.source.recognitions is None
        if report.partial and not (of_tables or self.group in ("arithmetic", "garbled")):
            return False
        if report.recognised:
            return True in self.recognised and (self.free_form or not report.free_form)
        return False in self.recognised or (self.group == "garbled" and report.related)

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
    zh: str = "",
    en: str = "",
    messages: Mapping[str, tuple[str, str]] | None = None,
    help: tuple[str, str] | None = None,
    remarks: Mapping[str, tuple[str, str]] | None = None,
    fix: str | None = None,
    recognised: Iterable[bool] = (True,),
    free_form: bool | None = None,
    unseen: bool = False,
    typed: bool = False,
    of_tables: bool = False,
    of_several: bool = False,
    of_words: bool = False,
    yields_to: tuple[str, ...] = (),
    options: type | None = None,
    group: str | None = None,
    url: str | None = None,
) -> Callable[[Check], Rule]:
    """Make a rule of a function that takes a part of a report and yields findings.

    `on` is the type of the part, or several (classes of reportlint.model and of what is read
    from one, or Source); `zh` and `en` word what it finds, or `messages`, by key, as (zh, en), where it
    finds several things; `remarks` words the labels and notes likewise; `fix` says how safe the rule's
    fixes are, if it has any; `recognised` says whether the rule runs on reports, on texts that are none, or both;
    `free_form` whether it holds for reports of years without a form too (those of garbled do, others do not);
    `unseen` whether one on Source speaks also of what no reader sees, such as the head of a web page;
    `typed` whether it speaks of blanks, which only an author types (see Source.typed);
    `of_tables` whether it holds for tables without their report, as those of arithmetic and garbled do;
    `of_several` whether it holds for reports of several years side by side, as those of garbled do;
    `of_words` whether it speaks of single words and characters, which a configuration may allow;
    `yields_to` names the rules that say more of the same place: what they tell there it does not tell again.
    With `options`, a NamedTuple (see `Option`), the check takes the part and its options.
    `group` is one of GROUPS; without it, it is the name of the folder that the rule's module is in.
    `url` is the rule's page on the web, for rules of plugins.
    """

    def make(check: Check) -> Rule:
        name = check.__name__.replace("_", "-")
        words = {key: Words(*value) for key, value in (remarks or {}).items()}
        within = group or check.__module__.rpartition(".")[0].rpartition(".")[2]
        return Rule(
            name=name,
            group=within,
            on=on if isinstance(on, tuple) else (on,),
            severity=Severity(severity),
            messages={key: Words(*value) for key, value in (messages or {"": (zh, en)}).items()},
            help=Words(*help) if help else None,
            remarks=words,
            fix=fix,
            check=check,
            recognised=frozenset(recognised),
            free_form=within == "garbled" if free_form is None else free_form,
            unseen=unseen,
            typed=typed,
            of_tables=of_tables,
            of_several=of_several,
            of_words=of_words,
            yields_to=yields_to,
            options=options,
            url=url or (f"docs/rules/{name}.md" if check.__module__.startswith("reportlint.") else None),
        )

    return make


def fields_of(words: Words) -> tuple[set[str], set[str]]:
    """The field names that the Chinese and the English wording use."""
    from string import Formatter

    zh, en = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in words)
    return zh, en


def say(words: Words, lang: str, fields: Mapping[str, object]) -> str:
    """A wording in `lang` with its fields; lists are joined as that language does, quotes within quotes single ones."""
    wording = words(lang)
    shown = {name: _show(value, lang) for name, value in fields.items()}
    for name, text in shown.items():
        if "“" in text and f"“{{{name}}}”" in wording:
            shown[name] = inner_quotes(text)
    return wording.format_map(shown)


def _show(value: object, lang: str) -> str:
    if isinstance(value, Words):
        return value(lang)
    if isinstance(value, Label):
        return printable(value.form)
    if isinstance(value, list | tuple):
        return enumerated((_show(v, lang) for v in value), lang)
    return printable(str(value), keep="\n\r\t")


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, those of plugins too, by group in catalogue order, then by name."""
    found = {rule.name: rule for rules in _loaded().values.values() for rule in rules}
    return tuple(sorted(found.values(), key=lambda rule: (GROUPS.index(rule.group), rule.name)))


def broken() -> tuple[Broken, ...]:
    """Rules of plugins that are left out."""
    return _loaded().broken


@cache
def _loaded() -> Loaded[tuple[Rule, ...]]:
    taken: set[str] = set()

    def convert(name: str, value: object) -> tuple[Rule, ...]:
        rules = tuple(_rules_in(value))
        if not rules:
            raise TypeError("it holds no rule")
        for rule in rules:
            if not is_own(rule):
                vet(rule)
            if rule.name in taken:
                raise ValueError(f"a rule is already called {rule.name}")
            if rule.group not in GROUPS:
                raise ValueError(f"{rule.name}: group= is one of {', '.join(GROUPS)}, not {rule.group}")
        taken.update(rule.name for rule in rules)
        return rules

    return plugins.load("rules", convert)


def is_own(rule: Rule) -> bool:
    """Whether a rule ships with reportlint; the tests have vetted those."""
    return rule.check.__module__.startswith("reportlint.")


def vet(rule: Rule) -> None:
    """Raise ValueError for a rule that could not work: here only its plugin is left out."""
    if rule.options is not None:
        options_table(rule.options)
        rule.options()
    if not all(isinstance(kind, type) and kind.__module__.startswith("reportlint.") for kind in rule.on):
        raise ValueError(f"{rule.name}: on= takes classes of reportlint.model and the like")
    if rule.fix not in (None, *Safety):
        raise ValueError(f"{rule.name}: fix= is {' or '.join(Safety)}, not {rule.fix}")
    for words in (*rule.messages.values(), *rule.remarks.values(), *([rule.help] if rule.help else [])):
        zh, en = fields_of(words)
        if zh != en:
            raise ValueError(f"{rule.name}: both languages must name the same fields, not {sorted(zh ^ en)} in one")


def _rules_in(value: object) -> Iterator[Rule]:
    """The rules that an entry point gives: a rule, a module of rules, or a package of such modules."""
    if isinstance(value, Rule):
        yield value
    elif isinstance(value, ModuleType):
        found = [held for held in vars(value).values() if isinstance(held, Rule)]
        yield from (held for held in found if held.check.__module__ == value.__name__)
        for name in sorted(plugins.modules_in(value)):
            if not name.startswith("_"):
                yield from _rules_in(importlib.import_module(f"{value.__name__}.{name}"))
    else:
        raise TypeError(f"it gives {type(value).__name__}, not a rule or a module of rules")
