"""Finds and reads the files of a form; those that ship with reportlint were made beforehand (`make lists`)."""

from __future__ import annotations

import os
from functools import cache

from reportlint import plugins
from reportlint.diagnostics import UserError, reason
from reportlint.forms.form import Form
from reportlint.forms.stored import restored
from reportlint.forms.tables import compile_grammar
from reportlint.plugins import Broken, Loaded
from reportlint.reading import read_bytes
from reportlint.resources import checksum, made_beforehand, shipped
from reportlint.tuples import NamedTuple

_MOST_BYTES = 256 * 1024


class BadForm(UserError):
    """A form that cannot be used."""


def registered() -> tuple[Form, ...]:
    """The forms that ship with reportlint, oldest first, then those of plugins."""
    return tuple(_loaded().values.values())


def broken() -> tuple[Broken, ...]:
    """Forms of plugins that are left out."""
    return _loaded().broken


@cache
def _loaded() -> Loaded[Form]:
    return plugins.load("forms", _registered)


def _registered(name: str, value: object) -> Form:
    if not isinstance(value, str | os.PathLike):
        raise TypeError(f"it gives {type(value).__name__}, not the path of a grammar file")
    form = load(os.fspath(value))
    if form.name != name:
        raise ValueError(f"its data file calls it {form.name}")
    return form


class Part(NamedTuple):
    """A file of a form: its path and its text."""

    path: str
    text: str


@cache
def load(path: str) -> Form:
    """The form of a grammar file; its data file stands beside it (2021.lark, 2021.toml).

    reportlint's base.lark, and files named common.lark and common.toml in the same folder, are
    read in front. Raises BadForm with a sentence when a file is missing or wrong.
    """
    grammars, parts = files_of(path)
    made = made_beforehand(form_name(path, grammars, parts))
    if made is not None:
        return restored(made, compile_grammar(joined(grammars)))
    # What a form is checked and built with is not needed for those that were made beforehand.
    from reportlint.forms.make import make_form

    return make_form(path, grammars, parts)


def form_name(path: str, grammars: list[Part], parts: list[Part]) -> str:
    """What the file with a form as plain values is called: by its grammar's name, and the text of all its files."""
    return f"{checksum(joined([*grammars, *parts]) + stem(path))}.form.json"


def stem(path: str) -> str:
    """The name of a form's file without its ending: all of them are called alike."""
    return os.path.splitext(os.path.basename(path))[0]


def data_file(path: str) -> str:
    """The data file of the form of a grammar file."""
    return os.path.splitext(path)[0] + ".toml"


def _beside(path: str, name: str) -> str:
    return os.path.join(os.path.dirname(path), name)


def files_of(path: str) -> tuple[list[Part], list[Part]]:
    """The files of a form's grammar and of its data, in the order in which they are read. Raises BadForm."""
    files = (_beside(path, "common.toml"), data_file(path))
    return _grammars(path), [read_part(file) for file in files if os.path.exists(file)]


def grammar_text(path: str) -> str:
    """The grammar of a form as it is compiled: base.lark, common.lark beside it, and its own file."""
    return joined(_grammars(path))


def _grammars(path: str) -> list[Part]:
    common = _beside(path, "common.lark")
    return [
        read_part(shipped("grammar", "base.lark")),
        *([read_part(common)] if os.path.exists(common) else []),
        read_part(path),
    ]


def joined(grammars: list[Part]) -> str:
    """The text of some files."""
    return "\n".join(part.text for part in grammars)


def read_part(path: str) -> Part:
    """A file of a form. Raises BadForm."""
    try:
        data = read_bytes(path, _MOST_BYTES)
        if len(data) > _MOST_BYTES:
            raise BadForm(f"{path} 太大，不是格式文件", f"{path} is too large for a form")
        return Part(path, data.decode("utf-8-sig").replace("\r\n", "\n"))
    except OSError as error:
        why = reason(error)
        raise BadForm(f"{path}：{why.zh}", f"{path}: {why.en}") from None
    except UnicodeDecodeError:
        raise BadForm(f"{path} 不是 UTF-8，请另存为 UTF-8", f"{path} is not UTF-8; save it as UTF-8") from None
