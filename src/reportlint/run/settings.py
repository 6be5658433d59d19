"""What holds for each file of a run: the command line's choices over those of its configuration."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from reportlint.config.values import DEFAULT, Config, FamilyConfig
from reportlint.forms import load as formfile
from reportlint.forms.form import Form
from reportlint.rules import Rule
from reportlint.run import nearest_config, vcs
from reportlint.run.selection import BadChoice, choose_forms, choose_rules, form_names
from reportlint.tuples import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class _Settings(NamedTuple):
    config: Config
    rules: tuple[Rule, ...]
    forms: tuple[Form, ...]
    fail_on: str


class Settings(_Settings):
    """The rules and forms that are used for a file, and its configuration."""

    @cached_property
    def active(self) -> frozenset[str]:
        """The names of the rules."""
        return frozenset(rule.name for rule in self.rules)

    @cached_property
    def alone(self) -> frozenset[str]:
        """The names of those rules that need no other report."""
        from reportlint.run.together import TOGETHER

        return frozenset(rule.name for rule in self.rules if TOGETHER.isdisjoint(rule.on))


class Choices(NamedTuple):
    """What the command line chooses; None and nothing leave it to the configuration."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    form: str | None = None
    fail_on: str | None = None
    extend_select: tuple[str, ...] = ()


class Plan:
    """The settings of each file of a run."""

    def __init__(self, configs: Mapping[str, Config], choices: Choices) -> None:
        """`configs` holds each file's configuration by its path. Raises BadChoice."""
        self._of = dict(configs)
        self.configs = tuple(dict.fromkeys(configs.values()))
        self._settings = {config: _settings(config, choices) for config in (*self.configs, DEFAULT)}

    def of(self, path: str) -> Settings:
        """What holds for a file."""
        return self._settings[self._of.get(path, DEFAULT)]

    def under(self, config: Config) -> Settings:
        """What holds under one of the run's configurations."""
        return self._settings[config]

    @property
    def families(self) -> tuple[FamilyConfig, ...]:
        """Every family that one of the configurations states, once."""
        return tuple(dict.fromkeys(family for config in self.configs for family in config.families))

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule that is used for some file."""
        used = [self.under(config) for config in self.configs]
        return tuple({rule.name: rule for settings in used for rule in settings.rules}.values())

    @property
    def forms(self) -> tuple[Form, ...]:
        """Every form that is used for some file."""
        return tuple(dict.fromkeys(form for config in self.configs for form in self.under(config).forms))


def forget() -> None:
    """Forget configurations and forms that were read from files; they may have changed."""
    nearest_config.forget()
    vcs.forget()
    formfile.load.cache_clear()
    choose_forms.cache_clear()


def _settings(config: Config, choices: Choices) -> Settings:
    select, ignore = rule_names(config, choices.select, choices.ignore)
    rules = choose_rules((*select, *choices.extend_select), ignore)
    form = choices.form
    if form is None:
        form = config.form
        # A form's name, or a path relative to the configuration.
        if form not in form_names() and os.path.isfile(path := config.root / form):
            form = str(path)
    try:
        forms = choose_forms(form, config.forms)
    except BadChoice as error:
        origins = [origin for key in ("forms", "form") if (origin := config.origin(key)) and choices.form is None]
        if not origins:
            raise
        at = f"{os.path.relpath(origins[0][0])}:{origins[0][1]}"
        raise BadChoice(f"{at}：{error.words.zh}", f"{at}: {error.words.en}") from None
    return Settings(config, rules, forms, choices.fail_on or config.fail_on)


def rule_names(config: Config, select: Sequence[str], ignore: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """What is selected and ignored: --select takes the place of both, --ignore is added."""
    return (select, ignore) if select else (config.select, (*config.ignore, *ignore))


def covers(folders: Sequence[str], root: Path) -> bool:
    """Whether one of the folders that a run goes through holds all of `root`."""
    from pathlib import Path  # most runs have no configuration

    whole = root.resolve()
    return any(whole.is_relative_to(Path(folder).resolve()) for folder in folders)
