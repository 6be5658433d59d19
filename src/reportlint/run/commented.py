"""What comments in a text keep from being reported, and which of them do nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from reportlint.config.ignores import UnusedComment
from reportlint.diagnostics import Diagnostic, Words
from reportlint.rules import Rule
from reportlint.run.selection import BadChoice, rules_named
from reportlint.run.together import TOGETHER
from reportlint.source import Source
from reportlint.text.ignoring import MARK, ignore_comments
from reportlint.tuples import NamedTuple

_NO_RULES = Words(
    f"没有写规则，不起作用；写作 <!-- {MARK} 规则: 理由 -->", f"names no rule; write <!-- {MARK} rule: reason -->"
)
_NO_REASON = Words(
    f"没有写理由，不起作用；写作 <!-- {MARK} 规则: 理由 -->", f"gives no reason; write <!-- {MARK} rule: reason -->"
)


def kept(found: Iterable[Diagnostic], source: Source) -> list[Diagnostic]:
    """The findings in a text that no comment in it ignores."""
    reaches = [(_named(one.names).rules, one.reach) for one in ignore_comments(source) if one.reason]
    return [d for d in found if not any(d.rule in meant and _is_in(d, reach) for meant, reach in reaches)]


def unused(found: Iterable[Diagnostic], source: Source, rules: Iterable[Rule]) -> Iterator[UnusedComment]:
    """Of the comments in a text those that ignore none of what `rules` found in it, or cannot.

    A name that stands for other rules too, which did not run or need several reports, is not judged.
    """
    held, ran = list(found), {rule.name for rule in rules if TOGETHER.isdisjoint(rule.on)}
    for one in ignore_comments(source):
        if not one.names or not one.reason:
            yield UnusedComment(one.span, one.names, one.reason, _NO_REASON if one.names else _NO_RULES)
        elif wrong := _named(one.names).wrong:
            yield UnusedComment(one.span, one.names, one.reason, wrong)
        else:
            needed = {d.rule for d in held if _is_in(d, one.reach)}
            idle = tuple(name for name in one.names if (own := rules_named([name])) <= ran and not own & needed)
            if idle:
                yield UnusedComment(one.span, idle, one.reason)


class _Named(NamedTuple):
    """The rules that names stand for, or why they stand for nothing."""

    rules: frozenset[str] = frozenset()
    wrong: Words | None = None


@lru_cache(maxsize=64)
def _named(names: tuple[str, ...]) -> _Named:
    try:
        return _Named(frozenset(rules_named(names)))
    except BadChoice as error:
        return _Named(wrong=Words(f"不起作用：{error.words.zh}", f"ignores nothing: {error.words.en}"))


def _is_in(found: Diagnostic, reach: tuple[int, int]) -> bool:
    return reach[0] <= found.span.start < reach[1]
