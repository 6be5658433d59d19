"""The parts of a corpus made by processes or by a cluster, with a bar that tells how far it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

from reportlint.cli.parts import Making
from reportlint.cli.processes import Numbered, Work, processes, texts
from reportlint.cli.say import Refused
from reportlint.diagnostics import Words
from reportlint.run.targets import Target

EXTRA = Words(
    "corpus 要另外安装：pip install 'reportlint[{extra}]'", "corpus needs an extra: pip install 'reportlint[{extra}]'"
)
_NO_CLUSTER = Words("连不上 Dask 集群 {address}：{error}", "cannot reach the Dask cluster {address}: {error}")
_RETRIES, _REACHED = 3, 20


def by_processes(
    job: Making, work: Work, parts: Sequence[list[Numbered]], targets: Sequence[Target]
) -> Iterator[tuple[Numbered, str | None]]:
    """The parts made by as many processes as it is worth, in order."""
    jobs = processes(work.asked.jobs, targets)
    if jobs > 1:
        yield from texts(job, work, parts, jobs)
        return
    for part in parts:
        yield from zip(part, job(work, part), strict=True)


def by_dask(
    job: Making, work: Work, parts: Sequence[list[Numbered]], address: str, lang: str
) -> Iterator[tuple[Numbered, str | None]]:
    """The parts made by a cluster; one whose worker dies is made again by another."""
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise Refused(EXTRA(lang).format(extra="dask")) from None
    try:
        client = Client(address, timeout=_REACHED)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise Refused(_NO_CLUSTER(lang).format(address=address, error=error)) from None
    job = Making(os.path.abspath(job.folder), job.run)
    with client:
        futures = {client.submit(job, work, part, retries=_RETRIES, pure=False): part for part in parts}
        for future in as_completed(futures):  # type: ignore[no-untyped-call]
            part = futures[future]
            if future.status == "finished":
                yield from zip(part, future.result(), strict=True)
            else:
                yield from ((one, None) for one in part)
            future.release()


def with_bar(
    made: Iterator[tuple[Numbered, str | None]], count: int, quiet: bool
) -> Iterator[tuple[Numbered, str | None]]:
    """The texts, with a bar on standard error that tells the rate and the time left."""
    if quiet or not sys.stderr.isatty():
        yield from made
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    first = next(made, None)  # the processes start before the bar has its thread
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=count, rate="")
        if first is not None:
            yield first
            progress.advance(task)
        for one in made:
            yield one
            progress.update(task, advance=1, rate=f"{progress.tasks[0].speed or 0:.0f}/s")
