"""Near copies among reports: MinHash over the sections that an organ words itself (extra `similar`, datasketch).

Two texts that share most of their stretches of five characters are found without comparing every
report with every other one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from reportlint.model import Report
from reportlint.series.digests import Digest, organ_key

if TYPE_CHECKING:
    from datasketch import MinHash

_SHINGLE = 5
_SHORTEST = 200
"""Shorter texts say the same things by necessity."""
_PERMUTATIONS = 256
_NOISE = re.compile(r"[\d\W_a-zA-Z]+")


class Copy(NamedTuple):
    """A report whose sections one and five repeat another's; `share` is the common part, up to 1."""

    later: Digest
    other: Digest
    share: float


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("datasketch") is not None


def sketch(report: Report) -> MinHash | None:
    """What near copies are found by; None for a report with too little text.

    Figures, years and the organ's own name do not count: they are what a copy changes.
    """
    from datasketch import MinHash

    text = "".join(s.text for s in report.sections if s.name in report.form.own_words)
    organ = organ_key(report.organ)
    text = _NOISE.sub("", text.replace(organ, "") if organ else text)
    if len(text) < _SHORTEST:
        return None
    made = MinHash(num_perm=_PERMUTATIONS)
    made.update_batch({text[n : n + _SHINGLE].encode() for n in range(len(text) - _SHINGLE + 1)})
    return made


def copies(digests: Sequence[Digest], least: float) -> Iterator[Copy]:
    """Each report that repeats an earlier one, or one that stands before it, with the nearest.

    Reports of one organ and year are the same report in another file. `least` is the share from
    which a report counts.
    """
    known = [d for d in digests if d.sketch is not None]
    known.sort(key=lambda d: (d.year or 0, d.path))
    if len(known) < 2:
        return
    from datasketch import MinHashLSH

    # The share of two texts of one length is 2J / (1 + J) for the Jaccard index J that MinHash gives.
    index = MinHashLSH(threshold=max(0.1, least / (2 - least) - 0.1), num_perm=_PERMUTATIONS)
    for number, later in enumerate(known):
        assert later.sketch is not None
        best: Copy | None = None
        for name in sorted(index.query(later.sketch), key=int):
            other = known[int(name)]
            same = bool(other.organ) and other.organ == later.organ and other.year == later.year
            if other.sketch is None or same:
                continue
            jaccard = later.sketch.jaccard(other.sketch)
            share = 2 * jaccard / (1 + jaccard)
            # Of copies of copies the one nearest in time is what was copied.
            if share >= least and (best is None or (share, other.year or 0) > (best.share, best.other.year or 0)):
                best = Copy(later, other, share)
        index.insert(str(number), later.sketch)
        if best is not None:
            yield best
