"""Runs the rules over reports and words what they find."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from itertools import chain

from reportlint.config.values import AS_IT_IS, RuleConfig
from reportlint.diagnostics import Cell, Diagnostic, Safety, Span
from reportlint.model import Report
from reportlint.prose.comparisons import Comparison
from reportlint.rules import Rule
from reportlint.run.analysis import Analysis
from reportlint.run.guard import Numbers
from reportlint.run.telling import MOST_FINDINGS, worded
from reportlint.source import Source
from reportlint.text.addresses import Addresses
from reportlint.text.ignoring import is_commented
from reportlint.text.keys import RAW_NUMBER
from reportlint.text.webpage import unseen

_OF_CHARACTERS = frozenset({"garbled", "template"})
_OF_CELLS = frozenset({"arithmetic", "consistency"})
"""Groups of rules that speak of single cells."""
Configs = Mapping[str, RuleConfig]
"""What a configuration says of rules, by their names."""
Crashed = Callable[[Rule, BaseException], None]
"""Told of a rule that fails; the others go on."""


def raise_it(rule: Rule, error: BaseException) -> None:
    """Let the run end where a rule fails."""
    raise error


def lint(
    report: Report,
    rules: Iterable[Rule],
    lang: str = "en",
    configs: Configs | None = None,
    crashed: Crashed = raise_it,
    most: int | None = MOST_FINDINGS,
    analysis: Analysis | None = None,
) -> list[Diagnostic]:
    """The findings of `rules` in a report, sorted by position, then rule, worded in `lang`.

    `analysis` is the report's, where it is wanted afterwards too.
    Of more than `most` of a rule the rest is counted in one. Where a rule fails its findings are left
    out and `crashed` is told; by default it raises.
    """
    configs = configs or {}
    analysis = analysis or Analysis(report)
    rules = tuple(rules)
    told = any(Comparison in rule.on for rule in rules)
    found: list[Diagnostic] = []
    all_of_them = (analysis, *map(Analysis, report.following))
    for rule in rules:
        try:
            if own := _parts_for(rule, all_of_them, told):
                found += worded(rule, own, report.source, lang, configs.get(rule.name, AS_IT_IS), most)
        except (Exception, SystemExit) as error:
            crashed(rule, error)
    found = _once(found, rules)
    found += _idle_comments(found, report.source, rules, lang, configs)
    found = _for_readers(found, report.source, {rule.name for rule in rules if rule.unseen or Source not in rule.on})
    if any(d.group in _OF_CELLS for d in found):
        cells = {span: cell for one in all_of_them for span, cell in one.cells.items()}
        found = [d._replace(cell=cell) if (cell := _cell_of(d, cells)) else d for d in found]
    if any(d.fix for d in found):
        numbers, addresses = _numbers((report, *report.following)), Addresses(report.source.text)
        found = [judged for d in found if (judged := _judged(d, numbers, addresses))]
    return sorted(found, key=in_order)


def _parts_for(rule: Rule, analyses: Sequence[Analysis], told: bool) -> Sequence[object]:
    """The parts of a text's reports that a rule is on."""
    if len(analyses) == 1 and len(rule.on) == 1:
        return analyses[0].parts(rule.on[0], told) if rule.holds_for(analyses[0].report) else ()
    held = [one for one in analyses if rule.holds_for(one.report)]
    # The text itself is the same for all the reports in it.
    return [
        part for kind in rule.on for one in (held[:1] if kind is Source else held) for part in one.parts(kind, told)
    ]


def _once(found: list[Diagnostic], rules: Iterable[Rule]) -> list[Diagnostic]:
    """Findings without those on a place of which a rule that says more has told."""
    yielding = {rule.name: rule.yields_to for rule in rules if rule.yields_to}
    if all(one.rule not in yielding for one in found):
        return found
    told = {(one.rule, one.span.start) for one in found}
    return [d for d in found if not any((name, d.span.start) in told for name in yielding.get(d.rule, ()))]


