"""Kinds of values that a configuration takes: each reads a value, and describes it as JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Protocol

from reportlint.diagnostics import Words
from reportlint.late import Late
from reportlint.toml.lines import line_of
from reportlint.tuples import NamedTuple

NOTHING = Words("", "")


class Wrong(Exception):
    """A value that cannot be used; `words` go behind the key's name, `key` is the part that is wrong."""

    def __init__(self, zh: str, en: str, key: str = "") -> None:
        super().__init__(en)
        self.words = Words(zh, en)
        self.key = key

    def inside(self, key: str) -> Wrong:
        """The same, seen from the table around it."""
        return Wrong(*self.words, key=f"{key}.{self.key}" if self.key else key)


class Kind(Protocol):
    """What a key takes."""

    def read(self, value: Any) -> Any:
        """The value as the program uses it. Raises Wrong."""
        ...

    def schema(self) -> dict[str, Any]:
        """What the kind takes, as JSON Schema."""
        ...


class Key(NamedTuple):
    """A key of a table: what it takes and what it means."""

    kind: Kind
    about: Words


class Flag:
    """True or false."""

    def read(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise Wrong(f"只能是 true 或 false，不能是 {show(value)}", f"takes true or false, not {show(value)}")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


class Number(NamedTuple):
    """A number, within limits that may be None."""

    least: float | None = None
    most: float | None = None
    whole: bool = False

    def read(self, value: Any) -> float | int:
        kinds = int if self.whole else (int, float)
        if (
            isinstance(value, bool)
            or not isinstance(value, kinds)
            or not (self.least is None or value >= self.least)
            or not (self.most is None or value <= self.most)
        ):
            raise Wrong(
                f"只能是{self._limits('zh')}，不能是 {show(value)}", f"takes {self._limits('en')}, not {show(value)}"
            )
        return int(value) if self.whole else float(value)

    def _limits(self, lang: str) -> str:
        noun = Words("整数" if self.whole else "数", "a whole number" if self.whole else "a number")(lang)
        if self.least is None and self.most is None:
            return noun
        least, most = (None if n is None else f"{n:g}" for n in (self.least, self.most))
        if most is None:
            return f"不小于 {least} 的{noun}" if lang == "zh" else f"{noun} of {least} or more"
        if least is None:
            return f"不大于 {most} 的{noun}" if lang == "zh" else f"{noun} of {most} or less"
        return f" {least} 到 {most} 之间的{noun}" if lang == "zh" else f"{noun} from {least} to {most}"

    def schema(self) -> dict[str, Any]:
        limits = {"minimum": self.least, "maximum": self.most}
        return {"type": "integer" if self.whole else "number", **{k: v for k, v in limits.items() if v is not None}}


class Text(NamedTuple):
    """A text; `check` raises Wrong for one that means nothing, `pattern` is what it must be like."""

    check: Callable[[str], object] | None = None
    filled: bool = False
    pattern: str | None = None

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise Wrong(f"只能是文字，不能是 {show(value)}", f"takes a text, not {show(value)}")
        if "\0" in value:
            raise Wrong("含有空字符", "holds a null character")
        if self.filled and not value.strip():
            raise Wrong("不能为空", "must not be empty")
        if self.pattern and not re.fullmatch(self.pattern, value):
            raise Wrong(f"的写法不对：{show(value)}", f"is written wrong: {show(value)}")
        if self.check:
            self.check(value)
        return value

    def schema(self) -> dict[str, Any]:
        pattern = {"pattern": f"^(?:{self.pattern})$"} if self.pattern else {}
        return {"type": "string", **({"minLength": 1} if self.filled else {}), **pattern}


class Choice(NamedTuple):
    """One of some texts."""

    values: tuple[str, ...]

    def read(self, value: Any) -> str:
        if value not in self.values:
            raise Wrong(
                f"只能是 {'、'.join(self.values)} 之一，不能是 {show(value)}{near(value, self.values).zh}",
                f"takes {', '.join(self.values)}, not {show(value)}{near(value, self.values).en}",
            )
        return str(value)

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.values)}


class ListOf(NamedTuple):
    """A list; `filled` ones must hold something."""

    kind: Kind
    filled: bool = False

    def read(self, value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Wrong(f"只能是列表，不能是 {show(value)}", f"takes a list, not {show(value)}")
        if self.filled and not value:
            raise Wrong("不能为空", "must not be empty")
        read = []
        for number, one in enumerate(value):
            try:
                read.append(self.kind.read(one))
            except Wrong as wrong:
                # The items of a list of tables have numbers; other items stand on their list's line.
                raise wrong.inside(str(number)) if isinstance(self.kind, Table) else wrong from None
        return tuple(read)

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.kind.schema(), **({"minItems": 1} if self.filled else {})}


