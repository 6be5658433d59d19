"""Outcomes of earlier runs: under which keys they are kept, and when they are not."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from reportlint import plugins
from reportlint.cli.asked import Asked
from reportlint.diagnostics import Words
from reportlint.forms.form import Form
from reportlint.readers import reader_of
from reportlint.reading import read_bytes
from reportlint.run.cache import Cache, fingerprint, stamp, user_folder
from reportlint.run.outcome import Outcome
from reportlint.run.packed import pack, unpack
from reportlint.run.settings import Settings
from reportlint.run.targets import Target
from reportlint.run.together import Digesting
from reportlint.series.where import Reading

_MOST_BYTES = 4_000_000
_LIBRARIES = (
    *("pypdfium2", "python_calamine", "rapidocr", "onnxruntime", "cv2", "PIL"),
    *("opencc", "cn2an", "rapidfuzz", "rensa", "lark"),
)
INSIDE = Words(
    "缓存不能放在要检查的文件夹 {path} 里：里面的内容可能来自别人；请用 --cache-dir 指明别处",
    "the cache must not lie in the folder {path} that is checked, whose content may be anybody's: "
    "name another one with --cache-dir",
)


def folder(asked: Asked) -> Path | None:
    """Where outcomes are kept; None where they are not: where that is asked for, and in CI unless a folder is named."""
    if asked.no_cache:
        return None
    if asked.cache_dir is not None:
        return Path(asked.cache_dir)
    place = user_folder()
    return None if os.environ.get("CI") or inside(place, asked.paths) else place


def inside(place: str | os.PathLike[str], paths: Sequence[str]) -> str | None:
    """The first of the folders that are checked in which a place lies."""
    whole = os.path.realpath(place)
    roots = [path for path in paths if os.path.isdir(path)]
    return next((path for path in roots if (whole + os.sep).startswith(os.path.realpath(path) + os.sep)), None)


class Cached:
    """A cache for the files of one run."""

    def __init__(
        self,
        place: Path,
        asked: Asked,
        lang: str,
        digesting: Digesting | None,
        marking: bool,
        of_places_only: bool,
    ) -> None:
        self._cache = Cache(place)
        self._of_places_only = of_places_only
        self._form = asked.form
        kept = (sorted(digesting.keys), digesting.sketches) if digesting else None
        self._run = fingerprint(lang, asked.max_size, kept, marking, installed())
        self._settings: dict[int, bytes] = {}

    def key(self, data: bytes, target: Target, path: str, settings: Settings) -> bytes:
        """The key of a file's outcome: its bytes, how they are read, and all that holds for them."""
        return hashlib.sha256(
            b"\0".join(
                (
                    hashlib.sha256(data).digest(),
                    self._run,
                    self._of(settings),
                    f"{reader_of(path).name} {os.path.splitext(path)[1].lower()} {target.named}".encode(
                        "utf-8", "surrogateescape"
                    ),
                )
            )
        ).digest()

    def _of(self, settings: Settings) -> bytes:
        known = self._settings.get(id(settings))
        if known is None:
            known = fingerprint(told_of(settings, self._form))
            self._settings[id(settings)] = known
        return known

    def outcome(
        self, key: bytes, number: int, path: str, forms: Sequence[Form], read: Reading | None
    ) -> Outcome | None:
        """What is kept under a key, as the outcome of the file that is `number` in the run; `read` reads it again."""
        text = self._cache.get(key)
        if text is None:
            return None
        try:
            return unpack(text, number, path, forms, read, self._of_places_only)
        except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError):
            return None

    def keep(self, key: bytes, outcome: Outcome, forms: Sequence[Form]) -> None:
        """Keep an outcome."""
        self._cache.put(key, pack(outcome, forms))

    def text(self, what: Iterable[bytes], make: Callable[[], str]) -> str:
        """What is kept of something that pieces of bytes tell from all else, else what is made of it now."""
        told = hashlib.sha256(self._run)
        for piece in what:
            told.update(len(piece).to_bytes(8, "big") + piece)
        key = told.digest()
        known = self._cache.get(key)
        if known is None:
            known = make()
            self._cache.put(key, known)
        return known

    def close(self) -> None:
        """Write what is new."""
        self._cache.close()


@contextmanager
def cached(
    asked: Asked, lang: str, digesting: Digesting | None, marking: bool, of_places_only: bool = False
) -> Iterator[Cached | None]:
    """The outcomes of earlier runs, where they are kept; `of_places_only` as `unpack` takes it."""
    place = folder(asked)
    if place is None:
        yield None
        return
    made = Cached(place, asked, lang, digesting, marking, of_places_only)
    try:
        yield made
    finally:
        made.close()


def told_of(settings: Settings, form: str | None) -> tuple[object, ...]:
    """All of a configuration, and of the grammars that it and --form name, that findings depend on."""
    config = settings.config
    paths = [*config.forms, config.root / config.form, Path(form or "auto")]
    beside = [path.with_name("common.lark") for path in paths]
    files = [path.with_suffix(end) for path in (*paths, *beside) for end in (".lark", ".toml")]
    rules = sorted((name, repr(held)) for name, held in config.rules.items())
    return sorted(settings.active), rules, [form.name for form in settings.forms], [*map(_content, files)]


def _content(path: Path) -> str:
    try:
        return hashlib.sha256(read_bytes(path, _MOST_BYTES)).hexdigest()
    except OSError:
        return ""


@cache
def installed() -> list[object]:
    """Plugins and the libraries that readers are made of, with what tells one version from another."""
    held: list[object] = [(point, _version(point.package)) for kind in plugins.KINDS for point in plugins.points(kind)]
    for name in _LIBRARIES:
        found = find_spec(name)
        held.append((name, stamp(found.origin) if found is not None and found.origin else None))
    return [*held, shutil.which("soffice")]


def _version(package: str) -> str:
    """The version of an installed package."""
    if package == "reportlint":
        return ""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return "?"
