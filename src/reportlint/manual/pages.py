"""Rule pages: documentation, `reportlint explain`, and test in one text."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from reportlint.diagnostics import Diagnostic
from reportlint.late import Late
from reportlint.manual.bilingual import page_in
from reportlint.resources import read_shipped, shipped
from reportlint.rules import Rule, is_own
from reportlint.tuples import NamedTuple

_BLOCK = Late(r"```report ?(?P<attrs>[^\n]*)\n(?P<text>.*?)\n```(?:\n+```findings\n(?P<findings>.*?)\n```)?", re.DOTALL)

MESSAGES = "messages.json"
"""Beside the pages: what is said of the findings in their samples."""
_WHY = Late(r"## (?:为什么|Why)\n+(?P<text>.*?)\n+(?:## |\Z)", re.DOTALL)
_WHAT_TO_DO = Late(r"## (?:怎么改|What to do)\n+(?P<text>.*?)\n+(?:## |\Z)", re.DOTALL)
_OUTSIDE = Late(r"\[([^\[\]\n]{0,200})\]\(\.\./[^()\s]{0,200}\)")
_LINK = Late(r"\[([^\[\]\n]{0,200})\]\([^()\s]{0,200}\)")


class Sample(NamedTuple):
    """A sample of a page: its attributes, its text, and the findings that the page promises, line by line."""

    attrs: str
    text: str
    findings: tuple[str, ...]


def page(rule: Rule) -> str:
    """The page of a rule, in Markdown.

    That of a rule of a plugin stands beside its module, under the rule's name; without one the
    page is made of the rule's docstring.
    """
    if is_own(rule):
        return read_shipped("docs", "rules", f"{rule.name}.md")
    file = getattr(sys.modules.get(rule.check.__module__), "__file__", None)
    beside = Path(file).with_name(f"{rule.name}.md") if file else None
    if beside and beside.is_file():
        return beside.read_text("utf-8")
    return f"# {rule.name}\n\n{rule.summary}\n"


def page_in_language(rule: Rule, lang: str) -> str:
    """The page of a rule in zh or en, in Markdown."""
    found = _messages().get(rule.name, []) if is_own(rule) else []
    text = page_in(page(rule), lang, [[said[lang == "en"] for said in sample] for sample in found])
    # An install has the rules' pages and no others.
    return _OUTSIDE.sub(r"\1", text)


@cache
def _messages() -> dict[str, list[list[tuple[str, str]]]]:
    """What is said of each finding in the samples of each rule's page, in Chinese and in English (`make lists`)."""
    held: dict[str, list[list[tuple[str, str]]]] = json.loads(read_shipped("docs", "rules", MESSAGES))
    return held


def location(found: Diagnostic) -> str | None:
    """Where the page of a finding's rule can be opened: on the web, or in the folder of the program."""
    if found.url is None or "://" in found.url:
        return found.url
    return _file(found.rule)


@cache
def _file(name: str) -> str:
    return Path(shipped("docs", "rules", f"{name}.md")).as_uri()


def summary(rule: Rule, lang: str) -> str:
    """What a rule finds, in one sentence: the one under its page's title, which is in both languages."""
    parts = page(rule).split("\n\n")
    zh, _, en = (parts[1] if len(parts) > 1 else "").strip().replace("\n", " ").partition(" / ")
    return zh if lang == "zh" or not en else en


def why(rule: Rule, lang: str) -> str:
    """Why a rule is one, in one paragraph of plain text; "" where its page does not say."""
    return _paragraph(_WHY, rule, lang)


def what_to_do(rule: Rule, lang: str) -> str:
    """What to do about a rule's findings, in one paragraph of plain text; "" where its page does not say."""
    return _paragraph(_WHAT_TO_DO, rule, lang)


def _paragraph(part: Late, rule: Rule, lang: str) -> str:
    found = part.search(page_in_language(rule, lang))
    lines = found["text"].split("\n") if found else []
    joined = "".join(lines) if lang == "zh" else " ".join(line for line in lines if line)
    return _LINK.sub(r"\1", joined).replace("`", "")


def samples(text: str) -> Iterator[Sample]:
    """The samples of a page, in order."""
    for match in _BLOCK.finditer(text):
        yield Sample(match["attrs"], match["text"], tuple((match["findings"] or "").splitlines()))