class Table(NamedTuple):
    """A table with known keys; `make` makes a value of what they hold, and may raise Wrong.

    `elsewhere` says of some other names where they belong, `unknown` where to look for any.
    """

    keys: Mapping[str, Key]
    make: Callable[[dict[str, Any]], Any] = dict
    required: tuple[str, ...] = ()
    elsewhere: Mapping[str, Words] = MappingProxyType({})
    unknown: Words = NOTHING

    def read(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise Wrong(f"只能是表，不能是 {show(value)}", f"takes a table, not {show(value)}")
        read = {}
        for key, held in value.items():
            if key in self.elsewhere:
                raise Wrong(*self.elsewhere[key], key)
            if key not in self.keys:
                raise Wrong(*self._unknown(key), key)
            try:
                read[key] = self.keys[key].kind.read(held)
            except Wrong as wrong:
                raise wrong.inside(key) from None
        for key in self.required:
            if key not in read:
                raise Wrong(
                    f"缺少 {key}{_about(self.keys[key].about.zh, '（', '）')}",
                    f"needs {key}{_about(self.keys[key].about.en, ': ', '')}",
                )
        return self.make(read)

    def _unknown(self, key: str) -> Words:
        hint, listed = near(key, self.keys), len(self.keys) <= _LISTED
        zh = hint.zh or self.unknown.zh or f"；可用的有 {'、'.join(self.keys)}" * listed
        en = hint.en or self.unknown.en or f"; it takes {', '.join(self.keys)}" * listed
        return Words(f"不是可用的设置{zh}", f"is no key{en}")

    def schema(self) -> dict[str, Any]:
        properties = {
            n: {**k.kind.schema(), "description": f"{k.about.zh} / {k.about.en}"} for n, k in self.keys.items()
        }
        required = {"required": list(self.required)} if self.required else {}
        return {"type": "object", "properties": properties, "additionalProperties": False, **required}


class MapOf(NamedTuple):
    """A table whose keys are names, of `known` ones if that is not None, and whose values are of one kind."""

    kind: Kind
    known: tuple[str, ...] | None = None

    def read(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Wrong(f"只能是表，不能是 {show(value)}", f"takes a table, not {show(value)}")
        read = {}
        for key, held in value.items():
            if self.known is not None and key not in self.known:
                hint = near(key, self.known)
                raise Wrong(f"不是这里有的名称{hint.zh}", f"is no name that there is here{hint.en}", key)
            try:
                read[key] = self.kind.read(held)
            except Wrong as wrong:
                raise wrong.inside(key) from None
        return read

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.kind.schema()}


_LISTED = 20


def _about(text: str, before: str, after: str) -> str:
    return f"{before}{text}{after}" if text else ""


def placed(wrong: Wrong, file: str, lines: dict[str, int], prefix: str = "") -> Words:
    """What is wrong, at its file and line; `prefix` stands in front of every key of the file."""
    line = line_of(lines, prefix + wrong.key)
    at = f"{file}:{line}" if line else file
    name = ".".join(part for part in wrong.key.split(".") if not part.isdecimal()) or prefix.rstrip(".") or "TOML"
    return Words(f"{at}：{name} {wrong.words.zh}", f"{at}: {name} {wrong.words.en}")


_PLACE = Late(r"\s*\(at line (\d+), column \d+\)")


def no_toml(file: str, error: Exception) -> Words:
    """What tomllib says against a file, at its line where that is known."""
    said = str(error)
    place = _PLACE.search(said)
    at = f"{file}:{place[1]}" if place else file
    what = _PLACE.sub("", said)
    return Words(f"{at}：不是正确的 TOML（{what}）", f"{at}: is no TOML: {what}")


def closest(text: str, names: Iterable[str]) -> str | None:
    """The name that a text is a slip of the finger of."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    scorer = DamerauLevenshtein.normalized_similarity
    slip = process.extractOne(text, list(names), scorer=scorer, processor=str.lower, score_cutoff=0.6)
    return slip[0] if slip else None


def near(name: object, known: Iterable[str]) -> Words:
    """A hint at the nearest known name, or nothing."""
    text, names = name if isinstance(name, str) else show(name), list(known)
    # A slip of the finger first; else a part of the name, such as similar for similar-report.
    found = closest(text, names) or next((one for one in names if text and text in one), None)
    return Words(f"；是不是 {found}？", f"; did you mean {found}?") if found else Words("", "")


def show(value: object) -> str:
    """A value as a message quotes it."""
    try:
        text = str(value).lower() if isinstance(value, bool) else repr(value)
    except ValueError:  # a whole number of thousands of digits
        text = "…"
    return text if len(text) <= 40 else text[:39] + "…"
