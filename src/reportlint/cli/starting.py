"""reportlint init: a configuration to begin with, all of it in comments."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from typing import Any

import click

from reportlint.cli.options import LANG
from reportlint.cli.say import Refused, choose_language
from reportlint.config.values import DEFAULT, NAMES
from reportlint.diagnostics import Words, reason

_HEAD = Words(
    "# reportlint 的配置。去掉行首的 # 就生效；没有写的用默认值。`reportlint config` 显示实际生效的设置。",
    "# The configuration of reportlint. What loses its # holds, the rest is as by default; "
    "`reportlint config` shows it.",
)
_IGNORES = Words("不报的问题，并写明原因", "what is not reported, with the reason")
_WHY = Words("写明原因", "say why")
_RULE = Words("一条规则的级别和选项", "a rule's severity and options")
_FAMILY = Words("上级与下级报告，互相核对合计", "a parent's report and its children's, whose sums are compared")
_PATHS = {"extend": "../reportlint.toml", "baseline": "baseline.json"}
_THERE = Words("{path} 已经有了，没有改动", "there is {path} already; nothing was changed")
_WRITTEN = Words("已写入 {path}", "written: {path}")


@click.command()
@click.argument("folder", metavar="[FOLDER]", default=".", type=click.Path())
@LANG
def init(folder: str, lang: str | None) -> None:
    """Write a configuration to begin with, reportlint.toml, into a folder."""
    language = choose_language(lang)
    path = os.path.join(folder, NAMES[0])
    try:
        # What is there is never written over, whoever made it a moment ago.
        with open(path, "x", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in _lines(language))
    except FileExistsError:
        raise Refused(_THERE(language).format(path=path)) from None
    except OSError as error:
        why = reason(error) if error.errno != errno.ENOENT else Words("没有这个文件夹", "there is no such folder")
        raise Refused(Words(f"无法写入 {path}：{why.zh}", f"cannot write {path}: {why.en}")(language)) from None
    click.echo(_WRITTEN(language).format(path=path))


def _lines(lang: str) -> Iterator[str]:
    from reportlint.run.configfile import schema

    yield _HEAD(lang)
    for key, held in schema()["properties"].items():
        if held.get("type") != "object" and held.get("items", {}).get("type") != "object":
            yield ""
            yield f"# {_said(held, lang)}"
            yield f"# {key} = {_value(key, held)}"
    examples = (
        (_IGNORES, "[[ignores]]", 'paths = ["2019/*.txt"]', 'rules = ["doubled-word"]', f'reason = "{_WHY(lang)}"'),
        (_FAMILY, "[[families]]", 'folder = "2024"'),
        (_RULE, "[rule.late-date]", 'severity = "info"'),
    )
    for words, *example in examples:
        yield from ("", f"# {words(lang)}", *(f"# {line}" for line in example))


def _said(held: dict[str, Any], lang: str) -> str:
    zh, _, en = str(held["description"]).partition(" / ")
    return zh if lang == "zh" else en


def _value(key: str, held: dict[str, Any]) -> str:
    """A key's default, or where it has none an example of its kind."""
    default = getattr(DEFAULT, key.replace("-", "_"))
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, tuple):
        return "[" + ", ".join(f'"{value}"' for value in default) + "]"
    return f'"{default or _PATHS.get(key) or held["enum"][0]}"'
