"""One text checked under the settings of its place: what the command line and the editor both do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from reportlint.diagnostics import Diagnostic, Words
from reportlint.forms.form import Form
from reportlint.rules import Rule
from reportlint.run import scanned
from reportlint.run.analysis import Analysis, analyse
from reportlint.run.linter import Crashed, lint
from reportlint.run.settings import Settings
from reportlint.run.telling import MOST_FINDINGS
from reportlint.run.together import TOGETHER
from reportlint.source import Source
from reportlint.text.mojibake import find
from reportlint.tuples import NamedTuple

_MOST_PAIRS = 0.6
SEVERAL = Words("几份报告", "several reports")
"""What rules over several reports are said to have failed on."""
_CRASHED = Words(
    "规则 {rule} 检查 {path} 时出错（{error}），没有它的结果；请向 {owner} 报告此问题",
    "the rule {rule} failed on {path} ({error}), so its findings are missing; please report it to {owner}",
)


class Linted(NamedTuple):
    """A text's findings, and what they were found in."""

    analysis: Analysis
    found: list[Diagnostic]


def check_text(
    source: Source,
    settings: Settings,
    lang: str,
    crashed: Crashed,
    *,
    asked_for: bool = True,
    most: int | None = MOST_FINDINGS,
) -> Linted:
    """Read a text and run the rules over it; one that is no report only where the user `asked_for` it.

    Raises UnreadableFile for a text longer than any report.
    """
    analysis = analyse(source, settings.forms)
    if not analysis.report.recognised and not asked_for and not _is_garbled(source.text, settings.forms):
        return Linted(analysis, [])

    def check(analysis: Analysis) -> list[Diagnostic]:
        return lint(analysis.report, settings.rules, lang, settings.config.rules, crashed, most, analysis)

    found = check(analysis)
    if source.recognitions is not None:
        found = scanned.told(found, source, lang, lambda text: check(analyse(text, settings.forms)))
    return Linted(analysis, found)


def _is_garbled(text: str, forms: tuple[Form, ...]) -> bool:
    """Whether a text that is not recognised would be a report if it had not been read in a wrong encoding.

    Of what was read so some characters are lost: most pairs of the title's must be there.
    """
    meant = "".join(found.repaired for found in find(text))
    pairs = [{a + b for a, b in pairwise(form.title)} for form in forms if form.title] if meant else []
    return any(sum(pair in meant for pair in own) > _MOST_PAIRS * len(own) for own in pairs)


def crash(rule: Rule, path: str, error: BaseException, lang: str) -> str:
    """What is said of a rule that failed on a file, and whom to tell."""
    owner = rule.check.__module__.partition(".")[0]
    said = f"{type(error).__name__}: {error}"
    return _CRASHED(lang).format(rule=rule.name, path=path, error=said, owner=owner)


def over_several(settings: Iterable[Settings]) -> list[Rule]:
    """The rules of some settings that need several reports, each once."""
    found: Mapping[str, Rule] = {r.name: r for held in settings for r in held.rules if TOGETHER & set(r.on)}
    return list(found.values())


def own(found: Mapping[int, list[Diagnostic]], number: int, settings: Settings) -> list[Diagnostic]:
    """Of the findings over several reports those in one of them, by rules that are used for it."""
    return [one for one in found.get(number, ()) if one.rule in settings.active]
