"""Writes the lists that follow from the program into the READMEs and docs: `python -m tools.lists`, or `make lists`.

The tables of rules and the names of output formats in both READMEs, the JSON Schema of a configuration,
the parser's tables of the national forms, and the data as JSON (grammar/tables). A test holds that they are so.
"""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import polib

from reportlint.forms.load import files_of, form_name, grammar_text
from reportlint.forms.make import make_form
from reportlint.forms.national import FORM_2019, FORM_2021
from reportlint.forms.skeleton import Skeleton
from reportlint.forms.stored import stored
from reportlint.forms.tables import compile_grammar, file_name, make_tables
from reportlint.manual.pages import MESSAGES as MESSAGES_OF_SAMPLES
from reportlint.manual.pages import page, samples, summary
from reportlint.manual.terms import FIXES, SEVERITIES
from reportlint.output import formats
from reportlint.resources import data_name
from reportlint.rules import all_rules
from reportlint.run.configfile import schema
from tests.pages import found_in

ROOT = Path(__file__).parents[1]
MESSAGES = ROOT / "src" / "reportlint" / "locale" / "zh_CN" / "LC_MESSAGES" / "messages.po"
RULES = ROOT / "docs" / "rules"
TABLES = ROOT / "grammar" / "tables"
READMES = {"en": "README.md", "zh": "README.zh-CN.md"}
_TABLE = re.compile(r"(?<=\| --- \| --- \| --- \| --- \| --- \|\n)(?:\| \[.*\n)+")
_FORMATS = re.compile(r"(?<=^\| `--output-format )[^`]+(?=`)", re.MULTILINE)


def rows(lang: str) -> Iterator[str]:
    """The table of rules, a line a rule."""
    for rule in all_rules():
        severity, fix = SEVERITIES[rule.severity](lang), FIXES[rule.fix](lang) if rule.fix else "–"
        link = f"[{rule.name}](docs/rules/{rule.name}.md)"
        yield f"| {link} | {rule.group} | {severity} | {fix} | {summary(rule, lang)} |\n"


def readme(lang: str, text: str) -> str:
    """A README with its lists made anew."""
    text = _TABLE.sub(lambda _: "".join(rows(lang)), text)
    return _FORMATS.sub(lambda _: "\\|".join(formats()), text)


def written() -> Iterator[tuple[Path, str]]:
    """Every file that holds a list, as it should be."""
    for lang, name in READMES.items():
        path = ROOT / name
        yield path, readme(lang, path.read_text("utf-8"))
    for file in (FORM_2019, FORM_2021):
        grammar = grammar_text(file)
        Skeleton(compile_grammar(grammar)).check()
        tables = json.dumps(make_tables(grammar), ensure_ascii=False, separators=(",", ":"))
        yield TABLES / file_name(grammar), tables + "\n"
        form = json.dumps(stored(make_form(file, *files_of(file))), ensure_ascii=False, separators=(",", ":"))
        yield TABLES / form_name(file, *files_of(file)), form + "\n"
    for path in sorted((ROOT / "grammar").glob("*.toml")):
        text = path.read_text("utf-8")
        made = json.dumps(tomllib.loads(text), ensure_ascii=False, separators=(",", ":"))
        yield TABLES / data_name(text), made + "\n"
    yield RULES / MESSAGES_OF_SAMPLES, json.dumps(said(), ensure_ascii=False, indent=0) + "\n"
    yield ROOT / "docs" / "reportlint.schema.json", json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def said() -> dict[str, list[list[tuple[str, str]]]]:
    """What is said of each finding in the samples of each rule's page, in Chinese and in English."""
    made = {}
    for rule in all_rules():
        failing = [sample for sample in samples(page(rule)) if sample.findings]
        both = [[[message for _, message in found_in(sample, lang)] for lang in ("zh", "en")] for sample in failing]
        made[rule.name] = [list(zip(*languages, strict=True)) for languages in both]
    return made


def messages() -> bytes:
    """What the command line says in Chinese, from its .po file, as gettext reads it."""
    return bytes(polib.pofile(str(MESSAGES)).to_binary())


if __name__ == "__main__":
    MESSAGES.with_suffix(".mo").write_bytes(messages())
    shutil.rmtree(TABLES, ignore_errors=True)
    TABLES.mkdir()
    for path, text in written():
        path.write_text(text, "utf-8")
