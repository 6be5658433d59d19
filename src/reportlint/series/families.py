"""Which reports are a parent's and which its children's, as a configuration states them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from reportlint.config.values import FamilyConfig
from reportlint.series.digests import Digest, Family, organ_key


def families(digests: Sequence[Digest], stated: Iterable[FamilyConfig]) -> Iterator[Family]:
    """A family for each year that its parent has a report for, and at least one child.

    Of several reports of one organ and year the first counts.
    """
    for family in stated:
        children = [d for d in digests if _is_child(d, family)]
        parents = [d for d in digests if _is_parent(d, family) and d not in children]
        for year in sorted({d.year for d in parents if d.year is not None}):
            parent = next(d for d in parents if d.year == year)
            same = list(_one_each(d for d in children if d.year == year and d.organ != parent.organ))
            if same:
                absent = tuple(name for name in family.children if not any(_named(d, name, family) for d in same))
                yield Family(parent, tuple(same), family.complete, absent)


def _one_each(digests: Iterable[Digest]) -> Iterator[Digest]:
    seen: set[str] = set()
    for digest in digests:
        name = digest.organ or digest.path
        if name not in seen:
            seen.add(name)
            yield digest


def _is_parent(digest: Digest, family: FamilyConfig) -> bool:
    if family.folder is not None:
        return _resolved(digest).parent == (family.root / family.folder).resolve()
    return family.parent is not None and _named(digest, family.parent, family)


def _is_child(digest: Digest, family: FamilyConfig) -> bool:
    if family.folder is not None:
        folder = (family.root / family.folder).resolve()
        return folder in _resolved(digest).parents[1:]
    return any(_named(digest, name, family) for name in family.children)


def _named(digest: Digest, name: str, family: FamilyConfig) -> bool:
    """Whether a path, a glob or an organ's name stands for a report."""
    if digest.organ and digest.organ == organ_key(name):
        return True
    path = Path(os.path.relpath(_resolved(digest), family.root.resolve())).as_posix()
    return fnmatch(path, os.path.normpath(name).replace(os.sep, "/"))


@cache
def _real(path: str) -> Path:
    return Path(path).resolve()


def _resolved(digest: Digest) -> Path:
    return _real(digest.path)
