"""Try mutated reports for some minutes: `python -m tests.fuzz --minutes 10 [--seed N] [--jobs N]`.

What breaks a promise is made small and written into tests/fuzz/found, where the tests replay it.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import sys
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.fuzz.mutators import mutated
from tests.fuzz.oracle import check

FOUND = Path(__file__).parent / "found"
_BATCH = 100
_SLOW = 5.0
_TRIALS = 300


def broken(data: bytes) -> str:
    """What an input breaks, in a word that stays the same while it is made smaller; "" for nothing."""
    started = time.process_time()
    try:
        check(data)
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} {str(error).partition(':')[0][:60]} {Path(frame.filename).name}"
    return "slow" if time.process_time() - started > _SLOW else ""


def smaller(data: bytes, what: str) -> bytes:
    """A part of an input that breaks the same."""
    size, trials = len(data) // 2, _TRIALS
    while size and trials:
        for start in range(0, len(data), size):
            trials -= 1
            part = data[:start] + data[start + size :]
            if part and broken(part) == what:
                data = part
                break
            if not trials:
                break
        else:
            size //= 2
    return data


def batch(first: int) -> tuple[Counter[str], list[tuple[int, str]], float, float]:
    """What a hundred seeds come to, what they break, the longest seconds and the most megabytes."""
    counts, found, longest = Counter[str](), [], 0.0
    for seed in range(first, first + _BATCH):
        data = mutated(random.Random(seed))
        started = time.process_time()
        what = broken(data)
        longest = max(longest, time.process_time() - started)
        counts["broken" if what else "kept"] += 1
        if what:
            found.append((seed, what))
    return counts, found, longest, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Run; the status is 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    end, first, kinds = time.monotonic() + asked.minutes * 60, asked.seed, set[str]()
    total, longest, most = Counter[str](), 0.0, 0.0
    with ProcessPoolExecutor(asked.jobs) as pool:
        while time.monotonic() < end:
            for counts, found, seconds, megabytes in pool.map(batch, range(first, first + asked.jobs * _BATCH, _BATCH)):
                total += counts
                longest, most = max(longest, seconds), max(most, megabytes)
                for seed, what in found:
                    print(f"seed {seed}: {what}", flush=True)
                    if what not in kinds:
                        kinds.add(what)
                        data = smaller(mutated(random.Random(seed)), what)
                        FOUND.mkdir(exist_ok=True)
                        (FOUND / f"{hashlib.sha256(data).hexdigest()[:12]}.txt").write_bytes(data)
            first += asked.jobs * _BATCH
    inputs = total.total()
    print(f"{inputs} inputs from seed {asked.seed}: {total['broken']} break a promise", end="")
    print(f" ({total['broken'] * 1_000_000 // max(1, inputs)} in a million), {len(kinds)} kinds;", end="")
    print(f" longest {longest:.1f} s, most {most:.0f} MB")
    return 1 if total["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
