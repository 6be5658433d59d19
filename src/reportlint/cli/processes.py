"""Many files by several processes: the outcomes of all, in order; a process that dies loses no file but its own."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from reportlint.cli.asked import MOST_JOBS, Asked
from reportlint.cli.examining import Examiner
from reportlint.cli.inputs import choose_configuration, reading
from reportlint.cli.remembering import cached
from reportlint.diagnostics import Words
from reportlint.run.outcome import Outcome
from reportlint.run.packed import pack, unpack
from reportlint.run.settings import Plan
from reportlint.run.targets import STDIN, Target
from reportlint.run.together import Digesting
from reportlint.tuples import NamedTuple

_FEW_FILES, _FEW_BYTES = 100, 2_000_000
"""Less than either of these is checked sooner than processes start."""
_CHUNK_FILES, _CHUNK_BYTES = 50, 200_000
_PR_SET_PDEATHSIG = 1
_AHEAD = 3
"""So many pieces of work for each process wait for their turn."""
_MOST = min(MOST_JOBS, 61) if sys.platform == "win32" else MOST_JOBS
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
    of_places_only: bool = False


def processes(jobs: int | None, targets: Sequence[Target]) -> int:
    """How many processes check those files; None asks for as many as it is worth."""
    if any(target.path == STDIN or target.waits for target in targets):
        return 1
    if jobs is not None:
        return min(jobs, max(1, len(targets)), _MOST)
    if len(targets) < _FEW_FILES and sum(map(_size, targets)) < _FEW_BYTES:
        return 1
    return max(1, min(_cores(), len(targets), _MOST))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _size(target: Target) -> int:
    try:
        return os.stat(target.path).st_size
    except OSError:
        return 0


Numbered = tuple[int, Target]
Job = Callable[[Work, list[Numbered]], list[str]]
"""What a process does with a piece of the files: a text for each. A function of a module."""


def outcomes(work: Work, plan: Plan, targets: Sequence[Target], jobs: int, start: str = _START) -> Iterator[Outcome]:
    """The outcomes of the targets, in order."""
    for (number, target), text in texts(_examine, work, pieces(targets), jobs, start):
        if text is None:
            yield Outcome(error=died(target.path))
        else:
            read = reading(target, target.path, work.asked.max_size)
            yield unpack(text, number, target.path, plan.of(target.path).forms, read, work.of_places_only)


def died(path: str) -> Words:
    """The sentence on a file that ended its process."""
    return Words(*(words.format(path=path) for words in DIED))


def texts(
    job: Job, work: Work, pieces: Iterable[list[Numbered]], jobs: int, start: str = _START
) -> Iterator[tuple[Numbered, str | None]]:
    """What a job makes of the files, in order; None of one that ends its process."""
    pool = _Pool(job, work, jobs, start)
    waiting: deque[tuple[list[Numbered], Future[list[str]] | None]] = deque()
    left = iter(pieces)
    try:
        while True:
            while len(waiting) < jobs * _AHEAD and (piece := next(left, None)) is not None:
                waiting.append((piece, pool.submit(piece)))
            if not waiting:
                return
            piece, future = waiting.popleft()
            made = _result(future)
            if made is not None:
                yield from zip(piece, made, strict=True)
                continue
            # Whose fault it was is not known: what was under way is done again, by itself.
            pool.renew()
            alone = [piece, *(held for held, _ in waiting)]
            waiting.clear()
            for held in alone:
                yield from pool.apart(held)
    except KeyboardInterrupt:
        pool.kill()
        raise
    finally:
        pool.close()


def pieces(
    targets: Sequence[Target], most_files: int = _CHUNK_FILES, most_bytes: int = _CHUNK_BYTES
) -> Iterator[list[Numbered]]:
    """Targets with their numbers in the run, in pieces that take about as long."""
    piece: list[Numbered] = []
    size = 0
    for one in enumerate(targets):
        piece.append(one)
        size += _size(one[1])
        if len(piece) >= most_files or size >= most_bytes:
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


class _Pool:
    """Processes, started anew where one died."""

    def __init__(self, job: Job, work: Work, jobs: int, start: str) -> None:
        self._job, self._work, self._jobs, self._start = job, work, jobs, start
        self._executor = self._new(jobs)

    def _new(self, jobs: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context(self._start)
        return ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(os.getpid(),))

    def submit(self, piece: list[Numbered]) -> Future[list[str]] | None:
        """Have a piece checked; None where a process has died."""
        try:
            return self._executor.submit(self._job, self._work, piece)
        except BrokenProcessPool:
            return None

    def renew(self) -> None:
        """New processes for what is still to be done."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._executor = self._new(self._jobs)

    def apart(self, piece: list[Numbered]) -> Iterator[tuple[Numbered, str | None]]:
        """Files of which one may end its process: by themselves, and by halves until that one is found."""
        with self._new(1) as executor:
            made = _result(executor.submit(self._job, self._work, piece))
        if made is not None:
            yield from zip(piece, made, strict=True)
        elif len(piece) == 1:
            yield piece[0], None
        else:
            half = len(piece) // 2
            yield from self.apart(piece[:half])
            yield from self.apart(piece[half:])

    def kill(self) -> None:
        """End what is under way at once."""
        for process in multiprocessing.active_children():
            process.terminate()

    def close(self) -> None:
        """End the processes; what nobody waits for is not begun."""
        self._executor.shutdown(wait=True, cancel_futures=True)


def _begin(run: int) -> None:
    """In a process: leave Ctrl-C to the run, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != run:
            os._exit(1)  # it ended before that was said


def plan_of(asked: Asked, targets: Iterable[Target]) -> Plan:
    """The settings of some of the files of a run, as the run has them."""
    configuration = choose_configuration(asked.config_file, asked.isolated, asked.stdin_filename)
    configs = {target.path: configuration(target.path) for target in targets}
    return Plan(configs, asked.choices)


def _examine(work: Work, piece: list[Numbered]) -> list[str]:
    """In a process: what the checks of some files come to."""
    asked, lang, digesting, marking, of_places_only = work
    plan = plan_of(asked, (target for _, target in piece))
    with cached(asked, lang, digesting, marking, of_places_only) as cache:
        examiner = Examiner(plan, lang, asked.stdin_filename, asked.max_size, digesting, marking, cache=cache)
        return [pack(examiner.examine(number, target), plan.of(target.path).forms) for number, target in piece]
