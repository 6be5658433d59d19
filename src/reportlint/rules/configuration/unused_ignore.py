"""Rule unused-ignore; docs/rules/unused-ignore.md is its page and its test."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.config.ignores import UnusedComment, UnusedIgnore
from reportlint.rules import Finding, rule


@rule(
    on=(UnusedIgnore, UnusedComment),
    severity="info",
    help=("不再需要就删去，免得掩盖以后的问题", "remove what is not needed, before it hides a new fault"),
    messages={
        "paths": ("没有文件符合 {paths}", "no file matches {paths}"),
        "rules": ("所列文件中没有发现 {rules}", "{rules} finds nothing in these files"),
        "comment": ("此后的段落或表格中没有发现 {rules}", "{rules} finds nothing in what follows this comment"),
        "wrong": ("这条注释{why}", "this comment {why}"),
    },
    remarks={
        "reason": ("当时的理由：{reason}", "it was ignored because: {reason}"),
    },
)
def unused_ignore(unused: UnusedIgnore | UnusedComment) -> Iterator[Finding]:
    """An entry of `ignores`, or a comment in a text, that ignores nothing.

    An entry is judged only in a run over the whole folder of the configuration; both for the rules of the run.
    Source: docs/configuration.md.
    """
    if isinstance(unused, UnusedComment):
        if unused.wrong:
            yield Finding(unused.span, "wrong", why=unused.wrong).without_help()
        else:
            found = Finding(unused.span, "comment", rules=unused.rules)
            yield found.note("reason", reason=unused.reason)
        return
    key = "paths" if unused.paths else "rules"
    found = Finding(unused.span, key, paths=unused.paths, rules=unused.rules)
    yield found.note("reason", reason=unused.reason)
