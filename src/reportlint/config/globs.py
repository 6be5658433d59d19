"""Globs as in .gitignore: which files a pattern of a configuration or of --exclude means."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterable
from functools import lru_cache
from math import factorial
from typing import TYPE_CHECKING

from reportlint.diagnostics import UserError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


_MOST_STARS = 4
_LONGEST = 1000
_DEEPEST = 2
_MOST_WORK = 50_000_000


class BadGlob(UserError):
    """A pattern that means nothing, or takes too long."""


def typed(glob: str, root: str | os.PathLike[str]) -> str:
    """A pattern as people type it at a command line, where `root` is the working folder, as `matches` takes it.

    ./old and the whole path of a folder in it are meant from there; a backslash parts names.
    """
    sign, plain = ("!", glob[1:]) if glob.startswith("!") else ("", glob)
    plain = re.sub(r"\\+(?![*?\[\]!# \\])", "/", plain)
    if os.path.isabs(plain):
        inside = relative(plain, root)
        ending = "/" if plain.endswith("/") and not inside.endswith("/") else ""
        plain = f"/{inside.lstrip('/')}{ending}"
    elif plain.startswith("./"):
        plain = plain[1:]
    return sign + plain


def matches(path: str, globs: Iterable[str], root: str | os.PathLike[str], *, is_folder: bool = False) -> bool:
    """Whether one of the patterns, written relative to `root`, means a file or a folder it is in.

    A name without a slash is meant at any depth, `**` is any number of folders, and a pattern
    that begins with ! takes back what those in front of it mean.
    """
    return means(globs, relative(path, root) + "/" * is_folder)


def means(globs: Iterable[str], inside: str) -> bool:
    """Whether one of the patterns means a path as `relative` gives it, with a slash behind a folder's."""
    patterns = tuple(globs)
    return bool(patterns) and bool(_spec(patterns).match_file(inside))


def relative(path: str, root: str | os.PathLike[str]) -> str:
    """A path as it is seen from `root`, with slashes; whole where it is not inside."""
    whole = os.path.abspath(path)
    try:
        inside = os.path.relpath(whole, root)
    except ValueError:  # another drive
        inside = whole
    outside = inside == os.pardir or inside.startswith(os.pardir + os.sep)
    return (whole if outside else inside).replace(os.sep, "/")


def literal(path: str, root: str | os.PathLike[str]) -> str:
    """The pattern that means one file and no other."""
    return "/" + re.sub(r"([\\*?\[\]!# ])", r"\\\1", relative(path, root))


def _work(glob: str) -> float:
    """How many ways a pattern may match in the worst of paths: names of 256 characters, 16 folders deep."""
    parts = glob.split("/")
    deep = parts.count("**")
    stars = max((part.count("*") for part in parts if part != "**"), default=0)
    return float(16**deep / factorial(deep) * 256**stars / factorial(stars))


def check(glob: str) -> None:
    """Raise BadGlob for a pattern that cannot be used."""
    if any(part != "**" and part.count("*") > _MOST_STARS for part in glob.split("/")):
        raise BadGlob(
            f"{glob!r} 里一段有太多 *，最多 {_MOST_STARS} 个",
            f"{glob!r} has too many * in a part; {_MOST_STARS} are the most",
        )
    if glob.split("/").count("**") > _DEEPEST or _work(glob) > _MOST_WORK or len(glob) > _LONGEST:
        raise BadGlob(
            f"{glob[:80]!r} 太长，或有太多 * 和 **，匹配会很慢；请写得具体些",
            f"{glob[:80]!r} is too long or has too many * and **, which take long to match; write it more plainly",
        )
    try:
        _spec((glob,)).match_file("a")
    except (ValueError, re.error):
        raise BadGlob(
            f"{glob!r} 不是路径的写法，写法见 .gitignore", f"{glob!r} is no pattern of paths; write it as in .gitignore"
        ) from None


@lru_cache(maxsize=65536)
def _spec(globs: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    with warnings.catch_warnings():
        # Of regular expressions, which are pathspec's and not the user's.
        warnings.simplefilter("ignore")
        return GitIgnoreSpec.from_lines(globs)
