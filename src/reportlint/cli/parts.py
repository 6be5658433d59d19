"""A corpus in parts: each a few files' reports, cells and findings as Parquet, and what the whole is made of."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from reportlint.cli.examining import Examiner
from reportlint.cli.processes import Numbered, Work, plan_of
from reportlint.diagnostics import Diagnostic
from reportlint.output.tabular.columns import CELLS, FINDINGS, REPORTS
from reportlint.output.tabular.rows import Row, cell_rows, finding_rows, report_row
from reportlint.output.tabular.writers import Parquet
from reportlint.run.cache import fingerprint, stamp
from reportlint.run.outcome import Outcome
from reportlint.run.packed import plain
from reportlint.tuples import NamedTuple

TABLES = {"reports": REPORTS, "cells": CELLS, "findings": FINDINGS}
STATE = ".state"
_INPUTS = "inputs.json"
_SUMS = frozenset({"wrong-figure", "row-total", "results-total", "balance", "disputes-total", "group-total"})


class Place(NamedTuple):
    """The files of one part below the folder of a corpus."""

    folder: Path
    number: int

    def table(self, name: str) -> Path:
        """A table's file."""
        return self.folder / name / f"part-{self.number:08}.parquet"

    @property
    def state(self) -> Path:
        """Written last: what tells that the part is done, and what the whole is made of, a line a file."""
        return self.folder / STATE / f"part-{self.number:08}.jsonl"


def inputs(folder: Path) -> set[str]:
    """The files and folders that a corpus was made of, as far as that is known."""
    try:
        return set(json.loads((folder / STATE / _INPUTS).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return set()


def keep_inputs(folder: Path, paths: Iterable[str]) -> None:
    """Keep what a corpus is made of, so that other files do not take their place."""
    with whole(folder / STATE / _INPUTS) as stream:
        stream.write(json.dumps(sorted(map(os.path.realpath, paths))).encode("ascii"))


def together(folder: Path) -> Path:
    """The file of the findings over several reports."""
    return folder / "findings" / "together.parquet"


def key_of(piece: Iterable[Numbered], run: bytes) -> str:
    """What a part depends on: how its files are, and the rest of the run."""
    files = [(number, [*map(stamp, (target.path, *target.more))], target.named) for number, target in piece]
    return fingerprint(run, files).hex()


def done(place: Place, key: str) -> list[str] | None:
    """What an earlier run wrote of a part, if that was whole and of the same files."""
    try:
        first, *lines = place.state.read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return None
    whole = first == key and all(place.table(name).is_file() for name in TABLES)
    return lines if whole else None


class Making:
    """Makes parts in a folder: a job for processes (see reportlint.cli.processes.Job)."""

    def __init__(self, folder: str, run: bytes) -> None:
        self.folder = folder
        self.run = run

    def __call__(self, work: Work, piece: list[Numbered]) -> list[str]:
        """Check the files of a part and write it; a text a file, for the whole."""
        place = Place(Path(self.folder), piece[0][0])
        key = key_of(piece, self.run)
        known = done(place, key)
        if known is not None and len(known) == len(piece):
            return known
        asked, lang, digesting, *_ = work
        plan = plan_of(asked, (target for _, target in piece))
        examiner = Examiner(plan, lang, asked.stdin_filename, asked.max_size, digesting)
        lines = []
        with ExitStack() as stack:
            writers = {}
            for name, columns in TABLES.items():
                stream = stack.enter_context(whole(place.table(name)))
                writers[name] = Parquet(stream, {name: columns}, lang)
                stack.callback(writers[name].end)
            for number, target in piece:
                outcome = examiner.examine(number, target)
                for name, rows in _rows(target.path, outcome, lang).items():
                    writers[name].write(name, rows)
                lines.append(_told(target.path, outcome, plan.of(target.path).forms))
        with whole(place.state) as stream:
            stream.write("\n".join((key, *lines)).encode("ascii"))
        return lines


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """A file that is there once all of it is written."""
    made = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with made.open("wb") as stream:
            yield stream
        os.replace(made, path)
    finally:
        made.unlink(missing_ok=True)


def _rows(path: str, outcome: Outcome, lang: str) -> dict[str, Iterable[Row]]:
    if outcome.analysis is None:
        return {"reports": [report_row(path, None, (), outcome.error, lang)]}
    found = outcome.found
    made: dict[str, Iterable[Row]] = {"reports": [report_row(path, outcome.analysis, found, None, lang)]}
    if outcome.recognised:
        made["cells"] = cell_rows(path, outcome.analysis, lang)
    made["findings"] = finding_rows(path, outcome.analysis, found, lang)
    return made


def _told(path: str, outcome: Outcome, forms: Any) -> str:
    """What the whole is told of a file, as a line of JSON."""
    return json.dumps(
        {
            "path": path,
            "problem": list(outcome.error) if outcome.error else None,
            "recognised": outcome.recognised,
            "form": outcome.form,
            "year": outcome.year,
            "failed": [sentence for _, sentence in outcome.crashed],
            "unchecked": [list(words) for words in outcome.unchecked],
            "rules": _counts((one.rule, one) for one in outcome.found),
            "severities": _counts((one.severity.value, one) for one in outcome.found),
            "sums": Counter(filter(None, map(_sum, outcome.found))),
            "digest": plain(outcome.digest, forms),
        }
    )


def _counts(found: Iterable[tuple[str, Diagnostic]]) -> Counter[str]:
    counts = Counter[str]()
    for name, one in found:
        counts[name] += 1 + one.more
    return counts


def _sum(found: Diagnostic) -> str | None:
    """The row or column whose sum a finding is about."""
    if found.rule not in _SUMS:
        return None
    named = found.subject.split("|")[0].strip("“”")
    # A wrong figure names no sum: it stands for that of its row.
    return named or (found.cell.row_label or found.cell.column_label if found.cell else None) or None