def _for_readers(found: list[Diagnostic], source: Source, everywhere: Set[str]) -> list[Diagnostic]:
    """Findings without those on what OCR wrote, or on what nobody sees; rules named `everywhere` speak of that too."""
    found = [one for one in found if not _is_by_ocr(one, source)]
    if all(one.rule in everywhere for one in found):
        return found
    hidden = unseen(source.text, source.is_markdown)
    return [one for one in found if one.rule in everywhere or not _within(one.span, hidden)]


def _idle_comments(
    found: Iterable[Diagnostic], source: Source, rules: Sequence[Rule], lang: str, configs: Configs
) -> list[Diagnostic]:
    """What is said of comments in a text that ignore nothing; what the others ignore is withheld with all else."""
    if not is_commented(source):
        return []
    from reportlint.run.commented import unused

    return lint_parts(unused(found, source, rules), source, rules, lang, configs)


def lint_parts(
    parts: Iterable[object],
    source: Source,
    rules: Iterable[Rule],
    lang: str,
    configs: Configs,
) -> list[Diagnostic]:
    """The findings of `rules` on parts that are no report's: entries of a configuration or a baseline."""
    held = list(parts)
    found = [
        diagnostic
        for rule in rules
        for diagnostic in worded(
            rule, [p for p in held if isinstance(p, rule.on)], source, lang, configs.get(rule.name, AS_IT_IS)
        )
    ]
    return sorted(found, key=in_order)


def _numbers(reports: Sequence[Report]) -> Numbers:
    """The numbers of a text with its reports; those of headings and labels are wording."""
    text = reports[0].source.text
    figures: list[Span] = []
    ordinals: list[Span] = []
    wording: list[Span] = []
    for report in reports:
        headings = [*(s.heading for s in report.sections), *report.strange_headings, *chain(*report.duplicates)]
        labels = [*headings, *report.labels, *(row.label for row in report.strange_rows)]
        spans = [label.span for label in labels if not label.missing]
        begun = [span.start for span in spans]
        begun += [item.span.start for section in report.sections for item in section.subheadings]
        ordinals += [Span(*match.span()) for at in begun if (match := RAW_NUMBER.match(text, at))]
        figures += [figure.span for table in report.tables for row in table.rows for figure in row.figures]
        wording += spans
    return Numbers(text, figures, ordinals, wording)


def _within(span: Span, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether a range begins and ends inside one of others, which are in order and apart."""
    at = bisect_right(ranges, (span.start, len(ranges) and ranges[-1][1])) - 1
    return at >= 0 and ranges[at][0] <= span.start and span.end <= ranges[at][1]


def _judged(found: Diagnostic, numbers: Numbers, addresses: Addresses) -> Diagnostic | None:
    """A finding whose fix is unsafe if it changes a number, and changes no address, whatever its rule says.

    None where the fix would change nothing else: what stands in an address is meant.
    """
    fix = found.fix
    if fix is None:
        return found
    edits = tuple(edit for edit in fix.edits if not addresses.touch(edit.span.start, edit.span.end))
    if len(edits) < len(fix.edits) and not fix.encoding:
        if not edits:
            return None
        fix = fix._replace(edits=edits)
    if fix.safety is not Safety.UNSAFE and not numbers.kept_by(fix):
        fix = fix._replace(safety=Safety.UNSAFE)
    return found if fix is found.fix else found._replace(fix=fix)


def in_order(found: Diagnostic) -> tuple[object, ...]:
    """The key by which findings are sorted: position, then rule."""
    return found.span, found.rule


def _is_by_ocr(found: Diagnostic, source: Source) -> bool:
    """Whether a finding judges wording or characters that are OCR's, not the author's."""
    if not source.scanned or found.group not in _OF_CHARACTERS:
        return False
    return found.origin is None or found.origin.page in source.scanned


def _cell_of(found: Diagnostic, cells: Mapping[Span, Cell]) -> Cell | None:
    """The cell that a finding stands at, or that one in the text names first."""
    if found.group not in _OF_CELLS:
        return None
    return next((cells[span] for span in (found.span, *(label.span for label in found.labels)) if span in cells), None)
