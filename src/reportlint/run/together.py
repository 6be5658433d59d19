"""What only several reports show: their digests gathered, compared when all are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from reportlint.config.values import AS_IT_IS, FamilyConfig
from reportlint.diagnostics import Diagnostic
from reportlint.forms.form import Form
from reportlint.model import Report
from reportlint.rules import Rule
from reportlint.run.linter import Configs, Crashed, in_order, raise_it
from reportlint.run.telling import worded
from reportlint.series.digests import Digest, Key, digest, once, successive_keys, total_keys
from reportlint.series.families import Family, Unmatched, families, unmatched
from reportlint.series.similar import Copy, Keeping, available, copies, copies_again, sketch
from reportlint.series.steps import AbsentYear, Step, steps
from reportlint.series.where import Reading
from reportlint.tuples import NamedTuple

TOGETHER = frozenset({Step, Family, Copy})
"""What only several reports have: rules on these need digests of all of them."""


class Digesting(NamedTuple):
    """What a run keeps of each report: the figures of these cells, and whether a sketch."""

    keys: frozenset[Key]
    sketches: bool

    def digest(self, number: int, path: str, report: Report, read: Reading | None = None) -> Digest | None:
        """The digest of the report that is `number` in the run, shown as `path`; None of what is no report.

        `read` reads its text again, so that it need not be held.
        """
        if not report.recognised:
            return None
        return digest(number, path, report, self.keys, sketch(report) if self.sketches else None, read)


class Gathering:
    """Digests of the reports of a run, for the rules that need several of them."""

    def __init__(self, rules: Iterable[Rule], forms: Iterable[Form], family: Iterable[FamilyConfig]) -> None:
        self.rules = [rule for rule in rules if TOGETHER & set(rule.on)]
        self.families = tuple(family)
        forms = tuple(forms)
        keys = successive_keys(forms) | (total_keys(forms) if self.families else frozenset())
        self.digesting = Digesting(keys, available() and any(Copy in rule.on for rule in self.rules))
        self.digests: list[Digest] = []
        self.steps: list[Step | AbsentYear] = []

    def add(self, number: int, path: str, report: Report) -> None:
        """Take in the report that is `number` in the run, shown as `path`."""
        made = self.digesting.digest(number, path, report)
        if made is not None:
            self.digests.append(made)

    def findings(
        self,
        configs: Callable[[int], Configs],
        lang: str,
        crashed: Crashed = raise_it,
        keep: Keeping | None = None,
    ) -> dict[int, list[Diagnostic]]:
        """The findings over several reports by the number of the one that they stand in.

        `configs` gives what is configured for the report of a number; `keep` knows what earlier runs compared.
        """
        self.digests = once(self.digests)
        self.steps = list(steps(self.digests))
        parts: Mapping[type, Sequence[tuple[int, object]]] = {
            Step: [(step.later.number, step) for step in self.steps if isinstance(step, Step)],
            Family: [(family.parent.number, family) for family in families(self.digests, self.families)],
            Copy: [(copy.later.number, copy) for copy in self._copies(configs, keep)],
        }
        found: dict[int, list[Diagnostic]] = {}
        for rule in self.rules:
            try:
                for number, part in chain.from_iterable(parts.get(kind, ()) for kind in rule.on):
                    config = configs(number).get(rule.name, AS_IT_IS)
                    made = worded(rule, [part], None, lang, config)
                    if isinstance(part, Step):
                        should = {m.now[0].span: m.should for m in part.mismatches}
                        made = [one._replace(cell=part.later.cell(one.span, should.get(one.span))) for one in made]
                    elif isinstance(part, Family):
                        made = [one._replace(cell=part.parent.cell(one.span, None)) for one in made]
                    found.setdefault(number, []).extend(made)
            except (Exception, SystemExit) as error:
                crashed(rule, error)
        return found

    def _copies(self, configs: Callable[[int], Configs], keep: Keeping | None) -> Iterable[Copy]:
        """Near copies, from the least `threshold` that a rule on them has in one of the configurations."""
        if not self.digesting.sketches or not self.digests:
            return ()
        rules = [rule for rule in self.rules if Copy in rule.on and rule.options]
        options = [
            configs(digest.number).get(rule.name, AS_IT_IS).options or rule.options()
            for rule in rules
            for digest in self.digests
            if rule.options
        ]
        least = min((getattr(held, "threshold", 1.0) for held in options), default=1.0)
        return copies(self.digests, least) if keep is None else copies_again(self.digests, least, keep)

    def unmatched(self) -> Iterator[Unmatched]:
        """What the families name that no report is."""
        return unmatched(self.digests, self.families)

    def gaps(self) -> list[AbsentYear]:
        """Where `findings` saw a year absent between two reports of one organ, if a rule compares years."""
        compares = any(Step in rule.on for rule in self.rules)
        return [step for step in self.steps if compares and isinstance(step, AbsentYear)]


def merged(own: Iterable[Diagnostic], more: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """A file's own findings and those over several files, in order."""
    return tuple(sorted((*own, *more), key=in_order))
