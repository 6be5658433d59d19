"""What earlier runs found, kept by the bytes of the files in the user's cache folder: never in what is checked.

A repository that brought a cache of its own could hide findings. What is read is not trusted either: an
entry that cannot be understood is as good as none, and nothing of it is written into a report.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import reportlint
from reportlint.resources import PACKAGE, shipped

_NAME = "outcomes.sqlite"
_LAYOUT = 2
_MOST_BYTES = 256_000_000
_DAY = 86_400
_BATCH = 200
_SEAL = 16
_WAIT = 2.0
"""Seconds for which a run waits for another one that writes; then it goes on without."""


def user_folder() -> Path:
    """The folder of the user's caches for this program."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
        return Path(base, "reportlint", "Cache")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "reportlint"
    stated = os.environ.get("XDG_CACHE_HOME", "")
    base = stated if os.path.isabs(stated) else str(Path.home() / ".cache")
    return Path(base, "reportlint")


def fingerprint(*parts: object) -> bytes:
    """What the outcome of a check depends on beside the file: this program as it is, and `parts` by their repr."""
    told = [reportlint.__version__, sys.version, *_program(), *map(repr, parts)]
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogateescape")).digest()


@cache
def _program() -> tuple[str, ...]:
    """How the program's own files are: in a checkout they change while its version does not."""
    return tuple(_stamps())


def _stamps() -> Iterator[str]:
    for folder, _, names in sorted(os.walk(PACKAGE)):
        for name in sorted(names):
            if name.endswith((".py", ".so", ".pyd", ".toml", ".lark", ".json")):
                yield stamp(os.path.join(folder, name))
    for folder, _, names in sorted(os.walk(shipped("grammar"))):
        yield from (stamp(os.path.join(folder, name)) for name in sorted(names))


def stamp(path: str) -> str:
    """What tells that a file has changed."""
    try:
        status = os.stat(path)
    except OSError:
        return f"{path} ?"
    return f"{path} {status.st_mtime_ns} {status.st_size}"


class Cache:
    """Texts by keys of bytes, shared with other runs; whatever goes wrong with it, there is just nothing in it."""

    def __init__(self, folder: Path) -> None:
        self._new: list[tuple[bytes, bytes, int]] = []
        self._used: list[bytes] = []
        self._database = _opened(folder)

    def get(self, key: bytes) -> str | None:
        """What is kept under a key."""
        if self._database is None:
            return None
        with suppress(sqlite3.Error, UnicodeDecodeError):
            row = self._database.execute("SELECT text, used FROM outcomes WHERE id = ?", (_number(key),)).fetchone()
            if row is not None and isinstance(row[0], bytes):
                if not isinstance(row[1], int) or row[1] < time.time() - _DAY:
                    self._used.append(key)
                seal, data = row[0][:_SEAL], row[0][_SEAL:]
                return data.decode("utf-8", "surrogatepass") if seal == _seal(key, data) else None
        return None

    def put(self, key: bytes, text: str) -> None:
        """Keep a text."""
        # Bytes of no encoding stand in a text as half characters.
        data = text.encode("utf-8", "surrogatepass")
        self._new.append((key, _seal(key, data) + data, int(time.time())))
        if len(self._new) >= _BATCH:
            self.write()

    def write(self) -> None:
        """Write what is new."""
        new, used = self._new, self._used
        self._new, self._used = [], []
        if self._database is None or not (new or used):
            return
        with suppress(sqlite3.Error), self._database:
            self._database.executemany(
                "INSERT OR REPLACE INTO outcomes VALUES (?, ?, ?)", [(_number(key), *rest) for key, *rest in new]
            )
            now = int(time.time())
            self._database.executemany(
                "UPDATE outcomes SET used = ? WHERE id = ?", [(now, _number(key)) for key in used]
            )

    def close(self) -> None:
        """Write what is new, and let go."""
        self.write()
        if self._database is not None:
            with suppress(sqlite3.Error):
                _shrink(self._database)
                self._database.close()
            self._database = None


def _number(key: bytes) -> int:
    """The number of an entry: SQLite finds rows by numbers soonest; that a row is the key's own its seal tells."""
    return int.from_bytes(key[:8], "big", signed=True)


def _seal(key: bytes, data: bytes) -> bytes:
    """What stands before an entry, so that one that was changed, or moved to another key, is none."""
    return hashlib.blake2b(data, key=key, digest_size=_SEAL).digest()


def _opened(folder: Path) -> sqlite3.Connection | None:
    """The database in a folder, made anew where it is damaged; None where there can be none."""
    path = folder / _NAME
    for _ in range(2):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return _connected(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                return None  # locked, or not to be written
            for name in (path, path.with_name(f"{_NAME}-wal"), path.with_name(f"{_NAME}-shm")):
                with suppress(OSError):
                    name.unlink()
        except OSError:
            return None
    return None


def _connected(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_WAIT)
    try:
        with suppress(OSError):
            os.chmod(path, 0o600)
        (layout,) = database.execute("PRAGMA user_version").fetchone()
        if layout != _LAYOUT:
            with database:
                database.execute("DROP TABLE IF EXISTS outcomes")
                database.execute("CREATE TABLE outcomes (id INTEGER PRIMARY KEY, text BLOB, used INTEGER)")
                database.execute(f"PRAGMA user_version = {_LAYOUT}")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("SELECT id, text, used FROM outcomes LIMIT 1").fetchone()
    except BaseException:
        database.close()
        raise
    return database


def _shrink(database: sqlite3.Connection) -> None:
    """Drop what was not used for longest where the cache has grown too large."""
    (pages,), (size,) = (database.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
    (free,) = database.execute("PRAGMA freelist_count").fetchone()
    if (pages - free) * size > _MOST_BYTES:
        with database:
            (count,) = database.execute("SELECT count(*) FROM outcomes").fetchone()
            database.execute(
                "DELETE FROM outcomes WHERE id IN (SELECT id FROM outcomes ORDER BY used LIMIT ?)", (count // 2,)
            )
