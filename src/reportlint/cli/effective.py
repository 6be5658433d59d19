"""reportlint config: what holds for a file, and where each setting comes from."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from reportlint.characters import UNPRINTABLE, printable
from reportlint.cli.inputs import choose_configuration
from reportlint.cli.options import CONFIG, ISOLATED, LANG
from reportlint.cli.say import choices, choose_language, echo_json
from reportlint.config.values import Config, FamilyConfig
from reportlint.diagnostics import Words
from reportlint.tuples import NamedTuple

DEFAULT = Words("默认", "default")
ENVIRONMENT = Words("环境", "environment")
HOLDS = Words("# {path} 的设置", "# what holds for {path}")
NONE = Words("（没有配置文件）", " (no configuration file)")


class Setting(NamedTuple):
    """An effective setting and where it comes from: a file and line, or the default."""

    key: str
    value: object
    origin: str


@click.command()
@click.argument("path", metavar="[PATH]", default=".", type=click.Path())
@click.option("--schema", is_flag=True, help="Print the JSON Schema of reportlint.toml, for editors.")
@click.option(
    "--output-format", type=click.Choice(["text", "json"]), default="text", help="TOML with comments, or JSON."
)
@CONFIG
@ISOLATED
@LANG
def config(
    path: str, schema: bool, output_format: str, config_file: str | None, isolated: bool, lang: str | None
) -> None:
    """Show the settings for a file or folder, and where each comes from."""
    with choices(lang):
        if schema:
            from reportlint.run.configfile import schema as made

            echo_json(made())
            return
        configuration = choose_configuration(config_file, isolated)
        found = configuration(os.path.join(path, "-") if os.path.isdir(path) else path)
    language = choose_language(lang, found.lang)
    settings = list(_settings(found, language))
    if lang:
        settings = [s._replace(origin="--lang") if s.key == "lang" else s for s in settings]
    if output_format == "json":
        value = {s.key: {"value": s.value, "origin": s.origin} for s in settings}
        echo_json(value)
        return
    click.echo(HOLDS(language).format(path=printable(path)) + ("" if found.path else NONE(language)))
    # What has no value is no TOML, so it is a comment.
    lines = [f"# {s.key}" if s.value is None else f"{_shown(s.key)} = {_toml(s.value)}" for s in settings]
    width = min(48, max(map(len, lines)))
    for line, setting in zip(lines, settings, strict=True):
        click.echo(f"{line:<{width}}  # {printable(setting.origin)}")


def _settings(config: Config, lang: str) -> Iterator[Setting]:
    """Every setting, in the order of the configuration's keys."""

    def setting(key: str, value: object) -> Setting:
        origin = config.origin(key)
        return Setting(key, value, f"{os.path.relpath(origin[0])}:{origin[1]}" if origin else DEFAULT(lang))

    root = config.root
    yield setting("extend", _inside(config.extend, root) if config.extend else None)
    yield setting("select", list(config.select))
    yield setting("ignore", list(config.ignore))
    yield setting("form", config.form)
    yield setting("forms", [_inside(form, root) for form in config.forms])
    language = setting("lang", lang)
    yield language if config.lang else language._replace(origin=ENVIRONMENT(lang))
    yield setting("output-format", config.output_format or "text")
    yield setting("fail-on", config.fail_on)
    yield setting("exclude", list(config.exclude))
    yield from _excluded_by(config.outer, "extend.exclude")
    yield setting("baseline", _inside(config.baseline, root) if config.baseline else None)
    yield setting("allow", list(config.allow))
    yield setting("fixable", list(config.fixable))
    yield setting("unfixable", list(config.unfixable))
    for key, value in (("statistics", config.statistics), ("quiet", config.quiet), ("all", config.all)):
        yield setting(key, value)
    yield setting("families", [_family(family) for family in config.families])
    ignores = [{"paths": list(i.paths), "rules": list(i.rules), "reason": i.reason} for i in config.ignores]
    yield setting("ignores", ignores)
    yield from _rules(config, setting)


def _excluded_by(config: Config | None, key: str) -> Iterator[Setting]:
    """What the configurations leave out that one extends: each relative to its own folder."""
    if config is None:
        return
    if config.exclude and config.path:
        origin = f"{os.path.relpath(config.path)}:{config.stated['exclude']}"
        yield Setting(key, list(config.exclude), origin)
    yield from _excluded_by(config.outer, f"extend.{key}")


def _shown(key: str) -> str:
    """A key, behind the mark of a comment where it cannot be written so."""
    return f"# {key}" if key.startswith("extend.") else key


def _family(family: FamilyConfig) -> dict[str, object]:
    """A family as the configuration states it."""
    if family.folder is not None:
        named: dict[str, object] = {"folder": family.folder}
    else:
        named = {"parent": family.parent, "children": list(family.children)}
    return {**named, "complete": family.complete}


def _rules(config: Config, setting: Any) -> Iterator[Setting]:
    """Severities that are set, and the options of every rule that has some."""
    from reportlint.rules import all_rules
    from reportlint.toml.rule_options import options_table

    for rule in all_rules():
        chosen = config.rules.get(rule.name)
        if chosen and chosen.severity:
            yield setting(f"rule.{rule.name}.severity", str(chosen.severity))
        options = (chosen.options if chosen else None) or (rule.options() if rule.options else None)
        if options is not None and rule.options is not None:
            for name in options_table(rule.options):
                value = getattr(options, name.replace("-", "_"))
                yield setting(f"rule.{rule.name}.{name}", list(value) if isinstance(value, tuple) else value)


def _inside(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _toml(value: object) -> str:
    """A value as TOML writes it, on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(held)}" for key, held in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return UNPRINTABLE.sub(lambda m: f"\\U{ord(m[0]):08x}", json.dumps(value, ensure_ascii=False))
