"""Reads the configuration: reportlint.toml, or [tool.reportlint] in pyproject.toml (docs/configuration.md).

What may stand in it is declared once, in `keys`; reading, refusing, the JSON Schema and
`reportlint config` all follow from that.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reportlint import plugins
from reportlint.config import globs
from reportlint.config.values import NAMES, Config, FamilyConfig, Ignore, RuleConfig
from reportlint.diagnostics import Severity, UserError, Words, reason
from reportlint.reading import read_bytes
from reportlint.rules import Rule, all_rules
from reportlint.run.nearest_config import MOST_BYTES, is_ours
from reportlint.run.selection import BadChoice, rules_named
from reportlint.toml.kinds import Choice, Flag, Key, ListOf, Table, Text, Wrong, no_toml, placed
from reportlint.toml.lines import key_lines, line_of
from reportlint.toml.rule_options import options_table

_COMMAND_LINE = {
    name: Words("只能写在命令行", "is an option of the command line only")
    for name in (
        "fix",
        "unsafe-fixes",
        "diff",
        "output-file",
        "update-baseline",
        "config",
        "isolated",
        "stdin-filename",
        "max-size",
    )
}
SEVERITIES = tuple(severity.value for severity in Severity)


class BadConfig(UserError):
    """A configuration that cannot be used."""


def read(path: str | os.PathLike[str]) -> Config:
    """The configuration in a file. Raises BadConfig with a sentence where it is wrong."""
    return _read(Path(os.path.abspath(path)), frozenset())


def _read(path: Path, seen: frozenset[Path]) -> Config:
    shown = _shown(path)
    try:
        held = read_bytes(path, MOST_BYTES)
        if len(held) > MOST_BYTES:
            raise BadConfig(f"{shown} 太大，不是配置文件", f"{shown} is too large for a configuration")
        return _extended(parse(held.decode("utf-8-sig"), path), seen | {path})
    except OSError as error:
        why = reason(error)
        raise BadConfig(
            f"无法读取配置文件 {shown}：{why.zh}", f"cannot read the configuration {shown}: {why.en}"
        ) from None
    except UnicodeDecodeError:
        raise BadConfig(f"{shown} 不是 UTF-8，请另存为 UTF-8", f"{shown} is not UTF-8; save it as UTF-8") from None


def _extended(config: Config, seen: frozenset[Path]) -> Config:
    """A configuration with what it takes over from the one that it extends. Raises BadConfig."""
    if config.extend is None or config.path is None:
        return config
    shown, line = _shown(config.path), config.stated["extend"]
    outer = Path(os.path.abspath(config.extend))
    if outer in seen:
        raise BadConfig(
            f"{shown}:{line}：extend 绕了一圈又回到 {_shown(outer)}",
            f"{shown}:{line}: extend leads back to {_shown(outer)}",
        )
    try:
        if outer.name == NAMES[1] and os.path.isfile(outer) and not is_ours(outer):
            name = _shown(outer)
            raise BadConfig(f"{name} 里没有 [tool.reportlint]", f"{name} has no [tool.reportlint]")
        return config.over(_read(outer, seen))
    except BadConfig as error:
        raise BadConfig(
            f"{shown}:{line}：extend：{error.words.zh}", f"{shown}:{line}: extend: {error.words.en}"
        ) from None


def parse(text: str, path: Path) -> Config:
    """The configuration that a text is, of a file at `path`, without what it extends. Raises BadConfig."""
    shown = _shown(path)
    # As tomllib does; its reader also takes \r\n.
    text = text.replace("\r\n", "\n")
    import tomllib

    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadConfig(*no_toml(shown, error)) from None
    lines = key_lines(text)
    prefix = ""
    if path.name == NAMES[1]:
        prefix = "tool.reportlint."
        tool = data.get("tool", {})
        data = tool.get("reportlint", {}) if isinstance(tool, dict) else {}
    try:
        config: Config = table(path).read(data)
    except Wrong as wrong:
        bad = BadConfig(*placed(wrong, shown, lines, prefix))
        bad.lang = data.get("lang") if isinstance(data, dict) and data.get("lang") in ("zh", "en") else None
        raise bad from None
    own = {key.removeprefix(prefix): line for key, line in lines.items() if key.startswith(prefix)}
    ignores = tuple(one._replace(line=line_of(own, f"ignores.{n}") or 1) for n, one in enumerate(config.ignores))
    exclude = tuple(globs.typed(glob, path.parent) for glob in config.exclude)
    return config._replace(path=path, ignores=ignores, exclude=exclude, stated=own)


def _shown(path: Path) -> str:
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)


def table(path: Path) -> Table:
    """What a configuration file at `path` may hold."""
    return Table(
        keys(path),
        elsewhere=_COMMAND_LINE,
        make=lambda read: Config(**{name.replace("-", "_"): v for name, v in _renamed(read)}),
    )


def _renamed(read: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from (("rules" if name == "rule" else name, value) for name, value in read.items())


def keys(path: Path) -> dict[str, Key]:
    """Every key of a configuration file at `path`, in the order in which `reportlint config` shows them."""
    root = path.parent
    names = ListOf(Text(rule_or_group))
    return {
        "extend": Key(_In(root), Words("在这份配置的基础上", "the configuration that this one builds upon")),
        "select": Key(
            ListOf(Text(rule_or_group), filled=True), Words("只检查这些规则或类别", "only these rules or groups")
        ),
        "ignore": Key(names, Words("不检查这些规则或类别", "not these rules or groups")),
        "form": Key(
            Text(filled=True),
            Words("用哪一种格式：auto、名称或语法文件", "which form: auto, a name, or a grammar file"),
        ),
        "forms": Key(ListOf(_In(root)), Words("自定义格式的语法文件", "grammar files of forms of your own")),
        "lang": Key(Choice(("zh", "en")), Words("提示用的语言", "the language of messages")),
        "output-format": Key(Choice(plugins.names("outputs")), Words("输出格式", "how findings are written")),
        "fail-on": Key(Choice((*SEVERITIES, "never")), Words("从哪一级起退出码为 1", "least severity that fails")),
        "exclude": Key(ListOf(Text(_glob)), Words("检查文件夹时略过的文件", "files to leave out of folders")),
        "baseline": Key(_In(root), Words("基线文件", "the baseline file")),
        "allow": Key(
            ListOf(Text(filled=True)),
            Words("自己的用语，不作为用字用词问题", "words of your own, never a fault of wording"),
        ),
        "fixable": Key(names, Words("只修正这些规则或类别", "fix only these rules or groups")),
        "unfixable": Key(names, Words("不修正这些规则或类别", "do not fix these rules or groups")),
        "statistics": Key(Flag(), Words("按规则统计", "count findings by rule")),
        "quiet": Key(Flag(), Words("只输出发现的问题", "only findings")),
        "all": Key(Flag(), Words("显示每一处", "show every place of a rule that fires often")),
        "families": Key(ListOf(_family(root)), Words("上级与所属单位", "parents and their children")),
        "ignores": Key(ListOf(_ignore(path)), Words("哪些文件不报哪些规则", "what is not reported where, and why")),
        "rule": Key(_rules(), Words("各规则的级别和选项", "severity and options of each rule")),
    }


def _family(root: Path) -> Table:
    def make(read: dict[str, Any]) -> FamilyConfig:
        if ("folder" in read) == ("parent" in read) or ("parent" in read and not read.get("children")):
            raise Wrong("需要 folder，或者 parent 和 children", "needs either a folder, or a parent and its children")
        return FamilyConfig(root, **read)

    return Table(
        {
            "folder": Key(Text(filled=True), Words("上级报告所在的文件夹", "the folder with the parent's reports")),
            "parent": Key(Text(filled=True), Words("上级的名称或报告路径", "the parent, by name or path")),
            "children": Key(
                ListOf(Text(filled=True)), Words("所属单位的名称或报告路径", "the children, by name or path")
            ),
            "complete": Key(Flag(), Words("所属单位是否齐全", "whether these are all children")),
        },
        make,
    )


def rule_or_group(name: str) -> None:
    """Raise Wrong for what is neither a rule nor a group."""
    try:
        rules_named([name])
    except BadChoice as error:
        raise Wrong(f"有误：{error.words.zh}", f"is wrong: {error.words.en}") from None


def _glob(value: str) -> None:
    try:
        globs.check(value)
    except globs.BadGlob as error:
        raise Wrong(f"有误：{error.words.zh}", f"is wrong: {error.words.en}") from None


def _ignore(path: Path) -> Table:
    return Table(
        {
            "paths": Key(
                ListOf(Text(_glob), filled=True), Words("哪些文件，写法同 .gitignore", "which files, as in .gitignore")
            ),
            "rules": Key(ListOf(Text(rule_or_group), filled=True), Words("哪些规则或类别", "which rules or groups")),
            "reason": Key(Text(filled=True), Words("为什么", "why")),
        },
        lambda read: Ignore(file=path, **read),
        ("paths", "rules", "reason"),
    )


def _rules() -> Table:
    known = {rule.name: Key(_rule(rule), Words(f"规则 {rule.name}", f"rule {rule.name}")) for rule in all_rules()}
    return Table(known, unknown=Words("；全部规则见 `reportlint rules`", "; `reportlint rules` lists the rules"))


def _rule(rule: Rule) -> Table:
    own = options_table(rule.options) if rule.options else {}

    def make(read: dict[str, Any]) -> RuleConfig:
        severity = read.pop("severity", None)
        options = rule.options(**{n.replace("-", "_"): v for n, v in read.items()}) if rule.options and read else None
        return RuleConfig(Severity(severity) if severity else None, options)

    severity = Key(Choice(SEVERITIES), Words("级别", "its severity"))
    return Table({"severity": severity, **own}, make)


class _In:
    """A path relative to the configuration."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, value: Any) -> Path:
        return self.root / Text(filled=True).read(value)

    def schema(self) -> dict[str, Any]:
        return Text(filled=True).schema()


def schema() -> dict[str, Any]:
    """JSON Schema of reportlint.toml; what stands under [tool.reportlint] is the same."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "reportlint.toml",
        **table(Path("reportlint.toml")).schema(),
    }
