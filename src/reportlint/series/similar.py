"""Near copies among reports: MinHash over the sections that an organ words itself (extra `similar`, rensa).

Two texts that share most of their stretches of five characters are found without comparing every
report with every other one.
"""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from itertools import chain

from reportlint.late import Late
from reportlint.model import Report
from reportlint.series.digests import Digest, Sketch
from reportlint.text.organs import organ_key
from reportlint.tuples import NamedTuple

_SHINGLE = 5
_SHORTEST = 200
"""Shorter texts say the same things by necessity."""
_PERMUTATIONS = 256
_SEED = 1
_BYTES = 2
"""Of each value the lower half: two that differ have the same one once in 65,000 times."""
_MOST_ALIKE = 100
"""Of texts that share a stretch of their sketches so many are compared with each later one."""
_SURE = 0.9999
"""Bands are so wide that with this probability two texts at the limit share one."""
_HALF = 2 ** (8 * _BYTES) - 1
_TOPS = int.from_bytes(b"\x80\0" * _PERMUTATIONS, "big")
_LOWER = int.from_bytes(b"\x7f\xff" * _PERMUTATIONS, "big")
"""The highest bit of each value of a sketch, and all the others."""
_NOISE = Late(r"[\d\W_a-zA-Z]+")


Keeping = Callable[[Iterable[bytes], Callable[[], str]], str]
"""Gives the text that earlier runs kept of what pieces of bytes tell, else has it made and keeps it."""


class Copy(NamedTuple):
    """A report whose sections one and five repeat another's; `share` is the common part, up to 1."""

    later: Digest
    other: Digest
    share: float


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("rensa") is not None


def sketch(report: Report) -> Sketch | None:
    """What near copies are found by; None for a report with too little text.

    Figures, years and the organ's own name do not count: they are what a copy changes.
    """
    from rensa import RMinHash

    text = "".join(s.text for s in report.sections if s.name in report.form.own_words)
    organ = organ_key(report.organ)
    text = _NOISE.sub("", text.replace(organ, "") if organ else text)
    if len(text) < _SHORTEST:
        return None
    made = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    made.update(list({text[n : n + _SHINGLE] for n in range(len(text) - _SHINGLE + 1)}))
    return _bytes(made.digest())


def _bytes(values: Sequence[int]) -> Sketch:
    halves = array("H", [value & _HALF for value in values])
    if sys.byteorder == "big":
        halves.byteswap()
    return halves.tobytes()


def checked(data: bytes) -> Sketch:
    """Bytes that were kept as a sketch; raises ValueError where they are none."""
    if len(data) != _PERMUTATIONS * _BYTES:
        raise ValueError("no sketch")
    return data


def _share(one: int, other: int) -> float:
    """The part of two texts that they have in common, for texts of one length: 2J / (1 + J), J as MinHash tells it.

    A sketch is one number here: all of its values are compared at once, and the top bit of those that differ counted.
    """
    differ = one ^ other
    jaccard = 1 - ((((differ & _LOWER) + _LOWER) | differ) & _TOPS).bit_count() / _PERMUTATIONS
    return 2 * jaccard / (1 + jaccard)


def copies(digests: Sequence[Digest], least: float) -> Iterator[Copy]:
    """Each report that repeats an earlier one, or one that stands before it, with the nearest.

    Reports of one organ and year are the same report in another file. `least` is the share from
    which a report counts.
    """
    known = _in_time(digests)
    wide = _band(least / (2 - least)) * _BYTES
    met = _shared_bands([d.sketch for d in known if d.sketch is not None], wide)
    bands: dict[bytes, list[int]] = defaultdict(list)
    """Of each band the numbers of the sketches that have it."""
    sketches: list[tuple[Sketch, int]] = []
    """Each with its number."""
    # Reports that repeat each other to the letter are one sketch.
    reports: dict[Sketch, list[Digest]] = {}
    for later in known:
        own = later.sketch
        assert own is not None
        keys = [band for band in _bands(own, wide) if band in met]
        value = int.from_bytes(own, "big") if keys else 0
        best: Copy | None = None
        for sketch, number in sorted(sketches[one] for one in set().union(*(bands.get(key, ()) for key in keys))):
            common = _share(value, number)
            if common < least or (best is not None and common < best.share):
                continue
            # Of copies of copies the one nearest in time is what was copied.
            other = next((one for one in reversed(reports[sketch]) if not _is_same(one, later)), None)
            if other is not None and (best is None or (common, other.year or 0) > (best.share, best.other.year or 0)):
                best = Copy(later, other, common)
        if own not in reports:
            for key in keys:
                if len(bands[key]) < _MOST_ALIKE:
                    bands[key].append(len(sketches))
            sketches.append((own, value or int.from_bytes(own, "big")))
        reports.setdefault(own, []).append(later)
        if best is not None:
            yield best


def copies_again(digests: Sequence[Digest], least: float, keep: Keeping) -> list[Copy]:
    """What `copies` gives, from what an earlier run kept of the same reports if there is such."""
    import json

    known = _in_time(digests)
    numbers = {id(digest): number for number, digest in enumerate(known)}

    def make() -> str:
        found = copies(known, least)
        return json.dumps([[numbers[id(one.later)], numbers[id(one.other)], one.share] for one in found])

    told = (repr((d.organ, d.year)).encode("utf-8", "surrogatepass") + (d.sketch or b"") for d in known)
    text = keep(chain((f"copies {least}".encode(),), told), make)
    try:
        return [Copy(known[later], known[other], float(share)) for later, other, share in json.loads(text)]
    except (ValueError, TypeError, LookupError):
        return list(copies(known, least))


def _in_time(digests: Sequence[Digest]) -> list[Digest]:
    """Those with a sketch, the earliest first."""
    return sorted((d for d in digests if d.sketch is not None), key=lambda d: (d.year or 0, d.path))


def _bands(sketch: Sketch, wide: int) -> Iterator[bytes]:
    """The bands of a sketch, each with its place in it."""
    # What is left behind the last whole one is none.
    for number, at in enumerate(range(0, len(sketch) - wide + 1, wide)):
        yield bytes((number,)) + sketch[at : at + wide]


def _shared_bands(sketches: Sequence[Sketch], wide: int) -> set[bytes]:
    """The bands that stand in several of some sketches; of all others, which are most, nothing is kept."""
    met: set[bytes] = set()
    for at in range(0, _PERMUTATIONS * _BYTES - wide + 1, wide):
        seen: set[bytes] = set()
        for sketch in sketches:
            band = sketch[at : at + wide]
            if band in seen:
                met.add(bytes((at // wide,)) + band)
            seen.add(band)
    return met


def _is_same(one: Digest, other: Digest) -> bool:
    return bool(one.organ) and one.organ == other.organ and one.year == other.year


def _band(jaccard: float) -> int:
    """How many values a band holds, so that two texts with that index share one."""
    wide = _PERMUTATIONS
    while wide > 1 and 1 - (1 - jaccard**wide) ** (_PERMUTATIONS // wide) < _SURE:
        wide -= 1
    return wide
