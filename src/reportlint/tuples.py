"""The classes that values are of.

`typing.NamedTuple` looks at every annotation of a class when the class is made, and compiles those that are
texts; `collections.namedtuple` compiles a constructor for each class. That takes several times as long as the
class itself, and a start makes more than a hundred and fifty. Here annotations are left as they are, and classes
with as many fields share the code of their constructors. Type checkers see `typing.NamedTuple`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from collections import namedtuple
    from functools import cache
    from types import FunctionType

    _MOST = 64
    _model = vars(namedtuple("_model", [f"part{n}" for n in range(_MOST)]))
    _PARTS = [_model[f"part{n}"] for n in range(_MOST)]
    """What gives the parts of a tuple, by their places."""

    class _Tuple(tuple):
        """What all of these classes can do."""

        __slots__ = ()

        @classmethod
        def _make(cls, values):
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changes):
            made = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"Got unexpected field names: {list(changes)!r}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            parts = ", ".join(f"{field}={part!r}" for field, part in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({parts})"

        def __getnewargs__(self):
            return tuple(self)

    @cache
    def _code(count):
        """The code of a constructor of so many parts."""
        parts = "".join(f"part{n}, " for n in range(count))
        return eval(f"lambda cls, {parts}: new(cls, ({parts}))").__code__

    class _Making(type):
        def __new__(mcs, name, bases, namespace):
            if not bases:
                return super().__new__(mcs, name, bases, namespace)
            fields = tuple(namespace.get("__annotations__", ()))
            defaults = tuple(namespace.pop(field) for field in fields if field in namespace)
            code = _code(len(fields)).replace(
                co_varnames=("cls", *fields), co_name="__new__", co_qualname=f"{name}.__new__"
            )
            new = FunctionType(code, {"new": tuple.__new__}, "__new__", defaults)
            parts = {field: _PARTS[n] for n, field in enumerate(fields)}
            return type(name, (_Tuple,), {"__slots__": (), "_fields": fields, "__new__": new, **parts, **namespace})

    class NamedTuple(metaclass=_Making):
        """A tuple whose parts have names: `typing.NamedTuple`."""
