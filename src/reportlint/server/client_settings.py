"""What the settings of an editor ask for (docs/editors.md lists them)."""

from __future__ import annotations

import os
from typing import Any

from reportlint.diagnostics import UserError, Words
from reportlint.run.configfile import rule_or_group
from reportlint.run.selection import form_names
from reportlint.run.settings import Choices
from reportlint.toml.kinds import Choice, Flag, Key, ListOf, Table, Text, Wrong
from reportlint.tuples import NamedTuple

SECTION = "reportlint"
_CLIENT = ("path", "trace", "enable")
"""What an extension keeps under our name for itself."""


class BadWish(UserError):
    """A setting that cannot be used."""


class Wishes(NamedTuple):
    """Settings of an editor; None and nothing leave it to the project's configuration."""

    lang: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    form: str | None = None
    config: str | None = None
    inlay_hints: bool = False
    workspace: bool = True

    @property
    def choices(self) -> Choices:
        """Those that the command line has too."""
        return Choices(self.select, self.ignore, self.form)

    def beside(self, folder: str | None) -> Wishes:
        """The same with paths that are relative to a folder, which is the workspace."""
        if folder is None:
            return self
        config = os.path.join(folder, self.config) if self.config else None
        form = self.form
        if form and form not in form_names():
            form = os.path.join(folder, form)
        return self._replace(config=config, form=form)


_TABLE = Table(
    {
        "lang": Key(Choice(("auto", "zh", "en")), Words("提示用的语言", "the language of messages")),
        "select": Key(ListOf(Text(rule_or_group)), Words("只检查这些", "only these rules or groups")),
        "ignore": Key(ListOf(Text(rule_or_group)), Words("不检查这些", "not these rules or groups")),
        "form": Key(Text(), Words("哪一种格式", "which form")),
        "config": Key(Text(), Words("配置文件", "the configuration file")),
        "inlayHints": Key(Flag(), Words("在行末显示应有的合计", "show the sums that differ")),
        "workspace": Key(Flag(), Words("检查整个文件夹", "check the files of the workspace")),
    }
)


def read_wishes(value: Any) -> Wishes:
    """Wishes of what an editor sends, under the name reportlint or without it. Raises BadWish."""
    if isinstance(value, dict) and isinstance(value.get(SECTION), dict):
        value = value[SECTION]
    if not isinstance(value, dict):
        return Wishes()
    given = {name: held for name, held in value.items() if name not in _CLIENT and held not in (None, "")}
    try:
        read = _TABLE.read(given)
    except Wrong as wrong:
        key = f"{SECTION}.{wrong.key}" if wrong.key else SECTION
        raise BadWish(f"编辑器设置 {key} {wrong.words.zh}", f"the setting {key} {wrong.words.en}") from None
    lang = read.pop("lang", "auto")
    hints = read.pop("inlayHints", False)
    return Wishes(lang=None if lang == "auto" else lang, inlay_hints=hints, **read)
