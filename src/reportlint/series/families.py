"""Which reports are a parent's and which its children's, as a configuration states them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fnmatch import fnmatch
from functools import cache
from typing import TYPE_CHECKING

from reportlint.config.values import FamilyConfig
from reportlint.series.digests import Digest, Digit, Key, may_be_one, total_keys
from reportlint.text.organs import AREA, organ_key
from reportlint.tuples import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

_SHORTEST = 3
"""A shorter name, 城区, may be the end of many."""


class Family(NamedTuple):
    """A parent's report and its children's of the same year.

    `complete` says that the parent's figures are the children's and nothing else; `absent` names
    children without a report for the year.
    """

    parent: Digest
    children: tuple[Digest, ...]
    complete: bool = False
    absent: tuple[str, ...] = ()

    def shortfalls(self) -> Iterator[tuple[Key, Digit, Decimal, tuple[tuple[Digest, Digit], ...]]]:
        """Cells where the parent's figure is not what the children's add up to, with theirs.

        Without `complete` a parent may have more, for its own offices; never less.
        """
        totals = total_keys((self.parent.form,))
        for key, own in self.parent.digits.items():
            if key not in totals:
                continue
            parts = tuple((child, child.digits[key]) for child in self.children if key in child.digits)
            total = sum((digit.value for _, digit in parts), Decimal(0))
            whole = self.complete and not self.absent and len(parts) == len(self.children)
            if total > own.value or (whole and total != own.value):
                yield key, own, total, parts


def families(digests: Sequence[Digest], stated: Iterable[FamilyConfig]) -> Iterator[Family]:
    """A family for each year that its parent has a report for, and at least one child.

    Of several reports of one organ and year the first counts; a parent is no child of its own.
    """
    for family in stated:
        members = _Members(family, digests)
        for year in sorted({d.year for d in members.parents if d.year is not None}):
            parent = next(d for d in members.parents if d.year == year)
            same = list(_one_each(d for d in members.children if d.year == year and d.organ != parent.organ))
            if same:
                absent = tuple(name for name in family.children if not any(members.named(d, name) for d in same))
                yield Family(parent, tuple(same), family.complete, absent)


class Unmatched(NamedTuple):
    """What a family names and no report of the run is: `names` of organs, paths and globs, or that of its folder.

    `alone` says that no report of the run belongs to the family at all; `near` are the organs that a single name may
    stand for.
    """

    root: Path
    names: tuple[str, ...]
    alone: bool
    is_folder: bool = False
    near: tuple[str, ...] = ()


def unmatched(digests: Sequence[Digest], stated: Iterable[FamilyConfig]) -> Iterator[Unmatched]:
    """The families that name what is not there."""
    for family in stated:
        members = _Members(family, digests)
        alone = not members.parents and not members.children
        if family.folder is not None:
            # Reports beside its folders alone, or in them alone, are half a family.
            if not members.parents or not members.children:
                yield Unmatched(family.root, (family.folder,), alone and (family.root / family.folder).is_dir(), True)
            continue
        stated_names = (family.parent or "", *family.children)
        names = tuple(name for name in stated_names if not any(members.named(d, name) for d in digests))
        unsure = {name: near for name in names if (near := members.near(name))}
        for name, near in unsure.items():
            yield Unmatched(family.root, (name,), False, near=near)
        absent = tuple(name for name in names if name not in unsure)
        if absent:
            yield Unmatched(family.root, absent, alone)


class _Members:
    """The reports of a family, told by its configuration."""

    def __init__(self, family: FamilyConfig, digests: Sequence[Digest]) -> None:
        self.family = family
        self._organs = {digest.organ for digest in digests if digest.organ}
        self._meant: dict[str, frozenset[str]] = {}
        self.parents = [d for d in digests if self._is_parent(d)]
        own = {parent.number for parent in self.parents}
        self.children = [d for d in digests if d.number not in own and self._is_child(d)]

    def named(self, digest: Digest, name: str) -> bool:
        """Whether a path, an organ's name, or a glob of either stands for a report."""
        if digest.organ and digest.organ in self._named_organs(name):
            return True
        path = os.path.relpath(_resolved(digest), self.family.root.resolve()).replace(os.sep, "/")
        pattern = os.path.normpath(name).replace(os.sep, "/")
        return fnmatch(path, pattern) or (name.endswith("/") and fnmatch(path, f"{pattern}/*"))

    def _named_organs(self, name: str) -> frozenset[str]:
        """The organs that a name stands for: that one, and the one that is its end, or that it is the end of."""
        if name not in self._meant:
            key = organ_key(name)
            # The tail that says government is no part of an organ's key, so it narrows a glob by itself.
            of_areas = key != name and "*" in key
            found = {
                organ
                for organ in self._organs
                if organ == key or (fnmatch(organ, key) and (not of_areas or AREA.search(organ)))
            }
            near = self.near(name)
            self._meant[name] = frozenset(found | (set(near) if len(near) == 1 else set()))
        return self._meant[name]

    def near(self, name: str) -> tuple[str, ...]:
        """The other organs whose name ends in this one, or that end it."""
        key = organ_key(name)
        if len(key) < _SHORTEST:
            return ()
        return tuple(sorted(one for one in self._organs - {key} if may_be_one(one, key)))

    def _is_parent(self, digest: Digest) -> bool:
        if self.family.folder is not None:
            return _resolved(digest).parent == (self.family.root / self.family.folder).resolve()
        return self.family.parent is not None and self.named(digest, self.family.parent)

    def _is_child(self, digest: Digest) -> bool:
        if self.family.folder is not None:
            folder = (self.family.root / self.family.folder).resolve()
            return folder in _resolved(digest).parents[1:]
        return any(self.named(digest, name) for name in self.family.children)


def _one_each(digests: Iterable[Digest]) -> Iterator[Digest]:
    seen: set[str] = set()
    for digest in digests:
        name = digest.organ or digest.path
        if name not in seen:
            seen.add(name)
            yield digest


@cache
def _real(path: str) -> Path:
    from pathlib import Path  # most runs have no families

    return Path(path).resolve()


def _resolved(digest: Digest) -> Path:
    return _real(os.path.abspath(digest.path))
