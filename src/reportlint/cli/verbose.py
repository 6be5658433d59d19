"""--verbose: which configurations a run has, and what each file was taken for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from reportlint.characters import printable
from reportlint.cli.say import complain
from reportlint.diagnostics import Words

if TYPE_CHECKING:
    from reportlint.config.values import Config
    from reportlint.run.outcome import Outcome
    from reportlint.run.settings import Plan

_CONFIGURED = Words("配置 {file}：{count} 条规则", "configuration {file}: {count} rules")
_UNCONFIGURED = Words("没有配置：{count} 条规则", "no configuration: {count} rules")
_FORM = Words("{} 格式", "form {}")
_NO_FORM = Words("没有认出是年度报告", "not recognised as an annual report")
_YEAR = Words("{} 年", "{}")
_NO_ORGAN = Words("没有写明机关", "no organ named")
_NO_YEAR = Words("没有写明年份", "no year named")
_UNDER = Words("按 {} 检查", "checked under {}")


def tell_configurations(plan: Plan, lang: str) -> None:
    """Say which configurations there are, and how many rules each has checked."""
    for config in plan.configs:
        said = _CONFIGURED if config.path else _UNCONFIGURED
        complain(said(lang).format(file=_shown(config), count=len(plan.under(config).rules)))


def tell_file(path: str, outcome: Outcome, config: Config, lang: str) -> None:
    """Say what a file was taken for: its form, organ and year, its encoding, and the configuration that it is under."""
    parts = [_FORM(lang).format(outcome.form) if outcome.form else _NO_FORM(lang)]
    if outcome.form:
        parts += [
            printable(outcome.organ) if outcome.organ else _NO_ORGAN(lang),
            _YEAR(lang).format(outcome.year) if outcome.year else _NO_YEAR(lang),
        ]
    parts.append(outcome.encoding)
    if config.path:
        parts.append(_UNDER(lang).format(_shown(config)))
    joined = ("，" if lang == "zh" else ", ").join(parts)
    complain(f"{printable(path)}{'：' if lang == 'zh' else ': '}{joined}")


def _shown(config: Config) -> str:
    return printable(os.path.relpath(config.path)) if config.path else ""
