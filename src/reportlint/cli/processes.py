"""Many files by several processes: the outcomes of all, in order; a process that dies loses no file but its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from reportlint.cli.asked import Asked
from reportlint.cli.examining import Examiner
from reportlint.cli.inputs import choose_configuration
from reportlint.cli.remembering import cached
from reportlint.diagnostics import Words
from reportlint.run.outcome import Outcome
from reportlint.run.packed import pack, unpack
from reportlint.run.settings import Choices, Plan
from reportlint.run.targets import STDIN, Target
from reportlint.run.together import Digesting

_FEW_FILES, _FEW_BYTES = 100, 2_000_000
"""Less than either of these is checked sooner than processes start."""
_CHUNK_FILES, _CHUNK_BYTES = 50, 200_000
_AHEAD = 3
"""So many pieces of work for each process wait for their turn."""
_START = "fork" if sys.platform == "linux" else "spawn"
DIED = Words(
    "检查 {path} 的进程中途终止（可能是内存不足），没有检查它；其余文件不受影响",
    "the process that checked {path} died (out of memory, perhaps): it was not checked, the others were",
)


class Work(NamedTuple):
    """What a process needs to check files as the run does."""

    asked: Asked
    lang: str
    digesting: Digesting | None
    marking: bool


def processes(jobs: int | None, targets: Sequence[Target]) -> int:
    """How many processes check those files; None asks for as many as it is worth."""
    if any(target.path == STDIN or target.waits for target in targets):
        return 1
    if jobs is not None:
        return min(jobs, max(1, len(targets)))
    if len(targets) < _FEW_FILES and sum(map(_size, targets)) < _FEW_BYTES:
        return 1
    return max(1, min(_cores(), len(targets)))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _size(target: Target) -> int:
    try:
        return os.stat(target.path).st_size
    except OSError:
        return 0


Numbered = tuple[int, Target]


def outcomes(work: Work, plan: Plan, targets: Sequence[Target], jobs: int, start: str = _START) -> Iterator[Outcome]:
    """The outcomes of the targets, in order."""
    pool = _Pool(work, jobs, start)
    waiting: deque[tuple[list[Numbered], Future[list[str]] | None]] = deque()
    pieces = _pieces(list(enumerate(targets)))
    try:
        while True:
            while len(waiting) < jobs * _AHEAD and (piece := next(pieces, None)) is not None:
                waiting.append((piece, pool.submit(piece)))
            if not waiting:
                return
            piece, future = waiting.popleft()
            made = _result(future)
            if made is None:
                # Whose fault it was is not known: what was under way is done again, each file by itself.
                pool.renew()
                alone = [piece, *(held for held, _ in waiting)]
                waiting.clear()
                for held in alone:
                    yield from pool.apart(held, plan)
                continue
            yield from _unpacked(piece, made, plan)
    finally:
        pool.close()


def _pieces(numbered: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    piece: list[Numbered] = []
    size = 0
    for one in numbered:
        piece.append(one)
        size += _size(one[1])
        if len(piece) >= _CHUNK_FILES or size >= _CHUNK_BYTES:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _result(future: Future[list[str]] | None) -> list[str] | None:
    """What a process made of a piece; None where it died."""
    try:
        return future.result() if future is not None else None
    except BrokenProcessPool:
        return None


def _unpacked(piece: Sequence[Numbered], made: Sequence[str], plan: Plan) -> Iterator[Outcome]:
    for (number, target), text in zip(piece, made, strict=True):
        yield unpack(text, number, target.path, plan.of(target.path).forms)


class _Pool:
    """Processes, started anew where one died."""

    def __init__(self, work: Work, jobs: int, start: str) -> None:
        self._work, self._jobs, self._start = work, jobs, start
        self._executor = self._new(jobs)

    def _new(self, jobs: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context(self._start)
        return ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(self._work,))

    def submit(self, piece: list[Numbered]) -> Future[list[str]] | None:
        """Have a piece checked; None where a process has died."""
        try:
            return self._executor.submit(_examine, piece)
        except BrokenProcessPool:
            return None

    def renew(self) -> None:
        """New processes for what is still to be done."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._executor = self._new(self._jobs)

    def apart(self, piece: list[Numbered], plan: Plan) -> Iterator[Outcome]:
        """The outcomes of files of which one may end its process: by itself, and by halves until it is found."""
        with self._new(1) as executor:
            made = _result(executor.submit(_examine, piece))
        if made is not None:
            yield from _unpacked(piece, made, plan)
        elif len(piece) == 1:
            yield Outcome(error=Words(*(words.format(path=piece[0][1].path) for words in DIED)))
        else:
            half = len(piece) // 2
            yield from self.apart(piece[:half], plan)
            yield from self.apart(piece[half:], plan)

    def close(self) -> None:
        """End the processes; what nobody waits for is not begun."""
        self._executor.shutdown(wait=True, cancel_futures=True)


_work: Work | None = None


def _begin(work: Work) -> None:
    """In a process: remember what is asked for, and leave Ctrl-C to the run."""
    global _work
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _examine(piece: list[Numbered]) -> list[str]:
    """In a process: what the checks of some files come to."""
    assert _work is not None
    asked, lang, digesting, marking = _work
    configuration = choose_configuration(asked.config_file, asked.isolated, asked.stdin_filename)
    configs = {target.path: configuration(target.path) for _, target in piece}
    plan = Plan(configs, Choices(asked.select, asked.ignore, asked.form, asked.fail_on))
    with cached(asked, lang, digesting, marking) as cache:
        examiner = Examiner(plan, lang, asked.stdin_filename, asked.max_size, digesting, marking, cache=cache)
        return [pack(examiner.examine(number, target), plan.of(target.path).forms) for number, target in piece]
